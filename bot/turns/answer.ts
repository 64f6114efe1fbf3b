/** What is typed while a move waits for an answer: taken once, and only for what its writer had read. Knows nothing of botbuilder. */
import { bare, nameBare, reasonText } from '../../cards/escape.ts';
import { answerDialog, cancelAnswer, isYesOrNo, namesPeople } from '../../dialogs/answers.ts';
import { toWhatWasRead } from '../../dialogs/question.ts';
import { ticketDialog } from '../../dialogs/ticket.ts';
import type { Actor, Command, Decision, Reply } from '../../dialogs/types.ts';
import { doneBefore } from '../../services/domain/activity.ts';
import type { Plan, Ticket } from '../../services/domain/ticket.ts';
import { ticketOfThread } from '../../services/notify/threads.ts';
import type { TicketView } from '../../services/ticketView.ts';
import { sendOn } from './errand.ts';
import { waitingFor } from './lists.ts';
import { type Considered, carryOut, consider, isToAnother, refOf, type Wish } from './pipeline.ts';
import { askNoMore, type Pointer, pointAt, readPointer } from './pointer.ts';
import { said, spoken } from './replies.ts';
import { freshActor, type Turn, type TurnDeps, type TurnResult } from './turn.ts';

export type Typed = Extract<Command, { command: 'answer' }> | { command: 'cancel' | 'back' };

/** A card that was just acknowledged is noted within this time; whoever reads that fast waits so long. */
const NOTED_MS = 700;
const NO_ANSWER: ReadonlySet<Reply['say']> = new Set([
  'answers',
  'instead',
  'noPlan',
  'badQuantity',
  'badPosition',
  'noSuchPeople',
  'reasonMissing',
  'reading',
  'plansUnread',
  'closed',
]);
/** Of what is done with: no answer to it has an effect any more. */
const OVER: ReadonlySet<Reply['say']> = new Set(['already', 'alreadyApproved', 'notNow', 'closed', 'lapsed']);
const STAGES_THAT_SPEND: ReadonlySet<string> = new Set(['quoted', 'weighed', 'purchased', 'reassigned']);

/** What was looked up for an answer: of which move, as it was when it was typed, and what the catalogue has. */
export interface Given {
  pointer: Pointer;
  found(ticket: Ticket): Promise<Plan[]>;
}

/** `cancel`, `back` or an answer, for the move that waits for this person here. */
export async function onTyped(deps: TurnDeps, turn: Turn, typed: Typed, given: Given | null = null): Promise<TurnResult> {
  const first = await read(deps, turn, typed, given);
  if (first === null) {
    const bare = typed.command === 'answer' && isYesOrNo(typed.text, deps.spoken);
    return bare ? withWaiting(deps, turn, spoken(deps, turn, { say: 'nothingAsked' })) : said(nothingWaits(deps, typed));
  }
  const early = isAhead(first, turn) && turn.activity.sentAtMs !== null;
  if (early) await deps.clock.sleep(NOTED_MS);
  const { wish, pointer, considered } = (early ? await read(deps, turn, typed, given) : first) ?? first;
  const { view, decision } = considered;
  if (doneBefore(view.ticket.done, turn.activity)) return carryOut(deps, turn, wish, considered);
  if (typed.command === 'answer' && pointer.shown && isUnknown(decision.reply, typed.text)) return said(nothingWaits(deps, typed));
  const slip = typed.command === 'answer' && decision.reply !== null && ['answers', 'noPlan', 'closed'].includes(decision.reply.say);
  if (slip && typed.didYouMean) return said(nothingWaits(deps, typed));
  if (decision.reply?.say === 'leftOff') return leaveOff(deps, turn, pointer, decision.reply);
  // A word that is no answer leaves everything as it is, the card and what is waited for included.
  if (decision.reply !== null && NO_ANSWER.has(decision.reply.say)) {
    const result = spoken(deps, turn, decision.reply, view.ticket);
    return decision.reply.say === 'closed' ? withWaiting(deps, turn, result) : result;
  }
  if (given === null) {
    const shown = pointer.shown && considered.bound.intentions.length === 0;
    await pointAt(deps, { thread: turn.thread, person: turn.actor.key, sinceMs: pointer.sinceMs ?? null, shown }, refOf(view), pointer.asked);
  }
  if (decision.reply?.say === 'searching' && typed.command === 'answer') {
    const sent = await sendOn(deps, turn, { what: 'plan', typed, pointer });
    return sent ? spoken(deps, turn, decision.reply) : said(deps.words.replies.slowDown());
  }
  const result = await carryOut(deps, turn, wish, considered);
  return decision.reply && OVER.has(decision.reply.say) ? withWaiting(deps, turn, result) : result;
}

/** What else waits for this person's yes: the answer may have been meant for that. */
async function withWaiting(deps: TurnDeps, turn: Turn, result: TurnResult): Promise<TurnResult> {
  const waiting = await waitingFor(deps, turn);
  const [first] = waiting;
  if (!first) return result;
  const only = waiting.length === 1 ? { customer: nameBare(first.ticket.customerName), ticketId: bare(first.ticket.id, 80) } : null;
  const say = result.say.map((one, index) =>
    index === 0 && typeof one === 'string' ? `${one} ${deps.words.replies.waitsForYou({ only, n: waiting.length })}` : one,
  );
  return { ...result, say };
}

/** What was said stands in the chat now: from here on an answer is to it, unless this person has begun something else here meanwhile. */
export async function noteAsked(
  deps: Pick<TurnDeps, 'store' | 'clock' | 'clockSkewMs'>,
  { thread, person, ticketRef, asked }: NonNullable<TurnResult['asks']>,
  message: string | null,
): Promise<void> {
  const pointer = await readPointer(deps, thread, person);
  if (pointer?.ticketId !== ticketRef.ticketId || pointer.over) return;
  await pointAt(deps, { thread, person, sinceMs: pointer.sinceMs ?? null }, ticketRef, {
    asked,
    atMs: deps.clock.wallMs() + (deps.clockSkewMs?.() ?? 0),
    message,
  });
}

/** Nothing is asked of this person any more where this was. Delivered again after it was begun anew it is no answer to that. */
async function leaveOff(deps: TurnDeps, turn: Turn, pointer: Pointer, reply: Reply): Promise<TurnResult> {
  if (isToAnother(pointer, turn)) return spoken(deps, turn, { say: 'typedAhead' });
  for (const where of new Set([turn.thread, turn.chat.key])) {
    const there = await readPointer(deps, where, turn.actor.key);
    if (where === turn.thread || there?.ticketId === pointer.ticketId) await askNoMore(deps, where, pointer);
  }
  return spoken(deps, turn, reply);
}

/** Whether it is an answer to nothing that a card asks by itself: a plan's number or whole name, a number of licences, a yes. */
function isUnknown(reply: Reply | null, text: string): boolean {
  switch (reply?.say) {
    case 'searching':
    case 'reading':
    case 'plansUnread':
      return true;
    case 'answers':
      return reply.can.answers.includes('plan');
    case 'badQuantity':
      return !/^\d/.test(text);
    default:
      return false;
  }
}

interface Read {
  wish: Wish;
  pointer: Pointer;
  considered: Considered;
}

/** What the words mean as the ticket stands; null where no move waits for this person here. */
async function read(deps: TurnDeps, turn: Turn, typed: Typed, given: Given | null): Promise<Read | null> {
  const here = given?.pointer ?? (await readPointer(deps, turn.thread, turn.actor.key));
  const pointer = here ?? (await belowCard(deps, turn)) ?? (await readPointer(deps, turn.chat.key, turn.actor.key));
  if (!pointer || pointer.over) return null;
  const wish: Wish = {
    ticketRef: { customerId: pointer.customerId, ticketId: pointer.ticketId },
    look: { text: textOf(typed), spends: true, people: namesPeople(textOf(typed) ?? '', deps.spoken) },
    prepare: async (view) => {
      // Below another card of the channel it is no answer to this one.
      if (!here && turn.below && view.notice?.thread !== turn.thread) return null;
      const found = given && view.found === null ? await given.found(view.ticket) : view.found;
      // An answer may be the yes that spends.
      const actor = STAGES_THAT_SPEND.has(view.move?.state ?? 'none') ? await freshActor(deps, turn.actor) : turn.actor;
      return { view: { ...view, found, shown: [...view.shown, ...(pointer.asked ? [pointer.asked] : [])] }, actor };
    },
    decide: (view, actor) => meaningOf(deps, view, typed, actor),
    meantFor: { by: 'words', pointer },
  };
  const considered = await consider(deps, turn, wish);
  return considered && { wish, pointer, considered };
}

/** Below a ticket's card of a channel it is about that ticket, also of somebody who has done nothing there yet. */
async function belowCard({ store }: Pick<TurnDeps, 'store'>, { below, chat, thread, actor }: Turn): Promise<Pointer | null> {
  const ref = below ? await ticketOfThread(store, chat.key, thread) : null;
  return ref && { person: actor.key, ...ref, until: '' };
}

function textOf(typed: Typed): string | null {
  return typed.command === 'answer' ? typed.text : null;
}

function meaningOf({ spoken }: Pick<TurnDeps, 'spoken'>, view: TicketView, typed: Typed, actor: Actor): Decision {
  switch (typed.command) {
    case 'answer':
      return answerDialog(view, typed.text, actor, spoken);
    case 'cancel':
      return cancelAnswer(view, actor);
    case 'back':
      return ticketDialog(view, { verb: 'dialog.back' }, actor);
  }
}

/** Whether it was sent before what is asked now stood in the chat, as far as that is noted yet. */
function isAhead({ considered }: Read, turn: Turn): boolean {
  const { view, decision } = considered;
  return toWhatWasRead(decision, view, turn.activity.sentAtMs) !== decision;
}

function nothingWaits({ words: { replies } }: Pick<TurnDeps, 'words'>, typed: Typed): string {
  return typed.command === 'answer'
    ? replies.notUnderstood({ text: bare(typed.text, 80), didYouMean: typed.didYouMean === null ? null : reasonText(typed.didYouMean) })
    : replies.nothingWaits();
}
