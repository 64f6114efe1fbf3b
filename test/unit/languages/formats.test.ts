/** Dates, money, counts and plurals as each language writes them; and English as three countries do. */
import assert from 'node:assert/strict';
import { LANGUAGES, wordsOf } from '../../../bot/languages.ts';
import { nameText } from '../../../cards/escape.ts';
import { en } from '../../../cards/text/en/en.ts';
import type { Words } from '../../../cards/text/words.ts';
import { everySentence } from '../../support/saying.ts';
import { said, textsIn } from '../../support/sentences.ts';

const AT = '2027-03-03T14:05:00Z';
const plain = (text: unknown) => String(text).replace(/[\u00a0\u202f]/g, ' ');

interface As {
  date: string;
  shortDate: string;
  month: string;
  stamp: string;
  there: string;
  money: string;
  big: string;
  licences: string[];
  days: string[];
}

const AS: Record<string, As> = {
  en: {
    ...{ date: '3 March 2027', shortDate: '3 Mar', month: 'March 2027', stamp: '3 March 2027 14:05 UTC', there: '3 March 2027 15:05 Stockholm time' },
    ...{ money: '€1,234.50', big: '12,000', licences: ['0 licences', '1 licence', '2 licences'], days: ['today', '1 day', '2 days'] },
  },
  'en-GB': {
    ...{ date: '3 March 2027', shortDate: '3 Mar', month: 'March 2027', stamp: '3 March 2027 14:05 UTC', there: '3 March 2027 15:05 Stockholm time' },
    ...{ money: '€1,234.50', big: '12,000', licences: ['0 licences', '1 licence', '2 licences'], days: ['today', '1 day', '2 days'] },
  },
  'en-US': {
    ...{ date: 'March 3, 2027', shortDate: 'Mar 3', month: 'March 2027', stamp: 'March 3, 2027 2:05 PM UTC', there: 'March 3, 2027 3:05 PM Stockholm time' },
    ...{ money: '€1,234.50', big: '12,000', licences: ['0 licenses', '1 license', '2 licenses'], days: ['today', '1 day', '2 days'] },
  },
  fr: {
    ...{ date: '3 mars 2027', shortDate: '3 mars', month: 'mars 2027', stamp: '3 mars 2027 à 14:05 UTC', there: '3 mars 2027 à 15:05 (heure de Stockholm)' },
    ...{ money: '1 234,50 €', big: '12 000', licences: ['0 licence', '1 licence', '2 licences'], days: ['aujourd’hui', '1 jour', '2 jours'] },
  },
  it: {
    ...{
      date: '3 marzo 2027',
      shortDate: '3 mar',
      month: 'marzo 2027',
      stamp: '3 marzo 2027 alle 14:05 UTC',
      there: '3 marzo 2027 alle 15:05 ora di Stoccolma',
    },
    ...{ money: '1.234,50 €', big: '12.000', licences: ['0 licenze', '1 licenza', '2 licenze'], days: ['oggi', '1 giorno', '2 giorni'] },
  },
  nl: {
    ...{ date: '3 maart 2027', shortDate: '3 mrt', month: 'maart 2027', stamp: '3 maart 2027 14:05 UTC', there: '3 maart 2027 15:05 Stockholm-tijd' },
    ...{ money: '€ 1.234,50', big: '12.000', licences: ['0 licenties', '1 licentie', '2 licenties'], days: ['vandaag', '1 dag', '2 dagen'] },
  },
  sv: {
    ...{ date: '3 mars 2027', shortDate: '3 mars', month: 'mars 2027', stamp: '3 mars 2027 kl. 14:05 UTC', there: '3 mars 2027 kl. 15:05 svensk tid' },
    ...{ money: '1 234,50 €', big: '12 000', licences: ['0 licenser', '1 licens', '2 licenser'], days: ['i dag', '1 dag', '2 dagar'] },
  },
};

describe('what is counted and dated', () => {
  for (const tag of Object.keys(LANGUAGES).filter((one) => one in AS))
    it(`in ${tag}`, () => {
      const [words, there] = ['UTC', 'Europe/Stockholm'].map((zone) => wordsOf(LANGUAGES, tag, zone)) as [Words, Words];
      const written: As = {
        date: plain(words.date('2027-03-03')),
        shortDate: plain(words.shortDate('2027-03-03')).replace('.', ''),
        month: plain(words.month('2027-03-01')),
        stamp: plain(words.stamp(AT)),
        there: plain(there.stamp(AT)),
        money: plain(words.money({ minor: 123_450, currency: 'EUR' })),
        big: plain(words.number(12_000)),
        licences: [0, 1, 2].map((n) => plain(words.licences(n))),
        days: [0, 1, 2].map((n) => plain(words.daysLeft(n))),
      };
      assert.deepEqual(written, AS[tag]);
      assert.match(plain(words.money({ minor: 123_450, currency: 'JPY' })), /123[., ]?450/, 'a currency without cents has none');
      assert.equal(words.lang, tag);
    });
});

describe('English of the United States', () => {
  const american = wordsOf(LANGUAGES, 'en-US', 'UTC');
  const spelled = (text: string) =>
    [
      ['licence', 'license'],
      ['programme', 'program'],
      ['catalogue', 'catalog'],
      ['cancelled', 'canceled'],
      ['centre', 'center'],
    ].reduce((rest, [ours, theirs]) => rest.replaceAll(ours as string, theirs as string).replaceAll(capital(ours as string), capital(theirs as string)), text);

  it('is the same in every sentence, spelled as there and with its dates', () => {
    let other = 0;
    for (const sentence of everySentence()) {
      const given = textsIn(sentence.given).join(' ');
      if (/licen[cs]e|programme|catalogue|cancelled|centre/i.test(given)) continue;
      const [ours, theirs] = [en, american].map((words) => textsIn(said(words, sentence)).join('\n')) as [string, string];
      if (ours !== theirs) other += 1;
      if (!/\d{4}|\d:\d\d|\d (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)|[€£¥$]/.test(ours.replaceAll('\u00a0', ' ')))
        assert.equal(theirs, spelled(ours), sentence.path);
      assert.doesNotMatch(theirs.replace(given, ''), /licence|programme|catalogue|cancelled|centre|\ufdd0/i, sentence.path);
    }
    assert.ok(other > 100);
  });
  it('changes no word that came from outside, wherever it stands in a sentence', () => {
    for (const name of ['Licence Ltd', 'The Programme Centre', 'CATALOGUE', 'Cancelled Flights']) {
      const text = plain(american.replies.noCustomer({ what: nameText(name), company: true }));
      assert.ok(text.includes(`“${name}”`), text);
      assert.ok(plain(american.list.keeper(nameText(name))).includes(name));
      assert.ok(plain(american.watching.who({ customers: 1, names: [nameText(name)] })).includes(name));
    }
  });
  it('asks for hours as it writes them', () => {
    assert.deepEqual(
      [0, 9, 18].map((hour) => plain(american.settings.hour(hour))),
      ['12:00 AM', '9:00 AM', '6:00 PM'],
    );
    assert.deepEqual(
      [0, 9, 18].map((hour) => plain(en.settings.hour(hour))),
      ['00:00', '09:00', '18:00'],
    );
  });
});

function capital(text: string): string {
  return `${text[0]?.toUpperCase()}${text.slice(1)}`;
}
