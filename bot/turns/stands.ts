/** What is said about a customer none of whose tickets is open, and about all of them. */
import { bare, NOTHING, nameBare, planBare, type Safe } from '../../cards/escape.ts';
import type { Words } from '../../cards/text/words.ts';
import { becomes } from '../../cards/ticket/ends.ts';
import type { Programme } from '../../services/catalogue/programmes.ts';
import { type Clock, dayOf } from '../../services/clock.ts';
import type { Store } from '../../services/store/store.ts';
import { allRenew, COUNTED, type Gaps, standOf } from '../../services/watch/known.ts';
import type { Note } from '../../services/watch/notes.ts';

/** The kind of a failure, and Partner Center's code. */
const CODE_MAX = 60;

/** What is known is read with these. */
export interface StandsDeps {
  store: Store;
  words: Words;
  clock: Pick<Clock, 'now'>;
  programmes: readonly Programme[];
}

/** How a customer's subscriptions stand, in a sentence or some; `clean`: each was read and renews. */
export async function howItStands(deps: StandsDeps, customer: { id: string; name: string }): Promise<{ text: string; clean: boolean }> {
  const { store, words, programmes } = deps;
  const stand = await standOf(store, customer.id, { programmes, today: dayOf(deps.clock.now()) });
  const name = nameBare(customer.name);
  if (allRenew(stand)) return { text: words.replies.allRenew({ customer: name }), clean: true };
  const of = COUNTED.map((kind) => ({
    kind,
    count: stand.of[kind].count,
    named: stand.of[kind].named.map(({ plan, day, next }) => ({ plan: planBare(plan), day, becomes: next && becomes(next, null) })),
  }));
  return {
    text: words.replies.stands({
      ...stand,
      of,
      skipped: stand.skipped === null ? null : bare(stand.skipped, CODE_MAX),
      customer: name,
      unread: noteLines(stand.notes, words),
    }),
    clean: false,
  };
}

/** That nothing can be moved, with what else is known or not. */
export async function nothingToMove(deps: StandsDeps, customer: { id: string; name: string }): Promise<{ text: string }> {
  const stands = await howItStands(deps, customer);
  const none = deps.words.replies.nothingToMove({ customer: nameBare(customer.name) });
  return { text: stands.clean ? none : `${none} ${stands.text}` };
}

/** What could not be read of one customer, each in words. */
function noteLines(notes: readonly Note[], words: Words): Safe[] {
  return notes.map((note) =>
    words.notRead({ ...note, plan: note.plan === null ? null : planBare(note.plan), field: note.field === null ? null : bare(note.field, 60) }),
  );
}

/** All that could not be read just now, in lines: the list of customers first; `code` where that could not be read at all. */
export function notRead(gaps: Gaps, words: Words): { code: string | null; lines: Safe[] } {
  const { status: say } = words;
  const { list, never, unread } = gaps;
  const lines = [
    list?.partial ? say.listPartial : NOTHING,
    list && list.records > 0 ? say.listRecords(list.records) : NOTHING,
    list && list.unnamed.length > 0 ? say.listUnnamed(list.unnamed.map((id) => bare(id, 60))) : NOTHING,
    list && list.vanished > 0 ? say.listVanished(list.vanished) : NOTHING,
    list && list.lacks > 0 ? say.listLacks(list.lacks) : NOTHING,
    never > 0 ? say.never(never) : NOTHING,
    ...unread.flatMap((row) => noteLines(row.notes, words).map((what) => say.of({ customer: nameBare(row.name), what }))),
  ].filter((line) => line !== NOTHING);
  return { code: list?.unreadable ?? null, lines };
}
