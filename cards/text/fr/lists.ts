/** Lists that people ask for. */

import type { SetEnd, UserMove } from '../../../services/domain/ticket.ts';
import type { Money } from '../../../services/domain/money.ts';
import type { EndOfTerm } from '../../../services/domain/ticket.ts';
import type { Sort } from '../../../services/tickets/arranged.ts';
import type { Outcome } from '../../../services/tickets/costs.ts';
import type { RowState } from '../../../services/tickets/rowState.ts';
import type { Counted } from '../../../services/watch/known.ts';
import type { Safe } from '../../escape.ts';
import { extendedPrice } from './ends.ts';
import { aMonth, count, dayMonth, daysLeft, licences, listed, money, month as monthName, number, onDay, people, plural, shortDate, stamp } from './format.ts';

/** How far one on a list has come. */
const states: Record<RowState, string> = {
  stuck: 'Arrêté, intervention requise',
  waits: 'En attente d’approbation',
  lastStep: 'Dernière étape en attente',
  licences: 'Acheté ; licences à réaffecter',
  open: 'Ouvert',
  choosing: 'Choix du plan en cours',
  asked: 'Demande à Microsoft en cours',
  buying: 'Achat en cours',
  ending: 'Fin en cours',
  watched: 'Surveillé jusqu’à sa fin',
  snoozed: 'Reporté',
  letGo: 'Laissé sans suite',
};

/** Whose name stands for the one who reads. */
const YOU = 'vous';
const lookedAfterBy = (who: Safe) => (who === YOU ? 'Vous est confié' : `Confié à ${who}`);

/** Where no sentence begins with it. */
const small = (text: string) => `${text[0]?.toLowerCase() ?? ''}${text.slice(1)}`;

/** Before how many days are left. */
const atItsEnd: Partial<Record<EndOfTerm, string>> = {
  cancels: 'prend fin',
  extends: 'continue au mois',
  inEst: 'payé au mois, mois suivant',
  renews: 'se renouvelle',
  renewsAs: 'se renouvelle, modifié,',
};

const AS_END: Partial<Record<Counted, EndOfTerm>> = {
  renews: 'renews',
  changes: 'renewsAs',
  ends: 'cancels',
  extends: 'extends',
  inEst: 'inEst',
  unsure: 'unknown',
  unsaid: 'unread',
};

/** What neither renews nor ends at a term's end. */
const besides: Partial<Record<Counted, string>> = {
  stillBilled: 'suspendu, encore facturé',
  suspended: 'suspendu',
  ended: 'a pris fin',
  trials: 'essai',
  missing: 'absent de la dernière liste',
};

const sorted: Record<Sort, string> = {
  days: 'par date la plus proche',
  customer: 'par client',
  money: 'par montant décroissant',
  state: 'par état',
  programme: 'par programme',
  person: 'par responsable',
};

const onList = (n: number) => `${count(n, 'abonnement', 'abonnements')} de la liste`;

const notSet = (n: number) => `${count(n, 'abonnement', 'abonnements')} sans renouvellement prévu`;

const termsEnd = (n: number) => count(n, 'période se termine', 'périodes se terminent');

function whoWithin(n: number, within: number): string {
  const days = count(within, 'jour', 'jours');
  if (n === 0)
    return within > 3000
      ? 'Je ne connais aucun abonnement qui cesse de se renouveler'
      : `Je ne connais aucun abonnement dont la période se termine d’ici ${days} sans renouvellement`;
  return within > 3000 ? notSet(n) : `${termsEnd(n)} d’ici ${days} sans renouvellement prévu`;
}

export const list = {
  who: (n: number, within: number, month: string | null) =>
    month !== null
      ? n === 0
        ? `Je ne connais aucun abonnement dont la période se termine en ${monthName(`${month}-01`)} sans renouvellement`
        : `${termsEnd(n)} en ${monthName(`${month}-01`)} sans renouvellement prévu`
      : whoWithin(n, within),
  what: (d: { week: number; ahead: number; passed: number; licences: number; unread: number }) =>
    [
      d.ahead === 0 ? '' : d.week === 0 ? 'Rien d’ici une semaine.' : `${number(d.week)} d’ici une semaine.`,
      d.passed === 0 ? '' : `Pour ${onList(d.passed)}, le dernier jour est passé.`,
      `${licences(d.licences)} en tout${d.unread > 0 ? `, sans compter ${count(d.unread, 'abonnement', 'abonnements')} dont le nombre n’a pas pu être lu` : ''}.`,
    ]
      .filter(Boolean)
      .join(' '),
  foot: (d: { from: number; to: number; of: number; sort?: Sort | undefined }) =>
    `${number(d.from)} à ${number(d.to)} sur ${number(d.of)}, ${sorted[d.sort ?? 'days']}.`,
  /** What went and what came since the page that stood here before. */
  turned: (d: { gone: number; come: number }) => {
    const gone = d.gone > 0 ? [`${number(d.gone)} ${plural(d.gone, 'a quitté', 'ont quitté')} la liste`] : [];
    const come = d.come > 0 ? [`${number(d.come)} ${plural(d.come, 's’y est ajouté', 's’y sont ajoutés')}`] : [];
    return `Depuis la page précédente, ${listed([...gone, ...come])}.`;
  },
  state: (state: RowState, until: string | null) => (state === 'snoozed' && until ? `Reporté jusqu’au ${shortDate(until)}` : states[state]),
  /** What happens, and in how many days; `urgent`: people lose access, and nobody has decided. */
  left: (d: { end: EndOfTerm; days: number; urgent: boolean }) => {
    const what = atItsEnd[d.end];
    if (d.days < 0 || Number.isNaN(d.days)) return daysLeft(d.days);
    const left = d.days === 0 ? 'aujourd’hui' : `dans ${daysLeft(d.days)}`;
    return `${d.urgent ? 'Urgent : ' : ''}${what ? `${what} ${left}` : `${left}, suite inconnue`}`;
  },
  /** Of all that a customer has. */
  kind: (d: { kind: Counted; days: number }) => {
    const end = AS_END[d.kind];
    return end ? list.left({ end, days: d.days, urgent: false }) : (besides[d.kind] as string);
  },
  speakAll: (d: { customer: Safe; n: number }) => `${d.customer} : ${count(d.n, 'abonnement', 'abonnements')}.`,
  you: YOU,
  keptBy: 'un collègue',
  /** Of a list that was narrowed. */
  some: onList,
  noneFits: 'Rien dans la liste ne correspond',
  only: (d: { state: RowState | null; programme: Safe | null; keeper: Safe | null; nobody: boolean }) =>
    `Seulement : ${[d.state ? small(states[d.state]) : '', d.programme ?? '', d.keeper ? small(lookedAfterBy(d.keeper)) : '', d.nobody ? 'confié à personne' : ''].filter(Boolean).join(', ')}.`,
  all: (n: number) => `Tout (${number(n)})`,
  offer: (d: { what: Safe; n: number }) => `${d.what} (${number(d.n)})`,
  keeper: lookedAfterBy,
  nobody: 'Confié à personne',
  noKeeper: (who: Safe) =>
    `Je ne connais personne du nom de « ${who} » à qui quelque chose est confié, ou il y en a plusieurs. Écrivez **échéances par personne** pour voir à qui.`,
  sorts: {
    days: 'Date la plus proche',
    customer: 'Client',
    money: 'Montant décroissant',
    state: 'État',
    programme: 'Programme',
    person: 'Responsable',
  },
  show: (customer: Safe) => `Montrer ${customer}`,
  open: (name: Safe) => `Ouvrir ${name} dans l’Espace partenaires`,
  inEst: (n: number) => `${onList(n)} ${plural(n, 'est', 'sont')} en Extended Service Term (EST) payante.`,
  renewing: (n: number) =>
    `${onList(n)} ${plural(n, 'se renouvelle, et quelqu’un a demandé à le migrer', 'se renouvellent, et quelqu’un a demandé à les migrer')}.`,
  elsewhere: (n: number) =>
    `${onList(n)} ${plural(n, 'n’a pas été acheté chez nous ; son dernier jour n’est pas visible', 'n’ont pas été achetés chez nous ; leur dernier jour n’est pas visible')}.`,
  unsaid: (n: number) => `Pour ${onList(n)}, l’Espace partenaires ne dit pas ${plural(n, 's’il se renouvelle', 's’ils se renouvellent')}.`,
  /** The first that comes after the days that were asked about. */
  next: (d: { customer: Safe; plan: Safe; day: string; left: number }) =>
    `Le suivant est ${d.plan} pour ${d.customer}, ${onDay(d.day)}, dans ${count(d.left, 'jour', 'jours')}.`,
  empty: 'D’après ce que j’ai lu, rien ne cesse de se renouveler. Les essais et ce qui est suspendu ne sont pas dans cette liste.',
  emptyWithin: 'Les essais et ce qui est suspendu ne sont pas dans cette liste.',
  gaps: 'Je n’ai pas pu tout lire ; écrivez **état** pour savoir ce qui manque.',
  monthOf: 'Les jours du mois sont comptés en UTC.',
};

/** Sums of what is known, and of how many nothing is. */
interface Sums {
  sums: readonly Money[];
  unknown: number;
}

function summed({ sums }: Sums): string {
  return `${listed(sums.map(money))} par mois`;
}

/** `310,00 € et 50,00 $US par mois maintenant ; pour 2, le prix n’est pas connu.` */
function costNow(now: Sums): string {
  if (now.sums.length === 0) return 'Ce que cela coûte maintenant n’est pas connu.';
  return `Coût actuel : ${summed(now)}${now.unknown > 0 ? ` ; pour ${number(now.unknown)}, le prix n’est pas connu` : ''}.`;
}

function costThen(outcome: Outcome, after: Sums, n: number): string {
  const then = n === 1 ? 'Après son échéance' : 'Après leur échéance';
  if (outcome === 'ends') return `${then}, plus aucun coût.`;
  if (outcome === 'renews' && after.sums.length === 0) return `${then}, le coût est celui de la liste de prix de ce jour-là, que je n’ai pas lue.`;
  if (after.sums.length === 0 && after.unknown === 0) return '';
  if (after.unknown === 0) return `${then}, le coût est de ${summed(after)}.`;
  const known = after.sums.length > 0 ? `${then}, le coût connu est de ${summed(after)}. ` : '';
  if (outcome === 'renews') return `${known}Pour ${number(after.unknown)}, le prix n’est pas connu.`;
  return `${known}Pour ${number(after.unknown)}, le prix d’une Extended Service Term (EST) n’est pas connu : c’est ${extendedPrice(false)}.`;
}

/** Lists by what happens at the end of the term. */
export const outcomeList = {
  passed: (n: number) =>
    `Pour ${count(n, 'abonnement', 'abonnements')}, l’échéance est passée depuis ma dernière lecture ; la prochaine dira ce qu’il en est advenu.`,
  who: (d: { outcome: Outcome; n: number; until: string; month: string | null; more: boolean }) => {
    const by = d.month ? `en ${monthName(`${d.month}-01`)}` : `d’ici ${onDay(d.until)}`;
    if (d.n === 0)
      return {
        est: `Je ne connais aucun abonnement dont la période se termine ${by} et qui continue en Extended Service Term (EST)`,
        ends: `Je ne connais aucun abonnement qui prenne fin ${by}`,
        renews: `Je ne connais aucun abonnement qui se renouvelle ${by}`,
      }[d.outcome];
    const least = d.more ? 'Au moins ' : '';
    if (d.outcome === 'est') {
      const whose = count(d.n, 'abonnement dont la période se termine', 'abonnements dont la période se termine');
      return `${least}${whose} ${by} ${plural(d.n, 'continue', 'continuent')} en Extended Service Term (EST)`;
    }
    const [one, many] = {
      ends: ['prend fin', 'prennent fin'],
      renews: ['se renouvelle', 'se renouvellent'],
    }[d.outcome] as [string, string];
    return `${least}${count(d.n, `abonnement ${one}`, `abonnements ${many}`)} ${by}`;
  },
  what: (d: { outcome: Outcome; now: Sums; after: Sums; n: number }) => `${costNow(d.now)} ${costThen(d.outcome, d.after, d.n)}`.trim(),
  row: (d: { now: Money | null; after: Money | 'nothing' | null }) =>
    `maintenant ${d.now ? aMonth(d.now) : 'inconnu'}, ensuite ${d.after === 'nothing' ? 'rien' : d.after ? aMonth(d.after) : 'inconnu'}`,
  none: 'Cela vaut pour ce que j’ai lu ; **échéances** liste tout ce qui n’a pas de renouvellement prévu.',
  more: 'Il y en a plus ; seuls ceux-ci sont comptés.',
};

export const approvals = {
  who: (d: { count: number; ends: boolean }) =>
    `${d.ends ? count(d.count, 'demande attend', 'demandes attendent') : count(d.count, 'achat attend', 'achats attendent')} votre approbation`,
  what: 'Appuyez sur le nom d’un client pour obtenir sa carte.',
  plan: (d: { quantity: number; plan: Safe; who: Safe }) => `${licences(d.quantity)} ${d.plan}, demande faite par ${d.who}`,
  end: (d: { to: SetEnd; plan: Safe; who: Safe }) => `${d.to === 'renew' ? 'Renouveler' : 'Annuler à l’échéance'} : ${d.plan}, demande faite par ${d.who}`,
  notKnown: 'Inconnu',
};

/** What waits for one person. */
export const mine = {
  who: (d: { count: number; who: Safe }) => `${d.who} : ${count(d.count, 'ticket', 'tickets')} pour vous`,
  is: {
    approval: 'En attente de votre approbation',
    stuck: 'Votre migration est arrêtée',
    asked: 'En attente de votre réponse',
    lookedAfter: 'Vous est confié',
  },
};

export const held = {
  who: (n: number) => `Qui avait l’ancienne licence : ${people(n)}`,
  what: (d: { ticketId: string; from: Safe; to: Safe }) => `${d.ticketId} : de ${d.from} vers ${d.to}`,
  off: (n: number) => `(${count(n, 'plan de service était désactivé', 'plans de service étaient désactivés')})`,
  outcome: (state: UserMove['state'] | 'waived'): string =>
    ({
      waiting: 'n’a pas encore migré',
      blocked: 'ne peut pas encore migrer',
      kept: 'hors de la migration',
      stays: 'garde une licence d’un autre abonnement',
      gone: 'n’existe plus',
      started: 'migration en cours',
      moved: 'a la nouvelle licence',
      failed: 'n’a pas migré',
      waived: 'reste sans nouvelle licence',
    })[state],
};

export const digest = {
  state: (day: string) => dayMonth(day),
  who: notSet,
  what: 'C’était déjà le cas à ma première lecture, ou tout a changé en même temps. Désormais, chaque nouveau cas fera l’objet d’un message.',
  regular: (n: number) => `Il y a du nouveau pour ${n === 1 ? 'l’un d’eux' : `${number(n)} d’entre eux`} depuis la liste précédente.`,
  missed: (since: string) => `Depuis le ${stamp(since)}, Teams ne me laissait pas écrire ici. Voici ce que vous avez manqué et qui est encore ouvert.`,
  speak: (n: number) => `${notSet(n)}.`,
  others: (n: number) => `${count(n, 'abonnement', 'abonnements')} à examiner`,
  speakOthers: (n: number) => `${count(n, 'abonnement', 'abonnements')} à examiner.`,
};
