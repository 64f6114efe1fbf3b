/** Every sentence in every language that is spoken: whole, of that language, and with the commands and answers that are typed in it. */
import assert from 'node:assert/strict';
import { LANGUAGES } from '../../../bot/languages.ts';
import { en } from '../../../cards/text/en/en.ts';
import { parseCommand } from '../../../dialogs/commands.ts';
import { english } from '../../../dialogs/spoken/en.ts';
import { isWhole, type Phrases } from '../../../dialogs/spoken/match.ts';
import type { Spoken } from '../../../dialogs/spoken/spoken.ts';
import type { Command } from '../../../dialogs/types.ts';
import { ANSWERS, everySentence, givenTo } from '../../support/saying.ts';
import { functionsOf, type Said, said, textsIn } from '../../support/sentences.ts';

const OTHERS = Object.entries(LANGUAGES).filter(([, { words }]) => words !== en);
const SENTENCES = everySentence();

/** Names, and words that are the same in both. */
const NAMES = ['Adatum; Northwind', 'Microsoft Customer Agreement', 'Contoso', 'Office 365 E3', 'Successor', 'UTC'];
const AS_IN_ENGLISH: Record<string, readonly string[]> = {
  fr: ['1 licence', '2 licences', '20 licences', 'Licences', 'Messages', 'Plan', 'Programme', 'Ticket', 'plan'],
  it: ['Ticket'],
  nl: ['Details', 'Extended Service Terms', 'Later', 'Open', 'Order', 'Order ◊', 'Plan', 'Reseller', 'Ticket', 'Was  ', 'id ◊…', 'plan', 'status'],
  sv: ['1 person', 'Order', 'Order ◊', 'Plan', 'id ◊…', 'plan', 'status'],
};

/** Words that no sentence of another language of ours has. */
const ENGLISH = /\b(?:the|and|with|which|nothing|this|your|bought|customers?|subscriptions?|write|choose|until|when|nobody|somebody)\b/i;

/** What a sentence says, without what it was given. */
function own(words: typeof en, sentence: Said): string {
  const given = textsIn(sentence.given).sort((a, b) => b.length - a.length);
  const text = textsIn(said(words, sentence)).join(' | ').replaceAll('\u00a0', ' ');
  return given.reduce((rest, one) => (one.trim() === '' ? rest : rest.replaceAll(one.replaceAll('\u00a0', ' '), '◊')), text);
}

/** What is named in a text as something to write: in bold, as code, or in quotation marks. */
function named(text: string): string[] {
  const marks = /\*\*([^*]+)\*\*|`([^`]+)`|“([^”]+)”|”([^”]+)”|«[\u00a0\u202f ]?([^»]+?)[\u00a0\u202f ]?»/g;
  return [...text.matchAll(marks)].map((found) => found.slice(1).find((one) => one !== undefined) ?? '').filter((one) => one.trim() !== '');
}

/** A command that was named, without the words in it that are no more than an example. */
function kindOf(command: Command): string {
  const example = (name: string, value: unknown) => (['what', 'customer', 'zone', 'language', 'except'].includes(name) && value !== null ? '…' : value);
  return JSON.stringify(command, example);
}

function commandsIn(text: string, languages: readonly Spoken[]): string[] {
  return named(text).flatMap((one) => {
    const command = parseCommand(one, languages);
    return command.command === 'answer' ? [] : [kindOf(command)];
  });
}

describe('the sentences', () => {
  it('are tried, every one', () => {
    const known = givenTo();
    assert.deepEqual(
      functionsOf(en).filter((path) => !known.has(path) && !known.has(path.replace('elsewhere/instead/', ''))),
      [],
      'test/unit/languages/given.txt does not say what these are given; test/support/saying.ts writes it',
    );
    for (const sentence of SENTENCES) assert.doesNotMatch(textsIn(said(en, sentence)).join('\n'), /undefined|NaN|\[object/, sentence.path);
  });

  it('begin after a person’s words in quotation marks with a full stop before them, and with one alone', () => {
    for (const [tag, { words }] of Object.entries(LANGUAGES))
      for (const reason of ['too dear', 'Too dear.', 'why?'])
        for (const line of ['declined', 'waived', 'vouched'] as const) {
          const text = words.thread[line]({ who: 'Ann' as never, reason: reason as never });
          assert.match(text, reason === 'too dear' ? /too dear[\u00a0]?[”»]\. \p{Lu}/u : /[.?][\u00a0]?[”»] \p{Lu}/u, `${tag}: ${text}`);
        }
  });

  for (const [tag, { words, spoken }] of OTHERS)
    describe(`in ${tag}`, () => {
      it('are whole: nothing is left out, and no name of the code stands in one', () => {
        for (const sentence of SENTENCES) {
          const text = textsIn(said(words, sentence)).join('\n');
          const [mine, theirs] = [own(words, sentence), own(en, sentence)];
          assert.doesNotMatch(text, /undefined|NaN|\[object|\bnull\b|\$\{/, `${sentence.path} ${JSON.stringify(sentence.given)}`);
          for (const name of mine.match(/\b[a-z]+[A-Z]\w*/g) ?? []) assert.ok(theirs.includes(name), `${sentence.path}: ${name}`);
          assert.equal(
            text.trim() === '',
            textsIn(said(en, sentence)).join('\n').trim() === '',
            `${sentence.path} says nothing, or something where English says nothing`,
          );
        }
      });

      it('are of that language: none is the English one, but for names and words that both have', () => {
        const same = SENTENCES.flatMap((sentence) => {
          const text = own(words, sentence);
          return text === own(en, sentence) && /[a-z]{2}/i.test(text) && !NAMES.includes(text) ? [text] : [];
        });
        assert.deepEqual([...new Set(same)].sort(), [...(AS_IN_ENGLISH[tag] ?? [])].sort());
        for (const sentence of SENTENCES) {
          const text = NAMES.reduce((rest, name) => rest.replaceAll(name, ''), own(words, sentence));
          assert.doesNotMatch(text, ENGLISH, `${sentence.path}: ${text}`);
        }
      });

      it('name the commands of the English ones, and each is understood as that one', () => {
        let tried = 0;
        for (const sentence of SENTENCES) {
          const [theirs, mine] = [en, words].map((one) => textsIn(said(one, sentence)).join('\n')) as [string, string];
          const expected = commandsIn(theirs, [english]).sort();
          // A button may be called as a command is.
          const found = commandsIn(mine.replaceAll(words.buttons.watchHere, ''), [spoken, english]);
          tried += expected.length;
          assert.deepEqual(found.sort(), expected, `${sentence.path}: ${mine}`);
        }
        assert.ok(tried > 140, `${tried} commands`);
      });

      it('name the answers that are understood: each as the English one is', () => {
        for (const answer of ANSWERS) {
          const [theirs, mine] = [en, words].map((one) => named(String(one.hint({ answers: [answer], another: false })))) as [string[], string[]];
          assert.equal(mine.length, theirs.length, answer);
          for (const [index, word] of theirs.entries()) assert.deepEqual(meantBy(mine[index] as string, spoken), meantBy(word, english), answer);
        }
      });
    });
});

/** The answers and commands that are called so. */
function meantBy(word: string, { answers, commands }: Spoken): string[] {
  const { noRefusal: _, byTheWay: __, ...real } = answers;
  return Object.entries({ ...real, ...commands } as Record<string, Phrases>).flatMap(([name, phrases]) => (isWhole(word, phrases) ? [name] : []));
}
