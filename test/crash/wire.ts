/**
 * Partner Center at the wire: `http`, `send` and `wire` of the product talk through undici to a dispatcher in this
 * process, which answers from the sandbox's own request handling, under the simulated clock and disturbed by rules.
 */
import { Agent, type Dispatcher } from 'undici';
import { fetchFrom } from '../../services/local/sandbox/server.ts';
import { now } from '../../services/local/sandbox/state.ts';
import type { Disturbance, Owner } from './simulation.ts';
import type { SimulatedWorld } from './world.ts';

/** One request as it came in. */
export interface Asked {
  method: string;
  path: string;
  query: string;
  /** Tenant id of the customer that it is about; empty where it is about none. */
  customer: string;
  headers: Record<string, string>;
  body: string;
}

export interface Told {
  status: number;
  json: unknown;
  headers: Record<string, string>;
}

/** Whoever asked hears nothing of it, whatever was done. */
export class NobodyHeard extends Error {}

export type Next = (asked: Asked) => Promise<Told>;

const BOM = '\uFEFF';

/** The sandbox behind everything: what is true. */
export function sandboxAnswers(world: SimulatedWorld): Next {
  const inner = fetchFrom(world.sandbox);
  return async (asked) => {
    const init = { method: asked.method, headers: asked.headers, ...(asked.body ? { body: asked.body } : {}) };
    const answer = await inner(`http://sandbox${asked.path}${asked.query}`, init);
    const text = (await answer.text()).replace(BOM, '');
    const retryAfter = answer.headers.get('Retry-After');
    return { status: answer.status, json: text === '' ? null : (JSON.parse(text) as unknown), headers: retryAfter ? { 'retry-after': retryAfter } : {} };
  };
}

/** A dispatcher of undici that asks `answer`; what throws there is a connection that broke. */
export function dispatcherOf(world: Pick<SimulatedWorld, 'sandbox'>, answer: Next): Dispatcher {
  return new Agent().compose(() => (options, handler) => {
    let over = false;
    const fail = (error: Error) => {
      if (over) return;
      over = true;
      handler.onResponseError?.(controller, error);
    };
    const controller: Dispatcher.DispatchController = {
      aborted: false,
      paused: false,
      reason: null,
      abort: fail,
      pause: () => {},
      resume: () => {},
    };
    handler.onRequestStart?.(controller, {});
    answer(askedIn(options)).then((told) => {
      if (over) return;
      over = true;
      const headers = { 'content-type': 'application/json', date: now(world.sandbox).toUTCString(), ...told.headers };
      handler.onResponseStart?.(controller, told.status, headers, '');
      handler.onResponseData?.(controller, Buffer.from(told.json === null ? '' : BOM + JSON.stringify(told.json)));
      handler.onResponseEnd?.(controller, {});
    }, fail);
    return true;
  });
}

function askedIn(options: Dispatcher.DispatchOptions): Asked {
  const url = new URL(options.path, 'http://sandbox');
  const headers = Object.fromEntries(Object.entries(options.headers as Record<string, string>).map(([name, value]) => [name.toLowerCase(), value]));
  return {
    method: options.method,
    path: url.pathname,
    query: url.search,
    customer: /^\/v1\/customers\/([^/]+)/.exec(url.pathname)?.[1] ?? '',
    headers,
    body: typeof options.body === 'string' ? options.body : '',
  };
}

/** Every request waits at the simulation's gate, as all calls to the outside do. */
export function gatedAnswers(world: SimulatedWorld, owner: Owner, answer: Next): Next {
  return (asked) => {
    // Begun when it is asked for, however late it takes effect.
    const cart = /\/carts\/([^/]+)\/checkout$/.exec(asked.path)?.[1];
    if (cart && !world.attempts.has(cart)) world.attempts.set(cart, world.sim.nowMs());
    const name = `pc ${asked.method} ${asked.path.replace(/[0-9a-f]{8}-[0-9a-f-]{27}|CFQ7[A-Z0-9]+/gi, ':id')}`;
    return world.sim.call(owner, name, true, disturbing(world, asked), () => answer(asked));
  };
}

const planted = (status: number, code: number | null, headers: Record<string, string> = {}) => ({
  answer: { status, json: code === null ? {} : { code, description: 'A planted fault.' }, headers } satisfies Told,
});

function disturbing(world: SimulatedWorld, asked: Asked): Disturbance {
  return (fault) => {
    const effect = plain(fault, asked);
    // As the real one may: the same id gets the same answer, a bad one too.
    const id = asked.headers['ms-requestid'];
    if ('answer' in effect && id && asked.method !== 'GET' && effect.answer.status !== 429)
      world.sandbox.replays.set(`${id} ${asked.method} ${asked.path} ${asked.body}`, {
        status: effect.answer.status,
        body: effect.answer.json as Record<string, unknown>,
      });
    return effect;
  };
}

function plain(fault: string, asked: Asked): Error | { answer: Told } {
  if (fault === 'status429') return planted(429, 429, { 'retry-after': '1' });
  if (fault === 'status500') return planted(500, 500);
  if (fault === 'status409')
    return asked.path.endsWith('/checkout') ? planted(409, 800060) : asked.method === 'PATCH' ? planted(409, 800082) : planted(503, null);
  if (fault === 'status412') return asked.method === 'PATCH' ? planted(412, 2055) : planted(502, null);
  return new NobodyHeard(`Partner Center: ${fault}`);
}
