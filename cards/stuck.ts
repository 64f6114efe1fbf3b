/** A move that needs a person: what happened, what is certain, what to do. Both ways out are safe. */
import type { Migration } from '../services/domain.ts';
import type { Shown } from '../services/speak/show.ts';
import { type Claim, claimsBought, claimsEnd, claimsNothingBought, claimsRefused } from './claims.ts';
import { first, form, menu, open, reasonInput, toggleDetails } from './buttons.ts';
import { planText } from './harmless.ts';
import { aimAt, type MatterData, names, newPlan, opening, steps } from './regions.ts';
import type { Words } from './text/en.ts';

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
    lead: say.lead(stuck.reason, { time: words.time(stuck.at), left }),
    sections: [
      { title: say.safe, separator: true, bullets: say.safeBullets(stuck.reason, { day: shown.expiry.facts.expiresOn }) },
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
      ...(unclear ? [] : [form(b.giveUp, [reasonInput(labels.why, words.errors.reason)], [first(b.giveUp, 'migration.giveUp', aim, true)])]),
      menu(b.assign, 'expiry.assign', aim),
      toggleDetails(b.support),
      open(b.partnerCenter, shown.expiry.customerId, 'subscriptions', 'secondary'),
    ],
  };
}

/** What is certain; while nobody knows what was done, only that the old one goes on. */
function claims(shown: Shown, migration: Migration, stuck: NonNullable<Migration['stuck']>): Claim[] {
  const refused = claimsRefused(shown, stuck);
  switch (stuck.reason) {
    case 'purchaseRefused':
      return [refused, claimsNothingBought(shown, stuck.at), claimsEnd(shown)];
    case 'suspendRefused':
      return [refused, claimsBought(shown, migration)];
    case 'purchaseUnclear':
    case 'rights':
      return [claimsEnd(shown)];
    case 'suspendUnclear':
      return [];
    default:
      return [claimsBought(shown, migration), claimsEnd(shown)];
  }
}
