/** What must hold in the unkind world beside the invariants of every run: what cards say, who heard, who was held up, who has a way out. */
import type { Claim } from '../../cards/claims.ts';
import type { Chat, Ticket, TrackedSubscription, Move } from '../../services/domain/ticket.ts';
import { isLive } from '../../services/moves/states.ts';
import type { AuditEntry } from '../../services/auditLog/auditLog.ts';
import type { LedgerWrite } from '../../services/local/sandbox/state.ts';
import { textsOf, unclaimed } from '../unit/cards/sentences.ts';
import type { Invariant } from './judge.ts';
import { buttonsOf } from './people.ts';
import { type Act, changedUnseen, type ShownThen, type Truth } from './seen.ts';
import { dueAt } from './settings.ts';
import type { SimulatedWorld } from './world.ts';
import { AUDIT, CHAT_KEY, keysWith, MOVE, ofChat, ofCustomer, SUBSCRIPTION, TICKET } from '../../services/store/rows.ts';

export interface UnkindRun {
  skewed: boolean;
  periodMs: number;
  /** By customer. */
  rules: readonly string[][];
  finished: boolean;
  /** Everybody went home in the middle, for two days. */
  left: boolean;
}

type Must = (name: Invariant, holds: boolean, seen: () => string) => void;

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
/** A read takes a while, and its customer does not stand still. */
const READ_MS = 90 * SECOND_MS;
const SKEW_MS = 11 * MINUTE_MS;
const LONGEST_UNREAD_MS = 60 * MINUTE_MS;
/** A restart, a lost wake-up, a lease that runs out. */
const SLACK_MS = 6 * MINUTE_MS;

export async function judgeUnkind(world: SimulatedWorld, run: UnkindRun): Promise<[Invariant, string][]> {
  const broken: [Invariant, string][] = [];
  const must: Must = (name, holds, seen) => void (holds || broken.push([name, seen()]));
  const rows = await stored(world);
  claimsAreTrue(world, rows, run, must);
  nothingTwice(world, rows, must);
  suspensionsAskedFor(world, rows, must);
  actsCountOnce(world, rows, run, must);
  pricesAreOfWhatWasChosen(rows, must);
  everyFlipIsSeen(world, rows, run, must);
  nobodyIsHeldUp(world, rows, run, must);
  everyWaitHasAWayOut(world, rows, run, must);
  return broken;
}

interface Stored {
  tickets: Ticket[];
  moves: Move[];
  known: TrackedSubscription[];
  chats: Map<string, Chat>;
  records: { key: string; ticketId: string; row: AuditEntry; atMs: number }[];
}

async function stored(world: SimulatedWorld): Promise<Stored> {
  const all: Stored = { tickets: [], moves: [], known: [], chats: new Map(), records: [] };
  for (const customer of world.sandbox.customers.keys()) {
    for (const row of await world.store.range<Ticket>(...ofCustomer(customer), ...keysWith(TICKET))) all.tickets.push(row.value);
    for (const row of await world.store.range<Move>(...ofCustomer(customer), ...keysWith(MOVE))) all.moves.push(row.value);
    for (const row of await world.store.range<TrackedSubscription>(...ofCustomer(customer), ...keysWith(SUBSCRIPTION))) all.known.push(row.value);
    for (const row of await world.store.range<AuditEntry>(...ofCustomer(customer), ...keysWith(AUDIT)))
      all.records.push({ key: row.key, ticketId: row.key.split('_')[1] ?? '', row: row.value, atMs: world.recordedAt.get(`${customer} ${row.key}`) ?? 0 });
  }
  for (const place of world.chats) {
    const row = await world.store.get<Chat>(...ofChat(place.key), CHAT_KEY);
    if (row) all.chats.set(place.key, row.value);
  }
  return all;
}

/** I17, for each card and line as it was shown, and for the last cards as of the end. */
function claimsAreTrue(world: SimulatedWorld, rows: Stored, run: UnkindRun, must: Must): void {
  for (const shown of world.shown) {
    if (shown.claims === null) continue;
    const bare = unclaimed(textsOf(shown.content), shown.claims);
    must('I17', bare.length === 0, () => `said without a claim: ${bare[0]}`);
    for (const claim of shown.claims) {
      const why = untrue(world, rows, run, claim, shown);
      must('I17', why === null, () => `${new Date(shown.atMs).toISOString()} ${JSON.stringify(claim)}: ${why}`);
    }
  }
  if (!run.finished) return;
  for (const shown of lastCards(world)) {
    const ticket = rows.tickets.find((one) => one.id === shown.claims?.[0]?.of);
    if (!ticket || ticket.closed || refusesStill(world, shown.chat)) continue;
    for (const claim of shown.claims ?? []) {
      if (claim.claims !== 'ends' && claim.claims !== 'termEnds' && claim.claims !== 'renews') continue;
      // What no list has said of it nobody can know.
      const [now, told] = [world.truths.get(ticket.customerId)?.at(-1), world.toldRenewals.get(ticket.customerId)?.at(-1)];
      const known = now !== undefined && told?.renews === now.renews && world.sim.nowMs() - told.atMs > run.periodMs + SLACK_MS;
      const stale = known && now.renews !== (claim.claims === 'renews');
      must('I17', !stale, () => `a card still says in the end: ${JSON.stringify(claim)}`);
    }
  }
}

/** Each card as it stands in the end; one of which Teams said that it is gone is nobody’s to change. */
function lastCards(world: SimulatedWorld): ShownThen[] {
  const last = new Map<string, ShownThen>();
  for (const one of world.shown) if (one.card !== null) last.set(one.card, one);
  return [...last.values()].filter(({ card }) => !world.saidGone.has(card ?? '') && !world.cards.find((one) => one.id === card)?.deleted);
}

function refusesStill(world: SimulatedWorld, chat: string): boolean {
  const place = world.chats.find((one) => one.key === chat);
  return world.nos.some((no) => no.untilMs + SLACK_MS > world.sim.nowMs() && no.chats.includes(place?.id ?? ''));
}

/** Why a claim was not so at the read that it names; null where it was. */
function untrue(world: SimulatedWorld, rows: Stored, run: UnkindRun, claim: Claim, shown: ShownThen): string | null {
  if (claim.asOf === null) return 'it rests on no read';
  const toleranceMs = (run.skewed ? SKEW_MS : 0) + READ_MS;
  const at = Date.parse(claim.asOf);
  if (at > shown.atMs + toleranceMs) return 'its read lies in the future';
  const ticket = rows.tickets.find((one) => one.id === claim.of);
  const customer = ticket?.customerId ?? '';
  const some = (test: (truth: Truth) => boolean) => within(world.truths.get(customer) ?? [], at - toleranceMs, at + toleranceMs).some(test);
  const sameSku = ticket ? usesOneSku(world, customer) : false;
  switch (claim.claims) {
    case 'nothingBought':
      return ticket ? boughtAfterAll(world, rows, ticket, at, run.skewed ? SKEW_MS : SECOND_MS) : null;
    case 'bought':
      return ticket ? notBoughtSo(world, rows, ticket, claim, at + toleranceMs) : null;
    case 'moved':
      return sameSku || some((truth) => truth.moved >= claim.moved) ? null : `${most(world, customer)} had moved`;
    case 'nobodyHolds':
      return sameSku || some((truth) => truth.holdOld === 0) ? null : 'somebody held the old licence';
    case 'suspended':
      return some((truth) => truth.status === 'suspended') ? null : 'it was not suspended';
    case 'ends':
    case 'termEnds':
      return some((truth) => !truth.renews) ? null : 'it renewed';
    case 'renews':
      return some((truth) => truth.renews) ? null : 'it did not renew';
    case 'gone':
      return some((truth) => truth.status !== 'active') ? null : 'it was active';
    case 'refused':
      return (world.refusals.get(customer) ?? []).some((one) => one <= at + toleranceMs) ? null : 'nothing was refused';
    case 'approved':
      return ['Bo', 'Cy'].includes(world.keys.get(claim.by) ?? '') ? null : 'no approver said yes';
    case 'watches': {
      const now = rows.chats.get(shown.chat);
      return now ? null : 'the chat is not known';
    }
    case 'allRenew': {
      const each = claim.of ? [world.truths.get(claim.of) ?? []] : [...world.truths.values()];
      return each.every((truths) => within(truths, at - toleranceMs, at + toleranceMs).some((truth) => truth.renews || truth.status !== 'active'))
        ? null
        : 'something did not renew';
    }
  }
}

/** What was true at some time between. */
function within(truths: readonly Truth[], fromMs: number, toMs: number): Truth[] {
  return truths.filter((truth, n) => truth.atMs <= toMs && (truths[n + 1]?.atMs ?? Number.POSITIVE_INFINITY) >= fromMs);
}

function most(world: SimulatedWorld, customer: string): number {
  return Math.max(0, ...(world.truths.get(customer) ?? []).map((truth) => truth.moved));
}

function usesOneSku(world: SimulatedWorld, customer: string): boolean {
  const all = world.sandbox.customers.get(customer)?.subscriptions ?? [];
  return all.slice(1).some((one) => one.skuId !== null && one.skuId === all[0]?.skuId);
}

const cartOf = (write: LedgerWrite) => /carts\/([^/]+)\/checkout/.exec(write.path)?.[1] ?? '';

function checkoutsOf(world: SimulatedWorld, customer: string): { cart: string; order: string; write: LedgerWrite; begunMs: number }[] {
  const held = world.sandbox.customers.get(customer);
  return world.sandbox.writes
    .filter((write) => write.kind === 'checkout' && write.path.includes(customer))
    .map((write) => {
      const cart = cartOf(write);
      const placed = held?.carts.find((one) => one.wire.id === cart)?.checkout?.body as { orders?: { id: string }[] } | undefined;
      return { cart, order: placed?.orders?.[0]?.id ?? '', write, begunMs: world.attempts.get(cart) ?? 0 };
    });
}

/** Nothing was bought, unless a purchase had been begun by then that went through, then or later. */
/** A card speaks of the move that it shows: what an earlier one of the ticket had bought, before somebody ended it, is told by the history. */
function boughtAfterAll(world: SimulatedWorld, rows: Stored, ticket: Ticket, at: number, toleranceMs: number): string | null {
  const opened = Date.parse(ticket.openedAt) - toleranceMs;
  const ended = rows.moves.filter((one) => one.ticketId === ticket.id && one.outcome === 'givenUp' && one.key !== ticket.move);
  const before = new Set(ended.flatMap((one) => one.order?.id ?? []));
  const found = checkoutsOf(world, ticket.customerId).find((one) => !before.has(one.order) && one.begunMs >= opened && one.begunMs <= at - toleranceMs);
  return found ? `order ${found.order} of cart ${found.cart} had been begun` : null;
}

function notBoughtSo(world: SimulatedWorld, rows: Stored, ticket: Ticket, claim: Extract<Claim, { claims: 'bought' }>, untilMs: number): string | null {
  const orders = world.sandbox.customers.get(ticket.customerId)?.orders ?? [];
  const own = new Set(rows.moves.filter((one) => one.ticketId === ticket.id).map((one) => one.order?.id));
  const some = orders.filter((order) => (world.orderedAt.get(order.wire.id) ?? 0) <= untilMs && (own.has(order.wire.id) || own.size === 0));
  if (some.length === 0) return 'there was no order';
  // What is late may have been read in the list of orders before it became another one.
  const asOfMs = Date.parse(claim.asOf ?? '') || 0;
  const seats = some.flatMap(({ wire }) => {
    const odd = world.oddOrders.get(wire.id);
    return [Number(wire.lineItems[0]?.quantity), ...(odd && asOfMs <= odd.untilMs ? [odd.was] : [])];
  });
  return seats.includes(claim.quantity) ? null : `the order has ${seats[0]} seats`;
}

/** Whatever the moves say now: an order that no move knows is one too many; whole carts are compared, not their first line. */
function nothingTwice(world: SimulatedWorld, rows: Stored, must: Must): void {
  const owned = new Set(rows.moves.flatMap((one) => one.order?.id ?? []));
  for (const customer of world.sandbox.customers.keys()) {
    const all = checkoutsOf(world, customer);
    // Of which a person, asked about it by its id, gave a reason why it is another one.
    const disowned = new Set(rows.moves.filter((one) => one.customerId === customer).flatMap((one) => (one.notOurs ?? []).map(({ order }) => order)));
    const strangers = all.filter((one) => !owned.has(one.order) && !disowned.has(one.order));
    must(
      'I16',
      all.length < 2 || strangers.length === 0,
      () => `${all.length} orders for one subscription, and no move knows ${strangers.map((one) => one.order).join()}`,
    );
    const episodes = rows.tickets.filter((one) => one.customerId === customer).length;
    const gaveUp = rows.moves.filter((one) => one.customerId === customer && one.outcome === 'givenUp' && one.order).length;
    must('I16', all.length <= episodes + gaveUp + disowned.size, () => `${all.length} orders in ${episodes} tickets of one subscription`);
    for (const { cart, write } of all) wholeCart(world, rows, cart, write, must);
  }
}

interface Line {
  catalogItemId: string;
  quantity: number;
  currencyCode: string;
  billingCycle: string;
  pricing: { extendedPrice: number };
}

function wholeCart(world: SimulatedWorld, rows: Stored, cart: string, write: LedgerWrite, must: Must): void {
  if (changedUnseen(world, cart)) return;
  const lines = (write.body as { lineItems: Line[] }).lineItems;
  const quote = rows.moves.find((one) => one.quote?.cartId === cart)?.quote;
  must('I1', lines.length === 1, () => `a cart of ${lines.length} lines was bought`);
  const line = lines[0];
  if (!quote || !line) return;
  must('I1', line.currencyCode === quote.monthly.currency, () => `bought in ${line.currencyCode}, approved in ${quote.monthly.currency}`);
  const minor = Math.round((line.pricing.extendedPrice * 100) / (line.billingCycle.toLowerCase() === 'annual' ? 12 : 1));
  must('I1', Math.abs(minor - quote.monthly.minor) <= 1, () => `bought for ${minor} a month, approved for ${quote.monthly.minor}`);
}

/** A suspension is asked for once and perhaps once more for each yes, and not over somebody who switched it on again. */
function suspensionsAskedFor(world: SimulatedWorld, rows: Stored, must: Must): void {
  for (const customer of world.sandbox.customers.keys()) {
    const asked = world.suspensionsAsked.filter((one) => one.customer === customer);
    const yes = rows.records.filter(
      ({ ticketId, row }) => rows.tickets.some((one) => one.id === ticketId && one.customerId === customer) && ['confirmSuspend', 'check'].includes(row.what),
    );
    must(
      'I13',
      asked.length <= 2 * Math.max(1, yes.length) + (world.crashes > 0 ? 1 : 0),
      () => `asked ${asked.length} times to suspend, after ${yes.length} yeses`,
    );
    const back = world.reactivated.get(customer);
    if (back === undefined || back === Number.POSITIVE_INFINITY) continue;
    const after = asked.filter((one) => one.atMs > back + 5 * SECOND_MS);
    must('I13', after.length === 0 || yes.some(({ atMs }) => atMs > back), () => 'suspended again over somebody who had switched it on again');
  }
}

/** Lines of the record that a person's act stands behind. */
const CONSENTS: Readonly<Record<string, readonly string[]>> = {
  chosen: ['purchase.quote'],
  approve: ['purchase.approve'],
  confirmUsers: ['reassignment.confirm', 'reassignment.retry'],
  confirmSuspend: ['suspension.confirm'],
  decline: ['purchase.decline'],
};
const TURN_MS = 3 * MINUTE_MS;

/** Each consent in the record comes from an act of its own, made when its stage had been shown. */
function actsCountOnce(world: SimulatedWorld, rows: Stored, run: UnkindRun, must: Must): void {
  const used = new Set<object>();
  const consents = rows.records.filter(({ row }) => row.what in CONSENTS).sort((a, b) => a.atMs - b.atMs);
  for (const { row, atMs, ticketId } of consents) {
    const verbs = CONSENTS[row.what] as readonly string[];
    const person = world.keys.get(row.by) ?? '';
    const mine = world.acts.filter(
      (act) => act.person === person && act.atMs <= atMs && atMs - act.atMs < TURN_MS && (act.verb === null || verbs.includes(act.verb)) && !used.has(act),
    );
    const pressed = mine.find((one) => one.verb !== null);
    const typed = mine.filter((one) => one.verb === null && meansIt(one.text));
    const wasShown = (one: Act) =>
      world.shown.some(
        (shown) => shown.atMs <= one.atMs && (shown.card === null ? isAskedIn(shown, one, verbs) : stagesOn(shown).some((on) => verbs.includes(on))),
      );
    const act = pressed ?? typed.find(wasShown) ?? typed[0];
    must('I2', act !== undefined, () => `${row.what} of ${ticketId} by ${person} comes from no act of its own`);
    if (!act) continue;
    used.add(act);
    if (act.verb !== null) continue;
    must('I2', run.skewed || wasShown(act), () => `${row.what} of ${ticketId} was typed before anybody was shown it`);
  }
}

/** The questions of these stages where they are asked in words. */
const QUESTIONS: Readonly<Record<string, RegExp>> = {
  'purchase.quote': /Which plan\?|How many licences\?/,
  'purchase.approve': /\*\*yes\*\* to approve/,
  'reassignment.confirm': /\*\*yes\*\* to move/,
  'suspension.confirm': /\*\*yes\*\* to suspend/,
};

function isAskedIn(line: ShownThen, act: Act, verbs: readonly string[]): boolean {
  return line.chat === act.chat && verbs.some((verb) => QUESTIONS[verb]?.test(textOf(line)) === true);
}

function stagesOn(card: ShownThen): string[] {
  return buttonsOf(card.content).map((button) => button.verb);
}

function meansIt(text: string): boolean {
  return !/^(show|move|status|watch|watching|cancel|back|check)\b/i.test(text);
}

/** A price is shown for what was chosen last, and not for what somebody has thought better of. */
function pricesAreOfWhatWasChosen(rows: Stored, must: Must): void {
  for (const ticket of rows.tickets) {
    let chosen: AuditEntry['data'] | null = null;
    for (const { row } of rows.records.filter((one) => one.ticketId === ticket.id)) {
      if (row.what === 'opened') chosen = null;
      if (row.what === 'chosen') chosen = row.data;
      if (row.what !== 'priced') continue;
      const same = chosen?.quantity === row.data.quantity && chosen?.plan === row.data.plan && (chosen?.term ?? row.data.term) === row.data.term;
      const said = (data: AuditEntry['data'] | null) => `${data?.quantity ?? 'none'} ${data?.plan ?? ''} ${data?.term ?? ''}`;
      must('I1', same, () => `${ticket.id} asks to buy ${said(row.data)}, chosen were ${said(chosen)}`);
    }
  }
}

/** I18: in each chat that watches and takes messages, something tells of each flip that lasted. */
function everyFlipIsSeen(world: SimulatedWorld, rows: Stored, run: UnkindRun, must: Must): void {
  takenAway(world, rows, must);
  for (const [customer, truths] of world.truths) {
    const last = truths.at(-1);
    const held = world.sandbox.customers.get(customer);
    if (!last || !held) continue;
    const lasted = world.sim.nowMs() - last.atMs > 2 * run.periodMs + SLACK_MS;
    const known = rows.known.find((one) => one.snapshot.id === held.subscriptions[0]?.wire.id.toLowerCase());
    const newest = rows.tickets
      .filter((one) => one.customerId === customer)
      .sort((a, b) => a.episode - b.episode)
      .at(-1);
    if (lasted && !last.renews && last.status === 'active')
      must(
        'I18',
        Boolean(known?.ticket) || newest?.closed?.how === 'moved',
        () => `${held.name} does not renew, and its newest ticket is ${newest?.closed?.how ?? 'none'}`,
      );
    for (const place of world.chats.slice(0, 2)) {
      const offs = world.flips.filter((one) => one.customer === customer && one.off && lasts(world, one, run.periodMs));
      const off = offs.at(-1);
      if (!off || refusesStill(world, place.key) || overBefore(world, rows, newest, place.id)) continue;
      const due = newest ? dueAt(rows.chats.get(place.key), newest, off.atMs) : off.atMs;
      // It is left out there, or its hour is still to come.
      if (due === null || (due > off.atMs && due + run.periodMs + SLACK_MS > world.sim.nowMs())) continue;
      const name = held.name.split(' ')[0] as string;
      const first = firstTold(world, place.key, name, off.atMs);
      must('I18', first !== undefined, () => `${place.id} was never told of ${held.name}`);
      // What another record of the list is has nothing to do with it.
      const readable = run.rules.every((rules) => rules.every((rule) => rule === 'nullRecord')) && world.nos.length === 0 && world.sim.faultsUsed === 0;
      const took = (first?.atMs ?? world.sim.nowMs()) - due;
      must('I18', !readable || took < run.periodMs + SLACK_MS, () => `${place.id} heard of ${held.name} after ${Math.round(took / SECOND_MS)} s`);
    }
  }
}

/** What told a chat of a customer by itself: an answer to somebody who asked does not count, whatever it says. */
function firstTold(world: SimulatedWorld, chat: string, name: string, sinceMs: number): ShownThen | undefined {
  return world.shown.find(
    (one) =>
      one.chat === chat && one.atMs >= sinceMs && (one.claims !== null || world.plainAlerts.has(textOf(one))) && JSON.stringify(one.content).includes(name),
  );
}

function textOf({ content }: ShownThen): string {
  return String((content as { text?: unknown }).text ?? '');
}

/** Whether a ticket was closed before the chat took messages again, or, where it slept, before anybody woke it: it is told of what is open. */
function overBefore(world: SimulatedWorld, rows: Stored, newest: Ticket | undefined, chat: string): boolean {
  if (!newest?.closed) return false;
  const ends = world.nos.filter((no) => no.chats.includes(chat)).map((no) => no.untilMs);
  if (ends.length === 0) return false;
  const until = Math.max(...ends);
  const closed = rows.records.filter((one) => one.ticketId === newest.id).at(-1)?.atMs ?? 0;
  const key = world.chats.find((one) => one.id === chat)?.key ?? '';
  const slept = world.logs.some((line) => line.startsWith('a chat takes no messages; it sleeps') && line.includes(key));
  const wokeAt = world.acts.find((one) => one.chat === key && one.atMs >= until)?.atMs ?? world.sim.nowMs();
  return closed < until + 3 * MINUTE_MS || (slept && closed <= wokeAt);
}

function lasts(world: SimulatedWorld, off: { customer: string; atMs: number }, periodMs: number): boolean {
  // What a move has just suspended is believed to be so for a quarter of an hour, whatever a list says, and an odd list says nothing.
  const believedMs = off.atMs === world.reactivated.get(off.customer) ? LONGEST_UNREAD_MS : 0;
  return world.overAt(off) - off.atMs > 2 * periodMs + SLACK_MS + believedMs;
}

/** What goes on with a ticket is shown in a chat although somebody took its card away there. */
function takenAway(world: SimulatedWorld, rows: Stored, must: Must): void {
  for (const place of world.chats.slice(0, 2)) {
    for (const ticket of rows.tickets) {
      const cards = cardsOf(world, place.key, ticket.id);
      const away = Math.max(0, ...cards.map((one) => one.deletedAt ?? 0));
      const went = rows.records.some((one) => one.ticketId === ticket.id && one.atMs > away + SECOND_MS && one.atMs < world.sim.nowMs() - SLACK_MS);
      if (away === 0 || !went || refusesStill(world, place.key) || overBefore(world, rows, ticket, place.id)) continue;
      // Where Teams refuses the card itself, a sentence tells it.
      const name = (world.sandbox.customers.get(ticket.customerId)?.name ?? '').split(' ')[0] as string;
      const said = world.shown.some((one) => one.chat === place.key && one.card === null && one.atMs > away && JSON.stringify(one.content).includes(name));
      must(
        'I18',
        said || cards.some((one) => !one.deleted),
        () => `the card of ${ticket.id} in ${place.id} was taken away, and what followed is shown nowhere there`,
      );
    }
  }
}

/** I19: whoever is undisturbed is told within a period and a minute, whatever happens to others. */
function nobodyIsHeldUp(world: SimulatedWorld, rows: Stored, run: UnkindRun, must: Must): void {
  if (run.left) return;
  const calm = [...world.sandbox.customers.values()].filter((_, n) => run.rules.length > 1 && (run.rules[n] ?? []).length === 0);
  for (const customer of calm) {
    const off = world.flips.filter((one) => one.customer === customer.id && one.off).at(-1);
    if (!off) continue;
    for (const place of world.chats.slice(0, 2)) {
      const name = customer.name.split(' ')[0] as string;
      const own = (words: string | undefined) => words === undefined || words === name;
      if (world.nos.some((no) => no.chats.includes(place.id) && own(no.words)) || world.sim.faultsUsed > 0) continue;
      const first = firstTold(world, place.key, name, off.atMs);
      const of = rows.tickets.findLast((one) => one.customerId === customer.id);
      const due = of ? dueAt(rows.chats.get(place.key), of, off.atMs) : off.atMs;
      // What Teams says of a card that somebody took away may be what it says at random: the tries that tell take their time.
      const unsaid = world.deletedSays.status === 403 && of !== undefined && wasTakenAway(world, place.key, of.id);
      if (due === null || unsaid) continue;
      const took = (first?.atMs ?? world.sim.nowMs()) - due;
      const allowed = run.periodMs + MINUTE_MS + 4 * world.teamsSlowMs + world.editsLateMs;
      const slowMs = slowBetween(world, place.key, off.atMs, off.atMs + took);
      must('I19', took <= allowed + slowMs, () => `${place.id} heard of ${customer.name} after ${Math.round(took / SECOND_MS)} s`);
      stepsAreShown(world, rows, { customer: customer.id, chat: place.key, withinMs: allowed }, must);
    }
  }
}

/** Whether somebody took a card of that ticket away in that chat. */
function wasTakenAway(world: SimulatedWorld, chat: string, ticketId: string): boolean {
  return cardsOf(world, chat, ticketId).some((one) => one.deletedAt !== undefined);
}

/** A card of what is closed has no button that says whose it is, and one that asks for a yes claims nothing. */
function cardsOf(world: SimulatedWorld, chat: string, ticketId: string): SimulatedWorld['cards'] {
  const handles = [...world.handles].filter(([, of]) => of === ticketId).map(([handle]) => handle);
  const claims = new Set(world.shown.filter((one) => one.claims?.some((claim) => claim.of === ticketId)).map((one) => one.card));
  return world.cards.filter((one) => one.chat === chat && (claims.has(one.id) || handles.some((handle) => one.first.includes(handle))));
}

/** What is done in a ticket is shown on its card soon. */
function stepsAreShown(world: SimulatedWorld, rows: Stored, of: { customer: string; chat: string; withinMs: number }, must: Must): void {
  const ticket = rows.tickets.filter((one) => one.customerId === of.customer).at(-1);
  if (!ticket) return;
  // Whose card somebody took away is disturbed.
  if (wasTakenAway(world, of.chat, ticket.id)) return;
  const cards = world.shown.filter((one) => one.chat === of.chat && one.card !== null && one.claims?.some((claim) => claim.of === ticket.id));
  for (const { row, atMs, ticketId } of rows.records) {
    if (ticketId !== ticket.id || !['placed', 'moved', 'verified'].includes(row.what) || atMs > world.sim.nowMs() - of.withinMs) continue;
    const shownAtMs = cards.find((one) => one.atMs >= atMs)?.atMs ?? world.sim.nowMs();
    const soon = shownAtMs - atMs <= of.withinMs + slowBetween(world, of.chat, atMs, shownAtMs);
    must('I19', soon, () => `'${row.what}' of ${ticketId} was not shown within ${Math.round(of.withinMs / SECOND_MS)} s`);
  }
}

/** What a chat waited for Teams itself, beyond the four slow answers that are allowed for. */
function slowBetween(world: SimulatedWorld, chat: string, fromMs: number, toMs: number): number {
  const id = world.chats.find((one) => one.key === chat)?.id;
  const slow = world.slowAt.filter((one) => one.chat === id && one.atMs > fromMs - world.teamsSlowMs && one.atMs < toMs).length;
  return Math.max(0, slow - 4) * world.teamsSlowMs;
}

/** What brings a move up again. */
const REMINDERS: ReadonlySet<string> = new Set(['reminded', 'approvalDue', 'orderAsked', 'waits']);

/** An approval that is due, an order that is asked about, the wait itself, and the last day coming near. */
const REMINDERS_MOST = 4;

/** I20: what waits for a person has a card that offers something, and is brought up again after a working day. */
function everyWaitHasAWayOut(world: SimulatedWorld, rows: Stored, run: UnkindRun, must: Must): void {
  if (run.left) everyWaitIsRemindedOf(world, rows, run, must);
  for (const move of rows.moves) {
    if (!isLive(move) || move.nextAt !== null) continue;
    const cards = world.cards.filter(
      (one) => !one.deleted && buttonsOf(one.card).some((button) => world.handles.get(String(button.data.id)) === move.ticketId),
    );
    const offers = cards.some((card) => buttonsOf(card.card).some((button) => !/history|assign|show|refresh/.test(button.verb)));
    must('I20', offers, () => `${move.key} is ${move.state} and no card offers a way out`);
  }
}

function everyWaitIsRemindedOf(world: SimulatedWorld, rows: Stored, run: UnkindRun, must: Must): void {
  const longMs = 24 * 60 * MINUTE_MS + 2 * run.periodMs + (run.skewed ? SKEW_MS : 0) + SLACK_MS;
  for (const move of rows.moves) {
    if (!isLive(move)) continue;
    const lines = rows.records.filter((one) => one.ticketId === move.ticketId).sort((a, b) => a.atMs - b.atMs);
    const acted = lines.filter(({ row }) => !REMINDERS.has(row.what)).at(-1)?.atMs ?? 0;
    if (world.sim.nowMs() - acted < longMs) continue;
    const reminders = lines.filter(({ row, atMs }) => atMs >= acted && REMINDERS.has(row.what));
    const [reminded] = reminders;
    must('I20', reminders.length <= REMINDERS_MOST, () => `${move.key} waits, and people were reminded of it ${reminders.length} times in two days`);
    must('I20', reminded !== undefined, () => `${move.key} has been ${move.state} for more than a day, and nobody was reminded`);
    if (!reminded) continue;
    for (const place of world.chats.slice(0, 2)) {
      const said = world.shown.some((one) => one.chat === place.key && one.atMs >= reminded.atMs - SECOND_MS);
      must('I20', said || refusesStill(world, place.key), () => `${place.id} was not told that ${move.key} waits`);
    }
  }
}
