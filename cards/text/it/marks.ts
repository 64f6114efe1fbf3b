/** Marks on a ticket: how they are written, and what is said of them. */

import type { MoveState } from '../../../services/domain/ticket.ts';
import type { MarkWord } from '../../../services/notify/handles.ts';
import type { Safe } from '../../escape.ts';
import { date, number, onThe, stamp, toName, toThe } from './format.ts';
import { stateNow } from './states.ts';

/** How a mark is written. */
export const marks: Record<MarkWord, string> = {
  snooze:
    'Scrivere **rinvia**, un ticket o un cliente, per quanto tempo, ed eventualmente perché: “rinvia S-1001 14 ferie”, oppure “rinvia contoso fino al 10 gennaio”.',
  dismiss: 'Scrivere **lascia**, un ticket o un cliente, e perché: “lascia S-1001 passano ad altri”.',
  undo: 'Scrivere **ripristina** e un ticket o un cliente: “ripristina S-1001”.',
  assign: 'Scrivere **assegna**, un ticket o un cliente, e menzionare la persona: “assegna S-1001 @Megan”, oppure “assegna S-1001 a me”.',
  'hand-back': 'Scrivere **restituisci** e un ticket o un cliente: “restituisci S-1001”.',
  note: 'Scrivere **nota**, un ticket o un cliente, e il testo: “nota S-1001 richiamano lunedì”.',
  seen: 'Scrivere **visto** e un ticket o un cliente: “visto S-1001”.',
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
  assigned: () => 'Ticket preso in carico.',
  undone: () => 'È di nuovo aperto.',
  nothingToUndo: () => 'Non è né rinviato né lasciato andare, quindi non c’è nulla da revocare. Non è cambiato nulla.',
  given: (d: { who: Safe }) => `Ora è in carico ${toName(d.who)}.`,
  handedBack: () => 'Ora non è in carico a nessuno.',
  nobodyHasIt: () => 'Non è in carico a nessuno. Non è cambiato nulla.',
  noted: () => 'Annotato.',
  noteTooLong: (d: { max: number }) => `Una nota ha al massimo ${number(d.max)} caratteri. Non è stato annotato nulla; scriverla con meno parole.`,
  seen: () => 'Presa visione annotata. I promemoria arrivano come prima.',
  dismissed: () => 'Annotato. Non invio altri promemoria in proposito.',
  snoozed: (d: { until: string }) => `Rinviato fino ${toThe(date(d.until))}.`,
  badDays: (d: { value: Safe }) => `“${d.value}” non è un numero di giorni da 1 a 365. Non è cambiato nulla.`,
  noTarget: (d: { of: MarkWord; what: Safe }) => `In “${d.what}” non trovo nessun ticket e nessun cliente. Non è cambiato nulla. ${marks[d.of]}`,
  nothingOpen: () => 'Non ha ticket aperti.',
  assignWhom: (d: { several: boolean }) =>
    `${d.several ? 'Un ticket è in carico a una sola persona: menzionarne una.' : 'Menzionare la persona, con @ e il nome: un nome da solo potrebbe essere di chiunque.'} Non è cambiato nulla. ${marks.assign}`,
  whoIsThat: (d: { who: Safe }) =>
    `Teams non mi dice chi è ${d.who}, quindi non l’ho affidato a nessuno. Non è cambiato nulla; con “assegna S-1001 a me” lo prende in carico chi scrive.`,
  cannotLookAfter: (d: { who: Safe }) => `${d.who} non può avviare o modificare una migrazione, quindi non l’ho affidato a nessuno. Non è cambiato nulla.`,
  markNotNow: (d: NotNow) =>
    `${d.mark === 'snooze' ? 'Non si può rinviare' : 'Non si può lasciare andare'} mentre è in corso una migrazione: ${d.who ? `${d.who} l’ha avviata ${onThe(stamp(d.at))}, e ` : ''}${stateNow[d.state]}. Non è cambiato nulla. ${d.ends === null ? 'Non si può più annullare e prosegue fino alla fine.' : `Per chiuderla prima, scrivere **mostra ${d.ticketId}**, poi ${d.ends === 'decline' ? '“annulla”, oppure “no” e un motivo per rifiutare' : '“annulla”'}.`}`,
  markClosed: () => 'Il ticket è chiuso, quindi non vi si annota più nulla. Non è cambiato nulla; la scheda dice a che punto è.',
};
