/** What Partner Center calls offers and plans in other languages than English. Matching, the record, the wire and what is typed by us know the English names alone. Pure. */
import { foldedWords } from '../text.ts';
import type { Names } from './language.ts';
import type { Move, Ticket } from './ticket.ts';

/** Longer ones are cut on cards, and two that are cut may look the same. */
const NAME_MAX = 140;

/** The name in a language; the English one where there is no other, or another thing is called the same there. */
export function nameIn(names: Names | undefined, lang: string, english: string): string {
  const own = namesOf(names, lang);
  const name = Object.hasOwn(own, english) ? (own[english] as string) : english;
  return Object.values(own).filter((one) => one === name).length > 1 ? english : name;
}

/** All that something is called: in English, and in each language. */
export function namesFor(names: Names | undefined, english: string): string[] {
  return [english, ...Object.values(names ?? {}).flatMap((own) => (Object.hasOwn(own, english) ? [own[english] as string] : []))];
}

/** One name of a ticket for a row that shows nothing else of it. */
export function namesOnly(names: Names | undefined, english: string): { names?: Names } {
  const kept = Object.keys(names ?? {}).flatMap((lang) => {
    const name = nameIn(names, lang, english);
    return name === english ? [] : [[lang, { [english]: name }] as const];
  });
  return kept.length > 0 ? { names: Object.fromEntries(kept) } : {};
}

/** The English names that a ticket shows, as far as another may be found. */
export function namesShown({ facts, plans }: Pick<Ticket, 'facts' | 'plans'>): string[] {
  // What was not bought through us is in no list of ours.
  const own = facts.elsewhere ? [] : [facts.offerName, ...facts.addons, facts.base?.plan, facts.beside?.addonTo];
  const sold = plans?.flatMap(({ item, title }) => (item ? [title] : [])) ?? [];
  return [...new Set([...own, ...sold])].filter((name) => name !== undefined && name !== '' && name.length <= NAME_MAX) as string[];
}

/** The English names of a ticket that were not asked for in a language. */
export function namesLacking(ticket: Pick<Ticket, 'facts' | 'plans' | 'names'>, lang: string): string[] {
  return namesShown(ticket).filter((name) => !Object.hasOwn(namesOf(ticket.names, lang), name));
}

/** A name as it may be kept: an empty one, one of signs alone or a whole page is none. */
export function nameRead(text: string | undefined): string | null {
  const name = text?.trim() ?? '';
  return name.length <= NAME_MAX && foldedWords(name).length > 0 ? name : null;
}

/** A ticket as those who read a language are shown it; it is for showing alone. */
export function ticketIn<T extends Pick<Ticket, 'facts' | 'plans' | 'names'>>(ticket: T, lang: string): T {
  const { facts, plans, names } = ticket;
  if (!names?.[lang]) return ticket;
  const own = (english: string) => nameIn(names, lang, english);
  const { base, beside } = facts;
  return {
    ...ticket,
    facts: {
      ...facts,
      offerName: own(facts.offerName),
      addons: facts.addons.map(own),
      ...(base ? { base: { ...base, plan: own(base.plan) } } : {}),
      ...(beside?.addonTo ? { beside: { ...beside, addonTo: own(beside.addonTo) } } : {}),
    },
    plans: plans?.map((plan) => ({ ...plan, title: own(plan.title) })) ?? null,
  };
}

/** The same of its move. */
export function moveIn(move: Move | null, names: Names | undefined, lang: string): Move | null {
  return move?.quote ? { ...move, quote: { ...move.quote, planTitle: nameIn(names, lang, move.quote.planTitle) } } : move;
}

/** The same of a line of the record, as a card tells it; what is stored and exported keeps its words. */
export function lineIn<L extends { data: Record<string, string | number> }>(line: L, names: Names | undefined, lang: string): L {
  const { plan } = line.data;
  return typeof plan === 'string' ? { ...line, data: { ...line.data, plan: nameIn(names, lang, plan) } } : line;
}

function namesOf(names: Names | undefined, lang: string): Readonly<Record<string, string>> {
  return names && Object.hasOwn(names, lang) ? (names[lang] as Readonly<Record<string, string>>) : {};
}
