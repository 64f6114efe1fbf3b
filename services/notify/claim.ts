/** What a sentence says about the world, as a value beside the text: so that it can be compared with the world. */
import type { Money } from '../domain/money.ts';
import type { EndOfTerm, Watching } from '../domain/ticket.ts';

/** The read that a claim rests on. */
interface Rests {
  /** The ticket or customer that it is about; empty for all customers, and for the chat in which it is said. */
  of: string;
  /** When what it says was read (ISO text); null where nobody has read it, and then no sentence may say it. */
  asOf: string | null;
}

/** One fact that a card or a line states. */
export type Claim = Rests &
  (
    | { claims: 'nothingBought' }
    | { claims: 'bought'; quantity: number; monthly: Money | null }
    | { claims: 'moved'; moved: number; total: number }
    | { claims: 'nobodyHolds' }
    | { claims: 'suspended' }
    /** A cancellation at the end of the term was read, or it is classic and auto-renew is off. */
    | { claims: 'ends'; day: string }
    /** Its term ends; what happens then is told by `how`. */
    | { claims: 'termEnds'; day: string; how: Exclude<EndOfTerm, 'renews' | 'renewsAs' | 'inEst' | 'cancels'> }
    /** It goes on by itself, in whichever form. */
    | { claims: 'renews'; day: string; how: 'renews' | 'renewsAs' | 'inEst' }
    | { claims: 'gone' }
    | { claims: 'allRenew' }
    | { claims: 'watches'; watching: Watching[] }
    /** By person key. */
    | { claims: 'approved'; by: string }
    | { claims: 'refused'; code: string }
  );
export type Claimed = Claim['claims'];
