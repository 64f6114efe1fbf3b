/** Amounts of money, and what a price is over a term. Pure. */
/** Integer minor units (cents) of one currency. */
export interface Money {
  minor: number;
  currency: string;
}

const TERM = /^P(?:(\d{1,2})Y)?(?:(\d{1,3})M)?$/i;
const CYCLES: Readonly<Record<string, number>> = { monthly: 1, annual: 12, biennial: 24, triennial: 36 };
const AT_ONCE: ReadonlySet<string> = new Set(['one_time', 'onetime', 'none']);

/** The months of an ISO 8601 length of years and months (`P1M`, `P1Y`, `P2Y`, `P1Y6M`); null where it is another one. */
export function monthsOf(term: string): number | null {
  const match = TERM.exec(term.trim());
  const months = match ? Number(match[1] ?? 0) * 12 + Number(match[2] ?? 0) : 0;
  return months > 0 ? months : null;
}

/** How many months one payment is for; null where that is not known. */
export function cycleMonths(term: string, billing: string): number | null {
  const cycle = billing.toLowerCase();
  return AT_ONCE.has(cycle) ? monthsOf(term) : (CYCLES[cycle] ?? null);
}

/** The price of one payment as a price a month and over the whole term; null where the term or the cycle is not understood. */
export function pricesOver(price: Money, term: string, billing: string): { monthly: Money; total: Money } | null {
  const [months, cycle] = [monthsOf(term), cycleMonths(term, billing)];
  if (months === null || cycle === null) return null;
  return {
    monthly: { ...price, minor: Math.round(price.minor / cycle) },
    total: { ...price, minor: price.minor * Math.max(1, Math.ceil(months / cycle)) },
  };
}

/** Money in minor units of its currency: 2 digits for most, 0 for yen, 3 for dinars. None where the code is no currency, or the amount no number that holds exactly. */
export function parseMoney(amount: number | undefined, currency: string | undefined): Money | null {
  if (amount === undefined || !currency || !/^[a-z]{3}$/i.test(currency)) return null;
  const minor = Math.round(amount * 10 ** minorDigits(currency));
  return Number.isSafeInteger(minor) ? { minor, currency: currency.toUpperCase() } : null;
}

/** The sum of all; null where there is none, or one is not known or of another currency. */
export function sumOf(amounts: readonly (Money | null)[]): Money | null {
  const [first] = amounts;
  if (!first) return null;
  let minor = 0;
  for (const one of amounts) {
    if (one?.currency !== first.currency) return null;
    minor += one.minor;
  }
  return { ...first, minor };
}

/** The sum of each currency, by its code; amounts of two currencies are never added. */
export function sumsOf(amounts: readonly Money[]): Money[] {
  const sums = new Map<string, number>();
  for (const { currency, minor } of amounts) sums.set(currency, (sums.get(currency) ?? 0) + minor);
  return [...sums].map(([currency, minor]) => ({ currency, minor })).sort((a, b) => (a.currency < b.currency ? -1 : 1));
}

/**
 * Currencies whose minor unit has other than two digits (ISO 4217). Not asked of Intl: its digits are those of cash, so that it knows no
 * fillér and no sen, which prices do have (HUF 1,234.50).
 */
const NO_DIGITS = 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF';
const THREE_DIGITS = 'BHD IQD JOD KWD LYD OMR TND';
const DIGITS: ReadonlyMap<string, number> = new Map([
  ...NO_DIGITS.split(' ').map((code) => [code, 0] as const),
  ...THREE_DIGITS.split(' ').map((code) => [code, 3] as const),
]);

/** How many digits a currency's minor unit has; two where the currency is not known. */
export function minorDigits(currency: string): number {
  return DIGITS.get(currency.toUpperCase()) ?? 2;
}
