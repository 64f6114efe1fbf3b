/** What Teams' answers mean, and what is done about a message that it does not take. */
import assert from 'node:assert/strict';
import { answerOf } from '../../../bot/teams/botbuilder.ts';
import { codeOf, type Doing, readRefusal } from '../../../services/notify/refusal.ts';
import { type Failure, setAside, stepAfter, type Trouble } from '../../../services/notify/trouble.ts';

const NOW = Date.UTC(2027, 0, 20, 12);
const MINUTE = 60_000;

describe("an answer of Teams is read by its status and its body's code", () => {
  const rows: [status: number, code: string, doing: Doing, means: string][] = [
    [403, 'BotDisabledByAdmin', 'post', 'refused'],
    [403, 'BotDisabledByAdmin', 'edit', 'refused'],
    [403, 'ConversationBlockedByUser', 'say', 'refused'],
    [403, 'MessageWritesBlocked', 'edit', 'refused'],
    [403, 'BotNotInConversationRoster', 'post', 'refused'],
    [400, 'BotNotInConversationRoster', 'post', 'refused'],
    [403, 'ServiceError', 'edit', 'passing'],
    [403, 'ServiceError', 'post', 'passing'],
    [404, 'ConversationNotFound', 'post', 'passing'],
    [404, 'ConversationNotFound', 'edit', 'passing'],
    [404, 'ActivityNotFoundInConversation', 'edit', 'cardGone'],
    [404, 'ActivityNotFoundInConversation', 'say', 'cardGone'],
    [403, '', 'post', 'refused'],
    [403, 'SomethingNew', 'post', 'refused'],
    [404, '', 'post', 'refused'],
    [410, 'Gone', 'post', 'refused'],
    [404, '', 'edit', 'cardGone'],
    [403, 'SomethingNew', 'edit', 'cardGone'],
    [400, 'BadArgument', 'post', 'wrong'],
    [400, 'BadSyntax', 'edit', 'wrong'],
    [413, 'MessageSizeTooBig', 'post', 'wrong'],
    [422, '', 'post', 'wrong'],
    [401, 'BotNotRegistered', 'post', 'identity'],
    [401, '', 'say', 'identity'],
    [412, 'PreconditionFailed', 'edit', 'again'],
    [408, '', 'post', 'again'],
    [500, 'ServiceError', 'post', 'again'],
    [502, '', 'post', 'again'],
    [503, 'ServiceUnavailable', 'edit', 'again'],
    [504, '', 'say', 'again'],
    [0, '', 'post', 'again'],
    [429, 'TooManyRequests', 'post', 'wait'],
  ];
  for (const [status, code, doing, means] of rows)
    it(`${status} ${code || 'without a code'} to a ${doing}: ${means}`, () =>
      assert.equal(readRefusal(doing, { status, code, retryAfter: null }, NOW).is, means));

  it('429 with seconds, with a date, with nothing, and with nonsense', () => {
    const wait = (retryAfter: string | null) => readRefusal('post', { status: 429, code: '', retryAfter }, NOW);
    assert.deepEqual(wait('7'), { is: 'wait', ms: 7_000 });
    assert.deepEqual(wait('1.5'), { is: 'wait', ms: 1_500 });
    assert.deepEqual(wait(new Date(NOW + 90_000).toUTCString()), { is: 'wait', ms: 90_000 });
    assert.deepEqual(wait(new Date(NOW - 90_000).toUTCString()), { is: 'wait', ms: 0 });
    assert.deepEqual(wait('999999999'), { is: 'wait', ms: 3_600_000 });
    for (const nothing of [null, '', ' ', 'soon', '-5']) assert.deepEqual(wait(nothing), { is: 'wait', ms: 0 });
  });

  it('the code stands in its place, in a text within the body, or twice wrapped', () => {
    const inner = { errorCode: 209, message: JSON.stringify({ subCode: 'MessageWritesBlocked', details: 'Thread is blocked for message writes.' }) };
    for (const [body, code] of [
      [{ error: { code: 'BotDisabledByAdmin', message: 'The tenant admin disabled this bot' } }, 'BotDisabledByAdmin'],
      [JSON.stringify({ error: { code: 'ServiceError', message: 'Unknown' } }), 'ServiceError'],
      [JSON.stringify({ error: { code: 'Forbidden', message: JSON.stringify(inner) } }), 'MessageWritesBlocked'],
      [JSON.stringify(JSON.stringify(inner)), 'MessageWritesBlocked'],
      [JSON.stringify({ errorCode: 209, message: 'blocked' }), 'MessageWritesBlocked'],
      [JSON.stringify({ message: 'ConversationNotFound: no such thread' }), 'ConversationNotFound'],
      [{ error: { code: 'SomethingNew' } }, 'SomethingNew'],
      [{ error: { code: 'not a code at all, but a sentence' } }, ''],
      [{ error: null }, ''],
      ['<html>Bad gateway</html>', ''],
      ['', ''],
      [null, ''],
      [undefined, ''],
      [`${'x'.repeat(1_000_000)}BotDisabledByAdmin`, ''],
    ] as const)
      assert.equal(codeOf(body), code, String(JSON.stringify(body)).slice(0, 80));
  });

  it('a token that Entra refuses is our own identity, a torn connection is no answer', () => {
    assert.deepEqual(answerOf(new Error('AADSTS7000222: The provided client secret keys are expired.')), {
      status: 401,
      code: 'AADSTS7000222',
      retryAfter: null,
    });
    assert.deepEqual(answerOf(new Error('socket hang up')), { status: 0, code: '', retryAfter: null });
    const headers = { get: (name: string) => (name === 'retry-after' ? '3' : undefined) };
    assert.deepEqual(answerOf(Object.assign(new Error('x'), { statusCode: 429, response: { bodyAsText: '', headers } })), {
      status: 429,
      code: '',
      retryAfter: '3',
    });
  });
});

describe('what is done about a message that Teams does not take', () => {
  /** The steps of one failure that never ends, with the minutes at which they are taken. */
  function course(failure: Failure, acceptedMs: (atMs: number) => number = () => 0, most = 40): string[] {
    const steps: string[] = [];
    let trouble: Trouble | null = null;
    for (let at = NOW; steps.length < most; ) {
      const step = stepAfter(trouble, failure, acceptedMs(at), at);
      if (step.do === 'sleep') return [...steps, 'sleep'];
      steps.push(step.do === 'later' ? `+${(step.trouble.nextMs - at) / MINUTE}` : (step.trouble.instead as string));
      if (step.do === 'instead') return steps;
      trouble = step.trouble;
      at = step.trouble.nextMs;
    }
    return steps;
  }

  it('a chat that is perhaps closed is tried after 1, 5, 30 min and 6 h, then it sleeps', () =>
    assert.deepEqual(course({ doing: 'post', is: 'passing', code: 'ConversationNotFound' }), ['+1', '+5', '+30', '+360', 'sleep']));
  it('where others get through, it is the card: a sentence goes instead', () =>
    assert.deepEqual(
      course({ doing: 'post', is: 'passing', code: 'ServiceError' }, (at) => at),
      ['+1', '+5', '+30', '+360', 'plain'],
    ));
  it('a card that cannot be edited is taken for deleted after 1 and 5 min', () =>
    assert.deepEqual(course({ doing: 'edit', is: 'passing', code: 'ServiceError' }), ['+1', '+5', 'anew']));
  it('a card that is gone is posted anew at once', () => assert.deepEqual(course({ doing: 'edit', is: 'cardGone', code: '' }), ['anew']));
  it('a card that is wrong is set aside after three tries', () => {
    const steps = course({ doing: 'post', is: 'wrong', code: 'BadArgument' });
    assert.equal(steps.length, 3);
    assert.equal(steps[2], 'plain');
  });
  it('a line that is wrong is left away after three tries', () => assert.equal(course({ doing: 'say', is: 'wrong', code: '' })[2], 'quiet'));
  it('no answer is asked for again without an end while the chat takes nothing', () => {
    const steps = course({ doing: 'post', is: 'again', code: 'no answer' });
    assert.equal(steps.length, 40);
    assert.equal(steps.at(-1), '+5');
  });
  it('and becomes a sentence where everything else gets through', () =>
    assert.equal(course({ doing: 'post', is: 'again', code: '500' }, (at) => at).at(-1), 'plain'));
  it('when not even the sentence is taken, the chat sleeps, unless it has just taken something else', () => {
    const before: Trouble = { code: '400', tries: 3, sinceMs: NOW, nextMs: NOW, instead: 'plain' };
    const failed: Failure = { doing: 'say', is: 'wrong', code: '400' };
    assert.deepEqual(stepAfter(before, failed, NOW - 20 * MINUTE, NOW), { do: 'sleep' });
    const step = stepAfter(before, failed, NOW - MINUTE, NOW);
    assert.deepEqual([step.do, step.do === 'later' && step.inPerson, step.do === 'later' && step.trouble.nextMs - NOW], ['later', true, 360 * MINUTE]);
  });
  it('after a sentence the next card of the ticket is tried once', () => {
    const aside = setAside({ code: '400', tries: 3, sinceMs: NOW, nextMs: NOW, instead: 'plain' });
    const step = stepAfter(aside, { doing: 'post', is: 'wrong', code: '400' }, NOW, NOW + MINUTE);
    assert.equal(step.do === 'instead' && step.trouble.instead, 'plain');
  });
});
