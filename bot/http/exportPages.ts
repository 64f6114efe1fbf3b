/** Where somebody takes a file by a link: a page with one button, and the file. Only the button uses the link up, for whatever looks at links in a chat follows them. */
import type { Clock } from '../../services/clock.ts';
import { fileName, type Slots } from '../../services/export/file.ts';
import { type AskedExport, type Grant, readGrant, useGrant } from '../../services/export/grants.ts';
import type { Log } from '../../services/log.ts';
import { type Directory, DirectoryError, rolesOfKey } from '../../services/people/people.ts';
import { may } from '../../services/people/roles.ts';
import type { Row } from '../../services/store/store.ts';
import type { Words } from '../../cards/text/words.ts';
import type { Store } from '../../services/store/store.ts';
import type { Languages } from '../languages.ts';
import { page, pageWords } from './consentPages.ts';
import type { Download } from './download.ts';
import type { Answer, Routes } from './server.ts';

const TYPES = { csv: 'text/csv; charset=utf-8', json: 'application/json; charset=utf-8' } as const;

export interface ExportPages {
  store: Store;
  clock: Clock;
  log: Log;
  directory: Directory;
  languages: Languages;
  slots: Slots;
  /** The text of a file in pieces, in these words. */
  text(asked: AskedExport, words: Words): AsyncIterable<string>;
}

/** The page of a link, and the file. */
export function exportPages(deps: ExportPages): Routes['exports'] {
  return { page: (ticket, languages) => exportPage(deps, ticket, languages), take: (ticket, languages) => takeExport(deps, ticket, languages) };
}

/** What the link shows; it stays good. */
export async function exportPage(deps: ExportPages, ticket: string, languages: string): Promise<Answer> {
  const grant = await linked(deps, ticket);
  const words = await wordsFor(deps, grant, languages);
  const { page: say } = words.exported;
  if (!grant) return answer(400, words, `<p>${say.stale}</p>`);
  const form = `<form method="post" action="/export?ticket=${ticket}"><button style="font:inherit;padding:.5em 1em">${say.button}</button></form>`;
  return answer(200, words, `<p>${say.offer({ what: grant.value.what })}</p>${form}`);
}

/** The file, once; or a page that says why not. Whoever asked must still be somebody who may. */
export async function takeExport(deps: ExportPages, ticket: string, languages: string): Promise<Answer | Download> {
  const grant = await linked(deps, ticket);
  const words = await wordsFor(deps, grant, languages);
  const { page: say } = words.exported;
  if (!grant) return answer(400, words, `<p>${say.stale}</p>`);
  try {
    if (!may(await rolesOfKey(deps.store, deps.directory, grant.value.by), 'see')) return answer(403, words, `<p>${say.mayNot}</p>`);
  } catch (error) {
    if (error instanceof DirectoryError) return answer(503, words, `<p>${say.whoMayUnknown}</p>`);
    throw error;
  }
  const free = deps.slots();
  if (!free) return answer(503, words, `<p>${say.busy}</p>`);
  let isTaken = false;
  try {
    isTaken = await useGrant(deps.store, deps.clock, grant);
  } finally {
    if (!isTaken) free();
  }
  return isTaken ? download(deps, words, grant.value, free) : answer(400, words, `<p>${say.stale}</p>`);
}

/** Of whoever asked for the file, where that is known. */
function wordsFor({ store, languages: all }: ExportPages, grant: Row<Grant> | null, languages: string): Promise<Words> {
  return pageWords(all, languages, grant && { store, key: grant.value.by });
}

async function linked({ store, clock }: ExportPages, ticket: string): Promise<Row<Grant> | null> {
  const grant = await readGrant(store, clock, ticket);
  return grant?.value.how === 'link' ? grant : null;
}

function download({ log, clock, text }: ExportPages, words: Words, { what, format, by }: Grant, free: () => void): Download {
  log.info({ what, format, by }, 'somebody took a file');
  return {
    headers: {
      'Content-Type': TYPES[format],
      'Content-Disposition': `attachment; filename="${fileName({ what, format }, clock.now())}"`,
      'Content-Security-Policy': "default-src 'none'; sandbox",
      'Cross-Origin-Resource-Policy': 'same-origin',
    },
    pieces: text({ what, format }, words),
    done(error) {
      free();
      if (error) log.warn({ what, error: (error as Error).name }, 'a file broke off');
    },
  };
}

/** The form is sent to where the page came from, and says so. */
function answer(status: number, words: Words, inner: string): Answer {
  return {
    ...page(status, words, { title: words.exported.page.title, inner }),
    headers: {
      'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
      'Referrer-Policy': 'same-origin',
    },
  };
}
