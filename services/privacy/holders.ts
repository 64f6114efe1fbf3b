/** People of customers, who hold or held a licence that moves: found by name or id, told, and forgotten. */
import type { Move, UserMove } from '../domain/ticket.ts';
import { isLive } from '../moves/states.ts';
import { CUSTOMERS, keysWith, MOVE, moveOfUser, ofCustomer, USER } from '../store/rows.ts';
import type { Scanned, Store } from '../store/store.ts';
import { change } from './privacy.ts';

/** In the place of a name, where the row is still needed. */
const NAMELESS = '–';

export interface Holder {
  customerId: string;
  /** Of the customer's directory. */
  id: string;
  name: string;
}

export interface Held {
  holder: Holder;
  /** Of each move: how that person's licence stood there, and who left the person behind. */
  moves: { key: string; licence: UserMove | null; waived: { at: string; reason: string }[] }[];
}

/** Everybody who is called so, by id, by customer and id, or by the whole name. Reads every such row there is. */
export async function findHolders(store: Store, who: string): Promise<Holder[]> {
  const found = new Map<string, Holder>();
  if (who.trim() === '') return [];
  const look = (customerId: string, { id, name }: { id: string; name: string }) => {
    if ([id, name, `${customerId}/${id}`].some((one) => one.toLowerCase() === who.toLowerCase())) found.set(`${customerId} ${id}`, { customerId, id, name });
  };
  for await (const row of rowsOf<UserMove>(store, USER)) look(row.partition, { id: row.value.userId, name: row.value.name });
  for await (const row of rowsOf<Move>(store, MOVE)) for (const one of row.value.waived) for (const person of one.people) look(row.partition, person);
  return [...found.values()];
}

/** Everything that is kept of the holder. */
export async function exportHolder(store: Store, holder: Holder): Promise<Held> {
  const moves = new Map<string, Held['moves'][number]>();
  const of = (key: string) => {
    const move = moves.get(key) ?? { key, licence: null, waived: [] };
    moves.set(key, move);
    return move;
  };
  for await (const row of rowsOf<UserMove>(store, USER)) if (isOf(row, holder)) of(moveOf(row)).licence = row.value;
  for await (const row of rowsOf<Move>(store, MOVE))
    for (const one of row.value.waived)
      if (row.partition === holder.customerId && one.people.some((person) => person.id === holder.id))
        of(row.key).waived.push({ at: one.at, reason: one.reason });
  return { holder, moves: [...moves.values()] };
}

/**
 * Takes the name away wherever it stands, and the id too where the move has ended. A live one needs the id, and reads the name
 * again when it counts anew; so it is to be done once more when that has ended. Returns the live moves that still hold the id.
 */
export async function eraseHolder(store: Store, holder: Holder): Promise<string[]> {
  const live: string[] = [];
  for await (const row of rowsOf<Move>(store, MOVE)) {
    if (row.partition !== holder.customerId) continue;
    await change(store, { table: CUSTOMERS, row }, (now) => withoutHolder(now.value as Move, holder));
  }
  for await (const row of rowsOf<UserMove>(store, USER)) {
    if (!isOf(row, holder)) continue;
    const move = moveOf(row);
    const of = await store.get<Move>(...ofCustomer(holder.customerId), move);
    if (of && isLive(of.value)) {
      live.push(move);
      await change(store, { table: CUSTOMERS, row }, (now) => ({ ...(now.value as UserMove), name: NAMELESS }));
    } else await store.remove(...ofCustomer(holder.customerId), row.key);
  }
  return live;
}

/** The move without the holder's name, and without the id where it has ended; null where neither stands there. Pure. */
function withoutHolder(m: Move, { id, name }: Holder): Move | null {
  const ended = !isLive(m);
  const waived = m.waived.map((one) => ({
    ...one,
    people: one.people.map((person) => (person.id === id ? { id: ended ? '' : id, name: NAMELESS } : person)),
  }));
  const people = m.people && { ...m.people, named: m.people.named.filter((one) => one.name !== name) };
  const chosen = m.chosen && ended ? { ...m.chosen, except: m.chosen.except.filter((one) => one !== id) } : m.chosen;
  const next: Move = { ...m, waived, people, ...(chosen === undefined ? {} : { chosen }) };
  return JSON.stringify(next) === JSON.stringify(m) ? null : next;
}

function isOf(row: Scanned<UserMove>, holder: Holder): boolean {
  return row.partition === holder.customerId && row.value.userId === holder.id;
}

function moveOf(row: Scanned<UserMove>): string {
  return moveOfUser(row.key, row.value.userId);
}

async function* rowsOf<T>(store: Store, prefix: string): AsyncGenerator<Scanned<T>> {
  for await (const page of store.scan<T>(CUSTOMERS, ...keysWith(prefix))) yield* page;
}
