/** The pretend world: what it holds, and how it is kept on disk through restarts and kills. */
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '../../clock.ts';
import type { BodyOf, Json } from './bodies.ts';

/** This machine's own; each world runs ahead of it by its offset. */
const clock = systemClock();

/** A subscription as the wire shows it, and what the wire does not show. */
export interface HeldSubscription {
  wire: Json & { id: string; offerId: string; offerName: string; quantity: number; status: string; autoRenewEnabled: boolean; commitmentEndDate: string };
  version: number;
  skuId: string | null;
  /** Microsoft retired the offer: auto-renew cannot be switched on again. */
  retired: boolean;
  /** A seat a month, in cents. */
  price: number;
  /** When `provisioningstatus` turns to success. */
  readyAt: string;
  /** Since when nothing is planned for its end, so that Microsoft will fill in an Extended Service Term. */
  idleSince?: string;
  /** When what has ended goes one state further; absent before the end. */
  overUntil?: string;
  /** Its plan is at the end of its sale without a conversion: it cannot go on as an Extended Service Term. */
  endOfSale?: boolean;
  /** In an Extended Service Term: what it was before. */
  before?: { offerId: string; term: string; billing: string };
  /** What it was sold for, oldest first; absent in a first term in which nothing has changed. */
  terms?: Term[];
}

/** One term as it is billed. */
export interface Term {
  kind: 'term' | 'extended' | 'trial';
  /** Its first UTC day, and the first day after it. */
  from: string;
  to: string;
  /** A seat and billing cycle, in cents; and the months of a cycle. */
  unit: number;
  cycle: number;
  /** How many seats from a moment on, oldest first. */
  seats: { at: string; seats: number }[];
  /** When billing stopped before its end. */
  stoppedAt?: string;
}

/** What Microsoft does around a term's end where its sources differ, or name no hour. */
export interface TermRules {
  /** So long after nothing is planned an Extended Service Term is filled in. */
  backfillHours: number;
  /** Whether the backfill switches auto-renew on. */
  backfillRenews: boolean;
  /** So long from 00:00 UTC after the last day a renewal is under way. */
  lockHours: number;
}

export interface HeldUser {
  id: string;
  displayName: string;
  upn: string;
  usageLocation: string | null;
  /** Licence SKU to the service plans switched off in it. */
  licences: Record<string, string[]>;
  /** A group gives the licences: they cannot be taken away from the user alone. */
  byGroup?: boolean;
}

export interface HeldCart {
  wire: Json & { id: string; status: string; lineItems: Json[]; expirationTimestamp: string };
  checkout: { status: number; body: Json } | null;
}

export interface HeldCustomer {
  id: string;
  name: string;
  domain: string;
  country: string;
  agreementSigned: boolean;
  validation: string;
  /** In which it is billed; EUR where it is not said. */
  currency?: string;
  /** Titles of products that this customer's catalogue lacks. */
  notSold: string[];
  /** The reseller of record, where the partner is an indirect provider: purchases must name him. */
  reseller?: string;
  /** Seats bought elsewhere, by SKU. */
  foreignSeats: Record<string, number>;
  subscriptions: HeldSubscription[];
  users: HeldUser[];
  carts: HeldCart[];
  orders: { wire: Json & { id: string; lineItems: Json[]; creationDate: string }; listedAt: string; subscription: string; readyAt: string }[];
}

const SYMBOLS: Record<string, string> = { EUR: '€', USD: '$', GBP: '£', SEK: 'kr', NOK: 'kr', DKK: 'kr', CHF: 'CHF', PLN: 'zł' };

/** What a customer is billed in; the figures stay as they are. */
export function currencyOf({ currency = 'EUR' }: Pick<HeldCustomer, 'currency'>): { code: string; symbol: string } {
  return { code: currency, symbol: SYMBOLS[currency] ?? currency };
}

export interface LedgerWrite {
  n: number;
  at: string;
  kind: 'cart' | 'checkout' | 'order' | 'licenceUpdate' | 'subscriptionPatch' | 'agreement' | 'registration' | 'userPatch';
  method: string;
  path: string;
  requestId: string | null;
  /** MS-CorrelationId, as it came. */
  correlationId?: string | null;
  body: unknown;
  status: number;
}

/** What goes wrong with which calls, and how often it was seen and used. */
export type FaultRule = BodyOf<'faults'>['rules'][number] & { seen: number; used: number };

export interface World {
  /** null: kept in memory alone. */
  folder: string | null;
  bornAt: string;
  offsetMs: number;
  customers: Map<string, HeldCustomer>;
  writes: LedgerWrite[];
  requests: Map<string, number>;
  audit: Json[];
  faults: FaultRule[];
  /** Of all customer requests together, as the real one has for a partner. */
  requestsPerMinute: number;
  termRules: TermRules;
  /** Answers by request id: repeated when the id is used again for the same call. */
  replays: Map<string, { status: number; body: Json | null }>;
}

const REPLAYS_MAX = 20_000;

export function emptyWorld(folder: string | null): World {
  if (folder !== null) mkdirSync(join(folder, 'customers'), { recursive: true });
  return {
    folder,
    bornAt: clock.now().toISOString(),
    offsetMs: 0,
    customers: new Map(),
    writes: [],
    requests: new Map(),
    audit: [],
    faults: [],
    requestsPerMinute: 500,
    termRules: { backfillHours: 18, backfillRenews: false, lockHours: 4 },
    replays: new Map(),
  };
}

/** Reads the kept world; undefined when there is none. */
export function readWorld(folder: string): World | undefined {
  if (!existsSync(join(folder, 'world.json'))) return undefined;
  const world = { ...emptyWorld(folder), ...(JSON.parse(readFileSync(join(folder, 'world.json'), 'utf8')) as Pick<World, 'bornAt' | 'offsetMs'>) };
  for (const file of readdirSync(join(folder, 'customers')).sort()) {
    if (!file.endsWith('.json')) continue;
    const customer = JSON.parse(readFileSync(join(folder, 'customers', file), 'utf8')) as HeldCustomer;
    world.customers.set(customer.id, customer);
  }
  world.writes = readLines<LedgerWrite>(join(folder, 'ledger.jsonl'));
  world.audit = readLines<Json>(join(folder, 'audit.jsonl'));
  for (const line of readLines<{ key: string; status: number; body: Json | null }>(join(folder, 'replays.jsonl'))) world.replays.set(line.key, line);
  return world;
}

/** Forgets everything on disk. */
export function wipe(folder: string | null): void {
  if (folder === null) return;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, 'customers'), { recursive: true });
}

export function keepWorld(world: World): void {
  if (world.folder !== null) replace(join(world.folder, 'world.json'), { bornAt: world.bornAt, offsetMs: world.offsetMs, termRules: world.termRules });
}

export function keepCustomer(world: World, customer: HeldCustomer): void {
  if (world.folder !== null) replace(join(world.folder, 'customers', `${customer.id}.json`), customer);
}

export function record(world: World, write: Omit<LedgerWrite, 'n' | 'at'>): void {
  const line = { n: world.writes.length + 1, at: now(world).toISOString(), ...write };
  world.writes.push(line);
  append(world, 'ledger.jsonl', line);
}

export function recordAudit(world: World, record: Json): void {
  world.audit.push(record);
  append(world, 'audit.jsonl', record);
}

export function keepReplay(world: World, key: string, answer: { status: number; body: Json | null }): void {
  world.replays.set(key, answer);
  if (world.replays.size > REPLAYS_MAX) world.replays.delete(world.replays.keys().next().value as string);
  append(world, 'replays.jsonl', { key, ...answer });
}

export function now(world: Pick<World, 'offsetMs'>): Date {
  return new Date(clock.wallMs() + world.offsetMs);
}

function append(world: World, file: string, line: unknown): void {
  if (world.folder !== null) appendFileSync(join(world.folder, file), `${JSON.stringify(line)}\n`);
}

/** Writes beside and renames, so that a kill leaves the old file or the new one. */
function replace(file: string, value: unknown): void {
  writeFileSync(`${file}.new`, JSON.stringify(value));
  renameSync(`${file}.new`, file);
}

function readLines<T>(file: string): T[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n');
  const whole: T[] = [];
  for (const line of lines) {
    if (line === '') continue;
    try {
      whole.push(JSON.parse(line) as T);
    } catch {}
  }
  return whole;
}
