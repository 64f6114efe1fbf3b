/** The format of rows: what another Successor wrote is refused with a sentence, not misread. Pure. */

/** Grows when a row of an older one would be misread. 2: what is asked of a person, and what was read, stand in the rows. */
export const FORMAT = 2;

/** The store was written by another Successor. */
export class StoreFormatError extends Error {
  override name = 'StoreFormatError';
}

/** Throws StoreFormatError for a format that is not ours; `where` names what has it. */
export function mustBeOurs(format: unknown, where: string): void {
  if (format === FORMAT) return;
  const known = typeof format === 'number';
  const whose = known && format > FORMAT ? 'a newer Successor' : 'an older Successor';
  throw new StoreFormatError(
    `${where} was written by ${whose} (format ${known ? format : 'unknown'}; this one reads ${FORMAT}). Nothing was changed. Start the Successor that wrote it, or give this one a store of its own.`,
  );
}
