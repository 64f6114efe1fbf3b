/** Carries out what a dialog decided. It stores intentions; the loops do the work. */

import { readChat } from '../../services/chats.ts';
import { notApproved } from '../../dialogs/termEnd.ts';
import type { Actor, Decision, Intention, Reply } from '../../dialogs/types.ts';
import { countOwnYes } from '../../services/approval/ownYes.ts';
import { newsChange } from '../../services/auditLog/auditLog.ts';
import { type Activity, type Done, doneBefore } from '../../services/domain/activity.ts';
import type { Chat, News, Ticket } from '../../services/domain/ticket.ts';
import { applyEvent } from '../../services/moves/apply.ts';
import { askedOf } from '../../services/moves/asked.ts';
import { openEnd, openMove } from '../../services/moves/open.ts';
import type { MoveEvent } from '../../services/moves/states.ts';
import { personalChat } from '../../services/people/people.ts';
import { ofCustomer, ticketKey } from '../../services/store/rows.ts';
import type { Row } from '../../services/store/store.ts';
import { askForCard, changeTicket, type Doing } from '../../services/tickets/tickets.ts';
import { type TicketView, viewTicket } from '../../services/ticketView.ts';
import { pointAt } from './pointer.ts';
import type { ResolveDeps } from './resolve.ts';

/** Where and by whom something is done. */
interface Doer {
  chat: Chat;
  actor: Actor;
  activity: Activity;
}

/** The reply, which is another one where somebody else was faster, and what is asked from now on; null where that is not known. */
export interface Executed {
  reply: Reply | null;
  asked: number | null;
}

/** Does it once: what was done before by the same activity is answered the same, and changes nothing. */
export async function executeDecision(deps: ResolveDeps, doer: Doer, view: TicketView, decision: Decision): Promise<Executed> {
  const before = doneBefore(view.ticket.done, doer.activity);
  if (before) return { reply: repeated(before), asked: null };
  let asked = askedOf(view.ticket, view.move);
  for (const intention of decision.intentions) {
    const addPlan = 'addPlan' in intention ? (intention.addPlan ?? null) : null;
    const outcome = await executeOne({ ...deps, doing: { activity: doer.activity, asked, reply: decision.reply, addPlan } }, doer, view, intention);
    if ('again' in outcome) return { reply: repeated(outcome.again), asked: null };
    if ('refused' in outcome) {
      await freshen(deps, view.ticket);
      return { reply: outcome.refused, asked: null };
    }
    asked = outcome.asked ?? asked;
  }
  if (decision.intentions.length === 0) await freshen(deps, view.ticket);
  return { reply: decision.reply, asked };
}

function repeated(done: Done): Reply | null {
  return done.reply === null ? { say: 'upToDate' } : (JSON.parse(done.reply) as Reply | null);
}

type Outcome = { asked: number | null } | { refused: Reply } | { again: Done };
type ExecuteDeps = ResolveDeps & { doing: Doing };

async function executeOne(deps: ExecuteDeps, doer: Doer, view: TicketView, intention: Intention): Promise<Outcome> {
  switch (intention.do) {
    case 'mark':
      await mark({ ...deps, doing: { ...deps.doing, asked: null } }, view, intention, doer.actor);
      return { asked: null };
    case 'open':
      return open(deps, doer, view, intention);
    case 'openEnd':
      return opened(deps, doer, view, await openEnd(deps, view.ticket, doer.actor, intention.to));
    case 'event':
      return apply(deps, doer, view, intention.event);
    case 'inPerson':
      return showInPerson(deps, doer, view, intention.otherwise);
  }
}

/** The card of the same ticket, anew, where that person reads alone; what is typed there next is about it. */
async function showInPerson(deps: ExecuteDeps, { actor, activity }: Doer, view: TicketView, otherwise: Reply): Promise<Outcome> {
  const key = await personalChat(deps.store, actor.key);
  const home = key ? (await readChat(deps.store, key))?.value : undefined;
  if (!home || home.dead || home.sleeping) return { refused: otherwise };
  const { customerId, id: ticketId } = view.ticket;
  await askForCard(deps, asRead(view), home.key);
  await pointAt(deps, { thread: home.key, person: actor.key, sinceMs: activity.sentAtMs }, { customerId, ticketId });
  return { asked: null };
}

async function open(deps: ExecuteDeps, doer: Doer, view: TicketView, intention: Extract<Intention, { do: 'open' }>): Promise<Outcome> {
  const { customerId, subscriptionId } = view.ticket;
  const outcome = await opened(deps, doer, view, await openMove(deps, customerId, subscriptionId, doer.actor));
  if (!('asked' in outcome)) return outcome;
  return apply({ ...deps, doing: { ...deps.doing, asked: outcome.asked } }, doer, view, intention.event);
}

/** Whether it was opened; what is asked from then on, or why not. */
async function opened(deps: ExecuteDeps, doer: Doer, view: TicketView, result: Awaited<ReturnType<typeof openMove>>): Promise<Outcome> {
  const { customerId, id } = view.ticket;
  if ('refused' in result) {
    if (result.refused === 'doneBefore') return { again: result.done };
    return { refused: result.refused === 'askedAnew' ? await changedNow(deps, doer, view) : { say: 'closed', how: view.ticket.closed?.how ?? 'ended' } };
  }
  return result.opened ? { asked: result.move.asked } : { refused: await alreadyNow(deps, doer.chat, customerId, id) };
}

async function apply(deps: ExecuteDeps, doer: Doer, view: TicketView, event: MoveEvent): Promise<Outcome> {
  const { customerId, subscriptionId, id } = view.ticket;
  if (event.kind === 'approve' && !(await mayBySum(deps, view, event))) return { refused: { say: 'ownSum' } };
  const applied = await applyEvent(deps, { customerId, subscriptionId }, event, { by: doer.actor });
  if (!('refused' in applied)) return { asked: applied.move.asked };
  switch (applied.refused) {
    case 'doneBefore':
      return { again: applied.done };
    case 'askedAnew':
      return { refused: await changedNow(deps, doer, view) };
    case 'quoteChanged':
    case 'lapsed':
    case 'ownRequest':
      return { refused: view.move?.way === 'replace' ? { say: applied.refused } : notApproved(applied.refused) };
    case 'notWhileUnclear':
      return { refused: { say: applied.refused } };
    case 'role':
      return { refused: { say: 'mayNot', right: 'approve' } };
    default:
      return { refused: await alreadyNow(deps, doer.chat, customerId, id) };
  }
}

/** Whether the one who asked may approve this too, by the sum of a day. */
function mayBySum(deps: ExecuteDeps, { move }: TicketView, { by, fourEyes }: Extract<MoveEvent, { kind: 'approve' }>): Promise<boolean> {
  const now = deps.clock.now().toISOString();
  const asked = move?.state === 'weighed' ? move.end : move?.quote;
  const own = move && asked?.askedBy === by ? [{ move: move.key, total: asked.total, quantity: asked.quantity, at: now }] : [];
  return countOwnYes(deps.store, by, own, { fourEyes, now });
}

/** Something else is asked by now: because somebody else was first, who is named, or because what was asked has changed. */
async function changedNow(deps: ResolveDeps, { chat, actor }: Doer, view: TicketView): Promise<Reply> {
  const { customerId, id } = view.ticket;
  const now = (await viewTicket(deps, chat, { customerId, ticketId: id }, { text: null, spends: false }))?.move;
  const approved = now?.approval && !view.move?.approval && now.approval.by !== actor.key;
  const begun = now && now.key !== view.move?.key && now.startedBy !== actor.key;
  if (approved || begun) return alreadyNow(deps, chat, customerId, id);
  return { say: view.move?.state === 'quoted' ? 'quoteChanged' : 'cardChanged' };
}

/** How it stands now, and who was first. */
async function alreadyNow(deps: ResolveDeps, chat: Chat, customerId: string, ticketId: string): Promise<Reply> {
  const now = await viewTicket(deps, chat, { customerId, ticketId }, { text: null, spends: false });
  const move = now?.move;
  if (!now || !move) return { say: 'notNow', state: 'none' };
  if (move.approval) return { say: 'alreadyApproved', who: now.names[move.approval.by] ?? '', at: move.approval.at };
  return { say: 'already', state: move.state, who: now.names[move.startedBy] ?? '', at: move.startedAt };
}

function asRead({ ticket, etag }: TicketView): Row<Ticket> {
  return { key: ticketKey(ticket.id), value: ticket, etag };
}

/** Asks for the ticket's card to be posted anew in the chat; false where this very activity has asked for it before. */
export async function show(deps: ResolveDeps, seen: Row<Ticket>, { chat, activity }: Pick<Doer, 'chat' | 'activity'>): Promise<boolean> {
  const { plans, closed, customerId, id: ticketId } = seen.value;
  // The catalogue is read by the loop, where that has not been done.
  const reading = plans === null && !closed ? ({ queue: 'move', what: 'facts', customerId, ticketId, tries: 0 } as const) : null;
  if (reading) await deps.wake.schedule(reading);
  const ticket = await askForCard({ ...deps, doing: { activity, asked: null, reply: null } }, seen, chat.key);
  if (ticket && reading) deps.wake.now(reading);
  return ticket !== null;
}

/** Somebody pressed what does not fit: that card may show something old, whatever we believe, so it is drawn once more. */
async function freshen(deps: ResolveDeps, ticket: Ticket): Promise<void> {
  const news: News = { kind: 'progress', ticketId: ticket.id, by: null, at: deps.clock.now().toISOString(), data: { again: 1 } };
  await deps.wake.schedule({ queue: 'notify', what: 'fanOut', customerId: ticket.customerId });
  await deps.store.commit(...ofCustomer(ticket.customerId), [newsChange(news)]);
  deps.wake.now({ queue: 'notify', what: 'fanOut', customerId: ticket.customerId });
}

async function mark(deps: ResolveDeps, view: TicketView, intention: Extract<Intention, { do: 'mark' }>, actor: Actor): Promise<void> {
  const at = deps.clock.now().toISOString();
  await changeTicket(deps, asRead(view), actor, (now) => {
    const { snoozed, dismissed, ...kept } = now.marks;
    const { assignedTo, ...unassigned } = now.marks;
    // Somebody was faster.
    if ((intention.mark === 'undo' && !snoozed && !dismissed) || (intention.mark === 'handedBack' && !assignedTo)) return null;
    const marks = {
      assigned: { ...now.marks, assignedTo: intention.to ?? actor.key },
      handedBack: unassigned,
      note: now.marks,
      seen: now.marks,
      snoozed: { ...kept, snoozed: { until: intention.until ?? '', reason: intention.reason, by: actor.key, at } },
      dismissed: { ...kept, dismissed: { reason: intention.reason, by: actor.key, at } },
      undo: kept,
    }[intention.mark];
    const data = {
      mark: intention.mark,
      ...(intention.until ? { until: intention.until } : {}),
      ...(intention.reason ? { reason: intention.reason } : {}),
      ...(intention.to ? { person: intention.to } : {}),
      ...(intention.mark === 'undo' ? { of: snoozed ? 'snoozed' : 'dismissed' } : {}),
    };
    return { ticket: { ...now, marks }, what: intention.mark, data, news: 'marked' };
  });
}
