/** The last step: what suspending the old subscription means, classic and new commerce told apart. */
import { addDays } from '../../services/clock.ts';
import type { Move } from '../../services/domain/ticket.ts';
import { endsByItself } from '../../services/tickets/endOfTerm.ts';
import type { Shown } from '../../services/ticketView.ts';
import { type Action, form, openUrl, primary, reasonInput, secondary } from '../buttons.ts';
import { type Claim, claimsEnd, claimsMoved, claimsNobodyHolds } from '../claims.ts';
import { joined, planText, reasonText, type Safe } from '../escape.ts';
import type { Words } from '../text/words.ts';
import { cardTarget, names, opening, personName, progress, type Section, type TicketCard } from './regions.ts';

/** One page of Microsoft says 120 days, another 90: the card says "about". */
export const DELETED_AFTER_DAYS = 120;

export function suspensionCard(shown: Shown, move: Move, words: Words): TicketCard {
  const { suspension: say } = words;
  const { facts } = shown.ticket;
  const { customerBare, plan } = names(shown);
  const shared = {
    ...opening(shown, words),
    claims: claims(shown, move),
    speak: say.speak({ customer: customerBare, newCommerce: endsByItself(facts) }),
    state: say.state,
    what: facts.newCommerce ? say.end(plan) : say.suspend(plan),
    steps: progress(3, words),
    lead: move.again === 'lastStep' ? joined([words.quote.again('lastStep'), lead(shown, move, words)]) : lead(shown, move, words),
    ...(facts.endOfTerm === 'renews' ? { effect: say.keepsRenewing(facts.expiresOn) } : {}),
    actions: actions(shown, words),
  };
  if (!facts.newCommerce) return { ...shared, sections: [classic(shown, words)] };
  return {
    ...shared,
    box: { title: say.savesNothing, lines: [say.paidUntil({ day: facts.expiresOn, now: facts.priceNow })] },
    sections: [newCommerce(shown, words)],
  };
}

function claims(shown: Shown, move: Move): Claim[] {
  const { people } = move;
  // Where nobody knows who had it, nothing is said of it.
  if (!people) return [claimsEnd(shown)];
  return [people.total === 0 ? claimsNobodyHolds(shown, move) : claimsMoved(shown, move), claimsEnd(shown)];
}

function lead(shown: Shown, move: Move, words: Words): Safe {
  const { suspension: say } = words;
  const waiver = move.waived.at(-1);
  const left = move.people?.waived ?? 0;
  if (waiver && left > 0) return say.waived({ who: personName(shown, waiver.by, words), reason: reasonText(waiver.reason), left });
  const { people } = move;
  if (!people) return say.notKnown;
  if (people.total === 0) return say.nobody;
  if (move.sku && move.sku.from === move.sku.to) return say.sameSku(people.total);
  const stay = people.total - people.moved;
  return stay > 0 ? say.some({ moved: people.moved, stay }) : say.everybody(people.total);
}

function classic(shown: Shown, words: Words): Section {
  const { suspension: say } = words;
  const { facts } = shown.ticket;
  const bullets = [say.billingStops(facts.priceNow), say.deleted(addDays(shown.today, DELETED_AFTER_DAYS)), say.backOn(facts.expiresOn)];
  return { title: say.when, separator: true, bullets: facts.addons.length > 0 ? [...bullets, say.addons(facts.addons.map(planText))] : bullets };
}

function newCommerce(shown: Shown, words: Words): Section {
  const { suspension: say } = words;
  return { title: say.whenAnyway, separator: true, bullets: [say.stopsAtOnce, say.noWayBack(shown.ticket.facts.expiresOn), say.changesLost] };
}

function actions(shown: Shown, words: Words): Action[] {
  const { buttons: b } = words;
  const aim = cardTarget(shown);
  const link = openUrl(b.partnerCenter, shown.ticket.customerId, 'subscriptions', 'secondary');
  // Only what no longer renews ends by itself.
  if (endsByItself(shown.ticket.facts)) return [primary(b.letItEnd, 'suspension.skip', aim), secondary(b.suspendNow, 'suspension.confirm', aim), link];
  return [
    primary(b.suspend, 'suspension.confirm', aim),
    form(b.leaveRunning, [reasonInput(words.labels.why, words.errors.reason)], [primary(b.leave, 'suspension.skip', aim, true)]),
    link,
  ];
}

export function suspendingCard(shown: Shown, move: Move, words: Words): TicketCard {
  const { customerBare, plan } = names(shown);
  const { vouched, suspension } = move;
  const lead = [
    suspension ? words.suspension.asked(suspension.sentAt) : words.suspension.suspendingLead,
    ...(vouched ? [words.suspension.vouched({ who: personName(shown, vouched.by, words), reason: reasonText(vouched.reason) })] : []),
  ];
  return {
    ...opening(shown, words),
    speak: words.suspension.speakNow(customerBare),
    state: words.suspension.suspending,
    what: words.suspension.suspend(plan),
    steps: progress(3, words),
    lead: joined(lead),
    actions: [openUrl(words.buttons.partnerCenter, shown.ticket.customerId, 'subscriptions')],
  };
}
