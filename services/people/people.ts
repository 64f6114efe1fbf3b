/** Who is who: rows elsewhere hold a random key; only this table knows the person behind it. */
import { createHash, randomBytes } from 'node:crypto';
import type { Person } from '../domain.ts';
import type { Store } from '../store/store.ts';

export interface Identity {
  objectId: string;
  tenantId: string;
  name: string;
}

interface PersonRow extends Identity {
  key: string;
}

/** The person's key, made at the first meeting; a changed name is noted. */
export async function meet(store: Store, identity: Identity): Promise<Person> {
  const mark = createHash('sha256').update(`${identity.tenantId} ${identity.objectId}`).digest('hex');
  const known = await store.get<{ key: string }>('people', 'identity', mark);
  const key = known?.value.key ?? `p${randomBytes(9).toString('hex')}`;
  if (!known && (await store.commit('people', 'identity', [{ op: 'create', key: mark, value: { key } }])) === 'conflict') return meet(store, identity);
  const row = await store.get<PersonRow>('people', 'person', key);
  if (row?.value.name !== identity.name) await store.put('people', 'person', key, { ...identity, key } satisfies PersonRow);
  return { key, name: identity.name };
}

/** Names by person key; a key without a person is left out. */
export async function namesOf(store: Store, keys: Iterable<string | null | undefined>): Promise<Record<string, string>> {
  const wanted = [...new Set([...keys].filter((key): key is string => Boolean(key) && key !== 'bot'))];
  const rows = await Promise.all(wanted.map((key) => store.get<PersonRow>('people', 'person', key)));
  return Object.fromEntries(rows.flatMap((row) => (row ? [[row.value.key, row.value.name]] : [])));
}
