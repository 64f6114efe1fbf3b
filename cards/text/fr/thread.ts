/** Lines below a card, for everybody in the chat. */

import type { Money } from '../../../services/domain/money.ts';
import type { MoveState, RefusalReason, SetEnd, Standing } from '../../../services/domain/ticket.ts';
import type { LastStepHere } from '../../../services/tickets/endOfTerm.ts';
import type { Safe } from '../../escape.ts';
import { stopAfter } from '../format.ts';
import type { StoodStill } from '../en/notice.ts';
import { aMonth, capital, count, fromDay, licences, money, number, onDay, people, peopleOf, plural, stamp, untilDay } from './format.ts';
import { stillCosts } from './notice.ts';
import { refusals } from './purchase.ts';
import { leftSo, type OldOne } from './suspension.ts';
import { whoLosesThen } from './termEnd.ts';

/** How far a move came. `people`: null while nobody was counted. `last`: what its last step asks. `active`: the old subscription still is. */
interface Progress {
  state: MoveState;
  people: { movable: number; moved: number; total: number; without: number } | null;
  last: LastStepHere;
  active: boolean;
}

const last: Record<LastStepHere, string> = {
  setEnd: 'Programmez son annulation à l’échéance, ou laissez-le avec un motif.',
  letEnd: 'Laissez-le prendre fin de lui-même, ou suspendez-le.',
  cancel: 'Programmez son annulation dans l’Espace partenaires, ou laissez-le avec un motif.',
  suspend: 'Suspendez-le, ou laissez-le avec un motif.',
  customerActs: 'Demandez au client s’il y a mis fin, ou n’attendez plus, avec un motif.',
};

/** What a move waits for where nobody answers, and how it is ended. */
function waits(d: Progress): string | null {
  switch (d.state) {
    case 'drafting':
      return 'une migration a été commencée et aucun prix n’a été demandé. Choisissez un plan, ou choisissez « Annuler la migration » ; rien n’a été acheté.';
    case 'purchased':
      return `les nouvelles licences sont achetées et ${movedSoFar(d.people)}${d.active ? ' ; jusque-là, les deux abonnements sont payés' : ''}.`;
    case 'reassigned':
      return d.active
        ? `la dernière étape attend ; l’ancien abonnement continue et reste payé. ${last[d.last]}`
        : 'la dernière étape attend ; la carte dit ce qui est attendu.';
    case 'weighed':
      return 'la fin de sa période attend une approbation.';
    case 'stuck':
      return 'cette migration est arrêtée et demande l’intervention d’une personne. Choisissez « Vérifier à nouveau », ou consultez l’Espace partenaires.';
    default:
      return null;
  }
}

function movedSoFar(counted: Progress['people']): string {
  if (!counted) return 'je n’ai pas encore compté qui a les anciennes';
  const { moved, total, without } = counted;
  if (without > 0)
    return `${people(without)} n’${plural(without, 'a', 'ont')} ni l’ancienne ni la nouvelle en ce moment. La prochaine tentative attribue la nouvelle`;
  if (moved > 0) return `${peopleOf(moved, total)} ${plural(moved, 'a', 'ont')} migré. Choisissez ce qu’il advient des autres`;
  return 'personne n’a migré. Choisissez qui migre';
}

/** What is to be done now, and where; null where nothing is. */
function next(d: Progress): string | null {
  switch (d.state) {
    case 'cancelled':
      return 'Choisissez un plan sur la carte, ou laissez le ticket sans suite.';
    case 'purchased':
      if ((d.people?.movable ?? 0) > 0) return 'Choisissez sur la carte qui migre.';
      return (d.people?.moved ?? 0) > 0
        ? 'Choisissez sur la carte ce qu’il advient des personnes qui n’ont pas migré.'
        : 'La carte dit ce qu’il leur faut ; choisissez ensuite « Vérifier à nouveau ».';
    case 'reassigned':
      return d.active ? last[d.last] : null;
    case 'stuck':
      return 'Choisissez « Vérifier à nouveau » sur la carte, ou consultez l’Espace partenaires.';
    default:
      return null;
  }
}

/** What is at stake at the end: people where it ends, money where it goes on; null where neither is known. */
function stake(d: { ends: boolean; extends: boolean; day: string; inUse: number | null; now: Money | null; after: Money | null }): string | null {
  const costs = d.now ? `l’abonnement coûte ${aMonth(d.now)} maintenant` : null;
  const goesOn = `Après ${onDay(d.day)}, l’abonnement continue en Extended Service Term (EST) payante`;
  if (d.extends && d.after) return `${goesOn} : ${aMonth(d.after)}${d.now ? `, maintenant ${money(d.now)}` : ''}.`;
  if (d.extends)
    return `${goesOn}${d.now ? `. Il coûte ${aMonth(d.now)} maintenant ; ce qu’il coûtera alors n’est pas connu` : ' ; son prix n’est pas connu'}.`;
  const lost = d.ends && d.inUse ? `${people(d.inUse)} ${plural(d.inUse, 'perd', 'perdent')} alors l’accès` : null;
  const said = [lost, costs].filter(Boolean).join(' ; ');
  return said ? `${capital(said)}.` : null;
}

export const thread = {
  toAnswer: (ticketId: string) => `Écrivez **montrer ${ticketId}** pour y répondre.`,
  /** A price is null where none is said here. */
  asked: (d: { who: Safe; quantity: number; plan: Safe; monthly: Money | null; yours: boolean }) =>
    `${d.who} demande l’achat de ${licences(d.quantity)} ${d.plan}${d.monthly ? `, ${aMonth(d.monthly)}` : ''}. ${d.yours ? 'Votre accord est attendu' : 'Une approbation est attendue'}.`,
  repriced: (d: { before: Money; after: Money } | null) =>
    `${d ? `Le prix est passé de ${aMonth(d.before)} à ${aMonth(d.after)}` : 'Le prix a changé'}. Rien n’a été acheté ; une nouvelle approbation est attendue.`,
  approvalDue: (d: { until: string; yours: boolean }) =>
    `${d.yours ? 'Votre accord est encore attendu' : 'Une approbation est encore attendue'}, jusqu’au ${stamp(d.until)}. Ensuite, le devis expire et rien n’est acheté.`,
  approved: (d: { who: Safe }) => `${d.who} l’a approuvé. J’achète maintenant.`,
  declined: (d: { who: Safe; reason: Safe }) => `${d.who} l’a refusé : « ${d.reason} »${stopAfter(d.reason)} L’ancien abonnement est inchangé.`,
  cancelled: (d: { who: Safe }) => `${d.who} a annulé la migration. Rien n’a été acheté.`,
  cancelledOpen: (d: { who: Safe }) => `${d.who} a annulé la migration avant que son achat ne soit fait.`,
  cancelledEnd: (d: { who: Safe }) => `${d.who} a abandonné la demande : je ne programme pas cette fin.`,
  lapsedEnd: () => 'Personne n’a approuvé dans le délai d’un jour : je ne programme donc pas cette fin.',
  lapsedOpen: () => 'Personne n’a répondu dans le délai d’un jour : cet achat n’est donc pas fait.',
  lapsed: () => 'Personne n’a approuvé dans le délai d’un jour : le devis a donc expiré. Rien n’a été acheté.',
  refused: (reason: RefusalReason) => refusals[reason],
  counted: (d: { movable: number; total: number; blocked: number }) => {
    const can = `Acheté. ${peopleOf(d.movable, d.total)} ${plural(d.movable, 'peut', 'peuvent')} migrer`;
    return d.blocked === 0 ? `${can}.` : `${can} ; pour ${number(d.blocked)}, il y a d’abord quelque chose à régler.`;
  },
  nothingToMove: () => 'Acheté. Personne n’a à migrer. Il reste une étape.',
  moved: (d: { moved: number; total: number }) =>
    d.moved >= d.total
      ? 'Tout le monde a migré. Il reste une étape.'
      : `${peopleOf(d.moved, d.total)} ${plural(d.moved, 'a', 'ont')} migré, et personne d’autre n’a à le faire. Il reste une étape.`,
  someFailed: (d: { moved: number; total: number; left: number }) =>
    `${peopleOf(d.moved, d.total)} ${plural(d.moved, 'a', 'ont')} migré ; ${number(d.left)} ${plural(d.left, 'est', 'sont')} à examiner.`,
  waived: (d: { who: Safe; reason: Safe }) =>
    `${d.who} laisse quelqu’un de côté, nommément : « ${d.reason} »${stopAfter(d.reason)} L’accès sera perdu quand l’ancien abonnement sera suspendu.`,
  vouched: (d: { who: Safe; reason: Safe }) =>
    `${d.who} a vérifié là où je ne le pouvais pas, et dit que personne ne perd l’accès : « ${d.reason} »${stopAfter(d.reason)} Je suspends l’ancien abonnement maintenant.`,
  endAsked: (d: { who: Safe; to: SetEnd; plan: Safe; day: string; yours: boolean }) =>
    `${d.who} demande ${d.to === 'renew' ? `à renouveler ${d.plan} ${fromDay(d.day)}` : `à annuler ${d.plan} à la fin de sa période, ${onDay(d.day)}`}. ${d.yours ? 'Votre accord est attendu' : 'Une approbation est attendue'}.`,
  endSetting: (d: { who: Safe; to: SetEnd }) =>
    d.to === 'renew' ? `${d.who} a dit oui. Je réactive le renouvellement.` : `${d.who} a dit oui. Je programme l’annulation.`,
  endSet: (d: { day: string }) => `J’ai constaté que son annulation est programmée pour ${onDay(d.day)}. Je vérifie à nouveau jusqu’à ce que ce soit terminé.`,
  endWarned: (d: { loses: number | null; day: string }) => whoLosesThen(d.loses, d.day).replaceAll('**', ''),
  finishedGone: () => 'Terminé : les licences qui n’ont pas été achetées chez nous ont disparu du tenant du client.',
  finishedEnded: () => 'Terminé : l’ancien abonnement a pris fin.',
  finishedRenewed: (d: { day: string }) => `Son renouvellement a été programmé, pour ${onDay(d.day)}.`,
  finishedSuspended: () => 'Terminé : l’ancien abonnement est suspendu.',
  finishedLetExpire: (d: { day: string; how: OldOne }) => `Terminé : ${leftSo(d)}`,
  finishedGivenUp: (d: { who: Safe }) => `${d.who} a mis fin ici à la migration. Ce qui a été fait n’est pas annulé.`,
  renewed: () => 'L’abonnement se renouvelle à nouveau. Rien à faire.',
  settled: (how: string) => `${how} Rien à faire.`,
  ended: (d: ({ standing: Standing } & StoodStill) | null) =>
    d?.standing === 'suspended'
      ? `L’abonnement a été suspendu ailleurs. ${stillCosts(d)}`
      : d === null
        ? 'L’abonnement a pris fin ou a été suspendu ailleurs. Il ne se passe plus rien ici.'
        : 'L’abonnement a pris fin. Il ne se passe plus rien ici.',
  left: () => 'L’Espace partenaires dit que le client n’est plus le nôtre : je ne vois donc plus ses abonnements. Il ne se passe plus rien ici.',
  changed: {
    suspended: 'L’ancien abonnement a été suspendu par quelqu’un d’autre que moi.',
    ended: 'L’ancien abonnement a pris fin.',
    gone: 'L’Espace partenaires ne connaît plus l’ancien abonnement.',
    left: 'L’Espace partenaires dit que le client n’est plus le nôtre.',
    renews: 'L’ancien abonnement se renouvelle à nouveau.',
    stops: 'L’ancien abonnement ne se renouvelle plus tel quel ; la carte dit ce qui se passe.',
    again: 'De nouveau, il ne se renouvelle plus tel quel. C’est le même ticket, à nouveau ouvert ; la carte dit ce qui se passe.',
    end: 'Ce qui se passe à la fin de l’ancien abonnement, ou le moment où il se termine, a changé.',
    unread: 'Depuis un jour, l’Espace partenaires ne dit pas si l’ancien abonnement se renouvelle.',
    name: 'Le client a un nouveau nom.',
    disagree: 'Le renouvellement automatique de l’ancien abonnement et ce qui est prévu pour lui ne concordent plus ; la carte dit en quoi.',
    estPlanned:
      'Microsoft a maintenant prévu pour lui une Extended Service Term (EST) payante. Pour qu’il prenne fin, il faut programmer une annulation avant ce jour.',
    estBegun: 'La période est terminée, et l’abonnement continue de mois en mois en Extended Service Term (EST) payante.',
    planSet: 'Un changement a été prévu pour sa prochaine période ; la carte dit lequel.',
    planChanged: 'Ce qui est prévu pour sa prochaine période est maintenant un autre changement ; la carte dit lequel.',
    planLost: 'Le changement qui était prévu pour sa prochaine période est perdu ; l’abonnement se renouvelle tel quel.',
    goesOn: 'La migration est terminée, et pourtant l’ancien abonnement continue et est payé en plus du nouveau. La carte dit comment.',
    stillBilled: 'Quelqu’un a suspendu l’ancien abonnement, et il est tout de même facturé jusqu’à la fin de sa période.',
  } as Record<string, string>,
  seatsChanged: (d: { from: number; to: number }) =>
    d.from < 0 || d.to < 0 ? 'Le nombre d’anciennes licences a changé.' : `Le nombre d’anciennes licences est passé de ${number(d.from)} à ${number(d.to)}.`,
  waits: (d: Progress & { count: number }) => `${d.count > 1 ? `Rappel ${number(d.count)} : ` : 'Rappel : '}${waits(d) ?? 'cette migration attend quelqu’un.'}`,
  reminderMoving: (d: Progress & { days: number }) => `${left(d.days)} : ${waits(d) ?? 'la migration continue.'}`,
  passed: (d: { renews: boolean }) =>
    d.renews ? 'Son dernier jour est passé.' : 'Son dernier jour est passé, et l’Espace partenaires l’affiche encore comme actif. Personne n’a encore décidé.',
  reminder: (d: { days: number; stake: string | null; who: Safe | null }) =>
    [`${left(d.days)}.`, d.who ? `${d.who} s’en occupe ; personne n’a encore décidé.` : 'Personne n’a encore décidé.', d.stake].filter(Boolean).join(' '),
  stake,
  next,
  stuckUnclear: () => 'J’ai besoin de quelqu’un ici : on ne sait pas clairement si la dernière étape a abouti.',
  stuckRefused: () => 'J’ai besoin de quelqu’un ici : Microsoft a refusé une étape.',
  stuckStopped: () => 'J’ai besoin de quelqu’un ici : la migration est arrêtée, et la carte dit pourquoi.',
  orderAsked: (d: { order: Safe }) => `La commande ${d.order} est-elle cet achat ? Rien n’est acheté avant qu’un approbateur ne le dise sur la carte.`,
  orderFound: (d: { order: Safe }) => `C’est acheté : commande ${d.order}. Je continue à partir de là.`,
  stillWaits: () => 'C’est toujours en attente. La carte dit de quoi ; la migration peut y être annulée.',
  snoozed: (d: { who: Safe; day: string }) => `${d.who} l’a reporté ${untilDay(d.day)}.`,
  dismissed: (d: { who: Safe; reason: Safe }) => `${d.who} l’a laissé sans suite : « ${d.reason} »`,
  assigned: (d: { who: Safe }) => `${d.who} s’en occupe.`,
  given: (d: { who: Safe; whom: Safe }) => `${d.who} l’a confié à ${d.whom}, qui s’en occupe.`,
  handedBack: (d: { who: Safe }) => `${d.who} l’a rendu : personne ne s’en occupe.`,
  undone: (d: { who: Safe; of: 'snoozed' | 'dismissed' | null }) =>
    `${d.who} ${d.of === 'snoozed' ? 'a annulé le report' : d.of === 'dismissed' ? 'a annulé la décision de le laisser sans suite' : 'a annulé cela'} : le ticket est à nouveau ouvert.`,
  note: (d: { who: Safe; text: Safe }) => `${d.who} note : « ${d.text} »`,
  seen: (d: { who: Safe }) => `${d.who} l’a vu.`,
};

/** `Il reste 7 jours` */
function left(days: number): string {
  return `Il reste ${count(days, 'jour', 'jours')}`;
}
