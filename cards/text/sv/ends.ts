/** What happens at the end of a term: one sentence for each reading, and its money never without what it is a part of. */
import { CANCEL_WINDOW_DAYS, DATA_KEPT_DAYS, EST_OVER_MONTHLY_PERCENT, EST_OVER_YEARLY_PERCENT, GRACE_DAYS } from '../../../services/domain/rules.ts';
import type { Money } from '../../../services/domain/money.ts';
import type { Safe } from '../../escape.ts';
import type { Becomes, EndCost, EndSaid } from '../en/ends.ts';
import { NB } from '../format.ts';
import { aMonth, capital, days, licences, money, number, people, termName, theDay } from './format.ts';

/** `135,40 € per månad enligt prislistan per den 20 januari 2027, 20,40 € mer än nu`. */
function listPrice(price: Money, { on, now }: Pick<EndCost, 'on' | 'now'>): string {
  const by = `${aMonth(price)} enligt prislistan per ${theDay(on)}`;
  if (now?.currency !== price.currency) return by;
  const change = price.minor - now.minor;
  if (change === 0) return `${by}, samma som nu`;
  return `${by}, ${money({ minor: Math.abs(change), currency: price.currency })} ${change > 0 ? 'mer' : 'mindre'} än nu`;
}

/** What an Extended Service Term costs: by the price list where that was read, else with what it is a percentage of. */
export function extendedPrice(byMonth: boolean, cost: EndCost | null = null): string {
  if (cost?.extended) return listPrice(cost.extended, cost);
  return byMonth
    ? `${number(EST_OVER_MONTHLY_PERCENT)}${NB}% över priset för en enmånadsperiod, som är den period den har nu`
    : `${number(EST_OVER_MONTHLY_PERCENT)}${NB}% över priset för en enmånadsperiod, eller cirka ${number(EST_OVER_YEARLY_PERCENT)}${NB}% över en tolftedel av årspriset där en sådan inte finns`;
}

/** `, till 115,00 € per månad …` of its next term, which is charged as the price list has it on that day. */
const renewalPrice = ({ cost, end }: EndSaid) => (cost?.renewal ? `, till ${listPrice(cost.renewal, cost)}` : end === 'renews' ? ', till den dagens pris' : '');

const FROZEN = 'Då kan antalet licenser inte ändras.';

/** Where others give the same licence, only those lose access for whom these have none. `when` comes before the verb, and turns the sentence round. */
function whoLoses({ inUse, shared }: Pick<EndSaid, 'inUse' | 'shared'>, when = '', what = 'sin åtkomst'): string {
  const lose = (who: string) => (when ? `${when} förlorar ${who} ${what}` : `${who} förlorar åtkomsten`);
  const it = when ? 'prenumerationen' : 'den';
  if (shared) {
    const short = Math.max(0, shared.used - shared.others);
    const have = `andra prenumerationer har ${number(shared.others)} av den här licensen, och ${people(shared.used)} har en`;
    return `${lose(short === 0 ? 'ingen' : people(short))} (${have})`;
  }
  if (inUse === null || inUse === 0) return lose(`de som använder ${it}`);
  return lose(inUse === 1 ? `den enda person som använder ${it}` : `de ${people(inUse)} som använder ${it}`);
}

/** `Microsoft 365 E3, 5 licenser, 1 år, betalas månadsvis`; only what was told. */
export function becoming(as: Becomes | null): string {
  const parts = as ? [as.plan, as.quantity === null ? null : licences(as.quantity), as.term ? termName(as.term, as.billing ?? ('' as Safe)) : null] : [];
  return parts.filter(Boolean).join(', ') || 'något annat; Partnercenter visar vad';
}

/** Licences that will be fewer than the people who use it. */
function tooFew({ becomes, inUse }: EndSaid): string {
  const left = becomes?.quantity ?? null;
  return left !== null && inUse !== null && left < inUse ? ` Då blir ${people(inUse - left)} utan licens.` : '';
}

function contradiction(d: EndSaid): string {
  if (d.planned === 'cancels')
    return `Automatisk förnyelse är på, men ändå är en uppsägning planerad: ${theDay(d.day)} förnyas den, eller så upphör den och ${whoLoses(d)}. Kontrollera i Partnercenter vilket av de två som avses.`;
  const plan = d.planned === 'renewsAs' ? `förnyas som ${becoming(d.becomes)}` : 'förnyas';
  return `Automatisk förnyelse är av, men ändå är det planerat att den ${plan}. Den gör det efter ${theDay(d.day)}, eller så fortsätter den månad för månad som betald Extended Service Term. Kontrollera i Partnercenter vilket av de två som avses.`;
}

function notKnown(d: EndSaid): string {
  const look = 'Vad som händer då är inte känt; titta i Partnercenter.';
  if (d.word !== null && d.on !== null) return `Microsoft har planerat något för ${theDay(d.on)}, innan perioden slutar: ”${d.word}”. ${look}`;
  if (d.word !== null) return `Microsoft har planerat något för periodens slut som jag inte känner till: ”${d.word}”. ${look}`;
  if (d.either === 'endsOrWorksOn')
    return `Det är inte känt vad som händer då: ${whoLoses(d)}, eller så går det att arbeta vidare i upp till ${days(GRACE_DAYS)} till utan att den faktureras. Räkna med ${theDay(d.day)}.`;
  if (d.either === 'renewsOrInEst')
    return 'Det är inte känt om den förnyas månadsvis eller redan är i en betald Extended Service Term. Den fortsätter i båda fallen.';
  return `Det är inte känt vad som händer då: ${whoLoses(d)}, eller så fortsätter den månad för månad som betald Extended Service Term, till ${extendedPrice(d.byMonth, d.cost)}. En uppsägning som läggs in i Partnercenter gör att den upphör.`;
}

/** What that end means for people and money. */
export function effectOf(d: EndSaid): string {
  switch (d.end) {
    case 'renews':
      return `Den förnyas ${theDay(d.day)}${renewalPrice(d)}. Du kan flytta den före den dagen, eller låta den vara som den är.${d.takenBack ? ` I ${days(CANCEL_WINDOW_DAYS)} efter att den har förnyats kan den sägas upp i Partnercenter, och de dagar som är kvar betalas tillbaka.` : ''}${d.ofProgramme ? ' Microsoft återkallar den här planen: när den automatiska förnyelsen väl är borta kommer den kanske inte tillbaka.' : ''}`;
    case 'renewsAs':
      return `${capital(theDay(d.day))} förnyas den som ${becoming(d.becomes)}${renewalPrice(d)}.${tooFew(d)}${d.nextNotSold ? ' Den planen säljs inte längre till den här kunden: ändringen genomförs ändå, men när den väl är borta kan den inte planeras igen.' : ''} Du kan flytta den före den dagen.`;
    case 'cancels':
      if (d.newCommerce)
        return `En uppsägning är inlagd: ${whoLoses(d, 'efter den dagen', d.shared ? 'sin åtkomst' : 'genast sin åtkomst')}. Dess data sparas i ${days(DATA_KEPT_DAYS)}, och prenumerationen kan inte fås tillbaka.`;
      return `${whoLoses(d, 'Den dagen')}.${d.retired ? ' Microsoft har återkallat den här planen, så dess förnyelse kan inte slås på igen.' : ''}`;
    case 'extends':
      return `${d.nothingPlanned ? 'Inget är planerat för den dagen än; inom ungefär ett dygn planerar Microsoft en Extended Service Term. ' : ''}${d.despiteFlag ? 'Automatisk förnyelse visas som påslagen, men ändå är en Extended Service Term planerad. ' : ''}Ingen förlorar åtkomsten: om ingen lägger in en uppsägning fortsätter den efter ${theDay(d.day)} månad för månad som betald Extended Service Term, till ${extendedPrice(d.byMonth, d.cost)}. ${FROZEN}`;
    case 'inEst':
      return `Den är i en betald Extended Service Term och fortsätter månad för månad, till ${extendedPrice(false, d.cost && { ...d.cost, now: null })}, tills någon säger upp den eller konverterar den till en längre period. Ingen behöver göra något för att den ska fortsätta. Antalet licenser kan inte ändras så länge; konvertera den först om det behövs.`;
    case 'contradictory':
      return contradiction(d);
    case 'unread':
      return 'Partnercenter säger inte om den förnyas. Kontrollera där före den dagen.';
    case 'unknown':
      return notKnown(d);
  }
}
