/** The written record against somebody who can write to the tables and knows the source. */
import assert from 'node:assert/strict';
import { verifyAll } from '../../bot/cli/audit.ts';
import { type Anchor, type Anchors, anchorTurn, compareAnchor, makeAnchor } from '../../services/auditLog/anchor.ts';
import type { Expiry, KnownSubscription, Migration } from '../../services/domain/ticket.ts';
import { forgetOld } from '../../services/privacy/retention.ts';
import { type AuditRow, auditPrefix, checkpointFor, expiryKey, FIRST_HASH, hashOf, recorded } from '../../services/auditLog/auditLog.ts';
import { type Row, type Store, withPrefix } from '../../services/store/store.ts';
import { sampleExpiry, sampleMigration } from '../cards/samples.ts';
import { memoryStore } from '../crash/memory.ts';
import { settleTickets, takeTickets } from '../../services/tickets/tickets.ts';

const NOW = '2030-06-01T00:00:00.000Z';
const CUSTOMERS = ['c0000000', 'c1111111', 'c2222222'];
const DAYS = 3_650;
const clock = (at: string) => ({ now: () => new Date(at), wallMs: () => Date.parse(at), sleep: async () => {} });
const quiet = { info: () => {}, warn: () => {} };

function anchorsIn(kept: Anchor[]): Anchors {
  return { last: async () => kept.at(-1) ?? null, keep: async (anchor) => void kept.push(anchor) };
}

/** A ticket with a move that somebody approved; its lines as they are stored. */
async function write(store: Store, customerId: string, openedAt: string, closedAt: string | null = null): Promise<string> {
  const tickets = await takeTickets(store, 1, new Date(openedAt));
  const id = tickets[0] as string;
  const by = { key: 'pann', tenant: 't' };
  const key = `mig_${id}_1`;
  const closed = closedAt ? ({ how: 'moved', at: closedAt } as const) : null;
  const expiry: Expiry = {
    ...sampleExpiry(),
    id,
    customerId,
    subscriptionId: `sub-${id}`,
    openedAt,
    closed,
    migration: key,
    audit: { seq: 0, hash: FIRST_HASH },
  };
  const steps = [
    ['stopped', '', 'open'],
    ['opened', '', 'drafting'],
    ['chosen', 'drafting', 'quoting'],
    ['priced', 'quoting', 'quoted'],
    ['approve', 'quoted', 'quoted'],
    ['checked', 'quoted', 'purchasing'],
  ] as const;
  const entries = steps.map(([what, before, after]) => ({ by, what, before, after }));
  const migration: Migration = sampleMigration({ state: 'purchasing', key, customerId, expiryId: id, subscriptionId: expiry.subscriptionId });
  const known = { snapshot: {}, episode: 1, expiry: closedAt ? null : id, liveMigration: key, migrations: 1 } as unknown as KnownSubscription;
  const rest = [
    { op: 'create', key, value: migration },
    { op: 'create', key: `sub_${expiry.subscriptionId}`, value: known },
  ] as const;
  assert.equal(await store.commit('customers', customerId, [...recorded(null, expiry, entries, [], openedAt), ...rest]), 'done');
  await settleTickets(store, tickets);
  return id;
}

async function world() {
  const store = memoryStore();
  for (const customer of CUSTOMERS) await store.put('sweep', 'c', customer, { name: customer });
  const tickets: string[] = [];
  for (let n = 0; n < 6; n++) tickets.push(await write(store, CUSTOMERS[n % 3] as string, `2030-05-0${n + 1}T00:00:00.000Z`));
  const kept: Anchor[] = [];
  const anchors = anchorsIn(kept);
  await makeAnchor({ store, clock: clock(NOW), log: quiet, anchors });
  const customerOf = (ticket: string) => CUSTOMERS[tickets.indexOf(ticket) % 3] as string;
  const lines = (ticket: string) => withPrefix<AuditRow>(store, 'customers', customerOf(ticket), auditPrefix(ticket));
  const put = (ticket: string, row: Row<AuditRow>) => store.put('customers', customerOf(ticket), row.key, row.value);
  const ticketRow = async (ticket: string) => (await store.get<Expiry>('customers', customerOf(ticket), expiryKey(ticket)))?.value as Expiry;
  const verify = (with_: Anchors | null = anchors) => verifyAll(store, { clock: clock(NOW), anchors: with_, recordDays: DAYS });
  return { store, tickets, anchors, kept, customerOf, lines, put, ticketRow, verify };
}

type World = Awaited<ReturnType<typeof world>>;

/** Writes all hashes anew from a line on, and the head with them: what somebody can do who knows the source. */
async function rehash(of: World, ticket: string): Promise<void> {
  let previous = FIRST_HASH;
  let seq = 0;
  for (const row of await of.lines(ticket)) {
    seq = row.value.seq;
    const value = { ...row.value, previous };
    previous = hashOf(value);
    await of.put(ticket, { ...row, value: { ...value, hash: previous } });
  }
  await of.store.put('customers', of.customerOf(ticket), expiryKey(ticket), { ...(await of.ticketRow(ticket)), audit: { seq, hash: previous } });
}

async function wipe(of: World, ticket: string): Promise<void> {
  const customer = of.customerOf(ticket);
  const { subscriptionId, migration } = await of.ticketRow(ticket);
  for (const row of await of.lines(ticket)) await of.store.remove('customers', customer, row.key);
  for (const key of [expiryKey(ticket), `sub_${subscriptionId}`, migration as string]) await of.store.remove('customers', customer, key);
}

/** The last lines are dropped, the head set back, and the move with it: no hash is made. */
async function back(of: World, ticket: string, to = 5): Promise<void> {
  const rows = await of.lines(ticket);
  for (const row of rows.slice(to)) await of.store.remove('customers', of.customerOf(ticket), row.key);
  const { seq, hash } = (rows[to - 1] as Row<AuditRow>).value;
  const expiry = await of.ticketRow(ticket);
  await of.store.put('customers', of.customerOf(ticket), expiryKey(ticket), { ...expiry, audit: { seq, hash } });
  const key = expiry.migration as string;
  const move = (await of.store.get<Migration>('customers', of.customerOf(ticket), key))?.value;
  await of.store.put('customers', of.customerOf(ticket), key, { ...move, state: 'quoted' });
}

/** One more step, as the bot itself writes it. */
async function goOn(of: World, ticket: string, [what, before, after]: [string, string, string]): Promise<void> {
  const customer = of.customerOf(ticket);
  const row = (await of.store.get<Expiry>('customers', customer, expiryKey(ticket))) as Row<Expiry>;
  await of.store.commit('customers', customer, recorded(row, row.value, [{ by: { key: 'bot', tenant: '' }, what, before, after }], [], NOW));
  const key = row.value.migration as string;
  await of.store.put('customers', customer, key, { ...(await of.store.get<Migration>('customers', customer, key))?.value, state: after });
}

/** All lines up to the approval go behind a checkpoint as the bot itself would write it. */
async function cut(of: World, ticket: string): Promise<void> {
  const rows = await of.lines(ticket);
  const last = rows[4] as Row<AuditRow>;
  for (const row of rows.slice(0, 5)) await of.store.remove('customers', of.customerOf(ticket), row.key);
  await of.put(ticket, { ...last, key: `${auditPrefix(ticket)}000000`, value: checkpointFor(last.value, null, 5, NOW) });
}

/** The ticket, its lines and its move lie under another customer, and name it. */
async function give(of: World, ticket: string): Promise<void> {
  const rows = await of.lines(ticket);
  const expiry = await of.ticketRow(ticket);
  const move = (await of.store.get<Migration>('customers', of.customerOf(ticket), expiry.migration as string))?.value;
  await wipe(of, ticket);
  for (const row of rows) await of.store.put('customers', 'c9999999', row.key, row.value);
  await of.store.put('customers', 'c9999999', expiryKey(ticket), { ...expiry, customerId: 'c9999999' });
  await of.store.put('customers', 'c9999999', expiry.migration as string, { ...move, customerId: 'c9999999' });
}

const TAMPERINGS: { name: string; needs: 'nothing' | 'anchor'; says: RegExp; do(of: World, ticket: string): Promise<void> }[] = [
  {
    name: 'a line is renamed a checkpoint',
    needs: 'nothing',
    says: /line 5 lies where another should/,
    async do(of, ticket) {
      const rows = await of.lines(ticket);
      const row = rows[4] as Row<AuditRow>;
      await of.put(ticket, { ...row, value: { ...row.value, what: 'checkpoint' } });
    },
  },
  {
    name: 'an approval is cut away behind a checkpoint that has its hash',
    needs: 'nothing',
    says: /was changed/,
    async do(of, ticket) {
      const rows = await of.lines(ticket);
      const last = rows[4] as Row<AuditRow>;
      for (const row of rows.slice(0, 5)) await of.store.remove('customers', of.customerOf(ticket), row.key);
      await of.put(ticket, { ...last, key: `${auditPrefix(ticket)}000000`, value: { ...last.value, what: 'checkpoint', by: 'bot', data: {}, previous: '' } });
    },
  },
  {
    name: 'an approval is cut away behind a checkpoint as the bot itself would write it',
    needs: 'nothing',
    says: /is not closed for so long/,
    async do(of, ticket) {
      await cut(of, ticket);
    },
  },
  {
    name: 'the same, and the ticket is said to have been closed twelve years ago',
    needs: 'nothing',
    says: /tickets of lower numbers were opened after that/,
    async do(of, ticket) {
      const rows = await of.lines(ticket);
      const last = rows[4] as Row<AuditRow>;
      for (const row of rows.slice(0, 5)) await of.store.remove('customers', of.customerOf(ticket), row.key);
      await of.put(ticket, { ...last, key: `${auditPrefix(ticket)}000000`, value: checkpointFor(last.value, null, 5, NOW) });
      const value = { ...(await of.ticketRow(ticket)), openedAt: '2018-01-01T00:00:00Z', closed: { how: 'moved', at: '2018-01-02T00:00:00Z' } };
      await of.store.put('customers', of.customerOf(ticket), expiryKey(ticket), value);
    },
  },
  { name: 'a whole ticket is deleted', needs: 'nothing', says: /is gone: its number was given out/, do: wipe },
  {
    name: 'a ticket is deleted, its lines and its subscription stay',
    needs: 'nothing',
    says: /is gone: lines of its record/,
    do: async (of, ticket) => of.store.remove('customers', of.customerOf(ticket), expiryKey(ticket)),
  },
  {
    name: 'a customer is taken off the list, and a line there is changed',
    needs: 'nothing',
    says: /was changed/,
    async do(of, ticket) {
      await of.store.remove('sweep', 'c', of.customerOf(ticket));
      const [, second] = await of.lines(ticket);
      await of.put(ticket, { ...(second as Row<AuditRow>), value: { ...(second as Row<AuditRow>).value, by: 'somebody' } });
    },
  },
  {
    name: 'the tail is dropped, and an old hash copied to the head',
    needs: 'nothing',
    says: /ends with quoted, and its move stands at purchasing/,
    async do(of, ticket) {
      const rows = await of.lines(ticket);
      await of.store.remove('customers', of.customerOf(ticket), (rows[5] as Row<AuditRow>).key);
      const { seq, hash } = (rows[4] as Row<AuditRow>).value;
      await of.store.put('customers', of.customerOf(ticket), expiryKey(ticket), { ...(await of.ticketRow(ticket)), audit: { seq, hash } });
    },
  },
  {
    name: 'the same, and the move is turned back with it',
    needs: 'anchor',
    says: /had line 6 when the anchor was made/,
    async do(of, ticket) {
      const rows = await of.lines(ticket);
      await of.store.remove('customers', of.customerOf(ticket), (rows[5] as Row<AuditRow>).key);
      const { seq, hash } = (rows[4] as Row<AuditRow>).value;
      const expiry = await of.ticketRow(ticket);
      await of.store.put('customers', of.customerOf(ticket), expiryKey(ticket), { ...expiry, audit: { seq, hash } });
      const key = expiry.migration as string;
      const move = (await of.store.get<Migration>('customers', of.customerOf(ticket), key))?.value;
      await of.store.put('customers', of.customerOf(ticket), key, { ...move, state: 'quoted' });
    },
  },
  {
    name: 'the approver is another one, and all hashes are made anew',
    needs: 'anchor',
    says: /line 6 is not the one that stood there/,
    async do(of, ticket) {
      const rows = await of.lines(ticket);
      const row = rows[4] as Row<AuditRow>;
      await of.put(ticket, { ...row, value: { ...row.value, by: 'pbo' } });
      await rehash(of, ticket);
    },
  },
  {
    name: 'a ticket is deleted, and its number noted as one that came to nothing',
    needs: 'anchor',
    says: /is gone: it stood when the anchor was made/,
    async do(of, ticket) {
      await wipe(of, ticket);
      await of.store.put('budget', 'counter', `taken_${ticket}`, { first: Number(ticket.slice(2)), count: 1, at: NOW });
    },
  },
  {
    name: 'the newest ticket is deleted, and the counter set back',
    needs: 'anchor',
    says: /The next ticket is S-1006, and it was S-1007/,
    async do(of) {
      await wipe(of, 'S-1006');
      await of.store.put('budget', 'counter', 'ticket', { next: 1006 });
    },
  },
  {
    name: 'a ticket is put into the place of another, lines and all',
    needs: 'nothing',
    says: /line 1 .* does not follow the line before it/,
    async do(of, ticket) {
      const other = of.tickets.find((one) => one !== ticket && of.customerOf(one) === of.customerOf(ticket)) as string;
      const rows = await of.lines(other);
      for (const row of rows) await of.put(ticket, { ...row, key: row.key.replace(other, ticket) });
      await of.store.put('customers', of.customerOf(ticket), expiryKey(ticket), { ...(await of.ticketRow(ticket)), audit: (await of.ticketRow(other)).audit });
    },
  },
  {
    name: 'two lines change places',
    needs: 'nothing',
    says: /lies where another should/,
    async do(of, ticket) {
      const rows = await of.lines(ticket);
      const [a, b] = [rows[1] as Row<AuditRow>, rows[2] as Row<AuditRow>];
      await of.put(ticket, { ...a, value: b.value });
      await of.put(ticket, { ...b, value: a.value });
    },
  },
  {
    name: 'a ticket is moved under another customer',
    needs: 'nothing',
    says: /does not follow the line before it/,
    async do(of, ticket) {
      const rows = await of.lines(ticket);
      const expiry = await of.ticketRow(ticket);
      const move = (await of.store.get<Migration>('customers', of.customerOf(ticket), expiry.migration as string))?.value;
      await wipe(of, ticket);
      for (const row of rows) await of.store.put('customers', 'c9999999', row.key, row.value);
      await of.store.put('customers', 'c9999999', expiryKey(ticket), expiry);
      await of.store.put('customers', 'c9999999', expiry.migration as string, move);
    },
  },
  {
    name: 'the list that the anchor was made of is changed to fit',
    needs: 'anchor',
    says: /is not as it was/,
    async do(of) {
      const partition = `anchor_${of.kept[0]?.at.replace(/\D/g, '')}`;
      const row = await of.store.get<unknown[][]>('budget', partition, '000000');
      await of.store.put('budget', partition, '000000', (row?.value ?? []).slice(1));
    },
  },
  {
    name: 'a ticket is made up with a number that was never given out',
    needs: 'nothing',
    says: /was not given out yet/,
    async do(of, ticket) {
      const expiry = await of.ticketRow(ticket);
      await of.store.put('customers', of.customerOf(ticket), expiryKey('S-4711'), {
        ...expiry,
        id: 'S-4711',
        migration: null,
        audit: { seq: 0, hash: FIRST_HASH },
      });
    },
  },
  {
    name: 'a ticket goes away, and one of nearly the same number, without a line, stands in its place',
    needs: 'nothing',
    says: /is no ticket of its name/,
    async do(of, ticket) {
      const expiry = await of.ticketRow(ticket);
      await wipe(of, ticket);
      const id = ticket.replace('S-', 'S-0');
      const value = { ...expiry, id, migration: null, audit: { seq: 0, hash: FIRST_HASH } };
      await of.store.put('customers', of.customerOf(ticket), expiryKey(id), value);
    },
  },
  {
    name: 'all lines of a ticket go, and the ticket begins anew without one',
    needs: 'nothing',
    says: /has no lines/,
    async do(of, ticket) {
      const expiry = await of.ticketRow(ticket);
      for (const row of await of.lines(ticket)) await of.store.remove('customers', of.customerOf(ticket), row.key);
      await of.store.remove('customers', of.customerOf(ticket), expiry.migration as string);
      const value = { ...expiry, migration: null, audit: { seq: 0, hash: FIRST_HASH } };
      await of.store.put('customers', of.customerOf(ticket), expiryKey(ticket), value);
    },
  },
  {
    name: 'a ticket calls itself by another number, so that what the anchor has of it is not looked at',
    needs: 'nothing',
    says: /is no ticket of its name/,
    async do(of, ticket) {
      await back(of, ticket);
      await of.store.put('customers', of.customerOf(ticket), expiryKey(ticket), { ...(await of.ticketRow(ticket)), id: 'S-9999' });
    },
  },
  {
    name: 'a ticket is hidden from the bot under a key that only looks like its own',
    needs: 'nothing',
    says: /is no ticket of its name/,
    async do(of, ticket) {
      const expiry = await of.ticketRow(ticket);
      await of.store.remove('customers', of.customerOf(ticket), expiryKey(ticket));
      await of.store.put('customers', of.customerOf(ticket), `${expiryKey(ticket)}_`, expiry);
    },
  },
  {
    name: 'the lines of two tickets change places, heads and all',
    needs: 'nothing',
    says: /does not follow the line before it/,
    async do(of, ticket) {
      const other = of.tickets.find((one) => one !== ticket && of.customerOf(one) === of.customerOf(ticket)) as string;
      const [mine, others] = [await of.lines(ticket), await of.lines(other)];
      for (const row of mine) await of.put(other, { ...row, key: row.key.replace(ticket, other) });
      for (const row of others) await of.put(ticket, { ...row, key: row.key.replace(other, ticket) });
      const [a, b] = [await of.ticketRow(ticket), await of.ticketRow(other)];
      await of.store.put('customers', of.customerOf(ticket), expiryKey(ticket), { ...a, audit: b.audit });
      await of.store.put('customers', of.customerOf(other), expiryKey(other), { ...b, audit: a.audit });
    },
  },
  {
    name: 'a ticket is given to another customer, and says so itself',
    needs: 'nothing',
    says: /does not follow the line before it/,
    do: (of, ticket) => give(of, ticket),
  },
  {
    name: 'the same with an older ticket, whose chain does not say whose it is',
    needs: 'anchor',
    says: /was of customer c\d+ when the anchor was made/,
    async do(of, ticket) {
      await rehash(of, ticket);
      await makeAnchor({ store: of.store, clock: clock(NOW), log: quiet, anchors: of.anchors });
      await give(of, ticket);
    },
  },
  {
    name: 'a ticket stands under two customers',
    needs: 'nothing',
    says: /stands under another customer too/,
    async do(of, ticket) {
      const expiry = await of.ticketRow(ticket);
      const moved = { ...expiry, customerId: 'c9999999' };
      const changes = recorded(
        null,
        { ...moved, audit: { seq: 0, hash: FIRST_HASH }, migration: null },
        [{ by: { key: 'bot', tenant: '' }, what: 'known', before: '', after: 'open' }],
        [],
        NOW,
      );
      await of.store.commit('customers', 'c9999999', changes);
    },
  },
  {
    name: 'the ticket forgets that it had a move, and the move goes',
    needs: 'nothing',
    says: /ends with purchasing, and names no move/,
    async do(of, ticket) {
      const expiry = await of.ticketRow(ticket);
      await of.store.remove('customers', of.customerOf(ticket), expiry.migration as string);
      await of.store.put('customers', of.customerOf(ticket), expiryKey(ticket), { ...expiry, migration: null });
    },
  },
  {
    name: 'the ticket names the move of another one, which stands where its own should',
    needs: 'nothing',
    says: /names a move of/,
    async do(of, ticket) {
      const other = of.tickets.find((one) => one !== ticket && of.customerOf(one) === of.customerOf(ticket)) as string;
      await of.store.put('customers', of.customerOf(ticket), expiryKey(ticket), {
        ...(await of.ticketRow(ticket)),
        migration: (await of.ticketRow(other)).migration,
      });
    },
  },
  {
    name: 'an approval is cut away from a ticket that was closed at no time that can be read',
    needs: 'nothing',
    says: /has a date that is none/,
    async do(of, ticket) {
      await cut(of, ticket);
      const value = { ...(await of.ticketRow(ticket)), closed: { how: 'moved', at: '' } };
      await of.store.put('customers', of.customerOf(ticket), expiryKey(ticket), value);
    },
  },
  {
    name: 'the same with a good date, where a ticket of a lower number was opened at no time that can be read',
    needs: 'nothing',
    says: /has a date that is none/,
    async do(of, ticket) {
      await cut(of, ticket);
      const value = { ...(await of.ticketRow(ticket)), openedAt: '2018-01-01T00:00:00Z', closed: { how: 'moved', at: '2018-01-02T00:00:00Z' } };
      await of.store.put('customers', of.customerOf(ticket), expiryKey(ticket), value);
      const low = of.tickets[0] as string;
      await of.store.put('customers', of.customerOf(low), expiryKey(low), { ...(await of.ticketRow(low)), openedAt: 'long ago' });
    },
  },
  {
    name: 'the counter is set to what is no number',
    needs: 'nothing',
    says: /The counter of tickets is no number/,
    do: (of) => of.store.put('budget', 'counter', 'ticket', { next: 'x' }),
  },
  {
    name: 'the counter is set so far ahead that counting would never end',
    needs: 'nothing',
    says: /More than 1000000 numbers that were given out are missing/,
    do: (of) => of.store.put('budget', 'counter', 'ticket', { next: 1e15 }),
  },
  {
    name: 'a row of a ticket holds nothing, and one of a line neither',
    needs: 'nothing',
    says: /cannot be read/,
    async do(of, ticket) {
      await of.store.put('customers', of.customerOf(ticket), expiryKey(ticket), { id: ticket });
      await of.store.put('customers', of.customerOf(ticket), `${auditPrefix(ticket)}000003`, null);
    },
  },
  {
    name: 'a move is set to buying by hand, and the bot goes on with it',
    needs: 'nothing',
    says: /goes on from purchasing, and the line before it ended with quoted/,
    async do(of, ticket) {
      await back(of, ticket, 4);
      await goOn(of, ticket, ['placed', 'purchasing', 'provisioning']);
    },
  },
  {
    name: 'a move is given an approval by hand, and the bot buys',
    needs: 'nothing',
    says: /buys, and no line says who approved it/,
    async do(of, ticket) {
      await back(of, ticket, 4);
      await goOn(of, ticket, ['checked', 'quoted', 'purchasing']);
    },
  },
];

describe('the written record of all tickets', () => {
  it('is whole when nobody touched it, with an anchor and without, and goes on after one', async () => {
    const of = await world();
    for (const anchors of [of.anchors, null]) assert.deepEqual((await of.verify(anchors)).faults, []);
    const ticket = of.tickets[1] as string;
    const row = (await of.store.get<Expiry>('customers', of.customerOf(ticket), expiryKey(ticket))) as Row<Expiry>;
    await of.store.commit(
      'customers',
      of.customerOf(ticket),
      recorded(row, row.value, [{ by: { key: 'bot', tenant: '' }, what: 'reminded', before: 'open', after: 'open' }], [], NOW),
    );
    await write(of.store, CUSTOMERS[0] as string, '2030-06-01T01:00:00.000Z');
    const { faults, matters, lines } = await of.verify();
    assert.deepEqual([faults, matters, lines], [[], 7, 43]);
    assert.deepEqual(await compareAnchor(of.store, of.kept[0] as Anchor), []);
  });

  for (const tampering of TAMPERINGS)
    it(`tells when ${tampering.name}`, async () => {
      const of = await world();
      await tampering.do(of, of.tickets[3] as string);
      const { faults } = await of.verify(tampering.needs === 'anchor' ? of.anchors : null);
      assert.match(faults.join('\n'), tampering.says);
      const withAnchor = (await of.verify()).faults;
      assert.notDeepEqual(withAnchor, []);
    });

  it('a number that a crash left behind is accounted for, because it was noted when it was taken', async () => {
    const of = await world();
    await takeTickets(of.store, 2, new Date(NOW));
    await write(of.store, CUSTOMERS[0] as string, '2030-06-01T01:00:00.000Z');
    const { faults, gaps } = await of.verify();
    assert.deepEqual([faults, gaps.length], [[], 2]);
    assert.match(gaps[0] as string, /^S-1007 was taken at 2030-06-01/);
  });

  it('what retention cut is whole, before and after an anchor, and only for what is closed long enough', async () => {
    const store = memoryStore();
    const anchors = anchorsIn([]);
    await store.put('sweep', 'c', 'c0000000', {});
    await write(store, 'c0000000', '2017-01-01T00:00:00.000Z', '2017-02-01T00:00:00.000Z');
    await write(store, 'c0000000', '2030-05-01T00:00:00.000Z');
    await makeAnchor({ store, clock: clock(NOW), log: quiet, anchors });
    assert.equal((await forgetOld(store, new Date(NOW), { nameDays: 400, recordDays: DAYS })).lines, 6);
    const verify = (recordDays: number) => verifyAll(store, { clock: clock(NOW), anchors, recordDays });
    assert.deepEqual((await verify(DAYS)).faults, []);
    assert.deepEqual(await compareAnchor(store, (await anchors.last()) as Anchor), []);
    assert.match((await verify(9_000)).faults.join(), /not closed for so long/);
  });

  it('a row that only looks like a ticket when the anchor is made is named, and spoils no anchor', async () => {
    const of = await world();
    const ticket = of.tickets[2] as string;
    await of.store.put('customers', of.customerOf(ticket), `${expiryKey(ticket)}_x`, await of.ticketRow(ticket));
    const anchor = await makeAnchor({ store: of.store, clock: clock('2030-06-01T05:00:00Z'), log: quiet, anchors: of.anchors });
    assert.equal(anchor.tickets, 6);
    assert.deepEqual(
      (await of.verify()).faults.map((fault) => /is no ticket of its name/.test(fault)),
      [true],
    );
    assert.deepEqual(await compareAnchor(of.store, anchor), []);
  });

  it('one anchor a day is made, by one process; none over what is not as the last one says', async () => {
    const of = await world();
    const told: object[] = [];
    const turn = (at: string) =>
      anchorTurn({ store: of.store, clock: clock(at), log: { ...quiet, warn: (fields) => void told.push(fields) }, anchors: of.anchors });
    await Promise.all([turn('2030-06-01T01:00:00Z'), turn('2030-06-01T01:00:00Z'), turn('2030-06-01T01:00:00Z')]);
    assert.equal(of.kept.length, 2);
    await turn('2030-06-01T20:00:00Z');
    assert.equal(of.kept.length, 2, 'not before a day is over');
    await turn('2030-06-02T02:00:00Z');
    assert.equal(of.kept.length, 3);
    await of.store.put('sweep', 'anchor', 'anchor', { nextAt: Date.parse('9999-01-01') });
    await turn('2030-06-03T02:00:00Z');
    assert.equal(of.kept.length, 4, 'nobody puts the next one off for ever');
    await wipe(of, of.tickets[0] as string);
    await turn('2030-06-04T03:00:00Z');
    assert.deepEqual([of.kept.length, told.length], [4, 1]);
  });

  it('a hundred thousand tickets take little memory and one pass', async function () {
    this.timeout(240_000);
    const count = 100_000;
    const at = '2030-05-01T00:00:00.000Z';
    /** Rows made when they are asked for. */
    const madeRows = (n: number) => {
      const expiry: Expiry = {
        ...sampleExpiry(),
        id: `S-${1001 + n}`,
        customerId: `c${n}`,
        openedAt: at,
        closed: null,
        migration: null,
        plans: null,
        audit: { seq: 0, hash: FIRST_HASH },
      };
      const changes = recorded(null, expiry, [{ by: { key: 'bot', tenant: '' }, what: 'stopped', before: '', after: 'open', correlationId: 'x' }], [], at);
      return changes
        .flatMap((change) => (change.op === 'create' ? [{ key: change.key, value: change.value, etag: '1', partition: `c${n}` }] : []))
        .sort((a, b) => (a.key < b.key ? -1 : 1));
    };
    const real = memoryStore();
    await real.put('budget', 'counter', 'ticket', { next: 1001 + count });
    const store: Store = {
      ...real,
      async *scan(_table, from, to) {
        for (let n = 0; n < count; n += 500)
          yield Array.from({ length: 500 }, (_, i) => madeRows(n + i))
            .flat()
            .filter((row) => row.key >= from && row.key < to) as never;
      },
    };
    const anchors = anchorsIn([]);
    await makeAnchor({ store, clock: clock(NOW), log: quiet, anchors });
    const before = process.memoryUsage().heapUsed;
    let most = 0;
    const watched: Store = {
      ...store,
      async *scan(table, from, to) {
        for await (const page of store.scan(table, from, to)) {
          most = Math.max(most, process.memoryUsage().heapUsed - before);
          yield page as never;
        }
      },
    };
    const { faults, matters } = await verifyAll(watched, { clock: clock(NOW), anchors, recordDays: DAYS });
    assert.deepEqual([faults, matters], [[], count]);
    assert.ok(most < 250_000_000, `${Math.round(most / 1e6)} MB`);
  });
});
