/** What ends, goes on as an Extended Service Term, or renews: with what each costs from its day, and the sum of each currency. */
import { daysBetween } from '../../services/clock.ts';
import { sumsOf } from '../../services/domain/money.ts';
import { type Arrange, narrows, type Turned } from '../../services/tickets/arranged.ts';
import { costFrom, type EndLine, type Outcome } from '../../services/tickets/costs.ts';
import type { OpenRow } from '../../services/tickets/openList.ts';
import { openUrl } from '../buttons.ts';
import type { Claim } from '../claims.ts';
import { joined, nameShort, planText, safe } from '../escape.ts';
import { type Card, renderList, renderTicket } from '../render.ts';
import type { Words } from '../text/words.ts';
import { arrangeForm, listActions, type Offer, onlyText } from './arrange.ts';
import { pageOf, ROWS_A_PAGE } from './lists.ts';
import { farText, type ListPlace, offerIn, show } from './rows.ts';

export interface OutcomeView extends ListPlace {
  outcome: Outcome;
  /** Those that are wanted, in the wanted order. */
  lines: EndLine[];
  /** Their tickets, by id. */
  tickets?: ReadonlyMap<string, OpenRow>;
  arrange?: Arrange;
  offers?: readonly Offer[];
  all?: number;
  turned?: Turned | null;
  /** There are more than are counted. */
  more: boolean;
  from: number;
  /** The last day that is asked about; `month`, where a whole one is. */
  until: string;
  month: string | null;
  /** Whether all that the list is about was read. */
  whole: boolean;
  /** So many had this outcome when they were last read, and their day has gone by since. */
  passed: number;
  /** Several of its tickets are of one programme, and can be moved together. */
  several?: boolean;
}

export function outcomeListCard(view: OutcomeView, words: Words): { card: Card; summary: string; claims: readonly Claim[] } {
  const { outcomeList: say, list } = words;
  const { outcome, lines, today, until, month, handle } = view;
  const total = lines.length;
  const priced = view.hides.cost === null;
  const gaps = [view.passed > 0 ? say.passed(view.passed) : null, view.whole ? null : list.gaps];
  const { arrange = {}, offers = [], all = total, turned, tickets } = view;
  const narrowed = narrows(arrange);
  const only = narrowed ? onlyText(arrange, view, words) : null;
  const arranging = arrangeForm({ now: arrange, offers, all }, view, words);
  const who = narrowed ? (total > 0 ? list.some(total) : list.noneFits) : say.who({ outcome, n: total, until, month, more: view.more });
  if (total === 0) {
    const effect = joined([narrowed ? only : say.none, ...gaps]);
    const actions = arranging ? [arranging] : [];
    return { card: renderTicket({ lang: words.lang, speak: who, urgent: false, who, effect, sections: [], actions }, words), summary: who, claims: [] };
  }
  const { from, to } = pageOf(total, view.from);
  const what = joined([only, priced ? money(view, words) : null]);
  const data = {
    lang: words.lang,
    speak: who,
    who,
    ...(what ? { what } : {}),
    heads: [words.labels.customer, words.labels.ends, words.labels.licences],
    rows: lines.slice(from, to).map((line) => {
      const { monthly: _, ...ticket } = (line.ticketId && tickets?.get(line.ticketId)) || ({} as Partial<OpenRow>);
      const far = farText(ticket, view, words);
      const plan = planText(offerIn({ ...ticket, offerName: line.offerName }, words));
      return {
        customer: nameShort(line.customerName),
        plan: priced ? safe`${plan} · ${say.row({ now: line.priceNow, after: costFrom(line) })}` : plan,
        date: words.shortDate(line.expiresOn),
        left: words.daysLeft(daysBetween(today, line.expiresOn)),
        ...(far ? { far } : {}),
        quantity: line.quantity === null ? safe`?` : words.number(line.quantity),
        show: line.ticketId
          ? show({ customerName: line.customerName, ticketId: line.ticketId }, handle, words)
          : openUrl(list.open(nameShort(line.customerName)), line.customerId, 'subscriptions'),
      };
    }),
    foot: joined([
      list.foot({ from: from + 1, to, of: total, sort: arrange.sort }),
      turned && turned.gone + turned.come > 0 ? list.turned(turned) : null,
      view.more ? say.more : null,
      month ? list.monthOf : null,
      ...gaps,
    ]),
    actions: listActions({ from, to, total, several: view.several === true }, { ...view, arranging, size: ROWS_A_PAGE }, words),
  };
  return { card: renderList(data, words), summary: who, claims: [] };
}

/** What they cost now and from their day, currency by currency, and of how many that is not known. */
function money({ outcome, lines }: OutcomeView, words: Words) {
  const now = lines.flatMap((line) => line.priceNow ?? []);
  const costs = lines.map(costFrom);
  const known = costs.flatMap((cost) => (cost === null || cost === 'nothing' ? [] : [cost]));
  return words.outcomeList.what({
    outcome,
    n: lines.length,
    now: { sums: sumsOf(now), unknown: lines.length - now.length },
    after: { sums: sumsOf(known), unknown: costs.filter((cost) => cost === null).length },
  });
}
