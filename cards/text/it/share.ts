/** What is found from the compose box, and the card that is shared from there. */
import type { Safe } from '../../escape.ts';
import { onThe, stamp } from './format.ts';

export const share = {
  what: 'Digitare il nome di un cliente o un ticket, ad esempio S-1001.',
  tooLong: 'È troppo lungo per essere un nome. Digitare il nome di un cliente o un ticket, ad esempio S-1001.',
  nothing: (d: { wanted: Safe }) => `Non trovo nessun cliente e nessun ticket che si chiami ${d.wanted}.`,
  mayNot: 'A questo utente non è assegnato alcun ruolo in Successor, quindi non viene mostrato nulla. Chi lo ha configurato in azienda può assegnarne uno.',
  gone: 'Non c’è più. Cercare di nuovo.',
  other: 'Questa scheda è stata condivisa in un’altra chat. Cercare di nuovo qui.',
  slow: 'Ci vuole più tempo del solito. Riprovare tra un momento.',
  underWay: 'In corso',
  allRenew: (d: { customer: Safe }) => `Tutti gli abbonamenti di ${d.customer} si rinnovano.`,
  nothingOpen: 'Nessun ticket aperto',
  /** `at`: when it was last read; null where nobody knows. */
  foot: (at: string | null) => `${at ? `Situazione letta ${onThe(stamp(at))}. ` : ''}Questa scheda non cambia da sola e da qui non si può fare nulla.`,
  refresh: 'Aggiorna',
  open: 'Apri la scheda',
};
