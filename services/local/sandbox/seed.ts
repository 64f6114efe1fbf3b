/** The small fixed world that everybody meets first, and bigger ones on demand. */
import { guid, PLANS, RETIRED_SKUS } from './catalogue.ts';
import { subscription, type Wanted } from './made.ts';
import type { HeldCustomer, HeldSubscription, HeldUser } from './state.ts';

const NAMES = [
  'Adele Vance',
  'Alex Wilber',
  'Diego Siciliani',
  'Isaiah Langer',
  'Megan Bowen',
  'Nestor Wilke',
  'Dana Roy',
  'Grady Archie',
  'Henrietta Mueller',
  'Johanna Lorenz',
  'Joni Sherman',
  'Lee Gu',
  'Lidia Holloway',
  'Lynne Robbins',
  'Miriam Graham',
  'Patti Fernandez',
  'Pradeep Gupta',
  'Christie Cline',
  'Debra Berger',
  'Emily Braun',
  'Enrico Cattaneo',
  'Allan Deyoung',
  'Ben Walters',
  'Bianca Pisani',
  'Cameron White',
];

const SALES = 'Dynamics 365 for Sales Enterprise Edition';
const ENGAGEMENT = 'Dynamics 365 Customer Engagement Plan Enterprise Edition';
const WAYS = ['CRMOL Basic (Qualified Offer)', 'From SA for CRM Basic (Qualified Offer)', 'Add-On for CRM Basic (Qualified Offer)'];

const sku = (name: string) => RETIRED_SKUS[name]?.skuId as string;
const plan = (title: string) => PLANS.find((one) => one.title === title)?.skuId as string;

/** All customers of the seeded world, with term ends counted from `today`. */
export function seed(today: string): HeldCustomer[] {
  return [...commercial(today), ...special(today)];
}

/** Ordinary customers, one for each programme. */
function commercial(today: string): HeldCustomer[] {
  return [
    customer('Contoso Ltd', today, 7, [{ offer: `${SALES} ${WAYS[0]}`, sku: sku('sales'), seats: 10, assigned: 7, days: 42, price: 3100 }], {
      notSold: ['Dynamics 365 Customer Engagement Plan'],
    }),
    customer(
      'Fabrikam Residences',
      today,
      25,
      [
        {
          offer: 'Microsoft 365 Business Standard',
          sku: plan('Microsoft 365 Business Standard'),
          seats: 25,
          assigned: 25,
          days: 6,
          price: 1250,
          renews: false,
          newCommerce: true,
        },
        { offer: `${SALES} ${WAYS[1]}`, sku: sku('sales'), seats: 7, assigned: 7, days: 55, price: 2900 },
      ],
      { withoutLocation: ['Dana Roy'] },
    ),
    customer('Northwind Traders', today, 12, [
      { offer: `${ENGAGEMENT} ${WAYS[0]}`, sku: sku('engagement'), seats: 12, assigned: 11, days: 48, price: 5900 },
      { offer: 'Dynamics 365 Sales Additional Storage', sku: guid('sku CRMSTORAGE'), seats: 1, days: 48, price: 900, addonOf: 0 },
    ]),
    customer('Alpine Ski House', today, 9, [
      { offer: 'Dynamics AX Enterprise', sku: sku('axEnterprise'), seats: 8, assigned: 8, days: 20, price: 15000, renews: false },
    ]),
    customer('Litware, Inc.', today, 14, [
      { offer: 'Dynamics AX Task', sku: sku('axTask'), seats: 9, assigned: 9, days: 62, price: 4000 },
      { offer: 'Dynamics AX Task / self-serve', sku: sku('axSelfServe'), seats: 14, assigned: 12, days: 62, price: 700 },
    ]),
    customer('Proseware, Inc.', today, 6, [{ offer: 'Dynamics AX Device', sku: sku('axDevice'), seats: 4, assigned: 4, days: 33, price: 6000 }]),
    customer('Adventure Works', today, 20, [
      { offer: 'Microsoft Dynamics CRM Online Enterprise', sku: sku('crmEnterprise'), seats: 6, assigned: 5, days: 90, price: 9000 },
      { offer: 'Microsoft Dynamics CRM Online Professional', sku: sku('crmProfessional'), seats: 8, assigned: 8, days: 90, price: 5500 },
      { offer: 'Microsoft Dynamics CRM Online Basic', sku: sku('crmBasic'), seats: 5, assigned: 3, days: 31, price: 2500, renews: false },
      { offer: 'Microsoft Dynamics CRM Online Essential', sku: sku('crmEssential'), seats: 4, assigned: 4, days: 90, price: 1200 },
    ]),
    customer('Tailspin Toys', today, 8, [
      {
        offer: 'Microsoft Dynamics CRM Online - Field Service User Add-On',
        offerId: '845E8166-3091-4991-B762-E875771BF945',
        sku: sku('fieldService'),
        seats: 6,
        assigned: 6,
        days: 82,
        price: 3000,
      },
      {
        offer: 'Microsoft Dynamics CRM Online - Project Service Automation User Add-On',
        offerId: 'CE541D2E-E204-4934-A66A-AC12421E0784',
        sku: sku('psa'),
        seats: 3,
        assigned: 3,
        days: 82,
        price: 3000,
      },
    ]),
  ];
}

/** Schools, an authority, and everybody with a peculiarity. */
function special(today: string): HeldCustomer[] {
  const academic = (suffix: string) => [
    ...WAYS.map((way) => ({ offer: `${SALES} ${way} ${suffix}`, sku: sku('sales'), seats: 5, assigned: 2, days: 71, price: 1900 })),
    ...WAYS.map((way) => ({ offer: `${ENGAGEMENT} ${way} ${suffix}`, sku: sku('engagement'), seats: 5, assigned: 2, days: 75, price: 2300 })),
  ];
  return [
    customer('School of Fine Art', today, 10, [...academic('for Faculty'), ...academic('for Students')]),
    customer('City Power & Light', today, 10, [
      ...WAYS.map((way) => ({ offer: `${SALES} (Government Pricing) ${way}`, sku: sku('sales'), seats: 5, assigned: 2, days: 66, price: 2600 })),
      ...WAYS.map((way) => ({ offer: `${ENGAGEMENT} (Government Pricing) ${way}`, sku: sku('engagement'), seats: 5, assigned: 2, days: 68, price: 4100 })),
    ]),
    customer('Wingtip Toys', today, 5, [
      { offer: 'Microsoft Azure', offerId: 'MS-AZR-0145P', sku: null, seats: 1, days: 0, price: 0, azure: true, renews: false },
      {
        offer: 'Office 365 Business Premium Trial',
        offerId: 'C0BD2E08-11AC-4836-BDC7-3712E744922F',
        sku: plan('Office 365 E3'),
        seats: 25,
        days: 19,
        price: 0,
        trial: true,
        renews: false,
      },
      { offer: 'Office 365 E5', sku: plan('Office 365 E5'), seats: 5, days: 25, price: 3800, suspended: true },
      {
        offer: 'Windows Server 2025 Standard - 1 year',
        offerId: 'DG7GMGF0D5RK:0005:DG7GMGF0DSFM',
        sku: null,
        seats: 2,
        days: 210,
        price: 9900,
        software: true,
        renews: false,
      },
      { offer: `${ENGAGEMENT} ${WAYS[2]}`, sku: sku('engagement'), seats: 5, assigned: 5, days: 44, price: 5200 },
    ]),
    customer('Woodgrove Bank', today, 15, [{ offer: `${ENGAGEMENT} ${WAYS[1]}`, sku: sku('engagement'), seats: 15, assigned: 14, days: 51, price: 5600 }], {
      agreementSigned: false,
    }),
    customer('[Tot](http://evil.example/x) ${who} <at>all</at> \u202eevil\u202c 🎿 & Sons', today, 4, [
      { offer: `${SALES} ${WAYS[2]}`, sku: sku('sales'), seats: 4, assigned: 4, days: 37, price: 3000 },
    ]),
    customer(
      'Coho Winery',
      today,
      12,
      [
        { offer: 'Skype for Business Online (Plan 1)', sku: sku('skype'), seats: 12, assigned: 12, days: 12, price: 200, renews: false },
        { offer: 'Office 365 Enterprise E4', sku: sku('e4'), seats: 8, assigned: 8, days: 95, price: 2200 },
        { offer: 'Dynamics 365 for Finance and Operations, Business edition', sku: sku('financeBusiness'), seats: 5, assigned: 5, days: 130, price: 4000 },
        { offer: 'Dynamics 365 for Team Members, Business edition', sku: sku('teamBusiness'), seats: 3, assigned: 3, days: 130, price: 500 },
      ],
      { foreignSeats: { [plan('Office 365 E3')]: 20 } },
    ),
  ];
}

/** `count` customers with `each` renewing subscriptions, the first of them held by `people`, for trying out size. */
export function load(today: string, from: number, count: number, each: number, people = 0): HeldCustomer[] {
  return Array.from({ length: count }, (_, index) => {
    const offers = Array.from({ length: each }, (_, n) => ({
      offer: n % 2 === 0 ? `${SALES} ${WAYS[0]}` : 'Office 365 E3',
      sku: n === 0 && people > 0 ? sku('sales') : null,
      seats: n === 0 && people > 0 ? people : 3 + n,
      assigned: n === 0 ? people : 0,
      days: 30 + ((index * 7 + n) % 300),
      price: 2000,
    }));
    return customer(`Load ${String(from + index).padStart(5, '0')}`, today, people, offers);
  });
}

interface Extra {
  agreementSigned?: boolean;
  notSold?: string[];
  foreignSeats?: Record<string, number>;
  withoutLocation?: string[];
}

export function customer(name: string, today: string, people: number, wanted: Wanted[], extra: Extra = {}): HeldCustomer {
  const domain = `${name
    .replace(/[^A-Za-z0-9]/g, '')
    .toLowerCase()
    .slice(0, 24)}.onmicrosoft.com`;
  const names = Array.from({ length: people }, (_, n) => NAMES[n] ?? `${NAMES[n % NAMES.length]} ${n}`);
  const users = names.map(
    (displayName): HeldUser => ({
      id: guid(`user ${name} ${displayName}`),
      displayName,
      upn: `${displayName.toLowerCase().replaceAll(' ', '.')}@${domain}`,
      usageLocation: extra.withoutLocation?.includes(displayName) ? null : 'IE',
      licences: {},
    }),
  );
  const subscriptions: HeldSubscription[] = [];
  for (const want of wanted) {
    const parent = want.addonOf === undefined ? undefined : subscriptions[want.addonOf]?.wire.id;
    subscriptions.push(subscription(want, { owner: name, today, index: subscriptions.length, parent }));
    for (const [index, user] of users.slice(0, want.assigned ?? 0).entries()) {
      // One person in three has a service plan switched off: moving must keep it so.
      if (want.sku) user.licences[want.sku] = index % 3 === 2 ? ['7e6d7d78-73de-46ba-83b1-6d25117334ba'] : [];
    }
  }
  return {
    id: guid(`customer ${name}`),
    name,
    domain,
    country: 'IE',
    agreementSigned: extra.agreementSigned ?? true,
    validation: 'Allowed',
    notSold: extra.notSold ?? [],
    foreignSeats: extra.foreignSeats ?? {},
    subscriptions,
    users,
    carts: [],
    orders: [],
  };
}
