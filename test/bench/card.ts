/** Drawing each card at its worst, against the library's bare `expand` of the same template with the same data; and the size of the lists. */
import { Template } from 'adaptivecards-templating';
import { digestCard, listCard, ROWS_A_PAGE } from '../../cards/lists/lists.ts';
import { ticketCard } from '../../cards/ticket/ticket.ts';
import { en } from '../../cards/text/en/en.ts';
import type { Quote, UserMove } from '../../services/domain/ticket.ts';
import type { OpenRow } from '../../services/tickets/openList.ts';
import { HIDES, LISTED, LONG, ticketSamples, sampleTicket, sampleMove } from '../support/samples.ts';
import { median, tell, tellBound } from './report.ts';
import { holdersCard } from '../../cards/lists/history.ts';
import { approvalsCard } from '../../cards/lists/approvals.ts';

const ROUNDS = 7;
const DRAWN = 300;
const KIB = 1024;
const HANDLE = 'abcdefghijklmnopqrstuv';
const today = '2027-01-20';

function open(count: number): OpenRow[] {
  return Array.from({ length: count }, (_, n) => ({
    ticketId: `S-${1001 + n}`,
    customerId: '00000000-0000-4000-8000-000000000001',
    customerName: LONG,
    subscriptionId: 's',
    offerName: LONG,
    lastDay: '2027-02-01',
    expiresOn: '2027-02-02',
    quantity: 1300,
    programme: null,
    end: 'cancels' as const,
  }));
}

const thousand = open(1_000);
const waiting = Array.from({ length: 50 }, () => ({ ticket: sampleTicket({ customerName: LONG }), quote: sampleMove().quote as Quote }));
const userMoves = Array.from(
  { length: 10_000 },
  (_, n): UserMove => ({ userId: `u${n}`, name: LONG, state: 'moved', why: null, hasNew: false, disabledPlans: ['a'], round: 'r', requestIds: [] }),
);
const cards: Record<string, () => { card: object }> = {
  ...Object.fromEntries(Object.entries(ticketSamples()).map(([name, one]) => [name, () => ticketCard(one, en)])),
  'list of 1,000': () => listCard({ ...LISTED, rows: thousand, from: 10, handle: HANDLE, today, within: 90 }, en),
  'digest of 1,000': () => digestCard({ ...LISTED, rows: thousand, handle: HANDLE, today, why: { is: 'first' } }, en),
  'approvals, 50': () => approvalsCard({ waiting, names: { ann: LONG }, handle: HANDLE, hides: HIDES, now: `${today}T10:00:00.000Z` }, en),
  'licences of 10,000': () => holdersCard({ ticket: sampleTicket(), userMoves, waived: new Set(), newPlan: LONG, from: 10, handle: HANDLE }, en),
};

/** The library's own work for a card: its template, and the data that the drawing hands to it, new each time as it is there. */
function bareOf(draw: () => unknown): () => () => unknown {
  const { expand } = Template.prototype;
  let seen: { template: Template; json: string } | undefined;
  Template.prototype.expand = function (this: Template, context) {
    seen = { template: this, json: JSON.stringify(context) };
    return expand.call(this, context);
  };
  draw();
  Template.prototype.expand = expand;
  if (!seen) throw new Error('The card was drawn without its template.');
  const { template, json } = seen;
  return () => {
    const data = Array.from({ length: DRAWN }, () => JSON.parse(json) as { $root: object });
    return () => template.expand(data.pop() ?? JSON.parse(json));
  };
}

/** Milliseconds for one of `DRAWN`. */
function timeOf(draw: () => unknown): number {
  const from = performance.now();
  for (let n = 0; n < DRAWN; n++) draw();
  return (performance.now() - from) / DRAWN;
}

const all = Object.entries(cards).map(([name, draw]) => ({ name, draw, bare: bareOf(draw), ours: [] as number[], floor: [] as number[] }));
for (const { draw, bare } of all) {
  timeOf(draw);
  timeOf(bare());
}
for (let round = 0; round < ROUNDS; round++) {
  for (const one of all) {
    one.floor.push(timeOf(one.bare()));
    one.ours.push(timeOf(one.draw));
  }
}

const ratios = all.map((one) => median(one.ours) / median(one.floor));
const worst = all[ratios.indexOf(Math.max(...ratios))] as (typeof all)[number];
tell(
  'card',
  `drawing the card of ${all.length} with the worst ratio (${worst.name})`,
  'ms',
  worst.ours.map((ms, round) => [ms, worst.floor[round] as number]),
  { most: 1.3 },
);
const rounds = Array.from({ length: ROUNDS }, (_, round) => median(all.map((one) => one.ours[round] as number)));
tellBound('card', 'drawing the median card', 'ms', rounds, { most: 1 });
const sizes = Array.from({ length: 1_000 }, (_, n) => n + 1)
  .filter((n) => n <= ROWS_A_PAGE + 2 || n % 50 === 0)
  .flatMap((n) => [
    digestCard({ ...LISTED, rows: open(n), handle: HANDLE, today, why: { is: 'first' } }, en).card,
    listCard({ ...LISTED, rows: open(n), from: 0, handle: HANDLE, today, within: 90 }, en).card,
  ]);
tellBound(
  'card',
  'the largest of all cards, and of the lists of 1 to 1,000 that stop',
  'KiB',
  [Math.max(...[...sizes, ...all.map((one) => one.draw().card)].map((card) => JSON.stringify(card).length / KIB))],
  { most: 28 },
);
if (process.argv.includes('--all'))
  for (const [index, one] of all.entries()) console.error(one.name.padEnd(34), median(one.ours).toFixed(3), (ratios[index] as number).toFixed(2));
