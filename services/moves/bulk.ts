/**
 * The row of a move of several customers at once. It names its members and how far each has come; the unit of money stays the
 * single move, with its own cart, hash and approval.
 */
import { addDays, type Clock, dayOf } from '../clock.ts';
import type { Done } from '../domain/activity.ts';
import type { Names } from '../domain/language.ts';
import type { Quote, RefusalReason } from '../domain/ticket.ts';
import { BULKS, begunKey, inOneChat, keysWith } from '../store/rows.ts';
import type { Row, Store } from '../store/store.ts';
import { update, written } from '../store/update.ts';

/** More are not taken at once; the rest waits for the next. */
export const MEMBERS_MAX = 50;
/** Older ones of a chat go when another is begun: their prices have lapsed long ago. */
const KEPT_DAYS = 30;
const READ_MAX = 500;
const TRIES = 20;

/** Why a member is left out. `plan`: that one is not offered to it. `rights`: who asked may not any more. `other`: another move was begun since. */
export type OutWhy = 'closed' | 'busy' | 'plan' | 'seats' | 'rights' | 'unread' | 'other';
/** Why its yes was not written. */
export type NotWritten = 'changed' | 'lapsed' | 'another' | 'rights' | 'gone';
/** Why its no was not written. `approved`: somebody had said yes to it before. */
export type NotDeclined = 'changed' | 'approved' | 'rights' | 'gone';

export interface BulkMember {
  customerId: string;
  customerName: string;
  subscriptionId: string;
  ticketId: string;
  offerName: string;
  /** The same in other languages. */
  names?: Names;
  expiresOn: string;
  /** null where it could not be read. */
  quantity: number | null;
  chosen: boolean;
  /** Its plans were asked for. */
  reading?: true;
  /** The key of its move, once its price was asked for. */
  move: string | null;
  out: OutWhy | null;
  /** The hash of its price as the card last showed it; null where it shows none. */
  shown: string | null;
  /** What came of the last yes; null while there was none, or it is not carried out yet. */
  yes: 'written' | NotWritten | null;
  /** The same of the last no. */
  no?: 'written' | NotDeclined | null;
}

/** A member as it stands. `approved`: and whatever came after. */
export type MemberNow =
  | { is: 'out'; why: OutWhy }
  /** No price, and why. */
  | { is: 'refused'; reason: RefusalReason }
  /** Its plans are being read, its price is to be asked for, or was. */
  | { is: 'reading' | 'toAsk' | 'asking' }
  | { is: 'quoted'; quote: Quote }
  | { is: 'approved' | 'declined' | 'cancelled' | 'lapsed' };

export interface Bulk {
  programme: string;
  /** Plans that may follow, by our own names of them. */
  plans: { id: string; title: string }[];
  plan: { id: string; title: string } | null;
  /** `asking`: prices. `asked`: what can be approved is on the card. `approving`, `declining`: an answer is being carried out. */
  state: 'choosing' | 'asking' | 'asked' | 'approving' | 'declining';
  /** Who asks for the prices, by person key. */
  by: string;
  tenant: string;
  chat: string;
  thread: string;
  at: string;
  /** When the prices were asked for. */
  askedAt: string | null;
  members: BulkMember[];
  /** So many tickets of the programme are not among them. */
  rest: number;
  /** Grows when the card asks something else: a press is bound to it. */
  version: number;
  /** The last yes. */
  approval: { by: string; tenant: string; at: string } | null;
  /** The last no to all of it. */
  declined?: { by: string; tenant: string; at: string; reason: string };
  /** The card is to be posted anew. */
  say: boolean;
  /** Somebody is at it until then; null where nobody is. */
  heldUntil: string | null;
  /** What people did to it lately, so that it is done once. */
  done: Done[];
}

/** Stores it once for each activity; returns it as it stands. Old ones of the chat go. */
export async function addBulk({ store, clock }: { store: Store; clock: Pick<Clock, 'now'> }, mark: string, bulk: Bulk): Promise<Row<Bulk>> {
  const key = begunKey(bulk.chat, mark);
  const oldest = addDays(dayOf(clock.now()), -KEPT_DAYS);
  for (const row of await store.range<Bulk>(...BULKS, ...keysWith(inOneChat(bulk.chat)), READ_MAX))
    if (row.value.at < oldest && row.key !== key) await store.remove(...BULKS, row.key);
  await store.commit(...BULKS, [written(null, key, bulk)]);
  return (await readBulk(store, key)) as Row<Bulk>;
}

export function readBulk(store: Store, key: string): Promise<Row<Bulk> | undefined> {
  return store.get<Bulk>(...BULKS, key);
}

/** Changes it, and returns it as it then stands; undefined where it is gone. What is returned unchanged, or null, leaves it alone. */
export function changeBulk(store: Store, key: string, change: (now: Bulk) => Bulk | null): Promise<Bulk | undefined> {
  return update<Bulk>(store, [...BULKS, key], { tries: TRIES, failed: 'A move of several customers could not be changed' }, (now) => now && change(now));
}

/** Takes it for a while over what was read; false where somebody else was faster. */
export async function holdBulk(store: Store, { key, etag, value }: Row<Bulk>, heldUntil: string): Promise<boolean> {
  return (await store.commit(...BULKS, [written({ etag }, key, { ...value, heldUntil } satisfies Bulk)])) === 'done';
}

/** The row with one member changed. Pure. */
export function withMember(bulk: Bulk, ticketId: string, changes: Partial<BulkMember>): Bulk {
  return { ...bulk, members: bulk.members.map((one) => (one.ticketId === ticketId ? { ...one, ...changes } : one)) };
}
