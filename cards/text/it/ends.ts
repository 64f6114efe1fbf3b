/** What happens at the end of a term: one sentence for each reading, and its money never without what it is a part of. */
import { CANCEL_WINDOW_DAYS, DATA_KEPT_DAYS, EST_OVER_MONTHLY_PERCENT, EST_OVER_YEARLY_PERCENT, GRACE_DAYS } from '../../../services/domain/rules.ts';
import type { Safe } from '../../escape.ts';
import type { Money } from '../../../services/domain/money.ts';
import type { Becomes, EndCost, EndSaid } from '../en/ends.ts';
import { aMonth, agree, capital, date, licences, money, number, ofThe, onThe, people, termName, the } from './format.ts';

/** `135,40 € al mese secondo il listino prezzi del 20 gennaio 2027, 20,40 € in più rispetto a ora` */
function listPrice(price: Money, { on, now }: Pick<EndCost, 'on' | 'now'>): string {
  const by = `${aMonth(price)} secondo il listino prezzi ${ofThe(date(on))}`;
  if (now?.currency !== price.currency) return by;
  const change = price.minor - now.minor;
  if (change === 0) return `${by}, come ora`;
  return `${by}, ${money({ minor: Math.abs(change), currency: price.currency })} in ${change > 0 ? 'più' : 'meno'} rispetto a ora`;
}

/** What an Extended Service Term costs, behind “the price is”: by the price list where that was read, else with what it is a percentage of. */
export function extendedPrice(byMonth: boolean, cost: EndCost | null = null): string {
  if (cost?.extended) return listPrice(cost.extended, cost);
  return byMonth
    ? `superiore del ${number(EST_OVER_MONTHLY_PERCENT)}% a quello di un periodo di un mese, cioè del periodo attuale`
    : `superiore del ${number(EST_OVER_MONTHLY_PERCENT)}% a quello di un periodo di un mese o, dove un tale periodo non esiste, di circa il ${number(EST_OVER_YEARLY_PERCENT)}% a un dodicesimo del prezzo annuale`;
}

/** The same, behind “it goes on”. */
const atExtendedPrice = (byMonth: boolean, cost: EndCost | null) => `a ${cost?.extended ? '' : 'un prezzo '}${extendedPrice(byMonth, cost)}`;

/** `, a 115,00 € al mese …` of its next term, which is charged as the price list has it on that day. */
const renewalPrice = ({ cost, end }: EndSaid) =>
  cost?.renewal ? `, a ${listPrice(cost.renewal, cost)}` : end === 'renews' ? ', al prezzo di quel giorno' : '';

const FROZEN = 'Da allora il numero di licenze non può essere modificato.';

/** Where others give the same licence, only those lose access for whom these have none. */
function whoLoses({ inUse, shared }: Pick<EndSaid, 'inUse' | 'shared'>): string {
  if (shared) {
    const short = Math.max(0, shared.used - shared.others);
    const have = `altri abbonamenti hanno ${licences(shared.others)} di questo tipo, e ${people(shared.used)} ne ${agree(shared.used, 'ha', 'hanno')} una`;
    return `${short === 0 ? 'nessuno perde' : `${people(short)} ${agree(short, 'perde', 'perdono')}`} l’accesso (${have})`;
  }
  if (inUse === null || inUse === 0) return 'le persone che lo usano perdono l’accesso';
  return inUse === 1 ? 'l’unica persona che lo usa perde l’accesso' : `le ${people(inUse)} che lo usano perdono l’accesso`;
}

/** `Microsoft 365 E3, 5 licenze, 1 anno, pagamento mensile`; only what was told. */
export function becoming(as: Becomes | null): string {
  const parts = as ? [as.plan, as.quantity === null ? null : licences(as.quantity), as.term ? termName(as.term, as.billing ?? ('' as Safe)) : null] : [];
  return parts.filter(Boolean).join(', ') || 'qualcos’altro; il Centro per i partner mostra che cosa';
}

/** Licences that will be fewer than the people who use it. */
function tooFew({ becomes, inUse }: EndSaid): string {
  const left = becomes?.quantity ?? null;
  return left !== null && inUse !== null && left < inUse
    ? ` Da allora ${people(inUse - left)} non ${agree(inUse - left, 'avrà', 'avranno')} alcuna licenza.`
    : '';
}

function contradiction(d: EndSaid): string {
  if (d.planned === 'cancels')
    return `Il rinnovo automatico è attivo, eppure è pianificato un annullamento: ${onThe(date(d.day))} l’abbonamento si rinnova, oppure termina e ${whoLoses(d)}. Verificare nel Centro per i partner quale delle due cose è quella voluta.`;
  const plan = d.planned === 'renewsAs' ? `si rinnovi come ${becoming(d.becomes)}` : 'si rinnovi';
  return `Il rinnovo automatico è disattivato, eppure è pianificato che l’abbonamento ${plan}. Dopo ${the(date(d.day))} si rinnova in questo modo, oppure prosegue di mese in mese come Extended Service Term a pagamento. Verificare nel Centro per i partner quale delle due cose è quella voluta.`;
}

/** What people can go on doing, behind who loses access. */
function workOn({ shared, inUse }: EndSaid): string {
  return shared ? 'le persone possono' : agree(inUse ?? 0, 'può', 'possono');
}

function notKnown(d: EndSaid): string {
  const look = 'Non è noto che cosa succeda a quel punto; verificare nel Centro per i partner.';
  if (d.word !== null && d.on !== null) return `Microsoft ha pianificato qualcosa per ${the(date(d.on))}, prima della fine del periodo: “${d.word}”. ${look}`;
  if (d.word !== null) return `Microsoft ha pianificato per la fine del periodo qualcosa che non conosco: “${d.word}”. ${look}`;
  if (d.either === 'endsOrWorksOn')
    return `Non è noto che cosa succeda a quel punto: ${whoLoses(d)}, oppure ${workOn(d)} continuare a lavorare al massimo per altri ${number(GRACE_DAYS)} giorni, senza pagamento. Prepararsi per ${the(date(d.day))}.`;
  if (d.either === 'renewsOrInEst')
    return 'Non è noto se si rinnovi di mese in mese o sia già in un Extended Service Term a pagamento. In entrambi i casi prosegue.';
  return `Non è noto che cosa succeda a quel punto: ${whoLoses(d)}, oppure l’abbonamento prosegue di mese in mese come Extended Service Term a pagamento, ${atExtendedPrice(d.byMonth, d.cost)}. Un annullamento impostato nel Centro per i partner lo fa terminare.`;
}

/** What that end means for people and money. */
export function effectOf(d: EndSaid): string {
  switch (d.end) {
    case 'renews':
      return `Si rinnova ${onThe(date(d.day))}${renewalPrice(d)}. È possibile migrarlo prima di quel giorno, oppure lasciarlo così com’è.${d.takenBack ? ` Per ${number(CANCEL_WINDOW_DAYS)} giorni dopo il rinnovo può essere annullato nel Centro per i partner, e in tal caso i giorni restanti vengono rimborsati.` : ''}${d.ofProgramme ? ' Microsoft ritira questo piano: una volta perso il rinnovo automatico, potrebbe non essere più possibile riattivarlo.' : ''}`;
    case 'renewsAs':
      return `${capital(onThe(date(d.day)))} si rinnova come ${becoming(d.becomes)}${renewalPrice(d)}.${tooFew(d)}${d.nextNotSold ? ' Quel piano non è più in vendita per questo cliente: la modifica viene comunque eseguita, ma una volta persa non può essere pianificata di nuovo.' : ''} È possibile migrarlo prima di quel giorno.`;
    case 'cancels':
      if (d.newCommerce)
        return `È impostato un annullamento: dopo quel giorno ${whoLoses(d)}${d.shared ? '' : ' immediatamente'}. I dati vengono conservati per ${number(DATA_KEPT_DAYS)} giorni, e l’abbonamento non può essere ripristinato.`;
      return `Quel giorno ${whoLoses(d)}.${d.retired ? ' Microsoft ha ritirato questo piano, quindi il rinnovo non può essere riattivato.' : ''}`;
    case 'extends':
      return `${d.nothingPlanned ? 'Per quel giorno non è ancora pianificato nulla; entro circa un giorno Microsoft pianifica un Extended Service Term. ' : ''}${d.despiteFlag ? 'Il rinnovo automatico risulta attivo, eppure è pianificato un Extended Service Term. ' : ''}Nessuno perde l’accesso: se nessuno imposta un annullamento, dopo ${the(date(d.day))} l’abbonamento prosegue di mese in mese come Extended Service Term a pagamento, ${atExtendedPrice(d.byMonth, d.cost)}. ${FROZEN}`;
    case 'inEst':
      return `È in un Extended Service Term a pagamento e prosegue di mese in mese, ${atExtendedPrice(false, d.cost && { ...d.cost, now: null })}, finché qualcuno non lo annulla o non lo converte in un periodo più lungo. Perché prosegua non occorre fare nulla. In questa fase il numero di licenze non può essere modificato; per farlo, occorre prima la conversione.`;
    case 'contradictory':
      return contradiction(d);
    case 'unread':
      return 'Il Centro per i partner non indica se si rinnova. Verificare lì prima di quel giorno.';
    case 'unknown':
      return notKnown(d);
  }
}
