import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { toActivity } from '../../../bot/teams/deliver.ts';
import { watchingCard } from '../../../cards/chat/chat.ts';
import { fitted, MESSAGE_BYTES_MAX } from '../../../cards/fit.ts';
import type { Fact } from '../../../cards/ticket/regions.ts';
import { bare, harmless, linkText, nameText, reasonText, safe } from '../../../cards/escape.ts';
import { offersOf } from '../../../services/tickets/arranged.ts';
import { digestCard, listCard } from '../../../cards/lists/lists.ts';
import { rendererIn, newsLine } from '../../../cards/ticket/ticket.ts';
import { en } from '../../../cards/text/en/en.ts';
import type { Words } from '../../../cards/text/words.ts';
import type { Move, NewsKind, Plan, UserMove } from '../../../services/domain/ticket.ts';
import { lint } from './lint.ts';
import { HIDES, LISTED, allCards, HOSTILE, ticketSamples, sampleTicket, sampleMove } from '../../support/samples.ts';
import type { Shown } from '../../../services/ticketView.ts';
import { historyCard, holdersCard } from '../../../cards/lists/history.ts';
import { approvalsCard } from '../../../cards/lists/approvals.ts';
import { statusCard } from '../../../cards/chat/status.ts';

const GOLDEN = new URL('./golden/', import.meta.url);

describe('cards', () => {
  const cards = allCards();

  for (const [name, card] of Object.entries(cards)) {
    it(`${name} keeps the rules`, () => assert.deepEqual(lint(card), []));
    it(`${name} is the golden one (UPDATE=1 writes it anew)`, () => {
      const file = new URL(`${name}.json`, GOLDEN);
      const text = `${JSON.stringify(card, null, 1)}\n`;
      if (process.env.UPDATE) {
        mkdirSync(GOLDEN, { recursive: true });
        writeFileSync(file, text);
      }
      assert.ok(existsSync(file), `there is no golden ${name}`);
      assert.equal(text, readFileSync(file, 'utf8'));
    });
  }

  it('no golden file is left over', () => {
    assert.deepEqual(
      readdirSync(GOLDEN).sort(),
      Object.keys(cards)
        .map((name) => `${name}.json`)
        .sort(),
    );
  });

  it('the lint bites: each planted fault is found', () => {
    const good = JSON.stringify(cards['c1-quote']);
    const plant = (from: string | RegExp, to: string) => lint(JSON.parse(good.replace(from, to)) as Record<string, unknown>).length;
    const faults: [string | RegExp, string][] = [
      ['"1.5"', '"1.6"'],
      ['"wrap":true', '"wrap":false'],
      ['"heading"', '"default"'],
      ['"Accent"', '"Good"'],
      ['"emphasis"', '"good"'],
      ['Waiting for approval', '${x}'],
      ['Waiting for approval', '[a](b)'],
      ['Waiting for approval', 'http://x'],
      ['"Decline"', '"Decline this very expensive quote"'],
      ['"FactSet"', '"Badge"'],
      ['"mode":"secondary"', '"mode":"primary"'],
      ['"label":"Why not?"', '"label":""'],
      ['"style":"positive"', '"style":"destructive"'],
      ['"speak"', '"spoke"'],
      [/"id":"abcdefghijklmnopqrstuv"/, '"id":"S-1042"'],
      ['Waiting for approval', '\u202e'],
    ];
    for (const [from, to] of faults) assert.ok(plant(from, to) > 0, `${String(from)} -> ${to} was not found`);
  });
});

describe('harmless', () => {
  it('breaks links, images, mentions, templates, dates and directions', () => {
    const text = harmless(HOSTILE, 500);
    assert.doesNotMatch(text, /[^\\]\]\(|<at>|\$\{|\{\{|:\/\/|www\.|\u202e/);
    assert.match(text, /‹at›/);
  });
  it('keeps ordinary names as they are', () => {
    for (const name of ['Contoso Ltd', 'Müller & Söhne GmbH', 'O’Neill, Inc.', '株式会社テスト', '7-Eleven']) assert.equal(harmless(name, 80), name);
  });
  it('cuts by graphemes with an ellipsis', () => {
    assert.equal(harmless('👩‍👩‍👧'.repeat(9), 4).startsWith('👩‍👩‍👧'), false, 'joiners are hidden letters and go');
    assert.equal(harmless('🎿'.repeat(9), 4), '🎿🎿🎿…');
    assert.equal([...new Intl.Segmenter('en').segment(harmless('é'.repeat(200), 80))].length, 80);
    assert.ok(harmless('x'.repeat(200), 80).endsWith('…'));
  });
  it('is what a sentence takes: a name as it came does not compile', () => {
    // @ts-expect-error: not escaped
    assert.match(en.replies.noCustomer({ what: 'Contoso', company: true }), /Contoso/);
  });
  it('is what a region of a card takes: an id as it came does not compile', () => {
    // @ts-expect-error: not escaped
    const fact: Fact = { title: en.labels.order, value: '[x](http://y)' };
    assert.ok(fact);
  });
  it('a link leads where it says, and is not ended or joined by what stands in it', () => {
    assert.equal(linkText('https://partner.example/join?a=1&b=%20'), 'https://partner.example/join?a=1&b=%20');
    assert.equal(linkText('https://partner.example/a) [b](https://evil.example'), 'https://partner.example/a%29%20%5bb%5d%28https://evil.example');
    assert.equal(linkText('javascript:alert(1)'), '');
  });
  it('shows a dash for a name of nothing but hidden characters', () => assert.equal(harmless('\u200b\u202e', 80), '–'));
  it('bare leaves no Markdown behind', () => assert.equal(bare('**a** [b](c) <d>', 80), 'a b(c) ‹d›'));
});

describe('news lines', () => {
  it('are one sentence or two, without a left-over or a link, for every kind of news', () => {
    const kinds: NewsKind[] = [
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
      'waived',
      'finished',
      'stuck',
      'renewed',
      'ended',
      'reminder',
      'marked',
    ];
    for (const sample of Object.values(ticketSamples())) {
      for (const kind of kinds) {
        const line = newsLine(
          {
            kind,
            ticketId: 'S-1',
            by: 'ann',
            at: '',
            data: { reason: HOSTILE, mark: 'snoozed', until: '2027-01-27', days: 7, moved: 5, total: 7, movable: 1, blocked: 1 },
          },
          sample,
          en,
        );
        if (line === null) continue;
        assert.doesNotMatch(line, /undefined|NaN|\$\{|[^\\]\]\(|:\/\//, `${kind}: ${line}`);
        assert.ok(line.length < 500, `${kind} is long: ${line.length}`);
      }
    }
  });

  it('that a price waits names whose yes it waits for: one’s own where the one reader may give it', () => {
    const quoted = Object.values(ticketSamples()).find((one) => one.move?.state === 'quoted' && one.move.quote && !one.move.approval) as Shown;
    const askedBy = quoted.move?.quote?.askedBy as string;
    const line = (reader: Shown['reader'], fourEyes: Shown['fourEyes'] = { when: 'off' }) =>
      rendererIn(en).line({ kind: 'asked', ticketId: 'S-1', by: askedBy, at: '', data: {} }, { ...quoted, reader, fourEyes })?.text ?? '';
    assert.match(line({ key: askedBy, roles: ['approver'] }), /It waits for your yes\./);
    assert.match(line({ key: askedBy, roles: ['approver'] }, { when: 'always' }), /It waits for an approval\./);
    assert.match(line({ key: 'bo', roles: ['approver'] }, { when: 'always' }), /It waits for your yes\./);
    assert.match(line({ key: askedBy, roles: ['requester'] }), /It waits for an approval\./);
    assert.match(line(null), /It waits for an approval\./);
  });

  it('that a move has ended says how that one did, although the next one has begun since', () => {
    const next = ticketSamples()['b1-notice-change'] as Shown;
    const line = (outcome: string | null) =>
      rendererIn(en).line({ kind: 'finished', ticketId: 'S-1', by: 'ann', at: '2027-01-20T10:00:00.000Z', data: outcome ? { outcome } : {} }, next);
    assert.match(line('givenUp')?.text ?? '', /ended the move here/);
    assert.deepEqual(line('givenUp')?.claims, []);
    assert.match(line('suspended')?.text ?? '', /is suspended/);
    assert.deepEqual(
      line('suspended')?.claims.map((one) => [one.claims, one.asOf]),
      [['suspended', '2027-01-20T10:00:00.000Z']],
    );
    assert.match(line('letExpire')?.text ?? '', /Finished/);
    assert.equal(line(null), null);
  });

  it('a second language fits: no word of the first is part of the type', () => {
    const sv: Words = {
      ...en,
      lang: safe`sv`,
      steps: [safe`Köp`, safe`Licenser`],
      lastSteps: { ...en.lastSteps, suspend: safe`Inaktivera` },
      record: { ...en.record, bot: safe`Efterträdaren` },
    };
    const sample = Object.values(ticketSamples()).find((one) => one.move?.state === 'quoted' && !one.ticket.facts.elsewhere);
    assert.ok(sample);
    assert.match(JSON.stringify(rendererIn(sv).ticket(sample).card), /Licenser/);
  });
});

const STATUS = {
  customers: 14,
  lookedAt: '2027-01-20T10:00:00Z',
  open: 5,
  waiting: { chats: 0, since: null, troubled: 0 },
  cost: { requests: 412, looks: 336, transactions: 1_260, subscriptions: 1_008 },
  lateMinutes: 0,
  reachable: true,
  readOnly: null,
};

describe('no card is too large', function () {
  this.timeout(120_000);
  const MARKED = `A${'\u0316\u0301'.repeat(10_000)}`;
  const HEAVY = [
    '\u{1F468}\u{1F3FD}'.repeat(2_000),
    '漢字'.repeat(4_000),
    'ﷺ'.repeat(4_000),
    '‹[*_`\\'.repeat(1_500),
    `${'\u202e\u2066'.repeat(3_000)}x`,
    MARKED,
    `${MARKED} `.repeat(60),
  ];

  /** The same with every name of somebody else's in other words. */
  function with_(value: unknown, text: string, name = ''): unknown {
    if (Array.isArray(value)) return value.map((one) => with_(one, text, name));
    if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, with_(inner, text, key)]));
    const outside = ['customerName', 'offerName', 'title', 'planTitle', 'name', 'reason', 'code', 'addons', 'programme', 'changedBy'];
    return typeof value === 'string' && outside.includes(name) && value.length > 1 ? text : value;
  }

  for (const [name, shown] of Object.entries(ticketSamples()))
    it(`${name} at its worst is sent in at most 25 KB, and says that it was cut`, () => {
      for (const text of HEAVY) {
        const people = Array.from({ length: 50 }, (_, n) => ({ id: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`, name: text }));
        const worst = with_(shown, text) as typeof shown;
        const names = Object.fromEntries(Object.keys(shown.names).map((key) => [key, text]));
        const list = { holders: shown.holders.length > 0 ? people : [], unmoved: shown.unmoved.length > 0 ? people : [] };
        const plans = worst.ticket.plans && Array.from({ length: 12 }, (_, n) => ({ ...(worst.ticket.plans?.[0] as Plan), id: `p${n}` }));
        const message = rendererIn(en).ticket({ ...worst, names, ...list, ticket: { ...worst.ticket, plans } });
        const bytes = Buffer.byteLength(JSON.stringify(toActivity(message)));
        assert.ok(bytes <= MESSAGE_BYTES_MAX, `${bytes} bytes with ${text.slice(0, 4)}`);
        for (const person of list.holders) assert.ok(JSON.stringify(message.card).includes(person.id), 'nobody is left off a list of choices');
      }
    });

  it('lists, digests, approvals and who held what at their worst, too', () => {
    for (const text of HEAVY) {
      const open = {
        ticketId: 'S-1',
        customerId: 'c',
        customerName: text,
        subscriptionId: 's',
        offerName: text,
        lastDay: '2027-02-01',
        expiresOn: '2027-02-01',
        quantity: 1,
        programme: null,
        end: 'cancels' as const,
        state: 'licences' as const,
        keeper: 'k',
        monthly: { minor: 123_456_789, currency: 'EUR' },
      };
      const rows = Array.from({ length: 40 }, () => open);
      const view = { rows, handle: 'h'.repeat(31), today: '2027-01-20' };
      const quote = { ...(sampleMove().quote as NonNullable<Move['quote']>), planTitle: text };
      const ticket = { ...sampleTicket(), customerName: text };
      const userMoves = Array.from(
        { length: 40 },
        (_, n) => ({ userId: `u${n}`, name: text, state: 'failed', why: null, hasNew: false, disabledPlans: ['a'], round: 'r', requestIds: [] }) as UserMove,
      );
      const drawn = [
        listCard(
          {
            ...LISTED,
            ...view,
            names: { k: text },
            from: 10,
            within: 90,
            several: true,
            offers: offersOf([open, { ...open, keeper: 'l', programme: text, state: 'stuck' }], {}, view.today),
            all: 40,
          },
          en,
        ),
        digestCard({ ...LISTED, ...view, why: { is: 'regular', news: 40 } }, en),
        approvalsCard(
          { waiting: rows.map(() => ({ ticket, quote })), names: { ann: text }, handle: view.handle, hides: HIDES, now: '2027-01-20T10:03:00.000Z' },
          en,
        ),
        holdersCard({ ticket, userMoves, waived: new Set(), newPlan: text, from: 0, handle: view.handle }, en),
        historyCard(
          {
            customer: text,
            ticketId: 'S-1',
            plan: text,
            today: '2027-01-20',
            rows: Array.from({ length: 24 }, () => ({ at: '2027-01-20T10:00:00Z', what: reasonText(text), by: nameText(text) })),
          },
          en,
        ),
        watchingCard(
          view.handle,
          {
            watching: Array.from({ length: 300 }, () => ({ what: 'customer', customerId: 'c', customerName: text }) as const),
            by: text,
            at: null,
            overview: { customers: 1, open: 1, next: null },
          },
          en,
        ),
        statusCard({ ...STATUS, skipped: { count: 8, names: Array.from({ length: 8 }, () => text) }, watching: [{ what: 'programme', programme: text }] }, en),
      ];
      for (const message of drawn) {
        const bytes = Buffer.byteLength(JSON.stringify(toActivity(message)));
        assert.ok(bytes <= MESSAGE_BYTES_MAX, `${bytes} bytes with ${text.slice(0, 4)}`);
      }
    }
  });

  it('what is cut says so, keeps what buttons send, and in the end is only its gist', () => {
    const data = { id: 'h'.repeat(2_000), v: 3 };
    const action = { type: 'Action.Execute', title: 'Go', verb: 'x', data };
    const card = (texts: number, actions: number) => ({
      type: 'AdaptiveCard',
      speak: 'A gist',
      body: Array.from({ length: texts }, () => ({ type: 'TextBlock', text: 'word '.repeat(400) })),
      actions: Array.from({ length: actions }, () => action),
    });
    const cut = fitted(card(20, 2), 'It was cut.') as { body: { text: string }[]; actions: { data: object }[] };
    assert.equal(cut.body.at(-1)?.text, 'It was cut.');
    assert.equal(cut.body.length, 21);
    assert.deepEqual(cut.actions[0]?.data, data);
    const gist = fitted(card(1, 20), 'It was cut.') as { body: { text: string }[] };
    assert.deepEqual(
      gist.body.map((one) => one.text),
      ['A gist', 'It was cut.'],
    );
    const small = card(2, 1);
    assert.equal(fitted(small, 'x'), small);
  });

  for (const [letters, each] of [
    ['a', 1],
    ['é', 2],
    ['東', 3],
    ['𠮷', 4],
    ['"', 2],
    ['\n', 2],
  ] as const)
    it(`is cut for its bytes, not its letters, from the first one too many: ${JSON.stringify(letters)}`, () => {
      const MOST = 24_000;
      const of = (bytes: number) => {
        const card = { type: 'AdaptiveCard', version: '1.5', wrap: true, n: -1.5e-7, body: [{ type: 'TextBlock', text: '' }] };
        const room = bytes - Buffer.byteLength(JSON.stringify(card));
        const text = letters.repeat(Math.floor(room / each)) + 'x'.repeat(room % each);
        const made = { ...card, body: [{ type: 'TextBlock', text }] };
        assert.equal(Buffer.byteLength(JSON.stringify(made)), bytes);
        return made;
      };
      const fits = of(MOST);
      assert.equal(fitted(fits, 'It was cut.'), fits);
      assert.equal((fitted(of(MOST + 1), 'It was cut.') as { body: { text: string }[] }).body.at(-1)?.text, 'It was cut.');
    });
});

describe('letters that nobody sees, and entities', () => {
  const hidden = ['\u061c', '\u206a', '\u206f', '\u180e', '\u3164', '\u2800', '\u{E0041}', '\u{E007F}', '\u115f', '\uffa0', '\u034f', '\ufff9', '\u00ad'];
  for (const one of hidden)
    it(`U+${one.codePointAt(0)?.toString(16)} is not shown, and is no name by itself`, () => {
      assert.equal(bare(`Con${one}toso`, 80), 'Contoso');
      assert.equal(harmless(one.repeat(5), 80), '–');
    });

  it('a named entity stays the letters that it is', () => {
    for (const text of ['&lt;at&gt;Everyone&lt;/at&gt;', '&amp;lt;', '&NewLine;', '&lpar;x&rpar;', '&copy', '&#60;', '&#x3c;']) {
      assert.doesNotMatch(bare(text, 80), /&(?:#|[A-Za-z]{2})/, text);
      assert.equal(bare(text, 80).replaceAll('\u2060', ''), text);
    }
    assert.equal(bare('R&D of Marks & Spencer', 80), 'R&D of Marks & Spencer');
  });

  it('20,000 marks over one letter are a few', () => {
    const text = bare(`Z${'\u0301'.repeat(20_000)}oe`, 80);
    assert.ok(text.length < 20 && text.endsWith('oe…') === false, text);
  });

  it('an emoji keeps its choice of face, and a name in Vietnamese its marks', () => {
    assert.equal(bare('❤\ufe0f Nguyễn Thị Ổ', 80), '❤\ufe0f Nguyễn Thị Ổ');
  });
});
