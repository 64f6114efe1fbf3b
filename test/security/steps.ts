/** How many steps a backtracking engine takes over a text: a pattern that is dear is found by counting, on any machine. */

type Next = (at: number) => boolean;
type Match = (at: number, next: Next) => boolean;
/** `wide`: how many letters it can take at most; `one`: what a single letter must be. */
interface Piece {
  match: Match;
  wide: number;
  one?: (at: number) => boolean;
}

/** Steps over the whole text, every match after the other where the pattern is global; no more than `most` are counted. */
export function stepsOf(pattern: RegExp, text: string, most: number): number {
  const flags = pattern.flags.replace(/[gyd]/g, '');
  const letters = /[uv]/.test(flags) ? [...text] : text.split('');
  const source = pattern.source;
  const captured = new Map<string, [from: number, to: number]>();
  const known = new Map<string, Map<string, boolean>>();
  const tooMany = new Error('too many steps');
  let steps = 0;
  let here = 0;
  let groups = 0;

  function step(): void {
    steps += 1;
    if (steps > most) throw tooMany;
  }

  /** One letter, as the engine itself reads `atom`; each letter is asked about once. */
  function letterIs(atom: string): Piece {
    const answers = known.get(atom) ?? new Map<string, boolean>();
    known.set(atom, answers);
    const native = new RegExp(`^(?:${atom})$`, flags.replace('m', ''));
    function one(at: number): boolean {
      step();
      const letter = letters[at];
      if (letter === undefined) return false;
      const found = answers.get(letter) ?? native.test(letter);
      answers.set(letter, found);
      return found;
    }
    return { wide: 1, one, match: (at, next) => one(at) && next(at + 1) };
  }

  const word = letterIs('\\w');
  const isWord = (at: number) => at >= 0 && at < letters.length && (word.one?.(at) ?? false);
  const lineEnd = (at: number) => flags.includes('m') && /[\n\r\u2028\u2029]/.test(letters[at] ?? '');

  function assertion(holds: (at: number) => boolean): Piece {
    return {
      wide: 0,
      match(at, next) {
        step();
        return holds(at) && next(at);
      },
    };
  }

  function choice(): Piece {
    const ways = [sequence()];
    while (source[here] === '|') {
      here += 1;
      ways.push(sequence());
    }
    if (ways.length === 1) return ways[0] as Piece;
    return { wide: Math.max(...ways.map((one) => one.wide)), match: (at, next) => ways.some((one) => one.match(at, next)) };
  }

  function sequence(): Piece {
    const pieces: Piece[] = [];
    while (here < source.length && source[here] !== '|' && source[here] !== ')') pieces.push(repeated(atom()));
    const [first] = pieces;
    if (pieces.length === 1 && first) return first;
    const match = pieces.reduceRight<Match>(
      (rest, piece) => (at, next) => piece.match(at, (to) => rest(to, next)),
      (at, next) => next(at),
    );
    return { wide: pieces.reduce((sum, one) => sum + one.wide, 0), match };
  }

  function repeated(piece: Piece): Piece {
    const given = /^(?:[*+?]|\{(\d+)(,(\d*))?\})(\??)/.exec(source.slice(here));
    if (!given) return piece;
    here += given[0].length;
    const [sign] = given[0];
    const least = given[1] === undefined ? (sign === '+' ? 1 : 0) : Number(given[1]);
    const open = sign === '?' ? 1 : Number.POSITIVE_INFINITY;
    const greatest = given[1] === undefined ? open : given[2] === undefined ? least : given[3] ? Number(given[3]) : Number.POSITIVE_INFINITY;
    const lazy = given[4] === '?';
    const wide = piece.wide === 0 ? 0 : piece.wide * greatest;
    const { one } = piece;
    if (one && !lazy)
      return {
        wide,
        match(at, next) {
          let to = at;
          while (to - at < greatest && one(to)) to += 1;
          for (; to >= at + least; to--) {
            step();
            if (next(to)) return true;
          }
          return false;
        },
      };
    function again(at: number, count: number, next: Next): boolean {
      step();
      const more = () => count < greatest && piece.match(at, (to) => (to > at || count < least) && again(to, count + 1, next));
      if (count < least) return more();
      return lazy ? next(at) || more() : more() || next(at);
    }
    return { wide, match: (at, next) => again(at, 0, next) };
  }

  function group(): Piece {
    const kind = /^\((?:\?(?:[:=!]|<[=!]|<(\w+)>))?/.exec(source.slice(here)) as RegExpExecArray;
    here += kind[0].length;
    const names = kind[0] === '(' || kind[1] ? [String(++groups), ...(kind[1] ? [kind[1]] : [])] : [];
    const inner = choice();
    here += 1;
    const ahead = (at: number) => inner.match(at, () => true);
    function behind(at: number): boolean {
      for (let from = at; from >= Math.max(0, at - inner.wide); from--) if (inner.match(from, (to) => to === at)) return true;
      return false;
    }
    if (kind[0] === '(?=') return assertion(ahead);
    if (kind[0] === '(?!') return assertion((at) => !ahead(at));
    if (kind[0] === '(?<=') return assertion(behind);
    if (kind[0] === '(?<!') return assertion((at) => !behind(at));
    if (names.length === 0) return inner;
    return {
      wide: inner.wide,
      match: (at, next) =>
        inner.match(at, (to) => {
          for (const name of names) captured.set(name, [at, to]);
          return next(to);
        }),
    };
  }

  /** From its bracket to the one that closes it; only with the flag v does one hold others. */
  function classOf(rest: string): string {
    for (let at = 1, depth = 1; at < rest.length; at++) {
      if (rest[at] === '\\') at += 1;
      else if (rest[at] === '[' && flags.includes('v')) depth += 1;
      else if (rest[at] === ']' && --depth === 0) return rest.slice(0, at + 1);
    }
    return rest;
  }

  function atom(): Piece {
    if (source[here] === '(') return group();
    const rest = source.slice(here);
    const taken =
      rest[0] === '['
        ? classOf(rest)
        : (/^\\(?:[pP]\{[^}]*\}|u\{[^}]*\}|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|k<\w+>|[1-9]\d*|c.|.)|^[\s\S]/u.exec(rest) as RegExpExecArray)[0];
    here += taken.length;
    if (taken === '^') return assertion((at) => at === 0 || lineEnd(at - 1));
    if (taken === '$') return assertion((at) => at === letters.length || lineEnd(at));
    if (taken === '\\b') return assertion((at) => isWord(at - 1) !== isWord(at));
    if (taken === '\\B') return assertion((at) => isWord(at - 1) === isWord(at));
    const back = /^\\(?:k<(\w+)>|([1-9]\d*))$/.exec(taken);
    if (!back) return letterIs(taken);
    return {
      wide: Number.POSITIVE_INFINITY,
      match(at, next) {
        const [from, to] = captured.get((back[1] ?? back[2]) as string) ?? [0, 0];
        for (let n = 0; n < to - from; n++) {
          step();
          if (letters[from + n] !== letters[at + n]) return false;
        }
        return next(at + to - from);
      },
    };
  }

  const whole = choice();
  // Only where a match begins with the start of the text is no other place tried: so does the engine.
  const fixed = source.startsWith('^') && !flags.includes('m') && !source.includes('|');
  try {
    for (let at = 0; at <= letters.length; ) {
      let end = -1;
      const found = whole.match(at, (to) => {
        end = to;
        return true;
      });
      if ((found && !pattern.global) || pattern.sticky || (fixed && !found)) break;
      at = found ? Math.max(end, at + 1) : at + 1;
    }
  } catch (error) {
    // What nests too deep to be followed counts as too many.
    if (error !== tooMany && !(error instanceof RangeError)) throw error;
    return most + 1;
  }
  return steps;
}
