/** A thread of a channel that began with a ticket's card: what is written there is about that ticket, whoever writes it. */
import { createHash } from 'node:crypto';
import type { Chat } from '../domain/ticket.ts';
import { THREADS } from '../store/rows.ts';
import type { Store } from '../store/store.ts';
import type { TicketRef } from '../tickets/read.ts';

export async function noteThread(store: Store, { key, kind }: Pick<Chat, 'key' | 'kind'>, thread: string, { customerId, ticketId }: TicketRef): Promise<void> {
  if (kind === 'channel') await store.put(...THREADS, threadMark(key, thread), { customerId, ticketId } satisfies TicketRef);
}

export async function ticketOfThread(store: Store, chat: string, thread: string): Promise<TicketRef | null> {
  return (await store.get<TicketRef>(...THREADS, threadMark(chat, thread)))?.value ?? null;
}

/** Safe in a key; the same thread in another company's chat is another one. */
function threadMark(chat: string, thread: string): string {
  return createHash('sha256').update(`${chat} ${thread}`).digest('base64url');
}
