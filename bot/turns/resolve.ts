/** What a person means: which ticket, customer or subscription, and what a chat may watch by a name. */
import type { Overview } from '../../cards/chat/chat.ts';
import type { FourEyes } from '../../services/approval/approval.ts';
import { plainName } from '../../services/catalogue/match.ts';
import type { Programme } from '../../services/catalogue/programmes.ts';
import { hears } from '../../services/chats.ts';
import type { Clock } from '../../services/clock.ts';
import { namesFor } from '../../services/domain/names.ts';
import type { Stop } from '../../services/domain/reasons.ts';
import type { Chat, Ticket, TrackedSubscription, Watching } from '../../services/domain/ticket.ts';
import type { PartnerCenter, PriceSheets } from '../../services/partnerCenter/port.ts';
import { FOUND_MAX, findCustomers, findTicket, type NamedCustomer, type NamesRead, nearCustomers, saysName, slipsIn } from '../../services/search.ts';
import { ELSEWHERE, ofCustomer, SUBSCRIPTION, ticketKey } from '../../services/store/rows.ts';
import { type Store, withPrefix } from '../../services/store/store.ts';
import { foldedWords } from '../../services/text.ts';
import { isWatched, stops } from '../../services/tickets/endOfTerm.ts';
import { openTickets } from '../../services/tickets/openList.ts';
import type { Shows } from '../../services/domain/shows.ts';
import type { TicketDeps } from '../../services/tickets/tickets.ts';
import { gapsOf, isWhole } from '../../services/watch/known.ts';
import { readListing } from '../../services/watch/rows.ts';

export interface ResolveDeps extends TicketDeps {
  partnerCenter: PartnerCenter;
  priceSheets: PriceSheets;
  programmes: readonly Programme[];
  clock: Clock;
  fourEyes: FourEyes;
  shows: Shows;
  isReadOnly(): Promise<Stop | false>;
}

/** So many words of what was typed may be a customer's name: each number of them is a look into the store. */
const NAME_WORDS_MAX = 12;

/** A subscription of a customer as a command may mean it. */
export interface Candidate {
  known: TrackedSubscription;
  ticketId: string | null;
  /** Of its ticket: what it is called in other languages. */
  names: Ticket['names'];
}

export type Named =
  | { kind: 'ticket'; customerId: string; ticketId: string; subscriptionId: string }
  /** `words`: what follows the name, perhaps of a plan; `near`: it is not how one says that name. */
  | { kind: 'customer'; customer: NamedCustomer; words: string; near: boolean }
  | { kind: 'noTicket' }
  | { kind: 'noCustomer' }
  | { kind: 'manyCustomers'; customers: NamedCustomer[]; words: string };

/** `nearCustomers`: nobody is called so, and these nearly. */
export type Meant = Named | { kind: 'nearCustomers'; customers: NamedCustomer[]; words: string };

/** What `show`, `move` or `history` was said about; where nothing is called so, those that are called nearly so. */
export async function whatIsMeant(store: Store, what: string): Promise<Meant> {
  const named = await whatIsNamed(store, what);
  if (named.kind !== 'noCustomer') return named;
  const near = await nearCustomers(store, what);
  return near.customers.length > 0 ? { kind: 'nearCustomers', ...near } : named;
}

/** A ticket, or a customer and perhaps words of a plan. */
export async function whatIsNamed(store: Store, what: string): Promise<Named> {
  const ticketId = /^s ?-? ?(\d{1,9})$/i.exec(what.trim());
  if (ticketId) {
    const found = await findTicket(store, `S-${ticketId[1]}`);
    if (found) return { kind: 'ticket', ...found, ticketId: `S-${ticketId[1]}` };
  }
  const all = what.trim().split(' ');
  const read: NamesRead = new Map();
  for (let n = Math.min(all.length, NAME_WORDS_MAX); n > 0; n--) {
    const name = all.slice(0, n).join(' ');
    const customers = await findCustomers(store, name, read);
    const words = all.slice(n).join(' ');
    if (customers.length > 1) return { kind: 'manyCustomers', customers, words };
    const customer = customers[0];
    if (customer) return { kind: 'customer', customer, words, near: !saysName(name, customer.name) };
  }
  return { kind: ticketId ? 'noTicket' : 'noCustomer' };
}

/** Subscriptions of a customer that may be meant; all of them where no words of a plan are given. What it bought elsewhere is among them while its ticket is open. */
export async function candidatesOf(store: Store, customerId: string, planWords: string): Promise<Candidate[]> {
  const of = (prefix: string) => withPrefix<TrackedSubscription>(store, ...ofCustomer(customerId), prefix);
  const rows = (await Promise.all([of(SUBSCRIPTION), of(ELSEWHERE)])).flat();
  const watched = rows.filter((row) => row.value.ticket !== null || (!row.value.goneAt && isWatched(row.value.snapshot)));
  const words = foldedWords(planWords);
  const all = await Promise.all(
    watched.map(async ({ value: known }): Promise<Candidate> => {
      const ticket = known.ticket ? await store.get<Ticket>(...ofCustomer(customerId), ticketKey(known.ticket)) : undefined;
      return { known, ticketId: known.ticket, names: ticket?.value.names };
    }),
  );
  return all.filter((one) => namesFor(one.names, one.known.snapshot.offerName).some((name) => words.every((word) => foldedWords(name).includes(word))));
}

/** What a chat may watch by a name: what is called so, or what may be meant; null when nothing is. */
export type Wanted = { take: Watching } | { ask: (NamedCustomer | Programme)[]; atLeast: boolean };

export async function watchedBy(deps: ResolveDeps, what: string): Promise<Wanted | null> {
  const { called: programme, near } = programmesCalled(deps.programmes, what);
  const customers = await findCustomers(deps.store, what);
  const called = customers.filter((one) => saysName(what, one.name));
  if (programme && called.length === 0) return { take: watchProgramme(programme) };
  const [only] = called;
  const whole = only !== undefined && foldedWords(only.name).join(' ') === foldedWords(what).join(' ');
  if (only && customers.length === 1 && !programme && (whole || near.length === 0)) return { take: watchCustomer(only) };
  // Set is only what is called so; what merely fits is asked about.
  const ask = [...customers, ...(programme ? [programme] : near)];
  if (ask.length > 0) return { ask, atLeast: customers.length >= FOUND_MAX };
  const slips = await nearCustomers(deps.store, what);
  return slips.customers.length > 0 ? { ask: slips.customers, atLeast: slips.customers.length >= FOUND_MAX } : null;
}

/** The programme that is called so, by its name or id, and those whose names hold the words. */
export function programmesCalled(programmes: readonly Programme[], what: string): { called: Programme | undefined; near: Programme[] } {
  const name = plainName(what);
  const id = what.trim().toLowerCase().replaceAll(' ', '-');
  return {
    called: programmes.find((one) => one.id === id || plainName(one.name) === name),
    near: name.length > 1 ? programmes.filter((one) => isNearly(name, plainName(one.name))) : [],
  };
}

/** Whether it holds what was written, or, of some words, each of them or nearly. */
function isNearly(name: string, programme: string): boolean {
  const [words, own] = [name.split(' '), programme.split(' ')];
  const each = words.length > 1 && words.length <= NAME_WORDS_MAX;
  return programme.includes(name) || (each && words.every((word) => own.some((one) => slipsIn(word, one) !== null)));
}

export function watchCustomer({ id, name }: NamedCustomer): Watching {
  return { what: 'customer', customerId: id, customerName: name };
}

export function watchProgramme({ name }: Programme): Watching {
  return { what: 'programme', programme: name };
}

/** What the bot knows of the customers that a chat would hear of. */
export async function overview(store: Store, chat: Pick<Chat, 'watching'> | null): Promise<Overview> {
  const walk = await readListing(store);
  const open = await openTickets(store);
  const heard = open.filter((row) => stops(row) && (!chat || chat.watching.length === 0 || hears(chat.watching, row)));
  return {
    customers: walk?.customers ?? 0,
    open: walk?.baselineAt ? heard.length : null,
    whole: isWhole(await gapsOf(store)),
    next: heard[0]?.expiresOn ?? null,
  };
}
