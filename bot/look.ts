/** What a turn looks at: which customer, ticket or card is meant, and how that matter stands. */
import { createHash } from 'node:crypto';
import { plainName, segmentOf } from '../services/catalogue/match.ts';
import type { Programme } from '../services/catalogue/programmes.ts';
import { searchCatalogue } from '../services/catalogue/replacements.ts';
import type { FourEyes } from '../services/approval/approval.ts';
import { type Clock, later } from '../services/clock.ts';
import type { Chat, Expiry, KnownSubscription, Migration, Notice, Plan, Watching } from '../services/domain.ts';
import { FOUND_MAX, findCustomers, findTicket, type NamedCustomer, type NamesRead, openExpiries, saysName, stops } from '../services/lists.ts';
import type { Applying } from '../services/migration/apply.ts';
import { waivedIds } from '../services/migration/allot.ts';
import { readUserMoves } from '../services/migration/people.ts';
import type { PartnerCenter } from '../services/partnerCenter/port.ts';
import { namesOf } from '../services/people/people.ts';
import { expiryKey, noticeKey } from '../services/record.ts';
import { hears } from '../services/speak/chats.ts';
import { listsPeople, PICK_MAX } from '../services/speak/show.ts';
import { type Store, withPrefix } from '../services/store/store.ts';
import { foldedWords } from '../services/text.ts';
import { isWatched } from '../services/watch/endOfTerm.ts';
import { gapsOf, isWhole } from '../services/watch/known.ts';
import { walkRow } from '../services/watch/walk.ts';
import type { Overview } from '../cards/chat.ts';
import type { MatterFacts } from '../dialogs/dialogs.ts';
import { mayChoose } from '../dialogs/purchase.ts';

export interface Looking extends Applying {
  partnerCenter: PartnerCenter;
  programmes: readonly Programme[];
  clock: Clock;
  fourEyes: FourEyes;
  isReadOnly(): Promise<boolean>;
}

/** So many words of what was typed may be a customer's name: each number of them is a look into the store. */
const NAME_WORDS_MAX = 12;
const POINTER_MS = 3_600_000;
const PLANS_MAX = 8;

export interface Pointer {
  /** Whose it is: its row is found by a hash. */
  person: string;
  customerId: string;
  ticket: string;
  until: string;
  /** When what set it was sent, by Teams' clock: whatever was sent before is no answer to this. */
  sinceMs?: number;
  /** What was asked of this person here in words, and since when that stands there, by Teams' clock. */
  asked?: { asked: number; atMs: number; message?: string | null };
}

/** Which matter a person's next answer in this chat and thread belongs to; it is forgotten after an hour. */
export async function pointAt(
  deps: Looking,
  { thread, person, sinceMs = null }: { thread: string; person: string; sinceMs?: number | null },
  { customerId, ticket }: { customerId: string; ticket: string },
  asked?: Pointer['asked'],
): Promise<void> {
  const value: Pointer = {
    person,
    customerId,
    ticket,
    until: later(deps.clock.now(), POINTER_MS),
    ...(sinceMs === null ? {} : { sinceMs }),
    ...(asked ? { asked } : {}),
  };
  await deps.store.put('people', 'pointer', pointerKey(thread, person), value);
}

export async function readPointer(deps: Looking, thread: string, person: string): Promise<Pointer | null> {
  const row = await deps.store.get<Pointer>('people', 'pointer', pointerKey(thread, person));
  return row && row.value.until > deps.clock.now().toISOString() ? row.value : null;
}

/** The next answer here is to nothing that was asked before. */
export async function forgetPointer(deps: Looking, thread: string, person: string): Promise<void> {
  await deps.store.remove('people', 'pointer', pointerKey(thread, person));
}

function pointerKey(thread: string, person: string): string {
  return createHash('sha256').update(`${thread} ${person}`).digest('hex');
}

/**
 * The facts of a matter by its ticket, for one chat; null when it is not there. `text`: what was typed or chosen, perhaps
 * a plan's name or people's; `spends`: only then it is asked whether anything may be spent now.
 */
export async function lookAtMatter(
  deps: Looking,
  chat: Pick<Chat, 'key' | 'kind'>,
  { customerId, ticket }: { customerId: string; ticket: string },
  { text, spends }: { text: string | null; spends: boolean },
): Promise<MatterFacts | null> {
  const [row, notice, readOnly] = await Promise.all([
    deps.store.get<Expiry>('customers', customerId, expiryKey(ticket)),
    deps.store.get<Notice>('customers', customerId, noticeKey(ticket, chat.key)),
    spends && deps.isReadOnly(),
  ]);
  if (!row) return null;
  const expiry = row.value;
  const migration = expiry.migration ? ((await deps.store.get<Migration>('customers', customerId, expiry.migration))?.value ?? null) : null;
  const listed = migration?.state === 'purchased' && ((migration.people?.total ?? 0) <= PICK_MAX || /\b(but|except)\b/i.test(text ?? ''));
  const moves = migration && listed ? (await readUserMoves(deps.store, migration)).map((row) => row.value) : [];
  const waived = migration ? waivedIds(migration) : new Set();
  const named = (some: typeof moves) => some.map((move) => ({ id: move.userId, name: move.name }));
  return {
    expiry,
    etag: row.etag,
    migration,
    movable: named(moves.filter((move) => move.state === 'waiting')),
    unmoved: listsPeople(chat) ? named(moves.filter((move) => move.state !== 'moved' && !waived.has(move.userId))) : [],
    found: text !== null && mayChoose(migration) && needsCatalogue(expiry, text) ? null : [],
    names: await namesOf(deps.store, [migration?.startedBy, migration?.approval?.by]),
    notice: notice?.value ?? null,
    shown: notice?.value.askedAt ? [{ asked: notice.value.asked, atMs: Date.parse(notice.value.askedAt) }] : [],
    personal: listsPeople(chat),
    fourEyes: deps.fourEyes,
    readOnly,
    now: deps.clock.now().toISOString(),
  };
}

/** Plans of the customer's catalogue by a typed name, as Partner Center has it; no turn waits for that. */
export async function findPlans(deps: Looking, expiry: Expiry, planName: string): Promise<Plan[]> {
  const products = searchCatalogue(await deps.partnerCenter.products(expiry.customerId), planName, PLANS_MAX);
  const equal = products.filter((product) => plainName(product.title) === plainName(planName));
  const plans: Plan[] = [];
  for (const product of equal.length > 0 ? equal : products) {
    const skus = await deps.partnerCenter.skus(expiry.customerId, product.id);
    const sku = skus.find((one) => segmentOf(one.title) === segmentOf(expiry.facts.offerName)) ?? skus[0];
    if (sku)
      plans.push({
        id: `${product.id}:${sku.id}`,
        title: sku.title || product.title,
        reason: 'chosen by name',
        minimum: sku.minimum,
        maximum: sku.maximum,
        item: { productId: product.id, skuId: sku.id },
        whyNot: null,
      });
  }
  return plans;
}

/** Whether only the customer's catalogue can tell what is called so: it is no number, and none of the known plans. */
function needsCatalogue({ plans }: Expiry, wanted: string): boolean {
  return plans !== null && !isKnown(plans, wanted) && !/^\d{1,4}$/.test(wanted) && wanted.length >= 3;
}

/** What is called by its id or its whole name needs no look into the catalogue. */
function isKnown(plans: readonly Plan[], wanted: string): boolean {
  return plans.some((plan) => plan.id === wanted || plainName(plan.title) === plainName(wanted));
}

/** A subscription of a customer as a command may mean it. */
export interface Candidate {
  known: KnownSubscription;
  ticket: string | null;
}

export type Meant =
  | { kind: 'matter'; customerId: string; ticket: string; subscriptionId: string }
  /** `words`: what follows the name, perhaps of a plan; `near`: it is not how one says that name. */
  | { kind: 'customer'; customer: NamedCustomer; words: string; near: boolean }
  | { kind: 'noTicket' }
  | { kind: 'noCustomer' }
  | { kind: 'manyCustomers'; customers: NamedCustomer[]; words: string };

/** What `show`, `move` or `history` was said about: a ticket, or a customer and perhaps words of a plan. */
export async function whatIsMeant(store: Store, what: string): Promise<Meant> {
  const ticket = /^s ?-? ?(\d{1,9})$/i.exec(what.trim());
  if (ticket) {
    const found = await findTicket(store, `S-${ticket[1]}`);
    if (found) return { kind: 'matter', ...found, ticket: `S-${ticket[1]}` };
  }
  const all = what.trim().split(' ');
  const read: NamesRead = new Map();
  for (let n = Math.min(all.length, NAME_WORDS_MAX); n > 0; n--) {
    const name = all.slice(0, n).join(' ');
    const customers = await findCustomers(store, name, read);
    const words = all.slice(n).join(' ');
    if (customers.length > 1) return { kind: 'manyCustomers', customers, words };
    const customer = customers[0];
    if (customer) return { kind: 'customer', customer, words, near: !saysName(name, customer.name) };
  }
  return { kind: ticket ? 'noTicket' : 'noCustomer' };
}

/** Subscriptions of a customer that may be meant; all of them where no words of a plan are given. */
export async function candidatesOf(store: Store, customerId: string, planWords: string): Promise<Candidate[]> {
  const rows = await withPrefix<KnownSubscription>(store, 'customers', customerId, 'sub_');
  const watched = rows.filter((row) => row.value.expiry !== null || (!row.value.goneAt && isWatched(row.value.snapshot)));
  const words = foldedWords(planWords);
  return watched
    .filter((row) => words.every((word) => foldedWords(row.value.snapshot.offerName).includes(word)))
    .map((row) => ({ known: row.value, ticket: row.value.expiry }));
}

/** What a chat may watch by a name: what is called so, or what may be meant; null when nothing is. */
export type Wanted = { take: Watching } | { ask: (NamedCustomer | Programme)[]; atLeast: boolean };

export async function watchedBy(deps: Looking, what: string): Promise<Wanted | null> {
  const name = plainName(what);
  const id = what.trim().toLowerCase().replaceAll(' ', '-');
  const programme = deps.programmes.find((one) => one.id === id || plainName(one.name) === name);
  const near = name.length > 1 ? deps.programmes.filter((one) => plainName(one.name).includes(name)) : [];
  const customers = await findCustomers(deps.store, what);
  const called = customers.filter((one) => saysName(what, one.name));
  if (programme && called.length === 0) return { take: watchProgramme(programme) };
  const [only] = called;
  const whole = only !== undefined && foldedWords(only.name).join(' ') === foldedWords(what).join(' ');
  if (only && customers.length === 1 && !programme && (whole || near.length === 0)) return { take: watchCustomer(only) };
  // Set is only what is called so; what merely fits is asked about.
  const ask = [...customers, ...(programme ? [programme] : near)];
  return ask.length > 0 ? { ask, atLeast: customers.length >= FOUND_MAX } : null;
}

export function watchCustomer({ id, name }: NamedCustomer): Watching {
  return { what: 'customer', customerId: id, customerName: name };
}

export function watchProgramme({ name }: Programme): Watching {
  return { what: 'programme', programme: name };
}

/** What the bot knows of the customers that a chat would hear of. */
export async function overview(store: Store, chat: Pick<Chat, 'watching'> | null): Promise<Overview> {
  const walk = await walkRow(store);
  const open = await openExpiries(store);
  const heard = open.filter((row) => stops(row) && (!chat || chat.watching.length === 0 || hears(chat.watching, row)));
  return {
    customers: walk?.customers ?? 0,
    open: walk?.baselineAt ? heard.length : null,
    whole: isWhole(await gapsOf(store)),
    next: heard[0]?.expiresOn ?? null,
  };
}
