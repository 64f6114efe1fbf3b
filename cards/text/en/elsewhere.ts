/** Licences that a customer bought from somebody else: what of them is known, what only the customer can do, and what is said otherwise than of our own. */

import type { Standing } from '../../../services/domain/ticket.ts';
import type { Safe } from '../../escape.ts';
import { aMonth, licences, number, people } from './format.ts';
import { finished, newPrice } from './finished.ts';
import { ended, notice, standing } from './notice.ts';
import { type Periods, quote } from './purchase.ts';
import { thread } from './thread.ts';

const gone = 'The licences that were not bought through us are gone from the customer’s tenant.';
const seen = 'I see only how many there are: not when they end, nor what they cost, and I cannot end them.';

export const elsewhere = {
  looking: () => 'I look whether it has licences that it did not buy through us; it comes here.',
  unsure: (d: { customer: Safe; names: readonly Safe[] }) => `Whether ${d.customer} bought these elsewhere too could not be told: ${d.names.join(', ')}.`,
  none: (d: { customer: Safe }) => `${d.customer} has no paid licences from elsewhere either, as Partner Center counts them now.`,
  unknown: (d: { customer: Safe }) => `Whether ${d.customer} has licences from elsewhere could not be told: not all of its subscriptions could be read.`,
  /** For the status. `why`: nothing of it could be read. */
  unread: (d: { customer: Safe; why: Safe | null; names: readonly Safe[] }) =>
    `${d.customer}: whether it has licences that were not bought through us${d.why ? ` (${d.why})` : d.names.length > 0 ? `, of ${d.names.join(', ')}` : ''}.`,

  many: (seats: number | null) => (seats === null ? 'how many is not known' : licences(seats)),

  state: 'Bought elsewhere',
  lead: (d: { seats: number | null; ours: number }) =>
    `**${d.seats === null ? 'Licences' : licences(d.seats)} of this plan ${d.seats === 1 ? 'was' : 'were'} not bought through us**${d.ours > 0 ? `, beside ${number(d.ours)} that ${d.ours === 1 ? 'is' : 'are'} from us` : ''}.`,
  effect: (d: { retired: boolean }) =>
    `${seen} ${d.retired ? 'Microsoft retires this plan. ' : ''}Choose a plan to move to: I buy it and give each person the new licence; last, the customer ends the old ones where it bought them. The best time is shortly before those end: what was paid there may not be given back.`,
  speak: (d: { customer: Safe; plan: Safe }) => `${d.customer}: licences of ${d.plan} that were not bought through us.`,

  acts: {
    state: 'The customer’s step',
    what: (plan: Safe) => `The customer ends ${plan}`,
    effect:
      'Only the customer can end the old licences, where it bought them. Send the message below. I look once a day whether they are gone from its tenant, and close this then.',
    message: 'Message to the customer, to copy',
    speak: (customer: Safe) => `${customer}: the customer ends the old licences where it bought them. I look once a day whether they are gone.`,
    there: (seats: number | null) => (seats === null ? 'Not known' : `${number(seats)}, at my last look`),
    stillThere: 'Still there',
  },
  /** What to end, where, and why; without a word that only we know. */
  message: (d: { plan: Safe; newPlan: Safe; seats: number | null; everybody: boolean }) =>
    `“${d.everybody ? `Your people work with ${d.newPlan} now, which you have from us.` : `You have ${d.newPlan} from us now.`} Please end the old ${d.plan}${d.seats === null ? '' : `, ${licences(d.seats)},`} where you bought it: with the other partner, in your volume contract, or, if you bought it from Microsoft, in the Microsoft 365 admin centre under Billing, Your products. We cannot do that for you, and until it is ended you pay for both. If it cannot be ended yet, switch off its renewal there. Please tell us when it is done.”`,

  /** Stands in the place of the sentences of these names. */
  instead: {
    standing: (how: Standing, d: Parameters<typeof standing>[1]) => (how === 'gone' || how === 'ended' ? gone : standing(how, d)),
    ended: {
      ...ended,
      state: 'Gone',
      lead: gone,
      speak: (customer: Safe) => `${customer}: the licences that were not bought through us are gone from its tenant.`,
    },
    notice: {
      ...notice,
      seats: (held: number | null, inUse: number | null) =>
        `${held === null ? 'How many is not known' : `${number(held)} not from us`}${inUse === null ? '' : `, ${number(inUse)} in use`}`,
      effect: () => seen,
      speak: (d: { customer: Safe; plan: Safe }) => elsewhere.speak(d),
    },
    quote: {
      ...quote,
      periods: (d: Periods) =>
        d.until === null
          ? []
          : [
              `${aMonth(d.monthly)} for the new one. The licences from elsewhere are billed there beside it, until the customer ends them; at what price is not known here.`,
            ],
      bullets: (d: { customer: Safe; both: boolean }) => [
        d.both ? `${d.customer} has both, and pays for the old ones elsewhere until it ends them there.` : `${d.customer} has the new subscription at once.`,
        ...quote.bullets(d).slice(1),
      ],
      sourceGone: () => gone,
      again: (why: Parameters<typeof quote.again>[0]) =>
        why === 'source'
          ? 'How many licences are from elsewhere has changed since it was approved, or cannot be told now, so it must be approved again.'
          : quote.again(why),
    },
    finished: {
      ...finished,
      lead: (d: Parameters<typeof finished.lead>[0]) => {
        const begun = `${d.moved > 0 ? `${people(d.moved)} moved. ` : ''}${d.price ? `${newPrice(d.price)}. ` : ''}`;
        if (d.outcome === 'customerCancels') return `${begun}${gone}`;
        if (d.outcome === 'letExpire') return `${begun}The licences from elsewhere were left as they are; I do not look for them any more.`;
        return 'The move was ended here. What was done stays done.';
      },
    },
    thread: {
      ...thread,
      changed: { ...thread.changed, gone, left: thread.changed.left ?? '' },
      ended: () => `${gone} Nothing more happens here.`,
      finishedLetExpire: () => 'Finished: the licences from elsewhere were left as they are, and I do not look for them any more.',
    },
  },
};
