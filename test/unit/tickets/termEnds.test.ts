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
import { isWatched, lastStepHere, readEnd } from '../../../services/tickets/endOfTerm.ts';
import { settable } from '../../../services/tickets/ways.ts';
import { standingOf } from '../../../services/watch/flips.ts';
import { ID, wired } from '../../support/partner.ts';
import { sampleMove, sampleTicket } from '../../support/samples.ts';
import { textsOf, unclaimed } from '../cards/sentences.ts';
import { NOT_YET, SAYS, TERM_ENDS, type TermEndRow } from './termEnds.ts';

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
function resources({ base, with: changes = {} }: TermEndRow): object[] {
  const kind = base === 'classic' ? { offerId: '195416c1-3447-423a-b37b-ee59a99a19c4' } : NEW_COMMERCE;
  return (Array.isArray(changes) ? changes : [changes]).map((one) => ({ ...RENEWS, ...kind, ...one }));
}

function programmesOf({ retired }: TermEndRow): Programme[] {
  const offers = [{ names: ['Plan'], ids: [], replacements: [] }];
  return retired ? ([{ id: 'p', name: 'Programme', offers }] as unknown as Programme[]) : [];
}

/** The card that a ticket about it shows, with its claims. */
function cardOf(row: TermEndRow, subscription: Subscription) {
  const today = row.today ?? TODAY;
  const facts = {
    ...plainFacts(subscription, [subscription], { programmes: programmesOf(row), today }),
    ...{ inUse: 7, priceNow: { minor: 31_000, currency: 'EUR' }, changedBy: 'nobody' },
    ...(row.card === 'trial' ? { happened: 'trial' as const } : {}),
    ...(row.card === 'closed' ? { standing: standingOf(subscription.status) } : {}),
  };
  const closed: Ticket['closed'] = row.card === 'closed' ? { how: 'ended', at: `${today}T10:00:00.000Z` } : null;
  const ticket: Ticket = { ...sampleTicket(), kind: row.card === 'asked' ? 'asked' : row.card === 'trial' ? 'outcome' : 'flip', plans: [], closed, facts };
  return ticketCard(
    {
      ...{ ticket, move: moveOf(row), chat: { key: 'chat', kind: 'channel' }, handle: 'abcdefghijklmnopqrstuv', names: {}, record: [], holders: [] },
      ...{ unmoved: [], approvers: [], reader: null, fourEyes: { when: 'off' }, today, now: `${today}T10:00:00.000Z` },
    },
    en,
  );
}

function moveOf({ card }: TermEndRow): Move | null {
  if (card !== 'lastStep' && card !== 'finished') return null;
  const people = { total: 7, movable: 0, moved: 7, blocked: 0, kept: 0, waived: 0, gone: 0, without: 0, covered: 0, freeSeats: 1, named: [] };
  const at = '2027-01-20T09:00:00.000Z';
  const order = { id: 'o', subscriptionId: 'n', placedAt: at, cancellableUntil: null };
  if (card === 'lastStep') return sampleMove({ state: 'reassigned', order, people });
  return sampleMove({ state: 'finished', outcome: 'suspended', suspendedAt: at, order, people });
}

/** What is said about it, and what of that stands there without its claim. */
async function said(row: TermEndRow, resource: object, subscription: Subscription): Promise<{ text: string; bare: string[] }> {
  if (row.card === 'stands') {
    const one = await wired({ [ID]: [resource] });
    return { text: (await howItStands({ ...one.deps, words: en }, { id: ID, name: 'Contoso' })).text, bare: [] };
  }
  const { card, claims } = cardOf(row, subscription);
  // What `show` says of a trial before it is told of.
  const before = row.card === 'trial' ? (await said({ ...row, card: 'stands' }, resource, subscription)).text : '';
  return { text: [before, ...textsOf(card)].join('\n'), bare: unclaimed(textsOf(card), claims) };
}

/** What the ticket's card is drawn from. */
function factsOf(row: TermEndRow, subscription: Subscription) {
  const facts = plainFacts(subscription, [subscription], { programmes: programmesOf(row), today: row.today ?? TODAY });
  return { ...facts, ...(standingOf(subscription.status) ? { standing: standingOf(subscription.status) } : {}) };
}

/** The four ways that are the product's own, out of the table's words. */
function waysIn(text: string): string[] {
  if (/^all\b/.test(text)) return ['BE', 'BS', 'C', 'R'];
  const open = text.replace(/\([^)]*\)/g, '').replace(/\bR no[^,;]*/g, '');
  return [...new Set(open.match(/\b(?:BE|BS|C|R)\b/g) ?? [])].sort();
}

/** Cards on which an end can be set: with those of the last step, those of one that is active. */
const WITH_WAYS: ReadonlySet<TermEndRow['card']> = new Set(['notice', 'asked', 'lastStep']);
/** Possible, and not named by the table, which names the better way; of a retired plan that may go on (T24 holds T25 too). */
const ALSO = new Set(['T12 C', 'T13 C', 'T16 C', 'T24 C', 'T26 C', 'T27 C', 'T31 C', 'T35 C', 'T36 C', 'T37 R', 'T43 R', 'T57 C', 'T59 R', 'T70 C', 'T70 R']);

/** Ways that the card offers otherwise than the table says. What it does already is offered as no way. */
function offered(row: TermEndRow, subscription: Subscription): string[] {
  if (!WITH_WAYS.has(row.card) || row.today === '2027-03-05') return [];
  const id = Object.keys(TERM_ENDS).find((key) => TERM_ENDS[key] === row);
  const facts = factsOf(row, subscription);
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

  it('counts what no single resource can show, and what no card says yet', () => {
    const all = Object.values(TERM_ENDS);
    assert.equal(all.filter((row) => row.unbuilt).length, 22);
    assert.equal(all.filter((row) => row.notYet).length, 16);
    for (const row of all) assert.ok(!row.unbuilt || (row.card === null && row.with === undefined));
    const used = new Set(all.flatMap((row) => row.notYet ?? []));
    assert.deepEqual([...used].sort(), Object.keys(NOT_YET).sort());
    const keys = new Set(all.flatMap((row) => row.mustSay));
    assert.deepEqual([...keys].sort(), Object.keys(SAYS).sort());
  });

  for (const line of rows) {
    const id = cell(line, 'id');
    const row = TERM_ENDS[id] as TermEndRow;
    if (row.unbuilt) continue;
    it(`${id}: ${cell(line, 'kind')}, ${cell(line, 'status')}, auto-renew ${cell(line, 'autoRenew')}, planned ${cell(line, 'scheduled')}: ${row.outcome ?? 'has no end'}`, async () => {
      for (const resource of resources(row)) {
        const [subscription] = parseSubscriptions(ID, { items: [resource] }).items as [Subscription];
        const at = { today: row.today ?? TODAY, retired: row.retired ?? false };
        if (row.outcome === null) assert.ok(!isWatched(subscription) && subscription.lastDay === null);
        else assert.equal(readEnd(subscription, at).end, row.outcome);
        const { text, bare } = await said(row, resource, subscription);
        const plain = text.replaceAll('\u00a0', ' ');
        for (const key of row.mustSay) assert.match(plain, SAYS[key], `${key} of ${JSON.stringify(resource)}`);
        for (const key of row.mustNotSay ?? []) assert.doesNotMatch(plain, SAYS[key], key);
        assert.deepEqual(bare, []);
        if (/(^|: )\?/.test(cell(line, 'certainty'))) assert.match(plain, NOT_KNOWN);
        assert.doesNotMatch(plain, /Everything of/);
        assert.deepEqual(offered(row, subscription), [], id);
      }
    });
  }
});
