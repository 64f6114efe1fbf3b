/** Which card a ticket shows at its stage, and the line that goes with each piece of news. */
import { lapsesAt } from '../../services/approval/approval.ts';
import { monthsOf } from '../../services/domain/money.ts';
import { zoneOf } from '../../services/domain/settings.ts';
import { languageOf } from '../../services/domain/language.ts';
import { ticketIn } from '../../services/domain/names.ts';
import type { Chat, News } from '../../services/domain/ticket.ts';
import { answersTo } from '../../services/moves/answers.ts';
import type { Line, Message, Renderer } from '../../services/notify/ports.ts';
import { mentioned } from '../../services/notify/rules.ts';
import { costFrom } from '../../services/tickets/costs.ts';
import { goesOn } from '../../services/tickets/endOfTerm.ts';
import type { Shown } from '../../services/ticketView.ts';
import { claimsOfNews, howFinished, oldOne } from '../claims.ts';
import { bare, joined, nameBare, planBare, reasonText, type Safe } from '../escape.ts';
import { digestCard } from '../lists/lists.ts';
import { unansweredLine } from '../lists/unanswered.ts';
import { renderTicket } from '../render.ts';
import type { Words } from '../text/words.ts';
import { wordsIn } from '../text/zone.ts';
import { closedCard, howSettled, stubCard } from './closed.ts';
import { customerActsCard, wordsFor } from './elsewhere.ts';
import { finishedCard, goesOnCard } from './finished.ts';
import { countingCard, licencesCard, movingCard } from './licences.ts';
import { dismissedCard, noticeCard, snoozedCard, standingSaid } from './notice.ts';
import { nextStep, progress, waitsForReader } from './next.ts';
import { buyingCard, questionCard, quoteCard, quotingCard } from './quote.ts';
import { withViews } from './refresh.ts';
import { names, shownIn, type TicketCard, withoutCost } from './regions.ts';
import { stuckCard } from './stuck.ts';
import { suspendingCard, suspensionCard } from './suspension.ts';
import { setCard, settingCard, weighedCard, weighingCard } from './termEnd.ts';

/** The words of a language, by its tag, with moments by the clock of a zone. */
export type Speaks = (language: string | undefined, zone: string) => Words;

/** All that the bot says by itself: in the language of each chat, or in the one that is given. */
export function rendererIn(speaks: Words | Speaks): Renderer {
  const of = (chat: Pick<Chat, 'settings' | 'locale'>) =>
    typeof speaks === 'function' ? speaks(languageOf(chat), zoneOf(chat)) : wordsIn(speaks, zoneOf(chat));
  return {
    ticket: (shown) => ticketCard(shown, of(shown.chat)),
    movedDown: (shown) => movedDownCard(shown, of(shown.chat)),
    line: (news, shown) => lineOf(news, shown, wordsFor(shown, of(shown.chat))),
    digest: (view, chat) => digestCard(view, of(chat)),
    unanswered: (view, chat) => unansweredLine(view, of(chat)),
    plain: (summary, ticketId, chat) => of(chat).notes.plain({ summary, ticketId }),
    note: (note, about, chat) => of(chat).notes[note.what]({ chat: about.name ? nameBare(about.name) : null, code: bare(note.code, 60) }),
  };
}

/** A line with what it says about the world, at the date of the news. */
function lineOf(news: News, plain: Shown, words: Words): Line | null {
  const shown = shownIn(plain, words);
  const text = threadLine(news, shown, words);
  return text === null ? null : { text, claims: claimsOfNews(news, shown) };
}

/** The line of a piece of news: with mentions where approvers are not reached in person, with what can be answered where one is alone. */
function threadLine(news: News, shown: Shown, words: Words): string | null {
  const line = newsLine(news, shown, words);
  if (line === null) return null;
  // Outside of a channel it does not stand below its card.
  const text = shown.chat.kind === 'channel' ? line : words.replies.ofTicket({ customer: names(shown).customerBare, ticketId: shown.ticket.id, what: line });
  if (shown.chat.kind !== 'personal') {
    return [text, nextStep(news, shown, words), ...mentioned(news, shown).map((one) => `<at>${one.name}</at>`)].filter(Boolean).join(' ');
  }
  const can = shown.ticket.closed || !shown.reader ? null : answersTo(shown, shown.reader);
  const hint = can && (shown.asks || can.answers.length === 0 ? words.hint(can) : words.thread.toAnswer(shown.ticket.id));
  return hint ? `${text} ${hint}` : text;
}

/** The card of a ticket as it stands, with its gist in a sentence. */
export function ticketCard(shown: Shown, all: Words): Message {
  return withViews(messageOf(drawn(shown, all), all), shown, all);
}

/** Its regions, before anything is left out for one reader. */
export function drawn(shown: Shown, all: Words): TicketCard {
  const words = wordsFor(shown, all);
  const said = withoutCost(shownIn(shown, words));
  return waiting(triedOut(overtaken(stage(said, words), said, words), said, words), said, words);
}

export function messageOf({ claims, ...data }: TicketCard, words: Words): Message {
  return { card: renderTicket(data, words), summary: data.speak, claims };
}

/** The old subscription is no longer what the move began with: every stage says so. */
function overtaken(data: TicketCard, shown: Shown, words: Words): TicketCard {
  const { closed, facts } = shown.ticket;
  if (closed || !facts.standing) return data;
  const said = standingSaid(shown.ticket, facts.standing, words);
  return data.lead === said ? data : { ...data, effect: joined([said, data.effect]) };
}

/** What asks for a yes says that it has no effect in the dry run. */
function triedOut(data: TicketCard, { dryRun, move }: Shown, words: Words): TicketCard {
  if (!dryRun || (move?.state === 'quoted' && move.approval)) return data;
  return { ...data, effect: joined([move?.state === 'quoted' ? words.inDryRun.price : words.inDryRun.step, data.effect]) };
}

/** A step that was let happen and waits says why. */
function waiting(data: TicketCard, shown: Shown, words: Words): TicketCard {
  const why = shown.ticket.closed ? null : shown.move?.held;
  return why && why !== 'question' ? { ...data, lead: words.waits[why] } : data;
}

export function movedDownCard(shown: Pick<Shown, 'ticket'>, words: Words): Message {
  return messageOf(stubCard({ ticket: ticketIn(shown.ticket, words.lang) }, words), words);
}

/** The card's regions at the ticket's stage. */
export function stage(shown: Shown, words: Words): TicketCard {
  const { ticket, move } = shown;
  if (ticket.closed && ticket.closed.how !== 'moved') return closedCard(shown, ticket.closed, words);
  switch (move?.state) {
    case 'quoting':
      return quotingCard(shown, move, words);
    case 'quoted':
      if (move.question) return questionCard(shown, move, move.question, words);
      return move.approval ? buyingCard(shown, move, words) : quoteCard(shown, move, words);
    case 'purchasing':
    case 'provisioning':
      return buyingCard(shown, move, words);
    case 'purchased':
      return move.people ? licencesCard(shown, move, move.people, words) : countingCard(shown, move, words);
    case 'reassigning':
      return movingCard(shown, move, words);
    case 'reassigned':
      return ticket.facts.elsewhere ? customerActsCard(shown, move, words) : suspensionCard(shown, move, words);
    case 'suspending':
      return suspendingCard(shown, move, words);
    case 'weighing':
      return weighingCard(shown, move, words);
    case 'weighed':
      return move.end ? weighedCard(shown, move, move.end, words) : weighingCard(shown, move, words);
    case 'setting':
      return settingCard(shown, move, words);
    case 'set':
      return setCard(shown, move, words);
    case 'stuck':
      return stuckCard(shown, move, words);
    case 'finished':
      if (move.outcome === 'renewedAgain') return untouched(shown, words);
      if (ticket.facts.happened && !ticket.closed) return marked(shown, words) ?? goesOnCard(shown, move, words);
      return finishedCard(shown, move, words);
    default:
      return untouched(shown, words);
  }
}

function untouched(shown: Shown, words: Words): TicketCard {
  return (shown.move?.state !== 'drafting' && marked(shown, words)) || noticeCard(shown, words);
}

function marked(shown: Shown, words: Words): TicketCard | null {
  const { snoozed, dismissed } = shown.ticket.marks;
  if (snoozed) return snoozedCard(shown, snoozed, words);
  return dismissed ? dismissedCard(shown, dismissed, words) : null;
}

/** The thread's line for a piece of news; null where the card says enough. */
export function newsLine(news: News, shown: Shown, words: Words): string | null {
  const say = words.thread;
  const m = shown.move;
  const who = nameBare((news.by && shown.names[news.by]) || words.record.bot);
  const reason = reasonText(String(news.data.reason ?? ''));
  switch (news.kind) {
    case 'asked':
      return m?.quote
        ? say.asked({
            who: nameBare(shown.names[m.quote.askedBy] ?? words.record.bot),
            ...{ quantity: m.quote.quantity, plan: planBare(m.quote.planTitle), monthly: shown.hides.cost ? null : m.quote.monthly },
            yours: waitsForReader(shown),
          })
        : null;
    case 'repriced':
      return m?.quote && m.formerly ? say.repriced(shown.hides.cost ? null : { before: m.formerly, after: m.quote.monthly }) : null;
    case 'approvalDue':
      return m?.quote ? say.approvalDue({ until: lapsesAt(m.quote), yours: waitsForReader(shown) }) : null;
    case 'approved':
      return say.approved({ who });
    case 'declined':
      return say.declined({ who, reason });
    case 'cancelled':
      if (news.data.end) return say.cancelledEnd({ who });
      return news.data.open ? say.cancelledOpen({ who }) : say.cancelled({ who });
    case 'lapsed':
      if (news.data.end) return say.lapsedEnd();
      return news.data.open ? say.lapsedOpen() : say.lapsed();
    case 'refused':
      return m?.refusal ? say.refused(m.refusal.reason) : null;
    case 'counted':
      return m?.order ? countedLine(news, words) : null; // what comes late may be of a purchase that was left, while the next is asked for
    case 'moved':
      return say.moved({ moved: Number(news.data.moved), total: Number(news.data.total) });
    case 'someFailed':
      return say.someFailed({ moved: Number(news.data.moved), total: Number(news.data.total), left: Number(news.data.total) - Number(news.data.moved) });
    case 'waived':
      return say.waived({ who, reason });
    case 'vouched':
      return say.vouched({ who, reason });
    case 'endAsked':
      return m?.end
        ? say.endAsked({
            who: nameBare(shown.names[m.end.askedBy] ?? words.record.bot),
            to: m.end.to,
            plan: planBare(shown.ticket.facts.offerName),
            day: m.end.day,
            yours: waitsForReader(shown),
          })
        : null;
    case 'endSetting':
      return say.endSetting({ who, to: m?.way === 'renew' ? 'renew' : 'cancel' });
    case 'endSet':
      return say.endSet({ day: shown.ticket.facts.expiresOn });
    case 'endWarned':
      return say.endWarned({ loses: Number(news.data.loses) < 0 ? null : Number(news.data.loses), day: shown.ticket.facts.expiresOn });
    case 'finished':
      return finishedLine(news, shown, who, words);
    case 'stuck':
      return stuckLine(String(news.data.reason ?? ''), words);
    case 'orderAsked':
      return say.orderAsked({ order: planBare(String(news.data.order)) });
    case 'orderFound':
      return say.orderFound({ order: planBare(String(news.data.order)) });
    case 'renewed':
      return renewedLine(shown, words);
    case 'ended':
      return say.ended(closedBy(shown));
    case 'left':
      return say.left();
    case 'reminder':
      return reminderLine(Number(news.data.days), shown, words);
    case 'changed':
    case 'stopped':
      return changedLine(news, shown, words);
    case 'waits':
      // It may have come to its end meanwhile.
      if (!m || m.state === 'cancelled' || m.state === 'finished') return null;
      if (m.state === 'quoted') return say.stillWaits();
      return say.waits({ ...progress(shown), count: Number(news.data.count) });
    case 'marked':
      return markedLine(news, { who, reason, shown }, words);
    default:
      return null;
  }
}

/** Null where it is open again by now: its next line says so. */
function renewedLine({ ticket }: Shown, words: Words): string | null {
  if (!ticket.closed) return null;
  const settled = howSettled(ticket, ticket.closed, words);
  return settled ? words.thread.settled(settled) : words.thread.renewed();
}

/** How it stood when its ticket was closed; null where that was not noted. */
function closedBy({ ticket: { facts } }: Shown) {
  return facts.standing ? { standing: facts.standing, newCommerce: facts.newCommerce, day: facts.expiresOn } : null;
}

/** How many days are left, and what is waited for. */
function reminderLine(days: number, shown: Shown, words: Words): string {
  const { ticket } = shown;
  if (days < 0) return words.thread.passed({ renews: goesOn(ticket.facts.endOfTerm) });
  const { state } = progress(shown);
  const moving = state !== 'cancelled' && state !== 'finished' && state !== 'drafting';
  if (moving) return words.thread.reminderMoving({ ...progress(shown), days });
  const { assignedTo } = ticket.marks;
  return words.thread.reminder({
    days,
    stake: stakeOf(withoutCost(shown).ticket, words),
    who: assignedTo ? nameBare(shown.names[assignedTo] ?? '') || null : null,
  });
}

/** Who or what is at stake at the end, as far as it is known. */
function stakeOf({ facts }: Shown['ticket'], words: Words): string | null {
  if (facts.standing) return null;
  const { endOfTerm: end, expiresOn: day, inUse, priceNow: now } = facts;
  const cost = costFrom({ end, byMonth: monthsOf(facts.term) === 1, priceNow: now, prices: facts.prices ?? null });
  return words.thread.stake({ ends: end === 'cancels', extends: end === 'extends', day, inUse, now, after: cost === 'nothing' ? null : cost });
}

/** What has changed about the old subscription; where nobody has begun a move, the card is enough for the number of licences. */
function changedLine(news: News, shown: Shown, words: Words): string | null {
  const { what, from, to } = news.data;
  const moving = shown.move !== null && shown.move.state !== 'cancelled';
  // The line of its end says the same.
  if (what === 'ended' && shown.move?.outcome === 'ended') return null;
  if (what === 'seats') return moving ? words.thread.seatsChanged({ from: Number(from), to: Number(to) }) : null;
  return words.thread.changed[String(what)] ?? null;
}

function countedLine(news: News, words: Words): string {
  const [movable, total, blocked] = [Number(news.data.movable), Number(news.data.total) - Number(news.data.moved), Number(news.data.blocked)];
  return movable === 0 && blocked === 0 ? words.thread.nothingToMove() : words.thread.counted({ movable, total, blocked });
}

function finishedLine(news: News, shown: Shown, who: Safe, words: Words): string | null {
  switch (howFinished(news, shown.move)) {
    case 'suspended':
      return words.thread.finishedSuspended();
    case 'ended':
      return words.thread.finishedEnded();
    case 'renewedAgain':
      return words.thread.finishedRenewed({ day: shown.ticket.facts.expiresOn });
    case 'givenUp':
      return words.thread.finishedGivenUp({ who });
    case 'customerCancels':
      return words.thread.finishedGone();
    case 'letExpire':
      return words.thread.finishedLetExpire({ day: shown.ticket.facts.expiresOn, how: oldOne(shown) });
    default:
      return null;
  }
}

function markedLine({ data }: News, { who, reason, shown }: { who: Safe; reason: Safe; shown: Shown }, words: Words): string | null {
  const { thread: say } = words;
  switch (data.mark) {
    case 'snoozed':
      return say.snoozed({ who, day: String(data.until) });
    case 'dismissed':
      return say.dismissed({ who, reason });
    case 'assigned':
      return data.person ? say.given({ who, whom: nameBare(shown.names[String(data.person)] ?? '') }) : say.assigned({ who });
    case 'undo':
      return say.undone({ who, of: data.of === 'snoozed' || data.of === 'dismissed' ? data.of : null });
    case 'note':
      return say.note({ who, text: reason });
    case 'handedBack':
    case 'seen':
      return say[data.mark]({ who });
    default:
      return null;
  }
}

/** By what the news itself says: the move may be elsewhere by the time that it is told. */
function stuckLine(reason: string, words: Words): string {
  if (reason === 'refused' || reason === 'suspendRefused') return words.thread.stuckRefused();
  return reason === '' || reason.endsWith('Unclear') ? words.thread.stuckUnclear() : words.thread.stuckStopped();
}
