/**
 * Brings the chats to what they should show. A reconciler: it compares with what was shown, so a lost, doubled or late
 * hint changes nothing. It alone posts and edits cards about matters.
 */
import { randomUUID } from 'node:crypto';
import type { FourEyes } from '../approval/approval.ts';
import { dayOf } from '../clock.ts';
import type { Chat, Expiry, News, Notice } from '../domain.ts';
import { type OpenRow, openExpiries } from '../lists.ts';
import type { Directory } from '../people/people.ts';
import { expiryKey, noticeKey } from '../record.ts';
import { type Row, withPrefix } from '../store/store.ts';
import type { Hints, Log, Turn } from '../worker.ts';
import { approversOf, latestMigration, placeCard } from './card.ts';
import { hears, newHandle, readChat, saysOf, setWatching, watchers } from './chats.ts';
import { giveLease, type Leasing, RENEW_MS, takeLease } from './lease.ts';
import { type Approver, ASKING, CARDS_AT_ONCE, mentioned, type Shown, wantsCard } from './show.ts';

export interface Message {
  card: Record<string, unknown>;
  /** The same in a sentence, for the notification. */
  summary: string;
}

/** How messages go out; throws on failures that pass. */
export interface Deliver {
  /** In a channel a new thread. `thread` is where replies go. */
  post(chat: Chat, message: Message): Promise<{ activityId: string; thread: string } | 'chatGone'>;
  edit(chat: Chat, notice: Pick<Notice, 'activityId' | 'thread'>, message: Message): Promise<'done' | 'gone' | 'chatGone'>;
  /** `mentions`: people whose `<at>name</at>` stands in the text. */
  say(chat: Chat, thread: string, text: string, mentions: Pick<Approver, 'objectId' | 'name'>[]): Promise<void>;
}

/** Words and looks come from outside: the work knows nothing of cards. */
export interface Looks {
  matter(shown: Shown): Message;
  movedDown(shown: Shown): Message;
  line(news: News, shown: Shown): string | null;
  digest(rows: OpenRow[], handle: string, today: string): Message;
}

export interface Speaking extends Leasing {
  hints: Hints;
  directory: Directory;
  fourEyes: FourEyes;
  log: Log;
  deliver: Deliver;
  looks: Looks;
}

interface SayRow {
  customerId: string;
  news: News;
}

const SPREAD_AT_ONCE = 200;
const SAYS_AT_ONCE = 300;
const DIGEST_KEY = 'say_0';

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
  const touched = new Set<string>();
  const expiries = new Map<string, Expiry | undefined>();
  for (const row of rows) {
    const ticket = row.value.expiryId;
    if (!expiries.has(ticket)) expiries.set(ticket, (await deps.store.get<Expiry>('customers', customerId, expiryKey(ticket)))?.value);
    const expiry = expiries.get(ticket);
    if (expiry)
      for (const chat of await chatsFor(deps, watching, expiry, row.value)) {
        if (!touched.has(chat)) await deps.hints.before('speak', `chat ${chat}`);
        touched.add(chat);
        const key = row.value.kind === 'known' ? DIGEST_KEY : `say_${row.key}`;
        await deps.store.put('chats', chat, key, { customerId, news: row.value } satisfies SayRow);
      }
    await deps.store.remove('customers', customerId, row.key);
  }
  for (const chat of touched) deps.hints.nudge('speak', `chat ${chat}`);
  return rows.length === SPREAD_AT_ONCE ? { againMs: 0 } : 'rest';
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
    await deps.store.put('chats', chat.key, DIGEST_KEY, {
      customerId: '',
      news: { kind: 'known', expiryId: '', by: null, at: deps.clock.now().toISOString(), data: {} },
    } satisfies SayRow);
    deps.hints.nudge('speak', `chat ${chat.key}`);
  }
  return 'rest';
}

/** Stage two: what one chat should hear, in order, by one taker at a time. */
async function speakTo(deps: Speaking, key: string): Promise<Turn> {
  const says = await saysOf<SayRow>(deps.store, key, SAYS_AT_ONCE);
  if (says.length === 0) return 'rest';
  const lease = await takeLease(deps, key);
  if (lease !== 'ours') return { againMs: lease };
  try {
    const chat = (await readChat(deps.store, key))?.value;
    if (!chat || chat.dead) {
      for (const say of says) await deps.store.remove('chats', key, say.key);
      return 'rest';
    }
    await speakAll(deps, chat, says);
    return { againMs: 0 };
  } finally {
    await giveLease(deps, key);
  }
}

async function speakAll(deps: Speaking, chat: Chat, says: Row<SayRow>[]): Promise<void> {
  let leasedAt = deps.clock.wallMs();
  const matters = new Map<string, Row<SayRow>[]>();
  for (const say of says.filter((one) => one.key !== DIGEST_KEY)) matters.set(say.value.news.expiryId, [...(matters.get(say.value.news.expiryId) ?? []), say]);
  const fresh = [];
  for (const [ticket, rows] of matters) {
    const customerId = rows[0]?.value.customerId as string;
    const notice = await deps.store.get<Notice>('customers', customerId, noticeKey(ticket, chat.key));
    if (!notice && rows.every((row) => row.value.news.kind === 'stopped')) fresh.push(...rows);
  }
  const crowd = fresh.length > CARDS_AT_ONCE;
  if (crowd || says.some((one) => one.key === DIGEST_KEY)) await postDigest(deps, chat);
  for (const row of crowd ? fresh : []) await deps.store.remove('chats', chat.key, row.key);
  if (says.some((one) => one.key === DIGEST_KEY)) {
    await deps.store.put('chats', chat.key, 'chat', { ...chat, toldBaseline: true } satisfies Chat);
    await deps.store.remove('chats', chat.key, DIGEST_KEY);
  }
  for (const [ticket, rows] of matters) {
    if (crowd && fresh.includes(rows[0] as Row<SayRow>)) continue;
    if (deps.clock.wallMs() - leasedAt > RENEW_MS) {
      if ((await takeLease(deps, chat.key)) !== 'ours') return;
      leasedAt = deps.clock.wallMs();
    }
    if ((await speakMatter(deps, chat, ticket, rows)) === 'chatGone') {
      await setWatching(deps.store, { ...chat, dead: true });
      return;
    }
  }
}

async function postDigest(deps: Speaking, chat: Chat): Promise<void> {
  const rows = (await openExpiries(deps.store)).filter((row) => hears(chat.watching, row));
  if (rows.length === 0) return;
  const handle = await newHandle(deps.store, { chat: chat.key, list: { days: 3650, customerId: null, watched: true } });
  await deps.deliver.post(chat, deps.looks.digest(rows, handle, dayOf(deps.clock.now())));
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
        const text = deps.looks.line(row.value.news, placed.shown);
        if (text && !(placed.posted && row.value.news.kind === 'stopped'))
          await deps.deliver.say(chat, placed.notice.thread, text, mentioned(row.value.news, placed.shown));
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
