/** Every card drawn in a browser, narrow and wide, light and dark: nothing clipped, nothing over another, axe finds nothing. `npm run shots -- --check` does it in every language and theme. */
import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import { openBrowser } from './browser.ts';
import { draw, type Look, openDrawing } from './drawing.ts';
import { allCards } from '../support/samples.ts';

const LOOKS: readonly Look[] = [
  { width: 320, theme: 'dark' },
  { width: 720, theme: 'light', only: 'colours' },
];

describe('cards in a browser', () => {
  let browser: Browser;
  let page: Page;
  before(async () => {
    browser = await openBrowser();
    page = await openDrawing(browser);
  });
  after(() => browser.close());

  it('runs the browser that the package brings', () => assert.match(browser.version(), /^153\./));

  for (const look of LOOKS) {
    it(`all are whole at ${look.width} px, ${look.theme}`, async () => {
      const faults: string[] = [];
      for (const [name, card] of Object.entries(allCards())) {
        const seen = await draw(page, card, look);
        for (const [what, list] of Object.entries(seen)) for (const one of list as string[]) faults.push(`${name}: ${what}: ${one}`);
      }
      assert.deepEqual(faults, []);
    });
  }

  it('the look bites: a word too long for the card is found', async () => {
    const card = {
      type: 'AdaptiveCard',
      version: '1.5',
      body: [{ type: 'ColumnSet', columns: [{ type: 'Column', width: '900px', items: [{ type: 'TextBlock', text: 'Too wide' }] }] }],
    };
    assert.ok((await draw(page, card, { width: 320, theme: 'light' })).outside.length > 0);
  });
});
