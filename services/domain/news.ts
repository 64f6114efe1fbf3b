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
