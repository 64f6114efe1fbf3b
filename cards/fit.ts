/** No card is larger than every Teams client takes. Pure. */

/** Bytes of a card as JSON; the message around it is small. Connectors take 28 KB everywhere. */
const CARD_BYTES_MAX = 24_000;
/** Letters of the same: what counts in Teams is UTF-16. */
const CARD_LETTERS_MAX = 14_336;
/** A message with its card, as sent. */
export const MESSAGE_BYTES_MAX = 25 * 1024;
/** Letters of a number, at most. */
const NUMBER_MOST = 24;
/** Letters that are left of each text, one try after the other. */
const CUTS = [400, 160, 80, 40, 20] as const;

type Node = Record<string, unknown>;

/** Whether a card is small enough: of most that is told without writing them, for a fourth of what that costs. */
function isSmall(card: Node): boolean {
  return bytesAtMost(card) <= CARD_BYTES_MAX || Buffer.byteLength(JSON.stringify(card)) <= CARD_BYTES_MAX;
}

/** More than a card takes as JSON. The names of its fields are ours and plain; a letter of what people read takes three bytes, or less, as what would take six never stands on a card. */
function bytesAtMost(value: unknown): number {
  if (typeof value === 'string') return 3 * value.length + 2;
  if (typeof value !== 'object' || value === null) return typeof value === 'number' ? NUMBER_MOST : 'false'.length;
  let sum = 2;
  if (Array.isArray(value)) for (const one of value) sum += 1 + bytesAtMost(one);
  else for (const name in value) sum += name.length + 4 + bytesAtMost((value as Node)[name]);
  return sum;
}

/** The card itself where it is small enough; else one whose texts are shorter, and in the end only its gist. It says so. Choices are never left out: who is not on a list would be left behind. */
export function fitted(card: Node, note: string): Node {
  if (isSmall(card)) return card;
  for (const most of CUTS) {
    const cut = withNote(shortened(card, '', most) as Node, note);
    if (isSmall(cut)) return cut;
  }
  const { type, $schema, version, lang } = card;
  const speak = start(String(card.speak ?? ''), CUTS[0]);
  return withNote({ type, $schema, version, lang, speak, fallbackText: speak, body: [{ type: 'TextBlock', text: speak, wrap: true }] }, note);
}

/** So many bytes, of letters that are one byte each, can still be added to a card. */
export function roomIn(card: Node): number {
  const text = JSON.stringify(card);
  return Math.min(CARD_BYTES_MAX - Buffer.byteLength(text), CARD_LETTERS_MAX - text.length);
}

function withNote(card: Node, note: string): Node {
  return { ...card, body: [...((card.body as Node[] | undefined) ?? []), { type: 'TextBlock', text: note, wrap: true, size: 'Small', isSubtle: true }] };
}

/** What people read, and nothing that is looked up or sent back. */
function shortened(value: unknown, under: string, most: number): unknown {
  if (Array.isArray(value)) return value.map((one) => shortened(one, under, most));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => {
      if (typeof inner === 'string') return [name, isRead(name, under) ? start(inner, most) : inner];
      return [name, name === 'data' ? inner : shortened(inner, Array.isArray(inner) ? name : '', most)];
    }),
  );
}

const READ: ReadonlySet<string> = new Set(['text', 'speak', 'fallbackText', 'title', 'label', 'placeholder', 'errorMessage']);

function isRead(name: string, under: string): boolean {
  return READ.has(name) || (name === 'value' && under === 'facts');
}

/** The first letters of a text, whole ones, and no half of an escaped one. */
export function start(text: string, most: number): string {
  if (text.length <= most) return text;
  let end = most - 1;
  while (text[end - 1] === '\\') end -= 1;
  return `${text.slice(0, end).toWellFormed().trimEnd()}…`;
}
