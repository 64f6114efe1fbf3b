/** Whose turn it is: the one who is mentioned in the line that says so. */
import type { News } from '../domain/ticket.ts';
import { type Directory, DirectoryError, NAMELESS, type PersonRow } from '../people/people.ts';
import { may } from '../people/roles.ts';
import { PERSONS } from '../store/rows.ts';
import type { Store } from '../store/store.ts';
import { mentionable, type Shown } from '../ticketView.ts';
import { candidatesFor, turnAfter } from './rules.ts';

/** The first of those whose turn it may be who may do it, perhaps by roles that are some minutes old; null where there is none, or nobody can say. */
export async function nextOf(deps: { store: Store; directory: Directory }, news: Pick<News, 'kind'>, shown: Shown): Promise<NonNullable<Shown['next']> | null> {
  const right = turnAfter(news, shown);
  if (right === null) return null;
  for (const key of candidatesFor(shown)) {
    const person = (await deps.store.get<PersonRow>(...PERSONS, key))?.value;
    const name = mentionable(person?.name ?? '');
    if (!person || name === '' || name === NAMELESS) continue;
    try {
      if (may(await deps.directory.rolesOf(person.objectId), right)) return { objectId: person.objectId, name };
    } catch (error) {
      if (error instanceof DirectoryError) return null;
      throw error;
    }
  }
  return null;
}
