/** Words cost no time: what reads words from outside takes ten times as long for ten times the letters, and no longer. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseCommand, COMMAND_WORDS } from '../../dialogs/commands.ts';
import { plainText } from '../../bot/turns/plainText.ts';
import { parseConfig } from '../../bot/config/config.ts';
import { checkActivity, checkToken } from '../../bot/http/guard.ts';
import { bare, harmless, isolated, nameText, planText, reasonText } from '../../cards/escape.ts';
import { en } from '../../cards/text/en/en.ts';
import { parseAction } from '../../dialogs/actions.ts';
import { choosePlan, parseQuantity } from '../../dialogs/purchase.ts';
import { whatIsMeant } from '../../bot/turns/resolve.ts';
import { onAction } from '../../bot/turns/press.ts';
import { replyText } from '../../bot/turns/replies.ts';
import { onText } from '../../bot/turns/command.ts';
import { parseFourEyes } from '../../services/approval/approval.ts';
import { matchProgramme, plainName, segmentOf } from '../../services/catalogue/match.ts';
import { searchCatalogue } from '../../services/catalogue/replacements.ts';
import type { Store } from '../../services/store/store.ts';
import { foldedWords } from '../../services/text.ts';
import { failureKind } from '../../services/partnerCenter/request.ts';
import { parseActivities } from '../../services/partnerCenter/wire/activity.ts';
import { parseCustomers, parseSubscriptions } from '../../services/partnerCenter/wire/subscriptions.ts';
import { parseRoleGroups } from '../../services/people/roles.ts';
import { HIDES, sampleTicket, sampleMove } from '../support/samples.ts';
import { memoryStore } from '../support/memory.ts';
import { isDear, isDearPattern, lookedAt, pumped, timesAsMuch } from './cost.ts';
import type { Turn, TurnDeps } from '../../bot/turns/turn.ts';
import type { TicketView } from '../../services/ticketView.ts';
import { nameCustomer } from '../../services/search.ts';
import { parseError } from '../../services/partnerCenter/wire/base.ts';
import { parseUsers } from '../../services/partnerCenter/wire/licences.ts';
import { answerDialog } from '../../dialogs/answers.ts';
import { ENGLISH } from '../support/speaking.ts';

const ROOT = resolve(import.meta.dirname, '../..');

/** Every pattern in the source that runs, once: no file is left out but the pretend Partner Center's. */
function patterns(): { where: string; pattern: RegExp }[] {
  const found = ['bot', 'cards', 'dialogs', 'services'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.startsWith('sandbox'))
      .flatMap((file) => patternsOf(join(folder, file))),
  );
  return [...new Map(found.map((one) => [String(one.pattern), one])).values()];
}

function patternsOf(file: string): { where: string; pattern: RegExp }[] {
  const source = readFileSync(join(ROOT, file), 'utf8');
  const found: { where: string; pattern: RegExp }[] = [];
  for (const [index, line] of source.split('\n').entries()) {
    if (/^\s*(\/\/|\/?\*)/.test(line)) continue;
    for (const match of line.matchAll(/(?<=^\s*|[(,=:[!?&|]\s?|return )\/((?:[^/\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+)\/([dgimsuvy]*)(?=[\s.,);\]]|$)/g)) {
      found.push({ where: `${file}:${index + 1} ${match[0]}`, pattern: new RegExp(match[1] as string, match[2]) });
    }
  }
  return found;
}

/** The letters that a pattern speaks of, as they stand in it. */
function literalsOf(pattern: RegExp): string[] {
  const plain = pattern.source
    .replace(/\\u\{?([0-9a-fA-F]{4})\}?/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .replace(/\\([^A-Za-z])/g, '$1');
  const runs = plain.split(/\(\?[:=!<]+|[\\][A-Za-z]|[()[\]{}|*+?^$.]/).filter((run) => run !== '');
  return [...new Set([plain.replace(/[()[\]{}|*+?^$\\]/g, ''), ...runs.flatMap((run) => [run, `${run} `])])].filter((run) => run !== '').slice(0, 24);
}

const EXPIRY = sampleTicket();
const facts = (state: 'purchased' | 'quoted' | 'reassigned' | 'drafting'): TicketView => ({
  ticket: EXPIRY,
  etag: '',
  move: sampleMove({ state, draft: { plan: EXPIRY.plans?.[0]?.id as string } }),
  movable: [{ id: 'u1', name: 'Dana Roy' }],
  unmoved: [],
  found: [],
  names: {},
  notice: null,
  shown: [],
  personal: true,
  fourEyes: { when: 'off' },
  hides: HIDES,
  readOnly: false,
  now: '2027-01-20T10:00:00.000Z',
});
const ACTOR = { key: 'p', tenant: 't', name: 'Ann', roles: ['owner' as const] };
const PEM = ['-----BEGIN CERTIFICATE-----', '-----END CERTIFICATE-----', '-----BEGIN PRIVATE KEY-----', '-----END PRIVATE KEY-----'];
const MARKS = ['\u0301', '\u0316\u0301', '\u0323\u0307', '\u202e', '\u200d', '\u{1F468}\u200d', 'e\u0301', '\ufb03', '가'];
const NAMES = ['&amp;', '&#60;', '<at>', '</at>', '[x](', '{{', '${', '~~', 'www.', '://', '**', '\\', '`', '1.', ...MARKS];
const MARKUP = [
  '<at>',
  '<at',
  '</at>',
  '<at id="0">x</at>',
  '&nbsp;',
  '&',
  '&#',
  '<quoted',
  '<quoted messageId="1"/>',
  '<quoted>',
  '</quoted>',
  '<blockquote>',
  '<p>',
  '<',
  '>',
];
const PRODUCTS = Array.from({ length: 50 }, (_, n) => ({ id: `p${n}`, title: `Dynamics 365 Sales number ${n}` }));

/** Every reader of words from outside, with the words that it knows. */
const PARSERS: { name: string; literals: readonly string[]; run: (text: string) => unknown }[] = [
  {
    name: 'commands',
    literals: [...COMMAND_WORDS, 'days', 'read only', 'on', '!', '?', '.'],
    run: parseCommand,
  },
  {
    name: 'what Teams sends',
    literals: [...MARKUP, ...MARKUP.map((one) => `${one} `)],
    run: (text) => plainText(text, [{ text: '<at>Successor</at>', own: true }]),
  },
  ...COMMAND_WORDS.map((verb) => ({
    name: `the command ${verb}`,
    literals: [' ', 'all', 'S-1', '30 days', 'x '],
    run: (text: string) => parseCommand(`${verb} ${text}`),
  })),
  ...(['purchased', 'quoted', 'reassigned', 'drafting'] as const).map((state) => ({
    name: `answers while ${state}`,
    literals: ['all', 'but', 'except', 'all but ', 'yes, ', 'no', 'no,', 'and', ',', 'suspend it', 'leave it', 'check again', '–'],
    run: (text: string) => answerDialog(facts(state), text, ACTOR),
  })),
  { name: 'quantities', literals: ['1', ',', '.', '’', ' ', '1,000', "'"], run: parseQuantity },
  { name: 'plans by name', literals: ['sales', 'professional', 'for', ' for faculty', '1'], run: (text) => choosePlan(facts('drafting'), text) },
  { name: 'inputs: a reason', literals: ['x', ','], run: (text) => parseAction('purchase.decline', { id: 'h', reason: text }) },
  { name: 'inputs: people', literals: [',', 'u1,', ' '], run: (text) => parseAction('reassignment.confirm', { id: 'h', users: text }) },
  { name: 'inputs: a term', literals: ['/', 'P1Y/monthly'], run: (text) => parseAction('purchase.quote', { id: 'h', term: text, quantity: text, plan: text }) },
  { name: 'inputs: a verb', literals: ['help', 'purchase.approve'], run: (text) => parseAction(text, { [text]: text }) },
  {
    name: 'names in cards',
    literals: NAMES,
    run: (text) => [harmless(text, 80), bare(text, 80), nameText(text), planText(text), reasonText(text), isolated(nameText(text))],
  },
  { name: 'replies', literals: NAMES, run: (text) => replyText(en, { say: 'noPlan', value: text }) },
  {
    name: 'names of plans',
    literals: ['add-', 'add on', 'self-serve', 'for faculty', '(education faculty pricing)', 'microsoft', 'plans', ...MARKS],
    run: (text) => [plainName(text), segmentOf(text), matchProgramme([], text, text), searchCatalogue(PRODUCTS, text, 5)],
  },
  { name: 'names of customers', literals: [' ', '-', 'contoso', ...MARKS], run: foldedWords },
  { name: 'people’s groups', literals: ['owner', '=', ';', ',', 'owner=a;', 'owner=a,'], run: parseRoleGroups },
  { name: 'four eyes', literals: ['above ', 'above 1 seats', '0', '.', 'EUR'], run: parseFourEyes },
  {
    name: 'settings',
    literals: ['UseDevelopmentStorage=true', 'Endpoint=', ';', ',', 'http://', 'https://', '/', ...PEM],
    run: (text) =>
      parseConfig({
        MODE: 'azure',
        ALLOWED_TENANTS: text,
        EVENTS_CERTIFICATES: text,
        AZURE_STORAGE_CONNECTION_STRING: text,
        KEY_VAULT_URL: text,
        ROLES: text,
        FOUR_EYES: text,
        [text]: text,
      }),
  },
  { name: 'a token', literals: ['Bearer ', '.', 'a.', '-'], run: (text) => checkToken({ authorization: `Bearer ${text}` }, { appId: 'a' }, 0) },
  {
    name: 'an activity',
    literals: ['__proto__', 'x'],
    run: (text) => checkActivity({ type: 'message', text, conversation: { id: text }, entities: [{ text }], value: { [text]: text } }, null, null),
  },
  {
    name: 'errors of Partner Center',
    literals: ['800060', 'inherited from a group', 'usage location'],
    run: (text) => [parseError({ code: text, description: text }), failureKind(400, text)],
  },
  {
    name: 'the activity log',
    literals: ['"Id":"', '"', 'Id'],
    run: (text) => parseActivities({ items: [{ operationDate: text, operationType: text, resourceNewValue: text }] }),
  },
  { name: 'users', literals: NAMES, run: (text) => parseUsers({ items: [{ id: text, displayName: text }] }) },
  { name: 'customers', literals: NAMES, run: (text) => parseCustomers({ items: [{ id: text, companyProfile: { companyName: text } }] }) },
  {
    name: 'subscriptions',
    literals: [':', '-', ' ', 'Z', 'T06: 41: 12', '9999-'],
    run: (text) => parseSubscriptions('c', { items: [{ id: text, offerId: text, quantity: 1, commitmentEndDate: text, offerName: text, status: text }] }),
  },
];

/** What repeats nothing looks at no more letters than it has itself. */
const REPEATS = /[*+]|\{\d+,/;

describe('words cost no time', function () {
  this.timeout(300_000);

  it('each pattern in the source takes no more steps for a letter, the more letters of what it speaks of there are', () => {
    const all = patterns();
    assert.ok(all.length > 40, `only ${all.length} patterns were found`);
    const dear: string[] = [];
    for (const { where, pattern } of all) {
      if (!REPEATS.test(pattern.source)) continue;
      for (const { name, text } of pumped(literalsOf(pattern))) {
        if (dear.at(-1)?.startsWith(`${where} `)) break;
        if (isDearPattern(pattern, text)) dear.push(`${where} on ${name}`);
      }
    }
    assert.deepEqual(dear, []);
  });

  for (const { name, literals, run } of PARSERS)
    it(`${name}: of 40,000 letters of its own words at most 15 times as much is looked at as of 4,000`, () => {
      const dear: string[] = [];
      for (const one of pumped(literals)) {
        const texts = new Map<number, string>();
        const made = (letters: number) => texts.get(letters) ?? (texts.set(letters, one.text(letters)).get(letters) as string);
        const times = timesAsMuch((letters) => run(made(letters)));
        if (isDear(times)) dear.push(`${one.name}: ${Math.round(times)} times`);
      }
      assert.deepEqual(dear, []);
    });

  it('what is dear is told: patterns that go back and forth, and readers that begin anew at each letter', () => {
    const dear: [RegExp, string, boolean][] = [
      [/a+b/, 'a', true],
      [/(a+)+b/, 'a', true],
      [/\s+$/, ' ', true],
      [/(?:[^<]*<)*>/, '<', true],
      [/^a+b/, 'a', false],
      [/\ba{1,64}b/g, 'a ', false],
      [/[[a-z]--[b]]/gv, 'ab', false],
    ];
    for (const [pattern, unit, is] of dear)
      assert.equal(
        isDearPattern(pattern, (letters) => `${unit.repeat(letters / unit.length)}\u0001`),
        is,
        String(pattern),
      );
    const begun = (text: string) => [...text].map((_, at) => text.slice(at).trim());
    assert.ok(isDear(timesAsMuch((letters) => begun('a'.repeat(letters / 10)))));
    assert.ok(
      !isDear(
        timesAsMuch((letters) =>
          'a '
            .repeat(letters / 2)
            .split(' ')
            .map((one) => one.replace(/a/g, 'b')),
        ),
      ),
    );
    assert.equal(
      lookedAt(() => 'abc'.includes('z')),
      3,
    );
  });

  it('of people without a role not a letter is read, typed or pressed', async () => {
    const unreadable = new Proxy({}, { get: () => assert.fail('it was looked at') }) as never;
    const log = { info() {}, warn() {} };
    const deps = { ...ENGLISH, log, store: { get: async () => undefined }, directory: { holders: async () => [] } } as unknown as TurnDeps;
    for (const kind of ['personal', 'channel'] as const) {
      const turn = { chat: { kind }, thread: 't', actor: { ...ACTOR, roles: [] } } as unknown as Turn;
      assert.equal((await onText(deps, turn, unreadable)).say.length, 1);
      const data = Object.defineProperty({ id: 'x' }, 'reason', { enumerable: true, get: () => assert.fail('it was looked at') });
      const pressed = await onAction(deps, Promise.resolve(turn), 'purchase.decline', data);
      assert.match(pressed.privately ?? '', /may not approve/);
    }
  });

  it('of a text that begins with no name, and goes on with words of many, no row is read twice', async () => {
    const store = memoryStore();
    for (let n = 0; n < 300; n++) await nameCustomer(store, { id: `c${n}`, name: `Contoso ${n} Company` });
    let rows = 0;
    const counted: Store = {
      ...store,
      async range<T>(...given: Parameters<Store['range']>) {
        const found = await store.range<T>(...given);
        rows += found.length;
        return found;
      },
    };
    assert.equal((await whatIsMeant(counted, 'zz contoso co co co co co co co co co co')).kind, 'noCustomer');
    assert.equal(rows, 300);
  });

  it('a name of a million letters, and one under a heap of marks, are cut before they are read', () => {
    assert.equal(nameText('A'.repeat(1_000_000)).length, 80);
    assert.ok(nameText(`Contoso${'\u0316\u0301'.repeat(10_000)} Ltd`).length <= 100);
    assert.deepEqual(foldedWords(`Contoso${'\u0316\u0301'.repeat(10_000)}`), ['contoso']);
  });
});
