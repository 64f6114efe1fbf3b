/** Users, licences and seat pools of the pretend Partner Center. */

import type { Json } from './bodies.ts';
import { partOf, servicePlans, titleOf } from './catalogue.ts';
import { type Answer, audit, type Call, collection, fail, lowerFirst, recordWrite } from './commerce.ts';
import { type HeldCustomer, type HeldUser, keepCustomer, now } from './state.ts';

export function listUsers(call: Call, customer: HeldCustomer): Answer {
  const size = Math.min(500, Number(call.query.get('size') ?? '500') || 500);
  const token = call.query.get('seekOperation') === 'Next' ? Number(Buffer.from(call.headers['ms-continuationtoken'] ?? '', 'base64').toString()) : 0;
  const page = customer.users.slice(token, token + size);
  const next = {
    uri: `/customers/${customer.id}/users?size=${size}&seekOperation=Next`,
    method: 'GET',
    headers: [{ key: 'MS-ContinuationToken', value: Buffer.from(String(token + size)).toString('base64') }],
  };
  return collection(page.map(shownUser), { links: customer.users.length > token + size ? { next } : {} });
}

function shownUser(user: HeldUser): Json {
  const [firstName = '', lastName = ''] = user.displayName.split(' ');
  return {
    ...(user.usageLocation ? { usageLocation: user.usageLocation } : {}),
    id: user.id,
    userPrincipalName: user.upn,
    firstName,
    lastName,
    displayName: user.displayName,
    userDomainType: 'none',
    state: 'active',
    attributes: { objectType: 'CustomerUser' },
  };
}

export function patchUser(call: Call, customer: HeldCustomer, user: HeldUser): Answer {
  const location = lowerFirst(call.body).usageLocation;
  if (typeof location === 'string') user.usageLocation = location;
  recordWrite(call, 'userPatch', 200);
  keepCustomer(call.world, customer);
  return { status: 200, body: shownUser(user) };
}

export function listLicences(user: HeldUser): Answer {
  return collection(
    Object.entries(user.licences).map(([skuId, disabled]) => ({
      servicePlans: servicePlans(skuId, partOf(skuId)).map(({ ofSku: _, ...plan }) => ({
        ...plan,
        capabilityStatus: disabled.includes(plan.id) ? 'Disabled' : 'Assigned',
      })),
      productSku: productSku(skuId),
      attributes: { objectType: 'License' },
    })),
  );
}

function productSku(skuId: string): Json {
  return { id: skuId, name: titleOf(skuId), skuPartNumber: partOf(skuId), targetType: 'User', licenseGroupId: 'group1' };
}

interface Pool {
  active: number;
  suspended: number;
  consumed: number;
}

/** Seats of a SKU in the whole tenant, those bought elsewhere included. */
function pool(customer: HeldCustomer, skuId: string, at: string): Pool {
  const ours = customer.subscriptions.filter((held) => held.skuId === skuId && held.readyAt <= at);
  const seats = (status: string) => ours.filter((held) => held.wire.status === status).reduce((sum, held) => sum + held.wire.quantity, 0);
  return {
    active: seats('active') + (customer.foreignSeats[skuId] ?? 0),
    suspended: seats('suspended'),
    consumed: customer.users.filter((user) => user.licences[skuId]).length,
  };
}

export function listPools(call: Call, customer: HeldCustomer): Answer {
  const at = now(call.world).toISOString();
  const skus = new Set([...customer.subscriptions.flatMap((held) => (held.skuId ? [held.skuId] : [])), ...Object.keys(customer.foreignSeats)]);
  return collection(
    [...skus].map((skuId) => {
      const seats = pool(customer, skuId, at);
      return {
        availableUnits: Math.max(0, seats.active - seats.consumed),
        activeUnits: seats.active,
        consumedUnits: seats.consumed,
        suspendedUnits: seats.suspended,
        totalUnits: seats.active + seats.suspended,
        warningUnits: 0,
        productSku: productSku(skuId),
        capabilityStatus: seats.active > 0 ? 'Enabled' : 'Suspended',
        attributes: { objectType: 'SubscribedSku' },
        servicePlans: servicePlans(skuId, partOf(skuId)).map(({ ofSku: _, ...plan }) => ({ ...plan, capabilityStatus: 'Enabled' })),
      };
    }),
  );
}

/** Removes and assigns in one step, or refuses and changes nothing. */
export function updateLicences(call: Call, customer: HeldCustomer, user: HeldUser): Answer {
  const body = lowerFirst(call.body);
  const assign = ((body.licensesToAssign ?? []) as unknown[]).map(lowerFirst) as { skuId?: string; excludedPlans?: string[] | null }[];
  const remove = ((body.licensesToRemove ?? []) as string[]).map((id) => id.toLowerCase());
  if (assign.length > 0 && !user.usageLocation) return fail(400, 2000, 'License assignment cannot be done for user with invalid usage location.');
  const at = now(call.world).toISOString();
  for (const want of assign) {
    const skuId = String(want.skuId).toLowerCase();
    if (user.licences[skuId]) continue;
    const seats = pool(customer, skuId, at);
    if (seats.consumed >= seats.active) return fail(400, 60012, 'There are no free licences.', ['LicenseQuotaExceededException']);
  }
  if (user.byGroup && remove.some((skuId) => user.licences[skuId]))
    return fail(400, 2000, 'User license is inherited from a group membership and it cannot be removed directly from the user.');
  for (const skuId of remove) delete user.licences[skuId];
  for (const want of assign) user.licences[String(want.skuId).toLowerCase()] = want.excludedPlans ?? [];
  audit(call, customer, { operationType: 'update_customer_user_licenses', resourceType: 'license', before: {}, after: { id: user.id } });
  recordWrite(call, 'licenceUpdate', 201);
  keepCustomer(call.world, customer);
  return {
    status: 201,
    body: {
      licensesToAssign: body.licensesToAssign ?? [],
      licensesToRemove: body.licensesToRemove ?? null,
      licenseWarnings: [],
      attributes: { objectType: 'LicenseUpdate' },
    },
  };
}
