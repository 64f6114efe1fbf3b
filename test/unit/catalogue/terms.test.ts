/** In which terms a plan can be had: what the catalogue says of it, for this customer, and nothing else. */
import assert from 'node:assert/strict';
import { findPlans } from '../../../services/catalogue/find.ts';
import { withTerms } from '../../../services/catalogue/terms.ts';
import { termsIn, termsOf, usualOf } from '../../../services/domain/terms.ts';
import type { Plan } from '../../../services/domain/ticket.ts';
import { type Availability, PartnerCenterError } from '../../../services/partnerCenter/port.ts';
import { sampleMove, sampleTicket } from '../../support/samples.ts';

const term = (whole: string) => {
  const [length = '', billing = ''] = whole.split('/');
  return { term: length, billing };
};
const sold = (...terms: string[]): Availability => ({ item: 'P:S:A', purchasable: true, terms: terms.map(term) });
const PLAN: Plan = { id: 'p1', title: 'Plan', reason: '', minimum: 1, maximum: 10, item: { productId: 'P', skuId: 'S' }, whyNot: null };

describe('the terms of a plan', () => {
  it('are those that the catalogue names, each once, without those whose price could not be told', () => {
    assert.deepEqual(termsIn(sold('P1Y/monthly', 'P1Y/annual', 'P1Y/monthly', 'P52W/monthly', 'P1M/fortnightly')), ['P1Y/monthly', 'P1Y/annual']);
  });

  it('the usual one is a year that is paid monthly, where it is sold so, else the first', () => {
    assert.deepEqual([usualOf(['P1M/monthly', 'P1Y/monthly']), usualOf(['P3Y/annual', 'P1M/monthly']), usualOf([])], ['P1Y/monthly', 'P3Y/annual', undefined]);
  });

  it('those that came with its last price count before those that came with the plans, and only for the plan that was priced', () => {
    const plan = { ...PLAN, terms: ['P1Y/monthly'] };
    const move = sampleMove({ state: 'drafting', draft: { plan: 'p1' }, terms: ['P1M/monthly'] });
    assert.deepEqual([termsOf(plan, move), termsOf({ ...plan, id: 'p2' }, move), termsOf(plan, null), termsOf(PLAN, null)].map(String), [
      'P1M/monthly',
      'P1Y/monthly',
      'P1Y/monthly',
      '',
    ]);
  });

  it('are read of each plan that is sold, once for each; where the catalogue does not say, the plan is offered without', async () => {
    const asked: string[] = [];
    const told: string[] = [];
    const availabilities = async (_customer: string, productId: string) => {
      asked.push(productId);
      if (productId === 'Q') throw new PartnerCenterError('throttled', '429', 'later');
      return productId === 'R' ? [{ ...sold('P1Y/annual'), purchasable: false }] : [sold('P1Y/annual')];
    };
    const of = (productId: string): Plan => ({ ...PLAN, id: productId, item: { productId, skuId: 'S' } });
    const known = new Map<string, string[]>();
    const read = () =>
      withTerms({ availabilities }, 'c', [of('P'), of('Q'), of('R'), { ...PLAN, item: null, whyNot: 'notSold' }], { known, note: (e) => told.push(e.kind) });
    assert.deepEqual(
      (await read()).map((one) => one.terms),
      [['P1Y/annual'], undefined, undefined, undefined],
    );
    await read();
    assert.deepEqual(
      [asked, told],
      [
        ['P', 'Q', 'R', 'Q'],
        ['throttled', 'throttled'],
      ],
    );
  });

  it('a plan that is found by its name brings its terms; the whole of what was written is looked for first', async () => {
    const partnerCenter = {
      products: async () => [
        { id: 'A', title: 'Office 365 E3' },
        { id: 'B', title: 'Storage 1 year' },
      ],
      skus: async () => [{ id: '1', title: '', minimum: 1, maximum: 10 }],
      availabilities: async () => [sold('P1Y/monthly', 'P1M/monthly')],
    };
    const found = async (...names: string[]) => (await findPlans({ partnerCenter }, sampleTicket(), names)).map((one) => [one.title, ...(one.terms ?? [])]);
    assert.deepEqual(await found('office 365 e3, 1 year', 'office 365 e3'), [['Office 365 E3', 'P1Y/monthly', 'P1M/monthly']]);
    assert.deepEqual(await found('storage 1 year', 'storage'), [['Storage 1 year', 'P1Y/monthly', 'P1M/monthly']]);
  });
});
