/** The log: fixed messages with fields, one JSON line each. In Azure on standard output, where the host collects it; elsewhere in a file beside the state, for there the console belongs to people. It never ends the program. */
import { closeSync, existsSync, mkdirSync, openSync, renameSync, statSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import pino from 'pino';
import type { Log } from '../services/log.ts';

/** Of one file, and how many of them: 60 MB in all. */
const BYTES_MAX = 10 * 1024 * 1024;
const FILES_MAX = 6;
const OWNER_ALONE = 0o600;

export interface Room {
  bytesMax: number;
  filesMax: number;
}

const ROOM: Room = { bytesMax: BYTES_MAX, filesMax: FILES_MAX };

/** A log in `file`, with `file.1` and so on behind it. `warn` is told once when lines begin to be lost. */
export function fileLog(file: string, warn: (text: string) => void, room: Room = ROOM): Log {
  return logTo(lineWriter(file, warn, room));
}

/** A log on a stream that others keep: `process.stdout` in Azure. */
export function streamLog(stream: Pick<NodeJS.WritableStream, 'write'>): Log {
  return logTo((line) => void stream.write(line));
}

/** Each event with its time in UTC and its level in a word, as those who look for it write them. */
function logTo(write: (line: string) => void): Log {
  const logger = pino(
    {
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (level) => ({ level }) },
      redact: ['authorization', 'token', '*.authorization', '*.token'],
    },
    { write },
  );
  return { info: (fields, message) => logger.info(fields, message), warn: (fields, message) => logger.warn(fields, message) };
}

/**
 * Appends lines to `file`, opened at the first. A line that cannot be written (a full disk, a folder that is gone) is lost and
 * counted, and the file is tried again at the next; the first one that succeeds says how many are missing.
 */
function lineWriter(file: string, warn: (text: string) => void, room: Room): (line: string) => void {
  let open: { fd: number; bytes: number } | null = null;
  let lost = 0;
  return (line) => {
    try {
      open ??= opened(file);
      if (open.bytes >= room.bytesMax) {
        closeSync(open.fd);
        open = null;
        rotate(file, room.filesMax);
        open = opened(file);
      }
      // The line before may have been cut.
      const missing = lost > 0 ? `\n${JSON.stringify({ level: 'warn', lost, msg: 'lines of the log were lost' })}\n` : '';
      const bytes = Buffer.from(missing + line);
      if (writeSync(open.fd, bytes) < bytes.length) throw Object.assign(new Error('cut'), { code: 'ENOSPC' });
      open.bytes += bytes.length;
      lost = 0;
    } catch (error) {
      if (lost === 0)
        warn(`${file} cannot be written (${(error as NodeJS.ErrnoException).code}): what the bot notes is lost until it can be. It goes on working.`);
      lost += 1;
      open = closed(open);
    }
  };
}

function opened(file: string): { fd: number; bytes: number } {
  mkdirSync(dirname(file), { recursive: true });
  const fd = openSync(file, 'a', OWNER_ALONE);
  return { fd, bytes: statSync(file).size };
}

function closed(open: { fd: number } | null): null {
  try {
    if (open) closeSync(open.fd);
  } catch {
    // It is closed then.
  }
  return null;
}

/** `file` becomes `file.1`, that one `file.2`, and so on; the oldest goes. */
function rotate(file: string, filesMax: number): void {
  for (let n = filesMax - 1; n >= 1; n--) {
    const from = n === 1 ? file : `${file}.${n - 1}`;
    if (existsSync(from)) renameSync(from, `${file}.${n}`);
  }
}
