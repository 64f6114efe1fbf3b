/**
 * Traces and numbers out, as OpenTelemetry's own JSON over HTTP (OTLP 1, `/v1/traces` and `/v1/metrics`): what a collector takes from
 * anybody. Loaded only where OTEL_EXPORTER_OTLP_ENDPOINT is set. What cannot be sent is lost, and the bot goes on.
 */
import { type Clock, every } from '../services/clock.ts';
import type { Log } from '../services/log.ts';
import type { Attributes, Span, Tracer } from '../services/trace.ts';
import type { Gauge } from './gauges.ts';

/** Where a collector listens, and what it wants to be told with each request. */
export interface Collector {
  endpoint: string;
  headers: Record<string, string>;
}

const FLUSH_MS = 5_000;
const GAUGES_MS = 60_000;
const SPANS_MAX = 5_000;
const BATCH_MAX = 500;
const TIMEOUT_MS = 10_000;
/** That it fails is said at growing intervals. */
const SAY_MS = 60_000;
const SAY_MOST_MS = 6 * 3_600_000;
const SERVICE = { attributes: [{ key: 'service.name', value: { stringValue: 'successor' } }] };
const SCOPE = { name: 'successor' };
/** OpenTelemetry's numbers. */
const INTERNAL = 1;
const SERVER = 2;
const CLIENT = 3;
const ERROR = 2;
const CUMULATIVE = 2;

export interface Telemetry extends Tracer {
  /** Sends what there is, and ends. */
  stop(): Promise<void>;
}

/** Begins to send; `gauges` is asked once a minute. */
export function createTelemetry(collector: Collector, { clock, log, gauges }: { clock: Clock; log: Log; gauges(): Promise<Gauge[]> }): Telemetry {
  const waiting: Span[] = [];
  const beganMs = clock.wallMs();
  let lost = 0;
  let sayAtMs = 0;
  let sayMs = SAY_MS;

  async function post(path: string, body: object): Promise<void> {
    try {
      const signal = AbortSignal.timeout(TIMEOUT_MS);
      const headers = { ...collector.headers, 'Content-Type': 'application/json' };
      const answer = await fetch(`${collector.endpoint}${path}`, { method: 'POST', headers, body: JSON.stringify(body), signal, redirect: 'error' });
      await answer.body?.cancel();
      if (!answer.ok) throw new Error(String(answer.status));
      sayMs = SAY_MS;
    } catch (error) {
      if (clock.wallMs() < sayAtMs) return;
      sayAtMs = clock.wallMs() + sayMs;
      sayMs = Math.min(sayMs * 2, SAY_MOST_MS);
      const { message, cause } = error as Error & { cause?: { code?: string } };
      log.warn({ path, why: cause?.code ?? message, lost }, 'telemetry could not be sent');
    }
  }
  async function flush(): Promise<void> {
    while (waiting.length > 0) await post('/v1/traces', tracesOf(waiting.splice(0, BATCH_MAX)));
  }
  async function tell(): Promise<void> {
    await post('/v1/metrics', metricsOf(await gauges(), { beganMs, nowMs: clock.wallMs() }));
  }
  const stopFlush = every(FLUSH_MS, flush);
  const stopTell = every(GAUGES_MS, () => tell().catch((error: Error) => log.warn({ error: error.message }, 'the gauges could not be read')));
  return {
    nowMs: clock.wallMs,
    take(spans) {
      const room = Math.max(0, SPANS_MAX - waiting.length);
      waiting.push(...spans.slice(0, room));
      lost += Math.max(0, spans.length - room);
    },
    async stop() {
      stopFlush();
      stopTell();
      await flush();
    },
  };
}

/** Spans as a collector takes them. Pure. */
export function tracesOf(spans: readonly Span[]): object {
  return {
    resourceSpans: [
      {
        resource: SERVICE,
        scopeSpans: [
          {
            scope: SCOPE,
            spans: spans.map((one) => ({
              traceId: one.id.replaceAll('-', ''),
              spanId: one.spanId,
              ...(one.parentId === null ? {} : { parentSpanId: one.parentId }),
              name: one.name,
              kind: kindOf(one),
              startTimeUnixNano: nanos(one.startMs),
              endTimeUnixNano: nanos(one.endMs),
              attributes: attributesOf(one.attributes),
              status: one.failed || one.attributes.refused !== undefined ? { code: ERROR } : {},
            })),
          },
        ],
      },
    ],
  };
}

/** What comes from a person, what goes to others, and what is between. */
function kindOf({ name, parentId }: Pick<Span, 'name' | 'parentId'>): number {
  if (name === 'partner center' || name === 'teams') return CLIENT;
  return parentId === null ? SERVER : INTERNAL;
}

/** Numbers as a collector takes them. Pure. */
export function metricsOf(gauges: readonly Gauge[], { beganMs, nowMs }: { beganMs: number; nowMs: number }): object {
  const metrics = gauges.map(({ name, help, kind, values }) => {
    const dataPoints = values.map(({ labels, value }) => ({
      asDouble: value,
      timeUnixNano: nanos(nowMs),
      ...(kind === 'counter' ? { startTimeUnixNano: nanos(beganMs) } : {}),
      attributes: attributesOf(labels),
    }));
    const is = kind === 'counter' ? { sum: { dataPoints, aggregationTemporality: CUMULATIVE, isMonotonic: true } } : { gauge: { dataPoints } };
    return { name, description: help, ...is };
  });
  return { resourceMetrics: [{ resource: SERVICE, scopeMetrics: [{ scope: SCOPE, metrics }] }] };
}

function attributesOf(attributes: Attributes | Record<string, string>): object[] {
  return Object.entries(attributes).map(([key, value]) => ({ key, value: typeof value === 'number' ? { intValue: String(value) } : { stringValue: value } }));
}

function nanos(ms: number): string {
  return `${Math.round(ms)}000000`;
}
