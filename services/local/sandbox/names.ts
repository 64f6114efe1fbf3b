/** What the pretend Partner Center calls some of what it sells in other languages, by X-Locale: not all of it, and some oddly. */
import type { Json } from './bodies.ts';

const LONG = 'Dynamics 365 – '.padEnd(300, 'très long ');

/** By language, then by the English name. What is missing comes in English. */
const NAMES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  fr: {
    'Dynamics 365 Customer Engagement Plan Enterprise Edition CRMOL Basic (Qualified Offer)':
      'Dynamics 365 Plan Engagement client, CRMOL De base (offre qualifiée)',
    'Dynamics 365 Customer Engagement Plan': 'Dynamics 365 Plan Engagement client',
    'Dynamics 365 Sales Professional': 'Dynamics 365 Ventes Professionnel',
    'Dynamics 365 Customer Service': '',
    'Dynamics 365 Field Service': LONG,
    'Dynamics 365 Team Members': '**Dynamics 365** [Membres de l’équipe](http://evil.example) <at>tous</at>',
  },
  sv: {
    'Dynamics 365 for Sales Enterprise Edition CRMOL Basic (Qualified Offer)': 'Dynamics 365 för försäljning, CRMOL Grund (kvalificerat erbjudande)',
    'Dynamics 365 Sales Professional': 'Dynamics 365 Försäljning Professionell',
  },
};

/** The name for whoever asks in `locale`. */
export function nameIn(locale: string | undefined, english: string): string {
  return NAMES[(locale ?? '').split('-')[0] ?? '']?.[english] ?? english;
}

/** A body with its offers called so. */
export function offerIn(locale: string | undefined, body: Json): Json {
  return typeof body.offerName === 'string' ? { ...body, offerName: nameIn(locale, body.offerName) } : body;
}
