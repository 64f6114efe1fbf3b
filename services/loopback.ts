/** What a server on 127.0.0.1 must ask, because every page in a browser of this machine can reach it. Pure. */

type Headers = Record<string, string | string[] | undefined>;

const NAMES = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** Whether `address` is plain http on this machine, without a user in it. */
export function isHere(address: string): boolean {
  const url = URL.canParse(address) ? new URL(address) : null;
  return url?.protocol === 'http:' && NAMES.has(url.hostname) && url.username === '' && url.password === '';
}

/**
 * Why a request does not come from this machine's own programs and pages; null where it does. The Host is what a page of a
 * rebound name gives away, the Origin a page's post, Sec-Fetch-Site what a page fetches without either; a link may be followed.
 */
export function stranger(method: string | undefined, headers: Headers): string | null {
  if (headers.host === undefined || !isHere(`http://${headers.host}/`)) return 'another Host';
  if (headers.origin !== undefined && !isHere(String(headers.origin))) return 'a page from elsewhere';
  const followed = method === 'GET' && headers['sec-fetch-mode'] === 'navigate';
  return headers['sec-fetch-site'] === 'cross-site' && !followed ? 'a page from elsewhere' : null;
}
