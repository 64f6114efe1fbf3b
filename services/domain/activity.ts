/** One thing that a person did, as Teams delivered it: done once, however often it is delivered. Pure. */
import { createHash } from 'node:crypto';

/** `marks` are what it is known again by; `sentAtMs` is when Teams took it, by Teams' clock, null where it does not say. */
export interface Activity {
  marks: readonly string[];
  sentAtMs: number | null;
}

/** An activity that has had its effect: stored in the row that the effect changed, in the same commit. */
export interface Done {
  marks: readonly string[];
  /** What was answered, so that whoever delivers it again reads the same; null where it was too long to be kept. */
  reply: string | null;
}

/** Teams delivers again within minutes; a chat or a ticket sees a handful of effects in that time. */
const DONE_MAX = 20;
const REPLY_MAX = 400;
/** A clock that is so far ahead of ours is not believed. */
const AHEAD_MAX_MS = 300_000;

/** What came: `words` are all that it said, a button's verb and inputs too; `timestamp` is Teams' own. */
export interface Came {
  id: string | undefined;
  conversation: string;
  person: string;
  words: string;
  timestamp: unknown;
}

/** Known again by its id in its conversation, and by who said what there when: some deliver again under a new id. */
export function activityOf(came: Came, nowMs: number): Activity {
  const atMs = came.timestamp instanceof Date || typeof came.timestamp === 'string' ? new Date(came.timestamp).getTime() : Number.NaN;
  const sentAtMs = Number.isFinite(atMs) && atMs <= nowMs + AHEAD_MAX_MS ? atMs : null;
  return {
    marks: [
      ...(came.id ? [mark('id', came.conversation, came.id)] : []),
      ...(sentAtMs === null ? [] : [mark('said', came.conversation, came.person, String(sentAtMs), came.words)]),
    ],
    sentAtMs,
  };
}

function mark(...parts: string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 16);
}

/** What was answered when this had its effect before; undefined where it is new. */
export function doneBefore(done: readonly Done[] | undefined, activity: Activity): Done | undefined {
  return done?.find((one) => one.marks.some((each) => activity.marks.includes(each)));
}

/** The list with one more; the oldest go. */
export function withDone(done: readonly Done[] | undefined, activity: Activity, reply: unknown): Done[] {
  const text = JSON.stringify(reply) ?? 'null';
  return [...(done ?? []), { marks: activity.marks, reply: text.length > REPLY_MAX ? null : text }].slice(-DONE_MAX);
}
