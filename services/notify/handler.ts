/** The Notify loop: what happened goes to inboxes, and what is in an inbox is said. */
import type { NotifyWakeUp } from '../queue/messages.ts';
import type { JobResult } from '../queue/worker.ts';
import { notifyChat } from './chatQueue.ts';
import { fanOut, fanOutDigest } from './fanOut.ts';
import { lookAtHours } from './hours.ts';
import type { NotifyDeps } from './ports.ts';

/** One turn. */
export async function handleNotify(deps: NotifyDeps, wakeUp: NotifyWakeUp): Promise<JobResult> {
  switch (wakeUp.what) {
    case 'fanOut':
      return fanOut(deps, wakeUp.customerId);
    case 'chat':
      return notifyChat(deps, wakeUp.chat);
    case 'digest':
      return fanOutDigest(deps);
    case 'hours':
      return lookAtHours(deps);
  }
}
