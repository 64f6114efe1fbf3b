/** Files in the whole program: what Teams takes and where it goes, and the link, over real HTTP. */
import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Chatter } from '../support/teams.ts';
import { until } from '../support/until.ts';
import type { World } from '../support/world.ts';
import { guardedWorld, type Keys, startKeys } from './keys.ts';

describe('a file for one person', () => {
  let keys: Keys;
  let world: World;
  let drive: Server;
  let ann: Chatter;
  const put: { range: string; authorization: string | undefined; text: string }[] = [];
  const address = () => `http://127.0.0.1:${(drive.address() as AddressInfo).port}/upload`;
  before(async () => {
    drive = createServer(async (request, response) => {
      let text = '';
      for await (const chunk of request) text += String(chunk);
      put.push({ range: String(request.headers['content-range']), authorization: request.headers.authorization, text });
      response.statusCode = request.url === '/elsewhere' ? 302 : 201;
      response.setHeader('Location', address());
      response.end();
    }).listen(0, '127.0.0.1');
    keys = await startKeys();
    world = await guardedWorld(keys);
    await world.knowsAll();
    ann = world.teams.chat('personal', 'a:ann', 'Ann Jansson');
  });
  after(async () => {
    await world.close();
    await keys.close();
    drive.close();
  });

  async function offered(): Promise<{ token: string }> {
    const count = ann.cards().length;
    await ann.write('export');
    const card = await until(
      async () => ann.cards()[count]?.card,
      () => 'no file is offered',
    );
    return card.acceptContext as { token: string };
  }
  const accept = (context: object, uploadUrl = address(), chatter = ann) =>
    chatter.invoke('fileConsent/invoke', {
      type: 'fileUpload',
      action: 'accept',
      context,
      uploadInfo: { uploadUrl, contentUrl: `${address()}/x.csv`, uniqueId: 'u1', fileType: 'csv', name: 'x.csv' },
    });
  async function linkIn(chatter: Chatter): Promise<string> {
    const text = await chatter.text('works once');
    return `${world.bot.bot}/export?ticket=${/ticket=([A-Za-z0-9_-]+)/.exec(text)?.[1]}`;
  }

  it('Teams offers it in person; it goes into OneDrive whole, once, without a token of ours, and nowhere else', async () => {
    const context = await offered();
    await accept(context, 'https://evil.example/upload');
    await ann.text('This offer was used');
    assert.equal(put.length, 0);
    await accept(context);
    await ann.text('in your OneDrive');
    await until(
      async () => ann.cards().some((one) => (one.card as Record<string, unknown>).uniqueId === 'u1') || undefined,
      () => 'nothing shows where it lies',
    );
    assert.equal(put.length, 1);
    const [one] = put;
    assert.match(one?.text ?? '', /^\ufeff"Ticket","Customer"/);
    assert.deepEqual([one?.authorization, one?.range], [undefined, `bytes 0-${Buffer.byteLength(one?.text ?? '') - 1}/${Buffer.byteLength(one?.text ?? '')}`]);
    await accept(context);
    assert.equal(put.length, 1, 'once');
    for (const value of [null, 'x', {}, { action: 'accept', context: null }, { action: 'accept', context: { token: { $ne: 1 } } }])
      await ann.invoke('fileConsent/invoke', value);
  });

  it('where the upload leads elsewhere nobody follows, and a link comes; it gives one file, with headers that keep it a file', async () => {
    await accept(await offered(), address().replace('/upload', '/elsewhere'));
    const link = await linkIn(ann);
    assert.equal(put.length, 2, 'it was sent to the first address alone');
    const page = await fetch(link);
    assert.deepEqual([page.status, page.headers.get('cache-control')], [200, 'no-store']);
    assert.match(String(page.headers.get('content-security-policy')), /default-src 'none'.*form-action 'self'/);
    const files = await Promise.all([1, 2, 3].map(() => fetch(link, { method: 'POST' })));
    // Of those that come later one may find that two are at it already.
    assert.equal(files.filter((one) => one.status === 200).length, 1);
    const file = files.find((one) => one.status === 200) as Response;
    assert.match(await file.text(), /"Ticket".*\r\n$/s);
    const header = (name: string) => file.headers.get(name);
    assert.deepEqual([header('x-content-type-options'), header('cache-control'), header('content-type')], ['nosniff', 'no-store', 'text/csv; charset=utf-8']);
    assert.match(String(header('content-disposition')), /^attachment; filename="successor-tickets-\d{4}-\d\d-\d\d\.csv"$/);
    assert.equal((await fetch(link)).status, 400);
    assert.equal((await fetch(link, { method: 'POST', headers: { Origin: 'https://evil.example' } })).status, 403);
  });

  it('asked for in a channel it is offered in person, and nothing of it stands there', async () => {
    const channel = world.teams.chat('channel', '19:files@thread', 'Ann Jansson');
    const count = ann.cards().length;
    await channel.write('export record json');
    await channel.text('in our personal chat');
    const offer = await until(
      async () => ann.cards()[count]?.card,
      () => 'no file is offered in person',
    );
    assert.ok(!channel.texts().some((text) => text.includes('ticket=')));
    await accept(offer.acceptContext as object, address(), world.teams.chat('personal', 'a:bo', 'Bo Ek'));
    await world.teams.chat('personal', 'a:bo', 'Bo Ek').text('This offer was used');
    assert.equal(put.length, 2);
  });
});
