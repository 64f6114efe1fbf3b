/**
 * `npm run audit:verify`: reads the written record of every ticket and names each line that was changed, is missing or was
 * cut off, against the last anchor. `npm run audit:verify -- accept` anchors what stands, faults and all.
 */
import { type Anchors, cutBefore, makeAnchor, readAnchored } from '../../services/auditLog/anchor.ts';
import { type Verified, walkRecord } from '../../services/auditLog/verify.ts';
import { type Clock, systemClock } from '../../services/clock.ts';
import { StartError } from '../../services/startError.ts';
import type { Store } from '../../services/store/store.ts';
import { parseConfig } from '../config/config.ts';
import { asksHow, howTo } from './help.ts';
import { withResources } from './operator.ts';

export interface Auditing {
  store: Store;
  clock: Pick<Clock, 'now'>;
  anchors: Anchors | null;
  recordDays: number;
}

const DEFAULT_DAYS = 3_650;
const DAY_MS = 86_400_000;

/** The whole record, as the tables hold it. `anchors` null: nothing outside is compared. */
export async function verifyAll(store: Store, auditing: Partial<Auditing> = {}): Promise<Verified & { anchoredAt: string | null }> {
  const { clock = systemClock(), anchors = null, recordDays = DEFAULT_DAYS } = auditing;
  const faults: string[] = [];
  const made = (await anchors?.last()) ?? null;
  const tickets = made
    ? await readAnchored(store, made).catch((error: Error) => {
        faults.push(error.message);
        return null;
      })
    : null;
  const verified = await walkRecord(store, { cutBefore: cutBefore(clock.now(), recordDays), anchor: made && tickets ? { made, tickets } : null });
  return { ...verified, faults: [...faults, ...verified.faults], anchoredAt: made?.at ?? null };
}

async function main(): Promise<void> {
  if (asksHow(process.argv.slice(2))) return console.log(howTo('audit:verify'));
  const parsed = parseConfig(process.env);
  if ('faults' in parsed) {
    for (const fault of parsed.faults) console.error(fault);
    process.exit(2);
  }
  const { config } = parsed;
  const accepts = process.argv[2] === 'accept';
  await withResources(config, async ({ store, clock, anchors }) => {
    const { tickets, lines, faults, gaps, anchoredAt } = await verifyAll(store, { clock, anchors, recordDays: config.retention.recordDays });
    for (const gap of gaps) console.log(gap);
    for (const fault of faults) console.error(fault);
    console.log(`${tickets} tickets, ${lines} lines: ${faults.length === 0 ? 'the record is whole' : `${faults.length} faults`}`);
    const days = anchoredAt ? Math.floor((clock.now().getTime() - Date.parse(anchoredAt)) / DAY_MS) : 0;
    if (days > 1) console.log(`The last anchor is ${days} days old. A bot that runs makes one every day: look in its log why it did not.`);
    console.log(
      anchoredAt ? `It was compared with the anchor of ${anchoredAt}.` : 'No anchor was made yet: who may write to the tables could have changed all of it.',
    );
    if (accepts) console.log(`From now on it is compared with ${(await makeAnchor({ store, clock, anchors, log: { info() {}, warn() {} } })).at}.`);
    process.exitCode = faults.length === 0 || accepts ? 0 : 1;
  });
}

if (import.meta.main) {
  await main().catch((error: Error) => {
    console.error(error instanceof StartError ? error.message : `The record could not be read: ${error.message}`);
    process.exitCode = 2;
  });
  process.exit();
}
