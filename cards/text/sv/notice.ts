/** A subscription that stops renewing, and what people mark on it. */

import { addDays } from '../../../services/clock.ts';
import type { Money } from '../../../services/domain/money.ts';
import { CANCEL_WINDOW_DAYS, CLASSIC_DELETED_AFTER_DAYS, DATA_KEPT_DAYS, GRACE_DAYS } from '../../../services/domain/rules.ts';
import type { Standing } from '../../../services/domain/ticket.ts';
import type { Safe } from '../../escape.ts';
import type { Over, StoodStill } from '../en/notice.ts';
import { NB } from '../format.ts';
import { effectOf } from './ends.ts';
import { aMonth, bought, capital, date, dayMonth, days, licences, number, stamp, termName, theDay, theMoment } from './format.ts';

const reasons: Record<string, string> = {
  closest: 'närmaste motsvarighet',
  service: 'för kundservice',
  everything: 'försäljning, service och mer i ett',
  light: 'för läsning och enklare användning',
  sales: 'för dem som säljer',
  smaller: 'utan telefoni',
};

export const reason = (key: Safe) => reasons[key] ?? key;

export const notice = {
  /** `ends`: that it ends was read; of any other only its term does. */
  state: (left: number, ends: boolean) => {
    if (Number.isNaN(left)) return 'Den sista dagen är okänd';
    if (left < 0) return 'Den sista dagen har passerat';
    const what = `${ends ? 'upphör att gälla' : 'perioden slutar'} ${left === 0 ? 'i dag' : `om ${days(left)}`}`;
    return left <= 7 ? `Brådskande: ${what}` : capital(what);
  },
  inEst: 'I Extended Service Term',
  contradictory: 'Automatisk förnyelse och det planerade stämmer inte överens',
  asked: 'Flytta till en annan plan',
  unread: 'Oklart om den förnyas',
  unreadLead: (day: string) => `Partnercenter säger inte om den förnyas. Kontrollera där före ${theDay(day)}; jag skriver igen när det framgår.`,
  speakUnread: (d: { customer: Safe; plan: Safe }) => `${d.customer}: Partnercenter säger inte om ${d.plan} förnyas.`,
  was: 'Förut  ',
  now: 'Nu  ',
  autoRenews: (day: string) => `Förnyas automatiskt ${date(day)}`,
  expires: (day: string) => `Upphör att gälla ${date(day)}`,
  termEnds: (day: string) => `Perioden slutar ${date(day)}`,
  effect: effectOf,
  /** Of one that reads active although that day is over. */
  passed: (day: string) =>
    `Dess period skulle sluta ${theDay(day)}. Partnercenter visar den fortfarande som aktiv, och vad det har blivit av den är inte känt än; jag tittar igen.`,
  undo: (until: string) => `Fram till ${theMoment(until)} kan den sägas upp i Partnercenter, och de dagar som är kvar betalas tillbaka.`,
  /** Some of its seats, each with its own last moment. */
  giveBack: (d: { of: number | null; parts: readonly { quantity: number; until: string | null }[] }) => {
    const said = d.parts.map(({ quantity, until }) => `${number(quantity)}${until ? ` fram till ${theMoment(until)}` : ''}`).join(', ');
    return `Av dess ${d.of === null ? 'licenser' : licences(d.of)} kan några lämnas tillbaka i Partnercenter: ${said}. De dagar som är kvar betalas tillbaka.`;
  },
  withoutPromotion: 'Kampanjen som den har nu är inte planerad för dess nästa period; utan den faktureras då listpriset.',
  addonTo: (base: Safe) => `Den är ett tillägg: dess basprenumeration, ${base}, fortsätter utan den.`,
  addons: (names: readonly Safe[], now: Money | null) =>
    `${names.length === 1 ? 'Ett tillägg' : `${names.length} tillägg`} följer med den: ${names.join(', ')}${now ? `, ${aMonth(now)}` : ''}.`,
  addonsAndPlan: (names: readonly Safe[]) =>
    `Dess tillägg, ${names.join(', ')}, kan ingå i den andra planen, eller så kan Microsoft neka ändringen så länge ${names.length === 1 ? 'det' : 'de'} finns kvar; kontrollera i Partnercenter före den dagen.`,
  /** Of a classic one whose last day has passed. */
  dataDeleted: (day: string) => dataDeleted(day),
  reseller: (mpnId: Safe) => `${mpnId}, behålls som registrerad återförsäljare för det som köps härifrån`,
  shortened: (d: { since: string; term: Safe; billing: Safe }) =>
    `Den här perioden är förkortad och började ${theDay(d.since)}; om den förnyas är nästa en hel: ${termName(d.term, d.billing)}.`,
  seats: (held: number | null, inUse: number | null) =>
    `${held === null ? 'Partnercenter säger inte hur många' : bought(held)}${inUse === null ? '' : `, ${number(inUse)} används`}`,
  choice: (title: Safe, reason: Safe) => `${title} · ${reason}`,
  notSold: (titles: readonly Safe[]) => `Säljs inte till den här kunden: ${titles.join(', ')}.`,
  minimum: (title: Safe, n: number) => `${title} kräver minst ${licences(n)}.`,
  soldFor: (title: Safe, terms: readonly Safe[]) => `${title} säljs med ${terms.length === 1 ? 'perioden' : 'perioderna'} ${terms.join('; ')}.`,
  usualTerm: 'Som vanligt för planen',
  noneSold: 'Ingen av de planer som Microsoft anger för den säljs till den här kunden. Skriv namnet på någon annan plan.',
  noProgramme: 'Inget program för återkallade erbjudanden anger en plan för den. Skriv namnet på vilken plan som helst som ni säljer.',
  reading: 'Jag läser den här kundens katalog; planerna följer.',
  plansUnread: 'Jag kan inte läsa den här kundens katalog just nu, så jag känner inte till planerna. Jag försöker igen av mig själv; de följer.',
  planExample: 'Office 365 E3',
  kind: (d: { newCommerce: boolean; term: Safe; billing: Safe }) =>
    `${d.newCommerce ? 'New commerce' : 'Klassisk'}${d.term ? `, ${termName(d.term, d.billing)}` : ''}`,
  /** `who`: null where the log could not be read. */
  changedBy: (d: { who: Safe | 'nobody' | 'application' | null; since: string | null; at: string | null; app: Safe | null }) => {
    if (d.who === null) return 'Okänt';
    if (d.who === 'nobody') return d.since ? `Ingen uppgift sedan ${theDay(d.since)}` : 'Ingen uppgift';
    const who = d.who === 'application' ? `En app${d.app ? `, ${d.app}` : ''}` : d.who;
    return d.at ? `${who}, ${stamp(d.at)}` : who;
  },
  /** A change that left auto-renew out switches it off, and few who make one know. */
  droppedBy: (d: { byApp: boolean; at: string; day: string }) =>
    `${d.byApp ? 'En app' : 'Någon'} ändrade antalet licenser ${theDay(d.at)}, och den automatiska förnyelsen stängdes därmed av. Om ingen avsåg det, slå på den igen i Partnercenter före ${theDay(d.day)}.`,
  declined: (d: { who: Safe; reason: Safe }) => `${d.who} avslog köpet: ”${d.reason}”`,
  endDeclined: (d: { who: Safe; reason: Safe }) => `${d.who} avslog ändringen av vad som ska ske vid periodens slut: ”${d.reason}”`,
  lookedAfter: (who: Safe) => `${who} ansvarar för det.`,
  speak: (d: { customer: Safe; plan: Safe; day: string; left: number; ends: boolean }) =>
    `${d.customer}: ${d.plan}. ${d.ends ? 'Upphör att gälla' : 'Perioden slutar'} ${theDay(d.day)}${d.left > 0 ? `, om ${days(d.left)}` : d.left === 0 ? ', i dag' : ''}.`,
  speakAsked: (d: { customer: Safe; plan: Safe }) => `${d.customer}: flytta ${d.plan} till en annan plan.`,
};

export const snoozed = {
  state: (day: string) => `Uppskjutet till ${dayMonth(day)}`,
  lead: (d: { who: Safe; reason: Safe | null }) => (d.reason ? `${d.who}: ”${d.reason}”` : `${d.who} sköt upp det.`),
  foot: (d: { at: string; day: string }) => `${stamp(d.at)}. Jag skriver igen ${theDay(d.day)}, eller tidigare om något ändras.`,
};

export const dismissed = {
  state: 'Släppt',
  lead: (d: { who: Safe; reason: Safe }) => `${d.who}: ”${d.reason}”`,
  foot: (d: { at: string }) => `${stamp(d.at)}. Jag påminner er inte om det igen.`,
};

export const renewed = {
  state: 'Förnyas igen',
  lead: 'Partnercenter säger att den förnyas igen.',
  foot: (at: string) => `Upptäckt ${stamp(at)}.`,
  speak: (customer: Safe) => `${customer}: prenumerationen förnyas igen. Inget behöver göras.`,
};

export const ended = {
  state: 'Har upphört',
  lead: 'Den har upphört, eller så har någon inaktiverat den på annat håll.',
  foot: (at: string) => `Upptäckt ${stamp(at)}.`,
  speak: (customer: Safe) => `${customer}: prenumerationen har upphört.`,
};

/** A suspended one of new commerce goes on costing; a classic one does not, and is deleted. */
export const suspendedElsewhere = {
  state: (stillBilled: boolean) => (stillBilled ? 'Inaktiverad, och faktureras fortfarande' : 'Inaktiverad'),
  lead: (d: StoodStill) => `Någon har inaktiverat den, och det var inte jag. ${stillCosts(d)}`,
  speak: (d: { customer: Safe } & StoodStill) => `${d.customer}: prenumerationen inaktiverades på annat håll. ${stillCosts(d)}`,
};

function dataDeleted(day: string): string {
  const { least, most } = CLASSIC_DELETED_AFTER_DAYS;
  return `Ungefär ${number(least)} till ${number(most)}${NB}dagar efter ${theDay(day)} raderar Microsoft dess data.`;
}

/** What can be had of one that is over, and until when: only where its word and its days tell. */
function ofItsData({ newCommerce, day, as, seenOn = '', inEst }: Over): string {
  if (!as || day === '' || seenOn === '') return '';
  const atItsEnd = seenOn >= day;
  if (!newCommerce) return as !== 'deleted' && atItsEnd ? ` ${dataDeleted(day)}` : '';
  const kept = addDays(day, DATA_KEPT_DAYS);
  if (as === 'deleted')
    return atItsEnd || inEst
      ? ''
      : ` Den sades upp före periodens slut: dess data kan hämtas ut under ${days(CANCEL_WINDOW_DAYS)} därefter, senast ${theDay(addDays(seenOn, CANCEL_WINDOW_DAYS))}.`;
  if (!atItsEnd || seenOn > kept) return '';
  if (as === 'disabled') return ` Bara kundens administratörer når dess data nu, till ungefär ${theDay(kept)}.`;
  const grace = addDays(day, GRACE_DAYS);
  return ` Den kan inte förnyas längre. ${seenOn > grace ? '' : `Om det går att arbeta med den till ${theDay(grace)} utan att den faktureras är inte känt. `}Dess data sparas till ungefär ${theDay(kept)}: köp en ny dessförinnan.`;
}

/** What a suspended subscription costs, until when it can come back, and what becomes of it. */
export function stillCosts(d: StoodStill): string {
  const day = theDay(d.day);
  if (d.newCommerce)
    return `Den faktureras ändå till periodens slut, ${day}. Den kan aktiveras igen fram till dess, inte därefter. Om den efter det kan fortsätta som betald Extended Service Term är inte känt.`;
  const { least, most } = CLASSIC_DELETED_AFTER_DAYS;
  return `Den faktureras inte längre. Microsoft raderar den och dess data vid periodens slut, ${day}, eller ungefär ${number(least)} till ${number(most)}${NB}dagar efter att den inaktiverades, beroende på vad som kommer först; fram till dess kan den aktiveras igen.${addonsOff(d.addons ?? [])}`;
}

/** Partner Center refuses to switch on an add-on whose base is off (409, 27009). */
function addonsOff(names: readonly Safe[]): string {
  return names.length === 0 ? '' : ` Dess tillägg, ${names.join(', ')}, kan inte aktiveras före den.`;
}

export const left = {
  state: 'Inte längre vår kund',
  lead: 'Partnercenter säger att den här kunden inte längre är vår. Jag ser inte dess prenumerationer längre, så jag kan inte säga hur det går med den här.',
  foot: (at: string) => `Upptäckt ${stamp(at)}.`,
  speak: (customer: Safe) => `${customer}: inte längre vår kund.`,
};

export const nothingHere = 'Inget köptes eller ändrades här.';

export const begunBefore = 'Ett köp påbörjades här tidigare; historiken visar vad det blev av det.';

export const readAgain = 'Partnercenter säger på nytt att den förnyas.';

export const standing = (how: Standing, d: Over) =>
  ({
    suspended: `Den gamla prenumerationen är inaktiverad; det gjorde någon annan. ${stillCosts(d)}`,
    ended: `Den gamla prenumerationen har upphört.${ofItsData(d)}`,
    gone: 'Partnercenter känner inte längre till den gamla prenumerationen.',
    left: 'Partnercenter säger att den här kunden inte längre är vår.',
  })[how];

export const movedDown = {
  state: 'Fortsätter på ett annat kort',
  lead: 'Ett annat kort om den här prenumerationen finns i den här chatten; det här uppdateras inte längre.',
};
