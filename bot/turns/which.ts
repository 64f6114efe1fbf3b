/** Which of several was meant, or whether the only one that is near: asked with a button for each. Knows nothing of botbuilder. */
import { type ChoiceView, choiceCard, type Option } from '../../cards/chat/choice.ts';
import { bare } from '../../cards/escape.ts';
import { termText } from '../../cards/terms.ts';
import type { Words } from '../../cards/text/words.ts';
import type { Reply } from '../../dialogs/types.ts';
import { updateChat } from '../../services/chats.ts';
import { doneBefore, withDone } from '../../services/domain/activity.ts';
import { nameIn } from '../../services/domain/names.ts';
import { askedOf } from '../../services/moves/asked.ts';
import { type Choice, newHandle } from '../../services/notify/handles.ts';
import type { NamedCustomer } from '../../services/search.ts';
import type { TicketView } from '../../services/ticketView.ts';
import { forgetPointer } from './pointer.ts';
import type { Candidate } from './resolve.ts';
import type { Turn, TurnDeps, TurnResult } from './turn.ts';

/** So many are offered at once. */
const CHOICES_MAX = 12;
/** So much of an id tells apart those of one name. */
const ID_LETTERS = 8;

export interface Asking extends Pick<ChoiceView, 'wanted' | 'about' | 'atLeast'> {
  options: readonly { option: Option; choice: Choice }[];
  /** What is asked of the ticket just now; a press on a card that is older has no effect. */
  version?: number;
  /** Something else is begun here: what is typed next is no answer to what was asked before. */
  begins?: boolean;
}

export async function askWhich(deps: TurnDeps, turn: Turn, { wanted, about, atLeast = false, options, version = 0, begins }: Asking): Promise<TurnResult> {
  if (begins) await leaveWhatWaits(deps, turn);
  const shown = options.slice(0, CHOICES_MAX);
  const choices = shown.map((one) => one.choice);
  const handle = await newHandle(deps.store, { kind: 'choice', chat: turn.chat.key, choices }, deps.clock.now());
  const view = { wanted, about, atLeast, options: shown.map((one) => one.option), more: options.length - shown.length, handle, version };
  return { say: [{ ...choiceCard(view, deps.chatWords), handle }], which: true };
}

/** What is typed next is no answer to what was asked before. Once for each activity: delivered again it leaves alone what was begun since. */
export async function leaveWhatWaits(deps: TurnDeps, { chat, thread, actor, activity }: Turn): Promise<void> {
  let first = false;
  await updateChat(deps.store, chat.key, (now = chat) => {
    first = !doneBefore(now.done, activity);
    return first ? { ...now, done: withDone(now.done, activity, null) } : now;
  });
  if (!first) return;
  for (const where of new Set([thread, chat.key])) await forgetPointer(deps, where, actor.key);
}

/** Those of one name are told apart by the domain, where each has its own, else by the beginning of the id. */
export function customerOption(customer: NamedCustomer, all: readonly NamedCustomer[], words: Words): Option {
  const { id, name, domain } = customer;
  const same = all.filter((one) => one.name === name && one.id !== id);
  const own = domain && !same.some((one) => (one.domain ?? '') === '' || one.domain === domain);
  const more = own ? domain : same.length > 0 ? words.choice.id(bare(id.slice(0, ID_LETTERS), ID_LETTERS)) : (domain ?? '');
  return { title: name, kind: 'name', more };
}

export function subscriptionOptions(
  choice: readonly Candidate[],
  customer: { id: string; name: string },
  command: 'show' | 'move' | 'history',
  words: Words,
): Asking['options'] {
  return choice.map(({ known, ticketId, names }) => {
    const { id, offerName } = known.snapshot;
    const same = choice.some((one) => one.known.snapshot.id !== id && one.known.snapshot.offerName === offerName);
    return {
      option: {
        title: nameIn(names, words.lang, offerName),
        kind: 'plan',
        more: ticketId ?? (same ? words.choice.id(bare(id.slice(0, ID_LETTERS), ID_LETTERS)) : ''),
      },
      choice: ticketId
        ? { to: 'ticket', command, ticketRef: { customerId: customer.id, ticketId } }
        : { to: 'subscription', customer: { id: customer.id, name: customer.name }, subscriptionId: id },
    };
  });
}

/** What a dialog could not tell, as a question; null where it needs none. */
export async function askedBy(deps: TurnDeps, turn: Turn, view: TicketView, reply: Reply | null): Promise<TurnResult | null> {
  const ticketRef = { customerId: view.ticket.customerId, ticketId: view.ticket.id };
  const version = askedOf(view.ticket, view.move);
  if (reply?.say === 'manyPlans') {
    const called = reply.plans.map((plan) => nameIn(view.ticket.names, deps.chatWords.lang, plan.title));
    const options = reply.plans.map((plan, n) => ({
      option: { title: called[n] ?? plan.title, kind: 'plan' as const, more: called.filter((one) => one === called[n]).length > 1 ? plan.id : '' },
      choice: { to: 'plan' as const, ticketRef, plan, ...(reply.term ? { term: reply.term } : {}) },
    }));
    return askWhich(deps, turn, { wanted: reply.value, about: 'plan', options, version });
  }
  if (reply?.say === 'manyTerms') {
    const { plan } = reply;
    const options = reply.terms.map((term) => ({
      option: { title: termText(term, deps.chatWords), kind: 'plan' as const, more: '' },
      choice: { to: 'plan' as const, ticketRef, plan, term },
    }));
    return askWhich(deps, turn, { wanted: reply.value, about: 'term', options, version });
  }
  if (reply?.say !== 'samePeople' || reply.same.length === 0) return null;
  const { same, others, value } = reply;
  const each = same.map((one) => ({
    option: {
      title: one.name,
      kind: 'name' as const,
      more: same.some((other) => other.id !== one.id && other.name === one.name) ? deps.chatWords.choice.id(bare(one.id.slice(0, ID_LETTERS), ID_LETTERS)) : '',
    },
    choice: { to: 'allBut' as const, ticketRef, people: [...others, one.id] },
  }));
  const all = {
    option: { title: deps.chatWords.choice.allOf(same.length), kind: 'name' as const, more: '' },
    choice: { to: 'allBut' as const, ticketRef, people: [...others, ...same.map((one) => one.id)] },
  };
  // The way out that leaves nobody in doubt is always among those that are shown.
  return askWhich(deps, turn, { wanted: value, about: 'people', options: [all, ...each], version });
}
