/** Who of the holders of an old licence moves, who keeps a seat, and the counts of that. Pure. */
import type { BlockedWhy, Move, PeopleCount, UserMove } from '../../domain/ticket.ts';
import { blockedNames } from '../states.ts';

/**
 * Who can move, of those whom `round` found. As many move as lose their seat: `covered` seats of the old licence stay,
 * and as many people keep theirs, first those who cannot move. `free` seats of the new licence are handed out; null: not
 * known, then Microsoft tells each. Whoever lost the old licence elsewhere is no longer ours; the moved stay counted.
 */
export function allocateSeats(userMoves: UserMove[], round: string, free: number | null, covered: number): UserMove[] {
  const holders = userMoves.filter((userMove) => userMove.round === round && !userMove.without && userMove.state !== 'gone');
  const able = holders.filter((userMove) => userMove.state !== 'blocked').sort((a, b) => Number(b.hasNew) - Number(a.hasNew));
  let toMove = Math.max(0, holders.length - covered);
  let seats = (free ?? Number.POSITIVE_INFINITY) - userMoves.filter((userMove) => userMove.round === round && userMove.without).length;
  const moving = new Set<string>();
  for (const userMove of able) {
    if (toMove === 0) break;
    if (!userMove.hasNew && seats <= 0) continue;
    if (!userMove.hasNew) seats -= 1;
    toMove -= 1;
    moving.add(userMove.userId);
  }
  // Seats are wanting for some: they are named rather than those who cannot move, for those may keep what stays.
  const still = holders.filter((userMove) => !moving.has(userMove.userId)).sort((a, b) => Number(b.state === 'blocked') - Number(a.state === 'blocked'));
  const staying = new Set(still.slice(0, covered).map((userMove) => userMove.userId));
  return userMoves.flatMap((userMove): UserMove[] => {
    if (userMove.round !== round) return userMove.state === 'moved' || userMove.state === 'gone' ? [userMove] : [];
    if (userMove.without || userMove.state === 'gone' || moving.has(userMove.userId)) return [userMove];
    if (staying.has(userMove.userId)) return [{ ...userMove, state: 'stays', why: null }];
    return [userMove.state === 'blocked' ? userMove : { ...userMove, state: 'blocked', why: 'noSeat' }];
  });
}

export function waivedIds(move: Move): Set<string> {
  return new Set(move.waived.flatMap((waiver) => waiver.people.map((person) => person.id)));
}

/** Seats as they were read: of the old licence without this subscription, and free ones of the new. */
export interface SeatsThere {
  covered: number | null;
  freeSeats: number | null;
}

/** Counts of a move's people. Those left behind by name count as such while they have not moved. */
export function countPeople(userMoves: readonly UserMove[], seats: SeatsThere, waived: ReadonlySet<string>): PeopleCount {
  const there = userMoves.filter((userMove) => userMove.state !== 'gone');
  const gone = userMoves.filter((userMove) => userMove.state === 'gone');
  const of = (...states: UserMove['state'][]) => there.filter((userMove) => states.includes(userMove.state));
  const stopped = of('blocked', 'failed').filter((userMove) => !waived.has(userMove.userId));
  // Also who waits for the next try: a seat that other subscriptions hold is nothing to somebody who lost the old licence.
  const without = there.filter((userMove) => userMove.without && userMove.state !== 'moved' && !waived.has(userMove.userId));
  return {
    total: there.length,
    movable: of('waiting', 'started').filter((userMove) => !waived.has(userMove.userId)).length,
    moved: of('moved').length,
    blocked: stopped.length,
    kept: of('kept').filter((userMove) => !waived.has(userMove.userId)).length,
    waived: there.filter((userMove) => userMove.state !== 'moved' && waived.has(userMove.userId)).length,
    gone: gone.length,
    without: without.length,
    ...seats,
    named: blockedNames([
      ...stopped.filter((userMove) => userMove.without),
      ...stopped.filter((userMove) => !userMove.without),
      ...gone.map((userMove) => ({ name: userMove.name, why: 'gone' as BlockedWhy, said: undefined })),
    ]),
  };
}
