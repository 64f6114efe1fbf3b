/** Marks on a ticket: how they are written, and what is said of them. */

import type { MoveState } from '../../../services/domain/ticket.ts';
import type { MarkWord } from '../../../services/notify/handles.ts';
import type { Safe } from '../../escape.ts';
import { date, number, stamp } from './format.ts';
import { stateNow } from './states.ts';

/** How a mark is written. */
export const marks: Record<MarkWord, string> = {
  snooze:
    'Schrijf **uitstellen**, een ticket of een klant, voor hoelang, en eventueel waarom: “uitstellen S-1001 14 vakantie”, of “uitstellen contoso tot 10 januari”.',
  dismiss: 'Schrijf **laat gaan**, een ticket of een klant, en waarom: “laat gaan S-1001 zij gaan bij ons weg”.',
  undo: 'Schrijf **herstel** en een ticket of een klant: “herstel S-1001”.',
  assign: 'Schrijf **toewijzen**, een ticket of een klant, en vermeld de persoon: “toewijzen S-1001 @Megan”, of “toewijzen S-1001 mij”.',
  'hand-back': 'Schrijf **teruggeven** en een ticket of een klant: “teruggeven S-1001”.',
  note: 'Schrijf **notitie**, een ticket of een klant, en de tekst: “notitie S-1001 zij bellen maandag terug”.',
  seen: 'Schrijf **gezien** en een ticket of een klant: “gezien S-1001”.',
};

export function isMark(of: string): of is MarkWord {
  return Object.hasOwn(marks, of);
}

interface NotNow {
  mark: 'snooze' | 'dismiss';
  ticketId: string;
  state: MoveState;
  who: Safe;
  at: string;
  /** What would end the move that goes on. */
  ends: 'cancel' | 'decline' | null;
}

export const ofMarks = {
  assigned: () => 'U behandelt het nu.',
  undone: () => 'Het is weer open.',
  nothingToUndo: () => 'Het is niet uitgesteld en niet losgelaten, dus er valt niets te herstellen. Er is niets gewijzigd.',
  given: (d: { who: Safe }) => `${d.who} behandelt het nu.`,
  handedBack: () => 'Niemand behandelt het nu.',
  nobodyHasIt: () => 'Niemand behandelt het. Er is niets gewijzigd.',
  noted: () => 'Genoteerd.',
  noteTooLong: (d: { max: number }) => `Een notitie heeft hooguit ${number(d.max)} tekens. Er is niets genoteerd; schrijf het in minder woorden.`,
  seen: () => 'Genoteerd dat u het hebt gezien. Herinneringen komen zoals voorheen.',
  dismissed: () => 'Genoteerd. Ik herinner u er niet meer aan.',
  snoozed: (d: { until: string }) => `Uitgesteld tot ${date(d.until)}.`,
  badDays: (d: { value: Safe }) => `“${d.value}” is geen aantal dagen van 1 tot en met 365. Er is niets gewijzigd.`,
  noTarget: (d: { of: MarkWord; what: Safe }) => `Ik vind geen ticket en geen klant in “${d.what}”. Er is niets gewijzigd. ${marks[d.of]}`,
  nothingOpen: () => 'Hiervan is geen ticket open.',
  assignWhom: (d: { several: boolean }) =>
    `${d.several ? 'Eén persoon behandelt een ticket: vermeld er één.' : 'Vermeld de persoon, met @ en de naam: een naam alleen kan iedereen zijn.'} Er is niets gewijzigd. ${marks.assign}`,
  whoIsThat: (d: { who: Safe }) =>
    `Teams zegt mij niet wie ${d.who} is, dus ik heb het aan niemand toegewezen. Er is niets gewijzigd; met “toewijzen S-1001 mij” neemt u het zelf.`,
  cannotLookAfter: (d: { who: Safe }) => `${d.who} mag geen omzetting beginnen of wijzigen, dus ik heb het aan niemand toegewezen. Er is niets gewijzigd.`,
  markNotNow: (d: NotNow) =>
    `${d.mark === 'snooze' ? 'Het kan niet worden uitgesteld' : 'Het kan niet worden losgelaten'} zolang er een omzetting loopt: ${d.who ? `${d.who} is die begonnen op ${stamp(d.at)}, en ` : ''}${stateNow[d.state]}. Er is niets gewijzigd. ${d.ends === null ? 'Die kan niet meer worden geannuleerd en gaat door tot het einde.' : `Schrijf **toon ${d.ticketId}** om die eerst te beëindigen, en dan ${d.ends === 'decline' ? '“annuleer”, of “nee” en een reden om af te wijzen' : '“annuleer”'}.`}`,
  markClosed: () => 'Het ticket is gesloten, dus er wordt niets meer bij vastgelegd. Er is niets gewijzigd; de kaart zegt hoe het ervoor staat.',
};
