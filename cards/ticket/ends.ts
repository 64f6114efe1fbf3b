/** The reading of a term's end as the sentences want it. */
import { monthsOf } from '../../services/domain/money.ts';
import type { NextTerm, Ticket } from '../../services/domain/ticket.ts';
import { planBare, planText, type Safe } from '../escape.ts';
import type { Becomes, EndSaid } from '../text/en/ends.ts';

/** `nobody` is what the activity log says where it was read and names none. */
const NOBODY = 'nobody';

export function endSaid({ facts, plans }: Pick<Ticket, 'facts' | 'plans'>): EndSaid {
  const { ending } = facts;
  return {
    end: facts.endOfTerm,
    newCommerce: facts.newCommerce,
    day: facts.expiresOn,
    byMonth: monthsOf(facts.term) === 1,
    inUse: facts.inUse,
    retired: facts.programme !== null && facts.changedBy === NOBODY,
    despiteFlag: ending?.despiteFlag ?? false,
    becomes: ending?.next ? becomes(ending.next, plans) : null,
    word: ending?.word === undefined ? null : planText(ending.word),
    on: ending?.on ?? null,
    either: ending?.either ?? null,
    planned: ending?.planned ?? null,
  };
}

/** By its title where the ticket's plans have it; else by its ids, which Partner Center shows too. */
export function becomes(next: NextTerm, plans: Ticket['plans']): Becomes {
  const known = plans?.find(({ item }) => item && `${item.productId}:${item.skuId}`.toLowerCase() === next.offer?.toLowerCase());
  const text = (one: string | null): Safe | null => (one === null ? null : planBare(one));
  return {
    plan: known ? planText(known.title) : next.offer === null ? null : planText(next.offer),
    quantity: next.quantity,
    term: text(next.term),
    billing: text(next.billing),
  };
}
