/** Draws a card in a browser with the open renderer, and looks whether it is whole: for the look and for the contact sheets. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';

const require = createRequire(import.meta.url);
const LIBRARY = require.resolve('adaptivecards/dist/adaptivecards.min.js');
const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

/** What is wrong with a drawn card; nothing where it is whole. */
export interface Seen {
  warnings: string[];
  outside: string[];
  overlaps: string[];
  axe: string[];
}

/** Colours and sizes after Microsoft's published host config for Teams; `contrast` after its high-contrast theme. */
export const THEMES = {
  light: { ground: '#ffffff', box: '#f5f5f5', text: '#242424', subtle: '#616161', accent: '#4f52b2', attention: '#b10e1c' },
  dark: { ground: '#292929', box: '#1f1f1f', text: '#ffffff', subtle: '#adadad', accent: '#9299f7', attention: '#f1707b' },
  contrast: { ground: '#000000', box: '#000000', text: '#ffffff', subtle: '#ffffff', accent: '#ffff01', attention: '#ffff01' },
};
export type Theme = keyof typeof THEMES;
export const WIDTHS = [320, 720] as const;

/** A page on which cards are drawn. */
export async function openDrawing(browser: Browser): Promise<Page> {
  const page = await (await browser.newContext({ viewport: { width: 800, height: 1400 } })).newPage();
  await page.setContent('<!doctype html><html lang="en"><head><title>Card</title></head><body><main id="place"></main></body></html>');
  await page.addScriptTag({ path: LIBRARY });
  await page.evaluate(AXE);
  return page;
}

export interface Look {
  width: number;
  theme: Theme;
  /** Only the rules that colours decide: the others find in one look what they find in all. */
  only?: 'colours' | undefined;
}

/** Draws one card of that width and tells what is wrong with it. */
export async function draw(page: Page, card: object, { width, theme, only }: Look): Promise<Seen> {
  return page.evaluate(
    async ({ card, width, colours, only }) => {
      const library = (globalThis as never as { AdaptiveCards: Record<string, never> }).AdaptiveCards as never as {
        AdaptiveCard: {
          new (): { hostConfig: unknown; parse(card: object, context: unknown): void; render(): HTMLElement };
          onProcessMarkdown(text: string, result: { outputHtml: string; didProcess: boolean }): void;
        };
        HostConfig: new (config: object) => unknown;
        SerializationContext: new () => { eventCount: number; getEventAt(index: number): { message: string } };
      };
      library.AdaptiveCard.onProcessMarkdown = (text, result) => {
        const safe = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
        result.outputHtml = `<p>${safe.replace(/\*\*(.+?)\*\*/g, '<strong>$1</strong>').replace(/\\([[\])*_])/g, '$1')}</p>`;
        result.didProcess = true;
      };
      const colour = (value: string) => ({ default: value, subtle: value });
      const words = { default: { default: colours.text, subtle: colours.subtle }, accent: colour(colours.accent), attention: colour(colours.attention) };
      const config = {
        fontFamily: 'Open Sans, DejaVu Sans, sans-serif',
        supportsInteractivity: true,
        spacing: { small: 8, default: 8, medium: 12, large: 16, extraLarge: 24, padding: 16 },
        separator: { lineThickness: 1, lineColor: '#e0e0e0' },
        fontSizes: { small: 12, default: 14, medium: 14, large: 18, extraLarge: 24 },
        fontWeights: { lighter: 200, default: 400, bolder: 700 },
        containerStyles: {
          default: { backgroundColor: colours.ground, foregroundColors: words },
          emphasis: { backgroundColor: colours.box, foregroundColors: words },
        },
        actions: {
          maxActions: 6,
          spacing: 'default',
          buttonSpacing: 8,
          actionsOrientation: 'horizontal',
          actionAlignment: 'left',
          showCard: { actionMode: 'inline', inlineTopMargin: 12, style: 'emphasis' },
        },
        textBlock: { headingLevel: 2 },
        factSet: { title: { weight: 'bolder', wrap: true, maxWidth: 140 }, value: { wrap: true }, spacing: 12 },
      };
      const place = document.getElementById('place') as HTMLElement;
      place.replaceChildren();
      document.body.style.cssText = `margin:0;background:${colours.ground};color:${colours.text};font:14px Open Sans, DejaVu Sans`;
      place.style.cssText = `width:${width}px`;
      let style = document.getElementById('style');
      if (!style) {
        style = document.head.appendChild(document.createElement('style'));
        style.id = 'style';
      }
      style.textContent = `p{margin:0} a{color:${colours.accent}} .ac-textBlock,.ac-richTextBlock,td,.ac-fact-value{overflow-wrap:anywhere} div:has(>button){flex-wrap:wrap;row-gap:8px} button{max-width:100%;font:600 14px Open Sans;padding:5px 12px;color:${colours.text};background:${colours.ground};border:1px solid #999} input:not([type=radio]):not([type=checkbox]),select{font:14px Open Sans;width:100%;box-sizing:border-box;color:${colours.text};background:${colours.ground}} label{min-width:0;overflow-wrap:anywhere}`;
      const made = new library.AdaptiveCard();
      made.hostConfig = new library.HostConfig(config);
      const context = new library.SerializationContext();
      made.parse(card, context);
      const drawn = made.render();
      place.append(drawn);
      // The library tests `lang` with a pattern that remembers its place, so every second good value is called bad.
      const warnings = Array.from({ length: context.eventCount }, (_, index) => context.getEventAt(index).message).filter(
        // No renderer of the library's own knows charts: it draws the table in their place.
        (text) => !/^Invalid value "[a-z]{2}(?:-[A-Z]{2})?" for property "lang"\.$/.test(text) && !text.includes('Chart.HorizontalBar'),
      );
      const frame = place.getBoundingClientRect();
      const texts = [...place.querySelectorAll<HTMLElement>('.ac-textBlock, .ac-richTextBlock, button, input, select, label')].filter(
        (one) => one.offsetParent !== null && one.getBoundingClientRect().height > 0,
      );
      const outside = texts
        .filter(
          (one) =>
            one.getBoundingClientRect().right > frame.right + 1 ||
            (one.scrollWidth > one.clientWidth + 2 && getComputedStyle(one).overflow !== 'visible' && one.tagName !== 'INPUT' && one.tagName !== 'SELECT'),
        )
        .map((one) => (one.textContent ?? one.tagName).slice(0, 60));
      const blocks = texts.filter((one) => one.classList.contains('ac-textBlock'));
      const overlaps: string[] = [];
      for (const [index, one] of blocks.entries()) {
        for (const other of blocks.slice(index + 1)) {
          const [a, b] = [one.getBoundingClientRect(), other.getBoundingClientRect()];
          if (a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1)
            overlaps.push(`${one.textContent?.slice(0, 30)} / ${other.textContent?.slice(0, 30)}`);
        }
      }
      const axe = (globalThis as never as { axe: { run(node: Node, options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> } })
        .axe;
      // What passes is not listed, and nothing is looked up anew: the same rules, for half of the work.
      const result = await axe.run(place, {
        resultTypes: ['violations'],
        selectors: false,
        preload: false,
        ...(only ? { runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] } } : {}),
        rules: { region: { enabled: false }, 'page-has-heading-one': { enabled: false }, 'heading-order': { enabled: false } },
      });
      return { warnings, outside, overlaps, axe: result.violations.map((one) => `${one.id} ${one.nodes[0]?.html.slice(0, 160)}`) };
    },
    { card, width, colours: THEMES[theme], only },
  );
}
