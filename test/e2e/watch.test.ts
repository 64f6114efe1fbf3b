/** From a flip in Partner Center to the card in a chat, over HTTP, for every row of the programmes and every trap. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { startSandbox } from '../../services/local/sandbox/server.ts';
import { CARDS_A_PASS } from '../../services/notify/rateWindows.ts';
import { openTables } from '../../services/store/azureTables.ts';
import { storageOf } from '../support/storage.ts';
import { until } from '../support/until.ts';
import { plain } from '../support/teams.ts';
import { sandboxAt, startWorld, type World } from '../support/world.ts';
import type { WatchRow } from '../../services/watch/rows.ts';
import { ofCustomer, WATCH_KEY } from '../../services/store/rows.ts';

const SWEEP_MS = 2_000;
const SP = 'Dynamics 365 Sales Professional';
const CS = 'Dynamics 365 Customer Service';
const CE = 'Dynamics 365 Customer Engagement Plan';
const TM = 'Dynamics 365 Team Members';
const QUALIFIED = [SP, CS, CE, TM];

/** Retired offer -> the plans that the card must offer, in order; the 24 qualified offers are added below. */
const ROWS: Record<string, string[]> = {
  'Dynamics AX Enterprise': ['Dynamics 365 Unified Operations Plan', 'Dynamics 365 Plan'],
  'Dynamics AX Task': ['Dynamics 365 Unified Operations - Activity'],
  'Dynamics AX Task / self-serve': [TM],
  'Dynamics AX Device': ['Dynamics 365 Unified Operations - Device'],
  'Microsoft Dynamics CRM Online Enterprise': [CE],
  'Microsoft Dynamics CRM Online Professional': [CE, 'Dynamics 365 Sales Enterprise', CS],
  'Microsoft Dynamics CRM Online Basic': [TM, 'Dynamics 365 Sales Enterprise', CS, CE],
  'Microsoft Dynamics CRM Online Essential': [TM],
  'Microsoft Dynamics CRM Online - Field Service User Add-On': [CE, 'Dynamics 365 Field Service'],
  'Microsoft Dynamics CRM Online - Project Service Automation User Add-On': [CE, 'Dynamics 365 Project Service Automation'],
};
const programme = JSON.parse(readFileSync(new URL('../../services/catalogue/programmes/crm-basic.json', import.meta.url), 'utf8')) as {
  offers: { names: string[] }[];
};
for (const name of programme.offers[0]?.names ?? []) {
  const suffix = name.endsWith('for Faculty')
    ? ' for Faculty'
    : name.endsWith('for Students')
      ? ' for Students'
      : name.includes('(Government Pricing)')
        ? ' (Government Pricing)'
        : '';
  ROWS[name] = QUALIFIED.map((title) => title + suffix);
}

describe('watching', () => {
  let world: World;
  before(async () => {
    world = await startWorld({ sweepMs: SWEEP_MS });
    await world.swept();
    await world.sandbox.post('customer', { customer: 'Contoso', notSold: [] });
  });
  after(() => world.close());

  it('tells in status what it has done, however short a time ago it was started', async () => {
    const me = world.teams.chat('personal', 'a:soon');
    await me.write('status');
    const status = plain((await me.card('How I am')).card);
    assert.doesNotMatch(status, /not yet|\b0 looks/);
    assert.match(status, /[1-9]\d* looks at/);
  });

  it('alerts for each of the 24 offers and every AX and CRM Online row, with exactly the plans of its programme', async () => {
    assert.equal(Object.keys(ROWS).length, 34);
    const channel = world.teams.chat('channel', '19:rows@thread');
    await channel.write('watch');
    const state = await world.sandbox.state();
    const wanted = state.customers.flatMap((customer) => customer.subscriptions.filter((one) => one.offerName in ROWS).map((one) => ({ customer, one })));
    assert.equal(wanted.length, 34, 'the seeded world holds every row once');
    // More in one pass would be a burst, which comes as a digest.
    const together = CARDS_A_PASS / 2;
    for (let from = 0; from < wanted.length; from += together) {
      await pause(SWEEP_MS);
      const group = wanted.slice(from, from + together);
      for (const { customer, one } of group) {
        if (!one.autoRenewEnabled) await world.sandbox.post('unflip', { customer: customer.id, subscription: one.id });
      }
      for (const { customer, one } of group) await world.sawRenewing(customer.id, [one.id]);
      for (const { customer, one } of group) await world.sandbox.post('flip', { customer: customer.id, subscription: one.id });
      for (const { one } of group) {
        const posted = await until(
          () => channel.cards().find((card) => hasPlan(card.card, one.offerName) && plain(card.card).includes('Get a price')),
          () => `no card for ${one.offerName}`,
        );
        assert.deepEqual(offered(posted.card), ROWS[one.offerName], one.offerName);
      }
    }
    assert.equal(channel.cards().filter((card) => plain(card.card).includes('Get a price')).length, 34, 'one card a flip');
  });

  it('opens nothing for Azure, trials, one-time purchases, suspended ones, and the add-on of a base that stops', async () => {
    const me = world.teams.chat('personal', 'a:false');
    await me.write('expiring 3650 wingtip');
    const list = plain((await me.card('is not set to renew')).card);
    assert.match(list, /Add-On for CRM Basic/);
    assert.doesNotMatch(list, /Azure|Trial|Windows Server|Office 365 E5/);
    await me.write('expiring 3650 northwind');
    assert.doesNotMatch(plain((await me.card('Northwind')).card), /Additional Storage/);
  });

  it('closes with "renews again" when it is switched back, and a second flip within a day opens the same ticket again', async () => {
    const chat = world.teams.chat('groupChat', '19:group@thread');
    await chat.write('watch proseware');
    const proseware = (await world.sandbox.state()).customers.find((one) => one.name.startsWith('Proseware'));
    await world.sandbox.post('unflip', { customer: 'Proseware' });
    await world.sawRenewing(proseware?.id ?? '', [proseware?.subscriptions[0]?.id ?? '']);
    await world.sandbox.post('flip', { customer: 'Proseware' });
    const first = await chat.card('Proseware, Inc.', 'Expires in 33 days');
    const ticketId = /S-\d+/.exec(plain(first.card))?.[0];
    await world.sandbox.post('unflip', { customer: 'Proseware' });
    const renewed = await chat.card('Proseware, Inc.', 'Renews again');
    assert.equal(renewed.id, first.id);
    assert.equal(findButtons(renewed.card).length, 0, 'no step is left');
    await world.sandbox.post('flip', { customer: 'Proseware' });
    const second = await chat.card('Proseware, Inc.', 'Get a price');
    assert.equal(second.id, first.id, 'one card for one trouble');
    assert.equal(/S-\d+/.exec(plain(second.card))?.[0], ticketId);
  });

  it('makes a hostile customer name harmless', async () => {
    const channel = world.teams.chat('channel', '19:rows@thread');
    const posted = await channel.card('Tot', 'evil.example');
    const json = JSON.stringify(posted.card);
    assert.doesNotMatch(json, /[^\\]\]\(http|<at>|\$\{|\u202e/);
    assert.match(plain(posted.card), /‹at›all‹\/at›/);
    const me = world.teams.chat('personal', 'a:hostile');
    await me.write('move tot');
    await me.text('Which plan?');
    assert.doesNotMatch(me.texts().join(), /[^\\]\]\(http|<at>|\u202e/);
  });

  it('skips a customer who answers 403 with a mark, and goes on with the others', async () => {
    const state = await world.sandbox.state();
    const coho = state.customers.find((one) => one.name === 'Coho Winery');
    await world.sandbox.post('faults', { rules: [{ method: 'GET', path: `${coho?.id}/subscriptions$`, status: 403 }] });
    const me = world.teams.chat('personal', 'a:skip');
    await until(
      async () => {
        await me.write('status');
        return (
          ((await me.card('How I am')) && me.cards().some((card) => plain(card.card).includes('I could not look at Coho Winery the last time'))) || undefined
        );
      },
      () => 'the skipped customer is not named',
    );
    await world.sandbox.post('faults', { rules: [] });
    await until(
      async () => {
        await me.write('status');
        return plain((await me.card('How I am')).card).includes('Skipped | None') || undefined;
      },
      () => 'the customer is not looked at again',
    );
  });

  it('makes one digest of 40 flips at once, and lists them all', async () => {
    await world.sandbox.post('load', { customers: 1, subscriptionsPerCustomer: 40 });
    const me = world.teams.chat('personal', 'a:crowd');
    await until(
      async () => {
        await me.write('watch load');
        return me.cards().some((card) => plain(card.card).includes('Watching')) || undefined;
      },
      () => 'the new customer is not known',
    );
    const loaded = (await world.sandbox.state()).customers.find((one) => one.name.startsWith('Load'));
    await world.sawRenewing(loaded?.id ?? '', loaded?.subscriptions.map((one) => one.id) ?? []);
    await world.sandbox.post('faults', { rules: [{ method: 'GET', path: `${loaded?.id}/subscriptions$`, status: 500 }] });
    for (const one of loaded?.subscriptions ?? []) await world.sandbox.post('flip', { customer: loaded?.id, subscription: one.id });
    await world.sandbox.post('faults', { rules: [] });
    const digest = await me.card('40 subscriptions are not set to renew');
    assert.match(plain(digest.card), /1 to 10 of 40/);
    assert.equal(me.cards().filter((card) => plain(card.card).includes('Get a price')).length, 0, 'no flood of cards');
    assert.equal(await me.press('Show all 40', ['40 subscriptions are not set to renew']), '40\u00a0subscriptions are not set to renew');
    assert.match(plain((await me.card('11 to 20 of 40')).card), /Next 10.*Filter and sort.*Previous 10/);
  });
});

describe('a partner of many customers', () => {
  it('finds 600 over several pages and alerts for one of the last', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'successor-sandbox-'));
    const pretend = await startSandbox({ port: 0, folder });
    const url = `http://127.0.0.1:${pretend.port}`;
    await sandboxAt(url).post('load', { customers: 600, subscriptionsPerCustomer: 1 });
    const world = await startWorld({ partnerCenterUrl: url, sweepMs: 60_000 });
    try {
      await alertsForOneOfTheLast(world);
    } finally {
      await world.close();
      await pretend.close();
    }
  });
});

async function alertsForOneOfTheLast(world: World): Promise<void> {
  const me = world.teams.chat('personal', 'a:many');
  await until(
    async () => {
      await me.write('watch load 00500');
      // Until it is known, those whose names are near are asked about.
      return me.cards().some((one) => /Watching .*Load 00500/.test(plain(one.card))) || undefined;
    },
    () => 'customer 500 is not known',
  );
  const { customers } = await world.sandbox.state();
  assert.ok(customers.length > 600);
  await until(
    async () => {
      await me.write('status');
      return plain((await me.card('How I am')).card).includes(`Customers | ${customers.length}`) || undefined;
    },
    () => 'not all customers are counted',
  );
  // What stops before its first look had stopped when it was first seen.
  const last = customers.find((one) => one.name === 'Load 00500');
  const store = await openTables(storageOf(world.config));
  await until(
    async () => (await store.get<WatchRow>(...ofCustomer(last?.id ?? ''), WATCH_KEY))?.value.lookedAt,
    () => 'customer 500 was not looked at',
  );
  await world.sandbox.post('flip', { customer: 'Load 00500' });
  await me.card('Load 00500', 'Expires in');
}

describe('the first sweep', () => {
  it('learns silently and posts one digest a chat', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'successor-sandbox-'));
    const pretend = await startSandbox({ port: 0, folder });
    const url = `http://127.0.0.1:${pretend.port}`;
    await sandboxAt(url).post('faults', { rules: [{ path: '/subscriptions$', delayMs: 3000, times: 14 }] });
    const world = await startWorld({ partnerCenterUrl: url, sweepMs: 2_000 });
    try {
      const me = world.teams.chat('personal', 'a:first');
      await me.write('watch');
      assert.match(plain((await me.card('Watching')).card), /I am still looking through your customers/);
      const digest = await me.card('4 subscriptions are not set to renew');
      assert.match(plain(digest.card), /Fabrikam Residences.*Coho Winery.*Alpine Ski House.*Adventure Works/);
      await new Promise((resolve) => setTimeout(resolve, 7000));
      assert.equal(me.cards().length, 2, 'the card of what is watched, one digest, and no flood');
    } finally {
      await world.close();
      await pretend.close();
    }
  });
});

function hasPlan(card: { body: Record<string, unknown>[] }, offer: string): boolean {
  return card.body.some((one) => String(one.text ?? '').replaceAll('\\', '') === offer);
}

function offered(card: { body: Record<string, unknown>[] }): string[] {
  const input = card.body.find((one) => one.id === 'plan') as { choices?: { title: string }[] } | undefined;
  return (input?.choices ?? []).map((choice) => choice.title.split(' · ')[0] as string);
}

function findButtons(card: { actions?: Record<string, unknown>[] }): unknown[] {
  return (card.actions ?? []).filter((one) => one.type === 'Action.Execute');
}
