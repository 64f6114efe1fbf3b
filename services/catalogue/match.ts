/** Which programme an offer belongs to: by id where known, else by its normalised English name. Pure. */
import type { Segment } from '../domain/ticket.ts';
import type { Names } from '../domain/language.ts';
import { namesFor } from '../domain/names.ts';
import { bounded } from '../text.ts';
import type { Programme } from './programmes.ts';

export interface Match {
  programme: Programme;
  offer: Programme['offers'][number];
  /** How it was recognised. */
  by: 'id' | 'name';
}

export function matchProgramme(programmes: readonly Programme[], offerId: string, offerName: string): Match | null {
  const id = offerId.toLowerCase();
  const name = plainName(offerName);
  for (const programme of programmes) {
    for (const offer of programme.offers) {
      if (offer.ids.some((known) => known.toLowerCase() === id) || offer.licences?.includes(id)) return { programme, offer, by: 'id' };
    }
  }
  for (const programme of programmes) {
    for (const offer of programme.offers) {
      if (offer.names.some((known) => plainName(known) === name)) return { programme, offer, by: 'name' };
    }
  }
  return null;
}

const SEGMENTS: readonly [Segment, RegExp][] = [
  ['faculty', /\bfor faculty\b|\(education faculty pricing\)/i],
  ['students', /\bfor students\b|\(education student pricing\)/i],
  ['government', /\(government pricing\)|\bfor government\b/i],
];

/** The segment an offer's name speaks of. */
export function segmentOf(name: string): Segment {
  return SEGMENTS.find(([, pattern]) => pattern.test(name))?.[0] ?? 'commercial';
}

/** A name without segment, case, punctuation and the spellings that vary: "for", "edition", "Microsoft". */
export function plainName(name: string): string {
  let plain = bounded(name, 'NFKC').toLowerCase();
  for (const [, pattern] of SEGMENTS) plain = plain.replace(pattern, ' ');
  return plain
    .replace(/add[\s-]*on/g, 'addon')
    .replace(/self[\s-]*serve/g, 'selfserve')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .replace(/\b(microsoft|for)\b/g, ' ')
    .replace(/\bplans\b/g, 'plan')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Whether a plan is called so, in English or in another language; accents may be left out. */
export function isCalled(names: Names | undefined, english: string, wanted: string): boolean {
  const name = withoutAccents(plainName(wanted));
  return name !== '' && namesFor(names, english).some((one) => withoutAccents(plainName(one)) === name);
}

/** Whether its name holds all the words, in English or in another language. */
export function holdsWords(names: Names | undefined, english: string, wanted: string): boolean {
  const words = withoutAccents(plainName(wanted)).split(' ').filter(Boolean);
  const called = namesFor(names, english).map((one) => withoutAccents(plainName(one)).split(' '));
  return words.length > 0 && called.some((own) => words.every((word) => own.includes(word)));
}

function withoutAccents(plain: string): string {
  return plain.normalize('NFKD').replace(/\p{M}/gu, '');
}
