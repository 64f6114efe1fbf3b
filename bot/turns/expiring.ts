/** What ends, as a list: asked for, narrowed, turned page by page, and chosen from. Knows nothing of botbuilder. */
import type { RenderedCard } from '../../cards/chat/chat.ts';
import { bare, nameBare } from '../../cards/escape.ts';
import { customerCard } from '../../cards/lists/customer.ts';
import { listCard } from '../../cards/lists/lists.ts';
import { outcomeListCard } from '../../cards/lists/outcomes.ts';
import { programmesOf } from '../../dialogs/bulk.ts';
import { monthMeant } from '../../dialogs/dates.ts';
import { listWordNear } from '../../dialogs/listWords.ts';
import type { Command } from '../../dialogs/types.ts';
import { hears } from '../../services/chats.ts';
import { addDays, dayOf, daysBetween, daysOf } from '../../services/clock.ts';
import { hiddenIn, readerIn } from '../../services/domain/shows.ts';
import type { Chat } from '../../services/domain/ticket.ts';
import { type Handle, type ListOf, newHandle, noteList } from '../../services/notify/handles.ts';
import { worthIn } from '../../services/notify/settle.ts';
import { namesOf } from '../../services/people/people.ts';
import { FOUND_MAX, saysName } from '../../services/search.ts';
import { foldedWords } from '../../services/text.ts';
import { type Arrange, arranged, keepersOf, narrows, NOBODY, offersOf, SORTS, type Sort, turned } from '../../services/tickets/arranged.ts';
import type { EndLine } from '../../services/tickets/costs.ts';
import { endsUntil } from '../../services/tickets/endList.ts';
import { stops } from '../../services/tickets/endOfTerm.ts';
import { type OpenRow, openTickets, openTicketsOf } from '../../services/tickets/openList.ts';
import { gapsOf, isRead, isWhole, standOf } from '../../services/watch/known.ts';
import { beginWith } from './bulk.ts';
import { unmeant } from './lists.ts';
import { said } from './replies.ts';
import { programmesCalled, whatIsMeant, whatIsNamed } from './resolve.ts';
import { standsText } from './stands.ts';
import type { Turn, TurnDeps, TurnResult } from './turn.ts';
import { askWhich, customerOption } from './which.ts';

export const DAY_MAX = 3650;

/** What a list of ends is asked for, of whichever customer. */
export type Asked = Omit<ListOf, 'customerId' | 'watched'>;

type DrawDeps = Pick<TurnDeps, 'store' | 'clock' | 'chatWords' | 'programmes' | 'priceSheets' | 'shows'>;

/** `expiring`, with all that was typed behind it. */
export async function expiring(deps: TurnDeps, turn: Turn, command: Omit<Extract<Command, { command: 'expiring' }>, 'command'>): Promise<TurnResult> {
  const { days, outcome, month, arrange = {}, whole, customer } = command;
  const during = month ? { month: monthMeant(month, dayOf(deps.clock.now())) } : {};
  const plain: Asked = { days, ...during, ...(outcome ? { outcome } : {}) };
  // What is how one says a name is that name, key words and all.
  const called = whole === undefined ? null : await whatIsNamed(deps.store, whole);
  if (called?.kind === 'customer' && called.words === '' && saysName(whole as string, called.customer.name)) {
    return expiringOf(deps, turn, { ...plain, days: days === DAY_MAX ? USUAL_DAYS : days }, called.customer.id);
  }
  const { keeper, ...how } = arrange;
  const person = keeper === undefined ? undefined : await keeperCalled(deps, turn, keeper);
  if (person === null) return said(deps.words.list.noKeeper(bare(keeper as string, 80)));
  const asked: Asked = { ...plain, ...how, ...(person === undefined ? {} : { keeper: person }) };
  return customer === null ? expiringOf(deps, turn, asked, null) : expiringCalled(deps, turn, asked, customer);
}

const USUAL_DAYS = 90;

/** Who looks after something and is called so: by key; null where that is nobody, or several are. */
async function keeperCalled({ store }: Pick<TurnDeps, 'store'>, turn: Turn, wanted: string): Promise<string | null> {
  if (wanted === 'me') return turn.actor.key;
  if (wanted === NOBODY) return NOBODY;
  const names = Object.entries(await namesOf(store, keepersOf(await openTickets(store))));
  const words = foldedWords(wanted);
  const fit = names.filter(([, name]) => words.length > 0 && words.every((word) => foldedWords(name).includes(word)));
  return fit.length === 1 ? (fit[0]?.[0] ?? null) : null;
}

/** Of the customer, or the programme, that is called so. */
async function expiringCalled(deps: TurnDeps, turn: Turn, asked: Asked, wanted: string): Promise<TurnResult> {
  const meant = await whatIsMeant(deps.store, wanted);
  const { called } = programmesCalled(deps.programmes, wanted);
  if (called && (meant.kind !== 'customer' || meant.near)) return expiringOf(deps, turn, { ...asked, programme: called.name }, null);
  if (meant.kind === 'manyCustomers' || meant.kind === 'nearCustomers') {
    const { customers } = meant;
    const options = customers.map((one) => ({
      option: customerOption(one, customers, deps.chatWords),
      choice: { to: 'expiring' as const, ...asked, customerId: one.id },
    }));
    return askWhich(deps, turn, { wanted, about: 'customer', options, atLeast: customers.length >= FOUND_MAX });
  }
  if (meant.kind !== 'customer') return said((isPlain(asked) && meantOfList(deps, wanted)) || unmeant(deps, meant, wanted));
  const result = await expiringOf(deps, turn, asked, meant.customer.id);
  if (!meant.near) return result;
  const taken = deps.words.replies.takenAs({ wanted: bare(wanted, 80), name: nameBare(meant.customer.name) });
  return { ...result, say: [taken, ...result.say] };
}

/** Whether nothing else was asked for beside the name, which a word in its place would leave out. */
function isPlain({ days, ...more }: Asked): boolean {
  return days === USUAL_DAYS && Object.keys(more).length === 0;
}

/** That a word of the list was written nearly so; null where none is near. */
function meantOfList({ words, spoken }: Pick<TurnDeps, 'words' | 'spoken'>, wanted: string): string | null {
  for (const language of spoken) {
    const near = listWordNear(wanted, language);
    if (near !== null) return words.replies.notUnderstood({ text: bare(wanted, 80), didYouMean: bare(`${language.commands.expiring[0]} ${near}`, 80) });
  }
  return null;
}

/** What ends within so many days, of one customer where one is named. */
export async function expiringOf(deps: TurnDeps, turn: Turn, asked: Asked, customerId: string | null): Promise<TurnResult> {
  const handle = { kind: 'list', chat: turn.chat.key, list: { ...asked, customerId } } as const;
  const id = await newHandle(deps.store, handle, deps.clock.now());
  return { say: [{ ...(await drawList(deps, turn.chat, { handle, id, from: 0 })), handle: id }] };
}

/** Another page of it, in place of the one that stands there. */
export async function turnPage(deps: TurnDeps, chat: Chat, at: { handle: Handle & { list: ListOf }; id: string; from: number }): Promise<TurnResult> {
  const card = await drawList(deps, chat, at);
  return { say: [], edit: card, privately: card.summary };
}

/** Narrowed to what its form offers, and put in another order; everything again where `filter` is none of them. */
export async function rearrange(
  deps: TurnDeps,
  chat: Chat,
  { handle, id }: { handle: Handle & { list: ListOf }; id: string },
  { filter, sort }: { filter: string | null; sort: string | null },
): Promise<TurnResult> {
  const { state: _, programme: __, keeper: ___, sort: ____, ...list } = handle.list;
  const offered = handle.offers?.[Number(filter ?? Number.NaN)] ?? {};
  const order = SORTS.includes(sort as Sort) ? { sort: sort as Sort } : {};
  const { seen: _____, ...kept } = handle;
  return turnPage(deps, chat, { handle: { ...kept, list: { ...list, ...offered, ...order } }, id, from: 0 });
}

/** A page of a list as it is now; what it shows is noted, so that the next page says what changed since. */
export async function drawList(
  deps: DrawDeps,
  chat: Chat,
  { handle: { list, seen }, id, from }: { handle: Pick<Handle, 'seen'> & { list: ListOf }; id: string; from: number },
): Promise<RenderedCard> {
  const today = dayOf(deps.clock.now());
  if (list.whole && list.customerId) return drawCustomer(deps, chat, { list: { ...list, customerId: list.customerId }, seen, id, from });
  const all = await rowsOf(deps, chat, list);
  const names = await namesOf(deps.store, keepersOf(all.rows));
  const hides = hiddenIn(deps.shows, chat);
  const { sort } = list;
  // Nothing tells what a price is where none may stand.
  const how: Arrange = { ...list, ...(sort === 'money' && hides.cost !== null ? { sort: 'days' } : {}) };
  const rows = arranged(all.rows, how, { today, names });
  const marks = rows.map((row) => row.subscriptionId);
  const turn = turned(seen, marks, from);
  const offers = offersOf(all.rows, how, today);
  await noteList(deps.store, id, { list, seen: marks, offers: offers.map((one) => one.of) });
  const place = { handle: id, today, hides, names, reader: readerIn(chat) };
  const { month = null } = list;
  const view = { ...place, month, arrange: how, offers, all: all.rows.length, turned: seen ? turn : null, from: turn.from, within: list.days };
  const several = programmesOf(rows).length > 0;
  if (all.lines) {
    const at = new Map(all.lines.map((line) => [line.subscriptionId, line]));
    const lines = rows.flatMap((row) => at.get(row.subscriptionId) ?? []);
    const tickets = new Map(rows.map((row) => [row.ticketId, row]));
    const whole = await readWhole(deps, list.customerId, today);
    return outcomeListCard({ ...view, until: spanOf(list, today)[1], ...all.of, lines, tickets, whole, several }, deps.chatWords);
  }
  return listCard({ ...view, rows, several, ...(await around(deps, chat, { list, rows, today })) }, deps.chatWords);
}

/** All that a customer has, soonest first; what has no day last. */
async function drawCustomer(
  deps: DrawDeps,
  chat: Chat,
  { list, seen, id, from }: { list: ListOf & { customerId: string }; seen: string[] | undefined; id: string; from: number },
): Promise<RenderedCard> {
  const today = dayOf(deps.clock.now());
  const { customerId } = list;
  const [stand, open] = await Promise.all([standOf(deps.store, customerId, { programmes: deps.programmes, today }), openTicketsOf(deps.store, customerId)]);
  const tickets = new Map(open.map((row) => [row.subscriptionId, row]));
  const own = (stand.each ?? []).map(({ kind, tracked: { snapshot } }) => ({
    ...{ id: snapshot.id, kind, plan: snapshot.offerName, day: snapshot.expiresOn ?? '', quantity: snapshot.quantity },
    ...{ ticket: tickets.get(snapshot.id) ?? null, monthly: tickets.get(snapshot.id)?.monthly ?? null },
  }));
  const known = new Set(own.map((one) => one.id));
  const elsewhere = open
    .filter((row) => !known.has(row.subscriptionId))
    .map((ticket) => ({
      ...{ id: ticket.subscriptionId, kind: 'unsaid' as const, plan: ticket.offerName, day: ticket.expiresOn, quantity: ticket.quantity },
      ...{ ticket, monthly: ticket.monthly ?? null },
    }));
  const owned = [...own, ...elsewhere].sort((a, b) => ((a.day || LAST_DAY) < (b.day || LAST_DAY) ? -1 : 1));
  const marks = owned.map((one) => one.id);
  const turn = turned(seen, marks, from);
  const names = await namesOf(deps.store, keepersOf(open));
  await noteList(deps.store, id, { list, seen: marks, offers: [] });
  const customer = { id: customerId, name: stand.name };
  const place = { handle: id, today, names, hides: hiddenIn(deps.shows, chat), reader: readerIn(chat) };
  const stands = standsText(deps.chatWords, stand, customer);
  return customerCard({ ...place, customer, owned, from: turn.from, turned: seen ? turn : null, stands }, deps.chatWords);
}

const LAST_DAY = '9999';

/** What is said beside the rows: which is the next where none is ahead, how the customer stands, whether all was read. */
async function around(deps: DrawDeps, chat: Chat, { list, rows, today }: { list: ListOf; rows: readonly OpenRow[]; today: string }) {
  const { customerId, watched } = list;
  const [, until] = spanOf(list, today);
  const ahead = (row: OpenRow) => (!watched || hears(chat.watching, row)) && stops(row) && row.expiresOn >= today;
  const after = (row: OpenRow) => ahead(row) && row.expiresOn > until;
  const looks = !narrows(list) && !rows.some(ahead);
  const next = looks ? (await (customerId ? openTicketsOf(deps.store, customerId) : openTickets(deps.store))).find(after) : undefined;
  const stand = customerId ? await standOf(deps.store, customerId, { programmes: deps.programmes, today }) : null;
  const stands = rows.length === 0 && stand && customerId ? standsText(deps.chatWords, stand, { id: customerId, name: stand.name }) : null;
  return { next: next ?? null, stands, whole: stand ? isRead(stand) : isWhole(await gapsOf(deps.store)) };
}

/** From which day on, null for any that is past too, and up to which. */
function spanOf({ days, month }: Pick<ListOf, 'days' | 'month'>, today: string): readonly [from: string | null, until: string] {
  return month ? daysOf(month) : [null, addDays(today, days)];
}

/** All that is on a list before it is narrowed; of a list by outcome also what is told of each. */
interface All {
  rows: OpenRow[];
  lines?: EndLine[];
  of: { outcome: NonNullable<ListOf['outcome']>; more: boolean; passed: number };
}

async function rowsOf(deps: DrawDeps, chat: Chat, list: ListOf): Promise<All | (Omit<All, 'of' | 'lines'> & { lines?: undefined })> {
  const { outcome, customerId } = list;
  const today = dayOf(deps.clock.now());
  const [from, until] = spanOf(list, today);
  if (outcome) {
    const { lines, more, passed } = await endsUntil(deps, outcome, { today, ...(from ? { from } : {}), until, customerId });
    const ids = new Set(lines.flatMap((line) => line.ticketId ?? []));
    const open = ids.size > 0 ? await openTickets(deps.store) : [];
    const tickets = new Map(open.filter((row) => ids.has(row.ticketId)).map((row) => [row.ticketId, row]));
    return { rows: lines.map((line) => rowOf(line, line.ticketId ? tickets.get(line.ticketId) : undefined)), lines, of: { outcome, more, passed } };
  }
  const open = customerId ? await openTicketsOf(deps.store, customerId) : await openTickets(deps.store, until);
  const asked = open.filter(
    (row) => (!list.watched || hears(chat.watching, row)) && daysBetween(row.expiresOn, until) >= 0 && (from === null || row.expiresOn >= from),
  );
  // The pages of a list that came by itself are those of that list.
  return { rows: list.watched ? await worthIn(deps, chat, asked, today) : asked };
}

/** A subscription as a row, with its ticket where it has one; without one nobody has begun anything, and no programme is known. */
function rowOf(line: EndLine, ticket: OpenRow | undefined): OpenRow {
  const { customerId, customerName, subscriptionId, offerName, expiresOn, quantity, end, priceNow } = line;
  const plain = { customerId, customerName, subscriptionId, offerName, expiresOn, lastDay: expiresOn, quantity, end };
  const { monthly: _, ...known } = ticket ?? { ...plain, ticketId: '', programme: null };
  return { ...known, ...plain, ...(priceNow ? { monthly: priceNow } : {}) };
}

/** The tickets of a list as it is now, to choose from: one decision is for one programme, so where they are of several it is asked of which. */
export async function chooseFrom(deps: TurnDeps, turn: Turn, { list }: Pick<Handle, 'list'>, wanted: string | null = null): Promise<TurnResult> {
  const { words, chatWords } = deps;
  if (!list) return { say: [], privately: words.replies.gone() };
  const rows = await listed(deps, turn.chat, list);
  const programmes = programmesOf(rows).filter(({ name }) => deps.programmes.some((one) => one.name === name) && (wanted === null || wanted === name));
  const [only, ...more] = programmes;
  const programme = deps.programmes.find((one) => one.name === only?.name);
  if (!programme) return { say: [], privately: words.bulk.notOne };
  if (more.length > 0) {
    const options = programmes.map(({ name, n }) => ({
      option: { title: name, kind: 'plan' as const, more: chatWords.bulk.onList(n) },
      choice: { to: 'programme' as const, name, list },
    }));
    return {
      ...(await askWhich(deps, turn, { wanted: chatWords.bulk.severalHere, about: { programmes: true }, options })),
      privately: words.replies.showing(),
    };
  }
  return {
    ...(await beginWith(
      deps,
      turn,
      programme,
      rows.filter((row) => !row.elsewhere && row.programme === programme.name && row.ticketId !== ''),
    )),
    privately: words.replies.showing(),
  };
}

/** The rows that a list shows. */
async function listed(deps: DrawDeps, chat: Chat, list: ListOf): Promise<OpenRow[]> {
  const today = dayOf(deps.clock.now());
  const { rows } = await rowsOf(deps, chat, list);
  return arranged(rows, list, { today, names: await namesOf(deps.store, keepersOf(rows)) });
}

/** Whether all of one customer, or of all, was read. */
async function readWhole({ store, programmes }: Pick<TurnDeps, 'store' | 'programmes'>, customerId: string | null, today: string): Promise<boolean> {
  return customerId ? isRead(await standOf(store, customerId, { programmes, today })) : isWhole(await gapsOf(store));
}
