/** What comes after the end of a term was set: what the lists, the watch and the card say of it, whatever Partner Center then reads. */
import assert from 'node:assert/strict';
import { rendererIn } from '../../../cards/ticket/ticket.ts';
import { en } from '../../../cards/text/en/en.ts';
import type { Move } from '../../../services/domain/ticket.ts';
import { PartnerCenterError } from '../../../services/partnerCenter/port.ts';
import { parseSubscription } from '../../../services/partnerCenter/wire/subscriptions.ts';
import { ofCustomer, ticketKey } from '../../../services/store/rows.ts';
import { endsUntil } from '../../../services/tickets/endList.ts';
import { whatHappened } from '../../../services/watch/outcomes.ts';
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

/** All that the card says now. */
async function card(term: Term, move?: Move): Promise<string> {
  const now = new Date(term.nowMs()).toISOString();
  const message = rendererIn(en).ticket({
    ...{ ticket: await term.ticket(), move: move ?? (await term.move()), chat: { key: 'chat', kind: 'channel' as const }, handle: 'abcdefghijklmnopqrstuv' },
    ...{ names: {}, record: [], holders: [], unmoved: [], approvers: [], reader: null, fourEyes: { when: 'off' as const }, plannable: true },
    ...{ today: now.slice(0, 10), now },
  });
  return [message.summary, ...textsOf(message.card)].join('\n').replaceAll('\u00a0', ' ');
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
