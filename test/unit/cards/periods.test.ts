/** What the approval says of money and seats: who pays what until when, and whom the new licences do not reach. */
import assert from 'node:assert/strict';
import { ticketCard } from '../../../cards/ticket/ticket.ts';
import { en } from '../../../cards/text/en/en.ts';
import type { Move, Quote, Ticket } from '../../../services/domain/ticket.ts';
import type { Shown } from '../../../services/ticketView.ts';
import { HIDES, sampleMove, sampleTicket } from '../../support/samples.ts';
import { textsOf } from './sentences.ts';

const QUOTE = sampleMove().quote as Quote;

/** The texts of the quote's card, without hard spaces. */
function said(facts: Partial<Ticket['facts']>, quote: Partial<Quote> = {}, changes: Partial<Move> = {}): string[] {
  const shown: Shown = {
    ...{ ticket: sampleTicket({}, facts), move: sampleMove({ state: 'quoted', quote: { ...QUOTE, ...quote }, ...changes }) },
    ...{ chat: { key: 'chat', kind: 'channel' }, handle: 'h', names: {}, record: [], holders: [], unmoved: [], approvers: [], reader: null },
    ...{ fourEyes: { when: 'off' }, hides: HIDES, today: '2027-01-20', now: '2027-01-20T10:00:00.000Z' },
  };
  return textsOf(ticketCard(shown, en).card).map((text) => text.replaceAll('\u00a0', ' '));
}

const money = (texts: readonly string[]) => texts.filter((text) => /^(?:Until|After that)/.test(text));
const NCE = { newCommerce: true, endOfTerm: 'cancels' as const };
const BOTH = '**€765.00 a month** for both, €310.00 for the old one and €455.00 for the new one.';

const euros = (minor: number) => ({ minor, currency: 'EUR' });
const PRICES = { on: '2027-01-20', renewal: euros(32_550), oneMonth: euros(37_100), extended: euros(38_200) };

describe('the money at an approval', () => {
  const worlds: [string, Partial<Ticket['facts']>, Partial<Quote>, string[]][] = [
    [
      'new commerce is paid to its last day whatever is suspended, then only the new one where the old one ends',
      NCE,
      {},
      [`Until 3 March 2027, whatever is suspended: ${BOTH}`, 'After that €455.00 a month, €145.00 more than now.'],
    ],
    [
      'new commerce that goes on is paid after that too',
      { ...NCE, endOfTerm: 'extends' },
      {},
      [
        `Until 3 March 2027, whatever is suspended: ${BOTH}`,
        'After that €455.00 a month for the new one, and a paid Extended Service Term for the old one until somebody sets its cancellation.',
      ],
    ],
    [
      'new commerce that renews is paid for another term',
      { ...NCE, endOfTerm: 'renews' },
      {},
      [
        `Until 3 March 2027, whatever is suspended: ${BOTH}`,
        'After that €455.00 a month for the new one, and the old one renews, unless somebody sets its cancellation.',
      ],
    ],
    [
      'what the old one costs then, by the price sheets: as an Extended Service Term',
      { ...NCE, endOfTerm: 'extends', prices: PRICES },
      {},
      [
        `Until 3 March 2027, whatever is suspended: ${BOTH}`,
        'After that **€837.00 a month** for both: €455.00 a month for the new one, and a paid Extended Service Term for the old one at €382.00 a month until somebody sets its cancellation.',
      ],
    ],
    [
      'and for another term, in another currency',
      { ...NCE, endOfTerm: 'renews', prices: { ...PRICES, renewal: { minor: 32_550, currency: 'USD' } } },
      {},
      [
        `Until 3 March 2027, whatever is suspended: ${BOTH}`,
        'After that €455.00 a month for the new one, and the old one renews at US$325.50 a month, unless somebody sets its cancellation.',
      ],
    ],
    ...(['unknown', 'contradictory', 'unread'] as const).map((endOfTerm): [string, Partial<Ticket['facts']>, Partial<Quote>, string[]] => [
      `new commerce of which nobody knows how it goes on: ${endOfTerm}`,
      { ...NCE, endOfTerm },
      {},
      [
        `Until 3 March 2027, whatever is suspended: ${BOTH}`,
        'After that €455.00 a month for the new one. Whether the old one then goes on and costs is not known.',
      ],
    ]),
    [
      'classic is paid until it is suspended, or ends',
      {},
      {},
      [`Until the old one is suspended, at the latest until 3 March 2027: ${BOTH}`, 'After that €455.00 a month, €145.00 more than now.'],
    ],
    [
      'classic that renews has no latest day',
      { endOfTerm: 'renews' },
      {},
      [`Until the old one is suspended: ${BOTH}`, 'After that €455.00 a month, €145.00 more than now.'],
    ],
    [
      'what is cheaper, and what is the same',
      { priceNow: { minor: 50_000, currency: 'EUR' }, endOfTerm: 'renews' },
      {},
      [
        'Until the old one is suspended: **€955.00 a month** for both, €500.00 for the old one and €455.00 for the new one.',
        'After that €455.00 a month, €45.00 less than now.',
      ],
    ],
    [
      'another currency is not added up',
      { ...NCE, priceNow: { minor: 31_000, currency: 'JPY' } },
      {},
      ['Until 3 March 2027, whatever is suspended: JP¥31,000 a month for the old one and €455.00 a month for the new one.', 'After that €455.00 a month.'],
    ],
    [
      'a price that nobody knows',
      { ...NCE, priceNow: null },
      {},
      [
        'Until 3 March 2027, whatever is suspended: €455.00 a month for the new one, and the price of the old one, which is not known.',
        'After that €455.00 a month.',
      ],
    ],
    ['classic that is suspended already costs nothing', { standing: 'suspended' }, {}, []],
    ['one that is gone costs nothing', NCE, { source: { status: 'gone', quantity: null } }, []],
    ['one whose last day has passed', { ...NCE, expiresOn: '2027-01-10' }, {}, []],
    [
      'new commerce that is suspended costs on',
      { ...NCE, standing: 'suspended' },
      { source: { status: 'suspended', quantity: 10 } },
      [
        `Until 3 March 2027, whatever is suspended: ${BOTH}`,
        'After that €455.00 a month for the new one. Whether the old one then goes on and costs is not known.',
      ],
    ],
  ];
  for (const [name, facts, quote, expected] of worlds) it(name, () => assert.deepEqual(money(said(facts, quote)), expected));

  it('says once whose price it is', () => {
    const texts = said(NCE).join('\n');
    assert.equal(texts.match(/you as the partner pay, without tax/g)?.length, 1);
    assert.match(texts, /€5,460\.00 over 12 months\. /);
    assert.match(said({}, { term: 'P2Y', total: { minor: 1_092_000, currency: 'EUR' } }).join('\n'), /€10,920\.00 over 24 months\. /);
  });
});

describe('a quote for other seats than people', () => {
  const worlds: [number, number | null, RegExp | null][] = [
    [7, 10, /^\*\*3 of the 10 people who have the old licence get none of these\.\*\*$/],
    [9, 10, /^\*\*1 of the 10 people who have the old licence gets none of these\.\*\*$/],
    [10, 10, null],
    [10, null, null],
    [10, 9, /^1 licence stays empty for now and costs €45\.50 a month\.$/],
    [7, 5, /^2 licences stay empty for now and cost €130\.00 a month\.$/],
    [9, 2, /^7 licences stay empty for now and cost about €353\.89 a month\.$/],
    [5, 0, /^5 licences stay empty for now and cost €455\.00 a month\.$/],
  ];
  for (const [quantity, inUse, expected] of worlds)
    it(`${quantity} for ${inUse ?? 'nobody knows how many'}`, () => {
      const texts = said({ inUse }, { quantity }).filter((text) => /none of these|empty for now/.test(text));
      if (!expected) return assert.deepEqual(texts, []);
      assert.equal(texts.length, 1);
      assert.match(texts[0] as string, expected);
    });

  it('says that it is not known how many people there are', () => assert.match(said({ inUse: null }).join('\n'), /10 now, how many in use is not known/));
});
