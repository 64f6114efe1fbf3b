/** What Teams tells of teams, channels and the bot's own coming and going: read from an activity, and done. */
import { allChats, chatKey, readChat, updateChat } from '../../services/chats.ts';
import type { Chat } from '../../services/domain/ticket.ts';
import { fallAsleep, type SleepDeps, takenOut, tellInPerson } from '../../services/notify/sleep.ts';
import { tenantOf } from '../http/guard.ts';
import { type Activity, referenceOf } from './sdk.ts';

/** `conversation` or `team`: Teams' ids of what it concerns. */
export type Happened =
  | { what: 'added' | 'removed' }
  | { what: 'renamed'; conversation: string; name: string }
  | { what: 'closed'; code: 'archived' | 'deleted'; conversation: string | null; team: string | null }
  | { what: 'opened'; conversation: string | null; team: string | null };

interface ChannelData {
  eventType?: string;
  team?: { id?: string; name?: string } | null;
  channel?: { id?: string; name?: string } | null;
}

type Told = Pick<Activity, 'type' | 'action' | 'membersAdded' | 'membersRemoved' | 'recipient' | 'channelData'>;

/** What an installation or a change of a conversation means for the bot; null where it means nothing. Pure. (Teams documentation, "Conversation events".) */
export function readEvent(activity: Told): Happened | null {
  // `remove-upgrade` makes room for a newer version of the app: the bot stays.
  if (activity.type === 'installationUpdate' && activity.action === 'remove-upgrade') return null;
  if (activity.type === 'installationUpdate') return { what: activity.action?.startsWith('remove') ? 'removed' : 'added' };
  if (activity.type !== 'conversationUpdate') return null;
  const { eventType, team, channel } = dataOf(activity);
  const conversation = channel?.id || null;
  const teamId = team?.id || null;
  switch (eventType) {
    case 'channelRenamed':
      return conversation && channel?.name ? { what: 'renamed', conversation, name: channel.name } : null;
    case 'teamRenamed':
      // The first channel of a team has the team's id, and its name.
      return teamId && team?.name ? { what: 'renamed', conversation: teamId, name: team.name } : null;
    case 'channelDeleted':
      return conversation ? { what: 'closed', code: 'deleted', conversation, team: null } : null;
    case 'channelRestored':
      return conversation ? { what: 'opened', conversation, team: null } : null;
    case 'teamArchived':
      return { what: 'closed', code: 'archived', conversation: null, team: teamId };
    case 'teamDeleted':
    case 'teamHardDeleted':
      return { what: 'closed', code: 'deleted', conversation: null, team: teamId };
    case 'teamUnarchived':
    case 'teamRestored':
      return { what: 'opened', conversation: null, team: teamId };
  }
  const botId = activity.recipient?.id;
  if (botId && activity.membersRemoved?.some((one) => one.id === botId)) return { what: 'removed' };
  return botId && activity.membersAdded?.some((one) => one.id === botId) ? { what: 'added' } : null;
}

function dataOf(activity: Pick<Activity, 'channelData'>): ChannelData {
  return (activity.channelData as ChannelData | null | undefined) ?? {};
}

/** Where an activity comes from: its thread, its chat, and how to speak there. Pure. */
export function placeOf(activity: Activity): { thread: string; chat: Pick<Chat, 'key' | 'kind' | 'reference' | 'tenantId' | 'teamId'> } {
  // What whoever speaks reads is no matter of where to speak.
  const { activityId: _, user: __, locale: ___, ...kept } = referenceOf(activity);
  const thread = activity.conversation.id;
  const home = thread.split(';messageid=')[0] as string;
  const { team } = dataOf(activity);
  const tenantId = tenantOf(activity);
  const reference = { ...kept, conversation: { ...kept.conversation, id: home, ...(tenantId ? { tenantId } : {}) } };
  return {
    thread,
    chat: {
      key: chatKey(tenantId, home),
      kind: kindOf(activity.conversation),
      // As it is stored: what is undefined is not there.
      reference: JSON.parse(JSON.stringify(reference)),
      tenantId,
      ...(team?.id ? { teamId: team.id } : {}),
    },
  };
}

/** Personal is only what says so and is no group: in anything else others may read along. Pure. */
export function kindOf({ conversationType, isGroup }: Omit<Activity['conversation'], 'id'>): Chat['kind'] {
  if (conversationType === 'channel') return 'channel';
  return conversationType === 'personal' && isGroup !== true ? 'personal' : 'groupChat';
}

/** What Teams calls the chat; undefined where the activity does not say. */
export function nameIn(activity: Activity): string | undefined {
  const { channel, team } = dataOf(activity);
  return channel?.name || team?.name || activity.conversation.name || undefined;
}

/** The bot was taken out: nothing is said there any more; what was watched is offered when it is back. */
export async function onRemoved(deps: SleepDeps, key: string): Promise<void> {
  const before = (await readChat(deps.store, key))?.value;
  if (!before || before.dead) return;
  if (before.watching.length > 0) await tellInPerson(deps, before, { what: 'removed', chat: key, code: '' });
  await updateChat(deps.store, key, (now) => now && takenOut(now));
}

/** A team or channel has another name, is closed, or is open again. */
export async function onConversationChange(deps: SleepDeps, activity: Activity, happened: Happened): Promise<void> {
  const { tenantId } = placeOf(activity).chat;
  if (happened.what === 'renamed') {
    const { conversation, name } = happened;
    await updateChat(deps.store, chatKey(tenantId, conversation), (now) => now && { ...now, name });
  } else if (happened.what === 'closed') {
    for (const chat of await chatsOf(deps, tenantId, happened)) if (!chat.dead) await fallAsleep(deps, chat, happened.code);
  } else if (happened.what === 'opened') {
    for (const chat of await chatsOf(deps, tenantId, happened)) await wake(deps, chat);
  }
}

/** A chat that was closed by an event is awake again; another one that sleeps is tried now. */
async function wake(deps: SleepDeps, { key, sleeping }: Chat): Promise<void> {
  if (!sleeping) return;
  const closed = sleeping.code === 'archived' || sleeping.code === 'deleted';
  await deps.wake.schedule({ queue: 'notify', what: 'chat', chat: key });
  const nextTryAt = deps.clock.now().toISOString();
  await updateChat(deps.store, key, (now) => (now?.sleeping ? { ...now, sleeping: closed ? null : { ...now.sleeping, nextTryAt } } : now));
  deps.wake.now({ queue: 'notify', what: 'chat', chat: key });
}

/** The chats that are known of one channel, or of a whole team. */
async function chatsOf(deps: SleepDeps, tenantId: string, of: { conversation: string | null; team: string | null }): Promise<Chat[]> {
  const ids = [of.conversation, of.team].flatMap((id) => (id ? [chatKey(tenantId, id)] : []));
  const keys = of.team ? new Set([...ids, ...(await allChats(deps.store))]) : new Set(ids);
  const chats = (await Promise.all([...keys].map((key) => readChat(deps.store, key)))).flatMap((row) => row?.value ?? []);
  return chats.filter((chat) => ids.includes(chat.key) || (chat.teamId === of.team && chat.tenantId === tenantId));
}
