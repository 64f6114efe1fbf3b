/** What a row of a list of tickets tells: who and what, when it ends and how, how far it has come, who looks after it, what it costs. */
import { daysBetween } from '../../services/clock.ts';
import type { Hides } from '../../services/domain/shows.ts';
import { nameIn } from '../../services/domain/names.ts';
import type { OpenRow } from '../../services/tickets/openList.ts';
import { type RowState, stateOn } from '../../services/tickets/rowState.ts';
import { type Action, secondary } from '../buttons.ts';
import { joined, nameShort, nameText, planText, type Safe, safe } from '../escape.ts';
import type { Words } from '../text/words.ts';

/** Where a list stands, and who reads it. */
export interface ListPlace {
  handle: string;
  today: string;
  hides: Hides;
  /** Display names by person key. */
  names: Readonly<Record<string, string>>;
  /** The person key of who reads alone; null where others read along. */
  reader: string | null;
}

/** People who lose access within so many days are urgent, while nobody has decided. */
const URGENT_DAYS = 7;
const UNDECIDED: ReadonlySet<RowState> = new Set(['open', 'choosing', 'snoozed']);

export function ticketRow(row: OpenRow, place: ListPlace, words: Words) {
  const { list: say } = words;
  const days = daysBetween(place.today, row.expiresOn);
  const state = stateOn(row, place.today);
  const urgent = row.end === 'cancels' && days >= 0 && days <= URGENT_DAYS && (state === null || UNDECIDED.has(state));
  const far = farText(row, place, words);
  return {
    customer: nameShort(row.customerName),
    plan: planText(offerIn(row, words)),
    date: words.shortDate(row.expiresOn),
    [urgent ? 'urgent' : 'left']: say.left({ end: row.end, days, urgent }),
    ...(far ? { [state === 'stuck' ? 'stuck' : 'far']: far } : {}),
    quantity: row.quantity === null ? safe`?` : words.number(row.quantity),
    show: show(row, place.handle, words),
  };
}

/** What a row is about, as readers of these words know it. */
export function offerIn({ offerName, names }: Pick<OpenRow, 'offerName' | 'names'>, { lang }: Words): string {
  return nameIn(names, lang, offerName);
}

/** `Waits for approval · Megan Bowen · €310.00 a month`: as far as it is known, and may stand here. */
export function farText(row: Pick<OpenRow, 'state' | 'until' | 'keeper' | 'monthly'>, place: Omit<ListPlace, 'handle'>, words: Words): Safe {
  const state = stateOn(row, place.today);
  return joined(
    [
      state && words.list.state(state, row.until ?? null),
      row.keeper ? keeperName(row.keeper, place, words) : null,
      row.monthly && place.hides.cost === null ? words.aMonth(row.monthly) : null,
    ],
    ' · ',
  );
}

/** Who looks after it, without a name where none may stand, or none is known. */
export function keeperName(keeper: string, { hides, names, reader }: Pick<ListPlace, 'hides' | 'names' | 'reader'>, words: Words): Safe {
  if (keeper === reader) return words.list.you;
  const name = names[keeper];
  return hides.names || !name ? words.list.keptBy : nameText(name);
}

export function show(row: Pick<OpenRow, 'customerName' | 'ticketId'>, handle: string, words: Words): Action {
  const { fallback: _, associatedInputs: __, ...action } = secondary(words.list.show(nameShort(row.customerName)), 'ticket.show', { id: handle, version: 0 });
  return { ...action, data: { id: handle, v: 0, ticketId: row.ticketId } };
}
