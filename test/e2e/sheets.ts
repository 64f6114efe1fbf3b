/** `npm run shots -- --check`: every card in every language, width and theme is looked at, and a sheet of some of them drawn for people to look at (`.tmp/sheets/`). */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { LANGUAGES, wordsOf } from '../../bot/languages.ts';
import type { Card } from '../../cards/render.ts';
import { UTC } from '../../services/domain/settings.ts';
import { allCards } from '../support/samples.ts';
import { draw, openDrawing, THEMES, type Theme, WIDTHS } from './drawing.ts';

const FOLDER = '.tmp/sheets';
/** What a person meets in a usual move, and the cards with most words. */
const SHOWN = [
  'b1-notice',
  'b2-notice-nce-unknown',
  'c1-quote',
  'd1-licences',
  'e1-suspend-classic',
  'f1-finished',
  'g1-list',
  'i1-report',
  'a5-settings-all',
  'j1-help',
];

/** How many faults there are; each is told as it is found. */
export async function checkAll(browser: Browser): Promise<number> {
  mkdirSync(FOLDER, { recursive: true });
  let faults = 0;
  // How a country writes its dates makes no card of its own.
  for (const tag of Object.keys(LANGUAGES).filter((one) => !one.includes('-'))) {
    const page = await openDrawing(browser);
    const cards = allCards(wordsOf(LANGUAGES, tag, UTC));
    for (const width of WIDTHS)
      for (const theme of Object.keys(THEMES) as Theme[]) {
        faults += await lookAt(page, cards, { tag, width, theme });
        await sheet(browser, page, cards, { tag, width, theme });
      }
    await page.close();
  }
  return faults;
}

interface Sheet {
  tag: string;
  width: number;
  theme: Theme;
}

async function lookAt(page: Page, cards: Record<string, Card>, { tag, width, theme }: Sheet): Promise<number> {
  let faults = 0;
  for (const [name, card] of Object.entries(cards)) {
    for (const [what, list] of Object.entries(await draw(page, card, { width, theme })))
      for (const one of list as string[]) {
        faults += 1;
        console.log(`${tag}, ${width} px, ${theme}: ${name}: ${what}: ${one}`);
      }
  }
  return faults;
}

/** Some cards beside each other in one picture. */
async function sheet(browser: Browser, page: Page, cards: Record<string, Card>, { tag, width, theme }: Sheet): Promise<void> {
  const pictures: string[] = [];
  for (const name of Object.keys(cards).filter((one) => SHOWN.includes(one))) {
    await draw(page, cards[name] as Card, { width, theme });
    pictures.push((await page.locator('#place').screenshot()).toString('base64'));
  }
  const paper = await browser.newPage({ viewport: { width: width * 3 + 80, height: 800 } });
  const style = `margin:10px;column-count:3;column-gap:20px;background:${THEMES[theme].ground}`;
  await paper.setContent(
    `<body style="${style}">${pictures.map((one) => `<img style="width:100%;margin-bottom:20px" src="data:image/png;base64,${one}">`).join('')}</body>`,
  );
  writeFileSync(join(FOLDER, `${tag}-${width}-${theme}.png`), await paper.screenshot({ fullPage: true }));
  await paper.close();
}
