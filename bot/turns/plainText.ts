/** What was written, out of what Teams sends: markup, entities, quoted messages and the bot's own mention taken away. Pure, and its cost grows with the length alone. */
import { beginning, bounded } from '../../services/text.ts';

/** A mention as Teams sends it: what stands in the text, and whom it means. */
export interface Mention {
  text: string;
  own: boolean;
  /** As Teams knows whom it means, in this chat. */
  id: string;
  name: string;
}

/** Longer than anything that is written to the bot; what comes after it is not looked at. */
const RAW_MAX = 4_000;
const ID_MAX = 200;

/** The mentions of an activity; the bot's own is known by its id alone, for anybody can be called as it is. */
export function mentionsIn(activity: { entities?: readonly object[] | undefined; recipient?: { id: string } | undefined }): Mention[] {
  const bot = activity.recipient?.id;
  return (activity.entities ?? []).flatMap((entity) => {
    const { type, mentioned, text } = entity as { type?: unknown; mentioned?: { id?: unknown; name?: unknown }; text?: unknown };
    if (type !== 'mention' || typeof text !== 'string') return [];
    return [{ text, own: bot !== undefined && mentioned?.id === bot, id: wordOf(mentioned?.id), name: wordOf(mentioned?.name) }];
  });
}

function wordOf(value: unknown): string {
  return typeof value === 'string' ? beginning(value, ID_MAX) : '';
}

/** The message that a reply quotes, by its id; null where it quotes none. */
export function quotedIn(text: string | undefined): string | null {
  return /<quoted [^<>]{0,200}?messageId="([^"<>]{1,200})"/i.exec(beginning(text ?? '', RAW_MAX))?.[1] ?? null;
}

/** The words alone, one space apart. A mention of a person stays as the person's name. */
export function plainText(raw: string, mentions: readonly Pick<Mention, 'text' | 'own'>[]): string {
  let text = beginning(raw, RAW_MAX);
  for (const one of mentions) if (one.own && one.text !== '') text = text.replace(one.text, ' ');
  text = withoutQuotes(text);
  return bounded(decoded(withoutTags(text)), 'NFC', RAW_MAX)
    .replace(/[\s\u200b\ufeff]+/g, ' ')
    .trim();
}

/** A reply brings what it replies to: `<quoted messageId="…">…</quoted>`, `<blockquote …>…</blockquote>`; an empty one brings nothing. */
function withoutQuotes(text: string): string {
  let rest = text;
  for (const name of ['quoted', 'blockquote']) rest = withoutElement(rest, name);
  return rest;
}

function withoutElement(text: string, name: string): string {
  const lower = text.toLowerCase();
  let kept = '';
  let from = 0;
  for (;;) {
    const begin = lower.indexOf(`<${name}`, from);
    const end = begin < 0 ? -1 : lower.indexOf('>', begin);
    if (begin < 0 || end < 0) return kept + text.slice(from);
    kept += `${text.slice(from, begin)} `;
    const close = text[end - 1] === '/' ? -1 : lower.indexOf(`</${name}>`, end);
    from = close < 0 ? end + 1 : close + name.length + 3;
  }
}

/** Elements that Teams' editor makes; anything else in angle brackets is what somebody typed. */
const TAGS = new Set([
  'at',
  'p',
  'div',
  'span',
  'br',
  'b',
  'i',
  'u',
  's',
  'em',
  'strong',
  'a',
  'ul',
  'ol',
  'li',
  'pre',
  'code',
  'font',
  'h1',
  'h2',
  'h3',
  'img',
  'attachment',
]);

function withoutTags(text: string): string {
  let kept = '';
  let from = 0;
  for (;;) {
    const begin = text.indexOf('<', from);
    const end = begin < 0 ? -1 : text.indexOf('>', begin);
    if (begin < 0 || end < 0) return kept + text.slice(from);
    const name = /^<\/?([a-z][a-z0-9]{0,11})/i.exec(text.slice(begin, begin + 16))?.[1]?.toLowerCase() ?? '';
    // What is marked within a word stays one word.
    const space = name === 'at' || name === 'b' || name === 'i' || name === 'span' || name === 'em' || name === 'strong' ? '' : ' ';
    kept += text.slice(from, begin) + (TAGS.has(name) ? space : '<');
    from = TAGS.has(name) ? end + 1 : begin + 1;
  }
}

const NAMED: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ', rsquo: '’', lsquo: '‘', ndash: '–', mdash: '—', shy: '' };

/** Entities once: what they make is what somebody typed. */
function decoded(text: string): string {
  return text.replace(/&(#x[0-9a-f]{1,6}|#[0-9]{1,7}|[a-z]{2,6});/gi, (whole, inner: string) => {
    if (inner[0] !== '#') return NAMED[inner.toLowerCase()] ?? whole;
    const code = /^#x/i.test(inner) ? Number.parseInt(inner.slice(2), 16) : Number(inner.slice(1));
    return code > 31 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : ' ';
  });
}
