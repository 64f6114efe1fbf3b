/** Who calls, and how much of the house one caller may hold at once. */
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { isIP, type Socket } from 'node:net';

/** Of all lines that are held at once, and those of one address. */
const CONNECTIONS_MAX = 2_000;
const OWN_MAX = 250;
/** Groups of an IPv6 address that one subscriber is given. */
const NETWORK = 4;

/** One key for one caller: an IPv6 network of 64 bits, an IPv4 address without a port; null for what is neither. Pure. */
export function callerKey(address: string): string | null {
  const bare = /^\[([^\]]*)\](?::\d+)?$/.exec(address)?.[1] ?? /^(\d+\.\d+\.\d+\.\d+):\d+$/.exec(address)?.[1] ?? address;
  const plain = (bare.split('%', 1)[0] as string).toLowerCase();
  if (isIP(plain) === 4) return plain;
  if (isIP(plain) !== 6) return null;
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(plain)?.[1];
  return mapped ?? groups(plain).slice(0, NETWORK).join(':');
}

/** The eight groups of an IPv6 address, each without leading noughts. */
function groups(address: string): string[] {
  const [head = '', tail] = new URL(`http://[${address}]/`).hostname.slice(1, -1).split('::');
  const listed = (part: string) => (part === '' ? [] : part.split(':'));
  const [before, after] = [listed(head), listed(tail ?? '')];
  return [...before, ...Array.from({ length: Math.max(0, 8 - before.length - after.length) }, () => '0'), ...after];
}

/** The caller of a request; behind proxies the one that the outermost of ours has noted. */
export function callerOf(request: IncomingMessage, proxies: number): string {
  const noted = String(request.headers['x-forwarded-for'] ?? '').split(',');
  return (proxies > 0 ? callerKey(noted.at(-proxies)?.trim() ?? '') : null) ?? callerKey(request.socket.remoteAddress ?? '') ?? 'nobody';
}

/** Counts what each caller holds; `take` says no beyond `OWN_MAX`. Holds as many keys as there are lines. */
export function holding(): { take(key: string): boolean; give(key: string): void; held(key: string): number } {
  const held = new Map<string, number>();
  return {
    take(key) {
      const now = held.get(key) ?? 0;
      if (now >= OWN_MAX) return false;
      held.set(key, now + 1);
      return true;
    },
    give(key) {
      const left = (held.get(key) ?? 1) - 1;
      if (left > 0) held.set(key, left);
      else held.delete(key);
    },
    held: (key) => held.get(key) ?? 0,
  };
}

/** One address holds a share of the lines alone. Behind a proxy all lines are the proxy's: there requests count in their place. */
export function shareLines(server: Server, proxies: number, refused: (why: string) => void): (request: IncomingMessage, response: ServerResponse) => boolean {
  server.maxConnections = CONNECTIONS_MAX;
  const lines = holding();
  if (proxies === 0)
    server.on('connection', (socket: Socket) => {
      const key = callerKey(socket.remoteAddress ?? '') ?? 'nobody';
      if (lines.take(key)) return void socket.once('close', () => lines.give(key));
      refused('too many lines of one address');
      socket.destroy();
    });
  return (request, response) => {
    if (proxies === 0) return true;
    const key = callerOf(request, proxies);
    if (!lines.take(key)) return false;
    response.once('close', () => lines.give(key));
    return true;
  };
}
