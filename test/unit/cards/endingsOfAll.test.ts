/** No list, digest, greeting or answer speaks of an end, a renewal or a deletion without the facts that make it true. */
import assert from 'node:assert/strict';
import { standsText } from '../../../bot/turns/stands.ts';
import { greetingCard, watchingCard } from '../../../cards/chat/chat.ts';
import { digestCard, listCard } from '../../../cards/lists/lists.ts';
import { en } from '../../../cards/text/en/en.ts';
import type { EndOfTerm } from '../../../services/domain/ticket.ts';
import type { OpenRow } from '../../../services/tickets/openList.ts';
import { COUNTED, type Counted, type Stand } from '../../../services/watch/known.ts';
import { judged } from './endings.ts';
import { textsOf } from './sentences.ts';

const TODAY = '2027-01-20';
const ENDS: readonly EndOfTerm[] = ['renews', 'renewsAs', 'cancels', 'extends', 'inEst', 'contradictory', 'unknown', 'unread'];
/** What may be called not set to renew, told anew. */
const NOT_SET: ReadonlySet<EndOfTerm> = new Set<EndOfTerm>(['cancels', 'extends', 'contradictory', 'unknown']);

interface Listed {
  rows: readonly OpenRow[];
  within: number;
  next: boolean;
}

function rowOf(end: EndOfTerm, expiresOn: string): OpenRow {
  const names = { ticketId: 'S-1', customerId: 'c', customerName: 'C', subscriptionId: 's', offerName: 'Plan' };
  return { ...names, lastDay: expiresOn, expiresOn, quantity: 2, programme: null, end };
}

const stopping = ({ rows }: Listed) => rows.filter((row) => NOT_SET.has(row.end));
const ahead = (of: Listed) => stopping(of).filter((row) => row.expiresOn >= TODAY).length;
const some =
  (...ends: EndOfTerm[]) =>
  ({ rows }: Listed) =>
    rows.some((row) => ends.includes(row.end));

/** The number that a sentence begins with is the one it speaks of. */
const rules = (sentence: string) => {
  const n = Number(/^\d+/.exec(sentence)?.[0] ?? Number.NaN);
  return [
    [/^\d+ terms? ends? within \d+ days? and (?:is|are) not set to renew$/, (of) => n === ahead(of) && n > 0],
    [/^\d+ subscriptions? (?:is|are) not set to renew\.?$/, (of) => n === stopping(of).length && n > 0],
    [/^I know of none whose term ends within \d+ days without renewing$/, (of) => ahead(of) === 0],
    [/^I know of none that stops renewing$/, (of) => stopping(of).length === 0],
    [/^\d+ (?:is|are) not set to renew now\.$/, (of) => n === stopping(of).length && n > 0],
    [/^Of what I have read nothing stops renewing(?: now)?\.$/, (of) => stopping(of).length === 0],
    [/^Of \d+ on the list the last day has passed\.$/, (of) => stopping(of).length > ahead(of)],
    [/^\d+ on the list (?:renews|renew), and somebody asked to move/, some('renews', 'renewsAs')],
    [/^\d+ on the list (?:is|are) in a paid Extended Service Term\.$/, some('inEst')],
    [/^Of \d+ on the list Partner Center does not say whether (?:it renews|they renew)\.$/, some('unread')],
    // A column's head, and what is to come.
    [/^Term ends$/, () => true],
    [
      /^(?:A message comes here|I tell you|Successor can watch) .*when (?:a subscription|one) stops renewing|^Nothing comes here by itself|be told when/,
      () => true,
    ],
  ] satisfies readonly (readonly [RegExp, (of: Listed) => boolean])[];
};

function untrue(text: string, of: Listed): string[] {
  const clean = text.replaceAll('\u00a0', ' ').replaceAll('**', '');
  return clean
    .split(/(?<=[.:!?]) (?=[A-Z0-9])|\n/)
    .flatMap((sentence) => judged(sentence, { rules: rules(sentence), of, about: () => JSON.stringify(of.rows.map((row) => [row.end, row.expiresOn])) }));
}

/** Lists of none, one and two rows of every kind, over and to come. */
function* lists(): Generator<Listed> {
  for (const within of [30, 3_650]) {
    yield { rows: [], within, next: false };
    yield { rows: [], within, next: true };
    for (const one of ENDS)
      for (const day of ['2027-01-02', '2027-01-25', '2027-02-10']) {
        yield { rows: [rowOf(one, day)], within, next: false };
        for (const other of ENDS) yield { rows: [rowOf(one, day), rowOf(other, '2027-02-11')], within, next: false };
      }
  }
}

describe('a sentence about ends in a list', () => {
  it('is said only of rows that make it true: lists, digests, greetings', () => {
    const found = new Set<string>();
    let count = 0;
    for (const of of lists()) {
      const rows = [...of.rows];
      const open = stopping(of).length;
      const overview = { customers: 3, open, next: rows[0]?.expiresOn ?? null, whole: true };
      const next = of.next ? rowOf('cancels', '2028-01-01') : null;
      const cards = [
        listCard({ rows, from: 0, handle: 'h', today: TODAY, within: of.within, next }, en),
        ...(rows.length > 0
          ? [digestCard({ rows, handle: 'h', today: TODAY }, en), digestCard({ rows, handle: 'h', today: TODAY, missedSince: TODAY }, en)]
          : []),
        greetingCard('h', overview, en),
        watchingCard('h', { watching: [{ what: 'all' }], by: null, at: null, overview }, en),
      ];
      for (const { card, summary } of cards) {
        count += 1;
        for (const text of [summary, ...textsOf(card)]) for (const one of untrue(text, of)) found.add(one);
      }
    }
    assert.deepEqual([...found], []);
    assert.ok(count > 1_000, String(count));
  });

  it('is found where it is planted without them', () => {
    const renewing = { rows: [rowOf('renews', '2027-02-10')], within: 30, next: false };
    const ending = { rows: [rowOf('cancels', '2027-02-10')], within: 30, next: false };
    for (const [of, text] of [
      [renewing, '1 subscription is not set to renew'],
      [renewing, '1 term ends within 30 days and is not set to renew'],
      [ending, '2 terms end within 30 days and are not set to renew'],
      [ending, 'I know of none whose term ends within 30 days without renewing'],
      [ending, 'Of what I have read nothing stops renewing.'],
      [ending, 'Of 1 on the list the last day has passed.'],
      [ending, '1 on the list renews, and somebody asked to move it.'],
      [ending, '1 on the list is in a paid Extended Service Term.'],
      [ending, 'Everything that I watch renews.'],
      [ending, '1 subscription expires soon.'],
    ] as const)
      assert.notDeepEqual(untrue(text, of), [], text);
  });
});

/** What a kind of subscription may be said to do. */
const SAYS: readonly (readonly [RegExp, readonly Counted[]])[] = [
  [/Everything of .+ renews/, ['renews']],
  [/renews? as something else/, ['changes']],
  [/ends? without renewing/, ['ends']],
  [/goe?s? on month by month as a paid Extended Service Term/, ['extends']],
  [/in an Extended Service Term, paid by the month/, ['inEst']],
  [/not known what happens at the end of the term/, ['unsure']],
  [/does not say whether (?:it renews|they renew)/, ['unsaid']],
  [/suspended and still billed/, ['stillBilled']],
  [/(?:has|have) ended/, ['ended']],
  [/\d+ renews?\b(?! as)/, ['renews']],
];

function standOf(counts: Partial<Record<Counted, number>>): Stand {
  const named = [{ plan: 'Plan', day: '2027-06-30', next: null }];
  const of = Object.fromEntries(COUNTED.map((kind) => [kind, { count: counts[kind] ?? 0, named: counts[kind] ? named : [] }])) as unknown as Stand['of'];
  return { name: 'C', lookedAt: '2027-01-20T09:00:00.000Z', skipped: null, left: false, notes: [], of };
}

describe('a sentence about how a customer stands', () => {
  const say = (counts: Partial<Record<Counted, number>>) => standsText(en, standOf(counts), { id: 'c', name: 'C' });

  it('says of each kind what it does, and of no other', () => {
    for (const kind of COUNTED)
      for (const n of [1, 2])
        for (const other of [undefined, ...COUNTED.filter((one) => one !== kind)]) {
          const { text } = say({ [kind]: n, ...(other ? { [other]: 1 } : {}) });
          const plain = text.replaceAll('\u00a0', ' ');
          for (const [words, kinds] of SAYS)
            if (words.test(plain)) assert.ok(kinds.includes(kind) || (other && kinds.includes(other)), `${kind} ${other ?? ''}: ${plain}`);
          if (!/suspended|trials|missing/.test(`${kind} `))
            assert.ok(
              SAYS.some(([words, kinds]) => kinds.includes(kind) && words.test(plain)),
              `${kind}: ${plain}`,
            );
          if (kind !== 'renews' || other) assert.doesNotMatch(plain, /Everything/);
        }
  });
});

/** A reply's data where the test needs none of it. */
function anything(given: Record<string, unknown>): unknown {
  const rest: Record<string, unknown> = {
    of: [],
    plans: [],
    same: [],
    days: [],
    unread: [],
    can: { answers: [], another: false },
    state: 'drafting',
    last: 'suspend',
    how: 'moved',
    monthly: null,
    what: ['X'],
  };
  return new Proxy({}, { get: (_, name) => ({ ...rest, ...given })[String(name)] === undefined ? 2 : { ...rest, ...given }[String(name)] });
}

/** Which answers may speak of an end, with which data: what they say of the move or of the quote is not of the old subscription. */
const OF_REPLIES: readonly (readonly [RegExp, (reply: string, given: Record<string, unknown>) => boolean])[] = [
  [/^The move ends here\.$|end the move|the move has stopped|this move has stopped/i, () => true],
  [/^It renews again, so there is nothing to do\.$/, (reply, { how }) => reply === 'closed' && how === 'renewed'],
  [/^It has ended, or somebody suspended it elsewhere; the card says which\.$/, (reply, { how }) => reply === 'closed' && how === 'ended'],
  [/: let .+ end by itself, or suspend it\?$/, (reply, { last }) => reply === 'askSuspend' && last === 'letEnd'],
  [/does not end by itself\.$|^Set its cancellation in Partner Center/, (reply, { last }) => reply === 'askSuspend' && last === 'cancel'],
  [/^Everything of .+ renews\.$/, (reply) => reply === 'allRenew'],
  [/^Setting the cancellation now\.$/, (reply) => reply === 'settingEnd'],
  [/^I cannot set a cancellation here yet\.$/, (reply) => reply === 'endNotShown'],
  [/^As it reads now I cannot cancel it at term end\.$/, (reply) => reply === 'endNotPossible'],
  [/: cancel .+ at the end of its term, .+\?$/, (reply) => reply === 'askEnd'],
  [/before a term ends/, (reply) => reply === 'reminders' || reply === 'incomplete'],
  [/^I know no subscription of .+ that ends or renews\.$/, (reply) => reply === 'stands'],
];

function saidWrong(reply: string, given: Record<string, unknown>, text: string): string[] {
  return judged(text, {
    rules: OF_REPLIES.map(([known, isTrue]) => [known, () => isTrue(reply, given)] as const),
    of: null,
    about: () => `${reply} ${JSON.stringify(given)}`,
  });
}

describe('an answer that speaks of an end', () => {
  it('does so only where that was decided on it', () => {
    const found: string[] = [];
    for (const [reply, say] of Object.entries(en.replies))
      for (const last of ['letEnd', 'cancel', 'suspend'])
        for (const how of ['renewed', 'moved', 'ended', 'left']) {
          const given = { last, how, looked: true };
          found.push(...saidWrong(reply, given, (say as (data: unknown) => string)(anything(given))));
        }
    assert.deepEqual([...new Set(found)], []);
  });

  it('is found where it is planted', () => {
    for (const [reply, given, text] of [
      ['closed', { how: 'moved' }, 'It renews again, so there is nothing to do.'],
      ['askSuspend', { last: 'cancel' }, 'C: let P end by itself, or suspend it?'],
      ['left', {}, 'Noted. The old subscription ends by itself.'],
      ['approved', {}, 'Approved. That saves €5.00 a month.'],
    ] as const)
      assert.notDeepEqual(saidWrong(reply, given, text), [], text);
  });
});
