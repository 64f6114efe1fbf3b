/** Rows as a CSV file that a spreadsheet reads and never runs. Pure. */

/** Null is empty. */
export type Cell = string | number | boolean | null | object;

/** How a language's spreadsheets part cells and write a fraction. */
export interface CsvStyle {
  separator: ',' | ';';
  decimal: '.' | ',';
}

/** Without it Excel takes UTF-8 for something else. */
export const BOM = '\ufeff';

/** What a spreadsheet takes for the beginning of a formula (OWASP, "CSV Injection"); in full width too, as Japanese ones do. */
const FORMULA = /^(?=\s*[=+\-@\uff1d\uff0b\uff0d\uff20])/;
/** The same behind what a spreadsheet of another language takes for the end of a cell. */
const BEHIND = /([;,|]["'\s]*)(?=[=+\-@\uff1d\uff0b\uff0d\uff20])/g;
/** Tabs, line ends and other controls: a cell is one line. */
const CONTROLS = /[\p{Cc}\u2028\u2029]+/gu;

/** One line of RFC 4180, its end included. Every text is quoted; a number is written as the style has it. */
export function csvLine(cells: readonly Cell[], { separator, decimal }: CsvStyle): string {
  return `${cells.map((cell) => textOf(cell, decimal)).join(separator)}\r\n`;
}

function textOf(cell: Cell, decimal: CsvStyle['decimal']): string {
  if (cell === null) return '';
  if (typeof cell === 'number' && Number.isFinite(cell) && cell >= 0)
    return decimal === ',' && !Number.isInteger(cell) ? `"${String(cell).replace('.', ',')}"` : String(cell);
  return quoted(typeof cell === 'object' ? JSON.stringify(cell) : String(cell));
}

/** An apostrophe in front makes it text, and what looks like a formula further on is broken. */
function quoted(text: string): string {
  const plain = text.toWellFormed().replace(CONTROLS, ' ').replace(BEHIND, "$1'").replace(FORMULA, "'");
  return `"${plain.replaceAll('"', '""')}"`;
}
