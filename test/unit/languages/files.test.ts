/** Files and the report in each language: its own columns, separator and fraction, and never a formula. */
import assert from 'node:assert/strict';
import { fileText } from '../../../bot/turns/exportFile.ts';
import { LANGUAGES, wordsOf } from '../../../bot/languages.ts';
import { reportCard } from '../../../cards/lists/report.ts';
import { en } from '../../../cards/text/en/en.ts';
import { BOT, ticketTransaction } from '../../../services/auditLog/auditLog.ts';
import { inMemory } from '../../../services/export/file.ts';
import { COLUMNS } from '../../../services/export/rows.ts';
import { ofCustomer } from '../../../services/store/rows.ts';
import { reportOf } from '../../../services/tickets/report.ts';
import { memoryStore } from '../../support/memory.ts';
import { HIDES, SHOWS, sampleMove, sampleReportRow, sampleTicket } from '../../support/samples.ts';
import { shownIn } from '../../support/sentences.ts';

/** Where a comma stands before the fraction, a comma parts no cells. */
const COMMA = new Set(['fr', 'it', 'nl', 'sv']);
const FORMULA = '=HYPERLINK("http://x");=1+1,-2';

async function world() {
  const store = memoryStore();
  const move = sampleMove({ ticketId: 'S-1001', customerId: 'c', state: 'quoted' });
  move.quote = move.quote && { ...move.quote, monthly: { minor: 31_050, currency: 'EUR' } };
  await store.put(...ofCustomer('c'), move.key, move);
  const ticket = sampleTicket({ id: 'S-1001', customerId: 'c', customerName: FORMULA, move: move.key });
  const entries = [
    { by: BOT, what: 'stopped', before: 'open', after: 'open', data: {} },
    { by: BOT, what: 'priced', before: 'quoting', after: 'quoted', data: { monthly: 31_050, currency: 'EUR' } },
  ];
  await store.commit(...ofCustomer('c'), ticketTransaction(null, ticket, entries, [], '2027-01-20T10:00:00.000Z'));
  return store;
}

for (const [tag, { words: own }] of Object.entries(LANGUAGES))
  describe(`a file in ${tag}`, () => {
    const words = wordsOf(LANGUAGES, tag, 'UTC');
    const separator = COMMA.has(tag) ? ';' : ',';
    const file = async (what: 'tickets' | 'record') => String(await inMemory(fileText({ store: await world(), words, shows: SHOWS }, { what, format: 'csv' })));

    it('opens in a spreadsheet of that language: its separator and fraction, UTF-8, one line for each row', async () => {
      const text = await file('tickets');
      assert.equal(text[0], '\ufeff');
      const [head = '', row = ''] = text.slice(1).split('\r\n');
      const columns = head.slice(1, -1).split(`"${separator}"`);
      assert.equal(columns.length, COLUMNS.tickets.length, head);
      assert.equal(new Set(columns).size, columns.length, 'no two columns are called the same');
      assert.equal(columns[1], words.exported.columns.customer);
      assert.match(row, COMMA.has(tag) ? /;"310,5";"EUR"/ : /,310\.5,"EUR"/);
      assert.ok(row.includes(`"${words.exported.values.state?.quoted}"`), row);
    });
    it('runs nothing: what begins a formula is text, behind any separator', async () => {
      const row = (await file('tickets')).split('\r\n')[1] ?? '';
      assert.ok(row.includes(`"'=HYPERLINK(""http://x"");'=1+1,'-2"`), row);
    });
    it('says its lines as its cards do', async () => {
      const text = await file('record');
      assert.ok(text.includes(String(words.record.stopped()).replaceAll('**', '')), text);
      if (own !== en) assert.ok(!text.includes(String(en.record.stopped())));
    });
    it('has a name for everything that English has one for', () => {
      assert.deepEqual(Object.keys(words.exported.columns), Object.keys(en.exported.columns));
      for (const [column, values] of Object.entries(en.exported.values))
        assert.deepEqual(Object.keys(words.exported.values[column] ?? {}), Object.keys(values), column);
    });
  });

for (const [tag] of Object.entries(LANGUAGES))
  it(`the report in ${tag} is whole, in one currency and several`, () => {
    const words = wordsOf(LANGUAGES, tag, 'Europe/Stockholm');
    const rows = ['EUR', 'GBP', 'USD'].map((currency, n) => sampleReportRow({ ticketId: `S-10${n}`, monthly: { minor: 123_450, currency } }));
    const view = {
      report: reportOf(rows, { today: '2027-01-20', now: '2027-01-20T10:00:00.000Z' }),
      names: {},
      today: '2027-01-20',
      whole: true,
      more: false,
      hides: HIDES,
      opened: [],
      handle: 'h',
    };
    const texts = shownIn(reportCard(view, words).card);
    assert.doesNotMatch(texts.join('\n'), /undefined|NaN|\[object/);
    assert.ok(
      texts.some((text) => text.includes(words.money({ minor: 123_450, currency: 'GBP' }))),
      texts.join('\n'),
    );
  });
