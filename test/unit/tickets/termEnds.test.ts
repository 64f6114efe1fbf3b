/** Every row of `docs/term-end.tsv`: what is read out of it, what the card says, and what it must not say. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { howItStands } from '../../../bot/turns/stands.ts';
import { ticketCard } from '../../../cards/ticket/ticket.ts';
import { en } from '../../../cards/text/en/en.ts';
import type { Programme } from '../../../services/catalogue/programmes.ts';
import type { Move, Subscription, Ticket } from '../../../services/domain/ticket.ts';
import { parseSubscriptions } from '../../../services/partnerCenter/wire/subscriptions.ts';
import { plainFacts } from '../../../services/tickets/facts.ts';
import { asSubscription, readElsewhere } from '../../../services/tickets/elsewhere.ts';
import { isWatched, lastStepHere, readEnd } from '../../../services/tickets/endOfTerm.ts';
import { settable } from '../../../services/tickets/ways.ts';
import type { Shown } from '../../../services/ticketView.ts';
import { standingOf } from '../../../services/watch/flips.ts';
import { ID, wired } from '../../support/partner.ts';
import { HIDES, sampleMove, sampleTicket } from '../../support/samples.ts';
import { untold } from '../cards/endings.ts';
import { textsOf, unclaimed } from '../cards/sentences.ts';
import { factsRead, looked, pretend } from './looked.ts';
import { SAYS, TERM_ENDS, type TermEndRow } from './termEnds.ts';

const TODAY = '2027-01-20';
const table = readFileSync(new URL('../../../docs/term-end.tsv', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => line.split('\t'));
const [heads = [], ...rows] = table;
const cell = (row: string[], name: string) => row[heads.indexOf(name)] ?? '';

const NEW_COMMERCE = { offerId: 'CFQ7TTC0LH01:0001:CFQ7TTC0KX01', productType: { id: 'OnlineServicesNCE' } };
const RENEWS = {
  ...{ id: '00000000-5555-4000-8000-000000000001', offerName: 'Plan', quantity: 10, status: 'active', autoRenewEnabled: true, isTrial: false },
  ...{ commitmentEndDate: '2027-03-03T00:00:00Z', billingType: 'license', billingCycle: 'monthly', termDuration: 'P1Y' },
};

/** Partner Center's own JSON of each resource that a row stands for. */
function resources(row: TermEndRow): object[] {
  const { with: changes = {} } = row;
  return (Array.isArray(changes) ? changes : [changes]).map((one) => made(row, one));
}

function made({ base }: TermEndRow, changes: object): object {
  return { ...RENEWS, ...(base === 'classic' ? { offerId: '195416c1-3447-423a-b37b-ee59a99a19c4' } : NEW_COMMERCE), ...changes };
}

function programmesOf({ retired }: TermEndRow): Programme[] {
  const offers = [{ names: ['Plan'], ids: [], replacements: [] }];
  return retired ? ([{ id: 'p', name: 'Programme', offers }] as unknown as Programme[]) : [];
}

const euros = (minor: number) => ({ minor, currency: 'EUR' });
const PRICES = { on: TODAY, renewal: euros(32_550), oneMonth: euros(37_100), extended: euros(38_200) };

/** What a ticket about it is drawn from. */
async function factsOf(row: TermEndRow, subscription: Subscription): Promise<Ticket['facts']> {
  const { status } = subscription;
  const today = row.today ?? TODAY;
  const of = { programmes: programmesOf(row), today, priceSheets: { prices: async () => ({ known: true as const, ...PRICES }) } };
  const standing = standingOf(status);
  return {
    ...plainFacts(subscription, [subscription], of),
    ...{ inUse: 7, priceNow: euros(31_000), changedBy: 'nobody' },
    ...(row.reads ? await factsRead(subscription, row.reads, of) : {}),
    ...(row.card === 'trial' ? { happened: 'trial' as const } : {}),
    ...(row.happened ? { happened: row.happened } : {}),
    ...(row.priced ? { prices: PRICES } : { prices: undefined as never }),
    ...(row.card === 'closed' ? { standing, ...(standing === 'ended' ? { endedAs: status } : {}) } : {}),
  };
}

function ticketOf(row: TermEndRow, facts: Ticket['facts']): Ticket {
  const closed: Ticket['closed'] = row.card === 'closed' ? { how: 'ended', at: `${row.today ?? TODAY}T10:00:00.000Z` } : null;
  const kind = row.card === 'asked' ? 'asked' : row.card === 'trial' || row.card === 'outcome' ? 'outcome' : 'flip';
  return { ...sampleTicket(), kind, plans: [], closed, facts };
}

/** The ticket at the stage of the row, as its card is drawn. */
function shownOf(row: TermEndRow, ticket: Ticket): Shown {
  const today = row.today ?? TODAY;
  return {
    ...{ ticket, move: moveOf(row), chat: { key: 'chat', kind: 'channel' }, handle: 'abcdefghijklmnopqrstuv', names: {}, record: [], holders: [] },
    ...{ unmoved: [], approvers: [], reader: null, fourEyes: { when: 'off' }, hides: HIDES, today, now: `${today}T10:00:00.000Z` },
  };
}

function moveOf({ card }: TermEndRow): Move | null {
  const people = { total: 7, movable: 0, moved: 7, blocked: 0, kept: 0, waived: 0, gone: 0, without: 0, covered: 0, freeSeats: 1, named: [] };
  const at = '2027-01-20T09:00:00.000Z';
  const order = { id: 'o', subscriptionId: 'n', placedAt: at, cancellableUntil: null };
  switch (card) {
    case 'lastStep':
      return sampleMove({ state: 'reassigned', order, people });
    case 'finished':
      return sampleMove({ state: 'finished', outcome: 'suspended', suspendedAt: at, order, people });
    case 'locked':
      return sampleMove({ way: 'cancel', state: 'setting', quote: null, approval: { by: 'bo', at, hash: 'h' }, held: 'lock' });
    case 'noAgreement':
      return sampleMove({ state: 'drafting', quote: null, refusal: { reason: 'agreement', code: '13605' } });
    default:
      return null;
  }
}

/** One who is told, and what of that is wrong by itself. */
interface Told {
  text: string;
  /** What stands there without its claim, or without the facts that make it true. */
  wrong: string[];
  shown: Shown | null;
}

async function told(row: TermEndRow, resource: object, subscription: Subscription): Promise<Told> {
  if (row.card === 'stands') {
    const one = await wired({ [ID]: [resource] });
    return { text: (await howItStands({ ...one.deps, words: en }, { id: ID, name: 'Contoso' })).text, wrong: [], shown: null };
  }
  // What `show` says of a trial before it is told of.
  const before = row.card === 'trial' ? (await told({ ...row, card: 'stands' }, resource, subscription)).text : '';
  const one = drawn(shownOf(row, ticketOf(row, await factsOf(row, subscription))));
  return { ...one, text: [before, one.text].join('\n') };
}

function drawn(shown: Shown): Told {
  const { card, claims } = ticketCard(shown, en);
  const texts = textsOf(card);
  return { text: texts.join('\n'), wrong: [...unclaimed(texts, claims), ...texts.flatMap((text) => untold(text, shown))], shown };
}

/** The four ways that are the product's own, out of the table's words. */
function waysIn(text: string): string[] {
  if (/^all\b/.test(text)) return ['BE', 'BS', 'C', 'R'];
  const open = text.replace(/\([^)]*\)/g, '').replace(/\bR no[^,;]*/g, '');
  return [...new Set(open.match(/\b(?:BE|BS|C|R)\b/g) ?? [])].sort();
}

/** Cards on which an end can be set: with those of the last step, those of one that is active. */
const WITH_WAYS: ReadonlySet<TermEndRow['card']> = new Set(['notice', 'asked', 'lastStep', 'looked', 'noAgreement']);
/** Possible, and not named by the table, which names the better way; of a retired plan that may go on (T24 holds T25 too). */
const ALSO = new Set([
  ...['T14 C', 'T15 C', 'T47 C', 'T56 C', 'T58 C', 'T58 R', 'T61 C', 'T62 C', 'T62 R', 'T63 C', 'T73 R'],
  ...['T12 C', 'T13 C', 'T16 C', 'T24 C', 'T26 C', 'T27 C', 'T31 C', 'T35 C', 'T36 C', 'T37 R', 'T43 R', 'T57 C', 'T59 R', 'T70 C', 'T70 R'],
]);

/** Ways that the card offers otherwise than the table says. What it does already is offered as no way. */
function offered(id: string, row: TermEndRow, { ticket }: Shown): string[] {
  const { facts, closed } = ticket;
  if (!WITH_WAYS.has(row.card) || closed || row.toldBy || row.today === '2027-03-05') return [];
  const can = settable(facts);
  const is = { R: can.includes('renew'), C: can.includes('cancel') };
  const done = { R: facts.endOfTerm === 'renews', C: facts.endOfTerm === 'cancels' && facts.newCommerce };
  const wrong = (['R', 'C'] as const).filter((way) => {
    if (is[way] && ALSO.has(`${id} ${way}`)) return false;
    return is[way] !== (row.ways.includes(way) && !done[way]);
  });
  const last = lastStepHere(facts, true);
  const ends = row.ways.includes('BE') && facts.newCommerce && last === 'suspend';
  return [...wrong.map((way) => `${id} ${way} ${is[way] ? 'is offered' : 'is not offered'}`), ...(ends ? [`${id} BE`] : [])];
}

/** Each resource that the row stands for, read and told. */
async function* each(row: TermEndRow): AsyncGenerator<{ subscription: Subscription | null; told: Told }> {
  if (row.card === 'elsewhere') {
    const found = await readElsewhere(pretend(row.reads ?? {}), ID);
    const one = found?.seats[0] && asSubscription(ID, found.seats[0]);
    assert.ok(one);
    const facts = plainFacts(one, [one], { programmes: [], today: TODAY });
    yield { subscription: null, told: drawn(shownOf(row, { ...sampleTicket(), kind: 'asked', plans: [], facts })) };
  } else if (row.looks) {
    const how = { reads: row.reads ?? {}, toldBy: row.toldBy ?? null, snoozed: row.snoozed ?? false, programmes: programmesOf(row) };
    const { ticket, subscription } = await looked(
      row.looks.map((look) => look.map((one) => made(row, one))),
      how,
    );
    yield { subscription, told: drawn(shownOf(row, ticket)) };
  } else
    for (const resource of resources(row)) {
      const [subscription] = parseSubscriptions(ID, { items: [resource] }).items as [Subscription];
      yield { subscription, told: await told(row, resource, subscription) };
    }
}

const NOT_KNOWN = /not known|which of the two is meant/;

describe('the table of how a term ends', () => {
  it('has each row once, here and for people to read, in the columns that are for them', () => {
    assert.deepEqual(heads, ['id', 'kind', 'status', 'autoRenew', 'scheduled', 'dates', 'window', 'outcome', 'noticeMustSay', 'ways', 'certainty']);
    const ids = rows.map((row) => cell(row, 'id'));
    assert.deepEqual(Object.keys(TERM_ENDS), ids);
    assert.equal(new Set(ids).size, 75);
    for (const row of rows) assert.equal(row.length, heads.length, cell(row, 'id'));
  });

  it('opens the same four ways in both', () => {
    for (const row of rows) assert.deepEqual(TERM_ENDS[cell(row, 'id')]?.ways.toSorted(), waysIn(cell(row, 'ways')), cell(row, 'id'));
  });

  it('has no row without something that must be said, and no claim that no row demands', () => {
    const all = Object.values(TERM_ENDS);
    assert.deepEqual(
      Object.entries(TERM_ENDS).flatMap(([id, row]) => (row.mustSay.length > 0 ? [] : [id])),
      [],
    );
    const keys = new Set(all.flatMap((row) => [...row.mustSay, ...(row.mustNotSay ?? [])]));
    assert.deepEqual([...keys].sort(), Object.keys(SAYS).sort());
  });

  for (const line of rows) {
    const id = cell(line, 'id');
    const row = TERM_ENDS[id] as TermEndRow;
    it(`${id}: ${cell(line, 'kind')}, ${cell(line, 'status')}, auto-renew ${cell(line, 'autoRenew')}, planned ${cell(line, 'scheduled')}: ${row.outcome ?? 'has no end'}`, async () => {
      for await (const { subscription, told: one } of each(row)) {
        const at = { today: row.today ?? TODAY, retired: row.retired ?? false };
        if (row.outcome === null) assert.ok(!subscription || (!isWatched(subscription) && subscription.lastDay === null));
        else assert.equal(subscription && readEnd(subscription, at).end, row.outcome);
        const plain = one.text.replaceAll('\u00a0', ' ');
        for (const key of row.mustSay) assert.match(plain, SAYS[key], `${key} of ${JSON.stringify(subscription)}`);
        for (const key of row.mustNotSay ?? []) assert.doesNotMatch(plain, SAYS[key], key);
        assert.deepEqual(one.wrong, []);
        if (/(^|: )\?/.test(cell(line, 'certainty'))) assert.match(plain, NOT_KNOWN);
        assert.doesNotMatch(plain, /Everything of/);
        if (one.shown) assert.deepEqual(offered(id, row, one.shown), [], id);
      }
    });
  }
});
