/** Licences in an unkind tenant: who is gone, who is refused and why, who is left halfway, and who keeps a seat. */
import assert from 'node:assert/strict';
import { ticketCard } from '../../../cards/ticket/ticket.ts';
import { en } from '../../../cards/text/en/en.ts';
import { NOTHING, planText, safe } from '../../../cards/escape.ts';
import type { BlockedWhy, PeopleCount } from '../../../services/domain/ticket.ts';
import { systemClock } from '../../../services/clock.ts';
import { httpPartnerCenter } from '../../../services/partnerCenter/client.ts';
import type { PartnerCenterError } from '../../../services/partnerCenter/port.ts';
import { ownWords, whyNot } from '../../../services/moves/refusals.ts';
import { isLive } from '../../../services/moves/states.ts';
import { HIDES, sampleTicket } from '../../support/samples.ts';
import { openTenant, poolsOf, refusal, type Tenant } from '../../support/tenant.ts';
import { parseUsers } from '../../../services/partnerCenter/wire/licences.ts';

const noAnswer = () => Object.assign(refusal(0, 'no answer', '', 'unclear'), { answered: false });
const people = async (tenant: Tenant) => (await tenant.move()).people as PeopleCount;
const state = async (tenant: Tenant) => (await tenant.move()).state;
const kindSwap = (tenant: Tenant) => tenant.pc.swapLicence;

/** Counted, and everybody let move; `spoil` comes between. */
async function moving(users: number, spoil: (tenant: Tenant) => void): Promise<Tenant> {
  const tenant = await openTenant({ users });
  await tenant.work();
  spoil(tenant);
  await tenant.apply({ kind: 'confirmUsers', by: 'bo', except: [] });
  assert.ok(await tenant.work(), 'it comes to an end');
  return tenant;
}

function refusing(tenant: Tenant, words: string): void {
  tenant.pc.swapLicence = async () => Promise.reject(refusal(400, '2000', words));
}

/** What the card of the ticket says in a channel. */
async function told(tenant: Tenant): Promise<string> {
  const chat = { key: 'chat', kind: 'channel' as const };
  const shown = {
    ticket: sampleTicket(),
    move: await tenant.move(),
    chat,
    handle: 'h',
    names: {},
    record: [],
    holders: [],
    unmoved: [],
    approvers: [],
    reader: null,
    fourEyes: { when: 'off' as const },
    hides: HIDES,
  };
  return JSON.stringify(ticketCard({ ...shown, today: '2027-01-20', now: tenant.now() }, en).card).replaceAll('\u00a0', ' ');
}

describe('a person who is deleted while licences move', () => {
  it('M3-user-deleted-after-count: two move, one is named as gone, and the last step opens', async () => {
    const tenant = await moving(3, (one) => void one.users.delete('u1'));
    assert.equal(await state(tenant), 'reassigned');
    const { moved, total, gone, named } = await people(tenant);
    assert.deepEqual([moved, total, gone, named], [2, 2, 1, [{ name: 'Person u1', why: 'gone' }]]);
    await tenant.apply({ kind: 'confirmSuspend', by: 'bo' });
    await tenant.work();
    assert.equal(await state(tenant), 'finished');
  });

  it('M3h-swap-taken-then-gone: nothing is concluded from a licence that cannot be read again but that this one is gone', async () => {
    const tenant = await moving(3, (one) => {
      const swap = kindSwap(one);
      one.pc.swapLicence = async (customer, user, ...rest) => {
        await swap(customer, user, ...rest);
        if (user === 'u1') one.users.delete('u1');
      };
    });
    assert.deepEqual([await state(tenant), (await people(tenant)).moved, (await people(tenant)).gone], ['reassigned', 2, 1]);
  });

  it('is not called gone for a 404 that is only late: the list of users still has him', async () => {
    let late = 2;
    const tenant = await moving(3, (one) => {
      const read = one.pc.licences;
      one.pc.licences = async (customer, user) => {
        if (user === 'u1' && late-- > 0) throw refusal(404, '60002', '', 'notFound');
        return read(customer, user);
      };
    });
    assert.deepEqual([await state(tenant), (await people(tenant)).moved, (await people(tenant)).gone], ['reassigned', 3, 0]);
  });

  it('does not stop the count of the others, nor does one whose licences are refused: that one is named', async () => {
    const tenant = await openTenant({ users: 4 });
    const read = tenant.pc.licences;
    tenant.pc.licences = async (customer, user) => {
      if (user === 'u1') {
        tenant.users.delete('u1');
        throw refusal(404, '60002', '', 'notFound');
      }
      if (user === 'u2') throw refusal(400, '2000', 'The mailbox of 1d5a3a8b-0e93-4b1f-8f8b-6b4f3b7c2b11 is odd.');
      return read(customer, user);
    };
    await tenant.work();
    const { movable, total, named } = await people(tenant);
    assert.deepEqual([movable, total, named], [2, 3, [{ name: 'Person u2', why: 'unread', said: 'The mailbox of … is odd.' }]]);
    assert.match(await told(tenant), /Person u2 cannot be read.*The mailbox of … is odd/);
  });
});

describe('a refusal of a licence', () => {
  const kinds: [string, BlockedWhy, string, string][] = [
    ['M5-exclusive-plans', 'conflict', '2000', 'The service plans A and B are mutually exclusive.'],
    ['M5-group-other-wording', 'otherGroup', '2000', 'User license is inherited from group membership and cannot be removed.'],
    ['M5h-dependency', 'dependency', '2000', 'The service plan X depends on the service plan(s) Y, which is not assigned.'],
    ['the words of today', 'otherGroup', '2000', 'User license is inherited from a group membership and it cannot be removed directly from the user.'],
    ['a group, told otherwise', 'otherGroup', '2000', 'This license was assigned to the user through a security group.'],
    ['group-based licensing', 'otherGroup', '2000', 'Group-based licensing manages this license.'],
    ['Graph: exclusive', 'conflict', 'MutuallyExclusiveViolation', ''],
    ['a conflict, told otherwise', 'conflict', '2000', 'License conflicts with the license Dynamics 365 Sales.'],
    ['not at the same time', 'conflict', '2000', 'These products cannot be assigned at the same time.'],
    ['Graph: dependency', 'dependency', 'DependencyViolation', ''],
    ['a prerequisite', 'dependency', '2000', 'A prerequisite is missing.'],
    ['requires another', 'dependency', '2000', 'This add-on requires a Microsoft 365 subscription.'],
    ['the code for seats', 'noSeat', '60012', 'There are no free licences.'],
    ['seats, told otherwise', 'noSeat', '2000', 'Subscription with SKU A does not have any available licenses.'],
    ['not enough', 'noSeat', '2000', 'There aren’t enough licenses to assign.'],
    ['Graph: seats', 'noSeat', 'CountViolation', ''],
    ['exception of seats', 'noSeat', '2000', 'LicenseQuotaExceededException'],
    ['no location', 'noUsageLocation', '2000', 'License assignment cannot be done for user with invalid usage location.'],
    ['no location, in one word', 'noUsageLocation', '2000', 'License assignment requires UsageLocation to be set.'],
    ['another location', 'wrongLocation', '2000', 'One of the services is not available in this user’s country.'],
    ['Graph: location', 'wrongLocation', 'ProhibitedInUsageLocationViolation', ''],
    ['a mix of licence groups is none of a person’s group', 'refused', '2000', 'All SKUs must belong to one license group.'],
    ['something new', 'refused', '2000', 'The moon is in the wrong phase.'],
  ];
  for (const [name, why, code, words] of kinds) it(`${name}: ${why}`, () => assert.equal(whyNot(refusal(400, code, words)).why, why));

  it('is told in Microsoft’s own words where they tell more, without ids and addresses', async () => {
    const said = 'The moon is wrong for ann@contoso.example (1d5a3a8b-0e93-4b1f-8f8b-6b4f3b7c2b11).';
    const tenant = await moving(2, (one) => refusing(one, said));
    const card = await told(tenant);
    assert.match(card, /was refused by Microsoft.*Microsoft says: “The moon is wrong for … \(…\S*\)\.”/);
    assert.doesNotMatch(card, /contoso\.example|1d5a3a8b/);
    const dependency = await moving(1, (one) => refusing(one, 'X depends on the service plan(s) Y'));
    assert.match(await told(dependency), /needs another licence or service first.*X depends on the service plan\(s\S*\) Y/);
    assert.equal(ownWords(refusal(503, '', '')), '');
    assert.equal(ownWords(refusal(400, '', 'The moon is wrong')), 'The moon is wrong', 'the first word too, where there is no code');
    assert.ok(ownWords(refusal(400, '1', `${'x'.repeat(199)}🎿`)).isWellFormed(), 'and no half letter');
  });

  it('is in no log: neither the message nor the stack of such an error has Microsoft’s words, which may name people', async () => {
    const description = 'User Dana Roy (dana@contoso.example) has no location.';
    const answer = { ok: false, status: 400, headers: { get: () => null }, text: async () => JSON.stringify({ code: `6000${'3'.repeat(500)}`, description }) };
    const client = {
      baseUrl: 'http://x',
      tokens: async () => 't',
      clock: systemClock(),
      locale: 'en-US',
      budget: { take: async () => {} },
      fetch: async () => answer,
    };
    const failed = await httpPartnerCenter(client as never, client as never)
      .orders('c')
      .then(
        () => assert.fail('it was taken'),
        (error: PartnerCenterError) => error,
      );
    assert.equal(failed.said, description);
    assert.doesNotMatch(`${failed.message} ${failed.stack} ${String(failed)}`, /Dana|dana@|location/);
    assert.equal(failed.code.length, 100);
  });

  it('M10-pools-refused: is told in Microsoft’s own words, not as missing rights', async () => {
    const tenant = await openTenant({ users: 2 });
    tenant.pc.seatPools = async () => Promise.reject(refusal(400, '2000', 'Tenant address information is not available'));
    await tenant.work();
    const card = await told(tenant);
    assert.match(card, /Tenant address information is not available/);
    assert.doesNotMatch(card, /GDAP/);
  });
});

describe('a licence call without an answer', () => {
  it('is asked about a few times, later each time, under the same id; then a person is named, and the others have moved', async () => {
    const asked: string[] = [];
    const ids: string[] = [];
    const tenant = await moving(3, (one) => {
      const swap = kindSwap(one);
      one.pc.swapLicence = async (customer, user, what, requestId) => {
        if (user !== 'u1') return swap(customer, user, what, requestId);
        asked.push(one.now());
        ids.push(requestId);
        throw noAnswer();
      };
    });
    assert.equal(await state(tenant), 'purchased');
    const { moved, named } = await people(tenant);
    assert.deepEqual([moved, named.map((one) => one.why)], [2, ['unclear']]);
    assert.deepEqual([asked.length, new Set(ids).size], [4, 1]);
    const pauses = asked.slice(1).map((at, n) => Date.parse(at) - Date.parse(asked[n] as string));
    assert.deepEqual(
      pauses,
      [...pauses].sort((a, b) => a - b),
    );
  });

  it('that took effect is not made again', async () => {
    let calls = 0;
    const tenant = await moving(2, (one) => {
      const swap = kindSwap(one);
      const read = one.pc.licences;
      let blind = true;
      one.pc.swapLicence = async (...of) => {
        calls += 1;
        await swap(...of);
        throw noAnswer();
      };
      one.pc.licences = async (...of) => {
        if (blind && of[1] === 'u1') {
          blind = false;
          throw noAnswer();
        }
        return read(...of);
      };
    });
    assert.deepEqual([await state(tenant), calls], ['reassigned', 2]);
  });

  it('ends with words where a person’s licences can never be read after it', async () => {
    const tenant = await moving(2, (one) => {
      const read = one.pc.licences;
      one.pc.licences = async (...of) => (of[1] === 'u1' ? Promise.reject(noAnswer()) : read(...of));
    });
    assert.deepEqual([await state(tenant), (await people(tenant)).named.map((one) => one.why)], ['purchased', ['unclear']]);
  });
});

describe('a swap that took and did not give', () => {
  /** Takes the old licence and gives nothing; alone, the new one is given after `refusals` tries. */
  const halfway = (refusals: number) => (one: Tenant) => {
    const swap = kindSwap(one);
    let left = refusals;
    one.pc.swapLicence = async (customer, user, what, requestId) => {
      if (user === 'u1' && what.remove) return void one.users.get(user)?.delete('old');
      if (user === 'u1' && left-- > 0) throw refusal(500, '500', 'Internal error', 'unclear');
      return swap(customer, user, what, requestId);
    };
  };

  it('is healed in the same turn: the new licence alone is given', async () => {
    const tenant = await moving(3, halfway(0));
    assert.deepEqual([await state(tenant), (await people(tenant)).moved], ['reassigned', 3]);
    assert.deepEqual([...(tenant.users.get('u1')?.keys() ?? [])], ['new']);
  });

  it('that cannot be healed at once is told as it is, never as keeping the old one; the last step stays closed, and trying again heals it', async () => {
    const tenant = await moving(3, halfway(1));
    assert.equal(await state(tenant), 'purchased');
    const { without, blocked, named } = await people(tenant);
    assert.deepEqual([without, blocked, named.map((one) => one.why)], [1, 1, ['without']]);
    const card = await told(tenant);
    assert.match(card, /1 person has neither licence now/);
    assert.doesNotMatch(card, /keep the old licence|Nobody has lost access/);
    await tenant.apply({ kind: 'check', by: 'bo' });
    await tenant.work();
    assert.deepEqual([(await people(tenant)).movable, (await people(tenant)).total], [1, 3], 'a count does not forget him');
    await tenant.apply({ kind: 'confirmUsers', by: 'bo', except: [] });
    await tenant.work();
    assert.deepEqual([await state(tenant), (await people(tenant)).moved], ['reassigned', 3]);
  });

  it('keeps nobody on a seat that other subscriptions hold: counted twice, he still waits for the new licence, and the card says so', async () => {
    const tenant = await moving(2, halfway(1));
    // Somebody bought a seat of the old licence elsewhere meanwhile.
    tenant.seats.old = 3;
    for (const time of ['first', 'second']) {
      await tenant.apply({ kind: 'check', by: 'bo' });
      await tenant.work();
      const { movable, without, covered } = await people(tenant);
      assert.deepEqual([await state(tenant), movable, without, covered], ['purchased', 1, 1, 1], time);
      assert.match(await told(tenant), /1 person has neither licence now/);
    }
    await tenant.apply({ kind: 'confirmUsers', by: 'bo', except: [] });
    await tenant.work();
    assert.deepEqual([await state(tenant), (await people(tenant)).moved], ['reassigned', 2]);
  });

  it('is given to who was left out too, by trying again; and who is left behind by name holds up nobody', async () => {
    const tenant = await moving(3, halfway(1));
    await tenant.apply({ kind: 'check', by: 'bo' });
    await tenant.work();
    assert.doesNotMatch(await told(tenant), /keeps? working/);
    await tenant.apply({ kind: 'confirmUsers', by: 'bo', except: ['u1'] });
    await tenant.work();
    const { kept, without } = await people(tenant);
    assert.deepEqual([await state(tenant), kept, without], ['purchased', 1, 1]);
    await tenant.apply({ kind: 'confirmUsers', by: 'bo', except: [], retry: true });
    await tenant.work();
    assert.deepEqual([await state(tenant), (await people(tenant)).moved, [...(tenant.users.get('u1')?.keys() ?? [])]], ['reassigned', 3, ['new']]);
  });

  it('of somebody who is then left behind by name opens the last step, where the others have moved or keep a seat', async () => {
    const tenant = await moving(3, halfway(9));
    // One more seat of the old licence elsewhere, and somebody who holds it.
    Object.assign(tenant.seats, { old: 4 });
    tenant.users.set('u9', new Map([['old', []]]));
    await tenant.apply({ kind: 'check', by: 'bo' });
    await tenant.work();
    assert.deepEqual([await state(tenant), (await people(tenant)).without], ['purchased', 1]);
    await tenant.apply({ kind: 'waive', by: 'bo', reason: 'left the company', people: [{ id: 'u1', name: 'Person u1' }] });
    await tenant.work();
    const { without, waived, covered } = await people(tenant);
    assert.deepEqual([await state(tenant), without, waived, covered], ['reassigned', 0, 1, 1]);
  });

  it('that somebody mended by hand meanwhile counts as moved', async () => {
    const tenant = await moving(3, halfway(9));
    tenant.users.get('u1')?.set('new', []);
    await tenant.apply({ kind: 'check', by: 'bo' });
    await tenant.work();
    assert.deepEqual([await state(tenant), (await people(tenant)).moved], ['reassigned', 3]);
  });
});

describe('two subscriptions of one licence', () => {
  it('M8-one-sku-two-subscriptions: three move, three keep their seat in the other one, and the last step opens', async () => {
    const tenant = await openTenant({ users: 6, quantity: 3, bought: 3, seats: { old: 6, new: 3 } });
    await tenant.work();
    const counted = await people(tenant);
    assert.deepEqual([counted.movable, counted.blocked, counted.covered], [3, 0, 3]);
    assert.match(await told(tenant), /3 people keep their seats/);
    await tenant.apply({ kind: 'confirmUsers', by: 'bo', except: [] });
    await tenant.work();
    assert.equal(await state(tenant), 'reassigned');
    assert.match(await told(tenant), /3 people have the new licence\. 3 people keep the old one/);
    await tenant.apply({ kind: 'confirmSuspend', by: 'bo' });
    await tenant.work();
    assert.equal(await state(tenant), 'finished');
    assert.equal(tenant.calls.filter((call) => call.startsWith('swap')).length, 3);
  });

  it('no more move than lose their seat, however many seats of the new licence are free; who cannot move keeps one', async () => {
    const tenant = await openTenant({ users: 6, quantity: 2, bought: 20, seats: { old: 6, new: 20 } });
    tenant.pc.users = async () => ({ items: [...tenant.users.keys()].map((id) => ({ id, name: id, hasUsageLocation: id !== 'u0' })), next: null });
    await tenant.work();
    const { movable, blocked } = await people(tenant);
    assert.deepEqual([movable, blocked], [2, 0]);
    assert.equal((await tenant.rows()).find((row) => row.userId === 'u0')?.state, 'stays');
  });

  it('seats of the other one that are all taken cover nobody more', async () => {
    const tenant = await openTenant({ users: 6, quantity: 3, bought: 2, seats: { old: 6, new: 2 } });
    await tenant.work();
    const { movable, blocked, named } = await people(tenant);
    assert.deepEqual([movable, blocked, named[0]?.why], [2, 1, 'noSeat']);
    await tenant.apply({ kind: 'confirmUsers', by: 'bo', except: [] });
    await tenant.work();
    assert.equal(await state(tenant), 'purchased');
  });

  it('old and new are the same licence and a third subscription shares it: it is counted, and the seats must be there', async () => {
    const same = { from: 'old', to: 'old' };
    const enough = await openTenant({ users: 8, quantity: 3, bought: 3, sku: same, seats: { old: 3 + 3 + 5 } });
    await enough.work();
    assert.equal(await state(enough), 'reassigned');
    await enough.apply({ kind: 'confirmSuspend', by: 'bo' });
    await enough.work();
    assert.equal(await state(enough), 'finished');
    const short = await openTenant({ users: 9, quantity: 3, bought: 3, sku: same, seats: { old: 3 + 3 + 5 } });
    await short.work();
    assert.deepEqual([await state(short), (await people(short)).blocked], ['purchased', 1]);
    const late = await openTenant({ users: 3, quantity: 3, bought: 3, sku: same, seats: { old: 5 } });
    await late.work();
    assert.equal((await late.move()).stuck?.reason, 'seatsUnknown');
  });
});

describe('what is not told about licences', () => {
  it('is waited for where a service plan is switched off: it would come on', async () => {
    const tenant = await openTenant({ users: 2 });
    tenant.users.get('u0')?.set('old', ['plan-a', 'other']);
    await tenant.work();
    tenant.pc.seatPools = async () => poolsOf(tenant).map((pool) => ({ ...pool, servicePlans: null }));
    await tenant.apply({ kind: 'confirmUsers', by: 'bo', except: [] });
    await tenant.work(100);
    assert.deepEqual([await state(tenant), tenant.calls.filter((call) => call.startsWith('swap')).length], ['stuck', 0]);
    tenant.pc.seatPools = async () => poolsOf(tenant);
    await tenant.apply({ kind: 'check', by: 'bo' });
    await tenant.work();
    assert.deepEqual(tenant.users.get('u0')?.get('new'), ['plan-a']);
  });

  it('is not said to be no free seat: those that were bought are tried', async () => {
    const tenant = await openTenant({ users: 2 });
    tenant.pc.seatPools = async () => poolsOf(tenant).filter((pool) => pool.skuId === 'old');
    await tenant.work();
    assert.deepEqual([(await people(tenant)).movable, (await people(tenant)).freeSeats], [2, null]);
    assert.match(await told(tenant), /Microsoft does not say how many are free/);
  });

  it('is not a person’s name of another kind, and a list that goes on without its mark is not whole', () => {
    const page = (more: object) => ({ items: [{ id: 'A', displayName: 7 }], ...more });
    assert.deepEqual(parseUsers(page({})).items, [{ id: 'a', name: 'a', hasUsageLocation: false }]);
    assert.throws(() => parseUsers(page({ links: { next: { uri: '/customers/c/users?size=500', method: 'GET', headers: [] } } })), /./);
  });
});

describe('whom a person leaves out', () => {
  it('is part of that one answer: a second one that comes too late leaves nobody behind', async () => {
    const tenant = await openTenant({ users: 3 });
    await tenant.work();
    await tenant.apply({ kind: 'confirmUsers', by: 'bo', except: [] });
    await assert.rejects(tenant.apply({ kind: 'confirmUsers', by: 'ann', except: ['u1'] }), /notNow/);
    await tenant.work();
    assert.deepEqual([await state(tenant), (await people(tenant)).moved], ['reassigned', 3]);
  });

  it('stands in the record by id, and stays behind until somebody says otherwise', async () => {
    const tenant = await openTenant({ users: 3 });
    await tenant.work();
    await tenant.apply({ kind: 'confirmUsers', by: 'bo', except: ['u1'] });
    await tenant.work();
    assert.deepEqual([await state(tenant), (await people(tenant)).moved, (await people(tenant)).kept], ['purchased', 2, 1]);
    const line = (await tenant.record()).find((row) => row.what === 'confirmUsers');
    assert.deepEqual([line?.by, line?.data], ['bo', { except: 'u1' }]);
  });

  it('is not tried again with those who failed; those who failed are, once', async () => {
    let refusals = 1;
    const tenant = await openTenant({ users: 3 });
    const swap = kindSwap(tenant);
    tenant.pc.swapLicence = async (...of) => {
      if (of[1] === 'u2' && refusals-- > 0) throw refusal(400, '2000', 'Not today.');
      return swap(...of);
    };
    await tenant.work();
    await tenant.apply({ kind: 'confirmUsers', by: 'bo', except: ['u1'] });
    await tenant.work();
    await tenant.apply({ kind: 'confirmUsers', by: 'bo', except: [], retry: true });
    await tenant.work();
    assert.deepEqual([(await people(tenant)).moved, (await people(tenant)).kept, (await tenant.move()).chosen], [2, 1, null]);
  });
});

it('every reason why a move stops has words, and no way leads into a state that nobody can leave', async () => {
  const tenant = await openTenant({ users: 1 });
  assert.ok(isLive(await tenant.move()));
  const reasons = [
    'holders',
    'skuUnknown',
    'seatsUnknown',
    'unread',
    'suspendRefused',
    'suspendNotDone',
    'suspendOverruled',
    'notActive',
    'forbidden',
  ] as const;
  for (const reason of reasons) {
    const words = en.stuck.lead(reason, { time: safe`10:00`, left: safe`1 person`, differs: NOTHING, code: planText('pool') });
    assert.match(words, /^\*\*.+\*\*/, reason);
    assert.ok(en.stuck.doBullets(reason, { quantity: 1, code: '', alone: false, vouch: true }).length > 0, reason);
  }
});
