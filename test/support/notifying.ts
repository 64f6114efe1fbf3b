/** Notify's whole loop in virtual time: worker, queues and storage in memory, and a Teams that answers as the test says. */
import { reportIn } from '../../bot/turns/report.ts';
import { rendererIn } from '../../cards/ticket/ticket.ts';
import { en } from '../../cards/text/en/en.ts';
import { ENGLISH } from './speaking.ts';
import type { Chat, Ticket, News } from '../../services/domain/ticket.ts';
import { listTicket } from '../../services/tickets/openList.ts';
import { EVERYBODY, type Directory, meet } from '../../services/people/people.ts';
import { readChat, relistAll, updateChat } from '../../services/chats.ts';
import { type Doing, refusalOf } from '../../services/notify/refusal.ts';
import { handleNotify } from '../../services/notify/handler.ts';
import { createWorker, type PeriodicJob } from '../../services/queue/worker.ts';
import { chatFor } from './sweeping.ts';
import { virtualTime } from './time.ts';
import { SHOWS, sampleTicket } from './samples.ts';
import { memoryQueues, memoryStore } from './memory.ts';
import type { Deliver, Message, NotifyDeps } from '../../services/notify/ports.ts';
import { ofCustomer, ticketKey } from '../../services/store/rows.ts';

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;
/** The walk's. */
export const PERIOD_MS = HOUR_MS;

export interface Sent {
  atMs: number;
  chat: string;
  doing: Doing;
  id: string;
  /** The ticket of a card, `list` of a digest, or what was said. */
  what: string;
  card: string;
}

/** What Teams says to a message: nothing (it takes it), or status and code. */
export type Answer = { status: number; code?: string; retryAfter?: string } | null;

export interface NotifyingWorld {
  deps: NotifyDeps;
  sent: Sent[];
  /** Every message, refused ones too. */
  tried: (Omit<Sent, 'id'> & { answer: Answer })[];
  log: string[];
  /** What Teams answers; it may be set again at any time. */
  answer(how: (doing: Doing, chat: string, what: string) => Answer): void;
  /** How long Teams takes to answer. */
  slowMs: number;
  chat(key: string, changes?: Partial<Chat>): Promise<void>;
  /** Somebody with a personal chat, who puts the bot into chats. */
  person(name: string): Promise<{ key: string; chat: string }>;
  flip(ticketId: string, changes?: { lastDay?: string; kind?: News['kind']; data?: News['data']; closed?: boolean; ticket?: Partial<Ticket> }): Promise<void>;
  /** Somebody in the chat asks to see the ticket's card, by a clock that is so far ahead. */
  ask(ticketId: string, chat: string, clockSkewMs?: number): Promise<void>;
  row(key: string): Promise<Chat>;
  /** Lets time go on. */
  forMs(ms: number): Promise<void>;
  nowMs(): number;
  to(chat: string): string[];
  stop(): void;
}

/** `more`: jobs beside the sweep. */
export function openNotifying(directory: Directory = EVERYBODY, bots = 1, more: readonly PeriodicJob[] = []): NotifyingWorld {
  const time = virtualTime();
  const { clock } = time;
  const store = memoryStore();
  const queues = memoryQueues(clock.wallMs);
  const log: string[] = [];
  const note = (fields: object, message: string) => void log.push(`${message} ${JSON.stringify(fields)}`);
  const sent: Sent[] = [];
  const tried: NotifyingWorld['tried'] = [];
  let answers: (doing: Doing, chat: string, what: string) => Answer = () => null;
  let ids = 0;
  let made = 0;
  async function take(doing: Doing, chat: string, what: string, card: string): Promise<string> {
    const answer = answers(doing, chat, what);
    tried.push({ atMs: time.nowMs(), chat, doing, what, card, answer });
    if (!answer) sent.push({ atMs: time.nowMs(), chat, doing, id: `m${++ids}`, what, card });
    if (world.slowMs > 0) await clock.sleep(world.slowMs);
    if (answer) throw refusalOf(doing, { status: answer.status, code: answer.code ?? '', retryAfter: answer.retryAfter ?? null }, time.nowMs());
    return `m${ids}`;
  }
  const english = rendererIn(en);
  const withTicket = <T extends Message>(message: T, ticketId: string) => ({ ...message, card: { ...message.card, ticketId } });
  const ticketIdOf = (card: object) => String((card as { ticketId?: string }).ticketId);
  const renderer: NotifyDeps['renderer'] = {
    ...english,
    ticket: (shown) => withTicket(english.ticket(shown), shown.ticket.id),
    movedDown: (shown) => withTicket(english.movedDown(shown), shown.ticket.id),
    digest: ({ rows, why }) => ({
      card: { missedSince: why.is === 'missed' ? why.since : null, ticketIds: rows.map((row) => row.ticketId) },
      summary: `list of ${rows.map((row) => row.ticketId).join(' ')}`,
      claims: [],
    }),
  };
  const deliver: Deliver = {
    async post(chat, message) {
      const isList = 'ticketIds' in message.card;
      const what = isList ? message.summary : ticketIdOf(message.card);
      const id = await take('post', chat.key, what, JSON.stringify(message.card));
      return { activityId: id, thread: chat.key };
    },
    async edit(chat, notice, message) {
      try {
        await take('edit', chat.key, ticketIdOf(message.card), JSON.stringify(message.card));
        return 'done';
      } catch (error) {
        if ((error as { verdict?: { is: string } }).verdict?.is === 'cardGone') return 'gone';
        throw error;
      } finally {
        void notice;
      }
    },
    async say(chat, _thread, text) {
      await take('say', chat.key, text, '');
    },
  };
  const workers = Array.from({ length: bots }, (_, n) => {
    const worker = createWorker(
      {
        queues,
        clock,
        log: { info: note, warn: note },
        concurrency: { sweep: 1, notify: 16, move: 1 },
        jobs: [{ wakeUp: { queue: 'sweep', what: 'listCustomers' }, everyMs: PERIOD_MS }, ...more],
        idleMs: [1_000, 10_000, 60_000, 300_000],
      },
      () => ({
        async sweep() {
          for (const key of await relistAll(store)) worker.wake.now({ queue: 'notify', what: 'chat', chat: key });
          return 'idle';
        },
        notify: (wakeUp) => handleNotify(deps[n] as NotifyDeps, wakeUp),
        move: async () => 'drop' as const,
      }),
    );
    return worker;
  });
  const deps = workers.map(
    (worker, n): NotifyDeps => ({
      store,
      clock,
      workerId: `bot${n}`,
      seenLeases: new Map(),
      wake: worker.wake,
      directory,
      fourEyes: { when: 'off' },
      shows: SHOWS,
      log: { info: note, warn: note },
      renderer,
      report: async (chat) => withTicket(await reportIn({ store, clock, ...ENGLISH, shows: SHOWS })(chat), 'report'),
      deliver,
      passMs: PERIOD_MS,
      answersGoTo: async () => null,
      tenantBudget: () => ({ take: async () => {}, pause: async () => {} }),
    }),
  );
  for (const worker of workers) worker.start();
  const world: NotifyingWorld = {
    deps: deps[0] as NotifyDeps,
    sent,
    tried,
    log,
    slowMs: 0,
    answer(how) {
      answers = how;
    },
    async chat(key, changes = {}) {
      await updateChat(store, key, () => ({ ...chatFor(key, 'c1'), watching: [{ what: 'all' }], ...changes }));
    },
    async person(name) {
      const chat = `chat-of-${name}`;
      await updateChat(store, chat, () => ({ ...chatFor(chat, 'none'), kind: 'personal', watching: [] }));
      return { key: (await meet(store, { objectId: name, tenantId: 'tenant', name }, chat, '2027-01-20')).key, chat };
    },
    async flip(ticketId, { lastDay = '2027-06-30', kind = 'stopped', data = {}, closed = false, ticket = {} } = {}) {
      const value: Ticket = {
        ...sampleTicket({ id: ticketId, customerId: 'c1', subscriptionId: ticketId, move: null }, { lastDay, expiresOn: lastDay }),
        closed: closed ? { how: 'renewed', at: clock.now().toISOString() } : null,
        touched: { at: clock.now().toISOString(), seq: 0 },
        ...ticket,
      };
      await store.put(...ofCustomer('c1'), ticketKey(ticketId), value);
      await listTicket(store, value, null);
      const at = clock.now().toISOString();
      await store.put(...ofCustomer('c1'), `out_${at}_${String(++made).padStart(6, '0')}`, { kind, ticketId: ticketId, by: null, at, data } satisfies News);
      workers[0]?.wake.now({ queue: 'notify', what: 'fanOut', customerId: 'c1' });
    },
    async ask(ticketId, chat, clockSkewMs = 0) {
      const at = new Date(clock.now().getTime() + clockSkewMs).toISOString();
      const news: News = { kind: 'show', ticketId: ticketId, by: null, at, data: { chat } };
      await store.put(...ofCustomer('c1'), `out_${at}_${String(++made).padStart(6, '0')}`, news);
      workers[0]?.wake.now({ queue: 'notify', what: 'fanOut', customerId: 'c1' });
    },
    async row(key) {
      return (await readChat(store, key))?.value as Chat;
    },
    async forMs(ms) {
      let over = false;
      void clock.sleep(ms).then(() => {
        over = true;
      });
      await time.run(() => over, ms + 1);
    },
    nowMs: time.nowMs,
    to: (chat) => sent.filter((one) => one.chat === chat).map((one) => `${one.doing} ${one.what}`),
    stop() {
      for (const worker of workers) void worker.stop();
    },
  };
  return world;
}
