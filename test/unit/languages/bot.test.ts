/** Where the language of a person and of a chat comes from, and a further language by one line. */
import assert from 'node:assert/strict';
import { aboutPage, consentPage } from '../../../bot/http/consentPages.ts';
import { exportPage, type ExportPages } from '../../../bot/http/exportPages.ts';
import { askedFor, LANGUAGES, type Languages } from '../../../bot/languages.ts';
import { nameText, safe } from '../../../cards/escape.ts';
import { en } from '../../../cards/text/en/en.ts';
import { fr } from '../../../cards/text/fr/fr.ts';
import { it as italian } from '../../../cards/text/it/it.ts';
import { nl } from '../../../cards/text/nl/nl.ts';
import { sv } from '../../../cards/text/sv/sv.ts';
import type { Words } from '../../../cards/text/words.ts';
import { COMMAND_WORDS } from '../../../dialogs/commands.ts';
import { english } from '../../../dialogs/spoken/en.ts';
import type { CommandWord } from '../../../dialogs/spoken/spoken.ts';
import { chatKey, readChat } from '../../../services/chats.ts';
import { slots } from '../../../services/export/file.ts';
import { EVERYBODY } from '../../../services/people/people.ts';
import { memoryStore } from '../../support/memory.ts';
import { bracketed, outsideOf, shownIn } from '../../support/sentences.ts';
import { spokenTo } from '../../support/spokenTo.ts';

const OTHERS = Object.entries(LANGUAGES).filter(([, { words }]) => words !== en);
const nothingWaits = (words: Words) => [words.replies.nothingToApprove()];
const notKnown = (words: Words, text = 'xyzzy') => [words.replies.notUnderstood({ text: nameText(text), didYouMean: null })];
const SALES = '19:sales@thread';

describe('a person in person', () => {
  for (const [tag, { words, spoken, names }] of OTHERS) {
    it(`whose Teams speaks ${tag} is answered in it, from the first word on, of whichever country`, async () => {
      for (const locale of [tag, `${tag}-CA`, tag.toUpperCase()]) {
        const { write } = spokenTo(LANGUAGES);
        assert.deepEqual((await write(spoken.commands.approvals[0] as string, { locale })).texts, nothingWaits(words), locale);
        assert.deepEqual((await write('approvals', { locale })).texts, nothingWaits(words), 'English is understood, and answered in one’s own');
        assert.equal((await write('help', { locale })).cards[0]?.lang, tag);
      }
    });
    it(`may choose ${tag} by any of its names, whatever Teams speaks, and take Teams’ own again`, async () => {
      for (const name of [...names, tag]) {
        const { write } = spokenTo(LANGUAGES);
        assert.deepEqual((await write('approvals', { locale: 'en-IE' })).texts, nothingWaits(en));
        assert.equal((await write(`settings language ${name}`, { locale: 'en-IE' })).cards[0]?.lang, tag, name);
        assert.deepEqual((await write('approvals', { locale: 'en-IE' })).texts, nothingWaits(words));
        const { commands, settings } = spoken;
        const back = [commands.settings[0], settings.parts.language[0], settings.asTeams[0]].join(' ');
        assert.equal((await write(back, { locale: 'en-IE' })).cards[0]?.lang, 'en', back);
      }
    });
  }
  it('whose language nobody speaks here, or whose Teams does not say, is answered in English', async () => {
    for (const locale of ['fi-FI', 'xx', '<script>', undefined])
      assert.deepEqual((await spokenTo(LANGUAGES).write('approvals', locale ? { locale } : {})).texts, nothingWaits(en));
  });
  it('is answered in the language that Teams told last, also where it does not say', async () => {
    const { write } = spokenTo(LANGUAGES);
    await write('approvals', { locale: 'sv-SE' });
    assert.deepEqual((await write('approvals')).texts, nothingWaits(sv));
    assert.deepEqual((await write('approvals', { locale: 'fr-FR' })).texts, nothingWaits(fr));
    assert.deepEqual((await write('approvals')).texts, nothingWaits(fr));
  });
  it('who chose a language is understood in that of the menus of Teams, too, whose commands Teams writes for one', async () => {
    const { write } = spokenTo(LANGUAGES);
    await write('settings language svenska', { locale: 'fr-FR' });
    assert.deepEqual((await write('approbations', { locale: 'fr-FR' })).texts, nothingWaits(sv));
    assert.deepEqual((await write('goedkeuringen', { locale: 'fr-FR' })).texts, notKnown(sv, 'goedkeuringen'));
  });
  it('reads American where Teams is American, and Irish where it is not said which', async () => {
    const { write } = spokenTo(LANGUAGES);
    assert.equal((await write('help', { locale: 'en-US' })).cards[0]?.lang, 'en-US');
    assert.equal((await write('help', { locale: 'en-GB' })).cards[0]?.lang, 'en-GB');
    assert.equal((await write('help', { locale: 'en-AU' })).cards[0]?.lang, 'en');
  });
  it('who asks for a language that is not spoken here is told which are, and nothing changes', async () => {
    const { write } = spokenTo(LANGUAGES);
    const [said = ''] = (await write('langue elvish', { locale: 'fr-FR' })).texts;
    assert.equal(said, notKnown(fr, 'langue elvish')[0]);
    const [refused = ''] = (await write('paramètres langue elvish', { locale: 'fr-FR' })).texts;
    for (const own of ['English (Ireland)', 'français', 'italiano', 'Nederlands', 'svenska']) assert.ok(refused.includes(own), refused);
    const { cards } = await write('paramètres', { locale: 'fr-FR' });
    assert.equal(cards[0]?.lang, 'fr');
  });
});

describe('a channel', () => {
  it('is spoken to in the language of whoever put the bot there; who asks is answered in his own', async () => {
    const { install, write } = spokenTo(LANGUAGES);
    assert.equal((await install({ person: 'ida', locale: 'it-IT', chat: SALES })).cards[0]?.lang, 'it');
    const sven = { person: 'sven', locale: 'sv-SE', chat: SALES };
    assert.deepEqual((await write('xyzzy', sven)).texts, notKnown(sv));
    assert.deepEqual((await write('godkännanden', sven)).texts, nothingWaits(sv));
    assert.deepEqual((await write('approvazioni', sven)).texts, nothingWaits(sv), 'the channel’s language is understood, too');
    assert.equal((await write('inställningar', sven)).cards[0]?.lang, 'it', 'a card is the channel’s');
    assert.deepEqual((await write('xyzzy', { person: 'ida', locale: 'it-IT', chat: SALES })).texts, notKnown(italian));
    assert.deepEqual((await write('goedkeuringen', sven)).texts, notKnown(sv, 'goedkeuringen'), 'a third language is neither');
  });
  it('is spoken to in the language of whoever spoke there first, where nobody is known to have put the bot there', async () => {
    const { write } = spokenTo(LANGUAGES);
    await write('help', { person: 'nora', locale: 'nl-BE', chat: SALES });
    assert.equal((await write('settings', { person: 'sven', locale: 'sv-SE', chat: SALES })).cards[0]?.lang, 'nl');
  });
  it('is spoken to in what is set for it, and answers stay whoever asks’', async () => {
    const { install, write, store } = spokenTo(LANGUAGES);
    await install({ person: 'ida', locale: 'it-IT', chat: SALES });
    const ida = { person: 'ida', locale: 'it-IT', chat: SALES };
    assert.equal((await write('impostazioni lingua olandese', ida)).cards[0]?.lang, 'nl');
    assert.deepEqual((await write('xyzzy', ida)).texts, notKnown(italian));
    assert.equal((await readChat(store, chatKey('t', SALES)))?.value.settings?.language, 'nl');
    assert.deepEqual((await write('xyzzy', { person: 'ida', locale: 'it-IT' })).texts, notKnown(italian), 'and in person nothing has changed');
  });
  it('is chosen for by the form, too: each language by its own name, and as Teams has it', async () => {
    const { install, write, press } = spokenTo(LANGUAGES);
    const ida = { person: 'ida', locale: 'it-IT', chat: SALES };
    await install(ida);
    const card = (await write('impostazioni', ida)).cards[0] ?? {};
    const text = JSON.stringify(card);
    for (const [tag, { names }] of Object.entries(LANGUAGES)) assert.ok(text.includes(JSON.stringify({ title: names[0], value: tag })), tag);
    const [, data = '{}'] = /"verb":"settings\.save","data":({[^}]*})/.exec(text) ?? [];
    const { texts } = await press({ verb: 'settings.save', data: { ...JSON.parse(data), language: 'sv', zone: 'UTC', digest: 'off' } }, ida);
    assert.match(texts[0] ?? '', /ida ha modificato la lingua/);
    assert.equal((await write('impostazioni', ida)).cards[0]?.lang, 'sv');
  });
});

describe('beside the chats', () => {
  it('the compose box is of the language of whoever looks, as Teams says or as was seen of them', async () => {
    const { look, write } = spokenTo(LANGUAGES);
    assert.ok((await look('xyzzy', { locale: 'nl-NL' })).includes(JSON.stringify(nl.share.nothing({ wanted: nameText('xyzzy') })).slice(1, -1)));
    await write('settings language svenska', { locale: 'nl-NL' });
    await write('help', { locale: 'nl-NL' });
    assert.ok((await look('xyzzy', { locale: 'nl-NL' })).includes(JSON.stringify(sv.share.nothing({ wanted: nameText('xyzzy') })).slice(1, -1)));
  });
  it('a page is of the language that the browser asks for first among those that are spoken', async () => {
    for (const [header, tag] of [
      ['fr-CA,fr;q=0.9,en;q=0.8', 'fr'],
      ['fi-FI,sv;q=0.8', 'sv'],
      ['en-US,en;q=0.9,nl;q=0.1', 'en-US'],
      ['de,ja', 'en'],
      ['', 'en'],
      [`${'x'.repeat(5_000)},fr`, 'en'],
    ] as const) {
      const { body } = await aboutPage(LANGUAGES, header);
      assert.match(String(body), new RegExp(`<html lang="${tag}"`), header);
    }
    assert.equal(askedFor(LANGUAGES, 'de'), undefined);
    for (const [tag, { words }] of OTHERS) {
      const pages = { consenting: null, directory: EVERYBODY, languages: LANGUAGES, secure: true };
      const consent = await consentPage(pages, 'begin', { query: new URLSearchParams(), cookies: '', languages: tag });
      assert.ok(String(consent.body).includes(words.consentPage.notHere), tag);
      const exporting = { store: memoryStore(), languages: LANGUAGES, slots: slots(), clock: { now: () => new Date() } } as unknown as ExportPages;
      const file = await exportPage(exporting, 'x'.repeat(32), tag);
      assert.ok('body' in file && String(file.body).includes(words.exported.page.stale), tag);
    }
  });
});

describe('a sixth language', () => {
  const backwards = (text: string) => [...text].reverse().join('');
  const commands = Object.fromEntries(COMMAND_WORDS.map((word) => [word, [backwards(word)]])) as unknown as Record<CommandWord, string[]>;
  // One folder of sentences, one file of what is typed, and this line.
  const six: Languages = { ...LANGUAGES, xx: { words: { ...bracketed(en), lang: safe`xx` }, spoken: { ...english, commands }, names: ['Backwardish'] } };

  it('is spoken and understood as any other is', async () => {
    const { write } = spokenTo(six);
    const me = { locale: 'xx-YY' };
    assert.deepEqual((await write('slavorppa', me)).texts, [`⟦${en.replies.nothingToApprove()}⟧`]);
    assert.equal((await write('pleh', me)).cards[0]?.lang, 'xx');
    assert.equal((await write('settings language backwardish', { locale: 'fr-FR', person: 'bo' })).cards[0]?.lang, 'xx');
    assert.deepEqual((await write('slavorppa', { locale: 'fr-FR', person: 'cy' })).texts, notKnown(fr, 'slavorppa'));
  });

  it('says all of what is said: no text comes from anywhere else', async () => {
    const { write, install } = spokenTo(six);
    const behind = [
      '',
      ' xyzzy',
      ' S-1001',
      ' S-1001 14 xyzzy',
      ' 14',
      ' on',
      ' off',
      ' language xyzzy',
      ' zone xyzzy',
      ' quiet 18-8',
      ' xyzzy through xyzzy',
      ' @xyzzy',
    ];
    const chats = [{}, { chat: SALES }];
    // A button for a command is called as the command is.
    const names = [...COMMAND_WORDS.map(backwards), ...Object.values(six).flatMap((one) => one.names)].sort((a, b) => b.length - a.length);
    const known = new RegExp(`xyzzy|xxx+…?|\\bann\\b|S-1001|UTC|Successor|${names.map((one) => one.replace(/[()]/g, '\\$&')).join('|')}`, 'gi');
    let said = 0;
    for (const where of chats) {
      const me = { locale: 'xx', ...where };
      const texts = [
        await install(me),
        await write('thx', me),
        await write('hi', me),
        await write('pelh', me),
        await write('yes', me),
        await write(`${'x'.repeat(2_000)}`, me),
      ];
      for (const word of COMMAND_WORDS) for (const more of behind) texts.push(await write(`${backwards(word)}${more}`, me));
      const all = texts.flatMap((one) => [...one.texts, ...one.cards.flatMap((card) => shownIn(card))]);
      // A button for what a sentence names in bold is called as it is there.
      const bold = all.flatMap((text) => [...text.matchAll(/\*\*([^*]+)\*\*/g)].map(([, inner = '']) => inner.toLowerCase()));
      for (const text of all.filter((one) => !bold.some((named) => named.startsWith(one.toLowerCase().replace(/…$/, ''))))) {
        said += 1;
        assert.doesNotMatch(outsideOf(text).replace(known, ''), /\p{L}/u, text);
      }
    }
    assert.ok(said > 300, `${said} texts`);
  });
});
