/** One move from the alert to its end, as a collector, the log and Partner Center see it: every hop, one id, no name, no secret. */
import assert from 'node:assert/strict';
import { correlationOf } from '../../services/trace.ts';
import { type Collector, startCollector, type TakenSpan } from '../support/collector.ts';
import { until } from '../support/until.ts';
import type { LedgerWrite } from '../../services/local/sandbox/state.ts';
import { type SandboxState, startWorld, type World } from '../support/world.ts';
import { pressThrough } from './main-job.ts';

const TOKEN = 'a-token-of-sixteen-letters';
const STAFF = [
  { objectId: 'ann-jansson', name: 'Ann Jansson', roles: ['requester' as const, 'approver' as const, 'licenceAdmin' as const] },
  { objectId: 'vi-holm', name: 'Vi Holm', roles: ['viewer' as const] },
];
const attribute = (one: TakenSpan, key: string) => one.attributes.find((each) => each.key === key)?.value.stringValue;

describe('the trace of a move', () => {
  let collector: Collector;
  let world: World;
  let id: string;
  let spans: TakenSpan[];
  let writes: LedgerWrite[];
  let customers: SandboxState['customers'];
  before(async () => {
    collector = await startCollector();
    world = await startWorld({ collector: { endpoint: collector.url, headers: { 'api-key': 'of-the-collector' } }, people: STAFF, metricsToken: TOKEN });
    await world.knowsAll();
    const channel = world.teams.chat('channel', '19:trace@thread', 'Ann Jansson');
    await channel.write('watch');
    await channel.card('Watching');
    await world.sandbox.post('flip', { customer: 'Contoso' });
    await channel.card('Contoso Ltd', 'Expires in');
    const vi = world.teams.chat('channel', '19:trace@thread', 'Vi Holm');
    assert.match(await vi.press('Get a price', ['Contoso Ltd', 'Expires in']), /may not/);
    await pressThrough(channel, 'Contoso Ltd');
    const line = world.log.find(({ message, fields }) => message === 'the record has a new line' && (fields as { what: string }).what === 'placed');
    assert.ok(line, 'nothing was bought');
    const { customer, ticket } = line.fields as { customer: string; ticket: string };
    id = correlationOf({ customerId: customer, ticketId: ticket });
    await until(
      () => collector.spans().some((one) => attribute(one, 'step') === 'suspend' && one.traceId === id.replaceAll('-', '')) || undefined,
      () => 'the last step did not come',
    );
    [writes, customers] = [await world.sandbox.writes(), (await world.sandbox.state()).customers];
    await world.bot.stop();
    spans = collector.spans().filter((one) => one.traceId === id.replaceAll('-', ''));
  });
  after(async () => {
    await world.close().catch(() => {}); // the bot has ended before
    await collector.close();
  });

  it('holds every hop: what was pressed, stored and told, each step, each call of Partner Center, each message to Teams', () => {
    const told = new Set(spans.map((one) => one.name));
    for (const name of ['press', 'stored', 'step', 'partner center', 'news', 'card', 'teams']) assert.ok(told.has(name), `${name}: ${[...told].join()}`);
    const pressed = spans.filter((one) => one.name === 'press').map((one) => attribute(one, 'what'));
    for (const verb of ['purchase.quote', 'purchase.approve', 'reassignment.confirm', 'suspension.confirm']) assert.ok(pressed.includes(verb), verb);
    const steps = spans.filter((one) => one.name === 'step').map((one) => attribute(one, 'step'));
    for (const step of ['quote', 'checkQuote', 'checkout', 'askProvisioning', 'count', 'reassign', 'suspend']) assert.ok(steps.includes(step), step);
    const stored = spans.filter((one) => one.name === 'stored').map((one) => attribute(one, 'what'));
    for (const what of ['priced', 'approve', 'checked', 'placed', 'provisioned', 'confirmUsers', 'moved', 'confirmSuspend', 'verified'])
      assert.ok(stored.includes(what), `${what}: ${stored.join()}`);
  });
  it('hangs together: each hop lies within its parent, which is there', () => {
    const byId = new Map(spans.map((one) => [one.spanId, one]));
    for (const one of spans.filter((each) => each.parentSpanId)) {
      const parent = byId.get(one.parentSpanId ?? '');
      assert.ok(parent, `${one.name} has lost its parent`);
      assert.ok(BigInt(parent.startTimeUnixNano) <= BigInt(one.startTimeUnixNano) && BigInt(one.endTimeUnixNano) <= BigInt(parent.endTimeUnixNano), one.name);
    }
  });
  it('bears the id that Partner Center was told with each change, and the request id of each', () => {
    assert.ok(writes.length >= 10);
    assert.deepEqual([...new Set(writes.map((write) => write.correlationId))], [id]);
    const requests = new Set(spans.filter((one) => one.name === 'partner center').map((one) => attribute(one, 'request')));
    for (const write of writes) assert.ok(requests.has(write.requestId ?? ''), `${write.kind} ${write.requestId}`);
  });
  it('bears the id of each line of the record in the log, and of the refusal for want of a right', () => {
    const lines = world.log.map(({ fields, message }) => ({ ...(fields as Record<string, unknown>), message }) as Record<string, unknown>);
    const record = lines.filter((line) => line.message === 'the record has a new line' && line.ticket !== undefined && line.customer !== undefined);
    const mine = record.filter((line) => line.correlation === id);
    for (const what of ['approve', 'placed', 'confirmUsers', 'verified'])
      assert.ok(
        mine.some((line) => line.what === what),
        what,
      );
    for (const line of record) assert.equal(line.correlation, correlationOf({ customerId: String(line.customer), ticketId: String(line.ticket) }));
    const refused = lines.find((line) => line.message === 'somebody was refused for want of a right');
    assert.equal(refused?.correlation, id);
    const placed = mine.find((line) => line.what === 'placed');
    assert.ok(placed?.order && placed.request !== id);
  });
  it('holds no name, no secret, and nobody’s id', () => {
    const all = collector.bodies.map((one) => one.text).join('\n');
    const people = customers.flatMap((one) => one.users.flatMap((user) => [user.id, user.name]));
    const secrets = ['Bearer', 'sandbox-token', TOKEN, 'of-the-collector', 'AccountKey'];
    for (const word of [...STAFF.flatMap((one) => [one.objectId, one.name]), ...people, ...customers.map((one) => one.name), ...secrets])
      assert.ok(!all.includes(word), word);
    assert.ok(all.length > 10_000);
  });
  it('comes with the numbers, and with the headers that the collector wants', () => {
    const numbers = collector.bodies.find((one) => one.path === '/v1/metrics');
    assert.match(numbers?.text ?? '', /"successor_sweep_lag_seconds"/);
    for (const { headers } of collector.bodies) assert.equal(headers['api-key'], 'of-the-collector');
  });
});

describe('the page of numbers', () => {
  let world: World;
  before(async () => {
    world = await startWorld({ metricsToken: TOKEN });
  });
  after(() => world.close());
  const ask = async (headers: Record<string, string> = {}) => {
    const answer = await fetch(`${world.bot.bot}/metrics`, { headers });
    return { status: answer.status, type: answer.headers.get('content-type'), text: await answer.text() };
  };

  it('is for this machine, and for whoever bears the token; for others it is not there', async () => {
    const here = await ask();
    assert.deepEqual([here.status, here.type], [200, 'text/plain; version=0.0.4; charset=utf-8']);
    assert.match(here.text, /^successor_moves_stuck 0$/m);
    // As a proxy on this machine brings it from elsewhere.
    for (const from of [{ 'X-Forwarded-For': '203.0.113.7' }, { Forwarded: 'for=203.0.113.7' }] as Record<string, string>[]) {
      assert.equal((await ask(from)).status, 404);
      for (const Authorization of ['Bearer wrong', `Bearer ${TOKEN}x`, TOKEN, 'Bearer '])
        assert.equal((await ask({ ...from, Authorization })).status, 404, Authorization);
      assert.equal((await ask({ ...from, Authorization: `Bearer ${TOKEN}` })).status, 200);
    }
  });
  it('is no page for a browser that was led here from elsewhere', async () => {
    assert.equal((await ask({ Origin: 'https://evil.example' })).status, 403);
  });
});
