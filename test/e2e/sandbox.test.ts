/** The sandbox's quirks, and the client that must live with them, over real HTTP. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addDays, type Clock, dayOf, systemClock } from '../../services/clock.ts';
import type { Budget } from '../../services/sharedBudget.ts';
import { httpPartnerCenter } from '../../services/partnerCenter/client.ts';
import type { PartnerCenter, PartnerCenterError } from '../../services/partnerCenter/port.ts';
import { sandboxPriceTokens, sandboxTokens, TokenError, type Tokens } from '../../services/partnerCenter/auth/tokens.ts';
import { httpPriceSheets } from '../../services/partnerCenter/prices.ts';
import { addMonths } from '../../services/local/sandbox/terms.ts';
import { endOfTerm } from '../../services/tickets/endOfTerm.ts';
import { startSandbox } from '../../services/local/sandbox/server.ts';
import { until } from '../support/until.ts';
import { type Sandbox, sandboxAt } from '../support/world.ts';

const FREE: Budget & { paused: number[] } = { paused: [], take: async () => {}, pause: async (ms) => void FREE.paused.push(ms) };

/** Whoever waits has waited at once, and it is written down how long. */
const slept: number[] = [];
const clock: Clock = { ...systemClock(), sleep: async (ms) => void slept.push(ms) };

const UNREAD = { known: false, why: 'unread' };

describe('the sandbox', () => {
  const folder = mkdtempSync(join(tmpdir(), 'successor-sandbox-'));
  let running: Awaited<ReturnType<typeof startSandbox>>;
  let sandbox: Sandbox;
  let pc: PartnerCenter;
  let contoso: string;
  let subscription: string;

  async function begin() {
    running = await startSandbox({ port: 0, folder });
    sandbox = sandboxAt(`http://127.0.0.1:${running.port}`);
    const client = { baseUrl: sandbox.url, tokens: sandboxTokens, budget: FREE, clock, locale: 'en-US' };
    pc = httpPartnerCenter(client, client);
  }
  before(async () => {
    await begin();
    const customer = (await sandbox.state()).customers.find((one) => one.name === 'Contoso Ltd');
    contoso = customer?.id as string;
    subscription = customer?.subscriptions[0]?.id as string;
  });
  after(() => running.close());

  const raw = (path: string, init: RequestInit = {}) => fetch(sandbox.url + path, { ...init, headers: { Authorization: 'Bearer x', ...init.headers } });
  const kindOf = async (work: Promise<unknown>) =>
    work.then(
      () => 'done',
      (error: PartnerCenterError) => `${error.kind} ${error.code}`,
    );

  it('answers with a byte-order mark, carriage returns and doubled headers', async () => {
    const response = await raw(`/v1/customers/${contoso}/products`, { headers: { 'MS-RequestId': 'r1', 'X-Locale': 'en-US' } });
    const bytes = Buffer.from(await response.arrayBuffer());
    assert.deepEqual([...bytes.subarray(0, 3)], [0xef, 0xbb, 0xbf]);
    assert.ok(bytes.includes('\r\n'));
    assert.deepEqual([response.headers.get('MS-RequestId'), response.headers.get('X-Locale')], ['r1,r1', 'en-US,en-US']);
  });

  it('pages customers by continuation, and answers 400/2000 past the end', async () => {
    const first = (await (await raw('/v1/customers?size=5')).text()).replace('\ufeff', '');
    const token = (JSON.parse(first) as { links: { next: { headers: { value: string }[] } } }).links.next.headers[0]?.value as string;
    const next = await raw('/v1/customers?size=500&seekOperation=Next', { headers: { 'MS-ContinuationToken': token } });
    assert.equal((JSON.parse((await next.text()).replace('\ufeff', '')) as { items: [] }).items.length, 9);
    assert.equal((await raw('/v1/customers?seekOperation=Next', { headers: { 'MS-ContinuationToken': Buffer.from('zzzz').toString('base64') } })).status, 400);
  });

  it('refuses app-only tokens where the real one does', async () => {
    const response = await fetch(`${sandbox.url}/v1/customers/${contoso}/users`, { headers: { Authorization: 'Bearer sandbox-app-only' } });
    assert.equal(response.status, 403);
    assert.match(await response.text(), /900329/);
    assert.equal((await fetch(`${sandbox.url}/v1/customers`)).status, 401);
  });

  it('gives tokens for both versions, and refuses the wrong audience and what is over', async () => {
    const ask = async (path: string, form: Record<string, string>) =>
      ((await (await fetch(`${sandbox.url}/tenant${path}`, { method: 'POST', body: new URLSearchParams(form) })).json()) as { access_token: string })
        .access_token;
    const app = await ask('/oauth2/token', { grant_type: 'client_credentials', resource: 'https://api.partnercenter.microsoft.com' });
    const user = await ask('/oauth2/v2.0/token', { grant_type: 'refresh_token', scope: 'https://api.partnercenter.microsoft.com/user_impersonation' });
    const wrong = await ask('/oauth2/token', { grant_type: 'client_credentials', resource: 'https://graph.windows.net' });
    const status = async (token: string) =>
      (await fetch(`${sandbox.url}/v1/customers/${contoso}/users`, { headers: { Authorization: `Bearer ${token}` } })).status;
    assert.deepEqual(await Promise.all([app, user, wrong, 'sandbox-expired'].map(status)), [403, 200, 401, 401]);
  });

  it('a minimal PATCH switches auto-renew off; a stale etag answers 400/2055', async () => {
    const path = `/v1/customers/${contoso}/subscriptions/${subscription}`;
    const before = await pc.subscription(contoso, subscription);
    assert.ok(before.etag);
    await raw(path, { method: 'PATCH', body: JSON.stringify({ quantity: 11 }) });
    const after = await pc.subscription(contoso, subscription);
    assert.deepEqual([after.subscription.autoRenew, after.subscription.quantity], [false, 11]);
    assert.equal(await kindOf(pc.suspend(before, randomUUID())), 'conflict 2055');
    await raw(path, { method: 'PATCH', body: JSON.stringify({ ...after.resource, quantity: 10, autoRenewEnabled: true }) });
    assert.equal((await pc.subscription(contoso, subscription)).subscription.autoRenew, true);
  });

  it('auto-renew of a retired offer cannot be switched on again: 800093', async () => {
    await sandbox.post('flip', { customer: 'Contoso' });
    const now = await pc.subscription(contoso, subscription);
    const answer = await raw(`/v1/customers/${contoso}/subscriptions/${subscription}`, {
      method: 'PATCH',
      body: JSON.stringify({ ...now.resource, autoRenewEnabled: true }),
    });
    assert.match(await answer.text(), /"code": "800093"/);
    assert.equal(
      (await pc.activity(contoso, '2000-01-01')).filter((one) => one.subscriptionId === subscription).length,
      2,
      'a flip by Microsoft leaves no activity record',
    );
  });

  it('checkout is idempotent per cart, the subscription appears when provisioned, classic offers are closed', async () => {
    const product = (await pc.products(contoso)).find((one) => one.title === 'Dynamics 365 Sales Professional');
    const item = (await pc.availabilities(contoso, product?.id as string, '0001'))[0]?.item as string;
    const cart = await pc.createCart(contoso, { item, quantity: 7, term: 'P1Y', billing: 'monthly' }, randomUUID());
    assert.deepEqual(cart.lines[0]?.price, { minor: 45_500, currency: 'EUR' });
    const first = await pc.checkout(contoso, cart.id, randomUUID());
    const second = await pc.checkout(contoso, cart.id, randomUUID());
    assert.equal(first.id, second.id);
    assert.equal(first.lines?.[0]?.subscriptionId, null);
    assert.equal((await pc.cart(contoso, cart.id)).status, 'ordered');
    assert.equal((await sandbox.writes()).filter((write) => write.kind === 'checkout').length, 1);
    assert.equal(await kindOf(pc.createCart(contoso, { item: randomUUID(), quantity: 1, term: 'P1Y', billing: 'monthly' }, randomUUID())), 'refused 500600');
    assert.equal(
      await kindOf(pc.createCart(contoso, { item: `${product?.id}:0001:CFQ7TTC0OLD1`, quantity: 1, term: 'P1Y', billing: 'monthly' }, randomUUID())),
      'notFound 400019',
    );
    await until(
      async () => (await pc.order(contoso, first.id)).lines?.[0]?.subscriptionId,
      () => 'the order never named its subscription',
    );
  });

  it('the agreement gate answers 13605', async () => {
    const woodgrove = (await sandbox.state()).customers.find((one) => one.name === 'Woodgrove Bank')?.id as string;
    assert.equal(await pc.mayBuy(woodgrove), 'agreement');
    const product = (await pc.products(woodgrove))[0]?.id as string;
    const item = (await pc.availabilities(woodgrove, product, '0001'))[0]?.item as string;
    const cart = await pc.createCart(woodgrove, { item, quantity: 1, term: 'P1Y', billing: 'monthly' }, randomUUID());
    assert.equal(await kindOf(pc.checkout(woodgrove, cart.id, randomUUID())), 'refused 13605');
  });

  it('an error answer is repeated to a repeated request id, even after the cause is gone', async () => {
    const user = (await pc.users(contoso, null)).items[0]?.id as string;
    const swap = { remove: '1e1a282c-9c54-43a2-9310-98ef728faace', assign: 'f245ecc8-75af-4f8e-b61f-27d8114de5f3', disabledPlans: [] };
    const id = randomUUID();
    assert.equal(await kindOf(pc.swapLicence(contoso, user, swap, id)), 'refused 60012', 'there are no seats of it');
    const good = { ...swap, assign: 'be9f9771-1c64-4618-9907-244325141096' };
    await pc.swapLicence(contoso, user, good, randomUUID());
    assert.equal(await kindOf(pc.swapLicence(contoso, user, swap, id)), 'refused 60012');
    assert.deepEqual(
      (await pc.licences(contoso, user)).map((one) => one.skuId),
      [good.assign],
    );
  });

  it('tells failures apart, and waits as long as a 429 says', async () => {
    const cases: [number, string][] = [
      [404, 'notFound 404'],
      [400, 'refused 400'],
      [403, 'forbidden 403'],
      [412, 'conflict 412'],
    ];
    for (const [status, kind] of cases) {
      await sandbox.post('faults', { rules: [{ method: 'GET', path: '/subscriptions$', status, times: 1 }] });
      assert.equal(await kindOf(pc.subscriptions(contoso)), kind);
    }
    await sandbox.post('faults', { rules: [{ method: 'GET', path: '/subscriptions$', status: 429, times: 1 }] });
    slept.length = 0;
    assert.ok((await pc.subscriptions(contoso)).items.length > 0);
    assert.ok(
      slept.some((ms) => ms >= 1_000),
      `slept ${slept.join()}`,
    );
    assert.deepEqual(FREE.paused, [1000]);
    await sandbox.post('faults', { rules: [{ method: 'POST', path: '/carts$', dropReply: true, times: 1 }] });
    assert.equal(
      await kindOf(pc.createCart(contoso, { item: 'x:y:z', quantity: 1, term: 'P1Y', billing: 'monthly' }, randomUUID())),
      'unclear no answer',
      'what changes something is sent once',
    );
    await sandbox.post('faults', { rules: [] });
  });

  it('limits requests a minute with a Retry-After', async () => {
    await sandbox.post('limits', { requestsPerMinute: 1 });
    const response = await raw(`/v1/customers/${contoso}`);
    assert.equal(response.status, 429);
    assert.ok(Number(response.headers.get('Retry-After')) > 0);
    assert.match(await response.text(), /"statusCode": 429/);
    await sandbox.post('limits', { requestsPerMinute: 500 });
  });

  it('keeps its state and its ledger through a restart', async () => {
    const [state, writes] = [await sandbox.state(), await sandbox.writes()];
    await running.close();
    await begin();
    assert.deepEqual(await sandbox.state(), state);
    assert.deepEqual(await sandbox.writes(), writes);
  });

  describe('the end of a term', () => {
    let fabrikam: string;
    let standard: string;
    const read = () => pc.subscription(fabrikam, standard);
    const send = async (change: object) =>
      raw(`/v1/customers/${fabrikam}/subscriptions/${standard}`, { method: 'PATCH', body: JSON.stringify({ ...(await read()).resource, ...change }) });
    const said = async (answer: Response) => `${answer.status} ${/"code": "?(\d+)/.exec(await answer.text())?.[1] ?? ''}`.trim();
    const now = async () => {
      const { autoRenew, atTermEnd, expiresOn, status } = (await read()).subscription;
      return { autoRenew, atTermEnd, expiresOn, status };
    };
    const cancel = { scheduledActions: [{ scheduleType: 'TermEnd', actionType: 'Cancel' }] };
    const dayIn = (days: number) => addDays(dayOf(new Date()), days);
    /** To 02:00 UTC of the day after the last one: hours that depend on the hour at which the test began would be another test. */
    const toTheLock = async () => {
      const hours = (Date.parse(`${addDays((await now()).expiresOn as string, 1)}T02:00:00Z`) - Date.parse((await clockNow()).now)) / 3_600_000;
      await sandbox.post('clock', { advanceHours: Math.ceil(hours) });
    };
    const clockNow = async () => (await (await fetch(`${sandbox.url}/sandbox/clock`)).json()) as { now: string };

    beforeEach(async () => {
      await sandbox.post('reset');
      await sandbox.post('limits', { requestsPerMinute: 100_000 });
      const customer = (await sandbox.state()).customers.find((one) => one.name === 'Fabrikam Residences');
      fabrikam = customer?.id as string;
      standard = customer?.subscriptions[0]?.id as string;
    });
    after(() => sandbox.post('reset'));

    it('Cancel and auto-renew off in one body: it ends on its last day, whatever Microsoft fills in for others', async () => {
      assert.ok((await send({ autoRenewEnabled: false, ...cancel })).ok);
      assert.deepEqual(await now(), { autoRenew: false, atTermEnd: 'Cancel', expiresOn: dayIn(6), status: 'active' });
      await sandbox.post('clock', { advanceHours: 25 });
      assert.equal((await now()).atTermEnd, 'Cancel');
      await sandbox.post('clock', { advanceWeeks: 1 });
      assert.equal((await now()).status, 'disabled');
    });

    it('auto-renew on and RenewToNewTerm in one body: it renews for a whole year, and can be taken back for 168 hours', async () => {
      assert.ok((await send({ autoRenewEnabled: true, scheduledActions: [{ scheduleType: 'TermEnd', actionType: 'RenewToNewTerm' }] })).ok);
      assert.deepEqual([(await now()).autoRenew, (await now()).atTermEnd], [true, 'RenewToNewTerm']);
      const told = await sandbox.post('clock', { advanceDays: 8 });
      assert.deepEqual(
        (told.happened as { what: string; customer: string }[]).map((one) => `${one.customer} ${one.what}`),
        ['Fabrikam Residences renewed'],
      );
      const { subscription: renewed, resource } = await read();
      assert.deepEqual([renewed.status, renewed.expiresOn, renewed.atTermEnd], ['active', addDays(addMonths(dayIn(7), 12), -1), null]);
      assert.equal((resource.refundableQuantity as { totalQuantity: number }).totalQuantity, 25);
      assert.ok((await send({ quantity: 20 })).ok, 'some of them');
      assert.ok((await send({ status: 'deleted' })).ok, 'all of it');
      assert.equal((await now()).status, 'deleted');
    });

    it('nothing planned: within a day Microsoft plans an Extended Service Term; it begins, its licences are frozen, and it ends on any day', async () => {
      assert.equal((await now()).atTermEnd, null);
      await sandbox.post('clock', { advanceHours: 24 });
      assert.deepEqual([(await now()).atTermEnd, (await now()).autoRenew], ['RenewToExtendedServiceTerm', false]);
      await toTheLock();
      assert.equal(await said(await send({ autoRenewEnabled: true })), '409 900278');
      await sandbox.post('clock', { advanceHours: 3 });
      assert.equal(endOfTerm((await read()).subscription, { today: dayIn(7) }), 'inEst');
      assert.equal(await said(await send({ quantity: 30 })), '400 2006');
      await sandbox.post('clock', { advanceDays: 20 });
      assert.ok((await send({ status: 'deleted' })).ok);
    });

    it('where the backfill switches auto-renew on, both are read', async () => {
      await sandbox.post('terms', { backfillRenews: true, backfillHours: 2 });
      await sandbox.post('clock', { advanceHours: 3 });
      assert.deepEqual([(await now()).atTermEnd, (await now()).autoRenew], ['RenewToExtendedServiceTerm', true]);
    });

    it('an edit in mid-term drops a planned change, and a body that leaves out what is planned drops that', async () => {
      await sandbox.post('plan', { customer: 'Fabrikam', plan: 'renewAs', as: { seats: 3 } });
      assert.deepEqual([(await read()).subscription.next?.quantity, (await now()).autoRenew], [3, true]);
      assert.ok((await send({ quantity: 26 })).ok);
      assert.deepEqual([(await read()).subscription.next, (await now()).autoRenew], [undefined, true]);
      await send({ autoRenewEnabled: false, ...cancel });
      await send({ friendlyName: 'Another name' });
      assert.equal((await now()).atTermEnd, 'Cancel', 'a whole body keeps it');
      await raw(`/v1/customers/${fabrikam}/subscriptions/${standard}`, { method: 'PATCH', body: JSON.stringify({ friendlyName: 'Short' }) });
      assert.equal((await now()).atTermEnd, null);
    });

    it('a suspension drops all but a cancellation, and bills on; it is disabled after its last day', async () => {
      await sandbox.post('plan', { customer: 'Fabrikam', plan: 'renewAs', as: { term: 'P1M' } });
      assert.ok((await send({ status: 'suspended' })).ok);
      assert.deepEqual([(await now()).autoRenew, (await read()).subscription.next], [false, undefined]);
      assert.equal(await said(await send({ autoRenewEnabled: true })), '400 800091');
      await sandbox.post('clock', { advanceWeeks: 1 });
      assert.equal((await now()).status, 'disabled');
    });

    it('its invoice: billed on after a suspension until the last day, then nothing; the bought one beside it', async () => {
      const bill = async (day: string) =>
        (await (await fetch(`${sandbox.url}/sandbox/invoice?customer=Fabrikam&month=${day.slice(0, 7)}`)).json()) as {
          lines: { subscription: string; amount: number; on: string }[];
        };
      assert.ok((await send({ status: 'suspended' })).ok);
      await sandbox.post('clock', { advanceWeeks: 9 });
      const own = [];
      for (const days of [-31, 0, 31, 62]) own.push(...(await bill(dayIn(days))).lines.filter((one) => one.subscription === standard && one.on > dayIn(-40)));
      assert.deepEqual([...new Set(own.map((one) => one.amount))], [31_250], '25 x 12.50, whatever is suspended');
      assert.ok(own.every((one) => one.on <= dayIn(6)));
      assert.match(
        JSON.stringify(await (await fetch(`${sandbox.url}/sandbox/invoice?customer=Fabrikam&month=2027-13`)).json()),
        /month must be a month such as 2027-03/,
      );
      const all = (await (await fetch(`${sandbox.url}/sandbox/invoice?customer=Fabrikam`)).json()) as { lines: { subscription: string; on: string }[] };
      for (const one of own)
        assert.ok(
          all.lines.some((line) => line.on === one.on && line.subscription === one.subscription),
          'without a month it is of all',
        );
    });

    it('plans what a test asks for: any word, number or day as it is, by whom it says', async () => {
      for (const plan of ['extend', 'renew_to_new_term', 7, { odd: true }]) {
        const { scheduledActions } = await sandbox.post('plan', { customer: 'Fabrikam', plan });
        const expected = plan === 'extend' ? 'RenewToExtendedServiceTerm' : plan;
        assert.deepEqual(scheduledActions, [{ scheduleType: 'TermEnd', actionType: expected }]);
      }
      await sandbox.post('plan', { customer: 'Fabrikam', plan: 'Cancel', on: dayIn(3), by: 'megan@partner.example' });
      assert.equal((await read()).subscription.otherDay?.on, dayIn(3));
      assert.equal((await pc.activity(fabrikam, '2000-01-01')).at(-1)?.by, 'megan@partner.example');
      await sandbox.post('plan', { customer: 'Fabrikam', plan: 'none' });
      assert.equal((await now()).atTermEnd, null);
      assert.equal(await said(await send({ scheduledActions: [{ scheduleType: 'TermEnd', actionType: 'Explode' }] })), '400 2000');
    });
  });

  describe('what is sold', () => {
    let fabrikam: string;
    const bill = async (day: string) =>
      (await (await fetch(`${sandbox.url}/sandbox/invoice?customer=Fabrikam&month=${day.slice(0, 7)}`)).json()) as {
        lines: { subscription: string; amount: number; what: string }[];
      };
    const added = async (body: object) => String((await sandbox.post('subscription', { customer: 'Fabrikam', seats: 5, ...body })).subscription);
    const read = async (id: string) => (await pc.subscription(fabrikam, id)).subscription;
    const dayIn = (days: number) => addDays(dayOf(new Date()), days);
    const buy = async (body: object) => {
      const made = await raw(`/v1/customers/${fabrikam}/carts`, { method: 'POST', body: JSON.stringify(body) });
      const text = (await made.text()).replace('\ufeff', '');
      if (!made.ok) return { refused: /"code": "?(\d+)/.exec(text)?.[1] };
      const checkedOut = await raw(`/v1/customers/${fabrikam}/carts/${(JSON.parse(text) as { id: string }).id}/checkout`, { method: 'POST' });
      return { orders: (JSON.parse((await checkedOut.text()).replace('\ufeff', '')) as { orders: { id: string; lineItems: object[] }[] }).orders };
    };
    const line = async (title: string, more: object = {}) => {
      const product = (await pc.products(fabrikam)).find((one) => one.title === title);
      const item = (await pc.availabilities(fabrikam, product?.id as string, '0001'))[0]?.item;
      return { catalogItemId: item, quantity: 5, termDuration: 'P1Y', billingCycle: 'monthly', ...more };
    };

    beforeEach(async () => {
      await sandbox.post('reset');
      await sandbox.post('limits', { requestsPerMinute: 100_000 });
      fabrikam = (await sandbox.state()).customers.find((one) => one.name === 'Fabrikam Residences')?.id as string;
    });
    after(() => sandbox.post('reset'));

    it('three years, which renew for three more, and cannot be extended where they began before there was such a term', async () => {
      const [on, off] = [
        await added({ plan: 'Office 365 E3', term: 'P3Y', endsInDays: 5 }),
        await added({ plan: 'Office 365 E3', term: 'P3Y', endsInDays: 5 }),
      ];
      await sandbox.post('flip', { customer: 'Fabrikam', subscription: off });
      assert.equal(endOfTerm(await read(off), { today: dayIn(0) }), 'unknown', 'it began before April 2025');
      await sandbox.post('clock', { advanceWeeks: 1 });
      assert.deepEqual([(await read(on)).expiresOn, (await read(off)).status], [addDays(addMonths(dayIn(6), 36), -1), 'disabled']);
    });

    it('a trial becomes the paid plan with all its licences, or ends where auto-renew is off', async () => {
      const [goesOn, stops] = [
        await added({ plan: 'Office 365 E3', trial: true, endsInDays: 5 }),
        await added({ plan: 'Office 365 E3', trial: true, endsInDays: 5 }),
      ];
      await sandbox.post('flip', { customer: 'Fabrikam', subscription: stops });
      assert.equal(endOfTerm(await read(goesOn), { today: dayIn(0) }), 'renewsAs');
      await sandbox.post('clock', { advanceWeeks: 1 });
      const paid = await read(goesOn);
      assert.deepEqual([paid.isTrial, paid.term, (await read(stops)).status], [false, 'P1Y', 'disabled']);
      assert.deepEqual(
        (await bill(dayIn(6))).lines.filter((one) => [goesOn, stops].includes(one.subscription)).map((one) => one.amount),
        [5 * 2_300],
      );
    });

    it('a plan at the end of its sale ends with its term where auto-renew is off; nobody can plan that it goes on', async () => {
      const id = await added({ plan: 'Office 365 E3', endOfSale: true, endsInDays: 5 });
      await assert.rejects(sandbox.post('plan', { customer: 'Fabrikam', subscription: id, plan: 'extend' }), /cannot go on as an Extended Service Term/);
      await sandbox.post('flip', { customer: 'Fabrikam', subscription: id });
      await sandbox.post('clock', { advanceDays: 2 });
      assert.equal((await read(id)).atTermEnd, null, 'nothing is filled in');
      await sandbox.post('clock', { advanceDays: 5 });
      assert.equal((await read(id)).status, 'disabled');
    });

    it('a promotion is for one term: 38.00 less 15 % before, all of it after', async () => {
      const id = await added({ plan: 'Office 365 E5', promotion: true, endsInDays: 5 });
      const order = async () => (await pc.order(fabrikam, (await read(id)).orderId as string)).lines?.[0]?.unit?.minor;
      assert.equal(await order(), 3_230);
      await sandbox.post('clock', { advanceWeeks: 1 });
      assert.equal(await order(), 3_800);
      const promotionId = '39NFJQT1PFPL:0001:39NFJQT1Q5KL';
      assert.equal((await buy({ lineItems: [await line('Office 365 E3', { promotionId })] })).refused, '27007');
      assert.ok((await buy({ lineItems: [await line('Office 365 E5', { promotionId })] })).orders);
    });

    it('several lines in one order are several subscriptions, other payment is another order, and added seats get a line of their own', async () => {
      const lineItems = [await line('Office 365 E3'), await line('Office 365 F3'), await line('Office 365 E5', { billingCycle: 'annual' })];
      const { orders } = await buy({ lineItems });
      assert.deepEqual(
        orders?.map((one) => one.lineItems.length),
        [2, 1],
      );
      const id = orders?.[0]?.id as string;
      const order = await until(
        async () => ((await pc.order(fabrikam, id)).lines?.every((one) => one.subscriptionId) ? pc.order(fabrikam, id) : undefined),
        () => 'the order never named its subscriptions',
      );
      const [e3, f3] = (order.lines ?? []).map((one) => one.subscriptionId as string) as [string, string];
      const { resource } = await pc.subscription(fabrikam, f3);
      await raw(`/v1/customers/${fabrikam}/subscriptions/${f3}`, { method: 'PATCH', body: JSON.stringify({ ...resource, quantity: 8 }) });
      const lines = (await pc.order(fabrikam, id)).lines ?? [];
      assert.deepEqual(
        lines.map((one) => [one.subscriptionId, one.kind, one.quantity, one.price?.minor]),
        [
          [e3, 'new', 5, 11_500],
          [f3, 'new', 5, 2_000],
          [f3, 'addquantity', 3, 1_200],
        ],
      );
      const billed = (await bill(dayIn(0))).lines.filter((one) => one.subscription === f3);
      assert.deepEqual(
        billed.map((one) => one.amount),
        [3_200],
        'on its first day, all in one payment',
      );
    });

    it('an indirect provider names the reseller and attests it, or is answered 900206', async () => {
      await sandbox.post('customer', { customer: 'Fabrikam', reseller: '7654321' });
      const participants = [{ key: 'transaction_reseller', value: '7654321' }];
      const named = await line('Office 365 E3', { participants });
      const refused = [{ lineItems: [await line('Office 365 E3')], partnerOnRecordAttestationAccepted: true }, { lineItems: [named] }];
      for (const body of refused) assert.equal((await buy(body)).refused, '900206');
      assert.ok((await buy({ lineItems: [named], PartnerOnRecordAttestationAccepted: true })).orders);
      const all = (await sandbox.state()).customers.find((one) => one.id === fabrikam)?.subscriptions;
      assert.ok(all?.every((one) => one.partnerId === '7654321'));
    });

    it('only the customer accepts the agreement: a partner gets the link', async () => {
      await sandbox.post('customer', { customer: 'Fabrikam', agreementSigned: false });
      assert.equal((await raw(`/v1/customers/${fabrikam}/agreements`, { method: 'POST', body: '{}' })).status, 403);
      const link = await fetch(`${sandbox.url}/v1/attestations/enhanced`, {
        method: 'POST',
        body: '{}',
        headers: { Authorization: 'Bearer sandbox-app-only' },
      });
      assert.match(await link.text(), /"url": "https:/);
      assert.equal(await pc.mayBuy(fabrikam), 'agreement');
    });

    describe('price sheets', () => {
      const offer = async (id: string) => ({ ...(await read(id)), customerId: fabrikam, quantity: 5 });
      const sheets = (tokens: Tokens = sandboxPriceTokens, clock: Clock = systemClock()) => {
        const client = { baseUrl: sandbox.url, budget: FREE, clock, locale: 'en-US' };
        return httpPriceSheets({ ...client, tokens }, { ...client, tokens: sandboxTokens });
      };
      const asked = async () => (await sandbox.requests()).filter((one) => one.route.includes('pricesheets')).reduce((sum, one) => sum + one.count, 0);

      it('tell what all licences will cost a month: renewed, by the month, extended; and the invoice says the same', async () => {
        const id = await added({ plan: 'Office 365 E3', endsInDays: 5 });
        const prices = await sheets().prices(await offer(id));
        assert.deepEqual(prices, {
          known: true,
          on: dayIn(0),
          renewal: { minor: 11_500, currency: 'EUR' },
          oneMonth: { minor: 13_145, currency: 'EUR' },
          extended: { minor: 13_540, currency: 'EUR' },
        });
        await sandbox.post('flip', { customer: 'Fabrikam', subscription: id });
        await sandbox.post('clock', { advanceWeeks: 1 });
        assert.equal((await bill(dayIn(6))).lines.find((one) => one.subscription === id && one.what === 'extended')?.amount, 13_540);
      });

      it('are read once a day, however many ask at once', async () => {
        const one = sheets();
        const of = await offer(await added({ plan: 'Office 365 E3', endsInDays: 5 }));
        const before = await asked();
        await Promise.all([1, 2, 3, 4].map(() => one.prices(of)));
        await one.prices(of);
        assert.equal((await asked()) - before, 2, 'one for what is sold, one for Extended Service Terms');
      });

      it('where nobody consented, or it cannot be read, the price is not known, and it is not asked for again at once', async () => {
        const of = await offer(await added({ plan: 'Office 365 E3', endsInDays: 5 }));
        const refuses: Tokens = async () => {
          throw new TokenError('invalid_grant', 'no consent');
        };
        for (const tokens of [refuses, sandboxTokens]) {
          const one = sheets(tokens);
          assert.deepEqual(await one.prices(of), { known: false, why: 'notConsented' });
        }
        await sandbox.post('faults', { rules: [{ path: 'pricesheets', status: 500 }] });
        const one = sheets();
        assert.deepEqual([await one.prices(of), await one.prices(of)], [UNREAD, UNREAD]);
        await sandbox.post('faults', { rules: [{ path: 'licensebasedest', status: 403 }] });
        const extended = await sheets().prices(of);
        assert.deepEqual(
          extended.known && extended.extended,
          { minor: 13_539, currency: 'EUR' },
          '3 % above the one-month price, where that sheet alone is closed',
        );
        await sandbox.post('faults', { rules: [] });
        assert.deepEqual(await one.prices(of), UNREAD, 'for an hour');
        const later = sheets(sandboxPriceTokens, { ...systemClock(), wallMs: () => Date.now() + 3_700_000 });
        assert.equal((await later.prices(of)).known, true);
      });
    });

    it('seats from other channels stand in the pools, and go when the customer ends them there', async () => {
      const pool = async () => (await pc.seatPools(fabrikam)).find((one) => one.skuId === '6fd2c87f-b296-42f0-b197-1e91e994b900')?.active;
      await sandbox.post('customer', { customer: 'Fabrikam', foreignSeats: { 'Office 365 E3': 20 } });
      assert.equal(await pool(), 20);
      await sandbox.post('customer', { customer: 'Fabrikam', foreignSeats: { 'Office 365 E3': 0 } });
      assert.equal(await pool(), undefined);
    });
  });

  it('time: what renews goes on a year, what does not expires, what is suspended is deleted', async () => {
    await sandbox.post('clock', { advanceDays: 50 });
    const state = await sandbox.state();
    const find = (customer: string, offer: string) =>
      state.customers.find((one) => one.name === customer)?.subscriptions.find((one) => one.offerName === offer);
    assert.equal(find('Contoso Ltd', 'Dynamics 365 for Sales Enterprise Edition CRMOL Basic (Qualified Offer)')?.status, 'expired');
    assert.equal(find('Northwind Traders', 'Dynamics 365 Customer Engagement Plan Enterprise Edition CRMOL Basic (Qualified Offer)')?.status, 'active');
    await assert.rejects(sandbox.post('clock', { advanceDays: -1 }), /advanceDays must be a whole number/);
    const far = async () => {
      for (let n = 0; n < 100; n++) await sandbox.post('clock', { advanceDays: 4_000 });
    };
    await assert.rejects(far(), /behind the year 2200\. Nothing has changed/, 'beyond, dates could not be compared, and the bot goes with it');
    await sandbox.post('reset');
    assert.equal((await sandbox.writes()).length, 0);
  });

  describe('its switches', () => {
    const send = async (action: string, body: string) => {
      const response = await fetch(`${sandbox.url}/sandbox/${action}`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
        body,
      });
      return { status: response.status, said: ((await response.json()) as { description?: string }).description ?? '' };
    };

    it('take a body as JSON whatever its content type says', async () => {
      assert.equal((await send('flip', '{"customer":"Contoso"}')).status, 200);
      assert.equal((await send('load', '\ufeff{"customers": 1}')).status, 200);
    });

    it('refuse what they cannot use, name the value, and change nothing', async () => {
      await sandbox.post('faults', { rules: [{ path: '/v1/nowhere$', status: 500 }] });
      const before = JSON.stringify([
        await sandbox.state(),
        (await (await fetch(`${sandbox.url}/sandbox/clock`)).json()).offsetMs,
        running.world.faults.length,
      ]);
      const cases: [string, string, RegExp][] = [
        ['flip', '', /^customer must be a name or an id; it is missing/],
        ['flip', 'customer=Contoso', /must be a JSON object .* it is 'customer=Contoso'/],
        ['flip', "'{customer:Contoso}'", /it is ''\{customer:Contoso\}''\. In a Windows prompt/],
        ['flip', '["Contoso"]', /must be a JSON object/],
        ['flip', '{"customer": 7}', /^customer must be a name or an id; it is 7/],
        ['flip', '{"customer": "Nobody Ltd"}', /No customer is called 'Nobody Ltd'/],
        ['flip', '{"costumer": "Contoso"}', /costumer|customer must be/],
        ['flip', '{"customer": "Contoso", "renew": false}', /'renew' is not known: 'flip' takes customer, subscription, by/],
        ['flip', '{"customer": "Contoso", "subscription": "Word 6.0"}', /no subscription to change called 'word 6.0'/],
        ['clock', '', /must say how far/],
        ['clock', '{}', /must say how far/],
        ['clock', '{"days": 30}', /'days' is not known: 'clock' takes advanceWeeks, advanceDays, advanceHours/],
        ['clock', '{"advanceDays": "30"}', /^advanceDays must be a whole number from 0 to 4000; it is "30"/],
        ['clock', '{"advanceHours": 1.5}', /^advanceHours must be a whole number .* it is 1.5/],
        ['faults', '', /^rules must be a list of rules; an empty one, .* takes them all away; it is missing/],
        ['faults', '{"rules": {"path": "/x"}}', /^rules must be a list of rules/],
        ['faults', '{"rule": []}', /rules must be a list|'rule' is not known/],
        ['faults', '{"rules": [{"path": "("}]}', /^rules\.0\.path is not a regular expression; it is "\("/],
        ['faults', '{"rules": [{"path": "/x$"}]}', /must say what goes wrong: status, dropReply or delayMs/],
        ['faults', '{"rules": [{"path": "/x$", "statuss": 500, "dropReply": true}]}', /'statuss' in rules\.0 is not known/],
        ['faults', '{"rules": [{"path": "/x$", "status": "500"}]}', /^rules\.0\.status must be a whole number from 200 to 599; it is "500"/],
        ['load', '{"customers": 0}', /^customers must be a whole number from 1 to 50000; it is 0/],
        ['limits', '{"requestsPerMinute": -1}', /^requestsPerMinute must be a number above 0; it is -1/],
        ['limits', '{}', /^requestsPerMinute must be a number above 0; it is missing/],
        ['customer', '{"customer": "Fabrikam"}', /must say what to set/],
        ['customer', '{"customer": "Fabrikam", "byGroup": ["Nemo"]}', /Fabrikam Residences has no user called 'Nemo'/],
        ['customer', '{"customer": "Fabrikam", "foreignSeats": {"Word 6.0": 3}}', /sells no plan called 'Word 6.0'/],
        ['subscription', '{"customer": "Fabrikam", "plan": "Word 6.0", "seats": 3}', /sells no plan called 'Word 6.0'/],
        ['subscription', '{"customer": "Fabrikam", "plan": "Office 365 F3", "seats": 3, "term": "P3Y"}', /is not sold for 'P3Y' with 'monthly' payment/],
        ['subscription', '{"customer": "Fabrikam", "plan": "Office 365 E3", "seats": 3, "promotion": true}', /Office 365 E3 has no promotion/],
        ['subscription', '{"customer": "Fabrikam", "plan": "Office 365 E3", "seats": 3, "term": "P1M", "endsInDays": 90}', /has not begun yet/],
        ['plan', '{"customer": "Fabrikam"}', /^plan must be renew, renewAs, cancel, extend, none, or a word of Microsoft’s; it is missing/],
        ['plan', '{"customer": "Fabrikam", "plan": "renewAs"}', /must say as what/],
        ['plan', '{"customer": "Contoso", "plan": "cancel"}', /Contoso Ltd has no subscription to change/],
        ['plan', '{"customer": "Fabrikam", "plan": "renewAs", "as": {"plan": "Word 6.0"}}', /sells no plan called 'Word 6.0'/],
        ['terms', '{}', /must say what to set: backfillHours, backfillRenews or lockHours/],
        ['terms', '{"lockHours": 25}', /^lockHours must be a whole number from 0 to 24; it is 25/],
        ['explode', '{}', /The sandbox has no 'explode' for POST/],
      ];
      for (const [action, body, expected] of cases) {
        const { status, said } = await send(action, body);
        assert.ok(status === 400 || status === 404, `${action} ${body}: ${status}`);
        assert.match(said, expected, `${action} ${body}`);
      }
      assert.equal(
        JSON.stringify([await sandbox.state(), (await (await fetch(`${sandbox.url}/sandbox/clock`)).json()).offsetMs, running.world.faults.length]),
        before,
      );
      await sandbox.post('faults', { rules: [] });
    });

    it('a beginning that fits two customers names both; each can be chosen by its id', async () => {
      await sandbox.post('load', { customers: 2 });
      const said = (await send('flip', '{"customer": "Load"}')).said;
      const ids = [...said.matchAll(/\(([0-9a-f-]{36})\)/g)].map((match) => match[1]);
      assert.match(said, /^'Load' fits 3 customers: /);
      for (const id of ids) assert.equal((await send('flip', JSON.stringify({ customer: id }))).status, 200);
    });
  });
});
