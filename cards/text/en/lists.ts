/** Lists that people ask for. */

import type { SetEnd, UserMove } from '../../../services/domain/ticket.ts';
import type { Safe } from '../../escape.ts';
import { count, dayMonth, licences, number, people, stamp } from './format.ts';

export const list = {
  who: (n: number, within: number) =>
    n === 0
      ? within > 3000
        ? 'I know of none that stops renewing'
        : `I know of none whose term ends within ${count(within, 'day', 'days')} without renewing`
      : within > 3000
        ? `${count(n, 'subscription does', 'subscriptions do')} not simply renew`
        : `${count(n, 'subscription does', 'subscriptions do')} not simply renew within ${count(within, 'day', 'days')}`,
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
  unsaid: (n: number) => `Of ${number(n)} on the list Partner Center does not say whether ${n === 1 ? 'it renews' : 'they renew'}.`,
  allRenew: 'Everything that I watch renews.',
  empty: 'Of what I have read nothing stops renewing. Trials and what is suspended are not in this list.',
  gaps: 'Not everything could be read; write **status** for what.',
};

export const approvals = {
  who: (d: { count: number; ends: boolean }) =>
    `${d.ends ? count(d.count, 'request waits', 'requests wait') : count(d.count, 'purchase waits', 'purchases wait')} for your approval`,
  what: 'Press a customer’s name to get its card.',
  plan: (d: { quantity: number; plan: Safe; who: Safe }) => `${licences(d.quantity)} of ${d.plan}, asked for by ${d.who}`,
  end: (d: { to: SetEnd; plan: Safe; who: Safe }) => `${d.to === 'renew' ? 'Renew' : 'Cancel at term end'}: ${d.plan}, asked for by ${d.who}`,
  notKnown: 'Not known',
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
  who: (n: number) => `${count(n, 'subscription does', 'subscriptions do')} not simply renew`,
  what: 'They had stopped when I looked, or stopped at once. From now on each new one gets a message of its own.',
  missed: (since: string) => `Teams did not let me write here since ${stamp(since)}. This is what you missed and is still open.`,
  speak: (n: number) => `${count(n, 'subscription does', 'subscriptions do')} not simply renew.`,
};
