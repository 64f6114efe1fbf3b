/** No card, and no line below one, speaks of an end, a renewal, a deletion, a saving or a percentage without the facts that make it true; and no sentence of the bot's that does is out of the reach of those who judge it. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { COUNTED } from '../../../services/watch/known.ts';
import { SUBJECT, untold } from './endings.ts';
import { judgedLists, judgedOutcomes, judgedRecord, judgedReplies, say } from './endingsOthers.ts';
import { AT, judgedCards, NEXT, ORDER, PEOPLE, shownOf } from './endingsShown.ts';
import { holds, literalsIn } from './literals.ts';

const FOLDER = new URL('../../../cards/text/en/', import.meta.url);

describe('a sentence about an end', () => {
  it('stands on a card, or below it, only with the facts that make it true', () => {
    const { found, count } = judgedCards();
    assert.deepEqual([...found], []);
    assert.ok(count > 600, String(count));
  });

  it('is found where it is planted without them', () => {
    const extended = shownOf({ newCommerce: true, endOfTerm: 'extends' }, {}, { state: 'reassigned', order: ORDER, people: PEOPLE });
    const letGo = shownOf({ newCommerce: true, endOfTerm: 'unknown', ending: { either: 'endsOrExtends' } }, {}, { state: 'finished', outcome: 'letExpire' });
    const suspended = shownOf({ newCommerce: true, endOfTerm: 'extends' }, {}, { state: 'finished', outcome: 'suspended', suspendedAt: AT });
    const disagree = shownOf({ newCommerce: true, endOfTerm: 'contradictory', ending: { planned: 'cancels' } }, {}, null);
    const byPerson = shownOf({ endOfTerm: 'cancels', changedBy: 'megan@partner.example' }, {}, null);
    const setAndLost = shownOf({ newCommerce: true, endOfTerm: 'extends' }, {}, { way: 'cancel', state: 'set', quote: null });
    const renewing = shownOf({ newCommerce: true, endOfTerm: 'renewsAs', ending: { next: NEXT } }, {}, null);
    const gone = { newCommerce: true, endOfTerm: 'extends', standing: 'ended', endedAs: 'deleted' } as const;
    const deleted = shownOf(gone, { closed: { how: 'ended', at: AT } }, null);
    const deletedAfter = shownOf(gone, { closed: { how: 'ended', at: '2027-03-03T10:00:00.000Z' } }, null);
    for (const [shown, text] of [
      [extended, 'Let it end by itself'],
      [extended, 'The old subscription ends by itself on 3 March 2027.'],
      [extended, 'Expires in 42 days'],
      [extended, 'Nobody loses access. From that day it goes on month by month and costs 3 % more.'],
      [extended, 'From 3 March 2027 it costs 23 % more.'],
      [extended, 'Billing stops today. That saves €310.00 a month.'],
      [letGo, '**3 March 2027** – the old subscription ends'],
      [letGo, 'The old subscription goes on month by month as a paid Extended Service Term.'],
      [suspended, '€455.00 a month from 20 January 2027; the old €310.00 has stopped.'],
      [suspended, '**About 20 May 2027** – Microsoft deletes the old one and its data'],
      [suspended, '**From about 20 May 2027** – Microsoft deletes the old one and its data'],
      [suspended, 'It has ended.'],
      [extended, 'Until the old one is suspended: €765.00 a month for both, €310.00 for the old one and €455.00 for the new one.'],
      [extended, 'After that €455.00 a month, €145.00 more than now.'],
      [disagree, 'After that €455.00 a month for the new one, and the old one renews, unless somebody sets its cancellation.'],
      [byPerson, 'Until 3 March 2027, whatever is suspended: €765.00 a month for both, €310.00 for the old one and €455.00 for the new one.'],
      [disagree, 'It renews on 3 March 2027.'],
      [disagree, 'Expires on 3 March 2027'],
      [byPerson, 'Microsoft has retired this plan, so it cannot be switched back on.'],
      [byPerson, 'It ends some day.'],
      [byPerson, 'Plan for 3 March 2027.'],
      [extended, 'On 3 March 2027 all is over.'],
      [extended, 'Its term is over, and no cancellation was carried out.'],
      [extended, 'This trial ends on 3 March 2027: the people who use it lose access then.'],
      [byPerson, 'Nothing is planned for that day yet; within about a day Microsoft plans an Extended Service Term.'],
      [letGo, 'A cancellation was set: it ends on 3 March 2027.'],
      [setAndLost, 'Its cancellation for 3 March 2027 was read to be set.'],
      [setAndLost, 'A cancellation is set: after that day the 7 people who use it lose access at once.'],
      [extended, 'With “Cancel at term end” I set that, and look whether it holds.'],
      [extended, 'For 7 days after it has renewed it can be cancelled in Partner Center, and the days that are left are paid back.'],
      [extended, 'Of its 10 licences some can be given back in Partner Center: 2.'],
      [extended, 'The promotion that it has now is not planned for its next term; without it the list price is billed then.'],
      [byPerson, 'One add-on goes with it: Extra, €12.00 a month.'],
      [byPerson, 'It is an add-on: its base, Base plan, goes on without it.'],
      [suspended, 'Its add-on, Extra, cannot be switched on before it is.'],
      [renewing, 'That plan is not sold to this customer any more: the change is still carried out, but once it is lost it cannot be planned again.'],
      [renewing, 'On that day the 7 people who use it lose access.'],
      [renewing, '7 people lose access then; it costs €310.00 a month now.'],
      [byPerson, 'On that day the 7 people who use it lose access. About 90 to 120 days after 3 March 2027 Microsoft deletes its data.'],
      [deleted, 'The old subscription has ended. Its data is kept until about 1 June 2027: buy a new one before.'],
      [deleted, 'Only the customer’s admins reach its data now, until about 1 June 2027.'],
      [deletedAfter, 'It was cancelled before the end of its term: its data can be taken out for 7 days after that, until 10 March 2027 at the latest.'],
    ] as const)
      assert.notDeepEqual(untold(text, shown), [], text);
  });

  it('names a percentage in one place alone, with what it is one of', () => {
    const with_ = readdirSync(FOLDER).filter((file) => / %/.test(readFileSync(new URL(file, FOLDER), 'utf8').replace(/ % 1[02]/g, '')));
    assert.deepEqual(with_, ['ends.ts']);
  });
});

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
