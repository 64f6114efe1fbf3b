/** What is planned for a subscription's end, as the wire holds it; and what an edit in mid-term leaves of it. Pure. */
import { EST_BEGUN_FROM, EST_ENDS_FROM } from '../../domain/rules.ts';
import { dayOf } from '../../clock.ts';
import type { Json } from './bodies.ts';
import type { HeldSubscription } from './state.ts';
import { currentTerm } from './terms.ts';

export type Kind = 'classic' | 'newCommerce' | 'other';

/** `other`: Azure, software. */
export function kindOf({ wire }: HeldSubscription): Kind {
  if ((wire.productType as Json | undefined)?.id === 'OnlineServicesNCE') return 'newCommerce';
  return wire.productType || wire.billingType !== 'license' ? 'other' : 'classic';
}

/** The words for the end of a term that Partner Center takes; others it only ever shows. */
export const ACTIONS = ['Cancel', 'RenewToNewTerm', 'RenewToExtendedServiceTerm', 'Transition'] as const;

export interface Action extends Json {
  scheduleType: string;
  actionType: unknown;
}

export function actionsOf(wire: Json): Action[] {
  return Array.isArray(wire.scheduledActions) ? (wire.scheduledActions as Action[]) : [];
}

/** What is planned for the end itself; undefined where nothing is. */
export function atEnd(wire: Json): unknown {
  return actionsOf(wire).find((one) => one.scheduleType === 'TermEnd')?.actionType;
}

/** The planned actions in place of those before; none takes the field away, as the real one drops what is null. */
export function plan(wire: Json, actions: readonly Action[]): void {
  if (actions.length > 0) wire.scheduledActions = [...actions];
  else delete wire.scheduledActions;
}

/** Whether it can go on as an Extended Service Term (docs/partner-center.md §6). */
export function canExtend(held: HeldSubscription): boolean {
  if (kindOf(held) !== 'newCommerce' || held.wire.isTrial === true || held.endOfSale) return false;
  return (currentTerm(held)?.from ?? '') >= EST_BEGUN_FROM && dayOf(held.wire.commitmentEndDate) >= EST_ENDS_FROM;
}

/**
 * An edit in mid-term: other seats, or auto-renew off, delete a planned change of the next term; a suspension deletes all but a
 * cancellation (create-a-new-subscription). Changes `wire`.
 */
export function dropPlans(wire: Json, edit: 'seats' | 'renewalOff' | 'suspension'): void {
  delete wire.scheduledNextTermInstructions;
  const kept = {
    seats: (word: unknown) => word !== 'Transition',
    renewalOff: (word: unknown) => word !== 'Transition' && word !== 'RenewToNewTerm',
    suspension: (word: unknown) => word === 'Cancel',
  }[edit];
  plan(
    wire,
    actionsOf(wire).filter((one) => one.scheduleType !== 'TermEnd' || kept(one.actionType)),
  );
}

/** Remembers since when Microsoft has to fill in an Extended Service Term, or forgets it where it has not. Changes `held`. */
export function noteIdle(held: HeldSubscription, at: Date): void {
  const { wire } = held;
  const idle = wire.status === 'active' && !wire.autoRenewEnabled && atEnd(wire) === undefined && !held.before && canExtend(held);
  if (!idle) delete held.idleSince;
  else held.idleSince ??= at.toISOString();
}
