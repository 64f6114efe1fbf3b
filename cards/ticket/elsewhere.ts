/** Licences that the customer did not buy through us: what their card says, and the last step, which only the customer can take. */
import type { Move } from '../../services/domain/ticket.ts';
import type { Shown } from '../../services/ticketView.ts';
import { form, openUrl, overflow, primary, reasonInput } from '../buttons.ts';
import { claimsMoved, claimsNobodyHolds } from '../claims.ts';
import { planText } from '../escape.ts';
import type { Words } from '../text/words.ts';
import { cardTarget, names, newPlan, opening, progress, type TicketCard } from './regions.ts';
import { whoHasNew } from './suspension.ts';

/** The sentences for a ticket: of what is not ours some are others. */
export function wordsFor({ ticket }: Pick<Shown, 'ticket'>, words: Words): Words {
  return ticket.facts.elsewhere ? { ...words, ...words.elsewhere.instead } : words;
}

/** How many there are, and what can be done about them. */
export function elsewhereGist(shown: Shown, words: Words): Pick<TicketCard, 'speak' | 'state' | 'lead' | 'effect'> {
  const { facts } = shown.ticket;
  const { customerBare: customer, planBare: plan } = names(shown);
  const { elsewhere: say } = words;
  return {
    speak: say.speak({ customer, plan }),
    state: say.state,
    lead: say.lead({ seats: facts.quantity, ours: facts.elsewhere?.ours ?? 0 }),
    effect: say.effect({ retired: facts.programme !== null }),
  };
}

/** Everybody has the new licence; the old ones are the customer's own to end, and are looked for until they are gone. */
export function customerActsCard(shown: Shown, move: Move, words: Words): TicketCard {
  const { elsewhere: say, buttons: b, labels } = words;
  const { facts, customerId, id } = shown.ticket;
  const { customerBare, plan } = names(shown);
  const aim = cardTarget(shown);
  const { people } = move;
  const everybody = people !== null && people.total > 0 && people.moved >= people.total;
  return {
    ...opening(shown, words),
    claims: people ? [people.total === 0 ? claimsNobodyHolds(shown, move) : claimsMoved(shown, move)] : [],
    speak: say.acts.speak(customerBare),
    state: say.acts.state,
    what: say.acts.what(plan),
    steps: progress(3, shown, words),
    lead: whoHasNew(shown, move, words),
    effect: say.acts.effect,
    box: { title: say.acts.message, lines: [say.message({ plan, newPlan: newPlan(move), seats: facts.quantity, everybody })] },
    facts: [
      { title: say.acts.stillThere, value: say.acts.there(facts.quantity) },
      { title: labels.ticketId, value: planText(id) },
    ],
    actions: [
      form(b.waitNoLonger, [reasonInput(labels.why, words.errors.reason)], [primary(b.leave, 'suspension.skip', aim, true)]),
      openUrl(b.partnerCenter, customerId, 'subscriptions'),
      overflow(b.assign, 'ticket.assign', aim),
      overflow(b.history, 'ticket.history', aim),
    ],
  };
}
