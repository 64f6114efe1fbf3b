/** What happens at the end of a term: one sentence for each reading, and its money never without what it is a part of. */
import { CANCEL_WINDOW_DAYS, DATA_KEPT_DAYS, EST_OVER_MONTHLY_PERCENT, EST_OVER_YEARLY_PERCENT, GRACE_DAYS } from '../../../services/domain/rules.ts';
import type { Either, EndOfTerm } from '../../../services/domain/ticket.ts';
import type { Safe } from '../../escape.ts';
import type { Money } from '../../../services/domain/money.ts';
import { aMonth, date, licences, money, number, people, termName } from './format.ts';

/** What it is planned to become; null what was not told. */
export interface Becomes {
  plan: Safe | null;
  quantity: number | null;
  term: Safe | null;
  billing: Safe | null;
}

/** What is known of the end, ready to be said. */
export interface EndSaid {
  end: EndOfTerm;
  newCommerce: boolean;
  /** The day that Partner Center shows. */
  day: string;
  /** By the month already. */
  byMonth: boolean;
  /** How many people use it; null where that cannot be told. */
  inUse: number | null;
  /** Other subscriptions give the same licence: how many of it, and how many people hold one. */
  shared: { others: number; used: number } | null;
  /** A renewal of it can be taken back for some days. */
  takenBack: boolean;
  /** What it is planned to become is not sold to this customer any more. */
  nextNotSold: boolean;
  /** Its plan is retired, and the activity log has nobody who switched auto-renew off. */
  retired: boolean;
  /** Of `extends`: Microsoft has not planned it yet. */
  nothingPlanned: boolean;
  /** A retirement programme names it. */
  ofProgramme: boolean;
  /** Auto-renew reads on although something else is planned. */
  despiteFlag: boolean;
  becomes: Becomes | null;
  /** Microsoft's own word for what it has planned, and the day where that is not the end. */
  word: Safe | null;
  on: string | null;
  either: Either | null;
  planned: 'cancels' | 'renews' | 'renewsAs' | null;
  /** What it costs from its end on; null where that is not known, or not said here. */
  cost: EndCost | null;
}

/** Prices a month, by the price list of a day, and what it costs now. */
export interface EndCost {
  on: string;
  renewal: Money | null;
  extended: Money | null;
  now: Money | null;
}

/** `€135.40 a month by the price list of 20 January 2027, €20.40 more than now`. */
function listPrice(price: Money, { on, now }: Pick<EndCost, 'on' | 'now'>): string {
  const by = `${aMonth(price)} by the price list of ${date(on)}`;
  if (now?.currency !== price.currency) return by;
  const change = price.minor - now.minor;
  if (change === 0) return `${by}, the same as now`;
  return `${by}, ${money({ minor: Math.abs(change), currency: price.currency })} ${change > 0 ? 'more' : 'less'} than now`;
}

/** What an Extended Service Term costs: by the price list where that was read, else with what it is a percentage of. */
export function extendedPrice(byMonth: boolean, cost: EndCost | null = null): string {
  if (cost?.extended) return listPrice(cost.extended, cost);
  return byMonth
    ? `${number(EST_OVER_MONTHLY_PERCENT)} % above the price of a one-month term, which is the term it has now`
    : `${number(EST_OVER_MONTHLY_PERCENT)} % above the price of a one-month term, or about ${number(EST_OVER_YEARLY_PERCENT)} % above a twelfth of the yearly price where there is none`;
}

/** `, at €115.00 a month …` of its next term, which is charged as the price list has it on that day. */
const renewalPrice = ({ cost, end }: EndSaid) =>
  cost?.renewal ? `, at ${listPrice(cost.renewal, cost)}` : end === 'renews' ? ', at the price of that day' : '';

const FROZEN = 'The number of licences cannot be changed then.';

/** Where others give the same licence, only those lose access for whom these have none. */
function whoLoses({ inUse, shared }: Pick<EndSaid, 'inUse' | 'shared'>): string {
  if (shared) {
    const short = Math.max(0, shared.used - shared.others);
    const have = `other subscriptions have ${number(shared.others)} of this licence, and ${people(shared.used)} ${shared.used === 1 ? 'has' : 'have'} one`;
    return `${short === 0 ? 'nobody loses' : `${people(short)} ${short === 1 ? 'loses' : 'lose'}`} access (${have})`;
  }
  if (inUse === null || inUse === 0) return 'the people who use it lose access';
  return inUse === 1 ? `the ${people(1)} who uses it loses access` : `the ${people(inUse)} who use it lose access`;
}

/** `Microsoft 365 E3, 5 licences, 1 year, paid monthly`; only what was told. */
export function becoming(as: Becomes | null): string {
  const parts = as ? [as.plan, as.quantity === null ? null : licences(as.quantity), as.term ? termName(as.term, as.billing ?? ('' as Safe)) : null] : [];
  return parts.filter(Boolean).join(', ') || 'something else; Partner Center shows as what';
}

/** Licences that will be fewer than the people who use it. */
function tooFew({ becomes, inUse }: EndSaid): string {
  const left = becomes?.quantity ?? null;
  return left !== null && inUse !== null && left < inUse ? ` ${people(inUse - left)} will have no licence then.` : '';
}

function contradiction(d: EndSaid): string {
  if (d.planned === 'cancels')
    return `Auto-renew is on, yet a cancellation is planned: on ${date(d.day)} it renews, or it ends and ${whoLoses(d)}. Look in Partner Center which of the two is meant.`;
  const plan = d.planned === 'renewsAs' ? `renews as ${becoming(d.becomes)}` : 'renews';
  return `Auto-renew is off, yet it is planned that it ${plan}. It does so after ${date(d.day)}, or it goes on month by month as a paid Extended Service Term. Look in Partner Center which of the two is meant.`;
}

function notKnown(d: EndSaid): string {
  const look = 'What happens then is not known; look in Partner Center.';
  if (d.word !== null && d.on !== null) return `Microsoft has planned something for ${date(d.on)}, before the term ends: “${d.word}”. ${look}`;
  if (d.word !== null) return `Microsoft has planned something for the end of the term that I do not know: “${d.word}”. ${look}`;
  if (d.either === 'endsOrWorksOn')
    return `It is not known what happens then: ${whoLoses(d)}, or ${d.shared ? 'people ' : ''}can go on working for up to ${number(GRACE_DAYS)} days more, unpaid. Plan for ${date(d.day)}.`;
  if (d.either === 'renewsOrInEst')
    return 'It is not known whether it renews by the month or is in a paid Extended Service Term already. It goes on either way.';
  return `It is not known what happens then: ${whoLoses(d)}, or it goes on month by month as a paid Extended Service Term, at ${extendedPrice(d.byMonth, d.cost)}. A cancellation set in Partner Center makes it end.`;
}

/** What that end means for people and money. */
export function effectOf(d: EndSaid): string {
  switch (d.end) {
    case 'renews':
      return `It renews on ${date(d.day)}${renewalPrice(d)}. You can move it before that day, or leave it as it is.${d.takenBack ? ` For ${number(CANCEL_WINDOW_DAYS)} days after it has renewed it can be cancelled in Partner Center, and the days that are left are paid back.` : ''}${d.ofProgramme ? ' Microsoft retires this plan: once its auto-renew is lost, it may not come back.' : ''}`;
    case 'renewsAs':
      return `On ${date(d.day)} it renews as ${becoming(d.becomes)}${renewalPrice(d)}.${tooFew(d)}${d.nextNotSold ? ' That plan is not sold to this customer any more: the change is still carried out, but once it is lost it cannot be planned again.' : ''} You can move it before that day.`;
    case 'cancels':
      if (d.newCommerce)
        return `A cancellation is set: after that day ${whoLoses(d)}${d.shared ? '' : ' at once'}. Its data is kept for ${number(DATA_KEPT_DAYS)} days, and it cannot be brought back.`;
      return `On that day ${whoLoses(d)}.${d.retired ? ' Microsoft has retired this plan, so it cannot be switched back on.' : ''}`;
    case 'extends':
      return `${d.nothingPlanned ? 'Nothing is planned for that day yet; within about a day Microsoft plans an Extended Service Term. ' : ''}${d.despiteFlag ? 'Auto-renew reads on, yet an Extended Service Term is planned. ' : ''}Nobody loses access: unless somebody sets a cancellation, after ${date(d.day)} it goes on month by month as a paid Extended Service Term, at ${extendedPrice(d.byMonth, d.cost)}. ${FROZEN}`;
    case 'inEst':
      return `It is in a paid Extended Service Term and goes on month by month, at ${extendedPrice(false, d.cost && { ...d.cost, now: null })}, until somebody cancels it or converts it to a longer term. Nobody need do anything for it to go on. The number of licences cannot be changed in it; for that, convert it first.`;
    case 'contradictory':
      return contradiction(d);
    case 'unread':
      return 'Partner Center does not say whether it renews. Look there before that day.';
    case 'unknown':
      return notKnown(d);
  }
}
