/** The regions of a ticket's card, in their order; a stage leaves out what it does not need. */
import type { Move } from '../../services/domain/ticket.ts';
import { askedOf } from '../../services/moves/asked.ts';
import type { Claim } from '../../services/notify/claim.ts';
import type { Action, CardTarget } from '../buttons.ts';
import { isolated, nameBare, nameText, planBare, planText, type Safe } from '../escape.ts';
import type { Words } from '../text/words.ts';
import type { Shown } from '../../services/ticketView.ts';

export interface Fact {
  title: string;
  value: string;
}

export interface Section {
  title: string;
  separator: boolean;
  bullets: string[];
}

interface Choice {
  title: string;
  value: string;
}

/** What the template draws. Optional regions are absent, never null or empty. */
export interface TicketCard {
  lang: string;
  /** The card's gist, for the ear and the notification. */
  speak: string;
  state?: string;
  urgent: boolean;
  /** The customer. */
  who: Safe;
  what?: string;
  steps?: { text: string; current: boolean }[];
  flip?: { was: string; before: string; now: string; after: string };
  lead?: string;
  effect?: string;
  box?: { big?: string; title?: string; lines: string[] };
  facts?: Fact[];
  sections: Section[];
  timeline?: { title: string; width: string; rows: { when: string; what: string; by?: string }[] };
  plans?: { label: string; choices: Choice[]; chosen: string; error: string };
  planName?: { label: string; example: string; error: string };
  note?: string;
  quantity?: { label: string; value: number; min: number; max: number; error: string };
  terms?: { label: string; choices: Choice[]; chosen: string; error: string };
  details?: { title: string; facts: Fact[] };
  foot?: string;
  actions: Action[];
  /** What the texts above say about the world. */
  claims: readonly Claim[];
}

/** What every stage begins with. */
export function opening(shown: Pick<Shown, 'ticket'>, words: Words): Pick<TicketCard, 'lang' | 'urgent' | 'who' | 'sections' | 'claims'> {
  return { lang: words.lang, urgent: false, who: isolated(nameText(shown.ticket.customerName)), sections: [], claims: [] };
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

/** `✓ Purchase › 2 Licences › 3 Suspend`; `current` is 1 to 3, 4 when all is done. */
export function progress(current: 1 | 2 | 3 | 4, words: Words): NonNullable<TicketCard['steps']> {
  return words.steps.flatMap((name, index) => {
    const text = index + 1 < current ? `✓ ${name}` : `${index + 1} ${name}`;
    const step = { text: current === 4 ? `✓ ${name}` : text, current: index + 1 === current };
    return index === 0 ? [step] : [{ text: '  ›  ', current: false }, step];
  });
}

export function newPlan(move: Move): Safe {
  return planText(move.quote?.planTitle ?? '');
}
