/** Partner Center sends its events to one address a partner: it is read before it is set, and another product's is left alone. */
import { z } from 'zod';
import { PartnerCenterError } from '../port.ts';
import { type ClientConfig, request } from '../request.ts';

export const EVENTS = ['test-created', 'subscription-updated', 'reseller-relationship-accepted-by-customer'];

export interface Registration {
  url: string;
  events: string[];
}

export type RegistrationStep = { do: 'nothing' } | { do: 'create' | 'update' } | { do: 'refuse'; url: string };

/** What to do so that events come to `ours`. `replaces`: the address whose taking over was said in so many words. Pure. */
export function decideRegistration(now: Registration | null, ours: string, replaces: string | null): RegistrationStep {
  if (!now) return { do: 'create' };
  if (now.url === ours) return EVENTS.every((event) => now.events.includes(event)) ? { do: 'nothing' } : { do: 'update' };
  return now.url === replaces ? { do: 'update' } : { do: 'refuse', url: now.url };
}

const PATH = '/webhooks/v1/registration';
/** The documents write the names in capitals, answers come in both (docs/partner-center.md §2). */
const wire = z
  .record(z.string(), z.unknown())
  .transform((body) => Object.fromEntries(Object.entries(body).map(([name, value]) => [name.toLowerCase(), value])))
  .pipe(z.object({ webhookurl: z.string(), webhookevents: z.array(z.string()).default([]) }));

/** null where there is none. Throws PartnerCenterError. */
export async function readRegistration(client: ClientConfig): Promise<Registration | null> {
  try {
    const { webhookurl, webhookevents } = wire.parse(await request(client, { method: 'GET', path: PATH, token: 'app' }));
    return { url: webhookurl, events: webhookevents };
  } catch (error) {
    if (error instanceof PartnerCenterError && error.kind === 'notFound') return null;
    throw error;
  }
}

/** Reads, decides, and writes where that is ours to do. Throws PartnerCenterError. */
export async function register(client: ClientConfig, ours: string, replaces: string | null): Promise<RegistrationStep> {
  const now = await readRegistration(client);
  const step = decideRegistration(now, ours, replaces);
  const events = [...new Set([...(now?.url === ours ? now.events : []), ...EVENTS])];
  if (step.do === 'create' || step.do === 'update')
    await request(client, { method: step.do === 'create' ? 'POST' : 'PUT', path: PATH, token: 'app', body: { WebhookUrl: ours, WebhookEvents: events } });
  return step;
}
