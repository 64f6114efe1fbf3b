/** The one door to Microsoft Graph: who is in which security group, and so may do what. */
import { boundedMap } from '../boundedMap.ts';
import { chunksOf } from '../chunks.ts';
import type { Clock } from '../clock.ts';
import { type Directory, DirectoryError } from './people.ts';
import { type Colleague, may, type Role, type RoleGroups, ROLES } from './roles.ts';

const CACHED_MS = 5 * 60_000;
const CACHED_MAX = 5_000;
const TIMEOUT_MS = 5_000;
const PAGES_MAX = 20;
/** Most groups that one question may name (Microsoft Graph, checkMemberGroups). */
const GROUPS_MAX = 20;
const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export interface GraphClient {
  /** `https://graph.microsoft.com`, without a slash at the end. */
  baseUrl: string;
  token(): Promise<string>;
  clock: Clock;
}

/**
 * Roles by membership, that of nested groups included; at most five minutes old, and read anew where `rolesNow` asks.
 * Throws DirectoryError when Graph does not say: nobody may do anything then.
 */
export function graphDirectory(client: GraphClient, roleGroups: RoleGroups): Directory {
  const roles = boundedMap<string, { roles: readonly Role[]; atMs: number }>(CACHED_MAX);
  const members = boundedMap<string, { people: Colleague[]; atMs: number }>(CACHED_MAX);
  let groups: Promise<Map<string, Role[]>> | undefined;

  /** Roles by group id; names are resolved once. A failure is not kept. */
  function groupRoles(): Promise<Map<string, Role[]>> {
    groups ??= resolveGroups(client, roleGroups).catch((error: unknown) => {
      groups = undefined;
      throw error;
    });
    return groups;
  }

  async function rolesNow(who: string): Promise<readonly Role[]> {
    const objectId = who.toLowerCase();
    const byGroup = await groupRoles();
    const ids = [...byGroup.keys()];
    const mine = new Set<Role>();
    for (const groupIds of chunksOf(ids, GROUPS_MAX)) {
      const answer = await ask(client, 'POST', `/v1.0/users/${encodeURIComponent(objectId)}/checkMemberGroups`, {
        groupIds,
      });
      for (const id of listOf(answer)) for (const role of byGroup.get(String(id).toLowerCase()) ?? []) mine.add(role);
    }
    const found = ROLES.filter((role) => mine.has(role));
    roles.set(objectId, { roles: found, atMs: client.clock.wallMs() });
    return found;
  }

  return {
    async rolesOf(objectId) {
      const known = roles.get(objectId.toLowerCase());
      return known && client.clock.wallMs() - known.atMs < CACHED_MS ? known.roles : rolesNow(objectId);
    },
    rolesNow,
    async holders(right) {
      const known = members.get(right);
      if (known && client.clock.wallMs() - known.atMs < CACHED_MS) return known.people;
      const people = new Map<string, Colleague>();
      for (const [group, held] of await groupRoles()) {
        if (!may(held, right)) continue;
        for (const one of await membersOf(client, group)) people.set(one.objectId, { ...one, roles: [...(people.get(one.objectId)?.roles ?? []), ...held] });
      }
      members.set(right, { people: [...people.values()], atMs: client.clock.wallMs() });
      return [...people.values()];
    },
  };
}

/** A name that several groups bear is refused: anybody who may make groups could make another one. */
async function resolveGroups(client: GraphClient, roleGroups: RoleGroups): Promise<Map<string, Role[]>> {
  const byGroup = new Map<string, Role[]>();
  for (const role of ROLES) {
    for (const name of roleGroups[role] ?? []) {
      const id = (GUID.test(name) ? name : await groupByName(client, name)).toLowerCase();
      byGroup.set(id, [...(byGroup.get(id) ?? []), role]);
    }
  }
  return byGroup;
}

async function groupByName(client: GraphClient, name: string): Promise<string> {
  const filter = encodeURIComponent(`displayName eq '${name.replaceAll("'", "''")}' and securityEnabled eq true`);
  const found = listOf(await ask(client, 'GET', `/v1.0/groups?$filter=${filter}&$select=id&$top=2`)) as { id?: string }[];
  const id = found[0]?.id;
  if (found.length !== 1 || !id)
    throw new DirectoryError(`ROLES names the group '${name}', and ${found.length} groups are called so: name it by its object id.`);
  return id;
}

async function membersOf(client: GraphClient, group: string): Promise<Omit<Colleague, 'roles'>[]> {
  const people: Omit<Colleague, 'roles'>[] = [];
  let path: string | null = `/v1.0/groups/${group}/transitiveMembers/microsoft.graph.user?$select=id,displayName&$top=999`;
  for (let page = 0; path !== null && page < PAGES_MAX; page++) {
    const answer = (await ask(client, 'GET', path)) as { '@odata.nextLink'?: string };
    for (const one of listOf(answer) as { id?: string; displayName?: string }[])
      if (one.id) people.push({ objectId: one.id.toLowerCase(), name: one.displayName ?? '–' });
    path = pathOf(client, answer['@odata.nextLink']);
  }
  return people;
}

/** The next page, only where it is Graph's own. */
function pathOf(client: GraphClient, link: string | undefined): string | null {
  return link?.startsWith(`${client.baseUrl}/`) ? link.slice(client.baseUrl.length) : null;
}

function listOf(answer: unknown): unknown[] {
  const { value } = answer as { value?: unknown };
  return Array.isArray(value) ? value : [];
}

async function ask(client: GraphClient, method: 'GET' | 'POST', path: string, body?: unknown): Promise<unknown> {
  try {
    const response = await fetch(client.baseUrl + path, {
      method,
      headers: { Authorization: `Bearer ${await client.token()}`, 'Content-Type': 'application/json' },
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    // Somebody who is not in the directory is in no group.
    if (response.status === 404 && method === 'POST') return { value: [] };
    if (!response.ok) throw new DirectoryError(`Microsoft Graph answered ${response.status}.`);
    return await response.json();
  } catch (error) {
    if (error instanceof DirectoryError) throw error;
    throw new DirectoryError(`Microsoft Graph did not answer: ${(error as Error).name}.`);
  }
}
