/** The tasks of docs/tasks.md in the chat page: the table is read, and each row is done as it stands there, with so many presses and words as it says. */
import assert from 'node:assert/strict';
import { readFileSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Browser, Locator } from 'playwright-core';
import type { Running } from '../../bot/app.ts';
import { start } from '../../bot/start.ts';
import { en } from '../../cards/text/en/en.ts';
import { openTables } from '../../services/store/azureTables.ts';
import type { Store } from '../../services/store/store.ts';
import { openTickets } from '../../services/tickets/openList.ts';
import { readShape } from '../../services/tickets/shown.ts';
import { storageOf } from '../support/storage.ts';
import { boundMs, until } from '../support/until.ts';
import { type Sandbox, sandboxAt, testConfig } from '../support/world.ts';
import { type ChatPage, openBrowser, openChat } from './browser.ts';
import { assertExactlyOnce } from './main-job.ts';

/** To a decision, and for the whole move from its notice. */
const [DECIDE_MAX, MOVE_MAX] = [4, 5];
const TRIES = 7;
const WAIT_MS = 10_000;
const POLL_MS = 100;
/** A chat is read when nothing has come for so long. */
const SETTLED_MS = 400;
/** Said to what was written before the question stood there: people read first, and write it once more. */
const TOO_EARLY = [en.replies.typedAhead(), en.replies.reading()].map((text) => text.slice(0, 40));

interface Step {
  how: 'press' | 'choose' | 'fill' | 'say';
  what: string;
}

interface Task {
  who: string;
  wants: string;
  where: string;
  steps: Step[];
  takes: number;
  says: string;
}

const STEPS: readonly (readonly [RegExp, Step['how']])[] = [
  [/^\*\*(.+)\*\*$/, 'press'],
  [/^_(.+)_$/, 'choose'],
  [/^“(.+)”$/, 'fill'],
  [/^`(.+)`$/, 'say'],
];

function stepOf(text: string): Step {
  for (const [pattern, how] of STEPS) {
    const what = pattern.exec(text)?.[1];
    if (what) return { how, what };
  }
  throw new Error(`“${text}” is neither pressed, chosen nor written.`);
}

function tasksIn(page: string): Task[] {
  const rows = page.split('\n').filter((line) => /^\| (?:specialist|manager|admin) /.test(line));
  return rows.map((line) => {
    const [, who = '', wants = '', where = '', does = '', takes = '', says = ''] = line.split('|').map((cell) => cell.trim());
    return { who, wants, where, steps: does.split(' · ').map(stepOf), takes: Number(takes), says };
  });
}

const TASKS = tasksIn(readFileSync(resolve(import.meta.dirname, '../../docs/tasks.md'), 'utf8'));

describe('the tasks of a day', () => {
  let bot: Running;
  let browser: Browser;
  let chat: ChatPage;
  let sandbox: Sandbox;
  let folder: string;
  let store: Store;
  let place = '';
  before(async () => {
    const config = await testConfig({ chat: true, sweepMs: 3_000 });
    folder = config.dataDir;
    bot = await start(config, { info: () => {}, warn: () => {} });
    sandbox = sandboxAt(bot.sandbox as string);
    store = await openTables(storageOf(config));
    await sandbox.post('limits', { requestsPerMinute: 100_000 });
    browser = await openBrowser();
    chat = await openChat(browser, bot.chat as string);
  });
  after(async () => {
    await browser?.close();
    await bot?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** What must have happened before, by what is wanted. */
  const GIVEN: Readonly<Record<string, () => Promise<void>>> = {
    'move what has stopped renewing, from the notice to the end': () => stops('Contoso'),
    'decide for another term and billing': () => stops('Northwind'),
    'put one off, with a reason': () => stops('Woodgrove'),
    'decide for several customers at once': async () => {
      await sandbox.post('flip', { customer: 'Fabrikam', subscription: 'Dynamics 365 for Sales Enterprise Edition From SA for CRM Basic (Qualified Offer)' });
      await sandbox.post('flip', {
        customer: 'Wingtip',
        subscription: 'Dynamics 365 Customer Engagement Plan Enterprise Edition Add-On for CRM Basic (Qualified Offer)',
      });
      await until(
        async () => {
          const open = await openTickets(store);
          return (
            ['Fabrikam', 'Wingtip'].every((name) => open.some((row) => row.customerName.startsWith(name) && row.offerName.startsWith('Dynamics'))) || undefined
          );
        },
        () => 'not both were told',
      );
    },
    'let one of new commerce end': async () => {
      await sandbox.post('plan', { customer: 'Fabrikam', subscription: 'Microsoft 365 Business Standard', plan: 'extend' });
      await until(
        () => readShape(store),
        () => 'no planned action was seen',
      );
    },
  };

  async function stops(customer: string): Promise<void> {
    await sandbox.post('flip', { customer });
    await button('Get a price').waitFor();
  }

  function button(name: string): Locator {
    const named = new RegExp(`^(?:Choose )?${escaped(name)}$`);
    return chat.page.getByRole('button', { name: named }).filter({ visible: true }).last();
  }

  /** What a step is done to; null for what is written to the bot. */
  function target({ how, what }: Step): Locator | null {
    const { page } = chat;
    if (how === 'press') return button(what);
    if (how === 'fill') return page.getByRole('textbox').and(page.locator('input, textarea')).filter({ visible: true }).last();
    const name = new RegExp(`^${escaped(what)}`);
    const choices = page.getByRole('combobox', { name }).or(page.getByRole('option', { name })).or(page.getByRole('radio', { name }));
    return how === 'choose' ? choices.last() : null;
  }

  async function act(step: Step): Promise<void> {
    const timeout = boundMs(WAIT_MS);
    if (step.how === 'say') return chat.write(step.what, place !== 'Personal Chat');
    if (step.how === 'fill') return target(step)?.fill(step.what, { timeout });
    await target(step)?.click({ timeout });
  }

  /** What stands in the chat itself: all around where is written that is neither the list of chats nor the log. */
  async function stands(): Promise<string> {
    const text = await chat.page.evaluate(() => {
      let pane = document.querySelector('[role=textbox][data-lexical-editor=true]') as HTMLElement | null;
      while (pane?.parentElement && !/Teams Channel|Log Panel/.test(pane.parentElement.innerText)) pane = pane.parentElement;
      return pane?.innerText ?? '';
    });
    return text.replaceAll('\u00a0', ' ');
  }

  async function comes(is: (now: string) => boolean): Promise<boolean> {
    for (let waited = 0; waited < boundMs(WAIT_MS); waited += POLL_MS) {
      if (is(await stands())) return true;
      await chat.page.waitForTimeout(POLL_MS);
    }
    return false;
  }

  /** What stands there once something else does than before, and nothing more comes. */
  async function answered(before: string): Promise<string> {
    let [last, sinceMs] = [before, 0];
    await comes((now) => {
      sinceMs = now === last ? sinceMs + POLL_MS : 0;
      last = now;
      return now !== before && sinceMs >= SETTLED_MS;
    });
    return last;
  }

  /** Whether a step had its effect: what comes next is there, or the chat has answered. */
  async function took(step: Step, next: Step | undefined, says: string, before: string): Promise<boolean> {
    const there = next && target(next);
    if (there) return there.waitFor({ timeout: boundMs(WAIT_MS) }).then(...YES_OR_NO);
    if (!next) return comes((now) => times(now, says) > times(before, says));
    if (step.how === 'fill') return true;
    const now = await answered(before);
    return !TOO_EARLY.some((text) => times(now, text) > times(before, text));
  }

  async function done({ steps, says }: Task): Promise<void> {
    let lost = 0;
    for (let n = 0; n < steps.length; ) {
      const step = steps[n] as Step;
      const before = await stands();
      // The page draws its cards anew when something comes, and a click in that moment is lost: then it is made again.
      const acted = await act(step).then(...YES_OR_NO);
      if ((acted || lost > 0) && (await took(step, steps[n + 1], says, before))) {
        n += 1;
        continue;
      }
      lost += 1;
      assert.ok(lost < TRIES, `after “${step.what}” there stands: ${(await stands()).slice(-1_500)}`);
      // A form closes when its card is drawn anew: every other time the task is begun again.
      if (lost % 2 === 0) n = 0;
    }
  }

  it('are twenty, of a specialist, a manager and an admin', () => {
    assert.equal(TASKS.length, 20);
    assert.deepEqual([...new Set(TASKS.map((one) => one.who))].sort(), ['admin', 'manager', 'specialist']);
  });

  it('take as much as is written there, none more than four, the whole move no more than five, and one press to choose among twelve', () => {
    for (const { wants, steps, takes, says } of TASKS) {
      assert.ok(!steps.some((one) => one.what.includes(says)), `${says} is no answer`);
      assert.equal(steps.length, takes, wants);
      assert.ok(takes <= (wants.includes('to the end') ? MOVE_MAX : DECIDE_MAX), wants);
    }
    const twelve = TASKS.find((one) => one.wants.includes('twelve'));
    assert.equal(twelve?.steps.filter((one) => one.how !== 'say').length, 1);
    for (const wants of Object.keys(GIVEN))
      assert.ok(
        TASKS.some((one) => one.wants === wants),
        wants,
      );
  });

  for (const task of TASKS)
    it(`${task.who}: ${task.wants}`, async () => {
      const where = task.where === 'in person' ? 'Personal Chat' : task.where;
      if (where !== place) await chat.open(where);
      place = where;
      await GIVEN[task.wants]?.();
      const before = (await sandbox.writes()).length;
      await done(task).catch(async (error: Error) => {
        if (process.env.SHOT) await chat.page.screenshot({ path: process.env.SHOT });
        throw error;
      });
      if (task.wants.includes('to the end')) assertExactlyOnce((await sandbox.writes()).slice(before), 7);
    });
});

const YES_OR_NO = [() => true, () => false] as const;

function times(text: string, part: string): number {
  return text.split(part).length - 1;
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll(' ', '[ \u00a0]');
}
