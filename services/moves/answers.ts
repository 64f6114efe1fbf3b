/** What a person can answer by typing, as a matter stands and as far as that person may. Pure. */
import { type FourEyes, lapsesAt, needsAnother } from '../approval/approval.ts';
import type { Expiry, Migration } from '../domain/ticket.ts';
import { may, type Role } from '../people/roles.ts';
import { endsByItself } from '../tickets/endOfTerm.ts';

export type Answer =
  | 'plan'
  | 'seats'
  | 'approve'
  | 'decline'
  | 'back'
  | 'cancel'
  | 'moveAll'
  | 'allBut'
  | 'again'
  | 'check'
  | 'suspend'
  | 'leave'
  | 'letEnd'
  | 'suspendNow';

/** `another`: it waits for somebody else's yes, because this one asked or may not approve. */
export interface Can {
  answers: Answer[];
  another: boolean;
}

/** `now` is ISO text. */
export interface Asked {
  expiry: Pick<Expiry, 'closed' | 'plans' | 'facts'>;
  migration: Migration | null;
  fourEyes: FourEyes;
  now: string;
}

export function answersTo({ expiry, migration, fourEyes, now }: Asked, person: { key: string; roles: readonly Role[] }): Can {
  const is = (right: Parameters<typeof may>[1], ...answers: Answer[]) => (may(person.roles, right) ? answers : []);
  const can = (...answers: Answer[][]): Can => ({ answers: answers.flat(), another: false });
  if (expiry.closed) return can();
  switch (migration?.state ?? 'none') {
    case 'none':
    case 'cancelled':
      return can(expiry.plans === null ? [] : is('ask', 'plan'));
    case 'drafting':
      return can(is('ask', ...(migration?.draft.plan === undefined ? (['plan', 'cancel'] as const) : (['seats', 'back', 'cancel'] as const))));
    case 'quoted':
      return migration ? quoted(migration, { fourEyes, now }, person) : can();
    case 'purchased':
      return migration?.people ? can(people(migration, is), is('ask', 'check')) : can();
    case 'reassigned':
      return can(is('suspend', ...(endsByItself(expiry.facts) ? (['letEnd', 'suspendNow'] as const) : (['suspend', 'leave'] as const))));
    case 'stuck':
      return can(is('ask', 'check'));
    default:
      return can();
  }
}

function quoted(migration: Migration, { fourEyes, now }: Pick<Asked, 'fourEyes' | 'now'>, person: { key: string; roles: readonly Role[] }): Can {
  if (migration.approval || !migration.quote || lapsesAt(migration.quote) <= now) return { answers: [], another: false };
  const own = migration.quote.askedBy === person.key && needsAnother(migration.quote, fourEyes);
  const approver = may(person.roles, 'approve');
  const approves: Answer[] = approver ? (own ? ['decline'] : ['approve', 'decline']) : [];
  return { answers: [...approves, ...(may(person.roles, 'ask') ? (['back', 'cancel'] as const) : [])], another: own || !approver };
}

/** Yes moves those who can; where nobody can any more, those who did not move can be tried again. */
function people(migration: Migration, is: (right: 'licences', ...answers: Answer[]) => Answer[]): Answer[] {
  const sameSku = migration.sku !== null && migration.sku.from === migration.sku.to;
  if (!migration.people || sameSku) return [];
  if (migration.people.movable > 0) return is('licences', 'moveAll', 'allBut');
  return migration.people.moved > 0 ? is('licences', 'again') : [];
}
