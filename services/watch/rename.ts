/** A customer's new name, wherever the old one stood; open tickets follow at the customer's next look. */
import { updateChat, watchers } from '../chats.ts';
import type { Watching } from '../domain/ticket.ts';
import { type NamedCustomer, renameCustomer } from '../search.ts';
import { SEATS_UNREAD, SKIPPED, UNREAD } from '../store/rows.ts';
import type { Store } from '../store/store.ts';

/** Lets the customer be found by its new name alone, and brings it to the chats that watch it. `before` null: it had no name. Idempotent. */
export async function rename(store: Store, customer: NamedCustomer, before: string | null): Promise<void> {
  await renameCustomer(store, customer, before);
  if (before === null) return;
  const isOld = (one: Watching) => one.what === 'customer' && one.customerId === customer.id && one.customerName !== customer.name;
  const renamed = (one: Watching): Watching => (isOld(one) ? { what: 'customer', customerId: customer.id, customerName: customer.name } : one);
  for (const chat of await watchers(store)) {
    if (chat.watching.some(isOld)) await updateChat(store, chat.key, (now) => now && { ...now, watching: now.watching.map(renamed) });
  }
  for (const list of [SKIPPED, UNREAD, SEATS_UNREAD]) {
    const row = await store.get<{ name: string }>(...list, customer.id);
    if (row) await store.put(...list, customer.id, { ...row.value, name: customer.name });
  }
}
