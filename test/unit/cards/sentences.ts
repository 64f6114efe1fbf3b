/** Which sentences say something about the world, and the claim that must stand beside each: for the tests of cards and for the judge of the crash suite. */
import type { Claim, Claimed } from '../../../cards/claims.ts';

/** A text that fits needs one of these claims. In the order of the table all are looked at. */
export const SENTENCES: readonly [RegExp, readonly Claimed[]][] = [
  [/Nothing (?:was|is) bought(?! or moved|, moved| until)|nothing has been bought/, ['nothingBought']],
  [/(?:^|\s)(?:Bought\. |It is bought once|\*\*It is bought, but)/, ['bought']],
  [/\d+\u00a0?(?: of [\d\u00a0]+(?:person|people))? (?:ha(?:s|ve) )?moved\b|obody has been moved/, ['moved']],
  [/Everybody has moved|have the new licence\. Nobody loses access|The one person has the new licence/, ['moved']],
  [/keeps? (?:the old one|a seat|their seats): another subscription|no longer exists?\.|neither licence now/, ['moved']],
  [/Nobody (?:had|holds|has) the old licence|Nobody has to move/, ['nobodyHolds', 'moved']],
  [/(?<!whether )the old subscription is suspended\.|the old [^;.]* has stopped/, ['suspended']],
  [/Expires (?:on|in|today)|expires (?:in|today)|ends by itself on|– the old subscription ends|A cancellation is set|On that day the /, ['ends']],
  [/term ends (?:on|in|today)|The old subscription works until|It is not known what happens then/, ['termEnds', 'ends', 'renews']],
  [/(?:goes on|It is in a) .*Extended Service Term/, ['termEnds', 'renews']],
  [/(?:It|It still) renews (?:on|again|by itself)|goes on and renews on|the old subscription renews/, ['renews']],
  [/Everything .*renews/, ['allRenew']],
  [/This chat watches (?:nothing|all|[A-Z])/, ['watches']],
  [/ approved it\.|^Approved by /, ['approved']],
  [/Microsoft refused (?:the purchase|to suspend|a step|this order)/, ['refused']],
];

/** Every text of a card, or of a line. */
export function textsOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(textsOf);
  if (!value || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([name, part]) =>
    typeof part === 'string' ? (['text', 'value', 'speak', 'title'].includes(name) ? [part] : []) : name === 'actions' || name === 'card' ? [] : textsOf(part),
  );
}

/** Sentences that say something about the world without the claim that belongs to them. */
export function unclaimed(texts: readonly string[], claims: readonly Claim[]): string[] {
  const made = new Set(claims.map((one) => one.claims));
  return texts.flatMap((text) =>
    SENTENCES.flatMap(([sentence, needs]) => (sentence.test(text) && !needs.some((one) => made.has(one)) ? [`“${text}” needs ${needs.join(' or ')}`] : [])),
  );
}
