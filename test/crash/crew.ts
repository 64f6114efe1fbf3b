/** A crew that works through any of its chats, with buttons and with typed answers, in time and ahead of time; for the unkind world. */
import type { KnownSubscription, Expiry, Migration } from '../../services/domain/ticket.ts';
import { isLive } from '../../services/moves/states.ts';
import { buttonsOf, type CardButton, press } from './people.ts';
import { ANN, BO, type CardSeen, type ChatPlace, CY, type Person, type SimulatedWorld } from './world.ts';

const TURN_MS = 4_000;
const PATIENCE = 5;
const ASK_EACH = 30;

/** In this order: the first that a card offers is pressed. */
const HELPFUL: [string, Person][] = [
  ['purchase.approve', BO],
  ['reassignment.confirm', BO],
  ['suspension.confirm', BO],
  ['reassignment.retry', BO],
  ['migration.check', BO],
  ['move.check', BO],
  ['migration.settle', CY],
  ['move.settle', CY],
  ['expiry.undo', ANN],
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

interface Matter {
  seen: CardSeen;
  buttons: CardButton[];
}

/** The newest card of each ticket in a chat that stands there. */
function matters(world: SimulatedWorld, chat: ChatPlace): Map<string, Matter> {
  const found = new Map<string, Matter>();
  for (const seen of world.cards) {
    if (seen.chat !== chat.key || seen.deleted) continue;
    const buttons = buttonsOf(seen.card);
    const ticket = world.handles.get(String(buttons[0]?.data.id ?? ''));
    if (ticket) found.set(ticket, { seen, buttons });
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
      const found = matters(world, chat);
      for (const [ticket, matter] of found) step(chat, ticket, matter);
      if (turns % ASK_EACH === 0 && found.size < world.sandbox.customers.size) askFor(chat);
    }
    world.sim.after(TURN_MS, null, turn);
  }

  function step(chat: ChatPlace, ticket: string, { seen, buttons }: Matter): void {
    const choice = HELPFUL.find(([verb]) => buttons.some((one) => one.verb === verb));
    if (!choice) return;
    const [verb, usual] = choice;
    const button = buttons.find((one) => one.verb === verb) as CardButton;
    const key = `${chat.id} ${ticket} ${verb}`;
    const times = (pressed.get(key) ?? 0) + 1;
    pressed.set(key, times);
    // A person looks at what happened before pressing the same again.
    if (times % PATIENCE !== 1) return;
    const round = Math.floor(times / PATIENCE);
    const who = verb === 'purchase.approve' && round % 2 === 1 ? CY : usual;
    if (round > 2 && round % 3 === 0) outOfIt(chat, ticket, { seen, buttons }, round % 2 === 0 ? CY : BO);
    else if (!sure && verb === 'purchase.quote') thinkAgain(chat, ticket);
    else if (world.sim.random() * 10 < crew.types) type(chat, ticket, verb, who);
    else press(world, who, chat, seen, button, inputsOf(button));
  }

  /** What stands in a list alone is asked for. */
  function askFor(chat: ChatPlace): void {
    const all = [...world.sandbox.customers.values()].filter(
      (one) => one.subscriptions[0]?.wire.status === 'active' && !one.subscriptions[0].wire.autoRenewEnabled,
    );
    const one = all[Math.floor(world.sim.random() * all.length)];
    if (one) world.type(ANN, chat, `show ${one.name}`);
  }

  /** What does not come on is settled, left behind, left, or given up: whatever the card offers. */
  function outOfIt(chat: ChatPlace, ticket: string, { seen, buttons }: Matter, settler: Person): void {
    const ways = [
      'suspension.checked',
      'migration.settle',
      'move.settle',
      'reassignment.waive',
      'suspension.skip',
      'migration.giveUp',
      'move.giveUp',
      'migration.check',
    ];
    const open = buttons.filter((one) => ways.includes(one.verb));
    const button = open[Math.floor(world.sim.random() * open.length)];
    if (!button) return;
    if (button.verb === 'reassignment.waive') leaveBehind(ticket);
    // Who asked for a purchase does not take another order for it.
    else press(world, button.verb === 'move.settle' ? settler : BO, chat, seen, button, inputsOf(button));
  }

  function leaveBehind(ticket: string): void {
    const alone = world.chats.find((one) => one.id === 'a:bo') as ChatPlace;
    const matter = matters(world, alone).get(ticket);
    const button = matter?.buttons.find((one) => one.verb === 'reassignment.waive' && one.choices.length > 0);
    if (!matter || !button) world.type(BO, alone, `show ${ticket}`);
    else press(world, BO, alone, matter.seen, button, { users: button.choices.join(','), reason: 'They leave' });
  }

  function thinkAgain(chat: ChatPlace, ticket: string): void {
    sure = true;
    const lines = [`move ${ticket}`, '1', '1', 'cancel', `move ${ticket}`, '1', '3'];
    lines.forEach((line, n) => void world.sim.after(n * 2_000, null, () => world.type(ANN, chat, line)));
  }

  function type(chat: ChatPlace, ticket: string, verb: string, who: Person): void {
    const words: Record<string, string[]> = {
      'purchase.quote': [`move ${ticket}`, '1', 'yes'],
      'purchase.approve': [`show ${ticket}`, 'yes'],
      'reassignment.confirm': [`show ${ticket}`, 'yes'],
      'suspension.confirm': [`show ${ticket}`, 'suspend'],
      'migration.check': [`show ${ticket}`, 'check'],
    };
    const gapMs = crew.hurries ? 300 : 3_000;
    const lines = words[verb] ?? [`show ${ticket}`];
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
    const row = held && (await world.store.get<KnownSubscription>('customers', customer.id, `sub_${held.wire.id.toLowerCase()}`));
    if (!held || !row) {
      left.push(`${customer.name} is not known`);
      continue;
    }
    const ends = held.wire.status === 'active' && !held.wire.autoRenewEnabled;
    const expiry = row.value.expiry ? (await world.store.get<Expiry>('customers', customer.id, `exp_${row.value.expiry}`))?.value : undefined;
    const migration = expiry?.migration ? (await world.store.get<Migration>('customers', customer.id, expiry.migration))?.value : undefined;
    if (row.value.liveMigration || (migration && isLive(migration)))
      left.push(`${customer.name} ${migration?.state} ${migration?.stuck?.reason ?? migration?.held ?? ''} ${migration?.stuck?.code ?? ''}`);
    else if (ends && !expiry && !(await movedLast(world, customer.id, held.wire.id))) left.push(`${customer.name} does not renew and has no ticket`);
    else if (expiry && !expiry.closed && migration?.outcome !== 'givenUp' && migration?.outcome !== 'letExpire')
      left.push(`${customer.name} ${expiry.id} is open, ${migration?.state ?? 'untouched'}`);
  }
  return left;
}

async function movedLast(world: SimulatedWorld, customer: string, subscription: string): Promise<boolean> {
  const rows = (await world.store.range<Expiry>('customers', customer, 'exp_', 'exp_~'))
    .map((row) => row.value)
    .filter((one) => one.subscriptionId === subscription.toLowerCase());
  return rows.sort((a, b) => a.episode - b.episode).at(-1)?.closed?.how === 'moved';
}
