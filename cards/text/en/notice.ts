/** A subscription that stops renewing, and what people mark on it. */

import type { EndOfTerm } from '../../../services/domain/ticket.ts';
import type { Safe } from '../../escape.ts';
import { count, date, dayMonth, licences, number, people, stamp, termName } from './format.ts';

const reasons: Record<string, string> = {
  closest: 'closest match',
  service: 'for people who serve customers',
  everything: 'sales, service and more in one',
  light: 'read and light use',
  sales: 'for people who sell',
  smaller: 'without telephony',
};

export const reason = (key: Safe) => reasons[key] ?? key;

export const notice = {
  state: (left: number) =>
    Number.isNaN(left)
      ? 'Its last day is not known'
      : left < 0
        ? 'Its last day has passed'
        : left === 0
          ? 'Urgent: expires today'
          : left <= 7
            ? `Urgent: expires in ${count(left, 'day', 'days')}`
            : `Expires in ${count(left, 'day', 'days')}`,
  asked: 'Move to another plan',
  unread: 'Not known whether it renews',
  unreadLead: (day: string) => `Partner Center does not say whether it renews. Look there before ${date(day)}; I write again when it says so.`,
  speakUnread: (d: { customer: Safe; plan: Safe }) => `${d.customer}: Partner Center does not say whether ${d.plan} renews.`,
  was: 'Was  ',
  now: 'Now  ',
  autoRenews: (day: string) => `Auto renews on ${date(day)}`,
  expires: (day: string) => `Expires on ${date(day)}`,
  renewsNow: (day: string) => `It renews on ${date(day)}. You can move it before that day, or leave it as it is.`,
  effect: (d: { end: EndOfTerm; inUse: number | null; retired: boolean }) => {
    const whoLoses = d.inUse
      ? `the ${people(d.inUse)} who use${d.inUse === 1 ? 's' : ''} it lose${d.inUse === 1 ? 's' : ''} access`
      : 'the people who use it lose access';
    if (d.end === 'extends')
      return 'Nobody loses access. From that day it goes on month by month and costs 3 % more, or 23 % more where the plan has no monthly price.';
    if (d.end === 'unread') return 'Partner Center does not say whether it renews. Look there before that day.';
    if (d.end === 'unknown') return 'Microsoft has not said what happens then: probably it goes on month by month at 3 % more.';
    return `On that day ${whoLoses}.${d.retired ? ' Microsoft has retired this plan, so it cannot be switched back on.' : ''}`;
  },
  seats: (held: number | null, inUse: number | null) =>
    `${held === null ? 'Partner Center does not say how many' : `${number(held)} bought`}${inUse === null ? '' : `, ${number(inUse)} in use`}`,
  choice: (title: Safe, reason: Safe) => `${title} · ${reason}`,
  notSold: (titles: readonly Safe[]) => `Not sold to this customer: ${titles.join(', ')}.`,
  minimum: (title: Safe, n: number) => `${title} starts at ${licences(n)}.`,
  noneSold: 'None of the plans that Microsoft names for it is sold to this customer. Type the name of any other plan.',
  noProgramme: 'No retirement programme names a plan for it. Type the name of any plan that you sell.',
  reading: 'I am reading this customer’s catalogue; the plans follow.',
  planExample: 'Office 365 E3',
  kind: (d: { newCommerce: boolean; term: Safe; billing: Safe }) =>
    `${d.newCommerce ? 'New commerce' : 'Classic'}${d.term ? `, ${termName(d.term, d.billing)}` : ''}`,
  changedBy: (who: Safe | null) =>
    who === null
      ? 'Not known'
      : who === 'nobody'
        ? 'Not in the activity log of the three days before I looked'
        : who === 'application'
          ? 'An application'
          : who,
  seen: { flip: 'When it stopped renewing', known: 'It had stopped before I first looked', asked: 'Asked for by a person' },
  declined: (d: { who: Safe; reason: Safe }) => `${d.who} declined the purchase: “${d.reason}”`,
  lookedAfter: (who: Safe) => `${who} looks after it.`,
  speak: (d: { customer: Safe; plan: Safe; day: string; left: number }) =>
    `${d.customer}: ${d.plan}. Expires on ${date(d.day)}${d.left >= 0 ? `, in ${count(d.left, 'day', 'days')}` : ''}.`,
  speakAsked: (d: { customer: Safe; plan: Safe }) => `${d.customer}: move ${d.plan} to another plan.`,
};

export const snoozed = {
  state: (day: string) => `Snoozed until ${dayMonth(day)}`,
  lead: (d: { who: Safe; reason: Safe }) => `${d.who}: “${d.reason}”`,
  foot: (d: { at: string; day: string }) => `${stamp(d.at)}. I write again on ${date(d.day)}, or sooner if anything changes.`,
};

export const dismissed = {
  state: 'Let go',
  lead: (d: { who: Safe; reason: Safe }) => `${d.who}: “${d.reason}”`,
  foot: (d: { at: string }) => `${stamp(d.at)}. I do not remind you of it again.`,
};

export const renewed = {
  state: 'Renews again',
  lead: 'Somebody switched auto-renew back on.',
  foot: (at: string) => `Seen ${stamp(at)}.`,
  speak: (customer: Safe) => `${customer}: it renews again. Nothing to do.`,
};

export const ended = {
  state: 'Ended',
  lead: 'It has ended, or somebody suspended it elsewhere.',
  foot: (at: string) => `Seen ${stamp(at)}.`,
  speak: (customer: Safe) => `${customer}: the subscription has ended.`,
};

export const left = {
  state: 'No longer our customer',
  lead: 'Partner Center says that this customer is no longer ours. I do not see its subscriptions any more, so I cannot tell how this one goes on.',
  foot: (at: string) => `Seen ${stamp(at)}.`,
  speak: (customer: Safe) => `${customer}: no longer our customer.`,
};

export const nothingHere = 'Nothing was bought or changed here.';

export const begunBefore = 'A purchase was begun here before; the history tells what came of it.';

export const readAgain = 'Partner Center says again that it renews.';

export const standing = {
  suspended: 'The old subscription is suspended; somebody else did that.',
  ended: 'The old subscription has ended.',
  gone: 'Partner Center no longer knows the old subscription.',
  left: 'Partner Center says that this customer is no longer ours.',
};

export const movedDown = {
  state: 'Continued on another card',
  lead: 'Another card about this subscription stands in this chat; this one is no longer kept up to date.',
};
