/** Applies events to moves, each in one transaction with its record and its news. */
import { type Actor, ticketTransaction } from '../auditLog/auditLog.ts';
import { dayOf } from '../clock.ts';
import { type Done, doneBefore } from '../domain/activity.ts';
import type { Money } from '../domain/money.ts';
import type { Closed, Move, News, NewsKind, Plan, Ticket, TicketFacts, TrackedSubscription } from '../domain/ticket.ts';
import { span } from '../trace.ts';
import { ofCustomer, subscriptionKey } from '../store/rows.ts';
import type { Change, Row, Store } from '../store/store.ts';
import { untilStored } from '../store/update.ts';
import { listEnds } from '../tickets/endList.ts';
import { detailsOf, readEnd } from '../tickets/endOfTerm.ts';
import { listApproval, listStuck, listTicket } from '../tickets/openList.ts';
import { readMoveOf, readTicket } from '../tickets/read.ts';
import { subscriptionChange } from '../tickets/subscriptions.ts';
import { type Doing, marked, type TicketDeps, TRIES } from '../tickets/tickets.ts';
import { askedOf, isOpenQuestion } from './asked.ts';
import { moveChange } from './rows.ts';
import { advance, isLive, markAnswered, type MoveEvent, type Refused } from './states.ts';

/** A subscription as it is tracked, with its open ticket and that one's move. */
export interface SubscriptionRows {
  known: Row<TrackedSubscription>;
  ticket: Row<Ticket> | null;
  /** The live move, else the latest of this ticket. */
  move: Row<Move> | null;
}

export type Applied =
  | { move: Move; ticket: Ticket; news: NewsKind }
  | (Refused & { move: Move | null; ticket: Ticket | null })
  | { refused: 'gone' }
  | { refused: 'otherCall' }
  /** This very activity has had its effect before. */
  | { refused: 'doneBefore'; done: Done }
  /** Something else is asked by now. */
  | { refused: 'askedAnew' };

/** The call that an outcome belongs to: of which move, at which version, under which request id. */
export interface CallOf {
  key: string;
  version: number;
  requestId: string | null;
  /** The call got an answer, so the next one needs a new request id. */
  answered: boolean;
  /** A change that must go with it; where it cannot, the outcome is dropped. */
  also?: Change;
}

/** A subscription's rows as they are now. */
export async function readSubscriptionRows(store: Store, customerId: string, subscriptionId: string): Promise<SubscriptionRows | undefined> {
  const known = await store.get<TrackedSubscription>(...ofCustomer(customerId), subscriptionKey(subscriptionId));
  if (!known) return undefined;
  const { ticket: ticketId, liveMove } = known.value;
  const rows = ticketId ? await readTicket(store, { customerId, ticketId }) : null;
  const isLatest = !liveMove || rows?.move?.key === liveMove;
  return { known, ticket: rows?.ticket ?? null, move: isLatest ? (rows?.move ?? null) : await readMoveOf(store, { customerId, move: liveMove }) };
}

/**
 * Applies one event by `by`. `call`: the bot's own call that led here; where the move is another one by now, or has gone
 * on, its outcome is dropped (`otherCall`). A conflict with another writer is looked at anew, with the truth as it then is.
 */
export async function applyEvent(
  deps: TicketDeps,
  { customerId, subscriptionId }: Pick<Move, 'customerId' | 'subscriptionId'>,
  event: MoveEvent,
  { by, call }: { by: Actor; call?: CallOf },
): Promise<Applied> {
  return untilStored({ tries: TRIES, failed: `'${event.kind}' of the move of ${subscriptionId} could not be stored` }, async () => {
    const rows = await readSubscriptionRows(deps.store, customerId, subscriptionId);
    if (!rows?.ticket || !rows.move) return { refused: 'gone' };
    const at = deps.clock.now().toISOString();
    const before = rows.move.value;
    if (call && !belongs(call, before)) return { refused: 'otherCall' };
    const stale = whyNotNow(deps.doing, rows.ticket.value, before);
    if (stale) return stale;
    const step = advance(before, event, at);
    if ('refused' in step) return { ...step, move: before, ticket: rows.ticket.value };
    const next = readNow(call?.answered ? markAnswered(step.next) : step.next, event, at);
    const correlationId = call?.answered ? next.call?.requestId : undefined;
    const hop = { what: event.kind, ticket: rows.ticket.value.id, before: before.state, after: next.state };
    const stepping = { event, kind: step.news, by, at, correlationId, also: call?.also };
    const done = await span('stored', hop, () => commitStep(deps, rows, next, stepping));
    if (done) return { move: next, ticket: done, news: step.news };
    return call?.also ? { refused: 'otherCall' } : 'conflict';
  });
}

/** Events that tell what Partner Center was read to say. */
const READS: ReadonlySet<MoveEvent['kind']> = new Set(['placed', 'provisioned', 'counted', 'nothingToMove', 'moved', 'verified', 'endSet', 'endSeen']);

/** What a card says rests on the latest of these reads. */
function readNow(move: Move, event: MoveEvent, at: string): Move {
  return READS.has(event.kind) ? { ...move, readAt: at } : move;
}

/** Why a person's doing has no effect as the rows now stand: it has had it, or was to another question. */
export function whyNotNow(doing: Doing | undefined, ticket: Ticket, move: Move | null): Extract<Applied, { refused: 'doneBefore' | 'askedAnew' }> | null {
  if (!doing) return null;
  const done = doneBefore(ticket.done, doing.activity);
  if (done) return { refused: 'doneBefore', done };
  return doing.asked !== null && doing.asked !== askedOf(ticket, move) ? { refused: 'askedAnew' } : null;
}

function belongs(call: CallOf, move: Move): boolean {
  return move.key === call.key && move.version === call.version && (move.call?.requestId ?? null) === call.requestId;
}

/** Ends after which nothing more is bought. */
const OPEN_ENDS: ReadonlySet<MoveEvent['kind']> = new Set(['cancel', 'lapse']);

interface Stepping {
  event: MoveEvent;
  kind: NewsKind;
  by: Actor;
  at: string;
  correlationId: string | undefined;
  also: Change | undefined;
}

/** The plan that an answer brings along, where the ticket does not offer it yet. */
function newPlan({ plans }: Ticket, plan: Plan | null): Plan | null {
  return plan && !plans?.some((one) => one.id === plan.id) ? plan : null;
}

/** Stores a step; undefined when somebody else was faster. */
async function commitStep(deps: TicketDeps, rows: SubscriptionRows, next: Move, step: Stepping): Promise<Ticket | undefined> {
  const { event, kind, by, at, correlationId, also } = step;
  const { store, wake } = deps;
  const before = rows.move as Row<Move>;
  const ticketRow = rows.ticket as Row<Ticket>;
  const replaced = moveChange(before, next);
  const wakeUp = { queue: 'move', what: 'move', customerId: next.customerId, subscriptionId: next.subscriptionId } as const;
  if (next.version === before.value.version) {
    if ((await store.commit(...ofCustomer(next.customerId), [replaced])) === 'conflict') return undefined;
    return ticketRow.value;
  }
  const closes = next.state === 'finished' && next.outcome !== 'givenUp' && next.outcome !== 'superseded';
  const begun = next.state === 'purchasing' || next.order ? { begun: true as const } : {};
  const added = newPlan(ticketRow.value, deps.doing?.addPlan ?? null);
  const plans = added ? [...(ticketRow.value.plans ?? []), added] : ticketRow.value.plans;
  const ticket: Ticket = marked(deps, {
    ...ticketRow.value,
    ...begun,
    plans,
    move: next.key,
    closed: closes ? { how: howClosed(next, event), at } : ticketRow.value.closed,
    facts: factsAfter(ticketRow.value.facts, event, at),
  });
  const data = {
    ...eventData(event, next),
    ...(OPEN_ENDS.has(event.kind) && isOpenQuestion(before.value) ? { open: 1 } : {}),
    // The ticket may have bought before; this one was to set an end alone.
    ...(next.state === 'cancelled' && next.way !== 'replace' ? { end: 1 } : {}),
  };
  // The next move may have begun by the time that it is told.
  const news: News = { kind, ticketId: ticket.id, by: by.key, at, data: kind === 'finished' && next.outcome ? { ...data, outcome: next.outcome } : data };
  const changes = [
    replaced,
    ...(also ? [also] : []),
    ...ticketTransaction(
      ticketRow,
      ticket,
      [
        ...(added ? [{ by, what: 'planAdded', before: 'open', after: 'open', data: { plan: added.title } }] : []),
        { by, what: event.kind, before: before.value.state, after: next.state, data, correlationId },
      ],
      [news],
      at,
    ),
  ];
  if (!isLive(next) || event.kind === 'endSet') {
    const { movedBy: _, ...tracked } = rows.known.value;
    const { snapshot } = tracked;
    // Who switches it on again before the next look brings news too.
    const read =
      event.kind === 'verified'
        ? { snapshot: { ...snapshot, status: 'suspended' }, suspendedAt: at }
        : event.kind === 'endSet'
          ? { snapshot: event.subscription, endSetAt: at }
          : {};
    const known: TrackedSubscription = {
      ...(next.outcome === 'renewedAgain' ? tracked : rows.known.value),
      ...read,
      liveMove: isLive(next) ? tracked.liveMove : null,
      ticket: closes ? null : tracked.ticket,
      // One that was set to renew is to go on.
      ...(closes
        ? next.outcome === 'renewedAgain'
          ? { renewed: { ticket: ticket.id, at, what: ticket.facts.happened ?? null } }
          : { movedBy: ticket.id }
        : {}),
    };
    // The watch, which finds it as it was stored here, does not list it anew.
    if (known.snapshot !== snapshot) await listEnds(deps, [{ before: rows.known.value, now: known }], at);
    changes.push(subscriptionChange(rows.known, known));
  }
  await Promise.all([next.nextAt && wake.schedule(wakeUp), wake.schedule({ queue: 'notify', what: 'fanOut', customerId: next.customerId })]);
  if ((await store.commit(...ofCustomer(next.customerId), changes)) === 'conflict') return undefined;
  if (next.nextAt) wake.now(wakeUp);
  wake.now({ queue: 'notify', what: 'fanOut', customerId: next.customerId });
  if (closes) await listTicket(store, ticket, null);
  if (WAITS.has(next.state) || WAITS.has(before.value.state)) await listApproval(store, ticket, next);
  if (next.state === 'stuck' || before.value.state === 'stuck') await listStuck(store, ticket, next.state === 'stuck' ? next.stuck : null);
  return ticket;
}

/** Waiting for an approval, as the list of them shows. */
const WAITS: ReadonlySet<Move['state']> = new Set(['quoted', 'weighed']);

/** How the ticket is closed by a move that ended. */
function howClosed({ way, outcome }: Move, event: MoveEvent): Closed['how'] {
  if (event.kind === 'endOver' && event.code === 'left') return 'left';
  if (way === 'replace') return 'moved';
  return outcome === 'renewedAgain' ? 'renewed' : 'ended';
}

/** What the card tells of the subscription, after its end was read. */
function factsAfter(facts: TicketFacts, event: MoveEvent, at: string): TicketFacts {
  if (event.kind === 'endOver') return { ...facts, standing: facts.standing ?? 'ended', readAt: at };
  if (event.kind !== 'endSet') return facts;
  const { subscription: one } = event;
  const read = readEnd(one, { today: dayOf(at), retired: facts.programme !== null });
  const { lastDay, expiresOn } = one;
  const { nothingPlanned: _, ...kept } = facts;
  return {
    ...kept,
    ...{ endOfTerm: read.end, ending: detailsOf(read), standing: null, readAt: at },
    ...{ lastDay: lastDay ?? facts.lastDay, expiresOn: expiresOn ?? facts.expiresOn, quantity: one.quantity ?? facts.quantity },
  };
}

/** What the record keeps of an event: numbers and short words, no names. */
function eventData(event: MoveEvent, next: Move): Record<string, string | number> {
  switch (event.kind) {
    case 'chosen':
      return { plan: event.plan.title, quantity: event.quantity, ...(event.term ? { term: `${event.term}/${event.billing ?? ''}` } : {}) };
    case 'priced':
      return {
        plan: event.quote.planTitle,
        quantity: event.quote.quantity,
        term: `${event.quote.term}/${event.quote.billing}`,
        monthly: event.quote.monthly.minor,
        currency: event.quote.monthly.currency,
        cart: event.quote.cartId,
      };
    case 'weighed': {
      const { to, day, quantity, loses, total } = event.offer;
      const money = total ? { total: total.minor, currency: total.currency } : {};
      return { to, day, quantity: quantity ?? -1, loses: loses ?? -1, ...money };
    }
    case 'endSet':
      return event.byOthers ? { found: 1 } : {};
    case 'endSeen':
      return { loses: event.loses ?? -1 };
    case 'endOver':
      return { code: event.code };
    case 'approve':
      if (next.end) return { to: next.end.to, hash: event.hash };
      return next.quote ? { monthly: next.quote.monthly.minor, currency: next.quote.monthly.currency, hash: event.hash } : {};
    case 'placed':
      return { order: event.orderId };
    case 'ask':
      return { order: event.order.id };
    case 'settle':
      return { order: event.order ?? '', reason: event.reason };
    case 'unsettled':
      return { why: event.why };
    case 'changed':
      return event.why ? { why: event.why } : {};
    case 'differs':
      return { reason: 'orderDiffers', ...Object.fromEntries(event.differs.map((one) => [one.what, `${plain(one.asked)} -> ${plain(one.came)}`])) };
    case 'remind':
      return next.question ? { order: next.question.id } : {};
    case 'provisioned':
      return { subscription: event.subscriptionId };
    case 'counted':
    case 'nothingToMove':
    case 'moved':
      return { moved: event.people.moved, total: event.people.total, movable: event.people.movable, blocked: event.people.blocked, kept: event.people.kept };
    case 'refused':
      return { reason: event.reason, code: event.code };
    case 'fail':
      return { reason: event.reason, code: event.code };
    case 'unclear':
    case 'late':
      return { code: event.code, ...(next.state === 'stuck' && next.stuck ? { reason: next.stuck.reason } : {}) };
    case 'confirmUsers':
      return event.except.length > 0 ? { except: event.except.join(' ') } : {};
    case 'decline':
    case 'skip':
    case 'vouch':
    case 'giveUp':
      return { reason: event.reason };
    case 'waive':
      return { reason: event.reason, people: event.people.map((person) => person.id).join(' ') };
    default:
      return {};
  }
}

function plain(value: string | number | Money): string {
  return typeof value === 'object' ? `${value.minor} ${value.currency}` : String(value);
}
