/** The rows of a move's people: one for each holder of the old licence, moved or not. */
import { chunksOf } from '../../chunks.ts';
import type { Move, UserMove } from '../../domain/ticket.ts';
import { ofCustomer, userKey, userPrefix } from '../../store/rows.ts';
import { type Change, CHANGES_MAX, type Row, type Store, withPrefix } from '../../store/store.ts';
import { update } from '../../store/update.ts';

const USERS_MAX = 100_000;
const TRIES = 5;

type Of = Pick<Move, 'key' | 'customerId'>;

/** One row for each person of a move, moved or not: also who held what before. */
export async function readUserMoves(store: Store, move: Of, limit = USERS_MAX): Promise<Row<UserMove>[]> {
  return withPrefix<UserMove>(store, ...ofCustomer(move.customerId), userPrefix(move.key), limit);
}

/** What was found before about a person goes on: the ids of his calls, and that a group gives him the licence. */
export async function writeHolders(store: Store, move: Of, holders: readonly UserMove[]): Promise<void> {
  await Promise.all(
    holders.map((holder) =>
      changeRow(store, move, holder.userId, (before) => {
        const byGroup = before?.why === 'otherGroup';
        return { ...holder, ...(byGroup ? { state: 'blocked', why: 'otherGroup' } : {}), requestIds: before?.requestIds ?? [] };
      }),
    ),
  );
}

/** Changes one person's row as it is now, and again where somebody else was faster: nobody may be passed over. `change` returns null when there is nothing to do. */
async function changeRow(store: Store, move: Of, userId: string, change: (before: UserMove | null) => UserMove | null): Promise<void> {
  const patience = { tries: TRIES, failed: `The row of a person of ${move.key} could not be stored` };
  await update<UserMove>(store, [...ofCustomer(move.customerId), userKey(move.key, userId)], patience, (before) => change(before ?? null));
}

/** Stores a person's next state over the row that was read; false where it has changed meanwhile. */
export async function storeUserMove(store: Store, move: Of, before: Row<UserMove>, value: UserMove): Promise<boolean> {
  return (await store.commit(...ofCustomer(move.customerId), [{ op: 'replace', key: before.key, value, etag: before.etag }])) === 'done';
}

/** Stores what became of the rows that were read; who is in it no more goes. */
export async function storeAllocated(store: Store, move: Of, rows: readonly Row<UserMove>[], userMoves: readonly UserMove[]): Promise<void> {
  const wanted = new Map(userMoves.map((userMove) => [userMove.userId, userMove]));
  const changes = rows.flatMap((row): Change[] => {
    const userMove = wanted.get(row.value.userId);
    if (!userMove) return [{ op: 'delete', key: row.key, etag: row.etag }];
    return userMove === row.value ? [] : [{ op: 'replace', key: row.key, value: userMove, etag: row.etag }];
  });
  for (const some of chunksOf(changes, CHANGES_MAX)) {
    if ((await store.commit(...ofCustomer(move.customerId), some)) === 'done') continue;
    // One of them changed meanwhile and keeps what the other wrote.
    for (const change of some) await store.commit(...ofCustomer(move.customerId), [change]);
  }
}

/** Marks who is left out, before the others move. */
export async function leaveOut(store: Store, move: Of, except: string[]): Promise<void> {
  if (except.length === 0) return;
  const left = new Set(except);
  await changeRows(store, move, (userMove) => (userMove.state === 'waiting' && left.has(userMove.userId) ? { ...userMove, state: 'kept' } : null));
}

/** Those who did not move wait again. */
export async function retryFailed(store: Store, move: Of): Promise<void> {
  await changeRows(store, move, waitingAgain);
}

/** Who did not move waits again, left out or not where neither licence is there; what is known of the licences stays. Pure. */
function waitingAgain(userMove: UserMove): UserMove | null {
  const { state } = userMove;
  if (state !== 'failed' && state !== 'blocked' && !(state === 'kept' && userMove.without)) return null;
  const { said: _, unanswered: __, ...kept } = userMove;
  return { ...kept, state: 'waiting', why: null };
}

/** Changes people's rows in as few transactions as their number allows; where one of them changed meanwhile, one by one as they are then. */
async function changeRows(store: Store, move: Of, change: (userMove: UserMove) => UserMove | null): Promise<void> {
  const rows = (await readUserMoves(store, move)).flatMap((row) => {
    const value = change(row.value);
    return value ? [{ userId: value.userId, change: { op: 'replace', key: row.key, value, etag: row.etag } as const }] : [];
  });
  for (const some of chunksOf(rows, CHANGES_MAX)) {
    const changes = some.map((one) => one.change);
    if ((await store.commit(...ofCustomer(move.customerId), changes)) === 'done') continue;
    for (const { userId } of some) await changeRow(store, move, userId, (before) => before && change(before));
  }
}
