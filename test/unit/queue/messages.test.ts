/** A wake-up's text says what it was made from, and nothing else is believed. */
import assert from 'node:assert/strict';
import { readWakeUp, textOf, type WakeUp } from '../../../services/queue/messages.ts';
import { QUEUES } from '../../../services/queue/queue.ts';

const ALL: WakeUp[] = [
  ...(['listCustomers', 'baseline', 'activity', 'stopping', 'anchor', 'retention'] as const).map((what): WakeUp => ({ queue: 'sweep', what })),
  { queue: 'sweep', what: 'poll', customerId: 'c0000000-0000-4000-8000-000000000001', generation: '1a2b3c4d', dueAtMs: 1_800_000_000_000 },
  { queue: 'sweep', what: 'poll', customerId: 'c', generation: 't', dueAtMs: 0 },
  { queue: 'sweep', what: 'event', customerId: 'c', generation: 't' },
  { queue: 'notify', what: 'fanOut', customerId: 'c' },
  { queue: 'notify', what: 'chat', chat: 'Y2hhdA_-' },
  { queue: 'notify', what: 'digest' },
  { queue: 'notify', what: 'hours' },
  { queue: 'move', what: 'move', customerId: 'c', subscriptionId: 's' },
  { queue: 'move', what: 'move', customerId: 'facts', subscriptionId: 'move' },
  { queue: 'move', what: 'facts', customerId: 'c', ticketId: 'S-1001', tries: 0 },
  { queue: 'move', what: 'invitations' },
  { queue: 'move', what: 'bulk', key: 'a_chat.mark' },
  { queue: 'move', what: 'lateAnswer', chat: 'chat-1', key: 'ask_m' },
];

describe('the text of a wake-up', () => {
  for (const wakeUp of ALL)
    it(`'${textOf(wakeUp)}' is read as it was written, in its own queue alone`, () => {
      for (const queue of QUEUES) assert.deepEqual(readWakeUp(queue, textOf(wakeUp)), queue === wakeUp.queue ? wakeUp : null);
    });

  it('two that differ have two texts', () => assert.equal(new Set(ALL.map((one) => `${one.queue}/${textOf(one)}`)).size, ALL.length));

  it('keeps whole milliseconds', () => assert.equal(textOf({ queue: 'sweep', what: 'poll', customerId: 'c', generation: 't', dueAtMs: 1.6 }), 'poll c t 2'));

  for (const [why, text] of Object.entries({
    empty: '',
    'a space': ' ',
    'an unknown word': 'purchase c s',
    'a word in another case': 'Digest',
    'a word of every object': 'constructor',
    'a field missing': 'move c',
    'all fields missing': 'fanOut',
    'no tries': 'facts c S-1001',
    'tries that are none': 'facts c S-1001 many',
    'an empty field': 'move  s',
    'an empty last field': 'fanOut ',
    'a field too many': 'move c s x',
    'a field where there is none': 'digest c',
    'a space at the end': 'digest ',
    'a line break': 'digest\n',
    'no time': 'poll c t',
    'a time that is none': 'poll c t soon',
    'a time before all time': 'poll c t -1',
    'a time in parts': 'poll c t 1.5',
    'a time with another writing': 'poll c t 007',
    'a time without an end': `poll c t ${'9'.repeat(40)}`,
    'text of another program': '{"customer":"c"}',
  }))
    it(`${why} has no meaning`, () => {
      for (const queue of QUEUES) assert.equal(readWakeUp(queue, text), null);
    });
});
