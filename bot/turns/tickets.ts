/** `show`, `move` and `history`: of which ticket, and what is said about it. Knows nothing of botbuilder. */
import { bare, nameBare } from '../../cards/escape.ts';
import { ASKS, questionOf } from '../../dialogs/question.ts';
import { isWhole } from '../../dialogs/spoken/match.ts';
import { elsewhereSku } from '../../services/domain/elsewhere.ts';
import { namesFor } from '../../services/domain/names.ts';
import type { Ticket } from '../../services/domain/ticket.ts';
import { askedOf } from '../../services/moves/asked.ts';
import { FOUND_MAX, type NamedCustomer, saysName } from '../../services/search.ts';
import { ofCustomer, TICKET, ticketKey } from '../../services/store/rows.ts';
import { withPrefix } from '../../services/store/store.ts';
import { askTicket } from '../../services/tickets/tickets.ts';
import { viewTicket } from '../../services/ticketView.ts';
import { beginBulk } from './bulk.ts';
import { sendOn } from './errand.ts';
import { show } from './execute.ts';
import { DAY_MAX, expiringOf } from './expiring.ts';
import { history, unmeant } from './lists.ts';
import { pointAt } from './pointer.ts';
import { replyIn, replyText, said } from './replies.ts';
import { type Candidate, candidatesOf, type Meant, programmesCalled, whatIsMeant } from './resolve.ts';
import { howItStands, nothingToMove } from './stands.ts';
import type { Turn, TurnDeps, TurnResult } from './turn.ts';
import { askWhich, customerOption, leaveWhatWaits, subscriptionOptions } from './which.ts';

export type About = 'show' | 'move' | 'history';

/** Of a ticket or a customer. What only reads takes the only one that fits, and says so; a move asks. */
export async function about(deps: TurnDeps, turn: Turn, command: About, what: string): Promise<TurnResult> {
  const meant = await whatIsMeant(deps.store, what);
  const several = command === 'move' ? await moveSeveral(deps, turn, meant, what) : null;
  if (several) return several;
  switch (meant.kind) {
    case 'ticket':
      return aboutTicket(deps, turn, command, meant);
    case 'noTicket':
    case 'noCustomer':
      return said(unmeant(deps, meant, what));
    case 'manyCustomers':
    case 'nearCustomers':
      return askCustomer(deps, turn, command, { wanted: what, ...meant });
    case 'customer': {
      if (!meant.near) return aboutCustomer(deps, turn, command, meant);
      if (command === 'move') return askCustomer(deps, turn, command, { wanted: what, customers: [meant.customer], words: meant.words });
      return namingIt(deps, what, meant.customer, await aboutCustomer(deps, turn, command, meant));
    }
  }
}

/** Several at once, where the words are a programme's; null where they are not. What is only near, or a customer's too, is asked about. */
async function moveSeveral(deps: TurnDeps, turn: Turn, meant: Meant, what: string): Promise<TurnResult | null> {
  if (meant.kind === 'ticket' || meant.kind === 'noTicket') return null;
  const { called, near } = programmesCalled(deps.programmes, what);
  const isCalled = meant.kind === 'customer' || meant.kind === 'manyCustomers';
  if (called && !isCalled) return beginBulk(deps, turn, called);
  const programmes = called ? [called] : isCalled ? [] : near;
  if (programmes.length === 0) return null;
  const customers = meant.kind === 'customer' ? [meant.customer] : meant.kind === 'noCustomer' ? [] : meant.customers;
  const words = meant.kind === 'noCustomer' ? '' : meant.words;
  const options = [
    ...programmes.map(({ name }) => ({
      option: { title: name, kind: 'plan' as const, more: deps.chatWords.choice.programme },
      choice: { to: 'programme' as const, name },
    })),
    ...customers.map((customer) => ({
      option: customerOption(customer, customers, deps.chatWords),
      choice: { to: 'customer' as const, command: 'move' as const, customer: { id: customer.id, name: customer.name }, words },
    })),
  ];
  return askWhich(deps, turn, { wanted: what, about: 'watch', options, atLeast: customers.length >= FOUND_MAX, begins: true });
}

/** What was only near is named in what is said. */
function namingIt({ words }: Pick<TurnDeps, 'words'>, wanted: string, customer: NamedCustomer, result: TurnResult): TurnResult {
  return { ...result, say: [words.replies.takenAs({ wanted: bare(wanted, 80), name: nameBare(customer.name) }), ...result.say] };
}

function askCustomer(
  deps: TurnDeps,
  turn: Turn,
  command: About,
  { wanted, customers, words }: { wanted: string; customers: readonly NamedCustomer[]; words: string },
): Promise<TurnResult> {
  const options = customers.map((customer) => ({
    option: customerOption(customer, customers, deps.chatWords),
    choice: { to: 'customer' as const, command, customer: { id: customer.id, name: customer.name }, words },
  }));
  return askWhich(deps, turn, { wanted, about: 'customer', options, atLeast: customers.length >= FOUND_MAX, begins: true });
}

/** Of a customer, and of one of its subscriptions where words of its plan were written. */
export async function aboutCustomer(
  deps: TurnDeps,
  turn: Turn,
  command: About,
  { customer, words }: { customer: Pick<NamedCustomer, 'id' | 'name'>; words: string },
): Promise<TurnResult> {
  const all = await candidatesOf(deps.store, customer.id, '');
  const fit = words === '' ? all : await candidatesOf(deps.store, customer.id, words);
  const candidates = fit.length > 0 ? fit : all;
  // What nobody of ours knows of is asked for by this word.
  if (command === 'move' && fit.length === 0 && deps.spoken.some((said) => isWhole(words, said.elsewhere))) return lookElsewhere(deps, turn, customer, null);
  const open = candidates.filter((one) => one.ticketId !== null);
  const choice = open.length > 1 ? open : candidates.filter((one) => one.ticketId !== null || one.known.snapshot.parentId === null);
  if (command === 'move' && words !== '' && choice.length > 0 && !isSaid(fit, words)) return askSubscription(deps, turn, command, { customer, words, choice });
  const [one] = open;
  // All that a customer has is one card; the only ticket that may be meant has its own beside it.
  if (command === 'show' && words === '' && one && all.length > 1) {
    if (open.length > 1) await leaveWhatWaits(deps, turn);
    const whole = await allOf(deps, turn, customer);
    const own = open.length === 1 ? await aboutTicket(deps, turn, command, { customerId: customer.id, ticketId: one.ticketId as string }) : { say: [] };
    return { ...own, say: [...whole.say, ...own.say] };
  }
  if (open.length === 1 && one) return aboutTicket(deps, turn, command, { customerId: customer.id, ticketId: one.ticketId as string });
  if (open.length === 0 && command !== 'move') return withoutTicket(deps, turn, command, customer);
  if (choice.length > 1) return askSubscription(deps, turn, command, { customer, words, choice });
  const [only] = choice;
  if (only) return beginMove(deps, turn, customer, only.known.snapshot.id);
  // Nothing of ours can be moved.
  const { text } = await nothingToMove(deps, customer);
  const { say } = await lookElsewhere(deps, turn, customer, null);
  return said([text, ...say].join(' '));
}

/** What a customer has may be from another channel, which only Partner Center can tell. `wanted`: the one of them that was chosen. */
async function lookElsewhere(deps: TurnDeps, turn: Turn, { id, name }: Pick<NamedCustomer, 'id' | 'name'>, wanted: string | null): Promise<TurnResult> {
  const taken = await sendOn(deps, turn, { what: 'elsewhere', customer: { id, name }, ...(wanted === null ? {} : { wanted }) });
  return said(taken ? deps.words.elsewhere.looking() : deps.words.replies.slowDown());
}

/** Whether the words are how one says the only subscription that they fit. */
function isSaid(fit: readonly Candidate[], words: string): boolean {
  const [only] = fit;
  return only !== undefined && fit.length === 1 && namesFor(only.names, only.known.snapshot.offerName).some((name) => saysName(words, name));
}

function askSubscription(
  deps: TurnDeps,
  turn: Turn,
  command: About,
  { customer, words, choice }: { customer: Pick<NamedCustomer, 'id' | 'name'>; words: string; choice: readonly Candidate[] },
): Promise<TurnResult> {
  const options = subscriptionOptions(choice, customer, command, deps.chatWords);
  return askWhich(deps, turn, { wanted: `${command} ${customer.name} ${words}`.trim(), about: 'subscription', options, begins: true });
}

/** What is shown of a customer none of whose tickets is open. */
async function withoutTicket(deps: TurnDeps, turn: Turn, command: 'show' | 'history', customer: Pick<NamedCustomer, 'id' | 'name'>): Promise<TurnResult> {
  const latest = await latestTicket(deps, customer.id);
  if (command === 'history' && !latest) return said((await howItStands(deps, customer)).text);
  const whole = command === 'show' ? await allOf(deps, turn, customer) : { say: [] };
  if (!latest) return whole;
  const result = await aboutTicket(deps, turn, command, { customerId: customer.id, ticketId: latest });
  return { ...result, say: [...whole.say, ...result.say] };
}

/** All that it has, and how each of it ends. */
function allOf(deps: TurnDeps, turn: Turn, { id }: Pick<NamedCustomer, 'id'>): Promise<TurnResult> {
  return expiringOf(deps, turn, { days: DAY_MAX, whole: true }, id);
}

/** Asks about the move of one subscription, with a ticket for it where there is none yet. */
export async function beginMove(deps: TurnDeps, turn: Turn, customer: Pick<NamedCustomer, 'id' | 'name'>, subscriptionId: string): Promise<TurnResult> {
  // How many there are now is asked anew.
  if (elsewhereSku(subscriptionId) !== null) return lookElsewhere(deps, turn, customer, subscriptionId);
  const all = await candidatesOf(deps.store, customer.id, '');
  const found = all.find((one) => one.known.snapshot.id === subscriptionId);
  const snapshots = all.map((one) => one.known.snapshot);
  const ticket = found && (await askTicket(deps, customer.name, found.known.snapshot, snapshots, turn.actor));
  return ticket
    ? aboutTicket(deps, turn, 'move', { customerId: customer.id, ticketId: ticket.id })
    : said(deps.words.replies.nothingToMove({ customer: nameBare(customer.name) }));
}

/** The customer's newest ticket, closed ones included. */
async function latestTicket(deps: TurnDeps, customerId: string): Promise<string | null> {
  const rows = await withPrefix<Ticket>(deps.store, ...ofCustomer(customerId), TICKET);
  return (
    rows
      .map((row) => row.value)
      .sort((a, b) => (a.openedAt < b.openedAt ? -1 : 1))
      .at(-1)?.id ?? null
  );
}

export async function aboutTicket(deps: TurnDeps, turn: Turn, command: About, ticketRef: { customerId: string; ticketId: string }): Promise<TurnResult> {
  const row = await deps.store.get<Ticket>(...ofCustomer(ticketRef.customerId), ticketKey(ticketRef.ticketId));
  if (!row) return said(deps.words.replies.noTicket({ what: bare(ticketRef.ticketId, 80) }));
  const ticket = row.value;
  if (command === 'history') return { say: await history(deps, turn, ticket) };
  // Delivered again it changes nothing, above all not what the next answer is to.
  const first = await show(deps, row, turn);
  if (first) {
    const here = { person: turn.actor.key, sinceMs: turn.activity.sentAtMs, shown: command === 'show' };
    const places = turn.chat.kind === 'personal' ? [turn.thread] : [turn.thread, turn.chat.key];
    for (const thread of places) await pointAt(deps, { thread, ...here }, ticketRef);
  }
  if (command === 'show' || ticket.closed) return turn.chat.kind === 'personal' ? { say: [] } : said(deps.words.replies.showing());
  const view = await viewTicket(deps, turn.chat, ticketRef, { text: null, spends: false });
  const question = view && replyIn(questionOf(view, turn.actor), view.ticket, deps.words);
  if (!view || !question) return said(deps.words.replies.showing());
  const asks =
    first && ASKS.has(question.say) ? { asks: { thread: turn.thread, person: turn.actor.key, ticketRef, asked: askedOf(view.ticket, view.move) } } : {};
  return { ...said(replyText(deps.words, question)), ...asks };
}
