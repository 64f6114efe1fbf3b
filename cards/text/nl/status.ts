/** How the bot is, and what could not be read. */
import { SIGN_IN_AGAIN } from '../../../services/domain/rules.ts';
import type { Safe } from '../../escape.ts';
import { by, count, number, stamp, subscriptions } from './format.ts';

/** Why a customer could not be looked at, from the kind of the failure and Partner Center's code. */
export function whySkipped(why: Safe): string {
  const [kind, code = ''] = why.split(' ');
  if (code === 'shape') return 'Partnercentrum heeft geantwoord op een manier die ik niet begrijp';
  if (SIGN_IN_AGAIN.has(code))
    return 'Partnercentrum wil een nieuwe aanmelding van het account waarmee ik werk: een eigenaar schrijft mij **toestemming** in de chat met mij alleen';
  if (kind === 'forbidden') return `Partnercentrum laat mij niet toe (${code})`;
  if (kind === 'notFound') return `Partnercentrum kent het niet (${code})`;
  if (kind === 'throttled') return 'Partnercentrum wilde minder aanvragen';
  return kind === 'unclear' ? `Partnercentrum heeft niet geantwoord zoals het hoort (${code})` : `Partnercentrum heeft het geweigerd (${code})`;
}

/** Partner Center's fields that the watch cannot do without, in words. */
const fields: Record<string, string> = {
  quantity: 'het aantal licenties',
  autoRenewEnabled: 'de automatische verlenging (het veld autoRenewEnabled)',
  commitmentEndDate: 'de einddatum',
  status: 'de status',
  offerId: 'de aanbieding',
  productType: 'het type product',
};

/** What could not be read of a customer. */
export const notRead = (d: { what: 'field' | 'list' | 'vanished' | 'lacks'; plan: Safe | null; field: Safe | null; count: number }) => {
  if (d.what === 'list') return 'het einde van de lijst: Partnercentrum zegt dat die doorgaat en niet waar, of toont iets zonder id';
  if (d.what === 'vanished') return `${subscriptions(d.count)} ${by(d.count, 'dat van de lijst verdween', 'die tegelijk van de lijst verdwenen')}`;
  if (d.what === 'lacks') return `in de lijst ontbreekt ${d.plan ?? 'een abonnement'}, dat er wel is als ik er apart om vraag`;
  return `${fields[d.field ?? ''] ?? `“${d.field ?? ''}”`} van ${d.plan ?? 'een abonnement zonder id'}`;
};

export const status = {
  who: 'Hoe ik ervoor sta',
  ok: 'Alles werkt.',
  partly: 'Ik volg en meld, maar niet alles kon worden gelezen.',
  chatsWait: 'Ik volg de abonnementen, maar Teams neemt niet alles aan wat ik te melden heb.',
  listUnreadable: (code: Safe) => `De lijst van klanten kan niet worden gelezen (${code}). Ik ga door met de klanten die ik ken, en blijf het proberen.`,
  notRead: 'Wat niet kon worden gelezen',
  never: (n: number) => `Naar ${count(n, 'klant', 'klanten')} is nog niet gekeken.`,
  listPartial: 'De lijst van klanten gaat door, en ik kon die niet verder lezen.',
  listRecords: (n: number) => `${count(n, 'vermelding', 'vermeldingen')} zonder id in de lijst van klanten.`,
  listUnnamed: (ids: readonly Safe[]) => `Namen in de lijst van klanten, van ${ids.join(', ')}.`,
  listVanished: (n: number) =>
    `${count(n, 'klant is', 'klanten zijn tegelijk')} uit de lijst verdwenen. Ik leid daar niets uit af, en vraag na drie dagen naar ${by(n, 'die klant', 'elk van hen')}.`,
  listLacks: (n: number) => `In de lijst van klanten ${by(n, 'ontbreekt', 'ontbreken')} er ${number(n)} die er wel ${by(n, 'is', 'zijn')} als ik ernaar vraag.`,
  of: (d: { customer: Safe; what: Safe }) => `${d.customer}: ${d.what}.`,
  more: (n: number) => `Nog ${number(n)}.`,
  facts: {
    customers: 'Klanten',
    looked: 'Laatst gekeken',
    open: 'Zonder verlenging',
    skipped: 'Overgeslagen',
    waiting: 'Nog te melden',
    asleep: 'Niet bereikt',
    cost: 'Vandaag tot nu toe',
    chat: 'Deze chat',
    readOnly: 'Alleen lezen',
    dryRun: 'Proefdraaien',
  },
  many: (n: number, most: number) => (n >= most ? `${number(most)} of meer` : number(n)),
  waiting: (d: { chats: number; since: string | null; troubled: number }) =>
    d.chats === 0
      ? 'Er wacht niets'
      : `${count(d.chats, 'chat wacht', 'chats wachten')}${d.since ? `, de eerste sinds ${stamp(d.since)}` : ''}${d.troubled > 0 ? `; Teams weigert er nu ${number(d.troubled)}` : ''}`,
  cost: (d: { requests: number; looks: number; transactions: number; subscriptions: number }) =>
    `${count(d.requests, 'aanvraag', 'aanvragen')} aan Partnercentrum, ${number(d.looks)} keer naar een klant gekeken${
      d.subscriptions > 0 ? `; ${(d.transactions / d.subscriptions).toFixed(2).replace('.', ',')} opslagtransacties per bekeken abonnement` : ''
    }`,
  late: (minutes: number) =>
    `Ik loop ${count(minutes, 'minuut', 'minuten')} achter: er zijn meer klanten dan de aanvragen per minuut in de ingestelde tijd toelaten.`,
  readOnlyOn: (d: { who: Safe; at: string } | null) =>
    d
      ? `sinds ${stamp(d.at)} door ${d.who}; er wordt niets gekocht, overgezet of opgeschort`
      : 'door een instelling; er wordt niets gekocht, overgezet of opgeschort',
  readOnly: 'Ik sta op alleen lezen: ik volg en meld, en wijzig niets.',
  dryRun: 'Er wordt proefgedraaid: ik volg, meld en vraag prijzen op, en koop en wijzig niets. Een eigenaar beëindigt het met “proefdraaien uit”.',
  looked: (at: string | null) => (at ? stamp(at) : 'nog niet'),
  skipped: (n: number) => (n === 0 ? 'Geen' : number(n)),
  skippedNames: (names: readonly Safe[], others: number) =>
    `Naar ${names.join(', ')}${others > 0 ? ` en ${count(others, 'andere klant', 'andere klanten')}` : ''} kon ik de laatste keer niet kijken; ik probeer het opnieuw.`,
  watching: (what: readonly Safe[]) => (what.length === 0 ? 'volgt niets' : `volgt ${what.join(', ')}`),
  all: 'alle klanten',
  unreachable: 'Ik kan Partnercentrum niet bereiken. Wat ik weet, kan oud zijn; ik blijf het proberen.',
  asleep: (n: number) => `${count(n, 'chat', 'chats')}: Teams laat mij daar niet schrijven`,
  allAsleep: 'Teams laat mij in geen enkele chat schrijven die iets volgt. Niemand hoort daar wat niet meer wordt verlengd; ik blijf het proberen.',
  unknown: (since: string) =>
    `Teams kent mij sinds ${stamp(since)} niet, dus er wordt niets verstuurd. Kijk naar de registratie en het geheim van de bot; er gaat niets verloren.`,
};
