/** The last step's dialog: suspend, or let it end by itself. Pure. */
import { type Actor, type Decision, decided, type MatterAction, type MatterFacts } from './dialogs.ts';
import { endsByItself } from '../services/watch/endOfTerm.ts';
import { ifState } from './purchase.ts';

export function suspendDialog(facts: MatterFacts, actor: Actor): Decision {
  return ifState(facts, ['reassigned'], 'suspending', { do: 'event', event: { kind: 'confirmSuspend', by: actor.key } });
}

/** Leaving a classic one running costs money, so it wants a reason; a new-commerce one ends by itself. */
export function skipDialog(facts: MatterFacts, action: Extract<MatterAction, { verb: 'suspension.skip' }>, actor: Actor): Decision {
  if (action.reason === '' && !endsByItself(facts.expiry.facts)) return decided({ say: 'reasonMissing' });
  return ifState(facts, ['reassigned'], 'left', { do: 'event', event: { kind: 'skip', by: actor.key, reason: action.reason } });
}
