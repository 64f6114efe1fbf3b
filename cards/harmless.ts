/** Every word from outside goes through here before it stands in a card: no link, image, mention or template survives. */

const NAME_MAX = 80;
const PLAN_MAX = 140;
const REASON_MAX = 200;
const JOINER = '\u2060'; // invisible; breaks what a renderer would act on

const HIDDEN = /[\p{Cc}\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u2064\u2066-\u2069\uFEFF]/gu;

/** For text blocks, which know Markdown. */
export function harmless(text: string, most: number): string {
  return breakUp(clean(text, most)).replace(/[[\])*_]/g, '\\$&');
}

/** For choices, titles, text runs and spoken text, which show Markdown raw. */
export function bare(text: string, most: number): string {
  return breakUp(clean(text, most).replace(/[*[\]]/g, ''));
}

export const nameText = (text: string) => harmless(text, NAME_MAX);
export const nameBare = (text: string) => bare(text, NAME_MAX);
export const planText = (text: string) => harmless(text, PLAN_MAX);
export const planBare = (text: string) => bare(text, PLAN_MAX);
export const reasonText = (text: string) => harmless(text, REASON_MAX);

/** Keeps a name of another direction from turning the sentence round. */
export function isolated(text: string): string {
  return /[\u0590-\u08FF\uFB1D-\uFEFC]/u.test(text) ? `\u2068${text}\u2069` : text;
}

function clean(text: string, most: number): string {
  const plain = text.normalize('NFC').replace(/\s+/g, ' ').replace(HIDDEN, '').trim();
  const replaced = plain.replaceAll('<', '‹').replaceAll('>', '›').replaceAll('`', '’').replaceAll('\\', '/');
  return cut(replaced, most) || '–';
}

function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  const graphemes = [...new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text)];
  if (graphemes.length <= most) return text;
  return `${graphemes
    .slice(0, most - 1)
    .map((one) => one.segment)
    .join('')
    .trimEnd()}…`;
}

function breakUp(text: string): string {
  return text.replace(/\{(?=\{)|\$(?=\{)|~(?=~)|&(?=#)|:(?=\/\/)|www(?=\.)/gi, `$&${JOINER}`).replace(/^(?=[#>+\-=|]|\d+\.)/, JOINER);
}
