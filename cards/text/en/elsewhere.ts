/** Licences that a customer bought from somebody else. */

import type { Safe } from '../../escape.ts';
import { licences, number } from './format.ts';

interface Seats {
  name: Safe;
  seats: number;
  inUse: number | null;
  ours: number;
}

/** `20 licences of Office 365 E3, 7 in use`. */
function held({ name, seats, inUse, ours }: Seats): string {
  const use = inUse === null ? '' : ours > 0 ? `, ${number(inUse)} in use together with our ${number(ours)}` : `, ${number(inUse)} in use`;
  return `${licences(seats)} of ${name}${use}`;
}

export const elsewhere = {
  looking: () => 'I look whether it has licences that it did not buy through us; it comes here.',
  /** What is there, what we can do and what only the customer can, in the order in which it is to be done. */
  found: (d: { customer: Safe; seats: readonly Seats[]; more: number }) =>
    `${d.customer} has licences that it did not buy through us: ${d.seats.map(held).join('; ')}${d.more > 0 ? `; and ${number(d.more)} more kinds` : ''}. I see only how many there are: not when they end, nor what they cost, and I cannot suspend them. To move people: sell ${d.customer} the new plan in Partner Center, give each person the new licence, and last the customer ends the old ones where it bought them. The best time is shortly before those end: what was paid there is not given back.`,
  message: (d: { customer: Safe; names: readonly Safe[] }) =>
    `A message for the admin of ${d.customer}, to send when everybody has the new licence: “Your people work with the new licences now. Please end the old subscription (${d.names.join(', ')}) where you bought it, or switch off its renewal there: we cannot do that for you, and until then you pay for both.”`,
  unsure: (d: { customer: Safe; names: readonly Safe[] }) => `Whether ${d.customer} bought these elsewhere too could not be told: ${d.names.join(', ')}.`,
  none: (d: { customer: Safe }) => `${d.customer} has no paid licences from elsewhere either, as Partner Center counts them now.`,
  unknown: (d: { customer: Safe }) => `Whether ${d.customer} has licences from elsewhere could not be told: not all of its subscriptions could be read.`,
};
