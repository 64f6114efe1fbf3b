/** The row of a move: every transaction that changes one takes the change from here. Pure. */
import type { Move } from '../domain/ticket.ts';
import type { Change, Row } from '../store/store.ts';
import { written } from '../store/update.ts';

/** The change that stores the move over what was read; made where there was none. */
export function moveChange(before: Pick<Row<Move>, 'etag'> | null, next: Move): Change {
  return written(before, next.key, next);
}
