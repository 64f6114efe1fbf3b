/** Licences that a customer did not buy through us: told once and not on one look, closed when they are gone, and nothing concluded from what cannot be read. */
import assert from 'node:assert/strict';
import { notRead } from '../../../bot/turns/stands.ts';
import { en } from '../../../cards/text/en/en.ts';
import { readProgrammes } from '../../../services/catalogue/programmes.ts';
import { updateChat } from '../../../services/chats.ts';
import type { Move, News, Subscription, Ticket, TrackedSubscription, Watching } from '../../../services/domain/ticket.ts';
import { openMove } from '../../../services/moves/open.ts';
import { PartnerCenterError, type SeatPool } from '../../../services/partnerCenter/port.ts';
import { keysWith, ofCustomer, OUTBOX, subscriptionKey, TICKET, ticketKey } from '../../../services/store/rows.ts';
import { asSubscription } from '../../../services/tickets/elsewhere.ts';
import { lookUpFacts } from '../../../services/tickets/lookUp.ts';
import { closeSeats, type SeatsUnread } from '../../../services/watch/seats.ts';
import { detectSeats, type SeatsNow, type SeatsObserved, type SeatsVerdict } from '../../../services/watch/elsewhere.ts';
import { gapsOf, isWhole } from '../../../services/watch/known.ts';
import { readCustomer } from '../../../services/watch/rows.ts';
import { HOUR_MS, ID, partner, subscription } from '../../support/partner.ts';
import { sampleMove, sampleTicket } from '../../support/samples.ts';

const NOW = '2027-01-20T12:00:00.000Z';
const BEFORE = '2027-01-20T11:30:00.000Z';
const LONG = '2027-01-20T09:00:00.000Z';
const E4 = '1392051d-0cb9-4b7a-88d5-621fee5e8711';
const SOURCE = `elsewhere-${E4}`;
const PROGRAMMES = readProgrammes(['services/catalogue/programmes']);

const there = (seats: number, ours = 0) => asSubscription('c', { skuId: E4, name: 'Office 365 E4', seats, inUse: 7, ours }) as Subscription;
const tracked = (changes: Partial<TrackedSubscription> = {}): TrackedSubscription => ({
  ...{ snapshot: there(20), episode: 0, ticket: null, liveMove: null, moves: 0 },
  ...changes,
});
const ticket = (facts: Partial<Ticket['facts']> = {}, changes: Partial<Ticket> = {}) =>
  sampleTicket({ kind: 'elsewhere', subscriptionId: SOURCE, ...changes }, { quantity: 20, elsewhere: { ours: 0, inUse: 7 }, endOfTerm: 'unread', ...facts });
const open = tracked({ ticket: 'S-1', episode: 1 });
const moving = tracked({ ticket: 'S-1', episode: 1, liveMove: 'm' });
const recounted = (quantity: number, seenAt: string) => ({ ...open, snapshot: there(quantity), seenAt });
const move = (state: Move['state'], since = NOW) => sampleMove({ subscriptionId: SOURCE, state, since });

const CASES: [string, Partial<SeatsObserved> & { now: SeatsNow }, SeatsVerdict][] = [
  ['seen for the first time', { now: there(20) }, { kind: 'first' }],
  ['seen again too soon', { known: tracked({ seenAt: BEFORE }), now: there(20) }, { kind: 'same' }],
  ['seen again an hour later', { known: tracked({ seenAt: LONG }), now: there(20) }, { kind: 'open', as: 'elsewhere' }],
  ['seen again, and another number of them', { known: tracked({ seenAt: LONG }), now: there(21) }, { kind: 'first' }],
  ['told before, and nobody moves it', { known: tracked({ episode: 1 }), now: there(20) }, { kind: 'same' }],
  ['gone before, and back', { known: tracked({ episode: 1, goneAt: LONG }), now: there(20) }, { kind: 'first' }],
  ['nobody looked', { known: tracked({ seenAt: LONG }), now: null }, { kind: 'same' }],
  ['more of them, at one look: the pool may lag behind what of ours was suspended', { known: open, ticket: ticket(), now: there(25) }, { kind: 'first' }],
  ['more of them, and looked at again too soon', { known: recounted(25, BEFORE), ticket: ticket(), now: there(25) }, { kind: 'same' }],
  ['more of them, at two looks', { known: recounted(25, LONG), ticket: ticket(), now: there(25) }, { kind: 'changed', what: 'seats' }],
  ['another number at the second look', { known: recounted(25, LONG), ticket: ticket(), now: there(24) }, { kind: 'first' }],
  ['as many as were told, at the second look', { known: recounted(25, LONG), ticket: ticket(), now: there(20) }, { kind: 'quiet' }],
  ['there again after it was told to be gone', { known: open, ticket: ticket({ standing: 'gone' }), now: there(20) }, { kind: 'changed', what: 'seats' }],
  ['as many as before', { known: open, ticket: ticket(), now: there(20) }, { kind: 'same' }],
  ['the customer has a new name', { known: open, ticket: ticket(), renamed: true, now: null }, { kind: 'changed', what: 'name' }],
  [
    'the snooze is over',
    { known: open, ticket: ticket({}, { marks: { snoozed: { until: '2027-01-20', reason: 'r', by: 'a', at: LONG } } }), now: null },
    { kind: 'changed', what: 'snoozeOver' },
  ],
  ['gone from the pool, at one look', { known: open, ticket: ticket(), now: 'none' }, { kind: 'quiet' }],
  ['gone, and looked at again too soon', { known: tracked({ ...open, missingAt: BEFORE }), ticket: ticket(), now: 'none' }, { kind: 'same' }],
  ['gone at two looks', { known: tracked({ ...open, missingAt: LONG }), ticket: ticket(), now: 'none' }, { kind: 'close', how: 'ended' }],
  ['a pool that is not listed, for hours', { known: tracked({ ...open, missingAt: LONG }), ticket: ticket(), now: 'absent' }, { kind: 'same' }],
  [
    'a pool that is not listed, for a day',
    { known: tracked({ ...open, missingAt: '2027-01-19T11:00:00.000Z' }), ticket: ticket(), now: 'absent' },
    { kind: 'close', how: 'ended' },
  ],
  ['missing once, and it cannot be told now', { known: tracked({ ...open, missingAt: LONG }), ticket: ticket(), now: null }, { kind: 'same' }],
  ['missing once, and there again', { known: tracked({ ...open, missingAt: LONG }), ticket: ticket(), now: there(20) }, { kind: 'quiet' }],
  ['gone when all have moved', { known: tracked({ ...moving, missingAt: LONG }), ticket: ticket(), move: move('reassigned'), now: 'none' }, { kind: 'finish' }],
  [
    'gone before anything was bought',
    { known: tracked({ ...moving, missingAt: LONG }), ticket: ticket(), move: move('quoted'), now: 'none' },
    { kind: 'changed', what: 'gone' },
  ],
  [
    'known to be gone, and now all have moved',
    { known: tracked({ ...moving, goneAt: LONG }), ticket: ticket({ standing: 'gone' }), move: move('reassigned'), now: null },
    { kind: 'finish' },
  ],
  [
    'known to be gone, and the move was given up',
    { known: tracked({ ...open, goneAt: LONG }), ticket: ticket({ standing: 'gone' }), now: null },
    { kind: 'close', how: 'ended' },
  ],
  [
    'the customer is waited for since a working day',
    { known: moving, ticket: ticket(), move: move('reassigned', '2027-01-18T12:00:00.000Z'), now: null },
    { kind: 'nudge', of: `mov_1 reassigned 2027-01-18T12:00:00.000Z` },
  ],
];

describe('what becomes of licences from elsewhere', () => {
  for (const [when, seen, wanted] of CASES)
    it(when, () => assert.deepEqual(detectSeats({ known: null, ticket: null, move: null, renamed: false, at: NOW, ...seen }), wanted));
});

describe('the look at licences from elsewhere', () => {
  const pool = (active: number | null, changes: Partial<SeatPool> = {}): SeatPool => ({
    ...{ skuId: E4, active, consumed: 7, available: null, servicePlans: null, name: 'OFFICE 365 E4', part: 'ENTERPRISEWITHSCAL' },
    ...changes,
  });

  async function world(watching: Watching[] = [{ what: 'all' }]) {
    const one = partner();
    let pools: SeatPool[] | Error = [pool(20)];
    const calls: string[] = [];
    const { lowPriority } = one.deps;
    one.deps.lowPriority = {
      ...lowPriority,
      seatPools: async () => {
        calls.push('pools');
        if (pools instanceof Error) throw pools;
        return pools;
      },
      provisioning: async (_, id) => {
        calls.push(`licence of ${id}`);
        return { skuId: 'e3', ready: true, status: 'success' };
      },
    };
    one.deps.programmes = PROGRAMMES;
    const chat = { key: 'chat', kind: 'channel', reference: {}, tenantId: 't', watchedBy: null, watchedAt: null, toldBaseline: true, dead: false } as const;
    await updateChat(one.store, 'chat', () => ({ ...chat, watching }));
    await one.walkAfter(0);
    const tickets = async () => (await one.store.range<Ticket>(...ofCustomer(ID), ...keysWith(TICKET))).map((row) => row.value);
    const news = async () => (await one.store.range<News>(...ofCustomer(ID), ...keysWith(OUTBOX))).map(({ value }) => value.kind);
    const look = async (afterMs: number) => {
      one.wait(afterMs);
      await one.turn();
    };
    const set = (next: SeatPool[] | Error) => {
      pools = next;
    };
    return { ...one, calls, tickets, news, look, set };
  }

  /** The first look, and the day in which the second is due. */
  async function due(one: Awaited<ReturnType<typeof world>>) {
    await one.look(0);
    await one.look(HOUR_MS);
    assert.deepEqual(one.calls, []);
    await one.look(24 * HOUR_MS);
  }

  it('tells of a retired plan at the second look, once a day after that, and once', async () => {
    const one = await world();
    await due(one);
    assert.deepEqual(await one.tickets(), [], 'one look may be too early or too late');
    await one.look(HOUR_MS);
    const [found] = await one.tickets();
    assert.equal(found?.kind, 'elsewhere');
    assert.equal(found?.subscriptionId, SOURCE);
    assert.deepEqual([found?.facts.programme, found?.facts.quantity, found?.facts.elsewhere], ['Office 365 Enterprise E4', 20, { ours: 0, inUse: 7 }]);
    assert.deepEqual(await one.news(), ['stopped']);
    const calls = one.calls.length;
    await one.look(HOUR_MS);
    assert.equal(one.calls.length, calls, 'not every hour');
    for (let day = 0; day < 3; day++) await one.look(24 * HOUR_MS);
    assert.equal((await one.tickets()).length, 1);
  });

  it('asks nothing where nobody would be told, and one thing where no pool is of a retired plan', async () => {
    const nobody = await world([{ what: 'customer', customerId: 'another', customerName: 'Another' }]);
    await due(nobody);
    assert.deepEqual(nobody.calls, []);
    const other = await world();
    other.set([pool(20, { skuId: 'x', name: 'Visio', part: 'VISIO' })]);
    await due(other);
    await other.look(HOUR_MS);
    assert.deepEqual([other.calls, await other.tickets()], [['pools'], []]);
  });

  it('of a pool that nobody can read concludes nothing, and the status names the customer; what is ours is whole all the same', async () => {
    const one = await world();
    await due(one);
    await one.look(HOUR_MS);
    const unread: [SeatPool[] | Error, SeatsUnread][] = [
      [new PartnerCenterError('forbidden', '403', 'no'), { name: 'Contoso', why: 'forbidden 403', names: [] }],
      [[pool(null)], { name: 'Contoso', why: null, names: ['OFFICE 365 E4'] }],
    ];
    for (const [pools, wanted] of unread) {
      one.set(pools);
      for (let day = 0; day < 3; day++) await one.look(24 * HOUR_MS);
      const gaps = await gapsOf(one.store);
      assert.deepEqual([gaps.seats, isWhole(gaps), (await one.tickets())[0]?.closed], [[wanted], true, null]);
      assert.match(
        notRead(gaps, en).lines.join(' '),
        /^Contoso: whether it has licences that were not bought through us(?: \(forbidden 403\)|, of OFFICE 365 E4)\.$/,
      );
    }
    one.set([]);
    for (let day = 0; day < 3; day++) await one.look(24 * HOUR_MS);
    assert.equal((await one.tickets())[0]?.closed, null, 'an empty list is no list');
    one.set([pool(0)]);
    await one.look(24 * HOUR_MS);
    assert.equal((await one.tickets())[0]?.closed, null);
    await one.look(HOUR_MS);
    assert.deepEqual([(await one.tickets())[0]?.closed?.how, (await gapsOf(one.store)).seats], ['ended', []]);
    assert.deepEqual(await one.news(), ['stopped', 'ended']);
  });

  it('a move of them goes on from the same rows; when they are gone it is finished, and the ticket closed with it', async () => {
    const one = await world();
    await due(one);
    await one.look(HOUR_MS);
    const id = (await one.tickets())[0]?.id as string;
    const opened = await openMove(one.deps, ID, SOURCE, { key: 'ann', tenant: 't' });
    assert.ok('opened' in opened && opened.opened);
    const row = await one.store.get<Move>(...ofCustomer(ID), opened.move.key);
    await one.store.put(...ofCustomer(ID), opened.move.key, { ...row?.value, state: 'reassigned' });
    one.set([pool(5)]);
    await one.look(24 * HOUR_MS);
    assert.equal((await one.tickets())[0]?.facts.quantity, 20, 'one look may be too early');
    await one.look(HOUR_MS);
    assert.equal((await one.tickets())[0]?.facts.quantity, 5, 'some of them are gone');
    one.set([pool(0)]);
    await one.look(24 * HOUR_MS);
    await one.look(HOUR_MS);
    const closed = (await one.store.get<Ticket>(...ofCustomer(ID), ticketKey(id)))?.value;
    const ended = (await one.store.get<Move>(...ofCustomer(ID), opened.move.key))?.value;
    const known = (await one.store.get<TrackedSubscription>(...ofCustomer(ID), subscriptionKey(SOURCE)))?.value;
    assert.deepEqual([closed?.closed?.how, ended?.state, ended?.outcome], ['moved', 'finished', 'customerCancels']);
    assert.deepEqual([known?.liveMove, known?.ticket], [null, null]);
    assert.equal((await one.news()).at(-1), 'finished');
    one.set([pool(3)]);
    await one.look(24 * HOUR_MS);
    await one.look(HOUR_MS);
    assert.equal((await one.tickets()).length, 2, 'what comes back is new');
  });

  it('a customer who leaves takes them along', async () => {
    const one = await world();
    await due(one);
    await one.look(HOUR_MS);
    await closeSeats(one.deps, { id: ID, name: 'Contoso' }, await readCustomer(one.store, ID));
    assert.equal((await one.tickets())[0]?.closed?.how, 'left');
  });

  it('its plans are those of the programme, and nothing is asked about a subscription that is not ours', async () => {
    const one = await world();
    await due(one);
    await one.look(HOUR_MS);
    const asked: string[] = [];
    const pc = {
      subscriptions: async () => ({ items: [subscription()], unread: [], whole: true }),
      products: async () => [{ id: 'P', title: 'Office 365 E5' }],
      skus: async () => [{ id: '1', title: 'Office 365 E5', minimum: 1, maximum: 10 }],
      availabilities: async () => [],
    };
    const partnerCenter = new Proxy(pc, {
      get: (_, name: keyof typeof pc) => {
        asked.push(name);
        return pc[name];
      },
    }) as never;
    const id = (await one.tickets())[0]?.id as string;
    assert.equal(await lookUpFacts({ ...one.deps, partnerCenter }, { queue: 'move', what: 'facts', customerId: ID, ticketId: id, tries: 0 }), 'idle');
    const [found] = await one.tickets();
    assert.deepEqual([found?.plans?.filter((plan) => plan.item).map((plan) => plan.title), found?.facts.quantity], [['Office 365 E5'], 20]);
    assert.deepEqual([...new Set(asked)].sort(), ['availabilities', 'products', 'skus', 'subscriptions']);
  });
});
