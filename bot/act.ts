/** Carries out what a dialog decided. It stores intentions; the loops do the work. */
import type { Actor, Decision, Intention, MatterFacts, Reply } from '../dialogs/dialogs.ts';
import type { Chat, Expiry, News, Plan } from '../services/domain.ts';
import { applyEvent, changeExpiry, openMigration } from '../services/migration/apply.ts';
import type { MoveEvent } from '../services/migration/migration.ts';
import { expiryKey, newsChange } from '../services/record.ts';
import type { Row } from '../services/store/store.ts';
import { lookAtMatter, type Looking } from './look.ts';

/** Returns the reply, which is another one where somebody else was faster. */
export async function carryOut(deps: Looking, chat: Chat, facts: MatterFacts, decision: Decision, actor: Actor): Promise<Reply | null> {
  for (const intention of decision.intentions) {
    const refused = await carryOne(deps, chat, facts, intention, actor);
    if (refused) {
      await freshen(deps, facts.expiry);
      return refused;
    }
  }
  if (decision.intentions.length === 0) await freshen(deps, facts.expiry);
  return decision.reply;
}

async function carryOne(deps: Looking, chat: Chat, facts: MatterFacts, intention: Intention, actor: Actor): Promise<Reply | null> {
  const { customerId, subscriptionId, id } = facts.expiry;
  switch (intention.do) {
    case 'mark':
      await mark(deps, facts, intention, actor);
      return null;
    case 'open': {
      const opened = await openMigration(deps, customerId, subscriptionId, actor);
      if ('refused' in opened) return { say: 'closed', how: facts.expiry.closed?.how ?? 'ended' };
      if (!opened.opened) return alreadyNow(deps, chat, customerId, id);
      if (intention.addPlan) await addPlan(deps, facts, intention.addPlan, actor);
      return apply(deps, chat, facts, intention.event, actor);
    }
    case 'event': {
      if (intention.addPlan) await addPlan(deps, facts, intention.addPlan, actor);
      return apply(deps, chat, facts, intention.event, actor);
    }
  }
}

async function apply(deps: Looking, chat: Chat, facts: MatterFacts, event: MoveEvent, actor: Actor): Promise<Reply | null> {
  const { customerId, subscriptionId, id } = facts.expiry;
  const applied = await applyEvent(deps, customerId, subscriptionId, event, actor);
  if (!('refused' in applied)) return null;
  switch (applied.refused) {
    case 'quoteChanged':
    case 'lapsed':
    case 'ownRequest':
    case 'notWhileUnclear':
      return { say: applied.refused };
    case 'role':
      return { say: 'mayNot', right: 'approve' };
    default:
      return alreadyNow(deps, chat, customerId, id);
  }
}

/** How it stands now, and who was first. */
async function alreadyNow(deps: Looking, chat: Chat, customerId: string, ticket: string): Promise<Reply> {
  const now = await lookAtMatter(deps, chat, { customerId, ticket }, { text: null, spends: false });
  const migration = now?.migration;
  if (!now || !migration) return { say: 'notNow', state: 'none' };
  if (migration.approval) return { say: 'alreadyApproved', who: now.names[migration.approval.by] ?? '', at: migration.approval.at };
  return { say: 'already', state: migration.state, who: now.names[migration.startedBy] ?? '', at: migration.startedAt };
}

async function addPlan(deps: Looking, facts: MatterFacts, plan: Plan, actor: Actor): Promise<void> {
  await changeExpiry(deps, asRead(facts), actor, (now) =>
    now.plans?.some((one) => one.id === plan.id)
      ? null
      : { expiry: { ...now, plans: [...(now.plans ?? []), plan] }, what: 'planAdded', data: { plan: plan.title }, news: 'progress' },
  );
}

function asRead({ expiry, etag }: MatterFacts): Row<Expiry> {
  return { key: expiryKey(expiry.id), value: expiry, etag };
}

/** Asks Speak to post the matter's card anew in one chat. */
export async function show(deps: Looking, expiry: Expiry, chat: string): Promise<void> {
  await tell(deps, expiry, { kind: 'show', expiryId: expiry.id, by: null, at: deps.clock.now().toISOString(), data: { chat } });
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
