/** Activities in: what Teams says, into what a turn understands, and its answer back. The one class. */
import {
  type Activity,
  type AdaptiveCardInvokeResponse,
  type AdaptiveCardInvokeValue,
  type ConversationReference,
  type MessagingExtensionQuery,
  type MessagingExtensionResponse,
  TeamsActivityHandler,
  type TurnContext,
} from 'botbuilder';
import type { RenderedCard } from '../../cards/chat/chat.ts';
import { SPENDS } from '../../dialogs/rights.ts';
import type { CardAction } from '../../dialogs/types.ts';
import { boundedMap } from '../../services/boundedMap.ts';
import { meetChat, readChat, updateChat } from '../../services/chats.ts';
import { dayOf } from '../../services/clock.ts';
import { inTurn, type Tracer } from '../../services/trace.ts';
import { activityOf } from '../../services/domain/activity.ts';
import type { Chat, Person } from '../../services/domain/ticket.ts';
import { noteActivity } from '../../services/notify/handles.ts';
import { hearFrom } from '../../services/notify/inbox.ts';
import { type Identity, meet } from '../../services/people/people.ts';
import type { Role } from '../../services/people/roles.ts';
import { noteAsked } from '../turns/answer.ts';
import { onText } from '../turns/command.ts';
import { mentionsIn, quotedIn } from '../turns/plainText.ts';
import { onAction } from '../turns/press.ts';
import { cardAgain, cardToShare, findToShare } from '../turns/share.ts';
import type { Turn, TurnDeps, TurnResult } from '../turns/turn.ts';
import { greet } from '../turns/watch.ts';
import type { Aloud, Spoken } from './aloud.ts';
import { cardAnswer, listAnswer, objectIdOf, sharerOf, typedIn } from './compose.ts';
import { toActivity } from './deliver.ts';
import { memberOf } from './members.ts';
import { nameIn, onConversationChange, onRemoved, placeOf, readEvent } from './events.ts';

/** What is not there within this time is announced by typing. */
const TYPING_MS = 400;
const GREETED_MS = 5_000; // Teams tells of one installation twice
/** Who was met so short a time ago is not looked up again for a press that spends nothing. */
const MET_MS = 60_000;
const KEPT_MAX = 1000;
/** The one button of a shared card. */
const SHARED: CardAction['verb'] = 'card.refresh';
/** Of a verb of ours; what a card sends may be anything. */
const VERB = /^[a-zA-Z]{1,20}(\.[a-zA-Z]{1,20})?$/;

export class SuccessorBot extends TeamsActivityHandler {
  readonly #deps: TurnDeps;
  readonly #aloud: Aloud;
  readonly #tracer: Tracer | null;
  readonly #greeted = boundedMap<string, number>(KEPT_MAX);
  readonly #met = boundedMap<string, { person: Person; atMs: number }>(KEPT_MAX);

  constructor(deps: TurnDeps, aloud: Aloud, tracer: Tracer | null = null) {
    super();
    this.#tracer = tracer;
    this.#deps = deps;
    this.#aloud = aloud;
    this.onMessage(async (context, next) => {
      await this.#message(context);
      await next();
    });
    const happened = async (context: TurnContext, next: () => Promise<void>) => {
      await this.#happened(context);
      await next();
    };
    this.onInstallationUpdate(happened);
    this.onConversationUpdate(happened);
  }

  /** A pressed button. Answered with a line for the presser; an error answer would show nothing at all. */
  override async onAdaptiveCardInvoke(context: TurnContext, invoke: AdaptiveCardInvokeValue): Promise<AdaptiveCardInvokeResponse> {
    const verb = invoke.action?.verb ?? '';
    const data = (invoke.action?.data ?? {}) as Record<string, unknown>;
    if (verb === SHARED) {
      const card = await this.#again(context, data);
      if (typeof card !== 'string') return { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: card.card as never };
      return { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: plain(card) as never };
    }
    const text = await this.#action(context, verb, data);
    return { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: plain(text) as never };
  }

  /** Looked for from the compose box of any chat; neither the chat nor the person is noted by it. */
  override async handleTeamsMessagingExtensionQuery(context: TurnContext, query: MessagingExtensionQuery): Promise<MessagingExtensionResponse> {
    return listAnswer(await this.#read('a search failed', () => findToShare(this.#deps, sharerOf(context.activity), typedIn(query))));
  }

  /** One of what was found is picked: its card goes into the compose box. */
  override async handleTeamsMessagingExtensionSelectItem(context: TurnContext, picked: unknown): Promise<MessagingExtensionResponse> {
    return cardAnswer(await this.#read('a picked card failed', () => cardToShare(this.#deps, sharerOf(context.activity), picked)));
  }

  /** A shared card as it is now, for the presser alone. */
  #again(context: TurnContext, data: Record<string, unknown>): Promise<RenderedCard | string> {
    return this.#read('a shared card failed', () => cardAgain(this.#deps, sharerOf(context.activity), data.id));
  }

  /** What is only read, or a sentence where it fails or takes longer than Teams waits. */
  async #read<T>(message: string, work: () => Promise<T | string>): Promise<T | string> {
    const { clock, log, patienceMs, words } = this.#deps;
    const done = work().catch((error: Error) => {
      log.warn({ error: String(error.stack ?? error) }, message);
      return this.#failure(error);
    });
    return Promise.race([done, clock.sleep(patienceMs).then(() => words.share.slow)]);
  }

  /** What the presser reads; what takes longer is done all the same, and comes into the chat. */
  async #action(context: TurnContext, verb: string, data: Record<string, unknown>): Promise<string> {
    const { activity } = context;
    const { replies } = this.#deps.words;
    const words = JSON.stringify([verb, data]);
    const work = this.#safely({ verb }, 'a pressed button failed', (): Promise<TurnResult> => {
      const coming = this.#turnOf(activity, words, !SPENDS.has(verb as CardAction['verb']));
      return onAction(this.#deps, coming, verb, data);
    });
    const result = await this.#soon(work);
    if (result) {
      this.#say(activity, result);
      return result.privately ?? replies.showing();
    }
    void work.then((late) => {
      // The line for the presser alone can be said no more; where nobody else reads along, it is said aloud.
      const aloud = late.privately !== undefined && placeOf(activity).chat.kind === 'personal' ? [late.privately] : [];
      this.#say(activity, { ...late, say: [...late.say, ...aloud] });
    });
    return replies.comes();
  }

  async #message(context: TurnContext): Promise<void> {
    const { activity } = context;
    const value = activity.value as { verb?: unknown } | undefined;
    if (typeof value?.verb === 'string') {
      // A client that cannot execute has submitted: the same, answered aloud.
      if (value.verb === SHARED) return this.#say(activity, { say: [await this.#again(context, value as Record<string, unknown>)] });
      this.#say(activity, { say: [await this.#action(context, value.verb, value as Record<string, unknown>)] });
      return;
    }
    const work = this.#safely({}, 'a message failed', async (): Promise<TurnResult> => {
      const text = activity.text ?? '';
      const turn = await this.#turnOf(activity, text, false);
      return onText(this.#deps, { ...turn, memberOf: (mention) => memberOf(context, mention, this.#deps.clock) }, text, mentionsIn(activity));
    });
    const quick = await this.#soon(work, () => this.#aloud.say(activity, [{ activity: { type: 'typing' } }]));
    if (quick) return this.#say(activity, quick);
    this.#say(activity, { say: [this.#deps.words.replies.comes()] });
    void work.then((late) => this.#say(activity, late));
  }

  /** The outcome, or a sentence that it failed. */
  #safely(fields: { verb?: string }, message: string, work: () => Promise<TurnResult>): Promise<TurnResult> {
    const what = fields.verb === undefined ? 'message' : (VERB.exec(fields.verb)?.[0] ?? 'unknown');
    return inTurn(this.#tracer, fields.verb === undefined ? 'message' : 'press', { what }, () => this.#orSorry(fields, message, work));
  }

  async #orSorry(fields: object, message: string, work: () => Promise<TurnResult>): Promise<TurnResult> {
    try {
      return await work();
    } catch (error) {
      this.#deps.log.warn({ ...fields, error: String((error as Error).stack ?? error) }, message);
      const failure = this.#failure(error);
      return { say: 'verb' in fields ? [] : [failure], privately: failure };
    }
  }

  /** The outcome where it comes soon; else null, and it still comes. `typing` is called where it is not there at once. */
  async #soon(work: Promise<TurnResult>, typing: () => void = () => {}): Promise<TurnResult | null> {
    let done = false;
    const { clock } = this.#deps;
    void work.then(() => (done = true));
    const early = await Promise.race([work, clock.sleep(TYPING_MS).then(() => null)]);
    if (early || done) return early ?? work;
    typing();
    return Promise.race([work, clock.sleep(this.#deps.patienceMs - TYPING_MS).then(() => null)]);
  }

  /** More than hands can do: a press is answered, a message is not; nothing else happens. */
  async slowDown(context: TurnContext): Promise<void> {
    const text = this.#deps.words.replies.slowDown();
    if (context.activity.name?.startsWith('composeExtension/')) {
      await context.sendActivity({ type: 'invokeResponse', value: { status: 200, body: listAnswer(text) } });
    } else if (context.activity.type === 'invoke') {
      const body = { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: text };
      await context.sendActivity({ type: 'invokeResponse', value: { status: 200, body } });
    }
  }

  #failure(error: unknown): string {
    const { replies } = this.#deps.words;
    const { name } = error as Error;
    if (name === 'DirectoryError') return replies.whoMayUnknown();
    return name === 'PartnerCenterError' ? replies.unreachable() : replies.failed();
  }

  /** The bot came or went, or something about a team or channel changed. */
  async #happened(context: TurnContext): Promise<void> {
    const { activity } = context;
    const happened = readEvent(activity);
    if (happened === null) return;
    const place = placeOf(activity).chat;
    if (happened.what === 'removed') {
      this.#greeted.delete(place.key);
      return onRemoved(this.#deps, place.key);
    }
    if (happened.what !== 'added') return onConversationChange(this.#deps, activity, happened);
    const before = (await readChat(this.#deps.store, place.key))?.value;
    // Who joins a chat is told to everybody in it, and again; only private and shared channels tell of the bot in no other way.
    const joined = activity.type === 'conversationUpdate';
    if (joined && (place.kind === 'personal' || (before && !before.dead && !before.sleeping))) return;
    await this.#installed(context);
  }

  async #installed(context: TurnContext): Promise<void> {
    const { activity } = context;
    const { chat, actor } = await this.#turnOf(activity, activity.action ?? '', false, (id) => this.#rolesIfTold(id));
    const name = nameIn(activity);
    const by = activity.from?.aadObjectId ? { installedBy: actor.key } : {};
    await updateChat(this.#deps.store, chat.key, (now = chat) => ({ ...now, ...by, ...(name ? { name } : {}) }));
    const at = this.#deps.clock.wallMs();
    if (at - (this.#greeted.get(chat.key) ?? 0) < GREETED_MS) return;
    this.#greeted.set(chat.key, at);
    this.#say(activity, await greet(this.#deps, { chat, actor }));
  }

  /** Puts the pressed card's new face in its place and says what is to be said, beside the answer to Teams. */
  #say(activity: Activity, result: TurnResult): void {
    const edit = result.edit && result.editAt ? [{ activity: { ...toActivity(result.edit), id: result.editAt } }] : [];
    const { said, afterwards } = spokenOf(this.#deps, result);
    this.#aloud.say(activity, [...edit, ...said], afterwards);
  }

  async #meet(identity: Identity, personalChat: string | null, lately: boolean): Promise<Person> {
    const mark = JSON.stringify([identity, personalChat]);
    const known = this.#met.get(mark);
    if (lately && known && this.#deps.clock.wallMs() - known.atMs < MET_MS) return known.person;
    const person = await meet(this.#deps.store, identity, personalChat, dayOf(this.#deps.clock.now()));
    this.#met.set(mark, { person, atMs: this.#deps.clock.wallMs() });
    return person;
  }

  /** None where nobody says so soon: the bot is in the chat all the same, and greets there. */
  async #rolesIfTold(objectId: string): Promise<readonly Role[]> {
    const told = this.#deps.directory.rolesOf(objectId).catch(() => []);
    return Promise.race([told, this.#deps.clock.sleep(TYPING_MS).then(() => [])]);
  }

  /** Who says what where. Object ids are opaque; a name is only for showing. `lately`: it will do who it was a moment ago. */
  async #turnOf(activity: Activity, words: string, lately: boolean, rolesOf = this.#deps.directory.rolesOf): Promise<Turn> {
    const { thread, chat: place } = placeOf(activity);
    const { tenantId } = place;
    const objectId = objectIdOf(activity);
    const { wake } = this.#deps;
    const [met, person, roles] = await Promise.all([
      meetChat(this.#deps.store, place, async (key) => {
        await wake.schedule({ queue: 'notify', what: 'chat', chat: key });
        wake.now({ queue: 'notify', what: 'chat', chat: key });
      }),
      this.#meet({ objectId, tenantId, name: activity.from?.name ?? '' }, place.kind === 'personal' ? place.key : null, lately),
      rolesOf(objectId),
      hearFrom(this.#deps, place.key),
    ]);
    const own = met.kind === 'personal' && met.person !== person.key;
    const chat = own ? ((await updateChat(this.#deps.store, met.key, (now) => now && { ...now, person: person.key })) ?? met) : met;
    const came = { id: activity.id, conversation: thread, person: person.key, words, timestamp: activity.timestamp };
    const actor = { key: person.key, tenant: tenantId, name: person.name, roles };
    const root = thread.split(';messageid=')[1];
    const below = root !== undefined && root !== activity.id;
    return { chat, thread, below, quoted: quotedIn(activity.text), actor, activity: activityOf(came, this.#deps.clock.wallMs()) };
  }
}

/** What is said, as messages: a card's handle is told where it stands, and what is asked is noted when it does. */
function spokenOf(deps: Pick<TurnDeps, 'store' | 'clock' | 'clockSkewMs'>, result: TurnResult): { said: Spoken[]; afterwards(): Promise<void> } {
  let question: string | null = null;
  const said = result.say.map((message): Spoken => {
    if (typeof message === 'string')
      return {
        activity: { type: 'message', text: message, textFormat: 'markdown' },
        sent: async (id) => {
          question = id;
        },
      };
    const { handle } = message;
    return { activity: toActivity(message), sent: async (id) => handle && (await noteActivity(deps.store, handle, id)) };
  });
  return { said, afterwards: async () => void (result.asks && (await noteAsked(deps, result.asks, question))) };
}

/** Says something in a conversation of a chat where nobody has spoken just now. */
export async function tellIn(deps: TurnDeps, aloud: Aloud, { chat, thread }: { chat: Chat; thread: string }, result: TurnResult): Promise<void> {
  const reference = chat.reference as ConversationReference;
  const { said, afterwards } = spokenOf(deps, result);
  await aloud.tell({ ...reference, conversation: { ...reference.conversation, id: thread } }, said);
  await afterwards();
}

/** The line for the presser knows no Markdown. */
function plain(text: string): string {
  return text.replaceAll('**', '').replace(/\\([[\])*_])/g, '$1');
}
