/** What is harmless to repeat is repeated, some times and with pauses. */

export interface Retry {
  tries: number;
  /** How long to wait before the next try, the first after `attempt` 1; null for a failure that stays. Asked after the last try too. */
  waitMs(error: unknown, attempt: number): number | null | Promise<number | null>;
  sleep(ms: number): Promise<void>;
}

/** What `work` brings; its last failure is thrown. */
export async function withRetry<T>({ tries, waitMs, sleep }: Retry, work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      const pauseMs = await waitMs(error, attempt);
      if (pauseMs === null || attempt >= tries) throw error;
      await sleep(pauseMs);
    }
  }
}
