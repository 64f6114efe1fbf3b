/** What the sandbox's switches take, and what is said where a body is something else. Pure. */
import { z } from 'zod';

const TERMS_MAX = 4_000;
const WEEKS_MAX = 570;
const LOAD_MAX = 50_000;
const NAME_MAX = 200;
const RULES_MAX = 200;

const name = z.string('must be a name or an id').trim().min(1, 'must be a name or an id').max(NAME_MAX, `must have at most ${NAME_MAX} letters`);
const whole = (least: number, most: number) => {
  const message = `must be a whole number from ${least} to ${most}`;
  return z.int(message).min(least, message).max(most, message);
};
const day = z.string('must be a day such as 2027-03-03').regex(/^20\d\d-\d\d-\d\d$/, 'must be a day such as 2027-03-03');
const yesOrNo = z.boolean('must be true or false');
const names = z.array(name, 'must be a list of names').max(1_000, 'must have at most 1000 names');

function isPattern(text: string): boolean {
  try {
    return Boolean(new RegExp(text));
  } catch {
    return false;
  }
}

const rule = z
  .strictObject({
    method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD'], 'must be GET, POST, PUT, PATCH, DELETE or HEAD').optional(),
    path: z.string('must be a regular expression').refine(isPattern, 'is not a regular expression'),
    nth: whole(1, 1_000_000).optional(),
    rate: z.number('must be a number from 0 to 1').min(0, 'must be a number from 0 to 1').max(1, 'must be a number from 0 to 1').optional(),
    status: whole(200, 599).optional(),
    code: whole(0, 10_000_000).optional(),
    dropReply: yesOrNo.optional(),
    delayMs: whole(0, 3_600_000).optional(),
    times: whole(1, 1_000_000_000).optional(),
  })
  .refine(
    (one) => one.status !== undefined || one.dropReply !== undefined || one.delayMs !== undefined,
    'must say what goes wrong: status, dropReply or delayMs',
  );

/** By action; what is not named here takes any body and uses none of it. */
export const BODIES = {
  flip: z.strictObject({ customer: name, subscription: name.optional(), by: name.optional() }),
  clock: z
    .strictObject({ advanceWeeks: whole(0, WEEKS_MAX).default(0), advanceDays: whole(0, TERMS_MAX).default(0), advanceHours: whole(0, TERMS_MAX).default(0) })
    .refine((one) => one.advanceWeeks + one.advanceDays + one.advanceHours > 0, 'must say how far: {"advanceDays": 30} or {"advanceHours": 20}'),
  plan: z
    .strictObject({
      customer: name,
      subscription: name.optional(),
      plan: z.unknown().refine((one) => one !== undefined, 'must be renew, renewAs, cancel, extend, none, or a word of Microsoft’s'),
      as: z
        .strictObject({
          plan: name.optional(),
          seats: whole(1, 10_000).optional(),
          term: name.optional(),
          billing: name.optional(),
          promotion: name.optional(),
        })
        .optional(),
      autoRenew: yesOrNo.optional(),
      on: day.optional(),
      by: name.optional(),
    })
    .refine((one) => (one.plan === 'renewAs') === (one.as !== undefined), 'must say as what, and only for renewAs: {"plan": "renewAs", "as": {"seats": 5}}'),
  invoice: z.strictObject({
    customer: name,
    month: z
      .string('must be a month such as 2027-03')
      .regex(/^20\d\d-(0[1-9]|1[0-2])$/, 'must be a month such as 2027-03')
      .optional(),
  }),
  terms: z
    .strictObject({ backfillHours: whole(1, 48).optional(), backfillRenews: yesOrNo.optional(), lockHours: whole(0, 24).optional() })
    .refine((one) => Object.keys(one).length > 0, 'must say what to set: backfillHours, backfillRenews or lockHours'),
  load: z.strictObject({
    customers: whole(1, LOAD_MAX),
    subscriptionsPerCustomer: whole(0, 200).default(2),
    usersPerCustomer: whole(0, LOAD_MAX).default(0),
  }),
  faults: z.strictObject({
    rules: z.array(rule, 'must be a list of rules; an empty one, {"rules": []}, takes them all away').max(RULES_MAX, `must have at most ${RULES_MAX} rules`),
  }),
  limits: z.strictObject({ requestsPerMinute: z.number('must be a number above 0').positive('must be a number above 0') }),
  customer: z
    .strictObject({
      customer: name,
      name: name.optional(),
      notSold: names.optional(),
      agreementSigned: yesOrNo.optional(),
      validation: z.string('must be a word').max(NAME_MAX).optional(),
      usageLocations: z.record(z.string(), z.string('must be a country such as IE, or null').nullable(), 'must be names with a country each').optional(),
      byGroup: names.optional(),
      reseller: name.optional(),
      currency: z
        .string('must be three letters such as SEK')
        .regex(/^[A-Z]{3}$/, 'must be three letters such as SEK')
        .optional(),
      foreignSeats: z.record(z.string(), whole(0, 100_000), 'must be plans with a number of seats each').optional(),
    })
    .refine(
      (one) => Object.keys(one).length > 1,
      'must say what to set: name, notSold, agreementSigned, validation, usageLocations, byGroup, reseller, currency or foreignSeats',
    ),
  accept: z.strictObject({
    customer: name,
    people: whole(0, 1_000).default(3),
    foreignSeats: z.record(z.string(), whole(1, 100_000), 'must be plans with a number of seats each').default({}),
  }),
  subscription: z.strictObject({
    customer: name,
    plan: name,
    seats: whole(1, 10_000),
    term: name.default('P1Y'),
    billing: name.default('monthly'),
    endsInDays: whole(0, 1_096).optional(),
    trial: yesOrNo.default(false),
    promotion: yesOrNo.default(false),
    endOfSale: yesOrNo.default(false),
  }),
};

export type BodyOf<A extends keyof typeof BODIES> = z.infer<(typeof BODIES)[A]>;

/** The body as the action takes it, or one sentence that names what is wrong and its value. */
export function readBody<A extends keyof typeof BODIES>(action: A, body: Json): { body: BodyOf<A> } | { fault: string } {
  const result = BODIES[action].safeParse(body);
  if (result.success) return { body: result.data as BodyOf<A> };
  const [issue] = result.error.issues;
  if (issue?.code === 'unrecognized_keys') {
    const known = Object.keys(BODIES[action].shape).join(', ');
    const [where, there] = [issue.path.join('.'), issue.path.length > 0 ? 'a rule does not have it' : `'${action}' takes ${known}`];
    return { fault: `'${shown(issue.keys[0])}'${where && ` in ${where}`} is not known: ${there}. Nothing has changed.` };
  }
  const value = issue?.path.reduce<unknown>((inner, step) => (inner as Json | undefined)?.[step as string], body);
  const it = issue?.path.join('.') || 'The body';
  return {
    fault: `${it} ${issue?.message ?? 'cannot be read'}${value === undefined ? '; it is missing' : `; it is ${shown(JSON.stringify(value))}`}. Nothing has changed.`,
  };
}

const SHOWN_MAX = 120;

/** What came, short enough for a sentence. */
export function shown(text: string | undefined): string {
  const plain = text ?? '';
  return plain.length > SHOWN_MAX ? `${plain.slice(0, SHOWN_MAX)}…` : plain;
}

/** The text as a JSON object, whatever its content type says; nothing at all is an empty one. Else one sentence that names it. */
export function readJson(text: string): { body: Json } | { fault: string } {
  if (text.trim() === '') return { body: {} };
  const otherwise = {
    fault: `The body must be a JSON object such as {"customer": "Contoso"}; it is '${shown(text.trim())}'. In a Windows prompt write -d "{\\"customer\\": \\"Contoso\\"}". Nothing has changed.`,
  };
  try {
    const body = JSON.parse(text.replace(/^\uFEFF/, '')) as unknown;
    return typeof body === 'object' && body !== null && !Array.isArray(body) ? { body: body as Json } : otherwise;
  } catch {
    return otherwise;
  }
}

export type Json = Record<string, unknown>;
