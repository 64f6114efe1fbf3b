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

/** Every sentence that `draw` says with them, each with what it was first given, and once for each thing that comes out of it. */
export function noted(words: Words, draw: (words: Words) => unknown): Map<string, Said> {
  const found = new Map<string, Said>();
  draw(
    changed(words, (said, text) => {
      const key = `${said.path} ${JSON.stringify(text)}`;
      if (said.given && !found.has(key)) found.set(key, { path: said.path, given: structuredClone(plain(said.given)) as unknown[] });
      return text;
    }),
  );
  leaves(words, (value, path) => {
    if (typeof value !== 'function' && !NO_TEXT.has(path)) found.set(path, { path, given: null });
  });
  return found;
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

/** Without what cannot be copied. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (_, one: unknown) => (typeof one === 'function' ? undefined : one)) ?? 'null');
}
