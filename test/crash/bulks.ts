/**
 * Several customers of one programme moved at once, from the choice to the last closed ticket: lost answers, kills and doubled deliveries in
 * between, one who cannot be priced, a price that changes before the yes, a role that is taken away for a while, and four eyes by the sum.
 */
import { en } from '../../cards/text/en/en.ts';
import { onText } from '../../bot/turns/command.ts';
import { carryOut, consider } from '../../bot/turns/pipeline.ts';
import { ticketDialog } from '../../dialogs/ticket.ts';
import { type AuditEntry, verifyRecord } from '../../services/auditLog/auditLog.ts';
import type { Move, Quote, Ticket } from '../../services/domain/ticket.ts';
import { applyEvent } from '../../services/moves/apply.ts';
import type { Bulk } from '../../services/moves/bulk.ts';
import { isLive, type MoveEvent } from '../../services/moves/states.ts';
import { BULKS, MOVE, ofCustomer, OWN_YES, TICKET } from '../../services/store/rows.ts';
import type { Row, Store } from '../../services/store/store.ts';
import type { Invariant } from './judge.ts';
import { changing } from './mutants.ts';
import type { Result } from './run.ts';
import { randomFrom } from './simulation.ts';
import { unsaidCost } from './small.ts';
import {
  type BulkBugs,
  bulkOf,
  buttonOn,
  cardIn,
  deliver,
  draw,
  heldOf,
  HOUR,
  LIMIT,
  MINUTE,
  NAMES,
  type One,
  open,
  PLAN,
  press,
  refOf,
  SECOND,
  standsOf,
  turnOf,
  type Who,
} from './bulkWorld.ts';

/** One run by its seed; what it broke, by invariant. */
export async function runBulk(seed: number, bugs: BulkBugs | null = null): Promise<Result> {
  const random = randomFrom(seed * 59 + 13);
  const drawn = { ...draw(random), ...bugs?.drawn };
  const one = await open(random, drawn, bugs);
  const broken: Result['broken'] = [];
  const note = (invariant: Invariant, seen: string) => {
    if (!broken.some(([known]) => known === invariant)) broken.push([invariant, `${seen} (${JSON.stringify(drawn)})`]);
  };
  const end = one.nowMs() + 2 * HOUR;
  while (one.nowMs() < end) {
    if (one.nowMs() > end - 0.7 * HOUR) one.calm();
    await play(one);
    await one.wakes.turn();
    one.pass(Math.max(SECOND, Math.min(one.wakes.nextAt() - one.nowMs(), 30 * SECOND)));
    await judgeNow(one, note);
  }
  await judgeAll(one, note);
  return { broken, calls: [], kinds: one.world.writes.map((line) => line.kind), faults: one.faults() };
}

/** What people do as it stands. */
async function play(one: One): Promise<void> {
  for (const { press: pressed } of one.again.filter((each) => each.atMs <= one.nowMs())) await deliver(one, pressed);
  one.again = one.again.filter((each) => each.atMs > one.nowMs());
  const once = (what: string) => !one.done.has(what) && Boolean(one.done.add(what));
  const bulk = (await bulkOf(one))?.value;
  // What died before its answer was there is written once more.
  if (!bulk || (bulk.state === 'choosing' && one.card === null)) {
    try {
      one.card = cardIn(await onText(one.deps, turnOf(one, 'ann', 'begin'), 'move crm-basic'));
    } catch {
      one.restart();
    }
  } else if (bulk.state === 'choosing') await choose(one);
  else if (bulk.state === 'asked') await answer(one, once);
  await bringOn(one);
  if (one.awayUntil !== null && one.nowMs() >= one.awayUntil) one.roles.bo = ['requester', 'approver'];
}

/** All of them, to one plan. */
async function choose(one: One): Promise<void> {
  const picks = JSON.stringify(one.card?.card ?? '').includes(PLAN) ? buttonOn(one.card, 'choice.take') : null;
  if (!picks) {
    await press(one, 'ann', 'bulk.ask');
    return;
  }
  const bulk = (await bulkOf(one))?.value;
  await press(one, 'ann', 'choice.take', { choice: bulk?.plans.findIndex((plan) => plan.title === PLAN) ?? 0 });
}

async function answer(one: One, once: (what: string) => boolean): Promise<void> {
  const { drawn } = one;
  if (drawn.single && once('single')) await approveAlone(one, 0);
  if (drawn.repriced && once('repriced')) return priceAnew(one, 0);
  if (drawn.repriced && (await standsOf(one, 0)).move?.state === 'quoting') return;
  if (drawn.answer === 'no' && once('no')) return void (await press(one, 'bo', 'bulk.decline', { reason: 'Not this year.' }));
  // Whoever may not for a while does not press again before what was pressed has come once more.
  if (one.awayUntil !== null && one.again.length > 0) return;
  // Nobody presses for ever.
  const tries = one.pressed.filter((each) => each.verb === 'bulk.approve').length;
  if (tries > 12 || (tries > 0 && one.random() < 0.8)) return;
  const who: Who = tries === 0 ? drawn.by : 'bo';
  const pressed = await press(one, who, 'bulk.approve');
  if (pressed !== null && drawn.roleAway && who === 'bo' && once('away')) {
    one.roles.bo = ['requester'];
    one.awayUntil = one.nowMs() + 3 * MINUTE;
  }
  if (pressed === null) await press(one, 'bo', 'bulk.look');
}

/** On its own card, by who asked for it. */
async function approveAlone(one: One, n: number): Promise<void> {
  const { move } = await standsOf(one, n);
  const hash = move?.quote?.hash;
  if (move?.state !== 'quoted' || !hash) return;
  const mark = `alone ${n}`;
  one.pressed.push({ who: 'ann', verb: 'purchase.approve', data: {}, mark, atMs: one.nowMs(), face: { hash } });
  const wish = {
    ticketRef: { customerId: move.customerId, ticketId: move.ticketId },
    look: { text: null, spends: true },
    decide: (view: Parameters<typeof ticketDialog>[0], actor: Parameters<typeof ticketDialog>[2]) =>
      ticketDialog(view, { verb: 'purchase.approve' as const }, actor),
    meantFor: { by: 'mark' as const },
  };
  try {
    const turn = turnOf(one, 'ann', mark);
    const considered = await consider(one.deps, turn, wish);
    if (considered) await carryOut(one.deps, turn, wish, considered);
  } catch {
    one.restart();
  }
}

/** Somebody changes what one of them is to buy, on its own card. */
async function priceAnew(one: One, n: number): Promise<void> {
  const { move, ticket } = await standsOf(one, n);
  const plan = ticket.plans?.find((each) => each.title === PLAN);
  if (move?.state !== 'quoted' || move.approval || !plan) return;
  const quantity = (move.draft.quantity ?? 1) + 1;
  await tell(one, n, { kind: 'back', by: one.people.ann });
  await tell(one, n, { kind: 'chosen', by: one.people.ann, plan, quantity, term: null, billing: null });
}

async function tell(one: One, n: number, event: MoveEvent & { by: string }): Promise<void> {
  try {
    await applyEvent(one.deps, refOf(one, n), event, { by: { key: event.by, tenant: 't' } });
  } catch {
    one.restart();
  }
}

/** Bought ones go to their last step: nobody holds a licence of the old one. */
async function bringOn(one: One): Promise<void> {
  for (const n of NAMES.keys()) {
    const { move } = await standsOf(one, n);
    const by = one.people.bo;
    if (move?.state === 'purchased' && move.people) await tell(one, n, { kind: 'confirmUsers', by, except: [] });
    else if (move?.state === 'reassigned') await tell(one, n, n === 0 ? { kind: 'skip', by, reason: 'It is left.' } : { kind: 'confirmSuspend', by });
    else if (move?.state === 'stuck' && one.random() < 0.2) await tell(one, n, { kind: 'check', by });
  }
}

/** What must hold at every moment. */
async function judgeNow(one: One, note: (invariant: Invariant, seen: string) => void): Promise<void> {
  if (one.mostLive > 1) note('I16', `${one.mostLive} moves of one subscription were alive`);
  for (const [n, customer] of one.customers.entries()) {
    const { ticket } = await standsOf(one, n);
    const unsaid = await unsaidCost({ store: one.memory, clock: one.clock }, heldOf(customer), ticket, new Date(one.nowMs()));
    if (unsaid) note('I21', unsaid);
  }
  if ((await bulkOf(one))?.value.state === 'asking') one.askingAt ??= one.nowMs();
  if (one.askingAt !== null && one.toldAt === null && one.nowMs() - one.askingAt > 20 * MINUTE)
    note('I19', `prices are asked for since ${new Date(one.askingAt).toISOString()}, and no card tells which of them came`);
}

async function judgeAll(one: One, note: (invariant: Invariant, seen: string) => void): Promise<void> {
  const all = await Promise.all(NAMES.map((_, n) => standsOf(one, n)));
  const bulk = (await bulkOf(one))?.value;
  if (bulk?.state !== 'asked' || bulk.say) note('I9', `it is still ${bulk?.state ?? 'not begun'}${bulk?.say ? ', and not told' : ''}`);
  for (const [mark, times] of one.yeses) if (times > 1) note('I10', `${mark} counted ${times} times`);
  const approvals = new Map<string, { by: string; quote: Quote }>();
  for (const [n, { ticket, moves, record }] of all.entries()) {
    const faults = verifyRecord(ticket, record, ticket.audit);
    if (faults.length > 0) note('I8', faults.join('; '));
    const orders = one.world.writes.filter((line) => line.kind === 'checkout' && line.path.includes(ticket.customerId));
    if (orders.length > 1) note('I1', `${NAMES[n]} was bought ${orders.length} times`);
    for (const order of orders) {
      const of = moves.find((move) => move.quote && order.path.includes(move.quote.cartId));
      if (!of || of.approval?.hash !== of.quote?.hash) note('I1', `${order.path} is not of the approved cart`);
    }
    for (const line of record.filter((row) => row.what === 'approve')) {
      const quote = one.quotes.get(String(line.data.hash));
      if (!quote || !wasShown(one, line, quote, n)) note('I1', `${NAMES[n]} was approved at ${line.at} at a price that the card did not show`);
      // A later yes to the same takes the place of the one before.
      if (quote) approvals.set(ticket.id, { by: line.by, quote });
      if (line.by !== one.people.ann && line.by !== one.people.bo) note('I2', `approved by ${line.by}`);
    }
    const [move] = moves.slice(-1);
    const rests = move && (!isLive(move) || (move.state === 'quoted' && !move.approval) || move.state === 'drafting' || move.state === 'stuck');
    if (move && !rests) note('I9', `${NAMES[n]} is still ${move.state} when all is over`);
  }
  const own = [...approvals.values()].filter(({ by, quote }) => quote.askedBy === by);
  if (one.drawn.fourEyes === 'always' && own.length > 0) note('I2', 'somebody approved what he had asked for himself');
  for (const person of Object.values(one.people)) {
    const sum = own.filter((each) => each.by === person).reduce((minor, each) => minor + each.quote.total.minor, 0);
    if (one.drawn.fourEyes === 'sum' && sum > LIMIT.minor) note('I2', `one person alone approved ${sum}, and ${LIMIT.minor} is the limit`);
  }
}

/** Whether that person had pressed a card on which this customer stood with just this number and price. */
function wasShown(one: One, line: AuditEntry, quote: Quote, n: number): boolean {
  const said = [`${en.number(quote.quantity)}`, `${en.money(quote.monthly)}`].map((text) => JSON.stringify(text).slice(1, -1));
  return one.pressed.some(({ who, verb, face, atMs }) => {
    if (one.people[who] !== line.by || atMs > Date.parse(line.at)) return false;
    if (typeof face !== 'string') return face.hash === line.data.hash;
    if (verb !== 'bulk.approve') return false;
    const row = face.split('"TableRow"').find((each) => each.includes(NAMES[n] as string));
    return row !== undefined && said.every((text) => row.includes(`"${text}"`));
  });
}

/** Name -> the invariant that must catch it, and where it is put. */
export const BULK_MUTANTS: Record<string, { caughtBy: Invariant; bugs: BulkBugs }> = {
  'the yes to several is used for a price that it did not show': {
    caughtBy: 'I1',
    bugs: { store: showingLatest, drawn: { answer: 'yes', by: 'bo', fourEyes: 'off', repriced: true, broken: null, single: false, roleAway: false } },
  },
  'a yes to several counts once more when it is delivered again': {
    caughtBy: 'I10',
    bugs: { store: forgettingDone, drawn: { answer: 'yes', by: 'bo', roleAway: true, againAfterMs: 12 * MINUTE, repriced: false, single: false } },
  },
  'what somebody approved alone before is not counted into the sum': {
    caughtBy: 'I2',
    bugs: { store: forgettingYes, drawn: { answer: 'yes', by: 'ann', fourEyes: 'sum', single: true, repriced: false, broken: null, roleAway: false } },
  },
  'one of several that cannot be priced holds up the others': {
    caughtBy: 'I19',
    bugs: { store: patientForEver, drawn: { broken: 'plans' } },
  },
  'the ticket of one of several is closed with its purchase': {
    caughtBy: 'I21',
    bugs: { store: closingEarly, drawn: { answer: 'yes', by: 'bo', fourEyes: 'off' } },
  },
};

const isBulk = (table: string, partition: string) => table === BULKS[0] && partition === BULKS[1];

function bulkRead(store: Store, change: (bulk: Bulk) => Promise<Bulk> | Bulk): Store {
  return {
    ...store,
    get: async <T>(...given: Parameters<Store['get']>) => {
      const row = await store.get<T>(...given);
      return row && isBulk(given[0], given[1]) ? ({ ...row, value: await change(row.value as Bulk) } as Row<T>) : row;
    },
  };
}

/** Takes the price of the moment for the one that was shown. */
function showingLatest(store: Store): Store {
  return bulkRead(store, async (bulk) => {
    if (bulk.state !== 'approving') return bulk;
    const members = await Promise.all(
      bulk.members.map(async (one) => {
        const move = one.move && one.shown ? (await store.get<Move>(...ofCustomer(one.customerId), one.move))?.value : null;
        return move?.quote ? { ...one, shown: move.quote.hash } : one;
      }),
    );
    return { ...bulk, members };
  });
}

function forgettingDone(store: Store): Store {
  return bulkRead(store, (bulk) => ({ ...bulk, done: [] }));
}

function forgettingYes(store: Store): Store {
  return {
    ...store,
    get: async <T>(...given: Parameters<Store['get']>) => {
      const row = await store.get<T>(...given);
      return row && given[0] === OWN_YES[0] && given[1] === OWN_YES[1] ? ({ ...row, value: { ...(row.value as object), yes: [] } } as Row<T>) : row;
    },
  };
}

/** The patience with who is not priced begins anew at each look. */
function patientForEver(store: Store): Store {
  let lookedAt = '';
  return bulkRead(
    {
      ...store,
      commit: (table, partition, changes) => {
        for (const change of changes) if (isBulk(table, partition) && change.op !== 'delete') lookedAt = (change.value as Bulk).heldUntil ?? lookedAt;
        return store.commit(table, partition, changes);
      },
    },
    (bulk) => (bulk.state === 'asking' && lookedAt !== '' ? { ...bulk, askedAt: lookedAt } : bulk),
  );
}

function closingEarly(store: Store): Store {
  return changing(store, (changes) => {
    const bought = changes.find((one) => one.op !== 'delete' && one.key.startsWith(MOVE) && (one.value as Move).state === 'provisioning');
    return changes.map((one) =>
      bought && one.op !== 'delete' && one.key.startsWith(TICKET)
        ? { ...one, value: { ...(one.value as Ticket), closed: { how: 'moved', at: (one.value as Ticket).openedAt } } }
        : one,
    );
  });
}
