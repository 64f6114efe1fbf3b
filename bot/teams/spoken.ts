/** What came of a turn, as the messages that say it. */
import type { Chat } from '../../services/domain/ticket.ts';
import { noteActivity } from '../../services/notify/handles.ts';
import { noteAsked } from '../turns/answer.ts';
import type { TurnDeps, TurnResult } from '../turns/turn.ts';
import type { Aloud, Spoken } from './aloud.ts';
import { toActivity } from './deliver.ts';
import { fileMessages } from './files.ts';
import type { Reference } from './sdk.ts';

/** What is said, as messages: a card's handle is told where it stands, and what is asked is noted when it does. */
export function spokenOf(deps: Pick<TurnDeps, 'store' | 'clock' | 'clockSkewMs'>, result: TurnResult): { said: Spoken[]; afterwards(): Promise<void> } {
  let question: string | null = null;
  const said = result.say.map((message): Spoken => {
    if (typeof message === 'string')
      return {
        activity: { type: 'message', text: message, textFormat: 'markdown' },
        sent: async (id) => {
          question = id;
        },
      };
    const { handle, text } = message;
    const sent = async (id: string) => {
      if (text !== undefined) question = id;
      if (handle) await noteActivity(deps.store, handle, id);
    };
    return { activity: { ...toActivity(message), ...(text === undefined ? {} : { text, textFormat: 'markdown' }) }, sent };
  });
  const { before, after } = fileMessages(deps.store, result);
  return { said: [...before, ...said, ...after], afterwards: async () => void (result.asks && (await noteAsked(deps, result.asks, question))) };
}

/** Says something in a conversation of a chat where nobody has spoken just now. */
export async function tellIn(deps: TurnDeps, aloud: Aloud, { chat, thread }: { chat: Chat; thread: string }, result: TurnResult): Promise<void> {
  const reference = chat.reference as Reference;
  const { said, afterwards } = spokenOf(deps, result);
  await aloud.tell({ ...reference, conversation: { ...reference.conversation, id: thread } }, said);
  await afterwards();
}
