/**
 * What a customer's subscriptions cost, charge by charge, to the cent. A payment is due on the first day of each billing cycle of a term,
 * for the seats that there are when that day ends.
 * Seats that come later pay for the days that are left of the cycle, their first included; what is given back, stopped or cancelled is
 * paid for by the day, its last included. Pure.
 */
import { addDays, dayOf, daysBetween } from '../../clock.ts';
import type { HeldSubscription, Term } from './state.ts';
import { addMonths, termsOf } from './terms.ts';

/** `term`, `extended`: a payment of such a term. `added`: seats that came in mid-cycle. `returned`, `stopped`: money back. */
export interface Charge {
  /** The UTC day on which it is due; it is for the days from then to `to`. */
  on: string;
  to: string;
  what: 'term' | 'extended' | 'added' | 'returned' | 'stopped';
  seats: number;
  /** A seat for a whole cycle, and all of it: in cents. */
  unit: number;
  amount: number;
}

export interface InvoiceLine extends Charge {
  subscription: string;
  offerName: string;
}

export interface Invoice {
  /** `2027-01`; null: all months. */
  month: string | null;
  currency: 'EUR';
  lines: InvoiceLine[];
  /** In cents. */
  total: number;
}

/** A customer's invoice of a UTC month, or of all of them: all that was due in it by a moment. */
export function invoice(subscriptions: readonly HeldSubscription[], month: string | null, at: string): Invoice {
  const lines = subscriptions.flatMap((held) =>
    chargesOf(termsOf(held))
      .filter(({ on }) => on.startsWith(month ?? '') && on <= dayOf(at))
      .map((charge) => ({ subscription: held.wire.id, offerName: held.wire.offerName, ...charge })),
  );
  lines.sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
  return { month, currency: 'EUR', lines, total: lines.reduce((sum, one) => sum + one.amount, 0) };
}

/** A term has at most so many payments: ten years, month by month. */
const CYCLES_MAX = 120;

/** All charges of all terms, as far as the terms go. */
export function chargesOf(terms: readonly Term[]): Charge[] {
  const charges: Charge[] = [];
  for (const term of terms) {
    for (let n = 0; n < CYCLES_MAX; n++) {
      const from = addMonths(term.from, n * term.cycle);
      if (from >= term.to) break;
      const whole = addMonths(term.from, (n + 1) * term.cycle);
      charges.push(...ofCycle(term, { from, whole, to: whole < term.to ? whole : term.to }));
    }
  }
  return charges.filter((one) => one.amount !== 0);
}

/** One cycle: its first day, the first day after it, and the same were the term not to end before. */
interface Cycle {
  from: string;
  whole: string;
  to: string;
}

function ofCycle(term: Term, { from, whole, to }: Cycle): Charge[] {
  const stop = term.stoppedAt === undefined ? undefined : dayOf(term.stoppedAt);
  // Nothing is due of a cycle after the day on which all ended.
  if (stop !== undefined && stop < from) return [];
  const days = daysBetween(from, whole);
  const last = addDays(to, -1);
  const costs = (on: string, seats: number, daysPaid: number) => ({
    on,
    to: last,
    seats,
    unit: term.unit,
    amount: Math.round((seats * term.unit * daysPaid) / days),
  });
  const begins = term.seats.findLast(({ at }) => dayOf(at) <= from) ?? term.seats[0];
  let seats = begins?.seats ?? 0;
  const kind = term.kind === 'extended' ? 'extended' : 'term';
  const charges: Charge[] = [{ what: kind, ...costs(from, seats, daysBetween(from, to)) }];
  for (const change of term.seats) {
    const on = dayOf(change.at);
    if (change === begins || on < from || on >= to || (begins && change.at <= begins.at)) continue;
    if (term.stoppedAt !== undefined && change.at > term.stoppedAt) break;
    const more = change.seats - seats;
    seats = change.seats;
    if (more > 0) charges.push({ what: 'added', ...costs(on, more, daysBetween(on, to)) });
    if (more < 0) charges.push({ what: 'returned', ...costs(on, more, daysBetween(on, to) - 1) });
  }
  if (stop !== undefined && stop < to) charges.push({ what: 'stopped', ...costs(stop, -seats, daysBetween(stop, to) - 1) });
  return charges;
}
