/** Pages of lists: what stands on one, and whether and where the list goes on. */
import type { Unread } from '../port.ts';

/** What was read of one page. */
export interface Read<T> {
  items: T[];
  unread: Unread[];
  next: string | null;
  /** False where the page says that the list goes on, but not where, or holds a record that could be any. */
  whole: boolean;
  /** Of subscriptions: see `SubscriptionList`. */
  shape?: string;
}

/** What can be a key in the storage and a part of an address: every real id is a GUID. */
export const ID = /^[A-Za-z0-9][\w.-]{0,99}$/;

/** A token that came inside an address, and goes back inside one. */
export const IN_ADDRESS = '?';

const TOKEN = /[?&](?:ms-?)?continuationtoken=([^&#]+)/i;

/** The items of a page, still unread. Throws when it holds none: what is not there is not empty. */
export function itemsOf(json: unknown): unknown[] {
  const items = field(json, 'items');
  if (!Array.isArray(items)) throw new Error('The page holds no items.');
  return items;
}

/** How many records stand on a page, and how many it says there are: on it, or in the whole list (docs/partner-center.md §3); null where it does not say. */
export interface Size {
  size: number;
  total: number | null;
}

export function sizeOf(json: unknown): Size {
  const total = field(json, 'totalCount');
  const number = typeof total === 'string' && /^\d{1,9}$/.test(total) ? Number(total) : total;
  return { size: itemsOf(json).length, total: typeof number === 'number' && number >= 0 ? number : null };
}

/** Whether the only page of a list says that there are more than it holds. */
export function lacksSome(json: unknown): boolean {
  const { size, total } = sizeOf(json);
  return total !== null && size < total;
}

/**
 * Where the list goes on: the token of the next page, null on the last one, `lost` where there is a next page and no
 * token for it. The documented place is `links.next.headers`; others were seen.
 */
export function continuation(json: unknown): { next: string | null; lost: boolean } {
  const next = nextOf(field(json, 'links')) ?? field(json, 'nextLink') ?? field(json, '@odata.nextLink');
  const token = tokenOf(next) ?? filled(field(json, 'continuationToken'));
  if (token !== null) return { next: token, lost: false };
  return { next: null, lost: next !== undefined && next !== null };
}

/** The link to the next page: by its name, or in a list by its `rel`. */
function nextOf(links: unknown): unknown {
  return Array.isArray(links) ? links.find((one) => field(one, 'rel') === 'next') : field(links, 'next');
}

/** The token of the next page, null on the last one. Throws where there is a next page and no token for it. */
export function nextPage(json: unknown): string | null {
  const { next, lost } = continuation(json);
  if (lost) throw new Error('The list goes on, and does not say where.');
  return next;
}

function tokenOf(next: unknown): string | null {
  const headers = field(next, 'headers');
  const listed = Array.isArray(headers) ? headers.find((one) => isTokenName(field(one, 'key'))) : undefined;
  const named = Object.entries(typeof headers === 'object' && headers !== null && !Array.isArray(headers) ? headers : {}).find(([key]) => isTokenName(key));
  const token = filled(field(listed, 'value')) ?? filled(named?.[1]) ?? filled(field(next, 'continuationToken'));
  if (token !== null) return token;
  const address = typeof next === 'string' ? next : field(next, 'uri');
  const inside = typeof address === 'string' ? TOKEN.exec(address)?.[1] : undefined;
  return inside === undefined ? null : `${IN_ADDRESS}${inside}`;
}

function isTokenName(name: unknown): boolean {
  return typeof name === 'string' && /^(ms-?)?continuationtoken$/i.test(name);
}

function filled(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

/** A field of an object by its name, in whatever case it is spelled. */
function field(of: unknown, name: string): unknown {
  if (typeof of !== 'object' || of === null) return undefined;
  if (name in of) return (of as Record<string, unknown>)[name];
  const spelled = Object.keys(of).find((one) => one.toLowerCase() === name.toLowerCase());
  return spelled === undefined ? undefined : (of as Record<string, unknown>)[spelled];
}
