/** What waits for one person, as a list. */
import { daysBetween } from '../../services/clock.ts';
import type { Ticket } from '../../services/domain/ticket.ts';
import { nameShort, planText, type Safe, safe } from '../escape.ts';
import { type Card, renderList } from '../render.ts';
import type { Words } from '../text/words.ts';
import { ROWS_A_PAGE } from './lists.ts';
import { show } from './rows.ts';

export interface MineRow {
  ticket: Pick<Ticket, 'id' | 'customerName' | 'facts'>;
  is: 'approval' | 'stuck' | 'asked' | 'lookedAfter';
  /** Of an approval the moment until which it waits, else the UTC day on which the term ends. */
  until: string;
}

/** `rows` in their order; each name opens its card. No price stands on it, so that it can be shown in every chat. */
export function mineCard(view: { rows: readonly MineRow[]; who: Safe; handle: string; today: string }, words: Words): { card: Card; summary: string } {
  const { mine: say } = words;
  const who = say.who({ count: view.rows.length, who: view.who });
  const rows = view.rows.slice(0, ROWS_A_PAGE).map(({ ticket, is, until }) => ({
    customer: nameShort(ticket.customerName),
    plan: safe`${say.is[is]}${words.signs.colon} ${planText(ticket.facts.offerName)}`,
    date: words.shortDate(until),
    left: is === 'approval' ? safe`${words.time(until)} ${words.zone()}` : words.daysLeft(daysBetween(view.today, until)),
    quantity: ticket.facts.quantity === null ? safe`?` : words.number(ticket.facts.quantity),
    show: show({ customerName: ticket.customerName, ticketId: ticket.id }, view.handle, words),
  }));
  const more = view.rows.length - rows.length;
  const data = {
    lang: words.lang,
    speak: who,
    who,
    what: words.approvals.what,
    heads: [words.labels.customer, words.labels.ends, words.labels.licences],
    rows,
    ...(more > 0 ? { foot: words.reassignment.more(more) } : {}),
    actions: [],
  };
  return { card: renderList(data, words), summary: who };
}
