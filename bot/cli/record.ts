/**
 * `npm run record -- <folder> <customer or ticket>`: one look at a customer as a folder of data, to be compared by
 * `test/unit/cases.test.ts` from then on: `look.json` (all that was read), `decision.json` and `changes.json` (what comes of it).
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { httpPartnerCenter } from '../../services/partnerCenter/client.ts';
import type { ClientConfig } from '../../services/partnerCenter/request.ts';
import type { Unwritten } from '../../services/store/overlay.ts';
import { COUNTERS, LISTING, LISTING_KEY, MOVE, OUTBOX, ofCustomer, TICKET, TICKET_COUNTER_KEY } from '../../services/store/rows.ts';
import { type Row, type Store, withPrefix } from '../../services/store/store.ts';
import { type DryRun, dryRun } from '../../services/watch/dryRun.ts';
import { readCustomer } from '../../services/watch/rows.ts';
import { programmesIn } from '../config/programmes.ts';
import type { Config } from '../config/config.ts';
import type { Resources } from '../resources.ts';
import { whichCustomer } from './explain.ts';

/** All that one look reads. */
export interface Look {
  /** What is the case, in a sentence. */
  what: string;
  customerId: string;
  /** ISO text. */
  now: string;
  periodMs: number;
  rows: { table: string; partition: string; key: string; value: unknown }[];
  /** Partner Center's answers, by method and path. */
  answers: Record<string, { status: number; body: unknown }>;
}

/** Says what it wrote. Throws with a sentence where the folder or the customer is not named. */
export async function record(resources: Resources, config: Config, [folder = '', ...words]: readonly string[]): Promise<string[]> {
  if (folder === '' || words.length === 0) throw new Error('Name a folder and a customer: npm run record -- test/cases/my-case Contoso');
  const customerId = await whichCustomer(resources.store, words.join(' '));
  const answers: Look['answers'] = {};
  const heard = (client: ClientConfig): ClientConfig => ({ ...client, fetch: listeningTo(answers, client.baseUrl) });
  const look: Look = {
    what: words.join(' '),
    customerId,
    now: resources.clock.now().toISOString(),
    periodMs: config.sweepMs,
    rows: await rowsOf(resources.store, customerId),
    answers,
  };
  const partnerCenter = httpPartnerCenter(heard(resources.client), heard(resources.licenceClient));
  const programmes = programmesIn(config.programmesDir);
  const { store, metrics, clock } = resources;
  const run = await dryRun(
    { store, partnerCenter, programmes, metrics, clock: { ...clock, now: () => new Date(look.now) }, periodMs: look.periodMs },
    customerId,
  );
  mkdirSync(folder, { recursive: true });
  for (const [name, value] of Object.entries({ look, ...resultOf(run) })) writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(value, null, 2)}\n`);
  return [
    `${folder} holds what was read of ${run.name}, and what comes of it: ${run.decided.length} decisions, ${run.changes.length} changes.`,
    'It holds the customer’s names and numbers as they are: make up others before you keep it.',
  ];
}

/** What comes of a look, without what is random in it. */
export function resultOf(run: Pick<DryRun, 'decided' | 'notes' | 'changes'>): { decision: unknown; changes: unknown } {
  return { decision: { decided: run.decided, notes: run.notes }, changes: run.changes.map(withoutChance) };
}

const CHANCE = '…';

function withoutChance({ table, partition, key, value }: Unwritten): unknown {
  const name = key.startsWith(OUTBOX) ? key.replace(/_[0-9a-f]{8}$/, `_${CHANCE}`) : key;
  const plain = JSON.parse(
    JSON.stringify(value, (field, inner) => (/^(correlationId|hash|previous|generation)$/.test(field) && inner !== null ? CHANCE : inner)),
  );
  return { row: `${table} ${partition} ${name}`, value: plain };
}

/** The customer's rows without the record and the people, and what of all is read beside them. */
async function rowsOf(store: Store, customerId: string): Promise<Look['rows']> {
  const [table, partition] = ofCustomer(customerId);
  const read = [readCustomer(store, customerId), ...[TICKET, MOVE].map((prefix) => withPrefix<unknown>(store, table, partition, prefix))];
  const own = (await Promise.all<Row<unknown>[]>(read)).flat();
  const shared = await Promise.all(
    (
      [
        [...COUNTERS, TICKET_COUNTER_KEY],
        [...LISTING, LISTING_KEY],
      ] as const
    ).map(async ([at, name, key]) => {
      const row = await store.get(at, name, key);
      return row ? [{ table: at, partition: name, key, value: row.value }] : [];
    }),
  );
  return [...own.map(({ key, value }) => ({ table, partition, key, value })), ...shared.flat()];
}

function listeningTo(answers: Look['answers'], baseUrl: string): NonNullable<ClientConfig['fetch']> {
  return async (url, init) => {
    const answer = await fetch(url, init);
    const text = await answer.text();
    answers[`${init.method} ${url.slice(baseUrl.length)}`] = { status: answer.status, body: parsed(text) };
    return { ok: answer.ok, status: answer.status, headers: answer.headers, text: async () => text };
  };
}

function parsed(text: string): unknown {
  const plain = text.replace(/^\uFEFF/, '');
  return plain === '' ? null : JSON.parse(plain);
}
