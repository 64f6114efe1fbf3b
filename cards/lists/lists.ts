/** What ends, as a list, and what had stopped already when the bot came. */
import { addDays, daysBetween } from '../../services/clock.ts';
import type { DigestView, DigestWhy } from '../../services/notify/ports.ts';
import { type Arrange, narrows, type Turned } from '../../services/tickets/arranged.ts';
import { renews, stops } from '../../services/tickets/endOfTerm.ts';
import type { OpenRow } from '../../services/tickets/openList.ts';
import { execute } from '../buttons.ts';
import type { Claim } from '../claims.ts';
import { joined, nameText, planText, type Safe } from '../escape.ts';
import { type Card, renderList, renderTicket } from '../render.ts';
import type { Words } from '../text/words.ts';
import { arrangeForm, listActions, type Offer, onlyText } from './arrange.ts';
import { type ListPlace, offerIn, ticketRow } from './rows.ts';

/** A page that is readable and stays under the size limit with the longest names. */
export const ROWS_A_PAGE = 10;

const WEEK = 7;
/** Who asks for so many days or more asks for all that does not renew. */
const EVER_DAYS = 3_001;
/** What happens and when needs room. */
export const MIDDLE = 3;

export interface ListView extends ListPlace {
  /** Those that are wanted, in the wanted order. */
  rows: OpenRow[];
  from: number;
  within: number;
  /** A month, in place of the days. */
  month?: string | null;
  /** How the list was narrowed and ordered, and what it can be narrowed to. */
  arrange?: Arrange;
  offers?: readonly Offer[];
  /** How many there are when it is not narrowed. */
  all?: number;
  /** What changed since the page that stood here before. */
  turned?: Turned | null;
  /** Of one customer, where nothing of it is on the list: how its subscriptions stand, and what that claims. */
  stands?: { text: Safe; claims: readonly Claim[] } | null;
  /** The first that ends after the days that were asked about, where none does within them. */
  next?: OpenRow | null;
  /** Whether all that the list is about was read. */
  whole?: boolean;
  /** Several of them are of one programme, and can be moved together. */
  several?: boolean;
}

/** Where a page begins and ends. */
export function pageOf(total: number, from: number, size = ROWS_A_PAGE): { from: number; to: number } {
  const start = Math.max(0, Math.min(from, total - 1));
  return { from: start, to: Math.min(total, start + size) };
}

export function listCard(view: ListView, words: Words): { card: Card; summary: string; claims: readonly Claim[] } {
  const { list: say } = words;
  const total = view.rows.length;
  const stopping = view.rows.filter(stops);
  const passed = stopping.filter((row) => row.expiresOn < view.today).length;
  const ahead = stopping.length - passed;
  const { arrange = {}, offers = [], all = total } = view;
  const narrowed = narrows(arrange);
  const only = narrowed ? onlyText(arrange, view, words) : null;
  const arranging = arrangeForm({ now: arrange, offers, all }, view, words);
  const who = narrowed
    ? total > 0
      ? say.some(total)
      : say.noneFits
    : say.who(!view.month && view.within < EVER_DAYS ? ahead : stopping.length, view.within, view.month ?? null);
  if (total === 0) {
    const effect = narrowed ? (only as Safe) : nothingEnds(view, words);
    return {
      card: renderTicket({ lang: words.lang, speak: who, urgent: false, who, effect, sections: [], actions: arranging ? [arranging] : [] }, words),
      summary: who,
      claims: narrowed ? [] : (view.stands?.claims ?? []),
    };
  }
  const { from, to } = pageOf(total, view.from);
  const inAWeek = addDays(view.today, WEEK);
  let [week, licences, unread] = [0, 0, 0];
  for (const row of stopping) {
    if (row.expiresOn >= view.today && row.expiresOn <= inAWeek) week += 1;
    licences += row.quantity ?? 0;
    if (row.quantity === null) unread += 1;
  }
  const { turned } = view;
  const what = joined([only, stopping.length > 0 ? say.what({ week, ahead, passed, licences, unread }) : null, others(view.rows, words), nextOne(view, words)]);
  const data = {
    lang: words.lang,
    speak: who,
    who,
    ...(what ? { what } : {}),
    ...table(view.rows.slice(from, to), view, words),
    foot: joined([
      say.foot({ from: from + 1, to, of: total, sort: arrange.sort }),
      turned && turned.gone + turned.come > 0 ? say.turned(turned) : null,
      view.month ? say.monthOf : null,
      view.whole === false ? say.gaps : null,
    ]),
    actions: listActions({ from, to, total, several: view.several === true }, { ...view, arranging, size: ROWS_A_PAGE }, words),
  };
  return { card: renderList(data, words), summary: who, claims: [] };
}

/** Those on the list that do not stop, or of which nobody says it. */
function others(rows: readonly OpenRow[], words: Words): Safe {
  let [renewing, elsewhere, unsaid, inEst] = [0, 0, 0, 0];
  for (const row of rows) {
    if (renews(row.end)) renewing += 1;
    if (row.elsewhere) elsewhere += 1;
    else if (row.end === 'unread') unsaid += 1;
    if (row.end === 'inEst') inEst += 1;
  }
  return joined([
    renewing > 0 ? words.list.renewing(renewing) : null,
    inEst > 0 ? words.list.inEst(inEst) : null,
    unsaid > 0 ? words.list.unsaid(unsaid) : null,
    elsewhere > 0 ? words.list.elsewhere(elsewhere) : null,
  ]);
}

/** What is known where the list is empty: how the customer stands, or which is the next; what could not be read. */
function nothingEnds(view: Pick<ListView, 'stands' | 'within' | 'month' | 'whole' | 'next' | 'today'>, words: Words): Safe {
  const { list: say } = words;
  const { stands, within, whole } = view;
  const coming = nextOne(view, words);
  const none = view.month || (within < EVER_DAYS && coming) ? say.emptyWithin : say.empty;
  // How one customer stands says what could not be read too.
  return stands ? joined([coming, stands.text]) : joined([coming, none, whole === false ? say.gaps : null]);
}

function nextOne({ next, today }: Pick<ListView, 'next' | 'today'>, words: Words): Safe | null {
  if (!next) return null;
  const { customerName, expiresOn: day } = next;
  return words.list.next({ customer: nameText(customerName), plan: planText(offerIn(next, words)), day, left: daysBetween(today, day) });
}

export function digestCard(view: DigestView, words: Words): { card: Card; summary: string; claims: readonly Claim[] } {
  const { digest: say, buttons: b } = words;
  const total = view.rows.length;
  const actions = total > ROWS_A_PAGE ? [execute(b.showAll(total), 'list.page', { id: view.handle, version: 0 }, { more: { from: ROWS_A_PAGE } })] : [];
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
  return { card: renderList(data, words), summary: speak, claims: [] };
}

function whyListed(why: DigestWhy, { digest: say }: Words): Safe {
  if (why.is === 'missed') return say.missed(why.since);
  return why.is === 'regular' ? say.regular(why.news) : say.what;
}

function table(rows: OpenRow[], place: ListPlace, words: Words) {
  return {
    middle: MIDDLE,
    heads: [words.labels.customer, words.labels.ends, words.labels.licences],
    rows: rows.map((row) => ticketRow(row, place, words)),
  };
}
