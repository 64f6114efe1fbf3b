/** The purchase: its price being asked for, waiting for a yes, being made. */
import { type Asked, lapsesAt, needsAnother } from '../../services/approval/approval.ts';
import type { Move, OrderSeen, Quote } from '../../services/domain/ticket.ts';
import { monthsOf } from '../../services/domain/money.ts';
import { may } from '../../services/people/roles.ts';
import { costFrom } from '../../services/tickets/costs.ts';
import type { Shown } from '../../services/ticketView.ts';
import { execute, form, openUrl, overflow, primary, reasonInput } from '../buttons.ts';
import { claimsApproved, claimsNothingBought, claimsOldOne, oldOne } from '../claims.ts';
import { joined, nameText, planBare, planText, type Safe } from '../escape.ts';
import type { Periods } from '../text/en/purchase.ts';
import type { Words } from '../text/words.ts';
import { cardTarget, names, newPlan, opening, personName, progress, type TicketCard } from './regions.ts';

const APPROVERS_MAX = 5;

export function quotingCard(shown: Shown, move: Move, words: Words): TicketCard {
  const title = shown.ticket.plans?.find((plan) => plan.id === move.draft.plan)?.title ?? '';
  return {
    ...opening(shown, words),
    speak: words.quoting.speak(names(shown).customerBare),
    state: words.quoting.state,
    what: words.quoting.what({ quantity: move.draft.quantity ?? 0, plan: planText(title) }),
    steps: progress(1, shown, words),
    lead: words.quoting.lead,
    claims: [claimsNothingBought(shown, shown.now)],
    actions: [
      overflow(words.buttons.cancelMove, 'move.cancel', cardTarget(shown)),
      openUrl(words.buttons.partnerCenter, shown.ticket.customerId, 'subscriptions', 'secondary'),
    ],
  };
}

export function quoteCard(shown: Shown, move: Move, words: Words): TicketCard {
  const quote = move.quote as NonNullable<Move['quote']>;
  const { facts } = shown.ticket;
  const { customer, customerBare } = names(shown);
  const { quote: say, buttons: b } = words;
  const aim = cardTarget(shown);
  const yes = whoseYes(shown, quote);
  const { until } = periods(shown, quote);
  const hidden = shown.hides.cost ?? null;
  return {
    ...opening(shown, words),
    speak: say.speak({ customer: customerBare, quantity: quote.quantity, plan: planBare(quote.planTitle), monthly: hidden ? null : quote.monthly }),
    state: say.state,
    what: say.what({ quantity: quote.quantity, plan: newPlan(move) }),
    steps: progress(1, shown, words),
    ...quoteLead(shown, quote, words),
    ...effectOf([notYours(shown, yes, words), sourceGone(quote, words)]),
    claims: [...(move.again ? [claimsNothingBought(shown, shown.now)] : []), ...(facts.newCommerce ? claimsOldOne(shown) : [])],
    box: hidden
      ? { lines: [say.hidden[hidden]] }
      : { big: words.aMonth(quote.monthly), lines: [...say.periods(periods(shown, quote)), say.total({ total: quote.total, term: quote.term })] },
    facts: [
      { title: words.labels.licences, value: say.seats({ quantity: quote.quantity, held: facts.quantity, inUse: facts.inUse }) },
      { title: words.labels.term, value: say.term(planText(quote.term), planText(quote.billing)) },
      { title: words.labels.starts, value: say.atOnce },
      ...(quote.source?.reseller ? [{ title: words.labels.reseller, value: say.reseller(planText(quote.source.reseller)) }] : []),
      ...(shown.approvers.length > 0 ? [{ title: words.labels.approvers, value: say.approvers(approverNames(shown)) }] : []),
    ],
    sections: [{ title: say.when, separator: true, bullets: [...unfit(shown, quote, words), ...say.bullets({ customer, both: until !== null })] }],
    foot: say.foot({ who: personName(shown, quote.askedBy, words), at: quote.at, until: lapsesAt(quote) }),
    actions: [
      ...(yes === 'may' && hidden !== 'personal' ? [primary(b.approve, 'purchase.approve', aim)] : []),
      ...(yes === 'noApprover'
        ? []
        : [form(b.decline, [reasonInput(words.labels.whyNot, words.errors.reason)], [primary(b.decline, 'purchase.decline', aim, true)])]),
      overflow(b.change, 'dialog.back', aim),
      overflow(b.cancelMove, 'move.cancel', aim),
      openUrl(b.partnerCenter, shown.ticket.customerId, 'subscriptions', 'secondary'),
    ],
  };
}

/** Both prices a month, and how long both are paid: new commerce to the end of its term, whatever is suspended; classic until it is suspended. */
function periods(shown: Shown, quote: Quote): Periods {
  const { monthly, source } = quote;
  const { priceNow: old, prices, term, newCommerce, expiresOn: day, endOfTerm, standing } = shown.ticket.facts;
  const cost = costFrom({ end: endOfTerm, byMonth: monthsOf(term) === 1, priceNow: old, prices: prices ?? null });
  const both = { monthly, old, sameCurrency: old?.currency === monthly.currency, later: cost === 'nothing' ? null : cost };
  const status = standing ?? (source && source.status !== 'active' ? source.status : 'active');
  if (status !== 'active' && !(status === 'suspended' && newCommerce)) return { ...both, until: null };
  if (!newCommerce) return { ...both, until: { what: 'suspended', atLatest: endOfTerm === 'cancels' && day >= shown.today ? day : null } };
  if (day < shown.today) return { ...both, until: null };
  const how = status === 'active' ? oldOne(shown) : 'unsaid';
  return { ...both, until: { what: 'day', day, how: how === 'unsaid' ? 'termEnds' : how } };
}

/** That people get none, or licences stay empty; nothing where nobody knows how many people there are. */
function unfit({ ticket, hides }: Shown, { quantity, monthly }: Quote, words: Words): Safe[] {
  const { inUse } = ticket.facts;
  const said = inUse === null ? null : words.quote.unfit({ quantity, inUse, monthly: hides.cost ? null : monthly });
  return said === null ? [] : [said];
}

/** Whether the one who reads it alone may say yes; where others read along, or nobody knows who it is, the card is for all. */
export function whoseYes({ reader, fourEyes }: Shown, asked: Pick<Asked, 'askedBy' | 'total' | 'quantity'>): 'may' | 'ownRequest' | 'noApprover' {
  if (reader === null) return 'may';
  if (!may(reader.roles, 'approve')) return 'noApprover';
  return reader.key === asked.askedBy && needsAnother(asked, fourEyes) ? 'ownRequest' : 'may';
}

/** Why the reader does not say yes to it, and for whom it waits. */
export function notYours({ approvers, move }: Shown, yes: ReturnType<typeof whoseYes>, words: Words): Safe | null {
  if (yes === 'may') return null;
  const { notYours: why, waitsFor } = words.quote;
  const names = approvers.slice(0, APPROVERS_MAX).map((one) => nameText(one.name));
  const waits = names.length > 0 && !move?.approval ? waitsFor({ names, more: approvers.length > names.length }) : null;
  return joined([why[yes], waits]);
}

export function effectOf(said: readonly (Safe | null)[]): { effect?: Safe } {
  return said.some(Boolean) ? { effect: joined(said) } : {};
}

/** Why it is asked again. */
function quoteLead({ move, hides }: Shown, quote: Quote, words: Words): { lead?: Safe } {
  const { formerly = null, again = null } = move ?? {};
  const lead = formerly ? words.quote.formerly(hides.cost ? null : { before: formerly, after: quote.monthly }) : again ? words.quote.again(again) : null;
  return lead ? { lead } : {};
}

/** What has become of the old subscription meanwhile. */
function sourceGone({ source }: Quote, words: Words): Safe | null {
  return source && source.status !== 'active' ? words.quote.sourceGone(planText(source.status)) : null;
}

/** An order is there that may be this purchase. */
export function questionCard(shown: Shown, move: Move, order: OrderSeen, words: Words): TicketCard {
  const quote = move.quote as NonNullable<Move['quote']>;
  const { question: say, buttons: b, labels } = words;
  const aim = cardTarget(shown);
  return {
    ...opening(shown, words),
    speak: say.speak(names(shown).customerBare),
    state: say.state,
    what: words.quote.what({ quantity: quote.quantity, plan: newPlan(move) }),
    steps: progress(1, shown, words),
    claims: move.approval ? [claimsApproved(shown, move.approval)] : [],
    lead: move.unsettled ? words.stuck.unsettled(move.unsettled) : say.lead(planText(order.id)),
    facts: [
      { title: labels.order, value: planText(order.id) },
      { title: labels.placed, value: say.when(order.createdAt) },
      ...(order.quantity === null ? [] : [{ title: labels.licences, value: words.number(order.quantity) }]),
    ],
    sections: [{ title: words.stuck.canDo, separator: true, bullets: [say.ifYes, say.ifNo] }],
    actions: [
      execute(b.isIt, 'move.settle', aim, { style: 'positive', more: { order: order.id } }),
      form(b.isNotIt, [reasonInput(labels.why, words.errors.reason)], [primary(b.isNotIt, 'move.settle', aim, true)]),
      overflow(b.cancelMove, 'move.cancel', aim),
      openUrl(b.partnerCenter, shown.ticket.customerId, 'subscriptions', 'secondary'),
    ],
  };
}

function approverNames(shown: Shown): { name: Safe; reached: boolean }[] {
  return shown.approvers.slice(0, APPROVERS_MAX).map((one) => ({ name: nameText(one.name), reached: one.reached }));
}

export function buyingCard(shown: Shown, move: Move, words: Words): TicketCard {
  const quote = move.quote as NonNullable<Move['quote']>;
  const unclear = move.state === 'purchasing' && move.attempts > 0;
  const approval = move.approval;
  return {
    ...opening(shown, words),
    speak: words.buying.speak(names(shown).customerBare),
    state: words.buying.state,
    what: words.quoting.what({ quantity: quote.quantity, plan: newPlan(move) }),
    steps: progress(1, shown, words),
    claims: approval ? [claimsApproved(shown, approval)] : [],
    lead: unclear ? words.buying.asking : words.buying.lead,
    ...(approval
      ? { foot: words.buying.foot({ who: personName(shown, approval.by, words), at: approval.at, monthly: shown.hides.cost ? null : quote.monthly }) }
      : {}),
    actions: [
      openUrl(words.buttons.partnerCenter, shown.ticket.customerId, 'subscriptions'),
      ...(move.state === 'quoted' ? [overflow(words.buttons.cancelMove, 'move.cancel', cardTarget(shown))] : []),
    ],
  };
}
