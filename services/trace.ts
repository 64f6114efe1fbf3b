/**
 * What belongs together: one id for all that is done about a ticket, from the press that asks for it through every turn of the loops to
 * Partner Center and back. It stands in the log, in MS-CorrelationId, and is the trace whose spans tell each hop.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { Log } from './log.ts';

/** What a span may tell: ids of ours, codes and states; no name, no secret, nobody's words, no id of who holds a licence. */
export type Attributes = Partial<
  Record<
    'queue' | 'what' | 'ticket' | 'step' | 'before' | 'after' | 'refused' | 'method' | 'route' | 'status' | 'code' | 'request' | 'doing' | 'dropped',
    string | number
  >
>;

/** One hop, with times in milliseconds since 1970. */
export interface Span {
  /** The correlation id. */
  id: string;
  /** 16 hexadecimal digits. */
  spanId: string;
  /** null of the first hop of a turn. */
  parentId: string | null;
  name: string;
  startMs: number;
  endMs: number;
  failed: boolean;
  attributes: Attributes;
}

/** Who takes the spans of a turn once it has ended. */
export interface Tracer {
  nowMs(): number;
  take(spans: readonly Span[]): void;
}

/** A turn under way: what it belongs to, which may be known only later, and its spans where somebody takes them. */
interface Turn {
  id: string;
  tracer: Tracer | null;
  spans: Omit<Span, 'id'>[];
  dropped: number;
}

const SPANS_MAX = 500;

const here = new AsyncLocalStorage<{ turn: Turn; spanId: string | null }>();

/** Which ticket of which customer. */
interface TicketRef {
  customerId: string;
  ticketId: string;
}

/** The id of all that is done about a ticket, the same in every process and at all times: a GUID. Pure. */
export function correlationOf({ customerId, ticketId }: TicketRef): string {
  const hash = createHash('sha256')
    .update(JSON.stringify([customerId, ticketId]))
    .digest('hex');
  return hash.slice(0, 32).replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, '$1-$2-4$3-8$4-$5');
}

/** The id of what is done just now; undefined outside of any turn. */
export function correlationId(): string | undefined {
  return here.getStore()?.turn.id;
}

/** The turn under way is about this ticket: from now on it bears its id, and so do its spans. */
export function isAbout(ref: TicketRef): void {
  const at = here.getStore();
  if (at) at.turn.id = correlationOf(ref);
}

/** A turn of its own, with a new id until it is known which ticket it is about. */
export function inTurn<T>(tracer: Tracer | null, name: string, attributes: Attributes, work: () => Promise<T>): Promise<T> {
  return begin({ id: randomUUID(), tracer, spans: [], dropped: 0 }, name, attributes, work);
}

/** A part of a turn that is about one ticket of several. */
export function about<T>(ref: TicketRef, name: string, work: () => Promise<T>): Promise<T> {
  const id = correlationOf(ref);
  const at = here.getStore();
  if (at?.turn.id === id) return span(name, { ticket: ref.ticketId }, work);
  return begin({ id, tracer: at?.turn.tracer ?? null, spans: [], dropped: 0 }, name, { ticket: ref.ticketId }, work);
}

/** One hop of the turn under way. `note` adds what is known only afterwards. */
export function span<T>(name: string, attributes: Attributes, work: (note: (more: Attributes) => void) => Promise<T>): Promise<T> {
  const at = here.getStore();
  if (!at?.turn.tracer) return work(() => {});
  return timed(at.turn, at.turn.tracer, { name, attributes, parentId: at.spanId }, work);
}

async function begin<T>(turn: Turn, name: string, attributes: Attributes, work: () => Promise<T>): Promise<T> {
  const { tracer } = turn;
  if (!tracer) return here.run({ turn, spanId: null }, work);
  try {
    return await timed(turn, tracer, { name, attributes, parentId: null }, work);
  } finally {
    const last = turn.spans.at(-1);
    if (last && turn.dropped > 0) last.attributes = { ...last.attributes, dropped: turn.dropped };
    tracer.take(turn.spans.map((one) => ({ id: turn.id, ...one })));
  }
}

async function timed<T>(
  turn: Turn,
  tracer: Tracer,
  of: Pick<Span, 'name' | 'attributes' | 'parentId'>,
  work: (note: (more: Attributes) => void) => Promise<T>,
): Promise<T> {
  const spanId = randomBytes(8).toString('hex');
  const startMs = tracer.nowMs();
  let attributes = of.attributes;
  let failed = true;
  try {
    const result = await here.run({ turn, spanId }, () =>
      work((more) => {
        attributes = { ...attributes, ...more };
      }),
    );
    failed = false;
    return result;
  } finally {
    // The first hop ends last, and is never left out.
    if (turn.spans.length < SPANS_MAX || of.parentId === null) turn.spans.push({ ...of, attributes, spanId, startMs, endMs: tracer.nowMs(), failed });
    else turn.dropped += 1;
  }
}

/** The log, each line of which bears the id of what it belongs to. */
export function correlatedLog(log: Log): Log {
  const withId = (fields: object): object => {
    const correlation = correlationId();
    return correlation === undefined || 'correlation' in fields ? fields : { ...fields, correlation };
  };
  return { info: (fields, message) => log.info(withId(fields), message), warn: (fields, message) => log.warn(withId(fields), message) };
}
