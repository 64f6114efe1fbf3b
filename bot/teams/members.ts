/** Who somebody is whom a message mentions: a mention brings Teams' own id, and Entra's is asked for. */
import type { Clock } from '../../services/clock.ts';
import type { Mention } from '../turns/plainText.ts';
import type { Member } from '../turns/turn.ts';
import { type Activity, referenceOf, type Sdk } from './sdk.ts';

export type Members = (activity: Activity, mention: Mention) => Promise<Member | null>;

const ANSWER_MS = 5_000;

/** The member of the chat or team; null where Teams does not say so soon, or the mention is of a team, a channel or a tag. (Teams documentation, "Get details of a single member".) */
export function membersWith(sdk: Sdk, clock: Pick<Clock, 'sleep'>): Members {
  return async (activity, { id, name }) => {
    if (id === '') return null;
    const { team } = (activity.channelData ?? {}) as { team?: { id?: string } | null };
    const found = sdk.there(referenceOf(activity), (out) => out.member(team?.id || activity.conversation.id, id)).catch(() => null);
    const member = await Promise.race([found, clock.sleep(ANSWER_MS).then(() => null)]);
    return member && { objectId: member.objectId, name: member.name || name };
  };
}
