/** A company that is not a customer yet: invited in a chat, waited for, and told when it came; stored before it is said, never guessed. */
import assert from 'node:assert/strict';
import { onText } from '../../../bot/turns/command.ts';
import { invitationsTurn } from '../../../bot/turns/invited.ts';
import type { LateAnswerDeps } from '../../../bot/turns/lateAnswer.ts';
import { takeChoice } from '../../../bot/turns/choice.ts';
import type { Turn, TurnResult } from '../../../bot/turns/turn.ts';
import { en } from '../../../cards/text/en/en.ts';
import type { Chat } from '../../../services/domain/ticket.ts';
import { type Invitation, invitations, noteNewcomer, storeInvitation } from '../../../services/invitations.ts';
import { type Choice, readHandle } from '../../../services/notify/handles.ts';
import { PartnerCenterError, type Reseller } from '../../../services/partnerCenter/port.ts';
import { meet } from '../../../services/people/people.ts';
import type { Role } from '../../../services/people/roles.ts';
import type { Row } from '../../../services/store/store.ts';
import { nameCustomer } from '../../../services/search.ts';
import { CHAT_KEY, LISTING, LISTING_KEY, ofChat, ofCustomer, WATCH_KEY } from '../../../services/store/rows.ts';
import { partner } from '../../support/partner.ts';
import { ENGLISH } from '../../support/speaking.ts';

const CHAT = { key: 'chat-1', kind: 'channel', dead: false, watching: [], reference: {}, tenantId: 't' } as unknown as Chat;
const DAY_MS = 86_400_000;
const LINK = 'https://admin.example/invite?partnerId=1';

/** A bot over storage in memory whose customers are listed: Contoso is one, whoever is put into `names` becomes one. */
async function world({ listed = true }: { listed?: boolean } = {}) {
  const one = partner();
  if (listed) await one.walkAfter(0);
  await one.store.put(...ofChat(CHAT.key), CHAT_KEY, CHAT);
  const ann = await meet(one.store, { objectId: 'oid-ann', tenantId: 't', name: 'Ann' }, null, '2027-01-20');
  const told: TurnResult[] = [];
  const scene = { roles: ['requester'] as Role[], fails: false as boolean | Error, lost: false };
  const resellers: Reseller[] = [];
  const pc = {
    relationshipLink: async () => (scene.fails ? Promise.reject(scene.fails) : LINK),
    resellers: async () => [...resellers],
  };
  const deps = {
    ...{ store: one.store, clock: one.deps.clock, wake: one.deps.wake, ...ENGLISH, programmes: [], partnerCenter: pc, fourEyes: { when: 'off' } },
    ...{
      log: { info() {}, warn() {} },
      isReadOnly: async () => false,
      directory: { rolesOf: async () => scene.roles, rolesNow: async () => scene.roles, holders: async () => [] },
    },
    tell: async (_chat: Chat, _thread: string, result: TurnResult) => {
      if (scene.lost) throw new Error('Teams did not take it');
      told.push(result);
    },
  } as unknown as LateAnswerDeps;
  const turn = (mark: string): Turn => ({
    ...{ chat: CHAT, thread: 'thread', below: false, quoted: null },
    ...{ actor: { key: ann.key, tenant: 't', name: 'Ann', roles: ['requester'] }, activity: { marks: [mark], sentAtMs: one.deps.clock.wallMs() } },
  });
  const write = async (text: string, mark = text) => (await onText(deps, turn(mark), text)).say;
  /** What the choices of a card lead to, by their titles. */
  const choices = async (result: TurnResult | undefined): Promise<Choice[]> => {
    const card = result?.say.find((each) => typeof each !== 'string');
    if (!card || typeof card === 'string') return [];
    return (await readHandle(one.store, card.handle as string))?.choices ?? [];
  };
  const press = async (choice: Choice | undefined) => takeChoice(deps, turn(`press ${Math.random()}`), choice as Exclude<Choice, { to: 'watch' }>, 0);
  return {
    ...{ one, deps, told, scene, resellers, write, choices, press },
    look: () => invitationsTurn(deps),
    rows: async (): Promise<Invitation[]> => (await invitations(one.store)).map((row) => row.value),
    /** Somebody accepts, and the list is read. */
    accepts: async (id: string, name: string) => {
      one.names.set(id, name);
      await one.walkAfter(3_600_001);
    },
    texts: () => told.map((each) => String(each.say[0])),
  };
}

const ADATUM = 'a0000000-0000-4000-8000-000000000001';
const TWIN = 'a0000000-0000-4000-8000-000000000002';

describe('a company that is not a customer yet', () => {
  it('is stored before anything is asked or said, once however often it is delivered; then the link comes', async () => {
    const { write, rows, look, texts, told } = await world();
    for (let n = 0; n < 3; n++) assert.match(String((await write('invite Adatum', 'm'))[0]), /I ask Partner Center for the link|I wait for Adatum/);
    assert.deepEqual(
      (await rows()).map((one) => [one.company, one.link, one.say, one.over]),
      [['Adatum', null, null, null]],
    );
    await look();
    await look();
    assert.equal(told.length, 1);
    assert.match(texts()[0] ?? '', /A global admin of Adatum opens \[this link\]\(https:\/\/admin\.example\/invite\?partnerId=1\) and accepts/);
    assert.match(texts()[0] ?? '', /19\sFebruary\s2027/);
  });

  it('its acceptance is found in the list of customers and told to whoever invited it, once; move and watch follow', async () => {
    const { write, look, accepts, texts, told, choices, rows } = await world();
    await write('invite Adatum');
    await look();
    await accepts(ADATUM, 'Adatum');
    await look();
    await look();
    assert.equal(told.length, 2);
    assert.match(texts()[1] ?? '', /^Ann: Adatum is your customer now/);
    assert.deepEqual(
      (await choices(told[1])).map((one) => [one.to, 'command' in one ? one.command : '']),
      [
        ['customer', 'move'],
        ['watch', ''],
      ],
    );
    assert.deepEqual((await rows())[0]?.over?.how, 'accepted');
  });

  it('one of another name, or two of one, are asked about: who it is, or that it is none of them', async () => {
    const { write, look, accepts, told, texts, choices, press, rows } = await world();
    await write('invite Adatum');
    await look();
    await accepts(ADATUM, 'Litware Holding');
    await look();
    assert.match(texts()[1] ?? '', /another company has become your customer\. By the name alone I cannot tell/);
    const [none] = await choices(told[1]);
    assert.match(String((await press(none)).say[0]), /go on waiting for Adatum/);
    await look();
    assert.deepEqual([told.length, (await rows())[0]?.over], [2, null]);
    await accepts(TWIN, 'Adatum Corporation');
    await look();
    const [, that, ...more] = await choices(told[2]);
    assert.deepEqual([that?.to, more.length], ['invited', 0], 'whom somebody said it is not is not asked about again');
    const next = await press(that);
    assert.deepEqual((await choices(next)).length, 2);
    const [row] = await rows();
    assert.deepEqual([row?.over?.how, row?.customer?.id], ['accepted', TWIN]);
  });

  it('a name that a customer has, or nearly has, is asked about and not invited; the way out invites it all the same', async () => {
    const { deps, one, write, rows, choices, press, accepts, look, texts } = await world();
    for (const name of ['Contoso', 'cont']) {
      const say = await write(`invite ${name}`);
      const [fresh, known] = await choices({ say });
      assert.deepEqual([fresh?.to, known?.to, (await rows()).length], ['invite', 'joined', 0], name);
    }
    await nameCustomer(one.store, { id: 'left', name: 'Fourth Coffee' });
    await one.store.put(...ofCustomer('left'), WATCH_KEY, { name: 'Fourth Coffee', goneAt: '2026-01-01T00:00:00.000Z' });
    assert.match(String((await write('invite Fourth Coffee'))[0]), /I ask Partner Center/, 'one that has left is no customer');
    const [fresh] = await choices({ say: await write('invite Contoso', 'anew') });
    await press(fresh);
    await look();
    await look();
    assert.ok(!texts().some((text) => text.includes('is your customer now')), 'and is not found in who was there before');
    await accepts(ADATUM, 'Contoso');
    await look();
    assert.match(texts().at(-1) ?? '', /Contoso is your customer now|become your customer/);
    assert.ok(deps);
  });

  it('before the list of customers was read nobody is invited: who is new in it could not be told', async () => {
    const { write, rows } = await world({ listed: false });
    assert.deepEqual(await write('invite Adatum'), [en.invite.notListed()]);
    assert.deepEqual(await rows(), []);
  });

  it('whoever was a customer at the first listing is nobody who came', async () => {
    const { one, write, rows, deps } = await world();
    await write('invite Adatum');
    const row = await one.store.get<Record<string, unknown>>(...LISTING, LISTING_KEY);
    await one.store.put(...LISTING, LISTING_KEY, { ...row?.value, walkedAt: null, nextAt: 0 });
    one.names.set(TWIN, 'Litware');
    await one.walkAfter(3_600_001);
    assert.deepEqual((await rows())[0]?.came, []);
    assert.ok(deps);
  });

  it('is reminded of on the third and fourteenth day, with a way out, and ends after thirty', async () => {
    const { one, write, look, told, texts, choices, press } = await world();
    await write('invite Adatum');
    for (let day = 0; day < 45; day++) {
      await look();
      one.wait(DAY_MS);
    }
    assert.deepEqual(
      texts().map((text) => text.replace(/ (since|opens|no longer).*/, '')),
      ['A global admin of Adatum', 'Adatum has not accepted', 'Adatum has not accepted', 'Adatum has not accepted'],
    );
    assert.match(texts()[3] ?? '', /I no longer wait for it/);
    const [forget] = await choices(told[1]);
    assert.deepEqual((await press(forget)).say, [en.invite.over()], 'an old card finds that it is over');
  });

  it('is not said to have stayed away while nobody has said whether it is who came: who came is asked about again', async () => {
    const { one, write, look, accepts, texts, told, choices } = await world();
    await write('invite Adatum');
    await look();
    await accepts(ADATUM, 'Northern Light GmbH');
    await look();
    assert.match(texts().at(-1) ?? '', /another company has become your customer/);
    const again = await write('invite Adatum', 'again');
    for (const said of again) assert.doesNotMatch(JSON.stringify(said), /not accepted|[Nn]obody has accepted/);
    one.wait(4 * DAY_MS);
    await look();
    assert.deepEqual([told.length, (await choices(told.at(-1))).length], [3, 2], 'who came, or go on waiting');
    assert.doesNotMatch(texts().at(-1) ?? '', /not accepted/);
    one.wait(27 * DAY_MS);
    await look();
    await look();
    assert.match(texts().at(-1) ?? '', /I no longer wait for (it|Adatum)/);
    assert.doesNotMatch(texts().at(-1) ?? '', /not accepted/);
  });

  it('whoever was ruled out makes room for the next who come', async () => {
    const { deps, write, rows } = await world();
    await write('invite Adatum');
    const company = (n: number) => ({ id: `c${n}`, name: `Company ${n}`, domain: '' });
    for (let n = 0; n < 20; n++) await noteNewcomer(deps.store, company(n));
    const [row] = await invitations(deps.store);
    await storeInvitation(deps.store, row as Row<Invitation>, { ...(row as Row<Invitation>).value, not: Array.from({ length: 20 }, (_, n) => `c${n}`) });
    await noteNewcomer(deps.store, company(20));
    assert.ok((await rows())[0]?.came.some((one) => one.id === 'c20'));
  });

  it('more than one card can name who come meanwhile are not lost: their turn comes when somebody has said who the first are', async () => {
    const { one, deps, write, look, rows, texts } = await world();
    await write('invite Adatum');
    await look();
    const company = (n: number) => ({ id: `c${n}`, name: `Company ${n}`, domain: '' });
    for (let n = 0; n < 30; n++) {
      await one.store.put(...ofCustomer(`c${n}`), WATCH_KEY, { name: `Company ${n}`, goneAt: n === 25 ? '2027-01-20T12:00:00.000Z' : null });
      for (let twice = 0; twice < 2; twice++) await noteNewcomer(deps.store, company(n));
    }
    const ids = (some: readonly { id: string }[] | undefined) => some?.map((each) => each.id);
    assert.deepEqual([ids((await rows())[0]?.came)?.length, (await rows())[0]?.more?.length], [20, 10]);
    const [row] = await invitations(deps.store);
    const not = Array.from({ length: 18 }, (_, n) => `c${n}`);
    await storeInvitation(deps.store, row as Row<Invitation>, { ...(row as Row<Invitation>).value, not });
    await look();
    await look();
    const [now] = await rows();
    assert.deepEqual(ids(now?.came), ['c18', 'c19', 'c20', 'c21', 'c22', 'c23', 'c24', 'c26', 'c27', 'c28', 'c29'], 'one has left meanwhile');
    assert.deepEqual([now?.more, now?.over], [[], null]);
    assert.ok(now?.told.includes('c20') && texts().length >= 2, 'and they are asked about');
  });

  it('is forgotten by a press or a word, exactly the one that was named; delivered again it does not come back', async () => {
    const { write, look, rows, choices, press } = await world();
    await write('invite Adatum', 'm');
    await write('invite Litware');
    await look();
    assert.match(String((await write('uninvite adat'))[0]), /I wait for no company called “adat” here\. I wait for (?=.*Adatum).*Litware/);
    await write('uninvite adatum');
    await write('invite Adatum', 'm');
    assert.deepEqual((await rows()).map((one) => [one.company, one.over?.how]).sort(), [
      ['Adatum', 'forgotten'],
      ['Litware', undefined],
    ]);
    const [forget] = await choices({ say: await write('invite litware', 'again') });
    await press(forget);
    assert.deepEqual(
      (await rows()).filter((one) => !one.over),
      [],
    );
  });

  it('a Partner Center that gives no link is asked again for a quarter of an hour; then that is said, and nobody is waited for', async () => {
    const { one, scene, write, look, texts, rows } = await world();
    scene.fails = new PartnerCenterError('unclear', 'no answer', 'no answer');
    await write('invite Adatum');
    assert.deepEqual(await look(), { retryInMs: 10_000 });
    assert.deepEqual(texts(), []);
    one.wait(900_000);
    await look();
    await look();
    assert.match(texts().join(), /^Partner Center gives me no link for Adatum, so I wait for nobody/);
    assert.equal((await rows())[0]?.over?.how, 'lapsed');
  });

  it('what Teams did not take is said again, and nothing is lost; a crash between saying and noting says it twice at most', async () => {
    const { one, scene, write, look, told } = await world();
    await write('invite Adatum');
    scene.lost = true;
    assert.deepEqual(await look(), { retryInMs: 10_000 });
    scene.lost = false;
    assert.deepEqual(await look(), 'idle');
    assert.equal(told.length, 0, 'whoever was at it may still say it');
    one.wait(60_001);
    await look();
    await look();
    assert.equal(told.length, 1);
  });

  it('two processes at once tell it once', async () => {
    const { write, look, told } = await world();
    await write('invite Adatum');
    await Promise.all([look(), look(), look()]);
    await look();
    assert.equal(told.length, 1);
  });

  it('of an indirect provider the reseller of record is named: the only one, the one that was written, or the one that is chosen', async () => {
    const { resellers, write, look, texts, told, choices, press, accepts, rows } = await world();
    resellers.push({ name: 'ReleCloud', mpnId: '4847433' });
    await write('invite Adatum');
    await look();
    assert.match(texts()[0] ?? '', /Reseller of record: ReleCloud \(4847433\)/);
    resellers.push({ name: 'First Up', mpnId: '4847383' });
    await write('invite Litware');
    await look();
    assert.match(texts()[1] ?? '', /You sell through 2 resellers\. Which one/);
    await press((await choices(told[1]))[1]);
    await accepts(TWIN, 'Litware');
    await look();
    const joined = texts().find((text) => text.includes('Litware is your customer now'));
    assert.match(joined ?? '', /Reseller of record: First Up \(4847383\)/);
    await write('invite Fourth Coffee through first up');
    await look();
    assert.match(texts().at(-1) ?? '', /Reseller of record: First Up/);
    await write('invite Fabrikam through Nobody');
    await look();
    assert.match(texts().at(-1) ?? '', /None of your resellers is called “Nobody”\. You sell through 2/);
    await write('invite Fabrikam through ReleCloud');
    await look();
    assert.deepEqual((await rows()).find((one) => one.company === 'Fabrikam')?.reseller, { is: 'one', name: 'ReleCloud', mpnId: '4847433' });
  });

  it('nothing is told to somebody who has no role any more, nor in a chat that is gone', async () => {
    const { one, scene, write, look, told, rows, accepts } = await world();
    await write('invite Adatum');
    await look();
    scene.roles = [];
    await accepts(ADATUM, 'Adatum');
    await look();
    assert.deepEqual([told.length, await rows()], [1, []]);
    scene.roles = ['requester'];
    await write('invite Litware');
    await one.store.put(...ofChat(CHAT.key), CHAT_KEY, { ...CHAT, dead: true });
    await look();
    assert.deepEqual([told.length, await rows()], [1, []]);
  });

  it('one chat waits for ten at most', async () => {
    const { write, rows } = await world();
    const said = [];
    for (let n = 0; n < 12; n++) said.push((await write(`invite Company ${n}`))[0]);
    assert.deepEqual([(await rows()).length, said.at(-1)], [10, en.invite.tooMany({ most: 10 })]);
  });
});
