/** The way of whatever a person wants of one ticket, pressed, chosen or typed: view, decide, execute, reply. Knows nothing of botbuilder. */

import { ASKS, questionOf, toWhatWasPressed, toWhatWasRead } from '../../dialogs/question.ts';
import { type Actor, type Decision, decided, type Reply } from '../../dialogs/types.ts';
import { doneBefore } from '../../services/domain/activity.ts';
import { askedOf } from '../../services/moves/asked.ts';
import { isAbout } from '../../services/trace.ts';
import type { TicketRef } from '../../services/tickets/read.ts';
import { type TicketView, viewTicket } from '../../services/ticketView.ts';
import { type Executed, executeDecision } from './execute.ts';
import { type Pointer, pointAt } from './pointer.ts';
import { noteRefusal, replyIn, replyText, said, spoken } from './replies.ts';
import type { Turn, TurnDeps, TurnResult } from './turn.ts';
import { askedBy } from './which.ts';

/** What a person wants of one ticket; what differs between a button, an offered choice and a typed answer is data. */
export interface Wish {
  /** From the handle of the card, or from what this person was asked last. */
  ticketRef: TicketRef;
  /** What is read of it. */
  look: { text: string | null; spends: boolean; people?: boolean };
  /** What is added to what was read, and whose roles count; null where it is not about this ticket after all. */
  prepare?(view: TicketView): Promise<{ view: TicketView; actor: Actor } | null>;
  decide(view: TicketView, actor: Actor): Decision;
  meantFor: MeantFor;
}

/** What it must have been meant for to have an effect. It also says how it is answered: a press to the presser alone, words aloud. */
type MeantFor =
  /** Whatever is asked now. */
  | { by: 'mark' }
  /** What its card asked. */
  | { by: 'card'; v: unknown }
  /** What stood in the chat when it was sent. */
  | { by: 'words'; pointer: Pointer };

export interface Considered {
  view: TicketView;
  actor: Actor;
  decision: Decision;
  /** The decision, or that it was meant for something else. */
  bound: Decision;
}

/** How the ticket stands and what the wish means by that; null where there is none. */
export async function consider(deps: TurnDeps, turn: Turn, wish: Wish): Promise<Considered | null> {
  isAbout(wish.ticketRef);
  const read = await viewTicket(deps, turn.chat, wish.ticketRef, wish.look);
  const prepared = read && (wish.prepare ? await wish.prepare(read) : { view: read, actor: turn.actor });
  if (!prepared) return null;
  const { intentions, reply } = wish.decide(prepared.view, prepared.actor);
  const decision = { intentions, reply: replyIn(reply, prepared.view.ticket, deps.words) };
  return { ...prepared, decision, bound: bind(decision, prepared.view, turn, wish.meantFor) };
}

function bind(decision: Decision, view: TicketView, turn: Turn, meantFor: MeantFor): Decision {
  switch (meantFor.by) {
    case 'mark':
      return decision;
    case 'card':
      return toWhatWasPressed(decision, view, meantFor.v);
    case 'words': {
      const stray = decision.intentions.length > 0 && (isToAnother(meantFor.pointer, turn) || quotesOther(view, meantFor.pointer, turn));
      return stray ? decided({ say: 'typedAhead' }) : toWhatWasRead(decision, view, turn.activity.sentAtMs);
    }
  }
}

/** Whether it was sent before this person began with this one here: delivered late, or once more, it may be an answer to what was begun before. */
export function isToAnother(pointer: Pointer, { activity }: Turn): boolean {
  return activity.sentAtMs !== null && activity.sentAtMs < (pointer.sinceMs ?? 0);
}

/** Whether it quotes something else than the card, or the question that was last asked in words: it may be an answer to that. */
function quotesOther(view: TicketView, pointer: Pointer, { quoted }: Turn): boolean {
  return quoted !== null && quoted !== view.notice?.activityId && quoted !== pointer.asked?.message;
}

/** Does what was decided, once for each activity, and answers. */
export async function carryOut(deps: TurnDeps, turn: Turn, wish: Wish, { view, actor, decision, bound }: Considered): Promise<TurnResult> {
  const typed = wish.meantFor.by === 'words';
  const doer = { ...turn, actor };
  const repeated = doneBefore(view.ticket.done, turn.activity);
  if (typed && !repeated && bound !== decision) return asking(deps, doer, view, 'typedAhead');
  // What has no effect, or comes once more, changes nothing, above all not what the next answer is to.
  const begins = !typed && !repeated && bound.intentions.length > 0;
  const [executed] = await Promise.all([
    executeDecision(deps, doer, view, bound),
    begins && pointAt(deps, { thread: turn.thread, person: actor.key, sinceMs: turn.activity.sentAtMs }, wish.ticketRef),
  ]);
  if (!typed) return answeredPrivately(deps, doer, view, executed);
  return repeated ? spoken(deps, doer, executed.reply, view.ticket) : answeredAloud(deps, doer, view, executed);
}

async function answeredAloud(deps: TurnDeps, doer: Turn, view: TicketView, { reply, asked }: Executed): Promise<TurnResult> {
  if (reply?.say === 'back') {
    const now = await viewTicket(deps, doer.chat, refOf(view), { text: null, spends: false });
    return now ? asking(deps, doer, now, 'back') : spoken(deps, doer, reply, view.ticket);
  }
  const result = (await askedBy(deps, doer, view, reply)) ?? spoken(deps, doer, reply, view.ticket);
  return { ...result, ...asksOf(doer, view, { reply, asked }) };
}

/** To the presser alone; what is asked next stands below the card, for whoever answers. */
async function answeredPrivately(deps: TurnDeps, doer: Turn, view: TicketView, { reply, asked }: Executed): Promise<TurnResult> {
  const { replies } = deps.words;
  const which = await askedBy(deps, doer, view, reply);
  if (which) return { ...which, privately: replies.showing() };
  if (reply === null) return { say: [], privately: replies.upToDate() };
  noteRefusal(deps.log, doer, reply);
  const text = replyText(deps.words, reply);
  // That there is no plan to choose asks too, and concerns the presser alone.
  if (!ASKS.has(reply.say) || reply.say === 'noPlan') return { say: [], privately: text };
  return { say: [text], privately: replies.showing(), ...asksOf(doer, view, { reply, asked }) };
}

/** What is asked now, after a word on what became of the answer. */
function asking(deps: TurnDeps, doer: Turn, view: TicketView, lead: 'typedAhead' | 'back'): TurnResult {
  const question = replyIn(questionOf(view, doer.actor), view.ticket, deps.words);
  const words = [deps.words.replies[lead](), ...(question ? [replyText(deps.words, question)] : [])].join(' ');
  return { ...said(words), ...asksOf(doer, view, { reply: question, asked: askedOf(view.ticket, view.move) }) };
}

/** That an answer is to this, once it stands in the chat. */
function asksOf({ thread, actor }: Turn, view: TicketView, { reply, asked }: { reply: Reply | null; asked: number | null }): Pick<TurnResult, 'asks'> {
  return reply && ASKS.has(reply.say) && asked !== null ? { asks: { thread, person: actor.key, ticketRef: refOf(view), asked } } : {};
}

export function refOf({ ticket }: TicketView): Wish['ticketRef'] {
  return { customerId: ticket.customerId, ticketId: ticket.id };
}
