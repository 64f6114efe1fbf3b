/** Who must sign in again is told so: that is no missing access, no fault of a customer or of a person who was to move; and who can accept an agreement. */
import assert from 'node:assert/strict';
import { planText } from '../../../cards/escape.ts';
import { ticketCard } from '../../../cards/ticket/ticket.ts';
import { en } from '../../../cards/text/en/en.ts';
import { whySkipped } from '../../../cards/text/en/status.ts';
import type { Move } from '../../../services/domain/ticket.ts';
import { count } from '../../../services/moves/people/count.ts';
import type { StepContext } from '../../../services/moves/deps.ts';
import { readFailure } from '../../../services/moves/steps.ts';
import { TokenError } from '../../../services/partnerCenter/auth/tokens.ts';
import { PartnerCenterError } from '../../../services/partnerCenter/port.ts';
import { type ClientConfig, failureKind, request } from '../../../services/partnerCenter/request.ts';
import { ofCustomer } from '../../../services/store/rows.ts';
import type { Shown } from '../../../services/ticketView.ts';
import { memoryStore } from '../../support/memory.ts';
import { HIDES, sampleMove, sampleTicket } from '../../support/samples.ts';
import { virtualTime } from '../../support/time.ts';

const AT = '2027-01-20T10:00:00.000Z';
const forbidden = (code: string) => new PartnerCenterError('forbidden', code, 'no');

function said(changes: Partial<Move>): string {
  const shown: Shown = {
    ...{ ticket: sampleTicket(), move: sampleMove(changes), chat: { key: 'chat', kind: 'channel' }, handle: 'h', names: {}, record: [], holders: [] },
    ...{ unmoved: [], approvers: [], reader: null, fourEyes: { when: 'off' }, hides: HIDES, today: '2027-01-20', now: AT },
  };
  return JSON.stringify(ticketCard(shown, en).card).replaceAll('\u00a0', ' ');
}

describe('a new sign-in that Partner Center wants', () => {
  it('is told apart from missing access, by Partner Center’s code and by what Entra says', async () => {
    assert.equal(failureKind(401, '900421'), 'forbidden');
    const codeOf = (error: string) => {
      const tokens = async () => {
        throw new TokenError(error, error);
      };
      const client = { budget: { take: async () => {} }, tokens, locale: 'en-US' } as unknown as ClientConfig;
      return request(client, { method: 'PATCH', path: '/', token: 'appAndUser' }).then(
        () => 'sent',
        (failure: PartnerCenterError) => `${failure.kind} ${failure.code}`,
      );
    };
    for (const error of ['noConsent', 'invalid_grant', 'interaction_required', 'consent_required'])
      assert.equal(await codeOf(error), 'forbidden signIn', error);
    for (const error of ['invalid_client', 'unauthorized_client']) assert.equal(await codeOf(error), 'forbidden token', error);
    assert.equal(await codeOf('temporarily_unavailable'), 'notReady token');
  });

  it('is what the price, the stopped move and the status say, with who can do it', () => {
    for (const code of ['900421', 'signIn']) {
      const { event } = readFailure(forbidden(code), 'quote', AT);
      assert.deepEqual(event, { kind: 'refused', reason: 'signIn', code });
      const stuck = said({ state: 'stuck', stuck: { from: 'purchased', reason: 'forbidden', code, at: AT } });
      const draft = said({ state: 'drafting', quote: null, refusal: { reason: 'signIn', code } });
      for (const text of [stuck, draft, whySkipped(planText(`forbidden ${code}`))]) {
        assert.match(text, /wants a new sign-in of the account that I work with/, code);
        assert.match(text, /[Aa]n owner writes \*\*consent\*\*/, code);
        assert.doesNotMatch(text, /GDAP|does not let me/, code);
      }
    }
    assert.deepEqual(readFailure(forbidden('20002'), 'quote', AT).event, { kind: 'refused', reason: 'forbidden', code: '20002' });
    assert.match(said({ state: 'stuck', stuck: { from: 'purchased', reason: 'forbidden', code: '20002', at: AT } }), /GDAP: License Administrator/);
  });

  it('stops the count of people, and is held against none of them', async () => {
    const counted = async (failure: PartnerCenterError) => {
      const time = virtualTime();
      const store = memoryStore();
      const move = sampleMove({ state: 'purchased', sku: { from: 'old', to: 'new' }, lease: { by: 'one', until: '2027-01-21T00:00:00Z' } });
      await store.put(...ofCustomer(move.customerId), move.key, move);
      const partnerCenter = {
        users: async () => ({ items: ['u1', 'u2'].map((id) => ({ id, name: id, hasUsageLocation: true })), next: null }),
        licences: async (_: string, userId: string) => {
          if (userId === 'u2') throw failure;
          return [{ skuId: 'old', disabledPlans: [] }];
        },
        seatPools: async () => ['old', 'new'].map((skuId) => ({ skuId, active: 7, consumed: 2, available: 7, servicePlans: [] })),
        subscription: async () => ({ subscription: { quantity: 7 } }),
      };
      const deps = { store, clock: time.clock, workerId: 'one', wake: { now: () => {} }, partnerCenter };
      const context = { deps, move, ticket: sampleTicket(), known: { snapshot: { quantity: 2 } }, requestId: '' } as unknown as StepContext;
      return count(context).then(
        () => 'counted',
        (error: PartnerCenterError) => error.code,
      );
    };
    assert.equal(await counted(forbidden('900421')), '900421');
    assert.equal(await counted(new PartnerCenterError('refused', '3000', 'no')), 'counted', 'one person who cannot be read holds up nobody else');
  });
});

describe('an agreement that is missing', () => {
  it('is the customer’s own to accept, and the card says where', () => {
    const text = said({ state: 'drafting', quote: null, refusal: { reason: 'agreement', code: '13605' } });
    assert.match(text, /has not accepted the Microsoft Customer Agreement, and only the customer can/);
    assert.match(text, /"title":"Where the customer accepts","url":"https:\/\/admin\.microsoft\.com\/"/);
    assert.doesNotMatch(text, /Confirm it/);
    assert.doesNotMatch(said({ state: 'drafting', quote: null, refusal: { reason: 'notSold', code: '' } }), /Where the customer accepts/);
  });
});
