/**
 * `docs/term-end.tsv` for the machine, reviewed row by row: how Partner Center's resource is built, what the reading makes of it, what the
 * card says, and which ways out are open. Where one resource does not show a row, several looks do, or what else Partner Center answers.
 */
import type { EndOfTerm } from '../../../services/domain/ticket.ts';

/** What a card must say, by what it is about. */
export const SAYS = {
  expires: /Expires on 3 March 2027/,
  termEnds: /Its term ends on 3 March 2027/,
  losesAccess: /the 7 people who use it lose access/,
  refusedRetired: /Microsoft has retired this plan, so it cannot be switched back on/,
  renewsOn: /It renews on 3 March 2027/,
  thatDaysPrice: /It renews on 3 March 2027, at the price of that day/,
  notBilled: /It is not billed any more/,
  dataDeleted: /About 90 to 120 days after 3 March 2027 Microsoft deletes its data/,
  addonGoes: /One add-on goes with it: Plan, €12\.00 a month/,
  baseGoesOn: /It is an add-on: its base, Base plan, goes on without it/,
  addonOff: /Its add-on, Plan, cannot be switched on before it is/,
  outlivesBase: /Base plan ends on 1 February 2027\. From then on this add-on does nothing, and it is paid for until 3 March 2027/,
  mayRefuse: /Its add-on, Extra, may be part of the other plan, or Microsoft may refuse the change while it is there/,
  whicheverFirst: /at the end of its term, 3 March 2027, or about 90 to 120 days after it was suspended, whichever is first/,
  switchedOnUntil: /it can be switched on again/i,
  lastDayPassed: /Its last day has passed/,
  trial: /1 is a trial \(Plan until 3 March 2027\)/,
  trialEnds: /This trial ends on 3 March 2027: the people who use it lose access then\. Convert it in Partner Center before that day/,
  takenBack: /For 7 days after it has renewed it can be cancelled in Partner Center, and the days that are left are paid back/,
  givenBack: /Of its 10 licences some can be given back in Partner Center: 2(?: until 22 January 2027 10:00 UTC)?\. The days that are left are paid back/,
  undo: /Until 22 January 2027 10:00 UTC it can be cancelled in Partner Center, and the days that are left are paid back/,
  nextIsWhole: /This term is a shortened one, begun on 2 January 2027; where it renews, the next is a whole one: 1 year/,
  becomesPaid: /On 3 March 2027 this trial becomes the paid plan by itself, for 10 licences; at what price is not known here\. To stop that/,
  planLost: /The change that was planned for its next term is lost: it was to become CFQ7TTC0LH02:0002, 10 licences/,
  lastEdit: /Last edit\nmegan@partner\.example, 20 January 2027 12:30/,
  planAgain: /If it is still wanted, plan it again in Partner Center before that day/,
  stillCarriedOut: /That plan is not sold to this customer any more: the change is still carried out, but once it is lost it cannot be planned again/,
  plannedWithinADay: /Nothing is planned for that day yet; within about a day Microsoft plans an Extended Service Term/,
  cannotComeBack: /once its auto-renew is lost, it may not come back/,
  becomesPlan: /On 3 March 2027 it renews as CFQ7TTC0LH02:0002, 10 licences/,
  becomesTerm: /On 3 March 2027 it renews as 3 years, paid yearly/,
  tooFew: /renews as 5 licences\. 2 people will have no licence then/,
  goesOn: /unless somebody sets a cancellation, after 3 March 2027 it goes on month by month as a paid Extended Service Term/,
  price: /at 3 % above the price of a one-month term, or about 23 % above a twelfth of the yearly price where there is none/,
  estMoney: /at €382\.00 a month by the price list of 20 January 2027, €72\.00 more than now\. The number/,
  estMoneyNow: /goes on month by month, at €382\.00 a month by the price list of 20 January 2027, until somebody/,
  renewalMoney: /It renews on 3 March 2027, at €325\.50 a month by the price list of 20 January 2027, €15\.50 more than now/,
  becomesMoney: /it renews as [^.]*, at €325\.50 a month by the price list of 20 January 2027/,
  besideMoney: /it goes on for another term, at €325\.50 a month beside the new one/,
  dearer: /Its next term costs more than this one/,
  withoutPromotion: /The promotion that it has now is not planned for its next term; without it the list price is billed then/,
  priceByMonth: /at 3 % above the price of a one-month term, which is the term it has now/,
  frozen: /The number of licences cannot be changed then/,
  frozenNow: /The number of licences cannot be changed in it; for that, convert it first/,
  locked: /This waits: Microsoft is renewing or ending it just now.*takes no changes for up to a day\. I try again by myself, and go on by myself/,
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
  cannotRenew: /It cannot be renewed any more\. Whether people can work with it until 2 April 2027, unpaid, is not known/,
  dataUntil: /Its data is kept until about 1 June 2027: buy a new one before/,
  adminsUntil: /Only the customer’s admins reach its data now, until about 1 June 2027/,
  takenOutUntil: /its data can be taken out for 7 days after that, until 27 January 2027 at the latest/,
  switchedByApp: /An application changed the number of licences on 20 January 2027, and auto-renew went off with it\. If nobody meant that, switch it on again/,
  noRecord: /Changed by\nNo record since/,
  anotherTool: /another tool/i,
  changedBy: /Changed by/,
  theirs: /not when they end, nor what they cost, and I cannot end them.*last, the customer ends the old ones where it bought them/s,
  reseller: /1234567, kept as the reseller of record of what is bought for it here/,
  agreement: /the customer has not accepted the Microsoft Customer Agreement, and only the customer can/,
  inYen: /¥31,000 a month/,
  estInEuros: /at €382\.00 a month by the price list of 20 January 2027\. The number/,
  sharedPool: /after that day 2 people lose access \(other subscriptions have 10 of this licence, and 12 people have one\)/,
  ownLine: /€230\.00/,
  otherLine: /25,000/,
  snoozed: /Snoozed until/,
  unsure: /of 1 it is not known what happens at the end of the term \(Plan on 3 March 2027\)/,
  ends: /1 ends without renewing \(Plan on 3 March 2027\)/,
  nothingKnown: /I know no subscription of Contoso that ends or renews/,
} as const;

export type Way = 'R' | 'C' | 'BE' | 'BS';

export interface TermEndRow {
  /** Laid over a subscription that renews; several where the row stands for several. */
  base?: 'classic' | 'newCommerce';
  with?: Record<string, unknown> | readonly Record<string, unknown>[];
  /** The day of the reading, where another one than 20 January 2027. */
  today?: string;
  retired?: true;
  /** Price sheets were read. */
  priced?: true;
  /** What brought it up. */
  happened?: 'dearer' | 'losesPromotion';
  /** null where it has no term that could end, or is no subscription of ours. */
  outcome: EndOfTerm | null;
  /** Where it is said. `looked`: on the card that the looks brought about. */
  card: 'notice' | 'outcome' | 'trial' | 'asked' | 'closed' | 'lastStep' | 'finished' | 'stands' | 'looked' | 'locked' | 'noAgreement' | 'elsewhere';
  /** What was there at one look after another, an hour apart; what the row is about stands first. */
  looks?: readonly (readonly Record<string, unknown>[])[];
  /** Whose card tells it, where that is another one's. */
  toldBy?: string;
  /** Somebody snoozed it before the last look. */
  snoozed?: true;
  /** What Partner Center answers beside the list. */
  reads?: Reads;
  mustSay: readonly (keyof typeof SAYS)[];
  mustNotSay?: readonly (keyof typeof SAYS)[];
  ways: readonly Way[];
}

/** In Partner Center's own JSON, but for seats. */
export interface Reads {
  order?: object;
  log?: readonly object[];
  /** Of the whole tenant. */
  pool?: { active: number; consumed: number };
  /** What is planned can be bought no more. */
  endOfSale?: true;
}

const planned = (actionType: unknown, more: object = {}) => ({ scheduledActions: [{ scheduleType: 'TermEnd', actionType, ...more }] });
const off = { autoRenewEnabled: false };
const byMonth = { termDuration: 'P1M' };
const suspended = { ...off, status: 'suspended' };
const est = { ...byMonth, offerId: 'CFQ7TTC0LH01:0E01:CFQ7TTC0KX0E', cancellationAllowedUntilDate: '2027-03-03T23:59:59Z' };
const BASE_ID = '00000000-5555-4000-8000-000000000002';
const SELF = '00000000-5555-4000-8000-000000000001';
const BASE = { id: BASE_ID, offerName: 'Base plan' };
const ofBase = { parentSubscriptionId: BASE_ID, orderId: 'o1' };
const otherPlan = { scheduledNextTermInstructions: { product: { productId: 'CFQ7TTC0LH02', skuId: '0002' }, quantity: 10 } };
const IN_USE = { active: 10, consumed: 7 };

/** A month of a subscription, as its order has it. */
const line = (subscriptionId: string, extendedPrice: number, more: object = {}) => ({
  ...{ lineItemNumber: 0, offerId: 'o', subscriptionId, quantity: 10, termDuration: 'P1Y', transactionType: 'New' },
  ...{ pricing: { extendedPrice, discountedPrice: extendedPrice / 10 }, ...more },
});
const order = (currencyCode: string, ...lineItems: object[]) => ({ id: 'o1', billingCycle: 'monthly', currencyCode, status: 'completed', lineItems });

const written = (Quantity: number, AutoRenewEnabled: boolean, FriendlyName = 'Plan') => JSON.stringify({ Id: SELF, Quantity, AutoRenewEnabled, FriendlyName });
const edit = (resourceOldValue: string, resourceNewValue: string, who: object) => ({
  ...{ customerId: 'c0000000-0000-4000-8000-000000000001', operationDate: '2027-01-20T12:30:00Z', operationType: 'update_subscription' },
  ...{ resourceType: 'subscription', operationStatus: 'succeeded', resourceOldValue, resourceNewValue, ...who },
});
const MEGAN = { userPrincipalName: 'megan@partner.example' };

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
  T03: { base: 'classic', outcome: 'renews', card: 'asked', mustSay: ['thatDaysPrice'], mustNotSay: ['takenBack'], ways: ['R', 'BS'] },
  T04: {
    ...{ base: 'classic', with: [suspended, { status: 'suspended' }], outcome: 'cancels', card: 'closed' },
    ...{ mustSay: ['notBilled', 'whicheverFirst', 'switchedOnUntil'], mustNotSay: ['stillBilled'], ways: ['BS'] },
  },
  T05: { base: 'classic', with: off, today: '2027-03-05', outcome: 'cancels', card: 'notice', mustSay: ['lastDayPassed', 'dataDeleted'], ways: [] },
  T06: {
    ...{
      base: 'classic',
      looks: [
        [ofBase, BASE],
        [
          { ...ofBase, ...off },
          { ...BASE, ...off },
        ],
      ],
      toldBy: BASE_ID,
      outcome: 'cancels',
      card: 'looked',
    },
    ...{ reads: { order: order('EUR', line(BASE_ID, 310), line(SELF, 12)) }, mustSay: ['expires', 'addonGoes'], ways: [] },
  },
  T07: {
    ...{
      base: 'classic',
      looks: [
        [ofBase, BASE],
        [{ ...ofBase, ...off }, BASE],
      ],
      reads: { pool: IN_USE },
      outcome: 'cancels',
      card: 'looked',
    },
    ...{ mustSay: ['expires', 'losesAccess', 'baseGoesOn'], ways: ['R'] },
  },
  T08: {
    ...{
      base: 'classic',
      looks: [
        [ofBase, BASE],
        [
          { ...ofBase, ...off },
          { ...BASE, ...off },
        ],
        [
          { ...ofBase, ...suspended },
          { ...BASE, ...suspended },
        ],
      ],
    },
    ...{ toldBy: BASE_ID, outcome: 'cancels', card: 'looked', mustSay: ['notBilled', 'whicheverFirst', 'addonOff'], ways: [] },
  },
  T09: { base: 'classic', with: { ...off, isTrial: true }, outcome: 'cancels', card: 'trial', mustSay: ['trial', 'trialEnds'], ways: ['BS'] },
  T10: { priced: true, outcome: 'renews', card: 'asked', mustSay: ['renewsOn', 'renewalMoney', 'takenBack'], ways: ['R', 'C', 'BE'] },
  T11: {
    with: { scheduledNextTermInstructions: { product: { productId: 'CFQ7TTC0LH02', skuId: '0002' }, quantity: 10 } },
    ...{ priced: true, outcome: 'renewsAs', card: 'asked', mustSay: ['becomesPlan', 'becomesMoney'], ways: ['C'] },
  },
  T12: { with: { scheduledNextTermInstructions: { quantity: 5 } }, outcome: 'renewsAs', card: 'asked', mustSay: ['tooFew'], ways: ['R'] },
  T13: {
    with: { scheduledNextTermInstructions: { product: { termDuration: 'P3Y', billingCycle: 'Annual' } } },
    ...{ priced: true, outcome: 'renewsAs', card: 'asked', mustSay: ['becomesTerm', 'becomesMoney'], ways: ['R'] },
  },
  T14: {
    looks: [[otherPlan], [{}]],
    reads: { log: [edit(written(10, true), written(10, true, 'New name'), MEGAN)] },
    ...{ outcome: 'renews', card: 'looked', mustSay: ['planLost', 'planAgain', 'renewsOn', 'lastEdit'], ways: [] },
  },
  T15: { with: otherPlan, reads: { endOfSale: true }, outcome: 'renewsAs', card: 'asked', mustSay: ['becomesPlan', 'stillCarriedOut'], ways: [] },
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
    ...{ priced: true, outcome: 'extends', card: 'notice', mustSay: ['goesOn', 'estMoney'], mustNotSay: ['price'], ways: ['R', 'C', 'BE'] },
  },
  T22: { with: off, priced: true, outcome: 'extends', card: 'notice', mustSay: ['goesOn', 'estMoney'], mustNotSay: ['price'], ways: ['R', 'C', 'BE'] },
  T23: {
    with: { ...off, termDuration: 'P3Y', effectiveStartDate: '2024-03-04T00:00:00Z' },
    ...{ outcome: 'unknown', card: 'notice', mustSay: ['termEnds', 'endsOrWorksOn'], mustNotSay: ['goesOn', 'price'], ways: ['R', 'C', 'BE'] },
  },
  // Whether a conversion exists is not in the resource: a retired plan is told with both outcomes, which holds T25 too.
  T24: { with: off, retired: true, outcome: 'unknown', card: 'notice', mustSay: ['endsOrExtends'], mustNotSay: ['goesOn'], ways: ['BE'] },
  // That one exists shows where Microsoft has planned it, within about a day; until then it is T24.
  T25: {
    with: { ...off, ...planned('RenewToExtendedServiceTerm') },
    ...{ retired: true, outcome: 'extends', card: 'notice', mustSay: ['goesOn'], mustNotSay: ['endsOrExtends'], ways: ['C', 'BE'] },
  },
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
  T36: {
    with: [
      { refundableQuantity: { totalQuantity: 2, details: [{ quantity: 2, allowedUntilDateTime: '2027-01-22T10:00:00Z' }] } },
      { refundableQuantity: { totalQuantity: 2 } },
    ],
    ...{ outcome: 'renews', card: 'asked', mustSay: ['renewsOn', 'givenBack'], ways: [] },
  },
  T37: { with: off, outcome: 'extends', card: 'lastStep', mustSay: ['savesNothing'], ways: ['C'] },
  T38: { outcome: 'renews', card: 'locked', mustSay: ['locked'], ways: [] },
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
  T44: { priced: true, outcome: 'renews', card: 'lastStep', mustSay: ['keepsRenewing', 'besideMoney'], ways: ['C'] },
  T45: {
    with: [est, { ...est, ...planned('RenewToExtendedServiceTerm') }],
    priced: true,
    outcome: 'inEst',
    card: 'notice',
    mustSay: ['inEst', 'estMoneyNow'],
    ways: ['C', 'BE'],
  },
  T46: { with: { ...est, ...off }, outcome: 'unknown', card: 'notice', mustSay: ['endsOrExtends'], mustNotSay: ['goesOn'], ways: ['C'] },
  T47: { with: est, outcome: 'inEst', card: 'notice', mustSay: ['inEst', 'frozenNow'], ways: [] },
  T48: {
    looks: [[{ ...off, commitmentEndDate: '2027-02-03T00:00:00Z' }], [est], [{ ...est, ...off, status: 'deleted' }]],
    ...{ outcome: 'cancels', card: 'looked', mustSay: ['hasEnded'], mustNotSay: ['takenOutUntil'], ways: [] },
  },
  T49: {
    with: { ...off, status: 'expired' },
    ...{ today: '2027-03-10', outcome: 'cancels', card: 'closed', mustSay: ['hasEnded', 'cannotRenew', 'dataUntil'], ways: ['BE'] },
  },
  T50: { with: { ...off, status: 'disabled' }, today: '2027-03-10', outcome: 'cancels', card: 'closed', mustSay: ['hasEnded', 'adminsUntil'], ways: [] },
  T51: { with: { ...off, status: 'deleted' }, outcome: 'cancels', card: 'closed', mustSay: ['hasEnded', 'takenOutUntil'], ways: [] },
  T52: { with: [{ status: 'pending' }, { ...off, status: 'hibernating' }], outcome: 'unknown', card: 'stands', mustSay: ['unsure'], ways: [] },
  T53: { with: { isTrial: true }, outcome: 'renewsAs', card: 'trial', mustSay: ['trial', 'becomesPaid'], ways: ['C'] },
  T54: { with: { ...off, isTrial: true }, outcome: 'cancels', card: 'trial', mustSay: ['trial', 'trialEnds'], ways: ['BE'] },
  T55: {
    looks: [
      [ofBase, { ...BASE, commitmentEndDate: '2027-02-01T00:00:00Z' }],
      [ofBase, { ...BASE, ...off, ...planned('Cancel'), commitmentEndDate: '2027-02-01T00:00:00Z' }],
    ],
    ...{ outcome: 'renews', card: 'looked', mustSay: ['outlivesBase'], ways: ['C'] },
  },
  T56: {
    looks: [
      [{}, { id: BASE_ID, offerName: 'Extra', parentSubscriptionId: SELF }],
      [otherPlan, { id: BASE_ID, offerName: 'Extra', parentSubscriptionId: SELF }],
    ],
    ...{ outcome: 'renewsAs', card: 'looked', mustSay: ['becomesPlan', 'mayRefuse'], ways: [] },
  },
  T57: {
    with: { promotionId: '39NFJQT1PFPJ:000H:39NFJQT1Q5DK' },
    ...{ priced: true, happened: 'losesPromotion', outcome: 'renews', card: 'outcome', mustSay: ['renewalMoney', 'withoutPromotion'], ways: ['R'] },
  },
  T58: {
    with: { promotionId: '39NFJQT1PFPJ:000H:39NFJQT1Q5DK', scheduledNextTermInstructions: { product: { termDuration: 'P3Y', billingCycle: 'Annual' } } },
    ...{ outcome: 'renewsAs', card: 'asked', mustSay: ['becomesTerm', 'withoutPromotion'], ways: [] },
  },
  T59: {
    with: { ...off, effectiveStartDate: '2027-01-02T00:00:00Z' },
    ...{ outcome: 'extends', card: 'notice', mustSay: ['goesOn', 'nextIsWhole'], ways: ['C', 'BE'] },
  },
  T60: { priced: true, happened: 'dearer', outcome: 'renews', card: 'outcome', mustSay: ['renewalMoney', 'dearer'], ways: ['R', 'C', 'BE'] },
  T61: {
    ...{ looks: [[{}], [{ ...off, quantity: 12 }]], outcome: 'extends', card: 'looked', mustSay: ['goesOn', 'switchedByApp'], mustNotSay: ['anotherTool'] },
    ...{
      reads: {
        log: [edit(written(12, false), written(12, false, 'New name'), MEGAN), edit(written(10, true), written(12, false), { applicationId: 'app-7' })],
      },
    },
    ways: ['R'],
  },
  T62: { looks: [[{}], [off]], reads: { log: [] }, outcome: 'extends', card: 'looked', mustSay: ['goesOn', 'noRecord'], mustNotSay: ['anotherTool'], ways: [] },
  T63: {
    reads: { log: [edit(written(10, true), written(10, true, 'New name'), MEGAN)] },
    ...{ outcome: 'renews', card: 'asked', mustSay: ['renewsOn'], mustNotSay: ['changedBy', 'anotherTool'], ways: [] },
  },
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
  T69: { with: [], reads: { pool: { active: 20, consumed: 7 } }, outcome: null, card: 'elsewhere', mustSay: ['theirs'], ways: [] },
  T70: { with: { ...off, partnerId: '1234567' }, outcome: 'extends', card: 'notice', mustSay: ['goesOn', 'reseller'], ways: ['BS', 'BE'] },
  T71: { with: off, outcome: 'extends', card: 'noAgreement', mustSay: ['goesOn', 'agreement'], ways: ['R', 'C', 'BE', 'BS'] },
  T72: {
    with: { ...off, orderId: 'o1' },
    ...{ reads: { order: order('JPY', line(SELF, 31_000)) }, priced: true, outcome: 'extends', card: 'notice', mustSay: ['inYen', 'estInEuros'] },
    ...{ mustNotSay: ['estMoney'], ways: ['R', 'C', 'BE', 'BS'] },
  },
  T73: {
    with: { ...off, ...planned('Cancel') },
    ...{ reads: { pool: { active: 20, consumed: 12 } }, outcome: 'cancels', card: 'notice', mustSay: ['sharedPool'], mustNotSay: ['losesAccess'], ways: [] },
  },
  T74: {
    with: { ...off, orderId: 'o1' },
    ...{ reads: { order: order('EUR', line(BASE_ID, 25_000), line(SELF, 230)) }, outcome: 'extends', card: 'notice', mustSay: ['goesOn', 'ownLine'] },
    ...{ mustNotSay: ['otherLine'], ways: ['R', 'C', 'BE', 'BS'] },
  },
  T75: {
    ...{
      looks: [[{}], [{ ...off, ...planned('Cancel') }], [{ ...off, ...planned('RenewToExtendedServiceTerm') }]],
      snoozed: true,
      outcome: 'extends',
      card: 'looked',
    },
    ...{ mustSay: ['goesOn'], mustNotSay: ['snoozed', 'expires'], ways: ['R', 'C', 'BE', 'BS'] },
  },
};
