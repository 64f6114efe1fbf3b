/** The keys of `npm run play`: what Microsoft, time, bad luck and a second person do. Pure. */
import { APPROVER, BOT, CHANNEL, TEAM, TENANT } from './chatPage.ts';

/** The part of the sandbox's state that a key looks at. */
export interface Seen {
  customers: { name: string; subscriptions: { status: string; autoRenewEnabled: boolean; offerName: string; parentSubscriptionId?: unknown }[] }[];
}

/** One thing that a key does, with the words for it. */
export type Deed = { do: 'switch'; action: string; body: object; says: string } | { do: 'speak'; text: string } | { do: 'nothing'; says: string };

/** What was done in this play: the customer whose renewal was switched off last. And what the bot has wait for the second person: the ticket that was asked for last. */
export interface Played {
  last: string | null;
  waits: string | null;
}

interface Key {
  help: string;
  /** It wants to know what waits. */
  asks?: true;
  deeds(seen: Seen, played: Played): Deed[];
}

/** Customers whose flip makes a good story, the plainest first. */
const STORIES = ['Contoso Ltd', 'Northwind Traders', 'Proseware, Inc.', 'Litware, Inc.', 'Tailspin Toys'];
const KRONOR = 'Northwind Traders';
const EXTENDED = 'Fabrikam Residences';

const nothing = (says: string): Deed[] => [{ do: 'nothing', says }];

/** By key. `m` is not here: what is typed after it is said. */
export const KEYS: Readonly<Record<string, Key>> = {
  f: {
    help: 'Microsoft switches off the renewal of a subscription',
    deeds(seen) {
      const name = STORIES.find((one) => held(seen, one).some((sub) => sub.autoRenewEnabled));
      if (!name) return nothing('Nothing of theirs renews any more: press r, or begin anew with npm run fresh.');
      return [{ do: 'switch', action: 'flip', body: { customer: name }, says: `A subscription of ${name} no longer renews.` }];
    },
  },
  r: {
    help: 'it renews again, the last one that was switched off with f',
    deeds(seen, { last }) {
      const name = [last, ...STORIES].find((one) => one !== null && held(seen, one).some((sub) => !sub.autoRenewEnabled));
      if (!name) return nothing('All of theirs renew.');
      return [{ do: 'switch', action: 'unflip', body: { customer: name }, says: `The subscription of ${name} renews again.` }];
    },
  },
  e: {
    help: `an Extended Service Term is planned for ${EXTENDED}: it goes on by the month, and costs more`,
    deeds: () => [{ do: 'switch', action: 'plan', body: { customer: EXTENDED, plan: 'extend' }, says: `${EXTENDED} goes on by the month when its term ends.` }],
  },
  w: { help: 'a week later', deeds: () => [{ do: 'switch', action: 'clock', body: { advanceDays: 7 }, says: 'It is a week later, for the bot too.' }] },
  b: {
    help: 'bad luck: the answer to the next purchase is lost on the way',
    deeds: () => [
      {
        do: 'switch',
        action: 'faults',
        body: { rules: [{ method: 'POST', path: '/checkout$', dropReply: true, times: 1 }] },
        says: 'The next purchase will be made, and its answer lost. Approve one, and see that it is bought once.',
      },
    ],
  },
  c: {
    help: `a second currency: ${KRONOR} is billed in Swedish kronor`,
    deeds: () => [
      { do: 'switch', action: 'customer', body: { customer: KRONOR, currency: 'SEK' }, says: `${KRONOR} is billed in Swedish kronor from now on.` },
    ],
  },
  a: { help: `${APPROVER.name} asks in ${CHANNEL.name} what waits for a yes of hers`, deeds: () => [{ do: 'speak', text: 'approvals' }] },
  y: {
    help: `${APPROVER.name} says yes in ${CHANNEL.name} to what waits for her approval, the last that was asked for`,
    asks: true,
    deeds(_seen, { waits }) {
      if (!waits) return nothing(`Nothing waits for a yes of ${APPROVER.name}’s: ask for a price first.`);
      return [
        { do: 'speak', text: `show ${waits}` },
        { do: 'speak', text: 'yes' },
      ];
    },
  },
};

/** All keys, a line each. */
export function helpLines(): string[] {
  return [
    'Press a key; look at the chat page for what the bot makes of it.',
    ...Object.entries(KEYS).map(([key, { help }]) => `  ${key}  ${help}`),
    `  m  ${APPROVER.name} says in ${CHANNEL.name} what you type, up to Enter; Esc leaves it`,
    '  h  these keys',
    '  q  the end',
  ];
}

const ENTER = /[\r\n]/;
const ESCAPE = '\u001b';
const BACKSPACE = /[\b\u007f]/;

/** What one more key makes of a sentence: said, left, or longer or shorter by a letter; `shows` is for the terminal. Pure. */
export function typing(text: string, key: string): { is: 'said' | 'left' | 'typed'; text: string; shows: string } {
  if (ENTER.test(key)) return { is: 'said', text, shows: '\n' };
  if (key === ESCAPE) return { is: 'left', text: '', shows: '\n' };
  if (BACKSPACE.test(key)) return { is: 'typed', text: [...text].slice(0, -1).join(''), shows: text === '' ? '' : '\b \b' };
  return /\p{Cc}/u.test(key) ? { is: 'typed', text, shows: '' } : { is: 'typed', text: text + key, shows: key };
}

function held({ customers }: Seen, name: string): Seen['customers'][number]['subscriptions'] {
  const all = customers.find((one) => one.name === name)?.subscriptions ?? [];
  return all.filter((one) => one.status === 'active' && !one.parentSubscriptionId);
}

/** What Teams would send when the second person writes into the channel. `at` is an instant as ISO text. */
export function spokenBy(text: string, { page, at }: { page: string; at: string }): object {
  const tenant = { id: TENANT };
  return {
    type: 'message',
    id: `play-${at}`,
    timestamp: at,
    channelId: 'msteams',
    serviceUrl: `${page}/_connector`,
    from: { id: APPROVER.id, name: APPROVER.name, aadObjectId: APPROVER.objectId },
    recipient: BOT,
    conversation: { id: CHANNEL.id, conversationType: 'channel', isGroup: true, tenantId: TENANT },
    channelData: { tenant, team: TEAM, channel: CHANNEL },
    text,
  };
}
