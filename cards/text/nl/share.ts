/** What is found from the compose box, and the card that is shared from there. */
import type { Safe } from '../../escape.ts';
import { stamp } from './format.ts';

export const share = {
  what: 'Typ de naam van een klant, of een ticket zoals S-1001.',
  tooLong: 'Dat is te lang voor een naam. Typ de naam van een klant, of een ticket zoals S-1001.',
  nothing: (d: { wanted: Safe }) => `Ik ken geen klant en geen ticket met de naam ${d.wanted}.`,
  mayNot: 'U hebt geen rol in Successor, dus u krijgt niets te zien. Wie Successor in uw bedrijf heeft ingericht, kan u een rol geven.',
  gone: 'Dit is er niet meer. Zoek het opnieuw.',
  other: 'Deze kaart is in een andere chat gedeeld. Zoek opnieuw in deze chat.',
  slow: 'Dit duurt langer dan gewoonlijk. Probeer het over een ogenblik nog eens.',
  underWay: 'In uitvoering',
  allRenew: (d: { customer: Safe }) => `Alles van ${d.customer} wordt verlengd.`,
  nothingOpen: 'Geen open ticket',
  /** `at`: when it was last read; null where nobody knows. */
  foot: (at: string | null) => `${at ? `Zoals gelezen op ${stamp(at)}. ` : ''}Deze kaart verandert niet vanzelf, en op deze kaart kan niets worden gedaan.`,
  refresh: 'Vernieuwen',
  open: 'De kaart zelf openen',
};
