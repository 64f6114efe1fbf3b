/** The form of a list with which it is narrowed and put in another order, and the pages below it. */
import { type Arrange, narrows, NOBODY, SORTS } from '../../services/tickets/arranged.ts';
import { type Action, execute, form, primary } from '../buttons.ts';
import { joined, nameBare, planBare, type Safe } from '../escape.ts';
import type { Words } from '../text/words.ts';
import { keeperName, type ListPlace } from './rows.ts';

/** What a list can be narrowed to, and how many are so. */
export interface Offer {
  of: Arrange;
  n: number;
}

export interface Arranging {
  now: Arrange;
  offers: readonly Offer[];
  /** On the whole list. */
  all: number;
}

/** Fewer are seen at a glance. */
const ARRANGED_FROM = 4;

/** A form where there is something to choose. */
export function arrangeForm({ now, offers, all }: Arranging, place: ListPlace, words: Words): Action | null {
  if (all < ARRANGED_FROM && !narrows(now)) return null;
  const { list: say, labels, errors, buttons: b } = words;
  const chosen = offers.findIndex(({ of }) => of.state === now.state && of.programme === now.programme && of.keeper === now.keeper);
  const only = [
    { title: say.all(all), value: 'all' },
    ...offers.flatMap(({ of, n }, index) =>
      isTold(of, place, words) ? [{ title: say.offer({ what: offerText(of, place, words), n }), value: String(index) }] : [],
    ),
  ];
  const sorts = SORTS.filter((sort) => sort !== 'money' || place.hides.cost === null).map((sort) => ({ title: say.sorts[sort], value: sort }));
  const choice = (id: string, { label, choices, value }: { label: Safe; choices: object[]; value: string }): Action => ({
    type: 'Input.ChoiceSet',
    ...{ id, label, choices, value, style: 'compact', wrap: true, spacing: 'Small', errorMessage: errors.choice },
  });
  return form(
    b.arrange,
    [
      choice('filter', { label: labels.only, choices: only, value: narrows(now) && chosen >= 0 ? String(chosen) : 'all' }),
      choice('sort', { label: labels.sortBy, choices: sorts, value: now.sort ?? 'days' }),
    ],
    [primary(b.show, 'list.arrange', { id: place.handle, version: 0 }, true)],
  );
}

/** People whom nothing may name here cannot be told apart. */
function isTold({ keeper }: Arrange, place: ListPlace, words: Words): boolean {
  return !keeper || keeper === NOBODY || keeperName(keeper, place, words) !== words.list.keptBy;
}

function offerText({ state, programme, keeper }: Arrange, place: ListPlace, words: Words): Safe {
  const { list: say } = words;
  return joined(
    [
      state && say.state(state, null),
      programme && planBare(programme),
      keeper === NOBODY ? say.nobody : keeper && say.keeper(keeperName(keeper, place, words)),
    ].map((one) => (one ? one : null)),
    ', ',
  );
}

/** What a list was narrowed to. */
export function onlyText({ state, programme, keeper }: Arrange, place: Pick<ListPlace, 'hides' | 'names' | 'reader'>, words: Words): Safe {
  return words.list.only({
    state: state ?? null,
    programme: programme ? nameBare(programme) : null,
    keeper: keeper && keeper !== NOBODY ? keeperName(keeper, place, words) : null,
    nobody: keeper === NOBODY,
  });
}

/** Two stand beside each other, the next page before all; the rest is behind the "…". */
export function listActions(
  { from, to, total, several }: { from: number; to: number; total: number; several: boolean },
  place: Pick<ListPlace, 'handle'> & { arranging: Action | null; size: number },
  words: Words,
): Action[] {
  const { buttons: b } = words;
  const aim = { id: place.handle, version: 0 };
  const page = (title: Safe, start: number, hidden: boolean) =>
    execute(title, 'list.page', aim, { ...(hidden ? { mode: 'secondary' as const } : {}), more: { from: start } });
  const next = to < total ? [page(b.next(Math.min(place.size, total - to)), to, false)] : [];
  const choose = several ? [execute(b.chooseSeveral, 'list.choose', aim, next.length > 0 && place.arranging ? { mode: 'secondary' } : {})] : [];
  const forms = place.arranging ? [place.arranging] : [];
  const shown = next.length + forms.length + choose.filter((one) => one.mode !== 'secondary').length;
  const previous = from > 0 ? [page(b.previous(Math.min(place.size, from)), Math.max(0, from - place.size), shown > 1)] : [];
  return [...next, ...(shown > 1 ? [] : previous), ...forms, ...choose, ...(shown > 1 ? previous : [])];
}
