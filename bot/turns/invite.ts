/** `invite` and `uninvite`: a company that is not a customer yet, typed and pressed. What is asked and waited for is stored; `invited.ts` does it. Knows nothing of botbuilder. */
import { randomUUID } from 'node:crypto';
import { bare, linkText, nameBare, nameText } from '../../cards/escape.ts';
import { isCalled, mayBe, waitsUntil } from '../../dialogs/invite.ts';
import type { Customer } from '../../services/domain/ticket.ts';
import { addInvitation, changeInvitation, type Invitation, WAITING_MAX, waitingIn } from '../../services/invitations.ts';
import type { Choice } from '../../services/notify/handles.ts';
import { FOUND_MAX, findCustomers, type NamedCustomer, nearCustomers } from '../../services/search.ts';
import { readListing, readWatch } from '../../services/watch/rows.ts';
import { said } from './replies.ts';
import { watchCustomer } from './resolve.ts';
import type { Turn, TurnDeps, TurnResult } from './turn.ts';
import { askWhich, customerOption } from './which.ts';

const COMPANY_MAX = 80;

/** Who is called so and is a customer now. */
export async function customersCalled(deps: Pick<TurnDeps, 'store'>, company: string): Promise<NamedCustomer[]> {
  return whoStayed(deps, await findCustomers(deps.store, company));
}

/** Those who are customers now: a name that was read is not yet one of somebody who stayed. */
async function whoStayed(deps: Pick<TurnDeps, 'store'>, found: readonly NamedCustomer[]): Promise<NamedCustomer[]> {
  const rows = await Promise.all(found.map((one) => readWatch(deps.store, one.id)));
  return found.filter((_, index) => rows[index] && rows[index].value.goneAt === null);
}

/** A company that may be a customer already is asked about; any other is invited. */
export async function invite(deps: TurnDeps, turn: Turn, { what, through }: { what: string; through: string | null }): Promise<TurnResult> {
  const { words, chatWords } = deps;
  const { invite: say } = words;
  const company = bare(what, COMPANY_MAX);
  const waiting = (await waitingIn(deps.store, turn.chat.key)).find((row) => isCalled(row.value.company, what));
  if (waiting) return stillWaiting(deps, turn, { ...waiting, through });
  if (!(await readListing(deps.store))?.walkedAt) return said(say.notListed());
  const called = await customersCalled(deps, what);
  const customers = called.length > 0 ? called : await whoStayed(deps, (await nearCustomers(deps.store, what)).customers);
  if (customers.length === 0) return inviteNew(deps, turn, { company: what, through, known: [] });
  const known = customers.map((one) => one.id);
  const options = [
    // The way out is always among those that are shown.
    {
      option: { title: chatWords.invite.newCompany(company), kind: 'name' as const, more: '' },
      choice: { to: 'invite' as const, company: what, through, known },
    },
    ...customers.map((one) => ({ option: customerOption(one, customers, chatWords), choice: { to: 'joined' as const, customer: { domain: '', ...one } } })),
  ];
  return askWhich(deps, turn, { wanted: what, about: { invite: 'isCustomer' }, options, atLeast: customers.length >= FOUND_MAX });
}

/** Written down before anything is asked or said; the link comes from the loop. */
export async function inviteNew(deps: TurnDeps, turn: Turn, wanted: { company: string; through: string | null; known: string[] }): Promise<TurnResult> {
  const { company, through, known } = wanted;
  const at = deps.clock.now().toISOString();
  const invitation: Invitation = {
    ...{ company, through, chat: turn.chat.key, thread: turn.thread, person: turn.actor.key, tenant: turn.actor.tenant },
    ...{ at, until: waitsUntil(at), linkAskedAt: at, not: known },
    ...{ link: null, reseller: { is: 'unknown' }, came: [], told: [], reminders: 0, say: null, over: null, customer: null, heldUntil: null },
  };
  await deps.wake.schedule({ queue: 'move', what: 'invitations' });
  const added = await addInvitation(deps.store, turn.activity.marks.at(-1) ?? randomUUID(), invitation);
  if (added === 'tooMany') return said(deps.words.invite.tooMany({ most: WAITING_MAX }));
  deps.wake.now({ queue: 'move', what: 'invitations' });
  return said(deps.words.invite.asking({ company: bare(company, COMPANY_MAX) }));
}

/** Invited once more: how it stands. A reseller that was named now is looked for. */
async function stillWaiting(
  deps: TurnDeps,
  turn: Turn,
  { key, value, through }: { key: string; value: Invitation; through: string | null },
): Promise<TurnResult> {
  const company = bare(value.company, COMPANY_MAX);
  if (through !== null && through !== value.through) {
    await deps.wake.schedule({ queue: 'move', what: 'invitations' });
    await changeInvitation(deps.store, key, (now) => ({ ...now, through, link: null, linkAskedAt: deps.clock.now().toISOString() }));
    deps.wake.now({ queue: 'move', what: 'invitations' });
    return said(deps.words.invite.asking({ company }));
  }
  const text = deps.words.invite.waitsAlready({
    company,
    at: value.at,
    link: value.link === null ? bare('', 1) : linkText(value.link),
    maybe: mayBe(value, []).length,
  });
  const card = await askForget(deps, turn, { key, value });
  return { ...card, say: [text, ...card.say] };
}

export function askForget(deps: TurnDeps, turn: Turn, { key, value }: { key: string; value: Invitation }): Promise<TurnResult> {
  const option = { title: value.company, kind: 'name' as const, more: '' };
  return askWhich(deps, turn, {
    wanted: value.company,
    about: { invite: 'forget' },
    options: [{ option, choice: { to: 'invited', key, means: { is: 'forget' } } }],
  });
}

/** Ends the waiting for exactly that company. */
export async function uninvite(deps: TurnDeps, turn: Turn, { what }: { what: string }): Promise<TurnResult> {
  const waiting = await waitingIn(deps.store, turn.chat.key);
  const meant = waiting.filter((row) => isCalled(row.value.company, what));
  if (meant.length === 0) {
    const names = waiting.map((row) => bare(row.value.company, COMPANY_MAX));
    return said(deps.words.invite.notWaiting({ wanted: bare(what, COMPANY_MAX), waiting: names }));
  }
  for (const row of meant) await end(deps, row.key, 'forgotten', null);
  return said(deps.words.invite.forgotten({ company: bare(what, COMPANY_MAX) }));
}

/** A press on what was asked about a company that was invited. */
export async function takeInvited(deps: TurnDeps, turn: Turn, { key, means }: Extract<Choice, { to: 'invited' }>): Promise<TurnResult> {
  const { invite: say } = deps.words;
  if (means.is === 'customer' || means.is === 'forget') {
    const ended = await end(deps, key, means.is === 'forget' ? 'forgotten' : 'accepted', means.is === 'customer' ? means.customer : null);
    if (means.is === 'customer') return goOnWith(deps, turn, means.customer);
    return said(ended ? say.forgotten({ company: bare(ended.company, COMPANY_MAX) }) : say.over());
  }
  const now = await changeInvitation(deps.store, key, (one) =>
    means.is === 'others'
      ? { ...one, not: [...new Set([...one.not, ...means.ids])] }
      : { ...one, reseller: { is: 'one', name: means.name, mpnId: means.mpnId } },
  );
  if (!now || now.over) return said(say.over());
  const company = bare(now.company, COMPANY_MAX);
  return said(
    means.is === 'others' ? say.goesOn({ company }) : say.resellerKept({ company, name: nameText(means.name), mpnId: bare(means.mpnId, COMPANY_MAX) }),
  );
}

/** What can be done with somebody who is a customer now. */
export async function goOnWith(deps: TurnDeps, turn: Turn, customer: Customer): Promise<TurnResult> {
  const { invite: say } = deps.chatWords;
  return askWhich(deps, turn, {
    wanted: customer.name,
    about: { invite: 'next' },
    options: [
      { option: { title: say.move, kind: 'name', more: nameBare(customer.name) }, choice: { to: 'customer', command: 'move', customer, words: '' } },
      { option: { title: say.watch, kind: 'name', more: nameBare(customer.name) }, choice: { to: 'watch', watching: watchCustomer(customer) } },
    ],
  });
}

/** What it was that ended here; undefined where it was over before. */
async function end(deps: TurnDeps, key: string, how: 'accepted' | 'forgotten', customer: Customer | null): Promise<Invitation | undefined> {
  let ended: Invitation | undefined;
  await changeInvitation(deps.store, key, (now) => {
    ended = { ...now, over: { how, at: deps.clock.now().toISOString() }, customer, say: null };
    return ended;
  });
  return ended;
}
