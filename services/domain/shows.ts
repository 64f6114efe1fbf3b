/** What may stand where others read along. Pure. */
import type { Chat } from './chat.ts';

/**
 * `cost`: where prices stand, which are the partner's own: in every chat, only where somebody reads alone, or nowhere. `names`: whether a
 * card in a chat of several may name the people of a customer who are blocked.
 */
export interface Shows {
  cost: 'channel' | 'personal' | 'never';
  names: 'blocked' | 'never';
}

/** `cost`: no price stands here; `personal`: it does where one reads alone. */
export interface Hides {
  cost: 'personal' | 'never' | null;
  names: boolean;
}

/** What is hidden in a chat. */
export function hiddenIn(shows: Shows, chat: Pick<Chat, 'kind'>): Hides {
  const alone = chat.kind === 'personal';
  const cost = shows.cost === 'channel' || (shows.cost === 'personal' && alone) ? null : shows.cost;
  return { cost, names: shows.names === 'never' && !alone };
}

/** The key of the one person who reads a chat; null where others read along. */
export function readerIn({ kind, person }: Pick<Chat, 'kind' | 'person'>): string | null {
  return kind === 'personal' ? (person ?? null) : null;
}
