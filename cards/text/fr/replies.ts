/** What is said to the one who asked: why it did not happen, that nothing has changed, what to do. */

import type { Money } from '../../../services/domain/money.ts';
import type { Stop } from '../../../services/domain/reasons.ts';
import type { MoveState, SetEnd } from '../../../services/domain/ticket.ts';
import type { Can } from '../../../services/moves/answers.ts';
import type { Right } from '../../../services/people/roles.ts';
import type { LastStepHere } from '../../../services/tickets/endOfTerm.ts';
import type { MarkWord } from '../../../services/notify/handles.ts';
import type { Counted } from '../../../services/watch/known.ts';
import type { Safe } from '../../escape.ts';
import { asking, hint } from './answers.ts';
import type { Becomes } from '../en/ends.ts';
import { becoming } from './ends.ts';
import { aMonth, fromDay, licences, listed, number, onDay, people, plural, stamp, untilDay } from './format.ts';
import { isMark, marks, ofMarks } from './marks.ts';
import { notice } from './notice.ts';
import { stateNow } from './states.ts';
import { whySkipped } from './status.ts';
import { termEnd } from './termEnd.ts';

/** Behind « Vous n’avez pas le droit ». */
/** How the other commands are written that want more behind them. */
const commands = {
  show: 'montrer',
  move: 'migrer',
  history: 'historique',
  invite: 'inviter',
  uninvite: 'annuler l’invitation',
  'read-only': 'lecture seule',
  'dry-run': 'simulation',
};

const rights: Record<Right, string> = {
  see: 'de voir les abonnements des clients',
  watch: 'de régler ce que cette conversation suit',
  ask: 'de commencer ou de modifier une migration',
  approve: 'd’approuver des achats',
  licences: 'de réaffecter des licences',
  suspend: 'de suspendre des abonnements',
  own: 'de changer ma façon de travailler',
};

interface Named {
  plan: Safe;
  /** That Partner Center shows for it; empty where it shows none. */
  day: string;
  becomes: Becomes | null;
}

/** Some by name, with the day where there is one; in brackets. */
function named(some: readonly Named[], when: ((day: string) => string) | null): string {
  const each = some.map(({ plan, day }) => (when !== null && day ? `${plan} ${when(day)}` : plan));
  return each.length > 0 ? ` (${each.join(' ; ')})` : '';
}

/** `Plan le 30 juin 2027, pour devenir : 3 licences`. */
function renewsAs({ plan, day, becomes }: Named): string {
  return `${plan}${day ? ` ${onDay(day)}` : ''}, pour devenir : ${becoming(becomes)}`;
}

const isAre = (n: number) => plural(n, 'est', 'sont');

/** How many stand so, by what was read; all but those that renew as they are are named. */
const stands: Record<Counted, (n: number, some: readonly Named[]) => string> = {
  renews: (n) => `${number(n)} ${plural(n, 'se renouvelle', 'se renouvellent')}`,
  changes: (n, some) => `${number(n)} ${plural(n, 'se renouvelle', 'se renouvellent')} sous une autre forme (${some.map(renewsAs).join(' ; ')})`,
  ends: (n, some) => `${number(n)} ${plural(n, 'prend', 'prennent')} fin sans renouvellement${named(some, onDay)}`,
  extends: (n, some) => `${number(n)} ${plural(n, 'continue', 'continuent')} de mois en mois en Extended Service Term (EST) payante${named(some, fromDay)}`,
  inEst: (n, some) => `${number(n)} ${isAre(n)} en Extended Service Term (EST), ${plural(n, 'payé', 'payés')} au mois${named(some, null)}`,
  unsure: (n, some) => `pour ${number(n)}, on ne sait pas ce qui se passe à la fin de la période${named(some, onDay)}`,
  unsaid: (n, some) => `pour ${number(n)}, l’Espace partenaires ne dit pas ${plural(n, 's’il se renouvelle', 's’ils se renouvellent')}${named(some, null)}`,
  stillBilled: (n, some) => `${number(n)} ${plural(n, 'est suspendu et encore facturé', 'sont suspendus et encore facturés')}${named(some, untilDay)}`,
  suspended: (n, some) => `${number(n)} ${plural(n, 'est suspendu', 'sont suspendus')}${named(some, null)}`,
  ended: (n, some) => `${number(n)} ${plural(n, 'a', 'ont')} pris fin${named(some, null)}`,
  trials: (n, some) => `${number(n)} ${plural(n, 'est un essai', 'sont des essais')}${named(some, untilDay)}`,
  missing: (n, some) => `${number(n)} ${plural(n, 'manquait', 'manquaient')} dans la dernière liste${named(some, null)}`,
};

const just = (state: MoveState | 'none') => `En ce moment : ${stateNow[state]}.`;

/** What is said to the one who asked. Why it did not happen, that nothing has changed, what to do. */
export const replies = {
  ...ofMarks,
  askingPrice: () => 'Je demande le prix à Microsoft.',
  approved: () => 'Approuvé. Je vérifie le prix encore une fois, puis j’achète.',
  declined: () => 'Refusé. Rien n’a été acheté.',
  cancelled: () => 'Annulé. Rien n’a été acheté.',
  cancelledOpen: () => 'Annulé : je ne fais pas cet achat.',
  moving: () => 'Je réaffecte les licences maintenant.',
  suspending: () => 'Je suspends l’ancien abonnement maintenant.',
  letEnd: () => 'Noté. Je vérifie jusqu’à sa fin.',
  weighing: (d: { to: SetEnd }) =>
    d.to === 'renew' ? 'Je lis à quoi engage son renouvellement, et je demande un accord.' : 'Je lis qui perdrait l’accès, et je demande un accord.',
  settingEnd: () => 'Je programme l’annulation maintenant.',
  endApproved: () => 'Approuvé. Je vérifie encore une fois, puis je programme cette fin.',
  endDeclined: () => 'Refusé. Je ne programme pas cette fin.',
  endCancelled: () => 'Demande abandonnée. Je ne programme pas cette fin.',
  endLapsed: () => 'Personne n’a approuvé à temps : je ne programme donc pas cette fin. Rien n’a changé ; demandez-la à nouveau.',
  endOwnRequest: () => 'Vous avez fait cette demande : un autre approbateur doit donc donner son accord. Rien n’a changé.',
  endNotShown: () => 'Je ne peux pas encore programmer d’annulation ici. Programmez-la dans l’Espace partenaires ; je vérifie si c’est fait. Rien n’a changé.',
  endNotPossible: (d: { to: SetEnd }) =>
    d.to === 'renew'
      ? 'En l’état actuel, je ne peux pas renouveler l’abonnement. Rien n’a changé.'
      : 'En l’état actuel, je ne peux pas annuler l’abonnement à l’échéance. Rien n’a changé.',
  left: () => 'Noté. Je laisse l’ancien abonnement tel quel.',
  looking: () => 'Je vérifie à nouveau.',
  gaveUp: () => 'La migration se termine ici.',
  settling: () => 'Je vérifie si cela peut être le cas. La carte dit ce que j’ai trouvé.',
  goesOn: () => 'C’est noté. Je continue à partir de là.',
  badOrder: (d: { value: Safe }) =>
    `« ${d.value} » n’est pas le numéro d’une commande. Copiez-le depuis la commande dans l’Espace partenaires. Rien n’a changé.`,
  back: () => 'Une étape en arrière. Rien n’a été acheté.',
  waived: () => 'Noté. La dernière étape est ouverte.',
  upToDate: () => 'La carte est à jour.',
  whichPlan: (d: { customer: Safe; ticketId: string; plans: readonly Safe[]; terms: boolean }) =>
    `${d.customer}, ${d.ticketId}. Quel plan ? ${d.plans.map((plan, index) => `**${index + 1}** ${plan}`).join(' · ')}. Répondez par un numéro ou un nom${d.terms ? ' ; une durée peut suivre, comme dans « 1, 1 an, paiement annuel »' : ''}.`,
  howMany: (d: { plan: Safe; term: Safe | null; proposed: number | null; inUse: number | null; minimum: number }) =>
    `${d.plan}${d.term === null ? '' : `, ${d.term}`}. Combien de licences ? ${d.inUse === null ? '' : `${number(d.inUse)} ${plural(d.inUse, 'est utilisée', 'sont utilisées')}. `}${d.minimum > 1 ? `Le minimum est ${number(d.minimum)}. ` : ''}Répondez par un nombre${d.proposed === null ? '' : `, ou par **oui** pour ${number(d.proposed)}`}.`,
  noPlan: (d: { value: Safe }) =>
    d.value
      ? `Je ne trouve pas de plan du nom de « ${d.value} » dans le catalogue de ce client. Rien n’a changé ; tapez le nom comme l’Espace partenaires l’affiche.`
      : 'Aucun plan n’est présélectionné ici. Tapez le nom du plan vers lequel migrer.',
  planNotSold: (d: { value: Safe }) => `${d.value} n’est pas vendu à ce client. Rien n’a changé ; choisissez un autre plan.`,
  manyPlans: (d: { value: Safe; plans: readonly Safe[] }) =>
    `« ${d.value} » peut désigner ${d.plans.join(', ou ')}. Rien n’a changé ; tapez le nom entier de celui que vous voulez dire.`,
  manyTerms: (d: { plan: Safe; terms: readonly Safe[] }) =>
    `Cela peut désigner plusieurs durées : ${notice.soldFor(d.plan, d.terms)} Rien n’a changé ; écrivez la durée et le mode de paiement.`,
  termNotSold: (d: { plan: Safe; sold: readonly Safe[] }) => `${notice.soldFor(d.plan, d.sold)} Rien n’a changé ; choisissez parmi ces durées.`,
  termsUnread: (d: { plan: Safe }) =>
    `Je ne sais pas encore pour quelles durées ${d.plan} est vendu. Rien n’a changé ; choisissez le plan sans durée : le prix indique la sienne, et « Modifier » propose alors les autres.`,
  searching: (d: { value: Safe }) => `Je cherche « ${d.value} » dans le catalogue de ce client ; le résultat arrive ici.`,
  badPosition: (d: { value: Safe; max: number }) =>
    d.max === 1
      ? `Il y a un seul plan à choisir : écrivez donc **1** ou le nom d’un plan, pas « ${d.value} ». Rien n’a changé.`
      : `Il n’y a pas de plan « ${d.value} » : écrivez un numéro de 1 à ${number(d.max)}, ou le nom d’un plan. Rien n’a changé.`,
  badQuantity: (d: { value: Safe; min: number; max: number }) =>
    `« ${d.value} » n’est pas un nombre de ${number(d.min)} à ${number(d.max)}. Rien n’a changé ; tapez le nombre de licences.`,
  reasonMissing: () => 'Indiquez un motif ; les autres le verront. Rien n’a changé.',
  noSuchPeople: (d: { value: Safe }) =>
    d.value
      ? `Personne du nom de « ${d.value} » ne peut migrer ici. Rien n’a changé ; tapez les noms comme la carte les affiche.`
      : 'Personne n’est choisi. Rien n’a changé ; choisissez au moins une personne.',
  samePeople: (d: { value: Safe; same: readonly unknown[] }) =>
    `« ${d.value} » peut désigner plusieurs des personnes ici : personne n’a donc été migré. ${d.same.length > 0 ? 'Choisissez ci-dessous.' : 'Écrivez prénoms et noms, ou choisissez les personnes dans notre conversation privée.'}`,
  already: (d: { state: MoveState; who: Safe; at: string }) =>
    `${d.who ? `${d.who} a commencé cette migration le ${stamp(d.at)}` : 'Cette migration a commencé'} : ${stateNow[d.state]}. Rien n’a été fait deux fois ; la carte est maintenant à jour.`,
  alreadyApproved: (d: { who: Safe; at: string }) =>
    `${d.who || 'Quelqu’un'} a approuvé cela le ${stamp(d.at)}. Rien n’a été fait deux fois ; la carte est maintenant à jour.`,
  lapsed: () => 'Le devis a expiré : personne ne l’a approuvé à temps. Rien n’a été acheté ; demandez à nouveau le prix.',
  ownSum: () =>
    'Vous avez demandé ce prix. Avec ce que vous avez vous-même demandé et approuvé au cours des dernières 24 heures, il dépasse la limite pour une personne : un autre approbateur doit donc donner son accord. Rien n’a été acheté.',
  ownRequest: () => 'Vous avez demandé ce prix : un autre approbateur doit donc donner son accord. Rien n’a été acheté.',
  vouched: () => 'Noté en votre nom, avec votre motif. Je suspends l’ancien abonnement maintenant.',
  vouchInPerson: () => 'Dites-moi dans notre conversation privée que vous avez vérifié : écrivez-y **montrer** et le nom du client. Rien n’a changé.',
  ownVouch: () => 'Vous avez demandé cet achat : un autre approbateur doit donc vérifier et confirmer. Rien n’a changé.',
  approveInPerson: () =>
    'Les prix s’affichent dans notre conversation privée : approuvez-y donc, en écrivant **montrer** et le nom du client. Rien n’a été acheté.',
  cardInPerson: () => 'Les noms se choisissent dans notre conversation privée : j’y ai mis la carte. Rien n’a changé.',
  pickInPerson: () =>
    'Les personnes qui migrent se choisissent par leur nom : faites-le donc dans notre conversation privée, en y écrivant **montrer** et le nom du client. Ou écrivez **tous sauf** et des noms sous cette carte. Rien n’a changé.',
  onlyInPerson: () =>
    'Les personnes laissées de côté se choisissent par leur nom : faites-le donc dans notre conversation privée, en y écrivant **montrer** et le nom du client. Rien n’a changé.',
  mayNot: (d: { right: Right; who?: readonly Safe[] }) =>
    `Vous n’avez pas le droit ${rights[d.right]}. ${d.who && d.who.length > 0 ? `Ce droit appartient à : ${d.who.join(', ')}. ` : ''}Rien n’a changé.`,
  readOnly: () =>
    'Je suis en lecture seule : rien n’est acheté, migré ni suspendu en ce moment. Rien n’a changé ; un propriétaire peut écrire « lecture seule non ».',
  readOnlyNow: (d: { who: Safe; on: boolean }) =>
    d.on
      ? `${d.who} m’a mis en lecture seule. Rien n’est acheté, migré ni suspendu avant qu’un propriétaire n’écrive « lecture seule non ». Je continue de surveiller et de prévenir.`
      : `${d.who} m’a sorti de la lecture seule. Ce qui attendait reprend en moins d’une minute.`,
  dryRun: () =>
    'C’est une simulation : je surveille, je préviens et je demande des prix, et rien n’est acheté, migré ni suspendu. Rien n’a changé ; un propriétaire peut écrire « simulation non ».',
  dryRunNow: (d: { who: Safe; on: boolean }) =>
    d.on
      ? `${d.who} a commencé une simulation. Je surveille, je préviens et je demande des prix ; rien n’est acheté, migré ni suspendu avant qu’un propriétaire n’écrive « simulation non ».`
      : `${d.who} a mis fin à la simulation. Désormais, j’achète, je migre et je suspends ce que l’un de vous confirme ; ce qui attendait reprend en moins d’une minute.`,
  stoppedAlready: (d: { stop: Stop }) =>
    d.stop === 'dryRun'
      ? 'C’est une simulation, et elle continue : rien n’est acheté, migré ni suspendu avant qu’un propriétaire n’écrive « simulation non ». Rien n’a changé.'
      : 'Je suis en lecture seule, et je le reste : rien n’est acheté, migré ni suspendu avant qu’un propriétaire n’écrive « lecture seule non ». Rien n’a changé.',
  readOnlyByOperator: () => 'Je suis en lecture seule par un réglage (READ_ONLY=on). Seul l’exploitant du bot peut le changer.',
  whoMayUnknown: () => 'Je ne peux pas lire dans Microsoft Entra ce que vous avez le droit de faire. Rien n’a changé ; réessayez dans une minute.',
  slowDown: () => 'C’est plus en une minute que je n’en accepte d’une même personne. Rien n’a changé ; attendez un moment et réessayez.',
  badInput: () => 'Cette carte a envoyé quelque chose que je n’accepte pas. Rien n’a changé ; écrivez « montrer » et le ticket pour une nouvelle carte.',
  consent: (d: { link: Safe; minutes: number }) =>
    `Ouvrez cette page dans les ${number(d.minutes)} minutes, dans votre propre navigateur, et connectez-vous avec le compte qui travaille pour moi dans l’Espace partenaires : ${d.link}`,
  consentInPerson: () => 'Écrivez-moi cela dans notre conversation privée ; le lien est pour vous uniquement.',
  consentNotHere: () => 'Rien à quoi consentir : le bac à sable n’a pas besoin de connexion.',
  mayNotHere: () => 'Cela demande un droit que vous n’avez pas. Rien n’a changé.',
  nothingMine: () => 'Rien ne vous attend, et vous ne vous occupez de rien.',
  nothingToApprove: () => 'Rien n’attend votre approbation.',
  quoteChanged: () => 'Le prix ou le plan a changé depuis. Rien n’a été acheté ; la carte montre le nouveau.',
  notWhileUnclear: () =>
    'On ne sait pas encore clairement ce que Microsoft a fait : il n’est donc pas prudent d’abandonner. Appuyez d’abord sur « Vérifier à nouveau ». Rien n’a changé.',
  boughtAlready: () => 'L’achat est fait : la migration ne peut donc plus être annulée. Continuez, ou laissez l’ancien abonnement actif.',
  notNow: (d: { state: MoveState | 'none' }) => `Ce n’est pas possible maintenant : ${stateNow[d.state]}. Rien n’a changé ; la carte est maintenant à jour.`,
  leftOff: (d: { customer: Safe; ticketId: string }) =>
    `Rien n’a été commencé pour ${d.customer}, ${d.ticketId}, et plus rien n’est demandé. Pour que j’en reparle plus tard, écrivez **reporter ${d.ticketId} 14** ; pour le laisser sans suite, **laisser ${d.ticketId}** et un motif ; **migrer ${d.ticketId}** repose la question.`,
  waitsForYou: (d: { only: { customer: Safe; ticketId: Safe } | null; n: number }) =>
    d.only
      ? `Votre accord est attendu pour ${d.only.customer}, ${d.only.ticketId} : écrivez **montrer ${d.only.ticketId}**.`
      : `Votre accord est attendu pour ${number(d.n)} autres : écrivez **approbations**.`,
  closed: (d: { how: 'renewed' | 'moved' | 'ended' | 'left' }) =>
    d.how === 'renewed'
      ? 'L’abonnement se renouvelle à nouveau : il n’y a donc rien à faire. Rien n’a changé.'
      : d.how === 'moved'
        ? 'Cette migration est terminée. Rien n’a été fait deux fois.'
        : d.how === 'left'
          ? 'Le client n’est plus le nôtre. Rien n’a changé.'
          : 'L’abonnement a pris fin, ou quelqu’un l’a suspendu ailleurs ; la carte dit lequel des deux. Rien n’a changé.',
  instead: (d: { state: MoveState | 'none'; ticketId: string; can: Can }) =>
    [
      `Rien n’a changé. ${hint(d.can) ?? just(d.state)}`,
      d.can.answers.includes('plan')
        ? `Pour que j’en reparle plus tard, écrivez **reporter ${d.ticketId} 14** ; pour le laisser sans suite, **laisser ${d.ticketId}** et un motif.`
        : '',
    ]
      .filter(Boolean)
      .join(' '),
  answers: (d: { state: MoveState | 'none'; can: Can }) => `Je n’ai pas compris cela ; rien n’a changé. ${hint(d.can) ?? just(d.state)}`,
  askApproval: (d: { customer: Safe; plan: Safe; quantity: number; monthly: Money | null; can: Can }) =>
    asking(`Acheter ${licences(d.quantity)} ${d.plan} pour ${d.customer}${d.monthly ? `, ${aMonth(d.monthly)}` : ''} ?`, d.can),
  askPeople: (d: { customer: Safe; plan: Safe; movable: number; can: Can }) =>
    asking(
      d.movable > 0 ? `${d.customer} : migrer ${people(d.movable)} vers ${d.plan} ?` : `${d.customer} : que faire pour les personnes qui n’ont pas migré ?`,
      d.can,
    ),
  askSuspend: (d: { customer: Safe; plan: Safe; last: LastStepHere; can: Can }) =>
    asking(
      {
        letEnd: `${d.customer} : laisser ${d.plan} prendre fin de lui-même, ou le suspendre ?`,
        cancel: `${d.customer} : ${d.plan} ne prend pas fin de lui-même. Programmez son annulation dans l’Espace partenaires ; je vérifie si elle y est.`,
        setEnd: `${d.customer} : annuler ${d.plan} à la fin de sa période ?`,
        suspend: `${d.customer} : suspendre ${d.plan} ?`,
        customerActs: `${d.customer} met fin à ${d.plan} là où l’achat a été fait. La carte contient un message à envoyer ; je vérifie une fois par jour si les licences ont disparu.`,
      }[d.last],
      d.can,
    ),
  askEnd: (d: { customer: Safe; plan: Safe; to: SetEnd; day: string; can: Can }) => asking(termEnd.speak(d), d.can),
  askCheck: (d: { customer: Safe; can: Can }) => asking(`${d.customer} : la migration est arrêtée et demande l’intervention d’une personne.`, d.can),
  typedAhead: () => 'Vous avez écrit cela avant ma question, ou je ne peux pas le savoir : je ne l’ai donc pas pris pour une réponse ; rien n’a changé.',
  cardChanged: () => 'La question posée ici n’est plus celle de la carte sur laquelle vous avez appuyé. Rien n’a changé ; la carte est maintenant à jour.',
  plansUnread: () =>
    'Je ne peux pas lire le catalogue de ce client pour l’instant, et je réessaie automatiquement. Rien n’a changé ; répondez quand les plans sont sur la carte.',
  reading: () => 'Je lis encore le catalogue de ce client. Rien n’a changé ; répondez quand les plans sont sur la carte.',
  notUnderstood: (d: { text: Safe; didYouMean: Safe | null }) =>
    d.didYouMean
      ? `Je ne connais pas « ${d.text} ». Vouliez-vous dire **${d.didYouMean}** ?`
      : `Je ne connais pas « ${d.text} ». Écrivez **aide** pour voir ce que je sais faire.`,

  reminders: (d: { days: readonly number[] }) =>
    d.days.length === 0
      ? 'Je n’envoie pas de rappel dans cette conversation avant la fin d’une période. Écrivez **rappeler 30 7 1** pour changer cela.'
      : `J’envoie un rappel dans cette conversation ${listed(d.days.map(number))} ${d.days.length === 1 && d.days[0] === 1 ? 'jour' : 'jours'} avant la fin d’une période pour laquelle personne n’a encore rien décidé. Écrivez **rappeler non**, ou d’autres jours parmi 60, 30, 14, 7 et 1, pour changer cela.`,
  incomplete: (d: { of: 'show' | 'move' | 'history' | 'remind' | 'settings' | 'invite' | 'uninvite' | 'export' | 'read-only' | 'dry-run' | MarkWord }) =>
    isMark(d.of)
      ? marks[d.of]
      : d.of === 'settings'
        ? 'Je n’ai pas compris ce qu’il faut régler : rien n’a donc changé. Écrivez **paramètres** pour la carte avec tout, ou par exemple « paramètres silence 18-8 », « paramètres fuseau Stockholm », « paramètres liste ouvrés 9 ».'
        : d.of === 'remind'
          ? 'Je peux envoyer un rappel 60, 30, 14, 7 et 1 jours avant la fin d’une période : écrivez par exemple **rappeler 30 7**, ou **rappeler non**.'
          : d.of === 'export'
            ? 'Écrivez **exporter tickets**, **exporter décisions** ou **exporter journal**, suivi de **csv** ou de **json**.'
            : d.of === 'read-only' || d.of === 'dry-run'
              ? `Écrivez **${commands[d.of]} oui** ou **${commands[d.of]} non**.`
              : d.of === 'invite' || d.of === 'uninvite'
                ? `Quelle entreprise ? Écrivez **${commands[d.of]}** et son nom, par exemple « ${commands[d.of]} adatum ».`
                : `Lequel ? Écrivez **${commands[d.of]}** et un client ou un ticket, par exemple « ${commands[d.of]} contoso » ; **échéances** liste ce qui peut être désigné.`,
  noCustomer: (d: { what: Safe; company: boolean }) =>
    d.company
      ? `Je ne connais pas de client du nom de « ${d.what} ». Écrivez le début de son nom ; si ce n’est pas encore votre client, écrivez **inviter ${d.what}**.`
      : `Je ne connais pas de client du nom de « ${d.what} ». Écrivez le début du nom d’un client ; **échéances** donne la liste.`,
  ofTicket: (d: { customer: Safe; ticketId: string; what: string }) => `${d.customer}, ${d.ticketId} : ${d.what}`,
  noTicket: (d: { what: Safe }) => `Je ne connais pas de ticket ${d.what}. Écrivez **échéances** pour voir ceux qui sont ouverts.`,
  takenAs: (d: { wanted: Safe; name: Safe }) => `Je comprends « ${d.wanted} » comme ${d.name}.`,
  longText: (d: { max: number }) =>
    `C’est plus long que ce que je lis : j’accepte ${number(d.max)} caractères au plus. Rien n’a changé ; écrivez-le plus brièvement.`,
  allRenew: (d: { customer: Safe }) =>
    `Tous les abonnements du client ${d.customer} se renouvellent. Écrivez **migrer ${d.customer}** pour en migrer un quand même.`,
  /** How a customer stands of whom not everything was read, or not everything renews. */
  stands: (d: {
    customer: Safe;
    looked: boolean;
    skipped: Safe | null;
    left: boolean;
    of: readonly { kind: Counted; count: number; named: readonly Named[] }[];
    unread: readonly Safe[];
  }) => {
    if (d.left) return `${d.customer} n’est plus notre client : je ne le consulte donc plus.`;
    const why = d.skipped === null ? '' : whySkipped(d.skipped);
    if (!d.looked)
      return d.skipped ? `Je n’ai pas encore pu consulter ${d.customer} : ${why}. Je continue d’essayer.` : `Je n’ai pas encore consulté ${d.customer}.`;
    const counted = d.of.filter((one) => one.count > 0).map((one) => stands[one.kind](one.count, one.named));
    const read =
      counted.length > 0
        ? `Abonnements du client ${d.customer}, selon ma dernière lecture : ${counted.join(', ')}.`
        : `Je ne connais aucun abonnement du client ${d.customer} qui prenne fin ou se renouvelle.`;
    const old = d.skipped ? `La dernière fois, je n’ai pas pu consulter ${d.customer} : ${why}. Ce qui suit peut être ancien. ` : '';
    return [`${old}${read}`, d.unread.length > 0 ? `Je n’ai pas pu lire : ${d.unread.join(' ; ')}.` : ''].filter(Boolean).join(' ');
  },
  nothingToMove: (d: { customer: Safe }) => `Je ne connais aucun abonnement du client ${d.customer} qui puisse être migré.`,
  thanks: () => 'Je vous en prie.',
  nothingAsked: () =>
    'Rien n’attend votre oui ou votre non ici, et rien n’a changé. Si j’ai posé une question avec des boutons, appuyez sur l’un d’eux ; si aucun ne convient, écrivez une plus grande partie du nom.',
  nothingWaits: () => 'Aucune migration n’attend de réponse ici. Écrivez **migrer** et un client pour en commencer une ; **échéances** donne la liste.',
  watchingNow: (d: { who: Safe; what: readonly Safe[] }) => `${d.who} : cette conversation suit maintenant ${d.what.join(', ')}.`,
  watchingStopped: (d: { who: Safe }) => `${d.who} : cette conversation ne suit plus rien.`,
  noWatch: (d: { what: Safe }) =>
    `Je ne connais ni client ni programme du nom de « ${d.what} ». Rien n’a changé ; écrivez **suivre** seul pour tous les clients.`,
  gone: () =>
    'Cette carte est trop ancienne : je ne la reconnais plus. Rien n’a changé ; écrivez **montrer** et le nom du client pour en obtenir une nouvelle.',
  strayCard: () =>
    'Cette carte n’est plus tenue à jour ; l’actuelle se trouve ailleurs dans cette conversation. Rien n’a changé ; écrivez **montrer** et le nom du client pour l’avoir en bas.',
  otherChat: () => 'Cette carte appartient à une autre conversation. Rien n’a changé ; écrivez **montrer** et le nom du client ici.',
  unreachable: () => 'Je ne peux pas joindre l’Espace partenaires. Rien n’a changé ; réessayez dans une minute.',
  failed: () => 'Une erreur s’est produite de mon côté. Rien n’a changé ; réessayez dans une minute.',
  showing: () => 'Le résultat arrive dans un nouveau message.',
  comes: () => 'Cela prend un moment ; le résultat arrive ici.',
  page: (d: { from: number; to: number; of: number }) => `${number(d.from)} à ${number(d.to)} sur ${number(d.of)}.`,
};
