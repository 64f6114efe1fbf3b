/** Lines below a card, for everybody in the chat. */

import type { Money } from '../../../services/domain/money.ts';
import type { MoveState, RefusalReason, SetEnd, Standing } from '../../../services/domain/ticket.ts';
import type { LastStepHere } from '../../../services/tickets/endOfTerm.ts';
import type { Safe } from '../../escape.ts';
import { stopAfter } from '../format.ts';
import { aMonth, count, date, licences, money, number, people, stamp } from './format.ts';
import { type StoodStill, stillCosts } from './notice.ts';
import { refusals } from './purchase.ts';
import { leftSo, type OldOne } from './suspension.ts';
import { whoLosesThen } from './termEnd.ts';

/** How far a move came. `people`: null while nobody was counted. `last`: what its last step asks. `active`: the old subscription still is. */
interface Progress {
  state: MoveState;
  people: { movable: number; moved: number; total: number; without: number } | null;
  last: LastStepHere;
  active: boolean;
}

const last: Record<LastStepHere, string> = {
  setEnd: 'Set its cancellation at term end, or leave it with a reason.',
  letEnd: 'Let it end by itself, or suspend it.',
  cancel: 'Set its cancellation in Partner Center, or leave it with a reason.',
  suspend: 'Suspend it, or leave it with a reason.',
  customerActs: 'Ask the customer whether it has ended it, or wait no longer, with a reason.',
};

/** What a move waits for where nobody answers, and how it is ended. */
function waits(d: Progress): string | null {
  switch (d.state) {
    case 'drafting':
      return 'a move was begun and no price was asked for. Choose a plan, or choose “Cancel the move”; nothing has been bought.';
    case 'purchased':
      return `the new licences are bought and ${movedSoFar(d.people)}${d.active ? '; until then both subscriptions are paid for' : ''}.`;
    case 'reassigned':
      return d.active
        ? `the last step waits: the old subscription still goes on and is paid for. ${last[d.last]}`
        : 'the last step waits: the card says what for.';
    case 'weighed':
      return 'the end of its term waits for an approval.';
    case 'stuck':
      return 'this move has stopped and needs a person. Choose “Look again”, or look in Partner Center.';
    default:
      return null;
  }
}

function movedSoFar(counted: Progress['people']): string {
  if (!counted) return 'who has the old ones is not counted yet';
  const { moved, total, without } = counted;
  const neither = `${people(without)} ${without === 1 ? 'has' : 'have'} neither licence now`;
  if (without > 0) return `${neither}. The next try gives the new one`;
  if (moved > 0) return `${number(moved)} of ${people(total)} ${moved === 1 ? 'has' : 'have'} moved. Choose what happens with the others`;
  return 'nobody has been moved. Choose who moves';
}

/** What is to be done now, and where; null where nothing is. */
function next(d: Progress): string | null {
  switch (d.state) {
    case 'cancelled':
      return 'Choose a plan on the card, or let it go.';
    case 'purchased':
      if ((d.people?.movable ?? 0) > 0) return 'Choose on the card who moves.';
      return (d.people?.moved ?? 0) > 0
        ? 'Choose on the card what happens with those who have not moved.'
        : 'The card says what they need; then choose “Check again”.';
    case 'reassigned':
      return d.active ? last[d.last] : null;
    case 'stuck':
      return 'Choose “Look again” on the card, or look in Partner Center.';
    default:
      return null;
  }
}

/** What is at stake at the end: people where it ends, money where it goes on; null where neither is known. */
function stake(d: { ends: boolean; extends: boolean; day: string; inUse: number | null; now: Money | null; after: Money | null }): string | null {
  const costs = d.now ? `It costs ${aMonth(d.now)} now` : null;
  if (d.extends && d.after)
    return `After ${date(d.day)} it goes on as a paid Extended Service Term: ${aMonth(d.after)}${d.now ? `, now ${money(d.now)}` : ''}.`;
  if (d.extends)
    return `After ${date(d.day)} it goes on as a paid Extended Service Term${costs ? `. ${costs}; what it costs then is not known` : '; at what price is not known'}.`;
  const lost = d.ends && d.inUse ? `${people(d.inUse)} ${d.inUse === 1 ? 'loses' : 'lose'} access then` : null;
  const said = [lost, costs && !lost ? costs : costs?.replace('It', 'it')].filter(Boolean).join('; ');
  return said ? `${said}.` : null;
}

export const thread = {
  toAnswer: (ticketId: string) => `Write **show ${ticketId}** to answer it.`,
  /** A price is null where none is said here. */
  asked: (d: { who: Safe; quantity: number; plan: Safe; monthly: Money | null; yours: boolean }) =>
    `${d.who} asks to buy ${licences(d.quantity)} of ${d.plan}${d.monthly ? `, ${aMonth(d.monthly)}` : ''}. It waits for ${d.yours ? 'your yes' : 'an approval'}.`,
  repriced: (d: { before: Money; after: Money } | null) =>
    `The price changed${d ? ` from ${aMonth(d.before)} to ${aMonth(d.after)}` : ''}. Nothing was bought; it waits for a new approval.`,
  approvalDue: (d: { until: string; yours: boolean }) =>
    `It still waits for ${d.yours ? 'your yes' : 'an approval'}, until ${stamp(d.until)}. Then the quote lapses and nothing is bought.`,
  approved: (d: { who: Safe }) => `${d.who} approved it. I am buying now.`,
  declined: (d: { who: Safe; reason: Safe }) => `${d.who} declined it: “${d.reason}”${stopAfter(d.reason)} The old subscription is unchanged.`,
  cancelled: (d: { who: Safe }) => `${d.who} cancelled the move. Nothing was bought.`,
  cancelledOpen: (d: { who: Safe }) => `${d.who} cancelled the move before its purchase was made.`,
  cancelledEnd: (d: { who: Safe }) => `${d.who} called it off: I do not set that end.`,
  lapsedEnd: () => 'Nobody approved it within a day, so I do not set that end.',
  lapsedOpen: () => 'Nobody answered within a day, so this purchase is not made.',
  lapsed: () => 'Nobody approved it within a day, so the quote has lapsed. Nothing was bought.',
  refused: (reason: RefusalReason) => refusals[reason],
  counted: (d: { movable: number; total: number; blocked: number }) =>
    d.blocked === 0
      ? `Bought. ${number(d.movable)} of ${people(d.total)} can move.`
      : `Bought. ${number(d.movable)} of ${people(d.total)} can move; ${number(d.blocked)} ${d.blocked === 1 ? 'needs' : 'need'} something first.`,
  nothingToMove: () => 'Bought. Nobody has to move. One step is left.',
  moved: (d: { moved: number; total: number }) =>
    d.moved >= d.total ? 'Everybody has moved. One step is left.' : `${number(d.moved)} of ${people(d.total)} moved, and nobody else has to. One step is left.`,
  someFailed: (d: { moved: number; total: number; left: number }) =>
    `${number(d.moved)} of ${people(d.total)} moved; ${number(d.left)} ${d.left === 1 ? 'needs' : 'need'} a look.`,
  waived: (d: { who: Safe; reason: Safe }) =>
    `${d.who} leaves somebody behind, by name: “${d.reason}”${stopAfter(d.reason)} They lose access when the old one is suspended.`,
  vouched: (d: { who: Safe; reason: Safe }) =>
    `${d.who} looked where I could not, and says that nobody loses access: “${d.reason}”${stopAfter(d.reason)} I suspend the old subscription now.`,
  endAsked: (d: { who: Safe; to: SetEnd; plan: Safe; day: string; yours: boolean }) =>
    `${d.who} asks to ${d.to === 'renew' ? `renew ${d.plan} from ${date(d.day)}` : `cancel ${d.plan} at the end of its term, ${date(d.day)}`}. It waits for ${d.yours ? 'your yes' : 'an approval'}.`,
  endSetting: (d: { who: Safe; to: SetEnd }) =>
    d.to === 'renew' ? `${d.who} said yes. I am switching it on again.` : `${d.who} said yes. I am setting the cancellation.`,
  endSet: (d: { day: string }) => `Its cancellation for ${date(d.day)} was read to be set. I look again until it is over.`,
  endWarned: (d: { loses: number | null; day: string }) => whoLosesThen(d.loses, d.day).replaceAll('**', ''),
  finishedGone: () => 'Finished: the licences that were not bought through us are gone from the customer’s tenant.',
  finishedEnded: () => 'Finished: the old subscription has ended.',
  finishedRenewed: (d: { day: string }) => `It was set to renew, on ${date(d.day)}.`,
  finishedSuspended: () => 'Finished: the old subscription is suspended.',
  finishedLetExpire: (d: { day: string; how: OldOne }) => `Finished: ${leftSo(d)}`,
  finishedGivenUp: (d: { who: Safe }) => `${d.who} ended the move here. What was done stays done.`,
  renewed: () => 'It renews again. Nothing to do.',
  settled: (how: string) => `${how} Nothing to do.`,
  ended: (d: ({ standing: Standing } & StoodStill) | null) =>
    d?.standing === 'suspended'
      ? `It was suspended elsewhere. ${stillCosts(d)}`
      : d === null
        ? 'It has ended or was suspended elsewhere. Nothing more happens here.'
        : 'It has ended. Nothing more happens here.',
  left: () => 'Partner Center says that the customer is no longer ours, so I see its subscriptions no more. Nothing more happens here.',
  changed: {
    suspended: 'The old subscription was suspended, and not by me.',
    ended: 'The old subscription has ended.',
    gone: 'Partner Center no longer knows the old subscription.',
    left: 'Partner Center says that the customer is no longer ours.',
    renews: 'The old subscription renews again.',
    stops: 'The old subscription does not simply renew any more; the card says what happens.',
    again: 'It does not simply renew any more, once again. This is the same ticket, open again; the card says what happens.',
    end: 'What happens at the end of the old subscription, or when it ends, has changed.',
    unread: 'For a day Partner Center has not said whether the old subscription renews.',
    name: 'The customer has a new name.',
    disagree: 'Auto-renew of the old subscription and what is planned for it disagree now; the card says how.',
    estPlanned: 'Microsoft has planned a paid Extended Service Term for it now. A cancellation that is set before that day makes it end.',
    estBegun: 'The term is over, and it goes on month by month as a paid Extended Service Term.',
    planSet: 'A change was planned for its next term; the card says which.',
    planChanged: 'What is planned for its next term is another change now; the card says which.',
    planLost: 'The change that was planned for its next term is lost; it renews as it is.',
    goesOn: 'The move is finished, yet the old subscription goes on and is paid for beside the new one. The card says how.',
    stillBilled: 'Somebody suspended the old subscription, and it is billed until the end of its term all the same.',
  } as Record<string, string>,
  seatsChanged: (d: { from: number; to: number }) =>
    d.from < 0 || d.to < 0 ? 'The number of old licences has changed.' : `The number of old licences has changed from ${number(d.from)} to ${number(d.to)}.`,
  waits: (d: Progress & { count: number }) => `${d.count > 1 ? `Reminder ${number(d.count)}: ` : 'A reminder: '}${waits(d) ?? 'this move waits for somebody.'}`,
  reminderMoving: (d: Progress & { days: number }) => `${count(d.days, 'day', 'days')} left: ${waits(d) ?? 'the move goes on.'}`,
  passed: (d: { renews: boolean }) =>
    d.renews ? 'Its last day has passed.' : 'Its last day has passed, and Partner Center still lists it as active. Nobody has decided yet.',
  reminder: (d: { days: number; stake: string | null; who: Safe | null }) =>
    [`${count(d.days, 'day', 'days')} left.`, d.who ? `${d.who} looks after it; nobody has decided yet.` : 'Nobody has decided yet.', d.stake]
      .filter(Boolean)
      .join(' '),
  stake,
  next,
  stuckUnclear: () => 'I need a person here: it is unclear whether the last step went through.',
  stuckRefused: () => 'I need a person here: Microsoft refused a step.',
  stuckStopped: () => 'I need a person here: the move has stopped, and the card says why.',
  orderAsked: (d: { order: Safe }) => `Is order ${d.order} this purchase? Nothing is bought until an approver says so on the card.`,
  orderFound: (d: { order: Safe }) => `It was bought: order ${d.order}. I go on from there.`,
  stillWaits: () => 'This still waits. The card says what for; it can be cancelled there.',
  snoozed: (d: { who: Safe; day: string }) => `${d.who} snoozed it until ${date(d.day)}.`,
  dismissed: (d: { who: Safe; reason: Safe }) => `${d.who} lets it go: “${d.reason}”`,
  assigned: (d: { who: Safe }) => `${d.who} looks after it.`,
  given: (d: { who: Safe; whom: Safe }) => `${d.who} gave it to ${d.whom}, who looks after it.`,
  handedBack: (d: { who: Safe }) => `${d.who} handed it back: nobody looks after it.`,
  undone: (d: { who: Safe; of: 'snoozed' | 'dismissed' | null }) =>
    `${d.who} ${d.of === 'snoozed' ? 'took the snooze back' : d.of === 'dismissed' ? 'took back that it was let go' : 'took that back'}: it is open again.`,
  note: (d: { who: Safe; text: Safe }) => `${d.who} notes: “${d.text}”`,
  seen: (d: { who: Safe }) => `${d.who} has seen it.`,
};
