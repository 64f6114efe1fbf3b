/** An export as a file: made while it is sent, so that its size is no matter of memory. */
import { dayOf } from '../clock.ts';
import { BOM, type Cell, type CsvStyle, csvLine } from './csv.ts';
import type { AskedExport } from './grants.ts';
import { COLUMNS, type ExportRow, exportRows, type Reading } from './rows.ts';

/** More rows than that are no file for anybody: it breaks off, and whoever reads it is told so. */
export const ROWS_MAX = 1_000_000;
/** What is held in memory at most, to be put where its size must be told first; larger ones are taken by a link. */
export const FILE_BYTES_MAX = 20 * 1024 * 1024;

/** The words of a CSV file; JSON has our own names, and Partner Center's English ones. */
export interface Wording {
  lang: string;
  style: CsvStyle;
  heading(column: string): string;
  /** A cell as people read it. */
  say(column: string, row: ExportRow): Cell;
}

/** The text of the file in pieces. Throws where there are more rows than `most`: an incomplete file must not look whole. */
export async function* exportText(reading: Reading, asked: AskedExport, wording: Wording, most = ROWS_MAX): AsyncGenerator<string> {
  const columns: readonly string[] = COLUMNS[asked.what];
  const isJson = asked.format === 'json';
  yield isJson ? '{"rows":[' : BOM + csvLine(columns.map(wording.heading), wording.style);
  let count = 0;
  for await (const page of exportRows(isJson ? reading : { ...reading, lang: wording.lang }, asked.what)) {
    let text = '';
    for (const row of page) {
      if (count++ === most) throw new Error(`There are more than ${most} rows.`);
      if (isJson) text += `${count > 1 ? ',' : ''}\n${JSON.stringify(Object.fromEntries(columns.map((name) => [name, row[name] ?? null])))}`;
      else
        text += csvLine(
          columns.map((name) => wording.say(name, row)),
          wording.style,
        );
    }
    if (text !== '') yield text;
  }
  if (isJson) yield `\n],"count":${count}}\n`;
}

/** The whole file, or null where it is larger than is held in memory. */
export async function inMemory(pieces: AsyncIterable<string>, most = FILE_BYTES_MAX): Promise<Buffer | null> {
  const held: Buffer[] = [];
  let bytes = 0;
  for await (const piece of pieces) {
    const buffer = Buffer.from(piece);
    bytes += buffer.length;
    if (bytes > most) return null;
    held.push(buffer);
  }
  return Buffer.concat(held);
}

/** `successor-tickets-2027-01-20.csv`. */
export function fileName({ what, format }: AskedExport, now: Date): string {
  return `successor-${what}-${dayOf(now)}.${format}`;
}

/** About how many bytes a ticket and its record come to. */
const TICKET_BYTES = { tickets: 450, decisions: 2_500, record: 6_000 };

/** About how large it will be, for people to see before they take it. */
export function estimatedBytes({ what, format }: AskedExport, tickets: number): number {
  return Math.max(1, tickets) * TICKET_BYTES[what] * (format === 'json' ? 2 : 1);
}

/** How many files are made at once, in this process. */
const AT_ONCE = 2;

/** Gives a place, or null where all are taken; what it gives is called to free it. */
export type Slots = () => (() => void) | null;

export function slots(most = AT_ONCE): Slots {
  let taken = 0;
  return () => {
    if (taken >= most) return null;
    taken += 1;
    let isFree = false;
    return () => {
      if (!isFree) taken -= 1;
      isFree = true;
    };
  };
}
