/** Unknown JSON of the activity log and of the analytics into our words. */
import { z } from 'zod';
import type { ActivityRecord, Page, Stopping } from './port.ts';
import { collection, id, optional, word } from './wire.ts';
import { nextPage } from './wirePage.ts';

const auditRecord = z.object({
  customerId: optional(id),
  operationDate: z.string(),
  operationType: word,
  resourceType: optional(word),
  resourceNewValue: optional(z.string()),
  userPrincipalName: optional(z.string()),
});
const auditRecords = collection(auditRecord);
const hit = z.object({ customerTenantId: id, id });
const stopping = z.union([z.array(hit), z.object({ items: z.array(hit) }), hit]);

export function toActivity(json: unknown): ActivityRecord[] {
  return toActivities(json).items;
}

export function toActivities(json: unknown): Page<ActivityRecord> {
  const page = auditRecords.parse(json);
  const items = page.items.map((one) => ({
    at: one.operationDate,
    customerId: one.customerId ?? '',
    operation: one.operationType,
    subscriptionId: idInside(one.resourceNewValue),
    by: one.userPrincipalName ?? '',
  }));
  return { items, next: nextPage(page) };
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
