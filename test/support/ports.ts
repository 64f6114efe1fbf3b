/** Ports for a test's own servers, below those that the system deals out by itself: nobody takes one between the look and the use. */
import { createServer } from 'node:net';

const FIRST = 10_000;
const LAST = 32_000;
const TRIES = 200;

/** Where this process goes on looking; others that run beside it begin elsewhere. */
let next = FIRST + Math.floor(Math.random() * (LAST - FIRST));

export async function freePort(): Promise<number> {
  return free(1);
}

/** The first of two free ports in a row: Azurite's tables and queues. */
export async function freePair(): Promise<number> {
  return free(2);
}

async function free(inARow: number): Promise<number> {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    if (next + inARow > LAST) next = FIRST;
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
