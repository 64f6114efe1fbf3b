/** The report: what it counts, what it says it does not know, and what it costs however many customers there are. */
import assert from 'node:assert/strict';
import { onText } from '../../../bot/turns/command.ts';
import { offered } from '../../../bot/turns/offers.ts';
import { onAction } from '../../../bot/turns/press.ts';
import { reportIn } from '../../../bot/turns/report.ts';
import type { Turn, TurnDeps } from '../../../bot/turns/turn.ts';
import type { RenderedCard } from '../../../cards/chat/chat.ts';
import { MESSAGE_BYTES_MAX } from '../../../cards/fit.ts';
import { reportCard } from '../../../cards/lists/report.ts';
import { en } from '../../../cards/text/en/en.ts';
import { ENGLISH } from '../../support/speaking.ts';
import { parseCommand } from '../../../dialogs/commands.ts';
import { readChat, updateChat } from '../../../services/chats.ts';
import type { Chat } from '../../../services/domain/ticket.ts';
import { directoryOf, meet } from '../../../services/people/people.ts';
import { listTicket, openTickets } from '../../../services/tickets/openList.ts';
import { openedIn, reportOf } from '../../../services/tickets/report.ts';
import { reportRow, reportRows } from '../../../services/tickets/reportList.ts';
import { openKey, ofCustomer, REPORT } from '../../../services/store/rows.ts';
import type { Store } from '../../../services/store/store.ts';
import { memoryStore } from '../../support/memory.ts';
import { allCards, HIDES, SHOWS, sampleMove, sampleReportRow as row, sampleTicket } from '../../support/samples.ts';
import { chatFor } from '../../support/sweeping.ts';
import { plain } from '../../support/teams.ts';

const AT = { today: '2027-01-20', now: '2027-01-20T10:02:00.000Z' };
const EUR = (minor: number) => ({ minor, currency: 'EUR' });
const USD = (minor: number) => ({ minor, currency: 'USD' });
const text = (rows: Parameters<typeof reportOf>[0], hides = HIDES, names = {}) =>
  plain(reportCard({ report: reportOf(rows, AT), names, today: AT.today, whole: true, more: false, hides, opened: [], handle: 'h' }, en).card);

describe('what a report names', () => {
  const opened = (rows: Parameters<typeof reportOf>[0]) => openedIn(reportOf(rows, AT), AT.today);
  it('is opened by its button: what ends in its month, by person, by programme, approvals, Extended Service Terms, and a file of all', () => {
    const all = opened([row({ day: '2027-01-25', keeper: 'p1', programme: 'CRM Basic', state: 'waits' }), row({ end: 'inEst', day: '2027-01-31' })]);
    assert.deepEqual(
      all.map(({ what, command }) => [what, parseCommand(command)]),
      [
        ['month', { command: 'expiring', days: 90, customer: null, month: { month: 1, year: 2027 } }],
        ['person', { command: 'expiring', days: 3650, customer: null, arrange: { sort: 'person' } }],
        ['programme', { command: 'expiring', days: 3650, customer: null, arrange: { sort: 'programme' } }],
        ['approvals', { command: 'approvals' }],
        ['ests', { command: 'expiring', days: 90, customer: null, outcome: 'est' }],
        ['export', { command: 'export', what: 'tickets', format: 'csv' }],
      ],
    );
  });
  it('alone: where nobody looks after anything there is no button for it', () => {
    assert.deepEqual(
      opened([row({ day: '2027-03-03' })]).map(({ what }) => what),
      ['export'],
    );
  });
  it('is opened by whoever may, from a report that somebody wrote for and from one that came by itself, with no button twice', async () => {
    const store = memoryStore();
    await store.put(...REPORT, openKey('9999-12-31', 'S-1'), row({ day: '2027-01-25', keeper: 'p1' }));
    await updateChat(store, 'c', () => ({ ...chatFor('c', 'x'), kind: 'channel' as const, watching: [] }));
    const chat = (await readChat(store, 'c'))?.value as Chat;
    const { key } = await meet(store, { objectId: 'vic', tenantId: 't', name: 'Vic' }, null, AT.today);
    const directory = directoryOf([{ objectId: 'vic', name: 'Vic', roles: ['viewer'] }]);
    const clock = { now: () => new Date(AT.now), wallMs: () => Date.parse(AT.now), sleep: async () => {} };
    const deps = {
      store,
      clock,
      ...ENGLISH,
      shows: SHOWS,
      programmes: [],
      directory,
      log: { info: () => {}, warn: () => {} },
    } as unknown as TurnDeps;
    const turn = (roles: string[]) =>
      ({ ...{ chat, thread: 'c', actor: { key, tenant: 't', name: 'Ann', roles } }, activity: { marks: ['m'], sentAtMs: null } }) as unknown as Turn;
    const written = (await offered(deps, turn(['viewer']), await onText(deps, turn(['viewer']), 'report'))).say[0] as RenderedCard;
    for (const { card } of [written, await reportIn(deps)(chat)]) {
      const buttons = card.actions as { title: string; verb: string; data: Record<string, unknown> }[];
      assert.deepEqual(
        buttons.map(({ title }) => title),
        ['January\u00a02027', 'By who looks after it', 'Export'],
      );
      const [month] = buttons;
      const pressed = await onAction(deps, Promise.resolve(turn(['viewer'])), month?.verb ?? '', month?.data ?? {});
      assert.ok(pressed.say[0], pressed.privately ?? '');
      assert.match((pressed.say[0] as RenderedCard).summary, /January.2027/);
      const { say, privately } = await onAction(deps, Promise.resolve(turn([])), month?.verb ?? '', month?.data ?? {});
      assert.deepEqual([say, /role|may/i.test(privately ?? '')], [[], true]);
    }
  });
});

describe('a report', () => {
  it('adds money of one currency alone, and counts what is not known; it is never nought', () => {
    const { stake } = reportOf([row({ monthly: EUR(100) }), row({ monthly: EUR(50) }), row({ monthly: USD(70) }), row({ monthly: null })], AT);
    assert.deepEqual(stake, { n: 4, sums: [EUR(150), USD(70)], unknown: 1 });
    assert.match(
      text([row({ monthly: EUR(15_000) }), row({ monthly: USD(7_000) }), row({ monthly: null })]),
      /€150.00, US\$70.00 a month; price of 1 not known/,
    );
    assert.match(text([row({ monthly: null })]), /price not known/);
    assert.doesNotMatch(text([row({ monthly: null })]), /€|0\.00/);
  });
  it('counts what does not simply go on, and neither what renews, is closed, nor what nobody says', () => {
    const ends = ['renews', 'renewsAs', 'cancels', 'extends', 'inEst', 'contradictory', 'unknown', 'unread'] as const;
    const { stake, outcomes } = reportOf([...ends.map((end) => row({ end })), row({ closed: 'moved' })], AT);
    assert.deepEqual([stake.n, outcomes.map(({ key }) => key).sort()], [outcomes.length, outcomes.map(({ key }) => key).sort()]);
    for (const end of ['renews', 'renewsAs', 'unread']) assert.ok(!outcomes.some(({ key }) => key === end), end);
    assert.ok(outcomes.some(({ key }) => key === 'cancels'));
  });
  it('says of how many it was not read what is planned, and never that nothing is at stake', () => {
    const said = text([row({ end: 'unread' }), row({ end: 'unread' })]);
    assert.match(said, /I know of nothing at stake/);
    assert.match(said, /Of 2 open tickets more I could not read what is planned/);
    assert.doesNotMatch(text([row()]), /could not read/);
  });
  it('counts what was put off until a day that has come as waiting again', () => {
    const rows = [row({ state: 'snoozed', until: '2027-01-20' }), row({ state: 'snoozed', until: '2027-01-21' })];
    const made = reportOf(rows, AT);
    assert.deepEqual(
      made.states.map(({ key, sum }) => [key, sum.n]),
      [
        ['open', 1],
        ['snoozed', 1],
      ],
    );
    assert.equal(made.untouched.oldestDays, 0);
  });
  it('names nobody where no names stand', () => {
    const rows = [row({ keeper: 'ann', decided: [{ what: 'letGo', by: 'ann', at: AT.now }] })];
    const names = { ann: 'Ann Jansson' };
    assert.match(text(rows, HIDES, names), /Ann Jansson/);
    assert.doesNotMatch(text(rows, { ...HIDES, names: true }, names), /Ann/);
  });
  it('has eight months at most, those before and after all that are named by themselves, and loses none', () => {
    const rows = ['2027-01-19', ...Array.from({ length: 14 }, (_, n) => `202${7 + Math.floor(n / 12)}-${String((n % 12) + 1).padStart(2, '0')}-25`)].map(
      (day) => row({ day }),
    );
    const { months } = reportOf(rows, AT);
    assert.deepEqual(
      months.map(({ month }) => month),
      ['passed', '2027-01', '2027-02', '2027-03', '2027-04', '2027-05', '2027-06', 'later'],
    );
    assert.equal(
      months.reduce((sum, one) => sum + one.sum.n, 0),
      15,
    );
  });
  it('groups by programme, outcome, person and state; no group is left out of the sum', () => {
    const rows = Array.from({ length: 60 }, (_, n) =>
      row({ programme: n % 20 === 0 ? null : `P${n % 20}`, keeper: n % 2 ? 'ann' : null, state: n % 3 ? 'stuck' : 'waits' }),
    );
    const made = reportOf(rows, AT);
    for (const groups of [made.programmes, made.outcomes, made.keepers, made.states])
      assert.equal(
        groups.reduce((sum, one) => sum + one.sum.n, 0),
        60,
      );
    assert.equal(made.programmes.at(-1)?.rest, 15);
  });
  it('tells how long nobody has begun, who decided what, and what was saved and added', () => {
    const at = '2027-01-10T00:00:00Z';
    const bought = (minor: number) => ({ at, monthly: EUR(minor), until: null, old: null });
    const rows = [
      row({ openedAt: '2027-01-15T00:00:00Z' }),
      row({ openedAt: '2026-12-01T00:00:00Z' }),
      row({ state: 'letGo', decided: [{ what: 'letGo', by: 'ann', at }] }),
      row({
        closed: 'moved',
        decided: [
          { what: 'approved', by: 'bo', at },
          { what: 'declined', by: 'bo', at: '2026-01-01T00:00:00Z' },
        ],
        monthly: EUR(100),
        bought: bought(80),
      }),
      row({ closed: 'moved', monthly: EUR(100), bought: bought(130) }),
      row({ closed: 'moved', monthly: null, bought: bought(130) }),
      row({ closed: 'moved', monthly: USD(100), bought: bought(130) }),
    ];
    const made = reportOf(rows, AT);
    assert.deepEqual(made.untouched, { week: 1, month: 0, older: 1, oldestDays: 50 });
    assert.deepEqual(made.decided.people, [
      { key: 'ann', approved: 0, declined: 0, letGo: 1 },
      { key: 'bo', approved: 1, declined: 0, letGo: 0 },
    ]);
    assert.deepEqual(made.saved, { n: 4, less: [EUR(20)], more: [EUR(30)], unknown: 2 });
  });
  it('tells what may still be cancelled, which old ones are not yet gone, and what Extended Service Terms have cost as far as that is known', () => {
    const bought = { at: '2027-01-15T00:00:00Z', monthly: EUR(1), until: '2027-01-22T00:00:00Z', old: 'open' };
    const rows = [
      row({ bought }),
      row({ closed: 'moved', bought: { ...bought, until: '2027-01-20T10:01:00Z', old: '2027-01-20' } }),
      row({ closed: 'moved', bought: { ...bought, until: null, old: '2027-01-19' } }),
      row({ closed: 'moved', bought: { ...bought, until: null, old: null } }),
      row({ end: 'inEst', monthly: EUR(100), estSince: '2026-12-01T00:00:00Z' }),
      row({ end: 'inEst', monthly: EUR(100) }),
      row({ end: 'inEst', monthly: null, estSince: '2026-12-01T00:00:00Z' }),
    ];
    const made = reportOf(rows, AT);
    assert.deepEqual(made.cancellable, { n: 1, next: '2027-01-22T00:00:00Z' });
    assert.equal(made.still.n, 2);
    assert.deepEqual(made.ests, { sum: { n: 3, sums: [EUR(200)], unknown: 1 }, soFar: [EUR(200)], soFarUnknown: 2 });
  });
  it('shows no price where none may stand, and says where they do', () => {
    const rows = [row({ end: 'inEst', estSince: AT.now, bought: { at: AT.now, monthly: EUR(1), until: null, old: 'open' } }), row()];
    for (const cost of ['personal', 'never'] as const) {
      const said = text(rows, { cost, names: false });
      assert.doesNotMatch(said, /€|EUR|\d\.\d\d|price of/);
      assert.match(said, cost === 'personal' ? /in the chat with me alone/ : /Prices are not shown here/);
    }
  });
  it('is a chart with the same numbers as a table in its place, and under 25 KB whatever the world', () => {
    const cards = allCards();
    for (const name of ['i1-report', 'i1-report-hostile', 'i1-report-long']) {
      const json = JSON.stringify(cards[name]);
      assert.ok(Buffer.byteLength(json) < MESSAGE_BYTES_MAX && json.length < 14_336, `${name} has ${json.length}`);
      assert.doesNotMatch(json, /is cut; Partner Center/, name);
    }
    type Block = { type: string; data: { x: string; y: number }[]; fallback: { rows: { cells: { items: { text: string }[] }[] }[] } };
    const chart = ((cards['i1-report']?.body ?? []) as Block[]).find(({ type }) => type === 'Chart.HorizontalBar');
    assert.deepEqual(
      chart?.fallback.rows.slice(1).map(({ cells }) => cells.map(({ items }) => items[0]?.text)),
      chart?.data.map(({ x, y }) => [x, String(y)]),
    );
  });
});

describe('the rows of a report', () => {
  it('follow the ticket: one each, open, closed, and open again', async () => {
    const store = memoryStore();
    const ticket = sampleTicket({ marks: { assignedTo: 'ann' } });
    await listTicket(store, ticket, null);
    assert.deepEqual(
      (await reportRows(store, '2026-01-01')).map((one) => [one.keeper, one.state, one.closed, one.monthly]),
      [['ann', 'open', null, EUR(31_000)]],
    );
    const closed = { ...ticket, closed: { how: 'renewed' as const, at: '2027-01-20T10:00:00.000Z' } };
    await listTicket(store, closed, null);
    assert.deepEqual(
      (await reportRows(store, '2027-01-20')).map((one) => one.closed),
      ['renewed'],
    );
    assert.deepEqual(await reportRows(store, '2027-01-21'), []);
    await listTicket(store, { ...ticket, closedBefore: [closed.closed.at] }, null);
    assert.deepEqual(
      (await reportRows(store, '2026-01-01')).map((one) => one.closed),
      [null],
    );
  });
  it('tell of the ticket’s own move how far it is, and of a bought one when the old is gone', async () => {
    const ticket = sampleTicket({ move: 'm' }, { newCommerce: true });
    const order = { id: 'o', subscriptionId: 'b', placedAt: AT.now, cancellableUntil: null };
    const move = sampleMove({ ticketId: ticket.id, state: 'finished', order, outcome: 'suspended' });
    const closed = { ...ticket, closed: { how: 'moved' as const, at: AT.now } };
    assert.equal(reportRow(ticket, sampleMove({ ticketId: ticket.id, state: 'quoted' })).state, 'waits');
    assert.equal(reportRow(ticket, sampleMove({ ticketId: 'S-1', state: 'quoted' })).state, 'open');
    assert.equal(
      reportRow({ ...ticket, marks: { dismissed: { reason: '', by: 'ann', at: AT.now } } }, sampleMove({ ticketId: ticket.id, state: 'cancelled' })).state,
      'letGo',
    );
    assert.equal(reportRow(closed, move).bought?.old, ticket.facts.lastDay, 'new commerce is paid for until its last day');
    assert.equal(reportRow(sampleTicket({ closed: closed.closed }, { newCommerce: false }), { ...move, ticketId: ticket.id }).bought?.old, null);
    assert.equal(reportRow(ticket, { ...move, state: 'purchased' }).bought?.old, 'open');
  });
  it('wait for nobody once a yes was given, and tell of no other ticket’s move', async () => {
    const ticket = sampleTicket({ move: 'm' });
    const approved = sampleMove({ ticketId: ticket.id, state: 'quoted', approval: { by: 'bo', at: AT.now, hash: 'h' } });
    assert.equal(reportRow(ticket, approved).state, 'buying');
    const store = memoryStore();
    await store.put(...ofCustomer(ticket.customerId), 'm', sampleMove({ ticketId: 'S-1', state: 'stuck' }));
    await listTicket(store, ticket, null);
    assert.equal((await openTickets(store))[0]?.state, 'open');
    assert.equal((await reportRows(store, AT.today))[0]?.state, 'open');
  });
  it('of ten thousand customers are a dozen calls of storage, as for ten', async () => {
    const calls = async (customers: number) => {
      const store = memoryStore();
      for (let n = 0; n < customers; n++)
        await store.put(
          ...REPORT,
          openKey('9999-12-31', `S-${n}`),
          row({ ticketId: `S-${n}`, customerId: `c${n}`, programme: `P${n % 90}`, keeper: `k${n % 40}`, day: `2027-0${1 + (n % 9)}-05` }),
        );
      await store.put(...ofCustomer('c1'), 'x', {});
      let count = 0;
      const counting =
        (name: 'get' | 'range' | 'scan') =>
        (...given: never[]) => {
          count += 1;
          return (store[name] as (...given: never[]) => unknown)(...given);
        };
      const counted = { ...store, get: counting('get'), range: counting('range'), scan: counting('scan') } as unknown as Store;
      const clock = { now: () => new Date(AT.now), wallMs: () => 0, sleep: async () => {} };
      const { summary } = await reportIn({ store: counted, clock, ...ENGLISH, shows: SHOWS })({ kind: 'personal' } as Chat);
      assert.match(summary.replaceAll('\u00a0', ' '), new RegExp(`At stake: ${customers.toLocaleString('en-IE')} subscriptions`));
      return count;
    };
    const [few, many] = [await calls(60), await calls(10_000)];
    assert.ok(many <= few && many <= 14, `${few} calls for sixty, ${many} for ten thousand`);
  });
});
