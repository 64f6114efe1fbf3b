/** The bot's few pages, plain and without scripts: those of the consent, one use each, and what it is. */
import type { Words } from '../../cards/text/words.ts';
import { beginConsent, type ConsentDeps, finishConsent } from '../../services/partnerCenter/auth/consent.ts';
import { type Directory, DirectoryError, rolesOfKey } from '../../services/people/people.ts';
import { may } from '../../services/people/roles.ts';
import type { Answer } from './server.ts';

const COOKIE = 'successor-consent';
const COOKIE_S = 600;

export interface ConsentPages {
  consenting: ConsentDeps | null;
  directory: Directory;
  words: Words;
  /** Cookies of an https address never leave it unencrypted. */
  secure: boolean;
}

export async function consentPage(deps: ConsentPages, path: 'begin' | 'callback', query: URLSearchParams, cookies: string): Promise<Answer> {
  const { consentPage: say } = deps.words;
  const { consenting } = deps;
  if (!consenting) return html(404, say.title, say.notHere);
  const mayOwn = async (by: string) => may(await rolesOfKey(consenting.store, deps.directory, by), 'own');
  try {
    if (path === 'callback') {
      const cookie = new RegExp(`(?:^|;\\s*)${COOKIE}=([A-Za-z0-9_-]{1,100})`).exec(cookies)?.[1] ?? '';
      const given = query.has('error')
        ? 'refused'
        : await finishConsent(consenting, { state: query.get('state') ?? '', code: query.get('code') ?? '', cookie }, mayOwn);
      return html(given === 'stored' ? 200 : 400, say.title, say[given]);
    }
    const begun = await beginConsent(consenting, query.get('ticket') ?? '');
    if (!begun) return html(400, say.title, say.stale);
    if (!(await mayOwn(begun.by))) return html(403, say.title, say.refused);
    const cookie = `${COOKIE}=${begun.cookie}; Path=/consent; Max-Age=${COOKIE_S}; HttpOnly; SameSite=Lax${deps.secure ? '; Secure' : ''}`;
    return { status: 302, headers: { Location: begun.location, 'Set-Cookie': cookie } };
  } catch (error) {
    if (error instanceof DirectoryError) return html(503, say.title, say.whoMayUnknown);
    throw error;
  }
}

/** What the app's website, privacy and terms lead to in Teams. */
export function aboutPage({ aboutPage: say }: Words): Answer {
  const sections = say.sections.map(({ id, title, paragraphs }) => `<h2 id="${id}">${title}</h2>${paragraphs.map((text) => `<p>${text}</p>`).join('')}`);
  return page(200, say.title, sections.join(''));
}

/** `text` is one of our own sentences: nothing of a request is shown. */
function html(status: number, title: string, text: string): Answer {
  return page(status, title, `<p>${text}</p>`);
}

/** A page of ours: `inner` is made of our own sentences. */
export function page(status: number, title: string, inner: string): Answer {
  const style =
    'body{font:16px/1.5 "Segoe UI",system-ui,sans-serif;max-width:32em;margin:15vh auto;padding:0 1.5em;color:#242424;background:#fff}h1{font-size:20px}h2{font-size:17px}@media(prefers-color-scheme:dark){body{color:#f5f5f5;background:#1f1f1f}}';
  return {
    status,
    body: `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title><style>${style}</style><h1>${title}</h1>${inner}</html>`,
  };
}
