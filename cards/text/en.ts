/** Every sentence in English, as functions of data. Outside words come in already harmless. */
import type {
  AgainWhy,
  BlockedWhy,
  Difference,
  EndOfTerm,
  PauseReason,
  MoveState,
  RefusalReason,
  StuckReason,
  UnsettledWhy,
  UserMove,
} from '../../services/domain/ticket.ts';
import type { Answer, Can } from '../../services/moves/answers.ts';
import type { Right } from '../../services/people/roles.ts';
import { monthsOf, type Money } from '../../services/domain/money.ts';
import { memoize } from '../memoize.ts';

const NB = '\u00a0';
const LOCALE = 'en-IE';
const days = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
const shortDays = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });
const dayMonths = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', timeZone: 'UTC' });
const times = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: 'UTC' });
const numbers = new Intl.NumberFormat(LOCALE);

function asDate(day: string): Date {
  return new Date(day.length === 10 ? `${day}T00:00:00Z` : day);
}

/** A day as `format` writes it, unbroken; one that was never read is said to be not known. */
function dayAs(format: Intl.DateTimeFormat, day: string): string {
  const at = asDate(day);
  return Number.isNaN(at.getTime()) ? `a${NB}day${NB}not${NB}known` : format.format(at).replaceAll(' ', NB);
}

/** `3 March 2027`. */
const date = memoize((day) => dayAs(days, day));
const shortDate = memoize((day) => dayAs(shortDays, day));
const dayMonth = memoize((day) => dayAs(dayMonths, day));
const time = memoize((at) => times.format(asDate(at)));
const stamp = (at: string) => `${date(at)}${NB}${time(at)}`;
const number = (n: number) => (Number.isInteger(n) && n >= 0 && n < 1_000 ? String(n) : numbers.format(n));
const count = (n: number, one: string, many: string) => `${number(n)}${NB}${n === 1 ? one : many}`;
const licences = (n: number) => count(n, 'licence', 'licences');
const people = (n: number) => count(n, 'person', 'people');

/** Formats are costly to make: one for each currency. */
const moneyFormats = new Map<string, { format: Intl.NumberFormat; digits: number }>();

function money(amount: Money): string {
  const { format, digits } = moneyFormats.get(amount.currency) ?? moneyFormat(amount.currency);
  return format.format(amount.minor / 10 ** digits);
}

function moneyFormat(currency: string): { format: Intl.NumberFormat; digits: number } {
  const format = new Intl.NumberFormat(LOCALE, { style: 'currency', currency });
  const made = { format, digits: format.resolvedOptions().maximumFractionDigits ?? 2 };
  moneyFormats.set(currency, made);
  return made;
}

/** `2 years`, `18 months`; a length that is not understood as it stands. */
function termLength(term: string): string {
  const months = monthsOf(term);
  if (months === null) return term;
  const [n, one, many] = months % 12 === 0 ? ([months / 12, 'year', 'years'] as const) : ([months, 'month', 'months'] as const);
  return count(n, one, many).replace(NB, ' ');
}

const aMonth = (amount: Money) => `${money(amount)}${NB}a${NB}month`;

const reasons: Record<string, string> = {
  closest: 'closest match',
  service: 'for people who serve customers',
  everything: 'sales, service and more in one',
  light: 'read and light use',
  sales: 'for people who sell',
  smaller: 'without telephony',
};

const blocked: Record<BlockedWhy, string> = {
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

const refusals: Record<RefusalReason, string> = {
  oldChanged: 'I did not buy it: the old subscription has changed since the price was asked for. Look at it, then ask for a price again.',
  agreement: 'No price yet: the customer has not accepted the Microsoft Customer Agreement. Confirm it in Partner Center, then ask again.',
  accountReview: 'No price yet: Microsoft is reviewing this customer’s account. Ask again when the review is over.',
  notSold: 'No price: this plan is not sold to this customer. Choose another one.',
  quantity: 'No price: the number of licences is outside what this plan allows. Change it and ask again.',
  forbidden: 'No price: Partner Center does not let me buy for this customer. Ask an admin agent to check my access.',
  refused: 'No price: Microsoft refused this order. Choose another plan, or look in Partner Center.',
  unreachable: 'No price: Partner Center did not answer. Nothing was bought; ask again in a minute.',
  rights: 'I did not buy it: the one who approved it may not approve purchases any more. Choose the plan again; somebody else approves.',
  notBought: 'Nothing was bought: Microsoft did not take the purchase, and twenty minutes later its orders show none. Choose the plan again to buy it.',
  saidNotBought:
    'An approver says that none of the orders that are there is this purchase. Choose the plan again to buy it; I ask about those orders before I do.',
  otherCart:
    'No price: the cart that Partner Center made names no price, or is not what was asked for, so I do not offer it. Nothing was bought; ask again, or buy it in Partner Center.',
  unsteady:
    'I did not buy it: again and again the cart had changed or gone right before the purchase. Ask for the price again later, or buy it in Partner Center.',
};

/** Why a customer could not be looked at, from the kind of the failure and Partner Center's code. */
function whySkipped(why: string): string {
  const [kind, code = ''] = why.split(' ');
  if (code === 'shape') return 'Partner Center answered in a way that I do not understand';
  if (kind === 'forbidden') return `Partner Center does not let me (${code})`;
  if (kind === 'notFound') return `Partner Center does not know it (${code})`;
  if (kind === 'throttled') return 'Partner Center wanted fewer requests';
  return kind === 'unclear' ? `Partner Center did not answer as it should (${code})` : `Partner Center refused it (${code})`;
}

/** Partner Center's fields that the watch cannot do without, in words. */
const fields: Record<string, string> = {
  quantity: 'the number of licences',
  autoRenewEnabled: 'whether it renews: the field autoRenewEnabled',
  commitmentEndDate: 'the end date',
  status: 'the state',
  offerId: 'the offer',
  productType: 'the type of product',
};

/** What a move waits for where nobody answers, and how it is ended. */
const waits: Partial<Record<MoveState, string>> = {
  drafting: 'a move was begun and no price was asked for. Choose a plan, or choose “Cancel the move”; nothing has been bought.',
  purchased: 'the new licences are bought and nobody has been moved. Choose who moves; until then both subscriptions are paid for.',
  reassigned: 'the last step waits: the old subscription still goes on and is paid for. Suspend it, or leave it with a reason.',
  stuck: 'this move has stopped and needs a person. Choose “Check again”, or look in Partner Center.',
};

/** What may be said of the old subscription: nothing where it is no longer active, or nobody says. */
export type OldOne = 'ends' | 'termEnds' | 'renews' | 'unsaid';

/** What becomes of it when it is left. */
const leftSo = (d: { day: string; how: OldOne }) =>
  ({
    renews: `the old subscription goes on and renews on ${date(d.day)}.`,
    ends: `the old subscription ends by itself on ${date(d.day)}.`,
    termEnds: `the term of the old subscription ends on ${date(d.day)}; Microsoft may go on with it month by month, so look at it then.`,
    unsaid: 'the old subscription was left as it is.',
  })[d.how];

const thread = {
  asked: (d: { who: string; quantity: number; plan: string; monthly: Money }) =>
    `${d.who} asks to buy ${licences(d.quantity)} of ${d.plan}, ${aMonth(d.monthly)}. It waits for an approval.`,
  repriced: (d: { before: Money; after: Money }) =>
    `The price changed from ${aMonth(d.before)} to ${aMonth(d.after)}. Nothing was bought; it waits for a new approval.`,
  approvalDue: (d: { until: string }) => `It still waits for an approval, until ${stamp(d.until)} UTC. Then the quote lapses and nothing is bought.`,
  approved: (d: { who: string }) => `${d.who} approved it. I am buying now.`,
  declined: (d: { who: string; reason: string }) => `${d.who} declined it: “${d.reason}” The old subscription is unchanged.`,
  cancelled: (d: { who: string }) => `${d.who} cancelled the move. Nothing was bought.`,
  cancelledOpen: (d: { who: string }) => `${d.who} cancelled the move before its purchase was made.`,
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
  waived: (d: { who: string; reason: string }) => `${d.who} leaves somebody behind, by name: “${d.reason}” They lose access when the old one is suspended.`,
  vouched: (d: { who: string; reason: string }) =>
    `${d.who} looked where I could not, and says that nobody loses access: “${d.reason}” I suspend the old subscription now.`,
  finishedSuspended: () => 'Finished: the old subscription is suspended.',
  finishedLetExpire: (d: { day: string; how: OldOne }) => `Finished: ${leftSo(d)}`,
  finishedGivenUp: (d: { who: string }) => `${d.who} ended the move here. What was done stays done.`,
  renewed: () => 'It renews again. Nothing to do.',
  ended: () => 'It has ended or was suspended elsewhere. Nothing more happens here.',
  left: () => 'Partner Center says that the customer is no longer ours, so I see its subscriptions no more. Nothing more happens here.',
  changed: {
    suspended: 'The old subscription was suspended, and not by me.',
    ended: 'The old subscription has ended.',
    gone: 'Partner Center no longer knows the old subscription.',
    left: 'Partner Center says that the customer is no longer ours.',
    renews: 'The old subscription renews again.',
    stops: 'The old subscription does not renew any more.',
    end: 'What happens at the end of the old subscription, or when it ends, has changed.',
    unread: 'For a day Partner Center has not said whether the old subscription renews.',
    name: 'The customer has a new name.',
  } as Record<string, string>,
  seatsChanged: (d: { from: number; to: number }) =>
    d.from < 0 || d.to < 0 ? 'The number of old licences has changed.' : `The number of old licences has changed from ${number(d.from)} to ${number(d.to)}.`,
  waits: (d: { state: MoveState; count: number }) =>
    `${d.count > 1 ? `Reminder ${number(d.count)}: ` : 'A reminder: '}${waits[d.state] ?? 'this move waits for somebody.'}`,
  reminderMoving: (d: { days: number; state: MoveState }) => `${count(d.days, 'day', 'days')} left: ${waits[d.state] ?? 'the move goes on.'}`,
  passed: (d: { renews: boolean }) =>
    d.renews ? 'Its last day has passed.' : 'Its last day has passed, and Partner Center still lists it as active. Nobody has decided yet.',
  reminder: (d: { days: number }) => `${count(d.days, 'day', 'days')} left. Nobody has decided yet.`,
  stuckUnclear: () => 'I need a person here: it is unclear whether the last step went through.',
  stuckRefused: () => 'I need a person here: Microsoft refused a step.',
  stuckStopped: () => 'I need a person here: the move has stopped, and the card says why.',
  orderAsked: (d: { order: string }) => `Is order ${d.order} this purchase? Nothing is bought until an approver says so on the card.`,
  orderFound: (d: { order: string }) => `It was bought: order ${d.order}. I go on from there.`,
  stillWaits: () => 'This still waits. The card says what for; it can be cancelled there.',
  snoozed: (d: { who: string; day: string }) => `${d.who} snoozed it until ${date(d.day)}.`,
  dismissed: (d: { who: string; reason: string }) => `${d.who} lets it go: “${d.reason}”`,
  assigned: (d: { who: string }) => `${d.who} looks after it.`,
};

/** Why Teams does not let the bot write somewhere, by its code. */
const refusedWhy: Record<string, string> = {
  BotDisabledByAdmin: 'an administrator has switched the app off',
  ConversationBlockedByUser: 'I am blocked there',
  MessageWritesBlocked: 'I am blocked there, or the app was taken away',
  BotNotInConversationRoster: 'I am no member there',
  archived: 'the team is archived',
  deleted: 'the channel or its team was deleted',
};

const inChat = (chat: string | null) => (chat ? `“${chat}”` : 'a chat that you put me into');

/** To people, about a chat that is not reached. */
const notes = {
  why: (code: string) => refusedWhy[code] ?? `Teams answers “${code}”`,
  asleep: (d: { chat: string | null; code: string }) =>
    `Teams does not let me write to ${inChat(d.chat)}: ${notes.why(d.code)}. I keep what I should say there, try again once a day, and at once when somebody writes to me there. Until then nobody hears there what stops renewing; what is urgent I tell you here.`,
  closed: (d: { chat: string | null; code: string }) =>
    `For 90${NB}days Teams has not let me write to ${inChat(d.chat)}: ${notes.why(d.code)}. I do not try any more, and nobody hears there what stops renewing. Put me back there, or write **watch** in another chat.`,
  removed: (d: { chat: string | null }) =>
    `I was taken out of ${inChat(d.chat)}. Nobody hears there what stops renewing. Put me back and choose what it watched, or write **watch** in another chat.`,
  tenant: (d: { code: string }) =>
    `Teams does not let me write to any chat that watches: ${notes.why(d.code)}. Nobody hears what stops renewing until that is mended; look at the app in the Teams admin centre.`,
  plain: (d: { summary: string; ticketId: string | null }) =>
    `${d.summary} Teams does not take my card about it. Write **${d.ticketId ? `show ${d.ticketId}` : 'expiring'}** to see it.`,
};

const rights: Record<Right, string> = {
  see: 'see the customers’ subscriptions',
  watch: 'set what this chat watches',
  ask: 'begin or change a move',
  approve: 'approve purchases',
  licences: 'move licences',
  suspend: 'suspend subscriptions',
  own: 'change how I work',
};

const held: Record<PauseReason, string> = {
  readOnly: '**This waits: I am switched to read-only.** Nothing is bought, moved or suspended until an owner switches me back; then it goes on by itself.',
  directory: '**This waits: I cannot read in Microsoft Entra who may do it.** Nothing happens until I can; then it goes on by itself.',
  orders:
    '**This waits: I cannot see all orders of this customer.** Before I buy I look whether it is bought already. I try again by myself; you can cancel the move.',
  likePurchase:
    '**This waits: a purchase of the same plan for this customer is not finished.** When it is clear what came of that one, this goes on by itself; you can cancel the move.',
  question: '**There is an order that may be this purchase.** I buy nothing until an approver says whether it is.',
};

const stateNow: Record<MoveState | 'none', string> = {
  none: 'nobody has asked for a price yet',
  drafting: 'a plan is being chosen',
  quoting: 'the price is being asked for',
  quoted: 'it waits for an approval',
  purchasing: 'it is being bought',
  provisioning: 'it is being bought',
  purchased: 'it is bought and the licences wait',
  reassigning: 'the licences are being moved',
  reassigned: 'the last step waits',
  suspending: 'the old subscription is being suspended',
  stuck: 'it has stopped and needs a person',
  finished: 'the move is finished',
  cancelled: 'the move was cancelled',
};

/** What is said to the one who asked. Why it did not happen, that nothing has changed, what to do. */
export const replies = {
  askingPrice: () => 'Asking Microsoft for the price.',
  approved: () => 'Approved. I look at the price once more, then buy.',
  declined: () => 'Declined. Nothing was bought.',
  cancelled: () => 'Cancelled. Nothing was bought.',
  cancelledOpen: () => 'Cancelled: I do not make this purchase.',
  moving: () => 'Moving the licences now.',
  suspending: () => 'Suspending the old subscription now.',
  left: () => 'Noted. The old subscription goes on as it is.',
  looking: () => 'Looking again.',
  gaveUp: () => 'The move ends here.',
  settling: () => 'I look whether that can be so. The card says what I found.',
  goesOn: () => 'Written down. I go on from there.',
  badOrder: (d: { value: string }) => `“${d.value}” is not the number of an order. Copy it from the order in Partner Center. Nothing has changed.`,
  back: () => 'One step back. Nothing was bought.',
  assigned: () => 'You look after it now.',
  undone: () => 'It is open again.',
  dismissed: () => 'Noted. I do not remind you of it again.',
  waived: () => 'Noted. The last step is open.',
  upToDate: () => 'The card is up to date.',
  snoozed: (d: { until: string }) => `Snoozed until ${date(d.until)}.`,
  whichPlan: (d: { customer: string; ticketId: string; plans: string[] }) =>
    `${d.customer}, ${d.ticketId}. Which plan? ${d.plans.map((plan, index) => `**${index + 1}** ${plan}`).join(' · ')}. Answer with a number or a name.`,
  howMany: (d: { plan: string; proposed: number | null; inUse: number | null; minimum: number }) =>
    `${d.plan}. How many licences? ${d.inUse === null ? '' : `${number(d.inUse)} ${d.inUse === 1 ? 'is' : 'are'} in use. `}${d.minimum > 1 ? `It starts at ${number(d.minimum)}. ` : ''}Answer with a number${d.proposed === null ? '' : `, or **yes** for ${number(d.proposed)}`}.`,
  noPlan: (d: { value: string }) =>
    d.value
      ? `I find no plan called “${d.value}” in this customer’s catalogue. Nothing has changed; type the name as Partner Center shows it.`
      : 'No plan is preselected here. Type the name of the plan to move to.',
  planNotSold: (d: { value: string }) => `${d.value} is not sold to this customer. Nothing has changed; choose another plan.`,
  manyPlans: (d: { value: string; plans: readonly unknown[] }) =>
    `“${d.value}” may mean ${d.plans.map(String).join(', or ')}. Nothing has changed; type the whole name of the one you mean.`,
  searching: (d: { value: string }) => `I look for “${d.value}” in this customer’s catalogue; it comes here.`,
  badPosition: (d: { value: string; max: number }) =>
    d.max === 1
      ? `There is one plan to choose, so write **1** or a plan’s name, not “${d.value}”. Nothing has changed.`
      : `There is no plan “${d.value}”: write a number from 1 to ${number(d.max)}, or a plan’s name. Nothing has changed.`,
  badQuantity: (d: { value: string; min: number; max: number }) =>
    `“${d.value}” is not a number from ${number(d.min)} to ${number(d.max)}. Nothing has changed; type the number of licences.`,
  badDays: (d: { value: string }) => `“${d.value}” is not a number of days from 1 to 365. Nothing has changed.`,
  reasonMissing: () => 'Please give a reason; the others will see it. Nothing has changed.',
  noSuchPeople: (d: { value: string }) =>
    d.value
      ? `Nobody called “${d.value}” can move here. Nothing has changed; type names as the card shows them.`
      : 'Nobody is chosen. Nothing has changed; choose at least one person.',
  samePeople: (d: { value: string; same: readonly unknown[] }) =>
    `“${d.value}” may be several of the people here, so nobody was moved. ${d.same.length > 0 ? 'Choose below.' : 'Write first and last names, or choose the people in the chat with me alone.'}`,
  already: (d: { state: MoveState; who: string; at: string }) =>
    `${d.who ? `${d.who} began this move at ${stamp(d.at)} UTC` : 'This move has begun'}: ${stateNow[d.state]}. Nothing was done twice; the card is up to date now.`,
  alreadyApproved: (d: { who: string; at: string }) =>
    `${d.who || 'Somebody'} approved this at ${stamp(d.at)} UTC. Nothing was done twice; the card is up to date now.`,
  lapsed: () => 'The quote has lapsed: nobody approved it in time. Nothing was bought; ask for the price again.',
  ownRequest: () => 'You asked for this price, so another approver must say yes to it. Nothing was bought.',
  vouched: () => 'Noted in your name, with your reason. I suspend the old subscription now.',
  vouchInPerson: () => 'Tell me that you checked in the chat with me alone: write **show** and the customer there. Nothing has changed.',
  ownVouch: () => 'You asked for this purchase, so another approver must look and confirm. Nothing has changed.',
  onlyInPerson: () => 'Who is left behind is chosen by name, so do it in the chat with me alone: write **show** and the customer there. Nothing has changed.',
  mayNot: (d: { right: Right; who?: string[] }) =>
    `You may not ${rights[d.right]}. ${d.who && d.who.length > 0 ? `${d.who.join(', ')} may. ` : ''}Nothing has changed.`,
  readOnly: () => 'I am switched to read-only: nothing is bought, moved or suspended now. Nothing has changed; an owner can write “read-only off”.',
  readOnlyNow: (d: { who: string; on: boolean }) =>
    d.on
      ? `${d.who} switched me to read-only. Nothing is bought, moved or suspended until an owner writes “read-only off”. I still watch and tell.`
      : `${d.who} switched me back. What waited goes on within a minute.`,
  readOnlyByOperator: () => 'I am read-only by a setting (READ_ONLY=on). Only whoever runs me can change that.',
  whoMayUnknown: () => 'I cannot read in Microsoft Entra what you may do. Nothing has changed; try again in a minute.',
  slowDown: () => 'That was more in a minute than I take from one person. Nothing has changed; wait a moment and try again.',
  badInput: () => 'That card sent something that I do not take. Nothing has changed; write “show” and the ticket for a fresh card.',
  consent: (d: { link: string; minutes: number }) =>
    `Open this page within ${number(d.minutes)} minutes, in your own browser, and sign in with the account that works for me in Partner Center: ${d.link}`,
  consentInPerson: () => 'Write that to me in our personal chat; the link is for you alone.',
  consentNotHere: () => 'Nothing to consent to: the sandbox needs no sign-in.',
  mayNotHere: () => 'This needs a right that you do not have. Nothing has changed.',
  nothingToApprove: () => 'Nothing waits for your approval.',
  quoteChanged: () => 'The price or the plan has changed since. Nothing was bought; the card shows the new one.',
  notWhileUnclear: () => 'It is not yet clear what Microsoft did, so giving up is not safe. Press “Look again” first. Nothing has changed.',
  boughtAlready: () => 'It is bought, so the move cannot be cancelled any more. Go on, or leave the old subscription running.',
  notNow: (d: { state: MoveState | 'none' }) => `That does not fit now: ${stateNow[d.state]}. Nothing has changed; the card is up to date now.`,
  closed: (d: { how: 'renewed' | 'moved' | 'ended' | 'left' }) =>
    d.how === 'renewed'
      ? 'It renews again, so there is nothing to do. Nothing has changed.'
      : d.how === 'moved'
        ? 'This move is finished. Nothing was done twice.'
        : d.how === 'left'
          ? 'The customer is no longer ours. Nothing has changed.'
          : 'It has ended. Nothing has changed.',
  answers: (d: { state: MoveState | 'none'; can: Can }) => `I did not understand that; nothing has changed. ${hint(d.can) ?? `Just now ${stateNow[d.state]}.`}`,
  askApproval: (d: { customer: string; plan: string; quantity: number; monthly: Money; can: Can }) =>
    asking(`Buy ${licences(d.quantity)} of ${d.plan} for ${d.customer}, ${aMonth(d.monthly)}?`, d.can),
  askPeople: (d: { customer: string; plan: string; movable: number; can: Can }) =>
    asking(d.movable > 0 ? `${d.customer}: move ${people(d.movable)} to ${d.plan}?` : `${d.customer}: what about those who have not moved?`, d.can),
  askSuspend: (d: { customer: string; plan: string; newCommerce: boolean; can: Can }) =>
    asking(d.newCommerce ? `${d.customer}: let ${d.plan} end by itself, or suspend it?` : `${d.customer}: suspend ${d.plan}?`, d.can),
  askCheck: (d: { customer: string; can: Can }) => asking(`${d.customer}: the move has stopped and needs a person.`, d.can),
  typedAhead: () => 'You wrote that before I had asked, or I cannot tell, so I did not take it for an answer; nothing has changed.',
  cardChanged: () => 'Something else is asked here by now than on the card that you pressed. Nothing has changed; the card is up to date now.',
  reading: () => 'I am still reading this customer’s catalogue. Nothing has changed; answer when the plans are on the card.',
  notUnderstood: (d: { text: string; didYouMean: string | null }) =>
    d.didYouMean ? `I do not know “${d.text}”. Did you mean **${d.didYouMean}**?` : `I do not know “${d.text}”. Write **help** to see what I can do.`,

  incomplete: (d: { of: string }) =>
    d.of === 'read-only'
      ? 'Write **read-only on** or **read-only off**.'
      : `Which one? Write **${d.of}** and a customer or a ticket, for example **${d.of} contoso**.`,
  noCustomer: (d: { what: string }) => `I know no customer called “${d.what}”. Write the beginning of its name.`,
  relationship: (d: { link: string }) => `A company that is not your customer yet can become one [through this link](${d.link}).`,
  noTicket: (d: { what: string }) => `I know no ticket ${d.what}. Write **expiring** to see the open ones.`,
  takenAs: (d: { wanted: string; name: string }) => `I take “${d.wanted}” as ${d.name}.`,
  longText: (d: { max: number }) => `That is longer than I read: I take ${number(d.max)} letters at most. Nothing has changed; write it in fewer words.`,
  allRenew: (d: { customer: string }) => `Everything of ${d.customer} renews. Write **move ${d.customer}** to move one all the same.`,
  /** How a customer stands of whom not everything was read, or not everything renews. */
  stands: (d: {
    customer: string;
    looked: boolean;
    skipped: string | null;
    left: boolean;
    renews: number;
    stops: number;
    unsaid: number;
    suspended: number;
    ended: number;
    trials: number;
    missing: number;
    unread: string[];
  }) => {
    if (d.left) return `${d.customer} is no longer our customer, so I do not look at it any more.`;
    const why = d.skipped === null ? '' : whySkipped(d.skipped);
    if (!d.looked) return d.skipped ? `I could not look at ${d.customer} yet: ${why}. I keep trying.` : `I have not looked at ${d.customer} yet.`;
    const counted = [
      d.renews > 0 ? `${number(d.renews)} ${d.renews === 1 ? 'renews' : 'renew'}` : '',
      d.stops > 0 ? `${number(d.stops)} ${d.stops === 1 ? 'ends' : 'end'} without renewing` : '',
      d.unsaid > 0 ? `of ${number(d.unsaid)} Partner Center does not say whether ${d.unsaid === 1 ? 'it renews' : 'they renew'}` : '',
      d.suspended > 0 ? `${number(d.suspended)} ${d.suspended === 1 ? 'is' : 'are'} suspended` : '',
      d.ended > 0 ? `${number(d.ended)} ${d.ended === 1 ? 'has' : 'have'} ended` : '',
      d.trials > 0 ? `${number(d.trials)} ${d.trials === 1 ? 'is a trial' : 'are trials'}` : '',
      d.missing > 0 ? `${number(d.missing)} ${d.missing === 1 ? 'was' : 'were'} missing from the last list` : '',
    ].filter(Boolean);
    const read =
      counted.length > 0
        ? `Subscriptions of ${d.customer}, as I last read them: ${counted.join(', ')}.`
        : `I know no subscription of ${d.customer} that ends or renews.`;
    const old = d.skipped ? `I could not look at ${d.customer} the last time: ${why}. What follows may be old. ` : '';
    return [`${old}${read}`, d.unread.length > 0 ? `I could not read: ${d.unread.join('; ')}.` : ''].filter(Boolean).join(' ');
  },
  nothingToMove: (d: { customer: string }) => `I know no subscription of ${d.customer} that can be moved.`,
  nothingWaits: () => 'No move waits for an answer here. Write **move** and a customer to begin one.',
  watchingNow: (d: { who: string; what: string }) => `${d.who}: this chat now watches ${d.what}.`,
  watchingStopped: (d: { who: string }) => `${d.who}: this chat watches nothing any more.`,
  noWatch: (d: { what: string }) => `I know no customer and no programme called “${d.what}”. Nothing has changed; write **watch** alone for all customers.`,
  gone: () => 'This card is too old for me to know. Nothing has changed; write **show** and the customer to get a new one.',
  strayCard: () =>
    'This card is no longer kept up to date; the current one stands elsewhere in this chat. Nothing has changed; write **show** and the customer to get it at the bottom.',
  otherChat: () => 'This card belongs to another chat. Nothing has changed; write **show** and the customer here.',
  unreachable: () => 'I cannot reach Partner Center. Nothing has changed; try again in a minute.',
  failed: () => 'Something went wrong on my side. Nothing has changed; try again in a minute.',
  showing: () => 'It comes below.',
  comes: () => 'This takes a moment; it comes here.',
  page: (d: { from: number; to: number; of: number }) => `${number(d.from)} to ${number(d.to)} of ${number(d.of)}.`,
};

/** The card that asks which one was meant. */
const choice = {
  about: { customer: 'customer', subscription: 'subscription', plan: 'plan', watch: 'customer or programme', people: 'people' },
  which: (about: string) => (about === 'people' ? 'Who stays behind?' : `Which ${about} do you mean?`),
  one: (about: string) => `Did you mean this ${about}?`,
  wanted: (what: string) => `You wrote “${what}”. Nothing has changed.`,
  speak: (who: string, titles: string[]) => `${who} ${titles.join(', or ')}.`,
  take: (title: string) => `Choose ${title}`,
  yes: 'Yes, this one',
  id: (id: string) => `id ${id}…`,
  allOf: (all: number) => (all === 2 ? 'Both of them' : `All ${number(all)} of them`),
  programme: 'retirement programme',
  foot: (d: { more: number; atLeast: boolean; about: 'customer' | 'subscription' | 'plan' | 'watch' | 'people' }) =>
    d.more > 0
      ? `${d.atLeast ? 'At least ' : ''}${number(d.more)} more fit; write more of the name to see ${d.more === 1 ? 'it' : 'them'}.`
      : 'Something else? Write more of the name.',
};

const answer: Record<Answer, string> = {
  plan: 'a plan’s number or name',
  seats: 'the number of licences',
  approve: '**yes** to approve',
  decline: '**no** and a reason to decline',
  back: '**back** to change it',
  cancel: '**cancel** to end the move',
  moveAll: '**yes** to move them all',
  allBut: '**all but** and names',
  again: '**again** to try those once more who did not move',
  check: '**check** to look again',
  suspend: '**yes** to suspend the old subscription',
  leave: '**no** and a reason to leave it running',
  letEnd: '**yes** to let the old one end by itself',
  suspendNow: '**suspend** to suspend it now',
};

/** What this person can answer by typing; null where there is nothing. */
export function hint(can: Can): string | null {
  const all = can.answers.map((one) => answer[one]);
  const last = all.pop();
  const another = can.another ? 'An approver other than you must say yes to it. ' : '';
  if (last === undefined) return can.another ? another.trim() : null;
  return `${another}Answer ${all.length > 0 ? `${all.join(', ')} or ${last}` : last}.`;
}

const asking = (question: string, can: Can) => [question, hint(can)].filter(Boolean).join(' ');

export const en = {
  replies,
  choice,
  hint,
  waits: held,
  lang: 'en',
  tooLong: 'Some of this was too long for a card and is cut; Partner Center shows all of it.',
  date,
  shortDate,
  dayMonth,
  time,
  stamp,
  number,
  money,
  aMonth,
  licences,
  people,
  thread,
  notes,
  blocked,
  refusals,
  whySkipped,
  /** What could not be read of a customer. */
  notRead: (d: { what: 'field' | 'list' | 'vanished' | 'lacks'; plan: string | null; field: string | null; count: number }) => {
    if (d.what === 'list') return 'the end of its list: Partner Center says that it goes on and not where, or lists something without an id';
    if (d.what === 'vanished') return `${count(d.count, 'subscription', 'subscriptions')} that vanished from its list at once`;
    if (d.what === 'lacks') return `its list lacks ${d.plan ?? 'one'}, which is there when I ask for it alone`;
    return `${fields[d.field ?? ''] ?? `“${d.field ?? ''}”`} of ${d.plan ?? 'a subscription without an id'}`;
  },
  daysLeft: (n: number) => (Number.isNaN(n) ? 'not known' : n < 0 ? 'over' : n === 0 ? 'today' : count(n, 'day', 'days')),
  reason: (key: string) => reasons[key] ?? key,

  buttons: {
    watchHere: 'Watch here',
    watchAgain: 'Watch the same again',
    onlySome: 'Only some',
    watchThese: 'Watch these',
    whatCanYouDo: 'What can you do?',
    stopWatching: 'Stop watching',
    showOpen: 'Show what ends',
    getPrice: 'Get a price',
    notNow: 'Not now',
    snooze: 'Snooze',
    dismissed: 'Let it go',
    assign: 'Assign to me',
    details: 'Details',
    partnerCenter: 'Open in Partner Center',
    users: 'Users in Partner Center',
    wake: 'Wake it up now',
    choosePlan: 'Choose a plan',
    approve: 'Approve and buy',
    decline: 'Decline',
    change: 'Change',
    cancelMove: 'Cancel the move',
    checkAgain: 'Check again',
    move: (n: number) => `Move ${people(n)}`.replaceAll(NB, ' '),
    pickPeople: 'Pick people',
    moveThem: 'Move them',
    tryAgain: 'Try again',
    goOnWithout: 'Go on without',
    goOn: 'Go on',
    suspend: 'Suspend subscription',
    leaveRunning: 'Leave it running',
    leave: 'Leave it',
    letItEnd: 'Let it end by itself',
    suspendNow: 'Suspend now',
    history: 'History',
    lookAgain: 'Look again',
    isIt: 'Yes, it is this one',
    isNotIt: 'No, it is another one',
    settle: 'Say what happened',
    settled: 'That is what happened',
    takeIt: 'Go on with this order',
    giveUp: 'Give up',
    endHere: 'End the move here',
    vouch: 'I checked it myself',
    vouchNow: 'I checked: suspend',
    goOnWithoutMe: 'Decide yourself',
    support: 'For support',
    next: (n: number) => `Next ${n}`,
    previous: (n: number) => `Previous ${n}`,
    showAll: (n: number) => `Show all ${number(n)}`,
  },
  labels: {
    customers: 'Customers',
    notRenewing: 'Not renewing',
    licences: 'Licences',
    priceNow: 'Price now',
    after: 'After',
    term: 'Term',
    starts: 'Starts',
    programme: 'Programme',
    newLicences: 'New licences',
    servicePlans: 'Service plans',
    lookedAfter: 'Looked after by',
    ticketId: 'Ticket',
    offer: 'Offer',
    subscription: 'Subscription',
    seen: 'Seen',
    changedBy: 'Changed by',
    step: 'Step',
    answer: 'Answer',
    request: 'Request',
    since: 'Since',
    cart: 'Cart',
    order: 'Order',
    orderNumber: 'Number of the order; empty when it was not bought',
    placed: 'Placed',
    customer: 'Customer',
    ends: 'Ends',
    moveTo: 'Move to',
    why: 'Why',
    whyNot: 'Why not?',
    remindIn: 'Remind us again in',
    filter: 'Customer or programme',
    who: 'Who gets the new licence now',
    leftBehind: 'Who is left behind and loses access',
    approvers: 'Approvers',
    until: 'Waits until',
    aMonth: 'A month',
  },
  errors: {
    plan: 'Choose a plan.',
    planName: 'Type the name of a plan, for example Office 365 E3.',
    quantity: (min: number, max: number) => `A number from ${number(min)} to ${number(max)}.`,
    reason: 'Please give a reason; the others will see it.',
    days: 'Choose a number of days.',
    term: 'Choose a term.',
    filter: 'Type a customer or a programme.',
    users: 'Choose at least one person.',
    order: 'Type the number of an order as Partner Center shows it, or leave it empty.',
  },
  steps: ['Purchase', 'Licences', 'Suspend'] as [string, string, string],
  termName: (term: string, billing: string) => {
    const paid: Record<string, string> = { monthly: 'paid monthly', annual: 'paid yearly', biennial: 'paid every two years', triennial: 'paid at once' };
    return [termLength(term), paid[billing] ?? billing].filter(Boolean).join(', ');
  },

  greeting: {
    who: 'I tell you when a subscription stops renewing',
    effect:
      'One message for each, in this chat, with the date, the plans that can follow and the next step. I buy, move and suspend nothing until one of you confirms it.',
    notRenewing: (n: number, next: string | null, whole: boolean) =>
      n === 0 ? (whole ? 'None that I know of' : 'None of those that I could read') : `${number(n)}${next ? `, the next on ${date(next)}` : ''}`,
    looking: 'I am looking through your customers now',
    formerly: (what: string[]) => `When I was here before, this chat watched ${what.length > 0 ? what.join(', ') : 'all customers'}. It watches nothing now.`,
    speak: 'Successor can watch your customers’ subscriptions and tell you when one stops renewing. Choose Watch here to begin.',
    example: 'Contoso',
  },
  watching: {
    state: 'Watching',
    notState: 'Not watching',
    who: (d: { customers: number; names: string[] }) => (d.names.length > 0 ? d.names.join(', ') : `All ${count(d.customers, 'customer', 'customers')}`),
    effect: (open: number | null, whole: boolean) =>
      `A message comes here when a subscription stops renewing, or renews again.${open === null ? ' I am still looking through your customers; a list follows.' : open === 0 ? ` Of what I have read nothing stops renewing now.${whole ? '' : ' Not everything could be read; write **status** for what.'}` : ` ${number(open)} ${open === 1 ? 'does' : 'do'} not renew now.`}`,
    none: 'This chat watches nothing',
    noneEffect: 'Nothing comes here by itself. Choose Watch here to be told when a subscription stops renewing.',
    startedBy: (d: { who: string; at: string }) => `Started by ${d.who}, ${stamp(d.at)}.`,
  },

  notice: {
    state: (left: number) =>
      Number.isNaN(left)
        ? 'Its last day is not known'
        : left < 0
          ? 'Its last day has passed'
          : left === 0
            ? 'Urgent: expires today'
            : left <= 7
              ? `Urgent: expires in ${count(left, 'day', 'days')}`
              : `Expires in ${count(left, 'day', 'days')}`,
    asked: 'Move to another plan',
    unread: 'Not known whether it renews',
    unreadLead: (day: string) => `Partner Center does not say whether it renews. Look there before ${date(day)}; I write again when it says so.`,
    speakUnread: (d: { customer: string; plan: string }) => `${d.customer}: Partner Center does not say whether ${d.plan} renews.`,
    was: 'Was  ',
    now: 'Now  ',
    autoRenews: (day: string) => `Auto renews on ${date(day)}`,
    expires: (day: string) => `Expires on ${date(day)}`,
    renewsNow: (day: string) => `It renews on ${date(day)}. You can move it before that day, or leave it as it is.`,
    effect: (d: { end: EndOfTerm; inUse: number | null; retired: boolean }) => {
      const whoLoses = d.inUse
        ? `the ${people(d.inUse)} who use${d.inUse === 1 ? 's' : ''} it lose${d.inUse === 1 ? 's' : ''} access`
        : 'the people who use it lose access';
      if (d.end === 'extends')
        return 'Nobody loses access. From that day it goes on month by month and costs 3 % more, or 23 % more where the plan has no monthly price.';
      if (d.end === 'unread') return 'Partner Center does not say whether it renews. Look there before that day.';
      if (d.end === 'unknown') return 'Microsoft has not said what happens then: probably it goes on month by month at 3 % more.';
      return `On that day ${whoLoses}.${d.retired ? ' Microsoft has retired this plan, so it cannot be switched back on.' : ''}`;
    },
    seats: (held: number | null, inUse: number | null) =>
      `${held === null ? 'Partner Center does not say how many' : `${number(held)} bought`}${inUse === null ? '' : `, ${number(inUse)} in use`}`,
    choice: (title: string, reason: string) => `${title} · ${reason}`,
    notSold: (titles: string[]) => `Not sold to this customer: ${titles.join(', ')}.`,
    minimum: (title: string, n: number) => `${title} starts at ${licences(n)}.`,
    noneSold: 'None of the plans that Microsoft names for it is sold to this customer. Type the name of any other plan.',
    noProgramme: 'No retirement programme names a plan for it. Type the name of any plan that you sell.',
    reading: 'I am reading this customer’s catalogue; the plans follow.',
    planExample: 'Office 365 E3',
    kind: (d: { newCommerce: boolean; term: string; billing: string }) =>
      `${d.newCommerce ? 'New commerce' : 'Classic'}${d.term ? `, ${en.termName(d.term, d.billing)}` : ''}`,
    changedBy: (who: string | null) =>
      who === null
        ? 'Not known'
        : who === 'nobody'
          ? 'Not in the activity log of the three days before I looked'
          : who === 'application'
            ? 'An application'
            : who,
    seen: { flip: 'When it stopped renewing', known: 'It had stopped before I first looked', asked: 'Asked for by a person' },
    declined: (d: { who: string; reason: string }) => `${d.who} declined the purchase: “${d.reason}”`,
    lookedAfter: (who: string) => `${who} looks after it.`,
    speak: (d: { customer: string; plan: string; day: string; left: number }) =>
      `${d.customer}: ${d.plan}. Expires on ${date(d.day)}${d.left >= 0 ? `, in ${count(d.left, 'day', 'days')}` : ''}.`,
    speakAsked: (d: { customer: string; plan: string }) => `${d.customer}: move ${d.plan} to another plan.`,
  },
  snoozed: {
    state: (day: string) => `Snoozed until ${dayMonth(day)}`,
    lead: (d: { who: string; reason: string }) => `${d.who}: “${d.reason}”`,
    foot: (d: { at: string; day: string }) => `${stamp(d.at)}. I write again on ${date(d.day)}, or sooner if anything changes.`,
  },
  dismissed: {
    state: 'Let go',
    lead: (d: { who: string; reason: string }) => `${d.who}: “${d.reason}”`,
    foot: (d: { at: string }) => `${stamp(d.at)}. I do not remind you of it again.`,
  },
  renewed: {
    state: 'Renews again',
    lead: 'Somebody switched auto-renew back on.',
    foot: (at: string) => `Seen ${stamp(at)}.`,
    speak: (customer: string) => `${customer}: it renews again. Nothing to do.`,
  },
  ended: {
    state: 'Ended',
    lead: 'It has ended, or somebody suspended it elsewhere.',
    foot: (at: string) => `Seen ${stamp(at)}.`,
    speak: (customer: string) => `${customer}: the subscription has ended.`,
  },
  left: {
    state: 'No longer our customer',
    lead: 'Partner Center says that this customer is no longer ours. I do not see its subscriptions any more, so I cannot tell how this one goes on.',
    foot: (at: string) => `Seen ${stamp(at)}.`,
    speak: (customer: string) => `${customer}: no longer our customer.`,
  },
  nothingHere: 'Nothing was bought or changed here.',
  begunBefore: 'A purchase was begun here before; the history tells what came of it.',
  readAgain: 'Partner Center says again that it renews.',
  standing: {
    suspended: 'The old subscription is suspended; somebody else did that.',
    ended: 'The old subscription has ended.',
    gone: 'Partner Center no longer knows the old subscription.',
    left: 'Partner Center says that this customer is no longer ours.',
  },
  movedDown: { state: 'Continued on another card', lead: 'Another card about this subscription stands in this chat; this one is no longer kept up to date.' },

  quoting: {
    state: 'Asking for the price …',
    what: (d: { quantity: number; plan: string }) => `${licences(d.quantity)} of ${d.plan}`,
    lead: 'Microsoft is working out the price. Nothing is bought by this.',
    speak: (customer: string) => `${customer}: asking Microsoft for the price.`,
  },
  question: {
    state: 'Waiting for an answer',
    lead: (order: string) =>
      `**Is order ${order} this purchase?** It is of the same plan for this customer. I buy nothing until an approver says whether it is.`,
    ifYes: 'If it is, nothing more is bought; I go on with that order.',
    ifNo: 'If it is another one, I go on with the purchase. The reason stays in the record.',
    speak: (customer: string) => `${customer}: is there an order for this already? Nothing is bought until somebody says so.`,
    when: (at: string | null) => (at === null ? 'Not known' : stamp(at)),
  },
  quote: {
    state: 'Waiting for approval',
    notYours: {
      ownRequest: 'You asked for this price, so another approver must say yes to it.',
      noApprover: 'An approver must say yes to it.',
    },
    what: (d: { quantity: number; plan: string }) => `Buy ${licences(d.quantity)} of ${d.plan}`,
    difference: (d: { monthly: Money; now: Money | null; total: Money; term: string }) => {
      const change = d.now && d.now.currency === d.monthly.currency ? d.monthly.minor - d.now.minor : null;
      const words =
        change === null
          ? ''
          : change === 0
            ? 'The same as today. '
            : `${money({ minor: Math.abs(change), currency: d.monthly.currency })} ${change > 0 ? 'more' : 'less'} than today. `;
      const over =
        d.term === 'P1M'
          ? 'It can be cancelled or changed each month.'
          : `${money(d.total)} over ${count(monthsOf(d.term) ?? 0, 'month', 'months')}, without tax.`;
      return words + over;
    },
    again: (why: AgainWhy) =>
      ({
        waited: 'It waited for more than 15 minutes after it was approved, so it must be approved again.',
        cart: 'The cart was not as it was approved any more, so it must be approved again.',
        source: 'The old subscription has changed since it was approved, so it must be approved again.',
        lastStep: 'The yes to the last step had to wait for more than an hour, so I ask once more.',
      })[why],
    sourceGone: (status: string) =>
      status === 'gone' ? 'The old subscription is not there any more.' : `The old subscription is not active now; Microsoft calls it “${status}”.`,
    formerly: (d: { before: Money; after: Money }) =>
      `The price changed from **${money(d.before)}** to **${money(d.after)}** a month, so it must be approved again.`,
    seats: (d: { quantity: number; held: number | null; inUse: number | null }) =>
      `${number(d.quantity)} (${d.held === null ? 'how many now is not known' : `${number(d.held)} now`}${d.inUse === null ? '' : `, ${number(d.inUse)} in use`})`,
    term: (term: string, billing: string) => `${en.termName(term, billing)}, renews by itself`,
    atOnce: 'At once',
    approvers: (all: { name: string; reached: boolean }[]) =>
      all.map((one) => (one.reached ? `${one.name}, told in person` : `${one.name}, not reached in person`)).join('; '),
    when: 'When you approve',
    bullets: (d: { customer: string }) => [
      `${d.customer} has both subscriptions, and pays both, until the old one is suspended.`,
      'It can be cancelled within 7 days, not later.',
      'Next you choose who gets the new licences.',
    ],
    foot: (d: { who: string; at: string; until: string }) => `Asked for by ${d.who}, ${stamp(d.at)}. The price holds until ${stamp(d.until)} UTC.`,
    speak: (d: { customer: string; quantity: number; plan: string; monthly: Money }) =>
      `${d.customer}: approve ${licences(d.quantity)} of ${d.plan} for ${aMonth(d.monthly)}?`,
  },
  buying: {
    state: 'Buying …',
    lead: 'Microsoft is preparing the subscription. This takes a minute or two; you can leave, I write here when it is there.',
    asking: 'I am asking Microsoft again whether the purchase went through. It is not bought twice.',
    foot: (d: { who: string; at: string; monthly: Money }) => `Approved by ${d.who}, ${stamp(d.at)}: ${aMonth(d.monthly)}.`,
    speak: (customer: string) => `${customer}: buying now.`,
  },
  reassignment: {
    state: 'Bought. Move the licences',
    counting: 'Bought. Looking who has the old licence …',
    countingLead: 'I am reading who has the old licence. Nobody is moved before you say so.',
    what: (d: { from: string; to: string }) => `From ${d.from} to ${d.to}`,
    to: (to: string) => `To ${to}`,
    stay: (n: number) => `${people(n)} ${n === 1 ? 'keeps a seat' : 'keep their seats'}: another subscription has the same licence.`,
    gone: (n: number) => `${people(n)} no longer ${n === 1 ? 'exists' : 'exist'}.`,
    without: (n: number) => `**${people(n)} ${n === 1 ? 'has' : 'have'} neither licence now.** Try again: I give the new one.`,
    said: (words: string) => `Microsoft says: “${words}”`,
    lead: (d: { movable: number; total: number }) =>
      `**${number(d.movable)} of ${people(d.total)} can move now.** ${d.movable === 1 ? 'That person keeps' : 'Each keeps'} working: the new licence comes in the same step as the old one goes.`,
    noneMovable: (total: number) => `**Nobody of ${people(total)} can move yet.** Below you see why.`,
    notCovered: (d: { seats: number; holders: number }) =>
      `**Old and new use the same licence, but ${licences(d.seats)} do not cover ${people(d.holders)}.** Buy more, or take some away, then check again.`,
    boxTitle: (n: number) => `${people(n)} cannot move yet`,
    more: (n: number) => `and ${number(n)} more`,
    line: (name: string, why: BlockedWhy) => `${name} ${blocked[why]}`,
    free: (d: { free: number | null; of: number }) =>
      d.free === null ? `${number(d.of)} bought; Microsoft does not say how many are free` : `${number(d.free)} free of ${number(d.of)}`,
    plansStay: 'Switched-off ones stay off',
    moving: 'Moving licences …',
    movingLead: (d: { moved: number; total: number }) => `**${number(d.moved)} of ${people(d.total)} moved.** You can leave, I write here when it is done.`,
    failed: (n: number) => (n === 1 ? 'One person did not move' : `${people(n)} did not move`),
    failedLead: (d: { moved: number; total: number }) => `**${number(d.moved)} of ${people(d.total)} moved.** The others did not; below you see why.`,
    kept: (n: number) => `${people(n)} ${n === 1 ? 'was' : 'were'} left out, as you wished.`,
    waivedCount: (n: number) => `${people(n)} ${n === 1 ? 'is' : 'are'} left behind, as an approver said.`,
    speak: (d: { customer: string; movable: number; total: number }) => `${d.customer}: bought. ${number(d.movable)} of ${people(d.total)} can move now.`,
    speakMoving: (customer: string) => `${customer}: moving licences.`,
  },
  suspension: {
    state: 'Ready for the last step',
    suspend: (plan: string) => `Suspend ${plan}`,
    end: (plan: string) => `End ${plan}`,
    everybody: (n: number) =>
      n === 1 ? 'The one person has the new licence. Nobody loses access.' : `All ${people(n)} have the new licence. Nobody loses access.`,
    sameSku: (n: number) => `Old and new use the same licence, so nobody had to move. The new seats cover the ${people(n)} who use it.`,
    nobody: 'Nobody had the old licence, so nobody loses access.',
    notKnown: 'I do not know who had the old licence. I look before I suspend anything.',
    some: (d: { moved: number; stay: number }) =>
      `${people(d.moved)} ${d.moved === 1 ? 'has' : 'have'} the new licence. ${people(d.stay)} ${d.stay === 1 ? 'keeps' : 'keep'} the old one: another subscription has seats for ${d.stay === 1 ? 'that person' : 'them'}. Nobody loses access.`,
    waived: (d: { who: string; reason: string; left: number }) =>
      `**${people(d.left)} ${d.left === 1 ? 'loses' : 'lose'} access**, because ${d.left === 1 ? 'that person has' : 'they have'} no new licence. ${d.who} said so: “${d.reason}”`,
    when: 'When you suspend it',
    whenAnyway: 'If you suspend it anyway',
    billingStops: (now: Money | null) => `**Billing stops today.**${now ? ` That saves ${aMonth(now)}.` : ''}`,
    deleted: (day: string) => `Microsoft deletes it and its data after about 120${NB}days, around **${date(day)}**.`,
    backOn: (day: string) => `It can be switched on again in Partner Center until ${date(day)}, when its term ends.`,
    addons: (names: string[]) => (names.length === 1 ? `One add-on goes with it: ${names[0]}.` : `${names.length} add-ons go with it: ${names.join(', ')}.`),
    savesNothing: 'Suspending now saves nothing',
    paidUntil: (d: { day: string; now: Money | null }) =>
      `It is paid until ${date(d.day)}${d.now ? `, ${aMonth(d.now)}` : ''}. Microsoft bills it until then, suspended or not.`,
    stopsAtOnce: 'Its services stop at once, and so do its add-ons.',
    noWayBack: (day: string) => `It cannot come back after ${date(day)}. Take data out before.`,
    changesLost: 'Auto-renew goes off and planned changes are lost.',
    keepsRenewing: (day: string) => `It still renews by itself: on ${date(day)} it goes on for another term, unless you suspend it or switch auto-renew off.`,
    suspending: 'Suspending …',
    suspendingLead: 'I am suspending the old subscription and look afterwards whether only that has changed.',
    speak: (d: { customer: string; newCommerce: boolean }) =>
      `${d.customer}: one step is left. ${d.newCommerce ? 'Let the old subscription end by itself, or suspend it?' : 'Suspend the old subscription?'}`,
    asked: (at: string) =>
      `I asked Microsoft at ${stamp(at)} UTC to suspend the old subscription, and look whether it is done. I do not send it again meanwhile.`,
    vouched: (d: { who: string; reason: string }) => `${d.who} looked where I could not: “${d.reason}”`,
    speakNow: (customer: string) => `${customer}: suspending the old subscription.`,
  },
  finished: {
    state: 'Finished',
    what: (plan: string) => `Moved to ${plan}`,
    lead: (d: { moved: number; monthly: Money | null; old: Money | null; outcome: string; day: string; how: OldOne; stillBilled: boolean }) => {
      const moved = d.moved > 0 ? `${people(d.moved)} moved. ` : '';
      const price = d.monthly ? `${aMonth(d.monthly)} from today` : '';
      const old = d.old ? `; the old ${money(d.old)} ${d.stillBilled ? `is billed until ${date(d.day)}` : 'has stopped'}` : '';
      if (d.outcome === 'suspended') return `${moved}${price ? `${price}${old}.` : ''}`;
      if (d.outcome === 'letExpire') return `${moved}${price ? `${price}. ` : ''}${leftSo(d).replace('the', 'The')}`;
      if (d.outcome === 'customerCancels') return `${moved}The customer’s admin must cancel the old subscription where it was bought.`;
      const goesOn = d.how === 'unsaid' ? '' : `; the old subscription ${d.how === 'renews' ? 'goes on and renews on' : 'goes on until'} ${date(d.day)}`;
      return `${moved}The move was ended here. What was done stays done${goesOn}.`;
    },
    suspendedBefore: () => 'The old subscription had been suspended before I asked for it; Partner Center shows since when.',
    dates: (n: number) => (n === 1 ? 'One date to remember' : 'Two dates to remember'),
    cancelUntil: (day: string) => `**${date(day)}** – last day to cancel the new subscription`,
    deletedAbout: (day: string) => `**About ${date(day)}** – Microsoft deletes the old one and its data`,
    endsOn: (day: string) => `**${date(day)}** – the old subscription ends`,
    termEndsOn: (day: string) => `**${date(day)}** – the old term ends; Microsoft may go on with it month by month`,
    renewsOn: (day: string) => `**${date(day)}** – the old subscription renews`,
    happenedOn: (day: string) => `What happened on ${dayMonth(day)}`,
    happened: 'What happened',
    speak: (d: { customer: string; plan: string }) => `${d.customer} has moved to ${d.plan}.`,
  },
  record: {
    stopped: () => 'Stopped renewing',
    known: () => 'Found not renewing',
    asked: () => 'Asked to move it',
    chosen: (d: { quantity: number }) => `Plan chosen, ${licences(d.quantity)}`,
    approve: (d: { monthly: Money }) => `${aMonth(d.monthly)} approved`,
    placed: () => 'Bought',
    order: (id: string) => `Order ${id}`,
    moved: (d: { moved: number; total: number }) => `${number(d.moved)} of ${people(d.total)} moved`,
    nothingToMove: () => 'Nobody had to move',
    waive: () => 'Left somebody behind, by name',
    vouch: () => 'Looked where the bot could not',
    remind: () => 'Approvers reminded',
    verified: () => 'Old subscription suspended, and checked',
    skip: () => 'Left to end by itself',
    giveUp: () => 'The move was ended',
    renewed: () => 'Renews again',
    ended: () => 'Ended',
    decline: () => 'Declined',
    cancel: () => 'Cancelled',
    snoozed: () => 'Snoozed',
    dismissed: () => 'Let go',
    assigned: () => 'Taken on',
    refused: () => 'No price',
    fail: () => 'Stopped: needs a person',
    priced: (d: { monthly: Money }) => `Price: ${aMonth(d.monthly)}`,
    lapse: () => 'The quote lapsed',
    bot: 'Successor',
  },
  stuck: {
    state: 'Stopped: needs a person',
    safe: 'What is safe',
    canDo: 'What you can do',
    what: (d: { quantity: number; plan: string }) => `${licences(d.quantity)} of ${d.plan}`,
    said: (words: string) => `Microsoft says: “${words}”`,
    vouchHow: 'If it can never be known here, an approver looks in Partner Center and confirms that in the chat with me alone.',
    lead: (reason: StuckReason, d: { time: string; left: string; differs: string; code: string }): string =>
      ({
        skuUnknown: `**Microsoft does not name the licence of ${d.code === 'new' ? 'the new subscription' : d.code === 'both' ? 'either subscription' : 'the old subscription'}**, so I cannot tell who would lose access. Nothing was suspended.`,
        seatsUnknown: `**${
          d.code === 'pool'
            ? 'Microsoft does not list the seats of the old licence'
            : d.code === 'counts'
              ? 'Microsoft does not say how many seats of the old licence are in use'
              : 'Microsoft’s count of the old licence’s seats does not fit what I read'
        }**, so I do not know whether anybody would lose access. Nothing was suspended.`,
        unread: '**Partner Center does not give me what the next step needs.** Nothing was suspended.',
        suspendNotDone: '**I asked twice to suspend the old subscription, and it is still active.** I do not ask again by myself.',
        suspendOverruled: '**The old subscription has changed since the yes to suspend it, and it is active.** I do not suspend it over that.',
        notActive: `**The old subscription is not active any more.** Partner Center calls it “${d.code}”. I did not suspend it.`,
        purchaseRefused: '**Microsoft refused the purchase.** Nothing was bought.',
        orderDiffers: `**It is bought, but the order is not what was approved: ${d.differs}.** I do not go on by myself.`,
        provisioningFailed: `**It was ordered, but Microsoft calls it “${d.code}”, so nothing can be used.**`,
        purchaseUnclear: `**Microsoft has not said whether the purchase went through.** I have asked until ${d.time} UTC and will not buy again.`,
        provisioningLate: '**It is bought, but Microsoft has not prepared it within a day.**',
        holders: `**${d.left} would lose access**, because they have no new licence. Nothing was suspended.`,
        suspendRefused: '**Microsoft refused to suspend the old subscription.** Nothing has changed.',
        suspendUnclear: `**Microsoft has not said whether the old subscription is suspended.** I have asked until ${d.time} UTC.`,
        forbidden: '**Partner Center does not let me read or change this customer’s licences.**',
        rights: '**The one who let this step happen may not do it any more.** I have stopped.',
      })[reason],
    safeBullets: (reason: StuckReason, d: { day: string; how: OldOne }): string[] => {
      const works = d.how === 'ends' || d.how === 'termEnds' ? [`The old subscription works until ${date(d.day)}.`] : [];
      const goesOn = d.how === 'renews' ? [`The old subscription goes on, and renews on ${date(d.day)}.`] : works;
      if (reason === 'purchaseUnclear') return ['There is one order or none, never two.', [...goesOn, 'No licence has changed.'].join(' ')];
      if (reason === 'purchaseRefused') return [[...goesOn, 'No licence has changed.'].join(' ')];
      if (reason === 'rights') return ['What was done stays done, and nothing more happens.', ...goesOn];
      if (reason === 'suspendUnclear') return ['It is suspended or still active; I changed nothing else.'];
      if (reason === 'notActive') return ['It is bought once.'];
      return [reason === 'provisioningFailed' ? 'It was ordered once.' : 'It is bought once.', ...goesOn];
    },
    doBullets: (reason: StuckReason, d: { quantity: number }): string[] => {
      const again = 'Then press “Look again”; I go on from there.';
      if (reason === 'purchaseUnclear')
        return [
          'I go on looking by myself. When its orders show none twenty minutes after the last try, it was not bought.',
          `Or look in Partner Center for an order of ${licences(d.quantity)}; an approver then presses “Say what happened”.`,
        ];
      if (reason === 'orderDiffers')
        return [
          'Look at the order in Partner Center. What can be given back can be within 7 days of the purchase.',
          'An approver presses “Go on with this order” to take it as it is; “Look again” reads the order once more.',
        ];
      if (reason === 'provisioningFailed') return ['Ask Microsoft’s support about the order; its number is under “For support”.', again];
      if (reason === 'purchaseRefused')
        return ['Look in Partner Center why; the code is under “For support”.', 'Press “Look again” to try the same cart once more, or “Give up”.'];
      if (reason === 'provisioningLate') return ['Ask Microsoft’s support about the order; its number is under “For support”.', again];
      if (reason === 'skuUnknown' || reason === 'seatsUnknown') return [`Wait some minutes: Microsoft may be late. ${again}`, en.stuck.vouchHow];
      if (reason === 'unread') return [`Wait some minutes. ${again}`, en.stuck.vouchHow];
      if (reason === 'suspendNotDone' || reason === 'suspendOverruled')
        return ['Look at the subscription in Partner Center.', 'Press “Look again”: then I ask you whether to suspend it now.'];
      if (reason === 'notActive')
        return ['Look at the subscription in Partner Center.', 'Press “Look again” if it is active again, or “Give up” to end the move here.'];
      if (reason === 'holders') return ['Give them the new licence in Partner Center, or take the old one away.', again];
      if (reason === 'forbidden') return ['Ask an admin agent to check the access to this customer (GDAP: License Administrator).', again, en.stuck.vouchHow];
      if (reason === 'rights') return ['Press “Look again”. That lets nothing happen: I then ask for this step’s yes again, of somebody who may give it.'];
      return ['Look at the subscription in Partner Center.', again];
    },
    differs: (all: Difference[]): string =>
      all
        .map((one) => {
          if (one.what === 'price') return `${money(one.came)} instead of ${money(one.asked)}`;
          if (one.what === 'seats') return `${licences(one.came)} instead of ${number(one.asked)}`;
          if (one.what === 'lines') return `${number(one.came)} lines instead of one`;
          const say = (value: string | number) => (one.what === 'term' ? termLength(String(value)) : String(value));
          return `${say(one.came)} instead of ${say(one.asked)}`;
        })
        .join('; '),
    unsettled: (why: UnsettledWhy): string =>
      ({
        noSuchOrder: '**I cannot find that order of this customer.** Look at its number in Partner Center.',
        otherProduct: '**That order is not one of this plan.** Nothing has changed.',
        otherMove: '**That order belongs to another move.** Nothing has changed.',
        tooSoon: '**It is too early to say that it was not bought.** Orders can take twenty minutes to show; I go on looking.',
        ordered: '**The cart reads as bought, so it is not certain that there is no order.** I go on looking for it.',
        orderThere:
          '**There is an order since then that may be it.** Say which order it is, by its number; or say once more that it was not bought, if it is none of them.',
        ordersUnread: '**I cannot see all orders of this customer now.** Nothing has changed; try again later.',
      })[why],
    stepName: { purchasing: 'Purchase', provisioning: 'Purchase', purchased: 'Licences', reassigning: 'Licences', suspending: 'Suspend' } as Record<
      string,
      string
    >,
    speak: (customer: string) => `${customer}: the move has stopped and needs a person. Nothing is done twice.`,
  },

  list: {
    who: (n: number, within: number) =>
      n === 0
        ? within > 3000
          ? 'I know of none that stops renewing'
          : `I know of none that ends in ${count(within, 'day', 'days')}`
        : within > 3000
          ? `${count(n, 'subscription does', 'subscriptions do')} not renew`
          : `${count(n, 'subscription ends', 'subscriptions end')} in ${count(within, 'day', 'days')}`,
    what: (d: { week: number; ahead: number; passed: number; licences: number; unread: number }) =>
      [
        d.ahead === 0 ? '' : d.week === 0 ? 'None of them within a week.' : `${number(d.week)} of them within a week.`,
        d.passed === 0 ? '' : `Of ${number(d.passed)} on the list the last day has passed.`,
        `${licences(d.licences)} in all${d.unread > 0 ? `, without ${number(d.unread)} whose number could not be read` : ''}.`,
      ]
        .filter(Boolean)
        .join(' '),
    foot: (d: { from: number; to: number; of: number }) => `${number(d.from)} to ${number(d.to)} of ${number(d.of)}, soonest first.`,
    show: (customer: string) => `Show ${customer}`,
    renewing: (n: number) => `${number(n)} on the list ${n === 1 ? 'renews' : 'renew'}, and somebody asked to move ${n === 1 ? 'it' : 'them'}.`,
    unsaid: (n: number) => `Of ${number(n)} on the list Partner Center does not say whether ${n === 1 ? 'it renews' : 'they renew'}.`,
    allRenew: 'Everything that I watch renews.',
    empty: 'Of what I have read nothing stops renewing. Trials and what is suspended are not in this list.',
    gaps: 'Not everything could be read; write **status** for what.',
  },
  approvals: {
    who: (n: number) => `${count(n, 'purchase waits', 'purchases wait')} for your approval`,
    what: 'Press a customer’s name to get its card.',
    plan: (d: { quantity: number; plan: string; who: string }) => `${licences(d.quantity)} of ${d.plan}, asked for by ${d.who}`,
  },
  held: {
    who: (n: number) => `Who held the old licence: ${people(n)}`,
    what: (d: { ticketId: string; from: string; to: string }) => `${d.ticketId}: from ${d.from} to ${d.to}`,
    off: (n: number) => `(${count(n, 'service plan was', 'service plans were')} switched off)`,
    outcome: (state: UserMove['state'] | 'waived'): string =>
      ({
        waiting: 'has not moved yet',
        blocked: 'cannot move yet',
        kept: 'left out',
        stays: 'keeps a seat of another subscription',
        gone: 'no longer exists',
        started: 'is being moved',
        moved: 'has the new licence',
        failed: 'did not move',
        waived: 'left behind',
      })[state],
  },
  digest: {
    state: (day: string) => dayMonth(day),
    who: (n: number) => `${count(n, 'subscription does', 'subscriptions do')} not renew`,
    what: 'They had stopped when I looked, or stopped at once. From now on each new one gets a message of its own.',
    missed: (since: string) => `Teams did not let me write here since ${stamp(since)}. This is what you missed and is still open.`,
    speak: (n: number) => `${count(n, 'subscription does', 'subscriptions do')} not renew.`,
  },
  help: {
    who: 'What I can do',
    effect: 'Write one of these to me. In a channel, mention me first.',
    nobody: 'You have no role with me yet. Ask an owner to put you into one of the groups in Microsoft Entra.',
    /** How it is written, and what it is for; which commands there are stands in `dialogs/commands.ts`. */
    lines: {
      expiring: { title: 'expiring', value: 'what ends within 90 days; `expiring 30` or `expiring 30 contoso` narrow it' },
      show: { title: 'show contoso', value: 'the card of a customer, or of a ticket' },
      watch: { title: 'watch', value: 'tell this chat when a subscription stops renewing; `watch contoso` only one customer or programme' },
      unwatch: { title: 'unwatch', value: 'stop telling this chat' },
      watching: { title: 'watching', value: 'what this chat watches' },
      move: { title: 'move contoso', value: 'buy the replacement, move the licences, suspend the old one' },
      history: { title: 'history S-1001', value: 'who did what, when; to me alone also who held which licence' },
      approvals: { title: 'approvals', value: 'what waits for your yes' },
      status: { title: 'status', value: 'whether I can reach Partner Center' },
      cancelBack: { title: 'cancel, back', value: 'end or step back in a move that waits' },
      readOnly: { title: 'read-only on', value: 'stop every purchase, licence change and suspension at once; `read-only off` lets them go on' },
      consent: { title: 'consent', value: 'sign in for my work in Partner Center, or renew it; to me alone' },
    },
    speak: (commands: string) => `What you can ask of me: ${commands}.`,
  },
  history: {
    who: (d: { customer: string }) => d.customer,
    what: (d: { ticketId: string; plan: string }) => `${d.ticketId}: ${d.plan}`,
    none: 'Nothing has happened yet.',
  },
  consentPage: {
    title: 'Successor',
    stored: 'Done. I can work in Partner Center now; the sign-in renews itself as long as I am used at least once in 90 days. You can close this page.',
    stale: 'This link has been used, or is older than ten minutes. Nothing has changed. Write “consent” to me in Teams for a new one.',
    otherBrowser:
      'This page was opened in another browser than the one that began. Nothing has changed. Write “consent” to me in Teams and open the new link in one browser.',
    otherTenant: 'That account belongs to another company than the partner I work for. Nothing has changed. Try again with an account of the partner.',
    noMfa:
      'That sign-in did not ask for a second proof, and Partner Center needs one. Nothing has changed. Switch on multifactor authentication for the account, then try again.',
    noAccess: 'Partner Center does not let that account work for the partner. Nothing has changed. Try again with one that is a member of AdminAgents.',
    unproved: 'Partner Center did not say whether it takes that sign-in. Nothing has changed. Write “consent” to me in Teams and try again in a few minutes.',
    refused:
      'Microsoft Entra did not give the consent, or you may not give it. Nothing has changed. An owner can write “consent” to me in Teams and try again.',
    whoMayUnknown: 'I cannot read in Microsoft Entra who may do this. Nothing has changed; try again in a minute.',
    notHere: 'There is nothing to consent to here.',
  },
  status: {
    who: 'How I am',
    ok: 'Everything works.',
    partly: 'I watch and tell, but not everything could be read.',
    chatsWait: 'I watch, but Teams does not take everything that I have to say.',
    listUnreadable: (code: string) => `The list of customers cannot be read (${code}). I go on with those that I know, and keep trying.`,
    notRead: 'What could not be read',
    never: (n: number) => `${count(n, 'customer has', 'customers have')} not been looked at yet.`,
    listPartial: 'The list of customers goes on, and I could not read it further.',
    listRecords: (n: number) => `${count(n, 'record', 'records')} in the list of customers without an id.`,
    listUnnamed: (ids: string[]) => `Names in the list of customers, of ${ids.join(', ')}.`,
    listVanished: (n: number) =>
      `${count(n, 'customer', 'customers')} vanished from the list at once. I conclude nothing from it and ask about each after three days.`,
    listLacks: (n: number) => `The list of customers lacks ${number(n)} that ${n === 1 ? 'is' : 'are'} there when I ask.`,
    of: (d: { customer: string; what: string }) => `${d.customer}: ${d.what}.`,
    more: (n: number) => `${count(n, 'more', 'more')}.`,
    facts: {
      customers: 'Customers',
      looked: 'Last look',
      open: 'Not renewing',
      skipped: 'Skipped',
      waiting: 'To be said',
      asleep: 'Not reached',
      cost: 'Today so far',
      chat: 'This chat',
      readOnly: 'Read-only',
    },
    many: (n: number, most: number) => (n >= most ? `${number(most)} or more` : number(n)),
    waiting: (d: { chats: number; since: string | null; troubled: number }) =>
      d.chats === 0
        ? 'Nothing waits'
        : `${count(d.chats, 'chat waits', 'chats wait')}${d.since ? `, the first since ${stamp(d.since)}` : ''}${d.troubled > 0 ? `; Teams refuses ${number(d.troubled)} for now` : ''}`,
    cost: (d: { requests: number; looks: number; transactions: number; subscriptions: number }) =>
      `${count(d.requests, 'request', 'requests')} to Partner Center, ${count(d.looks, 'look', 'looks')} at customers${
        d.subscriptions > 0 ? `; ${(d.transactions / d.subscriptions).toFixed(2)} storage transactions for each subscription looked at` : ''
      }`,
    late: (minutes: number) =>
      `I am ${count(minutes, 'minute', 'minutes')} behind: there are more customers than the requests a minute allow in the time that is set.`,
    readOnlyOn: (d: { who: string; at: string } | null) =>
      d ? `since ${stamp(d.at)} by ${d.who}; nothing is bought, moved or suspended` : 'by a setting; nothing is bought, moved or suspended',
    readOnly: 'I am switched to read-only: I watch and tell, and change nothing.',
    looked: (at: string | null) => (at ? stamp(at) : 'not yet'),
    skipped: (n: number) => (n === 0 ? 'None' : number(n)),
    skippedNames: (names: string[], others: number) =>
      `I could not look at ${names.join(', ')}${others > 0 ? ` and ${count(others, 'other customer', 'other customers')}` : ''} the last time; I try again.`,
    watching: (what: string[]) => (what.length === 0 ? 'watches nothing' : `watches ${what.join(', ')}`),
    all: 'all customers',
    unreachable: 'I cannot reach Partner Center. What I know may be old; I keep trying.',
    asleep: (n: number) => `${count(n, 'chat', 'chats')}: Teams does not let me write there`,
    allAsleep: 'Teams does not let me write to any chat that watches. Nobody hears there what stops renewing; I keep trying.',
    unknown: (since: string) =>
      `Teams has not known me since ${stamp(since)}, so nothing goes out. Look at the bot’s registration and secret; nothing is lost.`,
  },
};

export type Words = typeof en;
