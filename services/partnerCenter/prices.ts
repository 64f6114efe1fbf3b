/** Prices at a term's end, out of price sheets: each sheet is read once a day and market, and only where the partner lets us. */
import { boundedMap } from '../boundedMap.ts';
import { dayOf } from '../clock.ts';
import { monthsOf, parseMoney } from '../domain/money.ts';
import { EST_OVER_MONTHLY_PERCENT, EST_OVER_YEARLY_PERCENT } from '../domain/rules.ts';
import { type AskedPrices, type EndPrices, PartnerCenterError, type PriceSheets, type PricesRead } from './port.ts';
import { type ClientConfig, pieces, request } from './request.ts';
import { parseCountry } from './wire/base.ts';
import { type Price, type Prices, type SheetRead, sheetReader } from './wire/priceSheet.ts';

const VIEWS = ['updatedlicensebased', 'licensebasedest'] as const;
const MARKETS_MAX = 4;
/** What could not be read is not asked for again so soon: a sheet is 40 MB. */
const AGAIN_MS = 3_600_000;

/** What a market's sheets say; `extended` is null where that sheet alone could not be read. */
interface Sheets {
  day: string;
  sold: Prices;
  extended: Prices | null;
}

const UNREAD: PricesRead = { known: false, why: 'unread' };

type Kept = { sheets: Sheets } | { why: 'notConsented' | 'unread'; untilMs: number };

const COUNTRIES_MAX = 10_000;

/** The port over HTTP. `client`: of the host and for the audience of the price sheets, which want a consent of their own; `partnerCenter` tells a customer's country. */
export function httpPriceSheets(client: ClientConfig, partnerCenter: ClientConfig): PriceSheets {
  const countries = boundedMap<string, string>(COUNTRIES_MAX);
  async function countryOf(customerId: string): Promise<string> {
    const known = countries.get(customerId);
    if (known !== undefined) return known;
    const path = `/v1/customers/${encodeURIComponent(customerId)}`;
    const country = parseCountry(await request(partnerCenter, { method: 'GET', path, token: 'app' }));
    if (country !== '') countries.set(customerId, country);
    return country;
  }
  const kept = boundedMap<string, Promise<Kept>>(MARKETS_MAX);
  async function ofMarket(market: string): Promise<Kept> {
    const held = kept.get(market);
    const read = held && (await held);
    const today = dayOf(client.clock.now());
    if (read && ('sheets' in read ? read.sheets.day === today : read.untilMs > client.clock.wallMs())) return read;
    // Whoever asks meanwhile waits for the same.
    const other = kept.get(market);
    if (other && other !== held) return other;
    const reading = readMarket(client, market, today);
    kept.set(market, reading);
    return reading;
  }
  return {
    async prices(asked): Promise<PricesRead> {
      try {
        const market = await countryOf(asked.customerId);
        if (market === '') return UNREAD;
        const read = await ofMarket(market);
        return 'sheets' in read ? { known: true, ...endPrices(read.sheets, asked) } : { known: false, why: read.why };
      } catch (error) {
        if (error instanceof PartnerCenterError) return UNREAD;
        throw error;
      }
    },
  };
}

async function readMarket(client: ClientConfig, market: string, today: string): Promise<Kept> {
  const [sold, extended] = [await readSheet(client, { market, view: VIEWS[0], today }), await readSheet(client, { market, view: VIEWS[1], today })];
  if ('prices' in sold) return { sheets: { day: today, sold: sold.prices, extended: 'prices' in extended ? extended.prices : null } };
  return { why: sold.why === 'notConsented' ? 'notConsented' : 'unread', untilMs: client.clock.wallMs() + AGAIN_MS };
}

async function readSheet(
  client: ClientConfig,
  { market, view, today }: { market: string; view: string; today: string },
): Promise<SheetRead | { why: 'notConsented' | 'unread' }> {
  const reader = sheetReader(market, today);
  try {
    const path = `/v1.0/sales/pricesheets(Market='${market}',PricesheetView='${view}')/$value`;
    const whole = await pieces(client, { method: 'GET', path, token: 'appAndUser' }, (piece) => reader.push(piece));
    return reader.end(whole);
  } catch (error) {
    if (!(error instanceof PartnerCenterError)) throw error;
    return { why: error.kind === 'forbidden' ? 'notConsented' : 'unread' };
  }
}

/** What all its seats cost a month, by the sheets; null what they do not tell. Pure. */
export function endPrices({ sold, extended }: Pick<Sheets, 'sold' | 'extended'>, { offerId, term, billing, quantity }: AskedPrices): EndPrices {
  const [product = '', sku = ''] = offerId.split(':');
  const at = (length: string, paid: string) => aMonth(sold.get([product, sku, length, paid].join(':').toLowerCase()), length);
  const [oneMonth, yearly, own] = [at('P1M', 'monthly'), at('P1Y', 'annual'), at(term, billing)];
  const all = (price: Price | null) => price && parseMoney(price.amount * quantity, price.currency);
  return {
    renewal: all(isPlausible(own, billing, { oneMonth, yearly }) ? own : null),
    oneMonth: all(oneMonth),
    extended: all(extendedPrice(extended, { product, sku }) ?? byRule(oneMonth, yearly)),
  };
}

/** A sheet's price is for the whole term (several who read them say so). */
function aMonth(price: Price | null | undefined, term: string): Price | null {
  const months = monthsOf(term);
  return price && months ? { ...price, amount: price.amount / months } : null;
}

/** A month of a longer term costs between a third of a month alone and hardly more: were a sheet to hold monthly amounts, it would show here. */
function isPlausible(own: Price | null, billing: string, { oneMonth, yearly }: { oneMonth: Price | null; yearly: Price | null }): boolean {
  const other = oneMonth ?? yearly;
  if (!own) return false;
  if (!other) return billing.toLowerCase() !== 'monthly';
  return own.currency === other.currency && own.amount >= other.amount / 3 && own.amount <= other.amount * 1.3;
}

/** Its SKU is another than that of the plan, so it is the product's only price, or none. */
function extendedPrice(prices: Prices | null, { product, sku }: { product: string; sku: string }): Price | null {
  const own = prices?.get(`${product}:${sku}:P1M:monthly`.toLowerCase());
  if (own) return own;
  const beginning = `${product.toLowerCase()}:`;
  const all = [...(prices ?? [])].filter(([key]) => key.startsWith(beginning) && key.endsWith(':p1m:monthly')).map(([, price]) => price);
  const [first] = all;
  return first && all.every((one) => one?.amount === first.amount && one.currency === first.currency) ? first : null;
}

/** So much above a month alone, or above a twelfth of the year where the plan is not sold by the month (docs/partner-center.md §6). */
function byRule(oneMonth: Price | null, yearly: Price | null): Price | null {
  if (oneMonth) return { ...oneMonth, amount: (oneMonth.amount * (100 + EST_OVER_MONTHLY_PERCENT)) / 100 };
  return yearly && { ...yearly, amount: (yearly.amount * (100 + EST_OVER_YEARLY_PERCENT)) / 100 };
}
