/** How the bot is, and what could not be read. */
import { SIGN_IN_AGAIN } from '../../../services/domain/rules.ts';
import type { Safe } from '../../escape.ts';
import { count, number, stamp, theMoment } from './format.ts';

/** Why a customer could not be looked at, from the kind of the failure and Partner Center's code. */
export function whySkipped(why: Safe): string {
  const [kind, code = ''] = why.split(' ');
  if (code === 'shape') return 'Partnercenter svarade på ett sätt som jag inte förstår';
  if (SIGN_IN_AGAIN.has(code))
    return 'Partnercenter vill ha en ny inloggning med kontot som jag arbetar med: en ägare skriver **medgivande** till mig i den personliga chatten med mig';
  if (kind === 'forbidden') return `Partnercenter låter mig inte göra det (${code})`;
  if (kind === 'notFound') return `Partnercenter känner inte till kunden (${code})`;
  if (kind === 'throttled') return 'Partnercenter ville ha färre anrop';
  return kind === 'unclear' ? `Partnercenter svarade inte som det skulle (${code})` : `Partnercenter nekade det (${code})`;
}

/** Partner Center's fields that the watch cannot do without, in words. */
const fields: Record<string, string> = {
  quantity: 'antalet licenser',
  autoRenewEnabled: 'om den förnyas: fältet autoRenewEnabled',
  commitmentEndDate: 'slutdatumet',
  status: 'läget',
  offerId: 'erbjudandet',
  productType: 'produkttypen',
};

/** What could not be read of a customer. */
export const notRead = (d: { what: 'field' | 'list' | 'vanished' | 'lacks'; plan: Safe | null; field: Safe | null; count: number }) => {
  if (d.what === 'list') return 'slutet på listan: Partnercenter säger att den fortsätter men inte var, eller listar något utan id';
  if (d.what === 'vanished') return `${count(d.count, 'prenumeration', 'prenumerationer')} som försvann från listan på en gång`;
  if (d.what === 'lacks') return `på listan saknas ${d.plan ?? 'en'}, som finns där när jag frågar efter enbart den`;
  return `${fields[d.field ?? ''] ?? `”${d.field ?? ''}”`} för ${d.plan ?? 'en prenumeration utan id'}`;
};

export const status = {
  who: 'Hur det står till med mig',
  ok: 'Allt fungerar.',
  partly: 'Jag bevakar och säger till, men det gick inte att läsa allt.',
  chatsWait: 'Jag bevakar, men Teams tar inte emot allt som jag har att säga.',
  listUnreadable: (code: Safe) => `Listan över kunder kan inte läsas (${code}). Jag fortsätter med dem som jag känner till, och fortsätter att försöka.`,
  notRead: 'Vad som inte kunde läsas',
  never: (n: number) => `${count(n, 'kund', 'kunder')} har jag inte kontrollerat än.`,
  listPartial: 'Listan över kunder fortsätter, och jag kunde inte läsa den längre.',
  listRecords: (n: number) => `${count(n, 'post', 'poster')} utan id i listan över kunder.`,
  listUnnamed: (ids: readonly Safe[]) => `Namn i listan över kunder, för ${ids.join(', ')}.`,
  listVanished: (n: number) =>
    `${count(n, 'kund', 'kunder')} försvann från listan på en gång. Jag drar inga slutsatser av det och frågar om var och en efter tre dagar.`,
  listLacks: (n: number) => `I listan över kunder saknas ${number(n)} som finns där när jag frågar.`,
  of: (d: { customer: Safe; what: Safe }) => `${d.customer}: ${d.what}.`,
  more: (n: number) => `${number(n)} till.`,
  facts: {
    customers: 'Kunder',
    looked: 'Senaste kontroll',
    open: 'Förnyas inte',
    skipped: 'Överhoppade',
    waiting: 'Återstår att säga',
    asleep: 'Kan inte nås',
    cost: 'Hittills i dag',
    chat: 'Den här chatten',
    readOnly: 'Skrivskydd',
    dryRun: 'Provkörning',
  },
  many: (n: number, most: number) => (n >= most ? `${number(most)} eller fler` : number(n)),
  waiting: (d: { chats: number; since: string | null; troubled: number }) =>
    d.chats === 0
      ? 'Inget väntar'
      : `${count(d.chats, 'chatt väntar', 'chattar väntar')}${d.since ? `, den första sedan ${theMoment(d.since)}` : ''}${d.troubled > 0 ? `; Teams nekar ${number(d.troubled)} tills vidare` : ''}`,
  cost: (d: { requests: number; looks: number; transactions: number; subscriptions: number }) =>
    `${count(d.requests, 'anrop', 'anrop')} till Partnercenter, ${count(d.looks, 'kundkontroll', 'kundkontroller')}${
      d.subscriptions > 0
        ? `; ${(d.transactions / d.subscriptions).toFixed(2).replace('.', ',')} lagringstransaktioner för varje kontrollerad prenumeration`
        : ''
    }`,
  late: (minutes: number) =>
    `Jag ligger ${count(minutes, 'minut', 'minuter')} efter: det finns fler kunder än vad antalet anrop per minut räcker till inom den tid som är inställd.`,
  readOnlyOn: (d: { who: Safe; at: string } | null) =>
    d ? `slogs på av ${d.who} ${theMoment(d.at)}; inget köps, flyttas eller inaktiveras` : 'genom en inställning; inget köps, flyttas eller inaktiveras',
  readOnly: 'Jag är skrivskyddad: jag bevakar och säger till, och ändrar ingenting.',
  dryRun: 'Detta är en provkörning: jag bevakar, säger till och hämtar priser, och köper och ändrar ingenting. En ägare avslutar den med ”provkörning av”.',
  looked: (at: string | null) => (at ? stamp(at) : 'inte än'),
  skipped: (n: number) => (n === 0 ? 'Ingen' : number(n)),
  skippedNames: (names: readonly Safe[], others: number) =>
    `Jag kunde inte kontrollera ${names.join(', ')}${others > 0 ? ` och ${count(others, 'annan kund', 'andra kunder')}` : ''} senaste gången; jag försöker igen.`,
  watching: (what: readonly Safe[]) => (what.length === 0 ? 'bevakar ingenting' : `bevakar ${what.join(', ')}`),
  all: 'alla kunder',
  unreachable: 'Jag kan inte nå Partnercenter. Det jag vet kan vara gammalt; jag fortsätter att försöka.',
  asleep: (n: number) => `${count(n, 'chatt', 'chattar')}: Teams låter mig inte skriva där`,
  allAsleep: 'Teams låter mig inte skriva i någon chatt som bevakar. Inga besked om vad som slutar förnyas når dit; jag fortsätter att försöka.',
  unknown: (since: string) =>
    `Teams har inte känt igen mig sedan ${theMoment(since)}, så inget går ut. Kontrollera botens registrering och klienthemlighet; inget går förlorat.`,
};
