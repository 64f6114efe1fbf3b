/** Unknown JSON of the activity log and of the analytics into our words. */
import { z } from 'zod';
import type { ActivityRecord, Page, Stopping } from './port.ts';
import { id, optional, word } from './wire.ts';
import { continuation, itemsOf } from './wirePage.ts';

const auditRecord = z.object({
  customerId: optional(id),
  operationDate: z.string(),
  operationType: word,
  resourceType: optional(word),
  resourceNewValue: optional(z.string()),
  userPrincipalName: optional(z.string()),
});
const hit = z.object({ customerTenantId: id, id });
const stopping = z.union([z.array(hit), z.object({ items: z.array(hit) }), hit]);

export function toActivity(json: unknown): ActivityRecord[] {
  return toActivities(json).items;
}

/** A record that cannot be read is left out: the log only says where to look. */
export function toActivities(json: unknown): Page<ActivityRecord> {
  const items = itemsOf(json).flatMap((item) => {
    const one = auditRecord.safeParse(item).data;
    if (!one) return [];
    const { operationDate: at, customerId = '', operationType: operation, userPrincipalName: by = '' } = one;
    return [{ at, customerId, operation, subscriptionId: idInside(one.resourceNewValue), by }];
  });
  return { items, next: continuation(json).next };
}

/** The analytics answer with a collection, or with the bare object where there is one hit. */
export function toStopping(json: unknown): Stopping[] {
  const found = stopping.parse(json);
  const items = Array.isArray(found) ? found : 'items' in found ? found.items : [found];
  return items.map((one) => ({ customerId: one.customerTenantId, subscriptionId: one.id }));
}

/** The resource's id out of a record's PascalCase JSON text; null where there is none. */
function idInside(text: string | undefined): string | null {
  return /"Id":"([^"]+)"/i.exec(text ?? '')?.[1]?.toLowerCase() ?? null;
}
