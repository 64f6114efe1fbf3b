/** What the seat pool of a licence says about who keeps a seat once one subscription of it is gone. Pure. */
import type { UserMove, Walked } from '../../domain/ticket.ts';
import type { SeatPool } from '../../partnerCenter/port.ts';

/** `left`: seats that stay. `holders`: people on them, by the greater of the two counts. */
export type Seats = { known: true; left: number; holders: number } | { known: false; what: 'pool' | 'counts' | 'late' };

/** How many holders were found one by one, and how many people could not be read. */
export interface Found {
  sure: number;
  perhaps: number;
}

/**
 * Seats of the old licence without the subscription of `quantity` seats, and people on them. `found`: null where nobody
 * was read one by one. `bought`: new seats that the same pool must show already. A pool that shows less than it must, or
 * other people than were found, is late.
 */
export function seatsWithout(pool: SeatPool | undefined, quantity: number | null, found: Found | null, bought = 0): Seats {
  if (!pool) return { known: false, what: 'pool' };
  if (pool.active === null || pool.consumed === null || quantity === null) return { known: false, what: 'counts' };
  if (pool.active < quantity + bought) return { known: false, what: 'late' };
  if (found !== null && (pool.consumed < found.sure || pool.consumed > found.sure + found.perhaps)) return { known: false, what: 'late' };
  return { known: true, left: pool.active - quantity, holders: pool.consumed };
}

/** What a reading of all people found. `round`: of that reading. */
export function foundIn(rows: readonly UserMove[], round: string): Found {
  const own = rows.filter((row) => row.round === round && row.state !== 'moved' && row.state !== 'gone' && !row.without);
  const perhaps = own.filter((row) => row.why === 'unread').length;
  return { sure: own.length - perhaps, perhaps };
}

/** Whether the pool's counts moved since all people were read, beyond what we moved ourselves. */
export function hasMoved(pool: SeatPool | undefined, walked: Walked, rows: readonly UserMove[]): boolean {
  if (!pool || walked.active === null || walked.consumed === null) return true;
  const ours = rows.filter((row) => row.round === walked.round && (row.state === 'moved' || row.without)).length;
  return pool.active !== walked.active || pool.consumed !== walked.consumed - ours;
}
