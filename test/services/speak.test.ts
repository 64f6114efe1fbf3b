/** What a chat is told, where something happens while a message is on its way. */
import assert from 'node:assert/strict';
import { looksIn } from '../../cards/matter.ts';
import { en } from '../../cards/text/en.ts';
import { systemClock } from '../../services/clock.ts';
import type { News } from '../../services/domain.ts';
import { listExpiry } from '../../services/lists.ts';
import { EVERYBODY } from '../../services/people/people.ts';
import { readChat, updateChat } from '../../services/speak/chats.ts';
import { type Speaking, speakTurn } from '../../services/speak/speak.ts';
import { chatFor } from '../bench/sweeping.ts';
import { sampleExpiry } from '../cards/samples.ts';
import { memoryStore } from '../crash/memory.ts';

describe('a digest', () => {
  it('that lacks what came while it was on its way is followed by one that holds it; what the chat watches meanwhile stays', async () => {
    const store = memoryStore();
    const chat = { ...chatFor('chat1', 'c1'), toldBaseline: false };
    await updateChat(store, chat.key, () => chat);
    const known: News = { kind: 'known', expiryId: 'S-1', by: null, at: '2027-01-20T10:00:00Z', data: {} };
    const ask = (ticket: string) => store.put('chats', chat.key, 'say_0', { customerId: 'c1', news: { ...known, expiryId: ticket } });
    await listExpiry(store, sampleExpiry({ id: 'S-1', customerId: 'c1' }), null);
    await ask('S-1');
    const digests: string[][] = [];
    const watching = [{ what: 'all' as const }];
    const deps: Speaking = {
      store,
      clock: systemClock(),
      me: 'one',
      seenLeases: new Map(),
      hints: { before: async () => {}, nudge: () => {} },
      directory: EVERYBODY,
      fourEyes: { when: 'off' },
      log: { info: () => {}, warn: () => {} },
      looks: {
        ...looksIn(en),
        digest: (rows) => {
          digests.push(rows.map((row) => row.ticket));
          return { card: {}, summary: '', claims: [] };
        },
      },
      deliver: {
        async post() {
          if (digests.length === 1) {
            await listExpiry(store, sampleExpiry({ id: 'S-2', customerId: 'c1' }), null);
            await ask('S-2');
            await updateChat(store, chat.key, () => ({ ...chat, watching }));
          }
          return { activityId: 'a', thread: 't' };
        },
        edit: async () => 'done',
        say: async () => {},
      },
      passMs: 3_600_000,
      tenantBudget: () => ({ take: async () => {}, pause: async () => {} }),
    };
    assert.notEqual(await speakTurn(deps, `chat ${chat.key}`), 'rest');
    await speakTurn(deps, `chat ${chat.key}`);
    assert.deepEqual(digests, [['S-1'], ['S-1', 'S-2']]);
    assert.equal(await speakTurn(deps, `chat ${chat.key}`), 'rest');
    assert.deepEqual((await readChat(store, chat.key))?.value, { ...chat, watching, toldBaseline: true });
  });
});
