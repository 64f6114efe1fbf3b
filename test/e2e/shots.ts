/** Takes the pictures of the README: each stage's newest card, from a fresh world, into docs/; with `--check` looks at every card in every language instead (`sheets.ts`). */
import { mkdirSync, rmSync } from 'node:fs';
import { openBrowser, openChat } from './browser.ts';
import { byClicks, byEnds, byTyping } from './journey.ts';
import { checkAll } from './sheets.ts';
import { sandboxAt, testConfig } from '../support/world.ts';
import { start } from '../../bot/start.ts';

if (process.argv.includes('--check')) {
  const drawing = await openBrowser();
  const faults = await checkAll(drawing);
  await drawing.close();
  console.log(faults === 0 ? 'Every card is whole in every language.' : `${faults} faults.`);
  process.exit(faults === 0 ? 0 : 1);
}

mkdirSync('docs', { recursive: true });
const config = await testConfig({ chat: true, sweepMs: 3_000 });
const bot = await start(config, { info: () => {}, warn: () => {} });
const browser = await openBrowser();
try {
  const chat = await openChat(browser, bot.chat as string);
  async function shot(name: string): Promise<void> {
    await chat.page.waitForTimeout(500);
    if (name === '8-finished') await chat.page.screenshot({ path: 'docs/channel.png', clip: { x: 330, y: 50, width: 840, height: 1400 } });
    const cards = chat.page.locator('.ac-adaptiveCard:not(.ac-adaptiveCard .ac-adaptiveCard)').filter({ visible: true });
    // In a channel the newest thread stands first, in a chat the newest message last.
    const card = name.startsWith('9') || name < '3' ? cards.last() : cards.filter({ hasText: 'Contoso Ltd' }).first();
    // What is no card stands among the messages.
    if (name === '9-typing' || name === '14-invite')
      await chat.page.screenshot({ path: `docs/${name}.png`, clip: { x: 330, y: 700, width: 840, height: 800 } });
    else {
      // A card that is taller than the page would show what lies over it.
      await chat.page.setViewportSize({ width: 1500, height: 2400 });
      await card.screenshot({ path: `docs/${name}.png` });
      await chat.page.setViewportSize({ width: 1500, height: 1500 });
    }
    console.log(`docs/${name}.png`);
  }
  await byClicks(chat, sandboxAt(bot.sandbox as string), shot);
  await byTyping(chat, shot);
  await byEnds(chat, sandboxAt(bot.sandbox as string), shot);
} finally {
  await browser.close();
  await bot.stop();
  rmSync(config.dataDir, { recursive: true, force: true });
}
process.exit();
