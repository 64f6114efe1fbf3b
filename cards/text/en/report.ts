/** A report for whoever leads: counts, and money in each currency by itself. */
import type { EndOfTerm } from '../../../services/domain/ticket.ts';
import { PERIOD_DAYS } from '../../../services/tickets/report.ts';
import type { Safe } from '../../escape.ts';
import { count, date, number } from './format.ts';

const subscriptions = (n: number) => count(n, 'subscription', 'subscriptions');

const ends: Record<EndOfTerm, string> = {
  renews: 'Renew',
  renewsAs: 'Renew as something else',
  cancels: 'End',
  extends: 'Extended Service Term after the last day',
  inEst: 'In an Extended Service Term',
  contradictory: 'Plan and auto-renew contradict each other',
  unknown: 'Not known',
  unread: 'Not read',
};

export const report = {
  who: (n: number) => (n === 0 ? 'I know of nothing at stake' : `At stake: ${subscriptions(n)}`),
  stake: (money: Safe | null) => (money ? `${money}.` : ''),
  open: 'Open tickets of what does not simply renew.',
  byPrice: 'Open tickets of what does not simply renew, at what each costs now; currencies are never added.',
  byMonth: 'By the month of the term end',
  byMonthMoney: 'Money by month',
  month: 'Month',
  subscriptions: 'Subscriptions',
  passed: 'Day has passed',
  later: 'Later',
  byProgramme: 'By programme',
  noProgramme: 'No programme',
  byOutcome: 'By what is planned',
  byKeeper: 'By who looks after it',
  nobody: 'Nobody',
  somebody: 'Somebody whose name is not kept',
  /** Where no names stand. */
  colleague: 'A colleague',
  unread: (n: number) => `Of ${count(n, 'open ticket', 'open tickets')} more I could not read what is planned.`,
  byState: 'By state',
  rest: (n: number) => `${number(n)} more`,
  ends,
  waiting: 'Nobody has begun',
  untouched: (d: { week: number; month: number; older: number; oldestDays: number }) =>
    d.oldestDays <= 0
      ? `${number(d.week)}, all since today.`
      : `Up to 7 days: ${number(d.week)}; 8 to 30: ${number(d.month)}; longer: ${number(d.older)}. The oldest waits ${count(d.oldestDays, 'day', 'days')}.`,
  decided: `Decided in the last ${PERIOD_DAYS} days, by each ticket’s latest move`,
  decidedBy: (d: { who: Safe; approved: number; declined: number; letGo: number }) =>
    `${d.who}: ${[d.approved > 0 ? `${number(d.approved)} approved` : '', d.declined > 0 ? `${number(d.declined)} declined` : '', d.letGo > 0 ? `${number(d.letGo)} let go` : ''].filter(Boolean).join(', ')}`,
  others: (n: number) => `and ${count(n, 'more person', 'more people')}`,
  bought: 'Bought',
  saved: (d: { n: number; less: Safe | null; more: Safe | null; unknown: number }) =>
    `In the last ${PERIOD_DAYS} days: ${number(d.n)}${d.less ? `; ${d.less} a month less than the old ones` : ''}${d.more ? `; ${d.more} a month more` : ''}${d.unknown > 0 ? `; of ${number(d.unknown)} the difference is not known` : ''}.`,
  cancellable: (d: { n: number; next: string }) => `May still be cancelled: ${number(d.n)}, the next until ${date(d.next)}.`,
  still: (n: number) => `The old one is not yet gone: ${number(n)}`,
  ests: 'Extended Service Terms',
  running: (n: number) => `Running now: ${number(n)}`,
  soFar: (d: { sums: Safe | null; unknown: number; today: string }) =>
    `${d.sums ? `By today’s price, since I saw each begin: about ${d.sums}.` : ''}${d.unknown > 0 ? `${d.sums ? ' ' : ''}Of ${number(d.unknown)} the beginning or the price is not known.` : ''}`,
  opens: { approvals: 'Approvals', export: 'Export' },
  money: (d: { sums: Safe | null; unknown: number; n: number }) =>
    d.sums
      ? `${d.sums} a month${d.unknown > 0 ? `; price of ${number(d.unknown)} not known` : ''}`
      : d.n === 1
        ? 'price not known'
        : `price of all ${number(d.n)} not known`,
  moreCurrencies: (n: number) => `${count(n, 'more currency', 'more currencies')}`,
  more: 'There are more than I count at once; what is above is a part.',
  costInPerson: 'Prices stand in the chat with me alone: write **report** there.',
  costNever: 'Prices are not shown here.',
  foot: (today: string) => `As of ${date(today)}, by what I last read. **export** gives all of it as a file.`,
};
