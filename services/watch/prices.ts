/** What a look needs to know of prices: of tickets that are open, and, once a term, of what renews within sixty days. */
import { dayOf, daysBetween } from '../clock.ts';
import type { Money } from '../domain/money.ts';
import { ASK_AHEAD_DAYS, DEARER_PERCENT } from '../domain/rules.ts';
import type { EndPrices, Subscription, Ticket, TrackedSubscription } from '../domain/ticket.ts';
import { askedPrices, losesPromotion } from '../tickets/costs.ts';
import { endOfTerm } from '../tickets/endOfTerm.ts';
import { priceToday, readPrices } from '../tickets/facts.ts';
import type { SweepDeps } from './deps.ts';

const ASK_MAX = 10; // renewals of one customer at one look, each a read of its order; the others are asked at the next
const PRICED_MAX = 500; // of one customer at one look, out of sheets that are read

/** `ahead`: how its renewal will be dearer; null where it will not, or nobody can say. Absent where that was not asked now. */
export interface Priced {
  prices: EndPrices | null;
  ahead?: 'dearer' | 'losesPromotion' | null;
}

/** How each stands in the store. */
export interface Standing {
  known: TrackedSubscription | null;
  ticket: Ticket | null;
}

/** Prices of those of one customer that need them, by their ids. Where no sheet can be read, it is empty. */
export async function priced(
  deps: Pick<SweepDeps, 'partnerCenter' | 'priceSheets' | 'clock'>,
  all: Iterable<Subscription>,
  standingOf: (id: string) => Standing,
): Promise<ReadonlyMap<string, Priced>> {
  const today = dayOf(deps.clock.now());
  let ahead = 0;
  const asked: { one: Subscription; isAhead: boolean }[] = [];
  for (const one of all) {
    if (asked.length >= PRICED_MAX || one.kind !== 'newCommerce' || askedPrices(one) === null) continue;
    const { known, ticket } = standingOf(one.id);
    const isAhead = ahead < ASK_MAX && !ticket && known !== null && isAskedAhead(known, one, today);
    if (isAhead) ahead += 1;
    if (ticket || isAhead) asked.push({ one, isAhead });
  }
  const found = await Promise.all(asked.map(async ({ one, isAhead }) => [one.id, await pricedOne(deps, one, isAhead)] as const));
  return new Map(found.flatMap(([id, is]) => (is ? [[id, is]] : [])));
}

async function pricedOne(deps: Pick<SweepDeps, 'partnerCenter' | 'priceSheets'>, one: Subscription, isAhead: boolean): Promise<Priced | null> {
  const prices = await readPrices(deps.priceSheets, one);
  if (isAhead && losesPromotion(one)) return { prices, ahead: 'losesPromotion' };
  if (!prices || !isAhead) return prices && { prices };
  return { prices, ahead: dearer(await priceToday(deps.partnerCenter, one), prices.renewal) };
}

/** It renews as it is within sixty days, and of this term nobody has asked yet. */
function isAskedAhead(known: TrackedSubscription, one: Subscription, today: string): boolean {
  if (one.expiresOn === null || known.askedAhead === one.expiresOn || known.liveMove || known.goneAt || known.ticket) return false;
  const left = daysBetween(today, one.expiresOn);
  return left >= 0 && left <= ASK_AHEAD_DAYS && endOfTerm(one, { today }) === 'renews';
}

/** Small differences are those of rounding. Pure. */
export function dearer(now: Money | null, then: Money | null): 'dearer' | null {
  return now && then && now.currency === then.currency && then.minor * 100 > now.minor * (100 + DEARER_PERCENT) ? 'dearer' : null;
}
