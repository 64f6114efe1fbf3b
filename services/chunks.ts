/** Many things, some at a time. */

/** The list in pieces of at most `most`. */
export function chunksOf<T>(all: readonly T[], most: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / most) }, (_, n) => all.slice(n * most, (n + 1) * most));
}

/** Does the work for each, `most` at once; the next ones begin when all of these are done. */
export async function inChunks<T>(all: readonly T[], most: number, work: (one: T) => Promise<unknown>): Promise<void> {
  for (const some of chunksOf(all, most)) await Promise.all(some.map(work));
}
