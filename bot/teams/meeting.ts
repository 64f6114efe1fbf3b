/** Who says what where: the person, the chat and the roles of one activity. */
import type { BoundedMap } from '../../services/boundedMap.ts';
import { meetChat, notePerson, updateChat } from '../../services/chats.ts';
import { dayOf } from '../../services/clock.ts';
import { activityOf } from '../../services/domain/activity.ts';
import { type Directory, type Identity, meet, type Met } from '../../services/people/people.ts';
import { quotedIn } from '../turns/plainText.ts';
import type { Turn, TurnDeps } from '../turns/turn.ts';
import { objectIdOf } from './compose.ts';
import { placeOf } from './events.ts';
import type { Readers } from './readers.ts';
import type { Activity } from './sdk.ts';

/** Who was met so short a time ago is not looked up again for a press that spends nothing. */
const MET_MS = 60_000;

/** What it takes to know somebody. */
export interface Meeting {
  deps: TurnDeps;
  readers: Readers;
  met: BoundedMap<string, { person: Met; atMs: number }>;
}

/** Object ids are opaque; a name is only for showing. `lately`: it will do who it was a moment ago. */
export async function turnOf(bot: Meeting, activity: Activity, how: { words: string; lately: boolean; rolesOf?: Directory['rolesOf'] }): Promise<Turn> {
  const { words, lately, rolesOf = bot.deps.directory.rolesOf } = how;
  const { thread, chat } = placeOf(activity);
  const place = { ...chat, ...bot.readers.localeOf(activity) };
  const { tenantId } = place;
  const objectId = objectIdOf(activity);
  const { wake } = bot.deps;
  const [met, person, roles] = await Promise.all([
    meetChat(bot.deps.store, place, async (key) => {
      await wake.schedule({ queue: 'notify', what: 'chat', chat: key });
      wake.now({ queue: 'notify', what: 'chat', chat: key });
    }),
    meetPerson(
      bot,
      { ...identityIn(activity, { objectId, tenantId }), ...bot.readers.localeOf(activity) },
      place.kind === 'personal' ? place.key : null,
      lately,
    ),
    rolesOf(objectId),
  ]);
  const own = met.kind === 'personal' && met.person !== person.key;
  bot.readers.note(objectId, person.speaks);
  const there = own ? ((await updateChat(bot.deps.store, met.key, (now) => now && { ...now, person: person.key })) ?? met) : met;
  const known = bot.deps.views && roles.length > 0 ? await notePerson(bot.deps.store, there, person.key) : there;
  const came = { id: activity.id, conversation: thread, person: person.key, words, timestamp: activity.timestamp };
  const { speaks, menus } = person;
  const actor = { key: person.key, tenant: tenantId, name: person.name, roles, ...(speaks ? { speaks } : {}), ...(menus ? { menus } : {}) };
  const root = thread.split(';messageid=')[1];
  const below = root !== undefined && root !== activity.id;
  return { chat: known, thread, below, quoted: quotedIn(activity.text), actor, activity: activityOf(came, bot.deps.clock.wallMs()) };
}

/** With the id that Teams gives a person towards this bot; a card may hold no other. */
function identityIn({ from }: Activity, of: Pick<Identity, 'objectId' | 'tenantId'>): Identity {
  return { ...of, name: from?.name ?? '', ...(from?.id.startsWith('29:') ? { teamsId: from.id } : {}) };
}

async function meetPerson(bot: Meeting, identity: Identity, personalChat: string | null, lately: boolean): Promise<Met> {
  const mark = JSON.stringify([identity, personalChat]);
  const known = bot.met.get(mark);
  if (lately && known && bot.deps.clock.wallMs() - known.atMs < MET_MS) return known.person;
  const person = await meet(bot.deps.store, identity, personalChat, dayOf(bot.deps.clock.now()));
  bot.met.set(mark, { person, atMs: bot.deps.clock.wallMs() });
  return person;
}
