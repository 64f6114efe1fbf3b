/**
 * The unkind Partner Center over real sockets: the product's requests leave through undici's own connections and reach a
 * server of this process, which waits at the simulation's gate. Time stands still while something is on its way.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Agent, type Dispatcher } from 'undici';
import { now } from '../../services/local/sandbox/state.ts';
import type { Asked, Next } from './wire.ts';
import type { SimulatedWorld } from './world.ts';

/** By request: on its way out, in the simulation's hands, or its answer on its way back. */
export type OnTheWay = Map<string, 'out' | 'held' | 'back'>;

/** Whether the simulation must wait for the network. */
export function isBusy(way: OnTheWay): boolean {
  for (const where of way.values()) if (where !== 'held') return true;
  return false;
}

export interface Wire {
  dispatcher: Dispatcher;
  close(): Promise<void>;
}

let made = 0;

/** One instance's connections to a server of its own. `answer` is what the simulation's gate lets through. */
export async function socketsOf(world: SimulatedWorld, answer: Next, way: OnTheWay): Promise<Wire> {
  const server = createServer((request, response) => void serve(world, request, response, answer, way));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  // Limits of time are the product's: undici's own would run by a clock that stands still.
  const agent = new Agent({ headersTimeout: 0, bodyTimeout: 0, connect: { timeout: 0 }, pipelining: 1 });
  const dispatcher = agent.compose((dispatch) => (options, handler) => {
    const id = String(++made);
    way.set(id, 'out');
    const end = () => void way.delete(id);
    return dispatch(
      { ...options, origin: `http://127.0.0.1:${port}`, headers: { ...(options.headers as Record<string, string>), 'x-way': id } },
      {
        onRequestStart: (controller, context) => handler.onRequestStart?.(controller, context),
        onResponseStart: (controller, status, headers, text) => handler.onResponseStart?.(controller, status, headers, text),
        onResponseData: (controller, chunk) => handler.onResponseData?.(controller, chunk),
        onResponseEnd: (controller, trailers) => {
          end();
          handler.onResponseEnd?.(controller, trailers);
        },
        onResponseError: (controller, error) => {
          end();
          handler.onResponseError?.(controller, error);
        },
      },
    );
  });
  return { dispatcher, close: () => closed(server, agent) };
}

async function closed(server: Server, agent: Agent): Promise<void> {
  server.closeAllConnections();
  await Promise.all([agent.destroy(), new Promise<void>((resolve) => server.close(() => resolve()))]);
}

const BOM = '\uFEFF';

async function serve(world: SimulatedWorld, request: IncomingMessage, response: ServerResponse, answer: Next, way: OnTheWay): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const asked = askedIn(request, Buffer.concat(chunks).toString());
  const id = asked.headers['x-way'] ?? '';
  // Whoever asked may have given up: then nobody waits for the answer.
  const move = (where: 'held' | 'back') => way.has(id) && way.set(id, where);
  move('held');
  try {
    const told = await answer(asked);
    move('back');
    if (response.destroyed) return;
    response.writeHead(told.status, { 'content-type': 'application/json', date: now(world.sandbox).toUTCString(), ...told.headers });
    response.end(told.json === null ? '' : BOM + JSON.stringify(told.json));
  } catch {
    move('back');
    request.socket.destroy();
  }
}

function askedIn(request: IncomingMessage, body: string): Asked {
  const url = new URL(request.url ?? '/', 'http://sandbox');
  return {
    method: request.method ?? 'GET',
    path: url.pathname,
    query: url.search,
    customer: /^\/v1\/customers\/([^/]+)/.exec(url.pathname)?.[1] ?? '',
    headers: request.headers as Record<string, string>,
    body,
  };
}

/** Servers and connections of one run. */
export interface Sockets {
  dispatcher(world: SimulatedWorld, answer: Next): Dispatcher;
  busy(): boolean;
  close(): Promise<void>;
}

/** The wire of a run; an instance's server is there when its first request goes out. */
export function openSockets(): Sockets {
  const way: OnTheWay = new Map();
  const wires: Promise<Wire>[] = [];
  return {
    dispatcher(world, answer) {
      const wire = socketsOf(world, answer, way);
      wires.push(wire);
      let there: Dispatcher | null = null;
      const starting = `starting ${wires.length}`;
      way.set(starting, 'out');
      void wire.then(({ dispatcher }) => {
        there = dispatcher;
        way.delete(starting);
      });
      return new Agent().compose(() => (options, handler) => {
        if (!there) throw new Error('The server of this instance does not listen yet.');
        return there.dispatch(options, handler);
      });
    },
    busy: () => isBusy(way),
    close: async () => void (await Promise.all(wires.map(async (wire) => (await wire).close()))),
  };
}
