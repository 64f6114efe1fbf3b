/** What an answer of Teams means, by its status and the code in its body (Teams documentation: "Status code responses"). Pure. */

export type Doing = 'post' | 'edit' | 'say';

/** An answer as it came; status 0: none came. */
export interface Answered {
  status: number;
  code: string;
  retryAfter: string | null;
}

/**
 * `cardGone`: this card, or its thread, is no more; the chat lives. `passing`: seen at random, or of what was deleted; the
 * next tries tell. `refused`: the bot may not speak in this chat now. `wrong`: this card is not taken, however often it is
 * sent. `identity`: Teams does not know who we are. `wait`: too much at once; 0 where it does not say how long. `again`: it
 * may do if it is simply repeated.
 */
export type Verdict = { is: 'cardGone' | 'passing' | 'refused' | 'wrong' | 'identity' | 'again' } | { is: 'wait'; ms: number };

/** The bot may not speak there until a person acts; no event tells of blocking. */
const REFUSING = ['BotDisabledByAdmin', 'ConversationBlockedByUser', 'MessageWritesBlocked', 'BotNotInConversationRoster'];
const PASSING = ['ConversationNotFound', 'ServiceError'];
const KNOWN = [...REFUSING, 'ActivityNotFoundInConversation', ...PASSING, 'MessageSizeTooBig', 'BadArgument', 'BotNotRegistered'];
const BODY_MAX = 8_000;
const WAIT_MAX_MS = 3_600_000;

/** Whether to go on, and how, after a refusal. `nowMs`: the time to which a date in Retry-After is compared. */
export function readRefusal(doing: Doing, answered: Answered, nowMs: number): Verdict {
  const { status, code } = answered;
  if (status === 401) return { is: 'identity' };
  if (status === 429) return { is: 'wait', ms: waitOf(answered.retryAfter, nowMs) };
  if (status === 0 || status === 408 || status === 412 || status < 400 || status >= 500) return { is: 'again' };
  if (REFUSING.includes(code)) return { is: 'refused' };
  if (code === 'ActivityNotFoundInConversation') return { is: doing === 'post' ? 'passing' : 'cardGone' };
  if (PASSING.includes(code)) return { is: 'passing' };
  // What is not listed: of a new message it is the chat that refuses; of an old one a new message tells.
  if (status === 403 || status === 404 || status === 410) return { is: doing === 'post' ? 'refused' : 'cardGone' };
  return { is: 'wrong' };
}

/** Seconds, a date, or nothing; never longer than an hour. */
function waitOf(retryAfter: string | null, nowMs: number): number {
  const text = retryAfter?.trim() ?? '';
  const ms = /^\d{1,9}(\.\d{1,9})?$/.test(text) ? 1_000 * Number(text) : Date.parse(text) - nowMs;
  return Number.isFinite(ms) ? Math.min(WAIT_MAX_MS, Math.max(0, ms)) : 0;
}

/** The code in a body: in its place, or anywhere where it is one that we know; some answers are JSON within a text within JSON. */
export function codeOf(body: unknown): string {
  const whole = typeof body === 'string' ? parsed(body.slice(0, BODY_MAX)) : body;
  const error = (whole as { error?: { code?: unknown } } | null | undefined)?.error;
  const code = typeof error?.code === 'string' && /^[\w.-]{1,60}$/.test(error.code) ? error.code : '';
  if (KNOWN.includes(code)) return code;
  const text = (typeof body === 'string' ? body : (JSON.stringify(body) ?? '')).slice(0, BODY_MAX);
  if (/errorCode[\\"]*\s*:\s*[\\"]*209\b/.test(text)) return 'MessageWritesBlocked';
  return KNOWN.find((one) => new RegExp(`\\b${one}\\b`).test(text)) ?? code;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Teams has refused a message, or has not answered. */
export class Refused extends Error {
  override name = 'Refused';
  readonly doing: Doing;
  readonly verdict: Verdict;
  /** For people who run the bot. */
  readonly code: string;
  constructor(doing: Doing, verdict: Verdict, code: string) {
    super(`Teams refuses to ${doing}: ${code}.`);
    this.doing = doing;
    this.verdict = verdict;
    this.code = code;
  }
}

/** The refusal that an answer is. */
export function refusalOf(doing: Doing, answered: Answered, nowMs: number): Refused {
  return new Refused(doing, readRefusal(doing, answered, nowMs), answered.code || (answered.status ? String(answered.status) : 'no answer'));
}
