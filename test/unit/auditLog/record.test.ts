import assert from 'node:assert/strict';
import type { Ticket } from '../../../services/domain/ticket.ts';
import { type AuditEntry, BOT, GENESIS_HASH, ticketTransaction, verifyRecord } from '../../../services/auditLog/auditLog.ts';
import { sampleTicket } from '../../support/samples.ts';
import { AUDIT, TICKET } from '../../../services/store/rows.ts';

/** A record of `n` lines, as it would be stored, with its head. */
function write(n: number): { rows: AuditEntry[]; head: Ticket['audit'] } {
  const before = sampleTicket({ id: 'S-1', audit: { seq: 0, hash: GENESIS_HASH } });
  const entries = Array.from({ length: n }, (_, index) => ({ by: BOT, what: `step${index + 1}`, before: 'a', after: 'b', data: { index } }));
  const changes = ticketTransaction(null, before, entries, [], '2027-01-20T10:00:00.000Z');
  const rows = changes.flatMap((change) => (change.op === 'create' && change.key.startsWith(AUDIT) ? [change.value as AuditEntry] : []));
  const ticket = changes.find((change) => change.key.startsWith(TICKET));
  return { rows, head: (ticket?.op === 'create' ? (ticket.value as Ticket) : before).audit };
}

const OF = { id: 'S-1', customerId: sampleTicket().customerId };

describe('the written record', () => {
  it('holds when nothing was touched', () => {
    const { rows, head } = write(6);
    assert.equal(rows.length, 6);
    assert.deepEqual(verifyRecord(OF, rows, head), []);
    assert.deepEqual(verifyRecord(OF, [], { seq: 0, hash: GENESIS_HASH }), []);
  });
  it('names a changed line', () => {
    const { rows, head } = write(6);
    (rows[2] as AuditEntry).by = 'somebody else';
    assert.deepEqual(verifyRecord(OF, rows, head), ['S-1 line 3 (step3, 2027-01-20T10:00:00.000Z) was changed']);
  });
  it('names a missing line', () => {
    const { rows, head } = write(6);
    rows.splice(3, 1);
    assert.match(verifyRecord(OF, rows, head)[0] as string, /^S-1 line 4 is missing before S-1 line 5/);
  });
  it('names reordered lines', () => {
    const { rows, head } = write(6);
    rows.reverse();
    assert.notDeepEqual(verifyRecord(OF, rows, head), []);
    const swapped = write(6);
    const [second, third] = [swapped.rows[1] as AuditEntry, swapped.rows[2] as AuditEntry];
    swapped.rows.splice(1, 2, third, second);
    assert.notDeepEqual(verifyRecord(OF, swapped.rows, swapped.head), []);
  });
  it('names a cut-off end', () => {
    const { rows, head } = write(6);
    assert.deepEqual(verifyRecord(OF, rows.slice(0, 4), head), ['S-1 is cut off: it should end with line 6, and ends with line 4']);
  });
  it('is not fooled by a line that was changed and given a new hash', () => {
    const { rows, head } = write(3);
    const forged = ticketTransaction(
      null,
      sampleTicket({ audit: { seq: 1, hash: (rows[0] as AuditEntry).hash } }),
      [{ by: BOT, what: 'forged', before: '', after: '' }],
      [],
      '2027-01-20T10:00:00.000Z',
    );
    rows[1] = forged.flatMap((change) => (change.op === 'create' && change.key.startsWith(AUDIT) ? [change.value as AuditEntry] : []))[0] as AuditEntry;
    assert.match(verifyRecord(OF, rows, head)[0] as string, /line 3 .* does not follow the line before it/);
  });
});
