/** What a customer's offers and plans are called in the languages that are read: asked once, after the notice, behind everything that somebody waits for. */
import { BOT } from '../auditLog/auditLog.ts';
import { LOCALES } from '../domain/language.ts';
import { nameRead, namesLacking } from '../domain/names.ts';
import type { Plan, Ticket, TrackedSubscription } from '../domain/ticket.ts';
import type { LocalNames, PartnerCenterError } from '../partnerCenter/port.ts';
import type { NamesWakeUp } from '../queue/messages.ts';
import type { JobResult } from '../queue/worker.ts';
import { languagesRead } from '../readIn.ts';
import { LIST_MAX } from '../search.ts';
import { ofCustomer, SUBSCRIPTION, TICKET } from '../store/rows.ts';
import { type Row, withPrefix } from '../store/store.ts';
import { orNull, PASSING } from './facts.ts';
import { changeTicket, type TicketDeps } from './tickets.ts';

type NamesDeps = TicketDeps & { namesIn: (locale: string) => LocalNames };

const MINUTE_MS = 60_000;
/** What could not be read is read again after so long; after the last time with the next news of the customer. */
const AGAIN_MS = [MINUTE_MS, 10 * MINUTE_MS, 60 * MINUTE_MS];
/** Of one customer and language. */
const PRODUCTS_MAX = 20;

/** Reads the names that open tickets of a customer lack, and keeps them on the tickets. Where one cannot be had, the English one stays. */
export async function readNames(deps: NamesDeps, wakeUp: NamesWakeUp): Promise<JobResult> {
  const { customerId, tries } = wakeUp;
  const rows = (await withPrefix<Ticket>(deps.store, ...ofCustomer(customerId), TICKET, LIST_MAX)).filter((row) => !row.value.closed);
  const read: Read = new Map();
  let passing = false;
  for (const lang of await languagesRead(deps.store)) {
    const lacking = rows.map((row) => row.value).filter((ticket) => namesLacking(ticket, lang).length > 0);
    if (lacking.length === 0) continue;
    const found = await namesOf(deps, customerId, lang, lacking);
    passing ||= found.passing;
    read.set(lang, found.names);
  }
  for (const row of rows) await keep(deps, row, read);
  const retryInMs = AGAIN_MS[tries];
  return passing && retryInMs !== undefined ? { retryInMs, as: { ...wakeUp, tries: tries + 1 } } : 'drop';
}

/** By language, then by the English name. */
type Read = Map<string, ReadonlyMap<string, string>>;

/** Only what the ticket lacks by then, of all languages in one change. */
function keep(deps: NamesDeps, row: Row<Ticket>, read: Read): Promise<void> {
  return changeTicket(deps, row, BOT, (now) => {
    const found = [...read].flatMap(([lang, names]) => {
      const own = namesLacking(now, lang).filter((english) => names.has(english));
      return own.length > 0 ? [[lang, { ...now.names?.[lang], ...Object.fromEntries(own.map((english) => [english, names.get(english) as string])) }]] : [];
    });
    if (now.closed || found.length === 0) return null;
    return { ticket: { ...now, names: { ...now.names, ...Object.fromEntries(found) } }, what: 'lookedUp', data: {}, news: 'changed' };
  });
}

/** By the English name: what was asked for and has no other is called as before. `passing`: asking for the rest again may help. */
async function namesOf(
  deps: NamesDeps,
  customerId: string,
  lang: string,
  tickets: readonly Ticket[],
): Promise<{ names: ReadonlyMap<string, string>; passing: boolean }> {
  const local = deps.namesIn(LOCALES[lang] as string);
  let passing = false;
  const note = ({ kind }: PartnerCenterError) => {
    passing ||= PASSING.has(kind);
  };
  const called: (readonly [english: string, name: string])[] = [];
  const plans = tickets.flatMap((one) => one.plans?.filter(({ item, title }) => item && namesLacking(one, lang).includes(title)) ?? []);
  const ofPlans = new Set(plans.map(({ title }) => title));
  const others = tickets.flatMap((one) => namesLacking(one, lang)).filter((name) => !ofPlans.has(name));
  const offers = others.length > 0 ? await orNull(() => local.offers(customerId), note) : null;
  if (offers) {
    const tracked = await withPrefix<TrackedSubscription>(deps.store, ...ofCustomer(customerId), SUBSCRIPTION, LIST_MAX);
    const own = tracked.map(({ value: { snapshot } }) => [snapshot.offerName, nameRead(offers.get(snapshot.id)) ?? snapshot.offerName] as const);
    called.push(...own, ...others.filter((name) => !own.some(([english]) => english === name)).map((name) => [name, name] as const));
  }
  const products = [...Map.groupBy(plans, ({ item }) => item?.productId as string)].slice(0, PRODUCTS_MAX);
  for (const [productId, some] of products) {
    const skus = await orNull(() => local.skus(customerId, productId), note);
    if (skus) called.push(...some.map((plan) => [plan.title, nameOf(plan, skus)] as const));
  }
  return { names: agreed(called), passing };
}

function nameOf({ title, item }: Plan, skus: Awaited<ReturnType<LocalNames['skus']>>): string {
  return nameRead(skus.get(item?.skuId ?? '')) ?? title;
}

/** What two things of one English name are called otherwise is neither's name. */
function agreed(called: readonly (readonly [english: string, name: string])[]): ReadonlyMap<string, string> {
  const all = Map.groupBy(called, ([english]) => english);
  return new Map([...all].map(([english, some]) => [english, new Set(some.map(([, name]) => name)).size === 1 ? (some[0]?.[1] as string) : english]));
}
