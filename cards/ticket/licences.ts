/** The licences: who can move, who cannot and why, how far it is, who did not. */
import { PICK_MAX } from '../../services/domain/people.ts';
import type { Move, PeopleCount } from '../../services/domain/ticket.ts';
import type { Shown } from '../../services/ticketView.ts';
import { type Action, form, openUrl, overflow, primary, reasonInput, secondary } from '../buttons.ts';
import { claimsBought, claimsMoved } from '../claims.ts';
import { joined, nameBare, nameText, reasonText, type Safe } from '../escape.ts';
import type { Words } from '../text/words.ts';
import { cardTarget, names, newPlan, opening, progress, type TicketCard } from './regions.ts';

export function countingCard(shown: Shown, move: Move, words: Words): TicketCard {
  return {
    ...opening(shown, words),
    claims: [claimsBought(shown, move)],
    speak: words.reassignment.counting,
    state: words.reassignment.counting,
    what: words.reassignment.to(newPlan(move)),
    steps: progress(2, shown, words),
    lead: words.reassignment.countingLead,
    actions: [openUrl(words.buttons.users, shown.ticket.customerId, 'users')],
  };
}

export function licencesCard(shown: Shown, move: Move, people: PeopleCount, words: Words): TicketCard {
  const { reassignment: say } = words;
  const sameSku = move.sku !== null && move.sku.from === move.sku.to;
  const failed = !sameSku && people.moved > 0 && people.movable === 0;
  const { customerBare, plan } = names(shown);
  const stopped = people.blocked;
  return {
    ...opening(shown, words),
    claims: [claimsBought(shown, move), claimsMoved(shown, move)],
    speak: say.speak({ customer: customerBare, movable: people.movable, total: people.total }),
    urgent: failed && stopped > 0,
    state: failed && stopped > 0 ? say.failed(stopped) : say.state,
    what: failed ? say.to(newPlan(move)) : say.what({ from: plan, to: newPlan(move) }),
    steps: progress(2, shown, words),
    lead: lead(people, { sameSku, failed }, words),
    ...(stopped > 0 && !sameSku ? { box: box(people, shown.hides.names, words) } : {}),
    facts: [
      { title: words.labels.newLicences, value: say.free({ free: people.freeSeats, of: move.quote?.quantity ?? 0 }) },
      ...(sameSku ? [] : [{ title: words.labels.servicePlans, value: say.plansStay }]),
    ],
    actions: actions(shown, people, { sameSku }, words),
  };
}

function lead(people: PeopleCount, { sameSku, failed }: { sameSku: boolean; failed: boolean }, words: Words): Safe {
  const { reassignment: say } = words;
  if (sameSku) return say.notCovered({ seats: people.freeSeats ?? people.moved, holders: people.total });
  const stay = Math.max(0, Math.min(people.covered ?? 0, people.total - people.moved - people.waived - people.movable - people.blocked - people.kept));
  const more = [
    ...(people.without > 0 ? [say.without(people.without)] : []),
    ...(stay > 0 ? [say.stay(stay)] : []),
    ...(people.kept > 0 ? [say.kept(people.kept)] : []),
    ...(people.waived > 0 ? [say.waivedCount(people.waived)] : []),
    ...(people.gone > 0 ? [say.gone(people.gone)] : []),
  ];
  if (failed) return joined([say.failedLead({ moved: people.moved, total: people.total }), ...more]);
  return joined([
    people.movable > 0 ? say.lead({ movable: people.movable, total: people.total - people.moved, keeps: people.without === 0 }) : say.noneMovable(people.total),
    ...more,
  ]);
}

function box(people: PeopleCount, unnamed: boolean, words: Words): NonNullable<TicketCard['box']> {
  const more = people.blocked + people.gone - people.named.length;
  const lines = people.named.map((one) =>
    joined([words.reassignment.line(unnamed ? words.people(1) : nameText(one.name), one.why), one.said ? words.reassignment.said(reasonText(one.said)) : null]),
  );
  return { title: words.reassignment.boxTitle(people.blocked), lines: more > 0 ? [...lines, words.reassignment.more(more)] : lines };
}

/** Names are chosen from a list only where nobody else reads along. */
function actions(shown: Shown, people: PeopleCount, { sameSku }: { sameSku: boolean }, words: Words): Action[] {
  const { buttons: b } = words;
  const aim = cardTarget(shown);
  const link = openUrl(b.users, shown.ticket.customerId, 'users', 'secondary');
  // What is bought stays; whoever wants nobody moved is not kept waiting for ever.
  const endHere = overflow(b.endHere, 'move.giveUp', aim);
  // Who is left behind is said by name, and names are listed only where nobody else reads along.
  const goOn =
    shown.unmoved.length > 0
      ? form(
          b.goOnWithout,
          [peopleInput(shown.unmoved, words.labels.leftBehind, '', words), { ...reasonInput(words.labels.why, words.errors.reason), spacing: 'Medium' }],
          [primary(b.goOn, 'reassignment.waive', aim, true)],
        )
      : secondary(b.goOnWithout, 'reassignment.waive', aim);
  if (people.movable > 0) {
    const picking = picks(shown, people, words);
    const other = picking ?? (people.moved > 0 ? goOn : secondary(b.checkAgain, 'move.check', aim));
    return [
      primary(b.move(people.movable), 'reassignment.confirm', aim),
      other,
      ...(picking ? [overflow(b.checkAgain, 'move.check', aim)] : []),
      endHere,
      link,
    ];
  }
  const retry = people.moved > 0 && !sameSku ? primary(b.tryAgain, 'reassignment.retry', aim) : primary(b.checkAgain, 'move.check', aim);
  return [retry, ...(sameSku ? [] : [goOn]), endHere, link];
}

/** Where others read along the choice opens in person; null where there are too many to be listed. */
function picks(shown: Shown, people: PeopleCount, words: Words): Action | null {
  if (shown.holders.length > 0) return pick(shown, words);
  const listed = shown.chat.kind !== 'personal' && people.total <= PICK_MAX;
  return listed ? secondary(words.buttons.pickPeople, 'reassignment.pick', cardTarget(shown)) : null;
}

function pick(shown: Shown, words: Words): Action {
  const everybody = shown.holders.map((holder) => holder.id).join(',');
  const input = peopleInput(shown.holders, words.labels.who, everybody, words);
  return form(words.buttons.pickPeople, [input], [primary(words.buttons.moveThem, 'reassignment.confirm', cardTarget(shown), true)]);
}

function peopleInput(people: Shown['holders'], label: Safe, value: string, words: Words): Action {
  return {
    type: 'Input.ChoiceSet',
    id: 'users',
    label,
    style: 'expanded',
    wrap: true,
    spacing: 'None',
    isMultiSelect: true,
    choices: people.map((person) => ({ value: person.id, title: nameBare(person.name) })),
    ...(value ? { value } : {}),
    isRequired: true,
    errorMessage: words.errors.users,
  };
}

export function movingCard(shown: Shown, move: Move, words: Words): TicketCard {
  const people = move.people ?? { total: 0, moved: 0, kept: 0 };
  // Whom somebody has just left out is counted among the others when the first of them moves.
  const kept = people.kept + (move.chosen?.except.length ?? 0);
  return {
    ...opening(shown, words),
    claims: [claimsMoved(shown, move)],
    speak: words.reassignment.speakMoving(names(shown).customerBare),
    state: words.reassignment.moving,
    what: words.reassignment.to(newPlan(move)),
    steps: progress(2, shown, words),
    lead: joined([words.reassignment.movingLead({ moved: people.moved, total: people.total }), kept > 0 ? words.reassignment.kept(kept) : null]),
    actions: [openUrl(words.buttons.users, shown.ticket.customerId, 'users')],
  };
}
