/** A move of several customers at once: choosing them, their prices, and the one yes to all of them. */
import type { Money } from '../../../services/domain/money.ts';
import type { RefusalReason } from '../../../services/domain/ticket.ts';
import type { NotDeclined, NotWritten, OutWhy } from '../../../services/moves/bulk.ts';
import type { Safe } from '../../escape.ts';
import { aMonth, count, licences, listed, money, number, stamp, termName } from './format.ts';

const customers = (n: number) => count(n, 'subscription', 'subscriptions');
const prices = (n: number) => count(n, 'price', 'prices');

const refused: Record<RefusalReason, string> = {
  oldChanged: 'the old subscription has changed since',
  agreement: 'the customer has not accepted the customer agreement',
  accountReview: 'Microsoft is reviewing this customer’s account',
  notSold: 'this plan is not sold to this customer',
  termNotSold: 'the plan is not sold for this term',
  quantity: 'the number of licences is outside what the plan allows',
  forbidden: 'Partner Center does not let me buy for this customer',
  signIn: 'Partner Center wants a new sign-in of the account that I work with',
  refused: 'Microsoft refused it',
  unreachable: 'Partner Center did not answer',
  rights: 'who approved it may not any more',
  notBought: 'Microsoft did not take the purchase',
  saidNotBought: 'an approver says that it was not bought',
  otherCart: 'the cart names no price, or is not what was asked for',
  unsteady: 'the cart changed again and again',
  endNotPossible: 'it cannot be asked for',
  endUnread: 'it could not be read',
  endOldChanged: 'the old subscription has changed since',
};

const out: Record<OutWhy, string> = {
  closed: 'its ticket is closed',
  busy: 'somebody is moving it already',
  plan: 'this plan is not offered to it',
  seats: 'the plan does not allow its number of licences',
  rights: 'who asked may not ask for prices any more',
  unread: 'its plans could not be read in time',
  other: 'somebody began another move of it',
};

const notWritten: Record<NotWritten, string> = {
  changed: 'its price or plan has changed since the card was drawn',
  lapsed: 'the yes, or its price, was too old',
  another: 'another approver must say yes to it',
  rights: 'who approved may not any more',
  gone: 'its ticket is closed',
};

const notDeclined: Record<NotDeclined, string> = {
  changed: 'its price or plan has changed since the card was drawn',
  approved: 'it had been approved before',
  rights: 'who declined may not any more',
  gone: 'its ticket is closed',
};

export const bulk = {
  none: (d: { programme: Safe }) => `I know of no open ticket of ${d.programme}. Nothing has changed; **expiring** lists all that is not set to renew.`,
  notOne: 'Of no retirement programme are several subscriptions on this list any more. Nothing has changed.',
  severalHere: 'this list',
  whichProgramme: 'Of which programme?',
  whichProgrammeFor: 'This list has several. One decision is for one of them; nothing has changed.',
  whichProgrammeFoot: 'Those of the others stay as they are.',
  onList: (n: number) => `${number(n)} on this list`,
  choose: (d: { n: number; programme: Safe }) => `${customers(d.n)} of ${d.programme}`,
  choosing: (d: { chosen: number; n: number }) =>
    `${d.chosen === 0 ? 'None is chosen, which means all of them.' : `${number(d.chosen)} of ${number(d.n)} ${d.chosen === 1 ? 'is' : 'are'} chosen.`} Press a name to choose it, or not. Each gets as many licences as are in use, where that is known, else as many as it has. A price costs nothing.`,
  chosen: (name: Safe) => `✓ ${name}`,
  toggle: (d: { name: Safe; on: boolean }) => (d.on ? `Choose ${d.name}` : `Do not choose ${d.name}`),
  getPrices: (d: { chosen: number; n: number }) =>
    d.chosen > 0 ? `Get ${d.chosen} prices`.replace(/^Get 1 prices$/, 'Get 1 price') : `Get all ${d.n} prices`.replace(/^Get all 1 prices$/, 'Get the price'),
  rest: (d: { n: number; most: number }) => `I take ${number(d.most)} at once; ${number(d.n)} more wait until you begin again.`,
  whichPlan: 'To which plan?',
  whichPlanFor: (d: { programme: Safe; n: number }) => `${customers(d.n)} of ${d.programme}. Nothing has changed.`,
  whichPlanFoot: 'One that a subscription’s own programme does not offer leaves that subscription out, by name.',
  asking: (d: { n: number; plan: Safe }) => `I ask for ${prices(d.n)} of ${d.plan}. They come here together; nothing is bought before somebody approves.`,
  already: 'The prices have been asked for. Nothing has changed; the card is up to date now.',
  approved: (d: { n: number }) => `You have approved ${customers(d.n)}. I write the approval of each, and tell here what came of it.`,
  declined: (d: { n: number }) =>
    `You have declined ${prices(d.n)}. I end the move of each, with your reason in its record, and tell here what came of it. Nothing is bought.`,
  ownSum: () =>
    'You asked for these prices. Together, and with what you asked for and approved yourself in the last 24 hours, they are above the limit for one person, so another approver must say yes. Nothing was bought.',
  /** The card's heading. */
  who: (d: { state: 'asking' | 'asked' | 'approving' | 'declining'; quoted: number; approved: number; declined: number; n: number; plan: Safe }) => {
    if (d.state === 'asking') return `Asking for ${prices(d.n)} of ${d.plan}`;
    if (d.state === 'approving') return `${customers(d.n)} to ${d.plan}: the approvals are being written`;
    if (d.state === 'declining') return `${customers(d.n)} to ${d.plan}: the moves are being ended`;
    if (d.quoted > 0) return `${number(d.quoted)} of ${prices(d.n)} of ${d.plan} ${d.quoted === 1 ? 'waits' : 'wait'} for approval`;
    if (d.approved === 0 && d.declined > 0) return `${number(d.declined)} of ${prices(d.n)} of ${d.plan} ${d.declined === 1 ? 'was' : 'were'} declined`;
    return `${number(d.approved)} of ${customers(d.n)} to ${d.plan} ${d.approved === 1 ? 'is' : 'are'} approved`;
  },
  /** What the yes costs, of those that are quoted. */
  sums: (d: { monthly: readonly Money[]; total: readonly Money[]; seats: number }) =>
    `Together ${listed(d.monthly.map(aMonth))} for ${licences(d.seats)}, ${listed(d.total.map(money))} over the whole terms.`,
  hidden: { personal: 'Prices are shown in the chat with me alone; approve each there.', never: 'Prices are not shown.' },
  yesMeans: (n: number) =>
    n === 0
      ? ''
      : n === 1
        ? 'A yes buys it.'
        : `One yes approves the ${number(n)}, each at its own price: one whose price changes is not bought and holds up no other.`,
  another: (d: { who: Safe }) => `${d.who} asked for them; together they are above the limit, so another approver must say yes.`,
  askedBy: (d: { who: Safe }) => `Asked for by ${d.who}.`,
  lookedAt: (at: string) => `As it stood on ${stamp(at)}.`,
  approve: (n: number) => (n === 1 ? 'Approve and buy' : `Approve and buy ${n}`),
  decline: (n: number) => (n === 1 ? 'Decline' : `Decline all ${n}`),
  foot: (d: { from: number; to: number; of: number }) => `${number(d.from)} to ${number(d.to)} of ${number(d.of)}.`,
  whole: (total: Money) => `${money(total)} in all`,
  state: {
    reading: 'its plans are being read',
    toAsk: 'its price is being asked for',
    asking: 'its price is being asked for',
    approved: 'approved; its own card says how it goes on',
    declined: 'declined; nothing was bought',
    cancelled: 'its move was ended',
    lapsed: 'its price has lapsed',
    quoted: (d: { term: Safe; billing: Safe; until: string }) => `${termName(d.term, d.billing)}; the price waits until ${stamp(d.until)}`,
    refused: (reason: RefusalReason) => `no price: ${refused[reason]}`,
    out: (why: OutWhy) => `left out: ${out[why]}`,
    notDeclined: (why: NotDeclined) => `not declined: ${notDeclined[why]}`,
    notWritten: (why: NotWritten) => `not approved: ${notWritten[why]}`,
  },
};
