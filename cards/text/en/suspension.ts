/** The last step, and what becomes of the old subscription. */

import type { Money } from '../../../services/domain/money.ts';
import { CLASSIC_DELETED_AFTER_DAYS } from '../../../services/domain/rules.ts';
import type { LastStepHere } from '../../../services/tickets/endOfTerm.ts';
import type { Safe } from '../../escape.ts';
import { NB } from '../format.ts';
import { aMonth, date, number, people, stamp } from './format.ts';

/** What may be said of the old subscription: nothing where it is no longer active, or nobody says. */
export type OldOne = 'ends' | 'extends' | 'inEst' | 'termEnds' | 'renews' | 'unsaid';

/** What becomes of it when it is left. */
export const leftSo = (d: { day: string; how: OldOne }) =>
  ({
    renews: `the old subscription goes on and renews on ${date(d.day)}.`,
    ends: `the old subscription ends by itself on ${date(d.day)}.`,
    extends: `the old subscription goes on month by month as a paid Extended Service Term after ${date(d.day)}, until somebody sets a cancellation in Partner Center.`,
    inEst: 'the old subscription goes on month by month in its paid Extended Service Term, until somebody sets a cancellation in Partner Center.',
    termEnds: `the term of the old subscription ends on ${date(d.day)}; Microsoft may go on with it month by month, and bill it, unless somebody sets a cancellation in Partner Center.`,
    unsaid: 'the old subscription was left as it is.',
  })[d.how];

export const suspension = {
  state: 'Ready for the last step',
  suspend: (plan: Safe) => `Suspend ${plan}`,
  end: (plan: Safe) => `End ${plan}`,
  decide: (plan: Safe) => `Decide about ${plan}`,
  everybody: (n: number) =>
    n === 1 ? 'The one person has the new licence. Nobody loses access.' : `All ${people(n)} have the new licence. Nobody loses access.`,
  sameSku: (n: number) => `Old and new use the same licence, so nobody had to move. The new seats cover the ${people(n)} who ${n === 1 ? 'uses' : 'use'} it.`,
  nobody: 'Nobody had the old licence, so nobody loses access.',
  notKnown: 'I do not know who had the old licence. I look before I suspend anything.',
  some: (d: { moved: number; stay: number }) =>
    `${people(d.moved)} ${d.moved === 1 ? 'has' : 'have'} the new licence. ${people(d.stay)} ${d.stay === 1 ? 'keeps' : 'keep'} the old one: another subscription has seats for ${d.stay === 1 ? 'that person' : 'them'}. Nobody loses access.`,
  waived: (d: { who: Safe; reason: Safe; left: number }) =>
    `**${people(d.left)} ${d.left === 1 ? 'loses' : 'lose'} access**, because ${d.left === 1 ? 'that person has' : 'they have'} no new licence. ${d.who} said so: “${d.reason}”`,
  when: 'When you suspend it',
  whenAnyway: 'If you suspend it anyway',
  billingStops: (now: Money | null) => `**Billing stops today.**${now ? ` That saves ${aMonth(now)}.` : ''}`,
  deleted: (d: { from: string; end: string }) =>
    d.from === d.end
      ? `Microsoft deletes it and its data when its term ends, on **${date(d.end)}**.`
      : `Microsoft deletes it and its data about ${number(CLASSIC_DELETED_AFTER_DAYS.least)} to ${number(CLASSIC_DELETED_AFTER_DAYS.most)}${NB}days from now, from about **${date(d.from)}** on${d.end ? `, or when its term ends, on ${date(d.end)}, whichever is first` : ''}.`,
  backOn: 'Until it is deleted it can be switched on again in Partner Center.',
  savesNothing: 'Suspending now saves nothing',
  paidUntil: (d: { day: string; now: Money | null }) =>
    `It is paid until ${date(d.day)}${d.now ? `, ${aMonth(d.now)}` : ''}. Microsoft bills it until then, suspended or not.`,
  stopsAtOnce: 'Its services stop at once, and so do its add-ons.',
  noWayBack: (day: string) => `It cannot come back after ${date(day)}. Take data out before.`,
  changesLost: 'Auto-renew goes off and planned changes are lost.',
  /** It may go on and cost money: the end has to be set, and this step does not set it. */
  setCancellation: (d: { how: OldOne; day: string }) =>
    `${leftSo(d).replace('the', 'The')} I do not set that cancellation: set it in Partner Center, as “cancel at the end of the term”. I look whether it is there.`,
  setHere: (d: { how: OldOne; day: string }) =>
    `${leftSo(d).replace('the', 'The').replace(' in Partner Center', '')} With “Cancel at term end” I set that, and look whether it holds.`,
  setItFirst: 'Whether a suspended one can go on as an Extended Service Term is not known, so set the cancellation first.',
  keepsRenewing: (d: { day: string; at: Money | null }) =>
    `It still renews by itself: on ${date(d.day)} it goes on for another term${d.at ? `, at ${aMonth(d.at)} beside the new one` : ''}, unless you suspend it or switch auto-renew off.`,
  suspending: 'Suspending …',
  suspendingLead: 'I am suspending the old subscription and look afterwards whether only that has changed.',
  speak: (d: { customer: Safe; last: LastStepHere }) =>
    `${d.customer}: one step is left. ${
      {
        letEnd: 'Let the old subscription end by itself, or suspend it?',
        cancel: 'The old subscription does not end by itself: set its cancellation in Partner Center.',
        setEnd: 'The old subscription goes on unless its end is set: cancel it at term end?',
        suspend: 'Suspend the old subscription?',
        customerActs: 'The customer ends the old licences where it bought them.',
      }[d.last]
    }`,
  asked: (at: string) => `I asked Microsoft on ${stamp(at)} to suspend the old subscription, and look whether it is done. I do not send it again meanwhile.`,
  vouched: (d: { who: Safe; reason: Safe }) => `${d.who} looked where I could not: “${d.reason}”`,
  speakNow: (customer: Safe) => `${customer}: suspending the old subscription.`,
};
