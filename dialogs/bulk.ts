/** A move of several customers at once: how each member stands, what the card asks, and what a yes to all of it means. Pure. */
import { lapsesAt, type OwnYes } from '../services/approval/approval.ts';
import { plainName } from '../services/catalogue/match.ts';
import type { Programme } from '../services/catalogue/programmes.ts';
import type { Stop } from '../services/domain/reasons.ts';
import type { Hides } from '../services/domain/shows.ts';
import type { Move, Ticket } from '../services/domain/ticket.ts';
import type { Bulk, BulkMember, MemberNow, NotDeclined, NotWritten, OutWhy } from '../services/moves/bulk.ts';
import type { Refused } from '../services/moves/states.ts';
import { lacks } from './rights.ts';
import type { Actor, Reply } from './types.ts';

/** Plans that the programme offers in place of what these have, in its order; all of its plans where an offer is not known by its name. */
export function plansOf({ offers, plans }: Pick<Programme, 'offers' | 'plans'>, members: readonly Pick<BulkMember, 'offerName'>[]): Bulk['plans'] {
  const held = new Set(members.map((one) => plainName(one.offerName)));
  const known = offers.filter((offer) => offer.names.some((name) => held.has(plainName(name))));
  const names = new Set(known.flatMap((offer) => offer.names.map(plainName)));
  const meant = [...held].every((name) => names.has(name)) ? known : offers;
  const ids = new Set(meant.flatMap((offer) => offer.replacements.map((one) => one.plan)));
  return [...ids].map((id) => ({ id, title: plans[id]?.title ?? id }));
}

/** Programmes of which several of these are, of those that are ours: one decision is for one programme. In the order in which they come. */
export function programmesOf(tickets: readonly { programme: string | null; elsewhere?: true }[]): { name: string; n: number }[] {
  const counts = new Map<string, number>();
  for (const { programme, elsewhere } of tickets) if (programme && !elsewhere) counts.set(programme, (counts.get(programme) ?? 0) + 1);
  return [...counts].flatMap(([name, n]) => (n > 1 ? [{ name, n }] : []));
}

/** Its ticket and that one's latest move; null where there is no such ticket. */
export type MemberRows = { ticket: Pick<Ticket, 'closed' | 'plans'>; move: Move | null } | null;

/** `now` is ISO text. */
export function memberNow(member: Pick<BulkMember, 'move' | 'out'>, rows: MemberRows, now: string): MemberNow {
  if (member.out) return { is: 'out', why: member.out };
  if (!rows) return { is: 'out', why: 'closed' };
  const { ticket, move } = rows;
  if (member.move === null) {
    if (ticket.closed) return { is: 'out', why: 'closed' };
    return { is: ticket.plans === null ? 'reading' : 'toAsk' };
  }
  if (!move || move.key !== member.move) return { is: 'out', why: 'other' };
  switch (move.state) {
    case 'drafting':
      return move.refusal ? { is: 'refused', reason: move.refusal.reason } : { is: 'cancelled' };
    case 'quoting':
      return { is: 'asking' };
    case 'quoted':
      if (move.approval || !move.quote) return { is: 'approved' };
      return lapsesAt(move.quote) <= now ? { is: 'lapsed' } : { is: 'quoted', quote: move.quote };
    case 'cancelled':
      return { is: move.declined ? 'declined' : 'cancelled' };
    default:
      return { is: 'approved' };
  }
}

/** Whether its price may still come by itself. */
export function isPending({ is }: MemberNow): boolean {
  return is === 'reading' || is === 'toAsk' || is === 'asking';
}

/** Why a member is left out, by what its own card would have answered; null where its price is asked for, `wait` where it is to be tried again. */
export function outBy(reply: Reply | null): OutWhy | 'wait' | null {
  switch (reply?.say) {
    case 'askingPrice':
      return null;
    case 'reading':
    case 'plansUnread':
      return 'wait';
    case 'mayNot':
      return 'rights';
    case 'closed':
      return 'closed';
    case 'badQuantity':
      return 'seats';
    case 'already':
    case 'notNow':
    case 'alreadyApproved':
    case 'cardChanged':
    case 'quoteChanged':
      return 'busy';
    default:
      return 'plan';
  }
}

/** What became of a member's yes: written, if the move bears just what was shown; else why not. */
export function yesOf(shown: string, applied: { move?: Move | null } | Refused | { refused: string }): NonNullable<BulkMember['yes']> {
  if ('move' in applied && applied.move?.approval?.hash === shown) return 'written';
  if (!('refused' in applied)) return 'changed';
  const why: Record<string, NotWritten> = { lapsed: 'lapsed', ownRequest: 'another', role: 'rights', gone: 'gone' };
  return why[applied.refused] ?? 'changed';
}

/** What became of a member's no. `applied`: what its own decline came to. */
export function noOf(applied: { move?: Move | null } | Refused | { refused: string }): NonNullable<BulkMember['no']> {
  if (!('refused' in applied) || applied.refused === 'doneBefore') return 'written';
  const why: Record<string, NotDeclined> = { alreadyApproved: 'approved', gone: 'gone' };
  return why[applied.refused] ?? 'changed';
}

/** The row with what the card asks now: the hash of every price that waits for a yes. It asks something else where one of them is another. */
export function withFace(bulk: Bulk, stands: ReadonlyMap<string, MemberNow>): Bulk {
  const members = bulk.members.map((one): BulkMember => {
    const now = stands.get(one.ticketId);
    return { ...one, shown: now?.is === 'quoted' ? now.quote.hash : null };
  });
  const same = members.every((one, index) => one.shown === bulk.members[index]?.shown);
  return same ? bulk : { ...bulk, members, version: bulk.version + 1 };
}

export interface BulkView {
  bulk: Bulk;
  stands: ReadonlyMap<string, MemberNow>;
  hides: Hides;
  readOnly: Stop | false;
  now: string;
}

/** What the press means: what the presser asked for among it, to be judged by the sum, or why it has no effect. `v` is what the card asked. */
export function approveBulk({ bulk, stands, hides, readOnly, now }: BulkView, actor: Actor, v: unknown): { own: OwnYes[] } | { refused: Reply } {
  const right = lacks(actor.roles, 'bulk.approve');
  if (right) return { refused: { say: 'mayNot', right } };
  if (readOnly) return { refused: { say: readOnly } };
  if (bulk.state !== 'asked' || v !== bulk.version || !bulk.members.some((one) => one.shown)) return { refused: { say: 'cardChanged' } };
  // A yes is to prices that were shown.
  if (hides.cost === 'personal') return { refused: { say: 'approveInPerson' } };
  return { own: ownOf(bulk, stands, actor.key, now) };
}

/** What a no to all of it means: so many moves that it ends, or why it has no effect. `v` is what the card asked. */
export function declineBulk(
  { bulk }: Pick<BulkView, 'bulk'>,
  actor: Actor,
  { v, reason }: { v: unknown; reason: string },
): { declines: number } | { refused: Reply } {
  const right = lacks(actor.roles, 'bulk.decline');
  if (right) return { refused: { say: 'mayNot', right } };
  if (reason === '') return { refused: { say: 'reasonMissing' } };
  const declines = bulk.members.filter((one) => one.shown).length;
  if (bulk.state !== 'asked' || v !== bulk.version || declines === 0) return { refused: { say: 'cardChanged' } };
  return { declines };
}

/** What of the prices that the card shows was asked for by this person. */
export function ownOf({ members }: Pick<Bulk, 'members'>, stands: BulkView['stands'], person: string, at: string): OwnYes[] {
  return members.flatMap((one) => {
    const now = stands.get(one.ticketId);
    if (now?.is !== 'quoted' || one.move === null || now.quote.hash !== one.shown || now.quote.askedBy !== person) return [];
    return [{ move: one.move, total: now.quote.total, quantity: now.quote.quantity, at }];
  });
}
