/** What a turn cannot know from storage: written down, looked up by a loop, and answered from there, so that a crash loses nothing. Knows nothing of botbuilder. */
import { randomUUID } from 'node:crypto';
import type { Command } from '../dialogs/dialogs.ts';
import type { Activity } from '../services/activity.ts';
import { isAhead, later } from '../services/clock.ts';
import type { Chat } from '../services/domain.ts';
import { namesOf } from '../services/people/people.ts';
import { readChat } from '../services/speak/chats.ts';
import { withPrefix } from '../services/store/store.ts';
import type { Turn } from '../services/worker.ts';
import { findPlans, type Pointer } from './look.ts';
import { onTyped } from './typed.ts';
import { type Back, freshActor, type Seen, said, type Turning } from './turn.ts';

type Wanted =
  /** A plan that the customer's catalogue may have, as it was typed under a question. */
  | { what: 'plan'; typed: Extract<Command, { command: 'answer' }>; pointer: Pointer }
  /** The link by which a company becomes a customer. */
  | { what: 'link' };

interface Errand {
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

export interface Errands extends Turning {
  /** Says it where the errand came from, and notes what it asks. */
  tell(chat: Chat, thread: string, back: Back): Promise<void>;
}

export const ERRAND = 'errand';
const PREFIX = 'ask_';
/** More at once of one chat are not taken. */
const ERRANDS_MAX = 3;
const HELD_MS = 60_000;
const GIVEN_UP_MS = 900_000;
const AGAIN_MS = [2_000, 10_000, 30_000, 60_000];

/** Writes it down, once for each activity; false where the chat waits for enough already. */
export async function sendOn(deps: Turning, seen: Seen, wanted: Wanted): Promise<boolean> {
  const { chat, thread, below, quoted, actor, activity } = seen;
  const key = `${PREFIX}${activity.marks.at(-1) ?? randomUUID()}`;
  const rows = await withPrefix<Errand>(deps.store, 'chats', chat.key, PREFIX, ERRANDS_MAX);
  if (rows.some((row) => row.key === key)) return true;
  if (rows.length >= ERRANDS_MAX) return false;
  const at = deps.clock.now().toISOString();
  const value: Errand = { thread, below, quoted, person: actor.key, tenant: actor.tenant, activity, wanted, at, tries: 0, until: null };
  const hint = `${ERRAND} ${chat.key} ${key}`;
  await deps.hints.before('move', hint);
  await deps.store.commit('chats', chat.key, [{ op: 'create', key, value }]);
  deps.hints.nudge('move', hint);
  return true;
}

/** One turn: `errand <chat> <key>`. What it does is done once, by its activity; what it says may be said twice after a crash, never lost. */
export async function errandTurn(deps: Errands, text: string): Promise<Turn> {
  const [, chatKey = '', key = ''] = text.split(' ');
  const row = await deps.store.get<Errand>('chats', chatKey, key);
  if (!row) return 'rest';
  const now = deps.clock.now();
  const chat = (await readChat(deps.store, chatKey))?.value;
  const { until, at, tries } = row.value;
  if (!chat || chat.dead) return end(deps, chatKey, key);
  if (until !== null && isAhead(Date.parse(until), now.getTime(), HELD_MS)) return { againMs: Math.max(500, Date.parse(until) - now.getTime()) };
  const held: Errand = { ...row.value, tries: tries + 1, until: later(now, HELD_MS) };
  if ((await deps.store.commit('chats', chatKey, [{ op: 'replace', key, value: held, etag: row.etag }])) === 'conflict') return { againMs: 500 };
  const late = now.getTime() - Date.parse(at) > GIVEN_UP_MS;
  try {
    const back = late ? givenUp(deps, held) : await run(deps, chat, held);
    if (back.say.length > 0) await deps.tell(chat, held.thread, back);
    return await end(deps, chatKey, key);
  } catch (error) {
    deps.log.warn({ what: held.wanted.what, error: String((error as Error).message) }, 'what was asked for could not be looked up yet');
    if (late) return end(deps, chatKey, key);
    const free = await deps.store.get<Errand>('chats', chatKey, key);
    if (free) await deps.store.commit('chats', chatKey, [{ op: 'replace', key, value: { ...free.value, until: null }, etag: free.etag }]);
    return { againMs: AGAIN_MS[Math.min(tries, AGAIN_MS.length - 1)] as number };
  }
}

async function end(deps: Errands, chat: string, key: string): Promise<Turn> {
  await deps.store.remove('chats', chat, key);
  return 'rest';
}

function givenUp(deps: Errands, { wanted }: Errand): Back {
  return wanted.what === 'plan' ? said(deps.words.replies.unreachable()) : { say: [] };
}

async function run(deps: Errands, chat: Chat, { thread, below, quoted, person, tenant, activity, wanted }: Errand): Promise<Back> {
  if (wanted.what === 'link') return said(deps.words.replies.relationship({ link: await deps.partnerCenter.relationshipLink() }));
  const names = await namesOf(deps.store, [person]);
  const actor = await freshActor(deps, { key: person, tenant, name: names[person] ?? '', roles: [] });
  const seen: Seen = { chat, thread, below, quoted, actor, activity };
  return onTyped(deps, seen, wanted.typed, { pointer: wanted.pointer, found: (expiry) => findPlans(deps, expiry, wanted.typed.text) });
}
