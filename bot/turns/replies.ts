/** A dialog's reply in words. */
import { planBare, planText, reasonText } from '../../cards/escape.ts';
import type { Words } from '../../cards/text/words.ts';
import type { Reply } from '../../dialogs/types.ts';
import type { TurnDeps, Incoming, TurnResult } from './turn.ts';

type Replies = { [S in Reply['say']]: (reply: Extract<Reply, { say: S }>) => string };

/** A reply in words, its outside words made harmless. */
export function replyText(words: Words, reply: Reply): string {
  const safe = Object.fromEntries(Object.entries(reply).map(([name, value]) => [name, harmlessValue(name, value)])) as unknown as Reply;
  return (words.replies as Replies)[safe.say](safe as never);
}

function harmlessValue(name: string, value: unknown): unknown {
  if (name === 'say' || name === 'state' || name === 'at' || name === 'how' || name === 'until' || name === 'ticket') return value;
  if (typeof value === 'string') return value === '' ? '' : name === 'plan' ? planText(value) : reasonText(value);
  return Array.isArray(value) ? value.map((one) => planBare(nameOf(one))) : value;
}

function nameOf(one: unknown): string {
  const { title, name } = Object(one) as { title?: unknown; name?: unknown };
  return String(title ?? name ?? one);
}

export function said(text: string): TurnResult {
  return { say: [text] };
}

/** What the thread's lines tell everybody anyway. */
const TOLD: ReadonlySet<Reply['say']> = new Set(['approved', 'declined', 'cancelled', 'cancelledOpen', 'left', 'waived', 'gaveUp']);

/** What the thread does not tell is answered; a refusal that concerns one person alone is neutral where others read along. */
export function spoken(deps: TurnDeps, seen: Incoming, reply: Reply | null): TurnResult {
  if (reply === null || TOLD.has(reply.say)) return { say: [] };
  const personal = reply.say === 'mayNot' || reply.say === 'ownRequest';
  return said(personal && seen.chat.kind !== 'personal' ? deps.words.replies.mayNotHere() : replyText(deps.words, reply));
}
