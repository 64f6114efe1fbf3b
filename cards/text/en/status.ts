/** How the bot is, and what could not be read. */
import { SIGN_IN_AGAIN } from '../../../services/domain/rules.ts';
import type { Safe } from '../../escape.ts';
import { count, number, stamp } from './format.ts';

/** Why a customer could not be looked at, from the kind of the failure and Partner Center's code. */
export function whySkipped(why: Safe): string {
  const [kind, code = ''] = why.split(' ');
  if (code === 'shape') return 'Partner Center answered in a way that I do not understand';
  if (SIGN_IN_AGAIN.has(code))
    return 'Partner Center wants a new sign-in of the account that I work with: an owner writes **consent** to me in the chat with me alone';
  if (kind === 'forbidden') return `Partner Center does not let me (${code})`;
  if (kind === 'notFound') return `Partner Center does not know it (${code})`;
  if (kind === 'throttled') return 'Partner Center wanted fewer requests';
  return kind === 'unclear' ? `Partner Center did not answer as it should (${code})` : `Partner Center refused it (${code})`;
}

/** Partner Center's fields that the watch cannot do without, in words. */
const fields: Record<string, string> = {
  quantity: 'the number of licences',
  autoRenewEnabled: 'whether it renews: the field autoRenewEnabled',
  commitmentEndDate: 'the end date',
  status: 'the state',
  offerId: 'the offer',
  productType: 'the type of product',
};

/** What could not be read of a customer. */
export const notRead = (d: { what: 'field' | 'list' | 'vanished' | 'lacks'; plan: Safe | null; field: Safe | null; count: number }) => {
  if (d.what === 'list') return 'the end of its list: Partner Center says that it goes on and not where, or lists something without an id';
  if (d.what === 'vanished') return `${count(d.count, 'subscription', 'subscriptions')} that vanished from its list at once`;
  if (d.what === 'lacks') return `its list lacks ${d.plan ?? 'one'}, which is there when I ask for it alone`;
  return `${fields[d.field ?? ''] ?? `“${d.field ?? ''}”`} of ${d.plan ?? 'a subscription without an id'}`;
};

export const status = {
  who: 'How I am',
  ok: 'Everything works.',
  partly: 'I watch and tell, but not everything could be read.',
  chatsWait: 'I watch, but Teams does not take everything that I have to say.',
  listUnreadable: (code: Safe) => `The list of customers cannot be read (${code}). I go on with those that I know, and keep trying.`,
  notRead: 'What could not be read',
  never: (n: number) => `${count(n, 'customer has', 'customers have')} not been looked at yet.`,
  listPartial: 'The list of customers goes on, and I could not read it further.',
  listRecords: (n: number) => `${count(n, 'record', 'records')} in the list of customers without an id.`,
  listUnnamed: (ids: readonly Safe[]) => `Names in the list of customers, of ${ids.join(', ')}.`,
  listVanished: (n: number) =>
    `${count(n, 'customer', 'customers')} vanished from the list at once. I conclude nothing from it and ask about each after three days.`,
  listLacks: (n: number) => `The list of customers lacks ${number(n)} that ${n === 1 ? 'is' : 'are'} there when I ask.`,
  of: (d: { customer: Safe; what: Safe }) => `${d.customer}: ${d.what}.`,
  more: (n: number) => `${count(n, 'more', 'more')}.`,
  facts: {
    customers: 'Customers',
    looked: 'Last look',
    open: 'Not renewing',
    skipped: 'Skipped',
    waiting: 'To be said',
    asleep: 'Not reached',
    cost: 'Today so far',
    chat: 'This chat',
    readOnly: 'Read-only',
    dryRun: 'Dry run',
  },
  many: (n: number, most: number) => (n >= most ? `${number(most)} or more` : number(n)),
  waiting: (d: { chats: number; since: string | null; troubled: number }) =>
    d.chats === 0
      ? 'Nothing waits'
      : `${count(d.chats, 'chat waits', 'chats wait')}${d.since ? `, the first since ${stamp(d.since)}` : ''}${d.troubled > 0 ? `; Teams refuses ${number(d.troubled)} for now` : ''}`,
  cost: (d: { requests: number; looks: number; transactions: number; subscriptions: number }) =>
    `${count(d.requests, 'request', 'requests')} to Partner Center, ${count(d.looks, 'look', 'looks')} at customers${
      d.subscriptions > 0 ? `; ${(d.transactions / d.subscriptions).toFixed(2)} storage transactions for each subscription looked at` : ''
    }`,
  late: (minutes: number) =>
    `I am ${count(minutes, 'minute', 'minutes')} behind: there are more customers than the requests a minute allow in the time that is set.`,
  readOnlyOn: (d: { who: Safe; at: string } | null) =>
    d ? `since ${stamp(d.at)} by ${d.who}; nothing is bought, moved or suspended` : 'by a setting; nothing is bought, moved or suspended',
  readOnly: 'I am switched to read-only: I watch and tell, and change nothing.',
  dryRun: 'This is a dry run: I watch, tell and ask for prices, and buy and change nothing. An owner ends it with “dry-run off”.',
  looked: (at: string | null) => (at ? stamp(at) : 'not yet'),
  skipped: (n: number) => (n === 0 ? 'None' : number(n)),
  skippedNames: (names: readonly Safe[], others: number) =>
    `I could not look at ${names.join(', ')}${others > 0 ? ` and ${count(others, 'other customer', 'other customers')}` : ''} the last time; I try again.`,
  watching: (what: readonly Safe[]) => (what.length === 0 ? 'watches nothing' : `watches ${what.join(', ')}`),
  all: 'all customers',
  unreachable: 'I cannot reach Partner Center. What I know may be old; I keep trying.',
  asleep: (n: number) => `${count(n, 'chat', 'chats')}: Teams does not let me write there`,
  allAsleep: 'Teams does not let me write to any chat that watches. Nobody hears there what stops renewing; I keep trying.',
  unknown: (since: string) => `Teams has not known me since ${stamp(since)}, so nothing goes out. Look at the bot’s registration and secret; nothing is lost.`,
};
