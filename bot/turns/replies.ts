/** A dialog's reply in words. */
import { bare, NOTHING, nameBare, planBare, planText, reasonText, type Safe } from '../../cards/escape.ts';
import { termText } from '../../cards/terms.ts';
import type { Words } from '../../cards/text/words.ts';
import type { Reply } from '../../dialogs/types.ts';
import type { Ticket } from '../../services/domain/ticket.ts';
import type { Log } from '../../services/log.ts';
import type { Turn, TurnDeps, TurnResult } from './turn.ts';

type Say = Reply['say'];
type ReplyOf<S extends Say> = Reply & { say: S };
/** Replies with words from outside: their sentence does not take them as they are. */
type Raw = { [S in Say]: Words['replies'][S] extends (reply: ReplyOf<S>) => string ? never : S }[Say];

/** Each with its words made safe. */
const ESCAPED: { [S in Raw]: (reply: ReplyOf<S>, words: Words) => Parameters<Words['replies'][S]>[0] } = {
  whichPlan: (reply) => ({ ...reply, customer: safe(reply.customer), plans: reply.plans.map(planBare) }),
  howMany: (reply, words) => ({ ...withPlan(reply), term: reply.term === null ? null : termText(reply.term, words) }),
  noPlan: withValue,
  planNotSold: withValue,
  manyTerms: (reply, words) => ({ plan: planText(reply.plan.title), terms: reply.terms.map((one) => termText(one, words)) }),
  termNotSold: (reply, words) => ({ plan: planText(reply.plan), sold: reply.sold.map((one) => termText(one, words)) }),
  termsUnread: withPlan,
  manyPlans: (reply) => ({ value: safe(reply.value), plans: reply.plans.map((one) => planBare(one.title)) }),
  searching: withValue,
  badPosition: withValue,
  badQuantity: withValue,
  badDays: withValue,
  badOrder: withValue,
  noSuchPeople: withValue,
  samePeople: withValue,
  already: withWho,
  markNotNow: withWho,
  alreadyApproved: withWho,
  given: withWho,
  askApproval: (reply) => withPlan(withCustomer(reply)),
  askPeople: (reply) => withPlan(withCustomer(reply)),
  askEnd: (reply) => withPlan(withCustomer(reply)),
  askSuspend: (reply) => withPlan(withCustomer(reply)),
  askCheck: withCustomer,
  leftOff: withCustomer,
  notUnderstood: (reply) => ({ text: safe(reply.text), didYouMean: reply.didYouMean === null ? null : safe(reply.didYouMean) }),
};

/** What the thread's lines tell everybody anyway. */
const TOLD: ReadonlySet<Reply['say']> = new Set([
  'approved',
  'declined',
  'cancelled',
  'cancelledOpen',
  'endDeclined',
  'endCancelled',
  'left',
  'waived',
  'gaveUp',
]);

/** What says how something stands, and not of whom: what was typed may have been meant for another one. */
const STANDING: ReadonlySet<Reply['say']> = new Set([
  ...(['closed', 'already', 'alreadyApproved', 'notNow', 'boughtAlready', 'notWhileUnclear', 'answers', 'instead'] as const),
  ...(['lapsed', 'quoteChanged', 'ownRequest', 'ownSum', 'ownVouch', 'approveInPerson', 'onlyInPerson', 'vouchInPerson'] as const),
  ...(['endLapsed', 'endOwnRequest', 'endNotShown', 'endNotPossible'] as const),
]);

/** A reply in words. */
export function replyText(words: Words, reply: Reply): string {
  const escaped = (ESCAPED as { [S in Say]?: (reply: never, words: Words) => unknown })[reply.say];
  return (words.replies[reply.say] as (reply: unknown) => string)(escaped ? escaped(reply as never, words) : reply);
}

/** Nothing stays nothing. */
function safe(text: string): Safe {
  return text === '' ? NOTHING : reasonText(text);
}

function withValue<R extends { value: string }>(reply: R): Omit<R, 'value'> & { value: Safe } {
  return { ...reply, value: safe(reply.value) };
}

function withWho<R extends { who: string }>(reply: R): Omit<R, 'who'> & { who: Safe } {
  return { ...reply, who: safe(reply.who) };
}

function withCustomer<R extends { customer: string }>(reply: R): Omit<R, 'customer'> & { customer: Safe } {
  return { ...reply, customer: safe(reply.customer) };
}

function withPlan<R extends { plan: string }>(reply: R): Omit<R, 'plan'> & { plan: Safe } {
  return { ...reply, plan: reply.plan === '' ? NOTHING : planText(reply.plan) };
}

/** One message for all. */
export function said(text: string): TurnResult {
  return { say: [text] };
}

/** What the thread does not tell is answered; a refusal that concerns one person alone is neutral where others read along. `of`: the ticket that it was taken to be about. */
export function spoken({ words, log }: Pick<TurnDeps, 'words' | 'log'>, turn: Turn, reply: Reply | null, of: Ticket | null = null): TurnResult {
  noteRefusal(log, turn, reply);
  if (reply === null || TOLD.has(reply.say)) return { say: [] };
  const personal = reply.say === 'mayNot' || reply.say === 'ownRequest' || reply.say === 'ownSum';
  if (personal && turn.chat.kind !== 'personal') return said(words.replies.mayNotHere());
  const what = replyText(words, reply);
  return said(of && STANDING.has(reply.say) ? words.replies.ofTicket({ customer: nameBare(of.customerName), ticketId: bare(of.id, 80), what }) : what);
}

/** Who was refused for want of a right, or of another person: a line in the log, without a name. */
export function noteRefusal(log: Log, { actor, chat }: Pick<Turn, 'actor' | 'chat'>, reply: Reply | null): void {
  if (reply?.say === 'mayNot') log.info({ by: actor.key, right: reply.right, chat: chat.key }, 'somebody was refused for want of a right');
  if (reply?.say === 'ownRequest' || reply?.say === 'ownSum')
    log.info({ by: actor.key, chat: chat.key }, 'somebody was refused the yes to a request of their own');
}
