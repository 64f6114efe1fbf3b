/** The package that is uploaded to Teams: what stands in it, what is refused, and that it is the same bytes each time. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { readAppFiles, settingsFrom } from '../../../bot/cli/package.ts';
import { typedIn } from '../../../bot/teams/compose.ts';
import { LANGUAGES, spokenIn } from '../../../bot/languages.ts';
import { COMMAND_WORDS, COMMANDS, parseCommand } from '../../../dialogs/commands.ts';
import { type AppFiles, type AppSettings, packApp, textsOf } from '../../../manifest/pack.ts';
import { manifestShape } from '../../../manifest/shape.ts';

const APP_ID = '1c6a9f52-7a52-4a3f-9a93-2b3f6b3a1c11';
const BOT_ID = '2c6a9f52-7a52-4a3f-9a93-2b3f6b3a1c12';
const GOOD: AppSettings = {
  appId: APP_ID,
  botId: BOT_ID,
  domain: 'bot.partner.se',
  developer: 'Partner AB',
  website: 'https://www.partner.se/successor',
  privacy: 'https://www.partner.se/privacy',
  terms: 'https://www.partner.se/terms',
};
const files = readAppFiles();

function bytesOf(changes: Partial<AppSettings> = {}, of: AppFiles = files): Buffer {
  const packed = packApp({ ...GOOD, ...changes }, of);
  if ('faults' in packed) throw new Error(packed.faults.join('\n'));
  return packed.bytes;
}

function faultsOf(changes: Partial<AppSettings>, of: AppFiles = files): string[] {
  const packed = packApp({ ...GOOD, ...changes }, of);
  return 'faults' in packed ? packed.faults : [];
}

/** Reads a zip by its directory at the end, as every unpacker does, and compares each file's two headers, sizes and check sum. */
function unzip(archive: Buffer): Record<string, Buffer> {
  const end = archive.length - 22;
  assert.equal(archive.readUInt32LE(end), 0x06054b50, 'the end is found without searching');
  const found: Record<string, Buffer> = {};
  let at = archive.readUInt32LE(end + 16);
  for (let n = archive.readUInt16LE(end + 10); n > 0; n--) {
    assert.equal(archive.readUInt32LE(at), 0x02014b50);
    const [nameLength, local] = [archive.readUInt16LE(at + 28), archive.readUInt32LE(at + 42)];
    const name = archive.toString('utf8', at + 46, at + 46 + nameLength);
    assert.equal(archive.readUInt32LE(local), 0x04034b50, name);
    assert.ok(archive.subarray(at + 6, at + 32).equals(archive.subarray(local + 4, local + 30)), `${name}: both headers say the same`);
    const from = local + 30 + nameLength;
    const bytes = archive.subarray(from, from + archive.readUInt32LE(at + 24));
    assert.equal(archive.readUInt32LE(at + 16), crc32(bytes), name);
    found[name] = bytes;
    at += 46 + nameLength;
  }
  assert.equal(at, end, 'the directory ends where the end begins');
  return found;
}

const manifestOf = (bytes: Buffer) => manifestShape.parse(JSON.parse(String(unzip(bytes)['manifest.json'])));

const TAGS = Object.keys(LANGUAGES)
  .filter((tag) => !/^en\b/.test(tag))
  .sort();

describe('the package for Teams', () => {
  it('holds the manifest, its icons and its languages, and nothing else', () => {
    const content = unzip(bytesOf());
    assert.deepEqual(Object.keys(content), ['manifest.json', 'color.png', 'outline.png', 'color32.png', ...TAGS.map((tag) => `${tag}.json`)]);
    for (const icon of files.icons) assert.ok(content[icon.name]?.equals(icon.bytes), icon.name);
    const manifest = manifestOf(bytesOf());
    assert.deepEqual(Object.values(manifest.icons).sort(), files.icons.map((one) => one.name).sort());
  });

  it('is filled in with what was given, and leaves nothing over', () => {
    const manifest = manifestOf(bytesOf());
    assert.deepEqual([manifest.id, manifest.bots[0]?.botId, manifest.validDomains], [APP_ID, BOT_ID, ['bot.partner.se']]);
    assert.deepEqual(manifest.developer, { name: 'Partner AB', websiteUrl: GOOD.website, privacyUrl: GOOD.privacy, termsOfUseUrl: GOOD.terms });
    assert.equal(manifest.version, files.version);
    assert.doesNotMatch(JSON.stringify(manifest), /\$\{\{|00000000-0000|\.example/);
    assert.match(manifest.description.full, /admin .*sets it up once[\s\S]*https:\/\/www\.partner\.se\/successor$/, 'who sets it up, and where help is');
  });

  it('is the same bytes each time, whatever the letters of the ids and of the host', () => {
    assert.ok(bytesOf().equals(bytesOf()));
    assert.ok(bytesOf().equals(bytesOf({ appId: APP_ID.toUpperCase(), domain: 'Bot.Partner.SE' })));
    assert.ok(!bytesOf().equals(bytesOf({ developer: 'Another AB' })));
  });

  it('keeps what has quotes, backslashes and letters of other languages as it is', () => {
    for (const developer of ['Björk & "Söner"', 'a\\b', '株式会社']) assert.equal(manifestOf(bytesOf({ developer })).developer.name, developer);
  });

  it('works in private and shared channels, and is offered to a team first', () => {
    const manifest = manifestOf(bytesOf());
    assert.deepEqual([manifest.supportsChannelFeatures, manifest.defaultInstallScope], ['tier1', 'team']);
    assert.deepEqual(manifest.bots[0]?.scopes, ['personal', 'team', 'groupChat']);
  });

  const refused: [string, Partial<AppSettings>, RegExp][] = [
    ['an app id that is none', { appId: '{{app}}' }, /^--app-id cannot be '\{\{app\}\}': it is a GUID/],
    ['the empty GUID', { appId: '00000000-0000-0000-0000-000000000000' }, /^--app-id cannot be '00000000-.*the empty GUID/],
    ['the empty GUID as the bot', { botId: '00000000-0000-0000-0000-000000000000' }, /^--bot-id cannot be '00000000-.*the empty GUID/],
    ['the bot’s id as the app’s', { appId: BOT_ID.toUpperCase() }, /^--app-id cannot be '2c6a9f52-.*the bot's id/],
    ['an address for the host', { domain: 'https://bot.partner.se' }, /^--domain cannot be 'https:\/\/bot\.partner\.se': write the host alone/],
    ['a host with a path', { domain: 'bot.partner.se/api' }, /^--domain cannot be 'bot\.partner\.se\/api'/],
    ['a host with a port', { domain: 'bot.partner.se:3978' }, /^--domain cannot be/],
    ['a wildcard', { domain: '*.partner.se' }, /^--domain cannot be '\*\.partner\.se'/],
    ['an address of a machine', { domain: '10.0.0.1' }, /^--domain cannot be '10\.0\.0\.1'/],
    ['this machine', { domain: 'localhost' }, /^--domain cannot be 'localhost'/],
    ['a host for examples', { domain: 'successor.example' }, /^--domain cannot be 'successor\.example': that is a name for examples/],
    ['a host that is to be filled in', { domain: 'your-bot.azurewebsites.net' }, /^--domain cannot be 'your-bot\.azurewebsites\.net'/],
    ['a page without https', { website: 'http://www.partner.se' }, /^--website cannot be 'http:\/\/www\.partner\.se': it must begin with https/],
    ['a page that is no address', { privacy: 'partner.se/privacy' }, /^--privacy cannot be 'partner\.se\/privacy': it is no address/],
    ['a page for examples', { terms: 'https://example.com/terms' }, /^--terms cannot be 'https:\/\/example\.com\/terms': that is a name for examples/],
    ['a page on this machine', { terms: 'https://127.0.0.1/terms' }, /^--terms cannot be .*a public host/],
    ['a page behind a password', { terms: 'https://me:secret@partner.se/' }, /^--terms cannot be/],
    ['a developer without a name', { developer: '  ' }, /^--developer cannot be ' {2}'/],
    ['a developer to be filled in', { developer: '<your company>' }, /^--developer cannot be '<your company>'/],
    ['a developer whose name is too long', { developer: 'x'.repeat(33) }, /^--developer cannot be .*at most 32 letters/],
  ];
  for (const [name, changes, expected] of refused)
    it(`refuses ${name}, and names it`, () => {
      const faults = faultsOf(changes);
      assert.equal(faults.length, 1, faults.join('\n'));
      assert.match(faults[0] as string, expected);
    });
  it('tells everything that is wrong at once', () => assert.equal(faultsOf({ appId: 'x', domain: 'x', terms: 'x' }).length, 3));
  it('refuses a template in which something is left over, or which Teams does not know', () => {
    for (const [before, after] of [
      ['${{WEBSITE}}"', '${{SUPPORT}}"'],
      ['"tier1"', '"tier9"'],
      ['"accentColor"', '"accentColour"'],
      ['"1.30"', '"1.19"'],
    ] as const)
      assert.notDeepEqual(faultsOf({}, { ...files, template: files.template.replace(before, after) }), [], before);
  });
});

describe('the command line of the package', () => {
  const words = ['--app-id', APP_ID, '--bot-id', BOT_ID, '--domain', 'bot.partner.se'];
  it('takes three, and leads to the bot’s own page for the rest', () => {
    const { settings, out } = settingsFrom(words);
    assert.equal(out, 'successor.zip');
    assert.deepEqual(
      [settings.website, settings.privacy, settings.terms],
      ['https://bot.partner.se/about', 'https://bot.partner.se/about#privacy', 'https://bot.partner.se/about#terms'],
    );
    assert.deepEqual(faultsOf(settings), []);
  });
  it('says a wrong host once', () => {
    const { settings } = settingsFrom([...words.slice(0, 5), 'https://bot.partner.se']);
    assert.equal(faultsOf(settings).length, 1);
  });
  it('says what is missing, and what it does not know', () => {
    assert.throws(() => settingsFrom([]), /^Error: --app-id, --bot-id, --domain are missing\./);
    assert.throws(() => settingsFrom(words.slice(0, 4)), /^Error: --domain is missing\./);
    assert.throws(() => settingsFrom([...words, '--websit', 'x']), /--websit/);
    assert.throws(() => settingsFrom([...words, 'x']), /npm run package/);
  });
});

describe('the commands that Teams offers', () => {
  const lists = manifestOf(bytesOf()).bots[0]?.commandLists ?? [];
  const among = { personal: 'inPerson', team: 'amongSeveral', groupChat: 'amongSeveral' } as const;
  it('are one list for each place', () => assert.deepEqual(lists.map((list) => list.scopes[0]).sort(), ['groupChat', 'personal', 'team']));
  for (const { scopes, commands } of lists) {
    const [scope = 'team'] = scopes;
    it(`${scope}: those that work there, ten at most`, () => {
      const offered = COMMAND_WORDS.filter((word) => COMMANDS[word].inMenu === true || COMMANDS[word].inMenu === among[scope]);
      assert.deepEqual(
        commands.map((one) => one.title),
        offered,
      );
      assert.ok(commands.length <= 10);
    });
    it(`${scope}: each is understood as it is put into the message`, () => {
      for (const { title } of commands) {
        const command = parseCommand(title);
        assert.equal(command.command === 'incomplete' ? command.of : command.command, title);
      }
    });
    it(`${scope}: what needs a name behind it shows how that is written`, () => {
      for (const { title, description } of commands)
        if (parseCommand(title).command === 'incomplete') assert.match(description, new RegExp(`: ${title} \\S+$`));
    });
  }
});

describe('the search that Teams offers in the compose box', () => {
  const [extension] = manifestOf(bytesOf()).composeExtensions;
  it('is the bot’s own, one, in the compose box alone', () => {
    assert.equal(extension?.botId, BOT_ID);
    assert.deepEqual(
      extension?.commands.map(({ id, type, context }) => [id, type, context]),
      [['find', 'query', ['compose']]],
    );
  });
  it('asks for what the bot reads', () => {
    const name = extension?.commands[0]?.parameters[0]?.name ?? '';
    assert.equal(typedIn({ parameters: [{ name, value: 'contoso' }] }), 'contoso');
    for (const parameters of [undefined, [], [{ name: 'initialRun', value: 'true' }], [{ name, value: { a: 1 } }], [{ name }]])
      assert.equal(typedIn({ parameters } as never), '');
  });
});

describe('a further language', () => {
  const english = textsOf(manifestOf(bytesOf()));
  const swedish = Object.fromEntries(Object.entries(english).map(([key, text]) => [key, text.slice(0, key.endsWith('.title') ? 32 : 70)]));
  it('stands in a file of its own, by the keys that Microsoft’s schema has for it', () => {
    const of = { ...files, languages: { sv: swedish } };
    const content = unzip(bytesOf({}, of));
    assert.deepEqual(manifestOf(bytesOf({}, of)).localizationInfo, { defaultLanguageTag: 'en', additionalLanguages: [{ languageTag: 'sv', file: 'sv.json' }] });
    const { $schema, ...texts } = JSON.parse(String(content['sv.json'])) as Record<string, string>;
    assert.match($schema as string, /v1\.30\/MicrosoftTeams\.Localization\.schema\.json$/);
    assert.deepEqual(texts, swedish);
    for (const key of Object.keys(texts))
      assert.match(
        key,
        /^((name|description)\.(short|full)|bots\[0\]\.commandLists\[[0-2]\]\.commands\[(\d|1[01])\]\.(title|description)|composeExtensions\[0\]\.commands\[\d\](\.parameters\[[0-4]\])?\.(title|description))$/,
      );
  });
  for (const [name, languages, expected] of [
    ['lacks a text', { sv: { ...swedish, 'name.short': ' ' } }, /sv\.json lacks name\.short/],
    ['says more than there is', { sv: { ...swedish, 'bots[0].commandLists[0].commands[10].description': 'x' } }, /commands\[10\]/],
    ['is too long', { sv: { ...swedish, 'description.short': 'x'.repeat(81) } }, /description\.short may have 80 letters/],
    ['has no language’s name', { 'sv/../x': swedish }, /is no language tag/],
    ['leaves something to be filled in', { sv: { ...swedish, 'name.full': '${{COMPANY}}' } }, /something in name\.full was not filled in/],
    ['is no list of texts', { sv: ['x'] }, /lacks name\.short|not a list/],
  ] as const)
    it(`is refused where it ${name}`, () => assert.match(faultsOf({}, { ...files, languages }).join('\n'), expected));
});

describe('the languages of the package', () => {
  const content = unzip(bytesOf());
  const lists = manifestOf(bytesOf()).bots[0]?.commandLists ?? [];
  it('are those that the bot speaks', () => {
    assert.deepEqual(Object.keys(files.languages).sort(), TAGS);
    assert.deepEqual(
      manifestOf(bytesOf()).localizationInfo.additionalLanguages?.map((one) => one.languageTag),
      TAGS,
    );
  });
  for (const tag of TAGS) {
    const texts = JSON.parse(String(content[`${tag}.json`])) as Record<string, string>;
    const [spoken, words] = [spokenIn(LANGUAGES, tag), LANGUAGES[tag]?.words];
    const told = lists.flatMap((list, l) => list.commands.map(({ title }, c) => ({ title, at: `bots[0].commandLists[${l}].commands[${c}]` })));
    it(`${tag}: each command is the English one, and shows how it is written where it needs a name`, () => {
      for (const { title, at } of told) {
        const [own = '', description = ''] = [texts[`${at}.title`], texts[`${at}.description`]];
        assert.deepEqual(parseCommand(own, spoken), parseCommand(title), own);
        assert.equal(own, LANGUAGES[tag]?.spoken.commands[title as 'help'][0], 'as its cards call it');
        if (parseCommand(own, spoken).command === 'incomplete') assert.match(description, new RegExp(`: ${own} \\S+$`));
      }
    });
    it(`${tag}: nothing is left in English, and what it says to choose or write is there`, () => {
      const english = textsOf(manifestOf(bytesOf()));
      for (const [key, text] of Object.entries(texts))
        if (!['$schema', 'name.short'].includes(key) && !(key.endsWith('.title') && LANGUAGES[tag]?.spoken.commands.status[0] === text) && text !== 'help')
          assert.notEqual(text, english[key], key);
      const full = texts['description.full'] ?? '';
      assert.ok(full.includes(words?.buttons.watchHere ?? '?') && full.endsWith(GOOD.website), full);
      const [, write = ''] = /[“”«\u00a0]([\p{L}]+)[”»\u00a0]*[^“”«»]*$/u.exec(full) ?? [];
      assert.equal(parseCommand(write, spoken).command, 'help', write);
    });
  }
});

describe('the list of the store’s rules', () => {
  const page = readFileSync(new URL('../../../docs/store.md', import.meta.url), 'utf8');
  const rows = page.split('\n').filter((line) => line.startsWith('| ') && !line.startsWith('| rule') && !line.startsWith('| ---'));
  it('names a test for each rule, and each is there', () => {
    assert.ok(rows.length > 12);
    for (const row of rows) {
      const named = [...row.matchAll(/`(test\/[\w./]+)`: “(.+?)”/g)];
      assert.ok(named.length > 0, row);
      for (const [, file = '', title = ''] of named)
        assert.ok(readFileSync(new URL(`../../../${file}`, import.meta.url), 'utf8').includes(title), `${file}: ${title}`);
    }
  });
  it('says what is knowingly not met', () => assert.match(page, /## Knowingly not met\n\n- \*\*Buying inside Teams\.\*\*/));
});
