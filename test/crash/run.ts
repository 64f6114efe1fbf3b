/** One whole move in this process, cut or disturbed at chosen calls, judged by the sandbox's ledger. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readProgrammes } from '../../services/catalogue/programmes.ts';
import type { Clock } from '../../services/clock.ts';
import type { AuditRow, Expiry, Migration } from '../../services/domain.ts';
import { applyEvent, openMigration, readMatter } from '../../services/migration/apply.ts';
import { isLive } from '../../services/migration/migration.ts';
import { type Moving, moveTurn } from '../../services/migration/run.ts';
import { httpPartnerCenter } from '../../services/partnerCenter/http.ts';
import { type PartnerCenter, PartnerCenterError } from '../../services/partnerCenter/port.ts';
import { sandboxTokens } from '../../services/partnerCenter/token.ts';
import { verifyRecord } from '../../services/record.ts';
import { control } from '../../services/sandbox/control.ts';
import { startSandbox } from '../../services/sandbox/server.ts';
import type { World } from '../../services/sandbox/state.ts';
import { type Store, withPrefix } from '../../services/store/store.ts';
import { applySweep, type Sweeping } from '../../services/watch/sweep.ts';
import { memoryStore } from './memoryStore.ts';
import { type Mutant, plant } from './mutants.ts';

/** What happens at a call: the process dies before or after it; its answer is lost; it is refused for now; a row was changed meanwhile. */
export const FAULTS = ['crashBefore', 'crashAfter', 'lostReply', 'throttled', 'error500', 'conflict'] as const;
export type Fault = (typeof FAULTS)[number];
/** Call number to fault. */
export type Plan = ReadonlyMap<number, Fault>;

export interface Result {
  calls: number;
  /** Names of the calls made, in order. */
  names: string[];
  /** Broken invariants, by name. */
  violations: string[];
}

class Crash extends Error {}

const ANN = { key: 'ann', tenant: 't' };
const BO = { key: 'bo', tenant: 't' };
const STEPS_MAX = 400;
/** The licence of the plan that is offered first. */
const NEW_SKU = 'be9f9771-1c64-4618-9907-244325141096';
const PROGRAMMES = readProgrammes([fileURLToPath(new URL('../../services/catalogue/programmes/', import.meta.url))]);

export interface Bench {
  world: World;
  url: string;
  close(): Promise<void>;
}

/** One sandbox serves all runs; each run begins with its first day. */
export async function openBench(): Promise<Bench> {
  const { port, world, close } = await startSandbox({ port: 0, folder: mkdtempSync(join(tmpdir(), 'successor-crash-')) });
  return { world, url: `http://127.0.0.1:${port}`, close };
}

/** Runs one move from the flip to its end under the plan. */
export async function runMove(bench: Bench, plan: Plan, mutant: Mutant | null = null): Promise<Result> {
  const { world } = bench;
  control(world, 'POST', 'reset', {});
  world.requestsPerMinute = 1_000_000;
  world.offsetMs = 0;
  const store = memoryStore();
  const names: string[] = [];
  const clock: Clock = {
    now: () => new Date(Date.now() + world.offsetMs),
    wallMs: () => Date.now() + world.offsetMs,
    sleep: async (ms) => {
      world.offsetMs += ms;
    },
  };
  const door = { baseUrl: bench.url, tokens: sandboxTokens, clock, locale: 'en-US', budget: { take: async () => {}, pause: async () => {} } };
  const disturb = disturber(plan, names);
  const planted = plant(mutant, { store, partnerCenter: httpPartnerCenter(door, door), url: bench.url });
  const partnerCenter = disturbed(planted.partnerCenter, 'pc', disturb) as PartnerCenter;
  const deps: Moving & Sweeping = {
    store: disturbed(planted.store, 'store', disturb) as Store,
    clock,
    partnerCenter,
    programmes: PROGRAMMES,
    restMs: 0,
    queues: undefined as never,
    me: randomUUID(),
    hints: disturbed({ before: async () => {}, nudge: () => {} }, 'hint', disturb) as Moving['hints'],
    log: { info: () => {}, warn: () => {} },
  };
  const contoso = [...world.customers.values()].find((one) => one.name === 'Contoso Ltd') as NonNullable<ReturnType<typeof world.customers.get>>;
  const subscription = contoso.subscriptions[0]?.wire.id as string;
  await patiently(deps, () => sweep(deps, contoso.id));
  control(world, 'POST', 'flip', { customer: 'Contoso' });
  for (let step = 0; step < STEPS_MAX; step++) {
    const matter = await readMatter(store, contoso.id, subscription);
    if (matter?.migration && !isLive(matter.migration.value) && matter.migration.value.state === 'finished') break;
    if (!matter?.expiry && (await finished(store, contoso.id))) break;
    await patiently(deps, () => next(deps, world, contoso.id, subscription, matter?.migration?.value ?? null, matter?.expiry?.value ?? null));
  }
  return { calls: names.length, names, violations: await judge(store, world, contoso.id) };
}

async function sweep(deps: Moving & Sweeping, customerId: string): Promise<void> {
  await applySweep(deps, { id: customerId, name: 'Contoso Ltd' }, await deps.partnerCenter.subscriptions(customerId), { baseline: false, relist: false });
}

/** What a person or a loop would do next. */
async function next(
  deps: Moving & Sweeping,
  world: World,
  customerId: string,
  subscription: string,
  migration: Migration | null,
  expiry: Expiry | null,
): Promise<void> {
  if (!expiry) return sweep(deps, customerId);
  if (expiry.plans === null) return void (await moveTurn(deps, `facts ${customerId} ${expiry.id}`));
  if (!migration || migration.state === 'cancelled') return void (await openMigration(deps, customerId, subscription, ANN));
  const apply = (event: Parameters<typeof applyEvent>[3], by = ANN) => applyEvent(deps, customerId, subscription, event, by);
  const plan = expiry.plans.find((one) => one.item);
  switch (migration.state) {
    case 'drafting':
      return void (plan && (await apply({ kind: 'chosen', by: 'ann', plan, quantity: 7, term: null, billing: null })));
    case 'quoted':
      if (!migration.approval && migration.quote)
        return void (await apply({ kind: 'approve', by: 'bo', roles: ['approver'], hash: migration.quote.hash, fourEyes: { when: 'always' } }, BO));
      break;
    case 'purchased':
      if (migration.people?.movable) return void (await apply({ kind: 'confirmUsers', by: 'ann', except: [] }));
      if (migration.people) return void (await apply({ kind: 'check', by: 'ann' }));
      break;
    case 'reassigned':
      return void (await apply({ kind: 'confirmSuspend', by: 'ann' }));
    case 'stuck':
      return void (await apply({ kind: 'check', by: 'ann' }));
    default:
  }
  const turn = await moveTurn(deps, `${customerId} ${subscription}`);
  if (typeof turn !== 'string') world.offsetMs += Math.min(turn.againMs, 600_000);
}

async function finished(store: Store, customerId: string): Promise<boolean> {
  return (await withPrefix<Migration>(store, 'customers', customerId, 'mig_')).some((row) => row.value.state === 'finished');
}

/** A crash ends the process; a new one comes some seconds later. Anything else that fails is tried again, as a queue would. */
async function patiently(deps: Moving, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (error instanceof Crash) deps.me = randomUUID();
    else if (!(error instanceof PartnerCenterError)) throw error;
    await deps.clock.sleep(12_000);
  }
}

type Disturb = (name: string, call: () => Promise<unknown>, kind: 'pc' | 'store' | 'hint', reads: boolean) => Promise<unknown>;

function disturber(plan: Plan, names: string[]): Disturb {
  return async (name, call, kind, reads) => {
    names.push(name);
    const fault = plan.get(names.length - 1);
    if (fault === 'crashBefore') throw new Crash(name);
    if (fault === 'conflict' && name === 'store.commit') return 'conflict';
    if (kind === 'pc' && fault === 'throttled') throw new PartnerCenterError('throttled', '429', 'Rate limit is exceeded.', 1_000);
    if (kind === 'pc' && fault === 'error500') throw new PartnerCenterError('unclear', '500', 'A planted fault.');
    if (kind === 'pc' && fault === 'lostReply' && reads) throw new PartnerCenterError('unclear', 'no answer', 'A planted silence.');
    const answer = await call();
    if (fault === 'crashAfter') throw new Crash(name);
    if (kind === 'pc' && fault === 'lostReply') throw new PartnerCenterError('unclear', 'no answer', 'A planted silence.');
    return answer;
  };
}

const WRITES = new Set(['createCart', 'checkout', 'swapLicence', 'suspend']);

function disturbed(port: object, kind: 'pc' | 'store' | 'hint', disturb: Disturb): unknown {
  return Object.fromEntries(
    Object.entries(port).map(([name, method]) => [
      name,
      name === 'nudge'
        ? method
        : (...given: unknown[]) => disturb(`${kind}.${name}`, () => (method as (...all: unknown[]) => Promise<unknown>)(...given), kind, !WRITES.has(name)),
    ]),
  );
}

/** What must hold after every run, whatever was planted. */
export const INVARIANTS = [
  'I1 one checkout, of the approved line',
  'I2 no checkout without an approval',
  'I3 suspension after every licence',
  'I4 nobody without a licence',
  'I7 one expiry for one flip',
  'I8 every step written, the record whole',
  'I9 finished',
  'I13 only the status changed',
  'I16 never two moves alive',
] as const;

/** The invariants, over the sandbox's ledger and the stored rows. */
async function judge(store: Store, world: World, customerId: string): Promise<string[]> {
  const violations: string[] = [];
  const holds = (name: (typeof INVARIANTS)[number], is: boolean) => void (is || violations.push(name));
  const writes = world.writes.filter((write) => write.kind !== 'cart');
  const kinds = writes.map((write) => write.kind);
  const migrations = (await withPrefix<Migration>(store, 'customers', customerId, 'mig_')).map((row) => row.value);
  const expiries = (await withPrefix<Expiry>(store, 'customers', customerId, 'exp_')).map((row) => row.value);
  const moved = migrations.find((one) => one.state === 'finished');
  const line = (writes.find((write) => write.kind === 'checkout')?.body as { lineItems: { quantity: number; catalogItemId: string }[] } | undefined)
    ?.lineItems[0];
  holds(
    'I1 one checkout, of the approved line',
    kinds.filter((kind) => kind === 'checkout').length === 1 && line?.quantity === moved?.quote?.quantity && line?.catalogItemId === moved?.quote?.item,
  );
  holds('I2 no checkout without an approval', moved?.approval?.by === 'bo' && moved.approval.hash === moved.quote?.hash);
  holds(
    'I3 suspension after every licence',
    kinds.indexOf('subscriptionPatch') === kinds.length - 1 &&
      kinds.lastIndexOf('licenceUpdate') < kinds.indexOf('subscriptionPatch') &&
      (world.customers.get(customerId)?.users.every((user) => NEW_SKU in user.licences) ?? false),
  );
  const customer = world.customers.get(customerId);
  holds('I4 nobody without a licence', customer?.users.every((user) => Object.keys(user.licences).length === 1) ?? false);
  holds('I7 one expiry for one flip', expiries.length === 1);
  const records = await Promise.all(
    expiries.map(async (expiry) =>
      verifyRecord(
        expiry.id,
        (await withPrefix<AuditRow>(store, 'customers', customerId, `aud_${expiry.id}_`)).map((row) => row.value),
        expiry.audit,
      ),
    ),
  );
  holds('I8 every step written, the record whole', records.flat().length === 0);
  holds('I9 finished', moved?.outcome === 'suspended' && expiries[0]?.closed?.how === 'moved');
  const patch = writes.find((write) => write.kind === 'subscriptionPatch');
  holds(
    'I13 only the status changed',
    patch !== undefined && Object.keys(patch.body as object).every((field) => ['status', 'suspendedAt', 'suspensionReasons'].includes(field)),
  );
  holds(
    'I16 never two moves alive',
    migrations.filter(isLive).length === 0 &&
      new Set(writes.filter((write) => write.kind === 'licenceUpdate').map((write) => write.path)).size === 7 &&
      kinds.filter((kind) => kind === 'licenceUpdate').length === 7,
  );
  return violations;
}
