/** Who may do what. Pure; where the roles come from is somebody else's work. */

export type Role = 'viewer' | 'requester' | 'licenceAdmin' | 'approver' | 'owner';
export const ROLES: readonly Role[] = ['viewer', 'requester', 'licenceAdmin', 'approver', 'owner'];

/** What a person may be allowed to do. `ask`: for a price, and mark a ticket. `watch`: set what a chat hears. `own`: the bot itself. */
export type Right = 'see' | 'watch' | 'ask' | 'approve' | 'licences' | 'suspend' | 'own';

const HOLDERS: Record<Right, readonly Role[]> = {
  see: ROLES,
  watch: ['requester', 'licenceAdmin', 'approver', 'owner'],
  ask: ['requester', 'approver', 'owner'],
  approve: ['approver', 'owner'],
  licences: ['licenceAdmin', 'approver', 'owner'],
  suspend: ['approver', 'owner'],
  own: ['owner'],
};

export function may(roles: readonly Role[], right: Right): boolean {
  return roles.some((role) => HOLDERS[right].includes(role));
}

/** Somebody of the staff, by the object id that Teams' token vouches for. */
export interface Colleague {
  objectId: string;
  name: string;
  roles: readonly Role[];
}

/** Entra security groups by role, each by object id or by its name. */
export type RoleGroups = Readonly<Partial<Record<Role, readonly string[]>>>;

/** `owner=AdminAgents; approver=<group>,<group>`: the groups of each role, or a sentence about what is wrong. */
export function parseRoleGroups(text: string): RoleGroups | string {
  const groups: Partial<Record<Role, string[]>> = {};
  for (const part of text.split(';').filter((one) => one.trim() !== '')) {
    const [name = '', names = ''] = part.split('=').map((one) => one.trim());
    const role = ROLES.find((one) => one === name);
    const listed = names
      .split(',')
      .map((one) => one.trim())
      .filter(Boolean);
    if (!role || listed.length === 0)
      return `ROLES cannot hold '${part.trim()}': write ${ROLES.join('=<group>; ')}=<group>, where a group is an object id or a name, and several are parted by commas.`;
    groups[role] ??= [];
    groups[role].push(...listed);
  }
  return Object.keys(groups).length > 0 ? groups : 'ROLES is empty: write owner=<group>, for example.';
}
