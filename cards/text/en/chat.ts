/** What a chat watches, what can be written, and the page for the consent. */
import type { Safe } from '../../escape.ts';
import { count, date, number, stamp } from './format.ts';

export const greeting = {
  who: 'I tell you when a subscription stops renewing',
  effect:
    'One message for each, in this chat, with the date, the plans that can follow and the next step. I buy, move and suspend nothing until one of you confirms it.',
  notRenewing: (n: number, next: string | null, whole: boolean) =>
    n === 0 ? (whole ? 'None that I know of' : 'None of those that I could read') : `${number(n)}${next ? `, the next on ${date(next)}` : ''}`,
  looking: 'I am looking through your customers now.',
  /** What can be written; `who` put the bot here. */
  commands: 'Later, write **expiring**, “show contoso” or “move contoso” to me; in a channel, mention me first. **help** lists all of it.',
  addedBy: (d: { who: Safe }) => `Added by ${d.who}.`,
  formerly: (what: readonly Safe[]) =>
    `When I was here before, this chat watched ${what.length > 0 ? what.join(', ') : 'all customers'}. It watches nothing now.`,
  speak: 'Successor can watch your customers’ subscriptions and tell you when one stops renewing. Choose Watch here to begin.',
  example: 'Contoso',
};

export const watching = {
  state: 'Watching',
  notState: 'Not watching',
  who: (d: { customers: number; names: readonly Safe[] }) => (d.names.length > 0 ? d.names.join(', ') : `All ${count(d.customers, 'customer', 'customers')}`),
  effect: (open: number | null, whole: boolean) =>
    `A message comes here when a subscription stops renewing, or renews again.${open === null ? ' I am still looking through your customers; a list follows.' : open === 0 ? ` Of what I have read nothing stops renewing now.${whole ? '' : ' Not everything could be read; write **status** for what.'}` : ` ${number(open)} ${open === 1 ? 'is' : 'are'} not set to renew now.`}`,
  none: 'This chat watches nothing',
  noneEffect: 'Nothing comes here by itself. Choose Watch here to be told when a subscription stops renewing.',
  startedBy: (d: { who: Safe; at: string }) => `Started by ${d.who}, ${stamp(d.at)}.`,
};

export const help = {
  who: 'What I can do',
  effect: 'Write one of these to me. In a channel, mention me first.',
  nobody: 'You have no role with me yet. Ask an owner to put you into one of the groups in Microsoft Entra.',
  /** How it is written, and what it is for; which commands there are stands in `dialogs/commands.ts`. */
  lines: {
    expiring: {
      title: 'expiring',
      value:
        'what ends within 90 days and is not set to renew; `expiring 30` or `expiring 30 contoso` narrow it; `expiring est`, `expiring ends` and `expiring renews` say what it costs; `expiring stuck`, `expiring mine` and `expiring by money` narrow and order it',
    },
    show: { title: 'show contoso', value: 'all that a customer has and how each ends, or the card of a ticket' },
    watch: { title: 'watch', value: 'tell this chat when a subscription stops renewing; `watch contoso` only one customer or programme' },
    unwatch: { title: 'unwatch', value: 'stop telling this chat' },
    watching: { title: 'watching', value: 'what this chat watches' },
    remind: {
      title: 'remind 30 7',
      value: 'remind this chat 60, 30, 14, 7 or 1 days before a term ends, as you write; `remind off` never; usually 30, 7 and 1',
    },
    settings: {
      title: 'settings',
      value:
        'when messages come to this chat, and which; `settings zone stockholm`, `settings quiet 18-8`, `settings digest weekdays 9`, `settings report monday 9`, `settings within 30`, `settings least 100`, `settings except contoso`, each also with `off`',
    },
    move: {
      title: 'move contoso',
      value: 'buy the replacement, move the licences, suspend the old one; `move dynamics crm online` begins with several customers of a programme at once',
    },
    history: { title: 'history S-1001', value: 'who did what, when; to me alone also who held which licence' },
    invite: {
      title: 'invite adatum',
      value: 'the link with which a company becomes your customer; I tell you when it has, `uninvite adatum` ends the waiting',
    },
    report: { title: 'report', value: 'how many are at stake and for how much, by month, programme, person and state; who decided what' },
    export: { title: 'export', value: 'all tickets as a file for spreadsheets; `export decisions`, `export record`; add `json` for programs; to you alone' },
    snooze: { title: 'snooze S-1001 14 holiday', value: 'not now: I write again after so many days, or on a day such as 10 January' },
    dismiss: { title: 'dismiss S-1001 why', value: 'let it go, with a reason; `undo S-1001` takes that back, or a snooze' },
    assign: { title: 'assign S-1001 @Megan', value: 'who looks after it; `hand back S-1001` for nobody' },
    note: { title: 'note S-1001 text', value: 'a line in its thread and its record; `seen S-1001` only that you have seen it' },
    mine: { title: 'mine', value: 'what waits for you: approvals, questions, and what you look after' },
    approvals: { title: 'approvals', value: 'what waits for your yes' },
    status: { title: 'status', value: 'whether I can reach Partner Center' },
    cancelBack: { title: 'cancel, back', value: 'end or step back in a move that waits' },
    readOnly: { title: 'read-only on', value: 'stop every purchase, licence change and suspension at once; `read-only off` lets them go on' },
    dryRun: { title: 'dry-run on', value: 'try it out: I watch, tell and ask for prices, and buy and change nothing; `dry-run off` ends it' },
    consent: { title: 'consent', value: 'sign in for my work in Partner Center, or renew it; to me alone' },
  },
  speak: (commands: readonly Safe[]) => `What you can ask of me: ${commands.map((how) => how.split(/[ ,]/)[0]).join(', ')}.`,
};

export const consentPage = {
  title: 'Successor',
  stored: 'Done. I can work in Partner Center now; the sign-in renews itself as long as I am used at least once in 90 days. You can close this page.',
  stale: 'This link has been used, or is older than ten minutes. Nothing has changed. Write “consent” to me in Teams for a new one.',
  otherBrowser:
    'This page was opened in another browser than the one that began. Nothing has changed. Write “consent” to me in Teams and open the new link in one browser.',
  otherTenant: 'That account belongs to another company than the partner I work for. Nothing has changed. Try again with an account of the partner.',
  noMfa:
    'That sign-in did not ask for a second proof, and Partner Center needs one. Nothing has changed. Switch on multifactor authentication for the account, then try again.',
  noAccess: 'Partner Center does not let that account work for the partner. Nothing has changed. Try again with one that is a member of AdminAgents.',
  unproved: 'Partner Center did not say whether it takes that sign-in. Nothing has changed. Write “consent” to me in Teams and try again in a few minutes.',
  refused: 'Microsoft Entra did not give the consent, or you may not give it. Nothing has changed. An owner can write “consent” to me in Teams and try again.',
  whoMayUnknown: 'I cannot read in Microsoft Entra who may do this. Nothing has changed; try again in a minute.',
  notHere: 'There is nothing to consent to here.',
};

/** The page that the app's website, privacy and terms lead to, where a company has none of its own: headings, each with its paragraphs. */
export const aboutPage = {
  title: 'Successor',
  sections: [
    {
      id: 'about',
      title: 'What this is',
      paragraphs: [
        'Successor is a bot in Microsoft Teams for the staff of one Cloud Solution Provider partner. It watches the subscriptions of the partner’s customers in Partner Center, says in Teams when one stops renewing, and leads through the purchase of the next one, the move of the licences and the suspension of the old one. A person confirms each of these first.',
        'It is run by the company whose tenant it is installed in. For help, write “help” to it in Teams; for everything else ask whoever runs it there.',
      ],
    },
    {
      id: 'privacy',
      title: 'Privacy',
      paragraphs: [
        'All that is kept lies in the Azure subscription of the company that runs the bot. Nothing is sent to the makers of Successor.',
        'Of people who write to it or press its buttons it keeps the object id in Microsoft Entra, the name, the language, the personal chat with the bot, and under a random key what they decided and when. A name is forgotten when its person has not been here for a time that the company sets (400 days at first). What people write is not kept, except the reasons that they give for all to read.',
        'Of people of a customer who hold a licence that is moved it keeps the id and the name as long as the move goes on, and which licence they held with the record of that move.',
        'To be told what is kept of you, or to be forgotten, ask whoever runs the bot; there is a command for each.',
      ],
    },
    {
      id: 'terms',
      title: 'Terms of use',
      paragraphs: [
        'Successor is free software under the MIT licence, without warranty. It buys and suspends only what one of the partner’s people has confirmed; those orders are made under the partner’s own agreement with Microsoft, who sends the invoice to the partner.',
      ],
    },
  ],
} as const;
