/** A pretend Teams: the connector that the bot posts to, and people who write and press. */
import { createServer, type IncomingMessage } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { LANGUAGES } from '../../bot/languages.ts';
import { boundMs, until } from './until.ts';

export type Card = Record<string, unknown> & { body: Record<string, unknown>[]; actions?: Record<string, unknown>[] };

export interface Posted {
  n: number;
  id: string;
  conversation: string;
  text: string | null;
  /** Ids of the people that the text mentions. */
  mentions: string[];
  card: Card | null;
  edits: number;
}

/** Nobody answers what the bot has not been told to stand there: people read first, and write once more what came too early. */
const READ_MS = 100;
const TOO_EARLY = Object.values(LANGUAGES).map(({ words }) => words.replies.typedAhead() as string);
const AGAIN_MAX = 5;

export interface Teams {
  url: string;
  messages: Posted[];
  /** What it says no to, or answers late; the first rule that fits counts. */
  refuse: Refusal[];
  /** So long after its answer an edit is seen. */
  editsLateMs: number;
  /** Somebody deletes a message: an edit of it is answered as `how` says from then on. */
  remove(id: string, how?: 'notFound' | 'serviceError'): void;
  chat(kind: 'personal' | 'channel' | 'groupChat', id: string, person?: string, manner?: Manner): Chatter;
  close(): Promise<void>;
}

/** Answers the next requests whose method, path and channel match `path`, and whose card or text holds `words`, with a refusal. */
export interface Refusal {
  path: RegExp;
  words?: string;
  /** 200: it takes it. */
  status: number;
  /** Teams' own code in the body. */
  code?: string;
  /** Seconds, or a date. */
  retryAfter?: string;
  times: number;
  /** Only so many of them. */
  share?: number;
  /** Takes it and does not answer. */
  drop?: boolean;
  afterMs?: number;
  /** Answered when this is settled. */
  held?: Promise<void>;
}

/** What Teams leaves out of an activity, or puts elsewhere. */
export interface Manner {
  nameless?: boolean;
  /** Where the tenant's id stands. */
  tenant?: 'both' | 'channelData' | 'conversation';
  team?: string;
  /** The language of that person's Teams. */
  locale?: string;
}

/** One person in one chat. */
export interface Chatter {
  id: string;
  write(text: string, thread?: string): Promise<void>;
  /** The activity as it is given: an id, a time and mentions of its own, or none. */
  deliver(activity: Record<string, unknown>, thread?: string): Promise<void>;
  install(): Promise<void>;
  /** Writes with a quotation of another message, as Teams puts it into the text. */
  quote(messageId: string, text: string): Promise<void>;
  /** The bot is taken out. */
  takeOut(): Promise<void>;
  /** The bot comes into a private or shared channel: all that Teams sends is that it has joined. */
  join(): Promise<void>;
  /** An event of a team or channel, `channelRenamed` for example. */
  happens(eventType: string, data: { channel?: object; team?: object }): Promise<void>;
  /** Asks as Teams does, and returns the whole answer; in another conversation where one is named. */
  invoke(name: string, value: unknown, conversation?: string): Promise<Record<string, unknown>>;
  /** Teams delivers this person's last activity once more, with its id or with another one. */
  again(anotherId?: boolean): Promise<void>;
  /** Presses a button by its title on the newest card that shows all words; returns what the presser reads. */
  press(title: string, words: string[], inputs?: Record<string, unknown>): Promise<string>;
  /** The same on a card as it once was, with an id or a time of its own where one is given. */
  pressOld(title: string, posted: Posted & { card: Card }, changes?: Record<string, unknown>, inputs?: Record<string, unknown>): Promise<string>;
  /** The newest card here that shows all words; waits for it. */
  card(...words: string[]): Promise<Posted & { card: Card }>;
  /** The newest text here that holds the words; waits for it. */
  text(words: string): Promise<string>;
  cards(): (Posted & { card: Card })[];
  texts(): string[];
}

/** `botUrl` is asked when needed, so that the bot may start later or again elsewhere; `token`, where somebody is asked who they are. */
export async function startTeams(botUrl: () => string, token: ((serviceUrl: string) => string) | null = null): Promise<Teams> {
  const messages: Posted[] = [];
  const refuse: Teams['refuse'] = [];
  let n = 0;
  const removed = new Map<string, 'notFound' | 'serviceError'>();
  const server = createServer((request, response) => {
    void read(request).then(async (body) => {
      const path = decodeURIComponent(new URL(request.url ?? '/', 'http://teams').pathname);
      const channel = (body.channelData as { channel?: { id: string } } | undefined)?.channel?.id ?? '';
      const all = plain(body.activity ?? body) + JSON.stringify(body.text ?? '') + content((body.activity ?? body) as Record<string, unknown>).text;
      const fault = refuse.find(
        (one) =>
          one.times > 0 &&
          Math.random() < (one.share ?? 1) &&
          one.path.test(`${request.method} ${path} ${channel}`) &&
          (one.words === undefined || all.includes(one.words)),
      );
      if (fault) fault.times -= 1;
      if (fault?.held) await fault.held;
      if (fault?.afterMs) await new Promise((resolve) => setTimeout(resolve, fault.afterMs));
      if (fault?.drop) take(request.method ?? '', path, body);
      if (fault?.drop) return void request.socket.destroy();
      // restify has changed what writeHead returns, in the whole process
      response.setHeader('Content-Type', 'application/json');
      const gone = request.method === 'PUT' ? removed.get(/activities\/([^/]+)$/.exec(path)?.[1] ?? '') : undefined;
      const no = fault && fault.status !== 200 ? fault : gone === 'notFound' ? NOT_FOUND : gone ? SERVICE_ERROR : null;
      if (!no) return void response.end(JSON.stringify(take(request.method ?? '', path, body)));
      response.statusCode = no.status;
      if (no.retryAfter) response.setHeader('Retry-After', no.retryAfter);
      response.end(bodyOf(no.code));
    });
  });
  function take(method: string, path: string, body: Record<string, unknown>): object {
    const member = /\/members\/29:([^/]+)$/.exec(path)?.[1];
    if (method === 'GET' && member) return { id: `29:${member}`, name: member, aadObjectId: objectIdOf(member), tenantId: 'tenant-1' };
    const put = /\/v3\/conversations\/([^/]+)\/activities\/([^/]+)$/.exec(path);
    if (method === 'PUT' && put) {
      const old = messages.find((one) => one.id === put[2]);
      const seen = () => void (old && Object.assign(old, { ...content(body), edits: old.edits + 1, n: ++n }));
      if (teams.editsLateMs > 0) setTimeout(seen, teams.editsLateMs);
      else seen();
      return { id: put[2] };
    }
    if (path.endsWith('/v3/conversations')) {
      const channel = (body.channelData as { channel: { id: string } }).channel.id;
      const id = `m${++n}`;
      messages.push({ n, id, conversation: `${channel};messageid=${id}`, edits: 0, ...content(body.activity as Record<string, unknown>) });
      return { id: `${channel};messageid=${id}`, activityId: id };
    }
    const conversation = /\/v3\/conversations\/([^/]+)\/activities/.exec(path)?.[1] ?? '';
    const id = `m${++n}`;
    messages.push({ n, id, conversation, edits: 0, ...content(body) });
    return { id };
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
  let sent = 0;

  function chat(kind: 'personal' | 'channel' | 'groupChat', id: string, person = 'Ann Jansson', manner: Manner = {}): Chatter {
    let last: Record<string, unknown> = {};
    const mine = () => messages.filter((one) => one.conversation === id || one.conversation.startsWith(`${id};`)).sort((a, b) => a.n - b.n);
    const cards = () => mine().filter((one) => one.card !== null) as (Posted & { card: Card })[];
    async function post(activity: Record<string, unknown>, thread = id): Promise<Record<string, unknown>> {
      const where = manner.tenant ?? 'both';
      return deliver({
        id: `u${++sent}`,
        timestamp: new Date().toISOString(),
        channelId: 'msteams',
        serviceUrl: url,
        from: { id: `29:${person}`, ...(manner.nameless ? {} : { name: person }), aadObjectId: objectIdOf(person) },
        recipient: { id: '28:bot', name: 'Successor' },
        conversation: { id: thread, conversationType: kind, ...(where === 'channelData' ? {} : { tenantId: 'tenant-1' }) },
        channelData: { ...(where === 'conversation' ? {} : { tenant: { id: 'tenant-1' } }), ...(manner.team ? { team: { id: manner.team } } : {}) },
        ...(manner.locale ? { locale: manner.locale } : {}),
        ...activity,
      });
    }
    async function deliver(activity: Record<string, unknown>): Promise<Record<string, unknown>> {
      last = activity;
      const response = await fetch(`${botUrl()}/api/messages`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', ...(token ? { Authorization: `Bearer ${token(url)}` } : {}) },
        body: JSON.stringify(activity),
      });
      const text = await response.text();
      if (!response.ok) throw new Error(`The bot answered ${response.status} ${text}`);
      return text ? (JSON.parse(text) as Record<string, unknown>) : {};
    }
    const bot = { id: '28:bot', name: 'Successor' };
    let written: { text: string; thread: string | undefined; n: number; times: number } | null = null;
    async function write(text: string, thread?: string, times = 1): Promise<void> {
      // What came too early on a busy machine is written again, and later.
      await pause(times === 1 ? READ_MS : boundMs(READ_MS * times));
      written = { text, thread, n: messages.length, times };
      await post({ type: 'message', text }, thread);
    }
    /** What was written came before the bot knew that its question stands there: it is written once more. */
    async function persist(): Promise<void> {
      if (!written || written.times > AGAIN_MAX) return;
      const { text, thread, n, times } = written;
      if (messages.slice(n).some((one) => mine().includes(one) && TOO_EARLY.some((early) => one.text?.startsWith(early)))) await write(text, thread, times + 1);
    }
    async function card(...words: string[]): Promise<Posted & { card: Card }> {
      return until(
        async () => {
          await persist();
          return cards().findLast((one) => words.every((word) => plain(one.card).includes(word)));
        },
        () =>
          `no card in ${id} shows ${words.join(' + ')}; the newest is ${JSON.stringify(cards().at(-1)?.card ?? null).slice(0, 600)}; texts ${mine()
            .map((one) => one.text)
            .filter(Boolean)
            .slice(-4)
            .join(' / ')}`,
      );
    }
    return {
      id,
      write: (text, thread) => write(text, thread),
      async deliver(activity, thread) {
        written = null;
        await post({ type: 'message', ...activity }, thread);
      },
      install: async () => void (await post({ type: 'installationUpdate', action: 'add' })),
      quote: async (messageId, text) => void (await post({ type: 'message', text: `<quoted messageId="${messageId}"/>${text}` })),
      takeOut: async () => void (await post({ type: 'installationUpdate', action: 'remove' })),
      join: async () => void (await post({ type: 'conversationUpdate', membersAdded: [bot] })),
      happens: async (eventType, data) => void (await post({ type: 'conversationUpdate', channelData: { eventType, tenant: { id: 'tenant-1' }, ...data } })),
      invoke: (name, value, conversation) => post({ type: 'invoke', name, value }, conversation),
      again: async (anotherId = false) => void (await deliver({ ...last, ...(anotherId ? { id: `u${++sent}` } : {}) })),
      card,
      async press(title, words, inputs = {}) {
        return this.pressOld(title, await card(...words, title), {}, inputs);
      },
      async pressOld(title, posted, changes = {}, inputs = {}) {
        const action = findAction(posted.card, title);
        if (!action) throw new Error(`The card has no button '${title}'.`);
        const answer = await post(
          {
            type: 'invoke',
            name: 'adaptiveCard/action',
            replyToId: posted.id,
            ...changes,
            value: { action: { type: 'Action.Execute', verb: action.verb, data: { ...(action.data as object), ...inputs } } },
          },
          posted.conversation,
        );
        return String(answer.value);
      },
      text: (words) =>
        until(
          async () => {
            await persist();
            return mine().findLast((one) => one.text?.includes(words))?.text ?? undefined;
          },
          () =>
            `no text in ${id} holds '${words}'; there are ${mine()
              .map((one) => one.text)
              .filter(Boolean)
              .slice(-6)
              .join(' / ')}`,
        ),
      cards,
      texts: () => mine().flatMap((one) => (one.text ? [one.text] : [])),
    };
  }
  const teams: Teams = {
    url,
    messages,
    refuse,
    editsLateMs: 0,
    remove(id, how = 'notFound') {
      removed.set(id, how);
    },
    chat,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  return teams;
}

function objectIdOf(person: string): string {
  return person.toLowerCase().replaceAll(' ', '-');
}

const NOT_FOUND: Pick<Refusal, 'status' | 'code' | 'retryAfter'> = { status: 404, code: 'ActivityNotFoundInConversation' };
const SERVICE_ERROR: Pick<Refusal, 'status' | 'code' | 'retryAfter'> = { status: 403, code: 'ServiceError' };

/** As Teams says it; one of its codes is JSON in a text in JSON. */
function bodyOf(code: string | undefined): string {
  if (code === undefined) return '{}';
  if (code === 'MessageWritesBlocked')
    return JSON.stringify(JSON.stringify({ errorCode: 209, message: JSON.stringify({ subCode: code, details: 'Thread is blocked for message writes.' }) }));
  return JSON.stringify({ error: { code, message: code === 'ServiceError' ? 'Unknown' : 'The request was refused.' } });
}

/** What a person can read on a card, as one text; no-break spaces and escapes taken away. */
export function plain(card: unknown): string {
  const words: string[] = [];
  function walk(value: unknown): void {
    if (Array.isArray(value)) for (const one of value) walk(one);
    else if (value && typeof value === 'object') {
      for (const [name, inner] of Object.entries(value)) {
        if (['fallback', 'data', 'speak', 'fallbackText', 'refresh'].includes(name)) continue;
        if (typeof inner === 'string' && ['text', 'title', 'value', 'label'].includes(name)) words.push(inner);
        else walk(inner);
      }
    }
  }
  walk(card);
  return words.join(' | ').replaceAll('\u00a0', ' ').replaceAll('\\', '').replaceAll('**', '');
}

export function findAction(value: unknown, title: string): Record<string, unknown> | undefined {
  if (Array.isArray(value)) {
    for (const one of value) {
      const found = findAction(one, title);
      if (found) return found;
    }
    return undefined;
  }
  if (!value || typeof value !== 'object') return undefined;
  const record = value as Record<string, unknown>;
  if (record.type === 'Action.Execute' && record.title === title) return record;
  for (const [name, inner] of Object.entries(record)) {
    if (name === 'fallback' || name === 'refresh') continue;
    const found = findAction(inner, title);
    if (found) return found;
  }
  return undefined;
}

function content(activity: Record<string, unknown>): Pick<Posted, 'text' | 'mentions' | 'card'> {
  const attachment = (activity.attachments as { content: Card }[] | undefined)?.[0];
  return {
    text: typeof activity.text === 'string' && activity.text !== '' ? activity.text.replaceAll('\u00a0', ' ').replaceAll('**', '') : null,
    mentions: ((activity.entities as { type: string; mentioned?: { id: string } }[] | undefined) ?? []).flatMap((one) =>
      one.type === 'mention' && one.mentioned ? [one.mentioned.id] : [],
    ),
    card: attachment?.content ?? null,
  };
}

async function read(request: IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString('utf8');
  return text ? (JSON.parse(text) as Record<string, unknown>) : {};
}
