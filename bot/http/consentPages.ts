/** The bot's few pages, plain and without scripts: those of the consent, one use each, and what it is. */
import type { Words } from '../../cards/text/words.ts';
import { UTC } from '../../services/domain/settings.ts';
import { beginConsent, type ConsentDeps, finishConsent } from '../../services/partnerCenter/auth/consent.ts';
import { type Directory, DirectoryError, rolesOfKey, speaksOf } from '../../services/people/people.ts';
import { may } from '../../services/people/roles.ts';
import type { Store } from '../../services/store/store.ts';
import { askedFor, type Languages, wordsOf } from '../languages.ts';
import type { Answer, Routes } from './server.ts';

const COOKIE = 'successor-consent';
const COOKIE_S = 600;

export interface ConsentPages {
  consenting: ConsentDeps | null;
  directory: Directory;
  languages: Languages;
  /** Cookies of an https address never leave it unencrypted. */
  secure: boolean;
}

/** The pages by what leads to them. */
export function pagesOf(deps: ConsentPages): Pick<Routes, 'consent' | 'about'> {
  return {
    consent: (path, request) => consentPage(deps, path, request),
    about: (languages) => aboutPage(deps.languages, languages),
  };
}

/** What a browser asks for; `languages`: what it says that its reader understands. */
export interface PageRequest {
  query: URLSearchParams;
  cookies: string;
  languages: string;
}

/** The words of a page: of whoever is known to read it, else as the browser says. */
export async function pageWords(all: Languages, languages: string, reader: { store: Store; key: string } | null = null): Promise<Words> {
  const { speaks } = reader ? await speaksOf(reader.store, reader.key) : {};
  return wordsOf(all, speaks ?? askedFor(all, languages), UTC);
}

export async function consentPage(deps: ConsentPages, path: 'begin' | 'callback', { query, cookies, languages }: PageRequest): Promise<Answer> {
  const { consenting } = deps;
  let key: string | null = null;
  const answer = async (status: number, what: keyof Words['consentPage']): Promise<Answer> => {
    const words = await pageWords(deps.languages, languages, consenting && key !== null ? { store: consenting.store, key } : null);
    return html(status, words, words.consentPage[what]);
  };
  if (!consenting) return answer(404, 'notHere');
  const mayOwn = async (by: string) => {
    key = by;
    return may(await rolesOfKey(consenting.store, deps.directory, by), 'own');
  };
  try {
    if (path === 'callback') {
      const cookie = new RegExp(`(?:^|;\\s*)${COOKIE}=([A-Za-z0-9_-]{1,100})`).exec(cookies)?.[1] ?? '';
      const given = query.has('error')
        ? 'refused'
        : await finishConsent(consenting, { state: query.get('state') ?? '', code: query.get('code') ?? '', cookie }, mayOwn);
      return answer(given === 'stored' ? 200 : 400, given);
    }
    const begun = await beginConsent(consenting, query.get('ticket') ?? '');
    if (!begun) return answer(400, 'stale');
    if (!(await mayOwn(begun.by))) return answer(403, 'refused');
    const cookie = `${COOKIE}=${begun.cookie}; Path=/consent; Max-Age=${COOKIE_S}; HttpOnly; SameSite=Lax${deps.secure ? '; Secure' : ''}`;
    return { status: 302, headers: { Location: begun.location, 'Set-Cookie': cookie } };
  } catch (error) {
    if (error instanceof DirectoryError) return answer(503, 'whoMayUnknown');
    throw error;
  }
}

/** What the app's website, privacy and terms lead to in Teams. */
export async function aboutPage(all: Languages, languages: string): Promise<Answer> {
  const words = await pageWords(all, languages);
  const { aboutPage: say } = words;
  const sections = say.sections.map(({ id, title, paragraphs }) => `<h2 id="${id}">${title}</h2>${paragraphs.map((text) => `<p>${text}</p>`).join('')}`);
  return page(200, words, { title: say.title, inner: sections.join('') });
}

/** `text` is one of our own sentences: nothing of a request is shown. */
function html(status: number, words: Words, text: string): Answer {
  return page(status, words, { title: words.consentPage.title, inner: `<p>${text}</p>` });
}

/** A page of ours: `inner` is made of our own sentences. */
export function page(status: number, { lang }: Pick<Words, 'lang'>, { title, inner }: { title: string; inner: string }): Answer {
  const style =
    'body{font:16px/1.5 "Segoe UI",system-ui,sans-serif;max-width:32em;margin:15vh auto;padding:0 1.5em;color:#242424;background:#fff}h1{font-size:20px}h2{font-size:17px}@media(prefers-color-scheme:dark){body{color:#f5f5f5;background:#1f1f1f}}';
  return {
    status,
    body: `<!doctype html><html lang="${lang}"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title><style>${style}</style><h1>${title}</h1>${inner}</html>`,
  };
}
