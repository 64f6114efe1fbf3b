import type { Customer } from '../domain.ts';
import { nameCustomer } from '../lists.ts';
import { type CustomerPage, PartnerCenterError } from '../partnerCenter/port.ts';
import { relistAll } from '../speak/chats.ts';
import { type Change, type Row, type Store, withPrefix } from '../store/store.ts';
import type { Chore, Turn } from '../worker.ts';
import { applySweep, type ListedRow, newToken, NOTED_LOOKS, type Sweeping, WATCH_KEY, type WatchRow } from './sweep.ts';

/** How far the watch has come; one row. */
export interface WalkRow {
  nextAt: number;
  walkedAt: string | null;
  customers: number;
  /** When every customer had been looked at once; until then nothing is a flip. */
  baselineAt: string | null;
}

const AT_ONCE = 16;
const AT_ONCE_HERE = 64;
const WALK_LOOK_MS = 60_000;
const CUSTOMERS_MAX = 1_000_000;
const MANY = 10_000;
const PAGES_MAX = 2_000;
const SEED_HINT_MS = 1_000;

/** The walk is nobody's message: each process looks whether it is time for it. */
export function walking(periodMs: number): Chore {
  return { queue: 'sweep', text: 'walk', everyMs: Math.min(periodMs / 4, WALK_LOOK_MS) };
}

export async function walkRow(store: Store): Promise<WalkRow | undefined> {
  return (await store.get<WalkRow>('sweep', 'walk', 'walk'))?.value;
}

/** Lists all customers and gives each a message of its own; one process at a time does it. */
export async function walk(deps: Sweeping): Promise<Turn> {
  const row = await deps.store.get<WalkRow>('sweep', 'walk', 'walk');
  const at = deps.clock.wallMs();
  if (row && row.value.nextAt > at) return 'rest';
  const value: WalkRow = { walkedAt: null, customers: 0, baselineAt: null, ...row?.value, nextAt: at + deps.periodMs };
  const change: Change = row ? { op: 'replace', key: 'walk', value, etag: row.etag } : { op: 'create', key: 'walk', value };
  if ((await deps.store.commit('sweep', 'walk', [change])) === 'conflict') return 'rest';
  for (const chat of await relistAll(deps.store)) deps.hints.nudge('speak', `chat ${chat}`); // a hint may have been lost
  try {
    // Whoever is met in the pages is taken out; who is left over has left.
    const unseen = await readListed(deps, value.customers, at);
    const first = value.baselineAt === null;
    let customers = 0;
    let seeded = 0;
    for await (const page of pagesOfCustomers(deps)) {
      customers += page.length;
      await inPacks(page, async (customer) => {
        const settled = unseen.get(customer.id) === customer.name;
        unseen.delete(customer.id);
        if (settled) return;
        const text = await seedCustomer(deps, customer, at, first);
        // The first few are looked at here and now: a small partner need not wait for the queue.
        if (text && ++seeded <= AT_ONCE_HERE) deps.hints.nudge('sweep', text);
      });
    }
    await inPacks([...unseen.keys()], (customerId) => letGo(deps, customerId));
    const baselineAt = (await walkRow(deps.store))?.baselineAt ?? null;
    await deps.store.put('sweep', 'walk', 'walk', { ...value, walkedAt: deps.clock.now().toISOString(), customers, baselineAt });
    deps.hints.nudge('sweep', 'baseline');
  } catch (error) {
    if (!(error instanceof PartnerCenterError)) throw error;
    deps.log.warn({ code: error.code }, 'the customers could not be listed; trying again');
  }
  return 'rest';
}

async function inPacks<T>(all: T[], work: (one: T) => Promise<void>): Promise<void> {
  for (let from = 0; from < all.length; from += AT_ONCE) await Promise.all(all.slice(from, from + AT_ONCE).map(work));
}

/** The names of the customers of the last walk; null for one whose message was lost. Read in parts, for only what is kept may take memory. */
async function readListed(deps: Sweeping, about: number, at: number): Promise<Map<string, string | null>> {
  const lostAfterMs = (NOTED_LOOKS + 3) * deps.periodMs + 60_000;
  const listed = new Map<string, string | null>();
  const digits = about > MANY ? 2 : 1;
  for (let part = 0; part < 16 ** digits; part++) {
    const prefix = part.toString(16).padStart(digits, '0');
    for (const { key, value } of await withPrefix<ListedRow>(deps.store, 'sweep', 'c', prefix, CUSTOMERS_MAX)) {
      if (value.goneAt === null) listed.set(key, value.notedAt > at - lostAfterMs ? value.name : null);
    }
  }
  return listed;
}

/** All pages, or a failure: nothing is concluded from half a list. */
async function* pagesOfCustomers(deps: Sweeping): AsyncGenerator<Customer[]> {
  let after: string | null = null;
  for (let page = 0; page < PAGES_MAX; page++) {
    const answer: CustomerPage = await deps.patient.customers(after);
    yield answer.items;
    if (!answer.next) return;
    after = answer.next;
  }
  throw new Error(`The list of customers did not end after ${PAGES_MAX} pages.`);
}

/** A customer who is new, renamed or back, or whose message has not shown itself for long, gets a new message; its text, or null where there is none. */
async function seedCustomer(deps: Sweeping, customer: Customer, at: number, first: boolean): Promise<string | null> {
  const row = await deps.store.get<WatchRow>('customers', customer.id, WATCH_KEY);
  const value: WatchRow = {
    lookedAt: null,
    hurriedAt: 0,
    skipped: null,
    ...row?.value,
    name: customer.name,
    token: newToken(),
    notedAt: at,
    goneAt: null,
  };
  if (row?.value.name !== customer.name) await nameCustomer(deps.store, customer);
  if (first && value.lookedAt === null) await deps.store.put('sweep', 'new', customer.id, {});
  const text = `c ${customer.id} ${value.token} ${at}`;
  await deps.queues.send('sweep', text, SEED_HINT_MS);
  const change: Change = row ? { op: 'replace', key: WATCH_KEY, value, etag: row.etag } : { op: 'create', key: WATCH_KEY, value };
  if ((await deps.store.commit('customers', customer.id, [change])) === 'conflict') return null;
  await deps.store.put('sweep', 'c', customer.id, { name: customer.name, notedAt: at, goneAt: null } satisfies ListedRow);
  return text;
}

/** A customer who is in none of all the pages has left: what was open there is closed, and nobody looks any more. */
async function letGo(deps: Sweeping, customerId: string): Promise<void> {
  const rows = await deps.store.range<never>('customers', customerId, 'out_', `${WATCH_KEY}~`);
  const row = rows.find((one) => one.key === WATCH_KEY) as Row<WatchRow> | undefined;
  if (!row) return;
  const { name, notedAt } = row.value;
  await applySweep(deps, { id: customerId, name }, { items: [], unread: [], whole: true }, rows, { baseline: false, relist: false });
  const goneAt = deps.clock.now().toISOString();
  const change: Change = { op: 'replace', key: WATCH_KEY, value: { ...row.value, goneAt } satisfies WatchRow, etag: row.etag };
  if ((await deps.store.commit('customers', customerId, [change])) === 'conflict') return;
  await deps.store.put('sweep', 'c', customerId, { name, notedAt, goneAt } satisfies ListedRow);
  await deps.store.remove('sweep', 'new', customerId);
  await deps.store.remove('sweep', 'skipped', customerId);
  deps.log.info({ customer: customerId }, 'a customer is no longer in the list and was let go');
}

/** When every customer was looked at or skipped once, the chats hear in one digest what had stopped before. */
export async function noteBaseline(deps: Sweeping): Promise<Turn> {
  const row = await deps.store.get<WalkRow>('sweep', 'walk', 'walk');
  if (!row || row.value.baselineAt || !row.value.walkedAt) return 'rest';
  const [waiting] = await deps.store.range('sweep', 'new', '0', '~', 1);
  if (waiting) {
    // A look that ended between its two writes has left its mark here.
    const seen = (await deps.store.get<WatchRow>('customers', waiting.key, WATCH_KEY))?.value;
    if (!seen || (seen.lookedAt === null && seen.skipped === null)) return 'rest';
    await deps.store.remove('sweep', 'new', waiting.key);
    return { againMs: 0 };
  }
  const value = { ...row.value, baselineAt: deps.clock.now().toISOString() };
  await deps.hints.before('speak', 'digest');
  if ((await deps.store.commit('sweep', 'walk', [{ op: 'replace', key: 'walk', value, etag: row.etag }])) === 'done') deps.hints.nudge('speak', 'digest');
  return 'rest';
}
