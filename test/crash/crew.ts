/** A crew that works through any of its chats, with buttons and with typed answers, in time and ahead of time; for the unkind world. */
import type { TrackedSubscription, Ticket, Move } from '../../services/domain/ticket.ts';
import { isLive } from '../../services/moves/states.ts';
import { buttonsOf, type CardButton, press, termFor } from './people.ts';
import { ANN, BO, type CardSeen, type ChatPlace, CY, type Person, type SimulatedWorld } from './world.ts';
import { keysWith, ofCustomer, TICKET, ticketKey } from '../../services/store/rows.ts';

const TURN_MS = 4_000;
const PATIENCE = 5;
const ASK_EACH = 30;

/** In this order: the first that a card offers is pressed. */
const HELPFUL: [string, Person][] = [
  ['purchase.approve', BO],
  ['reassignment.confirm', BO],
  ['suspension.confirm', BO],
  ['reassignment.retry', BO],
  ['move.check', BO],
  ['move.check', BO],
  ['move.settle', CY],
  ['move.settle', CY],
  ['ticket.undo', ANN],
  ['purchase.quote', ANN],
];

export interface Crew {
  /** How many of ten steps are typed. */
  types: number;
  /** Types the next answers before they are asked. */
  hurries: boolean;
  /** Ends its first move while the price is awaited, and begins another for more seats. */
  fickle: boolean;
  stop(): boolean;
  /** Chats that it works in. */
  chats: readonly ChatPlace[];
}

interface TicketCard {
  seen: CardSeen;
  buttons: CardButton[];
}

/** The newest card of each ticket in a chat that stands there. */
function cardsByTicket(world: SimulatedWorld, chat: ChatPlace): Map<string, TicketCard> {
  const found = new Map<string, TicketCard>();
  for (const seen of world.cards) {
    if (seen.chat !== chat.key || seen.deleted) continue;
    const buttons = buttonsOf(seen.card);
    const ticketId = world.handles.get(String(buttons[0]?.data.id ?? ''));
    if (ticketId) found.set(ticketId, { seen, buttons });
  }
  return found;
}

/** Works every few seconds until it is stopped. */
export function work(world: SimulatedWorld, crew: Crew): void {
  const pressed = new Map<string, number>();
  let turns = 0;
  let sure = !crew.fickle;
  turn();
  function turn(): void {
    if (crew.stop()) return;
    turns += 1;
    for (const chat of crew.chats) {
      const found = cardsByTicket(world, chat);
      for (const [ticketId, card] of found) step(chat, ticketId, card);
      if (turns % ASK_EACH === 0 && found.size < world.sandbox.customers.size) askFor(chat);
    }
    world.sim.after(TURN_MS, null, turn);
  }

  function step(chat: ChatPlace, ticketId: string, { seen, buttons }: TicketCard): void {
    const choice = HELPFUL.find(([verb]) => buttons.some((one) => one.verb === verb));
    if (!choice) return;
    const [verb, usual] = choice;
    const button = buttons.find((one) => one.verb === verb) as CardButton;
    const key = `${chat.id} ${ticketId} ${verb}`;
    const times = (pressed.get(key) ?? 0) + 1;
    pressed.set(key, times);
    // A person looks at what happened before pressing the same again.
    if (times % PATIENCE !== 1) return;
    const round = Math.floor(times / PATIENCE);
    const who = verb === 'purchase.approve' && round % 2 === 1 ? CY : usual;
    if (round > 2 && round % 3 === 0) outOfIt(chat, ticketId, { seen, buttons }, round % 2 === 0 ? CY : BO);
    // A card that does not answer may not be the one that is kept up to date.
    else if (round % 4 === 2) world.type(who, chat, `show ${ticketId}`);
    else if (!sure && verb === 'purchase.quote') thinkAgain(chat, ticketId);
    else if (world.sim.random() * 10 < crew.types) type(chat, ticketId, verb, who);
    else press(world, who, chat, seen, button, { ...inputsOf(button), ...(verb === 'purchase.quote' ? termFor(button, world.sim.random) : {}) });
  }

  /** Who has taken a card away does not ask for it. */
  function isTakenAway(chat: ChatPlace, name: string): boolean {
    return world.cards.some((seen) => seen.chat === chat.key && seen.deleted && seen.first.includes(name));
  }

  /** What stands in a list alone is asked for. */
  function askFor(chat: ChatPlace): void {
    const all = [...world.sandbox.customers.values()].filter(
      (one) => one.subscriptions[0]?.wire.status === 'active' && !one.subscriptions[0].wire.autoRenewEnabled && !isTakenAway(chat, one.name),
    );
    const one = all[Math.floor(world.sim.random() * all.length)];
    if (one) world.type(ANN, chat, `show ${one.name}`);
  }

  /** What does not come on is settled, left behind, left, or given up: whatever the card offers. */
  function outOfIt(chat: ChatPlace, ticketId: string, { seen, buttons }: TicketCard, settler: Person): void {
    const ways = ['suspension.checked', 'move.settle', 'move.settle', 'reassignment.waive', 'suspension.skip', 'move.giveUp', 'move.giveUp', 'move.check'];
    const open = buttons.filter((one) => ways.includes(one.verb));
    const button = open[Math.floor(world.sim.random() * open.length)];
    if (!button) return;
    if (button.verb === 'reassignment.waive') leaveBehind(ticketId);
    // Who asked for a purchase does not take another order for it.
    else press(world, button.verb === 'move.settle' ? settler : BO, chat, seen, button, inputsOf(button));
  }

  function leaveBehind(ticketId: string): void {
    const alone = world.chats.find((one) => one.id === 'a:bo') as ChatPlace;
    const card = cardsByTicket(world, alone).get(ticketId);
    const button = card?.buttons.find((one) => one.verb === 'reassignment.waive' && one.choices.length > 0);
    if (!card || !button) world.type(BO, alone, `show ${ticketId}`);
    else press(world, BO, alone, card.seen, button, { users: button.choices.join(','), reason: 'They leave' });
  }

  function thinkAgain(chat: ChatPlace, ticketId: string): void {
    sure = true;
    const lines = [`move ${ticketId}`, '1', '1', 'cancel', `move ${ticketId}`, '1', '3'];
    lines.forEach((line, n) => void world.sim.after(n * 2_000, null, () => world.type(ANN, chat, line)));
  }

  function type(chat: ChatPlace, ticketId: string, verb: string, who: Person): void {
    const words: Record<string, string[]> = {
      'purchase.quote': [`move ${ticketId}`, world.sim.random() < 1 / 3 ? '1, 1 year, paid yearly' : '1', 'yes'],
      'purchase.approve': [`show ${ticketId}`, 'yes'],
      'reassignment.confirm': [`show ${ticketId}`, 'yes'],
      'suspension.confirm': [`show ${ticketId}`, 'suspend'],
      'move.check': [`show ${ticketId}`, 'check'],
    };
    const gapMs = crew.hurries ? 300 : 3_000;
    const lines = words[verb] ?? [`show ${ticketId}`];
    const ahead = crew.hurries && world.sim.random() < 0.5 ? ['yes', 'yes', 'yes'] : [];
    [...lines, ...ahead].forEach((line, n) => void world.sim.after(n * gapMs, null, () => world.type(who, chat, line)));
  }
}

function inputsOf(button: CardButton): Record<string, unknown> {
  return {
    ...(button.verb === 'purchase.quote' ? {} : { reason: 'It must go on' }),
    ...(button.verb === 'reassignment.waive' ? { users: button.choices.join(',') } : {}),
  };
}

/** Where each subscription that the crew works on stands; none left: everything came to its end. */
export async function unfinished(world: SimulatedWorld): Promise<string[]> {
  const left: string[] = [];
  for (const customer of world.sandbox.customers.values()) {
    const held = customer.subscriptions[0];
    const row = held && (await world.store.get<TrackedSubscription>(...ofCustomer(customer.id), `sub_${held.wire.id.toLowerCase()}`));
    if (!held || !row) {
      left.push(`${customer.name} is not known`);
      continue;
    }
    const ends = held.wire.status === 'active' && !held.wire.autoRenewEnabled;
    const ticket = row.value.ticket ? (await world.store.get<Ticket>(...ofCustomer(customer.id), ticketKey(row.value.ticket)))?.value : undefined;
    const move = ticket?.move ? (await world.store.get<Move>(...ofCustomer(customer.id), ticket.move))?.value : undefined;
    if (row.value.liveMove || (move && isLive(move)))
      left.push(`${customer.name} ${move?.state} ${move?.stuck?.reason ?? move?.held ?? ''} ${move?.stuck?.code ?? ''}`);
    else if (ends && !ticket && !(await movedLast(world, customer.id, held.wire.id))) left.push(`${customer.name} does not renew and has no ticket`);
    else if (ticket && !ticket.closed && move?.outcome !== 'givenUp' && move?.outcome !== 'letExpire')
      left.push(`${customer.name} ${ticket.id} is open, ${move?.state ?? 'untouched'}`);
  }
  return left;
}

async function movedLast(world: SimulatedWorld, customer: string, subscription: string): Promise<boolean> {
  const rows = (await world.store.range<Ticket>(...ofCustomer(customer), ...keysWith(TICKET)))
    .map((row) => row.value)
    .filter((one) => one.subscriptionId === subscription.toLowerCase());
  return rows.sort((a, b) => a.episode - b.episode).at(-1)?.closed?.how === 'moved';
}
