/** A company that was invited: through whom it buys, who of those who came it may be, and what is to be done about it now. Pure. */
import { addDays, dayOf } from '../services/clock.ts';
import type { Customer } from '../services/domain/ticket.ts';
import type { Invitation, Through } from '../services/invitations.ts';
import { foldedWords } from '../services/text.ts';
import { isOne } from './spoken/match.ts';
import type { Spoken } from './spoken/spoken.ts';

/** So many days after the invitation somebody is reminded that nobody came. */
const REMIND_DAYS = [3, 14];
const WAIT_DAYS = 30;
/** Of so many who came is asked at a time: a card with the way out shows no more. */
const ASK_MAX = 7;
/** So long the link is asked for. */
const LINK_MS = 900_000;
/** What is over is kept so long: an old card, or a message delivered again, finds that it is. */
const OVER_DAYS = 7;

/** What is to be done now: nothing, ask Partner Center for the link, store what was decided, say what waits to be said, or take it away. */
export type Next = { do: 'wait' } | { do: 'askLink' } | { do: 'say' } | { do: 'remove' } | { do: 'store'; next: Invitation };

/** When the waiting for what is invited now ends. */
export function waitsUntil(at: string): string {
  return `${addDays(dayOf(at), WAIT_DAYS)}${at.slice(10)}`;
}

/** The next step. `called` are today's customers whose whole name is the company's; `at` is now, ISO text. */
export function nextOf(invitation: Invitation, called: readonly Customer[], at: string): Next {
  const { over, say, link, told, reminders } = invitation;
  // What nobody there takes is not said for ever either.
  if (over && over.at < daysBefore(at, OVER_DAYS)) return { do: 'remove' };
  if (say !== null && (over || at < invitation.until)) return { do: 'say' };
  if (over) return { do: 'wait' };
  const lapsed = { how: 'lapsed' as const, at };
  if (link === null) {
    if (Date.parse(at) - Date.parse(invitation.linkAskedAt) < LINK_MS) return { do: 'askLink' };
    return { do: 'store', next: { ...invitation, say: 'noLink', over: lapsed } };
  }
  const maybe = mayBe(invitation, called);
  const asked = maybe.slice(0, ASK_MAX);
  if (asked.some((one) => !told.includes(one.id))) {
    const [only] = maybe;
    const sure = only && maybe.length === 1 && isCalled(only.name, invitation.company) ? only : null;
    const over = sure && { how: 'accepted' as const, at };
    // Whoever is only noted by his name is kept too, so that the card can ask about him.
    return { do: 'store', next: { ...invitation, say: 'came', came: maybe, told: asked.map((one) => one.id), customer: sure, over } };
  }
  if (at >= invitation.until) return { do: 'store', next: { ...invitation, say: 'lapsed', over: lapsed } };
  const due = REMIND_DAYS.filter((days) => invitation.at < daysBefore(at, days)).length;
  // Those whose day passed unseen are one.
  return due > reminders ? { do: 'store', next: { ...invitation, say: 'reminder', reminders: due } } : { do: 'wait' };
}

/** Who has come and may be the company: whatever he is called, for a company may be called otherwise with Microsoft. */
export function mayBe({ came, not }: Pick<Invitation, 'came' | 'not'>, called: readonly Customer[]): Customer[] {
  const all = new Map([...called, ...came].map((one) => [one.id, one]));
  return [...all.values()].filter((one) => !not.includes(one.id));
}

/** A name of more words is a sentence. */
const NAME_WORDS_MAX = 8;

/** Whether a company may be called so: numbers, one letter or two, sentences and what stands for all are offered no invitation. */
export function mayBeCompany(what: string, languages: readonly Spoken[]): boolean {
  const words = foldedWords(what);
  const says = languages.some(({ everything, it, me, none }) => [everything, it, me, none].some((phrases) => isOne(what, phrases)));
  return /\p{L}/u.test(what) && words.join('').length > 2 && words.length <= NAME_WORDS_MAX && !says;
}

/** Whether the whole name is what was written. */
export function isCalled(name: string, company: string): boolean {
  return foldedWords(name).join(' ') === foldedWords(company).join(' ');
}

/** Through which of our resellers it buys. `resellers` null: they could not be read; `written` null: nobody was named. */
export function throughWhom(resellers: readonly { name: string; mpnId: string }[] | null, written: string | null): Through {
  if (resellers === null) return { is: 'unknown' };
  const fits = written === null ? resellers : resellers.filter((one) => one.mpnId === written.trim() || isCalled(one.name, written));
  const [only] = fits;
  if (only && fits.length === 1) return { is: 'one', name: only.name, mpnId: only.mpnId };
  if (written === null && fits.length === 0) return { is: 'nobody' };
  return { is: fits.length > 0 ? 'which' : 'none', of: [...(fits.length > 0 ? fits : resellers)] };
}

function daysBefore(at: string, days: number): string {
  return `${addDays(dayOf(at), -days)}${at.slice(10)}`;
}
