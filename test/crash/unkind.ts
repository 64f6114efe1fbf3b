/** What the real Partner Center does and a kind one does not: each rule disturbs one customer in one way. A seed draws a few. */
import type { HeldCart, HeldCustomer, HeldSubscription } from '../../services/local/sandbox/state.ts';
import { RARE } from './unkindRare.ts';
import { type Asked, NobodyHeard, type Next, type Told } from './wire.ts';
import type { SimulatedWorld } from './world.ts';
import type { Json } from '../../services/local/sandbox/bodies.ts';

export interface Scene {
  world: SimulatedWorld;
  /** The customer that it happens to. */
  customer: HeldCustomer;
  dice(): number;
  /** Does it after so long, whoever asked. */
  later(ms: number, what: () => void): void;
}

/** Stands between the bot and the sandbox. */
export type Between = (asked: Asked, next: Next) => Promise<Told>;

type Rule = (scene: Scene) => Between | null;

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
const oneOf = <T>(dice: () => number, all: readonly T[]): T => all[Math.floor(dice() * all.length)] as T;
const fail = (status: number, code: number | null, description = 'Not now.'): Told => ({
  status,
  json: code === null ? {} : { code, description, data: [], source: 'PartnerFD' },
  headers: {},
});
const sleep = (scene: Scene, ms: number) => new Promise<void>((resolve) => scene.later(ms, resolve));
const isGet = (asked: Asked, path: RegExp) => asked.method === 'GET' && path.test(asked.path);
const isCheckout = (asked: Asked) => asked.method === 'POST' && asked.path.endsWith('/checkout');
const isCart = (asked: Asked) => isGet(asked, /\/carts\/[^/]+$/);
const isList = (asked: Asked) => isGet(asked, /\/subscriptions$/);
const isSuspend = (asked: Asked) => asked.method === 'PATCH' && /\/subscriptions\/[^/]+$/.test(asked.path);
const isSwap = (asked: Asked) => asked.method === 'POST' && asked.path.endsWith('/licenseupdates');
const isPools = (asked: Asked) => isGet(asked, /\/subscribedskus$/);
const old = (customer: HeldCustomer) => customer.subscriptions[0] as HeldSubscription;

/** Changes what a good answer says, on a copy. */
function retold(told: Told, change: (json: Json) => void): Told {
  if (told.status >= 300 || !told.json) return told;
  const json = structuredClone(told.json) as Json;
  change(json);
  return { ...told, json };
}

function items(json: Json): Json[] {
  return (json.items ?? []) as Json[];
}

const ROUTES: readonly RegExp[] = [
  /checkout$/,
  /\/carts$/,
  /\/carts\//,
  /\/subscriptions$/,
  /\/subscriptions\/[^/]+$/,
  /licenseupdates$/,
  /licenses$/,
  /subscribedskus$/,
  /\/orders/,
  /provisioningstatus$/,
  /\/users/,
  /availabilities$/,
];

/** Slow, before or after the work. */
const late: Rule = (scene) => {
  const route = oneOf(scene.dice, ROUTES);
  return async (asked, next) => {
    if (!route.test(asked.path) || scene.dice() < 0.6) return next(asked);
    const ms = oneOf(scene.dice, [5, 15, 40, 100]) * SECOND_MS;
    if (scene.dice() < 0.5) await sleep(scene, ms);
    const told = await next(asked);
    await sleep(scene, ms);
    return told;
  };
};

/** The answer is lost while the work goes on; whoever asks meanwhile is refused. */
const worksOn: Rule = (scene) => {
  const workMs = oneOf(scene.dice, [20 * SECOND_MS, 2 * MINUTE_MS, 8 * MINUTE_MS, 14 * MINUTE_MS]);
  const [status, code] = oneOf(scene.dice, [
    [409, null],
    [400, 800002],
    [400, 800009],
    [404, 800008],
    [403, null],
  ] as const);
  const never = scene.dice() < 0.2;
  const begun = new Set<string>();
  return async (asked, next) => {
    if (!isCheckout(asked)) return next(asked);
    if (!begun.has(asked.path)) {
      begun.add(asked.path);
      if (!never) scene.later(workMs, () => void next({ ...asked, headers: { ...asked.headers, 'ms-requestid': `late ${asked.headers['ms-requestid']}` } }));
      scene.later(workMs, () => begun.add(`${asked.path} done`));
      if (scene.dice() < 0.5) await sleep(scene, 35 * SECOND_MS);
      throw new NobodyHeard('the answer was lost');
    }
    return begun.has(`${asked.path} done`) ? next(asked) : fail(status, code);
  };
};

/** What was just made is not found by other parts of Partner Center yet. */
const heals404: Rule = (scene) => {
  const healMs = oneOf(scene.dice, [20 * SECOND_MS, 3 * MINUTE_MS, 15 * MINUTE_MS]);
  const part = oneOf(scene.dice, [/\/orders\/[^/]+$/, /\/subscriptions\/[^/]+(\/provisioningstatus)?$/]);
  return async (asked, next) => {
    const id = /\/(?:orders|subscriptions)\/([^/]+)/.exec(asked.path)?.[1] ?? '';
    const order = scene.customer.orders.find((one) => one.wire.id === id || one.subscription === id);
    const made = order ? scene.world.orderedAt.get(order.wire.id) : undefined;
    if (asked.method === 'GET' && part.test(asked.path) && made !== undefined && scene.world.sim.nowMs() - made < healMs) return fail(404, 20000);
    return next(asked);
  };
};

/** Taken, and done a while later; asked again, it is done again. */
const accepted: Rule = (scene) => {
  const doneMs = oneOf(scene.dice, [20 * SECOND_MS, 2 * MINUTE_MS, 9 * MINUTE_MS]);
  return async (asked, next) => {
    if (!isSuspend(asked)) return next(asked);
    const headers = { ...asked.headers, 'if-match': '', 'ms-requestid': `late ${asked.headers['ms-requestid']}` };
    scene.later(doneMs, () => {
      // It was taken as a change of the status: what somebody has changed meanwhile stays.
      const { autoRenewEnabled, quantity } = old(scene.customer).wire;
      void next({ ...asked, headers, body: JSON.stringify({ ...(JSON.parse(asked.body) as Json), autoRenewEnabled, quantity }) });
    });
    return { status: 202, json: null, headers: {} };
  };
};

/** An error is given again to the same request id, for ever. */
const replays: Rule = (scene) => {
  const kept = new Map<string, Told>();
  const route = oneOf(scene.dice, [/checkout$/, /\/carts$/, /licenseupdates$/, /\/subscriptions\/[^/]+$/]);
  let left = 1 + Math.floor(scene.dice() * 3);
  return async (asked, next) => {
    if (asked.method === 'GET' || !route.test(asked.path)) return next(asked);
    const key = `${asked.headers['ms-requestid']} ${asked.path}`;
    const before = kept.get(key);
    if (before) return before;
    if (left === 0) return next(asked);
    left -= 1;
    const told = oneOf(scene.dice, [fail(500, 2000), fail(503, null), fail(500, null)]);
    kept.set(key, told);
    return told;
  };
};

/** Carts as other parts of the documentation show them: no status, a date spelled otherwise, none at all, gone once ordered. */
const oddCart: Rule = (scene) => {
  const how = oneOf(scene.dice, ['noStatus', 'noExpiry', 'spaces', 'american', 'gone', 'statusLater'] as const);
  const fromMs = scene.world.sim.nowMs();
  return async (asked, next) => {
    if (how === 'gone' && isCart(asked)) {
      const cart = scene.customer.carts.find((one) => one.wire.id === asked.path.split('/').at(-1));
      return cart?.checkout ? fail(404, 800008) : next(asked);
    }
    if (!isCart(asked) && !(asked.method === 'POST' && asked.path.endsWith('/carts'))) return next(asked);
    return retold(await next(asked), (json) => {
      const until = String(json.expirationTimestamp);
      if (how === 'noStatus' || (how === 'statusLater' && scene.world.sim.nowMs() - fromMs < 5 * MINUTE_MS)) delete json.status;
      if (how === 'noExpiry') delete json.expirationTimestamp;
      if (how === 'spaces') json.expirationTimestamp = until.replaceAll(':', ': ');
      if (how === 'american') json.expirationTimestamp = `${until.slice(5, 7)}/${until.slice(8, 10)}/${until.slice(0, 4)} 9:00:00 AM`;
    });
  };
};

/** Somebody, or something, changes the cart after it was priced. */
const changedCart: Rule = (scene) => {
  const how = oneOf(scene.dice, ['line', 'more', 'billing', 'currency', 'price', 'term'] as const);
  const afterMs = oneOf(scene.dice, [3, 10, 30]) * SECOND_MS;
  let left = 1;
  return async (asked, next) => {
    const told = await next(asked);
    if (asked.method === 'POST' && asked.path.endsWith('/carts') && told.status < 300 && left-- > 0) {
      const id = String((told.json as Json).id);
      scene.later(afterMs, () =>
        changeCart(
          scene,
          scene.customer.carts.find((one) => one.wire.id === id),
          how,
        ),
      );
    }
    return told;
  };
};

function changeCart(scene: Scene, cart: HeldCart | undefined, how: string): void {
  const line = cart?.wire.lineItems[0];
  if (!cart || !line || cart.checkout) return;
  const pricing = line.pricing as Record<string, number>;
  scene.world.cartsChanged.set(cart.wire.id, scene.world.sim.nowMs());
  if (how === 'line') cart.wire.lineItems.push({ ...structuredClone(line), id: 1 });
  if (how === 'more') line.quantity = Number(line.quantity) + 1;
  if (how === 'billing') line.billingCycle = line.billingCycle === 'annual' ? 'monthly' : 'annual';
  if (how === 'currency') line.currencyCode = 'USD';
  if (how === 'term') line.termDuration = 'P3Y';
  if (how === 'price') line.pricing = Object.fromEntries(Object.entries(pricing).map(([name, value]) => [name, value * 2]));
}

/** Seats as Partner Center happens to know them. */
const oddPools: Rule = (scene) => {
  const how = oneOf(scene.dice, ['lag', 'lacksOld', 'nameless', 'empty', 'uncounted', 'lateNew'] as const);
  let kept: { told: Told; atMs: number } | null = null;
  const healsAt = scene.world.sim.nowMs() + oneOf(scene.dice, [10, 40]) * MINUTE_MS;
  return async (asked, next) => {
    if (!isPools(asked) || scene.world.sim.nowMs() > healsAt) return next(asked);
    const told = await next(asked);
    if (how === 'lag') {
      if (!kept || scene.world.sim.nowMs() - kept.atMs > 15 * MINUTE_MS) kept = { told, atMs: scene.world.sim.nowMs() };
      return kept.told;
    }
    const of = old(scene.customer).skuId;
    return retold(told, (json) => {
      const skuOf = (one: Json) => (one.productSku as Json | undefined)?.id;
      if (how === 'lacksOld') json.items = items(json).filter((one) => skuOf(one) !== of);
      if (how === 'lateNew') json.items = items(json).filter((one) => skuOf(one) === of);
      if (how === 'empty') json.items = [];
      if (how === 'nameless') for (const one of items(json)) if (skuOf(one) === of) one.productSku = {};
      if (how === 'uncounted')
        for (const one of items(json)) if (skuOf(one) === of) for (const name of ['consumedUnits', 'activeUnits', 'availableUnits']) delete one[name];
    });
  };
};

/** Which licence a subscription gives is not said, or only later; preparing it fails in between. */
const oddProvisioning: Rule = (scene) => {
  const how = oneOf(scene.dice, ['noSku', 'noSkuOld', 'slow', 'failedFirst', 'oddStatus'] as const);
  const healsAt = scene.world.sim.nowMs() + oneOf(scene.dice, [5, 20]) * MINUTE_MS;
  return async (asked, next) => {
    if (!isGet(asked, /provisioningstatus$/) || scene.world.sim.nowMs() > healsAt) return next(asked);
    const ofOld = asked.path.includes(old(scene.customer).wire.id);
    return retold(await next(asked), (json) => {
      if (how === 'noSku' || (how === 'noSkuOld' && ofOld)) delete json.skuId;
      if (how === 'slow' && !ofOld) json.status = 'pending';
      if (how === 'oddStatus' && !ofOld) json.status = 'inprogress';
      if (how === 'failedFirst' && !ofOld) json.status = 'failed';
    });
  };
};

/** It takes the old licence and does not give the new one, and says that all went well. */
const takesOnly: Rule = (scene) => {
  let left = 1 + Math.floor(scene.dice() * 2);
  return async (asked, next) => {
    if (!isSwap(asked) || left === 0) return next(asked);
    left -= 1;
    scene.world.robbed.add(/users\/([^/]+)/.exec(asked.path)?.[1] ?? '');
    return next({ ...asked, body: JSON.stringify({ ...(JSON.parse(asked.body) as Json), licensesToAssign: [] }) });
  };
};

/** A person's call is taken and nothing happens, or the person is gone in the middle. */
const oddPeople: Rule = (scene) => {
  const how = oneOf(scene.dice, ['nothing', 'gone', 'cutList', 'lost'] as const);
  let left = 1;
  return async (asked, next) => {
    if (how === 'cutList' && isGet(asked, /\/users$/)) {
      if (left-- <= -2) return next(asked);
      // The list says that it goes on, and does not say where.
      return retold(await next(asked), (json) => {
        json.items = items(json).slice(0, 1);
        json.links = { next: { uri: `/customers/${asked.customer}/users?size=500&seekOperation=Next`, method: 'GET', headers: [] } };
      });
    }
    if (!isSwap(asked) || left <= 0) return next(asked);
    left -= 1;
    if (how === 'nothing') return { status: 201, json: { licensesToAssign: [], licensesToRemove: [], licenseWarnings: [] }, headers: {} };
    if (how === 'lost') {
      scene.later(
        oneOf(scene.dice, [10, 90]) * SECOND_MS,
        () => void next({ ...asked, headers: { ...asked.headers, 'ms-requestid': `late ${asked.headers['ms-requestid']}` } }),
      );
      throw new NobodyHeard('the answer was lost');
    }
    if (how === 'gone' && scene.customer.users.length > 1) {
      const id = /users\/([^/]+)/.exec(asked.path)?.[1];
      scene.customer.users = scene.customer.users.filter((user) => user.id !== id);
    }
    return next(asked);
  };
};

/** What was ordered is not what the cart said. */
const oddOrder: Rule = (scene) => {
  const how = oneOf(scene.dice, ['fewer', 'dearer', 'noPrice'] as const);
  return async (asked, next) => {
    const told = await next(asked);
    const order = isCheckout(asked) && told.status < 300 ? scene.customer.orders.at(-1) : undefined;
    const line = order?.wire.lineItems[0];
    if (!order || !line || scene.world.oddOrders.has(order.wire.id)) return told;
    scene.world.oddOrders.set(order.wire.id, { was: Number(line.quantity), untilMs: scene.world.sim.nowMs() });
    const pricing = line.pricing as Record<string, number>;
    if (how === 'fewer' && Number(line.quantity) > 1) line.quantity = Number(line.quantity) - 1;
    if (how === 'dearer') line.pricing = Object.fromEntries(Object.entries(pricing).map(([name, value]) => [name, Math.round(value * 110) / 100]));
    if (how === 'noPrice') delete line.pricing;
    return retold(told, (json) => {
      const first = (json.orders as { lineItems: Json[] }[])[0]?.lineItems[0];
      if (first) Object.assign(first, { quantity: line.quantity, pricing: line.pricing });
    });
  };
};

/** A list that is not whole, or holds what nobody can read. */
const oddList: Rule = (scene) => {
  const how = oneOf(scene.dice, ['missing', 'empty', 'nullQuantity', 'noRenewal', 'nullRecord', 'noDate', 'cut', 'notFound'] as const);
  const fromMs = scene.world.sim.nowMs() + oneOf(scene.dice, [0, 60, 180]) * SECOND_MS;
  const untilMs = fromMs + oneOf(scene.dice, [20 * SECOND_MS, 3 * MINUTE_MS, 40 * MINUTE_MS]);
  return async (asked, next) => {
    const at = scene.world.sim.nowMs();
    if (!isList(asked) || at < fromMs || at > untilMs) return next(asked);
    if (how === 'notFound') return fail(404, 60003);
    const id = old(scene.customer).wire.id;
    return retold(await next(asked), (json) => {
      const one = items(json).find((item) => item.id === id);
      if (how === 'missing') json.items = items(json).filter((item) => item.id !== id);
      if (how === 'empty') json.items = [];
      if (how === 'cut') {
        json.items = items(json).slice(0, -1);
        json.links = { next: { uri: '/subscriptions?seekOperation=Next', method: 'GET' } };
      }
      if (how === 'nullRecord') json.items = [null, ...items(json)];
      if (how === 'nullQuantity' && one) one.quantity = null;
      if (how === 'noRenewal' && one) delete one.autoRenewEnabled;
      if (how === 'noDate' && one) one.commitmentEndDate = null;
    });
  };
};

/** The list of customers says that it goes on and not where, lacks one, or holds one without a profile. */
const oddCustomers: Rule = (scene) => {
  const how = oneOf(scene.dice, ['noToken', 'lacks', 'noProfile'] as const);
  const fromMs = scene.world.sim.nowMs() + MINUTE_MS;
  return async (asked, next) => {
    const at = scene.world.sim.nowMs();
    if (asked.path !== '/v1/customers' || asked.method !== 'GET' || at < fromMs || at > fromMs + 20 * MINUTE_MS) return next(asked);
    return retold(await next(asked), (json) => {
      if (how !== 'noProfile') json.items = items(json).filter((one) => one.id !== scene.customer.id);
      if (how === 'noToken') json.links = { next: { uri: '/customers?size=500&seekOperation=Next', method: 'GET', headers: [] } };
      if (how === 'noProfile') for (const one of items(json)) if (one.id === scene.customer.id) one.companyProfile = null;
    });
  };
};

/** Somebody else at work on the same customer. */
const others: Rule = (scene) => {
  const how = oneOf(scene.dice, ['suspends', 'reactivates', 'seats', 'renews', 'buysSeats', 'renames'] as const);
  const held = old(scene.customer);
  const edit = (change: () => void) => {
    change();
    held.version += 1;
    scene.world.noteTruth();
  };
  const afterMs = oneOf(scene.dice, [20, 60, 200]) * SECOND_MS;
  if (how === 'reactivates')
    return async (asked, next) => {
      const told = await next(asked);
      if (isSuspend(asked) && !scene.world.reactivated.has(asked.customer)) {
        const look = () => {
          if (held.wire.status !== 'suspended') return void scene.later(30 * SECOND_MS, look);
          scene.later(afterMs, () =>
            edit(() => {
              scene.world.reactivated.set(asked.customer, scene.world.sim.nowMs());
              Object.assign(held.wire, { status: 'active', suspensionReasons: [] });
              // It works again and still does not renew: that is news.
              if (!held.wire.autoRenewEnabled) scene.world.flips.push({ customer: asked.customer, atMs: scene.world.sim.nowMs(), off: true });
            }),
          );
        };
        scene.world.reactivated.set(asked.customer, Number.POSITIVE_INFINITY);
        scene.later(5 * SECOND_MS, look);
      }
      return told;
    };
  scene.later(afterMs, () =>
    edit(() => {
      if (how === 'seats') held.wire.quantity += 1;
      if (how === 'buysSeats' && held.skuId) scene.customer.foreignSeats[held.skuId] = 1;
      if (how === 'renames') scene.customer.name = `${scene.customer.name} AG`;
      if (how === 'renews') scene.world.flip(scene.customer.id, false);
      if (how === 'suspends' && held.wire.status === 'active') Object.assign(held.wire, { status: 'suspended', suspensionReasons: ['Other'] });
    }),
  );
  return null;
};

/** Its subscriptions take minutes to list. */
const slow: Rule = (scene) => {
  const ms = oneOf(scene.dice, [9, 40, 40]) * SECOND_MS;
  const untilMs = scene.world.sim.nowMs() + 15 * MINUTE_MS;
  return async (asked, next) => {
    if (isList(asked) && scene.world.sim.nowMs() < untilMs) await sleep(scene, ms);
    return next(asked);
  };
};

/** A list that holds something that is no record, for an hour. */
const nullRecord: Rule = (scene) => {
  const untilMs = scene.world.sim.nowMs() + 60 * MINUTE_MS;
  return async (asked, next) => {
    if (!isList(asked) || scene.world.sim.nowMs() > untilMs) return next(asked);
    return retold(await next(asked), (json) => {
      json.items = [null, ...items(json)];
    });
  };
};

/** Its clock is not ours. */
const otherClock: Rule = (scene) => {
  scene.world.sandbox.offsetMs = oneOf(scene.dice, [-600_000, -240_000, 240_000, 600_000]);
  return null;
};

export const RULES: Readonly<Record<string, Rule>> = {
  late,
  worksOn,
  heals404,
  accepted,
  replays,
  oddCart,
  changedCart,
  oddPools,
  oddProvisioning,
  takesOnly,
  oddPeople,
  oddOrder,
  oddList,
  oddCustomers,
  others,
  otherClock,
  slow,
  nullRecord,
};

const RULES_MOST = 3;

/** Draws the rules of a customer; none of them twice. */
export function drawRules(dice: () => number): string[] {
  const names = Object.keys(RULES);
  const count = Math.floor(dice() * (RULES_MOST + 1));
  const drawn = new Set<string>();
  for (let n = 0; n < count; n++) drawn.add(oneOf(dice, names));
  return [...drawn];
}

/** The rules of all customers, in front of the sandbox. `lists`: requests about no customer pass through each. */
export function unkindAnswers(scenes: { scene: Scene; rules: string[] }[], next: Next): Next {
  let answer = next;
  for (const { scene, rules } of scenes) {
    for (const name of rules) {
      const between = (RULES[name] ?? RARE[name])?.(scene);
      if (!between) continue;
      const inner = answer;
      answer = (asked) => (asked.customer === scene.customer.id || asked.customer === '' ? between(asked, inner) : inner(asked));
    }
  }
  return answer;
}
