/** Marks on a ticket by typing: what the card's buttons do, and what has none. Knows nothing of botbuilder. */
import { bare, nameBare } from '../../cards/escape.ts';
import { markDialog, markOf } from '../../dialogs/marks.ts';
import { isWhole } from '../../dialogs/spoken/match.ts';
import type { Command } from '../../dialogs/types.ts';
import { dayOf } from '../../services/clock.ts';
import type { Choice, MarkWord } from '../../services/notify/handles.ts';
import { meet } from '../../services/people/people.ts';
import { may } from '../../services/people/roles.ts';
import { findTicket, type NamedCustomer } from '../../services/search.ts';
import { nameIn } from '../../services/domain/names.ts';
import { type OpenRow, openTicketsOf } from '../../services/tickets/openList.ts';
import type { TicketRef } from '../../services/tickets/read.ts';
import { carryOut, consider, type Wish } from './pipeline.ts';
import { readPointer } from './pointer.ts';
import { said } from './replies.ts';
import { whatIsMeant } from './resolve.ts';
import { howItStands } from './stands.ts';
import type { Turn, TurnDeps, TurnResult } from './turn.ts';
import { askWhich } from './which.ts';

type Marking = Extract<Choice, { to: 'mark' }>;
type Person = NonNullable<Marking['person']>;

/** Of so many customers the tickets are offered, where the words fit several. */
const CUSTOMERS_MAX = 8;
const TICKET = /^s ?-? ?(\d{1,9})(?:[\s,:;]+(.*))?$/i;

/** Which tickets may be meant, and what is said of them; `sure`: it is the one that was named. */
interface Meant {
  tickets: (TicketRef & Partial<Pick<OpenRow, 'customerName' | 'offerName' | 'names'>>)[];
  words: string;
  sure: boolean;
}

export async function mark(deps: TurnDeps, turn: Turn, command: Extract<Command, { command: MarkWord }>): Promise<TurnResult> {
  const { command: word, what } = command;
  const { replies } = deps.words;
  const isThis = what === '' || deps.spoken.some(({ it }) => isWhole(what, it));
  const meant = isThis ? await spokenOf(deps, turn) : await named(deps, what);
  if (typeof meant === 'string') return said(meant);
  if (!meant) return said(isThis ? replies.incomplete({ of: word }) : replies.noTarget({ of: word, what: bare(what, 80) }));
  const person = word === 'assign' ? await personIn(deps, turn, meant.words) : null;
  if (typeof person === 'string') return said(person);
  const action = markOf({ mark: word, words: meant.words, person }, dayOf(deps.clock.now()), deps.spoken);
  if (action === null) return said(replies.incomplete({ of: word }));
  // Whoever presses may read another language: days stand there as a number.
  const words = action.verb === 'ticket.snooze' && !Number.isNaN(action.days) ? `${action.days} ${action.reason}`.trim() : meant.words;
  const marking = { to: 'mark' as const, mark: word, words, person };
  const [first, ...more] = meant.tickets;
  if (first && meant.sure && more.length === 0) {
    const { customerId, ticketId } = first;
    return markOne(deps, turn, { ...marking, ticketRef: { customerId, ticketId } });
  }
  const oneName = new Set(meant.tickets.map((one) => one.customerId)).size === 1 && meant.sure;
  const options = meant.tickets.map(({ customerId, ticketId, customerName = '', offerName = '', names }) => {
    const plan = nameIn(names, deps.chatWords.lang, offerName);
    return {
      option: oneName ? { title: plan, kind: 'plan' as const, more: ticketId } : { title: customerName, kind: 'name' as const, more: `${ticketId}, ${plan}` },
      choice: { ...marking, ticketRef: { customerId, ticketId } },
    };
  });
  return askWhich(deps, turn, { wanted: `${word} ${what}`, about: oneName ? 'subscription' : 'customer', options });
}

/** Does it, and says of which ticket it was; in person the line below the card says all. */
export async function markOne(deps: TurnDeps, turn: Turn, marking: Marking): Promise<TurnResult> {
  const today = dayOf(deps.clock.now());
  const action = markOf(marking, today);
  if (!action) return said(deps.words.replies.incomplete({ of: marking.mark }));
  const wish: Wish = {
    ticketRef: marking.ticketRef,
    look: { text: null, spends: false },
    decide: (view, actor) => markDialog(view, action, actor, today),
    meantFor: { by: 'mark' },
  };
  const considered = await consider(deps, turn, wish);
  if (!considered) return said(deps.words.replies.noTicket({ what: bare(marking.ticketRef.ticketId, 80) }));
  const { ticket, notice } = considered.view;
  const { privately = '' } = await carryOut(deps, turn, wish, considered);
  if (turn.chat.kind === 'personal' && notice && considered.bound.intentions.length > 0) return { say: [] };
  return said(deps.words.replies.ofTicket({ customer: nameBare(ticket.customerName), ticketId: ticket.id, what: privately }));
}

/** The ticket that this person was shown last here. Below another card of a channel it may be that one, which only its number tells. */
async function spokenOf(deps: TurnDeps, { thread, chat, below, actor }: Turn): Promise<Meant | null> {
  const pointer = (await readPointer(deps, thread, actor.key)) ?? (below ? null : await readPointer(deps, chat.key, actor.key));
  return pointer && { tickets: [{ customerId: pointer.customerId, ticketId: pointer.ticketId }], words: '', sure: true };
}

/** By a ticket's number or a customer's name; null where there is neither, and a sentence where nothing of the customer is open. */
async function named(deps: TurnDeps, what: string): Promise<Meant | string | null> {
  const [, digits, after = ''] = TICKET.exec(what) ?? [];
  const ticketId = `S-${digits}`;
  const found = digits && (await findTicket(deps.store, ticketId));
  if (found) return { tickets: [{ customerId: found.customerId, ticketId }], words: after.trim(), sure: true };
  const meant = await whatIsMeant(deps.store, what);
  if (meant.kind === 'customer') return openOf(deps, [meant.customer], meant.words, !meant.near);
  if (meant.kind === 'manyCustomers' || meant.kind === 'nearCustomers') return openOf(deps, meant.customers, meant.words, false);
  return digits ? deps.words.replies.noTicket({ what: bare(ticketId, 80) }) : null;
}

async function openOf(deps: TurnDeps, customers: readonly NamedCustomer[], words: string, sure: boolean): Promise<Meant | string> {
  const tickets: OpenRow[] = [];
  for (const { id } of customers.slice(0, CUSTOMERS_MAX)) tickets.push(...(await openTicketsOf(deps.store, id)));
  if (tickets.length > 0) return { tickets, words, sure };
  const [first] = customers;
  const stands = first && customers.length === 1 ? (await howItStands(deps, first)).text : null;
  return [deps.words.replies.nothingOpen(), stands].filter(Boolean).join(' ');
}

/** Whom it is given to; a sentence where that is not said, or cannot be. Only who could take it by the button is given one. */
async function personIn(deps: TurnDeps, turn: Turn, words: string): Promise<Person | string> {
  const { replies } = deps.words;
  const { actor, mentioned = [] } = turn;
  if (mentioned.length === 0 && deps.spoken.some(({ me }) => isWhole(words, me))) return { key: actor.key, name: actor.name };
  const [mention, ...others] = mentioned;
  if (!mention || others.length > 0) return replies.assignWhom({ several: others.length > 0 });
  const member = (await turn.memberOf?.(mention)) ?? null;
  if (!member) return replies.whoIsThat({ who: nameBare(mention.name) });
  if (!may(await deps.directory.rolesOf(member.objectId), 'ask')) return replies.cannotLookAfter({ who: nameBare(member.name) });
  return meet(deps.store, { ...member, tenantId: actor.tenant, ...(mention.id ? { teamsId: mention.id } : {}) }, null, dayOf(deps.clock.now()));
}
