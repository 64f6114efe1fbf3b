/** Why Microsoft did not change a person's licences, from its codes and its words. Pure. */
import type { BlockedWhy } from '../domain/ticket.ts';
import type { PartnerCenterError } from '../partnerCenter/port.ts';
import { beginning } from '../text.ts';

const SAID_MAX = 200;
/** Of a longer text no more is looked at. */
const READ_MAX = 4_000;

/**
 * The first that fits. Microsoft words one reason in many ways: as Partner Center's code, as a sentence, as the name of
 * Graph's error (learn.microsoft.com: "Identify and resolve license assignment problems for a group").
 */
const SPELLINGS: readonly [BlockedWhy, RegExp][] = [
  [
    'wrongLocation',
    /ProhibitedInUsageLocation|\bnot\s(?:available|allowed|permitted|offered|supported)\s(?:in|for)\b[^.]{0,120}\b(?:location|country|countries|region)/i,
  ],
  ['noUsageLocation', /usage\s?location/i],
  [
    'otherGroup',
    /inherit\w{0,8}[^.]{0,120}\bgroup|\bgroup[\s-](?:based|membership)|\b(?:assigned|licen[cs]ed|granted|comes?|given)\b[^.]{0,120}\b(?:by|via|through|from)\s(?:an?\s|the\s)?(?:[\w-]{1,40}\s)?group\b/i,
  ],
  [
    'conflict',
    /mutually[\s_-]?exclusive|\bconflict(?:s|ing)?\b[^.]{0,120}\b(?:plan|licen[cs]e|sku|product|subscription)|\bincompatible\b|\bcan(?:\s?not|['’]t)\s+be\s(?:assigned|combined|used)\s(?:together|with|at the same time|alongside)/i,
  ],
  [
    'dependency',
    /\bdepend(?:s|ent|ency|encies|ing)?\b|DependencyViolation|prerequisite|\brequires?\b[^.]{0,120}\b(?:service\s?plan|licen[cs]e|subscription)\b/i,
  ],
  [
    'noSeat',
    /QuotaExceeded|CountViolation|\b(?:no|not\s+enough|insufficient|zero)\s(?:(?:more|free|available|remaining|unassigned|sufficient)\s+){0,3}(?:licen[cs]es?|seats?|units?)\b|(?:n['’]t|\bnot)\s(?:have\s+)?(?:any|enough)\s(?:(?:more|free|available|remaining)\s+){0,3}(?:licen[cs]es?|seats?|units?)\b|\b(?:licen[cs]es|seats)\s(?:are|is|have been)\s(?:all\s+)?(?:used|assigned|in use|exhausted|taken|unavailable)|\bexceed\w{0,8}\b[^.]{0,120}\b(?:licen[cs]es?|seats?|units)\b/i,
  ],
];

/** The reason, and Microsoft's own words where they tell more than the reason. */
export function whyNot(error: PartnerCenterError): { why: BlockedWhy; said?: string } {
  const said = ownWords(error);
  if (error.code === '60012') return { why: 'noSeat' };
  const text = `${error.code} ${said}`;
  const why = SPELLINGS.find(([, spelling]) => spelling.test(text))?.[0];
  if (why === 'dependency' || why === 'conflict') return { why, ...(said ? { said } : {}) };
  if (why) return { why };
  if (error.kind === 'unclear' || error.kind === 'notReady') return { why: 'unclear' };
  return { why: 'refused', ...(said ? { said } : {}) };
}

/** Whom a sentence of Microsoft's may name: ids and addresses stay out of rows, cards and logs. */
const NAMES = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[^\s'"<>(),;:]{1,64}@[\w.-]{0,250}\w/gi;

/** What Partner Center said itself, without ids and addresses; empty where it said nothing. */
export function ownWords({ said }: PartnerCenterError): string {
  return beginning(beginning(said, READ_MAX).replace(NAMES, '…').replace(/\s+/g, ' ').trim(), SAID_MAX);
}
