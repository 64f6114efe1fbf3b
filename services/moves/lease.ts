/** A move belongs to one process for some seconds at a time; a killed one gives it up after that. */
import { newsChange } from '../auditLog/auditLog.ts';
import { isAhead, later } from '../clock.ts';
import type { Move, News, NewsKind } from '../domain/ticket.ts';
import { ofCustomer } from '../store/rows.ts';
import type { Row } from '../store/store.ts';
import type { MoveDeps, StepContext } from './deps.ts';
import { moveChange } from './rows.ts';

export const LEASE_MS = 15_000;

/** The lease that still holds; null where the move is nobody's. */
export function leaseAt({ lease }: Pick<Move, 'lease'>, nowMs: number): Move['lease'] {
  return lease !== null && isAhead(Date.parse(lease.until), nowMs, LEASE_MS) ? lease : null;
}

/** Writes down, before a step is taken, its call and that this process is at it; null where the move has changed meanwhile. */
export async function takeLease({ store, clock, workerId }: MoveDeps, row: Row<Move>, begun: Move): Promise<Move | null> {
  const value: Move = { ...begun, lease: { by: workerId, until: later(clock.now(), LEASE_MS) } };
  return (await store.commit(...ofCustomer(begun.customerId), [moveChange(row, value)])) === 'done' ? value : null;
}

type Kept = Partial<Pick<Move, 'attempts' | 'counting' | 'people' | 'chosen' | 'sku' | 'walked' | 'suspension' | 'call' | 'requestIds'>>;

/**
 * Keeps a long step for some more seconds and notes how far it came, in the context too; only progress begins the count of
 * tries anew. False when the move is no longer ours or no longer there: whoever has it goes on.
 */
export async function renewLease(context: StepContext, changes: Kept, news?: NewsKind): Promise<boolean> {
  const { store, clock, wake, workerId } = context.deps;
  const { customerId, key, version } = context.move;
  const row = await store.get<Move>(...ofCustomer(customerId), key);
  if (!row || row.value.version !== version || row.value.lease?.by !== workerId) return false;
  const at = clock.now().toISOString();
  const further = row.value.state !== 'suspending' && Boolean(changes.counting || changes.people || changes.sku);
  // What a card says of people rests on this reading of them.
  const read = changes.people ? { readAt: at } : {};
  const value: Move = { ...row.value, ...(further ? { attempts: 0 } : {}), ...changes, ...read, lease: { by: workerId, until: later(at, LEASE_MS) } };
  const told: News[] = news ? [{ kind: news, ticketId: context.ticket.id, by: null, at, data: {} }] : [];
  if ((await store.commit(...ofCustomer(customerId), [moveChange(row, value), ...told.map(newsChange)])) === 'conflict') return false;
  context.move = value;
  if (news) wake.now({ queue: 'notify', what: 'fanOut', customerId });
  return true;
}
