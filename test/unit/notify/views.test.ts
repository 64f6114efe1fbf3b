/** For whom a card in a channel has a view of its own, and that this alone edits nothing. */
import assert from 'node:assert/strict';
import { updateChat } from '../../../services/chats.ts';
import { directoryOf, meet } from '../../../services/people/people.ts';
import { ofCustomer } from '../../../services/store/rows.ts';
import { sampleMove } from '../../support/samples.ts';
import { MINUTE_MS, type NotifyingWorld, openNotifying } from '../../support/notifying.ts';

const APPROVERS = directoryOf([{ objectId: 'cy', name: 'Cy Tan', roles: ['approver'] }]);

async function met(world: NotifyingWorld, name: string): Promise<string> {
  return (await meet(world.deps.store, { objectId: name, tenantId: 'tenant', name, teamsId: `29:${name}` }, null, '2027-01-20')).key;
}

function readersIn(world: NotifyingWorld, chat: string): string[] | undefined {
  const card = world.sent.findLast((one) => one.chat === chat && one.card !== '')?.card ?? '{}';
  return (JSON.parse(card) as { refresh?: { userIds: string[] } }).refresh?.userIds;
}

describe('a card in a channel', () => {
  let world: NotifyingWorld;
  beforeEach(() => {
    world = openNotifying(APPROVERS);
    world.deps.views = true;
  });
  afterEach(() => world.stop());

  it('has a view for who asked, the approvers, who looks after it, and then for those who were there, the latest first', async () => {
    const key = new Map<string, string>();
    for (const name of ['ann', 'bo', 'cy', 'dan', 'eve']) key.set(name, await met(world, name));
    await met(world, 'gus');
    await world.chat('room', { people: [key.get('dan') as string, 'forgotten', key.get('eve') as string, key.get('ann') as string] });
    const quote = { ...sampleMove().quote, askedBy: key.get('ann') } as NonNullable<ReturnType<typeof sampleMove>['quote']>;
    await world.deps.store.put(...ofCustomer('c1'), 'mov_1', sampleMove({ state: 'quoted', quote, startedBy: key.get('bo') as string }));
    await world.flip('S-1', { ticket: { move: 'mov_1', marks: { assignedTo: key.get('dan') as string } } });
    await world.forMs(MINUTE_MS);
    assert.deepEqual(readersIn(world, 'room'), ['29:ann', '29:cy', '29:dan', '29:bo', '29:eve']);
  });

  it('is not edited because one more has come, and has that one with what is new', async () => {
    const dan = await met(world, 'dan');
    await world.chat('room', { people: [dan] });
    await world.flip('S-1');
    await world.forMs(MINUTE_MS);
    const eve = await met(world, 'eve');
    await updateChat(world.deps.store, 'room', (now) => now && { ...now, people: [dan, eve] });
    await world.flip('S-1', { kind: 'progress' });
    await world.forMs(MINUTE_MS);
    assert.deepEqual(world.to('room'), ['post S-1']);
    await world.flip('S-1', { kind: 'changed', lastDay: '2027-05-31' });
    await world.forMs(MINUTE_MS);
    assert.deepEqual(world.to('room'), ['post S-1', 'edit S-1']);
    assert.deepEqual(readersIn(world, 'room'), ['29:eve', '29:dan']);
  });

  it('has sixty of them at most, and in person there is one reader anyway', async () => {
    const people: string[] = [];
    for (let n = 0; n < 70; n++) people.push(await met(world, `p${n}`));
    await world.chat('room', { people });
    await world.chat('own', { kind: 'personal', people });
    await world.flip('S-1');
    await world.forMs(MINUTE_MS);
    assert.equal(readersIn(world, 'room')?.length, 60);
    assert.equal(readersIn(world, 'room')?.[0], '29:p69');
    assert.equal(readersIn(world, 'own'), undefined);
  });
});
