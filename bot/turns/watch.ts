/** What a chat watches: set, taken back, shown, and offered when the bot comes in. */
import { greetingCard, type RenderedCard, watchingCard } from '../../cards/chat/chat.ts';
import { bare } from '../../cards/escape.ts';
import { settingsChanged } from '../../dialogs/settings.ts';
import { updateChat } from '../../services/chats.ts';
import { doneBefore, withDone } from '../../services/domain/activity.ts';
import { REMIND_USUALLY } from '../../services/domain/chat.ts';
import type { Chat, Watching } from '../../services/domain/ticket.ts';
import { newHandle } from '../../services/notify/handles.ts';
import { NAMELESS, namesOf } from '../../services/people/people.ts';
import { may } from '../../services/people/roles.ts';
import { isDryRun } from './aboutBot.ts';
import { said } from './replies.ts';
import { overview, watchCustomer, watchedBy, watchProgramme } from './resolve.ts';
import type { Turn, TurnDeps, TurnResult } from './turn.ts';
import { askWhich, customerOption } from './which.ts';

/** The counts are for those who may see them. A chat that watches already is not asked whether it should: the app came anew, or in a new version. */
export async function greet(deps: TurnDeps, { chat, actor }: Pick<Turn, 'chat' | 'actor'>): Promise<TurnResult> {
  if (chat.watching.length > 0 && may(actor.roles, 'see')) return { say: [await watchingNow(deps, chat)] };
  const handle = await newHandle(deps.store, { kind: 'chat', chat: chat.key }, deps.clock.now());
  const told = may(actor.roles, 'see') ? await overview(deps.store, null) : null;
  return {
    say: [
      {
        ...greetingCard(handle, told, deps.chatWords, {
          formerly: chat.watching.length === 0 ? chat.formerly : [],
          addedBy: actor.name === NAMELESS ? null : actor.name,
          dryRun: await isDryRun(deps),
        }),
        handle,
      },
    ],
  };
}

export async function watch(deps: TurnDeps, turn: Turn, what: string | null): Promise<TurnResult> {
  if (what === null) return watchThis(deps, turn, { what: 'all' });
  const wanted = await watchedBy(deps, what);
  if (wanted === null) return said(deps.words.replies.noWatch({ what: bare(what, 80) }));
  if ('take' in wanted) return watchThis(deps, turn, wanted.take);
  const customers = wanted.ask.filter((one) => !('offers' in one));
  const options = wanted.ask.map((one) =>
    'offers' in one
      ? {
          option: { title: one.name, kind: 'plan' as const, more: deps.chatWords.choice.programme },
          choice: { to: 'watch' as const, watching: watchProgramme(one) },
        }
      : { option: customerOption(one, customers, deps.chatWords), choice: { to: 'watch' as const, watching: watchCustomer(one) } },
  );
  return askWhich(deps, turn, { wanted: what, about: 'watch', options, atLeast: wanted.atLeast });
}

export async function watchThis(deps: TurnDeps, turn: Turn, watching: Watching): Promise<TurnResult> {
  return { say: [await watchingNow(deps, await storeWatching(deps, turn, [watching]))] };
}

/** Everything replaces single ones; a single one joins the others. */
async function storeWatching(deps: TurnDeps, turn: Turn, found: Watching[]): Promise<Chat> {
  const all = found.some((one) => one.what === 'all');
  const joined = (before: Watching[]) => [
    ...before.filter((one) => one.what !== 'all' && !found.some((two) => JSON.stringify(one) === JSON.stringify(two))),
    ...found,
  ];
  return changeWatching(deps, turn, (now) => ({
    ...now,
    watching: all ? found : joined(now.watching),
    watchedBy: turn.actor.key,
    watchedAt: deps.clock.now().toISOString(),
  }));
}

/** Changes what the chat watches, once for each activity. */
function changeWatching(deps: TurnDeps, { chat, activity }: Turn, change: (now: Chat) => Chat): Promise<Chat> {
  return updateChat(deps.store, chat.key, (now = chat) =>
    doneBefore(now.done, activity) ? now : { ...change(now), done: withDone(now.done, activity, null) },
  );
}

export async function unwatch(deps: TurnDeps, turn: Turn): Promise<TurnResult> {
  const chat = await changeWatching(deps, turn, (now) => ({ ...now, watching: [] }));
  return { say: [await watchingNow(deps, chat)] };
}

/** When this chat is reminded before a term ends: set, or only said where `days` is null. */
export async function remind(deps: TurnDeps, turn: Turn, days: number[] | null): Promise<TurnResult> {
  const chat =
    days === null
      ? turn.chat
      : await changeWatching(deps, turn, (now) => settingsChanged(now, { remind: days }, { by: turn.actor.key, at: deps.clock.now().toISOString() }).chat);
  return said(deps.words.replies.reminders({ days: chat.remind ?? REMIND_USUALLY }));
}

/** What the chat watched before the bot was taken out. */
export async function watchAgain(deps: TurnDeps, turn: Turn): Promise<TurnResult> {
  const { formerly = [] } = turn.chat;
  if (formerly.length === 0) return said(deps.words.replies.gone());
  const chat = await storeWatching(deps, turn, formerly);
  return { say: [await watchingNow(deps, chat)] };
}

export async function watchingNow(deps: TurnDeps, chat: Chat): Promise<RenderedCard> {
  const names = await namesOf(deps.store, [chat.watchedBy]);
  const handle = await newHandle(deps.store, { kind: 'chat', chat: chat.key }, deps.clock.now());
  const card = watchingCard(
    handle,
    {
      watching: chat.watching,
      by: (chat.watchedBy && names[chat.watchedBy]) || null,
      at: chat.watchedAt,
      overview: await overview(deps.store, chat),
      now: deps.clock.now().toISOString(),
    },
    deps.chatWords,
  );
  return { ...card, handle };
}
