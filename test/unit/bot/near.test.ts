/** A mistyped name of a customer that we have is asked about; nothing is guessed, and nobody is invited. */
import assert from 'node:assert/strict';
import { onText } from '../../../bot/turns/command.ts';
import { offered } from '../../../bot/turns/offers.ts';
import { findToShare } from '../../../bot/turns/share.ts';
import type { Turn, TurnDeps } from '../../../bot/turns/turn.ts';
import { whichCustomer } from '../../../bot/cli/explain.ts';
import { systemClock } from '../../../services/clock.ts';
import type { Handle } from '../../../services/notify/handles.ts';
import { waitingIn } from '../../../services/invitations.ts';
import { EVERYBODY } from '../../../services/people/people.ts';
import { nameCustomer, nearCustomers } from '../../../services/search.ts';
import { HANDLES, LISTING, LISTING_KEY, ofCustomer, ticketKey, WATCH_KEY } from '../../../services/store/rows.ts';
import type { Store } from '../../../services/store/store.ts';
import { memoryStore } from '../../support/memory.ts';
import { SHOWS, sampleTicket } from '../../support/samples.ts';
import { ENGLISH } from '../../support/speaking.ts';

const NAMES = ['Contoso Ltd', 'Northwind Traders', 'Fabrikam Inc', 'Alpine Ski House', 'Woodgrove Bank', 'Proseware', 'Tailspin Toys', 'Müller & Söhne'];

async function world(names: readonly string[] = NAMES) {
  const store = memoryStore();
  for (const name of names) {
    await nameCustomer(store, { id: name, name });
    await store.put(...ofCustomer(name), WATCH_KEY, { goneAt: null });
  }
  await store.put(...LISTING, LISTING_KEY, { walkedAt: '2027-01-20T10:00:00.000Z' });
  const offers: Handle[] = [];
  const put = store.put.bind(store);
  store.put = async (...given) => {
    if (given[0] === HANDLES) offers.push(given[3] as Handle);
    return put(...given);
  };
  const deps = {
    ...{ store, clock: systemClock(), wake: { schedule: async () => {}, now: () => {} }, programmes: [], ...ENGLISH, directory: EVERYBODY },
    ...{ fourEyes: { when: 'off' }, shows: SHOWS, isReadOnly: async () => false, log: { info: () => {}, warn: () => {} } },
  } as unknown as TurnDeps;
  const chat = { key: 'c', kind: 'personal', watching: [] };
  let n = 0;
  return {
    ...{ store, deps },
    /** What was said, and what its buttons lead to. */
    write: async (text: string) => {
      offers.length = 0;
      const actor = { key: 'p', tenant: 't', name: 'Ann', roles: ['owner'] };
      const turn = { chat, thread: 'c', below: false, quoted: null, actor, activity: { marks: [`m${++n}`], sentAtMs: 1 } } as unknown as Turn;
      const { say } = await offered(deps, turn, await onText(deps, turn, text));
      const said = say.map((one) => (typeof one === 'string' ? one : JSON.stringify(one))).join(' ');
      return { said, choices: offers.flatMap((one) => one.choices ?? []) };
    },
    invited: async () => (await waitingIn(store, 'c')).length,
  };
}

describe('a mistyped word of a list', () => {
  for (const [written, meant] of [
    ['expiring febuary', 'expiring february'],
    ['expiring Septmber', 'expiring september'],
    ['expiring sutck', 'expiring stuck'],
    ['expiring renws', 'expiring renews'],
    ['expiring stoped', 'expiring stopped'],
  ] as const)
    it(`\`${written}\` is asked whether it is \`${meant}\`, and nobody is invited`, async () => {
      const { write, invited } = await world();
      const { said, choices } = await write(written);
      assert.ok(said.includes(`Did you mean **${meant}**?`), said);
      assert.deepEqual([choices, await invited()], [[{ to: 'command', text: meant, lang: 'en' }], 0]);
    });
  it('is a customer where one is called so, or nearly; and what is near neither may be a company', async () => {
    const { write } = await world([...NAMES, 'Febuary Books']);
    assert.doesNotMatch((await write('expiring febuary')).said, /Did you mean \*\*/);
    const names = ['wingtip', 'west', 'best', 'last', 'novo', 'mars', 'juno', 'opel', 'maya', 'janus', 'se', 'a'];
    for (const name of [...names, 'ends febuary', 'febuary by money', '30 febuary'])
      assert.doesNotMatch((await write(`expiring ${name}`)).said, /Did you mean \*\*/, name);
  });
});

describe('a mistyped customer', () => {
  for (const [command, name] of [
    ['move cotoso', 'Contoso Ltd'],
    ['move northwnd', 'Northwind Traders'],
    ['show fabricam', 'Fabrikam Inc'],
    ['show contosso', 'Contoso Ltd'],
    ['history contosso ltd', 'Contoso Ltd'],
    ['expiring contso', 'Contoso Ltd'],
    ['expiring 30 contso', 'Contoso Ltd'],
    ['watch contosso', 'Contoso Ltd'],
    ['invite contosso', 'Contoso Ltd'],
    ['show ontoso', 'Contoso Ltd'],
    ['show kontoso', 'Contoso Ltd'],
    ['show cantoso', 'Contoso Ltd'],
    ['show cntoso', 'Contoso Ltd'],
    ['show ocntoso', 'Contoso Ltd'],
    ['show ccontoso', 'Contoso Ltd'],
    ['show xcontoso', 'Contoso Ltd'],
    ['show sky house', 'Alpine Ski House'],
    ['show northwindtraders', 'Northwind Traders'],
    ['show norhtw', 'Northwind Traders'],
    ['move mueller', 'Müller & Söhne'],
    ['move prosware office 365', 'Proseware'],
  ] as const)
    it(`\`${command}\` is asked whether it is ${name}, and nothing else is offered`, async () => {
      const { write, invited } = await world();
      const { said, choices } = await write(command);
      assert.match(said, command.startsWith('invite') ? /your customers already/ : /Did you mean this customer/);
      assert.ok(said.includes(name), said);
      assert.equal(choices.filter((one) => one.to !== 'invite').length, 1);
      assert.ok(choices.every((one) => one.to !== 'command'));
      assert.equal(await invited(), 0);
    });

  it('a mark on it is asked about, with its tickets', async () => {
    const { write, store } = await world();
    await store.put(...ofCustomer('Contoso Ltd'), ticketKey('S-1'), sampleTicket({ id: 'S-1', customerId: 'Contoso Ltd', move: null }));
    for (const text of ['snooze contosso 14', 'dismiss contosso they leave', 'note contosso call', 'assign contosso me', 'seen contosso', 'undo contosso']) {
      const { said, choices } = await write(text);
      assert.match(said, /Did you mean this customer/, text);
      assert.deepEqual(
        choices.map((one) => one.to),
        ['mark'],
        text,
      );
    }
  });

  it('several that are near are all offered, nearest first; what is behind the name is kept', async () => {
    const { store } = await world(['Contoso Ltd', 'Contosa AG', 'Fabrikam']);
    const { customers, words } = await nearCustomers(store, 'contosi office 365');
    assert.deepEqual([customers.map((one) => one.name), words], [['Contosa AG', 'Contoso Ltd'], 'office 365']);
    const whole = await nearCustomers(store, 'contosi ag');
    assert.deepEqual([whole.customers.map((one) => one.name), whole.words], [['Contosa AG'], '']);
  });

  it('whoever searches in the compose box, or asks the command line, is helped as well', async () => {
    const { deps, store } = await world();
    const found = await findToShare(
      { ...deps, directory: { rolesOf: async () => ['owner'] } } as unknown as TurnDeps,
      { objectId: 'o', chat: 'x' },
      'contosso',
    );
    assert.ok(Array.isArray(found) && found[0]?.title === 'Contoso Ltd', JSON.stringify(found));
    await assert.rejects(whichCustomer(store, 'contosso'), /Did you mean Contoso Ltd\?/);
  });

  it('a company that nobody is near is offered an invitation; what is no name of one is not', async () => {
    const { write } = await world();
    for (const company of ['Adatum', 'Wide World Importers']) {
      const { said, choices } = await write(`show ${company}`);
      assert.match(said, /I know no customer called/);
      assert.deepEqual(choices, [{ to: 'command', text: `invite ${company}`, lang: 'en' }]);
    }
    for (const none of ['-3', '17', 'ab', 'x', '…', 'all', 'everything', 'what they had when they were here the last time']) {
      for (const command of ['show', 'move', 'expiring']) {
        const { said, choices } = await write(`${command} ${none}`);
        assert.doesNotMatch(said, /invite/i, `${command} ${none}`);
        assert.ok(choices.every((one) => one.to !== 'command' || !one.text.startsWith('invite')));
      }
    }
  });

  it('among ten thousand customers little of the index is read', async () => {
    const syllables = ['ba', 'ce', 'di', 'fo', 'gu', 'ha', 'ke', 'li', 'mo', 'nu', 'pa', 're', 'si', 'to', 'vu', 'wa', 'ze', 'jo', 'xi', 'ya', 'qu', 'bre'];
    const names = Array.from({ length: 10_000 }, (_, n) =>
      [n % 22, (n * 7 + 3) % 22, Math.floor(n / 22) % 22, Math.floor(n / 484)].map((s) => syllables[s]).join(''),
    );
    const { store } = await world([...names.map((name, n) => `${name}${n} GmbH`), 'Contoso Ltd']);
    let [reads, rows] = [0, 0];
    const counted: Store = {
      ...store,
      async range<T>(...given: Parameters<Store['range']>) {
        const found = await store.range<T>(...given);
        reads += 1;
        rows += found.length;
        return found;
      },
    };
    for (const wanted of ['contosso', 'kontoso', 'moxxxxx', 'zzzzzz']) {
      [reads, rows] = [0, 0];
      await nearCustomers(counted, wanted);
      assert.ok(reads <= 110 && rows < 2_500, `${wanted}: ${reads} reads, ${rows} rows`);
    }
    assert.deepEqual(
      (await nearCustomers(counted, 'kontoso')).customers.map((one) => one.name),
      ['Contoso Ltd'],
    );
  });
});
