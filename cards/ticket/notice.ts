/** The notice about a subscription that stops renewing, and what it becomes without a move. */
import { daysBetween } from '../../services/clock.ts';
import type { Happened, Standing, Ticket } from '../../services/domain/ticket.ts';
import { goesOn, renews } from '../../services/tickets/endOfTerm.ts';
import { settable } from '../../services/tickets/ways.ts';
import type { Shown } from '../../services/ticketView.ts';
import { type Action, form, openAgreement, openUrl, overflow, primary, reasonInput, secondary, toggleDetails } from '../buttons.ts';
import { type Claim, claimsEnd, claimsNoPrice } from '../claims.ts';
import { joined, nameText, planBare, planText, reasonText, type Safe, safe } from '../escape.ts';
import type { OutcomeSaid } from '../text/en/outcomes.ts';
import type { Words } from '../text/words.ts';
import { elsewhereGist } from './elsewhere.ts';
import { endSaid, ofThisTerm, outcomeSaid } from './ends.ts';
import { choices } from './offer.ts';
import { cardTarget, names, opening, personName, type TicketCard } from './regions.ts';

const URGENT_DAYS = 7;

export function noticeCard(shown: Shown, words: Words): TicketCard {
  const { ticket } = shown;
  const left = daysBetween(shown.today, ticket.facts.expiresOn);
  const said = gist(shown, left, words);
  const more = ofThisTerm(shown, words);
  return {
    ...opening(shown, words),
    claims: [...claimsEnds(shown), ...claimsNoPrice(shown)],
    ...said,
    ...(more ? { effect: joined([said.effect, more]) } : {}),
    urgent: !goesOn(ticket.facts.endOfTerm) && left <= URGENT_DAYS,
    what: names(shown).plan,
    facts: facts(ticket, words),
    ...choices(shown, words),
    ...foot(shown, words),
    details: details(ticket, words),
    actions: noticeActions(shown, words),
  };
}

/** State, and the one fact: that it ends, that it goes on, how it stands since it is over, or that nobody says. */
function gist(shown: Shown, left: number, words: Words): Pick<TicketCard, 'speak' | 'state' | 'lead' | 'flip' | 'effect'> {
  const { ticket } = shown;
  const { customerBare: customer, planBare: plan } = names(shown);
  const { expiresOn: day, endOfTerm, standing } = ticket.facts;
  if (ticket.facts.elsewhere && !standing) return elsewhereGist(shown, words);
  const outcome = outcomeSaid(shown);
  if (outcome) return broughtUp(shown, outcome, words);
  if (standing) {
    const said = standingSaid(ticket, standing, words);
    return { speak: safe`${customer}${words.signs.colon} ${said}`, state: words.notice.asked, lead: said };
  }
  if (endOfTerm === 'unread') return { speak: words.notice.speakUnread({ customer, plan }), state: words.notice.unread, lead: words.notice.unreadLead(day) };
  const lead = joined([effect(shown, words), left >= 0 && !goesOn(endOfTerm) ? dropped(ticket, words) : null, setThere(shown, words)]);
  if (endOfTerm === 'inEst') return { speak: words.notice.speakAsked({ customer, plan }), state: words.notice.inEst, lead };
  if (goesOn(endOfTerm)) return { speak: words.notice.speakAsked({ customer, plan }), state: words.notice.asked, lead };
  const speak = words.notice.speak({ customer, plan, day, left, ends: endOfTerm === 'cancels' });
  if (endOfTerm === 'contradictory') return { speak, state: words.notice.contradictory, lead: words.notice.termEnds(day), effect: lead };
  return { speak, state: words.notice.state(left, endOfTerm === 'cancels'), ...turned(ticket, words), effect: lead };
}

/** What brought it up where that was no flip, and what becomes of it now. */
function broughtUp(shown: Shown, said: OutcomeSaid, words: Words): Pick<TicketCard, 'speak' | 'state' | 'lead' | 'effect'> {
  const { ticket } = shown;
  const { customerBare: customer, planBare: plan } = names(shown);
  const state = words.outcomes.state(said.happened);
  const speak = words.outcomes.speak({ customer, plan, state });
  const { standing } = ticket.facts;
  if (standing) return { speak, state, lead: standingSaid(ticket, standing, words) };
  const lead = words.outcomes.lead(said);
  if (lead === null) return { speak, state, lead: effect(shown, words) };
  return { speak, state, lead, ...(SAYS_ALL.has(said.happened) ? {} : { effect: effect(shown, words) }) };
}

/** What brought it up says its end too. */
const SAYS_ALL: ReadonlySet<Happened> = new Set(['trial', 'softwareEnds', 'outlivesBase']);

/** How one stands that is no longer active. */
export function standingSaid({ facts, closed, openedAt }: Ticket, standing: Standing, words: Words): Safe {
  const seenOn = (closed?.at ?? facts.readAt ?? openedAt).slice(0, 10);
  const over = { as: facts.endedAs ?? null, seenOn, inEst: facts.endOfTerm === 'inEst' };
  return words.standing(standing, { newCommerce: facts.newCommerce, day: facts.expiresOn, addons: facts.addons.map(planText), ...over });
}

/** What becomes of it at its end, where that was read. */
function claimsEnds(shown: Shown): Claim[] {
  const { standing, endOfTerm } = shown.ticket.facts;
  return standing || endOfTerm === 'unread' ? [] : [claimsEnd(shown)];
}

/** The day, in Partner Center's words where it ends; what it was before only where that was seen. */
function turned(ticket: Ticket, words: Words): Pick<TicketCard, 'lead' | 'flip'> {
  const { expiresOn: day, endOfTerm } = ticket.facts;
  const after = endOfTerm === 'cancels' ? words.notice.expires(day) : words.notice.termEnds(day);
  if (ticket.kind !== 'flip') return { lead: after };
  return { flip: { was: words.notice.was, before: words.notice.autoRenews(day), now: words.notice.now, after } };
}

/** Where an end can only be set in Partner Center, that is said, unless the rest says it already. */
function setThere({ ticket, plannable }: Shown, words: Words): Safe | null {
  const { facts } = ticket;
  const isSaid = renews(facts.endOfTerm) || facts.ending?.either === 'endsOrExtends';
  return !plannable && !isSaid && settable(facts).includes('cancel') ? words.termEnd.setThere : null;
}

/** What its end means; once its last day is over only that nothing is read of it yet. */
export function effect({ ticket, today }: Pick<Shown, 'ticket' | 'today'>, words: Words): Safe {
  const { expiresOn: day, endOfTerm } = ticket.facts;
  // An Extended Service Term goes on month by month.
  const isOver = day !== '' && today > day && endOfTerm !== 'inEst';
  return isOver ? words.notice.passed(day) : words.notice.effect(endSaid(ticket));
}

function facts(ticket: Ticket, words: Words) {
  const { facts: of } = ticket;
  return [
    { title: words.labels.licences, value: words.notice.seats(of.quantity, of.inUse) },
    ...(of.priceNow ? [{ title: words.labels.priceNow, value: words.aMonth(of.priceNow) }] : []),
    ...(of.programme ? [{ title: words.labels.programme, value: planText(of.programme) }] : []),
    { title: words.labels.ticketId, value: planText(ticket.id) },
  ];
}

function foot(shown: Shown, words: Words): Partial<TicketCard> {
  const { move, ticket } = shown;
  if ((move?.state === 'drafting' || move?.state === 'cancelled') && move.refusal) return { foot: words.refusals[move.refusal.reason] };
  if (move?.state === 'cancelled' && move.declined)
    return {
      foot: words.notice[move.way === 'replace' ? 'declined' : 'endDeclined']({
        who: personName(shown, move.declined.by, words),
        reason: reasonText(move.declined.reason),
      }),
    };
  return ticket.marks.assignedTo ? { foot: words.notice.lookedAfter(personName(shown, ticket.marks.assignedTo, words)) } : {};
}

function details(ticket: Ticket, words: Words): NonNullable<TicketCard['details']> {
  const { facts: of } = ticket;
  return {
    title: words.buttons.details,
    facts: [
      { title: words.labels.offer, value: planText(of.offerId) },
      ...(of.elsewhere ? [] : [{ title: words.labels.subscription, value: planText(ticket.subscriptionId) }]),
      ...(of.elsewhere ? [] : [{ title: words.labels.term, value: words.notice.kind({ ...of, term: planText(of.term), billing: planText(of.billing) }) }]),
      { title: words.labels.seen, value: words.stamp(ticket.openedAt) },
      ...(of.elsewhere ? [] : [...changedBy(ticket, words), ...edited(ticket, words)]),
      ...(of.beside?.reseller ? [{ title: words.labels.reseller, value: words.notice.reseller(planText(of.beside.reseller)) }] : []),
    ],
  };
}

/** Who switched auto-renew off; nothing where nobody did. */
function changedBy({ facts: { changedBy: who, switched } }: Ticket, words: Words): NonNullable<TicketCard['details']>['facts'] {
  if (who === 'unchanged') return [];
  const { since = null, at = null, app } = switched ?? {};
  return [{ title: words.labels.changedBy, value: words.notice.changedBy({ who: changer(who), since, at, app: app ? planBare(app) : null }) }];
}

/** Who changed it last, where what is planned for it is another thing since. */
function edited({ facts: { edited: last, happened } }: Ticket, words: Words): NonNullable<TicketCard['details']>['facts'] {
  if (!last || !happened?.startsWith('plan')) return [];
  return [
    {
      title: words.labels.lastEdit,
      value: words.notice.changedBy({ who: changer(last.changedBy), since: null, at: last.at, app: last.app ? planBare(last.app) : null }),
    },
  ];
}

function changer(who: string | null) {
  return who === null || who === 'nobody' || who === 'application' ? who : nameText(who);
}

/** That it went off by a change of something else, where it has not ended since. */
function dropped({ facts: { changedBy: who, switched, expiresOn: day } }: Ticket, words: Words): Safe | null {
  if (!switched?.withSeats || !switched.at) return null;
  return words.notice.droppedBy({ byApp: who === 'application', at: switched.at, day });
}

function noticeActions(shown: Shown, words: Words): Action[] {
  const aim = cardTarget(shown);
  const { buttons: b } = words;
  const link = openUrl(b.partnerCenter, shown.ticket.customerId, 'subscriptions', 'secondary');
  const drafting = shown.move?.state === 'drafting';
  const can = drafting ? [] : settable(shown.ticket.facts);
  const ends = [
    ...(can.includes('cancel') && shown.plannable ? [overflow(b.cancelAtEnd, 'end.cancel', aim)] : []),
    ...(can.includes('renew') ? [overflow(b.renewAgain, 'end.renew', aim)] : []),
  ];
  const menuItems = [
    ...ends,
    ...(drafting ? [overflow(b.cancelMove, 'move.cancel', aim)] : []),
    overflow(b.assign, 'ticket.assign', aim),
    toggleDetails(b.details),
    ...(drafting && shown.move?.refusal?.reason === 'agreement' ? [openAgreement(b.acceptAgreement)] : []),
    // More than six buttons are not shown; what Partner Center was looked up for can be done here then.
    ...(ends.length > 1 ? [] : [link]),
  ];
  if (shown.ticket.plans === null) return [notNow(shown, words), ...menuItems];
  return [primary(b.getPrice, 'purchase.quote', aim, true), ...(drafting ? [] : [notNow(shown, words)]), ...menuItems];
}

export function notNow(shown: Shown, words: Words): Action {
  const { buttons: b, labels, errors } = words;
  const aim = cardTarget(shown);
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
  return form(b.notNow, inputs, [primary(b.snooze, 'ticket.snooze', aim, true), withInputs(secondary(b.dismissed, 'ticket.dismiss', aim))]);
}

/** Makes a plain button bring the form's inputs along. */
function withInputs(action: Action): Action {
  const { associatedInputs: _, ...rest } = action;
  const { associatedInputs: __, ...fallback } = rest.fallback as Action;
  return { ...rest, fallback };
}

export function snoozedCard(shown: Shown, snoozed: NonNullable<Ticket['marks']['snoozed']>, words: Words): TicketCard {
  return {
    ...marked(shown, words),
    state: words.snoozed.state(snoozed.until),
    lead: words.snoozed.lead({ who: personName(shown, snoozed.by, words), reason: snoozed.reason === '' ? null : reasonText(snoozed.reason) }),
    foot: words.snoozed.foot({ at: snoozed.at, day: snoozed.until }),
    actions: [
      secondary(words.buttons.wake, 'ticket.undo', cardTarget(shown)),
      openUrl(words.buttons.partnerCenter, shown.ticket.customerId, 'subscriptions', 'secondary'),
    ],
  };
}

export function dismissedCard(shown: Shown, dismissed: NonNullable<Ticket['marks']['dismissed']>, words: Words): TicketCard {
  return {
    ...marked(shown, words),
    state: words.dismissed.state,
    lead: words.dismissed.lead({ who: personName(shown, dismissed.by, words), reason: reasonText(dismissed.reason) }),
    foot: words.dismissed.foot({ at: dismissed.at }),
    actions: [
      secondary(words.buttons.choosePlan, 'ticket.undo', cardTarget(shown)),
      openUrl(words.buttons.partnerCenter, shown.ticket.customerId, 'subscriptions', 'secondary'),
    ],
  };
}

function marked(shown: Shown, words: Words): Omit<TicketCard, 'actions'> {
  const { customerBare, plan, planBare: bare } = names(shown);
  const { expiresOn: day, endOfTerm, standing } = shown.ticket.facts;
  const left = daysBetween(shown.today, day);
  if (standing) {
    const said = standingSaid(shown.ticket, standing, words);
    return { ...opening(shown, words), what: plan, effect: said, speak: safe`${customerBare}${words.signs.colon} ${said}` };
  }
  // Their own lead is who said what: here the day stands among the rest.
  const { flip, lead } = endOfTerm === 'unread' || goesOn(endOfTerm) ? { lead: effect(shown, words) } : turned(shown.ticket, words);
  return {
    ...opening(shown, words),
    claims: claimsEnds(shown),
    what: plan,
    ...(flip ? { flip } : { effect: lead as Safe }),
    speak: goesOn(endOfTerm)
      ? words.notice.speakAsked({ customer: customerBare, plan: bare })
      : words.notice.speak({ customer: customerBare, plan: bare, day, left, ends: endOfTerm === 'cancels' }),
  };
}
