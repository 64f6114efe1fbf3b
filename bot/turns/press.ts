/** A pressed button, from the handle on its card to what the presser reads. Knows nothing of botbuilder. */
import { type RenderedCard, watchedNames } from '../../cards/chat/chat.ts';
import { bare, nameText } from '../../cards/escape.ts';
import { parseAction } from '../../dialogs/actions.ts';
import { type CardAction, type TicketAction, STANDS_ON } from '../../dialogs/types.ts';
import { ticketDialog } from '../../dialogs/ticket.ts';
import { toWhatWasPressed } from '../../dialogs/question.ts';
import { doneBefore } from '../../services/domain/activity.ts';
import { dayOf } from '../../services/clock.ts';
import { may, type Right } from '../../services/people/roles.ts';
import type { Chat, Ticket } from '../../services/domain/ticket.ts';
import { readChat } from '../../services/chats.ts';
import { type Handle, noteActivity, readHandle } from '../../services/notify/handles.ts';
import { aboutTicket } from './tickets.ts';
import { executeDecision } from './execute.ts';
import { rightOfChoice, takeChoice } from './choice.ts';
import { DAY_MAX, drawList, expiring, history, whoHeldWhat } from './lists.ts';
import { whatIsMeant } from './resolve.ts';
import { replyText } from './replies.ts';
import { unwatch, watch, watchAgain, watchThis } from './watch.ts';
import { askedBy } from './which.ts';
import { type TurnResult, freshActor, type Incoming, type TurnDeps } from './turn.ts';
import { helpFor } from './aboutBot.ts';
import { pointAt } from './pointer.ts';
import { RIGHT_OF, SPENDS } from '../../dialogs/rights.ts';
import { viewTicket } from '../../services/ticketView.ts';
import { type MarkAction, markDialog } from '../../dialogs/marks.ts';

const NAMES_MAX = 5;
const MARKS = new Set(['ticket.assign', 'ticket.undo', 'ticket.snooze', 'ticket.dismiss']);

/** A pressed button. The card's data is only a handle and inputs; the truth is read again. */
export async function onAction(deps: TurnDeps, seeing: Promise<Incoming>, verb: string, data: Record<string, unknown>): Promise<TurnResult> {
  const { replies } = deps.words;
  const id = typeof data.id === 'string' ? data.id : '';
  const [seen, handle] = await Promise.all([seeing, readHandle(deps.store, id)]);
  // Of people without a role no input is read.
  if (seen.actor.roles.length === 0 && verb !== 'help') return { say: [], privately: await mayNot(deps, seen, rightOf(verb) ?? 'see') };
  const action = parseAction(verb, data);
  if (action === 'bad') return { say: [], privately: replies.badInput() };
  if (!action || !handle) return { say: [], privately: replies.gone() };
  if (handle.chat !== seen.chat.key) return { say: [], privately: replies.otherChat() };
  if (STANDS_ON[action.verb] !== handle.kind) return { say: [], privately: replies.gone() };
  const right = RIGHT_OF[action.verb];
  const actor = SPENDS.has(action.verb) ? await freshActor(deps, seen.actor) : seen.actor;
  if (right && !may(actor.roles, right)) return { say: [], privately: await mayNot(deps, seen, right) };
  return placed(deps, { id, handle }, await serve(deps, { ...seen, actor }, { id, handle, v: data.v }, action));
}

interface Pressed {
  id: string;
  handle: Handle;
  /** What its card asked. */
  v: unknown;
}

/** Only the card that its handle knows is edited; where nobody knows it, its new face comes as a card of its own. */
async function placed(deps: TurnDeps, { id, handle }: Omit<Pressed, 'v'>, { edit, ...back }: TurnResult): Promise<TurnResult> {
  if (!edit) return back;
  const { activityId } = handle;
  if (!activityId) return { ...back, say: [...back.say, edit] };
  if (edit.handle && edit.handle !== id) await noteActivity(deps.store, edit.handle, activityId);
  return { ...back, edit, editAt: activityId };
}

async function serve(deps: TurnDeps, seen: Incoming, { id, handle, v }: Pressed, action: CardAction): Promise<TurnResult> {
  const { replies } = deps.words;
  if (action.verb === 'help') return { say: [helpFor(deps, seen.actor)] };
  if (action.verb === 'watch.here') return watchHere(deps, seen, watch(deps, seen, action.filter));
  if (action.verb === 'watch.again') return watchHere(deps, seen, watchAgain(deps, seen));
  if (action.verb === 'watch.stop') return { ...(await edited(unwatch(deps, seen))), privately: replies.watchingStopped({ who: nameText(seen.actor.name) }) };
  if (action.verb === 'list.open') return expiring(deps, seen, DAY_MAX, null);
  if (action.verb === 'list.page') return handle.list ? page(deps, seen.chat, handle, id, action.from) : { say: [], privately: replies.gone() };
  if (action.verb === 'ticket.show') return showTicket(deps, seen, action.ticketId);
  if (action.verb === 'choice.take') return onChoice(deps, seen, handle, { choice: action.choice, v });
  if (!handle.ticketRef) return { say: [], privately: replies.gone() };
  return onTicketAction(deps, seen, { id, v }, handle.ticketRef, action);
}

async function onChoice(deps: TurnDeps, seen: Incoming, handle: Handle, pressed: { choice: number; v: unknown }): Promise<TurnResult> {
  const choice = handle.choices?.[pressed.choice];
  if (!choice) return { say: [], privately: deps.words.replies.gone() };
  const right = rightOfChoice(choice);
  if (right && !may(seen.actor.roles, right)) return { say: [], privately: await mayNot(deps, seen, right) };
  return choice.to === 'watch' ? watchHere(deps, seen, watchThis(deps, seen, choice.watching)) : takeChoice(deps, seen, choice, pressed.v);
}

async function onTicketAction(
  deps: TurnDeps,
  seen: Incoming,
  { id, v }: { id: string; v: unknown },
  ticketRef: NonNullable<Handle['ticketRef']>,
  action: CardAction,
): Promise<TurnResult> {
  const looked = await viewTicket(deps, seen.chat, ticketRef, {
    text: action.verb === 'purchase.quote' ? action.plan : null,
    spends: SPENDS.has(action.verb),
  });
  if (!looked) return { say: [], privately: deps.words.replies.gone() };
  // A card offers plans that are known.
  const facts = { ...looked, found: [] };
  // A post whose answer was lost was made again: of the two cards only the one that is noted is kept up to date.
  if (facts.notice && facts.notice.handle !== id && action.verb !== 'history.licences') return { say: [], privately: deps.words.replies.strayCard() };
  if (action.verb === 'ticket.history') return { say: await history(deps, seen, facts.ticket) };
  if (action.verb === 'history.licences') return licences(deps, seen, facts.ticket, { handle: id, from: action.from });
  if (action.verb === 'card.refresh')
    return {
      say: [],
      privately: replyText(deps.words, (await executeDecision(deps, seen, facts, { intentions: [], reply: { say: 'upToDate' } })).reply ?? { say: 'upToDate' }),
    };
  const decision = MARKS.has(action.verb)
    ? markDialog(facts, action as MarkAction, seen.actor, dayOf(deps.clock.now()))
    : toWhatWasPressed(ticketDialog(facts, action as TicketAction, seen.actor), facts, v);
  const [{ reply }] = await Promise.all([
    executeDecision(deps, seen, facts, decision),
    // What has no effect, delivered again for one, changes nothing, above all not what the next answer is to.
    decision.intentions.length === 0 ||
      doneBefore(facts.ticket.done, seen.activity) ||
      pointAt(
        deps,
        { thread: seen.thread, person: seen.actor.key, sinceMs: seen.activity.sentAtMs },
        { customerId: ticketRef.customerId, ticketId: ticketRef.ticketId },
      ),
  ]);
  const which = await askedBy(deps, seen, facts, reply);
  if (which) return { ...which, privately: deps.words.replies.showing() };
  return { say: [], privately: reply ? replyText(deps.words, reply) : deps.words.replies.upToDate() };
}

function rightOf(verb: string): Right | null {
  return Object.hasOwn(RIGHT_OF, verb) ? RIGHT_OF[verb as CardAction['verb']] : null;
}

/** Who may, where a list of people says so: told to those who have a role themselves. */
async function mayNot(deps: TurnDeps, seen: Incoming, right: Right): Promise<string> {
  const holders = seen.actor.roles.length > 0 ? await deps.directory.holders(right) : [];
  return deps.words.replies.mayNot({ right, who: holders.slice(0, NAMES_MAX).map((one) => bare(one.name, 60)) });
}

async function licences(deps: TurnDeps, seen: Incoming, ticket: Ticket, at: { handle: string; from: number }): Promise<TurnResult> {
  const drawn = await whoHeldWhat(deps, seen, ticket, at);
  return drawn ? { say: [], edit: drawn, privately: drawn.summary } : { say: [], privately: deps.words.replies.gone() };
}

/** The greeting becomes the card of what is watched, and everybody reads who did it. */
async function watchHere(deps: TurnDeps, seen: Incoming, work: Promise<TurnResult>): Promise<TurnResult> {
  const back = await work;
  if (back.which) return { ...back, privately: deps.words.replies.showing() };
  const first = back.say[0];
  if (typeof first === 'string' || first === undefined) return { say: [], privately: first ?? '' };
  const chat = await readChat(deps.store, seen.chat.key);
  const names = watchedNames(chat?.value.watching ?? []);
  const what = names.length > 0 ? names.join(', ') : deps.words.status.all;
  return { say: [], edit: first, privately: deps.words.replies.watchingNow({ who: nameText(seen.actor.name), what }) };
}

async function edited(work: Promise<TurnResult>): Promise<TurnResult> {
  const { say } = await work;
  return { say: [], edit: say[0] as RenderedCard };
}

async function page(deps: TurnDeps, chat: Chat, handle: Handle, id: string, from: number): Promise<TurnResult> {
  const drawn = await drawList(deps, chat, handle, id, from);
  return { say: [], edit: drawn, privately: drawn.summary };
}

async function showTicket(deps: TurnDeps, seen: Incoming, ticketId: string): Promise<TurnResult> {
  const meant = await whatIsMeant(deps.store, ticketId);
  if (meant.kind !== 'ticket') return { say: [], privately: deps.words.replies.noTicket({ what: bare(ticketId, 20) }) };
  const back = await aboutTicket(deps, seen, 'show', meant);
  return { say: [], privately: typeof back.say[0] === 'string' ? back.say[0] : deps.words.replies.showing() };
}
