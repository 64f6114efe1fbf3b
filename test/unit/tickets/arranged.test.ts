/** A list as somebody wants it, and how far each on it has come. */
import assert from 'node:assert/strict';
import { customerCard } from '../../../cards/lists/customer.ts';
import { listCard } from '../../../cards/lists/lists.ts';
import { en } from '../../../cards/text/en/en.ts';
import { MOVE_STATES, type Ticket } from '../../../services/domain/ticket.ts';
import { type Arrange, arranged, NOBODY, offersOf, turned } from '../../../services/tickets/arranged.ts';
import { listTicket, type OpenRow, openTickets, openTicketsOf } from '../../../services/tickets/openList.ts';
import { howFar, ROW_STATES, stateOn } from '../../../services/tickets/rowState.ts';
import { ofCustomer, ticketKey } from '../../../services/store/rows.ts';
import { COUNTED } from '../../../services/watch/known.ts';
import { memoryStore } from '../../support/memory.ts';
import { LISTED, sampleMove, sampleTicket } from '../../support/samples.ts';
import { textsOf } from '../cards/sentences.ts';

const TODAY = '2027-01-20';

function row(id: string, more: Partial<OpenRow> = {}): OpenRow {
  const names = { ticketId: `S-${id}`, customerId: id, customerName: id, subscriptionId: id, offerName: 'Plan' };
  return { ...names, lastDay: '2027-02-01', expiresOn: '2027-02-01', quantity: 1, programme: null, end: 'cancels', state: 'open', ...more };
}

describe('how far one on a list has come', () => {
  it('every state of a move is a word, or leaves the ticket open', () => {
    const of = MOVE_STATES.map((state) => howFar(sampleTicket(), { state, approval: null, question: null, way: 'replace' }).state);
    assert.deepEqual(
      MOVE_STATES.map((state, n) => `${state} ${of[n]}`),
      [
        ...['drafting choosing', 'quoting asked', 'quoted waits', 'purchasing buying', 'provisioning buying', 'purchased licences'],
        ...['reassigning licences', 'reassigned lastStep', 'suspending ending', 'weighing asked', 'weighed waits', 'setting ending'],
        ...['set watched', 'stuck stuck', 'finished open', 'cancelled open'],
      ],
    );
  });

  it('what is approved is being bought, or ended, unless an order is asked about', () => {
    const approval = { by: 'bo', at: '2027-01-20T10:00:00Z', hash: 'h' };
    const question = { id: 'o' } as never;
    assert.equal(howFar(sampleTicket(), { state: 'quoted', approval, question: null, way: 'replace' }).state, 'buying');
    assert.equal(howFar(sampleTicket(), { state: 'weighed', approval, question: null, way: 'cancel' }).state, 'ending');
    assert.equal(howFar(sampleTicket(), { state: 'quoted', approval, question, way: 'replace' }).state, 'waits');
  });

  it('what is snoozed is open again on its day', () => {
    const snoozed = { until: '2027-01-27', reason: 'r', by: 'ann', at: '2027-01-20T10:00:00Z' };
    const far = howFar({ marks: { snoozed } }, null);
    assert.deepEqual(far, { state: 'snoozed', until: '2027-01-27' });
    assert.deepEqual([stateOn(far, '2027-01-26'), stateOn(far, '2027-01-27')], ['snoozed', 'open']);
    assert.equal(howFar({ marks: { dismissed: snoozed } }, null).state, 'letGo');
    assert.equal(
      howFar({ marks: { dismissed: snoozed } }, { state: 'quoted', approval: null, question: null, way: 'replace' }).state,
      'waits',
      'a move says more',
    );
    assert.equal(stateOn({}, TODAY), null, 'an older release wrote none');
  });

  it('the row of a ticket has it, its keeper and its price, in the list of all and of one customer', async () => {
    const store = memoryStore();
    const ticket: Ticket = { ...sampleTicket({ marks: { assignedTo: 'ann' } }), move: sampleMove().key };
    await store.put(...ofCustomer(ticket.customerId), ticket.move as string, sampleMove({ state: 'quoted', approval: null, question: null }));
    await store.put(...ofCustomer(ticket.customerId), ticketKey(ticket.id), ticket);
    await listTicket(store, ticket, null);
    const { state, keeper, monthly } = (await openTickets(store))[0] ?? {};
    assert.deepEqual({ state, keeper, monthly }, { state: 'waits', keeper: 'ann', monthly: ticket.facts.priceNow });
    assert.equal((await openTicketsOf(store, ticket.customerId))[0]?.state, 'waits');
  });
});

describe('a list', () => {
  const ids = (rows: readonly OpenRow[]) => rows.map((one) => one.ticketId.slice(2)).join(' ');
  const euros = (minor: number) => ({ minor, currency: 'EUR' });
  const rows = [
    row('d', { keeper: 'k2', monthly: euros(900) }),
    row('b', { state: 'stuck', programme: 'Y', monthly: euros(100_000) }),
    row('C', { keeper: 'k1', state: 'waits', programme: 'X', monthly: { minor: 5, currency: 'USD' } }),
    row('a', { state: 'snoozed', until: TODAY, programme: 'Y' }),
  ];
  const names = { k1: 'Ann', k2: 'Bo' };
  const as = (how: Arrange) => ids(arranged(rows, how, { today: TODAY, names }));

  it('is put in every order, what has nothing to go by last, currencies never compared', () => {
    assert.equal(as({}), 'd b C a');
    assert.equal(as({ sort: 'customer' }), 'a b C d');
    assert.equal(as({ sort: 'money' }), 'b d C a');
    assert.equal(as({ sort: 'state' }), 'b C d a');
    assert.equal(as({ sort: 'programme' }), 'C b a d');
    assert.equal(as({ sort: 'person' }), 'C d b a');
  });

  it('is narrowed by state, programme and person', () => {
    assert.equal(as({ state: 'open' }), 'd a', 'a snooze that is over is open');
    assert.equal(as({ programme: 'Y', sort: 'customer' }), 'a b');
    assert.equal(as({ keeper: 'k1' }), 'C');
    assert.equal(as({ keeper: NOBODY, programme: 'Y', state: 'stuck' }), 'b');
    assert.equal(as({ keeper: 'k3' }), '');
  });

  it('offers what leaves something out and something in, and what it is narrowed to', () => {
    const offered = (how: Arrange) => offersOf(rows, how, TODAY).map(({ of, n }) => `${Object.values(of).join('+')} ${n}`);
    assert.deepEqual(offered({}), ['stuck 1', 'waits 1', 'open 2', 'Y 2', 'X 1', 'k2 1', 'k1 1', 'nobody 2']);
    assert.equal(offered({ state: 'stuck', keeper: 'k1', sort: 'money' })[0], 'stuck+k1 0');
    assert.deepEqual(offersOf([row('a'), row('b')], {}, TODAY), []);
  });

  it('leaves no row out between two pages, and says what went and came', () => {
    const before = ['a', 'b', 'c', 'd', 'e', 'f'];
    assert.deepEqual(turned(undefined, before, 3), { from: 3, gone: 0, come: 0 });
    assert.deepEqual(turned(before, before, 3), { from: 3, gone: 0, come: 0 });
    assert.deepEqual(turned(before, ['a', 'c', 'd', 'e', 'f'], 3), { from: 2, gone: 1, come: 0 }, 'the fourth is the third now');
    assert.deepEqual(turned(before, ['x', 'a', 'b', 'c', 'e', 'f'], 3), { from: 4, gone: 1, come: 1 }, 'the fourth went');
    assert.deepEqual(turned(before, ['a', 'b'], 3), { from: 0, gone: 4, come: 0 });
    assert.deepEqual(turned(before, [], 3), { from: 0, gone: 6, come: 0 });
  });

  it('is urgent in words where people lose access within a week and nobody has decided, and never by a colour', () => {
    const draw = (more: Partial<OpenRow>) => {
      const card = listCard({ ...LISTED, rows: [row('a', { expiresOn: '2027-01-23', ...more })], from: 0, handle: 'h', today: TODAY, within: 90 }, en).card;
      assert.doesNotMatch(JSON.stringify(card), /Attention|Warning/);
      return textsOf(card).some((text) => /Urgent: ends in 3.days/.test(text));
    };
    assert.ok(draw({}) && draw({ state: 'choosing' }));
    for (const state of ROW_STATES) if (!['open', 'choosing', 'snoozed'].includes(state)) assert.ok(!draw({ state }), state);
    for (const end of ['renews', 'renewsAs', 'extends', 'inEst', 'unknown', 'unread', 'contradictory'] as const) assert.ok(!draw({ end }), end);
    assert.ok(!draw({ expiresOn: '2027-01-28' }) && !draw({ expiresOn: '2027-01-19' }));
  });

  it('says a price and a name only where they may stand', () => {
    const told = (place: Omit<Partial<typeof LISTED>, 'reader'> & { reader?: string | null }) => {
      const rows = [row('a', { state: 'waits', keeper: 'ann', monthly: euros(31_000) })];
      return textsOf(listCard({ ...LISTED, ...place, rows, from: 0, handle: 'h', today: TODAY, within: 90 } as never, en).card)
        .join('|')
        .replaceAll('\u00a0', ' ');
    };
    assert.match(told({}), /Waits for approval · Ann Jansson · €310\.00 a month/);
    assert.match(told({ hides: { cost: 'personal', names: true } }), /\|Waits for approval · looked after\|/);
    assert.match(told({ names: {} }), /· looked after ·/, 'a name that was forgotten');
    assert.match(told({ reader: 'ann' }), /· you ·/);
  });
});

describe('all that a customer has', () => {
  it('is one card: each with how it ends, by what it is counted as, and its ticket where one is open', () => {
    const owned = COUNTED.map((kind) => ({
      kind,
      plan: kind,
      day: '2027-02-10',
      quantity: 1,
      monthly: null,
      ticket: kind === 'ends' ? row('a', { ticketId: 'S-7' }) : null,
    }));
    const view = { ...LISTED, handle: 'h', today: TODAY, customer: { id: 'c', name: 'C' }, turned: null, stands: { text: en.replies.failed(), claims: [] } };
    const pages = [0, 10].map((from) =>
      textsOf(customerCard({ ...view, owned, from }, en).card)
        .join('|')
        .replaceAll('\u00a0', ' '),
    );
    for (const [kind, said] of Object.entries({
      ...{ renews: 'renews in 21 days', changes: 'renews, changed in 21 days', ends: 'ends in 21 days', extends: 'goes on monthly in 21 days' },
      ...{ inEst: 'paid monthly, next in 21 days', unsure: 'in 21 days, then not known', unsaid: 'in 21 days, then not known' },
      ...{ stillBilled: 'suspended, still billed', suspended: 'suspended', ended: 'has ended', trials: 'trial', missing: 'not on the last list' },
    }))
      assert.match(pages.join('|'), new RegExp(`\\|${kind}\\|(?:[^|]*\\|){0,3}10 Feb 2027\\|${said}\\|`), kind);
    assert.match(pages[0] as string, /S-7\|Open.*1 to 10 of 12/);
    assert.match(pages[1] as string, /11 to 12 of 12/);
  });
});
