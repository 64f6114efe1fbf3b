/**
 * Ends that people set, over the pretend Partner Center's own time: from the yes to the day after the last one, with lost answers, refusals,
 * locks and crashes in between, other people's edits, and an Extended Service Term that Microsoft puts in the place of a cancellation.
 */
import { randomUUID } from 'node:crypto';
import { addDays, dayOf, later } from '../../services/clock.ts';
import type { Move, Ticket, TrackedSubscription } from '../../services/domain/ticket.ts';
import { seed as seedWorld } from '../../services/local/sandbox/seed.ts';
import type { HeldCustomer, HeldSubscription } from '../../services/local/sandbox/state.ts';
import { atEnd, plan as planEnd } from '../../services/local/sandbox/planned.ts';
import { applyEvent } from '../../services/moves/apply.ts';
import type { MoveDeps } from '../../services/moves/deps.ts';
import { handleMove } from '../../services/moves/handler.ts';
import { openEnd } from '../../services/moves/open.ts';
import { isLive, type MoveEvent } from '../../services/moves/states.ts';
import type { PartnerCenter } from '../../services/partnerCenter/port.ts';
import { keysWith, MOVE, ofCustomer, PERSONS, subscriptionKey, ticketKey } from '../../services/store/rows.ts';
import type { Store } from '../../services/store/store.ts';
import { plainFacts } from '../../services/tickets/facts.ts';
import { noteShape } from '../../services/tickets/shown.ts';
import { readRecord } from '../../services/ticketView.ts';
import { parseSubscription } from '../../services/partnerCenter/wire/subscriptions.ts';
import { NO_SHEETS, sampleMove, sampleTicket } from '../support/samples.ts';
import type { Invariant } from './judge.ts';
import { changing } from './mutants.ts';
import type { Result } from './run.ts';
import { randomFrom } from './simulation.ts';
import { Crash, openSmall, type Small, type SmallBugs, unsaidCost } from './small.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const FIRST_DAY = '2027-01-20';
const OFFER = 'Microsoft 365 Business Standard';
/** What a change of the end may change of the resource. */
const MAY_CHANGE: ReadonlySet<string> = new Set(['autoRenewEnabled', 'scheduledActions', 'scheduledNextTermInstructions']);

/** Where a bug can be put. */
export interface EndBugs extends SmallBugs {
  /** Runs that the bug needs. */
  drawn?: Partial<Drawn>;
}

interface Drawn {
  /** How it begins: an end alone, one and then the other, or the last step of a move. */
  story: 'cancel' | 'renew' | 'cancelThenRenew' | 'lastStep';
  renewing: boolean;
  daysLeft: number;
  /** How often a call goes wrong. */
  rate: number;
  /** Microsoft puts an Extended Service Term in the place of the cancellation, so many hours after it. */
  replacedAfterHours: number | null;
  /** Somebody else edits it so many hours after the yes. */
  editedAfterHours: number | null;
}

function draw(random: () => number): Drawn {
  const pick = <T>(some: readonly T[]): T => some[Math.floor(random() * some.length)] as T;
  return {
    story: pick(['cancel', 'cancel', 'renew', 'cancelThenRenew', 'lastStep']),
    renewing: random() < 0.3,
    daysLeft: pick([0, 1, 4, 12, 40]),
    rate: pick([0, 0.02, 0.08]),
    replacedAfterHours: random() < 0.3 ? 1 + random() * 22 : null,
    editedAfterHours: random() < 0.2 ? random() * 60 : null,
  };
}

/** One run by its seed; what it broke, by invariant. */
export async function runEnds(seed: number, bugs: EndBugs | null = null): Promise<Result> {
  const random = randomFrom(seed * 53 + 11);
  const drawn = { ...draw(random), ...bugs?.drawn };
  const one = await open(random, drawn, bugs);
  const broken: Result['broken'] = [];
  const note = (invariant: Invariant, seen: string) => {
    if (!broken.some(([known]) => known === invariant)) broken.push([invariant, `${seen} (${JSON.stringify(drawn)})`]);
  };
  const end = Date.parse(`${addDays(dayOf(one.held().wire.commitmentEndDate), 4)}T00:00:00Z`);
  while (one.nowMs() < end) {
    await play(one, drawn);
    if (one.wakeAt <= one.nowMs()) await turn(one);
    one.pass(Math.max(1_000, Math.min(one.wakeAt, one.nowMs() + HOUR / 2, end) - one.nowMs()));
    await judge(one, note);
  }
  one.calm();
  for (let n = 0; n < 60; n++) {
    await play(one, drawn);
    await turn(one);
    one.pass(Math.max(1_000, Math.min(one.wakeAt - one.nowMs(), DAY)));
  }
  await judge(one, note);
  const { move } = await rows(one);
  if (move && isLive(move) && move.state !== 'stuck' && move.state !== 'set') note('I9', `it is still ${move.state} when all is over`);
  if (move?.state === 'set' && one.held().wire.status === 'disabled') note('I9', 'it is over, and its move still looks');
  return { broken, calls: [], kinds: one.world.writes.map((line) => line.kind), faults: one.faults() };
}

interface One extends Small {
  deps: MoveDeps;
  customer: HeldCustomer;
  held(): HeldSubscription;
  /** When a cancellation was first read to be set. */
  setAt: number | null;
  saidYesAt: number | null;
  /** Since when the cancellation that was set is not there any more. */
  lostAt: number | null;
  /** When the move's message comes up; nobody sweeps. */
  wakeAt: number;
  told: Set<string>;
}

const ofOne = (one: One) => ({ customerId: one.customer.id, subscriptionId: one.held().wire.id });

async function rows(one: One): Promise<{ ticket: Ticket; move: Move | null; moves: Move[] }> {
  const { store } = one.deps;
  const place = ofCustomer(one.customer.id);
  const ticket = (await store.get<Ticket>(...place, ticketKey('S-1042')))?.value as Ticket;
  const moves = (await store.range<Move>(...place, ...keysWith(MOVE))).map((row) => row.value);
  return { ticket, move: moves.find((row) => row.key === ticket.move) ?? null, moves };
}

/** The move's message is taken; whoever is killed over it lets it come up again. */
async function turn(one: One): Promise<void> {
  one.wakeAt = Number.POSITIVE_INFINITY;
  try {
    const next = await handleMove(one.deps, { queue: 'move', what: 'move', ...ofOne(one) });
    if (typeof next === 'object') one.wakeAt = Math.min(one.wakeAt, one.nowMs() + next.retryInMs);
  } catch (error) {
    if (!(error instanceof Crash)) throw error;
    one.deps.workerId = randomUUID();
    one.wakeAt = one.nowMs() + 20_000;
  } finally {
    one.restart();
  }
}

/** What people do as the move stands, and what others do to the subscription. */
async function play(one: One, drawn: Drawn): Promise<void> {
  const { ticket, move } = await rows(one);
  const once = (what: string) => !one.told.has(what) && Boolean(one.told.add(what));
  const by = (key: string) => ({ key, tenant: 't' });
  const tell = async (event: MoveEvent & { by: string }) => {
    await applyEvent(one.deps, ofOne(one), event, { by: by(event.by) });
  };
  try {
    const wire = one.held().wire;
    if (!ticket.closed && drawn.story !== 'lastStep' && (!move || !isLive(move)) && once('opened')) {
      await openEnd(one.deps, ofOne(one), by('ann'), drawn.story === 'renew' ? 'renew' : 'cancel');
    } else if (drawn.story === 'cancelThenRenew' && move?.state === 'set' && one.nowMs() > (one.setAt ?? 0) + 2 * HOUR && once('renew')) {
      await openEnd(one.deps, ofOne(one), by('ann'), 'renew');
    } else if (move?.state === 'weighed' && !move.approval) {
      await tell({ kind: 'approve', by: 'bo', roles: ['approver'], hash: move.end?.hash ?? '', fourEyes: { when: 'always' } });
      one.saidYesAt ??= one.nowMs();
    } else if (move?.state === 'reassigned') {
      await tell({ kind: 'confirmEnd', by: 'bo' });
      one.saidYesAt ??= one.nowMs();
    } else if (move?.state === 'stuck' && one.random() < 0.05) await tell({ kind: 'check', by: 'ann' });
    if (move?.state === 'set') one.setAt ??= one.nowMs();
    const since = (hours: number | null, from: number | null) => hours !== null && from !== null && one.nowMs() >= from + hours * HOUR;
    if (since(drawn.replacedAfterHours, one.setAt) && wire.status === 'active' && once('replaced'))
      planEnd(wire, [{ scheduleType: 'TermEnd', actionType: 'RenewToExtendedServiceTerm' }]);
    if (since(drawn.editedAfterHours, one.saidYesAt) && wire.status === 'active' && once('edited')) Object.assign(wire, { friendlyName: 'Renamed' });
  } catch (error) {
    if (!(error instanceof Crash)) throw error;
    one.restart();
  }
}

/** What must hold at every moment. */
async function judge(one: One, note: (invariant: Invariant, seen: string) => void): Promise<void> {
  const { ticket, move, moves } = await rows(one);
  const { wire } = one.held();
  if (moves.filter(isLive).length > 1) note('I16', moves.map((row) => `${row.key} ${row.state}`).join(', '));
  for (const line of one.world.writes) {
    const changed = Object.keys((line.body ?? {}) as object).filter((name) => !MAY_CHANGE.has(name));
    if (line.kind === 'subscriptionPatch' && changed.length > 0) note('I13', `a PATCH changed ${changed.join(', ')}`);
  }
  const record = await readRecord(one.deps.store, ticket);
  const set = one.world.writes.filter((line) => line.kind === 'subscriptionPatch').map((line) => ({ at: line.at, to: setsTo(line.body) }));
  for (const { at, to } of set) {
    const yes = record.filter((row) => row.at <= at && (row.what === 'approve' || row.what === 'confirmEnd')).at(-1);
    const meant = yes?.what === 'confirmEnd' ? 'cancel' : yes?.data.to;
    if (!yes || yes.by === 'ann' || meant !== to) note('I2', `it was set to ${to} at ${at} by a yes to ${String(meant)}`);
  }
  const watch = move?.state === 'set' ? move.endSet : null;
  const promised = watch && Date.parse(watch.at) + 25 * HOUR;
  const holds = wire.status !== 'active' || (!wire.autoRenewEnabled && atEnd(wire) === 'Cancel');
  one.lostAt = !watch || holds ? null : (one.lostAt ?? one.nowMs());
  // It is looked at once a day at least; some hours more for what could not be read.
  if (promised && one.lostAt && one.nowMs() > Math.max(promised, one.lostAt + DAY) + 5 * HOUR)
    note('I21', `the cancellation of ${watch?.at} is not there since ${new Date(one.lostAt).toISOString()}, and its card still counts on it`);
  const unsaid = await unsaidCost(one.deps, one.held(), ticket, new Date(one.nowMs()));
  if (unsaid) note('I21', unsaid);
}

function setsTo(body: unknown): 'renew' | 'cancel' {
  const { scheduledActions, autoRenewEnabled } = body as { scheduledActions?: { actionType?: string }[] | null; autoRenewEnabled?: boolean };
  if (Array.isArray(scheduledActions)) return scheduledActions.some((one) => one.actionType === 'Cancel') ? 'cancel' : 'renew';
  return autoRenewEnabled ? 'renew' : 'cancel';
}

async function open(random: () => number, drawn: Drawn, bugs: EndBugs | null): Promise<One> {
  const customer = structuredClone(seedWorld(FIRST_DAY).find((one) => one.subscriptions.some(({ wire }) => wire.offerName === OFFER)) as HeldCustomer);
  customer.subscriptions = customer.subscriptions.filter(({ wire }) => wire.offerName === OFFER).slice(0, 1);
  const held = () => customer.subscriptions[0] as HeldSubscription;
  Object.assign(held().wire, {
    ...{ status: 'active', autoRenewEnabled: drawn.renewing, commitmentEndDate: `${addDays(FIRST_DAY, drawn.daysLeft)}T00:00:00Z` },
    ...{ effectiveStartDate: `${addDays(FIRST_DAY, drawn.daysLeft - 364)}T00:00:00Z`, nextChargeInstructions: { quantity: 1 } },
  });
  const small = openSmall(random, { startsAt: `${FIRST_DAY}T08:00:00Z`, rate: drawn.rate, customers: [customer], bugs });
  const { store, clock, partnerCenter, memory } = small;
  const deps: MoveDeps = {
    ...{ store, clock, wake: { schedule: async () => wakeIn(4_000), now: () => wakeIn(0) }, programmes: [] },
    ...{ partnerCenter, log: { info: () => {}, warn: () => {} }, workerId: 'one', isReadOnly: async () => false },
    priceSheets: NO_SHEETS,
    directory: { rolesOf: async () => ['approver'], rolesNow: async () => ['approver'], holders: async () => [] },
  };
  await fill(memory, customer, drawn);
  const one: One = { ...small, deps, customer, held, setAt: null, saidYesAt: null, lostAt: null, wakeAt: 0, told: new Set() };
  return one;

  function wakeIn(ms: number): void {
    one.wakeAt = Math.min(one.wakeAt, one.nowMs() + ms);
  }
}

/** The rows as the watch leaves them; of a last step with everybody covered. */
async function fill(store: Store, customer: HeldCustomer, drawn: Drawn): Promise<void> {
  const held = customer.subscriptions[0] as HeldSubscription;
  const { subscription } = parseSubscription(customer.id, held.wire);
  const ids = { customerId: customer.id, subscriptionId: subscription.id };
  const people = { total: 0, movable: 0, moved: 0, blocked: 0, kept: 0, waived: 0, gone: 0, without: 0, covered: 0, freeSeats: 9, named: [] };
  const order = { id: 'o', subscriptionId: 'n', placedAt: `${FIRST_DAY}T07:00:00.000Z`, cancellableUntil: null };
  const key = `${MOVE}${subscription.id}_1`;
  const sku = { from: held.skuId, to: held.skuId };
  const move = drawn.story === 'lastStep' ? sampleMove({ ...ids, key, ticketId: 'S-1042', state: 'reassigned', people, order, sku }) : null;
  if (move?.quote) move.quote.quantity = 0;
  if (move) for (const user of customer.users) user.licences = {};
  const facts = plainFacts(subscription, [subscription], { programmes: [], today: FIRST_DAY });
  await store.put(
    ...ofCustomer(customer.id),
    ticketKey('S-1042'),
    sampleTicket({ ...ids, kind: drawn.renewing ? 'asked' : 'flip', move: move?.key ?? null, facts }),
  );
  const known: TrackedSubscription = { snapshot: subscription, episode: 1, ticket: 'S-1042', liveMove: move?.key ?? null, moves: move ? 1 : 0 };
  await store.put(...ofCustomer(customer.id), subscriptionKey(subscription.id), known);
  if (move) await store.put(...ofCustomer(customer.id), move.key, move);
  for (const who of ['ann', 'bo']) await store.put(...PERSONS, who, { key: who, objectId: who, tenantId: 't', name: who, chat: null, seenOn: FIRST_DAY });
  await noteShape(store, 'actionType scheduleType', later(`${FIRST_DAY}T00:00:00.000Z`, 0));
}

/** Name -> the invariant that must catch it, and where it is put. */
export const END_MUTANTS: Record<string, { caughtBy: Invariant; bugs: EndBugs }> = {
  'a PATCH of an end that drops a field': {
    caughtBy: 'I13',
    bugs: {
      partnerCenter: (pc) => ({
        ...pc,
        setEnd: ({ resource: { nextChargeInstructions: _, ...resource }, ...whole }, ...given) => pc.setEnd({ ...whole, resource }, ...given),
      }),
    },
  },
  'no look after 25 hours': {
    caughtBy: 'I21',
    bugs: {
      partnerCenter: believingAtOnce,
      drawn: { story: 'cancel', daysLeft: 40, replacedAfterHours: 20 },
    },
  },
  'a ticket is closed when its end is set': {
    caughtBy: 'I21',
    bugs: { store: closingEarly, drawn: { daysLeft: 40, replacedAfterHours: 12 } },
  },
  'the yes to one end is taken for the other': {
    caughtBy: 'I2',
    bugs: { store: reusing, drawn: { story: 'cancelThenRenew', daysLeft: 40, replacedAfterHours: null } },
  },
};

/** What was read right after it was set is taken for what is so from then on. */
function believingAtOnce(pc: PartnerCenter): PartnerCenter {
  let read: Awaited<ReturnType<PartnerCenter['subscription']>> | null = null;
  return {
    ...pc,
    async subscription(...given) {
      const now = read ?? (await pc.subscription(...given));
      if (now.subscription.atTermEnd === 'Cancel') read = now;
      return now;
    },
  };
}

function moves(store: Store, change: (move: Move) => Move): Store {
  return changing(store, (changes) =>
    changes.map((one) => (one.op !== 'delete' && one.key.startsWith(MOVE) ? { ...one, value: change(one.value as Move) } : one)),
  );
}

function closingEarly(store: Store): Store {
  return {
    ...store,
    commit: (table, partition, changes) => {
      const set = changes.find((one) => one.op !== 'delete' && one.key.startsWith(MOVE) && (one.value as Move).state === 'set');
      const at = set && set.op !== 'delete' ? (set.value as Move).endSet?.at : undefined;
      return store.commit(
        table,
        partition,
        changes.map((one) =>
          at && one.op !== 'delete' && one.key === ticketKey('S-1042') ? { ...one, value: { ...(one.value as Ticket), closed: { how: 'ended', at } } } : one,
        ),
      );
    },
  };
}

function reusing(store: Store): Store {
  let given: Move['approval'] = null;
  return moves(store, (move) => {
    if (move.approval) given = move.approval;
    if (move.state !== 'weighed' || !given || !move.end || move.way !== 'renew') return move;
    // A yes that would be good for ever.
    return { ...move, state: 'setting', approval: { ...given, hash: move.end.hash }, since: '2099-01-01T00:00:00.000Z' };
  });
}
