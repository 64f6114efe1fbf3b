/** Inputs and orders of events by which a move might buy twice, buy something else, or come to stand where nobody looks. */
import assert from 'node:assert/strict';
import { ticketCard } from '../../../cards/ticket/ticket.ts';
import { en } from '../../../cards/text/en/en.ts';
import type { Actor } from '../../../dialogs/types.ts';
import { ticketDialog } from '../../../dialogs/ticket.ts';
import { ticketSamples } from '../../support/samples.ts';
import { type Json, openShop, type Shop, type Walk, walkMove } from '../../support/shop.ts';
import type { TicketView, Shown } from '../../../services/ticketView.ts';
import { ofCustomer } from '../../../services/store/rows.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const CHECKOUT = /\/checkout$/;
const CART = /\/carts\/[^/]+$/;
const ORDER = /\/orders\/order/;

const bo: Actor = { key: 'bo', tenant: 't', name: 'Bo', roles: ['approver'] };

async function factsOf(walk: Walk): Promise<TicketView> {
  return { ticket: await walk.ticketId(), move: await walk.move() } as TicketView;
}

async function approved(shop = openShop()): Promise<{ shop: Shop; walk: Walk }> {
  const walk = await walkMove(shop);
  await walk.quote();
  await walk.approve();
  return { shop, walk };
}

const lines = (change: (all: Json[]) => Json[]) => (body: Json) => ({ ...body, lineItems: change(body.lineItems as Json[]) });
const line = (changes: Json) => lines((all) => all.map((one) => ({ ...one, ...changes })));

describe('a second purchase of what was bought', () => {
  async function boughtAndGivenUp(): Promise<{ shop: Shop; walk: Walk }> {
    const { shop, walk } = await approved();
    shop.on('GET', /provisioningstatus/, { status: 200, body: { status: 'failed' } }, 1);
    await walk.run(MINUTE);
    assert.equal((await walk.move()).stuck?.reason, 'provisioningFailed');
    await walk.apply({ kind: 'giveUp', by: 'bo', reason: 'later' });
    await walk.begin();
    await walk.quote();
    await walk.approve();
    await walk.run(5 * MINUTE);
    return { shop, walk };
  }

  it('after a bought move was given up: its order is asked about, not forgotten', async () => {
    const { shop, walk } = await boughtAndGivenUp();
    assert.deepEqual([shop.orders.length, (await walk.move()).question?.id], [1, shop.orders[0]?.id]);
  });

  it('and when the ticket closes, no card says that nothing was bought in it', async () => {
    const { walk } = await boughtAndGivenUp();
    assert.equal((await walk.ticketId()).begun, true);
    const ticket = { ...(await walk.ticketId()), closed: { how: 'ended', at: '2027-01-21T08:14:00.000Z' } } as const;
    const { card, claims } = ticketCard({ ...(ticketSamples()['b4-ended'] as Shown), ticket }, en);
    assert.ok(!JSON.stringify(card).includes('Nothing was bought'));
    assert.ok(JSON.stringify(card).includes('A purchase was begun here before'));
    assert.ok(!claims.some((one) => one.claims === 'nothingBought'));
  });

  it('a yes to it goes on where the move that was given up had stopped', async () => {
    const { shop, walk } = await boughtAndGivenUp();
    await walk.apply({ kind: 'settle', by: 'bo', order: shop.orders[0]?.id ?? '', reason: '' });
    await walk.run(2 * MINUTE);
    assert.deepEqual([(await walk.move()).state, shop.orders.length], ['reassigned', 1]);
  });

  it('nor after it was ended before anybody had moved: what was bought is gone on with', async () => {
    const { shop, walk } = await approved();
    shop.on('GET', /\/users/, { status: 200, body: { items: [{ id: 'u1', displayName: 'Ada', usageLocation: 'IE' }] } });
    shop.on('GET', /\/licenses/, { status: 200, body: { items: [{ productSku: { id: 'sku-old' } }] } });
    await walk.run(2 * MINUTE);
    assert.equal((await walk.move()).state, 'purchased');
    const decision = ticketDialog({ ...(await factsOf(walk)), readOnly: false }, { verb: 'move.giveUp', reason: '' }, bo);
    assert.deepEqual(
      decision.intentions.map((one) => one.do === 'event' && one.event.kind),
      ['giveUp'],
    );
    await walk.apply({ kind: 'giveUp', by: 'bo', reason: '' });
    assert.deepEqual([(await walk.move()).outcome, (await walk.ticketId()).closed], ['givenUp', null]);
    await walk.begin();
    await walk.quote();
    await walk.approve();
    await walk.run(MINUTE);
    assert.equal((await walk.move()).question?.id, shop.orders[0]?.id);
    await walk.apply({ kind: 'settle', by: 'bo', order: shop.orders[0]?.id ?? '', reason: '' });
    await walk.run(2 * MINUTE);
    assert.deepEqual([(await walk.move()).state, shop.orders.length], ['purchased', 1]);
  });

  for (const [name, change] of [
    ['no lines', { lineItems: [] }],
    ['a line that names nothing', { lineItems: [{ quantity: 7 }] }],
    ['a line of another kind than a record', { lineItems: [null] }],
  ] as const)
    it(`an order with ${name} may be any, so it is asked about`, async () => {
      const { shop, walk } = await approved();
      shop.orders.push({ id: 'o-1', creationDate: '2027-01-19T10:00:00Z', ...change });
      await walk.run(MINUTE);
      assert.deepEqual([(await walk.move()).question?.id, shop.count('POST', CHECKOUT)], ['o-1', 0]);
    });

  it('an order id that comes in other letters is the same order: another purchase is not taken for this one', async () => {
    const { shop, walk } = await approved();
    shop.on('POST', CHECKOUT, 'unheard');
    await walk.run(3 * MINUTE);
    shop.orders.push({ id: 'ABC-1', creationDate: '2027-01-20T10:00:30Z', lineItems: [{ offerId: 'P:K:A', quantity: 7 }] });
    shop.on('GET', CART, { status: 404, body: { code: 800008 } });
    await walk.deps.store.put(...ofCustomer('c'), 'mov_other_1', { ...(await walk.move()), key: 'mov_other_1', subscriptionId: 'x', order: { id: 'abc-1' } });
    await walk.run(5 * MINUTE);
    assert.equal((await walk.move()).state, 'stuck');
  });

  it('an order of an earlier try that was cancelled since, or that is another one, does not keep the next purchase waiting for ever', async () => {
    for (const how of ['cancelled', 'no'] as const) {
      const { shop, walk } = await approved();
      shop.on('POST', CHECKOUT, 'unheard');
      const cart = (await walk.move()).quote?.cartId ?? '';
      await walk.run(45 * MINUTE);
      assert.equal((await walk.move()).refusal?.reason, 'notBought');
      // Against all that is known it is bought after all.
      const order = shop.place(cart);
      if (how === 'cancelled') order.status = 'cancelled';
      shop.on('POST', CHECKOUT, () => undefined);
      await walk.quote();
      await walk.approve();
      await walk.run(MINUTE);
      if (how === 'no') {
        assert.equal((await walk.move()).question?.id, order.id);
        await walk.apply({ kind: 'settle', by: 'bo', order: null, reason: 'it is being cancelled' });
      }
      await walk.run(5 * MINUTE);
      assert.notEqual((await walk.move()).held, 'orders', how);
    }
  });
});

describe('another thing than was approved', () => {
  for (const [name, change] of [
    ['another product', { catalogItemId: 'Q:K:A1' }],
    ['another SKU', { catalogItemId: 'P:K9:A1' }],
    ['an item that it does not name', { catalogItemId: null }],
    ['another number of licences', { quantity: 70 }],
  ] as const)
    it(`a cart that is made with ${name} is never offered under the plan's name`, async () => {
      const shop = openShop();
      for (const method of ['GET', 'POST']) shop.edit(method, /\/carts/, (body) => (body.lineItems ? line(change)(body) : body));
      const walk = await walkMove(shop);
      const move = await walk.quote();
      assert.deepEqual([move.state, move.refusal?.reason, move.quote], ['drafting', 'otherCart', null]);
    });

  it('an item in other letters is the same item', async () => {
    const shop = openShop();
    for (const method of ['GET', 'POST']) shop.edit(method, /\/carts/, (body) => (body.lineItems ? line({ catalogItemId: 'p:k:a1' })(body) : body));
    const { walk } = await approved(shop);
    await walk.run(2 * MINUTE);
    assert.deepEqual([(await walk.move()).state, shop.orders.length], ['reassigned', 1]);
  });

  for (const [name, pricing] of [
    ['nothing while one costs ten', { listPrice: 10, extendedPrice: 0 }],
    ['less than nothing', { listPrice: -10, extendedPrice: -70 }],
    ['more than a number can hold', { listPrice: 1, extendedPrice: 1e300 }],
  ] as const)
    it(`a cart whose seats together cost ${name} has no price that can be said`, async () => {
      const shop = openShop();
      for (const method of ['GET', 'POST']) shop.edit(method, /\/carts/, (body) => (body.lineItems ? line({ pricing })(body) : body));
      const walk = await walkMove(shop);
      const move = await walk.quote();
      assert.deepEqual([move.state, move.refusal?.reason], ['drafting', 'otherCart']);
    });

  it('a currency that is none is no price: no card could say it', async () => {
    for (const currencyCode of ['EURO', '€', 'E', '12']) {
      const shop = openShop();
      for (const method of ['GET', 'POST']) shop.edit(method, /\/carts/, (body) => (body.lineItems ? line({ currencyCode })(body) : body));
      const walk = await walkMove(shop);
      assert.equal((await walk.quote()).state, 'drafting', currencyCode);
    }
  });

  it('an order of several products that an approver names is gone on with by the line of the plan, whichever comes first', async () => {
    const { shop, walk } = await approved();
    shop.on('POST', CHECKOUT, 'unheard');
    await walk.run(3 * MINUTE);
    shop.orders.push({
      ...{ id: 'o-two', creationDate: '2027-01-20T10:00:30Z' },
      lineItems: [
        { offerId: 'Q:1:A', quantity: 1, subscriptionId: 'sub-strange' },
        { offerId: 'P:K:A', quantity: 7, subscriptionId: 'sub-bought' },
      ],
    });
    for (let n = 0; n < 2; n++) {
      await walk.apply({ kind: 'settle', by: 'bo', order: 'o-two', reason: 'bought by hand' });
      await walk.run(MINUTE);
    }
    assert.equal((await walk.move()).order?.subscriptionId, 'sub-bought');
  });

  it('seats that are ready before their order shows are not taken for what was approved: the order is waited for and compared', async () => {
    const { shop, walk } = await approved();
    shop.edit('GET', ORDER, line({ quantity: 5 }));
    shop.on('GET', ORDER, { status: 404, body: { code: 20000 } }, 6);
    await walk.run(20 * MINUTE);
    assert.equal((await walk.move()).stuck?.reason, 'orderDiffers');
  });

  it('an order that never shows, or shows without lines, is compared by the seats of what came', async () => {
    for (const missing of [true, false]) {
      const { shop, walk } = await approved();
      if (missing) shop.on('GET', ORDER, { status: 404, body: { code: 20000 } });
      else shop.edit('GET', ORDER, (body) => ({ ...body, lineItems: [] }));
      shop.edit('GET', /subscriptions\/sub-order[^/]*$/, (body) => ({ ...body, quantity: 5 }));
      await walk.run(40 * MINUTE);
      const { stuck, order } = await walk.move();
      assert.deepEqual([stuck?.reason, order?.differs], ['orderDiffers', [{ what: 'seats', asked: 7, came: 5 }]], String(missing));
    }
  });
});

describe('a purchase that nobody would look at any more', () => {
  it('is looked for while the bot is read-only, and not sent again', async () => {
    const { shop, walk } = await approved();
    const deaf = { on: true };
    shop.on('POST', CHECKOUT, 'lost', 1);
    shop.on('GET', CART, () => (deaf.on && shop.orders.length > 0 ? { status: 500 } : undefined));
    await walk.run(1);
    const sent = shop.count('POST', CHECKOUT);
    walk.deps.isReadOnly = async () => 'readOnly';
    deaf.on = false;
    await walk.run(MINUTE);
    assert.deepEqual([(await walk.move()).order?.id, shop.count('POST', CHECKOUT)], [shop.orders[0]?.id, sent]);
  });

  it('beside an order that is another one is settled when an approver says so once more; that order is asked about before the next', async () => {
    for (const order of [
      { id: 'o-1', creationDate: '2027-01-20T10:01:00Z', lineItems: [{ offerId: 'P:K:A', quantity: 7 }] },
      { id: 'o-1', creationDate: '2027-01-20T10:01:00Z', lineItems: null },
    ]) {
      const { shop, walk } = await approved();
      shop.on('POST', CHECKOUT, 'unheard');
      await walk.run(3 * MINUTE);
      shop.orders.push(order);
      await walk.run(45 * MINUTE);
      for (const state of ['stuck', 'drafting']) {
        await walk.apply({ kind: 'settle', by: 'bo', order: null, reason: 'that one is for the other office' });
        await walk.run(2_000);
        assert.equal((await walk.move()).state, state);
      }
      assert.equal((await walk.move()).refusal?.reason, 'saidNotBought', 'its orders do not show none');
      await walk.quote();
      await walk.approve();
      await walk.run(MINUTE);
      assert.deepEqual([(await walk.move()).question?.id, shop.carts.size], ['o-1', 2]);
    }
  });

  it('that never was sent is not sent while the bot is read-only, nor by the word of one who may approve no more', async () => {
    for (const how of ['readOnly', 'dryRun', 'role'] as const) {
      const { shop, walk } = await approved();
      shop.on('POST', CHECKOUT, 'unheard', 1);
      await walk.run(1);
      if (how !== 'role') walk.deps.isReadOnly = async () => how;
      else walk.deps.directory = { ...walk.deps.directory, rolesNow: async () => [], rolesOf: async () => [] };
      await walk.run(10 * MINUTE);
      assert.equal(shop.count('POST', CHECKOUT), 1, how);
      await walk.run(40 * MINUTE);
      assert.deepEqual([(await walk.move()).state, (await walk.move()).refusal?.reason, shop.orders.length], ['drafting', 'notBought', 0], how);
    }
  });

  it('whose state can never be read is a person’s after a day', async () => {
    const { shop, walk } = await approved();
    shop.on('GET', /sub-order[^/]*\/provisioningstatus/, { status: 500 });
    await walk.run(10 * MINUTE);
    assert.equal((await walk.move()).state, 'provisioning');
    shop.passMs(24 * HOUR);
    await walk.run(5 * MINUTE);
    assert.equal((await walk.move()).stuck?.reason, 'provisioningLate');
  });

  it('that could not be looked at once more before it was made waits for a new yes, is brought up and lapses', async () => {
    const { shop, walk } = await approved();
    shop.on('GET', /availabilities$/, { status: 503 });
    await walk.run(30 * MINUTE);
    const waits = await walk.move();
    assert.deepEqual([waits.state, waits.approval], ['quoted', null]);
    assert.notEqual(waits.nextAt, null);
    shop.passMs(21 * HOUR);
    await walk.run(MINUTE);
    assert.equal((await walk.move()).reminded, true);
    shop.passMs(4 * HOUR);
    await walk.run(MINUTE);
    assert.equal((await walk.move()).state, 'cancelled');
  });
});
