/** The purchase against a Partner Center that is late, loses answers, changes its mind and contradicts itself. */
import assert from 'node:assert/strict';
import { handleMove } from '../../../services/moves/handler.ts';
import { BOT } from '../../../services/auditLog/auditLog.ts';
import { needsAnother } from '../../../services/approval/approval.ts';
import type { News, Quote } from '../../../services/domain/ticket.ts';
import { type Json, openShop, PLAN, type Says, type Shop, type Walk, walkMove } from '../../support/shop.ts';
import { readRecord } from '../../../services/ticketView.ts';
import { keysWith, ofCustomer, OUTBOX } from '../../../services/store/rows.ts';

const MINUTE = 60_000;

describe('a purchase in an unkind world', () => {
  it('goes well in a kind one', async () => {
    const shop = openShop();
    const walk = await walkMove(shop);
    await walk.quote();
    await walk.approve();
    await walk.run(2 * MINUTE);
    const move = await walk.move();
    assert.deepEqual([move.state, shop.orders.length, shop.count('POST', /checkout/)], ['reassigned', 1, 1]);
  });

  it('keeps the reseller through whom an indirect provider sells it, and asks anew where he is another one by now', async () => {
    const shop = openShop();
    let reseller = '4847383';
    shop.edit('GET', /subscriptions\/sub-old$/, (body) => ({ ...body, partnerId: reseller }));
    const walk = await walkMove(shop);
    const { quote } = await walk.quote();
    assert.equal(quote?.source?.reseller, '4847383');
    const sent = () => shop.calls.filter((one) => one.method === 'POST' && /carts$/.test(one.path)).at(-1)?.body as Json;
    assert.deepEqual((sent().lineItems as Json[])[0]?.participants, [{ key: 'transaction_reseller', value: '4847383' }]);
    assert.equal(sent().partnerOnRecordAttestationAccepted, true);
    reseller = '5550001';
    await walk.approve();
    await walk.run(2 * MINUTE);
    const { state, approval, again } = await walk.move();
    assert.deepEqual([state, approval, again, shop.orders.length], ['quoted', null, 'source', 0]);
    const direct = openShop();
    await (await walkMove(direct)).quote();
    assert.deepEqual(Object.keys(direct.calls.find((one) => /carts$/.test(one.path))?.body ?? {}), ['lineItems']);
  });

  describe('an outcome belongs to the call that caused it', () => {
    it('the price of a cancelled move that comes late is not stored in the next one', async () => {
      const shop = openShop();
      const walk = await walkMove(shop);
      await walk.apply({ kind: 'chosen', by: 'ann', plan: PLAN, quantity: 70, term: null, billing: null });
      let answer: () => void = () => {};
      shop.on('POST', /carts$/, () => new Promise((resolve) => (answer = () => resolve({ status: 500 }))), 1);
      const late = handleMove(walk.deps, { queue: 'move', what: 'move', customerId: 'c', subscriptionId: 'sub-old' });
      for (let n = 0; n < 50; n++) await Promise.resolve();
      await new Promise(setImmediate);
      await walk.apply({ kind: 'cancel', by: 'ann' });
      await walk.begin();
      await walk.apply({ kind: 'chosen', by: 'ann', plan: PLAN, quantity: 7, term: null, billing: null });
      answer();
      await late;
      const move = await walk.move();
      assert.deepEqual([move.key, move.state, move.attempts, move.quote], ['mov_sub-old_2', 'quoting', 0, null]);
    });

    it('nor is one of the same move that was chosen anew meanwhile, nor one of another request id', async () => {
      const shop = openShop();
      const walk = await walkMove(shop);
      await walk.apply({ kind: 'chosen', by: 'ann', plan: PLAN, quantity: 70, term: null, billing: null });
      const early = await walk.move();
      await walk.run(2_000);
      await walk.apply({ kind: 'back', by: 'ann' });
      await walk.apply({ kind: 'chosen', by: 'ann', plan: PLAN, quantity: 7, term: null, billing: null });
      const now = await walk.move();
      const { applyEvent } = await import('../../../services/moves/apply.ts');
      const refuse = { kind: 'refused', reason: 'notSold', code: 'x' } as const;
      const of = { key: now.key, version: now.version, requestId: now.call?.requestId ?? null, answered: true };
      for (const call of [
        { ...of, version: early.version },
        { ...of, requestId: 'another' },
        { ...of, key: 'mov_sub-old_9' },
      ])
        assert.deepEqual(await applyEvent(walk.deps, { customerId: 'c', subscriptionId: 'sub-old' }, refuse, { by: BOT, call }), { refused: 'otherCall' });
      assert.equal((await walk.move()).state, 'quoting');
      const applied = await applyEvent(walk.deps, { customerId: 'c', subscriptionId: 'sub-old' }, refuse, { by: BOT, call: of });
      assert.ok('move' in applied && applied.move?.state === 'drafting');
    });
  });
});

const CHECKOUT = /\/checkout$/;
const CART = /\/carts\/[^/]+$/;
const ORDERS = /\/orders(\?|$)/;

/** A shop and a move whose price was approved; nothing was sent yet. */
async function approved(shop = openShop()): Promise<{ shop: Shop; walk: Walk }> {
  const walk = await walkMove(shop);
  await walk.quote();
  await walk.approve();
  return { shop, walk };
}

describe('a try without an answer', () => {
  it('is not ended by a refusal: the work goes on there, two tries are refused meanwhile, and there is one order', async () => {
    for (const refusal of [
      { status: 409, body: {} },
      { status: 400, body: { code: 800002 } },
      { status: 400, body: { code: 800009 } },
      { status: 403, body: { code: 13605 } },
    ]) {
      const { shop, walk } = await approved();
      let cartId = '';
      shop.on(
        'POST',
        CHECKOUT,
        (asked) => {
          cartId = asked.path.split('/').at(-2) as string;
          return 'unheard';
        },
        1,
      );
      await walk.run(100);
      shop.on('POST', CHECKOUT, refusal, 2);
      await walk.run(5_000);
      assert.notEqual((await walk.move()).stuck?.reason, 'purchaseRefused', JSON.stringify(refusal));
      shop.place(cartId);
      await walk.run(30 * MINUTE);
      assert.deepEqual([(await walk.move()).state, shop.orders.length], ['reassigned', 1], JSON.stringify(refusal));
    }
  });

  it('says nothing, offers no giving up and makes no new cart until 20 minutes after the last try; then it is back at choosing', async () => {
    const { shop, walk } = await approved();
    shop.on('POST', CHECKOUT, 'unheard');
    await walk.run(19 * MINUTE);
    const stuck = await walk.move();
    assert.deepEqual([stuck.state, stuck.stuck?.reason], ['stuck', 'purchaseUnclear']);
    await assert.rejects(() => walk.apply({ kind: 'giveUp', by: 'ann', reason: 'x' }), /notWhileUnclear/);
    assert.equal(shop.count('POST', /carts$/), 1);
    const tries = shop.count('POST', CHECKOUT);
    await walk.run(20 * MINUTE);
    const back = await walk.move();
    assert.deepEqual([back.state, back.refusal?.reason, back.approval, shop.count('POST', CHECKOUT)], ['drafting', 'notBought', null, tries]);
    assert.equal(new Set(shop.calls.filter((one) => CHECKOUT.test(one.path)).map((one) => one.path)).size, 1, 'only ever the same cart');
  });

  it('proves nothing by an Active cart while the order list is not whole', async () => {
    const { shop, walk } = await approved();
    shop.on('POST', CHECKOUT, 'unheard');
    shop.edit('GET', ORDERS, (body) => ({ ...body, links: { next: { uri: '/orders?page=2', method: 'GET', headers: [] } } }));
    // Before the purchase it waits; so the gate is opened once, and the list breaks afterwards.
    shop.on('GET', ORDERS, { status: 200, body: { items: [] } }, 1);
    await walk.run(90 * MINUTE);
    assert.deepEqual([(await walk.move()).state, (await walk.move()).stuck?.reason], ['stuck', 'purchaseUnclear']);
  });

  it('is measured by their clock, ten minutes ahead or behind', async () => {
    for (const skewMs of [-10 * MINUTE, 10 * MINUTE]) {
      const shop = openShop();
      shop.skewMs = skewMs;
      const { walk } = await approved(shop);
      shop.on('POST', CHECKOUT, { status: 409, body: {} });
      shop.on('POST', CHECKOUT, 'lost', 1);
      await walk.run(2 * MINUTE);
      assert.deepEqual([(await walk.move()).state, shop.orders.length], ['reassigned', 1]);
    }
  });

  it('is found although its cart is gone, and not when the order is of another product', async () => {
    const { shop, walk } = await approved();
    shop.on('POST', CHECKOUT, 'lost', 1);
    shop.on('POST', CHECKOUT, { status: 404, body: { code: 800008 } });
    await walk.run(10);
    shop.on('GET', CART, { status: 404, body: { code: 800008 } });
    await walk.run(2 * MINUTE);
    assert.equal((await walk.move()).order?.id, shop.orders[0]?.id);
    const other = await approved();
    other.shop.on('POST', CHECKOUT, 'unheard');
    await other.walk.run(10);
    other.shop.on('GET', CART, { status: 404, body: { code: 800008 } });
    other.shop.orders.push({ id: 'o-x', creationDate: new Date(other.shop.nowMs()).toISOString(), lineItems: [{ offerId: 'P:OTHER:A', quantity: 7 }] });
    await other.walk.run(60 * MINUTE);
    assert.equal((await other.walk.move()).stuck?.reason, 'purchaseUnclear', 'a cart that is gone proves nothing; a person is asked');
  });
});

describe('the one gate before a purchase', () => {
  const order = (id: string, changes: object = {}) => ({
    id,
    creationDate: '2027-01-10T10:00:00Z',
    lineItems: [{ offerId: 'P:K:OLDER', quantity: 7 }],
    ...changes,
  });

  it('asks about an order of the same product and SKU, whatever its availability; yes goes on with it and buys nothing', async () => {
    const { shop, walk } = await approved();
    shop.orders.push(
      order('o-7', {
        lineItems: [
          { offerId: 'X:Y:Z', quantity: 1 },
          { offerId: 'p:k:OLDER', quantity: 7, subscriptionId: 'sub-bought' },
        ],
      }),
    );
    await walk.run(MINUTE);
    const asked = await walk.move();
    assert.deepEqual([asked.state, asked.question?.id, asked.held, shop.count('POST', CHECKOUT)], ['quoted', 'o-7', 'question', 0]);
    await walk.apply({ kind: 'settle', by: 'bo', order: 'o-7', reason: '' });
    await walk.run(MINUTE);
    const settled = await walk.move();
    assert.deepEqual([settled.order?.id, shop.count('POST', CHECKOUT)], ['o-7', 0]);
    assert.equal(settled.stuck?.reason, 'orderDiffers', 'it holds a second line, and that is told');
  });

  it('goes on after a no, with its reason kept; asks about each, and not again', async () => {
    const { shop, walk } = await approved();
    shop.orders.push(order('o-1'), order('o-2', { creationDate: '2027-01-11T10:00:00Z' }));
    for (const id of ['o-2', 'o-1']) {
      await walk.run(1_000);
      assert.equal((await walk.move()).question?.id, id);
      await walk.apply({ kind: 'settle', by: 'bo', order: null, reason: 'for another department' });
    }
    await walk.run(2 * MINUTE);
    const move = await walk.move();
    assert.deepEqual(
      [move.state, shop.count('POST', CHECKOUT), move.notOurs?.map((one) => one.reason)],
      ['reassigned', 1, ['for another department', 'for another department']],
    );
  });

  it('does not count what is older than 31 days and than the flip, renews, was cancelled, or is owned by another move', async () => {
    const { shop, walk } = await approved();
    shop.orders.push(
      order('o-old', { creationDate: '2026-11-10T10:00:00Z' }),
      order('o-renewal', { lineItems: [{ offerId: 'P:K:A', quantity: 7, transactionType: 'Renew' }] }),
      order('o-cancelled', { status: 'Cancelled' }),
      order('o-owned'),
    );
    const owner = { ...(await walk.move()), key: 'mov_other_1', subscriptionId: 'other', state: 'reassigned', order: { id: 'o-owned' } };
    await walk.deps.store.put(...ofCustomer('c'), 'mov_other_1', owner);
    await walk.run(MINUTE);
    assert.equal(shop.count('POST', CHECKOUT), 1);
  });

  it('reads every page, by token and by offset, and asks about an order whose lines it cannot read', async () => {
    for (const next of [{ headers: [{ key: 'MS-ContinuationToken', value: 't2' }] }, { uri: '/customers/c/orders?size=1&offset=1' }]) {
      const { shop, walk } = await approved();
      const second = { status: 200, body: { items: [order('o-2', { lineItems: null })] } };
      shop.on('GET', /\/orders$/, { status: 200, body: { items: [], links: { next } } });
      shop.on('GET', /\/orders\?(seekOperation|offset=1)/, second);
      await walk.run(MINUTE);
      assert.deepEqual([(await walk.move()).question?.id, shop.count('POST', CHECKOUT)], ['o-2', 0]);
    }
  });

  it('waits while the orders cannot be read, says so, and can be cancelled', async () => {
    const { shop, walk } = await approved();
    shop.on('GET', ORDERS, { status: 500 });
    await walk.run(30 * MINUTE);
    const move = await walk.move();
    assert.deepEqual([move.state, move.held, shop.count('POST', CHECKOUT)], ['quoted', 'orders', 0]);
    await walk.apply({ kind: 'cancel', by: 'ann' });
    assert.equal((await walk.move()).state, 'cancelled');
  });

  it('waits while a like purchase of another subscription of the customer is unclear, and goes on when it is settled', async () => {
    const shop = openShop();
    const first = await walkMove(shop);
    const second = await walkMove(shop, { store: first.deps.store, subscription: 'sub-two' });
    for (const walk of [first, second]) await walk.quote();
    await first.approve();
    shop.on('POST', CHECKOUT, 'unheard', 9);
    await first.run(3 * MINUTE);
    await second.approve();
    await second.run(MINUTE);
    const waits = await second.move();
    assert.deepEqual([waits.held, waits.heldFor], ['likePurchase', 'S-1001']);
    const cartId = (await first.move()).quote?.cartId ?? '';
    shop.place(cartId);
    await first.run(11 * MINUTE);
    assert.equal((await first.move()).order?.id, shop.orders[0]?.id);
    assert.equal((await second.move()).state, 'quoted', 'nothing was sent for the second meanwhile');
    await second.run(2 * MINUTE);
    const bought = [await first.move(), await second.move()].map((move) => move.order?.id);
    assert.deepEqual([new Set(bought).size, bought.includes(undefined), shop.orders.length], [2, false, 2]);
  });

  it('two that pass at the same moment do not both go on', async () => {
    const shop = openShop();
    const first = await walkMove(shop);
    const second = await walkMove(shop, { store: first.deps.store, subscription: 'sub-two' });
    for (const walk of [first, second]) await walk.quote();
    for (const walk of [first, second]) await walk.approve();
    shop.on('POST', CHECKOUT, 'unheard');
    await Promise.all([
      handleMove(first.deps, { queue: 'move', what: 'move', customerId: 'c', subscriptionId: 'sub-old' }),
      handleMove(second.deps, { queue: 'move', what: 'move', customerId: 'c', subscriptionId: 'sub-two' }),
    ]);
    assert.deepEqual([(await first.move()).state, (await second.move()).state].sort(), ['purchasing', 'quoted']);
  });

  it('holds against restored storage: the order that was forgotten is asked about', async () => {
    const shop = openShop();
    const walk = await walkMove(shop);
    await walk.quote();
    const rows = await walk.deps.store.range<object>(...ofCustomer('c'), '', '~');
    await walk.approve();
    await walk.run(2 * MINUTE);
    assert.equal(shop.orders.length, 1);
    for (const row of await walk.deps.store.range<object>(...ofCustomer('c'), '', '~')) await walk.deps.store.remove(...ofCustomer('c'), row.key);
    for (const row of rows) await walk.deps.store.put(...ofCustomer('c'), row.key, row.value);
    await walk.approve();
    await walk.run(5 * MINUTE);
    assert.deepEqual([(await walk.move()).question?.id, shop.orders.length], [shop.orders[0]?.id, 1]);
  });

  it('holds against an order that does not show yet: a cart that reads Ordered is not replaced by another', async () => {
    const { shop, walk } = await approved();
    shop.place((await walk.move()).quote?.cartId ?? '');
    shop.on('GET', ORDERS, { status: 200, body: { items: [] } }, 8);
    await walk.run(2 * MINUTE);
    assert.deepEqual([(await walk.move()).held, shop.count('POST', /carts$/)], ['orders', 1]);
    await walk.run(20 * MINUTE);
    assert.deepEqual([(await walk.move()).question?.id, shop.orders.length], [shop.orders[0]?.id, 1]);
  });
});

describe('who cancels while an order is asked about', () => {
  it('is not told that nothing was bought: nobody knows', async () => {
    for (const [asked, open] of [
      [true, 1],
      [false, undefined],
    ] as const) {
      const { shop, walk } = await approved();
      if (asked) shop.orders.push({ id: 'o-1', creationDate: '2027-01-10T10:00:00Z', lineItems: [{ offerId: 'P:K:X', quantity: 7 }] });
      else shop.on('GET', /availabilities$/, { status: 503 });
      await walk.run(20_000);
      await walk.apply({ kind: 'cancel', by: 'ann' });
      const said = (await walk.deps.store.range<News>(...ofCustomer('c'), ...keysWith(OUTBOX))).filter((row) => row.value.kind === 'cancelled');
      assert.deepEqual(
        said.map((row) => row.value.data.open),
        [open],
      );
    }
  });
});

describe('an answer that comes after another process went on', () => {
  it('is dropped where the order is known already: one order, one record of it', async () => {
    const { shop, walk } = await approved();
    const other = { ...walk.deps, workerId: 'two' };
    let answer: () => void = () => {};
    shop.on(
      'POST',
      CHECKOUT,
      (asked) => {
        shop.place(asked.path.split('/').at(-2) as string);
        return new Promise((resolve) => {
          answer = () => resolve({ status: 201, body: { orders: shop.orders } });
        });
      },
      1,
    );
    const hanging = handleMove(walk.deps, { queue: 'move', what: 'move', customerId: 'c', subscriptionId: 'sub-old' });
    for (let n = 0; n < 20; n++) await new Promise(setImmediate);
    shop.passMs(20_000);
    await handleMove(other, { queue: 'move', what: 'move', customerId: 'c', subscriptionId: 'sub-old' });
    const known = await walk.move();
    answer();
    await hanging;
    assert.deepEqual(await walk.move(), known);
    assert.deepEqual([known.state, shop.orders.length], ['provisioning', 1]);
  });
});

describe('a yes is bound to what is bought', () => {
  const lines = (change: (all: Json[]) => Json[]) => (body: Json) => ({ ...body, lineItems: change(body.lineItems as Json[]) });
  const line = (changes: Json) => lines((all) => all.map((one) => ({ ...one, ...changes })));
  const worlds: [string, (body: Json) => Json][] = [
    ['a second line', lines((all) => [...all, { ...all[0], id: 1 }])],
    ['another item', line({ catalogItemId: 'P:K2:A1' })],
    ['more licences', line({ quantity: 8 })],
    ['another billing', line({ billingCycle: 'Annual' })],
    ['another term', line({ termDuration: 'P3Y' })],
    ['another currency', line({ currencyCode: 'USD' })],
    ['another price', line({ pricing: { listPrice: 20, extendedPrice: 140 } })],
    ['a price that is missing', line({ pricing: null })],
    ['an error', line({ error: { errorDescription: 'no' } })],
  ];
  for (const [name, edit] of worlds) {
    it(`${name} in the cart read again: nothing is sent, and it is asked again`, async () => {
      const { shop, walk } = await approved();
      shop.edit('GET', CART, edit);
      await walk.run(MINUTE);
      const move = await walk.move();
      assert.deepEqual([move.state, move.approval, move.again, shop.count('POST', CHECKOUT)], ['quoted', null, 'cart', 0]);
    });
  }

  it('a wait of more than 15 minutes, read-only for three days say, is asked again', async () => {
    const { shop, walk } = await approved();
    const readOnly = { on: true };
    walk.deps.isReadOnly = async () => readOnly.on && 'readOnly';
    await walk.run(60 * MINUTE);
    shop.passMs(3 * 24 * 60 * MINUTE);
    readOnly.on = false;
    await walk.run(MINUTE);
    const move = await walk.move();
    assert.deepEqual([move.state, move.approval, move.again, shop.count('POST', CHECKOUT)], ['quoted', null, 'waited', 0]);
  });

  it('a first try that may have been made three days ago is not made again: it is looked for', async () => {
    const { shop, walk } = await approved();
    shop.on('POST', CHECKOUT, 'unheard', 1);
    await walk.run(10);
    shop.passMs(3 * 24 * 60 * MINUTE);
    await walk.run(MINUTE);
    assert.deepEqual([(await walk.move()).state, shop.count('POST', CHECKOUT)], ['drafting', 1]);
  });

  const old: [string, Says | undefined, Json][] = [
    ['suspended', undefined, { status: 'suspended' }],
    ['with other seats', undefined, { quantity: 4 }],
    ['gone', { status: 404, body: { code: 20003 } }, {}],
  ];
  for (const [name, inbox, changes] of old) {
    it(`the old subscription ${name} meanwhile: it is asked again, and a yes to that is taken`, async () => {
      const { shop, walk } = await approved();
      if (inbox) shop.on('GET', /subscriptions\/sub-old$/, inbox);
      shop.edit('GET', /subscriptions\/sub-old$/, (body) => ({ ...body, ...changes }));
      await walk.run(MINUTE);
      const move = await walk.move();
      assert.deepEqual([move.approval, move.again, shop.count('POST', CHECKOUT)], [null, 'source', 0]);
      await walk.approve();
      await walk.run(MINUTE);
      assert.equal(shop.count('POST', CHECKOUT), 1);
    });
  }

  const came: [string, (order: Json) => Json, string][] = [
    ['fewer seats', lines((all) => all.map((one) => ({ ...one, quantity: 5 }))), 'seats'],
    ['another price', lines((all) => all.map((one) => ({ ...one, pricing: { listPrice: 11, extendedPrice: 77 } }))), 'price'],
    ['another price for all alone', lines((all) => all.map((one) => ({ ...one, pricing: { extendedPrice: 99 } }))), 'price'],
    ['a second line', lines((all) => [...all, { ...all[0], offerId: 'Q:1:A' }]), 'lines'],
    ['another billing', (body) => ({ ...body, billingCycle: 'annual' }), 'billing'],
  ];
  for (const [name, edit, what] of came) {
    it(`an order that comes back with ${name} is told and waits; an approver takes it as it is`, async () => {
      const { shop, walk } = await approved();
      shop.edit('GET', /\/orders\/order/, edit);
      await walk.run(MINUTE);
      const move = await walk.move();
      assert.deepEqual([move.stuck?.reason, move.order?.differs?.map((one) => one.what)], ['orderDiffers', [what]]);
      await walk.apply({ kind: 'settle', by: 'bo', order: move.order?.id ?? '', reason: 'so be it' });
      await walk.run(MINUTE);
      assert.deepEqual([(await walk.move()).state, (await walk.move()).order?.accepted?.reason], ['reassigned', 'so be it']);
    });
  }

  it('a price that the order does not give, and one of a shorter first cycle, are no difference', async () => {
    for (const pricing of [null, {}, { listPrice: 10, proratedPrice: 4, extendedPrice: 28 }]) {
      const { shop, walk } = await approved();
      shop.edit(
        'GET',
        /\/orders\/order/,
        lines((all) => all.map((one) => ({ ...one, pricing }))),
      );
      await walk.run(MINUTE);
      assert.equal((await walk.move()).state, 'reassigned');
    }
  });
});

describe('a cart of odd shape', () => {
  const until: [string, Json][] = [
    ['M2-cart-expiry-other-spelling: spelled otherwise', { expirationTimeStamp: '2027-01-27T10:00:00Z' }],
    ['missing', {}],
    ['unparsable', { expirationTimestamp: 'in a week' }],
    ['already over by our clock', { expirationTimestamp: '2027-01-20T09:55:00Z' }],
    ['a number', { expirationTimestamp: 12 }],
  ];
  for (const [name, changes] of until) {
    it(`${name}: a ticket that is not read is not over, and it buys once`, async () => {
      const shop = openShop();
      for (const method of ['GET', 'POST'])
        shop.edit(method, /\/carts/, (body) => (body.lineItems ? { ...body, expirationTimestamp: undefined, ...changes } : body));
      const { walk } = await approved(shop);
      await walk.run(2 * MINUTE);
      assert.deepEqual([(await walk.move()).state, shop.count('POST', /carts$/), shop.orders.length], ['reassigned', 1, 1]);
    });
  }

  it('without a status it buys, once', async () => {
    const shop = openShop();
    shop.edit('GET', CART, ({ status: _, ...body }) => body);
    const { walk } = await approved(shop);
    await walk.run(2 * MINUTE);
    assert.deepEqual([(await walk.move()).state, shop.orders.length], ['reassigned', 1]);
  });

  it('that is never there when it is looked at again: few carts, growing pauses, and an end with words', async () => {
    const shop = openShop();
    shop.edit('GET', CART, (body) => ({ ...body, status: 'Expired', expirationTimestamp: '2027-01-20T10:00:01Z' }));
    shop.edit('POST', /carts$/, (body) => ({ ...body, expirationTimestamp: undefined }));
    const { walk } = await approved(shop);
    await walk.run(60 * MINUTE);
    const move = await walk.move();
    assert.deepEqual([move.state, move.refusal?.reason, shop.count('POST', CHECKOUT)], ['drafting', 'unsteady', 0]);
    assert.ok(shop.count('POST', /carts$/) <= 5, `${shop.count('POST', /carts$/)} carts`);
  });

  it('M9-cart-error-without-code: a line with an error in words alone cannot be bought', async () => {
    const shop = openShop();
    shop.edit('POST', /carts$/, (body) => ({
      ...body,
      lineItems: [{ ...(body.lineItems as Json[])[0], error: { errorDescription: 'The offer is withdrawn.' } }],
    }));
    const walk = await walkMove(shop);
    const move = await walk.quote();
    assert.deepEqual([move.state, move.refusal], ['drafting', { reason: 'refused', code: 'The offer is withdrawn.' }]);
  });
});

describe('terms are multiplied out', () => {
  const priced = async (duration: string, billingCycle: string, price: number, quantity: number) => {
    const shop = openShop({ price, availability: { terms: [{ duration, billingCycle }] } });
    const walk = await walkMove(shop);
    const { quote } = await walk.quote(quantity);
    return quote && [quote.monthly.minor, quote.total.minor];
  };
  it('M4-term-two-years: 120 a month for 24 months is 2,880, and another person must approve', async () => {
    assert.deepEqual(await priced('P2Y', 'Monthly', 120, 1), [12_000, 288_000]);
    const quote = { ...(await (await approved()).walk.move()).quote, total: { minor: 288_000, currency: 'USD' } } as Quote;
    assert.ok(needsAnother(quote, { when: 'aboveAmount', minor: 200_000, currency: 'USD' }));
  });
  it('M4h-two-years-paid-yearly: twice the yearly price', async () => assert.deepEqual(await priced('P2Y', 'Annual', 100, 30), [25_000, 600_000]));
  it('18 months paid monthly, 3 years paid at once, 3 years paid yearly', async () => {
    assert.deepEqual(await priced('P18M', 'Monthly', 10, 1), [1_000, 18_000]);
    assert.deepEqual(await priced('P3Y', 'Triennial', 360, 1), [1_000, 36_000]);
    assert.deepEqual(await priced('P3Y', 'Annual', 120, 1), [1_000, 36_000]);
  });
  it('a term or a cycle that is not understood is not offered at all', async () => {
    for (const [term, cycle] of [
      ['P52W', 'Monthly'],
      ['P1Y', 'Fortnightly'],
    ] as const)
      assert.equal(await priced(term, cycle, 10, 1), null);
  });
});

describe('the term that was chosen with the plan', () => {
  const choose = async (shop: Shop, term: string | null, billing: string | null) => {
    const walk = await walkMove(shop);
    await walk.apply({ kind: 'chosen', by: 'ann', plan: PLAN, quantity: 7, term, billing });
    await walk.run(2_000);
    return walk;
  };

  it('is what the price is asked for, the yes is bound to, the order is of, and the record keeps', async () => {
    const shop = openShop();
    const walk = await choose(shop, 'P1Y', 'annual');
    const { quote } = await walk.move();
    assert.deepEqual([quote?.term, quote?.billing], ['P1Y', 'annual']);
    await walk.approve();
    await walk.run(2 * MINUTE);
    const cart = shop.calls.find((one) => one.method === 'POST' && /carts$/.test(one.path));
    const [line] = (cart?.body.lineItems ?? []) as Json[];
    assert.deepEqual([line?.termDuration, line?.billingCycle, shop.orders.length], ['P1Y', 'annual', 1]);
    const record = await readRecord(walk.deps.store, await walk.ticketId());
    assert.equal(record.find((row) => row.what === 'chosen')?.data.term, 'P1Y/annual');
  });

  it('is not sold any more when its price is asked for: refused, nothing else is offered in its place, and the terms that are sold can be chosen', async () => {
    const shop = openShop({ availability: { terms: [{ duration: 'P1Y', billingCycle: 'Monthly' }] } });
    const walk = await choose(shop, 'P1M', 'monthly');
    const { state, refusal, terms, quote } = await walk.move();
    assert.deepEqual([state, refusal?.reason, terms, quote, shop.count('POST', /carts$/)], ['drafting', 'termNotSold', ['P1Y/monthly'], null, 0]);
  });

  it('is withdrawn between the yes and the purchase: what was approved is refused, not bought in another term', async () => {
    const shop = openShop();
    const walk = await choose(shop, 'P1Y', 'annual');
    shop.on('GET', /availabilities$/, { status: 200, body: { items: [{ catalogItemId: 'P:K:A2', terms: [{ duration: 'P1Y', billingCycle: 'Monthly' }] }] } });
    await walk.approve();
    await walk.run(2 * MINUTE);
    const { state, refusal, approval } = await walk.move();
    assert.deepEqual([state, refusal?.reason, approval, shop.orders.length], ['drafting', 'termNotSold', null, 0]);
  });
});

describe('an order that is late', () => {
  for (const afterMs of [20_000, 15 * MINUTE, 40 * MINUTE]) {
    it(`order, subscription and its state answer 404 for ${afterMs / 1000} seconds: it is late, not forbidden`, async () => {
      const { shop, walk } = await approved();
      const heals = shop.nowMs() + afterMs;
      for (const path of [/\/orders\/order/, /subscriptions\/sub-order/, /sub-order[^/]*\/provisioningstatus/])
        shop.on('GET', path, () => (shop.nowMs() < heals ? { status: 404, body: { code: 20000 } } : undefined));
      await walk.run(afterMs / 2);
      assert.equal((await walk.move()).state, 'provisioning');
      await walk.run(afterMs / 2 + 2 * MINUTE);
      assert.equal((await walk.move()).state, 'reassigned');
    });
  }

  const ends: [string, string, RegExp, Json][] = [
    ['M6-provisioning-failed: provisioning', 'failed', /provisioningstatus/, { status: 'failed' }],
    ['the order', 'cancelled', /\/orders\/order/, { status: 'Cancelled' }],
    ['the order', 'suspended', /\/orders\/order/, { status: 'suspended' }],
    ['the new subscription', 'disabled', /subscriptions\/sub-order[^/]*$/, { status: 'Disabled' }],
  ];
  for (const [name, code, path, changes] of ends) {
    it(`${name} reads ${code}: it is told within a minute`, async () => {
      const { shop, walk } = await approved();
      shop.edit('GET', path, (body) => ({ ...body, ...changes }));
      await walk.run(MINUTE);
      const { stuck } = await walk.move();
      assert.deepEqual([stuck?.reason, stuck?.code], ['provisioningFailed', code]);
    });
  }
});

describe('an approver settles an unclear purchase', () => {
  async function unclear(): Promise<{ shop: Shop; walk: Walk; sentAt: number }> {
    const { shop, walk } = await approved();
    shop.on('POST', CHECKOUT, 'unheard');
    const sentAt = shop.nowMs();
    await walk.run(3 * MINUTE);
    return { shop, walk, sentAt };
  }
  const say = async (walk: Walk, order: string | null) => {
    await walk.apply({ kind: 'settle', by: 'bo', order, reason: 'looked myself' });
    await walk.run(2_000);
    return walk.move();
  };

  it('as order X: the order is read, and must be of this customer, this plan and no other move', async () => {
    const { shop, walk } = await unclear();
    const at = '2027-01-20T10:00:30Z';
    shop.orders.push(
      { id: 'o-strange', creationDate: at, lineItems: [{ offerId: 'Q:K:A', quantity: 7 }] },
      { id: 'o-theirs', creationDate: at, referenceCustomerId: 'another', lineItems: [{ offerId: 'P:K:A', quantity: 7 }] },
      { id: 'o-owned', creationDate: at, lineItems: [{ offerId: 'P:K:A', quantity: 7 }] },
      { id: 'o-ours', creationDate: at, referenceCustomerId: 'C', lineItems: [{ offerId: 'P:K:A', quantity: 7, subscriptionId: 'sub-bought' }] },
    );
    await walk.deps.store.put(...ofCustomer('c'), 'mov_other_1', { ...(await walk.move()), key: 'mov_other_1', subscriptionId: 'x', order: { id: 'o-owned' } });
    for (const [id, why] of [
      ['o-none', 'noSuchOrder'],
      ['o-strange', 'otherProduct'],
      ['o-theirs', 'noSuchOrder'],
      ['o-owned', 'otherMove'],
    ] as const) {
      const move = await say(walk, id);
      assert.deepEqual([move.state, move.unsettled], ['stuck', why], id);
    }
    const settled = await say(walk, 'o-ours');
    assert.deepEqual([settled.order?.id, settled.settle, settled.stuck?.from === 'purchasing'], ['o-ours', null, false]);
  });

  it('as not bought: only when 20 minutes have passed, even where the cart is gone', async () => {
    const { shop, walk } = await unclear();
    shop.on('GET', CART, { status: 404, body: { code: 800008 } });
    assert.equal((await say(walk, null)).unsettled, 'tooSoon');
    await walk.run(40 * MINUTE);
    assert.equal((await walk.move()).stuck?.reason, 'purchaseUnclear');
    assert.deepEqual([(await say(walk, null)).state, (await walk.move()).refusal?.reason], ['drafting', 'notBought']);
  });

  it('as not bought, while an order of the plan is there: which one is it?', async () => {
    const { shop, walk } = await unclear();
    await walk.run(10);
    shop.orders.push({ id: 'o-late', creationDate: '2027-01-20T10:01:00Z', lineItems: [{ offerId: 'P:K:A', quantity: 6 }] });
    await walk.run(40 * MINUTE);
    const move = await say(walk, null);
    assert.deepEqual([move.state, move.unsettled], ['stuck', 'orderThere']);
  });
});
