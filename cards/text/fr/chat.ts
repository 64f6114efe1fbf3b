/** What a chat watches, what can be written, and the page for the consent. */
import type { Safe } from '../../escape.ts';
import { count, number, onDay, stamp } from './format.ts';

export const greeting = {
  who: 'Je vous préviens quand un abonnement cesse de se renouveler',
  effect:
    'Un message pour chacun, dans cette conversation, avec la date, les plans qui peuvent lui succéder et l’étape suivante. Je n’achète, ne migre et ne suspends rien avant que l’un de vous ne l’ait confirmé.',
  notRenewing: (n: number, next: string | null, whole: boolean) =>
    n === 0 ? (whole ? 'Aucun à ma connaissance' : 'Aucun parmi ceux que j’ai pu lire') : `${number(n)}${next ? `, le prochain ${onDay(next)}` : ''}`,
  looking: 'Je parcours vos clients en ce moment.',
  /** What can be written; `who` put the bot here. */
  commands:
    'Plus tard, écrivez-moi **échéances**, « montrer contoso » ou « migrer contoso » ; dans un canal, mentionnez-moi d’abord. **aide** en donne la liste complète.',
  addedBy: (d: { who: Safe }) => `Ajouté par ${d.who}.`,
  formerly: (what: readonly Safe[]) =>
    `Quand j’étais ici auparavant, cette conversation suivait ${what.length > 0 ? what.join(', ') : 'tous les clients'}. Elle ne suit rien maintenant.`,
  speak:
    'Successor peut suivre les abonnements de vos clients et vous prévenir quand l’un d’eux cesse de se renouveler. Choisissez « Suivre ici » pour commencer.',
  example: 'Contoso',
};

export const watching = {
  state: 'Suivi en cours',
  notState: 'Pas de suivi',
  who: (d: { customers: number; names: readonly Safe[] }) => (d.names.length > 0 ? d.names.join(', ') : `Tous les clients (${number(d.customers)})`),
  effect: (open: number | null, whole: boolean) =>
    `Un message arrive ici quand un abonnement cesse de se renouveler, ou se renouvelle à nouveau.${open === null ? ' Je parcours encore vos clients ; une liste suit.' : open === 0 ? ` D’après ce que j’ai lu, rien ne cesse de se renouveler en ce moment.${whole ? '' : ' Je n’ai pas pu tout lire ; écrivez **état** pour savoir ce qui manque.'}` : ` ${count(open, 'abonnement n’a', 'abonnements n’ont')} pas de renouvellement prévu en ce moment.`}`,
  none: 'Cette conversation ne suit rien',
  noneEffect: 'Rien n’arrive ici automatiquement. Choisissez « Suivre ici » pour que je vous prévienne quand un abonnement cesse de se renouveler.',
  startedBy: (d: { who: Safe; at: string }) => `Suivi lancé par ${d.who}, le ${stamp(d.at)}.`,
};

/** Commands of several words; the others are the first word of their title. */
const COMMAND = /^(?:ne plus suivre|les miens|lecture seule|[^ ,]+)/;

export const help = {
  who: 'Ce que je sais faire',
  effect: 'Écrivez-moi l’une de ces commandes. Dans un canal, mentionnez-moi d’abord.',
  nobody: 'Vous n’avez encore aucun rôle dans Successor. Demandez à un propriétaire de vous ajouter à l’un des groupes dans Microsoft Entra.',
  /** How it is written, and what it is for; which commands there are stands in `dialogs/commands.ts`. */
  lines: {
    expiring: {
      title: 'échéances',
      value:
        'ce qui se termine d’ici 90 jours et n’a pas de renouvellement prévu ; `échéances 30` ou `échéances 30 contoso` restreignent la liste ; `échéances est`, `échéances fins` et `échéances renouvellements` disent ce que cela coûte ; `échéances arrêtées`, `échéances les miens` et `échéances par montant` la filtrent et la trient',
    },
    show: { title: 'montrer contoso', value: 'tout ce qu’un client a et comment chacun se termine, ou la carte d’un ticket' },
    watch: {
      title: 'suivre',
      value: 'prévenir cette conversation quand un abonnement cesse de se renouveler ; `suivre contoso` pour un seul client ou programme',
    },
    unwatch: { title: 'ne plus suivre', value: 'ne plus prévenir cette conversation' },
    watching: { title: 'suivis', value: 'ce que cette conversation suit' },
    remind: {
      title: 'rappeler 30 7',
      value:
        'un rappel dans cette conversation 60, 30, 14, 7 ou 1 jours avant la fin d’une période, selon ce que vous écrivez ; `rappeler non` pour ne plus en recevoir ; par défaut 30, 7 et 1',
    },
    settings: {
      title: 'paramètres',
      value:
        'quand des messages arrivent dans cette conversation, et lesquels ; `paramètres fuseau stockholm`, `paramètres silence 18-8`, `paramètres liste ouvrés 9`, `paramètres rapport lundi 9`, `paramètres délai 30`, `paramètres minimum 100`, `paramètres sauf contoso`, chacun aussi avec `non`',
    },
    move: {
      title: 'migrer contoso',
      value:
        'acheter l’abonnement de remplacement, réaffecter les licences, suspendre l’ancien ; `migrer dynamics crm online` commence avec plusieurs clients d’un programme à la fois',
    },
    history: { title: 'historique S-1001', value: 'qui a fait quoi, et quand ; en conversation privée, aussi qui avait quelle licence' },
    invite: {
      title: 'inviter adatum',
      value: 'le lien avec lequel une entreprise devient votre client ; je vous préviens quand c’est fait, `annuler l’invitation adatum` met fin à l’attente',
    },
    report: {
      title: 'rapport',
      value: 'combien d’abonnements sont en jeu et pour quel montant, par mois, programme, personne et état ; qui a décidé quoi',
    },
    export: {
      title: 'exporter',
      value:
        'tous les tickets dans un fichier pour tableur ; `exporter décisions`, `exporter journal` ; ajoutez `json` pour des programmes ; pour vous uniquement',
    },
    snooze: { title: 'reporter S-1001 14 congés', value: 'pas maintenant : j’écris à nouveau après ce nombre de jours, ou à une date comme le 10 janvier' },
    dismiss: { title: 'laisser S-1001 motif', value: 'le laisser sans suite, avec un motif ; `rétablir S-1001` revient là-dessus, ou sur un report' },
    assign: { title: 'confier S-1001 @Megan', value: 'qui s’en occupe ; `rendre S-1001` pour que plus personne ne s’en occupe' },
    note: { title: 'note S-1001 texte', value: 'une ligne dans son fil et dans son journal ; `vu S-1001` indique seulement que vous l’avez vu' },
    mine: { title: 'les miens', value: 'ce qui vous attend : approbations, questions, et ce dont vous vous occupez' },
    approvals: { title: 'approbations', value: 'ce qui attend votre accord' },
    status: { title: 'état', value: 'si j’arrive à joindre l’Espace partenaires' },
    cancelBack: { title: 'annuler, retour', value: 'mettre fin à une migration qui attend, ou y revenir d’une étape' },
    readOnly: {
      title: 'lecture seule oui',
      value: 'arrêter aussitôt tout achat, tout changement de licence et toute suspension ; `lecture seule non` les laisse reprendre',
    },
    dryRun: {
      title: 'simulation oui',
      value: 'pour essayer : je surveille, je préviens et je demande des prix, mais je n’achète et ne change rien ; `simulation non` y met fin',
    },
    consent: {
      title: 'consentement',
      value: 'vous connecter pour mon travail dans l’Espace partenaires, ou renouveler cette connexion ; en conversation privée',
    },
  },
  speak: (commands: readonly Safe[]): string =>
    commands.length === 0 ? help.nobody : `Ce que vous pouvez me demander : ${commands.map((how) => COMMAND.exec(how)?.[0] ?? how).join(', ')}.`,
};

export const consentPage = {
  title: 'Successor',
  stored:
    'C’est fait. Je peux maintenant travailler dans l’Espace partenaires ; la connexion se renouvelle d’elle-même tant que je suis utilisé au moins une fois en 90 jours. Vous pouvez fermer cette page.',
  stale: 'Ce lien a été utilisé, ou date de plus de dix minutes. Rien n’a changé. Écrivez-moi « consentement » dans Teams pour en recevoir un nouveau.',
  otherBrowser:
    'Cette page a été ouverte dans un autre navigateur que celui où la connexion a commencé. Rien n’a changé. Écrivez-moi « consentement » dans Teams et ouvrez le nouveau lien dans un seul navigateur.',
  otherTenant:
    'Ce compte appartient à une autre entreprise que le partenaire pour lequel je travaille. Rien n’a changé. Réessayez avec un compte du partenaire.',
  noMfa:
    'Cette connexion n’a pas demandé de seconde preuve d’identité, et l’Espace partenaires en exige une. Rien n’a changé. Activez l’authentification multifacteur pour le compte, puis réessayez.',
  noAccess:
    'L’Espace partenaires ne laisse pas ce compte travailler pour le partenaire. Rien n’a changé. Réessayez avec un compte membre du groupe AdminAgents.',
  unproved:
    'L’Espace partenaires n’a pas dit s’il accepte cette connexion. Rien n’a changé. Écrivez-moi « consentement » dans Teams et réessayez dans quelques minutes.',
  refused:
    'Microsoft Entra n’a pas donné le consentement, ou vous n’avez pas le droit de le donner. Rien n’a changé. Un propriétaire peut m’écrire « consentement » dans Teams et réessayer.',
  whoMayUnknown: 'Je ne peux pas lire dans Microsoft Entra qui a le droit de faire cela. Rien n’a changé ; réessayez dans une minute.',
  notHere: 'Il n’y a rien à quoi consentir ici.',
};

/** The page that the app's website, privacy and terms lead to, where a company has none of its own: headings, each with its paragraphs. */
export const aboutPage = {
  title: 'Successor',
  sections: [
    {
      id: 'about',
      title: 'De quoi il s’agit',
      paragraphs: [
        'Successor est un bot dans Microsoft Teams pour le personnel d’un seul partenaire Cloud Solution Provider. Il suit les abonnements des clients du partenaire dans l’Espace partenaires, signale dans Teams quand l’un d’eux cesse de se renouveler, et guide dans l’achat du suivant, la réaffectation des licences et la suspension de l’ancien. Une personne confirme d’abord chacune de ces étapes.',
        'Il est exploité par l’entreprise dans le tenant de laquelle il est installé. Pour obtenir de l’aide, écrivez-lui « aide » dans Teams ; pour tout le reste, adressez-vous à l’exploitant du bot dans cette entreprise.',
      ],
    },
    {
      id: 'privacy',
      title: 'Confidentialité',
      paragraphs: [
        'Tout ce qui est conservé se trouve dans l’abonnement Azure de l’entreprise qui exploite le bot. Rien n’est envoyé aux auteurs de Successor.',
        'Pour les personnes qui lui écrivent ou appuient sur ses boutons, il conserve l’ID d’objet dans Microsoft Entra, le nom, la langue, la conversation privée avec le bot et, sous une clé aléatoire, ce qu’elles ont décidé et quand. Un nom est effacé quand la personne ne s’est pas manifestée pendant une durée que l’entreprise fixe (400 jours par défaut). Ce que les gens écrivent n’est pas conservé, sauf les motifs qu’ils donnent pour que tous les lisent.',
        'Pour les personnes d’un client qui ont une licence à réaffecter, il conserve l’ID et le nom tant que la migration dure et, avec le journal de cette migration, la licence qu’elles avaient.',
        'Pour savoir ce qui est conservé à votre sujet, ou pour le faire effacer, adressez-vous à l’exploitant du bot ; il existe une commande pour chacune de ces demandes.',
      ],
    },
    {
      id: 'terms',
      title: 'Conditions d’utilisation',
      paragraphs: [
        'Successor est un logiciel libre sous licence MIT, sans garantie. Il n’achète et ne suspend que ce qu’une personne du partenaire a confirmé ; ces commandes sont passées au titre du contrat du partenaire avec Microsoft, qui envoie la facture au partenaire.',
      ],
    },
  ],
} as const;
