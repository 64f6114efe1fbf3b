/** Setting how a term ends: asked about, being set, and looked at until it has come. */
import { lapsesAt } from '../../services/approval/approval.ts';
import type { EndOffer, Move } from '../../services/domain/ticket.ts';
import { mayNotHold } from '../../services/moves/ending.ts';
import { mayBegin } from '../../services/moves/states.ts';
import { goesOn } from '../../services/tickets/endOfTerm.ts';
import { settable } from '../../services/tickets/ways.ts';
import type { Shown } from '../../services/ticketView.ts';
import { type Action, form, openUrl, overflow, primary, reasonInput, secondary } from '../buttons.ts';
import { claimsApproved, claimsEnd, claimsOldOne } from '../claims.ts';
import { joined, planBare, planText, type Safe } from '../escape.ts';
import type { Words } from '../text/words.ts';
import { becomes } from './ends.ts';
import { stepsDone } from './finished.ts';
import { effect, standingSaid } from './notice.ts';
import { effectOf, notYours, whoseYes } from './quote.ts';
import { cardTarget, names, opening, personName, progress, type TicketCard } from './regions.ts';

export function weighingCard(shown: Shown, move: Move, words: Words): TicketCard {
  const to = move.way === 'renew' ? 'renew' : 'cancel';
  return {
    ...opening(shown, words),
    speak: words.termEnd.weighing,
    state: words.termEnd.weighing,
    what: words.termEnd.what({ to, plan: names(shown).plan }),
    lead: move.again ? joined([words.quote.again(move.again), words.termEnd.weighingLead]) : words.termEnd.weighingLead,
    actions: [overflow(words.buttons.cancelMove, 'move.cancel', cardTarget(shown)), link(shown, words, 'secondary')],
  };
}

export function weighedCard(shown: Shown, move: Move, end: EndOffer, words: Words): TicketCard {
  const { termEnd: say, buttons: b, labels, errors } = words;
  const { customerBare: customer, plan } = names(shown);
  const { to, day } = end;
  const aim = cardTarget(shown);
  const yes = whoseYes(shown, end);
  const hidden = to === 'renew' ? shown.hides.cost : null;
  const { standing } = shown.ticket.facts;
  // What is no longer active has no end to be set; it is read again before anything is.
  const asked =
    to === 'renew' ? say.renewLead({ term: planBare(end.term), day, newCommerce: shown.ticket.facts.newCommerce }) : say.cancelLead({ loses: end.loses, day });
  const lead = standing ? standingSaid(shown.ticket, standing, words) : asked;
  const decline = form(b.decline, [reasonInput(labels.whyNot, errors.reason)], [primary(b.decline, 'purchase.decline', aim, true)]);
  return {
    ...opening(shown, words),
    claims: claimsOldOne(shown),
    speak: say.speak({ customer, to, plan, day }),
    state: say.weighed,
    what: say.what({ to, plan }),
    lead: move.again ? joined([words.quote.again(move.again), lead]) : lead,
    ...effectOf([notYours(shown, yes, words)]),
    ...(to === 'renew' ? { box: hidden ? { lines: [words.quote.hidden[hidden]] } : price(end, words) } : {}),
    facts: [{ title: labels.licences, value: words.notice.seats(end.quantity, shown.ticket.facts.inUse) }],
    ...(standing ? {} : { sections: [{ title: say.when, separator: true, bullets: bullets(shown, end, words) }] }),
    foot: say.foot({ who: personName(shown, end.askedBy, words), at: end.at, until: lapsesAt(end) }),
    actions: [
      ...(yes === 'may' && hidden !== 'personal' && !standing ? [primary(b.approveEnd[to], 'purchase.approve', aim)] : []),
      ...(yes === 'noApprover' ? [] : [decline]),
      overflow(b.checkAgain, 'move.check', aim),
      overflow(b.cancelMove, 'move.cancel', aim),
      link(shown, words, 'secondary'),
    ],
  };
}

function price({ monthly, total, term, pricedOn }: EndOffer, words: Words): NonNullable<TicketCard['box']> {
  const { termEnd: say } = words;
  if (!monthly || !total) return { title: say.notKnown, lines: [say.noPrice] };
  return { title: say.priceTitle(pricedOn ?? null), lines: [say.price({ monthly, total, term: planBare(term) })] };
}

/** What becomes of it, and which planned change is lost. */
function bullets(shown: Shown, { to, day, lost }: EndOffer, words: Words): Safe[] {
  const { termEnd: say } = words;
  const own =
    to === 'renew'
      ? say.renewBullets({ newCommerce: shown.ticket.facts.newCommerce, planned: shown.plannable ?? false })
      : say.cancelBullets({ soon: mayNotHold({ at: shown.now, day }) });
  const next = lost?.next ? say.lostPlan(becomes(lost.next, shown.ticket.plans)) : null;
  const word = lost?.word ? say.lostWord(planText(lost.word)) : null;
  return [...[next, word].filter((one) => one !== null), ...own];
}

export function settingCard(shown: Shown, move: Move, words: Words): TicketCard {
  const { termEnd: say } = words;
  const to = move.way === 'renew' ? 'renew' : 'cancel';
  const { approval, suspension } = move;
  return {
    ...opening(shown, words),
    ...steps(shown, move, 3, words),
    claims: approval && move.way !== 'replace' ? [claimsApproved(shown, approval)] : [],
    speak: say.setting,
    state: say.setting,
    what: say.what({ to, plan: names(shown).plan }),
    lead: suspension ? say.asked(suspension.sentAt) : say.settingLead[to],
    actions: [link(shown, words)],
  };
}

/** Its cancellation was set; what is told is how it reads now. */
export function setCard(shown: Shown, move: Move, words: Words): TicketCard {
  const { termEnd: say, buttons: b } = words;
  const { facts } = shown.ticket;
  const { endSet } = move;
  const { customerBare: customer, planBare: plan } = names(shown);
  const holds = facts.endOfTerm === 'cancels' || Boolean(facts.standing);
  // What is not known, or contradicts itself, does not say that it is gone.
  const isLost = goesOn(facts.endOfTerm) || facts.endOfTerm === 'extends';
  const speak = goesOn(facts.endOfTerm)
    ? words.notice.speakAsked({ customer, plan })
    : words.notice.speak({ customer, plan, day: facts.expiresOn, left: -1, ends: holds });
  const aim = cardTarget(shown);
  // Who used it when its ticket was opened is on the new one by now.
  const moved = move.way === 'replace' && facts.endOfTerm === 'cancels' && facts.newCommerce && move.people;
  const said = moved ? say.afterMove({ left: moved.waived }) : effect(shown, words);
  const can = mayBegin(move) ? settable(facts) : [];
  return {
    ...opening(shown, words),
    ...steps(shown, move, stepsDone(move), words),
    claims: facts.standing ? [] : [claimsEnd(shown)],
    speak: facts.standing ? say.set(facts.expiresOn) : speak,
    urgent: !holds,
    state: holds ? say.set(facts.expiresOn) : isLost ? say.lost : say.unsure,
    what: names(shown).plan,
    lead: holds ? (facts.standing ? say.set(facts.expiresOn) : said) : isLost ? joined([say.lostLead, said]) : said,
    ...(holds && endSet && !move.endFound && mayNotHold(endSet) ? { effect: say.mayNotHold } : {}),
    ...(endSet ? { foot: (move.endFound ? say.foundAt : say.lookedAt)(endSet) } : {}),
    actions: [
      ...(can.includes('cancel') && shown.plannable ? [primary(b.cancelAtEnd, 'end.cancel', aim)] : []),
      ...(can.includes('renew') ? [secondary(b.renewAgain, 'end.renew', aim)] : []),
      overflow(b.history, 'ticket.history', aim),
      link(shown, words, 'secondary'),
    ],
  };
}

/** Only the last step of a move has steps before it. */
function steps(shown: Shown, move: Move, at: Parameters<typeof progress>[0], words: Words): Pick<TicketCard, 'steps'> {
  return move.way === 'replace' ? { steps: progress(at, shown, words) } : {};
}

function link(shown: Shown, words: Words, mode?: 'secondary'): Action {
  return openUrl(words.buttons.partnerCenter, shown.ticket.customerId, 'subscriptions', mode);
}
