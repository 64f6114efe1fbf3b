/** What is planned for a subscription, out of unknown JSON: what is of another shape than known is kept as its text, never guessed at. */
import type { NextTerm, SetEnd, Subscription } from '../../domain/ticket.ts';
import { beginning } from '../../text.ts';

/** So much of what is not understood is kept, to be said. */
const WORD_MAX = 80;
const SEATS_MAX = 1_000_000_000;
const SHAPE_MAX = 300;
const DAY = /^\d{4}-\d\d-\d\d/;

type Planned = Pick<Subscription, 'atTermEnd' | 'next' | 'otherDay'>;

export interface PlannedRead {
  planned: Planned;
  /** Fields that are of another shape than known. */
  odd: readonly string[];
}

const NOTHING: PlannedRead = { planned: { atTermEnd: null }, odd: [] };

/** `scheduledActions` (agreed by three third parties, never seen from Microsoft) and `scheduledNextTermInstructions` (documented). */
export function parsePlanned(actions: unknown, instructions: unknown): PlannedRead {
  if (isNone(actions) && isNone(instructions)) return NOTHING;
  const read = actionsOf(actions);
  const own = isNone(instructions) ? read.instructions : instructions;
  const next = isNone(own) ? null : nextOf(own);
  const oddNext = next === 'odd' ? [oddText(own)] : [];
  const words = [...read.words, ...oddNext];
  return {
    planned: {
      // Two plans for one end are none that we know.
      atTermEnd: words.length > 0 ? beginning(words.join(', '), WORD_MAX) : null,
      ...(next && next !== 'odd' ? { next } : {}),
      ...(read.otherDay ? { otherDay: read.otherDay } : {}),
    },
    odd: [...(read.odd ? ['scheduledActions'] : []), ...(oddNext.length > 0 ? ['scheduledNextTermInstructions'] : [])],
  };
}

/** Words of a planned action that we know, letter for letter. */
const KNOWN: ReadonlySet<unknown> = new Set(['Cancel', 'RenewToNewTerm', 'RenewToExtendedServiceTerm', 'Transition']);

/** The names of the fields of a planned action for the end of the term, where its shape is the one that we write; null otherwise. */
export function shapeOf(actions: unknown): string | null {
  const own = Array.isArray(actions) ? actions.map(recordOf).find((one) => one?.scheduleType === 'TermEnd' && KNOWN.has(one.actionType)) : null;
  return own ? beginning(Object.keys(own).sort().join(' '), SHAPE_MAX) : null;
}

/**
 * The resource with another end: auto-renew and the action for the term's end say the same, what was to become of the next term is gone, and
 * all else goes back as it was read, actions for other days too.
 */
export function withEnd(resource: Readonly<Record<string, unknown>>, to: SetEnd, { planned }: { planned: boolean }): Record<string, unknown> {
  const { scheduledActions, scheduledNextTermInstructions } = resource;
  const others = Array.isArray(scheduledActions) ? scheduledActions.filter((one) => recordOf(one)?.scheduleType !== 'TermEnd') : [];
  const action = { scheduleType: 'TermEnd', actionType: to === 'cancel' ? 'Cancel' : 'RenewToNewTerm' };
  return {
    ...resource,
    autoRenewEnabled: to === 'renew',
    ...(planned ? { scheduledActions: [...others, action] } : {}),
    ...(isNone(scheduledNextTermInstructions) ? {} : { scheduledNextTermInstructions: null }),
  };
}

interface Actions {
  words: string[];
  instructions: unknown;
  otherDay: Subscription['otherDay'];
  odd: boolean;
}

function actionsOf(actions: unknown): Actions {
  const read: Actions = { words: [], instructions: null, otherDay: undefined, odd: false };
  if (isNone(actions)) return read;
  if (!Array.isArray(actions)) return { ...read, words: [oddText(actions)], odd: true };
  for (const action of actions) {
    const fields = recordOf(action);
    const { scheduleType, actionType, effectiveDate } = fields ?? {};
    const word = isNone(actionType) ? oddText(action) : wordOf(actionType);
    if (!fields || typeof actionType !== 'string') read.odd = true;
    if (scheduleType === 'TermEnd') {
      read.words.push(word);
      read.instructions ??= fields?.instructions;
    } else if (scheduleType === 'CustomDate') {
      const on = typeof effectiveDate === 'string' && DAY.test(effectiveDate) ? effectiveDate.slice(0, 10) : null;
      // The first of several is the one that comes first; one without a day may come at once.
      if (!read.otherDay || on === null || (read.otherDay.on !== null && on < read.otherDay.on)) read.otherDay = { word, on };
    } else read.words.push(isNone(actionType) && isNone(scheduleType) ? word : `${isNone(scheduleType) ? '?' : wordOf(scheduleType)}: ${word}`);
  }
  return read;
}

/** `odd` where a part of it is of another shape, or names nothing that we know. */
function nextOf(instructions: unknown): NextTerm | 'odd' | null {
  const fields = recordOf(instructions);
  if (!fields) return 'odd';
  const product = isNone(fields.product) ? {} : recordOf(fields.product);
  if (!product) return 'odd';
  const { productId, skuId, termDuration, billingCycle, promotionId } = product;
  const { quantity } = fields;
  const texts = [productId, skuId, termDuration, billingCycle];
  const isQuantity = typeof quantity === 'number' && Number.isInteger(quantity) && quantity >= 0 && quantity <= SEATS_MAX;
  if (texts.some((one) => !isNone(one) && typeof one !== 'string') || !(isNone(quantity) || isQuantity)) return 'odd';
  const named = texts.map((one) => (typeof one === 'string' && one.trim() !== '' ? beginning(one.trim(), WORD_MAX) : null));
  const [offer, sku, term, billing] = named;
  // Half of a plan's name may be that of another plan.
  if ((offer === null) !== (sku === null)) return 'odd';
  const next = {
    offer: offer && sku ? `${offer}:${sku}` : null,
    quantity: isQuantity ? quantity : null,
    term: term ?? null,
    billing: billing?.toLowerCase() ?? null,
    ...(typeof promotionId === 'string' && promotionId !== '' ? { promotion: beginning(promotionId, WORD_MAX) } : {}),
  };
  return Object.values(next).some((one) => one !== null) ? next : null;
}

function isNone(value: unknown): boolean {
  return value === null || value === undefined;
}

function recordOf(value: unknown): Record<string, unknown> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null;
}

/** A value in Microsoft's own letters. */
function wordOf(value: unknown): string {
  return typeof value === 'string' ? beginning(value.trim(), WORD_MAX) || '?' : oddText(value);
}

/** A value of another shape, as text that is never one of the words that we know. */
function oddText(value: unknown): string {
  return beginning(JSON.stringify(value) ?? '?', WORD_MAX);
}
