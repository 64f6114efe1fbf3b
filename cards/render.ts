/** Templates, compiled once; an expand costs a fortieth of a compile. Every card is made here, and none is too large. */
import { Template } from 'adaptivecards-templating';
import choiceTemplate from './chat/choice.json' with { type: 'json' };
import { fitted } from './fit.ts';
import listTemplate from './lists/list.json' with { type: 'json' };
import reportTemplate from './lists/report.json' with { type: 'json' };
import type { Words } from './text/words.ts';
import type { TicketCard } from './ticket/regions.ts';
import ticketTemplate from './ticket/ticket.json' with { type: 'json' };

export type Card = Record<string, unknown>;

/** What is said where a card had to be cut. */
type Said = Pick<Words, 'tooLong'>;

const TICKET = new Template(ticketTemplate);
const CHOICE = new Template(choiceTemplate);
const LIST = new Template(listTemplate);
const REPORT = new Template(reportTemplate);

/** Fills the template of a ticket's card. Data must hold no nulls: what is absent is not there. */
export function renderTicket(data: Omit<TicketCard, 'claims'>, words: Said): Card {
  return expand(TICKET, data, words);
}

/** `middle`: how wide the second of its three columns is. */
export function renderList(data: object, words: Said): Card {
  return expand(LIST, { middle: 2, ...data }, words);
}

export function renderReport(data: object, words: Said): Card {
  return expand(REPORT, data, words);
}

export function renderChoice(data: object, words: Said): Card {
  return expand(CHOICE, data, words);
}

function expand(template: Template, data: object, { tooLong }: Said): Card {
  const expanded = template.expand({ $root: data }) as Card;
  const actions = expanded.actions as unknown[] | undefined;
  if (!actions || actions.length === 0) delete expanded.actions;
  return fitted(expanded, tooLong);
}
