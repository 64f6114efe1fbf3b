/** The last step: nothing is suspended on a guess, nor over somebody else's change, nor again and again. */
import assert from 'node:assert/strict';
import type { Move } from '../../../services/domain/ticket.ts';
import type { SeatPool } from '../../../services/partnerCenter/port.ts';
import { openTenant, poolsOf, refusal, type Tenant } from '../../support/tenant.ts';
import { parseSeatPools } from '../../../services/partnerCenter/wire/licences.ts';

const noAnswer = () => Object.assign(refusal(0, 'no answer', '', 'unclear'), { answered: false });
const patches = (tenant: Tenant) => tenant.calls.filter((call) => call === 'patch').length;
const stuck = async (tenant: Tenant) => {
  const { state, stuck } = await tenant.move();
  return state === 'stuck' ? `${stuck?.reason} ${stuck?.code}` : state;
};

/** What Partner Center says of its pools from now on. */
function pools(tenant: Tenant, read: () => SeatPool[]): void {
  tenant.pc.seatPools = async () => read();
}

const noPools = (tenant: Tenant) => {
  tenant.pc.seatPools = async () => [];
};

/** Three people counted and moved, and the last step confirmed; `spoil` makes Partner Center unkind just before that. */
async function confirmed(spoil: (tenant: Tenant) => void | Promise<void>, options: Partial<Parameters<typeof openTenant>[0]> = {}): Promise<Tenant> {
  const tenant = await openTenant({ users: 3, ...options });
  await tenant.work();
  await tenant.apply({ kind: 'confirmUsers', by: 'bo', except: [] });
  await tenant.work();
  assert.equal((await tenant.move()).state, 'reassigned');
  await spoil(tenant);
  await tenant.apply({ kind: 'confirmSuspend', by: 'bo' });
  return tenant;
}

describe('a suspension that was read', () => {
  it('is known to whoever looks next, so that switching it on again in between is news', async () => {
    const tenant = await confirmed(() => {});
    await tenant.work();
    const { snapshot, suspendedAt, liveMove } = await tenant.known();
    assert.deepEqual([snapshot.status, suspendedAt, liveMove], ['suspended', (await tenant.move()).suspendedAt, null]);
  });
});

describe('a suspension where it is not known who would lose', () => {
  it('does not begin to count where Microsoft does not name the old licence, and says so', async () => {
    for (const [sku, code] of [
      [{ from: null, to: 'new' }, 'old'],
      [{ from: 'old', to: null }, 'new'],
      [{ from: null, to: null }, 'both'],
    ] as const) {
      const tenant = await openTenant({ users: 3, sku });
      assert.ok(await tenant.work());
      assert.equal(await stuck(tenant), `skuUnknown ${code}`);
      assert.equal(tenant.calls.length, 0);
    }
  });

  it('counts where the licence is named a moment later', async () => {
    const tenant = await openTenant({ users: 3, sku: { from: null, to: 'new' } });
    let asked = 0;
    tenant.pc.provisioning = async () => ({ skuId: ++asked > 2 ? 'old' : null, status: 'success', ready: true });
    await tenant.work();
    const { people, sku, state } = await tenant.move();
    assert.deepEqual([state, people?.movable, sku?.from], ['purchased', 3, 'old']);
  });

  const unknown: [string, string, (tenant: Tenant) => void][] = [
    ['the pool is missing', 'pool', (tenant) => pools(tenant, () => poolsOf(tenant).filter((pool) => pool.skuId !== 'old'))],
    ['no pool is named at all', 'pool', (tenant) => pools(tenant, () => [])],
    ['the pool stands twice in the list', 'pool', (tenant) => pools(tenant, () => [...poolsOf(tenant), ...poolsOf(tenant)])],
    ['the pool has no counts', 'counts', (tenant) => pools(tenant, () => poolsOf(tenant).map((pool) => ({ ...pool, consumed: null })))],
    ['the pool is late and shows fewer than hold it', 'late', (tenant) => give(tenant, 0)],
    [
      'the pool is late and shows more than hold it',
      'late',
      (tenant) => (tenant.pc.seatPools = async () => poolsOf(tenant).map((pool) => ({ ...pool, consumed: 3 }))),
    ],
    ['the pool shows fewer seats than the subscription has', 'late', (tenant) => Object.assign(tenant.old, { quantity: 9 })],
  ];
  for (const [name, code, spoil] of unknown)
    it(`suspends nothing where ${name}, and says what is not known`, async () => {
      const tenant = await confirmed(spoil);
      assert.ok(await tenant.work());
      assert.equal(await stuck(tenant), `seatsUnknown ${code}`);
      assert.equal(patches(tenant), 0);
    });

  it('is not told that nobody had the licence where the pool is missing', async () => {
    const tenant = await openTenant({ users: 0, quantity: 3, bought: 3 });
    tenant.pc.seatPools = async () => [];
    await tenant.work();
    assert.equal(await stuck(tenant), 'seatsUnknown pool');
  });

  it('waits for a pool that is late, and goes on when it has caught up', async () => {
    let late = 3;
    const tenant = await confirmed((one) => {
      one.pc.seatPools = async () => poolsOf(one).map((pool) => ({ ...pool, consumed: late-- > 0 ? 3 : (pool.consumed as number) }));
    });
    await tenant.work();
    assert.equal(await stuck(tenant), 'finished');
  });

  it('looks at the seats as they are at the suspension, not as they were stored', async () => {
    // Another subscription has one seat: of the stored three it would seem that one stays.
    const tenant = await confirmed((one) => {
      give(one, 0, poolsOf);
      one.seats.old = 4;
      one.old.quantity = 4;
    });
    await tenant.work();
    assert.equal(await stuck(tenant), 'holders 1');
  });

  it('sees somebody who got the old licence after all had moved', async () => {
    const tenant = await confirmed((one) => give(one, 1, poolsOf));
    await tenant.work();
    assert.equal(await stuck(tenant), 'holders 1');
    assert.equal(patches(tenant), 0);
    await tenant.apply({ kind: 'check', by: 'bo' });
    await tenant.work();
    assert.deepEqual([(await tenant.move()).state, (await tenant.move()).people?.movable], ['purchased', 1]);
  });

  it('reads many people again where the counts moved since, and not otherwise', async () => {
    const still = await confirmed((one) => void one.calls.splice(0), { users: 120 });
    await still.work();
    assert.equal(await stuck(still), 'finished');
    assert.equal(still.calls.filter((call) => call.startsWith('read')).length, 0);
    const moved = await confirmed(
      (one) => {
        one.calls.splice(0);
        give(one, 7, poolsOf);
      },
      { users: 120 },
    );
    await moved.work();
    assert.equal(await stuck(moved), 'holders 1');
    assert.equal(moved.calls.filter((call) => call.startsWith('read')).length, 120);
  });

  /** A person gets the old licence back; the pool stays as it was unless it is read anew. */
  function give(tenant: Tenant, user: number, pools?: typeof poolsOf): void {
    const before = poolsOf(tenant);
    tenant.users.get(`u${user}`)?.set('old', []);
    tenant.users.get(`u${user}`)?.delete('new');
    tenant.pc.seatPools = async () => (pools ? pools(tenant) : before);
  }

  it('reads a number that is missing, odd or negative as not known, and drops only the pool that names no licence', () => {
    const of = (more: object) => ({ productSku: { id: 'A' }, activeUnits: 3, consumedUnits: 2, availableUnits: 1, ...more });
    const pools = parseSeatPools({
      items: [
        of({}),
        of({ consumedUnits: null }),
        of({ activeUnits: '3' }),
        of({ availableUnits: -1 }),
        { activeUnits: 9 },
        null,
        of({ servicePlans: 'none' }),
      ],
    });
    assert.deepEqual(
      pools.map((pool) => [pool.active, pool.consumed, pool.available]),
      [
        [3, 2, 1],
        [3, null, 1],
        [null, 2, 1],
        [3, 2, null],
        [3, 2, 1],
      ],
    );
  });
});

describe('an approver who looked where the bot could not', () => {
  const vouch = (by: string) => ({ kind: 'vouch' as const, by, roles: ['approver'] as const, fourEyes: { when: 'always' as const }, reason: 'I counted them' });

  it('lets it be suspended in his name, and it is written down', async () => {
    const tenant = await confirmed(noPools);
    await tenant.work();
    await tenant.apply(vouch('bo'));
    await tenant.work();
    const { state, vouched, confirmedBy } = await tenant.move();
    assert.deepEqual([state, vouched?.reason, confirmedBy, patches(tenant)], ['finished', 'I counted them', 'bo', 1]);
  });

  it('is the way out where Partner Center lets nobody read people: no delegated rights, or a cloud without such calls', async () => {
    for (const failure of [refusal(403, '900308', '', 'forbidden'), refusal(404, '404', 'Not found.', 'notFound')]) {
      const tenant = await openTenant({ users: 3 });
      tenant.pc.users = async () => Promise.reject(failure);
      tenant.pc.seatPools = async () => Promise.reject(failure);
      await tenant.work();
      assert.match(await stuck(tenant), /^(forbidden|unread) /);
      await tenant.apply(vouch('bo'));
      await tenant.work();
      assert.deepEqual([await stuck(tenant), patches(tenant)], ['finished', 1]);
    }
  });

  it('may not be the one who asked, nor somebody without the right, nor where it is known that somebody would lose', async () => {
    const tenant = await confirmed(noPools);
    await tenant.work();
    await assert.rejects(tenant.apply(vouch('ann')), /ownRequest/);
    await assert.rejects(tenant.apply({ ...vouch('bo'), roles: ['requester'] }), /role/);
    tenant.users.get('u0')?.set('old', []);
    tenant.pc.seatPools = async () => poolsOf(tenant);
    await tenant.apply(vouch('bo'));
    await tenant.work();
    assert.deepEqual([await stuck(tenant), patches(tenant)], ['holders 1', 0]);
    await assert.rejects(tenant.apply(vouch('bo')), /notNow/, 'what is known is not vouched away');
  });

  it('counts for a day, and not after somebody looked again', async () => {
    const tenant = await confirmed(noPools);
    await tenant.work();
    await tenant.apply(vouch('bo'));
    await tenant.pass(25 * 3_600_000);
    await tenant.work();
    assert.deepEqual([await stuck(tenant), patches(tenant)], ['seatsUnknown pool', 0]);
    await tenant.apply(vouch('bo'));
    assert.notEqual((await tenant.move()).vouched, null);
  });
});

describe('a suspension that was asked for', () => {
  /** As the kind one, but it takes effect by itself after so long; null: never. */
  const slow = (afterMs: number | null, answer: 'accepted' | 'lost' | 'broken') => (tenant: Tenant) => {
    let dueAt: number | null = null;
    tenant.pc.suspend = async (_, requestId) => {
      tenant.calls.push('patch');
      tenant.requestIds.push(requestId);
      if (afterMs !== null) dueAt ??= Date.parse(tenant.now()) + afterMs;
      if (answer === 'lost') throw noAnswer();
      if (answer === 'broken') throw refusal(500, '500', 'Internal error', 'unclear');
    };
    const read = tenant.pc.subscription;
    tenant.pc.subscription = async (customer, id) => {
      if (dueAt !== null && dueAt <= Date.parse(tenant.now())) tenant.old.status = 'suspended';
      tenant.calls.push('get');
      return read(customer, id);
    };
  };

  for (const answer of ['accepted', 'lost', 'broken'] as const)
    it(`is sent once and only read for 15 minutes, where the answer was ${answer} and it takes ten`, async () => {
      const tenant = await confirmed(slow(600_000, answer));
      assert.ok(await tenant.work(200));
      assert.deepEqual([await stuck(tenant), patches(tenant)], ['finished', 1]);
    });

  for (const answer of ['accepted', 'lost', 'broken'] as const)
    it(`is sent at most twice, 15 minutes apart, and then a person is asked, where the answer was ${answer} and nothing comes of it`, async () => {
      const tenant = await confirmed(slow(null, answer));
      const began = tenant.now();
      assert.ok(await tenant.work(300));
      assert.deepEqual([await stuck(tenant), patches(tenant)], ['suspendNotDone active', 2]);
      assert.ok(Date.parse(tenant.now()) - Date.parse(began) >= 30 * 60_000);
      const [first, second] = tenant.requestIds.slice(-2);
      if (answer === 'lost') assert.equal(second, first, 'what got no answer is asked for under the same id');
      else assert.notEqual(second, first);
      await tenant.apply({ kind: 'check', by: 'bo' });
      assert.equal((await tenant.move()).state, 'reassigned', 'it is asked anew');
    });

  it('is never sent over an admin who switched it on again', async () => {
    for (const change of [{ etag: 'v3' }, { resource: { autoRenewEnabled: false } }] as Partial<Tenant['old']>[]) {
      const tenant = await confirmed(slow(null, 'accepted'));
      assert.equal(await tenant.work(3), false);
      Object.assign(tenant.old, change);
      await tenant.work(200);
      assert.deepEqual([await stuck(tenant), patches(tenant)], ['suspendOverruled active', 1]);
    }
  });

  it('is not taken for refused where a second try is refused while the first is at work', async () => {
    const tenant = await confirmed((one) => {
      let tries = 0;
      one.pc.suspend = async () => {
        one.calls.push('patch');
        if (++tries === 1) throw noAnswer();
        one.old.status = 'suspended';
        throw refusal(409, '', 'Something else is at work.');
      };
    });
    await tenant.work(200);
    assert.deepEqual([await stuck(tenant), patches(tenant)], ['finished', 2]);
  });

  it('that was refused at once is a refusal, in Microsoft’s own words', async () => {
    const tenant = await confirmed((one) => {
      one.pc.suspend = async () => Promise.reject(refusal(400, '800091', 'It belongs to 1d5a3a8b-0e93-4b1f-8f8b-6b4f3b7c2b11 of a@b.example.'));
    });
    await tenant.work();
    assert.equal(await stuck(tenant), 'suspendRefused 800091');
    assert.equal((await tenant.move()).stuck?.said, 'It belongs to … of ….');
    assert.equal((await tenant.move()).suspension, null);
  });

  it('is read first by a process that follows a killed one', async () => {
    const suspension: Move['suspension'] = { sends: 1, sentAt: '2027-01-20T10:00:00.000Z', accepted: false, print: 'as it was' };
    const tenant = await openTenant({ users: 0, state: 'suspending', changes: { suspension } });
    tenant.old.status = 'suspended';
    await tenant.work();
    assert.deepEqual([await stuck(tenant), patches(tenant)], ['finished', 0]);
  });

  it('is not begun on one that is neither active nor suspended', async () => {
    const tenant = await confirmed((one) => {
      one.old.status = 'deleted';
    });
    await tenant.work();
    assert.deepEqual([await stuck(tenant), patches(tenant)], ['notActive deleted', 0]);
  });
});
