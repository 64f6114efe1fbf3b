/** A report for whoever leads: counts, and money in each currency by itself. */
import type { EndOfTerm } from '../../../services/domain/ticket.ts';
import { PERIOD_DAYS } from '../../../services/tickets/report.ts';
import type { Safe } from '../../escape.ts';
import { count, date, number, plural, untilDay } from './format.ts';

const subscriptions = (n: number) => count(n, 'abonnement', 'abonnements');

const ends: Record<EndOfTerm, string> = {
  renews: 'Se renouvellent',
  renewsAs: 'Se renouvellent sous une autre forme',
  cancels: 'Prennent fin',
  extends: 'Extended Service Term (EST) après le dernier jour',
  inEst: 'En Extended Service Term (EST)',
  contradictory: 'Ce qui est prévu et le renouvellement automatique se contredisent',
  unknown: 'Inconnu',
  unread: 'Non lu',
};

export const report = {
  who: (n: number) => (n === 0 ? 'Rien n’est en jeu, à ma connaissance' : `En jeu : ${subscriptions(n)}`),
  stake: (money: Safe | null) => (money ? `${money}.` : ''),
  open: 'Tickets ouverts de ce qui ne se renouvelle pas tel quel.',
  byPrice: 'Tickets ouverts de ce qui ne se renouvelle pas tel quel, au coût actuel de chacun ; les devises ne sont jamais additionnées.',
  byMonth: 'Par mois de l’échéance',
  byMonthMoney: 'Montants par mois',
  month: 'Mois',
  subscriptions: 'Abonnements',
  passed: 'Échéance passée',
  later: 'Plus tard',
  byProgramme: 'Par programme',
  noProgramme: 'Aucun programme',
  byOutcome: 'Selon ce qui est prévu',
  byKeeper: 'Par responsable',
  nobody: 'Personne',
  somebody: 'Quelqu’un dont le nom n’est pas conservé',
  /** Where no names stand. */
  colleague: 'Collègue',
  unread: (n: number) => `Pour ${count(n, 'ticket ouvert', 'tickets ouverts')} de plus, je n’ai pas pu lire ce qui est prévu.`,
  byState: 'Par état',
  rest: (n: number) => count(n, 'autre', 'autres'),
  ends,
  waiting: 'Personne n’a commencé',
  untouched: (d: { week: number; month: number; older: number; oldestDays: number }) =>
    d.oldestDays <= 0
      ? `${number(d.week)}, ${plural(d.week, 'depuis aujourd’hui', 'tous depuis aujourd’hui')}.`
      : `Jusqu’à 7 jours : ${number(d.week)} ; de 8 à 30 : ${number(d.month)} ; plus longtemps : ${number(d.older)}. Le plus ancien attend depuis ${count(d.oldestDays, 'jour', 'jours')}.`,
  decided: `Décidé au cours des ${PERIOD_DAYS} derniers jours, selon la dernière migration de chaque ticket`,
  decidedBy: (d: { who: Safe; approved: number; declined: number; letGo: number }) => {
    const said = [
      d.approved > 0 ? `${number(d.approved)} ${plural(d.approved, 'approuvé', 'approuvés')}` : '',
      d.declined > 0 ? `${number(d.declined)} ${plural(d.declined, 'refusé', 'refusés')}` : '',
      d.letGo > 0 ? `${number(d.letGo)} ${plural(d.letGo, 'laissé sans suite', 'laissés sans suite')}` : '',
    ];
    return `${d.who} : ${said.filter(Boolean).join(', ')}`;
  },
  others: (n: number) => `et ${count(n, 'autre personne', 'autres personnes')}`,
  bought: 'Acheté',
  saved: (d: { n: number; less: Safe | null; more: Safe | null; unknown: number }) =>
    `Au cours des ${PERIOD_DAYS} derniers jours : ${number(d.n)}${d.less ? ` ; ${d.less} par mois de moins que les anciens` : ''}${d.more ? ` ; ${d.more} par mois de plus` : ''}${d.unknown > 0 ? ` ; pour ${number(d.unknown)}, la différence n’est pas connue` : ''}.`,
  cancellable: (d: { n: number; next: string }) =>
    `${plural(d.n, 'Peut encore être annulé', 'Peuvent encore être annulés')} : ${number(d.n)}, le prochain ${untilDay(d.next)}.`,
  still: (n: number) => `Ancien abonnement encore présent : ${number(n)}`,
  ests: 'Extended Service Terms (EST)',
  running: (n: number) => `En cours maintenant : ${number(n)}`,
  soFar: (d: { sums: Safe | null; unknown: number; today: string }) =>
    `${d.sums ? `Au prix d’aujourd’hui, depuis que j’ai vu chacune commencer : environ ${d.sums}.` : ''}${d.unknown > 0 ? `${d.sums ? ' ' : ''}Pour ${number(d.unknown)}, le début ou le prix n’est pas connu.` : ''}`,
  opens: { approvals: 'Approbations', export: 'Exporter' },
  money: (d: { sums: Safe | null; unknown: number; n: number }) =>
    d.sums
      ? `${d.sums} par mois${d.unknown > 0 ? ` ; prix inconnu pour ${number(d.unknown)}` : ''}`
      : d.n === 1
        ? 'prix inconnu'
        : `prix inconnu pour les ${number(d.n)}`,
  moreCurrencies: (n: number) => `${count(n, 'autre devise', 'autres devises')}`,
  more: 'Il y en a plus que je n’en compte à la fois ; ce qui précède est une partie.',
  costInPerson: 'Les prix s’affichent dans notre conversation privée : écrivez-y **rapport**.',
  costNever: 'Les prix ne sont pas affichés ici.',
  foot: (today: string) => `État au ${date(today)}, selon ma dernière lecture. **exporter** donne tout cela dans un fichier.`,
};
