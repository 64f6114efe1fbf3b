/** Cards about the chat itself: greeting, what it watches, help, how the bot is. */
import type { Watching } from '../../services/domain/ticket.ts';
import { form, overflow, primary, secondary } from '../buttons.ts';
import { type Claim, claimsWatches } from '../claims.ts';
import { joined, nameText, type Safe, safe, without } from '../escape.ts';
import { type Card, renderTicket } from '../render.ts';
import type { Words } from '../text/words.ts';

export interface RenderedCard {
  card: Card;
  summary: string;
  /** What it says about the world. */
  claims?: readonly Claim[];
  /** The handle on it, which is to know where it stands. */
  handle?: string;
  /** What is said above it. */
  text?: string;
  /** Commands that it names in another way than in bold. */
  names?: readonly string[];
  /** Commands that it has buttons of its own for. */
  has?: readonly string[];
}

/** What the bot knows of its customers; `open` is null while it looks for the first time. */
export interface Overview {
  customers: number;
  open: number | null;
  /** Whether all that is watched was read. */
  whole?: boolean;
  next: string | null;
}

export interface Welcome {
  /** What the chat watched before the bot was taken out. */
  formerly?: Watching[] | undefined;
  /** Who put the bot here; null where nobody says. */
  addedBy?: string | null;
  /** It is on: nothing is bought or changed. */
  dryRun?: boolean;
}

/** `overview` null: the reader may not see the counts. */
export function greetingCard(handle: string, overview: Overview | null, words: Words, welcome: Welcome = {}): RenderedCard {
  const { formerly = [], addedBy = null, dryRun = false } = welcome;
  const { greeting: say, buttons: b, labels } = words;
  const aim = { id: handle, version: 0 };
  const looking = overview !== null && overview.open === null;
  const lead = joined([dryRun ? words.status.dryRun : null, formerly.length > 0 ? say.formerly(watchedNames(formerly)) : null]);
  const data = {
    lang: words.lang,
    speak: say.speak,
    urgent: false,
    who: say.who,
    ...(lead === '' ? {} : { lead }),
    effect: say.effect,
    sections: [],
    foot: joined([looking ? say.looking : null, say.commands, addedBy ? say.addedBy({ who: nameText(addedBy) }) : null]),
    ...(overview !== null && overview.open !== null
      ? {
          facts: [
            { title: labels.customers, value: words.number(overview.customers) },
            { title: labels.notRenewing, value: say.notRenewing(overview.open, overview.next, overview.whole ?? false) },
          ],
        }
      : {}),
    actions: [
      ...(formerly.length > 0
        ? [primary(b.watchAgain, 'watch.again', aim), overflow(b.watchHere, 'watch.here', aim)]
        : [primary(b.watchHere, 'watch.here', aim)]),
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
        [primary(b.watchThese, 'watch.here', aim, true)],
      ),
      overflow(b.whatCanYouDo, 'help', aim),
    ],
  };
  return { card: renderTicket(data, words), summary: say.speak };
}

export function watchingCard(
  handle: string,
  view: { watching: Watching[]; by: string | null; at: string | null; overview: Overview; now?: string },
  words: Words,
): RenderedCard {
  const { watching: say, buttons: b } = words;
  const aim = { id: handle, version: 0 };
  const opening = { lang: words.lang, urgent: false, sections: [] };
  if (view.watching.length === 0) {
    return {
      card: renderTicket(
        {
          ...opening,
          speak: say.none,
          state: say.notState,
          who: say.none,
          effect: say.noneEffect,
          actions: [primary(b.watchHere, 'watch.here', aim)],
        },
        words,
      ),
      summary: say.none,
      claims: [claimsWatches([], view.now)],
    };
  }
  const who = say.who({ customers: view.overview.customers, names: watchedNames(view.watching) });
  const gist = safe`${say.state}${words.signs.colon} ${who}.`;
  const data = {
    ...opening,
    speak: gist,
    state: say.state,
    who,
    effect: say.effect(view.overview.open, view.overview.whole ?? false),
    ...(view.by && view.at ? { foot: say.startedBy({ who: nameText(view.by), at: view.at }) } : {}),
    actions: [...(view.overview.open ? [secondary(b.showOpen, 'list.open', aim)] : []), overflow(b.stopWatching, 'watch.stop', aim)],
  };
  return { card: renderTicket(data, words), summary: gist, claims: [claimsWatches(view.watching, view.now)] };
}

/** Names of what is watched; none when it is everything. */
export function watchedNames(watching: Watching[]): Safe[] {
  if (watching.some((one) => one.what === 'all')) return [];
  return watching.map((one) => nameText(one.what === 'customer' ? one.customerName : one.what === 'programme' ? one.programme : ''));
}

export type HelpLine = keyof Words['help']['lines'];

/** What somebody can write to the bot: those lines of the help that are for this person; and whether a dry run is on. */
export function helpCard(lines: readonly HelpLine[], words: Words, dryRun = false): RenderedCard {
  const { help: say } = words;
  const commands = lines.map((line) => say.lines[line]);
  const speak = say.speak(commands.map(({ title }) => title));
  const facts = commands.map(({ title, value }) => ({ title, value: without(value, '`') }));
  return {
    card: renderTicket(
      {
        lang: words.lang,
        speak,
        urgent: false,
        who: say.who,
        ...(dryRun && facts.length > 0 ? { lead: words.status.dryRun } : {}),
        effect: facts.length > 0 ? say.effect : say.nobody,
        ...(facts.length > 0 ? { facts } : {}),
        sections: [],
        actions: [],
      },
      words,
    ),
    summary: speak,
  };
}
