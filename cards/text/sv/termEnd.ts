/** Setting how a term ends: what it would mean, that it is being set, and whether it holds. */
import type { Money } from '../../../services/domain/money.ts';
import { DATA_KEPT_DAYS } from '../../../services/domain/rules.ts';
import type { SetEnd } from '../../../services/domain/ticket.ts';
import type { Safe } from '../../escape.ts';
import type { Becomes } from '../en/ends.ts';
import { becoming } from './ends.ts';
import { aMonth, count, dayMonth, days, money, people, stamp, termLength, theDay, theMoment } from './format.ts';

/** Who is on it on its last day. */
export function whoLosesThen(loses: number | null, day: string): string {
  if (loses === null) return `**Hur många som förlorar åtkomsten efter ${theDay(day)} är inte känt.** Se efter i Partnercenter vilka som använder den.`;
  if (loses === 0) return `**Ingen förlorar åtkomsten efter ${theDay(day)}**: så som jag läser platserna behöver ingen dessa.`;
  return `**${people(loses)} använder den och förlorar åtkomsten efter ${theDay(day)}.**`;
}

export const termEnd = {
  weighing: 'Tar reda på vad det skulle innebära …',
  weighingLead: 'Jag tar reda på vilka som använder den, vad den kostar och vad som är planerat. Inget läggs in genom detta.',
  weighed: 'Väntar på godkännande',
  what: (d: { to: SetEnd; plan: Safe }) => (d.to === 'renew' ? `Förnya ${d.plan}` : `Säg upp ${d.plan} till periodens slut`),
  speak: (d: { customer: Safe; to: SetEnd; plan: Safe; day: string }) =>
    `${d.customer}: ${d.to === 'renew' ? `förnya ${d.plan} från ${theDay(d.day)}` : `säga upp ${d.plan} till periodens slut, ${theDay(d.day)}`}?`,
  cancelLead: (d: { loses: number | null; day: string }) => whoLosesThen(d.loses, d.day),
  renewLead: (d: { term: Safe; day: string; newCommerce: boolean }) => {
    const term = d.term ? ` på ${termLength(d.term)}` : '';
    return `**Detta ${d.newCommerce ? `binder kunden till en hel ny period${term}` : `låter den fortsätta ytterligare en period${term}`}**, från slutet av den här, ${theDay(d.day)}.`;
  },
  priceTitle: (on: string | null) => (on ? `Enligt prislistan per ${theDay(on)}` : 'Till dagens pris'),
  notKnown: 'Priset är okänt',
  price: (d: { monthly: Money; total: Money; term: Safe }) =>
    `${aMonth(d.monthly)}, ${money(d.total)} över ${termLength(d.term)}. Microsoft fakturerar den dagens pris.`,
  noPrice: 'Jag kunde inte läsa vad den kostar. Där en gräns kräver en andra person räknas detta som över den.',
  when: 'När du godkänner',
  cancelBullets: (d: { soon: boolean }) => [
    'Automatisk förnyelse stängs av och ”säg upp till periodens slut” läggs in, i en enda ändring av prenumerationen.',
    `Efter dess sista dag förlorar användarna genast åtkomsten; dess data sparas i ${days(DATA_KEPT_DAYS)}, och prenumerationen kan inte fås tillbaka. Fram till den dagen kan den förnyas igen.`,
    d.soon
      ? '**Uppsägningen kanske inte står kvar:** dess sista dag är mindre än 25 timmar bort, och Microsoft kan fortfarande planera något annat. Jag kontrollerar varje timme.'
      : 'Jag kontrollerar genast, efter 25 timmar och till och med dagen efter den sista om uppsägningen står kvar; ärendet förblir öppet till dess.',
  ],
  renewBullets: (d: { newCommerce: boolean; planned: boolean }) => [
    `Automatisk förnyelse slås på${d.newCommerce && d.planned ? ' och en ny period planeras' : ''}, i en enda ändring av prenumerationen.`,
    ...(d.newCommerce ? ['När den nya perioden har börjat kan den lämnas tillbaka inom 7 dagar, inte senare.'] : []),
  ],
  lostPlan: (as: Becomes) => `**En planerad ändring går förlorad genom detta**: till ${becoming(as)}.`,
  lostWord: (word: Safe) => `**Det som Microsoft kallar ”${word}” är planerat, och går förlorat genom detta.**`,
  setting: 'Lägger in vad som sker vid periodens slut …',
  settingLead: {
    cancel: 'Jag lägger in uppsägningen och läser efteråt om den finns där.',
    renew: 'Jag slår på förnyelsen igen och läser efteråt om det blev så.',
  },
  asked: (at: string) => `Jag bad Microsoft ${theMoment(at)} att lägga in det, och tittar efter om det är gjort. Jag kör inte över någon annans ändring.`,
  foot: (d: { who: Safe; at: string; until: string }) => `Begärdes av ${d.who}, ${stamp(d.at)}. Det väntar till ${theMoment(d.until)}.`,
  set: (day: string) => (day ? `Uppsagd till ${dayMonth(day)}` : 'Uppsagd till periodens slut'),
  lost: 'Uppsägningen finns inte kvar',
  unsure: 'Inte längre säkert att den är uppsagd',
  lostLead: 'Någon, eller Microsoft, har ändrat den sedan den lades in.',
  mayNotHold:
    '**Uppsägningen kanske inte står kvar:** den lades in mindre än 25 timmar före den sista dagen, och Microsoft kan fortfarande planera något annat. Jag kontrollerar varje timme.',
  lookedAt: (d: { at: string; lookedAt: string }) =>
    `Inlagd ${stamp(d.at)}, fanns där vid kontroll ${stamp(d.lookedAt)}. Jag fortsätter att kontrollera tills den är slut, och det här ärendet förblir öppet till dess.`,
  foundAt: (d: { lookedAt: string }) =>
    `Fanns där vid kontroll ${stamp(d.lookedAt)}. Jag fortsätter att kontrollera tills den är slut, och det här ärendet förblir öppet till dess.`,
  here: (d: { held: boolean }) => (d.held ? 'Dess uppsägning lades in här, och den stod kvar.' : 'Dess uppsägning lades in här.'),
  setElsewhere: 'Det lades in innan jag bad Microsoft om det, så jag ändrade ingenting.',
  renewedHere: 'Förnyelsen lades in här.',
  setThere: 'För att den ska upphöra, lägg in uppsägningen i Partnercenter; jag tittar efter om det har skett.',
  /** As the last step of a move. `left`: who were left behind by name. */
  afterMove: (d: { left: number }) =>
    `En uppsägning är inlagd: efter den dagen är den slut. ${d.left === 0 ? 'Alla som använde den har flyttats, eller behåller en plats i en annan prenumeration.' : `**${count(d.left, 'namngiven person', 'namngivna personer')} lämnades kvar och förlorar åtkomsten då**; alla andra har flyttats.`} Dess data sparas i ${days(DATA_KEPT_DAYS)}, och prenumerationen kan inte fås tillbaka.`,
};
