/** What is done about a company that was invited, moment by moment; and through whom it buys. */
import assert from 'node:assert/strict';
import { mayBe, nextOf, throughWhom, waitsUntil } from '../../../dialogs/invite.ts';
import type { Invitation } from '../../../services/invitations.ts';

const AT = '2027-01-20T10:00:00.000Z';
const ADATUM = { id: 'a', name: 'Adatum', domain: 'adatum.example' };
const OTHER = { id: 'b', name: 'Adatum Corporation', domain: 'adatumcorp.example' };

function invitation(changes: Partial<Invitation> = {}): Invitation {
  return {
    company: 'adatum',
    ...{
      through: null,
      chat: 'chat-1',
      thread: 'thread',
      person: 'ann',
      tenant: 't',
      at: AT,
      until: waitsUntil(AT),
      link: 'https://link.example/',
      linkAskedAt: AT,
    },
    ...{ reseller: { is: 'nobody' }, not: [], came: [], told: [], reminders: 0, say: null, over: null, customer: null, heldUntil: null },
    ...changes,
  };
}

const over = { how: 'lapsed', at: AT } as const;
const MOMENTS: [string, Partial<Invitation>, string, object][] = [
  ['just invited, without a link', { link: null }, AT, { do: 'askLink' }],
  ['fourteen minutes without a link', { link: null }, '2027-01-20T10:14:00.000Z', { do: 'askLink' }],
  ['a quarter of an hour without a link', { link: null }, '2027-01-20T10:15:00.000Z', { say: 'noLink', over: 'lapsed' }],
  ['something waits to be said', { say: 'link' }, AT, { do: 'say' }],
  ['the last word waits to be said', { say: 'lapsed', over }, '2027-01-26T10:00:00.000Z', { do: 'say' }],
  ['nobody takes the last word', { say: 'lapsed', over }, '2027-01-27T10:00:01.000Z', { do: 'remove' }],
  ['nobody took the first word in thirty days', { say: 'link' }, '2027-02-19T10:00:00.000Z', { say: 'lapsed', over: 'lapsed' }],
  ['nobody came on the second day', {}, '2027-01-22T10:00:00.000Z', { do: 'wait' }],
  ['nobody came in three days', {}, '2027-01-23T10:00:01.000Z', { say: 'reminder', over: undefined, reminders: 1 }],
  ['reminded once', { reminders: 1 }, '2027-01-30T10:00:00.000Z', { do: 'wait' }],
  ['nobody looked for two weeks', {}, '2027-02-04T10:00:00.000Z', { say: 'reminder', over: undefined, reminders: 2 }],
  ['nobody came in thirty days', { reminders: 2 }, '2027-02-19T10:00:00.000Z', { say: 'lapsed', over: 'lapsed' }],
  ['over for six days', { over }, '2027-01-26T10:00:00.000Z', { do: 'wait' }],
  ['over for more than a week', { over }, '2027-01-27T10:00:01.000Z', { do: 'remove' }],
  ['one of that name came', { came: [ADATUM] }, AT, { say: 'came', over: 'accepted', customer: 'a' }],
  ['one of another name came: it is asked about', { came: [OTHER] }, AT, { say: 'came', over: undefined, customer: undefined }],
  ['two of that name came: they are asked about', { came: [ADATUM, { ...ADATUM, id: 'c' }] }, AT, { say: 'came', over: undefined, customer: undefined }],
  ['one of that name and another came', { came: [ADATUM, OTHER] }, AT, { say: 'came', over: undefined, customer: undefined }],
  ['who came was asked about', { came: [OTHER], told: ['b'] }, AT, { do: 'wait' }],
  ['somebody said that it is not that one', { came: [OTHER], told: ['b'], not: ['b'] }, AT, { do: 'wait' }],
  ['it came on the last day', { came: [ADATUM], reminders: 2 }, '2027-02-20T10:00:00.000Z', { say: 'came', over: 'accepted', customer: 'a' }],
];

describe('a company that was invited', () => {
  for (const [when, changes, at, wanted] of MOMENTS)
    it(when, () => {
      const step = nextOf(invitation(changes), [], at);
      const { next } = step as { next?: Invitation };
      const { reminders } = wanted as { reminders?: number };
      const told = next
        ? {
            say: next.say,
            over: next.over?.how,
            ...('customer' in wanted ? { customer: next.customer?.id } : {}),
            ...(reminders ? { reminders: next.reminders } : {}),
          }
        : step;
      assert.deepEqual(told, wanted);
    });

  it('is found among the customers by its whole name where nobody saw it come, and never where it was there before', () => {
    assert.equal((nextOf(invitation(), [ADATUM], AT) as { next: Invitation }).next.customer?.id, 'a');
    assert.deepEqual(nextOf(invitation({ not: ['a'] }), [ADATUM], AT), { do: 'wait' });
    assert.deepEqual(mayBe(invitation({ came: [OTHER], not: ['a'] }), [ADATUM]), [OTHER]);
  });

  it('of many who came seven are asked about at a time: nobody is ruled out unseen', () => {
    let now = invitation({ came: Array.from({ length: 16 }, (_, n) => ({ id: `c${n}`, name: `Company ${n}`, domain: '' })) });
    const asked: string[][] = [];
    for (let step = nextOf(now, [], AT); step.do === 'store'; step = nextOf(now, [], AT)) {
      asked.push(step.next.told);
      now = { ...step.next, say: null, not: [...step.next.not, ...step.next.told] };
    }
    assert.deepEqual([asked.map((ids) => ids.length), asked.flat().length, new Set(asked.flat()).size], [[7, 7, 2], 16, 16]);
  });

  it('comes to an end, whatever the moments at which it is looked at: at most six things are said', () => {
    for (const hours of [1, 7, 24, 100, 2_000]) {
      let now = invitation();
      const said: string[] = [];
      for (let at = Date.parse(AT), turns = 0; turns < 3_000; at += hours * 3_600_000, turns++) {
        const step = nextOf(now, [], new Date(at).toISOString());
        if (step.do === 'remove') break;
        if (step.do === 'store') now = step.next;
        if (now.say !== null) said.push(now.say);
        now = { ...now, say: null };
      }
      assert.equal(said.at(-1), 'lapsed', `${hours} hours`);
      assert.ok(said.length <= 6, said.join());
    }
  });
});

describe('through whom a company buys', () => {
  const FIRST = { name: 'First Up Consultants', mpnId: '4847383' };
  const RELE = { name: 'ReleCloud', mpnId: '4847433' };
  const cases: [string, (typeof RELE)[] | null, string | null, string, string?][] = [
    ['we are no indirect provider', [], null, 'nobody'],
    ['nobody says whether we are one', null, null, 'unknown'],
    ['we have one reseller', [RELE], null, 'one', '4847433'],
    ['we have two, and nobody was named', [FIRST, RELE], null, 'which'],
    ['one was named', [FIRST, RELE], 'relecloud', 'one', '4847433'],
    ['one was named by his number', [FIRST, RELE], '4847383', 'one', '4847383'],
    ['half a name is no name', [FIRST, RELE], 'first', 'none'],
    ['two are called so', [RELE, { ...RELE, mpnId: '1' }], 'ReleCloud', 'which'],
    ['one was named and we have none', [], 'ReleCloud', 'none'],
  ];
  for (const [when, resellers, written, is, mpnId] of cases)
    it(when, () => {
      const through = throughWhom(resellers, written);
      assert.deepEqual([through.is, 'mpnId' in through ? through.mpnId : undefined], [is, mpnId]);
    });
});
