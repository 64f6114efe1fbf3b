/** What ends, as a list, and what had stopped already when the bot came. */
import { addDays, daysBetween } from '../../services/clock.ts';
import type { DigestView, DigestWhy } from '../../services/notify/ports.ts';
import { renews, stops } from '../../services/tickets/endOfTerm.ts';
import type { OpenRow } from '../../services/tickets/openList.ts';
import { type Action, execute, secondary } from '../buttons.ts';
import type { Claim } from '../claims.ts';
import { joined, nameShort, nameText, planText, type Safe, safe } from '../escape.ts';
import { type Card, renderList, renderTicket } from '../render.ts';
import type { Words } from '../text/words.ts';

/** A page that is readable and stays under the size limit with the longest names. */
export const ROWS_A_PAGE = 12;

const WEEK = 7;
/** Who asks for so many days or more asks for all that does not renew. */
const EVER_DAYS = 3_001;

export interface ListView {
  rows: OpenRow[];
  from: number;
  handle: string;
  today: string;
  within: number;
  /** A month, in place of the days. */
  month?: string | null;
  /** Of one customer, where nothing of it is on the list: how its subscriptions stand, and what that claims. */
  stands?: { text: Safe; claims: readonly Claim[] } | null;
  /** The first that ends after the days that were asked about, where none does within them. */
  next?: OpenRow | null;
  /** Whether all that the list is about was read. */
  whole?: boolean;
  /** They are of one programme, and can be moved together. */
  several?: boolean;
}

export function listCard(view: ListView, words: Words): { card: Card; summary: string; claims: readonly Claim[] } {
  const { list: say, buttons: b } = words;
  const total = view.rows.length;
  const stopping = view.rows.filter(stops);
  const passed = stopping.filter((row) => row.expiresOn < view.today).length;
  const ahead = stopping.length - passed;
  const who = say.who(!view.month && view.within < EVER_DAYS ? ahead : stopping.length, view.within, view.month ?? null);
  if (total === 0)
    return {
      card: renderTicket({ lang: words.lang, speak: who, urgent: false, who, effect: nothingEnds(view, words), sections: [], actions: [] }),
      summary: who,
      claims: view.stands?.claims ?? [],
    };
  const from = Math.min(view.from, Math.floor((total - 1) / ROWS_A_PAGE) * ROWS_A_PAGE);
  const to = Math.min(total, from + ROWS_A_PAGE);
  const page = (title: Safe, start: number) => execute(title, 'list.page', { id: view.handle, version: 0 }, { more: { from: start } });
  const actions = [
    ...(from > 0 ? [page(b.previous(ROWS_A_PAGE), from - ROWS_A_PAGE)] : []),
    ...(to < total ? [page(b.next(Math.min(ROWS_A_PAGE, total - to)), to)] : []),
  ];
  if (view.several) actions.unshift(chooseSeveral(view.handle, actions.length, words));
  const inAWeek = addDays(view.today, WEEK);
  let [week, licences, unread] = [0, 0, 0];
  for (const row of stopping) {
    if (row.expiresOn >= view.today && row.expiresOn <= inAWeek) week += 1;
    licences += row.quantity ?? 0;
    if (row.quantity === null) unread += 1;
  }
  const data = {
    lang: words.lang,
    speak: who,
    who,
    what: joined([say.what({ week, ahead, passed, licences, unread }), others(view.rows, words), nextOne(view, words)]),
    ...table(view.rows.slice(from, to), view, words),
    foot: joined([say.foot({ from: from + 1, to, of: total }), view.month ? say.monthOf : null, view.whole === false ? say.gaps : null]),
    actions,
  };
  return { card: renderList(data), summary: who, claims: [] };
}

/** Beside the pages, or behind them where both are there. */
export function chooseSeveral(handle: string, pages: number, words: Words): Action {
  return execute(words.buttons.chooseSeveral, 'list.choose', { id: handle, version: 0 }, pages > 1 ? { mode: 'secondary' } : {});
}

/** Those on the list that do not stop, or of which nobody says it. */
function others(rows: readonly OpenRow[], words: Words): Safe {
  const renewing = rows.filter((row) => renews(row.end)).length;
  const elsewhere = rows.filter((row) => row.elsewhere).length;
  const unsaid = rows.filter((row) => row.end === 'unread' && !row.elsewhere).length;
  const inEst = rows.filter((row) => row.end === 'inEst').length;
  return joined([
    renewing > 0 ? words.list.renewing(renewing) : null,
    inEst > 0 ? words.list.inEst(inEst) : null,
    unsaid > 0 ? words.list.unsaid(unsaid) : null,
    elsewhere > 0 ? words.list.elsewhere(elsewhere) : null,
  ]);
}

/** What is known where the list is empty: how the customer stands, or which is the next; what could not be read. */
function nothingEnds(view: ListView, words: Words): Safe {
  const { list: say } = words;
  const { stands, within, whole } = view;
  const coming = nextOne(view, words);
  const none = view.month || (within < EVER_DAYS && coming) ? say.emptyWithin : say.empty;
  // How one customer stands says what could not be read too.
  return stands ? joined([coming, stands.text]) : joined([coming, none, whole === false ? say.gaps : null]);
}

function nextOne({ next, today }: ListView, words: Words): Safe | null {
  if (!next) return null;
  const { customerName, offerName, expiresOn: day } = next;
  return words.list.next({ customer: nameText(customerName), plan: planText(offerName), day, left: daysBetween(today, day) });
}

export function digestCard(view: DigestView, words: Words): { card: Card; summary: string; claims: readonly Claim[] } {
  const { digest: say, buttons: b } = words;
  const total = view.rows.length;
  const actions: Action[] =
    total > ROWS_A_PAGE ? [execute(b.showAll(total), 'list.page', { id: view.handle, version: 0 }, { more: { from: ROWS_A_PAGE } })] : [];
  const stopping = view.rows.filter(stops).length;
  const speak = stopping > 0 ? say.speak(stopping) : say.speakOthers(total);
  const data = {
    lang: words.lang,
    speak,
    state: say.state(view.today),
    who: stopping > 0 ? say.who(stopping) : say.others(total),
    what: joined([whyListed(view.why, words), others(view.rows, words)]),
    ...table(view.rows.slice(0, ROWS_A_PAGE), view, words),
    ...(total > ROWS_A_PAGE ? { foot: words.list.foot({ from: 1, to: ROWS_A_PAGE, of: total }) } : {}),
    actions,
  };
  return { card: renderList(data), summary: speak, claims: [] };
}

function whyListed(why: DigestWhy, { digest: say }: Words): Safe {
  if (why.is === 'missed') return say.missed(why.since);
  return why.is === 'regular' ? say.regular(why.news) : say.what;
}

function table(rows: OpenRow[], view: { handle: string; today: string }, words: Words) {
  return {
    heads: [words.labels.customer, words.labels.ends, words.labels.licences],
    rows: rows.map((row) => ({
      customer: nameShort(row.customerName),
      plan: planText(row.offerName),
      date: words.shortDate(row.expiresOn),
      left: words.daysLeft(daysBetween(view.today, row.expiresOn)),
      quantity: row.quantity === null ? safe`?` : words.number(row.quantity),
      show: show(row, view.handle, words),
    })),
  };
}

export function show(row: Pick<OpenRow, 'customerName' | 'ticketId'>, handle: string, words: Words): Action {
  const { fallback: _, associatedInputs: __, ...action } = secondary(words.list.show(nameShort(row.customerName)), 'ticket.show', { id: handle, version: 0 });
  return { ...action, data: { id: handle, v: 0, ticketId: row.ticketId } };
}
