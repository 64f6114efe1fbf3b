/** The last step: what suspending the old subscription means, classic and new commerce told apart. */
import type { Move } from '../../services/domain/ticket.ts';
import { deletedFrom, lastStep, lastStepHere, renews } from '../../services/tickets/endOfTerm.ts';
import type { Shown } from '../../services/ticketView.ts';
import { type Action, form, openUrl, overflow, primary, reasonInput, secondary } from '../buttons.ts';
import { type Claim, claimsEnd, claimsMoved, claimsNobodyHolds, oldOne } from '../claims.ts';
import { joined, planText, reasonText, type Safe } from '../escape.ts';
import type { Words } from '../text/words.ts';
import { cardTarget, names, opening, personName, progress, type Section, type TicketCard } from './regions.ts';

export function suspensionCard(shown: Shown, move: Move, words: Words): TicketCard {
  const { suspension: say } = words;
  const { facts } = shown.ticket;
  const { customerBare, plan } = names(shown);
  const shared = {
    ...opening(shown, words),
    claims: claims(shown, move),
    speak: say.speak({ customer: customerBare, last: lastStepHere(facts, shown.plannable) }),
    state: say.state,
    what: { letEnd: say.end, cancel: say.decide, suspend: say.suspend, customerActs: say.decide }[lastStep(facts)](plan),
    steps: progress(3, shown, words),
    lead: move.again === 'lastStep' ? joined([words.quote.again('lastStep'), whoHasNew(shown, move, words)]) : whoHasNew(shown, move, words),
    ...effect(shown, words),
    actions: actions(shown, words),
  };
  // What a suspension would do is said of one that is active.
  if (facts.standing) return shared;
  if (!facts.newCommerce) return { ...shared, sections: [classic(shown, words)] };
  return {
    ...shared,
    box: {
      title: say.savesNothing,
      lines: [say.paidUntil({ day: facts.expiresOn, now: facts.priceNow }), ...(refundable(shown) ? [words.notice.undo(facts.undoUntil ?? '')] : [])],
    },
    sections: [newCommerce(shown, words)],
  };
}

/** Whether Partner Center still gives money back for the old one. */
function refundable({ ticket, now }: Shown): boolean {
  const { undoUntil } = ticket.facts;
  return undoUntil != null && undoUntil > now;
}

function claims(shown: Shown, move: Move): Claim[] {
  const { people } = move;
  // Where nobody knows who had it, nothing is said of it.
  if (!people) return [claimsEnd(shown)];
  return [people.total === 0 ? claimsNobodyHolds(shown, move) : claimsMoved(shown, move), claimsEnd(shown)];
}

/** Who has the new licence, who keeps the old one, and who was left behind. */
export function whoHasNew(shown: Shown, move: Move, words: Words): Safe {
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

/** What becomes of it where it does not end by itself. */
function effect(shown: Shown, words: Words): Pick<TicketCard, 'effect'> {
  const { facts } = shown.ticket;
  if (facts.standing) return {};
  if (renews(facts.endOfTerm)) return { effect: words.suspension.keepsRenewing({ day: facts.expiresOn, at: facts.prices?.renewal ?? null }) };
  if (lastStep(facts) !== 'cancel') return {};
  const say = shown.plannable ? words.suspension.setHere : words.suspension.setCancellation;
  return { effect: say({ how: oldOne(shown), day: facts.expiresOn }) };
}

function classic(shown: Shown, words: Words): Section {
  const { suspension: say } = words;
  const { facts } = shown.ticket;
  const bullets = [say.billingStops(facts.priceNow), say.deleted({ from: deletedFrom(shown.today, facts.expiresOn), end: facts.expiresOn }), say.backOn];
  return {
    title: say.when,
    separator: true,
    bullets: facts.addons.length > 0 ? [...bullets, words.notice.addons(facts.addons.map(planText), facts.addonsNow ?? null)] : bullets,
  };
}

function newCommerce(shown: Shown, words: Words): Section {
  const { suspension: say } = words;
  const { facts } = shown.ticket;
  const first = lastStep(facts) === 'cancel' ? [say.setItFirst] : [];
  return { title: say.whenAnyway, separator: true, bullets: [say.stopsAtOnce, say.noWayBack(facts.expiresOn), say.changesLost, ...first] };
}

function actions(shown: Shown, words: Words): Action[] {
  const { buttons: b } = words;
  const aim = cardTarget(shown);
  const link = openUrl(b.partnerCenter, shown.ticket.customerId, 'subscriptions', 'secondary');
  const leave = form(b.leaveRunning, [reasonInput(words.labels.why, words.errors.reason)], [primary(b.leave, 'suspension.skip', aim, true)]);
  switch (lastStepHere(shown.ticket.facts, shown.plannable)) {
    case 'letEnd':
      return [primary(b.letItEnd, 'suspension.skip', aim), secondary(b.suspendNow, 'suspension.confirm', aim), link];
    case 'setEnd':
      return [primary(b.cancelAtEnd, 'end.cancel', aim), leave, overflow(b.suspendNow, 'suspension.confirm', aim), link];
    case 'cancel':
      return [openUrl(b.setCancellation, shown.ticket.customerId, 'subscriptions'), leave, overflow(b.suspendNow, 'suspension.confirm', aim)];
    case 'suspend':
      return [primary(b.suspend, 'suspension.confirm', aim), leave, link];
    case 'customerActs':
      return [leave, link];
  }
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
    steps: progress(3, shown, words),
    lead: joined(lead),
    actions: [openUrl(words.buttons.partnerCenter, shown.ticket.customerId, 'subscriptions')],
  };
}
