import assert from 'node:assert/strict';
import { english } from '../../../dialogs/spoken/en.ts';
import { daysIn, monthIn, monthMeant } from '../../../dialogs/dates.ts';
import { daysOf } from '../../../services/clock.ts';

describe('a month as it is written', () => {
  const cases: [text: string, today: string, month: string | null, rest: string][] = [
    ['this month', '2026-11-26', '2026-11', ''],
    ['next month contoso', '2026-12-31', '2027-01', 'contoso'],
    ['next month', '2027-01-31', '2027-02', ''],
    ['january', '2026-11-26', '2027-01', ''],
    ['November', '2026-11-30', '2026-11', ''],
    ['october', '2026-11-01', '2027-10', ''],
    ['january 2026', '2026-11-26', '2026-01', ''],
    ['contoso in february', '2027-02-01', '2027-02', 'contoso'],
    ['february?', '2027-03-01', '2028-02', ''],
    ['month', '2026-11-26', null, 'month'],
    ['Maybank', '2026-11-26', null, 'Maybank'],
    ['', '2026-11-26', null, ''],
  ];
  for (const [text, today, month, rest] of cases)
    it(`${JSON.stringify(text)} on ${today}`, () => {
      const read = monthIn(text, english.time);
      assert.deepEqual([read.month && monthMeant(read.month, today), read.rest], [month, rest]);
    });
  it('is as long as the calendar has it', () => {
    assert.deepEqual(daysOf('2027-01'), ['2027-01-01', '2027-01-31']);
    assert.deepEqual(daysOf('2028-02'), ['2028-02-01', '2028-02-29']);
    assert.deepEqual(daysOf('2027-12'), ['2027-12-01', '2027-12-31']);
  });
});

describe('how long something is snoozed', () => {
  const TODAY = '2026-11-26';
  const cases: [string, number | null, string?][] = [
    ['14 holiday', 14, 'holiday'],
    ['14', 14, ''],
    ['14 days, holiday', 14, 'holiday'],
    ['for 2 weeks: they decide', 14, 'they decide'],
    ['until 2026-12-10 holiday', 14, 'holiday'],
    ['2026-12-10', 14, ''],
    ['10 December holiday', 14, 'holiday'],
    ['10th dec', 14, ''],
    ['December 10, holiday', 14, 'holiday'],
    ['26 november', 0, ''],
    ['25 november', 364, ''],
    ['10 january 2027 after the audit', 45, 'after the audit'],
    ['2026-11-01 late', -25, 'late'],
    ['31 february', Number.NaN, ''],
    ['2026-02-30 x', Number.NaN, 'x'],
    ['99999 x', 99_999, 'x'],
    ['holiday', null],
    ['3M wants it', null],
    ['', null],
  ];
  for (const [text, days, rest] of cases)
    it(JSON.stringify(text), () => assert.deepEqual(daysIn(text, TODAY, [english]), days === null ? null : { days, rest }));
});
