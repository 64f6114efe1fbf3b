/** The Move loop: look at a move, decide its next step, act, and store what happened. */
import { randomUUID } from 'node:crypto';
import { isAhead, later } from '../clock.ts';
import type { Migration } from '../domain/ticket.ts';
import { PartnerCenterError } from '../partnerCenter/port.ts';
import { BOT } from '../auditLog/auditLog.ts';
import type { Turn } from '../queue/worker.ts';
import { applyEvent, type CallOf, readMatter } from './apply.ts';
import { whatStandsAgainst } from './preflight.ts';
import { LEASE_MS } from './lease.ts';
import { begin } from './states.ts';
import { askProvisioning, checkout, findOrder, settle } from './checkout.ts';
import { checkQuote, quote } from './purchase.ts';
import { count } from './people/count.ts';
import { reassign } from './people/swap.ts';
import { ownWords } from './refusals.ts';
import { suspend } from './suspend.ts';
import { todo } from './nextStep.ts';
import type { Moving, Outcome, Act } from './deps.ts';
import { lookUpFacts } from '../tickets/lookUp.ts';

const ANEW_MS = 200;
/** The suspension writes down its call itself, just before it makes it. */
const CALLS = { quote: 'cart', checkout: 'checkout' } as const;

/** One turn: the text is `<customer> <subscription>`, or `facts <customer> <ticket>`. */
export async function moveTurn(deps: Moving, text: string): Promise<Turn> {
  const [first = '', second = '', third] = text.split(' ');
  if (first === 'facts') return lookUpFacts(deps, second, third ?? '');
  const matter = await readMatter(deps.store, first, second);
  if (!matter?.migration || !matter.expiry) return 'rest';
  const now = deps.clock.now().toISOString();
  const migration = matter.migration.value;
  const next = todo(migration, now);
  if (next.do === 'nothing') return 'rest';
  if (next.do === 'wait') return { againMs: waitMs(next.until, now) };
  const leased = migration.lease !== null && migration.lease.by !== deps.me && isAhead(Date.parse(migration.lease.until), Date.parse(now), LEASE_MS);
  if (leased) return { againMs: waitMs(migration.lease?.until ?? now, now) };
  if (next.do === 'lapse' || next.do === 'remind') return finish(deps, migration, { event: { kind: next.do }, answered: false });
  const against = await whatStandsAgainst(deps, migration, next.do);
  if (against) return finish(deps, migration, { event: against, answered: false });
  const begun = next.do in CALLS ? begin(migration, CALLS[next.do as keyof typeof CALLS], randomUUID()) : { migration, requestId: '' };
  // Written down before the call is made: the request id, and that this process is at it.
  const started: Migration = { ...begun.migration, lease: { by: deps.me, until: later(now, LEASE_MS) } };
  if (
    (await deps.store.commit('customers', migration.customerId, [{ op: 'replace', key: migration.key, value: started, etag: matter.migration.etag }])) ===
    'conflict'
  )
    return { againMs: ANEW_MS };
  const act: Act = {
    ...{ deps, migration: started, expiry: matter.expiry.value, known: matter.known.value, requestId: begun.requestId },
    newId: randomUUID,
    first: false,
    repeated: migration.call?.requestId === begun.requestId && begun.requestId !== '',
  };
  const outcome = await doIt(act, next.do);
  if (!outcome) return { againMs: LEASE_MS };
  return outcome.event.kind === 'checked' ? buy(act, outcome) : finish(deps, act.migration, outcome);
}

/** All is as it was approved: the purchase is written down and made in this very turn. */
async function buy(act: Act, checked: Outcome): Promise<Turn> {
  const { deps } = act;
  const applied = await apply(deps, act.migration, checked);
  if ('refused' in applied) return { againMs: ANEW_MS };
  const { migration } = applied;
  const outcome = await doIt({ ...act, migration, requestId: migration.call?.requestId ?? '', first: true, repeated: false }, 'checkout');
  return outcome ? finish(deps, migration, outcome) : { againMs: ANEW_MS };
}

function waitMs(until: string, now: string): number {
  return Math.max(100, Date.parse(until) - Date.parse(now));
}

async function doIt(act: Act, what: Exclude<ReturnType<typeof todo>['do'], 'nothing' | 'wait' | 'remind' | 'lapse'>): Promise<Outcome | null> {
  const acts = { quote, checkQuote, checkout, findOrder, settle, askProvisioning, count, reassign, suspend };
  try {
    return await acts[what](act);
  } catch (error) {
    if (!(error instanceof PartnerCenterError)) throw error;
    act.deps.log.warn({ move: act.migration.key, what, kind: error.kind, code: error.code }, 'a step of a move did not succeed');
    return failed(error, what, act.deps.clock.now().toISOString());
  }
}

/** What a failure means for a move; whether something was done stays open only where nobody knows. */
function failed(error: PartnerCenterError, what: string, now: string): Outcome {
  // Of a suspension only the readings end here: its call tells itself whether it was answered.
  const answered = what !== 'suspend' && error.answered;
  const retryAt = error.retryAfterMs > 0 ? later(now, error.retryAfterMs) : null;
  if (error.kind === 'throttled' || error.kind === 'unclear' || error.kind === 'notReady' || error.kind === 'findOrder' || error.kind === 'conflict') {
    return { event: { kind: 'unclear', code: error.code, retryAt }, answered };
  }
  if (what === 'quote' || what === 'checkQuote') return { event: { kind: 'refused', reason: refusalFor(error), code: error.code }, answered };
  // The purchase judges its own call; what ends here says nothing of it.
  if (what === 'checkout' || what === 'findOrder') return { event: { kind: 'unclear', code: error.code, retryAt }, answered: false };
  const said = ownWords(error);
  const reason = error.kind === 'forbidden' ? 'forbidden' : 'unread';
  return { event: { kind: 'fail', reason, code: error.code, ...(said ? { said } : {}) }, answered };
}

function refusalFor(error: PartnerCenterError) {
  if (error.kind === 'forbidden') return 'forbidden' as const;
  const byCode: Record<string, 'agreement' | 'accountReview' | 'quantity' | 'notSold'> = {
    13605: 'agreement',
    800073: 'accountReview',
    800074: 'accountReview',
    2002: 'quantity',
    900275: 'quantity',
    400013: 'notSold',
    400018: 'notSold',
    400019: 'notSold',
    500600: 'notSold',
  };
  return byCode[error.code] ?? ('refused' as const);
}

function apply(deps: Moving, migration: Migration, { event, answered, also }: Outcome) {
  const call: CallOf = { key: migration.key, version: migration.version, requestId: migration.call?.requestId ?? null, answered, ...(also ? { also } : {}) };
  return applyEvent(deps, migration.customerId, migration.subscriptionId, event, BOT, call);
}

/** Stores what happened, and says when to look again. */
async function finish(deps: Moving, migration: Migration, outcome: Outcome): Promise<Turn> {
  const applied = await apply(deps, migration, outcome);
  // Dropped: the move went on meanwhile, or is another one. It is looked at anew as it now stands.
  if ('refused' in applied) return applied.refused === 'otherCall' ? { againMs: ANEW_MS } : 'rest';
  const now = deps.clock.now().toISOString();
  return applied.migration.nextAt ? { againMs: waitMs(applied.migration.nextAt, now) } : 'rest';
}
