/** Setting how a term ends: what it would mean, that it is being set, and whether it holds. */
import type { Money } from '../../../services/domain/money.ts';
import { DATA_KEPT_DAYS } from '../../../services/domain/rules.ts';
import type { SetEnd } from '../../../services/domain/ticket.ts';
import type { Safe } from '../../escape.ts';
import { type Becomes, becoming } from './ends.ts';
import { aMonth, date, dayMonth, money, number, people, stamp, termLength } from './format.ts';

/** Who is on it on its last day. */
export function whoLosesThen(loses: number | null, day: string): string {
  if (loses === null) return `**How many people lose access after ${date(day)} is not known.** Look in Partner Center who uses it.`;
  if (loses === 0) return `**Nobody loses access after ${date(day)}**: as I read the seats, nobody needs these.`;
  return `**${people(loses)} ${loses === 1 ? 'uses' : 'use'} it and ${loses === 1 ? 'loses' : 'lose'} access after ${date(day)}.**`;
}

export const termEnd = {
  weighing: 'Looking what it would mean …',
  weighingLead: 'I read who uses it, what it costs and what is planned. Nothing is set by this.',
  weighed: 'Waiting for approval',
  what: (d: { to: SetEnd; plan: Safe }) => (d.to === 'renew' ? `Renew ${d.plan}` : `Cancel ${d.plan} at term end`),
  speak: (d: { customer: Safe; to: SetEnd; plan: Safe; day: string }) =>
    `${d.customer}: ${d.to === 'renew' ? `renew ${d.plan} from ${date(d.day)}` : `cancel ${d.plan} at the end of its term, ${date(d.day)}`}?`,
  cancelLead: (d: { loses: number | null; day: string }) => whoLosesThen(d.loses, d.day),
  renewLead: (d: { term: Safe; day: string; newCommerce: boolean }) =>
    `**This ${d.newCommerce ? 'commits the customer to a whole new term' : 'lets it go on for another term'}${d.term ? ` of ${termLength(d.term)}` : ''}**, from the end of this one, ${date(d.day)}.`,
  priceTitle: (on: string | null) => (on ? `By the price list of ${date(on)}` : 'At today’s price'),
  notKnown: 'The price is not known',
  price: (d: { monthly: Money; total: Money; term: Safe }) =>
    `${aMonth(d.monthly)}, ${money(d.total)} over ${termLength(d.term)}. Microsoft charges the price of that day.`,
  noPrice: 'I could not read what it costs. Where a limit asks for a second person, this counts as above it.',
  when: 'When you approve',
  cancelBullets: (d: { soon: boolean }) => [
    'Auto-renew goes off and “cancel at term end” is set, in one change of the subscription.',
    `After its last day people lose it at once; its data is kept for ${number(DATA_KEPT_DAYS)} days, and it cannot be brought back. Until that day it can be renewed again.`,
    d.soon
      ? '**It may not hold:** its last day is less than 25 hours away, and Microsoft may still plan something else. I look every hour.'
      : 'I look at once, after 25 hours and up to the day after its last one whether it holds; the ticket stays open until then.',
  ],
  renewBullets: (d: { newCommerce: boolean; planned: boolean }) => [
    `Auto-renew goes on${d.newCommerce && d.planned ? ' and a new term is planned' : ''}, in one change of the subscription.`,
    ...(d.newCommerce ? ['Once the new term has begun it can be given back within 7 days, not later.'] : []),
  ],
  lostPlan: (as: Becomes) => `**A planned change is lost by this**: to ${becoming(as)}.`,
  lostWord: (word: Safe) => `**What Microsoft calls “${word}” is planned, and is lost by this.**`,
  setting: 'Setting the end …',
  settingLead: {
    cancel: 'I am setting the cancellation and read afterwards whether it is there.',
    renew: 'I am switching it on again and read afterwards whether it is so.',
  },
  asked: (at: string) => `I asked Microsoft on ${stamp(at)} to set it, and look whether it is done. I do not send it over a change of somebody else.`,
  foot: (d: { who: Safe; at: string; until: string }) => `Asked for by ${d.who}, ${stamp(d.at)}. It waits until ${stamp(d.until)}.`,
  set: (day: string) => (day ? `Cancels on ${dayMonth(day)}` : 'Cancels at term end'),
  lost: 'The cancellation is not there any more',
  unsure: 'Not sure to cancel any more',
  lostLead: 'Somebody, or Microsoft, has changed it since it was set.',
  mayNotHold: '**It may not hold:** it was set less than 25 hours before the last day, and Microsoft may still plan something else. I look every hour.',
  lookedAt: (d: { at: string; lookedAt: string }) =>
    `Set ${stamp(d.at)}, seen to be there ${stamp(d.lookedAt)}. I look again until it is over, and this ticket stays open until then.`,
  foundAt: (d: { lookedAt: string }) => `Seen to be there ${stamp(d.lookedAt)}. I look again until it is over, and this ticket stays open until then.`,
  here: (d: { held: boolean }) => (d.held ? 'Its cancellation was set here, and it held.' : 'Its cancellation was set here.'),
  setElsewhere: 'That was set before I asked Microsoft for it, so I changed nothing.',
  renewedHere: 'It was set to renew here.',
  setThere: 'To end it, set the cancellation in Partner Center; I look whether it happened.',
  /** As the last step of a move. `left`: who were left behind by name. */
  afterMove: (d: { left: number }) =>
    `A cancellation is set: after that day it is over. ${d.left === 0 ? 'Everybody who used it has been moved, or keeps a seat of another subscription.' : `**${people(d.left)} ${d.left === 1 ? 'was' : 'were'} left behind by name and ${d.left === 1 ? 'loses' : 'lose'} access then**; all others have been moved.`} Its data is kept for ${number(DATA_KEPT_DAYS)} days, and it cannot be brought back.`,
};
