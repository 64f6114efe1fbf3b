/** The main job in the chat page, with real clicks and real typing; `shot` is called at each stage. */
import type { Locator, Page } from 'playwright-core';
import { boundMs } from '../support/until.ts';
import type { ChatPage } from './browser.ts';
import type { Sandbox } from '../support/world.ts';

export type Shot = (name: string) => Promise<void>;

const SEVERAL = 'Dynamics 365 for Sales Enterprise Edition From SA for CRM Basic (Qualified Offer)';
const SEVERAL_WINGTIP = 'Dynamics 365 Customer Engagement Plan Enterprise Edition Add-On for CRM Basic (Qualified Offer)';

const GONE = 'Finished: the licences that were not bought through us are gone';

const quiet: Shot = async () => {};

/** What was lost is done again: soon at first, and then with more patience, for a busy machine only answers late. */
const PATIENCE_MS = [3_000, 6_000, 12_000, 24_000, 24_000, 24_000];

/** In a channel, by buttons alone: greeting, Watch here, flip, plan, quote, approve, reassign, suspend, finished. */
export async function byClicks(chat: ChatPage, sandbox: Sandbox, shot: Shot = quiet): Promise<void> {
  const { page } = chat;
  const { button, pressTill } = pressing(page);
  const { there, seen: sees } = talking(chat);
  await chat.open('Renewals');
  await button('Watch here').waitFor();
  await shot('1-greeting');
  await pressTill('Watch here', there(/Started by/));
  await shot('2-watching');
  await sandbox.post('flip', { customer: 'Contoso' });
  await sees('Expires in 42');
  await shot('3-notice');
  await page
    .getByText(/Customer Service/)
    .first()
    .click();
  await page
    .getByText(/Sales Professional/)
    .first()
    .click();
  await pressTill('Get a price', button('Approve and buy'));
  await shot('4-quote');
  await pressTill('Approve and buy', there(/Buying|I am buying now/));
  await shot('5-buying');
  await button(/Move 7/).waitFor();
  await shot('6-licences');
  await pressTill(/Move 7/, button('Suspend subscription'));
  await shot('7-suspend');
  await pressTill('Suspend subscription', there('Finished: the old subscription is suspended.'));
  await page.getByText('What happened on').last().waitFor();
  await shot('8-finished');
}

/** The newest button of that name that can be seen. */
function pressing(page: Page) {
  const button = (name: string | RegExp) => page.getByRole('button', { name }).filter({ visible: true }).last();
  const press = (name: string | RegExp) => button(name).click();
  /** The page draws its cards anew when another message comes, and a click in that moment is lost: then it is made again. */
  async function pressTill(what: string | RegExp | Locator, there: Locator): Promise<void> {
    const pressed = typeof what === 'string' || what instanceof RegExp ? button(what) : what;
    await pressed.click();
    for (const timeout of PATIENCE_MS) {
      if (await came(there, timeout)) return;
      await pressed.click({ timeout: 2_000 }).catch(() => {});
    }
    throw new Error(`After “${what}” there stands: ${await standing(page)}`);
  }
  return { button, press, pressTill };
}

/** What stands in the chat, and saying something until it was answered: what was answered before stands there too, so another one is waited for. */
function talking(chat: ChatPage) {
  const all = (text: string | RegExp) => chat.page.getByText(text).filter({ visible: true });
  return {
    there: (text: string | RegExp) => all(text).last(),
    seen: (text: string | RegExp) => all(text).last().waitFor(),
    async say(text: string, answer: string | RegExp): Promise<void> {
      const before = await all(answer).count();
      await chat.write(text);
      await all(answer).nth(before).waitFor();
    },
    /** Says it again where nothing came of it: a place that is still being opened loses what is typed, and what is asked about may not have been looked at yet. */
    async sayTill(text: string, answer: Locator): Promise<void> {
      for (const timeout of PATIENCE_MS) {
        await chat.write(text);
        if (await came(answer, timeout)) return;
      }
      throw new Error(`After “${text}” there stands: ${await standing(chat.page)}`);
    },
  };
}

/** Whether it can be seen within that time. */
function came(what: Locator, timeoutMs: number): Promise<boolean> {
  return what.waitFor({ timeout: boundMs(timeoutMs) }).then(
    () => true,
    () => false,
  );
}

/** The last three cards that can be seen. */
async function standing(page: Page): Promise<string> {
  const stands = await page.locator('.ac-adaptiveCard').filter({ visible: true }).allInnerTexts();
  return stands.slice(-3).join('\n---\n');
}

/** In the personal chat, by typing alone. */
export async function byTyping(chat: ChatPage, shot: Shot = quiet): Promise<void> {
  const { page } = chat;
  async function say(text: string, answer: string | RegExp): Promise<void> {
    await chat.write(text);
    await page.getByText(answer).filter({ visible: true }).last().waitFor();
  }
  await chat.open('Personal Chat');
  await say('help', 'What I can do');
  await shot('9-help');
  await say('expiring', 'soonest first');
  await shot('9-list');
  await say('move proseware', /Dynamics AX Device/);
  await page.getByRole('button', { name: 'Get a price' }).last().waitFor();
  await say('1', /How many licences\?/);
  await say('yes', /It waits for your yes/);
  await say('yes', /4 of 4.people can move/);
  await shot('9-typing');
  await say('yes', /Answer yes to suspend/);
  // The left column repeats the last line of other chats, so the card is what to wait for.
  await say('yes', /Moved to .*Unified Operations - Device/);
}

/** New commerce in the personal chat: what goes on by the month, the move away from it whose last step is to cancel it at its term end, and an invitation. */
export async function byEnds(chat: ChatPage, sandbox: Sandbox, shot: Shot = quiet): Promise<void> {
  const { page } = chat;
  const { seen, say } = talking(chat);
  await sandbox.post('customer', { customer: 'Fabrikam', usageLocations: { 'Dana Roy': 'IE' } });
  await sandbox.post('plan', { customer: 'Fabrikam', subscription: 'Microsoft 365 Business Standard', plan: 'extend' });
  await chat.open('Personal Chat');
  await say('expiring est', /1 subscription .*Extended Service Term|Extended Service Term/);
  await shot('10-outcomes');
  await say('move fabrikam microsoft 365', 'Type the name of any plan');
  await shot('11-est');
  await say('office 365 e3', /Office 365 E3\. How many licences\?/);
  await say('yes', /It waits for your yes/);
  await say('yes', /25 of 25.people can move/);
  await say('yes', 'Suspending now saves nothing');
  await page.getByRole('button', { name: 'Cancel at term end' }).last().waitFor();
  await shot('12-cancel');
  await page.getByRole('button', { name: 'Cancel at term end' }).last().click();
  await seen(/Cancels on/);
  await shot('13-cancels');
  await say('invite adatum', /opens this link/);
  await shot('14-invite');
}

/** The end of one that renews: cancelled at its term end, and renewed again, which closes its ticket; each is asked about and approved. */
export async function bySettingEnds(chat: ChatPage, sandbox: Sandbox, shot: Shot = quiet): Promise<void> {
  const { button, pressTill } = pressing(chat.page);
  const { there, sayTill } = talking(chat);
  await sandbox.post('subscription', { customer: 'Coho', plan: 'Microsoft 365 Business Basic', seats: 4, endsInDays: 60 });
  await chat.open('Personal Chat');
  // A look has to find it first; and an end can be set only where a planned action was seen at Partner Center.
  await sayTill('move coho microsoft 365 business basic', there('It renews on'));
  await sayTill('cancel at term end', button('Approve the cancellation'));
  await shot('cancel-asked');
  await pressTill('Approve the cancellation', button('Renew again'));
  await shot('cancel-set');
  await pressTill('Renew again', button('Approve and renew'));
  await shot('renew-asked');
  await pressTill('Approve and renew', there('It was set to renew here.'));
  await shot('renews-again');
}

/** Customers of one programme: their prices are declined together, asked for again, and approved together; one of them has none. */
export async function bySeveral(chat: ChatPage, sandbox: Sandbox, shot: Shot = quiet): Promise<void> {
  const { page } = chat;
  const { button, press, pressTill } = pressing(page);
  const { seen, there, sayTill } = talking(chat);
  const names = ['Fabrikam Residences', 'Wingtip Toys', 'Woodgrove Bank'];
  await chat.open('Renewals');
  await sandbox.post('flip', { customer: 'Fabrikam', subscription: SEVERAL });
  await sandbox.post('flip', { customer: 'Wingtip', subscription: SEVERAL_WINGTIP });
  await sandbox.post('flip', { customer: 'Woodgrove' });
  for (const name of names) await seen(name);
  await chat.open('Personal Chat');
  // The list of before still stands there, with its three chosen, and a price that was declined may be told below the new one.
  const list = page.locator('.ac-adaptiveCard').filter({ visible: true }).filter({ hasText: 'Press a name' }).last();
  const inList = (name: string | RegExp) => list.getByRole('button', { name });
  async function ask(): Promise<void> {
    await sayTill('move crm-basic', button('Get all 3 prices'));
    for (const name of names) await pressTill(inList(new RegExp(`^Choose ${name}$`)), inList(`Do not choose ${name}`));
    await shot('several-chosen');
    // The plans that were offered before still stand there: another offer is waited for.
    const plans = page.getByRole('button', { name: /Dynamics 365 Sales Professional/ }).filter({ visible: true });
    await pressTill(inList('Get 3 prices'), plans.nth(await plans.count()));
    await shot('several-plan');
    await pressTill(/Dynamics 365 Sales Professional/, button('Approve and buy 2'));
    await shot('several-asked');
  }
  await ask();
  await press('Decline all 2');
  await page.getByRole('textbox').filter({ visible: true }).nth(-2).fill('Not before the new year.');
  await shot('several-decline');
  await pressTill('Decline all 2', there(/2 of 3.prices .* were declined/));
  await shot('several-declined');
  await ask();
  await pressTill('Approve and buy 2', there(/2 of 3.subscriptions .* are approved/));
  await shot('several-approved');
}

/** The company that was invited comes, with licences from elsewhere: they are moved, the customer is asked to end them, and they are gone. */
export async function byInvitation(chat: ChatPage, sandbox: Sandbox, shot: Shot = quiet): Promise<void> {
  const { button, pressTill } = pressing(chat.page);
  const { seen, there } = talking(chat);
  await chat.open('Personal Chat');
  await sandbox.post('accept', { customer: 'Adatum', people: 3, foreignSeats: { 'Office 365 E4': 5 } });
  await seen(/Adatum.* is your customer now/);
  await button(/Move what it has/).waitFor();
  await shot('invited-came');
  await pressTill(/Move what it has/, there('Bought elsewhere'));
  await shot('elsewhere');
  await pressTill('Get a price', button('Approve and buy'));
  await shot('elsewhere-quote');
  await pressTill('Approve and buy', button('Move 3 people'));
  await pressTill('Move 3 people', there('Message to the customer, to copy'));
  await shot('elsewhere-message');
  await sandbox.post('customer', { customer: 'Adatum', foreignSeats: { 'Office 365 E4': 0 } });
  // Missed at one look, and at another.
  for (let days = 0; days < 20 && (await chat.page.getByText(GONE).count()) === 0; days++) {
    await sandbox.post('clock', { advanceDays: 1 });
    await chat.page.waitForTimeout(4_000);
  }
  await seen(GONE);
  await shot('elsewhere-gone');
}
