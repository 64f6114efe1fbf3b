/** The last step, and what becomes of the old subscription. */

import type { Money } from '../../../services/domain/money.ts';
import { CLASSIC_DELETED_AFTER_DAYS } from '../../../services/domain/rules.ts';
import type { LastStepHere } from '../../../services/tickets/endOfTerm.ts';
import type { Safe } from '../../escape.ts';
import type { OldOne } from '../en/suspension.ts';
import { NB } from '../format.ts';
import { aMonth, agree, capital, date, fromThe, number, onThe, people, stamp, the, toThe } from './format.ts';

/** What becomes of it when it is left. `where`: that a cancellation is set in Partner Center is said. */
export const leftSo = (d: { day: string; how: OldOne }, { where } = { where: true }) => {
  const cancelled = `finché qualcuno non imposta un annullamento${where ? ' nel Centro per i partner' : ''}`;
  return {
    renews: `l’abbonamento precedente prosegue e si rinnova ${onThe(date(d.day))}.`,
    ends: `l’abbonamento precedente termina da sé ${onThe(date(d.day))}.`,
    extends: `dopo ${the(date(d.day))} l’abbonamento precedente prosegue di mese in mese come Extended Service Term a pagamento, ${cancelled}.`,
    inEst: `l’abbonamento precedente prosegue di mese in mese nel suo Extended Service Term a pagamento, ${cancelled}.`,
    termEnds: `il periodo dell’abbonamento precedente termina ${onThe(date(d.day))}; Microsoft potrebbe farlo proseguire di mese in mese, e fatturarlo, se nessuno imposta un annullamento${where ? ' nel Centro per i partner' : ''}.`,
    unsaid: 'l’abbonamento precedente è stato lasciato così com’è.',
  }[d.how];
};

export const suspension = {
  state: 'Pronto per l’ultimo passaggio',
  suspend: (plan: Safe) => `Sospensione di ${plan}`,
  end: (plan: Safe) => `Fine di ${plan}`,
  decide: (plan: Safe) => `Decisione su ${plan}`,
  everybody: (n: number) =>
    n === 1 ? 'L’unica persona ha la nuova licenza. Nessuno perde l’accesso.' : `Tutti hanno la nuova licenza (${people(n)}). Nessuno perde l’accesso.`,
  sameSku: (n: number) =>
    `Il piano precedente e quello nuovo usano la stessa licenza, quindi non è stato necessario spostare nessuno. Le nuove licenze bastano per ${n === 1 ? 'l’unica persona che lo usa' : `le ${people(n)} che lo usano`}.`,
  nobody: 'Nessuno aveva la licenza precedente, quindi nessuno perde l’accesso.',
  notKnown: 'Non so chi avesse la licenza precedente. Lo verifico prima di sospendere qualcosa.',
  some: (d: { moved: number; stay: number }) =>
    `${people(d.moved)} ${agree(d.moved, 'ha', 'hanno')} la nuova licenza. ${people(d.stay)} ${agree(d.stay, 'mantiene', 'mantengono')} quella precedente: un altro abbonamento ha ${d.stay === 1 ? 'una licenza per questa persona' : 'licenze per loro'}. Nessuno perde l’accesso.`,
  waived: (d: { who: Safe; reason: Safe; left: number }) =>
    `**${people(d.left)} ${agree(d.left, 'perde', 'perdono')} l’accesso**, perché non ${agree(d.left, 'ha', 'hanno')} una nuova licenza. Lo ha deciso ${d.who}: “${d.reason}”`,
  when: 'Con la sospensione',
  whenAnyway: 'Se lo si sospende comunque',
  billingStops: (now: Money | null) => `**La fatturazione cessa oggi.**${now ? ` Si risparmiano ${aMonth(now)}.` : ''}`,
  deleted: (d: { from: string; end: string }) =>
    d.from === d.end
      ? `Microsoft elimina l’abbonamento e i suoi dati quando termina il periodo, **${onThe(date(d.end))}**.`
      : `Microsoft elimina l’abbonamento e i suoi dati tra circa ${number(CLASSIC_DELETED_AFTER_DAYS.least)}-${number(CLASSIC_DELETED_AFTER_DAYS.most)}${NB}giorni, a partire **${fromThe(date(d.from))}** circa${d.end ? `, oppure quando termina il periodo, ${onThe(date(d.end))}, se questo avviene prima` : ''}.`,
  backOn: 'Finché non viene eliminato può essere riattivato nel Centro per i partner.',
  savesNothing: 'Sospendere ora non fa risparmiare nulla',
  paidUntil: (d: { day: string; now: Money | null }) =>
    `È pagato fino ${toThe(date(d.day))}${d.now ? `, ${aMonth(d.now)}` : ''}. Microsoft lo fattura fino ad allora, sospeso o no.`,
  stopsAtOnce: 'I suoi servizi cessano subito, e così i suoi componenti aggiuntivi.',
  noWayBack: (day: string) => `Dopo ${the(date(day))} non può essere ripristinato. Estrarre prima i dati.`,
  changesLost: 'Il rinnovo automatico viene disattivato e le modifiche pianificate vanno perse.',
  /** It may go on and cost money: the end has to be set, and this step does not set it. */
  setCancellation: (d: { how: OldOne; day: string }) =>
    `${capital(leftSo(d))} Io non imposto questo annullamento: impostarlo nel Centro per i partner, come “annullamento alla fine del periodo”. Verifico se è presente.`,
  setHere: (d: { how: OldOne; day: string }) => `${capital(leftSo(d, { where: false }))} Con “Annulla a fine periodo” lo imposto, e verifico se resta valido.`,
  setItFirst: 'Non è noto se un abbonamento sospeso possa proseguire come Extended Service Term, quindi impostare prima l’annullamento.',
  keepsRenewing: (d: { day: string; at: Money | null }) =>
    `Si rinnova ancora da sé: ${onThe(date(d.day))} prosegue per un altro periodo${d.at ? `, a ${aMonth(d.at)} oltre a quello nuovo` : ''}, a meno che non lo si sospenda o non si disattivi il rinnovo automatico.`,
  suspending: 'Sospensione…',
  suspendingLead: 'Sto sospendendo l’abbonamento precedente, e dopo verifico se è cambiato solo questo.',
  speak: (d: { customer: Safe; last: LastStepHere }) =>
    `${d.customer}: resta un passaggio. ${
      {
        letEnd: 'Lasciare che l’abbonamento precedente termini da sé, o sospenderlo?',
        cancel: 'L’abbonamento precedente non termina da sé: impostarne l’annullamento nel Centro per i partner.',
        setEnd: 'L’abbonamento precedente prosegue se non se ne imposta la fine: annullarlo a fine periodo?',
        suspend: 'Sospendere l’abbonamento precedente?',
        customerActs: 'Il cliente disdice le licenze precedenti dove le ha acquistate.',
      }[d.last]
    }`,
  asked: (at: string) =>
    `Ho chiesto a Microsoft di sospendere l’abbonamento precedente ${onThe(stamp(at))}, e verifico se è stato fatto. Nel frattempo non invio di nuovo la richiesta.`,
  vouched: (d: { who: Safe; reason: Safe }) => `${d.who} ha verificato dove io non potevo: “${d.reason}”`,
  speakNow: (customer: Safe) => `${customer}: sospensione dell’abbonamento precedente in corso.`,
};
