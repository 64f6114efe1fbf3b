/** Companies that were invited to become customers: who waits for which, where, and who has come since. */
import type { Customer } from './domain/ticket.ts';
import { IDS, INVITED, inOneChat, begunKey, keysWith } from './store/rows.ts';
import type { Row, Store } from './store/store.ts';
import { update, written } from './store/update.ts';

/** Of all chats; what is beyond it is looked at when others have ended. */
const INVITATIONS_MAX = 500;
/** One chat waits for no more at once. */
export const WAITING_MAX = 10;
/** So many newcomers of one wait are kept with their names; the others come up when somebody has said who these are. */
const CAME_MAX = 20;
const MORE_MAX = 300;
const TRIES = 20;

/** What is to be said where the company was invited, and has not been yet. */
export type Saying = 'link' | 'noLink' | 'came' | 'reminder' | 'lapsed';

/** Through whom it will buy: nobody, one, one of several, or not known; `none` is what was written and fits nobody. */
export type Through =
  | { is: 'nobody' | 'unknown' }
  | { is: 'one'; name: string; mpnId: string }
  | { is: 'which' | 'none'; of: { name: string; mpnId: string }[] };

/** One company that somebody invited. Times are ISO text. */
export interface Invitation {
  /** As it was written. */
  company: string;
  /** The reseller, as he was written; null where nobody was. */
  through: string | null;
  chat: string;
  thread: string;
  /** Who invited it, by person key. */
  person: string;
  tenant: string;
  at: string;
  /** It is waited for until then. */
  until: string;
  /** null until Partner Center has given it. */
  link: string | null;
  linkAskedAt: string;
  reseller: Through;
  /** Customers that it is not, by id: they were there before, or somebody said so. */
  not: string[];
  /** Who has become a customer since. */
  came: Customer[];
  /** And who else, by id, in their order: there was no room yet. */
  more?: string[];
  /** Of whom it was said or asked, by id. */
  told: string[];
  reminders: number;
  say: Saying | null;
  over: { how: 'accepted' | 'forgotten' | 'lapsed'; at: string } | null;
  /** Who it has become. */
  customer: Customer | null;
  /** Somebody is saying it until then. */
  heldUntil: string | null;
}

/** Stores it, once for each activity; `tooMany` where the chat waits for enough already. */
export async function addInvitation(store: Store, mark: string, invitation: Invitation): Promise<'added' | 'there' | 'tooMany'> {
  const key = begunKey(invitation.chat, mark);
  if (await store.get(...INVITED, key)) return 'there';
  if ((await waitingIn(store, invitation.chat)).length >= WAITING_MAX) return 'tooMany';
  return (await store.commit(...INVITED, [{ op: 'create', key, value: invitation }])) === 'done' ? 'added' : 'there';
}

/** All of them, those that are over included for a while. */
export function invitations(store: Store): Promise<Row<Invitation>[]> {
  return store.range<Invitation>(...INVITED, ...IDS, INVITATIONS_MAX);
}

export function readInvitation(store: Store, key: string): Promise<Row<Invitation> | undefined> {
  return store.get<Invitation>(...INVITED, key);
}

/** Those of one chat that are still waited for. */
export async function waitingIn(store: Store, chat: string): Promise<Row<Invitation>[]> {
  return (await store.range<Invitation>(...INVITED, ...keysWith(inOneChat(chat)), INVITATIONS_MAX)).filter((row) => !row.value.over);
}

/** Stores what was decided over what was read; `conflict` where somebody else was faster. */
export function storeInvitation(store: Store, row: Row<Invitation>, value: Invitation): Promise<'done' | 'conflict'> {
  return store.commit(...INVITED, [written(row, row.key, value)]);
}

/** Changes one that is still waited for; returns it as it then stands, undefined where there is none. */
export function changeInvitation(store: Store, key: string, change: (now: Invitation) => Invitation): Promise<Invitation | undefined> {
  return update<Invitation>(store, [...INVITED, key], { tries: TRIES, failed: 'An invitation could not be changed' }, (now) =>
    now && !now.over ? change(now) : null,
  );
}

/** Takes it away for good. */
export function removeInvitation(store: Store, key: string): Promise<void> {
  return store.remove(...INVITED, key);
}

/** Somebody has become a customer: every invitation that waits keeps him, for he may be the one, whatever he is called. */
export async function noteNewcomer(store: Store, customer: Customer): Promise<void> {
  for (const { key, value } of await invitations(store)) {
    if (value.over) continue;
    await changeInvitation(store, key, (now) => {
      const { came, more } = unresolved(now);
      if (came.some((one) => one.id === customer.id) || more.includes(customer.id)) return now;
      if (came.length < CAME_MAX && more.length === 0) return { ...now, came: [...came, customer] };
      return more.length < MORE_MAX ? { ...now, more: [...more, customer.id] } : now;
    });
  }
}

/** Of whom nobody has said that it is not he. */
function unresolved({ came, more, not }: Invitation): { came: Customer[]; more: string[] } {
  return { came: came.filter((one) => !not.includes(one.id)), more: (more ?? []).filter((id) => !not.includes(id)) };
}

/** Whose turn it is among those for whom there was no room, by id; none while there is none. Pure. */
export function nextNewcomers(invitation: Invitation): string[] {
  const { came, more } = unresolved(invitation);
  return invitation.over ? [] : more.slice(0, CAME_MAX - came.length);
}

/** The wait with those of them who are still customers beside the others. Pure. */
export function withNewcomers(invitation: Invitation, taken: readonly string[], customers: readonly Customer[]): Invitation {
  const { came, more } = unresolved(invitation);
  return { ...invitation, came: [...came, ...customers], more: more.filter((id) => !taken.includes(id)) };
}
