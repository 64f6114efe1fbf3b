/** All that a customer has, and how each of it ends: the answer to `show` and a customer's name. */
import { daysBetween } from '../../services/clock.ts';
import type { Money } from '../../services/domain/money.ts';
import type { Turned } from '../../services/tickets/arranged.ts';
import type { OpenRow } from '../../services/tickets/openList.ts';
import type { Counted } from '../../services/watch/known.ts';
import { openUrl } from '../buttons.ts';
import type { Claim } from '../claims.ts';
import { isolated, joined, nameText, planBare, type Safe, safe } from '../escape.ts';
import { type Card, renderList, renderTicket } from '../render.ts';
import type { Words } from '../text/words.ts';
import { listActions } from './arrange.ts';
import { MIDDLE, pageOf, ROWS_A_PAGE } from './lists.ts';
import { farText, type ListPlace, offerIn, show } from './rows.ts';

/** One of its subscriptions, as it was last read, with its ticket where one is open. */
export interface Owned {
  kind: Counted;
  plan: string;
  /** Empty where none was read. */
  day: string;
  quantity: number | null;
  monthly: Money | null;
  ticket: OpenRow | null;
}

export interface CustomerView extends ListPlace {
  customer: { id: string; name: string };
  owned: readonly Owned[];
  from: number;
  turned: Turned | null;
  /** How they stand in a sentence or some, and what that claims. */
  stands: { text: Safe; claims: readonly Claim[] };
}

export function customerCard(view: CustomerView, words: Words): { card: Card; summary: string; claims: readonly Claim[] } {
  const { list: say, labels } = words;
  const { owned, customer, stands, turned } = view;
  const total = owned.length;
  const who = isolated(nameText(customer.name));
  const opening = { lang: words.lang, speak: say.speakAll({ customer: who, n: total }), who };
  if (total === 0) {
    const card = renderTicket({ ...opening, urgent: false, effect: stands.text, sections: [], actions: [] }, words);
    return { card, summary: stands.text, claims: stands.claims };
  }
  const { from, to } = pageOf(total, view.from);
  const data = {
    ...opening,
    what: stands.text,
    middle: MIDDLE,
    heads: [labels.subscription, labels.ends, labels.licences],
    rows: owned.slice(from, to).map((one) => ownedRow(one, view, words)),
    foot: joined([say.foot({ from: from + 1, to, of: total }), turned && turned.gone + turned.come > 0 ? say.turned(turned) : null]),
    actions: listActions({ from, to, total, several: false }, { ...view, arranging: null, size: ROWS_A_PAGE }, words),
  };
  return { card: renderList(data, words), summary: stands.text, claims: stands.claims };
}

function ownedRow({ kind, plan: offerName, day, quantity, monthly, ticket }: Owned, view: CustomerView, words: Words) {
  const { list: say } = words;
  const plan = offerIn({ ...ticket, offerName }, words);
  const far = farText({ ...ticket, ...(monthly ? { monthly } : {}) }, view, words);
  return {
    customer: planBare(plan),
    ...(ticket ? { plan: safe`${ticket.ticketId as Safe}` } : {}),
    ...(far ? { far } : {}),
    date: day === '' ? safe`–` : words.shortDateYear(day),
    left: say.kind({ kind, days: day === '' ? Number.NaN : daysBetween(view.today, day) }),
    quantity: quantity === null ? safe`?` : words.number(quantity),
    // What a link is called holds what it shows.
    show: ticket
      ? { ...show({ customerName: ticket.offerName, ticketId: ticket.ticketId }, view.handle, words), title: say.show(planBare(plan)) }
      : openUrl(say.open(planBare(plan)), view.customer.id, 'subscriptions'),
  };
}
