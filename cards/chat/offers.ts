/** Buttons for the commands that a reply or a card names. */
import { type Action, execute } from '../buttons.ts';
import { bare } from '../escape.ts';
import type { Card } from '../render.ts';
import type { Words } from '../text/words.ts';
import type { RenderedCard } from './chat.ts';

/** A button's title, beside others. */
const TITLE_MAX = 24;
/** Stand beside each other; the rest is behind the "…". */
const VISIBLE_MAX = 2;
const ACTIONS_MAX = 6;

/** Below a card its buttons join those that are there; below a text they are a card without words of its own. */
export function withButtons(said: string | RenderedCard, { handle, commands }: { handle: string; commands: readonly string[] }, words: Words): RenderedCard {
  if (typeof said === 'string') {
    const spoken = bare(said, said.length);
    const opening = { type: 'AdaptiveCard', $schema: 'http://adaptivecards.io/schemas/adaptive-card.json', version: '1.5' };
    const card = { ...opening, lang: words.lang, speak: spoken, fallbackText: spoken, body: [], actions: buttonsOf(commands, handle, []) };
    return { card, summary: spoken, text: said };
  }
  const before = (said.card.actions as Action[] | undefined) ?? [];
  const actions = [...before, ...buttonsOf(commands, handle, before)].slice(0, ACTIONS_MAX);
  return { ...said, card: { ...said.card, actions } as Card };
}

function buttonsOf(commands: readonly string[], handle: string, before: readonly Action[]): Action[] {
  const room = VISIBLE_MAX - before.filter((one) => one.mode !== 'secondary').length;
  return commands.map((command, index) => {
    const title = bare(`${command[0]?.toUpperCase() ?? ''}${command.slice(1)}`, TITLE_MAX);
    return execute(title, 'choice.take', { id: handle, version: 0 }, { ...(index < room ? {} : { mode: 'secondary' as const }), more: { choice: index } });
  });
}
