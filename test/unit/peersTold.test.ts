/**
 * The rest of the situations in which other tools of this kind fail (`peers.test.ts` has the others): what comes twice, at once or not at
 * all, what is pressed, and how it is told.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { onAction } from '../../bot/turns/press.ts';
import type { Turn, TurnDeps, TurnResult } from '../../bot/turns/turn.ts';
import { toActivity } from '../../bot/teams/deliver.ts';
import { MESSAGE_BYTES_MAX } from '../../cards/fit.ts';
import { listCard } from '../../cards/lists/lists.ts';
import { en } from '../../cards/text/en/en.ts';
import { rendererIn, ticketCard } from '../../cards/ticket/ticket.ts';
import { systemClock } from '../../services/clock.ts';
import type { Move, Ticket } from '../../services/domain/ticket.ts';
import { csvLine } from '../../services/export/csv.ts';
import { applyEvent } from '../../services/moves/apply.ts';
import { handleMove } from '../../services/moves/handler.ts';
import { newHandle } from '../../services/notify/handles.ts';
import { PartnerCenterError } from '../../services/partnerCenter/port.ts';
import { directoryOf, EVERYBODY, meet } from '../../services/people/people.ts';
import { formatOf, formatted } from '../../services/store/formats.ts';
import { ALL_KEYS, keysWith, noticeKey, ofCustomer, OUTBOX, subscriptionKey, ticketKey } from '../../services/store/rows.ts';
import type { Store } from '../../services/store/store.ts';
import type { Shown } from '../../services/ticketView.ts';
import { ENGLISH } from '../support/speaking.ts';
import { ID, partner, SECOND, subscription } from '../support/partner.ts';
import { HOUR_MS, MINUTE_MS, openNotifying } from '../support/notifying.ts';
import { memoryStore } from '../support/memory.ts';
import { HIDES, LISTED, sampleMove, sampleSubscription, sampleTicket, SHOWS } from '../support/samples.ts';
import { writtenBy } from '../support/release.ts';
import { openShop, type Shop, type Walk, walkMove } from '../support/shop.ts';
import { openTenant, refusal } from '../support/tenant.ts';
import { textsOf } from './cards/sentences.ts';

const AT = '2027-01-20T10:05:00.000Z';
const WAKE = { queue: 'move', what: 'move', customerId: 'c', subscriptionId: 'sub-old' } as const;
const CHECKOUT = /\/checkout$/;

function turnDeps(store: Store, more: Partial<TurnDeps>, at = AT): TurnDeps {
  return {
    ...{ store, clock: { ...systemClock(), now: () => new Date(at), wallMs: () => Date.parse(at), sleep: async () => {} } },
    ...{ wake: { schedule: async () => {}, now: () => {} }, programmes: [], ...ENGLISH, directory: EVERYBODY, fourEyes: { when: 'off' }, shows: SHOWS },
    ...{ isReadOnly: async () => false, log: { info: () => {}, warn: () => {} } },
    ...more,
  } as unknown as TurnDeps;
}

/** A ticket whose price waits for a yes, its card in a channel, and Ann, who may do what `roles` say. */
async function desk(roles: Turn['actor']['roles']) {
  const store = memoryStore();
  const { customerId, subscriptionId, id: ticketId } = sampleTicket();
  const { key } = await meet(store, { objectId: 'ann', tenantId: 't', name: 'Ann' }, 'c', '2027-01-20');
  const ticket: Ticket = { ...sampleTicket({ move: 'mov_x_1' }), audit: { seq: 0, hash: '0'.repeat(64) } };
  const move: Move = { ...sampleMove({ state: 'quoted' }), key: 'mov_x_1', customerId, subscriptionId, ticketId };
  const snapshot = sampleSubscription({ id: subscriptionId, customerId });
  await store.put(...ofCustomer(customerId), subscriptionKey(subscriptionId), { snapshot, episode: 1, ticket: ticketId, liveMove: move.key, moves: 1 });
  await store.put(...ofCustomer(customerId), ticketKey(ticketId), ticket);
  await store.put(...ofCustomer(customerId), move.key, move);
  const handle = await newHandle(store, { kind: 'ticket', chat: 'c', ticketRef: { customerId, ticketId, subscriptionId } }, new Date(AT));
  const notice = { chat: 'c', activityId: 'm1', thread: 'c', shownHash: '', asked: move.asked, askedAt: '2027-01-20T10:00:00.000Z', handle };
  await store.put(...ofCustomer(customerId), noticeKey(ticketId, 'c'), notice);
  const deps = turnDeps(store, { directory: directoryOf([{ objectId: 'ann', name: 'Ann', roles }]) });
  const turn = (mark: string) =>
    ({
      ...{ chat: { key: 'c', kind: 'channel' }, thread: 'c', below: false, quoted: null, actor: { key, tenant: 't', name: 'Ann', roles } },
      activity: { marks: [mark], sentAtMs: Date.parse(AT) },
    }) as unknown as Turn;
  return {
    press: (verb: string, v: number, mark: string): Promise<TurnResult> => onAction(deps, Promise.resolve(turn(mark)), verb, { id: handle, v }),
    asked: move.asked,
    move: async () => (await store.get<Move>(...ofCustomer(customerId), move.key))?.value,
    rows: async () => (await store.range(...ofCustomer(customerId), ...ALL_KEYS, 100)).map((row) => [row.key, row.etag]),
    news: async () => (await store.range<{ kind: string }>(...ofCustomer(customerId), ...keysWith(OUTBOX))).map((row) => row.value.kind),
  };
}

async function quoted(): Promise<{ shop: Shop; walk: Walk }> {
  const shop = openShop();
  const walk = await walkMove(shop);
  await walk.quote();
  return { shop, walk };
}

/** Lets everything that is under way go on as far as it comes. */
async function settle(): Promise<void> {
  for (let n = 0; n < 200; n++) await new Promise(setImmediate);
}

describe('situations in which other tools of this kind fail: what comes twice, at once, or not at all', () => {
  it('P1: two approvers press Approve in the same moment: one yes counts, the other is told whose, and one cart is bought', async () => {
    const { shop, walk } = await quoted();
    const { quote } = await walk.move();
    const yes = (by: string) =>
      applyEvent(
        walk.deps,
        { customerId: 'c', subscriptionId: 'sub-old' },
        { kind: 'approve', by, roles: ['approver'], hash: quote?.hash ?? '', fourEyes: { when: 'always' } },
        { by: { key: by, tenant: 't' } },
      );
    const both = await Promise.all([yes('bo'), yes('cy')]);
    assert.deepEqual(
      both.map((one) => ('refused' in one ? one.refused : 'approved')),
      ['approved', 'alreadyApproved'],
    );
    await walk.run(2 * MINUTE_MS);
    assert.deepEqual([shop.count('POST', CHECKOUT), shop.orders.length, (await walk.move()).approval?.by], [1, 1, 'bo']);
  });

  it('P2: one press is delivered twice, and once more a while later: one step, and the same answer each time', async () => {
    const one = await desk(['owner']);
    const [first, again] = await Promise.all([one.press('purchase.approve', one.asked, 'm1'), one.press('purchase.approve', one.asked, 'm1')]);
    const later = await one.press('purchase.approve', one.asked, 'm1');
    assert.deepEqual([first.privately, again.privately, later.privately], Array(3).fill(en.replies.approved()));
    assert.deepEqual([(await one.news()).filter((kind) => kind === 'approved').length, (await one.move())?.approval !== null], [1, true]);
  });

  it('P3: the process is killed between the checkout and its answer: the next one finds the order, and nothing is bought again', async () => {
    const { shop, walk } = await quoted();
    await walk.approve();
    shop.on(
      'POST',
      CHECKOUT,
      ({ path }) => {
        shop.place(path.split('/').at(-2) as string);
        return new Promise(() => {});
      },
      1,
    );
    void handleMove(walk.deps, WAKE); // it never comes back
    await settle();
    assert.deepEqual([(await walk.move()).state, shop.orders.length], ['purchasing', 1]);
    const next = { ...walk.deps, workerId: 'two' };
    for (let turn = 0; turn < 200 && (await walk.move()).state !== 'reassigned'; turn++) {
      const found = await handleMove(next, WAKE);
      shop.passMs(typeof found === 'object' ? Math.max(1, found.retryInMs) : 1_000);
    }
    const { state, order } = await walk.move();
    assert.deepEqual([state, order?.id, shop.orders.length, shop.carts.size], ['reassigned', shop.orders[0]?.id, 1, 1]);
  });

  it('P4: our own write took effect and its answer says 412, for it was sent once more on the way: that is no conflict with somebody else', async () => {
    const tenant = await openTenant({ users: 2 });
    tenant.old.etag = 'v1';
    await tenant.work();
    await tenant.apply({ kind: 'confirmUsers', by: 'bo', except: [] });
    await tenant.work();
    tenant.pc.suspend = async () => {
      tenant.calls.push('patch');
      Object.assign(tenant.old, { status: 'suspended', etag: 'v2' });
      throw refusal(412, '2055', 'The etag is stale.', 'conflict');
    };
    await tenant.apply({ kind: 'confirmSuspend', by: 'bo' });
    await tenant.work();
    const { state, outcome } = await tenant.move();
    assert.deepEqual([state, outcome, tenant.calls.filter((one) => one === 'patch').length], ['finished', 'suspended', 1]);
  });

  it('P11: Partner Center answers 403 for one customer: it is marked with the reason, warned of once in that sweep, and the others are looked at', async () => {
    const one = partner();
    one.names.set(SECOND, 'Fabrikam');
    one.lists.set(SECOND, [subscription({ customerId: SECOND })]);
    const warned: string[] = [];
    one.deps.log = { info: () => {}, warn: (_, message) => void warned.push(message) };
    const kind = one.deps.lowPriority.subscriptions;
    one.deps.lowPriority.subscriptions = async (id) => {
      if (id === ID) throw new PartnerCenterError('forbidden', '403', 'no delegated rights');
      return kind(id);
    };
    await one.walkAfter(0);
    for (const id of [ID, SECOND]) await one.turn(id);
    assert.match(String((await one.row(ID))?.skipped), /forbidden 403/);
    assert.deepEqual([(await one.row(SECOND))?.skipped, (await one.row(SECOND))?.lookedAt === null], [null, false]);
    assert.equal(warned.length, 1, warned.join('; '));
  });

  for (const [how, after] of [
    ['as seconds', () => '120'],
    ['as a date', (nowMs: number) => new Date(nowMs + 120_000).toUTCString()],
  ] as const)
    it(`P12: 429 with Retry-After ${how}: it is asked again when that is over, not before, and the step goes on by itself`, async () => {
      const shop = openShop();
      const asked: number[] = [];
      shop.on('GET', /availabilities$/, () => {
        asked.push(shop.nowMs());
        return asked.length === 1 ? { status: 429, headers: { 'Retry-After': after(shop.nowMs()) } } : undefined;
      });
      const walk = await walkMove(shop);
      await walk.quote();
      await walk.run(5 * MINUTE_MS);
      const [first = 0, second = 0] = asked;
      assert.ok(second - first >= 119_000 && second - first < 180_000, `${second - first} ms`);
      assert.equal((await walk.move()).state, 'quoted');
    });
});

describe('situations in which other tools of this kind fail: what is pressed and told', () => {
  function shownOf(ticket: Ticket): Shown {
    return {
      ...{
        ticket,
        move: null,
        chat: { key: 'chat', kind: 'channel' as const },
        handle: 'abcdefghijklmnopqrstuv',
        names: {},
        record: [],
        holders: [],
        unmoved: [],
      },
      ...{ approvers: [], reader: null, fourEyes: { when: 'off' as const }, hides: HIDES, today: '2027-01-20', now: AT },
    };
  }

  it('P17: a customer’s name of Markdown, an expression, emoji, right-to-left letters, 200 letters or a formula is only a name', () => {
    const names = [
      '[pay here](http://evil.example) ![p](http://evil.example/p.png)',
      `\${json(ticket)} {{DATE(2027-01-01,SHORT)}}`,
      '👩‍👩‍👧 Ski 🎿',
      '\u202eمحدودة\u202c شركة',
      'x'.repeat(200),
      '=cmd|"/c calc"!A0',
    ];
    for (const customerName of names) {
      const shown = shownOf(sampleTicket({ customerName, move: null }));
      const { card, summary } = ticketCard(shown, en);
      const line = rendererIn(en).line({ kind: 'renewed', ticketId: 'S-1', by: null, at: AT, data: {} }, shown);
      for (const text of [...textsOf(card), summary, line?.text ?? '']) {
        assert.doesNotMatch(text, /[^\\]\]\(|\$\{|\{\{|:\/\/|\u202e|x{81}/, customerName);
      }
      const [cell = ''] = csvLine([customerName], { separator: ',', decimal: '.' }).split('\r\n');
      assert.doesNotMatch(cell, /^"[=+@-]/, customerName);
    }
  });

  it('P18: what would be larger than a message holds comes in pages that say how many there are, and leave nothing out', () => {
    const row = (n: number) => ({
      ...{ ticketId: `S-${n}`, customerId: 'c', customerName: `Customer ${n} ${'ß'.repeat(190)}`, subscriptionId: `s${n}`, offerName: 'O'.repeat(300) },
      ...{ lastDay: '2027-02-01', expiresOn: '2027-02-01', quantity: 1, programme: null, end: 'cancels' as const, state: 'open' as const },
    });
    const rows = Array.from({ length: 1_000 }, (_, n) => row(n + 1));
    const seen = new Set<string>();
    let pages = 0;
    for (let from = 0; from < rows.length; pages++) {
      const message = listCard(
        { ...LISTED, rows, handle: 'h'.repeat(31), today: '2027-01-20', names: {}, from, within: 90, several: false, offers: [], all: 1_000 },
        en,
      );
      assert.ok(Buffer.byteLength(JSON.stringify(toActivity(message))) <= MESSAGE_BYTES_MAX);
      const text = JSON.stringify(message.card).replaceAll('\u00a0', ' ');
      const here = [...text.matchAll(/Customer (\d+) /g)].map((match) => match[1] as string);
      for (const one of here) seen.add(one);
      const last = Number(/ to ([\d,]+) of 1,000/.exec(text)?.[1]?.replace(',', '') ?? 0);
      assert.ok(last > from, `nothing follows ${from}`);
      from = last;
    }
    assert.deepEqual([seen.size, pages], [1_000, 100]);
  });

  it('P19: a channel is deleted: it is written to a few times in six hours and then left alone, whoever put the bot there is told, and no other chat waits', async () => {
    const world = openNotifying();
    try {
      const ann = await world.person('ann');
      await world.chat('gone', { installedBy: ann.key, name: 'Sales' });
      await world.chat('two');
      world.answer((_doing, chat) => (chat === 'gone' ? { status: 404, code: 'ConversationNotFound' } : null));
      await world.flip('S-1');
      await world.forMs(8 * HOUR_MS);
      const tries = world.tried.filter((one) => one.chat === 'gone').length;
      await world.flip('S-2');
      await world.forMs(HOUR_MS);
      assert.deepEqual(
        [tries, world.tried.filter((one) => one.chat === 'gone').length, (await world.row('gone')).sleeping?.code],
        [5, 5, 'ConversationNotFound'],
      );
      assert.match(world.to(ann.chat).join('\n'), /“Sales”/);
      assert.deepEqual(world.to('two'), ['post S-1', 'post S-2']);
    } finally {
      world.stop();
    }
  });

  it('P20: somebody without the role presses the button: told privately what is missing, and neither the card nor anything else changes', async () => {
    for (const roles of [[], ['viewer'], ['requester']] as const) {
      const one = await desk(roles);
      const before = await one.rows();
      const { say, privately, edit } = await one.press('purchase.approve', one.asked, 'm1');
      assert.deepEqual([say, edit], [[], undefined]);
      assert.match(privately ?? '', /^You may not approve purchases\. .*Nothing has changed\.$/);
      assert.deepEqual(await one.rows(), before);
    }
  });

  it('P21: a card from before a deploy is pressed: where it asks what is asked now it counts; else nothing happens, and the card is drawn anew', async () => {
    const [customerId, ticketId, handle] = ['8f167298-016d-42e5-8ce0-c76ea867a924', 'S-1006', '20261126_nz_tKjgG1lqJM49CA8Qh6g'];
    for (const [v, said, approved] of [
      [3, en.replies.quoteChanged(), false],
      [4, en.replies.approved(), true],
    ] as const) {
      const kept = await writtenBy('store-2');
      const store = formatted(kept, await formatOf(kept, false));
      const ticket = (await store.get<Ticket>(...ofCustomer(customerId), ticketKey(ticketId)))?.value;
      const move = async () => (await store.get<Move>(...ofCustomer(customerId), ticket?.move ?? ''))?.value;
      const by = (await move())?.startedBy ?? '';
      const chat = { key: 'd30g_iRnx15DX2kfEVkCQEgamhLc6NGvj49h1pcPEtE', kind: 'channel' };
      const turn = {
        ...{ chat, thread: chat.key, below: false, quoted: null, actor: { key: by, tenant: 't', name: 'Ann', roles: ['owner'] } },
        activity: { marks: ['m'], sentAtMs: Date.parse('2026-11-26T19:00:00.000Z') },
      } as unknown as Turn;
      const { privately } = await onAction(turnDeps(store, {}, '2026-11-26T19:00:00.000Z'), Promise.resolve(turn), 'purchase.approve', { id: handle, v });
      assert.deepEqual([privately, (await move())?.approval !== null], [said, approved]);
      const drawn = (await store.range<{ kind: string }>(...ofCustomer(customerId), ...keysWith(OUTBOX))).map((row) => row.value.kind);
      assert.ok(drawn.includes(approved ? 'approved' : 'progress'), drawn.join());
    }
  });

  it('P24: 1,000 subscriptions stop in one sweep: each chat hears of every one, in a few cards and lists, never faster than Teams takes them', async function () {
    this.timeout(60_000);
    const world = openNotifying();
    try {
      for (const key of ['one', 'two']) await world.chat(key);
      for (let n = 1; n <= 1_000; n++) await world.flip(`S-${n}`);
      await world.forMs(HOUR_MS);
      for (const key of ['one', 'two']) {
        const heard = new Set(world.to(key).flatMap((one) => one.split(' ').filter((word) => word.startsWith('S-'))));
        assert.equal(heard.size, 1_000);
        const at = world.sent.filter((one) => one.chat === key).map((one) => one.atMs);
        assert.ok(at.length <= 20, `${at.length} messages`);
        for (const [n, atMs] of at.entries()) assert.ok((at[n + 7] ?? Number.POSITIVE_INFINITY) - atMs >= 1_000, `message ${n + 8}`);
      }
    } finally {
      world.stop();
    }
  });
});

it('of the 24 situations none is without its test', () => {
  const here = ['peers.test.ts', 'peersTold.test.ts'].map((file) => readFileSync(resolve(import.meta.dirname, file), 'utf8')).join('\n');
  const named = new Set([...here.matchAll(/it\([`'](P\d+):/g)].map((match) => match[1]));
  assert.deepEqual(
    Array.from({ length: 24 }, (_, n) => `P${n + 1}`).filter((name) => !named.has(name)),
    [],
  );
});
