/** The compose box of Teams: what a search command asks, and the shapes of its answers. (Teams documentation, "Search commands" and "Universal Actions for search-based message extensions".) */
import { type Activity, CardFactory, type MessagingExtensionAttachment, type MessagingExtensionQuery, type MessagingExtensionResponse } from 'botbuilder';
import type { RenderedCard } from '../../cards/chat/chat.ts';
import type { Found, Sharer } from '../turns/share.ts';
import { placeOf } from './events.ts';

/** Of the one command's one parameter, in `manifest/manifest.json`. */
const PARAMETER = 'what';

/** What is typed; empty before anything is. */
export function typedIn({ parameters }: MessagingExtensionQuery): string {
  const value: unknown = parameters?.find((one) => one.name === PARAMETER)?.value;
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
export function listAnswer(found: readonly Found[] | string): MessagingExtensionResponse {
  if (typeof found === 'string') return { composeExtension: { type: 'message', text: found } };
  return resultOf(
    found.map(({ title, text, pick }) => ({
      ...CardFactory.heroCard(title, text),
      preview: CardFactory.thumbnailCard(title, [], [], { text, tap: { type: 'invoke', title, value: pick } }),
    })),
  );
}

/** The card that goes into the compose box, or a line in its place. */
export function cardAnswer(card: RenderedCard | string): MessagingExtensionResponse {
  if (typeof card === 'string') return { composeExtension: { type: 'message', text: card } };
  return resultOf([{ ...CardFactory.adaptiveCard(card.card), preview: CardFactory.thumbnailCard(card.summary) }]);
}

function resultOf(attachments: MessagingExtensionAttachment[]): MessagingExtensionResponse {
  return { composeExtension: { type: 'result', attachmentLayout: 'list', attachments } };
}
