/** Files of tickets, decisions and the record: their columns, and what is said about them. */
import type { Exported } from '../../../services/export/grants.ts';
import type { EndOfTerm, MoveState } from '../../../services/domain/ticket.ts';
import type { Safe } from '../../escape.ts';
import { capital, number } from './format.ts';
import { stateNow } from './states.ts';

const what: Record<Exported, string> = { tickets: 'tutti i ticket', decisions: 'tutte le decisioni', record: 'l’intero registro' };
const here: Record<Exported, string> = { tickets: 'Ecco tutti i ticket', decisions: 'Ecco tutte le decisioni', record: 'Ecco l’intero registro' };

const columns: Record<string, string> = {
  ticket: 'Ticket',
  customer: 'Cliente',
  plan: 'Piano',
  programme: 'Programma',
  licences: 'Licenze',
  ends: 'Giorno della fine del periodo',
  atTermEnd: 'Alla fine del periodo',
  priceMonth: 'Prezzo al mese',
  currency: 'Valuta',
  opened: 'Aperto (UTC)',
  state: 'Stato',
  assignedTo: 'In carico a',
  snoozedUntil: 'Rinviato fino a',
  dismissed: 'Lasciato andare, perché',
  closed: 'Chiuso (UTC)',
  closedHow: 'Chiuso, perché',
  newPlan: 'Nuovo piano',
  newPriceMonth: 'Nuovo prezzo al mese',
  newCurrency: 'Nuova valuta',
  order: 'Ordine',
  customerId: 'ID cliente',
  subscriptionId: 'ID abbonamento',
  at: 'Quando (UTC)',
  who: 'Chi',
  what: 'Che cosa',
  from: 'Da',
  to: 'A',
  details: 'Dettagli',
  request: 'ID richiesta',
};

const atTermEnd: Record<EndOfTerm, string> = {
  renews: 'si rinnova',
  renewsAs: 'si rinnova come qualcos’altro',
  cancels: 'termina',
  extends: 'prosegue come Extended Service Term',
  inEst: 'è in un Extended Service Term',
  contradictory: 'pianificazione e rinnovo automatico in contrasto',
  unknown: 'non noto',
  unread: 'non si è potuto leggere',
};

const closedHow: Record<string, string> = {
  renewed: 'è tornato a rinnovarsi',
  moved: 'è stato migrato',
  ended: 'è terminato',
  left: 'il cliente non è più nostro',
};

/** Cells that hold a word of ours. */
const values: Record<string, Record<string, string>> = {
  atTermEnd,
  closedHow,
  state: stateNow satisfies Record<MoveState | 'none', string>,
  who: { bot: 'Successor' },
};

export const exported = {
  /** How its spreadsheets write a fraction: where that is a comma, cells are parted by semicolons. */
  decimalComma: true as boolean,
  columns,
  values,
  /** Of a line of the record that no ticket has. */
  took: 'È stato prelevato un file',
  /** What Teams shows beside the name of a file that it offers. */
  offer: (d: { what: Exported }) =>
    `${capital(what[d.what])}, nella situazione al momento dell’accettazione. Il file va nel OneDrive di chi accetta; nessun altro lo riceve.`,
  link: (d: { what: Exported; link: Safe; minutes: number }) =>
    `${here[d.what]} in un file: ${d.link} – il collegamento è personale, funziona una sola volta e per ${number(d.minutes)} minuti. Chiunque lo abbia può scaricare il file, quindi non va inoltrato a nessuno. Esistono anche **esporta ticket**, **esporta decisioni** ed **esporta registro**; aggiungere **json** per i programmi.`,
  linkInstead: (d: { what: Exported; link: Safe; minutes: number }) =>
    `Non è stato possibile salvare il file in OneDrive. Scaricare qui ${what[d.what]}: ${d.link} – il collegamento funziona una sola volta, per ${number(d.minutes)} minuti, ed è personale.`,
  inPerson: 'Il file è destinato a una sola persona: lo offro nella chat personale.',
  writeInPerson: 'Un file è destinato a una sola persona, e non c’è ancora una chat personale con me. Scrivermi lì **esporta**.',
  tooMany: 'Tre richieste sono ancora in corso. Chiedere di nuovo tra un minuto.',
  coming: 'Sto salvando il file in OneDrive.',
  given: (d: { what: Exported }) => `${here[d.what]}, in OneDrive.`,
  declined: 'Non è stato creato alcun file.',
  gone: 'Questa offerta è già stata usata, ha più di dieci minuti, oppure era destinata a qualcun altro. Non è stato dato alcun file. Scrivere **esporta** per averne una nuova.',
  page: {
    title: 'Successor',
    offer: (d: { what: Exported }) =>
      `Questo file contiene ${what[d.what]}, ed è destinato a una sola persona. Premere il pulsante per scaricarlo; dopo, il collegamento non è più valido.`,
    button: 'Scarica il file',
    stale: 'Questo collegamento è già stato usato, o ha più di dieci minuti. Non è stato dato alcun file. Scrivermi “esporta” in Teams per averne uno nuovo.',
    mayNot: 'A questo utente non è più consentito vedere gli abbonamenti dei clienti. Non è stato dato alcun file.',
    busy: 'In questo momento si stanno creando altri file. Non è stato dato alcun file, e il collegamento funziona ancora: riprovare tra un minuto.',
    whoMayUnknown:
      'Non riesco a leggere in Microsoft Entra chi può farlo. Non è stato dato alcun file, e il collegamento funziona ancora: riprovare tra un minuto.',
  },
};
