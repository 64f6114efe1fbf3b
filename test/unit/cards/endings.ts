/**
 * Which sentence about an end is true of which facts, told anew and not by the cards' own code: a text that speaks of ends, stops,
 * deletions, renewals, savings or a percentage is let through only by a rule that knows it, and only with the facts that make it true.
 */
import type { Shown } from '../../../services/ticketView.ts';

/** Whatever of these a sentence says needs a rule. */
const SUBJECT =
  /\b(?:ends?|ended|expires?|stop(?:s|ped)?|delete[sd]?|renews?|saves?|billed|cancellation)\b|%|Extended Service Term|cannot be switched back on/i;

type Rule = readonly [known: RegExp, isTrue: (of: Shown) => boolean];

const facts = ({ ticket }: Shown) => ticket.facts;
const nce = (of: Shown) => facts(of).newCommerce;
const end = (of: Shown) => facts(of).endOfTerm;
const active = (of: Shown) => !facts(of).standing;
const renews = (of: Shown) => active(of) && (end(of) === 'renews' || end(of) === 'renewsAs');
const ends = (of: Shown) => active(of) && end(of) === 'cancels';
const contradictory = (of: Shown) => active(of) && end(of) === 'contradictory';
const suspended = (of: Shown) => facts(of).standing === 'suspended' || of.move?.outcome === 'suspended';
const mayExtend = (of: Shown) => nce(of) && active(of) && (end(of) === 'extends' || facts(of).ending?.either === 'endsOrExtends');
const lastStep = (of: Shown) => of.move?.state === 'reassigned' && active(of);
const setting = (of: Shown) => ['weighing', 'weighed', 'setting'].includes(of.move?.state ?? '');
const NOT_THE_OLD_ONE = () => true;

/** The first that knows a sentence judges it. */
export const RULES: readonly Rule[] = [
  // Of the move, or of the new subscription.
  [
    /[Tt]h(?:e|is) move (?:has stopped|was ended|ends)|ended (?:this|the) move|I have stopped|^Stopped: needs a person|the move has stopped|[Ee]nd the move/,
    NOT_THE_OLD_ONE,
  ],
  [/^(?:1 year|\d+ (?:years|months)|1 month), paid [a-z ]+, renews by itself$/, (of) => Boolean(of.move?.quote)],
  [/until the old one is suspended\.$/, (of) => !nce(of)],
  [/^(?:Stopped renewing|Renews again|Ended)$/, (of) => of.ticket.closed !== null || of.record.length > 0],
  [
    /whether (?:it|the old subscription|.+) renews/,
    (of) => end(of) === 'unread' || of.ticket.kind === 'unread' || facts(of).ending?.either === 'renewsOrInEst',
  ],
  [/says again that it renews/, (of) => of.ticket.closed?.how === 'renewed' && of.ticket.kind === 'unread'],
  // What was: seen before it turned.
  [/^Auto renews on/, (of) => (of.ticket.closed ? renews(of) : of.ticket.kind === 'flip')],
  // A suspended one.
  [/Suspended, and still billed|is billed until|billed until then|bills it until then/, (of) => nce(of) && (suspended(of) || lastStep(of))],
  [/It is not billed any more/, (of) => !nce(of) && suspended(of)],
  [/has stopped/, (of) => !nce(of) && of.move?.outcome === 'suspended'],
  [
    /deletes it .*whichever is first|deletes it and its data when its term ends|Until it is deleted|From about .*deletes/,
    (of) => !nce(of) && (suspended(of) || lastStep(of)),
  ],
  [/Whether (?:it|a suspended one) can go on .* not known/, (of) => nce(of) && (suspended(of) || lastStep(of))],
  [/Billing stops today|^That saves/, (of) => !nce(of) && lastStep(of)],
  [/saves nothing|Its services stop at once/, (of) => nce(of) && lastStep(of)],
  [/Auto-renew goes off and planned changes are lost/, (of) => nce(of) && lastStep(of)],
  [/^End /, (of) => nce(of) && lastStep(of) && ends(of)],
  // Setting an end: it is asked about, done, and looked for; only one that was read is called set.
  [/To end it, set the cancellation in Partner Center/, (of) => nce(of) && active(of) && !ends(of) && !renews(of)],
  [/(?:cancel|renew) .+ (?:at the end of its term|from), .*\?$|^(?:Cancel .+ at term end|Renew .+)$|renew .+ from .*\?$/i, (of) => setting(of)],
  [/^This commits the customer to a whole new term|Auto-renew goes on and a new term is planned/, (of) => setting(of) && of.move?.way === 'renew'],
  [/Auto-renew goes off and “cancel at term end” is set/, (of) => setting(of) && of.move?.way === 'cancel'],
  [/asks to (?:cancel|renew) |the end of its term waits for an approval/, (of) => of.move?.state === 'weighed'],
  [/^Setting the end|I am setting the cancellation/, (of) => of.move?.state === 'setting'],
  [/^The cancellation is not there any more/, (of) => of.move?.state === 'set' && active(of) && !ends(of)],
  [/The cancellation that was set is not there|I asked Microsoft to set the end of the term, and it is not there/, (of) => of.move?.state === 'stuck'],
  [/Its cancellation for .+ was read to be set/, (of) => of.move?.state === 'set' && ends(of)],
  [/goes on unless its end is set|With “Cancel at term end” I set that/, (of) => nce(of) && lastStep(of) && !ends(of) && of.plannable === true],
  // A contradiction says both.
  [/Auto-renew and what is planned disagree/, contradictory],
  [/Auto-renew is on, yet a cancellation is planned: .* renews, or it ends/, (of) => contradictory(of) && facts(of).ending?.planned === 'cancels'],
  [/Auto-renew is off, yet it is planned that it renews/, (of) => contradictory(of) && facts(of).ending?.planned !== 'cancels'],
  [/^It does so after .*, or it goes on/, (of) => contradictory(of) && facts(of).ending?.planned !== 'cancels'],
  // An Extended Service Term, and its price beside what it is a percentage of.
  [/Auto-renew reads on, yet an Extended Service Term is planned/, (of) => active(of) && end(of) === 'extends' && facts(of).ending?.despiteFlag === true],
  [/Nobody loses access: unless somebody sets a cancellation/, (of) => nce(of) && active(of) && end(of) === 'extends'],
  [/^It is in a paid Extended Service Term|^In an Extended Service Term/, (of) => nce(of) && active(of) && end(of) === 'inEst'],
  [/lose access, or it goes on month by month as a paid Extended Service Term/, (of) => mayExtend(of) && end(of) === 'unknown'],
  [/It is not known whether it renews by the month/, (of) => facts(of).ending?.either === 'renewsOrInEst'],
  [
    /the old subscription goes on month by month as a paid Extended|the old one goes on from then as a paid Extended/i,
    (of) => nce(of) && active(of) && (end(of) === 'extends' || end(of) === 'inEst'),
  ],
  [/term of the old subscription ends|the old term ends/i, (of) => nce(of) && active(of) && (end(of) === 'unknown' || end(of) === 'contradictory')],
  [
    /I do not set that cancellation|set the cancellation first|set its cancellation|does not end by itself|^Set the cancellation/i,
    (of) => nce(of) && !ends(of),
  ],
  [/A cancellation set in Partner Center makes it end/, (of) => mayExtend(of)],
  [/A cancellation is set: after that day/, (of) => nce(of) && ends(of)],
  // That it ends, and that it renews.
  [/It still renews by itself/, (of) => lastStep(of) && renews(of)],
  [/cannot be switched back on/, (of) => !nce(of) && ends(of) && facts(of).programme !== null && facts(of).changedBy === 'nobody'],
  [/[Ee]xpires (?:on|in|today)/, (of) => (of.ticket.closed ? of.ticket.closed.how === 'renewed' && of.ticket.closed.day !== undefined : ends(of))],
  [/ends by itself|end by itself|– the old subscription ends/, (of) => ends(of)],
  [/(?:for the end of the term|before the term ends)/, (of) => active(of) && end(of) === 'unknown' && facts(of).ending?.word !== undefined],
  [/the end of the old subscription, or when it ends, has changed/, NOT_THE_OLD_ONE],
  [/does not simply renew any more/, (of) => active(of) && !renews(of)],
  [/[Ii]ts term ends/, (of) => active(of) && !renews(of) && !ends(of)],
  [
    /old subscription has ended|the subscription has ended/,
    (of) => facts(of).standing === 'ended' || facts(of).standing === 'gone' || of.ticket.closed?.how === 'ended',
  ],
  [/It has ended/, (of) => of.ticket.closed?.how === 'ended' || facts(of).standing === 'ended'],
  [/renews (?:on|as|again)|old subscription renews|It renews/, renews],
];

/** What of a text is said without the facts that make it true, or without a rule that knows it. */
export function untold(text: string, of: Shown): string[] {
  return text
    .replaceAll('\u00a0', ' ')
    .replaceAll('**', '')
    .split(/(?<=[.:!?]) (?=[A-Z])|\n/)
    .flatMap((sentence) => {
      if (!SUBJECT.test(sentence)) return [];
      if (sentence.includes('%') && !/\d+ % above the (?:price of a one-month term|yearly price)/.test(sentence))
        return [`a percentage without its base: “${sentence}”`];
      const rule = RULES.find(([known]) => known.test(sentence));
      if (!rule) return [`no rule knows “${sentence}”`];
      return rule[1](of) ? [] : [`“${sentence}” is not true of ${JSON.stringify([facts(of).newCommerce, end(of), facts(of).standing ?? null])}`];
    });
}
