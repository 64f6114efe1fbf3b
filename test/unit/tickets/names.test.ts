/** Names of offers and plans in the reader's language: asked of Partner Center in it, kept on the ticket, shown; all else stays on the English ones. */
import assert from 'node:assert/strict';
import { LANGUAGES, wordsOf } from '../../../bot/languages.ts';
import { replyIn } from '../../../bot/turns/replies.ts';
import { listCard } from '../../../cards/lists/lists.ts';
import { fr } from '../../../cards/text/fr/fr.ts';
import { rendererIn, ticketCard } from '../../../cards/ticket/ticket.ts';
import { sharedTicketCard } from '../../../cards/ticket/shared.ts';
import { choosePlan } from '../../../dialogs/purchase.ts';
import { AUDIT_LINES, ofCustomer, SUBSCRIPTION, ticketKey } from '../../../services/store/rows.ts';
import { LOCALES } from '../../../services/domain/language.ts';
import type { Ticket, TrackedSubscription } from '../../../services/domain/ticket.ts';
import { exportRows } from '../../../services/export/rows.ts';
import { sandboxTokens } from '../../../services/partnerCenter/auth/tokens.ts';
import { httpPartnerCenter } from '../../../services/partnerCenter/client.ts';
import { httpNames } from '../../../services/partnerCenter/names.ts';
import { readWakeUp, textOf } from '../../../services/queue/messages.ts';
import { languagesRead } from '../../../services/readIn.ts';
import { chooseLanguage, meet } from '../../../services/people/people.ts';
import { readNames } from '../../../services/tickets/names.ts';
import { openTickets } from '../../../services/tickets/openList.ts';
import { asked } from '../../support/asked.ts';
import { openNotifying } from '../../support/notifying.ts';
import { LISTED, sampleMove, sampleSubscription, sampleTicket, ticketSamples } from '../../support/samples.ts';

const OFFER = sampleTicket().facts.offerName;
const [SALES, SERVICE, TEAM] = ['Dynamics 365 Sales Professional', 'Dynamics 365 Customer Service', 'Dynamics 365 Team Members'] as const;
const WAKE = { queue: 'sweep', what: 'names', customerId: 'c1', tries: 0 } as const;

/** What Partner Center calls the offer, and plans by their product's id, in each language. */
type Called = Record<string, { offer?: unknown; plans?: Record<string, unknown>; status?: number }>;

/** A ticket of which two channels are told, one that reads French and one that reads Swedish, and a Partner Center that answers by X-Locale. */
async function open(called: Called, ticket: Partial<Ticket> = {}) {
  const world = openNotifying();
  world.deps.renderer = rendererIn((tag, zone) => wordsOf(LANGUAGES, tag, zone));
  await world.chat('paris', { locale: 'fr-FR' });
  await world.chat('lund', { locale: 'sv-SE' });
  const requests: [locale: string, path: string][] = [];
  async function fetch(url: string, { headers }: { headers: Record<string, string> }) {
    const [locale = '', path] = [headers['X-Locale'], new URL(url).pathname.replace('/v1/customers/c1/', '')];
    requests.push([locale, path]);
    const { offer, plans = {}, status = 200 } = called[locale] ?? {};
    const product = /^products\/([^/]+)\/skus$/.exec(path)?.[1];
    const items = product ? [{ id: '0001', title: plans[product] }] : [{ id: 'S-1', offerName: offer, friendlyName: 'Ours' }, { odd: true }];
    return { ok: status === 200, status, headers: { get: () => null }, text: async () => JSON.stringify(status === 200 ? { items } : {}) };
  }
  const budget = { take: async () => {}, pause: async () => {} };
  const client = {
    baseUrl: 'http://shop',
    tokens: sandboxTokens,
    budget,
    clock: { ...world.deps.clock, sleep: async () => {} },
    locale: 'en-US',
    fetch: fetch as never,
  };
  const tracked = { snapshot: sampleSubscription({ id: 's-1', customerId: 'c1', offerName: OFFER }) } as TrackedSubscription;
  await world.deps.store.put(...ofCustomer('c1'), `${SUBSCRIPTION}s-1`, tracked);
  await world.flip('S-1', { ticket: { plans: plansOf(SALES, SERVICE, TEAM), ...ticket } });
  await world.forMs(5_000);
  const deps = { ...world.deps, programmes: [], namesIn: httpNames(client) };
  return {
    world,
    client,
    requests,
    read: () => readNames(deps, WAKE),
    ticket: async () => (await world.deps.store.get<Ticket>(...ofCustomer('c1'), ticketKey('S-1')))?.value as Ticket,
    card: (chat: string) => world.sent.findLast((one) => one.chat === chat && one.card !== '')?.card ?? '',
  };
}

function plansOf(...titles: string[]): NonNullable<Ticket['plans']> {
  const [, , , first] = sampleTicket().plans ?? [];
  assert.ok(first);
  return titles.map((title, n) => ({ ...first, id: `p${n}`, title, item: { productId: `P${n}`, skuId: '0001' }, whyNot: null }));
}

const FRENCH = { offer: 'Ventes Entreprise', plans: { P0: 'Ventes Professionnel', P1: '', P2: 'Membres de l’équipe' } };
const SWEDISH = { offer: 'Försäljning Företag', plans: { P0: 'Försäljning Professionell' } };

describe('names in the reader’s language', () => {
  it('of one ticket, in a French channel and in a Swedish one: each card has its own, the record and the list of the wire the English one', async () => {
    const { world, read, card, ticket, requests } = await open({ 'fr-FR': FRENCH, 'sv-SE': SWEDISH });
    assert.ok(card('paris').includes('Sales Enterprise') && card('lund').includes('Sales Enterprise'), 'the notice waits for no name');
    assert.equal(await read(), 'drop');
    await world.forMs(5_000);
    assert.match(card('paris'), /Ventes Entreprise.*Ventes Professionnel.*Customer Service.*Membres de l’équipe/);
    assert.match(card('lund'), /Försäljning Företag.*Försäljning Professionell.*Team Members/);
    assert.doesNotMatch(card('paris') + card('lund'), /Sales Professional|Sales Enterprise/);
    const { facts, plans, names } = await ticket();
    assert.deepEqual([facts.offerName, plans?.map((one) => one.title)], [OFFER, [SALES, SERVICE, TEAM]]);
    assert.deepEqual(names?.fr, { [OFFER]: 'Ventes Entreprise', [SALES]: 'Ventes Professionnel', [SERVICE]: SERVICE, [TEAM]: 'Membres de l’équipe' });
    const record = await world.deps.store.range(...ofCustomer('c1'), ...AUDIT_LINES, 100);
    assert.doesNotMatch(JSON.stringify(record), /Ventes|Försäljning/);
    assert.equal(requests.length, 2 * 4, 'in each language one list and each plan');
    assert.equal(await read(), 'drop');
    assert.equal(requests.length, 2 * 4, 'and once');
    world.stop();
  });

  it('goes out with another X-Locale for names alone; all that is matched is asked in English', async () => {
    const { world, read, requests, client } = await open({ 'fr-FR': FRENCH, 'sv-SE': SWEDISH });
    await read();
    assert.deepEqual(
      requests.filter(([locale]) => locale === 'fr-FR').map(([, path]) => path),
      ['subscriptions', 'products/P0/skus', 'products/P1/skus', 'products/P2/skus'],
    );
    requests.length = 0;
    const pc = httpPartnerCenter(client, client);
    for (const ask of [pc.subscriptions('c1'), pc.skus('c1', 'P0'), pc.products('c1')]) await ask.catch(() => {});
    assert.deepEqual([...new Set(requests.map(([locale]) => locale))], ['en-US']);
    world.stop();
  });

  it('where everybody reads English nothing is asked, and no wake-up is sent', async () => {
    const world = openNotifying();
    const sent: string[] = [];
    const { schedule } = world.deps.wake;
    world.deps.wake.schedule = async (wakeUp, delayMs) => {
      sent.push(wakeUp.what);
      await schedule(wakeUp, delayMs);
    };
    await world.chat('dublin', { locale: 'en-IE' });
    await world.chat('york', { settings: { language: 'en-GB' } });
    await world.flip('S-1');
    await world.forMs(5_000);
    assert.deepEqual(await languagesRead(world.deps.store), []);
    assert.ok(!sent.includes('names'), String(sent));
    await world.chat('paris', { locale: 'fr-CA' });
    await world.ask('S-1', 'paris');
    await world.forMs(5_000);
    assert.ok(sent.includes('names'), 'shown to whoever reads French it is asked');
    world.stop();
  });

  it('in a language whose names cannot be read the English ones stay, and they are asked for again, some times', async () => {
    const { world, read, card, ticket } = await open({ 'fr-FR': { status: 503 }, 'sv-SE': SWEDISH });
    const again = await read();
    assert.ok(typeof again === 'object' && again.as?.what === 'names' && again.as.tries === 1, JSON.stringify(again));
    await world.forMs(5_000);
    assert.equal((await ticket()).names?.fr, undefined);
    assert.match(card('paris'), /Sales Enterprise.*Sales Professional/);
    assert.match(card('lund'), /Försäljning Företag/);
    const last = await readNames({ ...world.deps, programmes: [], namesIn: () => failing }, { ...WAKE, tries: 3 });
    assert.equal(last, 'drop');
    world.stop();
  });

  it('what may not be read is not asked for again by itself', async () => {
    const { world, read, ticket } = await open({ 'fr-FR': { status: 403 }, 'sv-SE': { status: 403 } });
    assert.equal(await read(), 'drop');
    assert.equal((await ticket()).names, undefined);
    world.stop();
  });

  for (const [situation, odd] of [
    ['empty', ''],
    ['missing', undefined],
    ['null', null],
    ['of blanks', ' \u200b '],
    ['of signs alone', '<!-- -->'],
    ['of 300 letters', 'très '.repeat(60)],
    ['no text', { fr: 'Ventes' }],
  ] as const)
    it(`a name that is ${situation}: the English one stays, and is not asked for again`, async () => {
      const { world, read, card, requests } = await open({ 'fr-FR': { offer: odd, plans: { P0: odd } }, 'sv-SE': {} });
      await read();
      await world.forMs(5_000);
      assert.match(card('paris'), /Sales Enterprise.*Sales Professional/);
      assert.doesNotMatch(card('paris'), /Ours|très très/);
      const before = requests.length;
      await read();
      assert.equal(requests.length - before, 0);
      world.stop();
    });

  it('markup in a name is read, and does nothing', async () => {
    const { world, read, card } = await open({ 'fr-FR': { offer: '[Ventes](http://evil.example) <at>tous</at> ${x}' }, 'sv-SE': {} });
    await read();
    await world.forMs(5_000);
    assert.match(card('paris'), /Ventes/);
    assert.doesNotMatch(card('paris'), /<at>|[^\\]\]\(|http:\/\/evil|\$\{x/);
    world.stop();
  });

  it('two subscriptions of one English name that are called differently keep it', async () => {
    const { world, read, ticket } = await open({ 'fr-FR': FRENCH, 'sv-SE': {} });
    const other = { snapshot: sampleSubscription({ id: 'S-2', customerId: 'c1', offerName: OFFER }) } as TrackedSubscription;
    await world.deps.store.put(...ofCustomer('c1'), `${SUBSCRIPTION}S-2`, other);
    await read();
    assert.equal((await ticket()).names?.fr?.[OFFER], OFFER);
    world.stop();
  });

  it('a plan that is offered later is asked for with the next news; of a closed ticket nothing is', async () => {
    const { world, read, ticket, requests } = await open({ 'fr-FR': FRENCH, 'sv-SE': SWEDISH }, { plans: null });
    await read();
    assert.deepEqual(Object.keys((await ticket()).names?.fr ?? {}), [OFFER]);
    const { store } = world.deps;
    await store.put(...ofCustomer('c1'), ticketKey('S-1'), { ...(await ticket()), plans: plansOf(SALES) });
    requests.length = 0;
    await read();
    assert.equal((await ticket()).names?.fr?.[SALES], 'Ventes Professionnel');
    assert.deepEqual([...new Set(requests.map(([, path]) => path))], ['products/P0/skus'], 'what is known is not asked again');
    await store.put(...ofCustomer('c1'), ticketKey('S-1'), { ...(await ticket()), names: {}, closed: { how: 'ended', at: '2027-01-20T12:00:00.000Z' } });
    requests.length = 0;
    await read();
    assert.equal(requests.length, 0);
    world.stop();
  });

  it('a wake-up for names is read as it was written', () => {
    assert.deepEqual(readWakeUp('sweep', textOf(WAKE)), WAKE);
    assert.equal(readWakeUp('sweep', 'names c1'), null);
  });

  it('every language that is spoken has its tag at Partner Center, but English', () => {
    const others = Object.keys(LANGUAGES).filter((tag) => !tag.startsWith('en'));
    assert.deepEqual(Object.keys(LOCALES), others);
    for (const tag of others) assert.equal(LOCALES[tag]?.split('-')[0], tag);
  });

  it('who reads another language is noted when met, and when one is chosen', async () => {
    const { store } = openNotifying().deps;
    const met = await meet(store, { objectId: 'ida', tenantId: 't', name: 'Ida', locale: 'it-CH' }, null, '2027-01-20');
    assert.deepEqual(await languagesRead(store), ['it']);
    await chooseLanguage(store, met.key, 'nl');
    assert.deepEqual(await languagesRead(store), ['it', 'nl']);
  });
});

const failing = {
  offers: async () => {
    const { PartnerCenterError } = await import('../../../services/partnerCenter/port.ts');
    throw new PartnerCenterError('unclear', '503', 'no answer');
  },
  skus: async () => new Map<string, string>(),
};

describe('a ticket with names of its own', () => {
  const names = { fr: { [OFFER]: 'Ventes Entreprise', [SALES]: 'Ventes Professionnel', [SERVICE]: 'Équipe', [TEAM]: 'Équipe' } };
  const named = sampleTicket({ names });
  const of = (plans: Ticket['plans'], wanted: string) => choosePlan(asked(null, { ticket: { ...named, plans } }), wanted);
  const titled = (choice: ReturnType<typeof choosePlan>) => ('id' in choice ? choice.title : choice.say);

  for (const typed of ['Ventes Professionnel', 'ventes professionnel', SALES, 'dynamics 365 sales professional'])
    it(`a plan is chosen by either name: ${typed}`, () => {
      assert.equal(titled(of(plansOf(SALES, SERVICE), typed)), SALES, 'what goes on is the English one');
    });

  it('accents may be left out', () => {
    assert.equal(titled(of(plansOf(SALES, TEAM), 'equipe')), TEAM);
  });

  it('two plans of one French name are asked about, under names that tell them apart', () => {
    const choice = of(plansOf(SALES, SERVICE, TEAM), 'Équipe');
    assert.ok('say' in choice && choice.say === 'manyPlans', JSON.stringify(choice));
    assert.deepEqual(
      choice.plans.map((one) => one.title),
      [SERVICE, TEAM],
    );
    assert.match(
      JSON.stringify(ticketCard({ ...shown(), ticket: { ...named, plans: plansOf(SALES, SERVICE, TEAM) } }, fr).card),
      /Customer Service.*Team Members/,
    );
  });

  it('the French name of one plan that is the English one of another is asked about', () => {
    const ticket = sampleTicket({ plans: plansOf(SALES, SERVICE), names: { fr: { [SALES]: SERVICE, [SERVICE]: 'Service' } } });
    const choice = choosePlan(asked(null, { ticket }), SERVICE);
    assert.equal('say' in choice && choice.say, 'manyPlans');
  });

  it('what is only near is asked about, in French as in English', () => {
    for (const near of ['ventes', 'sales']) assert.equal(titled(of(plansOf(SALES, SERVICE), near)), 'manyPlans', near);
  });

  it('a reply names plans as its reader knows them, and what a choice carries as the catalogue does', () => {
    const plan = plansOf(SALES)[0] as NonNullable<Ticket['plans']>[number];
    const which = { say: 'whichPlan', customer: 'c', ticketId: 'S', plans: [SALES], terms: false } as const;
    assert.deepEqual(replyIn({ ...which, plans: [SALES] }, named, fr), { ...which, plans: ['Ventes Professionnel'] });
    assert.deepEqual(replyIn({ say: 'termsUnread', plan: SALES }, named, fr), { say: 'termsUnread', plan: 'Ventes Professionnel' });
    assert.deepEqual(replyIn({ say: 'manyPlans', value: SALES, plans: [plan] }, named, fr), { say: 'manyPlans', value: SALES, plans: [plan] });
    assert.deepEqual(replyIn({ say: 'noPlan', value: SALES }, named, fr), { say: 'noPlan', value: SALES }, 'what was typed stays as it was');
  });

  it('a quote, a shared card and a list are in French for French readers; none of it for English ones', () => {
    const words = (tag: string) => wordsOf(LANGUAGES, tag, 'UTC');
    const quoted = { ...shown(), move: sampleMove({ state: 'quoted' }) };
    const { offerName, lastDay, expiresOn, quantity, programme } = named.facts;
    const of = { ticketId: 'S-1', customerId: 'c1', customerName: 'c', subscriptionId: 's', end: 'cancels' as const };
    const row = { ...of, offerName, names, lastDay, expiresOn, quantity, programme };
    const list = (tag: string) => listCard({ ...LISTED, handle: 'h', today: '2027-01-20', rows: [row], from: 0, within: 90 }, words(tag)).card;
    for (const draw of [(tag: string) => ticketCard(quoted, words(tag)).card, (tag: string) => sharedTicketCard(shown(), null, words(tag)).card, list]) {
      assert.match(JSON.stringify(draw('fr')), /Ventes/);
      for (const tag of ['en', 'en-GB', 'en-US', 'it']) assert.doesNotMatch(JSON.stringify(draw(tag)), /Ventes/, tag);
    }
  });

  it('a line of the record is told on a French card by the French name, and stays as it was written', () => {
    const line = { at: '2027-01-20T10:00:00.000Z', by: 'ann', what: 'chosen', data: { plan: SALES, quantity: 7 } };
    const finished = Object.values(ticketSamples()).find((one) => one.move?.state === 'finished' && one.record.length > 0);
    assert.ok(finished);
    const record = [{ ...finished.record[0], ...line } as (typeof finished.record)[number]];
    const text = JSON.stringify(ticketCard({ ...finished, ticket: { ...finished.ticket, names }, record }, fr).card);
    assert.match(text, /Ventes Professionnel, 7/);
    assert.doesNotMatch(text, /Sales Professional/);
    assert.equal(record[0]?.data.plan, SALES);
  });

  it('a row of the list carries the one name that it shows', async () => {
    const world = openNotifying();
    await world.flip('S-1', { ticket: { names } });
    assert.deepEqual((await openTickets(world.deps.store))[0]?.names, { fr: { [OFFER]: 'Ventes Entreprise' } });
    world.stop();
  });

  it('a file for spreadsheets is in the language of whoever asked, one for programs is not', async () => {
    const world = openNotifying();
    await world.flip('S-1', { ticket: { names } });
    const plan = async (lang?: string) => {
      for await (const [row] of exportRows({ store: world.deps.store, costs: true, ...(lang ? { lang } : {}) }, 'tickets')) return row?.plan;
    };
    assert.deepEqual([await plan('fr'), await plan('en'), await plan()], ['Ventes Entreprise', OFFER, OFFER]);
    world.stop();
  });

  it('one that was stored without names is shown as before', () => {
    const { names: _, ...before } = named;
    assert.match(JSON.stringify(ticketCard({ ...shown(), ticket: before }, fr).card), /Sales Enterprise/);
    assert.equal(titled(choosePlan(asked(null, { ticket: { ...before, plans: plansOf(SALES) } }), SALES)), SALES);
  });

  function shown() {
    const [sample] = Object.values(ticketSamples());
    assert.ok(sample);
    return { ...sample, ticket: named, move: null };
  }
});
