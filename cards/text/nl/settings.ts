/** What is set for a chat: the sentence of what will come, and the form. */
import type { Digest, LeftOut, QuietHours, SettingPart } from '../../../services/domain/settings.ts';
import type { Safe } from '../../escape.ts';
import { capital, days, hour, listed, number, stamp } from './format.ts';

const DAYS = ['maandag', 'dinsdag', 'woensdag', 'donderdag', 'vrijdag', 'zaterdag', 'zondag'];
const PARTS: Record<SettingPart, string> = {
  zone: 'de tijdzone',
  language: 'de taal',
  digest: 'wanneer berichten komen',
  quiet: 'de stille uren',
  reminders: 'de herinneringen',
  worth: 'wat een bericht waard is',
  report: 'het wekelijkse rapport',
};
const KINDS: Record<LeftOut, string> = {
  est: 'wat doorgaat als Extended Service Term',
  ends: 'wat iemand per einddatum heeft opgezegd',
  renews: 'wat wordt verlengd',
};

function when(digest: Digest): string {
  if (digest.every === 'week') return `Elke ${DAYS[digest.day - 1]}`;
  return digest.every === 'weekdays' ? 'Op werkdagen' : 'Elke dag';
}

/** What is worth a message, behind "everything". */
function worth(d: { within: number | null; least: number | null; leaveOut: readonly LeftOut[]; except: readonly Safe[] }): string {
  const least = d.least === null ? '' : `, voor zover het ${number(d.least)} per maand of meer kost in de eigen valuta`;
  const ends = d.within === null ? 'alles wat niet meer wordt verlengd, of waarvan het einde verandert' : `alles wat binnen ${days(d.within)} eindigt`;
  const except = [...d.except, ...d.leaveOut.map((one) => KINDS[one])];
  return `${ends}${least}${except.length > 0 ? `, behalve ${listed(except)}` : ''}`;
}

export const settings = {
  state: 'Instellingen van deze chat',
  who: 'Wat hier komt, en wanneer',
  /** `zone`: how the clock is called that all hours are of. */
  comes: (d: { digest: Digest | null; zone: string; within: number | null; least: number | null; leaveOut: readonly LeftOut[]; except: readonly Safe[] }) =>
    d.digest
      ? `${when(d.digest)} om ${hour(d.digest.hour)}, ${d.zone}, één lijst met ${worth(d)}; niets als er geen nieuws is.`
      : `Zodra het gebeurt: ${worth(d)}.`,
  quiet: (d: { quiet: QuietHours; zone: string; digest: boolean }) =>
    `Tussen ${hour(d.quiet.from)} en ${hour(d.quiet.to)}, ${d.zone}, is het stil: wat niet dringend is, volgt om ${hour(d.quiet.to)}${d.digest ? '; de lijst komt op het uur dat ervoor is ingesteld' : ''}.`,
  urgent: 'Wat anders pas met minder dan drie dagen te gaan zou komen, en wat iemand hier vraagt of waarop iemand hier wacht, komt meteen.',
  leftOut: 'Wat is weggelaten, staat wel gewoon in **verloopt** en in het logboek.',
  watchesNothing: 'Deze chat volgt nog niets; schrijf **volg** om te beginnen.',
  /** `next`: when it comes next. */
  report: (d: { day: number; hour: number; zone: string; next: string }) =>
    `Elke ${DAYS[d.day - 1]} om ${hour(d.hour)}, ${d.zone}, het rapport, ook als het stil is; het volgende op ${stamp(d.next)}.`,
  next: (at: string) => `De volgende lijst kan komen op ${stamp(at)}.`,
  changedBy: (d: { who: Safe; at: string; what: readonly SettingPart[] }) =>
    `Laatst gewijzigd door ${d.who}, ${stamp(d.at)}: ${listed(d.what.map((one) => PARTS[one]))}.`,
  neverChanged: 'Niemand heeft iets gewijzigd; zo begint elke chat.',
  zoneNow: (d: { zone: string; time: string }) => `${d.zone}, nu ${d.time}`,
  reminders: (some: readonly number[]) =>
    some.length === 0 ? 'Nooit' : `${listed(some.map(String))} ${some.length === 1 && some[0] === 1 ? 'dag' : 'dagen'} voordat een looptijd eindigt`,
  change: 'Wijzigen',
  save: 'Opslaan',
  labels: {
    zone: 'Tijdzone: een stad, zoals Amsterdam of New York',
    zoneFact: 'Tijdzone',
    language: 'Taal',
    remindFact: 'Herinneringen',
    digest: 'Berichten',
    hour: 'Uur van de lijst',
    report: 'Het rapport vanzelf, één keer per week',
    reportHour: 'Uur van het rapport',
    quietFrom: 'Stil vanaf',
    quietTo: 'Stil tot',
    remind: 'Herinneringen, dagen voor het einde van een looptijd',
    within: 'Een bericht waard',
    least: 'Alleen wat ten minste zoveel per maand kost, in de eigen valuta',
    leaveOut: 'Weglaten',
    except: 'Weg te laten klanten en programma’s, met ; ertussen',
  },
  /** Where no language was chosen. */
  asTeams: 'Zoals in Teams',
  asItComes: 'Elk zodra het gebeurt',
  every: (digest: Digest) => {
    const [first = '', ...rest] = when(digest);
    return `Eén lijst: ${first.toLowerCase()}${rest.join('')}`;
  },
  hour,
  weekday: (day: number) => capital(DAYS[day - 1] ?? ''),
  never: 'Nooit',
  always: 'Hoe ver het einde ook weg is',
  within: (n: number) => `Vanaf ${days(n)} voor het einde`,
  kinds: { est: 'Gaat door als Extended Service Term', ends: 'Per einddatum opgezegd', renews: 'Wordt verlengd' },
  days,
  exceptExample: 'Adatum; Northwind',
  errors: {
    zone: 'Typ een stad uit de lijst van tijdzones.',
    choice: 'Kies er een.',
    least: 'Een geheel getal, of niets.',
    except: 'Namen met ; ertussen.',
  },
  saved: (d: { who: Safe; what: readonly SettingPart[] }) => `Gewijzigd door ${d.who}: ${listed(d.what.map((one) => PARTS[one]))}.`,
  same: () => 'Het was al zo ingesteld; er is niets gewijzigd.',
  stale: () => 'Iemand heeft deze instellingen intussen gewijzigd, dus er is niets opgeslagen. De kaart toont hoe ze nu zijn.',
  noZone: (d: { zone: Safe }) =>
    `Ik ken geen tijdzone met de naam “${d.zone}”, dus er is niets opgeslagen. Schrijf een stad uit de IANA-lijst, zoals Amsterdam of New York, of UTC.`,
  noLanguage: (d: { language: Safe; known: readonly Safe[] }) => `Ik spreek geen “${d.language}”, dus er is niets opgeslagen. Ik spreek: ${listed(d.known)}.`,
  noName: (d: { name: Safe }) =>
    `Ik ken geen klant en geen programma met de naam “${d.name}”, dus er is niets opgeslagen. Schrijf de naam zoals **verloopt** die toont.`,
  manyNames: (d: { name: Safe; names: readonly Safe[] }) => `“${d.name}” past bij ${listed(d.names)}; er is niets opgeslagen. Schrijf de hele naam.`,
};
