/** What is set for a chat: the sentence of what will come, and the form. */
import type { Digest, LeftOut, QuietHours, SettingPart } from '../../../services/domain/settings.ts';
import type { Safe } from '../../escape.ts';
import { count, hour, listed, number, stamp } from './format.ts';

const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const PARTS: Record<SettingPart, string> = {
  zone: 'the time zone',
  language: 'the language',
  digest: 'when messages come',
  quiet: 'the quiet hours',
  reminders: 'the reminders',
  worth: 'what is worth a message',
  report: 'the weekly report',
};
const KINDS: Record<LeftOut, string> = {
  est: 'what goes on as an Extended Service Term',
  ends: 'what somebody has set to be cancelled',
  renews: 'what renews',
};

function when(digest: Digest): string {
  if (digest.every === 'week') return `Every ${DAYS[digest.day - 1]}`;
  return digest.every === 'weekdays' ? 'On weekdays' : 'Every day';
}

/** What is worth a message, behind "everything". */
function worth(d: { within: number | null; least: number | null; leaveOut: readonly LeftOut[]; except: readonly Safe[] }): string {
  const least = d.least === null ? '' : ` and costs ${number(d.least)} a month or more in its own currency`;
  const ends = d.within === null ? 'everything that stops renewing, or whose end changes' : `everything that ends within ${count(d.within, 'day', 'days')}`;
  const except = [...d.except, ...d.leaveOut.map((one) => KINDS[one])];
  return `${ends}${least}${except.length > 0 ? `, except ${listed(except)}` : ''}`;
}

export const settings = {
  state: 'Settings of this chat',
  who: 'What comes here, and when',
  /** `zone`: how the clock is called that all hours are of. */
  comes: (d: { digest: Digest | null; zone: string; within: number | null; least: number | null; leaveOut: readonly LeftOut[]; except: readonly Safe[] }) =>
    d.digest
      ? `${when(d.digest)} at ${hour(d.digest.hour)}, ${d.zone}, one list of ${worth(d)}; nothing where there is no news.`
      : `As it happens, ${worth(d)}.`,
  quiet: (d: { quiet: QuietHours; zone: string; digest: boolean }) =>
    `Between ${hour(d.quiet.from)} and ${hour(d.quiet.to)}, ${d.zone}, it is quiet: what is not urgent follows at ${hour(d.quiet.to)}${d.digest ? '; the list comes at its own hour' : ''}.`,
  urgent: 'What would leave fewer than three days, and what a person here asks for or waits for, comes at once.',
  leftOut: 'What is left out stands in **expiring** and in the record all the same.',
  watchesNothing: 'This chat watches nothing yet; write **watch** to begin.',
  /** `next`: when it comes next. */
  report: (d: { day: number; hour: number; zone: string; next: string }) =>
    `Every ${DAYS[d.day - 1]} at ${hour(d.hour)}, ${d.zone}, the report, quiet or not; next on ${stamp(d.next)}.`,
  next: (at: string) => `The next list may come on ${stamp(at)}.`,
  changedBy: (d: { who: Safe; at: string; what: readonly SettingPart[] }) =>
    `Last changed by ${d.who}, ${stamp(d.at)}: ${listed(d.what.map((one) => PARTS[one]))}.`,
  neverChanged: 'Nobody has changed anything; this is how every chat begins.',
  zoneNow: (d: { zone: string; time: string }) => `${d.zone}, ${d.time} now`,
  reminders: (days: readonly number[]) =>
    days.length === 0 ? 'Never' : `${listed(days.map(String))} ${days.every((n) => n === 1) ? 'day' : 'days'} before a term ends`,
  change: 'Change',
  save: 'Save',
  labels: {
    zone: 'Time zone: a city, such as Stockholm or New York',
    zoneFact: 'Time zone',
    language: 'Language',
    remindFact: 'Reminders',
    digest: 'Messages',
    hour: 'Hour of the list',
    report: 'The report by itself, once a week',
    reportHour: 'Hour of the report',
    quietFrom: 'Quiet from',
    quietTo: 'Quiet until',
    remind: 'Reminders, days before the end of a term',
    within: 'Worth a message',
    least: 'Only what costs at least so much a month, in its own currency',
    leaveOut: 'Leave out',
    except: 'Customers and programmes to leave out, with ; between them',
  },
  /** Where no language was chosen. */
  asTeams: 'As Teams is set',
  asItComes: 'Each as it happens',
  every: (digest: Digest) => {
    const [first = '', ...rest] = when(digest);
    return `One list: ${first.toLowerCase()}${rest.join('')}`;
  },
  hour,
  weekday: (day: number) => DAYS[day - 1] ?? '',
  never: 'Never',
  always: 'However far its end is',
  within: (days: number) => `From ${days} days before its end`,
  kinds: { est: 'Goes on as Extended Service Term', ends: 'Set to be cancelled', renews: 'Renews' },
  days: (n: number) => count(n, 'day', 'days'),
  exceptExample: 'Adatum; Northwind',
  errors: {
    zone: 'Type a city of the list of time zones.',
    choice: 'Choose one.',
    least: 'A whole number, or nothing.',
    except: 'Names with ; between them.',
  },
  saved: (d: { who: Safe; what: readonly SettingPart[] }) => `${d.who} changed ${listed(d.what.map((one) => PARTS[one]))}.`,
  same: () => 'It was set so already; nothing has changed.',
  stale: () => 'Somebody has changed these settings meanwhile, so nothing was saved. The card shows them as they are now.',
  noZone: (d: { zone: Safe }) =>
    `I know no time zone called “${d.zone}”, so nothing was saved. Write a city of the IANA list, such as Stockholm or New York, or UTC.`,
  noLanguage: (d: { language: Safe; known: readonly Safe[] }) => `I do not speak “${d.language}”, so nothing was saved. I speak ${listed(d.known)}.`,
  noName: (d: { name: Safe }) => `I know no customer and no programme called “${d.name}”, so nothing was saved. Write the name as **expiring** shows it.`,
  manyNames: (d: { name: Safe; names: readonly Safe[] }) => `“${d.name}” may be ${listed(d.names)}; nothing was saved. Write the whole name.`,
};
