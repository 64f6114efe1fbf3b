/** Draws the app's icons into manifest/, and docs/icons.png, which shows them as Teams cuts them: square, round, hexagon, light and dark. */
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { openBrowser } from './browser.ts';

/** An S whose lower half, the old subscription, goes over into an arrow that leads on. In a field of 96 by 96; `reach`: how much longer its two ends are. */
function symbol(old: string, next: string, width = 13, reach = 0): string {
  const line = `fill="none" stroke-width="${width}" stroke-linecap="round" stroke-linejoin="round"`;
  return `<g transform="rotate(180 48 48) translate(4 -0.5)"><path ${line} stroke="${old}" d="M${70 + reach} 7 L46 7 A22 17.5 0 0 0 46 42"/><path ${line} stroke="${next}" d="M46 42 A22 17.5 0 0 1 46 77 L${16 - reach} 77"/><path ${line} stroke="${next}" d="M${29 - reach} 64.5 L${16 - reach} 77 L${29 - reach} 89.5"/></g>`;
}

const GROUND =
  '<defs><linearGradient id="g" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="#7376E8"/><stop offset="1" stop-color="#3B3E9A"/></linearGradient></defs>';
const svg = (size: number, box: string, inner: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}" viewBox="${box}">${inner}</svg>`;

const PICTURES = {
  color: {
    size: 192,
    svg: svg(192, '0 0 192 192', `${GROUND}<rect width="192" height="192" fill="url(#g)"/><g transform="translate(48 48)">${symbol('#B9BCFF', '#FFFFFF')}</g>`),
  },
  color32: {
    size: 32,
    svg: svg(
      32,
      '0 0 32 32',
      `${GROUND}<rect width="32" height="32" rx="7" fill="url(#g)"/><g transform="translate(2.5 3) scale(0.27)">${symbol('#B9BCFF', '#FFFFFF', 15)}</g>`,
    ),
  },
  // Teams lays it over colours of its own: nothing but white, and as large as it may be.
  outline: { size: 32, svg: svg(32, '0.3 1.3 94 94', symbol('#FFFFFF', '#FFFFFF', 9, 13)) },
} as const;

async function draw(page: Page, { size, svg: picture }: { size: number; svg: string }, path: string): Promise<void> {
  await page.setViewportSize({ width: size, height: size });
  await page.setContent(`<style>*{margin:0}svg{display:block}</style>${picture}`);
  await page.screenshot({ path, omitBackground: true });
}

/** How the icons look where Teams shows them. */
async function contactSheet(page: Page): Promise<void> {
  const data = (name: string) => `data:image/png;base64,${readFileSync(`manifest/${name}.png`).toString('base64')}`;
  const cuts = { square: 'border-radius:16px', round: 'border-radius:50%', hexagon: 'clip-path:polygon(25% 4%,75% 4%,100% 50%,75% 96%,25% 96%,0 50%)' };
  const row = (name: string, ground: string, ink: string) =>
    `<tr style="background:${ground};color:${ink}"><th>${name}</th>${Object.values(cuts)
      .map((cut) => `<td><img width="96" src="${data('color')}" style="${cut}"></td>`)
      .join(
        '',
      )}<td><img src="${data('color32')}"></td><td><span style="background:${ground === '#FFFFFF' ? '#4F52B2' : 'none'}"><img src="${data('outline')}"></span></td></tr>`;
  await page.setViewportSize({ width: 700, height: 330 });
  await page.setContent(
    `<style>body{margin:0;font:14px sans-serif}table{border-collapse:collapse;width:100%}td,th{padding:10px;text-align:center}span{display:inline-block;padding:6px;border-radius:6px;line-height:0}</style><table><tr><th></th>${[...Object.keys(cuts), '32 px', 'outline'].map((name) => `<th>${name}</th>`).join('')}</tr>${row('light', '#FFFFFF', '#242424')}${row('dark', '#1F1F1F', '#F5F5F5')}</table>`,
  );
  await page.locator('table').screenshot({ path: 'docs/icons.png' });
}

const browser = await openBrowser();
try {
  const page = await browser.newPage();
  for (const [name, picture] of Object.entries(PICTURES)) await draw(page, picture, `manifest/${name}.png`);
  await contactSheet(page);
} finally {
  await browser.close();
}
process.exit();
