/** How the bot is, in numbers for machines: read out of rows that are there and counters of this process. No names. */
import { watchers } from '../services/chats.ts';
import { inChunks } from '../services/chunks.ts';
import type { Clock } from '../services/clock.ts';
import { countsToday, type Metrics } from '../services/metrics.ts';
import { waitingChats } from '../services/notify/inbox.ts';
import { troublesOf } from '../services/notify/lease.ts';
import { teamsHealth } from '../services/notify/sleep.ts';
import { isSetAside } from '../services/notify/trouble.ts';
import { CERTIFICATE_WARN_DAYS } from '../services/partnerCenter/auth/appCertificate.ts';
import { readConsent } from '../services/partnerCenter/auth/consent.ts';
import { readSwitch, stopOf } from '../services/readOnly.ts';
import type { Store } from '../services/store/store.ts';
import { openTickets, stuckMoves } from '../services/tickets/openList.ts';
import { gapsOf } from '../services/watch/known.ts';
import { lagMs, readListing } from '../services/watch/rows.ts';

export interface Gauge {
  name: string;
  help: string;
  /** `counter`: of this process since its start; it only grows. */
  kind: 'gauge' | 'counter';
  /** One for each set of labels. */
  values: { labels: Record<string, string>; value: number }[];
}

interface Sources {
  store: Store;
  clock: Clock;
  metrics: Pick<Metrics, 'refusals'>;
  /** Of the app that calls Partner Center; null where it has none. */
  certificateEndsAt: string | null;
}

const DAY_MS = 86_400_000;
/** Each costs a read. */
const CHATS_MAX = 200;
const AT_ONCE = 20;

/** All of them; what the storage does not tell is thrown. */
export async function readGauges({ store, clock, metrics, certificateEndsAt }: Sources): Promise<Gauge[]> {
  const now = clock.now();
  const ageS = (since: string | null) => (since === null ? 0 : Math.max(0, Math.round((now.getTime() - Date.parse(since)) / 1000)));
  const [counts, walk, gaps, waiting, teams, watching, consent, open, stuck, stop] = await Promise.all([
    countsToday(store, clock),
    readListing(store),
    gapsOf(store),
    waitingChats(store),
    teamsHealth(store, now),
    watchers(store),
    readConsent(store),
    openTickets(store),
    stuckMoves(store),
    readSwitch(store),
  ]);
  let aside = 0;
  await inChunks(watching.slice(0, CHATS_MAX), AT_ONCE, async ({ key }) => {
    aside += (await troublesOf(store, key)).filter(isSetAside).length;
  });
  const one = (name: string, help: string, value: number): Gauge => ({ name: `successor_${name}`, help, kind: 'gauge', values: [{ labels: {}, value }] });
  return [
    one('customers', 'Customers on the list.', walk?.customers ?? 0),
    one('customers_never_read', 'Customers that were never looked at, a thousand at most.', gaps.never),
    one('customers_skipped', 'Customers that could not be looked at the last time, a thousand at most.', gaps.skipped.length),
    one(
      'sweep_lag_seconds',
      'How late the looks of the last minutes came at most, or by how much their rest is longer than the period.',
      Math.round(lagMs(walk, counts) / 1000),
    ),
    one('tickets_open', 'Open tickets.', open.length),
    one('moves_stuck', 'Moves that have stopped and need a person.', stuck.length),
    one('chats_watching', 'Chats that watch.', watching.length),
    one('chats_asleep', 'Chats that Teams refuses.', teams.asleep),
    one('chats_backlog', 'Chats to which something is still to be said, a thousand at most.', waiting.chats),
    one('oldest_alert_seconds', 'How long the oldest of what is to be said has waited.', ageS(waiting.since)),
    one(
      'oldest_refused_seconds',
      'Of chats where it was tried to say something and failed, how long the longest takes nothing. 0 where there is none.',
      ageS(waiting.troubledAt),
    ),
    one('cards_set_aside', `Cards that Teams does not take, told in a sentence instead, in ${CHATS_MAX} chats at most.`, aside),
    one('sign_in_age_seconds', 'Since when the refresh token was last stored; it dies after 90 days. 0 where there is none.', ageS(consent?.storedAt ?? null)),
    one(
      'certificate_ends',
      `1 when the certificate with which the app calls Partner Center ends within ${CERTIFICATE_WARN_DAYS} days, or has ended.`,
      certificateEndsAt !== null && Date.parse(certificateEndsAt) - now.getTime() <= CERTIFICATE_WARN_DAYS * DAY_MS ? 1 : 0,
    ),
    one('identity_unknown', '1 while Teams does not know the bot.', teams.unknownSince === null ? 0 : 1),
    one('stopped', '1 while nothing is bought, moved or suspended: read-only, or a dry run.', stopOf(stop) ? 1 : 0),
    {
      name: 'successor_refusals_total',
      help: 'What was refused since this process began, by whom and with which code.',
      kind: 'counter',
      values: metrics.refusals().map(({ by, code, count }) => ({ labels: { by, code }, value: count })),
    },
  ];
}

/** As Prometheus reads it (text format 0.0.4). Pure. */
export function prometheusText(gauges: readonly Gauge[]): string {
  const lines = gauges.flatMap(({ name, help, kind, values }) => [
    `# HELP ${name} ${help}`,
    `# TYPE ${name} ${kind}`,
    ...values.map(({ labels, value }) => `${name}${labelsText(labels)} ${value}`),
  ]);
  return `${lines.join('\n')}\n`;
}

function labelsText(labels: Record<string, string>): string {
  const pairs = Object.entries(labels).map(([key, value]) => `${key}="${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}
