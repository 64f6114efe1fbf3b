/** How the bot is, as a card. */
import { COUNTED_MAX } from '../../services/domain/chat.ts';
import type { Watching } from '../../services/domain/ticket.ts';
import { claimsWatches } from '../claims.ts';
import { bare, nameText, type Safe } from '../escape.ts';
import { renderTicket } from '../render.ts';
import type { Words } from '../text/words.ts';
import { type RenderedCard, watchedNames } from './chat.ts';

const NOT_READ_MAX = 8;
const CODE_MAX = 60;

export interface Status {
  customers: number;
  lookedAt: string | null;
  open: number;
  /** Customers that could not be looked at, and the names of some. */
  skipped: { count: number; names: string[] };
  /** What else could not be read: lines of their own, the list of customers first. */
  notRead?: { code: string | null; lines: Safe[] };
  /** Chats to which something is still to be said. */
  waiting: { chats: number; since: string | null; troubled: number };
  /** What Teams does not take. */
  teams?: { asleep: number; allAsleep: boolean; unknownSince: string | null };
  cost: { requests: number; looks: number; transactions: number; subscriptions: number };
  /** How late the looks come; 0 where the sweep keeps up. */
  lateMinutes: number;
  watching: Watching[];
  now?: string;
  reachable: boolean;
  /** null where nothing is switched off; `since` null where a setting did it. */
  readOnly: { since: { who: Safe; at: string } | null; dryRun?: boolean } | null;
}

export function statusCard(status: Status, words: Words): RenderedCard {
  const { status: say } = words;
  const teams = status.teams ?? { asleep: 0, allAsleep: false, unknownSince: null };
  const all = status.watching.some((one) => one.what === 'all');
  const facts = [
    { title: say.facts.customers, value: words.number(status.customers) },
    { title: say.facts.looked, value: say.looked(status.lookedAt) },
    { title: say.facts.open, value: say.many(status.open, COUNTED_MAX) },
    { title: say.facts.skipped, value: say.skipped(status.skipped.count) },
    { title: say.facts.waiting, value: say.waiting(status.waiting) },
    ...(teams.asleep > 0 ? [{ title: say.facts.asleep, value: say.asleep(teams.asleep) }] : []),
    { title: say.facts.cost, value: say.cost(status.cost) },
    { title: say.facts.chat, value: say.watching(all ? [nameText(say.all)] : watchedNames(status.watching)) },
    ...(status.readOnly ? [{ title: status.readOnly.dryRun ? say.facts.dryRun : say.facts.readOnly, value: say.readOnlyOn(status.readOnly.since) }] : []),
  ];
  const names = status.skipped.names.slice(0, 5).map(nameText);
  const effect = names.length > 0 ? { effect: say.skippedNames(names, status.skipped.count - names.length) } : {};
  const unsaid = teams.unknownSince ? say.unknown(teams.unknownSince) : teams.allAsleep ? say.allAsleep : null;
  const lead = unsaid ?? leadOf(status, words);
  const lines = status.notRead?.lines ?? [];
  const bullets = [...lines.slice(0, NOT_READ_MAX), ...(lines.length > NOT_READ_MAX ? [say.more(lines.length - NOT_READ_MAX)] : [])];
  const sections = lines.length > 0 ? [{ title: say.notRead, separator: true, bullets }] : [];
  return {
    card: renderTicket({ lang: words.lang, speak: lead, urgent: false, who: say.who, lead, ...effect, facts, sections, actions: [] }, words),
    summary: lead,
    claims: [claimsWatches(status.watching, status.now)],
  };
}

/** The gravest of what is not as it should be; that everything works only where nothing is. */
function leadOf(status: Status, words: Words): Safe {
  const { status: say } = words;
  if (status.readOnly) return status.readOnly.dryRun ? say.dryRun : say.readOnly;
  const code = status.notRead?.code ?? null;
  if (!status.reachable && (code === null || status.customers > 0)) return say.unreachable;
  if (code !== null) return say.listUnreadable(bare(code, CODE_MAX));
  if (status.lateMinutes > 0) return say.late(status.lateMinutes);
  if (status.skipped.count > 0 || (status.notRead?.lines.length ?? 0) > 0) return say.partly;
  return status.waiting.troubled > 0 || (status.teams?.asleep ?? 0) > 0 ? say.chatsWait : say.ok;
}
