/** What can be chosen on a notice: plan, licences, and term with billing. */
import { proposedSeats } from '../../services/catalogue/replacements.ts';
import { AS_USUAL, draftedTerm, termsOf, usualOf } from '../../services/domain/terms.ts';
import type { Plan, Ticket } from '../../services/domain/ticket.ts';
import type { Shown } from '../../services/ticketView.ts';
import { joined, planBare, planText, type Safe } from '../escape.ts';
import { termText } from '../terms.ts';
import type { Words } from '../text/words.ts';
import type { TicketCard } from './regions.ts';

const PLANS_SHOWN = 6;

/** Plans that can be had as choices, the draft's or the first preselected; the others named below with the reason. */
export function choices(shown: Shown, words: Words): Partial<TicketCard> {
  const { ticket, move } = shown;
  if (ticket.plans === null) return { note: ticket.plansUnread ? words.notice.plansUnread : words.notice.reading };
  const sold = ticket.plans.filter((plan) => plan.item).slice(0, PLANS_SHOWN);
  const drafting = move?.state === 'drafting' ? move : null;
  const chosen = sold.find((plan) => plan.id === drafting?.draft.plan) ?? sold[0];
  const quantity = seats(chosen, ticket, drafting?.draft.quantity, words);
  if (!chosen) {
    const why = ticket.plans.length > 0 ? words.notice.noneSold : words.notice.noProgramme;
    return { planName: { label: words.labels.moveTo, example: words.notice.planExample, error: words.errors.planName }, note: why, quantity };
  }
  const missing = ticket.plans.filter((plan) => !plan.item).map((plan) => planText(plan.title));
  const minimums = sold
    .filter((plan) => plan.minimum > 1 && plan.minimum > (ticket.facts.inUse ?? ticket.facts.quantity ?? 0))
    .map((plan) => words.notice.minimum(planText(plan.title), plan.minimum));
  const { terms, soldFor } = termsOffered(sold, drafting, words);
  const note = joined([missing.length > 0 ? words.notice.notSold(missing) : null, ...minimums, ...soldFor]);
  return {
    plans: {
      label: words.labels.moveTo,
      choices: sold.map((plan) => ({ title: words.notice.choice(planBare(plan.title), words.reason(planBare(plan.reason))), value: plan.id })),
      chosen: chosen.id,
      error: words.errors.plan,
    },
    ...(note ? { note } : {}),
    quantity,
    ...(terms ? { terms } : {}),
  };
}

function seats(plan: Plan | undefined, ticket: Ticket, drafted: number | undefined, words: Words): NonNullable<TicketCard['quantity']> {
  const max = plan?.maximum ?? 10_000;
  const value = drafted ?? (plan ? proposedSeats(plan, ticket.facts.inUse, ticket.facts.quantity) : ticket.facts.quantity) ?? plan?.minimum ?? 1;
  return { label: words.labels.licences, value, min: 1, max, error: words.errors.quantity(1, max) };
}

/**
 * The terms in which any of the plans is sold, one of them preselected: the draft's, else the usual one, which is named only where all
 * plans have the same. `soldFor`: of each plan that is not sold in all of them, in which it is.
 */
function termsOffered(sold: readonly Plan[], move: Shown['move'], words: Words): { terms: TicketCard['terms'] | null; soldFor: Safe[] } {
  const each = sold.map((plan) => ({ plan, terms: termsOf(plan, move) }));
  const all = [...new Set(each.flatMap((one) => one.terms))];
  if (all.length < 2) return { terms: null, soldFor: [] };
  const [usual, ...others] = new Set(each.map((one) => usualOf(one.terms)));
  const same = others.length === 0 ? usual : undefined;
  const drafted = move && draftedTerm(move);
  const asUsual = same ? [] : [{ value: AS_USUAL, title: words.notice.usualTerm }];
  const terms = {
    label: words.labels.term,
    choices: [...asUsual, ...all.map((value) => ({ value, title: termText(value, words) }))],
    chosen: drafted && all.includes(drafted) ? drafted : (same ?? AS_USUAL),
    error: words.errors.term,
  };
  const fewer = each.filter((one) => one.terms.length > 0 && one.terms.length < all.length);
  return {
    terms,
    soldFor: fewer.map((one) =>
      words.notice.soldFor(
        planText(one.plan.title),
        one.terms.map((term) => termText(term, words)),
      ),
    ),
  };
}
