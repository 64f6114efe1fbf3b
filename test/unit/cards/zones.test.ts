/** Moments are told by the clock of the place in which they are read, and say which; days of Partner Center are the same everywhere. */
import assert from 'node:assert/strict';
import { zoneNow } from '../../../cards/text/clock.ts';
import { en } from '../../../cards/text/en/en.ts';
import { wordsIn } from '../../../cards/text/zone.ts';
import { rendererIn } from '../../../cards/ticket/ticket.ts';
import { allCards, ticketSamples } from '../../support/samples.ts';

const plain = (text: unknown) => String(text).replaceAll('\u00a0', ' ');

describe('moments on cards', () => {
  for (const [zone, winter, summer] of [
    ['America/New_York', '19 January 2027 19:30 New York time', '30 June 2027 20:30 New York time'],
    ['Europe/Paris', '20 January 2027 01:30 Paris time', '1 July 2027 02:30 Paris time'],
    ['Europe/Stockholm', '20 January 2027 01:30 Stockholm time', '1 July 2027 02:30 Stockholm time'],
    ['Pacific/Kiritimati', '20 January 2027 14:30 Kiritimati time', '1 July 2027 14:30 Kiritimati time'],
    ['UTC', '20 January 2027 00:30 UTC', '1 July 2027 00:30 UTC'],
  ] as const)
    it(`are those of ${zone}`, () => {
      const words = wordsIn(en, zone);
      assert.equal(plain(words.stamp('2027-01-20T00:30:00Z')), winter);
      assert.equal(plain(words.stamp('2027-07-01T00:30:00Z')), summer);
      assert.equal(plain(words.date('2027-03-03')), '3 March 2027', 'a day is nobody’s clock');
      assert.equal(plain(words.watching.startedBy({ who: 'Ann' as never, at: '2027-01-20T00:30:00Z' })), `Started by Ann, ${winter}.`, 'in a sentence too');
      assert.equal(zoneNow(), 'UTC', 'and nobody else’s afterwards');
    });
  it('are those of the second place where words of one are taken to another', () => {
    assert.equal(wordsIn(wordsIn(en, 'Europe/Paris'), 'UTC'), en);
    assert.equal(wordsIn(wordsIn(en, 'Europe/Paris'), 'America/New_York'), wordsIn(en, 'America/New_York'));
  });
  it('are nobody else’s after a sentence that fails', () => {
    assert.throws(() => wordsIn(en, 'Europe/Paris').watching.startedBy(null as never));
    assert.equal(zoneNow(), 'UTC');
  });
  it('differ on one ticket’s card in two chats, where the days do not', () => {
    const { ticket } = rendererIn(en);
    const shown = ticketSamples()['c1-quote'];
    assert.ok(shown);
    const at = (zone: string) => plain(JSON.stringify(ticket({ ...shown, chat: { ...shown.chat, settings: { zone } } }).card));
    assert.match(at('America/New_York'), /05:02 New York time/);
    assert.match(at('Europe/Stockholm'), /11:02 Stockholm time/);
    assert.ok(!at('Europe/Stockholm').includes('UTC'));
  });
  it('say by which clock they are, on every card', () => {
    for (const [name, card] of Object.entries(allCards())) {
      const text = plain(JSON.stringify(card));
      // Of a time line each moment is told by its title.
      if (/What happened[^"]*\((UTC|[A-Z][^"]* time)\)/.test(text)) continue;
      for (const { 0: moment, index } of text.matchAll(/\b\d{1,2}:\d\d\b/g))
        assert.match(text.slice(index, index + 40), /^\d{1,2}:\d\d (?:UTC|[A-Z][\w ]+ time)|^\d\d:00(?:,| and|"|;|\.)|^\d\d:\d\d now/, `${name}: ${moment}`);
    }
  });
});
