/** A subscription that stops renewing, and what people mark on it. */

import { addDays } from '../../../services/clock.ts';
import type { Money } from '../../../services/domain/money.ts';
import { CANCEL_WINDOW_DAYS, CLASSIC_DELETED_AFTER_DAYS, DATA_KEPT_DAYS, GRACE_DAYS } from '../../../services/domain/rules.ts';
import type { Standing } from '../../../services/domain/ticket.ts';
import type { Safe } from '../../escape.ts';
import { NB } from '../format.ts';
import { effectOf } from './ends.ts';
import { aMonth, count, date, dayMonth, licences, number, stamp, termName } from './format.ts';

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
  /** `ends`: that it ends was read; of any other only its term does. */
  state: (left: number, ends: boolean) => {
    if (Number.isNaN(left)) return 'Its last day is not known';
    if (left < 0) return 'Its last day has passed';
    const what = `${ends ? 'Expires' : 'Its term ends'} ${left === 0 ? 'today' : `in ${count(left, 'day', 'days')}`}`;
    return left <= 7 ? `Urgent: ${what[0]?.toLowerCase()}${what.slice(1)}` : what;
  },
  inEst: 'In an Extended Service Term',
  contradictory: 'Auto-renew and what is planned disagree',
  asked: 'Move to another plan',
  unread: 'Not known whether it renews',
  unreadLead: (day: string) => `Partner Center does not say whether it renews. Look there before ${date(day)}; I write again when it says so.`,
  speakUnread: (d: { customer: Safe; plan: Safe }) => `${d.customer}: Partner Center does not say whether ${d.plan} renews.`,
  was: 'Was  ',
  now: 'Now  ',
  autoRenews: (day: string) => `Auto renews on ${date(day)}`,
  expires: (day: string) => `Expires on ${date(day)}`,
  termEnds: (day: string) => `Its term ends on ${date(day)}`,
  effect: effectOf,
  /** Of one that reads active although that day is over. */
  passed: (day: string) =>
    `Its term was to end on ${date(day)}. Partner Center still shows it as active, and what has become of it is not known yet; I look again.`,
  undo: (until: string) => `Until ${stamp(until)} it can be cancelled in Partner Center, and the days that are left are paid back.`,
  /** Some of its seats, each with its own last moment. */
  giveBack: (d: { of: number | null; parts: readonly { quantity: number; until: string | null }[] }) => {
    const said = d.parts.map(({ quantity, until }) => `${number(quantity)}${until ? ` until ${stamp(until)}` : ''}`).join(', ');
    return `Of its ${d.of === null ? 'licences' : licences(d.of)} some can be given back in Partner Center: ${said}. The days that are left are paid back.`;
  },
  withoutPromotion: 'The promotion that it has now is not planned for its next term; without it the list price is billed then.',
  addonTo: (base: Safe) => `It is an add-on: its base, ${base}, goes on without it.`,
  addons: (names: readonly Safe[], now: Money | null) =>
    `${names.length === 1 ? 'One add-on goes' : `${names.length} add-ons go`} with it: ${names.join(', ')}${now ? `, ${aMonth(now)}` : ''}.`,
  addonsAndPlan: (names: readonly Safe[]) =>
    `Its ${names.length === 1 ? 'add-on' : 'add-ons'}, ${names.join(', ')}, may be part of the other plan, or Microsoft may refuse the change while ${names.length === 1 ? 'it is' : 'they are'} there; look in Partner Center before that day.`,
  /** Of a classic one whose last day has passed. */
  dataDeleted: (day: string) => dataDeleted(day),
  reseller: (mpnId: Safe) => `${mpnId}, kept as the reseller of record of what is bought for it here`,
  shortened: (d: { since: string; term: Safe; billing: Safe }) =>
    `This term is a shortened one, begun on ${date(d.since)}; where it renews, the next is a whole one: ${termName(d.term, d.billing)}.`,
  seats: (held: number | null, inUse: number | null) =>
    `${held === null ? 'Partner Center does not say how many' : `${number(held)} bought`}${inUse === null ? '' : `, ${number(inUse)} in use`}`,
  choice: (title: Safe, reason: Safe) => `${title} · ${reason}`,
  notSold: (titles: readonly Safe[]) => `Not sold to this customer: ${titles.join(', ')}.`,
  minimum: (title: Safe, n: number) => `${title} starts at ${licences(n)}.`,
  soldFor: (title: Safe, terms: readonly Safe[]) => `${title} is sold for ${terms.join('; ')}.`,
  usualTerm: 'As usual for the plan',
  noneSold: 'None of the plans that Microsoft names for it is sold to this customer. Type the name of any other plan.',
  noProgramme: 'No retirement programme names a plan for it. Type the name of any plan that you sell.',
  reading: 'I am reading this customer’s catalogue; the plans follow.',
  plansUnread: 'I cannot read this customer’s catalogue just now, so I do not know its plans. I try again by myself; they follow.',
  planExample: 'Office 365 E3',
  kind: (d: { newCommerce: boolean; term: Safe; billing: Safe }) =>
    `${d.newCommerce ? 'New commerce' : 'Classic'}${d.term ? `, ${termName(d.term, d.billing)}` : ''}`,
  /** `who`: null where the log could not be read. */
  changedBy: (d: { who: Safe | 'nobody' | 'application' | null; since: string | null; at: string | null; app: Safe | null }) => {
    if (d.who === null) return 'Not known';
    if (d.who === 'nobody') return d.since ? `No record since ${date(d.since)}` : 'No record';
    const who = d.who === 'application' ? `An application${d.app ? `, ${d.app}` : ''}` : d.who;
    return d.at ? `${who}, ${stamp(d.at)}` : who;
  },
  /** A change that left auto-renew out switches it off, and few who make one know. */
  droppedBy: (d: { byApp: boolean; at: string; day: string }) =>
    `${d.byApp ? 'An application' : 'Somebody'} changed the number of licences on ${date(d.at)}, and auto-renew went off with it. If nobody meant that, switch it on again in Partner Center before ${date(d.day)}.`,
  declined: (d: { who: Safe; reason: Safe }) => `${d.who} declined the purchase: “${d.reason}”`,
  endDeclined: (d: { who: Safe; reason: Safe }) => `${d.who} declined to set the end of its term: “${d.reason}”`,
  lookedAfter: (who: Safe) => `${who} looks after it.`,
  speak: (d: { customer: Safe; plan: Safe; day: string; left: number; ends: boolean }) =>
    `${d.customer}: ${d.plan}. ${d.ends ? 'Expires' : 'Its term ends'} on ${date(d.day)}${d.left > 0 ? `, in ${count(d.left, 'day', 'days')}` : d.left === 0 ? ', today' : ''}.`,
  speakAsked: (d: { customer: Safe; plan: Safe }) => `${d.customer}: move ${d.plan} to another plan.`,
};

export const snoozed = {
  state: (day: string) => `Snoozed until ${dayMonth(day)}`,
  lead: (d: { who: Safe; reason: Safe | null }) => (d.reason ? `${d.who}: “${d.reason}”` : `${d.who} snoozed it.`),
  foot: (d: { at: string; day: string }) => `${stamp(d.at)}. I write again on ${date(d.day)}, or sooner if anything changes.`,
};

export const dismissed = {
  state: 'Let go',
  lead: (d: { who: Safe; reason: Safe }) => `${d.who}: “${d.reason}”`,
  foot: (d: { at: string }) => `${stamp(d.at)}. I do not remind you of it again.`,
};

export const renewed = {
  state: 'Renews again',
  lead: 'Partner Center says that it renews again.',
  foot: (at: string) => `Seen ${stamp(at)}.`,
  speak: (customer: Safe) => `${customer}: it renews again. Nothing to do.`,
};

export const ended = {
  state: 'Ended',
  lead: 'It has ended, or somebody suspended it elsewhere.',
  foot: (at: string) => `Seen ${stamp(at)}.`,
  speak: (customer: Safe) => `${customer}: the subscription has ended.`,
};

/** A suspended one of new commerce goes on costing; a classic one does not, and is deleted. */
export const suspendedElsewhere = {
  state: (stillBilled: boolean) => (stillBilled ? 'Suspended, and still billed' : 'Suspended'),
  lead: (d: StoodStill) => `Somebody suspended it, and not by me. ${stillCosts(d)}`,
  speak: (d: { customer: Safe } & StoodStill) => `${d.customer}: the subscription was suspended elsewhere. ${stillCosts(d)}`,
};

export interface StoodStill {
  newCommerce: boolean;
  day: string;
  /** Its add-ons. */
  addons?: readonly Safe[];
}

/** How it ended, in Partner Center's word, and the day on which that was seen. `inEst`: it was in an Extended Service Term until then. */
export interface Over extends StoodStill {
  as?: string | null;
  seenOn?: string;
  inEst?: boolean;
}

function dataDeleted(day: string): string {
  const { least, most } = CLASSIC_DELETED_AFTER_DAYS;
  return `About ${number(least)} to ${number(most)}${NB}days after ${date(day)} Microsoft deletes its data.`;
}

/** What can be had of one that is over, and until when: only where its word and its days tell. */
function ofItsData({ newCommerce, day, as, seenOn = '', inEst }: Over): string {
  if (!as || day === '' || seenOn === '') return '';
  const atItsEnd = seenOn >= day;
  if (!newCommerce) return as !== 'deleted' && atItsEnd ? ` ${dataDeleted(day)}` : '';
  const kept = addDays(day, DATA_KEPT_DAYS);
  if (as === 'deleted')
    return atItsEnd || inEst
      ? ''
      : ` It was cancelled before the end of its term: its data can be taken out for ${number(CANCEL_WINDOW_DAYS)}${NB}days after that, until ${date(addDays(seenOn, CANCEL_WINDOW_DAYS))} at the latest.`;
  if (!atItsEnd || seenOn > kept) return '';
  if (as === 'disabled') return ` Only the customer’s admins reach its data now, until about ${date(kept)}.`;
  const grace = addDays(day, GRACE_DAYS);
  return ` It cannot be renewed any more. ${seenOn > grace ? '' : `Whether people can work with it until ${date(grace)}, unpaid, is not known. `}Its data is kept until about ${date(kept)}: buy a new one before.`;
}

/** What a suspended subscription costs, until when it can come back, and what becomes of it. */
export function stillCosts(d: StoodStill): string {
  const day = date(d.day);
  if (d.newCommerce)
    return `It is billed until the end of its term, ${day}, all the same. It can be switched on again until then, not after. Whether it can go on after that as a paid Extended Service Term is not known.`;
  const { least, most } = CLASSIC_DELETED_AFTER_DAYS;
  return `It is not billed any more. Microsoft deletes it and its data at the end of its term, ${day}, or about ${number(least)} to ${number(most)}${NB}days after it was suspended, whichever is first; until then it can be switched on again.${addonsOff(d.addons ?? [])}`;
}

/** Partner Center refuses to switch on an add-on whose base is off (409, 27009). */
function addonsOff(names: readonly Safe[]): string {
  if (names.length === 0) return '';
  return ` Its ${names.length === 1 ? 'add-on' : 'add-ons'}, ${names.join(', ')}, cannot be switched on before it is.`;
}

export const left = {
  state: 'No longer our customer',
  lead: 'Partner Center says that this customer is no longer ours. I do not see its subscriptions any more, so I cannot tell how this one goes on.',
  foot: (at: string) => `Seen ${stamp(at)}.`,
  speak: (customer: Safe) => `${customer}: no longer our customer.`,
};

export const nothingHere = 'Nothing was bought or changed here.';

export const begunBefore = 'A purchase was begun here before; the history tells what came of it.';

export const readAgain = 'Partner Center says again that it renews.';

export const standing = (how: Standing, d: Over) =>
  ({
    suspended: `The old subscription is suspended; somebody else did that. ${stillCosts(d)}`,
    ended: `The old subscription has ended.${ofItsData(d)}`,
    gone: 'Partner Center no longer knows the old subscription.',
    left: 'Partner Center says that this customer is no longer ours.',
  })[how];

export const movedDown = {
  state: 'Continued on another card',
  lead: 'Another card about this subscription stands in this chat; this one is no longer kept up to date.',
};
