/** What a turn cannot know from storage: written down, looked up by a loop, and answered from there, so that a crash loses nothing. Knows nothing of botbuilder. */
import { randomUUID } from 'node:crypto';
import type { Command } from '../../dialogs/types.ts';
import type { Activity } from '../../services/domain/activity.ts';
import { withPrefix } from '../../services/store/store.ts';
import type { Incoming, TurnDeps } from './turn.ts';
import type { Pointer } from './pointer.ts';

type Wanted =
  /** A plan that the customer's catalogue may have, as it was typed under a question. */
  | { what: 'plan'; typed: Extract<Command, { command: 'answer' }>; pointer: Pointer }
  /** The link by which a company becomes a customer. */
  | { what: 'link' };

export interface Errand {
  thread: string;
  below: boolean;
  quoted: string | null;
  person: string;
  tenant: string;
  activity: Activity;
  wanted: Wanted;
  at: string;
  tries: number;
  /** Somebody is at it until then. */
  until: string | null;
}

const PREFIX = 'ask_';
/** More at once of one chat are not taken. */
const ERRANDS_MAX = 3;

/** Writes it down, once for each activity; false where the chat waits for enough already. */
export async function sendOn(deps: TurnDeps, seen: Incoming, wanted: Wanted): Promise<boolean> {
  const { chat, thread, below, quoted, actor, activity } = seen;
  const key = `${PREFIX}${activity.marks.at(-1) ?? randomUUID()}`;
  const rows = await withPrefix<Errand>(deps.store, 'chats', chat.key, PREFIX, ERRANDS_MAX);
  if (rows.some((row) => row.key === key)) return true;
  if (rows.length >= ERRANDS_MAX) return false;
  const at = deps.clock.now().toISOString();
  const value: Errand = { thread, below, quoted, person: actor.key, tenant: actor.tenant, activity, wanted, at, tries: 0, until: null };
  const wakeUp = { queue: 'move', what: 'lateAnswer', chat: chat.key, key } as const;
  await deps.wake.schedule(wakeUp);
  await deps.store.commit('chats', chat.key, [{ op: 'create', key, value }]);
  deps.wake.now(wakeUp);
  return true;
}
