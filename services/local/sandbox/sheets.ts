/** Price sheets of the pretend Partner Center, as the real one writes them: quoted, with a byte-order mark, whole-term prices. Pure. */
import { monthsOf } from '../../domain/money.ts';
import { EXTENDED_SKU, extendedPrice, PLANS, type SandboxPlan, seatPrice, skusOf, termsOf } from './catalogue.ts';
import { cycleOf } from './terms.ts';

const PATH = /^\/v1\.0\/sales\/pricesheets\(Market='([A-Z]{2})',PricesheetView='(\w+)'\)\/\$value$/;
const COLUMNS =
  'ProductTitle,ProductId,SkuId,SkuTitle,Publisher,SkuDescription,UnitOfMeasure,TermDuration,BillingPlan,Market,Currency,UnitPrice,PricingTierRangeMin,PricingTierRangeMax,EffectiveStartDate,EffectiveEndDate,Tags,ERP Price,Segment';

export type Asked = { market: string; view: string };

/** What a path asks for; undefined where it is no price sheet. */
export function askedSheet(path: string): Asked | undefined {
  const [, market, view] = PATH.exec(decodeURIComponent(path)) ?? [];
  return market && view ? { market, view } : undefined;
}

/** The sheet as text; undefined for a view that the sandbox does not have. */
export function priceSheet({ market, view }: Asked): string | undefined {
  const of = { updatedlicensebased: soldRows, licensebasedest: extendedRows }[view];
  if (!of) return undefined;
  const rows = PLANS.flatMap((plan) => of(plan).map((row) => line(plan, row, market)));
  return `\uFEFF${quoted(COLUMNS.split(','))}\r\n${rows.join('\r\n')}\r\n`;
}

interface Row {
  skuId: string;
  title: string;
  term: string;
  billing: string;
  /** For the whole term, in cents. */
  cents: number;
  segment: string;
}

function soldRows(plan: SandboxPlan): Row[] {
  return skusOf(plan).flatMap(({ id, title, segment }) =>
    termsOf(plan).map(({ duration, billingCycle }) => {
      const payments = (monthsOf(duration) ?? 1) / cycleOf(billingCycle);
      return { skuId: id, title, term: duration, billing: billingCycle, cents: (seatPrice(plan, duration, billingCycle) ?? 0) * payments, segment };
    }),
  );
}

function extendedRows(plan: SandboxPlan): Row[] {
  return [
    { skuId: EXTENDED_SKU, title: `${plan.title} (Extended Service Term)`, term: 'P1M', billing: 'Monthly', cents: extendedPrice(plan), segment: 'commercial' },
  ];
}

function line(plan: SandboxPlan, { skuId, title, term, billing, cents, segment }: Row, market: string): string {
  const price = String(cents / 100);
  const about = `${plan.title}, "as it is sold", for people`;
  const named = segment.charAt(0).toUpperCase() + segment.slice(1);
  const product = [plan.title, plan.productId, skuId, title, 'Microsoft Corporation', about, ''];
  const dates = ['1/1/2026 12:00:00 AM', '12/31/9999 11:59:59 PM'];
  return quoted([...product, term, billing, market, 'EUR', price, '', '', ...dates, 'License', String(Math.round(cents * 1.25) / 100), named]);
}

function quoted(values: readonly string[]): string {
  return values.map((value) => `"${value.replaceAll('"', '""')}"`).join(',');
}
