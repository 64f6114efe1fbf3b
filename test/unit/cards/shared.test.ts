/** What is shared from the compose box reads alone, wherever it stands: no verb but the refresh, no price, nobody's name. */
import assert from 'node:assert/strict';
import { en } from '../../../cards/text/en/en.ts';
import { sharedTicketCard, stateOf } from '../../../cards/ticket/shared.ts';
import { SPENDS } from '../../../dialogs/rights.ts';
import type { Shown } from '../../../services/ticketView.ts';
import { ticketSamples } from '../../support/samples.ts';
import { lint } from './lint.ts';

const PRICE = /€|£|¥|\b(?:EUR|USD|HUF)\s?\d|\d(?:\s|\u00a0)a(?:\s|\u00a0)month/;
const LINK = 'https://teams.microsoft.com/l/message/19%3Aa/m1?tenantId=t';

/** The names of all the people that a sample holds. */
function peopleOf({ names, move, approvers, holders, unmoved }: Shown): string[] {
  const blocked = move?.people?.named.map((one) => one.name) ?? [];
  const waived = move?.waived.flatMap((one) => one.people.map((person) => person.name)) ?? [];
  return [...Object.values(names), ...blocked, ...waived, ...[...approvers, ...holders, ...unmoved].map((one) => one.name)].filter((name) => name.length > 2);
}

function verbsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(verbsIn);
  if (typeof value !== 'object' || value === null) return [];
  const { verb } = value as { verb?: unknown };
  return [...(typeof verb === 'string' ? [verb] : []), ...Object.values(value).flatMap(verbsIn)];
}

describe('a shared card', () => {
  for (const [name, sample] of Object.entries(ticketSamples())) {
    const prices = { on: '2027-01-20', renewal: { minor: 32_550, currency: 'EUR' }, oneMonth: null, extended: { minor: 38_200, currency: 'EUR' } };
    const shown = { ...sample, ticket: { ...sample.ticket, facts: { ...sample.ticket.facts, prices } } };
    it(`of ${name}: reads alone, and tells neither a price nor a name`, () => {
      const { card, summary } = sharedTicketCard(shown, LINK, en);
      const text = JSON.stringify(card) + summary;
      assert.deepEqual([...new Set(verbsIn(card))], ['card.refresh']);
      assert.ok(!SPENDS.has('card.refresh'));
      assert.doesNotMatch(text, /Input\.|ShowCard/);
      assert.doesNotMatch(text, PRICE);
      if (!/hostile|long|rtl/.test(name)) for (const person of peopleOf(shown)) assert.ok(!text.includes(person), person);
      assert.ok(text.includes(LINK));
      assert.deepEqual(lint(card), []);
      assert.doesNotMatch(stateOf(shown, en), PRICE);
    });
  }
  it('without a card elsewhere has no link', () => {
    const [sample] = Object.values(ticketSamples());
    assert.doesNotMatch(JSON.stringify(sharedTicketCard(sample as Shown, null, en).card), /OpenUrl/);
  });
});
