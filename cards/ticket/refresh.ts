/** For whom a card has a view of its own, as the card tells Teams. */
import type { Message } from '../../services/notify/ports.ts';
import type { Shown } from '../../services/ticketView.ts';
import { roomIn } from '../fit.ts';
import type { Words } from '../text/words.ts';

/** What a client asks by itself, for whoever is named in `userIds`. (Teams documentation, "User Specific Views".) */
export const VIEW = 'ticket.view';

/** The base card with those who get a view of their own, as many as there is room for; one that is closed is the same for all. */
export function withViews(message: Message, { ticket, handle, readers = [] }: Shown, words: Words): Message {
  if (ticket.closed || readers.length === 0) return message;
  const action = { type: 'Action.Execute', title: words.share.refresh, verb: VIEW, data: { id: handle }, associatedInputs: 'none' };
  let room = roomIn({ ...message.card, refresh: { action, userIds: [] } });
  const userIds: string[] = [];
  for (const id of readers) {
    room -= JSON.stringify(id).length + 1;
    if (room < 0) break;
    userIds.push(id);
  }
  return userIds.length > 0 ? { ...message, card: { ...message.card, refresh: { action, userIds } } } : message;
}
