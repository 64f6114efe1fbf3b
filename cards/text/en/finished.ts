/** The end of a move, and its written record. */

import type { Money } from '../../../services/domain/money.ts';
import type { Safe } from '../../escape.ts';
import { aMonth, date, dayMonth, licences, money, number, people } from './format.ts';
import { leftSo, type OldOne } from './suspension.ts';

export const finished = {
  state: 'Finished',
  what: (plan: Safe) => `Moved to ${plan}`,
  lead: (d: { moved: number; monthly: Money | null; old: Money | null; outcome: string; day: string; how: OldOne; stillBilled: boolean }) => {
    const moved = d.moved > 0 ? `${people(d.moved)} moved. ` : '';
    const price = d.monthly ? `${aMonth(d.monthly)} from today` : '';
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
  extendsFrom: (day: string) => `**${date(day)}** – the old one goes on from then as a paid Extended Service Term, unless somebody sets a cancellation`,
  termEndsOn: (day: string) => `**${date(day)}** – the old term ends; Microsoft may go on with it month by month, unless somebody sets a cancellation`,
  renewsOn: (day: string) => `**${date(day)}** – the old subscription renews`,
  happenedOn: (day: string) => `What happened on ${dayMonth(day)}`,
  happened: 'What happened',
  speak: (d: { customer: Safe; plan: Safe }) => `${d.customer} has moved to ${d.plan}.`,
};

export const record = {
  stopped: () => 'Stopped renewing',
  known: () => 'Found not renewing',
  asked: () => 'Asked to move it',
  chosen: (d: { quantity: number }) => `Plan chosen, ${licences(d.quantity)}`,
  approve: (d: { monthly: Money }) => `${aMonth(d.monthly)} approved`,
  placed: () => 'Bought',
  order: (id: Safe) => `Order ${id}`,
  moved: (d: { moved: number; total: number }) => `${number(d.moved)} of ${people(d.total)} moved`,
  nothingToMove: () => 'Nobody had to move',
  waive: () => 'Left somebody behind, by name',
  vouch: () => 'Looked where the bot could not',
  remind: () => 'Approvers reminded',
  weighed: () => 'Asked to set the end of its term',
  approveEnd: (d: { to: string }) => (d.to === 'renew' ? 'Renewal approved' : 'Cancellation at term end approved'),
  confirmEnd: () => 'Cancellation at term end confirmed',
  letEnd: () => 'Left to end, as its cancellation is set',
  endSet: () => 'End of its term set, and checked',
  endOver: () => 'Its term is over',
  verified: () => 'Old subscription suspended, and checked',
  skip: () => 'Left as it was',
  giveUp: () => 'The move was ended',
  renewed: () => 'Renews again',
  ended: () => 'Ended',
  decline: () => 'Declined',
  cancel: () => 'Cancelled',
  snoozed: () => 'Snoozed',
  dismissed: () => 'Let go',
  assigned: () => 'Taken on',
  refused: () => 'No price',
  fail: () => 'Stopped: needs a person',
  priced: (d: { monthly: Money }) => `Price: ${aMonth(d.monthly)}`,
  lapse: () => 'The quote lapsed',
  bot: 'Successor',
};

export const history = {
  who: (d: { customer: Safe }) => d.customer,
  what: (d: { ticketId: string; plan: Safe }) => `${d.ticketId}: ${d.plan}`,
  none: 'Nothing has happened yet.',
};
