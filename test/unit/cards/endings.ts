/**
 * Which sentence about an end is true of which facts, told anew and not by the cards' own code: a text that speaks of ends, stops,
 * deletions, renewals, savings or a percentage is let through only by a rule that knows it, and only with the facts that make it true.
 */
import type { Shown } from '../../../services/ticketView.ts';

/** Whatever of these a sentence says needs a rule. */
export const SUBJECT =
  /\b(?:ends?|ended|expires?|stop(?:s|ped)?|delete[sd]?|renews?|saves?|billed|cancellation)\b|%|Extended Service Term|cannot be switched back on|not set to renew|last day has passed|\b\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|November|December) 20\d\d(?! \d\d:\d\d)|renewed|carried out|paid back|given back|its data|promotion|add-on|lose access|^(?:Until|After that) /i;

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
const over = (of: Shown, as: string) => facts(of).standing === 'ended' && facts(of).endedAs === as;
const passed = (of: Shown) => facts(of).expiresOn !== '' && of.today > facts(of).expiresOn;
const seenOn = ({ ticket }: Shown) => (ticket.closed?.at ?? ticket.facts.readAt ?? ticket.openedAt).slice(0, 10);
const withAddons = (of: Shown) => facts(of).addons.length > 0;
const NOT_THE_OLD_ONE = () => true;
const fromElsewhere = (of: Shown) => facts(of).elsewhere !== undefined;
const stuckOne = (of: Shown) => of.move?.state === 'stuck';

/** The first that knows a sentence judges it. */
export const RULES: readonly Rule[] = [
  // What can be pressed or answered is true of what it does.
  [/^Answer .*end by itself/, (of) => ends(of) && lastStep(of)],
  [/^Answer .*(?:set its cancellation at term end|cancel at term end)/, (of) => nce(of) && active(of) && !ends(of) && of.plannable === true],
  [/^Answer .*renew again/, (of) => active(of) && end(of) !== 'renews' && end(of) !== 'inEst'],
  [/^Answer /, NOT_THE_OLD_ONE],
  [/^Cancel at term end$/, (of) => nce(of) && active(of) && !ends(of) && of.plannable === true],
  [/^Renew again$/, (of) => active(of) && end(of) !== 'renews' && end(of) !== 'inEst'],
  [/^Approve the cancellation$/, (of) => of.move?.way === 'cancel'],
  [/^Approve and renew$/, (of) => of.move?.way === 'renew'],
  // Of licences that were bought elsewhere.
  [/^✓ Customer ends it$/, (of) => of.move?.outcome === 'customerCancels'],
  [
    /^I see only how many there are: not when they end|^I buy it and give each person the new licence; last, the customer ends|^The best time is shortly before those end/,
    fromElsewhere,
  ],
  [
    /Customer ends it$|customer ends the old licences|^The customer ends |^The licences from elsewhere are billed there|until it ends them there/,
    fromElsewhere,
  ],
  [/^Only the customer can end the old licences|^Please end the old .*where you bought it|^We cannot do that for you, and until it is ended/, fromElsewhere],
  [/^If it cannot be ended yet, switch off its renewal there|^Ask the customer whether it has ended it/, fromElsewhere],
  [/once an owner has ended the dry run/, NOT_THE_OLD_ONE],
  // Of a move that has stopped, or was called off.
  [/^End of term$|whether the (?:cancellation is still there|end of the term is set)|^Microsoft refused to set the end of the term/, stuckOne],
  [
    /^What can be given back can be within 7 days of the purchase|^Microsoft(?:’s count| does not (?:list|name)) .* lose access|^Partner Center calls it “|^deleted$/,
    stuckOne,
  ],
  [/^Auto-renew is on beside the cancellation that was set|^The subscription has changed since the yes to set its end/, stuckOne],
  [
    /declined to set the end of its term|^I set nothing: as it reads now, this end cannot be set by me/,
    (of) => of.move?.state === 'cancelled' || of.move?.refusal != null,
  ],
  [/do(?:es)? not set that end/, (of) => of.move !== null && of.move.way !== 'replace'],
  // Of an end that was set here.
  [/^Its cancellation was set here/, (of) => of.move?.outcome === 'ended'],
  [/^It was set to renew/, (of) => of.move?.outcome === 'renewedAgain'],
  [/^How many people lose access after .* is not known/, (of) => nce(of) && active(of) && of.move?.way === 'cancel'],
  // Other days than that of its end.
  [/^No record since /, (of) => facts(of).changedBy === 'nobody'],
  [/I write again on /, ({ ticket }) => ticket.marks.snoozed !== undefined],
  [/ snoozed it until /, NOT_THE_OLD_ONE],
  [/ – last day to cancel the new subscription$/, (of) => of.move?.order != null],
  [/leaves somebody behind, by name|^They lose access when the old one is suspended|says that nobody loses access/, NOT_THE_OLD_ONE],
  // Of the move, or of the new subscription.
  [
    /[Tt]h(?:e|is) move (?:has stopped|was ended|ends)|ended (?:this|the) move|I have stopped|^Stopped: needs a person|the move has stopped|[Ee]nd the move/,
    NOT_THE_OLD_ONE,
  ],
  [/^(?:1 year|\d+ (?:years|months)|1 month), paid [a-z ]+, renews by itself$/, (of) => Boolean(of.move?.quote)],
  [/^Until the old one is suspended, at the latest until/, (of) => !nce(of) && ends(of)],
  [/^Until the old one is suspended/, (of) => !nce(of) && active(of)],
  [/^Until .*, whatever is suspended: /, (of) => nce(of) && (active(of) || suspended(of))],
  [/^After that .* for the new one, and a paid Extended Service Term for the old one/, (of) => nce(of) && active(of) && end(of) === 'extends'],
  [/^After that .* for the new one, and the old one renews/, (of) => nce(of) && renews(of)],
  [/^After that .* for the new one\.$/, (of) => nce(of) && !ends(of) && !renews(of)],
  [/^After that [^,]+ a month(?:\.|, the same as now\.|, [^,]+ (?:more|less) than now\.)$/, (of) => !nce(of) || ends(of)],
  [/^(?:Stopped renewing|Renews again|Ended)$/, (of) => of.ticket.closed !== null || of.record.length > 0],
  [
    /whether (?:it|the old subscription|.+) renews/,
    (of) => end(of) === 'unread' || of.ticket.kind === 'unread' || facts(of).ending?.either === 'renewsOrInEst',
  ],
  [/says again that it renews/, (of) => of.ticket.closed?.how === 'renewed' && of.ticket.kind === 'unread'],
  // What was: seen before it turned.
  [/^Auto renews on/, (of) => (of.ticket.closed ? renews(of) : of.ticket.kind === 'flip')],
  // What brought a ticket up, where that was no flip.
  [/no cancellation was carried out/, (of) => facts(of).happened === 'estBegun' && active(of)],
  [/^This trial ends on/, (of) => facts(of).happened === 'trial' && ends(of)],
  [/^On .* this trial becomes the paid plan by itself/, (of) => facts(of).happened === 'trial' && renews(of)],
  [/^To stop that, switch/, (of) => facts(of).happened === 'trial' && renews(of)],
  [/This software ends|^If it is still wanted, switch its auto-renew on/, (of) => facts(of).happened === 'softwareEnds' && ends(of)],
  [/^An add-on outlives its base/, (of) => facts(of).happened === 'outlivesBase'],
  [/^Its base ends .*| ends on 1 February 2027\.$/, (of) => facts(of).happened === 'outlivesBase' && (renews(of) || end(of) === 'inEst')],
  [/^From then on this add-on does nothing/, (of) => facts(of).happened === 'outlivesBase' && (renews(of) || end(of) === 'inEst')],
  [/next term costs more than this one/, (of) => facts(of).happened === 'dearer' && renews(of)],
  [
    /^The promotion that it has now is not planned/,
    (of) => renews(of) && (facts(of).beside?.losesPromotion === true || (facts(of).happened === 'losesPromotion' && end(of) === 'renews')),
  ],
  [/^It renews (?:at a higher price|without its promotion)/, renews],
  [/^It has renewed; its new term runs until/, (of) => of.ticket.closed?.from === 'term' && renews(of)],
  [/^For 7 days after it has renewed it can be cancelled/, (of) => nce(of) && end(of) === 'renews' && active(of) && facts(of).offerId.includes(':')],
  [
    /^Of its (?:licences|[\d ]+ licences?) some can be given back in Partner Center:|^The days that are left are paid back/,
    (of) => active(of) && facts(of).beside?.giveBack !== undefined,
  ],
  // Of add-ons, and of what an add-on belongs to.
  [/^(?:One add-on goes|\d+ add-ons go) with it:/, (of) => !nce(of) && active(of) && withAddons(of) && (ends(of) || lastStep(of))],
  [/^Its add-ons?, .*, cannot be switched on before it is/, (of) => !nce(of) && suspended(of) && withAddons(of)],
  [/^It is an add-on: its base, .*, goes on without it/, (of) => ends(of) && facts(of).beside?.addonTo !== undefined],
  [/^Its add-ons?, .*, may be part of the other plan, or Microsoft may refuse/, (of) => nce(of) && end(of) === 'renewsAs' && active(of) && withAddons(of)],
  [/^Its services stop at once, and so do its add-ons/, (of) => nce(of) && lastStep(of)],
  [/^That plan is not sold to this customer any more/, (of) => end(of) === 'renewsAs' && active(of) && facts(of).nextNotSold === true],
  // Of what is left of one that is over.
  [
    /^About 90 to 120 days after .* Microsoft deletes its data/,
    (of) => !nce(of) && ((ends(of) && passed(of)) || ((over(of, 'expired') || over(of, 'disabled')) && seenOn(of) >= facts(of).expiresOn)),
  ],
  [
    /^It was cancelled before the end of its term: its data can be taken out/,
    (of) => nce(of) && over(of, 'deleted') && seenOn(of) < facts(of).expiresOn && end(of) !== 'inEst',
  ],
  [/^Only the customer’s admins reach its data now, until about/, (of) => nce(of) && over(of, 'disabled') && seenOn(of) >= facts(of).expiresOn],
  [
    /^(?:It cannot be renewed any more|Whether people can work with it until|Its data is kept until about)/,
    (of) => nce(of) && over(of, 'expired') && seenOn(of) >= facts(of).expiresOn,
  ],
  [/^Its last day has passed/, passed],
  // The last step, by what it does.
  [/^(?:3|✓) Cancellation$/, nce],
  [/^(?:3|✓) End$/, (of) => nce(of) && ends(of)],
  [/^Cancels at term end$/, (of) => of.move?.state === 'set' && (ends(of) || suspended(of))],
  // When something was looked at, and not when it happens.
  [/^Seen .* \d\d:\d\d\.$/, NOT_THE_OLD_ONE],
  // Of who switched it off.
  [/^(?:An application|Somebody) changed the number of licences on .*, and auto-renew went off with it/, (of) => facts(of).switched?.withSeats === true],
  [/^If nobody meant that, switch it on again in Partner Center/, (of) => facts(of).switched?.withSeats === true],
  [/^Until .* it can be cancelled in Partner Center, and the days that are left are paid back/, (of) => nce(of) && facts(of).undoUntil !== undefined],
  [/^Auto-renew is on: on .* it renews for another term/, (of) => facts(of).happened === 'goesOn' && renews(of)],
  [/A cancellation was set: it ends on/, (of) => facts(of).happened === 'goesOn' && ends(of)],
  [/back from the Extended Service Term: it renews/, (of) => of.ticket.closed?.from === 'inEst' && renews(of)],
  [/Nothing is planned for that day|within about a day Microsoft plans/, (of) => active(of) && end(of) === 'extends' && facts(of).nothingPlanned === true],
  [/Microsoft has planned a paid Extended Service Term for it now/, (of) => active(of) && end(of) === 'extends' && !facts(of).nothingPlanned],
  [/^After .* it goes on as a paid Extended Service Term/, (of) => nce(of) && active(of) && end(of) === 'extends'],
  [/^This term is a shortened one/, (of) => active(of) && facts(of).shortenedSince !== undefined],
  [
    /month by month in its paid Extended Service Term|The old subscription goes on, month by month\.|another month of .* Extended Service Term/,
    (of) => nce(of) && active(of) && end(of) === 'inEst',
  ],
  [/The term is over, and it goes on month by month as a paid/, (of) => active(of) && end(of) === 'inEst'],
  [/and what is planned for it disagree now/, contradictory],
  [/once its auto-renew is lost, it may not come back/, (of) => facts(of).programme !== null && renews(of)],
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
  [/^Cancel .+ at term end$/, (of) => of.move?.way === 'cancel' || (of.move?.way === 'replace' && of.move.state === 'setting')],
  [/^Renew .+$/, (of) => of.move?.way === 'renew'],
  [/(?:cancel|renew) .+ (?:at the end of its term|from), .*\?$|renew .+ from .*\?$/i, (of) => setting(of)],
  [/^Auto-renew goes on and a new term is planned/, (of) => nce(of) && of.plannable === true && setting(of) && of.move?.way === 'renew'],
  [/^This commits the customer to a whole new term/, (of) => nce(of) && setting(of) && of.move?.way === 'renew'],
  [/^This lets it go on for another term|^Auto-renew goes on, in one change/, (of) => setting(of) && of.move?.way === 'renew'],
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
  [/^It is in a paid Extended Service Term/, (of) => nce(of) && active(of) && end(of) === 'inEst'],
  [/In an Extended Service Term/, (of) => nce(of) && active(of) && (end(of) === 'inEst' || facts(of).happened === 'estBegun')],
  [/^\d+ (?:people|person) (?:would )?loses? access, because/, (of) => of.move?.state === 'stuck' || lastStep(of)],
  [/^\d+ (?:people|person) loses? access then/, ends],
  [
    /^\d+ (?:people|person) loses? access \(other subscriptions have/,
    (of) => active(of) && facts(of).shared !== undefined && (end(of) === 'unknown' || ends(of)),
  ],
  [/^Once the new term has begun it can be given back within 7 days/, (of) => nce(of) && setting(of) && of.move?.way === 'renew'],
  [/^After its last day people lose it at once; its data is kept/, (of) => setting(of) && of.move?.way === 'cancel'],
  [/^On that day .* access/, (of) => !nce(of) && ends(of)],
  [/^It is not known what happens then: .* access.*, or (?:people )?can go on working/, (of) => active(of) && facts(of).ending?.either === 'endsOrWorksOn'],
  [/^Its data is kept for 90 days, and it cannot be brought back/, (of) => nce(of) && active(of) && (ends(of) || of.move?.way === 'cancel')],
  [/access.*, or it goes on month by month as a paid Extended Service Term/, (of) => mayExtend(of) && end(of) === 'unknown'],
  [/It is not known whether it renews by the month/, (of) => facts(of).ending?.either === 'renewsOrInEst'],
  [
    /the old subscription goes on month by month as a paid Extended|the old one goes on after it as a paid Extended/i,
    (of) => nce(of) && active(of) && end(of) === 'extends',
  ],
  [/term of the old subscription ends|the old term ends/i, (of) => nce(of) && active(of) && (end(of) === 'unknown' || end(of) === 'contradictory')],
  [
    /I do not set that cancellation|set the cancellation first|set its cancellation|does not end by itself|^Set the cancellation/i,
    (of) => nce(of) && !ends(of),
  ],
  [/A cancellation (?:set in Partner Center|that is set) (?:before that day )?makes it end/, (of) => mayExtend(of) || end(of) === 'inEst'],
  [
    /(?:use it and lose|uses it and loses) access after|Until that day it can be renewed again/,
    (of) => nce(of) && active(of) && (of.move?.way === 'cancel' || ends(of)),
  ],
  [/A cancellation is set: after that day/, (of) => nce(of) && ends(of)],
  // A day of the old one, by what is known of it.
  [/^The old subscription works until/, (of) => active(of) && of.move?.state === 'stuck'],
  [/^Look there before .* I write again when it says so/, (of) => end(of) === 'unread'],
  [/^It is paid until|^It cannot come back after/, (of) => nce(of) && lastStep(of)],
  [/^Plan for /, (of) => active(of) && facts(of).ending?.either === 'endsOrWorksOn'],
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
  [/^[^,;]+ a month from \d/, (of) => of.move?.order != null],
  [/^Its term was to end on/, (of) => passed(of) && active(of)],
  [/renews (?:on|as|again)|old subscription renews|It renews/, renews],
];

/** What of a text is said without the facts that make it true, or without a rule that knows it. */
export function untold(text: string, of: Shown): string[] {
  const about = () => JSON.stringify([facts(of).newCommerce, end(of), facts(of).standing ?? null]);
  const unread = /by the price list/i.test(text) && !facts(of).prices ? ['a price list that nobody has read'] : [];
  return [...unread, ...judged(text, { rules: RULES, of, about })];
}

interface Judging<Of> {
  rules: readonly (readonly [known: RegExp, isTrue: (of: Of) => boolean])[];
  of: Of;
  about: () => string;
}

/** The same of any text, by rules of its own. */
export function judged<Of>(text: string, { rules, of, about }: Judging<Of>): string[] {
  return text
    .replaceAll('\u00a0', ' ')
    .replaceAll('**', '')
    .split(/(?<=[.:!?]) (?=[A-Z0-9])|\n/)
    .flatMap((sentence) => {
      if (!SUBJECT.test(sentence)) return [];
      if (sentence.includes('%') && !/\d+ % above (?:the price of a one-month term|a twelfth of the yearly price)/.test(sentence))
        return [`a percentage without its base: “${sentence}”`];
      const rule = rules.find(([known]) => known.test(sentence));
      if (!rule) return [`no rule knows “${sentence}”`];
      return rule[1](of) ? [] : [`“${sentence}” is not true of ${about()}`];
    });
}
