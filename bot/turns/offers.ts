/** A button for each command that a reply names. A name in bold is one: what is an example, or for somebody else to write, stands in quotes. Knows nothing of botbuilder. */
import type { RenderedCard } from '../../cards/chat/chat.ts';
import { withButtons } from '../../cards/chat/offers.ts';
import { parseCommand } from '../../dialogs/commands.ts';
import type { Command } from '../../dialogs/types.ts';
import { type Choice, newHandle } from '../../services/notify/handles.ts';
import { type Languages, spokenIn } from '../languages.ts';
import type { Turn, TurnDeps, TurnResult } from './turn.ts';

/** More would be a menu. */
const OFFERED_MAX = 4;
/** `cancel` and `back` answer what is asked when they are written, the consent is for one person alone, and the others are no commands, or not whole. */
const NOT_OFFERED: ReadonlySet<Command['command']> = new Set(['answer', 'incomplete', 'tooLong', 'cancel', 'back', 'consent']);
/** Written in bold, as safe text: what is escaped in it stands there without. */
const BOLD = /\*\*([^*]{1,200})\*\*/g;

/** What is said, with its buttons; a question which one was meant has its own. */
export async function offered(deps: OfferDeps, turn: Pick<Turn, 'chat'>, result: TurnResult): Promise<TurnResult> {
  if (result.which) return result;
  const say = await Promise.all(result.say.map((one) => withOffers(deps, turn, one)));
  const edit = result.edit && ((await withOffers(deps, turn, result.edit)) as RenderedCard);
  return { ...result, say, ...(edit ? { edit } : {}) };
}

type OfferDeps = Pick<TurnDeps, 'store' | 'clock' | 'words' | 'chatWords' | 'languages'>;

async function withOffers(deps: OfferDeps, { chat }: Pick<Turn, 'chat'>, said: string | RenderedCard): Promise<string | RenderedCard> {
  const words = typeof said === 'string' ? deps.words : deps.chatWords;
  const inText = (text: string) => commandsIn(text, deps.languages, words.lang);
  const commands =
    typeof said === 'string'
      ? inText(said)
      : [...new Set([...(said.names ?? []), ...textsIn(said.card).flatMap(inText)])].filter((one) => !said.has?.includes(one)).slice(0, OFFERED_MAX);
  if (commands.length === 0) return said;
  const choices = commands.map((text): Choice => ({ to: 'command', text, lang: words.lang }));
  const handle = await newHandle(deps.store, { kind: 'choice', chat: chat.key, choices }, deps.clock.now());
  return withButtons(said, { handle, commands }, words);
}

/** Whole commands that a text of a language names. */
export function commandsIn(text: string, languages: Languages, lang: string): string[] {
  const spoken = spokenIn(languages, lang);
  const named = [...text.matchAll(BOLD)].map(([, inner = '']) => inner.replaceAll('\u00a0', ' ').replace(/\\([[\])*_])/g, '$1'));
  return [...new Set(named)].filter((one) => !NOT_OFFERED.has(parseCommand(one, spoken).command)).slice(0, OFFERED_MAX);
}

/** What people read on a card. */
function textsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(textsIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => (typeof inner === 'string' ? (name === 'text' ? [inner] : []) : textsIn(inner)));
}
