/** What waits for a yes, as a card. */
import { lapsesAt } from '../../services/approval/approval.ts';
import type { Hides } from '../../services/domain/shows.ts';
import { nameIn } from '../../services/domain/names.ts';
import type { EndOffer, Quote, Ticket } from '../../services/domain/ticket.ts';
import { joined, nameBare, nameShort, planText, safe } from '../escape.ts';
import { type Card, renderList } from '../render.ts';
import type { Words } from '../text/words.ts';
import { show } from './rows.ts';

/** A price, or the end of a term. */
export interface Waiting {
  ticket: Ticket;
  quote: Quote | EndOffer;
}

const ROWS_MAX = 12;

/** What waits for the reader's yes; each name opens its card. `now`: ISO text. */
export function approvalsCard(
  view: { waiting: Waiting[]; names: Record<string, string>; handle: string; hides: Hides; now: string },
  words: Words,
): { card: Card; summary: string } {
  const { approvals: say } = words;
  const who = say.who({ count: view.waiting.length, ends: view.waiting.some(({ quote }) => 'to' in quote) });
  const called = ({ names }: Ticket, plan: string) => nameIn(names, words.lang, plan);
  const rows = view.waiting.slice(0, ROWS_MAX).map(({ ticket, quote }) => {
    const until = lapsesAt(quote);
    const who = nameBare(view.names[quote.askedBy] ?? words.record.bot);
    return {
      customer: nameShort(ticket.customerName),
      plan:
        'to' in quote
          ? say.end({ to: quote.to, plan: planText(called(ticket, ticket.facts.offerName)), who })
          : say.plan({ quantity: quote.quantity, plan: planText(called(ticket, quote.planTitle)), who }),
      date: words.shortDate(until),
      left: safe`${words.time(until)} ${words.zone()}`,
      quantity: view.hides.cost ? safe`–` : quote.monthly ? words.money(quote.monthly) : say.notKnown,
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
    // It stays in the chat when all of it has been answered.
    foot: joined([more > 0 ? words.status.more(more) : null, words.bulk.lookedAt(view.now)]),
    actions: [],
  };
  return { card: renderList(data, words), summary: who };
}
