/** Where prices, or the names of a customer's people, are not to be said, no card and no line says them. */
import assert from 'node:assert/strict';
import { replyText } from '../../../bot/turns/replies.ts';
import { approvalsCard } from '../../../cards/lists/approvals.ts';
import { en } from '../../../cards/text/en/en.ts';
import { recordLine } from '../../../cards/ticket/finished.ts';
import { rendererIn, ticketCard } from '../../../cards/ticket/ticket.ts';
import { questionOf } from '../../../dialogs/question.ts';
import { ticketDialog } from '../../../dialogs/ticket.ts';
import type { AuditEntry } from '../../../services/auditLog/auditLog.ts';
import { type Hides, hiddenIn, type Shows } from '../../../services/domain/shows.ts';
import type { EndOfTerm, NewsKind, Quote } from '../../../services/domain/ticket.ts';
import type { Shown, TicketView } from '../../../services/ticketView.ts';
import { HIDES, sampleMove, sampleTicket, ticketSamples } from '../../support/samples.ts';

const NOW = '2027-01-20T10:03:00.000Z';
const KINDS: NewsKind[] = ['asked', 'repriced', 'approvalDue', 'approved', 'declined', 'counted', 'moved', 'finished', 'stuck', 'changed', 'waits', 'reminder'];
const PRICE = /€|£|¥|\b(?:EUR|USD|HUF)\s?\d|\d(?:\s|\u00a0)a(?:\s|\u00a0)month/;
const SAMPLES = Object.entries(ticketSamples()).filter(([name]) => !/hostile|long|rtl/.test(name));

const ENDS = ['cancels', 'extends', 'inEst', 'renews'] as const;
const euros = (minor: number) => ({ minor, currency: 'EUR' });

/** The same with what the price sheets say. */
function priced(sample: Shown, endOfTerm: EndOfTerm): Shown {
  const prices = { on: '2027-01-20', renewal: euros(32_550), oneMonth: euros(37_100), extended: euros(38_200) };
  return { ...sample, ticket: { ...sample.ticket, facts: { ...sample.ticket.facts, newCommerce: true, endOfTerm, prices } } };
}

function textOf(hides: Hides): [name: string, text: string][] {
  const renderer = rendererIn(en);
  return SAMPLES.flatMap(([name, sample]) => ENDS.map((end) => [`${name}, ${end}`, priced(sample, end)] as const)).map(([name, sample]) => {
    const shown = { ...sample, hides };
    const lines = KINDS.map(
      (kind) => renderer.line({ kind, ticketId: 'S-1', by: 'ann', at: NOW, data: { days: 7, moved: 1, total: 2, count: 1 } }, shown)?.text,
    );
    return [name, JSON.stringify([ticketCard(shown, en), lines], (key, value) => (key === 'claims' ? undefined : value))];
  });
}

describe('where no price stands', () => {
  const table: [Shows['cost'], 'channel' | 'groupChat' | 'personal', Hides['cost']][] = [
    ['channel', 'channel', null],
    ['channel', 'personal', null],
    ['personal', 'channel', 'personal'],
    ['personal', 'groupChat', 'personal'],
    ['personal', 'personal', null],
    ['never', 'channel', 'never'],
    ['never', 'personal', 'never'],
  ];
  for (const [cost, kind, hidden] of table)
    it(`SHOW_COST=${cost}, ${kind}: ${hidden ?? 'shown'}`, () => assert.equal(hiddenIn({ cost, names: 'blocked' }, { kind }).cost, hidden));

  for (const cost of ['personal', 'never'] as const)
    it(`${cost}: no card and no line of any stage has one`, () => {
      for (const [name, text] of textOf({ cost, names: false })) assert.doesNotMatch(text, PRICE, `${name}: ${PRICE.exec(text)?.[0]}`);
    });

  it('is told from where one does: the same cards have prices otherwise', () => {
    const priced = textOf({ cost: null, names: false }).filter(([, text]) => PRICE.test(text));
    assert.ok(priced.length > 20, String(priced.length));
  });

  it('the list of approvals, the record and the typed question have none either', () => {
    const hides: Hides = { cost: 'never', names: false };
    const waiting = [{ ticket: sampleTicket(), quote: sampleMove().quote as Quote }];
    assert.doesNotMatch(JSON.stringify(approvalsCard({ waiting, names: {}, handle: 'h', hides, now: NOW }, en).card), PRICE);
    assert.match(JSON.stringify(approvalsCard({ waiting, names: {}, handle: 'h', hides: HIDES, now: NOW }, en).card), PRICE);
    const row = { what: 'approve', by: 'bo', data: { monthly: 45_500, currency: 'EUR' } } as unknown as AuditEntry;
    assert.equal(recordLine(row, en, hides), 'Approved');
    const question = questionOf(view(hides), { key: 'bo', tenant: 't', roles: ['approver'], name: 'Bo' } as never);
    assert.ok(question);
    assert.doesNotMatch(replyText(en, question), PRICE);
  });
});

function view(hides: Hides): TicketView {
  return {
    ...{ ticket: sampleTicket(), etag: 'e', move: sampleMove({ state: 'quoted' }), found: null, movable: [], unmoved: [], names: {}, notice: null, shown: [] },
    ...{ personal: false, fourEyes: { when: 'off' as const }, hides, readOnly: false, now: NOW },
  };
}

describe('a yes to a price', () => {
  const bo = { key: 'bo', tenant: 't', roles: ['approver'], name: 'Bo' } as never;
  const approve = (cost: Hides['cost']) => ticketDialog(view({ cost, names: false }), { verb: 'purchase.approve' } as never, bo);

  it('is said where the price is shown, not in a channel that hides it', () => {
    assert.deepEqual([approve('personal').reply?.say, approve('personal').intentions], ['approveInPerson', []]);
    assert.equal(approve(null).reply?.say, 'approved');
    assert.equal(approve('never').reply?.say, 'approved', 'it is shown nowhere, so it may be said everywhere');
  });

  it('has no button there, and no words that offer it', () => {
    const card = (cost: Hides['cost']) => {
      const [, sample] = SAMPLES.find(([name]) => name === 'c1-quote') as (typeof SAMPLES)[number];
      return JSON.stringify(ticketCard({ ...sample, hides: { cost, names: false } }, en).card);
    };
    assert.doesNotMatch(card('personal'), /Approve and buy/);
    assert.match(card('personal'), /The price stands in the chat with me alone/);
    assert.match(card('never'), /Approve and buy/);
    assert.match(card('never'), /has switched prices off/);
    const question = questionOf(view({ cost: 'personal', names: false }), bo);
    assert.doesNotMatch(question ? replyText(en, question) : '', /\*\*yes\*\*/);
  });
});

describe('where nobody is named', () => {
  const blocked = SAMPLES.filter(([, { move }]) => (move?.people?.named.length ?? 0) > 0);

  it('NAMES_IN_CHANNEL=never: in a channel and a group chat, not where one reads alone', () => {
    const names = (kind: 'channel' | 'groupChat' | 'personal') => hiddenIn({ cost: 'channel', names: 'never' }, { kind }).names;
    assert.deepEqual([names('channel'), names('groupChat'), names('personal')], [true, true, false]);
    assert.equal(hiddenIn({ cost: 'channel', names: 'blocked' }, { kind: 'channel' }).names, false);
  });

  it('the card gives the reasons alone', () => {
    let named = 0;
    for (const [name, sample] of blocked) {
      const text = (hidden: boolean) => JSON.stringify(ticketCard({ ...sample, unmoved: [], holders: [], hides: { cost: null, names: hidden } }, en).card);
      for (const person of sample.move?.people?.named ?? []) {
        assert.ok(!text(true).includes(person.name), `${name}: ${person.name}`);
        if (text(false).includes(person.name)) named += 1;
      }
    }
    assert.ok(named > 2, String(named));
  });
});
