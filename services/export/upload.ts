/** Puts a file where Teams says that somebody takes it: OneDrive, and nowhere else. (Microsoft Learn, "Send and receive files": file consent.) */
import { isHere } from '../loopback.ts';

/** Where OneDrive for work lies: a host of one tenant below it. */
const ONEDRIVE = /^[a-z0-9][a-z0-9-]{0,62}\.sharepoint\.com$/;
const ADDRESS_MAX = 4_096;
/** Reading, making and sending together stay below what an errand is held. */
export const UPLOAD_MS = 45_000;

/** Whether a file may be put there; `here` only where tests run. Pure. */
export function isOneDrive(address: string, here: boolean): boolean {
  if (address.length > ADDRESS_MAX) return false;
  if (here && isHere(address)) return true;
  const url = URL.canParse(address) ? new URL(address) : null;
  return url?.protocol === 'https:' && url.port === '' && url.username === '' && url.password === '' && ONEDRIVE.test(url.hostname);
}

/** Sends the file, whole and once. It follows nobody elsewhere, and brings no token of ours. False where it was not taken. */
export async function uploadFile(address: string, file: Buffer, { here, signal }: { here: boolean; signal: AbortSignal }): Promise<boolean> {
  if (!isOneDrive(address, here) || file.length === 0) return false;
  const headers = { 'Content-Type': 'application/octet-stream', 'Content-Range': `bytes 0-${file.length - 1}/${file.length}` };
  const response = await fetch(address, { method: 'PUT', headers, body: new Uint8Array(file), redirect: 'error', signal });
  // What it says is nobody's to read.
  await response.body?.cancel();
  return response.status === 200 || response.status === 201;
}
