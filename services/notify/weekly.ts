/** The report that comes to a chat by itself, once a week at its hour. */
import { readChat, updateChat } from '../chats.ts';
import { afterReport, dueReport } from '../domain/settings.ts';
import { ofChat, REPORT_KEY } from '../store/rows.ts';
import { attempt, type Room } from './attempt.ts';
import { noteActivity } from './handles.ts';
import type { NotifyDeps } from './ports.ts';

/** Under the chat's lease: posted as things stand now, and remembered of which hour it is, in one commit. */
export async function tellReport(deps: NotifyDeps, room: Room): Promise<void> {
  const { key } = room.chat;
  // As it is since nobody else speaks there.
  const chat = (await readChat(deps.store, key))?.value;
  if (!chat || room.keeping.isLost()) return;
  const atMs = dueReport(chat, deps.clock.now().getTime());
  await attempt(deps, room, REPORT_KEY, async (instead) => {
    if (atMs !== null) {
      const message = await deps.report(chat);
      const posted = instead ? await deps.deliver.say(chat, null, message.summary, []) : await deps.deliver.post(chat, message);
      await updateChat(deps.store, key, (now) => now && { ...now, reportFrom: afterReport(atMs) });
      if (posted) await noteActivity(deps.store, message.handle, posted.activityId);
    }
    await deps.store.remove(...ofChat(key), REPORT_KEY);
  });
}
