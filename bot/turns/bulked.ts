/** The loop of a move of several customers: asks for each price, carries out the one yes, and tells what came of it. What one member brings holds up no other. Knows nothing of botbuilder. */
import { isPending, memberNow, noOf, outBy, withFace, yesOf } from '../../dialogs/bulk.ts';
import { lacks } from '../../dialogs/rights.ts';
import { ticketDialog } from '../../dialogs/ticket.ts';
import type { Actor } from '../../dialogs/types.ts';
import { FRESH_MS } from '../../services/approval/approval.ts';
import { readChat } from '../../services/chats.ts';
import { isAhead, later } from '../../services/clock.ts';
import { doneBefore } from '../../services/domain/activity.ts';
import type { Chat } from '../../services/domain/ticket.ts';
import { applyEvent } from '../../services/moves/apply.ts';
import { askedOf } from '../../services/moves/asked.ts';
import { type Bulk, type BulkMember, changeBulk, holdBulk, readBulk, withMember } from '../../services/moves/bulk.ts';
import { namesOf } from '../../services/people/people.ts';
import type { BulkWakeUp } from '../../services/queue/messages.ts';
import type { JobResult } from '../../services/queue/worker.ts';
import { readTicket } from '../../services/tickets/read.ts';
import { viewTicket } from '../../services/ticketView.ts';
import { newCard, standsOf } from './bulk.ts';
import { executeDecision } from './execute.ts';
import type { LateAnswerDeps } from './lateAnswer.ts';
import { freshActor, heardIn } from './turn.ts';

const HELD_MS = 60_000;
const LOOK_MS = 1_500;
const AGAIN_MS = 5_000;
const ASLEEP_MS = 60_000;
/** So long prices are waited for; what is there by then is asked about, and the rest is named. */
const PATIENCE_MS = 600_000;

/** One turn. Each step is stored by itself, so that after a crash it goes on where it was; what it says may be said twice then, never lost. */
export async function bulkTurn(deps: LateAnswerDeps, { key }: BulkWakeUp): Promise<JobResult> {
  const row = await readBulk(deps.store, key);
  if (!row || !isDue(row.value)) return 'idle';
  const now = deps.clock.now();
  const { heldUntil } = row.value;
  if (heldUntil !== null && isAhead(Date.parse(heldUntil), now.getTime(), HELD_MS)) return { retryInMs: Math.max(500, Date.parse(heldUntil) - now.getTime()) };
  if (!(await holdBulk(deps.store, row, later(now, HELD_MS)))) return { retryInMs: 500 };
  try {
    return await work(deps, key, row.value);
  } catch (error) {
    deps.log.warn({ error: String((error as Error).message) }, 'a move of several customers could not go on yet');
    return { retryInMs: AGAIN_MS };
  } finally {
    await changeBulk(deps.store, key, (held) => ({ ...held, heldUntil: null }));
  }
}

function isDue({ state, say }: Bulk): boolean {
  return state === 'asking' || state === 'approving' || state === 'declining' || say;
}

async function work(deps: LateAnswerDeps, key: string, bulk: Bulk): Promise<JobResult> {
  const chat = (await readChat(deps.store, bulk.chat))?.value;
  if (bulk.state === 'asking' && (!chat || (await askAll(deps, key, bulk, chat)))) return chat ? { retryInMs: LOOK_MS } : 'idle';
  if (bulk.state === 'approving' && (await approveAll(deps, key, bulk))) return { retryInMs: LOOK_MS };
  if (bulk.state === 'declining' && (await declineAll(deps, key, bulk))) return { retryInMs: LOOK_MS };
  const now = (await readBulk(deps.store, key))?.value;
  if (!now?.say) return 'idle';
  if (chat?.sleeping && !chat.dead) return { retryInMs: ASLEEP_MS };
  if (chat && !chat.dead) await deps.tell(chat, now.thread, { say: [await newCard(heardIn(deps, chat), chat, key, now)] });
  await changeBulk(deps.store, key, (was) => ({ ...was, say: false }));
  return 'idle';
}

/** The person who let it happen, with the roles of this moment. */
async function actorOf(deps: LateAnswerDeps, { by, tenant }: { by: string; tenant: string }): Promise<Actor> {
  const names = await namesOf(deps.store, [by]);
  return freshActor(deps, { key: by, tenant, name: names[by] ?? '', roles: [] });
}

/** Asks for each price that was not asked for yet; true while some are still to come. */
async function askAll(deps: LateAnswerDeps, key: string, bulk: Bulk, chat: Chat): Promise<boolean> {
  const actor = await actorOf(deps, bulk);
  await forEach(
    deps,
    key,
    bulk.members.filter((one) => one.chosen && one.move === null && one.out === null),
    (one) => askOne(deps, { bulk, key, chat, actor }, one),
  );
  const now = (await readBulk(deps.store, key))?.value;
  if (!now) return false;
  const stands = await standsOf(deps, now);
  const late = later(bulk.askedAt ?? bulk.at, PATIENCE_MS) <= deps.clock.now().toISOString();
  if (!late && [...stands.values()].some(isPending)) return true;
  const unread = (one: BulkMember): BulkMember => (one.chosen && one.move === null && one.out === null ? { ...one, out: 'unread' } : one);
  await changeBulk(deps.store, key, (was) => ({ ...withFace({ ...was, members: was.members.map(unread) }, stands), state: 'asked', say: true }));
  return false;
}

/** Just what the button of its own card does, once; null where it is to be tried again. */
async function askOne(
  deps: LateAnswerDeps,
  { bulk, key, chat, actor }: { bulk: Bulk; key: string; chat: Chat; actor: Actor },
  member: BulkMember,
): Promise<Partial<BulkMember> | null> {
  const view = await viewTicket(deps, chat, member, { text: null, spends: false });
  if (!view) return { out: 'closed' };
  const activity = { marks: [`bulk:${key}:${member.ticketId}`], sentAtMs: null };
  if (!doneBefore(view.ticket.done, activity)) {
    const action = { verb: 'purchase.quote' as const, plan: bulk.plan?.id ?? null, quantity: null, term: null };
    const decision = ticketDialog({ ...view, found: [] }, action, actor);
    const why = outBy(decision.reply);
    if (why === 'wait') {
      if (member.reading) return null;
      await deps.wake.schedule({ queue: 'move', what: 'facts', customerId: member.customerId, ticketId: member.ticketId, tries: 0 });
      return { reading: true };
    }
    if (why) return { out: why };
    const { reply } = await executeDecision(deps, { chat, actor, activity }, view, decision);
    const refused = outBy(reply);
    if (refused) return refused === 'wait' ? null : { out: refused };
  }
  return { move: (await readTicket(deps.store, member))?.ticket.value.move ?? null };
}

/** Writes one approval for each that the card showed, bound to its own hash; true while some are still to be written. */
async function approveAll(deps: LateAnswerDeps, key: string, bulk: Bulk): Promise<boolean> {
  const { approval } = bulk;
  const members = bulk.members.filter((one) => one.shown && one.yes === null);
  if (approval && members.length > 0) {
    const actor = await actorOf(deps, approval);
    await forEach(deps, key, members, async (one) => ({ yes: await approveOne(deps, one, actor, approval.at) }));
  }
  const now = (await readBulk(deps.store, key))?.value;
  if (!now || now.members.some((one) => one.shown && one.yes === null)) return Boolean(now);
  await askAnew(deps, key, now);
  return false;
}

/** The answer is carried out: the card asks what is left. */
async function askAnew(deps: LateAnswerDeps, key: string, now: Bulk): Promise<void> {
  const stands = await standsOf(deps, now);
  await changeBulk(deps.store, key, (was) => ({ ...withFace(was, stands), state: 'asked', say: true }));
}

/** Ends the move of each that the card showed, with the reason in its own record; true while some are still to be ended. */
async function declineAll(deps: LateAnswerDeps, key: string, bulk: Bulk): Promise<boolean> {
  const { declined } = bulk;
  const members = bulk.members.filter((one) => one.shown && !one.no);
  if (declined && members.length > 0) {
    const actor = await actorOf(deps, declined);
    await forEach(deps, key, members, async (one) => ({ no: await declineOne(deps, { ...declined, key }, one, actor) }));
  }
  const now = (await readBulk(deps.store, key))?.value;
  if (!now || now.members.some((one) => one.shown && !one.no)) return Boolean(now);
  await askAnew(deps, key, now);
  return false;
}

/** The very event that the button of its own card brings, bound to what that asks, and once however often it is tried. */
async function declineOne(
  deps: LateAnswerDeps,
  { key, at, reason }: NonNullable<Bulk['declined']> & { key: string },
  member: BulkMember,
  actor: Actor,
): Promise<NonNullable<BulkMember['no']>> {
  if (lacks(actor.roles, 'bulk.decline')) return 'rights';
  const rows = await readTicket(deps.store, member);
  const move = rows?.move?.value ?? null;
  if (!rows || !move || move.key !== member.move) return rows ? 'changed' : 'gone';
  const activity = { marks: [`bulk-no:${key}:${member.ticketId}:${at}`], sentAtMs: null };
  if (doneBefore(rows.ticket.value.done, activity)) return 'written';
  if (move.approval) return 'approved';
  if (move.quote?.hash !== member.shown) return 'changed';
  const doing = { activity, asked: askedOf(rows.ticket.value, move), reply: null };
  return noOf(await applyEvent({ ...deps, doing }, member, { kind: 'decline', by: actor.key, reason }, { by: actor }));
}

/** The very event that the button of its own card brings. A yes that could not be written for long is no longer one. */
async function approveOne(deps: LateAnswerDeps, member: BulkMember, actor: Actor, saidAt: string): Promise<NonNullable<BulkMember['yes']>> {
  const hash = member.shown ?? '';
  const now = deps.clock.now().toISOString();
  const rows = await readTicket(deps.store, member);
  const move = rows?.move?.value ?? null;
  if (memberNow(member, rows && { ticket: rows.ticket.value, move }, now).is === 'out') return 'changed';
  // After a crash it may have been written already.
  if (move?.approval?.hash === hash) return 'written';
  if (later(saidAt, FRESH_MS) <= now) return 'lapsed';
  const event = { kind: 'approve' as const, by: actor.key, roles: actor.roles, hash, fourEyes: deps.fourEyes };
  return yesOf(hash, await applyEvent(deps, member, event, { by: actor }));
}

/** Each by itself, and stored by itself; the trouble of one is its own. */
async function forEach(
  deps: LateAnswerDeps,
  key: string,
  members: readonly BulkMember[],
  work: (member: BulkMember) => Promise<Partial<BulkMember> | null>,
): Promise<void> {
  for (const one of members) {
    try {
      const changes = await work(one);
      if (changes) await changeBulk(deps.store, key, (now) => withMember(now, one.ticketId, changes));
    } catch (error) {
      deps.log.warn({ ticket: one.ticketId, error: String((error as Error).message) }, 'one of several customers could not be moved on yet');
    }
  }
}
