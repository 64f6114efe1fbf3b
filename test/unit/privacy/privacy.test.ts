import assert from 'node:assert/strict';
import { operate } from '../../../bot/cli/operator.ts';
import type { Ticket, Move, UserMove } from '../../../services/domain/ticket.ts';
import { sweepEnded } from '../../../services/privacy/ends.ts';
import { eraseHolder, exportHolder, findHolders } from '../../../services/privacy/holders.ts';
import { FORGOTTEN } from '../../../services/privacy/holding.ts';
import { DirectoryError, EVERYBODY, meet, namesOf, olderMark, rolesOfKey } from '../../../services/people/people.ts';
import { erasePerson, exportPerson, findPeople } from '../../../services/privacy/privacy.ts';
import { applyRetention, forgetTurn } from '../../../services/privacy/retention.ts';
import type { Role } from '../../../services/people/roles.ts';
import { drawTicket } from '../../../services/notify/placeCard.ts';
import { type AuditEntry, GENESIS_HASH, ticketTransaction, verifyRecord } from '../../../services/auditLog/auditLog.ts';
import { TABLES, type Table, withPrefix } from '../../../services/store/store.ts';
import { SHOWS, sampleTicket, sampleMove } from '../../support/samples.ts';
import { memoryStore } from '../../support/memory.ts';
import {
  AUDIT,
  auditPrefix,
  CHAT_KEY,
  IDENTITIES,
  INVITED,
  LISTED,
  ofChat,
  ofCustomer,
  POINTERS,
  RETENTION,
  RETENTION_KEY,
  ticketKey,
} from '../../../services/store/rows.ts';

const NOW = new Date('2030-06-01T00:00:00Z');
const LINES = 250;

describe('privacy', () => {
  async function world(closedAt: string | null) {
    const store = memoryStore();
    const ann = await meet(store, { objectId: 'ann', tenantId: 't', name: 'Ann Jansson' }, 'chat-ann', '2029-12-20');
    const old = await meet(store, { objectId: 'old', tenantId: 't', name: 'Olda Formerly' }, null, '2027-01-20');
    const move: Move = sampleMove({
      state: 'finished',
      waived: [{ by: ann.key, at: NOW.toISOString(), reason: 'left', people: [{ id: 'u1', name: 'Dana Roy' }] }],
    });
    let ticket: Ticket = {
      ...sampleTicket(),
      audit: { seq: 0, hash: GENESIS_HASH },
      closed: closedAt ? { how: 'moved', at: closedAt } : null,
      move: move.key,
    };
    await store.put(...LISTED, ticket.customerId, {});
    await store.put(...ofCustomer(ticket.customerId), move.key, move);
    for (let n = 0; n < LINES; n++) {
      const row = await store.get<Ticket>(...ofCustomer(ticket.customerId), ticketKey(ticket.id));
      const entry = { by: { key: n % 2 ? ann.key : old.key, tenant: 't' }, what: 'marked', before: 'open', after: 'open', data: { n } };
      assert.equal(
        await store.commit(
          'customers',
          ticket.customerId,
          ticketTransaction(row ?? null, row?.value ?? ticket, [entry], [], `2027-02-01T00:00:${String(n % 60).padStart(2, '0')}Z`),
        ),
        'done',
      );
    }
    ticket = (await store.get<Ticket>(...ofCustomer(ticket.customerId), ticketKey(ticket.id)))?.value as Ticket;
    const userMove: UserMove = { userId: 'u1', name: 'Dana Roy', state: 'moved', why: null, hasNew: true, disabledPlans: [], round: 'r', requestIds: [] };
    for (let n = 0; n < 120; n++) await store.put(...ofCustomer(ticket.customerId), `usr_${move.key}_u${n}`, userMove);
    const lines = async () => (await withPrefix<AuditEntry>(store, ...ofCustomer(ticket.customerId), auditPrefix(ticket.id))).map((row) => row.value);
    return { store, ann, old, ticket, move, lines };
  }

  it('what is too old is cut at a line that keeps the last hash: the chain holds, and goes on', async () => {
    const { store, ticket, lines, move, old } = await world('2027-03-01T00:00:00Z');
    assert.deepEqual(await applyRetention(store, NOW, { nameDays: 400, recordDays: 700 }), { names: 1, lines: LINES, ended: 0 });
    const may = { cutBefore: '2028-01-01', closedAt: ticket.closed?.at ?? null };
    const left = await lines();
    assert.equal(left.length, 1);
    assert.equal(left[0]?.seq, LINES);
    assert.deepEqual(verifyRecord(ticket, left, ticket.audit, may), []);
    assert.match(verifyRecord(ticket, left, ticket.audit).join(), /not closed for so long/);
    const entry = { by: { key: 'bot', tenant: '' }, what: 'marked', before: 'open', after: 'open' };
    const row = await store.get<Ticket>(...ofCustomer(ticket.customerId), ticketKey(ticket.id));
    await store.commit(...ofCustomer(ticket.customerId), ticketTransaction(row ?? null, row?.value as Ticket, [entry], [], NOW.toISOString()));
    const head = (await store.get<Ticket>(...ofCustomer(ticket.customerId), ticketKey(ticket.id)))?.value.audit as Ticket['audit'];
    assert.deepEqual(verifyRecord(ticket, await lines(), head, may), []);
    assert.match(verifyRecord(ticket, (await lines()).slice(0, 1), head, may).join(), /is cut off/);
    const [mark, ...rest] = await lines();
    assert.match(verifyRecord(ticket, [{ ...(mark as AuditEntry), seq: 100 }, ...rest], head, may).join(), /was changed/);
    assert.match(verifyRecord(ticket, [{ ...(mark as AuditEntry), hash: 'x' }, ...rest], head, may).join(), /was changed/);
    assert.deepEqual(await withPrefix(store, ...ofCustomer(ticket.customerId), `usr_${move.key}_`), [], 'who held what is forgotten too');
    assert.doesNotMatch(store.texts().join(), /Dana Roy|Olda Formerly/);
    assert.deepEqual(await namesOf(store, [old.key]), {}, 'a name that is forgotten is not shown');
    assert.deepEqual(await applyRetention(store, NOW, { nameDays: 400, recordDays: 700 }), { names: 0, lines: 1, ended: 0 }, 'again: only what came since');
  });

  it('what is open, or closed lately, is left whole', async () => {
    for (const closedAt of [null, '2030-05-01T00:00:00Z']) {
      const { store, lines } = await world(closedAt);
      assert.equal((await applyRetention(store, NOW, { nameDays: 4_000, recordDays: 700 })).lines, 0);
      assert.equal((await lines()).length, LINES);
    }
  });

  it('a person is told everything, and forgotten; the same person is a stranger afterwards', async () => {
    const { store, ann, ticket, lines } = await world(null);
    const [person] = await findPeople(store, 'ANN JANSSON');
    assert.ok(person);
    const kept = await exportPerson(store, person);
    assert.equal(kept.lines.length, LINES / 2);
    await erasePerson(store, person);
    assert.deepEqual(await findPeople(store, 'ann'), []);
    assert.doesNotMatch(store.texts().join(), /Ann Jansson/);
    assert.deepEqual(verifyRecord(ticket, await lines(), ticket.audit), []);
    assert.notEqual((await meet(store, { objectId: 'ann', tenantId: 't', name: 'Ann Jansson' }, null, '2030-06-01')).key, ann.key);
  });

  it('is looked after once a day by one process, however often processes begin and end, and nobody puts it off for longer', async () => {
    const { store } = await world('2027-03-01T00:00:00Z');
    const told: string[] = [];
    const log = { info: (_: object, message: string) => void told.push(message), warn: (_: object, message: string) => void told.push(message) };
    /** A process that has just begun. */
    const begun = (hours: number) => {
      const at = NOW.getTime() + hours * 3_600_000;
      return forgetTurn({ store, clock: { now: () => new Date(at), wallMs: () => at }, log, retention: { nameDays: 400, recordDays: 700 } });
    };
    for (const hours of [0, 8, 16, 23]) await begun(hours);
    assert.deepEqual(told, [], 'not on the first day');
    await Promise.all([begun(24), begun(24), begun(24)]);
    await begun(30);
    assert.deepEqual(told, ['what is too old was forgotten']);
    await store.put(...RETENTION, RETENTION_KEY, { nextAt: Date.parse('9999-01-01') });
    await begun(31);
    assert.equal(told.length, 2);
    await begun(54);
    assert.equal(told.length, 2, 'not before a day is over');
    const { scan } = store;
    store.scan = () => {
      throw new Error('the storage is away');
    };
    await begun(56);
    store.scan = scan;
    await begun(56.5);
    await begun(57.1);
    assert.deepEqual(
      told.slice(2),
      ['what is too old could not be forgotten yet', 'what is too old was forgotten'],
      'a failure costs an hour, and not the day',
    );
  });

  describe('from the command line', () => {
    const ask = (store: object, ...words: string[]) => operate({ store, clock: { now: () => NOW } } as never, {} as never, words);

    it('somebody of the staff and a holder of one name are told apart, and nothing is done before', async () => {
      const { store, ann } = await world(null);
      const dana = await meet(store, { objectId: 'dana', tenantId: 't', name: 'Dana Roy' }, null, '2030-05-01');
      const before = store.texts();
      for (const what of ['export', 'erase'])
        await assert.rejects(ask(store, 'privacy', what, 'dana', 'roy'), (error: Error) => {
          assert.match(error.message, new RegExp(`${dana.key} \\(of the staff.*/u1 \\(holds a licence`));
          return true;
        });
      assert.deepEqual(store.texts(), before);
      const [holder] = await findHolders(store, 'u1');
      assert.match((await ask(store, 'privacy', 'erase', `${holder?.customerId}/u1`)).join(), /holder of a licence|The name of u1/);
      assert.deepEqual([(await findHolders(store, 'dana roy')).length, (await findPeople(store, 'dana roy')).length], [0, 1]);
      assert.match((await ask(store, 'privacy', 'erase', dana.key)).join(), /is forgotten/);
      assert.deepEqual(await namesOf(store, [dana.key, ann.key]), { [ann.key]: 'Ann Jansson' });
    });

    it('what is not understood does nothing and says so: above all, nobody is not the one whose name was forgotten', async () => {
      const { store } = await world(null);
      await applyRetention(store, NOW, { nameDays: 400, recordDays: 700 });
      const before = store.texts();
      for (const words of [
        ...[
          [],
          ['privacy'],
          ['privacy', 'erase'],
          ['privacy', 'erase', ''],
          ['privacy', 'erase', ' '],
          ['privacy', 'export', ''],
          ['privacy', 'forget', 'ann'],
        ],
        ...[
          ['privacy', 'remove', 'ann'],
          ['read-only', 'onn'],
          ['read-only', 'ON'],
          ['read-only', 'on', 'please'],
          ['read-only', ''],
        ],
        ...[['events'], ['events', 'register', '--replace'], ['events', 'register', '--replce', 'https://x'], ['doctor', 'now'], ['__proto__'], ['toString']],
      ])
        await assert.rejects(ask(store, ...words), /npm run privacy -- erase/, words.join(' '));
      assert.deepEqual(store.texts(), before);
      assert.deepEqual([await findPeople(store, ''), await findHolders(store, ' ')], [[], []]);
    });
  });

  it('holders are listed on the card of a personal chat only while its owner may move licences', async () => {
    const { store, ann, ticket } = await world(null);
    const key = 'mov_live_1';
    const move = sampleMove({ state: 'purchased', key, ticketId: ticket.id, customerId: ticket.customerId });
    await store.put(...ofCustomer(ticket.customerId), key, move);
    await store.put(...ofCustomer(ticket.customerId), `usr_${key}_u1`, { userId: 'u1', name: 'Dana Roy', state: 'waiting' });
    const drawn = async (roles: readonly Role[] | null, chat: object = { key: 'c', kind: 'personal', person: ann.key }) => {
      const rolesOf = async () => {
        if (roles === null) throw new DirectoryError('away');
        return roles;
      };
      const renderer = { ticket: (shown: object) => shown };
      const deps = { store, renderer, clock: { now: () => NOW }, fourEyes: { when: 'off' }, shows: SHOWS, directory: { rolesOf, holders: async () => [] } };
      return JSON.stringify(await drawTicket(deps as never, chat as never, { ...ticket, move: key })).includes('Dana Roy');
    };
    assert.deepEqual(await Promise.all([drawn(['licenceAdmin']), drawn(['approver']), drawn(['owner'])]), [true, true, true]);
    assert.deepEqual(await Promise.all([drawn([]), drawn(['viewer']), drawn(['requester']), drawn(null)]), [false, false, false, false]);
    for (const kind of ['channel', 'groupChat']) assert.equal(await drawn(['owner'], { key: 'c', kind, person: ann.key }), false);
    assert.equal(await drawn(['owner'], { key: 'c', kind: 'personal' }), false, 'of whose role nobody knows');
  });

  it('one account is one person in each of our tenants, and keeps the key that an older row gave it', async () => {
    const { store, ann } = await world(null);
    const met = (tenantId: string, objectId: string) => meet(store, { objectId, tenantId, name: 'Ann Jansson' }, null, '2030-05-01');
    assert.deepEqual([(await met('t2', 'ann')).key, (await met('T2', 'ANN')).key], [ann.key, ann.key]);
    await store.put(...IDENTITIES, olderMark({ tenantId: 't', objectId: 'eve' }), { key: 'peve' });
    assert.deepEqual([(await met('t', 'eve')).key, (await met('t2', 'eve')).key], ['peve', 'peve']);
  });

  describe('of a person', () => {
    const CHAT = 'chat-ann';
    /** Rows that a story seldom leaves: each names the person in another place. */
    async function rare() {
      const { store, ann, ticket } = await world(null);
      const of = ticket.customerId;
      const by = ann.key;
      const at = NOW.toISOString();
      const say = { customerId: of, news: { kind: 'show', ticketId: 'S-1', by, at, data: {} } };
      const live = sampleMove({
        ...{ key: 'mov_live_1', state: 'stuck', startedBy: by, confirmedBy: by, draft: { by, plan: 'p1' } },
        ...{ approval: { by, at, hash: 'h' }, declined: { by, reason: 'r' }, vouched: { by, at, reason: 'r' }, settle: { by, at, order: 'o', reason: 'r' } },
        ...{ notOurs: [{ order: 'o', by, at, reason: 'r' }], waived: [{ by, at, reason: 'left', people: [{ id: 'u1', name: 'Dana Roy' }] }] },
        order: { id: 'o', subscriptionId: null, placedAt: at, cancellableUntil: null, accepted: { by, at, reason: 'r' } },
        stuck: { from: 'reassigning', reason: 'rights', code: '', at },
        quote: { ...(sampleMove().quote as NonNullable<Move['quote']>), askedBy: by },
      });
      const done = [
        { marks: ['a'], reply: JSON.stringify({ say: 'already', who: 'Ann Jansson' }) },
        { marks: ['b'], reply: JSON.stringify({ say: 'looking' }) },
      ];
      const noted = {
        ...ticket,
        facts: { ...ticket.facts, changedBy: 'Ann Jansson' },
        done,
        customerName: 'Ann Jansson',
        marks: { assignedTo: by, dismissed: { reason: 'r', by, at } },
      };
      const rows: [Parameters<typeof store.put>[0], string, string, unknown][] = [
        ['customers', of, ticketKey(ticket.id), noted],
        ['customers', of, live.key, live],
        ['customers', of, `usr_${live.key}_u1`, { userId: 'u1', name: 'Dana Roy', state: 'waiting' }],
        ['customers', of, `ntc_S-1_${CHAT}`, { chat: CHAT, handle: 'h' }],
        ['customers', of, `out_${at}_S-1_00`, { kind: 'show', ticketId: 'S-1', by: null, at, data: { chat: CHAT } }],
        ['customers', of, `out_${at}_S-1_01`, { kind: 'marked', ticketId: 'S-1', by, at, data: {} }],
        ['chats', 'other', 'say_1', say],
        ['chats', 'other', 'ask_1', { person: by, wanted: { what: 'plan', typed: { command: 'answer', text: 'what I typed' } } }],
        ['chats', 'bulk', 'other.1', { by, chat: 'other', approval: { by, tenant: 't', at } }],
        ['chats', 'bulk', `${CHAT}.1`, { by, chat: CHAT }],
        ['budget', 'ownYes', by, { person: by, yes: [] }],
        ['chats', 'invited', 'other.1', { person: by, chat: 'other', company: 'whom I invited' }],
        ['chats', 'other', 'say_note_asleep', { ...say, news: { ...say.news, by: null }, note: { what: 'asleep', chat: CHAT, code: '' } }],
        ['chats', 'other', CHAT_KEY, { key: 'other', installedBy: by, watchedBy: by, done }],
        ['chats', CHAT, CHAT_KEY, { key: CHAT, person: by }],
        ['chats', CHAT, 'say_2', say],
        // Of a tenant that was left, or from before the bot came back.
        ['chats', `older-${CHAT}`, CHAT_KEY, { key: `older-${CHAT}`, kind: 'personal', person: by }],
        ['chats', 'all', `older-${CHAT}`, {}],
        ['chats', `older-${CHAT}`, 'say_3', say],
        ['customers', of, `ntc_S-1_older-${CHAT}`, { chat: `older-${CHAT}`, handle: 'h' }],
        ['handles', 'd20300101', '20300101_y', { kind: 'list', chat: `older-${CHAT}` }],
        ...['all', 'watching', 'asleep', 'waiting'].map((list): [Parameters<typeof store.put>[0], string, string, unknown] => ['chats', list, CHAT, {}]),
        ['handles', 'd20300101', '20300101_x', { kind: 'list', chat: CHAT }],
        ['people', 'pointer', 'ab', { person: by, customerId: of, ticketId: 'S-1', until: at }],
        ['open', 'approvals', 'S-1', { askedBy: by }],
      ];
      for (const row of rows) await store.put(...row);
      return { store, ann, of, live, noted };
    }

    it('every row that holds one is told, and empty of the person afterwards; a customer of the same name keeps it', async () => {
      const { store, ann, of, live, noted } = await rare();
      const [person] = await findPeople(store, 'ann');
      assert.ok(person);
      const kept = await exportPerson(store, person);
      assert.deepEqual(
        new Set(kept.rows.find((row) => row.key === live.key)?.holds.map((one) => one.at)),
        new Set(['', 'draft', 'quote', 'approval', 'declined', 'order.accepted', 'waived.0', 'vouched', 'settle', 'notOurs.0']),
      );
      assert.doesNotMatch(JSON.stringify(kept.rows), /Dana Roy/, 'and of nobody else');
      const lists = kept.rows.filter((row) => row.table === 'chats' && row.key === CHAT).map((row) => row.partition);
      assert.deepEqual(lists, ['all', 'asleep', 'waiting', 'watching'], 'the lists that the personal chat is on');
      await erasePerson(store, person);
      assert.equal(await store.get(...POINTERS, 'ab'), undefined, 'a pointer goes whole');
      assert.equal(await store.get(...ofChat('other'), 'ask_1'), undefined, 'and so does what was typed');
      assert.equal(await store.get(...INVITED, 'other.1'), undefined, 'and whom the person invited');
      const left: string[] = [];
      for (const table of TABLES)
        for await (const page of store.scan<unknown>(table, '', '\uffff'))
          for (const row of page)
            if (!row.key.startsWith(AUDIT) && [ann.key, CHAT].some((mark) => `${row.partition} ${row.key} ${JSON.stringify(row.value)}`.includes(mark)))
              left.push(`${table} ${row.partition} ${row.key}`);
      assert.deepEqual(left, []);
      const ticket = (await store.get<Ticket>(...ofCustomer(of), ticketKey(noted.id)))?.value;
      assert.deepEqual([ticket?.customerName, ticket?.facts.changedBy], ['Ann Jansson', null]);
      assert.deepEqual(
        ticket?.done?.map((one) => one.reply),
        [null, JSON.stringify({ say: 'looking' })],
      );
      const moved = (await store.get<Move>(...ofCustomer(of), live.key))?.value;
      assert.deepEqual([moved?.approval?.by, moved?.confirmedBy, moved?.quote?.askedBy], [FORGOTTEN, FORGOTTEN, FORGOTTEN]);
      assert.deepEqual(await rolesOfKey(store, EVERYBODY, FORGOTTEN), [], 'who is forgotten lets nothing happen');
    });

    it('a row that changes meanwhile is read again, and nothing of the change is lost', async () => {
      const { store, of, live } = await rare();
      const [person] = await findPeople(store, 'ann');
      const commit = store.commit.bind(store);
      let meddled = 0;
      store.commit = async (table, partition, changes) => {
        if (changes[0]?.key === live.key && ++meddled === 1) await store.put(...ofCustomer(of), live.key, { ...live, attempts: 7 });
        return commit(table, partition, changes);
      };
      await erasePerson(store, person as NonNullable<typeof person>);
      const row = (await store.get<Move>(...ofCustomer(of), live.key))?.value;
      assert.deepEqual([meddled, row?.attempts, row?.confirmedBy], [2, 7, FORGOTTEN]);
    });

    it('who holds a licence keeps the id while the move needs it; in one that has ended nothing is left', async () => {
      const { store, of, live } = await rare();
      const [holder, ...more] = await findHolders(store, 'dana roy');
      assert.ok(holder);
      assert.deepEqual([holder.id, more], ['u1', []]);
      const held = await exportHolder(store, holder);
      assert.ok(held.moves.some((move) => move.key === live.key && move.waived[0]?.reason === 'left'));
      assert.deepEqual(await eraseHolder(store, holder), [live.key]);
      assert.doesNotMatch(store.texts().join(), /Dana Roy/);
      assert.deepEqual((await store.get<Move>(...ofCustomer(of), live.key))?.value.waived[0]?.people, [{ id: 'u1', name: '–' }]);
      await store.put(...ofCustomer(of), live.key, { ...(await store.get<Move>(...ofCustomer(of), live.key))?.value, state: 'finished' });
      assert.deepEqual(await eraseHolder(store, holder), []);
      assert.equal(await store.get(...ofCustomer(of), `usr_${live.key}_u1`), undefined);
      assert.deepEqual((await store.get<Move>(...ofCustomer(of), live.key))?.value.waived[0]?.people, [{ id: '', name: '–' }]);
    });

    it('of earlier moves of a closed ticket the holders go as those of the last one do', async () => {
      const { store, ticket } = await world('2027-03-01T00:00:00Z');
      await store.put(...ofCustomer(ticket.customerId), 'mov_s_1', sampleMove({ key: 'mov_s_1', state: 'cancelled', ticketId: ticket.id }));
      await store.put(...ofCustomer(ticket.customerId), 'usr_mov_s_1_u9', { userId: 'u9', name: 'Earl Early' });
      await applyRetention(store, NOW, { nameDays: 400, recordDays: 700 });
      assert.doesNotMatch(store.texts().join(), /Earl Early|u9/);
    });
  });

  describe('what was for a while alone', () => {
    it('ends: what somebody spoke of last, links and states of a consent, and handles of cards that nothing needs any more', async () => {
      const { store, ticket } = await world(null);
      const shut = { ...ticket, id: 'S-9', closed: { how: 'ended', at: NOW.toISOString() } };
      await store.put(...ofCustomer(ticket.customerId), ticketKey('S-9'), shut);
      const handleOf = (ticketId: string) => ({ kind: 'ticket', chat: 'c', ticketRef: { customerId: ticket.customerId, subscriptionId: 's', ticketId } });
      const over = new Date(NOW.getTime() - 1).toISOString();
      const still = new Date(NOW.getTime() + 1).toISOString();
      const gone: [Table, string, string, unknown][] = [
        ['people', 'pointer', '00ff', { until: over }],
        ['handles', 'consent', 't_x', { until: over }],
        ['handles', 'consent', 's_x', { until: over }],
        ['handles', 'd20290101', '20290101_list', { kind: 'list', chat: 'c' }],
        ['handles', 'd20290101', '20290101_shut', handleOf('S-9')],
        ['handles', 'd20290101', '20290101_none', handleOf('S-77')],
        ['handles', 'd20290101', '20290101_earlier', handleOf(ticket.id)],
      ];
      const stays: [Table, string, string, unknown][] = [
        ['people', 'pointer', 'ff00', { until: still }],
        ['handles', 'consent', 't_y', { until: still }],
        ['handles', 'd20290101', '20290101_now', handleOf(ticket.id)],
        ['handles', 'd20300101', '20300101_list', { kind: 'list', chat: 'c' }],
      ];
      for (const row of [...gone, ...stays]) await store.put(...row);
      await store.put(...ofCustomer(ticket.customerId), `ntc_${ticket.id}_c`, { chat: 'c', handle: '20290101_now' });
      assert.equal((await applyRetention(store, NOW, { nameDays: 4_000, recordDays: 4_000 })).ended, gone.length);
      for (const [table, partition, key] of gone) assert.equal(await store.get(table, partition, key), undefined, key);
      for (const [table, partition, key] of stays) assert.ok(await store.get(table, partition, key), key);
      assert.equal(await sweepEnded(store, NOW), 0);
    });

    it('goes in steps: never more at a time than is allowed, and each transaction holds what one may', async () => {
      const { store } = await world(null);
      for (let n = 0; n < 250; n++) await store.put(...POINTERS, n.toString(16).padStart(4, '0'), { until: '2000-01-01' });
      assert.equal(await sweepEnded(store, NOW, 240), 240);
      assert.equal(await sweepEnded(store, NOW, 240), 10);
    });
  });
});
