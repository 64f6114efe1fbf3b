/** A file that a spreadsheet opens and nothing in it runs, in whichever language the spreadsheet is. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { csvLine, type CsvStyle } from '../../../services/export/csv.ts';

const ENGLISH: CsvStyle = { separator: ',', decimal: '.' };
const FRENCH: CsvStyle = { separator: ';', decimal: ',' };
const STARTS = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/** As a spreadsheet takes a line apart. (RFC 4180; quotes count at the beginning of a cell alone.) */
function cellsOf(line: string, separator: string): string[] {
  const cells: string[] = [];
  let rest = line;
  for (;;) {
    const match = /^"((?:[^"]|"")*)"/.exec(rest);
    const cell = match ? (match[1] as string).replaceAll('""', '"') : '';
    const after = match ? rest.slice(match[0].length) : rest;
    const end = [after.indexOf(separator), after.search(/[\r\n]/)].filter((at) => at >= 0).sort((a, b) => a - b)[0] ?? after.length;
    cells.push(cell + after.slice(0, end));
    rest = after.slice(end + 1);
    if (after[end] !== separator) {
      rest = rest.replace(/^\n/, '');
      if (rest === '') return cells;
    }
  }
}

describe('a line of CSV', () => {
  it('is RFC 4180: quotes doubled, a cell is one line, CRLF behind', () => {
    assert.equal(csvLine(['a "b", c', 'x\r\n y', 310, null, 12.5], ENGLISH), '"a ""b"", c","x  y",310,,12.5\r\n');
    assert.equal(csvLine(['a', 12.5, 3], FRENCH), '"a";"12,5";3\r\n');
  });
  for (const start of STARTS)
    it(`a cell that begins with ${JSON.stringify(start)} is text`, () => {
      const line = csvLine([`${start}cmd|' /C calc'!A0`, `Ltd;${start}1`], ENGLISH);
      for (const cell of [...cellsOf(line, ','), ...cellsOf(line, ';')]) assert.ok(!STARTS.includes(cell[0] ?? ''), line);
    });
  it('a number below nought, or none, is no formula', () => assert.equal(csvLine([-1, Number.NaN], ENGLISH), '"\'-1","NaN"\r\n'));
  it('nothing that a name holds begins a cell, in a file that is read with either separator', () => {
    const letters = fc.constantFrom(...STARTS, ...[',', ';', '"', "'", ' ', 'a', '\u0000', '\ud800', '|']);
    fc.assert(
      fc.property(fc.array(fc.string({ unit: letters, maxLength: 12 }), { minLength: 1, maxLength: 4 }), (texts) => {
        for (const style of [ENGLISH, FRENCH]) {
          const line = csvLine(texts, style);
          assert.equal(cellsOf(line, style.separator).length, texts.length);
          for (const cell of [...cellsOf(line, ','), ...cellsOf(line, ';')]) assert.ok(!STARTS.includes(cell[0] ?? ''), JSON.stringify([line, cell]));
        }
      }),
    );
  });
});
