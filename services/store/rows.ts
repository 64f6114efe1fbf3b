/**
 * The store's layout: every table, partition, key and prefix of keys, here alone. A place is a table and a partition; what is
 * read together lies together, and ranges lean on the order of the prefixes. Pure.
 */
import { elsewhereSku } from '../domain/elsewhere.ts';
import type { Table } from './store.ts';

export type Place = readonly [table: Table, partition: string];
/** From a key, up to but without another. */
export type Keys = readonly [from: string, to: string];

const AFTER = '~';
/** Keys that are ids: their first letter is a digit, a letter, or what an encoded one may begin with. */
export const IDS: Keys = ['-', AFTER];
/** Every key there is. */
export const ALL_KEYS: Keys = ['', '\uffff'];

/** The keys that begin with `prefix`. */
export function keysWith(prefix: string): Keys {
  return [prefix, `${prefix}${AFTER}`];
}

// ---- A customer: all that is decided about it, so that one transaction can hold it.

export const CUSTOMERS = 'customers' satisfies Table;
export function ofCustomer(customerId: string): Place {
  return [CUSTOMERS, customerId];
}

/** A line of a ticket's record. */
export const AUDIT = 'aud_';
/** Who holds the customer's next purchase of a plan. */
const GATE = 'gate_';
export const MOVE = 'mov_';
/** A ticket's card as it stands in a chat. */
export const NOTICE = 'ntc_';
/** An event that is not yet in the inboxes of chats. */
export const OUTBOX = 'out_';
/** Licences from elsewhere as they are tracked. Between the outbox and the subscriptions, so that a poll reads them and a list of ours does not. */
export const ELSEWHERE = 'pool_';
/** A subscription as it is tracked. */
export const SUBSCRIPTION = 'sub_';
/** What the watch knows of the customer. After every subscription and before every ticket. */
export const WATCH_KEY = 'swp';
export const TICKET = 'tkt_';
/** A person whose licence moves. After all that the record is verified by. */
export const USER = 'usr_';

/** What a poll of a customer reads at once: outbox, licences from elsewhere, subscriptions, and what the watch knows. */
export const POLLED: Keys = [OUTBOX, `${WATCH_KEY}${AFTER}`];
export const TRACKED: Keys = [SUBSCRIPTION, `${WATCH_KEY}${AFTER}`];
/** Lines, moves, cards, subscriptions, tickets: all that the record is verified by. Who held what is left out. */
export const VERIFIED: Keys = [AUDIT, USER];
export const AUDIT_LINES: Keys = keysWith(AUDIT);

export function ticketKey(ticketId: string): string {
  return TICKET + ticketId;
}

/** Of a subscription of ours, or of licences from elsewhere. */
export function subscriptionKey(subscriptionId: string): string {
  const sku = elsewhereSku(subscriptionId);
  return sku === null ? SUBSCRIPTION + subscriptionId : ELSEWHERE + sku;
}

/** The cards of one ticket. */
export function noticePrefix(ticketId: string): string {
  return `${NOTICE}${ticketId}_`;
}
export function noticeKey(ticketId: string, chat: string): string {
  return noticePrefix(ticketId) + chat;
}

/** The lines of one ticket's record, in order. */
export function auditPrefix(ticketId: string): string {
  return `${AUDIT}${ticketId}_`;
}
export function auditKey(ticketId: string, seq: number): string {
  return auditPrefix(ticketId) + padded(seq);
}
/** The ticket that a line, a card or a ticket's own key names. */
export function ticketIdIn(key: string): string {
  return key.split('_')[1] ?? '';
}
/** In the order of time; `unique` tells apart those of one moment. */
export function outboxKey(event: { at: string; ticketId: string }, unique: string): string {
  return `${OUTBOX}${event.at}_${event.ticketId}_${unique}`;
}

/** The n-th move of a subscription. */
export function moveKey(subscriptionId: string, n: number): string {
  return `${MOVE}${subscriptionId}_${n}`;
}

/** The people of one move. */
export function userPrefix(move: string): string {
  return `${USER}${move}_`;
}
export function userKey(move: string, userId: string): string {
  return userPrefix(move) + userId;
}
/** The move in the key of one of its people. Either id may hold what parts them. */
export function moveOfUser(key: string, userId: string): string {
  return key.slice(USER.length, -(userId.length + 1));
}
/** A plan's gate: whoever buys it for the customer turns it in the same transaction. */
export function gateKey(plan: string): string {
  return GATE + plan.replaceAll(':', '_');
}

// ---- A chat: where it is, who speaks to it, and what it should still hear.

export const CHATS = 'chats' satisfies Table;
export function ofChat(chat: string): Place {
  return [CHATS, chat];
}

/** Where the chat is and what it watches. */
export const CHAT_KEY = 'chat';
/** Who speaks to it now. */
export const CHAT_LEASE_KEY = 'lease';
/** What it should still hear, in this order. */
export const INBOX = 'say_';
/** In the inbox of a chat that slept: before anything else it gets the list of what it missed. */
export const MISSED_KEY = 'say_00';
export const DIGEST_KEY = 'say_0';
/** That there is something to be said of what nobody reacts to; that the report is due. */
export const UNANSWERED_KEY = 'say_01';
export const REPORT_KEY = 'say_02';
/** What a turn could not know from storage. */
export const LATE_ANSWER = 'ask_';

/** An event of a customer's outbox, in the inbox of one chat. */
export function inboxKey(outbox: string): string {
  return INBOX + outbox;
}

/** One line for each ticket that a sleeping chat should hear of: `missed`, or `quiet` where only a card changed; `rewrite` where its card is written once more. */
export function keptKey(how: 'missed' | 'quiet' | 'rewrite', ticketId: string): string {
  return `${INBOX}${how}_${ticketId}`;
}

/** What a chat hears later, by its ticket and in the order in which it came. */
export function heldKey(ticketId: string, inbox: string): string {
  return `${HELD}${ticketId}_${inbox.slice(INBOX.length)}`;
}
const HELD = `${INBOX}held_`;
export function isHeld(key: string): boolean {
  return key.startsWith(HELD);
}
/** A note about another chat, for a person. */
export function noteKey(what: string, chat: string): string {
  return `${INBOX}note_${what}_${chat}`;
}
/** A ticket that a person hears of in place of a chat. */
export function relayKey(ticketId: string): string {
  return `${INBOX}relay_${ticketId}`;
}
export function lateAnswerKey(mark: string): string {
  return LATE_ANSWER + mark;
}

/** Lists of chats, by the chat's key: all that were ever met, those that watch, that Teams refuses, that get the report by itself, those with an inbox. Derived. */
export const ALL_CHATS: Place = [CHATS, 'all'];
export const WATCHING: Place = [CHATS, 'watching'];
export const ASLEEP: Place = [CHATS, 'asleep'];
export const REPORTING: Place = [CHATS, 'reporting'];
export const WAITING: Place = [CHATS, 'waiting'];
/** Of which ticket the card is that a thread of a channel begins with, by thread. */
export const THREADS: Place = [CHATS, 'thread'];
/** How Teams refuses us: in one tenant, or as whom we are. */
export const REFUSALS: Place = [CHATS, 'teams'];
export const IDENTITY_KEY = 'identity';
export function refusalKey(tenant: string): string {
  return `refused_${tenant}`;
}

/** Companies that were invited and are waited for, and moves of several customers at once: by chat, and by what began them. */
export const INVITED: Place = [CHATS, 'invited'];
export const BULKS: Place = [CHATS, 'bulk'];
export function begunKey(chat: string, mark: string): string {
  return `${inOneChat(chat)}${mark}`;
}
/** Those that are invited from one chat, or move in it. */
export function inOneChat(chat: string): string {
  return `${chat}.`;
}

const CHAT_LISTS: ReadonlySet<string> = new Set([ALL_CHATS, WATCHING, ASLEEP, REPORTING, WAITING].map(([, partition]) => partition));

/** Whether a partition of the chats is a list of them. */
export function isChatList(partition: string): boolean {
  return CHAT_LISTS.has(partition);
}

// ---- Lists of tickets, and names. Derived.

/** Open tickets, soonest last day first. */
export const OPEN: Place = ['open', 'open'];
export function openKey(lastDay: string, ticketId: string): string {
  return `${lastDay}_${ticketId}`;
}
/** Up to a UTC day, or all. */
export function openUntil(day: string | null): Keys {
  return ['0', `${day ?? ''}${AFTER}`];
}
/** Every subscription whose term ends, by that day. */
export const ENDS: Place = ['open', 'ends'];
/** From one UTC day up to another, both included. */
export function endsBetween(from: string, until: string): Keys {
  return [from, `${until}${AFTER}`];
}
/** Tickets as a report tells them, by the day on which they were closed. */
export const REPORT: Place = ['open', 'report'];
/** Quotes that wait for a yes, by ticket. */
export const APPROVALS: Place = ['open', 'approvals'];
/** Moves that have stopped and need a person, by ticket. */
export const STUCK: Place = ['open', 'stuck'];
export const TICKET_IDS: Keys = ['S', 'T'];
/** Whose a ticket is. */
export const TICKET_NAMES: Place = ['names', 'ticket'];
/** Customers by a word of their names, under its first letters. */
export function namesUnder(letters: string): Place {
  return ['names', `n_${letters}`];
}
export function nameKey(word: string, customerId: string): string {
  return `${word}_${customerId}`;
}
/** Words that begin with `word`: after it comes every letter there is. */
export function wordsFrom(word: string): Keys {
  return [word, `${word}\uffdc`];
}

// ---- Handles of cards, and secrets of a consent that is being given.

export const HANDLES = 'handles' satisfies Table;
/** Handles of one UTC day lie together, so that old ones are found. */
export function handlesOn(day: string): Place {
  return [HANDLES, `d${digits(day)}`];
}
/** A handle's name begins with its day. */
export function handleKey(day: string, unique: string): string {
  return `${digits(day)}_${unique}`;
}
/** Handles that were made before a UTC day. */
export function handlesBefore(day: string): Keys {
  return ['0', digits(day)];
}
export const CONSENTS: Place = [HANDLES, 'consent'];
/** Names of handles begin with a digit, those of consents with a letter. */
export const CONSENT_KEYS: Keys = ['a', 'z~'];
export function loginTicketKey(hash: string): string {
  return `t_${hash}`;
}
export function consentStateKey(hash: string): string {
  return `s_${hash}`;
}

/** Files that somebody may take, once; by the hash of what opens them. Their names are among those of a consent, and end like them. */
export const EXPORT_GRANTS: Place = [HANDLES, 'export'];
export function exportGrantKey(hash: string): string {
  return `x_${hash}`;
}

// ---- People.

export const PEOPLE = 'people' satisfies Table;
/** Who is behind a key. */
export const PERSONS: Place = [PEOPLE, 'person'];
export const PERSON_KEYS: Keys = ['p', 'q'];
/** The key behind an identity's mark. */
export const IDENTITIES: Place = [PEOPLE, 'identity'];
/** What somebody spoke of last, by place and person. */
export const POINTERS: Place = [PEOPLE, 'pointer'];
/** All are hexadecimal. */
export const POINTER_KEYS: Keys = ['0', 'g'];

// ---- What all processes share: counters, the switch, budgets, the consent, the lists of anchors.

export const COUNTERS: Place = ['budget', 'counter'];
export const TICKET_COUNTER_KEY = 'ticket';
/** Numbers that were taken and are not yet known to stand. */
export const TAKEN = 'taken_';
export function takenKey(ticketId: string): string {
  return TAKEN + ticketId;
}
/** What people lately said yes to of what they had asked for themselves, by person. */
export const OWN_YES: Place = ['budget', 'ownYes'];
/** In which format rows are written. Before all others of its table, so that a Successor which knows nothing of it meets it first. */
export const FORMAT_MARK: Place = ['budget', '0'];
export const FORMAT_KEY = 'format';
/** Who took which file, in the order of time. */
export const EXPORTED: Place = ['budget', 'exported'];
export function exportedKey(at: string, unique: string): string {
  return `${at}_${unique}`;
}
export const SWITCHES: Place = ['budget', 'switch'];
export const READ_ONLY_KEY = 'readOnly';
/** What this partner's Partner Center was seen to have, and in which languages other than English somebody reads. */
export const SHOWN: Place = ['budget', 'shown'];
export const LANGUAGES_READ: Place = ['budget', 'language'];
export const SHAPE_KEY = 'plannedActions';
export const CONSENT: Place = ['budget', 'consent'];
export const REFRESH_KEY = 'refresh';
export const BUDGETS: Place = ['budget', 'budget'];
/** What an anchor was made of, in pieces. */
export function anchorList(at: string): Place {
  return ['budget', `anchor_${at.replace(/\D/g, '')}`];
}
export function pieceKey(n: number): string {
  return padded(n);
}

// ---- The watch, and what is done once a day.

/** How far the list of customers was read. */
export const LISTING: Place = ['sweep', 'walk'];
export const LISTING_KEY = 'walk';
/** Customers as the list has them. Derived. */
export const LISTED: Place = ['sweep', 'c'];
/** Customers who were not yet polled once, were not polled the last time, have something unread, or are missing from the list. Derived. */
export const NEW: Place = ['sweep', 'new'];
export const SKIPPED: Place = ['sweep', 'skipped'];
export const UNREAD: Place = ['sweep', 'unread'];
/** Customers of whom it could not be told whether they have licences from elsewhere. Derived. */
export const SEATS_UNREAD: Place = ['sweep', 'seats'];
export const MISSING: Place = ['sweep', 'missing'];
/** When the activity log and the analytics are asked next, and what they said. */
export const SIGNALS: Place = ['sweep', 'asked'];
/** The quarter of an hour in which chats were looked at by the clock. */
export const HOURS: Place = ['sweep', 'hours'];
export const HOURS_KEY = 'hours';
/** When it is to be done next. */
export const ANCHORING: Place = ['sweep', 'anchor'];
export const ANCHORING_KEY = 'anchor';
export const RETENTION: Place = ['sweep', 'forget'];
export const RETENTION_KEY = 'forget';
/** What was done on a UTC day, by process. */
export function countsOn(day: string): Place {
  return ['sweep', `day_${day}`];
}

function padded(n: number): string {
  return String(n).padStart(6, '0');
}

function digits(day: string): string {
  return day.replaceAll('-', '');
}
