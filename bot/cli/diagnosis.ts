/** What the doctor says of what it saw: each thing, whether it is well, and what to do where it is not. Pure. */
import { dayOf, daysBetween } from '../../services/clock.ts';
import type { Shows } from '../../services/domain/shows.ts';
import type { Stop } from '../../services/domain/reasons.ts';
import type { FourEyes } from '../../services/approval/approval.ts';
import { CERTIFICATE_WARN_DAYS } from '../../services/partnerCenter/auth/appCertificate.ts';

/** What a look brought; `failed`: it said why not; `late`: no answer in so many seconds. */
export type Looked<T> = { seen: T } | { failed: string } | { late: number };

export interface Facts {
  mode: 'local' | 'guarded' | 'azure';
  at: string;
  node: string;
  /** What answers as a bot does at the port of this machine; null where nothing does. */
  bot: Looked<{ waitsFor: string[] } | null>;
  port: number;
  /** The process that uses the data folder, whose settings these then are; null where none does, and in Azure. */
  holder: number | null;
  storage: Looked<true>;
  /** How far the storage's clock is ahead of this machine's. */
  skewMs: number;
  watch: Looked<{ customers: number; walkedAt: string | null; lateMs: number; never: number; skipped: { name: string; why: string }[]; list: string | null }>;
  partnerCenter: Looked<number>;
  /** Key Vault, Microsoft Graph, the login: those that the settings name. */
  others: { what: string; looked: Looked<unknown> }[];
  /** When the certificate of the app for Partner Center ends; null where it has none. */
  certificateEndsAt: string | null;
  /** null where none is needed. */
  consent: Looked<{ storedAt: string; consentedAt: string } | null> | null;
  /** How many hold each right by name; null where everybody may do everything. */
  people: Looked<{ approvers: number; owners: number } | null>;
  /** Whether price sheets may be read; `why` is the code of what refuses it. */
  priceSheets: Looked<{ why: string } | null>;
  /** What stands where others read along. */
  shows: Shows;
  fourEyes: FourEyes;
  events: Looked<{ url: string; missing: string[] } | null>;
  ours: string;
  /** How Partner Center first showed a planned end; null where it never did. */
  planned: Looked<{ fields: string; seenAt: string } | null>;
  chats: Looked<{ watching: number; asleep: number; unknownSince: string | null }>;
  readOnly: Looked<'setting' | { stop: Stop; since: string } | null>;
  /** Where the log is, and how many warnings stand in its last hour, null where it cannot be read; null where it is no file. */
  log: { file: string; warnings: number | null } | null;
}

/** `note` is worth knowing; `bad` wants somebody to do something. */
export interface Finding {
  what: string;
  is: 'well' | 'note' | 'bad';
  says: string;
  cure?: string;
}

const REFRESH_DAYS = 90;
const WARN_DAYS = 60;
/** Tokens and the storage's signatures are refused beyond. */
const SKEW_MS = 240_000;
/** A look may have had to wait for another process to end. */
const LATE_MS = 180_000;
const NAMED_MAX = 5;
const COLUMN = 16;

/** All findings, in the order in which one would look. */
export function diagnose(facts: Facts): Finding[] {
  const opened = 'seen' in facts.storage;
  return [
    well(
      'mode',
      `${facts.mode}, Node ${facts.node}${facts.holder === null ? '' : `; the settings are those of process ${facts.holder}, which uses the data folder`}`,
    ),
    botOf(facts),
    ...of(facts.storage, 'storage', storageCure(facts.mode), () => well('storage', 'answers')),
    ...(opened ? inStorage(facts) : [note('the rest', 'lies in the storage, and was not looked at')]),
    logOf(facts.log),
  ];
}

/** How it is shown, a line for each and one for each cure. */
export function linesOf(findings: readonly Finding[]): string[] {
  const bad = findings.filter((one) => one.is === 'bad').length;
  const lines = findings.flatMap(({ what, is, says, cure }) => {
    const line = `${what.padEnd(COLUMN)}${is === 'bad' ? 'WRONG: ' : ''}${says}`;
    return cure ? [line, `${' '.repeat(COLUMN)}-> ${cure}`] : [line];
  });
  const noted = findings.some((one) => one.cure);
  const last = noted ? 'Nothing is wrong; what may be done stands after each arrow.' : 'All is well.';
  return [...lines, bad === 0 ? last : `${bad === 1 ? 'One thing is' : `${bad} things are`} wrong; what to do stands after each arrow.`];
}

function inStorage(facts: Facts): Finding[] {
  return [
    clockOf(facts),
    ...of(facts.partnerCenter, 'Partner Center', partnerCenterCure(facts), (count) => well('Partner Center', `answers, ${count} customers on the first page`)),
    ...of(facts.watch, 'customers', 'Look at storage first: this is read from it.', (watch) => watchOf(watch)),
    ...facts.others.flatMap(({ what, looked }) =>
      of(looked, what, OTHER_CURES[what] ?? 'Look at its setting in README, under Settings.', () => well(what, 'answers')),
    ),
    ...certificateOf(facts),
    ...(facts.consent ? of(facts.consent, 'sign-in', CONSENT_CURE, (seen) => consentOf(seen, dayOf(facts.at))) : [well('sign-in', 'not needed here')]),
    ...of(facts.people, 'who may', 'Look at ROLES and at Microsoft Graph: GroupMember.Read.All and User.ReadBasic.All for the bot’s identity.', (seen) =>
      peopleOf(seen, facts),
    ),
    ...of(facts.priceSheets, 'price sheets', PRICES_CURE, pricesOf),
    ...showsOf(facts.shows),
    ...of(facts.events, 'events', partnerCenterCure(facts), (seen) => eventsOf(seen, facts)),
    ...of(facts.planned, 'planned ends', 'Look at storage first: this is read from it.', (seen) =>
      seen
        ? well('planned ends', `seen ${dayOf(seen.seenAt)} as ${seen.fields}`)
        : note('planned ends', 'never seen: a cancellation at term end is left to Partner Center'),
    ),
    ...of(facts.chats, 'chats', 'Look at storage first: this is read from it.', (seen) => chatsOf(seen)),
    ...of(facts.readOnly, 'read-only', 'Look at storage first: this is read from it.', stopOf),
  ];
}

/** One finding for a look that brought nothing, else what `then` makes of it. */
function of<T>(looked: Looked<T>, what: string, cure: string, then: (seen: T) => Finding | Finding[]): Finding[] {
  if ('seen' in looked) return [then(looked.seen)].flat();
  return [bad(what, 'late' in looked ? `no answer within ${looked.late} seconds` : looked.failed, cure)];
}

function stopOf(seen: 'setting' | { stop: Stop; since: string } | null): Finding {
  if (seen === null) return well('read-only', 'off');
  if (seen !== 'setting' && seen.stop === 'dryRun')
    return note(
      'dry run',
      `since ${seen.since}: it watches, tells and quotes, and buys and changes nothing`,
      'An owner ends it in the chat with “dry-run off”.',
    );
  const says = seen === 'setting' ? 'on, by READ_ONLY' : `on since ${seen.since}`;
  return note('read-only', says, 'npm run read-only -- off, or READ_ONLY=off, lets the bot buy, move and suspend again.');
}

/** A port says that something answers there; which bot it is says the data folder alone. */
function botOf({ bot, port, holder, mode }: Facts): Finding {
  const name = 'bot';
  if ('late' in bot)
    return bad(
      name,
      `what listens on port ${port} does not answer within ${bot.late} seconds`,
      'It is very busy, or hangs: look at its log, and start it again; nothing is lost by that.',
    );
  if ('failed' in bot) return bad(name, bot.failed, 'Look whether another program has the port of PORT.');
  if (bot.seen === null && holder !== null)
    return note(name, `process ${holder} uses the data folder, and nothing answers on port ${port}`, 'It is ending, or is no bot: wait, or end it.');
  if (bot.seen === null)
    return note(name, 'does not run on this machine', mode === 'local' ? 'npm start' : 'Where it runs elsewhere, all is well: its /readyz tells how it is.');
  const { waitsFor } = bot.seen;
  const who = holder !== null ? '' : `what is on port ${port} `;
  if (waitsFor.length > 0)
    return bad(name, `${who}waits for ${waitsFor.join(', ')}`, 'It goes on by itself when that answers; what to do about it stands below.');
  if (holder !== null) return well(name, `answers on port ${port}`);
  if (mode === 'azure') return well(name, `a bot answers on port ${port}; whether it has these settings is not known`);
  return note(
    name,
    `a bot answers on port ${port}, and none runs in the data folder: it is another one`,
    'Set DATA_DIR to the folder with which it was started, to look at that one.',
  );
}

function storageCure(mode: Facts['mode']): string {
  if (mode === 'azure')
    return 'AZURE_STORAGE_ACCOUNT must be the account’s name; its network must let this machine in, and the identity of AZURE_CLIENT_ID needs Storage Table Data Contributor and Storage Queue Data Contributor there.';
  return 'Where AZURE_STORAGE_CONNECTION_STRING is set, start what it names; else end what uses the ports of AZURITE_PORT, look at azurite-table.log in DATA_DIR, and start the bot again.';
}

function clockOf({ skewMs }: Facts): Finding {
  const seconds = Math.round(Math.abs(skewMs) / 1000);
  if (Math.abs(skewMs) <= SKEW_MS) return well('clock', seconds < 5 ? 'right' : `${seconds} seconds from the storage’s`);
  return bad(
    'clock',
    `${seconds} seconds ${skewMs > 0 ? 'behind' : 'ahead of'} the storage’s`,
    'Set this machine’s clock by a time server (NTP): tokens of a wrong time are refused.',
  );
}

function partnerCenterCure({ mode }: Facts): string {
  return mode === 'azure'
    ? 'Look at PARTNER_TENANT_ID, PARTNER_CLIENT_ID and the certificate or secret, at what is said of the sign-in, and whether the app is registered in Partner Center under Account settings, App management.'
    : 'Start the sandbox with npm start, or look at PARTNER_CENTER_URL and SANDBOX_PORT.';
}

const OTHER_CURES: Record<string, string> = {
  'Key Vault':
    'KEY_VAULT_URL must be the vault’s address, its firewall must let this machine in, and the bot’s identity needs Key Vault Secrets Officer there.',
  'Microsoft Graph':
    'The bot’s identity needs the application permissions GroupMember.Read.All and User.ReadBasic.All, with admin consent (infra/connect.sh), and each group of ROLES must exist under one name alone.',
  'the login of Microsoft Entra':
    'Look at PARTNER_TENANT_ID and PARTNER_CLIENT_ID, and whether the certificate of PARTNER_CERTIFICATE, or the secret, is the one that stands at the app registration and has not run out.',
};

type Watch = Extract<Facts['watch'], { seen: unknown }>['seen'];

function watchOf({ customers, walkedAt, lateMs, never, skipped, list }: Watch): Finding[] {
  if (walkedAt === null)
    return [note('customers', 'not walked yet', 'The bot reads the list within a minute of its start; if this stays, look at Partner Center above.')];
  const found = [well('customers', `${customers}, last walked ${walkedAt}`)];
  if (list)
    found.push(bad('their list', `not read whole: ${list}`, 'Look at Partner Center above. Until it is whole, nobody who is missing is taken for gone.'));
  if (skipped.length > 0) {
    const some = skipped.slice(0, NAMED_MAX).map(({ name, why }) => `${name} (${why})`);
    const more = skipped.length - some.length;
    found.push(
      bad(
        'not read',
        `${some.join(', ')}${more > 0 ? `, and ${more} more` : ''}`,
        'forbidden: give the app’s account access to that customer (GDAP). Others: npm run explain -- <customer> says what Partner Center answers.',
      ),
    );
  }
  if (never > 0) found.push(note('not yet read', `${never} customers`, 'They are read one by one; this goes down by itself.'));
  if (lateMs > LATE_MS)
    found.push(
      bad(
        'lag',
        `the looks come ${Math.round(lateMs / 60_000)} minutes late`,
        'Raise PARTNER_CENTER_REQUESTS_PER_MINUTE (at most 500 in all), or SWEEP_MINUTES: there are too many customers for the requests.',
      ),
    );
  return found;
}

/** Nobody is asked for a new one by itself: Key Vault makes it only when somebody says so. */
function certificateOf({ certificateEndsAt: endsAt, at }: Facts): Finding[] {
  if (endsAt === null) return [];
  const days = daysBetween(dayOf(at), dayOf(endsAt));
  if (days > CERTIFICATE_WARN_DAYS) return [well('certificate', `of the app for Partner Center, ends ${dayOf(endsAt)}`)];
  const says =
    Date.parse(endsAt) <= Date.parse(at)
      ? `ended ${dayOf(endsAt)}: nothing can be read from Partner Center`
      : `ends ${dayOf(endsAt)}, in ${days} ${days === 1 ? 'day' : 'days'}`;
  return [bad('certificate', says, 'Make a new version of it and tell the app, then start the bot again: docs/operations.md, under “Secrets that end”.')];
}

const CONSENT_CURE = 'An owner writes “consent” to the bot in Teams, and signs in with the account that works for it.';

/** The refresh token dies after 90 days without a redemption. */
function consentOf(consent: { storedAt: string; consentedAt: string } | null, today: string): Finding {
  if (!consent) return bad('sign-in', 'MISSING: nobody has signed in for the bot’s work', CONSENT_CURE);
  const days = daysBetween(dayOf(consent.storedAt), today);
  const says = `stored ${days} days ago, consented ${dayOf(consent.consentedAt)}`;
  if (days >= REFRESH_DAYS) return bad('sign-in', `${says}: OVER`, CONSENT_CURE);
  if (days > WARN_DAYS)
    return bad(
      'sign-in',
      `${says}; dies in ${REFRESH_DAYS - days} days without use`,
      'It is renewed by each use, so the bot does not use it: look why, then consent again.',
    );
  return well('sign-in', `${says}; dies in ${REFRESH_DAYS - days} days without use`);
}

const PRICES_CURE =
  'Give the app of PARTNER_CLIENT_ID the delegated permission of https://api.partner.microsoft.com with admin consent (infra/connect.sh), then let an owner write “consent” to the bot.';

/** Nothing is wrong without them: cards say less. */
function pricesOf(refused: { why: string } | null): Finding {
  if (refused === null) return well('price sheets', 'may be read: cards give figures');
  return note('price sheets', `may not be read (${refused.why}): cards give percentages in place of figures`, PRICES_CURE);
}

const COSTS: Record<Shows['cost'], string> = { channel: 'in every chat', personal: 'only in the chat with one person', never: 'nowhere' };

function showsOf({ cost, names }: Shows): Finding[] {
  const says = `prices ${COSTS[cost]} (SHOW_COST=${cost}), people who cannot move ${names === 'never' ? 'never by name' : 'by name, five at most'} (NAMES_IN_CHANNEL=${names})`;
  if (cost !== 'never') return [well('cards show', says)];
  return [
    note(
      'cards show',
      says,
      'An approver says yes to a price that no card shows, and reads it in Partner Center: SHOW_COST=personal shows it to that person alone.',
    ),
  ];
}

function peopleOf(people: { approvers: number; owners: number } | null, { fourEyes }: Facts): Finding {
  if (people === null) {
    if (fourEyes.when === 'off') return well('who may', 'everybody may do everything');
    return well('who may', 'everybody may do everything, but not approve what they asked for');
  }
  const says = `${people.approvers} may approve, ${people.owners} own the bot`;
  const where = 'Put somebody into a group of ROLES, or onto the list of PEOPLE';
  if (people.approvers === 0) return bad('who may', `${says}: no purchase can be approved`, `${where}, as approver.`);
  if (fourEyes.when !== 'off' && people.approvers === 1)
    return bad('who may', `${says}: what the one approver asks for nobody can approve, by FOUR_EYES`, `${where}, as a second approver.`);
  if (people.owners === 0) return bad('who may', `${says}: nobody can consent, nor switch read-only`, `${where}, as owner.`);
  return well('who may', says);
}

function eventsOf(events: { url: string; missing: string[] } | null, { ours, mode }: Facts): Finding {
  const register = 'npm run events -- register';
  if (events === null) return note('events', 'not registered: a change is seen at the next look', mode === 'azure' ? register : undefined);
  if (events.url !== ours)
    return bad('events', `go to ${events.url}, and not to ${ours}`, `Where that address is an old one of this bot: ${register} --replace ${events.url}`);
  if (events.missing.length > 0) return bad('events', `without ${events.missing.join(', ')}`, register);
  return well('events', events.url);
}

type Chats = Extract<Facts['chats'], { seen: unknown }>['seen'];

function chatsOf({ watching, asleep, unknownSince }: Chats): Finding[] {
  const found = [
    watching > 0
      ? well('chats', `${watching} watch`)
      : note('chats', 'none watches: nobody is told anything', 'Write “watch” to the bot in the channel that should hear of it.'),
  ];
  if (asleep > 0)
    found.push(
      bad('asleep', `${asleep} chats, which Teams refuses`, 'Put the bot back into the team or chat, or write anything to it there: it wakes at once.'),
    );
  if (unknownSince)
    found.push(
      bad(
        'identity',
        `Teams does not know the bot since ${unknownSince}`,
        'Look at MicrosoftAppId, MicrosoftAppTenantId and MicrosoftAppType, whether MicrosoftAppPassword has run out, and at the Azure Bot with that id.',
      ),
    );
  return found;
}

function logOf(log: Facts['log']): Finding {
  if (!log) return well('log', 'on standard output, a line of JSON for each event; the host keeps it');
  if (log.warnings === null) return note('log', `${log.file} is not there, or cannot be read`);
  if (log.warnings === 0) return well('log', `${log.file}, no warning in the last hour`);
  return note('log', `${log.file}, ${log.warnings} warnings in the last hour`, 'Look for "level":"warn" there; docs/operations.md says what the words mean.');
}

function well(what: string, says: string): Finding {
  return { what, is: 'well', says };
}

function note(what: string, says: string, cure?: string): Finding {
  return { what, is: 'note', says, ...(cure ? { cure } : {}) };
}

function bad(what: string, says: string, cure: string): Finding {
  return { what, is: 'bad', says, cure };
}
