/** `npm run play`, driven through a pipe, against a whole bot: one tester sees four eyes. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { en } from '../../cards/text/en/en.ts';
import { ME, APPROVER, CHANNEL } from '../../services/local/chatPage.ts';
import { openTables } from '../../services/store/azureTables.ts';
import { type ApprovalRow, waitingApprovals } from '../../services/tickets/openList.ts';
import { storageOf } from '../support/storage.ts';
import { until } from '../support/until.ts';
import { startWorld, type World } from '../support/world.ts';
import { BARE_ENV } from '../support/image.ts';

describe('the play', function () {
  // Longer than what it waits for on a busy machine: the failure says what stood there.
  this.timeout(500_000);
  let world: World;
  before(async () => {
    // Whoever writes in the pretend Teams is known by the name.
    const people = [
      { objectId: 'alex-wilber', name: ME.name, roles: ['requester' as const] },
      { objectId: APPROVER.objectId, name: APPROVER.name, roles: ['approver' as const] },
    ];
    world = await startWorld({ people, fourEyes: { when: 'always' } });
    await world.knowsAll();
  });
  after(() => world.close());

  async function keys(text: string): Promise<string> {
    const env = {
      ...BARE_ENV,
      DATA_DIR: world.config.dataDir,
      AZURE_STORAGE_CONNECTION_STRING: world.config.storage ?? '',
      PORT: String(world.config.port),
      SANDBOX_PORT: new URL(world.sandbox.url).port,
      CHAT_PORT: new URL(world.teams.url).port,
    };
    const child = spawn(process.execPath, ['bot/cli/play.ts'], { env, stdio: ['pipe', 'pipe', 'pipe'] });
    let out = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (out += String(chunk)));
    child.stdin.end(text);
    const code = await new Promise((done) => child.once('close', done));
    assert.equal(code, 0, out);
    return out;
  }
  /** The line of a customer in the list of what waits for an approval. */
  async function waits(customer: string): Promise<ApprovalRow> {
    const store = await openTables(storageOf(world.config));
    return until(
      async () => (await waitingApprovals(store)).find((one) => one.customerName === customer),
      () => `nothing of ${customer} waits`,
    );
  }
  const sub = async (customer: string) => (await world.sandbox.state()).customers.find((one) => one.name === customer)?.subscriptions[0];

  it('flips, renews, plans, pays in another currency, breaks, and says what no key means', async () => {
    const out = await keys('frecb?');
    assert.equal((await sub('Contoso Ltd'))?.autoRenewEnabled, true, 'off, and on again');
    assert.match(out, /Contoso Ltd no longer renews[\s\S]*Contoso Ltd renews again[\s\S]*by the month[\s\S]*kronor[\s\S]*answer lost[\s\S]*no key "\?"/);
    assert.notEqual((await sub('Fabrikam Residences'))?.scheduledActions, undefined);
    const bill = (await (await fetch(`${world.sandbox.url}/sandbox/invoice?customer=Northwind&month=2027-03`)).json()) as { currency: string };
    assert.equal(bill.currency, 'SEK');
    await world.sandbox.post('faults', { rules: [] });
  });

  it('the one who asked may not approve, and the second person does, with one key', async () => {
    const alex = world.teams.chat('channel', CHANNEL.id, ME.name, { tenant: 'both' });
    await alex.write('watch');
    await alex.card('Watching');
    const offset = async () => ((await (await fetch(`${world.sandbox.url}/sandbox/clock`)).json()) as { offsetMs: number }).offsetMs;
    const before = await offset();
    await keys('wf');
    assert.equal((await offset()) - before, 7 * 86_400_000);
    // The bot's own clock follows: a price that it asked for before would lapse at once.
    const beganAt = new Date(Date.now() + before + 6 * 86_400_000).toISOString();
    await until(
      async () => ((await (await fetch(`${world.bot.bot}/readyz`)).json()) as { lookedAt: string }).lookedAt > beganAt || undefined,
      () => 'the bot’s clock stays behind',
    );
    await alex.card('Contoso Ltd', 'Get a price');
    await alex.press('Get a price', ['Contoso Ltd'], {});
    await alex.card('Contoso Ltd', 'Approve and buy');
    assert.deepEqual(await world.sandbox.writes().then((all) => all.filter((one) => one.kind === 'order')), []);
    // Somebody else's renewal is switched off meanwhile, beside the play and with it: what waits for her is another's.
    const { ticketId } = await waits('Contoso Ltd');
    await world.sandbox.post('flip', { customer: 'Proseware' });
    assert.match(await keys('fay'), new RegExp(`Northwind[\\s\\S]*Megan Bowen: approvals\nMegan Bowen: show ${ticketId}\nMegan Bowen: yes`));
    // On a busy machine the yes may come before the card that it answers: she is told so, and presses again.
    const isApproved = () => alex.texts().some((text) => text.includes('Megan Bowen approved it'));
    const early = () => alex.texts().filter((text) => text.includes(en.replies.typedAhead())).length;
    for (let again = 0; again < 5; again++) {
      await until(
        () => isApproved() || early() > again || undefined,
        () => alex.texts().join(' / '),
      );
      if (isApproved()) break;
      await keys('y');
    }
    await alex.text('Megan Bowen approved it');
    assert.match(await keys('y'), /Nothing waits for a yes of Megan Bowen’s/, 'what is approved waits no more');
  });
});
