/** A move of several customers at once: choosing them, their prices, and the one yes to all of them. */
import type { Money } from '../../../services/domain/money.ts';
import type { RefusalReason } from '../../../services/domain/ticket.ts';
import type { NotDeclined, NotWritten, OutWhy } from '../../../services/moves/bulk.ts';
import type { Safe } from '../../escape.ts';
import { aMonth, count, licences, listed, money, number, plural, stamp, termName } from './format.ts';

const customers = (n: number) => count(n, 'abonnement', 'abonnements');
const prices = (n: number) => count(n, 'prix', 'prix');

const refused: Record<RefusalReason, string> = {
  oldChanged: 'l’ancien abonnement a changé depuis',
  agreement: 'le client n’a pas accepté le Contrat client',
  accountReview: 'Microsoft examine le compte de ce client',
  notSold: 'ce plan n’est pas vendu à ce client',
  termNotSold: 'le plan n’est pas vendu pour cette durée',
  quantity: 'le plan ne permet pas ce nombre de licences',
  forbidden: 'l’Espace partenaires ne me laisse pas acheter pour ce client',
  signIn: 'l’Espace partenaires demande une nouvelle connexion du compte avec lequel je travaille',
  refused: 'Microsoft l’a refusé',
  unreachable: 'l’Espace partenaires n’a pas répondu',
  rights: 'la personne qui l’a approuvé n’en a plus le droit',
  notBought: 'Microsoft n’a pas enregistré l’achat',
  saidNotBought: 'un approbateur dit que cela n’a pas été acheté',
  otherCart: 'le panier n’indique aucun prix, ou n’est pas ce qui était demandé',
  unsteady: 'le panier a changé à plusieurs reprises',
  endNotPossible: 'cela ne peut pas être demandé',
  endUnread: 'cela n’a pas pu être lu',
  endOldChanged: 'l’ancien abonnement a changé depuis',
};

const out: Record<OutWhy, string> = {
  closed: 'son ticket est fermé',
  busy: 'quelqu’un le migre déjà',
  plan: 'ce plan ne lui est pas proposé',
  seats: 'le plan ne permet pas son nombre de licences',
  rights: 'la personne qui l’a demandé n’a plus le droit de demander des prix',
  unread: 'ses plans n’ont pas pu être lus à temps',
  other: 'quelqu’un a commencé une autre migration de cet abonnement',
};

const notWritten: Record<NotWritten, string> = {
  changed: 'son prix ou son plan a changé depuis l’affichage de la carte',
  lapsed: 'l’accord, ou son prix, était trop ancien',
  another: 'un autre approbateur doit donner son accord',
  rights: 'la personne qui a approuvé n’en a plus le droit',
  gone: 'son ticket est fermé',
};

const notDeclined: Record<NotDeclined, string> = {
  changed: 'son prix ou son plan a changé depuis l’affichage de la carte',
  approved: 'il avait été approuvé auparavant',
  rights: 'la personne qui a refusé n’en a plus le droit',
  gone: 'son ticket est fermé',
};

export const bulk = {
  none: (d: { programme: Safe }) =>
    `Je ne connais aucun ticket ouvert du programme ${d.programme}. Rien n’a changé ; **échéances** liste tout ce qui n’a pas de renouvellement prévu.`,
  notOne: 'Plus aucun programme de retrait n’a plusieurs abonnements dans cette liste. Rien n’a changé.',
  severalHere: 'cette liste',
  whichProgramme: 'De quel programme ?',
  whichProgrammeFor: 'Cette liste en compte plusieurs. Une décision vaut pour un seul d’entre eux ; rien n’a changé.',
  whichProgrammeFoot: 'Les abonnements des autres restent tels quels.',
  onList: (n: number) => `${number(n)} dans cette liste`,
  choose: (d: { n: number; programme: Safe }) => `${customers(d.n)} du programme ${d.programme}`,
  choosing: (d: { chosen: number; n: number }) =>
    `${d.chosen === 0 ? 'Aucun n’est choisi, ce qui veut dire tous.' : `${number(d.chosen)} sur ${number(d.n)} ${plural(d.chosen, 'est choisi', 'sont choisis')}.`} Appuyez sur un nom pour le choisir ou ne plus le choisir. Chacun reçoit autant de licences qu’il y en a d’utilisées, si ce nombre est connu, sinon autant qu’il en a. Demander un prix ne coûte rien.`,
  chosen: (name: Safe) => `✓ ${name}`,
  toggle: (d: { name: Safe; on: boolean }) => (d.on ? `Choisir ${d.name}` : `Ne pas choisir ${d.name}`),
  getPrices: (d: { chosen: number; n: number }) => (d.chosen > 0 ? `Demander ${d.chosen} prix` : d.n === 1 ? 'Demander le prix' : `Demander les ${d.n} prix`),
  rest: (d: { n: number; most: number }) =>
    `J’en prends ${number(d.most)} à la fois ; ${number(d.n)} ${plural(d.n, 'autre attend', 'autres attendent')} que vous recommenciez.`,
  whichPlan: 'Vers quel plan ?',
  whichPlanFor: (d: { programme: Safe; n: number }) => `${customers(d.n)} du programme ${d.programme}. Rien n’a changé.`,
  whichPlanFoot: 'Un plan que le programme d’un abonnement ne propose pas laisse cet abonnement de côté, en le nommant.',
  asking: (d: { n: number; plan: Safe }) =>
    `Je demande ${prices(d.n)} pour ${d.plan}. Tout arrive ici ensemble ; rien n’est acheté avant que quelqu’un n’approuve.`,
  already: 'Les prix ont été demandés. Rien n’a changé ; la carte est maintenant à jour.',
  approved: (d: { n: number }) => `Vous avez approuvé ${customers(d.n)}. J’enregistre l’approbation de chacun et je dirai ici ce qu’il en est advenu.`,
  declined: (d: { n: number }) =>
    `Vous avez refusé ${prices(d.n)}. Je mets fin à chacune des migrations, avec votre motif dans son journal, et je dirai ici ce qu’il en est advenu. Rien n’est acheté.`,
  ownSum: () =>
    'Vous avez demandé ces prix. Ensemble, et avec ce que vous avez vous-même demandé et approuvé au cours des dernières 24 heures, ils dépassent la limite pour une personne : un autre approbateur doit donc donner son accord. Rien n’a été acheté.',
  /** The card's heading. */
  who: (d: { state: 'asking' | 'asked' | 'approving' | 'declining'; quoted: number; approved: number; declined: number; n: number; plan: Safe }) => {
    if (d.state === 'asking') return `Demande en cours : ${prices(d.n)} pour ${d.plan}`;
    if (d.state === 'approving') return `${customers(d.n)} vers ${d.plan} : enregistrement des approbations en cours`;
    if (d.state === 'declining') return `${customers(d.n)} vers ${d.plan} : fin des migrations en cours`;
    if (d.quoted > 0) return `${prices(d.quoted)} sur ${number(d.n)} pour ${d.plan} ${plural(d.quoted, 'attend', 'attendent')} une approbation`;
    if (d.approved === 0 && d.declined > 0)
      return `${prices(d.declined)} sur ${number(d.n)} pour ${d.plan} ${plural(d.declined, 'a été refusé', 'ont été refusés')}`;
    return `${customers(d.approved)} sur ${number(d.n)} vers ${d.plan} ${plural(d.approved, 'est approuvé', 'sont approuvés')}`;
  },
  /** What the yes costs, of those that are quoted. */
  sums: (d: { monthly: readonly Money[]; total: readonly Money[]; seats: number }) =>
    `Au total ${listed(d.monthly.map(aMonth))} pour ${licences(d.seats)}, ${listed(d.total.map(money))} sur les périodes entières.`,
  hidden: {
    personal: 'Les prix ne s’affichent que dans notre conversation privée ; approuvez-y chacun d’eux.',
    never: 'Les prix ne sont pas affichés.',
  },
  yesMeans: (n: number) =>
    n === 0
      ? ''
      : n === 1
        ? 'Un oui vaut achat.'
        : `Un seul oui approuve les ${number(n)}, chacun à son propre prix : celui dont le prix change n’est pas acheté et n’en bloque aucun autre.`,
  another: (d: { who: Safe }) => `${d.who} les a demandés ; ensemble, ils dépassent la limite : un autre approbateur doit donc donner son accord.`,
  askedBy: (d: { who: Safe }) => `Demande faite par ${d.who}.`,
  lookedAt: (at: string) => `État au ${stamp(at)}.`,
  approve: (n: number) => (n === 1 ? 'Approuver et acheter' : `Approuver et acheter ${n}`),
  decline: (n: number) => (n === 1 ? 'Refuser' : `Refuser les ${n}`),
  foot: (d: { from: number; to: number; of: number }) => `${number(d.from)} à ${number(d.to)} sur ${number(d.of)}.`,
  whole: (total: Money) => `${money(total)} en tout`,
  state: {
    reading: 'lecture de ses plans en cours',
    toAsk: 'demande de son prix en cours',
    asking: 'demande de son prix en cours',
    approved: 'approuvé ; sa propre carte indique la suite',
    declined: 'refusé ; rien n’a été acheté',
    cancelled: 'il a été mis fin à sa migration',
    lapsed: 'son prix a expiré',
    quoted: (d: { term: Safe; billing: Safe; until: string }) => `${termName(d.term, d.billing)} ; le prix est valable jusqu’au ${stamp(d.until)}`,
    refused: (reason: RefusalReason) => `pas de prix : ${refused[reason]}`,
    out: (why: OutWhy) => `laissé de côté : ${out[why]}`,
    notDeclined: (why: NotDeclined) => `non refusé : ${notDeclined[why]}`,
    notWritten: (why: NotWritten) => `non approuvé : ${notWritten[why]}`,
  },
};
