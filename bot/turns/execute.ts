/** Carries out what a dialog decided. It stores intentions; the loops do the work. */
import { type Activity, type Done, doneBefore, withDone } from '../../services/domain/activity.ts';
import type { Actor, Decision, Intention, Reply } from '../../dialogs/types.ts';
import type { Chat, Expiry, News, Plan } from '../../services/domain/ticket.ts';
import { applyEvent } from '../../services/moves/apply.ts';
import { askedOf } from '../../services/moves/asked.ts';
import type { MoveEvent } from '../../services/moves/states.ts';
import { expiryKey, newsChange } from '../../services/auditLog/auditLog.ts';
import type { Change, Row } from '../../services/store/store.ts';
import type { Looking } from './resolve.ts';
import { changeExpiry, type Doing } from '../../services/tickets/tickets.ts';
import { openMigration } from '../../services/moves/open.ts';
import { type MatterFacts, lookAtMatter } from '../../services/ticketView.ts';

/** Where and by whom something is done. */
export interface Doer {
  chat: Chat;
  actor: Actor;
  activity: Activity;
}

/** The reply, which is another one where somebody else was faster, and what is asked from now on; null where that is not known. */
export interface Carried {
  reply: Reply | null;
  asked: number | null;
}

/** Does it once: what was done before by the same activity is answered the same, and changes nothing. */
export async function carryOut(deps: Looking, doer: Doer, facts: MatterFacts, decision: Decision): Promise<Carried> {
  const before = doneBefore(facts.expiry.done, doer.activity);
  if (before) return { reply: repeated(before), asked: null };
  let asked = askedOf(facts.expiry, facts.migration);
  for (const intention of decision.intentions) {
    const carried = await carryOne({ ...deps, doing: { activity: doer.activity, asked, reply: decision.reply } }, doer, facts, intention);
    if ('again' in carried) return { reply: repeated(carried.again), asked: null };
    if ('refused' in carried) {
      await freshen(deps, facts.expiry);
      return { reply: carried.refused, asked: null };
    }
    asked = carried.asked ?? asked;
  }
  if (decision.intentions.length === 0) await freshen(deps, facts.expiry);
  return { reply: decision.reply, asked };
}

function repeated(done: Done): Reply | null {
  return done.reply === null ? { say: 'upToDate' } : (JSON.parse(done.reply) as Reply | null);
}

type One = { asked: number | null } | { refused: Reply } | { again: Done };
type Does = Looking & { doing: Doing };

async function carryOne(deps: Does, doer: Doer, facts: MatterFacts, intention: Intention): Promise<One> {
  switch (intention.do) {
    case 'mark':
      await mark({ ...deps, doing: { ...deps.doing, asked: null } }, facts, intention, doer.actor);
      return { asked: null };
    case 'open':
      return open(deps, doer, facts, intention);
    case 'event': {
      if (intention.addPlan) await addPlan(deps, facts, intention.addPlan, doer.actor);
      return apply(deps, doer, facts, intention.event);
    }
  }
}

async function open(deps: Does, doer: Doer, facts: MatterFacts, intention: Extract<Intention, { do: 'open' }>): Promise<One> {
  const { customerId, subscriptionId, id } = facts.expiry;
  const opened = await openMigration(deps, customerId, subscriptionId, doer.actor);
  if ('refused' in opened) {
    if (opened.refused === 'doneBefore') return { again: opened.done };
    return { refused: opened.refused === 'askedAnew' ? await changedNow(deps, doer, facts) : { say: 'closed', how: facts.expiry.closed?.how ?? 'ended' } };
  }
  if (!opened.opened) return { refused: await alreadyNow(deps, doer.chat, customerId, id) };
  if (intention.addPlan) await addPlan(deps, facts, intention.addPlan, doer.actor);
  return apply({ ...deps, doing: { ...deps.doing, asked: opened.migration.asked } }, doer, facts, intention.event);
}

async function apply(deps: Does, doer: Doer, facts: MatterFacts, event: MoveEvent): Promise<One> {
  const { customerId, subscriptionId, id } = facts.expiry;
  const applied = await applyEvent(deps, customerId, subscriptionId, event, doer.actor);
  if (!('refused' in applied)) return { asked: applied.migration.asked };
  switch (applied.refused) {
    case 'doneBefore':
      return { again: applied.done };
    case 'askedAnew':
      return { refused: await changedNow(deps, doer, facts) };
    case 'quoteChanged':
    case 'lapsed':
    case 'ownRequest':
    case 'notWhileUnclear':
      return { refused: { say: applied.refused } };
    case 'role':
      return { refused: { say: 'mayNot', right: 'approve' } };
    default:
      return { refused: await alreadyNow(deps, doer.chat, customerId, id) };
  }
}

/** Something else is asked by now: because somebody else was first, who is named, or because what was asked has changed. */
async function changedNow(deps: Looking, { chat, actor }: Doer, facts: MatterFacts): Promise<Reply> {
  const { customerId, id } = facts.expiry;
  const now = (await lookAtMatter(deps, chat, { customerId, ticket: id }, { text: null, spends: false }))?.migration;
  const approved = now?.approval && !facts.migration?.approval && now.approval.by !== actor.key;
  const begun = now && now.key !== facts.migration?.key && now.startedBy !== actor.key;
  if (approved || begun) return alreadyNow(deps, chat, customerId, id);
  return { say: facts.migration?.state === 'quoted' ? 'quoteChanged' : 'cardChanged' };
}

/** How it stands now, and who was first. */
async function alreadyNow(deps: Looking, chat: Chat, customerId: string, ticket: string): Promise<Reply> {
  const now = await lookAtMatter(deps, chat, { customerId, ticket }, { text: null, spends: false });
  const migration = now?.migration;
  if (!now || !migration) return { say: 'notNow', state: 'none' };
  if (migration.approval) return { say: 'alreadyApproved', who: now.names[migration.approval.by] ?? '', at: migration.approval.at };
  return { say: 'already', state: migration.state, who: now.names[migration.startedBy] ?? '', at: migration.startedAt };
}

/** Before its effect: it leaves no mark. */
async function addPlan(deps: Looking, facts: MatterFacts, plan: Plan, actor: Actor): Promise<void> {
  await changeExpiry({ ...deps, doing: undefined }, asRead(facts), actor, (now) =>
    now.plans?.some((one) => one.id === plan.id)
      ? null
      : { expiry: { ...now, plans: [...(now.plans ?? []), plan] }, what: 'planAdded', data: { plan: plan.title }, news: 'progress' },
  );
}

function asRead({ expiry, etag }: MatterFacts): Row<Expiry> {
  return { key: expiryKey(expiry.id), value: expiry, etag };
}

const SHOW_TRIES = 6;

/** Asks Speak to post the matter's card anew in one chat; false where this very activity has asked for it before. */
export async function show(deps: Looking, seen: Row<Expiry>, { chat, activity }: Pick<Doer, 'chat' | 'activity'>): Promise<boolean> {
  let row: Row<Expiry> | undefined = seen;
  for (let attempt = 0; row && attempt < SHOW_TRIES; attempt++) {
    const expiry: Expiry = row.value;
    if (doneBefore(expiry.done, activity)) return false;
    const news: News = { kind: 'show', expiryId: expiry.id, by: null, at: deps.clock.now().toISOString(), data: { chat: chat.key } };
    const shown: Change = { op: 'replace', key: row.key, value: { ...expiry, done: withDone(expiry.done, activity, null) } satisfies Expiry, etag: row.etag };
    await deps.hints.before('speak', `spread ${expiry.customerId}`);
    if ((await deps.store.commit('customers', expiry.customerId, [newsChange(news), shown])) === 'done') {
      deps.hints.nudge('speak', `spread ${expiry.customerId}`);
      await readPlans(deps, expiry);
      return true;
    }
    row = await deps.store.get<Expiry>('customers', expiry.customerId, row.key);
  }
  throw new Error(`${seen.key} changed ${SHOW_TRIES} times while its card was being asked for.`);
}

/** The catalogue is read by the loop, where that has not been done. */
async function readPlans(deps: Looking, expiry: Expiry): Promise<void> {
  if (expiry.plans === null && !expiry.closed) {
    const hint = `facts ${expiry.customerId} ${expiry.id}`;
    await deps.hints.before('move', hint);
    deps.hints.nudge('move', hint);
  }
}

/** Somebody pressed what does not fit: that card may show something old, whatever we believe, so it is drawn once more. */
async function freshen(deps: Looking, expiry: Expiry): Promise<void> {
  await tell(deps, expiry, { kind: 'progress', expiryId: expiry.id, by: null, at: deps.clock.now().toISOString(), data: { again: 1 } });
}

async function tell(deps: Looking, expiry: Expiry, news: News): Promise<void> {
  await deps.hints.before('speak', `spread ${expiry.customerId}`);
  await deps.store.commit('customers', expiry.customerId, [newsChange(news)]);
  deps.hints.nudge('speak', `spread ${expiry.customerId}`);
}

async function mark(deps: Looking, facts: MatterFacts, intention: Extract<Intention, { do: 'mark' }>, actor: Actor): Promise<void> {
  const at = deps.clock.now().toISOString();
  await changeExpiry(deps, asRead(facts), actor, (now) => {
    const { snoozed: _, letGo: __, ...kept } = now.marks;
    const marks = {
      assigned: { ...now.marks, assignedTo: actor.key },
      snoozed: { ...kept, snoozed: { until: intention.until ?? '', reason: intention.reason, by: actor.key, at } },
      letGo: { ...kept, letGo: { reason: intention.reason, by: actor.key, at } },
      undo: kept,
    }[intention.mark];
    const data = { mark: intention.mark, ...(intention.until ? { until: intention.until } : {}), ...(intention.reason ? { reason: intention.reason } : {}) };
    return { expiry: { ...now, marks }, what: intention.mark, data, news: 'marked' };
  });
}
