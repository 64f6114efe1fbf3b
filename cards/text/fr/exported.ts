/** Files of tickets, decisions and the record: their columns, and what is said about them. */
import type { Exported } from '../../../services/export/grants.ts';
import type { EndOfTerm, MoveState } from '../../../services/domain/ticket.ts';
import type { Safe } from '../../escape.ts';
import { capital, number } from './format.ts';
import { stateNow } from './states.ts';

const what: Record<Exported, string> = { tickets: 'tous les tickets', decisions: 'toutes les décisions', record: 'le journal entier' };
const here: Record<Exported, string> = { tickets: 'Voici tous les tickets', decisions: 'Voici toutes les décisions', record: 'Voici le journal entier' };

const columns: Record<string, string> = {
  ticket: 'Ticket',
  customer: 'Client',
  plan: 'Plan',
  programme: 'Programme',
  licences: 'Licences',
  ends: 'Jour de l’échéance',
  atTermEnd: 'À l’échéance',
  priceMonth: 'Prix par mois',
  currency: 'Devise',
  opened: 'Ouvert le (UTC)',
  state: 'État',
  assignedTo: 'Confié à',
  snoozedUntil: 'Reporté jusqu’au',
  dismissed: 'Laissé sans suite : motif',
  closed: 'Fermé le (UTC)',
  closedHow: 'Motif de fermeture',
  newPlan: 'Nouveau plan',
  newPriceMonth: 'Nouveau prix par mois',
  newCurrency: 'Nouvelle devise',
  order: 'Commande',
  customerId: 'ID du client',
  subscriptionId: 'ID de l’abonnement',
  at: 'Date (UTC)',
  who: 'Qui',
  what: 'Action',
  from: 'De',
  to: 'À',
  details: 'Détails',
  request: 'ID de la requête',
};

const atTermEnd: Record<EndOfTerm, string> = {
  renews: 'se renouvelle',
  renewsAs: 'se renouvelle sous une autre forme',
  cancels: 'prend fin',
  extends: 'continue en Extended Service Term (EST)',
  inEst: 'est en Extended Service Term (EST)',
  contradictory: 'ce qui est prévu et le renouvellement automatique se contredisent',
  unknown: 'inconnu',
  unread: 'n’a pas pu être lu',
};

const closedHow: Record<string, string> = {
  renewed: 'il se renouvelle à nouveau',
  moved: 'il a été migré',
  ended: 'il a pris fin',
  left: 'le client est parti',
};

/** Cells that hold a word of ours. */
const values: Record<string, Record<string, string>> = {
  atTermEnd,
  closedHow,
  state: stateNow satisfies Record<MoveState | 'none', string>,
  who: { bot: 'Successor' },
};

export const exported = {
  /** How its spreadsheets write a fraction: where that is a comma, cells are parted by semicolons. */
  decimalComma: true as boolean,
  columns,
  values,
  /** Of a line of the record that no ticket has. */
  took: 'Un fichier a été téléchargé',
  /** What Teams shows beside the name of a file that it offers. */
  offer: (d: { what: Exported }) =>
    `${capital(what[d.what])}, dans l’état du moment où vous acceptez. Le fichier va dans votre OneDrive ; personne d’autre ne le reçoit.`,
  link: (d: { what: Exported; link: Safe; minutes: number }) =>
    `${here[d.what]} dans un fichier : ${d.link} – le lien est pour vous uniquement, ne fonctionne qu’une fois, et pendant ${number(d.minutes)} minutes. Toute personne qui l’a peut télécharger le fichier : ne le transmettez donc à personne. Il y a aussi **exporter tickets**, **exporter décisions** et **exporter journal** ; ajoutez **json** pour des programmes.`,
  linkInstead: (d: { what: Exported; link: Safe; minutes: number }) =>
    `Le fichier n’a pas pu être déposé dans votre OneDrive. Téléchargez plutôt ${what[d.what]} ici : ${d.link} – le lien ne fonctionne qu’une fois, pendant ${number(d.minutes)} minutes, et est pour vous uniquement.`,
  inPerson: 'Le fichier est pour vous uniquement : je le propose dans notre conversation privée.',
  writeInPerson: 'Un fichier est pour une seule personne, et je n’ai pas encore de conversation privée avec vous. Écrivez-y **exporter**.',
  tooMany: 'Trois fichiers que vous avez demandés sont encore en route. Redemandez dans une minute.',
  coming: 'Je dépose le fichier dans votre OneDrive.',
  given: (d: { what: Exported }) => `${here[d.what]}, dans votre OneDrive.`,
  declined: 'Aucun fichier n’a été créé.',
  gone: 'Cette proposition a été utilisée, date de plus de dix minutes, ou a été faite à quelqu’un d’autre. Aucun fichier n’a été remis. Écrivez **exporter** pour en recevoir une nouvelle.',
  page: {
    title: 'Successor',
    offer: (d: { what: Exported }) =>
      `Ce fichier contient ${what[d.what]}, pour vous uniquement. Appuyez sur le bouton pour le télécharger ; après cela, le lien n’est plus valable.`,
    button: 'Télécharger le fichier',
    stale:
      'Ce lien a été utilisé, ou date de plus de dix minutes. Aucun fichier n’a été remis. Écrivez-moi « exporter » dans Teams pour en recevoir un nouveau.',
    mayNot: 'Vous n’avez plus le droit de voir les abonnements des clients. Aucun fichier n’a été remis.',
    busy: 'D’autres fichiers sont en cours de création. Aucun fichier n’a été remis, et le lien fonctionne toujours : réessayez dans une minute.',
    whoMayUnknown:
      'Je ne peux pas lire dans Microsoft Entra qui a le droit de faire cela. Aucun fichier n’a été remis, et le lien fonctionne toujours : réessayez dans une minute.',
  },
};
