/**
 * Brings the chats to what they should show. A reconciler: it compares with what was shown, so a lost, doubled or late
 * hint changes nothing. It alone posts and edits cards about matters.
 */
import { randomUUID } from 'node:crypto';
import type { FourEyes } from '../approval/approval.ts';
import { dayOf } from '../clock.ts';
import type { Chat, Expiry, News, Notice } from '../domain.ts';
import { listExpiry, type OpenRow, openExpiries } from '../lists.ts';
import type { Budget } from '../partnerCenter/budget.ts';
import { type Directory, personalChat } from '../people/people.ts';
import { expiryKey, noticeKey } from '../record.ts';
import { type Row, type Store, withPrefix } from '../store/store.ts';
import type { Hints, Log, Turn } from '../worker.ts';
import { approversOf, latestMigration, placeCard } from './card.ts';
import { hears, newHandle, readChat, saysOf, updateChat, watchers } from './chats.ts';
import type { Claim } from './claim.ts';
import { giveLease, type Leasing, RENEW_MS, takeLease } from './lease.ts';
import { crowdOf, type Pace, paced, TooFast, waitFor } from './pace.ts';
import { type Approver, ASKING, mentioned, type Shown, wantsCard } from './show.ts';

export interface Message {
  card: Record<string, unknown>;
  /** The same in a sentence, for the notification. */
  summary: string;
  /** What it says about the world. */
  claims: readonly Claim[];
}

/** A line in a thread. */
export interface Line {
  text: string;
  claims: readonly Claim[];
}

/** How messages go out; throws on failures that pass. */
export interface Deliver {
  /** In a channel a new thread. `thread` is where replies go. */
  post(chat: Chat, message: Message): Promise<{ activityId: string; thread: string } | 'chatGone'>;
  edit(chat: Chat, notice: Pick<Notice, 'activityId' | 'thread'>, message: Message): Promise<'done' | 'gone' | 'chatGone'>;
  /** `thread` null: where the chat itself is. `mentions`: people whose `<at>name</at>` stands in the text. */
  say(chat: Chat, thread: string | null, text: string, mentions: Pick<Approver, 'objectId' | 'name'>[]): Promise<void>;
}

/** Words and looks come from outside: the work knows nothing of cards. */
export interface Looks {
  matter(shown: Shown): Message;
  movedDown(shown: Shown): Message;
  line(news: News, shown: Shown): Line | null;
  digest(rows: OpenRow[], handle: string, today: string): Message;
  /** For whoever put the bot into a chat that it can no longer reach. */
  chatGone(chat: Chat): string;
}

export interface Speaking extends Leasing {
  hints: Hints;
  directory: Directory;
  fourEyes: FourEyes;
  log: Log;
  deliver: Deliver;
  looks: Looks;
  /** Within this time the sweep looks at everybody once. */
  passMs: number;
  /** What all processes together may send into one tenant. */
  tenantBudget(tenantId: string): Budget;
}

interface SayRow {
  customerId: string;
  news: News;
}

const SPREAD_AT_ONCE = 200;
const MATTERS_AT_ONCE = 10;
const SAYS_AT_ONCE = 300;
const DIGEST_KEY = 'say_0';
const WAITING_MAX = 1_000;
const THROTTLED_MS = 10_000;
const LEASE_LOST_MS = 1_000;

/** One turn: `spread <customer>`, `chat <key>` or `digest`. */
export async function speakTurn(deps: Speaking, text: string): Promise<Turn> {
  const [what, id = ''] = text.split(' ');
  if (what === 'spread') return spread(deps, id);
  if (what === 'chat') return speakTo(deps, id);
  if (what === 'digest') return spreadDigest(deps);
  return 'gone';
}

/** Stage one: news go to the chats that watch or already show the matter. */
async function spread(deps: Speaking, customerId: string): Promise<Turn> {
  const rows = await withPrefix<News>(deps.store, 'customers', customerId, 'out_', SPREAD_AT_ONCE);
  if (rows.length === 0) return 'rest';
  const watching = await watchers(deps.store);
  const matters = new Map<string, Row<News>[]>();
  for (const row of rows) matters.set(row.value.expiryId, [...(matters.get(row.value.expiryId) ?? []), row]);
  const touched = new Map<string, Promise<void>>();
  // A chat's hint and its mark go out once, before anything is put there.
  const touch = (chat: string) => {
    const hinted = touched.get(chat) ?? deps.hints.before('speak', `chat ${chat}`).then(() => noteWaiting(deps, chat));
    touched.set(chat, hinted);
    return hinted;
  };
  const all = [...matters];
  for (let from = 0; from < all.length; from += MATTERS_AT_ONCE) {
    await Promise.all(all.slice(from, from + MATTERS_AT_ONCE).map(([ticket, some]) => spreadMatter(deps, customerId, ticket, some, watching, touch)));
  }
  for (const chat of touched.keys()) deps.hints.nudge('speak', `chat ${chat}`);
  return rows.length === SPREAD_AT_ONCE ? { againMs: 0 } : 'rest';
}

/** The news of one matter, in their order. */
async function spreadMatter(
  deps: Speaking,
  customerId: string,
  ticket: string,
  rows: Row<News>[],
  watching: Awaited<ReturnType<typeof watchers>>,
  touch: (chat: string) => Promise<void>,
): Promise<void> {
  const expiry = (await deps.store.get<Expiry>('customers', customerId, expiryKey(ticket)))?.value;
  // The lists are written after the commit; whoever comes here makes sure.
  if (expiry) await listExpiry(deps.store, expiry, null);
  for (const row of rows) {
    for (const chat of expiry ? await chatsFor(deps, watching, expiry, row.value) : []) {
      await touch(chat);
      const key = row.value.kind === 'known' ? DIGEST_KEY : `say_${row.key}`;
      await deps.store.put('chats', chat, key, { customerId, news: row.value } satisfies SayRow);
    }
    await deps.store.remove('customers', customerId, row.key);
  }
}

async function chatsFor(deps: Speaking, watching: Awaited<ReturnType<typeof watchers>>, expiry: Expiry, news: News): Promise<string[]> {
  if (news.kind === 'show') return [String(news.data.chat)];
  const showing = await withPrefix<Notice>(deps.store, 'customers', expiry.customerId, `ntc_${expiry.id}_`);
  const listening = watching.filter((one) => hears(one.watching, { customerId: expiry.customerId, programme: expiry.facts.programme }));
  const inPerson = ASKING.has(news.kind) ? (await approversOf(deps, await latestMigration(deps.store, expiry))).flatMap((one) => one.chat ?? []) : [];
  return [...new Set([...listening.map((one) => one.key), ...showing.map((row) => row.value.chat), ...inPerson])];
}

async function spreadDigest(deps: Speaking): Promise<Turn> {
  const baselineAt = (await deps.store.get<{ baselineAt: string | null }>('sweep', 'walk', 'walk'))?.value.baselineAt;
  if (!baselineAt) return 'rest';
  for (const chat of await watchers(deps.store)) {
    const row = await readChat(deps.store, chat.key);
    // A chat that began to watch later was told on its own card.
    if (!row || row.value.toldBaseline || (row.value.watchedAt ?? '') > baselineAt) continue;
    await deps.hints.before('speak', `chat ${chat.key}`);
    await noteWaiting(deps, chat.key);
    await deps.store.put('chats', chat.key, DIGEST_KEY, {
      customerId: '',
      news: { kind: 'known', expiryId: '', by: null, at: deps.clock.now().toISOString(), data: {} },
    } satisfies SayRow);
    deps.hints.nudge('speak', `chat ${chat.key}`);
  }
  return 'rest';
}

/** A chat to which something is to be said: for whoever asks how it goes. Derived; the rows to be said are the truth. */
interface WaitingRow {
  since: string;
  /** Why the last try failed. */
  trouble: string | null;
}

async function noteWaiting(deps: Speaking, chat: string): Promise<void> {
  const value: WaitingRow = { since: deps.clock.now().toISOString(), trouble: null };
  await deps.store.commit('chats', 'waiting', [{ op: 'create', key: chat, value }]); // the first one tells since when
}

/** Chats that wait to hear something, and since when the oldest does. */
export async function waitingChats(store: Store): Promise<{ chats: number; since: string | null; troubled: number }> {
  const rows = await store.range<WaitingRow>('chats', 'waiting', '-', '~', WAITING_MAX);
  const since = rows.map((row) => row.value.since).sort()[0] ?? null;
  return { chats: rows.length, since, troubled: rows.filter((row) => row.value.trouble !== null).length };
}

/** Stage two: what one chat should hear, in order, by one taker at a time. */
async function speakTo(deps: Speaking, key: string): Promise<Turn> {
  const says = await saysOf<SayRow>(deps.store, key, SAYS_AT_ONCE);
  if (says.length === 0) return 'rest';
  const pace = await takeLease(deps, key);
  if (typeof pace === 'number') return { againMs: pace };
  const now = () => deps.clock.wallMs() + deps.store.aheadMs();
  try {
    const chat = (await readChat(deps.store, key))?.value;
    if (!chat || chat.dead) {
      for (const say of says) await deps.store.remove('chats', key, say.key);
      await deps.store.remove('chats', 'waiting', key);
      return 'rest';
    }
    const waitMs = await speakAll({ ...deps, deliver: paced(deps, pace, now) }, chat, says, pace, now);
    if (waitMs === 0 && says.length < SAYS_AT_ONCE) await deps.store.remove('chats', 'waiting', key);
    return { againMs: waitMs };
  } catch (error) {
    if (error instanceof TooFast) return { againMs: error.waitMs };
    const { statusCode, retryAfterMs } = error as { statusCode?: number; retryAfterMs?: number };
    await deps.store.put('chats', 'waiting', key, { since: says[0]?.value.news.at ?? '', trouble: String(statusCode ?? 'no answer') } satisfies WaitingRow);
    if (statusCode === 429) return { againMs: retryAfterMs || THROTTLED_MS };
    throw error;
  } finally {
    await giveLease(deps, key, pace);
  }
}

/** Says what the windows leave room for; how long to wait before the rest. */
async function speakAll(deps: Speaking, chat: Chat, says: Row<SayRow>[], pace: Pace, now: () => number): Promise<number> {
  let leasedAt = deps.clock.wallMs();
  const matters = new Map<string, Row<SayRow>[]>();
  for (const say of says.filter((one) => one.key !== DIGEST_KEY)) matters.set(say.value.news.expiryId, [...(matters.get(say.value.news.expiryId) ?? []), say]);
  const fresh = new Set<string>();
  for (const [ticket, rows] of matters) {
    if (!rows.every((row) => row.value.news.kind === 'stopped')) continue;
    if (!(await deps.store.get<Notice>('customers', rows[0]?.value.customerId as string, noticeKey(ticket, chat.key)))) fresh.add(ticket);
  }
  const crowd = crowdOf(pace, fresh.size, deps.passMs, now());
  const asked = says.find((one) => one.key === DIGEST_KEY);
  const laterMs = crowd && !asked ? crowd.gatherMs : 0;
  if (asked || (crowd && laterMs === 0)) {
    if ((await postDigest(deps, chat)) === 'chatGone') return bury(deps, chat);
    pace.digestAt = now();
    for (const ticket of crowd ? fresh : []) for (const row of matters.get(ticket) ?? []) await deps.store.remove('chats', chat.key, row.key);
  }
  if (asked) {
    await updateChat(deps.store, chat.key, (now) => now && { ...now, toldBaseline: true });
    // What was asked for while the digest was on its way may not be in it: then it is still asked for.
    await deps.store.commit('chats', chat.key, [{ op: 'delete', key: DIGEST_KEY, etag: asked.etag }]);
  }
  for (const [ticket, rows] of matters) {
    if (crowd && fresh.has(ticket)) continue;
    const room = waitFor(pace.sent, 1 + rows.length, now());
    if (room > 0) return room;
    if (deps.clock.wallMs() - leasedAt > RENEW_MS) {
      if (typeof (await takeLease(deps, chat.key, pace)) === 'number') return LEASE_LOST_MS;
      leasedAt = deps.clock.wallMs();
    }
    if ((await speakMatter(deps, chat, ticket, rows)) === 'chatGone') return bury(deps, chat);
    if (fresh.has(ticket)) pace.alerts.push(now());
  }
  return laterMs;
}

/** The chat is gone: nobody speaks there any more, and whoever put the bot into it is told in person. `watch` brings it back. */
async function bury(deps: Speaking, chat: Chat): Promise<number> {
  const installer = await personalChat(deps.store, chat.installedBy ?? chat.watchedBy);
  const home = installer && installer !== chat.key ? (await readChat(deps.store, installer))?.value : undefined;
  if (home && !home.dead) await deps.deliver.say(home, null, deps.looks.chatGone(chat), []);
  await updateChat(deps.store, chat.key, (now) => now && { ...now, dead: true });
  deps.log.warn({ chat: chat.key }, 'a chat is gone and is not spoken to any more');
  return 0;
}

async function postDigest(deps: Speaking, chat: Chat): Promise<'done' | 'chatGone'> {
  const rows = (await openExpiries(deps.store)).filter((row) => hears(chat.watching, row));
  if (rows.length === 0) return 'done';
  const handle = await newHandle(deps.store, { chat: chat.key, list: { days: 3650, customerId: null, watched: true } });
  return (await deps.deliver.post(chat, deps.looks.digest(rows, handle, dayOf(deps.clock.now())))) === 'chatGone' ? 'chatGone' : 'done';
}

async function speakMatter(deps: Speaking, chat: Chat, ticket: string, rows: Row<SayRow>[]): Promise<'done' | 'chatGone'> {
  const customerId = rows[0]?.value.customerId as string;
  const expiry = (await deps.store.get<Expiry>('customers', customerId, expiryKey(ticket)))?.value;
  if (expiry) {
    const kinds = rows.map((row) => row.value.news.kind);
    const placed = await placeCard(deps, chat, expiry, {
      anew: kinds.includes('show'),
      wanted: kinds.some(wantsCard),
      again: rows.some((row) => row.value.news.data.again === 1),
    });
    if (placed === 'chatGone') return 'chatGone';
    if (placed?.posted) await freshenPosted(deps, chat, customerId, ticket);
    if (placed)
      for (const row of rows) {
        const line = deps.looks.line(row.value.news, placed.shown);
        if (line && !(placed.posted && row.value.news.kind === 'stopped'))
          await deps.deliver.say(chat, placed.notice.thread, line.text, mentioned(row.value.news, placed.shown));
      }
  }
  for (const row of rows) await deps.store.remove('chats', chat.key, row.key);
  return 'done';
}

/** What happened while the card was on its way found no card to edit: look once more. */
async function freshenPosted(deps: Speaking, chat: Chat, customerId: string, ticket: string): Promise<void> {
  const expiry = (await deps.store.get<Expiry>('customers', customerId, expiryKey(ticket)))?.value;
  if (expiry) await placeCard(deps, chat, expiry, { anew: false, wanted: false, again: false });
}

/** A name for this process, for its leases. */
export function processName(): string {
  return randomUUID();
}
