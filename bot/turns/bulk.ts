/** A move of several customers at once, typed and pressed: whom, to which plan, and the one yes. What is decided is stored; `bulked.ts` does it. Knows nothing of botbuilder. */
import { randomUUID } from 'node:crypto';
import type { RenderedCard } from '../../cards/chat/chat.ts';
import { nameBare, planText } from '../../cards/escape.ts';
import { bulkCard } from '../../cards/lists/bulk.ts';
import { approveBulk, declineBulk, memberNow, ownOf, plansOf, withFace } from '../../dialogs/bulk.ts';
import type { BulkAction } from '../../dialogs/types.ts';
import { needAnother } from '../../services/approval/approval.ts';
import { countOwnYes } from '../../services/approval/ownYes.ts';
import type { Programme } from '../../services/catalogue/programmes.ts';
import { inChunks } from '../../services/chunks.ts';
import { doneBefore, withDone } from '../../services/domain/activity.ts';
import { hiddenIn } from '../../services/domain/shows.ts';
import type { Chat } from '../../services/domain/ticket.ts';
import { addBulk, type Bulk, type BulkMember, changeBulk, MEMBERS_MAX, type MemberNow, readBulk } from '../../services/moves/bulk.ts';
import { type Choice, newHandle } from '../../services/notify/handles.ts';
import { namesOf } from '../../services/people/people.ts';
import { readSwitch, stopOf } from '../../services/readOnly.ts';
import { type OpenRow, openTickets } from '../../services/tickets/openList.ts';
import { readTicket } from '../../services/tickets/read.ts';
import { noteRefusal, replyText, said } from './replies.ts';
import type { Turn, TurnDeps, TurnResult } from './turn.ts';
import { askWhich } from './which.ts';

type DrawDeps = Pick<TurnDeps, 'store' | 'clock' | 'chatWords' | 'fourEyes' | 'shows'>;

const AT_ONCE = 10;

/** The open tickets of a programme, to choose from: written down before they are shown, once for each activity. */
export async function beginBulk(deps: TurnDeps, turn: Turn, programme: Programme): Promise<TurnResult> {
  // What is from elsewhere is the customer's own to end, each by itself.
  const rows = (await openTickets(deps.store)).filter((row) => row.programme === programme.name && !row.elsewhere);
  return rows.length > 0 ? beginWith(deps, turn, programme, rows) : said(deps.words.bulk.none({ programme: nameBare(programme.name) }));
}

/** The same of those tickets alone. */
export async function beginWith(deps: TurnDeps, turn: Turn, programme: Programme, rows: readonly OpenRow[]): Promise<TurnResult> {
  const members = rows.slice(0, MEMBERS_MAX).map(memberOf);
  const at = deps.clock.now().toISOString();
  const bulk: Bulk = {
    ...{ programme: programme.name, plans: plansOf(programme, members), plan: null, state: 'choosing' },
    ...{ by: turn.actor.key, tenant: turn.actor.tenant, chat: turn.chat.key, thread: turn.thread, at, askedAt: null },
    ...{ members, rest: rows.length - members.length, version: 1, approval: null, say: false, heldUntil: null, done: [] },
  };
  const { key, value } = await addBulk(deps, turn.activity.marks.at(-1) ?? randomUUID(), bulk);
  return { say: [await newCard(deps, turn.chat, key, value)] };
}

function memberOf({ customerId, customerName, subscriptionId, ticketId, offerName, names, expiresOn, quantity }: OpenRow): BulkMember {
  return {
    ...{ customerId, customerName, subscriptionId, ticketId, offerName, ...(names ? { names } : {}), expiresOn, quantity },
    ...{ chosen: false, move: null, out: null, shown: null, yes: null },
  };
}

/** Its card as it stands, with a handle of its own. */
export async function newCard(deps: DrawDeps, chat: Chat, key: string, bulk: Bulk): Promise<RenderedCard> {
  const handle = await newHandle(deps.store, { kind: 'bulk', chat: chat.key, bulk: key }, deps.clock.now());
  return { ...(await drawBulk(deps, chat, bulk, { handle, from: 0 })), handle };
}

async function drawBulk(deps: DrawDeps, chat: Chat, bulk: Bulk, at: { handle: string; from: number }): Promise<RenderedCard> {
  const now = deps.clock.now().toISOString();
  const [stands, names] = await Promise.all([standsOf(deps, bulk), namesOf(deps.store, [bulk.by])]);
  const another = needAnother(ownOf(bulk, stands, bulk.by, now), [], deps.fourEyes, now);
  const dryRun = stopOf(await readSwitch(deps.store)) === 'dryRun';
  const hides = hiddenIn(deps.shows, chat);
  return bulkCard({ bulk, stands, ...at, asker: names[bulk.by] ?? '', another, hides, dryRun, most: MEMBERS_MAX, now }, deps.chatWords);
}

/** How each that was chosen stands, by its ticket; nothing while they are being chosen. */
export async function standsOf({ store, clock }: Pick<TurnDeps, 'store' | 'clock'>, bulk: Bulk): Promise<Map<string, MemberNow>> {
  const stands = new Map<string, MemberNow>();
  if (bulk.state === 'choosing') return stands;
  const now = clock.now().toISOString();
  await inChunks(
    bulk.members.filter((one) => one.chosen),
    AT_ONCE,
    async (one) => {
      const rows = await readTicket(store, one);
      stands.set(one.ticketId, memberNow(one, rows && { ticket: rows.ticket.value, move: rows.move?.value ?? null }, now));
    },
  );
  return stands;
}

interface Pressed {
  handle: string;
  key: string;
  /** What the card asked. */
  v: unknown;
}

/** A press on its card; the card is drawn anew, as it then stands. */
export async function onBulk(deps: TurnDeps, turn: Turn, pressed: Pressed, action: Exclude<BulkAction, { verb: 'bulk.show' }>): Promise<TurnResult> {
  const { replies } = deps.words;
  const bulk = (await readBulk(deps.store, pressed.key))?.value;
  if (!bulk) return { say: [], privately: replies.gone() };
  const from = 'from' in action ? action.from : 0;
  const drawn = async (now: Bulk, privately?: string): Promise<TurnResult> => {
    const edit = { ...(await drawBulk(deps, turn.chat, now, { handle: pressed.handle, from })), handle: pressed.handle };
    return { say: [], edit, privately: privately ?? edit.summary };
  };
  switch (action.verb) {
    case 'bulk.page':
      return drawn(bulk);
    case 'bulk.toggle':
      return drawn((await toggle(deps, pressed.key, action)) ?? bulk);
    case 'bulk.look':
      return drawn((await lookAgain(deps, pressed.key, bulk)) ?? bulk);
    case 'bulk.ask': {
      if (bulk.state !== 'choosing') return drawn(bulk, deps.words.bulk.already);
      if (pressed.v !== bulk.version) return drawn(bulk, replies.cardChanged());
      const [only, ...more] = bulk.plans;
      if (only && more.length === 0) {
        const taken = await takePlanOf(deps, turn, { bulk: pressed.key, plan: only, version: bulk.version });
        return { ...(await drawn((await readBulk(deps.store, pressed.key))?.value ?? bulk)), ...taken };
      }
      return { ...(await askPlan(deps, turn, pressed.key, bulk)), privately: replies.showing() };
    }
    case 'bulk.approve': {
      const { text, now } = await approve(deps, turn, pressed, bulk);
      return drawn(now, text);
    }
    case 'bulk.decline': {
      const { text, now } = await decline(deps, turn, pressed, { bulk, reason: action.reason });
      return drawn(now, text);
    }
  }
}

function toggle(deps: TurnDeps, key: string, { ticketId, on }: Extract<BulkAction, { verb: 'bulk.toggle' }>): Promise<Bulk | undefined> {
  return changeBulk(deps.store, key, (now) => {
    const one = now.members.find((member) => member.ticketId === ticketId);
    if (now.state !== 'choosing' || !one || one.chosen === on) return null;
    const members = now.members.map((member) => (member === one ? { ...member, chosen: on } : member));
    return { ...now, members, version: now.version + 1 };
  });
}

/** What the card asks follows what is true now; nothing while it is being worked on. */
async function lookAgain(deps: TurnDeps, key: string, bulk: Bulk): Promise<Bulk | undefined> {
  const stands = await standsOf(deps, bulk);
  return changeBulk(deps.store, key, (now) => (now.state === 'asked' ? withFace(now, stands) : null));
}

function askPlan(deps: TurnDeps, turn: Turn, key: string, bulk: Bulk): Promise<TurnResult> {
  const n = bulk.members.filter((one) => one.chosen).length || bulk.members.length;
  return askWhich(deps, turn, {
    wanted: bulk.programme,
    about: { bulk: n },
    options: bulk.plans.map((plan) => ({
      option: { title: plan.title, kind: 'plan', more: '' },
      choice: { to: 'bulkPlan', bulk: key, plan, version: bulk.version },
    })),
  });
}

/** The plan for all of them: from here on the loop asks for the prices. Where none was chosen, all are. */
export async function takePlanOf(
  deps: TurnDeps,
  turn: Turn,
  { bulk: key, plan, version }: Omit<Extract<Choice, { to: 'bulkPlan' }>, 'to'>,
): Promise<TurnResult> {
  const { replies, bulk: say } = deps.words;
  const wakeUp = { queue: 'move', what: 'bulk', key } as const;
  await deps.wake.schedule(wakeUp);
  const { key: by, tenant } = turn.actor;
  const at = deps.clock.now().toISOString();
  const now = await changeBulk(deps.store, key, (was) => {
    if (was.state !== 'choosing' || version !== was.version) return null;
    const all = was.members.every((one) => !one.chosen);
    const members = all ? was.members.map((one) => ({ ...one, chosen: true })) : was.members;
    return { ...was, ...{ members, plan, by, tenant, state: 'asking', askedAt: at, version: was.version + 1 }, done: withDone(was.done, turn.activity, null) };
  });
  if (!now) return { say: [], privately: replies.gone() };
  // Delivered again it is answered the same.
  if (!doneBefore(now.done, turn.activity)) return { say: [], privately: now.state === 'choosing' ? replies.cardChanged() : say.already };
  deps.wake.now(wakeUp);
  const n = now.members.filter((one) => one.chosen).length;
  return { say: [say.asking({ n, plan: planText(plan.title) })], privately: replies.showing() };
}

/** One yes to all that the card shows: counted, then stored, and carried out by the loop. */
async function approve(deps: TurnDeps, turn: Turn, { key, v }: Pressed, bulk: Bulk): Promise<{ text: string; now: Bulk }> {
  const { actor, activity } = turn;
  const { replies, bulk: say } = deps.words;
  if (doneBefore(bulk.done, activity)) return { text: replies.upToDate(), now: bulk };
  const at = deps.clock.now().toISOString();
  const view = { bulk, stands: await standsOf(deps, bulk), hides: hiddenIn(deps.shows, turn.chat), readOnly: await deps.isReadOnly(), now: at };
  const decision = approveBulk(view, actor, v);
  if ('refused' in decision) {
    noteRefusal(deps.log, turn, decision.refused);
    return { text: replyText(deps.words, decision.refused), now: (await lookAgain(deps, key, bulk)) ?? bulk };
  }
  if (!(await countOwnYes(deps.store, actor.key, decision.own, { fourEyes: deps.fourEyes, now: at }))) {
    noteRefusal(deps.log, turn, { say: 'ownRequest' });
    return { text: say.ownSum(), now: bulk };
  }
  const wakeUp = { queue: 'move', what: 'bulk', key } as const;
  await deps.wake.schedule(wakeUp);
  const now = await changeBulk(deps.store, key, (was) => {
    if (was.state !== 'asked' || was.version !== v) return null;
    const members = was.members.map((one) => (one.shown ? { ...one, yes: null, no: null } : one));
    return { ...was, members, state: 'approving', approval: { by: actor.key, tenant: actor.tenant, at }, done: withDone(was.done, activity, null) };
  });
  if (!now || !doneBefore(now.done, activity)) return { text: replies.cardChanged(), now: now ?? bulk };
  deps.wake.now(wakeUp);
  return { text: say.approved({ n: now.members.filter((one) => one.shown).length }), now };
}

/** One no to all that the card shows: stored, and carried out by the loop, with its reason in the record of each. */
async function decline(
  deps: TurnDeps,
  turn: Turn,
  { key, v }: Pressed,
  { bulk, reason }: { bulk: Bulk; reason: string },
): Promise<{ text: string; now: Bulk }> {
  const { actor, activity } = turn;
  const { replies, bulk: say } = deps.words;
  if (doneBefore(bulk.done, activity)) return { text: replies.upToDate(), now: bulk };
  const decision = declineBulk({ bulk }, actor, { v, reason });
  if ('refused' in decision) {
    noteRefusal(deps.log, turn, decision.refused);
    return { text: replyText(deps.words, decision.refused), now: (await lookAgain(deps, key, bulk)) ?? bulk };
  }
  const wakeUp = { queue: 'move', what: 'bulk', key } as const;
  await deps.wake.schedule(wakeUp);
  const at = deps.clock.now().toISOString();
  const now = await changeBulk(deps.store, key, (was) => {
    if (was.state !== 'asked' || was.version !== v) return null;
    const members = was.members.map((one) => (one.shown ? { ...one, yes: null, no: null } : one));
    const declined = { by: actor.key, tenant: actor.tenant, at, reason };
    return { ...was, members, state: 'declining', declined, done: withDone(was.done, activity, null) };
  });
  if (!now || !doneBefore(now.done, activity)) return { text: replies.cardChanged(), now: now ?? bulk };
  deps.wake.now(wakeUp);
  return { text: say.declined({ n: decision.declines }), now };
}
