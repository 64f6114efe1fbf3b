/** Planted bugs of doing: a wait that nobody is told of, an answer or an outcome that counts where it does not belong. */
import type { Migration } from '../../services/domain.ts';
import { moves, tickets, type WireMutant } from './wireMutants.ts';

const HOUR_MS = 3_600_000;
const far = '2099-01-01T00:00:00.000Z';

export const ACTING_MUTANTS: Readonly<Record<string, WireMutant>> = {
  'who waits is never reminded': {
    caughtBy: 'I20',
    bugs: { store: (store) => moves(store, waitsAnew) },
    drawn: { leavesAfter: 4, periodMs: HOUR_MS },
  },
  'who waits is reminded at every look': {
    caughtBy: 'I20',
    bugs: { store: (store) => tickets(store, ({ nudged: _, ...ticket }) => ticket) },
    drawn: { leavesAfter: 4, periodMs: HOUR_MS },
  },
};

/** As if its wait began at each look, and its approvers had been told. */
function waitsAnew(migration: Migration): Migration {
  return { ...migration, since: far, reminded: true };
}
