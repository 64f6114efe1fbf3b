/** A pressed button, from the handle on its card to what the presser reads. Knows nothing of botbuilder. */
import { type RenderedCard, watchedNames } from '../../cards/chat/chat.ts';
import { bare, nameText } from '../../cards/escape.ts';
import { parseAction } from '../../dialogs/actions.ts';
import { type MarkAction, markDialog } from '../../dialogs/marks.ts';
import { lacks, lacksForChoice, RIGHT_OF, SPENDS } from '../../dialogs/rights.ts';
import { ticketDialog } from '../../dialogs/ticket.ts';
import { type BulkAction, type CardAction, decided, STANDS_ON, type TicketAction } from '../../dialogs/types.ts';
import { readChat } from '../../services/chats.ts';
import { dayOf } from '../../services/clock.ts';
import type { Ticket } from '../../services/domain/ticket.ts';
import { type Handle, noteActivity, readHandle } from '../../services/notify/handles.ts';
import type { Right } from '../../services/people/roles.ts';
import { isAbout } from '../../services/trace.ts';
import type { TicketRef } from '../../services/tickets/read.ts';
import { helpFor } from './aboutBot.ts';
import { onBulk } from './bulk.ts';
import { readNamed, takeChoice } from './choice.ts';
import { chooseFrom, DAY_MAX, expiringOf, rearrange, turnPage } from './expiring.ts';
import { history, whoHeldWhat } from './lists.ts';
import { turnMine } from './mine.ts';
import { carryOut, consider, type Wish } from './pipeline.ts';
import { noteRefusal } from './replies.ts';
import { whatIsNamed } from './resolve.ts';
import { saveSettings } from './settings.ts';
import { aboutTicket } from './tickets.ts';
import { freshActor, heardIn, type Turn, type TurnDeps, type TurnResult } from './turn.ts';
import { unwatch, watch, watchAgain, watchThis } from './watch.ts';

const NAMES_MAX = 5;
const MARKS: ReadonlySet<CardAction['verb']> = new Set(['ticket.assign', 'ticket.undo', 'ticket.snooze', 'ticket.dismiss']);
/** These only show something. */
const READS: ReadonlySet<CardAction['verb']> = new Set(['ticket.history']);

/** A pressed button. The card's data is only a handle and inputs; the truth is read again. */
export async function onAction(of: TurnDeps, coming: Promise<Turn>, verb: string, data: Record<string, unknown>): Promise<TurnResult> {
  const id = typeof data.id === 'string' ? data.id : '';
  const [turn, handle] = await Promise.all([coming, readHandle(of.store, id)]);
  const deps = heardIn(of, turn.chat, turn.actor);
  const { replies } = deps.words;
  if (handle?.ticketRef && handle.chat === turn.chat.key) isAbout(handle.ticketRef);
  // Of people without a role no input is read.
  if (turn.actor.roles.length === 0 && verb !== 'help') return { say: [], privately: await mayNot(deps, turn, rightOf(verb) ?? 'see') };
  const action = parseAction(verb, data);
  if (action === 'bad') return { say: [], privately: replies.badInput() };
  if (!action || !handle) return { say: [], privately: replies.gone() };
  if (handle.chat !== turn.chat.key) return { say: [], privately: replies.otherChat() };
  if (STANDS_ON[action.verb] !== handle.kind) return { say: [], privately: replies.gone() };
  const actor = SPENDS.has(action.verb) ? await freshActor(deps, turn.actor) : turn.actor;
  const right = lacks(actor.roles, action.verb);
  if (right) return { say: [], privately: await mayNot(deps, turn, right) };
  return placed(deps, { id, handle }, await serve(deps, { ...turn, actor }, { id, handle, v: data.v }, action));
}

interface Pressed {
  id: string;
  handle: Handle;
  /** What its card asked. */
  v: unknown;
}

/** Only the card that its handle knows is edited; where nobody knows it, its new face comes as a card of its own. */
async function placed(deps: Pick<TurnDeps, 'store'>, { id, handle }: Omit<Pressed, 'v'>, { edit, ...result }: TurnResult): Promise<TurnResult> {
  if (!edit) return result;
  const { activityId } = handle;
  if (!activityId) return { ...result, say: [...result.say, edit] };
  if (edit.handle && edit.handle !== id) await noteActivity(deps.store, edit.handle, activityId);
  return { ...result, edit, editAt: activityId };
}

async function serve(deps: TurnDeps, turn: Turn, pressed: Pressed, action: CardAction): Promise<TurnResult> {
  const { id, handle, v } = pressed;
  const { replies } = deps.words;
  if (action.verb === 'help') return { say: [await helpFor(deps, turn.actor)] };
  if (action.verb === 'watch.here') return watchHere(deps, turn, watch(deps, turn, action.filter));
  if (action.verb === 'watch.again') return watchHere(deps, turn, watchAgain(deps, turn));
  if (action.verb === 'watch.stop') return { ...(await edited(unwatch(deps, turn))), privately: replies.watchingStopped({ who: nameText(turn.actor.name) }) };
  if (action.verb === 'settings.save') return saveSettings(deps, turn, action.set, v);
  if (action.verb === 'list.open') return expiringOf(deps, turn, { days: DAY_MAX }, null);
  if (action.verb === 'list.page' || action.verb === 'list.arrange') return onList(deps, turn, pressed, action);
  if (action.verb === 'list.choose') return chooseFrom(deps, turn, handle);
  if (isOfBulk(action)) return handle.bulk ? onBulk(deps, turn, { handle: id, key: handle.bulk, v }, action) : { say: [], privately: replies.gone() };
  if (action.verb === 'ticket.show' || action.verb === 'bulk.show') return showTicket(deps, turn, action.ticketId);
  if (action.verb === 'choice.take') return onChoice(deps, turn, handle, { choice: action.choice, v });
  // Shared cards have a way of their own, on which no chat is noted.
  const ticketRef = action.verb === 'card.refresh' ? undefined : handle.ticketRef;
  return ticketRef ? onTicketAction(deps, turn, { ...pressed, ticketRef }, action) : { say: [], privately: replies.gone() };
}

async function onChoice(deps: TurnDeps, turn: Turn, handle: Handle, pressed: { choice: number; v: unknown }): Promise<TurnResult> {
  const choice = handle.choices?.[pressed.choice];
  if (!choice) return { say: [], privately: deps.words.replies.gone() };
  const right = lacksForChoice(turn.actor.roles, choice, (named) => readNamed(deps, named));
  if (right) return { say: [], privately: await mayNot(deps, turn, right) };
  return choice.to === 'watch' ? watchHere(deps, turn, watchThis(deps, turn, choice.watching)) : takeChoice(deps, turn, choice, pressed.v);
}

/** Of the ticket whose card it is. */
async function onTicketAction(deps: TurnDeps, turn: Turn, pressed: Pressed & { ticketRef: TicketRef }, action: CardAction): Promise<TurnResult> {
  const wish = wishOf(deps, pressed, action);
  const considered = await consider(deps, turn, wish);
  if (!considered) return { say: [], privately: deps.words.replies.gone() };
  const { ticket, notice } = considered.view;
  // A post whose answer was lost was made again: of the two cards only the one that is noted is kept up to date.
  if (notice && notice.handle !== pressed.id && action.verb !== 'history.licences') return { say: [], privately: deps.words.replies.strayCard() };
  if (action.verb === 'ticket.history') return { say: await history(deps, turn, ticket) };
  if (action.verb === 'history.licences') return licences(deps, turn, ticket, { handle: pressed.id, from: action.from });
  return carryOut(deps, turn, wish, considered);
}

function wishOf(deps: TurnDeps, { ticketRef, v }: Pressed & { ticketRef: TicketRef }, action: CardAction): Wish {
  const today = dayOf(deps.clock.now());
  const about = { ticketRef, look: { text: action.verb === 'purchase.quote' ? action.plan : null, spends: SPENDS.has(action.verb) } };
  if (isMark(action)) return { ...about, decide: (view, actor) => markDialog(view, action, actor, today), meantFor: { by: 'mark' } };
  // A card offers plans that are known.
  if (isOfMove(action)) return { ...about, decide: (view, actor) => ticketDialog({ ...view, found: [] }, action, actor), meantFor: { by: 'card', v } };
  return { ...about, decide: () => decided({ say: 'upToDate' }), meantFor: { by: 'mark' } };
}

function isOfBulk(action: CardAction): action is Exclude<BulkAction, { verb: 'bulk.show' }> {
  return STANDS_ON[action.verb] === 'bulk' && action.verb !== 'bulk.show';
}

function isMark(action: CardAction): action is MarkAction {
  return MARKS.has(action.verb);
}

function isOfMove(action: CardAction): action is TicketAction {
  return STANDS_ON[action.verb] === 'ticket' && !READS.has(action.verb) && !isMark(action);
}

function rightOf(verb: string): Right | null {
  return Object.hasOwn(RIGHT_OF, verb) ? RIGHT_OF[verb as CardAction['verb']] : null;
}

/** Who may, where a list of people says so: told to those who have a role themselves. */
async function mayNot(deps: Pick<TurnDeps, 'directory' | 'words' | 'log'>, turn: Turn, right: Right): Promise<string> {
  noteRefusal(deps.log, turn, { say: 'mayNot', right });
  const holders = turn.actor.roles.length > 0 ? await deps.directory.holders(right) : [];
  return deps.words.replies.mayNot({ right, who: holders.slice(0, NAMES_MAX).map((one) => bare(one.name, 60)) });
}

async function licences(deps: TurnDeps, turn: Turn, ticket: Ticket, at: { handle: string; from: number }): Promise<TurnResult> {
  const card = await whoHeldWhat(deps, turn, ticket, at);
  return card ? { say: [], edit: card, privately: card.summary } : { say: [], privately: deps.words.replies.gone() };
}

/** The greeting becomes the card of what is watched, and everybody reads who did it. */
async function watchHere(deps: TurnDeps, turn: Turn, work: Promise<TurnResult>): Promise<TurnResult> {
  const result = await work;
  if (result.which) return { ...result, privately: deps.words.replies.showing() };
  const first = result.say[0];
  if (typeof first === 'string' || first === undefined) return { say: [], privately: first ?? '' };
  const chat = await readChat(deps.store, turn.chat.key);
  const names = watchedNames(chat?.value.watching ?? []);
  const what = names.length > 0 ? names : [nameText(deps.words.status.all)];
  return { say: [], edit: first, privately: deps.words.replies.watchingNow({ who: nameText(turn.actor.name), what }) };
}

async function edited(work: Promise<TurnResult>): Promise<TurnResult> {
  const { say } = await work;
  return { say: [], edit: say[0] as RenderedCard };
}

async function onList(
  deps: TurnDeps,
  turn: Turn,
  { id, handle }: Pressed,
  action: Extract<CardAction, { verb: 'list.page' | 'list.arrange' }>,
): Promise<TurnResult> {
  const { list, mine } = handle;
  if (mine && action.verb === 'list.page') return turnMine(deps, turn, { handle: { ...handle, mine }, id, from: action.from });
  if (!list) return { say: [], privately: deps.words.replies.gone() };
  const at = { handle: { ...handle, list }, id };
  return action.verb === 'list.page' ? turnPage(deps, turn.chat, { ...at, from: action.from }) : rearrange(deps, turn.chat, at, action);
}

async function showTicket(deps: TurnDeps, turn: Turn, ticketId: string): Promise<TurnResult> {
  const meant = await whatIsNamed(deps.store, ticketId);
  if (meant.kind !== 'ticket') return { say: [], privately: deps.words.replies.noTicket({ what: bare(ticketId, 20) }) };
  const result = await aboutTicket(deps, turn, 'show', meant);
  return { say: [], privately: typeof result.say[0] === 'string' ? result.say[0] : deps.words.replies.showing() };
}
