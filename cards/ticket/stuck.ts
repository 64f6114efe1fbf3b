/** A move that needs a person: what happened, what is certain, what to do. Both ways out are safe. */
import type { Difference, Move, StuckReason } from '../../services/domain/ticket.ts';
import { isOpenOutcome, isVouchable, stoppedAs } from '../../services/moves/stuck.ts';
import type { Shown } from '../../services/ticketView.ts';
import { type Action, type CardTarget, execute, form, openUrl, overflow, primary, reasonInput, toggleDetails } from '../buttons.ts';
import { type Claim, claimsBought, claimsNothingBought, claimsOldOne, claimsRefused, oldOne } from '../claims.ts';
import { joined, NOTHING, planText, reasonText, type Safe } from '../escape.ts';
import type { Words } from '../text/words.ts';
import { endSaid } from './ends.ts';
import { cardTarget, names, newPlan, opening, progress, type TicketCard } from './regions.ts';

const LAST: ReadonlySet<Move['state']> = new Set(['suspending', 'setting', 'set']);

export function stuckCard(shown: Shown, move: Move, words: Words): TicketCard {
  const stuck = move.stuck as NonNullable<Move['stuck']>;
  const { stuck: say, buttons: b, labels } = words;
  const aim = cardTarget(shown);
  const quantity = move.quote?.quantity ?? 0;
  // What is certain goes by what became of the call; what to do, by what stopped it.
  const as = stoppedAs(move) ?? stuck.reason;
  const ofMove = move.way === 'replace';
  // A cancellation that is set and cannot be read.
  const looks = stuck.from === 'set' && stuck.reason !== 'endLost';
  const what = ofMove
    ? say.what({ quantity, plan: newPlan(move) })
    : words.termEnd.what({ to: move.way === 'renew' ? 'renew' : 'cancel', plan: names(shown).plan });
  const request = move.requestIds.at(-1);
  const step = LAST.has(stuck.from) ? 3 : stuck.from === 'purchased' || stuck.from === 'reassigning' ? 2 : 1;
  const left = stuck.reason === 'holders' ? words.people(Number(stuck.code) || 0) : NOTHING;
  const goesOn = whatThen(shown, as, words);
  return {
    ...opening(shown, words),
    speak: say.speak(names(shown).customerBare),
    urgent: true,
    state: say.state,
    what,
    ...(ofMove ? { steps: progress(step, shown, words) } : {}),
    claims: claims(shown, move, { ...stuck, reason: as }),
    lead: move.unsettled
      ? say.unsettled(move.unsettled)
      : joined([
          say.lead(as, { time: words.stamp(stuck.at), left, differs: differs(shown, move, words), code: planText(stuck.code) }),
          as !== stuck.reason && stuck.reason === 'forbidden'
            ? say.lead('forbidden', { time: NOTHING, left, differs: NOTHING, code: planText(stuck.code) })
            : null,
          stuck.said ? say.said(reasonText(stuck.said)) : null,
        ]),
    ...(goesOn === NOTHING ? {} : { effect: goesOn }),
    sections: [
      { title: say.safe, separator: true, bullets: say.safeBullets(as, { day: shown.ticket.facts.expiresOn, how: oldOne(shown), alone: !ofMove }) },
      {
        title: say.canDo,
        separator: false,
        bullets: looks ? say.lookBullets() : say.doBullets(stuck.reason, { quantity, code: stuck.code, alone: !ofMove, vouch: isVouchable(move) }),
      },
    ],
    details: {
      title: b.support,
      facts: [
        { title: labels.step, value: say.stepName[stuck.from] ?? planText(stuck.from) },
        { title: labels.answer, value: planText(stuck.code) },
        { title: labels.since, value: words.stamp(stuck.at) },
        ...(request ? [{ title: labels.request, value: planText(request) }] : []),
        ...(move.quote ? [{ title: labels.cart, value: planText(move.quote.cartId) }] : []),
        ...(move.order ? [{ title: labels.order, value: planText(move.order.id) }] : []),
      ],
    },
    actions: [
      primary(b.lookAgain, 'move.check', aim),
      ...(stuck.reason === 'orderDiffers' && shown.hides.cost === 'personal' ? [] : settling(move, stuck.reason, words, aim)),
      ...(isOpenOutcome(move) || stuck.reason === 'orderDiffers' ? [] : leaving(shown, move, words)),
      overflow(b.assign, 'ticket.assign', aim),
      toggleDetails(b.support),
      openUrl(b.partnerCenter, shown.ticket.customerId, 'subscriptions', 'secondary'),
    ],
  };
}

/** What the old one goes on as, where its end could not be set: that it works until its last day would leave out that it is paid for after it. */
function whatThen(shown: Shown, reason: StuckReason, words: Words): Safe {
  if (!reason.startsWith('end') || reason === 'endUnclear') return NOTHING;
  const how = oldOne(shown);
  return how === 'extends' || how === 'inEst' || how === 'termEnds' ? words.notice.effect(endSaid(shown.ticket)) : NOTHING;
}

/** What an approver can say: what came of an unclear purchase, or that an order is taken as it is. */
function settling(move: Move, reason: StuckReason, words: Words, aim: CardTarget): Action[] {
  const { buttons: b, labels, errors } = words;
  const why = reasonInput(labels.why, errors.reason);
  if (reason === 'purchaseUnclear') {
    const order = { type: 'Input.Text', id: 'order', label: labels.orderNumber, spacing: 'None', maxLength: 60, errorMessage: errors.order };
    return [form(b.settle, [order, why], [primary(b.settled, 'move.settle', aim, true)])];
  }
  if (reason !== 'orderDiffers' || !move.order) return [];
  return [form(b.takeIt, [why], [execute(b.takeIt, 'move.settle', aim, { style: 'positive', inputs: true, more: { order: move.order.id } })])];
}

function differs({ hides }: Shown, move: Move, words: Words): Safe {
  return words.stuck.differs((move.order?.differs ?? []).map(safeDifference), { prices: !hides.cost });
}

function safeDifference(one: Difference): Difference<Safe> {
  switch (one.what) {
    case 'plan':
    case 'term':
    case 'billing':
      return { ...one, asked: planText(one.asked), came: planText(one.came) };
    case 'lines':
    case 'seats':
    case 'price':
      return one;
  }
}

/** What is certain; while nobody knows what was done, only that the old one goes on. */
function claims(shown: Shown, move: Move, stuck: NonNullable<Move['stuck']>): Claim[] {
  const refused = claimsRefused(shown, stuck);
  if (move.way !== 'replace') return [...(stuck.reason === 'endRefused' ? [refused] : []), ...claimsOldOne(shown)];
  switch (stuck.reason) {
    case 'purchaseRefused':
      return [refused, claimsNothingBought(shown, stuck.at), ...claimsOldOne(shown)];
    case 'suspendRefused':
      return [refused, claimsBought(shown, move)];
    case 'purchaseUnclear':
    case 'rights':
      return claimsOldOne(shown);
    case 'suspendUnclear':
    case 'endUnclear':
      return [];
    case 'notActive':
      return [claimsBought(shown, move)];
    default:
      return [claimsBought(shown, move), ...claimsOldOne(shown)];
  }
}

/** To end it here, and where the bot cannot know, to say that one looked in its place: that is said in person. */
function leaving(shown: Shown, move: Move, words: Words): Action[] {
  const { buttons: b, labels, errors } = words;
  const aim = cardTarget(shown);
  const why = reasonInput(labels.why, errors.reason);
  if (!isVouchable(move)) return [form(b.giveUp, [why], [primary(b.giveUp, 'move.giveUp', aim, true)])];
  if (shown.chat.kind !== 'personal') return [form(b.giveUp, [why], [primary(b.giveUp, 'move.giveUp', aim, true)]), overflow(b.vouch, 'suspension.vouch', aim)];
  const vouch = primary(b.vouchNow, 'suspension.vouch', aim, true);
  return [form(b.goOnWithoutMe, [why], [vouch, execute(b.giveUp, 'move.giveUp', aim, { inputs: true })])];
}
