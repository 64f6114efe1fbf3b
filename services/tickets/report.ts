/** A report out of its rows: what ends when, what is at stake, and what was decided. Pure. */
import { daysBetween } from '../clock.ts';
import { type Money, sumsOf } from '../domain/money.ts';
import type { EndOfTerm } from '../domain/ticket.ts';
import { goesOn } from './endOfTerm.ts';
import type { Decided, ReportRow } from './reportList.ts';
import { ROW_STATES, type RowState, stateOn } from './rowState.ts';

/** How many, what they cost a month in each currency, and of how many that is not known. Currencies are never added. */
export interface Sum {
  n: number;
  sums: Money[];
  unknown: number;
}

/** `key`: null for those that have none; `rest`: all groups that are not named, how many. */
export interface Group<Key> {
  key: Key | null;
  rest?: number;
  sum: Sum;
}

export interface Person {
  key: string;
  approved: number;
  declined: number;
  letGo: number;
}

export interface Report {
  /** Open ones that do not simply go on. */
  stake: Sum;
  /** Open ones of which could not be read how they end. */
  unread: number;
  /** By `2027-03`; `passed`: before today, `later`: after all that are named. */
  months: { month: string; sum: Sum }[];
  programmes: Group<string>[];
  outcomes: Group<EndOfTerm>[];
  keepers: Group<string>[];
  states: Group<RowState>[];
  /** Nobody has begun anything: how many, by how long ago they came up. */
  untouched: { week: number; month: number; older: number; oldestDays: number | null };
  decided: { people: Person[]; rest: number };
  /** What was bought against what it replaces, a month. */
  saved: { n: number; less: Money[]; more: Money[]; unknown: number };
  /** Running now; `soFar`: since each was seen, of those of which that is known. */
  ests: { sum: Sum; soFar: Money[]; soFarUnknown: number };
  cancellable: { n: number; next: string | null };
  /** Bought, and the old one is not yet gone. */
  still: Sum;
}

export type Opened = 'month' | 'person' | 'programme' | 'approvals' | 'ests' | 'export';

/** What of a report can be opened, each by the command that does it. The month is that of the report, whenever it is opened. */
export function openedIn({ months, keepers, programmes, states, ests }: Report, today: string): { what: Opened; command: string }[] {
  const month = today.slice(0, 7);
  return [
    ...(months.some((one) => one.month === month) ? [{ what: 'month', command: `expiring ${MONTH.format(new Date(`${month}-01`))}` } as const] : []),
    ...(keepers.some(({ key }) => key !== null) ? [{ what: 'person', command: 'expiring 3650 by person' } as const] : []),
    ...(programmes.some(({ key }) => key !== null) ? [{ what: 'programme', command: 'expiring 3650 by programme' } as const] : []),
    ...(states.some(({ key }) => key === 'waits') ? [{ what: 'approvals', command: 'approvals' } as const] : []),
    ...(ests.sum.n > 0 ? [{ what: 'ests', command: 'expiring est' } as const] : []),
    { what: 'export', command: 'export' },
  ];
}

/** As a command takes it: `January 2027`. */
const MONTH = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' });

const MONTHS_MAX = 8;
const GROUPS_MAX = 5;
/** Of decisions and purchases. */
export const PERIOD_DAYS = 90;
const MONTH_DAYS = 365 / 12;

export function reportOf(rows: readonly ReportRow[], { today, now }: { today: string; now: string }): Report {
  const open = rows.filter((row) => row.closed === null);
  const stake = open.filter(({ end }) => !goesOn(end) && end !== 'unread');
  const lately = (at: string) => daysBetween(at.slice(0, 10), today) <= PERIOD_DAYS;
  const bought = rows.flatMap((row) => (row.bought ? [{ row, bought: row.bought }] : []));
  const until = bought.flatMap(({ bought: one }) => (one.until !== null && one.until > now ? [one.until] : [])).sort();
  return {
    stake: sumOf(stake),
    unread: open.filter(({ end }) => end === 'unread').length,
    months: monthsOf(stake, today),
    programmes: grouped(stake, ({ programme }) => programme),
    outcomes: grouped(stake, ({ end }) => end),
    keepers: grouped(stake, ({ keeper }) => keeper),
    states: ROW_STATES.flatMap((key) => {
      const some = stake.filter((row) => stateOn(row, today) === key);
      return some.length > 0 ? [{ key, sum: sumOf(some) }] : [];
    }),
    untouched: ageing(
      stake.filter((row) => stateOn(row, today) === 'open'),
      today,
    ),
    decided: peopleOf(rows.flatMap((row) => row.decided.filter(({ at }) => lately(at)))),
    saved: savedBy(bought.filter(({ bought: one }) => lately(one.at))),
    ests: estsOf(
      open.filter(({ end }) => end === 'inEst'),
      today,
    ),
    cancellable: { n: until.length, next: until[0] ?? null },
    still: sumOf(bought.filter(({ bought: { old } }) => old === 'open' || (old !== null && old >= today)).map(({ row }) => row)),
  };
}

function sumOf(rows: readonly ReportRow[]): Sum {
  const known = rows.flatMap(({ monthly }) => monthly ?? []);
  return { n: rows.length, sums: sumsOf(known), unknown: rows.length - known.length };
}

function monthsOf(rows: readonly ReportRow[], today: string): Report['months'] {
  const of = Map.groupBy(rows, ({ day }) => (day < today ? 'passed' : day.slice(0, 7)));
  const passed = of.get('passed');
  of.delete('passed');
  const months = [...of].sort(([a], [b]) => (a < b ? -1 : 1));
  const most = MONTHS_MAX - (passed ? 1 : 0);
  const named = months.length <= most ? months : months.slice(0, most - 1);
  const later = months.slice(named.length).flatMap(([, some]) => some);
  return [
    ...(passed ? [{ month: 'passed', sum: sumOf(passed) }] : []),
    ...named.map(([month, some]) => ({ month, sum: sumOf(some) })),
    ...(later.length > 0 ? [{ month: 'later', sum: sumOf(later) }] : []),
  ];
}

/** The largest first; what has no key last but for the rest. */
function grouped<Key extends string>(rows: readonly ReportRow[], keyOf: (row: ReportRow) => Key | null): Group<Key>[] {
  const of = Map.groupBy(rows, keyOf);
  const none = of.get(null);
  of.delete(null);
  const all = ([...of] as [Key, ReportRow[]][]).sort(([a, some], [b, others]) => others.length - some.length || (a < b ? -1 : 1));
  const named = all.length <= GROUPS_MAX ? all : all.slice(0, GROUPS_MAX - 1);
  const rest = all.slice(named.length);
  return [
    ...named.map(([key, some]) => ({ key, sum: sumOf(some) })),
    ...(none ? [{ key: null, sum: sumOf(none) }] : []),
    ...(rest.length > 0 ? [{ key: null, rest: rest.length, sum: sumOf(rest.flatMap(([, some]) => some)) }] : []),
  ];
}

function ageing(rows: readonly ReportRow[], today: string): Report['untouched'] {
  const ages = rows.map(({ openedAt }) => daysBetween(openedAt.slice(0, 10), today));
  const week = ages.filter((days) => days <= 7).length;
  const month = ages.filter((days) => days > 7 && days <= 30).length;
  const oldestDays = ages.reduce<number | null>((most, days) => Math.max(most ?? 0, days), null);
  return { week, month, older: ages.length - week - month, oldestDays };
}

function peopleOf(all: readonly Decided[]): Report['decided'] {
  const people = [...Map.groupBy(all, ({ by }) => by)].map(([key, some]) => {
    const times = (what: Decided['what']) => some.filter((one) => one.what === what).length;
    return { n: some.length, person: { key, approved: times('approved'), declined: times('declined'), letGo: times('letGo') } };
  });
  people.sort((a, b) => b.n - a.n || (a.person.key < b.person.key ? -1 : 1));
  return { people: people.slice(0, GROUPS_MAX).map(({ person }) => person), rest: Math.max(0, people.length - GROUPS_MAX) };
}

function savedBy(all: readonly { row: ReportRow; bought: NonNullable<ReportRow['bought']> }[]): Report['saved'] {
  const [less, more]: [Money[], Money[]] = [[], []];
  let unknown = 0;
  for (const { row, bought } of all) {
    const [old, fresh] = [row.monthly, bought.monthly];
    if (!old || !fresh || old.currency !== fresh.currency) unknown += 1;
    else if (fresh.minor < old.minor) less.push({ ...old, minor: old.minor - fresh.minor });
    else if (fresh.minor > old.minor) more.push({ ...old, minor: fresh.minor - old.minor });
  }
  return { n: all.length, less: sumsOf(less), more: sumsOf(more), unknown };
}

/** Paid by the month, the one that has begun too. */
function estsOf(rows: readonly ReportRow[], today: string): Report['ests'] {
  const soFar = rows.flatMap(({ monthly, estSince }) => {
    if (!monthly || estSince === null) return [];
    const months = 1 + Math.floor(Math.max(0, daysBetween(estSince.slice(0, 10), today)) / MONTH_DAYS);
    return [{ ...monthly, minor: monthly.minor * months }];
  });
  return { sum: sumOf(rows), soFar: sumsOf(soFar), soFarUnknown: rows.length - soFar.length };
}
