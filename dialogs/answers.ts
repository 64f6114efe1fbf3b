/** What somebody typed, as the action that the waiting move understands by it. Pure. */

import { proposedSeats } from '../services/catalogue/replacements.ts';
import { draftedTerm, partsOf } from '../services/domain/terms.ts';
import type { Plan } from '../services/domain/ticket.ts';
import { answersTo, type Can } from '../services/moves/answers.ts';
import { isLive, mayChoose } from '../services/moves/states.ts';
import { lastStepHere } from '../services/tickets/endOfTerm.ts';
import type { TicketView } from '../services/ticketView.ts';
import { whoIsNamed } from './people.ts';
import { already, choosePlan, chooseTerm, parseQuantity, quoteDialog } from './purchase.ts';
import { lacks } from './rights.ts';
import { type PlanAndTerm, termBehind } from './termWords.ts';
import { english } from './spoken/en.ts';
import { after, folded, isOne, isWhole, type Phrases, sourceOf } from './spoken/match.ts';
import type { Spoken } from './spoken/spoken.ts';
import { ticketDialog } from './ticket.ts';
import { type Actor, type Decision, decided } from './types.ts';

/** English is understood everywhere. */
const ALONE: readonly Spoken[] = [english];

/** What people of any language say by the way. */
const SOUNDS = /^(?:k+|wow|oops|lol|haha+|h+m+|huh|[^\p{L}\p{N}]+)[!.?]*$/iu;

/** What may stand between a no and its reason. */
const AFTER_NO = '(?=$|[\\s,;:.!…–—-])[\\s,;:.!…–—-]*';
/** A letter that stands alone is another one with an accent: `ý` is no `y`. */
const OTHER_LETTER = /^[^ -~](?![\p{L}\p{N}])/u;
/** What ends a word that another reason begins with. */
const BEGINS = '(?![\\p{L}\\p{N}])';

interface Said {
  text: string;
  /** Which answer it is, in one of the languages that are read. */
  is(answer: keyof Spoken['answers']): boolean;
  yes: boolean;
  /** What was said after a no; null where none was said. */
  no: string | null;
}

/** A typed answer, as the action that the waiting move understands by it; or what answers it would understand. */
export function answerDialog(view: TicketView, text: string, actor: Actor, languages: readonly Spoken[] = ALONE): Decision {
  const { ticket, move } = view;
  if (ticket.closed) return decided({ say: 'closed', how: ticket.closed.how });
  const is: Said['is'] = (answer) => languages.some(({ answers }) => isWhole(text, answers[answer]));
  // These name what they do, and are asked about before anything is set.
  if (is('cancelAtEnd') || is('renewAgain')) return ticketDialog(view, { verb: is('cancelAtEnd') ? 'end.cancel' : 'end.renew' }, actor);
  const said: Said = { text, is, yes: isYes(text, languages), no: reasonOf(text, languages) };
  const { yes, no } = said;
  const state = move?.state ?? 'none';
  const can = answersTo(view, actor);
  const unknown = decided({ say: 'answers', state, can });
  if (isByTheWay(text, languages)) return unknown;
  if (no !== null && !takesNo(no, can, languages)) return isBegun(view) ? decided({ say: 'instead', state, ticketId: ticket.id, can }) : leftOff(view);
  switch (state) {
    case 'none':
    case 'cancelled':
    case 'finished':
    case 'drafting':
      return draftAnswer(view, said, actor, languages);
    case 'quoted':
    case 'weighed':
      if (yes) return ticketDialog(view, { verb: 'purchase.approve' }, actor);
      return no !== null ? ticketDialog(view, { verb: 'purchase.decline', reason: no || text }, actor) : unknown;
    case 'purchased':
      return peopleAnswer(view, said, actor, languages) ?? unknown;
    case 'reassigned':
      return suspendAnswer(view, said, actor) ?? unknown;
    case 'stuck':
      return yes || is('check') ? ticketDialog(view, { verb: 'move.check' }, actor) : unknown;
    default:
      return unknown;
  }
}

/** `cancel`, typed: where nothing was begun it is the way out of the question. */
export function cancelAnswer(view: TicketView, actor: Actor): Decision {
  const { ticket } = view;
  return ticket.closed || isBegun(view) || lacks(actor.roles, 'move.cancel') ? ticketDialog(view, { verb: 'move.cancel' }, actor) : leftOff(view);
}

function isBegun({ move }: TicketView): boolean {
  return move !== null && isLive(move);
}

function leftOff({ ticket }: TicketView): Decision {
  return decided({ say: 'leftOff', customer: ticket.customerName, ticketId: ticket.id });
}

/** What spends is said as a yes, not as a word that people say to anything. */
function isYes(text: string, languages: readonly Spoken[]): boolean {
  return !OTHER_LETTER.test(text) && languages.some(({ answers }) => after(text, answers.yes, '[!.]*$') !== null);
}

/** Whether it is a yes or a no and nothing else. */
export function isYesOrNo(text: string, languages: readonly Spoken[]): boolean {
  return !OTHER_LETTER.test(text) && languages.some(({ answers }) => isOne(text, answers.yes) || isOne(text, answers.no));
}

/** Whether people are named in it, who stay as they are. */
export function namesPeople(text: string, languages: readonly Spoken[]): boolean {
  return whoIsLeft(text, languages) !== null;
}

/** What was said after a no; null where none was said. In whichever language it was: what is no refusal in one is none. */
function reasonOf(text: string, languages: readonly Spoken[]): string | null {
  if (OTHER_LETTER.test(text)) return null;
  const rest = languages.map(({ answers }) => after(text, answers.no, AFTER_NO)).find((one) => one !== null) ?? null;
  const refuses = rest !== null && !languages.some(({ answers }) => begins(rest, answers.noRefusal));
  return refuses ? rest : null;
}

function begins(text: string, phrases: Phrases): boolean {
  return new RegExp(`^${sourceOf(phrases)}${BEGINS}`, 'u').test(folded(text));
}

function isByTheWay(text: string, languages: readonly Spoken[]): boolean {
  return SOUNDS.test(text) || languages.some(({ answers }) => isOne(text, answers.byTheWay));
}

/** The names behind `all but`; null where nobody is left out. */
function whoIsLeft(text: string, languages: readonly Spoken[]): string | null {
  for (const { answers } of languages) {
    const led = after(text, answers.yes, '(?:, ?| )') ?? text;
    const names = after(led, answers.allBut, ' ');
    if (names !== null) return names;
  }
  return null;
}

/**
 * Whether a no does here what the card's own button for it does. Where only a yes is an answer it closes nothing, and above all it does
 * not let end what would have been left alone.
 */
function takesNo(reason: string, { answers }: Can, languages: readonly Spoken[]): boolean {
  if (answers.some((one) => one === 'decline' || one === 'leave' || one === 'leaveThere')) return true;
  // A plan may be called so.
  return answers.includes('plan') && reason !== '' && !languages.some(({ thanks }) => begins(reason, thanks.words));
}

/** Plan first, then seats; the plan is kept in the draft. */
function draftAnswer(view: TicketView, { text, yes }: Said, actor: Actor, languages: readonly Spoken[]): Decision {
  const { move } = view;
  const live = move?.state === 'drafting' ? move : null;
  if (live?.draft.plan !== undefined) {
    const quantity = yes ? null : text;
    if (quantity !== null && parseQuantity(quantity) === null) {
      const plan = choosePlan(view, live.draft.plan);
      if ('id' in plan) return decided({ say: 'badQuantity', value: text, min: plan.minimum, max: plan.maximum });
    }
    return quoteDialog(view, { verb: 'purchase.quote', plan: live.draft.plan, quantity, term: draftedTerm(live) }, actor);
  }
  const plan = choosePlan(view, yes ? null : text);
  if ('id' in plan) return takePlan(view, plan, null, actor);
  // No plan is called “yes please do it now”.
  if (plan.say === 'searching' && languages.some(({ answers }) => begins(text, answers.yes)))
    return decided({ say: 'answers', state: move?.state ?? 'none', can: answersTo(view, actor) });
  const written = termBehind(text, languages);
  if (!written || written.plan === '') return decided(plan);
  const before = choosePlan(view, written.plan);
  if ('id' in before) return takePlan(view, before, written, actor);
  if (before.say === 'searching') return decided(plan);
  return decided(before.say === 'manyPlans' ? { ...before, value: text, term: written.term } : before);
}

/** The plan is kept in the draft, with the term that was written behind it, and the seats are asked for. */
export function takePlan(view: TicketView, plan: Plan, written: PlanAndTerm | null, actor: Actor): Decision {
  const { ticket, move } = view;
  const right = lacks(actor.roles, 'purchase.quote');
  if (right) return decided({ say: 'mayNot', right });
  if (ticket.closed) return decided({ say: 'closed', how: ticket.closed.how });
  if (!mayChoose(move)) return decided(already(view));
  const chosen = written && chooseTerm(plan, view, written);
  if (chosen && 'say' in chosen) return decided(chosen);
  const event = { kind: 'draft' as const, by: actor.key, draft: { plan: plan.id, ...(chosen ? partsOf(chosen.term) : {}) } };
  const addPlan = ticket.plans?.some((one) => one.id === plan.id) ? null : plan;
  const reply = {
    say: 'howMany' as const,
    plan: plan.title,
    term: chosen?.term ?? null,
    proposed: proposedSeats(plan, ticket.facts.inUse, ticket.facts.quantity),
    inUse: ticket.facts.inUse,
    minimum: plan.minimum,
  };
  return decided(reply, move?.state === 'drafting' ? { do: 'event', event, addPlan } : { do: 'open', event, addPlan });
}

function peopleAnswer(view: TicketView, { text, yes, is }: Said, actor: Actor, languages: readonly Spoken[]): Decision | null {
  const { movable = 0, moved = 0 } = view.move?.people ?? {};
  const all = yes || is('all');
  // Where nobody can move as it is, a yes says nothing; those who did not move can be tried again.
  if (all && movable === 0 && moved > 0) return null;
  if (is('again') && movable === 0 && moved > 0) return ticketDialog(view, { verb: 'reassignment.retry' }, actor);
  if (all) return ticketDialog(view, { verb: 'reassignment.confirm', users: null }, actor);
  if (is('check') || is('again')) return ticketDialog(view, { verb: 'move.check' }, actor);
  const left = whoIsLeft(text, languages);
  return left === null ? null : allBut(view, left, actor, languages);
}

/** Everybody moves but those who are named. */
function allBut(view: TicketView, text: string, actor: Actor, languages: readonly Spoken[]): Decision {
  // Whether somebody of that name holds a licence is told to nobody else.
  const right = lacks(actor.roles, 'reassignment.confirm');
  if (right) return decided({ say: 'mayNot', right });
  const meant = whoIsNamed(
    view.movable,
    text,
    languages.flatMap(({ and }) => and),
  );
  if ('unknown' in meant) return decided({ say: 'noSuchPeople', value: meant.unknown });
  const [first] = meant.unclear;
  if (!first) return moveAllBut(view, meant.ids, actor);
  // Names of others are not told where everybody reads along; more than one question is not asked at once.
  const asks = meant.unclear.length === 1 && (view.personal || first.whole);
  return decided({ say: 'samePeople', value: first.name, same: asks ? first.people : [], others: meant.ids });
}

/** The same for people by id. */
export function moveAllBut(view: TicketView, people: readonly string[], actor: Actor): Decision {
  const left = new Set(people);
  const users = view.movable.filter((person) => !left.has(person.id)).map((person) => person.id);
  return ticketDialog(view, { verb: 'reassignment.confirm', users }, actor);
}

/** Of new commerce a yes is to let it end, where its cancellation was read; suspending must be said. */
function suspendAnswer(view: TicketView, { is, yes, no }: Said, actor: Actor): Decision | null {
  const last = lastStepHere(view.ticket.facts, view.plannable);
  if (is('suspend') || (yes && last === 'suspend')) return ticketDialog(view, { verb: 'suspension.confirm' }, actor);
  if (yes && last === 'setEnd') return ticketDialog(view, { verb: 'end.cancel' }, actor);
  if (yes && (last === 'cancel' || last === 'customerActs')) return null;
  if (yes || no !== null || is('leave')) return ticketDialog(view, { verb: 'suspension.skip', reason: no ?? '' }, actor);
  return null;
}
