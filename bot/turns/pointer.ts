/** Which ticket a person's next answer in a chat belongs to. */
import { createHash } from 'node:crypto';
import { later } from '../../services/clock.ts';
import { POINTERS } from '../../services/store/rows.ts';
import type { Chat } from '../../services/domain/ticket.ts';
import type { ResolveDeps } from './resolve.ts';

type PointerDeps = Pick<ResolveDeps, 'store' | 'clock'>;

const POINTER_MS = 3_600_000;

export interface Pointer {
  /** Whose it is: its row is found by a hash. */
  person: string;
  customerId: string;
  ticketId: string;
  until: string;
  /** When what set it was sent, by Teams' clock: whatever was sent before is no answer to this. */
  sinceMs?: number;
  /** What was asked of this person here in words, and since when that stands there, by Teams' clock. */
  asked?: { asked: number; atMs: number; message?: string | null };
  /** It was only shown, and nobody asked anything: what is no answer to its card is about something else. */
  shown?: true;
  /** This person wrote that it is not to be asked about any more: no word here is an answer to it. */
  over?: true;
}

/** Which ticket a person's next answer in this chat and thread belongs to; it is forgotten after an hour. */
export async function pointAt(
  deps: PointerDeps,
  { thread, person, sinceMs = null, shown = false }: { thread: string; person: string; sinceMs?: number | null; shown?: boolean | undefined },
  { customerId, ticketId }: { customerId: string; ticketId: string },
  asked?: Pointer['asked'],
): Promise<void> {
  const value: Pointer = {
    person,
    customerId,
    ticketId,
    until: later(deps.clock.now(), POINTER_MS),
    ...(sinceMs === null ? {} : { sinceMs }),
    ...(asked ? { asked } : {}),
    ...(shown ? { shown } : {}),
  };
  await deps.store.put(...POINTERS, pointerKey(thread, person), value);
}

export async function readPointer(deps: PointerDeps, thread: string, person: string): Promise<Pointer | null> {
  const row = await deps.store.get<Pointer>(...POINTERS, pointerKey(thread, person));
  return row && row.value.until > deps.clock.now().toISOString() ? row.value : null;
}

/** The ticket to which what is typed next in the chat with one person is an answer; null where it is to none. `thread`: the conversation itself. */
export function answersGoTo(deps: PointerDeps): (chat: Pick<Chat, 'key' | 'person'>, thread: string) => Promise<string | null> {
  return async ({ key, person }, thread) => {
    if (!person) return null;
    const pointer = (await readPointer(deps, thread, person)) ?? (await readPointer(deps, key, person));
    return pointer && !pointer.over ? pointer.ticketId : null;
  };
}

/** What is typed from here on is no answer to this one; which one was spoken of last is still known. */
export async function askNoMore(deps: PointerDeps, thread: string, pointer: Pointer): Promise<void> {
  await deps.store.put(...POINTERS, pointerKey(thread, pointer.person), {
    ...pointer,
    until: later(deps.clock.now(), POINTER_MS),
    over: true,
  } satisfies Pointer);
}

/** The next answer here is to nothing that was asked before. */
export async function forgetPointer(deps: PointerDeps, thread: string, person: string): Promise<void> {
  await deps.store.remove(...POINTERS, pointerKey(thread, person));
}

function pointerKey(thread: string, person: string): string {
  return createHash('sha256').update(`${thread} ${person}`).digest('hex');
}
