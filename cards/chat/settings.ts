/** What is set for a chat, as one card: the sentence of what will come, and a form that one press saves. */
import { REMIND_DAYS, REMIND_USUALLY } from '../../services/domain/chat.ts';
import { AS_TEAMS } from '../../services/domain/language.ts';
import { type Digest, LEFT_OUT, nextDigest, nextReport, SETTING_PARTS, type SettingsChange, WITHIN_DAYS, zoneOf } from '../../services/domain/settings.ts';
import type { Chat, Watching } from '../../services/domain/ticket.ts';
import { type Action, form, primary } from '../buttons.ts';
import { joined, nameBare, nameText, type Safe, safe } from '../escape.ts';
import { renderTicket } from '../render.ts';
import type { Words } from '../text/words.ts';
import type { RenderedCard } from './chat.ts';

const HOURS = Array.from({ length: 24 }, (_, hour) => hour);
const DIGESTS: readonly (readonly [string, Digest])[] = [
  ['weekdays', { every: 'weekdays', hour: 0 }],
  ['day', { every: 'day', hour: 0 }],
  ...[1, 2, 3, 4, 5, 6, 7].map((day) => [String(day), { every: 'week', day, hour: 0 }] as const),
];
const USUAL_HOUR = 9;
const DAYS = [1, 2, 3, 4, 5, 6, 7];

export interface SettingsView {
  chat: Pick<Chat, 'settings' | 'settingsBy' | 'settingsVersion' | 'remind' | 'reportFrom' | 'watching'>;
  /** Display names by person key. */
  names: Record<string, string>;
  /** What is spoken here, each as those call it who speak it. */
  languages: readonly { tag: string; own: Safe }[];
  now: string;
}

/** `words` tell the time by the chat's clock. */
export function settingsCard(handle: string, view: SettingsView, words: Words): RenderedCard {
  const { settings: say } = words;
  const { chat } = view;
  const { digest = null, quiet, report, worth = {} } = chat.settings ?? {};
  const { within = null, least = null, leaveOut = [], except = [] } = worth;
  const zone = words.zone();
  const comes = say.comes({ digest, zone, within, least, leaveOut, except: exceptNames(except).map(nameText) });
  const isLess = within !== null || least !== null || leaveOut.length + except.length > 0;
  const next = digest ? new Date(nextDigest(Date.parse(view.now), zoneOf(chat), digest)).toISOString() : null;
  const reportMs = nextReport(chat, Date.parse(view.now));
  const data = {
    lang: words.lang,
    speak: comes,
    urgent: false,
    state: say.state,
    who: say.who,
    lead: comes,
    effect: joined([
      quiet ? say.quiet({ quiet, zone, digest: digest !== null }) : null,
      quiet || digest ? say.urgent : null,
      next ? say.next(next) : null,
      report && reportMs !== null ? say.report({ ...report, zone, next: new Date(reportMs).toISOString() }) : null,
      isLess ? say.leftOut : null,
      chat.watching.length === 0 ? say.watchesNothing : null,
    ]),
    facts: [
      { title: say.labels.zoneFact, value: say.zoneNow({ zone, time: words.time(view.now) }) },
      { title: say.labels.language, value: languageSaid(view, words) },
      { title: say.labels.remindFact, value: say.reminders(chat.remind ?? REMIND_USUALLY) },
    ],
    sections: [],
    foot: changedBy(chat.settingsBy?.at(-1), view, words),
    actions: [form(say.change, inputs(view, words), [primary(say.save, 'settings.save', { id: handle, version: chat.settingsVersion ?? 0 }, true)])],
  };
  const { effect, ...rest } = data;
  return { card: renderTicket(effect === '' ? rest : data, words), summary: comes, claims: [] };
}

/** What is spoken, and that it is so because Teams says it where nobody chose. */
function languageSaid({ chat, languages }: SettingsView, { lang, settings: say }: Words): Safe {
  const own = languages.find(({ tag }) => tag === lang)?.own ?? lang;
  return chat.settings?.language ? own : safe`${own} · ${say.asTeams}`;
}

function changedBy(last: SettingsChange | undefined, { names }: SettingsView, words: Words): Safe {
  const { settings: say } = words;
  if (!last) return say.neverChanged;
  return say.changedBy({ who: nameText(names[last.by] ?? '–'), at: last.at, what: SETTING_PARTS.filter((part) => last.what.includes(part)) });
}

/** Names of what is left out, as they are written into the form again. */
export function exceptNames(except: readonly Watching[]): string[] {
  return except.flatMap((one) => (one.what === 'customer' ? [one.customerName] : one.what === 'programme' ? [one.programme] : []));
}

interface Choice {
  title: Safe;
  value: string;
}

function choose(id: string, label: Safe, error: Safe, of: { choices: Choice[]; value: string; many?: true }): Action {
  const { choices, value, many } = of;
  return {
    type: 'Input.ChoiceSet',
    id,
    label,
    style: many ? 'expanded' : 'compact',
    ...(many ? { isMultiSelect: true } : {}),
    wrap: true,
    spacing: 'Medium',
    choices,
    ...(value === '' ? {} : { value }),
    errorMessage: error,
  };
}

function write(id: string, label: Safe, error: Safe, of: { value: string; placeholder: Safe; most: number }): Action {
  const { value, placeholder, most } = of;
  return { type: 'Input.Text', id, label, spacing: 'Medium', maxLength: most, placeholder, ...(value === '' ? {} : { value }), errorMessage: error };
}

function inputs({ chat, languages }: SettingsView, { settings: say, number }: Words): Action[] {
  const { labels, errors } = say;
  const { digest, quiet, report, worth = {} } = chat.settings ?? {};
  const hours = HOURS.map((hour) => ({ title: say.hour(hour), value: String(hour) }));
  const every = digest ? (digest.every === 'week' ? String(digest.day) : digest.every) : 'off';
  const off = { title: say.never, value: 'off' };
  return [
    write('zone', labels.zone, errors.zone, { value: zoneOf(chat), placeholder: safe`UTC`, most: 60 }),
    choose('language', labels.language, errors.choice, {
      choices: [{ title: say.asTeams, value: AS_TEAMS }, ...languages.map(({ tag, own }) => ({ title: own, value: tag }))],
      value: chat.settings?.language ?? AS_TEAMS,
    }),
    choose('digest', labels.digest, errors.choice, {
      choices: [{ title: say.asItComes, value: 'off' }, ...DIGESTS.map(([value, one]) => ({ title: say.every(one), value }))],
      value: every,
    }),
    choose('hour', labels.hour, errors.choice, { choices: hours, value: String(digest?.hour ?? USUAL_HOUR) }),
    choose('report', labels.report, errors.choice, {
      choices: [off, ...DAYS.map((day) => ({ title: say.weekday(day), value: String(day) }))],
      value: report ? String(report.day) : 'off',
    }),
    choose('reportHour', labels.reportHour, errors.choice, { choices: hours, value: String(report?.hour ?? USUAL_HOUR) }),
    choose('quietFrom', labels.quietFrom, errors.choice, { choices: [off, ...hours], value: quiet ? String(quiet.from) : 'off' }),
    choose('quietTo', labels.quietTo, errors.choice, { choices: [off, ...hours], value: quiet ? String(quiet.to) : 'off' }),
    choose('remind', labels.remind, errors.choice, {
      choices: REMIND_DAYS.map((days) => ({ title: say.days(days), value: String(days) })),
      value: (chat.remind ?? REMIND_USUALLY).join(','),
      many: true,
    }),
    choose('within', labels.within, errors.choice, {
      choices: [{ title: say.always, value: 'off' }, ...WITHIN_DAYS.map((days) => ({ title: say.within(days), value: String(days) }))],
      value: String(worth.within ?? 'off'),
    }),
    write('least', labels.least, errors.least, { value: worth.least === undefined ? '' : String(worth.least), placeholder: number(100), most: 7 }),
    choose('leaveOut', labels.leaveOut, errors.choice, {
      choices: LEFT_OUT.map((one) => ({ title: say.kinds[one], value: one })),
      value: (worth.leaveOut ?? []).join(','),
      many: true,
    }),
    write('except', labels.except, errors.except, {
      value: exceptNames(worth.except ?? [])
        .map(nameBare)
        .join('; '),
      placeholder: say.exceptExample,
      most: 1000,
    }),
  ];
}
