/** `npm run help`: every script of package.json, with a sentence. */

/** By the script's name, in the order in which they are shown; a test compares them with package.json. */
export const SENTENCES: Readonly<Record<string, string>> = {
  start: 'starts everything on this machine; in Azure, the bot alone (MODE=azure)',
  play: 'beside a start: each key is something that Microsoft, time, bad luck or a second person does',
  fresh: 'takes away what local mode has kept, and starts anew',
  doctor: 'looks at everything that the bot needs, and says what is wrong and what to do',
  upgrade: 'writes all rows as this release does, once you will not go back to the release before',
  'read-only': 'on or off: stops every purchase, licence change and suspension, or lets them go on',
  events: 'register: has Partner Center tell the bot of changes at once',
  explain: '<customer or ticket>: what the bot makes of a customer now; changes nothing',
  record: '<folder> <customer or ticket>: the same as a folder of data, for a test',
  privacy: 'export, erase or forget what is kept of people',
  'audit:verify': 'reads the written record, and names a line that was changed, is missing or was cut off; accept: from now on what stands counts',
  backup: '<folder>: copies all tables into a new folder, and reads the record; --account <name>: of that storage account, with your own sign-in',
  restore: '<folder>: puts a backup into an empty storage, read-only, and reads the record',
  package: 'writes the app for Teams as a zip, with the ids of your own bot',
  test: 'types, lint, and every test; a few minutes',
  'test:unit': 'the tests that need no storage, socket or browser; seconds',
  check: 'types, lint and format',
  crash: 'hundreds of small worlds with crashes and faults in them, judged by what the product promises; under ten minutes',
  mutation: 'changes the rules in every small way, and counts what the tests notice; minutes, the whole machine',
  bench: 'measures, on a quiet machine',
  load: 'measures ten minutes of work for many customers',
  soak: 'half an hour of moves with one in a hundred of every fault',
  flood: 'knocks at the front door with rubbish, for minutes',
  shots: 'takes the pictures of the README anew',
  icons: 'draws the icons of the app anew',
  sbom: 'lists the packages that run in production, as CycloneDX',
  help: 'this list',
};

/** A line a script. Pure. */
export function helpOf(sentences: Readonly<Record<string, string>>): string[] {
  const command = (name: string) => (name === 'start' || name === 'test' ? `npm ${name}` : `npm run ${name}`);
  const width = Math.max(...Object.keys(sentences).map((name) => command(name).length));
  return Object.entries(sentences).map(([name, sentence]) => `${command(name).padEnd(width)}  ${sentence}`);
}

/** Whether somebody asks how a command is used; then nothing else is done. */
export function asksHow(words: readonly string[]): boolean {
  return words.some((word) => word === '--help' || word === '-h');
}

/** The lines of some of the scripts. Pure. */
export function howTo(...scripts: string[]): string {
  return helpOf(Object.fromEntries(scripts.map((name) => [name, SENTENCES[name] ?? '']))).join('\n');
}

if (import.meta.main) for (const line of helpOf(SENTENCES)) console.log(line);
