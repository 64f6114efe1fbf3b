/** What was for a while alone has an end: handles of cards, what somebody spoke of last, links and states of a consent. */
import { chunksOf } from '../chunks.ts';
import { addDays, dayOf } from '../clock.ts';
import type { Notice, Ticket } from '../domain/ticket.ts';
import type { Handle } from '../notify/handles.ts';
import { CONSENT_KEYS, HANDLES, handlesBefore, type Keys, noticeKey, ofCustomer, PEOPLE, POINTER_KEYS, POINTERS, ticketKey } from '../store/rows.ts';
import { type Change, CHANGES_MAX, type Scanned, type Store, type Table } from '../store/store.ts';

/** So long a button works; that of an open ticket's card works as long as the ticket is open. */
const HANDLE_DAYS = 400;
/** So many go at a time; the rest waits for the next. */
const SWEPT_MAX = 20_000;

/** Takes away what has ended, at most so many rows at a time; returns how many. May be cut off anywhere and begun again. */
export async function sweepEnded(store: Store, now: Date, most = SWEPT_MAX): Promise<number> {
  const at = now.toISOString();
  const oldest = addDays(dayOf(now), -HANDLE_DAYS);
  const isOver = (row: Scanned<{ until?: string }>) => row.value.until !== undefined && row.value.until < at;
  let swept = 0;
  swept += await sweep<{ until?: string }>(store, { table: PEOPLE, keys: POINTER_KEYS, most }, (row) => row.partition === POINTERS[1] && isOver(row));
  swept += await sweep<{ until?: string }>(store, { table: HANDLES, keys: CONSENT_KEYS, most: most - swept }, isOver);
  swept += await sweep<Handle>(store, { table: HANDLES, keys: handlesBefore(oldest), most: most - swept }, async (row) => !(await isNeeded(store, row)));
  return swept;
}

interface Range {
  table: Table;
  keys: Keys;
  most: number;
}

async function sweep<T>(store: Store, { table, keys, most }: Range, ended: (row: Scanned<T>) => boolean | Promise<boolean>): Promise<number> {
  let swept = 0;
  for await (const page of store.scan<T>(table, ...keys)) {
    const places = new Map<string, Change[]>();
    for (const row of page) {
      if (swept >= most || !(await ended(row))) continue;
      places.set(row.partition, [...(places.get(row.partition) ?? []), { op: 'delete', key: row.key, etag: row.etag }]);
      swept += 1;
    }
    // Whoever changed one meanwhile still needs it: the lot goes the next time.
    for (const [partition, changes] of places) for (const some of chunksOf(changes, CHANGES_MAX)) await store.commit(table, partition, some);
    if (swept >= most) return swept;
  }
  return swept;
}

/** The card of a ticket that is still open, as it stands in its chat. */
async function isNeeded(store: Store, { key, value }: Scanned<Handle>): Promise<boolean> {
  if (value.kind !== 'ticket' || !value.ticketRef) return false;
  const { customerId, ticketId } = value.ticketRef;
  const ticket = await store.get<Ticket>(...ofCustomer(customerId), ticketKey(ticketId));
  if (!ticket || ticket.value.closed) return false;
  const notice = await store.get<Notice>(...ofCustomer(customerId), noticeKey(ticketId, value.chat));
  return notice?.value.handle === key;
}
