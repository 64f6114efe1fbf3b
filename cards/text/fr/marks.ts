/** Marks on a ticket: how they are written, and what is said of them. */

import type { MoveState } from '../../../services/domain/ticket.ts';
import type { MarkWord } from '../../../services/notify/handles.ts';
import type { Safe } from '../../escape.ts';
import { number, stamp, untilDay } from './format.ts';
import { stateNow } from './states.ts';

/** How a mark is written. */
export const marks: Record<MarkWord, string> = {
  snooze:
    'Écrivez **reporter**, un ticket ou un client, la durée et, si vous voulez, le motif : « reporter S-1001 14 congés », ou « reporter contoso jusqu’au 10 janvier ».',
  dismiss: 'Écrivez **laisser**, un ticket ou un client, et le motif : « laisser S-1001 il nous quitte ».',
  undo: 'Écrivez **rétablir** et un ticket ou un client : « rétablir S-1001 ».',
  assign: 'Écrivez **confier**, un ticket ou un client, et mentionnez la personne : « confier S-1001 @Megan », ou « confier S-1001 moi ».',
  'hand-back': 'Écrivez **rendre** et un ticket ou un client : « rendre S-1001 ».',
  note: 'Écrivez **note**, un ticket ou un client, et le texte : « note S-1001 il rappelle lundi ».',
  seen: 'Écrivez **vu** et un ticket ou un client : « vu S-1001 ».',
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
  assigned: () => 'Vous vous en occupez maintenant.',
  undone: () => 'Le ticket est à nouveau ouvert.',
  nothingToUndo: () => 'Le ticket n’est ni reporté ni laissé sans suite : il n’y a donc rien à rétablir. Rien n’a changé.',
  given: (d: { who: Safe }) => `${d.who} s’en occupe maintenant.`,
  handedBack: () => 'Personne ne s’en occupe maintenant.',
  nobodyHasIt: () => 'Personne ne s’en occupe. Rien n’a changé.',
  noted: () => 'C’est noté.',
  noteTooLong: (d: { max: number }) => `Une note a ${number(d.max)} caractères au plus. Rien n’a été noté ; écrivez-la plus brièvement.`,
  seen: () => 'Il est noté que vous l’avez vu. Les rappels viennent comme avant.',
  dismissed: () => 'Noté. Je ne vous le rappellerai plus.',
  snoozed: (d: { until: string }) => `Reporté ${untilDay(d.until)}.`,
  badDays: (d: { value: Safe }) => `« ${d.value} » n’est pas un nombre de jours de 1 à 365. Rien n’a changé.`,
  noTarget: (d: { of: MarkWord; what: Safe }) => `Je ne trouve ni ticket ni client dans « ${d.what} ». Rien n’a changé. ${marks[d.of]}`,
  nothingOpen: () => 'Aucun ticket de ce client n’est ouvert.',
  assignWhom: (d: { several: boolean }) =>
    `${d.several ? 'Une seule personne s’occupe d’un ticket : mentionnez-en une.' : 'Mentionnez la personne, avec @ et le nom : un nom seul pourrait désigner n’importe qui.'} Rien n’a changé. ${marks.assign}`,
  whoIsThat: (d: { who: Safe }) =>
    `Teams ne me dit pas qui est ${d.who} : je ne l’ai donc confié à personne. Rien n’a changé ; avec « confier S-1001 moi », vous le prenez vous-même.`,
  cannotLookAfter: (d: { who: Safe }) =>
    `${d.who} n’a pas le droit de commencer ou de modifier une migration : je ne l’ai donc confié à personne. Rien n’a changé.`,
  markNotNow: (d: NotNow) =>
    `${d.mark === 'snooze' ? 'Impossible de reporter le ticket' : 'Impossible de le laisser sans suite'} pendant une migration : ${d.who ? `${d.who} l’a commencée le ${stamp(d.at)}, et ` : ''}${stateNow[d.state]}. Rien n’a changé. ${d.ends === null ? 'Elle ne peut plus être annulée et va jusqu’à son terme.' : `Pour y mettre fin d’abord, écrivez **montrer ${d.ticketId}**, puis ${d.ends === 'decline' ? '« annuler », ou « non » et un motif pour refuser' : '« annuler »'}.`}`,
  markClosed: () => 'Ce ticket est clos : plus rien ne peut y être noté. Rien n’a changé ; la carte dit où il en est.',
};
