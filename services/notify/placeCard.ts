/** The one card about a ticket in one chat: what it is drawn from, where it is, and the note of that. */
import { createHash } from 'node:crypto';
import type { Chat, Notice, Ticket } from '../domain/ticket.ts';
import { askedOf } from '../moves/asked.ts';
import { noticeKey, ofCustomer } from '../store/rows.ts';
import type { Row } from '../store/store.ts';
import { about } from '../trace.ts';
import { written } from '../store/update.ts';
import { cardViewOf, type Shown } from '../ticketView.ts';
import { newHandle } from './handles.ts';
import { rewriteLater } from './inbox.ts';
import { RateLimited } from './pacedDeliver.ts';
import type { Message, NotifyDeps } from './ports.ts';
import { readersOf } from './readers.ts';
import { Refused } from './refusal.ts';
import { noteThread } from './threads.ts';

export interface Placed {
  notice: Notice;
  shown: Shown;
  posted: boolean;
}

/** `anew`: at the bottom of the chat. `wanted`: also where there is none yet. `again`: even if it should be true already. `replace`: the one that stands there cannot be edited. */
export interface Placing {
  anew: boolean;
  wanted: boolean;
  again: boolean;
  replace: boolean;
}

/** A card that was put in the place of another is not itself replaced so soon: Teams may be telling something else. */
const REPLACED_MS = 600_000;

/** Posts, edits, or leaves the ticket's one card in this chat. */
export function placeCard(deps: NotifyDeps, chat: Chat, ticket: Ticket, how: Placing): Promise<Placed | null> {
  return about({ customerId: ticket.customerId, ticketId: ticket.id }, 'card', () => place(deps, chat, ticket, how));
}

async function place(deps: NotifyDeps, chat: Chat, ticket: Ticket, how: Placing): Promise<Placed | null> {
  const key = noticeKey(ticket.id, chat.key);
  const row = await deps.store.get<Notice>(...ofCustomer(ticket.customerId), key);
  if (!row && !how.wanted) return null;
  const handle =
    row?.value.handle ??
    (await newHandle(
      deps.store,
      { kind: 'ticket', chat: chat.key, ticketRef: { customerId: ticket.customerId, subscriptionId: ticket.subscriptionId, ticketId: ticket.id } },
      deps.clock.now(),
    ));
  const drawn = await cardViewOf(deps, chat, ticket, handle);
  const shown = deps.views && chat.kind !== 'personal' ? { ...drawn, readers: await readersOf(deps.store, chat, drawn) } : drawn;
  const message = deps.renderer.ticket(shown);
  const shownHash = hashOf(message.card);
  let gone = false;
  if (row && !how.anew) {
    if (row.value.shownHash === shownHash && !how.again) return { notice: row.value, shown, posted: false };
    gone = how.replace || (await edit(deps, chat, ticket, row.value, message)) === 'gone';
    if (!gone) {
      const { anew: _, ...before } = row.value;
      const notice: Notice = { ...before, shownHash, ...askedNow(deps, shown, row.value), shownAt: shown.now };
      await storeNotice(deps, ticket.customerId, key, notice, row);
      return { notice, shown, posted: false };
    }
    if (!how.replace && row.value.anew && Date.parse(shown.now) - Date.parse(row.value.shownAt ?? '') < REPLACED_MS)
      throw new Refused('edit', { is: 'passing' }, 'gone again');
  }
  if (row && how.anew) await moveDown(deps, chat, row.value, shown);
  const { activityId, thread } = await deps.deliver.post(chat, message);
  const notice: Notice = { chat: chat.key, activityId, thread, shownHash, ...askedNow(deps, shown, row?.value), handle, shownAt: shown.now };
  if (gone) notice.anew = true;
  // Another process has noted a card of its own meanwhile: there is one card for one ticket, and it is that one.
  if ((await storeNotice(deps, ticket.customerId, key, notice, row ?? null)) === 'conflict') await moveDown(deps, chat, notice, shown);
  else await noteThread(deps.store, chat, thread, { customerId: ticket.customerId, ticketId: ticket.id });
  return { notice, shown, posted: true };
}

/** Of an edit that Teams has not refused in so many words it is not known whether it is still to come. */
async function edit(deps: NotifyDeps, chat: Chat, ticket: Ticket, notice: Notice, message: Message): Promise<'done' | 'gone'> {
  try {
    return await deps.deliver.edit(chat, notice, message);
  } catch (error) {
    const cannotCome = error instanceof RateLimited || (error instanceof Refused && error.verdict.is !== 'again');
    if (!cannotCome) await rewriteLater(deps, chat.key, [ticket]);
    throw error;
  }
}

/** Of what people read: that it has a view for one more of them is no reason to edit it. */
function hashOf({ refresh: _, ...read }: Message['card']): string {
  return createHash('sha256').update(JSON.stringify(read)).digest('hex');
}

/** The older card says that it is no longer kept up to date, where it can still be edited. */
async function moveDown(deps: NotifyDeps, chat: Chat, notice: Notice, shown: Shown): Promise<void> {
  try {
    await deps.deliver.edit(chat, notice, deps.renderer.movedDown(shown));
  } catch (error) {
    if (!(error instanceof Refused) || !['cardGone', 'passing', 'wrong'].includes(error.verdict.is)) throw error;
  }
}

/** The card as it would be drawn, for saying it otherwise. */
export async function drawTicket(deps: NotifyDeps, chat: Chat, ticket: Ticket): Promise<Message> {
  return deps.renderer.ticket(await cardViewOf(deps, chat, ticket, ''));
}

/**
 * What the card asks, and since when it stands in the chat: Teams has just acknowledged it, by Teams' clock as its answers
 * tell it. An answer typed before that moment was not to this question.
 */
function askedNow(deps: Pick<NotifyDeps, 'clock' | 'deliver'>, shown: Shown, before: Notice | undefined): Pick<Notice, 'asked' | 'askedAt'> {
  const asked = askedOf(shown.ticket, shown.move);
  const nowMs = deps.clock.wallMs() + (deps.deliver.clockSkewMs?.() ?? 0);
  return { asked, askedAt: before?.asked === asked && before.askedAt ? before.askedAt : new Date(nowMs).toISOString() };
}

const NOTE_TRIES = 4;

/** Notes where the card is. Until that is done nobody knows it, so it is tried patiently; `conflict`: another card was noted meanwhile. */
async function storeNotice(deps: NotifyDeps, customerId: string, key: string, value: Notice, row: Row<Notice> | null): Promise<'done' | 'conflict'> {
  let before = row;
  for (let attempt = 1; ; attempt++) {
    try {
      const change = written(before, key, value);
      if ((await deps.store.commit(...ofCustomer(customerId), [change])) === 'done') return 'done';
    } catch (error) {
      if (attempt === NOTE_TRIES) throw error;
      await deps.clock.sleep(500 * 2 ** attempt);
    }
    before = (await deps.store.get<Notice>(...ofCustomer(customerId), key)) ?? null;
    if (before && before.value.activityId !== value.activityId && before.value.activityId !== row?.value.activityId) return 'conflict';
    if (attempt === NOTE_TRIES) throw new Error(`${key} could not be noted in ${NOTE_TRIES} tries.`);
  }
}
