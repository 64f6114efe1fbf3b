/** Every word from outside goes through here before it stands in a card: no link, image, mention or template survives. */

import { bounded } from '../services/text.ts';
import { memoize } from './memoize.ts';

declare const SAFE: unique symbol;

/** Words from outside that nothing acts on any more: made in this file alone, and what every sentence wants in place of raw ones. */
export type Safe = string & { readonly [SAFE]: true };

export const NOTHING = '' as Safe;

/** A language as the cards know it: its sentences take words from outside only where those are safe, so whatever it says is safe. */
export type Said<T> = T extends string
  ? Safe
  : T extends (...args: infer A) => infer R
    ? (...args: A) => Said<R>
    : T extends object
      ? { readonly [K in keyof T]: Said<T[K]> }
      : T;

export function sentences<T extends object>(all: T): Said<T> {
  return all as unknown as Said<T>;
}

/** An address that a link of ours leads to: nothing in it ends the link or begins another; nothing where it is no web address. */
export function linkText(address: string): Safe {
  if (!/^https?:\/\//.test(address)) return NOTHING;
  return address
    .toWellFormed()
    .replace(/[^\w.:/?&=%#@!,;+~-]/gu, (sign) => Buffer.from(sign).reduce((text, byte) => `${text}%${byte.toString(16)}`, '')) as Safe;
}

/** A text of our own with safe words in it. */
export function safe(own: TemplateStringsArray, ...words: (Safe | number)[]): Safe {
  return String.raw({ raw: own }, ...words) as Safe;
}

/** Safe parts as one text, without those that say nothing. */
export function joined(parts: readonly (Safe | null | undefined)[], by = ' '): Safe {
  return parts.filter(Boolean).join(by) as Safe;
}

/** A safe text without one of its signs. */
export function without(text: Safe, sign: string): Safe {
  return text.replaceAll(sign, '') as Safe;
}

const NAME_MAX = 80;
const SHORT_MAX = 40;
const PLAN_MAX = 140;
const REASON_MAX = 200;
/** Looked at of any text: enough for the longest that is shown, whatever its signs are made of. */
const RAW_MAX = 4_000;
const JOINER = '\u2060'; // invisible; breaks what a renderer would act on

/** What nobody sees: controls, what Unicode says to ignore (direction, joiners, fillers, tag letters), the blank pattern of Braille. The two that choose between text and emoji stay. */
const HIDDEN = /[[\p{Cc}\p{Default_Ignorable_Code_Point}\u2800\uFFF9-\uFFFB]--[\uFE0E\uFE0F]]/gv;

/** For text blocks, which know Markdown. */
export function harmless(text: string, most: number): Safe {
  return breakUp(clean(text, most)).replace(/[[\])*_]/g, '\\$&') as Safe;
}

/** For choices, titles, text runs and spoken text, which show Markdown raw. */
export function bare(text: string, most: number): Safe {
  return breakUp(clean(text, most).replace(/[*[\]]/g, '')) as Safe;
}

export const nameText = memoize((text) => harmless(text, NAME_MAX));
export const nameBare = memoize((text) => bare(text, NAME_MAX));
/** For a line of a list. */
export const nameShort = memoize((text) => bare(text, SHORT_MAX));
export const planText = memoize((text) => harmless(text, PLAN_MAX));
export const planBare = memoize((text) => bare(text, PLAN_MAX));
export const reasonText = memoize((text) => harmless(text, REASON_MAX));

/** Keeps a name of another direction from turning the sentence round. */
export function isolated(text: Safe): Safe {
  return /[\u0590-\u08FF\uFB1D-\uFEFC]/u.test(text) ? (`\u2068${text}\u2069` as Safe) : text;
}

/** Words of letters and digits, one space apart, with nothing that anything would act on: most names, and quickly told. */
const PLAIN = /^[A-Za-z0-9\u00C0-\u017F][A-Za-z0-9\u00C0-\u017F(),'’/-]*(?: [A-Za-z0-9\u00C0-\u017F(),'’/-]+)*$/;

function clean(text: string, most: number): string {
  if (text.length <= most && PLAIN.test(text)) return text;
  const plain = bounded(text, 'NFC', RAW_MAX).replace(/\s+/g, ' ').replace(HIDDEN, '').trim();
  const replaced = plain.replaceAll('<', '‹').replaceAll('>', '›').replaceAll('`', '’').replaceAll('\\', '/');
  return cut(replaced, most, text.length > RAW_MAX) || '–';
}

/** Letters that are never part of a longer sign. */
const SINGLE = /^[\u0020-\u02FF\u2010-\u203A]*$/;
const SIGNS = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** What a sign may be made of, on average. */
const UNITS_A_SIGN = 3;

/** Whole signs, so that no letter loses its accent and no emoji its half. */
function cut(text: string, most: number, isCut: boolean): string {
  if (text.length <= most) return isCut ? `${text}…` : text;
  if (SINGLE.test(text)) return `${text.slice(0, most - 1).trimEnd()}…`;
  let signs = 0;
  let end = 0;
  for (const { index } of SIGNS.segment(text)) {
    if (signs++ < most && index <= UNITS_A_SIGN * most) end = index;
    if (signs > most || index > UNITS_A_SIGN * most) return `${text.slice(0, end).trimEnd()}…`;
  }
  return isCut ? `${text}…` : text;
}

function breakUp(text: string): string {
  if (PLAIN.test(text)) return text;
  return text.replace(/\{(?=\{)|\$(?=\{)|~(?=~)|&(?=#|[a-z]{2})|:(?=\/\/)|www(?=\.)/gi, `$&${JOINER}`).replace(/^(?=[#>+\-=|]|\d+\.)/, JOINER);
}
