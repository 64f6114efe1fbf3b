/** What is set for a chat: the sentence of what will come, and the form. */
import type { Digest, LeftOut, QuietHours, SettingPart } from '../../../services/domain/settings.ts';
import type { Safe } from '../../escape.ts';
import { capital, count, hour, listed, listedOr, number, stamp } from './format.ts';

const DAYS = ['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi', 'dimanche'];
const PARTS: Record<SettingPart, string> = {
  zone: 'le fuseau horaire',
  language: 'la langue',
  digest: 'le moment des messages',
  quiet: 'les heures de silence',
  reminders: 'les rappels',
  worth: 'ce qui justifie un message',
  report: 'le rapport hebdomadaire',
};
const KINDS: Record<LeftOut, string> = {
  est: 'ce qui continue en Extended Service Term (EST)',
  ends: 'ce dont quelqu’un a programmé l’annulation',
  renews: 'ce qui se renouvelle',
};

function when(digest: Digest): string {
  if (digest.every === 'week') return `chaque ${DAYS[digest.day - 1]}`;
  return digest.every === 'weekdays' ? 'du lundi au vendredi' : 'chaque jour';
}

/** What is worth a message. */
function worth(d: { within: number | null; least: number | null; leaveOut: readonly LeftOut[]; except: readonly Safe[] }): string {
  const least = d.least === null ? '' : ` et coûte au moins ${number(d.least)} par mois dans sa propre devise`;
  const ends =
    d.within === null ? 'tout ce qui cesse de se renouveler ou dont la fin change' : `tout ce qui se termine d’ici ${count(d.within, 'jour', 'jours')}`;
  const except = [...d.except, ...d.leaveOut.map((one) => KINDS[one])];
  return `${ends}${least}${except.length > 0 ? `, sauf ${listed(except)}` : ''}`;
}

export const settings = {
  state: 'Paramètres de cette conversation',
  who: 'Ce qui arrive ici, et quand',
  /** `zone`: how the clock is called that all hours are of. */
  comes: (d: { digest: Digest | null; zone: string; within: number | null; least: number | null; leaveOut: readonly LeftOut[]; except: readonly Safe[] }) =>
    d.digest
      ? `Une seule liste, ${when(d.digest)} à ${hour(d.digest.hour)} (${d.zone}) : ${worth(d)} ; rien s’il n’y a rien de nouveau.`
      : `Au fur et à mesure : ${worth(d)}.`,
  quiet: (d: { quiet: QuietHours; zone: string; digest: boolean }) =>
    `De ${hour(d.quiet.from)} à ${hour(d.quiet.to)} (${d.zone}), silence : ce qui n’est pas urgent suit à ${hour(d.quiet.to)}${d.digest ? ' ; la liste arrive à son heure' : ''}.`,
  urgent: 'Ce qui laisserait moins de trois jours pour agir, et ce qu’une personne ici demande ou attend, arrive aussitôt.',
  leftOut: 'Ce qui est exclu figure tout de même dans **échéances** et dans le journal.',
  watchesNothing: 'Cette conversation ne suit encore rien ; écrivez **suivre** pour commencer.',
  /** `next`: when it comes next. */
  report: (d: { day: number; hour: number; zone: string; next: string }) =>
    `Le rapport, chaque ${DAYS[d.day - 1]} à ${hour(d.hour)} (${d.zone}), silence ou non ; le prochain arrive le ${stamp(d.next)}.`,
  next: (at: string) => `La prochaine liste peut arriver le ${stamp(at)}.`,
  changedBy: (d: { who: Safe; at: string; what: readonly SettingPart[] }) =>
    `Dernière modification par ${d.who}, le ${stamp(d.at)} : ${listed(d.what.map((one) => PARTS[one]))}.`,
  neverChanged: 'Personne n’a rien modifié ; c’est ainsi que commence toute conversation.',
  zoneNow: (d: { zone: string; time: string }) => `${d.zone}, ${d.time} maintenant`,
  reminders: (days: readonly number[]) =>
    days.length === 0 ? 'Jamais' : `${listed(days.map(String))} ${days.length === 1 && days[0] === 1 ? 'jour' : 'jours'} avant la fin d’une période`,
  change: 'Modifier',
  save: 'Enregistrer',
  labels: {
    zone: 'Fuseau horaire : une ville, comme Stockholm ou New York',
    zoneFact: 'Fuseau horaire',
    language: 'Langue',
    remindFact: 'Rappels',
    digest: 'Messages',
    hour: 'Heure de la liste',
    report: 'Le rapport, automatiquement, une fois par semaine',
    reportHour: 'Heure du rapport',
    quietFrom: 'Silence à partir de',
    quietTo: 'Silence jusqu’à',
    remind: 'Rappels, en jours avant la fin d’une période',
    within: 'Ce qui justifie un message',
    least: 'Seulement ce qui coûte au moins autant par mois, dans sa propre devise',
    leaveOut: 'Exclure',
    except: 'Clients et programmes à exclure, séparés par un point-virgule',
  },
  /** Where no language was chosen. */
  asTeams: 'Comme dans Teams',
  asItComes: 'Chacun au fur et à mesure',
  every: (digest: Digest) => `Une seule liste : ${when(digest)}`,
  hour,
  weekday: (day: number) => capital(DAYS[day - 1] ?? ''),
  never: 'Jamais',
  always: 'Quelle que soit la date de sa fin',
  within: (days: number) => `À partir de ${days} jours avant sa fin`,
  kinds: { est: 'Continue en Extended Service Term (EST)', ends: 'Annulation programmée', renews: 'Se renouvelle' },
  days: (n: number) => count(n, 'jour', 'jours'),
  exceptExample: 'Adatum; Northwind',
  errors: {
    zone: 'Tapez une ville de la liste des fuseaux horaires.',
    choice: 'Choisissez une option.',
    least: 'Un nombre entier, ou rien.',
    except: 'Des noms séparés par un point-virgule.',
  },
  saved: (d: { who: Safe; what: readonly SettingPart[] }) => `${d.who} a modifié ${listed(d.what.map((one) => PARTS[one]))}.`,
  same: () => 'C’était déjà réglé ainsi ; rien n’a changé.',
  stale: () => 'Quelqu’un a modifié ces paramètres entre-temps : rien n’a donc été enregistré. La carte les montre tels qu’ils sont maintenant.',
  noZone: (d: { zone: Safe }) =>
    `Je ne connais pas de fuseau horaire du nom de « ${d.zone} » : rien n’a donc été enregistré. Écrivez une ville de la liste IANA, comme Stockholm ou New York, ou UTC.`,
  noLanguage: (d: { language: Safe; known: readonly Safe[] }) =>
    `Je ne parle pas « ${d.language} » : rien n’a donc été enregistré. Je parle : ${listed(d.known)}.`,
  noName: (d: { name: Safe }) =>
    `Je ne connais ni client ni programme du nom de « ${d.name} » : rien n’a donc été enregistré. Écrivez le nom comme **échéances** l’affiche.`,
  manyNames: (d: { name: Safe; names: readonly Safe[] }) =>
    `« ${d.name} » peut désigner ${listedOr(d.names)} ; rien n’a été enregistré. Écrivez le nom entier.`,
};
