/** The purchase: its price being asked for, waiting for a yes, being made. */
import { lapsesAt, needsAnother } from '../../services/approval/approval.ts';
import type { Migration, OrderSeen } from '../../services/domain/ticket.ts';
import { may } from '../../services/people/roles.ts';
import { claimsApproved, claimsNothingBought } from '../claims.ts';
import { execute, first, form, menu, open, reasonInput } from '../buttons.ts';
import { nameText, planBare, planText } from '../escape.ts';
import { aimAt, type MatterData, names, newPlan, opening, personName, steps } from './regions.ts';
import type { Words } from '../text/en.ts';
import type { Shown } from '../../services/ticketView.ts';

export function quotingCard(shown: Shown, migration: Migration, words: Words): MatterData {
  const title = shown.expiry.plans?.find((plan) => plan.id === migration.draft.plan)?.title ?? '';
  return {
    ...opening(shown, words),
    speak: words.quoting.speak(names(shown).customerBare),
    state: words.quoting.state,
    what: words.quoting.what({ quantity: migration.draft.quantity ?? 0, plan: planText(title) }),
    steps: steps(1, words),
    lead: words.quoting.lead,
    claims: [claimsNothingBought(shown, shown.now)],
    actions: [
      menu(words.buttons.cancelMove, 'migration.cancel', aimAt(shown)),
      open(words.buttons.partnerCenter, shown.expiry.customerId, 'subscriptions', 'secondary'),
    ],
  };
}

export function quoteCard(shown: Shown, migration: Migration, words: Words): MatterData {
  const quote = migration.quote as NonNullable<Migration['quote']>;
  const { facts } = shown.expiry;
  const { customer, customerBare } = names(shown);
  const { quote: say, buttons: b } = words;
  const aim = aimAt(shown);
  const yes = whoseYes(shown, quote);
  return {
    ...opening(shown, words),
    speak: say.speak({ customer: customerBare, quantity: quote.quantity, plan: planBare(quote.planTitle), monthly: quote.monthly }),
    state: say.state,
    what: say.what({ quantity: quote.quantity, plan: newPlan(migration) }),
    steps: steps(1, words),
    ...(yes === 'may' ? {} : { effect: say.notYours[yes] }),
    ...quoteLead(migration, quote, words),
    claims: migration.again ? [claimsNothingBought(shown, shown.now)] : [],
    box: { big: words.aMonth(quote.monthly), lines: [say.difference({ monthly: quote.monthly, now: facts.priceNow, total: quote.total, term: quote.term })] },
    facts: [
      { title: words.labels.licences, value: say.seats({ quantity: quote.quantity, held: facts.quantity, inUse: facts.inUse }) },
      { title: words.labels.term, value: say.term(quote.term, quote.billing) },
      { title: words.labels.starts, value: say.atOnce },
      ...(shown.approvers.length > 0 ? [{ title: words.labels.approvers, value: say.approvers(approverNames(shown)) }] : []),
    ],
    sections: [{ title: say.when, separator: true, bullets: say.bullets({ customer }) }],
    foot: say.foot({ who: personName(shown, quote.askedBy, words), at: quote.at, until: lapsesAt(quote) }),
    actions: [
      ...(yes === 'may' ? [first(b.approve, 'purchase.approve', aim)] : []),
      ...(yes === 'noApprover'
        ? []
        : [form(b.decline, [reasonInput(words.labels.whyNot, words.errors.reason)], [first(b.decline, 'purchase.decline', aim, true)])]),
      menu(b.change, 'dialog.back', aim),
      menu(b.cancelMove, 'migration.cancel', aim),
      open(b.partnerCenter, shown.expiry.customerId, 'subscriptions', 'secondary'),
    ],
  };
}

/** Whether the one who reads it alone may say yes; where others read along, or nobody knows who it is, the card is for all. */
function whoseYes({ reader, fourEyes }: Shown, quote: NonNullable<Migration['quote']>): 'may' | 'ownRequest' | 'noApprover' {
  if (reader === null) return 'may';
  if (!may(reader.roles, 'approve')) return 'noApprover';
  return reader.key === quote.askedBy && needsAnother(quote, fourEyes) ? 'ownRequest' : 'may';
}

/** Why it is asked again, and what has become of the old subscription meanwhile. */
function quoteLead(migration: Migration, quote: NonNullable<Migration['quote']>, words: Words): { lead?: string; effect?: string } {
  const { formerly, again } = migration;
  const lead = formerly ? words.quote.formerly({ before: formerly, after: quote.monthly }) : again ? words.quote.again(again) : null;
  const old = quote.source && quote.source.status !== 'active' ? words.quote.sourceGone(planText(quote.source.status)) : null;
  return { ...(lead ? { lead } : {}), ...(old ? { effect: old } : {}) };
}

/** An order is there that may be this purchase. */
export function questionCard(shown: Shown, migration: Migration, order: OrderSeen, words: Words): MatterData {
  const quote = migration.quote as NonNullable<Migration['quote']>;
  const { question: say, buttons: b, labels } = words;
  const aim = aimAt(shown);
  return {
    ...opening(shown, words),
    speak: say.speak(names(shown).customerBare),
    state: say.state,
    what: words.quote.what({ quantity: quote.quantity, plan: newPlan(migration) }),
    steps: steps(1, words),
    claims: migration.approval ? [claimsApproved(shown, migration.approval)] : [],
    lead: migration.unsettled ? words.stuck.unsettled(migration.unsettled) : say.lead(planText(order.id)),
    facts: [
      { title: labels.order, value: planText(order.id) },
      { title: labels.placed, value: say.when(order.createdAt) },
      ...(order.quantity === null ? [] : [{ title: labels.licences, value: words.number(order.quantity) }]),
    ],
    sections: [{ title: words.stuck.canDo, separator: true, bullets: [say.ifYes, say.ifNo] }],
    actions: [
      execute(b.isIt, 'move.settle', aim, { style: 'positive', more: { order: order.id } }),
      form(b.isNotIt, [reasonInput(labels.why, words.errors.reason)], [first(b.isNotIt, 'move.settle', aim, true)]),
      menu(b.cancelMove, 'migration.cancel', aim),
      open(b.partnerCenter, shown.expiry.customerId, 'subscriptions', 'secondary'),
    ],
  };
}

const APPROVERS_MAX = 5;

function approverNames(shown: Shown): { name: string; reached: boolean }[] {
  return shown.approvers.slice(0, APPROVERS_MAX).map((one) => ({ name: nameText(one.name), reached: one.reached }));
}

export function buyingCard(shown: Shown, migration: Migration, words: Words): MatterData {
  const quote = migration.quote as NonNullable<Migration['quote']>;
  const unclear = migration.state === 'purchasing' && migration.attempts > 0;
  const approval = migration.approval;
  return {
    ...opening(shown, words),
    speak: words.buying.speak(names(shown).customerBare),
    state: words.buying.state,
    what: words.quoting.what({ quantity: quote.quantity, plan: newPlan(migration) }),
    steps: steps(1, words),
    claims: approval ? [claimsApproved(shown, approval)] : [],
    lead: unclear ? words.buying.asking : words.buying.lead,
    ...(approval ? { foot: words.buying.foot({ who: personName(shown, approval.by, words), at: approval.at, monthly: quote.monthly }) } : {}),
    actions: [
      open(words.buttons.partnerCenter, shown.expiry.customerId, 'subscriptions'),
      ...(migration.state === 'quoted' ? [menu(words.buttons.cancelMove, 'migration.cancel', aimAt(shown))] : []),
    ],
  };
}
