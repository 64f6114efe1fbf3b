/** A company that is not a customer yet: the link, the waiting, and who came. */

import type { Safe } from '../../escape.ts';
import type { InviteAsks } from '../en/invite.ts';
import { number, theDay } from './format.ts';

interface Reseller {
  name: Safe;
  mpnId: Safe;
}

/** Somebody came, whatever he is called: it may be the one. */
function nobodySaid({ maybe }: { maybe: number }): string {
  const came = maybe === 1 ? `${number(maybe)} företag blivit er kund` : `${number(maybe)} företag blivit era kunder`;
  return `sedan dess har ${came}, och ingen har sagt om ${maybe === 1 ? 'det är rätt företag' : 'något av dem är det rätta'}`;
}

export const invite = {
  asking: (d: { company: Safe }) => `Jag ber Partnercenter om länken som gör ${d.company} till er kund; den kommer hit.`,
  notListed: () => 'Jag har inte läst listan över era kunder än, så jag kan inte säga vem som är ny i den. Inget har ändrats; försök igen om en minut.',
  tooMany: (d: { most: number }) =>
    `Den här chatten väntar redan på ${number(d.most)} företag. Inget har ändrats; skriv först **dra tillbaka inbjudan** och namnet på ett av dem.`,
  waitsAlready: (d: { company: Safe; at: string; link: Safe; maybe: number }) =>
    `Jag har väntat på ${d.company} här sedan ${theDay(d.at)}; ${d.maybe > 0 ? nobodySaid(d) : 'företaget har inte accepterat än'}. ${d.link ? `Dess administratör öppnar [den här länken](${d.link}).` : 'Länken finns inte än.'}`,
  link: (d: { company: Safe; link: Safe; until: string }) =>
    `En global administratör hos ${d.company} öppnar [den här länken](${d.link}) och accepterar; då är ${d.company} er kund. Skicka den dit; det kan inte jag göra. Partnercenter ger en länk för alla företag, så jag ser i er kundlista vem som har tillkommit. Jag håller utkik till ${theDay(d.until)} och säger till här; **dra tillbaka inbjudan ${d.company}** avslutar det.`,
  reseller: (d: Reseller) => `Registrerad återförsäljare: ${d.name} (${d.mpnId}). Ange den i varje order för den här kunden.`,
  resellerNone: (d: { wanted: Safe }) => `Ingen av era återförsäljare heter ”${d.wanted}”.`,
  resellerMany: (d: { n: number }) => `Ni säljer genom ${number(d.n)} återförsäljare. Vilken är den registrerade återförsäljaren här?`,
  resellerUnknown: () => 'Det gick inte att läsa om ni säljer genom återförsäljare. Om ni gör det, ange den registrerade återförsäljaren i varje order.',
  resellerKept: (d: Reseller & { company: Safe }) => `Noterat: ${d.company} köper genom ${d.name} (${d.mpnId}), sin registrerade återförsäljare.`,
  noLink: (d: { company: Safe }) =>
    `Partnercenter ger mig ingen länk för ${d.company}, så jag väntar inte på någon. Inget har ändrats; titta på **status** och skriv **bjud in ${d.company}** igen.`,
  reminder: (d: { company: Safe; at: string; until: string; link: Safe }) =>
    `${d.company} bjöds in ${theDay(d.at)} och har inte accepterat än. Dess administratör öppnar [den här länken](${d.link}). Jag håller utkik till ${theDay(d.until)}.`,
  lapsed: (d: { company: Safe; at: string; maybe: number }) =>
    `${d.maybe > 0 ? `Du bjöd in ${d.company} ${theDay(d.at)}; ${nobodySaid(d)}` : `${d.company} bjöds in ${theDay(d.at)} och har inte accepterat`}, så jag väntar inte längre på det. Länken fungerar fortfarande; skriv **bjud in ${d.company}** för att vänta igen.`,
  joined: (d: { who: Safe; company: Safe; customer: Safe; domain: Safe }) =>
    `${d.who}: ${d.customer}${d.domain ? ` (${d.domain})` : ''} är er kund nu. Du bjöd in ”${d.company}”.`,
  maybe: (d: { who: Safe; company: Safe; n: number }) =>
    `${d.who}: sedan du bjöd in ”${d.company}” har ${d.n === 1 ? 'ett annat företag blivit er kund' : `${number(d.n)} företag blivit era kunder`}. Enbart av namnet kan jag inte avgöra om ${d.n === 1 ? 'det' : 'något av dem'} är det rätta.`,
  forgotten: (d: { company: Safe }) => `Jag väntar inte längre på ${d.company}. Länken fungerar fortfarande: den som öppnar den kan ändå bli er kund.`,
  goesOn: (d: { company: Safe }) => `Noterat. Jag fortsätter att vänta på ${d.company}.`,
  over: () => 'Jag väntar inte längre på det företaget. Inget har ändrats.',
  notWaiting: (d: { wanted: Safe; waiting: readonly Safe[] }) =>
    `Jag väntar inte på något företag som heter ”${d.wanted}” här. ${d.waiting.length > 0 ? `Jag väntar på ${d.waiting.join(', ')}.` : 'Jag väntar inte på någon.'} Inget har ändrats.`,
  isCustomer: (d: { customer: Safe }) => `${d.customer} är er kund.`,
  asks: {
    isCustomer: { which: 'Är det någon av dessa?', what: (company: Safe) => `Du skrev ”${company}”. Dessa är redan era kunder. Inget har ändrats.` },
    joined: { which: 'Vilket företag är det?', what: (company: Safe) => `Du bjöd in ”${company}”.` },
    next: { which: 'Vad nu?', what: (company: Safe) => `${company} är er kund.` },
    forget: { which: 'Ska jag vänta vidare?', what: (company: Safe) => `Du bjöd in ”${company}”, och jag väntar fortfarande på det.` },
    reseller: { which: 'Genom vilken återförsäljare?', what: (company: Safe) => `För ”${company}”.` },
  } satisfies Record<InviteAsks, { which: string; what: (company: Safe) => string }>,
  newCompany: (company: Safe) => `Ingen av dessa: bjud in ${company}`,
  another: 'Ingen av dessa: vänta vidare',
  move: 'Flytta det som kunden har till en ny plan',
  watch: 'Bevaka kunden i den här chatten',
  forget: 'Sluta vänta',
  foot: (d: { asks: InviteAsks; company: Safe; more: number }) => {
    const more = d.more > 0 ? `${number(d.more)} till visas inte. ` : '';
    switch (d.asks) {
      case 'forget':
        return `Eller skriv **dra tillbaka inbjudan ${d.company}**.`;
      case 'reseller':
        return `${more}Eller skriv **bjud in ${d.company} via** och återförsäljarens namn.`;
      case 'next':
        return `Eller skriv **flytta ${d.company}** eller **bevaka ${d.company}**.`;
      default:
        return `${more}Inget händer förrän du väljer.`;
    }
  },
};
