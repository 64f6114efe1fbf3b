/** What is said to the one who asked: why it did not happen, that nothing has changed, what to do. */

import type { Money } from '../../../services/domain/money.ts';
import type { Stop } from '../../../services/domain/reasons.ts';
import type { MoveState, SetEnd } from '../../../services/domain/ticket.ts';
import type { Can } from '../../../services/moves/answers.ts';
import type { Right } from '../../../services/people/roles.ts';
import type { LastStepHere } from '../../../services/tickets/endOfTerm.ts';
import type { MarkWord } from '../../../services/notify/handles.ts';
import type { Counted } from '../../../services/watch/known.ts';
import type { Safe } from '../../escape.ts';
import type { Becomes } from '../en/ends.ts';
import { asking, hint } from './answers.ts';
import { becoming } from './ends.ts';
import { aMonth, agree, date, either, fromThe, licences, listed, number, onThe, people, stamp, toThe } from './format.ts';
import { isMark, marks, ofMarks } from './marks.ts';
import { notice } from './notice.ts';
import { stateNow } from './states.ts';
import { whySkipped } from './status.ts';
import { termEnd } from './termEnd.ts';

/** Commands as they are written, by what they do. */
const commands = {
  show: 'mostra',
  move: 'migra',
  history: 'cronologia',
  invite: 'invita',
  uninvite: 'annulla invito',
  'read-only': 'sola lettura',
  'dry-run': 'simulazione',
} as const;

const rights: Record<Right, string> = {
  see: 'vedere gli abbonamenti dei clienti',
  watch: 'impostare che cosa segue questa chat',
  ask: 'avviare o modificare una migrazione',
  approve: 'approvare acquisti',
  licences: 'riassegnare licenze',
  suspend: 'sospendere abbonamenti',
  own: 'modificare il mio funzionamento',
};

interface Named {
  plan: Safe;
  /** That Partner Center shows for it; empty where it shows none. */
  day: string;
  becomes: Becomes | null;
}

/** Some by name, with the day where there is one; in brackets. */
function named(some: readonly Named[], link: ((day: string) => string) | null): string {
  const each = some.map(({ plan, day }) => (link !== null && day ? `${plan} ${link(date(day))}` : plan));
  return each.length > 0 ? ` (${each.join('; ')})` : '';
}

const until = (day: string) => `fino ${toThe(day)}`;

/** `Piano il 30 giugno 2027, come 3 licenze`. */
function renewsAs({ plan, day, becomes }: Named): string {
  return `${plan}${day ? ` ${onThe(date(day))}` : ''}, come ${becoming(becomes)}`;
}

const isAre = (n: number) => agree(n, 'è', 'sono');

/** How many stand so, by what was read; all but those that renew as they are are named. */
const stands: Record<Counted, (n: number, some: readonly Named[]) => string> = {
  renews: (n) => `${number(n)} ${agree(n, 'si rinnova', 'si rinnovano')}`,
  changes: (n, some) => `${number(n)} ${agree(n, 'si rinnova', 'si rinnovano')} come qualcos’altro (${some.map(renewsAs).join('; ')})`,
  ends: (n, some) => `${number(n)} ${agree(n, 'termina', 'terminano')} senza rinnovo${named(some, onThe)}`,
  extends: (n, some) => `${number(n)} ${agree(n, 'prosegue', 'proseguono')} di mese in mese come Extended Service Term a pagamento${named(some, fromThe)}`,
  inEst: (n, some) => `${number(n)} ${isAre(n)} in un Extended Service Term, con pagamento mensile${named(some, null)}`,
  unsure: (n, some) => `di ${number(n)} non è noto che cosa succeda alla fine del periodo${named(some, onThe)}`,
  unsaid: (n, some) => `di ${number(n)} il Centro per i partner non indica se ${agree(n, 'si rinnova', 'si rinnovano')}${named(some, null)}`,
  stillBilled: (n, some) => `${number(n)} ${agree(n, 'è sospeso e ancora fatturato', 'sono sospesi e ancora fatturati')}${named(some, until)}`,
  suspended: (n, some) => `${number(n)} ${agree(n, 'è sospeso', 'sono sospesi')}${named(some, null)}`,
  ended: (n, some) => `${number(n)} ${agree(n, 'è terminato', 'sono terminati')}${named(some, null)}`,
  trials: (n, some) => `${number(n)} ${agree(n, 'è una versione di valutazione', 'sono versioni di valutazione')}${named(some, until)}`,
  missing: (n, some) => `${number(n)} ${agree(n, 'mancava', 'mancavano')} dall’ultimo elenco${named(some, null)}`,
};

function incomplete(of: keyof typeof commands | 'remind' | 'settings' | 'export'): string {
  switch (of) {
    case 'settings':
      return 'Non ho capito che cosa impostare, quindi non è cambiato nulla. Scrivere **impostazioni** per la scheda con tutto, oppure ad esempio “impostazioni silenzio 18-8”, “impostazioni fuso Rome”, “impostazioni elenco lun-ven 9”.';
    case 'remind':
      return 'Posso inviare un promemoria prima della fine di un periodo, con 60, 30, 14, 7 o un solo giorno di anticipo: scrivere ad esempio **ricorda 30 7**, oppure **ricorda no**.';
    case 'export':
      return 'Scrivere **esporta ticket**, **esporta decisioni** oppure **esporta registro**, seguito da **csv** o **json**.';
    case 'read-only':
    case 'dry-run':
      return `Scrivere **${commands[of]} sì** oppure **${commands[of]} no**.`;
    case 'invite':
    case 'uninvite':
      return `Quale azienda? Scrivere **${commands[of]}** e il suo nome, ad esempio “${commands[of]} adatum”.`;
    default:
      return `Quale? Scrivere **${commands[of]}** e un cliente o un ticket, ad esempio “${commands[of]} contoso”; **scadenze** elenca le possibilità.`;
  }
}

/** What is said to the one who asked. Why it did not happen, that nothing has changed, what to do. */
export const replies = {
  ...ofMarks,
  askingPrice: () => 'Sto chiedendo il prezzo a Microsoft.',
  approved: () => 'Approvato. Verifico ancora una volta il prezzo, poi acquisto.',
  declined: () => 'Rifiutato. Non è stato acquistato nulla.',
  cancelled: () => 'Annullato. Non è stato acquistato nulla.',
  cancelledOpen: () => 'Annullato: non effettuo questo acquisto.',
  moving: () => 'Sto riassegnando le licenze.',
  suspending: () => 'Sto sospendendo l’abbonamento precedente.',
  letEnd: () => 'Annotato. Verifico fino alla fine.',
  weighing: (d: { to: SetEnd }) =>
    d.to === 'renew' ? 'Verifico a che cosa impegna il rinnovo, e chiedo un sì.' : 'Verifico chi perderebbe l’accesso, e chiedo un sì.',
  settingEnd: () => 'Sto impostando l’annullamento.',
  endApproved: () => 'Approvato. Verifico ancora una volta, poi lo imposto.',
  endDeclined: () => 'Rifiutato. Non lo imposto.',
  endCancelled: () => 'Richiesta revocata. Non lo imposto.',
  endLapsed: () => 'Nessuno lo ha approvato in tempo, quindi non lo imposto. Non è cambiato nulla; chiederlo di nuovo.',
  endOwnRequest: () => 'Chi lo ha chiesto non può approvarlo: serve il sì di un altro approvatore. Non è cambiato nulla.',
  endNotShown: () => 'Qui non posso ancora impostare un annullamento. Impostarlo nel Centro per i partner; verifico se è avvenuto. Non è cambiato nulla.',
  endNotPossible: (d: { to: SetEnd }) =>
    d.to === 'renew'
      ? 'Allo stato attuale non posso rinnovarlo. Non è cambiato nulla.'
      : 'Allo stato attuale non posso annullarlo a fine periodo. Non è cambiato nulla.',
  left: () => 'Annotato. Lascio l’abbonamento precedente così com’è.',
  looking: () => 'Verifico di nuovo.',
  gaveUp: () => 'La migrazione si chiude qui.',
  settling: () => 'Verifico se può essere così. La scheda dice che cosa ho trovato.',
  goesOn: () => 'Annotato. Proseguo da lì.',
  badOrder: (d: { value: Safe }) => `“${d.value}” non è il numero di un ordine. Copiarlo dall’ordine nel Centro per i partner. Non è cambiato nulla.`,
  back: () => 'Si torna al passaggio precedente. Non è stato acquistato nulla.',
  waived: () => 'Annotato. L’ultimo passaggio è aperto.',
  upToDate: () => 'La scheda è aggiornata.',
  whichPlan: (d: { customer: Safe; ticketId: string; plans: readonly Safe[]; terms: boolean }) =>
    `${d.customer}, ${d.ticketId}. Quale piano? ${d.plans.map((plan, index) => `**${index + 1}** ${plan}`).join(' · ')}. Rispondere con un numero o un nome${d.terms ? '; può seguire un periodo, come in “1, 1 anno, pagamento annuale”' : ''}.`,
  howMany: (d: { plan: Safe; term: Safe | null; proposed: number | null; inUse: number | null; minimum: number }) =>
    `${d.plan}${d.term === null ? '' : `, ${d.term}`}. Quante licenze? ${d.inUse === null ? '' : `${number(d.inUse)} ${isAre(d.inUse)} in uso. `}${d.minimum > 1 ? `Il minimo è ${number(d.minimum)}. ` : ''}Rispondere con un numero${d.proposed === null ? '' : `, oppure **sì** per ${number(d.proposed)}`}.`,
  noPlan: (d: { value: Safe }) =>
    d.value
      ? `Nel catalogo di questo cliente non trovo nessun piano chiamato “${d.value}”. Non è cambiato nulla; digitare il nome come appare nel Centro per i partner.`
      : 'Qui non è preselezionato alcun piano. Digitare il nome del piano a cui migrare.',
  planNotSold: (d: { value: Safe }) => `${d.value}: piano non in vendita per questo cliente. Non è cambiato nulla; scegliere un altro piano.`,
  manyPlans: (d: { value: Safe; plans: readonly Safe[] }) =>
    `“${d.value}” può significare ${either(d.plans)}. Non è cambiato nulla; digitare il nome completo di quello che si intende.`,
  manyTerms: (d: { plan: Safe; terms: readonly Safe[] }) =>
    `Si può intendere più di un periodo: ${notice.soldFor(d.plan, d.terms)} Non è cambiato nulla; scrivere la durata e la modalità di pagamento.`,
  termNotSold: (d: { plan: Safe; sold: readonly Safe[] }) => `${notice.soldFor(d.plan, d.sold)} Non è cambiato nulla; scegliere tra questi periodi.`,
  termsUnread: (d: { plan: Safe }) =>
    `Non so ancora per quali periodi ${d.plan} è in vendita. Non è cambiato nulla; scegliere il piano senza un periodo: il prezzo ne indica il periodo, e “Modifica” offre poi gli altri.`,
  searching: (d: { value: Safe }) => `Cerco “${d.value}” nel catalogo di questo cliente; la risposta arriva qui.`,
  badPosition: (d: { value: Safe; max: number }) =>
    d.max === 1
      ? `C’è un solo piano da scegliere, quindi scrivere **1** o il nome di un piano, non “${d.value}”. Non è cambiato nulla.`
      : `Non c’è un piano “${d.value}”: scrivere un numero da 1 a ${number(d.max)}, o il nome di un piano. Non è cambiato nulla.`,
  badQuantity: (d: { value: Safe; min: number; max: number }) =>
    `“${d.value}” non è un numero da ${number(d.min)} a ${number(d.max)}. Non è cambiato nulla; digitare il numero di licenze.`,
  reasonMissing: () => 'Indicare un motivo: gli altri lo vedranno. Non è cambiato nulla.',
  noSuchPeople: (d: { value: Safe }) =>
    d.value
      ? `Qui non si può spostare nessuno di nome “${d.value}”. Non è cambiato nulla; digitare i nomi come appaiono sulla scheda.`
      : 'Nessuno è stato scelto. Non è cambiato nulla; scegliere almeno una persona.',
  samePeople: (d: { value: Safe; same: readonly unknown[] }) =>
    `“${d.value}” può indicare più persone qui, quindi nessuno è stato spostato. ${d.same.length > 0 ? 'Scegliere qui sotto.' : 'Scrivere nomi e cognomi, oppure scegliere le persone nella chat personale con me.'}`,
  already: (d: { state: MoveState; who: Safe; at: string }) =>
    `${d.who ? `${d.who} ha avviato questa migrazione ${onThe(stamp(d.at))}` : 'Questa migrazione è già avviata'}: ${stateNow[d.state]}. Nulla è stato fatto due volte; ora la scheda è aggiornata.`,
  alreadyApproved: (d: { who: Safe; at: string }) =>
    `${d.who || 'Qualcuno'} ha già approvato ${onThe(stamp(d.at))}. Nulla è stato fatto due volte; ora la scheda è aggiornata.`,
  lapsed: () => 'Il preventivo è decaduto: nessuno lo ha approvato in tempo. Non è stato acquistato nulla; chiedere di nuovo il prezzo.',
  ownSum: () =>
    'Chi approva ha chiesto anche questo prezzo. Con ciò che ha chiesto e approvato da sé nelle ultime 24 ore supera il limite per una persona, quindi serve il sì di un altro approvatore. Non è stato acquistato nulla.',
  ownRequest: () => 'Chi ha chiesto questo prezzo non può approvarlo: serve il sì di un altro approvatore. Non è stato acquistato nulla.',
  vouched: () => 'Annotato a nome di chi lo ha confermato, con il motivo. Ora sospendo l’abbonamento precedente.',
  vouchInPerson: () => 'Confermare la verifica nella chat personale con me: scrivere lì **mostra** e il cliente. Non è cambiato nulla.',
  ownVouch: () => 'Chi ha chiesto questo acquisto non può confermare: deve verificare e confermare un altro approvatore. Non è cambiato nulla.',
  approveInPerson: () =>
    'I prezzi vengono mostrati nella chat personale con me, quindi approvare lì: scrivere **mostra** e il cliente. Non è stato acquistato nulla.',
  cardInPerson: () => 'I nomi si scelgono nella chat personale con me: ho messo lì la scheda. Non è cambiato nulla.',
  pickInPerson: () =>
    'Chi spostare si sceglie per nome, quindi nella chat personale con me: scrivere lì **mostra** e il cliente. Oppure scrivere **tutti tranne** e i nomi sotto questa scheda. Non è cambiato nulla.',
  onlyInPerson: () =>
    'Chi viene lasciato indietro si sceglie per nome, quindi nella chat personale con me: scrivere lì **mostra** e il cliente. Non è cambiato nulla.',
  mayNot: (d: { right: Right; who?: readonly Safe[] }) =>
    `A questo utente non è consentito ${rights[d.right]}. ${d.who && d.who.length > 0 ? `${agree(d.who.length, 'Può farlo', 'Possono farlo')} ${listed(d.who)}. ` : ''}Non è cambiato nulla.`,
  readOnly: () =>
    'Sono in sola lettura: ora non viene acquistato, spostato o sospeso nulla. Non è cambiato nulla; un proprietario può scrivere “sola lettura no”.',
  readOnlyNow: (d: { who: Safe; on: boolean }) =>
    d.on
      ? `${d.who} ha attivato la sola lettura. Non viene acquistato, spostato o sospeso nulla finché un proprietario non scrive “sola lettura no”. Continuo a seguire gli abbonamenti e a informare.`
      : `${d.who} ha disattivato la sola lettura. Ciò che attendeva prosegue entro un minuto.`,
  dryRun: () =>
    'Questa è una simulazione: seguo gli abbonamenti, informo e chiedo prezzi, e non viene acquistato, spostato o sospeso nulla. Non è cambiato nulla; un proprietario può scrivere “simulazione no”.',
  dryRunNow: (d: { who: Safe; on: boolean }) =>
    d.on
      ? `${d.who} ha avviato una simulazione. Seguo gli abbonamenti, informo e chiedo prezzi; non viene acquistato, spostato o sospeso nulla finché un proprietario non scrive “simulazione no”.`
      : `${d.who} ha terminato la simulazione. D’ora in poi acquisto, sposto e sospendo ciò che una persona di questa chat conferma; ciò che attendeva prosegue entro un minuto.`,
  stoppedAlready: (d: { stop: Stop }) =>
    d.stop === 'dryRun'
      ? 'Questa è una simulazione, e prosegue: non viene acquistato, spostato o sospeso nulla finché un proprietario non scrive “simulazione no”. Non è cambiato nulla.'
      : 'Sono in sola lettura, e ci resto: non viene acquistato, spostato o sospeso nulla finché un proprietario non scrive “sola lettura no”. Non è cambiato nulla.',
  readOnlyByOperator: () => 'Sono in sola lettura per un’impostazione (READ_ONLY=on). Può modificarla solo chi mi gestisce.',
  whoMayUnknown: () => 'Non riesco a leggere in Microsoft Entra che cosa è consentito a questo utente. Non è cambiato nulla; riprovare tra un minuto.',
  slowDown: () => 'In un minuto è arrivato più di quanto accetto da una persona. Non è cambiato nulla; attendere un momento e riprovare.',
  badInput: () => 'Quella scheda ha inviato qualcosa che non accetto. Non è cambiato nulla; scrivere “mostra” e il ticket per una scheda nuova.',
  consent: (d: { link: Safe; minutes: number }) =>
    `Aprire questa pagina entro ${number(d.minutes)} minuti, nel proprio browser, e accedere con l’account che lavora per me nel Centro per i partner: ${d.link}`,
  consentInPerson: () => 'Scriverlo nella chat personale con me; il collegamento è destinato a una sola persona.',
  consentNotHere: () => 'Nulla a cui dare il consenso: la sandbox non richiede alcun accesso.',
  mayNotHere: () => 'Per questo serve un diritto che a questo utente manca. Non è cambiato nulla.',
  nothingMine: () => 'Nulla in attesa, e nulla in carico.',
  nothingToApprove: () => 'Nulla da approvare.',
  quoteChanged: () => 'Nel frattempo il prezzo o il piano è cambiato. Non è stato acquistato nulla; la scheda mostra quello nuovo.',
  notWhileUnclear: () =>
    'Non è ancora chiaro che cosa abbia fatto Microsoft, quindi rinunciare non è sicuro. Premere prima “Verifica di nuovo”. Non è cambiato nulla.',
  boughtAlready: () => 'È stato acquistato, quindi la migrazione non può più essere annullata. Proseguire, oppure lasciare attivo l’abbonamento precedente.',
  notNow: (d: { state: MoveState | 'none' }) => `Ora non è possibile: ${stateNow[d.state]}. Non è cambiato nulla; ora la scheda è aggiornata.`,
  leftOff: (d: { customer: Safe; ticketId: string }) =>
    `Per ${d.customer}, ${d.ticketId}, non è stato avviato nulla e non viene più chiesto nulla. Per riparlarne più avanti scrivere **rinvia ${d.ticketId} 14**, per lasciarlo andare **lascia ${d.ticketId}** e un motivo; **migra ${d.ticketId}** ripete la domanda.`,
  waitsForYou: (d: { only: { customer: Safe; ticketId: Safe } | null; n: number }) =>
    d.only
      ? `Si attende il sì per ${d.only.customer}, ${d.only.ticketId}: scrivere **mostra ${d.only.ticketId}**.`
      : `Si attende il sì per altri ${number(d.n)}: scrivere **approvazioni**.`,
  closed: (d: { how: 'renewed' | 'moved' | 'ended' | 'left' }) =>
    d.how === 'renewed'
      ? 'Torna a rinnovarsi, quindi non c’è nulla da fare. Non è cambiato nulla.'
      : d.how === 'moved'
        ? 'Questa migrazione è conclusa. Nulla è stato fatto due volte.'
        : d.how === 'left'
          ? 'Il cliente non è più nostro. Non è cambiato nulla.'
          : 'È terminato, oppure qualcuno lo ha sospeso altrove; la scheda dice quale delle due cose. Non è cambiato nulla.',
  instead: (d: { state: MoveState | 'none'; ticketId: string; can: Can }) =>
    [
      `Non è cambiato nulla. ${hint(d.can) ?? `In questo momento ${stateNow[d.state]}.`}`,
      d.can.answers.includes('plan')
        ? `Per riparlarne più avanti scrivere **rinvia ${d.ticketId} 14**, per lasciarlo andare **lascia ${d.ticketId}** e un motivo.`
        : '',
    ]
      .filter(Boolean)
      .join(' '),
  answers: (d: { state: MoveState | 'none'; can: Can }) => `Non ho capito; non è cambiato nulla. ${hint(d.can) ?? `In questo momento ${stateNow[d.state]}.`}`,
  askApproval: (d: { customer: Safe; plan: Safe; quantity: number; monthly: Money | null; can: Can }) =>
    asking(`Acquistare ${licences(d.quantity)} di ${d.plan} per ${d.customer}${d.monthly ? `, ${aMonth(d.monthly)}` : ''}?`, d.can),
  askPeople: (d: { customer: Safe; plan: Safe; movable: number; can: Can }) =>
    asking(
      d.movable > 0 ? `${d.customer}: spostare ${people(d.movable)} al piano ${d.plan}?` : `${d.customer}: che cosa fare con chi non è stato spostato?`,
      d.can,
    ),
  askSuspend: (d: { customer: Safe; plan: Safe; last: LastStepHere; can: Can }) =>
    asking(
      {
        letEnd: `${d.customer}: lasciare che ${d.plan} termini da sé, o sospenderlo?`,
        cancel: `${d.customer}: ${d.plan} non termina da sé. Impostarne l’annullamento nel Centro per i partner; verifico se è presente.`,
        setEnd: `${d.customer}: annullare ${d.plan} alla fine del periodo?`,
        suspend: `${d.customer}: sospendere ${d.plan}?`,
        customerActs: `${d.customer} disdice ${d.plan} dove lo ha acquistato. La scheda contiene un messaggio da inviare; verifico una volta al giorno se c’è ancora.`,
      }[d.last],
      d.can,
    ),
  askEnd: (d: { customer: Safe; plan: Safe; to: SetEnd; day: string; can: Can }) => asking(termEnd.speak(d), d.can),
  askCheck: (d: { customer: Safe; can: Can }) => asking(`${d.customer}: la migrazione si è fermata e serve un intervento.`, d.can),
  typedAhead: () => 'Questo è stato scritto prima della mia domanda, o non posso stabilirlo, quindi non l’ho preso come risposta; non è cambiato nulla.',
  cardChanged: () => 'Nel frattempo qui si chiede altro rispetto alla scheda che è stata premuta. Non è cambiato nulla; ora la scheda è aggiornata.',
  plansUnread: () =>
    'In questo momento non riesco a leggere il catalogo di questo cliente e riprovo da solo. Non è cambiato nulla; rispondere quando i piani sono sulla scheda.',
  reading: () => 'Sto ancora leggendo il catalogo di questo cliente. Non è cambiato nulla; rispondere quando i piani sono sulla scheda.',
  notUnderstood: (d: { text: Safe; didYouMean: Safe | null }) =>
    d.didYouMean ? `Non conosco “${d.text}”. Si intendeva **${d.didYouMean}**?` : `Non conosco “${d.text}”. Scrivere **aiuto** per vedere che cosa so fare.`,

  reminders: (d: { days: readonly number[] }) =>
    d.days.length === 0
      ? 'Non invio promemoria a questa chat prima della fine di un periodo. Scrivere **ricorda 30 7 1** per cambiare.'
      : `Invio un promemoria a questa chat prima della fine di un periodo su cui nessuno ha deciso; giorni di anticipo: ${listed(d.days.map(number))}. Scrivere **ricorda no**, oppure altri giorni tra 60, 30, 14, 7 e 1, per cambiare.`,
  incomplete: (d: { of: 'show' | 'move' | 'history' | 'remind' | 'settings' | 'invite' | 'uninvite' | 'export' | 'read-only' | 'dry-run' | MarkWord }) =>
    isMark(d.of) ? marks[d.of] : incomplete(d.of),
  noCustomer: (d: { what: Safe; company: boolean }) =>
    d.company
      ? `Non trovo nessun cliente chiamato “${d.what}”. Scrivere l’inizio del nome; se non è ancora cliente, scrivere **invita ${d.what}**.`
      : `Non trovo nessun cliente chiamato “${d.what}”. Scrivere l’inizio del nome di un cliente; **scadenze** è l’elenco.`,
  ofTicket: (d: { customer: Safe; ticketId: string; what: string }) => `${d.customer}, ${d.ticketId}: ${d.what}`,
  noTicket: (d: { what: Safe }) => `Non trovo nessun ticket ${d.what}. Scrivere **scadenze** per vedere quelli aperti.`,
  takenAs: (d: { wanted: Safe; name: Safe }) => `Interpreto “${d.wanted}” come ${d.name}.`,
  longText: (d: { max: number }) =>
    `È più lungo di quanto io legga: accetto al massimo ${number(d.max)} caratteri. Non è cambiato nulla; scriverlo con meno parole.`,
  allRenew: (d: { customer: Safe }) => `Tutti gli abbonamenti di ${d.customer} si rinnovano. Scrivere **migra ${d.customer}** per migrarne comunque uno.`,
  /** How a customer stands of whom not everything was read, or not everything renews. */
  stands: (d: {
    customer: Safe;
    looked: boolean;
    skipped: Safe | null;
    left: boolean;
    of: readonly { kind: Counted; count: number; named: readonly Named[] }[];
    unread: readonly Safe[];
  }) => {
    if (d.left) return `${d.customer} non è più nostro cliente, quindi non lo esamino più.`;
    const why = d.skipped === null ? '' : whySkipped(d.skipped);
    if (!d.looked)
      return d.skipped ? `Non sono ancora riuscito a esaminare ${d.customer}: ${why}. Continuo a provare.` : `Non ho ancora esaminato ${d.customer}.`;
    const counted = d.of.filter((one) => one.count > 0).map((one) => stands[one.kind](one.count, one.named));
    const read =
      counted.length > 0
        ? `Abbonamenti di ${d.customer}, secondo la mia ultima lettura: ${counted.join(', ')}.`
        : `Non mi risulta alcun abbonamento di ${d.customer} che termini o si rinnovi.`;
    const old = d.skipped ? `L’ultima volta non sono riuscito a esaminare ${d.customer}: ${why}. Ciò che segue può non essere aggiornato. ` : '';
    return [`${old}${read}`, d.unread.length > 0 ? `Non ho potuto leggere: ${d.unread.join('; ')}.` : ''].filter(Boolean).join(' ');
  },
  nothingToMove: (d: { customer: Safe }) => `Non mi risulta alcun abbonamento di ${d.customer} che possa essere migrato.`,
  thanks: () => 'Prego.',
  nothingAsked: () =>
    'Qui nulla attende un sì o un no, e non è cambiato nulla. Dove ho chiesto con pulsanti, premerne uno; se nessuno è quello giusto, scrivere una parte più lunga del nome.',
  nothingWaits: () => 'Qui nessuna migrazione attende una risposta. Scrivere **migra** e un cliente per avviarne una; **scadenze** è l’elenco.',
  watchingNow: (d: { who: Safe; what: readonly Safe[] }) => `${d.who}: ora questa chat segue ${d.what.join(', ')}.`,
  watchingStopped: (d: { who: Safe }) => `${d.who}: questa chat non segue più nulla.`,
  noWatch: (d: { what: Safe }) =>
    `Non trovo nessun cliente e nessun programma chiamato “${d.what}”. Non è cambiato nulla; scrivere solo **segui** per tutti i clienti.`,
  gone: () => 'Questa scheda è troppo vecchia e non la riconosco più. Non è cambiato nulla; scrivere **mostra** e il cliente per averne una nuova.',
  strayCard: () =>
    'Questa scheda non viene più aggiornata; quella attuale si trova altrove in questa chat. Non è cambiato nulla; scrivere **mostra** e il cliente per averla in fondo.',
  otherChat: () => 'Questa scheda appartiene a un’altra chat. Non è cambiato nulla; scrivere qui **mostra** e il cliente.',
  unreachable: () => 'Non riesco a raggiungere il Centro per i partner. Non è cambiato nulla; riprovare tra un minuto.',
  failed: () => 'Si è verificato un errore da parte mia. Non è cambiato nulla; riprovare tra un minuto.',
  showing: () => 'Arriva in un nuovo messaggio.',
  comes: () => 'Ci vuole un momento; la risposta arriva qui.',
  page: (d: { from: number; to: number; of: number }) => `Da ${number(d.from)} a ${number(d.to)} di ${number(d.of)}.`,
};
