/** The purchase's dialog: plan, seats, price, approval. Pure. */

import { whyNotApprove } from '../services/approval/approval.ts';
import { holdsWords, isCalled } from '../services/catalogue/match.ts';
import { proposedSeats } from '../services/catalogue/replacements.ts';
import { AS_USUAL, partsOf, termsOf } from '../services/domain/terms.ts';
import type { Plan } from '../services/domain/ticket.ts';
import { isOpenQuestion } from '../services/moves/asked.ts';
import { type MoveEvent, mayChoose } from '../services/moves/states.ts';
import { isOwnRequest } from '../services/moves/stuck.ts';
import type { TicketView } from '../services/ticketView.ts';
import type { PlanAndTerm } from './termWords.ts';
import { type Actor, type Decision, decided, type Intention, type Reply, type TicketAction } from './types.ts';

type Of<V extends TicketAction['verb']> = Extract<TicketAction, { verb: V }>;

const NUMBER_LETTERS_MAX = 40;
/** The number of an order. */
const ORDER = /^[\w.-]{1,64}$/;

export function quoteDialog(view: TicketView, action: Of<'purchase.quote'>, actor: Actor): Decision {
  const { ticket, move } = view;
  if (!mayChoose(move)) return decided(already(view));
  const plan = choosePlan(view, action.plan);
  if (!('id' in plan)) return decided(plan);
  const quantity = action.quantity === null ? proposedSeats(plan, ticket.facts.inUse, ticket.facts.quantity) : parseQuantity(action.quantity);
  if (quantity === null || quantity < plan.minimum || quantity > plan.maximum)
    return decided({ say: 'badQuantity', value: action.quantity ?? '', min: plan.minimum, max: plan.maximum });
  const wanted = action.term === AS_USUAL ? null : action.term;
  const sold = termsOf(plan, move);
  if (wanted !== null && !sold.includes(wanted)) return decided(notSoldSo(plan, sold));
  const { term, billing } = wanted === null ? { term: null, billing: null } : partsOf(wanted);
  const event: MoveEvent = { kind: 'chosen', by: actor.key, plan, quantity, term, billing };
  const addPlan = ticket.plans?.some((one) => one.id === plan.id) ? null : plan;
  return decided({ say: 'askingPrice' }, move?.state === 'drafting' ? { do: 'event', event, addPlan } : { do: 'open', event, addPlan });
}

/** What is said in place of a price: in which terms the plan can be had, or that it was not read. */
function notSoldSo(plan: Plan, sold: readonly string[]): Reply {
  return sold.length > 0 ? { say: 'termNotSold', plan: plan.title, sold } : { say: 'termsUnread', plan: plan.title };
}

/** The one term of a plan that is meant by what was written behind it. */
export function chooseTerm(plan: Plan, { move }: TicketView, written: PlanAndTerm): { term: string } | Reply {
  const sold = termsOf(plan, move);
  const fitting = sold.filter(written.fits);
  const [only] = fitting;
  if (only === undefined) return notSoldSo(plan, sold);
  return fitting.length === 1 ? { term: only } : { say: 'manyTerms', value: written.term, plan, terms: fitting };
}

/** By id, by position, by its whole name, or the first that can be had; what is only near is asked about. */
export function choosePlan(view: TicketView, wanted: string | null): Plan | Reply {
  const { plans, names } = view.ticket;
  if (plans === null) return { say: view.ticket.plansUnread ? 'plansUnread' : 'reading' };
  const sold = plans.filter((plan) => plan.item);
  if (wanted === null) return sold[0] ?? { say: 'noPlan', value: '' };
  const position = /^\d{1,4}$/.test(wanted) ? Number(wanted) : null;
  const known = plans.find((plan) => plan.id === wanted) ?? (position === null ? undefined : sold[position - 1]) ?? byName(plans, names, wanted);
  if (known) return known.item ? known : { say: 'planNotSold', value: known.title };
  if (position !== null && sold.length > 0) return { say: 'badPosition', value: wanted, max: sold.length };
  const { found } = view;
  if (found === null) return { say: 'searching', value: wanted };
  // Another product's plan can hold all the words: only what is called so is taken, anything else is asked about.
  const called = once([...sold, ...found].filter((plan) => isCalled(names, plan.title, wanted)));
  if (called.length === 1 && called[0]) return called[0];
  const each = called.length > 0 ? called : once([...sold.filter((plan) => holdsWords(names, plan.title, wanted)), ...found]);
  return each.length > 0 ? { say: 'manyPlans', value: wanted, plans: each } : { say: 'noPlan', value: wanted };
}

/** The one plan that is called so, before those which cannot be had. */
function byName(plans: Plan[], names: TicketView['ticket']['names'], wanted: string): Plan | undefined {
  const equal = plans.filter((plan) => isCalled(names, plan.title, wanted));
  const sold = equal.filter((plan) => plan.item);
  return sold.length > 1 ? undefined : (sold[0] ?? equal[0]);
}

/** Each that can be bought once, whatever it is called by. */
function once(plans: Plan[]): Plan[] {
  const sold = (plan: Plan) => (plan.item ? `${plan.item.productId}:${plan.item.skuId}` : plan.id);
  return plans.filter((plan, index) => plans.findIndex((other) => sold(other) === sold(plan)) === index);
}

export function parseQuantity(text: string): number | null {
  if (text.length > NUMBER_LETTERS_MAX) return null;
  const plain = text.replace(/[\s.,'’](?=\d{3}\b)/g, '').trim();
  return /^\d{1,7}$/.test(plain) ? Number(plain) : null;
}

export function approveDialog(view: TicketView, actor: Actor): Decision {
  const { move, fourEyes } = view;
  if (!move?.quote) return decided({ say: 'notNow', state: move?.state ?? 'none' });
  if (move.approval) return decided({ say: 'alreadyApproved', who: view.names[move.approval.by] ?? '', at: move.approval.at });
  if (move.state !== 'quoted') return decided({ say: 'notNow', state: move.state });
  // A yes is to a price that was shown.
  if (view.hides.cost === 'personal') return decided({ say: 'approveInPerson' });
  const { hash } = move.quote;
  const whyNot = whyNotApprove(move.quote, actor, hash, fourEyes, view.now);
  if (whyNot) return decided(whyNot === 'role' ? { say: 'mayNot', right: 'approve' } : { say: whyNot });
  return decided({ say: 'approved' }, { do: 'event', event: { kind: 'approve', by: actor.key, roles: actor.roles, hash, fourEyes } });
}

export function declineDialog(view: TicketView, action: Of<'purchase.decline'>, actor: Actor): Decision {
  if (action.reason === '') return decided({ say: 'reasonMissing' });
  return ifState(view, ['quoted', 'weighed'], view.move?.way === 'replace' ? 'declined' : 'endDeclined', {
    do: 'event',
    event: { kind: 'decline', by: actor.key, reason: action.reason },
  });
}

/** One step back: from a quote to its choice, from a chosen plan to the plans. */
export function backDialog(view: TicketView, actor: Actor): Decision {
  const { move } = view;
  if (move?.state === 'drafting' && move.draft.plan !== undefined)
    return decided({ say: 'back' }, { do: 'event', event: { kind: 'draft', by: actor.key, draft: {} } });
  return ifState(view, ['quoted'], 'back', { do: 'event', event: { kind: 'back', by: actor.key } });
}

export function cancelDialog(view: TicketView, actor: Actor): Decision {
  const { move } = view;
  const bought = move?.order !== null && move?.order !== undefined;
  if (bought && move.state !== 'finished') return decided({ say: 'boughtAlready' });
  const intention: Intention = { do: 'event', event: { kind: 'cancel', by: actor.key } };
  // An approved purchase that waits has not begun: the row says `purchasing` before anything is sent.
  if (move?.state === 'quoted') return decided({ say: isOpenQuestion(move) ? 'cancelledOpen' : 'cancelled' }, intention);
  return ifState(view, ['drafting', 'quoting', 'weighing', 'weighed'], move?.way === 'replace' ? 'cancelled' : 'endCancelled', intention);
}

/** What an approver says about an order: that one is this purchase, that it is not, what came of an unclear one, or that one is taken as it is. */
export function settleDialog(view: TicketView, action: Of<'move.settle'>, actor: Actor): Decision {
  const { move } = view;
  const asked = move?.state === 'quoted' && move.question;
  const stuck = move?.state === 'stuck' && (move.stuck?.reason === 'purchaseUnclear' || move.stuck?.reason === 'orderDiffers');
  if (!asked && !stuck) return decided(already(view));
  if (action.order !== null && !ORDER.test(action.order)) return decided({ say: 'badOrder', value: action.order });
  if (action.reason === '' && !(asked && action.order !== null)) return decided({ say: 'reasonMissing' });
  // To take an order that is another one than was approved is an approval, and needs the same eyes.
  if (move?.stuck?.reason === 'orderDiffers' && view.hides.cost === 'personal') return decided({ say: 'approveInPerson' });
  if (move?.stuck?.reason === 'orderDiffers' && isOwnRequest(move, actor.key, view.fourEyes)) return decided({ say: 'ownVouch' });
  const event: MoveEvent = { kind: 'settle', by: actor.key, order: action.order, reason: action.reason };
  const goesOn = (asked && action.order === null) || move?.stuck?.reason === 'orderDiffers';
  return decided({ say: goesOn ? 'goesOn' : 'settling' }, { do: 'event', event });
}

/** The intention where the ticket stands at one of the states; else what the person should know instead. */
export function ifState(
  view: TicketView,
  states: string[],
  say:
    | 'declined'
    | 'endDeclined'
    | 'endCancelled'
    | 'back'
    | 'cancelled'
    | 'moving'
    | 'suspending'
    | 'left'
    | 'letEnd'
    | 'looking'
    | 'gaveUp'
    | 'waived'
    | 'vouched'
    | 'cardInPerson',
  intention: Intention,
): Decision {
  const { move } = view;
  if (move && states.includes(move.state) && !(move.state === 'quoted' && move.approval)) return decided({ say }, intention);
  return decided(
    move?.approval && ['quoted', 'purchasing', 'provisioning'].includes(move.state)
      ? { say: 'alreadyApproved', who: view.names[move.approval.by] ?? '', at: move.approval.at }
      : already(view),
  );
}

export function already(view: TicketView): Reply {
  const { move } = view;
  if (!move) return { say: 'notNow', state: 'none' };
  return { say: 'already', state: move.state, who: view.names[move.startedBy] ?? '', at: move.startedAt };
}
