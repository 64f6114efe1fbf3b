/** How the bot is, in numbers: out of rows that somebody wrote, and as Prometheus reads it. */
import assert from 'node:assert/strict';
import { type Gauge, prometheusText, readGauges } from '../../../bot/gauges.ts';
import { beyond, LIMITS } from '../../../bot/limits.ts';
import { createMetrics } from '../../../services/metrics.ts';
import { noLongerWaiting, noteTrouble, noteWaiting, plainRow } from '../../../services/notify/inbox.ts';
import { beginDryRun } from '../../../services/readOnly.ts';
import { ASLEEP, CHAT_LEASE_KEY, CONSENT, ofChat, REFRESH_KEY, WATCHING } from '../../../services/store/rows.ts';
import { listStuck, listTicket } from '../../../services/tickets/openList.ts';
import { memoryStore } from '../../support/memory.ts';
import { sampleTicket } from '../../support/samples.ts';

const AT = '2027-01-20T10:00:00.000Z';
const clock = { now: () => new Date(AT), wallMs: () => Date.parse(AT), sleep: async () => {} };

async function numbers(
  prepare: (of: { store: ReturnType<typeof memoryStore>; metrics: ReturnType<typeof createMetrics> }) => Promise<void> = async () => {},
  certificateEndsAt: string | null = null,
) {
  const of = { store: memoryStore(), metrics: createMetrics(clock) };
  await prepare(of);
  const text = prometheusText(await readGauges({ ...of, clock, certificateEndsAt }));
  return { text, value: (name: string) => Number(new RegExp(`^successor_${name} (\\S+)$`, 'm').exec(text)?.[1] ?? Number.NaN) };
}

describe('the numbers', () => {
  it('of a store in which nothing is are all there, and nothing', async () => {
    const { text, value } = await numbers();
    for (const name of [
      'sweep_lag_seconds',
      'chats_backlog',
      'oldest_alert_seconds',
      'oldest_refused_seconds',
      'chats_asleep',
      'cards_set_aside',
      'sign_in_age_seconds',
      'moves_stuck',
      'stopped',
    ])
      assert.equal(value(name), 0, name);
    assert.match(text, /^# HELP successor_sweep_lag_seconds .+\n# TYPE successor_sweep_lag_seconds gauge\nsuccessor_sweep_lag_seconds 0\n/m);
    assert.match(text, /^# TYPE successor_refusals_total counter\n$/m);
  });
  it('tell that the certificate of the app for Partner Center ends, thirty days before and when it has ended', async () => {
    for (const [endsAt, says] of [
      [null, 0],
      ['2027-02-20T10:00:00.000Z', 0],
      ['2027-02-19T10:00:00.000Z', 1],
      ['2027-01-01T00:00:00.000Z', 1],
    ] as const)
      assert.equal((await numbers(undefined, endsAt)).value('certificate_ends'), says, String(endsAt));
  });
  it('tell what waits and since when, what sleeps, what is stuck, how old the sign-in is', async () => {
    const { value } = await numbers(async ({ store, metrics }) => {
      metrics.late(95_000);
      await metrics.note(store, 'one');
      await noteWaiting({ store, clock: { ...clock, now: () => new Date('2027-01-20T09:58:00.000Z') } }, 'chat-1');
      await noteWaiting({ store, clock }, 'chat-2');
      await store.put(...ASLEEP, 'chat-3', { since: AT, code: 'x' });
      await store.put(...CONSENT, REFRESH_KEY, { version: 'v', storedAt: '2027-01-19T10:00:00.000Z', consentedAt: AT, by: 'olga' });
      await listTicket(store, sampleTicket({ id: 'S-1001' }), null);
      await listStuck(store, { id: 'S-1001', customerId: 'c' }, { from: 'suspending', reason: 'holders', code: '1' } as never);
      await listStuck(store, { id: 'S-1002', customerId: 'c' }, { from: 'suspending', reason: 'holders', code: '1' } as never);
      await listStuck(store, { id: 'S-1002', customerId: 'c' }, null);
      await beginDryRun(store, AT);
    });
    assert.deepEqual(
      ['sweep_lag_seconds', 'chats_backlog', 'oldest_alert_seconds', 'chats_asleep', 'sign_in_age_seconds', 'tickets_open', 'moves_stuck', 'stopped'].map(
        value,
      ),
      [95, 2, 120, 1, 86_400, 1, 1, 1],
    );
  });
  it('count cards that were set aside, and none that is only tried again', async () => {
    const trouble = (changes: object) => ({ code: '400', tries: 1, sinceMs: 0, nextMs: 5, instead: null, ...changes });
    const { value } = await numbers(async ({ store }) => {
      await store.put(...WATCHING, 'chat-1', { watching: [], tenantId: 't', asleep: false });
      const troubles = {
        'S-1': trouble({ instead: 'plain' }),
        'S-2': trouble({ tries: 2, nextMs: 0 }),
        'S-3': trouble({}),
        'S-4': trouble({ instead: 'anew' }),
      };
      await store.put(...ofChat('chat-1'), CHAT_LEASE_KEY, { by: null, at: 0, sent: [], alerts: [], digestAt: 0, acceptedMs: 0, troubles });
      await noteTrouble({ store, clock }, 'chat-1', [], '400');
    });
    assert.equal(value('cards_set_aside'), 2);
  });
  it('tell since when a chat takes nothing of what was tried, and not of what is held for its hour', async () => {
    const at = (time: string) => ({ ...clock, now: () => new Date(`2027-01-20T${time}.000Z`) });
    const inbox = [{ key: 'x', etag: '', value: plainRow(new Date('2027-01-20T07:00:00.000Z')) }];
    const { value } = await numbers(async ({ store }) => {
      await noteWaiting({ store, clock: at('01:00:00') }, 'held');
      for (const [chat, times] of [
        ['troubled', ['08:00:00', '08:30:00', '09:55:00']],
        ['over', ['02:00:00']],
        ['again', ['02:00:00', '', '09:30:00']],
      ] as const)
        for (const [n, time] of times.entries()) await noteTrouble({ store, clock: at(time || '03:00:00') }, chat, inbox, time ? `50${n}` : null);
      await noLongerWaiting(store, 'over');
    });
    assert.deepEqual([value('oldest_refused_seconds'), value('oldest_alert_seconds')], [7_200, 32_400]);
  });
  it('ring for what somebody can do something about, above what the paragraphs say', () => {
    const gauge = (name: string, value: number): Gauge => ({ name, help: '', kind: 'gauge', values: [{ labels: {}, value }] });
    for (const { gauge: name, above, says } of LIMITS) {
      assert.deepEqual(beyond([gauge(name, above)]), [], says);
      assert.deepEqual(
        beyond([gauge(name, above + 1)]).map((one) => [one.says, one.value]),
        [[says, above + 1]],
      );
    }
    assert.deepEqual(beyond([]), []);
  });
  it('count refusals by who refused and with which code, bounded, whatever the code is', async () => {
    const { text } = await numbers(async ({ metrics }) => {
      metrics.refused('partner center', '900278');
      metrics.refused('partner center', '900278');
      metrics.refused('teams', 'BotDisabledByAdmin');
      metrics.refused('door', 'a "quoted"\nreason\\', 3);
      for (let n = 0; n < 1_000; n++) metrics.refused('teams', `made-up-${n}`);
    });
    assert.match(text, /^successor_refusals_total\{by="partner center",code="900278"\} 2$/m);
    assert.match(text, /^successor_refusals_total\{by="teams",code="BotDisabledByAdmin"\} 1$/m);
    assert.match(text, /^successor_refusals_total\{by="door",code="a \\"quoted\\"\\nreason\\\\"\} 3$/m);
    const lines = text.split('\n').filter((line) => line.startsWith('successor_refusals_total{'));
    assert.ok(lines.length <= 203, `${lines.length}`);
    assert.match(text, /by="teams",code="other"\} \d{3}$/m);
  });
});
