/** A move that needs a person: what happened, what is certain, what to do. Both ways out are safe. */
import type { Migration, StuckReason } from '../../services/domain/ticket.ts';
import { isVouchable } from '../../services/moves/stuck.ts';
import { type Claim, claimsBought, claimsNothingBought, claimsOldOne, claimsRefused, oldOne } from '../claims.ts';
import { type Action, type Aim, execute, first, form, menu, open, reasonInput, toggleDetails } from '../buttons.ts';
import { planText, reasonText } from '../escape.ts';
import { aimAt, type MatterData, names, newPlan, opening, steps } from './regions.ts';
import type { Words } from '../text/en.ts';
import type { Shown } from '../../services/ticketView.ts';

export function stuckCard(shown: Shown, migration: Migration, words: Words): MatterData {
  const stuck = migration.stuck as NonNullable<Migration['stuck']>;
  const { stuck: say, buttons: b, labels } = words;
  const aim = aimAt(shown);
  const quantity = migration.quote?.quantity ?? 0;
  const unclear = stuck.reason === 'purchaseUnclear' || stuck.reason === 'suspendUnclear';
  const request = migration.requestIds.at(-1);
  const step = stuck.from === 'suspending' ? 3 : stuck.from === 'purchased' || stuck.from === 'reassigning' ? 2 : 1;
  const left = stuck.reason === 'holders' ? words.people(Number(stuck.code) || 0) : '';
  return {
    ...opening(shown, words),
    speak: say.speak(names(shown).customerBare),
    urgent: true,
    state: say.state,
    what: say.what({ quantity, plan: newPlan(migration) }),
    steps: steps(step, words),
    claims: claims(shown, migration, stuck),
    lead: migration.unsettled
      ? say.unsettled(migration.unsettled)
      : [
          say.lead(stuck.reason, { time: words.stamp(stuck.at), left, differs: differs(migration, words), code: planText(stuck.code) }),
          ...(stuck.said ? [say.said(reasonText(stuck.said))] : []),
        ].join(' '),
    sections: [
      { title: say.safe, separator: true, bullets: say.safeBullets(stuck.reason, { day: shown.expiry.facts.expiresOn, how: oldOne(shown) }) },
      { title: say.canDo, separator: false, bullets: say.doBullets(stuck.reason, { quantity }) },
    ],
    details: {
      title: b.support,
      facts: [
        { title: labels.step, value: say.stepName[stuck.from] ?? stuck.from },
        { title: labels.answer, value: planText(stuck.code) },
        { title: labels.since, value: words.stamp(stuck.at) },
        ...(request ? [{ title: labels.request, value: request }] : []),
        ...(migration.quote ? [{ title: labels.cart, value: migration.quote.cartId }] : []),
        ...(migration.order ? [{ title: labels.order, value: migration.order.id }] : []),
      ],
    },
    actions: [
      first(b.lookAgain, 'migration.check', aim),
      ...settling(migration, stuck.reason, words, aim),
      ...(unclear || stuck.reason === 'orderDiffers' ? [] : leaving(shown, migration, words)),
      menu(b.assign, 'expiry.assign', aim),
      toggleDetails(b.support),
      open(b.partnerCenter, shown.expiry.customerId, 'subscriptions', 'secondary'),
    ],
  };
}

/** What an approver can say: what came of an unclear purchase, or that an order is taken as it is. */
function settling(migration: Migration, reason: StuckReason, words: Words, aim: Aim): Action[] {
  const { buttons: b, labels, errors } = words;
  const why = reasonInput(labels.why, errors.reason);
  if (reason === 'purchaseUnclear') {
    const order = { type: 'Input.Text', id: 'order', label: labels.orderNumber, spacing: 'None', maxLength: 60, errorMessage: errors.order };
    return [form(b.settle, [order, why], [first(b.settled, 'move.settle', aim, true)])];
  }
  if (reason !== 'orderDiffers' || !migration.order) return [];
  return [form(b.takeIt, [why], [execute(b.takeIt, 'move.settle', aim, { style: 'positive', inputs: true, more: { order: migration.order.id } })])];
}

function differs(migration: Migration, words: Words): string {
  const safe = (migration.order?.differs ?? []).map((one) => (one.what === 'plan' ? { ...one, asked: planText(one.asked), came: planText(one.came) } : one));
  return words.stuck.differs(safe);
}

/** What is certain; while nobody knows what was done, only that the old one goes on. */
function claims(shown: Shown, migration: Migration, stuck: NonNullable<Migration['stuck']>): Claim[] {
  const refused = claimsRefused(shown, stuck);
  switch (stuck.reason) {
    case 'purchaseRefused':
      return [refused, claimsNothingBought(shown, stuck.at), ...claimsOldOne(shown)];
    case 'suspendRefused':
      return [refused, claimsBought(shown, migration)];
    case 'purchaseUnclear':
    case 'rights':
      return claimsOldOne(shown);
    case 'suspendUnclear':
      return [];
    case 'notActive':
      return [claimsBought(shown, migration)];
    default:
      return [claimsBought(shown, migration), ...claimsOldOne(shown)];
  }
}

/** To end it here, and where the bot cannot know, to say that one looked in its place: that is said in person. */
function leaving(shown: Shown, migration: Migration, words: Words): Action[] {
  const { buttons: b, labels, errors } = words;
  const aim = aimAt(shown);
  const why = reasonInput(labels.why, errors.reason);
  if (!isVouchable(migration)) return [form(b.giveUp, [why], [first(b.giveUp, 'migration.giveUp', aim, true)])];
  if (shown.chat.kind !== 'personal') return [form(b.giveUp, [why], [first(b.giveUp, 'migration.giveUp', aim, true)]), menu(b.vouch, 'suspension.vouch', aim)];
  const vouch = first(b.vouchNow, 'suspension.vouch', aim, true);
  return [form(b.goOnWithoutMe, [why], [vouch, execute(b.giveUp, 'migration.giveUp', aim, { inputs: true })])];
}
