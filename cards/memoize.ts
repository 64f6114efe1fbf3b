/** A name or a day stands on many cards, and each is drawn again at every step: what it looks like is worked out once. */

const KEPT_MAX = 2_000;
const LONGEST = 1_000;

/** The same pure function, which knows its last answers, `most` of them. */
export function memoize<T extends string>(work: (text: string) => T, most = KEPT_MAX): (text: string) => T {
  const kept = new Map<string, T>();
  return (text) => {
    const known = kept.get(text);
    if (known !== undefined) return known;
    const made = work(text);
    if (kept.size >= most) kept.clear();
    if (text.length <= LONGEST) kept.set(text, made);
    return made;
  };
}
