/** Messages out, each at a time when Teams takes it. */
import type { Clock } from '../clock.ts';
import type { Chat } from '../domain/ticket.ts';
import type { Budget } from '../sharedBudget.ts';
import type { Deliver } from './ports.ts';
import { type RateWindows, waitFor } from './rateWindows.ts';

/** So long a taker waits in a chat for its next message; beyond it others have their turn first. */
const PATIENCE_MS = 2_500;

/** The chat may not be spoken to for a while; nothing was sent. */
export class RateLimited extends Error {
  override name = 'RateLimited';
  readonly waitMs: number;
  constructor(waitMs: number) {
    super(`Teams lets this chat be spoken to in ${waitMs} ms.`);
    this.waitMs = waitMs;
  }
}

/** The same deliveries, each at a time when Teams takes it; `pace` is written to. Throws RateLimited. */
export function rateLimited(deps: { clock: Clock; deliver: Deliver; tenantBudget(tenantId: string): Budget }, pace: RateWindows, now: () => number): Deliver {
  async function inTime<T>(chat: Chat, send: () => Promise<T>): Promise<T> {
    const wait = waitFor(pace.sent, 1, now());
    if (wait > PATIENCE_MS) throw new RateLimited(wait);
    if (wait > 0) await deps.clock.sleep(wait);
    await deps.tenantBudget(chat.tenantId).take();
    pace.sent.push(now());
    const answer = await send();
    pace.acceptedMs = deps.clock.now().getTime();
    return answer;
  }
  return {
    clockSkewMs: () => deps.deliver.clockSkewMs?.() ?? 0,
    post: (chat, message) => inTime(chat, () => deps.deliver.post(chat, message)),
    edit: (chat, notice, message) => inTime(chat, () => deps.deliver.edit(chat, notice, message)),
    say: (chat, thread, text, mentions) => inTime(chat, () => deps.deliver.say(chat, thread, text, mentions)),
  };
}
