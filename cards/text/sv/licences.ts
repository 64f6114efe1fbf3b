/** Who gets the new licence. */

import type { BlockedWhy } from '../../../services/domain/ticket.ts';
import type { Safe } from '../../escape.ts';
import { bought, licences, number, people } from './format.ts';

export const blocked: Record<BlockedWhy, string> = {
  noUsageLocation: 'har ingen användningsplats. Ange den i Microsoft Entra och kontrollera sedan igen.',
  noSeat: 'kan inte få licensen: ingen är ledig. Frigör en eller köp en till och kontrollera sedan igen.',
  conflict: 'har en annan licens som är i vägen. Ta bort den och kontrollera sedan igen.',
  otherGroup: 'får licensen genom en grupp, så jag rör den inte. Ändra gruppen i Microsoft Entra.',
  refused: 'nekades licensen av Microsoft. Titta på licenserna i Partnercenter och försök sedan igen.',
  unclear: 'har inte bekräftats av Microsoft än. Försök igen; inget görs två gånger.',
  wrongLocation: 'är i ett land där Microsoft inte erbjuder den här licensen. Titta på användningsplatsen i Microsoft Entra och kontrollera sedan igen.',
  dependency: 'behöver först en annan licens eller tjänst. Ge den och kontrollera sedan igen.',
  unread: 'kunde inte slås upp, så jag vet inte vilka licenser den här personen har. Titta i Partnercenter och kontrollera sedan igen.',
  without: 'har förlorat den gamla licensen, och den nya har inte kommit. Försök igen: jag ger den nya.',
  gone: 'finns inte längre i den här kundens användarkatalog, så det finns inget att flytta.',
};

export const reassignment = {
  state: 'Köpt. Flytta licenserna',
  counting: 'Köpt. Tar reda på vilka som har den gamla licensen …',
  countingLead: 'Jag tar reda på vilka som har den gamla licensen. Ingen flyttas innan du säger till.',
  what: (d: { from: Safe; to: Safe }) => `Från ${d.from} till ${d.to}`,
  to: (to: Safe) => `Till ${to}`,
  stay: (n: number) => `${people(n)} behåller ${n === 1 ? 'en plats' : 'sina platser'}: en annan prenumeration har samma licens.`,
  gone: (n: number) => `${people(n)} finns inte längre i användarkatalogen.`,
  without: (n: number) => `**${people(n)} har ingen av licenserna nu.** Nästa försök ger den nya.`,
  said: (words: Safe) => `Microsoft säger: ”${words}”`,
  lead: (d: { movable: number; total: number; keeps: boolean }) =>
    `**${number(d.movable)} av ${people(d.total)} kan flyttas nu.**${d.keeps ? ` ${d.movable === 1 ? 'Den personen' : 'Var och en'} kan fortsätta arbeta: den nya licensen kommer i samma steg som den gamla försvinner.` : ''}`,
  noneMovable: (total: number) =>
    `**${total === 1 ? 'Den enda personen kan inte flyttas än' : `Ingen av ${people(total)} kan flyttas än`}.** Nedan ser du varför.`,
  notCovered: (d: { seats: number; holders: number }) =>
    `**Gammal och ny använder samma licens, men ${licences(d.seats)} räcker inte till ${people(d.holders)}.** Köp fler, eller ta bort licensen för några, och kontrollera sedan igen.`,
  boxTitle: (n: number) => `${people(n)} kan inte flyttas än`,
  more: (n: number) => `och ${number(n)} till`,
  line: (name: Safe, why: BlockedWhy) => `${name} ${blocked[why]}`,
  free: (d: { free: number | null; of: number }) =>
    d.free === null
      ? `${bought(d.of)}; Microsoft säger inte hur många som är lediga`
      : `${number(d.free)} ${d.free === 1 ? 'ledig' : 'lediga'} av ${number(d.of)}`,
  plansStay: 'De som är avstängda förblir avstängda',
  moving: 'Flyttar licenser …',
  movingLead: (d: { moved: number; total: number }) =>
    `**${number(d.moved)} av ${people(d.total)} har flyttats.** Du behöver inte vänta kvar; jag skriver här när det är klart.`,
  failed: (n: number) => `${people(n)} flyttades inte`,
  failedLead: (d: { moved: number; total: number }) =>
    `**${number(d.moved)} av ${people(d.total)} har flyttats.** De andra flyttades inte; nedan ser du varför.`,
  kept: (n: number) => `${people(n)} utelämnades, som du bad om.`,
  waivedCount: (n: number) => `${people(n)} lämnas kvar, enligt beslut av en godkännare.`,
  speak: (d: { customer: Safe; movable: number; total: number }) => `${d.customer}: köpt. ${number(d.movable)} av ${people(d.total)} kan flyttas nu.`,
  speakMoving: (customer: Safe) => `${customer}: flyttar licenser.`,
};
