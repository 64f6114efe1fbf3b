/** Who holds which licence, and how each of them moves, as types. Plain data: it is stored, compared and shown as it is. */

/** `unread`: the person's licences cannot be read. `without`: the old licence is gone and the new one did not come. `gone`: there is no such person any more. */
export type BlockedWhy =
  | 'noUsageLocation'
  | 'wrongLocation'
  | 'noSeat'
  | 'conflict'
  | 'dependency'
  | 'otherGroup'
  | 'refused'
  | 'unclear'
  | 'unread'
  | 'without'
  | 'gone';

/** More people than this are moved all at once, or chosen in Partner Center. */
export const PICK_MAX = 50;

/** Counts of a reassignment, and at most five people who need something done. */
export interface PeopleCount {
  /** Who holds the old licence or has moved. */
  total: number;
  movable: number;
  moved: number;
  blocked: number;
  kept: number;
  /** Left behind by an approver, by name. */
  waived: number;
  /** Who no longer exists. Not in the total. */
  gone: number;
  /** Who lost the old licence and has no new one, whether the next try is theirs (movable), a person must look (blocked), or they were left out (kept). */
  without: number;
  /** Seats of the old licence that other subscriptions hold: as many people keep theirs. Null where that is not known. */
  covered: number | null;
  /** Free seats of the new licence; null where that is not known. */
  freeSeats: number | null;
  /** `said`: Microsoft's own words, where they tell more. */
  named: { name: string; why: BlockedWhy; said?: string }[];
}

/** What the last reading of all people found: the round that their rows carry, how many were read, and the old licence's pool just then. */
export interface Walked {
  round: string;
  users: number;
  active: number | null;
  consumed: number | null;
}

/** Named people who keep the old licence although it is suspended; an approver said so. */
export interface Waiver {
  by: string;
  at: string;
  reason: string;
  people: { id: string; name: string }[];
}

/**
 * One user's reassignment. `started` is written before the call, `moved` after the licences were read again. `stays`: a
 * seat of another subscription is there for the old licence. `gone`: there is no such user any more.
 */
export interface UserMove {
  userId: string;
  name: string;
  state: 'waiting' | 'blocked' | 'kept' | 'stays' | 'started' | 'moved' | 'failed' | 'gone';
  why: BlockedWhy | null;
  /** Microsoft's own words about it. */
  said?: string;
  /** Calls and readings for this person that ended without an answer, one after the other. */
  unanswered?: number;
  /** The old licence is gone and the new one has not come: only that is missing. */
  without?: boolean;
  /** Has the new licence already, so needs no seat. */
  hasNew: boolean;
  /** The count that found this person. */
  round: string;
  /** Service plans that are switched off and stay so. */
  disabledPlans: string[];
  requestIds: string[];
}

export interface Person {
  key: string;
  name: string;
}
