/** Files in a personal chat: what offers one, what comes back, and what shows where it lies. (Microsoft Learn, "Send and receive files using a bot".) */
import { noteOffered } from '../../services/export/grants.ts';
import { isOneDrive } from '../../services/export/upload.ts';
import type { Store } from '../../services/store/store.ts';
import type { FileAnswer } from '../turns/export.ts';
import type { TurnResult } from '../turns/turn.ts';
import type { Spoken } from './aloud.ts';

interface Attachment {
  contentType: string;
  contentUrl?: string;
  name: string;
  content: object;
}

const TEXT_MAX = 4_096;
const NAME_MAX = 200;

/** What a result brings beside its words, in the order in which it is said. */
export function fileMessages(store: Store, { offer, given, over }: TurnResult): { before: Spoken[]; after: Spoken[] } {
  const message = (one: Attachment) => ({ type: 'message', attachments: [one] });
  return {
    before: over ? [{ activity: { type: 'message', id: over.id, text: over.text } }] : [],
    after: [
      ...(offer ? [{ activity: message(offering(offer)), sent: (id: string) => noteOffered(store, offer.token, id) }] : []),
      ...(given ? [{ activity: message(lying(given)) }] : []),
    ],
  };
}

function offering({ name, description, sizeInBytes, token }: NonNullable<TurnResult['offer']>): Attachment {
  const context = { token };
  return {
    contentType: 'application/vnd.microsoft.teams.card.file.consent',
    name,
    content: { description, sizeInBytes, acceptContext: context, declineContext: context },
  };
}

function lying({ contentUrl, uniqueId, fileType, name }: NonNullable<TurnResult['given']>): Attachment {
  return { contentType: 'application/vnd.microsoft.teams.card.file.info', contentUrl, name, content: { uniqueId, fileType } };
}

/** What somebody answered to an offered file; null for what is none, or would send it elsewhere than to OneDrive. Pure. */
export function readFileAnswer(value: unknown, here: boolean): FileAnswer | null {
  const { action, context, uploadInfo } = objectOf(value);
  const { token } = objectOf(context);
  if (typeof token !== 'string' || (action !== 'accept' && action !== 'decline')) return null;
  if (action === 'decline') return { token, goes: null };
  const info = objectOf(uploadInfo);
  const [uploadUrl, contentUrl, uniqueId, fileType, name] = (['uploadUrl', 'contentUrl', 'uniqueId', 'fileType', 'name'] as const).map((one) =>
    textOf(info[one]),
  ) as [string, string, string, string, string];
  if (!isOneDrive(uploadUrl, here) || !isOneDrive(contentUrl, here)) return null;
  return { token, goes: { uploadUrl, contentUrl, uniqueId, fileType, name: name.slice(0, NAME_MAX) } };
}

function objectOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

function textOf(value: unknown): string {
  return typeof value === 'string' && value.length <= TEXT_MAX ? value : '';
}
