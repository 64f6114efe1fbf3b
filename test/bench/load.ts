/**
 * `npm run load`: ten thousand customers with a hundred thousand subscriptions, looked at every two minutes by one bot
 * with its storage in Azurite. Its memory, how soon it answers, and how soon a flip anywhere is on its card.
 */
import { randomInt } from 'node:crypto';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { load, seed } from '../../services/local/sandbox/seed.ts';
import { openGround } from '../crash/ground.ts';
import { startSigner } from '../security/signer.ts';
import { progress } from '../support/progress.ts';
import { quantile, tellBound } from './report.ts';

const CUSTOMERS = 10_000;
const EACH = 10;
const PERIOD_S = 120;
const FLIPS = 20;
const ASKED = 7;
const SAMPLE_MS = 1_000;
const FIRST_SWEEP_MS = 1_800_000;

const signer = await startSigner();
const roots = join(mkdtempSync(join(tmpdir(), 'successor-load-')), 'roots.pem');
writeFileSync(roots, signer.root);
const settings = {
  SWEEP_MINUTES: String(PERIOD_S / 60),
  PARTNER_CENTER_REQUESTS_PER_MINUTE: '6000',
  EVENTS_CERTIFICATES: signer.base,
  EVENTS_ROOTS: roots,
};
let stage = () => 'the first look at everybody';
const far = progress('load', () => stage());
const began = performance.now();
const ground = await openGround({
  customers: CUSTOMERS,
  subscriptionsEach: EACH,
  usersEach: 0,
  bots: 1,
  direct: true,
  inMemory: true,
  settings,
  firstSweepMs: FIRST_SWEEP_MS,
});
console.error(`everybody was looked at once after ${((performance.now() - began) / 1_000).toFixed(0)} s`);
const bot = ground.bots[0] as (typeof ground.bots)[number];
const memory: number[] = [];
// Only Linux tells the memory of another process.
const sampling = setInterval(() => memory.push(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${bot.child.pid}/status`, 'utf8'))?.[1]) / 1_024), SAMPLE_MS);
const ann = ground.teams.chat('personal', 'a:ann', 'Ann Jansson');

/** Seconds from a message to the answer that shows the words. */
async function answered(text: string, words: string): Promise<number> {
  const before = ann.cards().length;
  const from = performance.now();
  await ann.write(text);
  while (
    !ann
      .cards()
      .slice(before)
      .some((one) => JSON.stringify(one.card).includes(words))
  ) {
    if (performance.now() - from > 30_000)
      throw new Error(`'${text}' was not answered: ${ann.texts().slice(-2).join(' / ')} ${JSON.stringify(ann.cards().at(-1)?.card).slice(0, 400)}`);
    await pause(5);
  }
  return (performance.now() - from) / 1_000;
}

// As the pretend Partner Center made them; to ask it for all its state would hold it up.
const TODAY = '2027-01-20';
const customers = load(TODAY, seed(TODAY).length, CUSTOMERS, 1);
const pick = () => customers.splice(randomInt(customers.length), 1)[0] as (typeof customers)[number];
const flipped = Array.from({ length: 2 * FLIPS }, pick);
const byEvent = new Set(flipped.slice(FLIPS));
const delays: { event: boolean; seconds: number }[] = [];
stage = () => `${delays.length} of ${flipped.length} flips seen`;
await Promise.all(
  flipped.map(async (customer, index) => {
    const chat = ground.teams.chat('channel', `19:${index}@thread`, 'Ann Jansson');
    await chat.write(`watch ${customer.name}`);
    await pause(20_000 + index * 4_000);
    await ground.sandbox.post('flip', { customer: customer.name });
    const from = performance.now();
    const event = byEvent.has(customer);
    if (event) {
      const body = JSON.stringify({
        EventName: 'subscription-updated',
        ResourceUri: `http://api.partnercenter.microsoft.com/webhooks/v1/customers/${customer.id}/subscriptions/${customer.subscriptions[0]?.wire.id}`,
        ResourceName: 'subscription',
        AuditUri: '',
        ResourceChangeUtcDate: new Date().toISOString(),
      });
      await fetch(`${bot.url}/api/partner-center/events`, { method: 'POST', body, headers: signer.headers(body) });
    }
    const seen = () => chat.cards().some((one) => JSON.stringify(one.card).includes('Expires in'));
    while (!seen() && performance.now() - from < 2 * PERIOD_S * 1_000) await pause(50);
    delays.push({ event, seconds: seen() ? (performance.now() - from) / 1_000 : Number.POSITIVE_INFINITY });
  }),
);
const found = (event: boolean) => delays.filter((one) => one.event === event).map((one) => one.seconds);
const worst: Record<string, number[]> = { expiring: [], show: [], status: [] };
stage = () => `${worst.status?.length ?? 0} of ${ASKED} times asked`;
for (let n = 0; n < ASKED; n++) {
  worst.expiring?.push(await answered('expiring', 'end in'));
  worst.show?.push(await answered(`show ${flipped[n]?.name}`, flipped[n]?.name as string));
  worst.status?.push(await answered('status', 'equests'));
}
clearInterval(sampling);
far.end();
tellBound(
  'load',
  `a flip anywhere of ${CUSTOMERS * EACH} subscriptions, found by the sweep alone (half within ${quantile(found(false), 0.5).toFixed(0)} s)`,
  's',
  [Math.max(...found(false))],
  { most: PERIOD_S },
);
tellBound('load', 'a flip whose event came, on its card', 's', [Math.max(...found(true))], { most: 10 });
for (const [command, seconds] of Object.entries(worst))
  tellBound('load', `'${command}' answered, slowest of ${ASKED}`, 's', [Math.max(...seconds)], { most: 1 });
tellBound('load', 'memory of the bot at most', 'MB', [Math.max(...memory)], { most: 300 });
await ground.close();
await signer.close();
process.exit(0);
