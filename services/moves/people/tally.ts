/** Who of the holders of an old licence moves, who keeps a seat, and the counts of that. Pure. */
import type { BlockedWhy, Migration, PeopleCount, UserMove } from '../../domain/ticket.ts';
import { blockedNames } from '../states.ts';

/**
 * Who can move, of those whom `round` found. As many move as lose their seat: `covered` seats of the old licence stay,
 * and as many people keep theirs, first those who cannot move. `free` seats of the new licence are handed out; null: not
 * known, then Microsoft tells each. Whoever lost the old licence elsewhere is no longer ours; the moved stay counted.
 */
export function allot(moves: UserMove[], round: string, free: number | null, covered: number): UserMove[] {
  const holders = moves.filter((move) => move.round === round && !move.without && move.state !== 'gone');
  const able = holders.filter((move) => move.state !== 'blocked').sort((a, b) => Number(b.hasNew) - Number(a.hasNew));
  let toMove = Math.max(0, holders.length - covered);
  let seats = (free ?? Number.POSITIVE_INFINITY) - moves.filter((move) => move.round === round && move.without).length;
  const moving = new Set<string>();
  for (const move of able) {
    if (toMove === 0) break;
    if (!move.hasNew && seats <= 0) continue;
    if (!move.hasNew) seats -= 1;
    toMove -= 1;
    moving.add(move.userId);
  }
  // Seats are wanting for some: they are named rather than those who cannot move, for those may keep what stays.
  const still = holders.filter((move) => !moving.has(move.userId)).sort((a, b) => Number(b.state === 'blocked') - Number(a.state === 'blocked'));
  const staying = new Set(still.slice(0, covered).map((move) => move.userId));
  return moves.flatMap((move): UserMove[] => {
    if (move.round !== round) return move.state === 'moved' || move.state === 'gone' ? [move] : [];
    if (move.without || move.state === 'gone' || moving.has(move.userId)) return [move];
    if (staying.has(move.userId)) return [{ ...move, state: 'stays', why: null }];
    return [move.state === 'blocked' ? move : { ...move, state: 'blocked', why: 'noSeat' }];
  });
}

export function waivedIds(migration: Migration): Set<string> {
  return new Set(migration.waived.flatMap((waiver) => waiver.people.map((person) => person.id)));
}

/** Seats as they were read: of the old licence without this subscription, and free ones of the new. */
export interface SeatsThere {
  covered: number | null;
  freeSeats: number | null;
}

/** Counts of a move's people. Those left behind by name count as such while they have not moved. */
export function tally(moves: readonly UserMove[], seats: SeatsThere, waived: ReadonlySet<string>): PeopleCount {
  const there = moves.filter((move) => move.state !== 'gone');
  const gone = moves.filter((move) => move.state === 'gone');
  const of = (...states: UserMove['state'][]) => there.filter((move) => states.includes(move.state));
  const stopped = of('blocked', 'failed').filter((move) => !waived.has(move.userId));
  const without = stopped.filter((move) => move.without);
  return {
    total: there.length,
    movable: of('waiting', 'started').filter((move) => !waived.has(move.userId)).length,
    moved: of('moved').length,
    blocked: stopped.length,
    kept: of('kept').filter((move) => !waived.has(move.userId)).length,
    waived: there.filter((move) => move.state !== 'moved' && waived.has(move.userId)).length,
    gone: gone.length,
    without: without.length,
    ...seats,
    named: blockedNames([
      ...without,
      ...stopped.filter((move) => !move.without),
      ...gone.map((move) => ({ name: move.name, why: 'gone' as BlockedWhy, said: undefined })),
    ]),
  };
}
