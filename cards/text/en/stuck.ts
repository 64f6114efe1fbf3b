/** A move that has stopped. */

import { SIGN_IN_AGAIN } from '../../../services/domain/rules.ts';
import type { Difference, StuckReason, UnsettledWhy } from '../../../services/domain/ticket.ts';
import type { Safe } from '../../escape.ts';
import { date, licences, money, number, termLength } from './format.ts';
import type { OldOne } from './suspension.ts';

const vouchHow = 'If it can never be known here, an approver looks in Partner Center and confirms that in the chat with me alone.';

/** What the end of a term can be read as, instead of a cancellation that was set: what is planned by a word that is known, or, with nothing planned, its state. */
const LOST: ReadonlySet<string> = new Set(['RenewToNewTerm', 'RenewToExtendedServiceTerm', 'Transition', 'active', 'suspended']);

function notCancelling(code: Safe): string {
  if (LOST.has(code)) return `**The cancellation that was set is not there any more.** Partner Center says “${code}”. I do not set it again by myself.`;
  if (code === 'Cancel')
    return '**Auto-renew is on beside the cancellation that was set**, so it is not sure that it still cancels. I change nothing by myself.';
  return `**It is not sure that it still cancels:** Partner Center says “${code}”, which I do not know. I change nothing by myself.`;
}

export const stuck = {
  state: 'Stopped: needs a person',
  safe: 'What is safe',
  canDo: 'What you can do',
  what: (d: { quantity: number; plan: Safe }) => `${licences(d.quantity)} of ${d.plan}`,
  said: (words: Safe) => `Microsoft says: “${words}”`,
  vouchHow,
  lead: (reason: StuckReason, d: { time: Safe; left: Safe; differs: Safe; code: Safe }): string =>
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
      purchaseUnclear: `**Microsoft has not said whether the purchase went through.** I have asked until ${d.time} and will not buy again.`,
      provisioningLate: '**It is bought, but Microsoft has not prepared it within a day.**',
      holders: `**${d.left} would lose access**, because they have no new licence. Nothing was suspended.`,
      suspendRefused: '**Microsoft refused to suspend the old subscription.** Nothing has changed.',
      suspendUnclear: `**Microsoft has not said whether the old subscription is suspended.** I have asked until ${d.time}.`,
      endRefused: '**Microsoft refused to set the end of the term.** Nothing has changed.',
      endUnclear: `**Microsoft has not said whether the end of the term is set.** I have asked until ${d.time}.`,
      endNotDone:
        '**I asked Microsoft to set the end of the term, and it is not there.** I do not ask again by myself: set it in Partner Center, or say yes once more.',
      endOverruled: '**The subscription has changed since the yes to set its end.** I do not set it over that.',
      endLost: notCancelling(d.code),
      forbidden: SIGN_IN_AGAIN.has(d.code)
        ? '**Partner Center wants a new sign-in of the account that I work with**, so I cannot read or change licences.'
        : '**Partner Center does not let me read or change this customer’s licences.**',
      rights: '**The one who let this step happen may not do it any more.** I have stopped.',
    })[reason],
  /** `alone`: only an end was to be set, and nothing bought. */
  safeBullets: (reason: StuckReason, d: { day: string; how: OldOne; alone: boolean }): string[] => {
    // Until then it works whatever comes after; where its end could not be set, what comes after is said instead.
    const isSaid = reason.startsWith('end') && (d.how === 'extends' || d.how === 'inEst' || d.how === 'termEnds');
    const works = d.how === 'unsaid' || isSaid ? [] : [`The old subscription works until ${date(d.day)}.`];
    const inEst = d.how === 'inEst' && !isSaid ? ['The old subscription goes on, month by month.'] : works;
    const goesOn = d.how === 'renews' ? [`The old subscription goes on, and renews on ${date(d.day)}.`] : inEst;
    if (d.alone || reason.startsWith('end'))
      return reason === 'endUnclear' ? ['It is set or not; I changed nothing else.'] : ['I changed nothing else.', ...goesOn];
    if (reason === 'purchaseUnclear') return ['There is one order or none, never two.', [...goesOn, 'No licence has changed.'].join(' ')];
    if (reason === 'purchaseRefused') return [[...goesOn, 'No licence has changed.'].join(' ')];
    if (reason === 'rights') return ['What was done stays done, and nothing more happens.', ...goesOn];
    if (reason === 'suspendUnclear') return ['It is suspended or still active; I changed nothing else.'];
    if (reason === 'notActive') return ['It is bought once.'];
    return [reason === 'provisioningFailed' ? 'It was ordered once.' : 'It is bought once.', ...goesOn];
  },
  lookBullets: (): string[] => ['Look in Partner Center whether the cancellation is still there.', 'Press “Look again”: I read it once more.'],
  doBullets: (reason: StuckReason, d: { quantity: number; code: string; alone: boolean; vouch: boolean }): string[] => {
    // Only where it can be said is it offered.
    const vouch = d.vouch ? [vouchHow] : [];
    const again = 'Then press “Look again”; I go on from there.';
    if (d.alone || reason.startsWith('end'))
      return ['Look at the subscription in Partner Center.', 'Press “Look again”: then I ask you once more, about how it reads now.'];
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
    if (reason === 'skuUnknown' || reason === 'seatsUnknown') return [`Wait some minutes: Microsoft may be late. ${again}`, ...vouch];
    if (reason === 'unread') return [`Wait some minutes. ${again}`, ...vouch];
    if (reason === 'suspendNotDone' || reason === 'suspendOverruled')
      return ['Look at the subscription in Partner Center.', 'Press “Look again”: then I ask you whether to suspend it now.'];
    if (reason === 'notActive')
      return ['Look at the subscription in Partner Center.', 'Press “Look again” if it is active again, or “Give up” to end the move here.'];
    if (reason === 'holders') return ['Give them the new licence in Partner Center, or take the old one away.', again];
    if (reason === 'forbidden' && SIGN_IN_AGAIN.has(d.code))
      return ['An owner writes **consent** to me in the chat with me alone, and signs in.', again, ...vouch];
    if (reason === 'forbidden') return ['Ask an admin agent to check the access to this customer (GDAP: License Administrator).', again, ...vouch];
    if (reason === 'rights') return ['Press “Look again”. That lets nothing happen: I then ask for this step’s yes again, of somebody who may give it.'];
    return ['Look at the subscription in Partner Center.', again];
  },
  /** `prices`: whether they may be said here. */
  differs: (all: readonly Difference<Safe>[], d: { prices: boolean }): string =>
    all
      .map((one) => {
        if (one.what === 'price' && !d.prices) return 'another price';
        if (one.what === 'price') return `${money(one.came)} instead of ${money(one.asked)}`;
        if (one.what === 'seats') return `${licences(one.came)} instead of ${number(one.asked)}`;
        if (one.what === 'lines') return `${number(one.came)} lines instead of one`;
        if (one.what === 'term') return `${termLength(one.came)} instead of ${termLength(one.asked)}`;
        return `${one.came} instead of ${one.asked}`;
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
  stepName: {
    purchasing: 'Purchase',
    provisioning: 'Purchase',
    purchased: 'Licences',
    reassigning: 'Licences',
    suspending: 'Suspend',
    setting: 'End of term',
    set: 'End of term',
  } as Record<string, string>,
  speak: (customer: Safe) => `${customer}: the move has stopped and needs a person. Nothing is done twice.`,
};
