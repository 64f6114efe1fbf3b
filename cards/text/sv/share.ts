/** What is found from the compose box, and the card that is shared from there. */
import type { Safe } from '../../escape.ts';
import { theMoment } from './format.ts';

export const share = {
  what: 'Skriv namnet på en kund, eller ett ärende som S-1001.',
  tooLong: 'Det är för långt för ett namn. Skriv namnet på en kund, eller ett ärende som S-1001.',
  nothing: (d: { wanted: Safe }) => `Jag känner varken till någon kund eller något ärende som heter ${d.wanted}.`,
  mayNot: 'Du har ingen roll i Successor, så inget visas för dig. Den som installerade det hos er kan ge dig en.',
  gone: 'Det finns inte kvar. Sök efter det igen.',
  other: 'Det här kortet delades i en annan chatt. Sök efter det igen här.',
  slow: 'Det tar längre tid än vanligt. Försök en gång till om ett ögonblick.',
  underWay: 'Pågår',
  allRenew: (d: { customer: Safe }) => `Allt hos ${d.customer} förnyas.`,
  nothingOpen: 'Inget öppet ärende',
  /** `at`: when it was last read; null where nobody knows. */
  foot: (at: string | null) => `${at ? `Så som det lästes ${theMoment(at)}. ` : ''}Det här kortet ändras inte av sig självt, och inget kan göras från det.`,
  refresh: 'Uppdatera',
  open: 'Öppna kortet',
};
