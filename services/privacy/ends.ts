/** What was for a while alone has an end: handles of cards, what somebody spoke of last, links and states of a consent. */
import { addDays, dayOf } from '../clock.ts';
import type { Ticket, Notice } from '../domain/ticket.ts';
import { ticketKey, noticeKey } from '../auditLog/auditLog.ts';
import type { Handle } from '../notify/handles.ts';
import { type Change, CHANGES_MAX, type Scanned, type Store, type Table } from '../store/store.ts';

/** So long a button works; that of an open ticket's card works as long as the ticket is open. */
export const HANDLE_DAYS = 400;
/** So many go at a time; the rest waits for the next. */
const SWEPT_MAX = 20_000;
/** Names of handles begin with their day, those of consents with a letter; of pointers all are hexadecimal. */
const CONSENTS = ['a', 'z~'] as const;
const POINTERS = ['0', 'g'] as const;

/** Takes away what has ended, at most so many rows at a time; returns how many. May be cut off anywhere and begun again. */
export async function sweepEnded(store: Store, now: Date, most = SWEPT_MAX): Promise<number> {
  const at = now.toISOString();
  const oldest = addDays(dayOf(now), -HANDLE_DAYS).replaceAll('-', '');
  const isOver = (row: Scanned<{ until?: string }>) => row.value.until !== undefined && row.value.until < at;
  let swept = 0;
  swept += await sweep<{ until?: string }>(
    store,
    { table: 'people', from: POINTERS[0], to: POINTERS[1], most },
    (row) => row.partition === 'pointer' && isOver(row),
  );
  swept += await sweep<{ until?: string }>(store, { table: 'handles', from: CONSENTS[0], to: CONSENTS[1], most: most - swept }, isOver);
  swept += await sweep<Handle>(store, { table: 'handles', from: '0', to: oldest, most: most - swept }, async (row) => !(await isNeeded(store, row)));
  return swept;
}

interface Range {
  table: Table;
  from: string;
  to: string;
  most: number;
}

async function sweep<T>(store: Store, { table, from, to, most }: Range, ended: (row: Scanned<T>) => boolean | Promise<boolean>): Promise<number> {
  let swept = 0;
  for await (const page of store.scan<T>(table, from, to)) {
    const places = new Map<string, Change[]>();
    for (const row of page) {
      if (swept >= most || !(await ended(row))) continue;
      places.set(row.partition, [...(places.get(row.partition) ?? []), { op: 'delete', key: row.key, etag: row.etag }]);
      swept += 1;
    }
    // Whoever changed one meanwhile still needs it: the lot goes the next time.
    for (const [partition, changes] of places)
      for (let from = 0; from < changes.length; from += CHANGES_MAX) await store.commit(table, partition, changes.slice(from, from + CHANGES_MAX));
    if (swept >= most) return swept;
  }
  return swept;
}

/** The card of a ticket that is still open, as it stands in its chat. */
async function isNeeded(store: Store, { key, value }: Scanned<Handle>): Promise<boolean> {
  if (value.kind !== 'ticket' || !value.ticketRef) return false;
  const { customerId, ticketId } = value.ticketRef;
  const ticket = await store.get<Ticket>('customers', customerId, ticketKey(ticketId));
  if (!ticket || ticket.value.closed) return false;
  const notice = await store.get<Notice>('customers', customerId, noticeKey(ticketId, value.chat));
  return notice?.value.handle === key;
}
