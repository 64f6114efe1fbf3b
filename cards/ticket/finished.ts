/** The end of a move: what came out, the dates to remember, and who did what when. */

import type { AuditEntry } from '../../services/auditLog/auditLog.ts';
import { dayOf } from '../../services/clock.ts';
import type { Money } from '../../services/domain/money.ts';
import type { Move } from '../../services/domain/ticket.ts';
import { deletedFrom } from '../../services/tickets/endOfTerm.ts';
import type { Shown } from '../../services/ticketView.ts';
import { openUrl, secondary } from '../buttons.ts';
import { type Claim, claimsBought, claimsMoved, claimsOldOne, claimsSuspended, oldOne } from '../claims.ts';
import { joined, planBare, planText, type Safe } from '../escape.ts';
import type { Words } from '../text/words.ts';
import { cardTarget, names, newPlan, opening, personName, progress, type TicketCard } from './regions.ts';

const ROWS_MAX = 8;

export function finishedCard(shown: Shown, move: Move, words: Words): TicketCard {
  const { finished: say } = words;
  const { facts } = shown.ticket;
  const lead = say.lead({
    moved: move.people?.moved ?? 0,
    monthly: move.quote?.monthly ?? null,
    old: facts.priceNow,
    outcome: move.outcome ?? '',
    day: facts.expiresOn,
    how: oldOne(shown),
    stillBilled: facts.newCommerce,
  });
  const before = move.outcome === 'suspended' && move.suspendedAt === null;
  const dates = box(shown, move, words);
  const rows = timeline(shown, words);
  return {
    ...opening(shown, words),
    speak: say.speak({ customer: names(shown).customerBare, plan: planBare(move.quote?.planTitle ?? '') }),
    state: say.state,
    what: say.what(newPlan(move)),
    steps: progress(4, words),
    claims: claims(shown, move),
    lead: before ? joined([lead, say.suspendedBefore()]) : lead,
    ...(dates ? { box: dates } : {}),
    ...(rows ? { timeline: rows } : {}),
    actions: [
      secondary(words.buttons.history, 'ticket.history', cardTarget(shown)),
      openUrl(words.buttons.partnerCenter, shown.ticket.customerId, 'subscriptions'),
    ],
  };
}

function claims(shown: Shown, move: Move): Claim[] {
  const bought = move.order ? [claimsBought(shown, move)] : [];
  const moved = move.people ? [claimsMoved(shown, move)] : [];
  return [...bought, ...moved, ...(move.outcome === 'suspended' ? [claimsSuspended(shown, move)] : claimsOldOne(shown))];
}

function box(shown: Shown, move: Move, words: Words): NonNullable<TicketCard['box']> | null {
  const { finished: say } = words;
  const cancel = move.order?.cancellableUntil ? [say.cancelUntil(dayOf(move.order.cancellableUntil))] : [];
  const lines = [...cancel, ...oldDates(shown, move, words)];
  return lines.length > 0 ? { title: say.dates(lines.length), lines } : null;
}

/** What is known of the old one's end: nothing where it is over, or a classic one was suspended before we asked. */
function oldDates(shown: Shown, { outcome, suspendedAt }: Move, words: Words): Safe[] {
  const { finished: say } = words;
  const { newCommerce, expiresOn: day } = shown.ticket.facts;
  // Whatever is suspended, new commerce is billed to its last day and is not deleted before it.
  if (outcome === 'suspended' && newCommerce) return day === '' ? [] : [say.billedUntil(day)];
  if (outcome === 'suspended') return suspendedAt ? [say.deletedFrom(deletedFrom(dayOf(suspendedAt), day))] : [];
  const how = oldOne(shown);
  return how === 'unsaid' ? [] : [{ renews: say.renewsOn, ends: say.endsOn, extends: say.extendsFrom, termEnds: say.termEndsOn }[how](day)];
}

/** What people remember of it; the whole record is behind History. */
function timeline(shown: Shown, words: Words): TicketCard['timeline'] {
  const told = withConfirmers(shown.record)
    .flatMap((row) => {
      const what = recordLine(row, words);
      return what ? [{ row, what }] : [];
    })
    .slice(-ROWS_MAX);
  if (told.length === 0) return undefined;
  const day = dayOf(told[0]?.row.at as string);
  const oneDay = told.every(({ row }) => dayOf(row.at) === day);
  return {
    title: oneDay ? words.finished.happenedOn(day) : words.finished.happened,
    width: oneDay ? '64px' : '92px',
    rows: told.map(({ row, what }) => ({ when: oneDay ? words.time(row.at) : words.shortDate(row.at), what, ...by(shown, row, words) })),
  };
}

const CONFIRMS: ReadonlySet<string> = new Set(['confirmUsers', 'confirmSuspend', 'confirmEnd', 'vouch']);
const CONFIRMED: ReadonlySet<string> = new Set(['moved', 'verified', 'endSet']);

/** What the bot did because somebody confirmed it is told with that person's name. */
export function withConfirmers(record: AuditEntry[]): AuditEntry[] {
  let confirmer = 'bot';
  return record.map((row) => {
    if (row.what === 'confirmUsers' || CONFIRMS.has(row.what)) confirmer = row.by;
    return CONFIRMED.has(row.what) ? { ...row, by: confirmer } : row;
  });
}

function by(shown: Shown, row: AuditEntry, words: Words): { by?: Safe } {
  if (row.what === 'placed') return { by: words.record.order(planText(String(row.data.order))) };
  return row.by === 'bot' ? {} : { by: personName(shown, row.by, words) };
}

/** A line of the record in words; null for the steps in between. */
export function recordLine(row: AuditEntry, words: Words): Safe | null {
  const { record: say } = words;
  const monthly: Money = { minor: Number(row.data.monthly), currency: String(row.data.currency ?? 'EUR') };
  switch (row.what) {
    case 'chosen':
      return say.chosen({ quantity: Number(row.data.quantity) });
    case 'approve':
      return row.data.to ? say.approveEnd({ to: String(row.data.to) }) : say.approve({ monthly });
    case 'moved':
      return say.moved({ moved: Number(row.data.moved), total: Number(row.data.total) });
    case 'stopped':
    case 'known':
    case 'asked':
    case 'placed':
    case 'nothingToMove':
    case 'waive':
    case 'vouch':
    case 'verified':
    case 'weighed':
    case 'confirmEnd':
    case 'letEnd':
    case 'endSet':
    case 'endOver':
    case 'skip':
    case 'giveUp':
    case 'renewed':
    case 'ended':
    case 'decline':
    case 'cancel':
    case 'snoozed':
    case 'dismissed':
    case 'assigned':
    case 'fail':
    case 'lapse':
    case 'remind':
      return say[row.what]();
    default:
      return null;
  }
}
