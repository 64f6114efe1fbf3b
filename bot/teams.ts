/** Activities in: what Teams says, into what a turn understands, and its answer back. The one class. */
import { type AdaptiveCardInvokeResponse, type AdaptiveCardInvokeValue, type CloudAdapter, TeamsActivityHandler, type TurnContext } from 'botbuilder';
import { type CardAction, SPENDS } from '../dialogs/dialogs.ts';
import { dayOf } from '../services/clock.ts';
import type { Person } from '../services/domain.ts';
import { type Identity, meet } from '../services/people/people.ts';
import { meetChat, readChat, updateChat } from '../services/speak/chats.ts';
import { noteActivity } from '../services/speak/handles.ts';
import { singleTry, toActivity } from './deliver.ts';
import { nameIn, onConversationChange, onRemoved, placeOf, readEvent } from './events.ts';
import { onAction } from './press.ts';
import { type Back, onText, type Seen, type Turning } from './turn.ts';
import { greet } from './watching.ts';

const GREETED_MS = 5_000; // Teams tells of one installation twice
/** Who was met so short a time ago is not looked up again for a press that spends nothing. */
const MET_MS = 60_000;
const KEPT_MAX = 1000;

export class SuccessorBot extends TeamsActivityHandler {
  readonly #deps: Turning;
  readonly #adapter: CloudAdapter;
  readonly #greeted = new Map<string, number>();
  readonly #met = new Map<string, { person: Person; atMs: number }>();

  constructor(deps: Turning, adapter: CloudAdapter) {
    super();
    this.#deps = deps;
    this.#adapter = adapter;
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
    const text = await this.#action(context, invoke.action?.verb ?? '', (invoke.action?.data ?? {}) as Record<string, unknown>);
    return { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: plain(text) as never };
  }

  async #action(context: TurnContext, verb: string, data: Record<string, unknown>): Promise<string> {
    try {
      const back = await onAction(this.#deps, this.#seen(context, !SPENDS.has(verb as CardAction['verb'])), verb, data);
      if (back.edit && back.editAt) await context.updateActivity({ ...toActivity(back.edit), id: back.editAt });
      await this.#answer(context, back);
      return back.privately ?? this.#deps.words.replies.showing();
    } catch (error) {
      this.#deps.log.warn({ verb, error: String((error as Error).stack ?? error) }, 'a pressed button failed');
      return this.#failure(error);
    }
  }

  async #message(context: TurnContext): Promise<void> {
    const value = context.activity.value as { verb?: unknown } | undefined;
    if (typeof value?.verb === 'string') {
      // A client that cannot execute has submitted: the same, answered aloud.
      await context.sendActivity(await this.#action(context, value.verb, value as Record<string, unknown>));
      return;
    }
    try {
      const seen = await this.#seen(context);
      await this.#answer(context, await onText(this.#deps, seen, context.activity.text ?? ''));
    } catch (error) {
      this.#deps.log.warn({ error: String((error as Error).stack ?? error) }, 'a message failed');
      await context.sendActivity(this.#failure(error));
    }
  }

  /** More than hands can do: a press is answered, a message is not; nothing else happens. */
  async slowDown(context: TurnContext): Promise<void> {
    const text = this.#deps.words.replies.slowDown();
    if (context.activity.type === 'invoke') {
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
    const { seen } = placeOf(activity);
    if (happened.what === 'removed') {
      this.#greeted.delete(seen.key);
      return onRemoved(this.#deps, seen.key);
    }
    if (happened.what !== 'added') return onConversationChange(this.#deps, activity, happened);
    const before = (await readChat(this.#deps.store, seen.key))?.value;
    // Who joins a chat is told to everybody in it, and again; only private and shared channels tell of the bot in no other way.
    const joined = activity.type === 'conversationUpdate';
    if (joined && (seen.kind === 'personal' || (before && !before.dead && !before.sleeping))) return;
    await this.#installed(context);
  }

  async #installed(context: TurnContext): Promise<void> {
    const { chat, actor } = await this.#seen(context);
    const name = nameIn(context.activity);
    const by = context.activity.from?.aadObjectId ? { installedBy: actor.key } : {};
    await updateChat(this.#deps.store, chat.key, (now = chat) => ({ ...now, ...by, ...(name ? { name } : {}) }));
    const at = this.#deps.clock.wallMs();
    if (at - (this.#greeted.get(chat.key) ?? 0) < GREETED_MS) return;
    keep(this.#greeted, chat.key, at);
    await this.#answer(context, await greet(this.#deps, { chat, actor }));
  }

  async #answer(context: TurnContext, back: Back): Promise<void> {
    singleTry(context, this.#adapter);
    for (const message of back.say) {
      if (typeof message === 'string') {
        await context.sendActivity({ type: 'message', text: message, textFormat: 'markdown' });
        continue;
      }
      const sent = await context.sendActivity(toActivity(message));
      if (message.handle && sent?.id) await noteActivity(this.#deps.store, message.handle, sent.id);
    }
  }

  async #meet(identity: Identity, personalChat: string | null, lately: boolean): Promise<Person> {
    const mark = JSON.stringify([identity, personalChat]);
    const known = this.#met.get(mark);
    if (lately && known && this.#deps.clock.wallMs() - known.atMs < MET_MS) return known.person;
    const person = await meet(this.#deps.store, identity, personalChat, dayOf(this.#deps.clock.now()));
    keep(this.#met, mark, { person, atMs: this.#deps.clock.wallMs() });
    return person;
  }

  /** Who speaks where. Object ids are opaque; a name is only for showing. `lately`: it will do who it was a moment ago. */
  async #seen(context: TurnContext, lately = false): Promise<Seen> {
    const { activity } = context;
    const { thread, seen } = placeOf(activity);
    const objectId = (activity.from?.aadObjectId ?? activity.from?.id ?? '').toLowerCase();
    const { hints } = this.#deps;
    const [chat, person, roles] = await Promise.all([
      meetChat(this.#deps.store, seen, async (key) => {
        await hints.before('speak', `chat ${key}`);
        hints.nudge('speak', `chat ${key}`);
      }),
      this.#meet({ objectId, tenantId: seen.tenantId, name: activity.from?.name ?? '' }, seen.kind === 'personal' ? seen.key : null, lately),
      this.#deps.directory.rolesOf(objectId),
    ]);
    return { chat, thread, actor: { key: person.key, tenant: seen.tenantId, name: person.name, roles } };
  }
}

/** Bounded: what was kept first goes first. */
function keep<V>(map: Map<string, V>, key: string, value: V): void {
  map.delete(key);
  map.set(key, value);
  if (map.size > KEPT_MAX) map.delete(map.keys().next().value as string);
}

/** The line for the presser knows no Markdown. */
function plain(text: string): string {
  return text.replaceAll('**', '').replace(/\\([[\])*_])/g, '$1');
}
