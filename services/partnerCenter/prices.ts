/** Prices at a term's end, out of price sheets: each sheet is read once a day and market, and only where the partner lets us. */
import { boundedMap } from '../boundedMap.ts';
import { dayOf } from '../clock.ts';
import { monthsOf, parseMoney } from '../domain/money.ts';
import { EST_OVER_MONTHLY_PERCENT, EST_OVER_YEARLY_PERCENT } from '../domain/rules.ts';
import type { EndPrices } from '../domain/ticket.ts';
import { type AskedPrices, PartnerCenterError, type PriceSheets, type PricesRead } from './port.ts';
import { type ClientConfig, pieces, request } from './request.ts';
import { parseCountry } from './wire/base.ts';
import { openPlaces, type Places, type Price, type Prices, type SheetRead, sheetReader } from './wire/priceSheet.ts';

const VIEWS = ['updatedlicensebased', 'licensebasedest'] as const;
const MARKETS_MAX = 60;
/** What could not be read is not asked for again so soon: a sheet is 40 MB. */
const AGAIN_MS = 3_600_000;

/** What a market's sheets say; `extended` is null where that sheet alone could not be read. */
interface Sheets {
  day: string;
  sold: Prices;
  extended: Prices | null;
}

const UNREAD: PricesRead = { known: false, why: 'unread' };

/** Of the sheets of one day: what is no longer sold goes with it. */
type DayPlaces = Places & { day: string };

type Kept = { sheets: Sheets } | { why: 'notConsented' | 'unread'; untilMs: number };

const COUNTRIES_MAX = 10_000;
/** Nobody waits longer for a price: the sheet is read on, and the next one who asks has it. */
const PATIENCE_MS = 3_000;

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
  // One market after the other: each is 80 MB to be taken apart, and people wait for their answers meanwhile.
  let last: Promise<unknown> = Promise.resolve();
  let places: DayPlaces = { day: '', ...openPlaces() };
  // Where nobody lets us, no customer's country is asked for either.
  let refusedUntilMs = 0;
  async function ofMarket(market: string): Promise<Kept> {
    const held = kept.get(market);
    const read = held && (await held);
    const today = dayOf(client.clock.now());
    if (read && ('sheets' in read ? read.sheets.day === today : read.untilMs > client.clock.wallMs())) return read;
    // Whoever asks meanwhile waits for the same.
    const other = kept.get(market);
    if (other && other !== held) return other;
    const reading = last.then(() => {
      const on = dayOf(client.clock.now());
      if (places.day !== on) places = { day: on, ...openPlaces() };
      return readMarket(client, market, places);
    });
    last = reading.catch(() => {});
    kept.set(market, reading);
    return reading;
  }
  async function read(asked: AskedPrices): Promise<PricesRead> {
    if (client.clock.wallMs() < refusedUntilMs) return { known: false, why: 'notConsented' };
    try {
      const market = await countryOf(asked.customerId);
      if (market === '') return UNREAD;
      const of = await ofMarket(market);
      if (!('sheets' in of) && of.why === 'notConsented') refusedUntilMs = of.untilMs;
      return 'sheets' in of ? { known: true, on: of.sheets.day, ...endPrices(of.sheets, asked) } : { known: false, why: of.why };
    } catch (error) {
      if (error instanceof PartnerCenterError) return UNREAD;
      throw error;
    }
  }
  return { prices: (asked) => within(PATIENCE_MS, read(asked), UNREAD) };
}

/** What comes of it within the time; `late` after that. */
async function within<T>(ms: number, work: Promise<T>, late: T): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<T>((resolve) => {
    timer = setTimeout(() => resolve(late), ms);
  });
  return Promise.race([work, patience]).finally(() => clearTimeout(timer));
}

async function readMarket(client: ClientConfig, market: string, places: DayPlaces): Promise<Kept> {
  const [sold, extended] = [await readSheet(client, { market, view: VIEWS[0], places }), await readSheet(client, { market, view: VIEWS[1], places })];
  if ('prices' in sold) return { sheets: { day: places.day, sold: sold.prices, extended: 'prices' in extended ? extended.prices : null } };
  return { why: sold.why === 'notConsented' ? 'notConsented' : 'unread', untilMs: client.clock.wallMs() + AGAIN_MS };
}

async function readSheet(
  client: ClientConfig,
  { market, view, places }: { market: string; view: string; places: DayPlaces },
): Promise<SheetRead | { why: 'notConsented' | 'unread' }> {
  const reader = sheetReader(market, places.day, places);
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
export function endPrices({ sold, extended }: Pick<Sheets, 'sold' | 'extended'>, asked: AskedPrices): Omit<EndPrices, 'on'> {
  const { offerId, term, billing, quantity, next } = asked;
  const [product = '', sku = ''] = offerId.split(':');
  const { oneMonth, yearly } = pricesOf(sold, offerId);
  const all = (price: Price | null, seats: number) => price && parseMoney(price.amount * seats, price.currency);
  const as = { offerId: next?.offer ?? offerId, term: next?.term ?? term, billing: next?.billing ?? billing };
  return {
    // What a promotion takes off stands in no sheet.
    renewal: next?.promotion ? null : all(renewalPrice(sold, as), next?.quantity ?? quantity),
    oneMonth: all(oneMonth, quantity),
    extended: all(extendedPrice(extended, { product, sku }) ?? byRule(oneMonth, yearly), quantity),
  };
}

/** A month of a seat in terms of one month, and of one year that is paid at once. */
function pricesOf(sold: Prices, offerId: string) {
  return { oneMonth: priceIn(sold, { offerId, term: 'P1M', billing: 'monthly' }), yearly: priceIn(sold, { offerId, term: 'P1Y', billing: 'annual' }) };
}

function priceIn(sold: Prices, { offerId, term, billing }: Pick<AskedPrices, 'offerId' | 'term' | 'billing'>): Price | null {
  const [product = '', sku = ''] = offerId.split(':');
  return aMonth(sold.get([product, sku, term, billing].join(':').toLowerCase()), term);
}

function renewalPrice(sold: Prices, as: Pick<AskedPrices, 'offerId' | 'term' | 'billing'>): Price | null {
  const own = priceIn(sold, as);
  return isPlausible(own, as.billing, pricesOf(sold, as.offerId)) ? own : null;
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
  const all = (prices?.of(product.toLowerCase()) ?? []).filter(([key]) => key.endsWith(':p1m:monthly')).map(([, price]) => price);
  const [first] = all;
  return first && all.every((one) => one?.amount === first.amount && one.currency === first.currency) ? first : null;
}

/** So much above a month alone, or above a twelfth of the year where the plan is not sold by the month (docs/partner-center.md §6). */
function byRule(oneMonth: Price | null, yearly: Price | null): Price | null {
  if (oneMonth) return { ...oneMonth, amount: (oneMonth.amount * (100 + EST_OVER_MONTHLY_PERCENT)) / 100 };
  return yearly && { ...yearly, amount: (yearly.amount * (100 + EST_OVER_YEARLY_PERCENT)) / 100 };
}
