/** How the bot is, and what could not be read. */
import { SIGN_IN_AGAIN } from '../../../services/domain/rules.ts';
import type { Safe } from '../../escape.ts';
import { count, number, plural, stamp } from './format.ts';

/** Why a customer could not be looked at, from the kind of the failure and Partner Center's code. */
export function whySkipped(why: Safe): string {
  const [kind, code = ''] = why.split(' ');
  if (code === 'shape') return 'l’Espace partenaires a répondu d’une façon que je ne comprends pas';
  if (SIGN_IN_AGAIN.has(code))
    return 'l’Espace partenaires demande une nouvelle connexion du compte avec lequel je travaille ; un propriétaire m’écrit **consentement** en conversation privée';
  if (kind === 'forbidden') return `l’Espace partenaires ne me laisse pas faire (${code})`;
  if (kind === 'notFound') return `l’Espace partenaires ne le connaît pas (${code})`;
  if (kind === 'throttled') return 'l’Espace partenaires a demandé moins de requêtes';
  return kind === 'unclear' ? `l’Espace partenaires n’a pas répondu comme il le devrait (${code})` : `l’Espace partenaires l’a refusé (${code})`;
}

/** Partner Center's fields that the watch cannot do without, in words. */
const fields: Record<string, string> = {
  quantity: 'le nombre de licences',
  autoRenewEnabled: 'le fait qu’il se renouvelle ou non, champ autoRenewEnabled',
  commitmentEndDate: 'la date de fin',
  status: 'l’état',
  offerId: 'l’offre',
  productType: 'le type de produit',
};

/** What could not be read of a customer. */
export const notRead = (d: { what: 'field' | 'list' | 'vanished' | 'lacks'; plan: Safe | null; field: Safe | null; count: number }) => {
  if (d.what === 'list') return 'la fin de sa liste, car l’Espace partenaires dit qu’elle continue sans dire où, ou y met quelque chose sans ID';
  if (d.what === 'vanished') return `${count(d.count, 'abonnement qui a disparu', 'abonnements qui ont disparu')} d’un coup de sa liste`;
  if (d.what === 'lacks') return `${d.plan ?? 'un abonnement'}, qui manque dans sa liste et qui est là quand je le demande seul`;
  return `${fields[d.field ?? ''] ?? `« ${d.field ?? ''} »`} (${d.plan ?? 'un abonnement sans ID'})`;
};

const twoDigits = new Intl.NumberFormat('fr-FR', { minimumFractionDigits: 2, maximumFractionDigits: 2 });

export const status = {
  who: 'Mon état',
  ok: 'Tout fonctionne.',
  partly: 'Je surveille et je préviens, mais je n’ai pas pu tout lire.',
  chatsWait: 'Je surveille, mais Teams n’accepte pas tout ce que j’ai à dire.',
  listUnreadable: (code: Safe) => `La liste des clients ne peut pas être lue (${code}). Je continue avec ceux que je connais, et je continue d’essayer.`,
  notRead: 'Ce qui n’a pas pu être lu',
  never: (n: number) => `${count(n, 'client n’a pas encore été consulté', 'clients n’ont pas encore été consultés')}.`,
  listPartial: 'La liste des clients continue, et je n’ai pas pu la lire plus loin.',
  listRecords: (n: number) => `${count(n, 'entrée', 'entrées')} sans ID dans la liste des clients.`,
  listUnnamed: (ids: readonly Safe[]) => `Dans la liste des clients, les noms de ces ID : ${ids.join(', ')}.`,
  listVanished: (n: number) =>
    `${count(n, 'client a disparu', 'clients ont disparu')} d’un coup de la liste. Je n’en conclus rien et je demande après trois jours ce qu’il en est de chacun.`,
  listLacks: (n: number) =>
    `Dans la liste des clients, il en manque ${number(n)} ${plural(n, 'qui est pourtant là', 'qui sont pourtant là')} quand je demande.`,
  of: (d: { customer: Safe; what: Safe }) => `${d.customer} : ${d.what}.`,
  more: (n: number) => `${count(n, 'autre', 'autres')}.`,
  facts: {
    customers: 'Clients',
    looked: 'Dernière lecture',
    open: 'Sans renouvellement',
    skipped: 'Non consultés',
    waiting: 'Messages en attente',
    asleep: 'Conversations non jointes',
    cost: 'Aujourd’hui',
    chat: 'Cette conversation',
    readOnly: 'Lecture seule',
    dryRun: 'Simulation',
  },
  many: (n: number, most: number) => (n >= most ? `${number(most)} ou plus` : number(n)),
  waiting: (d: { chats: number; since: string | null; troubled: number }) =>
    d.chats === 0
      ? 'Rien n’attend'
      : `${count(d.chats, 'conversation attend', 'conversations attendent')}${d.since ? `, la première depuis le ${stamp(d.since)}` : ''}${d.troubled > 0 ? ` ; Teams en refuse ${number(d.troubled)} pour l’instant` : ''}`,
  cost: (d: { requests: number; looks: number; transactions: number; subscriptions: number }) =>
    `Jusqu’ici ${count(d.requests, 'requête', 'requêtes')} à l’Espace partenaires, ${count(d.looks, 'lecture', 'lectures')} de clients${
      d.subscriptions > 0
        ? ` ; ${twoDigits.format(d.transactions / d.subscriptions)} ${plural(d.transactions / d.subscriptions, 'transaction', 'transactions')} de stockage par abonnement lu`
        : ''
    }`,
  late: (minutes: number) =>
    `J’ai ${count(minutes, 'minute', 'minutes')} de retard : il y a plus de clients que les requêtes par minute n’en permettent dans le délai fixé.`,
  readOnlyOn: (d: { who: Safe; at: string } | null) =>
    d ? `depuis le ${stamp(d.at)} par ${d.who} ; rien n’est acheté, migré ni suspendu` : 'par un réglage ; rien n’est acheté, migré ni suspendu',
  readOnly: 'Je suis en lecture seule : je surveille et je préviens, et je ne change rien.',
  dryRun:
    'C’est une simulation : je surveille, je préviens et je demande des prix, et je n’achète et ne change rien. Un propriétaire y met fin avec « simulation non ».',
  looked: (at: string | null) => (at ? stamp(at) : 'pas encore'),
  skipped: (n: number) => (n === 0 ? 'Aucun' : number(n)),
  skippedNames: (names: readonly Safe[], others: number) =>
    `La dernière fois, je n’ai pas pu consulter ${names.join(', ')}${others > 0 ? ` et ${count(others, 'autre client', 'autres clients')}` : ''} ; je réessaie.`,
  watching: (what: readonly Safe[]) => (what.length === 0 ? 'ne suit rien' : `suit ${what.join(', ')}`),
  all: 'tous les clients',
  unreachable: 'Je ne peux pas joindre l’Espace partenaires. Ce que je sais peut être ancien ; je continue d’essayer.',
  asleep: (n: number) => `${count(n, 'conversation', 'conversations')} : Teams ne m’y laisse pas écrire`,
  allAsleep:
    'Teams ne me laisse écrire dans aucune conversation qui suit quelque chose. Personne n’y apprend ce qui cesse de se renouveler ; je continue d’essayer.',
  unknown: (since: string) =>
    `Teams ne me connaît plus depuis le ${stamp(since)} : rien ne part donc. Vérifiez l’inscription et le secret du bot ; rien n’est perdu.`,
};
