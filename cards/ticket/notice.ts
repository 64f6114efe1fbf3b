/** The notice about a subscription that stops renewing, and what it becomes without a move. */
import { proposedSeats } from '../../services/catalogue/replacements.ts';
import { daysBetween } from '../../services/clock.ts';
import type { Expiry, Plan } from '../../services/domain/ticket.ts';
import { type Claim, claimsClosed, claimsEnd, claimsNoPrice, claimsNothingBought } from '../claims.ts';
import { type Action, first, form, menu, open, reasonInput, second, toggleDetails } from '../buttons.ts';
import { nameText, planBare, planText, reasonText } from '../escape.ts';
import { aimAt, type MatterData, names, opening, personName } from './regions.ts';
import type { Words } from '../text/en.ts';
import type { Shown } from '../../services/ticketView.ts';

const URGENT_DAYS = 7;
const PLANS_SHOWN = 6;

export function noticeCard(shown: Shown, words: Words): MatterData {
  const { expiry } = shown;
  const left = daysBetween(shown.today, expiry.facts.expiresOn);
  const renews = expiry.facts.endOfTerm === 'renews';
  return {
    ...opening(shown, words),
    claims: [...claimsEnds(shown), ...claimsNoPrice(shown)],
    ...gist(shown, left, words),
    urgent: !renews && left <= URGENT_DAYS,
    what: names(shown).plan,
    facts: facts(expiry, words),
    ...choices(shown, words),
    ...foot(shown, words),
    details: details(expiry, words),
    actions: noticeActions(shown, words),
  };
}

/** State, and the one fact: that it ends, that it renews, how it stands since it is over, or that nobody says. */
function gist(shown: Shown, left: number, words: Words): Pick<MatterData, 'speak' | 'state' | 'lead' | 'flip' | 'effect'> {
  const { expiry } = shown;
  const { customerBare: customer, planBare: plan } = names(shown);
  const { expiresOn: day, endOfTerm, standing } = expiry.facts;
  const state = words.notice.state(left);
  if (standing) return { speak: `${customer}: ${words.standing[standing]}`, state: words.notice.asked, lead: words.standing[standing] };
  if (endOfTerm === 'renews') return { speak: words.notice.speakAsked({ customer, plan }), state: words.notice.asked, lead: words.notice.renewsNow(day) };
  if (endOfTerm === 'unread') return { speak: words.notice.speakUnread({ customer, plan }), state: words.notice.unread, lead: words.notice.unreadLead(day) };
  return { speak: words.notice.speak({ customer, plan, day, left }), state, flip: flip(expiry, words), effect: effect(expiry, words) };
}

/** What becomes of it at its end, where that was read. */
function claimsEnds(shown: Shown): Claim[] {
  const { standing, endOfTerm } = shown.expiry.facts;
  return standing || endOfTerm === 'unread' ? [] : [claimsEnd(shown)];
}

function flip(expiry: Expiry, words: Words): NonNullable<MatterData['flip']> {
  const day = expiry.facts.expiresOn;
  return { was: words.notice.was, before: words.notice.autoRenews(day), now: words.notice.now, after: words.notice.expires(day) };
}

function effect(expiry: Expiry, words: Words): string {
  return words.notice.effect({ end: expiry.facts.endOfTerm, inUse: expiry.facts.inUse, retired: expiry.facts.programme !== null });
}

function facts(expiry: Expiry, words: Words) {
  const { facts: of } = expiry;
  return [
    { title: words.labels.licences, value: words.notice.seats(of.quantity, of.inUse) },
    ...(of.priceNow ? [{ title: words.labels.priceNow, value: words.aMonth(of.priceNow) }] : []),
    ...(of.programme ? [{ title: words.labels.programme, value: planText(of.programme) }] : []),
    { title: words.labels.ticket, value: expiry.id },
  ];
}

/** Plans that can be had as choices, the draft's or the first preselected; the others named below with the reason. */
function choices(shown: Shown, words: Words): Partial<MatterData> {
  const { expiry, migration } = shown;
  if (expiry.plans === null) return { note: words.notice.reading };
  const sold = expiry.plans.filter((plan) => plan.item).slice(0, PLANS_SHOWN);
  const draft = migration?.state === 'drafting' ? migration.draft : {};
  const chosen = sold.find((plan) => plan.id === draft.plan) ?? sold[0];
  const quantity = seats(chosen, expiry, draft.quantity, words);
  if (!chosen) {
    const why = expiry.plans.length > 0 ? words.notice.noneSold : words.notice.noProgramme;
    return { planName: { label: words.labels.moveTo, example: words.notice.planExample, error: words.errors.planName }, note: why, quantity };
  }
  const missing = expiry.plans.filter((plan) => !plan.item).map((plan) => planText(plan.title));
  const minimums = sold
    .filter((plan) => plan.minimum > 1 && plan.minimum > (expiry.facts.inUse ?? expiry.facts.quantity ?? 0))
    .map((plan) => words.notice.minimum(planText(plan.title), plan.minimum));
  const note = [...(missing.length > 0 ? [words.notice.notSold(missing)] : []), ...minimums].join(' ');
  return {
    plans: {
      label: words.labels.moveTo,
      choices: sold.map((plan) => ({ title: words.notice.choice(planBare(plan.title), planBare(words.reason(plan.reason))), value: plan.id })),
      chosen: chosen.id,
      error: words.errors.plan,
    },
    ...(note ? { note } : {}),
    quantity,
    ...terms(shown, words),
  };
}

function seats(plan: Plan | undefined, expiry: Expiry, drafted: number | undefined, words: Words): NonNullable<MatterData['quantity']> {
  const max = plan?.maximum ?? 10_000;
  const value = drafted ?? (plan ? proposedSeats(plan, expiry.facts.inUse, expiry.facts.quantity) : expiry.facts.quantity) ?? plan?.minimum ?? 1;
  return { label: words.labels.licences, value, min: 1, max, error: words.errors.quantity(1, max) };
}

/** Other terms are offered once a price was asked for: then the catalogue has named them. */
function terms(shown: Shown, words: Words): Partial<MatterData> {
  const { migration } = shown;
  if (migration?.state !== 'drafting' || migration.terms.length < 2) return {};
  const chosen = `${migration.draft.term ?? 'P1Y'}/${migration.draft.billing ?? 'monthly'}`;
  const offered = migration.terms.map((value) => ({ value, title: words.termName(...(value.split('/') as [string, string])) }));
  return {
    terms: {
      label: words.labels.term,
      choices: offered,
      chosen: migration.terms.includes(chosen) ? chosen : (migration.terms[0] as string),
      error: words.errors.term,
    },
  };
}

function foot(shown: Shown, words: Words): Partial<MatterData> {
  const { migration, expiry } = shown;
  if (migration?.state === 'drafting' && migration.refusal) return { foot: words.refusals[migration.refusal.reason] };
  if (migration?.state === 'cancelled' && migration.declined)
    return { foot: words.notice.declined({ who: personName(shown, migration.declined.by, words), reason: reasonText(migration.declined.reason) }) };
  return expiry.marks.assignedTo ? { foot: words.notice.lookedAfter(personName(shown, expiry.marks.assignedTo, words)) } : {};
}

function details(expiry: Expiry, words: Words): NonNullable<MatterData['details']> {
  const { facts: of } = expiry;
  return {
    title: words.buttons.details,
    facts: [
      { title: words.labels.offer, value: planText(of.offerId) },
      { title: words.labels.subscription, value: expiry.subscriptionId },
      { title: words.labels.term, value: words.notice.kind(of) },
      { title: words.labels.seen, value: words.stamp(expiry.openedAt) },
      { title: words.labels.changedBy, value: nameText(words.notice.changedBy(of.changedBy)) },
    ],
  };
}

function noticeActions(shown: Shown, words: Words): Action[] {
  const aim = aimAt(shown);
  const { buttons: b } = words;
  const link = open(b.partnerCenter, shown.expiry.customerId, 'subscriptions', 'secondary');
  const drafting = shown.migration?.state === 'drafting';
  const menuItems = [...(drafting ? [menu(b.cancelMove, 'migration.cancel', aim)] : []), menu(b.assign, 'expiry.assign', aim), toggleDetails(b.details), link];
  if (shown.expiry.plans === null) return [notNow(shown, words), ...menuItems];
  return [first(b.getPrice, 'purchase.quote', aim, true), ...(drafting ? [] : [notNow(shown, words)]), ...menuItems];
}

function notNow(shown: Shown, words: Words): Action {
  const { buttons: b, labels, errors } = words;
  const aim = aimAt(shown);
  const inputs = [
    reasonInput(labels.why, errors.reason),
    {
      type: 'Input.ChoiceSet',
      id: 'days',
      label: labels.remindIn,
      style: 'compact',
      wrap: true,
      spacing: 'Medium',
      choices: [7, 14, 30].map((n) => ({ value: String(n), title: words.daysLeft(n) })),
      value: '7',
      errorMessage: errors.days,
    },
  ];
  return form(b.notNow, inputs, [first(b.snooze, 'expiry.snooze', aim, true), withInputs(second(b.letGo, 'expiry.letGo', aim))]);
}

/** Makes a plain button bring the form's inputs along. */
function withInputs(action: Action): Action {
  const { associatedInputs: _, ...rest } = action;
  const { associatedInputs: __, ...fallback } = rest.fallback as Action;
  return { ...rest, fallback };
}

export function snoozedCard(shown: Shown, snoozed: NonNullable<Expiry['marks']['snoozed']>, words: Words): MatterData {
  return {
    ...marked(shown, words),
    state: words.snoozed.state(snoozed.until),
    lead: words.snoozed.lead({ who: personName(shown, snoozed.by, words), reason: reasonText(snoozed.reason) }),
    foot: words.snoozed.foot({ at: snoozed.at, day: snoozed.until }),
    actions: [
      second(words.buttons.wake, 'expiry.undo', aimAt(shown)),
      open(words.buttons.partnerCenter, shown.expiry.customerId, 'subscriptions', 'secondary'),
    ],
  };
}

export function letGoCard(shown: Shown, letGo: NonNullable<Expiry['marks']['letGo']>, words: Words): MatterData {
  return {
    ...marked(shown, words),
    state: words.letGo.state,
    lead: words.letGo.lead({ who: personName(shown, letGo.by, words), reason: reasonText(letGo.reason) }),
    foot: words.letGo.foot({ at: letGo.at }),
    actions: [
      second(words.buttons.choosePlan, 'expiry.undo', aimAt(shown)),
      open(words.buttons.partnerCenter, shown.expiry.customerId, 'subscriptions', 'secondary'),
    ],
  };
}

function marked(shown: Shown, words: Words): Omit<MatterData, 'actions'> {
  const { customerBare, plan, planBare: bare } = names(shown);
  const left = daysBetween(shown.today, shown.expiry.facts.expiresOn);
  return {
    ...opening(shown, words),
    claims: claimsEnds(shown),
    what: plan,
    ...(shown.expiry.facts.endOfTerm === 'unread' ? { effect: effect(shown.expiry, words) } : { flip: flip(shown.expiry, words) }),
    speak: words.notice.speak({ customer: customerBare, plan: bare, day: shown.expiry.facts.expiresOn, left }),
  };
}

/** It renews again, or it ended without us: the matter keeps its card and loses its buttons. */
export function closedCard(shown: Shown, closed: NonNullable<Expiry['closed']>, words: Words): MatterData {
  const said = words[closed.how === 'moved' ? 'ended' : closed.how];
  const readAgain = closed.how === 'renewed' && shown.expiry.kind === 'unread';
  const day = shown.expiry.facts.expiresOn;
  const turned = { was: words.notice.was, before: words.notice.expires(day), now: words.notice.now, after: words.notice.autoRenews(day) };
  const { customerBare, plan } = names(shown);
  // A move that was given up may have bought.
  const begun = shown.expiry.begun || shown.migration?.order;
  return {
    ...opening(shown, words),
    claims: [...(closed.how === 'left' ? [] : [claimsClosed(shown, closed)]), ...(begun ? [] : [claimsNothingBought(shown, closed.at)])],
    speak: said.speak(customerBare),
    state: said.state,
    what: plan,
    ...(closed.how === 'renewed' && !readAgain ? { flip: turned } : {}),
    lead: [readAgain ? words.readAgain : said.lead, begun ? words.begunBefore : words.nothingHere].join(' '),
    foot: said.foot(closed.at),
    actions: [open(words.buttons.partnerCenter, shown.expiry.customerId, 'subscriptions')],
  };
}

/** What stays of a card that is no longer kept up to date, because another one about the same stands in this chat. */
export function stubCard(shown: Pick<Shown, 'expiry'>, words: Words): MatterData {
  return {
    ...opening(shown, words),
    speak: words.movedDown.lead,
    state: words.movedDown.state,
    what: names(shown).plan,
    lead: words.movedDown.lead,
    actions: [],
  };
}
