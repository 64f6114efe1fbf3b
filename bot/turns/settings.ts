/** What is set for a chat: shown, and changed once for each activity, under the version that somebody was shown. */
import { exceptNames, settingsCard } from '../../cards/chat/settings.ts';
import type { RenderedCard } from '../../cards/chat/chat.ts';
import { bare, nameBare, nameText, type Safe } from '../../cards/escape.ts';
import { settingsChanged, type SettingsSet, type SettingsWish } from '../../dialogs/settings.ts';
import { updateChat } from '../../services/chats.ts';
import { doneBefore, withDone } from '../../services/domain/activity.ts';
import { type SettingPart, zoneCalled } from '../../services/domain/settings.ts';
import type { Chat, Watching } from '../../services/domain/ticket.ts';
import { newHandle } from '../../services/notify/handles.ts';
import { chooseLanguage, namesOf } from '../../services/people/people.ts';
import { languageCalled, type Languages } from '../languages.ts';
import { said } from './replies.ts';
import { watchedBy } from './resolve.ts';
import { heardIn, type Turn, type TurnDeps, type TurnResult } from './turn.ts';

const ASKED_NAMES = 5;

function namesOfLanguages(languages: Languages): Safe[] {
  return Object.values(languages).map(({ names: [own] }) => bare(own, 60));
}

/** Typed: what is set is shown, after it was changed where there is a wish. */
export async function settings(deps: TurnDeps, turn: Turn, wish: SettingsWish | null): Promise<TurnResult> {
  if (wish === null) return { say: [await cardOf(deps, turn.chat)] };
  const set = await lookedUp(deps, turn.chat, wish);
  if (typeof set === 'string') return said(set);
  const { chat } = await store(deps, turn, set, null);
  return { say: [await cardOf(deps, chat)] };
}

/** Pressed: the form is saved over what it showed alone; everybody reads who did it. */
export async function saveSettings(deps: TurnDeps, turn: Turn, wish: SettingsWish, version: unknown): Promise<TurnResult> {
  const set = await lookedUp(deps, turn.chat, wish);
  if (typeof set === 'string') return { say: [], privately: set };
  const { chat, what } = await store(deps, turn, set, version);
  // Whoever has chosen another language in person is answered in that one.
  const { settings: say } = heardIn(deps, chat, turn.actor).words;
  const privately = what === 'stale' ? say.stale() : what.length > 0 ? say.saved({ who: nameText(turn.actor.name), what }) : say.same();
  return { say: [], edit: await cardOf(deps, chat), privately };
}

/** `version` null: whatever it is. */
async function store(
  deps: TurnDeps,
  { chat, actor, activity }: Turn,
  set: SettingsSet,
  version: unknown,
): Promise<{ chat: Chat; what: SettingPart[] | 'stale' }> {
  let what: SettingPart[] | 'stale' = [];
  const stored = await updateChat(deps.store, chat.key, (now = chat) => {
    what = now.settingsBy?.at(-1)?.what ?? [];
    if (doneBefore(now.done, activity)) return now;
    what = 'stale';
    if (version !== null && version !== (now.settingsVersion ?? 0)) return now;
    const next = settingsChanged(now, set, { by: actor.key, at: deps.clock.now().toISOString() });
    what = next.what;
    return next.what.length > 0 ? { ...next.chat, done: withDone(now.done, activity, null) } : now;
  });
  // In person it is that person's language everywhere.
  if (set.language !== undefined && stored.kind === 'personal' && Array.isArray(what)) await chooseLanguage(deps.store, actor.key, set.language);
  deps.log.info({ chat: chat.key, by: actor.key, what: String(what) }, 'the settings of a chat were asked to be changed');
  // What is held until an hour may be due at another one now.
  deps.wake.now({ queue: 'notify', what: 'chat', chat: chat.key });
  return { chat: stored, what };
}

async function lookedUp(deps: TurnDeps, chat: Chat, wish: SettingsWish): Promise<SettingsSet | string> {
  const { settings: say } = deps.words;
  const { zone: wanted, language: called, except: names, ...rest } = wish;
  const zone = wanted === undefined ? undefined : zoneCalled(wanted);
  if (zone === null) return say.noZone({ zone: bare(wanted ?? '', 60) });
  const language = called === undefined || called === null ? called : languageCalled(deps.languages, called);
  if (called && language === null) return say.noLanguage({ language: bare(called, 60), known: namesOfLanguages(deps.languages) });
  const except: Watching[] = [];
  for (const name of names ?? []) {
    const before = chat.settings?.worth?.except?.find((one) => exceptNames([one]).some((known) => nameBare(known) === nameBare(name)));
    const found = before ? { take: before } : await watchedBy(deps, name);
    if (found === null) return say.noName({ name: bare(name, 80) });
    if ('ask' in found) return say.manyNames({ name: bare(name, 80), names: found.ask.slice(0, ASKED_NAMES).map((one) => nameBare(one.name)) });
    except.push(found.take);
  }
  return { ...rest, ...(zone === undefined ? {} : { zone }), ...(language === undefined ? {} : { language }), ...(names ? { except } : {}) };
}

async function cardOf(of: TurnDeps, chat: Chat): Promise<RenderedCard> {
  const deps = heardIn(of, chat);
  const names = await namesOf(deps.store, [chat.settingsBy?.at(-1)?.by ?? null]);
  const handle = await newHandle(deps.store, { kind: 'chat', chat: chat.key }, deps.clock.now());
  const languages = Object.entries(deps.languages).map(
    ([
      tag,
      {
        names: [own],
      },
    ]) => ({ tag, own: bare(own, 60) }),
  );
  return { ...settingsCard(handle, { chat, names, languages, now: deps.clock.now().toISOString() }, deps.chatWords), handle };
}
