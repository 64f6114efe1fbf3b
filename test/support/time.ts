/** Virtual time: what waits is woken in order, and nobody waits for real. */
import type { Clock } from '../../services/clock.ts';

export interface VirtualTime {
  clock: Clock;
  nowMs(): number;
  /** Runs until `done`, or throws after `forMs`. */
  run(done: () => boolean, forMs: number): Promise<void>;
}

const STARTED = Date.UTC(2027, 0, 20);
const ROUNDS = 3;

export function virtualTime(): VirtualTime {
  // A binary heap of [time, order, wake].
  const heap: [number, number, () => void][] = [];
  let nowMs = STARTED;
  let order = 0;
  const before = (a: [number, number, () => void], b: [number, number, () => void]) => a[0] < b[0] || (a[0] === b[0] && a[1] < b[1]);
  function push(at: number, wake: () => void): void {
    heap.push([at, order++, wake]);
    for (let index = heap.length - 1; index > 0; ) {
      const parent = (index - 1) >> 1;
      if (!before(heap[index] as never, heap[parent] as never)) return;
      [heap[index], heap[parent]] = [heap[parent] as never, heap[index] as never];
      index = parent;
    }
  }
  function pop(): [number, number, () => void] | undefined {
    const top = heap[0];
    const last = heap.pop();
    if (!top || !last || heap.length === 0) return top;
    heap[0] = last;
    for (let index = 0; ; ) {
      const [left, right] = [2 * index + 1, 2 * index + 2];
      let least = index;
      if (left < heap.length && before(heap[left] as never, heap[least] as never)) least = left;
      if (right < heap.length && before(heap[right] as never, heap[least] as never)) least = right;
      if (least === index) return top;
      [heap[index], heap[least]] = [heap[least] as never, heap[index] as never];
      index = least;
    }
  }
  const clock: Clock = {
    now: () => new Date(nowMs),
    wallMs: () => nowMs,
    sleep: (ms) => new Promise((resolve) => push(nowMs + Math.max(0, ms), resolve)),
  };
  return {
    clock,
    nowMs: () => nowMs,
    async run(done, forMs) {
      const end = nowMs + forMs;
      while (!done()) {
        // What was woken runs as far as it comes, by promises and by immediates, before time goes on.
        for (let round = 0; round < ROUNDS; round++) await new Promise(setImmediate);
        if (done()) return;
        const next = pop();
        if (!next || next[0] > end) throw new Error(`Not done after ${Math.round((nowMs - STARTED) / 1000)} virtual seconds.`);
        nowMs = next[0];
        next[2]();
      }
    },
  };
}
