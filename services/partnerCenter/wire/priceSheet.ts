/**
 * Price sheets: CSV of some 40 MB, read piece by piece into the few numbers that we need. Columns are found by their names; a row
 * that cannot be read costs that row, and two rows that contradict each other are none (docs/partner-center.md §11). Pure.
 */

/** What one row says: a seat for a whole term, in units of its currency. */
interface Row {
  product: string;
  sku: string;
  term: string;
  billing: string;
  amount: number;
  currency: string;
}

export interface Price {
  amount: number;
  currency: string;
}

/** `product:sku:term:billing`, all in lower case, with its price; null where rows contradict each other. */
type Entry = [key: string, price: Price | null];

export interface Prices extends Iterable<Entry> {
  get(key: string): Price | null | undefined;
  /** Those of one product. */
  of(product: string): Entry[];
}

/** What is sold, and the place of its price: the same in all sheets, so that of each sheet its numbers alone take memory. A partner may sell in thirty markets. */
export interface Places {
  at: Map<string, number>;
  /** The keys of each product. */
  of: Map<string, string[]>;
}

export function openPlaces(): Places {
  return { at: new Map(), of: new Map() };
}

/** `odd`: so many rows could not be read. `why`: what makes the whole sheet unreadable. */
export type SheetRead = { prices: Prices; odd: number } | { why: 'cut' | 'columns' | 'tooLong' | 'empty' };

export interface SheetReader {
  /** Takes the next piece; false where no more is wanted, for the sheet is beyond reading. */
  push(piece: string): boolean;
  /** When all of it has come; `whole` is false where it broke off. */
  end(whole: boolean): SheetRead;
}

const PRICES_MAX = 250_000;
const ROW_LETTERS_MAX = 64_000;
const LETTERS_MAX = 300_000_000;
const NEEDED = ['productid', 'skuid', 'termduration', 'billingplan', 'currency', 'unitprice'] as const;

/** Reads one sheet of a market on a day; rows of other markets, and of other days, are passed over. */
export function sheetReader(market: string, today: string, places = openPlaces()): SheetReader {
  const { prices, keep, size } = openPrices(places);
  const split = splitter();
  let columns: ReadonlyMap<string, number> | undefined;
  let why: 'columns' | 'tooLong' | undefined;
  let [odd, letters] = [0, 0];
  function take(cells: readonly string[]): void {
    if (!columns) {
      columns = new Map(cells.map((name, index) => [name.toLowerCase().replace(/[^a-z]/g, ''), index]));
      if (NEEDED.some((name) => !columns?.has(name))) why = 'columns';
      return;
    }
    // An empty line is none.
    if (cells.length === 1 && cells[0] === '') return;
    const row = rowOf(cells, columns, { market, today });
    if (row === 'odd') odd += 1;
    else if (row) keep(row);
  }
  return {
    push(piece) {
      letters += piece.length;
      for (const cells of split.push(piece)) if (!why) take(cells);
      if (letters > LETTERS_MAX || split.waiting() > ROW_LETTERS_MAX || size() > PRICES_MAX) why = 'tooLong';
      return why === undefined;
    },
    end(whole) {
      if (why) return { why };
      const last = split.end();
      // What is missing of it nobody knows, not even whether it would contradict what came.
      if (!whole || last === 'cut' || (columns && last.length > 0 && (last[0]?.length ?? 0) < columns.size)) return { why: 'cut' };
      for (const cells of last) take(cells);
      if (why) return { why };
      return columns ? { prices, odd } : { why: 'empty' };
    },
  };
}

/** Amounts that are none: nothing is said, or two things are. */
const [UNSAID, CONTRADICTED] = [Number.NaN, -1];

function openPrices(places: Places): { prices: Prices; keep(row: Row): void; size(): number } {
  const amounts: number[] = [];
  const currencies: number[] = [];
  const names: string[] = [];
  function placeOf(key: string, product: string): number {
    const known = places.at.get(key);
    if (known !== undefined) return known;
    places.at.set(key, places.at.size);
    places.of.set(product, [...(places.of.get(product) ?? []), key]);
    return places.at.size - 1;
  }
  function get(key: string): Price | null | undefined {
    const place = places.at.get(key) ?? -1;
    const amount = amounts[place] ?? UNSAID;
    if (Number.isNaN(amount)) return undefined;
    return amount === CONTRADICTED ? null : { amount, currency: names[currencies[place] as number] as string };
  }
  const said = (keys: Iterable<string>) => [...keys].map((key) => [key, get(key)] as const).filter((one): one is Entry => one[1] !== undefined);
  return {
    prices: { get, of: (product) => said(places.of.get(product) ?? []), [Symbol.iterator]: () => said(places.at.keys()).values() },
    keep({ product, sku, term, billing, amount, currency }) {
      const key = [product, sku, term, billing].join(':').toLowerCase();
      const known = get(key);
      const place = placeOf(key, product.toLowerCase());
      while (amounts.length <= place) {
        amounts.push(UNSAID);
        currencies.push(0);
      }
      if (!names.includes(currency)) names.push(currency);
      const same = known === undefined || (known?.amount === amount && known.currency === currency);
      amounts[place] = same ? amount : CONTRADICTED;
      currencies[place] = names.indexOf(currency);
    },
    size: () => amounts.length,
  };
}

/** `undefined`: a row that does not concern us. */
function rowOf(cells: readonly string[], columns: ReadonlyMap<string, number>, at: { market: string; today: string }): Row | 'odd' | undefined {
  const cell = (name: string) => (cells[columns.get(name) ?? -1] ?? '').trim();
  if (cells.length !== columns.size) return 'odd';
  if (columns.has('market') && cell('market').toUpperCase() !== at.market) return undefined;
  const [begins, ends] = [dayOf(cell('effectivestartdate')), dayOf(cell('effectiveenddate'))];
  if ((begins && begins > at.today) || (ends && ends < at.today)) return undefined;
  // A price for the first ten and another for the next is no price for all.
  const from = cell('pricingtierrangemin');
  if (from !== '' && Number(from) > 1) return undefined;
  const [product, sku, term, billing, currency] = [cell('productid'), cell('skuid'), cell('termduration'), cell('billingplan'), cell('currency')];
  const amount = /^\d{1,9}(\.\d{1,9})?$/.test(cell('unitprice')) ? Number(cell('unitprice')) : Number.NaN;
  if (!(ID.test(product) && ID.test(sku) && TERM.test(term) && /^[A-Za-z_ -]{1,30}$/.test(billing) && /^[A-Z]{3}$/i.test(currency)) || Number.isNaN(amount))
    return 'odd';
  return { product, sku, term, billing, amount, currency: currency.toUpperCase() };
}

const ID = /^[A-Za-z0-9]{1,40}$/;
const TERM = /^P[0-9YMD]{1,10}$/i;

/** `2/1/2019 12:00:00 AM` or ISO; empty where it is neither. */
function dayOf(text: string): string {
  if (/^\d{4}-\d\d-\d\d/.test(text)) return text.slice(0, 10);
  const [, month, day, year] = /^(\d{1,2})\/(\d{1,2})\/(\d{4})\b/.exec(text) ?? [];
  return year ? `${year}-${month?.padStart(2, '0')}-${day?.padStart(2, '0')}` : '';
}

/** CSV taken apart while it comes (RFC 4180): quotes may hold commas, line ends and doubled quotes, and a piece may end anywhere. */
function splitter() {
  let cells: string[] = [];
  let cell = '';
  let [inside, wasQuote, first, length] = [false, false, true, 0];
  /** Takes one letter, or a run of them inside quotes; tells where it goes on. */
  function next(rows: string[][], text: string, from: number): number {
    const letter = text[from] as string;
    if (wasQuote) {
      wasQuote = false;
      inside = letter === '"';
      if (inside) cell += letter;
      return inside ? from + 1 : from;
    }
    if (inside) {
      const quote = text.indexOf('"', from);
      cell += text.slice(from, quote < 0 ? text.length : quote);
      wasQuote = quote >= 0;
      return quote < 0 ? text.length : quote + 1;
    }
    if (letter === '"' && cell === '') inside = true;
    else if (letter === ',') {
      cells.push(cell);
      cell = '';
    } else if (letter === '\n') {
      rows.push([...cells, cell]);
      [cells, cell, length] = [[], '', 0];
    } else if (letter !== '\r') cell += letter;
    return from + 1;
  }
  return {
    push(piece: string): string[][] {
      const rows: string[][] = [];
      const text = first ? piece.replace(/^\uFEFF/, '') : piece;
      first = first && piece === '';
      for (let from = 0; from < text.length; ) {
        const to = next(rows, text, from);
        length += to - from;
        from = to;
      }
      return rows;
    },
    waiting: () => length,
    /** The last row, where no line end came after it. */
    end(): string[][] | 'cut' {
      if (inside && !wasQuote) return 'cut';
      return cells.length === 0 && cell === '' ? [] : [[...cells, cell]];
    },
  };
}
