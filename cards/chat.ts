/** Cards about the chat itself: greeting, what it watches, help, how the bot is. */
import type { Watching } from '../services/domain.ts';
import { COUNTED_MAX } from '../services/lists.ts';
import { type Claim, claimsWatches } from './claims.ts';
import { first, form, menu, second } from './buttons.ts';
import { nameText } from './harmless.ts';
import { type Card, renderMatter } from './render.ts';
import type { Words } from './text/en.ts';

export interface Drawn {
  card: Card;
  summary: string;
  /** What it says about the world. */
  claims?: readonly Claim[];
  /** The handle on it, which is to know where it stands. */
  handle?: string;
}

/** What the bot knows of its customers; `open` is null while it looks for the first time. */
export interface Overview {
  customers: number;
  open: number | null;
  /** When the last of them had been looked at; null where some could not be. */
  lookedAt?: string | null;
  /** Whether all that is watched was read. */
  whole?: boolean;
  next: string | null;
}

/** `overview` null: the reader may not see the counts. `formerly`: what the chat watched before the bot was taken out. */
export function greetingCard(handle: string, overview: Overview | null, words: Words, formerly: Watching[] = []): Drawn {
  const { greeting: say, buttons: b, labels } = words;
  const aim = { id: handle, version: 0 };
  const looking = overview !== null && overview.open === null;
  const data = {
    lang: words.lang,
    speak: say.speak,
    urgent: false,
    who: say.who,
    ...(formerly.length > 0 ? { lead: say.formerly(watchedNames(formerly)) } : {}),
    effect: say.effect,
    sections: [],
    ...(looking ? { foot: `${say.looking}.` } : {}),
    ...(overview !== null && overview.open !== null
      ? {
          facts: [
            { title: labels.customers, value: words.number(overview.customers) },
            { title: labels.notRenewing, value: say.notRenewing(overview.open, overview.next, overview.whole ?? false) },
          ],
        }
      : {}),
    actions: [
      ...(formerly.length > 0 ? [first(b.watchAgain, 'watch.again', aim), menu(b.watchHere, 'watch.here', aim)] : [first(b.watchHere, 'watch.here', aim)]),
      form(
        b.onlySome,
        [
          {
            type: 'Input.Text',
            id: 'filter',
            label: labels.filter,
            spacing: 'None',
            maxLength: 200,
            isRequired: true,
            placeholder: say.example,
            errorMessage: words.errors.filter,
          },
        ],
        [first(b.watchThese, 'watch.here', aim, true)],
      ),
      menu(b.whatCanYouDo, 'help', aim),
    ],
  };
  return { card: renderMatter(data), summary: say.speak };
}

export function watchingCard(
  handle: string,
  view: { watching: Watching[]; by: string | null; at: string | null; overview: Overview; now?: string },
  words: Words,
): Drawn {
  const { watching: say, buttons: b } = words;
  const aim = { id: handle, version: 0 };
  const opening = { lang: words.lang, urgent: false, sections: [] };
  if (view.watching.length === 0) {
    return {
      card: renderMatter({
        ...opening,
        speak: say.none,
        state: say.notState,
        who: say.none,
        effect: say.noneEffect,
        actions: [first(b.watchHere, 'watch.here', aim)],
      }),
      summary: say.none,
      claims: [claimsWatches([], view.now)],
    };
  }
  const who = say.who({ customers: view.overview.customers, names: watchedNames(view.watching) });
  const data = {
    ...opening,
    speak: `${say.state}: ${who}.`,
    state: say.state,
    who,
    effect: say.effect(view.overview.open, view.overview.whole ?? false),
    ...(view.by && view.at ? { foot: say.startedBy({ who: nameText(view.by), at: view.at }) } : {}),
    actions: [...(view.overview.open ? [second(b.showOpen, 'list.open', aim)] : []), menu(b.stopWatching, 'watch.stop', aim)],
  };
  return { card: renderMatter(data), summary: `${say.state}: ${who}.`, claims: [claimsWatches(view.watching, view.now)] };
}

/** Names of what is watched; none when it is everything. */
export function watchedNames(watching: Watching[]): string[] {
  if (watching.some((one) => one.what === 'all')) return [];
  return watching.map((one) => nameText(one.what === 'customer' ? one.customerName : one.what === 'programme' ? one.programme : ''));
}

/** `can`: whether this person may use a command, by its first word. */
export function helpCard(can: (command: string) => boolean, words: Words): Drawn {
  const { help: say } = words;
  const commands = say.commands.filter(([title]) => can(title.split(/[ ,]/)[0] as string));
  const speak = say.speak(commands.map(([title]) => title.split(/[ ,]/)[0]).join(', '));
  const facts = commands.map(([title, value]) => ({ title, value: value.replaceAll('`', '') }));
  return {
    card: renderMatter({
      lang: words.lang,
      speak,
      urgent: false,
      who: say.who,
      effect: facts.length > 0 ? say.effect : say.nobody,
      ...(facts.length > 0 ? { facts } : {}),
      sections: [],
      actions: [],
    }),
    summary: speak,
  };
}

export interface Status {
  customers: number;
  lookedAt: string | null;
  open: number;
  /** Customers that could not be looked at, and the names of some. */
  skipped: { count: number; names: string[] };
  /** What else could not be read: lines of their own, the list of customers first. */
  notRead?: { code: string | null; lines: string[] };
  /** Chats to which something is still to be said. */
  waiting: { chats: number; since: string | null; troubled: number };
  /** What Teams does not take. */
  teams?: { asleep: number; allAsleep: boolean; unknownSince: string | null };
  cost: { requests: number; looks: number; transactions: number; subscriptions: number };
  /** How late the looks come; 0 where the sweep keeps up. */
  lateMinutes: number;
  watching: Watching[];
  now?: string;
  reachable: boolean;
  /** null where nothing is switched off; `since` null where a setting did it. */
  readOnly: { since: { who: string; at: string } | null } | null;
}

export function statusCard(status: Status, words: Words): Drawn {
  const { status: say } = words;
  const teams = status.teams ?? { asleep: 0, allAsleep: false, unknownSince: null };
  const all = status.watching.some((one) => one.what === 'all');
  const facts = [
    { title: say.facts.customers, value: words.number(status.customers) },
    { title: say.facts.looked, value: say.looked(status.lookedAt) },
    { title: say.facts.open, value: say.many(status.open, COUNTED_MAX) },
    { title: say.facts.skipped, value: say.skipped(status.skipped.count) },
    { title: say.facts.waiting, value: say.waiting(status.waiting) },
    ...(teams.asleep > 0 ? [{ title: say.facts.asleep, value: say.asleep(teams.asleep) }] : []),
    { title: say.facts.cost, value: say.cost(status.cost) },
    { title: say.facts.chat, value: say.watching(all ? [say.all] : watchedNames(status.watching)) },
    ...(status.readOnly ? [{ title: say.facts.readOnly, value: say.readOnlyOn(status.readOnly.since) }] : []),
  ];
  const names = status.skipped.names.slice(0, 5).map(nameText);
  const effect = names.length > 0 ? { effect: say.skippedNames(names, status.skipped.count - names.length) } : {};
  const unsaid = teams.unknownSince ? say.unknown(teams.unknownSince) : teams.allAsleep ? say.allAsleep : null;
  const lead = unsaid ?? leadOf(status, words);
  const lines = status.notRead?.lines ?? [];
  const bullets = [...lines.slice(0, NOT_READ_MAX), ...(lines.length > NOT_READ_MAX ? [say.more(lines.length - NOT_READ_MAX)] : [])];
  const sections = lines.length > 0 ? [{ title: say.notRead, separator: true, bullets }] : [];
  return {
    card: renderMatter({ lang: words.lang, speak: lead, urgent: false, who: say.who, lead, ...effect, facts, sections, actions: [] }),
    summary: lead,
    claims: [claimsWatches(status.watching, status.now)],
  };
}

const NOT_READ_MAX = 8;

/** The gravest of what is not as it should be; that everything works only where nothing is. */
function leadOf(status: Status, words: Words): string {
  const { status: say } = words;
  if (status.readOnly) return say.readOnly;
  const code = status.notRead?.code ?? null;
  if (!status.reachable && (code === null || status.customers > 0)) return say.unreachable;
  if (code !== null) return say.listUnreadable(code);
  if (status.lateMinutes > 0) return say.late(status.lateMinutes);
  if (status.skipped.count > 0 || (status.notRead?.lines.length ?? 0) > 0) return say.partly;
  return status.waiting.troubled > 0 || (status.teams?.asleep ?? 0) > 0 ? say.chatsWait : say.ok;
}
