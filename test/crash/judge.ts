/** What must hold whatever happened, judged over the ledger of the pretend Partner Center, the chats, and the stored rows. */
import type { Chat, Ticket, Move, Notice } from '../../services/domain/ticket.ts';
import { type AuditEntry, verifyRecord } from '../../services/auditLog/auditLog.ts';
import { readChat } from '../../services/chats.ts';
import { changedUnseen } from './seen.ts';
import { dueAt } from './settings.ts';
import type { LedgerWrite } from '../../services/local/sandbox/state.ts';
import { BO, CY, REST_MS, type SimulatedWorld } from './world.ts';
import { auditPrefix, keysWith, MOVE, ofCustomer, TICKET } from '../../services/store/rows.ts';

export const INVARIANTS = {
  I1: 'at most one checkout for an approval, of exactly the approved line',
  I2: 'no checkout without an approval before it, by an approver who is not the one who asked',
  I3: 'no suspension while somebody holds the old licence alone and was not left behind by name, unless an approver vouched that he had looked where the bot could not',
  I4: 'nobody is ever without a licence',
  I5: 'every flip that lasted a full round is told to every chat that watches, when and as what is set for the chat asks',
  I6: 'one card for one ticket in a chat, but for posts whose answer was lost',
  I7: 'a flip, back and a flip again are one ticket within a day, and two after it; looking again makes none',
  I8: 'every change of state is written, in one unbroken chain to which is only added',
  I9: 'with the faults over, everything comes to an end',
  I10: 'what is finished stays: late and doubled presses change nothing',
  I11: 'several instances write the same ledger as one',
  I12: 'nobody of another company sees or changes anything',
  I13: 'a suspension changes the status alone, and what sets an end the end alone',
  I14: 'no token, address or object id in logs, cards, messages or the audit',
  I15: 'clocks that differ by ten minutes cause no second purchase and no early suspension',
  I16: 'never two moves alive, nor two purchases, for one subscription',
  I17: 'no claim on a card or in a thread is untrue as of the read that it names',
  I18: 'every flip that lasted a period is seen in every chat that watches and takes messages again, when and as what is set for the chat asks',
  I19: 'no customer, card or person holds up another’s for more than a minute',
  I20: 'every state that waits has a reminder and a way out',
  I21: 'no closed ticket’s old subscription goes on costing without a card that says so, and an end that was set is looked at when that was promised',
  I22: 'what nobody reacts to for two working days is said once in every chat that watches, outside its quiet hours, and a report comes once a week where it is set',
} as const;
export type Invariant = keyof typeof INVARIANTS;

/** What runs found; `where` runs it again alone. */
export interface Report {
  runs: number;
  faults: number;
  findings: { invariant: Invariant; where: string; seen: string }[];
}

export interface Circumstances {
  finished: boolean;
  /** What did not come to its end. */
  left?: string[];
  /** How often each customer is looked at, where not every REST_MS. */
  periodMs?: number;
  skewed: boolean;
  channels: number;
  undisturbed: boolean;
  /** How many tickets of a customer there may be, by the days between its flips; absent where that is not known. */
  troubles?: number;
  /** Kinds of writes of the undisturbed run of one instance, where this run should have the same. */
  expected: string[] | null;
  /** Ledger before the late presses. */
  writesBefore: number;
  statesBefore: string;
  statesAfter: string;
}

interface JudgedMove {
  move: Move;
  record: AuditEntry[];
}

export async function judge(world: SimulatedWorld, of: Circumstances): Promise<[Invariant, string][]> {
  const broken: [Invariant, string][] = [];
  const must = (name: Invariant, holds: boolean, seen: () => string) => void (holds || broken.push([name, seen()]));
  const judgedMoves: JudgedMove[] = [];
  const tickets: Ticket[] = [];
  for (const customer of world.sandbox.customers.keys()) {
    const records = new Map<string, AuditEntry[]>();
    for (const row of await world.store.range<Ticket>(...ofCustomer(customer), ...keysWith(TICKET))) {
      const record = (await world.store.range<AuditEntry>(...ofCustomer(customer), ...keysWith(auditPrefix(row.value.id)))).map((one) => one.value);
      records.set(row.value.id, record);
      tickets.push(row.value);
      const faults = verifyRecord(row.value, record, row.value.audit);
      must('I8', faults.length === 0, () => faults.join('; '));
    }
    for (const row of await world.store.range<Move>(...ofCustomer(customer), ...keysWith(MOVE))) {
      const record = records.get(row.value.ticketId) ?? [];
      judgedMoves.push({ move: row.value, record });
      must('I8', isWritten(row.value, record), () => `${row.key} is ${row.value.state}, its record ends ${record.at(-1)?.after}`);
    }
  }
  must('I8', world.rewritten.length === 0, () => `${world.rewritten[0]} was written over`);
  purchases(world, judgedMoves, must);
  licences(world, judgedMoves, must);
  await notices(world, of, tickets, must);
  patches(world, must);
  must(
    'I9',
    of.finished,
    () => of.left?.join(', ') ?? judgedMoves.map((one) => `${one.move.key} ${one.move.state} ${one.move.stuck?.reason ?? ''}`).join(', '),
  );
  must('I10', kinds(world).length === of.writesBefore && of.statesBefore === of.statesAfter, () => `${of.statesBefore} -> ${of.statesAfter}`);
  if (of.undisturbed) must('I10', world.slowestMs < 1_000, () => `a press waited ${world.slowestMs} ms for its answer`);
  must(
    'I10',
    world.answers.every((one) => one.answer !== ''),
    () => 'a press was not answered',
  );
  if (of.expected) must('I11', of.expected.join() === kinds(world).join(), () => kinds(world).join());
  outsiders(world, judgedMoves, must);
  secrets(world, must);
  must('I16', world.mostLive <= 1, () => `${world.mostLive} moves of one subscription were alive`);
  // The same faults under clocks that differ: what would be too much or too early by them.
  if (of.skewed) for (const [name, seen] of [...broken]) if (name === 'I1' || name === 'I3' || name === 'I16') broken.push(['I15', seen]);
  return broken;
}

type Must = (name: Invariant, holds: boolean, seen: () => string) => void;

/** Kinds of what took effect, carts apart: those cost nothing. */
export function kinds(world: SimulatedWorld): string[] {
  return world.sandbox.writes.filter((write) => write.kind !== 'cart').map((write) => write.kind);
}

/** The record's states follow each other and end where the move stands. */
function isWritten(move: Move, record: AuditEntry[]): boolean {
  let own = false;
  let state = '';
  let last = '';
  for (const row of record) {
    if (row.what === 'opened') {
      own = row.correlationId !== '' && opens(record, row, move);
      state = 'drafting';
      if (own) last = state;
      continue;
    }
    if (row.before === 'open' || row.after === 'open' || row.after === 'closed') continue;
    if (row.before !== state) return false;
    state = row.after;
    if (own) last = state;
  }
  return last === move.state;
}

/** Whether this opening is that of the move: the n-th opening belongs to the n-th move of its ticket. */
function opens(record: AuditEntry[], row: AuditEntry, move: Move): boolean {
  const openings = record.filter((one) => one.what === 'opened');
  return row.at === move.startedAt || openings.length === 1;
}

function cartOf(write: LedgerWrite): string {
  return /carts\/([^/]+)\/checkout/.exec(write.path)?.[1] ?? '';
}

function purchases(world: SimulatedWorld, judgedMoves: JudgedMove[], must: Must): void {
  const checkouts = world.sandbox.writes.filter((write) => write.kind === 'checkout');
  const bought = new Map<string, Move[]>();
  for (const write of checkouts) {
    const judged = judgedMoves.find((one) => one.move.quote?.cartId === cartOf(write));
    // A move that chose anew names its newest cart alone; the record names them all.
    const before = judgedMoves.some((one) => one.record.some((row) => row.what === 'priced' && row.data.cart === cartOf(write)));
    must('I1', judged !== undefined || before, () => `checkout ${write.n} is of a cart that no quote names`);
    if (!judged) continue;
    const { move, record } = judged;
    const { quote, approval } = move;
    const line = (write.body as { lineItems: { quantity: number; catalogItemId: string; termDuration: string; billingCycle: string }[] }).lineItems[0];
    // Where an order that came otherwise was taken so, the quote tells what came; the record tells what was approved.
    const seats = move.order?.accepted ? record.findLast((row) => row.what === 'priced' && row.data.cart === cartOf(write))?.data.quantity : quote?.quantity;
    const same =
      changedUnseen(world, cartOf(write)) ||
      (line?.catalogItemId === quote?.item &&
        line?.quantity === seats &&
        line?.termDuration === quote?.term &&
        line?.billingCycle?.toLowerCase() === quote?.billing);
    must('I1', same && (approval === null || approval.hash === quote?.hash), () => `checkout ${write.n} is not of the approved line: ${JSON.stringify(line)}`);
    bought.set(move.subscriptionId, [...(bought.get(move.subscriptionId) ?? []), move]);
    // The record's own time may differ by the clock of its instance, and that of the write by Partner Center's.
    const apartMs = SKEW_MS + Math.abs(world.sandbox.offsetMs);
    const said = record.filter((row) => row.what === 'approve' && row.data.hash === quote?.hash && Date.parse(row.at) <= Date.parse(write.at) + apartMs).at(-1);
    const approver = said && world.keys.get(said.by);
    must(
      'I2',
      said !== undefined && said.by !== quote?.askedBy && (approver === BO.name || approver === CY.name),
      () => `checkout ${write.n} was let by ${approver}`,
    );
    must('I2', said !== undefined && Date.parse(write.at) - Date.parse(said.at) < DAY_MS + apartMs, () => `checkout ${write.n} came a day after its approval`);
  }
  for (const [subscription, all] of bought) {
    must('I1', new Set(all.map((one) => one.key)).size === all.length, () => `a move of ${subscription} bought ${all.length} times`);
    const kept = all.filter((one) => one.outcome !== 'givenUp' && one.state !== 'cancelled');
    const episodes = new Set(kept.map((one) => one.ticketId));
    must('I16', episodes.size === kept.length, () => `${subscription} was bought ${kept.length} times`);
  }
}

const SKEW_MS = 11 * 60_000;
const DAY_MS = 24 * 3_600_000;

function licences(world: SimulatedWorld, judgedMoves: JudgedMove[], must: Must): void {
  for (const { kind, customer, licences: held } of world.snapshots) {
    const of = world.sandbox.customers.get(customer);
    if (kind === 'licenceUpdate')
      for (const [user, skus] of held) must('I4', skus.length > 0 || world.robbed.has(user), () => `${user} was left without a licence`);
    if (kind !== 'subscriptionPatch') continue;
    const mine = judgedMoves.filter((one) => one.move.customerId === customer && one.move.sku);
    const judged = mine.at(-1);
    const old = of?.subscriptions[0]?.skuId ?? '';
    const fresh = judged?.move.sku?.to ?? '';
    const waived = new Set(mine.flatMap((one) => one.record.filter((row) => row.what === 'waive').flatMap((row) => String(row.data.people).split(' '))));
    const vouched = mine.some((one) => one.record.some((row) => row.what === 'vouch'));
    // Seats bought elsewhere, and those of another subscription of the same plan, stay when this one goes.
    const alone = [...held.values()].filter((skus) => skus.includes(old) && !skus.includes(fresh)).length;
    const others = of?.subscriptions.slice(1).filter((one) => one.skuId === old && one.wire.status === 'active') ?? [];
    const stay = (of?.foreignSeats[old] ?? 0) + others.reduce((sum, one) => sum + Number(one.wire.quantity), 0);
    const covered = stay >= alone;
    for (const [user, skus] of held)
      must(
        'I3',
        covered || vouched || !(skus.includes(old) && !skus.includes(fresh)) || waived.has(user),
        () => `${user} held the old licence alone when it was suspended`,
      );
    const confirmed = mine.some((one) => one.record.some((row) => row.what === 'confirmSuspend' || row.what === 'vouch'));
    must('I3', confirmed, () => 'suspended although nobody confirmed it');
  }
  for (const customer of world.sandbox.customers.values())
    for (const user of customer.users) {
      // Somebody gave up, left the person behind, or all went home, with Partner Center's own fault unmended, which the card names.
      const mine = judgedMoves.filter((one) => one.move.customerId === customer.id);
      const behind = (row: AuditEntry) => row.what === 'waive' && String(row.data.people).includes(user.id);
      const left = world.robbed.has(user.id) && mine.some((one) => one.move.outcome === 'givenUp' || one.record.some(behind) || isNamed(one.move));
      must('I4', left || Object.keys(user.licences).length > 0, () => `${user.id} has no licence in the end`);
    }
}

/** Its card says that somebody has neither licence, and offers to try again: with people at work it does not stay so, or it never comes to an end. */
function isNamed({ state, people }: Move): boolean {
  return (state === 'purchased' || state === 'stuck') && (people?.without ?? 0) > 0;
}

/** Whether a ticket was open at a moment, by the true time of its record's lines. */
function openAt(world: SimulatedWorld, ticket: Ticket, atMs: number): boolean {
  const line = (seq: number) => world.recordedAt.get(`${ticket.customerId} aud_${ticket.id}_${String(seq).padStart(6, '0')}`) ?? Number.POSITIVE_INFINITY;
  return line(1) < atMs && (ticket.closed === null || line(ticket.audit.seq) > atMs);
}

async function notices(world: SimulatedWorld, of: Circumstances, tickets: Ticket[], must: Must): Promise<void> {
  const watching = world.chats.filter((chat) => chat.kind === 'channel').slice(0, of.channels);
  for (const customer of world.sandbox.customers.keys()) {
    const own = tickets.filter((one) => one.customerId === customer && one.kind !== 'asked');
    const offs = world.flips.filter((one) => one.customer === customer && one.off);
    const roundMs = ROUND_MS + 4 * Math.max(0, (of.periodMs ?? REST_MS) - REST_MS);
    // What a move has just suspended is believed to be so for a while, whatever a list says.
    const believedMs = (off: { atMs: number }) => (off.atMs === world.reactivated.get(customer) ? LAG_MS : 0);
    // Whose ticket is open all the while needs no other one.
    const told = (off: { atMs: number }) => own.some((one) => openAt(world, one, off.atMs));
    const lasting = offs.filter((off) => world.overAt(off) - off.atMs > roundMs + believedMs(off) && !told(off));
    const openings = own.reduce((sum, one) => sum + 1 + (one.closedBefore?.length ?? 0), 0);
    must('I5', openings >= lasting.length, () => `${lasting.length} lasting flips of ${customer}, ${openings} openings of tickets`);
    const most = Math.min(offs.length, of.troubles ?? Number.POSITIVE_INFINITY);
    must('I7', own.length <= most, () => `${offs.length} flips of ${customer}, ${own.length} tickets where ${most} may be`);
    must('I7', new Set(own.map((one) => one.episode)).size === own.length, () => `two tickets of ${customer} are one episode`);
  }
  for (const ticket of tickets) {
    for (const chat of watching) {
      const notice = await world.store.get<Notice>(...ofCustomer(ticket.customerId), `ntc_${ticket.id}_${chat.key}`);
      const lasted = (ticket.closed ? Date.parse(ticket.closed.at) : world.sim.nowMs()) - Date.parse(ticket.openedAt) > ROUND_MS + SKEW_MS;
      const asks = asksForCard((await readChat(world.store, chat.key))?.value, ticket, world.sim.nowMs());
      if (asks && (ticket.closed === null || lasted)) must('I5', notice !== undefined, () => `${chat.id} was never told of ${ticket.id}`);
      const handles = new Set([...world.handles].filter(([, ticketId]) => ticketId === ticket.id).map(([handle]) => handle));
      const posted = world.cards.filter((one) => one.chat === chat.key && [...handles].some((handle) => one.first.includes(handle))).length;
      const allowed = 1 + (world.ambiguous.get(chat.key) ?? 0) + (world.askedAgain.get(chat.key) ?? 0) + world.crashes;
      must('I6', posted <= allowed, () => `${chat.id} has ${posted} cards of ${ticket.id}, ${allowed} can be explained`);
    }
  }
}

/** Whether a chat is to have a card by now; where one list is asked for, it stands in that. */
function asksForCard(chat: Chat | undefined, ticket: Ticket, nowMs: number): boolean {
  if (!chat?.settings) return true;
  const due = dueAt(chat, ticket, Date.parse(ticket.openedAt));
  return !chat.settings.digest && due !== null && due + ROUND_MS < nowMs;
}

/** A flip that lasts longer than this has been looked at, lost wake-ups and restarts included. */
const LAG_MS = 15 * 60_000;
const ROUND_MS = 4 * REST_MS + 120_000;

function patches(world: SimulatedWorld, must: Must): void {
  for (const write of world.sandbox.writes.filter((one) => one.kind === 'subscriptionPatch'))
    must(
      'I13',
      Object.keys(write.body as object).every((field) => ['status', 'suspendedAt', 'suspensionReasons'].includes(field)),
      () => `a PATCH changed ${Object.keys(write.body as object).join()}`,
    );
}

function outsiders(world: SimulatedWorld, judgedMoves: JudgedMove[], must: Must): void {
  const outside = world.chats.find((chat) => chat.id === 'a:mal');
  const shown = world.cards.filter((one) => one.chat === outside?.key && /Contoso|Northwind/.test(JSON.stringify(one.card)));
  must('I12', shown.length === 0, () => 'somebody of another company was shown a card');
  for (const { move, record } of judgedMoves) {
    must(
      'I12',
      record.every((row) => row.tenant === '' || row.tenant === 'partner'),
      () => `somebody of another company is in the record of ${move.key}`,
    );
    for (const write of world.sandbox.writes.filter((one) => cartOf(one) === move.quote?.cartId && one.kind === 'checkout'))
      must('I12', write.path.includes(move.customerId), () => `${write.path} was bought for another customer`);
  }
}

/** Tokens, user principal names, object ids: nowhere but in the one table that maps people. */
function secrets(world: SimulatedWorld, must: Must): void {
  // The letters of a handle are drawn, those of an object id stand alone.
  const bad = /sandbox-app|Bearer|@[a-z0-9]+\.onmicrosoft\.com|(?<![\w-])oid-[a-z]/;
  const audit = world.store.texts().filter((text) => text.includes('"correlationId"'));
  const texts: [string, string[]][] = [
    ['the log', world.logs],
    ['a message', world.queues.sent],
    ['a card', world.cards.map((one) => JSON.stringify(one.card))],
    ['the audit', audit],
    ['a line', world.said.map((text) => text.replace(/<at>.*?<\/at>/g, ''))],
  ];
  for (const [where, all] of texts) {
    const found = all.find((text) => bad.test(text));
    must('I14', found === undefined, () => `${where} holds ${bad.exec(found ?? '')?.[0]}`);
  }
}
