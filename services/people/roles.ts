/** Who may do what. Pure; where the roles come from is somebody else's work. */

export type Role = 'viewer' | 'requester' | 'licenceAdmin' | 'approver' | 'owner';
export const ROLES: readonly Role[] = ['viewer', 'requester', 'licenceAdmin', 'approver', 'owner'];

/** What a person may be allowed to do. `ask`: for a price, and mark a matter. `watch`: set what a chat hears. */
export type Right = 'see' | 'watch' | 'ask' | 'approve' | 'licences' | 'suspend';

const HOLDERS: Record<Right, readonly Role[]> = {
  see: ROLES,
  watch: ['requester', 'licenceAdmin', 'approver', 'owner'],
  ask: ['requester', 'approver', 'owner'],
  approve: ['approver', 'owner'],
  licences: ['licenceAdmin', 'approver', 'owner'],
  suspend: ['approver', 'owner'],
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
