/** What a chat is told, where something happens while a message is on its way. */
import assert from 'node:assert/strict';
import { rendererIn } from '../../../cards/ticket/ticket.ts';
import { en } from '../../../cards/text/en/en.ts';
import { systemClock } from '../../../services/clock.ts';
import type { News } from '../../../services/domain/ticket.ts';
import { listTicket } from '../../../services/tickets/openList.ts';
import { DirectoryError, EVERYBODY } from '../../../services/people/people.ts';
import type { Role } from '../../../services/people/roles.ts';
import { readChat, inboxOf, updateChat } from '../../../services/chats.ts';
import { handleNotify } from '../../../services/notify/handler.ts';
import { chatFor } from '../../support/sweeping.ts';
import { SHOWS, sampleTicket } from '../../support/samples.ts';
import { memoryStore } from '../../support/memory.ts';
import { HOUR_MS, MINUTE_MS, openNotifying } from '../../support/notifying.ts';
import type { NotifyDeps } from '../../../services/notify/ports.ts';
import { ofChat } from '../../../services/store/rows.ts';

describe('a digest', () => {
  it('that lacks what came while it was on its way is followed by one that holds it; what the chat watches meanwhile stays', async () => {
    const store = memoryStore();
    const chat = { ...chatFor('chat1', 'c1'), toldBaseline: false };
    await updateChat(store, chat.key, () => chat);
    const known: News = { kind: 'known', ticketId: 'S-1', by: null, at: '2027-01-20T10:00:00Z', data: {} };
    const ask = (ticketId: string) => store.put(...ofChat(chat.key), 'say_0', { customerId: 'c1', news: { ...known, ticketId: ticketId } });
    await listTicket(store, sampleTicket({ id: 'S-1', customerId: 'c1' }), null);
    await ask('S-1');
    const digests: string[][] = [];
    const watching = [{ what: 'all' as const }];
    const deps: NotifyDeps = {
      store,
      clock: systemClock(),
      workerId: 'one',
      seenLeases: new Map(),
      wake: { schedule: async () => {}, now: () => {} },
      directory: EVERYBODY,
      fourEyes: { when: 'off' },
      shows: SHOWS,
      log: { info: () => {}, warn: () => {} },
      report: async () => ({ card: {}, summary: '', claims: [], handle: '' }),
      renderer: {
        ...rendererIn(en),
        digest: ({ rows }) => {
          digests.push(rows.map((row) => row.ticketId));
          return { card: {}, summary: '', claims: [] };
        },
      },
      deliver: {
        async post() {
          if (digests.length === 1) {
            await listTicket(store, sampleTicket({ id: 'S-2', customerId: 'c1' }), null);
            await ask('S-2');
            await updateChat(store, chat.key, () => ({ ...chat, watching }));
          }
          return { activityId: 'a', thread: 't' };
        },
        edit: async () => 'done',
        say: async () => {},
      },
      passMs: 3_600_000,
      answersGoTo: async () => null,
      tenantBudget: () => ({ take: async () => {}, pause: async () => {} }),
    };
    assert.notEqual(await handleNotify(deps, { queue: 'notify', what: 'chat', chat: chat.key }), 'idle');
    await handleNotify(deps, { queue: 'notify', what: 'chat', chat: chat.key });
    assert.deepEqual(digests, [['S-1'], ['S-1', 'S-2']]);
    assert.equal(await handleNotify(deps, { queue: 'notify', what: 'chat', chat: chat.key }), 'idle');
    assert.deepEqual((await readChat(store, chat.key))?.value, { ...chat, watching, toldBaseline: true });
  });
});

describe('a personal chat', () => {
  it('is told what its owner may know now: without a role nothing but notes about chats, and while nobody can say who may nothing yet', async () => {
    let roles: readonly Role[] | null = ['viewer'];
    const rolesOf = async () => {
      if (roles === null) throw new DirectoryError('away');
      return roles;
    };
    const world = openNotifying({ rolesOf, rolesNow: rolesOf, holders: async () => [] });
    const { key: person, chat } = await world.person('eve');
    await updateChat(world.deps.store, chat, (now) => now && { ...now, person, watching: [{ what: 'all' as const }] });
    await world.chat('channel1', { installedBy: person });
    await world.flip('S-1');
    await world.forMs(5 * MINUTE_MS);
    assert.deepEqual(world.to(chat), ['post S-1']);
    roles = null;
    await world.flip('S-2');
    await world.forMs(5 * MINUTE_MS);
    assert.deepEqual([world.to(chat).length, (await inboxOf(world.deps.store, chat, 9)).length], [1, 1], 'it waits');
    roles = ['requester'];
    await world.forMs(5 * MINUTE_MS);
    assert.deepEqual(world.to(chat), ['post S-1', 'post S-2']);
    roles = [];
    await world.flip('S-3');
    await world.flip('S-1', { kind: 'changed', lastDay: '2027-07-31' });
    await world.ask('S-2', chat);
    await world.forMs(5 * MINUTE_MS);
    world.answer((_, to) => (to === 'channel1' ? { status: 403, code: 'BotNotInConversationRoster' } : null));
    await world.flip('S-4');
    await world.forMs(HOUR_MS);
    const later = world.to(chat).slice(2);
    assert.deepEqual([later.length, later[0]?.startsWith('say ')], [1, true], later.join('\n'));
    assert.deepEqual(await inboxOf(world.deps.store, chat, 9), [], 'and nothing is kept for it');
    assert.ok(world.to('channel1').includes('post S-3'), 'where others read along it is told all the same');
    world.stop();
  });
});
