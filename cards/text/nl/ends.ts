/** What happens at the end of a term: one sentence for each reading, and its money never without what it is a part of. */
import { CANCEL_WINDOW_DAYS, DATA_KEPT_DAYS, EST_OVER_MONTHLY_PERCENT, EST_OVER_YEARLY_PERCENT, GRACE_DAYS } from '../../../services/domain/rules.ts';
import type { Money } from '../../../services/domain/money.ts';
import type { Safe } from '../../escape.ts';
import type { Becomes, EndCost, EndSaid } from '../en/ends.ts';
import { aMonth, by, date, licences, money, number, people, termName } from './format.ts';

/** `€ 135,40 per maand volgens de prijslijst van 20 januari 2027, € 20,40 meer dan nu`. */
function listPrice(price: Money, { on, now }: Pick<EndCost, 'on' | 'now'>): string {
  const listed = `${aMonth(price)} volgens de prijslijst van ${date(on)}`;
  if (now?.currency !== price.currency) return listed;
  const change = price.minor - now.minor;
  if (change === 0) return `${listed}, evenveel als nu`;
  return `${listed}, ${money({ minor: Math.abs(change), currency: price.currency })} ${change > 0 ? 'meer' : 'minder'} dan nu`;
}

/** What an Extended Service Term costs: by the price list where that was read, else with what it is a percentage of. */
export function extendedPrice(byMonth: boolean, cost: EndCost | null = null): string {
  if (cost?.extended) return listPrice(cost.extended, cost);
  const monthly = `${number(EST_OVER_MONTHLY_PERCENT)}% meer dan de prijs van een looptijd van één maand`;
  return byMonth
    ? `${monthly}, en dat is de looptijd die het nu heeft`
    : `${monthly}, of ongeveer ${number(EST_OVER_YEARLY_PERCENT)}% meer dan een twaalfde van de jaarprijs als die looptijd er niet is`;
}

/** `, voor € 115,00 per maand …` of its next term, which is charged as the price list has it on that day. */
const renewalPrice = ({ cost, end }: EndSaid) =>
  cost?.renewal ? `, voor ${listPrice(cost.renewal, cost)}` : end === 'renews' ? ', tegen de prijs van die dag' : '';

const FROZEN = 'Het aantal licenties kan dan niet worden gewijzigd.';

/** The words of "they lose access", for either order of a sentence. Where others give the same licence, only those lose access for whom these have none. */
function losers({ inUse, shared }: Pick<EndSaid, 'inUse' | 'shared'>): { who: string; verb: string; may: string; note: string } {
  const one = { verb: 'verliest', may: 'kan' };
  const many = { verb: 'verliezen', may: 'kunnen' };
  if (shared) {
    const short = Math.max(0, shared.used - shared.others);
    const note = ` (andere abonnementen hebben ${number(shared.others)} van deze licenties, en ${people(shared.used)} ${by(shared.used, 'heeft', 'hebben')} er een)`;
    return { who: short === 0 ? 'niemand' : people(short), ...(short <= 1 ? one : many), note };
  }
  if (inUse === null || inUse === 0) return { who: 'de mensen die het gebruiken', ...many, note: '' };
  return { who: inUse === 1 ? 'de enige persoon die het gebruikt' : `de ${people(inUse)} die het gebruiken`, ...(inUse === 1 ? one : many), note: '' };
}

/** `de 5 personen die het gebruiken, verliezen de toegang`. */
function whoLoses(d: EndSaid): string {
  const { who, verb, note } = losers(d);
  return `${who}${d.shared ? '' : ','} ${verb} de toegang${note}`;
}

/** `verliezen de 5 personen die het gebruiken de toegang`, behind a day. */
function losesWho(d: EndSaid, when = ''): string {
  const { who, verb, note } = losers(d);
  return `${verb} ${who}${when} de toegang${note}`;
}

/** `Microsoft 365 E3, 5 licenties, 1 jaar, maandelijks betaald`; only what was told. */
export function becoming(as: Becomes | null): string {
  const parts = as ? [as.plan, as.quantity === null ? null : licences(as.quantity), as.term ? termName(as.term, as.billing ?? ('' as Safe)) : null] : [];
  return parts.filter(Boolean).join(', ') || 'iets anders; Partnercentrum toont wat';
}

/** Licences that will be fewer than the people who use it. */
function tooFew({ becomes, inUse }: EndSaid): string {
  const left = becomes?.quantity ?? null;
  return left !== null && inUse !== null && left < inUse ? ` Dan ${by(inUse - left, 'heeft', 'hebben')} ${people(inUse - left)} geen licentie.` : '';
}

function contradiction(d: EndSaid): string {
  const look = 'Kijk in Partnercentrum welke van de twee de bedoeling is.';
  if (d.planned === 'cancels')
    return `Automatische verlenging staat aan, maar er is een opzegging gepland: op ${date(d.day)} wordt het verlengd, of het eindigt en ${whoLoses(d)}. ${look}`;
  const plan = d.planned === 'renewsAs' ? `wordt verlengd als ${becoming(d.becomes)}` : 'wordt verlengd';
  return `Automatische verlenging staat uit, maar er is gepland dat het ${plan}. Dat gebeurt na ${date(d.day)}, of het gaat van maand tot maand door als betaalde Extended Service Term. ${look}`;
}

function notKnown(d: EndSaid): string {
  const look = 'Wat er dan gebeurt, is niet bekend; kijk in Partnercentrum.';
  if (d.word !== null && d.on !== null) return `Microsoft heeft iets gepland voor ${date(d.on)}, voordat de looptijd eindigt: “${d.word}”. ${look}`;
  if (d.word !== null) return `Microsoft heeft voor het einde van de looptijd iets gepland dat ik niet ken: “${d.word}”. ${look}`;
  if (d.either === 'endsOrWorksOn')
    return `Het is niet bekend wat er dan gebeurt: ${whoLoses(d)}, of ${d.shared ? 'mensen kunnen' : losers(d).may} er nog maximaal ${number(GRACE_DAYS)} dagen kosteloos mee doorwerken. Ga uit van ${date(d.day)}.`;
  if (d.either === 'renewsOrInEst')
    return 'Het is niet bekend of het per maand wordt verlengd of al in een betaalde Extended Service Term zit. Het gaat in beide gevallen door.';
  return `Het is niet bekend wat er dan gebeurt: ${whoLoses(d)}, of het gaat van maand tot maand door als betaalde Extended Service Term, voor ${extendedPrice(d.byMonth, d.cost)}. Stelt iemand in Partnercentrum een opzegging in, dan eindigt het.`;
}

/** What that end means for people and money. */
export function effectOf(d: EndSaid): string {
  switch (d.end) {
    case 'renews':
      return `Het wordt verlengd op ${date(d.day)}${renewalPrice(d)}. U kunt het vóór die dag omzetten, of het laten zoals het is.${d.takenBack ? ` Nadat het is verlengd, kan het ${number(CANCEL_WINDOW_DAYS)} dagen lang in Partnercentrum worden geannuleerd; de resterende dagen worden dan terugbetaald.` : ''}${d.ofProgramme ? ' Microsoft stopt met dit plan: staat de automatische verlenging eenmaal uit, dan kan die misschien niet meer aan.' : ''}`;
    case 'renewsAs':
      return `Op ${date(d.day)} wordt het verlengd als ${becoming(d.becomes)}${renewalPrice(d)}.${tooFew(d)}${d.nextNotSold ? ' Dat plan wordt niet meer aan deze klant verkocht: de wijziging wordt nog wel uitgevoerd, maar vervalt die eenmaal, dan kan die niet opnieuw worden gepland.' : ''} U kunt het vóór die dag omzetten.`;
    case 'cancels':
      if (d.newCommerce)
        return `Er is een opzegging ingesteld: na die dag ${losesWho(d, d.shared ? '' : ' meteen')}. De gegevens worden ${number(DATA_KEPT_DAYS)} dagen bewaard, maar het abonnement kan niet worden hersteld.`;
      return `Op die dag ${losesWho(d)}.${d.retired ? ' Microsoft is met dit plan gestopt, dus het kan niet opnieuw worden ingeschakeld.' : ''}`;
    case 'extends':
      return `${d.nothingPlanned ? 'Voor die dag is nog niets gepland; binnen ongeveer een dag plant Microsoft een Extended Service Term. ' : ''}${d.despiteFlag ? 'Automatische verlenging staat aan, maar er is een Extended Service Term gepland. ' : ''}Niemand verliest de toegang: tenzij iemand een opzegging instelt, gaat het na ${date(d.day)} van maand tot maand door als betaalde Extended Service Term, voor ${extendedPrice(d.byMonth, d.cost)}. ${FROZEN}`;
    case 'inEst':
      return `Het zit in een betaalde Extended Service Term en gaat van maand tot maand door, voor ${extendedPrice(false, d.cost && { ...d.cost, now: null })}, totdat iemand het opzegt of converteert naar een langere looptijd. Niemand hoeft iets te doen om het te laten doorgaan. Het aantal licenties kan daarin niet worden gewijzigd; converteer het daarvoor eerst.`;
    case 'contradictory':
      return contradiction(d);
    case 'unread':
      return 'Partnercentrum zegt niet of het wordt verlengd. Kijk daar vóór die dag.';
    case 'unknown':
      return notKnown(d);
  }
}
