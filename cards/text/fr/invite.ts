/** A company that is not a customer yet: the link, the waiting, and who came. */

import type { Safe } from '../../escape.ts';
import type { InviteAsks } from '../en/invite.ts';
import { count, number, onDay, plural, untilDay } from './format.ts';

interface Reseller {
  name: Safe;
  mpnId: Safe;
}

/** Somebody came, whatever he is called: it may be the one. */
function nobodySaid({ maybe }: { maybe: number }): string {
  return `depuis, ${number(maybe)} ${plural(maybe, 'entreprise est devenue votre client, et personne n’a dit si c’est elle', 'entreprises sont devenues vos clients, et personne n’a dit si c’est l’une d’elles')}`;
}

export const invite = {
  asking: (d: { company: Safe }) => `Je demande à l’Espace partenaires le lien avec lequel ${d.company} peut devenir votre client ; il arrive ici.`,
  notListed: () => 'Je n’ai pas encore lu la liste de vos clients : je ne peux donc pas dire qui y est nouveau. Rien n’a changé ; réessayez dans une minute.',
  tooMany: (d: { most: number }) =>
    `Cette conversation attend déjà ${count(d.most, 'entreprise', 'entreprises')}. Rien n’a changé ; écrivez d’abord **annuler l’invitation** et le nom de l’une d’elles.`,
  waitsAlready: (d: { company: Safe; at: string; link: Safe; maybe: number }) =>
    `J’attends ${d.company} ici depuis ${onDay(d.at)} ; ${d.maybe > 0 ? nobodySaid(d) : 'l’entreprise n’a pas encore accepté'}. ${d.link ? `Son administrateur doit ouvrir [ce lien](${d.link}).` : 'Le lien n’est pas encore là.'}`,
  link: (d: { company: Safe; link: Safe; until: string }) =>
    `Chez ${d.company}, un administrateur général ouvre [ce lien](${d.link}) et accepte ; ${d.company} devient alors votre client. Transmettez-lui ce lien : je ne peux pas le faire. L’Espace partenaires donne un seul lien pour toutes les entreprises : c’est donc la liste de vos clients qui me dit qui est venu. Je vérifie ${untilDay(d.until)} et je vous préviens ici ; **annuler l’invitation ${d.company}** y met fin.`,
  reseller: (d: Reseller) => `Revendeur de référence : ${d.name} (${d.mpnId}). Indiquez-le dans chaque commande pour ce client.`,
  resellerNone: (d: { wanted: Safe }) => `Aucun de vos revendeurs ne s’appelle « ${d.wanted} ».`,
  resellerMany: (d: { n: number }) => `Vous vendez via ${number(d.n)} revendeurs. Lequel est le revendeur de référence ici ?`,
  resellerUnknown: () => 'Je n’ai pas pu lire si vous vendez via des revendeurs. Si c’est le cas, indiquez le revendeur de référence dans chaque commande.',
  resellerKept: (d: Reseller & { company: Safe }) => `Noté : ${d.company} achète via ${d.name} (${d.mpnId}), son revendeur de référence.`,
  noLink: (d: { company: Safe }) =>
    `L’Espace partenaires ne me donne pas de lien pour ${d.company} : je n’attends donc personne. Rien n’a changé ; consultez **état** et écrivez à nouveau **inviter ${d.company}**.`,
  reminder: (d: { company: Safe; at: string; until: string; link: Safe }) =>
    `${d.company} n’a pas accepté depuis ${onDay(d.at)}. Son administrateur doit ouvrir [ce lien](${d.link}). Je vérifie ${untilDay(d.until)}.`,
  lapsed: (d: { company: Safe; at: string; maybe: number }) =>
    `${d.maybe > 0 ? `Vous avez invité ${d.company} ${onDay(d.at)} ; ${nobodySaid(d)}` : `${d.company} n’a pas accepté depuis ${onDay(d.at)}`} : je ne l’attends donc plus. Le lien fonctionne toujours ; écrivez **inviter ${d.company}** pour attendre à nouveau.`,
  joined: (d: { who: Safe; company: Safe; customer: Safe; domain: Safe }) =>
    `${d.who} : ${d.customer}${d.domain ? ` (${d.domain})` : ''} est maintenant votre client. Vous aviez invité « ${d.company} ».`,
  maybe: (d: { who: Safe; company: Safe; n: number }) =>
    `${d.who} : depuis que vous avez invité « ${d.company} », ${d.n === 1 ? 'une autre entreprise est devenue votre client' : `${number(d.n)} entreprises sont devenues vos clients`}. D’après le seul nom, je ne peux pas dire si ${d.n === 1 ? 'c’est la bonne' : 'l’une d’elles est la bonne'}.`,
  forgotten: (d: { company: Safe }) =>
    `Je n’attends plus ${d.company}. Le lien fonctionne toujours : l’entreprise qui l’ouvre peut encore devenir votre client.`,
  goesOn: (d: { company: Safe }) => `Noté. Je continue d’attendre ${d.company}.`,
  over: () => 'Je n’attends plus cette entreprise. Rien n’a changé.',
  notWaiting: (d: { wanted: Safe; waiting: readonly Safe[] }) =>
    `Je n’attends ici aucune entreprise du nom de « ${d.wanted} ». ${d.waiting.length > 0 ? `J’attends ${d.waiting.join(', ')}.` : 'Je n’attends personne.'} Rien n’a changé.`,
  isCustomer: (d: { customer: Safe }) => `${d.customer} est votre client.`,
  asks: {
    isCustomer: {
      which: 'Est-ce l’un de ceux-ci ?',
      what: (company: Safe) => `Vous avez écrit « ${company} ». Ceux-ci sont déjà vos clients. Rien n’a changé.`,
    },
    joined: { which: 'Lequel est-ce ?', what: (company: Safe) => `Vous aviez invité « ${company} ».` },
    next: { which: 'Et maintenant ?', what: (company: Safe) => `${company} est votre client.` },
    forget: { which: 'Attendre encore ?', what: (company: Safe) => `Vous avez invité « ${company} », et j’attends encore.` },
    reseller: { which: 'Via quel revendeur ?', what: (company: Safe) => `Pour « ${company} ».` },
  } satisfies Record<InviteAsks, { which: string; what: (company: Safe) => string }>,
  newCompany: (company: Safe) => `Aucun de ceux-ci : inviter ${company}`,
  another: 'Aucun de ceux-ci : continuer d’attendre',
  move: 'Migrer ce qu’il a vers un nouveau plan',
  watch: 'En tenir cette conversation informée',
  forget: 'L’oublier',
  foot: (d: { asks: InviteAsks; company: Safe; more: number }) => {
    const more = d.more > 0 ? `${number(d.more)} ${plural(d.more, 'autre n’est pas affiché', 'autres ne sont pas affichés')}. ` : '';
    switch (d.asks) {
      case 'forget':
        return `Ou écrivez **annuler l’invitation ${d.company}**.`;
      case 'reseller':
        return `${more}Ou écrivez **inviter ${d.company} via** et le nom du revendeur.`;
      case 'next':
        return `Ou écrivez **migrer ${d.company}** ou **suivre ${d.company}**.`;
      default:
        return `${more}Rien ne se passe avant que vous ne choisissiez.`;
    }
  },
};
