/** The record in the log too: each line as it is stored, for those who watch over the bot. */
import type { Log } from '../log.ts';
import { correlationOf } from '../trace.ts';
import { AUDIT, ticketIdIn } from '../store/rows.ts';
import type { Change, Store } from '../store/store.ts';
import type { AuditEntry } from './auditLog.ts';

/** Of what a line holds: ids, codes and numbers. Reasons, plans and ids of licence holders stay in the record. */
const TOLD = ['order', 'cart', 'subscription', 'code', 'quantity', 'moved', 'total', 'blocked', 'kept'] as const;

/** `store`, that tells `log` of each line of the record that it has stored: who did what to which ticket, and under which request. */
export function toldStore(store: Store, log: Log): Store {
  return {
    ...store,
    async commit(table, partition, changes) {
      const outcome = await store.commit(table, partition, changes);
      if (outcome === 'done') for (const change of changes) if (isLine(change)) log.info(fieldsOf(partition, change), 'the record has a new line');
      return outcome;
    },
  };
}

type Line = Change & { value: AuditEntry };

function isLine(change: Change): change is Line {
  return change.op === 'create' && change.key.startsWith(AUDIT);
}

function fieldsOf(customer: string, { key, value }: Line): object {
  const { what, before, after, by, correlationId, data } = value;
  const told = TOLD.flatMap((name) => (data[name] === undefined ? [] : [[name, data[name]] as const]));
  const ticket = ticketIdIn(key);
  // Those two are what Partner Center was told too: MS-CorrelationId, and the MS-RequestId of the call that led here.
  const ids = { correlation: correlationOf({ customerId: customer, ticketId: ticket }), request: correlationId };
  return { ticket, customer, what, before, after, by, ...ids, ...Object.fromEntries(told) };
}
