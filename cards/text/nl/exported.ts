/** Files of tickets, decisions and the record: their columns, and what is said about them. */
import type { Exported } from '../../../services/export/grants.ts';
import type { EndOfTerm, MoveState } from '../../../services/domain/ticket.ts';
import type { Safe } from '../../escape.ts';
import { capital, number } from './format.ts';
import { stateNow } from './states.ts';

const what: Record<Exported, string> = { tickets: 'alle tickets', decisions: 'alle besluiten', record: 'het hele logboek' };
const here: Record<Exported, string> = { tickets: 'Hier zijn alle tickets', decisions: 'Hier zijn alle besluiten', record: 'Hier is het hele logboek' };
const asTheyAre: Record<Exported, string> = { tickets: 'zoals ze zijn', decisions: 'zoals ze zijn', record: 'zoals het is' };

const columns: Record<string, string> = {
  ticket: 'Ticket',
  customer: 'Klant',
  plan: 'Plan',
  programme: 'Programma',
  licences: 'Licenties',
  ends: 'Dag waarop de looptijd eindigt',
  atTermEnd: 'Aan het einde van de looptijd',
  priceMonth: 'Prijs per maand',
  currency: 'Valuta',
  opened: 'Geopend (UTC)',
  state: 'Status',
  assignedTo: 'In behandeling bij',
  snoozedUntil: 'Uitgesteld tot',
  dismissed: 'Losgelaten, omdat',
  closed: 'Gesloten (UTC)',
  closedHow: 'Gesloten, omdat',
  newPlan: 'Nieuw plan',
  newPriceMonth: 'Nieuwe prijs per maand',
  newCurrency: 'Nieuwe valuta',
  order: 'Order',
  customerId: 'Klant-id',
  subscriptionId: 'Abonnements-id',
  at: 'Wanneer (UTC)',
  who: 'Wie',
  what: 'Wat',
  from: 'Van',
  to: 'Naar',
  details: 'Details',
  request: 'Aanvraag-id',
};

const atTermEnd: Record<EndOfTerm, string> = {
  renews: 'wordt verlengd',
  renewsAs: 'wordt verlengd als iets anders',
  cancels: 'eindigt',
  extends: 'gaat door als Extended Service Term',
  inEst: 'zit in een Extended Service Term',
  contradictory: 'planning en automatische verlenging spreken elkaar tegen',
  unknown: 'niet bekend',
  unread: 'kon niet worden gelezen',
};

const closedHow: Record<string, string> = {
  renewed: 'het weer wordt verlengd',
  moved: 'het is omgezet',
  ended: 'het is geëindigd',
  left: 'de klant is vertrokken',
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
  took: 'Er is een bestand opgehaald',
  /** What Teams shows beside the name of a file that it offers. */
  offer: (d: { what: Exported }) =>
    `${capital(what[d.what])}, ${asTheyAre[d.what]} op het moment dat u accepteert. Het bestand komt in uw OneDrive; niemand anders krijgt het.`,
  link: (d: { what: Exported; link: Safe; minutes: number }) =>
    `${here[d.what]} als bestand: ${d.link} – de koppeling is alleen voor u, werkt één keer, en ${number(d.minutes)} minuten lang. Wie de koppeling heeft, kan het bestand ophalen; geef die dus aan niemand door. Er zijn ook **exporteer tickets**, **exporteer besluiten** en **exporteer logboek**; voeg voor software **json** toe.`,
  linkInstead: (d: { what: Exported; link: Safe; minutes: number }) =>
    `Het bestand kon niet in uw OneDrive worden gezet. Haal ${what[d.what]} in plaats daarvan hier op: ${d.link} – dit werkt één keer, ${number(d.minutes)} minuten lang, en is alleen voor u.`,
  inPerson: 'Het bestand is alleen voor u: ik bied het aan in onze persoonlijke chat.',
  writeInPerson: 'Een bestand is voor één persoon alleen, en ik heb nog geen persoonlijke chat met u. Schrijf mij daar **exporteer**.',
  tooMany: 'Drie dingen die u hebt gevraagd, zijn nog onderweg. Vraag over een minuut opnieuw.',
  coming: 'Ik zet het bestand in uw OneDrive.',
  given: (d: { what: Exported }) => `${here[d.what]}, in uw OneDrive.`,
  declined: 'Er is geen bestand gemaakt.',
  gone: 'Dit aanbod is gebruikt, is ouder dan tien minuten, of was voor iemand anders. Er is geen bestand gegeven. Schrijf **exporteer** voor een nieuw aanbod.',
  page: {
    title: 'Successor',
    offer: (d: { what: Exported }) => `Dit bestand bevat ${what[d.what]}, alleen voor u. Druk op de knop om het op te halen; daarna is de koppeling verbruikt.`,
    button: 'Het bestand ophalen',
    stale: 'Deze koppeling is gebruikt, of is ouder dan tien minuten. Er is geen bestand gegeven. Schrijf mij “exporteer” in Teams voor een nieuwe.',
    mayNot: 'U mag de abonnementen van de klanten niet meer zien. Er is geen bestand gegeven.',
    busy: 'Er worden nu andere bestanden gemaakt. Er is geen bestand gegeven, en de koppeling werkt nog: probeer het over een minuut opnieuw.',
    whoMayUnknown:
      'Ik kan in Microsoft Entra niet lezen wie dit mag doen. Er is geen bestand gegeven, en de koppeling werkt nog: probeer het over een minuut opnieuw.',
  },
};
