/** Says how far a long command is, every few seconds, on a terminal and in a log alike: `crash: 240 of 1151 runs, 0 findings, 31 s`. */
const EVERY_MS = 3_000;

export interface Progress {
  /** Says it where it is due; for work that keeps the event loop to itself. */
  step(): void;
  end(): void;
}

/** A line to standard error every three seconds until `end`; `far` says what stands between the name and the seconds. */
export function progress(name: string, far: () => string): Progress {
  const startedAt = performance.now();
  let toldAt = startedAt;
  function step(): void {
    const now = performance.now();
    if (now - toldAt < EVERY_MS) return;
    toldAt = now;
    console.error(`${name}: ${far()}, ${Math.round((now - startedAt) / 1_000)} s`);
  }
  const timer = setInterval(step, EVERY_MS);
  timer.unref();
  return { step, end: () => clearInterval(timer) };
}
