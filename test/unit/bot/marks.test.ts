/** Marks that are typed: of which ticket, for whom, and what is stored and said. */
import assert from 'node:assert/strict';
import { takeChoice } from '../../../bot/turns/choice.ts';
import { onText } from '../../../bot/turns/command.ts';
import { onAction } from '../../../bot/turns/press.ts';
import type { Member, Turn, TurnDeps } from '../../../bot/turns/turn.ts';
import type { RenderedCard } from '../../../cards/chat/chat.ts';
import { en } from '../../../cards/text/en/en.ts';
import { newsLine } from '../../../cards/ticket/ticket.ts';
import { recordLine } from '../../../cards/ticket/finished.ts';
import type { AuditEntry } from '../../../services/auditLog/auditLog.ts';
import { systemClock } from '../../../services/clock.ts';
import type { News, Ticket } from '../../../services/domain/ticket.ts';
import type { Choice, Handle } from '../../../services/notify/handles.ts';
import { readHandle } from '../../../services/notify/handles.ts';
import { directoryOf, meet, namesOf } from '../../../services/people/people.ts';
import { nameCustomer } from '../../../services/search.ts';
import { AUDIT_LINES, keysWith, ofCustomer, OUTBOX, subscriptionKey, ticketKey } from '../../../services/store/rows.ts';
import { listTicket } from '../../../services/tickets/openList.ts';
import type { Shown } from '../../../services/ticketView.ts';
import { memoryStore } from '../../support/memory.ts';
import { HIDES, SHOWS, sampleSubscription, sampleTicket } from '../../support/samples.ts';
import { plain } from '../../support/teams.ts';
import { ENGLISH } from '../../support/speaking.ts';

const NOW = Date.parse('2027-01-20T10:05:00.000Z');
const TICKETS = [
  { id: 'S-1001', customerId: 'c-1', customerName: 'Contoso Ltd' },
  { id: 'S-1002', customerId: 'c-2', customerName: 'Fabrikam Residences' },
  { id: 'S-1003', customerId: 'c-2', customerName: 'Fabrikam Residences' },
];
const ROLES = directoryOf([
  { objectId: 'ann', name: 'Ann', roles: ['requester'] },
  { objectId: 'megan', name: 'Megan Bowen', roles: ['approver'] },
  { objectId: 'vic', name: 'Vic', roles: ['viewer'] },
]);
const MEMBERS: Record<string, Member> = { '29:1': { objectId: 'megan', name: 'Megan Bowen' }, '29:2': { objectId: 'vic', name: 'Vic' } };

async function office() {
  const store = memoryStore();
  for (const of of TICKETS) {
    const ticket = sampleTicket({ ...of, subscriptionId: `sub-${of.id}`, move: null, audit: sampleTicket().audit });
    await store.put(...ofCustomer(of.customerId), ticketKey(of.id), { ...ticket, audit: { seq: 0, hash: '0'.repeat(64) } });
    const snapshot = sampleSubscription({ id: ticket.subscriptionId, customerId: of.customerId });
    await store.put(...ofCustomer(of.customerId), subscriptionKey(snapshot.id), { snapshot, episode: 1, ticket: of.id, liveMove: null, moves: 0 });
    await listTicket(store, ticket, null);
    await nameCustomer(store, { id: of.customerId, name: of.customerName });
  }
  const { key } = await meet(store, { objectId: 'ann', tenantId: 't', name: 'Ann' }, 'c', '2027-01-20');
  let n = 0;
  const deps = {
    ...{
      store,
      clock: { ...systemClock(), wallMs: () => NOW, now: () => new Date(NOW + n * 1_000), sleep: async () => {} },
      wake: { schedule: async () => {}, now: () => {} },
    },
    ...{ programmes: [], ...ENGLISH, directory: ROLES, fourEyes: { when: 'off' }, shows: SHOWS, isReadOnly: async () => false },
    log: { info: () => {}, warn: () => {} },
  } as unknown as TurnDeps;
  const turn = (kind: string): Turn =>
    ({
      ...{ chat: { key: 'c', kind }, thread: 'c', below: false, quoted: null, actor: { key, tenant: 't', name: 'Ann', roles: ['requester'] } },
      ...{ activity: { marks: [`m${++n}`], sentAtMs: NOW }, memberOf: async ({ id }: { id: string }) => MEMBERS[id] ?? null },
    }) as unknown as Turn;
  const write = (text: string, people: Record<string, string> = {}, kind = 'channel') => {
    const mentions = Object.entries(people).map(([id, name]) => ({ text: `<at>${name}</at>`, own: false, id, name }));
    return onText(deps, turn(kind), text, mentions);
  };
  const rowsOf = async <T>(ticketId: string, keys: readonly [string, string]) => {
    const customerId = TICKETS.find((one) => one.id === ticketId)?.customerId ?? '';
    return (await store.range<T>(...ofCustomer(customerId), ...keys, 100)).map((row) => row.value);
  };
  return {
    deps,
    store,
    turn,
    write,
    says: async (text: string, people: Record<string, string> = {}) => String((await write(text, people)).say[0]).replaceAll('\u00a0', ' '),
    ticket: async (id: string) => (await rowsOf<Ticket>(id, keysWith(ticketKey(id))))[0] as Ticket,
    /** The record's lines and the thread's, as people read them. */
    told: async (id: string) => {
      const record = (await rowsOf<AuditEntry>(id, AUDIT_LINES)).filter((row) => row.what !== 'asked');
      const names = await namesOf(store, [key, ...record.map((row) => String(row.data.person ?? ''))]);
      const shown = { ticket: sampleTicket(), move: null, names, hides: HIDES } as unknown as Shown;
      const news = (await rowsOf<News>(id, keysWith(OUTBOX))).filter((one) => one.kind === 'marked');
      const plain = (text: string | null) => text?.replaceAll('\u00a0', ' ');
      return [record.map((row) => plain(recordLine(row, en, HIDES, names))), news.map((one) => plain(newsLine(one, shown, en)))];
    },
  };
}

describe('a mark that is typed', () => {
  const cases: [text: string, people: Record<string, string>, says: RegExp, record: string, thread: string, marks: object][] = [
    [
      'snooze S-1001 14 holiday',
      {},
      /^Contoso Ltd, S-1001: Snoozed until 3 February 2027\.$/,
      'Snoozed until 3 February 2027: “holiday”',
      'Ann snoozed it until 3 February 2027.',
      { snoozed: { until: '2027-02-03', reason: 'holiday' } },
    ],
    [
      'snooze contoso until 10 february',
      {},
      /Snoozed until 10 February 2027\.$/,
      'Snoozed until 10 February 2027',
      'Ann snoozed it until 10 February 2027.',
      { snoozed: { until: '2027-02-10', reason: '' } },
    ],
    [
      'let it go contoso ltd, they leave us',
      {},
      /^Contoso Ltd, S-1001: Noted\./,
      'Let go: “they leave us”',
      'Ann lets it go: “they leave us”',
      { dismissed: { reason: 'they leave us' } },
    ],
    [
      'assign s 1001 <at>Megan</at>',
      { '29:1': 'Megan' },
      /: Megan Bowen looks after it now\.$/,
      'Given to Megan Bowen to look after',
      'Ann gave it to Megan Bowen, who looks after it.',
      {},
    ],
    ['assign contoso to me', {}, /: You look after it now\.$/, 'Taken on', 'Ann looks after it.', {}],
    ['note S-1001 Call <them> on Monday', {}, /: Written down\.$/, 'Note: “Call ‹them› on Monday”', 'Ann notes: “Call ‹them› on Monday”', {}],
    ['seen contoso', {}, /: Written down that you have seen it\. Reminders come as before\.$/, 'Seen', 'Ann has seen it.', {}],
  ];
  for (const [text, people, says, record, thread, marks] of cases)
    it(`“${text}” is one line in the record, and the same in the thread`, async () => {
      const { says: write, told, ticket } = await office();
      assert.match(await write(text, people), says);
      assert.deepEqual(await told('S-1001'), [[record], [thread]]);
      const now = (await ticket('S-1001')).marks;
      assert.deepEqual(JSON.parse(JSON.stringify(now, (name, value) => (name === 'by' || name === 'at' || name === 'assignedTo' ? undefined : value))), marks);
    });

  it('is taken back, in the record and in the thread, and what is not there is not', async () => {
    const { says, told, ticket } = await office();
    await says('snooze contoso 7 later');
    assert.match(await says('undo'), /^Contoso Ltd, S-1001: It is open again\.$/);
    assert.match(await says('undo S-1001'), /neither snoozed nor let go/);
    await says('dismiss S-1001 gone');
    await says('undo contoso');
    const [record, thread] = await told('S-1001');
    assert.deepEqual(thread, [
      'Ann snoozed it until 27 January 2027.',
      'Ann took the snooze back: it is open again.',
      'Ann lets it go: “gone”',
      'Ann took back that it was let go: it is open again.',
    ]);
    assert.equal(record?.length, 4);
    assert.deepEqual((await ticket('S-1001')).marks, {});
  });

  it('hands back what somebody looks after', async () => {
    const { says, told, ticket } = await office();
    assert.match(await says('hand back S-1001'), /Nobody looks after it\. Nothing has changed\.$/);
    await says('assign S-1001 me');
    assert.match(await says('hand back contoso'), /: Nobody looks after it now\.$/);
    assert.deepEqual((await told('S-1001'))[1], ['Ann looks after it.', 'Ann handed it back: nobody looks after it.']);
    assert.deepEqual((await ticket('S-1001')).marks, {});
  });

  const refused: [text: string, people: Record<string, string>, says: RegExp][] = [
    ['assign S-1001 Megan', {}, /^Mention the person, with @ and the name: a name alone could be anybody\. Nothing has changed\./],
    ['assign S-1001', {}, /^Mention the person/],
    ['assign S-1001 <at>Megan</at> <at>Vic</at>', { '29:1': 'Megan', '29:2': 'Vic' }, /mention one\. Nothing has changed\./],
    ['assign S-1001 <at>Vic</at>', { '29:2': 'Vic' }, /^Vic may not begin or change a move, so I gave it to nobody\. Nothing has changed\.$/],
    ['assign S-1001 <at>Licensing</at>', { '29:9': 'Licensing' }, /^Teams does not tell me who Licensing is/],
    ['snooze S-1001 holiday', {}, /^Write \*\*snooze\*\*/],
    ['snooze S-1001 0 x', {}, /“0” is not a number of days from 1 to 365\. Nothing has changed\.$/],
    ['dismiss S-1001', {}, /Please give a reason/],
    ['note S-1001', {}, /^Write \*\*note\*\*/],
    ['note tailspin they called', {}, /^I find no ticket and no customer in “tailspin they called”\. Nothing has changed\./],
    ['seen S-9999', {}, /^I know no ticket S-9999/],
    ['undo', {}, /^Write \*\*undo\*\* and a ticket or a customer/],
  ];
  for (const [text, people, says] of refused)
    it(`“${text}” changes nothing, and says why`, async () => {
      const { says: write, told } = await office();
      assert.match(await write(text, people), says);
      assert.deepEqual(await told('S-1001'), [[], []]);
    });

  for (const [text, why] of [
    ['snooze fabrikam 7 later', 'has two tickets'],
    ['snooze ltd 7 later', 'is only nearly named'],
  ] as const)
    it(`asks with a button for each where the customer ${why}, and a press does what was written`, async () => {
      const { deps, store, turn, write, told } = await office();
      const result = await write(text);
      const card = result.say[0];
      assert.ok(typeof card === 'object' && result.which);
      const { choices = [] } = (await readHandle(store, card.handle as string)) as Handle;
      const last = choices.at(-1) as Extract<Choice, { to: 'mark' }>;
      assert.equal(choices.length, why === 'has two tickets' ? 2 : 1);
      assert.deepEqual([last.mark, last.words], ['snooze', '7 later']);
      assert.deepEqual(await told(last.ticketRef.ticketId), [[], []]);
      await takeChoice(deps, turn('channel'), last, 0);
      assert.deepEqual((await told(last.ticketRef.ticketId))[1], ['Ann snoozed it until 27 January 2027.']);
    });

  it('`mine` lists what is given to one and what one has begun, soonest end first, and nothing of others', async () => {
    const { deps, store, turn, write, says, ticket } = await office();
    assert.equal(await says('mine'), 'Nothing waits for you, and you look after nothing.');
    await write('assign S-1002 me');
    await write('assign S-1003 <at>Megan</at>', { '29:1': 'Megan' });
    await write('assign S-1001 me');
    const list = async () => {
      const card = (await onText(deps, turn('channel'), 'mine')).say[0];
      return typeof card === 'object' ? [card.summary.replaceAll('\u00a0', ' '), ...new Set(JSON.stringify(card.card).match(/S-100\d/g))] : card;
    };
    for (const id of ['S-1001', 'S-1002', 'S-1003']) await listTicket(store, await ticket(id), null);
    assert.deepEqual(await list(), ['Ann: 2 tickets for you', 'S-1001', 'S-1002']);
    const soon = await ticket('S-1002');
    await store.put(...ofCustomer(soon.customerId), ticketKey(soon.id), { ...soon, facts: { ...soon.facts, expiresOn: '2027-01-22' } });
    assert.deepEqual(await list(), ['Ann: 2 tickets for you', 'S-1002', 'S-1001']);
    await write('snooze S-1002 7');
    assert.deepEqual(await list(), ['Ann: 1 ticket for you', 'S-1001']);
  });

  it('`mine` is turned by ten, says how many there are and what changed since, and is of whoever asked, whoever turns it', async () => {
    const { deps, store, turn } = await office();
    const ann = turn('channel');
    for (let n = 10; n < 35; n++) {
      const ticket = sampleTicket({ id: `S-20${n}`, customerId: 'c-9', customerName: `Customer ${n}`, move: null, marks: { assignedTo: ann.actor.key } });
      await store.put(...ofCustomer('c-9'), ticketKey(ticket.id), ticket);
      await listTicket(store, ticket, null);
    }
    const first = (await onText(deps, ann, 'mine')).say[0] as RenderedCard;
    const page = ({ card }: RenderedCard) => [...new Set(JSON.stringify(card).match(/S-20\d\d/g))];
    const { key } = await meet(store, { objectId: 'megan', tenantId: 't', name: 'Megan Bowen' }, null, '2027-01-20');
    const megan = () => ({ ...turn('channel'), actor: { key, tenant: 't', name: 'Megan Bowen', roles: ['approver'] } }) as Turn;
    const next = async ({ card }: RenderedCard, by: () => Turn, title: RegExp) => {
      const button = (card.actions as { title: string; verb: string; data: Record<string, unknown> }[]).find((one) => title.test(one.title));
      assert.ok(button, `a button ${title}`);
      const { edit, say } = await onAction(deps, Promise.resolve(by()), button.verb, button.data);
      return edit ?? (say[0] as RenderedCard);
    };
    assert.match(plain(first.card), /1 to 10 of 25\./);
    assert.deepEqual([page(first)[0], page(first).length], ['S-2010', 10]);
    const second = await next(first, () => turn('channel'), /^Next 10/);
    assert.deepEqual([page(second)[0], page(second).length], ['S-2020', 10]);
    // One of the first page is let go, another comes.
    for (const [id, marks] of [
      ['S-2012', {}],
      ['S-1001', { assignedTo: ann.actor.key }],
    ] as const) {
      const ticket = sampleTicket({ id, customerId: 'c-9', subscriptionId: `sub-${id}`, move: null, marks }, { expiresOn: '2027-01-22' });
      await store.put(...ofCustomer('c-9'), ticketKey(id), ticket);
      await listTicket(store, ticket, null);
    }
    const third = await next(second, megan, /^Next 5/);
    assert.match(plain(third.card), /^Ann: 25 tickets for you/);
    assert.deepEqual([page(third)[0], page(third).length], ['S-2030', 5], 'no row is left out, and none comes twice');
    assert.match(plain(third.card), /21 to 25 of 25\. Since the page before, 1 left the list and 1 came\./);
    const back = await next(third, () => turn('channel'), /^Previous 10/);
    assert.match(plain(back.card), /11 to 20 of 25\. \| Next 5/);
  });

  it('delivered twice is done once', async () => {
    const { deps, turn, told } = await office();
    const once = turn('channel');
    for (let times = 0; times < 2; times++) await onText(deps, once, 'note contoso they call back');
    assert.deepEqual((await told('S-1001'))[1], ['Ann notes: “they call back”']);
  });
});
