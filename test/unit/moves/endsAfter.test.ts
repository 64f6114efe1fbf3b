/** What comes after the end of a term was set: what the lists, the watch and the card say of it, whatever Partner Center then reads. */
import assert from 'node:assert/strict';
import { replyText } from '../../../bot/turns/replies.ts';
import { recordLine } from '../../../cards/ticket/finished.ts';
import { rendererIn } from '../../../cards/ticket/ticket.ts';
import { en } from '../../../cards/text/en/en.ts';
import { cancelDialog, declineDialog } from '../../../dialogs/purchase.ts';
import { approveEndDialog } from '../../../dialogs/termEnd.ts';
import type { Reply } from '../../../dialogs/types.ts';
import type { FourEyes } from '../../../services/approval/approval.ts';
import { type AuditEntry, verifyRecord } from '../../../services/auditLog/auditLog.ts';
import { ticketDialog } from '../../../dialogs/ticket.ts';
import type { Move, News, StuckReason } from '../../../services/domain/ticket.ts';
import type { Role } from '../../../services/people/roles.ts';
import { advance } from '../../../services/moves/states.ts';
import { answersTo } from '../../../services/moves/answers.ts';
import { PartnerCenterError } from '../../../services/partnerCenter/port.ts';
import { parseSubscription } from '../../../services/partnerCenter/wire/subscriptions.ts';
import { keysWith, ofCustomer, OUTBOX, ticketKey } from '../../../services/store/rows.ts';
import { endsUntil } from '../../../services/tickets/endList.ts';
import type { TicketView } from '../../../services/ticketView.ts';
import { whatHappened } from '../../../services/watch/outcomes.ts';
import { HIDES, sampleEnd, sampleMove, sampleTicket } from '../../support/samples.ts';
import { DAY, HOUR, openTerm, planned, type Term } from '../../support/term.ts';
import { textsOf } from '../cards/sentences.ts';

const MINUTE = 60_000;
const EST = planned('RenewToExtendedServiceTerm');

async function set(to: 'cancel' | 'renew', changes = {}): Promise<Term> {
  const term = await openTerm(changes);
  await term.open(to);
  await term.approve();
  await term.run(2_000);
  return term;
}

async function stands(term: Term): Promise<string> {
  const { state, stuck, outcome } = await term.move();
  return [state, stuck?.reason ?? outcome].filter(Boolean).join(' ');
}

/** The card as it is drawn now. */
async function message(term: Term, move?: Move, more: { plannable?: boolean } = {}) {
  const now = new Date(term.nowMs()).toISOString();
  return rendererIn(en).ticket({
    ...{ ticket: await term.ticket(), move: move ?? (await term.move()), chat: { key: 'chat', kind: 'channel' as const }, handle: 'abcdefghijklmnopqrstuv' },
    ...{ names: {}, record: [], holders: [], unmoved: [], approvers: [], reader: null, fourEyes: { when: 'off' as const }, hides: HIDES, plannable: true },
    ...{ today: now.slice(0, 10), now, ...more },
  });
}

/** All that it says. */
async function card(term: Term, move?: Move, more: { plannable?: boolean } = {}): Promise<string> {
  const { summary, card: drawn } = await message(term, move, more);
  return [summary, ...textsOf(drawn)].join('\n').replaceAll('\u00a0', ' ');
}

describe('one that was set to renew', () => {
  it('is news no more when it renews, as it was to', async () => {
    const term = await set('renew', EST);
    const known = await term.known();
    const renewed = parseSubscription('c', { ...term.resource, commitmentEndDate: '2028-03-03T00:00:00Z', scheduledActions: null }).subscription;
    assert.equal(whatHappened(known, { now: renewed, today: '2027-03-04', outlives: false }), null);
    const off = parseSubscription('c', { ...term.resource, autoRenewEnabled: false, scheduledActions: null }).subscription;
    assert.equal(whatHappened(known, { now: off, today: '2027-02-01', outlives: false }), null, 'a flip is told by the flip');
  });
});

describe('the lists by outcome', () => {
  it('have one whose end was set among those of that end, at once', async () => {
    for (const [to, outcome] of [
      ['cancel', 'ends'],
      ['renew', 'renews'],
    ] as const) {
      const term = await set(to, EST);
      const { lines } = await endsUntil(term.deps, outcome, { today: '2027-01-20', until: '2027-12-31', customerId: null });
      assert.deepEqual(
        lines.map((line) => [line.expiresOn, line.end]),
        [['2027-03-03', to === 'cancel' ? 'cancels' : 'renews']],
        to,
      );
    }
  });
});

describe('a look at a cancellation that was set', () => {
  const laidOver: [string, object][] = [
    ['a state that may pass', { status: 'pending', scheduledActions: null }],
    ['neither auto-renew nor a plan', { autoRenewEnabled: undefined, scheduledActions: null }],
  ];
  for (const [name, changes] of laidOver)
    it(`concludes nothing from ${name}`, async () => {
      const term = await set('cancel');
      const good = term.resource;
      term.resource = { ...good, ...changes };
      await term.run(DAY);
      assert.equal(await stands(term), 'set');
      term.resource = good;
      await term.run(DAY);
      assert.equal(await stands(term), 'set');
    });

  const told: [string, object, RegExp, RegExp][] = [
    ['auto-renew on beside it', { autoRenewEnabled: true }, /auto-renew/i, /not there any more/],
    ['a word that is not known', planned('cancel_at_end'), /cancel\\_at\\_end/, /not there any more/],
    ['a number', { scheduledActions: [{ scheduleType: 'TermEnd', actionType: 3 }] }, /“3”/, /not there any more/],
    ['another plan', EST, /not there any more/, /not know/],
    ['no plan', { scheduledActions: null }, /not there any more/, /not know/],
    ['its suspension, which drops what is planned', { status: 'suspended', scheduledActions: null }, /not there any more/, /not know/],
  ];
  for (const [name, changes, says, never] of told)
    it(`says what was read of ${name}, and not more`, async () => {
      const term = await set('cancel');
      term.resource = { ...term.resource, ...changes };
      await term.run(DAY);
      assert.equal((await term.move()).state, 'stuck');
      const text = await card(term);
      assert.match(text, says);
      assert.doesNotMatch(text, never);
    });

  it('of a customer who has left ends with that, and says so', async () => {
    for (const error of [new PartnerCenterError('forbidden', '20002', 'no'), new PartnerCenterError('notFound', '1000', 'no')]) {
      const term = await set('cancel');
      const ticket = await term.ticket();
      await term.deps.store.put(...ofCustomer('c'), ticketKey(ticket.id), { ...ticket, facts: { ...ticket.facts, standing: 'left' } });
      term.deps.partnerCenter.subscription = async () => {
        throw error;
      };
      await term.run(2 * DAY);
      assert.deepEqual([await stands(term), (await term.ticket()).closed?.how], ['finished ended', 'left'], error.code);
      assert.doesNotMatch(await card(term), /it held/);
    }
  });
});

describe('one whose place another move takes', () => {
  it('has a line of that in the record, which holds', async () => {
    const term = await set('cancel');
    await term.open('renew');
    const [record, ticket] = [await term.record(), await term.ticket()];
    const at = record.findIndex((row) => row.what === 'superseded');
    assert.deepEqual(
      record.slice(at, at + 2).map((row) => [row.what, row.by, row.before, row.after]),
      [
        ['superseded', 'ann', 'set', 'finished'],
        ['opened', 'ann', '', 'weighing'],
      ],
    );
    assert.deepEqual(verifyRecord(ticket, record, ticket.audit), []);
    assert.match(recordLine(record[at] as AuditEntry, en, HIDES) ?? '', /Another move took the place/);
  });
});

describe('one that has stopped while nobody knows what came of its call', () => {
  const sent = { sends: 1, sentAt: '2027-01-20T10:00:00.000Z', accepted: false, print: 'p' };
  const order = { id: 'o', subscriptionId: 'n', placedAt: '2027-01-20T09:00:00.000Z', cancellableUntil: null };
  const stopped = (from: Move['state'], reason: StuckReason, suspension: Move['suspension']): Move =>
    sampleMove({
      ...{ state: 'stuck', way: from === 'setting' ? 'cancel' : 'replace', order: from === 'setting' ? null : order, suspension },
      stuck: { from, reason, code: '403', at: '2027-01-20T10:05:00.000Z' },
    });
  const actor = { key: 'bo', tenant: 't', name: 'Bo', roles: ['approver', 'admin'] as unknown as Role[] };

  for (const from of ['suspending', 'setting'] as const)
    for (const reason of ['forbidden', 'unread'] as const)
      it(`${from}, ${reason}: cannot be given up, is not said to be unchanged, and is settled by looking again`, async () => {
        const move = stopped(from, reason, sent);
        assert.deepEqual(advance(move, { kind: 'giveUp', by: 'bo', reason: 'r' }, sent.sentAt), { refused: 'notWhileUnclear' });
        const view = { ticket: sampleTicket({ move: move.key }), move, names: {}, fourEyes: { when: 'off' }, readOnly: false } as unknown as TicketView;
        assert.equal(ticketDialog(view, { verb: 'move.giveUp', reason: 'r' }, actor).reply?.say, 'notWhileUnclear');
        const again = advance(move, { kind: 'check', by: 'bo' }, '2027-01-20T10:06:00.000Z');
        assert.ok('next' in again && again.next.state === from && again.next.suspension !== null, 'it is read under the same yes');
        const term = await openTerm();
        const { card: drawn } = await message(term, move);
        assert.ok(!JSON.stringify(drawn).includes('move.giveUp'), 'and the card does not offer it');
        const said = await card(term, move);
        assert.match(said, from === 'setting' ? /has not said whether the end of the term is set/ : /has not said whether the old subscription is suspended/);
        assert.doesNotMatch(said, /Nothing was suspended|Nothing has changed|works until|goes on, and renews/);
      });

  it('can be given up where nothing was sent, or it was read that nothing was done', () => {
    for (const [reason, suspension] of [
      ['forbidden', null],
      ['unread', null],
      ['suspendNotDone', sent],
      ['suspendOverruled', sent],
    ] as const)
      assert.ok('next' in advance(stopped('suspending', reason, suspension), { kind: 'giveUp', by: 'bo', reason: 'r' }, sent.sentAt), reason);
  });
});

describe('the card while a cancellation is set', () => {
  it('says that it is gone only where that was read', async () => {
    const readings: [object, boolean][] = [
      [{ endOfTerm: 'extends', ending: null }, true],
      [{ endOfTerm: 'renews', ending: null }, true],
      [{ endOfTerm: 'contradictory', ending: { planned: 'cancels' } }, false],
      [{ endOfTerm: 'unknown', ending: { word: 'Sleep' } }, false],
      [{ endOfTerm: 'unread', ending: null }, false],
    ];
    const term = await set('cancel');
    const ticket = await term.ticket();
    for (const [facts, gone] of readings) {
      await term.deps.store.put(...ofCustomer('c'), ticketKey(ticket.id), { ...ticket, facts: { ...ticket.facts, ...facts } });
      assert.equal(/not there any more/.test(await card(term)), gone, JSON.stringify(facts));
    }
  });
});

describe('a cancellation that we did not set', () => {
  const soon = { commitmentEndDate: '2027-01-20T00:00:00Z' };

  it('is not said to be set by us, nor now, where it was there before we asked', async () => {
    const term = await openTerm(soon);
    await term.open('cancel');
    term.resource = { ...term.resource, ...planned('Cancel') };
    await term.approve();
    await term.run(2_000);
    assert.deepEqual([await stands(term), term.patches.length], ['set', 0]);
    const line = (await term.record()).at(-1) as AuditEntry;
    assert.deepEqual([line.what, recordLine(line, en, HIDES)], ['endSet', 'End of its term was set already']);
    assert.doesNotMatch(await card(term), /Set 20 January|it was set less than/);
    term.resource = { ...term.resource, status: 'disabled' };
    await term.run(DAY);
    assert.doesNotMatch(await card(term), /was set here/);
  });

  it('is not either where a move leaves the old one to it', async () => {
    const term = await openTerm({ ...soon, ...planned('Cancel') }, { move: sampleMove({ state: 'reassigned' }) });
    await term.apply({ kind: 'letEnd', by: 'bo', day: '2027-01-20' });
    assert.equal(await stands(term), 'set');
    assert.doesNotMatch(await card(term), /Set 20 January|it was set less than/);
  });

  it('nor a renewal that somebody else has switched on', async () => {
    const term = await openTerm(EST);
    await term.open('renew');
    term.resource = { ...term.resource, autoRenewEnabled: true, scheduledActions: null };
    await term.approve();
    await term.run(2_000);
    assert.deepEqual([await stands(term), term.patches.length], ['finished renewedAgain', 0]);
    assert.doesNotMatch(await card(term), /set to renew here/);
    assert.match(await card(await set('renew', EST)), /set to renew here/);
  });
});

describe('a cancellation that comes late', () => {
  it('is found by the next look, and looked after, not said to be none of ours', async () => {
    const term = await openTerm();
    await term.open('cancel');
    term.takes = ['flagOnly'];
    await term.approve();
    await term.run(HOUR);
    assert.equal(await stands(term), 'stuck endNotDone');
    term.resource = { ...term.resource, ...planned('Cancel') };
    await term.apply({ kind: 'check', by: 'ann' });
    await term.run(MINUTE);
    assert.deepEqual([await stands(term), term.patches.length, (await term.known()).snapshot.atTermEnd], ['set', 1, 'Cancel']);
  });
});

describe('an end whose day is not read', () => {
  for (const to of ['cancel', 'renew'] as const)
    it(`${to}: no card of it names a day`, async () => {
      const term = await openTerm({ commitmentEndDate: null, quantity: null, orderId: null });
      await term.open(to);
      assert.equal((await term.move()).state, 'weighed');
      const ticket = await term.ticket();
      assert.equal(ticket.facts.expiresOn, '');
      assert.doesNotMatch(await card(term), /Invalid|NaN|undefined|null|1970|, \.| after\.| on [.;,]|end of this one, \./);
      await term.approve();
      await term.run(MINUTE);
      assert.doesNotMatch(await card(term), /Invalid|NaN|undefined|null|1970|, \.| after\.| on [.;,]/);
    });
});

describe('what a card offers', () => {
  const ORDER = { id: 'o', subscriptionId: 'n', placedAt: '2027-01-20T09:00:00.000Z', cancellableUntil: null };

  it('is to look in the bot’s place only where that can be said', async () => {
    const term = await openTerm({}, { move: sampleMove({ state: 'reassigned', order: ORDER }) });
    for (const from of ['setting', 'set', 'suspending'] as const)
      for (const reason of ['unread', 'forbidden', 'seatsUnknown', 'skuUnknown'] as const) {
        const stuck = { from, reason, code: '', at: '2027-01-20T10:00:00.000Z' };
        const move = sampleMove({ state: 'stuck', order: ORDER, stuck });
        const offers = /confirms that in the chat with me alone/.test(await card(term, move));
        assert.equal(offers, from === 'suspending', `${from} ${reason}`);
      }
  });

  it('is not a second purchase where another end of the old one was asked for and declined: a move that has bought goes on', async () => {
    const people = { total: 0, movable: 0, moved: 0, blocked: 0, kept: 0, waived: 0, gone: 0, without: 0, covered: null, freeSeats: 7, named: [] };
    const term = await openTerm(planned('Cancel'), { move: sampleMove({ state: 'reassigned', order: ORDER, people }) });
    await term.apply({ kind: 'letEnd', by: 'bo', day: '2027-03-03' });
    await term.open('renew');
    assert.deepEqual([(await term.move()).way, await stands(term)], ['replace', 'set']);
    const { buttons } = en;
    const asked = {
      ticket: await term.ticket(),
      move: await term.move(),
      fourEyes: { when: 'off' as const },
      hides: HIDES,
      plannable: true,
      now: '2027-01-20T10:00:00.000Z',
    };
    assert.deepEqual(answersTo(asked, { key: 'ann', roles: ['requester'] }).answers, []);
    assert.doesNotMatch(JSON.stringify((await message(term)).card), new RegExp(buttons.renewAgain));
  });

  it('speaks of no new one where none was bought', async () => {
    const term = await set('cancel');
    term.resource = { ...term.resource, status: 'deleted' };
    await term.run(DAY);
    const ticket = await term.ticket();
    const { closed: _, ...rest } = ticket;
    await term.deps.store.put(...ofCustomer('c'), ticketKey(ticket.id), {
      ...rest,
      closed: null,
      facts: { ...ticket.facts, standing: null, happened: 'goesOn', endOfTerm: 'inEst' },
    });
    const text = await card(term);
    assert.match(text, /still there and paid for/);
    assert.doesNotMatch(text, /the new one|The move/);
  });
});

describe('an end that reads as it was asked, of what is no longer active', () => {
  for (const status of ['suspended', 'deleted'])
    for (const to of ['cancel', 'renew'] as const)
      it(`${to}, ${status}: is not taken for set`, async () => {
        const term = await openTerm(EST);
        await term.open(to);
        term.resource = { ...term.resource, status, ...(to === 'cancel' ? planned('Cancel') : { autoRenewEnabled: true, scheduledActions: null }) };
        await term.approve();
        await term.run(MINUTE);
        assert.equal(await stands(term), 'stuck notActive');
        assert.doesNotMatch(await card(term), /A cancellation is set|It renews|Cancels on/);
      });

  it('nor is the day that was known forgotten where that one reading lacks it', async () => {
    const term = await openTerm(EST);
    await term.open('cancel');
    await term.approve();
    const { subscription } = term.deps.partnerCenter;
    term.deps.partnerCenter.subscription = async (...of) => {
      const read = await subscription(...of);
      return term.patches.length === 0 ? read : { ...read, subscription: { ...read.subscription, lastDay: null, expiresOn: null, quantity: null } };
    };
    await term.run(MINUTE);
    const { snapshot } = await term.known();
    assert.deepEqual([snapshot.atTermEnd, snapshot.expiresOn, snapshot.lastDay, snapshot.quantity], ['Cancel', '2027-03-03', '2027-03-03', 10]);
    assert.equal((await term.move()).endSet?.day, '2027-03-03');
  });
});

describe('an end that comes to nothing', () => {
  const shownOf = async (term: Term) => {
    const now = new Date(term.nowMs()).toISOString();
    return {
      ...{ ticket: await term.ticket(), move: await term.move(), chat: { key: 'chat', kind: 'channel' as const }, handle: 'abcdefghijklmnopqrstuv' },
      ...{
        names: { bo: 'Bo' },
        record: [],
        holders: [],
        unmoved: [],
        approvers: [],
        reader: null,
        fourEyes: { when: 'off' as const },
        hides: HIDES,
        today: now.slice(0, 10),
        now,
      },
    };
  };
  const ends: [string, (term: Term) => Promise<unknown>][] = [
    ['cancelled', (term) => term.apply({ kind: 'cancel', by: 'bo' })],
    ['lapsed', (term) => term.run(25 * HOUR)],
    ['declined', (term) => term.apply({ kind: 'decline', by: 'bo', reason: 'no' })],
    [
      'cancelled',
      async (term) => {
        term.takes = [{ status: 400, code: 800093 }];
        await term.approve();
        await term.run(MINUTE);
        await term.apply({ kind: 'giveUp', by: 'bo', reason: 'r' });
      },
    ],
  ];
  for (const [kind, ended] of ends)
    it(`${kind}: speaks neither of a purchase nor of a quote, for the ticket may have bought before`, async () => {
      const term = await openTerm(EST);
      await term.open('cancel');
      await ended(term);
      const rows = await term.deps.store.range<News>(...ofCustomer('c'), ...keysWith(OUTBOX));
      const news = rows.map((row) => row.value).find((one) => one.kind === kind) as News;
      const line = rendererIn(en).line(news, await shownOf(term));
      assert.ok(line);
      assert.doesNotMatch(line.text, /bought|quote|the move/);
      assert.deepEqual(line.claims, []);
    });

  it('nor do the answers to who asks, declines or comes too late', async () => {
    const end = sampleEnd({ askedBy: 'ann' });
    const move = sampleMove({ way: 'cancel', state: 'weighed', quote: null, end });
    const view = {
      ...{ ticket: sampleTicket(), etag: '', move, found: [], movable: [], unmoved: [], names: {}, notice: null, shown: [], personal: true },
      readOnly: false as const,
    };
    const at = (now: string, fourEyes: FourEyes = { when: 'off' }): TicketView => ({ ...view, now, fourEyes, hides: HIDES });
    const ann = { key: 'ann', tenant: 't', name: 'Ann', roles: ['approver' as const] };
    const decisions = [
      declineDialog(at(end.at), { verb: 'purchase.decline', reason: 'no' }, ann),
      cancelDialog(at(end.at), ann),
      approveEndDialog(at('2027-01-30T10:00:00.000Z'), ann),
      approveEndDialog(at(end.at, { when: 'always' }), ann),
    ];
    for (const { reply } of decisions) assert.doesNotMatch(replyText(en, reply as Reply), /bought|quote|price/, String(reply?.say));
  });
});

describe('what renewing again commits to', () => {
  it('is a whole term of new commerce, not of a classic one, which can be ended on any day; and only what is set is said to be', async () => {
    const classic = { offerId: '195416c1-3447-423a-b37b-ee59a99a19c4', productType: null };
    for (const [changes, plannable] of [
      [EST, true],
      [EST, false],
      [classic, true],
    ] as const) {
      const term = await openTerm(changes);
      await term.open('renew');
      const text = await card(term, undefined, { plannable });
      const isClassic = changes !== EST;
      assert.equal(/commits the customer|given back within 7 days/.test(text), !isClassic);
      assert.equal(/a new term is planned/.test(text), !isClassic && plannable);
    }
  });
});
