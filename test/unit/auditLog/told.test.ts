/** The record in the log: each stored line once, with ids and codes, and no word of anybody's. */
import assert from 'node:assert/strict';
import { BOT, type NewEntry, ticketTransaction } from '../../../services/auditLog/auditLog.ts';
import { toldStore } from '../../../services/auditLog/told.ts';
import { correlationOf } from '../../../services/trace.ts';
import { ofCustomer } from '../../../services/store/rows.ts';
import { memoryStore } from '../../support/memory.ts';
import { sampleTicket } from '../../support/samples.ts';

const AT = '2027-01-20T10:00:00.000Z';
const ticket = sampleTicket({ id: 'S-7', audit: { seq: 0, hash: '' } });

async function stored(entries: NewEntry[], twice = false) {
  const lines: { fields: Record<string, unknown>; message: string }[] = [];
  const note = (fields: object, message: string) => void lines.push({ fields: fields as Record<string, unknown>, message });
  const store = toldStore(memoryStore(), { info: note, warn: note });
  const changes = ticketTransaction(null, ticket, entries, [], AT);
  for (const _ of twice ? [1, 2] : [1]) await store.commit(...ofCustomer(ticket.customerId), changes);
  return lines;
}

describe('the record in the log', () => {
  it('tells of a purchase who, which ticket, which order, and under which request', async () => {
    const lines = await stored([{ by: BOT, what: 'placed', before: 'purchasing', after: 'provisioning', data: { order: 'o-1' }, correlationId: 'r-1' }]);
    assert.deepEqual(lines, [
      {
        fields: {
          ticket: 'S-7',
          customer: ticket.customerId,
          what: 'placed',
          before: 'purchasing',
          after: 'provisioning',
          by: 'bot',
          correlation: correlationOf({ customerId: ticket.customerId, ticketId: 'S-7' }),
          request: 'r-1',
          order: 'o-1',
        },
        message: 'the record has a new line',
      },
    ]);
  });
  it('tells a refusal by its code, and nothing that somebody wrote or is called', async () => {
    const data = { code: '800060', reason: 'Because Ann Jansson said so', plan: 'Plan of Contoso', people: 'id-1 id-2', except: 'id-3' };
    const [line] = await stored([{ by: { key: 'k-1', tenant: 't' }, what: 'waive', before: 'purchased', after: 'purchased', data }]);
    assert.equal(line?.fields.code, '800060');
    assert.doesNotMatch(JSON.stringify(line), /Because|Jansson|Contoso|id-[123]/);
  });
  it('tells each line of a transaction, and nothing of one that did not come to be', async () => {
    const entry = (what: string) => ({ by: BOT, what, before: 'open', after: 'open' });
    assert.deepEqual(
      (await stored([entry('first'), entry('second')], true)).map((line) => line.fields.what),
      ['first', 'second'],
    );
  });
});
