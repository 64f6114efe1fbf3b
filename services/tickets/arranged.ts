/** A list as somebody wants it: which rows, in which order, and what changed on it between two pages. Pure. */
import type { Money } from '../domain/money.ts';
import type { OpenRow } from './openList.ts';
import { ROW_STATES, type RowState, stateOn } from './rowState.ts';

export const SORTS = ['days', 'customer', 'money', 'state', 'programme', 'person'] as const;
export type Sort = (typeof SORTS)[number];

/** Nobody looks after it. */
export const NOBODY = 'nobody';

export interface Arrange {
  state?: RowState;
  programme?: string;
  /** A person key, or that nobody looks after it. */
  keeper?: string;
  sort?: Sort;
}

/** Whether rows are left out. */
export function narrows({ state, programme, keeper }: Arrange): boolean {
  return state !== undefined || programme !== undefined || keeper !== undefined;
}

export function fits(row: OpenRow, { state, programme, keeper }: Arrange, today: string): boolean {
  if (state !== undefined && stateOn(row, today) !== state) return false;
  if (programme !== undefined && row.programme !== programme) return false;
  return keeper === undefined || (row.keeper ?? NOBODY) === keeper;
}

/** The rows that are wanted, in the wanted order; those that are the same by it keep the order of their days. */
export function arranged(rows: readonly OpenRow[], how: Arrange, { today, names }: { today: string; names: Readonly<Record<string, string>> }): OpenRow[] {
  const some = rows.filter((row) => fits(row, how, today));
  const by: Readonly<Record<Exclude<Sort, 'days'>, (row: OpenRow) => string>> = {
    customer: (row) => row.customerName.toLocaleLowerCase('en'),
    money: ({ monthly }) => (monthly ? byMoney(monthly) : LAST),
    state: (row) => String(ROW_STATES.indexOf(stateOn(row, today) ?? 'letGo') + 10),
    programme: ({ programme }) => programme?.toLocaleLowerCase('en') ?? LAST,
    person: ({ keeper }) => (keeper && (names[keeper] ?? '')) || LAST,
  };
  if (how.sort === undefined || how.sort === 'days') return some;
  const keyOf = by[how.sort];
  return some
    .map((row) => ({ row, key: keyOf(row) }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ row }) => row);
}

const LAST = '\uffff';
const MOST = 10 ** 15;

/** The dearest first, each currency by itself: amounts of two are never compared. */
function byMoney({ minor, currency }: Money): string {
  return `${currency} ${String(MOST - minor).padStart(16, '0')}`;
}

/** What went and what came since a page of the list was drawn, and where the row now stands that was to be the first of the next. */
export interface Turned {
  from: number;
  gone: number;
  come: number;
}

/** `before`, `now`: what is on the list, each by its mark, in order. `from`: a position on it as it was. A row that is left out by none of the pages is on one of them. */
export function turned(before: readonly string[] | undefined, now: readonly string[], from: number): Turned {
  if (before === undefined) return { from, gone: 0, come: 0 };
  const at = new Map(now.map((mark, n) => [mark, n]));
  const was = new Set(before);
  const gone = before.filter((mark) => !at.has(mark)).length;
  const come = now.filter((mark) => !was.has(mark)).length;
  const first = before.slice(from).find((mark) => at.has(mark));
  return { from: first === undefined ? Math.max(0, from - gone) : (at.get(first) as number), gone, come };
}

/** So many people are named on a list, and offered to narrow it to. */
const KEEPERS_MAX = 20;

/** Who looks after something on a list, the most first. */
export function keepersOf(rows: readonly Pick<OpenRow, 'keeper'>[]): string[] {
  const counts = new Map<string, number>();
  for (const { keeper } of rows) if (keeper) counts.set(keeper, (counts.get(keeper) ?? 0) + 1);
  return [...counts]
    .sort((a, b) => b[1] - a[1])
    .slice(0, KEEPERS_MAX)
    .map(([keeper]) => keeper);
}

/** So many of a kind are offered. */
const OFFERS_MAX = 5;

/** What a list can be narrowed to so that something is left and something is not, each with how many are so; what it is narrowed to now is among them. */
export function offersOf(rows: readonly OpenRow[], now: Arrange, today: string): { of: Arrange; n: number }[] {
  const { state, programme, keeper } = now;
  const names = [...new Set(rows.flatMap((row) => row.programme ?? []))];
  const of: Arrange[] = [
    ...ROW_STATES.map((one) => ({ state: one })),
    ...names.slice(0, OFFERS_MAX).map((one) => ({ programme: one })),
    ...keepersOf(rows)
      .slice(0, OFFERS_MAX)
      .map((one) => ({ keeper: one })),
    ...(rows.some((row) => row.keeper) ? [{ keeper: NOBODY }] : []),
  ];
  const counted = of.map((one) => ({ of: one, n: rows.filter((row) => fits(row, one, today)).length }));
  const offered = counted.filter(({ n }) => n > 0 && n < rows.length);
  if (!narrows(now) || offered.some((one) => one.of.state === state && one.of.programme === programme && one.of.keeper === keeper)) return offered;
  const { sort: _, ...only } = now;
  return [{ of: only, n: rows.filter((row) => fits(row, only, today)).length }, ...offered];
}
