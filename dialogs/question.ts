/** What is asked just now, and whether an answer was to that. Pure. */
import { proposedSeats } from '../services/catalogue/replacements.ts';
import { draftedTerm, termsOf } from '../services/domain/terms.ts';
import { answersTo } from '../services/moves/answers.ts';
import { askedOf } from '../services/moves/asked.ts';
import { lastStepHere } from '../services/tickets/endOfTerm.ts';
import type { TicketView } from '../services/ticketView.ts';
import { type Actor, type Decision, decided, type Reply } from './types.ts';

/** What the ticket asks of this person now; null where nobody is waited for. */
export function questionOf(view: TicketView, actor: Actor): Reply | null {
  const { ticket, move } = view;
  const can = answersTo(view, actor);
  const customer = ticket.customerName;
  if (ticket.closed) return null;
  switch (move?.state ?? 'none') {
    case 'none':
    case 'cancelled':
    case 'drafting':
      return planQuestion(view);
    case 'quoted': {
      const quote = move?.quote;
      if (!quote || move?.approval) return null;
      return { say: 'askApproval', customer, plan: quote.planTitle, quantity: quote.quantity, monthly: view.hides.cost ? null : quote.monthly, can };
    }
    case 'purchased':
      return move?.people ? { say: 'askPeople', customer, plan: move.quote?.planTitle ?? '', movable: move.people.movable, can } : null;
    case 'reassigned':
      return { say: 'askSuspend', customer, plan: ticket.facts.offerName, last: lastStepHere(ticket.facts, view.plannable), can };
    case 'weighed':
      return move?.end && !move.approval ? { say: 'askEnd', customer, plan: ticket.facts.offerName, to: move.end.to, day: move.end.day, can } : null;
    case 'stuck':
      return { say: 'askCheck', customer, can };
    default:
      return null;
  }
}

/** The plan; once that is chosen, the seats. */
function planQuestion({ ticket, move }: TicketView): Reply {
  if (ticket.plans === null) return { say: ticket.plansUnread ? 'plansUnread' : 'reading' };
  const { inUse, quantity } = ticket.facts;
  const plan = move?.state === 'drafting' ? ticket.plans.find((one) => one.id === move.draft.plan) : undefined;
  if (plan && move)
    return { say: 'howMany', plan: plan.title, term: draftedTerm(move), proposed: proposedSeats(plan, inUse, quantity), inUse, minimum: plan.minimum };
  const sold = ticket.plans.filter((one) => one.item);
  const terms = sold.some((one) => termsOf(one, move).length > 1);
  if (sold.length === 0) return { say: 'noPlan', value: '' };
  return { say: 'whichPlan', customer: ticket.customerName, ticketId: ticket.id, plans: sold.map((one) => one.title), terms };
}

/** Replies that ask all that there is to know: an answer to one of them is to what is asked now. */
export const ASKS: ReadonlySet<Reply['say']> = new Set(['whichPlan', 'howMany', 'askApproval', 'askPeople', 'askSuspend', 'askEnd', 'askCheck', 'noPlan']);

/** What was typed has an effect only if it was sent after what is asked now stood in the chat; both times are Teams'. */
export function toWhatWasRead(decision: Decision, view: TicketView, sentAtMs: number | null): Decision {
  if (decision.intentions.length === 0) return decision;
  const asked = askedOf(view.ticket, view.move);
  const read = sentAtMs !== null && view.shown.some((one) => one.asked === asked && sentAtMs > one.atMs);
  return read ? decision : decided({ say: 'typedAhead' });
}

/** A press has an effect only if its card asked what is asked now; `v` is what the card carried. */
export function toWhatWasPressed(decision: Decision, view: TicketView, v: unknown): Decision {
  if (decision.intentions.length === 0 || v === askedOf(view.ticket, view.move)) return decision;
  return decided({ say: view.move?.state === 'quoted' ? 'quoteChanged' : 'cardChanged' });
}
