/** Files of tickets, decisions and the record: whole, for one person, once, whatever comes between. */
import assert from 'node:assert/strict';
import { sendFile } from '../../../bot/http/download.ts';
import { type ExportPages, exportPage, takeExport } from '../../../bot/http/exportPages.ts';
import { readFileAnswer } from '../../../bot/teams/files.ts';
import { onText } from '../../../bot/turns/command.ts';
import { fileAnswered } from '../../../bot/turns/export.ts';
import { fileText } from '../../../bot/turns/exportFile.ts';
import { errandTurn, type LateAnswerDeps } from '../../../bot/turns/lateAnswer.ts';
import type { Turn, TurnResult } from '../../../bot/turns/turn.ts';
import { en } from '../../../cards/text/en/en.ts';
import { BOT, ticketTransaction } from '../../../services/auditLog/auditLog.ts';
import type { Chat } from '../../../services/domain/ticket.ts';
import { exportText, inMemory, slots, type Wording } from '../../../services/export/file.ts';
import { forgetTaken, grantExport, hashOf, takenFiles } from '../../../services/export/grants.ts';
import { isOneDrive } from '../../../services/export/upload.ts';
import { DirectoryError, meet } from '../../../services/people/people.ts';
import type { Role } from '../../../services/people/roles.ts';
import { holdsOf, isOwn } from '../../../services/privacy/holding.ts';
import { sweepEnded } from '../../../services/privacy/ends.ts';
import { CHAT_KEY, EXPORT_GRANTS, EXPORTED, LATE_ANSWER, ofChat, ofCustomer, PERSONS } from '../../../services/store/rows.ts';
import { withPrefix } from '../../../services/store/store.ts';
import { memoryStore } from '../../support/memory.ts';
import { HOSTILE, SHOWS, sampleMove, sampleTicket } from '../../support/samples.ts';
import { ENGLISH } from '../../support/speaking.ts';

const UPLOAD = 'https://contoso-my.sharepoint.com/personal/ann/_api/v2.0/drive/items/01/uploadSession?guid=1&tempauth=secret';
const PERSONAL = { key: 'own', kind: 'personal', dead: false, watching: [], reference: { conversation: { id: 'a:ann' } } } as unknown as Chat;
const CHANNEL = { ...PERSONAL, key: 'channel', kind: 'channel', reference: { conversation: { id: '19:x' } } } as Chat;
const PLAIN: Wording = { lang: 'en', style: { separator: ',', decimal: '.' }, heading: (column) => column, say: (column, row) => row[column] ?? null };

async function textOf(pieces: AsyncIterable<string>): Promise<string> {
  return String(await inMemory(pieces));
}

async function world() {
  const store = memoryStore();
  let nowMs = Date.parse('2027-01-20T10:05:00.000Z');
  const clock = { now: () => new Date(nowMs), wallMs: () => nowMs, sleep: async () => {} };
  const ann = await meet(store, { objectId: 'ann-id', tenantId: 't', name: 'Ann' }, 'own', '2027-01-20');
  const bo = await meet(store, { objectId: 'bo-id', tenantId: 't', name: '=Bo' }, null, '2027-01-20');
  await store.put(...ofChat('own'), CHAT_KEY, { ...PERSONAL, person: ann.key });
  let n = 0;
  async function add(customerId: string, changes: Parameters<typeof sampleTicket>[0] = {}, lines = 2) {
    const id = `S-${1001 + n++}`;
    const move = sampleMove({ ticketId: id, customerId, state: 'quoted' });
    const ticket = sampleTicket({ id, customerId, move: move.key, ...changes });
    await store.put(...ofCustomer(customerId), move.key, move);
    const entries = Array.from({ length: lines }, (_, index) =>
      index % 2 === 0
        ? { by: BOT, what: 'priced', before: 'quoting', after: 'quoted', data: { monthly: 45_500, currency: 'EUR' } }
        : { by: { key: bo.key, tenant: 't' }, what: 'waive', before: 'purchased', after: 'purchased', data: { reason: '=1+1', people: 'u1 u2' } },
    );
    for (let from = 0; from < entries.length; from += 50) {
      const row = await store.get<typeof ticket>(...ofCustomer(customerId), `tkt_${id}`);
      await store.commit(
        ...ofCustomer(customerId),
        ticketTransaction(row ?? null, row?.value ?? ticket, entries.slice(from, from + 50), [], '2027-01-20T10:00:00.000Z'),
      );
    }
    return ticket;
  }
  const told: TurnResult[] = [];
  const wakeUps: { what: string; chat: string; key: string }[] = [];
  const given: { address: string; file: string }[] = [];
  const roles = { now: ['viewer'] as Role[] | Error };
  const rolesNow = async () => {
    if (roles.now instanceof Error) throw roles.now;
    return roles.now;
  };
  const log: object[] = [];
  const deps = {
    ...{
      store,
      clock,
      ...ENGLISH,
      programmes: [],
      shows: SHOWS,
      log: { info: (fields: object) => log.push(fields), warn: (fields: object) => log.push(fields) },
    },
    wake: { schedule: async (one: (typeof wakeUps)[number]) => void wakeUps.push(one), now() {} },
    directory: { rolesOf: rolesNow, rolesNow, holders: async () => [] },
    exports: {
      address: 'https://bot.example/export',
      slots: slots(),
      upload: (async (address: string, file: Buffer) => {
        given.push({ address, file: String(file) });
        return true;
      }) as LateAnswerDeps['exports']['upload'],
    },
    tell: async (_chat: Chat, _thread: string, back: TurnResult) => void told.push(back),
  } as unknown as LateAnswerDeps;
  let marks = 0;
  const turn = (chat: Chat = PERSONAL, person = ann.key, as: Role[] = ['viewer']) =>
    ({
      ...{ chat, thread: 'thread', below: false, quoted: null, actor: { key: person, tenant: 't', name: 'Ann', roles: as } },
      activity: { marks: [`m${marks++}`], sentAtMs: nowMs },
    }) as Turn;
  const answer = (token: string, uploadUrl = UPLOAD, action = 'accept') =>
    readFileAnswer({ action, context: { token }, uploadInfo: { uploadUrl, contentUrl: UPLOAD, uniqueId: 'u', fileType: 'csv', name: 'x.csv' } }, false);
  const accept = (token: string, by = turn()) => fileAnswered(deps, by, answer(token) as NonNullable<ReturnType<typeof answer>>);
  const errands = () => withPrefix(store, ...ofChat('own'), LATE_ANSWER);
  const pages: ExportPages = { ...deps, slots: deps.exports.slots, text: (asked) => fileText(deps, asked) };
  const link = (result: TurnResult | undefined) => /ticket=([A-Za-z0-9_-]{32})/.exec(String(result?.say[0]))?.[1] ?? '';
  const took = async () => (await Array.fromAsync(takenFiles(store))).flat();
  const pass = (ms: number) => {
    nowMs += ms;
  };
  return { store, deps, add, turn, answer, accept, errands, told, wakeUps, given, pages, link, took, roles, pass, log, ann, bo, clock };
}

/** Runs the errands that wait in Ann's chat. */
async function loop({ deps, errands }: Awaited<ReturnType<typeof world>>): Promise<void> {
  for (const { key } of await errands()) await errandTurn(deps, { queue: 'move', what: 'lateAnswer', chat: 'own', key });
}

describe('an export', () => {
  it('is whole: every ticket of every customer, closed ones too, with its price and state', async () => {
    const { deps, add } = await world();
    for (let n = 0; n < 30; n++)
      await add(`c${n}`, n === 3 ? { customerName: '=HYPERLINK("http://x")', closed: { how: 'moved', at: '2027-01-20T10:00:00.000Z' } } : {});
    const text = await textOf(fileText(deps, { what: 'tickets', format: 'csv' }));
    const lines = text.split('\r\n');
    assert.equal(lines.length, 1 + 30 + 1);
    assert.equal(text[0], '\ufeff');
    assert.match(lines[0] ?? '', /^\ufeff"Ticket","Customer","Plan"/);
    assert.match(text, /"'=HYPERLINK\(""http:\/\/x""\)"/);
    assert.match(text, /310,"EUR".*it waits for an approval.*"it was moved"/);
  });
  it('in JSON says how many there are, and parses', async () => {
    const { deps, add } = await world();
    for (let n = 0; n < 5; n++) await add('c', { customerName: HOSTILE });
    const { rows, count } = JSON.parse(await textOf(fileText(deps, { what: 'tickets', format: 'json' })));
    assert.deepEqual([rows.length, count, rows[4].customer, rows[4].priceMonth, rows[4].state], [5, 5, HOSTILE, 310, 'quoted']);
    const none = JSON.parse(await textOf(fileText((await world()).deps, { what: 'record', format: 'json' })));
    assert.deepEqual(none, { rows: [], count: 0 });
  });
  it('of the record has each line; of decisions those of people; no id of whoever holds a licence, and prices only where they may stand', async () => {
    const { deps, add } = await world();
    await add('c', {}, 260);
    const record = JSON.parse(await textOf(fileText(deps, { what: 'record', format: 'json' })));
    assert.deepEqual([record.count, record.rows[0].details, record.rows[0].who], [260, { monthly: 45_500, currency: 'EUR' }, 'bot']);
    const decisions = JSON.parse(await textOf(fileText(deps, { what: 'decisions', format: 'json' })));
    assert.deepEqual([decisions.count, decisions.rows[0].details, decisions.rows[0].who], [130, { reason: '=1+1' }, '=Bo']);
    const hidden = { ...deps, shows: { ...SHOWS, cost: 'never' as const } };
    for (const what of ['record', 'tickets', 'decisions'] as const)
      assert.doesNotMatch(await textOf(fileText(hidden, { what, format: 'csv' })), /45_?500|,455,|EUR|,310,/);
    const text = await textOf(fileText(deps, { what: 'decisions', format: 'csv' }));
    assert.doesNotMatch(text, /u1 u2|[\u2060\u2068]/);
    assert.match(text, /"'=Bo"/);
  });
  it('of a line that names somebody tells the name, and no key', async () => {
    const { store, deps, add, ann, bo } = await world();
    const { customerId, id } = await add('c', {}, 0);
    const ticket = sampleTicket({ id, customerId });
    const given = { by: { key: bo.key, tenant: 't' }, what: 'assigned', before: 'open', after: 'open', data: { person: ann.key } };
    await store.commit(...ofCustomer(customerId), ticketTransaction(null, ticket, [given], [], '2027-01-20T10:00:00.000Z'));
    for (const what of ['record', 'decisions'] as const)
      for (const format of ['csv', 'json'] as const) {
        const text = await textOf(fileText(deps, { what, format }));
        assert.match(text, /Ann/, `${what} ${format}`);
        assert.ok(!text.includes(ann.key), `${what} ${format}`);
      }
    assert.match(await textOf(fileText(deps, { what: 'record', format: 'csv' })), /iven to Ann/);
  });
  it('that is too large breaks off in place of looking whole, and is never held in memory', async () => {
    const { store, add } = await world();
    for (let n = 0; n < 4; n++) await add('c');
    await assert.rejects(textOf(exportText({ store, costs: true }, { what: 'tickets', format: 'csv' }, PLAIN, 3)), /more than 3 rows/);
    assert.equal(await inMemory(exportText({ store, costs: true }, { what: 'tickets', format: 'csv' }, PLAIN), 100), null);
  });
});

describe('a file that Teams offers', () => {
  it('is offered in person, put into OneDrive as it then is, and written down', async () => {
    const here = await world();
    await here.add('c');
    const { offer, say } = await onText(here.deps, here.turn(), 'export');
    assert.deepEqual([say, offer?.name, (offer?.sizeInBytes ?? 0) > 0], [[], 'successor-tickets-2027-01-20.csv', true]);
    await here.add('c2');
    const result = await here.accept(offer?.token ?? '');
    assert.deepEqual([result.say, result.given?.contentUrl, here.given.length], [[en.exported.given({ what: 'tickets' })], UPLOAD, 1]);
    assert.match(here.given[0]?.file ?? '', /S-1001.*S-1002/s);
    assert.deepEqual(await here.took(), [{ at: '2027-01-20T10:05:00.000Z', by: here.ann.key, what: 'tickets', format: 'csv', how: 'file' }]);
    assert.deepEqual(await here.errands(), []);
    assert.ok(
      !here.store.texts().some((text) => text.includes('tempauth') || text.includes(offer?.token ?? '')),
      'neither what opens it nor where it went is kept',
    );
    const record = JSON.parse(await textOf(fileText(here.deps, { what: 'record', format: 'json' })));
    assert.deepEqual([record.rows.at(-1).what, record.rows.at(-1).who, record.rows.at(-1).details], ['exported', 'Ann', { what: 'tickets', format: 'csv' }]);
  });
  it('is given once: not again, not twice at once, not to another, elsewhere, later, or to somebody who may not any more', async () => {
    const here = await world();
    const token = async () => (await onText(here.deps, here.turn(), 'export record json')).offer?.token ?? '';
    const first = await token();
    await here.accept(first);
    assert.deepEqual((await here.accept(first)).say, [en.exported.gone]);
    const both = await token();
    const results = await Promise.all([here.accept(both), here.accept(both)]);
    assert.deepEqual([here.given.length, results.filter((one) => one.given).length], [2, 1]);
    const others = await token();
    assert.deepEqual((await here.accept(others, here.turn(PERSONAL, here.bo.key))).say, [en.exported.gone]);
    assert.deepEqual((await here.accept(others, here.turn(CHANNEL))).say, [en.exported.gone]);
    assert.deepEqual((await here.accept(hashOf(others))).say, [en.exported.gone]);
    here.roles.now = [];
    assert.match(String((await here.accept(others)).say[0]), /see the customers’ subscriptions/);
    here.roles.now = ['viewer'];
    here.pass(10 * 60_000 + 1);
    assert.deepEqual((await here.accept(others)).say, [en.exported.gone]);
    assert.equal(here.given.length, 2);
  });
  it('where the process ends between the yes and the file, a link comes in its place, once', async () => {
    const here = await world();
    const { offer } = await onText(here.deps, here.turn(), 'export');
    here.deps.exports.upload = () => new Promise(() => {});
    void here.accept(offer?.token ?? '');
    for (let n = 0; n < 20; n++) await new Promise((resolve) => setImmediate(resolve));
    assert.equal((await here.errands()).length, 1);
    await loop(here);
    assert.equal(here.told.length, 0, 'somebody may be at it still');
    here.pass(61_000);
    await loop(here);
    await loop(here);
    assert.equal(here.told.length, 1);
    assert.match(String(here.told[0]?.say[0]), /could not be put into your OneDrive/);
    const answer = await takeExport(here.pages, here.link(here.told[0]), '');
    assert.ok('pieces' in answer);
  });
  it('where OneDrive does not take it, is too slow or fails, a link comes at once', async () => {
    for (const upload of [async () => false, async () => Promise.reject(new Error(UPLOAD))]) {
      const here = await world();
      here.deps.exports.upload = upload;
      const { offer } = await onText(here.deps, here.turn(), 'export');
      assert.deepEqual((await here.accept(offer?.token ?? '')).say, []);
      await loop(here);
      assert.match(here.link(here.told[0]), /./);
      assert.ok(!JSON.stringify(here.log).includes('tempauth'), 'its address is not told to the log');
    }
  });
  it('that is declined is made by nobody', async () => {
    const here = await world();
    const { offer } = await onText(here.deps, here.turn(), 'export');
    const no = here.answer(offer?.token ?? '', UPLOAD, 'decline') as NonNullable<ReturnType<typeof here.answer>>;
    assert.deepEqual((await fileAnswered(here.deps, here.turn(), no)).say, [en.exported.declined]);
    assert.deepEqual((await here.accept(offer?.token ?? '')).say, [en.exported.gone]);
    assert.deepEqual([await here.took(), here.given], [[], []]);
  });
  for (const address of [
    ...['http://contoso.sharepoint.com/x', 'https://contoso.sharepoint.com:8443/x', 'https://u:p@contoso.sharepoint.com/x', 'https://sharepoint.com/x'],
    ...[
      'https://contoso.sharepoint.com.evil.example/x',
      'https://evilsharepoint.com/x',
      'https://a.b.sharepoint.com/x',
      'https://169.254.169.254/latest/meta-data',
    ],
    ...[
      'https://contoso.sharepoint.com@evil.example/',
      'https://evil.example/?.sharepoint.com',
      'https://evil.example#.sharepoint.com',
      'file:///etc/passwd',
      '',
    ],
    ...[
      'http://127.0.0.1:10002/devstore',
      'https://contoso.sharepoint.com./x',
      `https://contoso.sharepoint.com/${'x'.repeat(5_000)}`,
      'https://cöntoso.sharepoint.com/',
    ].filter((one) => !one.includes('ö')),
  ])
    it(`is put nowhere but into OneDrive: not ${address.slice(0, 60)}`, async () => {
      assert.equal(isOneDrive(address, false), false);
      assert.equal((await world()).answer('t', address), null);
    });
  it('OneDrive is known by its host, and this machine only where tests run', () => {
    assert.deepEqual([isOneDrive(UPLOAD, false), isOneDrive('http://127.0.0.1:1/x', true), isOneDrive('https://127.0.0.1/x', true)], [true, true, false]);
    for (const odd of [
      null,
      1,
      [],
      {},
      { action: 'accept' },
      { action: 'accept', context: { token: 't' }, uploadInfo: { uploadUrl: 1 } },
      { action: 'x', context: { token: 't' } },
    ])
      assert.equal(readFileAnswer(odd, false), null);
  });
});

describe('a link to a file', () => {
  async function linked(text = 'export') {
    const here = await world();
    here.deps.exports.upload = null;
    await here.add('c');
    const token = here.link(await onText(here.deps, here.turn(), text));
    return { ...here, token };
  }
  const took = async (here: Awaited<ReturnType<typeof linked>>, token = here.token) => {
    const answer = await takeExport(here.pages, token, '');
    if (!('pieces' in answer)) return answer.status;
    const text = await textOf(answer.pieces);
    answer.done();
    return text;
  };
  it('is looked at as often as anything follows it, and used up by its button', async () => {
    const here = await linked('export json');
    for (let n = 0; n < 3; n++) {
      const page = await exportPage(here.pages, here.token, '');
      assert.deepEqual([page.status, page.body?.includes('<form method="post"')], [200, true]);
    }
    const answer = await takeExport(here.pages, here.token, '');
    assert.ok('pieces' in answer);
    assert.equal(answer.headers['Content-Disposition'], 'attachment; filename="successor-tickets-2027-01-20.json"');
    assert.equal(JSON.parse(await textOf(answer.pieces)).count, 1);
    answer.done();
    assert.equal(await took(here), 400, 'not again');
    assert.equal((await exportPage(here.pages, here.token, '')).status, 400, '');
    assert.deepEqual(
      (await here.took()).map((one) => [one.how, one.by]),
      [['link', here.ann.key]],
    );
  });
  it('gives one file to two at once, and nothing to a guess, a hash, an offer of Teams, an old one, or one of somebody who may not any more', async () => {
    const here = await linked();
    const both = await Promise.all([took(here), took(here)]);
    assert.deepEqual(both.map((one) => typeof one).sort(), ['number', 'string']);
    const token = here.link(await onText(here.deps, here.turn(), 'export'));
    const offer = await grantExport(here.store, here.clock, { what: 'record', format: 'csv', by: here.ann.key, chat: 'own', how: 'file' });
    for (const guess of ['', 'x', hashOf(token), `${token}x`, token.slice(0, 31), '"><script>', `${'A'.repeat(32)}`, offer]) {
      assert.equal(await took(here, guess), 400);
      const page = await exportPage(here.pages, guess, '');
      assert.deepEqual([page.status, page.body?.includes('script')], [400, false]);
    }
    here.roles.now = [];
    assert.equal(await took(here, token), 403);
    here.roles.now = new DirectoryError('nobody says');
    assert.equal(await took(here, token), 503);
    here.roles.now = ['owner'];
    await here.store.remove(...PERSONS, here.ann.key);
    assert.equal(await took(here, token), 403, 'whoever was forgotten may nothing');
    await meet(here.store, { objectId: 'ann-id', tenantId: 't', name: 'Ann' }, 'own', '2027-01-20');
    here.pass(10 * 60_000 + 1);
    assert.equal(await took(here, token), 400);
  });
  it('waits where too many files are made at once, and still works after that', async () => {
    const here = await linked();
    const held = [here.deps.exports.slots(), here.deps.exports.slots()];
    assert.equal(await took(here), 503);
    held[0]?.();
    held[0]?.();
    assert.equal(typeof (await took(here)), 'string');
    assert.equal(typeof here.deps.exports.slots(), 'function', 'its place is free again');
  });
  it('whose reader goes away frees its place, and a file that breaks off is cut', async () => {
    const { PassThrough } = await import('node:stream');
    const response = Object.assign(new PassThrough(), { statusCode: 0, setHeader: () => {} });
    let failed: unknown;
    response.resume();
    await sendFile(response as never, {
      headers: {},
      pieces: (async function* () {
        yield 'a';
        throw new RangeError('too many');
      })(),
      done: (error) => {
        failed = error;
      },
    });
    assert.deepEqual([(failed as Error).name, response.destroyed], ['RangeError', true]);
  });
  it('goes to the personal chat of whoever asks in a channel, and nothing of it into the channel', async () => {
    const here = await linked();
    const said = await onText(here.deps, here.turn(CHANNEL), 'export record');
    assert.deepEqual([said.say, said.offer], [[en.exported.inPerson], undefined]);
    await loop(here);
    assert.match(here.link(here.told[0]), /./);
    assert.deepEqual((await onText(here.deps, here.turn(CHANNEL, here.bo.key), 'export')).say, [en.exported.writeInPerson]);
  });
  it('is for whoever may see: nobody without a role is given one', async () => {
    const here = await linked();
    const card = await onText(here.deps, here.turn(PERSONAL, here.ann.key, []), 'export');
    assert.equal(here.link(card), '');
    await onText(here.deps, here.turn(CHANNEL), 'export');
    here.roles.now = [];
    await loop(here);
    assert.deepEqual(here.told, []);
  });
});

describe('what is kept of an export', () => {
  it('ends: a link with its ten minutes, who took what with the record; and goes with the person', async () => {
    const here = await world();
    await grantExport(here.store, here.clock, { what: 'record', format: 'csv', by: here.ann.key, chat: 'own', how: 'link' });
    const [row] = await here.store.range<object>(...EXPORT_GRANTS, '', '~');
    const person = { ...((await here.store.get(...PERSONS, here.ann.key))?.value as never as object), key: here.ann.key, chat: 'own' } as never;
    assert.ok(row && isOwn({ table: EXPORT_GRANTS[0], row: { ...row, partition: EXPORT_GRANTS[1] } }, person));
    here.pass(11 * 60_000);
    assert.equal(await sweepEnded(here.store, here.clock.now()), 1);
    await here.accept((await onText(here.deps, here.turn(), 'export')).offer?.token ?? '');
    const [taken] = await here.store.range<object>(...EXPORTED, '', '~');
    assert.equal(holdsOf(taken?.value, [person]).length, 1);
    await forgetTaken(here.store, '2027-01-20');
    assert.equal((await here.took()).length, 1);
    await forgetTaken(here.store, '2027-01-21');
    assert.equal((await here.took()).length, 0);
  });
});
