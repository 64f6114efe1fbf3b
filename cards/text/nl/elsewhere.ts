/** Licences that a customer bought from somebody else: what of them is known, what only the customer can do, and what is said otherwise than of our own. */

import type { Standing } from '../../../services/domain/ticket.ts';
import type { Safe } from '../../escape.ts';
import type { Periods } from '../en/purchase.ts';
import { finished, newPrice } from './finished.ts';
import { aMonth, licences, number, people } from './format.ts';
import { ended, notice, standing } from './notice.ts';
import { quote } from './purchase.ts';
import { thread } from './thread.ts';

const gone = 'De licenties die niet via ons zijn gekocht, zijn weg uit de tenant van de klant.';
const seen = 'Ik zie alleen hoeveel het er zijn: niet wanneer ze eindigen, en niet wat ze kosten, en ik kan ze niet beëindigen.';

export const elsewhere = {
  looking: () => 'Ik kijk of de klant licenties heeft die niet via ons zijn gekocht; het antwoord komt hier.',
  unsure: (d: { customer: Safe; names: readonly Safe[] }) => `Of ${d.customer} ook deze elders heeft gekocht, was niet vast te stellen: ${d.names.join(', ')}.`,
  none: (d: { customer: Safe }) => `${d.customer} heeft ook geen betaalde licenties van elders, volgens de huidige telling van Partnercentrum.`,
  unknown: (d: { customer: Safe }) => `Of ${d.customer} licenties van elders heeft, was niet vast te stellen: niet alle abonnementen konden worden gelezen.`,
  /** For the status. `why`: nothing of it could be read. */
  unread: (d: { customer: Safe; why: Safe | null; names: readonly Safe[] }) =>
    `${d.customer}: of er licenties zijn die niet via ons zijn gekocht${d.why ? ` (${d.why})` : d.names.length > 0 ? `, van ${d.names.join(', ')}` : ''}.`,

  many: (seats: number | null) => (seats === null ? 'hoeveel is niet bekend' : licences(seats)),

  state: 'Elders gekocht',
  lead: (d: { seats: number | null; ours: number }) =>
    `**${d.seats === null ? 'Licenties' : licences(d.seats)} van dit plan ${d.seats === 1 ? 'is' : 'zijn'} niet via ons gekocht**${d.ours > 0 ? `, naast ${number(d.ours)} van ons` : ''}.`,
  effect: (d: { retired: boolean }) =>
    `${seen} ${d.retired ? 'Microsoft stopt met dit plan. ' : ''}Kies naar welk plan u wilt omzetten: ik koop het en geef elke persoon de nieuwe licentie; tot slot beëindigt de klant de oude licenties daar waar die zijn gekocht. Het beste moment is kort voordat die eindigen: wat daar is betaald, wordt misschien niet teruggegeven.`,
  speak: (d: { customer: Safe; plan: Safe }) => `${d.customer}: licenties van ${d.plan} die niet via ons zijn gekocht.`,

  acts: {
    state: 'De stap van de klant',
    what: (plan: Safe) => `De klant beëindigt ${plan}`,
    effect:
      'Alleen de klant kan de oude licenties beëindigen, daar waar die zijn gekocht. Stuur het bericht hieronder. Ik kijk één keer per dag of ze uit de tenant van de klant weg zijn, en sluit dit dan.',
    message: 'Bericht aan de klant, om te kopiëren',
    speak: (customer: Safe) => `${customer}: de klant beëindigt de oude licenties daar waar die zijn gekocht. Ik kijk één keer per dag of ze weg zijn.`,
    there: (seats: number | null) => (seats === null ? 'Niet bekend' : `${number(seats)}, toen ik het laatst keek`),
    stillThere: 'Nog aanwezig',
  },
  /** What to end, where, and why; without a word that only we know. */
  message: (d: { plan: Safe; newPlan: Safe; seats: number | null; everybody: boolean }) =>
    `“${d.everybody ? `Uw gebruikers werken nu met ${d.newPlan}, dat u van ons hebt.` : `U hebt nu ${d.newPlan} van ons.`} Beëindig alstublieft het oude ${d.plan}${d.seats === null ? '' : `, ${licences(d.seats)},`} waar u het hebt gekocht: bij de andere partner, in uw volumecontract, of, als u het bij Microsoft hebt gekocht, in het Microsoft 365-beheercentrum onder Facturering, Uw producten. Wij kunnen dat niet voor u doen, en totdat het is beëindigd, betaalt u voor beide. Kan het nog niet worden beëindigd, zet daar dan de verlenging ervan uit. Laat het ons alstublieft weten wanneer het is gebeurd.”`,

  /** Stands in the place of the sentences of these names. */
  instead: {
    standing: (how: Standing, d: Parameters<typeof standing>[1]) => (how === 'gone' || how === 'ended' ? gone : standing(how, d)),
    ended: {
      ...ended,
      state: 'Niet meer aanwezig',
      lead: gone,
      speak: (customer: Safe) => `${customer}: de licenties die niet via ons zijn gekocht, zijn weg uit de tenant.`,
    },
    notice: {
      ...notice,
      seats: (held: number | null, inUse: number | null) =>
        `${held === null ? 'Hoeveel is niet bekend' : `${number(held)} niet via ons`}${inUse === null ? '' : `, ${number(inUse)} in gebruik`}`,
      effect: () => seen,
      speak: (d: { customer: Safe; plan: Safe }) => elsewhere.speak(d),
    },
    quote: {
      ...quote,
      periods: (d: Periods) =>
        d.until === null
          ? []
          : [
              `${aMonth(d.monthly)} voor het nieuwe. De licenties van elders worden daar ernaast gefactureerd, totdat de klant ze beëindigt; voor welke prijs is hier niet bekend.`,
            ],
      bullets: (d: { customer: Safe; both: boolean }) => [
        d.both
          ? `${d.customer} heeft beide, en betaalt elders voor de oude licenties totdat die daar zijn beëindigd.`
          : `${d.customer} heeft het nieuwe abonnement meteen.`,
        ...quote.bullets(d).slice(1),
      ],
      sourceGone: () => gone,
      again: (why: Parameters<typeof quote.again>[0]) =>
        why === 'source'
          ? 'Het aantal licenties van elders is sinds de goedkeuring veranderd, of is nu niet vast te stellen, dus het moet opnieuw worden goedgekeurd.'
          : quote.again(why),
    },
    finished: {
      ...finished,
      lead: (d: Parameters<typeof finished.lead>[0]) => {
        const begun = `${d.moved > 0 ? `${people(d.moved)} overgezet. ` : ''}${d.price ? `${newPrice(d.price)}. ` : ''}`;
        if (d.outcome === 'customerCancels') return `${begun}${gone}`;
        if (d.outcome === 'letExpire') return `${begun}De licenties van elders zijn gelaten zoals ze zijn; ik kijk er niet meer naar.`;
        return 'De omzetting is hier beëindigd. Wat is gedaan, blijft gedaan.';
      },
    },
    thread: {
      ...thread,
      changed: { ...thread.changed, gone, left: thread.changed.left ?? '' },
      ended: () => `${gone} Hier gebeurt niets meer.`,
      finishedLetExpire: () => 'Afgerond: de licenties van elders zijn gelaten zoals ze zijn, en ik kijk er niet meer naar.',
    },
  },
};
