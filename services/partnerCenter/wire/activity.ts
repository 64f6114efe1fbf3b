/** Unknown JSON of the activity log and of the analytics into our words. */
import { z } from 'zod';
import type { ActivityRecord, Page, Stopping } from '../port.ts';
import { id, optional, word } from './base.ts';
import { continuation, itemsOf } from './page.ts';

const auditRecord = z.object({
  customerId: optional(id),
  operationDate: z.string(),
  operationType: word,
  resourceType: optional(word),
  resourceOldValue: optional(z.string()),
  resourceNewValue: optional(z.string()),
  operationStatus: optional(word),
  userPrincipalName: optional(z.string()),
  applicationId: optional(z.string()),
});
const hit = z.object({ customerTenantId: id, id });
const stopping = z.union([z.array(hit), z.object({ items: z.array(hit) }), hit]);

/** One page of one customer's. Throws where the log goes on and does not say where: what is not among these may stand there. */
export function parseActivityLog(json: unknown): Page<ActivityRecord> {
  if (continuation(json).lost) throw new Error('The activity log goes on.');
  return parseActivities(json);
}

/** A record that cannot be read is left out: the log only says where to look. */
export function parseActivities(json: unknown): Page<ActivityRecord> {
  const items = itemsOf(json).flatMap((item) => {
    const one = auditRecord.safeParse(item).data;
    if (!one) return [];
    const { operationDate: at, customerId = '', operationType: operation, userPrincipalName: by = '' } = one;
    const [before, after] = [one.resourceOldValue ?? '', one.resourceNewValue ?? ''];
    const [had, has] = [seatsInside(before), seatsInside(after)];
    return [
      {
        ...{ at, customerId, operation, subscriptionId: idInside(after), autoRenew: flagInside(after), autoRenewBefore: flagInside(before), by },
        ...(had !== null && has !== null && had !== has ? { seats: true as const } : {}),
        ...(one.operationStatus === 'failed' || one.operationStatus === 'decline' ? { failed: true as const } : {}),
        ...(one.applicationId ? { app: one.applicationId } : {}),
      },
    ];
  });
  return { items, next: continuation(json).next };
}

/** The analytics answer with a collection, or with the bare object where there is one hit. */
export function parseStopping(json: unknown): Stopping[] {
  const found = stopping.parse(json);
  const items = Array.isArray(found) ? found : 'items' in found ? found.items : [found];
  return items.map((one) => ({ customerId: one.customerTenantId, subscriptionId: one.id }));
}

/** The resource's id out of a record's PascalCase JSON text; null where there is none. A product type and others inside have ids too. */
function idInside(text: string): string | null {
  const one = z.record(z.string(), z.unknown()).safeParse(jsonOf(text)).data ?? {};
  const name = Object.keys(one).find((key) => key.toLowerCase() === 'id');
  const found = name === undefined ? /"Id"\s{0,9}:\s{0,9}"([^"]+)"/i.exec(text)?.[1] : one[name];
  return typeof found === 'string' ? found.toLowerCase() : null;
}

/** The number of licences; null where it is not told. */
function seatsInside(text: string): number | null {
  const said = /"Quantity"\s{0,9}:\s{0,9}(\d{1,9})\b/i.exec(text)?.[1];
  return said === undefined ? null : Number(said);
}

/** How auto-renew reads in a resource; null where it is not told. */
function flagInside(text: string): boolean | null {
  const said = /"AutoRenewEnabled"\s{0,9}:\s{0,9}"?(true|false)\b/i.exec(text)?.[1]?.toLowerCase();
  return said === undefined ? null : said === 'true';
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
