/** A dialog's reply in words. */
import { planBare, planText, reasonText } from '../cards/harmless.ts';
import type { Words } from '../cards/text/en.ts';
import type { Reply } from '../dialogs/dialogs.ts';

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
