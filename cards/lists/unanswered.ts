/** What nobody has reacted to, as one line. */
import type { UnansweredView } from '../../services/notify/ports.ts';
import { nameBare, planBare } from '../escape.ts';
import { offerIn } from './rows.ts';
import type { Words } from '../text/words.ts';

/** With a mention of whoever could react. */
export function unansweredLine({ rows, more, mentions }: UnansweredView, words: Words): string {
  const named = rows.map(({ ticketId, customerName, state = 'open', ...row }) => ({
    ...{ ticketId, customer: nameBare(customerName), plan: planBare(offerIn(row, words)), state: words.list.state(state, null) },
  }));
  return [words.notes.unanswered({ rows: named, more }), ...mentions.map(({ name }) => `<at>${name}</at>`)].join(' ');
}
