/**
 * The format of rows. The last two are read, and rows of the one before are brought to ours as they are read; any other is refused with a
 * sentence, not misread. Pure.
 */
import { CUSTOMERS, LISTING, OPEN, WATCH_KEY } from './rows.ts';
import type { Table } from './store.ts';

/** Grows when a row of an older one would be misread, or lacks what is needed. 2: what is asked of a person, and what was read, stand in the rows. 3: what the watch knows, and the list of open tickets, leave nothing out. */
export const FORMAT = 3;

/**
 * The one before. A storage that the release before has used is written in it until `npm run upgrade`: until then both releases may work on it
 * side by side, and the one before may take over again. So whatever is written under it must be what that release reads rightly; where ours
 * has another shape, its way back stands here, beside its way forth.
 */
export const FORMER = 2;

/** Where a row lies. */
export interface RowAt {
  table: Table;
  partition: string;
  key: string;
}

/** What rows of the format before may leave out, and what that meant. */
const LEFT_OUT: readonly { of(at: RowAt): boolean; meant: object }[] = [
  { of: ({ table, key }) => table === CUSTOMERS && key === WATCH_KEY, meant: { unread: null, doubtedSince: null, listsEnds: false } },
  { of: isIn(LISTING), meant: { expeditedAt: 0, trouble: null, doubtedSince: null } },
  // Nobody noted it; the next look does.
  { of: isIn(OPEN), meant: { end: 'unknown' } },
];

function isIn([of, at]: readonly [Table, string]): (at: RowAt) => boolean {
  return ({ table, partition }) => table === of && partition === at;
}

/** The row's value as our format has it; what is there stays as it is, so that a row that was brought up before is left alone. */
export function upgraded(at: RowAt, value: unknown): unknown {
  const found = LEFT_OUT.find((one) => one.of(at));
  return found && typeof value === 'object' && value !== null ? { ...found.meant, ...value } : value;
}

/** The store was written by another Successor. */
export class StoreFormatError extends Error {
  override name = 'StoreFormatError';
}

/** Throws StoreFormatError for a format that we do not read; `where` names what has it. */
export function mustBeRead(format: unknown, where: string): asserts format is typeof FORMAT | typeof FORMER {
  if (format === FORMAT || format === FORMER) return;
  const isNewer = typeof format === 'number' && format > FORMAT;
  const cure = isNewer
    ? 'Start the Successor that wrote it'
    : 'Start the Successor that wrote it and those after it, one by one, each with npm run upgrade before the next';
  throw new StoreFormatError(
    `${where} was written by ${isNewer ? 'a newer' : 'an older'} Successor (format ${typeof format === 'number' ? format : 'unknown'}; this one reads ${FORMER} and ${FORMAT}). Nothing was changed. ${cure}, or give this one a store of its own.`,
  );
}
