/** Licences and the last step where something never answers, is stale, or changes between the yes and the deed. */
import assert from 'node:assert/strict';
import { openTenant, refusal, type Tenant } from '../../support/tenant.ts';
import { parseUsers } from '../../../services/partnerCenter/wire/licences.ts';

const DAY_MS = 86_400_000;
const broken = () => refusal(500, '500', 'Internal error', 'unclear');
const patches = (tenant: Tenant) => tenant.calls.filter((call) => call === 'patch').length;
const reads = (tenant: Tenant) => tenant.calls.filter((call) => call.startsWith('read')).length;
const stuck = async (tenant: Tenant) => {
  const { state, stuck } = await tenant.move();
  return state === 'stuck' ? `${stuck?.reason} ${stuck?.code}` : state;
};

describe('a count that cannot be ended', () => {
  for (const users of [3, 200])
    it(`stops with words where the seats can never be read, and does not read ${users} people again and again`, async () => {
      const tenant = await openTenant({ users });
      tenant.pc.seatPools = async () => Promise.reject(broken());
      assert.ok(await tenant.work(60), 'it comes to an end');
      assert.equal(await stuck(tenant), 'unread 500');
      assert.ok(reads(tenant) <= users * 10, `${reads(tenant)} readings`);
    });

  it('begins anew after somebody looked again: a place in the list of people that is no longer known is not asked for for ever', async () => {
    const tenant = await openTenant({ users: 3 });
    const kind = tenant.pc.users;
    const pages = { broken: true, stale: false };
    tenant.pc.users = async (customer, after) => {
      if (after === null) return { ...(await kind(customer, null)), next: pages.broken || pages.stale ? 'second' : null };
      if (pages.stale) throw refusal(400, '2000', 'The continuation token is not valid.');
      throw broken();
    };
    await tenant.work(60);
    assert.equal(await stuck(tenant), 'unread 500');
    pages.broken = false;
    pages.stale = true;
    await tenant.apply({ kind: 'check', by: 'bo' });
    await tenant.work(1);
    pages.stale = false;
    if ((await tenant.move()).state === 'stuck') await tenant.apply({ kind: 'check', by: 'bo' });
    await tenant.work(60);
    assert.equal(await stuck(tenant), 'purchased');
    assert.equal((await tenant.move()).people?.movable, 3);
  });

  it('ends where the list of people goes on at the same place again and again', async () => {
    const tenant = await openTenant({ users: 3 });
    const kind = tenant.pc.users;
    let pages = 0;
    tenant.pc.users = async (customer) => {
      pages += 1;
      return { ...(await kind(customer, null)), next: 'again' };
    };
    assert.ok(await tenant.work(60), 'it comes to an end');
    assert.match(await stuck(tenant), /^unread /);
    assert.ok(pages < 100, `${pages} pages`);
  });

  it('a person without an id is one who cannot be read: the others are counted, and that one is named', async () => {
    const { items } = parseUsers({ items: [{ id: 'u0', displayName: 'Person u0' }, { displayName: 'Nobody Known' }, null, { id: null }] });
    const tenant = await openTenant({ users: 1 });
    tenant.pc.users = async () => ({ items, next: null });
    await tenant.work();
    const { state, people } = await tenant.move();
    assert.deepEqual([state, people?.total, people?.blocked], ['purchased', 4, 4]);
    assert.deepEqual(people?.named.map((one) => `${one.name}: ${one.why}`).slice(1), [
      'Nobody Known: unread',
      'without an id (3): unread',
      'without an id (4): unread',
    ]);
  });
});

describe('a yes to the last step', () => {
  async function ready(): Promise<Tenant> {
    const tenant = await openTenant({ users: 3 });
    await tenant.work();
    await tenant.apply({ kind: 'confirmUsers', by: 'bo', except: [] });
    await tenant.work();
    assert.equal((await tenant.move()).state, 'reassigned');
    return tenant;
  }

  it('that had to wait for days is asked for once more, not carried out over what happened since', async () => {
    const tenant = await ready();
    await tenant.apply({ kind: 'confirmSuspend', by: 'bo' });
    await tenant.pass(DAY_MS);
    await tenant.work();
    assert.deepEqual([await stuck(tenant), patches(tenant)], ['reassigned', 0]);
    await tenant.apply({ kind: 'confirmSuspend', by: 'bo' });
    await tenant.work();
    assert.deepEqual([await stuck(tenant), patches(tenant)], ['finished', 1]);
  });

  it('that was refused is not carried out days later because somebody looks again: it is asked for once more', async () => {
    const tenant = await ready();
    const kind = tenant.pc.suspend;
    tenant.pc.suspend = async () => Promise.reject(refusal(400, '800091', 'Not now.'));
    await tenant.apply({ kind: 'confirmSuspend', by: 'bo' });
    await tenant.work();
    assert.equal(await stuck(tenant), 'suspendRefused 800091');
    tenant.pc.suspend = kind;
    await tenant.pass(DAY_MS);
    await tenant.apply({ kind: 'check', by: 'ann' });
    await tenant.work();
    assert.deepEqual([await stuck(tenant), patches(tenant)], ['reassigned', 0]);
  });

  it('is not carried out over a change by somebody else between the look and the call', async () => {
    const tenant = await ready();
    tenant.old.etag = 'v1';
    let first = true;
    tenant.pc.suspend = async (whole) => {
      tenant.calls.push('patch');
      if (first) Object.assign(tenant.old, { etag: 'v2', resource: { autoRenewEnabled: true } });
      first = false;
      if (whole.etag !== tenant.old.etag) throw refusal(412, '2055', 'The etag is stale.', 'conflict');
      tenant.old.status = 'suspended';
    };
    await tenant.apply({ kind: 'confirmSuspend', by: 'bo' });
    await tenant.work();
    assert.deepEqual([await stuck(tenant), patches(tenant), tenant.old.status], ['suspendOverruled 2055', 1, 'active']);
    await tenant.apply({ kind: 'check', by: 'bo' });
    assert.equal((await tenant.move()).state, 'reassigned', 'it is asked anew');
  });

  it('nor over one while people were read', async () => {
    const tenant = await ready();
    const kind = tenant.pc.seatPools;
    tenant.pc.seatPools = async (customer) => {
      tenant.old.resource = { autoRenewEnabled: true };
      return kind(customer);
    };
    await tenant.apply({ kind: 'confirmSuspend', by: 'bo' });
    await tenant.work();
    assert.deepEqual([await stuck(tenant), patches(tenant)], ['suspendOverruled active', 0]);
  });

  it('to one that somebody else had suspended already: it is finished, and no day is said on which that was', async () => {
    const tenant = await ready();
    tenant.old.status = 'suspended';
    await tenant.apply({ kind: 'confirmSuspend', by: 'bo' });
    await tenant.work();
    const { state, suspendedAt } = await tenant.move();
    assert.deepEqual([state, suspendedAt, patches(tenant)], ['finished', null, 0]);
  });
});

describe('people whose answers never end', () => {
  it('a Partner Center that asks for patience for ever is a person’s at last', async () => {
    const tenant = await openTenant({ users: 3 });
    await tenant.work();
    tenant.pc.seatPools = async () => Promise.reject(Object.assign(refusal(429, '429', '', 'throttled'), { retryAfterMs: 3_600_000 }));
    await tenant.apply({ kind: 'confirmUsers', by: 'bo', except: [] });
    assert.ok(await tenant.work(400), 'it comes to an end');
    assert.match(await stuck(tenant), /^unread /);
  });
});
