/** Stage one: what happened goes to the inboxes of the chats that should hear of it. */
import type { Expiry, News, Notice } from '../domain/ticket.ts';
import { listExpiry } from '../tickets/openList.ts';
import { expiryKey } from '../auditLog/auditLog.ts';
import { type Row, withPrefix } from '../store/store.ts';
import type { Turn } from '../queue/worker.ts';
import { hears, readChat, type Watcher, watchers } from '../chats.ts';
import { ASKING, isMissed } from './rules.ts';
import { insteadOf } from './sleep.ts';
import type { Speaking } from './ports.ts';
import { noteWaiting, type SayRow, DIGEST_KEY } from './inbox.ts';
import { approversOf, latestMigration } from '../ticketView.ts';

const SPREAD_AT_ONCE = 200;

const MATTERS_AT_ONCE = 10;

/** Stage one: news go to the chats that watch or already show the matter. */
export async function spread(deps: Speaking, customerId: string): Promise<Turn> {
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
  watching: Watcher[],
  touch: (chat: string) => Promise<void>,
): Promise<void> {
  const expiry = (await deps.store.get<Expiry>('customers', customerId, expiryKey(ticket)))?.value;
  // The lists are written after the commit; whoever comes here makes sure.
  if (expiry) await listExpiry(deps.store, expiry, null);
  for (const row of rows) {
    const say: SayRow = { customerId, news: row.value };
    const { awake, instead, asleep } = expiry ? await chatsFor(deps, watching, expiry, row.value) : { awake: [], instead: [], asleep: [] };
    for (const chat of awake) {
      await touch(chat);
      await deps.store.put('chats', chat, row.value.kind === 'known' ? DIGEST_KEY : `say_${row.key}`, say);
    }
    // Nothing stands in the digest of a chat that watches nothing.
    const relayed: SayRow = row.value.kind === 'known' ? { customerId, news: { ...row.value, kind: 'stopped' } } : say;
    for (const chat of instead) {
      await touch(chat);
      await deps.store.put('chats', chat, `say_${row.key}`, relayed);
    }
    // One line for each matter, however long a chat sleeps: what is quiet does not take the place of what is not.
    for (const chat of asleep) await deps.store.put('chats', chat, `say_${isMissed(row.value.kind) ? 'missed' : 'quiet'}_${ticket}`, say);
    await deps.store.remove('customers', customerId, row.key);
  }
}

/** Chats that hear a piece of news now, people who hear it `instead`, and chats that sleep and hear it when they wake. */
interface Hearing {
  awake: string[];
  instead: string[];
  asleep: string[];
}

async function chatsFor(deps: Speaking, watching: Watcher[], expiry: Expiry, news: News): Promise<Hearing> {
  if (news.kind === 'show') return { awake: [String(news.data.chat)], instead: [], asleep: [] };
  const showing = (await withPrefix<Notice>(deps.store, 'customers', expiry.customerId, `ntc_${expiry.id}_`)).map((row) => row.value.chat);
  const listening = watching.filter((one) => hears(one.watching, { customerId: expiry.customerId, programme: expiry.facts.programme }));
  const inPerson = ASKING.has(news.kind) ? (await approversOf(deps, await latestMigration(deps.store, expiry))).flatMap((one) => one.chat ?? []) : [];
  const instead = isMissed(news.kind) ? await insteadOf(deps, listening, expiry, news.kind) : [];
  const all = new Set([...listening.map((one) => one.key), ...showing, ...inPerson]);
  const asleep = new Set(watching.filter((one) => one.asleep && [...all, ...instead].includes(one.key)).map((one) => one.key));
  return { awake: [...all].filter((key) => !asleep.has(key)), instead: instead.filter((key) => !all.has(key) && !asleep.has(key)), asleep: [...asleep] };
}

export async function spreadDigest(deps: Speaking): Promise<Turn> {
  const baselineAt = (await deps.store.get<{ baselineAt: string | null }>('sweep', 'walk', 'walk'))?.value.baselineAt;
  if (!baselineAt) return 'rest';
  for (const chat of await watchers(deps.store)) {
    const row = await readChat(deps.store, chat.key);
    // A chat that began to watch later was told on its own card.
    if (!row || row.value.dead || row.value.toldBaseline || (row.value.watchedAt ?? '') > baselineAt) continue;
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
