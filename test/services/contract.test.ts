/** Reads the collected bodies of the real API, where that folder lies beside the project; elsewhere it says that it read none. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import * as general from '../../services/partnerCenter/wire.ts';
import * as listed from '../../services/partnerCenter/wireSubscription.ts';
import { toActivity, toStopping } from '../../services/partnerCenter/wireLog.ts';

const wire = { ...general, ...listed };

const SAMPLES = new URL('../../../shared/partner-center/samples/', import.meta.url);

interface Example {
  doc: string;
  kind: string;
  status?: number;
  body?: Record<string, unknown>;
}

type Read = (body: Record<string, unknown>) => unknown;

const list =
  (collection: Read, single: Read): Read =>
  (body) =>
    Array.isArray(body.items) ? collection(body) : single(body);
const none: Read = () => undefined;

/** Which reader takes the bodies of a file; `none` where we do not use that shape. */
const READERS: Record<string, Read> = {
  customers_list: wire.toCustomers,
  customers_filter: wire.toCustomers,
  subscriptions_list: (body) => wire.toSubscriptions('c', body),
  subscription_by_id: (body) => wire.toSubscription('c', body),
  users: list(wire.toUsers, none),
  user_licenses: wire.toLicences,
  subscribedskus: wire.toSeatPools,
  sku_availabilities: list(wire.toAvailabilities, none),
  product_skus: list(wire.toSkus, none),
  products: (body) => ('productType' in ((body.items as object[])[0] ?? {}) ? wire.toProducts(body) : undefined),
  cart_create: wire.toCart,
  cart_update: wire.toCart,
  cart_checkout: wire.toCheckout,
  orders: list(wire.toOrders, wire.toOrder),
  subscription_provisioning_status: wire.toProvisioning,
  agreements: (body) => (Array.isArray(body.items) ? wire.toAgreements(body) : 'isSigned' in body ? wire.toSigned(body) : undefined),
  validation_status: wire.toValidation,
  relationship_request: wire.toLink,
  auditrecords: toActivity,
  analytics_subscriptions: toStopping,
  user_licenseupdates: (body) => ('code' in body ? wire.toError(body) : undefined),
  throttling_429: (body) => ('statusCode' in body ? wire.toError(body) : undefined),
  subscription_addons: (body) => (Array.isArray(body.items) ? wire.toSubscriptions('c', body) : undefined),
};

describe('the contract with Partner Center', () => {
  it('every collected body of an endpoint we use is understood', function () {
    if (!existsSync(SAMPLES)) {
      console.log('      read 0 bodies: the folder of samples is not here');
      this.skip();
    }
    let read = 0;
    const unused: string[] = [];
    for (const [file, reader] of Object.entries(READERS)) {
      const { examples } = JSON.parse(readFileSync(new URL(`${file}.json`, SAMPLES), 'utf8')) as { examples: Example[] };
      for (const [index, example] of examples.entries()) {
        if (example.kind !== 'response' || !example.body) continue;
        let result: unknown;
        assert.doesNotThrow(() => {
          result = reader(example.body as Record<string, unknown>);
        }, `${file} ${index} of ${example.doc}`);
        if (result === undefined) unused.push(`${file} ${index}`);
        else read += 1;
      }
    }
    console.log(`      read ${read} bodies; ${unused.length} are of shapes that we do not ask for (${unused.join(', ')})`);
    assert.ok(read >= 40, `only ${read} bodies were read`);
  });
});

describe('wire', () => {
  const base = {
    id: 'A',
    offerId: '195416C1-3447-423A-B37B-EE59A99A19C4',
    quantity: 1,
    status: 'Active',
    autoRenewEnabled: false,
    commitmentEndDate: '2027-03-03T00:00:00Z',
  };
  const read = (changes: object) => wire.toSubscription('C', { ...base, ...changes }).subscription;
  it('lower-cases ids', () => assert.deepEqual([read({}).id, read({}).customerId, read({}).offerId], ['a', 'c', '195416c1-3447-423a-b37b-ee59a99a19c4']));
  it('a classic midnight end is exclusive, a new-commerce end day inclusive; both show the day of Partner Center', () => {
    assert.deepEqual([read({}).lastDay, read({}).expiresOn], ['2027-03-02', '2027-03-03']);
    const nce = read({ offerId: 'P:0001:A', productType: { id: 'OnlineServicesNCE' } });
    assert.deepEqual([nce.lastDay, nce.expiresOn, nce.kind], ['2027-03-03', '2027-03-03', 'newCommerce']);
  });
  it('year 9999 is no end', () => assert.equal(read({ commitmentEndDate: '9999-09-09T00:00:00Z' }).lastDay, null));
  it('a status that is not known survives as itself', () => assert.equal(read({ status: 'Hibernating' }).status, 'hibernating'));
  it('tells the kinds', () => {
    assert.deepEqual(
      [
        read({}).kind,
        read({ offerId: 'MS-AZR-0145P' }).kind,
        read({ offerId: 'P:1:A', productType: { id: 'Software' } }).kind,
        read({ offerId: 'P:1:A', billingCycle: 'one_time' }).kind,
      ],
      ['classic', 'other', 'other', 'other'],
    );
  });
  it('money is whole minor units', () => {
    assert.deepEqual(wire.toMoney(455.1, 'eur'), { minor: 45_510, currency: 'EUR' });
    assert.deepEqual(wire.toMoney(455, 'JPY'), { minor: 455, currency: 'JPY' });
    assert.equal(wire.toMoney(undefined, 'EUR'), null);
  });
  it('reads all three shapes of errors', () => {
    assert.deepEqual(wire.toError({ code: 2055, description: 'old' }), { code: '2055', text: 'old' });
    assert.deepEqual(wire.toError({ code: '800093', message: 'no', isRetryable: false }), { code: '800093', text: 'no' });
    assert.deepEqual(wire.toError({ statusCode: 429, message: 'slow' }), { code: '429', text: 'slow' });
    assert.deepEqual(wire.toError('x'), { code: '', text: '' });
  });
  it('a page without items is refused, not taken for empty', () => assert.throws(() => wire.toSubscriptions('c', { totalCount: 0 })));
});
