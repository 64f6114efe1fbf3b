/** The main job by buttons, and what the ledger must hold after it. */
import assert from 'node:assert/strict';
import type { LedgerWrite } from '../../services/local/sandbox/state.ts';
import type { Chatter } from '../support/teams.ts';

/** From the notice to the end by buttons. */
export async function pressThrough(chat: Chatter, customer: string): Promise<void> {
  // A busy machine answers that it comes.
  assert.match(await chat.press('Get a price', [customer, 'Expires in']), /^(Asking Microsoft for the price|This takes a moment)/);
  assert.match(await chat.press('Approve and buy', [customer, 'Waiting for approval']), /^(Approved|This takes a moment)/);
  await chat.press('Move 7 people', [customer, '7 of 7 people can move']);
  await chat.press('Suspend subscription', [customer, 'Ready for the last step']);
  await chat.card(customer, 'Finished');
}

/** One checkout with the approved line, one licence update a person, one PATCH that changed the status alone, in that order. */
export function assertExactlyOnce(writes: LedgerWrite[], people: number): void {
  const done = writes.filter((write) => write.kind !== 'cart');
  assert.deepEqual(
    done.map((write) => write.kind),
    ['checkout', ...Array.from({ length: people }, () => 'licenceUpdate'), 'subscriptionPatch'],
  );
  const line = (done[0]?.body as { lineItems: { quantity: number; termDuration: string }[] } | undefined)?.lineItems[0];
  assert.deepEqual([line?.quantity, line?.termDuration], [people, 'P1Y']);
  assert.equal(new Set(done.slice(1, -1).map((write) => write.path)).size, people, 'one licence update a person');
  assert.deepEqual(Object.keys(done.at(-1)?.body as object).sort(), ['status', 'suspendedAt', 'suspensionReasons']);
}
