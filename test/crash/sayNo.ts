/**
 * Teams as the bot's own door and way out see it, without a socket: activities come in through the bot's handler, posts
 * and edits go out through its deliver file, and what goes out may be refused in all the ways that Teams refuses.
 */
import { type Activity, type CloudAdapter, type ConversationReference, TurnContext } from 'botbuilder';
import { aloudWith } from '../../bot/teams/aloud.ts';
import { deliverWith } from '../../bot/teams/deliver.ts';
import { type Bot, createBot } from '../../bot/teams/bot.ts';
import { sdkOver } from '../../bot/teams/botbuilder.ts';
import type { Activity as Came } from '../../bot/teams/sdk.ts';
import type { Claim } from '../../cards/claims.ts';
import { chatKey } from '../../services/chats.ts';
import { buttonsOf } from './people.ts';
import type { Disturbance, Owner } from './simulation.ts';
import { type CardSeen, type ChatPlace, type Instance, MAL, type Person, type Press, type SimulatedWorld } from './world.ts';
import type { Deliver } from '../../services/notify/ports.ts';

/** How Teams answers a post or an edit instead of taking it. */
export interface No {
  /** Conversation ids that it holds for. */
  chats: readonly string[];
  fromMs: number;
  untilMs: number;
  status: number;
  code: string | null;
  headers?: Record<string, string>;
  /** Only what holds these words. */
  words?: string;
  /** Only cards: a sentence is taken. */
  cards?: true;
  /** Only edits, or only posts. */
  only?: 'edit' | 'post';
  /** It is done all the same. */
  done?: boolean;
  share?: number;
}

const connectorKey = Symbol('ConnectorClient');
const failure = (fault: string) => Object.assign(new Error(`Teams: ${fault}`), { planted: true });
const serviceUrl = 'https://teams.example/';

/** What the connector's client throws: the library's own error has these fields. */
function refusal(no: No): Error {
  const headers = no.headers ?? {};
  const body = no.code === null ? undefined : { error: { code: no.code, message: `Planted: ${no.code}` } };
  return Object.assign(new Error(`Planted: ${no.status} ${no.code ?? ''}`), {
    name: 'RestError',
    statusCode: no.status,
    code: no.code ?? undefined,
    body,
    details: body,
    response: { status: no.status, headers: { get: (name: string) => headers[name.toLowerCase()] }, bodyAsText: JSON.stringify(body ?? {}), parsedBody: body },
  });
}

const bots = new WeakMap<Instance, Bot>();

export function botOf(world: SimulatedWorld, instance: Instance): Bot {
  const known = bots.get(instance);
  if (known) return known;
  const aloud = aloudWith(sdkOver(fakeAdapter(world, instance.owner), ''), () => {});
  const bot = createBot(instance.turning, aloud);
  bots.set(instance, bot);
  return bot;
}

/** The product's own way out, over the pretend Teams. */
export function deliverOver(world: SimulatedWorld, owner: Owner): Deliver {
  return deliverWith(sdkOver(fakeAdapter(world, owner), ''), world.sim.clockOf(owner).wallMs);
}

/** What botbuilder's own adapter would do over HTTP. */
function fakeAdapter(world: SimulatedWorld, owner: Owner): CloudAdapter {
  const out = (name: string, chat: string, work: () => unknown, what: { edit: string | null; text: string }) =>
    world.sim.call(owner, name, true, disturb(world, chat, what.edit !== null), async () => {
      if (world.armed && world.teamsSlowMs > 0 && world.sim.random() < 0.3) {
        world.slowAt.push({ chat, atMs: world.sim.nowMs() });
        await world.sim.clockOf(owner).sleep(world.teamsSlowMs);
      }
      const no = refused(world, chat, what);
      if (no && !no.done) throw refusal(no);
      const result = work();
      if (no) throw refusal(no);
      return result;
    });
  const post = (conversation: string, activity: Partial<Activity>) => {
    const chat = conversation.split(';messageid=')[0] as string;
    return out('teams.post', chat, () => take(world, chat, activity), { edit: null, text: JSON.stringify(activity.attachments ?? activity.text ?? '') });
  };
  const edit = (conversation: string, id: string, activity: Partial<Activity>) => {
    const chat = conversation.split(';messageid=')[0] as string;
    const text = JSON.stringify(activity.attachments ?? activity.text ?? '');
    return out('teams.edit', chat, () => retake(world, chat, id, activity), { edit: id, text });
  };
  const client = {
    client: { pipeline: { removePolicy: () => {}, addPolicy: () => {} } },
    conversations: {
      async createConversation(given: { channelData?: { channel?: { id?: string } }; activity?: Partial<Activity>; members?: { id: string }[] }) {
        const chat = given.channelData?.channel?.id ?? `a:${String(given.members?.[0]?.id ?? '').replace(/^(29:|oid-)/, '')}`;
        if (!given.activity) return { id: chat };
        const { id } = (await post(chat, given.activity)) as { id: string };
        return { id: `${chat};messageid=${id}`, activityId: id };
      },
      sendToConversation: (conversation: string, activity: Partial<Activity>) => post(conversation, activity),
      replyToActivity: (conversation: string, _id: string, activity: Partial<Activity>) => post(conversation, activity),
      updateActivity: (conversation: string, id: string, activity: Partial<Activity>) => edit(conversation, id, activity),
    },
  };
  const fake = {
    ConnectorClientKey: connectorKey,
    async sendActivities(context: TurnContext, activities: Partial<Activity>[]) {
      const sent: { id: string }[] = [];
      for (const activity of activities) {
        if (activity.type === 'invokeResponse') context.turnState.set('invokeResponse', activity.value);
        else if (activity.type === 'message') sent.push((await post(activity.conversation?.id ?? '', activity)) as { id: string });
      }
      return sent;
    },
    updateActivity: (_context: TurnContext, activity: Partial<Activity>) => edit(activity.conversation?.id ?? '', activity.id ?? '', activity),
    deleteActivity: async () => {},
    async continueConversationAsync(_appId: string, reference: Partial<ConversationReference>, logic: (context: TurnContext) => Promise<void>) {
      const activity = TurnContext.applyConversationReference({ type: 'event', name: 'ContinueConversation' }, reference, true);
      await logic(contextOf(fake as unknown as CloudAdapter, activity, client));
    },
    client,
  };
  return fake as unknown as CloudAdapter;
}

function contextOf(adapter: CloudAdapter, activity: Partial<Activity>, client: unknown): TurnContext {
  const context = new TurnContext(adapter, activity);
  context.turnState.set(connectorKey, client);
  return context;
}

function refused(world: SimulatedWorld, chat: string, what: { edit: string | null; text: string }): No | undefined {
  const at = world.sim.nowMs();
  const no = world.nos.find(
    (one) =>
      one.chats.includes(chat) &&
      at >= one.fromMs &&
      at < one.untilMs &&
      (one.only === undefined || (one.only === 'edit') === (what.edit !== null)) &&
      (one.cards === undefined || what.text.startsWith('[')) &&
      (one.words === undefined || what.text.includes(one.words)) &&
      (one.share === undefined || world.sim.random() < one.share),
  );
  if (no) world.refusedAt.set(chat, at);
  if (no?.code === 'ServiceError' && what.edit !== null) world.saidGone.add(what.edit);
  return no;
}

function disturb(world: SimulatedWorld, chat: string, edit: boolean): Disturbance {
  return (fault) => {
    if (fault === 'status409') return null;
    const key = world.chats.find((one) => one.id === chat)?.key ?? '';
    const unsure = fault === 'lostReply' || fault.startsWith('late');
    if (unsure && !edit) world.ambiguous.set(key, (world.ambiguous.get(key) ?? 0) + 1);
    if (fault === 'status429') return refusal({ chats: [], fromMs: 0, untilMs: 0, status: 429, code: 'Throttled', headers: { 'retry-after': '1' } });
    if (fault === 'status412') return refusal({ chats: [], fromMs: 0, untilMs: 0, status: 412, code: 'PreconditionFailed' });
    if (fault === 'status500') return refusal({ chats: [], fromMs: 0, untilMs: 0, status: 500, code: null });
    return failure(fault);
  };
}

interface Content {
  card: Record<string, unknown> | null;
  text: string;
}

function contentOf(activity: Partial<Activity>): Content {
  const card = activity.attachments?.[0]?.content as Record<string, unknown> | undefined;
  return { card: card ?? null, text: activity.text ?? '' };
}

/** A post as people see it from now on. */
function take(world: SimulatedWorld, chat: string, activity: Partial<Activity>): { id: string } {
  const { card, text } = contentOf(activity);
  const key = world.chats.find((one) => one.id === chat)?.key ?? chat;
  const id = `m${world.cards.length + world.said.length}${Math.floor(world.sim.random() * 1e9)}`;
  if (card) {
    world.cards.push({ id, chat: key, card, edits: 0, first: JSON.stringify(card), at: world.sim.nowMs() });
    world.noteShown(key, id, card);
  }
  if (text) {
    world.said.push(text);
    world.noteSaid(key, text);
  }
  return { id };
}

function retake(world: SimulatedWorld, chat: string, id: string, activity: Partial<Activity>): { id: string } {
  const seen = world.cards.find((one) => one.id === id);
  if (!seen || seen.deleted) throw refusal({ chats: [], fromMs: 0, untilMs: 0, ...world.deletedSays });
  const { card, text } = contentOf(activity);
  // Teams shows an edit seconds after it took it; what came later is never shown before.
  if (card) world.noteShown(world.chats.find((one) => one.id === chat)?.key ?? chat, id, card);
  const show = () => void Object.assign(seen, { card: card ?? { type: 'AdaptiveCard', body: [{ type: 'TextBlock', text }] }, edits: seen.edits + 1 });
  if (world.editsLateMs > 0) world.sim.after(world.editsLateMs, null, show);
  else show();
  return { id };
}

/** Claims by the card that they belong to, as it was drawn. */
export type ClaimsOf = WeakMap<object, readonly Claim[]>;

let activities = 0;

/** Opaque, and the same towards this bot everywhere. */
function teamsIdOf({ objectId }: Person): string {
  return `29:1${Buffer.from(`towards this bot ${objectId}`).toString('base64url')}`;
}

function incoming(world: SimulatedWorld, who: Person, chat: ChatPlace, what: Partial<Activity>): Partial<Activity> {
  return {
    id: `1${String(++activities).padStart(12, '0')}`,
    timestamp: new Date(world.sim.nowMs()),
    channelId: 'msteams',
    serviceUrl,
    from: { id: teamsIdOf(who), aadObjectId: who.objectId, ...(world.nameless && world.sim.random() < 0.3 ? {} : { name: who.name }) } as never,
    recipient: { id: '28:bot', name: 'Successor' } as never,
    conversation: { id: chat.id, conversationType: chat.kind, tenantId: who.tenantId, isGroup: chat.kind !== 'personal' } as never,
    channelData: { tenant: { id: who.tenantId }, ...(chat.kind === 'channel' ? { channel: { id: chat.id }, team: { id: '19:team' } } : {}) },
    ...what,
  };
}

/** Gives an activity to any instance of the bot; what is answered to an invoke: a line, or a card. */
async function give(world: SimulatedWorld, activity: Partial<Activity>): Promise<string | object> {
  const alive = world.instances.filter((one) => !one.owner.dead);
  const instance = alive[Math.floor(world.sim.random() * alive.length)];
  if (!instance) return '';
  try {
    const answer = await botOf(world, instance).turn(instance.bugs.activity(structuredClone(activity)) as Came);
    return (answer?.body as { value?: string | object } | undefined)?.value ?? '';
  } catch {
    return 'failed';
  }
}

const AGAIN_MS = 15_000;

/** The same activity once more, as Teams does it where it waited too long for an answer. */
function perhapsAgain(world: SimulatedWorld, activity: Partial<Activity>): void {
  if (world.sim.random() >= world.redelivered) return;
  world.redeliveries += 1;
  const again = world.sim.random() < 0.5 ? activity : { ...activity, id: `${activity.id}9` };
  world.sim.after(AGAIN_MS * world.sim.random(), null, () => void give(world, again));
}

/** Some press on the view that Teams has fetched for them; it is shown to nobody else, and stored nowhere. */
const LOOKS = 0.3;

export function pressIn(world: SimulatedWorld, press: Press, twice: boolean): void {
  const refresh = world.cards.find((one) => one.id === press.cardId)?.card.refresh as { action: object } | undefined;
  if (!refresh || world.sim.random() >= LOOKS) {
    pressNow(world, press, twice);
    return;
  }
  const look = { type: 'invoke', name: 'adaptiveCard/action', value: { action: refresh.action, trigger: 'automatic' } };
  void give(world, incoming(world, press.person, press.chat, look)).then((view) => {
    const button = buttonsOf(view).find((one) => one.verb === press.verb);
    pressNow(world, button ? { ...press, data: { ...press.data, ...button.data } } : press, twice);
  });
}

function pressNow(world: SimulatedWorld, press: Press, twice: boolean): void {
  const action = { type: 'Action.Execute', verb: press.verb, data: press.data };
  const activity = incoming(world, press.person, press.chat, { type: 'invoke', name: 'adaptiveCard/action', value: { action }, replyToId: press.cardId });
  if (twice) void give(world, { ...activity, id: `${activity.id}7` });
  const at = world.sim.nowMs();
  world.acts.push({ person: press.person.name, chat: press.chat.key, atMs: at, verb: press.verb, text: '' });
  void give(world, activity).then((answer) => {
    world.slowestMs = Math.max(world.slowestMs, world.sim.nowMs() - at);
    world.answers.push({ press, answer: typeof answer === 'string' ? answer || 'failed' : 'a card' });
  });
  perhapsAgain(world, activity);
}

/** Writes to the bot; in a channel it is mentioned first. */
export function writeIn(world: SimulatedWorld, who: Person, chat: ChatPlace, text: string): void {
  const said = chat.kind === 'channel' ? `<at>Successor</at> ${text}` : text;
  const mention = { type: 'mention', text: '<at>Successor</at>', mentioned: { id: '28:bot', name: 'Successor' } };
  const activity = incoming(world, who, chat, { type: 'message', text: said, textFormat: 'plain', entities: chat.kind === 'channel' ? [mention] : [] });
  if (/^(show|move)/.test(text)) world.askedAgain.set(chat.key, (world.askedAgain.get(chat.key) ?? 0) + 1);
  world.acts.push({ person: who.name, chat: chat.key, atMs: world.sim.nowMs(), verb: null, text });
  void give(world, activity);
  perhapsAgain(world, activity);
}

/** The bot is put into its chats, and told what to watch in some. */
export async function moveIn(world: SimulatedWorld, chats: [string, ChatPlace['kind']][], channels: number, owner: Person): Promise<void> {
  for (const [id, kind] of chats) {
    const who = id === 'a:mal' ? MAL : owner;
    const chat: ChatPlace = { id, kind, key: chatKey(who.tenantId, id) };
    world.chats.push(chat);
    // In person everybody speaks for himself.
    const speaks = kind === 'personal' ? (world.people.find((one) => `a:${one.name.toLowerCase()}` === id) ?? who) : who;
    await give(world, incoming(world, speaks, chat, { type: 'installationUpdate', action: 'add' }));
    await give(
      world,
      incoming(world, speaks, chat, {
        type: 'message',
        text: kind === 'channel' && world.chats.length <= channels ? 'watch' : 'watching',
        textFormat: 'plain',
      }),
    );
  }
}

/** Whether a card stands where people see it. */
export function stands(card: CardSeen): boolean {
  return !card.deleted;
}
