/** What happened to a ticket, and who moved, as cards. */
import type { Ticket, UserMove } from '../../services/domain/ticket.ts';
import { execute } from '../buttons.ts';
import { joined, NOTHING, nameBare, nameText, planBare, planText, type Safe, safe } from '../escape.ts';
import { type Card, renderTicket } from '../render.ts';
import type { Words } from '../text/words.ts';
import { recordDay } from '../ticket/finished.ts';

const ROWS_A_PAGE = 12;

/** Who held which licence before a move, and how it came out for each: what is needed to put it back by hand. */
export function holdersCard(
  view: { ticket: Ticket; userMoves: UserMove[]; waived: ReadonlySet<string>; newPlan: string; from: number; handle: string },
  words: Words,
): { card: Card; summary: string } {
  const { held: say, buttons: b } = words;
  const total = view.userMoves.length;
  const from = Math.min(view.from, Math.floor((total - 1) / ROWS_A_PAGE) * ROWS_A_PAGE);
  const to = Math.min(total, from + ROWS_A_PAGE);
  const page = (title: Safe, start: number) => execute(title, 'history.licences', { id: view.handle, version: 0 }, { more: { from: start } });
  const lines = view.userMoves.slice(from, to).map((userMove) => {
    const off = userMove.disabledPlans.length > 0 ? safe` ${say.off(userMove.disabledPlans.length)}` : NOTHING;
    return safe`${nameText(userMove.name)} – ${say.outcome(view.waived.has(userMove.userId) && userMove.state !== 'moved' ? 'waived' : userMove.state)}${off}`;
  });
  const who = say.who(total);
  const data = {
    lang: words.lang,
    speak: who,
    urgent: false,
    who,
    what: say.what({ ticketId: view.ticket.id, from: planText(view.ticket.facts.offerName), to: planText(view.newPlan) }),
    sections: [{ title: words.replies.page({ from: from + 1, to, of: total }), separator: true, bullets: lines }],
    actions: [
      ...(from > 0 ? [page(b.previous(ROWS_A_PAGE), from - ROWS_A_PAGE)] : []),
      ...(to < total ? [page(b.next(Math.min(ROWS_A_PAGE, total - to)), to)] : []),
    ],
  };
  return { card: renderTicket(data, words), summary: who };
}

/** The record of one ticket, oldest first; one card of those of `total`, from `from` on; `older`: how many lines before all of them are left out. */
export function historyCard(
  view: {
    customer: string;
    ticketId: string;
    plan: string;
    rows: { at: string; what: Safe; by?: Safe }[];
    today: string;
    from?: number;
    total?: number;
    older?: number;
  },
  words: Words,
): { card: Card; summary: string } {
  const who = nameText(view.customer);
  const what = words.history.what({ ticketId: view.ticketId, plan: planText(view.plan) });
  const timeline =
    view.rows.length > 0
      ? {
          timeline: {
            title: safe`${words.finished.happened} (${words.zone()})`,
            width: '120px',
            rows: view.rows.map((row) => ({
              when: safe`${recordDay(row.at, view.today, words)} ${words.time(row.at)}`,
              what: row.what,
              ...(row.by ? { by: row.by } : {}),
            })),
          },
        }
      : { lead: words.history.none };
  const { from = 0, total = view.rows.length, older = 0 } = view;
  const page = total > view.rows.length ? words.replies.page({ from: from + 1, to: from + view.rows.length, of: total }) : null;
  const foot = joined([page, older > 0 ? words.history.older(older) : null]);
  return {
    card: renderTicket(
      {
        lang: words.lang,
        speak: safe`${nameBare(view.customer)} ${planBare(view.ticketId)}`,
        urgent: false,
        who,
        what,
        sections: [],
        ...timeline,
        ...(foot ? { foot } : {}),
        actions: [],
      },
      words,
    ),
    summary: view.ticketId,
  };
}
