/** What a turn cannot know from storage: written down, looked up by a loop, and answered from there, so that a crash loses nothing. Knows nothing of botbuilder. */
import { randomUUID } from 'node:crypto';
import type { Command } from '../../dialogs/types.ts';
import type { Activity } from '../../services/domain/activity.ts';
import type { AskedExport } from '../../services/export/grants.ts';
import { LATE_ANSWER, lateAnswerKey, ofChat } from '../../services/store/rows.ts';
import { type Row, type Store, withPrefix } from '../../services/store/store.ts';
import type { Pointer } from './pointer.ts';
import type { Turn, TurnDeps } from './turn.ts';

type Wanted =
  /** A plan that the customer's catalogue may have, as it was typed under a question. */
  | { what: 'plan'; typed: Extract<Command, { command: 'answer' }>; pointer: Pointer }
  /** Licences that a customer did not buy through us; `wanted`: the one of them that was chosen. */
  | { what: 'elsewhere'; customer: { id: string; name: string }; wanted?: string }
  /** A file for one person; `instead`: a link in the place of one that was not put into OneDrive. */
  | { what: 'export'; asked: AskedExport; instead: boolean };

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

/** More at once of one chat are not taken. */
const ERRANDS_MAX = 3;

/** How long something that takes so long is held: longer, so that two are never at it. */
export function holdFrom(ms: number): number {
  return ms + 15_000;
}

/**
 * Writes it down, once for each activity, or for each `mark`; its key, or null where the chat waits for enough already. `until`: whoever
 * writes it is at it until then.
 */
export async function sendOn(
  deps: TurnDeps,
  turn: Turn,
  wanted: Wanted,
  { mark, until = null }: { mark?: string; until?: string | null } = {},
): Promise<string | null> {
  const { chat, thread, below, quoted, actor, activity } = turn;
  const key = lateAnswerKey(mark ?? activity.marks.at(-1) ?? randomUUID());
  const rows = await withPrefix<Errand>(deps.store, ...ofChat(chat.key), LATE_ANSWER, ERRANDS_MAX);
  if (rows.some((row) => row.key === key)) return key;
  if (rows.length >= ERRANDS_MAX) return null;
  const at = deps.clock.now().toISOString();
  const value: Errand = { thread, below, quoted, person: actor.key, tenant: actor.tenant, activity, wanted, at, tries: 0, until };
  const wakeUp = { queue: 'move', what: 'lateAnswer', chat: chat.key, key } as const;
  await deps.wake.schedule(wakeUp);
  await deps.store.commit(...ofChat(chat.key), [{ op: 'create', key, value }]);
  if (until === null) deps.wake.now(wakeUp);
  return key;
}

/** Takes it until then; null where somebody else was faster. */
export async function holdErrand(store: Store, chat: string, row: Row<Errand>, until: string): Promise<Errand | null> {
  const value: Errand = { ...row.value, tries: row.value.tries + 1, until };
  return (await store.commit(...ofChat(chat), [{ op: 'replace', key: row.key, value, etag: row.etag }])) === 'done' ? value : null;
}

/** It is done. */
export async function dropErrand(store: Store, chat: string, key: string): Promise<void> {
  await store.remove(...ofChat(chat), key);
}

/** Another may take it at once. */
export async function freeErrand(store: Store, chat: string, key: string): Promise<void> {
  const row = await store.get<Errand>(...ofChat(chat), key);
  if (row) await store.commit(...ofChat(chat), [{ op: 'replace', key, value: { ...row.value, until: null } satisfies Errand, etag: row.etag }]);
}
