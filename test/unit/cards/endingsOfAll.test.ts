/** No list, digest, greeting or answer speaks of an end, a renewal or a deletion without the facts that make it true. */
import assert from 'node:assert/strict';
import { COUNTED } from '../../../services/watch/known.ts';
import {
  judgedLists,
  judgedOutcomes,
  judgedRecord,
  judgedReplies,
  lineOf,
  rowOf,
  saidWrong,
  say,
  STANDS_SAY,
  untrue,
  untrueOfOutcome,
} from './endingsOthers.ts';

describe('a sentence about ends in a list', () => {
  it('is said only of rows that make it true: lists, digests, greetings', () => {
    const { found, count } = judgedLists();
    assert.deepEqual([...found], []);
    assert.ok(count > 1_000, String(count));
  });

  it('is found where it is planted without them', () => {
    const renewing = { rows: [rowOf('renews', '2027-02-10')], within: 30, next: false };
    const ending = { rows: [rowOf('cancels', '2027-02-10')], within: 30, next: false };
    for (const [of, text] of [
      [renewing, '1 subscription is not set to renew'],
      [renewing, '1 term ends within 30 days and is not set to renew'],
      [ending, '2 terms end within 30 days and are not set to renew'],
      [ending, 'I know of none whose term ends within 30 days without renewing'],
      [ending, 'Of what I have read nothing stops renewing.'],
      [ending, 'Of 1 on the list the last day has passed.'],
      [ending, '1 on the list renews, and somebody asked to move it.'],
      [ending, '1 on the list is in a paid Extended Service Term.'],
      [ending, 'Everything that I watch renews.'],
      [ending, '1 subscription expires soon.'],
    ] as const)
      assert.notDeepEqual(untrue(text, of), [], text);
  });
});

describe('a list by outcome', () => {
  it('says of what it holds that it ends, renews or goes on, and of no other', () => {
    const { found, count } = judgedOutcomes();
    assert.deepEqual([...found], []);
    assert.ok(count > 20, String(count));
  });

  it('is found where it says it of others', () => {
    const two = [lineOf('cancels'), lineOf('cancels')];
    for (const [of, text] of [
      [{ outcome: 'ends', lines: [lineOf('cancels'), lineOf('renews')], more: false }, '2 subscriptions end by 20 April 2027'],
      [{ outcome: 'ends', lines: two, more: false }, '3 subscriptions end by 20 April 2027'],
      [{ outcome: 'ends', lines: two, more: true }, '2 subscriptions end by 20 April 2027'],
      [{ outcome: 'ends', lines: two, more: false }, 'I know of none that ends by 20 April 2027'],
      [{ outcome: 'renews', lines: [lineOf('extends')], more: false }, '1 subscription renews by 20 April 2027'],
      [{ outcome: 'est', lines: [lineOf('unknown')], more: false }, '1 subscription whose term ends by 20 April 2027 goes on as an Extended Service Term'],
      [{ outcome: 'est', lines: [lineOf('extends')], more: false }, 'After their day they cost 3 % more.'],
      [{ outcome: 'est', lines: [lineOf('extends')], more: false }, 'That saves something.'],
    ] as const)
      assert.notDeepEqual(untrueOfOutcome(text, { ...of, lines: [...of.lines] }), [], text);
  });
});

describe('a sentence about how a customer stands', () => {
  it('says of each kind what it does, and of no other', () => {
    for (const kind of COUNTED)
      for (const n of [1, 2])
        for (const other of [undefined, ...COUNTED.filter((one) => one !== kind)]) {
          const { text } = say({ [kind]: n, ...(other ? { [other]: 1 } : {}) });
          const plain = text.replaceAll('\u00a0', ' ');
          for (const [words, kinds] of STANDS_SAY)
            if (words.test(plain)) assert.ok(kinds.includes(kind) || (other && kinds.includes(other)), `${kind} ${other ?? ''}: ${plain}`);
          if (!/suspended|trials|missing/.test(`${kind} `))
            assert.ok(
              STANDS_SAY.some(([words, kinds]) => kinds.includes(kind) && words.test(plain)),
              `${kind}: ${plain}`,
            );
          if (kind !== 'renews' || other) assert.doesNotMatch(plain, /Everything/);
        }
  });
});

describe('a line of the record', () => {
  it('says of an end what was written down', () => {
    const { found, count } = judgedRecord();
    assert.deepEqual([...found], []);
    assert.ok(count > 100, String(count));
  });
});

describe('an answer that speaks of an end', () => {
  it('does so only where that was decided on it', () => {
    assert.deepEqual([...judgedReplies().found], []);
  });

  it('is found where it is planted', () => {
    for (const [reply, given, text] of [
      ['closed', { how: 'moved' }, 'It renews again, so there is nothing to do.'],
      ['askSuspend', { last: 'cancel' }, 'C: let P end by itself, or suspend it?'],
      ['left', {}, 'Noted. The old subscription ends by itself.'],
      ['approved', {}, 'Approved. That saves €5.00 a month.'],
    ] as const)
      assert.notDeepEqual(saidWrong(reply, given, text), [], text);
  });
});
