/** What is told to the chats that watch, as types. */

/** What happened to a ticket: it goes to the inboxes of the chats that should hear of it, and is said there. */
export type NewsKind =
  | 'stopped'
  | 'changed'
  | 'reminder'
  | 'renewed'
  | 'ended'
  | 'left'
  | 'known'
  | 'marked'
  | 'show'
  | 'drafting'
  | 'quoting'
  | 'refused'
  | 'asked'
  | 'repriced'
  | 'approvalDue'
  | 'approved'
  | 'declined'
  | 'lapsed'
  | 'cancelled'
  | 'bought'
  | 'counted'
  | 'moving'
  | 'progress'
  | 'moved'
  | 'someFailed'
  | 'waived'
  | 'vouched'
  | 'suspending'
  | 'endAsked'
  | 'endSetting'
  | 'endSet'
  | 'endWarned'
  | 'finished'
  | 'stuck'
  | 'waits'
  | 'orderAsked'
  | 'orderFound'
  | 'resumed';

export interface News {
  kind: NewsKind;
  ticketId: string;
  by: string | null;
  at: string;
  data: Record<string, string | number>;
}

/** What is said once more, or only brings a card up to date. */
const REPEATS: ReadonlySet<NewsKind> = new Set(['reminder', 'waits', 'approvalDue', 'lapsed', 'progress', 'known']);
/** What of a change nobody has to answer anew; what was looked up for a card has no word for it. */
const QUIET_CHANGES: ReadonlySet<string | number | undefined> = new Set(['name', 'prices', 'estMonth', undefined]);

/** Whether people are told something that they had not been told: what waits for somebody has waited since then. Pure. */
export function isPut({ kind, data }: Pick<News, 'kind' | 'data'>): boolean {
  return !REPEATS.has(kind) && !(kind === 'changed' && QUIET_CHANGES.has(data.what));
}

/**
 * When somebody last did something to a ticket, or people were last told something new of it: what waits for somebody has waited since then.
 * `seq`: of its record's last line; where that is another one, a release that knows nothing of this has written since, and it says nothing.
 */
export interface Touched {
  at: string;
  seq: number;
}

/** Null where nobody has noted it. Pure. */
export function touchedAtOf({ touched, audit }: { touched?: Touched; audit: { seq: number } }): string | null {
  return touched?.seq === audit.seq ? touched.at : null;
}
