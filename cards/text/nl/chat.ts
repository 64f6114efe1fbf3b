/** What a chat watches, what can be written, and the page for the consent. */
import type { Safe } from '../../escape.ts';
import { by, count, date, number, stamp } from './format.ts';

export const greeting = {
  who: 'Ik vertel u wanneer een abonnement niet meer wordt verlengd',
  effect:
    'Eén bericht voor elk abonnement, in deze chat, met de datum, de plannen die kunnen volgen en de volgende stap. Zonder bevestiging van een van u koop ik niets, zet ik niets over en schort ik niets op.',
  notRenewing: (n: number, next: string | null, whole: boolean) =>
    n === 0 ? (whole ? 'Geen, voor zover ik weet' : 'Geen, voor zover ik ze kon lezen') : `${number(n)}${next ? `, het eerstvolgende op ${date(next)}` : ''}`,
  looking: 'Ik kijk nu uw klanten door.',
  /** What can be written; `who` put the bot here. */
  commands: 'Schrijf mij later **verloopt**, “toon contoso” of “omzetten contoso”; vermeld mij in een kanaal eerst met @. **help** toont alles wat kan.',
  addedBy: (d: { who: Safe }) => `Toegevoegd door ${d.who}.`,
  formerly: (what: readonly Safe[]) =>
    `Toen ik hier eerder was, volgde deze chat ${what.length > 0 ? what.join(', ') : 'alle klanten'}. Nu volgt deze chat niets.`,
  speak: 'Successor kan de abonnementen van uw klanten volgen en u vertellen wanneer er een niet meer wordt verlengd. Kies Hier volgen om te beginnen.',
  example: 'Contoso',
};

export const watching = {
  state: 'Volgt',
  notState: 'Volgt niet',
  who: (d: { customers: number; names: readonly Safe[] }) => (d.names.length > 0 ? d.names.join(', ') : `Alle ${count(d.customers, 'klant', 'klanten')}`),
  effect: (open: number | null, whole: boolean) => `Hier komt een bericht wanneer een abonnement niet meer wordt verlengd, of weer wel.${openNow(open, whole)}`,
  none: 'Deze chat volgt niets',
  noneEffect: 'Hier komt niets vanzelf. Kies Hier volgen om te horen wanneer een abonnement niet meer wordt verlengd.',
  startedBy: (d: { who: Safe; at: string }) => `Begonnen door ${d.who}, ${stamp(d.at)}.`,
};

/** How many are not set to renew; `open` null while that is not known yet. */
function openNow(open: number | null, whole: boolean): string {
  if (open === null) return ' Ik kijk uw klanten nog door; er volgt een lijst.';
  if (open > 0) return ` Nu ${by(open, 'staat', 'staan')} er ${number(open)} niet op verlengen.`;
  return ` In wat ik heb gelezen, is er nu niets dat niet meer wordt verlengd.${whole ? '' : ' Niet alles kon worden gelezen; schrijf **status** om te zien wat niet.'}`;
}

/** Commands that are more than one word, as the help calls them. */
const SEVERAL_WORDS = /^(?:stop volgen|laat gaan|alleen lezen)(?= |$)/;

export const help = {
  who: 'Wat ik kan',
  effect: 'Schrijf mij een van deze. Vermeld mij in een kanaal eerst met @.',
  nobody: 'U hebt bij mij nog geen rol. Vraag een eigenaar om u in een van de groepen in Microsoft Entra te plaatsen.',
  /** How it is written, and what it is for; which commands there are stands in `dialogs/commands.ts`. */
  lines: {
    expiring: {
      title: 'verloopt',
      value:
        'wat binnen 90 dagen eindigt en niet op verlengen staat; `verloopt 30` of `verloopt 30 contoso` beperken het; `verloopt est`, `verloopt eindigt` en `verloopt verlengt` zeggen wat het kost; `verloopt gestopt`, `verloopt mijn` en `verloopt op bedrag` beperken en ordenen het',
    },
    show: { title: 'toon contoso', value: 'alles wat een klant heeft en hoe elk ervan eindigt, of de kaart van een ticket' },
    watch: { title: 'volg', value: 'deze chat vertellen wanneer een abonnement niet meer wordt verlengd; `volg contoso` alleen één klant of programma' },
    unwatch: { title: 'stop volgen', value: 'deze chat niets meer vertellen' },
    watching: { title: 'gevolgd', value: 'wat deze chat volgt' },
    remind: {
      title: 'herinner 30 7',
      value: 'deze chat 60, 30, 14, 7 of 1 dagen voor het einde van een looptijd herinneren, zoals u schrijft; `herinner uit` nooit; gewoonlijk 30, 7 en 1',
    },
    settings: {
      title: 'instellingen',
      value:
        'wanneer berichten in deze chat komen, en welke; `instellingen tijdzone amsterdam`, `instellingen stil 18-8`, `instellingen lijst werkdagen 9`, `instellingen rapport maandag 9`, `instellingen binnen 30`, `instellingen minimaal 100`, `instellingen behalve contoso`, elk ook met `uit`',
    },
    move: {
      title: 'omzetten contoso',
      value:
        'de vervanging kopen, de licenties overzetten, het oude opschorten; `omzetten dynamics crm online` begint met meerdere klanten van een programma tegelijk',
    },
    history: { title: 'geschiedenis S-1001', value: 'wie wat wanneer deed; in de chat met mij alleen ook wie welke licentie had' },
    invite: {
      title: 'uitnodigen adatum',
      value: 'de koppeling waarmee een bedrijf uw klant wordt; ik vertel u wanneer het zover is, `uitnodiging intrekken adatum` beëindigt het wachten',
    },
    report: {
      title: 'rapport',
      value: 'hoeveel er op het spel staat en voor hoeveel geld, naar maand, programma, persoon en status; wie wat heeft besloten',
    },
    export: {
      title: 'exporteer',
      value: 'alle tickets als bestand voor spreadsheets; `exporteer besluiten`, `exporteer logboek`; voeg voor software `json` toe; voor u alleen',
    },
    snooze: { title: 'uitstellen S-1001 14 vakantie', value: 'niet nu: ik schrijf opnieuw na zoveel dagen, of op een dag zoals 10 januari' },
    dismiss: { title: 'laat gaan S-1001 reden', value: 'loslaten, met een reden; `herstel S-1001` draait dat terug, of een uitstel' },
    assign: { title: 'toewijzen S-1001 @Megan', value: 'wie het behandelt; `teruggeven S-1001` voor niemand' },
    note: { title: 'notitie S-1001 tekst', value: 'een regel in het gesprek en in het logboek ervan; `gezien S-1001` alleen dat u het hebt gezien' },
    mine: { title: 'mijn', value: 'wat op u wacht: goedkeuringen, vragen, en wat u behandelt' },
    approvals: { title: 'goedkeuringen', value: 'wat op uw goedkeuring wacht' },
    status: { title: 'status', value: 'of ik Partnercentrum kan bereiken' },
    cancelBack: { title: 'annuleer, terug', value: 'een omzetting die wacht, beëindigen of een stap terug doen' },
    readOnly: {
      title: 'alleen lezen aan',
      value: 'elke aankoop, licentiewijziging en opschorting meteen stoppen; `alleen lezen uit` laat ze verdergaan',
    },
    dryRun: {
      title: 'proefdraaien aan',
      value: 'uitproberen: ik volg, meld en vraag prijzen op, en koop en wijzig niets; `proefdraaien uit` beëindigt het',
    },
    consent: { title: 'toestemming', value: 'aanmelden voor mijn werk in Partnercentrum, of dat vernieuwen; in de chat met mij alleen' },
  },
  speak: (commands: readonly Safe[]) => `Wat u mij kunt vragen: ${commands.map((how) => SEVERAL_WORDS.exec(how)?.[0] ?? how.split(/[ ,]/)[0]).join(', ')}.`,
};

export const consentPage = {
  title: 'Successor',
  stored:
    'Klaar. Ik kan nu in Partnercentrum werken; de aanmelding vernieuwt zichzelf zolang ik ten minste één keer in 90 dagen word gebruikt. U kunt deze pagina sluiten.',
  stale: 'Deze koppeling is gebruikt, of is ouder dan tien minuten. Er is niets gewijzigd. Schrijf mij “toestemming” in Teams voor een nieuwe.',
  otherBrowser:
    'Deze pagina is in een andere browser geopend dan waarin het is begonnen. Er is niets gewijzigd. Schrijf mij “toestemming” in Teams en open de nieuwe koppeling in één browser.',
  otherTenant:
    'Dat account hoort bij een ander bedrijf dan de partner voor wie ik werk. Er is niets gewijzigd. Probeer het opnieuw met een account van de partner.',
  noMfa:
    'Die aanmelding vroeg niet om een tweede bewijs, en Partnercentrum heeft er een nodig. Er is niets gewijzigd. Schakel meervoudige verificatie in voor het account, en probeer het dan opnieuw.',
  noAccess:
    'Partnercentrum laat dat account niet voor de partner werken. Er is niets gewijzigd. Probeer het opnieuw met een account dat lid is van AdminAgents.',
  unproved:
    'Partnercentrum heeft niet gezegd of het die aanmelding aanneemt. Er is niets gewijzigd. Schrijf mij “toestemming” in Teams en probeer het over enkele minuten opnieuw.',
  refused:
    'Microsoft Entra heeft de toestemming niet gegeven, of u mag die niet geven. Er is niets gewijzigd. Een eigenaar kan mij in Teams “toestemming” schrijven en het opnieuw proberen.',
  whoMayUnknown: 'Ik kan in Microsoft Entra niet lezen wie dit mag doen. Er is niets gewijzigd; probeer het over een minuut opnieuw.',
  notHere: 'Hier is niets om toestemming voor te geven.',
};

/** The page that the app's website, privacy and terms lead to, where a company has none of its own: headings, each with its paragraphs. */
export const aboutPage = {
  title: 'Successor',
  sections: [
    {
      id: 'about',
      title: 'Wat dit is',
      paragraphs: [
        'Successor is een bot in Microsoft Teams voor de medewerkers van één Cloud Solution Provider-partner. De bot volgt de abonnementen van de klanten van de partner in Partnercentrum, zegt in Teams wanneer er een niet meer wordt verlengd, en begeleidt de aankoop van het volgende, het overzetten van de licenties en het opschorten van het oude. Elk daarvan wordt eerst door een persoon bevestigd.',
        'De bot wordt beheerd door het bedrijf van de tenant waarin hij is geïnstalleerd. Schrijf voor hulp “help” aan de bot in Teams; vraag voor al het andere wie de bot daar beheert.',
      ],
    },
    {
      id: 'privacy',
      title: 'Privacy',
      paragraphs: [
        'Alles wat wordt bewaard, ligt in het Azure-abonnement van het bedrijf dat de bot beheert. Er wordt niets naar de makers van Successor gestuurd.',
        'Van mensen die aan de bot schrijven of op de knoppen drukken, bewaart de bot de object-id in Microsoft Entra, de naam, de taal, de persoonlijke chat met de bot, en onder een willekeurige sleutel wat ze wanneer hebben besloten. Een naam wordt vergeten wanneer de persoon hier een tijd niet is geweest die het bedrijf instelt (in het begin 400 dagen). Wat mensen schrijven, wordt niet bewaard, behalve de redenen die ze geven zodat iedereen ze kan lezen.',
        'Van mensen van een klant die een licentie hebben die wordt overgezet, bewaart de bot de id en de naam zolang de omzetting duurt, en in het logboek van die omzetting welke licentie ze hadden.',
        'Vraag wie de bot beheert als u wilt weten wat er van u wordt bewaard, of als u vergeten wilt worden; voor beide is er een opdracht.',
      ],
    },
    {
      id: 'terms',
      title: 'Gebruiksvoorwaarden',
      paragraphs: [
        'Successor is vrije software onder de MIT-licentie, zonder garantie. De bot koopt alleen, en schort alleen op, wat een van de mensen van de partner heeft bevestigd; die orders worden geplaatst onder de eigen overeenkomst van de partner met Microsoft, die de factuur aan de partner stuurt.',
      ],
    },
  ],
} as const;
