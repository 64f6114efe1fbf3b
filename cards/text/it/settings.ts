/** What is set for a chat: the sentence of what will come, and the form. */
import type { Digest, LeftOut, QuietHours, SettingPart } from '../../../services/domain/settings.ts';
import type { Safe } from '../../escape.ts';
import { capital, count, either, hour, listed, number, onThe, stamp } from './format.ts';

const DAYS = ['lunedì', 'martedì', 'mercoledì', 'giovedì', 'venerdì', 'sabato', 'domenica'];
const PARTS: Record<SettingPart, string> = {
  zone: 'il fuso orario',
  language: 'la lingua',
  digest: 'la cadenza dei messaggi',
  quiet: 'le ore di silenzio',
  reminders: 'i promemoria',
  worth: 'che cosa merita un messaggio',
  report: 'il rapporto settimanale',
};
const KINDS: Record<LeftOut, string> = {
  est: 'ciò che prosegue come Extended Service Term',
  ends: 'ciò per cui qualcuno ha impostato l’annullamento',
  renews: 'ciò che si rinnova',
};

function when(digest: Digest): string {
  if (digest.every === 'week') return `Ogni ${DAYS[digest.day - 1]}`;
  return digest.every === 'weekdays' ? 'Dal lunedì al venerdì' : 'Ogni giorno';
}

/** What is worth a message, behind "everything". */
function worth(d: { within: number | null; least: number | null; leaveOut: readonly LeftOut[]; except: readonly Safe[] }): string {
  const least = d.least === null ? '' : ` e costa almeno ${number(d.least)} al mese nella propria valuta`;
  const ends =
    d.within === null
      ? `tutto ciò che smette di rinnovarsi, o la cui fine cambia${least ? ',' : ''}`
      : `tutto ciò che termina entro ${count(d.within, 'giorno', 'giorni')}`;
  const except = [...d.except, ...d.leaveOut.map((one) => KINDS[one])];
  return `${ends}${least}${except.length > 0 ? `, tranne ${listed(except)}` : ''}`;
}

export const settings = {
  state: 'Impostazioni di questa chat',
  who: 'Che cosa arriva qui, e quando',
  /** `zone`: how the clock is called that all hours are of. */
  comes: (d: { digest: Digest | null; zone: string; within: number | null; least: number | null; leaveOut: readonly LeftOut[]; except: readonly Safe[] }) =>
    d.digest
      ? `${when(d.digest)} alle ${hour(d.digest.hour)}, ${d.zone}, un unico elenco di ${worth(d)}; nulla se non ci sono novità.`
      : `Appena accade, ${worth(d)}.`,
  quiet: (d: { quiet: QuietHours; zone: string; digest: boolean }) =>
    `Dalle ${hour(d.quiet.from)} alle ${hour(d.quiet.to)}, ${d.zone}, silenzio: ciò che non è urgente segue alle ${hour(d.quiet.to)}${d.digest ? '; l’elenco arriva alla propria ora' : ''}.`,
  urgent: 'Ciò che lascerebbe meno di tre giorni, e ciò che una persona qui chiede o attende, arriva subito.',
  leftOut: 'Ciò che è escluso compare comunque in **scadenze** e nel registro.',
  watchesNothing: 'Questa chat non segue ancora nulla; scrivere **segui** per iniziare.',
  /** `next`: when it comes next. */
  report: (d: { day: number; hour: number; zone: string; next: string }) =>
    `Ogni ${DAYS[d.day - 1]} alle ${hour(d.hour)}, ${d.zone}, il rapporto, silenzio o no; il prossimo arriva ${onThe(stamp(d.next))}.`,
  next: (at: string) => `Il prossimo elenco può arrivare ${onThe(stamp(at))}.`,
  changedBy: (d: { who: Safe; at: string; what: readonly SettingPart[] }) =>
    `Ultima modifica di ${d.who}, ${onThe(stamp(d.at))}: ${listed(d.what.map((one) => PARTS[one]))}.`,
  neverChanged: 'Nessuno ha modificato nulla; ogni chat inizia così.',
  zoneNow: (d: { zone: string; time: string }) => `${d.zone}, adesso sono le ${d.time}`,
  reminders: (days: readonly number[]) => (days.length === 0 ? 'Mai' : `Giorni prima della fine di un periodo: ${listed(days.map(String))}`),
  change: 'Modifica',
  save: 'Salva',
  labels: {
    zone: 'Fuso orario: una città con il nome inglese, ad esempio Rome o New York',
    zoneFact: 'Fuso orario',
    language: 'Lingua',
    remindFact: 'Promemoria',
    digest: 'Messaggi',
    hour: 'Ora dell’elenco',
    report: 'Il rapporto, da sé, una volta alla settimana',
    reportHour: 'Ora del rapporto',
    quietFrom: 'Silenzio dalle',
    quietTo: 'Silenzio fino alle',
    remind: 'Promemoria, giorni prima della fine di un periodo',
    within: 'Merita un messaggio',
    least: 'Solo ciò che costa almeno questo importo al mese, nella propria valuta',
    leaveOut: 'Escludi',
    except: 'Clienti e programmi da escludere, separati da ;',
  },
  /** Where no language was chosen. */
  asTeams: 'Come in Teams',
  asItComes: 'Uno per uno, appena accade',
  every: (digest: Digest) => {
    const [first = '', ...rest] = when(digest);
    return `Un elenco: ${first.toLowerCase()}${rest.join('')}`;
  },
  hour,
  weekday: (day: number) => capital(DAYS[day - 1] ?? ''),
  never: 'Mai',
  always: 'Per quanto lontana sia la fine',
  within: (days: number) => `Da ${days} giorni prima della fine`,
  kinds: { est: 'Prosegue come Extended Service Term', ends: 'Annullamento impostato', renews: 'Si rinnova' },
  days: (n: number) => count(n, 'giorno', 'giorni'),
  exceptExample: 'Adatum; Northwind',
  errors: {
    zone: 'Digitare una città dell’elenco dei fusi orari.',
    choice: 'Scegliere una voce.',
    least: 'Un numero intero, oppure lasciare vuoto.',
    except: 'Nomi separati da ;',
  },
  saved: (d: { who: Safe; what: readonly SettingPart[] }) => `${d.who} ha modificato ${listed(d.what.map((one) => PARTS[one]))}.`,
  same: () => 'Era già impostato così; non è cambiato nulla.',
  stale: () => 'Nel frattempo qualcuno ha modificato queste impostazioni, quindi non è stato salvato nulla. La scheda le mostra come sono ora.',
  noZone: (d: { zone: Safe }) =>
    `Non conosco nessun fuso orario chiamato “${d.zone}”, quindi non è stato salvato nulla. Scrivere una città dell’elenco IANA con il nome inglese, ad esempio Rome o New York, oppure UTC.`,
  noLanguage: (d: { language: Safe; known: readonly Safe[] }) =>
    `Non parlo “${d.language}”, quindi non è stato salvato nulla. Le lingue che parlo: ${listed(d.known)}.`,
  noName: (d: { name: Safe }) =>
    `Non trovo nessun cliente e nessun programma chiamato “${d.name}”, quindi non è stato salvato nulla. Scrivere il nome come appare in **scadenze**.`,
  manyNames: (d: { name: Safe; names: readonly Safe[] }) => `“${d.name}” può essere ${either(d.names)}; non è stato salvato nulla. Scrivere il nome completo.`,
};
