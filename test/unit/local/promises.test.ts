/**
 * What a card promises about an end, against what the pretend Partner Center then does and bills, to the cent: each kind of subscription,
 * on days from 90 days before its last one to 130 days after it, each of them around it, with nobody doing anything any more.
 */
import assert from 'node:assert/strict';
import { en } from '../../../cards/text/en/en.ts';
import { newsLine, ticketCard } from '../../../cards/ticket/ticket.ts';
import type { Programme } from '../../../services/catalogue/programmes.ts';
import { addDays, daysBetween } from '../../../services/clock.ts';
import type { Move, Subscription, Ticket } from '../../../services/domain/ticket.ts';
import { type Charge, chargesOf } from '../../../services/local/sandbox/bill.ts';
import { PLANS } from '../../../services/local/sandbox/catalogue.ts';
import { shown as wireOf } from '../../../services/local/sandbox/commerce.ts';
import { type Happening, pass } from '../../../services/local/sandbox/passing.ts';
import { customer } from '../../../services/local/sandbox/seed.ts';
import { priceSheet } from '../../../services/local/sandbox/sheets.ts';
import type { HeldSubscription } from '../../../services/local/sandbox/state.ts';
import { beginTerm, dayAfter, termsOf } from '../../../services/local/sandbox/terms.ts';
import { type Order, type PartnerCenter, PartnerCenterError, type PriceSheets } from '../../../services/partnerCenter/port.ts';
import { endPrices } from '../../../services/partnerCenter/prices.ts';
import { sheetReader } from '../../../services/partnerCenter/wire/priceSheet.ts';
import { parseSubscriptions } from '../../../services/partnerCenter/wire/subscriptions.ts';
import type { Shown } from '../../../services/ticketView.ts';
import { goesOn } from '../../../services/tickets/endOfTerm.ts';
import { emptyCatalogue, readFacts } from '../../../services/tickets/facts.ts';
import { standingOf } from '../../../services/watch/flips.ts';
import { HIDES, sampleMove, sampleTicket } from '../../support/samples.ts';
import { textsOf } from '../cards/sentences.ts';

const RULES = { backfillHours: 18, backfillRenews: false, lockHours: 4 };
const MADE = '2026-11-26';
const [BEFORE, AFTER] = [90, 130];

function sheet(view: string) {
  const reader = sheetReader('IE', MADE);
  reader.push(priceSheet({ market: 'IE', view }) ?? '');
  const read = reader.end(true);
  assert.ok('prices' in read);
  return read.prices;
}
const SHEETS = { sold: sheet('updatedlicensebased'), extended: sheet('licensebasedest') };

type Wire = Partial<HeldSubscription['wire']>;

/** Of new commerce, five of Office 365 E3 paid monthly unless it is said otherwise; its last day is 14 January 2027. */
function five(wire: Wire = {}, offer = 'Office 365 E3'): HeldSubscription {
  const [one] = customer('Tryout', MADE, 0, [
    { offer, sku: PLANS.find(({ title }) => title === offer)?.skuId ?? '', seats: 5, days: 49, price: 2300, newCommerce: true },
  ]).subscriptions;
  const held = one as HeldSubscription;
  return { ...held, wire: { ...held.wire, ...wire } };
}

function classic(wire: Wire = {}): HeldSubscription {
  const [one] = customer('Tryout', MADE, 0, [{ offer: 'Office 365 Enterprise E4', sku: 'e4', seats: 2, days: 49, price: 3100 }]).subscriptions;
  const held = one as HeldSubscription;
  return { ...held, wire: { ...held.wire, ...wire } };
}

/** Bought with what is 15 % cheaper for one term. */
function promoted(): HeldSubscription {
  const held = five({ promotionId: '39NFJQT1PFPL:0001:39NFJQT1Q5KL' }, 'Office 365 E5');
  beginTerm(held, '2026-01-15', { kind: 'term', term: 'P1Y', billing: 'monthly', quantity: 5, unit: 3_230 });
  held.terms = held.terms?.slice(-1) ?? [];
  return held;
}

const off = { autoRenewEnabled: false };
const ends = (actionType: string) => ({ scheduledActions: [{ scheduleType: 'TermEnd', actionType }] });
const next = (product: object, quantity?: number) => ({ scheduledNextTermInstructions: { product, ...(quantity === undefined ? {} : { quantity }) } });
const suspended = { ...off, status: 'suspended', suspendedAt: '2026-10-16T12:00:00.000Z' };
const EST_FROM_DECEMBER = () =>
  pass([five({ ...off, commitmentEndDate: '2026-10-14T00:00:00Z', effectiveStartDate: '2025-10-15T00:00:00Z' })], '2026-10-20T00:00:00Z', RULES).held[0];

const KINDS: Readonly<Record<string, () => HeldSubscription>> = {
  'renews, paid monthly': () => five(),
  'renews, paid yearly': () => five({ billingCycle: 'annual' }),
  'renews by the month': () => five({ termDuration: 'P1M', effectiveStartDate: '2026-12-15T00:00:00Z' }),
  'renews for three years, paid at once': () => five({ termDuration: 'P3Y', billingCycle: 'triennial', effectiveStartDate: '2024-01-15T00:00:00Z' }),
  'renews, its promotion over': promoted,
  'becomes three seats': () => five(next({}, 3)),
  'becomes another plan': () => five(next({ productId: 'CFQ7TTC0LH18', skuId: '0001' }, 3)),
  'becomes three years, paid yearly': () => five(next({ termDuration: 'P3Y', billingCycle: 'Annual' })),
  'planned to renew': () => five(ends('RenewToNewTerm')),
  'off, nothing planned': () => five(off),
  'off, nothing planned, paid yearly': () => five({ ...off, billingCycle: 'annual' }),
  'off, nothing planned, by the month': () => five({ ...off, termDuration: 'P1M', effectiveStartDate: '2026-12-15T00:00:00Z' }),
  'off, a plan that is not sold by the month': () => five(off, 'Microsoft 365 F1'),
  'planned to be extended': () => five({ ...off, ...ends('RenewToExtendedServiceTerm') }),
  'planned to be extended, and auto-renew on': () => five(ends('RenewToExtendedServiceTerm')),
  'in an Extended Service Term': () => EST_FROM_DECEMBER() as HeldSubscription,
  cancelled: () => five({ ...off, ...ends('Cancel') }),
  'cancelled and auto-renew on': () => five(ends('Cancel')),
  'off and planned to renew': () => five({ ...off, ...ends('RenewToNewTerm') }),
  'off, three years from before April 2025': () => five({ ...off, termDuration: 'P3Y', effectiveStartDate: '2024-01-15T00:00:00Z' }),
  'off, of a retired plan that is at the end of its sale': () => ({ ...five(off), endOfSale: true }),
  'off, of a retired plan that is sold on': () => five(off),
  suspended: () => five(suspended),
  'suspended and cancelled': () => five({ ...suspended, ...ends('Cancel') }),
  'a shortened first term': () => five({ ...off, effectiveStartDate: '2026-10-01T00:00:00Z' }),
  'a trial that becomes paid': () => five({ isTrial: true, termDuration: 'P1M', effectiveStartDate: '2026-12-15T00:00:00Z' }),
  'a trial that ends': () => five({ ...off, isTrial: true, termDuration: 'P1M', effectiveStartDate: '2026-12-15T00:00:00Z' }),
  'classic, renews': () => classic(),
  'classic, off': () => classic(off),
  'classic, suspended': () => classic(suspended),
};

const RETIRED = [{ id: 'p', name: 'Programme', offers: [{ names: ['Office 365 E3'], ids: [], replacements: [] }] }] as unknown as Programme[];

/** A subscription on a day, as it is read; and what becomes of it. */
interface Seen {
  today: string;
  held: HeldSubscription;
  read: Subscription;
  /** The first day after its term. */
  over: string;
  /** What happens to it from now on. */
  happened: readonly Happening[];
  /** What is due from now on, and what was. */
  due: readonly Charge[];
  all: readonly Charge[];
  then: HeldSubscription;
}

function seenOn(held: HeldSubscription, today: string): Seen {
  const at = `${today}T12:00:00.000Z`;
  const [now] = pass([held], at, RULES).held as [HeldSubscription];
  const [read] = parseSubscriptions('c', { items: [wireOf(now, new Date(at))] }).items as [Subscription];
  const after = pass([now], `${addDays(dayAfter(now), AFTER)}T12:00:00.000Z`, RULES);
  const [then] = after.held as [HeldSubscription];
  const all = chargesOf(termsOf(then));
  return { today, held: now, read, over: dayAfter(now), happened: after.happened, due: all.filter(({ on }) => on > today), all, then };
}

const euros = (minor: number) => ({ minor, currency: 'EUR' });

/** Partner Center as the cards' facts are read: of the order of its first term, and of nothing else. */
function partnerCenterOf({ held, read }: Seen): PartnerCenter {
  const term = termsOf(held).findLast(({ kind }) => kind !== 'extended');
  const line = { item: '', quantity: read.quantity, term: read.term, kind: 'new', subscriptionId: read.id, unit: null, prorated: null };
  const price = euros((term?.unit ?? 0) * (read.quantity ?? 0));
  const order: Order = { id: 'o', customerId: 'c', createdAt: null, status: 'completed', billing: read.billing, lines: [{ ...line, price }] };
  const refuse = async () => {
    throw new PartnerCenterError('forbidden', '403', 'nothing else is read');
  };
  return new Proxy({} as PartnerCenter, { get: (_, name) => (name === 'order' ? async () => order : refuse) });
}

/** The cards' own facts. */
async function factsOf(seen: Seen, programmes: readonly Programme[]): Promise<Ticket['facts']> {
  const { read, today } = seen;
  const priceSheets: PriceSheets = { prices: async (asked) => ({ known: true, on: today, ...endPrices(SHEETS, asked) }) };
  const deps = { partnerCenter: partnerCenterOf(seen), priceSheets, programmes, today };
  const { facts } = await readFacts(deps, { ...read, orderId: 'o' }, [read], emptyCatalogue());
  const standing = standingOf(read.status);
  return {
    ...{ ...facts, inUse: 4, changedBy: 'nobody', ...(standing ? { standing } : {}) },
    ...(read.isTrial ? { happened: 'trial' as const } : {}),
    ...(read.promotion && !read.next ? { happened: 'losesPromotion' as const } : {}),
  };
}

function shownOf(facts: Ticket['facts'], today: string, move: Partial<Move> | null): Shown {
  const closed: Ticket['closed'] = facts.standing ? { how: 'ended', at: `${today}T10:00:00.000Z` } : null;
  const kind = facts.happened ? 'outcome' : goesOn(facts.endOfTerm) ? 'asked' : 'flip';
  return {
    ...{ ticket: { ...sampleTicket(), kind, plans: [], closed, facts }, move: move && sampleMove(move), chat: { key: 'chat', kind: 'channel' }, handle: 'h' },
    ...{ names: {}, record: [], holders: [], unmoved: [], approvers: [], reader: null, fourEyes: { when: 'off' }, hides: HIDES },
    ...{ today, now: `${today}T12:00:00.000Z` },
  };
}

const DAY = String.raw`(\d{1,2} [A-Z][a-z]+ \d{4})`;
const PRICE = String.raw`€([\d,]+\.\d\d)`;
const dayOf = (text: string | undefined) => new Date(Date.parse(`${text} UTC`)).toISOString().slice(0, 10);
const cents = (text: string | undefined) => Math.round(Number((text ?? '').replaceAll(',', '')) * 100);

/** A charge as it is a month. */
function aMonth({ on, to, amount }: Charge): number {
  const over = addDays(to, 1);
  const months = (Number(over.slice(0, 4)) - Number(on.slice(0, 4))) * 12 + Number(over.slice(5, 7)) - Number(on.slice(5, 7));
  return Math.round(amount / Math.max(1, months));
}

/** What is paid a month until its term is over; of a cycle that is cut short, what a whole one would cost. */
function paying({ all, over, today, read }: Seen): number[] {
  const own = all.filter(({ on, to, what }) => on < over && to >= today && what !== 'stopped');
  const prices = own.map((one) => (addDays(one.to, 1).slice(8) === one.on.slice(8) ? aMonth(one) : one.seats * one.unit));
  return prices.length === 0 && read.isTrial ? [0] : [...new Set(prices)];
}

const whatOf = ({ happened }: Seen) => happened.find(({ what }) => what !== 'extensionPlanned');
/** The first payments of what comes after its term. */
const later = ({ due, over }: Seen) => due.filter(({ on }) => on >= over);
const is = (actual: unknown, expected: unknown, about: string) => assert.deepEqual(actual, expected, about);

/** Its term's last day is the one that is named. */
function onItsDay(seen: Seen, day: string): void {
  is(day, seen.read.expiresOn, 'the day');
}

function renewsThen(seen: Seen, price: number | null, what: string): void {
  is([whatOf(seen)?.what, whatOf(seen)?.at.slice(0, 10)], [what, seen.over], 'what happens');
  if (price !== null) is([...new Set(later(seen).map(aMonth))], [price], 'what is billed a month');
}

function extendsThen(seen: Seen, price: number | null): void {
  is([whatOf(seen)?.what, whatOf(seen)?.at.slice(0, 10)], ['extended', seen.over], 'what happens');
  const bills = later(seen);
  assert.ok(bills.length >= 4 && bills.every(({ what }) => what === 'extended'), 'month by month');
  if (price !== null) is([...new Set(bills.map(({ amount }) => amount))], [price], 'what is billed a month');
}

function endsThen(seen: Seen, what: readonly string[]): void {
  assert.ok(what.includes(whatOf(seen)?.what ?? ''), `it is ${whatOf(seen)?.what}`);
  is(whatOf(seen)?.at.slice(0, 10), seen.over, 'when');
  is(later(seen), [], 'nothing is billed after its end');
}

type Rule = readonly [known: RegExp, holds: (match: RegExpExecArray, seen: Seen) => void];
const rule = (text: string, holds: Rule[1]): Rule => [new RegExp(text), holds];

/** Each kind of promise, and what must be so. The first that knows a sentence judges it. */
const PROMISES: readonly Rule[] = [
  rule('renews without its promotion|^The promotion that it has now is not planned', (_, seen) => {
    const [first] = later(seen);
    const before = seen.all.findLast(({ on }) => on < seen.over);
    assert.ok(first && before && aMonth(first) > aMonth(before), 'dearer than now');
  }),
  rule(`^It renews on ${DAY}, at ${PRICE} a month by the price list of ${DAY}`, ([, day, price], seen) => {
    onItsDay(seen, dayOf(day));
    renewsThen(seen, cents(price), 'renewed');
  }),
  rule(`^It renews on ${DAY}`, ([, day], seen) => {
    onItsDay(seen, dayOf(day));
    renewsThen(seen, null, 'renewed');
  }),
  rule(`^On ${DAY} it renews as .*, at ${PRICE} a month by the price list`, ([, day, price], seen) => {
    onItsDay(seen, dayOf(day));
    renewsThen(seen, cents(price), 'renewedAs');
  }),
  rule(`after ${DAY} it goes on month by month as a paid Extended Service Term, at ${PRICE} a month by the price list`, ([, day, price], seen) => {
    onItsDay(seen, dayOf(day));
    extendsThen(seen, cents(price));
  }),
  rule(`^After ${DAY} it goes on as a paid Extended Service Term: ${PRICE} a month, now ${PRICE}\\.`, ([, day, price], seen) => {
    onItsDay(seen, dayOf(day));
    extendsThen(seen, cents(price));
  }),
  rule(`^It is in a paid Extended Service Term and goes on month by month, at ${PRICE} a month by the price list`, ([, price], seen) =>
    extendsThen(seen, cents(price)),
  ),
  rule(`^Nothing is planned for that day yet`, (_, seen) => {
    const planned = seen.happened.find(({ what }) => what === 'extensionPlanned');
    // Within a day, or nothing is planned before the end comes.
    assert.ok(planned === undefined || daysBetween(seen.today, planned.at.slice(0, 10)) <= 1);
  }),
  rule(`^(?:A cancellation is set: after that day|On that day|This trial ends on) .*`, (_, seen) =>
    endsThen(seen, seen.read.kind === 'classic' ? ['ended'] : ['disabled']),
  ),
  rule(`^Its data is kept for 90 days`, (_, seen) => {
    const [gone, deleted] = [whatOf(seen), seen.happened.find(({ what }) => what === 'deleted')];
    is(daysBetween(gone?.at.slice(0, 10) ?? '', deleted?.at.slice(0, 10) ?? ''), 90, 'its data');
  }),
  rule(`(?:^| )Expires (?:on|in)|^Urgent: expires`, (_, seen) => endsThen(seen, ['ended', 'disabled'])),
  rule(`^4 people lose access then`, (_, seen) => endsThen(seen, ['ended', 'disabled'])),
  rule(`On ${DAY} this trial becomes the paid plan by itself, for 5 licences`, ([, day], seen) => {
    onItsDay(seen, dayOf(day));
    renewsThen(seen, null, 'becamePaid');
    is(later(seen)[0]?.seats, 5, 'licences');
  }),
  rule(`not known what happens then: .* lose access, or can go on working for up to 30 days more, unpaid`, (_, seen) => endsThen(seen, ['ended', 'disabled'])),
  rule(`not known what happens then: .* lose access, or it goes on month by month as a paid Extended Service Term, at ${PRICE} a month`, ([, price], seen) => {
    if (whatOf(seen)?.what === 'extended') extendsThen(seen, cents(price));
    else endsThen(seen, ['ended', 'disabled']);
  }),
  rule(`^Auto-renew is on, yet a cancellation is planned: on ${DAY} it renews, or it ends`, ([, day], seen) => {
    onItsDay(seen, dayOf(day));
    assert.ok(['renewed', 'disabled'].includes(whatOf(seen)?.what ?? ''));
  }),
  rule(`^Auto-renew is off, yet it is planned that it renews`, (_, seen) => assert.ok(['renewed', 'extended'].includes(whatOf(seen)?.what ?? ''))),
  rule(`It does so after ${DAY}, or it goes on`, ([, day], seen) => onItsDay(seen, dayOf(day))),
  rule(`billed until the end of its term, ${DAY}, all the same`, ([, day], seen) => {
    onItsDay(seen, dayOf(day));
    const until = seen.all.filter(({ to }) => to >= seen.today);
    is(until.at(-1)?.to, dayOf(day), 'the last day that is paid for');
    assert.ok(until.every(({ amount }) => amount > 0));
  }),
  rule(`It is not billed any more`, (_, seen) => is(seen.due, [], 'nothing is due')),
  rule(`^Microsoft deletes it .* ${DAY}, or about 90 to 120 days after it was suspended, whichever is first`, ([, day], seen) => {
    const deleted = seen.happened.find(({ what }) => what === 'deleted')?.at.slice(0, 10) ?? '';
    assert.ok(deleted !== '' && deleted <= dayOf(day), deleted);
  }),
  // At the approval.
  rule(`^Until ${DAY}, whatever is suspended: .*?${PRICE}(?: a month)? for the old one`, ([, day, price], seen) => {
    onItsDay(seen, dayOf(day));
    is(paying(seen), [cents(price)], 'what is billed a month');
  }),
  rule(
    `^After that ${PRICE} a month for both: ${PRICE} a month for the new one, and (?:a paid Extended Service Term for the old one|another month of the old one’s Extended Service Term) at ${PRICE} a month`,
    (match, seen) => {
      is(cents(match[1]), cents(match[2]) + cents(match[3]), 'the sum');
      extendsThen(seen, cents(match[3]));
    },
  ),
  rule(`^After that ${PRICE} a month for both: ${PRICE} a month for the new one, and the old one renews at ${PRICE} a month`, (match, seen) => {
    is(cents(match[1]), cents(match[2]) + cents(match[3]), 'the sum');
    renewsThen(seen, cents(match[3]), seen.read.next ? 'renewedAs' : 'renewed');
  }),
  rule(`^After that ${PRICE} a month, ${PRICE} (?:more|less) than now|^After that ${PRICE} a month\\.`, (_, seen) => {
    if (seen.read.kind === 'newCommerce') is(later(seen), [], 'nothing more for the old one');
  }),
  rule(`^After that ${PRICE} a month for the new one, and the old one renews, unless`, (_, seen) => renewsThen(seen, null, 'becamePaid')),
  rule(`^After that ${PRICE} a month for the new one\\.$`, (_, seen) => assert.ok(whatOf(seen), 'something happens, and nobody says what')),
  // The last step.
  rule(`^It still renews by itself: on ${DAY} it goes on for another term, at ${PRICE} a month beside the new one`, ([, day, price], seen) => {
    onItsDay(seen, dayOf(day));
    renewsThen(seen, cents(price), seen.read.next ? 'renewedAs' : 'renewed');
  }),
  rule(`^It is paid until ${DAY}, ${PRICE} a month`, ([, day, price], seen) => {
    onItsDay(seen, dayOf(day));
    is(paying(seen), [cents(price)], 'what is billed a month');
  }),
];

/** What sounds like a promise of this kind and is known by none of them is told. */
const SOUNDS =
  /Extended Service Term, at|a month by the price list|lose access|is kept for|^It renews|^On .* renews|^From .* it goes on|billed until|not billed|^Until .*whatever|^After that/;

function broken(text: string, seen: Seen): string[] {
  return text
    .replaceAll('\u00a0', ' ')
    .replaceAll('**', '')
    .split(/(?<=[.:!?]) (?=[A-Z0-9])|\n/)
    .flatMap((sentence) => {
      for (const [known, holds] of PROMISES) {
        const match = known.exec(sentence);
        if (!match) continue;
        kept.set(known, (kept.get(known) ?? 0) + 1);
        try {
          holds(match, seen);
          return [];
        } catch (error) {
          return [`${seen.today}: “${sentence}” – ${(error as Error).message.replaceAll('\n', ' ')}`];
        }
      }
      return SOUNDS.test(sentence) ? [`${seen.today}: no rule knows “${sentence}”`] : [];
    });
}

const kept = new Map<RegExp, number>();

/** All that is said of it on a day: its card alone, at the approval, at the last step, and the reminder. */
async function saidOf(seen: Seen, programmes: readonly Programme[]): Promise<string> {
  const facts = await factsOf(seen, programmes);
  const shown = (move: Partial<Move> | null) => shownOf(facts, seen.today, move);
  const alone = shown(null);
  const text = (of: Shown) => textsOf(ticketCard(of, en).card).join('\n');
  const people = { total: 4, movable: 0, moved: 4, blocked: 0, kept: 0, waived: 0, gone: 0, without: 0, covered: 0, freeSeats: 1, named: [] };
  const order = { id: 'o', subscriptionId: 'n', placedAt: '2026-10-16T10:00:00Z', cancellableUntil: null };
  const days = daysBetween(seen.today, seen.read.expiresOn ?? '');
  const line = newsLine({ kind: 'reminder', ticketId: 'S', by: null, at: `${seen.today}T12:00:00Z`, data: { days } }, alone, en);
  const moves = alone.ticket.closed ? [] : [text(shown({ state: 'quoted' })), text(shown({ state: 'reassigned', order, people }))];
  return [text(alone), ...moves, days > 0 ? line : null].filter((one) => one !== null).join('\n');
}

describe('what a card promises about an end', () => {
  for (const [name, make] of Object.entries(KINDS))
    it(`${name}: is what is then done and billed, from 90 days before the last day to 130 after it`, async () => {
      const found = new Set<string>();
      for (let day = -BEFORE; day <= AFTER; day += Math.abs(day) > 8 ? 4 : 1) {
        const seen = seenOn(make(), addDays('2027-01-14', day));
        for (const one of broken(await saidOf(seen, name.includes('retired') ? RETIRED : []), seen)) found.add(one);
      }
      assert.deepEqual([...found].slice(0, 8), []);
    });

  it('every promise is made somewhere', () =>
    assert.deepEqual(
      PROMISES.filter(([known]) => !kept.has(known)).map(([known]) => String(known)),
      [],
    ));

  it('a promise that is not kept is found', () => {
    const seen = seenOn(five(off), '2026-12-01');
    for (const lie of [
      'It renews on 14 January 2027, at €115.00 a month by the price list of 1 December 2026',
      'Nobody loses access: unless somebody sets a cancellation, after 14 January 2027 it goes on month by month as a paid Extended Service Term, at €135.41 a month by the price list of 1 December 2026.',
      'Nobody loses access: unless somebody sets a cancellation, after 15 January 2027 it goes on month by month as a paid Extended Service Term, at €135.40 a month by the price list of 1 December 2026.',
      'On that day the 4 people who use it lose access.',
      'It is not billed any more.',
      'Until 14 January 2027, whatever is suspended: €455.00 a month for the new one and €115.01 a month for the old one.',
    ])
      assert.equal(broken(lie, seen).length, 1, lie);
  });
});
