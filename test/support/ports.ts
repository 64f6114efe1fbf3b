/** Ports for a test's own servers, below those that the system deals out by itself: nobody takes one between the look and the use. */
import { createServer } from 'node:net';

const FIRST = 10_000;
const LAST = 32_000;
const TRIES = 200;

/** Each that runs beside this one looks in a span of its own: between the look and the use another would find the same port free. */
const SPANS = 8;
const SPAN = Math.floor((LAST - FIRST) / SPANS);
const from = FIRST + (Number(process.env.MOCHA_WORKER_ID ?? SPANS - 1) % SPANS) * SPAN;

/** Where this process goes on looking; its children begin elsewhere in its span. */
let next = from + Math.floor(Math.random() * SPAN);

export async function freePort(): Promise<number> {
  return free(1);
}

/** The first of two free ports in a row: Azurite's tables and queues. */
export async function freePair(): Promise<number> {
  return free(2);
}

async function free(inARow: number): Promise<number> {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    if (next + inARow > from + SPAN) next = from;
    const first = next;
    next += inARow;
    const ports = Array.from({ length: inARow }, (_, n) => first + n);
    if ((await Promise.all(ports.map(isFree))).every(Boolean)) return first;
  }
  throw new Error(`No free port was found in ${TRIES} tries.`);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false)).listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

/** The bot's address in what a start prints, once it is ready. */
export function addressIn(printed: string): string | undefined {
  return printed.includes('\nready ') ? /^ +bot +(http:\/\/\S+)/m.exec(printed)?.[1] : undefined;
}
