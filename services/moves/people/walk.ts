/** The reading of all people of a customer: who holds the old licence, one by one, from where it stopped. */
import { randomUUID } from 'node:crypto';
import { SIGN_IN_AGAIN } from '../../domain/rules.ts';
import type { BlockedWhy, UserMove, Walked } from '../../domain/ticket.ts';
import { type Licence, PartnerCenterError, type SeatPool, type User } from '../../partnerCenter/port.ts';
import type { StepContext } from '../deps.ts';
import { renewLease } from '../lease.ts';
import { ownWords } from '../refusals.ts';
import { writeHolders } from './rows.ts';

const READ_AT_ONCE = 8;
const PAGES_MAX = 400;
const KEEP_MS = 4_000;
const NOTE_EACH = 80; // users; a multiple of those read at once
/** How often one person's licences are asked for before the reading goes on without them. */
const PERSON_TRIES = 3;

/**
 * Walks all users of the customer and writes a row for each who holds the old licence, or whose licences cannot be read.
 * A page that cannot be read stops it, for half a reading is worse than none; one person does not. Null when another
 * process has taken the move over.
 */
export async function walkPeople(context: StepContext, from: string, to: string): Promise<string | null> {
  const { partnerCenter: pc, clock, store } = context.deps;
  const { customerId } = context.move;
  let at: Counting = context.move.counting ?? { round: randomUUID().slice(0, 8), after: null, skip: 0, users: 0, tries: context.move.attempts };
  let kept = clock.wallMs();
  for (let page = 0; page < PAGES_MAX; page++) {
    const answer = await pc.users(customerId, at.after);
    for (let index = at.skip; index < answer.items.length; index += READ_AT_ONCE) {
      const before = at.users;
      const users = answer.items.slice(index, index + READ_AT_ONCE).map((user, n) => (user.unnamed ? { ...user, id: `without-id-${before + n + 1}` } : user));
      const read = await Promise.all(users.map((user) => readPerson(context, user, at.users > 0)));
      const holders = users.flatMap((user, n) => asHolder(user, read[n] as Read, { from, to, round: at.round }));
      // The reads may have taken long: where another process has taken over, what they said is old.
      if (clock.wallMs() - kept > KEEP_MS && !(await renewLease(context, { counting: at }))) return null;
      await writeHolders(store, context.move, holders);
      at = { ...at, skip: index + READ_AT_ONCE, users: at.users + users.length };
      if (clock.wallMs() - kept < KEEP_MS && at.skip % NOTE_EACH !== 0) continue;
      kept = clock.wallMs();
      if (!(await renewLease(context, { counting: at }))) return null;
    }
    // What fails after the whole reading does so again and again, however far the reading came.
    if (!answer.next) return (await renewLease(context, { counting: null, walked: walkedAs(at), attempts: at.tries ?? 0 })) ? at.round : null;
    if (answer.next === at.after) break;
    at = { ...at, after: answer.next, skip: 0 };
    if (!(await renewLease(context, { counting: at }))) return null;
  }
  throw endless();
}

type Counting = NonNullable<StepContext['move']['counting']>;

function endless(): PartnerCenterError {
  return new PartnerCenterError('refused', 'pages', `The list of users goes on at the same place, or did not end after ${PAGES_MAX} pages.`);
}

function walkedAs(at: { round: string; users: number }): Walked {
  return { round: at.round, users: at.users, active: null, consumed: null };
}

/** What the pool said when the reading had ended; by it a later change is seen. */
export function withPool(walked: Walked, pool: SeatPool | undefined): Walked {
  return { ...walked, active: pool?.active ?? null, consumed: pool?.consumed ?? null };
}

/** A person's licences; `gone`: there is no such person any more; `said`: they cannot be read, in Microsoft's words. */
type Read = { licences: Licence[] } | { gone: true } | { said: string };

/** `others`: other people could be read, so a refusal concerns this one. */
async function readPerson(context: StepContext, user: User, others: boolean): Promise<Read> {
  if (user.unnamed) return { said: '' };
  try {
    return { licences: await context.deps.partnerCenter.licences(context.move.customerId, user.id) };
  } catch (error) {
    if (!(error instanceof PartnerCenterError) || error.kind === 'throttled' || SIGN_IN_AGAIN.has(error.code)) throw error;
    if (error.kind === 'notFound' && !(await isListed(context, user.id))) return { gone: true };
    const forGood = error.kind === 'refused' || (error.kind === 'forbidden' && others);
    if (!forGood && (error.kind === 'forbidden' || context.move.attempts < PERSON_TRIES)) throw error;
    return { said: ownWords(error) };
  }
}

function asHolder(user: User, read: Read, of: { from: string; to: string; round: string }): UserMove[] {
  if ('gone' in read) return [];
  const bare = { userId: user.id, name: user.name, round: of.round, requestIds: [] };
  if ('said' in read) {
    return [{ ...bare, state: 'blocked', why: 'unread', ...(read.said ? { said: read.said } : {}), hasNew: false, disabledPlans: [] }];
  }
  const old = read.licences.find((one) => one.skuId === of.from);
  if (!old) return [];
  const why: BlockedWhy | null = user.hasUsageLocation ? null : 'noUsageLocation';
  const hasNew = read.licences.some((one) => one.skuId === of.to);
  return [{ ...bare, state: why ? 'blocked' : 'waiting', why, hasNew, disabledPlans: old.disabledPlans }];
}

/** Whether the customer's list of users still holds this person: a 404 alone may be a late one. */
export async function isListed(context: StepContext, userId: string): Promise<boolean> {
  let after: string | null = null;
  for (let page = 0; page < PAGES_MAX; page++) {
    const answer = await context.deps.partnerCenter.users(context.move.customerId, after);
    if (answer.items.some((user) => user.id === userId)) return true;
    if (!answer.next) return false;
    if (answer.next === after) break;
    after = answer.next;
  }
  throw endless();
}
