/** The bot without Teams, storage or Partner Center: people of any language speak to it, and what it says is there at once. */
import type { Languages } from '../../bot/languages.ts';
import { createBot } from '../../bot/teams/bot.ts';
import type { Activity } from '../../bot/teams/sdk.ts';
import { speakingOf, type TurnDeps } from '../../bot/turns/turn.ts';
import { systemClock } from '../../services/clock.ts';
import { slots } from '../../services/export/file.ts';
import { EVERYBODY } from '../../services/people/people.ts';
import { memoryStore } from './memory.ts';
import { SHOWS } from './samples.ts';

const NOW = Date.UTC(2027, 0, 20, 12);

/** What somebody does, and where. */
export interface Doing {
  person?: string;
  /** Of that person's Teams; absent where it does not say. */
  locale?: string;
  /** A channel or group; absent in person. */
  chat?: string;
}

/** What came of it: each text and card. */
export interface Heard {
  texts: string[];
  cards: Record<string, unknown>[];
}

/** `store`: with what the bot knows already. */
export function spokenTo(languages: Languages, store = memoryStore()) {
  let n = 0;
  let said: { text?: string; attachments?: { content?: unknown }[] }[] = [];
  const deps = {
    store,
    clock: {
      ...systemClock(),
      wallMs: () => NOW,
      now: () => new Date(NOW),
      sleep: (ms: number) => new Promise<void>((resolve) => void setTimeout(resolve, ms).unref()),
    },
    wake: { schedule: async () => {}, now: () => {} },
    programmes: [],
    ...speakingOf(languages),
    directory: { ...EVERYBODY, holders: async () => [] },
    fourEyes: { when: 'off' },
    shows: SHOWS,
    isReadOnly: async () => false,
    readOnlySetting: false,
    noteCounts: async () => {},
    exports: { address: 'https://bot.example/export', slots: slots(), upload: null },
    consentLink: null,
    log: { info: () => {}, warn: () => {} },
    patienceMs: 60_000,
  } as unknown as TurnDeps;
  const aloud = {
    say: (_: unknown, messages: { activity: object }[]) => void said.push(...messages.map((one) => one.activity)),
    tell: async () => {},
    quiet: async () => {},
  };
  const bot = createBot(deps, aloud as never);
  const activity = (type: string, { person = 'ann', locale, chat }: Doing, more: object): Activity =>
    ({
      ...{ type, id: `a${n++}`, timestamp: new Date(NOW), channelId: 'msteams', serviceUrl: 'http://127.0.0.1:9', recipient: { id: '28:bot' } },
      from: { id: `29:${person}`, aadObjectId: person, name: person },
      conversation: chat ? { id: chat, conversationType: 'channel', tenantId: 't' } : { id: `a:${person}`, conversationType: 'personal', tenantId: 't' },
      channelData: { tenant: { id: 't' }, ...(chat ? { channel: { id: chat } } : {}) },
      ...(locale ? { locale } : {}),
      ...more,
    }) as unknown as Activity;
  async function heard(of: Activity): Promise<Heard> {
    said = [];
    await bot.turn(of);
    const cards = said.flatMap((one) => one.attachments?.map(({ content }) => content as Record<string, unknown>) ?? []);
    return { texts: said.flatMap((one) => (one.text ? [one.text] : [])), cards };
  }
  return {
    store,
    write: (text: string, doing: Doing = {}) => heard(activity('message', doing, { text })),
    install: (doing: Doing = {}) => heard(activity('installationUpdate', doing, { action: 'add' })),
    /** Presses a button of a card, by what it sends; what the presser reads comes first. */
    async press(sent: { verb: string; data: Record<string, unknown> }, doing: Doing = {}): Promise<Heard> {
      said = [];
      const answer = await bot.turn(activity('invoke', doing, { name: 'adaptiveCard/action', value: { action: { type: 'Action.Execute', ...sent } } }));
      return { texts: [String((answer?.body as { value?: unknown } | undefined)?.value)], cards: [] };
    },
    /** Looks for something in the compose box. */
    async look(what: string, doing: Doing = {}): Promise<string> {
      const value = { commandId: 'share', parameters: [{ name: 'what', value: what }] };
      return JSON.stringify((await bot.turn(activity('invoke', doing, { name: 'composeExtension/query', value })))?.body);
    },
  };
}
