/** What a bot that can buy must refuse, requirement by requirement, against the ledger of the pretend Partner Center. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { operate, withResources } from '../../bot/cli/operator.ts';
import { verifyAll } from '../../bot/cli/audit.ts';
import { openTables } from '../../services/store/azureTables.ts';
import { storageOf } from '../support/storage.ts';
import { limiter, weightOf } from '../../bot/http/guard.ts';
import { kindOf } from '../../bot/teams/events.ts';
import { systemClock } from '../../services/clock.ts';
import { openQueues } from '../../services/queue/azureQueues.ts';
import { graphDirectory } from '../../services/people/entraGroups.ts';
import { until } from '../support/until.ts';
import { type Chatter, findAction, plain, type Posted } from '../support/teams.ts';
import type { World } from '../support/world.ts';
import { type Entra, startEntra } from './entra.ts';
import { guardedWorld, type Keys, startKeys, TENANT, tokenFor } from './keys.ts';
import { PERSONS } from '../../services/store/rows.ts';

const GROUPS = {
  viewer: 'g-viewers',
  requester: 'g-sales',
  approver: 'g-approvers',
  licenceAdmin: 'g-licences',
  owner: '00000000-0000-4000-8000-00000000000a',
};

describe('requirements of a bot that can buy', () => {
  let keys: Keys;
  let entra: Entra;
  let world: World;
  let ann: Chatter;
  let bo: Chatter;
  before(async () => {
    keys = await startKeys();
    entra = await startEntra();
    for (const [name, id] of Object.entries({ Sales: 'g-sales', Approvers: 'g-approvers', Licences: 'g-licences', Viewers: 'g-viewers' }))
      entra.names.set(name, [id]);
    const set = (role: keyof typeof GROUPS, ...people: string[]) => entra.groups.set(GROUPS[role], new Set(people));
    set('viewer', 'vi-holm');
    set('requester', 'ann-jansson');
    set('approver', 'bo-ek', 'cy-tan', 'ann-jansson');
    set('licenceAdmin', 'bo-ek');
    set('owner', 'olga-ivanova');
    world = await guardedWorld(keys, {
      roleGroups: { viewer: ['Viewers'], requester: ['Sales'], approver: ['Approvers'], licenceAdmin: ['Licences'], owner: [GROUPS.owner] },
      graphUrl: entra.url,
      fourEyes: { when: 'always' },
      sweepMs: 2_000,
    });
    await world.knowsAll();
    ann = world.teams.chat('channel', '19:guarded@thread', 'Ann Jansson');
    bo = world.teams.chat('channel', '19:guarded@thread', 'Bo Ek');
    await ann.write('watch');
    await ann.card('Watching');
  });
  after(async () => {
    await world.close();
    await entra.close();
    await keys.close();
  });

  let sent = 0;
  /** An activity made by hand, with a good token; each has an id of its own, as Teams gives them. */
  async function send(activity: Record<string, unknown>): Promise<{ status: number; value: string }> {
    const response = await fetch(`${world.bot.bot}/api/messages`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${tokenFor(world.teams.url)}` },
      body: JSON.stringify({
        id: `x${++sent}`,
        type: 'invoke',
        name: 'adaptiveCard/action',
        channelId: 'msteams',
        serviceUrl: world.teams.url,
        from: { id: '29:bo', name: 'Bo Ek', aadObjectId: 'bo-ek' },
        recipient: { id: '28:bot' },
        conversation: { id: ann.id, conversationType: 'channel', tenantId: TENANT },
        channelData: { tenant: { id: TENANT } },
        ...activity,
      }),
    });
    const text = await response.text();
    return { status: response.status, value: text ? String((JSON.parse(text) as { value?: unknown }).value) : '' };
  }

  const bought = async (name: string) => {
    const customer = (await world.sandbox.state()).customers.find((one) => one.name.startsWith(name))?.id as string;
    return (await world.sandbox.writes()).filter((write) => write.path.includes(customer) && write.kind !== 'cart').map((write) => write.kind);
  };

  async function askPrice(customer: string, words: string): Promise<Posted> {
    await world.sandbox.post('flip', { customer });
    await ann.press('Get a price', [words, 'Expires in']);
    return ann.card(words, 'Waiting for approval');
  }

  it('1: only the partner’s own tenants are answered (C3.1)', async () => {
    for (const tenant of ['tenant-9', '', TENANT.toUpperCase().repeat(2)])
      assert.equal(
        (
          await send({
            value: { action: { type: 'Action.Execute', verb: 'help' } },
            conversation: { id: ann.id, conversationType: 'channel', tenantId: tenant },
            channelData: { tenant: { id: tenant } },
          })
        ).status,
        403,
      );
  });

  it('2: who somebody is comes from the verified activity, and from nothing on a card (C3.2)', async () => {
    const card = await askPrice('Contoso', 'Contoso Ltd');
    const action = findAction(card.card, 'Approve and buy') as { verb: string; data: Record<string, unknown> };
    const press = (from: object, data: object) => send({ from, value: { action: { type: 'Action.Execute', verb: action.verb, data } } });
    assert.match((await press({ id: '29:bo', name: 'Bo Ek', aadObjectId: 'eve' }, action.data)).value, /may not approve/, 'an approver’s name alone');
    assert.match((await press({ id: '29:eve', name: 'Eve', aadObjectId: 'eve' }, { ...action.data, users: 'bo-ek' })).value, /may not approve/);
    for (const more of [{ aadObjectId: 'bo-ek' }, { from: { aadObjectId: 'bo-ek' } }, { actor: 'bo-ek' }, { role: 'owner' }])
      assert.doesNotMatch((await press({ id: '29:eve', name: 'Eve', aadObjectId: 'eve' }, { ...action.data, ...more })).value, /^Approved/);
    assert.deepEqual(await bought('Contoso'), []);
  });

  it('3: roles are those of this moment: a cached one does not approve, and one withdrawn after the yes does not buy (C3.3)', async () => {
    const cy = world.teams.chat('channel', ann.id, 'Cy Tan');
    await cy.write('expiring');
    entra.groups.get('g-approvers')?.delete('cy-tan');
    assert.match(await cy.press('Approve and buy', ['Contoso Ltd', 'Waiting for approval']), /may not approve/);
    await bo.write('status'); // from now on his roles are known
    let asked = 0;
    entra.onAsked = (user) => {
      // The first question is that of his press, the second that right before the purchase.
      if (user === 'bo-ek' && ++asked === 2) entra.groups.get('g-approvers')?.delete('bo-ek');
    };
    assert.match(await bo.press('Approve and buy', ['Contoso Ltd', 'Waiting for approval']), /^Approved/);
    await ann.text('may not approve purchases any more');
    assert.deepEqual(await bought('Contoso'), [], 'the one who approved may not any more');
    entra.onAsked = () => {};
    entra.groups.get('g-approvers')?.add('bo-ek').add('cy-tan');
  });

  it('3: while Graph is silent nothing is spent, the card says why, and afterwards it goes on by itself', async () => {
    await ann.press('Get a price', ['Contoso Ltd', 'I did not buy it']);
    await ann.card('Contoso Ltd', 'Waiting for approval');
    entra.graphFails = 'silence';
    assert.match(await bo.press('Approve and buy', ['Contoso Ltd', 'Waiting for approval']), /cannot read in Microsoft Entra/);
    assert.deepEqual(await bought('Contoso'), []);
    entra.graphFails = 'no';
    let asked = 0;
    entra.onAsked = (user) => {
      if (user === 'bo-ek' && ++asked === 1) setImmediate(() => Object.assign(entra, { graphFails: 'status' }));
    };
    assert.match(await bo.press('Approve and buy', ['Contoso Ltd', 'Waiting for approval']), /^Approved/);
    await ann.card('Contoso Ltd', 'who may do it');
    assert.deepEqual(await bought('Contoso'), []);
    Object.assign(entra, { graphFails: 'no', onAsked: () => {} });
    await ann.card('Contoso Ltd', 'Move 7 people');
    assert.deepEqual(await bought('Contoso'), ['checkout']);
  });

  it('4: the one who asked does not approve, whatever account, chat or typed word he uses (C3.4)', async () => {
    await askPrice('Fabrikam', 'Fabrikam');
    assert.match(await ann.press('Approve and buy', ['Fabrikam', 'Waiting for approval']), /another approver must say yes/);
    const other = await send({ from: { id: '29:another-id', name: 'Annie', aadObjectId: 'ann-jansson' }, type: 'message', name: undefined, text: 'yes' });
    assert.equal(other.status, 200);
    // Ids that differ in case alone are one person's, and one company's.
    const action = findAction((await ann.card('Fabrikam', 'Waiting for approval')).card, 'Approve and buy') as { verb: string; data: object };
    for (const twin of [{ aadObjectId: 'ANN-JANSSON' }, { aadObjectId: 'Ann-Jansson', tenantId: TENANT.toUpperCase() }]) {
      const pressed = await send({
        from: { id: '29:twin', name: 'Ann’s twin', ...twin },
        conversation: { id: ann.id, conversationType: 'channel', tenantId: TENANT.toUpperCase() },
        channelData: { tenant: { id: TENANT.toUpperCase() } },
        value: { action: { type: 'Action.Execute', verb: action.verb, data: action.data } },
      });
      assert.match(pressed.value, /another approver must say yes/);
    }
    const alone = world.teams.chat('personal', 'a:ann-guarded', 'Ann Jansson');
    await alone.write('move fabrikam dynamics 365 for sales');
    await alone.card('Fabrikam', 'Waiting for approval');
    await alone.write('yes');
    await until(
      () => alone.texts().find((text) => /another approver must say yes|You asked for this price/.test(text)),
      () => alone.texts().join(' / '),
    );
    assert.deepEqual(await bought('Fabrikam'), []);
  });

  it('5: a card that was tampered with changes nothing: every way of the list, against the ledger (C3.5)', async () => {
    const card = await ann.card('Fabrikam', 'Waiting for approval');
    const action = findAction(card.card, 'Approve and buy') as { verb: string; data: { id: string; v: number } };
    const { id, v } = action.data;
    assert.ok(Buffer.from(id, 'base64url').length >= 16, 'at least 128 bits');
    assert.deepEqual(Object.keys(action.data).sort(), ['id', 'v'], 'nothing but a handle and a version');
    const flipped = id.slice(0, 5) + (id[5] === 'A' ? 'B' : 'A') + id.slice(6);
    const contoso = findAction((await ann.card('Contoso Ltd', 'Move 7 people')).card, 'Move 7 people') as { data: { id: string } };
    const tampered: [string, string, Record<string, unknown>][] = [
      ['a flipped byte', action.verb, { id: flipped, v }],
      ['an empty handle', action.verb, { id: '', v }],
      ['a handle that is a filter', action.verb, { id: "x' or PartitionKey ne '", v }],
      ['a handle that is an object', action.verb, { id: { $ne: '' }, v }],
      ['another card’s handle', action.verb, { id: contoso.data.id, v }],
      ['an old version', action.verb, { id, v: v - 1 }],
      ['a version to come', action.verb, { id, v: v + 1 }],
      ['no version', action.verb, { id }],
      ['a version as text', action.verb, { id, v: String(v) }],
      ['a negative version', action.verb, { id, v: -v }],
      ['a huge version', action.verb, { id, v: 1e308 }],
      ['a version that is no number', action.verb, { id, v: null }],
      ['another verb of a later step', 'suspension.confirm', { id, v }],
      ['another verb of a later step', 'reassignment.confirm', { id, v }],
      ['a verb that is none', 'purchase.steal', { id, v }],
      ['a verb of every object', 'constructor', { id, v }],
      ['a verb of every object', '__proto__', { id, v }],
      ['more fields', action.verb, { id, v, price: 1 }],
      ['a role', action.verb, { id, v, roles: ['owner'] }],
      ['a hash', action.verb, { id, v, hash: 'x' }],
      ['another customer', action.verb, { id, v, customerId: 'x' }],
      ['a huge text', action.verb, { id, v, reason: 'x'.repeat(9_000) }],
      ['a huge number', 'purchase.quote', { id, v, quantity: 1e300, plan: '1', term: 'P1Y' }],
      ['a negative number of seats', 'purchase.quote', { id, v, quantity: '-5' }],
      ['half a seat', 'purchase.quote', { id, v, quantity: '1.5' }],
      ['a number with an exponent', 'purchase.quote', { id, v, quantity: '1e9' }],
      ['a list of seats', 'purchase.quote', { id, v, quantity: [10] }],
    ];
    for (const [name, verb, data] of tampered) {
      const answer = await send({ replyToId: card.id, value: { action: { type: 'Action.Execute', verb, data } } });
      assert.equal(answer.status, 200, name);
      assert.doesNotMatch(answer.value, /^(Approved|Asking|Moving|I am suspending)/, `${name}: ${answer.value}`);
      assert.ok(answer.value.length > 10, `${name} is answered with a sentence`);
      assert.doesNotMatch(answer.value, /PartitionKey|TypeError|undefined/, name);
    }
    const raw = `{"type":"Action.Execute","verb":"${action.verb}","data":{"id":"${id}","v":${v},"__proto__":{"v":${v}}}}`;
    const response = await fetch(`${world.bot.bot}/api/messages`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${tokenFor(world.teams.url)}` },
      body: `{"type":"invoke","name":"adaptiveCard/action","channelId":"msteams","serviceUrl":"${world.teams.url}","conversation":{"id":"c"},"value":{"action":${raw}}}`,
    });
    assert.equal(response.status, 400, 'the key that changes what an object is');
    assert.deepEqual(await bought('Fabrikam'), []);
    assert.deepEqual(await bought('Contoso'), ['checkout']);
    await ann.card('Fabrikam', 'Waiting for approval');
  });

  it('5, 6: a card forwarded to another chat or tenant, pressed twice or after the end, changes nothing (C3.5, C3.6)', async () => {
    const card = await ann.card('Fabrikam', 'Waiting for approval');
    const action = findAction(card.card, 'Approve and buy') as { verb: string; data: Record<string, unknown> };
    const value = { action: { type: 'Action.Execute', verb: action.verb, data: action.data } };
    const elsewhere = await send({ value, conversation: { id: '19:another@thread', conversationType: 'channel', tenantId: TENANT } });
    assert.match(elsewhere.value, /another chat/);
    const tenant = await send({
      value,
      conversation: { id: ann.id, conversationType: 'channel', tenantId: 'tenant-2' },
      channelData: { tenant: { id: 'tenant-2' } },
    });
    assert.match(tenant.value, /another chat/, 'the same chat id in another company is another chat');
    assert.deepEqual(await bought('Fabrikam'), []);
    assert.match((await send({ value })).value, /^Approved/);
    const again = await send({ value });
    assert.doesNotMatch(again.value, /^Approved\. /);
    await ann.card('Fabrikam', 'Buying').catch(() => null);
    await until(
      async () => (await bought('Fabrikam')).includes('checkout') || undefined,
      () => 'it was not bought',
    );
    assert.doesNotMatch((await send({ value })).value, /^Approved\. /);
    assert.deepEqual(
      (await bought('Fabrikam')).filter((kind) => kind === 'checkout'),
      ['checkout'],
    );
  });

  it('5: a viewer overwrites no card of the bot: what a press says about where it stands is not believed, and each handle serves its own buttons (C3.5)', async () => {
    await world.sandbox.post('flip', { customer: 'Northwind' });
    const card = await ann.card('Northwind', 'Get a price');
    const vi = world.teams.chat('channel', ann.id, 'Vi Holm');
    await vi.write('expiring');
    const list = await vi.card('90 days');
    const listed = { data: { id: /"id":"(\d{8}_[^"]+)"/.exec(JSON.stringify(list.card))?.[1] as string } };
    const button = findAction(card.card, 'Get a price') as { data: { id: string } };
    const from = { id: '29:vi', name: 'Vi Holm', aadObjectId: 'vi-holm' };
    const before = plain(card.card);
    const press = (verb: string, id: string, more: object = {}) =>
      send({
        from,
        replyToId: card.id,
        conversation: { id: card.conversation, conversationType: 'channel', tenantId: TENANT },
        value: { action: { type: 'Action.Execute', verb, data: { id, v: 0, ...more } } },
      });
    assert.match((await press('list.page', listed.data.id, { from: 0 })).value, /\d/);
    for (const verb of ['list.page', 'ticket.show', 'watch.stop', 'history.licences', 'list.open'])
      assert.match((await press(verb, button.data.id)).value, /too old|may not/, verb);
    for (const verb of ['ticket.history', 'ticket.assign', 'history.licences'])
      assert.match((await press(verb, listed.data.id)).value, /too old|may not/, verb);
    for (const id of [listed.data.id, button.data.id]) assert.match((await press('card.refresh', id)).value, /no longer there/);
    assert.equal(plain((world.teams.messages.find((one) => one.id === card.id) as Posted).card), before, 'the card about Northwind is as it was');
    assert.equal((world.teams.messages.find((one) => one.id === card.id) as Posted).edits, card.edits, 'nobody edited it');
  });

  it('12: who held a licence is read in person alone: a crafted press in a channel, or in a conversation of a kind that nobody knows, shows no name (C3.12)', async () => {
    const card = ann.cards().findLast((one) => findAction(one.card, 'Get a price')) as Posted & { card: Record<string, unknown> };
    const id = (findAction(card.card, 'Get a price') as { data: { id: string } }).data.id;
    for (const conversation of [
      { id: ann.id, conversationType: 'channel' },
      { id: ann.id, conversationType: 'groupChat' },
      { id: ann.id, conversationType: 'meeting' },
      { id: ann.id },
      { id: ann.id, conversationType: 'personal', isGroup: true },
    ]) {
      const answer = await send({
        conversation: { ...conversation, tenantId: TENANT },
        value: { action: { type: 'Action.Execute', verb: 'history.licences', data: { id, from: 0 } } },
      });
      assert.doesNotMatch(answer.value, /people|\bheld\b/);
    }
    assert.deepEqual(
      [
        { conversationType: 'personal' },
        { conversationType: 'personal', isGroup: true },
        {},
        { conversationType: 'meeting' },
        { conversationType: 'Personal' },
        { conversationType: 'channel' },
      ].map(kindOf),
      ['personal', 'groupChat', 'groupChat', 'groupChat', 'groupChat', 'channel'],
    );
    assert.deepEqual(
      ann.cards().filter((one) => plain(one.card).includes('Who held')),
      [],
    );
  });

  it('7: names of others make no link, mention, expression or trick of direction (C3.7)', async () => {
    const hostile = (await world.sandbox.state()).customers.find((one) => /[<[$\u202e]/.test(one.name));
    assert.ok(hostile, 'the world has a customer with a hostile name');
    await world.sandbox.post('flip', { customer: hostile.id });
    const posted = await until(
      () =>
        world.teams.messages.find(
          (one) =>
            one.card !== null &&
            one.conversation.startsWith(ann.id) &&
            JSON.stringify(one.card).includes('www.evil.example') === false &&
            /evil/i.test(plain(one.card)),
        ),
      () => 'the hostile customer’s card did not come',
    );
    assert.doesNotMatch(JSON.stringify(posted.card), /[^\\]\]\(http|<at>|\$\{|\u202e/);
  });

  it('8: nothing is fetched from an address that came from outside: Graph’s next page elsewhere is not followed (C3.8)', async () => {
    const directory = graphDirectory({ baseUrl: entra.url, token: async () => 't', clock: systemClock() }, { approver: ['g'] });
    await assert.rejects(directory.holders('approve'), /0 groups are called so/);
    entra.names.set("O'Brien's", ['g-approvers']);
    const quoted = graphDirectory({ baseUrl: entra.url, token: async () => 't', clock: systemClock() }, { approver: ["O'Brien's"] });
    assert.deepEqual((await quoted.holders('approve')).map((one) => one.objectId).sort(), ['ann-jansson', 'bo-ek', 'cy-tan']);
    entra.names.set('Doubled', ['a', 'b']);
    const doubled = graphDirectory({ baseUrl: entra.url, token: async () => 't', clock: systemClock() }, { approver: ['Doubled'] });
    await assert.rejects(doubled.rolesNow('bo-ek'), /2 groups are called so/);
  });

  it('9: words typed by people are no part of a query (C3.9)', async () => {
    const before = world.log.length;
    for (const words of ["' or PartitionKey ne '", "S-1' or '1' eq '1", "contoso' --", '%27 or 1 eq 1', '../people', '_ | ~']) {
      await ann.write(`show ${words}`);
      await ann.write(`history ${words}`);
    }
    const failed = world.log.slice(before).filter((line) => /failed/.test(line.message));
    assert.deepEqual(failed, []);
  });

  it('12: a person can be told what is kept, and forgotten; the record stays whole; what is old goes (C3.12)', async () => {
    const ask = (...words: string[]) => withResources(world.config, (resources) => operate(resources, world.config, words));
    // He has been here in two of our tenants: that is one person.
    const kept = JSON.parse((await ask('privacy', 'export', 'bo-ek')).join('\n')) as { person: { key: string; name: string }; lines: { what: string }[] };
    assert.equal(kept.person.name, 'Bo Ek');
    assert.ok(kept.lines.some((line) => line.what === 'approve'));
    assert.match((await ask('privacy', 'erase', 'bo-ek')).join(), /is forgotten/);
    await assert.rejects(ask('privacy', 'erase', 'bo-ek'), /Nobody is known as 'bo-ek'/);
    const store = await openTables(storageOf(world.config));
    const verified = await verifyAll(store);
    assert.deepEqual(verified.faults, []);
    const people = JSON.stringify(await store.range(...PERSONS, 'p', 'q'));
    assert.doesNotMatch(people, /Bo Ek|bo-ek/);
    await ann.write('history fabrikam');
    await ann.card('approved').catch(() => null);
    assert.match((await ask('privacy', 'forget')).join(), /^0 names and 0 lines/);
  });

  it('13: more than hands can do is slowed down, for each person alone; a full queue takes no more wake-ups (C3.13)', async () => {
    const eve = world.teams.chat('personal', 'a:eve', 'Vi Holm');
    await eve.install();
    const answers: string[] = [];
    const from = { id: '29:vi', name: 'Vi Holm', aadObjectId: 'vi-holm' };
    const press = async () => (await send({ from, value: { action: { type: 'Action.Execute', verb: 'help', data: {} } } })).value;
    const slowed = () => answers.filter((answer) => answer.startsWith('That was more in a minute')).length;
    // Turns come back while they are used: on a busy machine it takes more presses, many at once.
    for (let n = 0; n < 100 && slowed() <= 5; n++) answers.push(...(await Promise.all(Array.from({ length: 20 }, press))));
    assert.ok(slowed() > 5, `${slowed()} of ${answers.length}`);
    assert.ok(answers.length - slowed() >= 100, 'and not before it was many');
    assert.doesNotMatch((await send({ value: { action: { type: 'Action.Execute', verb: 'help', data: {} } } })).value, /more in a minute/);
    const limit = limiter(60, 3, 2);
    assert.deepEqual(
      [1, 2, 3, 4].map(() => limit.take('a', 0)),
      [true, true, true, false],
    );
    assert.equal(limit.take('a', 1_000), true, 'one a second comes back');
    const queues = await openQueues(storageOf(world.config), { depthMax: 0, clock: systemClock() });
    await queues.send('move', 'full full', 0);
    await queues.send('move', 'full full', 0);
    assert.deepEqual(
      (await queues.take('move', 32, 1_000)).filter((one) => one.text === 'full full'),
      [],
    );
  });

  it('13: bytes count as turns do: a few large bodies use up a minute, of that person alone (C3.13)', async () => {
    const press = async (pad: string, aadObjectId: string) =>
      (await send({ from: { id: `29:${aadObjectId}`, name: 'P', aadObjectId }, value: { action: { type: 'Action.Execute', verb: 'help', data: { pad } } } }))
        .value;
    const slow = /more in a minute/;
    const large = await Promise.all(Array.from({ length: 20 }, () => press('x'.repeat(200_000), 'large-sender')));
    assert.ok(large.filter((answer) => slow.test(answer)).length >= 10, 'of twenty');
    assert.match(await press('', 'large-sender'), slow, 'and what is owed is waited for');
    const small = await Promise.all(Array.from({ length: 20 }, () => press('x', 'small-sender')));
    assert.equal(small.filter((answer) => slow.test(answer)).length, 0, 'as many small ones are no trouble');
    const limit = limiter(60, 10, 100);
    assert.deepEqual([weightOf(0), weightOf(8_192), weightOf(8_193), weightOf(262_144)], [1, 1, 2, 32]);
    assert.deepEqual(
      [limit.take('a', 0, 15), limit.take('a', 4_000), limit.take('a', 5_500), limit.take('a', 6_500)],
      [true, false, false, true],
      'five are owed',
    );
    assert.equal(limit.take('b', 0, 1_000), true);
    assert.equal(limit.isOver('b', 10_999) && !limit.isOver('b', 11_000), true, 'never more is owed than one can have');
  });

  it('3: where a right is withdrawn before the step, looking again is no yes: it is asked for anew, of somebody who may give it (C3.3)', async () => {
    entra.groups.get('g-sales')?.add('rae-quist');
    entra.groups.get('g-viewers')?.add('bo-ek');
    const rae = world.teams.chat('channel', ann.id, 'Rae Quist');
    let asked = 0;
    entra.onAsked = (user) => {
      if (user === 'bo-ek' && ++asked === 2) for (const group of ['g-approvers', 'g-licences']) entra.groups.get(group)?.delete('bo-ek');
    };
    await bo.press('Move 7 people', ['Contoso Ltd']);
    await ann.card('Contoso Ltd', 'may not do it any more', 'lets nothing happen');
    await rae.press('Look again', ['Contoso Ltd', 'may not do it any more']);
    await ann.card('Contoso Ltd', 'Move 7 people');
    assert.match(await rae.press('Move 7 people', ['Contoso Ltd']), /may not/);
    assert.deepEqual(await bought('Contoso'), ['checkout'], 'nobody moved');
    entra.onAsked = () => {};
    entra.groups.get('g-approvers')?.add('bo-ek');
    entra.groups.get('g-licences')?.add('bo-ek');
  });

  it('14: switched to read-only, everything that spends stops at once, says so, and goes on afterwards (C3.14)', async () => {
    const olga = world.teams.chat('personal', 'a:olga', 'Olga Ivanova');
    const annAlone = world.teams.chat('personal', 'a:ann-guarded', 'Ann Jansson');
    await annAlone.write('read-only on');
    await annAlone.text('You may not change how I work');
    await olga.write('read-only on');
    await olga.text('switched me to read-only');
    await ann.write('status');
    await ann.card('read-only', 'Olga Ivanova');
    const before = await bought('Contoso');
    assert.match(await bo.press('Move 7 people', ['Contoso Ltd']), /switched to read-only/);
    assert.deepEqual(await bought('Contoso'), before);
    await olga.write('read-only off');
    await olga.text('switched me back');
    await bo.press('Move 7 people', ['Contoso Ltd']);
    await until(
      async () => (await bought('Contoso')).filter((kind) => kind === 'licenceUpdate').length === 7 || undefined,
      () => 'nobody moved',
    );
    await withResources(world.config, (resources) => operate(resources, world.config, ['read-only', 'on']));
    assert.match((await withResources(world.config, (resources) => operate(resources, world.config, ['doctor']))).join('\n'), /read-only +on since/);
    assert.match(await bo.press('Suspend subscription', ['Contoso Ltd']), /switched to read-only/);
    await withResources(world.config, (resources) => operate(resources, world.config, ['read-only', 'off']));
    assert.equal((await bought('Contoso')).includes('subscriptionPatch'), false);
  });

  it('a person’s help lists only what he may do; a stranger is refused kindly, in a channel with one neutral line', async () => {
    const alone = world.teams.chat('personal', 'a:bo', 'Bo Ek');
    const eve = world.teams.chat('channel', ann.id, 'Mal Nobody');
    await eve.write('expiring');
    await ann.text('This needs a right that you do not have');
    await alone.write('help');
    const help = plain((await alone.card('What I can do')).card);
    assert.doesNotMatch(help, /read-only|consent/);
    assert.match(help, /approvals/);
    const none = world.teams.chat('personal', 'a:mal', 'Mal Nobody');
    await none.write('help');
    await none.card('You have no role with me yet');
    const olga = world.teams.chat('personal', 'a:olga', 'Olga Ivanova');
    await olga.write('help');
    await olga.card('read-only on', 'consent');
  });

  it('15: no other doors, no banner (C3.15)', async () => {
    for (const path of ['/', '/admin', '/api', '/.env', '/api/messages/x', '/consent/x'])
      assert.ok([404, 405].includes((await fetch(world.bot.bot + path)).status), path);
    assert.equal(
      (await fetch(`${world.bot.bot}/metrics`, { headers: { 'X-Forwarded-For': '203.0.113.7' } })).status,
      404,
      'numbers, to whom they are no business of',
    );
    const health = await fetch(`${world.bot.bot}/healthz`);
    assert.deepEqual([health.status, health.headers.get('server'), health.headers.get('x-powered-by')], [200, null, null]);
    assert.equal((await fetch(`${world.bot.bot}/consent?ticket=x`)).status, 404, 'nothing to consent to here');
    const about = await fetch(`${world.bot.bot}/about`);
    const page = await about.text();
    for (const id of ['about', 'privacy', 'terms']) assert.ok(page.includes(`<h2 id="${id}">`), `/about#${id}, where the app's package leads to`);
    assert.match(String(about.headers.get('content-security-policy')), /default-src 'none'/);
  });

  it('16: each requirement has its test, and docs/security.md names them (C3.16)', () => {
    const text = readFileSync(new URL('../../docs/security.md', import.meta.url), 'utf8');
    for (let n = 1; n <= 16; n++) assert.match(text, new RegExp(`\\bC3\\.${n}\\b`), `C3.${n}`);
  });
});
