import assert from 'node:assert/strict';
import type { Expiry, Migration, UserMove } from '../../services/domain.ts';
import { meet, namesOf } from '../../services/people/people.ts';
import { erasePerson, exportPerson, findPeople, forgetOld } from '../../services/people/privacy.ts';
import { type AuditRow, auditPrefix, expiryKey, FIRST_HASH, recorded, verifyRecord } from '../../services/record.ts';
import { withPrefix } from '../../services/store/store.ts';
import { sampleExpiry, sampleMigration } from '../cards/samples.ts';
import { memoryStore } from '../crash/memory.ts';

const NOW = new Date('2030-06-01T00:00:00Z');
const LINES = 250;

describe('privacy', () => {
  async function world(closedAt: string | null) {
    const store = memoryStore();
    const ann = await meet(store, { objectId: 'ann', tenantId: 't', name: 'Ann Jansson' }, 'chat-ann', '2029-12-20');
    const old = await meet(store, { objectId: 'old', tenantId: 't', name: 'Olda Formerly' }, null, '2027-01-20');
    const migration: Migration = sampleMigration({
      state: 'finished',
      waived: [{ by: ann.key, at: NOW.toISOString(), reason: 'left', people: [{ id: 'u1', name: 'Dana Roy' }] }],
    });
    let expiry: Expiry = {
      ...sampleExpiry(),
      audit: { seq: 0, hash: FIRST_HASH },
      closed: closedAt ? { how: 'moved', at: closedAt } : null,
      migration: migration.key,
    };
    await store.put('sweep', 'c', expiry.customerId, {});
    await store.put('customers', expiry.customerId, migration.key, migration);
    for (let n = 0; n < LINES; n++) {
      const row = await store.get<Expiry>('customers', expiry.customerId, expiryKey(expiry.id));
      const entry = { by: { key: n % 2 ? ann.key : old.key, tenant: 't' }, what: 'marked', before: 'open', after: 'open', data: { n } };
      assert.equal(
        await store.commit(
          'customers',
          expiry.customerId,
          recorded(row ?? null, row?.value ?? expiry, [entry], [], `2027-02-01T00:00:${String(n % 60).padStart(2, '0')}Z`),
        ),
        'done',
      );
    }
    expiry = (await store.get<Expiry>('customers', expiry.customerId, expiryKey(expiry.id)))?.value as Expiry;
    const move: UserMove = { userId: 'u1', name: 'Dana Roy', state: 'moved', why: null, hasNew: true, disabledPlans: [], round: 'r', requestIds: [] };
    for (let n = 0; n < 120; n++) await store.put('customers', expiry.customerId, `usr_${migration.key}_u${n}`, move);
    const lines = async () => (await withPrefix<AuditRow>(store, 'customers', expiry.customerId, auditPrefix(expiry.id))).map((row) => row.value);
    return { store, ann, old, expiry, migration, lines };
  }

  it('what is too old is cut at a line that keeps the last hash: the chain holds, and goes on', async () => {
    const { store, expiry, lines, migration, old } = await world('2027-03-01T00:00:00Z');
    assert.deepEqual(await forgetOld(store, NOW, { nameDays: 400, recordDays: 700 }), { names: 1, lines: LINES });
    const may = { cutBefore: '2028-01-01', closedAt: expiry.closed?.at ?? null };
    const left = await lines();
    assert.equal(left.length, 1);
    assert.equal(left[0]?.seq, LINES);
    assert.deepEqual(verifyRecord(expiry.id, left, expiry.audit, may), []);
    assert.match(verifyRecord(expiry.id, left, expiry.audit).join(), /not closed for so long/);
    const entry = { by: { key: 'bot', tenant: '' }, what: 'marked', before: 'open', after: 'open' };
    const row = await store.get<Expiry>('customers', expiry.customerId, expiryKey(expiry.id));
    await store.commit('customers', expiry.customerId, recorded(row ?? null, row?.value as Expiry, [entry], [], NOW.toISOString()));
    const head = (await store.get<Expiry>('customers', expiry.customerId, expiryKey(expiry.id)))?.value.audit as Expiry['audit'];
    assert.deepEqual(verifyRecord(expiry.id, await lines(), head, may), []);
    assert.match(verifyRecord(expiry.id, (await lines()).slice(0, 1), head, may).join(), /is cut off/);
    const [mark, ...rest] = await lines();
    assert.match(verifyRecord(expiry.id, [{ ...(mark as AuditRow), seq: 100 }, ...rest], head, may).join(), /was changed/);
    assert.match(verifyRecord(expiry.id, [{ ...(mark as AuditRow), hash: 'x' }, ...rest], head, may).join(), /was changed/);
    assert.deepEqual(await withPrefix(store, 'customers', expiry.customerId, `usr_${migration.key}_`), [], 'who held what is forgotten too');
    assert.doesNotMatch(store.texts().join(), /Dana Roy|Olda Formerly/);
    assert.deepEqual(await namesOf(store, [old.key]), {}, 'a name that is forgotten is not shown');
    assert.deepEqual(await forgetOld(store, NOW, { nameDays: 400, recordDays: 700 }), { names: 0, lines: 1 }, 'again: only what came since');
  });

  it('what is open, or closed lately, is left whole', async () => {
    for (const closedAt of [null, '2030-05-01T00:00:00Z']) {
      const { store, lines } = await world(closedAt);
      assert.equal((await forgetOld(store, NOW, { nameDays: 4_000, recordDays: 700 })).lines, 0);
      assert.equal((await lines()).length, LINES);
    }
  });

  it('a person is told everything, and forgotten; the same person is a stranger afterwards', async () => {
    const { store, ann, expiry, lines } = await world(null);
    const [person] = await findPeople(store, 'ANN JANSSON');
    assert.ok(person);
    const kept = await exportPerson(store, person);
    assert.equal(kept.lines.length, LINES / 2);
    await erasePerson(store, person);
    assert.deepEqual(await findPeople(store, 'ann'), []);
    assert.doesNotMatch(store.texts().join(), /Ann Jansson/);
    assert.deepEqual(verifyRecord(expiry.id, await lines(), expiry.audit), []);
    assert.notEqual((await meet(store, { objectId: 'ann', tenantId: 't', name: 'Ann Jansson' }, null, '2030-06-01')).key, ann.key);
  });
});
