/** The one card about a matter in one chat: what it is drawn from, where it is, and the note of that. */
import { createHash } from 'node:crypto';
import { needsAnother } from '../approval/approval.ts';
import { dayOf } from '../clock.ts';
import type { Chat, Expiry, Migration, Notice, UserMove } from '../domain.ts';
import { askedOf } from '../migration/asked.ts';
import { DirectoryError, namesOf, type PersonRow, staffBy } from '../people/people.ts';
import { may } from '../people/roles.ts';
import { type AuditRow, auditPrefix, noticeKey, RECORD_MAX } from '../record.ts';
import { type Row, type Store, withPrefix } from '../store/store.ts';
import { bounded } from '../text.ts';
import { readChat } from './chats.ts';
import { newHandle } from './handles.ts';
import { type Approver, listsPeople, peopleIn, PICK_MAX, type Shown, usesRecord } from './show.ts';
import { Refused } from './refusal.ts';
import type { Message, Speaking } from './speak.ts';

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

/** Posts, edits, or leaves the matter's one card in this chat. */
export async function placeCard(deps: Speaking, chat: Chat, expiry: Expiry, how: Placing): Promise<Placed | null> {
  const key = noticeKey(expiry.id, chat.key);
  const row = await deps.store.get<Notice>('customers', expiry.customerId, key);
  if (!row && !how.wanted) return null;
  const handle =
    row?.value.handle ??
    (await newHandle(
      deps.store,
      { kind: 'matter', chat: chat.key, matter: { customerId: expiry.customerId, subscriptionId: expiry.subscriptionId, ticket: expiry.id } },
      deps.clock.now(),
    ));
  const shown = await lookAt(deps, chat, expiry, handle);
  const message = deps.looks.matter(shown);
  const shownHash = createHash('sha256').update(JSON.stringify(message.card)).digest('hex');
  let gone = false;
  if (row && !how.anew) {
    if (row.value.shownHash === shownHash && !how.again) return { notice: row.value, shown, posted: false };
    gone = how.replace || (await deps.deliver.edit(chat, row.value, message)) === 'gone';
    if (!gone) {
      const { anew: _, ...before } = row.value;
      const notice: Notice = { ...before, shownHash, ...askedNow(deps, shown, row.value), shownAt: shown.now };
      await note(deps, expiry.customerId, key, notice, row);
      return { notice, shown, posted: false };
    }
    if (!how.replace && row.value.anew && Date.parse(shown.now) - Date.parse(row.value.shownAt ?? '') < REPLACED_MS)
      throw new Refused('edit', { is: 'passing' }, 'gone again');
  }
  if (row && how.anew) await moveDown(deps, chat, row.value, shown);
  const { activityId, thread } = await deps.deliver.post(chat, message);
  const notice: Notice = { chat: chat.key, activityId, thread, shownHash, ...askedNow(deps, shown, row?.value), handle, shownAt: shown.now };
  if (gone) notice.anew = true;
  // Another process has noted a card of its own meanwhile: there is one card for one matter, and it is that one.
  if ((await note(deps, expiry.customerId, key, notice, row ?? null)) === 'conflict') await moveDown(deps, chat, notice, shown);
  return { notice, shown, posted: true };
}

/** The older card says that it is no longer kept up to date, where it can still be edited. */
async function moveDown(deps: Speaking, chat: Chat, notice: Notice, shown: Shown): Promise<void> {
  try {
    await deps.deliver.edit(chat, notice, deps.looks.movedDown(shown));
  } catch (error) {
    if (!(error instanceof Refused) || !['cardGone', 'passing', 'wrong'].includes(error.verdict.is)) throw error;
  }
}

/** The card as it would be drawn, for saying it otherwise. */
export async function drawMatter(deps: Speaking, chat: Chat, expiry: Expiry): Promise<Message> {
  return deps.looks.matter(await lookAt(deps, chat, expiry, ''));
}

/**
 * What the card asks, and since when it stands in the chat: Teams has just acknowledged it, by Teams' clock as its answers
 * tell it. An answer typed before that moment was not to this question.
 */
function askedNow(deps: Pick<Speaking, 'clock' | 'deliver'>, shown: Shown, before: Notice | undefined): Pick<Notice, 'asked' | 'askedAt'> {
  const asked = askedOf(shown.expiry, shown.migration);
  const nowMs = deps.clock.wallMs() + (deps.deliver.aheadMs?.() ?? 0);
  return { asked, askedAt: before?.asked === asked && before.askedAt ? before.askedAt : new Date(nowMs).toISOString() };
}

const NOTE_TRIES = 4;

/** Notes where the card is. Until that is done nobody knows it, so it is tried patiently; `conflict`: another card was noted meanwhile. */
async function note(deps: Speaking, customerId: string, key: string, value: Notice, row: Row<Notice> | null): Promise<'done' | 'conflict'> {
  let before = row;
  for (let attempt = 1; ; attempt++) {
    try {
      const change = before ? ({ op: 'replace', key, value, etag: before.etag } as const) : ({ op: 'create', key, value } as const);
      if ((await deps.store.commit('customers', customerId, [change])) === 'done') return 'done';
    } catch (error) {
      if (attempt === NOTE_TRIES) throw error;
      await deps.clock.sleep(500 * 2 ** attempt);
    }
    before = (await deps.store.get<Notice>('customers', customerId, key)) ?? null;
    if (before && before.value.activityId !== value.activityId && before.value.activityId !== row?.value.activityId) return 'conflict';
    if (attempt === NOTE_TRIES) throw new Error(`${key} could not be noted in ${NOTE_TRIES} tries.`);
  }
}

async function lookAt(deps: Speaking, chat: Chat, expiry: Expiry, handle: string): Promise<Shown> {
  const migration = await latestMigration(deps.store, expiry);
  const record = usesRecord(expiry, migration) ? await readRecord(deps.store, expiry) : [];
  const names = await namesOf(deps.store, peopleIn(expiry, migration, record));
  const reader = await readerOf(deps, chat);
  // In a personal chat its owner reads along, whose role may have been taken away since the card was asked for.
  const lists = listsPeople(chat) && reader !== null && may(reader.roles, 'licences');
  const moves = lists && migration?.state === 'purchased' ? await listed(deps.store, migration) : [];
  const waived = new Set(migration?.waived.flatMap((one) => one.people.map((person) => person.id)));
  const now = deps.clock.now();
  return {
    expiry,
    migration,
    chat: { key: chat.key, kind: chat.kind },
    handle,
    names,
    record,
    holders: moves.filter((move) => move.state === 'waiting').map((move) => ({ id: move.userId, name: move.name })),
    unmoved: moves.filter((move) => move.state !== 'moved' && !waived.has(move.userId)).map((move) => ({ id: move.userId, name: move.name })),
    approvers: (await approversOf(deps, migration)).map(({ chat: _, ...approver }) => approver),
    reader,
    fourEyes: deps.fourEyes,
    today: dayOf(now),
    now: now.toISOString(),
  };
}

/** Who reads a personal chat, and may do what; null where others read along, or nobody can say. */
async function readerOf(deps: Speaking, chat: Chat): Promise<Shown['reader']> {
  const row = chat.kind === 'personal' && chat.person ? await deps.store.get<PersonRow>('people', 'person', chat.person) : undefined;
  if (!row) return null;
  try {
    return { key: row.value.key, roles: await deps.directory.rolesOf(row.value.objectId) };
  } catch (error) {
    if (error instanceof DirectoryError) return null;
    throw error;
  }
}

/** The people of a move, where they are few enough to be listed on a card. */
async function listed(store: Store, migration: Migration): Promise<UserMove[]> {
  const rows = await withPrefix<UserMove>(store, 'customers', migration.customerId, `usr_${migration.key}_`, PICK_MAX + 1);
  return rows.length > PICK_MAX ? [] : rows.map((row) => row.value);
}

/** The written record of an expiry, oldest first. */
export async function readRecord(store: Store, expiry: Pick<Expiry, 'id' | 'customerId'>): Promise<AuditRow[]> {
  return (await withPrefix<AuditRow>(store, 'customers', expiry.customerId, auditPrefix(expiry.id), RECORD_MAX)).map((row) => row.value);
}

/** Whether an approver is asked something: to approve, about an order, or what came of a purchase. */
function asksApprover(migration: Migration): boolean {
  if (migration.state === 'stuck') return migration.stuck?.reason === 'purchaseUnclear' || migration.stuck?.reason === 'orderDiffers';
  return migration.state === 'quoted' && (migration.approval === null || Boolean(migration.question));
}

/** Who can approve the quote that waits, with the personal chat of each, where there is one. */
export async function approversOf(deps: Speaking, migration: Migration | null): Promise<(Approver & { chat: string | null })[]> {
  if (!migration?.quote || !asksApprover(migration)) return [];
  const { quote } = migration;
  const holders = await deps.directory.holders('approve');
  if (holders.length === 0) return [];
  const staff = await staffBy(deps.store, new Set(holders.map((one) => one.objectId)));
  const found = await Promise.all(
    holders.map(async (holder) => {
      const person = staff.get(holder.objectId);
      if (person && person.key === quote.askedBy && needsAnother(quote, deps.fourEyes)) return [];
      const home = person?.chat ? (await readChat(deps.store, person.chat))?.value : undefined;
      const chat = home && !home.dead ? home.key : null;
      return [{ objectId: holder.objectId, name: mentionable(person?.name ?? holder.name), reached: chat !== null && !home?.sleeping, chat }];
    }),
  );
  return found.flat();
}

/** What could end a mention's tag, or begin a link; and letters that nobody sees. */
const NOT_IN_A_MENTION = /[^\p{L}\p{M}\p{N} .,'’-]|\p{Default_Ignorable_Code_Point}/gu;
const MENTION_LETTERS_MAX = 80;

function mentionable(name: string): string {
  return bounded(name, 'NFC', MENTION_LETTERS_MAX).replace(NOT_IN_A_MENTION, '');
}

export async function latestMigration(store: Store, expiry: Expiry): Promise<Migration | null> {
  return expiry.migration ? ((await store.get<Migration>('customers', expiry.customerId, expiry.migration))?.value ?? null) : null;
}
