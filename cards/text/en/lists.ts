/** Lists that people ask for. */

import type { SetEnd, UserMove } from '../../../services/domain/ticket.ts';
import type { Money } from '../../../services/domain/money.ts';
import type { Outcome } from '../../../services/tickets/costs.ts';
import type { Safe } from '../../escape.ts';
import { extendedPrice } from './ends.ts';
import { aMonth, count, date, dayMonth, licences, money, month as monthName, number, people, stamp } from './format.ts';

const notSet = (n: number) => `${count(n, 'subscription is', 'subscriptions are')} not set to renew`;

function whoWithin(n: number, within: number): string {
  if (n === 0)
    return within > 3000 ? 'I know of none that stops renewing' : `I know of none whose term ends within ${count(within, 'day', 'days')} without renewing`;
  return within > 3000
    ? notSet(n)
    : `${count(n, 'term ends', 'terms end')} within ${count(within, 'day', 'days')} and ${n === 1 ? 'is' : 'are'} not set to renew`;
}

export const list = {
  who: (n: number, within: number, month: string | null) =>
    month !== null
      ? n === 0
        ? `I know of none whose term ends in ${monthName(`${month}-01`)} without renewing`
        : `${count(n, 'term ends', 'terms end')} in ${monthName(`${month}-01`)} and ${n === 1 ? 'is' : 'are'} not set to renew`
      : whoWithin(n, within),
  what: (d: { week: number; ahead: number; passed: number; licences: number; unread: number }) =>
    [
      d.ahead === 0 ? '' : d.week === 0 ? 'None of them within a week.' : `${number(d.week)} of them within a week.`,
      d.passed === 0 ? '' : `Of ${number(d.passed)} on the list the last day has passed.`,
      `${licences(d.licences)} in all${d.unread > 0 ? `, without ${number(d.unread)} whose number could not be read` : ''}.`,
    ]
      .filter(Boolean)
      .join(' '),
  foot: (d: { from: number; to: number; of: number }) => `${number(d.from)} to ${number(d.to)} of ${number(d.of)}, soonest first.`,
  show: (customer: Safe) => `Show ${customer}`,
  inEst: (n: number) => `${number(n)} on the list ${n === 1 ? 'is' : 'are'} in a paid Extended Service Term.`,
  renewing: (n: number) => `${number(n)} on the list ${n === 1 ? 'renews' : 'renew'}, and somebody asked to move ${n === 1 ? 'it' : 'them'}.`,
  elsewhere: (n: number) =>
    `${number(n)} on the list ${n === 1 ? 'was' : 'were'} not bought through us; ${n === 1 ? 'its last day is' : 'their last days are'} not seen.`,
  unsaid: (n: number) => `Of ${number(n)} on the list Partner Center does not say whether ${n === 1 ? 'it renews' : 'they renew'}.`,
  /** The first that comes after the days that were asked about. */
  next: (d: { customer: Safe; plan: Safe; day: string; left: number }) =>
    `The next is ${d.plan} of ${d.customer}, on ${date(d.day)}, in ${count(d.left, 'day', 'days')}.`,
  empty: 'Of what I have read nothing stops renewing. Trials and what is suspended are not in this list.',
  emptyWithin: 'Trials and what is suspended are not in this list.',
  gaps: 'Not everything could be read; write **status** for what.',
  monthOf: 'The days of a month are those of UTC.',
};

/** Sums of what is known, and of how many nothing is. */
interface Sums {
  sums: readonly Money[];
  unknown: number;
}

function summed({ sums }: Sums): string {
  return `${sums.map(money).join(' and ')} a month`;
}

/** `€310.00 and $50.00 a month now; of 2 the price is not known.` */
function costNow(now: Sums): string {
  if (now.sums.length === 0) return 'What they cost now is not known.';
  return `They cost ${summed(now)} now${now.unknown > 0 ? `; of ${number(now.unknown)} the price is not known` : ''}.`;
}

function costThen(outcome: Outcome, after: Sums): string {
  if (outcome === 'ends') return 'From their day they cost nothing.';
  if (outcome === 'renews' && after.sums.length === 0) return 'From their day they cost what the price list of that day says, which I have not read.';
  if (after.unknown === 0) return `From their day they cost ${summed(after)}.`;
  const known = after.sums.length > 0 ? `From their day ${summed(after)} is known. ` : '';
  if (outcome === 'renews') return `${known}Of ${number(after.unknown)} the price is not known.`;
  return `${known}Of ${number(after.unknown)} the price of an Extended Service Term is not known: it is ${extendedPrice(false)}.`;
}

/** Lists by what happens at the end of the term. */
export const outcomeList = {
  passed: (n: number) => `Of ${n} the day has gone by since I looked last; what became of ${n === 1 ? 'it' : 'them'} comes with my next look.`,
  who: (d: { outcome: Outcome; n: number; until: string; month: string | null; more: boolean }) => {
    const until = d.month ? `in ${monthName(`${d.month}-01`)}` : `until ${date(d.until)}`;
    const by = d.month ? until : `by ${date(d.until)}`;
    if (d.n === 0)
      return {
        est: `I know of none whose term ends ${by} and that goes on as an Extended Service Term`,
        ends: `I know of none that ends ${until}`,
        renews: `I know of none that renews ${until}`,
      }[d.outcome];
    if (d.outcome === 'est') {
      const whose = count(d.n, 'subscription whose term ends', 'subscriptions whose terms end');
      return `${d.more ? 'At least ' : ''}${whose} ${by} ${d.n === 1 ? 'goes' : 'go'} on as an Extended Service Term`;
    }
    const [one, many] = {
      ends: ['ends', 'end'],
      renews: ['renews', 'renew'],
    }[d.outcome] as [string, string];
    return `${d.more ? 'At least ' : ''}${count(d.n, `subscription ${one}`, `subscriptions ${many}`)} ${until}`;
  },
  what: (d: { outcome: Outcome; now: Sums; after: Sums }) => `${costNow(d.now)} ${costThen(d.outcome, d.after)}`.trim(),
  row: (d: { now: Money | null; after: Money | 'nothing' | null }) =>
    `now ${d.now ? aMonth(d.now) : 'not known'}, then ${d.after === 'nothing' ? 'nothing' : d.after ? aMonth(d.after) : 'not known'}`,
  none: 'This is of what I have read; **expiring** lists all that is not set to renew.',
  more: 'There are more; only these are counted.',
};

export const approvals = {
  who: (d: { count: number; ends: boolean }) =>
    `${d.ends ? count(d.count, 'request waits', 'requests wait') : count(d.count, 'purchase waits', 'purchases wait')} for your approval`,
  what: 'Press a customer’s name to get its card.',
  plan: (d: { quantity: number; plan: Safe; who: Safe }) => `${licences(d.quantity)} of ${d.plan}, asked for by ${d.who}`,
  end: (d: { to: SetEnd; plan: Safe; who: Safe }) => `${d.to === 'renew' ? 'Renew' : 'Cancel at term end'}: ${d.plan}, asked for by ${d.who}`,
  notKnown: 'Not known',
};

/** What waits for one person. */
export const mine = {
  who: (d: { count: number; who: Safe }) => `${d.who}: ${count(d.count, 'ticket', 'tickets')} for you`,
  is: {
    approval: 'Waits for your approval',
    stuck: 'Your move has stopped',
    asked: 'Waits for your answer',
    lookedAfter: 'You look after it',
  },
};

export const held = {
  who: (n: number) => `Who held the old licence: ${people(n)}`,
  what: (d: { ticketId: string; from: Safe; to: Safe }) => `${d.ticketId}: from ${d.from} to ${d.to}`,
  off: (n: number) => `(${count(n, 'service plan was', 'service plans were')} switched off)`,
  outcome: (state: UserMove['state'] | 'waived'): string =>
    ({
      waiting: 'has not moved yet',
      blocked: 'cannot move yet',
      kept: 'left out',
      stays: 'keeps a seat of another subscription',
      gone: 'no longer exists',
      started: 'is being moved',
      moved: 'has the new licence',
      failed: 'did not move',
      waived: 'left behind',
    })[state],
};

export const digest = {
  state: (day: string) => dayMonth(day),
  who: notSet,
  what: 'They stood so when I first looked, or all changed at once. From now on each new one gets a message of its own.',
  regular: (n: number) => `There is news of ${n === 1 ? 'one' : number(n)} of them since the list before.`,
  missed: (since: string) => `Teams did not let me write here since ${stamp(since)}. This is what you missed and is still open.`,
  speak: (n: number) => `${notSet(n)}.`,
  others: (n: number) => `${count(n, 'subscription', 'subscriptions')} to look at`,
  speakOthers: (n: number) => `${count(n, 'subscription', 'subscriptions')} to look at.`,
};
