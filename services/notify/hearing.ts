/** A personal chat is told what its owner may know now: a role that was taken away takes the alerts with it. */
import type { Chat } from '../domain/ticket.ts';
import { DirectoryError, type PersonRow } from '../people/people.ts';
import { may } from '../people/roles.ts';
import { ofChat, PERSONS } from '../store/rows.ts';
import type { Row } from '../store/store.ts';
import type { InboxRow } from './inbox.ts';
import type { NotifyDeps } from './ports.ts';

type Hearing = Pick<NotifyDeps, 'store' | 'directory' | 'log'>;

/**
 * What of it may be said: all of it where others read along, for who is in a channel is Teams' to say; in a personal chat only to somebody with a
 * role, but for notes about chats. The rest is dropped. Null while nobody can say who may.
 */
export async function heardBy(deps: Hearing, chat: Chat, inbox: Row<InboxRow>[]): Promise<Row<InboxRow>[] | null> {
  const mayHear = await isReader(deps, chat);
  if (mayHear !== false) return mayHear && inbox;
  const unheard = inbox.filter((row) => !row.value.note);
  for (const row of unheard) await deps.store.remove(...ofChat(chat.key), row.key);
  if (unheard.length > 0) deps.log.info({ chat: chat.key, count: unheard.length }, 'a personal chat was not told: its owner has no role any more');
  return inbox.filter((row) => row.value.note);
}

async function isReader({ store, directory }: Hearing, chat: Chat): Promise<boolean | null> {
  // Whose a chat is stands there since somebody last spoke in it.
  if (chat.kind !== 'personal' || chat.person === undefined) return true;
  const row = await store.get<PersonRow>(...PERSONS, chat.person);
  if (!row) return false;
  try {
    return may(await directory.rolesOf(row.value.objectId), 'see');
  } catch (error) {
    if (error instanceof DirectoryError) return null;
    throw error;
  }
}
