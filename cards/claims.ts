/**
 * What a card says about the world, made where it says it: one function a subject. Each names the read that it rests
 * on; a sentence of these kinds is written only beside its claim.
 */
import type { Chat, Move, News, Ticket } from '../services/domain/ticket.ts';
import type { Claim } from '../services/notify/claim.ts';
import type { Shown } from '../services/ticketView.ts';

export type { Claim, Claimed } from '../services/notify/claim.ts';

type Of = Pick<Shown, 'ticket'>;

/** When Partner Center last said what the move's row holds. */
function readOf(move: Move): string | null {
  return move.readAt ?? null;
}

/** What becomes of the subscription at the end of its term, as it was read: that it ends only where that was. */
export function claimsEnd({ ticket }: Of): Claim {
  const { expiresOn: day, endOfTerm: how, readAt } = ticket.facts;
  const rests = { of: ticket.id, asOf: readAt ?? ticket.openedAt };
  switch (how) {
    case 'renews':
    case 'renewsAs':
    case 'inEst':
      return { claims: 'renews', ...rests, day, how };
    case 'cancels':
      return { claims: 'ends', ...rests, day };
    default:
      return { claims: 'termEnds', ...rests, day, how };
  }
}

/**
 * What may be said of the old subscription: that it ends, that it will go on as a paid Extended Service Term, that it is in one, that its
 * term ends and nobody knows more, that it renews; nothing where it is no longer active, or nobody says.
 */
export function oldOne({ ticket }: Of): 'ends' | 'extends' | 'inEst' | 'termEnds' | 'renews' | 'unsaid' {
  const { standing, endOfTerm, expiresOn } = ticket.facts;
  if (standing || endOfTerm === 'unread' || expiresOn === '') return 'unsaid';
  if (endOfTerm === 'renews' || endOfTerm === 'renewsAs') return 'renews';
  if (endOfTerm === 'cancels') return 'ends';
  return endOfTerm === 'extends' || endOfTerm === 'inEst' ? endOfTerm : 'termEnds';
}

/** The claim beside a sentence about that. */
export function claimsOldOne(of: Of): Claim[] {
  return oldOne(of) === 'unsaid' ? [] : [claimsEnd(of)];
}

/** That it had been read to end, before it renewed again. */
export function claimsEndedOnce({ ticket }: Of, day: string): Claim {
  return { claims: 'ends', of: ticket.id, asOf: ticket.facts.readAt ?? ticket.openedAt, day };
}

function renewsHow({ facts }: Ticket): 'renews' | 'renewsAs' {
  return facts.endOfTerm === 'renewsAs' ? 'renewsAs' : 'renews';
}

/** It renews again, or is gone: what the look said that closed the ticket. */
export function claimsClosed({ ticket }: Of, closed: NonNullable<Ticket['closed']>): Claim {
  const rests = { of: ticket.id, asOf: closed.at };
  if (closed.how === 'renewed') return { claims: 'renews', ...rests, day: ticket.facts.expiresOn, how: renewsHow(ticket) };
  return ticket.facts.standing === 'suspended' ? { claims: 'suspended', ...rests } : { claims: 'gone', ...rests };
}

/** No order has been placed for the ticket. `at`: of the answer, or of the moment in which nothing had been asked for. */
export function claimsNothingBought({ ticket }: Of, at: string | null): Claim {
  return { claims: 'nothingBought', of: ticket.id, asOf: at };
}

/** The seats that came, where the order told of others than were approved. */
function seatsOf(move: Move): number {
  const other = move.order?.differs?.find((one) => one.what === 'seats')?.came;
  return typeof other === 'number' ? other : (move.quote?.quantity ?? 0);
}

/** The order of the quote was placed. */
export function claimsBought({ ticket }: Of, move: Move): Claim {
  return {
    claims: 'bought',
    of: ticket.id,
    asOf: move.order?.placedAt ?? null,
    quantity: seatsOf(move),
    // Of an order that is another one than was approved the price a month is not known.
    monthly: move.order?.differs?.length ? null : (move.quote?.monthly ?? null),
  };
}

/** How many of the holders of the old licence have moved. */
export function claimsMoved({ ticket }: Of, move: Move): Claim {
  return { claims: 'moved', of: ticket.id, asOf: readOf(move), moved: move.people?.moved ?? 0, total: move.people?.total ?? 0 };
}

/** Nobody holds the old licence. */
export function claimsNobodyHolds({ ticket }: Of, move: Move): Claim {
  return { claims: 'nobodyHolds', of: ticket.id, asOf: move.people ? readOf(move) : null };
}

/** The old subscription is suspended. */
export function claimsSuspended({ ticket }: Of, move: Move): Claim {
  return { claims: 'suspended', of: ticket.id, asOf: move.suspendedAt ?? readOf(move) };
}

/** Somebody let the purchase happen. */
export function claimsApproved({ ticket }: Of, approval: NonNullable<Move['approval']>): Claim {
  return { claims: 'approved', of: ticket.id, asOf: approval.at, by: approval.by };
}

/** Partner Center said no. */
export function claimsRefused({ ticket }: Of, refused: { at: string | null; code: string }): Claim {
  return { claims: 'refused', of: ticket.id, asOf: refused.at, code: refused.code };
}

/** Why there is no price, where the notice says it: nothing was ordered, and perhaps Partner Center said no. */
export function claimsNoPrice(shown: Pick<Shown, 'ticket' | 'move' | 'now'>): Claim[] {
  const refusal = shown.move?.state === 'drafting' ? shown.move.refusal : null;
  if (!refusal || refusal.reason === 'saidNotBought') return [];
  const nothing = claimsNothingBought(shown, shown.now);
  return refusal.reason === 'refused' ? [nothing, claimsRefused(shown, { at: shown.now, code: refusal.code })] : [nothing];
}

/** Nothing that the reader may see stops renewing. `of`: a customer, or empty for all. */
export function claimsAllRenew(of: string, lookedAt: string | null): Claim {
  return { claims: 'allRenew', of, asOf: lookedAt };
}

/** What the chat in which it stands is told of. */
export function claimsWatches(watching: Chat['watching'], at: string | undefined): Claim {
  return { claims: 'watches', of: '', asOf: at ?? null, watching };
}

/** How the move ended that the news is about: the next one may have begun since. */
export function howFinished(news: News, latest: Move | null): Move['outcome'] {
  return (news.data.outcome as Move['outcome'] | undefined) ?? latest?.outcome ?? null;
}

/** What a thread’s line says, at its date. */
export function claimsOfNews(news: News, shown: Shown): Claim[] {
  const { move: m } = shown;
  const rests = { of: shown.ticket.id, asOf: news.at };
  switch (news.kind) {
    case 'repriced':
      return [claimsNothingBought(shown, news.at)];
    case 'cancelled':
    case 'lapsed':
      return news.data.open || news.data.end ? [] : [claimsNothingBought(shown, news.at)];
    case 'refused':
      return claimsNoPrice({ ...shown, now: news.at });
    case 'approved':
      return news.by ? [{ claims: 'approved', ...rests, by: news.by }] : [];
    case 'counted':
      return [...(m ? [claimsBought(shown, m)] : []), counted(news, rests)];
    case 'moved':
    case 'someFailed':
      return [{ claims: 'moved', ...rests, moved: Number(news.data.moved), total: Number(news.data.total) }];
    case 'finished':
      if (howFinished(news, m) === 'suspended') return [m?.outcome === 'suspended' ? claimsSuspended(shown, m) : { claims: 'suspended', ...rests }];
      return howFinished(news, m) === 'letExpire' || howFinished(news, m) === 'customerCancels' ? claimsOldOne(shown) : [];
    case 'waits':
    case 'reminder':
      if (m?.state === 'purchased' && m.people) return [claimsMoved(shown, m)];
      if (news.kind === 'reminder' && shown.ticket.facts.endOfTerm === 'extends')
        return [...claimsOldOne(shown), ...(m?.state === 'drafting' ? [claimsNothingBought(shown, news.at)] : [])];
      return m?.state === 'drafting' ? [claimsNothingBought(shown, news.at)] : [];
    case 'stuck':
      return news.data.reason === 'refused' || news.data.reason === 'suspendRefused'
        ? [claimsRefused(shown, { at: news.at, code: String(news.data.code) })]
        : [];
    case 'renewed':
      return [{ claims: 'renews', ...rests, day: shown.ticket.facts.expiresOn, how: renewsHow(shown.ticket) }];
    case 'ended':
      return [shown.ticket.facts.standing === 'suspended' ? { claims: 'suspended', ...rests } : { claims: 'gone', ...rests }];
    case 'changed':
      if (news.data.what === 'renews') return [{ claims: 'renews', ...rests, day: shown.ticket.facts.expiresOn, how: renewsHow(shown.ticket) }];
      return news.data.what === 'ended' || news.data.what === 'gone' ? [{ claims: 'gone', ...rests }] : [];
    default:
      return [];
  }
}

function counted({ data }: News, rests: Pick<Claim, 'of' | 'asOf'>): Claim {
  if (Number(data.total) === 0 && Number(data.blocked) === 0) return { claims: 'nobodyHolds', ...rests };
  return { claims: 'moved', ...rests, moved: Number(data.moved), total: Number(data.total) };
}
