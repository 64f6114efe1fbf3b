/** A card where several read along, as one of them sees it: what that reader may do, and of whom it waits. It grants nothing: the base card holds all of it, and the server looks at every press. */
import type { Message } from '../../services/notify/ports.ts';
import type { Shown } from '../../services/ticketView.ts';
import type { Action } from '../buttons.ts';
import type { Words } from '../text/words.ts';
import { withViews } from './refresh.ts';
import type { TicketCard } from './regions.ts';
import { drawn, messageOf } from './ticket.ts';

/** The card for the reader whom `shown` names; `lacks`: whether that one has no right to press a verb. Its buttons carry the base card's handle and version. */
export function viewCard(shown: Shown, lacks: (verb: string) => boolean, words: Words): Message {
  const base = drawn({ ...shown, reader: null }, words).actions;
  return withViews(messageOf(allowed(drawn(shown, words), base, lacks), words), shown, words);
}

/** Without the buttons that the reader could only press in vain, and without the inputs that belonged to them. */
function allowed(data: TicketCard, base: readonly Action[], lacks: (verb: string) => boolean): TicketCard {
  const left = data.actions.flatMap((action) => kept(action, lacks));
  const actions = base.some(isSeen) && !left.some(isSeen) ? seen(left) : left;
  if (actions.some((action) => action.verb === 'purchase.quote')) return { ...data, actions };
  const { plans: _, planName: __, quantity: ___, terms: ____, note: _____, ...told } = data;
  return { ...told, actions };
}

function kept(action: Action, lacks: (verb: string) => boolean): Action[] {
  if (action.type === 'Action.Execute') return lacks(String(action.verb)) ? [] : [action];
  if (action.type !== 'Action.ShowCard') return [action];
  const card = action.card as { actions: Action[] };
  const actions = card.actions.flatMap((one) => kept(one, lacks));
  return actions.length > 0 ? [{ ...action, card: { ...card, actions } }] : [];
}

const SEEN_MAX = 2;

function isSeen(action: Action): boolean {
  return action.mode !== 'secondary';
}

/** Where nothing is left but what stood behind the “…”, the first of it is seen at once; where nothing can be done, the way to Partner Center. */
function seen(left: readonly Action[]): Action[] {
  const steps = left.filter((action) => action.type === 'Action.Execute').slice(0, SEEN_MAX);
  const shown = steps.length > 0 ? steps : left.filter((action) => action.type === 'Action.OpenUrl').slice(-1);
  return left.map((action) => (shown.includes(action) ? atOnce(action) : action));
}

function atOnce({ mode: _, fallback, ...action }: Action): Action {
  if (!fallback) return action;
  const { mode: __, ...submit } = fallback as Action;
  return { ...action, fallback: submit };
}
