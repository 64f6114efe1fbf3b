/** Licences that a customer bought from somebody else: what of them is known, what only the customer can do, and what is said otherwise than of our own. */

import type { Standing } from '../../../services/domain/ticket.ts';
import type { Safe } from '../../escape.ts';
import type { Periods } from '../en/purchase.ts';
import { finished, newPrice } from './finished.ts';
import { aMonth, licences, number, people } from './format.ts';
import { ended, notice, standing } from './notice.ts';
import { quote } from './purchase.ts';
import { thread } from './thread.ts';

const gone = 'Licenserna som inte köptes genom oss är borta från kundens klientorganisation.';
const seen = 'Jag ser bara hur många de är: inte när de upphör och inte vad de kostar, och jag kan inte avsluta dem.';

export const elsewhere = {
  looking: () => 'Jag tittar efter om kunden har licenser som inte köptes genom oss; svaret kommer hit.',
  unsure: (d: { customer: Safe; names: readonly Safe[] }) => `Om ${d.customer} även köpte dessa på annat håll gick inte att avgöra: ${d.names.join(', ')}.`,
  none: (d: { customer: Safe }) => `${d.customer} har inte heller några betalda licenser från annat håll, så som Partnercenter räknar dem nu.`,
  unknown: (d: { customer: Safe }) => `Om ${d.customer} har licenser från annat håll gick inte att avgöra: det gick inte att läsa alla dess prenumerationer.`,
  /** For the status. `why`: nothing of it could be read. */
  unread: (d: { customer: Safe; why: Safe | null; names: readonly Safe[] }) =>
    `${d.customer}: om kunden har licenser som inte köptes genom oss${d.why ? ` (${d.why})` : d.names.length > 0 ? `, för ${d.names.join(', ')}` : ''}.`,

  many: (seats: number | null) => (seats === null ? 'hur många är okänt' : licences(seats)),

  state: 'Köpt på annat håll',
  lead: (d: { seats: number | null; ours: number }) =>
    `**${d.seats === null ? 'Licenser' : licences(d.seats)} för den här planen köptes inte genom oss**${d.ours > 0 ? `, utöver ${number(d.ours)} som är från oss` : ''}.`,
  effect: (d: { retired: boolean }) =>
    `${seen} ${d.retired ? 'Microsoft återkallar den här planen. ' : ''}Välj en plan att flytta till: jag köper den och ger varje person den nya licensen; till sist avslutar kunden de gamla där de köptes. Bäst är strax innan de gamla upphör: det som har betalats där fås kanske inte tillbaka.`,
  speak: (d: { customer: Safe; plan: Safe }) => `${d.customer}: licenser för ${d.plan} som inte köptes genom oss.`,

  acts: {
    state: 'Kundens steg',
    what: (plan: Safe) => `Kunden avslutar ${plan}`,
    effect:
      'Bara kunden kan avsluta de gamla licenserna, där de köptes. Skicka meddelandet nedan. Jag kontrollerar en gång om dagen om de är borta från kundens klientorganisation, och stänger då ärendet.',
    message: 'Meddelande till kunden, att kopiera',
    speak: (customer: Safe) => `${customer}: kunden avslutar de gamla licenserna där de köptes. Jag kontrollerar en gång om dagen om de är borta.`,
    there: (seats: number | null) => (seats === null ? 'Okänt' : `${number(seats)}, när jag senast tittade`),
    stillThere: 'Finns kvar',
  },
  /** What to end, where, and why; without a word that only we know. */
  message: (d: { plan: Safe; newPlan: Safe; seats: number | null; everybody: boolean }) =>
    `”${d.everybody ? `Era medarbetare arbetar nu med ${d.newPlan}, som ni har från oss.` : `Ni har nu ${d.newPlan} från oss.`} Vi ber er avsluta er gamla prenumeration på ${d.plan}${d.seats === null ? '' : `, ${licences(d.seats)},`} där ni köpte den: hos den andra partnern, i ert volymavtal eller, om ni köpte den av Microsoft, i administrationscentret för Microsoft 365 under Fakturering, Dina produkter. Vi kan inte göra det åt er, och tills den är avslutad betalar ni för båda. Om den inte kan avslutas än, stäng av dess förnyelse där. Säg gärna till när det är gjort.”`,

  /** Stands in the place of the sentences of these names. */
  instead: {
    standing: (how: Standing, d: Parameters<typeof standing>[1]) => (how === 'gone' || how === 'ended' ? gone : standing(how, d)),
    ended: {
      ...ended,
      state: 'Borta',
      lead: gone,
      speak: (customer: Safe) => `${customer}: licenserna som inte köptes genom oss är borta från kundens klientorganisation.`,
    },
    notice: {
      ...notice,
      seats: (held: number | null, inUse: number | null) =>
        `${held === null ? 'Hur många är okänt' : `${number(held)} inte från oss`}${inUse === null ? '' : `, ${number(inUse)} används`}`,
      effect: () => seen,
      speak: (d: { customer: Safe; plan: Safe }) => elsewhere.speak(d),
    },
    quote: {
      ...quote,
      periods: (d: Periods) =>
        d.until === null
          ? []
          : [
              `${aMonth(d.monthly)} för den nya. Licenserna från annat håll faktureras där vid sidan av den, tills kunden avslutar dem; till vilket pris är inte känt här.`,
            ],
      bullets: (d: { customer: Safe; both: boolean }) => [
        d.both
          ? `${d.customer} har då båda, och betalar för de gamla på annat håll tills de avslutas där.`
          : `${d.customer} får den nya prenumerationen genast.`,
        ...quote.bullets(d).slice(1),
      ],
      sourceGone: () => gone,
      again: (why: Parameters<typeof quote.again>[0]) =>
        why === 'source'
          ? 'Antalet licenser från annat håll har ändrats sedan det godkändes, eller går inte att avgöra nu, så det måste godkännas igen.'
          : quote.again(why),
    },
    finished: {
      ...finished,
      lead: (d: Parameters<typeof finished.lead>[0]) => {
        const begun = `${d.moved > 0 ? `${people(d.moved)} har flyttats. ` : ''}${d.price ? `${newPrice(d.price)}. ` : ''}`;
        if (d.outcome === 'customerCancels') return `${begun}${gone}`;
        if (d.outcome === 'letExpire') return `${begun}Licenserna från annat håll lämnades som de var; jag letar inte efter dem längre.`;
        return 'Flytten avslutades här. Det som redan är gjort ändras inte.';
      },
    },
    thread: {
      ...thread,
      changed: { ...thread.changed, gone, left: thread.changed.left ?? '' },
      ended: () => `${gone} Inget mer händer här.`,
      finishedLetExpire: () => 'Klart: licenserna från annat håll lämnades som de var, och jag letar inte efter dem längre.',
    },
  },
};
