/** What `move` finds of a customer who has nothing of ours to move: licences from other channels. Knows nothing of botbuilder. */
import { bare, nameBare, planText } from '../../cards/escape.ts';
import type { Words } from '../../cards/text/words.ts';
import type { PartnerCenter } from '../../services/partnerCenter/port.ts';
import { type Elsewhere, readElsewhere } from '../../services/tickets/elsewhere.ts';
import type { TurnResult } from './turn.ts';

const KINDS_MAX = 8;

/** Looks, and says it; the message to the customer's admin stands by itself, so that it can be copied. */
export async function elsewhere(deps: { partnerCenter: PartnerCenter; words: Words }, customer: { id: string; name: string }): Promise<TurnResult> {
  return { say: toldOf(deps.words, customer.name, await readElsewhere(deps.partnerCenter, customer.id)) };
}

function toldOf({ elsewhere: say }: Words, name: string, found: Elsewhere | null): string[] {
  const customer = nameBare(name);
  if (!found) return [say.unknown({ customer })];
  const seats = found.seats.slice(0, KINDS_MAX).map((one) => ({ ...one, name: planText(one.name) }));
  const unsure = found.unsure.slice(0, KINDS_MAX).map((one) => bare(one, 80));
  const doubt = unsure.length > 0 ? [say.unsure({ customer, names: unsure })] : [];
  if (seats.length === 0) return doubt.length > 0 ? doubt : [say.none({ customer })];
  const names = seats.map((one) => one.name);
  return [[say.found({ customer, seats, more: found.seats.length - seats.length }), ...doubt].join(' '), say.message({ customer, names })];
}
