/** Lists that people ask for. */

import type { SetEnd, UserMove } from '../../../services/domain/ticket.ts';
import type { Money } from '../../../services/domain/money.ts';
import type { EndOfTerm } from '../../../services/domain/ticket.ts';
import type { Sort } from '../../../services/tickets/arranged.ts';
import type { Outcome } from '../../../services/tickets/costs.ts';
import type { RowState } from '../../../services/tickets/rowState.ts';
import type { Counted } from '../../../services/watch/known.ts';
import type { Safe } from '../../escape.ts';
import { extendedPrice } from './ends.ts';
import { aMonth, count, date, dayMonth, daysLeft, licences, listed, money, month as monthName, number, people, shortDate, stamp } from './format.ts';

/** How far one on a list has come. */
const states: Record<RowState, string> = {
  stuck: 'Stopped: needs a person',
  waits: 'Waits for approval',
  lastStep: 'Last step waits',
  licences: 'Bought; now the licences',
  open: 'Open',
  choosing: 'Plan being chosen',
  asked: 'Asking Microsoft',
  buying: 'Being bought',
  ending: 'Being ended',
  watched: 'Watched until gone',
  snoozed: 'Snoozed',
  letGo: 'Let go',
};

/** Before how many days are left. */
const atItsEnd: Partial<Record<EndOfTerm, string>> = {
  cancels: 'ends',
  extends: 'goes on monthly',
  inEst: 'paid monthly, next',
  renews: 'renews',
  renewsAs: 'renews, changed',
};

const AS_END: Partial<Record<Counted, EndOfTerm>> = {
  renews: 'renews',
  changes: 'renewsAs',
  ends: 'cancels',
  extends: 'extends',
  inEst: 'inEst',
  unsure: 'unknown',
  unsaid: 'unread',
};

/** What neither renews nor ends at a term's end. */
const besides: Partial<Record<Counted, string>> = {
  stillBilled: 'suspended, still billed',
  suspended: 'suspended',
  ended: 'has ended',
  trials: 'trial',
  missing: 'not on the last list',
};

const sorted: Record<Sort, string> = {
  days: 'soonest first',
  customer: 'by customer',
  money: 'dearest first',
  state: 'by state',
  programme: 'by programme',
  person: 'by who looks after it',
};

/** Where no name may stand. */
const KEPT_BY = 'looked after';
const lookedAfter = (who: Safe | null) => (who === KEPT_BY ? KEPT_BY : `looked after by ${who}`);
const capital = (text: string) => `${text[0]?.toUpperCase()}${text.slice(1)}`;

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
  foot: (d: { from: number; to: number; of: number; sort?: Sort | undefined }) =>
    `${number(d.from)} to ${number(d.to)} of ${number(d.of)}, ${sorted[d.sort ?? 'days']}.`,
  /** What went and what came since the page that stood here before. */
  turned: (d: { gone: number; come: number }) =>
    `Since the page before, ${listed([...(d.gone > 0 ? [`${number(d.gone)} left the list`] : []), ...(d.come > 0 ? [`${number(d.come)} came`] : [])])}.`,
  state: (state: RowState, until: string | null) => (state === 'snoozed' && until ? `Snoozed until ${shortDate(until)}` : states[state]),
  /** What happens, and in how many days; `urgent`: people lose access, and nobody has decided. */
  left: (d: { end: EndOfTerm; days: number; urgent: boolean }) => {
    const what = atItsEnd[d.end];
    if (d.days < 0 || Number.isNaN(d.days)) return daysLeft(d.days);
    const left = d.days === 0 ? 'today' : `in ${daysLeft(d.days)}`;
    return `${d.urgent ? 'Urgent: ' : ''}${what ? `${what} ${left}` : `${left}, then not known`}`;
  },
  /** Of all that a customer has. */
  kind: (d: { kind: Counted; days: number }) => {
    const end = AS_END[d.kind];
    return end ? list.left({ end, days: d.days, urgent: false }) : (besides[d.kind] as string);
  },
  speakAll: (d: { customer: Safe; n: number }) => `${d.customer}: ${count(d.n, 'subscription', 'subscriptions')}.`,
  you: 'you',
  keptBy: KEPT_BY,
  /** Of a list that was narrowed. */
  some: (n: number) => `${count(n, 'subscription', 'subscriptions')} of the list`,
  noneFits: 'None on the list is so',
  only: (d: { state: RowState | null; programme: Safe | null; keeper: Safe | null; nobody: boolean }) =>
    `Only: ${[d.state ? states[d.state] : '', d.programme ?? '', d.keeper ? lookedAfter(d.keeper) : '', d.nobody ? 'looked after by nobody' : ''].filter(Boolean).join(', ')}.`,
  all: (n: number) => `All ${number(n)}`,
  offer: (d: { what: Safe; n: number }) => `${d.what} (${number(d.n)})`,
  keeper: (who: Safe) => capital(lookedAfter(who)),
  nobody: 'Looked after by nobody',
  noKeeper: (who: Safe) => `I know nobody called “${who}” who looks after something, or several. Write **expiring by person** to see who does.`,
  sorts: { days: 'Soonest first', customer: 'Customer', money: 'Dearest first', state: 'State', programme: 'Programme', person: 'Who looks after it' },
  show: (customer: Safe) => `Show ${customer}`,
  open: (name: Safe) => `Open ${name} in Partner Center`,
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
function costNow(now: Sums, n: number): string {
  if (now.sums.length === 0) return n === 1 ? 'What it costs now is not known.' : 'What they cost now is not known.';
  return `${n === 1 ? 'It costs' : 'They cost'} ${summed(now)} now${now.unknown > 0 ? `; of ${number(now.unknown)} the price is not known` : ''}.`;
}

function costThen(outcome: Outcome, after: Sums, n: number): string {
  const cost = n === 1 ? 'After that day it costs' : 'After their day they cost';
  if (outcome === 'ends') return `${cost} nothing.`;
  if (outcome === 'renews' && after.sums.length === 0) return `${cost} what the price list of that day says, which I have not read.`;
  if (after.sums.length === 0 && after.unknown === 0) return '';
  if (after.unknown === 0) return `${cost} ${summed(after)}.`;
  const known = after.sums.length > 0 ? `${n === 1 ? 'After that day' : 'After their day'} ${summed(after)} is known. ` : '';
  if (outcome === 'renews') return `${known}Of ${number(after.unknown)} the price is not known.`;
  return `${known}Of ${number(after.unknown)} the price of an Extended Service Term is not known: it is ${extendedPrice(false)}.`;
}

/** Lists by what happens at the end of the term. */
export const outcomeList = {
  passed: (n: number) => `Of ${n} the day has gone by since I looked last; what became of ${n === 1 ? 'it' : 'them'} comes with my next look.`,
  who: (d: { outcome: Outcome; n: number; until: string; month: string | null; more: boolean }) => {
    const by = d.month ? `in ${monthName(`${d.month}-01`)}` : `by ${date(d.until)}`;
    if (d.n === 0)
      return {
        est: `I know of none whose term ends ${by} and that goes on as an Extended Service Term`,
        ends: `I know of none that ends ${by}`,
        renews: `I know of none that renews ${by}`,
      }[d.outcome];
    if (d.outcome === 'est') {
      const whose = count(d.n, 'subscription whose term ends', 'subscriptions whose terms end');
      return `${d.more ? 'At least ' : ''}${whose} ${by} ${d.n === 1 ? 'goes' : 'go'} on as an Extended Service Term`;
    }
    const [one, many] = {
      ends: ['ends', 'end'],
      renews: ['renews', 'renew'],
    }[d.outcome] as [string, string];
    return `${d.more ? 'At least ' : ''}${count(d.n, `subscription ${one}`, `subscriptions ${many}`)} ${by}`;
  },
  what: (d: { outcome: Outcome; now: Sums; after: Sums; n: number }) => `${costNow(d.now, d.n)} ${costThen(d.outcome, d.after, d.n)}`.trim(),
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
  missed: (since: string) => `Teams has not let me write here since ${stamp(since)}. This is what you missed and is still open.`,
  speak: (n: number) => `${notSet(n)}.`,
  others: (n: number) => `${count(n, 'subscription', 'subscriptions')} to look at`,
  speakOthers: (n: number) => `${count(n, 'subscription', 'subscriptions')} to look at.`,
};
