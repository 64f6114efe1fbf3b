/**
 * What whoever runs the bot can ask of it from the command line, with the bot's own settings:
 * `npm run doctor`, `npm run upgrade`, `npm run read-only -- on|off`, `npm run events -- register [--replace <address>]`,
 * `npm run privacy -- export|erase <person>`, `npm run privacy -- forget`, `npm run explain -- <customer or ticket>`.
 */
import { isFree, lockHolder, startChildren } from '../../services/local/processes.ts';
import { EVENTS, register } from '../../services/partnerCenter/webhook/registration.ts';
import { eraseHolder, exportHolder, findHolders, type Holder } from '../../services/privacy/holders.ts';
import { erasePerson, exportPerson, findPeople } from '../../services/privacy/privacy.ts';
import { applyRetention } from '../../services/privacy/retention.ts';
import { readSwitch, setSwitch, stopOf } from '../../services/readOnly.ts';
import { FORMAT } from '../../services/store/format.ts';
import { type Config, parseConfig } from '../config/config.ts';
import { asItRuns, holderOf } from '../config/running.ts';
import { openResources, type Resources } from '../resources.ts';
import { type Finding, linesOf, type Looked } from './diagnosis.ts';
import { asksHow } from './help.ts';

/** Storage that does not open at all is no reason to be silent. */
const OPEN_S = 45;
const quiet = { info: () => {}, warn: () => {} };

const HELP = `Ask one of these:
  npm run doctor                                    what is set up, what answers, how old the sign-in is
  npm run read-only -- on | off                     stop every purchase, licence change and suspension, or let them go on
  npm run upgrade                                   writes all rows as this release does; the release before cannot be started any more
  npm run events -- register [--replace <address>]  have Partner Center send its events here
  npm run privacy -- export <person>                all that is kept of a person, or of who holds a licence, by id, key or name
  npm run privacy -- erase <person>                 take away who is behind the person's key
  npm run explain -- <customer or ticket>           what the bot makes of a customer now, and what it would store and say; changes nothing
  npm run record -- <folder> <customer or ticket>   the same as a folder of data, for a test of its own
  npm run privacy -- forget                         forget what is older than NAMES_DAYS and RECORD_DAYS`;

/** The answer to one request, line by line; throws with a sentence where it cannot be done, or is not understood. */
export async function operate(resources: Resources, config: Config, words: readonly string[]): Promise<string[]> {
  const [topic, what, ...rest] = words;
  const alone = rest.length === 0;
  // What only one of them needs is loaded by that one: the others answer in half of the time.
  if (topic === 'doctor' && what === undefined) return linesOf(await (await import('./doctor.ts')).examine(resources, config));
  if (topic === 'read-only' && alone && (what === undefined || what === 'on' || what === 'off')) return readOnly(resources, config, what);
  if (topic === 'upgrade' && what === undefined) return upgrade(resources);
  if (topic === 'events' && what === 'register' && (alone || (rest[0] === '--replace' && rest.length === 2)))
    return registerEvents(resources, config, rest[1] ?? null);
  if (topic === 'record') return (await import('./record.ts')).record(resources, config, words.slice(1));
  if (topic === 'explain') return (await import('./explain.ts')).explain(resources, config, words.slice(1).join(' ').trim());
  if (topic === 'privacy' && what === 'forget' && alone) return forget(resources, config);
  const who = rest.join(' ').trim();
  if (topic === 'privacy' && (what === 'export' || what === 'erase') && who !== '') return privacy(resources, what, who);
  throw new Error(`${words.length > 0 ? `Not understood, so nothing was done: ${words.join(' ')}\n` : ''}${HELP}`);
}

async function readOnly(resources: Resources, config: Config, what: string | undefined): Promise<string[]> {
  if (what === 'on' || what === 'off')
    await setSwitch(resources.store, { what: 'readOnly', on: what === 'on', by: 'operator', at: resources.clock.now().toISOString() }, null);
  const now = await readSwitch(resources.store);
  if (config.readOnly) return ['Read-only is on by the setting READ_ONLY.'];
  if (stopOf(now) === 'dryRun')
    return [`This is a dry run since ${now?.at}: nothing is bought, moved or suspended. An owner ends it in the chat with “dry-run off”.`];
  return [now?.on ? `Read-only is on since ${now.at}: nothing is bought, moved or suspended.` : 'Read-only is off.'];
}

async function upgrade(resources: Resources): Promise<string[]> {
  const rows = await resources.upgrade();
  if (rows === 0) return [`All rows are in format ${FORMAT} already: nothing was changed.`];
  return [`${rows} rows were written anew: all are in format ${FORMAT} now. The release before this one can no longer be started on this storage.`];
}

async function registerEvents(resources: Resources, config: Config, replaces: string | null): Promise<string[]> {
  if (stopOf(await readSwitch(resources.store)) === 'dryRun')
    throw new Error(
      'This is a dry run, in which nothing is written at Partner Center, and nothing was. Do it once an owner has ended it with “dry-run off”; until then changes are seen at the next look.',
    );
  const ours = `${config.publicUrl}/api/partner-center/events`;
  const step = await register(resources.client, ours, replaces);
  if (step.do === 'nothing') return [`Partner Center sends its events to ${ours} already.`];
  if (step.do !== 'refuse') return [`Partner Center sends ${EVENTS.join(' and ')} to ${ours} from now on.`];
  throw new Error(
    `Partner Center sends its events to ${step.url}, which may be another product's. Nothing was changed. To take them over, say so: npm run events -- register --replace ${step.url}`,
  );
}

/** Staff and people of customers may bear one name: who is not named beyond doubt is not taken for another. */
async function privacy(resources: Resources, what: 'export' | 'erase', who: string): Promise<string[]> {
  const people = await findPeople(resources.store, who);
  const holding = await findHolders(resources.store, who);
  const all = [
    ...people.map((one) => `${one.key} (of the staff, tenant ${one.tenantId})`),
    ...holding.map((one) => `${one.customerId}/${one.id} (holds a licence of customer ${one.customerId})`),
  ];
  if (all.length === 0) throw new Error(`Nobody is known as '${who}'. Name the person by object id, key, or the whole name.`);
  if (all.length > 1)
    throw new Error(`Several are known as '${who}', and nothing was done: ${all.join(', ')}. Name one of them by what stands before the bracket.`);
  const [holder] = holding;
  if (holder) return ofHolder(resources, what, holder);
  const [person] = people as [(typeof people)[number]];
  if (what === 'export') return [JSON.stringify(await exportPerson(resources.store, person), null, 2)];
  await erasePerson(resources.store, person);
  return [`The person behind ${person.key} is forgotten. The record keeps the key alone and is whole; messages that stand in Teams are Teams' to delete.`];
}

/** Somebody of a customer, who holds a licence: the same in two customers' directories is one in each. */
async function ofHolder(resources: Resources, what: 'export' | 'erase', holder: Holder): Promise<string[]> {
  if (what === 'export') return [JSON.stringify(await exportHolder(resources.store, holder), null, 2)];
  const live = await eraseHolder(resources.store, holder);
  if (live.length === 0) return [`The holder of a licence with the id ${holder.id} is forgotten. Lines of the record keep the id until RECORD_DAYS have gone.`];
  return [`The name of ${holder.id} is forgotten. A move that is under way needs the id, and may read the name again: do this once more when it has ended.`];
}

async function forget(resources: Resources, config: Config): Promise<string[]> {
  const { names, lines, ended } = await applyRetention(resources.store, resources.clock.now(), config.retention);
  return [`${names} names and ${lines} lines of closed tickets were forgotten, and ${ended} handles, pointers and links that have ended.`];
}

/** On the storage that runs, or on that of the data folder, started for the while; where a bot runs there, at its ports. */
export async function withResources<T>(given: Config, work: (resources: Resources) => Promise<T>): Promise<T> {
  const config = asItRuns(given, lockHolder(given.dataDir));
  const runs = config.storage !== null || config.storageAccount !== null || !(await isFree(config.azuritePort));
  const sandboxRuns = config.partnerCenterUrl !== null || !(await isFree(config.sandboxPort));
  const children = await startChildren({
    dataDir: config.dataDir,
    environment: config.childEnvironment,
    storage: runs ? null : { tablePort: config.azuritePort, queuePort: config.azuritePort + 1 },
    sandboxPort: sandboxRuns ? null : config.sandboxPort,
    chat: null,
    shared: runs,
  });
  try {
    return await work(await openResources(config, quiet));
  } finally {
    await children.end();
  }
}

/** 0: all is well; 1: something is wrong; 2: the settings are, and nothing else was looked at. Whatever happens, it says something. */
async function doctor(config: Config): Promise<number> {
  const holder = holderOf(config, lockHolder(config.dataDir))?.pid ?? null;
  const { examine, examineWithout, within } = await import('./doctor.ts');
  const opened = await within(OPEN_S, () => withResources(config, (resources) => examine(resources, config, holder)));
  const why: Looked<true> = 'late' in opened ? opened : { failed: 'failed' in opened ? opened.failed : '' };
  const findings: Finding[] = 'seen' in opened ? opened.seen : await examineWithout(config, why, holder);
  for (const line of linesOf(findings)) console.log(line);
  return findings.some((one) => one.is === 'bad') ? 1 : 0;
}

async function main(): Promise<void> {
  const words = process.argv.slice(2);
  if (asksHow(words)) return console.log(HELP);
  const parsed = parseConfig(process.env);
  if ('faults' in parsed) {
    for (const fault of parsed.faults) console.error(fault);
    if (words[0] === 'doctor')
      console.error('The settings are wrong, and nothing else was looked at. Each is an environment variable; README tells them all under Settings.');
    process.exit(2);
  }
  const config = asItRuns(parsed.config, lockHolder(parsed.config.dataDir));
  if (words.length === 1 && words[0] === 'doctor') process.exitCode = await doctor(config);
  else for (const line of await withResources(config, (resources) => operate(resources, config, words))) console.log(line);
}

if (import.meta.main) {
  await main().catch((error: Error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
  process.exit();
}
