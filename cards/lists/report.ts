/** What ends when, what is at stake, and what was decided, as one card. */
import type { Hides } from '../../services/domain/shows.ts';
import type { Money } from '../../services/domain/money.ts';
import type { Group, Opened, Report, Sum } from '../../services/tickets/report.ts';
import { type Action, execute } from '../buttons.ts';
import { harmless, joined, nameShort, type Safe, safe } from '../escape.ts';
import { type Card, renderReport } from '../render.ts';
import type { Words } from '../text/words.ts';

export interface ReportView {
  report: Report;
  /** Names by key, of those that are known. */
  names: Record<string, string>;
  today: string;
  /** Whether all customers were read. */
  whole: boolean;
  /** There are more rows than are counted. */
  more: boolean;
  hides: Hides;
  /** What of it can be opened, in the order of the choices behind `handle`. */
  opened: readonly Opened[];
  handle: string;
}

/** Stand beside each other; the rest is behind the "…". */
const VISIBLE_MAX = 2;
/** Longer than any programme of ours is called. */
const PROGRAMME_MAX = 50;

/** More currencies than so many are counted, not named. */
const CURRENCIES_MAX = 3;

export function reportCard(view: ReportView, words: Words): { card: Card; summary: string } {
  const { report: say } = words;
  const { report } = view;
  const who = say.who(report.stake.n);
  const data = {
    lang: words.lang,
    speak: who,
    who,
    what: joined([report.stake.n > 0 ? say.stake(moneyOf(report.stake, view, words)) : null, view.hides.cost === null ? say.byPrice : say.open]),
    ...(report.months.length > 0 ? { chart: chart(report, words) } : {}),
    sections: sections(view, words).filter(({ lines }) => lines.length > 0),
    foot: joined([
      say.foot(view.today),
      report.unread > 0 ? say.unread(report.unread) : null,
      view.more ? say.more : null,
      view.whole ? null : words.list.gaps,
      hiddenCost(view, words),
    ]),
    actions: view.opened.map((what, index) => openButton(what, index, view, words)),
  };
  return { card: renderReport(data, words), summary: who };
}

function openButton(what: Opened, index: number, view: ReportView, words: Words): Action {
  const { report: say } = words;
  const month = words.month(`${view.today.slice(0, 7)}-01`);
  const titles = { month, person: say.byKeeper, programme: say.byProgramme, ests: say.ests, ...say.opens };
  const mode = index < VISIBLE_MAX ? {} : { mode: 'secondary' as const };
  return execute(titles[what], 'choice.take', { id: view.handle, version: 0 }, { ...mode, more: { choice: index } });
}

function hiddenCost({ hides }: ReportView, { report: say }: Words): Safe | null {
  return hides.cost === null ? null : hides.cost === 'personal' ? say.costInPerson : say.costNever;
}

function chart({ months }: Report, words: Words) {
  const { report: say } = words;
  const named = months.map(({ month, sum }) => ({
    month: month === 'passed' ? say.passed : month === 'later' ? say.later : words.month(`${month}-01`),
    n: sum.n,
  }));
  return {
    title: say.byMonth,
    heads: [say.month, say.subscriptions],
    bars: named.map(({ month, n }) => ({ x: month, y: n })),
    rows: named.map(({ month, n }) => ({ month, count: words.number(n) })),
  };
}

function sections(view: ReportView, words: Words): { title: Safe; lines: Safe[] }[] {
  const { report: say } = words;
  const { report } = view;
  const line = (name: Safe, sum: Sum) => safe`${name}${words.signs.colon} ${words.number(sum.n)}${after(moneyOf(sum, view, words))}`;
  const named = <Key extends string>(groups: readonly Group<Key>[], nameOf: (key: Key) => Safe, none: Safe) =>
    groups.map(({ key, rest, sum }) => line(rest === undefined ? (key === null ? none : nameOf(key)) : say.rest(rest), sum));
  const person = (key: string) => (view.hides.names ? say.colleague : view.names[key] ? nameShort(view.names[key]) : say.somebody);
  return [
    { title: say.byMonthMoney, lines: view.hides.cost === null ? report.months.map(({ month, sum }) => line(monthName(month, words), sum)) : [] },
    { title: say.byProgramme, lines: named(report.programmes, (name) => harmless(name, PROGRAMME_MAX), say.noProgramme) },
    { title: say.byOutcome, lines: named(report.outcomes, (end) => say.ends[end], say.noProgramme) },
    { title: say.byKeeper, lines: named(report.keepers, person, say.nobody) },
    { title: say.byState, lines: named(report.states, (state) => words.list.state(state, null), say.nobody) },
    {
      title: say.waiting,
      lines: report.untouched.oldestDays === null ? [] : [say.untouched({ ...report.untouched, oldestDays: report.untouched.oldestDays })],
    },
    {
      title: say.decided,
      lines: [
        ...report.decided.people.map((one) => say.decidedBy({ ...one, who: person(one.key) })),
        ...(report.decided.rest > 0 ? [say.others(report.decided.rest)] : []),
      ],
    },
    { title: say.bought, lines: boughtLines(view, words) },
    { title: say.ests, lines: estLines(view, words) },
  ];
}

function monthName(month: string, words: Words): Safe {
  return month === 'passed' ? words.report.passed : month === 'later' ? words.report.later : words.month(`${month}-01`);
}

function boughtLines({ report, hides }: ReportView, words: Words): Safe[] {
  const { report: say } = words;
  const { saved, cancellable, still } = report;
  const costs = hides.cost === null;
  return [
    ...(saved.n > 0
      ? [
          say.saved({
            n: saved.n,
            less: costs ? amounts(saved.less, words) : null,
            more: costs ? amounts(saved.more, words) : null,
            unknown: costs ? saved.unknown : 0,
          }),
        ]
      : []),
    ...(cancellable.n > 0 && cancellable.next !== null ? [say.cancellable({ n: cancellable.n, next: cancellable.next })] : []),
    ...(still.n > 0 ? [safe`${say.still(still.n)}${after(moneyOf(still, { hides }, words))}`] : []),
  ];
}

function estLines({ report: { ests }, hides, ...view }: ReportView, words: Words): Safe[] {
  const { report: say } = words;
  if (ests.sum.n === 0) return [];
  const running = safe`${say.running(ests.sum.n)}${after(moneyOf(ests.sum, { hides }, words))}`;
  if (hides.cost !== null) return [running];
  return [running, say.soFar({ sums: amounts(ests.soFar, words), unknown: ests.soFarUnknown, today: view.today })];
}

/** Nothing where prices do not stand; what is not known is counted, never nought. */
function moneyOf({ n, sums, unknown }: Sum, { hides }: Pick<ReportView, 'hides'>, words: Words): Safe | null {
  return hides.cost === null && n > 0 ? words.report.money({ sums: amounts(sums, words), unknown, n }) : null;
}

function amounts(sums: readonly Money[], words: Words): Safe | null {
  if (sums.length === 0) return null;
  const named = sums.slice(0, CURRENCIES_MAX).map((one) => words.money(one));
  return joined([...named, sums.length > CURRENCIES_MAX ? words.report.moreCurrencies(sums.length - CURRENCIES_MAX) : null], ', ');
}

function after(money: Safe | null): Safe {
  return money === null ? safe`` : safe` – ${money}`;
}
