/**
 * What each sentence was given while tests ran: written down for those that ask every language for the same sentences. Loaded by hand:
 * `npx mocha --no-config --exit --timeout 600000 -r ./test/support/saying.ts $(find test/unit -name '*.test.ts')`. What stands in the file
 * for a sentence that those tests do not say is kept.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { en } from '../../cards/text/en/en.ts';
import type { Answer } from '../../services/moves/answers.ts';
import { constantsOf, functionsOf, type Said, textsIn } from './sentences.ts';

const FILE = new URL('../unit/languages/given.txt', import.meta.url);
const EACH_MAX = 12;
const GIVEN_MAX = 1_500;
/** Names such as people have, and none of those that tests plant or draw by lot. */
const PLAIN = /^[\w\s.,:;+*()/@–—…“”‘’€£¥·-]*$/;

/** What sentences were given, by where they stand: one line for each, the rest of it what it was given. */
export function givenTo(): Map<string, unknown[][]> {
  const found = new Map<string, unknown[][]>();
  for (const line of existsSync(FILE) ? readFileSync(FILE, 'utf8').split('\n') : []) {
    const [path = '', given = ''] = line.split('\t');
    if (given !== '') found.set(path, [...(found.get(path) ?? []), JSON.parse(given) as unknown[]]);
  }
  return found;
}

/** Every sentence of ours, those that are functions with each thing that the file says they were given. */
export function everySentence(): Said[] {
  const given = givenTo();
  const twice = 'elsewhere/instead/'; // The same sentences once more, some of them otherwise.
  const answers = ANSWERS.map((one): Said => ({ path: 'hint', given: [{ answers: [one], another: false }] }));
  const functions = functionsOf(en).flatMap((path) => (given.get(path) ?? given.get(path.replace(twice, '')) ?? []).map((one): Said => ({ path, given: one })));
  return [...functions, ...answers, ...constantsOf(en)];
}

/** What the answers to a question are called there. */
export const ANSWERS: readonly Answer[] = [
  ...(['approve', 'seats', 'plan', 'decline', 'back', 'cancel', 'moveAll', 'allBut', 'again', 'check'] as const),
  ...(['suspend', 'leave', 'leaveThere', 'letEnd', 'suspendNow', 'endNow', 'endCancel', 'endRenew'] as const),
];

/** Notes it from now on; what comes back writes it down. */
function listening(): () => void {
  const heard = new Map<string, Map<string, string>>();
  const hear = (holder: Record<string, unknown>, path: string): void => {
    for (const [name, value] of Object.entries(holder)) {
      const at = path === '' ? name : `${path}/${name}`;
      if (value && typeof value === 'object' && !Array.isArray(value)) hear(value as Record<string, unknown>, at);
      if (typeof value !== 'function') continue;
      const say = value as (...given: unknown[]) => unknown;
      const kinds = new Map<string, string>();
      heard.set(at, kinds);
      holder[name] = (...given: unknown[]) => {
        const text = say(...given);
        const [kind, json] = [kindOf(text, given), JSON.stringify(given)];
        if (json.length < (kinds.get(kind)?.length ?? GIVEN_MAX) && (kinds.has(kind) || kinds.size < EACH_MAX) && isAgain(say, json, text))
          kinds.set(kind, json);
        return text;
      };
    }
  };
  hear(en as unknown as Record<string, unknown>, '');
  const paths = functionsOf(en);
  return () => {
    const before = givenTo();
    const lines = paths.flatMap((path) => {
      const now = [...(heard.get(path)?.values() ?? [])];
      return (now.length > 0 ? now : (before.get(path) ?? []).map((given) => JSON.stringify(given))).sort().map((given) => `${path}\t${given}\n`);
    });
    writeFileSync(FILE, lines.join(''));
  };
}

/** Whether it is plain, whole, and enough to say the same again: what tests give in place of something is not. */
function isAgain(say: (...given: unknown[]) => unknown, json: string, text: unknown): boolean {
  const given = JSON.parse(json) as unknown[];
  try {
    const again = JSON.stringify(say(...given));
    return textsIn(given).every((one) => PLAIN.test(one)) && !/undefined|NaN/.test(again) && again === JSON.stringify(text);
  } catch {
    return false;
  }
}

/** A sentence without what it was given: two of a kind need not both be kept. One is another number than several. */
function kindOf(text: unknown, given: unknown[]): string {
  const words = textsIn(given).filter((one) => one.length > 2);
  return words.reduce((rest, word) => rest.replaceAll(word, '◊'), JSON.stringify(text) ?? '').replace(/\d+/g, (n) => (n === '1' || n === '0' ? n : '#'));
}

export const mochaHooks = process.argv.some((one) => one.endsWith('saying.ts')) ? { afterAll: listening() } : {};
