/** The loop of companies that were invited: the link, who came, the reminder and the end, each stored before it is said. Knows nothing of botbuilder. */
import { bare, linkText, NOTHING, nameBare, nameText } from '../../cards/escape.ts';
import { isCalled, mayBe, nextOf, throughWhom } from '../../dialogs/invite.ts';
import { readChat } from '../../services/chats.ts';
import { isAhead, later } from '../../services/clock.ts';
import type { Chat, Customer } from '../../services/domain/ticket.ts';
import { type Invitation, invitations, nextNewcomers, readInvitation, removeInvitation, storeInvitation, withNewcomers } from '../../services/invitations.ts';
import { PartnerCenterError, type Reseller } from '../../services/partnerCenter/port.ts';
import { namesOf, speaksOf } from '../../services/people/people.ts';
import type { JobResult, PeriodicJob } from '../../services/queue/worker.ts';
import type { Row } from '../../services/store/store.ts';
import { readWatch } from '../../services/watch/rows.ts';
import { askForget, customersCalled, goOnWith } from './invite.ts';
import type { LateAnswerDeps } from './lateAnswer.ts';
import { said } from './replies.ts';
import { freshActor, heardIn, type Turn, type TurnResult } from './turn.ts';
import { askWhich, customerOption } from './which.ts';

/** Each process looks whether something is due: a wake-up may have been lost, and reminders have their days. */
export const INVITATIONS: PeriodicJob = { wakeUp: { queue: 'move', what: 'invitations' }, everyMs: 60_000 };

const HELD_MS = 60_000;
const AGAIN_MS = 10_000;
/** Steps of one at once: the link, whose turn it is, who came, and what is said of it. */
const STEPS_MAX = 5;
const COMPANY_MAX = 80;

/** One turn over all of them; the trouble of one is its own. What is said may be said twice after a crash, never lost. */
export async function invitationsTurn(deps: LateAnswerDeps): Promise<JobResult> {
  let again = false;
  for (const row of await invitations(deps.store)) {
    try {
      await work(deps, row);
    } catch (error) {
      again = true;
      deps.log.warn({ error: String((error as Error).message) }, 'a company that was invited could not be looked after yet');
    }
  }
  return again ? { retryInMs: AGAIN_MS } : 'idle';
}

async function work(deps: LateAnswerDeps, first: Row<Invitation>): Promise<void> {
  let row: Row<Invitation> = first;
  for (let steps = 0; steps < STEPS_MAX; steps++) {
    const { value } = row;
    const coming = nextNewcomers(value);
    if (coming.length > 0) {
      const next = withNewcomers(value, coming, await customersOf(deps, coming));
      if ((await storeInvitation(deps.store, row, next)) === 'conflict') return;
      const stored = await readInvitation(deps.store, row.key);
      if (!stored) return;
      row = stored;
      continue;
    }
    const called = value.over ? [] : (await customersCalled(deps, value.company)).filter((one) => isCalled(one.name, value.company));
    const now = deps.clock.now();
    const next = nextOf(
      value,
      called.map((one) => ({ domain: '', ...one })),
      now.toISOString(),
    );
    if (next.do === 'wait') return;
    if (next.do === 'remove') return removeInvitation(deps.store, row.key);
    if (next.do === 'say') return say(deps, row, now);
    const changed = next.do === 'askLink' ? await withLink(deps, value) : next.next;
    // Where somebody else was faster, the next turn looks at what is there then.
    if ((await storeInvitation(deps.store, row, changed)) === 'conflict') return;
    const stored = await readInvitation(deps.store, row.key);
    if (!stored) return;
    row = stored;
  }
}

/** Those who are still customers, by the names that they have now. */
async function customersOf(deps: Pick<LateAnswerDeps, 'store'>, ids: readonly string[]): Promise<Customer[]> {
  const rows = await Promise.all(ids.map((id) => readWatch(deps.store, id)));
  return rows.flatMap((row, index) => (row && row.value.goneAt === null ? [{ id: ids[index] as string, name: row.value.name, domain: '' }] : []));
}

async function withLink(deps: LateAnswerDeps, invitation: Invitation): Promise<Invitation> {
  const [link, resellers] = await Promise.all([deps.partnerCenter.relationshipLink(), resellersOf(deps)]);
  return { ...invitation, link, reseller: throughWhom(resellers, invitation.through), say: 'link' };
}

/** null where they cannot be read: whether a partner without resellers is answered at all is not known. */
async function resellersOf(deps: LateAnswerDeps): Promise<Reseller[] | null> {
  try {
    return await deps.partnerCenter.resellers();
  } catch (error) {
    if (!(error instanceof PartnerCenterError) || error.kind === 'throttled') throw error;
    return null;
  }
}

/** Says what waits to be said, by one process at a time; nothing where nobody there may hear it any more. */
async function say(deps: LateAnswerDeps, row: Row<Invitation>, now: Date): Promise<void> {
  const { value, key } = row;
  if (value.heldUntil !== null && isAhead(Date.parse(value.heldUntil), now.getTime(), HELD_MS)) return;
  const chat = (await readChat(deps.store, value.chat))?.value;
  if (!chat || chat.dead) return removeInvitation(deps.store, key);
  if (chat.sleeping) return;
  const names = await namesOf(deps.store, [value.person]);
  const actor = await freshActor(deps, {
    key: value.person,
    tenant: value.tenant,
    name: names[value.person] ?? '',
    roles: [],
    ...(await speaksOf(deps.store, value.person)),
  });
  if (actor.roles.length === 0) return removeInvitation(deps.store, key);
  if ((await storeInvitation(deps.store, row, { ...value, heldUntil: later(now, HELD_MS) })) === 'conflict') return;
  const turn: Turn = { chat, thread: value.thread, below: false, quoted: null, actor, activity: { marks: [], sentAtMs: null } };
  await tellIt(deps, chat, turn, row);
  const held = await readInvitation(deps.store, key);
  // Whatever came in between is kept; only what was said is no longer to be said.
  if (held) await storeInvitation(deps.store, held, { ...held.value, say: held.value.say === value.say ? null : held.value.say, heldUntil: null });
}

async function tellIt(deps: LateAnswerDeps, chat: Chat, turn: Turn, row: Row<Invitation>): Promise<void> {
  const result = await wordsOf(heardIn(deps, chat, turn.actor), turn, row);
  if (result.say.length > 0) await deps.tell(chat, row.value.thread, result);
}

async function wordsOf(deps: LateAnswerDeps, turn: Turn, row: Row<Invitation>): Promise<TurnResult> {
  const { invite: words } = deps.words;
  const { value } = row;
  const company = bare(value.company, COMPANY_MAX);
  const link = value.link === null ? NOTHING : linkText(value.link);
  switch (value.say) {
    case 'link':
      return withReseller(deps, turn, row, words.link({ company, link, until: value.until }));
    case 'noLink':
      return said(words.noLink({ company }));
    case 'lapsed':
      return said(words.lapsed({ company, at: value.at, maybe: mayBe(value, []).length }));
    case 'reminder': {
      // Who came may be the one: that is asked once more, and not said to be nobody.
      if (mayBe(value, []).length > 0) return whoCame(deps, turn, row);
      const card = await askForget(deps, turn, row);
      return { ...card, say: [words.reminder({ company, at: value.at, until: value.until, link }), ...card.say] };
    }
    case 'came':
      return whoCame(deps, turn, row);
    case null:
      return { say: [] };
  }
}

/** The link, and through whom the company buys, as far as that is known. */
async function withReseller(deps: LateAnswerDeps, turn: Turn, { key, value }: Row<Invitation>, text: string): Promise<TurnResult> {
  const { invite: words } = deps.words;
  const { reseller } = value;
  switch (reseller.is) {
    case 'nobody':
      return said(text);
    case 'unknown':
      return said(`${text} ${words.resellerUnknown()}`);
    case 'one':
      return said(`${text} ${resellerText(deps, reseller)}`);
    default: {
      const none = reseller.is === 'none' ? ` ${words.resellerNone({ wanted: bare(value.through ?? '', COMPANY_MAX) })}` : '';
      if (reseller.of.length === 0) return said(`${text}${none}`);
      const options = reseller.of.map(({ name, mpnId }) => ({
        option: { title: name, kind: 'name' as const, more: mpnId },
        choice: { to: 'invited' as const, key, means: { is: 'reseller' as const, name, mpnId } },
      }));
      const card = await askWhich(deps, turn, { wanted: value.company, about: { invite: 'reseller' }, options });
      return { ...card, say: [`${text}${none} ${words.resellerMany({ n: reseller.of.length })}`, ...card.say] };
    }
  }
}

/** Exactly one of that name is told; anybody else is asked about. */
async function whoCame(deps: LateAnswerDeps, turn: Turn, { key, value }: Row<Invitation>): Promise<TurnResult> {
  const { invite: words } = deps.words;
  const who = nameText(turn.actor.name || '–');
  const company = bare(value.company, COMPANY_MAX);
  const reseller = value.reseller.is === 'one' ? ` ${resellerText(deps, value.reseller)}` : '';
  if (value.customer) {
    const { name, domain } = value.customer;
    const card = await goOnWith(deps, turn, value.customer);
    const text = words.joined({ who, company, customer: nameBare(name), domain: domain ? bare(domain, COMPANY_MAX) : NOTHING });
    return { ...card, say: [`${text}${reseller}`, ...card.say] };
  }
  const all = mayBe(value, []);
  const maybe = all.filter((one) => value.told.includes(one.id));
  const none = { title: deps.chatWords.invite.another, kind: 'name' as const, more: '' };
  const options = [
    { option: none, choice: { to: 'invited' as const, key, means: { is: 'others' as const, ids: maybe.map((one) => one.id) } } },
    ...maybe.map((one) => ({
      option: customerOption(one, maybe, deps.chatWords),
      choice: { to: 'invited' as const, key, means: { is: 'customer' as const, customer: one } },
    })),
  ];
  const card = await askWhich(deps, turn, { wanted: value.company, about: { invite: 'joined' }, options });
  return { ...card, say: [`${words.maybe({ who, company, n: all.length })}${reseller}`, ...card.say] };
}

function resellerText({ words }: Pick<LateAnswerDeps, 'words'>, { name, mpnId }: Reseller): string {
  return words.invite.reseller({ name: nameText(name), mpnId: bare(mpnId, COMPANY_MAX) });
}
