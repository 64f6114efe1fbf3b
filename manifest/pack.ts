/** The Teams app as a package: the manifest filled in, its icons and languages. Pure; whoever calls reads and writes the files. */
import { z } from 'zod';
import { manifestShape } from './shape.ts';
import { type ZipFile, zip } from './zip.ts';

/** What differs from one company to the next. */
export interface AppSettings {
  /** The app's own id in Teams, a GUID that nothing else has. */
  appId: string;
  /** The client id under which the bot answers: `MicrosoftAppId`. */
  botId: string;
  /** The public host of the bot, without https://. */
  domain: string;
  developer: string;
  website: string;
  privacy: string;
  terms: string;
}

/** What lies in `manifest/`: the template, the icons by name, and the languages by tag, each with its texts by key. */
export interface AppFiles {
  template: string;
  version: string;
  icons: readonly ZipFile[];
  languages: Readonly<Record<string, unknown>>;
}

const GUID = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/;
const DOMAIN = /^(?!\d+(\.\d+){3}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/;
const DEVELOPER_MAX = 32;
/** Names that are kept free for examples and for machines at home (RFC 2606, RFC 6761). */
const EXAMPLE = /(^|\.)(example(\.(com|net|org))?|test|invalid|localhost|local)$/;
const FILL_IN = /[<>…{}]|\byour[-_ ]|placeholder|todo|changeme/i;
const LANGUAGE = /^[a-z]{2,3}(-[a-z0-9]{2,8}){0,2}$/i;

/** The package's bytes, or everything that is wrong with what was given, one sentence each. */
export function packApp(settings: AppSettings, files: AppFiles): { bytes: Buffer } | { faults: string[] } {
  const given = { ...settings, appId: settings.appId.toLowerCase(), botId: settings.botId.toLowerCase(), domain: settings.domain.toLowerCase() };
  const wrong = settingFaults(given);
  if (wrong.length > 0) return { faults: wrong };
  const tags = Object.keys(files.languages).sort();
  const manifest = filledIn(files, given, tags);
  const parsed = manifestShape.safeParse(manifest);
  const faults = parsed.success ? [] : parsed.error.issues.map((issue) => `The manifest's ${issue.path.join('.')} is not as Teams wants it: ${issue.message}.`);
  const texts = textsOf(manifest);
  const languages = tags.map((tag) => ({ tag, texts: JSON.parse(filled(JSON.stringify(files.languages[tag]), files.version, given)) as unknown }));
  for (const one of languages) faults.push(...languageFaults(one.tag, one.texts, texts));
  if (faults.length > 0) return { faults };
  const inOthers = languages.map((one) => ({ name: fileOf(one.tag), bytes: json({ $schema: LANGUAGE_SCHEMA, ...(one.texts as object) }) }));
  return { bytes: zip([{ name: 'manifest.json', bytes: json(manifest) }, ...files.icons, ...inOthers]) };
}

const LANGUAGE_SCHEMA = 'https://developer.microsoft.com/json-schemas/teams/v1.30/MicrosoftTeams.Localization.schema.json';

function settingFaults(given: AppSettings): string[] {
  const faults: string[] = [];
  for (const [flag, value] of [
    ['--app-id', given.appId],
    ['--bot-id', given.botId],
  ] as const)
    if (!GUID.test(value)) faults.push(`${flag} cannot be '${value}': it is a GUID, such as one that a GUID generator makes.`);
    else if (/^[0-]*$/.test(value)) faults.push(`${flag} cannot be '${value}': that is the empty GUID, which names nothing.`);
  if (given.appId === given.botId) faults.push(`--app-id cannot be '${given.appId}': that is the bot's id, and the app needs one of its own.`);
  if (!DOMAIN.test(given.domain))
    faults.push(`--domain cannot be '${given.domain}': write the host alone, as in PUBLIC_URL, without https:// and without a path.`);
  else if (isMadeUp(given.domain)) faults.push(`--domain cannot be '${given.domain}': that is a name for examples.`);
  if (given.developer.trim() === '' || given.developer.length > DEVELOPER_MAX || FILL_IN.test(given.developer))
    faults.push(`--developer cannot be '${given.developer}': write the name of whoever runs the bot, at most ${DEVELOPER_MAX} letters.`);
  for (const flag of ['website', 'privacy', 'terms'] as const) {
    const why = addressFault(given[flag]);
    // On a host that is wrong, which is said already.
    if (why && !given[flag].toLowerCase().includes(`//${given.domain}/`)) faults.push(`--${flag} cannot be '${given[flag]}': ${why}.`);
  }
  return faults;
}

function isMadeUp(host: string): boolean {
  return EXAMPLE.test(host) || FILL_IN.test(host);
}

function addressFault(address: string): string | null {
  if (!URL.canParse(address)) return 'it is no address';
  const { protocol, hostname, username } = new URL(address);
  if (protocol !== 'https:') return 'it must begin with https://';
  if (username !== '' || !DOMAIN.test(hostname)) return 'it must name a public host';
  return isMadeUp(hostname) ? 'that is a name for examples' : null;
}

type Manifest = z.infer<typeof manifestShape>;

function filledIn({ template, version }: AppFiles, given: AppSettings, tags: readonly string[]): Manifest {
  const manifest = JSON.parse(filled(template, version, given)) as Manifest;
  if (tags.length > 0) manifest.localizationInfo.additionalLanguages = tags.map((languageTag) => ({ languageTag, file: fileOf(languageTag) }));
  return manifest;
}

/** JSON with every `${{NAME}}` replaced; a name that nobody fills in stays, and is refused. */
function filled(text: string, version: string, given: AppSettings): string {
  const values: Record<string, string> = {
    VERSION: version,
    APP_ID: given.appId,
    BOT_ID: given.botId,
    DOMAIN: given.domain,
    DEVELOPER: given.developer,
    WEBSITE: given.website,
    PRIVACY: given.privacy,
    TERMS: given.terms,
  };
  return text.replace(/\$\{\{([A-Z_]+)\}\}/g, (whole, name: string) => JSON.stringify(values[name] ?? whole).slice(1, -1));
}

/** The texts that a language translates, by the keys of Microsoft's localisation schema. */
export function textsOf(manifest: Manifest): Record<string, string> {
  const commands = manifest.bots.flatMap((bot, b) =>
    bot.commandLists.flatMap((list, l) =>
      list.commands.flatMap((command, c) => {
        const at = `bots[${b}].commandLists[${l}].commands[${c}]`;
        return [[`${at}.title`, command.title] as const, [`${at}.description`, command.description] as const];
      }),
    ),
  );
  const searches = manifest.composeExtensions.flatMap(({ commands: all }, e) =>
    all.flatMap(({ title, description, parameters }, c) => {
      const at = `composeExtensions[${e}].commands[${c}]`;
      const ofParameters = parameters.flatMap((one, p) => [
        [`${at}.parameters[${p}].title`, one.title] as const,
        [`${at}.parameters[${p}].description`, one.description] as const,
      ]);
      return [[`${at}.title`, title] as const, [`${at}.description`, description] as const, ...ofParameters];
    }),
  );
  return {
    'name.short': manifest.name.short,
    'name.full': manifest.name.full,
    'description.short': manifest.description.short,
    'description.full': manifest.description.full,
    ...Object.fromEntries([...commands, ...searches]),
  };
}

const LENGTHS: Record<string, number> = { 'name.short': 30, 'name.full': 100, 'description.short': 80, 'description.full': 4_000 };
const COMMAND_MAX = 128;
const TITLE_MAX = 32;

function mostOf(key: string): number {
  return LENGTHS[key] ?? (key.endsWith('.title') ? TITLE_MAX : COMMAND_MAX);
}

/** A language says everything that English says, and nothing else. */
function languageFaults(tag: string, given: unknown, texts: Record<string, string>): string[] {
  const where = `manifest/languages/${tag}.json`;
  if (!LANGUAGE.test(tag)) return [`${where}: '${tag}' is no language tag, such as 'sv' or 'pt-br'.`];
  const parsed = z.record(z.string(), z.string()).safeParse(given);
  if (!parsed.success) return [`${where} is not a list of texts by key.`];
  const missing = Object.keys(texts).filter((key) => !(parsed.data[key] ?? '').trim());
  const unknown = Object.keys(parsed.data).filter((key) => !(key in texts));
  const long = Object.entries(parsed.data).filter(([key, text]) => text.length > mostOf(key));
  return [
    ...missing.map((key) => `${where} lacks ${key}.`),
    ...unknown.map((key) => `${where} has ${key}, which the manifest has not.`),
    ...Object.entries(parsed.data).flatMap(([key, text]) => (text.includes('${{') ? [`${where}: something in ${key} was not filled in.`] : [])),
    ...long.map(([key]) => `${where}: ${key} may have ${mostOf(key)} letters.`),
  ];
}

function fileOf(tag: string): string {
  return `${tag}.json`;
}

function json(value: unknown): Buffer {
  return Buffer.from(`${JSON.stringify(value, null, 2)}\n`);
}
