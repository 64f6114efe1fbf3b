/** What happened to a ticket, and who moved, as cards. */
import type { Expiry, UserMove } from '../../services/domain/ticket.ts';
import { execute } from '../buttons.ts';
import { nameBare, nameText, planText } from '../escape.ts';
import { type Card, renderMatter } from '../render.ts';
import type { Words } from '../text/en.ts';
import { ROWS_A_PAGE } from './lists.ts';

/** Who held which licence before a move, and how it came out for each: what is needed to put it back by hand. */
export function licencesCard(
  view: { expiry: Expiry; moves: UserMove[]; waived: ReadonlySet<string>; newPlan: string; from: number; handle: string },
  words: Words,
): { card: Card; summary: string } {
  const { held: say, buttons: b } = words;
  const total = view.moves.length;
  const from = Math.min(view.from, Math.floor((total - 1) / ROWS_A_PAGE) * ROWS_A_PAGE);
  const to = Math.min(total, from + ROWS_A_PAGE);
  const page = (title: string, start: number) => execute(title, 'history.licences', { id: view.handle, version: 0 }, { more: { from: start } });
  const lines = view.moves.slice(from, to).map((move) => {
    const off = move.disabledPlans.length > 0 ? ` ${say.off(move.disabledPlans.length)}` : '';
    return { what: `${nameText(move.name)} – ${say.outcome(view.waived.has(move.userId) && move.state !== 'moved' ? 'waived' : move.state)}${off}` };
  });
  const who = say.who(total);
  const data = {
    lang: words.lang,
    speak: who,
    urgent: false,
    who,
    what: say.what({ ticket: view.expiry.id, from: planText(view.expiry.facts.offerName), to: planText(view.newPlan) }),
    sections: [{ title: words.replies.page({ from: from + 1, to, of: total }), separator: true, bullets: lines.map((line) => line.what) }],
    actions: [
      ...(from > 0 ? [page(b.previous(ROWS_A_PAGE), from - ROWS_A_PAGE)] : []),
      ...(to < total ? [page(b.next(Math.min(ROWS_A_PAGE, total - to)), to)] : []),
    ],
  };
  return { card: renderMatter(data), summary: who };
}

/** The whole record of one matter, oldest first. */
export function historyCard(
  view: { customer: string; ticket: string; plan: string; rows: { at: string; what: string; by?: string }[] },
  words: Words,
): { card: Card; summary: string } {
  const who = nameText(view.customer);
  const what = words.history.what({ ticket: view.ticket, plan: planText(view.plan) });
  const timeline =
    view.rows.length > 0
      ? {
          timeline: {
            title: words.finished.happened,
            width: '104px',
            rows: view.rows.map((row) => ({ when: `${words.shortDate(row.at)} ${words.time(row.at)}`, what: row.what, ...(row.by ? { by: row.by } : {}) })),
          },
        }
      : { lead: words.history.none };
  return {
    card: renderMatter({
      lang: words.lang,
      speak: `${nameBare(view.customer)} ${view.ticket}`,
      urgent: false,
      who,
      what,
      sections: [],
      ...timeline,
      actions: [],
    }),
    summary: view.ticket,
  };
}
