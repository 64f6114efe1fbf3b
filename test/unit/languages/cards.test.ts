/** Every card and line in every language, and in one of brackets: all that is read there is of the language, or came from outside. */
import assert from 'node:assert/strict';
import { LANGUAGES } from '../../../bot/languages.ts';
import { en } from '../../../cards/text/en/en.ts';
import type { Words } from '../../../cards/text/words.ts';
import { newsLine } from '../../../cards/ticket/ticket.ts';
import type { News, NewsKind } from '../../../services/domain/ticket.ts';
import { allCards, ticketSamples } from '../../support/samples.ts';
import { bracketed, outsideOf, shownIn } from '../../support/sentences.ts';
import { lint } from '../cards/lint.ts';

const BRACKETS = bracketed(en);

/** The names in the samples. */
const OUTSIDE = [
  /Contoso Ltd|contoso\.example|Northwind Traders|northwind\.example|Twin Corp|Adatum(?: Corporation)?|Customer \d+|Load \d|Reseller \d|Fabrikam|Tailspin/g,
  /Ann Jansson|Bo Ek|Adele Vance|Alex Wilber|Dana Roy|Sam Lee/g,
  /Dynamics 365 for Sales Enterprise Edition CRMOL Basic \(Qualified Offer\\?\)|Dynamics 365 from CRM Basic \(Qualified Offers\\?\)/g,
  /Dynamics 365 Sales Professional|Dynamics AX(?: Enterprise)?|Dynamics CRM Online|Microsoft 365 Business Standard|Office 365 (?:Enterprise )?E\d/g,
  /A programme of ordinary words|S-\d+|\bUTC\b|English \(Ireland\)|français/g,
  // Ids, and the codes that others give.
  /\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b|^(?:[0-9a-f]{4,12}|ORDER-7|5fd81a2|CFQ\w+:\d+:CFQ\w+|RenewToExtendedServiceTerm|active|deleted|failed|late|old|pool|rights)$/g,
  // Of the hostile, the long, and the ones from the right to the left.
  /[\s\S]*(?:evil\.example|http:|Donaudampf|شركة)[\s\S]*/g,
];

const KINDS: readonly NewsKind[] = [
  ...(['stopped', 'changed', 'reminder', 'renewed', 'ended', 'left', 'known', 'marked', 'drafting', 'quoting', 'refused', 'asked', 'repriced'] as const),
  ...(['approvalDue', 'approved', 'declined', 'lapsed', 'cancelled', 'bought', 'counted', 'moving', 'progress', 'moved', 'someFailed', 'waived'] as const),
  ...(['vouched', 'suspending', 'endAsked', 'endSetting', 'endSet', 'endWarned', 'finished', 'stuck', 'waits', 'orderAsked'] as const),
];

/** Every line that can be said below a sample's card. */
function linesIn(words: Words): string[] {
  const data = {
    mark: 'snoozed',
    until: '2027-01-27',
    days: 7,
    moved: 5,
    total: 7,
    movable: 1,
    blocked: 1,
    count: 2,
    ...{ outcome: 'suspended', order: '5fd81a2' },
    loses: 3,
    to: 'cancel',
  };
  const news = KINDS.map((kind): News => ({ kind, ticketId: 'S-1', by: 'ann', at: '2027-01-20T10:00:00.000Z', data }));
  return Object.values(ticketSamples()).flatMap((sample) => news.flatMap((one) => newsLine(one, sample, words) ?? []));
}

/** Letters that are of no sentence and of no name. */
function foreign(texts: readonly string[]): string[] {
  const rest = texts.map((text) => OUTSIDE.reduce((left, one) => left.replace(one, ''), outsideOf(text)));
  return [...new Set(rest.filter((text) => /\p{L}/u.test(text)))];
}

/** What its buttons and forms send. */
function sent(value: unknown): unknown[] {
  if (!value || typeof value !== 'object') return [];
  if (Array.isArray(value)) return value.flatMap(sent);
  const { type, verb, data, id, choices } = value as Record<string, unknown>;
  const own =
    typeof type === 'string' && /^(?:Action|Input)\./.test(type)
      ? [[type, verb, data, id, (choices as { value: string }[] | undefined)?.map((one) => one.value)]]
      : [];
  return [...own, ...Object.values(value).flatMap(sent)];
}

describe('what is read on a card', () => {
  for (const [name, card] of Object.entries(allCards(BRACKETS))) it(`${name}: is said by the language`, () => assert.deepEqual(foreign(shownIn(card)), []));

  it('and below one', () => {
    const lines = linesIn(BRACKETS);
    assert.ok(lines.length > 500);
    assert.deepEqual(foreign(lines), []);
  });

  it('the test bites: an English word beside the sentences is found', () => {
    assert.deepEqual(foreign(['⟦Open⟧ · until ⟦3 March⟧', 'Contoso Ltd: ⟦Open⟧']), [' · until ']);
  });
});

for (const [tag, { words }] of Object.entries(LANGUAGES).filter(([, language]) => language.words !== en))
  describe(`the cards in ${tag}`, () => {
    const english = allCards();
    for (const [name, card] of Object.entries(allCards(words)))
      it(`${name} keeps the rules, and says that it is of that language`, () => {
        assert.deepEqual(lint(card), []);
        assert.equal(card.lang, tag);
        const [mine, theirs] = [card, english[name]].map((one) => shownIn(one).join('\n')) as [string, string];
        assert.doesNotMatch(mine, /undefined|NaN|\[object|\$\{/);
        assert.deepEqual(sent(card), sent(english[name]), 'a press sends what it sends in English');
        for (const id of mine.match(/\b[a-z]+[A-Z]\w*/g) ?? []) assert.ok(theirs.includes(id), id);
      });
    it('as lines below them are whole', () => {
      for (const line of linesIn(words)) assert.doesNotMatch(line, /undefined|NaN|\[object|\$\{/);
    });
  });
