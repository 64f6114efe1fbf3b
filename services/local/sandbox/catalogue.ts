/** What the pretend Partner Center sells. Ids of products are invented: no public source knows the real ones for Dynamics. */
import { createHash } from 'node:crypto';
import { EST_OVER_MONTHLY_PERCENT, EST_OVER_YEARLY_PERCENT } from '../../domain/rules.ts';

export interface SandboxPlan {
  title: string;
  productId: string;
  /** The Entra licence SKU. */
  skuId: string;
  part: string;
  /** A seat a month for a year that is paid monthly, in cents. */
  price: number;
  minimum: number;
  segments: boolean;
  /** Sold by the month too; where it is not, an Extended Service Term costs a part more of the yearly price. */
  byMonth: boolean;
  threeYears: boolean;
}

const THREE_YEARS: ReadonlySet<string> = new Set(['Office 365 E3', 'Office 365 E5', 'Microsoft 365 F1']);
const YEARLY_ONLY: ReadonlySet<string> = new Set(['Dynamics 365 Plan', 'Microsoft 365 F1']);

/** Every tier of a product shares one licence SKU, as in the real catalogue. */
export const PLANS: SandboxPlan[] = [
  plan('Dynamics 365 Sales Professional', 'be9f9771-1c64-4618-9907-244325141096', 'D365_SALES_PRO', 6500, 1),
  plan('Dynamics 365 Sales Enterprise', '1e1a282c-9c54-43a2-9310-98ef728faace', 'DYN365_ENTERPRISE_SALES', 9500, 1),
  plan('Dynamics 365 Customer Service', '749742bf-0d37-4158-a120-33567104deeb', 'DYN365_ENTERPRISE_CUSTOMER_SERVICE', 5000, 1),
  plan('Dynamics 365 Customer Engagement Plan', 'ea126fc5-a19e-42e2-a731-da9d437bffcf', 'DYN365_ENTERPRISE_PLAN1', 11500, 1),
  plan('Dynamics 365 Team Members', '7ac9fe77-66b7-4e5e-9e46-10eed1cff547', 'DYN365_TEAM_MEMBERS', 800, 1),
  plan('Dynamics 365 Unified Operations Plan', 'ccba3cfe-71ef-423a-bd87-b6df3dce59a9', 'Dynamics_365_for_Operations', 18000, 20),
  plan('Dynamics 365 Plan', '549c4efe-09a2-462b-9393-9b57dfdea76b', 'DYN365_PLAN', 20000, 20),
  plan('Dynamics 365 Unified Operations - Activity', 'b75074f1-4c54-41bf-970f-c9ac871567f5', 'Dyn365_Operations_Activity', 5000, 1),
  plan('Dynamics 365 Unified Operations - Device', '3bbd44ed-8a70-4c07-9088-6232ddbd5ddd', 'Dynamics_365_for_Operations_Devices', 7500, 1),
  plan('Dynamics 365 Field Service', 'c7d15985-e746-4f01-b113-20b575898250', 'DYN365_ENTERPRISE_FIELD_SERVICE', 9500, 1),
  plan('Dynamics 365 Project Service Automation', '28b81ef4-b535-4e5c-ae14-bd40148c89c5', 'DYN365_PSA', 9500, 1),
  plan('Dynamics 365 Business Central Essentials', '2880026b-2b0c-4251-8656-5d41ff11e3aa', 'DYN365_BUSCENTRAL_ESSENTIAL', 7000, 1),
  plan('Dynamics 365 Business Central Premium', 'f991cecc-3f91-4cd0-a9a8-bf1c8167e029', 'DYN365_BUSCENTRAL_PREMIUM', 10000, 1),
  plan('Dynamics 365 Business Central Team Members', '2e3c4023-80f6-4711-aa5d-29e0ecb46835', 'DYN365_BUSCENTRAL_TEAM_MEMBER', 800, 1),
  plan('Office 365 E3', '6fd2c87f-b296-42f0-b197-1e91e994b900', 'ENTERPRISEPACK', 2300, 1),
  plan('Office 365 E5', 'c7df2760-2c81-4ef7-b578-5b5392b571df', 'ENTERPRISEPREMIUM', 3800, 1),
  plan('Microsoft 365 F1', '50f60901-3181-4b75-8a2c-4c8e4c1d5a72', 'M365_F1', 225, 1),
  plan('Office 365 F3', '4b585984-651b-448a-9e53-3b10f069cf7f', 'DESKLESSPACK', 400, 1),
  plan('Microsoft 365 Business Basic', '3b555118-da6a-4418-894f-7df1e2096870', 'O365_BUSINESS_ESSENTIALS', 600, 1, 'CFQ7TTC0LH18'),
  plan('Microsoft 365 Business Standard', 'f245ecc8-75af-4f8e-b61f-27d8114de5f3', 'O365_BUSINESS_PREMIUM', 1250, 1),
];

/** Licences of what is retired; the ids of the last are invented. */
export const RETIRED_SKUS: Record<string, { skuId: string; part: string; title?: string }> = {
  sales: { skuId: '1e1a282c-9c54-43a2-9310-98ef728faace', part: 'DYN365_ENTERPRISE_SALES' },
  engagement: { skuId: 'ea126fc5-a19e-42e2-a731-da9d437bffcf', part: 'DYN365_ENTERPRISE_PLAN1' },
  axTask: { skuId: '54b84594-9c77-4499-8d65-5e0d5f410e78', part: 'AX_TASK_USER' },
  axEnterprise: { skuId: guid('sku AX_ENTERPRISE_USER'), part: 'AX_ENTERPRISE_USER' },
  axSelfServe: { skuId: guid('sku AX_SELF-SERVE_USER'), part: 'AX_SELF-SERVE_USER' },
  axDevice: { skuId: guid('sku AX_DEVICE'), part: 'AX_DEVICE' },
  crmEnterprise: { skuId: guid('sku CRMENTERPRISE'), part: 'CRMENTERPRISE' },
  crmProfessional: { skuId: 'd17b27af-3f49-4822-99f9-56a661538792', part: 'CRMSTANDARD' },
  crmBasic: { skuId: '906af65a-2970-46d5-9b58-4e9aa50f0657', part: 'CRMPLAN2', title: 'Microsoft Dynamics CRM Online Basic' },
  crmEssential: { skuId: guid('sku CRMPLAN1'), part: 'CRMPLAN1' },
  fieldService: { skuId: '8c25713e-c6c2-473e-8b47-f0d273f00f30', part: 'CRM_FIELD_SERVICE_ADDON' },
  psa: { skuId: '08bdc817-f85d-4ed1-b835-31f7b7edc4a8', part: 'CRM_PSA_ADDON' },
  e4: { skuId: '1392051d-0cb9-4b7a-88d5-621fee5e8711', part: 'ENTERPRISEWITHSCAL', title: 'Office 365 E4' },
  skype: { skuId: 'b8b749f8-a4ef-4887-9539-c95b1eaa5db7', part: 'MCOIMP', title: 'Skype for Business Online (Plan 1)' },
  financeBusiness: { skuId: guid('sku FINANCE_BUSINESS_EDITION'), part: 'DYN365_FINANCIALS_BUSINESS' },
  teamBusiness: { skuId: guid('sku TEAM_BUSINESS_EDITION'), part: 'DYN365_FINANCIALS_TEAM_MEMBERS' },
};

const SEGMENTS = [
  { suffix: '', segment: 'commercial' },
  { suffix: ' for Faculty', segment: 'education' },
  { suffix: ' for Students', segment: 'education' },
  { suffix: ' (Government Pricing)', segment: 'government' },
];

/** A year that is paid monthly costs 5 % more than one that is paid at once; a month alone 20 % more than that (list prices since 2025-04-01). */
const [PAID_MONTHLY, ONE_MONTH] = [1.05, 1.2];

/** `factor`: a month of it, of a month in a year that is paid at once. */
const TERMS = [
  { duration: 'P1Y', billingCycle: 'Monthly', description: 'One-year commitment for monthly billing', months: 1, factor: PAID_MONTHLY },
  { duration: 'P1Y', billingCycle: 'Annual', description: 'One-year commitment for yearly billing', months: 12, factor: 1 },
  { duration: 'P1M', billingCycle: 'Monthly', description: 'One-month commitment for monthly billing', months: 1, factor: ONE_MONTH },
  { duration: 'P3Y', billingCycle: 'Monthly', description: 'Three-year commitment for monthly billing', months: 1, factor: PAID_MONTHLY },
  { duration: 'P3Y', billingCycle: 'Annual', description: 'Three-year commitment for yearly billing', months: 12, factor: 1 },
  { duration: 'P3Y', billingCycle: 'Triennial', description: 'Three-year commitment for triennial billing', months: 36, factor: 1 },
];

/** The terms in which a plan is sold, in the order of the catalogue. */
export function termsOf(plan: SandboxPlan) {
  return TERMS.filter(({ duration }) => (duration === 'P1M' ? plan.byMonth : duration === 'P3Y' ? plan.threeYears : true));
}

/** What a seat costs for one billing cycle, in cents; undefined where the plan is not sold so. */
export function seatPrice(plan: SandboxPlan, duration: string, billing: string): number | undefined {
  const term = termsOf(plan).find((one) => one.duration === duration && one.billingCycle.toLowerCase() === billing.toLowerCase());
  return term && Math.round((plan.price / PAID_MONTHLY) * term.factor * term.months);
}

/** What a seat costs for a month of an Extended Service Term, in cents: so much above the one-month price, or above a twelfth of the yearly one. */
export function extendedPrice(plan: SandboxPlan): number {
  const oneMonth = seatPrice(plan, 'P1M', 'monthly');
  if (oneMonth !== undefined) return Math.round((oneMonth * (100 + EST_OVER_MONTHLY_PERCENT)) / 100);
  return Math.round(((seatPrice(plan, 'P1Y', 'annual') ?? 0) * (100 + EST_OVER_YEARLY_PERCENT)) / 1200);
}

/** What is cheaper for one term alone. */
export const PROMOTIONS = [{ id: '39NFJQT1PFPL:0001:39NFJQT1Q5KL', title: 'Office 365 E5', percent: 15 }];

/** The plan of a new-commerce offer, `product:sku:availability`. */
export function planOf(offerId: string): SandboxPlan | undefined {
  const [productId, skuId] = offerId.split(':');
  return skuId === undefined ? undefined : PLANS.find((one) => one.productId === productId);
}

/** The SKU of a product while it is in an Extended Service Term. */
export const EXTENDED_SKU = '00E1';

/** SKUs of a product: one a segment, `0001` the commercial one. */
export function skusOf(plan: SandboxPlan) {
  const variants = plan.segments ? SEGMENTS : SEGMENTS.slice(0, 1);
  return variants.map((variant, index) => ({ id: String(index + 1).padStart(4, '0'), title: plan.title + variant.suffix, segment: variant.segment, plan }));
}

/** An availability's id; it changes each day, as the real ones do without notice. */
export function availabilityId(productId: string, skuId: string, day: string): string {
  return `CFQ7TTC0${createHash('sha256').update(`${productId}${skuId}${day}`).digest('hex').slice(0, 4).toUpperCase()}`;
}

/** Service plans of a licence SKU: two of its own and the one that every product has. */
export function servicePlans(skuId: string, part: string) {
  return [
    { displayName: part, serviceName: part, id: guid(`plan ${part}`) },
    { displayName: 'Power Automate for Dynamics 365', serviceName: 'FLOW_DYN_APPS', id: '7e6d7d78-73de-46ba-83b1-6d25117334ba' },
    { displayName: 'Exchange Foundation', serviceName: 'EXCHANGE_S_FOUNDATION', id: '113feb6c-3fe4-4440-bddc-54d774bf0318' },
  ].map((plan) => ({ ...plan, targetType: 'User', ofSku: skuId }));
}

/** What Microsoft calls a licence. */
export function titleOf(skuId: string): string {
  const retired = Object.values(RETIRED_SKUS).find((sku) => sku.skuId === skuId);
  return PLANS.find((plan) => plan.skuId === skuId)?.title ?? retired?.title ?? partOf(skuId);
}

export function partOf(skuId: string): string {
  const known = PLANS.find((plan) => plan.skuId === skuId)?.part ?? Object.values(RETIRED_SKUS).find((sku) => sku.skuId === skuId)?.part;
  return known ?? `SKU_${skuId.slice(0, 8).toUpperCase()}`;
}

/** The same GUID for the same seed, for as long as the world stands. */
export function guid(seed: string): string {
  const hex = createHash('sha256').update(seed).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

function plan(title: string, skuId: string, part: string, price: number, minimum: number, productId?: string): SandboxPlan {
  const id = productId ?? `CFQ7TTC0${createHash('sha256').update(title).digest('hex').slice(0, 4).toUpperCase()}`;
  const segments = title.startsWith('Dynamics 365');
  return { title, productId: id, skuId, part, price, minimum, segments, byMonth: !YEARLY_ONLY.has(title), threeYears: THREE_YEARS.has(title) };
}
