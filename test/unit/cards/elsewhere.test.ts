/** What is said about licences that were not bought through us: how many, that we neither see nor set their end, and what the customer does. */
import assert from 'node:assert/strict';
import { en } from '../../../cards/text/en/en.ts';
import { rendererIn, ticketCard } from '../../../cards/ticket/ticket.ts';
import type { News, NewsKind } from '../../../services/domain/ticket.ts';
import type { Shown } from '../../../services/ticketView.ts';
import { ticketSamples } from '../../support/samples.ts';

const samples = ticketSamples();
const of = (name: string) => samples[name] as Shown;
const said = (name: string) => JSON.stringify(ticketCard(of(name), en).card).replaceAll('\u00a0', ' ');
const line = (name: string, kind: NewsKind, data: News['data'] = {}) =>
  rendererIn(en).line({ kind, ticketId: 'S-1', by: null, at: '2027-01-20T10:00:00.000Z', data }, of(name))?.text.replaceAll('\u00a0', ' ') ?? '';
const verbs = (name: string) => [...said(name).matchAll(/"verb":"([a-z.A-Z]+)"/g)].map(([, verb]) => verb);

describe('licences that were not bought through us', () => {
  it('no card about them speaks of suspending, renewing, deleting, or an end that nobody has read', () => {
    const all = Object.keys(samples).filter((name) => of(name).ticket.facts.elsewhere);
    assert.ok(all.length >= 8);
    for (const name of all) {
      assert.doesNotMatch(said(name), /[Ss]uspend|auto-renew|Auto renews|Expires on|deletes|Extended Service Term|a day not known|undefined/, name);
      assert.ok(!verbs(name).some((verb) => verb === 'suspension.confirm' || verb?.startsWith('end.')), name);
    }
  });

  it('of one whose number is not known a choice says so, and no number', () => {
    assert.equal(en.elsewhere.many(null), 'how many is not known');
    assert.equal(en.elsewhere.many(0).replaceAll('\u00a0', ' '), '0 licences');
  });

  it('their card says how many, that we neither see when they end nor can end them, and offers the replacement', () => {
    assert.match(said('l1-elsewhere'), /20 licences of this plan were not bought through us/);
    assert.match(said('l1-elsewhere'), /not when they end, nor what they cost, and I cannot end them/);
    assert.match(said('l1-elsewhere'), /Move to.*closest match/);
    assert.match(said('l1-elsewhere-beside-ours'), /beside 8 that are from us/);
    assert.doesNotMatch(said('l1-elsewhere-beside-ours'), /in use|Microsoft retires/, 'nobody says whose licence a person has');
  });

  it('at the approval both are paid for, the old ones elsewhere, at a price that is not known', () => {
    assert.match(said('l2-elsewhere-quote'), /billed there beside it, until the customer ends them; at what price is not known here/);
    assert.match(said('l2-elsewhere-quote'), /has both, and pays for the old ones elsewhere until it ends them there/);
  });

  it('the last step is the customer’s: a message to copy, the wait, and a way out with a reason', () => {
    const card = said('l3-customer-acts');
    assert.match(card, /Please end the old Office 365 E4, 20 licences, where you bought it: with the other partner.*until it is ended you pay for both/);
    assert.match(card, /I look once a day whether they are gone/);
    assert.deepEqual([...new Set(verbs('l3-customer-acts'))], ['suspension.skip', 'ticket.assign', 'ticket.history']);
    assert.match(line('l3-customer-acts', 'waits', { count: 1 }), /Ask the customer whether it has ended it, or wait no longer, with a reason/);
  });

  it('the end says what was read, or that nobody looks any more', () => {
    assert.match(said('l4-elsewhere-finished'), /✓ Customer ends it.*are gone from the customer’s tenant/);
    assert.match(said('l4-elsewhere-left'), /left as they are; I do not look for them any more/);
    assert.match(said('l5-elsewhere-gone'), /gone from the customer’s tenant\. Nothing was bought or changed here/);
    assert.match(line('l4-elsewhere-finished', 'finished', { outcome: 'customerCancels' }), /gone from the customer’s tenant/);
    assert.match(line('l4-elsewhere-left', 'finished', { outcome: 'letExpire' }), /left as they are/);
    assert.match(line('l5-elsewhere-gone', 'ended'), /gone from the customer’s tenant/);
  });
});
