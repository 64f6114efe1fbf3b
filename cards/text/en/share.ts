/** What is found from the compose box, and the card that is shared from there. */
import type { Safe } from '../../escape.ts';
import { stamp } from './format.ts';

export const share = {
  what: 'Type a customer’s name, or a ticket such as S-1001.',
  tooLong: 'That is too long for a name. Type a customer’s name, or a ticket such as S-1001.',
  nothing: (d: { wanted: Safe }) => `I know no customer and no ticket called ${d.wanted}.`,
  mayNot: 'You have no role in Successor, so nothing is shown to you. Whoever set it up at your company can give you one.',
  gone: 'It is no longer there. Look for it again.',
  other: 'This card was shared in another chat. Look for it again here.',
  slow: 'That takes longer than usual. Please try once more in a moment.',
  underWay: 'Under way',
  allRenew: (d: { customer: Safe }) => `Everything of ${d.customer} renews.`,
  nothingOpen: 'No open ticket',
  /** `at`: when it was last read; null where nobody knows. */
  foot: (at: string | null) => `${at ? `As it was read on ${stamp(at)}. ` : ''}This card does not change by itself, and nothing can be done on it.`,
  refresh: 'Refresh',
  open: 'Open its card',
};
