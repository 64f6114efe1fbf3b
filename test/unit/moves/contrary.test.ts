/** Answers about something else than was asked, that contradict themselves, or that say of a purchase what is none. */
import assert from 'node:assert/strict';
import { parseCheckout } from '../../../services/partnerCenter/wire/orders.ts';
import { type Json, openShop, type Shop, type Walk, walkMove } from '../../support/shop.ts';
import { parseUsers } from '../../../services/partnerCenter/wire/licences.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const CHECKOUT = /\/checkout$/;
const ORDERS = /\/orders$/;

async function approved(shop = openShop()): Promise<{ shop: Shop; walk: Walk }> {
  const walk = await walkMove(shop);
  await walk.quote();
  await walk.approve();
  return { shop, walk };
}

/** At the last step, with nobody on the old licence. */
async function lastStep(): Promise<{ shop: Shop; walk: Walk }> {
  const { shop, walk } = await approved();
  await walk.run(2 * MINUTE);
  assert.equal((await walk.move()).state, 'reassigned');
  return { shop, walk };
}

describe('an answer that is about another one than was asked for', () => {
  it('of the old subscription: nothing is suspended, neither this one nor that one', async () => {
    const { shop, walk } = await lastStep();
    shop.edit('GET', /subscriptions\/sub-old$/, (body) => ({ ...body, id: 'sub-of-others' }));
    await walk.apply({ kind: 'confirmSuspend', by: 'bo' });
    await walk.run(30 * MINUTE);
    assert.deepEqual([shop.count('PATCH', /./), (await walk.move()).stuck?.reason], [0, 'unread']);
  });

  it('of the quote’s cart: it is not bought for what another cart says', async () => {
    const { shop, walk } = await approved();
    shop.edit('GET', /\/carts\/[^/]+$/, (body) => ({ ...body, id: 'cart-of-others' }));
    await walk.run(5 * MINUTE);
    assert.deepEqual([shop.count('POST', CHECKOUT), (await walk.move()).state], [0, 'quoted']);
  });

  it('of the order that an approver names: it is not taken for this purchase', async () => {
    const { shop, walk } = await approved();
    shop.orders.push({ id: 'o-1', creationDate: '2027-01-19T10:00:00Z', lineItems: [{ offerId: 'P:K:A', quantity: 7 }] });
    await walk.run(MINUTE);
    shop.edit('GET', /\/orders\/o-1/, (body) => ({ ...body, id: 'o-2' }));
    await walk.apply({ kind: 'settle', by: 'bo', order: 'o-1', reason: '' });
    await walk.run(MINUTE);
    assert.deepEqual([(await walk.move()).order, (await walk.move()).unsettled], [null, 'ordersUnread']);
  });

  it('in capital letters it is the same one', async () => {
    const { shop, walk } = await approved();
    for (const path of [/subscriptions\/sub-/, /\/carts\/[^/]+$/, /\/orders\/order/])
      shop.edit('GET', path, (body) => ({ ...body, id: String(body.id).toUpperCase() }));
    await walk.run(2 * MINUTE);
    assert.deepEqual([(await walk.move()).state, shop.orders.length], ['reassigned', 1]);
  });
});

describe('a list that contradicts itself', () => {
  for (const totalCount of [3, '3']) {
    it(`orders that say ${JSON.stringify(totalCount)} and hold none: nothing is bought, for one of them may be this purchase`, async () => {
      const { shop, walk } = await approved();
      shop.edit('GET', ORDERS, (body) => ({ ...body, totalCount }));
      await walk.run(5 * MINUTE);
      assert.deepEqual([shop.count('POST', CHECKOUT), (await walk.move()).held], [0, 'orders']);
    });
  }

  it('a count of each page, or of all pages, contradicts nothing', async () => {
    for (const counts of [
      [1, 1],
      [2, 2],
    ]) {
      const { shop, walk } = await approved();
      const page = (n: number, next: Json): Json => ({
        totalCount: counts[n],
        items: [{ id: `o-${n}`, creationDate: '2026-01-01T00:00:00Z', lineItems: [] }],
        links: next,
      });
      shop.on('GET', /\/orders(\?|$)/, ({ path }) => ({
        status: 200,
        body: path.includes('offset') ? page(1, {}) : page(0, { next: { uri: '/orders?size=1&offset=1' } }),
      }));
      await walk.run(2 * MINUTE);
      assert.equal(shop.count('POST', CHECKOUT), 1);
    }
  });

  it('people: a list that holds fewer than it says is not taken for all of them', async () => {
    const { shop, walk } = await approved();
    shop.edit('GET', /\/users\?/, (body) => ({ ...body, totalCount: 2 }));
    await walk.run(30 * MINUTE);
    assert.equal((await walk.move()).stuck?.reason, 'unread');
  });

  it('an order that stands on two pages, for the list grew while it was read, is one order: it is found', async () => {
    const { shop, walk } = await approved();
    shop.on('POST', CHECKOUT, { status: 409 });
    shop.on('POST', CHECKOUT, 'lost', 1);
    shop.edit('GET', ORDERS, (body) => ({ ...body, items: [...(body.items as Json[]), ...(body.items as Json[])] }));
    await walk.run(5 * MINUTE);
    assert.deepEqual([(await walk.move()).order?.id, shop.orders.length], [shop.orders[0]?.id, 1]);
  });
});

describe('what is no order of this purchase', () => {
  it('seats that somebody bought onto the old subscription: they go when it goes, so they are not asked about', async () => {
    const { shop, walk } = await approved();
    const line = { offerId: 'P:K:A', quantity: 7, subscriptionId: 'SUB-OLD', transactionType: 'addQuantity' };
    shop.orders.push({ id: 'o-1', creationDate: '2027-01-19T10:00:00Z', lineItems: [line] });
    await walk.run(2 * MINUTE);
    assert.deepEqual([(await walk.move()).state, shop.count('POST', CHECKOUT)], ['reassigned', 1]);
  });

  it('nor are they taken for it by an approver’s word: the old one would be suspended with them', async () => {
    const { shop, walk } = await approved();
    shop.on('POST', CHECKOUT, 'unheard');
    await walk.run(10 * MINUTE);
    assert.equal((await walk.move()).stuck?.reason, 'purchaseUnclear');
    shop.orders.push({ id: 'o-1', creationDate: '2027-01-20T10:01:00Z', lineItems: [{ offerId: 'P:K:A', quantity: 7, subscriptionId: 'sub-old' }] });
    await walk.apply({ kind: 'settle', by: 'bo', order: 'o-1', reason: 'this one' });
    await walk.run(2 * MINUTE);
    assert.deepEqual([(await walk.move()).order, (await walk.move()).unsettled], [null, 'otherProduct']);
  });

  it('nor when the checkout itself answers that they came onto the old one: the last step is never reached with them', async () => {
    const { shop, walk } = await approved();
    const onOld = (order: Json): Json => ({ ...order, lineItems: (order.lineItems as Json[]).map((one) => ({ ...one, subscriptionId: 'sub-old' })) });
    shop.edit('POST', CHECKOUT, (body) => ({ orders: (body.orders as Json[]).map(onOld) }));
    shop.edit('GET', /\/orders\/order/, onOld);
    await walk.run(5 * MINUTE);
    assert.equal((await walk.move()).state, 'provisioning');
    shop.passMs(24 * HOUR);
    await walk.run(MINUTE);
    assert.equal((await walk.move()).stuck?.reason, 'provisioningLate');
  });

  it('a checkout that answers its own cart, or an error with an id: nobody knows yet', () => {
    for (const body of [
      { id: 'cart1', status: 'Ordered', creationTimestamp: '2027-01-20T10:00:00Z', lineItems: [{ id: 0, catalogItemId: 'P:K:A', quantity: 7 }] },
      { id: 'e-1', code: '800060', description: 'It is being worked on.' },
    ])
      assert.throws(() => parseCheckout(body), JSON.stringify(body));
  });

  it('a checkout that answers its own cart buys once, and the order is found', async () => {
    const { shop, walk } = await approved();
    shop.on('POST', CHECKOUT, ({ path }) => {
      const id = path.split('/').at(-2) ?? '';
      shop.place(id);
      const { order: _, ...cart } = shop.carts.get(id) as Json;
      return { status: 201, body: cart };
    });
    await walk.run(5 * MINUTE);
    assert.deepEqual([(await walk.move()).order?.id, (await walk.move()).state, shop.orders.length], [shop.orders[0]?.id, 'reassigned', 1]);
  });
});

describe('an order that says less, or the same otherwise', () => {
  const same: [string, (body: Json) => Json][] = [
    [
      'a term of twelve months instead of a year',
      (body) => ({ ...body, lineItems: (body.lineItems as Json[]).map((one) => ({ ...one, termDuration: 'P12M' })) }),
    ],
    ['a billing cycle that is “unknown”', (body) => ({ ...body, billingCycle: 'unknown' })],
    [
      'the list price beside a price of all seats that was approved',
      (body) => ({ ...body, lineItems: (body.lineItems as Json[]).map((one) => ({ ...one, pricing: { listPrice: 12, extendedPrice: 70 } })) }),
    ],
  ];
  for (const [name, edit] of same) {
    it(`${name} is no difference`, async () => {
      const { shop, walk } = await approved();
      shop.edit('GET', /\/orders\/order/, edit);
      await walk.run(2 * MINUTE);
      assert.equal((await walk.move()).state, 'reassigned');
    });
  }
});

describe('a state that is spelled otherwise', () => {
  it('an order that is Canceled is asked about no more than one that is cancelled', async () => {
    for (const status of ['Canceled', 'CANCELLED', ' cancelled ']) {
      const { shop, walk } = await approved();
      shop.orders.push({ id: 'o-1', creationDate: '2027-01-19T10:00:00Z', status, lineItems: [{ offerId: 'P:K:A', quantity: 7 }] });
      await walk.run(2 * MINUTE);
      assert.equal(shop.count('POST', CHECKOUT), 1, status);
    }
  });

  it('and one whose purchase order was rejected is told within a minute', async () => {
    for (const status of ['po_review_rejected', 'PoReviewRejected', 'canceled']) {
      const { shop, walk } = await approved();
      shop.edit('GET', /\/orders\/order/, (body) => ({ ...body, status }));
      await walk.run(MINUTE);
      assert.equal((await walk.move()).stuck?.reason, 'provisioningFailed', status);
    }
  });

  it('an account under_review gets no price', async () => {
    for (const status of ['under_review', 'UnderReview', 'Not Allowed']) {
      const shop = openShop();
      shop.on('GET', /validationStatus/, { status: 200, body: { status } });
      const move = await (await walkMove(shop)).quote();
      assert.equal(move.refusal?.reason, 'accountReview', status);
    }
  });
});

describe('a clock, or a wait, that is not to be believed', () => {
  it('one answer dated an hour ahead does not prove that nothing was bought', async () => {
    const { shop, walk } = await approved();
    shop.on('POST', CHECKOUT, 'unheard');
    await walk.run(2 * MINUTE);
    shop.skewMs = HOUR;
    await walk.run(5 * MINUTE);
    const move = await walk.move();
    assert.deepEqual([move.order, move.state === 'drafting' || move.refusal !== null], [null, false]);
    await walk.run(40 * MINUTE);
    assert.equal((await walk.move()).refusal?.reason, 'notBought');
  });

  for (const wait of ['31536000', '9'.repeat(14), 'Fri, 01 Jan 2100 00:00:00 GMT', '5,5', '-7', 'soon']) {
    it(`Retry-After: ${wait} keeps nobody waiting for more than an hour`, async () => {
      const { shop, walk } = await approved();
      shop.on('GET', ORDERS, { status: 429, headers: { 'Retry-After': wait } }, 1);
      shop.on('POST', CHECKOUT, { status: 429, headers: { 'Retry-After': wait } }, 1);
      await walk.run(5 * HOUR);
      const { state, nextAt } = await walk.move();
      assert.equal(nextAt === null || Date.parse(nextAt) <= shop.nowMs() + HOUR, true, `${state} ${nextAt}`);
      assert.equal(shop.orders.length <= 1, true);
    });
  }
});

describe('people whose ids are no keys', () => {
  it('cannot be read, and each is one person', () => {
    const page = parseUsers({
      items: [
        { id: 'a/b', displayName: 'Ada' },
        { id: '..', displayName: 'Bo' },
        { id: 'C0FFEE', displayName: 'Cy' },
      ],
    });
    assert.deepEqual(
      page.items.map((one) => [one.unnamed ?? false, one.name]),
      [
        [true, 'Ada'],
        [true, 'Bo'],
        [false, 'Cy'],
      ],
    );
  });

  it('two without an id on two pages are two people', async () => {
    const { shop, walk } = await approved();
    shop.on('GET', /\/users\?/, ({ path }) => {
      const next = { uri: '/users?seekOperation=Next', headers: [{ key: 'MS-ContinuationToken', value: 'two' }] };
      return { status: 200, body: { items: [{ displayName: 'Ada' }], links: path.includes('seek') ? {} : { next } } };
    });
    await walk.run(5 * MINUTE);
    assert.deepEqual([(await walk.move()).people?.total, (await walk.move()).people?.blocked], [2, 2]);
  });
});
