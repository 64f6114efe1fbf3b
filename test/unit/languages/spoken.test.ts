/** What is typed, in every language that is spoken here: understood in it, with accents or without; and no yes of one is a yes in another. */
import assert from 'node:assert/strict';
import { LANGUAGES } from '../../../bot/languages.ts';
import { COMMAND_WORDS, parseCommand } from '../../../dialogs/commands.ts';
import { answerDialog, isYesOrNo } from '../../../dialogs/answers.ts';
import { daysIn } from '../../../dialogs/dates.ts';
import { english } from '../../../dialogs/spoken/en.ts';
import { folded, isOne, isWhole, type Phrases } from '../../../dialogs/spoken/match.ts';
import type { Spoken } from '../../../dialogs/spoken/spoken.ts';
import type { Command } from '../../../dialogs/types.ts';
import { SORTS } from '../../../services/tickets/arranged.ts';
import { asked } from '../../support/asked.ts';

const SPOKEN: [string, Spoken][] = Object.entries(LANGUAGES).flatMap(([tag, { spoken, region }]) => (region ? [] : [[tag, spoken] as [string, Spoken]]));
const OTHERS = SPOKEN.filter(([, spoken]) => spoken !== english);

/** Each with its bracketed words and without, as it is written and without accents. */
function typed(phrases: Phrases): string[] {
  const written = phrases.flatMap((one) => [one.replace(/[[\]]/g, ''), one.replace(/ ?\[[^\]]*\]/g, '').trim()]);
  return [...new Set(written.flatMap((one) => [one, folded(one), `${one[0]?.toUpperCase()}${one.slice(1)}`]))];
}

/** As somebody would write it there. */
const first = (phrases: Phrases) => typed(phrases)[0] as string;

/** Of a command the word that it is called by, whether or not anything is missing behind it. */
const wordOf = (command: Command) => (command.command === 'incomplete' ? command.of : command.command);

describe('a typed text is compared', () => {
  it('whatever stands for an apostrophe in it, beside letters with an accent or without', () => {
    for (const mark of ["'", '’', '‘', 'ʼ', '´', '`']) for (const word of ['offre', 'été']) assert.equal(folded(`L${mark}${word}`), folded(`l'${word}`));
  });
});

describe('a yes', () => {
  const yesOf: Record<string, readonly string[]> = { en: ['yes', 'y'], fr: ['oui'], it: ['sì', 'si'], nl: ['ja'], sv: ['ja'] };
  const approves = (text: string, languages: readonly Spoken[]) =>
    answerDialog(asked({ state: 'quoted' }), text, { key: 'ann', tenant: 't', name: 'Ann', roles: ['owner'] }, languages).intentions.length > 0;

  it('is that word of the language alone, and the English one; of any other language it spends nothing', () => {
    const all = [
      ...new Set([
        ...Object.values(yesOf).flat(),
        'jo',
        'da',
        'oui oui',
        'jawohl',
        'yep',
        'ok',
        'd’accord',
        'va bene',
        'prima',
        'visst',
        'si si',
        'tak',
        'はい',
      ]),
    ];
    for (const [tag, spoken] of SPOKEN)
      for (const text of all) {
        const should = [...(yesOf[tag] ?? []), ...(yesOf.en as string[])].includes(text);
        assert.equal(approves(text, [spoken, english]), should, `${text} in ${tag}`);
      }
  });

  it('is no command, no word that is said by the way, and nothing else that is answered', () => {
    for (const [tag, spoken] of SPOKEN)
      for (const text of typed(spoken.answers.yes)) {
        assert.equal(parseCommand(text, [spoken, english]).command, 'answer', `${text} in ${tag}`);
        for (const other of Object.keys(spoken.answers) as (keyof Spoken['answers'])[])
          assert.ok(other === 'yes' || !isOne(text, spoken.answers[other]), `${text} in ${tag} is ${other}, too`);
        assert.ok(isYesOrNo(text, [spoken]));
      }
  });
});

describe('answers', () => {
  it('that let something happen mean in no language something else than in another', () => {
    for (const [tag, spoken] of SPOKEN)
      for (const [otherTag, other] of SPOKEN)
        for (const [name, phrases] of Object.entries(spoken.answers) as [keyof Spoken['answers'], Phrases][])
          for (const text of name === 'noRefusal' || name === 'byTheWay' ? [] : typed(phrases))
            for (const [otherName, otherPhrases] of Object.entries({ ...other.answers, ...other.commands }) as [string, Phrases][])
              if (otherName !== name && otherName !== 'noRefusal')
                assert.ok(!isWhole(text, otherPhrases), `${text}: ${name} in ${tag}, ${otherName} in ${otherTag}`);
  });

  it('of another language than is spoken there touch nothing, where money or access is at stake', () => {
    const people = { ...{ total: 2, movable: 2, moved: 0, blocked: 0, kept: 0, waived: 0, gone: 0, without: 0 }, covered: null, freeSeats: 2, named: [] };
    let tried = 0;
    for (const [tag, spoken] of SPOKEN)
      for (const [otherTag, other] of OTHERS) {
        const read = [spoken, english];
        const known = (text: string) => read.some(({ answers }) => Object.values(answers).some((phrases) => isOne(text, phrases)));
        const texts = [...Object.values(other.answers), other.greetings, other.thanks.words].flatMap(typed).filter((text) => otherTag !== tag && !known(text));
        for (const text of texts)
          for (const move of [{ state: 'quoted' }, { state: 'purchased', people }, { state: 'reassigned' }, { state: 'weighed' }] as const) {
            const { intentions } = answerDialog(asked(move), text, { key: 'ann', tenant: 't', name: 'Ann', roles: ['owner'] }, read);
            tried += 1;
            // What begins with a no of the language is a no and a reason.
            if (!read.some(({ answers }) => answers.no.some((no) => folded(text).startsWith(`${folded(no)} `))))
              assert.deepEqual(intentions, [], `${text} of ${otherTag} in ${tag}`);
          }
      }
    assert.ok(tried > 5_000, `${tried}`);
  });

  for (const [tag, spoken] of SPOKEN)
    it(`in ${tag} are the answers to what is asked`, () => {
      const { answers } = spoken;
      const people = { ...{ total: 2, movable: 2, moved: 0, blocked: 0, kept: 0, waived: 0, gone: 0, without: 0 }, covered: null, freeSeats: 2, named: [] };
      const stuck = { from: 'suspending', reason: 'holders', code: '', at: '' } as const;
      const cases: [Parameters<typeof asked>[0], string, string[] | string][] = [
        [null, first(answers.yes), ['draft']],
        [{ state: 'quoted' }, `${first(answers.yes)}!`, ['approve']],
        [{ state: 'quoted' }, `${first(answers.no)}, xyz`, ['decline']],
        [{ state: 'purchased', people }, first(answers.yes), ['confirmUsers']],
        [{ state: 'purchased', people }, first(answers.all), ['confirmUsers']],
        [{ state: 'purchased', people }, first(answers.check), ['check']],
        [{ state: 'purchased', people }, `${first(answers.allBut)} dana`, ['confirmUsers']],
        [{ state: 'purchased', people }, `${first(answers.allBut)} adele ${first(spoken.and)} dana`, 'noSuchPeople'],
        [{ state: 'reassigned' }, first(answers.yes), ['confirmSuspend']],
        [{ state: 'reassigned' }, first(answers.suspend), ['confirmSuspend']],
        [{ state: 'reassigned' }, `${first(answers.no)} xyz`, ['skip']],
        [{ state: 'stuck', stuck }, first(answers.check), ['check']],
        [{ state: 'provisioning' }, first(answers.yes), 'answers'],
        ...answers.noRefusal.map((one): (typeof cases)[number] => [{ state: 'quoted' }, `${first(answers.no)} ${first([one])}`, 'answers']),
        ...answers.byTheWay.map((one): (typeof cases)[number] => [{ state: 'reassigned' }, first([one]), 'answers']),
      ];
      for (const [move, text, expected] of cases) {
        const decision = answerDialog(asked(move), text, { key: 'ann', tenant: 't', name: 'Ann', roles: ['owner'] }, [spoken, english]);
        const events = decision.intentions.map((one) => ('event' in one ? one.event.kind : one.do));
        assert.deepEqual(typeof expected === 'string' ? decision.reply?.say : events, expected, `${move?.state ?? 'none'}: ${text}`);
      }
    });
});

for (const [tag, spoken] of SPOKEN)
  describe(`typed in ${tag}`, () => {
    const read = (text: string) => parseCommand(text, [spoken, english]);

    it('every command is understood by each of its names, with accents or without', () => {
      for (const word of COMMAND_WORDS) for (const text of typed(spoken.commands[word])) assert.equal(wordOf(read(text)), word, text);
    });
    it('what follows it too', () => {
      const { commands, list, settings, time } = spoken;
      for (const [index, month] of time.months.entries())
        for (const text of [`${month} 2027`, `${first(time.during)} ${month} 2027`, `contoso ${month} 2027`]) {
          const command = read(`${first(commands.expiring)} ${text}`);
          assert.deepEqual(command.command === 'expiring' && command.month, { month: index + 1, year: 2027 }, text);
        }
      for (const [state, phrases] of Object.entries(list.states))
        for (const text of typed(phrases)) {
          const command = read(`${first(commands.expiring)} ${text}`);
          assert.equal(command.command === 'expiring' && command.arrange?.state, state, text);
        }
      for (const sort of SORTS)
        for (const text of typed(list.sorts[sort])) {
          const command = read(`${first(commands.expiring)} ${first(list.sortedBy)} ${text}`);
          assert.equal(command.command === 'expiring' && command.arrange?.sort, sort, text);
        }
      for (const text of typed(list.mine)) {
        const command = read(`${first(commands.expiring)} ${text}`);
        assert.equal(command.command === 'expiring' && command.arrange?.keeper, 'me', text);
      }
      for (const what of ['tickets', 'decisions', 'record'] as const)
        for (const text of typed(spoken.exports[what]))
          assert.deepEqual(read(`${first(commands.export)} ${text} json`), { command: 'export', what, format: 'json' }, text);
      const set = (text: string) => {
        const command = read(`${first(commands.settings)} ${text}`);
        return command.command === 'settings' ? command.set : command;
      };
      const { parts } = settings;
      for (const [index, days] of settings.days.entries())
        for (const text of typed(days)) assert.deepEqual(set(`${first(parts.digest)} ${text} 9`), { digest: { every: 'week', day: index + 1, hour: 9 } }, text);
      assert.deepEqual(set(`${first(parts.report)} ${first(settings.days[0] as Phrases)} 9`), { report: { day: 1, hour: 9 } });
      for (const text of typed(settings.weekdays)) assert.deepEqual(set(`${first(parts.digest)} ${text} 9`), { digest: { every: 'weekdays', hour: 9 } }, text);
      for (const text of typed(settings.daily)) assert.deepEqual(set(`${first(parts.digest)} ${text} 9`), { digest: { every: 'day', hour: 9 } }, text);
      for (const text of typed(spoken.none)) assert.deepEqual(set(`${first(parts.quiet)} ${text}`), { quiet: null }, text);
      assert.deepEqual(set(`${first(parts.quiet)} ${first(settings.from)} 18 ${first(settings.to)} 8`), { quiet: { from: 18, to: 8 } });
      assert.deepEqual(set(`${first(parts.within)} 30 ${first(time.days)}`), { within: 30 });
      assert.deepEqual(set(`${first(parts.zone)} stockholm`), { zone: 'stockholm' });
      for (const text of typed(settings.asTeams)) assert.deepEqual(set(`${first(parts.language)} ${text}`), { language: null }, text);
      assert.deepEqual(set(`${first(parts.language)} svenska`), { language: 'svenska' });
      for (const text of typed(spoken.on)) assert.deepEqual(read(`${first(commands['read-only'])} ${text}`), { command: 'read-only', on: true }, text);
      for (const text of typed(spoken.off)) assert.deepEqual(read(`${first(commands['dry-run'])} ${text}`), { command: 'dry-run', on: false }, text);
    });
    it('days are as people write them', () => {
      const { time } = spoken;
      const said = (text: string) => daysIn(text, '2027-01-20', [spoken, english]);
      for (const [text, days] of [
        [`14 ${time.days.at(-1)}`, 14],
        [`2 ${time.weeks.at(-1)}`, 14],
        [`${first(time.until)} 10 ${time.months[1]}`, 21],
        [`10 ${time.months[1]?.slice(0, 4)}`, 21],
        [`${first(time.until)} 2027-02-10`, 21],
      ] as const)
        assert.deepEqual(said(`${text} xyz`), { days, rest: 'xyz' }, text);
    });
    it('months are called as its cards call them', () => {
      for (const [index, month] of spoken.time.months.entries()) {
        const card = new Intl.DateTimeFormat(tag, { month: 'long', timeZone: 'UTC' }).format(Date.UTC(2027, index, 1));
        assert.equal(folded(month), folded(card));
      }
    });
    it('thanks and greetings are no answers, and a slip of a command is brought up', () => {
      for (const text of typed(spoken.thanks.words)) assert.equal(read(`${text}!`).command, 'thanks', text);
      for (const text of typed(spoken.greetings)) assert.equal(read(text).command, 'help', text);
      const [word] = spoken.commands.history as [string];
      const slip = `${word.slice(0, -2)}${word.at(-1)}${word.at(-2)}`;
      const command = read(slip);
      assert.equal(command.command === 'answer' && command.didYouMean, word, slip);
    });
  });

describe('English', () => {
  it('is understood whatever the language: each command as it is in English', () => {
    for (const [tag, spoken] of OTHERS)
      for (const word of COMMAND_WORDS)
        for (const text of typed(english.commands[word])) assert.equal(wordOf(parseCommand(text, [spoken, english])), word, `${text} in ${tag}`);
  });
  it('is the only other language: a command of a third is none', () => {
    for (const [tag, spoken] of OTHERS) {
      const command = parseCommand(`${first(spoken.commands.expiring)} xyz`, [english]);
      assert.equal(command.command, 'answer', tag);
    }
  });
});
