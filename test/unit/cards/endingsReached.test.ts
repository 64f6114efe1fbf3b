/** No sentence of the bot's that speaks of an end is out of the reach of those who judge what may be said when. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { COUNTED } from '../../../services/watch/known.ts';
import { SUBJECT } from './endings.ts';
import { judgedLists, judgedOutcomes, judgedRecord, judgedReplies, say } from './endingsOthers.ts';
import { judgedCards } from './endingsShown.ts';
import { holds, literalsIn } from './literals.ts';

const FOLDER = new URL('../../../cards/text/en/', import.meta.url);

/** Said of something else than how one customer's subscription ends, each with what it is about. */
const OF_ELSE: readonly (readonly [file: string, text: RegExp, about: string])[] = [
  ['chat.ts', /I tell you when|Successor (?:can watch|is a bot)|A message comes here when|Nothing comes here by itself/, 'what the bot does'],
  [
    'chat.ts',
    /^what ends within|^all that a customer has and how|^tell this chat|^stop |^remind this chat|^the link with which|^end or step back|^sign in for my work/,
    'a command’s line in the help',
  ],
  ['chat.ts', /^Done\. I can work|Of people of a customer who hold|\d+ days|sign-in/, 'the pages for whoever signs in'],
  ['bulk.ts', /I know of no open ticket of|its own card says|its move was ended|^You have declined|the moves are being ended/, 'a move of several'],
  ['lists.ts', /^Your move has stopped$/, 'a move of the reader’s that needs a person'],
  ['lists.ts', /^Being ended$/, 'how far one on a list has come'],
  ['lists.ts', /^suspended, still billed$/, 'as what a subscription is counted, told by its kind alone'],
  ['buttons.ts', /^Stop watching$|^Show what does not renew$|^End the move here$/, 'what is watched and listed, and a move'],
  ['notes.ts', /stops renewing|was deleted/, 'a chat in which nobody hears'],
  ['status.ts', /renews|end date|end of its list|list of customers|stops renewing/, 'what could not be read'],
  ['invite.ts', /opens \[this link\]/, 'an invitation'],
  ['suspension.ts', /^The customer ends the old licences where it bought them/, 'licences from elsewhere, row T69 of the table'],
  ['chat.ts', /try it out: I watch/, 'the dry run, in the help'],
  ['settings.ts', /./, 'what a chat is told, and when'],
  ['states.ts', /^In the dry run nothing is bought/, 'the dry run'],
  ['status.ts', /^This is a dry run/, 'the dry run'],
  ['exported.ts', /term end$|^plan and auto-renew|^it ended$/, 'columns of a file, and cells by what was read'],
  ['report.ts', /^Renew as|Extended Service Term|^Plan and auto-renew|^Stopped, needs|of the term end$|^Open tickets of what/, 'groups and counts of a report'],
  ['thread.ts', /^It does not simply renew any more, once again/, 'a ticket that is open again'],
  ['replies.ts', /^This is a dry run|where it bought it\. The card has a message to send/, 'the dry run, and licences from elsewhere'],
  ['replies.ts', /^The move ends here|switched me back|this chat|before a term ends/, 'a move, the bot itself, reminders'],
];

const SPEAKS = new RegExp(`${SUBJECT.source}|goes on|paid (?:for|until)`, 'i');

interface Spoken {
  file: string;
  parts: string[];
}

function spoken(): Spoken[] {
  return readdirSync(FOLDER).flatMap((file) =>
    literalsIn(readFileSync(new URL(file, FOLDER), 'utf8').replace(/^import .*$/gm, '')).flatMap((parts) => {
      const text = parts.join('…');
      if (!SPEAKS.test(text) || !(/\s/.test(text.trim()) || /^[A-Z]/.test(text))) return [];
      return [{ file, parts: parts.map((part) => part.replaceAll('**', '').trim()).filter(Boolean) }];
    }),
  );
}

function neverJudged(all: readonly Spoken[], texts: Iterable<string>): string[] {
  const plain = [...texts].map((text) => text.replaceAll('\u00a0', ' ').replaceAll('**', ''));
  return all
    .filter(({ file, parts }) => !OF_ELSE.some(([of, text]) => of === file && text.test(parts.join('…'))) && !plain.some((text) => holds(text, parts)))
    .map(({ file, parts }) => `${file}: ${parts.join('…')}`);
}

function* allTexts(): Generator<string> {
  for (const judged of [judgedCards(), judgedLists(), judgedOutcomes(), judgedRecord(), judgedReplies()]) yield* judged.texts;
  for (const kind of COUNTED) for (const n of [1, 2]) yield say({ [kind]: n, ...(kind === 'renews' ? { ends: 1 } : {}) }).text;
}

describe('a sentence about an end, wherever it stands', () => {
  it('is judged by what makes it true', () => {
    assert.deepEqual(neverJudged(spoken(), allTexts()), []);
  });

  it('is missed where nobody does', () => {
    const planted = literalsIn("const a = `It ends on ${date(d.day)}${b ? ', and its data is deleted' : ''}.`; // 'it renews'\nconst c = /'stops'/;");
    assert.deepEqual(planted, [[', and its data is deleted'], [''], ['It ends on ', '', '.']]);
    const all = planted.map((parts) => ({ file: 'x.ts', parts: parts.filter(Boolean) })).filter(({ parts }) => parts.length > 0);
    assert.deepEqual(neverJudged(all, ['It ends on 3 March 2027.']), ['x.ts: , and its data is deleted']);
  });

  it('of something else is named once, by what stands there', () => {
    const all = spoken();
    for (const [file, text, about] of OF_ELSE)
      assert.ok(
        all.some((one) => one.file === file && text.test(one.parts.join('…'))),
        about,
      );
  });
});
