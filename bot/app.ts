/** Puts the program together: storage, loops, routes and timers. */

import { randomUUID } from 'node:crypto';
import { rendererIn } from '../cards/ticket/ticket.ts';
import { anchorTurn } from '../services/auditLog/anchor.ts';
import type { Programme } from '../services/catalogue/programmes.ts';
import type { Clock } from '../services/clock.ts';
import type { Children } from '../services/local/processes.ts';
import type { Log } from '../services/log.ts';
import { handleMove } from '../services/moves/handler.ts';
import { handleNotify } from '../services/notify/handler.ts';
import { HOURLY } from '../services/notify/hours.ts';
import { noLeasesSeen } from '../services/notify/lease.ts';
import { teamsHealth } from '../services/notify/sleep.ts';
import { LOGIN_MINUTES, newLoginTicket } from '../services/partnerCenter/auth/consent.ts';
import { httpPartnerCenter } from '../services/partnerCenter/client.ts';
import { httpNames } from '../services/partnerCenter/names.ts';
import { certificates } from '../services/partnerCenter/webhook/certificate.ts';
import { takeEvents } from '../services/partnerCenter/webhook/events.ts';
import { forgetTurn } from '../services/privacy/retention.ts';
import type { BulkWakeUp, InvitationsWakeUp, LateAnswerWakeUp, MoveWakeUp } from '../services/queue/messages.ts';
import { createWorker, type Handlers, type JobResult, type PeriodicJob } from '../services/queue/worker.ts';
import { beginDryRun, readSwitch, stopOf } from '../services/readOnly.ts';
import { slots } from '../services/export/file.ts';
import type { AskedExport } from '../services/export/grants.ts';
import { uploadFile } from '../services/export/upload.ts';
import type { Store } from '../services/store/store.ts';
import { readNames } from '../services/tickets/names.ts';
import { listingJob, listSoon } from '../services/watch/customers.ts';
import { handleSweep } from '../services/watch/handler.ts';
import { openPace } from '../services/watch/rest.ts';
import { readListing } from '../services/watch/rows.ts';
import { pollSoon, signalJobs } from '../services/watch/signals.ts';
import type { Config } from './config/config.ts';
import type { Words } from '../cards/text/words.ts';
import { pagesOf } from './http/consentPages.ts';
import { LANGUAGES, wordsOf } from './languages.ts';
import { speakingOf } from './turns/turn.ts';
import { exportPages } from './http/exportPages.ts';
import type { Listening } from './http/server.ts';
import type { Went } from './console.ts';
import { type Gauge, prometheusText, readGauges } from './gauges.ts';
import { hush } from './hush.ts';
import type { Telemetry } from './telemetry.ts';
import { openResources, type Resources, tenantBudgets } from './resources.ts';
import { aloudWith } from './teams/aloud.ts';
import { createBot, turnsOf } from './teams/bot.ts';
import { botbuilderSdk } from './teams/botbuilder.ts';
import { deliverWith } from './teams/deliver.ts';
import { membersWith } from './teams/members.ts';
import { tellIn } from './teams/spoken.ts';
import { bulkTurn } from './turns/bulked.ts';
import { type Exports, fileText } from './turns/exportFile.ts';
import { INVITATIONS, invitationsTurn } from './turns/invited.ts';
import { answersGoTo } from './turns/pointer.ts';
import { reportIn } from './turns/report.ts';
import { errandTurn, type LateAnswerDeps } from './turns/lateAnswer.ts';
import { beginTimers } from './timers.ts';
import type { Waits } from './waits.ts';

/** The chat page of this machine says so of everybody. */
const CHAT_PAGE = 'en-US';

/** Turns at once: a look waits for Partner Center, a message for Teams, each some hundred milliseconds. */
const AT_ONCE = { sweep: 8, notify: 16, move: 8 };

export interface Running {
  /** Addresses that answer; null where the part was not started here. */
  chat: string | null;
  bot: string;
  sandbox: string | null;
  onDeath(tell: (name: string, went: Went, lastWords: string) => void): void;
  stop(): Promise<void>;
}

/** Settings that the work asks for itself. */
function policies({ fourEyes, shows, views }: Config): Pick<Config, 'fourEyes' | 'shows' | 'views'> {
  return { fourEyes, shows, views };
}

/** Each process looks whether it is time; one a day does it. */
const ANCHORING: PeriodicJob = { wakeUp: { queue: 'sweep', what: 'anchor' }, everyMs: 15 * 60_000 };

const RETENTION: PeriodicJob = { wakeUp: { queue: 'sweep', what: 'retention' }, everyMs: 15 * 60_000 };

/** Whether storage answers, and how far the watch has come. */
async function readiness(store: Store, clock: Clock) {
  try {
    const walk = await readListing(store);
    return {
      storage: true,
      partnerCenter: walk?.walkedAt !== null && walk !== undefined,
      lookedAt: walk?.walkedAt ?? null,
      knowsAll: Boolean(walk?.baselineAt),
      teams: await teamsHealth(store, clock.now()),
    };
  } catch {
    return { storage: false, partnerCenter: false, lookedAt: null, knowsAll: false, teams: null };
  }
}

/** Before anything works: a storage in which no list of customers was begun is a new tenant's. */
async function tryFirst(store: Store, clock: Clock): Promise<void> {
  if (!(await readListing(store))) await beginDryRun(store, clock.now().toISOString());
}

/** What stands when the work begins: the open door, and what runs beside. */
export interface Begun {
  config: Config;
  log: Log;
  programmes: Programme[];
  children: Children;
  listening: Listening;
  waits: Waits;
}

/** Opens what the bot works with, gives the door its routes, and sets the loops going. Throws StartError with one sentence when it cannot. */
export async function startBot({ config, log, programmes, children, listening, waits }: Begun): Promise<Running> {
  const resources = await openResources(config, log, waits.until);
  for (const { what, look } of resources.others) void waits.until(what, look).catch(() => {});
  const { store, queues, clock, consenting, directory, metrics, priceSheets } = resources;
  if (config.triesFirst) await waits.until('storage', () => tryFirst(store, clock));
  const partnerCenter = httpPartnerCenter(resources.client, resources.licenceClient);
  const { lowPriority, namesIn } = patiently(resources);
  const pace = openPace(config.requestsPerMinute);
  // A name for this process, for its leases.
  const workerId = randomUUID();
  const { identity } = config;
  const gauges = () => readGauges({ store, clock, metrics, certificateEndsAt: config.certificateEndsAt });
  const telemetry = await telemetryFor(config, { clock, log, gauges });
  const turnFailed = (error: Error) => log.warn({ error: String(error.stack ?? error) }, 'a turn failed');
  const sdk = config.sdk === 'agents' ? (await import('./teams/agents.ts')).agentsSdk(identity, turnFailed) : botbuilderSdk(identity, turnFailed);

  const worker = createWorker({ queues, clock, log, tracer: telemetry, concurrency: AT_ONCE, jobs: jobsOf(config.sweepMs) }, () => handlers);
  const isReadOnly = async () => (config.readOnly ? 'readOnly' : stopOf(await readSwitch(store)));
  const shared = { store, partnerCenter, priceSheets, programmes, clock, wake: worker.wake, log, workerId, directory, ...policies(config), isReadOnly };
  const deliver = deliverWith(sdk, clock.wallMs, (code) => metrics.refused('teams', code));
  const notifying = {
    ...shared,
    deliver,
    renderer: rendererIn((tag, zone) => wordsOf(LANGUAGES, tag, zone)),
    answersGoTo: answersGoTo(shared),
    report: reportIn({ ...shared, ...speakingOf(LANGUAGES) }),
    seenLeases: noLeasesSeen(),
    ...{ passMs: config.sweepMs, tenantBudget: tenantBudgets(store, clock) },
  };
  const handlers: Handlers = {
    sweep(wakeUp) {
      if (wakeUp.what === 'anchor') return anchorTurn({ ...shared, anchors: resources.anchors });
      if (wakeUp.what === 'retention') return forgetTurn({ ...shared, retention: config.retention });
      if (wakeUp.what === 'names') return readNames({ ...shared, namesIn }, wakeUp);
      return handleSweep({ ...shared, lowPriority, metrics, periodMs: config.sweepMs, pace }, wakeUp);
    },
    notify: (wakeUp) => handleNotify(notifying, wakeUp),
    move: (wakeUp) => (isLate(wakeUp) ? answerLater({ ...turning, tell }, wakeUp) : handleMove(shared, wakeUp)),
  };
  const consentLink =
    consenting && (async (by: string) => ({ link: `${config.publicUrl}/consent?ticket=${await newLoginTicket(consenting, by)}`, minutes: LOGIN_MINUTES }));
  const aloud = aloudWith(sdk, (error) => log.warn({ error: String(error) }, 'an answer could not be said'));
  const turning = {
    ...shared,
    ...speakingOf(LANGUAGES),
    readOnlySetting: config.readOnly,
    patienceMs: config.patienceMs,
    exports: exportsOf(config),
    consentLink,
    noteCounts: () => metrics.note(store, workerId),
    clockSkewMs: () => deliver.clockSkewMs?.() ?? 0,
  };
  const tell: LateAnswerDeps['tell'] = (chat, thread, back) => tellIn(turning, aloud, { chat, thread }, back);
  const bot = createBot(turning, aloud, {
    tracer: telemetry,
    here: config.mode === 'guarded',
    unsaid: config.mode === 'local' ? CHAT_PAGE : null,
    members: membersWith(sdk, clock),
  });
  const filing = { ...turning, slots: turning.exports.slots, text: (asked: AskedExport, words: Words) => fileText({ ...turning, words }, asked) };
  const signers = certificates({ allowed: config.events.certificates, roots: config.events.roots, clock });
  const routes = {
    turn: turnsOf(sdk, bot),
    ready: () => readiness(store, clock),
    guarded: identity && { appId: identity.appId, tenants: new Set(identity.tenants), cloud: config.cloud, loopback: config.mode === 'guarded' },
    events: takeEvents({ clock, certificates: signers, ...soonWith({ store, clock, wake: worker.wake }) }),
    knowsSigner: signers.isKnown,
    ...pagesOf({ consenting, directory, languages: LANGUAGES, secure: config.publicUrl.startsWith('https:') }),
    exports: exportPages(filing),
    metrics: { text: async () => prometheusText(await gauges()), token: config.metricsToken },
  };
  listening.open(routes);
  const unhush = hush(() => listening.count('what the library would have printed'));
  worker.start();
  const stopTimers = beginTimers({ config, log, listening, gauges }, resources, workerId);
  return {
    chat: config.chat ? `http://127.0.0.1:${config.chatPort}` : null,
    bot: `http://127.0.0.1:${listening.port}`,
    sandbox: config.partnerCenterUrl === null ? resources.baseUrl : null,
    onDeath: children.onDeath,
    async stop() {
      stopTimers();
      unhush();
      waits.stop();
      await listening.close();
      await aloud.quiet();
      await worker.stop();
      await telemetry?.stop();
      await children.end();
    },
  };
}

/** The chat page of this machine takes no files; a test's Teams does, on this machine. */
function exportsOf({ mode, publicUrl }: Config): Exports {
  const here = mode === 'guarded';
  const upload: Exports['upload'] = mode === 'local' ? null : (address, file, signal) => uploadFile(address, file, { here, signal });
  return { address: `${publicUrl}/export`, upload, slots: slots() };
}

/** Partner Center for what can wait, and for what things are called in another language. */
function patiently({ client, licenceClient }: Resources) {
  const patient = { ...client, budget: client.budget.lowPriority };
  return { lowPriority: httpPartnerCenter(patient, { ...licenceClient, budget: licenceClient.budget.lowPriority }), namesIn: httpNames(patient) };
}

function jobsOf(sweepMs: number): PeriodicJob[] {
  return [listingJob(sweepMs), ...signalJobs(sweepMs), ANCHORING, RETENTION, INVITATIONS, HOURLY];
}

/** Nothing of it is loaded where no collector is named. */
async function telemetryFor({ collector }: Config, deps: { clock: Clock; log: Log; gauges(): Promise<Gauge[]> }): Promise<Telemetry | null> {
  if (!collector) return null;
  const { createTelemetry } = await import('./telemetry.ts');
  return createTelemetry(collector, deps);
}

/** What an event brings forward: a customer's look, or that of the list of them. */
function soonWith(deps: Parameters<typeof pollSoon>[0]): { lookSoon(customerId: string): Promise<void>; listSoon(): Promise<void> } {
  return { lookSoon: (customerId) => pollSoon(deps, customerId), listSoon: () => listSoon(deps) };
}

type LateWakeUp = LateAnswerWakeUp | InvitationsWakeUp | BulkWakeUp;

function isLate(wakeUp: MoveWakeUp | LateWakeUp): wakeUp is LateWakeUp {
  return wakeUp.what === 'lateAnswer' || wakeUp.what === 'invitations' || wakeUp.what === 'bulk';
}

/** What is said where nobody has spoken just now. */
function answerLater(deps: LateAnswerDeps, wakeUp: LateWakeUp): Promise<JobResult> {
  if (wakeUp.what === 'bulk') return bulkTurn(deps, wakeUp);
  return wakeUp.what === 'lateAnswer' ? errandTurn(deps, wakeUp) : invitationsTurn(deps);
}
