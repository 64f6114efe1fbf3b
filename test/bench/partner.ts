/**
 * A partner with very many customers, of ten subscriptions each: what Partner Center answers about them, and what the product has stored of
 * them. One customer of each kind is looked at by the product itself; all others are that one's text with another number in it.
 */
import { fileURLToPath } from 'node:url';
import { readProgrammes } from '../../services/catalogue/programmes.ts';
import { addDays, dayOf, systemClock } from '../../services/clock.ts';
import { textOf } from '../../services/queue/messages.ts';
import { FORMAT } from '../../services/store/format.ts';
import {
  ALL_KEYS,
  COUNTERS,
  CUSTOMERS,
  ENDS,
  FORMAT_KEY,
  FORMAT_MARK,
  LISTED,
  LISTING,
  LISTING_KEY,
  OPEN,
  OUTBOX,
  RETENTION,
  RETENTION_KEY,
  TICKET_COUNTER_KEY,
  TICKET_NAMES,
} from '../../services/store/rows.ts';
import type { Table } from '../../services/store/store.ts';
import { handleSweep } from '../../services/watch/handler.ts';
import { restOf, spread, stretchOf } from '../../services/watch/rest.ts';
import { type ListingRow, NEVER_LISTED, NOTED_LOOKS, readWatch } from '../../services/watch/rows.ts';
import { memoryStore } from '../support/memory.ts';
import { openSweep } from '../support/sweeping.ts';
import { idOf, wireSubscription } from './service.ts';

export const CUSTOMERS_OF_PARTNER = 50_000;
const EACH = 10;
const PAGE = 500;
const DAY_MS = 86_400_000;
/** What stands for a customer's number and a ticket's in the texts. */
const PLACE = 'ffffffff';
const PLACED = /ffffffff/g;
const TICKET_PLACED = /(?<![A-Za-z])S-\d{4}\b/g;
/** Under the first letters of a word of its name. */
const NAMED_PLACE = 'n_ff';
const PLACE_ID = idOf(Number.parseInt(PLACE, 16));
const LISTED_CUSTOMER = `{"id":"${PLACE_ID}","companyProfile":{"tenantId":"${PLACE_ID}","domain":"c${PLACE}.onmicrosoft.com","companyName":"Company ${PLACE}"}}`;
const GENERATION = 'made';
/** What most of them have. */
const PRODUCT = 'CFQ7TTC0LF8Q';
/** Of a customer's ten. */
const ENDING = 1;
/** What each customer's tenant holds. */
const POOLS = JSON.stringify({
  items: ['ENTERPRISEPACK', 'FLOW_FREE', 'POWER_BI_STANDARD'].map((part, n) => ({
    productSku: { id: `6fd2c87f-b296-42f0-b197-1e91e994b90${n}`, name: part, skuPartNumber: part },
    ...{ activeUnits: 30, consumedUnits: 25, availableUnits: 5, servicePlans: [] },
  })),
});
/** Where its customers are. */
const MARKETS = ['IE', 'GB', 'FR', 'DE', 'IT', 'ES', 'NL', 'SE', 'DK', 'FI', 'PL', 'AT'];
const PROGRAMMES = readProgrammes([fileURLToPath(new URL('../../services/catalogue/programmes/', import.meta.url))]);
const FIRST_TICKET = 1_001;
/** One customer in ten has a subscription that will end, with an open ticket; they end on so many days, the first of them in three weeks. */
const ONE_IN = 10;
const END_DAYS = 20;
const SOONEST_DAYS = 21;
const LATEST_DAYS = 160;
/** Of one in a hundred the product does not know yet that a renewal was switched off. */
const NEWLY_ONE_IN = 100;

interface Kind {
  /** The list of its subscriptions. */
  list: string;
  /** What the product has stored of it, a row each. */
  rows: readonly RowText[];
  /** The day on which the next of its terms ends. */
  endsOn: string;
}

type RowText = readonly [table: string, partition: string, key: string, properties: string];

export interface Partner {
  /** What Partner Center answers to a path, from the place on at which a list goes on; null where it knows nothing. */
  answer(path: string, after: number): string | null;
  /** Rows of a customer's own partition, as the storage has them. */
  rowsOf(id: string, from: string, to: string): [key: string, properties: string][];
  /** All other rows. */
  lists(): Iterable<RowText>;
  /** The text of each customer's wake-up, and when it shows itself. */
  wakeUps(): Iterable<[text: string, visibleAt: number]>;
}

/** `now`: the moment at which it begins. */
export async function makePartner(now: number, { periodMs, perMinute }: { periodMs: number; perMinute: number }): Promise<Partner> {
  const today = dayOf(new Date(now));
  const kinds = [await lookAt(today, null)];
  for (let day = 0; day < END_DAYS; day++) kinds.push(await lookAt(today, addDays(today, SOONEST_DAYS + day)));
  const kindOf = (n: number) => kinds[n % ONE_IN === 0 ? 1 + ((n / ONE_IN) % END_DAYS) : 0] as Kind;
  const shownOf = (n: number) => (n % NEWLY_ONE_IN === 1 ? (kinds[1 + (n % END_DAYS)] as Kind) : kindOf(n));
  const ends = new Map<string, number>();
  for (let n = 0; n < CUSTOMERS_OF_PARTNER; n++) ends.set(kindOf(n).endsOn, (ends.get(kindOf(n).endsOn) ?? 0) + 1);
  const stretch = stretchOf(ends, today, { periodMs, perMinute });

  /** The row of the n-th customer, noted and looked at for licences from elsewhere at a time of its own. */
  function rowOf(n: number, [table, partition, key, properties]: RowText): RowText {
    const own = placed(n, properties);
    return [
      table,
      partition === NAMED_PLACE ? `n_${idOf(n).slice(0, 2)}` : placed(n, partition),
      placed(n, key),
      own.includes('notedAt') ? timed(idOf(n), own) : own,
    ];
  }
  function timed(id: string, properties: string): string {
    return properties
      .replace(/(notedAt\\":)\d+/, `$1${now - spread(id, NOTED_LOOKS * periodMs)}`)
      .replace(/(nextAt\\":)\d+/, `$1${now + spread(id, DAY_MS)}`)
      .replace(/(generation\\":\\")\w+/, `$1${GENERATION}`);
  }
  return {
    answer(path, after) {
      const [, id = '', what] = /^\/v1\/customers\/([0-9a-f-]{36})(?:\/(\w+))?/.exec(path) ?? [];
      if (what === 'subscriptions') return placed(numberOf(id), shownOf(numberOf(id)).list);
      if (what === 'subscribedskus') return POOLS;
      if (id && what === undefined) return `{"billingProfile":{"defaultAddress":{"country":"${MARKETS[numberOf(id) % MARKETS.length]}"}}}`;
      if (path === '/v1/customers') return pageFrom(after);
      return /auditrecords|analytics/.test(path) ? '{"items":[]}' : null;
    },
    rowsOf(id, from, to) {
      const n = numberOf(id);
      if (!(n < CUSTOMERS_OF_PARTNER)) return [];
      const own = kindOf(n).rows.filter(([table, , key]) => table === CUSTOMERS && placed(n, key) >= from && placed(n, key) < to);
      return own.map((row) => rowOf(n, row)).map(([, , key, properties]) => [key, properties]);
    },
    *lists() {
      // Of the table of ends a tenth: more than any list reads of it.
      for (let n = 0; n < CUSTOMERS_OF_PARTNER; n++)
        for (const row of kindOf(n).rows) if (row[0] !== CUSTOMERS && (row[1] !== ENDS[1] || n % ONE_IN === 0)) yield rowOf(n, row);
      const walkedAt = new Date(now - periodMs).toISOString();
      const walked: ListingRow = { ...NEVER_LISTED, nextAt: 0, walkedAt, baselineAt: walkedAt, customers: CUSTOMERS_OF_PARTNER, stretch };
      yield [...LISTING, LISTING_KEY, propertiesOf(walked)];
      yield [...COUNTERS, TICKET_COUNTER_KEY, propertiesOf({ next: FIRST_TICKET + CUSTOMERS_OF_PARTNER / ONE_IN })];
      // What is done once a day is due.
      yield [...RETENTION, RETENTION_KEY, propertiesOf({ nextAt: 0 })];
      yield [...FORMAT_MARK, FORMAT_KEY, propertiesOf({})];
    },
    *wakeUps() {
      for (let n = 0; n < CUSTOMERS_OF_PARTNER; n++) {
        const dueAtMs = now + spread(idOf(n), restOf(kindOf(n).endsOn, today, { periodMs, stretch }));
        yield [textOf({ queue: 'sweep', what: 'poll', customerId: idOf(n), generation: GENERATION, dueAtMs }), dueAtMs];
      }
    },
  };
}

function pageFrom(from: number): string {
  const items = Array.from({ length: Math.min(PAGE, CUSTOMERS_OF_PARTNER - from) }, (_, n) => placed(from + n, LISTED_CUSTOMER));
  const next = from + PAGE < CUSTOMERS_OF_PARTNER ? `,"links":{"next":{"headers":[{"key":"MS-ContinuationToken","value":"${from + PAGE}"}]}}` : '';
  return `{"totalCount":${CUSTOMERS_OF_PARTNER},"items":[${items.join(',')}]${next}}`;
}

function placed(n: number, text: string): string {
  return text.replace(PLACED, idOf(n).slice(0, 8)).replace(TICKET_PLACED, `S-${FIRST_TICKET + n / ONE_IN}`);
}

/** A row's value as the storage has it. */
function propertiesOf(value: unknown): string {
  return JSON.stringify({ v: FORMAT, w: 'made', j0: JSON.stringify(value) }).slice(1, -1);
}

function numberOf(id: string): number {
  return Number.parseInt([...id.slice(0, 8)].reverse().join(''), 16);
}

/** A customer as the product knows it that has looked at it twice; before the second look one of its renewals was switched off, where a day is given. */
async function lookAt(today: string, endsOn: string | null): Promise<Kind> {
  const store = memoryStore();
  let list = listWith(today, null);
  const service = { fetch: async (url: string) => answerOf(url.includes('/subscriptions') ? list : `{"items":[${LISTED_CUSTOMER}]}`) };
  const { sweeping } = openSweep(systemClock(), service, 6_000_000_000, store);
  const deps = { ...sweeping, programmes: PROGRAMMES, wake: { schedule: async () => {}, now: () => {} } };
  await handleSweep(deps, { queue: 'sweep', what: 'listCustomers' });
  const look = async () => {
    const generation = (await readWatch(store, PLACE_ID))?.value.generation ?? '';
    await handleSweep(deps, { queue: 'sweep', what: 'poll', customerId: PLACE_ID, generation, dueAtMs: Date.now() });
  };
  await look();
  await handleSweep(deps, { queue: 'sweep', what: 'baseline' });
  list = listWith(today, endsOn);
  await look();
  const rows: RowText[] = [];
  const tables: Table[] = [CUSTOMERS, OPEN[0], TICKET_NAMES[0], LISTED[0]];
  for (const table of tables)
    for await (const page of store.scan(table, ...ALL_KEYS))
      for (const { partition, key, value } of page)
        if (!key.startsWith(OUTBOX) && (table !== LISTED[0] || partition === LISTED[1])) rows.push([table, partition, key, propertiesOf(value)]);
  return { list, rows, endsOn: endsOn ?? addDays(today, LATEST_DAYS) };
}

function answerOf(text: string) {
  return { ok: true, status: 200, headers: { get: () => null }, text: async () => text };
}

/** Two of ten are of the old kind. One that ends does so on `endsOn`. */
function listWith(today: string, endsOn: string | null): string {
  const items = Array.from({ length: EACH }, (_, each) => ({
    ...wireSubscription(Number.parseInt(PLACE, 16), each, each !== ENDING || endsOn === null),
    ...(each % 5 === 0 ? {} : { offerId: `${PRODUCT}:0001:CFQ7TTC0K9SX`, productType: { id: 'OnlineServicesNCE', displayName: 'OnlineServicesNCE' } }),
    commitmentEndDate: `${each === ENDING && endsOn !== null ? endsOn : addDays(today, LATEST_DAYS)}T00:00:00Z`,
  }));
  return JSON.stringify({ totalCount: EACH, items });
}

/** Some 40 MB, as the real ones are: so many products, with four prices each. */
const SHEET_PRODUCTS = 14_000;
const COLUMNS =
  'ProductTitle,ProductId,SkuId,SkuTitle,Publisher,SkuDescription,UnitOfMeasure,TermDuration,BillingPlan,Market,Currency,UnitPrice,PricingTierRangeMin,PricingTierRangeMax,EffectiveStartDate,EffectiveEndDate,Tags,ERP Price,Segment';
const TERMS = [
  ['P1M', 'Monthly', '12'],
  ['P1Y', 'Monthly', '120'],
  ['P1Y', 'Annual', '120'],
  ['P3Y', 'Annual', '360'],
] as const;
const ABOUT = 'What is sold, and to whom, in as many words as it takes. '.repeat(8);

/** The price sheet of a market, in pieces. */
export function* sheetOf(market: string): Generator<string> {
  yield `\uFEFF${quoted(COLUMNS.split(','))}`;
  for (let n = 0; n < SHEET_PRODUCTS; n++) {
    const [title, product] = [`Plan ${n}`, n === 0 ? PRODUCT : `CFQ7TTC1${n.toString(36).toUpperCase().padStart(4, '0')}`];
    const about = [title, product, '0001', title, 'Microsoft Corporation', ABOUT, ''];
    yield TERMS.map(([term, plan, price]) =>
      quoted([...about, term, plan, market, 'EUR', price, '', '', '1/1/2026 12:00:00 AM', '12/31/9999 11:59:59 PM', 'License', price, 'Commercial']),
    ).join('');
  }
}

function quoted(values: readonly string[]): string {
  return `${values.map((value) => `"${value}"`).join(',')}\r\n`;
}
