import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { bare, harmless } from '../../cards/harmless.ts';
import { looksIn, newsLine } from '../../cards/matter.ts';
import { en, type Words } from '../../cards/text/en.ts';
import type { NewsKind } from '../../services/domain.ts';
import { lint } from './lint.ts';
import { allCards, HOSTILE, matterSamples } from './samples.ts';

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
    for (const sample of Object.values(matterSamples())) {
      for (const kind of kinds) {
        const line = newsLine(
          {
            kind,
            expiryId: 'S-1',
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

  it('a second language fits: no word of the first is part of the type', () => {
    const sv: Words = { ...en, lang: 'sv', steps: ['Köp', 'Licenser', 'Inaktivera'], record: { ...en.record, bot: 'Efterträdaren' } };
    const sample = Object.values(matterSamples()).find((one) => one.migration?.state === 'quoted');
    assert.ok(sample);
    assert.match(JSON.stringify(looksIn(sv).matter(sample).card), /Licenser/);
  });
});
