/** Activities in: what Teams says, into what a turn understands, and its answer back. */
import type { RenderedCard } from '../../cards/chat/chat.ts';
import { VIEW } from '../../cards/ticket/refresh.ts';
import { SPENDS } from '../../dialogs/rights.ts';
import type { CardAction } from '../../dialogs/types.ts';
import { type BoundedMap, boundedMap } from '../../services/boundedMap.ts';
import { readChat, updateChat } from '../../services/chats.ts';
import { inTurn, type Tracer } from '../../services/trace.ts';
import { hearFrom } from '../../services/notify/inbox.ts';
import type { Role } from '../../services/people/roles.ts';
import { asksForView } from '../http/guard.ts';
import type { Routes } from '../http/server.ts';
import { onText } from '../turns/command.ts';
import { mentionsIn } from '../turns/plainText.ts';
import { fileAnswered } from '../turns/export.ts';
import { offered } from '../turns/offers.ts';
import { onAction } from '../turns/press.ts';
import { cardAgain, cardToShare, findToShare } from '../turns/share.ts';
import { heardIn, type Turn, type TurnDeps, type TurnResult } from '../turns/turn.ts';
import { type LatelyDrawn, viewOf } from '../turns/view.ts';
import { greet } from '../turns/watch.ts';
import type { Aloud } from './aloud.ts';
import { cardAnswer, listAnswer, objectIdOf, typedIn } from './compose.ts';
import { toActivity } from './deliver.ts';
import { nameIn, onConversationChange, onRemoved, placeOf, readEvent } from './events.ts';
import { readFileAnswer } from './files.ts';
import type { Members } from './members.ts';
import { type Meeting, turnOf } from './meeting.ts';
import { createReaders } from './readers.ts';
import { spokenOf } from './spoken.ts';
import type { Activity, InvokeAnswer, Sdk } from './sdk.ts';

/** What is not there within this time is announced by typing. */
const HEARD_MS = 50;
const TYPING_MS = 400;
const GREETED_MS = 5_000; // Teams tells of one installation twice
const KEPT_MAX = 1000;
const DRAWN_MAX = 100;
/** The one button of a shared card. */
const SHARED: CardAction['verb'] = 'card.refresh';
/** Of a verb of ours; what a card sends may be anything. */
const VERB = /^[a-zA-Z]{1,20}(\.[a-zA-Z]{1,20})?$/;

/** The bot as the seam sees it. */
export interface Bot {
  /** What answers an invoke; null where nothing does. Throws what goes wrong with an event of Teams. */
  turn(activity: Activity): Promise<InvokeAnswer | null>;
  /** More than hands can do: a press is answered, a message is not; nothing else happens. */
  slowDown(activity: Activity): InvokeAnswer | null;
}

/** What a turn has around it. */
interface Room extends Meeting {
  aloud: Aloud;
  tracer: Tracer | null;
  /** Who somebody is whom a message mentions; null where Teams does not say. */
  members: Members;
  /** Files may go to this machine: only where tests run. */
  here: boolean;
  greeted: BoundedMap<string, number>;
  drawn: LatelyDrawn;
}

export function createBot(
  deps: TurnDeps,
  aloud: Aloud,
  { tracer = null, here = false, unsaid = null, members = nobody }: Partial<Pick<Room, 'tracer' | 'here' | 'members'>> & { unsaid?: string | null } = {},
): Bot {
  const bot = {
    deps,
    aloud,
    tracer,
    here,
    members,
    readers: createReaders(deps.languages, unsaid),
    greeted: boundedMap<string, number>(KEPT_MAX),
    met: boundedMap(KEPT_MAX) as Meeting['met'],
    drawn: boundedMap(DRAWN_MAX) as LatelyDrawn,
  };
  return { turn: (activity) => turn(bot, activity), slowDown: (activity) => slowDown(bot, activity) };
}

async function nobody(): Promise<null> {
  return null;
}

async function turn(bot: Room, activity: Activity): Promise<InvokeAnswer | null> {
  if (activity.type === 'invoke') return invoked(bot, activity);
  if (activity.type === 'message') await said(bot, activity);
  if (activity.type === 'installationUpdate' || activity.type === 'conversationUpdate') await happened(bot, activity);
  return null;
}

/** What Teams asks and waits for. */
async function invoked(bot: Room, activity: Activity): Promise<InvokeAnswer> {
  switch (activity.name) {
    case 'adaptiveCard/action':
      return { status: 200, body: await pressed(bot, activity) };
    case 'composeExtension/query':
      return { status: 200, body: await searched(bot, activity) };
    case 'composeExtension/selectItem':
      return { status: 200, body: await picked(bot, activity) };
    case 'fileConsent/invoke':
      await aboutFile(bot, activity);
      return { status: 200 };
    default:
      return { status: 501 };
  }
}

/** A pressed button. Answered with a line for the presser; an error answer would show nothing at all. */
async function pressed(bot: Room, activity: Activity): Promise<object> {
  const { action: sent } = activity.value as { action: { verb?: string; data?: Record<string, unknown> } };
  const { verb = '', data = {} } = sent;
  if (verb === VIEW) return viewed(bot, activity, data);
  return answering(verb === SHARED ? await again(bot, activity, data) : await action(bot, activity, verb, data));
}

/** A card in the place of the one that was pressed, for the presser alone, or a line below it. */
function answering(answer: RenderedCard | string): object {
  if (typeof answer !== 'string') return { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: answer.card };
  return { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: plain(answer) };
}

/** Teams asks by itself for the card as this reader sees it; where there is no such view, the one that stands there is true. */
async function viewed(bot: Room, activity: Activity, { id }: Record<string, unknown>): Promise<object> {
  const looker = { objectId: objectIdOf(activity), teamsId: activity.from?.id ?? '', chat: placeOf(activity).chat.key };
  const stands: string = bot.readers.wordsFor(activity).replies.upToDate();
  const card = await read<RenderedCard | string>(bot, activity, 'a view failed', async () => (await viewOf(bot.deps, bot.drawn, looker, id)) ?? stands);
  return answering(typeof card === 'string' ? stands : card);
}

/** Looked for from the compose box of any chat; neither the chat nor the person is noted by it. */
async function searched(bot: Room, activity: Activity): Promise<object> {
  return listAnswer(await read(bot, activity, 'a search failed', () => findToShare(bot.deps, bot.readers.sharerOf(activity), typedIn(activity.value))));
}

/** One of what was found is picked: its card goes into the compose box. */
async function picked(bot: Room, activity: Activity): Promise<object> {
  return cardAnswer(await read(bot, activity, 'a picked card failed', () => cardToShare(bot.deps, bot.readers.sharerOf(activity), activity.value)));
}

/** Somebody takes, or declines, a file that was offered. Answered at once: it takes longer than Teams waits. */
async function aboutFile(bot: Room, activity: Activity): Promise<void> {
  const answer = readFileAnswer(activity.value, bot.here);
  if (!answer) return say(bot, activity, { say: [bot.readers.wordsFor(activity).exported.gone] });
  const work = safely(bot, activity, { failed: 'a file could not be given' }, async () => {
    const turn = await turnOf(bot, activity, { words: answer.token, lately: false });
    return fileAnswered(heardIn(bot.deps, turn.chat, turn.actor), turn, answer);
  });
  void work.then((result) => say(bot, activity, result));
}

/** A shared card as it is now, for the presser alone. */
function again(bot: Room, activity: Activity, data: Record<string, unknown>): Promise<RenderedCard | string> {
  return read(bot, activity, 'a shared card failed', () => cardAgain(bot.deps, bot.readers.sharerOf(activity), data.id));
}

/** What is only read, or a sentence where it fails or takes longer than Teams waits. */
async function read<T>(bot: Room, activity: Activity, message: string, work: () => Promise<T | string>): Promise<T | string> {
  const { clock, log, patienceMs } = bot.deps;
  const done = work().catch((error: Error) => {
    log.warn({ error: String(error.stack ?? error) }, message);
    return failure(bot, activity, error);
  });
  return Promise.race([done, clock.sleep(patienceMs).then(() => bot.readers.wordsFor(activity).share.slow)]);
}

/** What the presser reads; what takes longer is done all the same, and comes into the chat. */
async function action(bot: Room, activity: Activity, verb: string, data: Record<string, unknown>): Promise<string> {
  const words = JSON.stringify([verb, data]);
  const work = safely(bot, activity, { verb, failed: 'a pressed button failed' }, async (): Promise<TurnResult> => {
    const coming = turnOf(bot, activity, { words, lately: !SPENDS.has(verb as CardAction['verb']) });
    const result = await onAction(bot.deps, coming, verb, data); // which reads its handle while the turn is read
    return withButtons(bot, await coming, result);
  });
  const result = await soon(bot, work);
  heard(bot, activity);
  if (result) {
    say(bot, activity, result);
    return result.privately ?? bot.readers.wordsFor(activity).replies.showing();
  }
  void work.then((late) => {
    // The line for the presser alone can be said no more; where nobody else reads along, it is said aloud.
    const aloud = late.privately !== undefined && placeOf(activity).chat.kind === 'personal' ? [late.privately] : [];
    say(bot, activity, { ...late, say: [...late.say, ...aloud] });
  });
  return bot.readers.wordsFor(activity).replies.comes();
}

async function said(bot: Room, activity: Activity): Promise<void> {
  const value = activity.value as { verb?: unknown } | undefined;
  if (typeof value?.verb === 'string') {
    // A client that cannot execute has submitted: the same, answered aloud.
    if (value.verb === SHARED) return say(bot, activity, { say: [await again(bot, activity, value as Record<string, unknown>)] });
    say(bot, activity, { say: [await action(bot, activity, value.verb, value as Record<string, unknown>)] });
    return;
  }
  const work = safely(bot, activity, { failed: 'a message failed' }, async (): Promise<TurnResult> => {
    const text = activity.text ?? '';
    const turn = await turnOf(bot, activity, { words: text, lately: false });
    const result = await onText(bot.deps, { ...turn, memberOf: (mention) => bot.members(activity, mention) }, text, mentionsIn(activity));
    return withButtons(bot, turn, result);
  });
  const quick = await soon(bot, work, () => bot.aloud.say(activity, [{ activity: { type: 'typing' } }]));
  heard(bot, activity);
  if (quick) return say(bot, activity, quick);
  say(bot, activity, { say: [bot.readers.wordsFor(activity).replies.comes()] });
  void work.then((late) => say(bot, activity, late));
}

/** Somebody speaks there: what the chat did not take is tried once more. The answer goes out before. */
function heard(bot: Room, activity: Activity): void {
  const fail = (error: unknown) => bot.deps.log.warn({ error: String(error) }, 'that somebody speaks could not be noted');
  const hear = () => hearFrom(bot.deps, placeOf(activity).chat.key);
  bot.deps.clock.sleep(HEARD_MS).then(hear).catch(fail);
}

/** The outcome, or a sentence that it failed. */
function safely(bot: Room, activity: Activity, of: { verb?: string; failed: string }, work: () => Promise<TurnResult>): Promise<TurnResult> {
  const { verb, failed } = of;
  const what = verb === undefined ? 'message' : (VERB.exec(verb)?.[0] ?? 'unknown');
  return inTurn(bot.tracer, verb === undefined ? 'message' : 'press', { what }, () =>
    work().catch((error: Error): TurnResult => {
      bot.deps.log.warn({ ...(verb === undefined ? {} : { verb }), error: String(error.stack ?? error) }, failed);
      const sorry = failure(bot, activity, error);
      return { say: verb === undefined ? [sorry] : [], privately: sorry };
    }),
  );
}

/** With the buttons for what it names, each in the language of its text. */
function withButtons(bot: Room, turn: Turn, result: TurnResult): Promise<TurnResult> {
  return offered(heardIn(bot.deps, turn.chat, turn.actor), turn, result);
}

/** The outcome where it comes soon; else null, and it still comes. `typing` is called where it is not there at once. */
async function soon(bot: Room, work: Promise<TurnResult>, typing: () => void = () => {}): Promise<TurnResult | null> {
  let done = false;
  const { clock } = bot.deps;
  void work.then(() => (done = true));
  const early = await Promise.race([work, clock.sleep(TYPING_MS).then(() => null)]);
  if (early || done) return early ?? work;
  typing();
  return Promise.race([work, clock.sleep(bot.deps.patienceMs - TYPING_MS).then(() => null)]);
}

function slowDown(bot: Room, activity: Activity): InvokeAnswer | null {
  if (activity.type !== 'invoke') return null;
  const { slowDown: text, upToDate } = bot.readers.wordsFor(activity).replies;
  if (activity.name?.startsWith('composeExtension/')) return { status: 200, body: listAnswer(text()) };
  // Nobody has pressed anything; the card that stands there is true.
  return { status: 200, body: answering(asksForView(activity) ? upToDate() : text()) };
}

function failure(bot: Room, activity: Activity, error: unknown): string {
  const { replies } = bot.readers.wordsFor(activity);
  const { name } = error as Error;
  if (name === 'DirectoryError') return replies.whoMayUnknown();
  return name === 'PartnerCenterError' ? replies.unreachable() : replies.failed();
}

/** The bot came or went, or something about a team or channel changed. */
async function happened(bot: Room, activity: Activity): Promise<void> {
  const event = readEvent(activity);
  if (event === null) return;
  const place = placeOf(activity).chat;
  if (event.what === 'removed') {
    bot.greeted.delete(place.key);
    return onRemoved(bot.deps, place.key);
  }
  if (event.what !== 'added') return onConversationChange(bot.deps, activity, event);
  const before = (await readChat(bot.deps.store, place.key))?.value;
  // Who joins a chat is told to everybody in it, and again; only private and shared channels tell of the bot in no other way.
  const joined = activity.type === 'conversationUpdate';
  if (joined && (place.kind === 'personal' || (before && !before.dead && !before.sleeping))) return;
  await installed(bot, activity);
}

async function installed(bot: Room, activity: Activity): Promise<void> {
  const { chat, actor } = await turnOf(bot, activity, { words: activity.action ?? '', lately: false, rolesOf: (id) => rolesIfTold(bot, id) });
  const name = nameIn(activity);
  const by = activity.from?.aadObjectId ? { installedBy: actor.key } : {};
  await updateChat(bot.deps.store, chat.key, (now = chat) => ({ ...now, ...by, ...(name ? { name } : {}) }));
  const at = bot.deps.clock.wallMs();
  if (at - (bot.greeted.get(chat.key) ?? 0) < GREETED_MS) return;
  bot.greeted.set(chat.key, at);
  say(bot, activity, await greet(heardIn(bot.deps, chat, actor), { chat, actor }));
}

/** Puts the pressed card's new face in its place and says what is to be said, beside the answer to Teams. */
function say(bot: Room, activity: Activity, result: TurnResult): void {
  const edit = result.edit && result.editAt ? [{ activity: { ...toActivity(result.edit), id: result.editAt } }] : [];
  const { said, afterwards } = spokenOf(bot.deps, result);
  bot.aloud.say(activity, [...edit, ...said], afterwards);
}

/** None where nobody says so soon: the bot is in the chat all the same, and greets there. */
async function rolesIfTold(bot: Room, objectId: string): Promise<readonly Role[]> {
  const told = bot.deps.directory.rolesOf(objectId).catch(() => []);
  return Promise.race([told, bot.deps.clock.sleep(TYPING_MS).then(() => [])]);
}

/** How activities run: one turn each, whose answer is looked at before anything of it goes out. */
export function turnsOf(sdk: Sdk, bot: Bot): Routes['turn'] {
  return (headers, body, admits) => sdk.take(headers, body, async (activity) => (admits(activity) ? bot.turn(activity) : bot.slowDown(activity)));
}

/** The line for the presser knows no Markdown. */
function plain(text: string): string {
  return text.replaceAll('**', '').replace(/\\([[\])*_])/g, '$1');
}
