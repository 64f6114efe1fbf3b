/** What is set for a chat: the sentence of what will come, and the form. */
import type { Digest, LeftOut, QuietHours, SettingPart } from '../../../services/domain/settings.ts';
import type { Safe } from '../../escape.ts';
import { capital, days, hour, listed, number, oneOf, stamp, theMoment } from './format.ts';

const DAYS = ['måndag', 'tisdag', 'onsdag', 'torsdag', 'fredag', 'lördag', 'söndag'];
const PARTS: Record<SettingPart, string> = {
  zone: 'tidszonen',
  language: 'språket',
  digest: 'när meddelanden kommer',
  quiet: 'de tysta timmarna',
  reminders: 'påminnelserna',
  worth: 'vad som är värt ett meddelande',
  report: 'veckorapporten',
};
const KINDS: Record<LeftOut, string> = {
  est: 'det som fortsätter som Extended Service Term',
  ends: 'det som någon har lagt in en uppsägning för',
  renews: 'det som förnyas',
};

function when(digest: Digest): string {
  if (digest.every === 'week') return `varje ${DAYS[digest.day - 1]}`;
  return digest.every === 'weekdays' ? 'på vardagar' : 'varje dag';
}

/** What is worth a message, behind "everything". */
function worth(d: { within: number | null; least: number | null; leaveOut: readonly LeftOut[]; except: readonly Safe[] }): string {
  const least = d.least === null ? '' : ` och kostar ${number(d.least)} eller mer per månad i sin egen valuta`;
  const ends = d.within === null ? 'allt som slutar förnyas, eller vars slut ändras' : `allt som slutar inom ${days(d.within)}`;
  const except = [...d.except, ...d.leaveOut.map((one) => KINDS[one])];
  return `${ends}${least}${except.length > 0 ? `, utom ${listed(except)}` : ''}`;
}

export const settings = {
  state: 'Inställningar för den här chatten',
  who: 'Vad som kommer hit, och när',
  /** `zone`: how the clock is called that all hours are of. */
  comes: (d: { digest: Digest | null; zone: string; within: number | null; least: number | null; leaveOut: readonly LeftOut[]; except: readonly Safe[] }) =>
    d.digest
      ? `En lista ${when(d.digest)} klockan ${hour(d.digest.hour)}, ${d.zone}, med ${worth(d)}; ingenting om det inte finns några nyheter.`
      : `När det händer: ${worth(d)}.`,
  quiet: (d: { quiet: QuietHours; zone: string; digest: boolean }) =>
    `Mellan ${hour(d.quiet.from)} och ${hour(d.quiet.to)}, ${d.zone}, är det tyst: det som inte är brådskande kommer klockan ${hour(d.quiet.to)}${d.digest ? '; listan kommer på sin egen tid' : ''}.`,
  urgent: 'Det som annars skulle ge er mindre än tre dagar, och det som någon här begär eller väntar på, kommer genast.',
  leftOut: 'Det som utelämnas finns ändå i **upphör** och i loggen.',
  watchesNothing: 'Den här chatten bevakar ingenting än; skriv **bevaka** för att börja.',
  /** `next`: when it comes next. */
  report: (d: { day: number; hour: number; zone: string; next: string }) =>
    `Rapporten varje ${DAYS[d.day - 1]} klockan ${hour(d.hour)}, ${d.zone}, även när det är tyst; nästa gång ${theMoment(d.next)}.`,
  next: (at: string) => `Nästa lista kan komma ${theMoment(at)}.`,
  changedBy: (d: { who: Safe; at: string; what: readonly SettingPart[] }) =>
    `Senast ändrat av ${d.who}, ${stamp(d.at)}: ${listed(d.what.map((one) => PARTS[one]))}.`,
  neverChanged: 'Ingen har ändrat något; så här är det i varje ny chatt.',
  zoneNow: (d: { zone: string; time: string }) => `${capital(d.zone)}, ${d.time} nu`,
  reminders: (before: readonly number[]) =>
    before.length === 0 ? 'Aldrig' : `${listed(before.map(String))} ${before.every((n) => n === 1) ? 'dag' : 'dagar'} innan en period slutar`,
  change: 'Ändra',
  save: 'Spara',
  labels: {
    zone: 'Tidszon: en stad, till exempel Stockholm eller New York',
    zoneFact: 'Tidszon',
    language: 'Språk',
    remindFact: 'Påminnelser',
    digest: 'Meddelanden',
    hour: 'Klockslag för listan',
    report: 'Rapporten av sig själv, en gång i veckan',
    reportHour: 'Klockslag för rapporten',
    quietFrom: 'Tyst från',
    quietTo: 'Tyst till',
    remind: 'Påminnelser, dagar innan en period slutar',
    within: 'Värt ett meddelande',
    least: 'Bara det som kostar minst så mycket per månad, i sin egen valuta',
    leaveOut: 'Utelämna',
    except: 'Kunder och program att utelämna, med ; emellan',
  },
  /** Where no language was chosen. */
  asTeams: 'Som i Teams',
  asItComes: 'Vart och ett när det händer',
  every: (digest: Digest) => `En lista: ${when(digest)}`,
  hour,
  weekday: (day: number) => capital(DAYS[day - 1] ?? ''),
  never: 'Aldrig',
  always: 'Oavsett hur långt bort slutet är',
  within: (n: number) => `Från ${days(n)} före slutet`,
  kinds: { est: 'Fortsätter som Extended Service Term', ends: 'Uppsägning är inlagd', renews: 'Förnyas' },
  days,
  exceptExample: 'Adatum; Northwind',
  errors: {
    zone: 'Skriv en stad ur listan över tidszoner.',
    choice: 'Välj en.',
    least: 'Ett heltal, eller lämna fältet tomt.',
    except: 'Namn med ; emellan.',
  },
  saved: (d: { who: Safe; what: readonly SettingPart[] }) => `${d.who} ändrade ${listed(d.what.map((one) => PARTS[one]))}.`,
  same: () => 'Det var redan inställt så; inget har ändrats.',
  stale: () => 'Någon har ändrat de här inställningarna under tiden, så inget sparades. Kortet visar dem som de är nu.',
  noZone: (d: { zone: Safe }) =>
    `Jag känner inte till någon tidszon som heter ”${d.zone}”, så inget sparades. Skriv en stad på IANA-listan, till exempel Stockholm eller New York, eller UTC.`,
  noLanguage: (d: { language: Safe; known: readonly Safe[] }) => `Jag talar inte ”${d.language}”, så inget sparades. Jag talar ${listed(d.known)}.`,
  noName: (d: { name: Safe }) =>
    `Jag känner varken till någon kund eller något program som heter ”${d.name}”, så inget sparades. Skriv namnet så som **upphör** visar det.`,
  manyNames: (d: { name: Safe; names: readonly Safe[] }) => `”${d.name}” kan vara ${oneOf(d.names)}; inget sparades. Skriv hela namnet.`,
};
