/** The compose box of Teams: a customer or a ticket is found in any chat, its card goes into it, and nothing is noted by that. */
import assert from 'node:assert/strict';
import { chatKey, readChat } from '../../services/chats.ts';
import { PEOPLE } from '../../services/store/rows.ts';
import type { Store } from '../../services/store/store.ts';
import { openTables } from '../../services/store/azureTables.ts';
import { storageOf } from '../support/storage.ts';
import { type Card, type Chatter, findAction, plain } from '../support/teams.ts';
import { until } from '../support/until.ts';
import { startWorld, type World } from '../support/world.ts';

const colleague = (name: string, ...roles: ('viewer' | 'requester' | 'approver')[]) => ({ objectId: name.toLowerCase().replaceAll(' ', '-'), name, roles });

interface Answer {
  type: string;
  text?: string;
  attachments?: { content: Card; preview: { content: { title: string; text: string; tap: { type: string; value: object } } } }[];
}

describe('the compose box', () => {
  let world: World;
  let store: Store;
  let ann: Chatter;
  /** In a chat where the bot is no member. */
  let vi: Chatter;
  let eve: Chatter;
  const FOREIGN = '19:vi_eve@unq.gbl.spaces';
  before(async () => {
    world = await startWorld({ people: [colleague('Ann Jansson', 'requester', 'approver'), colleague('Vi Holm', 'viewer')] });
    await world.knowsAll();
    store = await openTables(storageOf(world.config));
    ann = world.teams.chat('channel', '19:renewals@thread', 'Ann Jansson');
    vi = world.teams.chat('personal', FOREIGN, 'Vi Holm');
    eve = world.teams.chat('personal', FOREIGN, 'Eve Nobody');
    await ann.write('watch');
    await ann.card('Watching');
    await world.sandbox.post('flip', { customer: 'Contoso' });
    await ann.card('Contoso Ltd', 'Expires in');
  });
  after(() => world.close());

  const find = async (who: Chatter, value: unknown) =>
    ((await who.invoke('composeExtension/query', { commandId: 'find', parameters: [{ name: 'what', value }] })) as { composeExtension: Answer })
      .composeExtension;
  const pick = async (who: Chatter, value: unknown) =>
    ((await who.invoke('composeExtension/selectItem', value)) as { composeExtension: Answer }).composeExtension;
  const first = (answer: Answer) => answer.attachments?.[0] as NonNullable<Answer['attachments']>[number];
  const refresh = async (who: Chatter, card: Card, conversation?: string) => {
    const { verb, data } = findAction(card, 'Refresh') as { verb: string; data: object };
    return (await who.invoke('adaptiveCard/action', { action: { type: 'Action.Execute', verb, data } }, conversation)) as { type: string; value: unknown };
  };

  it('finds a customer’s open ticket by a part of its name, and the ticket by its id', async () => {
    const byName = first(await find(vi, 'conto')).preview.content;
    assert.match(`${byName.title} ${byName.text}`, /^Contoso Ltd S-\d+ · Dynamics 365 .* · Expires in 42.days$/);
    const { ticketId } = byName.tap.value as { ticketId: string };
    assert.deepEqual(first(await find(vi, ticketId.toLowerCase())).preview.content, byName);
  });

  it('puts a card into the chat that reads alone, with a link to the card in the channel', async () => {
    const { content: card } = first(await pick(vi, first(await find(vi, 'contoso')).preview.content.tap.value));
    assert.match(plain(card), /Expires in 42 days \| Contoso Ltd[\s\S]*Expires on[\s\S]*Refresh/);
    assert.deepEqual(
      [...JSON.stringify(card).matchAll(/"verb":"([^"]+)"/g)].map(([, verb]) => verb),
      ['card.refresh', 'card.refresh'],
    );
    assert.doesNotMatch(JSON.stringify(card), /Input\.|€|Ann Jansson/);
    const notice = await ann.card('Contoso Ltd', 'Get a price');
    const { url } = (card.actions as { type: string; url?: string }[]).find((one) => one.type === 'Action.OpenUrl') as { url: string };
    assert.ok(url.startsWith(`https://teams.microsoft.com/l/message/${encodeURIComponent('19:renewals@thread')}/${notice.id}?tenantId=`), url);
  });

  it('is brought up to date by its button, for whoever may see it, in that chat alone', async () => {
    const { content: card } = first(await pick(vi, first(await find(vi, 'contoso')).preview.content.tap.value));
    await ann.press('Get a price', ['Contoso Ltd', 'Expires in']);
    await ann.card('Contoso Ltd', 'Waiting for approval');
    const again = await refresh(vi, card);
    assert.equal(again.type, 'application/vnd.microsoft.card.adaptive');
    assert.match(plain(again.value), /Waiting for approval/);
    assert.doesNotMatch(JSON.stringify(again.value), /€|Approve and buy/);
    assert.match(String((await refresh(eve, card)).value), /You have no role in Successor/);
    assert.equal((await refresh(ann, card)).value, 'This card was shared in another chat. Look for it again here.');
  });

  it('tells of a customer without an open ticket how all of it stands', async () => {
    const found = first(await find(vi, 'wingtip')).preview.content;
    assert.equal(found.text, 'No open ticket');
    const { content: card } = first(await pick(vi, found.tap.value));
    assert.match(plain(card), /Wingtip Toys/);
    assert.match(plain((await refresh(vi, card)).value), /Wingtip Toys/);
  });

  it('tells a stranger nothing, kindly, whatever is asked', async () => {
    const { tap } = first(await find(vi, 'contoso')).preview.content;
    for (const answer of [
      await find(eve, 'contoso'),
      await find(eve, 'nobody at all'),
      await find(eve, ''),
      await pick(eve, tap.value),
      await pick(eve, { ticketId: 'S-1' }),
    ])
      assert.deepEqual(answer, {
        type: 'message',
        text: 'You have no role in Successor, so nothing is shown to you. Whoever set it up at your company can give you one.',
      });
  });

  it('says what to type, what it does not know, and what is too long', async () => {
    assert.equal((await find(vi, '')).text, 'Type a customer’s name, or a ticket such as S-1001.');
    assert.equal((await find(vi, undefined)).text, 'Type a customer’s name, or a ticket such as S-1001.');
    const hostile = (await find(vi, '<b>nobody</b> [x](http://evil)')).text ?? '';
    assert.match(hostile, /^I know no customer and no ticket called .*\.$/);
    assert.doesNotMatch(hostile, /<b>|\]\(|:\/\//);
    assert.match((await find(vi, 'x'.repeat(300))).text ?? '', /^That is too long/);
  });

  it('believes nothing that a client picks', async () => {
    for (const odd of [
      null,
      'S-1001',
      {},
      { ticketId: 7 },
      { ticketId: 'S-1 or true' },
      { ticketId: '__proto__' },
      { customerId: '../people' },
      { customerId: ['a'] },
      { handle: 'x' },
    ])
      assert.equal((await pick(vi, odd)).text, 'It is no longer there. Look for it again.', JSON.stringify(odd));
  });

  it('shows ten at most', async () => {
    await world.sandbox.post('load', { customers: 30, subscriptionsPerCustomer: 1, usersPerCustomer: 1 });
    const found = await until(
      async () => (await find(vi, 'load')).attachments,
      () => 'none of them is found',
    );
    const most = await until(
      async () => ((await find(vi, 'load')).attachments?.length === 10 ? true : undefined),
      () => 'ten are not found',
    );
    assert.ok(found.length <= 10 && most);
  });

  it('has noted neither the chat nor whoever looked: nothing is ever sent there', async () => {
    assert.equal(await readChat(store, chatKey('tenant-1', FOREIGN)), undefined);
    for await (const page of store.scan<{ objectId?: string }>(PEOPLE, '', '\uffff'))
      for (const row of page) assert.ok(!['vi-holm', 'eve-nobody'].includes(row.value.objectId ?? ''));
    assert.deepEqual(vi.texts(), []);
  });

  it('lets its handle serve no other button', async () => {
    const { content: card } = first(await pick(vi, first(await find(vi, 'contoso')).preview.content.tap.value));
    for (const verb of ['purchase.approve', 'ticket.history', 'ticket.assign', 'list.open', 'watch.here']) {
      const { data } = findAction(card, 'Refresh') as { data: object };
      const { value } = (await ann.invoke('adaptiveCard/action', { action: { type: 'Action.Execute', verb, data } }, FOREIGN)) as { value: unknown };
      assert.match(String(value), /too old|may not/, verb);
    }
  });
});
