/** One id for all that is done about a ticket, and the spans of it. */
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { request, routeOf } from '../../services/partnerCenter/request.ts';
import { systemClock } from '../../services/clock.ts';
import { sandboxTokens } from '../../services/partnerCenter/auth/tokens.ts';
import { about, correlatedLog, correlationId, correlationOf, inTurn, isAbout, type Span, span } from '../../services/trace.ts';

const S1 = { customerId: 'c-1', ticketId: 'S-1001' };
const S2 = { customerId: 'c-1', ticketId: 'S-1002' };

function taker() {
  const taken: Span[][] = [];
  let nowMs = 0;
  return { taken, tracer: { nowMs: () => ++nowMs, take: (spans: readonly Span[]) => void taken.push([...spans]) } };
}

describe('the id of what belongs together', () => {
  it('is a GUID, the same for one ticket of one customer always, and another one for every other', () => {
    assert.match(correlationOf(S1), /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
    assert.equal(correlationOf({ ...S1 }), correlationOf(S1));
    assert.equal(new Set([S1, S2, { ...S1, customerId: 'c-2' }].map(correlationOf)).size, 3);
  });
  it('is new for each turn, until it is known which ticket it is about; beside it others go on with their own', async () => {
    assert.equal(correlationId(), undefined);
    const seen = await Promise.all(
      [S1, S2, null].map((ref) =>
        inTurn(null, 'press', {}, async () => {
          const first = correlationId();
          await pause(2);
          if (ref) isAbout(ref);
          await pause(2);
          return { first, last: correlationId() };
        }),
      ),
    );
    assert.equal(new Set(seen.map((one) => one.first)).size, 3);
    assert.deepEqual([seen[0]?.last, seen[1]?.last], [correlationOf(S1), correlationOf(S2)]);
    assert.equal(seen[2]?.last, seen[2]?.first);
  });
  it('of a part is the part’s own, and afterwards the turn’s again', async () => {
    await inTurn(null, 'chat', {}, async () => {
      const own = correlationId();
      await about(S1, 'card', async () => assert.equal(correlationId(), correlationOf(S1)));
      assert.equal(correlationId(), own);
    });
  });
  it('goes to Partner Center with each request, tries that are repeated too, and outside of a turn another each time', async () => {
    const sent: string[] = [];
    let fails = 2;
    const client = {
      ...{ baseUrl: 'http://shop', tokens: sandboxTokens, clock: { ...systemClock(), sleep: async () => {} }, locale: 'en-US' },
      budget: { take: async () => {}, pause: async () => {} },
      async fetch(_url: string, { headers }: { headers: Record<string, string> }) {
        sent.push(headers['MS-CorrelationId'] ?? '');
        const status = fails-- > 0 ? 503 : 200;
        return { ok: status === 200, status, headers: { get: () => null }, text: async () => '{}' };
      },
    };
    const ask = () => request(client, { method: 'GET', path: '/v1/customers', token: 'app' });
    await inTurn(null, 'move', {}, async () => {
      isAbout(S1);
      await ask();
    });
    assert.deepEqual(
      sent,
      [1, 2, 3].map(() => correlationOf(S1)),
    );
    await ask();
    await ask();
    assert.equal(new Set(sent).size, 3);
  });
  it('stands in each line of the log, but where the line names its own', async () => {
    const lines: object[] = [];
    const log = correlatedLog({ info: (fields) => void lines.push(fields), warn: (fields) => void lines.push(fields) });
    log.info({ a: 1 }, 'x');
    await inTurn(null, 'press', {}, async () => {
      isAbout(S1);
      log.warn({ a: 1 }, 'x');
      log.info({ correlation: 'own' }, 'x');
    });
    assert.deepEqual(lines, [{ a: 1 }, { a: 1, correlation: correlationOf(S1) }, { correlation: 'own' }]);
  });
});

describe('spans', () => {
  it('of a turn are given as a whole when it ends, the first hop last, each with its parent and the id that is known by then', async () => {
    const { taken, tracer } = taker();
    await inTurn(tracer, 'press', { what: 'purchase.approve' }, async () => {
      await span('stored', { what: 'approve' }, async () => {});
      isAbout(S1);
      await span('step', { step: 'checkout' }, (note) => span('partner center', { method: 'POST' }, async () => note({ status: 200 })));
    });
    const [spans = []] = taken;
    assert.deepEqual(
      spans.map((one) => one.name),
      ['stored', 'partner center', 'step', 'press'],
    );
    assert.deepEqual([...new Set(spans.map((one) => one.id))], [correlationOf(S1)]);
    const [stored, call, step, root] = spans as [Span, Span, Span, Span];
    assert.deepEqual([root.parentId, stored.parentId, step.parentId, call.parentId], [null, root.spanId, root.spanId, step.spanId]);
    assert.deepEqual(step.attributes, { step: 'checkout', status: 200 });
    for (const one of spans) assert.ok(/^[0-9a-f]{16}$/.test(one.spanId) && one.endMs > one.startMs && !one.failed);
  });
  it('of what throws have failed, and the failure goes on', async () => {
    const { taken, tracer } = taker();
    await assert.rejects(
      inTurn(tracer, 'move', {}, () => span('step', {}, () => Promise.reject(new Error('no')))),
      /no/,
    );
    assert.deepEqual(
      taken[0]?.map((one) => one.failed),
      [true, true],
    );
  });
  it('of a part that is about another ticket are a trace of its own', async () => {
    const { taken, tracer } = taker();
    await inTurn(tracer, 'notify chat', {}, async () => {
      await about(S1, 'card', () => span('teams', {}, async () => {}));
      await about(S2, 'card', async () => {});
    });
    assert.deepEqual(
      taken.map((spans) => spans.map((one) => one.name)),
      [['teams', 'card'], ['card'], ['notify chat']],
    );
    assert.deepEqual([taken[0]?.[0]?.id, taken[1]?.[0]?.id], [correlationOf(S1), correlationOf(S2)]);
  });
  it('are bounded, and say how many were left out', async () => {
    const { taken, tracer } = taker();
    await inTurn(tracer, 'move', {}, async () => {
      for (let n = 0; n < 700; n++) await span('partner center', {}, async () => {});
    });
    assert.equal(taken[0]?.length, 501);
    assert.equal(taken[0]?.at(-1)?.attributes.dropped, 200);
  });
  it('name a route, and no id in it', () => {
    const id = '11111111-2222-4333-8444-555555555555';
    assert.equal(routeOf(`/v1/customers/${id}/users/${id}/licenseupdates?size=500&token=x`), '/v1/customers/*/users/*/licenseupdates');
    assert.equal(routeOf('/partner/v1/analytics/subscriptions?filter=x'), '/partner/v1/analytics/subscriptions');
  });
});
