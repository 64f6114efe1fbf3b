/** A card where several read along, as each of its readers sees it. */
import assert from 'node:assert/strict';
import { en } from '../../../cards/text/en/en.ts';
import { ticketCard } from '../../../cards/ticket/ticket.ts';
import { viewCard } from '../../../cards/ticket/views.ts';
import { lacks } from '../../../dialogs/rights.ts';
import type { CardAction } from '../../../dialogs/types.ts';
import type { Role } from '../../../services/people/roles.ts';
import type { Shown } from '../../../services/ticketView.ts';
import { plain } from '../../support/teams.ts';
import { sampleMove, sampleTicket, teamsIds, ticketSamples } from '../../support/samples.ts';
import { lint } from './lint.ts';

const SAMPLES = Object.entries(ticketSamples()).filter(([, one]) => one.chat.kind !== 'personal');
const READERS: [key: string, roles: Role[]][] = [
  ['vi', ['viewer']],
  ['ann', ['requester']],
  ['rae', ['requester']],
  ['lu', ['licenceAdmin']],
  ['ann', ['approver']],
  ['bo', ['approver']],
  ['ow', ['owner']],
];

interface Button {
  verb: string;
  data: Record<string, unknown>;
  mode?: string;
}

function buttonsIn(value: unknown): Button[] {
  if (Array.isArray(value)) return value.flatMap(buttonsIn);
  if (typeof value !== 'object' || value === null) return [];
  const own = (value as { type?: string }).type === 'Action.Execute' ? [value as Button] : [];
  return [...own, ...Object.entries(value).flatMap(([name, inner]) => (name === 'fallback' || name === 'refresh' ? [] : buttonsIn(inner)))];
}

function viewOf(shown: Shown, key: string, roles: readonly Role[]) {
  const may = (verb: string) => lacks(roles, verb as CardAction['verb']) !== null;
  return viewCard({ ...shown, reader: { key, roles }, readers: [`29:${key}`] }, may, en).card;
}

const QUOTE = ticketSamples()['c1-quote-approvers'] as Shown;
const ASKED: Shown = { ...QUOTE, fourEyes: { when: 'always' } };

describe('a reader’s own view', () => {
  for (const [name, sample] of SAMPLES)
    it(`of ${name} grants nothing: its buttons are the base card’s, with its handle and version, and none is pressed in vain`, () => {
      for (const fourEyes of [{ when: 'off' }, { when: 'always' }] as const)
        for (const [key, roles] of READERS) {
          const shown = { ...sample, fourEyes };
          const base = buttonsIn(ticketCard(shown, en).card).map((one) => JSON.stringify([one.verb, one.data]));
          const card = viewOf(shown, key, roles);
          const buttons = buttonsIn(card);
          const who = `${key} ${roles.join()} ${fourEyes.when}`;
          for (const { verb, data } of buttons) {
            assert.ok(base.includes(JSON.stringify([verb, data])), `${who}: ${verb}`);
            assert.equal(lacks(roles, verb as CardAction['verb']), null, `${who}: ${verb}`);
          }
          assert.deepEqual(lint(card), [], who);
          const asks = buttons.some((one) => one.verb === 'purchase.quote');
          assert.ok(asks || !/"id":"(plan|quantity|term)"/.test(JSON.stringify(card)), who);
        }
    });

  it('of a quote: the approver approves, the one who asked reads for whom it waits and may still change or end it, others read the state', () => {
    const verbs = (key: string, roles: Role[]) => [...new Set(buttonsIn(viewOf(ASKED, key, roles)).map((one) => one.verb))];
    const text = (key: string, roles: Role[]) => plain(viewOf(ASKED, key, roles));
    assert.deepEqual(verbs('bo', ['approver']), ['purchase.approve', 'purchase.decline', 'dialog.back', 'move.cancel']);
    assert.doesNotMatch(text('bo', ['approver']), /It waits for/);
    assert.deepEqual(verbs('ann', ['requester']), ['dialog.back', 'move.cancel']);
    assert.match(text('ann', ['requester']), /Waiting for approval.*An approver must say yes to it\. It waits for Bo Ek or Cy Tan\./);
    assert.match(text('ann', ['approver']), /You asked for this, so another approver must say yes to it\. It waits for Bo Ek or Cy Tan\./);
    assert.ok(!verbs('ann', ['approver']).includes('purchase.approve'));
    assert.deepEqual(verbs('vi', ['viewer']), []);
    assert.match(text('vi', ['viewer']), /Buy 7 licences.*It waits for Bo Ek or Cy Tan\./);
  });

  it('shows at once what would be left behind the “…” alone', () => {
    const seen = (key: string, roles: Role[]) =>
      (viewOf(ASKED, key, roles).actions as { mode?: string; title: string; fallback?: { mode?: string } }[]).filter((one) => one.mode !== 'secondary');
    assert.deepEqual(
      seen('ann', ['requester']).map((one) => [one.title, one.fallback?.mode]),
      [
        ['Change', undefined],
        ['Cancel the move', undefined],
      ],
    );
    assert.deepEqual(
      seen('vi', ['viewer']).map((one) => one.title),
      ['Open in Partner Center'],
    );
  });

  it('names nobody of a customer whom the base card does not name', () => {
    for (const [name, sample] of SAMPLES.filter(([name, { move }]) => !/hostile|long|rtl/.test(name) && (move?.people?.named.length ?? 0) > 0)) {
      const hidden = { ...sample, hides: { cost: null, names: true } };
      for (const [key, roles] of READERS)
        for (const person of sample.move?.people?.named ?? [])
          assert.ok(!JSON.stringify(viewOf(hidden, key, roles)).includes(person.name), `${name}: ${person.name}`);
    }
  });
});

describe('the card that all read', () => {
  const refreshOf = (shown: Shown) => (ticketCard(shown, en).card as { refresh?: { action: Button; userIds: string[] } }).refresh;

  it('says who gets a view, by its own handle; it is the same card otherwise', () => {
    const { refresh, ...card } = ticketCard({ ...QUOTE, readers: ['29:bo', '29:ann'] }, en).card;
    assert.deepEqual(card, ticketCard(QUOTE, en).card);
    assert.deepEqual(refresh, {
      action: { type: 'Action.Execute', title: 'Refresh', verb: 'ticket.view', data: { id: QUOTE.handle }, associatedInputs: 'none' },
      userIds: ['29:bo', '29:ann'],
    });
  });

  it('names nobody where nobody is known, and where the ticket is closed', () => {
    assert.equal(refreshOf(QUOTE), undefined);
    const closed = sampleTicket({ closed: { how: 'renewed', at: '2027-01-21T08:14:00.000Z' } });
    assert.equal(refreshOf({ ...QUOTE, ticket: closed, move: sampleMove({ state: 'cancelled' }), readers: ['29:bo'] }), undefined);
  });

  it('is never too large for it: sixty readers on a usual card, fewer on a long one, those first who come first', () => {
    const ids = teamsIds(60);
    assert.ok((ids[0]?.length ?? 0) > 120, 'as long as those of Teams');
    assert.equal(refreshOf({ ...QUOTE, readers: ids })?.userIds.length, 60);
    for (const [name, sample] of SAMPLES) {
      const card = ticketCard({ ...sample, readers: ids }, en).card as { refresh?: { userIds: string[] } };
      assert.deepEqual(lint(card), [], name);
      const { userIds = [] } = card.refresh ?? {};
      assert.deepEqual(userIds, ids.slice(0, userIds.length), name);
      if (!sample.ticket.closed) assert.ok(userIds.length >= 20, `${name}: ${userIds.length}`);
    }
  });
});
