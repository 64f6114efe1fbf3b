/** A real browser out of an npm package: no download, no apt. */
import { boundMs } from '../support/until.ts';
import { mkdirSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';

/** Unpacks Chromium below .tmp and starts it; the package brings its own libraries and one Latin font. */
export async function openBrowser(): Promise<Browser> {
  // Each process its own: two that unpack at once would read each other's halves.
  const home = resolve(`.tmp/chromium-${process.env.MOCHA_WORKER_ID ?? '0'}`);
  mkdirSync(home, { recursive: true });
  const common = process.env.TMPDIR;
  process.env.TMPDIR = home; // an older browser in the common folder must not be taken
  process.env.AWS_LAMBDA_JS_RUNTIME ??= 'nodejs24.x'; // makes it unpack libnss3, which bare machines lack
  process.env.FONTCONFIG_FILE = writeFontConfig(home);
  const { default: packed } = await import('@sparticuz/chromium');
  const executablePath = await packed.executablePath();
  if (common === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = common;
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--headless=shell',
    ],
  });
}

/** The packed fonts know Latin alone; DejaVu adds Arabic, Hebrew and signs. */
function writeFontConfig(home: string): string {
  const file = resolve(home, 'fonts.xml');
  const folders = [resolve(home, 'fonts/fonts'), resolve('node_modules/dejavu-fonts-ttf/ttf')];
  const alias = '<alias><family>sans-serif</family><prefer><family>Open Sans</family><family>DejaVu Sans</family></prefer></alias>';
  writeFileSync(
    file,
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>${folders.map((folder) => `<dir>${folder}</dir>`).join('')}<cachedir>${resolve(home, 'font-cache')}</cachedir>${alias}</fontconfig>`,
  );
  return file;
}

/** The chat page of local mode, as a person uses it. */
export interface ChatPage {
  page: Page;
  /** Opens a place in the left column: `Personal Chat`, `Renewals`, ... */
  open(place: string): Promise<void>;
  /** Writes a message; in a channel the bot is mentioned, in a new post or as a reply. */
  write(text: string, mention?: boolean): Promise<void>;
  close(): Promise<void>;
}

const WAIT_MS = 60_000;

export async function openChat(browser: Browser, url: string): Promise<ChatPage> {
  const context = await browser.newContext({ viewport: { width: 1500, height: 1500 } });
  const page = await context.newPage();
  page.setDefaultTimeout(boundMs(WAIT_MS));
  // Fonts and icons come from outside; without a network they only cost time.
  await page.route(/^https?:\/\/(?!127\.0\.0\.1|localhost)/, (route) => route.abort());
  await page.goto(url);
  return {
    page,
    async open(place) {
      await page.getByText(place, { exact: true }).first().click();
    },
    async write(text, mention = false) {
      const box = page.locator('[role=textbox][data-lexical-editor=true]').last();
      await box.click();
      if (mention) {
        await page.keyboard.type('@Succ', { delay: 20 });
        await page.getByText('Successor', { exact: true }).last().click();
      }
      await page.keyboard.type((mention ? ' ' : '') + text, { delay: 5 });
      await page.keyboard.press('Enter');
    },
    close: () => context.close(),
  };
}
