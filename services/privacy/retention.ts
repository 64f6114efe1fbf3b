/** What is too old is kept of nobody: names, lines of closed tickets, who held what, and what was for a while alone. */
import { type AuditEntry, CHECKPOINT, checkpointFor } from '../auditLog/auditLog.ts';
import { addDays, type Clock, dayOf } from '../clock.ts';
import type { Move, Ticket, UserMove } from '../domain/ticket.ts';
import type { Log } from '../log.ts';
import { forgetTaken } from '../export/grants.ts';
import { moveChange } from '../moves/rows.ts';
import { forgetNames } from '../people/people.ts';
import type { JobResult } from '../queue/worker.ts';
import { auditKey, auditPrefix, CUSTOMERS, keysWith, MOVE, ofCustomer, RETENTION, RETENTION_KEY, TICKET, userPrefix } from '../store/rows.ts';
import { type Change, CHANGES_MAX, type Store, withPrefix } from '../store/store.ts';
import { written } from '../store/update.ts';
import { sweepEnded } from './ends.ts';

const DAY_MS = 86_400_000;
const AGAIN_MS = 3_600_000;
const LINES_AT_ONCE = CHANGES_MAX - 2;

export interface Retention {
  /** Names of people who were not here for so long are forgotten. */
  nameDays: number;
  /** Lines of tickets that closed so long ago are cut, and the names of licence holders with them. */
  recordDays: number;
}

export interface RetentionDeps {
  store: Store;
  clock: Pick<Clock, 'now' | 'wallMs'>;
  log: Log;
  retention: Retention;
}

/** When it is to be done next, by whichever process then runs. */
interface ForgetRow {
  nextAt: number;
}

/** Once a day, by one process, and however often processes end and begin; not on the first day, when there is nothing. */
export async function forgetTurn({ store, clock, log, retention }: RetentionDeps): Promise<JobResult> {
  const at = clock.wallMs();
  const row = await store.get<ForgetRow>(...RETENTION, RETENTION_KEY);
  // Whoever can write the row cannot put it off for longer than a day.
  if (row && row.value.nextAt > at && row.value.nextAt <= at + DAY_MS) return 'idle';
  const value: ForgetRow = { nextAt: at + DAY_MS };
  const change: Change = written(row, RETENTION_KEY, value);
  if ((await store.commit(...RETENTION, [change])) === 'conflict' || !row) return 'idle';
  try {
    log.info(await applyRetention(store, clock.now(), retention), 'what is too old was forgotten');
  } catch (error) {
    await store.put(...RETENTION, RETENTION_KEY, { nextAt: at + AGAIN_MS } satisfies ForgetRow);
    log.warn({ error: String(error) }, 'what is too old could not be forgotten yet');
  }
  return 'idle';
}

export interface Forgotten {
  names: number;
  lines: number;
  /** Handles of cards, what people spoke of last, and links for a consent. */
  ended: number;
}

/** Forgets what is older than it may be. May be cut off anywhere and begun again. */
export async function applyRetention(store: Store, now: Date, retention: Retention): Promise<Forgotten> {
  const forgotten: Forgotten = { names: 0, lines: 0, ended: await sweepEnded(store, now) };
  forgotten.names = await forgetNames(store, addDays(dayOf(now), -retention.nameDays));
  const closedBefore = addDays(dayOf(now), -retention.recordDays);
  await forgetTaken(store, closedBefore);
  // Over all customers at once: to ask for each one's tickets would be a call for every customer, of whom few have any.
  for await (const page of store.scan<Ticket>(CUSTOMERS, ...keysWith(TICKET)))
    for (const { partition: customer, value: ticket } of page) {
      if (ticket.closed === null || dayOf(ticket.closed.at) >= closedBefore) continue;
      forgotten.lines += await cutRecord(store, ticket, now);
      for (const move of await withPrefix<Move>(store, ...ofCustomer(customer), MOVE))
        if (move.value.ticketId === ticket.id) await forgetHolders(store, customer, move.key);
    }
  return forgotten;
}

/** All lines but a first one that keeps the number and hash of the last that went; in pieces that one transaction holds. */
async function cutRecord(store: Store, ticket: Ticket, now: Date): Promise<number> {
  const { customerId, id } = ticket;
  const key = auditKey(id, 0);
  let cut = 0;
  for (;;) {
    const rows = await withPrefix<AuditEntry>(store, ...ofCustomer(customerId), auditPrefix(id), LINES_AT_ONCE);
    const before = rows.find((row) => row.value.what === CHECKPOINT);
    const lines = rows.filter((row) => row !== before);
    const last = lines.at(-1);
    if (!last) return cut;
    const value = checkpointFor(last.value, before?.value ?? null, lines.length, now.toISOString());
    const mark: Change = written(before, key, value);
    const changes: Change[] = [mark, ...lines.map((row): Change => ({ op: 'delete', key: row.key, etag: row.etag }))];
    if ((await store.commit(...ofCustomer(customerId), changes)) === 'conflict') return cut; // somebody writes there: it is not so old after all
    cut += lines.length;
  }
}

/** Who held which licence, by name: of each move of a closed ticket, the earlier ones too. */
async function forgetHolders(store: Store, customerId: string, key: string): Promise<void> {
  for (;;) {
    const rows = await withPrefix<UserMove>(store, ...ofCustomer(customerId), userPrefix(key), LINES_AT_ONCE);
    if (rows.length === 0) break;
    const changes = rows.map((row): Change => ({ op: 'delete', key: row.key, etag: row.etag }));
    if ((await store.commit(...ofCustomer(customerId), changes)) === 'conflict') return;
  }
  const row = await store.get<Move>(...ofCustomer(customerId), key);
  if (!row) return;
  const { waived, people, chosen } = row.value;
  const value: Move = {
    ...row.value,
    waived: waived.map((one) => ({ ...one, people: one.people.map(() => ({ id: '', name: '' })) })),
    people: people && { ...people, named: [] },
    ...(chosen ? { chosen: { ...chosen, except: [] } } : {}),
  };
  if (JSON.stringify(value) !== JSON.stringify(row.value)) await store.commit(...ofCustomer(customerId), [moveChange(row, value)]);
}
