/** What waits for a yes, as a card. */
import { lapsesAt } from '../../services/approval/approval.ts';
import type { Hides } from '../../services/domain/shows.ts';
import type { Quote, Ticket } from '../../services/domain/ticket.ts';
import { nameBare, nameShort, planText, safe } from '../escape.ts';
import { type Card, renderList } from '../render.ts';
import type { Words } from '../text/words.ts';
import { ROWS_A_PAGE, show } from './lists.ts';

/** Quotes that wait for the reader's yes; each name opens its card. */
export function approvalsCard(
  view: { waiting: { ticket: Ticket; quote: Quote }[]; names: Record<string, string>; handle: string; hides: Hides },
  words: Words,
): { card: Card; summary: string } {
  const { approvals: say } = words;
  const who = say.who(view.waiting.length);
  const rows = view.waiting.slice(0, ROWS_A_PAGE).map(({ ticket, quote }) => {
    const until = lapsesAt(quote);
    return {
      customer: nameShort(ticket.customerName),
      plan: say.plan({ quantity: quote.quantity, plan: planText(quote.planTitle), who: nameBare(view.names[quote.askedBy] ?? words.record.bot) }),
      date: words.shortDate(until),
      left: words.time(until),
      quantity: view.hides.cost ? safe`–` : words.money(quote.monthly),
      show: show({ customerName: ticket.customerName, ticketId: ticket.id }, view.handle, words),
    };
  });
  const more = view.waiting.length - rows.length;
  const data = {
    lang: words.lang,
    speak: who,
    who,
    what: say.what,
    heads: [words.labels.customer, words.labels.until, words.labels.aMonth],
    rows,
    ...(more > 0 ? { foot: words.reassignment.more(more) } : {}),
    actions: [],
  };
  return { card: renderList(data), summary: who };
}
