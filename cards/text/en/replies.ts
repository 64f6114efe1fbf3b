/** What is said to the one who asked: why it did not happen, that nothing has changed, what to do. */

import type { Money } from '../../../services/domain/money.ts';
import type { Stop } from '../../../services/domain/reasons.ts';
import type { MoveState, SetEnd } from '../../../services/domain/ticket.ts';
import type { Can } from '../../../services/moves/answers.ts';
import type { Right } from '../../../services/people/roles.ts';
import type { LastStepHere } from '../../../services/tickets/endOfTerm.ts';
import type { MarkWord } from '../../../services/notify/handles.ts';
import type { Counted } from '../../../services/watch/known.ts';
import type { Safe } from '../../escape.ts';
import { asking, hint } from './answers.ts';
import { type Becomes, becoming } from './ends.ts';
import { aMonth, date, licences, listed, number, people, stamp } from './format.ts';
import { isMark, marks, ofMarks } from './marks.ts';
import { notice } from './notice.ts';
import { stateNow } from './states.ts';
import { whySkipped } from './status.ts';
import { termEnd } from './termEnd.ts';

const rights: Record<Right, string> = {
  see: 'see the customers’ subscriptions',
  watch: 'set what this chat watches',
  ask: 'begin or change a move',
  approve: 'approve purchases',
  licences: 'move licences',
  suspend: 'suspend subscriptions',
  own: 'change how I work',
};

interface Named {
  plan: Safe;
  /** That Partner Center shows for it; empty where it shows none. */
  day: string;
  becomes: Becomes | null;
}

/** Some by name, with the day where there is one; in brackets. */
function named(some: readonly Named[], link: string | null): string {
  const each = some.map(({ plan, day }) => (link !== null && day ? `${plan} ${link} ${date(day)}` : plan));
  return each.length > 0 ? ` (${each.join('; ')})` : '';
}

/** `Plan on 30 June 2027, as 3 licences`. */
function renewsAs({ plan, day, becomes }: Named): string {
  return `${plan}${day ? ` on ${date(day)}` : ''}, as ${becoming(becomes)}`;
}

const isAre = (n: number) => (n === 1 ? 'is' : 'are');

/** How many stand so, by what was read; all but those that renew as they are are named. */
const stands: Record<Counted, (n: number, some: readonly Named[]) => string> = {
  renews: (n) => `${number(n)} ${n === 1 ? 'renews' : 'renew'}`,
  changes: (n, some) => `${number(n)} ${n === 1 ? 'renews' : 'renew'} as something else (${some.map(renewsAs).join('; ')})`,
  ends: (n, some) => `${number(n)} ${n === 1 ? 'ends' : 'end'} without renewing${named(some, 'on')}`,
  extends: (n, some) => `${number(n)} ${n === 1 ? 'goes' : 'go'} on month by month as a paid Extended Service Term${named(some, 'from')}`,
  inEst: (n, some) => `${number(n)} ${isAre(n)} in an Extended Service Term, paid by the month${named(some, null)}`,
  unsure: (n, some) => `of ${number(n)} it is not known what happens at the end of the term${named(some, 'on')}`,
  unsaid: (n, some) => `of ${number(n)} Partner Center does not say whether ${n === 1 ? 'it renews' : 'they renew'}${named(some, null)}`,
  stillBilled: (n, some) => `${number(n)} ${isAre(n)} suspended and still billed${named(some, 'until')}`,
  suspended: (n, some) => `${number(n)} ${isAre(n)} suspended${named(some, null)}`,
  ended: (n, some) => `${number(n)} ${n === 1 ? 'has' : 'have'} ended${named(some, null)}`,
  trials: (n, some) => `${number(n)} ${n === 1 ? 'is a trial' : 'are trials'}${named(some, 'until')}`,
  missing: (n, some) => `${number(n)} ${n === 1 ? 'was' : 'were'} missing from the last list${named(some, null)}`,
};

/** What is said to the one who asked. Why it did not happen, that nothing has changed, what to do. */
export const replies = {
  ...ofMarks,
  askingPrice: () => 'Asking Microsoft for the price.',
  approved: () => 'Approved. I look at the price once more, then buy.',
  declined: () => 'Declined. Nothing was bought.',
  cancelled: () => 'Cancelled. Nothing was bought.',
  cancelledOpen: () => 'Cancelled: I do not make this purchase.',
  moving: () => 'Moving the licences now.',
  suspending: () => 'Suspending the old subscription now.',
  letEnd: () => 'Noted. I look until it is over.',
  weighing: (d: { to: SetEnd }) =>
    d.to === 'renew' ? 'I read what renewing it commits to, and ask for a yes.' : 'I read who would lose access, and ask for a yes.',
  settingEnd: () => 'Setting the cancellation now.',
  endApproved: () => 'Approved. I look at it once more, then set it.',
  endDeclined: () => 'Declined. I do not set it.',
  endCancelled: () => 'Called off. I do not set it.',
  endLapsed: () => 'Nobody approved it in time, so I do not set it. Nothing has changed; ask for it again.',
  endOwnRequest: () => 'You asked for this, so another approver must say yes to it. Nothing has changed.',
  endNotShown: () => 'I cannot set a cancellation here yet. Set it in Partner Center; I look whether it happened. Nothing has changed.',
  endNotPossible: (d: { to: SetEnd }) =>
    d.to === 'renew' ? 'As it reads now I cannot renew it. Nothing has changed.' : 'As it reads now I cannot cancel it at term end. Nothing has changed.',
  left: () => 'Noted. I leave the old subscription as it is.',
  looking: () => 'Looking again.',
  gaveUp: () => 'The move ends here.',
  settling: () => 'I look whether that can be so. The card says what I found.',
  goesOn: () => 'Written down. I go on from there.',
  badOrder: (d: { value: Safe }) => `“${d.value}” is not the number of an order. Copy it from the order in Partner Center. Nothing has changed.`,
  back: () => 'One step back. Nothing was bought.',
  waived: () => 'Noted. The last step is open.',
  upToDate: () => 'The card is up to date.',
  whichPlan: (d: { customer: Safe; ticketId: string; plans: readonly Safe[]; terms: boolean }) =>
    `${d.customer}, ${d.ticketId}. Which plan? ${d.plans.map((plan, index) => `**${index + 1}** ${plan}`).join(' · ')}. Answer with a number or a name${d.terms ? '; a term may follow, as in “1, 1 year, paid yearly”' : ''}.`,
  howMany: (d: { plan: Safe; term: Safe | null; proposed: number | null; inUse: number | null; minimum: number }) =>
    `${d.plan}${d.term === null ? '' : `, ${d.term}`}. How many licences? ${d.inUse === null ? '' : `${number(d.inUse)} ${d.inUse === 1 ? 'is' : 'are'} in use. `}${d.minimum > 1 ? `It starts at ${number(d.minimum)}. ` : ''}Answer with a number${d.proposed === null ? '' : `, or **yes** for ${number(d.proposed)}`}.`,
  noPlan: (d: { value: Safe }) =>
    d.value
      ? `I find no plan called “${d.value}” in this customer’s catalogue. Nothing has changed; type the name as Partner Center shows it.`
      : 'No plan is preselected here. Type the name of the plan to move to.',
  planNotSold: (d: { value: Safe }) => `${d.value} is not sold to this customer. Nothing has changed; choose another plan.`,
  manyPlans: (d: { value: Safe; plans: readonly Safe[] }) =>
    `“${d.value}” may mean ${d.plans.join(', or ')}. Nothing has changed; type the whole name of the one you mean.`,
  manyTerms: (d: { plan: Safe; terms: readonly Safe[] }) =>
    `That may be more than one term: ${notice.soldFor(d.plan, d.terms)} Nothing has changed; write how long, and how it is paid.`,
  termNotSold: (d: { plan: Safe; sold: readonly Safe[] }) => `${notice.soldFor(d.plan, d.sold)} Nothing has changed; choose one of these.`,
  termsUnread: (d: { plan: Safe }) =>
    `I do not know yet in which terms ${d.plan} is sold. Nothing has changed; choose the plan without a term: the price names its term, and “Change” then offers the others.`,
  searching: (d: { value: Safe }) => `I look for “${d.value}” in this customer’s catalogue; it comes here.`,
  badPosition: (d: { value: Safe; max: number }) =>
    d.max === 1
      ? `There is one plan to choose, so write **1** or a plan’s name, not “${d.value}”. Nothing has changed.`
      : `There is no plan “${d.value}”: write a number from 1 to ${number(d.max)}, or a plan’s name. Nothing has changed.`,
  badQuantity: (d: { value: Safe; min: number; max: number }) =>
    `“${d.value}” is not a number from ${number(d.min)} to ${number(d.max)}. Nothing has changed; type the number of licences.`,
  reasonMissing: () => 'Please give a reason; the others will see it. Nothing has changed.',
  noSuchPeople: (d: { value: Safe }) =>
    d.value
      ? `Nobody called “${d.value}” can move here. Nothing has changed; type names as the card shows them.`
      : 'Nobody is chosen. Nothing has changed; choose at least one person.',
  samePeople: (d: { value: Safe; same: readonly unknown[] }) =>
    `“${d.value}” may be several of the people here, so nobody was moved. ${d.same.length > 0 ? 'Choose below.' : 'Write first and last names, or choose the people in the chat with me alone.'}`,
  already: (d: { state: MoveState; who: Safe; at: string }) =>
    `${d.who ? `${d.who} began this move on ${stamp(d.at)}` : 'This move has begun'}: ${stateNow[d.state]}. Nothing was done twice; the card is up to date now.`,
  alreadyApproved: (d: { who: Safe; at: string }) =>
    `${d.who || 'Somebody'} approved this on ${stamp(d.at)}. Nothing was done twice; the card is up to date now.`,
  lapsed: () => 'The quote has lapsed: nobody approved it in time. Nothing was bought; ask for the price again.',
  ownSum: () =>
    'You asked for this price. With what you asked for and approved yourself in the last 24 hours it is above the limit for one person, so another approver must say yes to it. Nothing was bought.',
  ownRequest: () => 'You asked for this price, so another approver must say yes to it. Nothing was bought.',
  vouched: () => 'Noted in your name, with your reason. I suspend the old subscription now.',
  vouchInPerson: () => 'Tell me that you checked in the chat with me alone: write **show** and the customer there. Nothing has changed.',
  ownVouch: () => 'You asked for this purchase, so another approver must look and confirm. Nothing has changed.',
  approveInPerson: () => 'Prices are shown in the chat with me alone, so approve it there: write **show** and the customer. Nothing was bought.',
  cardInPerson: () => 'Names are chosen in the chat with me alone: I have put the card there. Nothing has changed.',
  pickInPerson: () =>
    'Who moves is chosen by name, so do it in the chat with me alone: write **show** and the customer there. Or write **all but** and names below this card. Nothing has changed.',
  onlyInPerson: () => 'Who is left behind is chosen by name, so do it in the chat with me alone: write **show** and the customer there. Nothing has changed.',
  mayNot: (d: { right: Right; who?: readonly Safe[] }) =>
    `You may not ${rights[d.right]}. ${d.who && d.who.length > 0 ? `${d.who.join(', ')} may. ` : ''}Nothing has changed.`,
  readOnly: () => 'I am switched to read-only: nothing is bought, moved or suspended now. Nothing has changed; an owner can write “read-only off”.',
  readOnlyNow: (d: { who: Safe; on: boolean }) =>
    d.on
      ? `${d.who} switched me to read-only. Nothing is bought, moved or suspended until an owner writes “read-only off”. I still watch and tell.`
      : `${d.who} switched me back. What waited goes on within a minute.`,
  dryRun: () =>
    'This is a dry run: I watch, tell and ask for prices, and nothing is bought, moved or suspended. Nothing has changed; an owner can write “dry-run off”.',
  dryRunNow: (d: { who: Safe; on: boolean }) =>
    d.on
      ? `${d.who} began a dry run. I watch, tell and ask for prices; nothing is bought, moved or suspended until an owner writes “dry-run off”.`
      : `${d.who} ended the dry run. From now on I buy, move and suspend what one of you confirms; what waited goes on within a minute.`,
  stoppedAlready: (d: { stop: Stop }) =>
    d.stop === 'dryRun'
      ? 'This is a dry run, and it goes on: nothing is bought, moved or suspended until an owner writes “dry-run off”. Nothing has changed.'
      : 'I am switched to read-only, and stay so: nothing is bought, moved or suspended until an owner writes “read-only off”. Nothing has changed.',
  readOnlyByOperator: () => 'I am read-only by a setting (READ_ONLY=on). Only whoever runs me can change that.',
  whoMayUnknown: () => 'I cannot read in Microsoft Entra what you may do. Nothing has changed; try again in a minute.',
  slowDown: () => 'That was more in a minute than I take from one person. Nothing has changed; wait a moment and try again.',
  badInput: () => 'That card sent something that I do not take. Nothing has changed; write “show” and the ticket for a fresh card.',
  consent: (d: { link: Safe; minutes: number }) =>
    `Open this page within ${number(d.minutes)} minutes, in your own browser, and sign in with the account that works for me in Partner Center: ${d.link}`,
  consentInPerson: () => 'Write that to me in our personal chat; the link is for you alone.',
  consentNotHere: () => 'Nothing to consent to: the sandbox needs no sign-in.',
  mayNotHere: () => 'This needs a right that you do not have. Nothing has changed.',
  nothingMine: () => 'Nothing waits for you, and you look after nothing.',
  nothingToApprove: () => 'Nothing waits for your approval.',
  quoteChanged: () => 'The price or the plan has changed since. Nothing was bought; the card shows the new one.',
  notWhileUnclear: () => 'It is not yet clear what Microsoft did, so giving up is not safe. Press “Look again” first. Nothing has changed.',
  boughtAlready: () => 'It is bought, so the move cannot be cancelled any more. Go on, or leave the old subscription running.',
  notNow: (d: { state: MoveState | 'none' }) => `That does not fit now: ${stateNow[d.state]}. Nothing has changed; the card is up to date now.`,
  leftOff: (d: { customer: Safe; ticketId: string }) =>
    `Nothing was begun for ${d.customer}, ${d.ticketId}, and nothing is asked any more. To hear of it later write **snooze ${d.ticketId} 14**, to let it go **dismiss ${d.ticketId}** and a reason; **move ${d.ticketId}** asks again.`,
  waitsForYou: (d: { only: { customer: Safe; ticketId: Safe } | null; n: number }) =>
    d.only
      ? `What waits for your yes is ${d.only.customer}, ${d.only.ticketId}: write **show ${d.only.ticketId}**.`
      : `${number(d.n)} others wait for your yes: write **approvals**.`,
  closed: (d: { how: 'renewed' | 'moved' | 'ended' | 'left' }) =>
    d.how === 'renewed'
      ? 'It renews again, so there is nothing to do. Nothing has changed.'
      : d.how === 'moved'
        ? 'This move is finished. Nothing was done twice.'
        : d.how === 'left'
          ? 'The customer is no longer ours. Nothing has changed.'
          : 'It has ended, or somebody suspended it elsewhere; the card says which. Nothing has changed.',
  instead: (d: { state: MoveState | 'none'; ticketId: string; can: Can }) =>
    [
      `Nothing has changed. ${hint(d.can) ?? `Just now ${stateNow[d.state]}.`}`,
      d.can.answers.includes('plan') ? `To hear of it later write **snooze ${d.ticketId} 14**, to let it go **dismiss ${d.ticketId}** and a reason.` : '',
    ]
      .filter(Boolean)
      .join(' '),
  answers: (d: { state: MoveState | 'none'; can: Can }) => `I did not understand that; nothing has changed. ${hint(d.can) ?? `Just now ${stateNow[d.state]}.`}`,
  askApproval: (d: { customer: Safe; plan: Safe; quantity: number; monthly: Money | null; can: Can }) =>
    asking(`Buy ${licences(d.quantity)} of ${d.plan} for ${d.customer}${d.monthly ? `, ${aMonth(d.monthly)}` : ''}?`, d.can),
  askPeople: (d: { customer: Safe; plan: Safe; movable: number; can: Can }) =>
    asking(d.movable > 0 ? `${d.customer}: move ${people(d.movable)} to ${d.plan}?` : `${d.customer}: what about those who have not moved?`, d.can),
  askSuspend: (d: { customer: Safe; plan: Safe; last: LastStepHere; can: Can }) =>
    asking(
      {
        letEnd: `${d.customer}: let ${d.plan} end by itself, or suspend it?`,
        cancel: `${d.customer}: ${d.plan} does not end by itself. Set its cancellation in Partner Center; I look whether it is there.`,
        setEnd: `${d.customer}: cancel ${d.plan} at the end of its term?`,
        suspend: `${d.customer}: suspend ${d.plan}?`,
        customerActs: `${d.customer} ends ${d.plan} where it bought it. The card has a message to send; I look once a day whether it is gone.`,
      }[d.last],
      d.can,
    ),
  askEnd: (d: { customer: Safe; plan: Safe; to: SetEnd; day: string; can: Can }) => asking(termEnd.speak(d), d.can),
  askCheck: (d: { customer: Safe; can: Can }) => asking(`${d.customer}: the move has stopped and needs a person.`, d.can),
  typedAhead: () => 'You wrote that before I had asked, or I cannot tell, so I did not take it for an answer; nothing has changed.',
  cardChanged: () => 'Something else is asked here by now than on the card that you pressed. Nothing has changed; the card is up to date now.',
  plansUnread: () => 'I cannot read this customer’s catalogue just now, and try again by myself. Nothing has changed; answer when the plans are on the card.',
  reading: () => 'I am still reading this customer’s catalogue. Nothing has changed; answer when the plans are on the card.',
  notUnderstood: (d: { text: Safe; didYouMean: Safe | null }) =>
    d.didYouMean ? `I do not know “${d.text}”. Did you mean **${d.didYouMean}**?` : `I do not know “${d.text}”. Write **help** to see what I can do.`,

  reminders: (d: { days: readonly number[] }) =>
    d.days.length === 0
      ? 'I do not remind this chat before a term ends. Write **remind 30 7 1** to change that.'
      : `I remind this chat ${listed(d.days.map(number))} ${d.days.length === 1 && d.days[0] === 1 ? 'day' : 'days'} before a term ends that nobody has decided about. Write **remind off**, or other days of 60, 30, 14, 7 and 1, to change that.`,
  incomplete: (d: { of: 'show' | 'move' | 'history' | 'remind' | 'settings' | 'invite' | 'uninvite' | 'export' | 'read-only' | 'dry-run' | MarkWord }) =>
    isMark(d.of)
      ? marks[d.of]
      : d.of === 'settings'
        ? 'I did not understand what to set, so nothing has changed. Write **settings** for the card with everything, or for example “settings quiet 18-8”, “settings zone Stockholm”, “settings digest weekdays 9”.'
        : d.of === 'remind'
          ? 'I can remind you 60, 30, 14, 7 and 1 days before a term ends: write for example **remind 30 7**, or **remind off**.'
          : d.of === 'export'
            ? 'Write **export tickets**, **export decisions** or **export record**, with **csv** or **json** behind it.'
            : d.of === 'read-only' || d.of === 'dry-run'
              ? `Write **${d.of} on** or **${d.of} off**.`
              : d.of === 'invite' || d.of === 'uninvite'
                ? `Which company? Write **${d.of}** and its name, for example “${d.of} adatum”.`
                : `Which one? Write **${d.of}** and a customer or a ticket, for example “${d.of} contoso”; **expiring** lists what can be meant.`,
  noCustomer: (d: { what: Safe; company: boolean }) =>
    d.company
      ? `I know no customer called “${d.what}”. Write the beginning of its name; if it is not your customer yet, write **invite ${d.what}**.`
      : `I know no customer called “${d.what}”. Write the beginning of a customer’s name; **expiring** is the list.`,
  ofTicket: (d: { customer: Safe; ticketId: string; what: string }) => `${d.customer}, ${d.ticketId}: ${d.what}`,
  noTicket: (d: { what: Safe }) => `I know no ticket ${d.what}. Write **expiring** to see the open ones.`,
  takenAs: (d: { wanted: Safe; name: Safe }) => `I take “${d.wanted}” as ${d.name}.`,
  longText: (d: { max: number }) => `That is longer than I read: I take ${number(d.max)} letters at most. Nothing has changed; write it in fewer words.`,
  allRenew: (d: { customer: Safe }) => `Everything of ${d.customer} renews. Write **move ${d.customer}** to move one all the same.`,
  /** How a customer stands of whom not everything was read, or not everything renews. */
  stands: (d: {
    customer: Safe;
    looked: boolean;
    skipped: Safe | null;
    left: boolean;
    of: readonly { kind: Counted; count: number; named: readonly Named[] }[];
    unread: readonly Safe[];
  }) => {
    if (d.left) return `${d.customer} is no longer our customer, so I do not look at it any more.`;
    const why = d.skipped === null ? '' : whySkipped(d.skipped);
    if (!d.looked) return d.skipped ? `I could not look at ${d.customer} yet: ${why}. I keep trying.` : `I have not looked at ${d.customer} yet.`;
    const counted = d.of.filter((one) => one.count > 0).map((one) => stands[one.kind](one.count, one.named));
    const read =
      counted.length > 0
        ? `Subscriptions of ${d.customer}, as I last read them: ${counted.join(', ')}.`
        : `I know no subscription of ${d.customer} that ends or renews.`;
    const old = d.skipped ? `I could not look at ${d.customer} the last time: ${why}. What follows may be old. ` : '';
    return [`${old}${read}`, d.unread.length > 0 ? `I could not read: ${d.unread.join('; ')}.` : ''].filter(Boolean).join(' ');
  },
  nothingToMove: (d: { customer: Safe }) => `I know no subscription of ${d.customer} that can be moved.`,
  thanks: () => 'You are welcome.',
  nothingAsked: () =>
    'Nothing waits for your yes or no here, and nothing has changed. Where I asked with buttons, press one; where none of them fits, write more of the name.',
  nothingWaits: () => 'No move waits for an answer here. Write **move** and a customer to begin one; **expiring** is the list.',
  watchingNow: (d: { who: Safe; what: readonly Safe[] }) => `${d.who}: this chat now watches ${d.what.join(', ')}.`,
  watchingStopped: (d: { who: Safe }) => `${d.who}: this chat watches nothing any more.`,
  noWatch: (d: { what: Safe }) => `I know no customer and no programme called “${d.what}”. Nothing has changed; write **watch** alone for all customers.`,
  gone: () => 'This card is too old for me to know. Nothing has changed; write **show** and the customer to get a new one.',
  strayCard: () =>
    'This card is no longer kept up to date; the current one stands elsewhere in this chat. Nothing has changed; write **show** and the customer to get it at the bottom.',
  otherChat: () => 'This card belongs to another chat. Nothing has changed; write **show** and the customer here.',
  unreachable: () => 'I cannot reach Partner Center. Nothing has changed; try again in a minute.',
  failed: () => 'Something went wrong on my side. Nothing has changed; try again in a minute.',
  showing: () => 'It comes in a new message.',
  comes: () => 'This takes a moment; it comes here.',
  page: (d: { from: number; to: number; of: number }) => `${number(d.from)} to ${number(d.to)} of ${number(d.of)}.`,
};
