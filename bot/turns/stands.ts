/** What is said about a customer none of whose tickets is open, and about all of them. */
import { type Claim, claimsAllRenew } from '../../cards/claims.ts';
import { bare, NOTHING, nameBare, planBare, type Safe } from '../../cards/escape.ts';
import type { Words } from '../../cards/text/words.ts';
import { becomes } from '../../cards/ticket/ends.ts';
import type { Programme } from '../../services/catalogue/programmes.ts';
import { type Clock, dayOf } from '../../services/clock.ts';
import type { Store } from '../../services/store/store.ts';
import { allRenew, COUNTED, type Gaps, type Stand, standOf } from '../../services/watch/known.ts';
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

/** In a sentence or some; `clean`: each was read and renews, which is what it claims then. */
interface Stands {
  text: Safe;
  clean: boolean;
  claims: readonly Claim[];
}

/** How a customer's subscriptions stand. */
export async function howItStands(deps: StandsDeps, customer: { id: string; name: string }): Promise<Stands> {
  return standsText(deps.words, await standOf(deps.store, customer.id, { programmes: deps.programmes, today: dayOf(deps.clock.now()) }), customer);
}

export function standsText(words: Words, stand: Stand, customer: { id: string; name: string }): Stands {
  const name = nameBare(customer.name);
  if (allRenew(stand)) return { text: words.replies.allRenew({ customer: name }), clean: true, claims: [claimsAllRenew(customer.id, stand.lookedAt)] };
  const of = COUNTED.map((kind) => ({
    kind,
    count: stand.of[kind].count,
    named: stand.of[kind].named.map(({ plan, day, next }) => ({ plan: planBare(plan), day, becomes: next && becomes(next, null) })),
  }));
  return {
    text: words.replies.stands({
      ...stand,
      looked: stand.lookedAt !== null,
      of,
      skipped: stand.skipped === null ? null : bare(stand.skipped, CODE_MAX),
      customer: name,
      unread: noteLines(stand.notes, words),
    }),
    clean: false,
    claims: [],
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
  const { list, never, unread, seats } = gaps;
  const lines = [
    list?.partial ? say.listPartial : NOTHING,
    list && list.records > 0 ? say.listRecords(list.records) : NOTHING,
    list && list.unnamed.length > 0 ? say.listUnnamed(list.unnamed.map((id) => bare(id, 60))) : NOTHING,
    list && list.vanished > 0 ? say.listVanished(list.vanished) : NOTHING,
    list && list.lacks > 0 ? say.listLacks(list.lacks) : NOTHING,
    never > 0 ? say.never(never) : NOTHING,
    ...unread.flatMap((row) => noteLines(row.notes, words).map((what) => say.of({ customer: nameBare(row.name), what }))),
    ...seats.map((row) =>
      words.elsewhere.unread({
        customer: nameBare(row.name),
        why: row.why === null ? null : bare(row.why, CODE_MAX),
        names: row.names.map((one) => planBare(one)),
      }),
    ),
  ].filter((line) => line !== NOTHING);
  return { code: list?.unreadable ?? null, lines };
}
