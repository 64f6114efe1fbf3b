/** Files of tickets, decisions and the record: their columns, and what is said about them. */
import type { Exported } from '../../../services/export/grants.ts';
import type { EndOfTerm, MoveState } from '../../../services/domain/ticket.ts';
import type { Safe } from '../../escape.ts';
import { number } from './format.ts';
import { stateNow } from './states.ts';

const what: Record<Exported, string> = { tickets: 'alla ärenden', decisions: 'alla beslut', record: 'hela loggen' };
const here: Record<Exported, string> = { tickets: 'Här är alla ärenden', decisions: 'Här är alla beslut', record: 'Här är hela loggen' };
const offered: Record<Exported, string> = {
  tickets: 'Alla ärenden, så som de är när du godtar filen.',
  decisions: 'Alla beslut, så som de är när du godtar filen.',
  record: 'Hela loggen, så som den är när du godtar filen.',
};

const columns: Record<string, string> = {
  ticket: 'Ärende',
  customer: 'Kund',
  plan: 'Plan',
  programme: 'Program',
  licences: 'Licenser',
  ends: 'Dag för periodens slut',
  atTermEnd: 'Vid periodens slut',
  priceMonth: 'Pris per månad',
  currency: 'Valuta',
  opened: 'Öppnat (UTC)',
  state: 'Läge',
  assignedTo: 'Ansvarig',
  snoozedUntil: 'Uppskjutet till',
  dismissed: 'Släppt, därför att',
  closed: 'Stängt (UTC)',
  closedHow: 'Stängt, därför att',
  newPlan: 'Ny plan',
  newPriceMonth: 'Nytt pris per månad',
  newCurrency: 'Ny valuta',
  order: 'Order',
  customerId: 'Kund-id',
  subscriptionId: 'Prenumerations-id',
  at: 'När (UTC)',
  who: 'Vem',
  what: 'Vad',
  from: 'Från',
  to: 'Till',
  details: 'Detaljer',
  request: 'Begärande-id',
};

const atTermEnd: Record<EndOfTerm, string> = {
  renews: 'förnyas',
  renewsAs: 'förnyas som något annat',
  cancels: 'upphör',
  extends: 'fortsätter som Extended Service Term',
  inEst: 'är i Extended Service Term',
  contradictory: 'automatisk förnyelse och det planerade stämmer inte överens',
  unknown: 'okänt',
  unread: 'kunde inte läsas',
};

const closedHow: Record<string, string> = { renewed: 'den förnyas igen', moved: 'den flyttades', ended: 'den upphörde', left: 'kunden lämnade oss' };

/** Cells that hold a word of ours. */
const values: Record<string, Record<string, string>> = {
  atTermEnd,
  closedHow,
  state: stateNow satisfies Record<MoveState | 'none', string>,
  who: { bot: 'Successor' },
};

export const exported = {
  /** Its spreadsheets write a fraction with a comma: cells are parted by semicolons. */
  decimalComma: true as boolean,
  columns,
  values,
  /** Of a line of the record that no ticket has. */
  took: 'En fil hämtades',
  /** What Teams shows beside the name of a file that it offers. */
  offer: (d: { what: Exported }) => `${offered[d.what]} Den läggs i din OneDrive; ingen annan får den.`,
  link: (d: { what: Exported; link: Safe; minutes: number }) =>
    `${here[d.what]} som en fil: ${d.link} – länken är bara för dig, fungerar en gång, och i ${number(d.minutes)} minuter. Den som har den kan hämta filen, så ge den inte vidare till någon. Det finns också **exportera ärenden**, **exportera beslut** och **exportera logg**; lägg till **json** för andra system.`,
  linkInstead: (d: { what: Exported; link: Safe; minutes: number }) =>
    `Filen kunde inte läggas i din OneDrive. Hämta ${what[d.what]} här i stället: ${d.link} – den fungerar en gång, i ${number(d.minutes)} minuter, och är bara för dig.`,
  inPerson: 'Filen är bara för dig: jag erbjuder den i vår personliga chatt.',
  writeInPerson: 'En fil är bara för en person, och jag har ingen personlig chatt med dig än. Skriv **exportera** till mig där.',
  tooMany: 'Tre saker som du har bett om är fortfarande på väg. Försök igen om en minut.',
  coming: 'Jag lägger filen i din OneDrive.',
  given: (d: { what: Exported }) => `${here[d.what]}, i din OneDrive.`,
  declined: 'Ingen fil skapades.',
  gone: 'Det här erbjudandet har använts, är äldre än tio minuter eller riktades till någon annan. Ingen fil lämnades ut. Skriv **exportera** för att få ett nytt.',
  page: {
    title: 'Successor',
    offer: (d: { what: Exported }) =>
      `Den här filen innehåller ${what[d.what]}, bara för dig. Tryck på knappen för att hämta den; därefter är länken förbrukad.`,
    button: 'Hämta filen',
    stale: 'Den här länken har använts, eller är äldre än tio minuter. Ingen fil lämnades ut. Skriv ”exportera” till mig i Teams för att få en ny.',
    mayNot: 'Du får inte längre se kundernas prenumerationer. Ingen fil lämnades ut.',
    busy: 'Andra filer skapas just nu. Ingen fil lämnades ut, och länken fungerar fortfarande: försök igen om en minut.',
    whoMayUnknown:
      'Jag kan inte läsa i Microsoft Entra vem som får göra detta. Ingen fil lämnades ut, och länken fungerar fortfarande: försök igen om en minut.',
  },
};
