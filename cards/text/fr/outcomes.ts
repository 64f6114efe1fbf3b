/** What happened to a subscription's end beside auto-renew being switched off: what it is, and what can be done. */
import type { Money } from '../../../services/domain/money.ts';
import type { Happened } from '../../../services/domain/ticket.ts';
import type { Safe } from '../../escape.ts';
import type { OutcomeSaid } from '../en/outcomes.ts';
import { becoming } from './ends.ts';
import { aMonth, licences, onDay, untilDay } from './format.ts';
import { notice } from './notice.ts';

const states: Record<Happened, string> = {
  estBegun: 'En Extended Service Term (EST)',
  planSet: 'Un changement est prévu',
  planChanged: 'Un autre changement est prévu',
  planLost: 'Un changement prévu est perdu',
  stillBilled: 'Suspendu, et encore facturé',
  trial: 'Un essai arrive à son dernier jour',
  softwareEnds: 'Ce logiciel prend fin',
  outlivesBase: 'Un module complémentaire dure plus longtemps que sa base',
  goesOn: 'L’ancien abonnement continue',
  dearer: 'Il se renouvelle à un prix plus élevé',
  losesPromotion: 'Il se renouvelle sans sa promotion',
};

function trial(d: OutcomeSaid): string | null {
  const convert = 'Convertissez-le dans l’Espace partenaires avant ce jour, ou achetez un plan ici.';
  if (d.end === 'cancels') return `Cet essai prend fin ${onDay(d.day)} : les personnes qui l’utilisent perdent alors l’accès. ${convert}`;
  if (d.end !== 'renews' && d.end !== 'renewsAs') return null;
  const seats = d.quantity === null ? '' : `, pour ${licences(d.quantity)}`;
  return `Cet essai devient de lui-même le plan payant ${onDay(d.day)}${seats} ; son prix n’est pas connu ici. Pour l’éviter, désactivez son renouvellement automatique dans l’Espace partenaires avant ce jour.`;
}

/** What happened; null where the reading of its end says all. */
function lead(d: OutcomeSaid): string | null {
  switch (d.happened) {
    case 'estBegun':
      return 'Sa période est terminée, et aucune annulation n’a été exécutée.';
    case 'planSet':
      return 'Un changement a été prévu pour sa prochaine période.';
    case 'planChanged':
      return `Ce qui est prévu pour sa prochaine période est maintenant un autre changement. L’abonnement devait devenir : ${becoming(d.was)}.`;
    case 'planLost':
      return `Le changement qui était prévu pour sa prochaine période est perdu ; l’abonnement devait devenir : ${becoming(d.was)}. Toute modification d’un abonnement peut faire disparaître un tel changement. S’il est toujours souhaité, prévoyez-le à nouveau dans l’Espace partenaires avant ce jour.`;
    case 'trial':
      return trial(d);
    case 'softwareEnds':
      return `Ce logiciel prend fin ${onDay(d.day)} et ne continue pas de lui-même après cela. S’il est toujours souhaité, réactivez son renouvellement automatique dans l’Espace partenaires avant ce jour.`;
    case 'outlivesBase':
      return `${d.base?.plan ?? 'Sa base'} prend fin ${d.base?.day ? onDay(d.base.day) : 'avant lui'}. À partir de là, ce module complémentaire ne sert à rien, et il est payé ${untilDay(d.day)}.`;
    case 'goesOn':
      if (d.plan === null) return 'Ce qui a été décidé ici à son sujet est fait, et pourtant l’abonnement existe encore et reste payé.';
      return `La migration vers ${d.plan} est terminée, et pourtant l’ancien abonnement continue et est payé en plus du nouveau.`;
    case 'dearer':
      return 'Sa prochaine période coûte plus cher que celle-ci.';
    case 'losesPromotion':
      return notice.withoutPromotion;
    default:
      return null;
  }
}

export const outcomes = {
  state: (happened: Happened) => states[happened],
  lead,
  /** Of the old one of a finished move. */
  renewsBeside: (d: { day: string; at: Money | null }) =>
    `Le renouvellement automatique est activé : ${onDay(d.day)}, il se renouvelle pour une autre période${d.at ? `, à ${aMonth(d.at)}` : ''}. Annulez-le ou désactivez le renouvellement dans l’Espace partenaires, ou laissez-le sans suite avec un motif.`,
  cancelBeside: 'Pour qu’il prenne fin, il faut programmer une annulation dans l’Espace partenaires.',
  endsBeside: (day: string) => `Une annulation a été programmée : il prend fin ${onDay(day)}. Je vérifierai à nouveau après ce jour.`,
  speak: (d: { customer: Safe; plan: Safe; state: Safe }) => `${d.customer} : ${d.plan}. ${d.state}.`,
  backFromEst: (day: string) => `Il est revenu de l’Extended Service Term (EST) : il se renouvelle ${onDay(day)}.`,
  rolledOver: (day: string) => `Il s’est renouvelé ; sa nouvelle période court ${untilDay(day)}.`,
  noTrial: (day: string) => `Ce n’est plus un essai ; il se renouvelle ${onDay(day)}.`,
  withBase: 'Ce module complémentaire ne dure plus au-delà de sa base.',
  settled: 'Réglé',
};
