/** Every reply that names a command carries the button for it; examples and what somebody else must write stand in quotes. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandsIn, offered } from '../../../bot/turns/offers.ts';
import { withButtons } from '../../../cards/chat/offers.ts';
import { nameBare, reasonText } from '../../../cards/escape.ts';
import { listCard } from '../../../cards/lists/lists.ts';
import { en } from '../../../cards/text/en/en.ts';
import { parseAction } from '../../../dialogs/actions.ts';
import { lacksForChoice } from '../../../dialogs/rights.ts';
import { readHandle } from '../../../services/notify/handles.ts';
import { memoryStore } from '../../support/memory.ts';
import { HOSTILE, LISTED } from '../../support/samples.ts';
import { LANGUAGES } from '../../../bot/languages.ts';
import { readNamed } from '../../../bot/turns/choice.ts';
import { ENGLISH } from '../../support/speaking.ts';

const TEXTS = join(import.meta.dirname, '../../../cards/text');
const { replies } = en;
const what = nameBare('Adatum_Ltd');

describe('a command that a reply names', () => {
  const named: readonly (readonly [string, string[]])[] = [
    [replies.noCustomer({ what: reasonText('Adatum_Ltd'), company: true }), ['invite Adatum_Ltd']],
    [replies.noCustomer({ what: reasonText('-3'), company: false }), ['expiring']],
    [replies.noTicket({ what }), ['expiring']],
    [replies.noWatch({ what }), ['watch']],
    [replies.allRenew({ customer: what }), ['move Adatum_Ltd']],
    [replies.nothingWaits(), ['expiring']],
    [replies.notUnderstood({ text: reasonText('expirng 30'), didYouMean: reasonText('expiring 30') }), ['expiring 30']],
    [replies.notUnderstood({ text: reasonText('abc'), didYouMean: null }), ['help']],
    [replies.reminders({ days: [] }), ['remind 30 7 1']],
    [replies.reminders({ days: [7] }), ['remind off']],
    [replies.incomplete({ of: 'remind' }), ['remind 30 7', 'remind off']],
    [replies.incomplete({ of: 'dry-run' }), ['dry-run on', 'dry-run off']],
    [replies.incomplete({ of: 'show' }), ['expiring']],
    [replies.incomplete({ of: 'invite' }), []],
    [en.bulk.none({ programme: what }), ['expiring']],
    [en.list.noKeeper(what), ['expiring by person']],
    ['**yes** to approve, **cancel** to end the move, **back** to change it, **consent**', []],
  ];
  for (const [text, commands] of named) it(`is found in “${text.slice(0, 60)}”`, () => assert.deepEqual(commandsIn(text, LANGUAGES, 'en'), commands));

  it('is no example: what is made up stands in quotes, in every language, for a press would be meant', () => {
    const files = readdirSync(TEXTS, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
    assert.ok(files.length > 20);
    for (const name of files) {
      const bold = readFileSync(join(TEXTS, name), 'utf8')
        .split('\n')
        .flatMap((line) =>
          line
            .replace('/**', '')
            .split('**')
            .filter((_, at) => at % 2 === 1),
        );
      assert.deepEqual(
        bold.filter((one) => /S-\d|contoso|adatum/i.test(one)),
        [],
        name,
      );
    }
  });

  it('has a button whose press is that command, with the right of that command', async () => {
    const store = memoryStore();
    const clock = { now: () => new Date('2027-01-20T09:00:00Z') } as never;
    const turn = { chat: { key: 'c' } } as never;
    const result = await offered({ store, clock, ...ENGLISH }, turn, { say: [replies.allRenew({ customer: what }), 'Nothing named.'] });
    const [first, second] = result.say;
    assert.equal(second, 'Nothing named.');
    assert.ok(typeof first === 'object');
    assert.equal(first.text, replies.allRenew({ customer: what }));
    const [button] = first.card.actions as { title: string; verb: string; data: Record<string, unknown> }[];
    assert.equal(button?.title, 'Move Adatum_Ltd');
    assert.deepEqual(parseAction(button?.verb ?? '', button?.data ?? {}), { verb: 'choice.take', choice: 0 });
    const choice = (await readHandle(store, String(button?.data.id)))?.choices?.[0];
    assert.deepEqual(choice, { to: 'command', text: 'move Adatum_Ltd', lang: 'en' });
    assert.ok(choice && lacksForChoice([], choice, (named) => readNamed(ENGLISH, named)) === 'ask');
  });

  it('on a card joins its buttons: two visible, six at most', async () => {
    const rows = Array.from({ length: 40 }, (_, n) => ({
      ...{ ticketId: `S-${n}`, customerId: 'c', customerName: HOSTILE, subscriptionId: `s${n}`, offerName: 'Plan', lastDay: '2027-02-01' },
      ...{ expiresOn: '2027-02-01', quantity: 1, programme: null, end: 'cancels' as const },
    }));
    const drawn = listCard({ ...LISTED, rows, from: 10, handle: 'h', today: '2027-01-20', within: 90, whole: false, several: true, all: 40 }, en);
    const result = await offered({ store: memoryStore(), clock: { now: () => new Date() } as never, ...ENGLISH }, { chat: { key: 'c' } } as never, {
      say: [drawn],
    });
    const actions = (result.say[0] as unknown as { card: { actions: { title: string; mode?: string }[] } }).card.actions;
    assert.deepEqual(
      actions.map((one) => `${one.title}${one.mode ? ' …' : ''}`),
      ['Next 10', 'Filter and sort', 'Choose several …', 'Previous 10 …', 'Status …'],
    );
    const many = withButtons(drawn, { handle: 'h', commands: ['help', 'status', 'watch', 'expiring'] }, en);
    assert.equal((many.card.actions as unknown[]).length, 6);
  });
});
