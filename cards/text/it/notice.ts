/** A subscription that stops renewing, and what people mark on it. */

import { addDays } from '../../../services/clock.ts';
import type { Money } from '../../../services/domain/money.ts';
import { CANCEL_WINDOW_DAYS, CLASSIC_DELETED_AFTER_DAYS, DATA_KEPT_DAYS, GRACE_DAYS } from '../../../services/domain/rules.ts';
import type { Standing } from '../../../services/domain/ticket.ts';
import type { Safe } from '../../escape.ts';
import type { Over, StoodStill } from '../en/notice.ts';
import { NB } from '../format.ts';
import { effectOf } from './ends.ts';
import { aMonth, agree, count, date, dayMonth, fromThe, licences, number, ofThe, onThe, stamp, termName, the, toName, toThe } from './format.ts';

const reasons: Record<string, string> = {
  closest: 'il più simile',
  service: 'per chi assiste i clienti',
  everything: 'vendite, assistenza e altro in un solo piano',
  light: 'per consultare e per un uso leggero',
  sales: 'per chi vende',
  smaller: 'senza telefonia',
};

export const reason = (key: Safe) => reasons[key] ?? key;

export const notice = {
  /** `ends`: that it ends was read; of any other only its term does. */
  state: (left: number, ends: boolean) => {
    if (Number.isNaN(left)) return 'L’ultimo giorno non è noto';
    if (left < 0) return 'L’ultimo giorno è passato';
    const what = `${ends ? 'Scade' : 'Il periodo termina'} ${left === 0 ? 'oggi' : `tra ${count(left, 'giorno', 'giorni')}`}`;
    return left <= 7 ? `Urgente: ${what[0]?.toLowerCase()}${what.slice(1)}` : what;
  },
  inEst: 'In un Extended Service Term',
  contradictory: 'Rinnovo automatico e pianificazione in contrasto',
  asked: 'Migrazione a un altro piano',
  unread: 'Non è noto se si rinnova',
  unreadLead: (day: string) => `Il Centro per i partner non indica se si rinnova. Verificare lì prima ${ofThe(date(day))}; scrivo di nuovo quando lo indica.`,
  speakUnread: (d: { customer: Safe; plan: Safe }) => `${d.customer}: il Centro per i partner non indica se ${d.plan} si rinnova.`,
  was: 'Prima  ',
  now: 'Ora  ',
  autoRenews: (day: string) => `Rinnovo automatico ${onThe(date(day))}`,
  expires: (day: string) => `Scade ${onThe(date(day))}`,
  termEnds: (day: string) => `Il periodo termina ${onThe(date(day))}`,
  effect: effectOf,
  /** Of one that reads active although that day is over. */
  passed: (day: string) =>
    `Il periodo doveva terminare ${onThe(date(day))}. Il Centro per i partner mostra ancora l’abbonamento come attivo, e non è ancora noto che cosa ne sia stato; verifico di nuovo.`,
  undo: (until: string) => `Fino ${toThe(stamp(until))} può essere annullato nel Centro per i partner, e in tal caso i giorni restanti vengono rimborsati.`,
  /** Some of its seats, each with its own last moment. */
  giveBack: (d: { of: number | null; parts: readonly { quantity: number; until: string | null }[] }) => {
    const said = d.parts.map(({ quantity, until }) => `${number(quantity)}${until ? ` fino ${toThe(stamp(until))}` : ''}`).join(', ');
    return `Alcune delle sue licenze${d.of === null ? '' : ` (${number(d.of)} in tutto)`} possono essere restituite nel Centro per i partner: ${said}. In tal caso i giorni restanti vengono rimborsati.`;
  },
  withoutPromotion: 'La promozione attuale non è prevista per il prossimo periodo; senza di essa viene poi fatturato il prezzo di listino.',
  addonTo: (base: Safe) => `È un componente aggiuntivo: il suo abbonamento di base, ${base}, prosegue senza di esso.`,
  addons: (names: readonly Safe[], now: Money | null) =>
    `Lo stesso vale per ${names.length === 1 ? 'un componente aggiuntivo' : `${names.length} componenti aggiuntivi`}: ${names.join(', ')}${now ? `, ${aMonth(now)}` : ''}.`,
  addonsAndPlan: (names: readonly Safe[]) =>
    names.length === 1
      ? `Il suo componente aggiuntivo, ${names.join(', ')}, può far parte dell’altro piano, oppure Microsoft può rifiutare la modifica finché è presente; verificare nel Centro per i partner prima di quel giorno.`
      : `I suoi componenti aggiuntivi, ${names.join(', ')}, possono far parte dell’altro piano, oppure Microsoft può rifiutare la modifica finché sono presenti; verificare nel Centro per i partner prima di quel giorno.`,
  /** Of a classic one whose last day has passed. */
  dataDeleted: (day: string) => dataDeleted(day),
  reseller: (mpnId: Safe) => `${mpnId}, mantenuto come rivenditore di riferimento per ciò che qui viene acquistato in sostituzione`,
  shortened: (d: { since: string; term: Safe; billing: Safe }) =>
    `Questo periodo, iniziato ${onThe(date(d.since))}, è abbreviato; se l’abbonamento si rinnova, il prossimo è intero: ${termName(d.term, d.billing)}.`,
  seats: (held: number | null, inUse: number | null) =>
    `${held === null ? 'Il Centro per i partner non indica quante' : `${number(held)} ${agree(held, 'acquistata', 'acquistate')}`}${inUse === null ? '' : `, ${number(inUse)} in uso`}`,
  choice: (title: Safe, reason: Safe) => `${title} · ${reason}`,
  notSold: (titles: readonly Safe[]) => `Non in vendita per questo cliente: ${titles.join(', ')}.`,
  minimum: (title: Safe, n: number) => `${title}: almeno ${licences(n)}.`,
  soldFor: (title: Safe, terms: readonly Safe[]) => `${title} è in vendita per ${terms.join('; ')}.`,
  usualTerm: 'Come di consueto per il piano',
  noneSold: 'Nessuno dei piani che Microsoft indica in sostituzione è in vendita per questo cliente. Digitare il nome di un altro piano qualsiasi.',
  noProgramme: 'Nessun programma di ritiro indica un piano in sostituzione. Digitare il nome di un piano qualsiasi tra quelli venduti.',
  reading: 'Sto leggendo il catalogo di questo cliente; i piani seguono.',
  plansUnread: 'In questo momento non riesco a leggere il catalogo di questo cliente, quindi non ne conosco i piani. Riprovo da solo; seguono.',
  planExample: 'Office 365 E3',
  kind: (d: { newCommerce: boolean; term: Safe; billing: Safe }) =>
    `${d.newCommerce ? 'New Commerce' : 'Classico'}${d.term ? `, ${termName(d.term, d.billing)}` : ''}`,
  /** `who`: null where the log could not be read. */
  changedBy: (d: { who: Safe | 'nobody' | 'application' | null; since: string | null; at: string | null; app: Safe | null }) => {
    if (d.who === null) return 'Non noto';
    if (d.who === 'nobody') return d.since ? `Nessuna registrazione ${fromThe(date(d.since))}` : 'Nessuna registrazione';
    const who = d.who === 'application' ? `Un’applicazione${d.app ? `, ${d.app}` : ''}` : d.who;
    return d.at ? `${who}, ${stamp(d.at)}` : who;
  },
  /** A change that left auto-renew out switches it off, and few who make one know. */
  droppedBy: (d: { byApp: boolean; at: string; day: string }) =>
    `${d.byApp ? 'Un’applicazione' : 'Qualcuno'} ha modificato il numero di licenze ${onThe(date(d.at))}, e con ciò il rinnovo automatico si è disattivato. Se non era voluto, riattivarlo nel Centro per i partner prima ${ofThe(date(d.day))}.`,
  declined: (d: { who: Safe; reason: Safe }) => `${d.who} ha rifiutato l’acquisto: “${d.reason}”`,
  endDeclined: (d: { who: Safe; reason: Safe }) => `${d.who} ha rifiutato di impostare la fine del periodo: “${d.reason}”`,
  lookedAfter: (who: Safe) => `In carico ${toName(who)}.`,
  speak: (d: { customer: Safe; plan: Safe; day: string; left: number; ends: boolean }) =>
    `${d.customer}: ${d.plan}. ${d.ends ? 'Scade' : 'Il periodo termina'} ${onThe(date(d.day))}${d.left > 0 ? `, tra ${count(d.left, 'giorno', 'giorni')}` : d.left === 0 ? ', oggi' : ''}.`,
  speakAsked: (d: { customer: Safe; plan: Safe }) => `${d.customer}: migrare ${d.plan} a un altro piano.`,
};

export const snoozed = {
  state: (day: string) => `Rinviato fino ${toThe(dayMonth(day))}`,
  lead: (d: { who: Safe; reason: Safe | null }) => (d.reason ? `${d.who}: “${d.reason}”` : `Rinviato da ${d.who}.`),
  foot: (d: { at: string; day: string }) => `${stamp(d.at)}. Scrivo di nuovo ${onThe(date(d.day))}, o prima se qualcosa cambia.`,
};

export const dismissed = {
  state: 'Lasciato andare',
  lead: (d: { who: Safe; reason: Safe }) => `${d.who}: “${d.reason}”`,
  foot: (d: { at: string }) => `${stamp(d.at)}. Non invio altri promemoria in proposito.`,
};

export const renewed = {
  state: 'Torna a rinnovarsi',
  lead: 'Il Centro per i partner indica che l’abbonamento torna a rinnovarsi.',
  foot: (at: string) => `Rilevato ${onThe(stamp(at))}.`,
  speak: (customer: Safe) => `${customer}: l’abbonamento torna a rinnovarsi. Non c’è nulla da fare.`,
};

export const ended = {
  state: 'Terminato',
  lead: 'È terminato, oppure qualcuno lo ha sospeso altrove.',
  foot: (at: string) => `Rilevato ${onThe(stamp(at))}.`,
  speak: (customer: Safe) => `${customer}: l’abbonamento è terminato.`,
};

/** A suspended one of new commerce goes on costing; a classic one does not, and is deleted. */
export const suspendedElsewhere = {
  state: (stillBilled: boolean) => (stillBilled ? 'Sospeso, e ancora fatturato' : 'Sospeso'),
  lead: (d: StoodStill) => `Lo ha sospeso qualcuno, non io. ${stillCosts(d)}`,
  speak: (d: { customer: Safe } & StoodStill) => `${d.customer}: l’abbonamento è stato sospeso altrove. ${stillCosts(d)}`,
};

function dataDeleted(day: string): string {
  const { least, most } = CLASSIC_DELETED_AFTER_DAYS;
  return `Circa ${number(least)}-${number(most)}${NB}giorni dopo ${the(date(day))} Microsoft ne elimina i dati.`;
}

/** What can be had of one that is over, and until when: only where its word and its days tell. */
function ofItsData({ newCommerce, day, as, seenOn = '', inEst }: Over): string {
  if (!as || day === '' || seenOn === '') return '';
  const atItsEnd = seenOn >= day;
  if (!newCommerce) return as !== 'deleted' && atItsEnd ? ` ${dataDeleted(day)}` : '';
  const kept = addDays(day, DATA_KEPT_DAYS);
  if (as === 'deleted')
    return atItsEnd || inEst
      ? ''
      : ` È stato annullato prima della fine del periodo: i suoi dati possono essere estratti per ${number(CANCEL_WINDOW_DAYS)}${NB}giorni dopo l’annullamento, al più tardi fino ${toThe(date(addDays(seenOn, CANCEL_WINDOW_DAYS)))}.`;
  if (!atItsEnd || seenOn > kept) return '';
  if (as === 'disabled') return ` Ora solo gli amministratori del cliente possono raggiungerne i dati, fino ${toThe(date(kept))} circa.`;
  const grace = addDays(day, GRACE_DAYS);
  return ` Non può più essere rinnovato. ${seenOn > grace ? '' : `Non è noto se le persone possano lavorarci fino ${toThe(date(grace))}, senza pagamento. `}I suoi dati vengono conservati fino ${toThe(date(kept))} circa: acquistarne uno nuovo prima.`;
}

/** What a suspended subscription costs, until when it can come back, and what becomes of it. */
export function stillCosts(d: StoodStill): string {
  const day = the(date(d.day));
  if (d.newCommerce)
    return `Viene comunque fatturato fino alla fine del periodo, ${day}. Può essere riattivato fino ad allora, non dopo. Non è noto se in seguito possa proseguire come Extended Service Term a pagamento.`;
  const { least, most } = CLASSIC_DELETED_AFTER_DAYS;
  return `Non viene più fatturato. Microsoft elimina l’abbonamento e i suoi dati alla fine del periodo, ${day}, oppure circa ${number(least)}-${number(most)}${NB}giorni dopo la sospensione, se questo avviene prima; fino ad allora può essere riattivato.${addonsOff(d.addons ?? [])}`;
}

/** Partner Center refuses to switch on an add-on whose base is off (409, 27009). */
function addonsOff(names: readonly Safe[]): string {
  if (names.length === 0) return '';
  return names.length === 1
    ? ` Il suo componente aggiuntivo, ${names.join(', ')}, non può essere riattivato prima dell’abbonamento.`
    : ` I suoi componenti aggiuntivi, ${names.join(', ')}, non possono essere riattivati prima dell’abbonamento.`;
}

export const left = {
  state: 'Non è più un nostro cliente',
  lead: 'Il Centro per i partner indica che questo cliente non è più nostro. Non ne vedo più gli abbonamenti, quindi non posso dire come prosegua questo.',
  foot: (at: string) => `Rilevato ${onThe(stamp(at))}.`,
  speak: (customer: Safe) => `${customer}: non è più un nostro cliente.`,
};

export const nothingHere = 'Qui non è stato acquistato né modificato nulla.';

export const begunBefore = 'Qui era già stato avviato un acquisto; la cronologia dice che cosa ne è stato.';

export const readAgain = 'Il Centro per i partner indica di nuovo che si rinnova.';

export const standing = (how: Standing, d: Over) =>
  ({
    suspended: `L’abbonamento precedente è sospeso; lo ha fatto qualcun altro. ${stillCosts(d)}`,
    ended: `L’abbonamento precedente è terminato.${ofItsData(d)}`,
    gone: 'Il Centro per i partner non conosce più l’abbonamento precedente.',
    left: 'Il Centro per i partner indica che questo cliente non è più nostro.',
  })[how];

export const movedDown = {
  state: 'Prosegue su un’altra scheda',
  lead: 'In questa chat c’è un’altra scheda su questo abbonamento; questa non viene più aggiornata.',
};
