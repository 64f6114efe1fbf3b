/** What `move` finds of licences from other channels: the ticket of the only one, a choice of several, or what is not known. Knows nothing of botbuilder. */
import { bare, nameBare } from '../../cards/escape.ts';
import type { Subscription } from '../../services/domain/ticket.ts';
import { asSubscription, readElsewhere } from '../../services/tickets/elsewhere.ts';
import { askTicket } from '../../services/tickets/tickets.ts';
import { said } from './replies.ts';
import { aboutTicket } from './tickets.ts';
import type { Turn, TurnDeps, TurnResult } from './turn.ts';
import { askWhich } from './which.ts';

const UNSURE_MAX = 8;

interface Of {
  id: string;
  name: string;
}

/** Looks, and begins the move of what is there. `wanted`: the one of them that was chosen. */
export async function elsewhere(deps: TurnDeps, turn: Turn, customer: Of, wanted: string | null): Promise<TurnResult> {
  const { elsewhere: say } = deps.words;
  const name = nameBare(customer.name);
  const found = await readElsewhere(deps.partnerCenter, customer.id);
  if (!found) return said(say.unknown({ customer: name }));
  const there = found.seats.flatMap((one) => asSubscription(customer.id, one) ?? []).filter((one) => wanted === null || one.id === wanted);
  const names = found.unsure.slice(0, UNSURE_MAX).map((one) => bare(one.name, 80));
  const doubt = names.length > 0 ? [say.unsure({ customer: name, names })] : [];
  if (there.length === 0) return { say: doubt.length > 0 ? doubt : [say.none({ customer: name })] };
  const [only] = there;
  const result = only && there.length === 1 ? await begin(deps, turn, customer, only) : await which(deps, turn, customer, there);
  return wanted === null ? { ...result, say: [...doubt, ...result.say] } : result;
}

async function begin(deps: TurnDeps, turn: Turn, customer: Of, one: Subscription): Promise<TurnResult> {
  const ticket = await askTicket(deps, customer.name, one, [], turn.actor);
  return ticket ? aboutTicket(deps, turn, 'move', { customerId: customer.id, ticketId: ticket.id }) : said(deps.words.replies.failed());
}

function which(deps: TurnDeps, turn: Turn, customer: Of, there: readonly Subscription[]): Promise<TurnResult> {
  const options = there.map(({ id, offerName, quantity }) => ({
    option: { title: offerName, kind: 'plan' as const, more: deps.chatWords.elsewhere.many(quantity) },
    choice: { to: 'subscription' as const, customer, subscriptionId: id },
  }));
  return askWhich(deps, turn, { wanted: customer.name, about: 'subscription', options });
}
