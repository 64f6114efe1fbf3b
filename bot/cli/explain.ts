/**
 * `npm run explain -- <customer or ticket>`: what Partner Center says of one customer, what the bot makes of it, and what it
 * would store and say if it looked now. Nothing is changed, here or there.
 */

import { en } from '../../cards/text/en/en.ts';
import { rendererIn } from '../../cards/ticket/ticket.ts';
import { hears, watchers } from '../../services/chats.ts';
import { dayOf } from '../../services/clock.ts';
import type { Chat, Move, News, Subscription, Ticket, TrackedSubscription } from '../../services/domain/ticket.ts';
import { nextStep } from '../../services/moves/nextStep.ts';
import { type PreflightDeps, preflight } from '../../services/moves/preflight.ts';
import { STEPS } from '../../services/moves/steps.ts';
import { httpPartnerCenter } from '../../services/partnerCenter/client.ts';
import { readSwitch, stopOf } from '../../services/readOnly.ts';
import { findCustomers, findTicket, nearCustomers } from '../../services/search.ts';
import type { Unwritten } from '../../services/store/overlay.ts';
import { MOVE, OUTBOX, ofCustomer } from '../../services/store/rows.ts';
import type { Store } from '../../services/store/store.ts';
import { isWatched } from '../../services/tickets/endOfTerm.ts';
import { type FactsDeps, plainFacts } from '../../services/tickets/facts.ts';
import { readTicket } from '../../services/tickets/read.ts';
import { type CardViewDeps, cardViewOf } from '../../services/ticketView.ts';
import { type Decision, dryRun } from '../../services/watch/dryRun.ts';
import { programmesIn } from '../config/programmes.ts';
import type { Config } from '../config/config.ts';
import type { Resources } from '../resources.ts';

/** Whoever reads a channel: nobody in person, so that no name is told that is not told there. */
const ANY_CHANNEL: Chat = {
  ...{ key: 'any', kind: 'channel', reference: null, tenantId: '', watching: [], watchedBy: null, watchedAt: null, toldBaseline: true, dead: false },
};

/** The lines to print. Throws with a sentence where nobody, or not one alone, is called so. */
export async function explain(resources: Resources, config: Config, words: string): Promise<string[]> {
  const customerId = await whichCustomer(resources.store, words);
  const partnerCenter = httpPartnerCenter(resources.client, resources.licenceClient);
  const programmes = programmesIn(config.programmesDir);
  const { clock, metrics, directory } = resources;
  const run = await dryRun({ store: resources.store, partnerCenter, programmes, clock, metrics, periodMs: config.sweepMs }, customerId);
  const { store, changes } = run;
  const isReadOnly = async () => (config.readOnly ? 'readOnly' : stopOf(await readSwitch(store)));
  const view = { store, clock, fourEyes: config.fourEyes, shows: config.shows, directory };
  const today = dayOf(clock.now());
  return [
    `${run.name} (${customerId}), looked at now, ${clock.now().toISOString()}. Nothing is changed by this.`,
    '',
    `Partner Center says${run.list.whole ? '' : ' (and its list is not whole)'}:`,
    ...indented(run.list.items.map((one) => saidOf(one, { programmes, today }))),
    ...run.notes.map((note) => `  not read: ${[note.what, note.field, note.plan].filter(Boolean).join(' ')}`),
    '',
    'Known here before:',
    ...indented(run.known.map((one) => knownOf(one, { programmes, today }))),
    '',
    'Decided:',
    ...indented(run.decided.map(decidedOf)),
    '',
    'Would be stored:',
    ...indented(changes.map(({ table, partition, key, value }) => `${value === null ? 'remove' : 'write'} ${table} ${partition} ${key}`)),
    '',
    'Would be said:',
    ...indented(await said(view, changes)),
    '',
    'Next, for its moves:',
    ...indented(await nextOf({ store, clock, directory, isReadOnly, log: { info: () => {}, warn: () => {} } }, customerId)),
  ];
}

/** So many customers are named of those that are called nearly so. */
const NEAR_MAX = 5;

export async function whichCustomer(store: Store, words: string): Promise<string> {
  if (words === '') throw new Error('Name a customer or a ticket: npm run explain -- Contoso, or npm run explain -- S-1042');
  const ticket = /^S-?\d+$/i.test(words) ? await findTicket(store, words.toUpperCase().replace(/^S-?/, 'S-')) : undefined;
  if (ticket) return ticket.customerId;
  const found = await findCustomers(store, words);
  if (found.length === 0) {
    const near = (await nearCustomers(store, words)).customers.slice(0, NEAR_MAX).map((one) => one.name);
    const meant = near.length > 0 ? `Did you mean ${near.join(', or ')}? ` : '';
    throw new Error(`No customer and no ticket is called '${words}'. ${meant}The names are those of Partner Center; a ticket looks like S-1042.`);
  }
  if (found.length > 1) throw new Error(`'${words}' may be ${found.map((one) => `${one.name} (${one.id})`).join(', ')}. Write more of the name.`);
  return found[0]?.id as string;
}

function indented(lines: readonly string[]): string[] {
  return (lines.length > 0 ? lines : ['nothing']).map((line) => `  ${line}`);
}

type Reading = Pick<FactsDeps, 'programmes' | 'today'>;

function saidOf(one: Subscription, reading: Reading): string {
  const renews = one.autoRenew === null ? 'auto-renew not said' : one.autoRenew ? 'auto-renews' : 'auto-renew off';
  const { endOfTerm, ending } = plainFacts(one, [], reading);
  const end = isWatched(one) ? `at the end of its term: ${endOfTerm}${ending ? ` ${JSON.stringify(ending)}` : ''}` : 'not watched';
  return [one.offerName, one.status, renews, `last day ${one.lastDay ?? 'not said'}`, `${one.quantity ?? 'unknown'} seats`, end, one.id].join(' · ');
}

function knownOf({ snapshot, ticket, liveMove, goneAt, missingAt }: TrackedSubscription, reading: Reading): string {
  const marks = [ticket, liveMove, goneAt && `gone since ${goneAt}`, missingAt && `missing since ${missingAt}`].filter(Boolean);
  return [saidOf(snapshot, reading), ...marks].join(' · ');
}

function decidedOf({ ticketId, what, before, after, data }: Decision): string {
  return `${ticketId}: ${what}, ${before || 'nothing'} -> ${after} ${JSON.stringify(data)}`;
}

/** The card's gist and the thread's line of each piece of news, as it is heard in a channel, and in how many chats. */
async function said(view: CardViewDeps, changes: readonly Unwritten[]): Promise<string[]> {
  const renderer = rendererIn(en);
  const watching = await watchers(view.store);
  const lines: string[] = [];
  for (const { partition, value } of changes.filter((one) => one.key.startsWith(OUTBOX) && one.value !== null)) {
    const news = value as News;
    const rows = await readTicket(view.store, { customerId: partition, ticketId: news.ticketId });
    if (!rows) continue;
    const ticket: Ticket = rows.ticket.value;
    const shown = await cardViewOf(view, ANY_CHANNEL, ticket, '');
    const chats = watching.filter((one) => hears(one.watching, { customerId: partition, programme: ticket.facts.programme })).length;
    lines.push(`${news.ticketId} (${news.kind}), in ${chats} ${chats === 1 ? 'chat' : 'chats'} that watch: ${renderer.ticket(shown).summary}`);
    const line = renderer.line(news, shown);
    if (line) lines.push(`  in its thread: ${line.text}`);
  }
  return lines;
}

async function nextOf(deps: PreflightDeps, customerId: string): Promise<string[]> {
  const moves = await deps.store.range<Move>(...ofCustomer(customerId), MOVE, `${MOVE}~`);
  const now = deps.clock.now().toISOString();
  const lines: string[] = [];
  for (const { value: move } of moves) {
    const next = nextStep(move, now);
    if (next.do === 'nothing')
      lines.push(`${move.ticketId} ${move.state}: ${move.state === 'finished' || move.state === 'cancelled' ? 'over' : 'waits for a person'}`);
    else if (next.do === 'wait') lines.push(`${move.ticketId} ${move.state}: waits until ${next.until}`);
    else if (next.do === 'remind' || next.do === 'lapse') lines.push(`${move.ticketId} ${move.state}: ${next.do}`);
    else {
      const against = await preflight(deps, move, next.do);
      const { call, right } = STEPS[next.do];
      lines.push(
        `${move.ticketId} ${move.state}: ${next.do}${call ? `, call ${call}` : ''}${right ? `, right ${right}` : ''}; ${against ? `held back: ${JSON.stringify(against)}` : 'nothing stands against it'}`,
      );
    }
  }
  return lines;
}
