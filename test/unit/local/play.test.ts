/** The keys of the play, the people of the chat page, and what begins anew. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseConfig } from '../../../bot/config/config.ts';
import { whatGoes } from '../../../bot/cli/fresh.ts';
import { placesOf, play } from '../../../bot/cli/play.ts';
import { APPROVER, ME, writeChatPage } from '../../../services/local/chatPage.ts';
import { helpLines, KEYS, type Seen, spokenBy, typing } from '../../../services/local/play.ts';
import { checkActivity } from '../../../bot/http/guard.ts';

const sub = (renews: boolean, more = {}) => ({ status: 'active', autoRenewEnabled: renews, offerName: 'Dynamics', ...more });
const seen = (contoso: Seen['customers'][number]['subscriptions'], northwind = [sub(true)]): Seen => ({
  customers: [
    { name: 'Contoso Ltd', subscriptions: contoso },
    { name: 'Northwind Traders', subscriptions: northwind },
  ],
});
const bodyOf = (key: string, world: Seen, last: string | null = null) => {
  const [first] = KEYS[key]?.deeds(world, { last, waits: null }) ?? [];
  return first?.do === 'switch' ? { [first.action]: first.body } : (first?.do ?? null);
};

describe('the keys of the play', () => {
  it('a flip takes the first story that still renews, and then the next', () => {
    assert.deepEqual(bodyOf('f', seen([sub(true)])), { flip: { customer: 'Contoso Ltd' } });
    assert.deepEqual(bodyOf('f', seen([sub(false)])), { flip: { customer: 'Northwind Traders' } });
    assert.deepEqual(bodyOf('f', seen([sub(true, { status: 'suspended' })], [sub(true, { parentSubscriptionId: 'x' })])), 'nothing');
  });
  it('a renewal takes back what was switched off last, before anything else', () => {
    assert.deepEqual(bodyOf('r', seen([sub(false)], [sub(false)]), 'Northwind Traders'), { unflip: { customer: 'Northwind Traders' } });
    assert.deepEqual(bodyOf('r', seen([sub(false)])), { unflip: { customer: 'Contoso Ltd' } });
    assert.equal(bodyOf('r', seen([sub(true)])), 'nothing');
  });
  it('the second person says yes to what waits for her by its number, whoever switched off whose renewal since; and to nothing where nothing waits', () => {
    const said = (waits: string | null, last: string | null) =>
      KEYS.y?.deeds(seen([sub(false)]), { last, waits }).map((one) => (one.do === 'speak' ? one.text : one.do));
    assert.equal(KEYS.y?.asks, true, 'the bot is asked what waits');
    assert.deepEqual(said('S-1003', 'Contoso Ltd'), ['show S-1003', 'yes']);
    assert.deepEqual(said(null, 'Contoso Ltd'), ['nothing']);
  });
  it('what is typed shows letter by letter, goes back letter by letter, and is left with Esc', () => {
    const typed = (keys: string[]) => {
      let now = { is: 'typed', text: '', shows: '' };
      let shown = '';
      for (const key of keys) {
        now = typing(now.text, key);
        shown += now.shows;
      }
      return { is: now.is, text: now.text, shown };
    };
    assert.deepEqual(typed([...'note x', '\u007f', 'é', '🙂']), { is: 'typed', text: 'note é🙂', shown: 'note x\b \bé🙂' });
    assert.deepEqual(typed(['a', '🙂', '\b', '\b', '\b']), { is: 'typed', text: '', shown: 'a🙂\b \b\b \b' });
    assert.deepEqual(typed(['y', 'e', 's', '\r']), { is: 'said', text: 'yes', shown: 'yes\n' });
    assert.deepEqual(typed(['y', '\u001b']), { is: 'left', text: '', shown: 'y\n' });
    assert.deepEqual(typed(['y', '\t', '\u0004', '\u0000']), { is: 'typed', text: 'y', shown: 'y' }, 'what is no letter is not said');
  });
  it('after Esc a key is a key again, and nothing was said', async () => {
    const lines: string[] = [];
    const shown: string[] = [];
    const onlooker = { say: (line: string) => void lines.push(line), show: (text: string) => void shown.push(text), waits: async () => null };
    async function* keys() {
      yield* ['m', 'h', 'i', '\u001b', 'h', 'q', 'm'];
    }
    await play({ sandbox: 'http://127.0.0.1:9', bot: 'http://127.0.0.1:9', page: 'http://127.0.0.1:9' }, keys(), onlooker);
    assert.deepEqual(lines, ['Nothing was said.', ...helpLines()]);
    assert.match(shown.join(''), /Megan Bowen says, up to Enter \(Esc leaves it\): hi\n$/);
  });
  it('each key has a line of help', () => {
    for (const key of [...Object.keys(KEYS), 'm', 'h', 'q']) assert.equal(helpLines().filter((line) => line.startsWith(`  ${key}  `)).length, 1, key);
  });
  it('what the second person says is an activity that the bot lets in', () => {
    const page = 'http://127.0.0.1:56150';
    assert.equal(checkActivity(spokenBy('yes', { page, at: '2027-01-20T10:00:00.000Z' }), null, null), null);
  });
  it('goes nowhere but to this machine, and only in local mode', () => {
    const base = { partnerCenterUrl: null, sandboxPort: 4010, port: 3978, chatPort: 56_150 };
    assert.equal(typeof placesOf({ ...base, mode: 'local' }), 'object');
    for (const mode of ['guarded', 'azure'] as const) assert.match(String(placesOf({ ...base, mode })), /local mode alone/);
    for (const partnerCenterUrl of ['https://api.partnercenter.microsoft.com', 'http://127.0.0.1.example.com', 'http://10.0.0.1:4010'])
      assert.match(String(placesOf({ ...base, mode: 'local', partnerCenterUrl })), /only a sandbox on this machine/, partnerCenterUrl);
  });
});

describe('the chat page', () => {
  it('has the people of docs/people.json, by the same ids, and exactly five beside whoever sits there', () => {
    const folder = mkdtempSync(join(tmpdir(), 'successor-page-'));
    writeChatPage(folder);
    const read = () => readFileSync(join(folder, '.m365agentsplayground.yml'), 'utf8');
    const first = read();
    const page = JSON.parse(first) as { currentUser: Who; users: Who[] };
    type Who = { aadObjectId: string; name: string; id: string };
    assert.equal(page.users.length, 5);
    const all = [page.currentUser, ...page.users];
    assert.equal(new Set(all.map((one) => one.id)).size, 6);
    const parsed = parseConfig({ PEOPLE: 'docs/people.json', FOUR_EYES: 'always' });
    assert.ok('config' in parsed, JSON.stringify(parsed));
    const listed = parsed.config.people ?? [];
    assert.deepEqual(
      listed.map((one) => [one.objectId, one.name]),
      all.map((one) => [one.aadObjectId, one.name]),
    );
    assert.deepEqual(listed.find((one) => one.objectId === APPROVER.objectId)?.roles, ['approver']);
    assert.ok(!listed.find((one) => one.objectId === ME.objectId)?.roles.includes('approver'), 'two people are needed');
    assert.ok(readFileSync('README.md', 'utf8').includes(APPROVER.objectId), 'README names the approver’s id');
    writeChatPage(folder);
    assert.equal(read(), first, 'the same after another start');
    rmSync(folder, { recursive: true });
  });
});

describe('beginning anew', () => {
  const names = ['azurite', 'chat', 'sandbox', 'bot.log', 'bot.log.2', 'chat.log.1', 'lock', 'anchors.jsonl', 'mine.txt', '.ssh', 'src', 'bot'];
  it('takes away what the program made, and nothing else', () => {
    const goes = whatGoes(names, { mode: 'local', dataDir: '.local' }, null);
    assert.deepEqual(goes, ['azurite', 'chat', 'sandbox', 'bot.log', 'bot.log.2', 'chat.log.1', 'lock', 'anchors.jsonl']);
  });
  it('takes nothing away while it runs, nor in another mode', () => {
    assert.match(String(whatGoes(names, { mode: 'local', dataDir: '.local' }, 7)), /process 7.*Nothing was taken away/);
    for (const mode of ['azure', 'guarded'] as const) assert.match(String(whatGoes(names, { mode, dataDir: '.local' }, null)), /nothing was taken away/);
  });
});
