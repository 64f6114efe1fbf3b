/**
 * Bodies of the kind that Partner Center sends, each with what is read in it (UPDATE=1 writes that anew). With CONTRACT_SAMPLES=<folder>
 * the collected bodies of the real service are read too: files of `{"examples": [{"kind": "response", "body": …}]}`, named as in COLLECTED.
 */
import assert from 'node:assert/strict';
import { en } from '../../../cards/text/en/en.ts';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import * as shared from '../../../services/partnerCenter/wire/base.ts';
import * as catalogue from '../../../services/partnerCenter/wire/catalogue.ts';
import * as licences from '../../../services/partnerCenter/wire/licences.ts';
import * as listed from '../../../services/partnerCenter/wire/subscriptions.ts';
import * as bought from '../../../services/partnerCenter/wire/orders.ts';
import { parseMoney } from '../../../services/domain/money.ts';
import { parseActivities, parseActivityLog, parseStopping } from '../../../services/partnerCenter/wire/activity.ts';

const wire = { ...shared, ...catalogue, ...licences, ...listed, ...bought };
const OWN = resolve(import.meta.dirname, 'samples');
const ELSEWHERE = process.env.CONTRACT_SAMPLES;

type Read = (body: Record<string, unknown>) => unknown;

interface Example {
  what: string;
  body: Record<string, unknown>;
  reads?: unknown;
}

/** Which reader takes the bodies of a file. */
const READERS: Record<string, Read> = {
  activity: parseActivities,
  agreements: wire.parseAgreements,
  availabilities: wire.parseAvailabilities,
  cart: wire.parseCart,
  checkout: wire.parseCheckout,
  customers: wire.parseCustomers,
  errors: wire.parseError,
  licences: wire.parseLicences,
  order: wire.parseOrder,
  orders: wire.parseOrders,
  products: wire.parseProducts,
  provisioningStatus: wire.parseProvisioning,
  relationshipRequest: wire.parseLink,
  resellers: wire.parseResellers,
  seatPools: wire.parseSeatPools,
  signed: wire.parseSigned,
  skus: wire.parseSkus,
  stopping: parseStopping,
  subscription: (body) => wire.parseSubscription('c', body),
  subscriptions: (body) => wire.parseSubscriptions('c', body),
  users: wire.parseUsers,
  validationStatus: wire.parseValidation,
};

const list =
  (collection: Read, single: Read): Read =>
  (body) =>
    Array.isArray(body.items) ? collection(body) : single(body);
const none: Read = () => undefined;

/** The same for collected bodies; undefined where we do not use that shape. */
const COLLECTED: Record<string, Read> = {
  agreements: (body) => (Array.isArray(body.items) ? wire.parseAgreements(body) : 'isSigned' in body ? wire.parseSigned(body) : undefined),
  analytics_subscriptions: parseStopping,
  auditrecords: parseActivityLog,
  cart_checkout: wire.parseCheckout,
  cart_create: wire.parseCart,
  cart_update: wire.parseCart,
  customers_filter: wire.parseCustomers,
  customers_list: wire.parseCustomers,
  orders: list(wire.parseOrders, wire.parseOrder),
  product_skus: list(wire.parseSkus, none),
  products: (body) => ('productType' in ((body.items as object[])[0] ?? {}) ? wire.parseProducts(body) : undefined),
  relationship_request: wire.parseLink,
  relationships: wire.parseResellers,
  sku_availabilities: list(wire.parseAvailabilities, none),
  subscribedskus: wire.parseSeatPools,
  subscription_addons: (body) => (Array.isArray(body.items) ? wire.parseSubscriptions('c', body) : undefined),
  subscription_by_id: (body) => wire.parseSubscription('c', body),
  subscription_provisioning_status: wire.parseProvisioning,
  subscriptions_list: (body) => wire.parseSubscriptions('c', body),
  throttling_429: (body) => ('statusCode' in body ? wire.parseError(body) : undefined),
  user_licenses: wire.parseLicences,
  user_licenseupdates: (body) => ('code' in body ? wire.parseError(body) : undefined),
  users: list(wire.parseUsers, none),
  validation_status: wire.parseValidation,
};

describe('what Partner Center sends', () => {
  it('has a reader and bodies for everything that is asked', () =>
    assert.deepEqual(
      readdirSync(OWN).sort(),
      Object.keys(READERS)
        .map((name) => `${name}.json`)
        .sort(),
    ));
  for (const [name, reader] of Object.entries(READERS)) {
    const file = join(OWN, `${name}.json`);
    const { examples } = JSON.parse(readFileSync(file, 'utf8')) as { examples: Example[] };
    for (const example of examples) {
      it(`${name}: ${example.what}`, () => {
        // What is kept of the whole resource is the body itself.
        const reads = JSON.parse(JSON.stringify(reader(example.body), (key, value) => (key === 'resource' ? undefined : value)) ?? 'null') as unknown;
        if (process.env.UPDATE) example.reads = reads;
        else assert.deepEqual(reads, example.reads);
      });
    }
    after(() => process.env.UPDATE && writeFileSync(file, `${JSON.stringify({ examples }, null, 2)}\n`));
  }
  if (ELSEWHERE)
    it(`every collected body in ${ELSEWHERE} is understood`, () => {
      let read = 0;
      for (const [name, reader] of Object.entries(COLLECTED)) {
        const { examples } = JSON.parse(readFileSync(join(ELSEWHERE, `${name}.json`), 'utf8')) as { examples: (Example & { kind: string; doc: string })[] };
        for (const [index, example] of examples.entries()) {
          if (example.kind !== 'response' || !example.body) continue;
          assert.doesNotThrow(() => void (reader(example.body) !== undefined && read++), `${name} ${index} of ${example.doc}`);
        }
      }
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
  const read = (changes: object) => wire.parseSubscription('C', { ...base, ...changes }).subscription;
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
    assert.deepEqual(parseMoney(455.1, 'eur'), { minor: 45_510, currency: 'EUR' });
    assert.deepEqual(parseMoney(455, 'JPY'), { minor: 455, currency: 'JPY' });
    assert.equal(parseMoney(undefined, 'EUR'), null);
    for (const currency of ['HUF', 'IDR', 'COP', 'ISK', 'KWD']) {
      const digits = { ISK: 0, KWD: 3 }[currency] ?? 2;
      const amount = { ISK: 1_234, KWD: 1_234.125 }[currency] ?? 1_234.56;
      const read = parseMoney(amount, currency);
      assert.deepEqual(read, { minor: Math.round(amount * 10 ** digits), currency }, `${currency}: what a price has after its point is not lost`);
      assert.match(en.money(read ?? { minor: 0, currency }), new RegExp(`${amount.toLocaleString('en-IE', { minimumFractionDigits: digits })}$`));
    }
  });
  it('reads all three shapes of errors', () => {
    assert.deepEqual(wire.parseError({ code: 2055, description: 'old' }), { code: '2055', text: 'old' });
    assert.deepEqual(wire.parseError({ code: '800093', message: 'no', isRetryable: false }), { code: '800093', text: 'no' });
    assert.deepEqual(wire.parseError({ statusCode: 429, message: 'slow' }), { code: '429', text: 'slow' });
    assert.deepEqual(wire.parseError('x'), { code: '', text: '' });
  });
  it('a page without items is refused, not taken for empty', () => assert.throws(() => wire.parseSubscriptions('c', { totalCount: 0 })));
});
