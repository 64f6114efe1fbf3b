/** What every socket meets before a request is a request: nothing that is sent ends the process. */
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { bare } from './bodies.ts';
import type { Refusal } from './guard.ts';

/** What the library wraps around Node's server; its typings do not know `first`, which runs before anything of its own. */
export interface Wrapped {
  server: Server;
  on(name: 'error', listener: () => void): unknown;
  first(handler: (request: IncomingMessage, response: ServerResponse) => boolean): unknown;
}

/** What Node itself says of a head that it cannot read. */
const CLIENT_ERRORS: Record<string, string> = { HPE_HEADER_OVERFLOW: '431', ERR_HTTP_REQUEST_TIMEOUT: '408', HPE_CHUNK_EXTENSIONS_OVERFLOW: '413' };

/**
 * Mends what restify 12 leaves open. It makes a URL of the target and the Host without catching (its issue 2011), takes
 * upgrades away from Node and forgets their sockets, and passes a server's errors to nobody. `turnedAway` says with which
 * status a request that can be read goes no further, or null; `refused` is told why.
 */
export function harden(
  wrapped: Wrapped,
  refused: (why: string) => void,
  turnedAway: (request: IncomingMessage, response: ServerResponse) => Refusal | null,
): void {
  const { server } = wrapped;
  // Without a listener Node takes an upgrade for the plain request that it also is.
  server.removeAllListeners('upgrade');
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    refused('no request');
    if (!socket.writable || socket.bytesWritten > 0) return void socket.destroy();
    socket.end(`HTTP/1.1 ${CLIENT_ERRORS[error.code ?? ''] ?? '400'} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`, () => socket.destroy());
  });
  server.on('connection', (socket: Socket) => void socket.on('error', () => {}));
  wrapped.on('error', () => {});
  wrapped.first((request, response) => {
    request.on('error', () => {});
    response.on('error', () => {});
    const refusal: Refusal | null = isReadable(request) ? turnedAway(request, response) : { status: 400, why: 'no address' };
    if (!refusal) return true;
    refused(refusal.why);
    response.setHeader('Connection', 'close');
    bare(request, response, refusal.status);
    return false;
  });
}

/** A target that begins at the root, and a Host that is one. Other targets are for proxies, which this is not. */
function isReadable({ url = '', headers }: IncomingMessage): boolean {
  return url.startsWith('/') && URL.canParse(`http://${headers.host ?? 'localhost'}${url}`) && URL.canParse(url, 'http://localhost');
}
