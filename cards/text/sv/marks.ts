/** Marks on a ticket: how they are written, and what is said of them. */

import type { MoveState } from '../../../services/domain/ticket.ts';
import type { MarkWord } from '../../../services/notify/handles.ts';
import type { Safe } from '../../escape.ts';
import { number, theDay, theMoment } from './format.ts';
import { stateNow } from './states.ts';

/** How a mark is written. */
export const marks: Record<MarkWord, string> = {
  snooze:
    'Skriv **skjut upp**, ett ärende eller en kund, hur länge och gärna varför: ”skjut upp S-1001 14 semester”, eller ”skjut upp contoso till 10 januari”.',
  dismiss: 'Skriv **släpp**, ett ärende eller en kund, och varför: ”släpp S-1001 de lämnar oss”.',
  undo: 'Skriv **ångra** och ett ärende eller en kund: ”ångra S-1001”.',
  assign: 'Skriv **tilldela**, ett ärende eller en kund, och omnämn personen: ”tilldela S-1001 @Megan”, eller ”tilldela S-1001 mig”.',
  'hand-back': 'Skriv **lämna tillbaka** och ett ärende eller en kund: ”lämna tillbaka S-1001”.',
  note: 'Skriv **anteckning**, ett ärende eller en kund, och texten: ”anteckning S-1001 de ringer tillbaka på måndag”.',
  seen: 'Skriv **sett** och ett ärende eller en kund: ”sett S-1001”.',
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
  assigned: () => 'Du ansvarar för det nu.',
  undone: () => 'Det är öppet igen.',
  nothingToUndo: () => 'Det är varken uppskjutet eller släppt, så det finns inget att ta tillbaka. Inget har ändrats.',
  given: (d: { who: Safe }) => `${d.who} ansvarar för det nu.`,
  handedBack: () => 'Ingen ansvarar för det nu.',
  nobodyHasIt: () => 'Ingen ansvarar för det. Inget har ändrats.',
  noted: () => 'Noterat.',
  noteTooLong: (d: { max: number }) => `En anteckning får ha högst ${number(d.max)} tecken. Inget skrevs ned; skriv den med färre ord.`,
  seen: () => 'Det är noterat att du har sett det. Påminnelser kommer som förut.',
  dismissed: () => 'Noterat. Jag påminner dig inte om det igen.',
  snoozed: (d: { until: string }) => `Uppskjutet till ${theDay(d.until)}.`,
  badDays: (d: { value: Safe }) => `”${d.value}” är inte ett antal dagar från 1 till 365. Inget har ändrats.`,
  noTarget: (d: { of: MarkWord; what: Safe }) => `Jag hittar inget ärende och ingen kund i ”${d.what}”. Inget har ändrats. ${marks[d.of]}`,
  nothingOpen: () => 'Inget ärende för kunden är öppet.',
  assignWhom: (d: { several: boolean }) =>
    `${d.several ? 'En person ansvarar för ett ärende: omnämn en.' : 'Omnämn personen, med @ och namnet: bara ett namn kan vara vem som helst.'} Inget har ändrats. ${marks.assign}`,
  whoIsThat: (d: { who: Safe }) =>
    `Teams talar inte om för mig vem ${d.who} är, så jag gav det inte till någon. Inget har ändrats; med ”tilldela S-1001 mig” tar du det själv.`,
  cannotLookAfter: (d: { who: Safe }) => `${d.who} får inte påbörja eller ändra en flytt, så jag gav det inte till någon. Inget har ändrats.`,
  markNotNow: (d: NotNow) =>
    `${d.mark === 'snooze' ? 'Det går inte att skjuta upp' : 'Det går inte att släppa'} medan en flytt pågår: ${d.who ? `${d.who} påbörjade den ${theMoment(d.at)}, och ` : ''}${stateNow[d.state]}. Inget har ändrats. ${d.ends === null ? 'Den går inte längre att avbryta och fortsätter till slutet.' : `För att avsluta den först, skriv **visa ${d.ticketId}**, sedan ${d.ends === 'decline' ? '”avbryt”, eller ”nej” och ett skäl för att avslå' : '”avbryt”'}.`}`,
  markClosed: () => 'Ärendet är stängt, så inget antecknas på det längre. Inget har ändrats; kortet säger hur det står till.',
};
