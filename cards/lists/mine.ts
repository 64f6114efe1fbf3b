/** What waits for one person, as a list. */
import { daysBetween } from '../../services/clock.ts';
import { nameIn } from '../../services/domain/names.ts';
import type { Ticket } from '../../services/domain/ticket.ts';
import type { Turned } from '../../services/tickets/arranged.ts';
import { joined, nameShort, planText, type Safe, safe } from '../escape.ts';
import { type Card, renderList, renderTicket } from '../render.ts';
import type { Words } from '../text/words.ts';
import { listActions } from './arrange.ts';
import { pageOf, ROWS_A_PAGE } from './lists.ts';
import { show } from './rows.ts';

export interface MineRow {
  ticket: Pick<Ticket, 'id' | 'customerName' | 'facts' | 'names'>;
  is: 'approval' | 'stuck' | 'asked' | 'lookedAfter';
  /** Of an approval the moment until which it waits, else the UTC day on which the term ends. */
  until: string;
}

export interface MineView {
  /** All of them, in their order. */
  rows: readonly MineRow[];
  from: number;
  /** What changed since the page that stood here before. */
  turned: Turned | null;
  who: Safe;
  handle: string;
  today: string;
}

/** Each name opens its card. No price stands on it, so that it can be shown in every chat. */
export function mineCard(view: MineView, words: Words): { card: Card; summary: string } {
  const { mine: say } = words;
  const total = view.rows.length;
  const { turned } = view;
  const changed = turned && turned.gone + turned.come > 0 ? words.list.turned(turned) : null;
  if (total === 0) {
    const who = words.replies.nothingMine();
    return {
      card: renderTicket({ lang: words.lang, speak: who, urgent: false, who, ...(changed ? { effect: changed } : {}), sections: [], actions: [] }, words),
      summary: who,
    };
  }
  const who = say.who({ count: total, who: view.who });
  const { from, to } = pageOf(total, view.from);
  const rows = view.rows.slice(from, to).map(({ ticket, is, until }) => ({
    customer: nameShort(ticket.customerName),
    plan: safe`${say.is[is]}${words.signs.colon} ${planText(nameIn(ticket.names, words.lang, ticket.facts.offerName))}`,
    date: words.shortDate(until),
    left: is === 'approval' ? safe`${words.time(until)} ${words.zone()}` : words.daysLeft(daysBetween(view.today, until)),
    quantity: ticket.facts.quantity === null ? safe`?` : words.number(ticket.facts.quantity),
    show: show({ customerName: ticket.customerName, ticketId: ticket.id }, view.handle, words),
  }));
  const foot = joined([total > ROWS_A_PAGE ? words.bulk.foot({ from: from + 1, to, of: total }) : null, changed]);
  const data = {
    lang: words.lang,
    speak: who,
    who,
    what: words.approvals.what,
    heads: [words.labels.customer, words.labels.ends, words.labels.licences],
    rows,
    ...(foot === '' ? {} : { foot }),
    actions: listActions({ from, to, total, several: false }, { handle: view.handle, arranging: null, size: ROWS_A_PAGE }, words),
  };
  return { card: renderList(data, words), summary: who };
}
