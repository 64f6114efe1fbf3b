/** The terms of a subscription: when each began, for how many seats, at which price. Pure. */
import { addDays, dayOf, later } from '../../clock.ts';
import { monthsOf } from '../../domain/money.ts';
import { CANCEL_WINDOW_DAYS } from '../../domain/rules.ts';
import type { Json } from './bodies.ts';
import { planOf, seatPrice } from './catalogue.ts';
import type { HeldSubscription, Term } from './state.ts';

const CYCLE_MONTHS: Readonly<Record<string, number>> = { monthly: 1, annual: 12, triennial: 36 };

/** The same day so many months later, or the last of a shorter month. */
export function addMonths(day: string, months: number): string {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate();
  return dayOf(new Date(Date.UTC(year, month - 1 + months, Math.min(date, last))));
}

/** The first day after its term: a classic end is exclusive, all others are the last day. */
export function dayAfter({ wire }: Pick<HeldSubscription, 'wire'>): string {
  const day = dayOf(wire.commitmentEndDate);
  return wire.productType ? addDays(day, 1) : day;
}

/** Months of a payment; 1 where the cycle is not one of licences. */
export function cycleOf(billing: unknown): number {
  return CYCLE_MONTHS[String(billing).toLowerCase()] ?? 1;
}

/** What a seat costs for one cycle by today's list, in cents; what it was sold for where no list has it. */
export function listPrice(held: HeldSubscription, term: string, billing: string): number {
  const plan = planOf(held.before?.offerId ?? held.wire.offerId);
  return (plan && seatPrice(plan, term, billing)) ?? held.price * cycleOf(billing);
}

/** All terms so far; the first is told by the resource where nothing has changed in it. */
export function termsOf(held: HeldSubscription): readonly Term[] {
  if (held.terms) return held.terms;
  const { wire } = held;
  const months = monthsOf(String(wire.termDuration ?? ''));
  if (months === null || wire.billingType !== 'license') return [];
  const to = dayAfter(held);
  const [counted, began] = [addMonths(to, -months), dayOf(String(wire.effectiveStartDate ?? ''))];
  const from = began > counted && began < to ? began : counted;
  const unit = wire.isTrial === true ? 0 : wire.productType ? listPrice(held, String(wire.termDuration), String(wire.billingCycle)) : held.price;
  const seats = [{ at: `${from}T00:00:00Z`, seats: wire.quantity }];
  const stopped = wire.status === 'suspended' && !wire.productType ? { stoppedAt: String(wire.suspendedAt ?? seats[0]?.at) } : {};
  return [{ kind: wire.isTrial === true ? 'trial' : 'term', from, to, unit, cycle: cycleOf(wire.billingCycle), seats, ...stopped }];
}

export function currentTerm(held: HeldSubscription): Term | undefined {
  return termsOf(held).at(-1);
}

/** The same with another last term. Changes `held`. */
function amend(held: HeldSubscription, change: (term: Term) => Term): void {
  const all = termsOf(held);
  const last = all.at(-1);
  if (last) held.terms = [...all.slice(0, -1), change(last)];
}

/** From now on it has so many seats; to be called before the resource says so. */
export function seatsFrom(held: HeldSubscription, at: string, seats: number): void {
  amend(held, (term) => ({ ...term, seats: [...term.seats, { at, seats }] }));
}

/** Nothing is billed from the next day on. */
export function stopBilling(held: HeldSubscription, at: string): void {
  amend(held, (term) => ({ stoppedAt: at, ...term }));
}

/** Billed again for the rest of its term. */
export function billAgain(held: HeldSubscription, at: string): void {
  const last = currentTerm(held);
  if (last?.stoppedAt) held.terms = [...termsOf(held), { ...withoutStop(last), from: dayOf(at), seats: [{ at, seats: held.wire.quantity }] }];
}

function withoutStop({ stoppedAt: _, ...term }: Term): Term {
  return term;
}

const WINDOW_MS = CANCEL_WINDOW_DAYS * 86_400_000;

/** Seats that can still be given back: those of a purchase or renewal, and those added later, for 168 hours each; the oldest go first. */
export function refundable(held: HeldSubscription, at: Date): { totalQuantity: number; details: { quantity: number; allowedUntilDateTime: string }[] } {
  const term = currentTerm(held);
  const open: { quantity: number; allowedUntilDateTime: string }[] = [];
  let before = 0;
  for (const change of term && term.kind === 'term' ? term.seats : []) {
    let gone = before - change.seats;
    before = change.seats;
    if (gone < 0) open.push({ quantity: -gone, allowedUntilDateTime: later(change.at, WINDOW_MS) });
    while (gone > 0 && open.length > 0) {
      const last = open.at(-1) as { quantity: number };
      const taken = Math.min(gone, last.quantity);
      last.quantity -= taken;
      gone -= taken;
      if (last.quantity === 0) open.pop();
    }
  }
  const details = open.filter((one) => one.allowedUntilDateTime > at.toISOString());
  return { totalQuantity: details.reduce((sum, one) => sum + one.quantity, 0), details };
}

/** What begins on a day, in place of what was. */
export interface Begun {
  kind: Term['kind'];
  term: string;
  billing: string;
  quantity: number;
  unit: number;
}

/** Begins a term on a UTC day: the resource's dates, what can be taken back until when, and its bill. Changes `held`. */
export function beginTerm(held: HeldSubscription, from: string, { kind, term, billing, quantity, unit }: Begun): void {
  const to = addMonths(from, monthsOf(term) ?? 12);
  const terms = termsOf(held);
  const { wire } = held;
  const last = wire.productType ? addDays(to, -1) : to;
  Object.assign(wire, { termDuration: term, billingCycle: billing, quantity, commitmentEndDate: `${last}T00:00:00Z` });
  if (wire.productType) wire.commitmentEndDateTime = `${last}T23:59:59Z`;
  const until = kind === 'extended' ? `${last}T23:59:59Z` : later(`${from}T00:00:00Z`, WINDOW_MS);
  if (wire.productType) Object.assign(wire, { cancellationAllowedUntilDate: until, refundOptions: [{ type: 'Full', expiresAt: until }] } satisfies Json);
  held.terms = [...terms, { kind, from, to, unit, cycle: cycleOf(billing), seats: [{ at: `${from}T00:00:00Z`, seats: quantity }] }];
}
