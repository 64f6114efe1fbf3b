/** Price, approval and purchase. */

import { type Money, monthsOf } from '../../../services/domain/money.ts';
import type { AgainWhy, RefusalReason } from '../../../services/domain/ticket.ts';
import type { Safe } from '../../escape.ts';
import { aMonth, count, date, either, licences, money, number, people, stamp, termName } from './format.ts';
import type { OldOne } from './suspension.ts';

export const refusals: Record<RefusalReason, string> = {
  oldChanged: 'I did not buy it: the old subscription has changed since the price was asked for. Look at it, then ask for a price again.',
  agreement:
    'No price yet: the customer has not accepted the Microsoft Customer Agreement, and only the customer can. One of its global admins signs in at admin.microsoft.com and accepts it there, or through a link that you make for them; then ask again. One that was accepted before April 2023 must be accepted anew.',
  accountReview: 'No price yet: Microsoft is reviewing this customer’s account. Ask again when the review is over.',
  notSold: 'No price: this plan is not sold to this customer. Choose another one.',
  termNotSold: 'No price: this plan is not sold any more for the term that was chosen. Choose another term, or another plan.',
  quantity: 'No price: the number of licences is outside what this plan allows. Change it and ask again.',
  forbidden: 'No price: Partner Center does not let me buy for this customer. Ask an admin agent to check my access.',
  signIn:
    'No price: Partner Center wants a new sign-in of the account that I work with. An owner writes **consent** to me in the chat with me alone; then ask again.',
  refused: 'No price: Microsoft refused this order. Choose another plan, or look in Partner Center.',
  unreachable: 'No price: Partner Center did not answer. Nothing was bought; ask again in a minute.',
  rights: 'I did not buy it: the one who approved it may not approve purchases any more. Choose the plan again; somebody else approves.',
  notBought: 'Nothing was bought: Microsoft did not take the purchase, and twenty minutes later its orders show none. Choose the plan again to buy it.',
  saidNotBought:
    'An approver says that none of the orders that are there is this purchase. Choose the plan again to buy it; I ask about those orders before I do.',
  otherCart:
    'No price: the cart that Partner Center made names no price, or is not what was asked for, so I do not offer it. Nothing was bought; ask again, or buy it in Partner Center.',
  endNotPossible: 'I set nothing: as it reads now, this end cannot be set by me. Look at it in Partner Center.',
  endUnread: 'I set nothing: I could not read what it would mean. Ask again in a minute.',
  endOldChanged: 'I set nothing: the subscription has changed since it was asked about. Look at it, then ask again.',
  unsteady:
    'I did not buy it: again and again the cart had changed or gone right before the purchase. Ask for the price again later, or buy it in Partner Center.',
};

/** Two prices a month, `old` null where it is not known; `until`: how long both are paid, null where only the new one is. */
export interface Periods {
  monthly: Money;
  old: Money | null;
  sameCurrency: boolean;
  until: { what: 'suspended'; atLatest: string | null } | { what: 'day'; day: string; how: Exclude<OldOne, 'unsaid'> } | null;
  /** What the old one costs a month after that day, where it goes on; null where that is not known. */
  later: Money | null;
}

export const quoting = {
  state: 'Asking for the price …',
  what: (d: { quantity: number; plan: Safe }) => `${licences(d.quantity)} of ${d.plan}`,
  lead: 'Microsoft is working out the price. Nothing is bought by this.',
  speak: (customer: Safe) => `${customer}: asking Microsoft for the price.`,
};

export const question = {
  state: 'Waiting for an answer',
  lead: (order: Safe) => `**Is order ${order} this purchase?** It is of the same plan for this customer. I buy nothing until an approver says whether it is.`,
  ifYes: 'If it is, nothing more is bought; I go on with that order.',
  ifNo: 'If it is another one, I go on with the purchase. The reason stays in the record.',
  speak: (customer: Safe) => `${customer}: is there an order for this already? Nothing is bought until somebody says so.`,
  when: (at: string | null) => (at === null ? 'Not known' : stamp(at)),
};

export const quote = {
  state: 'Waiting for approval',
  notYours: {
    ownRequest: 'You asked for this, so another approver must say yes to it.',
    noApprover: 'An approver must say yes to it.',
  },
  waitsFor: (d: { names: readonly Safe[]; more: boolean }) => `It waits for ${either([...d.names, ...(d.more ? ['another approver'] : [])])}.`,
  what: (d: { quantity: number; plan: Safe }) => `Buy ${licences(d.quantity)} of ${d.plan}`,
  /** What is paid month by month: for both while both are paid, then for what is left. */
  periods: (d: Periods) => {
    const { monthly, old, until, later } = d;
    const change = d.sameCurrency && old ? monthly.minor - old.minor : null;
    const compared =
      change === null
        ? ''
        : change === 0
          ? ', the same as now'
          : `, ${money({ minor: Math.abs(change), currency: monthly.currency })} ${change > 0 ? 'more' : 'less'} than now`;
    if (until === null) return [];
    const both = d.sameCurrency && old ? `**${aMonth({ ...old, minor: old.minor + monthly.minor })}** for both, ` : '';
    const each = old
      ? `${both}${both ? money(old) : aMonth(old)} for the old one and ${both ? money(monthly) : aMonth(monthly)} for the new one`
      : `${aMonth(monthly)} for the new one, and the price of the old one, which is not known`;
    if (until.what === 'suspended')
      return [
        `Until the old one is suspended${until.atLatest ? `, at the latest until ${date(until.atLatest)}` : ''}: ${each}.`,
        `After that ${aMonth(monthly)}${compared}.`,
      ];
    const sum = later?.currency === monthly.currency ? `**${aMonth({ ...monthly, minor: monthly.minor + later.minor })}** for both: ` : '';
    const at = later ? ` at ${aMonth(later)}` : '';
    const then = {
      ends: `After that ${aMonth(monthly)}${compared}.`,
      extends: `After that ${sum}${aMonth(monthly)} for the new one, and a paid Extended Service Term for the old one${at} until somebody sets its cancellation.`,
      inEst: `After that ${sum}${aMonth(monthly)} for the new one, and another month of the old one’s Extended Service Term${at}, until somebody sets its cancellation.`,
      renews: `After that ${sum}${aMonth(monthly)} for the new one, and the old one renews${at}, unless somebody sets its cancellation.`,
      termEnds: `After that ${aMonth(monthly)} for the new one. Whether the old one then goes on and costs is not known.`,
    }[until.how];
    return [`Until ${date(until.day)}, whatever is suspended: ${each}.`, then];
  },
  /** Of the whole term, and whose prices these are. */
  total: (d: { total: Money; term: string }) =>
    `${d.term === 'P1M' ? 'It can be cancelled or changed each month.' : `${money(d.total)} over ${count(monthsOf(d.term) ?? 0, 'month', 'months')}.`} Prices are what you as the partner pay, without tax.`,
  /** Licences and people that do not fit each other. */
  unfit: (d: { quantity: number; inUse: number; monthly: Money | null }) => {
    const empty = d.quantity - d.inUse;
    if (empty < 0)
      return `**${number(-empty)} of the ${people(d.inUse)} who ${d.inUse === 1 ? 'has' : 'have'} the old licence ${empty === -1 ? 'gets' : 'get'} none of these.**`;
    if (empty === 0) return null;
    if (!d.monthly) return `${licences(empty)} ${empty === 1 ? 'stays' : 'stay'} empty for now.`;
    const minor = (d.monthly.minor * empty) / d.quantity;
    const cost = `${Number.isInteger(minor) ? '' : 'about '}${aMonth({ ...d.monthly, minor: Math.round(minor) })}`;
    return `${licences(empty)} ${empty === 1 ? 'stays' : 'stay'} empty for now and ${empty === 1 ? 'costs' : 'cost'} ${cost}.`;
  },
  again: (why: AgainWhy) =>
    ({
      waited: 'It waited for more than 15 minutes after it was approved, so it must be approved again.',
      cart: 'The cart was not as it was approved any more, so it must be approved again.',
      source: 'The old subscription has changed since it was approved, so it must be approved again.',
      lastStep: 'The yes to the last step had to wait for more than an hour, so I ask once more.',
    })[why],
  sourceGone: (status: Safe) =>
    status === 'gone' ? 'The old subscription is not there any more.' : `The old subscription is not active now; Microsoft calls it “${status}”.`,
  formerly: (d: { before: Money; after: Money } | null) =>
    `The price changed${d ? ` from **${money(d.before)}** to **${money(d.after)}** a month` : ''}, so it must be approved again.`,
  seats: (d: { quantity: number; held: number | null; inUse: number | null }) =>
    `${number(d.quantity)} (${d.held === null ? 'how many now is not known' : `${number(d.held)} now`}, ${d.inUse === null ? 'how many in use is not known' : `${number(d.inUse)} in use`})`,
  term: (term: Safe, billing: Safe) => `${termName(term, billing)}, renews by itself`,
  atOnce: 'At once',
  reseller: (number: Safe) => `${number}; by approving you confirm that this is the partner on record`,
  approvers: (all: { name: Safe; reached: boolean }[]) =>
    all.map((one) => (one.reached ? `${one.name}, told in person` : `${one.name}, not reached in person`)).join('; '),
  when: 'When you approve',
  bullets: (d: { customer: Safe; both: boolean }) => [
    d.both ? `${d.customer} has both subscriptions, and both are paid for.` : `${d.customer} has the new subscription at once.`,
    'It can be cancelled within 7 days, not later.',
    'Next you choose who gets the new licences.',
  ],
  foot: (d: { who: Safe; at: string; until: string }) => `Asked for by ${d.who}, ${stamp(d.at)}. The price holds until ${stamp(d.until)}.`,
  speak: (d: { customer: Safe; quantity: number; plan: Safe; monthly: Money | null }) =>
    `${d.customer}: approve ${licences(d.quantity)} of ${d.plan}${d.monthly ? ` for ${aMonth(d.monthly)}` : ''}?`,
  hidden: {
    personal: 'The price stands in the chat with me alone. An approver reads it and approves there: write **show** and the customer to me.',
    never: 'Whoever runs me has switched prices off, so none is shown. What you approve is bought at Microsoft’s price.',
  },
};

export const buying = {
  state: 'Buying …',
  lead: 'Microsoft is preparing the subscription. This takes a minute or two; you can leave, I write here when it is there.',
  asking: 'I am asking Microsoft again whether the purchase went through. It is not bought twice.',
  foot: (d: { who: Safe; at: string; monthly: Money | null }) => `Approved by ${d.who}, ${stamp(d.at)}${d.monthly ? `: ${aMonth(d.monthly)}` : ''}.`,
  speak: (customer: Safe) => `${customer}: buying now.`,
};
