/** How the bot is, and what could not be read. */
import { SIGN_IN_AGAIN } from '../../../services/domain/rules.ts';
import type { Safe } from '../../escape.ts';
import { agree, count, fromThe, listed, number, stamp, subscriptions } from './format.ts';

/** Why a customer could not be looked at, from the kind of the failure and Partner Center's code. */
export function whySkipped(why: Safe): string {
  const [kind, code = ''] = why.split(' ');
  if (code === 'shape') return 'il Centro per i partner ha risposto in un modo che non capisco';
  if (SIGN_IN_AGAIN.has(code))
    return 'il Centro per i partner richiede un nuovo accesso con l’account con cui lavoro: un proprietario mi scrive **consenso** nella chat personale con me';
  if (kind === 'forbidden') return `il Centro per i partner non me lo consente (${code})`;
  if (kind === 'notFound') return `il Centro per i partner non lo conosce (${code})`;
  if (kind === 'throttled') return 'il Centro per i partner ha chiesto di ridurre le richieste';
  return kind === 'unclear' ? `il Centro per i partner non ha risposto come dovrebbe (${code})` : `il Centro per i partner ha rifiutato (${code})`;
}

/** Partner Center's fields that the watch cannot do without, in words. */
const fields: Record<string, string> = {
  quantity: 'il numero di licenze',
  autoRenewEnabled: 'se si rinnova, cioè il campo autoRenewEnabled,',
  commitmentEndDate: 'la data di fine',
  status: 'lo stato',
  offerId: 'l’offerta',
  productType: 'il tipo di prodotto',
};

/** What could not be read of a customer. */
export const notRead = (d: { what: 'field' | 'list' | 'vanished' | 'lacks'; plan: Safe | null; field: Safe | null; count: number }) => {
  if (d.what === 'list') return 'la fine del suo elenco: il Centro per i partner indica che continua ma non dove, oppure elenca qualcosa senza un ID';
  if (d.what === 'vanished') return `${subscriptions(d.count)} ${agree(d.count, 'scomparso', 'scomparsi')} dal suo elenco in una volta sola`;
  if (d.what === 'lacks') return `nel suo elenco manca ${d.plan ?? 'un abbonamento'}, che però c’è quando lo chiedo singolarmente`;
  return `${fields[d.field ?? ''] ?? `“${d.field ?? ''}”`} di ${d.plan ?? 'un abbonamento senza ID'}`;
};

export const status = {
  who: 'Il mio stato',
  ok: 'Funziona tutto.',
  partly: 'Seguo gli abbonamenti e informo, ma non si è potuto leggere tutto.',
  chatsWait: 'Seguo gli abbonamenti, ma Teams non accetta tutto ciò che ho da dire.',
  listUnreadable: (code: Safe) => `L’elenco dei clienti non è leggibile (${code}). Proseguo con quelli che conosco e continuo a provare.`,
  notRead: 'Che cosa non si è potuto leggere',
  never: (n: number) => `${count(n, 'cliente non è ancora stato esaminato', 'clienti non sono ancora stati esaminati')}.`,
  listPartial: 'L’elenco dei clienti continua, e non sono riuscito a leggerlo oltre.',
  listRecords: (n: number) => `${count(n, 'voce', 'voci')} senza ID nell’elenco dei clienti.`,
  listUnnamed: (ids: readonly Safe[]) => `Nomi nell’elenco dei clienti, di ${ids.join(', ')}.`,
  listVanished: (n: number) =>
    `${count(n, 'cliente è scomparso', 'clienti sono scomparsi')} dall’elenco in una volta sola. Non ne traggo alcuna conclusione e chiedo di ognuno dopo tre giorni.`,
  listLacks: (n: number) =>
    n === 1
      ? 'Nell’elenco dei clienti ne manca 1, che però c’è quando lo chiedo.'
      : `Nell’elenco dei clienti ne mancano ${number(n)}, che però ci sono quando li chiedo.`,
  of: (d: { customer: Safe; what: Safe }) => `${d.customer}: ${d.what}.`,
  more: (n: number) => `E ancora ${number(n)}.`,
  facts: {
    customers: 'Clienti',
    looked: 'Ultima verifica',
    open: 'Non si rinnovano',
    skipped: 'Saltati',
    waiting: 'Da inviare',
    asleep: 'Non raggiunte',
    cost: 'Oggi finora',
    chat: 'Questa chat',
    readOnly: 'Sola lettura',
    dryRun: 'Simulazione',
  },
  many: (n: number, most: number) => (n >= most ? `${number(most)} o più` : number(n)),
  waiting: (d: { chats: number; since: string | null; troubled: number }) =>
    d.chats === 0
      ? 'Nulla in attesa'
      : `${count(d.chats, 'chat attende', 'chat attendono')}${d.since ? `, la prima ${fromThe(stamp(d.since))}` : ''}${d.troubled > 0 ? `; per ora Teams ne rifiuta ${number(d.troubled)}` : ''}`,
  cost: (d: { requests: number; looks: number; transactions: number; subscriptions: number }) =>
    `${count(d.requests, 'richiesta', 'richieste')} al Centro per i partner, ${count(d.looks, 'verifica', 'verifiche')} di clienti${
      d.subscriptions > 0
        ? `; ${(d.transactions / d.subscriptions).toFixed(2).replace('.', ',')} transazioni di archiviazione per ogni abbonamento esaminato`
        : ''
    }`,
  late: (minutes: number) =>
    `Sono in ritardo di ${count(minutes, 'minuto', 'minuti')}: i clienti sono più di quanti le richieste al minuto consentano nel tempo impostato.`,
  readOnlyOn: (d: { who: Safe; at: string } | null) =>
    d
      ? `${fromThe(stamp(d.at))}, per scelta di ${d.who}; non viene acquistato, spostato o sospeso nulla`
      : 'per un’impostazione; non viene acquistato, spostato o sospeso nulla',
  readOnly: 'Sono in sola lettura: seguo gli abbonamenti e informo, e non modifico nulla.',
  dryRun:
    'Questa è una simulazione: seguo gli abbonamenti, informo e chiedo prezzi, ma non acquisto e non modifico nulla. Un proprietario la termina con “simulazione no”.',
  looked: (at: string | null) => (at ? stamp(at) : 'non ancora'),
  skipped: (n: number) => (n === 0 ? 'Nessuno' : number(n)),
  skippedNames: (names: readonly Safe[], others: number) =>
    `L’ultima volta non sono riuscito a esaminare ${others > 0 ? `${names.join(', ')} e ${count(others, 'altro cliente', 'altri clienti')}` : listed(names)}; riprovo.`,
  watching: (what: readonly Safe[]) => (what.length === 0 ? 'non segue nulla' : `segue ${what.join(', ')}`),
  all: 'tutti i clienti',
  unreachable: 'Non riesco a raggiungere il Centro per i partner. Ciò che so può non essere aggiornato; continuo a provare.',
  asleep: (n: number) => `${count(n, 'chat', 'chat')}: Teams non mi consente di scrivere lì`,
  allAsleep:
    'Teams non mi consente di scrivere in nessuna delle chat che seguono qualcosa. Lì nessuno viene a sapere che cosa smette di rinnovarsi; continuo a provare.',
  unknown: (since: string) =>
    `Teams non mi riconosce ${fromThe(stamp(since))}, quindi non parte alcun messaggio. Controllare la registrazione e il segreto del bot; nulla va perso.`,
};
