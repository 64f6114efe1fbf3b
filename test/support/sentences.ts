/** The sentences of a language one by one: marked, noted as they are said, and said again in another. */
import type { Words } from '../../cards/text/words.ts';

/** A leaf of the words: where it stands, and what it was given; null where it is no function. */
export interface Said {
  path: string;
  given: unknown[] | null;
}

type Leaf = (value: unknown, path: string) => unknown;

/** What is no text for people: a tag, a day by which is sorted, and a yes or no. */
const NO_TEXT = new Set(['lang', 'localDay', 'exported/decimalComma']);

/** The same words with each leaf, or what its function says, changed by `change`. */
export function changed(words: Words, change: (said: Said, text: unknown) => unknown): Words {
  return walked(words, '', (value, path) => {
    if (NO_TEXT.has(path)) return value;
    if (typeof value !== 'function') return change({ path, given: null }, value);
    return (...given: unknown[]) => change({ path, given }, (value as (...given: unknown[]) => unknown)(...given));
  }) as Words;
}

/** A sentence with what it was given, in any language. */
export function said(words: Words, { path, given }: Said): unknown {
  const leaf = at(words, path);
  return given === null ? leaf : (leaf as (...given: unknown[]) => unknown)(...given);
}

/** Every text in what a sentence is. */
export function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return value && typeof value === 'object' ? Object.values(value).flatMap(textsIn) : [];
}

/** Where all sentences stand that are functions. */
export function functionsOf(words: Words): string[] {
  const found: string[] = [];
  leaves(words, (value, path) => typeof value === 'function' && found.push(path));
  return found;
}

/** Every sentence that is none. */
export function constantsOf(words: Words): Said[] {
  const found: Said[] = [];
  leaves(words, (value, path) => typeof value !== 'function' && !NO_TEXT.has(path) && found.push({ path, given: null }));
  return found;
}

function leaves(words: Words, see: (value: unknown, path: string) => unknown): void {
  walked(words, '', (value, path) => void see(value, path));
}

function walked(value: unknown, path: string, leaf: Leaf): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return leaf(value, path);
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, walked(inner, path === '' ? name : `${path}/${name}`, leaf)]));
}

function at(words: Words, path: string): unknown {
  return path.split('/').reduce((value, name) => (value as Record<string, unknown>)[name], words as unknown);
}

/** The same words with every sentence in brackets. */
export function bracketed(words: Words): Words {
  return changed(words, (_, text) => within(text));
}

function within(text: unknown): unknown {
  if (typeof text === 'string') return text === '' ? text : `⟦${text}⟧`;
  if (!text || typeof text !== 'object') return text;
  return Array.isArray(text) ? text.map(within) : Object.fromEntries(Object.entries(text).map(([name, one]) => [name, within(one)]));
}

/** What stands in no brackets. */
export function outsideOf(text: string): string {
  let [depth, rest] = [0, ''];
  for (const sign of text) {
    if (sign === '⟦') depth += 1;
    else if (sign === '⟧') depth -= 1;
    else if (depth === 0) rest += sign;
  }
  return rest;
}

const SHOWN = ['text', 'title', 'label', 'placeholder', 'errorMessage', 'speak', 'fallbackText', 'altText', 'legend'];

/** Every text of a card that somebody sees or hears, those of its buttons and forms too. */
export function shownIn(value: unknown, name = '', isFact = false): string[] {
  if (typeof value === 'string') return SHOWN.includes(name) || (isFact && name === 'value') ? [value] : [];
  if (!value || typeof value !== 'object') return [];
  if (Array.isArray(value)) return value.flatMap((one) => shownIn(one, name, name === 'facts'));
  return Object.entries(value).flatMap(([inner, one]) => (inner === 'data' ? [] : shownIn(one, inner, isFact)));
}
