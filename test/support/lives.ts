/** A bot that is killed at its n-th write or message, for every n, before it and right after it, and another that goes on. */
import assert from 'node:assert/strict';
import { handleNotify } from '../../services/notify/handler.ts';
import type { NotifyDeps } from '../../services/notify/ports.ts';
import type { Store } from '../../services/store/store.ts';
import { MINUTE_MS, type NotifyingWorld, openNotifying } from './notifying.ts';

class Killed extends Error {}

interface Life {
  startsAt: string;
  /** What is there when the first bot begins. */
  begin(world: NotifyingWorld): Promise<void>;
  chat: string;
  /** Whether a message, a line or a card as its sentence, is the one that is to come once. */
  isIt(said: string): boolean;
  after(world: NotifyingWorld): Promise<void>;
}

const LIVES = 6;
const HOURS_AND_CHAT = ['hours', 'chat', 'chat'] as const;

/** The message comes once, wherever the bot dies; twice only where it dies between Teams' answer and the note of it. */
export async function livesOf(life: Life): Promise<void> {
  const places: string[] = [];
  for (const when of ['before', 'after'] as const)
    for (let n = 0; ; n++) {
      const { said, diedAt } = await live(life, n, when);
      if (diedAt === null) break;
      places.push(diedAt);
      // The note of it is the commit of the chat's row that comes next.
      const unsure = diedAt === (when === 'after' ? 'message' : 'note of it');
      assert.ok(said === 1 || (unsure && said === 2), `killed ${when} ${n}, ${diedAt}: it came ${said} times`);
    }
  assert.ok(places.includes('message') && places.length >= 10, places.join(', '));
}

async function live(life: Life, n: number, when: 'before' | 'after'): Promise<{ said: number; diedAt: string | null }> {
  const world = openNotifying();
  world.stop();
  await life.begin(world);
  let [steps, nowMs, dead] = [0, Date.parse(life.startsAt), false];
  let diedAt: string | null = null;
  const messages: string[] = [];
  async function step<T>(what: string, work: () => Promise<T>): Promise<T> {
    if (dead) throw new Killed();
    const kills = diedAt === null && steps++ === n;
    if (kills) [diedAt, dead] = [what === life.chat && messages.some(life.isIt) ? 'note of it' : what, true];
    if (kills && when === 'before') throw new Killed();
    const done = await work();
    if (kills) throw new Killed();
    return done;
  }
  const { store, deliver } = world.deps;
  const dying: Store = {
    ...store,
    commit: (...given) => step(given[1], () => store.commit(...given)),
    put: (...given) => step(`put ${given[2]}`, () => store.put(...given)),
    remove: (...given) => step(`remove ${given[2]}`, () => store.remove(...given)),
  };
  const take = (text: string) => step('message', async () => void messages.push(text));
  const deps: NotifyDeps = {
    ...world.deps,
    ...{ store: dying, wake: { schedule: async () => {}, now: () => {} } },
    clock: { now: () => new Date(nowMs), wallMs: () => nowMs, sleep: () => new Promise<void>(() => {}) },
    deliver: {
      ...deliver,
      say: (_chat, _thread, text) => take(text),
      post: async (_chat, { summary }) => {
        await take(summary);
        return { activityId: 'm1', thread: life.chat };
      },
    },
  };
  const killed = (error: unknown) => assert.ok(error instanceof Killed, String(error));
  for (let bot = 0; bot < LIVES; bot++) {
    dead = false;
    const mine = { ...deps, workerId: `bot${bot}`, seenLeases: new Map() };
    const turn = (what: 'hours' | 'chat') => handleNotify(mine, { queue: 'notify', what, chat: life.chat } as Parameters<typeof handleNotify>[1]).catch(killed);
    for (const what of HOURS_AND_CHAT) await turn(what);
    // The lease of whoever died runs out.
    for (let waited = 0; waited < 3; waited++) {
      nowMs += 8 * MINUTE_MS;
      await turn('chat');
    }
  }
  await life.after(world);
  return { said: messages.filter(life.isIt).length, diedAt };
}
