/** Files of tickets, decisions and the record: their columns, and what is said about them. */
import type { Exported } from '../../../services/export/grants.ts';
import type { EndOfTerm, MoveState } from '../../../services/domain/ticket.ts';
import type { Safe } from '../../escape.ts';
import { number } from './format.ts';
import { stateNow } from './states.ts';

const what: Record<Exported, string> = { tickets: 'all tickets', decisions: 'all decisions', record: 'the whole record' };
const here: Record<Exported, string> = { tickets: 'Here are all tickets', decisions: 'Here are all decisions', record: 'Here is the whole record' };

const columns: Record<string, string> = {
  ticket: 'Ticket',
  customer: 'Customer',
  plan: 'Plan',
  programme: 'Programme',
  licences: 'Licences',
  ends: 'Day of the term end',
  atTermEnd: 'At the term end',
  priceMonth: 'Price a month',
  currency: 'Currency',
  opened: 'Opened (UTC)',
  state: 'State',
  assignedTo: 'Looked after by',
  snoozedUntil: 'Snoozed until',
  dismissed: 'Dismissed, because',
  closed: 'Closed (UTC)',
  closedHow: 'Closed, because',
  newPlan: 'New plan',
  newPriceMonth: 'New price a month',
  newCurrency: 'New currency',
  order: 'Order',
  customerId: 'Customer id',
  subscriptionId: 'Subscription id',
  at: 'When (UTC)',
  who: 'Who',
  what: 'What',
  from: 'From',
  to: 'To',
  details: 'Details',
  request: 'Request id',
};

const atTermEnd: Record<EndOfTerm, string> = {
  renews: 'renews',
  renewsAs: 'renews as something else',
  cancels: 'ends',
  extends: 'goes on as an Extended Service Term',
  inEst: 'is in an Extended Service Term',
  contradictory: 'plan and auto-renew contradict each other',
  unknown: 'not known',
  unread: 'could not be read',
};

const closedHow: Record<string, string> = { renewed: 'it renews again', moved: 'it was moved', ended: 'it ended', left: 'the customer left' };

/** Cells that hold a word of ours. */
const values: Record<string, Record<string, string>> = {
  atTermEnd,
  closedHow,
  state: stateNow satisfies Record<MoveState | 'none', string>,
  who: { bot: 'Successor' },
};

export const exported = {
  /** How its spreadsheets write a fraction: where that is a comma, cells are parted by semicolons. */
  decimalComma: false as boolean,
  columns,
  values,
  /** Of a line of the record that no ticket has. */
  took: 'A file was taken',
  /** What Teams shows beside the name of a file that it offers. */
  offer: (d: { what: Exported }) =>
    `${what[d.what][0]?.toUpperCase()}${what[d.what].slice(1)}, as ${d.what === 'record' ? 'it is' : 'they are'} when you accept it. It goes into your OneDrive; nobody else gets it.`,
  link: (d: { what: Exported; link: Safe; minutes: number }) =>
    `${here[d.what]} as a file: ${d.link} – the link is for you alone, works once, and for ${number(d.minutes)} minutes. Whoever has it can take the file, so pass it to nobody. There are also **export tickets**, **export decisions** and **export record**; add **json** for programs.`,
  linkInstead: (d: { what: Exported; link: Safe; minutes: number }) =>
    `The file could not be put into your OneDrive. Take ${what[d.what]} here instead: ${d.link} – it works once, for ${number(d.minutes)} minutes, and is for you alone.`,
  inPerson: 'The file is for you alone: I offer it in our personal chat.',
  writeInPerson: 'A file is for one person alone, and I have no personal chat with you yet. Write **export** to me there.',
  tooMany: 'Three things that you asked for are still on their way. Ask again in a minute.',
  coming: 'I am putting the file into your OneDrive.',
  given: (d: { what: Exported }) => `${here[d.what]}, in your OneDrive.`,
  declined: 'No file was made.',
  gone: 'This offer was used, is older than ten minutes, or was made to somebody else. No file was given. Write **export** for a new one.',
  page: {
    title: 'Successor',
    offer: (d: { what: Exported }) => `This file holds ${what[d.what]}, for you alone. Press the button to take it; after that the link is used up.`,
    button: 'Take the file',
    stale: 'This link was used, or is older than ten minutes. No file was given. Write “export” to me in Teams for a new one.',
    mayNot: 'You may not see the customers’ subscriptions any more. No file was given.',
    busy: 'Other files are being made just now. No file was given, and the link still works: try again in a minute.',
    whoMayUnknown: 'I cannot read in Microsoft Entra who may do this. No file was given, and the link still works: try again in a minute.',
  },
};
