/** Partner Center's events over HTTP: what is signed brings one look forward, everything else costs nothing. */
import assert from 'node:assert/strict';
import { memoryStore } from '../support/memory.ts';
import { certificates } from '../../services/partnerCenter/webhook/certificate.ts';
import { openTables } from '../../services/store/azureTables.ts';
import { storageOf } from '../support/storage.ts';
import { systemClock } from '../../services/clock.ts';
import { pollSoon } from '../../services/watch/signals.ts';
import { takeEvents } from '../../services/partnerCenter/webhook/events.ts';
import { decideRegistration } from '../../services/partnerCenter/webhook/registration.ts';
import { operate, withResources } from '../../bot/cli/operator.ts';
import type { Chatter } from '../support/teams.ts';
import { startWorld, type World } from '../support/world.ts';
import { type Signer, startSigner } from './signer.ts';
import { NEVER_LOOKED_AT, type WatchRow } from '../../services/watch/rows.ts';
import type { WakeUp } from '../../services/queue/messages.ts';
import { ofCustomer, WATCH_KEY } from '../../services/store/rows.ts';

describe('events of Partner Center', () => {
  let signer: Signer;
  let world: World;
  let customer: string;
  let ann: Chatter;
  before(async () => {
    signer = await startSigner();
    // Nobody sweeps by itself while the test runs.
    world = await startWorld({ sweepMs: 3_600_000, events: { certificates: [signer.base], roots: signer.root } });
    await world.swept();
    customer = (await world.sandbox.state()).customers.find((one) => one.name === 'Contoso Ltd')?.id as string;
    ann = world.teams.chat('channel', '19:events@thread', 'Ann Jansson');
    await ann.write('watch');
    await ann.card('Watching');
  });
  after(async () => {
    await world.close();
    await signer.close();
  });

  const eventOf = (id: string, changes: Record<string, unknown> = {}) =>
    JSON.stringify({
      EventName: 'subscription-updated',
      ResourceUri: `http://api.partnercenter.microsoft.com/webhooks/v1/customers/${id}/subscriptions/4a1a9a5c-0a4e-4b4e-9a0b-000000000000`,
      ResourceName: 'subscription',
      AuditUri: 'http://127.0.0.1:9/v1/auditrecords/x',
      ResourceChangeUtcDate: new Date().toISOString(),
      ...changes,
    });
  const send = (body: string, headers: Record<string, string>) =>
    fetch(`${world.bot.bot}/api/partner-center/events`, { method: 'POST', body, headers }).then((one) => one.status);
  const renderer = async () =>
    (await world.sandbox.requests()).filter((one) => one.route === '/v1/customers/:id/subscriptions').reduce((sum, one) => sum + one.count, 0);

  it('one that is signed brings the customer’s turn forward: the flip is on its card at once', async () => {
    await world.sandbox.post('flip', { customer: 'Contoso' });
    const before = await renderer();
    const body = eventOf(customer);
    assert.equal(await send(body, signer.headers(body)), 200);
    await ann.card('Contoso Ltd', 'Expires in');
    assert.ok((await renderer()) - before <= 2);
  });

  it('replays, storms and both forms of the header cost at most one look a customer and minute', async () => {
    const same = eventOf(customer);
    assert.equal(await send(same, signer.headers(same)), 200);
    const [before, startedAt] = [await renderer(), performance.now()];
    for (let n = 0; n < 20; n++) assert.equal(await send(same, signer.headers(same, { ownHeader: n % 2 === 0 })), 200);
    for (let n = 0; n < 30; n++) {
      const fresh = eventOf(customer, { ResourceName: `n${n}` });
      assert.equal(await send(fresh, signer.headers(fresh)), 200);
    }
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    // The look of this minute is over, or under way; a slow machine may see the next ones.
    const minutes = Math.ceil((performance.now() - startedAt) / 60_000);
    const more = (await renderer()) - before;
    assert.ok(more <= minutes, `${more} looks in ${minutes} minutes`);
  });

  it('forgeries, foreign addresses and what is not ours are refused, and nothing is fetched or looked at', async () => {
    // Of one that nothing else looks at meanwhile: the flip of the other stands in the activity log, which is followed too.
    const other = (await world.sandbox.state()).customers.find((one) => one.name.startsWith('Fabrikam'))?.id as string;
    const tables = await openTables(storageOf(world.config));
    const watched = async () => (await tables.get<WatchRow>('customers', other, WATCH_KEY))?.value;
    const body = eventOf(other, { ResourceName: 'forged' });
    const good = signer.headers(body);
    const without = (name: string) => Object.fromEntries(Object.entries(good).filter(([key]) => key !== name));
    const fetchedBefore = signer.fetches();
    const before = await watched();
    assert.ok(before);
    const refused: [string, number, Promise<number>][] = [
      ['no signature', 401, send(body, without('Authorization'))],
      ['no address', 401, send(body, without('X-MS-Certificate-Url'))],
      ['no algorithm', 401, send(body, without('X-MS-Signature-Algorithm'))],
      ['SHA-1', 401, send(body, signer.headers(body, { algorithm: 'rsa-sha1' }))],
      ['another key', 401, send(body, signer.headers(body, { key: 'other' }))],
      ['another body', 401, send(eventOf(other, { ResourceName: 'other' }), good)],
      ['a space more', 401, send(`${body} `, good)],
      ['a bearer', 401, send(body, { ...good, Authorization: 'Bearer a.b.c' })],
      ['a signature that is no base64', 401, send(body, { ...good, Authorization: 'Signature <script>' })],
      ['a foreign host', 403, send(body, signer.headers(body, { address: 'http://127.0.0.1:9/x.cer' }))],
      ['the cloud’s own address', 403, send(body, signer.headers(body, { address: 'http://169.254.169.254/metadata' }))],
      ['a file', 403, send(body, signer.headers(body, { address: 'file:///etc/passwd' }))],
      ['a user in front of the host', 403, send(body, signer.headers(body, { address: signer.at.good.replace('http://', 'http://x@') }))],
      ['a way up', 403, send(body, signer.headers(body, { address: `${signer.base}../good.cer` }))],
      ['a question behind it', 403, send(body, signer.headers(body, { address: `${signer.at.good}?to=http://evil` }))],
      ['another content type', 415, send(body, { ...good, 'Content-Type': 'text/plain' })],
    ];
    for (const [name, status, answer] of refused) assert.equal(await answer, status, name);
    assert.equal(signer.fetches(), fetchedBefore, 'an address that is not allowed was fetched');
    const huge = eventOf(other, { ResourceName: 'x'.repeat(10_000_000) });
    assert.ok([413, 0].includes(await send(huge, signer.headers(huge)).catch(() => 0)));
    assert.deepEqual(await watched(), before, 'its turn was brought forward');
  });

  it('a certificate that is not Microsoft’s, not valid, or has no chain to the pinned root is not believed', async () => {
    const ask = certificates({ allowed: [signer.base], roots: signer.root, clock: systemClock() });
    const why = async (name: keyof Signer['at']) => {
      const found = await ask.signerAt(signer.at[name], name);
      return 'refused' in found ? found.refused : 'believed';
    };
    assert.equal(await why('good'), 'believed');
    assert.match(await why('otherCompany'), /not of Microsoft/);
    assert.match(await why('otherRoot'), /no chain/);
    assert.match(await why('over'), /over or not yet/);
    assert.match(await why('early'), /over or not yet/);
    assert.match(await why('authority'), /authority/);
    for (const name of ['huge', 'noise', 'moved'] as const) assert.match(await why(name), /could not be had/);
    const before = signer.fetches();
    for (let n = 0; n < 20; n++) await why('noise');
    assert.equal(signer.fetches(), before, 'a failure is remembered for a while');
    for (let n = 0; n < 100; n++) await ask.signerAt(`${signer.base}${n}.cer`, `caller ${n}`);
    assert.ok(signer.fetches() - before <= 20, 'an attacker chooses the path, but not how often');
    const pinned = certificates({ allowed: [signer.base], roots: null, clock: systemClock() });
    assert.ok('refused' in (await pinned.signerAt(signer.at.good, 'somebody')), 'without the test’s root nothing of it is believed');
  });

  it('a good signer keeps its place and its turn, whatever strangers name; one stranger does not use up the turns of all', async () => {
    let nowMs = Date.now();
    const ask = certificates({ allowed: [signer.base], roots: signer.root, clock: { ...systemClock(), wallMs: () => nowMs } });
    const storm = async (times: number, caller: (n: number) => string) => {
      const before = signer.fetches();
      for (let n = 0; n < times; n++) await ask.signerAt(`${signer.base}storm-${nowMs}-${n}.cer`, caller(n));
      return signer.fetches() - before;
    };
    const isGood = async (caller: string) => !('refused' in (await ask.signerAt(signer.at.good, caller)));
    assert.ok((await storm(50, () => 'one')) <= 5, 'one stranger has a few');
    assert.ok(!ask.isKnown(signer.at.good));
    assert.ok(await isGood('Microsoft'), 'met for the first time in the middle of a storm');
    assert.ok(ask.isKnown(signer.at.good));
    await storm(300, (n) => `many ${n}`);
    const before = signer.fetches();
    assert.ok(await isGood('Microsoft'));
    assert.equal(signer.fetches(), before, 'its place in the cache was not taken');
    nowMs += 2 * 3_600_000;
    await storm(300, (n) => `again ${n}`);
    assert.ok(await isGood('Microsoft'), 'looked at anew when it is old, although strangers have used up their turns');
    const held = await Promise.all(Array.from({ length: 20 }, () => ask.signerAt(`${signer.base}once.cer`, 'late')));
    assert.ok(held.every((one) => 'refused' in one));
  });

  it('what is signed and says nothing of ours is taken and passed over', async () => {
    const store = memoryStore();
    const nudged: WakeUp[] = [];
    const listings: number[] = [];
    const clock = systemClock();
    const wake = { schedule: async () => {}, now: (wakeUp: WakeUp) => void nudged.push(wakeUp) };
    const take = takeEvents({
      clock,
      certificates: certificates({ allowed: [signer.base], roots: signer.root, clock }),
      lookSoon: (id) => pollSoon({ store, clock, wake }, id),
      listSoon: async () => void listings.push(clock.wallMs()),
    });
    const row: WatchRow = { ...NEVER_LOOKED_AT, name: 'Contoso', generation: 't', notedAt: 0, goneAt: null };
    await store.put(...ofCustomer(customer), WATCH_KEY, row);
    const tell = async (body: string) => {
      const headers = Object.fromEntries(Object.entries(signer.headers(body)).map(([name, value]) => [name.toLowerCase(), value]));
      return take(headers, Buffer.from(body), '1.2.3.4');
    };
    assert.equal(await tell(eventOf(customer, { EventName: 'invoice-ready' })), 200);
    assert.equal(await tell(eventOf('9a1a9a5c-0a4e-4b4e-9a0b-000000000000')), 200);
    assert.equal(await tell(eventOf(customer, { ResourceChangeUtcDate: '2020-01-01T00:00:00Z' })), 200);
    // Somebody became a customer: his address has nothing after the id, and it is the list that is read.
    const joined = { EventName: 'reseller-relationship-accepted-by-customer', ResourceUri: `https://api.partnercenter.microsoft.com/v1/customers/${customer}` };
    assert.equal(await tell(eventOf(customer, { ...joined, ResourceChangeUtcDate: '2020-01-01T00:00:00Z' })), 200);
    assert.equal(await tell(eventOf(customer, { ...joined, ResourceUri: 'https://api.partnercenter.microsoft.com/v1/customers/x' })), 200);
    assert.equal(listings.length, 0);
    assert.equal(await tell(eventOf(customer, joined)), 200);
    assert.equal(listings.length, 1);
    assert.equal(await tell(eventOf(customer, { ResourceChangeUtcDate: 'yesterday' })), 200);
    assert.equal(await tell(eventOf(customer, { ResourceUri: "http://x/customers/' or 1 eq 1/" })), 200);
    assert.equal(await tell('{"EventName":'), 400);
    assert.equal(await tell('[]'), 400);
    assert.deepEqual(nudged, []);
    assert.equal(await tell(`\uFEFF${eventOf(customer)}`), 200);
    assert.deepEqual(nudged, [{ queue: 'sweep', what: 'event', customerId: customer, generation: 't' }]);
    await pollSoon({ store, clock, wake }, customer);
    assert.equal(nudged.length, 1, 'its turn has come already');
  });

  it('registering reads first, and takes another product’s address only by name', async () => {
    const ours = 'https://bot.example/api/partner-center/events';
    const events = ['test-created', 'subscription-updated', 'reseller-relationship-accepted-by-customer'];
    assert.deepEqual(decideRegistration(null, ours, null), { do: 'create' });
    assert.deepEqual(decideRegistration({ url: ours, events }, ours, null), { do: 'nothing' });
    assert.deepEqual(decideRegistration({ url: ours, events: [] }, ours, null), { do: 'update' });
    assert.deepEqual(decideRegistration({ url: ours, events: ['test-created', 'subscription-updated'] }, ours, null), { do: 'update' }, 'one from before');
    assert.deepEqual(decideRegistration({ url: 'https://other', events }, ours, null), { do: 'refuse', url: 'https://other' });
    assert.deepEqual(decideRegistration({ url: 'https://other', events }, ours, 'https://another'), { do: 'refuse', url: 'https://other' });
    assert.deepEqual(decideRegistration({ url: 'https://other', events }, ours, 'https://other'), { do: 'update' });
    const at = (publicUrl: string, ...words: string[]) => {
      const config = { ...world.config, publicUrl };
      return withResources(config, (resources) => operate(resources, config, ['events', 'register', ...words]));
    };
    assert.match((await at('https://bot.example')).join(), /from now on/);
    assert.match((await at('https://bot.example')).join(), /already/);
    await assert.rejects(at('https://thief.example'), /bot\.example.*may be another product’s|another product's/);
    assert.match((await at('https://heir.example', '--replace', ours)).join(), /from now on/);
    assert.equal((await world.sandbox.writes()).filter((write) => write.kind === 'registration').length, 2);
  });
});
