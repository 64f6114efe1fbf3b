/** The handles on cards: what stands behind a button is looked up here, never read from the card. */
import { randomBytes } from 'node:crypto';
import { dayOf } from '../clock.ts';
import type { Customer, Plan, Watching } from '../domain/ticket.ts';
import { handleKey, handlesOn } from '../store/rows.ts';
import type { Store } from '../store/store.ts';
import { update } from '../store/update.ts';
import type { Arrange } from '../tickets/arranged.ts';
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
  /** Of a programme, to move several of its subscriptions at once, of those on a list where one is given; and to which plan. */
  | { to: 'programme'; name: string; list?: ListOf }
  | { to: 'bulkPlan'; bulk: string; plan: { id: string; title: string }; version: number }
  | ({ to: 'expiring'; customerId: string } & Omit<ListOf, 'customerId'>)
  | { to: 'watch'; watching: Watching }
  /** What a reply named, as it is written; `lang`: in which language. */
  | { to: 'command'; text: string; lang?: string }
  /** `term`: what was written of one, or which. */
  | { to: 'plan'; ticketRef: TicketRef; plan: Plan; term?: string }
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

export interface ListOf extends Arrange {
  days: number;
  /** `2027-03`, in place of the days. */
  month?: string;
  customerId: string | null;
  watched?: boolean;
  outcome?: Outcome;
  /** All that its customer has, however it ends. */
  whole?: true;
}

export interface Handle {
  kind: HandleKind;
  chat: string;
  /** Of a ticket's card, and of who held what in it. */
  ticketRef?: TicketRef & { subscriptionId: string };
  /** Of a card that was shared about a customer as a whole. */
  customer?: { id: string; name: string };
  /** Of a list: what it shows; or for whom it shows what waits, by person key. */
  list?: ListOf;
  mine?: string;
  /** What was on it when its page was drawn last, each by its mark. */
  seen?: string[];
  /** What its form offers to narrow it to, in the order of the form. */
  offers?: Arrange[];
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

const TRIES = 20;
/** More than so many are not compared from page to page. */
const SEEN_MAX = 2_000;

/** Notes where the handle's card stands. */
export function noteActivity(store: Store, id: string, activityId: string): Promise<void> {
  return change(store, id, (now) => (activityId === '' || now.activityId === activityId ? null : { ...now, activityId }));
}

/** Notes what the card of a list shows, what it offers, and of what. */
export function noteList(store: Store, id: string, of: Required<Pick<Handle, 'list' | 'seen' | 'offers'>>): Promise<void> {
  return change(store, id, ({ seen: _, ...now }) => ({ ...now, ...noted(of) }));
}

/** The same of what waits for one person. */
export function noteMine(store: Store, id: string, seen: string[]): Promise<void> {
  return change(store, id, ({ seen: _, ...now }) => ({ ...now, ...bounded(seen) }));
}

/** Of a list that is too long to be compared nothing is kept. */
export function noted({ list, seen, offers }: Required<Pick<Handle, 'list' | 'seen' | 'offers'>>): Pick<Handle, 'list' | 'seen' | 'offers'> {
  return { list, offers, ...bounded(seen) };
}

function bounded(seen: string[]): Pick<Handle, 'seen'> {
  return seen.length > SEEN_MAX ? {} : { seen };
}

async function change(store: Store, id: string, how: (now: Handle) => Handle | null): Promise<void> {
  const day = HANDLE.exec(id)?.[1];
  if (day) await update<Handle>(store, [...handlesOn(day), id], { tries: TRIES, failed: 'A handle could not be changed' }, (now) => now && how(now));
}
