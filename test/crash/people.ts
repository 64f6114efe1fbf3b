/** Who presses what: a helpful crew that brings every ticket to its end, and a burst that presses at random. */
import type { Ticket, TrackedSubscription, Move } from '../../services/domain/ticket.ts';
import { isLive } from '../../services/moves/states.ts';
import { ANN, BO, type CardSeen, type ChatPlace, CY, MAL, type Person, type Press, type SimulatedWorld, VI } from './world.ts';
import { keysWith, ofCustomer, SUBSCRIPTION, ticketKey } from '../../services/store/rows.ts';

const HELP_MS = 1_500;
const PATIENCE = 4;

export interface CardButton {
  verb: string;
  data: Record<string, unknown>;
  positive: boolean;
  /** Values of the choices in the form that it stands in: of people, and of terms. */
  choices: string[];
  terms: string[];
}

/** A card is never changed, only put in place of another. */
const known = new WeakMap<object, CardButton[]>();

/** Every button of a card, those in forms too; what a client asks by itself is none. */
export function buttonsOf(card: unknown): CardButton[] {
  if (typeof card !== 'object' || card === null) return [];
  const found: CardButton[] = known.get(card) ?? [];
  if (known.has(card)) return found;
  known.set(card, found);
  collect(card, { choices: [], terms: [] });
  return found;
  function collect(value: unknown, form: Pick<CardButton, 'choices' | 'terms'>): void {
    if (Array.isArray(value)) {
      for (const one of value) collect(one, form);
      return;
    }
    if (!value || typeof value !== 'object') return;
    const record = value as Record<string, unknown>;
    if (record.type === 'Action.Execute')
      found.push({ verb: String(record.verb), data: record.data as Record<string, unknown>, positive: record.style === 'positive', ...form });
    const valuesOf = (id: string) =>
      ((record.body as Record<string, unknown>[] | undefined) ?? [])
        .filter((one) => one.id === id)
        .flatMap((one) => (one.choices as { value: string }[]).map((choice) => choice.value));
    const inner = record.type === 'AdaptiveCard' ? { choices: valuesOf('users'), terms: valuesOf('term') } : form;
    for (const [name, part] of Object.entries(record)) if (name !== 'fallback' && name !== 'refresh') collect(part, inner);
  }
}

/** The newest card of a chat that has buttons. */
function newest(world: SimulatedWorld, chat: ChatPlace): { seen: CardSeen; buttons: CardButton[] } | undefined {
  for (let at = world.cards.length - 1; at >= 0; at--) {
    const seen = world.cards[at] as CardSeen;
    if (seen.chat !== chat.key) continue;
    const buttons = buttonsOf(seen.card);
    if (buttons.some((one) => one.verb.includes('.') && !one.verb.startsWith('ticket.show'))) return { seen, buttons };
  }
  return undefined;
}

/** The newest card of each ticket in a chat. */
function ticketCards(world: SimulatedWorld, chat: ChatPlace): { seen: CardSeen; buttons: CardButton[] }[] {
  const found = new Map<string, { seen: CardSeen; buttons: CardButton[] }>();
  for (const seen of world.cards) {
    if (seen.chat !== chat.key) continue;
    const buttons = buttonsOf(seen.card);
    const id = String(buttons[0]?.data.id ?? '');
    const ticketId = world.handles.get(id);
    if (ticketId) found.set(ticketId, { seen, buttons });
  }
  return [...found.values()];
}

/** In this order: the first that a card offers is pressed. */
const HELPFUL: [string, Person][] = [
  ['purchase.approve', BO],
  ['reassignment.confirm', BO],
  ['suspension.confirm', BO],
  ['reassignment.retry', BO],
  ['move.check', BO],
  ['ticket.undo', ANN],
  ['purchase.quote', ANN],
];

/** Presses what brings the tickets of the first channel on, every two seconds, until `stop`. */
export function help(world: SimulatedWorld, stop: () => boolean): void {
  const pressed = new Map<string, number>();
  turn();
  function turn(): void {
    if (stop()) return;
    for (const { seen, buttons } of ticketCards(world, world.chats[0] as ChatPlace)) {
      const choice = HELPFUL.find(([verb]) => buttons.some((one) => one.verb === verb));
      if (!choice) continue;
      const [verb, usual] = choice;
      const button = buttons.find((one) => one.verb === verb) as CardButton;
      const key = `${button.data.id} ${verb}`;
      const times = (pressed.get(key) ?? 0) + 1;
      pressed.set(key, times);
      // A person looks at what happened before pressing the same again.
      if (times % PATIENCE !== 1) continue;
      const stubborn = times > 4 * PATIENCE;
      // Whoever can move meanwhile is moved after all.
      const leaves = stubborn && Math.floor(times / PATIENCE) % 2 === 0;
      const ticketId = world.handles.get(String(button.data.id));
      if (leaves && buttons.some((one) => one.verb === 'reassignment.waive')) leaveBehind(world, String(button.data.id));
      // A card that is no longer kept up to date says what to write.
      else if (leaves && verb === 'purchase.quote' && ticketId) ask(world, usual, world.chats[0] as ChatPlace, ticketId);
      else if (stubborn && verb === 'move.check' && buttons.some((one) => one.verb === 'move.giveUp'))
        press(world, BO, world.chats[0] as ChatPlace, seen, buttons.find((one) => one.verb === 'move.giveUp') as CardButton, {
          reason: 'It does not work',
        });
      else press(world, verb === 'purchase.approve' && Math.floor(times / PATIENCE) % 2 === 1 ? CY : usual, world.chats[0] as ChatPlace, seen, button, {});
    }
    world.sim.after(HELP_MS, null, turn);
  }
}

/** Somebody asks for a card. */
function ask(world: SimulatedWorld, who: Person, chat: ChatPlace, ticketId: string): void {
  if (world.atTheDoor) world.type(who, chat, `show ${ticketId}`);
  else world.write(who, chat, { command: 'show', what: ticketId });
}

/** Bo has the card in person and names everybody who has not moved. */
function leaveBehind(world: SimulatedWorld, handle: string): void {
  const alone = world.chats[2] as ChatPlace;
  const card = ticketCards(world, alone).find(({ buttons }) => buttons.some((one) => one.verb === 'reassignment.waive' && one.choices.length > 0));
  if (!card) {
    const ticketId = world.handles.get(handle);
    if (ticketId) ask(world, BO, alone, ticketId);
    return;
  }
  const button = card.buttons.find((one) => one.verb === 'reassignment.waive') as CardButton;
  press(world, BO, alone, card.seen, button, { users: button.choices.join(','), reason: 'They leave' });
}

export function press(
  world: SimulatedWorld,
  who: Person,
  chat: ChatPlace,
  seen: CardSeen,
  button: CardButton,
  inputs: Record<string, unknown>,
  twice = false,
): void {
  const made: Press = { person: who, chat, verb: button.verb, data: { ...button.data, ...inputs }, cardId: seen.id };
  world.pressed.push(made);
  world.press(made, twice);
}

/** Everybody presses anything anywhere for `ms`: twice, on old cards, without the right to; admins and Microsoft change things meanwhile. */
export function burst(world: SimulatedWorld, ms: number): void {
  const { sim } = world;
  const until = sim.nowMs() + ms;
  const old: { seen: CardSeen; buttons: CardButton[] }[] = [];
  const pick = <T>(all: readonly T[]): T | undefined => all[Math.floor(sim.random() * all.length)];
  for (const who of [ANN, BO, BO, CY, VI, MAL]) sim.after(500 + sim.random() * 2_500, null, () => turn(who));
  sim.after(3_000 + sim.random() * 10_000, null, fate);

  function turn(who: Person): void {
    if (sim.nowMs() > until) return;
    const own = world.chats.filter((chat) => (who === MAL ? chat.id === 'a:mal' : who === BO ? chat.id !== 'a:mal' : chat.kind === 'channel'));
    const chat = pick(own);
    // Mal has copies of cards from chats that are not his.
    const from = who === MAL ? world.chats[0] : chat;
    const fresh = chat && from ? newest(world, from) : undefined;
    if (fresh && sim.random() < 0.3) old.push(structuredClone(fresh));
    const stale = sim.random() < 0.15 ? pick(old) : undefined;
    const card = stale ?? fresh;
    if (chat && card) {
      const helpful = card.buttons.filter((one) => one.positive);
      const button = (sim.random() < 0.6 ? pick(helpful) : undefined) ?? pick(card.buttons);
      if (button) press(world, who, chat, card.seen, button, inputsFor(button), sim.random() < 0.3);
    }
    sim.after(1_000 + sim.random() * 4_000, null, () => turn(who));
  }

  function inputsFor(button: CardButton): Record<string, unknown> {
    return {
      reason: sim.random() < 0.9 ? 'Because' : '',
      ...(button.verb === 'reassignment.waive' ? { users: button.choices.filter(() => sim.random() < 0.5).join(',') } : {}),
      ...(button.verb === 'purchase.quote' ? { quantity: sim.random() < 0.8 ? 2 : Math.floor(sim.random() * 9) - 1, ...termFor(button, sim.random) } : {}),
      ...(button.verb === 'ticket.snooze' ? { days: 7 } : {}),
    };
  }

  /** What others do: auto-renew is switched on and off, an admin gives or takes a licence, wake-ups are lost or doubled. */
  function fate(): void {
    if (sim.nowMs() > until) return;
    const customer = pick([...world.sandbox.customers.values()]);
    const roll = sim.random();
    const held = customer?.subscriptions[0];
    const calm = customer && held && world.mayInterfere(customer.id);
    if (calm && roll < 0.15 && held.wire.status === 'active') world.flip(customer.id, !held.wire.autoRenewEnabled);
    else if (calm && roll < 0.3) world.reassignByHand(customer.id);
    else if (roll < 0.6) {
      const queue = world.queues.held[pick(['sweep', 'notify', 'move'] as const) as 'sweep'];
      const message = pick(queue);
      if (message && roll < 0.45) queue.splice(queue.indexOf(message), 1);
      else if (message) queue.push({ ...message, receipt: -1, visibleAt: sim.nowMs() + sim.random() * 60_000 });
    }
    sim.after(4_000 + sim.random() * 15_000, null, fate);
  }
}

/** One in three who ask for a price choose the term too. */
export function termFor({ terms }: CardButton, random: () => number): { term?: string } {
  const term = random() < 1 / 3 ? terms[Math.floor(random() * terms.length)] : undefined;
  return term === undefined ? {} : { term };
}

/** Whether everything came to an end, or is renewed, or was never begun. */
export async function allQuiet(world: SimulatedWorld): Promise<boolean> {
  for (const customer of world.sandbox.customers.keys()) {
    const rows = await world.store.range<TrackedSubscription>(...ofCustomer(customer), ...keysWith(SUBSCRIPTION));
    const held = world.sandbox.customers.get(customer)?.subscriptions[0]?.wire;
    for (const row of rows) {
      if (row.value.snapshot.id !== held?.id.toLowerCase()) continue;
      if (row.value.snapshot.autoRenew !== held.autoRenewEnabled) return false;
      const ticket = row.value.ticket ? (await world.store.get<Ticket>(...ofCustomer(customer), ticketKey(row.value.ticket)))?.value : undefined;
      const move = ticket?.move ? (await world.store.get<Move>(...ofCustomer(customer), ticket.move))?.value : undefined;
      if (row.value.liveMove || (ticket && !ticket.closed && move?.outcome !== 'givenUp')) return false;
      if (move && isLive(move)) return false;
    }
  }
  return true;
}
