/** The loop’s part of what a turn could not know from storage: looked up, and answered from there. Knows nothing of botbuilder. */
import { termBehind } from '../../dialogs/termWords.ts';
import type { Actor } from '../../dialogs/types.ts';
import { findPlans } from '../../services/catalogue/find.ts';
import { readChat } from '../../services/chats.ts';
import { isAhead, later } from '../../services/clock.ts';
import type { Chat } from '../../services/domain/ticket.ts';
import { namesOf, speaksOf } from '../../services/people/people.ts';
import { may } from '../../services/people/roles.ts';
import type { LateAnswerWakeUp } from '../../services/queue/messages.ts';
import type { JobResult } from '../../services/queue/worker.ts';
import { ofChat } from '../../services/store/rows.ts';
import { onTyped } from './answer.ts';
import { elsewhere } from './elsewhere.ts';
import { dropErrand, type Errand, freeErrand, holdErrand } from './errand.ts';
import { bring } from './export.ts';
import { readPointer } from './pointer.ts';
import { said } from './replies.ts';
import { freshActor, heardIn, type Turn, type TurnDeps, type TurnResult } from './turn.ts';

export interface LateAnswerDeps extends TurnDeps {
  /** Says it where the errand came from, and notes what it asks. */
  tell(chat: Chat, thread: string, result: TurnResult): Promise<void>;
}

const HELD_MS = 60_000;

const GIVEN_UP_MS = 900_000;

const AGAIN_MS = [2_000, 10_000, 30_000, 60_000];

/** One turn. What it does is done once, by its activity; what it says may be said twice after a crash, never lost. */
export async function errandTurn(deps: LateAnswerDeps, { chat: chatKey, key }: LateAnswerWakeUp): Promise<JobResult> {
  const row = await deps.store.get<Errand>(...ofChat(chatKey), key);
  if (!row) return 'idle';
  const now = deps.clock.now();
  const chat = (await readChat(deps.store, chatKey))?.value;
  const { until, at, tries } = row.value;
  if (!chat || chat.dead) return end(deps, chatKey, key);
  if (until !== null && isAhead(Date.parse(until), now.getTime(), HELD_MS)) return { retryInMs: Math.max(500, Date.parse(until) - now.getTime()) };
  const held = await holdErrand(deps.store, chatKey, row, later(now, HELD_MS));
  if (!held) return { retryInMs: 500 };
  const late = now.getTime() - Date.parse(at) > GIVEN_UP_MS;
  try {
    const speaks = await speaksOf(deps.store, held.person);
    const heard = heardIn(deps, chat, speaks);
    const result = late && held.wanted.what !== 'export' ? said(heard.words.replies.unreachable()) : await run(heard, chat, held, speaks);
    if (result.say.length > 0 || result.offer) await deps.tell(chat, held.thread, result);
    return await end(deps, chatKey, key);
  } catch (error) {
    deps.log.warn({ what: held.wanted.what, error: String((error as Error).message) }, 'what was asked for could not be looked up yet');
    if (late) return end(deps, chatKey, key);
    await freeErrand(deps.store, chatKey, key);
    return { retryInMs: AGAIN_MS[Math.min(tries, AGAIN_MS.length - 1)] as number };
  }
}

async function end(deps: Pick<LateAnswerDeps, 'store'>, chat: string, key: string): Promise<JobResult> {
  await dropErrand(deps.store, chat, key);
  return 'idle';
}

async function run(
  deps: LateAnswerDeps,
  chat: Chat,
  { thread, below, quoted, person, tenant, activity, wanted }: Errand,
  speaks: Pick<Actor, 'speaks' | 'menus'>,
): Promise<TurnResult> {
  const { [person]: name = '' } = await namesOf(deps.store, [person]);
  const actor = await freshActor(deps, { key: person, tenant, name, roles: [], ...speaks });
  const turn: Turn = { chat, thread, below, quoted, actor, activity };
  if (wanted.what === 'export') return bring(deps, turn, wanted.asked, wanted.instead);
  if (wanted.what === 'elsewhere') return may(actor.roles, 'ask') ? elsewhere(deps, turn, wanted.customer, wanted.wanted ?? null) : { say: [] };
  // Whoever wrote meanwhile that nothing is to be asked any more has taken it back.
  if ((await readPointer(deps, thread, person))?.over) return { say: [] };
  const { text } = wanted.typed;
  const behind = termBehind(text, deps.spoken);
  // A plan may be called so as a whole.
  const names = behind?.plan ? [text, behind.plan] : [text];
  return onTyped(deps, turn, wanted.typed, { pointer: wanted.pointer, found: (ticket) => findPlans(deps, ticket, names) });
}
