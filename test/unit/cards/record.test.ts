/** What is told of what happened: the steps that were done, the dates in order, and every line of the record. */
import assert from 'node:assert/strict';
import { historyCard } from '../../../cards/lists/history.ts';
import { en } from '../../../cards/text/en/en.ts';
import { recordDay, recordLine } from '../../../cards/ticket/finished.ts';
import { ticketCard } from '../../../cards/ticket/ticket.ts';
import type { AuditEntry } from '../../../services/auditLog/auditLog.ts';
import type { Move, PeopleCount, Ticket } from '../../../services/domain/ticket.ts';
import type { Shown } from '../../../services/ticketView.ts';
import { HIDES, sampleMove, sampleTicket } from '../../support/samples.ts';
import { textsOf } from './sentences.ts';

const AT = '2027-01-20T10:00:00.000Z';
const ORDER = { id: 'o', subscriptionId: 'n', placedAt: AT, cancellableUntil: '2027-01-27T10:00:00.000Z' };
const PEOPLE: PeopleCount = { total: 7, movable: 0, moved: 7, blocked: 0, kept: 0, waived: 0, gone: 0, without: 0, covered: 0, freeSeats: 1, named: [] };

function row(what: string, data: AuditEntry['data'] = {}, at = AT): AuditEntry {
  return { seq: 1, at, by: 'ann', tenant: 't', what, before: '', after: '', data, correlationId: 'c', previous: '', hash: '' };
}

function finished(
  changes: Partial<Move>,
  { facts = {}, record = [], now = AT }: { facts?: Partial<Ticket['facts']>; record?: AuditEntry[]; now?: string } = {},
): string[] {
  const move = sampleMove({ state: 'finished', outcome: 'letExpire', order: ORDER, people: PEOPLE, ...changes });
  const shown: Shown = {
    ...{ ticket: sampleTicket({ closed: { how: 'moved', at: AT } }, facts), move, chat: { key: 'chat', kind: 'channel' }, handle: 'h', names: { ann: 'Ann' } },
    ...{ record, holders: [], unmoved: [], approvers: [], reader: null, fourEyes: { when: 'off' }, hides: HIDES, today: now.slice(0, 10), now },
  };
  return textsOf(ticketCard(shown, en).card).map((text) => text.replaceAll('\u00a0', ' '));
}

const steps = (texts: readonly string[]) => texts.filter((text) => /^(?:✓|\d) (?:Purchase|Licences|Suspend|Cancellation)$/.test(text));
const done = (text: string, move: Partial<Move>, expected: string[]) => it(text, () => assert.deepEqual(steps(finished(move)), expected));

describe('the steps of a finished move', () => {
  done('suspended: all three', { outcome: 'suspended', suspendedAt: AT }, ['✓ Purchase', '✓ Licences', '✓ Suspend']);
  for (const outcome of ['letExpire', 'givenUp'] as const) done(`${outcome}: nothing was suspended`, { outcome }, ['✓ Purchase', '✓ Licences', '3 Suspend']);
  done('its cancellation held', { outcome: 'ended' }, ['✓ Purchase', '✓ Licences', '✓ Cancellation']);
  done('ended before everybody had moved', { outcome: 'givenUp', people: { ...PEOPLE, moved: 4 } }, ['✓ Purchase', '2 Licences', '3 Suspend']);
  done('ended before anybody was counted', { outcome: 'givenUp', people: null }, ['✓ Purchase', '2 Licences', '3 Suspend']);
  done('nobody held the old licence', { people: { ...PEOPLE, total: 0, moved: 0 } }, ['✓ Purchase', '✓ Licences', '3 Suspend']);
});

describe('the dates of a finished move', () => {
  const dates = (facts: Partial<Ticket['facts']>) => finished({}, { facts }).flatMap((text) => /^\*\*(.+)\*\* –/.exec(text)?.[1] ?? []);
  it('stand in the order in which they come', () => {
    assert.deepEqual(dates({ expiresOn: '2027-03-03' }), ['27 January 2027', '3 March 2027']);
    assert.deepEqual(dates({ expiresOn: '2027-01-22' }), ['22 January 2027', '27 January 2027']);
  });
});

describe('the dates of a finished move, later', () => {
  const later = (now: string) => finished({}, { facts: { expiresOn: '2027-03-03' }, now }).filter((text) => /to remember|^\*\*.+\*\* –/.test(text));
  it('are those alone that are still ahead: a day that has passed is none to remember', () => {
    assert.equal(later('2027-01-27T09:00:00.000Z').length, 3);
    assert.deepEqual(later('2027-01-27T11:00:00.000Z')[0], 'One date to remember');
    assert.match(later('2027-03-03T23:00:00.000Z').join(), /^One date to remember,\*\*3 March 2027/);
    assert.deepEqual(later('2027-03-04T01:00:00.000Z'), []);
  });
});

describe('a choice without a term', () => {
  it('is told with the term that its price had, as one that was pressed is', () => {
    const priced = { plan: 'Office 365 E3', quantity: 7, term: 'P1Y/monthly', monthly: 1, currency: 'EUR', cart: 'c' };
    const told = finished({}, { record: [row('chosen', { plan: 'Office 365 E3', quantity: 7 }), row('priced', priced)] });
    assert.ok(told.includes('Office 365 E3 chosen, 7 licences, 1 year, paid monthly'), told.join('\n'));
    const never = finished({}, { record: [row('chosen', { quantity: 7 }), row('chosen', { quantity: 8, term: 'P1M/monthly' }), row('priced', priced)] });
    assert.ok(never.includes('Plan chosen, 7 licences'), never.join('\n'));
  });
});

describe('a line of the record', () => {
  const lines: [string, AuditEntry['data'], string][] = [
    ['undo', { mark: 'undo' }, 'Opened again: the snooze, or letting it go, taken back'],
    ['chosen', { plan: 'Office 365 E3', quantity: 7 }, 'Office 365 E3 chosen, 7 licences'],
    ['chosen', { plan: 'Office 365 E3', quantity: 7, term: 'P1M/monthly' }, 'Office 365 E3 chosen, 7 licences, 1 month, paid monthly'],
    ['chosen', { quantity: 7 }, 'Plan chosen, 7 licences'],
    ['priced', { monthly: 45_500, currency: 'EUR' }, 'Price: €455.00 a month'],
    ['priced', { monthly: 45_550, currency: 'HUF' }, 'Price: HUF 455.50 a month'],
    ['refused', { reason: 'agreement', code: '13605' }, 'No purchase: the customer has not accepted the agreement (13605)'],
    ['refused', { reason: 'notSold', code: 'no item' }, 'No purchase: not sold to this customer'],
    ['decline', { reason: 'Too dear.' }, 'Declined: “Too dear.”'],
    ['snoozed', { until: '2027-01-27', reason: 'Later.' }, 'Snoozed until 27 January 2027: “Later.”'],
    ['dismissed', { reason: '[x](http://evil.example)' }, 'Let go: “\\[x\\](http:\u2060//evil.example\\)”'],
    ['settle', { order: '', reason: 'None there.' }, 'Said that it was not bought: “None there.”'],
    ['changed', { what: 'suspended' }, 'Old subscription suspended, and not by me'],
    ['changed', { what: 'somethingNew' }, 'Something about the old subscription changed'],
    ['changed', { why: 'cart' }, 'Cart not as approved: asked again'],
    ['changed', {}, 'Cart gone: asked again'],
    ['checkpoint', { lines: 3 }, '3 older lines were deleted after the time that is set'],
  ];
  for (const [what, data, said] of lines) it(`${what}: ${said}`, () => assert.equal(recordLine(row(what, data), en, HIDES)?.replaceAll('\u00a0', ' '), said));

  it('has its year where that is not this one', () => {
    assert.equal(recordDay('2027-01-20T10:00:00Z', '2027-03-01', en).replaceAll('\u00a0', ' '), '20 Jan');
    assert.equal(recordDay('2026-11-05T10:00:00Z', '2027-03-01', en).replaceAll('\u00a0', ' '), '5 Nov 2026');
    const old = finished({}, { record: [row('stopped', {}, '2026-11-05T10:00:00Z')] });
    assert.ok(old.includes('What happened on 5 November 2026 (UTC)'), old.join('\n'));
    assert.ok(finished({}, { record: [row('stopped')] }).includes('What happened on 20 January (UTC)'));
  });

  it('is not cut off silently: the card says how many stand in the history, and that how many are older', () => {
    const record = Array.from({ length: 11 }, () => row('assigned'));
    assert.match(finished({}, { record }).join('\n'), /What happened on 20 January \(UTC\) \(3 earlier lines are in the history\)/);
    assert.doesNotMatch(finished({}, { record: record.slice(3) }).join('\n'), /earlier/);
    const rows = [{ at: AT, what: en.record.undo() }];
    const card = historyCard({ customer: 'C', ticketId: 'S-1', plan: 'P', rows, today: '2027-01-20', from: 96, total: 97, older: 4 }, en).card;
    assert.match(JSON.stringify(card).replaceAll('\u00a0', ' '), /97 to 97 of 97\. 4 older lines are left out here\./);
  });
});
