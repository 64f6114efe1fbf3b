/** The last step, and what becomes of the old subscription. */

import type { Money } from '../../../services/domain/money.ts';
import { CLASSIC_DELETED_AFTER_DAYS } from '../../../services/domain/rules.ts';
import type { LastStepHere } from '../../../services/tickets/endOfTerm.ts';
import type { Safe } from '../../escape.ts';
import type { OldOne } from '../en/suspension.ts';
import { NB } from '../format.ts';
import { aMonth, capital, number, people, theDay, theMoment } from './format.ts';

/** What becomes of it when it is left; `where`: in which place its cancellation is set. */
export const leftSo = (d: { day: string; how: OldOne }, where = ' i Partnercenter') =>
  ({
    renews: `den gamla prenumerationen fortsätter och förnyas ${theDay(d.day)}.`,
    ends: `den gamla prenumerationen upphör av sig själv ${theDay(d.day)}.`,
    extends: `den gamla prenumerationen fortsätter månad för månad som betald Extended Service Term efter ${theDay(d.day)}, tills någon lägger in en uppsägning${where}.`,
    inEst: `den gamla prenumerationen fortsätter månad för månad i sin betalda Extended Service Term, tills någon lägger in en uppsägning${where}.`,
    termEnds: `den gamla prenumerationens period slutar ${theDay(d.day)}; Microsoft kan låta den fortsätta månad för månad, och fakturera den, om ingen lägger in en uppsägning${where}.`,
    unsaid: 'den gamla prenumerationen lämnades som den var.',
  })[d.how];

export const suspension = {
  state: 'Redo för det sista steget',
  suspend: (plan: Safe) => `Inaktivera ${plan}`,
  end: (plan: Safe) => `Låt ${plan} upphöra`,
  decide: (plan: Safe) => `Besluta om ${plan}`,
  everybody: (n: number) =>
    `${n === 1 ? 'Den enda personen' : n === 2 ? 'Båda personerna' : `Alla ${people(n)}`} har den nya licensen. Ingen förlorar åtkomsten.`,
  sameSku: (n: number) =>
    `Gammal och ny använder samma licens, så ingen behövde flyttas. De nya licenserna räcker till ${n === 1 ? 'den person' : `de ${people(n)}`} som använder den.`,
  nobody: 'Ingen hade den gamla licensen, så ingen förlorar åtkomsten.',
  notKnown: 'Jag vet inte vilka som hade den gamla licensen. Jag tittar efter innan jag inaktiverar något.',
  some: (d: { moved: number; stay: number }) =>
    `${people(d.moved)} har den nya licensen. ${people(d.stay)} behåller den gamla: en annan prenumeration har platser för ${d.stay === 1 ? 'den personen' : 'dem'}. Ingen förlorar åtkomsten.`,
  waived: (d: { who: Safe; reason: Safe; left: number }) =>
    `**${people(d.left)} förlorar åtkomsten**, eftersom ${d.left === 1 ? 'den personen' : 'de'} inte har någon ny licens. Så beslutade ${d.who}: ”${d.reason}”`,
  when: 'När du inaktiverar den',
  whenAnyway: 'Om du inaktiverar den ändå',
  billingStops: (now: Money | null) => `**Faktureringen upphör i dag.**${now ? ` Det sparar ${aMonth(now)}.` : ''}`,
  deleted: (d: { from: string; end: string }) =>
    d.from === d.end
      ? `Microsoft raderar den och dess data när dess period slutar, **${theDay(d.end)}**.`
      : `Microsoft raderar den och dess data ungefär ${number(CLASSIC_DELETED_AFTER_DAYS.least)} till ${number(CLASSIC_DELETED_AFTER_DAYS.most)}${NB}dagar från nu, tidigast omkring **${theDay(d.from)}**${d.end ? `, eller när dess period slutar, ${theDay(d.end)}, beroende på vad som kommer först` : ''}.`,
  backOn: 'Tills den raderas kan den aktiveras igen i Partnercenter.',
  savesNothing: 'Att inaktivera nu sparar ingenting',
  paidUntil: (d: { day: string; now: Money | null }) =>
    `Den betalas till ${theDay(d.day)}${d.now ? `, ${aMonth(d.now)}` : ''}. Microsoft fakturerar den fram till dess, inaktiverad eller inte.`,
  stopsAtOnce: 'Dess tjänster upphör genast, och det gör även dess tillägg.',
  noWayBack: (day: string) => `Den kan inte fås tillbaka efter ${theDay(day)}. Hämta ut data dessförinnan.`,
  changesLost: 'Automatisk förnyelse stängs av och planerade ändringar går förlorade.',
  /** It may go on and cost money: the end has to be set, and this step does not set it. */
  setCancellation: (d: { how: OldOne; day: string }) =>
    `${capital(leftSo(d))} Jag lägger inte in uppsägningen: lägg in den i Partnercenter, som ”säg upp till periodens slut”. Jag tittar efter om den finns där.`,
  setHere: (d: { how: OldOne; day: string }) =>
    `${capital(leftSo(d, ''))} Med ”Säg upp till periodslut” lägger jag in uppsägningen, och tittar efter om den står kvar.`,
  setItFirst: 'Om en inaktiverad kan fortsätta som Extended Service Term är inte känt, så lägg in uppsägningen först.',
  keepsRenewing: (d: { day: string; at: Money | null }) =>
    `Den förnyas fortfarande av sig själv: ${theDay(d.day)} fortsätter den ytterligare en period${d.at ? `, till ${aMonth(d.at)} vid sidan av den nya` : ''}, om du inte inaktiverar den eller stänger av automatisk förnyelse.`,
  suspending: 'Inaktiverar …',
  suspendingLead: 'Jag inaktiverar den gamla prenumerationen och kontrollerar efteråt att inget annat har ändrats.',
  speak: (d: { customer: Safe; last: LastStepHere }) =>
    `${d.customer}: ett steg återstår. ${
      {
        letEnd: 'Låta den gamla prenumerationen upphöra av sig själv, eller inaktivera den?',
        cancel: 'Den gamla prenumerationen upphör inte av sig själv: lägg in dess uppsägning i Partnercenter.',
        setEnd: 'Den gamla prenumerationen fortsätter om inte dess slut läggs in: säga upp den till periodens slut?',
        suspend: 'Inaktivera den gamla prenumerationen?',
        customerActs: 'Kunden avslutar de gamla licenserna där de köptes.',
      }[d.last]
    }`,
  asked: (at: string) =>
    `Jag bad Microsoft ${theMoment(at)} att inaktivera den gamla prenumerationen, och tittar efter om det är gjort. Jag skickar det inte igen under tiden.`,
  vouched: (d: { who: Safe; reason: Safe }) => `${d.who} kontrollerade det som jag inte kunde läsa: ”${d.reason}”`,
  speakNow: (customer: Safe) => `${customer}: inaktiverar den gamla prenumerationen.`,
};
