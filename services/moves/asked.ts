/** What a person is asked just now, as a number that changes whenever that does: an answer is to what its giver was shown. Pure. */
import type { Move, Ticket } from '../domain/ticket.ts';

const OLDEST = 1;

/** 0 while the plans are not known, 1 with them; from then on the move's own number, which never goes back. */
export function askedOf(ticket: Pick<Ticket, 'plans'>, move: Pick<Move, 'asked'> | null): number {
  return move ? (move.asked ?? OLDEST) : firstAsked(ticket);
}

/** The first number of a move of this ticket after `before`: no card of an earlier one fits it. */
export function askedAnew(ticket: Pick<Ticket, 'plans'>, before: Pick<Move, 'asked'> | null): number {
  return Math.max(before?.asked ?? 0, firstAsked(ticket)) + 1;
}

function firstAsked(ticket: Pick<Ticket, 'plans'>): number {
  return ticket.plans === null ? 0 : OLDEST;
}

/** `next` with its number: one more where something else is asked than before; other edits, such as a wait or a try, leave it. */
export function countAsked(before: Move, next: Move): Move {
  const asked = before.asked ?? OLDEST; // a row of before there was the number
  return { ...next, asked: question(before) === question(next) ? asked : asked + 1 };
}

/** Whether an order may be there of which nobody said whether it is this purchase. */
export function isOpenQuestion(m: Pick<Move, 'question' | 'held'>): boolean {
  return Boolean(m.question) || m.held === 'orders' || m.held === 'likePurchase';
}

/** All that a yes would be a yes to: stage, plan, seats, price, people, and why it has stopped. */
function question(m: Move): string {
  const { plan, quantity, term, billing } = m.draft;
  return JSON.stringify([
    m.state,
    [plan, quantity, term, billing],
    m.quote && [m.quote.hash, m.quote.askedBy],
    m.formerly,
    m.approval !== null,
    ...(m.end ? [m.end.hash] : []),
    [m.order?.id, m.order?.differs, m.order?.accepted !== undefined],
    [m.again, m.question, m.unsettled, m.vouched?.at],
    m.sku,
    m.people && [m.people.total, m.people.movable, m.people.moved, m.people.blocked, m.people.kept, m.people.waived],
    m.stuck && [m.stuck.from, m.stuck.reason, m.stuck.at],
  ]);
}
