/** What goes to a collector, in OpenTelemetry's own shape, and what happens where none takes it. */
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { parseConfig } from '../../../bot/config/config.ts';
import { createTelemetry, metricsOf, tracesOf } from '../../../bot/telemetry.ts';
import type { Span } from '../../../services/trace.ts';

const SPAN: Span = {
  id: '11111111-2222-4333-8444-555555555555',
  ...{ spanId: '00000000000000aa', parentId: '00000000000000bb', name: 'partner center', startMs: 1_800_000_000_000, endMs: 1_800_000_000_250 },
  ...{ failed: false, attributes: { method: 'POST', status: 201 } },
};

describe('telemetry', () => {
  it('tells a span as OTLP has it', () => {
    const told = tracesOf([SPAN, { ...SPAN, name: 'press', parentId: null, failed: true }]) as {
      resourceSpans: [{ resource: unknown; scopeSpans: [{ spans: Record<string, unknown>[] }] }];
    };
    const [{ resource, scopeSpans }] = told.resourceSpans;
    assert.deepEqual(resource, { attributes: [{ key: 'service.name', value: { stringValue: 'successor' } }] });
    const [call, root] = scopeSpans[0].spans;
    assert.deepEqual(call, {
      traceId: '11111111222243338444555555555555',
      ...{ spanId: '00000000000000aa', parentSpanId: '00000000000000bb', name: 'partner center', kind: 3 },
      ...{ startTimeUnixNano: '1800000000000000000', endTimeUnixNano: '1800000000250000000' },
      attributes: [
        { key: 'method', value: { stringValue: 'POST' } },
        { key: 'status', value: { intValue: '201' } },
      ],
      status: {},
    });
    assert.deepEqual([root?.parentSpanId, root?.kind, root?.status], [undefined, 2, { code: 2 }]);
  });
  it('tells numbers as OTLP has them', () => {
    const gauge = { name: 'a', help: 'A.', kind: 'gauge' as const, values: [{ labels: {}, value: 7 }] };
    const counter = { name: 'b', help: 'B.', kind: 'counter' as const, values: [{ labels: { code: '429' }, value: 2 }] };
    const told = metricsOf([gauge, counter], { beganMs: 1_000, nowMs: 2_000 }) as { resourceMetrics: [{ scopeMetrics: [{ metrics: unknown[] }] }] };
    assert.deepEqual(told.resourceMetrics[0].scopeMetrics[0].metrics, [
      { name: 'a', description: 'A.', gauge: { dataPoints: [{ asDouble: 7, timeUnixNano: '2000000000', attributes: [] }] } },
      {
        ...{ name: 'b', description: 'B.' },
        sum: {
          dataPoints: [
            {
              ...{ asDouble: 2, timeUnixNano: '2000000000', startTimeUnixNano: '1000000000' },
              attributes: [{ key: 'code', value: { stringValue: '429' } }],
            },
          ],
          ...{ aggregationTemporality: 2, isMonotonic: true },
        },
      },
    ]);
  });
  it('that nobody takes is said once a while, loses what is too much, and holds up nothing', async () => {
    const lines: { fields: object; message: string }[] = [];
    const note = (fields: object, message: string) => void lines.push({ fields, message });
    const clock = { now: () => new Date(0), wallMs: () => 1, sleep: async () => {} };
    const telemetry = createTelemetry({ endpoint: 'http://127.0.0.1:9', headers: {} }, { clock, log: { info: note, warn: note }, gauges: async () => [] });
    for (let n = 0; n < 20; n++) telemetry.take(Array.from({ length: 500 }, () => SPAN));
    await telemetry.stop();
    assert.deepEqual([...new Set(lines.map((line) => line.message))], ['telemetry could not be sent']);
    assert.equal(lines.length, 1);
    assert.deepEqual(
      lines.map(({ fields }) => (fields as { lost: number }).lost),
      [5_000],
    );
  });
  it('is loaded by nobody where no collector is named: the one import of it waits for the setting', () => {
    for (const file of globSync(['bot/**/*.ts', 'services/**/*.ts']))
      for (const [line] of readFileSync(file, 'utf8').matchAll(/^import .*telemetry\.ts';$/gm)) assert.match(line, /^import type /, file);
    for (const file of globSync(['bot/**/*.ts', 'services/**/*.ts'])) assert.doesNotMatch(readFileSync(file, 'utf8'), /@opentelemetry/, file);
  });
  it('goes where the settings say, with headers as OpenTelemetry writes them; what is no header is refused without being said again', () => {
    const collectorOf = (given: Record<string, string>) => {
      const parsed = parseConfig(given);
      return 'config' in parsed ? parsed.config.collector : parsed.faults.join();
    };
    assert.equal(collectorOf({}), null);
    const OTEL_EXPORTER_OTLP_ENDPOINT = 'http://collector:4318/';
    assert.deepEqual(collectorOf({ OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_EXPORTER_OTLP_HEADERS: 'api-key=a%20b, x=y=z' }), {
      endpoint: 'http://collector:4318',
      headers: { 'api-key': 'a b', x: 'y=z' },
    });
    for (const wrong of ['secret', 'a=%', '=b'])
      assert.match(
        String(collectorOf({ OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_EXPORTER_OTLP_HEADERS: wrong })),
        /^OTEL_EXPORTER_OTLP_HEADERS cannot be what it is: write name=value/,
      );
    assert.match(String(collectorOf({ METRICS_TOKEN: 'too-short' })), /^METRICS_TOKEN cannot be what it is/);
  });
});
