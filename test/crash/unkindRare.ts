import type { Between, Scene } from './unkind.ts';
import type { Told } from './wire.ts';
import type { Json } from '../../services/local/sandbox/bodies.ts';

type Rule = (scene: Scene) => Between | null;

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
const sleep = (scene: Scene, ms: number) => new Promise<void>((resolve) => scene.later(ms, resolve));

/** Its subscriptions are listed so late that nobody waits for them, for a quarter of an hour. */
const silent: Rule = (scene) => {
  const untilMs = scene.world.sim.nowMs() + 15 * MINUTE_MS;
  return async (asked, next) => {
    if (asked.method === 'GET' && asked.path.endsWith('/subscriptions') && scene.world.sim.nowMs() < untilMs) await sleep(scene, 10 * MINUTE_MS);
    return next(asked);
  };
};

/** The first price takes longer than people wait for it. */
const lateCart: Rule = (scene) => {
  let left = 1;
  return async (asked, next) => {
    const told = await next(asked);
    if (asked.method === 'POST' && asked.path.endsWith('/carts') && left-- > 0) await sleep(scene, 20 * SECOND_MS);
    return told;
  };
};

const refused: Told = {
  status: 400,
  json: { code: 3000, description: 'The licences of this user cannot be read.', data: [], source: 'PartnerFD' },
  headers: {},
};

/** Somebody's licences cannot be read, and the seats are not counted, for three quarters of an hour. */
const unreadPerson: Rule = (scene) => {
  const untilMs = scene.world.sim.nowMs() + 45 * MINUTE_MS;
  const who = scene.customer.users[0]?.id ?? '';
  return async (asked, next) => {
    if (asked.method !== 'GET' || scene.world.sim.nowMs() > untilMs) return next(asked);
    if (asked.path.endsWith(`/users/${who}/licenses`)) return refused;
    const told = await next(asked);
    if (!asked.path.endsWith('/subscribedskus') || told.status >= 300) return told;
    const json = structuredClone(told.json) as { items: Json[] };
    for (const one of json.items) delete one.consumedUnits;
    return { ...told, json };
  };
};

export const RARE: Readonly<Record<string, Rule>> = { silent, lateCart, unreadPerson };

/** One of them, or none. */
export function drawRare(dice: () => number): string[] {
  const names = Object.keys(RARE);
  return dice() < 0.06 ? [names[Math.floor(dice() * names.length)] as string] : [];
}
