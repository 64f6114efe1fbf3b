/** What a chat watches, what can be written, and the page for the consent. */
import type { Safe } from '../../escape.ts';
import { agree, date, number, onThe, stamp } from './format.ts';

export const greeting = {
  who: 'Segnalo quando un abbonamento smette di rinnovarsi',
  effect:
    'Un messaggio per ciascuno, in questa chat, con la data, i piani che possono seguire e il prossimo passaggio. Non acquisto, non sposto e non sospendo nulla finché una persona di questa chat non lo conferma.',
  notRenewing: (n: number, next: string | null, whole: boolean) =>
    n === 0
      ? whole
        ? 'Nessuno, per quanto mi risulta'
        : 'Nessuno di quelli che ho potuto leggere'
      : `${number(n)}${next ? `, il prossimo ${onThe(date(next))}` : ''}`,
  looking: 'Sto esaminando i clienti.',
  /** What can be written; `who` put the bot here. */
  commands: 'In seguito, scrivermi **scadenze**, “mostra contoso” o “migra contoso”; in un canale, menzionarmi prima. **aiuto** elenca tutti i comandi.',
  addedBy: (d: { who: Safe }) => `Aggiunto da ${d.who}.`,
  formerly: (what: readonly Safe[]) =>
    `Quando ero qui in precedenza, questa chat seguiva ${what.length > 0 ? what.join(', ') : 'tutti i clienti'}. Ora non segue nulla.`,
  speak: 'Successor può seguire gli abbonamenti dei clienti e avvisare quando uno smette di rinnovarsi. Scegliere “Segui qui” per iniziare.',
  example: 'Contoso',
};

export const watching = {
  state: 'Segue',
  notState: 'Non segue',
  who: (d: { customers: number; names: readonly Safe[] }) => (d.names.length > 0 ? d.names.join(', ') : `Tutti i clienti (${number(d.customers)})`),
  effect: (open: number | null, whole: boolean) =>
    `Qui arriva un messaggio quando un abbonamento smette di rinnovarsi, o torna a rinnovarsi.${open === null ? ' Sto ancora esaminando i clienti; segue un elenco.' : open === 0 ? ` In ciò che ho letto, al momento nulla smette di rinnovarsi.${whole ? '' : ' Non si è potuto leggere tutto; scrivere **stato** per sapere che cosa.'}` : ` Al momento ${number(open)} ${agree(open, 'non è impostato', 'non sono impostati')} per il rinnovo.`}`,
  none: 'Questa chat non segue nulla',
  noneEffect: 'Qui non arriva alcun messaggio automatico. Scegliere “Segui qui” per essere avvisati quando un abbonamento smette di rinnovarsi.',
  startedBy: (d: { who: Safe; at: string }) => `Avviato da ${d.who} ${onThe(stamp(d.at))}.`,
};

/** How each command is written, and what it is for; which commands there are stands in `dialogs/commands.ts`. */
const lines = {
  expiring: {
    title: 'scadenze',
    value:
      'ciò che termina entro 90 giorni e non è impostato per il rinnovo; `scadenze 30` o `scadenze 30 contoso` restringono l’elenco; `scadenze est`, `scadenze termina` e `scadenze rinnova` dicono quanto costa; `scadenze ferme`, `scadenze mie` e `scadenze per importo` lo restringono e lo ordinano',
  },
  show: { title: 'mostra contoso', value: 'tutto ciò che un cliente ha e come termina ciascun abbonamento, oppure la scheda di un ticket' },
  watch: { title: 'segui', value: 'avvisare questa chat quando un abbonamento smette di rinnovarsi; `segui contoso` solo per un cliente o un programma' },
  unwatch: { title: 'non seguire', value: 'non avvisare più questa chat' },
  watching: { title: 'seguiti', value: 'che cosa segue questa chat' },
  remind: {
    title: 'ricorda 30 7',
    value:
      'promemoria a questa chat prima della fine di un periodo, con i giorni di anticipo indicati (60, 30, 14, 7, 1); `ricorda no` per non riceverne; di solito 30, 7 e 1',
  },
  settings: {
    title: 'impostazioni',
    value:
      'quando arrivano i messaggi in questa chat, e quali; `impostazioni fuso rome`, `impostazioni silenzio 18-8`, `impostazioni elenco lun-ven 9`, `impostazioni rapporto lunedì 9`, `impostazioni entro 30`, `impostazioni minimo 100`, `impostazioni tranne contoso`, ciascuna anche con `no`',
  },
  move: {
    title: 'migra contoso',
    value:
      'acquistare il piano sostitutivo, riassegnare le licenze, sospendere l’abbonamento precedente; `migra dynamics crm online` inizia con più clienti di un programma insieme',
  },
  history: { title: 'cronologia S-1001', value: 'chi ha fatto che cosa, e quando; nella chat personale con me anche chi aveva quale licenza' },
  invite: {
    title: 'invita adatum',
    value: 'il collegamento con cui un’azienda diventa cliente; avviso quando succede, `annulla invito adatum` mette fine all’attesa',
  },
  report: { title: 'rapporto', value: 'quanti abbonamenti sono in gioco e per quanto, per mese, programma, persona e stato; chi ha deciso che cosa' },
  export: {
    title: 'esporta',
    value: 'tutti i ticket in un file per fogli di calcolo; `esporta decisioni`, `esporta registro`; aggiungere `json` per i programmi; solo a chi lo chiede',
  },
  snooze: { title: 'rinvia S-1001 14 ferie', value: 'non ora: scrivo di nuovo dopo questo numero di giorni, oppure in un giorno preciso, come il 10 gennaio' },
  dismiss: { title: 'lascia S-1001 motivo', value: 'lasciarlo andare, con un motivo; `ripristina S-1001` revoca questa scelta, o un rinvio' },
  assign: { title: 'assegna S-1001 @Megan', value: 'chi lo ha in carico; `restituisci S-1001` perché non sia più in carico a nessuno' },
  note: { title: 'nota S-1001 testo', value: 'una riga nella sua conversazione e nel suo registro; `visto S-1001` annota soltanto la presa visione' },
  mine: { title: 'i miei', value: 'ciò che attende chi scrive: approvazioni, domande, e ciò che ha in carico' },
  approvals: { title: 'approvazioni', value: 'ciò che attende il sì di chi scrive' },
  status: { title: 'stato', value: 'se riesco a raggiungere il Centro per i partner' },
  cancelBack: { title: 'annulla, indietro', value: 'chiudere una migrazione che attende, o tornare al passaggio precedente' },
  readOnly: { title: 'sola lettura sì', value: 'fermare subito ogni acquisto, modifica di licenze e sospensione; `sola lettura no` li fa proseguire' },
  dryRun: {
    title: 'simulazione sì',
    value: 'per provare: seguo gli abbonamenti, informo e chiedo prezzi, ma non acquisto e non modifico nulla; `simulazione no` la termina',
  },
  consent: { title: 'consenso', value: 'accedere per il mio lavoro nel Centro per i partner, o rinnovare l’accesso; solo nella chat personale con me' },
};

/** The commands that are more than one word, or stand with what belongs to them. */
const SAID_WHOLE: ReadonlySet<string> = new Set([lines.unwatch.title, lines.mine.title]);

/** The command alone, out of the title of its line. */
function commandOf(title: string): string {
  return SAID_WHOLE.has(title) ? title : title === lines.readOnly.title ? 'sola lettura' : (title.split(/[ ,]/)[0] ?? title);
}

export const help = {
  who: 'Che cosa so fare',
  effect: 'Scrivermi uno di questi comandi. In un canale, menzionarmi prima.',
  nobody: 'Non è ancora assegnato alcun ruolo. Chiedere a un proprietario l’inserimento in uno dei gruppi in Microsoft Entra.',
  lines,
  speak: (commands: readonly Safe[]) => `Che cosa mi si può chiedere: ${commands.map(commandOf).join(', ')}.`,
};

export const consentPage = {
  title: 'Successor',
  stored:
    'Fatto. Ora posso lavorare nel Centro per i partner; l’accesso si rinnova da solo finché vengo usato almeno una volta ogni 90 giorni. È possibile chiudere questa pagina.',
  stale: 'Questo collegamento è già stato usato, o ha più di dieci minuti. Non è cambiato nulla. Scrivermi “consenso” in Teams per averne uno nuovo.',
  otherBrowser:
    'Questa pagina è stata aperta in un browser diverso da quello con cui si è iniziato. Non è cambiato nulla. Scrivermi “consenso” in Teams e aprire il nuovo collegamento in un solo browser.',
  otherTenant: 'Questo account appartiene a un’azienda diversa dal partner per cui lavoro. Non è cambiato nulla. Riprovare con un account del partner.',
  noMfa:
    'Questo accesso non ha richiesto un secondo fattore, e il Centro per i partner lo esige. Non è cambiato nulla. Attivare l’autenticazione a più fattori per l’account, poi riprovare.',
  noAccess:
    'Il Centro per i partner non consente a questo account di lavorare per il partner. Non è cambiato nulla. Riprovare con un account membro di AdminAgents.',
  unproved:
    'Il Centro per i partner non ha detto se accetta questo accesso. Non è cambiato nulla. Scrivermi “consenso” in Teams e riprovare tra qualche minuto.',
  refused:
    'Microsoft Entra non ha dato il consenso, oppure chi ha effettuato l’accesso non può darlo. Non è cambiato nulla. Un proprietario può scrivermi “consenso” in Teams e riprovare.',
  whoMayUnknown: 'Non riesco a leggere in Microsoft Entra chi può farlo. Non è cambiato nulla; riprovare tra un minuto.',
  notHere: 'Qui non c’è nulla a cui dare il consenso.',
};

/** The page that the app's website, privacy and terms lead to, where a company has none of its own: headings, each with its paragraphs. */
export const aboutPage = {
  title: 'Successor',
  sections: [
    {
      id: 'about',
      title: 'Di che cosa si tratta',
      paragraphs: [
        'Successor è un bot in Microsoft Teams per il personale di un partner Cloud Solution Provider. Segue gli abbonamenti dei clienti del partner nel Centro per i partner, avvisa in Teams quando uno smette di rinnovarsi, e guida nell’acquisto del successivo, nella riassegnazione delle licenze e nella sospensione di quello precedente. Ciascuna di queste operazioni è prima confermata da una persona.',
        'È gestito dall’azienda nel cui tenant è installato. Per ricevere aiuto, scrivergli “aiuto” in Teams; per tutto il resto rivolgersi a chi lo gestisce lì.',
      ],
    },
    {
      id: 'privacy',
      title: 'Privacy',
      paragraphs: [
        'Tutto ciò che viene conservato si trova nella sottoscrizione di Azure dell’azienda che gestisce il bot. Nulla viene inviato agli autori di Successor.',
        'Delle persone che gli scrivono o premono i suoi pulsanti conserva l’ID oggetto in Microsoft Entra, il nome, la lingua, la chat personale con il bot e, sotto una chiave casuale, che cosa hanno deciso e quando. Un nome viene dimenticato quando la persona non è stata qui per un tempo che l’azienda imposta (inizialmente 400 giorni). Ciò che le persone scrivono non viene conservato, tranne i motivi che indicano perché tutti li leggano.',
        'Delle persone di un cliente la cui licenza viene riassegnata conserva l’ID e il nome finché la migrazione è in corso e, insieme al registro di quella migrazione, quale licenza avevano.',
        'Per sapere che cosa viene conservato di sé, o per essere dimenticati, rivolgersi a chi gestisce il bot; per ciascuna richiesta c’è un comando.',
      ],
    },
    {
      id: 'terms',
      title: 'Condizioni per l’utilizzo',
      paragraphs: [
        'Successor è software libero con licenza MIT, senza garanzia. Acquista e sospende solo ciò che una delle persone del partner ha confermato; quegli ordini vengono effettuati in base al contratto del partner con Microsoft, che invia la fattura al partner.',
      ],
    },
  ],
} as const;
