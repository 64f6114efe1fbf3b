/** Lines below a card, for everybody in the chat. */

import type { Money } from '../../../services/domain/money.ts';
import type { MoveState, RefusalReason, SetEnd, Standing } from '../../../services/domain/ticket.ts';
import type { LastStepHere } from '../../../services/tickets/endOfTerm.ts';
import type { Safe } from '../../escape.ts';
import { stopAfter } from '../format.ts';
import type { StoodStill } from '../en/notice.ts';
import type { OldOne } from '../en/suspension.ts';
import { aMonth, capital, days, licences, money, number, people, theDay, theMoment } from './format.ts';
import { stillCosts } from './notice.ts';
import { refusals } from './purchase.ts';
import { leftSo } from './suspension.ts';
import { whoLosesThen } from './termEnd.ts';

/** How far a move came. `people`: null while nobody was counted. `last`: what its last step asks. `active`: the old subscription still is. */
interface Progress {
  state: MoveState;
  people: { movable: number; moved: number; total: number; without: number } | null;
  last: LastStepHere;
  active: boolean;
}

const last: Record<LastStepHere, string> = {
  setEnd: 'Lägg in dess uppsägning till periodens slut, eller låt den vara med ett skäl.',
  letEnd: 'Låt den upphöra av sig själv, eller inaktivera den.',
  cancel: 'Lägg in dess uppsägning i Partnercenter, eller låt den vara med ett skäl.',
  suspend: 'Inaktivera den, eller låt den vara med ett skäl.',
  customerActs: 'Fråga kunden om den är avslutad, eller vänta inte längre, med ett skäl.',
};

/** What a move waits for where nobody answers, and how it is ended. */
function waits(d: Progress): string | null {
  switch (d.state) {
    case 'drafting':
      return 'en flytt påbörjades och inget pris begärdes. Välj en plan, eller välj ”Avbryt flytten”; inget har köpts.';
    case 'purchased':
      return `de nya licenserna är köpta och ${movedSoFar(d.people)}${d.active ? '; till dess betalas båda prenumerationerna' : ''}.`;
    case 'reassigned':
      return d.active
        ? `det sista steget väntar: den gamla prenumerationen fortsätter och betalas fortfarande. ${last[d.last]}`
        : 'det sista steget väntar: kortet säger på vad.';
    case 'weighed':
      return 'det som ska ske vid periodens slut väntar på ett godkännande.';
    case 'stuck':
      return 'den här flytten har stannat och någon måste ingripa. Välj ”Titta igen”, eller titta i Partnercenter.';
    default:
      return null;
  }
}

function movedSoFar(counted: Progress['people']): string {
  if (!counted) return 'vilka som har de gamla är inte räknat än';
  const { moved, total, without } = counted;
  if (without > 0) return `${people(without)} har ingen av licenserna nu. Nästa försök ger den nya`;
  if (moved > 0) return `${number(moved)} av ${people(total)} har flyttats. Välj vad som ska hända med de andra`;
  return 'ingen har flyttats. Välj vilka som flyttas';
}

/** What is to be done now, and where; null where nothing is. */
function next(d: Progress): string | null {
  switch (d.state) {
    case 'cancelled':
      return 'Välj en plan på kortet, eller släpp det.';
    case 'purchased':
      if ((d.people?.movable ?? 0) > 0) return 'Välj på kortet vilka som flyttas.';
      return (d.people?.moved ?? 0) > 0
        ? 'Välj på kortet vad som ska hända med dem som inte har flyttats.'
        : 'Kortet säger vad de behöver; välj sedan ”Kontrollera igen”.';
    case 'reassigned':
      return d.active ? last[d.last] : null;
    case 'stuck':
      return 'Välj ”Titta igen” på kortet, eller titta i Partnercenter.';
    default:
      return null;
  }
}

/** What is at stake at the end: people where it ends, money where it goes on; null where neither is known. */
function stake(d: { ends: boolean; extends: boolean; day: string; inUse: number | null; now: Money | null; after: Money | null }): string | null {
  const costs = d.now ? `den kostar ${aMonth(d.now)} nu` : null;
  const goesOn = `Efter ${theDay(d.day)} fortsätter den som betald Extended Service Term`;
  if (d.extends && d.after) return `${goesOn}: ${aMonth(d.after)}${d.now ? `, nu ${money(d.now)}` : ''}.`;
  if (d.extends) return `${goesOn}${costs ? `. ${capital(costs)}; vad den kostar då är inte känt` : '; till vilket pris är inte känt'}.`;
  const lost = d.ends && d.inUse ? `${people(d.inUse)} förlorar åtkomsten då` : null;
  const said = [lost, costs].filter(Boolean).join('; ');
  return said ? `${capital(said)}.` : null;
}

export const thread = {
  toAnswer: (ticketId: string) => `Skriv **visa ${ticketId}** för att svara.`,
  /** A price is null where none is said here. */
  asked: (d: { who: Safe; quantity: number; plan: Safe; monthly: Money | null; yours: boolean }) =>
    `${d.who} begär att få köpa ${licences(d.quantity)} för ${d.plan}${d.monthly ? `, ${aMonth(d.monthly)}` : ''}. Det väntar på ${d.yours ? 'ditt ja' : 'ett godkännande'}.`,
  repriced: (d: { before: Money; after: Money } | null) =>
    `Priset ändrades${d ? ` från ${aMonth(d.before)} till ${aMonth(d.after)}` : ''}. Inget köptes; det väntar på ett nytt godkännande.`,
  approvalDue: (d: { until: string; yours: boolean }) =>
    `Det väntar fortfarande på ${d.yours ? 'ditt ja' : 'ett godkännande'}, till ${theMoment(d.until)}. Då går offerten ut och inget köps.`,
  approved: (d: { who: Safe }) => `${d.who} godkände det. Jag köper nu.`,
  declined: (d: { who: Safe; reason: Safe }) => `${d.who} avslog det: ”${d.reason}”${stopAfter(d.reason)} Den gamla prenumerationen är oförändrad.`,
  cancelled: (d: { who: Safe }) => `${d.who} avbröt flytten. Inget köptes.`,
  cancelledOpen: (d: { who: Safe }) => `${d.who} avbröt flytten innan dess köp gjordes.`,
  cancelledEnd: (d: { who: Safe }) => `${d.who} återkallade det: jag ändrar inte vad som sker vid periodens slut.`,
  lapsedEnd: () => 'Ingen godkände det inom ett dygn, så jag ändrar inte vad som sker vid periodens slut.',
  lapsedOpen: () => 'Ingen svarade inom ett dygn, så det här köpet görs inte.',
  lapsed: () => 'Ingen godkände den inom ett dygn, så offerten har gått ut. Inget köptes.',
  refused: (reason: RefusalReason) => refusals[reason],
  counted: (d: { movable: number; total: number; blocked: number }) =>
    d.blocked === 0
      ? `Köpt. ${number(d.movable)} av ${people(d.total)} kan flyttas.`
      : `Köpt. ${number(d.movable)} av ${people(d.total)} kan flyttas; ${number(d.blocked)} behöver något först.`,
  nothingToMove: () => 'Köpt. Ingen behöver flyttas. Ett steg återstår.',
  moved: (d: { moved: number; total: number }) =>
    d.moved >= d.total
      ? 'Alla har flyttats. Ett steg återstår.'
      : `${number(d.moved)} av ${people(d.total)} har flyttats, och ingen annan behöver det. Ett steg återstår.`,
  someFailed: (d: { moved: number; total: number; left: number }) =>
    `${number(d.moved)} av ${people(d.total)} har flyttats; ${number(d.left)} behöver ses över.`,
  waived: (d: { who: Safe; reason: Safe }) =>
    `${d.who} lämnar kvar en eller flera namngivna personer: ”${d.reason}”${stopAfter(d.reason)} De förlorar åtkomsten när den gamla inaktiveras.`,
  vouched: (d: { who: Safe; reason: Safe }) =>
    `${d.who} kontrollerade det som jag inte kunde läsa, och säger att ingen förlorar åtkomsten: ”${d.reason}”${stopAfter(d.reason)} Jag inaktiverar den gamla prenumerationen nu.`,
  endAsked: (d: { who: Safe; to: SetEnd; plan: Safe; day: string; yours: boolean }) =>
    `${d.who} begär att få ${d.to === 'renew' ? `förnya ${d.plan} från ${theDay(d.day)}` : `säga upp ${d.plan} till periodens slut, ${theDay(d.day)}`}. Det väntar på ${d.yours ? 'ditt ja' : 'ett godkännande'}.`,
  endSetting: (d: { who: Safe; to: SetEnd }) =>
    d.to === 'renew' ? `${d.who} sade ja. Jag slår på förnyelsen igen.` : `${d.who} sade ja. Jag lägger in uppsägningen.`,
  endSet: (d: { day: string }) => `Uppsägningen till ${theDay(d.day)} är kontrollerad: den är inlagd. Jag fortsätter att kontrollera tills den är slut.`,
  endWarned: (d: { loses: number | null; day: string }) => whoLosesThen(d.loses, d.day).replaceAll('**', ''),
  finishedGone: () => 'Klart: licenserna som inte köptes genom oss är borta från kundens klientorganisation.',
  finishedEnded: () => 'Klart: den gamla prenumerationen har upphört.',
  finishedRenewed: (d: { day: string }) => `Den är inställd på att förnyas ${theDay(d.day)}.`,
  finishedSuspended: () => 'Klart: den gamla prenumerationen är inaktiverad.',
  finishedLetExpire: (d: { day: string; how: OldOne }) => `Klart: ${leftSo(d)}`,
  finishedGivenUp: (d: { who: Safe }) => `${d.who} avslutade flytten här. Det som redan är gjort ändras inte.`,
  renewed: () => 'Den förnyas igen. Inget behöver göras.',
  settled: (how: string) => `${how} Inget behöver göras.`,
  ended: (d: ({ standing: Standing } & StoodStill) | null) =>
    d?.standing === 'suspended'
      ? `Den inaktiverades på annat håll. ${stillCosts(d)}`
      : d === null
        ? 'Den har upphört eller inaktiverades på annat håll. Inget mer händer här.'
        : 'Den har upphört. Inget mer händer här.',
  left: () => 'Partnercenter säger att kunden inte längre är vår, så jag ser inte dess prenumerationer längre. Inget mer händer här.',
  changed: {
    suspended: 'Den gamla prenumerationen inaktiverades, och inte av mig.',
    ended: 'Den gamla prenumerationen har upphört.',
    gone: 'Partnercenter känner inte längre till den gamla prenumerationen.',
    left: 'Partnercenter säger att kunden inte längre är vår.',
    renews: 'Den gamla prenumerationen förnyas igen.',
    stops: 'Den gamla prenumerationen förnyas inte längre utan vidare; kortet säger vad som händer.',
    again: 'Den förnyas inte längre utan vidare, ännu en gång. Detta är samma ärende, öppnat igen; kortet säger vad som händer.',
    end: 'Vad som händer vid slutet av den gamla prenumerationen, eller när det sker, har ändrats.',
    unread: 'På ett dygn har Partnercenter inte sagt om den gamla prenumerationen förnyas.',
    name: 'Kunden har ett nytt namn.',
    disagree: 'Automatisk förnyelse för den gamla prenumerationen och det som är planerat för den stämmer inte överens nu; kortet säger hur.',
    estPlanned: 'Microsoft har nu planerat en betald Extended Service Term för den. En uppsägning som läggs in före den dagen gör att den upphör.',
    estBegun: 'Perioden är slut, och den fortsätter månad för månad som betald Extended Service Term.',
    planSet: 'En ändring planerades för dess nästa period; kortet säger vilken.',
    planChanged: 'Det som är planerat för dess nästa period är nu en annan ändring; kortet säger vilken.',
    planLost: 'Ändringen som var planerad för dess nästa period är borta; den förnyas som den är.',
    goesOn: 'Flytten är klar, men ändå fortsätter den gamla prenumerationen och betalas vid sidan av den nya. Kortet säger hur.',
    stillBilled: 'Någon inaktiverade den gamla prenumerationen, och den faktureras ändå till periodens slut.',
  } as Record<string, string>,
  seatsChanged: (d: { from: number; to: number }) =>
    d.from < 0 || d.to < 0 ? 'Antalet gamla licenser har ändrats.' : `Antalet gamla licenser har ändrats från ${number(d.from)} till ${number(d.to)}.`,
  waits: (d: Progress & { count: number }) =>
    `${d.count > 1 ? `Påminnelse ${number(d.count)}: ` : 'Påminnelse: '}${waits(d) ?? 'den här flytten väntar på någon.'}`,
  reminderMoving: (d: Progress & { days: number }) => `${days(d.days)} kvar: ${waits(d) ?? 'flytten fortsätter.'}`,
  passed: (d: { renews: boolean }) =>
    d.renews ? 'Den sista dagen har passerat.' : 'Den sista dagen har passerat, och Partnercenter listar den fortfarande som aktiv. Ingen har beslutat än.',
  reminder: (d: { days: number; stake: string | null; who: Safe | null }) =>
    [`${days(d.days)} kvar.`, d.who ? `${d.who} ansvarar för det; ingen har beslutat än.` : 'Ingen har beslutat än.', d.stake].filter(Boolean).join(' '),
  stake,
  next,
  stuckUnclear: () => 'Jag behöver hjälp här: det är oklart om det senaste steget gick igenom.',
  stuckRefused: () => 'Jag behöver hjälp här: Microsoft nekade ett steg.',
  stuckStopped: () => 'Jag behöver hjälp här: flytten har stannat, och kortet säger varför.',
  orderAsked: (d: { order: Safe }) => `Är order ${d.order} det här köpet? Inget köps förrän en godkännare säger det på kortet.`,
  orderFound: (d: { order: Safe }) => `Den köptes: order ${d.order}. Jag fortsätter därifrån.`,
  stillWaits: () => 'Det här väntar fortfarande. Kortet säger på vad; det kan avbrytas där.',
  snoozed: (d: { who: Safe; day: string }) => `${d.who} sköt upp det till ${theDay(d.day)}.`,
  dismissed: (d: { who: Safe; reason: Safe }) => `${d.who} släpper det: ”${d.reason}”`,
  assigned: (d: { who: Safe }) => `${d.who} ansvarar för det.`,
  given: (d: { who: Safe; whom: Safe }) => `${d.who} gav det till ${d.whom}, som ansvarar för det.`,
  handedBack: (d: { who: Safe }) => `${d.who} lämnade tillbaka det: ingen ansvarar för det.`,
  undone: (d: { who: Safe; of: 'snoozed' | 'dismissed' | null }) =>
    `${d.who} ${d.of === 'snoozed' ? 'tog tillbaka uppskovet' : d.of === 'dismissed' ? 'tog tillbaka att det släpptes' : 'tog tillbaka det'}: det är öppet igen.`,
  note: (d: { who: Safe; text: Safe }) => `${d.who} antecknar: ”${d.text}”`,
  seen: (d: { who: Safe }) => `${d.who} har sett det.`,
};
