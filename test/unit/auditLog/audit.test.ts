/** The written record against somebody who can write to the tables and knows the source. */
import assert from 'node:assert/strict';
import { verifyAll } from '../../../bot/cli/audit.ts';
import { type Anchor, type Anchors, anchorTurn, compareAnchor, makeAnchor } from '../../../services/auditLog/anchor.ts';
import type { Ticket, TrackedSubscription, Move } from '../../../services/domain/ticket.ts';
import { applyRetention } from '../../../services/privacy/retention.ts';
import { type AuditEntry, checkpointFor, GENESIS_HASH, hashOf, ticketTransaction } from '../../../services/auditLog/auditLog.ts';
import { type Row, type Store, withPrefix } from '../../../services/store/store.ts';
import { sampleTicket, sampleMove } from '../../support/samples.ts';
import { memoryStore } from '../../support/memory.ts';
import { settleTickets, takeTickets } from '../../../services/tickets/tickets.ts';
import { ANCHORING, ANCHORING_KEY, auditPrefix, COUNTERS, LISTED, ofCustomer, TICKET_COUNTER_KEY, ticketKey } from '../../../services/store/rows.ts';

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
  const ticketIds = await takeTickets(store, 1, new Date(openedAt));
  const id = ticketIds[0] as string;
  const by = { key: 'pann', tenant: 't' };
  const key = `mov_${id}_1`;
  const closed = closedAt ? ({ how: 'moved', at: closedAt } as const) : null;
  const ticket: Ticket = {
    ...sampleTicket(),
    id,
    customerId,
    subscriptionId: `sub-${id}`,
    openedAt,
    closed,
    move: key,
    audit: { seq: 0, hash: GENESIS_HASH },
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
  const move: Move = sampleMove({ state: 'purchasing', key, customerId, ticketId: id, subscriptionId: ticket.subscriptionId });
  const known = { snapshot: {}, episode: 1, ticket: closedAt ? null : id, liveMove: key, moves: 1 } as unknown as TrackedSubscription;
  const rest = [
    { op: 'create', key, value: move },
    { op: 'create', key: `sub_${ticket.subscriptionId}`, value: known },
  ] as const;
  assert.equal(await store.commit(...ofCustomer(customerId), [...ticketTransaction(null, ticket, entries, [], openedAt), ...rest]), 'done');
  await settleTickets(store, ticketIds);
  return id;
}

async function world() {
  const store = memoryStore();
  for (const customer of CUSTOMERS) await store.put(...LISTED, customer, { name: customer });
  const ticketIds: string[] = [];
  for (let n = 0; n < 6; n++) ticketIds.push(await write(store, CUSTOMERS[n % 3] as string, `2030-05-0${n + 1}T00:00:00.000Z`));
  const kept: Anchor[] = [];
  const anchors = anchorsIn(kept);
  await makeAnchor({ store, clock: clock(NOW), log: quiet, anchors });
  const customerOf = (ticketId: string) => CUSTOMERS[ticketIds.indexOf(ticketId) % 3] as string;
  const lines = (ticketId: string) => withPrefix<AuditEntry>(store, ...ofCustomer(customerOf(ticketId)), auditPrefix(ticketId));
  const put = (ticketId: string, row: Row<AuditEntry>) => store.put(...ofCustomer(customerOf(ticketId)), row.key, row.value);
  const ticketRow = async (ticketId: string) => (await store.get<Ticket>(...ofCustomer(customerOf(ticketId)), ticketKey(ticketId)))?.value as Ticket;
  const verify = (with_: Anchors | null = anchors) => verifyAll(store, { clock: clock(NOW), anchors: with_, recordDays: DAYS });
  return { store, ticketIds, anchors, kept, customerOf, lines, put, ticketRow, verify };
}

type World = Awaited<ReturnType<typeof world>>;

/** Writes all hashes anew from a line on, and the head with them: what somebody can do who knows the source. */
async function rehash(of: World, ticketId: string): Promise<void> {
  let previous = GENESIS_HASH;
  let seq = 0;
  for (const row of await of.lines(ticketId)) {
    seq = row.value.seq;
    const value = { ...row.value, previous };
    previous = hashOf(value);
    await of.put(ticketId, { ...row, value: { ...value, hash: previous } });
  }
  await of.store.put(...ofCustomer(of.customerOf(ticketId)), ticketKey(ticketId), { ...(await of.ticketRow(ticketId)), audit: { seq, hash: previous } });
}

async function wipe(of: World, ticketId: string): Promise<void> {
  const customer = of.customerOf(ticketId);
  const { subscriptionId, move } = await of.ticketRow(ticketId);
  for (const row of await of.lines(ticketId)) await of.store.remove(...ofCustomer(customer), row.key);
  for (const key of [ticketKey(ticketId), `sub_${subscriptionId}`, move as string]) await of.store.remove(...ofCustomer(customer), key);
}

/** The last lines are dropped, the head set back, and the move with it: no hash is made. */
async function back(of: World, ticketId: string, to = 5): Promise<void> {
  const rows = await of.lines(ticketId);
  for (const row of rows.slice(to)) await of.store.remove(...ofCustomer(of.customerOf(ticketId)), row.key);
  const { seq, hash } = (rows[to - 1] as Row<AuditEntry>).value;
  const ticket = await of.ticketRow(ticketId);
  await of.store.put(...ofCustomer(of.customerOf(ticketId)), ticketKey(ticketId), { ...ticket, audit: { seq, hash } });
  const key = ticket.move as string;
  const move = (await of.store.get<Move>(...ofCustomer(of.customerOf(ticketId)), key))?.value;
  await of.store.put(...ofCustomer(of.customerOf(ticketId)), key, { ...move, state: 'quoted' });
}

/** One more step, as the bot itself writes it. */
async function goOn(of: World, ticketId: string, [what, before, after]: [string, string, string]): Promise<void> {
  const customer = of.customerOf(ticketId);
  const row = (await of.store.get<Ticket>(...ofCustomer(customer), ticketKey(ticketId))) as Row<Ticket>;
  await of.store.commit(...ofCustomer(customer), ticketTransaction(row, row.value, [{ by: { key: 'bot', tenant: '' }, what, before, after }], [], NOW));
  const key = row.value.move as string;
  await of.store.put(...ofCustomer(customer), key, { ...(await of.store.get<Move>(...ofCustomer(customer), key))?.value, state: after });
}

/** All lines up to the approval go behind a checkpoint as the bot itself would write it. */
async function cut(of: World, ticketId: string): Promise<void> {
  const rows = await of.lines(ticketId);
  const last = rows[4] as Row<AuditEntry>;
  for (const row of rows.slice(0, 5)) await of.store.remove(...ofCustomer(of.customerOf(ticketId)), row.key);
  await of.put(ticketId, { ...last, key: `${auditPrefix(ticketId)}000000`, value: checkpointFor(last.value, null, 5, NOW) });
}

/** The ticket, its lines and its move lie under another customer, and name it. */
async function give(of: World, ticketId: string): Promise<void> {
  const rows = await of.lines(ticketId);
  const ticket = await of.ticketRow(ticketId);
  const move = (await of.store.get<Move>(...ofCustomer(of.customerOf(ticketId)), ticket.move as string))?.value;
  await wipe(of, ticketId);
  for (const row of rows) await of.store.put(...ofCustomer('c9999999'), row.key, row.value);
  await of.store.put(...ofCustomer('c9999999'), ticketKey(ticketId), { ...ticket, customerId: 'c9999999' });
  await of.store.put(...ofCustomer('c9999999'), ticket.move as string, { ...move, customerId: 'c9999999' });
}

const TAMPERINGS: { name: string; needs: 'nothing' | 'anchor'; inbox: RegExp; do(of: World, ticketId: string): Promise<void> }[] = [
  {
    name: 'a line is renamed a checkpoint',
    needs: 'nothing',
    inbox: /line 5 lies where another should/,
    async do(of, ticketId) {
      const rows = await of.lines(ticketId);
      const row = rows[4] as Row<AuditEntry>;
      await of.put(ticketId, { ...row, value: { ...row.value, what: 'checkpoint' } });
    },
  },
  {
    name: 'an approval is cut away behind a checkpoint that has its hash',
    needs: 'nothing',
    inbox: /was changed/,
    async do(of, ticketId) {
      const rows = await of.lines(ticketId);
      const last = rows[4] as Row<AuditEntry>;
      for (const row of rows.slice(0, 5)) await of.store.remove(...ofCustomer(of.customerOf(ticketId)), row.key);
      await of.put(ticketId, {
        ...last,
        key: `${auditPrefix(ticketId)}000000`,
        value: { ...last.value, what: 'checkpoint', by: 'bot', data: {}, previous: '' },
      });
    },
  },
  {
    name: 'an approval is cut away behind a checkpoint as the bot itself would write it',
    needs: 'nothing',
    inbox: /is not closed for so long/,
    async do(of, ticketId) {
      await cut(of, ticketId);
    },
  },
  {
    name: 'the same, and the ticket is said to have been closed twelve years ago',
    needs: 'nothing',
    inbox: /tickets of lower numbers were opened after that/,
    async do(of, ticketId) {
      const rows = await of.lines(ticketId);
      const last = rows[4] as Row<AuditEntry>;
      for (const row of rows.slice(0, 5)) await of.store.remove(...ofCustomer(of.customerOf(ticketId)), row.key);
      await of.put(ticketId, { ...last, key: `${auditPrefix(ticketId)}000000`, value: checkpointFor(last.value, null, 5, NOW) });
      const value = { ...(await of.ticketRow(ticketId)), openedAt: '2018-01-01T00:00:00Z', closed: { how: 'moved', at: '2018-01-02T00:00:00Z' } };
      await of.store.put(...ofCustomer(of.customerOf(ticketId)), ticketKey(ticketId), value);
    },
  },
  { name: 'a whole ticket is deleted', needs: 'nothing', inbox: /is gone: its number was given out/, do: wipe },
  {
    name: 'a ticket is deleted, its lines and its subscription stay',
    needs: 'nothing',
    inbox: /is gone: lines of its record/,
    do: async (of, ticketId) => of.store.remove(...ofCustomer(of.customerOf(ticketId)), ticketKey(ticketId)),
  },
  {
    name: 'a customer is taken off the list, and a line there is changed',
    needs: 'nothing',
    inbox: /was changed/,
    async do(of, ticketId) {
      await of.store.remove(...LISTED, of.customerOf(ticketId));
      const [, second] = await of.lines(ticketId);
      await of.put(ticketId, { ...(second as Row<AuditEntry>), value: { ...(second as Row<AuditEntry>).value, by: 'somebody' } });
    },
  },
  {
    name: 'the tail is dropped, and an old hash copied to the head',
    needs: 'nothing',
    inbox: /ends with quoted, and its move stands at purchasing/,
    async do(of, ticketId) {
      const rows = await of.lines(ticketId);
      await of.store.remove(...ofCustomer(of.customerOf(ticketId)), (rows[5] as Row<AuditEntry>).key);
      const { seq, hash } = (rows[4] as Row<AuditEntry>).value;
      await of.store.put(...ofCustomer(of.customerOf(ticketId)), ticketKey(ticketId), { ...(await of.ticketRow(ticketId)), audit: { seq, hash } });
    },
  },
  {
    name: 'the same, and the move is turned back with it',
    needs: 'anchor',
    inbox: /had line 6 when the anchor was made/,
    async do(of, ticketId) {
      const rows = await of.lines(ticketId);
      await of.store.remove(...ofCustomer(of.customerOf(ticketId)), (rows[5] as Row<AuditEntry>).key);
      const { seq, hash } = (rows[4] as Row<AuditEntry>).value;
      const ticket = await of.ticketRow(ticketId);
      await of.store.put(...ofCustomer(of.customerOf(ticketId)), ticketKey(ticketId), { ...ticket, audit: { seq, hash } });
      const key = ticket.move as string;
      const move = (await of.store.get<Move>(...ofCustomer(of.customerOf(ticketId)), key))?.value;
      await of.store.put(...ofCustomer(of.customerOf(ticketId)), key, { ...move, state: 'quoted' });
    },
  },
  {
    name: 'the approver is another one, and all hashes are made anew',
    needs: 'anchor',
    inbox: /line 6 is not the one that stood there/,
    async do(of, ticketId) {
      const rows = await of.lines(ticketId);
      const row = rows[4] as Row<AuditEntry>;
      await of.put(ticketId, { ...row, value: { ...row.value, by: 'pbo' } });
      await rehash(of, ticketId);
    },
  },
  {
    name: 'a ticket is deleted, and its number noted as one that came to nothing',
    needs: 'anchor',
    inbox: /is gone: it stood when the anchor was made/,
    async do(of, ticketId) {
      await wipe(of, ticketId);
      await of.store.put(...COUNTERS, `taken_${ticketId}`, { first: Number(ticketId.slice(2)), count: 1, at: NOW });
    },
  },
  {
    name: 'the newest ticket is deleted, and the counter set back',
    needs: 'anchor',
    inbox: /The next ticket is S-1006, and it was S-1007/,
    async do(of) {
      await wipe(of, 'S-1006');
      await of.store.put(...COUNTERS, TICKET_COUNTER_KEY, { next: 1006 });
    },
  },
  {
    name: 'a ticket is put into the place of another, lines and all',
    needs: 'nothing',
    inbox: /line 1 .* does not follow the line before it/,
    async do(of, ticketId) {
      const other = of.ticketIds.find((one) => one !== ticketId && of.customerOf(one) === of.customerOf(ticketId)) as string;
      const rows = await of.lines(other);
      for (const row of rows) await of.put(ticketId, { ...row, key: row.key.replace(other, ticketId) });
      await of.store.put(...ofCustomer(of.customerOf(ticketId)), ticketKey(ticketId), {
        ...(await of.ticketRow(ticketId)),
        audit: (await of.ticketRow(other)).audit,
      });
    },
  },
  {
    name: 'two lines change places',
    needs: 'nothing',
    inbox: /lies where another should/,
    async do(of, ticketId) {
      const rows = await of.lines(ticketId);
      const [a, b] = [rows[1] as Row<AuditEntry>, rows[2] as Row<AuditEntry>];
      await of.put(ticketId, { ...a, value: b.value });
      await of.put(ticketId, { ...b, value: a.value });
    },
  },
  {
    name: 'a ticket is moved under another customer',
    needs: 'nothing',
    inbox: /does not follow the line before it/,
    async do(of, ticketId) {
      const rows = await of.lines(ticketId);
      const ticket = await of.ticketRow(ticketId);
      const move = (await of.store.get<Move>(...ofCustomer(of.customerOf(ticketId)), ticket.move as string))?.value;
      await wipe(of, ticketId);
      for (const row of rows) await of.store.put(...ofCustomer('c9999999'), row.key, row.value);
      await of.store.put(...ofCustomer('c9999999'), ticketKey(ticketId), ticket);
      await of.store.put(...ofCustomer('c9999999'), ticket.move as string, move);
    },
  },
  {
    name: 'the list that the anchor was made of is changed to fit',
    needs: 'anchor',
    inbox: /is not as it was/,
    async do(of) {
      const partition = `anchor_${of.kept[0]?.at.replace(/\D/g, '')}`;
      const row = await of.store.get<unknown[][]>('budget', partition, '000000');
      await of.store.put('budget', partition, '000000', (row?.value ?? []).slice(1));
    },
  },
  {
    name: 'a ticket is made up with a number that was never given out',
    needs: 'nothing',
    inbox: /was not given out yet/,
    async do(of, ticketId) {
      const ticket = await of.ticketRow(ticketId);
      await of.store.put(...ofCustomer(of.customerOf(ticketId)), ticketKey('S-4711'), {
        ...ticket,
        id: 'S-4711',
        move: null,
        audit: { seq: 0, hash: GENESIS_HASH },
      });
    },
  },
  {
    name: 'a ticket goes away, and one of nearly the same number, without a line, stands in its place',
    needs: 'nothing',
    inbox: /is no ticket of its name/,
    async do(of, ticketId) {
      const ticket = await of.ticketRow(ticketId);
      await wipe(of, ticketId);
      const id = ticketId.replace('S-', 'S-0');
      const value = { ...ticket, id, move: null, audit: { seq: 0, hash: GENESIS_HASH } };
      await of.store.put(...ofCustomer(of.customerOf(ticketId)), ticketKey(id), value);
    },
  },
  {
    name: 'all lines of a ticket go, and the ticket begins anew without one',
    needs: 'nothing',
    inbox: /has no lines/,
    async do(of, ticketId) {
      const ticket = await of.ticketRow(ticketId);
      for (const row of await of.lines(ticketId)) await of.store.remove(...ofCustomer(of.customerOf(ticketId)), row.key);
      await of.store.remove(...ofCustomer(of.customerOf(ticketId)), ticket.move as string);
      const value = { ...ticket, move: null, audit: { seq: 0, hash: GENESIS_HASH } };
      await of.store.put(...ofCustomer(of.customerOf(ticketId)), ticketKey(ticketId), value);
    },
  },
  {
    name: 'a ticket calls itself by another number, so that what the anchor has of it is not looked at',
    needs: 'nothing',
    inbox: /is no ticket of its name/,
    async do(of, ticketId) {
      await back(of, ticketId);
      await of.store.put(...ofCustomer(of.customerOf(ticketId)), ticketKey(ticketId), { ...(await of.ticketRow(ticketId)), id: 'S-9999' });
    },
  },
  {
    name: 'a ticket is hidden from the bot under a key that only looks like its own',
    needs: 'nothing',
    inbox: /is no ticket of its name/,
    async do(of, ticketId) {
      const ticket = await of.ticketRow(ticketId);
      await of.store.remove(...ofCustomer(of.customerOf(ticketId)), ticketKey(ticketId));
      await of.store.put(...ofCustomer(of.customerOf(ticketId)), `${ticketKey(ticketId)}_`, ticket);
    },
  },
  {
    name: 'the lines of two tickets change places, heads and all',
    needs: 'nothing',
    inbox: /does not follow the line before it/,
    async do(of, ticketId) {
      const other = of.ticketIds.find((one) => one !== ticketId && of.customerOf(one) === of.customerOf(ticketId)) as string;
      const [mine, others] = [await of.lines(ticketId), await of.lines(other)];
      for (const row of mine) await of.put(other, { ...row, key: row.key.replace(ticketId, other) });
      for (const row of others) await of.put(ticketId, { ...row, key: row.key.replace(other, ticketId) });
      const [a, b] = [await of.ticketRow(ticketId), await of.ticketRow(other)];
      await of.store.put(...ofCustomer(of.customerOf(ticketId)), ticketKey(ticketId), { ...a, audit: b.audit });
      await of.store.put(...ofCustomer(of.customerOf(other)), ticketKey(other), { ...b, audit: a.audit });
    },
  },
  {
    name: 'a ticket is given to another customer, and says so itself',
    needs: 'nothing',
    inbox: /does not follow the line before it/,
    do: (of, ticketId) => give(of, ticketId),
  },
  {
    name: 'the same with an older ticket, whose chain does not say whose it is',
    needs: 'anchor',
    inbox: /was of customer c\d+ when the anchor was made/,
    async do(of, ticketId) {
      await rehash(of, ticketId);
      await makeAnchor({ store: of.store, clock: clock(NOW), log: quiet, anchors: of.anchors });
      await give(of, ticketId);
    },
  },
  {
    name: 'a ticket stands under two customers',
    needs: 'nothing',
    inbox: /stands under another customer too/,
    async do(of, ticketId) {
      const ticket = await of.ticketRow(ticketId);
      const moved = { ...ticket, customerId: 'c9999999' };
      const changes = ticketTransaction(
        null,
        { ...moved, audit: { seq: 0, hash: GENESIS_HASH }, move: null },
        [{ by: { key: 'bot', tenant: '' }, what: 'known', before: '', after: 'open' }],
        [],
        NOW,
      );
      await of.store.commit(...ofCustomer('c9999999'), changes);
    },
  },
  {
    name: 'the ticket forgets that it had a move, and the move goes',
    needs: 'nothing',
    inbox: /ends with purchasing, and names no move/,
    async do(of, ticketId) {
      const ticket = await of.ticketRow(ticketId);
      await of.store.remove(...ofCustomer(of.customerOf(ticketId)), ticket.move as string);
      await of.store.put(...ofCustomer(of.customerOf(ticketId)), ticketKey(ticketId), { ...ticket, move: null });
    },
  },
  {
    name: 'the ticket names the move of another one, which stands where its own should',
    needs: 'nothing',
    inbox: /names a move of/,
    async do(of, ticketId) {
      const other = of.ticketIds.find((one) => one !== ticketId && of.customerOf(one) === of.customerOf(ticketId)) as string;
      await of.store.put(...ofCustomer(of.customerOf(ticketId)), ticketKey(ticketId), {
        ...(await of.ticketRow(ticketId)),
        move: (await of.ticketRow(other)).move,
      });
    },
  },
  {
    name: 'an approval is cut away from a ticket that was closed at no time that can be read',
    needs: 'nothing',
    inbox: /has a date that is none/,
    async do(of, ticketId) {
      await cut(of, ticketId);
      const value = { ...(await of.ticketRow(ticketId)), closed: { how: 'moved', at: '' } };
      await of.store.put(...ofCustomer(of.customerOf(ticketId)), ticketKey(ticketId), value);
    },
  },
  {
    name: 'the same with a good date, where a ticket of a lower number was opened at no time that can be read',
    needs: 'nothing',
    inbox: /has a date that is none/,
    async do(of, ticketId) {
      await cut(of, ticketId);
      const value = { ...(await of.ticketRow(ticketId)), openedAt: '2018-01-01T00:00:00Z', closed: { how: 'moved', at: '2018-01-02T00:00:00Z' } };
      await of.store.put(...ofCustomer(of.customerOf(ticketId)), ticketKey(ticketId), value);
      const low = of.ticketIds[0] as string;
      await of.store.put(...ofCustomer(of.customerOf(low)), ticketKey(low), { ...(await of.ticketRow(low)), openedAt: 'long ago' });
    },
  },
  {
    name: 'the counter is set to what is no number',
    needs: 'nothing',
    inbox: /The counter of tickets is no number/,
    do: (of) => of.store.put(...COUNTERS, TICKET_COUNTER_KEY, { next: 'x' }),
  },
  {
    name: 'the counter is set so far ahead that counting would never end',
    needs: 'nothing',
    inbox: /More than 1000000 numbers that were given out are missing/,
    do: (of) => of.store.put(...COUNTERS, TICKET_COUNTER_KEY, { next: 1e15 }),
  },
  {
    name: 'a row of a ticket holds nothing, and one of a line neither',
    needs: 'nothing',
    inbox: /cannot be read/,
    async do(of, ticketId) {
      await of.store.put(...ofCustomer(of.customerOf(ticketId)), ticketKey(ticketId), { id: ticketId });
      await of.store.put(...ofCustomer(of.customerOf(ticketId)), `${auditPrefix(ticketId)}000003`, null);
    },
  },
  {
    name: 'a move is set to buying by hand, and the bot goes on with it',
    needs: 'nothing',
    inbox: /goes on from purchasing, and the line before it ended with quoted/,
    async do(of, ticketId) {
      await back(of, ticketId, 4);
      await goOn(of, ticketId, ['placed', 'purchasing', 'provisioning']);
    },
  },
  {
    name: 'a move is given an approval by hand, and the bot buys',
    needs: 'nothing',
    inbox: /buys, and no line says who approved it/,
    async do(of, ticketId) {
      await back(of, ticketId, 4);
      await goOn(of, ticketId, ['checked', 'quoted', 'purchasing']);
    },
  },
];

describe('the written record of all tickets', () => {
  it('is whole when nobody touched it, with an anchor and without, and goes on after one', async () => {
    const of = await world();
    for (const anchors of [of.anchors, null]) assert.deepEqual((await of.verify(anchors)).faults, []);
    const ticketId = of.ticketIds[1] as string;
    const row = (await of.store.get<Ticket>(...ofCustomer(of.customerOf(ticketId)), ticketKey(ticketId))) as Row<Ticket>;
    await of.store.commit(
      'customers',
      of.customerOf(ticketId),
      ticketTransaction(row, row.value, [{ by: { key: 'bot', tenant: '' }, what: 'reminded', before: 'open', after: 'open' }], [], NOW),
    );
    await write(of.store, CUSTOMERS[0] as string, '2030-06-01T01:00:00.000Z');
    const { faults, tickets, lines } = await of.verify();
    assert.deepEqual([faults, tickets, lines], [[], 7, 43]);
    assert.deepEqual(await compareAnchor(of.store, of.kept[0] as Anchor), []);
  });

  for (const tampering of TAMPERINGS)
    it(`tells when ${tampering.name}`, async () => {
      const of = await world();
      await tampering.do(of, of.ticketIds[3] as string);
      const { faults } = await of.verify(tampering.needs === 'anchor' ? of.anchors : null);
      assert.match(faults.join('\n'), tampering.inbox);
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
    await store.put(...LISTED, 'c0000000', {});
    await write(store, 'c0000000', '2017-01-01T00:00:00.000Z', '2017-02-01T00:00:00.000Z');
    await write(store, 'c0000000', '2030-05-01T00:00:00.000Z');
    await makeAnchor({ store, clock: clock(NOW), log: quiet, anchors });
    assert.equal((await applyRetention(store, new Date(NOW), { nameDays: 400, recordDays: DAYS })).lines, 6);
    const verify = (recordDays: number) => verifyAll(store, { clock: clock(NOW), anchors, recordDays });
    assert.deepEqual((await verify(DAYS)).faults, []);
    assert.deepEqual(await compareAnchor(store, (await anchors.last()) as Anchor), []);
    assert.match((await verify(9_000)).faults.join(), /not closed for so long/);
  });

  it('a row that only looks like a ticket when the anchor is made is named, and spoils no anchor', async () => {
    const of = await world();
    const ticketId = of.ticketIds[2] as string;
    await of.store.put(...ofCustomer(of.customerOf(ticketId)), `${ticketKey(ticketId)}_x`, await of.ticketRow(ticketId));
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
    await of.store.put(...ANCHORING, ANCHORING_KEY, { nextAt: Date.parse('9999-01-01') });
    await turn('2030-06-03T02:00:00Z');
    assert.equal(of.kept.length, 4, 'nobody puts the next one off for ever');
    await wipe(of, of.ticketIds[0] as string);
    await turn('2030-06-04T03:00:00Z');
    assert.deepEqual([of.kept.length, told.length], [4, 1]);
  });

  it('a hundred thousand tickets take little memory and one pass', async function () {
    this.timeout(240_000);
    const count = 100_000;
    const at = '2030-05-01T00:00:00.000Z';
    /** Rows made when they are asked for. */
    const madeRows = (n: number) => {
      const ticket: Ticket = {
        ...sampleTicket(),
        id: `S-${1001 + n}`,
        customerId: `c${n}`,
        openedAt: at,
        closed: null,
        move: null,
        plans: null,
        audit: { seq: 0, hash: GENESIS_HASH },
      };
      const changes = ticketTransaction(
        null,
        ticket,
        [{ by: { key: 'bot', tenant: '' }, what: 'stopped', before: '', after: 'open', correlationId: 'x' }],
        [],
        at,
      );
      return changes
        .flatMap((change) => (change.op === 'create' ? [{ key: change.key, value: change.value, etag: '1', partition: `c${n}` }] : []))
        .sort((a, b) => (a.key < b.key ? -1 : 1));
    };
    const real = memoryStore();
    await real.put(...COUNTERS, TICKET_COUNTER_KEY, { next: 1001 + count });
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
    const { faults, tickets } = await verifyAll(watched, { clock: clock(NOW), anchors, recordDays: DAYS });
    assert.deepEqual([faults, tickets], [[], count]);
    assert.ok(most < 250_000_000, `${Math.round(most / 1e6)} MB`);
  });
});
