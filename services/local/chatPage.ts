/** The chat page of local mode: who is there, and where they speak. The package reads it from a file in its working folder. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Somebody at the chat page; `objectId` is what the list of PEOPLE names. */
export interface PageUser {
  id: string;
  objectId: string;
  name: string;
  /** What they do, for whoever tries it. */
  does: string;
}

const user = (n: number, name: string, does: string): PageUser => ({ id: `user-${n}`, objectId: `00000000-0000-0000-0000-00000000010${n}`, name, does });

/** Whoever sits at the page. */
export const ME = user(0, 'Alex Wilber', 'sells licences, asks for prices');
/** The second person of the four eyes. */
export const APPROVER = user(1, 'Megan Bowen', 'approves purchases');
/** The package wants exactly five beside whoever sits there. */
const COLLEAGUES = [
  APPROVER,
  user(2, 'Adele Vance', 'moves licences'),
  user(3, 'Isaiah Langer', 'owns the bot'),
  user(4, 'Patti Fernandez', 'sells licences'),
  user(5, 'Lynne Robbins', 'looks on'),
];

export const TENANT = '00000000-0000-0000-0000-000000000100';
export const BOT = { id: '00000000-0000-0000-0000-000000000111', name: 'Successor' };
export const PERSONAL_CHAT = 'successor-personal-chat';
export const GROUP_CHAT = { id: 'successor-renewals-group', name: 'Renewals crew' };
export const TEAM = { id: 'successor-team-licensing', name: 'Licensing', aadGroupId: '00000000-0000-0000-0000-000000000131' };
export const CHANNEL = { id: 'successor-channel-renewals', name: 'Renewals' };

/** Ids that stay the same from start to start: what was watched in a chat is watched there still. Writes into `folder`. */
export function writeChatPage(folder: string): void {
  mkdirSync(folder, { recursive: true });
  const page = {
    version: '0.1.1',
    tenantId: TENANT,
    bot: BOT,
    currentUser: told(ME),
    users: COLLEAGUES.map(told),
    personalChat: { id: PERSONAL_CHAT },
    groupChat: GROUP_CHAT,
    team: { ...TEAM, channels: [CHANNEL] },
  };
  // JSON is YAML.
  writeFileSync(join(folder, '.m365agentsplayground.yml'), JSON.stringify(page, null, 2));
}

function told({ id, name, objectId }: PageUser): Record<string, string> {
  const [givenName = name, surname = name] = name.split(' ');
  const email = `${givenName}.${surname}@example.com`.toLowerCase();
  return { id, name, userPrincipleName: email, aadObjectId: objectId, givenName, surname, email };
}
