/** What a chat should show about a matter, as data; and which news are worth a card or a line. Pure. */
import type { Chat, Expiry, Migration, News, NewsKind } from '../domain.ts';
import type { FourEyes } from '../approval/approval.ts';
import type { Role } from '../people/roles.ts';
import type { AuditRow } from '../record.ts';

/** Everything a card about a matter is drawn from. */
export interface Shown {
  expiry: Expiry;
  migration: Migration | null;
  chat: Pick<Chat, 'key' | 'kind'>;
  handle: string;
  /** Display names by person key. */
  names: Record<string, string>;
  /** The written record; read for closed and finished matters. */
  record: AuditRow[];
  /** Who can move, and who has not moved, by name: only for the personal chat, and only while it is asked. */
  holders: { id: string; name: string }[];
  unmoved: { id: string; name: string }[];
  /** Who can approve the quote that waits, and whether the app reaches them in person. */
  approvers: Approver[];
  /** Who reads a personal chat, so that it hears what this person can answer; null elsewhere. */
  reader: { key: string; roles: readonly Role[] } | null;
  fourEyes: FourEyes;
  today: string;
  now: string;
}

/** `objectId`: as Teams knows the person, for a mention. */
export interface Approver {
  objectId: string;
  name: string;
  reached: boolean;
}

/** Whether people may be listed by name in a chat: nobody else may read along. The one place that says so. */
export function listsPeople(chat: Pick<Chat, 'kind'>): boolean {
  return chat.kind === 'personal';
}

/** More people than this are moved all at once, or chosen in Partner Center. */
export const PICK_MAX = 50;

/** News that ask for an approval, or for what only an approver can settle: approvers hear them in person, or are mentioned. */
export const ASKING: ReadonlySet<NewsKind> = new Set(['asked', 'repriced', 'approvalDue', 'orderAsked']);

/** News that only freshen a card which stands already. */
const QUIET: ReadonlySet<NewsKind> = new Set([
  'changed',
  'progress',
  'known',
  'counted',
  'marked',
  'ended',
  'left',
  'renewed',
  'quoting',
  'moving',
  'suspending',
  'resumed',
  'drafting',
]);

/** Whether a chat without a card about the matter gets one for this. */
export function wantsCard(kind: NewsKind): boolean {
  return !QUIET.has(kind);
}

/** Whether a chat that takes no messages must hear of it when it does again: what it gets a card or a digest for. */
export function isMissed(kind: NewsKind): boolean {
  return kind === 'known' || wantsCard(kind);
}

export function usesRecord(expiry: Expiry, migration: Migration | null): boolean {
  return expiry.closed !== null || migration?.state === 'finished';
}

/** Person keys that the card may name. */
export function peopleIn(expiry: Expiry, migration: Migration | null, record: AuditRow[]): (string | null | undefined)[] {
  return [
    expiry.marks.assignedTo,
    expiry.marks.snoozed?.by,
    expiry.marks.letGo?.by,
    migration?.startedBy,
    migration?.quote?.askedBy,
    migration?.approval?.by,
    migration?.declined?.by,
    migration?.order?.accepted?.by,
    migration?.vouched?.by,
    ...(migration?.waived.map((one) => one.by) ?? []),
    ...record.map((row) => row.by),
  ];
}

/** Approvers whom the app does not reach in person are mentioned where others read along. */
export function mentioned(news: Pick<News, 'kind'>, shown: Shown): Approver[] {
  return ASKING.has(news.kind) && shown.chat.kind !== 'personal' ? shown.approvers.filter((one) => !one.reached) : [];
}
