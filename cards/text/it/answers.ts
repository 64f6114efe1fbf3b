/** What can be answered, and which one was meant. */

import type { Answer, Can } from '../../../services/moves/answers.ts';
import type { Safe } from '../../escape.ts';
import { agree, capital, either, number } from './format.ts';

const about = { customer: 'cliente', subscription: 'abbonamento', plan: 'piano', term: 'periodo', watch: 'cliente o programma', people: 'persone' };

/** The card that asks which one was meant. */
export const choice = {
  about,
  which: (what: Safe) => (what === about.people ? 'Chi resta indietro?' : `Quale ${what} si intende?`),
  one: (what: Safe) => (what === about.people ? 'Si intendono queste persone?' : `Si intende questo ${what}?`),
  wanted: (what: Safe) => `È stato scritto “${what}”. Non è cambiato nulla.`,
  speak: (who: Safe, titles: readonly Safe[]) => `${who} ${either(titles)}.`,
  take: (title: Safe) => `Scegli ${title}`,
  yes: 'Sì, è corretto',
  id: (id: Safe) => `ID ${id}…`,
  allOf: (all: number) => (all === 2 ? 'Entrambi' : `Tutti e ${number(all)}`),
  programme: 'programma di ritiro',
  foot: (d: { more: number; atLeast: boolean; about: 'customer' | 'subscription' | 'plan' | 'term' | 'watch' | 'people' }) =>
    d.more > 0
      ? `${capital(`${d.atLeast ? 'almeno ' : ''}${agree(d.more, 'un altro corrisponde', `altri ${number(d.more)} corrispondono`)}`)}; scrivere una parte più lunga del nome per ${agree(d.more, 'vederlo', 'vederli')}.`
      : d.about === 'term'
        ? 'Un altro? Scrivere di nuovo il piano e il periodo.'
        : 'Si intende altro? Scrivere una parte più lunga del nome.',
};

const answer: Record<Answer, string> = {
  plan: 'il numero o il nome di un piano',
  seats: 'il numero di licenze',
  approve: '**sì** per approvare',
  decline: '**no** e un motivo per rifiutare',
  back: '**indietro** per modificare la scelta',
  cancel: '**annulla** per chiudere la migrazione',
  moveAll: '**sì** per spostare tutte le persone',
  allBut: '**tutti tranne** e i nomi',
  again: '**riprova** per ritentare con chi non è stato spostato',
  check: '**controlla** per verificare di nuovo',
  suspend: '**sì** per sospendere l’abbonamento precedente',
  leave: '**no** e un motivo per lasciarlo attivo',
  leaveThere: '**no** e un motivo per non attendere oltre',
  letEnd: '**sì** per lasciare che quello precedente termini da sé',
  suspendNow: '**sospendi** per sospenderlo ora',
  endNow: '**sì** per impostarne l’annullamento a fine periodo',
  endCancel: '**annulla a fine periodo**',
  endRenew: '**riattiva il rinnovo**',
};

/** What this person can answer by typing; null where there is nothing. */
export function hint(can: Can): string | null {
  const another = can.another ? 'Serve il sì di un altro approvatore. ' : '';
  if (can.answers.length === 0) return can.another ? another.trim() : null;
  return `${another}Rispondere con ${either(can.answers.map((one) => answer[one]))}.`;
}

export const asking = (question: string, can: Can) => [question, hint(can)].filter(Boolean).join(' ');
