/** Every subscription whose term ends, by that day: a derived table for the lists by outcome. It may lag, so that each one shown is read as it is. */
import type { Programme } from '../catalogue/programmes.ts';
import { inChunks } from '../chunks.ts';
import { addDays, dayOf } from '../clock.ts';
import { monthsOf } from '../domain/money.ts';
import type { EndOfTerm, Subscription, Ticket, TrackedSubscription } from '../domain/ticket.ts';
import type { PriceSheets } from '../partnerCenter/port.ts';
import { ENDS, endsBetween, ofCustomer, openKey, SUBSCRIPTION, subscriptionKey, ticketKey, WATCH_KEY } from '../store/rows.ts';
import { type Change, type Store, withPrefix } from '../store/store.ts';
import { type EndLine, type Outcome, OUTCOMES } from './costs.ts';
import { plainFacts, readPrices } from './facts.ts';

interface EndRow {
  customerId: string;
  subscriptionId: string;
  end: EndOfTerm;
}

export interface EndDeps {
  store: Store;
  programmes: readonly Programme[];
}

const READ_MAX = 5_000;
/** So many are read as they are, and counted. */
export const COUNTED_MAX = 200;
const AT_ONCE = 20;
/** So many days back those are counted whose day has gone by since the last look. */
const PASSED_DAYS = 90;

/** What happens at its end; null for what is over, has no end, or is not there. */
function endOf(
  { snapshot: one, goneAt, missingAt, flagLostSince }: TrackedSubscription,
  { programmes }: Pick<EndDeps, 'programmes'>,
  today: string,
): EndOfTerm | null {
  if (goneAt || missingAt || flagLostSince || one.status !== 'active' || one.lastDay === null || one.expiresOn === null || one.isUsage) return null;
  return plainFacts(one, [], { programmes, today }).endOfTerm;
}

function keyOf({ snapshot }: TrackedSubscription): string {
  return openKey(snapshot.expiresOn ?? '', snapshot.id);
}

/** A subscription as it was stored and as it will be. */
export interface Listed {
  before: TrackedSubscription | null;
  now: TrackedSubscription;
}

/**
 * Writes, moves or takes away the lines of a customer's subscriptions, those that are new in one transaction. Before the rows themselves are
 * stored: what a crash leaves is written anew at the next look. `at`: ISO text.
 */
export async function listEnds(deps: EndDeps, all: readonly Listed[], at: string): Promise<void> {
  const today = dayOf(at);
  const fresh = all.filter((one) => one.before === null && endOf(one.now, deps, today) !== null);
  const creates: Change[] = fresh.map(({ now }) => ({ op: 'create', key: keyOf(now), value: rowOf(now, endOf(now, deps, today) as EndOfTerm) }));
  const isWritten = creates.length === 0 || (await deps.store.commit(...ENDS, creates)) === 'done';
  const rest = isWritten ? all.filter((one) => !fresh.includes(one)) : all;
  await inChunks(rest, AT_ONCE, (one) => listEnd(deps, one, today));
}

async function listEnd(deps: EndDeps, { before, now }: Listed, today: string): Promise<void> {
  const end = endOf(now, deps, today);
  const [was, is] = [before && endOf(before, deps, today), before && keyOf(before) === keyOf(now)];
  if (before && was !== null && (end === null || !is)) await deps.store.remove(...ENDS, keyOf(before));
  // What is listed as it should be needs no word.
  if (end !== null && !(is && was === end)) await deps.store.put(...ENDS, keyOf(now), rowOf(now, end));
}

function rowOf({ snapshot: { customerId, id: subscriptionId } }: TrackedSubscription, end: EndOfTerm): EndRow {
  return { customerId, subscriptionId, end };
}

/**
 * Those of one outcome from today, or a later day, up to a day, soonest first; of one customer where one is named. `more`: there are more than are counted;
 * `passed`: so many had it when they were last read, and their day has gone by since.
 */
export async function endsUntil(
  deps: EndDeps & { priceSheets: PriceSheets },
  outcome: Outcome,
  { today, from = today, until, customerId }: { today: string; from?: string; until: string; customerId: string | null },
): Promise<{ lines: EndLine[]; more: boolean; passed: number }> {
  const wanted: readonly EndOfTerm[] = OUTCOMES[outcome];
  const isWanted = (one: TrackedSubscription) => {
    const end = endOf(one, deps, today);
    return end !== null && wanted.includes(end);
  };
  const dayOfEnd = ({ snapshot }: TrackedSubscription) => snapshot.expiresOn ?? '';
  const whole = customerId ? (await ofOne(deps.store, customerId)).filter(isWanted) : null;
  const between = async (first: string, last: string) =>
    whole?.filter((one) => dayOfEnd(one) >= first && dayOfEnd(one) <= last) ?? (await ofAll(deps.store, wanted, endsBetween(first, last))).filter(isWanted);
  const passed = (await between(addDays(today, -PASSED_DAYS), addDays(today, -1))).length;
  const fitting = (await between(from > today ? from : today, until)).sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  const lines: (EndLine & { snapshot: Subscription })[] = [];
  const names = new Map<string, string>();
  await inChunks(fitting.slice(0, COUNTED_MAX), AT_ONCE, async (one) => {
    const { customerId: customer, id } = one.snapshot;
    const [watch, ticket] = await Promise.all([
      names.has(customer) ? undefined : deps.store.get<{ name: string }>(...ofCustomer(customer), WATCH_KEY),
      one.ticket ? deps.store.get<Ticket>(...ofCustomer(customer), ticketKey(one.ticket)) : undefined,
    ]);
    if (watch) names.set(customer, watch.value.name);
    lines.push({
      ...lineOf(one, endOf(one, deps, today) as EndOfTerm),
      customerName: id,
      ticketId: one.ticket,
      priceNow: ticket?.value.facts.priceNow ?? null,
      prices: ticket?.value.facts.prices ?? null,
      snapshot: one.snapshot,
    });
  });
  // All at once: each waits a moment for a sheet that is being read, and no longer.
  const named = await Promise.all(
    lines.map(async ({ snapshot, prices, ...line }) => ({
      ...line,
      customerName: names.get(line.customerId) ?? line.customerId,
      prices: (await readPrices(deps.priceSheets, snapshot)) ?? prices,
    })),
  );
  return { lines: named.sort((a, b) => (a.expiresOn < b.expiresOn ? -1 : 1)), more: fitting.length > COUNTED_MAX, passed };
}

function lineOf({ snapshot: one }: TrackedSubscription, end: EndOfTerm): Omit<EndLine, 'customerName' | 'ticketId' | 'priceNow' | 'prices'> {
  const { customerId, offerName, quantity } = one;
  return { customerId, subscriptionId: one.id, offerName, expiresOn: one.expiresOn ?? '', quantity, end, byMonth: monthsOf(one.term) === 1 };
}

async function ofOne(store: Store, customerId: string): Promise<TrackedSubscription[]> {
  return (await withPrefix<TrackedSubscription>(store, ...ofCustomer(customerId), SUBSCRIPTION, READ_MAX)).map((row) => row.value);
}

async function ofAll(store: Store, wanted: readonly EndOfTerm[], between: readonly [string, string]): Promise<TrackedSubscription[]> {
  const rows = (await store.range<EndRow>(...ENDS, ...between, READ_MAX)).filter((row) => wanted.includes(row.value.end));
  const found: TrackedSubscription[] = [];
  await inChunks(rows.slice(0, COUNTED_MAX + 1), AT_ONCE, async ({ value }) => {
    const row = await store.get<TrackedSubscription>(...ofCustomer(value.customerId), subscriptionKey(value.subscriptionId));
    if (row) found.push(row.value);
  });
  return found;
}
