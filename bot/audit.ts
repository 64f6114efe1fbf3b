/** `npm run audit:verify`: reads the written record of every matter and names each line that was changed, is missing or was cut off. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Expiry } from '../services/domain.ts';
import { verifyRecord } from '../services/record.ts';
import { readRecord } from '../services/speak/card.ts';
import { type Store, withPrefix } from '../services/store/store.ts';
import { StartError } from './children.ts';
import { parseConfig } from './config.ts';
import { withHouse } from './operator.ts';

export interface Verified {
  matters: number;
  lines: number;
  faults: string[];
}

/** Every matter of every known customer. A record that grew while it was read is read once more. */
export async function verifyAll(store: Store): Promise<Verified> {
  const verified: Verified = { matters: 0, lines: 0, faults: [] };
  for (const customer of await store.range('sweep', 'c', '0', '~', 1_000_000)) {
    for (const row of await withPrefix<Expiry>(store, 'customers', customer.key, 'exp_')) {
      const found = (await verifyOne(store, row.value)) ?? (await pause(200).then(() => verifyOne(store, row.value))) ?? { lines: 0, faults: [] };
      verified.matters += 1;
      verified.lines += found.lines;
      verified.faults.push(...found.faults.map((fault) => `${row.value.customerName}: ${fault}`));
    }
  }
  return verified;
}

/** null when the head moved on while the lines were read. */
async function verifyOne(store: Store, expiry: Expiry): Promise<{ lines: number; faults: string[] } | null> {
  const rows = await readRecord(store, expiry);
  const now = await store.get<Expiry>('customers', expiry.customerId, `exp_${expiry.id}`);
  if (!now) return { lines: rows.length, faults: [`${expiry.id} is gone`] };
  const faults = verifyRecord(expiry.id, rows, now.value.audit);
  return faults.length > 0 && now.value.audit.seq !== expiry.audit.seq ? null : { lines: rows.length, faults };
}

async function main(): Promise<void> {
  const parsed = parseConfig(process.env);
  if ('faults' in parsed) {
    for (const fault of parsed.faults) console.error(fault);
    process.exit(2);
  }
  const { matters, lines, faults } = await withHouse(parsed.config, ({ store }) => verifyAll(store));
  for (const fault of faults) console.error(fault);
  console.log(`${matters} matters, ${lines} lines: ${faults.length === 0 ? 'the record is whole' : `${faults.length} faults`}`);
  process.exitCode = faults.length === 0 ? 0 : 1;
}

if (import.meta.main) {
  await main().catch((error: Error) => {
    console.error(error instanceof StartError ? error.message : `The record could not be read: ${error.message}`);
    process.exitCode = 2;
  });
  process.exit();
}
