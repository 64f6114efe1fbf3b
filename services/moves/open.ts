/** Opens a move. */
import type { Expiry, KnownSubscription, Migration } from '../domain/ticket.ts';
import { type Actor, recorded } from '../auditLog/auditLog.ts';
import type { Change } from '../store/store.ts';
import { askedAnew } from './asked.ts';
import { newMigration } from './states.ts';
import { type Applying, TRIES } from '../tickets/tickets.ts';
import { type Applied, readMatter, whyNotNow } from './apply.ts';

type NotOpened = Extract<Applied, { refused: 'gone' | 'doneBefore' | 'askedAnew' }>;

export type Opened = { opened: true; migration: Migration } | { opened: false; migration: Migration | null };

/**
 * Opens a move for an open expiry. The subscription's row is changed under its etag: that is what makes a second live
 * one impossible.
 */
export async function openMigration(deps: Applying, customerId: string, subscriptionId: string, by: Actor): Promise<Opened | NotOpened> {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const matter = await readMatter(deps.store, customerId, subscriptionId);
    if (!matter?.expiry || matter.expiry.value.closed) return { refused: 'gone' };
    if (matter.known.value.liveMigration) return { opened: false, migration: matter.migration?.value ?? null };
    const stale = whyNotNow(deps.doing, matter.expiry.value, matter.migration?.value ?? null);
    if (stale) return stale;
    const at = deps.clock.now().toISOString();
    const n = matter.known.value.migrations + 1;
    const key = `mig_${subscriptionId}_${n}`;
    const asked = askedAnew(matter.expiry.value, matter.migration?.value ?? null);
    const migration = newMigration({ key, customerId, subscriptionId, expiryId: matter.expiry.value.id, by: by.key, asked }, at);
    const known: KnownSubscription = { ...matter.known.value, liveMigration: key, migrations: n };
    const { snoozed: _, letGo: __, ...marks } = matter.expiry.value.marks;
    const expiry: Expiry = { ...matter.expiry.value, migration: key, marks };
    const changes: Change[] = [
      { op: 'create', key, value: migration },
      { op: 'replace', key: matter.known.key, value: known, etag: matter.known.etag },
      ...recorded(matter.expiry, expiry, [{ by, what: 'opened', before: '', after: 'drafting' }], [], at),
    ];
    if ((await deps.store.commit('customers', customerId, changes)) === 'done') return { opened: true, migration };
  }
  throw new Error(`The move of ${subscriptionId} could not be opened in ${TRIES} tries.`);
}
