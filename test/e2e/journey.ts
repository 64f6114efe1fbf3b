/** The main job in the chat page, with real clicks and real typing; `shot` is called at each stage. */
import type { ChatPage } from './browser.ts';
import type { Sandbox } from '../support/world.ts';

export type Shot = (name: string) => Promise<void>;

const quiet: Shot = async () => {};

/** In a channel, by buttons alone: greeting, Watch here, flip, plan, quote, approve, reassign, suspend, finished. */
export async function byClicks(chat: ChatPage, sandbox: Sandbox, shot: Shot = quiet): Promise<void> {
  const { page } = chat;
  const button = (name: string | RegExp) => page.getByRole('button', { name }).last();
  const sees = (text: string | RegExp) => page.getByText(text).last().waitFor();
  await chat.open('Renewals');
  await button('Watch here').waitFor();
  await shot('1-greeting');
  await button('Watch here').click();
  await sees(/Started by/);
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
  await button('Get a price').click();
  await button('Approve and buy').waitFor();
  await shot('4-quote');
  await button('Approve and buy').click();
  await sees(/Buying/);
  await shot('5-buying');
  await button(/Move 7/).waitFor();
  await shot('6-licences');
  await button(/Move 7/).click();
  await button('Suspend subscription').waitFor();
  await shot('7-suspend');
  await button('Suspend subscription').click();
  await sees('Finished: the old subscription is suspended.');
  await page.getByText('What happened on').last().waitFor();
  await shot('8-finished');
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
  await say('yes', /It waits for an approval/);
  await say('yes', /4 of 4.people can move/);
  await shot('9-typing');
  await say('yes', /Answer yes to suspend/);
  // The left column repeats the last line of other chats, so the card is what to wait for.
  await say('yes', /Moved to .*Unified Operations - Device/);
}

/** New commerce in the personal chat: what goes on by the month, the move away from it whose last step is to cancel it at its term end, and an invitation. */
export async function byEnds(chat: ChatPage, sandbox: Sandbox, shot: Shot = quiet): Promise<void> {
  const { page } = chat;
  const all = (text: string | RegExp) => page.getByText(text).filter({ visible: true });
  const seen = (text: string | RegExp) => all(text).last().waitFor();
  // What was answered to a move before stands there too: another one is waited for.
  async function say(text: string, answer: string | RegExp): Promise<void> {
    const before = await all(answer).count();
    await chat.write(text);
    await all(answer).nth(before).waitFor();
  }
  await sandbox.post('customer', { customer: 'Fabrikam', usageLocations: { 'Dana Roy': 'IE' } });
  await sandbox.post('plan', { customer: 'Fabrikam', subscription: 'Microsoft 365 Business Standard', plan: 'extend' });
  await chat.open('Personal Chat');
  await say('expiring est', /1 subscription .*Extended Service Term|Extended Service Term/);
  await shot('10-outcomes');
  await say('move fabrikam microsoft 365', 'Type the name of any plan');
  await shot('11-est');
  await say('office 365 e3', /Office 365 E3\. How many licences\?/);
  await say('yes', /It waits for an approval/);
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
