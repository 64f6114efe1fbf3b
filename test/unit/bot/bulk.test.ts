/** Several customers of one programme at once: chosen, priced and approved by one yes; what one of them brings holds up no other, and nothing is done twice. */
import assert from 'node:assert/strict';
import { bulkTurn } from '../../../bot/turns/bulked.ts';
import { onText } from '../../../bot/turns/command.ts';
import type { LateAnswerDeps } from '../../../bot/turns/lateAnswer.ts';
import { carryOut, consider } from '../../../bot/turns/pipeline.ts';
import { onAction } from '../../../bot/turns/press.ts';
import type { Turn, TurnResult } from '../../../bot/turns/turn.ts';
import { ticketDialog } from '../../../dialogs/ticket.ts';
import { type AuditEntry, BOT } from '../../../services/auditLog/auditLog.ts';
import type { FourEyes } from '../../../services/approval/approval.ts';
import type { Programme } from '../../../services/catalogue/programmes.ts';
import type { Shows } from '../../../services/domain/shows.ts';
import type { Chat, Move, Quote, Ticket, TrackedSubscription } from '../../../services/domain/ticket.ts';
import { applyEvent } from '../../../services/moves/apply.ts';
import type { Bulk } from '../../../services/moves/bulk.ts';
import { openMove } from '../../../services/moves/open.ts';
import { meet } from '../../../services/people/people.ts';
import type { Role } from '../../../services/people/roles.ts';
import { nameCustomer } from '../../../services/search.ts';
import { ALL_KEYS, AUDIT, BULKS, CHAT_KEY, keysWith, ofChat, ofCustomer, subscriptionKey, ticketKey } from '../../../services/store/rows.ts';
import { listTicket } from '../../../services/tickets/openList.ts';
import { readTicket } from '../../../services/tickets/read.ts';
import { partner } from '../../support/partner.ts';
import { sampleMove, sampleSubscription, sampleTicket } from '../../support/samples.ts';
import { textsOf } from '../cards/sentences.ts';
import { ENGLISH } from '../../support/speaking.ts';

const CHAT = { key: 'chat-1', kind: 'channel', dead: false, watching: [], reference: {}, tenantId: 't' } as unknown as Chat;
const NAMES = ['Contoso', 'Fabrikam', 'Northwind'];
const OFFER = 'Dynamics AX Task';
const PLANS = sampleTicket().plans as NonNullable<Ticket['plans']>;
const programme = (name: string, plans: string[]) =>
  ({
    ...{ id: name.toLowerCase().replaceAll(' ', '-'), name, autoRenewOffFrom: '2017-07-01', source: 's' },
    plans: Object.fromEntries(plans.map((id) => [id, { title: `Plan ${id}`, aliases: [], items: [] }])),
    offers: [{ names: [OFFER], ids: [], replacements: plans.map((plan) => ({ plan, reason: 'r' })) }],
  }) as Programme;

interface Scene {
  fourEyes?: FourEyes;
  shows?: Shows;
  plans?: string[];
}

/** A bot over storage in memory with an open ticket for each of three customers, and a Partner Center whose prices the test gives. */
async function world({ fourEyes = { when: 'off' }, shows = { cost: 'channel', names: 'blocked' }, plans = ['p1'] }: Scene = {}) {
  const one = partner();
  const { store } = one;
  await store.put(...ofChat(CHAT.key), CHAT_KEY, CHAT);
  const scene = { roles: ['requester', 'approver'] as Role[], readOnly: false as 'readOnly' | false, lost: false };
  const people = {
    ann: await meet(store, { objectId: 'oid-ann', tenantId: 't', name: 'Ann' }, null, '2027-01-20'),
    bo: await meet(store, { objectId: 'oid-bo', tenantId: 't', name: 'Bo' }, null, '2027-01-20'),
  };
  const told: TurnResult[] = [];
  const deps = {
    ...{ store, clock: one.deps.clock, wake: one.deps.wake, ...ENGLISH, fourEyes, partnerCenter: {}, shows },
    programmes: [programme('Dynamics AX', plans), programme('Dynamics CRM Online', ['p4'])],
    ...{ log: { info() {}, warn() {} }, isReadOnly: async () => scene.readOnly },
    directory: { rolesOf: async () => scene.roles, rolesNow: async () => scene.roles, holders: async () => [] },
    tell: async (_chat: Chat, _thread: string, result: TurnResult) => {
      if (scene.lost) throw new Error('Teams did not take it');
      told.push(result);
    },
  } as unknown as LateAnswerDeps;
  for (const [index, name] of NAMES.entries()) {
    const [customerId, ticketId, subscriptionId] = [`c${index}`, `S-${1001 + index}`, `s${index}`];
    const ticket = sampleTicket(
      { id: ticketId, customerId, customerName: name, subscriptionId, move: null, plans: PLANS },
      { programme: 'Dynamics AX', offerName: OFFER, inUse: null, quantity: 10 + index },
    );
    const known: TrackedSubscription = {
      snapshot: sampleSubscription({ id: subscriptionId, customerId, autoRenew: false }),
      episode: 1,
      ticket: ticketId,
      liveMove: null,
      moves: 0,
    };
    await store.put(...ofCustomer(customerId), ticketKey(ticketId), ticket);
    await store.put(...ofCustomer(customerId), subscriptionKey(subscriptionId), known);
    await listTicket(store, ticket, null);
    await nameCustomer(store, { id: customerId, name });
  }
  let presses = 0;
  const turn = (who: keyof typeof people, mark: string): Turn => ({
    ...{ chat: CHAT, thread: 'thread', below: false, quoted: null },
    ...{ actor: { key: people[who].key, tenant: 't', name: who, roles: scene.roles }, activity: { marks: [mark], sentAtMs: one.deps.clock.wallMs() } },
  });
  const write = (text: string, mark = text) => onText(deps, turn('ann', mark), text);
  const cardOf = (result: TurnResult | undefined) => {
    const found = [result?.edit, ...(result?.say ?? [])].find((each) => each && typeof each !== 'string');
    assert.ok(found && typeof found !== 'string', 'a card came');
    return found;
  };
  const bulks = async (): Promise<Bulk[]> => (await store.range<Bulk>(...BULKS, ...ALL_KEYS)).map((row) => row.value);
  /** What a button sends: its card's handle, and the version of what it asks. */
  const press = async (
    result: TurnResult | undefined,
    verb: string,
    more: object = {},
    { who = 'ann' as keyof typeof people, mark = `press ${++presses}` } = {},
  ) => {
    const card = cardOf(result);
    // A form carries none itself.
    const first = ((card.card.actions ?? []) as { data?: { v: number } }[]).find((one) => one.data);
    return onAction(deps, Promise.resolve(turn(who, mark)), verb, { id: card.handle, v: first?.data?.v ?? 0, ...more });
  };
  const moveOf = async (index: number): Promise<Move | null> =>
    (await readTicket(store, { customerId: `c${index}`, ticketId: `S-${1001 + index}` }))?.move?.value ?? null;
  const look = async () => {
    const [row] = await store.range<Bulk>(...BULKS, ...ALL_KEYS);
    return bulkTurn(deps, { queue: 'move', what: 'bulk', key: row?.key ?? '' });
  };
  /** Partner Center says a price. */
  const price = async (index: number, minor = 40_000, hash = `h${index}`) => {
    const move = (await moveOf(index)) as Move;
    const total = { minor: minor * 12, currency: 'EUR' };
    const quote: Quote = {
      ...(sampleMove().quote as Quote),
      quantity: move.draft.quantity ?? 0,
      monthly: { minor, currency: 'EUR' },
      total,
      hash,
      at: one.deps.clock.now().toISOString(),
      until: null,
      askedBy: move.draft.by ?? '',
    };
    const applied = await applyEvent(deps, move, { kind: 'priced', quote, terms: [] }, { by: BOT });
    assert.ok(!('refused' in applied), `priced ${index}`);
  };
  const states = async () => Promise.all(NAMES.map(async (_, index) => (await moveOf(index))?.state ?? 'none'));
  const approved = async () => Promise.all(NAMES.map(async (_, index) => (await moveOf(index))?.approval?.hash ?? null));
  const record = async (index: number): Promise<AuditEntry[]> =>
    (await store.range<AuditEntry>(...ofCustomer(`c${index}`), ...keysWith(AUDIT))).map((row) => row.value);
  const textOf = (result: TurnResult | undefined) => textsOf(cardOf(result).card).join('\n');
  /** All three, up to the card that asks for the yes. */
  const asked = async () => {
    await press(await write('move dynamics ax'), 'bulk.ask');
    await look();
    for (const index of NAMES.keys()) await price(index);
    await look();
    return told.at(-1);
  };
  return { one, deps, scene, people, told, write, press, bulks, moveOf, look, price, states, approved, record, textOf, asked, turn };
}

describe('several customers at once', () => {
  it('are chosen from the open tickets of a programme, kept when the page or the card is drawn anew; none chosen means all', async () => {
    const { write, press, bulks, textOf, look, states } = await world();
    const card = await write('Move  dynamics-ax', 'm');
    await write('Move  dynamics-ax', 'm');
    assert.equal((await bulks()).length, 1, 'written down once for each message');
    assert.match(textOf(card), /3.subscriptions of Dynamics AX[\s\S]*Contoso[\s\S]*Fabrikam[\s\S]*Northwind/);
    const toggled = await press(card, 'bulk.toggle', { ticketId: 'S-1002', choice: 1, from: 0 });
    assert.match(textOf(toggled), /✓ Fabrikam/);
    assert.match(String((await press(card, 'bulk.ask')).privately), /Something else is asked here by now/, 'a card from before has no effect');
    assert.deepEqual(await states(), ['none', 'none', 'none']);
    const taken = await press(toggled, 'bulk.ask');
    assert.match(String(taken.say[0]), /I ask for 1.price of Plan p1/);
    await look();
    assert.deepEqual(await states(), ['none', 'quoting', 'none']);
  });

  it('get one price each for its own number of licences, and one card with the total of those that are quoted', async () => {
    const { write, press, look, price, told, textOf, moveOf, bulks } = await world();
    await press(await write('move dynamics ax'), 'bulk.ask');
    await look();
    await look();
    assert.deepEqual(await Promise.all([0, 1, 2].map(async (n) => (await moveOf(n))?.draft.quantity)), [10, 11, 12]);
    await price(0);
    await price(1, 50_000);
    assert.deepEqual([await look(), told.length], [{ retryInMs: 1_500 }, 0], 'a price is still to come');
    await price(2, 60_000);
    assert.equal(await look(), 'idle');
    await look();
    assert.equal(told.length, 1, 'told once');
    assert.match(textOf(told[0]), /3 of 3.prices of Plan p1 wait for approval/);
    assert.match(textOf(told[0]), /Together €1,500\.00.a.month for 33.licences, €18,000\.00 over the whole terms/);
    assert.deepEqual(
      (await bulks())[0]?.members.map((one) => one.shown),
      ['h0', 'h1', 'h2'],
    );
  });

  it('one yes writes one approval for each, bound to its own cart, once however often it is delivered', async () => {
    const { asked, press, look, approved, told, textOf, moveOf, people } = await world();
    const card = await asked();
    for (let n = 0; n < 2; n++)
      assert.match(String((await press(card, 'bulk.approve', {}, { who: 'bo', mark: 'yes' })).privately), n === 0 ? /You have approved 3/ : /up to date/i);
    await Promise.all([look(), look(), look()]);
    await look();
    assert.deepEqual(await approved(), ['h0', 'h1', 'h2']);
    assert.deepEqual([(await moveOf(1))?.approval?.by, told.length], [people.bo.key, 2]);
    assert.match(textOf(told[1]), /3 of 3.subscriptions to Plan p1 are approved/);
    assert.match(String((await press(card, 'bulk.approve', {}, { who: 'bo' })).privately), /Something else is asked/);
  });

  it('one whose price changed since the card was drawn is refused alone, and named; the next yes is to its new price', async () => {
    const { deps, asked, press, look, price, approved, told, textOf, moveOf } = await world();
    const card = await asked();
    const move = (await moveOf(1)) as Move;
    await applyEvent(deps, move, { kind: 'back', by: 'x' }, { by: BOT });
    await applyEvent(deps, move, { kind: 'chosen', by: move.startedBy, plan: PLANS[0] as never, quantity: 11, term: null, billing: null }, { by: BOT });
    await price(1, 90_000, 'dearer');
    await press(card, 'bulk.approve', {}, { who: 'bo' });
    await look();
    assert.deepEqual(await approved(), ['h0', null, 'h2']);
    assert.match(textOf(told[1]), /1 of 3.prices[\s\S]*Fabrikam[\s\S]*not approved: its price or plan has changed since the card was drawn/);
    await press(told[1], 'bulk.approve', {}, { who: 'bo' });
    await look();
    assert.deepEqual(await approved(), ['h0', 'dearer', 'h2']);
  });

  it('who cannot be quoted is named with why and left out of the total; the others go on', async () => {
    const { deps, write, press, look, price, told, textOf, people, moveOf, states } = await world();
    const busy = { kind: 'chosen' as const, by: 'x', plan: PLANS[0] as never, quantity: 1, term: null, billing: null };
    await openMove(deps, 'c0', 's0', { key: people.bo.key, tenant: 't' });
    await applyEvent(deps, { customerId: 'c0', subscriptionId: 's0' }, busy, { by: BOT });
    await press(await write('move dynamics ax'), 'bulk.ask');
    await look();
    await applyEvent(deps, (await moveOf(1)) as Move, { kind: 'refused', reason: 'agreement', code: 'a' }, { by: BOT });
    await price(2);
    await look();
    assert.match(textOf(told[0]), /1 of 3.prices of Plan p1 waits/);
    assert.match(textOf(told[0]), /Together €400\.00.a.month for 12.licences/);
    assert.match(textOf(told[0]), /left out: somebody is moving it already[\s\S]*no price: the customer has not accepted the customer agreement/);
    assert.deepEqual(await states(), ['quoting', 'drafting', 'quoted']);
  });

  it('a price that does not come in ten minutes holds up nobody; a look brings it later, and then the card asks something else', async () => {
    const { one, write, press, look, price, told, textOf, approved } = await world();
    await press(await write('move dynamics ax'), 'bulk.ask');
    await look();
    await price(0);
    one.wait(600_001);
    await look();
    assert.match(textOf(told[0]), /1 of 3.prices[\s\S]*its price is being asked for/);
    await price(1);
    assert.match(textOf(await press(told[0], 'bulk.look')), /2 of 3.prices/);
    assert.match(String((await press(told[0], 'bulk.approve', {}, { who: 'bo' })).privately), /Something else is asked/);
    assert.deepEqual(await approved(), [null, null, null]);
  });

  it('a crash anywhere loses nothing and does nothing twice', async () => {
    for (let crashAt = 1; crashAt < 30; crashAt += 3) {
      const { one, asked, press, look, approved, states, told } = await world();
      const commit = one.store.commit.bind(one.store);
      let left = crashAt;
      const crash = () => {
        one.store.commit = async (...change) => {
          if (--left < 0) throw new Error('killed');
          return commit(...change);
        };
      };
      const again = async () => {
        for (let n = 0; n < 3; n++) await look().catch(() => {});
        one.store.commit = commit;
        one.wait(60_001);
        await look();
      };
      const card = await asked();
      await press(card, 'bulk.approve', {}, { who: 'bo' });
      crash();
      await again();
      assert.deepEqual(
        [await approved(), await states()],
        [
          ['h0', 'h1', 'h2'],
          ['quoted', 'quoted', 'quoted'],
        ],
        `killed after ${crashAt} changes`,
      );
      assert.ok(told.length <= 3);
    }
  });

  it('killed while it asks for prices it goes on where it was: one move for each', async () => {
    for (let crashAt = 1; crashAt < 14; crashAt += 2) {
      const { one, write, press, look, moveOf, states } = await world();
      await press(await write('move dynamics ax'), 'bulk.ask');
      const commit = one.store.commit.bind(one.store);
      let left = crashAt;
      one.store.commit = async (...change) => {
        if (--left < 0) throw new Error('killed');
        return commit(...change);
      };
      await look().catch(() => {});
      one.store.commit = commit;
      one.wait(60_001);
      await look();
      await look();
      assert.deepEqual(await states(), ['quoting', 'quoting', 'quoting'], `killed after ${crashAt} changes`);
      assert.deepEqual(await Promise.all([0, 1, 2].map(async (n) => (await moveOf(n))?.key)), ['mov_s0_1', 'mov_s1_1', 'mov_s2_1']);
    }
  });

  it('one no declines each that the card shows, with the reason in the record of each, once however often it is delivered; nothing is bought', async () => {
    const { asked, press, look, states, told, textOf, moveOf, people, record } = await world();
    const card = await asked();
    const no = () => press(card, 'bulk.decline', { reason: 'Too dear this year.' }, { who: 'bo', mark: 'no' });
    assert.match(String((await press(card, 'bulk.decline', { reason: ' ' }, { who: 'bo' })).privately), /reason/i);
    assert.deepEqual(await states(), ['quoted', 'quoted', 'quoted']);
    for (let n = 0; n < 2; n++) assert.match(String((await no()).privately), n === 0 ? /You have declined 3.prices/ : /up to date/i);
    await Promise.all([look(), look(), look()]);
    await look();
    assert.deepEqual(await states(), ['cancelled', 'cancelled', 'cancelled']);
    assert.deepEqual((await moveOf(1))?.declined, { by: people.bo.key, reason: 'Too dear this year.' });
    for (const index of NAMES.keys())
      assert.deepEqual(
        (await record(index)).filter((row) => row.what === 'decline').map((row) => [row.by, row.data.reason]),
        [[people.bo.key, 'Too dear this year.']],
      );
    assert.equal(told.length, 2);
    assert.match(textOf(told[1]), /3 of 3.prices of Plan p1 were declined[\s\S]*declined; nothing was bought/);
    assert.match(String((await press(card, 'bulk.approve', {}, { who: 'bo' })).privately), /Something else is asked/);
  });

  it('a no is to what the card shows: one that was priced anew or approved since is left alone, and named', async () => {
    const { deps, asked, press, look, price, states, told, textOf, moveOf } = await world();
    const card = await asked();
    const move = (await moveOf(1)) as Move;
    await applyEvent(deps, move, { kind: 'back', by: 'x' }, { by: BOT });
    await applyEvent(deps, move, { kind: 'chosen', by: move.startedBy, plan: PLANS[0] as never, quantity: 11, term: null, billing: null }, { by: BOT });
    await price(1, 90_000, 'dearer');
    const yes = { kind: 'approve' as const, by: 'x', roles: ['approver'] as Role[], hash: 'h2', fourEyes: { when: 'off' as const } };
    await applyEvent(deps, (await moveOf(2)) as Move, yes, { by: BOT });
    await press(card, 'bulk.decline', { reason: 'No.' }, { who: 'bo' });
    await look();
    assert.deepEqual(await states(), ['cancelled', 'quoted', 'quoted']);
    assert.match(
      textOf(told[1]),
      /Contoso[\s\S]*declined; nothing was bought[\s\S]*Fabrikam[\s\S]*not declined: its price or plan has changed[\s\S]*not declined: it had been approved before; approved/,
    );
    assert.match(String((await press(told[1], 'bulk.approve', {}, { who: 'bo' })).privately), /You have approved 1/, 'what is left can be answered');
  });

  it('a no and a yes in one moment: one of them counts; whose role was taken away declines nothing', async () => {
    const { asked, press, look, states, scene, told, textOf } = await world();
    const card = await asked();
    const said = await Promise.all([
      press(card, 'bulk.decline', { reason: 'No.' }, { who: 'bo' }),
      press(card, 'bulk.approve', {}, { who: 'bo' }),
      press(card, 'bulk.decline', { reason: 'No!' }, { who: 'ann' }),
    ]);
    assert.equal(said.filter((one) => /You have (declined|approved)/.test(String(one.privately))).length, 1);
    scene.roles = ['requester'];
    await look();
    assert.match(String((await press(told.at(-1), 'bulk.decline', { reason: 'No.' })).privately), /may not|approver/i);
    assert.deepEqual(await states(), ['quoted', 'quoted', 'quoted']);
    assert.match(textOf(told.at(-1)), /may not any more/);
  });

  it('killed anywhere while it declines it goes on where it was', async () => {
    for (let crashAt = 1; crashAt < 16; crashAt += 2) {
      const { one, asked, press, look, states, record } = await world();
      await press(await asked(), 'bulk.decline', { reason: 'No.' }, { who: 'bo' });
      const commit = one.store.commit.bind(one.store);
      let left = crashAt;
      one.store.commit = async (...change) => {
        if (--left < 0) throw new Error('killed');
        return commit(...change);
      };
      for (let n = 0; n < 3; n++) await look().catch(() => {});
      one.store.commit = commit;
      one.wait(60_001);
      await look();
      assert.deepEqual(await states(), ['cancelled', 'cancelled', 'cancelled'], `killed after ${crashAt} changes`);
      for (const index of NAMES.keys()) assert.equal((await record(index)).filter((row) => row.what === 'decline').length, 1);
    }
  });

  it('a list with several tickets of a programme offers to choose several: just those, on pages, up to the same one yes', async () => {
    const { one, write, press, textOf, bulks, look, states, turn, deps } = await world();
    const list = await write('expiring');
    assert.match(JSON.stringify(list.say), /Choose several/);
    const card = await press(list, 'list.choose', {}, { mark: 'several' });
    await press(list, 'list.choose', {}, { mark: 'several' });
    assert.equal((await bulks()).length, 1, 'once for each press');
    assert.match(textOf(card), /3.subscriptions of Dynamics AX/);
    await press(await press(card, 'bulk.toggle', { ticketId: 'S-1003', choice: 1, from: 0 }), 'bulk.ask');
    await look();
    assert.deepEqual(await states(), ['none', 'none', 'quoting']);
    const viewer = { ...turn('bo', 'viewer'), actor: { ...turn('bo', 'viewer').actor, roles: ['viewer' as Role] } };
    const handle = (list.say[0] as { handle: string }).handle;
    assert.match(String((await onAction(deps, Promise.resolve(viewer), 'list.choose', { id: handle, v: 0 })).privately), /may not|requester|role/i);
    const other = sampleTicket(
      { id: 'S-1009', customerId: 'c0', customerName: 'Contoso', subscriptionId: 's9', move: null },
      { programme: 'Dynamics CRM Online' },
    );
    await listTicket(one.store, other, null);
    const mixed = await write('expiring', 'mixed');
    assert.match(JSON.stringify(mixed.say), /Choose several/);
    assert.match(textOf(await press(mixed, 'list.choose', {}, { mark: 'mixed' })), /3.subscriptions of Dynamics AX/, 'of the others there is but one');
    await listTicket(one.store, { ...other, id: 'S-1010', customerId: 'c1', customerName: 'Fabrikam', subscriptionId: 's10' }, null);
    const asks = await press(mixed, 'list.choose', {}, { mark: 'asks' });
    assert.match(textOf(asks), /Of which programme\?[\s\S]*Dynamics AX[\s\S]*3 on this list[\s\S]*Dynamics CRM Online[\s\S]*2 on this list/);
    const crm = await press(asks, 'choice.take', { choice: 1 }, { mark: 'crm' });
    assert.match(textOf(crm), /2.subscriptions of Dynamics CRM Online/, 'one decision is for one programme');
    assert.doesNotMatch(textOf(crm), /Northwind/);
    assert.doesNotMatch(JSON.stringify((await write('expiring contoso', 'two')).say), /Choose several/);
  });

  it('a yes that could not be carried out for a quarter of an hour is no longer one', async () => {
    const { one, asked, press, look, approved, told, textOf } = await world();
    await press(await asked(), 'bulk.approve', {}, { who: 'bo' });
    one.wait(15 * 60_000 + 1);
    await look();
    assert.deepEqual(await approved(), [null, null, null]);
    assert.match(textOf(told[1]), /not approved: the yes, or its price, was too old/);
  });

  it('whose role was taken away in between approves nothing, and it is said', async () => {
    const { scene, asked, press, look, approved, told, textOf } = await world();
    await press(await asked(), 'bulk.approve', {}, { who: 'bo' });
    scene.roles = ['requester'];
    await look();
    assert.deepEqual(await approved(), [null, null, null]);
    assert.match(textOf(told[1]), /not approved: who approved may not any more/);
  });

  it('four eyes are judged on the sum: of one yes, and of several by one person within a day, single ones too', async () => {
    // Each is 4,800 EUR over its term.
    const { asked, press, look, approved, textOf } = await world({ fourEyes: { when: 'aboveAmount', minor: 1_000_000, currency: 'EUR' } });
    const card = await asked();
    assert.match(textOf(card), /Ann asked for them; together they are above the limit/);
    assert.match(String((await press(card, 'bulk.approve')).privately), /above the limit for one person/);
    assert.deepEqual(await approved(), [null, null, null]);
    await press(card, 'bulk.approve', {}, { who: 'bo' });
    await look();
    assert.deepEqual(await approved(), ['h0', 'h1', 'h2']);
  });

  it('a split does not evade it: the third single yes within a day is refused', async () => {
    const { deps, asked, turn, approved } = await world({ fourEyes: { when: 'aboveAmount', minor: 1_000_000, currency: 'EUR' } });
    await asked();
    const yes = async (index: number, mark = `yes ${index}`) => {
      const wish = {
        ticketRef: { customerId: `c${index}`, ticketId: `S-${1001 + index}` },
        look: { text: null, spends: true },
        decide: (view: Parameters<typeof ticketDialog>[0], actor: Parameters<typeof ticketDialog>[2]) =>
          ticketDialog(view, { verb: 'purchase.approve' }, actor),
        meantFor: { by: 'mark' as const },
      };
      const considered = await consider(deps, turn('ann', mark), wish);
      assert.ok(considered);
      return String((await carryOut(deps, turn('ann', mark), wish, considered)).privately);
    };
    assert.doesNotMatch(await yes(0), /above the limit/);
    assert.doesNotMatch(await yes(1), /above the limit/);
    assert.match(await yes(2), /With what you asked for and approved yourself in the last 24 hours it is above the limit for one person/);
    assert.deepEqual(await approved(), ['h0', 'h1', null]);
  });

  it('SHOW_COST is obeyed: no amount stands where none may, and no yes is given to prices that were not shown', async () => {
    const { asked, press, approved, textOf } = await world({ shows: { cost: 'personal', names: 'blocked' } });
    const card = await asked();
    assert.doesNotMatch(textOf(card), /€|Approve/);
    assert.match(String((await press(card, 'bulk.approve', { v: 3 }, { who: 'bo' })).privately), /Prices are shown in the chat with me alone/);
    assert.deepEqual(await approved(), [null, null, null]);
  });

  it('read-only stops the yes; Teams that takes nothing is told again', async () => {
    const { scene, asked, press, look, approved, told } = await world();
    const card = await asked();
    scene.readOnly = 'readOnly';
    await press(card, 'bulk.approve', {}, { who: 'bo' });
    assert.deepEqual(await approved(), [null, null, null]);
    scene.readOnly = false;
    await press(card, 'bulk.approve', {}, { who: 'bo' });
    scene.lost = true;
    assert.deepEqual(await look(), { retryInMs: 5_000 });
    scene.lost = false;
    await look();
    assert.equal(told.length, 2);
  });

  it('more than one plan is asked about; so is a programme that is only near, or called like a customer', async () => {
    const { one, write, press, textOf, bulks } = await world({ plans: ['p1', 'p4'] });
    assert.match(String((await write('move dynamics crm online')).say[0]), /I know of no open ticket of Dynamics CRM Online/);
    assert.match(textOf(await write('move dynamics')), /Which customer or programme do you mean\?[\s\S]*Dynamics AX[\s\S]*Dynamics CRM Online/);
    await nameCustomer(one.store, { id: 'c9', name: 'Dynamics AX Ltd' });
    const which = await write('move Dynamics AX', 'both');
    assert.match(textOf(which), /Which customer or programme/);
    const card = await press(which, 'choice.take', { choice: 0 });
    const plan = await press(card, 'bulk.ask');
    assert.match(textOf(plan), /To which plan\?[\s\S]*Plan p1[\s\S]*Plan p4/);
    assert.match(String((await press(plan, 'choice.take', { choice: 1 })).say[0]), /I ask for 3.prices of Plan p4/);
    assert.deepEqual((await bulks())[0]?.plan?.id, 'p4');
    assert.match(String((await press(plan, 'choice.take', { choice: 0 })).privately), /have been asked for/);
  });

  it('fifty are taken at once, and how many wait is said', async () => {
    const { one, write, bulks, textOf } = await world();
    for (let n = 10; n < 60; n++) {
      const ticket = sampleTicket(
        { id: `S-20${n}`, customerId: `d${n}`, customerName: `Load ${n}`, subscriptionId: `t${n}`, move: null },
        { programme: 'Dynamics AX', offerName: OFFER },
      );
      await listTicket(one.store, ticket, null);
    }
    assert.match(textOf(await write('move dynamics ax')), /I take 50 at once; 3 more wait/);
    assert.equal((await bulks())[0]?.members.length, 50);
  });
});
