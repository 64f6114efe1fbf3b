/** Who gets the new licence. */

import type { BlockedWhy } from '../../../services/domain/ticket.ts';
import type { Safe } from '../../escape.ts';
import { licences, number, people } from './format.ts';

export const blocked: Record<BlockedWhy, string> = {
  noUsageLocation: 'has no usage location. Set it in Microsoft Entra, then check again.',
  noSeat: 'finds no free licence. Free one or buy one more, then check again.',
  conflict: 'has another licence that gets in the way. Take it away, then check again.',
  otherGroup: 'gets the licence through a group, so I leave it alone. Change the group in Microsoft Entra.',
  refused: 'was refused by Microsoft. Look at the licences in Partner Center, then try again.',
  unclear: 'has not been confirmed by Microsoft yet. Try again; nothing is done twice.',
  wrongLocation: 'is in a country where Microsoft does not offer this licence. Look at the usage location in Microsoft Entra, then check again.',
  dependency: 'needs another licence or service first. Give that one, then check again.',
  unread: 'cannot be read, so I do not know which licences this person has. Look in Partner Center, then check again.',
  without: 'has lost the old licence, and the new one has not come. Try again: I give the new one.',
  gone: 'no longer exists in this customer’s directory, so there is nothing to move.',
};

export const reassignment = {
  state: 'Bought. Move the licences',
  counting: 'Bought. Looking who has the old licence …',
  countingLead: 'I am reading who has the old licence. Nobody is moved before you say so.',
  what: (d: { from: Safe; to: Safe }) => `From ${d.from} to ${d.to}`,
  to: (to: Safe) => `To ${to}`,
  stay: (n: number) => `${people(n)} ${n === 1 ? 'keeps a seat' : 'keep their seats'}: another subscription has the same licence.`,
  gone: (n: number) => `${people(n)} no longer ${n === 1 ? 'exists' : 'exist'}.`,
  without: (n: number) => `**${people(n)} ${n === 1 ? 'has' : 'have'} neither licence now.** The next try gives the new one.`,
  said: (words: Safe) => `Microsoft says: “${words}”`,
  /** `keeps`: all of them have the old licence. */
  lead: (d: { movable: number; total: number; keeps: boolean }) =>
    `**${number(d.movable)} of ${people(d.total)} can move now.**${d.keeps ? ` ${d.movable === 1 ? 'That person keeps' : 'Each keeps'} working: the new licence comes in the same step as the old one goes.` : ''}`,
  noneMovable: (total: number) => `**Nobody of ${people(total)} can move yet.** Below you see why.`,
  notCovered: (d: { seats: number; holders: number }) =>
    `**Old and new use the same licence, but ${licences(d.seats)} do not cover ${people(d.holders)}.** Buy more, or take some away, then check again.`,
  boxTitle: (n: number) => `${people(n)} cannot move yet`,
  more: (n: number) => `and ${number(n)} more`,
  line: (name: Safe, why: BlockedWhy) => `${name} ${blocked[why]}`,
  free: (d: { free: number | null; of: number }) =>
    d.free === null ? `${number(d.of)} bought; Microsoft does not say how many are free` : `${number(d.free)} free of ${number(d.of)}`,
  plansStay: 'Switched-off ones stay off',
  moving: 'Moving licences …',
  movingLead: (d: { moved: number; total: number }) => `**${number(d.moved)} of ${people(d.total)} moved.** You can leave, I write here when it is done.`,
  failed: (n: number) => (n === 1 ? 'One person did not move' : `${people(n)} did not move`),
  failedLead: (d: { moved: number; total: number }) => `**${number(d.moved)} of ${people(d.total)} moved.** The others did not; below you see why.`,
  kept: (n: number) => `${people(n)} ${n === 1 ? 'was' : 'were'} left out, as you wished.`,
  waivedCount: (n: number) => `${people(n)} ${n === 1 ? 'is' : 'are'} left behind, as an approver said.`,
  speak: (d: { customer: Safe; movable: number; total: number }) => `${d.customer}: bought. ${number(d.movable)} of ${people(d.total)} can move now.`,
  speakMoving: (customer: Safe) => `${customer}: moving licences.`,
};
