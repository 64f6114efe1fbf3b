/** What happened to a subscription's end beside auto-renew being switched off: what it is, and what can be done. */
import type { Money } from '../../../services/domain/money.ts';
import type { EndOfTerm, Happened } from '../../../services/domain/ticket.ts';
import type { Safe } from '../../escape.ts';
import { type Becomes, becoming } from './ends.ts';
import { aMonth, date, licences } from './format.ts';
import { notice } from './notice.ts';

export interface OutcomeSaid {
  happened: Happened;
  end: EndOfTerm;
  day: string;
  quantity: number | null;
  /** What its next term was planned to be. */
  was: Becomes | null;
  /** Of an add-on. */
  base: { plan: Safe; day: string } | null;
  /** The new plan of the finished move. */
  plan: Safe | null;
}

const states: Record<Happened, string> = {
  estBegun: 'In an Extended Service Term',
  planSet: 'A change is planned',
  planChanged: 'Another change is planned',
  planLost: 'A planned change is lost',
  stillBilled: 'Suspended, and still billed',
  trial: 'A trial comes to its last day',
  softwareEnds: 'This software ends',
  outlivesBase: 'An add-on outlives its base',
  goesOn: 'The old one goes on',
  dearer: 'It renews at a higher price',
  losesPromotion: 'It renews without its promotion',
};

function trial(d: OutcomeSaid): string | null {
  const convert = `Convert it in Partner Center before that day, or buy a plan here.`;
  if (d.end === 'cancels') return `This trial ends on ${date(d.day)}: the people who use it lose access then. ${convert}`;
  if (d.end !== 'renews' && d.end !== 'renewsAs') return null;
  const seats = d.quantity === null ? '' : `, for ${licences(d.quantity)}`;
  return `On ${date(d.day)} this trial becomes the paid plan by itself${seats}; at what price is not known here. To stop that, switch its auto-renew off in Partner Center before that day.`;
}

/** What happened; null where the reading of its end says all. */
function lead(d: OutcomeSaid): string | null {
  switch (d.happened) {
    case 'estBegun':
      return 'Its term is over, and no cancellation was carried out.';
    case 'planSet':
      return 'A change was planned for its next term.';
    case 'planChanged':
      return `What is planned for its next term is another change now. It was to become ${becoming(d.was)}.`;
    case 'planLost':
      return `The change that was planned for its next term is lost: it was to become ${becoming(d.was)}. Any edit of a subscription can take such a plan away. If it is still wanted, plan it again in Partner Center before that day.`;
    case 'trial':
      return trial(d);
    case 'softwareEnds':
      return `This software ends on ${date(d.day)} and does not go on by itself after that. If it is still wanted, switch its auto-renew on again in Partner Center before that day.`;
    case 'outlivesBase':
      return `${d.base?.plan ?? 'Its base'} ends${d.base?.day ? ` on ${date(d.base.day)}` : ' before it'}. From then on this add-on does nothing, and it is paid for until ${date(d.day)}.`;
    case 'goesOn':
      if (d.plan === null) return 'What was decided about it here is done, yet it is still there and paid for.';
      return `The move to ${d.plan} is finished, yet the old subscription goes on and is paid for beside the new one.`;
    case 'dearer':
      return 'Its next term costs more than this one.';
    case 'losesPromotion':
      return notice.withoutPromotion;
    default:
      return null;
  }
}

export const outcomes = {
  state: (happened: Happened) => states[happened],
  lead,
  /** Of the old one of a finished move. */
  renewsBeside: (d: { day: string; at: Money | null }) =>
    `Auto-renew is on: on ${date(d.day)} it renews for another term${d.at ? `, at ${aMonth(d.at)}` : ''}. Cancel it or switch it off in Partner Center, or let it go with a reason.`,
  cancelBeside: 'A cancellation set in Partner Center makes it end.',
  endsBeside: (day: string) => `A cancellation was set: it ends on ${date(day)}. I look again after that day.`,
  speak: (d: { customer: Safe; plan: Safe; state: Safe }) => `${d.customer}: ${d.plan}. ${d.state}.`,
  backFromEst: (day: string) => `It is back from the Extended Service Term: it renews on ${date(day)}.`,
  rolledOver: (day: string) => `It has renewed; its new term runs until ${date(day)}.`,
  noTrial: (day: string) => `It is no trial any more; it renews on ${date(day)}.`,
  withBase: 'It and its base do not part any more.',
  settled: 'Settled',
};
