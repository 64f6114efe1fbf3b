/** Files of tickets, decisions and the record: offered in person alone, as a file that Teams takes or by a link. Knows nothing of botbuilder. */
import { linkText } from '../../cards/escape.ts';
import { readChat } from '../../services/chats.ts';
import { later } from '../../services/clock.ts';
import { estimatedBytes, FILE_BYTES_MAX, fileName, inMemory } from '../../services/export/file.ts';
import { type AskedExport, type Grant, GRANT_MINUTES, grantExport, hashOf, readGrant, useGrant } from '../../services/export/grants.ts';
import { UPLOAD_MS } from '../../services/export/upload.ts';
import { personalChat } from '../../services/people/people.ts';
import { may } from '../../services/people/roles.ts';
import type { Row } from '../../services/store/store.ts';
import { ticketsGiven } from '../../services/tickets/tickets.ts';
import { dropErrand, freeErrand, holdFrom, sendOn } from './errand.ts';
import { fileText } from './exportFile.ts';
import { said, spoken } from './replies.ts';
import { freshActor, type Turn, type TurnDeps, type TurnResult } from './turn.ts';

/** What came back from Teams about a file that was offered. */
export interface FileAnswer {
  token: string;
  /** Where the file goes and will lie; null where it was declined. */
  goes: { uploadUrl: string; contentUrl: string; uniqueId: string; fileType: string; name: string } | null;
}

/** `export`: in person here, and from a chat of several in the personal chat of whoever asks. */
export async function exporting(deps: TurnDeps, turn: Turn, asked: AskedExport): Promise<TurnResult> {
  const { exported: say } = deps.words;
  const { what, format } = asked;
  if (turn.chat.kind === 'personal') return offer(deps, turn, { what, format });
  const key = await personalChat(deps.store, turn.actor.key);
  const chat = key ? (await readChat(deps.store, key))?.value : undefined;
  if (!chat || chat.dead || chat.kind !== 'personal' || chat.person !== turn.actor.key) return said(say.writeInPerson);
  const { conversation } = chat.reference as { conversation: { id: string } };
  const there = { ...turn, chat, thread: conversation.id, below: false, quoted: null };
  return said((await sendOn(deps, there, { what: 'export', asked: { what, format }, instead: false })) ? say.inPerson : say.tooMany);
}

/** A file that Teams takes, where it does and the file is none of the largest; else a link. */
export async function offer(deps: TurnDeps, turn: Turn, asked: AskedExport): Promise<TurnResult> {
  const { exported: say } = deps.words;
  const sizeInBytes = estimatedBytes(asked, await ticketsGiven(deps.store));
  if (!deps.exports.upload || sizeInBytes > FILE_BYTES_MAX) return byLink(deps, turn, asked, false);
  const token = await grantExport(deps.store, deps.clock, { ...asked, by: turn.actor.key, chat: turn.chat.key, how: 'file' });
  return { say: [], offer: { name: fileName(asked, deps.clock.now()), description: say.offer({ what: asked.what }), sizeInBytes, token } };
}

/** `instead`: of a file that could not be put into OneDrive. */
export async function byLink(deps: TurnDeps, turn: Turn, asked: AskedExport, instead: boolean): Promise<TurnResult> {
  const { exported: say } = deps.words;
  const token = await grantExport(deps.store, deps.clock, { ...asked, by: turn.actor.key, chat: turn.chat.key, how: 'link' });
  const told = { what: asked.what, link: linkText(`${deps.exports.address}?ticket=${token}`), minutes: GRANT_MINUTES };
  return said(instead ? say.linkInstead(told) : say.link(told));
}

/** The file, or the link in its place, as a loop brings it. Roles are those of this moment. */
export function bring(deps: TurnDeps, turn: Turn, asked: AskedExport, instead: boolean): Promise<TurnResult> {
  if (!may(turn.actor.roles, 'see')) return Promise.resolve({ say: [] });
  return instead ? byLink(deps, turn, asked, true) : offer(deps, turn, asked);
}

/**
 * What somebody answered to a file that was offered. It is written down before anything is sent that there is one to come: whatever ends in
 * between, a link comes in its place. Where the file is put is written nowhere.
 */
export async function fileAnswered(deps: TurnDeps, turn: Turn, { token, goes }: FileAnswer): Promise<TurnResult> {
  const { exported: say } = deps.words;
  const grant = await readGrant(deps.store, deps.clock, token);
  const isMine = grant?.value.how === 'file' && grant.value.by === turn.actor.key && grant.value.chat === turn.chat.key;
  if (!grant || !isMine) return said(say.gone);
  const actor = await freshActor(deps, turn.actor);
  if (!may(actor.roles, 'see')) return spoken(deps, turn, { say: 'mayNot', right: 'see' });
  const { offeredIn } = grant.value;
  const instead = offeredIn === undefined ? {} : { over: { id: offeredIn, text: goes ? say.coming : say.declined } };
  if (!goes)
    return (await useGrant(deps.store, deps.clock, grant, 'declined')) ? { say: offeredIn === undefined ? [say.declined] : [], ...instead } : said(say.gone);
  return { ...(await put(deps, turn, grant, goes)), ...instead };
}

async function put(deps: TurnDeps, turn: Turn, grant: Row<Grant>, goes: NonNullable<FileAnswer['goes']>): Promise<TurnResult> {
  const { exported: say } = deps.words;
  const { what, format } = grant.value;
  const until = later(deps.clock.now(), holdFrom(UPLOAD_MS));
  const key = await sendOn(deps, turn, { what: 'export', asked: { what, format }, instead: true }, { mark: hashOf(grant.key), until });
  if (!key) return said(say.tooMany);
  // Two presses at once: the other one is at it, and its errand bears the same name.
  if (!(await useGrant(deps.store, deps.clock, grant))) return { say: [] };
  if (await uploaded(deps, { what, format }, goes.uploadUrl)) {
    await dropErrand(deps.store, turn.chat.key, key);
    return { say: [say.given({ what })], given: goes };
  }
  await freeErrand(deps.store, turn.chat.key, key);
  deps.wake.now({ queue: 'move', what: 'lateAnswer', chat: turn.chat.key, key });
  return { say: [] };
}

/** Made anew, so that it is of this moment; false where it is too large, takes too long, or OneDrive does not take it. */
async function uploaded(deps: TurnDeps, asked: AskedExport, address: string): Promise<boolean> {
  const free = deps.exports.slots();
  if (!free || !deps.exports.upload) return false;
  const signal = AbortSignal.timeout(UPLOAD_MS);
  try {
    const file = await inMemory(whileAwaited(fileText(deps, asked), signal));
    return file !== null && (await deps.exports.upload(address, file, signal));
  } catch (error) {
    // Its address opens somebody's OneDrive: an error may name it, so only its kind is told.
    deps.log.warn({ error: (error as Error).name }, 'a file could not be put into OneDrive');
    return false;
  } finally {
    free();
  }
}

async function* whileAwaited(pieces: AsyncIterable<string>, signal: AbortSignal): AsyncGenerator<string> {
  for await (const piece of pieces) {
    signal.throwIfAborted();
    yield piece;
  }
}
