/**
 * `docs/term-end.tsv` for the machine, reviewed row by row: how Partner Center's resource is built, what the reading makes of it, what the
 * card says, and which ways out are open. A row that no single resource can show says why.
 */
import type { EndOfTerm } from '../../../services/domain/ticket.ts';

/** What a card must say, by what it is about. */
export const SAYS = {
  expires: /Expires on 3 March 2027/,
  termEnds: /Its term ends on 3 March 2027/,
  losesAccess: /the 7 people who use it lose access/,
  refusedRetired: /Microsoft has retired this plan, so it cannot be switched back on/,
  renewsOn: /It renews on 3 March 2027/,
  notBilled: /It is not billed any more/,
  whicheverFirst: /at the end of its term, 3 March 2027, or about 90 to 120 days after it was suspended, whichever is first/,
  switchedOnUntil: /it can be switched on again/i,
  lastDayPassed: /Its last day has passed/,
  trial: /1 is a trial \(Plan until 3 March 2027\)/,
  trialEnds: /This trial ends on 3 March 2027: the people who use it lose access then\. Convert it in Partner Center before that day/,
  undo: /Until 22 January 2027 10:00 UTC it can be cancelled in Partner Center, and the days that are left are paid back/,
  nextIsWhole: /This term is a shortened one, begun on 2 January 2027; where it renews, the next is a whole one: 1 year/,
  becomesPaid: /On 3 March 2027 this trial becomes the paid plan by itself, for 10 licences; at what price is not known here\. To stop that/,
  plannedWithinADay: /Nothing is planned for that day yet; within about a day Microsoft plans an Extended Service Term/,
  cannotComeBack: /once its auto-renew is lost, it may not come back/,
  becomesPlan: /On 3 March 2027 it renews as CFQ7TTC0LH02:0002, 10 licences/,
  becomesTerm: /On 3 March 2027 it renews as 3 years, paid yearly/,
  tooFew: /renews as 5 licences\. 2 people will have no licence then/,
  goesOn: /unless somebody sets a cancellation, from 3 March 2027 it goes on month by month as a paid Extended Service Term/,
  price: /at 3 % above the price of a one-month term, or about 23 % above the yearly price where there is none/,
  priceByMonth: /at 3 % above the price of a one-month term, which is the term it has now/,
  frozen: /The number of licences cannot be changed/,
  despiteFlag: /Auto-renew reads on, yet an Extended Service Term is planned/,
  cancelOrRenew: /Auto-renew is on, yet a cancellation is planned: on 3 March 2027 it renews, or it ends/,
  renewOrExtend: /Auto-renew is off, yet it is planned that it renews.*or it goes on month by month as a paid Extended Service Term/,
  endsOrWorksOn: /not known what happens then: .* lose access, or can go on working for up to 30 days more, unpaid\. Plan for 3 March 2027/,
  endsOrExtends: /not known what happens then: .* lose access, or it goes on month by month as a paid Extended Service Term/,
  dataKept: /Its data is kept for 90 days, and it cannot be brought back/,
  ownWord: /that I do not know: “[^”]+”\. What happens then is not known/,
  earlier: /Microsoft has planned something for 1 February 2027, before the term ends: “Cancel”/,
  savesNothing: /Suspending now saves nothing/,
  urgent: /Urgent: its term ends in 1 day/,
  stillBilled: /billed until the end of its term, 3 March 2027, all the same/,
  notKnownAfter: /Whether it can go on after that as a paid Extended Service Term is not known/,
  billedUntil: /the old €310\.00 is billed until 3 March 2027.*the old one is suspended, and billed until then/s,
  setCancellation: /I do not set that cancellation: set it in Partner Center/,
  keepsRenewing: /It still renews by itself: on 3 March 2027/,
  inEst: /It is in a paid Extended Service Term and goes on month by month/,
  hasEnded: /The old subscription has ended/,
  unsure: /of 1 it is not known what happens at the end of the term \(Plan on 3 March 2027\)/,
  ends: /1 ends without renewing \(Plan on 3 March 2027\)/,
  nothingKnown: /I know no subscription of Contoso that ends or renews/,
} as const;

/** What no card says yet: the table asks for it, and it needs what is not built. */
export const NOT_YET = {
  renewalPrice: 'renewal prices out of the price sheets',
  undoWindow: 'the days within which a purchase or renewal can be taken back',
  estMoney: 'the price of an Extended Service Term out of the price sheets',
  dataUntil: 'the day until which data can be had after the end',
  promotion: 'promotions',
  reseller: 'the reseller of record',
  renewsCost: 'what the old one costs when it renews beside the new one',
} as const;

export type Way = 'R' | 'C' | 'BE' | 'BS';

export interface TermEndRow {
  /** Laid over a subscription that renews; several where the row stands for several. */
  base?: 'classic' | 'newCommerce';
  with?: Record<string, unknown> | readonly Record<string, unknown>[];
  /** The day of the reading, where another one than 20 January 2027. */
  today?: string;
  retired?: true;
  /** null where it has no term that could end. */
  outcome: EndOfTerm | null;
  /** Where it is said; null where no card and no sentence is about it. */
  card: 'notice' | 'trial' | 'asked' | 'closed' | 'lastStep' | 'finished' | 'stands' | null;
  mustSay: readonly (keyof typeof SAYS)[];
  mustNotSay?: readonly (keyof typeof SAYS)[];
  notYet?: readonly (keyof typeof NOT_YET)[];
  ways: readonly Way[];
  /** Why no single resource can show it. */
  unbuilt?: string;
}

const planned = (actionType: unknown, more: object = {}) => ({ scheduledActions: [{ scheduleType: 'TermEnd', actionType, ...more }] });
const off = { autoRenewEnabled: false };
const byMonth = { termDuration: 'P1M' };
const suspended = { ...off, status: 'suspended' };
const est = { ...byMonth, offerId: 'CFQ7TTC0LH01:0E01:CFQ7TTC0KX0E', cancellationAllowedUntilDate: '2027-03-03T23:59:59Z' };
const ADDON = 'a base and its add-on are two resources';
const CATALOGUE = 'what is sold, and in which terms, stands in the catalogue';
const HISTORY = 'what it was before is no part of a resource';
const LOG = 'who changed it stands in the activity log';

export const TERM_ENDS: Readonly<Record<string, TermEndRow>> = {
  T01: {
    base: 'classic',
    with: off,
    retired: true,
    outcome: 'cancels',
    card: 'notice',
    mustSay: ['expires', 'losesAccess', 'refusedRetired'],
    ways: ['BS', 'BE'],
  },
  T02: {
    ...{ base: 'classic', with: off, outcome: 'cancels', card: 'notice', mustSay: ['expires', 'losesAccess'] },
    ...{ mustNotSay: ['refusedRetired'], ways: ['R', 'BS', 'BE'] },
  },
  T03: { base: 'classic', outcome: 'renews', card: 'asked', mustSay: ['renewsOn'], notYet: ['renewalPrice'], ways: ['R', 'BS'] },
  T04: {
    ...{ base: 'classic', with: [suspended, { status: 'suspended' }], outcome: 'cancels', card: 'closed' },
    ...{ mustSay: ['notBilled', 'whicheverFirst', 'switchedOnUntil'], mustNotSay: ['stillBilled'], ways: ['BS'] },
  },
  T05: { base: 'classic', with: off, today: '2027-03-05', outcome: 'cancels', card: 'notice', mustSay: ['lastDayPassed'], notYet: ['dataUntil'], ways: [] },
  T06: { outcome: 'cancels', card: null, mustSay: [], ways: [], unbuilt: ADDON },
  T07: { outcome: 'cancels', card: null, mustSay: [], ways: ['R'], unbuilt: ADDON },
  T08: { outcome: 'cancels', card: null, mustSay: [], ways: [], unbuilt: ADDON },
  T09: { base: 'classic', with: { ...off, isTrial: true }, outcome: 'cancels', card: 'trial', mustSay: ['trial', 'trialEnds'], ways: ['BS'] },
  T10: { outcome: 'renews', card: 'asked', mustSay: ['renewsOn'], notYet: ['renewalPrice', 'undoWindow'], ways: ['R', 'C', 'BE'] },
  T11: {
    with: { scheduledNextTermInstructions: { product: { productId: 'CFQ7TTC0LH02', skuId: '0002' }, quantity: 10 } },
    ...{ outcome: 'renewsAs', card: 'asked', mustSay: ['becomesPlan'], notYet: ['renewalPrice'], ways: ['C'] },
  },
  T12: { with: { scheduledNextTermInstructions: { quantity: 5 } }, outcome: 'renewsAs', card: 'asked', mustSay: ['tooFew'], ways: ['R'] },
  T13: {
    with: { scheduledNextTermInstructions: { product: { termDuration: 'P3Y', billingCycle: 'Annual' } } },
    ...{ outcome: 'renewsAs', card: 'asked', mustSay: ['becomesTerm'], notYet: ['renewalPrice'], ways: ['R'] },
  },
  T14: { outcome: 'renews', card: null, mustSay: [], ways: [], unbuilt: HISTORY },
  T15: { outcome: 'renewsAs', card: null, mustSay: [], ways: [], unbuilt: CATALOGUE },
  T16: {
    with: [planned('RenewToNewTerm'), planned('RenewToNewTerm', { instructions: { quantity: 10 } })],
    ...{ outcome: 'renews', card: 'asked', mustSay: ['renewsOn'], ways: ['R'] },
  },
  T17: {
    with: planned('RenewToExtendedServiceTerm'),
    ...{ outcome: 'extends', card: 'notice', mustSay: ['despiteFlag', 'goesOn', 'price'], mustNotSay: ['renewsOn', 'expires'], ways: ['R', 'C'] },
  },
  T18: { with: planned('Cancel'), outcome: 'contradictory', card: 'notice', mustSay: ['cancelOrRenew'], mustNotSay: ['expires', 'renewsOn'], ways: ['R', 'C'] },
  T19: {
    with: off,
    outcome: 'extends',
    card: 'notice',
    mustSay: ['goesOn', 'price', 'plannedWithinADay'],
    mustNotSay: ['expires'],
    ways: ['R', 'C', 'BE'],
  },
  T20: { with: { ...off, ...byMonth }, outcome: 'extends', card: 'notice', mustSay: ['goesOn', 'priceByMonth'], mustNotSay: ['price'], ways: ['R', 'C', 'BE'] },
  T21: {
    with: [off, { ...off, ...planned('RenewToExtendedServiceTerm') }],
    ...{ outcome: 'extends', card: 'notice', mustSay: ['goesOn', 'price'], notYet: ['estMoney'], ways: ['R', 'C', 'BE'] },
  },
  T22: { outcome: 'extends', card: null, mustSay: [], notYet: ['estMoney'], ways: ['R', 'C', 'BE'], unbuilt: CATALOGUE },
  T23: {
    with: { ...off, termDuration: 'P3Y', effectiveStartDate: '2024-03-04T00:00:00Z' },
    ...{ outcome: 'unknown', card: 'notice', mustSay: ['termEnds', 'endsOrWorksOn'], mustNotSay: ['goesOn', 'price'], ways: ['R', 'C', 'BE'] },
  },
  // Whether a conversion exists is not in the resource: a retired plan is told with both outcomes, which holds T25 too.
  T24: { with: off, retired: true, outcome: 'unknown', card: 'notice', mustSay: ['endsOrExtends'], mustNotSay: ['goesOn'], ways: ['BE'] },
  T25: { outcome: 'extends', card: null, mustSay: [], ways: ['C', 'BE'], unbuilt: CATALOGUE },
  T26: { retired: true, outcome: 'renews', card: 'asked', mustSay: ['renewsOn', 'cannotComeBack'], ways: ['R'] },
  T27: { with: off, retired: true, outcome: 'unknown', card: 'notice', mustSay: ['endsOrExtends'], mustNotSay: ['refusedRetired'], ways: ['BE'] },
  T28: { with: { ...off, ...planned('Cancel') }, outcome: 'cancels', card: 'notice', mustSay: ['expires', 'losesAccess', 'dataKept'], ways: ['R', 'C', 'BE'] },
  T29: {
    with: { ...off, ...planned('RenewToExtendedServiceTerm') },
    ...{ outcome: 'extends', card: 'notice', mustSay: ['goesOn', 'price', 'frozen'], mustNotSay: ['expires'], ways: ['R', 'C', 'BE'] },
  },
  T30: { with: { ...off, ...planned('RenewToNewTerm') }, outcome: 'contradictory', card: 'notice', mustSay: ['renewOrExtend'], ways: ['R', 'C'] },
  T31: { with: { ...off, ...planned('Transition') }, outcome: 'contradictory', card: 'notice', mustSay: ['renewOrExtend'], ways: ['R'] },
  T32: {
    with: [true, false].map((autoRenewEnabled) => ({
      autoRenewEnabled,
      scheduledActions: [{ scheduleType: 'CustomDate', actionType: 'Cancel', effectiveDate: '2027-02-01T00:00:00Z' }],
    })),
    ...{ outcome: 'unknown', card: 'notice', mustSay: ['earlier'], ways: [] },
  },
  T33: {
    with: ['Freeze', 'cancel', 'renew_to_new_term', 3, { value: 'Cancel' }].flatMap((word) => [planned(word), { ...off, ...planned(word) }]),
    ...{ outcome: 'unknown', card: 'notice', mustSay: ['ownWord'], mustNotSay: ['expires', 'renewsOn', 'goesOn'], ways: ['R', 'C', 'BE', 'BS'] },
  },
  T34: {
    with: { ...off, cancellationAllowedUntilDate: '2027-01-22T10:00:00Z' },
    ...{ outcome: 'extends', card: 'notice', mustSay: ['goesOn', 'undo'], ways: ['R', 'C', 'BE'] },
  },
  T35: {
    with: { cancellationAllowedUntilDate: '2027-01-22T10:00:00Z' },
    outcome: 'renews',
    card: 'asked',
    mustSay: ['renewsOn', 'undo'],
    ways: ['R'],
  },
  T36: { with: { refundableQuantity: { totalQuantity: 2 } }, outcome: 'renews', card: 'asked', mustSay: ['renewsOn'], notYet: ['undoWindow'], ways: [] },
  T37: { with: off, outcome: 'extends', card: 'lastStep', mustSay: ['savesNothing'], ways: ['C'] },
  T38: { outcome: 'renews', card: null, mustSay: [], ways: [], unbuilt: 'that it is locked is said by the answer to a change' },
  T39: { with: off, today: '2027-03-02', outcome: 'extends', card: 'notice', mustSay: ['urgent', 'goesOn'], ways: ['R', 'C', 'BE', 'BS'] },
  T40: {
    with: suspended,
    outcome: 'unknown',
    card: 'closed',
    mustSay: ['stillBilled', 'switchedOnUntil'],
    mustNotSay: ['hasEnded', 'whicheverFirst', 'notBilled'],
    ways: ['C'],
  },
  T41: { with: suspended, outcome: 'unknown', card: 'closed', mustSay: ['notKnownAfter'], ways: ['C', 'BS'] },
  T42: { with: suspended, outcome: 'unknown', card: 'finished', mustSay: ['billedUntil'], mustNotSay: ['hasEnded', 'whicheverFirst', 'notBilled'], ways: [] },
  T43: { with: off, outcome: 'extends', card: 'lastStep', mustSay: ['setCancellation'], ways: ['C'] },
  T44: { outcome: 'renews', card: 'lastStep', mustSay: ['keepsRenewing'], notYet: ['renewsCost'], ways: ['C'] },
  T45: { with: [est, { ...est, ...planned('RenewToExtendedServiceTerm') }], outcome: 'inEst', card: 'notice', mustSay: ['inEst', 'price'], ways: ['C', 'BE'] },
  T46: { with: { ...est, ...off }, outcome: 'unknown', card: 'notice', mustSay: ['endsOrExtends'], mustNotSay: ['goesOn'], ways: ['C'] },
  T47: { outcome: 'inEst', card: null, mustSay: [], ways: [], unbuilt: 'what somebody wants to change is no part of a resource' },
  T48: { with: { ...est, ...off, status: 'deleted' }, outcome: 'cancels', card: 'closed', mustSay: ['hasEnded'], ways: [] },
  T49: { with: { ...off, status: 'expired' }, outcome: 'cancels', card: 'closed', mustSay: ['hasEnded'], notYet: ['dataUntil'], ways: ['BE'] },
  T50: { with: { ...off, status: 'disabled' }, outcome: 'cancels', card: 'closed', mustSay: ['hasEnded'], notYet: ['dataUntil'], ways: [] },
  T51: { with: { ...off, status: 'deleted' }, outcome: 'cancels', card: 'closed', mustSay: ['hasEnded'], notYet: ['dataUntil'], ways: [] },
  T52: { with: [{ status: 'pending' }, { ...off, status: 'hibernating' }], outcome: 'unknown', card: 'stands', mustSay: ['unsure'], ways: [] },
  T53: { with: { isTrial: true }, outcome: 'renewsAs', card: 'trial', mustSay: ['trial', 'becomesPaid'], ways: ['C'] },
  T54: { with: { ...off, isTrial: true }, outcome: 'cancels', card: 'trial', mustSay: ['trial', 'trialEnds'], ways: ['BE'] },
  T55: { outcome: 'renews', card: null, mustSay: [], ways: ['C'], unbuilt: ADDON },
  T56: { outcome: 'renews', card: null, mustSay: [], ways: [], unbuilt: ADDON },
  T57: { with: { promotionId: '39NFJQT1PFPJ:000H:39NFJQT1Q5DK' }, outcome: 'renews', card: 'asked', mustSay: ['renewsOn'], notYet: ['promotion'], ways: ['R'] },
  T58: { outcome: 'renews', card: null, mustSay: [], notYet: ['promotion'], ways: [], unbuilt: 'what somebody wants to change is no part of a resource' },
  T59: {
    with: { ...off, effectiveStartDate: '2027-01-02T00:00:00Z' },
    ...{ outcome: 'extends', card: 'notice', mustSay: ['goesOn', 'nextIsWhole'], ways: ['C', 'BE'] },
  },
  T60: { outcome: 'renews', card: null, mustSay: [], notYet: ['renewalPrice'], ways: ['R', 'C', 'BE'], unbuilt: 'prices of the day stand in the price sheets' },
  T61: { outcome: 'extends', card: null, mustSay: [], ways: ['R'], unbuilt: LOG },
  T62: { outcome: 'extends', card: null, mustSay: [], ways: [], unbuilt: LOG },
  T63: { outcome: 'renews', card: null, mustSay: [], ways: [], unbuilt: LOG },
  T64: { with: { ...off, productType: { id: 'Software' } }, outcome: 'cancels', card: 'stands', mustSay: ['ends'], ways: ['R'] },
  T65: {
    with: { ...off, productType: { id: 'Software' }, billingCycle: 'one_time', termDuration: '', commitmentEndDate: '9999-12-31T00:00:00Z' },
    ...{ outcome: null, card: 'stands', mustSay: ['nothingKnown'], ways: [] },
  },
  T66: {
    with: { ...off, offerId: 'DZH318Z0BPS6:0001:DZH318Z0BPS7', productType: { id: 'Azure' }, billingType: 'usage', commitmentEndDate: '9999-12-31T00:00:00Z' },
    ...{ outcome: null, card: 'stands', mustSay: ['nothingKnown'], ways: [] },
  },
  T67: { with: { ...off, productType: { id: 'AzureReservation' } }, outcome: 'cancels', card: 'stands', mustSay: ['ends'], ways: [] },
  T68: { with: { ...off, productType: { id: 'Azure', subType: { id: 'SaaS' } } }, outcome: 'cancels', card: 'stands', mustSay: ['ends'], ways: ['R'] },
  T69: { outcome: 'unknown', card: null, mustSay: [], ways: [], unbuilt: 'it is not in our list: there is no resource' },
  T70: { with: { ...off, partnerId: '1234567' }, outcome: 'extends', card: 'notice', mustSay: ['goesOn'], notYet: ['reseller'], ways: ['BS', 'BE'] },
  T71: { outcome: 'extends', card: null, mustSay: [], ways: ['R', 'C', 'BE', 'BS'], unbuilt: 'the agreement is the customer’s, not the subscription’s' },
  T72: { outcome: 'extends', card: null, mustSay: [], ways: ['R', 'C', 'BE', 'BS'], unbuilt: 'prices of a market stand in orders and price sheets' },
  T73: { outcome: 'extends', card: null, mustSay: [], ways: [], unbuilt: 'several subscriptions are several resources' },
  T74: { outcome: 'extends', card: null, mustSay: [], ways: ['R', 'C', 'BE', 'BS'], unbuilt: 'the lines stand in the order' },
  T75: { outcome: 'extends', card: null, mustSay: [], ways: ['R', 'C', 'BE', 'BS'], unbuilt: HISTORY },
};
