/** The regions of a ticket's card, in their order; a stage leaves out what it does not need. */
import { lineIn, moveIn, ticketIn } from '../../services/domain/names.ts';
import type { Move } from '../../services/domain/ticket.ts';
import { askedOf } from '../../services/moves/asked.ts';
import { lastStep } from '../../services/tickets/endOfTerm.ts';
import type { Claim } from '../../services/notify/claim.ts';
import type { Shown } from '../../services/ticketView.ts';
import type { Action, CardTarget } from '../buttons.ts';
import { isolated, nameBare, nameText, planBare, planText, type Safe, safe } from '../escape.ts';
import type { Words } from '../text/words.ts';

export interface Fact {
  title: Safe;
  value: Safe;
}

export interface Section {
  title: Safe;
  separator: boolean;
  bullets: readonly Safe[];
}

interface Choice {
  title: Safe;
  value: string;
}

/** What the template draws. Optional regions are absent, never null or empty. */
export interface TicketCard {
  lang: Safe;
  /** The card's gist, for the ear and the notification. */
  speak: Safe;
  state?: Safe;
  urgent: boolean;
  /** The customer. */
  who: Safe;
  what?: Safe;
  steps?: { text: Safe; current: boolean }[];
  flip?: { was: Safe; before: Safe; now: Safe; after: Safe };
  lead?: Safe;
  effect?: Safe;
  box?: { big?: Safe; title?: Safe; lines: readonly Safe[] };
  facts?: Fact[];
  sections: Section[];
  timeline?: { title: Safe; width: string; rows: { when: Safe; what: Safe; by?: Safe }[] };
  plans?: { label: Safe; choices: Choice[]; chosen: string; error: Safe };
  planName?: { label: Safe; example: Safe; error: Safe };
  note?: Safe;
  quantity?: { label: Safe; value: number; min: number; max: number; error: Safe };
  terms?: { label: Safe; choices: Choice[]; chosen: string; error: Safe };
  details?: { title: Safe; facts: Fact[] };
  foot?: Safe;
  actions: Action[];
  /** What the texts above say about the world. */
  claims: readonly Claim[];
}

/** What every stage begins with. */
export function opening(shown: Pick<Shown, 'ticket'>, words: Words): Pick<TicketCard, 'lang' | 'urgent' | 'who' | 'sections' | 'claims'> {
  return { lang: words.lang, urgent: false, who: isolated(nameText(shown.ticket.customerName)), sections: [], claims: [] };
}

/** With offers and plans called as readers of these words know them: the one place where a card, or a line below it, learns of that. */
export function shownIn(shown: Shown, { lang }: Words): Shown {
  const { names } = shown.ticket;
  if (!names?.[lang]) return shown;
  const record = shown.record.map((line) => lineIn(line, names, lang));
  return { ...shown, ticket: ticketIn(shown.ticket, lang), move: moveIn(shown.move, names, lang), record };
}

export function cardTarget(shown: Shown): CardTarget {
  return { id: shown.handle, version: askedOf(shown.ticket, shown.move) };
}

/** The customer and the old plan, for sentences, spoken text and buttons. */
export function names(shown: Pick<Shown, 'ticket'>) {
  const { customerName, facts } = shown.ticket;
  return {
    customer: isolated(nameText(customerName)),
    customerBare: nameBare(customerName),
    plan: planText(facts.offerName),
    planBare: planBare(facts.offerName),
  };
}

/** A person's name by key; the bot where nobody is behind it. */
export function personName(shown: Shown, key: string | null | undefined, words: Words): Safe {
  const name = key ? shown.names[key] : undefined;
  return nameText(name || words.record.bot);
}

/** `✓ Purchase › 2 Licences › 3 Suspend`; `current` is 1 to 3, and what comes before it is done; where nothing is any more, the steps that were done. */
export function progress(current: 1 | 2 | 3 | readonly (1 | 2 | 3)[], shown: Pick<Shown, 'ticket' | 'move'>, words: Words): NonNullable<TicketCard['steps']> {
  return [...words.steps, lastName(shown, words)].flatMap((name, index) => {
    const n = (index + 1) as 1 | 2 | 3;
    const done = typeof current === 'number' ? n < current : current.includes(n);
    const step = { text: done ? safe`✓ ${name}` : safe`${n} ${name}`, current: n === current };
    return index === 0 ? [step] : [{ text: safe`  ›  `, current: false }, step];
  });
}

/** What the last step does: it was done, is being done, or is to be. */
function lastName({ ticket, move }: Pick<Shown, 'ticket' | 'move'>, { lastSteps }: Words): Safe {
  if (move?.outcome === 'suspended' || move?.state === 'suspending') return lastSteps.suspend;
  if (move?.outcome === 'ended' || move?.state === 'setting' || move?.state === 'set') return lastSteps.cancel;
  return lastSteps[lastStep(ticket.facts)];
}

export function newPlan(move: Move): Safe {
  return planText(move.quote?.planTitle ?? '');
}

/** What the old one costs stands nowhere where prices are hidden; the sentences about the new one look themselves. */
export function withoutCost(shown: Shown): Shown {
  const { ticket, hides } = shown;
  if (!hides.cost) return shown;
  const { prices: _, addonsNow: __, ...facts } = ticket.facts;
  return { ...shown, ticket: { ...ticket, facts: { ...facts, priceNow: null } } };
}
