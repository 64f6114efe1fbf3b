/** What a card says about the world stands beside it as a claim. */
import assert from 'node:assert/strict';
import { watchingCard } from '../../../cards/chat/chat.ts';
import { type Claimed, claimsAllRenew } from '../../../cards/claims.ts';
import { nameBare } from '../../../cards/escape.ts';
import { listCard } from '../../../cards/lists/lists.ts';
import { rendererIn, ticketCard } from '../../../cards/ticket/ticket.ts';
import { en } from '../../../cards/text/en/en.ts';
import type { NewsKind } from '../../../services/domain/ticket.ts';
import { LISTED, ticketSamples } from '../../support/samples.ts';
import { SENTENCES, textsOf, unclaimed } from './sentences.ts';
import type { Shown } from '../../../services/ticketView.ts';

const HANDLE = 'abcdefghijklmnopqrstuv';
const KINDS: NewsKind[] = [
  'asked',
  'repriced',
  'approved',
  'declined',
  'lapsed',
  'cancelled',
  'refused',
  'counted',
  'moved',
  'someFailed',
  'finished',
  'stuck',
  'renewed',
  'ended',
  'waits',
  'reminder',
];

/** Whether a ticket that stands so can have such news. */
function occurs(kind: NewsKind, { move }: Shown): boolean {
  if (kind === 'finished') return move?.state === 'finished';
  return kind !== 'stuck' || move?.state === 'stuck';
}

describe('claims', () => {
  const samples = Object.entries(ticketSamples()).filter(([name]) => !/^x/.test(name));

  for (const [name, shown] of samples)
    it(`${name}: no sentence about the world without its claim`, () => {
      const { card, claims } = ticketCard(shown, en);
      assert.deepEqual(unclaimed(textsOf(card), claims), []);
    });

  it('a move that was ended while its people were being looked at anew: who had moved stands in what happened, as of then', () => {
    const finished = ticketSamples()['f1-finished'] as Shown;
    const [at, what] = ['2027-01-20T10:30:00.000Z', 'moved'];
    const row = { at, by: 'bot', tenant: 't', what, before: 'reassigning', after: 'purchased', data: { moved: 5, total: 7 } };
    const shown = {
      ...finished,
      move: { ...(finished.move as NonNullable<Shown['move']>), outcome: 'givenUp' as const, people: null },
      record: [...finished.record, row as unknown as Shown['record'][number]],
    };
    const { card, claims } = ticketCard(shown, en);
    assert.match(textsOf(card).join('\n'), /5 of 7.people moved/);
    assert.deepEqual(unclaimed(textsOf(card), claims), []);
    assert.deepEqual(
      claims.find((one) => one.claims === 'moved'),
      { claims: 'moved', of: shown.ticket.id, asOf: at, moved: 5, total: 7 },
    );
  });

  it('a thread’s line claims what it says, at the date of its news', () => {
    const renderer = rendererIn(en);
    for (const [name, shown] of samples)
      for (const kind of KINDS) {
        if (!occurs(kind, shown)) continue;
        const data = { moved: 5, total: 7, movable: 1, blocked: 1, days: 7, count: 1 };
        const line = renderer.line({ kind, ticketId: 'S-1', by: 'ann', at: '2027-01-20T09:00:00.000Z', data }, shown);
        if (line) assert.deepEqual(unclaimed([line.text], line.claims), [], `${name} ${kind}`);
      }
  });

  it('what was counted for a purchase that was left is not said of the next one: a line may come late', () => {
    const line = (shown: Shown) =>
      rendererIn(en).line(
        { kind: 'counted', ticketId: 'S-1', by: null, at: '2027-01-20T09:00:00.000Z', data: { moved: 0, total: 2, movable: 1, blocked: 1 } },
        shown,
      );
    for (const [name, shown] of samples) {
      const bought = line(shown);
      if (shown.move?.order == null) assert.equal(bought, null, name);
      else
        assert.ok(
          bought?.claims.every((one) => one.asOf !== null),
          name,
        );
    }
  });

  it('a reminder of a bought move says how many have moved, who has neither licence, and what is paid for only where the old one is active', () => {
    const renderer = rendererIn(en);
    const bought = Object.values(ticketSamples()).find((one) => one.move?.state === 'purchased' && one.move.people) as Shown;
    function says(people: { moved: number; without: number }, standing: 'suspended' | null = null): string {
      const move = { ...bought.move, people: { ...bought.move?.people, total: 7, ...people } } as Shown['move'];
      const ticket = { ...bought.ticket, facts: { ...bought.ticket.facts, standing } };
      const news = { kind: 'waits', ticketId: 'S-1', by: null, at: '2027-01-20T09:00:00.000Z', data: { count: 1 } } as const;
      return (renderer.line(news, { ...bought, ticket, move })?.text ?? '').replaceAll('\u00a0', ' ');
    }
    const [begins, ends] = ['A reminder: the new licences are bought and', 'until then both subscriptions are paid for.'];
    assert.equal(says({ moved: 0, without: 0 }), `${begins} nobody has been moved. Choose who moves; ${ends}`);
    assert.equal(says({ moved: 3, without: 0 }), `${begins} 3 of 7 people have moved. Choose what happens with the others; ${ends}`);
    assert.equal(says({ moved: 3, without: 1 }, 'suspended'), `${begins} 1 person has neither licence now. The next try gives the new one.`);
    const cancelled = { ...bought, move: { ...bought.move, state: 'cancelled' } as Shown['move'] };
    assert.equal(renderer.line({ kind: 'waits', ticketId: 'S-1', by: null, at: '', data: { count: 1 } }, cancelled), null);
  });

  it('an unclear purchase claims neither that it was bought nor that it was not', () => {
    const made = new Set<Claimed>();
    for (const [, shown] of samples) {
      if (shown.move?.stuck?.reason !== 'purchaseUnclear') continue;
      for (const claim of ticketCard(shown, en).claims) made.add(claim.claims);
    }
    assert.ok(!made.has('bought') && !made.has('nothingBought'));
  });

  it('an empty list claims what it says of its customer, and nothing of all', () => {
    const view = { ...LISTED, rows: [], from: 0, handle: HANDLE, today: '2027-01-20', within: 3650 };
    const claims = [claimsAllRenew('c', '2027-01-20T09:00:00.000Z')];
    assert.deepEqual(listCard({ ...view, stands: { text: en.replies.allRenew({ customer: nameBare('C') }), claims } }, en).claims, claims);
    assert.deepEqual(listCard(view, en).claims, []);
  });

  it('what a chat watches is claimed as of now', () => {
    const view = { watching: [{ what: 'all' as const }], by: null, at: null, overview: { customers: 2, open: 1, next: null }, now: '2027-01-20T09:00:00.000Z' };
    assert.deepEqual(watchingCard(HANDLE, view, en).claims, [{ claims: 'watches', of: '', asOf: '2027-01-20T09:00:00.000Z', watching: [{ what: 'all' }] }]);
  });

  it('the table of sentences bites: each finds its sentence on some card, and misses the claim when it is taken away', () => {
    const renderer = rendererIn(en);
    const texts = samples.flatMap(([, shown]) => [
      ...textsOf(ticketCard(shown, en).card),
      ...KINDS.flatMap(
        (kind) => renderer.line({ kind, ticketId: 'S-1', by: 'ann', at: '', data: { moved: 0, total: 0, movable: 0, blocked: 0 } }, shown)?.text ?? [],
      ),
    ]);
    const rare = [/Everything/, /This chat/];
    for (const [sentence] of SENTENCES) {
      if (rare.some((one) => sentence.source.includes(one.source))) continue;
      const found = texts.find((text) => sentence.test(text));
      assert.ok(found, `no card says ${sentence}`);
      assert.notDeepEqual(unclaimed([found], []), []);
    }
  });
});
