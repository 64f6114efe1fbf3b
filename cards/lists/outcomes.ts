/** What ends, goes on as an Extended Service Term, or renews: with what each costs from its day, and the sum of each currency. */
import { daysBetween } from '../../services/clock.ts';
import { sumsOf } from '../../services/domain/money.ts';
import type { Hides } from '../../services/domain/shows.ts';
import { costFrom, type EndLine, type Outcome } from '../../services/tickets/costs.ts';
import { execute, openUrl } from '../buttons.ts';
import type { Claim } from '../claims.ts';
import { joined, nameShort, planText, safe } from '../escape.ts';
import { type Card, renderList, renderTicket } from '../render.ts';
import type { Words } from '../text/words.ts';
import { chooseSeveral, ROWS_A_PAGE, show } from './lists.ts';

export interface OutcomeView {
  outcome: Outcome;
  lines: EndLine[];
  /** There are more than are counted. */
  more: boolean;
  from: number;
  handle: string;
  today: string;
  /** The last day that is asked about; `month`, where a whole one is. */
  until: string;
  month: string | null;
  /** Whether all that the list is about was read. */
  whole: boolean;
  /** So many had this outcome when they were last read, and their day has gone by since. */
  passed: number;
  /** What does not stand in the chat that asks. */
  hides: Hides;
  /** Its tickets are of one programme, and can be moved together. */
  several?: boolean;
}

export function outcomeListCard(view: OutcomeView, words: Words): { card: Card; summary: string; claims: readonly Claim[] } {
  const { outcomeList: say, list, buttons: b } = words;
  const { outcome, lines, today, until, month, handle } = view;
  const total = lines.length;
  const priced = view.hides.cost === null;
  const gaps = [view.passed > 0 ? say.passed(view.passed) : null, view.whole ? null : list.gaps];
  const who = say.who({ outcome, n: total, until, month, more: view.more });
  if (total === 0) {
    const effect = joined([say.none, ...gaps]);
    return { card: renderTicket({ lang: words.lang, speak: who, urgent: false, who, effect, sections: [], actions: [] }), summary: who, claims: [] };
  }
  const from = Math.min(view.from, Math.floor((total - 1) / ROWS_A_PAGE) * ROWS_A_PAGE);
  const to = Math.min(total, from + ROWS_A_PAGE);
  const page = (title: Parameters<typeof execute>[0], start: number) => execute(title, 'list.page', { id: handle, version: 0 }, { more: { from: start } });
  const pages = [
    ...(from > 0 ? [page(b.previous(ROWS_A_PAGE), from - ROWS_A_PAGE)] : []),
    ...(to < total ? [page(b.next(Math.min(ROWS_A_PAGE, total - to)), to)] : []),
  ];
  const data = {
    lang: words.lang,
    speak: who,
    who,
    ...(priced ? { what: money(view, words) } : {}),
    heads: [words.labels.customer, words.labels.ends, words.labels.licences],
    rows: lines.slice(from, to).map((line) => ({
      customer: nameShort(line.customerName),
      plan: priced ? safe`${planText(line.offerName)} · ${say.row({ now: line.priceNow, after: costFrom(line) })}` : planText(line.offerName),
      date: words.shortDate(line.expiresOn),
      left: words.daysLeft(daysBetween(today, line.expiresOn)),
      quantity: line.quantity === null ? safe`?` : words.number(line.quantity),
      show: line.ticketId
        ? show({ customerName: line.customerName, ticketId: line.ticketId }, handle, words)
        : openUrl(b.partnerCenter, line.customerId, 'subscriptions'),
    })),
    foot: joined([list.foot({ from: from + 1, to, of: total }), view.more ? say.more : null, month ? list.monthOf : null, ...gaps]),
    actions: view.several ? [chooseSeveral(handle, pages.length, words), ...pages] : pages,
  };
  return { card: renderList(data), summary: who, claims: [] };
}

/** What they cost now and from their day, currency by currency, and of how many that is not known. */
function money({ outcome, lines }: OutcomeView, words: Words) {
  const now = lines.flatMap((line) => line.priceNow ?? []);
  const costs = lines.map(costFrom);
  const known = costs.flatMap((cost) => (cost === null || cost === 'nothing' ? [] : [cost]));
  return words.outcomeList.what({
    outcome,
    now: { sums: sumsOf(now), unknown: lines.length - now.length },
    after: { sums: sumsOf(known), unknown: costs.filter((cost) => cost === null).length },
  });
}
