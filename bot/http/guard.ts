/** Who may knock: what a request must look like before botbuilder sees it. Pure; every refusal is a bare status. */

import { VIEW } from '../../cards/ticket/refresh.ts';
import { boundedMap } from '../../services/boundedMap.ts';
import { isHere } from '../../services/loopback.ts';

/** What botbuilder's own check requires of a channel's token, and what it leaves open. */
export const ISSUER = 'https://api.botframework.com';
const CHANNEL = 'msteams';
/** Teams' own service in all its regions, by cloud. (Microsoft Learn, Teams proactive messages: the service address of each cloud.) */
export const TEAMS_HOSTS = { public: 'smba.trafficmanager.net', gcc: 'smba.infra.gcc.teams.microsoft.com' } as const;
const SKEW_S = 300;
const TOKEN_MAX = 8_192;
const DEPTH_MAX = 24;
const NODES_MAX = 5_000;
const ID_MAX = 1_000;
const TEXT_MAX = 40_000; // a Teams message holds about 28 KB

export interface Guarded {
  appId: string;
  tenants: ReadonlySet<string>;
  cloud: keyof typeof TEAMS_HOSTS;
  /** Only where tests run: the answer may go to this machine. */
  loopback: boolean;
}

export interface Refusal {
  status: 400 | 401 | 403 | 404 | 413 | 415 | 429;
  why: string;
}

export interface Claims {
  serviceUrl: string;
}

type Headers = Record<string, string | string[] | undefined>;

/** The claims of a token that is worth checking, or why none is. Its signature is botbuilder's to check. */
export function checkToken(headers: Headers, guarded: Pick<Guarded, 'appId'>, nowMs: number): Claims | Refusal {
  const { authorization } = headers;
  if (typeof authorization !== 'string' || authorization.length > TOKEN_MAX) return no('no token');
  const parts = /^Bearer ([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)$/.exec(authorization);
  const head = parts && decoded(parts[1] as string);
  const claims = parts && decoded(parts[2] as string);
  if (!head || !claims) return no('not a token');
  if (head.alg !== 'RS256' || typeof head.kid !== 'string' || 'crit' in head) return no('algorithm');
  if (claims.iss !== ISSUER) return no('issuer');
  if (claims.aud !== guarded.appId) return no('audience');
  const nowS = nowMs / 1000;
  if (typeof claims.exp !== 'number' || claims.exp + SKEW_S < nowS) return no('expired');
  if (claims.nbf !== undefined && (typeof claims.nbf !== 'number' || claims.nbf - SKEW_S > nowS)) return no('not yet valid');
  if (typeof claims.serviceurl !== 'string' || claims.serviceurl === '') return no('no service address');
  return { serviceUrl: claims.serviceurl };
}

function no(why: string): Refusal {
  return { status: 401, why };
}

function decoded(part: string): Record<string, unknown> | null {
  return asObject(parsed(Buffer.from(part, 'base64url').toString('utf8')));
}

/** JSON, or undefined. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function asObject(value: unknown): Record<string, unknown> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null;
}

/**
 * An activity as everything behind the door may read it: null is absent, and the ids of people and tenants are in lower case, for
 * Entra compares them so. Anything else is given back as it is. Pure.
 */
export function tidied(body: unknown): unknown {
  const activity = asObject(body);
  if (!activity) return body;
  // The library reads in it without asking.
  const tidy = { channelData: {}, ...withoutNulls(activity) } as Record<string, unknown>;
  for (const name of OBJECTS) {
    const inner = asObject(tidy[name]);
    if (inner) tidy[name] = lowered(withoutNulls(inner), ['aadObjectId', 'tenantId']);
  }
  const data = asObject(tidy.channelData);
  const tenant = asObject(data?.tenant);
  if (data && tenant) data.tenant = lowered(withoutNulls(tenant), ['id']);
  return tidy;
}

/** A copy without what is null; a key called `__proto__` stays one, to be refused. */
function withoutNulls(value: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== null));
}

function lowered(value: Record<string, unknown>, names: readonly string[]): Record<string, unknown> {
  for (const name of names) if (typeof value[name] === 'string') value[name] = value[name].toLowerCase();
  return value;
}

/** The tenant of an activity that was let in: channel events name it in `channelData` alone. */
export function tenantOf(activity: { conversation?: { tenantId?: string | undefined } | undefined; channelData?: unknown }): string {
  const inData = textOf(asObject(asObject(activity.channelData)?.tenant)?.id);
  return inData === '' ? textOf(activity.conversation?.tenantId) : inData;
}

/** Whether Teams asks by itself for somebody's view of a card: nobody has pressed anything. */
export function asksForView({ type, name, value }: { type?: string; name?: string | undefined; value?: unknown }): boolean {
  return type === 'invoke' && name === 'adaptiveCard/action' && asObject(asObject(value)?.action)?.verb === VIEW;
}

/** Why a body is no activity that may run; null when it may. `claims` are null in local mode, where nobody is asked. */
export function checkActivity(body: unknown, guarded: Guarded | null, claims: Claims | null): Refusal | null {
  const activity = asObject(body);
  if (!activity || !isShallow(activity)) return bad('not an object, or too deep');
  const misshapen = shapeOf(activity);
  if (misshapen) return bad(misshapen);
  // Nobody is asked here; but what is answered, and kept, goes to this machine alone.
  if (!guarded || !claims) return typeof activity.serviceUrl === 'string' && isHere(activity.serviceUrl) ? null : { status: 403, why: 'service address' };
  if (activity.channelId !== CHANNEL) return { status: 403, why: 'channel' };
  if (activity.serviceUrl !== claims.serviceUrl) return no('another service address than the token names');
  if (!isTeams(claims.serviceUrl, guarded)) return { status: 403, why: 'service address' };
  const tenant = textOf(asObject(asObject(activity.channelData)?.tenant)?.id);
  const other = asObject(activity.conversation)?.tenantId;
  if (!guarded.tenants.has(tenant) || (other !== undefined && textOf(other) !== tenant)) return { status: 403, why: 'tenant' };
  const acts = activity.type === 'message' || activity.type === 'invoke';
  if (acts && textOf(asObject(activity.from)?.aadObjectId) === '') return { status: 403, why: 'nobody' };
  return null;
}

function bad(why: string): Refusal {
  return { status: 400, why };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value.toLowerCase() : '';
}

const OBJECTS = ['conversation', 'from', 'recipient', 'channelData'] as const;

/** What the library would stumble over, or take at its word. */
function shapeOf(activity: Record<string, unknown>): string | null {
  if (typeof activity.type !== 'string' || activity.type === '' || activity.type.length > ID_MAX) return 'type';
  for (const name of ['channelId', 'serviceUrl', 'id', 'replyToId', 'name', 'locale', 'action', 'textFormat'] as const)
    if (activity[name] !== undefined && !isShort(activity[name])) return name;
  if (activity.text !== undefined && activity.text !== null && (typeof activity.text !== 'string' || activity.text.length > TEXT_MAX)) return 'text';
  for (const name of OBJECTS) if (activity[name] !== undefined && !asObject(activity[name])) return name;
  const conversation = asObject(activity.conversation);
  if (!isShort(conversation?.id)) return 'conversation';
  const from = asObject(activity.from);
  // Names and kinds are kept and shown as text: what is none would fail much later, where nobody knows why.
  const recipient = asObject(activity.recipient);
  for (const one of [from?.id, from?.name, recipient?.id, recipient?.name, conversation?.name, conversation?.conversationType])
    if (one !== undefined && !isShort(one)) return 'a name';
  if (typeof from?.aadObjectId === 'string' && !isShort(from.aadObjectId)) return 'an id';
  const data = asObject(activity.channelData);
  for (const place of [data?.team, data?.channel]) if (!isPlace(place)) return 'a team or channel';
  for (const name of ['entities', 'attachments', 'membersAdded', 'membersRemoved'] as const)
    if (activity[name] !== undefined && !isListOfObjects(activity[name])) return name;
  if (activity.type !== 'invoke') return null;
  if (activity.name === 'adaptiveCard/action') return pressOf(activity.value);
  return activity.name === 'composeExtension/query' ? queryOf(activity.value) : null;
}

function isShort(value: unknown): boolean {
  // Half a letter cannot be part of an address.
  return typeof value === 'string' && value.length <= ID_MAX && value.isWellFormed();
}

/** A team or channel, as far as it is read; it may be left out. */
function isPlace(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  const place = asObject(value);
  return place !== null && [place.id, place.name].every((one) => one === undefined || one === null || isShort(one));
}

function isListOfObjects(value: unknown): boolean {
  return Array.isArray(value) && value.every((one) => asObject(one) !== null);
}

/** A pressed button without an action would end in the library's own failure. */
function pressOf(value: unknown): string | null {
  const action = asObject(asObject(value)?.action);
  if (action?.type !== 'Action.Execute' || !isShort(action.verb)) return 'action';
  return action.data === undefined || asObject(action.data) ? null : 'data';
}

/** What is looked for from the compose box: parameters are names and texts. */
function queryOf(value: unknown): string | null {
  const parameters = asObject(value)?.parameters;
  if (parameters === undefined || parameters === null) return null;
  if (!isListOfObjects(parameters)) return 'parameters';
  return (parameters as Record<string, unknown>[]).every((one) => isShort(one.name) && (one.value === undefined || isShort(one.value))) ? null : 'a parameter';
}

/** Bounded in depth and number, and without the key that changes what an object is. */
function isShallow(body: object): boolean {
  let level: object[] = [body];
  let nodes = 0;
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > DEPTH_MAX) return false;
    const next: object[] = [];
    for (const one of level) {
      if (Object.hasOwn(one, '__proto__')) return false;
      const values = Object.values(one);
      nodes += values.length;
      if (nodes > NODES_MAX) return false;
      for (const value of values) if (typeof value === 'object' && value !== null) next.push(value);
    }
    level = next;
  }
  return true;
}

/** Where answers, and the bot's token with them, may go. */
function isTeams(address: string, { cloud, loopback }: Guarded): boolean {
  if (loopback) return isHere(address);
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url?.username !== '' || url.password !== '') return false;
  return url.protocol === 'https:' && url.host === TEAMS_HOSTS[cloud];
}

const BYTES_A_TURN = 8 * 1024;

/** How many turns a body of so many bytes counts as: usual ones are one, and whoever sends much has fewer. */
export function weightOf(bytes: number): number {
  return Math.max(1, Math.ceil(bytes / BYTES_A_TURN));
}

/** What comes from one caller, by weight; 1 where none is given. */
interface Limiter {
  /** Takes it where there is at least one left. What weighs more than is left is owed: as long as that takes to come back, nothing more is let through. */
  take(key: string, nowMs: number, weight?: number): boolean;
  isOver(key: string, nowMs: number): boolean;
}

/** Lets through `perMinute` on average and `burst` at once, for each key; remembers at most `most` keys. */
export function limiter(perMinute: number, burst: number, most: number): Limiter {
  const buckets = boundedMap<string, { left: number; atMs: number }>(most);
  const leftOf = (key: string, nowMs: number) => {
    const bucket = buckets.get(key);
    return bucket ? Math.min(burst, bucket.left + ((nowMs - bucket.atMs) / 60_000) * perMinute) : burst;
  };
  return {
    isOver: (key, nowMs) => leftOf(key, nowMs) < 1,
    take(key, nowMs, weight = 1) {
      const left = leftOf(key, nowMs);
      // What is refused costs nothing of what is owed, and no more than what had begun to come back.
      buckets.set(key, { left: left >= 1 ? Math.max(-burst, left - weight) : Math.min(0, left), atMs: nowMs });
      return left >= 1;
    },
  };
}
