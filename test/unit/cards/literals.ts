/** Every text that stands in a source file, in its fixed parts: what is filled in between them is left out. */

/** The fixed parts of each string and template of a TypeScript source, nested ones by themselves. Comments and regular expressions are none. */
export function literalsIn(source: string): string[][] {
  const found: string[][] = [];
  let at = 0;
  /** One sign of a text, as it reads. */
  const sign = (): string => {
    const escaped = source[at] === '\\';
    const read = source[escaped ? at + 1 : at] ?? '';
    at += escaped ? 2 : 1;
    return escaped && read === 'n' ? '\n' : read;
  };
  const quoted = (end: string): string => {
    let text = '';
    while (at < source.length && source[at] !== end) text += sign();
    at += 1;
    return text;
  };
  const template = () => {
    const parts = [''];
    while (at < source.length && source[at] !== '`') {
      if (source.startsWith('${', at)) {
        at += 2;
        code(true);
        parts.push('');
      } else parts.push(`${parts.pop()}${sign()}`);
    }
    at += 1;
    found.push(parts);
  };
  const code = (inTemplate: boolean) => {
    let [depth, before] = [0, ''];
    while (at < source.length) {
      const one = source[at] as string;
      at += 1;
      if (one === '/' && source[at] === '/') at = after(source, '\n', at);
      else if (one === '/' && source[at] === '*') at = after(source, '*/', at);
      else if (one === '/' && /[(,=:[!&|?{};]$/.test(before)) at = after(source, '/', at);
      else if (one === "'" || one === '"') found.push([quoted(one)]);
      else if (one === '`') template();
      else if (one === '{') depth += 1;
      else if (one === '}') {
        if (inTemplate && depth === 0) return;
        depth -= 1;
      }
      if (one.trim() !== '') before = one;
    }
  };
  code(false);
  return found;
}

function after(source: string, sign: string, from: number): number {
  const found = source.indexOf(sign, from);
  return found < 0 ? source.length : found + sign.length;
}

/** Whether the parts stand in the text, one after the other. */
export function holds(text: string, parts: readonly string[]): boolean {
  let from = 0;
  for (const part of parts) {
    const found = text.indexOf(part, from);
    if (found < 0) return false;
    from = found + part.length;
  }
  return true;
}
