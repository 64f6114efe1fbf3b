/** The compose box of Teams: what a search command asks, and the shapes of its answers. (Teams documentation, "Search commands" and "Universal Actions for search-based message extensions".) */
import type { RenderedCard } from '../../cards/chat/chat.ts';
import type { Found, Sharer } from '../turns/share.ts';
import { placeOf } from './events.ts';
import { type Activity, adaptiveCard } from './sdk.ts';

/** Of the one command's one parameter, in `manifest/manifest.json`. */
const PARAMETER = 'what';

/** What is typed; empty before anything is. */
export function typedIn(query: unknown): string {
  const { parameters } = (query ?? {}) as { parameters?: { name?: unknown; value?: unknown }[] };
  const value = parameters?.find((one) => one.name === PARAMETER)?.value;
  return typeof value === 'string' ? value : '';
}

/** Who looks, and where. The chat may be one that the bot is no member of. */
export function sharerOf(activity: Activity): Sharer {
  return { objectId: objectIdOf(activity), chat: placeOf(activity).chat.key };
}

/** Opaque; the same in any case. */
export function objectIdOf({ from }: Activity): string {
  return (from?.aadObjectId || from?.id || '').toLowerCase();
}

/** A list to pick from, or a line in its place. Picking asks the bot again: none of these carries a handle. */
export function listAnswer(found: readonly Found[] | string) {
  if (typeof found === 'string') return { composeExtension: { type: 'message', text: found } };
  return resultOf(
    found.map(({ title, text, pick }) => ({
      ...legacyCard('hero', { title, text }),
      preview: legacyCard('thumbnail', { title, text, tap: { type: 'invoke', title, value: pick } }),
    })),
  );
}

/** The card that goes into the compose box, or a line in its place. */
export function cardAnswer(card: RenderedCard | string) {
  if (typeof card === 'string') return { composeExtension: { type: 'message', text: card } };
  return resultOf([{ ...adaptiveCard(card.card), preview: legacyCard('thumbnail', { title: card.summary }) }]);
}

function resultOf(attachments: object[]) {
  return { composeExtension: { type: 'result', attachmentLayout: 'list', attachments } };
}

function legacyCard(kind: 'hero' | 'thumbnail', content: object) {
  return { contentType: `application/vnd.microsoft.card.${kind}`, content: { ...content, images: [], buttons: [] } };
}
