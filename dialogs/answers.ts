/** What somebody typed, as the action that the waiting move understands by it. Pure. */

import { proposedSeats } from '../services/catalogue/replacements.ts';
import { draftedTerm, partsOf } from '../services/domain/terms.ts';
import type { Plan } from '../services/domain/ticket.ts';
import { answersTo, type Can } from '../services/moves/answers.ts';
import { mayChoose } from '../services/moves/states.ts';
import { lastStepHere } from '../services/tickets/endOfTerm.ts';
import type { TicketView } from '../services/ticketView.ts';
import { whoIsNamed } from './people.ts';
import { already, choosePlan, chooseTerm, parseQuantity, quoteDialog } from './purchase.ts';
import { lacks } from './rights.ts';
import { termBehind } from './termWords.ts';
import { ticketDialog } from './ticket.ts';
import { type Actor, type Decision, decided } from './types.ts';

/** What spends is said as a yes, not as a word that people say to anything. */
const YES = /^(?:yes|y|yes,? please)[!.]*$/i;

/** What people say by the way: it answers nothing, and no plan is called so. */
const BY_THE_WAY =
  /^(?:ok(?:ay)?|k+|sure|go|fine|great|good|nice|cool|perfect|super|done|right|yep|yeah|nah|wow|oops|lol|haha+|h+m+|huh|please|sorry|never ?mind|[^\p{L}\p{N}]+)[!.?]*$/iu;

const NO = /^(?:no|n|nope)(?=$|[\s,;:.!…–—-])[\s,;:.!…–—-]*/i;

/** What begins with a no and is none: "no problem", a no for now, or one on a condition. */
const NO_REFUSAL =
  /^(?:(?:problems?|worries|objections?|issues?|doubts?|idea|clue|hurry|rush|one)\b|not (?:yet|now|today)\b|(?:later|wait|hold on|tomorrow|until|unless|if|but)\b)/i;

/** These name what they do, and are asked about before anything is set. */
const ENDS: readonly ['end.cancel' | 'end.renew', RegExp][] = [
  ['end.cancel', /^cancel (?:it )?at (?:the )?(?:term(?:’s|'s)? end|end(?: of (?:the |its )?term)?)$/i],
  ['end.renew', /^renew(?: it)?(?: again)?$/i],
];

const ALL_BUT = /^(?:yes,? )?all (?:but|except) /i;

interface Said {
  text: string;
  yes: boolean;
  /** What was said after a no; null where none was said. */
  no: string | null;
}

/** A typed answer, as the action that the waiting move understands by it; or what answers it would understand. */
export function answerDialog(view: TicketView, text: string, actor: Actor): Decision {
  const { ticket, move } = view;
  if (ticket.closed) return decided({ say: 'closed', how: ticket.closed.how });
  const end = ENDS.find(([, words]) => words.test(text))?.[0];
  if (end) return ticketDialog(view, { verb: end }, actor);
  const yes = YES.test(text);
  const refused = NO.exec(text);
  const after = refused && text.slice(refused[0].length);
  const no = after !== null && NO_REFUSAL.test(after) ? null : after;
  const said: Said = { text, yes, no };
  const state = move?.state ?? 'none';
  const can = answersTo(view, actor);
  const unknown = decided({ say: 'answers', state, can });
  if (BY_THE_WAY.test(text)) return unknown;
  if (no !== null && !takesNo(no, can)) return decided({ say: 'instead', state, ticketId: ticket.id, can });
  switch (state) {
    case 'none':
    case 'cancelled':
    case 'finished':
    case 'drafting':
      return draftAnswer(view, said, actor);
    case 'quoted':
    case 'weighed':
      if (yes) return ticketDialog(view, { verb: 'purchase.approve' }, actor);
      return no !== null ? ticketDialog(view, { verb: 'purchase.decline', reason: no || 'no' }, actor) : unknown;
    case 'purchased':
      return peopleAnswer(view, said, actor) ?? unknown;
    case 'reassigned':
      return suspendAnswer(view, said, actor) ?? unknown;
    case 'stuck':
      return yes || /^(check|look|look again)$/i.test(text) ? ticketDialog(view, { verb: 'move.check' }, actor) : unknown;
    default:
      return unknown;
  }
}

/**
 * Whether a no does here what the card's own button for it does. Where only a yes is an answer it closes nothing, and above all it does
 * not let end what would have been left alone.
 */
function takesNo(reason: string, { answers }: Can): boolean {
  if (answers.some((one) => one === 'decline' || one === 'leave' || one === 'leaveThere')) return true;
  // A plan may be called so.
  return answers.includes('plan') && reason !== '' && !/^(?:thanks?|thank you)\b/i.test(reason);
}

/** Plan first, then seats; the plan is kept in the draft. */
function draftAnswer(view: TicketView, { text, yes }: Said, actor: Actor): Decision {
  const { move } = view;
  const live = move?.state === 'drafting' ? move : null;
  if (live?.draft.plan !== undefined) {
    const quantity = yes ? null : text;
    if (quantity !== null && parseQuantity(quantity) === null) {
      const plan = choosePlan(view, live.draft.plan);
      if ('id' in plan) return decided({ say: 'badQuantity', value: text, min: plan.minimum, max: plan.maximum });
    }
    return quoteDialog(view, { verb: 'purchase.quote', plan: live.draft.plan, quantity, term: draftedTerm(live) }, actor);
  }
  const plan = choosePlan(view, yes ? null : text);
  if ('id' in plan) return takePlan(view, plan, null, actor);
  const written = termBehind(text);
  if (!written || written.plan === '') return decided(plan);
  const before = choosePlan(view, written.plan);
  if ('id' in before) return takePlan(view, before, written.term, actor);
  if (before.say === 'searching') return decided(plan);
  return decided(before.say === 'manyPlans' ? { ...before, value: text, term: written.term } : before);
}

/** The plan is kept in the draft, with the term that was written behind it, and the seats are asked for. */
export function takePlan(view: TicketView, plan: Plan, written: string | null, actor: Actor): Decision {
  const { ticket, move } = view;
  const right = lacks(actor.roles, 'purchase.quote');
  if (right) return decided({ say: 'mayNot', right });
  if (ticket.closed) return decided({ say: 'closed', how: ticket.closed.how });
  if (!mayChoose(move)) return decided(already(view));
  const behind = written === null ? null : termBehind(written);
  const chosen = behind && chooseTerm(plan, view, behind);
  if (chosen && 'say' in chosen) return decided(chosen);
  const event = { kind: 'draft' as const, by: actor.key, draft: { plan: plan.id, ...(chosen ? partsOf(chosen.term) : {}) } };
  const addPlan = ticket.plans?.some((one) => one.id === plan.id) ? null : plan;
  const reply = {
    say: 'howMany' as const,
    plan: plan.title,
    term: chosen?.term ?? null,
    proposed: proposedSeats(plan, ticket.facts.inUse, ticket.facts.quantity),
    inUse: ticket.facts.inUse,
    minimum: plan.minimum,
  };
  return decided(reply, move?.state === 'drafting' ? { do: 'event', event, addPlan } : { do: 'open', event, addPlan });
}

function peopleAnswer(view: TicketView, { text, yes }: Said, actor: Actor): Decision | null {
  const { movable = 0, moved = 0 } = view.move?.people ?? {};
  // Where nobody can move as it is, a yes says nothing; those who did not move can be tried again.
  if ((yes || /^all$/i.test(text)) && movable === 0 && moved > 0) return null;
  if (/^(again|try again)$/i.test(text) && movable === 0 && moved > 0) return ticketDialog(view, { verb: 'reassignment.retry' }, actor);
  if (yes || /^all$/i.test(text)) return ticketDialog(view, { verb: 'reassignment.confirm', users: null }, actor);
  if (/^(check|again|check again)$/i.test(text)) return ticketDialog(view, { verb: 'move.check' }, actor);
  const but = ALL_BUT.exec(text);
  if (!but) return null;
  return allBut(view, text.slice(but[0].length), actor);
}

/** Everybody moves but those who are named. */
function allBut(view: TicketView, text: string, actor: Actor): Decision {
  // Whether somebody of that name holds a licence is told to nobody else.
  const right = lacks(actor.roles, 'reassignment.confirm');
  if (right) return decided({ say: 'mayNot', right });
  const meant = whoIsNamed(view.movable, text);
  if ('unknown' in meant) return decided({ say: 'noSuchPeople', value: meant.unknown });
  const [first] = meant.unclear;
  if (!first) return moveAllBut(view, meant.ids, actor);
  // Names of others are not told where everybody reads along; more than one question is not asked at once.
  const asks = meant.unclear.length === 1 && (view.personal || first.whole);
  return decided({ say: 'samePeople', value: first.name, same: asks ? first.people : [], others: meant.ids });
}

/** The same for people by id. */
export function moveAllBut(view: TicketView, people: readonly string[], actor: Actor): Decision {
  const left = new Set(people);
  const users = view.movable.filter((person) => !left.has(person.id)).map((person) => person.id);
  return ticketDialog(view, { verb: 'reassignment.confirm', users }, actor);
}

/** Of new commerce a yes is to let it end, where its cancellation was read; suspending must be said. */
function suspendAnswer(view: TicketView, { text, yes, no }: Said, actor: Actor): Decision | null {
  const last = lastStepHere(view.ticket.facts, view.plannable);
  if (/^suspend( it| now)?$/i.test(text) || (yes && last === 'suspend')) return ticketDialog(view, { verb: 'suspension.confirm' }, actor);
  if (yes && last === 'setEnd') return ticketDialog(view, { verb: 'end.cancel' }, actor);
  if (yes && (last === 'cancel' || last === 'customerActs')) return null;
  if (yes || no !== null || /^(leave|leave it|let it end)$/i.test(text)) return ticketDialog(view, { verb: 'suspension.skip', reason: no ?? '' }, actor);
  return null;
}
