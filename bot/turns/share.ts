/**
 * What somebody looks for in the compose box of any chat, and the card that is shared from there. It only reads: neither the chat nor the
 * person is noted, for the bot need not be a member there. Knows nothing of botbuilder.
 */
import type { RenderedCard } from '../../cards/chat/chat.ts';
import { bare, nameBare, planBare, type Safe, safe } from '../../cards/escape.ts';
import { sharedCustomerCard, sharedTicketCard, stateOf } from '../../cards/ticket/shared.ts';
import { RIGHT_OF } from '../../dialogs/rights.ts';
import { readChat } from '../../services/chats.ts';
import { ticketIn } from '../../services/domain/names.ts';
import type { Chat, Notice, Ticket } from '../../services/domain/ticket.ts';
import { type Handle, newHandle, readHandle } from '../../services/notify/handles.ts';
import { may } from '../../services/people/roles.ts';
import { findTicket } from '../../services/search.ts';
import { noticePrefix, ofCustomer, ticketKey } from '../../services/store/rows.ts';
import { withPrefix } from '../../services/store/store.ts';
import { cardViewOf } from '../../services/ticketView.ts';
import { openTicketsOf } from '../../services/tickets/openList.ts';
import { readWatch } from '../../services/watch/rows.ts';
import { whatIsMeant } from './resolve.ts';
import { howItStands } from './stands.ts';
import { heardIn, type TurnDeps } from './turn.ts';

/** Teams shows no more than 25 at once; whoever types on finds fewer. */
const FOUND_MAX = 10;
const TEXT_MAX = 200;
const NOTICES_MAX = 50;
const TICKET_ID = /^S-\d{1,9}$/;
const CUSTOMER_ID = /^[0-9a-f-]{1,64}$/;

/** Who looks, and the conversation that what is shared goes into, by its chat's key. `objectId` is opaque. */
export interface Sharer {
  objectId: string;
  chat: string;
  speaks?: string;
}

/** What is picked: the server looks it up again. */
export type Picked = { ticketId: string } | { customerId: string };

export interface Found {
  title: Safe;
  text: Safe;
  pick: Picked;
}

/** Tickets and customers by what is typed, some at most; a sentence where there is none, or nothing may be shown. */
export async function findToShare(of: TurnDeps, sharer: Sharer, typed: string): Promise<Found[] | string> {
  const deps = heardIn(of, NOWHERE, sharer);
  const { share: say } = deps.words;
  if (!(await maySee(deps, sharer))) return say.mayNot;
  const wanted = typed.trim();
  if (wanted === '') return say.what;
  if (wanted.length > TEXT_MAX) return say.tooLong;
  const meant = await whatIsMeant(deps.store, wanted);
  if (meant.kind === 'ticket') {
    const found = await foundTicket(deps, sharer, meant);
    return found ? [found] : say.nothing({ wanted: bare(wanted, 80) });
  }
  if (meant.kind === 'noCustomer' || meant.kind === 'noTicket') return say.nothing({ wanted: bare(wanted, 80) });
  const customers = meant.kind === 'customer' ? [meant.customer] : meant.customers.slice(0, FOUND_MAX);
  const all = await Promise.all(
    customers.map(async ({ id, name }): Promise<Found[]> => {
      const open = (await openTicketsOf(deps.store, id)).slice(0, FOUND_MAX);
      const tickets = await Promise.all(open.map((row) => foundTicket(deps, sharer, { customerId: id, ticketId: row.ticketId })));
      const found = tickets.filter((one) => one !== null);
      return found.length > 0 ? found : [{ title: nameBare(name), text: say.nothingOpen, pick: { customerId: id } }];
    }),
  );
  return all.flat().slice(0, FOUND_MAX);
}

async function foundTicket(deps: TurnDeps, sharer: Sharer, { customerId, ticketId }: { customerId: string; ticketId: string }): Promise<Found | null> {
  const shown = await shownOf(deps, sharer, { customerId, ticketId }, '');
  if (!shown) return null;
  const { customerName, facts } = ticketIn(shown.ticket, deps.words.lang);
  return {
    title: nameBare(customerName),
    text: safe`${planBare(ticketId)} · ${planBare(facts.offerName)} · ${stateOf(shown, deps.words)}`,
    pick: { ticketId },
  };
}

/** The card of what was picked, with a handle that is good in that chat alone; a sentence where it is not there, or may not be shown. */
export async function cardToShare(all: TurnDeps, sharer: Sharer, picked: unknown): Promise<RenderedCard | string> {
  const there = (await readChat(all.store, sharer.chat))?.value;
  const deps = heardIn(all, there ?? NOWHERE, sharer);
  const { share: say } = deps.words;
  if (!(await maySee(deps, sharer))) return say.mayNot;
  const of = await whatWasPicked(deps, picked);
  if (!of) return say.gone;
  const id = await newHandle(deps.store, { kind: 'shared', chat: sharer.chat, ...of }, deps.clock.now());
  return (await drawn({ ...deps, words: there ? deps.chatWords : deps.words }, sharer, of, id)) ?? say.gone;
}

/** The card of a handle as it is now, for whoever pressed; a sentence where it is another chat's, or may not be shown to this person. */
export async function cardAgain(all: TurnDeps, sharer: Sharer, id: unknown): Promise<RenderedCard | string> {
  const deps = heardIn(all, NOWHERE, sharer);
  const { share: say } = deps.words;
  if (!(await maySee(deps, sharer))) return say.mayNot;
  const handle = typeof id === 'string' ? await readHandle(deps.store, id) : undefined;
  if (handle?.kind !== 'shared') return say.gone;
  if (handle.chat !== sharer.chat) return say.other;
  return (await drawn(deps, sharer, handle, id as string)) ?? say.gone;
}

/** Roles as they are now: nothing of a customer is told to somebody without one. */
async function maySee({ directory, log }: TurnDeps, { objectId, chat }: Sharer): Promise<boolean> {
  const right = RIGHT_OF['card.refresh'] ?? 'see';
  if (may(await directory.rolesOf(objectId), right)) return true;
  log.info({ right, chat }, 'somebody was refused for want of a right');
  return false;
}

/** Of a chat that nobody knows, words are those of whoever looks. */
const NOWHERE = { kind: 'groupChat' } as const;

type Of = Pick<Handle, 'ticketRef' | 'customer'>;

/** What a client sends is held by it, so nothing in it is believed. */
async function whatWasPicked(deps: TurnDeps, picked: unknown): Promise<Of | null> {
  const { ticketId, customerId } = (typeof picked === 'object' && picked !== null ? picked : {}) as Record<string, unknown>;
  if (typeof ticketId === 'string' && TICKET_ID.test(ticketId)) {
    const found = await findTicket(deps.store, ticketId);
    return found ? { ticketRef: { ...found, ticketId } } : null;
  }
  if (typeof customerId !== 'string' || !CUSTOMER_ID.test(customerId)) return null;
  const watch = await readWatch(deps.store, customerId);
  return watch && watch.value.goneAt === null ? { customer: { id: customerId, name: watch.value.name } } : null;
}

async function drawn(deps: TurnDeps, sharer: Sharer, { ticketRef, customer }: Of, handle: string): Promise<RenderedCard | null> {
  if (customer) {
    const { text, clean, claims } = await howItStands(deps, customer);
    const stands = clean ? deps.words.share.allRenew({ customer: nameBare(customer.name) }) : text;
    const lookedAt = (await readWatch(deps.store, customer.id))?.value.lookedAt ?? null;
    return sharedCustomerCard({ name: customer.name, stands, lookedAt, handle, claims }, deps.words);
  }
  if (!ticketRef) return null;
  const shown = await shownOf(deps, sharer, ticketRef, handle);
  return shown ? sharedTicketCard(shown, await linkTo(deps, sharer, ticketRef), deps.words) : null;
}

/** As a card where others read along, whatever kind of chat it is: nobody else's name and no price is drawn from it. */
async function shownOf(deps: TurnDeps, { chat }: Sharer, { customerId, ticketId }: { customerId: string; ticketId: string }, handle: string) {
  const row = await deps.store.get<Ticket>(...ofCustomer(customerId), ticketKey(ticketId));
  return row ? cardViewOf(deps, { key: chat, kind: 'channel' }, row.value, handle) : null;
}

/** Where the ticket's own card stands: in this chat, or in another one that several read; null where it stands in none. */
async function linkTo(deps: TurnDeps, { chat: here }: Sharer, { customerId, ticketId }: { customerId: string; ticketId: string }): Promise<string | null> {
  const notices = await withPrefix<Notice>(deps.store, ...ofCustomer(customerId), noticePrefix(ticketId), NOTICES_MAX);
  const inOrder = notices.map((row) => row.value).sort((a, b) => Number(b.chat === here) - Number(a.chat === here));
  for (const notice of inOrder) {
    const chat = (await readChat(deps.store, notice.chat))?.value;
    if (chat && !chat.dead && !chat.sleeping && chat.kind !== 'personal') return messageLink(chat, notice);
  }
  return null;
}

/** A link to a message. (Teams documentation, "Deep link to a Teams chat or channel message".) */
function messageLink({ kind, reference, tenantId }: Chat, { activityId }: Notice): string {
  const home = (reference as { conversation?: { id?: string } }).conversation?.id ?? '';
  const query: Record<string, string> = kind === 'channel' ? { tenantId, parentMessageId: activityId } : { context: '{"contextType":"chat"}' };
  return `https://teams.microsoft.com/l/message/${encodeURIComponent(home)}/${encodeURIComponent(activityId)}?${new URLSearchParams(query)}`;
}
