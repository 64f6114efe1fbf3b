/** A move belongs to one process for some seconds at a time; a killed one gives it up after that. */
import { later } from '../clock.ts';
import type { Migration, News, NewsKind } from '../domain/ticket.ts';
import { newsChange } from '../auditLog/auditLog.ts';
import type { Change } from '../store/store.ts';
import type { Act } from './deps.ts';

export const LEASE_MS = 15_000;

type Kept = Partial<Pick<Migration, 'attempts' | 'counting' | 'people' | 'chosen' | 'sku' | 'walked' | 'suspension' | 'call' | 'requestIds'>>;

/**
 * Keeps a long step for some more seconds and notes how far it came, in the act too; only what came further begins the
 * count of tries anew. False when the move is no longer
 * ours or no longer there: whoever has it goes on.
 */
export async function keep(act: Act, changes: Kept, news?: NewsKind): Promise<boolean> {
  const { store, clock, hints, me } = act.deps;
  const { customerId, key, version } = act.migration;
  const row = await store.get<Migration>('customers', customerId, key);
  if (!row || row.value.version !== version || row.value.lease?.by !== me) return false;
  const at = clock.now().toISOString();
  const further = row.value.state !== 'suspending' && Boolean(changes.counting || changes.people || changes.sku);
  // What a card says of people rests on this reading of them.
  const read = changes.people ? { readAt: at } : {};
  const value: Migration = { ...row.value, ...(further ? { attempts: 0 } : {}), ...changes, ...read, lease: { by: me, until: later(at, LEASE_MS) } };
  const told: News[] = news ? [{ kind: news, expiryId: act.expiry.id, by: null, at, data: {} }] : [];
  const all: Change[] = [{ op: 'replace', key, value, etag: row.etag }, ...told.map(newsChange)];
  if ((await store.commit('customers', customerId, all)) === 'conflict') return false;
  act.migration = value;
  if (news) hints.nudge('speak', `spread ${customerId}`);
  return true;
}
