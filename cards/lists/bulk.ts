/** A move of several customers at once, as a card: whom to choose, then how each stands and what one yes would cost. */
import { lapsesAt } from '../../services/approval/approval.ts';
import { daysBetween } from '../../services/clock.ts';
import { sumsOf } from '../../services/domain/money.ts';
import type { Hides } from '../../services/domain/shows.ts';
import type { Bulk, BulkMember, MemberNow } from '../../services/moves/bulk.ts';
import { type Action, type CardTarget, execute, form, overflow, primary, reasonInput, secondary } from '../buttons.ts';
import { joined, nameShort, nameText, planText, type Safe, safe } from '../escape.ts';
import { type Card, renderList } from '../render.ts';
import type { Words } from '../text/words.ts';
import { offerIn } from './rows.ts';

/** Each row says how it stands too, so that a page holds fewer than that of other lists. */
const ROWS_A_PAGE = 9;

export interface BulkCardView {
  bulk: Bulk;
  /** How each that was chosen stands, by ticket; empty while they are being chosen. */
  stands: ReadonlyMap<string, MemberNow>;
  from: number;
  handle: string;
  /** Who asked. */
  asker: string;
  /** By the sum of what is asked, somebody else than who asked must approve. */
  another: boolean;
  hides: Hides;
  /** A yes has no effect now, and the card says so. */
  dryRun?: boolean;
  /** How many are taken at once. */
  most: number;
  /** ISO text. */
  now: string;
}

export function bulkCard(view: BulkCardView, words: Words): { card: Card; summary: string } {
  const data = view.bulk.state === 'choosing' ? choosing(view, words) : standing(view, words);
  return { card: renderList({ lang: words.lang, speak: data.who, ...data }, words), summary: data.who };
}

function choosing(view: BulkCardView, words: Words) {
  const { bulk: say, labels } = words;
  const { bulk, handle, now } = view;
  const n = bulk.members.length;
  const chosen = bulk.members.filter((one) => one.chosen).length;
  const page = pageOf(bulk.members, view, words);
  return {
    who: say.choose({ n, programme: planText(bulk.programme) }),
    what: say.choosing({ chosen, n }),
    heads: [labels.customer, labels.ends, labels.licences],
    rows: page.rows.map((one) => ({
      customer: one.chosen ? say.chosen(nameShort(one.customerName)) : nameShort(one.customerName),
      plan: planText(offerIn(one, words)),
      date: words.shortDate(one.expiresOn),
      left: words.daysLeft(daysBetween(now.slice(0, 10), one.expiresOn)),
      quantity: one.quantity === null ? safe`?` : words.number(one.quantity),
      show: toggle(one, { handle, from: page.from, version: bulk.version }, words),
    })),
    foot: joined([page.foot, bulk.rest > 0 ? say.rest({ n: bulk.rest, most: view.most }) : null]),
    actions: [primary(say.getPrices({ chosen, n }), 'bulk.ask', { id: handle, version: bulk.version }), ...page.actions],
  };
}

/** A press on a name: chosen from then on, or not any more. */
function toggle({ ticketId, customerName, chosen }: BulkMember, at: { handle: string; from: number; version: number }, words: Words): Action {
  const title = words.bulk.toggle({ name: nameShort(customerName), on: !chosen });
  const { fallback: _, associatedInputs: __, ...action } = secondary(title, 'bulk.toggle', { id: at.handle, version: at.version });
  return { ...action, data: { id: at.handle, v: at.version, ticketId, choice: chosen ? 0 : 1, from: at.from } };
}

function standing(view: BulkCardView, words: Words) {
  const { bulk: say, labels, buttons: b } = words;
  const { bulk, stands, handle, hides } = view;
  const aim = { id: handle, version: bulk.version };
  const members = bulk.members.filter((one) => one.chosen);
  const of = (member: BulkMember): MemberNow => stands.get(member.ticketId) ?? { is: 'out', why: 'closed' };
  // Only what the card is bound to is counted: a price that came since is on the next one.
  const asked = members.flatMap((one) => {
    const now = of(one);
    return now.is === 'quoted' && now.quote.hash === one.shown ? [now.quote] : [];
  });
  const count = (is: MemberNow['is']) => members.filter((one) => of(one).is === is).length;
  // Only those are being approved, or declined, whose price was shown.
  const bound = members.filter((one) => one.shown).length || members.length;
  const waits = asked.length > 0 && bulk.state === 'asked';
  const page = pageOf(members, view, words);
  const asker = nameText(view.asker || words.record.bot);
  return {
    who: say.who({
      ...{ state: bulk.state as 'asking', quoted: asked.length, approved: count('approved'), declined: count('declined') },
      ...{ n: bulk.state === 'asked' || bulk.state === 'asking' ? members.length : bound, plan: planText(bulk.plan?.title ?? '') },
    }),
    what: joined([
      asked.length === 0 ? null : hides.cost ? say.hidden[hides.cost] : say.sums(sumsFor(asked)),
      say.yesMeans(waits ? asked.length : 0),
      view.dryRun && waits ? words.inDryRun.price : null,
      view.another && waits ? say.another({ who: asker }) : say.askedBy({ who: asker }),
    ]),
    heads: [labels.customer, labels.newLicences, labels.aMonth],
    rows: page.rows.map((one) => row(one, of(one), { handle, hides }, words)),
    foot: joined([page.foot, say.lookedAt(view.now)]),
    actions: [
      ...(waits && hides.cost !== 'personal' ? [primary(say.approve(asked.length), 'bulk.approve', aim)] : []),
      ...(waits ? [declineForm(asked.length, aim, words), overflow(b.lookAgain, 'bulk.look', aim)] : [secondary(b.lookAgain, 'bulk.look', aim)]),
      ...page.actions.map((one): Action => ({ ...one, mode: 'secondary' })),
    ],
  };
}

/** One reason for all of them. */
function declineForm(n: number, aim: CardTarget, words: Words): Action {
  const title = words.bulk.decline(n);
  return form(title, [reasonInput(words.labels.whyNot, words.errors.reason)], [primary(title, 'bulk.decline', aim, true)]);
}

function sumsFor(quotes: readonly Extract<MemberNow, { is: 'quoted' }>['quote'][]) {
  return {
    monthly: sumsOf(quotes.map((one) => one.monthly)),
    total: sumsOf(quotes.map((one) => one.total)),
    seats: quotes.reduce((sum, one) => sum + one.quantity, 0),
  };
}

function row(member: BulkMember, now: MemberNow, { handle, hides }: { handle: string; hides: Hides }, words: Words) {
  const quote = now.is === 'quoted' ? now.quote : null;
  const priced = quote !== null && hides.cost === null;
  const { fallback: _, associatedInputs: __, ...show } = secondary(words.list.show(nameShort(member.customerName)), 'bulk.show', { id: handle, version: 0 });
  return {
    customer: nameShort(member.customerName),
    // What is bought, where there is a price: it may have been changed on its own card.
    plan: safe`${planText(quote?.planTitle ?? offerIn(member, words))}${words.signs.colon} ${stateText(member, now, words)}`,
    date: quote ? words.number(quote.quantity) : safe`–`,
    left: priced ? words.bulk.whole(quote.total) : safe`–`,
    quantity: priced ? words.money(quote.monthly) : safe`–`,
    show: { ...show, data: { id: handle, v: 0, ticketId: member.ticketId } },
  };
}

/** How it stands, and why its last answer was not written. */
function stateText({ yes, no }: BulkMember, now: MemberNow, words: Words): Safe {
  const { state } = words.bulk;
  const stands = (() => {
    switch (now.is) {
      case 'out':
        return state.out(now.why);
      case 'refused':
        return state.refused(now.reason);
      case 'quoted':
        return state.quoted({ term: planText(now.quote.term), billing: planText(now.quote.billing), until: lapsesAt(now.quote) });
      default:
        return state[now.is];
    }
  })();
  if (no && no !== 'written' && now.is !== 'declined') return safe`${state.notDeclined(no)}${words.signs.semicolon} ${stands}`;
  return yes && yes !== 'written' && now.is !== 'approved' ? safe`${state.notWritten(yes)}${words.signs.semicolon} ${stands}` : stands;
}

/** One page of members, and the buttons to the others. */
function pageOf(members: readonly BulkMember[], view: Pick<BulkCardView, 'from' | 'handle' | 'bulk'>, words: Words) {
  const total = members.length;
  const from = Math.max(0, Math.min(view.from, Math.floor((total - 1) / ROWS_A_PAGE) * ROWS_A_PAGE));
  const to = Math.min(total, from + ROWS_A_PAGE);
  const aim = { id: view.handle, version: view.bulk.version };
  const at = (title: Safe, start: number) => execute(title, 'bulk.page', aim, { mode: 'secondary', more: { from: start } });
  return {
    from,
    rows: members.slice(from, to),
    foot: words.bulk.foot({ from: from + 1, to, of: total }),
    actions: [
      ...(from > 0 ? [at(words.buttons.previous(ROWS_A_PAGE), from - ROWS_A_PAGE)] : []),
      ...(to < total ? [at(words.buttons.next(Math.min(ROWS_A_PAGE, total - to)), to)] : []),
    ],
  };
}
