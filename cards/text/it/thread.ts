/** Lines below a card, for everybody in the chat. */

import type { Money } from '../../../services/domain/money.ts';
import type { MoveState, RefusalReason, SetEnd, Standing } from '../../../services/domain/ticket.ts';
import type { LastStepHere } from '../../../services/tickets/endOfTerm.ts';
import type { Safe } from '../../escape.ts';
import { stopAfter } from '../format.ts';
import type { StoodStill } from '../en/notice.ts';
import type { OldOne } from '../en/suspension.ts';
import { aMonth, agree, capital, count, date, fromThe, licences, money, number, onThe, people, stamp, the, toName, toThe } from './format.ts';
import { outOf } from './licences.ts';
import { stillCosts } from './notice.ts';
import { refusals } from './purchase.ts';
import { leftSo } from './suspension.ts';
import { whoLosesThen } from './termEnd.ts';

/** How far a move came. `people`: null while nobody was counted. `last`: what its last step asks. `active`: the old subscription still is. */
interface Progress {
  state: MoveState;
  people: { movable: number; moved: number; total: number; without: number } | null;
  last: LastStepHere;
  active: boolean;
}

const last: Record<LastStepHere, string> = {
  setEnd: 'Impostarne l’annullamento a fine periodo, oppure lasciarlo con un motivo.',
  letEnd: 'Lasciare che termini da sé, oppure sospenderlo.',
  cancel: 'Impostarne l’annullamento nel Centro per i partner, oppure lasciarlo con un motivo.',
  suspend: 'Sospenderlo, oppure lasciarlo con un motivo.',
  customerActs: 'Chiedere al cliente se lo ha disdetto, oppure non attendere oltre, con un motivo.',
};

/** What a move waits for where nobody answers, and how it is ended. */
function waits(d: Progress): string | null {
  switch (d.state) {
    case 'drafting':
      return 'è stata avviata una migrazione e non è stato chiesto alcun prezzo. Scegliere un piano, oppure “Annulla la migrazione”; non è stato acquistato nulla.';
    case 'purchased':
      return `le nuove licenze sono acquistate e ${movedSoFar(d.people)}${d.active ? '; fino ad allora si pagano entrambi gli abbonamenti' : ''}.`;
    case 'reassigned':
      return d.active
        ? `l’ultimo passaggio attende: l’abbonamento precedente prosegue ancora e si paga. ${last[d.last]}`
        : 'l’ultimo passaggio attende: la scheda dice che cosa.';
    case 'weighed':
      return 'la fine del periodo attende un’approvazione.';
    case 'stuck':
      return 'questa migrazione si è fermata e serve un intervento. Scegliere “Verifica di nuovo”, oppure verificare nel Centro per i partner.';
    default:
      return null;
  }
}

function movedSoFar(counted: Progress['people']): string {
  if (!counted) return 'non è ancora stato contato chi ha quelle precedenti';
  const { moved, total, without } = counted;
  if (without > 0) return `${people(without)} ora non ${agree(without, 'ha', 'hanno')} nessuna delle due. Il prossimo tentativo assegna quella nuova`;
  if (moved > 0) return `${outOf(moved, total)} ${agree(moved, 'è stata spostata', 'sono state spostate')}. Scegliere che cosa succede con le altre`;
  return 'nessuno è stato spostato. Scegliere chi spostare';
}

/** What is to be done now, and where; null where nothing is. */
function next(d: Progress): string | null {
  switch (d.state) {
    case 'cancelled':
      return 'Scegliere un piano sulla scheda, oppure lasciare andare l’abbonamento.';
    case 'purchased':
      if ((d.people?.movable ?? 0) > 0) return 'Scegliere sulla scheda chi spostare.';
      return (d.people?.moved ?? 0) > 0
        ? 'Scegliere sulla scheda che cosa succede con chi non è stato spostato.'
        : 'La scheda dice che cosa occorre a ciascuno; poi scegliere “Controlla di nuovo”.';
    case 'reassigned':
      return d.active ? last[d.last] : null;
    case 'stuck':
      return 'Scegliere “Verifica di nuovo” sulla scheda, oppure verificare nel Centro per i partner.';
    default:
      return null;
  }
}

/** What is at stake at the end: people where it ends, money where it goes on; null where neither is known. */
function stake(d: { ends: boolean; extends: boolean; day: string; inUse: number | null; now: Money | null; after: Money | null }): string | null {
  const extended = `Dopo ${the(date(d.day))} prosegue come Extended Service Term a pagamento`;
  if (d.extends && d.after) return `${extended}: ${aMonth(d.after)}${d.now ? `, ora ${money(d.now)}` : ''}.`;
  if (d.extends) return `${extended}${d.now ? `. Ora costa ${aMonth(d.now)}; quanto costerà allora non è noto` : '; a quale prezzo non è noto'}.`;
  const lost = d.ends && d.inUse ? `alla fine del periodo ${people(d.inUse)} ${agree(d.inUse, 'perde', 'perdono')} l’accesso` : null;
  const said = [lost, d.now ? `ora costa ${aMonth(d.now)}` : null].filter(Boolean).join('; ');
  return said ? `${capital(said)}.` : null;
}

export const thread = {
  toAnswer: (ticketId: string) => `Scrivere **mostra ${ticketId}** per rispondere.`,
  /** A price is null where none is said here. */
  asked: (d: { who: Safe; quantity: number; plan: Safe; monthly: Money | null; yours: boolean }) =>
    `${d.who} chiede di acquistare ${licences(d.quantity)} di ${d.plan}${d.monthly ? `, ${aMonth(d.monthly)}` : ''}. La richiesta attende ${d.yours ? 'il sì di chi legge' : 'un’approvazione'}.`,
  repriced: (d: { before: Money; after: Money } | null) =>
    `Il prezzo è cambiato${d ? ` da ${aMonth(d.before)} a ${aMonth(d.after)}` : ''}. Non è stato acquistato nulla; si attende una nuova approvazione.`,
  approvalDue: (d: { until: string; yours: boolean }) =>
    `Si attende ancora ${d.yours ? 'il sì di chi legge' : 'un’approvazione'}, fino ${toThe(stamp(d.until))}. Poi il preventivo decade e non viene acquistato nulla.`,
  approved: (d: { who: Safe }) => `${d.who} ha approvato. Procedo ora con l’acquisto.`,
  declined: (d: { who: Safe; reason: Safe }) => `${d.who} ha rifiutato: “${d.reason}”${stopAfter(d.reason)} L’abbonamento precedente è invariato.`,
  cancelled: (d: { who: Safe }) => `${d.who} ha annullato la migrazione. Non è stato acquistato nulla.`,
  cancelledOpen: (d: { who: Safe }) => `${d.who} ha annullato la migrazione prima che l’acquisto venisse effettuato.`,
  cancelledEnd: (d: { who: Safe }) => `${d.who} ha revocato la richiesta: non imposto quella fine.`,
  lapsedEnd: () => 'Nessuno ha approvato entro un giorno, quindi non imposto quella fine.',
  lapsedOpen: () => 'Nessuno ha risposto entro un giorno, quindi questo acquisto non viene effettuato.',
  lapsed: () => 'Nessuno ha approvato entro un giorno, quindi il preventivo è decaduto. Non è stato acquistato nulla.',
  refused: (reason: RefusalReason) => refusals[reason],
  counted: (d: { movable: number; total: number; blocked: number }) =>
    d.blocked === 0
      ? `Acquistato. ${outOf(d.movable, d.total)} ${agree(d.movable, 'può', 'possono')} passare alla nuova licenza.`
      : `Acquistato. ${outOf(d.movable, d.total)} ${agree(d.movable, 'può', 'possono')} passare alla nuova licenza; per ${number(d.blocked)} serve prima qualcosa.`,
  nothingToMove: () => 'Acquistato. Non occorre spostare nessuno. Resta un passaggio.',
  moved: (d: { moved: number; total: number }) =>
    d.moved >= d.total
      ? 'Tutti sono stati spostati. Resta un passaggio.'
      : `${outOf(d.moved, d.total)} ${agree(d.moved, 'spostata', 'spostate')}, e non occorre spostarne altre. Resta un passaggio.`,
  someFailed: (d: { moved: number; total: number; left: number }) =>
    `${outOf(d.moved, d.total)} ${agree(d.moved, 'spostata', 'spostate')}; per ${number(d.left)} serve una verifica.`,
  waived: (d: { who: Safe; reason: Safe }) =>
    `${d.who} lascia indietro qualcuno, indicandolo per nome: “${d.reason}”${stopAfter(d.reason)} Chi è lasciato indietro perde l’accesso quando l’abbonamento precedente viene sospeso.`,
  vouched: (d: { who: Safe; reason: Safe }) =>
    `${d.who} ha verificato dove io non potevo, e dice che nessuno perde l’accesso: “${d.reason}”${stopAfter(d.reason)} Ora sospendo l’abbonamento precedente.`,
  endAsked: (d: { who: Safe; to: SetEnd; plan: Safe; day: string; yours: boolean }) =>
    `${d.who} chiede di ${d.to === 'renew' ? `rinnovare ${d.plan} ${fromThe(date(d.day))}` : `annullare ${d.plan} alla fine del periodo, ${the(date(d.day))}`}. La richiesta attende ${d.yours ? 'il sì di chi legge' : 'un’approvazione'}.`,
  endSetting: (d: { who: Safe; to: SetEnd }) =>
    d.to === 'renew' ? `${d.who} ha detto sì. Sto riattivando il rinnovo automatico.` : `${d.who} ha detto sì. Sto impostando l’annullamento.`,
  endSet: (d: { day: string }) => `L’annullamento per ${the(date(d.day))} risulta impostato. Verifico di nuovo fino alla fine dell’abbonamento.`,
  endWarned: (d: { loses: number | null; day: string }) => whoLosesThen(d.loses, d.day).replaceAll('**', ''),
  finishedGone: () => 'Migrazione conclusa: le licenze che non erano state acquistate tramite noi non sono più nel tenant del cliente.',
  finishedEnded: () => 'Migrazione conclusa: l’abbonamento precedente è terminato.',
  finishedRenewed: (d: { day: string }) => `È stato impostato il rinnovo, che avviene ${onThe(date(d.day))}.`,
  finishedSuspended: () => 'Migrazione conclusa: l’abbonamento precedente è sospeso.',
  finishedLetExpire: (d: { day: string; how: OldOne }) => `Migrazione conclusa: ${leftSo(d)}`,
  finishedGivenUp: (d: { who: Safe }) => `${d.who} ha chiuso qui la migrazione. Ciò che è stato fatto resta fatto.`,
  renewed: () => 'L’abbonamento torna a rinnovarsi. Non c’è nulla da fare.',
  settled: (how: string) => `${how} Non c’è nulla da fare.`,
  ended: (d: ({ standing: Standing } & StoodStill) | null) =>
    d?.standing === 'suspended'
      ? `È stato sospeso altrove. ${stillCosts(d)}`
      : d === null
        ? 'È terminato o è stato sospeso altrove. Qui non succede altro.'
        : 'È terminato. Qui non succede altro.',
  left: () => 'Il Centro per i partner indica che il cliente non è più nostro, quindi non ne vedo più gli abbonamenti. Qui non succede altro.',
  changed: {
    suspended: 'L’abbonamento precedente è stato sospeso, e non sono stato io.',
    ended: 'L’abbonamento precedente è terminato.',
    gone: 'Il Centro per i partner non conosce più l’abbonamento precedente.',
    left: 'Il Centro per i partner indica che il cliente non è più nostro.',
    renews: 'L’abbonamento precedente torna a rinnovarsi.',
    stops: 'Per l’abbonamento precedente non è più previsto un semplice rinnovo; la scheda dice che cosa succede.',
    again: 'Ancora una volta non è più previsto un semplice rinnovo. È lo stesso ticket, di nuovo aperto; la scheda dice che cosa succede.',
    end: 'È cambiato che cosa succede alla fine dell’abbonamento precedente, o quando termina.',
    unread: 'Da un giorno il Centro per i partner non indica se l’abbonamento precedente si rinnova.',
    name: 'Il cliente ha un nuovo nome.',
    disagree: 'Ora il rinnovo automatico dell’abbonamento precedente e ciò che è pianificato per esso sono in contrasto; la scheda dice come.',
    estPlanned: 'Ora Microsoft ha pianificato per esso un Extended Service Term a pagamento. Un annullamento impostato prima di quel giorno lo fa terminare.',
    estBegun: 'Il periodo è finito, e l’abbonamento prosegue di mese in mese come Extended Service Term a pagamento.',
    planSet: 'Per il prossimo periodo è stata pianificata una modifica; la scheda dice quale.',
    planChanged: 'Per il prossimo periodo ora è pianificata un’altra modifica; la scheda dice quale.',
    planLost: 'La modifica pianificata per il prossimo periodo è andata persa; l’abbonamento si rinnova così com’è.',
    goesOn: 'La migrazione è conclusa, eppure l’abbonamento precedente prosegue e si paga insieme a quello nuovo. La scheda dice come.',
    stillBilled: 'Qualcuno ha sospeso l’abbonamento precedente, che viene comunque fatturato fino alla fine del periodo.',
  } as Record<string, string>,
  seatsChanged: (d: { from: number; to: number }) =>
    d.from < 0 || d.to < 0
      ? 'Il numero di licenze precedenti è cambiato.'
      : `Il numero di licenze precedenti è cambiato da ${number(d.from)} a ${number(d.to)}.`,
  waits: (d: Progress & { count: number }) =>
    `${d.count > 1 ? `Promemoria ${number(d.count)}: ` : 'Promemoria: '}${waits(d) ?? 'questa migrazione attende un intervento.'}`,
  reminderMoving: (d: Progress & { days: number }) =>
    `${agree(d.days, 'Resta', 'Restano')} ${count(d.days, 'giorno', 'giorni')}: ${waits(d) ?? 'la migrazione prosegue.'}`,
  passed: (d: { renews: boolean }) =>
    d.renews ? 'L’ultimo giorno è passato.' : 'L’ultimo giorno è passato, e il Centro per i partner lo elenca ancora come attivo. Nessuno ha ancora deciso.',
  reminder: (d: { days: number; stake: string | null; who: Safe | null }) =>
    [
      `${agree(d.days, 'Resta', 'Restano')} ${count(d.days, 'giorno', 'giorni')}.`,
      d.who ? `È in carico ${toName(d.who)}; nessuno ha ancora deciso.` : 'Nessuno ha ancora deciso.',
      d.stake,
    ]
      .filter(Boolean)
      .join(' '),
  stake,
  next,
  stuckUnclear: () => 'Qui serve l’intervento di una persona: non è chiaro se l’ultimo passaggio sia riuscito.',
  stuckRefused: () => 'Qui serve l’intervento di una persona: Microsoft ha rifiutato un passaggio.',
  stuckStopped: () => 'Qui serve l’intervento di una persona: la migrazione si è fermata, e la scheda dice perché.',
  orderAsked: (d: { order: Safe }) => `L’ordine ${d.order} è questo acquisto? Non viene acquistato nulla finché un approvatore non lo dice sulla scheda.`,
  orderFound: (d: { order: Safe }) => `È stato acquistato: ordine ${d.order}. Proseguo da lì.`,
  stillWaits: () => 'Questo attende ancora. La scheda dice che cosa; lì può essere annullato.',
  snoozed: (d: { who: Safe; day: string }) => `${d.who} ha rinviato il ticket fino ${toThe(date(d.day))}.`,
  dismissed: (d: { who: Safe; reason: Safe }) => `${d.who} lascia andare il ticket: “${d.reason}”`,
  assigned: (d: { who: Safe }) => `${d.who} ha preso in carico il ticket.`,
  given: (d: { who: Safe; whom: Safe }) => `${d.who} ha affidato il ticket ${toName(d.whom)}, che ora lo ha in carico.`,
  handedBack: (d: { who: Safe }) => `${d.who} ha restituito il ticket: non è in carico a nessuno.`,
  undone: (d: { who: Safe; of: 'snoozed' | 'dismissed' | null }) =>
    d.of === 'snoozed'
      ? `${d.who} ha revocato il rinvio: il ticket è di nuovo aperto.`
      : d.of === 'dismissed'
        ? `${d.who} ha ripreso il ticket che era stato lasciato andare: è di nuovo aperto.`
        : `${d.who} ha revocato questa scelta: il ticket è di nuovo aperto.`,
  note: (d: { who: Safe; text: Safe }) => `${d.who} annota: “${d.text}”`,
  seen: (d: { who: Safe }) => `${d.who} ha visto il ticket.`,
};
