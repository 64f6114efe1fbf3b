/**
 * Two releases over one storage: the release before alone, ours beside it, perhaps the one before again; then an upgrade that is killed and begun anew
 * while bots work, the release before once more, which is refused, and ours to the end. Moves go on all the while, with faults in between.
 */
import { FORMAT, FORMER, type RowAt, StoreFormatError, upgraded } from '../../services/store/format.ts';
import { type FormattedStore, formatted, type Kept, type KeptStore } from '../../services/store/formats.ts';
import { type Change, type Row, type Scanned, type Store, type Table, TABLES } from '../../services/store/store.ts';
import { judge, kinds } from './judge.ts';
import { asIs } from './mutants.ts';
import { allQuiet, help } from './people.ts';
import { become, type Result } from './run.ts';
import { type Fault, type FaultAt, FAULTS, type Owner, randomFrom, simulate } from './simulation.ts';
import { openWorld, type SimulatedWorld } from './world.ts';

/** In the world's memory each row has its format among its fields: whoever judges reads over it. */
const LABEL = 'rowFormat';
const STEP_MS = 5_000;
const LONG_MS = 3 * 3_600_000;
const UPGRADES_MAX = 200;

/** Rows of the world's memory as they lie in a storage. What the world put there by itself has no format: it counts as the release before's. */
function labelled(store: Store): KeptStore {
  const kept = (value: unknown): Kept => {
    const { [LABEL]: format = FORMER, ...rest } = value as Record<string, unknown>;
    return { format, json: JSON.stringify(rest) };
  };
  const laid = (value: unknown) => ({ ...(JSON.parse((value as Kept).json) as object), [LABEL]: (value as Kept).format });
  const changed = (change: Change): Change => (change.op === 'delete' ? change : { ...change, value: laid(change.value) });
  const rowOf = <R extends Row<unknown>>(row: R) => ({ ...row, value: kept(row.value) });
  return {
    ...store,
    async get<T>(table: Table, partition: string, key: string) {
      const row = await store.get(table, partition, key);
      return row && (rowOf(row) as Row<T>);
    },
    range: async <T>(table: Table, partition: string, from: string, to: string, limit?: number) =>
      (await store.range(table, partition, from, to, limit)).map(rowOf) as Row<T>[],
    async *scan<T>(table: Table, from: string, to: string) {
      for await (const page of store.scan(table, from, to)) yield page.map(rowOf) as Scanned<T>[];
    },
    commit: (table, partition, changes) => store.commit(table, partition, changes.map(changed)),
    put: (table, partition, key, value) => store.put(table, partition, key, laid(value)),
  };
}

/** The release before: it reads its own format alone, and leaves out what it always left out. */
function theOneBefore(store: Store, refused: () => void): Store {
  const kept = labelled(store);
  const own = <R extends Row<unknown>>(row: R): R => {
    if ((row.value as Kept).format === FORMER) return row;
    refused();
    throw new StoreFormatError(`${row.key} was written by a newer Successor`);
  };
  const lean = (at: RowAt, value: unknown): Kept => {
    const { format, json } = value as Kept;
    const meant = Object.entries(upgraded(at, {}) as object);
    const left = Object.entries(JSON.parse(json) as object).filter(([name, inner]) => !meant.some(([other, usual]) => other === name && usual === inner));
    return { format, json: JSON.stringify(Object.fromEntries(left)) };
  };
  const strict: KeptStore = {
    ...kept,
    async get<T>(table: Table, partition: string, key: string) {
      const row = await kept.get<T>(table, partition, key);
      return row && own(row);
    },
    range: async <T>(table: Table, partition: string, from: string, to: string, limit?: number) =>
      (await kept.range<T>(table, partition, from, to, limit)).map(own),
    commit: (table, partition, changes) =>
      kept.commit(
        table,
        partition,
        changes.map((one) => (one.op === 'delete' ? one : { ...one, value: lean({ table, partition, key: one.key }, one.value) })),
      ),
    put: (table, partition, key, value) => kept.put(table, partition, key, lean({ table, partition, key }, value)),
  };
  return formatted(strict, FORMER);
}

/** One run, all of it by its seed. */
export async function runReleases(seed: number): Promise<Result> {
  const random = randomFrom(seed * 17 + 3);
  const rate = random() < 0.5 ? 0 : 0.01;
  const killed = 0.05 + random() * 0.3;
  const armed = { on: false };
  const faultAt: FaultAt = (_call, name, dice) => {
    if (name.startsWith('upgrade')) return dice() < killed ? (dice() < 0.5 ? 'crashBefore' : 'crashAfter') : null;
    return armed.on && dice() < rate ? (FAULTS[Math.floor(dice() * FAULTS.length)] as Fault) : null;
  };
  const sim = simulate(seed, true, faultAt);
  become(sim);
  let release: 'before' | 'ours' = 'before';
  let refused = 0;
  const count = () => {
    refused += 1;
  };
  const bugs = { ...asIs, store: (store: Store) => (release === 'before' ? theOneBefore(store, count) : formatted(labelled(store), FORMER)) };
  const world = await openWorld(sim, armed, {
    ...{ instances: 2, skewMs: [0, 0], customers: 1 + Math.floor(random() * 2), channels: 1, holders: 2 },
    ...{ fourEyes: { when: 'always' }, slowTeamsMs: 0, bugs },
  });
  const rest = () => sim.drive(() => false, 1_000 + random() * 15_000);
  const startsAs = async (what: typeof release, ...instances: number[]) => {
    release = what;
    for (const at of instances) kill(world, at);
    await rest();
  };
  let quiet = false;
  for (const customer of world.sandbox.customers.keys()) world.flip(customer, true);
  help(world, () => quiet);
  await rest();
  await startsAs('ours', 0);
  if (random() < 0.5) await startsAs('ours', 1);
  if (random() < 0.5) await startsAs('before', 0, 1);
  const broken: Result['broken'] = [];
  if (refused > 0) broken.push(['I9', 'the release before could not read what ours wrote for it']);
  await startsAs('ours', 0, 1);
  // Each line of the record is written anew as it is, which is no rewriting; its chain is judged at the end.
  const rewritten = world.rewritten.length;
  const upgrades = await upgradeKilled(world);
  world.rewritten.length = rewritten;
  // Judged here: the release before is refused at its start by the mark, which is more than this play lets it read.
  if (upgrades === UPGRADES_MAX || (await hasFormer(world.store))) broken.push(['I9', `after ${upgrades} upgrades some rows are as before`]);
  await startsAs('before', 1);
  await sim.drive(() => refused > 0, 120_000);
  if (refused === 0) broken.push(['I9', 'the release before read what is no longer written for it']);
  await startsAs('ours', 1);
  const end = sim.nowMs() + LONG_MS;
  while (!(await allQuiet(world)) && sim.nowMs() < end) await sim.drive(() => false, STEP_MS);
  const finished = await allQuiet(world);
  quiet = true;
  await sim.drive(() => false, STEP_MS);
  const of = { finished, skewed: false, channels: 1, undisturbed: false, expected: null, writesBefore: kinds(world).length, statesBefore: '', statesAfter: '' };
  broken.push(...(await judge(world, of)));
  return { broken, calls: sim.calls, kinds: kinds(world), faults: sim.faultsUsed };
}

/** It is started again as it is now, a moment later. */
function kill(world: SimulatedWorld, at: number): void {
  const owner = world.instances[at]?.owner;
  if (!owner || owner.dead) return;
  owner.dead = true;
  world.sim.onCrash(owner);
}

/** How often it was begun until it came to its end. */
async function upgradeKilled(world: SimulatedWorld): Promise<number> {
  for (let n = 1; n < UPGRADES_MAX; n++) {
    let ended = false;
    const owner: Owner = { name: `upgrade${n}`, dead: false, skewMs: 0 };
    void gatedUpgrade(world, owner)
      .upgrade()
      .finally(() => {
        ended = true;
      });
    await world.sim.drive(() => ended || owner.dead, 600_000);
    if (ended && !owner.dead) return n;
  }
  return UPGRADES_MAX;
}

function gatedUpgrade({ sim, store }: SimulatedWorld, owner: Owner): FormattedStore {
  const gate = <T>(what: string, work: () => Promise<T>) => sim.call(owner, `upgrade ${what}`, true, () => null, work);
  const gated: Store = {
    ...store,
    get: (...given) => gate('get', () => store.get<never>(...given)),
    commit: (...given) => gate('commit', () => store.commit(...given)),
  };
  return formatted(labelled(gated), FORMER);
}

async function hasFormer(store: Store): Promise<boolean> {
  for (const table of TABLES)
    for await (const page of labelled(store).scan<Kept>(table, '', '\uffff')) if (page.some((row) => row.value.format !== FORMAT)) return true;
  return false;
}
