/** Every ticket's card, and every line below one, at every end and stage: judged once, for the tests that ask about it. */
import { rendererIn, ticketCard } from '../../../cards/ticket/ticket.ts';
import { en } from '../../../cards/text/en/en.ts';
import { answersTo } from '../../../services/moves/answers.ts';
import { ROLES } from '../../../services/people/roles.ts';
import type { EndDetails, EndOfTerm, Move, NewsKind, StuckReason, Ticket } from '../../../services/domain/ticket.ts';
import type { Shown } from '../../../services/ticketView.ts';
import { HIDES, sampleEnd, sampleMove, sampleTicket, ticketSamples } from '../../support/samples.ts';
import { untold } from './endings.ts';
import { textsOf } from './sentences.ts';

export const AT = '2027-01-20T10:00:00.000Z';
export const NEXT = { offer: 'CFQ7TTC0LH02:0002', quantity: 5, term: 'P3Y', billing: 'annual' };
export const ORDER = { id: 'o', subscriptionId: 'n', placedAt: AT, cancellableUntil: AT };
export const PEOPLE = { total: 7, movable: 0, moved: 7, blocked: 0, kept: 0, waived: 0, gone: 0, without: 0, covered: 0, freeSeats: 1, named: [] };

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
  ...(['purchaseRefused', 'purchaseUnclear', 'orderDiffers', 'provisioningFailed', 'provisioningLate', 'holders', 'skuUnknown', 'seatsUnknown'] as const),
  ...(['unread', 'suspendRefused', 'suspendUnclear', 'suspendNotDone', 'suspendOverruled', 'notActive', 'forbidden', 'rights'] as const),
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
/** An end that could not be set, in the last step of a move or by itself. */
const ENDS_STUCK: readonly Partial<Move>[] = (['endRefused', 'endUnclear', 'endNotDone', 'endOverruled', 'endLost'] as const).flatMap((reason) =>
  (reason === 'endLost' ? ['Cancel', 'RenewToNewTerm', 'Odd'] : ['500']).flatMap((code) => {
    const stuck = { from: 'setting' as const, reason, code, at: AT };
    return [
      { state: 'stuck' as const, order: ORDER, people: PEOPLE, stuck },
      ...(['cancel', 'renew'] as const).map((way) => ({ way, state: 'stuck' as const, quote: null, stuck })),
    ];
  }),
);
/** Only there is there a cancellation to set. */
const OF_NEW_COMMERCE = (move: Partial<Move> | null) =>
  move?.way === 'cancel' || move?.stuck?.reason.startsWith('end') || move?.state === 'setting' || move?.state === 'set';
const OUTCOMES = ['suspended', 'letExpire', 'customerCancels', 'givenUp'] as const;
const KINDS: NewsKind[] = [
  ...(['endAsked', 'endSetting', 'endSet', 'endWarned', 'renewed', 'ended', 'left', 'changed', 'stopped', 'reminder', 'waits', 'finished'] as const),
  ...(['cancelled', 'lapsed', 'marked', 'moved', 'waived', 'stuck', 'asked', 'approved', 'declined', 'vouched', 'someFailed', 'refused'] as const),
];

const euros = (minor: number) => ({ minor, currency: 'EUR' });
const PRICES = { on: '2027-01-20', renewal: euros(32_550), oneMonth: euros(37_100), extended: euros(38_200) };

/** What may be known beside an end. */
const MORE: readonly Partial<Ticket['facts']>[] = [
  { addons: ['Extra'], addonsNow: euros(1_200), nextNotSold: true, offerId: 'CFQ7TTC0LH01:0001:CFQ7TTC0KX01' },
  { addons: ['Extra', 'Other'], beside: { addonTo: 'Base plan', losesPromotion: true, reseller: '1234567' }, shared: { others: 5, used: 12 } },
  {
    beside: {
      giveBack: [
        { quantity: 2, until: '2027-01-22T10:00:00Z' },
        { quantity: 1, until: null },
      ],
    },
    shared: { others: 50, used: 12 },
  },
  { switched: { since: '2027-01-19', at: AT, withSeats: true }, changedBy: 'application' },
];

export function shownOf(facts: Partial<Ticket['facts']>, changes: Partial<Ticket>, move: Partial<Move> | null, today = '2027-01-20'): Shown {
  return {
    ...{ ticket: sampleTicket(changes, { expiresOn: '2027-03-03', ...facts }), move: move && sampleMove(move), chat: { key: 'chat', kind: 'channel' } },
    ...{
      handle: 'abcdefghijklmnopqrstuv',
      names: {},
      record: [],
      holders: [],
      unmoved: [],
      approvers: [],
      reader: null,
      fourEyes: { when: 'off' },
      hides: HIDES,
    },
    ...{ today, now: `${today}T10:00:00.000Z` },
  };
}

/** What brings a ticket up where that is no flip, with the ends that it may come to have. */
function* outcomes(): Generator<Shown> {
  const kind = 'outcome';
  const BASE = { plan: 'Base plan', day: '2027-02-01' };
  for (const happened of [
    'estBegun',
    'planSet',
    'planChanged',
    'planLost',
    'trial',
    'softwareEnds',
    'outlivesBase',
    'stillBilled',
    'goesOn',
    'dearer',
    'losesPromotion',
  ] as const)
    for (const [endOfTerm, ending = null] of ENDS)
      for (const standing of [null, 'suspended', 'ended'] as const)
        for (const more of [
          {},
          { was: NEXT, base: BASE, prices: PRICES },
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
      for (const more of [
        { programme: null, prices: PRICES },
        { changedBy: 'megan@partner.example' },
        { changedBy: null },
        { changedBy: 'nobody', term: 'P1M' },
        ...MORE,
      ]) {
        const facts = { newCommerce, endOfTerm, ending, ...more };
        for (const kind of ['flip', 'known', 'asked', 'unread'] as const) yield shownOf(facts, { kind }, null);
        for (const standing of ['suspended', 'ended', 'gone'] as const) yield shownOf({ ...facts, standing }, { closed: { how: 'ended', at: AT } }, null);
        for (const endedAs of ['expired', 'disabled', 'deleted'])
          for (const at of ['2027-01-20', '2027-03-03', '2027-03-20', '2027-05-01', '2027-09-01'])
            yield shownOf({ ...facts, standing: 'ended', endedAs }, { closed: { how: 'ended', at: `${at}T10:00:00.000Z` } }, null, at);
        for (const kind of ['flip', 'asked'] as const) yield shownOf(facts, { kind }, null, '2027-03-05');
        yield shownOf(facts, { closed: { how: 'left', at: AT } }, null);
        if (endOfTerm.startsWith('renews'))
          for (const day of [{}, { day: '2027-03-03' }]) yield shownOf(facts, { closed: { how: 'renewed', at: AT, ...day } }, null);
      }
      const facts = { newCommerce, endOfTerm, ending };
      for (const mark of [{ snoozed: { until: '2027-01-27', reason: 'r', by: 'a', at: AT } }, { dismissed: { reason: 'r', by: 'a', at: AT } }])
        yield shownOf(facts, { marks: mark }, null);
      for (const standing of [null, 'suspended', 'ended'] as const)
        for (const move of standing ? MOVES : [...MOVES, ...ENDS_STUCK])
          if ((move || !standing) && (newCommerce || !OF_NEW_COMMERCE(move)))
            for (const plannable of [true, false]) yield { ...shownOf({ ...facts, standing }, {}, move), plannable };
      if (!newCommerce) yield shownOf({ ...facts, expiresOn: '2027-12-31' }, {}, { state: 'reassigned', order: ORDER, people: PEOPLE });
      const set = { way: 'cancel' as const, quote: null, endSet: { at: AT, day: '2027-03-03', lookedAt: AT } };
      if (newCommerce && endOfTerm === 'cancels') {
        yield shownOf({ ...facts, expiresOn: '' }, {}, { ...set, state: 'set' });
        for (const at of [AT, '2027-03-04T10:00:00.000Z'])
          yield shownOf({ ...facts, standing: 'ended' }, { closed: { how: 'ended', at } }, { ...set, state: 'finished', outcome: 'ended' });
      }
      for (const outcome of OUTCOMES)
        for (const suspendedAt of outcome === 'suspended' ? [AT, null] : [null])
          yield shownOf(facts, { closed: { how: 'moved', at: AT } }, { state: 'finished', outcome, suspendedAt, order: ORDER, people: PEOPLE });
    }
}

/** Whether a ticket that stands so can have such news. */
function occurs(kind: NewsKind, what: string, { ticket, move, today }: Shown, data: { days?: number; end?: number }): boolean {
  if (data.days !== undefined && (ticket.facts.expiresOn === '' || data.days < 0 !== today > ticket.facts.expiresOn)) return false;
  if (kind === 'stuck') return move?.state === 'stuck';
  if (data.end) return move !== null && move.way !== 'replace';
  if (kind === 'renewed' || kind === 'ended' || kind === 'left') return ticket.closed?.how === kind;
  if (ticket.closed && kind !== 'finished') return false;
  if (kind === 'finished') return move?.state === 'finished';
  if (kind === 'endSet' || kind === 'endWarned') return move?.state === 'set' && !ticket.facts.standing && ticket.facts.endOfTerm === 'cancels';
  if (kind.startsWith('end')) return move?.state === (kind === 'endAsked' ? 'weighed' : 'setting');
  if (kind !== 'changed' && kind !== 'stopped') return true;
  const { standing, endOfTerm } = ticket.facts;
  if (what === 'stillBilled') return standing === 'suspended' && ticket.facts.newCommerce;
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
      ? [
          'suspended',
          'ended',
          'gone',
          'renews',
          'stops',
          'end',
          'unread',
          'disagree',
          'estPlanned',
          'estBegun',
          'planSet',
          'planChanged',
          'planLost',
          'goesOn',
          'stillBilled',
        ]
      : ['']
    ).flatMap((what) => {
      const data = { what, mark: 'snoozed', loses: 7, until: '2027-01-27', days: 7, count: 1, moved: 7, total: 7, reason: 'r' };
      const more = kind === 'reminder' ? [{ days: 1 }, { days: -1 }] : kind === 'cancelled' || kind === 'lapsed' ? [{}, { end: 1 }, { open: 1 }] : [{}];
      return more.flatMap((one) =>
        occurs(kind, what, shown, one) ? (renderer.line({ kind, ticketId: 'S-1', by: 'a', at: AT, data: { ...data, ...one } }, shown)?.text ?? []) : [],
      );
    }),
  );
}

/** What was said, and what of it without the facts that make it true. */
export interface Judged {
  found: Set<string>;
  texts: Set<string>;
  count: number;
}

/** What stands on its buttons. */
function titlesOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(titlesOf);
  if (!value || typeof value !== 'object') return [];
  const { type, title } = value as { type?: unknown; title?: unknown };
  const own = typeof type === 'string' && type.startsWith('Action.') && typeof title === 'string' ? [title] : [];
  return [...own, ...Object.values(value).flatMap(titlesOf)];
}

/** What somebody who may do everything is told that he can answer. */
function hintOf(shown: Shown): string[] {
  return [en.hint(answersTo(shown, { key: 'x', roles: ROLES })) ?? []].flat();
}

let known: Judged | null = null;

export function judgedCards(): Judged {
  if (known) return known;
  known = { found: new Set(), texts: new Set(), count: 0 };
  for (const shown of [...everything(), ...outcomes(), ...Object.values(ticketSamples())]) {
    known.count += 1;
    const stage = `${shown.move?.state ?? (shown.ticket.closed?.how || shown.ticket.kind)} ${shown.move?.outcome ?? ''}`;
    const { card } = ticketCard(shown, en);
    for (const text of [...textsOf(card), ...titlesOf(card), ...linesOf(shown), ...hintOf(shown)]) {
      known.texts.add(text);
      for (const one of untold(text, shown)) known.found.add(`${stage}: ${one}`);
    }
  }
  return known;
}
