/**
 * Recorded cases: each folder of `test/cases` holds one look at a customer (`look.json`) and what comes of it (`decision.json`,
 * `changes.json`). `npm run record` makes one; UPDATE=1 writes anew what comes of it.
 */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Look, resultOf } from '../../bot/cli/record.ts';
import { readProgrammes } from '../../services/catalogue/programmes.ts';
import type { Clock } from '../../services/clock.ts';
import { createMetrics } from '../../services/metrics.ts';
import { sandboxTokens } from '../../services/partnerCenter/auth/tokens.ts';
import { httpPartnerCenter } from '../../services/partnerCenter/client.ts';
import type { ClientConfig } from '../../services/partnerCenter/request.ts';
import { upgraded } from '../../services/store/format.ts';
import type { Table } from '../../services/store/store.ts';
import { dryRun } from '../../services/watch/dryRun.ts';
import { memoryStore } from '../support/memory.ts';

const CASES = resolve(import.meta.dirname, '../cases');
const PROGRAMMES = readProgrammes([resolve(import.meta.dirname, '../../services/catalogue/programmes')]);

function readJson(name: string, file: string): unknown {
  return JSON.parse(readFileSync(join(CASES, name, `${file}.json`), 'utf8'));
}

/** Answers what was recorded; what was not is not there. */
function answering({ answers, now }: Look): ClientConfig {
  const clock: Clock = { now: () => new Date(now), wallMs: () => Date.parse(now), sleep: async () => {} };
  return {
    ...{ baseUrl: 'http://recorded', tokens: sandboxTokens, clock, locale: 'en-US', budget: { take: async () => {}, pause: async () => {} } },
    fetch: async (url, { method }) => {
      const { status, body } = answers[`${method} ${url.slice('http://recorded'.length)}`] ?? { status: 404, body: {} };
      const headers = new Headers({ date: new Date(now).toUTCString() });
      return { ok: status < 300, status, headers, text: async () => JSON.stringify(body) };
    },
  };
}

async function replay(look: Look): Promise<{ decision: unknown; changes: unknown }> {
  const store = memoryStore();
  // As they are read: a case may be older than the format.
  for (const { table, partition, key, value } of look.rows)
    await store.put(table as Table, partition, key, upgraded({ table: table as Table, partition, key }, value));
  const client = answering(look);
  const partnerCenter = httpPartnerCenter(client, client);
  const metrics = createMetrics(client.clock);
  return resultOf(await dryRun({ store, partnerCenter, clock: client.clock, programmes: PROGRAMMES, metrics, periodMs: look.periodMs }, look.customerId));
}

describe('recorded cases', () => {
  const names = readdirSync(CASES);
  it('are there', () => assert.ok(names.length >= 8));
  for (const name of names) {
    const look = readJson(name, 'look') as Look;
    it(`${name}: ${look.what}`, async () => {
      const came = JSON.parse(JSON.stringify(await replay(look))) as Record<'decision' | 'changes', unknown>;
      for (const file of ['decision', 'changes'] as const) {
        if (process.env.UPDATE || !existsSync(join(CASES, name, `${file}.json`)))
          writeFileSync(join(CASES, name, `${file}.json`), `${JSON.stringify(came[file], null, 2)}\n`);
        assert.deepEqual(came[file], readJson(name, file), file);
      }
    });
  }
});
