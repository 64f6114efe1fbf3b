/** Plan, term and billing are chosen together, before the first price: only what this plan is sold in, and nothing on a guess. */
import assert from 'node:assert/strict';
import { LANGUAGES } from '../../../bot/languages.ts';
import { replyText } from '../../../bot/turns/replies.ts';
import { en } from '../../../cards/text/en/en.ts';
import { answerDialog, takePlan } from '../../../dialogs/answers.ts';
import { questionOf } from '../../../dialogs/question.ts';
import { english } from '../../../dialogs/spoken/en.ts';
import { french } from '../../../dialogs/spoken/fr.ts';
import { italian } from '../../../dialogs/spoken/it.ts';
import { dutch } from '../../../dialogs/spoken/nl.ts';
import { swedish } from '../../../dialogs/spoken/sv.ts';
import { termBehind } from '../../../dialogs/termWords.ts';
import { ticketDialog } from '../../../dialogs/ticket.ts';
import type { Decision } from '../../../dialogs/types.ts';
import type { Move, Plan } from '../../../services/domain/ticket.ts';
import type { TicketView } from '../../../services/ticketView.ts';
import { HIDES, sampleMove, sampleTicket } from '../../support/samples.ts';

const ANN = { key: 'ann', tenant: 't', name: 'Ann', roles: ['owner'] as const };
const ALL = ['P1Y/monthly', 'P1Y/annual', 'P1M/monthly', 'P3Y/monthly', 'P3Y/annual', 'P3Y/triennial'];
const YEARS = ['P1Y/monthly', 'P1Y/annual'];

const PLANS: Plan[] = [{ ...plan('p1', 'Office 365 E3'), terms: ALL }, { ...plan('p2', 'Dynamics 365 Plan'), terms: YEARS }, plan('p3', 'Office 365 F3')];

function plan(id: string, title: string): Plan {
  return { id, title, reason: '', minimum: 1, maximum: 300, item: { productId: id, skuId: '0001' }, whyNot: null };
}

function view(move: Partial<Move> | null = null, more: Partial<TicketView> = {}): TicketView {
  return {
    ...{ ticket: sampleTicket({ plans: PLANS }), etag: 'e', move: move && sampleMove(move), found: [], movable: [], unmoved: [], names: {}, notice: null },
    ...{ shown: [], personal: true, fourEyes: { when: 'off' }, hides: HIDES, readOnly: false, now: '2027-01-20T10:05:00.000Z' },
    ...more,
  };
}

/** What is chosen by it, or what is said instead. */
function outcome({ intentions, reply }: Decision): string {
  const [one] = intentions;
  if (!one || !('event' in one)) return reply?.say ?? '';
  const { event } = one;
  if (event.kind === 'chosen') return [event.plan.id, event.quantity, event.term, event.billing].join();
  return event.kind === 'draft' ? [event.draft.plan, event.draft.term, event.draft.billing].join() : event.kind;
}

const typed = (text: string, of = view()) => answerDialog(of, text, ANN);
const pressed = (planId: string, term: string | null, of = view()) => ticketDialog(of, { verb: 'purchase.quote', plan: planId, quantity: '7', term }, ANN);

describe('the term behind a plan', () => {
  const fitting = (text: string) => {
    const found = termBehind(text);
    return found && [found.plan, ...ALL.filter(found.fits)].join(' ');
  };
  for (const [text, meant] of [
    ['2, 1 year, paid yearly', '2 P1Y/annual'],
    ['Business Premium, 1 year, paid yearly', 'Business Premium P1Y/annual'],
    ['office 365 e3 for one year and paid monthly', 'office 365 e3 P1Y/monthly'],
    ['2 monthly', '2 P1Y/monthly P1M/monthly P3Y/monthly'],
    ['2 1 month', '2 P1M/monthly'],
    ['2 paid yearly.', '2 P1Y/annual P3Y/annual'],
    ['2 yearly', '2 P1Y/monthly P1Y/annual P3Y/annual'],
    ['2, 12-month term, billed annually', '2 P1Y/annual'],
    ['2 3 years, paid at once', '2 P3Y/triennial'],
    ['2 3 years, paid every three years', '2 P3Y/triennial'],
    ['2 P3Y/annual', '2 P3Y/annual'],
    ['2 5 years', '2'],
    ['1 year', ' P1Y/monthly P1Y/annual'],
    ['2', null],
    ['Office 365 E3', null],
    ['Plan on term', null],
    ['', null],
  ] as const)
    it(`“${text}” means ${meant}`, () => assert.equal(fitting(text), meant));

  for (const [tag, { words, spoken }] of Object.entries(LANGUAGES))
    it(`as ${tag} says each term of the catalogue, it is that term; the English one, too`, () => {
      for (const whole of [...ALL, 'P2Y/biennial', 'P2Y/monthly'])
        for (const said of [words, en]) {
          const [length = '', billing = ''] = whole.split('/');
          const name = said.termName(length as never, billing as never);
          const found = termBehind(`2, ${name}`, [spoken, english]);
          assert.ok(found, name);
          assert.deepEqual([found.plan, [...ALL, 'P2Y/biennial', 'P2Y/monthly'].filter(found.fits)], ['2', [whole]], name);
        }
    });

  it('without a word for paying it may be either, in each language', () => {
    for (const [text, language] of [
      ['2 annuel', french],
      ['2 annuale', italian],
      ['2 jaarlijks', dutch],
      ['2 årsvis', swedish],
      ['2 arsvis', swedish],
    ] as const) {
      const found = termBehind(text, [language, english]);
      assert.deepEqual([found?.plan, ALL.filter((one) => found?.fits(one))], ['2', ['P1Y/monthly', 'P1Y/annual', 'P3Y/annual']], text);
    }
    assert.equal(termBehind('2 annuel', [english]), null, 'of a third language nothing is read');
  });
});

describe('typed', () => {
  it('a number or a name alone is the plan in its usual term', () => {
    assert.deepEqual(
      ['1', 'office 365 e3', 'dynamics 365 plan'].map((text) => outcome(typed(text))),
      ['p1,,', 'p1,,', 'p2,,'],
    );
  });

  it('with the one term that is meant behind it, the plan in that term', () => {
    assert.equal(outcome(typed('1, 1 month')), 'p1,P1M,monthly');
    assert.equal(outcome(typed('Dynamics 365 Plan, 1 year, paid yearly')), 'p2,P1Y,annual');
    assert.match(replyText(en, typed('1 1 month').reply as never), /^Office 365 E3, 1 month, paid monthly\. How many licences\?/);
  });

  it('a word that may mean several is asked about, and nothing is chosen', () => {
    const asked = typed('1 monthly');
    assert.deepEqual(asked.intentions, []);
    assert.ok(asked.reply?.say === 'manyTerms');
    assert.deepEqual(asked.reply.terms, ['P1Y/monthly', 'P1M/monthly', 'P3Y/monthly']);
    assert.equal(outcome(takePlan(view(), PLANS[0] as Plan, termBehind('P1M/monthly'), ANN)), 'p1,P1M,monthly', 'as the button says it');
  });

  it('a term in which this plan is not sold is refused with those in which it is; one whose terms were not read, too', () => {
    const refused = typed('2 1 month');
    assert.deepEqual(refused.intentions, []);
    assert.match(replyText(en, refused.reply as never), /^Dynamics 365 Plan is sold for 1 year, paid monthly; 1 year, paid yearly\. Nothing has changed/);
    assert.deepEqual([outcome(typed('3 1 month')), outcome(typed('3'))], ['termsUnread', 'p3,,']);
  });

  it('names are as strict as ever: a near one is asked about, and the term goes along with it', () => {
    const found = [{ ...plan('x:1', 'Microsoft 365 Business Premium'), terms: YEARS }];
    const asked = typed('premium, 1 year, paid yearly', view(null, { found }));
    assert.ok(asked.reply?.say === 'manyPlans');
    assert.deepEqual([asked.reply.term, asked.reply.value, asked.intentions], ['1 year paid yearly', 'premium, 1 year, paid yearly', []]);
    assert.equal(outcome(typed('business premium, 1 year, paid yearly', view(null, { found: null }))), 'searching');
    assert.equal(outcome(typed('microsoft 365 business premium, 1 year, paid yearly', view(null, { found }))), 'x:1,P1Y,annual');
    assert.deepEqual([outcome(typed('9 monthly')), outcome(typed('banana 1 year'))], ['badPosition', 'noPlan']);
  });

  it('a yes with more words behind it is no plan that is looked for', () => {
    const unread = view(null, { found: null });
    for (const text of ['yes please do it now', 'Yes, buy it', 'y then']) assert.equal(typed(text, unread).reply?.say, 'answers', text);
    assert.equal(typed('yesterday plan', unread).reply?.say, 'searching');
  });

  it('a plan whose whole name ends like a term is that plan', () => {
    const one = { ...plan('y', 'Storage 1 year'), terms: YEARS };
    const of = view(null, { ticket: sampleTicket({ plans: [...PLANS, one] }) });
    assert.equal(outcome(typed('storage 1 year', of)), 'y,,');
    assert.equal(outcome(typed('storage 1 year paid yearly', of)), 'manyPlans', 'what is left of the words is no whole name');
  });

  it('the number of licences comes next, and the price is asked for in the term that was chosen', () => {
    const drafted = view({ state: 'drafting', quote: null, draft: { plan: 'p1', term: 'P1M', billing: 'monthly' }, terms: [] });
    assert.equal(outcome(typed('7', drafted)), 'p1,7,P1M,monthly');
    const asked = questionOf(drafted, ANN);
    assert.ok(asked?.say === 'howMany' && asked.term === 'P1M/monthly');
  });

  it('the question for the plan says that a term may follow, where there is one to choose', () => {
    const asks = (plans: Plan[]) => replyText(en, questionOf(view(null, { ticket: sampleTicket({ plans }) }), ANN) as never);
    assert.match(asks(PLANS), /Answer with a number or a name; a term may follow, as in “1, 1 year, paid yearly”\.$/);
    assert.match(asks([plan('p3', 'Office 365 F3')]), /Answer with a number or a name\.$/);
  });
});

describe('pressed', () => {
  it('plan, licences and term go together', () => assert.equal(outcome(pressed('p1', 'P3Y/annual')), 'p1,7,P3Y,annual'));

  it('as usual, or without a term, it is the usual one of the plan', () => {
    assert.deepEqual([outcome(pressed('p2', 'usual')), outcome(pressed('p3', 'usual')), outcome(pressed('p1', null))], ['p2,7,,', 'p3,7,,', 'p1,7,,']);
  });

  it('a term in which the plan is not sold, or which no card of ours offers, asks for no price', () => {
    for (const [id, term, said] of [
      ['p2', 'P1M/monthly', 'termNotSold'],
      ['p1', 'P9Y/<b>', 'termNotSold'],
      ['p3', 'P1Y/monthly', 'termsUnread'],
    ] as const) {
      const decision = pressed(id, term);
      assert.deepEqual([decision.reply?.say, decision.intentions], [said, []]);
    }
  });
});
