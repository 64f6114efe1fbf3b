/** No card, and no line below one, speaks of an end, a renewal, a deletion, a saving or a percentage without the facts that make it true. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { rendererIn, ticketCard } from '../../../cards/ticket/ticket.ts';
import { en } from '../../../cards/text/en/en.ts';
import type { EndDetails, EndOfTerm, Move, NewsKind, StuckReason, Ticket } from '../../../services/domain/ticket.ts';
import type { Shown } from '../../../services/ticketView.ts';
import { sampleEnd, sampleMove, sampleTicket } from '../../support/samples.ts';
import { untold } from './endings.ts';
import { textsOf } from './sentences.ts';

const AT = '2027-01-20T10:00:00.000Z';
const NEXT = { offer: 'CFQ7TTC0LH02:0002', quantity: 5, term: 'P3Y', billing: 'annual' };
const ORDER = { id: 'o', subscriptionId: 'n', placedAt: AT, cancellableUntil: AT };
const PEOPLE = { total: 7, movable: 0, moved: 7, blocked: 0, kept: 0, waived: 0, gone: 0, without: 0, covered: 0, freeSeats: 1, named: [] };

const ENDS: readonly [EndOfTerm, EndDetails?][] = [
  ['renews'],
  ['renewsAs', { next: NEXT }],
  ['renewsAs'],
  ['cancels'],
  ['extends'],
  ['extends', { despiteFlag: true }],
  ['inEst'],
  ['contradictory', { planned: 'cancels' }],
  ['contradictory', { planned: 'renews' }],
  ['contradictory', { planned: 'renewsAs', next: NEXT }],
  ['unknown', { word: 'freeze_it' }],
  ['unknown', { word: 'Cancel', on: '2027-02-01' }],
  ['unknown', { either: 'endsOrExtends' }],
  ['unknown', { either: 'endsOrWorksOn' }],
  ['unknown', { either: 'renewsOrInEst' }],
  ['unread'],
];

const STUCK: StuckReason[] = [
  'purchaseRefused',
  'purchaseUnclear',
  'provisioningFailed',
  'holders',
  'suspendRefused',
  'suspendUnclear',
  'notActive',
  'rights',
  'endLost',
  'endNotDone',
];

/** Stages of a move in which the old subscription is told of. */
const MOVES: readonly (Partial<Move> | null)[] = [
  null,
  { state: 'drafting', quote: null },
  { state: 'quoted' },
  { state: 'purchased', order: ORDER, people: { ...PEOPLE, moved: 0, movable: 7 } },
  { state: 'reassigned', order: ORDER, people: PEOPLE },
  { state: 'suspending', order: ORDER, people: PEOPLE },
  { state: 'setting', order: ORDER, people: PEOPLE },
  { state: 'set', order: ORDER, people: PEOPLE, endSet: { at: AT, day: '2027-03-03', lookedAt: AT } },
  ...(['cancel', 'renew'] as const).flatMap((way) => [
    ...(['weighing', 'setting', 'cancelled'] as const).map((state) => ({ way, state, quote: null })),
    { way, state: 'weighed' as const, quote: null, end: sampleEnd({ to: way }) },
  ]),
  { way: 'cancel', state: 'set', quote: null, endSet: { at: AT, day: '2027-03-03', lookedAt: AT } },
  ...STUCK.map((reason) => ({ state: 'stuck' as const, order: ORDER, people: PEOPLE, stuck: { from: 'suspending' as const, reason, code: '500', at: AT } })),
];
/** Only there is there a cancellation to set. */
const OF_NEW_COMMERCE = (move: Partial<Move> | null) => move?.way === 'cancel' || move?.state === 'setting' || move?.state === 'set';
const OUTCOMES = ['suspended', 'letExpire', 'customerCancels', 'givenUp'] as const;
const KINDS: NewsKind[] = [
  'endAsked',
  'endSetting',
  'endSet',
  'endWarned',
  'renewed',
  'ended',
  'left',
  'changed',
  'stopped',
  'reminder',
  'waits',
  'finished',
  'cancelled',
  'lapsed',
  'marked',
  'moved',
];

function shownOf(facts: Partial<Ticket['facts']>, changes: Partial<Ticket>, move: Partial<Move> | null): Shown {
  return {
    ...{ ticket: sampleTicket(changes, { expiresOn: '2027-03-03', ...facts }), move: move && sampleMove(move), chat: { key: 'chat', kind: 'channel' } },
    ...{ handle: 'abcdefghijklmnopqrstuv', names: {}, record: [], holders: [], unmoved: [], approvers: [], reader: null, fourEyes: { when: 'off' } },
    ...{ today: '2027-01-20', now: AT },
  };
}

/** What brings a ticket up where that is no flip, with the ends that it may come to have. */
function* outcomes(): Generator<Shown> {
  const kind = 'outcome';
  const BASE = { plan: 'Base plan', day: '2027-02-01' };
  for (const happened of ['estBegun', 'planSet', 'planChanged', 'planLost', 'trial', 'softwareEnds', 'outlivesBase', 'stillBilled', 'goesOn'] as const)
    for (const [endOfTerm, ending = null] of ENDS)
      for (const standing of [null, 'suspended', 'ended'] as const)
        for (const more of [
          {},
          { was: NEXT, base: BASE },
          { nothingPlanned: true as const, undoUntil: '2027-01-22T10:00:00Z', shortenedSince: '2027-01-02' },
        ]) {
          const facts = { newCommerce: true, endOfTerm, ending, standing, happened, ...more };
          yield shownOf(facts, { kind }, null);
          yield shownOf(facts, { marks: { snoozed: { until: '2027-01-27', reason: 'r', by: 'a', at: AT } } }, null);
          if (happened === 'goesOn') yield shownOf(facts, {}, { state: 'finished', outcome: 'letExpire', order: ORDER, people: PEOPLE });
          if (!standing && endOfTerm.startsWith('renews'))
            for (const from of [{}, { from: 'inEst' as const }, { from: 'term' as const }])
              yield shownOf(facts, { kind, closed: { how: 'renewed', at: AT, ...from } }, null);
        }
}

/** Every end at every stage, as the watch and the moves can bring it about. */
function* everything(): Generator<Shown> {
  for (const newCommerce of [false, true])
    for (const [endOfTerm, ending = null] of ENDS) {
      // Classic is by the flag alone.
      if (!newCommerce && !['renews', 'cancels', 'unread'].includes(endOfTerm)) continue;
      for (const more of [{ programme: null }, { changedBy: 'megan@partner.example' }, { changedBy: null }, { changedBy: 'nobody', term: 'P1M' }]) {
        const facts = { newCommerce, endOfTerm, ending, ...more };
        for (const kind of ['flip', 'known', 'asked', 'unread'] as const) yield shownOf(facts, { kind }, null);
        for (const standing of ['suspended', 'ended', 'gone'] as const) yield shownOf({ ...facts, standing }, { closed: { how: 'ended', at: AT } }, null);
        yield shownOf(facts, { closed: { how: 'left', at: AT } }, null);
        if (endOfTerm.startsWith('renews'))
          for (const day of [{}, { day: '2027-03-03' }]) yield shownOf(facts, { closed: { how: 'renewed', at: AT, ...day } }, null);
      }
      const facts = { newCommerce, endOfTerm, ending };
      for (const mark of [{ snoozed: { until: '2027-01-27', reason: 'r', by: 'a', at: AT } }, { dismissed: { reason: 'r', by: 'a', at: AT } }])
        yield shownOf(facts, { marks: mark }, null);
      for (const standing of [null, 'suspended', 'ended'] as const)
        for (const move of MOVES)
          if ((move || !standing) && (newCommerce || !OF_NEW_COMMERCE(move)))
            for (const plannable of [true, false]) yield { ...shownOf({ ...facts, standing }, {}, move), plannable };
      for (const outcome of OUTCOMES)
        for (const suspendedAt of outcome === 'suspended' ? [AT, null] : [null])
          yield shownOf(facts, { closed: { how: 'moved', at: AT } }, { state: 'finished', outcome, suspendedAt, order: ORDER, people: PEOPLE });
    }
}

/** Whether a ticket that stands so can have such news. */
function occurs(kind: NewsKind, what: string, { ticket, move }: Shown): boolean {
  if (kind === 'renewed' || kind === 'ended' || kind === 'left') return ticket.closed?.how === kind;
  if (ticket.closed && kind !== 'finished') return false;
  if (kind === 'finished') return move?.state === 'finished';
  if (kind === 'endSet' || kind === 'endWarned') return move?.state === 'set' && !ticket.facts.standing && ticket.facts.endOfTerm === 'cancels';
  if (kind.startsWith('end')) return move?.state === (kind === 'endAsked' ? 'weighed' : 'setting');
  if (kind !== 'changed' && kind !== 'stopped') return true;
  const { standing, endOfTerm } = ticket.facts;
  if (what === 'suspended' || what === 'ended' || what === 'gone') return standing === what;
  if (what === 'renews') return !standing && (endOfTerm === 'renews' || endOfTerm === 'renewsAs');
  if (what === 'stops') return !standing && !['renews', 'renewsAs', 'inEst', 'unread'].includes(endOfTerm);
  if (what === 'disagree') return !standing && endOfTerm === 'contradictory';
  if (what === 'estPlanned') return !standing && endOfTerm === 'extends' && !ticket.facts.nothingPlanned;
  if (what === 'estBegun') return !standing && endOfTerm === 'inEst';
  if (what === 'planLost') return !standing && endOfTerm === 'renews';
  return what !== 'unread' || endOfTerm === 'unread';
}

function linesOf(shown: Shown): string[] {
  const renderer = rendererIn(en);
  return KINDS.flatMap((kind) =>
    (kind === 'changed' || kind === 'stopped'
      ? ['suspended', 'ended', 'gone', 'renews', 'stops', 'end', 'unread', 'disagree', 'estPlanned', 'estBegun', 'planSet', 'planChanged', 'planLost', 'goesOn']
      : ['']
    ).flatMap((what) => {
      if (!occurs(kind, what, shown)) return [];
      const data = { what, mark: 'snoozed', loses: 7, until: '2027-01-27', days: 7, count: 1, moved: 7, total: 7 };
      return renderer.line({ kind, ticketId: 'S-1', by: 'a', at: AT, data }, shown)?.text ?? [];
    }),
  );
}

describe('a sentence about an end', () => {
  it('stands on a card, or below it, only with the facts that make it true', () => {
    const found = new Set<string>();
    let count = 0;
    for (const shown of [...everything(), ...outcomes()]) {
      count += 1;
      const stage = `${shown.move?.state ?? (shown.ticket.closed?.how || shown.ticket.kind)} ${shown.move?.outcome ?? ''}`;
      for (const text of [...textsOf(ticketCard(shown, en).card), ...linesOf(shown)]) for (const one of untold(text, shown)) found.add(`${stage}: ${one}`);
    }
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
    for (const [shown, text] of [
      [extended, 'Let it end by itself'],
      [extended, 'The old subscription ends by itself on 3 March 2027.'],
      [extended, 'Expires in 42 days'],
      [extended, 'Nobody loses access. From that day it goes on month by month and costs 3 % more.'],
      [extended, 'From 3 March 2027 it costs 23 % more.'],
      [extended, 'Billing stops today. That saves €310.00 a month.'],
      [letGo, '**3 March 2027** – the old subscription ends'],
      [letGo, 'The old subscription goes on month by month as a paid Extended Service Term.'],
      [suspended, '€455.00 a month from today; the old €310.00 has stopped.'],
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
    ] as const)
      assert.notDeepEqual(untold(text, shown), [], text);
  });

  it('names a percentage in one place alone, with what it is one of', () => {
    const folder = new URL('../../../cards/text/en/', import.meta.url);
    const with_ = readdirSync(folder).filter((file) => / %/.test(readFileSync(new URL(file, folder), 'utf8').replace(/ % 1[02]/g, '')));
    assert.deepEqual(with_, ['ends.ts']);
  });
});
