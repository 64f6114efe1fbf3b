/** The end of a move, and its written record. */

import type { Money } from '../../../services/domain/money.ts';
import type { RefusalReason } from '../../../services/domain/ticket.ts';
import type { Safe } from '../../escape.ts';
import { aMonth, count, date, dayMonth, licences, money, number, people } from './format.ts';
import { leftSo, type OldOne } from './suspension.ts';

/** What of the old one has changed, as the record says it. */
const CHANGED: Readonly<Record<string, string>> = {
  suspended: 'Old subscription suspended, and not by me',
  ended: 'Old subscription ended',
  gone: 'Old subscription no longer known',
  left: 'No longer our customer',
  renews: 'Old subscription renews again',
  stops: 'Old subscription not set to renew any more',
  end: 'Its end has changed',
  disagree: 'Auto-renew and what is planned disagree',
  estPlanned: 'Extended Service Term planned by Microsoft',
  estBegun: 'Extended Service Term begun',
  estMonth: 'Another month of its Extended Service Term',
  planSet: 'A change planned for its next term',
  planChanged: 'Another change planned for its next term',
  planLost: 'The change planned for its next term is lost',
  goesOn: 'Goes on although the move is finished',
  stillBilled: 'Suspended by somebody, and billed to its last day',
  seats: 'Number of old licences changed',
  prices: 'Price list read',
  unread: 'Not known whether it renews',
  name: 'Customer renamed',
  snoozeOver: 'Snooze over',
};

/** `€455.00 a month from 20 January 2027` */
export const newPrice = ({ monthly, since }: { monthly: Money; since: string }) => `${aMonth(monthly)} from ${date(since)}`;

export const finished = {
  state: 'Finished',
  what: (plan: Safe) => `Moved to ${plan}`,
  lead: (d: {
    moved: number;
    /** What the new one costs, and since which day. */
    price: { monthly: Money; since: string } | null;
    old: Money | null;
    outcome: string;
    day: string;
    how: OldOne;
    stillBilled: boolean;
  }) => {
    const moved = d.moved > 0 ? `${people(d.moved)} moved. ` : '';
    const price = d.price ? newPrice(d.price) : '';
    const old = d.old ? `; the old ${money(d.old)} ${d.stillBilled ? `is billed until ${date(d.day)}` : 'has stopped'}` : '';
    if (d.outcome === 'suspended') return `${moved}${price ? `${price}${old}.` : ''}`;
    if (d.outcome === 'letExpire') return `${moved}${price ? `${price}. ` : ''}${leftSo(d).replace('the', 'The')}`;
    if (d.outcome === 'ended') return `${moved}${price ? `${price}. ` : ''}The old subscription has ended, as it was cancelled.`;
    if (d.outcome === 'customerCancels') return `${moved}The customer’s admin must cancel the old subscription where it was bought.`;
    return `${moved}The move was ended here. What was done stays done${d.how === 'unsaid' ? '.' : `; ${leftSo(d)}`}`;
  },
  suspendedBefore: () => 'The old subscription had been suspended before I asked for it; Partner Center shows since when.',
  dates: (n: number) => (n === 1 ? 'One date to remember' : 'Two dates to remember'),
  cancelUntil: (day: string) => `**${date(day)}** – last day to cancel the new subscription`,
  deletedFrom: (day: string) => `**From about ${date(day)}** – Microsoft deletes the old one and its data`,
  billedUntil: (day: string) => `**${date(day)}** – the old one is suspended, and billed until then`,
  endsOn: (day: string) => `**${date(day)}** – the old subscription ends`,
  extendsFrom: (day: string) => `**${date(day)}** – the old one goes on after it as a paid Extended Service Term, unless somebody sets a cancellation`,
  inEstUntil: (day: string) => `**${date(day)}** – another month of the old one’s Extended Service Term begins after it, unless somebody sets a cancellation`,
  termEndsOn: (day: string) => `**${date(day)}** – the old term ends; Microsoft may go on with it month by month, unless somebody sets a cancellation`,
  renewsOn: (day: string) => `**${date(day)}** – the old subscription renews`,
  happenedOn: (d: { day: string; today: string }) => `What happened on ${d.day.slice(0, 4) === d.today.slice(0, 4) ? dayMonth(d.day) : date(d.day)}`,
  earlier: (n: number) => `(${count(n, 'earlier line is', 'earlier lines are')} in the history)`,
  happened: 'What happened',
  speak: (d: { customer: Safe; plan: Safe }) => `${d.customer} has moved to ${d.plan}.`,
};

const because = (what: string, reason: Safe | null) => (reason ? `${what}: “${reason}”` : what);

const whyRefused: Record<RefusalReason, string> = {
  oldChanged: 'the old subscription had changed',
  agreement: 'the customer has not accepted the agreement',
  accountReview: 'the account is under review',
  notSold: 'not sold to this customer',
  termNotSold: 'not sold for this term any more',
  quantity: 'the number of licences is not allowed',
  forbidden: 'Partner Center did not let me',
  signIn: 'a new sign-in was wanted',
  refused: 'Microsoft refused it',
  unreachable: 'Partner Center did not answer',
  rights: 'who approved it may not any more',
  notBought: 'Microsoft’s orders show none',
  saidNotBought: 'none of the orders was it',
  otherCart: 'the cart was not what was asked for',
  unsteady: 'the cart changed again and again',
  endNotPossible: 'this end could not be set',
  endUnread: 'what it would mean could not be read',
  endOldChanged: 'the subscription had changed',
};

/** Lines of the record; a price is null where none is said. */
export const record = {
  stopped: () => 'Stopped renewing',
  known: () => 'Found not renewing',
  unread: () => 'Not known whether it renews',
  asked: () => 'Asked to move it',
  outcome: () => 'Its end changed',
  elsewhere: () => 'Licences from elsewhere found',
  seatsGone: () => 'Licences from elsewhere gone',
  reopened: () => 'The old one went on',
  superseded: () => 'Another move took the place of the one whose cancellation is set',
  chosen: (d: { quantity: number; plan: Safe | null; term: Safe | null }) =>
    `${d.plan ?? 'Plan'} chosen, ${licences(d.quantity)}${d.term === null ? '' : `, ${d.term}`}`,
  priced: (d: { monthly: Money | null }) => (d.monthly ? `Price: ${aMonth(d.monthly)}` : 'Priced'),
  refused: (d: { reason: RefusalReason; code: Safe | null }) =>
    `No purchase: ${whyRefused[d.reason] ?? 'refused'}${d.code && /\d/.test(d.code) ? ` (${d.code})` : ''}`,
  approve: (d: { monthly: Money | null }) => (d.monthly ? `${aMonth(d.monthly)} approved` : 'Approved'),
  placed: () => 'Bought',
  order: (id: Safe) => `Order ${id}`,
  provisioned: () => 'The new subscription is ready',
  ask: (order: Safe) => `Asked whether order ${order} is it`,
  settle: (d: { order: Safe | null; reason: Safe | null }) => because(d.order ? `Said that it was order ${d.order}` : 'Said that it was not bought', d.reason),
  planAdded: (plan: Safe) => `${plan} added to the plans`,
  confirmUsers: () => 'Licences confirmed',
  confirmSuspend: () => 'Suspension confirmed',
  moved: (d: { moved: number; total: number }) => `${number(d.moved)} of ${people(d.total)} moved`,
  nothingToMove: () => 'Nobody had to move',
  waive: (reason: Safe | null) => because('Left somebody behind, by name', reason),
  vouch: (reason: Safe | null) => because('Looked where the bot could not', reason),
  remind: () => 'Approvers reminded',
  weighed: () => 'Asked to set the end of its term',
  approveEnd: (d: { to: string }) => (d.to === 'renew' ? 'Renewal approved' : 'Cancellation at term end approved'),
  confirmEnd: () => 'Cancellation at term end confirmed',
  letEnd: () => 'Left to end, as its cancellation is set',
  endSet: () => 'End of its term set, and checked',
  endFound: () => 'End of its term was set already',
  endOver: () => 'Its term is over',
  verified: () => 'Old subscription suspended, and checked',
  skip: (reason: Safe | null) => because('Left as it was', reason),
  giveUp: (reason: Safe | null) => because('The move was ended', reason),
  renewed: () => 'Renews again',
  ended: () => 'Ended',
  left: () => 'No longer our customer',
  again: (why: string) =>
    ({
      waited: 'Waited too long after the yes: asked again',
      cart: 'Cart not as approved: asked again',
      source: 'Old subscription not as approved: asked again',
    })[why] ?? 'Cart gone: asked again',
  changed: (what: string) => CHANGED[what] ?? 'Something about the old subscription changed',
  decline: (reason: Safe | null) => because('Declined', reason),
  cancel: () => 'Cancelled',
  back: () => 'One step back',
  check: () => 'Looked again',
  snoozed: (d: { until: string | null; reason: Safe | null }) => because(d.until ? `Snoozed until ${date(d.until)}` : 'Snoozed', d.reason),
  dismissed: (reason: Safe | null) => because('Let go', reason),
  undo: () => 'Opened again: the snooze, or letting it go, taken back',
  assigned: () => 'Taken on',
  given: (whom: Safe) => `Given to ${whom} to look after`,
  handedBack: () => 'Handed back',
  note: (text: Safe) => `Note: “${text}”`,
  seen: () => 'Seen',
  fail: () => 'Stopped: needs a person',
  lapse: () => 'The quote lapsed',
  checkpoint: (n: number) => `${count(n, 'older line was', 'older lines were')} deleted after the time that is set`,
  bot: 'Successor',
};

export const history = {
  who: (d: { customer: Safe }) => d.customer,
  what: (d: { ticketId: string; plan: Safe }) => `${d.ticketId}: ${d.plan}`,
  none: 'Nothing has happened yet.',
  older: (n: number) => `${count(n, 'older line is', 'older lines are')} left out here.`,
};
