/** A move that has stopped. */

import { SIGN_IN_AGAIN } from '../../../services/domain/rules.ts';
import type { Difference, StuckReason, UnsettledWhy } from '../../../services/domain/ticket.ts';
import type { Safe } from '../../escape.ts';
import type { OldOne } from '../en/suspension.ts';
import { date, licences, money, number, onThe, termLength, toThe } from './format.ts';

const vouchHow = 'Se qui non si potrà mai sapere, un approvatore verifica nel Centro per i partner e lo conferma nella chat personale con me.';

/** What the end of a term can be read as, instead of a cancellation that was set: what is planned by a word that is known, or, with nothing planned, its state. */
const LOST: ReadonlySet<string> = new Set(['RenewToNewTerm', 'RenewToExtendedServiceTerm', 'Transition', 'active', 'suspended']);

function notCancelling(code: Safe): string {
  if (LOST.has(code))
    return `**L’annullamento che era impostato non è più presente.** Il Centro per i partner dice “${code}”. Non lo imposto di nuovo da solo.`;
  if (code === 'Cancel')
    return '**Il rinnovo automatico è attivo nonostante l’annullamento che era impostato**, quindi non è certo che l’annullamento valga ancora. Non modifico nulla da solo.';
  return `**Non è certo che l’annullamento valga ancora:** il Centro per i partner dice “${code}”, che non conosco. Non modifico nulla da solo.`;
}

export const stuck = {
  state: 'Fermo: serve un intervento',
  safe: 'Che cosa è certo',
  canDo: 'Che cosa si può fare',
  what: (d: { quantity: number; plan: Safe }) => `${licences(d.quantity)} di ${d.plan}`,
  said: (words: Safe) => `Microsoft dice: “${words}”`,
  vouchHow,
  lead: (reason: StuckReason, d: { time: Safe; left: Safe; differs: Safe; code: Safe }): string =>
    ({
      skuUnknown: `**Microsoft non indica la licenza ${d.code === 'new' ? 'del nuovo abbonamento' : d.code === 'both' ? 'di nessuno dei due abbonamenti' : 'dell’abbonamento precedente'}**, quindi non posso dire chi perderebbe l’accesso. Non è stato sospeso nulla.`,
      seatsUnknown: `**${
        d.code === 'pool'
          ? 'Microsoft non elenca le licenze precedenti'
          : d.code === 'counts'
            ? 'Microsoft non indica quante licenze precedenti sono in uso'
            : 'Il conteggio delle licenze precedenti fatto da Microsoft non corrisponde a ciò che ho letto'
      }**, quindi non so se qualcuno perderebbe l’accesso. Non è stato sospeso nulla.`,
      unread: '**Il Centro per i partner non mi dà ciò che serve per il prossimo passaggio.** Non è stato sospeso nulla.',
      suspendNotDone: '**Ho chiesto due volte di sospendere l’abbonamento precedente, ed è ancora attivo.** Non lo chiedo di nuovo da solo.',
      suspendOverruled: '**L’abbonamento precedente è cambiato dopo il sì alla sospensione, ed è attivo.** Non lo sospendo ignorando quella modifica.',
      notActive: `**L’abbonamento precedente non è più attivo.** Il Centro per i partner lo chiama “${d.code}”. Non l’ho sospeso io.`,
      purchaseRefused: '**Microsoft ha rifiutato l’acquisto.** Non è stato acquistato nulla.',
      orderDiffers: `**È stato acquistato, ma l’ordine non è ciò che era stato approvato: ${d.differs}.** Non proseguo da solo.`,
      provisioningFailed: `**È stato ordinato, ma Microsoft lo chiama “${d.code}”, quindi non si può usare nulla.**`,
      purchaseUnclear: `**Microsoft non ha detto se l’acquisto è andato a buon fine.** L’ho chiesto fino ${toThe(d.time)} e non acquisterò di nuovo.`,
      provisioningLate: '**È stato acquistato, ma Microsoft non lo ha preparato entro un giorno.**',
      holders: `**L’accesso andrebbe perso per ${d.left}**, per mancanza di una nuova licenza. Non è stato sospeso nulla.`,
      suspendRefused: '**Microsoft ha rifiutato di sospendere l’abbonamento precedente.** Non è cambiato nulla.',
      suspendUnclear: `**Microsoft non ha detto se l’abbonamento precedente è sospeso.** L’ho chiesto fino ${toThe(d.time)}.`,
      endRefused: '**Microsoft ha rifiutato di impostare la fine del periodo.** Non è cambiato nulla.',
      endUnclear: `**Microsoft non ha detto se la fine del periodo è impostata.** L’ho chiesto fino ${toThe(d.time)}.`,
      endNotDone:
        '**Ho chiesto a Microsoft di impostare la fine del periodo, e non è presente.** Non lo chiedo di nuovo da solo: impostarla nel Centro per i partner, oppure dire sì ancora una volta.',
      endOverruled: '**L’abbonamento è cambiato dopo il sì a impostarne la fine.** Non la imposto ignorando quella modifica.',
      endLost: notCancelling(d.code),
      forbidden: SIGN_IN_AGAIN.has(d.code)
        ? '**Il Centro per i partner richiede un nuovo accesso con l’account con cui lavoro**, quindi non posso leggere né modificare licenze.'
        : '**Il Centro per i partner non mi consente di leggere o modificare le licenze di questo cliente.**',
      rights: '**Chi ha dato il via a questo passaggio non può più farlo.** Mi sono fermato.',
    })[reason],
  /** `alone`: only an end was to be set, and nothing bought. */
  safeBullets: (reason: StuckReason, d: { day: string; how: OldOne; alone: boolean }): string[] => {
    // Until then it works whatever comes after; where its end could not be set, what comes after is said instead.
    const isSaid = reason.startsWith('end') && (d.how === 'extends' || d.how === 'inEst' || d.how === 'termEnds');
    const works = d.how === 'unsaid' || isSaid ? [] : [`L’abbonamento precedente funziona fino ${toThe(date(d.day))}.`];
    const inEst = d.how === 'inEst' && !isSaid ? ['L’abbonamento precedente prosegue, di mese in mese.'] : works;
    const goesOn = d.how === 'renews' ? [`L’abbonamento precedente prosegue, e si rinnova ${onThe(date(d.day))}.`] : inEst;
    const unchanged = 'Nessuna licenza è cambiata.';
    if (d.alone || reason.startsWith('end'))
      return reason === 'endUnclear' ? ['È impostata oppure no; non ho modificato altro.'] : ['Non ho modificato altro.', ...goesOn];
    if (reason === 'purchaseUnclear') return ['C’è un ordine o nessuno, mai due.', [...goesOn, unchanged].join(' ')];
    if (reason === 'purchaseRefused') return [[...goesOn, unchanged].join(' ')];
    if (reason === 'rights') return ['Ciò che è stato fatto resta fatto, e non succede altro.', ...goesOn];
    if (reason === 'suspendUnclear') return ['È sospeso oppure ancora attivo; non ho modificato altro.'];
    if (reason === 'notActive') return ['È stato acquistato una volta.'];
    return [reason === 'provisioningFailed' ? 'È stato ordinato una volta.' : 'È stato acquistato una volta.', ...goesOn];
  },
  lookBullets: (): string[] => [
    'Verificare nel Centro per i partner se l’annullamento è ancora presente.',
    'Premere “Verifica di nuovo”: lo leggo ancora una volta.',
  ],
  doBullets: (reason: StuckReason, d: { quantity: number; code: string; alone: boolean; vouch: boolean }): string[] => {
    // Only where it can be said is it offered.
    const vouch = d.vouch ? [vouchHow] : [];
    const again = 'Poi premere “Verifica di nuovo”; proseguo da lì.';
    const look = 'Verificare l’abbonamento nel Centro per i partner.';
    const support = 'Chiedere all’assistenza Microsoft dell’ordine; il suo numero è sotto “Per l’assistenza”.';
    if (d.alone || reason.startsWith('end')) return [look, 'Premere “Verifica di nuovo”: poi chiedo ancora una volta, in base allo stato attuale.'];
    if (reason === 'purchaseUnclear')
      return [
        'Continuo a verificare da solo. Quando, venti minuti dopo l’ultimo tentativo, tra i suoi ordini non ne risulta nessuno, non è stato acquistato.',
        `Oppure cercare nel Centro per i partner un ordine di ${licences(d.quantity)}; poi un approvatore preme “Indica cosa è successo”.`,
      ];
    if (reason === 'orderDiffers')
      return [
        'Verificare l’ordine nel Centro per i partner. Ciò che può essere restituito può esserlo entro 7 giorni dall’acquisto.',
        'Un approvatore preme “Prosegui con l’ordine” per accettarlo così com’è; “Verifica di nuovo” legge l’ordine ancora una volta.',
      ];
    if (reason === 'provisioningFailed') return [support, again];
    if (reason === 'purchaseRefused')
      return [
        'Verificare il motivo nel Centro per i partner; il codice è sotto “Per l’assistenza”.',
        'Premere “Verifica di nuovo” per ritentare con lo stesso carrello, oppure “Rinuncia”.',
      ];
    if (reason === 'provisioningLate') return [support, again];
    if (reason === 'skuUnknown' || reason === 'seatsUnknown') return [`Attendere alcuni minuti: Microsoft potrebbe essere in ritardo. ${again}`, ...vouch];
    if (reason === 'unread') return [`Attendere alcuni minuti. ${again}`, ...vouch];
    if (reason === 'suspendNotDone' || reason === 'suspendOverruled') return [look, 'Premere “Verifica di nuovo”: poi chiedo se sospenderlo ora.'];
    if (reason === 'notActive') return [look, 'Premere “Verifica di nuovo” se è di nuovo attivo, oppure “Rinuncia” per chiudere qui la migrazione.'];
    if (reason === 'holders') return ['Assegnare la nuova licenza a queste persone nel Centro per i partner, oppure togliere quella precedente.', again];
    if (reason === 'forbidden' && SIGN_IN_AGAIN.has(d.code))
      return ['Un proprietario mi scrive **consenso** nella chat personale con me, e accede.', again, ...vouch];
    if (reason === 'forbidden')
      return ['Chiedere a un agente di amministrazione di verificare l’accesso a questo cliente (GDAP: Amministratore licenze).', again, ...vouch];
    if (reason === 'rights')
      return ['Premere “Verifica di nuovo”. Questo non fa succedere nulla: poi chiedo di nuovo il sì a questo passaggio, a qualcuno che può darlo.'];
    return [look, again];
  },
  /** `prices`: whether they may be said here. */
  differs: (all: readonly Difference<Safe>[], d: { prices: boolean }): string =>
    all
      .map((one) => {
        if (one.what === 'price' && !d.prices) return 'un altro prezzo';
        if (one.what === 'price') return `${money(one.came)} invece di ${money(one.asked)}`;
        if (one.what === 'seats') return `${licences(one.came)} invece di ${number(one.asked)}`;
        if (one.what === 'lines') return `${number(one.came)} righe invece di una`;
        if (one.what === 'term') return `${termLength(one.came)} invece di ${termLength(one.asked)}`;
        return `${one.came} invece di ${one.asked}`;
      })
      .join('; '),
  unsettled: (why: UnsettledWhy): string =>
    ({
      noSuchOrder: '**Non trovo quell’ordine di questo cliente.** Verificarne il numero nel Centro per i partner.',
      otherProduct: '**Quell’ordine non è di questo piano.** Non è cambiato nulla.',
      otherMove: '**Quell’ordine appartiene a un’altra migrazione.** Non è cambiato nulla.',
      tooSoon: '**È troppo presto per dire che non è stato acquistato.** Gli ordini possono impiegare venti minuti per comparire; continuo a verificare.',
      ordered: '**Il carrello risulta acquistato, quindi non è certo che non ci sia un ordine.** Continuo a cercarlo.',
      orderThere:
        '**Da allora c’è un ordine che potrebbe essere questo.** Indicare quale ordine è, con il suo numero; oppure dire ancora una volta che non è stato acquistato, se non è nessuno di questi.',
      ordersUnread: '**Ora non vedo tutti gli ordini di questo cliente.** Non è cambiato nulla; riprovare più tardi.',
    })[why],
  stepName: {
    purchasing: 'Acquisto',
    provisioning: 'Acquisto',
    purchased: 'Licenze',
    reassigning: 'Licenze',
    suspending: 'Sospensione',
    setting: 'Fine del periodo',
    set: 'Fine del periodo',
  } as Record<string, string>,
  speak: (customer: Safe) => `${customer}: la migrazione si è fermata e serve un intervento. Nulla viene fatto due volte.`,
};
