/** Waiting for what is not there yet, in virtual time. */
import assert from 'node:assert/strict';
import { createWaits, type Waits } from '../../../bot/waits.ts';
import type { Clock } from '../../../services/clock.ts';
import { StartError } from '../../../services/startError.ts';

interface World {
  waits: Waits;
  said: { at: number; what: string; why: string }[];
  came: { at: number; seconds: number }[];
  /** Lets so many seconds pass. */
  pass(seconds: number): Promise<void>;
  atS(): number;
  sleep(ms: number): Promise<void>;
}

function world(): World {
  let nowMs = 0;
  const sleepers: { untilMs: number; wake: () => void }[] = [];
  const clock: Clock = {
    now: () => new Date(nowMs),
    wallMs: () => nowMs,
    sleep: (ms) => new Promise((wake) => void sleepers.push({ untilMs: nowMs + ms, wake })),
  };
  const said: World['said'] = [];
  const came: World['came'] = [];
  const settle = async () => {
    for (let n = 0; n < 10; n++) await new Promise((resolve) => setImmediate(resolve));
  };
  return {
    said,
    came,
    waits: createWaits(
      clock,
      ({ what, why }) => void said.push({ at: nowMs / 1000, what, why }),
      ({ seconds }) => void came.push({ at: nowMs / 1000, seconds }),
    ),
    atS: () => nowMs / 1000,
    sleep: clock.sleep,
    async pass(seconds) {
      const endMs = nowMs + seconds * 1000;
      for (await settle(); ; await settle()) {
        const next = sleepers.sort((a, b) => a.untilMs - b.untilMs)[0];
        if (!next || next.untilMs > endMs) break;
        sleepers.shift();
        nowMs = next.untilMs;
        next.wake();
      }
      nowMs = endMs;
    },
  };
}

describe('waiting for what is not there yet', () => {
  it('what answers at once is never said', async () => {
    const { waits, said, came, pass } = world();
    assert.equal(await waits.until('storage', async () => 7), 7);
    await pass(100);
    assert.deepEqual([said, came, waits.names()], [[], [], []]);
  });

  it('is said within five seconds, with the reason, then ever more seldom', async () => {
    const { waits, said, pass } = world();
    void waits.until('storage', () => Promise.reject(new Error('connect ECONNREFUSED\nand more')));
    await pass(3_600);
    assert.ok((said[0]?.at ?? 99) <= 5);
    assert.deepEqual([said[0]?.what, said[0]?.why, waits.names()], ['storage', 'connect ECONNREFUSED', ['storage']]);
    const pauses = said.slice(1).map((one, index) => one.at - (said[index]?.at ?? 0));
    for (const [index, pause] of pauses.entries()) assert.ok(pause >= (pauses[index - 1] ?? 0), 'growing');
    assert.ok(said.length < 16, `${said.length} lines in an hour`);
  });

  it('is said too where the try hangs', async () => {
    const { waits, said, pass } = world();
    void waits.until('storage', () => new Promise(() => {}));
    await pass(5);
    assert.equal(said[0]?.why, 'it has not answered yet');
  });

  for (const awayS of [1, 60, 3_600])
    it(`what comes back after ${awayS} s is noticed within five seconds`, async () => {
      const { waits, came, pass, atS } = world();
      let doneS = 0;
      void waits
        .until('storage', async () => {
          if (atS() < awayS) throw new Error('away');
        })
        .then(() => (doneS = atS()));
      await pass(awayS + 10);
      assert.ok(doneS >= awayS && doneS - awayS <= 5, `at ${doneS}`);
      assert.deepEqual([came.length, waits.names()], [awayS > 3 ? 1 : 0, []]);
    });

  for (const awayS of [1, 60, 3_600])
    it(`what hangs for ${awayS} s, and then answers only who asks anew, is noticed within ten seconds`, async () => {
      const { waits, pass, atS } = world();
      let doneS = 0;
      void waits.until('the vault', () => (atS() < awayS ? new Promise<void>(() => {}) : Promise.resolve())).then(() => (doneS = atS()));
      await pass(awayS + 15);
      assert.ok(doneS >= awayS && doneS - awayS < 10, `at ${doneS}`);
    });

  it('a line on which each try takes more than a minute is slow, and not dead; the tries beside it stay few', async () => {
    const { waits, pass, atS, sleep } = world();
    let doneS = 0;
    let tries = 0;
    void waits
      .until('storage', () => {
        tries += 1;
        return sleep(70_000);
      })
      .then(() => (doneS = atS()));
    await pass(100);
    assert.equal(doneS, 70);
    assert.ok(tries < 12, `${tries} tries`);
  });

  it('a try that hangs and fails after all leaves its place to the next', async () => {
    const { waits, pass, atS, sleep } = world();
    let doneS = 0;
    void waits
      .until('storage', async () => {
        await sleep(30_000);
        if (atS() < 100) throw new Error('cut');
      })
      .then(() => (doneS = atS()));
    await pass(200);
    assert.ok(doneS > 100 && doneS < 145, `at ${doneS}`);
  });

  it('a start that cannot be is not tried again', async () => {
    const { waits } = world();
    let tries = 0;
    await assert.rejects(
      waits.until('storage', async () => {
        tries++;
        throw new StartError('another format');
      }),
      /another format/,
    );
    assert.equal(tries, 1);
  });

  it('one that is stopped ends with the next failure, and says nothing more', async () => {
    const { waits, said, pass } = world();
    let failed = false;
    void waits.until('storage', () => Promise.reject(new Error('away'))).catch(() => (failed = true));
    await pass(10);
    const before = said.length;
    waits.stop();
    await pass(3_600);
    assert.deepEqual([failed, said.length, waits.names()], [true, before, []]);
  });
});
