/** The handles on cards: what stands behind a button is looked up here, never read from the card. */
import { randomBytes } from 'node:crypto';
import { dayOf } from '../clock.ts';
import type { Customer, Plan, Watching } from '../domain/ticket.ts';
import { handleKey, handlesOn } from '../store/rows.ts';
import type { Store } from '../store/store.ts';
import type { Outcome } from '../tickets/costs.ts';
import type { TicketRef } from '../tickets/read.ts';

/** Which card a handle is for, and so which buttons it serves: the chat's own card, a list, a ticket's card, the list of who held what, a question which one was meant, a move of several, a card that somebody shared. */
export type HandleKind = 'chat' | 'list' | 'ticket' | 'held' | 'choice' | 'bulk' | 'shared';

/** What is marked on a ticket by typing, as it is written. */
export type MarkWord = 'snooze' | 'dismiss' | 'undo' | 'assign' | 'hand-back' | 'note' | 'seen';

/** What one button of a question leads to. */
export type Choice =
  /** `words` are what was written of a plan. */
  | { to: 'customer'; command: 'show' | 'move' | 'history'; customer: { id: string; name: string }; words: string }
  | { to: 'ticket'; command: 'show' | 'move' | 'history'; ticketRef: TicketRef }
  /** `words` are what was written behind the name; `person`: whom it is given to. */
  | { to: 'mark'; mark: MarkWord; ticketRef: TicketRef; words: string; person: { key: string; name: string } | null }
  /** One that still renews, to be moved. */
  | { to: 'subscription'; customer: { id: string; name: string }; subscriptionId: string }
  /** Of a programme, to move several of its subscriptions at once; and to which plan. */
  | { to: 'programme'; name: string }
  | { to: 'bulkPlan'; bulk: string; plan: { id: string; title: string }; version: number }
  | { to: 'expiring'; days: number; month?: string; outcome?: Outcome; customerId: string }
  | { to: 'watch'; watching: Watching }
  | { to: 'plan'; ticketRef: TicketRef; plan: Plan }
  /** People who are left out, by id. */
  | { to: 'allBut'; ticketRef: TicketRef; people: string[] }
  /** After all a company that is no customer yet; `known` are customers that it is not. */
  | { to: 'invite'; company: string; through: string | null; known: string[] }
  /** A customer, to go on with. */
  | { to: 'joined'; customer: Customer }
  /** What somebody says about a company that was invited. */
  | { to: 'invited'; key: string; means: Meaning };

export type Meaning =
  | { is: 'customer'; customer: Customer }
  /** None of those that were asked about. */
  | { is: 'others'; ids: string[] }
  | { is: 'forget' }
  | { is: 'reseller'; name: string; mpnId: string };

export interface Handle {
  kind: HandleKind;
  chat: string;
  /** Of a ticket's card, and of who held what in it. */
  ticketRef?: TicketRef & { subscriptionId: string };
  /** Of a card that was shared about a customer as a whole. */
  customer?: { id: string; name: string };
  /** Of a list: what it shows; a month, `2027-03`, in place of the days. */
  list?: { days: number; month?: string; customerId: string | null; watched?: boolean; outcome?: Outcome };
  /** The row of a move of several. */
  bulk?: string;
  /** Of a question: what its buttons lead to, in their order. */
  choices?: Choice[];
  /** Where Teams said that its card stands; absent until it did. Only this one is ever edited, whatever a press says. */
  activityId?: string;
}

/** The day it was made, and 128 bits of chance. */
const HANDLE = /^(\d{8})_[A-Za-z0-9_-]{22}$/;

/** A new handle's name, for a card that is about to be sent. */
export async function newHandle(store: Store, handle: Handle, now: Date): Promise<string> {
  const day = dayOf(now);
  const id = handleKey(day, randomBytes(16).toString('base64url'));
  await store.put(...handlesOn(day), id, handle);
  return id;
}

/** What a handle stands for; undefined for one that is not ours, or is too old to be kept. */
export async function readHandle(store: Store, id: string): Promise<Handle | undefined> {
  const day = HANDLE.exec(id)?.[1];
  return day ? (await store.get<Handle>(...handlesOn(day), id))?.value : undefined;
}

/** Notes where the handle's card stands. */
export async function noteActivity(store: Store, id: string, activityId: string): Promise<void> {
  const day = HANDLE.exec(id)?.[1];
  const row = day ? await store.get<Handle>(...handlesOn(day), id) : undefined;
  if (!day || !row || activityId === '' || row.value.activityId === activityId) return;
  const value: Handle = { ...row.value, activityId };
  // Where another notes it too, it is the same card.
  await store.commit(...handlesOn(day), [{ op: 'replace', key: id, value, etag: row.etag }]);
}
