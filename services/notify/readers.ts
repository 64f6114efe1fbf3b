/** For whom a card where several read along has a view of its own. */
import type { Chat } from '../domain/ticket.ts';
import { teamsIdsOf } from '../people/people.ts';
import type { Store } from '../store/store.ts';
import type { Shown } from '../ticketView.ts';

/** More are not asked for their view by themselves. (Teams documentation, "User Specific Views".) */
const READERS_MAX = 60;

/** As Teams calls them: whoever asked, approvers, whoever looks after it or began it; then those who spoke or pressed in the chat, the latest first. */
export async function readersOf(store: Store, chat: Pick<Chat, 'people'>, { ticket, move, approvers }: Shown): Promise<string[]> {
  const asker = (move?.state === 'weighed' ? move.end?.askedBy : move?.quote?.askedBy) ?? null;
  const nearest = [asker, ticket.marks.assignedTo, move?.startedBy].filter((key): key is string => Boolean(key));
  const others = (chat.people ?? []).toReversed();
  const keys = [...new Set([...nearest, ...others])].slice(0, READERS_MAX);
  const ids = await teamsIdsOf(store, keys);
  const idsOf = (some: readonly string[]) => some.flatMap((key) => ids.get(key) ?? []);
  const asking = asker ? [asker] : [];
  return [...new Set([...idsOf(asking), ...approvers.flatMap((one) => one.teamsId ?? []), ...idsOf(keys)])].slice(0, READERS_MAX);
}
