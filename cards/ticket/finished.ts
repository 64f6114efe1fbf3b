/** The end of a move: what came out, the dates to remember, and who did what when. */

import type { AuditEntry } from '../../services/auditLog/auditLog.ts';
import { dayOf } from '../../services/clock.ts';
import type { Money } from '../../services/domain/money.ts';
import type { Hides } from '../../services/domain/shows.ts';
import type { Move, RefusalReason } from '../../services/domain/ticket.ts';
import { deletedFrom } from '../../services/tickets/endOfTerm.ts';
import { settable } from '../../services/tickets/ways.ts';
import type { Shown } from '../../services/ticketView.ts';
import { openUrl, overflow, primary, secondary } from '../buttons.ts';
import { type Claim, claimsBought, claimsMoved, claimsOldOne, claimsSuspended, oldOne } from '../claims.ts';
import { joined, NOTHING, nameText, planBare, planText, reasonText, type Safe, safe } from '../escape.ts';
import { termText } from '../terms.ts';
import type { Words } from '../text/words.ts';
import { endSaid, outcomeSaid } from './ends.ts';
import { notNow, standingSaid } from './notice.ts';
import { cardTarget, names, newPlan, opening, personName, progress, type TicketCard } from './regions.ts';

const ROWS_MAX = 8;

export function finishedCard(shown: Shown, move: Move, words: Words): TicketCard {
  const { finished: say } = words;
  const { facts } = shown.ticket;
  const lead = say.lead({
    moved: move.people?.moved ?? 0,
    price: shown.hides.cost ? null : newPrice(move),
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
    steps: progress(stepsDone(move), shown, words),
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

/** From the day of its order; of one that is another than was approved the price is not known. */
function newPrice({ order, quote }: Move) {
  if (!order || !quote || order.differs?.length) return null;
  return { monthly: quote.monthly, since: order.placedAt.slice(0, 10) };
}

/** What was done of the three: nobody needed the second where nobody held the old licence; the third was a suspension, or a cancellation that held. */
export function stepsDone({ order, people, outcome }: Move): (1 | 2 | 3)[] {
  const left = people ? people.total - people.moved - people.gone - (people.covered ?? 0) : null;
  return [
    ...(order ? [1 as const] : []),
    ...(left !== null && left <= 0 ? [2 as const] : []),
    ...(outcome === 'suspended' || outcome === 'ended' || outcome === 'customerCancels' ? [3 as const] : []),
  ];
}

/** The old one of a finished move that goes on all the same: what it does, and what makes it end. */
export function goesOnCard(shown: Shown, move: Move, words: Words): TicketCard {
  const { outcomes: say, buttons: b } = words;
  const { facts } = shown.ticket;
  const { customerBare: customer, plan, planBare } = names(shown);
  const state = say.state('goesOn');
  const said = outcomeSaid({ ticket: { ...shown.ticket, facts: { ...facts, happened: 'goesOn' } }, move });
  const { assignedTo } = shown.ticket.marks;
  return {
    ...opening(shown, words),
    speak: say.speak({ customer, plan: planBare, state }),
    state,
    urgent: true,
    what: plan,
    claims: claimsOldOne(shown),
    lead: (said && say.lead(said)) ?? state,
    effect: becomesOf(shown, words),
    facts: [
      { title: words.labels.licences, value: words.notice.seats(facts.quantity, facts.inUse) },
      ...(facts.priceNow ? [{ title: words.labels.priceNow, value: words.aMonth(facts.priceNow) }] : []),
      { title: words.labels.ticketId, value: planText(shown.ticket.id) },
    ],
    ...(assignedTo ? { foot: words.notice.lookedAfter(personName(shown, assignedTo, words)) } : {}),
    actions: [
      ...(settable(facts).includes('cancel') && shown.plannable ? [primary(b.cancelAtEnd, 'end.cancel', cardTarget(shown))] : []),
      openUrl(b.partnerCenter, shown.ticket.customerId, 'subscriptions'),
      notNow(shown, words),
      overflow(b.assign, 'ticket.assign', cardTarget(shown)),
      overflow(b.history, 'ticket.history', cardTarget(shown)),
    ],
  };
}

/** What becomes of the old one, and what makes it end. */
function becomesOf(shown: Shown, words: Words): Safe {
  const { outcomes: say } = words;
  const { ticket } = shown;
  const { standing, endOfTerm, expiresOn: day } = ticket.facts;
  if (standing) return standingSaid(ticket, standing, words);
  if (endOfTerm === 'renews') return say.renewsBeside({ day, at: ticket.facts.prices?.renewal ?? null });
  if (endOfTerm === 'cancels') return say.endsBeside(day);
  const effect = words.notice.effect(endSaid(ticket));
  return endOfTerm === 'inEst' || endOfTerm === 'extends' ? joined([effect, say.cancelBeside]) : effect;
}

/** Who has moved: as counted last, else as what happened tells it. */
function movedBy(shown: Shown, move: Move): Claim[] {
  if (move.people) return [claimsMoved(shown, move)];
  const told = shown.record.findLast((row) => row.what === 'moved');
  return told ? [{ claims: 'moved', of: shown.ticket.id, asOf: told.at, moved: Number(told.data.moved), total: Number(told.data.total) }] : [];
}

function claims(shown: Shown, move: Move): Claim[] {
  const bought = move.order ? [claimsBought(shown, move)] : [];
  return [...bought, ...movedBy(shown, move), ...(move.outcome === 'suspended' ? [claimsSuspended(shown, move)] : claimsOldOne(shown))];
}

function box(shown: Shown, move: Move, words: Words): NonNullable<TicketCard['box']> | null {
  const { finished: say } = words;
  const last = move.order?.cancellableUntil;
  const until = last && last > shown.now ? dayOf(last) : null;
  const dates = [...(until ? [{ day: until, line: say.cancelUntil(until) }] : []), ...oldDates(shown, move, words)];
  // A day that has passed is none to remember.
  const ahead = dates.filter(({ day }) => day >= shown.today);
  const lines = ahead.sort((a, b) => (a.day < b.day ? -1 : 1)).map(({ line }) => line);
  return lines.length > 0 ? { title: say.dates(lines.length), lines } : null;
}

/** What is known of the old one's end: nothing where it is over, or a classic one was suspended before we asked. */
function oldDates(shown: Shown, { outcome, suspendedAt }: Move, words: Words): { day: string; line: Safe }[] {
  const { finished: say } = words;
  const { newCommerce, expiresOn: day } = shown.ticket.facts;
  // Whatever is suspended, new commerce is billed to its last day and is not deleted before it.
  if (outcome === 'suspended' && newCommerce) return day === '' ? [] : [{ day, line: say.billedUntil(day) }];
  if (outcome === 'suspended') {
    const from = suspendedAt && deletedFrom(dayOf(suspendedAt), day);
    return from ? [{ day: from, line: say.deletedFrom(from) }] : [];
  }
  const how = oldOne(shown);
  return how === 'unsaid'
    ? []
    : [{ day, line: { renews: say.renewsOn, ends: say.endsOn, extends: say.extendsFrom, inEst: say.inEstUntil, termEnds: say.termEndsOn }[how](day) }];
}

/** The steps in between; they stand in the history alone. */
const BETWEEN: ReadonlySet<string> = new Set([
  'priced',
  'confirmUsers',
  'confirmSuspend',
  'provisioned',
  'changed',
  'oldChanged',
  'ask',
  'settle',
  'back',
  'check',
]);

/** What people remember of it; the whole record is behind History. */
function timeline(shown: Shown, words: Words): TicketCard['timeline'] {
  const all = withConfirmers(withTerms(shown.record)).flatMap((row) => {
    const what = BETWEEN.has(row.what) ? null : recordLine(row, words, shown.hides, shown.names);
    return what ? [{ row, what }] : [];
  });
  const told = all.slice(-ROWS_MAX);
  if (told.length === 0) return undefined;
  const day = words.localDay(told[0]?.row.at as string);
  const oneDay = told.every(({ row }) => words.localDay(row.at) === day);
  const earlier = all.length - told.length;
  const title = oneDay ? joined([words.finished.happenedOn({ day, today: shown.today }), safe`(${words.zone()})`]) : words.finished.happened;
  return {
    title: earlier > 0 ? joined([title, words.finished.earlier(earlier)]) : title,
    width: oneDay ? '64px' : told.some(({ row }) => !isThisYear(row.at, shown.today)) ? '112px' : '92px',
    rows: told.map(({ row, what }) => ({ when: oneDay ? words.time(row.at) : recordDay(row.at, shown.today, words), what, ...by(shown, row, words) })),
  };
}

function isThisYear(at: string, today: string): boolean {
  return at.slice(0, 4) === today.slice(0, 4);
}

/** With its year where that is not this one. */
export function recordDay(at: string, today: string, words: Words): Safe {
  return isThisYear(at, today) ? words.shortDate(at) : words.shortDateYear(at);
}
const CONFIRMS: ReadonlySet<string> = new Set(['confirmUsers', 'confirmSuspend', 'confirmEnd', 'vouch']);
const CONFIRMED: ReadonlySet<string> = new Set(['moved', 'verified', 'endSet']);

/** What was chosen is told with the term that its price then had, where none was named. */
export function withTerms(record: readonly AuditEntry[]): AuditEntry[] {
  return record.map((row, index) => {
    const next = row.what === 'chosen' && !row.data.term ? record.slice(index + 1).find((one) => one.what === 'chosen' || one.what === 'priced') : undefined;
    return next?.what === 'priced' && next.data.term ? { ...row, data: { ...row.data, term: next.data.term } } : row;
  });
}

/** What the bot did because somebody confirmed it is told with that person's name. */
export function withConfirmers(record: AuditEntry[]): AuditEntry[] {
  let confirmer = 'bot';
  return record.map((row) => {
    if (row.what === 'confirmUsers' || CONFIRMS.has(row.what)) confirmer = row.by;
    return CONFIRMED.has(row.what) && !row.data.found ? { ...row, by: confirmer } : row;
  });
}

function by(shown: Shown, row: AuditEntry, words: Words): { by?: Safe } {
  if (row.what === 'placed') return { by: words.record.order(planText(String(row.data.order))) };
  return row.by === 'bot' ? {} : { by: personName(shown, row.by, words) };
}

/** A line of the record in words; null for the steps in between. `names`: of people, by key. */
export function recordLine(row: AuditEntry, words: Words, hides: Hides, names: Readonly<Record<string, string>> = {}): Safe | null {
  const { record: say } = words;
  const monthly: Money | null = hides.cost ? null : { minor: Number(row.data.monthly), currency: String(row.data.currency ?? 'EUR') };
  const { data } = row;
  const reason = data.reason ? reasonText(String(data.reason)) : null;
  switch (row.what) {
    case 'chosen':
      return say.chosen({
        quantity: Number(data.quantity),
        plan: data.plan ? planText(String(data.plan)) : null,
        term: data.term ? termText(String(data.term), words) : null,
      });
    case 'approve':
      return data.to ? say.approveEnd({ to: String(data.to) }) : say.approve({ monthly });
    case 'priced':
      return say.priced({ monthly });
    case 'refused':
      return say.refused({ reason: String(data.reason) as RefusalReason, code: data.code ? planText(String(data.code)) : null });
    case 'moved':
      return say.moved({ moved: Number(data.moved), total: Number(data.total) });
    case 'assigned':
      return data.person ? say.given(nameText(names[String(data.person)] ?? '')) : say.assigned();
    case 'note':
      return say.note(reason ?? NOTHING);
    case 'snoozed':
      return say.snoozed({ until: data.until ? String(data.until) : null, reason });
    case 'waive':
    case 'vouch':
    case 'weighed':
    case 'confirmEnd':
    case 'letEnd':
    case 'endOver':
    case 'skip':
    case 'giveUp':
    case 'decline':
    case 'dismissed':
      return say[row.what](reason);
    case 'endSet':
      return data.found ? say.endFound() : say.endSet();
    case 'settle':
      return say.settle({ order: data.order ? planText(String(data.order)) : null, reason });
    case 'ask':
      return say.ask(planText(String(data.order)));
    case 'planAdded':
      return say.planAdded(planText(String(data.plan)));
    case 'changed':
      // A move's own line says why the price is asked for once more.
      return data.what === undefined ? say.again(String(data.why)) : say.changed(String(data.what));
    case 'oldChanged':
      return say.changed(String(data.what));
    case 'checkpoint':
      return say.checkpoint(Number(data.lines));
    case 'stopped':
    case 'known':
    case 'unread':
    case 'asked':
    case 'outcome':
    case 'elsewhere':
    case 'seatsGone':
    case 'reopened':
    case 'superseded':
    case 'placed':
    case 'provisioned':
    case 'nothingToMove':
    case 'confirmUsers':
    case 'confirmSuspend':
    case 'verified':
    case 'renewed':
    case 'ended':
    case 'left':
    case 'cancel':
    case 'back':
    case 'check':
    case 'handedBack':
    case 'seen':
    case 'undo':
    case 'fail':
    case 'lapse':
    case 'remind':
      return say[row.what]();
    default:
      return null;
  }
}
