import type { JobResult } from '../queue/worker.ts';
import { notifyChat } from './chatQueue.ts';
import type { NotifyDeps } from './ports.ts';
import { fanOut, fanOutDigest } from './fanOut.ts';

/** One turn: `spread <customer>`, `chat <key>` or `digest`. */
export async function handleNotify(deps: NotifyDeps, text: string): Promise<JobResult> {
  const [what, id = ''] = text.split(' ');
  if (what === 'spread') return fanOut(deps, id);
  if (what === 'chat') return notifyChat(deps, id);
  if (what === 'digest') return fanOutDigest(deps);
  return 'drop';
}
