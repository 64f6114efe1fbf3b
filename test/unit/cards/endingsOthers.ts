/** What is said of many at once and to the one who asks: lists, digests, greetings, how a customer stands, answers, the record. Each with its rules, told anew. */
import { standsText } from '../../../bot/turns/stands.ts';
import { greetingCard, watchingCard } from '../../../cards/chat/chat.ts';
import { digestCard, listCard } from '../../../cards/lists/lists.ts';
import { outcomeListCard } from '../../../cards/lists/outcomes.ts';
import { en } from '../../../cards/text/en/en.ts';
import { recordLine } from '../../../cards/ticket/finished.ts';
import type { EndOfTerm } from '../../../services/domain/ticket.ts';
import type { EndLine, Outcome } from '../../../services/tickets/costs.ts';
import type { OpenRow } from '../../../services/tickets/openList.ts';
import { COUNTED, type Counted, type Stand } from '../../../services/watch/known.ts';
import { HIDES, LISTED } from '../../support/samples.ts';
import { judged } from './endings.ts';
import type { Judged } from './endingsShown.ts';
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

export function rowOf(end: EndOfTerm, expiresOn: string): OpenRow {
  const names = { ticketId: 'S-1', customerId: 'c', customerName: 'C', subscriptionId: 's', offerName: 'Plan' };
  return { ...names, lastDay: expiresOn, expiresOn, quantity: 2, programme: null, end };
}

const stopping = ({ rows }: Listed) => rows.filter((row) => NOT_SET.has(row.end));
const ahead = (of: Listed) => stopping(of).filter((row) => row.expiresOn >= TODAY).length;
const some =
  (...ends: EndOfTerm[]) =>
  ({ rows }: Listed) =>
    rows.some((row) => ends.includes(row.end));

const longDate = (day: string) => en.date(day).replaceAll('\u00a0', ' ');

/** The number that a sentence begins with is the one it speaks of. */
const rules = (sentence: string) => {
  const n = Number(/^\d+/.exec(sentence)?.[0] ?? Number.NaN);
  return [
    [/^\d+ terms? ends? within \d+ days? and (?:is|are) not set to renew$/, (of) => n === ahead(of) && n > 0],
    [/^\d+ subscriptions? (?:is|are) not set to renew\.?$/, (of) => n === stopping(of).length && n > 0],
    [/^I know of none whose term ends within \d+ days without renewing$/, (of) => ahead(of) === 0],
    [/^I know of none whose term ends in .* without renewing$/, (of) => stopping(of).length === 0],
    [/^\d+ terms? ends? in .* and (?:is|are) not set to renew$/, (of) => n === stopping(of).length],
    [/^I know of none that stops renewing$/, (of) => stopping(of).length === 0],
    [/^\d+ (?:is|are) not set to renew now\.$/, (of) => n === stopping(of).length && n > 0],
    [/^The next is Plan of C, on 1 January 2028,/, (of) => of.next],
    [/^\d+, the next on /, (of) => n === stopping(of).length && sentence.endsWith(longDate(of.rows[0]?.expiresOn ?? ''))],
    [/^Of what I have read nothing stops renewing(?: now)?\.$/, (of) => stopping(of).length === 0],
    [/^Of \d+ on the list the last day has passed\.$/, (of) => stopping(of).length > ahead(of)],
    [/^\d+ on the list (?:renews|renew), and somebody asked to move/, some('renews', 'renewsAs')],
    [/^\d+ on the list (?:is|are) in a paid Extended Service Term\.$/, some('inEst')],
    [/^Of \d+ on the list Partner Center does not say whether (?:it renews|they renew)\.$/, some('unread')],
    // In a row: what happens, and when.
    [/^(?:Urgent: )?ends (?:today|in )/, some('cancels')],
    [/^goes on monthly (?:today|in )/, some('extends')],
    [/^paid monthly, next (?:today|in )/, some('inEst')],
    [/^renews (?:today|in )/, some('renews')],
    [/^renews, changed (?:today|in )/, some('renewsAs')],
    // A column's head, and what is to come.
    [/^Term ends$/, () => true],
    [
      /^(?:A message comes here|I tell you|Successor can watch) .*when (?:a subscription|one) stops renewing|^Nothing comes here by itself|be told when/,
      () => true,
    ],
  ] satisfies readonly (readonly [RegExp, (of: Listed) => boolean])[];
};

export function untrue(text: string, of: Listed): string[] {
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

/** What stands in each of them, and what of it is not so. */
export function judgedLists(): Judged {
  const all: Judged = { found: new Set(), texts: new Set(), count: 0 };
  for (const of of lists()) {
    const rows = [...of.rows];
    const overview = { customers: 3, open: stopping(of).length, next: rows[0]?.expiresOn ?? null, whole: true };
    const next = of.next ? rowOf('cancels', '2028-01-01') : null;
    const cards = [
      listCard({ ...LISTED, rows, from: 0, handle: 'h', today: TODAY, within: of.within, next }, en),
      listCard({ ...LISTED, rows, from: 0, handle: 'h', today: TODAY, within: of.within, month: '2027-02', next }, en),
      ...(rows.length > 0
        ? (['first', 'missed', 'regular'] as const).map((is) =>
            digestCard({ ...LISTED, rows, handle: 'h', today: TODAY, why: { is, since: TODAY, news: 1 } }, en),
          )
        : []),
      greetingCard('h', overview, en),
      watchingCard('h', { watching: [{ what: 'all' }], by: null, at: null, overview }, en),
      watchingCard('h', { watching: [], by: null, at: null, overview }, en),
    ];
    for (const { card, summary } of cards) {
      all.count += 1;
      for (const text of [summary, ...textsOf(card)]) {
        all.texts.add(text);
        for (const one of untrue(text, of)) all.found.add(one);
      }
    }
  }
  return all;
}

/** One list by outcome: what is asked for, and how each of it ends. */
export interface ByOutcome {
  outcome: Outcome;
  lines: EndLine[];
  more: boolean;
}

const AS_ASKED: Readonly<Record<Outcome, readonly EndOfTerm[]>> = { est: ['extends', 'inEst'], ends: ['cancels'], renews: ['renews', 'renewsAs'] };
const all = ({ outcome, lines }: ByOutcome, asked: Outcome) =>
  outcome === asked && lines.length > 0 && lines.every((line) => AS_ASKED[asked].includes(line.end));
/** What an Extended Service Term costs is told by a price list, or for what is by the month already. */
const unpriced = ({ lines }: ByOutcome) => lines.filter((line) => !line.prices?.extended && !(line.end === 'extends' && line.byMonth && line.priceNow)).length;

function outcomeRules(sentence: string) {
  const n = Number(/\d+/.exec(sentence)?.[0] ?? Number.NaN);
  const counts = (of: ByOutcome, asked: Outcome) => all(of, asked) && n === of.lines.length && sentence.startsWith('At least') === of.more;
  return [
    [/^(?:At least )?\d+ subscriptions? ends? (?:by|in) /, (of) => counts(of, 'ends')],
    [/^(?:At least )?\d+ subscriptions? renews? (?:by|in) /, (of) => counts(of, 'renews')],
    [/^(?:At least )?\d+ subscriptions? whose terms? ends? (?:by|in) .* as an Extended Service Term$/, (of) => counts(of, 'est')],
    [/^I know of none that ends (?:by|in) /, (of) => of.outcome === 'ends' && of.lines.length === 0],
    [/^I know of none that renews (?:by|in) /, (of) => of.outcome === 'renews' && of.lines.length === 0],
    [/^I know of none whose term ends (?:by|in) .* and that goes on as an Extended Service Term$/, (of) => of.outcome === 'est' && of.lines.length === 0],
    [/^Of \d+ the price of an Extended Service Term is not known: it is 3 % above/, (of) => of.outcome === 'est' && n === unpriced(of)],
    [/^After (?:that day it costs|their day they cost) nothing\.$/, (of) => all(of, 'ends')],
    [/^After (?:that day it costs|their day they cost) what the price list of that day says/, (of) => all(of, 'renews')],
    [/^After (?:that day(?: it costs)?|their day(?: they cost)?) [^%]* a month/, (of) => all(of, 'est') || all(of, 'renews')],
    [/^This is of what I have read; expiring lists all that is not set to renew\.$|^Term ends$/, () => true],
  ] satisfies readonly (readonly [RegExp, (of: ByOutcome) => boolean])[];
}

export function untrueOfOutcome(text: string, of: ByOutcome): string[] {
  const clean = text.replaceAll('\u00a0', ' ').replaceAll('**', '');
  return clean
    .split(/(?<=[.!?]) (?=[A-Z0-9])|\n/)
    .flatMap((sentence) => judged(sentence, { rules: outcomeRules(sentence), of, about: () => `${of.outcome} ${of.lines.map((line) => line.end)}` }));
}

export function lineOf(end: EndOfTerm, more: Partial<EndLine> = {}): EndLine {
  const names = { customerId: 'c', subscriptionId: 's', customerName: 'C', offerName: 'Plan', ticketId: null };
  return { ...names, expiresOn: '2027-02-10', quantity: 2, end, byMonth: false, priceNow: null, prices: null, ...more };
}

export function judgedOutcomes(): Judged {
  const found: Judged = { found: new Set(), texts: new Set(), count: 0 };
  const euros = { minor: 1_000, currency: 'EUR' };
  const priced = { priceNow: euros, prices: { on: TODAY, renewal: euros, oneMonth: euros, extended: euros } };
  for (const outcome of ['est', 'ends', 'renews'] as const)
    for (const [more, month] of [
      [false, null],
      [true, null],
      [false, '2027-02'],
      [true, '2027-02'],
    ] as const)
      for (const some of [[], [{}], [priced], [{}, priced], [{ priceNow: euros, byMonth: true }, {}]]) {
        if (some.length === 0 && more) continue;
        const lines = some.map((one, index) => lineOf(AS_ASKED[outcome][index % AS_ASKED[outcome].length] as EndOfTerm, one));
        const view = { from: 0, handle: 'h', today: TODAY, until: '2027-04-20', month, whole: true, passed: 0, ...LISTED, hides: HIDES };
        const { card, summary } = outcomeListCard({ ...view, outcome, lines, more }, en);
        found.count += 1;
        for (const text of [summary, ...textsOf(card)]) {
          found.texts.add(text);
          for (const one of untrueOfOutcome(text, { outcome, lines, more })) found.found.add(one);
        }
      }
  return found;
}

/** What a kind of subscription may be said to do. */
export const STANDS_SAY: readonly (readonly [RegExp, readonly Counted[]])[] = [
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

export function standOf(counts: Partial<Record<Counted, number>>): Stand {
  const named = [{ plan: 'Plan', day: '2027-06-30', next: null }];
  const of = Object.fromEntries(COUNTED.map((kind) => [kind, { count: counts[kind] ?? 0, named: counts[kind] ? named : [] }])) as unknown as Stand['of'];
  return { name: 'C', lookedAt: '2027-01-20T09:00:00.000Z', skipped: null, left: false, notes: [], of };
}

export const say = (counts: Partial<Record<Counted, number>>) => standsText(en, standOf(counts), { id: 'c', name: 'C' });

/** A reply's data where the test needs none of it. */
export function anything(given: Record<string, unknown>): unknown {
  const rest: Record<string, unknown> = {
    of: [],
    plans: [],
    terms: [],
    sold: [],
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
  [/ended the dry run\.$|end it with “dry-run off”/, () => true],
  [/^It renews again, so there is nothing to do\.$/, (reply, { how }) => reply === 'closed' && how === 'renewed'],
  [/^It has ended, or somebody suspended it elsewhere; the card says which\.$/, (reply, { how }) => reply === 'closed' && how === 'ended'],
  [/: let .+ end by itself, or suspend it\?$/, (reply, { last }) => reply === 'askSuspend' && last === 'letEnd'],
  [/does not end by itself\.$|^Set its cancellation in Partner Center/, (reply, { last }) => reply === 'askSuspend' && last === 'cancel'],
  [/^Everything of .+ renews\.$/, (reply) => reply === 'allRenew'],
  [/^I read who would lose access, and ask for a yes\.$/, (reply) => reply === 'weighing'],
  [/the end of its term is being set/, (_, { state }) => state === 'setting'],
  [/its cancellation is set/, (_, { state }) => state === 'set'],
  [/it has stopped and needs a person/, (_, { state }) => state === 'stuck'],
  [/^Setting the cancellation now\.$/, (reply) => reply === 'settingEnd'],
  [/^I cannot set a cancellation here yet\.$/, (reply) => reply === 'endNotShown'],
  [/^As it reads now I cannot renew it\.$/, (reply, { to }) => reply === 'endNotPossible' && to === 'renew'],
  [/: renew .+ from .*\?$/, (reply, { to }) => reply === 'askEnd' && to === 'renew'],
  [/: cancel .+ at the end of its term\?$/, (reply, { last }) => reply === 'askSuspend' && last === 'setEnd'],
  [/^Snoozed until /, (reply) => reply === 'snoozed'],
  [/switched me back\.|What waited goes on/, (reply) => reply === 'readOnlyNow'],
  [/^As it reads now I cannot cancel it at term end\.$/, (reply) => reply === 'endNotPossible'],
  [/: cancel .+ at the end of its term, .+\?$/, (reply) => reply === 'askEnd'],
  [/before a term ends/, (reply) => reply === 'reminders' || reply === 'incomplete'],
  [/^I know no subscription of .+ that ends or renews\.$/, (reply) => reply === 'stands'],
];

export function saidWrong(reply: string, given: Record<string, unknown>, text: string): string[] {
  return judged(text, {
    rules: OF_REPLIES.map(([known, isTrue]) => [known, () => isTrue(reply, given)] as const),
    of: null,
    about: () => `${reply} ${JSON.stringify(given)}`,
  });
}

export function judgedReplies(): Judged {
  const all: Judged = { found: new Set(), texts: new Set(), count: 0 };
  for (const [reply, answer] of Object.entries(en.replies))
    for (const last of ['letEnd', 'cancel', 'setEnd', 'suspend'])
      for (const how of ['renewed', 'moved', 'ended', 'left'])
        for (const more of [{ to: 'cancel', state: 'setting', on: false }, { to: 'renew', state: 'set', days: [7, 1] }, { state: 'stuck' }]) {
          const given = { last, how, looked: true, left: false, skipped: null, ...more, of: reply === 'incomplete' ? 'remind' : [] };
          const text = (answer as (data: unknown) => string)(anything(given));
          all.count += 1;
          all.texts.add(text);
          for (const one of saidWrong(reply, given, text)) all.found.add(one);
        }
  return all;
}

/** A line of the record is of what was written down: `what`, and what belongs to it. */
const OF_RECORD: readonly (readonly [RegExp, (what: string, of: string) => boolean])[] = [
  [/^Stopped renewing$|^Found not renewing$/, (what) => what === 'stopped' || what === 'known'],
  [/^Not known whether it renews$/, (what, of) => what === 'unread' || of === 'unread'],
  [/^Its end changed$/, (what) => what === 'outcome'],
  [/^Its end has changed$/, (_, of) => of === 'end'],
  [/^Renews again$/, (what) => what === 'renewed'],
  [/^Ended$/, (what) => what === 'ended'],
  [
    /^Old subscription (?:suspended, and not by me|ended|renews again|not set to renew any more)$/,
    (_, of) => ['suspended', 'ended', 'renews', 'stops'].includes(of),
  ],
  [/^Auto-renew and what is planned disagree$/, (_, of) => of === 'disagree'],
  [/^(?:Another month of its )?Extended Service Term|^Extended Service Term (?:planned by Microsoft|begun)$/, (_, of) => of.startsWith('est')],
  [/^(?:The change|A change|Another change) (?:that was )?planned for its next term/, (_, of) => of.startsWith('plan')],
  [/^Goes on although the move is finished$/, (_, of) => of === 'goesOn'],
  [/^Suspended by somebody, and billed to its last day$/, (_, of) => of === 'stillBilled'],
  [/^Old subscription suspended, and checked$/, (what) => what === 'verified'],
  [/^Cancellation at term end (?:approved|confirmed)$|^Renewal approved$/, (what) => what === 'approve' || what === 'confirmEnd'],
  [/^Left to end, as its cancellation is set/, (what) => what === 'letEnd'],
  [
    /^End of its term (?:set, and checked|was set already)$|^Asked to set the end of its term$|^Its term is over$/,
    (what) => ['endSet', 'weighed', 'endOver'].includes(what),
  ],
  [/^No purchase: this end could not be set/, (what) => what === 'refused'],
  [/^The move was ended|^Stopped: needs a person$|deleted after the time that is set$/, () => true],
  [/^Another move took the place of the one whose cancellation is set$/, (what) => what === 'superseded'],
  [/^Snoozed until /, (what) => what === 'snoozed'],
];

export function judgedRecord(): Judged {
  const all: Judged = { found: new Set(), texts: new Set(), count: 0 };
  const row = { seq: 1, at: `${TODAY}T10:00:00.000Z`, by: 'bot', tenant: 't', before: '', after: '', correlationId: 'c', previous: '', hash: '' };
  const turns = ['suspended', 'ended', 'gone', 'left', 'renews', 'stops', 'end', 'disagree', 'estPlanned', 'estBegun', 'estMonth'];
  const turned = [...turns, 'planSet', 'planChanged', 'planLost', 'goesOn', 'stillBilled', 'seats', 'prices', 'unread', 'name', 'snoozeOver'];
  for (const what of Object.keys(en.record))
    for (const of of what === 'changed' ? turned : [''])
      for (const data of [{}, { found: 1, to: 'cancel', until: '2027-02-10', reason: 'endNotPossible' }, { to: 'renew', lines: 2 }]) {
        const text = recordLine({ ...row, what, data: { ...data, ...(of ? { what: of } : {}) } }, en, HIDES);
        if (text === null) continue;
        all.count += 1;
        all.texts.add(text);
        const rules = OF_RECORD.map(([known, isTrue]) => [known, () => isTrue(what, of)] as const);
        for (const one of judged(text, { rules, of: null, about: () => `${what} ${of}` })) all.found.add(one);
      }
  return all;
}
