/** Every card at every stage from typed data, with plain, hostile and very long outside words. */
import { notRead } from '../../bot/turns/stands.ts';
import { settingsCard, type SettingsView } from '../../cards/chat/settings.ts';
import { wordsIn } from '../../cards/text/zone.ts';
import type { ChatSettings, SettingsChange } from '../../services/domain/settings.ts';
import { greetingCard, type HelpLine, helpCard, watchingCard } from '../../cards/chat/chat.ts';
import { bulkCard, type BulkCardView } from '../../cards/lists/bulk.ts';
import { choiceCard, type ChoiceView } from '../../cards/chat/choice.ts';
import { digestCard, listCard } from '../../cards/lists/lists.ts';
import { customerCard, type Owned } from '../../cards/lists/customer.ts';
import { outcomeListCard } from '../../cards/lists/outcomes.ts';
import { sharedCustomerCard, sharedTicketCard } from '../../cards/ticket/shared.ts';
import { ticketCard, movedDownCard } from '../../cards/ticket/ticket.ts';
import { viewCard } from '../../cards/ticket/views.ts';
import type { Card } from '../../cards/render.ts';
import { en as english } from '../../cards/text/en/en.ts';
import type { Words } from '../../cards/text/words.ts';
import { nameBare, nameText, safe } from '../../cards/escape.ts';
import { termText } from '../../cards/terms.ts';
import type { EndOffer, Ticket, Move, PeopleCount, Plan, Subscription, UserMove } from '../../services/domain/ticket.ts';
import type { AuditEntry } from '../../services/auditLog/auditLog.ts';
import type { Bulk, BulkMember, MemberNow } from '../../services/moves/bulk.ts';
import { offersOf } from '../../services/tickets/arranged.ts';
import type { EndLine } from '../../services/tickets/costs.ts';
import type { OpenRow } from '../../services/tickets/openList.ts';
import { newMove } from '../../services/moves/states.ts';
import type { Shown } from '../../services/ticketView.ts';
import { reportCard } from '../../cards/lists/report.ts';
import { openedIn, reportOf } from '../../services/tickets/report.ts';
import type { Role } from '../../services/people/roles.ts';
import type { ReportRow } from '../../services/tickets/reportList.ts';
import { COUNTED } from '../../services/watch/known.ts';
import { historyCard, holdersCard } from '../../cards/lists/history.ts';
import { approvalsCard } from '../../cards/lists/approvals.ts';
import { mineCard } from '../../cards/lists/mine.ts';
import { statusCard } from '../../cards/chat/status.ts';
import type { PriceSheets } from '../../services/partnerCenter/port.ts';
import type { Hides, Shows } from '../../services/domain/shows.ts';

const NOW = '2027-01-20T10:02:00.000Z';
const HANDLE = 'abcdefghijklmnopqrstuv';
const OFFER = 'Dynamics 365 for Sales Enterprise Edition CRMOL Basic (Qualified Offer)';
const CUSTOMER_ID = '00000000-0000-4000-8000-000000000001';

export const HOSTILE =
  '[x](http://evil.example) ![i](http://evil.example/p.png) ${x} {{DATE(2027-01-01,SHORT)}} <at>all</at> <b>b</b> \u202eevil\u202c www.evil.example `c` **b** # h 🎿';
export const RTL = 'شركة الاختبار المحدودة';
export const LONG = `${'Donaudampfschifffahrtsgesellschaft'.repeat(3)} ${'and Sons '.repeat(20)}`;

function plan(id: string, title: string, reason: string, sold = true, minimum = 1): Plan {
  return { id, title, reason, minimum, maximum: 10_000, item: sold ? { productId: `CFQ${id}`, skuId: '0001' } : null, whyNot: sold ? null : 'notSold' };
}

const YEARS = ['P1Y/monthly', 'P1Y/annual'];

/** The plans of the sample that are sold, each in terms of its own; undefined where they were not read. */
function withTerms(terms: readonly (string[] | undefined)[]): Plan[] {
  const left = [...terms];
  return (sampleTicket().plans ?? []).map((one) => {
    const own = one.item ? left.shift() : undefined;
    return own ? { ...one, terms: own } : one;
  });
}

export function sampleSubscription(changes: Partial<Subscription> = {}): Subscription {
  return {
    id: 's',
    customerId: 'c',
    offerId: 'o',
    offerName: 'Offer',
    kind: 'classic',
    status: 'active',
    autoRenew: true,
    lastDay: '2027-03-02',
    expiresOn: '2027-03-03',
    quantity: 10,
    term: 'P1Y',
    billing: 'monthly',
    isTrial: false,
    isUsage: false,
    parentId: null,
    atTermEnd: null,
    cancellableUntil: null,
    orderId: null,
    ...changes,
  };
}

export function sampleTicket(changes: Partial<Ticket> = {}, facts: Partial<Ticket['facts']> = {}): Ticket {
  return {
    id: 'S-1042',
    customerId: CUSTOMER_ID,
    customerName: 'Contoso Ltd',
    subscriptionId: 'a4c1340d-6911-4758-bba3-0c4c6007d161',
    kind: 'flip',
    episode: 1,
    openedAt: '2027-01-20T09:14:00.000Z',
    facts: {
      offerName: OFFER,
      offerId: '1d5a3a8b-0e93-4b1f-8f8b-6b4f3b7c2b11',
      newCommerce: false,
      lastDay: '2027-03-02',
      expiresOn: '2027-03-03',
      endOfTerm: 'cancels',
      quantity: 10,
      inUse: 7,
      priceNow: { minor: 31_000, currency: 'EUR' },
      term: 'P1Y',
      billing: 'monthly',
      programme: 'Dynamics 365 from CRM Basic (Qualified Offers)',
      addons: [],
      changedBy: 'nobody',
      ...facts,
    },
    plans: [
      plan('p1', 'Dynamics 365 Sales Professional', 'closest'),
      plan('p2', 'Dynamics 365 Customer Service', 'service'),
      plan('p3', 'Dynamics 365 Customer Engagement Plan', 'everything', false),
      plan('p4', 'Dynamics 365 Team Members', 'light'),
    ],
    marks: {},
    closed: null,
    move: 'mov_1',
    remindedAt: null,
    audit: { seq: 0, hash: '0' },
    ...changes,
  };
}

/** Of licences that were not bought through us. */
const ofForeign = { subscriptionId: 'elsewhere-1392051d-0cb9-4b7a-88d5-621fee5e8711' };
function foreign(changes: Partial<Ticket> = {}, facts: Partial<Ticket['facts']> = {}): Ticket {
  const none = { lastDay: '', expiresOn: '', endOfTerm: 'unread', priceNow: null, term: '', billing: '', changedBy: null } as const;
  const of = { offerName: 'Office 365 E4', offerId: '1392051d-0cb9-4b7a-88d5-621fee5e8711', newCommerce: false, programme: 'Office 365 Enterprise E4' };
  return sampleTicket({ kind: 'elsewhere', ...ofForeign, ...changes }, { ...of, ...none, quantity: 20, inUse: 7, elsewhere: { ours: 0, inUse: 7 }, ...facts });
}

export function sampleMove(changes: Partial<Move> = {}): Move {
  return {
    ...newMove({ key: 'mov_1', customerId: CUSTOMER_ID, subscriptionId: 'a4c1340d-6911-4758-bba3-0c4c6007d161', ticketId: 'S-1042', by: 'ann', asked: 1 }, NOW),
    version: 4,
    asked: 4,
    draft: { plan: 'p1', quantity: 7 },
    quote: {
      cartId: 'c1a7',
      item: 'CFQp1:0001:CFQA',
      planTitle: 'Dynamics 365 Sales Professional',
      quantity: 7,
      term: 'P1Y',
      billing: 'monthly',
      monthly: { minor: 45_500, currency: 'EUR' },
      total: { minor: 546_000, currency: 'EUR' },
      at: NOW,
      until: '2027-01-27T10:02:00.000Z',
      askedBy: 'ann',
      hash: 'h',
    },
    terms: ['P1Y/monthly', 'P1Y/annual', 'P1M/monthly'],
    ...changes,
  };
}

/** Nothing is kept out of any chat. */
export const SHOWS: Shows = { cost: 'channel', names: 'blocked' };
export const HIDES: Hides = { cost: null, names: false };

/** Of a list that several read. */
export const LISTED = { hides: HIDES, names: { ann: 'Ann Jansson', bo: 'Bo Ek' } as Record<string, string>, reader: null };

/** Nobody lets us read price sheets. */
export const NO_SHEETS: PriceSheets = { prices: async () => ({ known: false, why: 'notConsented' }) };
/** A cancellation at the end of a term, as it is asked about. */
export function sampleEnd(changes: Partial<EndOffer> = {}): EndOffer {
  return {
    ...{ to: 'cancel', day: '2027-03-03', quantity: 10, term: 'P1Y', billing: 'monthly' },
    ...{ monthly: { minor: 31_000, currency: 'EUR' }, total: { minor: 372_000, currency: 'EUR' }, loses: 7, lost: null },
    ...{ at: NOW, askedBy: 'ann', hash: 'h' },
    ...changes,
  };
}

/** A move of several customers, and one of its members. */
export function sampleMember(changes: Partial<BulkMember> = {}): BulkMember {
  return {
    ...{
      customerId: CUSTOMER_ID,
      customerName: 'Contoso Ltd',
      subscriptionId: 's',
      ticketId: 'S-1042',
      offerName: OFFER,
      expiresOn: '2027-03-03',
      quantity: 10,
    },
    ...{ chosen: true, move: null, out: null, shown: null, yes: null },
    ...changes,
  };
}

export function sampleBulk(changes: Partial<Bulk> = {}): Bulk {
  return {
    ...{ programme: 'Dynamics 365 from CRM Basic (Qualified Offers)', plans: [], plan: { id: 'p1', title: 'Dynamics 365 Sales Professional' }, state: 'asked' },
    ...{ by: 'ann', tenant: 't', chat: 'chat', thread: 'chat', at: NOW, askedAt: NOW, members: [sampleMember()], rest: 0, version: 3 },
    ...{ approval: null, say: false, heldUntil: null, done: [] },
    ...changes,
  };
}

function shown(ticket: Ticket, move: Move | null, more: Partial<Shown> = {}): Shown {
  return {
    ticket,
    move,
    chat: { key: 'chat', kind: 'channel' },
    handle: HANDLE,
    names: { ann: 'Ann Jansson', bo: 'Bo Ek' },
    record: [],
    holders: [],
    unmoved: [],
    approvers: [],
    reader: null,
    fourEyes: { when: 'off' },
    hides: HIDES,
    today: '2027-01-20',
    now: NOW,
    ...more,
  };
}

const people = (changes: Partial<PeopleCount> = {}): PeopleCount => ({
  total: 7,
  movable: 7,
  moved: 0,
  blocked: 0,
  kept: 0,
  waived: 0,
  gone: 0,
  without: 0,
  covered: null,
  freeSeats: 7,
  named: [],
  ...changes,
});
const PRICES = {
  ...{ on: '2027-01-20', renewal: { minor: 32_800, currency: 'EUR' } },
  ...{ oneMonth: { minor: 37_500, currency: 'EUR' }, extended: { minor: 38_625, currency: 'EUR' } },
};
const approval = { by: 'bo', at: '2027-01-20T10:05:00.000Z', hash: 'h' };
const order = { id: '5fd81a2', subscriptionId: 'b', placedAt: '2027-01-20T10:07:00.000Z', cancellableUntil: '2027-01-27T10:07:00.000Z' };
/** A move that sets an end and nothing else. */
const alone = { way: 'cancel' as const, quote: null, draft: { by: 'ann' } };
const bought = { approval, order, sku: { from: 'old', to: 'new' } };

function record(rows: [string, string, string, Record<string, string | number>?][]): AuditEntry[] {
  return rows.map(([time, what, by, data], index) => ({
    seq: index + 1,
    at: `2027-01-20T${time}:00.000Z`,
    by,
    tenant: 't',
    what,
    before: '',
    after: '',
    data: data ?? {},
    correlationId: 'c',
    previous: '',
    hash: '',
  }));
}

const RECORD = record([
  ['09:14', 'stopped', 'bot'],
  ['10:02', 'chosen', 'ann', { quantity: 7 }],
  ['10:05', 'approve', 'bo', { monthly: 45_500, currency: 'EUR' }],
  ['10:07', 'placed', 'bot', { order: '5fd81a2' }],
  ['10:11', 'confirmUsers', 'ann'],
  ['10:12', 'moved', 'bot', { moved: 7, total: 7 }],
  ['10:19', 'confirmSuspend', 'ann'],
  ['10:20', 'verified', 'bot'],
]);

const NCE = {
  newCommerce: true,
  offerName: 'Microsoft 365 Business Standard',
  offerId: 'CFQ7TTC0LDPB:0001:CFQ7TTC0K0GH',
  programme: null,
  quantity: 25,
  inUse: 25,
  expiresOn: '2027-01-26',
  lastDay: '2027-01-26',
  priceNow: { minor: 31_250, currency: 'EUR' },
};

/** Planned to become another plan with fewer licences, for three years. */
const AS = { endOfTerm: 'renewsAs' as const, ending: { next: { offer: 'CFQp1:0001', quantity: 20, term: 'P3Y', billing: 'annual' } } };

const NEXT_TERM = AS.ending.next;

/** A card that no flip brought up. */
function outcome(facts: Partial<Ticket['facts']>): Shown {
  return shown(sampleTicket({ kind: 'outcome', plans: [] }, facts), null);
}

/** People as Teams calls them, as long as it does. */
export function teamsIds(count: number): string[] {
  return Array.from({ length: count }, (_, n) => `29:${String(n).padStart(3, '0')}${'bSnHZ7Js2STWrgk6ScEErLk1Lp2z'.repeat(5).slice(0, 121)}`);
}

/** All ticket cards by name. */
export function ticketSamples(): Record<string, Shown> {
  const stuck = (from: Move['state'], reason: NonNullable<Move['stuck']>['reason'], code: string, more: Partial<Move> = {}) =>
    sampleMove({
      ...bought,
      state: 'stuck',
      stuck: { from, reason, code, at: '2027-01-20T10:17:00.000Z' },
      requestIds: ['8f2c1d7e-42d1-4a0f-9a38-6a1c6a2e0b55'],
      ...more,
    });
  const samples: Record<string, Shown> = {
    'b1-notice': shown(sampleTicket({ plans: withTerms([YEARS, YEARS, YEARS]) }), null),
    'b1-notice-terms': shown(sampleTicket({ plans: withTerms([[...YEARS, 'P1M/monthly'], YEARS, undefined]) }), null),
    'b1-notice-reading': shown(sampleTicket({ plans: null }, { inUse: null, priceNow: null }), null),
    'b1-notice-plans-unread': shown(sampleTicket({ plans: null, plansUnread: true }, { inUse: null, priceNow: null }), null),
    'b1-notice-minimum': shown(
      sampleTicket(
        { plans: [plan('u', 'Dynamics 365 Unified Operations Plan', 'closest', true, 20)] },
        { offerName: 'Dynamics AX Enterprise', quantity: 8, inUse: 8, programme: 'Dynamics AX' },
      ),
      null,
    ),
    'b1-notice-addons': shown(
      sampleTicket({}, { addons: ['Dynamics 365 Extra Storage'], addonsNow: { minor: 1_200, currency: 'EUR' }, inUse: null, shared: { others: 10, used: 12 } }),
      null,
    ),
    'b2-notice-beside': shown(
      sampleTicket(
        { plans: [] },
        {
          ...{ ...NCE, endOfTerm: 'extends', changedBy: 'application', switched: { since: '2027-01-18', at: NOW, app: 'app-7', withSeats: true } },
          beside: { giveBack: [{ quantity: 5, until: '2027-01-22T10:00:00Z' }], reseller: '1234567' },
        },
      ),
      null,
    ),
    'b1-notice-none': shown(sampleTicket({ plans: [] }, { programme: null }), null),
    'b1-notice-change': shown(sampleTicket(), sampleMove({ state: 'drafting', quote: null })),
    'b1-notice-refused': shown(sampleTicket(), sampleMove({ state: 'drafting', quote: null, refusal: { reason: 'agreement', code: '13605' } })),
    'b1-notice-declined': shown(sampleTicket(), sampleMove({ state: 'cancelled', declined: { by: 'bo', reason: 'Wait for the new price list.' } })),
    'b1-notice-asked': shown(sampleTicket({ kind: 'asked' }, { endOfTerm: 'renews', changedBy: 'unchanged' }), null),
    'b2-notice-nce-urgent': shown(sampleTicket({ plans: [] }, { ...NCE, endOfTerm: 'extends' }), null),
    'b2-notice-nce-unknown': shown(
      sampleTicket({ plans: [] }, { ...NCE, expiresOn: '2027-03-03', endOfTerm: 'unknown', ending: { either: 'endsOrExtends' } }),
      null,
    ),
    'b2-notice-nce-cancels': shown(sampleTicket({ plans: [] }, { ...NCE, endOfTerm: 'cancels' }), null),
    'b2-notice-nce-by-month': shown(sampleTicket({ kind: 'known', plans: [] }, { ...NCE, term: 'P1M', endOfTerm: 'extends' }), null),
    'b2-notice-nce-despite': shown(sampleTicket({ plans: [] }, { ...NCE, endOfTerm: 'extends', ending: { despiteFlag: true } }), null),
    'b2-notice-nce-grace': shown(sampleTicket({ plans: [] }, { ...NCE, term: 'P3Y', endOfTerm: 'unknown', ending: { either: 'endsOrWorksOn' } }), null),
    'b2-notice-nce-word': shown(sampleTicket({ plans: [] }, { ...NCE, endOfTerm: 'unknown', ending: { word: 'freeze_at_end', on: '2027-01-24' } }), null),
    'b2-notice-contradictory': shown(sampleTicket({ plans: [] }, { ...NCE, endOfTerm: 'contradictory', ending: { planned: 'cancels' } }), null),
    'b2-notice-contradictory-as': shown(
      sampleTicket({ plans: [] }, { ...NCE, ...AS, endOfTerm: 'contradictory', ending: { ...AS.ending, planned: 'renewsAs' } }),
      null,
    ),
    'b2-notice-renews-as': shown(sampleTicket({ kind: 'asked' }, { ...NCE, ...AS }), null),
    'b2-notice-in-est': shown(sampleTicket({ plans: [] }, { ...NCE, term: 'P1M', endOfTerm: 'inEst' }), null),
    'b3-est-begun': outcome({ ...NCE, term: 'P1M', endOfTerm: 'inEst', happened: 'estBegun' }),
    'b3-plan-set': outcome({ ...NCE, endOfTerm: 'renewsAs', ending: { next: NEXT_TERM }, happened: 'planSet' }),
    'b3-plan-lost': outcome({ ...NCE, endOfTerm: 'renews', programme: null, happened: 'planLost', was: NEXT_TERM }),
    'b3-still-billed': outcome({ ...NCE, endOfTerm: 'unknown', ending: { either: 'endsOrExtends' }, standing: 'suspended', happened: 'stillBilled' }),
    'b3-trial-paid': outcome({ ...NCE, endOfTerm: 'renewsAs', happened: 'trial' }),
    'b3-trial-ends': outcome({ ...NCE, endOfTerm: 'cancels', happened: 'trial' }),
    'b3-software-ends': outcome({ ...NCE, endOfTerm: 'cancels', happened: 'softwareEnds' }),
    'b3-outlives-base': outcome({ ...NCE, endOfTerm: 'renews', happened: 'outlivesBase', base: { plan: HOSTILE, day: '2027-02-01' } }),
    'b3-dearer': outcome({ ...NCE, endOfTerm: 'renews', programme: null, happened: 'dearer', prices: PRICES }),
    'b3-loses-promotion': outcome({ ...NCE, endOfTerm: 'renews', programme: null, happened: 'losesPromotion' }),
    'b2-notice-est-priced': shown(sampleTicket({ plans: [] }, { ...NCE, endOfTerm: 'extends', prices: PRICES }), null),
    'b3-goes-on': shown(
      sampleTicket({ closedBefore: [NOW] }, { ...NCE, endOfTerm: 'inEst', happened: 'goesOn' }),
      sampleMove({ ...bought, state: 'finished', outcome: 'letExpire', people: people({ moved: 7, movable: 0 }) }),
    ),
    'b1-notice-switched-off': shown(sampleTicket({}, { changedBy: 'megan@partner.example' }), null),
    'b1-notice-dropped': shown(
      sampleTicket({}, { changedBy: 'application', switched: { since: '2027-01-18', at: '2027-01-19T16:20:00.000Z', app: 'fa6e5f0a-21e1', withSeats: true } }),
      null,
    ),
    'b2-notice-unread': shown(sampleTicket({ kind: 'unread', plans: [] }, { ...NCE, endOfTerm: 'unread', quantity: null }), null),
    'b2-notice-passed': shown(sampleTicket({ plans: [] }, { lastDay: '2027-01-18', expiresOn: '2027-01-18' }), null),
    'b2-draft-overtaken': shown(
      sampleTicket({}, { standing: 'suspended' }),
      sampleMove({ state: 'drafting', quote: null, refusal: { reason: 'oldChanged', code: 'suspended' } }),
    ),
    'b3-snoozed': shown(sampleTicket({ marks: { snoozed: { until: '2027-01-27', reason: 'Waiting for the customer’s budget.', by: 'ann', at: NOW } } }), null),
    'b3-let-go': shown(sampleTicket({ marks: { dismissed: { reason: 'The customer leaves.', by: 'ann', at: NOW } } }), null),
    'b4-renewed': shown(
      sampleTicket({ closed: { how: 'renewed', at: '2027-01-21T08:14:00.000Z', day: '2027-03-03' } }, { endOfTerm: 'renews', expiresOn: '2028-03-03' }),
      null,
    ),
    'b4-renewed-as': shown(sampleTicket({ plans: [], closed: { how: 'renewed', at: '2027-01-21T08:14:00.000Z' } }, { ...NCE, ...AS }), null),
    'b4-suspended-elsewhere': shown(sampleTicket({ closed: { how: 'ended', at: '2027-01-21T08:14:00.000Z' } }, { standing: 'suspended' }), null),
    'b4-suspended-elsewhere-nce': shown(
      sampleTicket({ plans: [], closed: { how: 'ended', at: '2027-01-21T08:14:00.000Z' } }, { ...NCE, endOfTerm: 'extends', standing: 'suspended' }),
      null,
    ),
    'b4-ended': shown(sampleTicket({ closed: { how: 'ended', at: '2027-01-21T08:14:00.000Z' } }), null),
    'b4-ended-expired': shown(
      sampleTicket({ closed: { how: 'ended', at: '2027-03-10T08:14:00.000Z' } }, { ...NCE, expiresOn: '2027-03-03', standing: 'ended', endedAs: 'expired' }),
      null,
    ),
    'b4-ended-begun': shown(sampleTicket({ begun: true, closed: { how: 'ended', at: '2027-01-21T08:14:00.000Z' } }), null),
    'b4-left': shown(sampleTicket({ closed: { how: 'left', at: '2027-01-21T08:14:00.000Z' } }), null),
    'b4-read-again': shown(sampleTicket({ kind: 'unread', closed: { how: 'renewed', at: '2027-01-21T08:14:00.000Z' } }, { endOfTerm: 'renews' }), null),
    'l1-elsewhere': shown(foreign(), null),
    'l1-elsewhere-beside-ours': shown(foreign({ plans: [] }, { elsewhere: { ours: 8, inUse: 25 }, inUse: null, programme: null }), null),
    'l1-elsewhere-snoozed': shown(
      foreign({ marks: { snoozed: { until: '2027-01-27', reason: 'Waiting for the customer’s budget.', by: 'ann', at: NOW } } }),
      null,
    ),
    'l2-elsewhere-quote': shown(foreign(), sampleMove({ ...ofForeign, state: 'quoted' })),
    'l3-customer-acts': shown(foreign(), sampleMove({ ...bought, ...ofForeign, state: 'reassigned', people: people({ moved: 7, movable: 0 }) })),
    'l4-elsewhere-finished': shown(
      foreign({ closed: { how: 'moved', at: '2027-01-21T08:14:00.000Z' } }, { standing: 'gone' }),
      sampleMove({ ...bought, ...ofForeign, state: 'finished', outcome: 'customerCancels', people: people({ moved: 7, movable: 0 }) }),
    ),
    'l4-elsewhere-left': shown(
      foreign({ closed: { how: 'moved', at: '2027-01-21T08:14:00.000Z' } }),
      sampleMove({ ...bought, ...ofForeign, state: 'finished', outcome: 'letExpire', people: people({ moved: 7, movable: 0 }) }),
    ),
    'l5-elsewhere-gone': shown(foreign({ closed: { how: 'ended', at: '2027-01-21T08:14:00.000Z' } }, { standing: 'gone' }), null),
    'c0-quoting': shown(sampleTicket(), sampleMove({ state: 'quoting' })),
    'c1-quote': shown(sampleTicket(), sampleMove({ state: 'quoted' })),
    'c1-quote-nce': shown(sampleTicket({ plans: [] }, { ...NCE, endOfTerm: 'extends' }), sampleMove({ state: 'quoted' })),
    'c1-quote-repriced': shown(sampleTicket(), sampleMove({ state: 'quoted', formerly: { minor: 43_000, currency: 'EUR' } })),
    'c1-quote-approvers': shown(sampleTicket(), sampleMove({ state: 'quoted' }), {
      approvers: [
        { objectId: 'b', name: 'Bo Ek', reached: true },
        { objectId: 'c', name: 'Cy Tan', reached: false },
      ],
    }),
    'c4-buying': shown(sampleTicket(), sampleMove({ state: 'purchasing', approval })),
    'd0-counting': shown(sampleTicket(), sampleMove({ ...bought, state: 'purchased' })),
    'd1-licences': shown(
      sampleTicket(),
      sampleMove({ ...bought, state: 'purchased', people: people({ movable: 6, blocked: 1, named: [{ name: 'Dana Roy', why: 'noUsageLocation' }] }) }),
    ),
    'd1-licences-personal': shown(sampleTicket(), sampleMove({ ...bought, state: 'purchased', people: people() }), {
      chat: { key: 'chat', kind: 'personal' },
      holders: [
        { id: 'u0', name: 'Adele Vance' },
        { id: 'u1', name: 'Alex Wilber' },
      ],
    }),
    'd1-licences-behind-personal': shown(
      sampleTicket(),
      sampleMove({
        ...bought,
        state: 'purchased',
        people: people({
          movable: 0,
          moved: 4,
          waived: 1,
          blocked: 2,
          named: [
            { name: 'Dana Roy', why: 'otherGroup' },
            { name: 'Alex Wilber', why: 'noUsageLocation' },
          ],
        }),
      }),
      {
        chat: { key: 'chat', kind: 'personal' },
        unmoved: [
          { id: 'u0', name: 'Dana Roy' },
          { id: 'u1', name: 'Alex Wilber' },
        ],
      },
    ),
    'd1-licences-same-sku-short': shown(
      sampleTicket(),
      sampleMove({ ...bought, sku: { from: 'same', to: 'same' }, state: 'purchased', people: people({ movable: 0, moved: 5, blocked: 2, freeSeats: 5 }) }),
    ),
    'd2-moving': shown(sampleTicket(), sampleMove({ ...bought, state: 'reassigning', people: people({ moved: 4 }) })),
    'd3-some-failed': shown(
      sampleTicket(),
      sampleMove({
        ...bought,
        state: 'purchased',
        people: people({ movable: 0, moved: 6, blocked: 1, named: [{ name: 'Nestor Wilke', why: 'refused' }] }),
      }),
    ),
    'e1-suspend-classic': shown(
      sampleTicket({}, { addons: ['Dynamics 365 Sales Additional Storage'] }),
      sampleMove({ ...bought, state: 'reassigned', people: people({ moved: 7, movable: 0 }) }),
    ),
    'e1-suspend-same-sku': shown(
      sampleTicket(),
      sampleMove({ ...bought, sku: { from: 'same', to: 'same' }, state: 'reassigned', people: people({ moved: 7, movable: 0 }) }),
    ),
    'e2-suspend-nce': shown(
      sampleTicket({ plans: [] }, { ...NCE, endOfTerm: 'extends', expiresOn: '2028-01-26' }),
      sampleMove({ ...bought, state: 'reassigned', people: people({ total: 25, moved: 25, movable: 0 }) }),
    ),
    'e2-suspend-nce-cancels': shown(
      sampleTicket({ plans: [] }, { ...NCE, endOfTerm: 'cancels', expiresOn: '2028-01-26' }),
      sampleMove({ ...bought, state: 'reassigned', people: people({ total: 25, moved: 25, movable: 0 }) }),
    ),
    'e2-suspend-nce-renews': shown(
      sampleTicket({ kind: 'asked', plans: [] }, { ...NCE, endOfTerm: 'renews', expiresOn: '2028-01-26' }),
      sampleMove({ ...bought, state: 'reassigned', people: people({ total: 25, moved: 25, movable: 0 }) }),
    ),
    'e2-end-nce': shown(
      sampleTicket({ plans: [] }, { ...NCE, endOfTerm: 'extends', expiresOn: '2028-01-26', undoUntil: '2027-01-22T14:30:00.000Z' }),
      sampleMove({ ...bought, state: 'reassigned', people: people({ total: 25, moved: 25, movable: 0 }) }),
      { plannable: true },
    ),
    'e4-setting': shown(
      sampleTicket({ plans: [] }, { ...NCE, endOfTerm: 'extends' }),
      sampleMove({ ...bought, state: 'setting', people: people({ moved: 7, movable: 0 }) }),
    ),
    'e5-set': shown(
      sampleTicket({ plans: [] }, { ...NCE, endOfTerm: 'cancels', expiresOn: '2028-01-26' }),
      sampleMove({ ...bought, state: 'set', endSet: { at: NOW, day: '2028-01-26', lookedAt: NOW }, people: people({ moved: 7, movable: 0 }) }),
    ),
    'k1-ways': shown(sampleTicket({ plans: [] }, { ...NCE, endOfTerm: 'extends', expiresOn: '2027-03-03' }), null, { plannable: true }),
    'k1-ways-drafting': shown(sampleTicket({}, { ...NCE, endOfTerm: 'extends', expiresOn: '2027-03-03' }), sampleMove({ state: 'drafting', quote: null }), {
      plannable: true,
    }),
    'k2-weighing': shown(sampleTicket({}, NCE), sampleMove({ ...alone, state: 'weighing' })),
    'k3-cancel': shown(
      sampleTicket({}, { ...NCE, endOfTerm: 'extends', expiresOn: '2027-03-03' }),
      sampleMove({ ...alone, state: 'weighed', end: sampleEnd() }),
    ),
    'k3-cancel-soon': shown(
      sampleTicket({}, { ...NCE, endOfTerm: 'extends', expiresOn: '2027-01-20' }),
      sampleMove({
        ...{ ...alone, state: 'weighed', again: 'source' },
        end: sampleEnd({ day: '2027-01-20', loses: null, lost: { next: { offer: HOSTILE, quantity: 5, term: HOSTILE, billing: null }, word: HOSTILE } }),
      }),
    ),
    'k3-renew': shown(
      sampleTicket({}, { ...NCE, endOfTerm: 'extends', expiresOn: '2027-03-03' }),
      sampleMove({ ...alone, way: 'renew', state: 'weighed', end: sampleEnd({ to: 'renew', loses: null }) }),
      { plannable: true },
    ),
    'k3-renew-no-price': shown(
      sampleTicket({}, { ...NCE, endOfTerm: 'cancels', expiresOn: '2027-03-03' }),
      sampleMove({ ...alone, way: 'renew', state: 'weighed', end: sampleEnd({ to: 'renew', loses: null, monthly: null, total: null, quantity: null }) }),
      {
        plannable: true,
        reader: { key: 'ann', roles: ['approver'] },
        fourEyes: { when: 'aboveAmount', minor: 1, currency: 'EUR' },
        chat: { key: 'chat', kind: 'personal' },
      },
    ),
    'k4-setting-locked': shown(sampleTicket({}, NCE), sampleMove({ ...alone, state: 'setting', approval, held: 'lock' })),
    'k4-setting-asked': shown(
      sampleTicket({}, NCE),
      sampleMove({ ...alone, way: 'renew', state: 'setting', approval, suspension: { sends: 1, sentAt: NOW, accepted: false, print: 'p' } }),
    ),
    'k5-set': shown(
      sampleTicket({}, { ...NCE, endOfTerm: 'cancels', expiresOn: '2027-03-03' }),
      sampleMove({ ...alone, state: 'set', approval, end: sampleEnd(), endSet: { at: NOW, day: '2027-03-03', lookedAt: NOW } }),
    ),
    'k5-set-soon': shown(
      sampleTicket({}, { ...NCE, programme: null, endOfTerm: 'cancels', expiresOn: '2027-01-20' }),
      sampleMove({ ...alone, state: 'set', approval, end: sampleEnd(), endSet: { at: NOW, day: '2027-01-20', lookedAt: NOW } }),
    ),
    'k5-set-lost': shown(
      sampleTicket({}, { ...NCE, endOfTerm: 'extends', expiresOn: '2027-03-03' }),
      sampleMove({ ...alone, state: 'set', approval, end: sampleEnd(), endSet: { at: NOW, day: '2027-03-03', lookedAt: NOW } }),
      { plannable: true },
    ),
    'k6-ended': shown(
      sampleTicket({ closed: { how: 'ended', at: NOW } }, { ...NCE, endOfTerm: 'cancels', standing: 'ended', expiresOn: '2027-01-19' }),
      sampleMove({ ...alone, state: 'finished', outcome: 'ended' }),
    ),
    'k6-renewed-again': shown(
      sampleTicket({ closed: { how: 'renewed', at: NOW } }, { ...NCE, endOfTerm: 'renews', expiresOn: '2027-03-03' }),
      sampleMove({ ...alone, way: 'renew', state: 'finished', outcome: 'renewedAgain' }),
    ),
    'k6-finished-ended': shown(
      sampleTicket({ plans: [], closed: { how: 'moved', at: NOW } }, { ...NCE, endOfTerm: 'cancels', standing: 'ended' }),
      sampleMove({ ...bought, state: 'finished', outcome: 'ended', people: people({ moved: 7, movable: 0 }) }),
      { record: RECORD.slice(0, 6) },
    ),
    'k7-stuck-lost': shown(
      sampleTicket({}, { ...NCE, endOfTerm: 'extends', expiresOn: '2027-03-03' }),
      stuck('set', 'endLost', 'RenewToExtendedServiceTerm', { ...alone, order: null }),
    ),
    'k7-stuck-unread': shown(
      sampleTicket({}, { ...NCE, endOfTerm: 'cancels', expiresOn: '2027-03-03' }),
      stuck('set', 'unread', '900308', { ...alone, order: null }),
    ),
    'k7-stuck-refused': shown(
      sampleTicket({}, { ...NCE, endOfTerm: 'extends', expiresOn: '2027-03-03' }),
      stuck('setting', 'endRefused', '800093', { ...alone, way: 'renew', order: null }),
    ),
    'k7-stuck-not-done': shown(
      sampleTicket({}, { ...NCE, endOfTerm: 'extends', expiresOn: '2027-03-03' }),
      stuck('setting', 'endNotDone', 'active', { ...alone, order: null }),
    ),
    'k7-stuck-unclear-last-step': shown(sampleTicket({}, { ...NCE, endOfTerm: 'extends', expiresOn: '2027-03-03' }), stuck('setting', 'endUnclear', '504')),
    'k8-declined': shown(sampleTicket({}, NCE), sampleMove({ ...alone, state: 'cancelled', declined: { by: 'bo', reason: 'They stay.' } })),
    'k8-not-possible': shown(sampleTicket({}, NCE), sampleMove({ ...alone, state: 'cancelled', refusal: { reason: 'endNotPossible', code: 'cancels' } })),
    'e3-suspending': shown(sampleTicket(), sampleMove({ ...bought, state: 'suspending', people: people({ moved: 7, movable: 0 }) })),
    'f1-finished': shown(
      sampleTicket({ closed: { how: 'moved', at: NOW } }),
      sampleMove({
        ...bought,
        state: 'finished',
        outcome: 'suspended',
        suspendedAt: '2027-01-20T10:20:00.000Z',
        people: people({ moved: 7, movable: 0 }),
      }),
      { record: RECORD },
    ),
    'f1-finished-nce': shown(
      sampleTicket({ plans: [], closed: { how: 'moved', at: NOW } }, { ...NCE, endOfTerm: 'extends', expiresOn: '2028-01-26' }),
      sampleMove({ ...bought, state: 'finished', outcome: 'suspended', suspendedAt: '2027-01-20T10:20:00.000Z', people: people({ moved: 7, movable: 0 }) }),
      { record: RECORD },
    ),
    'f1-finished-nce-left': shown(
      sampleTicket({ plans: [], closed: { how: 'moved', at: NOW } }, { ...NCE, endOfTerm: 'extends', expiresOn: '2028-01-26' }),
      sampleMove({ ...bought, state: 'finished', outcome: 'letExpire', people: people({ moved: 7, movable: 0 }) }),
      { record: RECORD.slice(0, 6) },
    ),
    'f1-finished-let-expire': shown(
      sampleTicket({ closed: { how: 'moved', at: NOW } }),
      sampleMove({ ...bought, state: 'finished', outcome: 'letExpire', people: people({ moved: 7, movable: 0 }) }),
      { record: RECORD.slice(0, 6) },
    ),
    'f1-finished-renews': shown(
      sampleTicket({ kind: 'asked', closed: { how: 'moved', at: NOW } }, { endOfTerm: 'renews' }),
      sampleMove({ ...bought, state: 'finished', outcome: 'letExpire', people: people({ moved: 7, movable: 0 }) }),
      { record: RECORD.slice(0, 6) },
    ),
    'h1-stuck-unclear': shown(sampleTicket(), stuck('purchasing', 'purchaseUnclear', '504')),
    'h1-stuck-rights': shown(sampleTicket(), stuck('suspending', 'rights', 'rights')),
    'h2-held-dry-run': shown(sampleTicket(), sampleMove({ ...bought, state: 'suspending', held: 'dryRun', people: people({ moved: 7, movable: 0 }) })),
    'h2-held-read-only': shown(sampleTicket(), sampleMove({ ...bought, state: 'suspending', held: 'readOnly', people: people({ moved: 7, movable: 0 }) })),
    'h2-held-directory': shown(sampleTicket(), sampleMove({ state: 'quoted', approval: { by: 'bo', at: NOW, hash: 'h' }, held: 'directory' })),
    'h1-stuck-order-differs': shown(
      sampleTicket(),
      stuck('provisioning', 'orderDiffers', '', {
        order: {
          ...{ id: '0a1b2c3d4e5f', subscriptionId: null, placedAt: NOW, cancellableUntil: null },
          differs: [
            { what: 'seats', asked: 7, came: 5 },
            { what: 'price', asked: { minor: 6_500, currency: 'EUR' }, came: { minor: 7_100, currency: 'EUR' } },
            { what: 'plan', asked: 'Plan', came: HOSTILE },
          ],
        },
      }),
    ),
    'h1-stuck-provisioning-failed': shown(sampleTicket(), stuck('provisioning', 'provisioningFailed', 'failed')),
    'h1-stuck-too-soon': shown(sampleTicket(), stuck('purchasing', 'purchaseUnclear', '504', { unsettled: 'tooSoon' })),
    'h2-held-orders': shown(sampleTicket(), sampleMove({ state: 'quoted', approval: { by: 'bo', at: NOW, hash: 'h' }, held: 'orders' })),
    'h2-held-like': shown(sampleTicket(), sampleMove({ state: 'quoted', approval: { by: 'bo', at: NOW, hash: 'h' }, held: 'likePurchase', heldFor: 'S-1041' })),
    'h3-question': shown(
      sampleTicket(),
      sampleMove({
        ...{ state: 'quoted', approval: { by: 'bo', at: NOW, hash: 'h' }, held: 'question' },
        question: { id: '0a1b2c3d4e5f', createdAt: '2027-01-11T08:30:00.000Z', quantity: 7 },
      }),
    ),
    'h3-question-unread': shown(
      sampleTicket(),
      sampleMove({
        ...{ state: 'quoted', approval: { by: 'bo', at: NOW, hash: 'h' }, held: 'question', unsettled: 'otherProduct' },
        question: { id: 'ORDER-7', createdAt: null, quantity: null },
      }),
    ),
    'c1-quote-reseller': shown(
      sampleTicket(),
      sampleMove({
        state: 'quoted',
        quote: { ...(sampleMove().quote as NonNullable<Move['quote']>), source: { status: 'active', quantity: 10, reseller: '4847383' } },
      }),
    ),
    'c1-quote-dry-run': { ...shown(sampleTicket(), sampleMove({ state: 'quoted' })), dryRun: true },
    'c1-quote-waited': shown(sampleTicket(), sampleMove({ state: 'quoted', again: 'waited' })),
    'c1-quote-source-gone': shown(
      sampleTicket(),
      sampleMove({
        state: 'quoted',
        again: 'source',
        quote: { ...(sampleMove().quote as NonNullable<Move['quote']>), term: 'P2Y', source: { status: 'gone', quantity: null } },
      }),
    ),
    'h1-stuck-refused': shown(sampleTicket(), stuck('purchasing', 'purchaseRefused', '800062')),
    'h1-stuck-holders': shown(sampleTicket(), stuck('suspending', 'holders', '2')),
    'h1-stuck-seats': shown(sampleTicket(), stuck('suspending', 'seatsUnknown', 'pool')),
    'h1-stuck-seats-personal': shown(sampleTicket(), stuck('suspending', 'seatsUnknown', 'late'), { chat: { key: 'chat', kind: 'personal' } }),
    'h1-stuck-sku': shown(sampleTicket(), stuck('purchased', 'skuUnknown', 'old')),
    'h1-stuck-unread': shown(
      sampleTicket(),
      sampleMove({
        ...bought,
        state: 'stuck',
        stuck: { from: 'purchased', reason: 'unread', code: '2000', at: NOW, said: 'Tenant address information is not available' },
      }),
    ),
    'h1-stuck-overruled': shown(sampleTicket(), stuck('suspending', 'suspendOverruled', 'active')),
    'h1-stuck-not-done': shown(sampleTicket(), stuck('suspending', 'suspendNotDone', 'active')),
    'h1-stuck-not-active': shown(sampleTicket(), stuck('suspending', 'notActive', 'deleted')),
    'd1-licences-two-subscriptions': shown(
      sampleTicket(),
      sampleMove({ ...bought, state: 'purchased', people: people({ total: 6, movable: 3, covered: 3, freeSeats: 3 }) }),
    ),
    'd3-halfway': shown(
      sampleTicket(),
      sampleMove({
        ...bought,
        state: 'purchased',
        people: people({
          movable: 0,
          moved: 4,
          blocked: 3,
          without: 1,
          gone: 1,
          freeSeats: null,
          named: [
            { name: 'Nestor Wilke', why: 'without' },
            { name: 'Dana Roy', why: 'dependency', said: 'The plan depends on another plan.' },
            { name: 'Alex Wilber', why: 'unread' },
            { name: 'Adele Vance', why: 'gone' },
          ],
        }),
      }),
    ),
    'e1-suspend-two-subscriptions': shown(
      sampleTicket(),
      sampleMove({ ...bought, state: 'reassigned', people: people({ total: 6, moved: 3, movable: 0, covered: 3 }) }),
    ),
    'e1-suspend-nobody': shown(sampleTicket(), sampleMove({ ...bought, state: 'reassigned', people: people({ total: 0, movable: 0 }) })),
    'e1-suspend-not-known': shown(sampleTicket(), sampleMove({ ...bought, state: 'reassigned', people: null })),
    'e3-suspending-asked': shown(
      sampleTicket(),
      sampleMove({
        ...bought,
        state: 'suspending',
        suspension: { sends: 1, sentAt: NOW, accepted: true, print: 'p' },
        vouched: { by: 'bo', at: NOW, reason: 'I counted them in Partner Center.' },
      }),
    ),
  };
  for (const [name, text] of Object.entries({ hostile: HOSTILE, rtl: RTL, long: LONG })) {
    const outside = { customerName: text, plans: [plan('p1', text, 'closest'), plan('p2', text, text), plan('p3', text, 'light', false)] };
    const names = { ann: text, bo: text };
    samples[`x1-notice-${name}`] = shown(
      sampleTicket(
        { ...outside, marks: { assignedTo: 'ann' } },
        { offerName: text, programme: name === 'long' ? 'A programme of ordinary words' : text, changedBy: text },
      ),
      null,
      { names },
    );
    samples[`x2-quote-${name}`] = shown(
      sampleTicket(outside, { offerName: text }),
      sampleMove({ state: 'quoted', quote: { ...(sampleMove().quote as NonNullable<Move['quote']>), planTitle: text } }),
      { names },
    );
    samples[`x3-snoozed-${name}`] = shown(
      sampleTicket({ ...outside, marks: { snoozed: { until: '2027-01-27', reason: text, by: 'ann', at: NOW } } }, { offerName: text }),
      null,
      { names },
    );
    samples[`x4-licences-${name}`] = shown(
      sampleTicket(outside, { offerName: text, addons: [text] }),
      sampleMove({
        ...bought,
        state: 'purchased',
        people: people({ movable: 2, blocked: 5, named: Array.from({ length: 5 }, () => ({ name: text, why: 'conflict' as const })) }),
      }),
      { names },
    );
    samples[`x5-suspend-${name}`] = shown(
      sampleTicket(outside, { offerName: text, addons: [text, text] }),
      sampleMove({
        ...bought,
        state: 'reassigned',
        waived: [{ by: 'ann', at: NOW, reason: text, people: [{ id: 'u', name: text }] }],
        people: people({ waived: 1 }),
      }),
      { names },
    );
  }
  return samples;
}

function row(index: number, text?: string): OpenRow {
  return {
    ticketId: `S-${1001 + index}`,
    customerId: CUSTOMER_ID,
    customerName: text ?? `Customer ${index + 1}`,
    subscriptionId: `s${index}`,
    offerName: text ?? OFFER,
    lastDay: '2027-02-01',
    expiresOn: `2027-02-${String((index % 27) + 1).padStart(2, '0')}`,
    quantity: 1300 + index,
    programme: null,
    end: 'cancels',
  };
}

export function sampleReportRow(changes: Partial<ReportRow> = {}): ReportRow {
  return {
    ...{ ticketId: 'S-1001', customerId: 'c', programme: null, end: 'cancels', day: '2027-03-03', openedAt: NOW, monthly: { minor: 31_000, currency: 'EUR' } },
    ...{ keeper: null, state: 'open', closed: null, decided: [], bought: null, estSince: null },
    ...changes,
  };
}

/** What can be chosen in the settings. */
const SPOKEN = [
  { tag: 'en', own: nameBare('English (Ireland)') },
  { tag: 'fr', own: nameBare('français') },
];

/** A report of a usual quarter; with `name` in each place of a name, and as many groups as there can be, the largest. */
function reports(name: string | null, en: Words): Card {
  const months = ['2027-01-10', '2027-02-03', '2027-03-03', '2027-03-20', '2027-04-01', '2027-06-01'];
  const currencies = name === null ? ['EUR', 'USD'] : ['EUR', 'USD', 'SEK', 'CHF', 'GBP', 'JPY', 'NOK'];
  const many = name === null ? 40 : 400;
  const rows = Array.from({ length: many }, (_, n): ReportRow => {
    const monthly = n % 7 === 3 ? null : { minor: (n + 1) * 123_456, currency: currencies[n % currencies.length] as string };
    const end = (['cancels', 'extends', 'cancels', 'inEst', 'unknown', 'contradictory'] as const)[n % 6] ?? 'cancels';
    const by = `p${n % (name === null ? 2 : 30)}`;
    return sampleReportRow({
      ...{
        end,
        monthly,
        day: name === null ? (months[n % 6] as string) : `20${28 + (n % 9)}-0${1 + (n % 9)}-01`,
        openedAt: `2027-01-${10 + (n % 10)}T10:00:00Z`,
      },
      ...{ programme: n % 3 === 0 ? null : (name ?? 'Dynamics CRM Online') + (name === null ? '' : n % 40), keeper: n % 4 === 0 ? null : by },
      state: (['open', 'waits', 'licences', 'stuck', 'letGo', 'choosing', 'buying', 'lastStep', 'snoozed'] as const)[n % 9] ?? 'stuck',
      decided: n % 3 === 0 ? [{ what: (['approved', 'declined', 'letGo'] as const)[n % 2] ?? 'letGo', by, at: '2027-01-15T10:00:00Z' }] : [],
      bought:
        n % 5 === 0 ? { at: '2027-01-16T10:00:00Z', monthly: monthly && { ...monthly, minor: 5_000_000 }, until: '2027-01-23T10:00:00Z', old: 'open' } : null,
      estSince: end === 'inEst' && n % 2 === 1 ? '2026-11-01T10:00:00Z' : null,
    });
  });
  const names = Object.fromEntries(Array.from({ length: 30 }, (_, n) => [`p${n}`, name ?? ['Ann Jansson', 'Bo Ek'][n] ?? '']));
  const report = reportOf(rows, { today: '2027-01-20', now: NOW });
  return reportCard(
    {
      report,
      names,
      today: '2027-01-20',
      whole: name === null,
      more: name !== null,
      hides: HIDES,
      opened: openedIn(report, '2027-01-20').map(({ what }) => what),
      handle: HANDLE,
    },
    en,
  ).card;
}
const euros = (minor: number) => ({ monthly: { minor, currency: 'EUR' } });
/** How far one on a list has come. */
const FAR: readonly Partial<OpenRow>[] = [
  { state: 'waits', keeper: 'ann', ...euros(31_000) },
  { state: 'open', end: 'extends', ...euros(1_250_050) },
  { state: 'snoozed', until: '2027-01-27', keeper: 'bo', end: 'renews' },
  { state: 'stuck', keeper: 'gone', ...euros(900) },
  { state: 'letGo', end: 'inEst', ...euros(4_711) },
  { state: 'watched', end: 'renewsAs' },
  { state: 'buying', end: 'unknown', keeper: 'ann' },
  { state: 'licences', ...euros(31_000) },
];

/** Every card that the bot can show, by name; in English, or in other words. */
export function allCards(en: Words = english): Record<string, Card> {
  const cards: Record<string, Card> = {};
  for (const [name, one] of Object.entries(ticketSamples())) cards[name] = ticketCard(one, en).card;
  const asked = ticketSamples()['c1-quote-approvers'] as Shown;
  const view = (key: string, role: Role, lacks: (verb: string) => boolean) =>
    viewCard({ ...asked, fourEyes: { when: 'always' }, reader: { key, roles: [role] }, readers: teamsIds(1) }, lacks, en).card;
  cards['c2-view-approver'] = view('bo', 'approver', () => false);
  cards['c3-view-requester'] = view('ann', 'requester', (verb) => verb.startsWith('purchase.'));
  cards['c3-view-others'] = view('vi', 'viewer', () => true);
  cards['c2-quote-readers'] = ticketCard({ ...asked, readers: teamsIds(60) }, en).card;
  const overview = { customers: 14, open: 5, next: '2027-03-03' };
  const many = Array.from({ length: 37 }, (_, index) => row(index));
  cards['a1-greeting'] = greetingCard(HANDLE, overview, en, { addedBy: 'Ann Jansson' }).card;
  cards['a1-greeting-dry-run'] = greetingCard(HANDLE, overview, en, { addedBy: 'Ann Jansson', dryRun: true }).card;
  cards['a1-greeting-back'] = greetingCard(HANDLE, overview, en, {
    formerly: [{ what: 'customer', customerId: CUSTOMER_ID, customerName: HOSTILE }],
    addedBy: HOSTILE,
  }).card;
  cards['a1-greeting-looking'] = greetingCard(HANDLE, { customers: 0, open: null, next: null }, en).card;
  cards['a2-watching'] = watchingCard(HANDLE, { watching: [{ what: 'all' }], by: 'Ann Jansson', at: NOW, overview }, en).card;
  cards['a2-watching-one'] = watchingCard(
    HANDLE,
    { watching: [{ what: 'customer', customerId: 'c', customerName: HOSTILE }], by: HOSTILE, at: NOW, overview: { ...overview, open: null } },
    en,
  ).card;
  const everything: ChatSettings = {
    zone: 'Europe/Stockholm',
    digest: { every: 'weekdays', hour: 9 },
    quiet: { from: 18, to: 8 },
    report: { day: 1, hour: 9 },
    worth: { within: 30, least: 100, leaveOut: ['ends', 'renews'], except: [{ what: 'customer', customerId: 'c', customerName: 'Adatum' }] },
  };
  const settings = (chat: Partial<SettingsView['chat']>, name = 'Ann Jansson') =>
    settingsCard(
      HANDLE,
      { chat: { watching: [{ what: 'all' }], ...chat }, names: { p1: name }, languages: SPOKEN, now: NOW },
      wordsIn(en, chat.settings?.zone ?? 'UTC'),
    ).card;
  const settingsBy: SettingsChange[] = [{ by: 'p1', at: NOW, what: ['quiet', 'worth'] }];
  cards['a5-settings'] = settings({});
  cards['a5-settings-all'] = settings({ settings: everything, settingsBy, remind: [14, 1] });
  cards['a5-settings-hostile'] = settings(
    { settings: { worth: { except: [{ what: 'customer', customerId: 'c', customerName: HOSTILE }] } }, settingsBy, remind: [], watching: [] },
    HOSTILE,
  );
  cards['a2-watching-none'] = watchingCard(HANDLE, { watching: [], by: null, at: null, overview }, en).card;
  const option = (title: string, more = '', kind: 'name' | 'plan' = 'name') => ({ title, more, kind });
  const choice = (view: Partial<ChoiceView> & Pick<ChoiceView, 'options' | 'about'>) =>
    choiceCard({ wanted: 'twin corp', more: 0, handle: HANDLE, version: 0, ...view }, en).card;
  cards['a3-choice-one'] = choice({ about: 'customer', wanted: 'north', options: [option('Northwind Traders', 'northwind.example')] });
  cards['a3-choice-twins'] = choice({
    about: 'customer',
    options: [option('Twin Corp', en.choice.id(safe`4f2d11aa`)), option('Twin Corp', en.choice.id(safe`9b03c7e2`))],
  });
  cards['a3-choice-many'] = choice({ about: 'watch', more: 92, atLeast: true, options: Array.from({ length: 8 }, (_, index) => option(`Load ${index}`)) });
  cards['a3-choice-plan'] = choice({ about: 'plan', version: 3, options: ['E3', 'E5'].map((one) => option(`Office 365 ${one}`, '', 'plan')) });
  cards['a3-choice-term'] = choice({
    about: 'term',
    version: 3,
    wanted: 'monthly',
    options: ['P1Y/monthly', 'P1M/monthly'].map((one) => option(termText(one, en), '', 'plan')),
  });
  cards['a3-choice-twelve'] = choice({
    about: 'subscription',
    wanted: 'school',
    options: Array.from({ length: 12 }, (_, index) => option(OFFER, `S-${1_001 + index}`, 'plan')),
  });
  cards['a3-choice-people'] = choice({ about: 'people', options: [option(en.choice.allOf(2)), option('Sam Lee', '1'), option('Sam Lee', '2')] });
  cards['a3-choice-hostile'] = choice({ about: 'customer', wanted: HOSTILE, options: [option(HOSTILE, HOSTILE), option(LONG, LONG), option(RTL)] });
  cards['a4-invite-forget'] = choice({ about: { invite: 'forget' }, wanted: 'Adatum', options: [option('Adatum')] });
  cards['a4-invite-customer'] = choice({
    about: { invite: 'isCustomer' },
    wanted: 'contoso',
    options: [option(en.invite.newCompany(safe`contoso`)), option('Contoso Ltd', 'contoso.example')],
  });
  cards['a4-invite-joined'] = choice({
    about: { invite: 'joined' },
    wanted: HOSTILE,
    options: [option(en.invite.another), option(HOSTILE, HOSTILE)],
  });
  cards['a4-invite-next'] = choice({
    about: { invite: 'next' },
    wanted: 'Adatum Corporation',
    options: [option(en.invite.move, 'Adatum Corporation'), option(en.invite.watch, 'Adatum Corporation')],
  });
  cards['a4-invite-reseller'] = choice({
    about: { invite: 'reseller' },
    wanted: 'Adatum',
    more: 31,
    options: Array.from({ length: 8 }, (_, index) => option(`Reseller ${index}`, `484743${index}`)),
  });
  cards['b5-moved-down'] = movedDownCard(shown(sampleTicket(), null), en).card;
  const samples = ticketSamples();
  const shared = (of: string) => sharedTicketCard(samples[of] as Shown, 'https://teams.microsoft.com/l/message/19%3Aa/m1', en).card;
  cards['l1-shared'] = shared('b1-notice');
  cards['l1-shared-quote'] = shared('c1-quote');
  cards['l1-shared-hostile'] = shared('x1-notice-hostile');
  cards['l2-shared-customer'] = sharedCustomerCard(
    { name: HOSTILE, stands: en.share.allRenew({ customer: nameBare(HOSTILE) }), lookedAt: NOW, handle: HANDLE, claims: [] },
    en,
  ).card;
  cards['i1-report'] = reports(null, en);
  cards['i1-report-hostile'] = reports(HOSTILE, en);
  cards['i1-report-long'] = reports(LONG, en);
  cards['i1-report-nothing'] = reportCard(
    {
      ...{ report: reportOf([], { today: '2027-01-20', now: NOW }), names: {}, today: '2027-01-20', whole: true, more: false, hides: HIDES },
      ...{ opened: ['export'], handle: HANDLE },
    },
    en,
  ).card;
  const worst = { ...LISTED, names: { long: LONG, hostile: HOSTILE } };
  const far = many.map((one, index) => ({ ...one, expiresOn: `2027-01-${String(22 + Math.min(index, 9)).padStart(2, '0')}`, ...FAR[index % FAR.length] }));
  const offers = offersOf(far, {}, '2027-01-20');
  const list = { ...LISTED, handle: HANDLE, today: '2027-01-20', within: 90, offers, all: far.length };
  cards['g1-list-far'] = listCard({ ...list, rows: far, from: 10, several: true }, en).card;
  cards['g1-list-urgent'] = listCard(
    {
      ...list,
      rows: far
        .filter((one) => one.end === 'cancels')
        .map((one) => ({ ...one, state: 'open' as const }))
        .slice(0, 3),
      from: 0,
    },
    en,
  ).card;
  cards['g1-list-only'] = listCard(
    { ...list, rows: far.filter((one) => one.state === 'stuck'), from: 0, arrange: { state: 'stuck', keeper: 'ann', sort: 'money' }, reader: 'ann' },
    en,
  ).card;
  cards['g1-list-only-none'] = listCard({ ...list, rows: [], from: 0, arrange: { programme: HOSTILE, keeper: 'nobody' } }, en).card;
  cards['g1-list-hidden'] = listCard({ ...list, rows: far.slice(0, 3), from: 0, hides: { cost: 'personal', names: true } }, en).card;
  const line = (one: OpenRow): EndLine => ({ ...one, byMonth: true, priceNow: one.monthly ?? null, prices: null });
  const tickets = new Map(far.map((one) => [one.ticketId, one]));
  const ofOutcome = { ...list, until: '2027-04-20', month: null, outcome: 'est', more: true, whole: false, passed: 1, tickets } as const;
  cards['g1-outcome-far'] = outcomeListCard(
    {
      ...ofOutcome,
      lines: far.map((one, index) => ({ ...line({ ...one, end: 'extends' }), ...(index === 2 ? { ticketId: null } : {}) })),
      from: 0,
      several: true,
    },
    en,
  ).card;
  cards['g1-outcome-worst'] = outcomeListCard(
    { ...ofOutcome, ...worst, lines: Array.from({ length: 12 }, (_, index) => line(row(index, LONG))), from: 0 },
    en,
  ).card;
  cards['a3-choice-programme'] = choice({
    about: { programmes: true },
    options: [option('Dynamics AX', en.bulk.onList(3), 'plan'), option('Dynamics CRM Online', en.bulk.onList(2), 'plan')],
  });
  const owned = COUNTED.map((kind, index) => ({
    kind,
    plan: `Office 365 E${index}`,
    day: index === 9 ? '' : '2027-03-03',
    quantity: index,
    monthly: null,
    ticket: far[index] ?? null,
  }));
  const ofCustomer = { ...LISTED, handle: HANDLE, today: '2027-01-20', customer: { id: CUSTOMER_ID, name: 'Contoso Ltd' }, turned: null };
  const renew = { text: en.replies.allRenew({ customer: nameBare('Contoso Ltd') }), claims: [] };
  cards['g6-customer'] = customerCard({ ...ofCustomer, owned, from: 0, stands: { text: en.replies.reading(), claims: [] } }, en).card;
  cards['g6-customer-renews'] = customerCard(
    { ...ofCustomer, owned: owned.slice(0, 1).map((one) => ({ ...one, ticket: null })), from: 0, stands: renew },
    en,
  ).card;
  cards['g6-customer-none'] = customerCard({ ...ofCustomer, owned: [], from: 0, stands: renew }, en).card;
  cards['g6-customer-hostile'] = customerCard(
    {
      ...{ ...ofCustomer, customer: { id: CUSTOMER_ID, name: HOSTILE }, names: worst.names, from: 0, stands: renew },
      owned: Array.from(
        { length: 12 },
        (_, index) => ({ ...owned[0], plan: index % 2 ? LONG : HOSTILE, ticket: { ...row(index, HOSTILE), ...FAR[0], keeper: 'long' } }) as Owned,
      ),
    },
    en,
  ).card;
  cards['g3-digest-far'] = digestCard({ ...LISTED, rows: far.slice(0, 8), handle: HANDLE, today: '2027-01-20', why: { is: 'first' } }, en).card;
  cards['g1-list'] = listCard({ ...LISTED, rows: many, from: 0, handle: HANDLE, today: '2027-01-20', within: 90 }, en).card;
  cards['g2-list-page'] = listCard(
    { ...LISTED, rows: many, from: 20, turned: { from: 20, gone: 1, come: 2 }, handle: HANDLE, today: '2027-01-20', within: 90 },
    en,
  ).card;
  cards['g1-list-several'] = listCard({ ...LISTED, rows: many.slice(0, 3), from: 0, handle: HANDLE, today: '2027-01-20', within: 90, several: true }, en).card;
  cards['g2-list-several'] = listCard({ ...LISTED, rows: many, from: 10, handle: HANDLE, today: '2027-01-20', within: 90, several: true }, en).card;
  cards['g1-list-month'] = listCard({ ...LISTED, rows: many.slice(0, 3), from: 0, handle: HANDLE, today: '2027-01-20', within: 90, month: '2027-02' }, en).card;
  cards['g2-list-empty'] = listCard({ ...LISTED, rows: [], from: 0, handle: HANDLE, today: '2027-01-20', within: 90 }, en).card;
  cards['g2-list-next'] = listCard(
    { ...LISTED, rows: [], from: 0, handle: HANDLE, today: '2027-01-20', within: 3, next: row(4, HOSTILE), whole: false },
    en,
  ).card;
  cards['g2-list-worst'] = listCard(
    {
      ...worst,
      rows: Array.from({ length: 37 }, (_, index) => ({ ...row(index, LONG), ...FAR[0], keeper: 'long' })),
      from: 0,
      handle: HANDLE,
      today: '2027-01-20',
      within: 90,
    },
    en,
  ).card;
  cards['g2-list-hostile'] = listCard(
    {
      ...worst,
      rows: Array.from({ length: 5 }, (_, index) => ({ ...row(index, HOSTILE), ...FAR[index + 3], keeper: 'hostile' })),
      from: 0,
      handle: HANDLE,
      today: '2027-01-20',
      within: 90,
    },
    en,
  ).card;
  cards['g3-digest-missed'] = digestCard(
    { ...LISTED, rows: many.slice(0, 2), handle: HANDLE, today: '2027-01-20', why: { is: 'missed', since: NOW } },
    en,
  ).card;
  const elsewhere = { ...many.slice(0, 1)[0], ...ofForeign, offerName: 'Office 365 E4', lastDay: '', expiresOn: '', end: 'unread', elsewhere: true } as OpenRow;
  cards['g3-digest-elsewhere'] = digestCard(
    { ...LISTED, rows: [...many.slice(0, 1), elsewhere], handle: HANDLE, today: '2027-01-20', why: { is: 'missed', since: NOW } },
    en,
  ).card;
  cards['g3-digest'] = digestCard({ ...LISTED, rows: many.slice(0, 5), handle: HANDLE, today: '2027-01-20', why: { is: 'first' } }, en).card;
  cards['g3-digest-regular'] = digestCard({ ...LISTED, rows: many.slice(0, 5), handle: HANDLE, today: '2027-01-20', why: { is: 'regular', news: 2 } }, en).card;
  cards['i1-history'] = historyCard(
    {
      customer: 'Contoso Ltd',
      ticketId: 'S-1042',
      plan: OFFER,
      today: '2027-01-20',
      rows: [
        { at: NOW, what: en.record.stopped() },
        { at: NOW, what: en.record.chosen({ quantity: 7, plan: null, term: null }), by: nameText('Ann Jansson') },
      ],
    },
    en,
  ).card;
  const waiting = (text: string, count: number) => ({
    waiting: Array.from({ length: count }, () => ({
      ticket: sampleTicket({ customerName: text }),
      quote: { ...(sampleMove().quote as NonNullable<Move['quote']>), planTitle: text },
    })),
    names: { ann: text },
    handle: HANDLE,
    hides: HIDES,
    now: NOW,
  });
  Object.assign(cards, bulkCards(en));
  cards['g4-approvals'] = approvalsCard({ ...waiting('Contoso Ltd', 1), names: { ann: 'Ann Jansson' } }, en).card;
  const mine = (name: string, count: number) =>
    Array.from({ length: count }, (_, n) => ({
      ticket: sampleTicket({ id: `S-10${n + 10}`, customerName: name }, { offerName: name }),
      is: (['approval', 'stuck', 'asked', 'lookedAfter'] as const)[n % 4] as 'asked',
      until: n % 4 === 0 ? NOW : '2027-03-03',
    }));
  const MINE = { handle: HANDLE, today: '2027-01-20', from: 0, turned: null };
  cards['g5-mine'] = mineCard({ rows: mine('Contoso Ltd', 4), who: nameBare('Ann Jansson'), ...MINE }, en).card;
  cards['g5-mine-hostile'] = mineCard({ rows: mine(HOSTILE, 14), who: nameBare(HOSTILE), ...MINE }, en).card;
  const second = { ...MINE, from: 10, turned: { from: 10, gone: 1, come: 2 } };
  cards['g5-mine-page'] = mineCard({ rows: mine('Contoso Ltd', 24), who: nameBare('Ann Jansson'), ...second }, en).card;
  cards['g5-mine-none'] = mineCard({ rows: [], who: nameBare('Ann Jansson'), ...MINE, turned: { from: 0, gone: 4, come: 0 } }, en).card;
  cards['g5-mine-long'] = mineCard({ rows: mine(LONG, 14), who: nameBare(LONG), ...MINE }, en).card;
  cards['g4-approvals-hostile'] = approvalsCard(waiting(HOSTILE, 14), en).card;
  cards['g4-approvals-long'] = approvalsCard(waiting(LONG, 14), en).card;
  const held = (name: string, count: number) => ({
    ticket: sampleTicket({}, { offerName: name }),
    userMoves: Array.from({ length: count }, (_, n): UserMove => {
      const state = (['moved', 'failed', 'kept', 'blocked'] as const)[n % 4] as UserMove['state'];
      return { userId: `u${n}`, name, state, why: null, hasNew: false, disabledPlans: n % 3 === 0 ? ['a', 'b'] : [], round: 'r', requestIds: [] };
    }),
    waived: new Set(['u1']),
    newPlan: name,
    from: 12,
    handle: HANDLE,
  });
  cards['i2-held'] = holdersCard({ ...held('Adele Vance', 10_000), ticket: sampleTicket(), newPlan: 'Dynamics 365 Sales Professional' }, en).card;
  cards['i2-held-hostile'] = holdersCard(held(HOSTILE, 5), en).card;
  cards['i2-held-long'] = holdersCard(held(LONG, 30), en).card;
  cards['j1-help'] = helpCard(Object.keys(en.help.lines) as HelpLine[], en).card;
  cards['j1-help-nobody'] = helpCard([], en).card;
  cards['j2-status-read-only'] = statusCard(
    {
      customers: 14,
      lookedAt: NOW,
      open: 5,
      skipped: { count: 0, names: [] },
      waiting: { chats: 0, since: null, troubled: 0 },
      cost: { requests: 412, looks: 336, transactions: 1_260, subscriptions: 1_008 },
      lateMinutes: 0,
      watching: [],
      reachable: true,
      readOnly: { since: { who: nameText('Olga Ivanova'), at: NOW } },
    },
    en,
  ).card;
  cards['j2-status-dry-run'] = statusCard(
    {
      customers: 14,
      lookedAt: NOW,
      open: 5,
      skipped: { count: 0, names: [] },
      waiting: { chats: 0, since: null, troubled: 0 },
      cost: { requests: 412, looks: 336, transactions: 1_260, subscriptions: 1_008 },
      lateMinutes: 0,
      watching: [],
      reachable: true,
      readOnly: { since: { who: nameText('Successor'), at: NOW }, dryRun: true },
    },
    en,
  ).card;
  cards['j2-status-behind'] = statusCard(
    {
      customers: 50_000,
      lookedAt: NOW,
      open: 1_000,
      skipped: { count: 1_000, names: [HOSTILE, LONG, 'Contoso', 'Fabrikam', 'Northwind', 'Tailspin'] },
      waiting: { chats: 214, since: NOW, troubled: 3 },
      cost: { requests: 431_998, looks: 431_000, transactions: 1_301_220, subscriptions: 4_310_000 },
      lateMinutes: 112,
      watching: [{ what: 'all' }],
      reachable: true,
      readOnly: null,
    },
    en,
  ).card;
  cards['j2-status-not-read'] = statusCard(
    {
      customers: 14,
      lookedAt: NOW,
      open: 5,
      skipped: { count: 0, names: [] },
      notRead: notRead(
        {
          never: 2,
          skipped: [],
          unread: [
            {
              name: HOSTILE,
              since: NOW,
              notes: [
                { what: 'field', plan: HOSTILE, field: 'quantity', count: 1 },
                { what: 'lacks', plan: LONG, field: null, count: 1 },
              ],
            },
            { name: LONG, since: NOW, notes: [{ what: 'vanished', plan: null, field: null, count: 7 }] },
          ],
          list: { since: NOW, unreadable: null, partial: true, records: 1, unnamed: ['c0000000-0000-4000-8000-000000000007'], vanished: 6, lacks: 1 },
          seats: [
            { name: HOSTILE, why: 'forbidden 403', names: [] },
            { name: 'Contoso Ltd', why: null, names: [HOSTILE] },
          ],
        },
        en,
      ),
      waiting: { chats: 0, since: null, troubled: 0 },
      cost: { requests: 412, looks: 336, transactions: 1_260, subscriptions: 1_008 },
      lateMinutes: 0,
      watching: [{ what: 'all' }],
      reachable: true,
      readOnly: null,
    },
    en,
  ).card;
  cards['j2-status'] = statusCard(
    {
      customers: 14,
      lookedAt: NOW,
      open: 5,
      skipped: { count: 1, names: [HOSTILE] },
      waiting: { chats: 1, since: NOW, troubled: 0 },
      cost: { requests: 1, looks: 1, transactions: 9, subscriptions: 0 },
      lateMinutes: 0,
      watching: [{ what: 'all' }],
      reachable: true,
      readOnly: null,
    },
    en,
  ).card;
  cards['j2-status-refused'] = statusCard(
    {
      customers: 14,
      lookedAt: NOW,
      open: 5,
      skipped: { count: 1, names: [HOSTILE] },
      waiting: { chats: 1, since: NOW, troubled: 0 },
      cost: { requests: 1, looks: 1, transactions: 9, subscriptions: 0 },
      lateMinutes: 0,
      watching: [{ what: 'all' }],
      reachable: true,
      readOnly: null,
      teams: { asleep: 3, allAsleep: true, unknownSince: null },
    },
    en,
  ).card;
  return cards;
}

/** A move of several customers: being chosen, being priced, waiting for one yes, and after it. */
function bulkCards(en: Words): Record<string, Card> {
  const quote = sampleMove().quote as NonNullable<Move['quote']>;
  const draw = (bulk: Bulk, stands: MemberNow[], more: Partial<BulkCardView> = {}) => {
    const view = { from: 0, handle: HANDLE, asker: 'Ann Jansson', another: false, hides: { cost: null, names: false }, most: 50, now: NOW };
    return bulkCard({ ...view, bulk, stands: new Map(stands.map((one, index) => [`S-${1001 + index}`, one])), ...more }, en).card;
  };
  const members = (n: number, changes: Partial<BulkMember> = {}, text?: string) =>
    Array.from({ length: n }, (_, index) =>
      sampleMember({ ticketId: `S-${1001 + index}`, customerName: text ?? `Customer ${index + 1}`, ...(text ? { offerName: text } : {}), ...changes }),
    );
  const quoted: MemberNow = { is: 'quoted', quote };
  const worded = (text: string): MemberNow => ({ is: 'quoted', quote: { ...quote, planTitle: text } });
  const dollars: MemberNow = { is: 'quoted', quote: { ...quote, monthly: { minor: 5_000, currency: 'USD' }, total: { minor: 60_000, currency: 'USD' } } };
  const mixed: MemberNow[] = [quoted, dollars, { is: 'refused', reason: 'agreement' }, { is: 'out', why: 'seats' }];
  const asked = sampleBulk({ members: members(4, { shown: 'h', move: 'mov_1' }) });
  const chosen = members(37, { chosen: false }).map((one, index) => ({ ...one, chosen: index < 2 }));
  const worst = (text: string) =>
    sampleBulk({ programme: text, plan: { id: 'p1', title: text }, members: members(50, { shown: 'h', move: 'mov_1', yes: 'changed' }, text) });
  return {
    'g5-bulk-choose': draw(sampleBulk({ state: 'choosing', members: chosen, rest: 12 }), [], { from: 9 }),
    'g5-bulk-choose-none': draw(sampleBulk({ state: 'choosing', members: members(1, { chosen: false }) }), []),
    'g5-bulk-asking': draw(sampleBulk({ state: 'asking', members: members(3) }), [{ is: 'asking' }, { is: 'reading' }, { is: 'toAsk' }]),
    'g5-bulk-asked': draw(asked, mixed),
    'g5-bulk-another': draw(asked, mixed, { another: true }),
    'g5-bulk-personal': draw(asked, mixed, { hides: { cost: 'personal', names: false } }),
    'g5-bulk-never': draw(asked, mixed, { hides: { cost: 'never', names: false } }),
    'g5-bulk-approved': draw(
      sampleBulk({ members: members(3, { move: 'mov_1', yes: 'written' }).map((one, index) => (index === 1 ? { ...one, yes: 'changed', shown: 'h' } : one)) }),
      [{ is: 'approved' }, quoted, { is: 'approved' }],
    ),
    'g5-bulk-declining': draw(
      sampleBulk({ state: 'declining', members: members(3, { move: 'mov_1', no: null }).map((one, n) => ({ ...one, shown: n < 2 ? 'h' : null })) }),
      [quoted, { is: 'declined' }, { is: 'refused', reason: 'agreement' }],
    ),
    'g5-bulk-declined': draw(
      sampleBulk({ members: members(3, { move: 'mov_1', no: 'written' }).map((one, index) => (index === 1 ? { ...one, no: 'approved' } : one)) }),
      [{ is: 'declined' }, { is: 'approved' }, { is: 'declined' }],
    ),
    'g5-bulk-declined-all': draw(sampleBulk({ members: members(2, { move: 'mov_1', no: 'written' }) }), [{ is: 'declined' }, { is: 'declined' }]),
    'g5-bulk-hostile': draw(worst(HOSTILE), Array(50).fill(worded(HOSTILE)), { asker: HOSTILE, from: 18 }),
    'g5-bulk-long': draw(worst(LONG), Array(50).fill(worded(LONG)), { asker: LONG, another: true }),
  };
}
