/** A press on one of several that may have been meant: it leads to exactly that one. Knows nothing of botbuilder. */
import type { Decision } from '../../dialogs/types.ts';
import { ASKS, toWhatWasPressed } from '../../dialogs/question.ts';
import type { Right } from '../../services/people/roles.ts';
import type { Choice } from '../../services/notify/handles.ts';
import { aboutCustomer, aboutTicket, beginMove } from './tickets.ts';
import { executeDecision } from './execute.ts';
import { expiringOf } from './lists.ts';
import { replyText } from './replies.ts';
import type { TurnResult, Incoming, TurnDeps } from './turn.ts';
import { pointAt } from './pointer.ts';
import { COMMANDS } from '../../dialogs/commands.ts';
import { viewTicket } from '../../services/ticketView.ts';
import { moveAllBut, takePlan } from '../../dialogs/answers.ts';

/** What a choice needs the presser to be allowed to do: the same as what was typed. */
export function rightOfChoice(choice: Choice): Right | null {
  switch (choice.to) {
    case 'customer':
    case 'ticket':
      return COMMANDS[choice.command].right;
    case 'subscription':
    case 'plan':
      return 'ask';
    case 'watch':
      return 'watch';
    case 'expiring':
      return 'see';
    case 'allBut':
      return 'licences';
  }
}

/** All but what is watched, which changes the card itself. `v` is what the card asked. */
export async function takeChoice(deps: TurnDeps, seen: Incoming, choice: Exclude<Choice, { to: 'watch' }>, v: unknown): Promise<TurnResult> {
  switch (choice.to) {
    case 'customer':
      return comes(deps, await aboutCustomer(deps, seen, choice.command, choice));
    case 'ticket':
      return comes(deps, await aboutTicket(deps, seen, choice.command, choice.ticketRef));
    case 'subscription':
      return comes(deps, await beginMove(deps, seen, choice.customer, choice.subscriptionId));
    case 'expiring':
      return comes(deps, await expiringOf(deps, seen, choice.days, choice.customerId));
    case 'plan':
      return ofTicket(deps, seen, choice, v);
    case 'allBut':
      return ofTicket(deps, seen, choice, v);
  }
}

/** What is said stands below the card. */
function comes(deps: TurnDeps, back: TurnResult): TurnResult {
  return { ...back, privately: back.privately ?? deps.words.replies.showing() };
}

async function ofTicket(deps: TurnDeps, seen: Incoming, choice: Extract<Choice, { to: 'plan' | 'allBut' }>, v: unknown): Promise<TurnResult> {
  const { replies } = deps.words;
  const { ticketRef } = choice;
  const people = choice.to === 'allBut';
  // Everybody who can move is read only where somebody is named.
  const facts = await viewTicket(deps, seen.chat, ticketRef, { text: people ? 'all but' : null, spends: people });
  if (!facts) return { say: [], privately: replies.gone() };
  const meant: Decision = choice.to === 'allBut' ? moveAllBut(facts, choice.people, seen.actor) : takePlan(facts, choice.plan, seen.actor);
  const decision = toWhatWasPressed(meant, facts, v);
  const { reply, asked } = await executeDecision(deps, seen, facts, decision);
  if (!reply) return { say: [], privately: replies.upToDate() };
  if (!ASKS.has(reply.say)) return { say: [], privately: replyText(deps.words, reply) };
  const at = { thread: seen.thread, person: seen.actor.key };
  if (asked === null) return { say: [replyText(deps.words, reply)], privately: replies.showing() };
  await pointAt(deps, { ...at, sinceMs: seen.activity.sentAtMs }, ticketRef);
  return { say: [replyText(deps.words, reply)], privately: replies.showing(), asks: { ...at, ticketRef, asked } };
}
