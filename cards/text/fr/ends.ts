/** What happens at the end of a term: one sentence for each reading, and its money never without what it is a part of. */
import { CANCEL_WINDOW_DAYS, DATA_KEPT_DAYS, EST_OVER_MONTHLY_PERCENT, EST_OVER_YEARLY_PERCENT, GRACE_DAYS } from '../../../services/domain/rules.ts';
import type { Safe } from '../../escape.ts';
import type { Money } from '../../../services/domain/money.ts';
import type { Becomes, EndCost, EndSaid } from '../en/ends.ts';
import { aMonth, licences, money, number, ofDay, onDay, people, plural, termName } from './format.ts';

/** `135,40 € par mois selon la liste de prix du 20 janvier 2027, 20,40 € de plus que maintenant` */
function listPrice(price: Money, { on, now }: Pick<EndCost, 'on' | 'now'>): string {
  const by = `${aMonth(price)} selon la liste de prix ${ofDay(on)}`;
  if (now?.currency !== price.currency) return by;
  const change = price.minor - now.minor;
  if (change === 0) return `${by}, autant que maintenant`;
  return `${by}, ${money({ minor: Math.abs(change), currency: price.currency })} de ${change > 0 ? 'plus' : 'moins'} que maintenant`;
}

/** What an Extended Service Term costs, behind « au prix suivant » or « son prix » with a colon: by the price list where that was read, else with what it is a percentage of. */
export function extendedPrice(byMonth: boolean, cost: EndCost | null = null): string {
  if (cost?.extended) return listPrice(cost.extended, cost);
  return byMonth
    ? `${number(EST_OVER_MONTHLY_PERCENT)} % de plus que le prix d’une période d’un mois, qui est sa période actuelle`
    : `${number(EST_OVER_MONTHLY_PERCENT)} % de plus que le prix d’une période d’un mois, ou environ ${number(EST_OVER_YEARLY_PERCENT)} % de plus que le prix annuel ramené au mois si le plan n’a pas de période d’un mois`;
}

/** `, à 115,00 € par mois …` of its next term, which is charged as the price list has it on that day. */
const renewalPrice = ({ cost, end }: EndSaid) =>
  cost?.renewal ? `, à ${listPrice(cost.renewal, cost)}` : end === 'renews' ? ', au prix en vigueur ce jour-là' : '';

const FROZEN = 'Le nombre de licences ne peut alors plus être modifié.';

/** Where others give the same licence, only those lose access for whom these have none. */
function whoLoses({ inUse, shared }: Pick<EndSaid, 'inUse' | 'shared'>): string {
  if (shared) {
    const short = Math.max(0, shared.used - shared.others);
    const have = `d’autres abonnements comptent ${licences(shared.others)} de ce type, et ${people(shared.used)} en ${plural(shared.used, 'a', 'ont')} une`;
    return `${short === 0 ? 'personne ne perd' : `${people(short)} ${plural(short, 'perd', 'perdent')}`} l’accès (${have})`;
  }
  if (inUse === null || inUse === 0) return 'les personnes qui l’utilisent perdent l’accès';
  return inUse === 1 ? 'la seule personne qui l’utilise perd l’accès' : `les ${people(inUse)} qui l’utilisent perdent l’accès`;
}

/** `Microsoft 365 E3, 5 licences, 1 an, paiement mensuel`, behind a colon; only what was told. */
export function becoming(as: Becomes | null): string {
  const parts = as ? [as.plan, as.quantity === null ? null : licences(as.quantity), as.term ? termName(as.term, as.billing ?? ('' as Safe)) : null] : [];
  return parts.filter(Boolean).join(', ') || 'autre chose ; l’Espace partenaires indique quoi';
}

/** Licences that will be fewer than the people who use it. */
function tooFew({ becomes, inUse }: EndSaid): string {
  const left = becomes?.quantity ?? null;
  return left !== null && inUse !== null && left < inUse ? ` ${people(inUse - left)} n’${plural(inUse - left, 'aura', 'auront')} alors pas de licence.` : '';
}

function contradiction(d: EndSaid): string {
  const look = 'Vérifiez dans l’Espace partenaires laquelle des deux issues est voulue.';
  if (d.planned === 'cancels')
    return `Le renouvellement automatique est activé, et pourtant une annulation est prévue : ${onDay(d.day)}, soit l’abonnement se renouvelle, soit il prend fin et ${whoLoses(d)}. ${look}`;
  const plan = d.planned === 'renewsAs' ? `que l’abonnement se renouvelle pour devenir : ${becoming(d.becomes)}` : 'que l’abonnement se renouvelle';
  return `Le renouvellement automatique est désactivé, et pourtant il est prévu ${plan}. Soit cela a lieu après ${onDay(d.day)}, soit l’abonnement continue de mois en mois en Extended Service Term (EST) payante. ${look}`;
}

function notKnown(d: EndSaid): string {
  const look = 'On ne sait pas ce qui se passera alors ; consultez l’Espace partenaires.';
  if (d.word !== null && d.on !== null) return `Microsoft a prévu quelque chose pour ${onDay(d.on)}, avant la fin de la période : « ${d.word} ». ${look}`;
  if (d.word !== null) return `Microsoft a prévu pour la fin de la période quelque chose que je ne connais pas : « ${d.word} ». ${look}`;
  const they = d.shared ? 'des personnes peuvent' : d.inUse === 1 ? 'elle peut' : 'elles peuvent';
  if (d.either === 'endsOrWorksOn')
    return `On ne sait pas ce qui se passera alors : soit ${whoLoses(d)}, soit ${they} continuer à travailler jusqu’à ${number(GRACE_DAYS)} jours de plus, sans paiement. Prenez vos dispositions pour ${onDay(d.day)}.`;
  if (d.either === 'renewsOrInEst')
    return 'On ne sait pas si l’abonnement se renouvelle au mois ou s’il est déjà en Extended Service Term (EST) payante. Il continue dans les deux cas.';
  return `On ne sait pas ce qui se passera alors : soit ${whoLoses(d)}, soit l’abonnement continue de mois en mois en Extended Service Term (EST) payante, au prix suivant : ${extendedPrice(d.byMonth, d.cost)}. Pour qu’il prenne fin, il faut programmer une annulation dans l’Espace partenaires.`;
}

/** What that end means for people and money. */
export function effectOf(d: EndSaid): string {
  switch (d.end) {
    case 'renews':
      return `L’abonnement se renouvelle ${onDay(d.day)}${renewalPrice(d)}. Vous pouvez le migrer avant ce jour, ou le laisser tel quel.${d.takenBack ? ` Pendant ${number(CANCEL_WINDOW_DAYS)} jours après son renouvellement, il peut être annulé dans l’Espace partenaires, et les jours restants sont remboursés.` : ''}${d.ofProgramme ? ' Microsoft retire ce plan : une fois perdu, le renouvellement automatique de l’abonnement ne pourra peut-être plus être réactivé.' : ''}`;
    case 'renewsAs':
      return `L’abonnement se renouvelle ${onDay(d.day)}${renewalPrice(d)}, pour devenir : ${becoming(d.becomes)}.${tooFew(d)}${d.nextNotSold ? ' Ce plan n’est plus vendu à ce client : le changement sera tout de même effectué, mais s’il est perdu, il ne pourra plus être prévu à nouveau.' : ''} Vous pouvez migrer l’abonnement avant ce jour.`;
    case 'cancels':
      if (d.newCommerce)
        return `Une annulation est programmée : après ce jour, ${whoLoses(d)}${d.shared ? '' : ' aussitôt'}. Les données de l’abonnement sont conservées ${number(DATA_KEPT_DAYS)} jours, et il ne peut pas être rétabli.`;
      return `Ce jour-là, ${whoLoses(d)}.${d.retired ? ' Microsoft a retiré ce plan : le renouvellement automatique ne peut donc pas être réactivé.' : ''}`;
    case 'extends':
      return `${d.nothingPlanned ? 'Rien n’est encore prévu pour ce jour ; d’ici un jour environ, Microsoft prévoira une Extended Service Term (EST). ' : ''}${d.despiteFlag ? 'Le renouvellement automatique est indiqué comme activé, et pourtant une Extended Service Term (EST) est prévue. ' : ''}Sauf si quelqu’un programme une annulation, personne ne perd l’accès et l’abonnement continue après ${onDay(d.day)}, de mois en mois en Extended Service Term (EST) payante, au prix suivant : ${extendedPrice(d.byMonth, d.cost)}. ${FROZEN}`;
    case 'inEst':
      return `L’abonnement est en Extended Service Term (EST) payante et continue de mois en mois, jusqu’à ce que quelqu’un l’annule ou le convertisse en une période plus longue. Son prix : ${extendedPrice(false, d.cost && { ...d.cost, now: null })}. Personne n’a rien à faire pour qu’il continue. Le nombre de licences ne peut pas y être modifié ; pour cela, convertissez d’abord l’abonnement.`;
    case 'contradictory':
      return contradiction(d);
    case 'unread':
      return 'L’Espace partenaires ne dit pas si l’abonnement se renouvelle. Consultez-le avant ce jour.';
    case 'unknown':
      return notKnown(d);
  }
}
