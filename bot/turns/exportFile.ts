/** A file in the words of people: made for whoever asked, the same by a link and in OneDrive. */
import type { Words } from '../../cards/text/words.ts';
import { recordLine } from '../../cards/ticket/finished.ts';
import type { AuditEntry } from '../../services/auditLog/auditLog.ts';
import { hiddenIn, type Hides, type Shows } from '../../services/domain/shows.ts';
import { exportText, type Slots, type Wording } from '../../services/export/file.ts';
import type { AskedExport } from '../../services/export/grants.ts';
import type { Store } from '../../services/store/store.ts';

/** How files are given. */
export interface Exports {
  /** Where a link leads. */
  address: string;
  /** Puts a file into somebody's OneDrive; false where that was not taken. Null where Teams takes no files. */
  upload: ((address: string, file: Buffer, signal: AbortSignal) => Promise<boolean>) | null;
  slots: Slots;
}

export interface FileDeps {
  store: Store;
  words: Words;
  shows: Shows;
}

/** The text in pieces: what somebody reads alone. Throws where there are too many rows. */
export function fileText({ store, words, shows }: FileDeps, asked: AskedExport): AsyncGenerator<string> {
  const hides = hiddenIn(shows, { kind: 'personal' });
  return exportText({ store, costs: hides.cost === null }, asked, wordingOf(words, hides));
}

function wordingOf(words: Words, hides: Hides): Wording {
  const { exported: say } = words;
  return {
    lang: words.lang,
    style: say.decimalComma ? { separator: ';', decimal: ',' } : { separator: ',', decimal: '.' },
    heading: (column) => say.columns[column] ?? column,
    say(column, row) {
      const cell = row[column] ?? null;
      if (column === 'what') return said(row, words, hides) ?? cell;
      if (column === 'from' || column === 'to') return say.values.state?.[String(cell)] ?? cell;
      return say.values[column]?.[String(cell)] ?? cell;
    },
  };
}

/** A line of the record as people read it in Teams, without what keeps it harmless there; null for a step in between. */
function said(row: Record<string, unknown>, words: Words, hides: Hides): string | null {
  if (row.what === 'exported') return words.exported.took;
  const { person } = row.details as { person?: string };
  // Of a person the name stands there already.
  const line = recordLine({ what: row.what, data: row.details } as AuditEntry, words, hides, person === undefined ? {} : { [person]: person });
  return (
    line
      ?.replaceAll('**', '')
      .replace(/\\([[\])*_])/g, '$1')
      .replace(/[\u2060\u2068\u2069]/g, '') ?? null
  );
}
