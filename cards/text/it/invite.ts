/** A company that is not a customer yet: the link, the waiting, and who came. */

import type { Safe } from '../../escape.ts';
import type { InviteAsks } from '../en/invite.ts';
import { agree, capital, date, fromThe, listed, number, toThe } from './format.ts';

interface Reseller {
  name: Safe;
  mpnId: Safe;
}

/** Somebody came, whatever he is called: it may be the one. */
function nobodySaid({ maybe }: { maybe: number }): string {
  return maybe === 1
    ? 'da allora 1 azienda è diventata cliente, e nessuno ha detto se è quella'
    : `da allora ${number(maybe)} aziende sono diventate clienti, e nessuno ha detto se una di esse è quella`;
}

export const invite = {
  asking: (d: { company: Safe }) => `Chiedo al Centro per i partner il collegamento con cui ${d.company} può diventare cliente; arriva qui.`,
  notListed: () => 'Non ho ancora letto l’elenco dei clienti, quindi non posso distinguere chi è nuovo. Non è cambiato nulla; riprovare tra un minuto.',
  tooMany: (d: { most: number }) =>
    `Questa chat attende già ${number(d.most)} aziende. Non è cambiato nulla; scrivere prima **annulla invito** e il nome di una di esse.`,
  waitsAlready: (d: { company: Safe; at: string; link: Safe; maybe: number }) =>
    `Qui attendo ${d.company} ${fromThe(date(d.at))}; ${d.maybe > 0 ? nobodySaid(d) : 'non ha ancora accettato'}. ${d.link ? `Il suo amministratore apre [questo collegamento](${d.link}).` : 'Il collegamento non c’è ancora.'}`,
  link: (d: { company: Safe; link: Safe; until: string }) =>
    `Un amministratore globale di ${d.company} apre [questo collegamento](${d.link}) e accetta; a quel punto ${d.company} è cliente. Inviarlo all’azienda: io non posso. Il Centro per i partner dà un solo collegamento per tutte le aziende, quindi so chi è arrivato in base all’elenco dei clienti. Verifico fino ${toThe(date(d.until))} e lo dico qui; **annulla invito ${d.company}** mette fine all’attesa.`,
  reseller: (d: Reseller) => `Rivenditore di riferimento: ${d.name} (${d.mpnId}). Indicarlo in ogni ordine per questo cliente.`,
  resellerNone: (d: { wanted: Safe }) => `Nessuno dei rivenditori si chiama “${d.wanted}”.`,
  resellerMany: (d: { n: number }) => `Le vendite passano da ${number(d.n)} rivenditori. Qual è qui il rivenditore di riferimento?`,
  resellerUnknown: () => 'Non si è potuto leggere se le vendite passano da rivenditori. Se è così, indicare il rivenditore di riferimento in ogni ordine.',
  resellerKept: (d: Reseller & { company: Safe }) => `Annotato: ${d.company} acquista tramite ${d.name} (${d.mpnId}), il suo rivenditore di riferimento.`,
  noLink: (d: { company: Safe }) =>
    `Il Centro per i partner non mi dà un collegamento per ${d.company}, quindi non attendo nessuno. Non è cambiato nulla; vedere **stato** e scrivere di nuovo **invita ${d.company}**.`,
  reminder: (d: { company: Safe; at: string; until: string; link: Safe }) =>
    `${capital(fromThe(date(d.at)))} ${d.company} non ha accettato l’invito. Il suo amministratore apre [questo collegamento](${d.link}). Verifico fino ${toThe(date(d.until))}.`,
  lapsed: (d: { company: Safe; at: string; maybe: number }) =>
    `${d.maybe > 0 ? `L’invito per ${d.company} risale ${toThe(date(d.at))}; ${nobodySaid(d)}` : `${capital(fromThe(date(d.at)))} ${d.company} non ha accettato l’invito`}, quindi non attendo più. Il collegamento funziona ancora; scrivere **invita ${d.company}** per attendere di nuovo.`,
  joined: (d: { who: Safe; company: Safe; customer: Safe; domain: Safe }) =>
    `${d.who}: ora ${d.customer}${d.domain ? ` (${d.domain})` : ''} è cliente. L’invito era per “${d.company}”.`,
  maybe: (d: { who: Safe; company: Safe; n: number }) =>
    `${d.who}: dall’invito per “${d.company}” ${d.n === 1 ? 'un’altra azienda è diventata cliente' : `${number(d.n)} aziende sono diventate clienti`}. Dal solo nome non posso dire se ${agree(d.n, 'è quella', 'una di esse è quella')}.`,
  forgotten: (d: { company: Safe }) => `Non attendo più ${d.company}. Il collegamento funziona ancora: chi lo apre può ancora diventare cliente.`,
  goesOn: (d: { company: Safe }) => `Annotato. Continuo ad attendere ${d.company}.`,
  over: () => 'Non attendo più quell’azienda. Non è cambiato nulla.',
  notWaiting: (d: { wanted: Safe; waiting: readonly Safe[] }) =>
    `Qui non attendo nessuna azienda chiamata “${d.wanted}”. ${d.waiting.length > 0 ? `Attendo ${listed(d.waiting)}.` : 'Non attendo nessuno.'} Non è cambiato nulla.`,
  isCustomer: (d: { customer: Safe }) => `${d.customer} è cliente.`,
  asks: {
    isCustomer: { which: 'È una di queste?', what: (company: Safe) => `È stato scritto “${company}”. Queste sono già clienti. Non è cambiato nulla.` },
    joined: { which: 'Qual è?', what: (company: Safe) => `L’invito era per “${company}”.` },
    next: { which: 'E ora?', what: (company: Safe) => `${company} è cliente.` },
    forget: { which: 'Attendere ancora?', what: (company: Safe) => `L’invito era per “${company}”, e attendo ancora.` },
    reseller: { which: 'Tramite quale rivenditore?', what: (company: Safe) => `Per “${company}”.` },
  } satisfies Record<InviteAsks, { which: string; what: (company: Safe) => string }>,
  newCompany: (company: Safe) => `Nessuna di queste: invita ${company}`,
  another: 'Nessuna di queste: continua ad attendere',
  move: 'Migra a un nuovo piano',
  watch: 'Segui in questa chat',
  forget: 'Non attendere più',
  foot: (d: { asks: InviteAsks; company: Safe; more: number }) => {
    const more = d.more > 0 ? `Altri risultati non mostrati: ${number(d.more)}. ` : '';
    switch (d.asks) {
      case 'forget':
        return `Oppure scrivere **annulla invito ${d.company}**.`;
      case 'reseller':
        return `${more}Oppure scrivere **invita ${d.company} tramite** e il nome del rivenditore.`;
      case 'next':
        return `Oppure scrivere **migra ${d.company}** o **segui ${d.company}**.`;
      default:
        return `${more}Finché non si sceglie non succede nulla.`;
    }
  },
};
