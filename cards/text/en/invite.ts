/** A company that is not a customer yet: the link, the waiting, and who came. */

import type { Safe } from '../../escape.ts';
import { date, number } from './format.ts';

/** What the card below a message asks. */
export type InviteAsks = 'isCustomer' | 'joined' | 'next' | 'forget' | 'reseller';

interface Reseller {
  name: Safe;
  mpnId: Safe;
}

/** Somebody came, whatever he is called: it may be the one. */
function nobodySaid({ maybe }: { maybe: number }): string {
  return `since then ${number(maybe)} ${maybe === 1 ? 'company has' : 'companies have'} become your ${maybe === 1 ? 'customer' : 'customers'}, and nobody has said whether ${maybe === 1 ? 'that is the one' : 'one of them is it'}`;
}

export const invite = {
  asking: (d: { company: Safe }) => `I ask Partner Center for the link with which ${d.company} can become your customer; it comes here.`,
  notListed: () => 'I have not read the list of your customers yet, so I cannot tell who is new in it. Nothing has changed; try again in a minute.',
  tooMany: (d: { most: number }) => `This chat waits for ${number(d.most)} companies already. Nothing has changed; write **uninvite** and one of them first.`,
  waitsAlready: (d: { company: Safe; at: string; link: Safe; maybe: number }) =>
    `I wait for ${d.company} here since ${date(d.at)}; ${d.maybe > 0 ? nobodySaid(d) : 'it has not accepted yet'}. ${d.link ? `Its admin opens [this link](${d.link}).` : 'The link is not there yet.'}`,
  link: (d: { company: Safe; link: Safe; until: string }) =>
    `A global admin of ${d.company} opens [this link](${d.link}) and accepts; then ${d.company} is your customer. Send it there: I cannot. Partner Center gives one link for all companies, so I know who came by your list of customers. I look until ${date(d.until)} and tell you here; **uninvite ${d.company}** ends that.`,
  reseller: (d: Reseller) => `Reseller of record: ${d.name} (${d.mpnId}). Name it in each order for this customer.`,
  resellerNone: (d: { wanted: Safe }) => `None of your resellers is called “${d.wanted}”.`,
  resellerMany: (d: { n: number }) => `You sell through ${number(d.n)} resellers. Which one is the reseller of record here?`,
  resellerUnknown: () => 'Whether you sell through resellers could not be read. If you do, name the reseller of record in each order.',
  resellerKept: (d: Reseller & { company: Safe }) => `Noted: ${d.company} buys through ${d.name} (${d.mpnId}), its reseller of record.`,
  noLink: (d: { company: Safe }) =>
    `Partner Center gives me no link for ${d.company}, so I wait for nobody. Nothing has changed; look at **status** and write **invite ${d.company}** again.`,
  reminder: (d: { company: Safe; at: string; until: string; link: Safe }) =>
    `${d.company} has not accepted since ${date(d.at)}. Its admin opens [this link](${d.link}). I look until ${date(d.until)}.`,
  lapsed: (d: { company: Safe; at: string; maybe: number }) =>
    `${d.maybe > 0 ? `You invited ${d.company} on ${date(d.at)}; ${nobodySaid(d)}` : `${d.company} has not accepted since ${date(d.at)}`}, so I no longer wait for it. The link still works; write **invite ${d.company}** to wait again.`,
  joined: (d: { who: Safe; company: Safe; customer: Safe; domain: Safe }) =>
    `${d.who}: ${d.customer}${d.domain ? ` (${d.domain})` : ''} is your customer now. You invited “${d.company}”.`,
  maybe: (d: { who: Safe; company: Safe; n: number }) =>
    `${d.who}: since you invited “${d.company}” ${d.n === 1 ? 'another company has' : `${number(d.n)} companies have`} become your ${d.n === 1 ? 'customer' : 'customers'}. By the name alone I cannot tell whether it is the one.`,
  forgotten: (d: { company: Safe }) => `I no longer wait for ${d.company}. The link still works: who opens it can still become your customer.`,
  goesOn: (d: { company: Safe }) => `Noted. I go on waiting for ${d.company}.`,
  over: () => 'I no longer wait for that company. Nothing has changed.',
  notWaiting: (d: { wanted: Safe; waiting: readonly Safe[] }) =>
    `I wait for no company called “${d.wanted}” here. ${d.waiting.length > 0 ? `I wait for ${d.waiting.join(', ')}.` : 'I wait for nobody.'} Nothing has changed.`,
  isCustomer: (d: { customer: Safe }) => `${d.customer} is your customer.`,
  asks: {
    isCustomer: { which: 'Is it one of these?', what: (company: Safe) => `You wrote “${company}”. These are your customers already. Nothing has changed.` },
    joined: { which: 'Which one is it?', what: (company: Safe) => `You invited “${company}”.` },
    next: { which: 'What now?', what: (company: Safe) => `${company} is your customer.` },
    forget: { which: 'Still waiting?', what: (company: Safe) => `You invited “${company}”, and I still wait for it.` },
    reseller: { which: 'Through which reseller?', what: (company: Safe) => `For “${company}”.` },
  } satisfies Record<InviteAsks, { which: string; what: (company: Safe) => string }>,
  newCompany: (company: Safe) => `None of these: invite ${company}`,
  another: 'None of these: go on waiting',
  move: 'Move what it has to a new plan',
  watch: 'Tell this chat about it',
  forget: 'Forget it',
  foot: (d: { asks: InviteAsks; company: Safe; more: number }) => {
    const more = d.more > 0 ? `${number(d.more)} more are not shown. ` : '';
    switch (d.asks) {
      case 'forget':
        return `Or write **uninvite ${d.company}**.`;
      case 'reseller':
        return `${more}Or write **invite ${d.company} through** and the reseller’s name.`;
      case 'next':
        return `Or write **move ${d.company}** or **watch ${d.company}**.`;
      default:
        return `${more}Nothing happens until you choose.`;
    }
  },
};
