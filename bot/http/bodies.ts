/** Bodies in, and refusals out before a body is in. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Refusal } from './guard.ts';

const BODY_MAX = 256 * 1024;
/** What is still taken in of a body that nobody reads, so that the answer is not lost with the line. */
const DRAINED_MAX = 1024 * 1024;
const DRAINED_MS = 2_000;

/** The whole body, or why it is not taken. What comes after the last byte that counts is let fall. */
export function bodyOf(request: IncomingMessage): Promise<{ bytes: Buffer } | Refusal> {
  const { headers } = request;
  if (!/^application\/json\s*(;|$)/i.test(String(headers['content-type'] ?? ''))) return Promise.resolve({ status: 415, why: 'content type' });
  if (headers['content-encoding'] !== undefined) return Promise.resolve({ status: 415, why: 'content encoding' });
  if (Number(headers['content-length'] ?? 0) > BODY_MAX) return Promise.resolve({ status: 413, why: 'too large' });
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= BODY_MAX) return void chunks.push(chunk);
      chunks.length = 0;
      resolve({ status: 413, why: 'too large' });
    });
    request.once('end', () => resolve({ bytes: Buffer.concat(chunks) }));
    for (const name of ['error', 'close', 'aborted']) request.once(name, () => resolve({ status: 400, why: 'cut off' }));
  });
}

/** A bare status. Where a body is still on its way the line is closed after it, and a bounded rest let fall first: a line closed at once takes the answer with it. */
export function bare(request: IncomingMessage, response: ServerResponse, status: number): void {
  if (request.complete || request.destroyed) return void atOnce(response, status);
  response.statusCode = status;
  response.setHeader('Connection', 'close');
  response.setHeader('Content-Length', '0');
  response.flushHeaders();
  let rest = 0;
  const end = () => {
    clearTimeout(timer);
    response.end();
  };
  const timer = setTimeout(end, DRAINED_MS);
  request.on('data', (chunk: Buffer) => {
    rest += chunk.length;
    if (rest > DRAINED_MAX) end();
  });
  for (const name of ['end', 'error', 'close', 'aborted']) request.once(name, end);
}

/** A bare status and an end, where the library would answer in our place otherwise. */
export function atOnce(response: ServerResponse, status: number): void {
  response.statusCode = status;
  response.end();
}
