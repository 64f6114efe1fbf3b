/** Price, approval and purchase. */

import { type Money, monthsOf } from '../../../services/domain/money.ts';
import type { AgainWhy, RefusalReason } from '../../../services/domain/ticket.ts';
import type { Safe } from '../../escape.ts';
import { aMonth, count, date, licences, money, number, stamp, termName } from './format.ts';

export const refusals: Record<RefusalReason, string> = {
  oldChanged: 'I did not buy it: the old subscription has changed since the price was asked for. Look at it, then ask for a price again.',
  agreement: 'No price yet: the customer has not accepted the Microsoft Customer Agreement. Confirm it in Partner Center, then ask again.',
  accountReview: 'No price yet: Microsoft is reviewing this customer’s account. Ask again when the review is over.',
  notSold: 'No price: this plan is not sold to this customer. Choose another one.',
  quantity: 'No price: the number of licences is outside what this plan allows. Change it and ask again.',
  forbidden: 'No price: Partner Center does not let me buy for this customer. Ask an admin agent to check my access.',
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
    ownRequest: 'You asked for this price, so another approver must say yes to it.',
    noApprover: 'An approver must say yes to it.',
  },
  what: (d: { quantity: number; plan: Safe }) => `Buy ${licences(d.quantity)} of ${d.plan}`,
  difference: (d: { monthly: Money; now: Money | null; total: Money; term: string }) => {
    const change = d.now && d.now.currency === d.monthly.currency ? d.monthly.minor - d.now.minor : null;
    const words =
      change === null
        ? ''
        : change === 0
          ? 'The same as today. '
          : `${money({ minor: Math.abs(change), currency: d.monthly.currency })} ${change > 0 ? 'more' : 'less'} than today. `;
    const over =
      d.term === 'P1M'
        ? 'It can be cancelled or changed each month.'
        : `${money(d.total)} over ${count(monthsOf(d.term) ?? 0, 'month', 'months')}, without tax.`;
    return words + over;
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
  formerly: (d: { before: Money; after: Money }) =>
    `The price changed from **${money(d.before)}** to **${money(d.after)}** a month, so it must be approved again.`,
  seats: (d: { quantity: number; held: number | null; inUse: number | null }) =>
    `${number(d.quantity)} (${d.held === null ? 'how many now is not known' : `${number(d.held)} now`}${d.inUse === null ? '' : `, ${number(d.inUse)} in use`})`,
  term: (term: Safe, billing: Safe) => `${termName(term, billing)}, renews by itself`,
  atOnce: 'At once',
  reseller: (number: Safe) => `${number}; by approving you confirm that he is the partner on record`,
  approvers: (all: { name: Safe; reached: boolean }[]) =>
    all.map((one) => (one.reached ? `${one.name}, told in person` : `${one.name}, not reached in person`)).join('; '),
  when: 'When you approve',
  bullets: (d: { customer: Safe; paidUntil: string | null }) => [
    d.paidUntil === null
      ? `${d.customer} has both subscriptions, and pays both, until the old one is suspended.`
      : `${d.customer} has both subscriptions. The old one is paid until ${date(d.paidUntil)}, whatever is suspended.`,
    'It can be cancelled within 7 days, not later.',
    'Next you choose who gets the new licences.',
  ],
  foot: (d: { who: Safe; at: string; until: string }) => `Asked for by ${d.who}, ${stamp(d.at)}. The price holds until ${stamp(d.until)} UTC.`,
  speak: (d: { customer: Safe; quantity: number; plan: Safe; monthly: Money }) =>
    `${d.customer}: approve ${licences(d.quantity)} of ${d.plan} for ${aMonth(d.monthly)}?`,
};

export const buying = {
  state: 'Buying …',
  lead: 'Microsoft is preparing the subscription. This takes a minute or two; you can leave, I write here when it is there.',
  asking: 'I am asking Microsoft again whether the purchase went through. It is not bought twice.',
  foot: (d: { who: Safe; at: string; monthly: Money }) => `Approved by ${d.who}, ${stamp(d.at)}: ${aMonth(d.monthly)}.`,
  speak: (customer: Safe) => `${customer}: buying now.`,
};
