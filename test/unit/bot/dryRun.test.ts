/** Whoever is greeted, or asks what can be done, reads that a dry run is on, and who ends it how. */
import assert from 'node:assert/strict';
import { helpFor } from '../../../bot/turns/aboutBot.ts';
import type { TurnDeps } from '../../../bot/turns/turn.ts';
import { greet } from '../../../bot/turns/watch.ts';
import type { RenderedCard } from '../../../cards/chat/chat.ts';
import type { Actor } from '../../../dialogs/types.ts';
import { systemClock } from '../../../services/clock.ts';
import type { Chat } from '../../../services/domain/ticket.ts';
import { beginDryRun, setSwitch } from '../../../services/readOnly.ts';
import { ENGLISH } from '../../support/speaking.ts';
import { memoryStore } from '../../support/memory.ts';
import { chatFor } from '../../support/sweeping.ts';
import { plain } from '../../support/teams.ts';

const AT = '2027-01-20T10:00:00.000Z';
const SAYS = /This is a dry run: I watch, tell and ask for prices, and buy and change nothing\. An owner ends it with “dry-run off”\./;

async function said({
  actor = { roles: ['viewer'] },
  readOnlySetting = false,
  over = false,
  formerly = [],
}: Partial<Asked>): Promise<[greeting: string, help: string]> {
  const store = memoryStore();
  await beginDryRun(store, AT);
  if (over) await setSwitch(store, { what: 'dryRun', on: false, by: 'p1', at: AT }, null);
  const deps = { store, clock: systemClock(), ...ENGLISH, readOnlySetting } as unknown as TurnDeps;
  const who = { key: 'p', tenant: 't', name: 'Ann', ...actor } as Actor;
  const { say } = await greet(deps, { chat: { ...chatFor('c', 'x'), watching: [], formerly }, actor: who });
  return [plain((say[0] as RenderedCard).card), plain((await helpFor(deps, who)).card)];
}

interface Asked {
  actor: Pick<Actor, 'roles'>;
  readOnlySetting: boolean;
  over: boolean;
  formerly: NonNullable<Chat['formerly']>;
}

describe('a dry run that is on', () => {
  it('is said in the greeting and in the help, beside what the chat watched before', async () => {
    for (const text of await said({})) assert.match(text, SAYS);
    const [greeting] = await said({ formerly: [{ what: 'all' }] });
    assert.match(greeting, SAYS);
    assert.match(greeting, /this chat watched all customers/);
  });
  it('is not said when it is over, nor where a setting stops everything', async () => {
    for (const asked of [{ over: true }, { readOnlySetting: true }]) for (const text of await said(asked)) assert.doesNotMatch(text, /dry run: I watch/);
  });
  it('is said to nobody who has no role', async () => {
    assert.doesNotMatch((await said({ actor: { roles: [] } }))[1], /dry run/);
  });
});
