import type { NotifyWakeUp } from '../queue/messages.ts';
import type { JobResult } from '../queue/worker.ts';
import { notifyChat } from './chatQueue.ts';
import type { NotifyDeps } from './ports.ts';
import { fanOut, fanOutDigest } from './fanOut.ts';

/** One turn. */
export async function handleNotify(deps: NotifyDeps, wakeUp: NotifyWakeUp): Promise<JobResult> {
  switch (wakeUp.what) {
    case 'fanOut':
      return fanOut(deps, wakeUp.customerId);
    case 'chat':
      return notifyChat(deps, wakeUp.chat);
    case 'digest':
      return fanOutDigest(deps);
  }
}
