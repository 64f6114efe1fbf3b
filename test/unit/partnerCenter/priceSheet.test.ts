/** Price sheets as they may come: rude bodies, and what is believed of them. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { MockAgent } from 'undici';
import { systemClock } from '../../../services/clock.ts';
import { endPrices, httpPriceSheets } from '../../../services/partnerCenter/prices.ts';
import { openPlaces, type SheetRead, sheetReader } from '../../../services/partnerCenter/wire/priceSheet.ts';

const TODAY = '2026-11-26';
const HEADER = 'ProductTitle,ProductId,SkuId,SkuTitle,TermDuration,BillingPlan,Market,Currency,UnitPrice,EffectiveStartDate,EffectiveEndDate,ERP Price,Segment';
const row = (
  term: string,
  billing: string,
  price: string,
  more: { sku?: string; market?: string; from?: string; to?: string; currency?: string; product?: string } = {},
) =>
  `Office 365 E3,${more.product ?? 'CFQ7E3'},${more.sku ?? '0001'},Office 365 E3,${term},${billing},${more.market ?? 'IE'},${more.currency ?? 'EUR'},${price},${more.from ?? '1/1/2026 12:00:00 AM'},${more.to ?? '12/31/9999 11:59:59 PM'},1,Commercial`;

function read(text: string, { whole = true, size = 7 } = {}): SheetRead {
  const reader = sheetReader('IE', TODAY);
  for (let from = 0; from < text.length; from += size) if (!reader.push(text.slice(from, from + size))) return reader.end(false);
  return reader.end(whole);
}

function shown(sheet: SheetRead) {
  return 'prices' in sheet
    ? { prices: Object.fromEntries([...sheet.prices].map(([key, price]) => [key, price && `${price.amount} ${price.currency}`])), odd: sheet.odd }
    : sheet.why;
}

describe('a price sheet', () => {
  it('is read by the names of its columns: quoted, in another order, with a byte-order mark, commas, line ends and doubled quotes inside', () => {
    const text =
      '\uFEFF"UnitPrice","Currency","Market","BillingPlan","TermDuration","SkuDescription","SkuId","ProductId","ERP Price\u201c"\r\n' +
      '"115.2","EUR","IE","Annual","P1Y","Meetings, ""calls"" and\r\nmore","0001","CFQ7E3","144"\r\n';
    for (const size of [1, 2, 3, 1_000]) assert.deepEqual(shown(read(text, { size })), { prices: { 'cfq7e3:0001:p1y:annual': '115.2 EUR' }, odd: 0 });
  });

  it('without one of the columns that are needed says nothing', () => {
    for (const column of ['ProductId', 'SkuId', 'TermDuration', 'BillingPlan', 'Currency', 'UnitPrice'])
      assert.equal(shown(read(`${HEADER.replace(column, 'Other')}\n${row('P1Y', 'Annual', '1')}\n`)), 'columns');
    assert.equal(shown(read('PK\u0003\u0004 a zip\n')), 'columns');
    assert.equal(shown(read('')), 'empty');
  });

  it('without those that are not needed is read as well', () => {
    assert.deepEqual(shown(read('ProductId,SkuId,TermDuration,BillingPlan,Currency,UnitPrice\nC1,1,P1M,Monthly,EUR,5')), {
      prices: { 'c1:1:p1m:monthly': '5 EUR' },
      odd: 0,
    });
  });

  it('an odd row costs that row', () => {
    const odd = [
      'too,few',
      row('P1Y', 'Annual', 'on request'),
      row('P1Y', 'Annual', '-3'),
      row('P1Y', 'Annual', '1e9'),
      row('a year', 'Annual', '3'),
      `${row('P1Y', 'Annual', '3')},more`,
    ];
    const text = [HEADER, row('P1M', 'Monthly', '26.29'), ...odd, '', row('P1Y', 'Annual', '262.86'), ''].join('\n');
    assert.deepEqual(shown(read(text)), { prices: { 'cfq7e3:0001:p1m:monthly': '26.29 EUR', 'cfq7e3:0001:p1y:annual': '262.86 EUR' }, odd: odd.length });
  });

  it('cut anywhere it is not believed at all', () => {
    const text = [HEADER, row('P1M', 'Monthly', '26.29'), row('P1Y', 'Annual', '262.86'), ''].join('\n');
    assert.equal(shown(read(text, { whole: false })), 'cut');
    assert.equal(shown(read(text.slice(0, -40))), 'cut');
    assert.equal(shown(read(`${HEADER}\n"Office 365 E3, and so`)), 'cut');
  });

  it('other markets, other days and other tiers do not count; two prices for one thing are none', () => {
    const text = [
      HEADER,
      row('P1M', 'Monthly', '1', { market: 'GB' }),
      row('P1M', 'Monthly', '2', { from: '1/1/2027 12:00:00 AM' }),
      row('P1M', 'Monthly', '3', { to: '2026-06-30T00:00:00Z' }),
      row('P1M', 'Monthly', '26.29'),
      row('P1M', 'Monthly', '26.29'),
      row('P1Y', 'Annual', '262.86'),
      row('P1Y', 'Annual', '270'),
      row('P1Y', 'Annual', '262.86'),
    ].join('\n');
    assert.deepEqual(shown(read(text)), { prices: { 'cfq7e3:0001:p1m:monthly': '26.29 EUR', 'cfq7e3:0001:p1y:annual': null }, odd: 0 });
  });

  it('is bounded: a row that never ends ends the reading', () => {
    const reader = sheetReader('IE', TODAY);
    reader.push(`${HEADER}\n"`);
    let wanted = true;
    for (let n = 0; n < 100 && wanted; n++) wanted = reader.push('x'.repeat(1_000));
    assert.equal(wanted, false);
    assert.deepEqual(reader.end(false), { why: 'tooLong' });
  });

  it('whatever comes, in whatever pieces: it never throws, and pieces make no difference', () => {
    const piece = fc.constantFrom(HEADER, '\n', '\r\n', '"', ',', row('P1M', 'Monthly', '26.29'), 'x', '\uFEFF');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), fc.integer({ min: 1, max: 50 }), (parts, size) => {
        const text = parts.join('');
        assert.deepEqual(shown(read(text, { size })), shown(read(text, { size: 100_000 })));
      }),
    );
  });
});

describe('prices at a term’s end', () => {
  const sheets = (sold: string[], extended: string[] = []) => {
    const prices = (rows: string[]) => {
      const sheet = read([HEADER, ...rows].join('\n'), { size: 10_000 });
      assert.ok('prices' in sheet);
      return sheet.prices;
    };
    return { sold: prices(sold), extended: extended.length > 0 ? prices(extended) : null };
  };
  const asked = { customerId: 'c', offerId: 'CFQ7E3:0001:CFQ7X', term: 'P1Y', billing: 'monthly', quantity: 5 };
  const minor = (prices: ReturnType<typeof endPrices>) => [prices.renewal?.minor ?? null, prices.oneMonth?.minor ?? null, prices.extended?.minor ?? null];
  const SOLD = [row('P1M', 'Monthly', '26.29'), row('P1Y', 'Monthly', '276'), row('P1Y', 'Annual', '262.86')];

  it('a month of all seats: the whole term’s price over its months', () => {
    // 276.00 / 12 x 5 = 115.00; 26.29 x 5 = 131.45; 27.08 x 5 = 135.40.
    assert.deepEqual(minor(endPrices(sheets(SOLD, [row('P1M', 'Monthly', '27.08', { sku: '00E1' })]), asked)), [11_500, 13_145, 13_540]);
  });

  it('without the sheet of Extended Service Terms: 3 % above the one-month price, or 23 % above a twelfth of the yearly one', () => {
    assert.deepEqual(minor(endPrices(sheets(SOLD), asked)), [11_500, 13_145, 13_539]);
    assert.deepEqual(minor(endPrices(sheets([SOLD[2] as string]), { ...asked, billing: 'annual' })), [10_953, null, 13_472]);
  });

  it('an Extended Service Term that the product has several of has no price by the sheet', () => {
    const two = [row('P1M', 'Monthly', '27.08', { sku: '00E1' }), row('P1M', 'Monthly', '30', { sku: '00E2' })];
    assert.equal(endPrices(sheets(SOLD, two), asked).extended?.minor, 13_539, 'by the rule');
    assert.equal(endPrices(sheets(SOLD, [...two, row('P1M', 'Monthly', '28')]), asked).extended?.minor, 14_000, 'by its own SKU');
  });

  it('a price that is out of all proportion, as monthly amounts for a year would be, is not known', () => {
    assert.deepEqual(minor(endPrices(sheets([row('P1M', 'Monthly', '26.29'), row('P1Y', 'Monthly', '23')]), asked)), [null, 13_145, 13_539]);
    assert.equal(endPrices(sheets([row('P1Y', 'Monthly', '276')]), asked).renewal, null, 'nothing to compare it with');
    assert.equal(endPrices(sheets([row('P1M', 'Monthly', '26.29', { currency: 'USD' }), row('P1Y', 'Monthly', '276')]), asked).renewal, null);
  });

  it('what is not in the sheets is not known', () => {
    assert.deepEqual(minor(endPrices(sheets(SOLD), { ...asked, offerId: 'CFQ7OTHER:0001:x' })), [null, null, null]);
    assert.deepEqual(minor(endPrices(sheets(SOLD), { ...asked, term: '' })), [null, 13_145, 13_539]);
  });
});

describe('a partner who sells in thirty markets', () => {
  const asked = { offerId: 'CFQ7E3:0001:CFQ7X', term: 'P1M', billing: 'monthly', quantity: 1 };
  const markets = Array.from({ length: 30 }, (_, n) => `${n < 26 ? 'A' : 'B'}${String.fromCharCode(65 + (n % 26))}`);

  it('has each sheet read once a day, one market after the other, and each market’s own prices', async () => {
    const read: string[] = [];
    const dispatcher = new MockAgent();
    dispatcher.disableNetConnect();
    const address = 'http://sheets';
    dispatcher
      .get(address)
      .intercept({ path: /pricesheets/ })
      .reply(200, ({ path }) => {
        const market = /Market='(\w+)'/.exec(path)?.[1] as string;
        read.push(market);
        return [HEADER, row('P1M', 'Monthly', String(markets.indexOf(market) + 1), { market })].join('\n');
      })
      .persist();
    const budget = { take: async () => {}, pause: async () => {} };
    const client = { baseUrl: address, clock: systemClock(), locale: 'en-US', budget, tokens: async () => 'x', dispatcher };
    const fetch = async (url: string) => {
      const body = JSON.stringify({ billingProfile: { defaultAddress: { country: url.slice(-2) } } });
      return { ok: true, status: 200, headers: { get: () => null }, text: async () => body };
    };
    const sheets = httpPriceSheets(client, { ...client, fetch });
    const all = () => Promise.all(markets.map((customerId) => sheets.prices({ ...asked, customerId })));
    const first = await all();
    assert.deepEqual(
      first.map((one) => one.known && one.oneMonth?.minor),
      markets.map((_, n) => (n + 1) * 100),
    );
    assert.deepEqual(await all(), first);
    assert.deepEqual(
      read,
      markets.flatMap((market) => [market, market]),
    );
  });

  it('has no price in a market whose sheet does not have it, though another’s has', () => {
    const places = openPlaces();
    const sheet = (text: string) => {
      const reader = sheetReader('IE', TODAY, places);
      reader.push(text);
      return shown(reader.end(true));
    };
    const [one, other] = [row('P1M', 'Monthly', '1', { product: 'ONE' }), row('P1M', 'Monthly', '2', { product: 'OTHER', currency: 'GBP' })];
    assert.deepEqual(sheet([HEADER, one].join('\n')), { prices: { 'one:0001:p1m:monthly': '1 EUR' }, odd: 0 });
    assert.deepEqual(sheet([HEADER, other].join('\n')), { prices: { 'other:0001:p1m:monthly': '2 GBP' }, odd: 0 });
  });
});
