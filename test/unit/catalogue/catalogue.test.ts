import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { matchProgramme, plainName, segmentOf } from '../../../services/catalogue/match.ts';
import { parseProgramme, readProgrammes } from '../../../services/catalogue/programmes.ts';
import { productsToRead, proposedSeats, replacementPlans, searchCatalogue } from '../../../services/catalogue/replacements.ts';

const OWN = fileURLToPath(new URL('../../../services/catalogue/programmes/', import.meta.url));
const programmes = readProgrammes([OWN]);
const match = (name: string, id = 'unknown') => matchProgramme(programmes, id, name);

describe('programmes', () => {
  const qualified = programmes.find((one) => one.id === 'crm-basic')?.offers[0]?.names ?? [];
  it('know 24 qualified offers: two products, three ways, four segments', () => {
    assert.equal(new Set(qualified).size, 24);
    for (const product of ['Dynamics 365 for Sales Enterprise Edition', 'Dynamics 365 Customer Engagement Plan Enterprise Edition']) {
      for (const way of ['CRMOL Basic (Qualified Offer)', 'From SA for CRM Basic (Qualified Offer)', 'Add-On for CRM Basic (Qualified Offer)']) {
        for (const name of [`${product} ${way}`, `${product} ${way} for Faculty`, `${product} ${way} for Students`, `${product} (Government Pricing) ${way}`])
          assert.ok(qualified.includes(name), name);
      }
    }
  });
  for (const name of qualified) {
    it(`${name} -> the four plans`, () =>
      assert.deepEqual(
        match(name)?.offer.replacements.map((one) => one.plan),
        ['sales-professional', 'customer-service', 'customer-engagement', 'team-members'],
      ));
  }
  const rows: [string, string[]][] = [
    ['AX Enterprise', ['unified-operations', 'dynamics-365-plan']],
    ['AX Task', ['operations-activity']],
    ['AX Task / self-serve', ['team-members']],
    ['AX Device', ['operations-device']],
    ['Microsoft Dynamics CRM Online Enterprise', ['customer-engagement']],
    ['Microsoft Dynamics CRM Online Professional', ['customer-engagement', 'sales', 'customer-service']],
    ['Microsoft Dynamics CRM Online Basic', ['team-members', 'sales', 'customer-service', 'customer-engagement']],
    ['Microsoft Dynamics CRM Online Essential', ['team-members']],
    ['Microsoft Dynamics CRM Online - Field Service User Add-On', ['customer-engagement', 'field-service']],
    ['Microsoft Dynamics CRM Online - Project Service Automation User Add-On', ['customer-engagement', 'project-service']],
    ['Office 365 E4', ['office-e5', 'office-e3']],
    ['Skype for Business Online Plan 1', ['office-f', 'microsoft-365-f1']],
    ['Dynamics 365 for Team Members, Business edition', ['business-central-team']],
  ];
  for (const [name, plans] of rows)
    it(`${name} -> ${plans.join(', ')}`, () =>
      assert.deepEqual(
        match(name)?.offer.replacements.map((one) => one.plan),
        plans,
      ));

  it('are recognised by id in any language', () =>
    assert.equal(match('Complément utilisateur Field Service', '845E8166-3091-4991-B762-E875771BF945')?.by, 'id'));
  it('are recognised whatever the case, spaces and hyphens', () =>
    assert.equal(match('dynamics  365 for SALES enterprise-edition  CRMOL basic (qualified offer)')?.programme.id, 'crm-basic'));
  it('do not claim today’s plans', () => {
    for (const name of ['Dynamics 365 Sales Professional', 'Office 365 E3', 'Dynamics 365 Customer Engagement Plan', 'Dynamics 365 Team Members', ''])
      assert.equal(match(name), null, name);
  });
  it('name every plan they offer, and AX Enterprise’s two with a minimum of 20', () => {
    const ax = match('AX Enterprise');
    assert.deepEqual(
      replacementPlans(ax as NonNullable<typeof ax>, 'AX Enterprise', null).map((plan) => [plan.minimum, plan.whyNot]),
      [
        [20, 'unread'],
        [20, 'unread'],
      ],
    );
  });

  it('a faulty file is named with the place and the reason, and nothing is loaded', () => {
    const folder = mkdtempSync(join(tmpdir(), 'programmes-'));
    writeFileSync(
      join(folder, 'mine.json'),
      JSON.stringify({
        id: 'Mine!',
        name: 'Mine',
        autoRenewOffFrom: '2027-13-01',
        source: 's',
        plans: {},
        offers: [{ names: ['X'], replacements: [{ plan: 'gone', reason: 'closest' }] }],
      }),
    );
    assert.throws(
      () => readProgrammes([OWN, folder]),
      (error: Error) =>
        error.message.includes('mine.json: id: must be lower-case') &&
        error.message.includes('autoRenewOffFrom') &&
        error.message.includes("'gone' is not among the plans"),
    );
    writeFileSync(join(folder, 'mine.json'), '{');
    assert.throws(() => readProgrammes([folder]), /mine\.json: not JSON/);
  });
  it('a partner’s own file joins ours', () => {
    const folder = mkdtempSync(join(tmpdir(), 'programmes-'));
    writeFileSync(
      join(folder, 'visio.json'),
      JSON.stringify({
        id: 'visio',
        name: 'Visio',
        autoRenewOffFrom: '2027-01-01',
        source: 'our own',
        plans: { plan2: { title: 'Visio Plan 2' } },
        offers: [{ names: ['Visio Pro for Office 365'], replacements: [{ plan: 'plan2', reason: 'closest' }] }],
      }),
    );
    assert.equal(matchProgramme(readProgrammes([OWN, folder]), 'x', 'Visio Pro for Office 365')?.programme.name, 'Visio');
    assert.ok('faults' in parseProgramme('[]'));
  });
});

describe('replacements', () => {
  const found = match('Dynamics 365 for Sales Enterprise Edition CRMOL Basic (Qualified Offer) for Faculty') as NonNullable<ReturnType<typeof match>>;
  const products = [
    { id: 'A', title: 'Dynamics 365 for Sales Professional' },
    { id: 'B', title: 'Dynamics 365 Customer Service Enterprise' },
    { id: 'C', title: 'Dynamics 365 Team Members' },
    { id: 'D', title: 'Something else' },
  ];
  const sku = (id: string, title: string) => ({ id, title, minimum: 1, maximum: 300 });
  const skus = new Map([
    ['A', [sku('0001', 'Dynamics 365 Sales Professional'), sku('0002', 'Dynamics 365 Sales Professional for Faculty')]],
    ['B', [sku('0001', 'Dynamics 365 Customer Service')]],
    ['C', []],
  ]);
  it('reads only the products that ticket', () => assert.deepEqual(productsToRead(found, products), ['A', 'B', 'C']));
  it('takes the source’s own segment first, and says what is not sold', () => {
    const plans = replacementPlans(found, 'X for Faculty', { products, skus });
    assert.deepEqual(
      plans.map((plan) => [plan.title, plan.whyNot]),
      [
        ['Dynamics 365 Sales Professional for Faculty', null],
        ['Dynamics 365 Customer Service', null],
        ['Dynamics 365 Customer Engagement Plan', 'notSold'],
        ['Dynamics 365 Team Members', 'notSold'],
      ],
    );
  });
  it('proposes those in use, else those held, never under the minimum', () => {
    const plan = { id: 'p', title: 'P', reason: '', minimum: 20, maximum: 30, item: null, whyNot: null };
    assert.deepEqual(
      [
        proposedSeats(plan, 7, 10),
        proposedSeats(plan, 25, 10),
        proposedSeats({ ...plan, minimum: 1 }, null, 10),
        proposedSeats({ ...plan, minimum: 1 }, 0, 10),
        proposedSeats(plan, 99, 10),
      ],
      [20, 25, 10, 10, 30],
    );
  });
  it('finds a plan by words of its title', () =>
    assert.deepEqual(
      searchCatalogue(products, 'team', 5).map((one) => one.id),
      ['C'],
    ));
  it('tells segments', () =>
    assert.deepEqual(['X for Faculty', 'X for Students', 'X (Government Pricing) Y', 'X'].map(segmentOf), ['faculty', 'students', 'government', 'commercial']));
  it('plain names lose what varies', () =>
    assert.equal(plainName('Microsoft Dynamics CRM Online – Field Service User Add-On'), 'dynamics crm online field service user addon'));
});
