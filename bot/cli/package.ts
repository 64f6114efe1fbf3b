/** `npm run package -- --app-id … --bot-id … --domain …`: writes the Teams app, ready to be uploaded. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { asksHow } from './help.ts';
import { type AppFiles, type AppSettings, packApp } from '../../manifest/pack.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const FOLDER = join(ROOT, 'manifest');

const HELP = `npm run package -- --app-id <GUID> --bot-id <GUID> --domain <host> [--developer <name>] [--website <https://…>] [--privacy <https://…>] [--terms <https://…>] [--out <file>]
  --app-id     the app's own id in Teams: make one GUID and keep it, also for later versions
  --bot-id     MicrosoftAppId, the client id under which the bot answers
  --domain     the host in PUBLIC_URL
  --developer  who runs the bot; Successor where it is left out
  --website, --privacy, --terms   pages of yours; where they are left out, the bot's own page https://<host>/about
  --out        successor.zip where it is left out`;

const TEXT = { type: 'string' } as const;
const FLAGS = { 'app-id': TEXT, 'bot-id': TEXT, domain: TEXT, developer: TEXT, website: TEXT, privacy: TEXT, terms: TEXT, out: TEXT };

/** Reads the command line. Throws with a sentence where it is not understood. */
export function settingsFrom(words: readonly string[]): { settings: AppSettings; out: string } {
  const { values } = parsed(words);
  const missing = (['app-id', 'bot-id', 'domain'] as const).filter((flag) => values[flag] === undefined);
  if (missing.length > 0) throw new Error(`${missing.map((flag) => `--${flag}`).join(', ')} ${missing.length === 1 ? 'is' : 'are'} missing.\n${HELP}`);
  const domain = values.domain ?? '';
  const about = `https://${domain}/about`;
  return {
    settings: {
      appId: values['app-id'] ?? '',
      botId: values['bot-id'] ?? '',
      domain,
      developer: values.developer ?? 'Successor',
      website: values.website ?? about,
      privacy: values.privacy ?? `${about}#privacy`,
      terms: values.terms ?? `${about}#terms`,
    },
    out: values.out ?? 'successor.zip',
  };
}

function parsed(words: readonly string[]) {
  try {
    return parseArgs({ args: [...words], options: FLAGS, allowPositionals: false });
  } catch (error) {
    throw new Error(`${(error as Error).message}\n${HELP}`);
  }
}

/** What lies in `manifest/`. */
export function readAppFiles(): AppFiles {
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
  const folder = join(FOLDER, 'languages');
  const languages = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.json')) : [];
  return {
    template: readFileSync(join(FOLDER, 'manifest.json'), 'utf8'),
    version,
    icons: ['color.png', 'outline.png', 'color32.png'].map((name) => ({ name, bytes: readFileSync(join(FOLDER, name)) })),
    languages: Object.fromEntries(languages.map((name) => [basename(name, '.json'), JSON.parse(readFileSync(join(folder, name), 'utf8')) as unknown])),
  };
}

function main(words: readonly string[]): void {
  if (asksHow(words)) {
    console.log(HELP);
    return;
  }
  const { settings, out } = settingsFrom(words);
  const packed = packApp(settings, readAppFiles());
  if ('faults' in packed) throw new Error(packed.faults.join('\n'));
  writeFileSync(out, packed.bytes);
  console.log(`${out} is written (${packed.bytes.length} bytes). Upload it in the Teams admin centre under Teams apps, Manage apps, Upload new app.`);
}

if (import.meta.main) {
  try {
    main(process.argv.slice(2));
  } catch (error) {
    console.error((error as Error).message);
    process.exitCode = 1;
  }
}
