/** Lines below a card, for everybody in the chat. */

import type { Money } from '../../../services/domain/money.ts';
import type { MoveState, RefusalReason, SetEnd, Standing } from '../../../services/domain/ticket.ts';
import type { LastStepHere } from '../../../services/tickets/endOfTerm.ts';
import type { Safe } from '../../escape.ts';
import { stopAfter } from '../format.ts';
import type { StoodStill } from '../en/notice.ts';
import type { OldOne } from '../en/suspension.ts';
import { aMonth, by, capital, date, days, licences, money, number, outOf, people, stamp } from './format.ts';
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
  setEnd: 'Stel de opzegging per einddatum in, of laat het zo, met een reden.',
  letEnd: 'Laat het vanzelf eindigen, of schort het op.',
  cancel: 'Stel in Partnercentrum de opzegging in, of laat het zo, met een reden.',
  suspend: 'Schort het op, of laat het zo, met een reden.',
  customerActs: 'Vraag de klant of die het heeft beëindigd, of wacht niet langer, met een reden.',
};

/** What a move waits for where nobody answers, and how it is ended. */
function waits(d: Progress): string | null {
  switch (d.state) {
    case 'drafting':
      return 'er is een omzetting begonnen en nog geen prijs opgevraagd. Kies een plan, of kies “Omzetting annuleren”; er is niets gekocht.';
    case 'purchased':
      return `de nieuwe licenties zijn gekocht en ${movedSoFar(d.people)}${d.active ? '; tot dan wordt voor beide abonnementen betaald' : ''}.`;
    case 'reassigned':
      return d.active
        ? `de laatste stap wacht: het oude abonnement loopt nog door en wordt betaald. ${last[d.last]}`
        : 'de laatste stap wacht: de kaart zegt waarop.';
    case 'weighed':
      return 'het einde van de looptijd wacht op goedkeuring.';
    case 'stuck':
      // As the button of its card is called.
      return 'deze omzetting is gestopt en er is iemand nodig. Kies “Opnieuw kijken”, of kijk in Partnercentrum.';
    default:
      return null;
  }
}

function movedSoFar(counted: Progress['people']): string {
  if (!counted) return 'wie de oude heeft, is nog niet geteld';
  const { moved, total, without } = counted;
  if (without > 0) return `${people(without)} ${by(without, 'heeft', 'hebben')} nu geen van beide licenties. De volgende poging geeft de nieuwe`;
  if (moved > 0) return `${outOf(moved, total, people(total))} ${by(moved, 'is', 'zijn')} overgezet. Kies wat er met de anderen gebeurt`;
  return 'niemand is overgezet. Kies wie wordt overgezet';
}

/** What is to be done now, and where; null where nothing is. */
function next(d: Progress): string | null {
  switch (d.state) {
    case 'cancelled':
      return 'Kies op de kaart een plan, of laat het gaan.';
    case 'purchased':
      if ((d.people?.movable ?? 0) > 0) return 'Kies op de kaart wie wordt overgezet.';
      return (d.people?.moved ?? 0) > 0
        ? 'Kies op de kaart wat er gebeurt met wie niet is overgezet.'
        : 'De kaart zegt wat er nodig is; kies daarna “Opnieuw controleren”.';
    case 'reassigned':
      return d.active ? last[d.last] : null;
    case 'stuck':
      return 'Kies op de kaart “Opnieuw kijken”, of kijk in Partnercentrum.';
    default:
      return null;
  }
}

/** What is at stake at the end: people where it ends, money where it goes on; null where neither is known. */
function stake(d: { ends: boolean; extends: boolean; day: string; inUse: number | null; now: Money | null; after: Money | null }): string | null {
  const costs = d.now ? `het kost nu ${aMonth(d.now)}` : null;
  const goesOn = `Na ${date(d.day)} gaat het door als betaalde Extended Service Term`;
  if (d.extends && d.after) return `${goesOn}: ${aMonth(d.after)}${d.now ? `, nu ${money(d.now)}` : ''}.`;
  if (d.extends) return `${goesOn}${costs ? `. ${capital(costs)}; wat het dan kost, is niet bekend` : '; voor welke prijs is niet bekend'}.`;
  const lost = d.ends && d.inUse ? `${people(d.inUse)} ${by(d.inUse, 'verliest', 'verliezen')} dan de toegang` : null;
  if (lost) return `${lost}${costs ? `; ${costs}` : ''}.`;
  return costs && `${capital(costs)}.`;
}

export const thread = {
  toAnswer: (ticketId: string) => `Schrijf **toon ${ticketId}** om te antwoorden.`,
  /** A price is null where none is said here. */
  asked: (d: { who: Safe; quantity: number; plan: Safe; monthly: Money | null; yours: boolean }) =>
    `${d.who} wil ${licences(d.quantity)} van ${d.plan} kopen${d.monthly ? `, ${aMonth(d.monthly)}` : ''}. Het wacht op ${d.yours ? 'uw goedkeuring' : 'goedkeuring'}.`,
  repriced: (d: { before: Money; after: Money } | null) =>
    `De prijs is veranderd${d ? ` van ${aMonth(d.before)} naar ${aMonth(d.after)}` : ''}. Er is niets gekocht; het wacht op een nieuwe goedkeuring.`,
  approvalDue: (d: { until: string; yours: boolean }) =>
    `Het wacht nog op ${d.yours ? 'uw goedkeuring' : 'goedkeuring'}, tot ${stamp(d.until)}. Dan vervalt de offerte en wordt er niets gekocht.`,
  approved: (d: { who: Safe }) => `${d.who} heeft het goedgekeurd. Ik koop nu.`,
  declined: (d: { who: Safe; reason: Safe }) => `${d.who} heeft het afgewezen: “${d.reason}”${stopAfter(d.reason)} Het oude abonnement is ongewijzigd.`,
  cancelled: (d: { who: Safe }) => `${d.who} heeft de omzetting geannuleerd. Er is niets gekocht.`,
  cancelledOpen: (d: { who: Safe }) => `${d.who} heeft de omzetting geannuleerd voordat er was gekocht.`,
  cancelledEnd: (d: { who: Safe }) => `${d.who} heeft ervan afgezien: ik stel dat einde niet in.`,
  lapsedEnd: () => 'Niemand heeft het binnen een dag goedgekeurd, dus ik stel dat einde niet in.',
  lapsedOpen: () => 'Niemand heeft binnen een dag geantwoord, dus deze aankoop wordt niet gedaan.',
  lapsed: () => 'Niemand heeft het binnen een dag goedgekeurd, dus de offerte is vervallen. Er is niets gekocht.',
  refused: (reason: RefusalReason) => refusals[reason],
  counted: (d: { movable: number; total: number; blocked: number }) => {
    const can = `Gekocht. ${outOf(d.movable, d.total, people(d.total))} ${by(d.movable, 'kan', 'kunnen')} worden overgezet`;
    return d.blocked === 0 ? `${can}.` : `${can}; ${number(d.blocked)} ${by(d.blocked, 'heeft', 'hebben')} eerst iets nodig.`;
  },
  nothingToMove: () => 'Gekocht. Niemand hoeft te worden overgezet. Er blijft één stap over.',
  moved: (d: { moved: number; total: number }) =>
    d.moved >= d.total
      ? 'Iedereen is overgezet. Er blijft één stap over.'
      : `${outOf(d.moved, d.total, people(d.total))} overgezet, en verder hoeft dat voor niemand. Er blijft één stap over.`,
  someFailed: (d: { moved: number; total: number; left: number }) =>
    `${outOf(d.moved, d.total, people(d.total))} overgezet; naar ${number(d.left)} moet worden gekeken.`,
  waived: (d: { who: Safe; reason: Safe }) =>
    `${d.who} laat iemand achter, bij naam: “${d.reason}”${stopAfter(d.reason)} Wie achterblijft, verliest de toegang zodra het oude abonnement wordt opgeschort.`,
  vouched: (d: { who: Safe; reason: Safe }) =>
    `${d.who} heeft gekeken waar ik dat niet kon, en zegt dat niemand de toegang verliest: “${d.reason}”${stopAfter(d.reason)} Ik schort nu het oude abonnement op.`,
  endAsked: (d: { who: Safe; to: SetEnd; plan: Safe; day: string; yours: boolean }) =>
    `${d.who} wil ${d.to === 'renew' ? `${d.plan} verlengen vanaf ${date(d.day)}` : `${d.plan} opzeggen aan het einde van de looptijd, ${date(d.day)}`}. Het wacht op ${d.yours ? 'uw goedkeuring' : 'goedkeuring'}.`,
  endSetting: (d: { who: Safe; to: SetEnd }) =>
    `${d.who} heeft het bevestigd. ${d.to === 'renew' ? 'Ik zet de verlenging weer aan.' : 'Ik stel de opzegging in.'}`,
  endSet: (d: { day: string }) => `Ik heb gecontroleerd dat de opzegging per ${date(d.day)} is ingesteld. Ik blijf kijken totdat het voorbij is.`,
  endWarned: (d: { loses: number | null; day: string }) => whoLosesThen(d.loses, d.day).replaceAll('**', ''),
  finishedGone: () => 'Afgerond: de licenties die niet via ons zijn gekocht, zijn weg uit de tenant van de klant.',
  finishedEnded: () => 'Afgerond: het oude abonnement is geëindigd.',
  finishedRenewed: (d: { day: string }) => `De verlenging is ingesteld, per ${date(d.day)}.`,
  finishedSuspended: () => 'Afgerond: het oude abonnement is opgeschort.',
  finishedLetExpire: (d: { day: string; how: OldOne }) => `Afgerond: ${leftSo(d)}`,
  finishedGivenUp: (d: { who: Safe }) => `${d.who} heeft de omzetting hier beëindigd. Wat is gedaan, blijft gedaan.`,
  renewed: () => 'Het wordt weer verlengd. U hoeft niets te doen.',
  settled: (how: string) => `${how} U hoeft niets te doen.`,
  ended: (d: ({ standing: Standing } & StoodStill) | null) =>
    d?.standing === 'suspended'
      ? `Het is elders opgeschort. ${stillCosts(d)}`
      : d === null
        ? 'Het is geëindigd of elders opgeschort. Hier gebeurt niets meer.'
        : 'Het is geëindigd. Hier gebeurt niets meer.',
  left: () => 'Partnercentrum zegt dat de klant niet meer van ons is, dus ik zie de abonnementen ervan niet meer. Hier gebeurt niets meer.',
  changed: {
    suspended: 'Het oude abonnement is door iemand anders opgeschort, niet door mij.',
    ended: 'Het oude abonnement is geëindigd.',
    gone: 'Partnercentrum kent het oude abonnement niet meer.',
    left: 'Partnercentrum zegt dat de klant niet meer van ons is.',
    renews: 'Het oude abonnement wordt weer verlengd.',
    stops: 'Het oude abonnement wordt niet meer gewoon verlengd; de kaart zegt wat er gebeurt.',
    again: 'Het wordt opnieuw niet meer gewoon verlengd. Dit is hetzelfde ticket, weer open; de kaart zegt wat er gebeurt.',
    end: 'Wat er aan het einde van het oude abonnement gebeurt, of wanneer het eindigt, is veranderd.',
    unread: 'Al een dag zegt Partnercentrum niet of het oude abonnement wordt verlengd.',
    name: 'De klant heeft een nieuwe naam.',
    disagree: 'De automatische verlenging van het oude abonnement en wat ervoor is gepland, spreken elkaar nu tegen; de kaart zegt hoe.',
    estPlanned: 'Microsoft heeft er nu een betaalde Extended Service Term voor gepland. Een opzegging die vóór die dag wordt ingesteld, laat het eindigen.',
    estBegun: 'De looptijd is voorbij, en het gaat van maand tot maand door als betaalde Extended Service Term.',
    planSet: 'Voor de volgende looptijd is een wijziging gepland; de kaart zegt welke.',
    planChanged: 'Voor de volgende looptijd is nu een andere wijziging gepland; de kaart zegt welke.',
    planLost: 'De wijziging die voor de volgende looptijd was gepland, is vervallen; het wordt verlengd zoals het is.',
    goesOn: 'De omzetting is afgerond, maar het oude abonnement loopt door en wordt naast het nieuwe betaald. De kaart zegt hoe.',
    stillBilled: 'Iemand heeft het oude abonnement opgeschort, en toch wordt het tot het einde van de looptijd gefactureerd.',
  } as Record<string, string>,
  seatsChanged: (d: { from: number; to: number }) =>
    d.from < 0 || d.to < 0 ? 'Het aantal oude licenties is veranderd.' : `Het aantal oude licenties is veranderd van ${number(d.from)} naar ${number(d.to)}.`,
  waits: (d: Progress & { count: number }) =>
    `${d.count > 1 ? `Herinnering ${number(d.count)}: ` : 'Een herinnering: '}${waits(d) ?? 'deze omzetting wacht op iemand.'}`,
  reminderMoving: (d: Progress & { days: number }) => `Nog ${days(d.days)}: ${waits(d) ?? 'de omzetting gaat door.'}`,
  passed: (d: { renews: boolean }) =>
    d.renews
      ? 'De laatste dag is voorbij.'
      : 'De laatste dag is voorbij, en in Partnercentrum staat het nog als actief. Nog niemand heeft een besluit genomen.',
  reminder: (d: { days: number; stake: string | null; who: Safe | null }) =>
    [`Nog ${days(d.days)}.`, d.who ? `${d.who} behandelt het; nog niemand heeft een besluit genomen.` : 'Nog niemand heeft een besluit genomen.', d.stake]
      .filter(Boolean)
      .join(' '),
  stake,
  next,
  stuckUnclear: () => 'Ik heb hier iemand nodig: het is onduidelijk of de laatste stap is doorgegaan.',
  stuckRefused: () => 'Ik heb hier iemand nodig: Microsoft heeft een stap geweigerd.',
  stuckStopped: () => 'Ik heb hier iemand nodig: de omzetting is gestopt, en de kaart zegt waarom.',
  orderAsked: (d: { order: Safe }) => `Is order ${d.order} deze aankoop? Er wordt niets gekocht totdat een goedkeurder het op de kaart zegt.`,
  orderFound: (d: { order: Safe }) => `Het is gekocht: order ${d.order}. Ik ga daarvandaan verder.`,
  stillWaits: () => 'Dit wacht nog. De kaart zegt waarop; daar kan het ook worden geannuleerd.',
  snoozed: (d: { who: Safe; day: string }) => `${d.who} heeft het uitgesteld tot ${date(d.day)}.`,
  dismissed: (d: { who: Safe; reason: Safe }) => `${d.who} laat het gaan: “${d.reason}”`,
  assigned: (d: { who: Safe }) => `${d.who} behandelt het.`,
  given: (d: { who: Safe; whom: Safe }) => `${d.who} heeft het toegewezen aan ${d.whom}, die het behandelt.`,
  handedBack: (d: { who: Safe }) => `${d.who} heeft het teruggegeven: niemand behandelt het.`,
  undone: (d: { who: Safe; of: 'snoozed' | 'dismissed' | null }) =>
    `${d.who} heeft ${d.of === 'snoozed' ? 'het uitstel' : d.of === 'dismissed' ? 'het loslaten' : 'dat'} teruggedraaid: het is weer open.`,
  note: (d: { who: Safe; text: Safe }) => `${d.who} noteert: “${d.text}”`,
  seen: (d: { who: Safe }) => `${d.who} heeft het gezien.`,
};
