/** What a chat watches, what can be written, and the page for the consent. */
import type { Safe } from '../../escape.ts';
import { count, number, stamp, theDay } from './format.ts';

export const greeting = {
  who: 'Jag säger till när en prenumeration slutar förnyas',
  effect:
    'Ett meddelande för var och en, i den här chatten, med datum, de planer som kan ta över och nästa steg. Jag köper, flyttar och inaktiverar inget förrän någon av er bekräftar det.',
  notRenewing: (n: number, next: string | null, whole: boolean) =>
    n === 0 ? (whole ? 'Ingen som jag känner till' : 'Ingen av dem som jag kunde läsa') : `${number(n)}${next ? `, nästa ${theDay(next)}` : ''}`,
  looking: 'Jag går igenom era kunder nu.',
  /** What can be written; `who` put the bot here. */
  commands: 'Sedan kan du skriva **upphör**, ”visa contoso” eller ”flytta contoso” till mig; i en kanal omnämner du mig först. **hjälp** listar alltihop.',
  addedBy: (d: { who: Safe }) => `Tillagd av ${d.who}.`,
  formerly: (what: readonly Safe[]) =>
    `När jag var här tidigare bevakade den här chatten ${what.length > 0 ? what.join(', ') : 'alla kunder'}. Nu bevakar den ingenting.`,
  speak: 'Successor kan bevaka era kunders prenumerationer och säga till när en slutar förnyas. Välj Bevaka här för att börja.',
  example: 'Contoso',
};

export const watching = {
  state: 'Bevakar',
  notState: 'Bevakar inte',
  who: (d: { customers: number; names: readonly Safe[] }) =>
    d.names.length > 0 ? d.names.join(', ') : d.customers < 2 ? 'Alla kunder' : `Alla ${count(d.customers, 'kund', 'kunder')}`,
  effect: (open: number | null, whole: boolean) => `Ett meddelande kommer hit när en prenumeration slutar förnyas, eller förnyas igen.${soFar(open, whole)}`,
  none: 'Den här chatten bevakar ingenting',
  noneEffect: 'Inget kommer hit av sig självt. Välj Bevaka här för att få veta när en prenumeration slutar förnyas.',
  startedBy: (d: { who: Safe; at: string }) => `Startades av ${d.who}, ${stamp(d.at)}.`,
};

/** How many do not renew; `null` while it is looked for. */
function soFar(open: number | null, whole: boolean): string {
  if (open === null) return ' Jag går fortfarande igenom era kunder; en lista följer.';
  if (open === 0)
    return ` Inget av det som jag har läst slutar förnyas just nu.${whole ? '' : ' Det gick inte att läsa allt; skriv **status** för att se vad som saknas.'}`;
  return ` ${number(open)} är inte ${open === 1 ? 'inställd' : 'inställda'} på förnyelse nu.`;
}

/** Commands of more than one word. */
const LONGER = ['sluta bevaka', 'skjut upp', 'bjud in', 'lämna tillbaka'];

export const help = {
  who: 'Vad jag kan göra',
  effect: 'Skriv något av detta till mig. I en kanal omnämner du mig först.',
  nobody: 'Du har ingen roll hos mig än. Be en ägare lägga till dig i en av grupperna i Microsoft Entra.',
  /** How it is written, and what it is for; which commands there are stands in `dialogs/commands.ts`. */
  lines: {
    expiring: {
      title: 'upphör',
      value:
        'det som slutar inom 90 dagar och inte är inställt på förnyelse; `upphör 30` eller `upphör 30 contoso` avgränsar; `upphör est`, `upphör slutar` och `upphör förnyas` säger vad det kostar; `upphör stannat`, `upphör mina` och `upphör efter belopp` avgränsar och sorterar',
    },
    show: { title: 'visa contoso', value: 'allt som en kund har och vad som händer vid varje periods slut, eller ett ärendes kort' },
    watch: { title: 'bevaka', value: 'säg till i den här chatten när en prenumeration slutar förnyas; `bevaka contoso` bara en kund eller ett program' },
    unwatch: { title: 'sluta bevaka', value: 'säg inte längre till i den här chatten' },
    watching: { title: 'bevakat', value: 'vad den här chatten bevakar' },
    remind: {
      title: 'påminn 30 7',
      value:
        'påminn den här chatten 60, 30, 14, 7 eller 1 dagar innan en period slutar, enligt vad du skriver; `påminn av` för aldrig; från början 30, 7 och 1',
    },
    settings: {
      title: 'inställningar',
      value:
        'när meddelanden kommer till den här chatten, och vilka; `inställningar tidszon stockholm`, `inställningar tyst 18-8`, `inställningar lista vardagar 9`, `inställningar rapport måndag 9`, `inställningar inom 30`, `inställningar minst 100`, `inställningar utom contoso`, alla även med `av`',
    },
    move: {
      title: 'flytta contoso',
      value: 'köp ersättningen, flytta licenserna, inaktivera den gamla; `flytta dynamics crm online` börjar med flera av ett programs kunder på en gång',
    },
    history: { title: 'historik S-1001', value: 'vem som gjorde vad, och när; i personlig chatt med mig även vem som hade vilken licens' },
    invite: {
      title: 'bjud in adatum',
      value: 'länken som gör ett företag till er kund; jag säger till när det har skett, `dra tillbaka inbjudan adatum` avslutar väntan',
    },
    report: { title: 'rapport', value: 'hur många som står på spel och för hur mycket, per månad, program, person och läge; vem som beslutade vad' },
    export: {
      title: 'exportera',
      value: 'alla ärenden som en fil för kalkylblad; `exportera beslut`, `exportera logg`; lägg till `json` för andra system; bara till dig',
    },
    snooze: { title: 'skjut upp S-1001 14 semester', value: 'inte nu: jag skriver igen efter så många dagar, eller ett visst datum som 10 januari' },
    dismiss: { title: 'släpp S-1001 varför', value: 'låt det vara, med ett skäl; `ångra S-1001` tar tillbaka det, eller ett uppskov' },
    assign: { title: 'tilldela S-1001 @Megan', value: 'vem som ansvarar för det; `lämna tillbaka S-1001` för att ingen ska göra det' },
    note: { title: 'anteckning S-1001 text', value: 'en rad i dess tråd och dess logg; `sett S-1001` bara att du har sett det' },
    mine: { title: 'mina', value: 'vad som väntar på dig: godkännanden, frågor och det som du ansvarar för' },
    approvals: { title: 'godkännanden', value: 'vad som väntar på ditt ja' },
    status: { title: 'status', value: 'om jag kan nå Partnercenter' },
    cancelBack: { title: 'avbryt, tillbaka', value: 'avsluta eller backa ett steg i en flytt som väntar' },
    readOnly: { title: 'skrivskydd på', value: 'stoppa genast alla köp, licensändringar och inaktiveringar; `skrivskydd av` låter dem fortsätta' },
    dryRun: {
      title: 'provkörning på',
      value: 'prova: jag bevakar, säger till och hämtar priser, och köper och ändrar ingenting; `provkörning av` avslutar den',
    },
    consent: { title: 'medgivande', value: 'logga in för mitt arbete i Partnercenter, eller förnya inloggningen; i personlig chatt med mig' },
  },
  speak: (commands: readonly Safe[]) => `Vad du kan be mig om: ${commands.map(wordOf).join(', ')}.`,
};

/** The command alone, without what follows it. */
function wordOf(how: Safe): string {
  return LONGER.find((one) => how.startsWith(one)) ?? (how.split(/[ ,]/)[0] as string);
}

export const consentPage = {
  title: 'Successor',
  stored:
    'Klart. Jag kan arbeta i Partnercenter nu; inloggningen förnyar sig själv så länge jag används minst en gång på 90 dagar. Du kan stänga den här sidan.',
  stale: 'Den här länken har använts, eller är äldre än tio minuter. Inget har ändrats. Skriv ”medgivande” till mig i Teams för att få en ny.',
  otherBrowser:
    'Den här sidan öppnades i en annan webbläsare än den som började. Inget har ändrats. Skriv ”medgivande” till mig i Teams och öppna den nya länken i en och samma webbläsare.',
  otherTenant: 'Det kontot hör till ett annat företag än den partner som jag arbetar för. Inget har ändrats. Försök igen med ett konto hos partnern.',
  noMfa:
    'Vid den inloggningen krävdes inget andra bevis på identiteten, och Partnercenter kräver ett. Inget har ändrats. Slå på multifaktorautentisering för kontot och försök sedan igen.',
  noAccess: 'Partnercenter låter inte det kontot arbeta för partnern. Inget har ändrats. Försök igen med ett som är medlem i AdminAgents.',
  unproved: 'Partnercenter sade inte om den inloggningen godtas. Inget har ändrats. Skriv ”medgivande” till mig i Teams och försök igen om några minuter.',
  refused:
    'Microsoft Entra gav inte medgivandet, eller så får du inte ge det. Inget har ändrats. En ägare kan skriva ”medgivande” till mig i Teams och försöka igen.',
  whoMayUnknown: 'Jag kan inte läsa i Microsoft Entra vem som får göra detta. Inget har ändrats; försök igen om en minut.',
  notHere: 'Det finns inget att ge medgivande till här.',
};

/** The page that the app's website, privacy and terms lead to, where a company has none of its own: headings, each with its paragraphs. */
export const aboutPage = {
  title: 'Successor',
  sections: [
    {
      id: 'about',
      title: 'Vad detta är',
      paragraphs: [
        'Successor är en bot i Microsoft Teams för personalen hos en Cloud Solution Provider-partner. Den bevakar partnerns kunders prenumerationer i Partnercenter, säger till i Teams när en slutar förnyas och leder genom köpet av nästa, flytten av licenserna och inaktiveringen av den gamla. Varje sådant steg bekräftas först av en människa.',
        'Den drivs av det företag vars klientorganisation den är installerad i. För hjälp, skriv ”hjälp” till den i Teams; för allt annat, fråga den som driver den där.',
      ],
    },
    {
      id: 'privacy',
      title: 'Integritet',
      paragraphs: [
        'Allt som sparas ligger i Azure-prenumerationen hos det företag som driver boten. Inget skickas till dem som gör Successor.',
        'För den som skriver till den eller trycker på dess knappar sparas objekt-id i Microsoft Entra, namnet, språket, den personliga chatten med boten och, under en slumpmässig nyckel, vad personen beslutade och när. Ett namn glöms när personen inte har varit här under en tid som företaget bestämmer (400 dagar från början). Det som folk skriver sparas inte, utom de skäl som de anger så att alla kan läsa dem.',
        'För personer hos en kund vars licens flyttas sparas id och namn så länge flytten pågår, och vilken licens de hade sparas tillsammans med loggen över den flytten.',
        'För att få veta vad som sparas om dig, eller för att bli bortglömd, fråga den som driver boten; det finns ett kommando för vardera.',
      ],
    },
    {
      id: 'terms',
      title: 'Användarvillkor',
      paragraphs: [
        'Successor är fri programvara under MIT-licensen, utan garanti. Den köper och inaktiverar bara det som någon hos partnern har bekräftat; de ordrarna läggs under partnerns eget avtal med Microsoft, som skickar fakturan till partnern.',
      ],
    },
  ],
} as const;
