/** What is typed while a move waits for an answer: taken once, and only for what its writer had read. Knows nothing of botbuilder. */
import { bare } from '../../cards/escape.ts';
import type { Actor, Command, Decision, TicketAction, Reply } from '../../dialogs/types.ts';
import { ticketDialog } from '../../dialogs/ticket.ts';
import { ASKS, questionOf, toWhatWasRead } from '../../dialogs/question.ts';
import { doneBefore } from '../../services/domain/activity.ts';
import type { Ticket, Plan } from '../../services/domain/ticket.ts';
import { askedOf } from '../../services/moves/asked.ts';
import { executeDecision } from './execute.ts';
import { sendOn } from './errand.ts';
import { replyText, said, spoken } from './replies.ts';
import { askedBy } from './which.ts';
import { type TurnResult, freshActor, type Incoming, type TurnDeps } from './turn.ts';
import { type Pointer, pointAt, readPointer } from './pointer.ts';
import { type TicketView, viewTicket } from '../../services/ticketView.ts';
import { answerDialog } from '../../dialogs/answers.ts';

export type Typed = Extract<Command, { command: 'answer' }> | { command: 'cancel' | 'back' };

/** A card that was just acknowledged is noted within this time; whoever reads that fast waits so long. */
const NOTED_MS = 700;
const STAGES_THAT_SPEND: ReadonlySet<string> = new Set(['quoted', 'purchased', 'reassigned']);
const COMMANDED: Record<'cancel' | 'back', TicketAction> = { cancel: { verb: 'move.cancel' }, back: { verb: 'dialog.back' } };

/** What was looked up for an answer: of which move, as it was when it was typed, and what the catalogue has. */
export interface Given {
  pointer: Pointer;
  found(ticket: Ticket): Promise<Plan[]>;
}

/** `cancel`, `back` or an answer, for the move that waits for this person here. */
export async function onTyped(deps: TurnDeps, seen: Incoming, typed: Typed, given: Given | null = null): Promise<TurnResult> {
  const first = await decide(deps, seen, typed, given);
  if (first === null) return said(nothingWaits(deps, typed));
  const early = first.decision.intentions.length > 0 && ahead(first, seen) && seen.activity.sentAtMs !== null;
  if (early) await deps.clock.sleep(NOTED_MS);
  const decided = (early ? await decide(deps, seen, typed, given) : first) ?? first;
  const { facts, decision, actor, pointer } = decided;
  if (doneBefore(facts.ticket.done, seen.activity)) return spoken(deps, seen, (await executeDecision(deps, { ...seen, actor }, facts, decision)).reply);
  const slip = typed.command === 'answer' && decision.reply !== null && ['answers', 'noPlan', 'closed'].includes(decision.reply.say);
  if (slip && typed.didYouMean) return said(nothingWaits(deps, typed));
  const ticketRef = { customerId: facts.ticket.customerId, ticketId: facts.ticket.id };
  if (given === null) await pointAt(deps, { thread: seen.thread, person: seen.actor.key, sinceMs: pointer.sinceMs ?? null }, ticketRef, pointer.asked);
  if (decision.reply?.say === 'searching' && typed.command === 'answer') {
    const sent = await sendOn(deps, seen, { what: 'plan', typed, pointer });
    return sent ? spoken(deps, seen, decision.reply) : said(deps.words.replies.slowDown());
  }
  const bound = toWhatWasRead(decision, facts, seen.activity.sentAtMs);
  if (bound !== decision || (decision.intentions.length > 0 && toAnother(decided, seen)) || (decision.intentions.length > 0 && quotesOther(decided, seen)))
    return asking(deps, seen, facts, actor, 'typedAhead');
  const { reply, asked } = await executeDecision(deps, { ...seen, actor }, facts, decision);
  if (reply?.say === 'back') {
    const now = await viewTicket(deps, seen.chat, ticketRef, { text: null, spends: false });
    return now ? asking(deps, seen, now, actor, 'back') : spoken(deps, seen, reply);
  }
  const back = (await askedBy(deps, seen, facts, reply)) ?? spoken(deps, seen, reply);
  return reply && ASKS.has(reply.say) && asked !== null ? { ...back, asks: { thread: seen.thread, person: seen.actor.key, ticketRef, asked } } : back;
}

/** What was said stands in the chat now: from here on an answer is to it, unless this person has begun something else here meanwhile. */
export async function noteAsked(deps: TurnDeps, { thread, person, ticketRef, asked }: NonNullable<TurnResult['asks']>, message: string | null): Promise<void> {
  const pointer = await readPointer(deps, thread, person);
  if (pointer?.ticketId !== ticketRef.ticketId) return;
  await pointAt(deps, { thread, person, sinceMs: pointer.sinceMs ?? null }, ticketRef, {
    asked,
    atMs: deps.clock.wallMs() + (deps.clockSkewMs?.() ?? 0),
    message,
  });
}

interface Decided {
  facts: TicketView;
  decision: Decision;
  actor: Actor;
  pointer: Pointer;
}

/** What the words mean as the ticket stands; null where no move waits for this person here. */
async function decide(deps: TurnDeps, seen: Incoming, typed: Typed, given: Given | null): Promise<Decided | null> {
  const here = given?.pointer ?? (await readPointer(deps, seen.thread, seen.actor.key));
  const pointer = here ?? (await readPointer(deps, seen.chat.key, seen.actor.key));
  const text = typed.command === 'answer' ? typed.text : null;
  const looked = pointer && (await viewTicket(deps, seen.chat, pointer, { text, spends: true }));
  // Below another card of the channel it is no answer to this one.
  if (!looked || (!here && seen.below && looked.notice?.thread !== seen.thread)) return null;
  const found = given && looked.found === null ? await given.found(looked.ticket) : looked.found;
  const facts = { ...looked, found, shown: [...looked.shown, ...(pointer.asked ? [pointer.asked] : [])] };
  // An answer may be the yes that spends.
  const actor = STAGES_THAT_SPEND.has(facts.move?.state ?? 'none') ? await freshActor(deps, seen.actor) : seen.actor;
  const decision = typed.command === 'answer' ? answerDialog(facts, typed.text, actor) : ticketDialog(facts, COMMANDED[typed.command], actor);
  return { facts, decision, actor, pointer };
}

/** Whether it quotes something else than the card, or the question that was last asked in words: it may be an answer to that. */
function quotesOther({ facts, pointer }: Decided, { quoted }: Incoming): boolean {
  return quoted !== null && quoted !== facts.notice?.activityId && quoted !== pointer.asked?.message;
}

/** Whether it was sent before this person began with this one here: delivered late, or once more, it may be an answer to what was begun before. */
function toAnother({ pointer }: Decided, { activity }: Incoming): boolean {
  return activity.sentAtMs !== null && activity.sentAtMs < (pointer.sinceMs ?? 0);
}

function ahead({ facts, decision }: Decided, seen: Incoming): boolean {
  return toWhatWasRead(decision, facts, seen.activity.sentAtMs) !== decision;
}

function nothingWaits(deps: TurnDeps, typed: Typed): string {
  const { replies } = deps.words;
  return typed.command === 'answer' ? replies.notUnderstood({ text: bare(typed.text, 80), didYouMean: typed.didYouMean }) : replies.nothingWaits();
}

/** What is asked now, after a word on what became of the answer. */
function asking(deps: TurnDeps, seen: Incoming, facts: TicketView, actor: Actor, lead: 'typedAhead' | 'back'): TurnResult {
  const question = questionOf(facts, actor);
  const words = [deps.words.replies[lead](), ...(question ? [replyText(deps.words, question)] : [])].join(' ');
  const whole = question !== null && ASKS.has(question.say as Reply['say']);
  const ticketRef = { customerId: facts.ticket.customerId, ticketId: facts.ticket.id };
  return { ...said(words), ...(whole ? { asks: { thread: seen.thread, person: seen.actor.key, ticketRef, asked: askedOf(facts.ticket, facts.move) } } : {}) };
}
