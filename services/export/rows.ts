/** All tickets, all decisions, or the whole record, page by page out of the rows themselves: what no list of ours can hide. */
import type { AuditEntry } from '../auditLog/auditLog.ts';
import { inChunks } from '../chunks.ts';
import { USUAL } from '../domain/language.ts';
import { minorDigits, type Money } from '../domain/money.ts';
import { moveIn, ticketIn } from '../domain/names.ts';
import type { Move, Ticket } from '../domain/ticket.ts';
import { namesOf } from '../people/people.ts';
import { AUDIT_LINES, CUSTOMERS, keysWith, ofCustomer, TICKET, ticketIdIn, ticketKey } from '../store/rows.ts';
import type { Store } from '../store/store.ts';
import type { Cell } from './csv.ts';
import { type Exported, takenFiles } from './grants.ts';

export const COLUMNS = {
  tickets: [
    ...['ticket', 'customer', 'plan', 'programme', 'licences', 'ends', 'atTermEnd', 'priceMonth', 'currency', 'opened', 'state', 'assignedTo'],
    ...['snoozedUntil', 'dismissed', 'closed', 'closedHow', 'newPlan', 'newPriceMonth', 'newCurrency', 'order', 'customerId', 'subscriptionId'],
  ],
  decisions: ['at', 'ticket', 'customer', 'who', 'what', 'from', 'to', 'details', 'customerId', 'request'],
  record: ['at', 'ticket', 'customer', 'who', 'what', 'from', 'to', 'details', 'customerId', 'request'],
} as const satisfies Record<Exported, readonly string[]>;

export type ExportRow = Record<string, Cell>;

/** Ids of licence holders: they are read in person alone, by those who may move licences. */
const HOLDERS: ReadonlySet<string> = new Set(['except', 'people']);
const COSTS: ReadonlySet<string> = new Set(['monthly', 'total', 'currency', 'price']);
const AT_ONCE = 20;

/** `costs`: whether prices may be read. */
export interface Reading {
  store: Store;
  costs: boolean;
  /** The language of whoever reads the file; where it is missing, names are as Partner Center's own records have them. */
  lang?: string;
}

/** Every row there is, some at a time. Names of people who were forgotten are empty. */
export function exportRows(reading: Reading, what: Exported): AsyncGenerator<ExportRow[]> {
  return what === 'tickets' ? ticketRows(reading) : recordRows(reading, what);
}

async function* ticketRows({ store, costs, lang = USUAL }: Reading): AsyncGenerator<ExportRow[]> {
  const nameOf = names(store);
  for await (const page of store.scan<Ticket>(CUSTOMERS, ...keysWith(TICKET))) {
    const moves = new Map<string, Move>();
    await inChunks(page, AT_ONCE, async ({ value }) => {
      const move = value.move ? (await store.get<Move>(...ofCustomer(value.customerId), value.move))?.value : undefined;
      // A ticket that was asked for in an earlier one's place may name a move that is another's.
      if (move?.ticketId === value.id) moves.set(value.id, move);
    });
    const named = await nameOf(page.map((row) => row.value.marks.assignedTo));
    yield page.map(({ value }) => ticketRow(ticketIn(value, lang), moveIn(moves.get(value.id) ?? null, value.names, lang), { costs, named }));
  }
}

function ticketRow(ticket: Ticket, move: Move | null, { costs, named }: { costs: boolean; named: ReadonlyMap<string, string> }): ExportRow {
  const { facts, marks, closed } = ticket;
  const price = (money: Money | null | undefined) =>
    costs && money ? { amount: amountOf(money), currency: money.currency } : { amount: null, currency: null };
  const [now, next] = [price(facts.priceNow), price(move?.quote?.monthly)];
  return {
    ticket: ticket.id,
    customer: ticket.customerName,
    plan: facts.offerName,
    programme: facts.programme,
    licences: facts.quantity,
    ends: facts.expiresOn,
    atTermEnd: facts.endOfTerm,
    ...{ priceMonth: now.amount, currency: now.currency },
    opened: ticket.openedAt,
    state: move?.state ?? 'none',
    assignedTo: marks.assignedTo ? (named.get(marks.assignedTo) ?? '') : null,
    snoozedUntil: marks.snoozed?.until ?? null,
    dismissed: marks.dismissed?.reason ?? null,
    closed: closed?.at ?? null,
    closedHow: closed?.how ?? null,
    newPlan: move?.quote?.planTitle ?? null,
    ...{ newPriceMonth: next.amount, newCurrency: next.currency },
    order: move?.order?.id ?? null,
    customerId: ticket.customerId,
    subscriptionId: ticket.subscriptionId,
  };
}

async function* recordRows({ store, costs }: Reading, what: 'decisions' | 'record'): AsyncGenerator<ExportRow[]> {
  const nameOf = names(store);
  for await (const page of store.scan<AuditEntry>(CUSTOMERS, ...AUDIT_LINES)) {
    const lines = what === 'record' ? page : page.filter((row) => row.value.by !== 'bot');
    if (lines.length === 0) continue;
    const customers = new Map<string, string>();
    const tickets = new Map(lines.map((row) => [`${row.partition} ${ticketIdIn(row.key)}`, row]));
    await inChunks([...tickets], AT_ONCE, async ([of, { partition, key }]) => {
      const ticket = await store.get<Ticket>(...ofCustomer(partition), ticketKey(ticketIdIn(key)));
      if (ticket) customers.set(of, ticket.value.customerName);
    });
    const named = await nameOf(lines.flatMap(({ value }) => [value.by, personIn(value)]));
    yield lines.map(({ partition, key, value }) => ({
      at: value.at,
      ticket: ticketIdIn(key),
      customer: customers.get(`${partition} ${ticketIdIn(key)}`) ?? '',
      who: value.by === 'bot' ? 'bot' : (named.get(value.by) ?? ''),
      what: value.what,
      from: value.before,
      to: value.after,
      details: detailsOf(value, { costs, named }),
      customerId: partition,
      request: value.correlationId,
    }));
  }
  for await (const page of takenFiles(store)) {
    const named = await nameOf(page.map((one) => one.by));
    yield page.map((one) => ({
      ...{ at: one.at, ticket: '', customer: '', who: named.get(one.by) ?? '', what: 'exported', from: '', to: '' },
      ...{ details: { what: one.what, format: one.format }, customerId: '', request: '' },
    }));
  }
}

/** Whom a line is about, beside who caused it: by key. */
function personIn({ data }: AuditEntry): string | undefined {
  return typeof data.person === 'string' ? data.person : undefined;
}

function detailsOf(entry: AuditEntry, { costs, named }: { costs: boolean; named: ReadonlyMap<string, string> }): Record<string, unknown> {
  const told = Object.entries(entry.data).filter(([name]) => !HOLDERS.has(name) && (costs || !COSTS.has(name)));
  const person = personIn(entry);
  return { ...Object.fromEntries(told), ...(person === undefined ? {} : { person: named.get(person) ?? '' }) };
}

function amountOf({ minor, currency }: Money): number {
  return minor / 10 ** minorDigits(currency);
}

/** Names by key, each read once; the staff are few. */
function names(store: Store): (keys: readonly (string | undefined)[]) => Promise<ReadonlyMap<string, string>> {
  const known = new Map<string, string>();
  return async (keys) => {
    const fresh = [...new Set(keys)].filter((key): key is string => key !== undefined && !known.has(key));
    const found = await namesOf(store, fresh);
    for (const key of fresh) known.set(key, found[key] ?? '');
    return known;
  };
}
