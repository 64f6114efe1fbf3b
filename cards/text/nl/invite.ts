/** A company that is not a customer yet: the link, the waiting, and who came. */

import type { Safe } from '../../escape.ts';
import type { InviteAsks } from '../en/invite.ts';
import { by, date, number } from './format.ts';

interface Reseller {
  name: Safe;
  mpnId: Safe;
}

/** Somebody came, whatever the name: it may be the one. */
function nobodySaid({ maybe }: { maybe: number }): string {
  return `sindsdien ${by(maybe, 'is', 'zijn')} ${number(maybe)} ${by(maybe, 'bedrijf', 'bedrijven')} klant bij u geworden, en niemand heeft gezegd of ${by(maybe, 'dat het bedoelde bedrijf is', 'het bedoelde bedrijf erbij is')}`;
}

export const invite = {
  asking: (d: { company: Safe }) => `Ik vraag Partnercentrum om de koppeling waarmee ${d.company} uw klant kan worden; die komt hier.`,
  notListed: () =>
    'Ik heb de lijst van uw klanten nog niet gelezen, dus ik kan niet zeggen wie daarin nieuw is. Er is niets gewijzigd; probeer het over een minuut opnieuw.',
  tooMany: (d: { most: number }) =>
    `Deze chat wacht al op ${number(d.most)} bedrijven. Er is niets gewijzigd; schrijf eerst **uitnodiging intrekken** en een daarvan.`,
  waitsAlready: (d: { company: Safe; at: string; link: Safe; maybe: number }) =>
    `Ik wacht hier sinds ${date(d.at)} op ${d.company}; ${d.maybe > 0 ? nobodySaid(d) : 'er is nog niet geaccepteerd'}. ${d.link ? `De beheerder daar opent [deze koppeling](${d.link}).` : 'De koppeling is er nog niet.'}`,
  link: (d: { company: Safe; link: Safe; until: string }) =>
    `Een globale beheerder van ${d.company} opent [deze koppeling](${d.link}) en accepteert; dan is ${d.company} uw klant. Stuur die koppeling daarheen: ik kan dat niet. Partnercentrum geeft één koppeling voor alle bedrijven, dus wie er is gekomen, weet ik uit de lijst van uw klanten. Ik kijk tot ${date(d.until)} en vertel het u hier; **uitnodiging intrekken ${d.company}** beëindigt dat.`,
  reseller: (d: Reseller) => `Geregistreerde reseller: ${d.name} (${d.mpnId}). Vermeld die in elke order voor deze klant.`,
  resellerNone: (d: { wanted: Safe }) => `Geen van uw resellers heet “${d.wanted}”.`,
  resellerMany: (d: { n: number }) => `U verkoopt via ${number(d.n)} resellers. Welke is hier de geregistreerde reseller?`,
  resellerUnknown: () => 'Of u via resellers verkoopt, kon niet worden gelezen. Is dat zo, vermeld dan de geregistreerde reseller in elke order.',
  resellerKept: (d: Reseller & { company: Safe }) => `Genoteerd: ${d.company} koopt via ${d.name} (${d.mpnId}), de geregistreerde reseller.`,
  noLink: (d: { company: Safe }) =>
    `Partnercentrum geeft mij geen koppeling voor ${d.company}, dus ik wacht op niemand. Er is niets gewijzigd; bekijk **status** en schrijf opnieuw **uitnodigen ${d.company}**.`,
  reminder: (d: { company: Safe; at: string; until: string; link: Safe }) =>
    `${d.company} heeft sinds ${date(d.at)} niet geaccepteerd. De beheerder daar opent [deze koppeling](${d.link}). Ik kijk tot ${date(d.until)}.`,
  lapsed: (d: { company: Safe; at: string; maybe: number }) =>
    `${d.maybe > 0 ? `U hebt ${d.company} uitgenodigd op ${date(d.at)}; ${nobodySaid(d)}` : `${d.company} heeft sinds ${date(d.at)} niet geaccepteerd`}, dus ik wacht er niet langer op. De koppeling werkt nog; schrijf **uitnodigen ${d.company}** om opnieuw te wachten.`,
  joined: (d: { who: Safe; company: Safe; customer: Safe; domain: Safe }) =>
    `${d.who}: ${d.customer}${d.domain ? ` (${d.domain})` : ''} is nu uw klant. U had “${d.company}” uitgenodigd.`,
  maybe: (d: { who: Safe; company: Safe; n: number }) =>
    `${d.who}: sinds u “${d.company}” hebt uitgenodigd, ${d.n === 1 ? 'is een ander bedrijf' : `zijn ${number(d.n)} bedrijven`} klant bij u geworden. Aan de naam alleen kan ik niet zien of ${by(d.n, 'dat het bedoelde bedrijf is', 'het bedoelde bedrijf erbij is')}.`,
  forgotten: (d: { company: Safe }) => `Ik wacht niet langer op ${d.company}. De koppeling werkt nog: wie die opent, kan alsnog uw klant worden.`,
  goesOn: (d: { company: Safe }) => `Genoteerd. Ik blijf wachten op ${d.company}.`,
  over: () => 'Ik wacht niet langer op dat bedrijf. Er is niets gewijzigd.',
  notWaiting: (d: { wanted: Safe; waiting: readonly Safe[] }) =>
    `Ik wacht hier niet op een bedrijf met de naam “${d.wanted}”. ${d.waiting.length > 0 ? `Ik wacht op ${d.waiting.join(', ')}.` : 'Ik wacht op niemand.'} Er is niets gewijzigd.`,
  isCustomer: (d: { customer: Safe }) => `${d.customer} is uw klant.`,
  asks: {
    isCustomer: { which: 'Is het een van deze?', what: (company: Safe) => `U schreef “${company}”. Dit zijn al klanten van u. Er is niets gewijzigd.` },
    joined: { which: 'Welke is het?', what: (company: Safe) => `U hebt “${company}” uitgenodigd.` },
    next: { which: 'Wat nu?', what: (company: Safe) => `${company} is uw klant.` },
    forget: { which: 'Nog wachten?', what: (company: Safe) => `U hebt “${company}” uitgenodigd, en ik wacht er nog op.` },
    reseller: { which: 'Via welke reseller?', what: (company: Safe) => `Voor “${company}”.` },
  } satisfies Record<InviteAsks, { which: string; what: (company: Safe) => string }>,
  newCompany: (company: Safe) => `Geen van deze: ${company} uitnodigen`,
  another: 'Geen van deze: blijven wachten',
  move: 'Wat deze klant heeft, omzetten naar een nieuw plan',
  watch: 'Deze klant in deze chat volgen',
  forget: 'Vergeten',
  foot: (d: { asks: InviteAsks; company: Safe; more: number }) => {
    const more = d.more > 0 ? `Nog ${number(d.more)} ${by(d.more, 'wordt', 'worden')} niet getoond. ` : '';
    switch (d.asks) {
      case 'forget':
        return `Of schrijf **uitnodiging intrekken ${d.company}**.`;
      case 'reseller':
        return `${more}Of schrijf **uitnodigen ${d.company} via** en de naam van de reseller.`;
      case 'next':
        return `Of schrijf **omzetten ${d.company}** of **volg ${d.company}**.`;
      default:
        return `${more}Er gebeurt niets totdat u kiest.`;
    }
  },
};
