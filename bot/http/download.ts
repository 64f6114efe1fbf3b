/** A file on its way out, piece by piece. */
import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** So long somebody may take over a file; after that its line is cut. */
const DOWNLOAD_MS = 5 * 60_000;

/** A file on its way; its place is free again when it is sent, or has broken off. */
export interface Download {
  headers: Record<string, string>;
  pieces: AsyncIterable<string>;
  done(error?: unknown): void;
}

/** Sends it as fast as it is taken; where it breaks off the line is cut, so that no part of it looks whole. */
export async function sendFile(response: ServerResponse, { headers, pieces, done }: Download): Promise<void> {
  let failure: unknown;
  try {
    response.statusCode = 200;
    for (const [name, value] of Object.entries({
      ...headers,
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'no-referrer',
    }))
      response.setHeader(name, value);
    await pipeline(Readable.from(pieces), response, { signal: AbortSignal.timeout(DOWNLOAD_MS) });
  } catch (error) {
    failure = error;
    response.destroy();
  } finally {
    done(failure);
  }
}
