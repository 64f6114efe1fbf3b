/** Who somebody is whom a message mentions: a mention brings Teams' own id, and Entra's is asked for. */
import { TeamsInfo, type TurnContext } from 'botbuilder';
import type { Clock } from '../../services/clock.ts';
import type { Mention } from '../turns/plainText.ts';
import type { Member } from '../turns/turn.ts';

const ANSWER_MS = 5_000;

/** The member of the chat; null where Teams does not say so soon, or the mention is of a team, a channel or a tag. (Teams documentation, "Get details of a single member".) */
export async function memberOf(context: TurnContext, { id, name }: Mention, clock: Pick<Clock, 'sleep'>): Promise<Member | null> {
  if (id === '') return null;
  const found = TeamsInfo.getMember(context, id).catch(() => null);
  const account = await Promise.race([found, clock.sleep(ANSWER_MS).then(() => null)]);
  const objectId = account?.aadObjectId ?? (account as { objectId?: string } | null)?.objectId;
  return objectId ? { objectId, name: account?.name || name } : null;
}
