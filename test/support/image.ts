/** What the image of `Dockerfile` holds, in a folder: production packages alone, and the files that `.dockerignore` lets through. */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../..');
const DOCKERFILE = readFileSync(join(ROOT, 'Dockerfile'), 'utf8');

/** The words after `node` with which the image starts, and those that have the program's text compiled when it is built. */
export const STARTS = wordsOf('CMD');
export const COMPILES = wordsOf('RUN');

/** What a process of its own is given beside its settings: no setting of whoever runs the tests, and what others have compiled. */
export const BARE_ENV = { PATH: process.env.PATH ?? '', NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? '' };

function wordsOf(instruction: string): string[] {
  const [, command = '[]'] = new RegExp(`^${instruction} (\\[.+\\])$`, 'm').exec(DOCKERFILE) ?? [];
  return (JSON.parse(command) as string[]).slice(1);
}

/** Makes the image's folder; packages are those that the lock file has for production. Whoever asks for it removes it. */
export function makeImage(): string {
  // On the same disk as the packages, so that these are linked and not copied.
  mkdirSync(join(ROOT, '.tmp'), { recursive: true });
  const folder = mkdtempSync(join(ROOT, '.tmp', 'production-'));
  const kept = readFileSync(join(ROOT, '.dockerignore'), 'utf8').match(/(?<=^!).+$/gm) ?? [];
  for (const name of kept) cpSync(join(ROOT, name), join(folder, name), { recursive: true });
  const lock = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as { packages: Record<string, { dev?: boolean; devOptional?: boolean }> };
  const production = Object.entries(lock.packages).flatMap(([path, one]) => (path !== '' && !one.dev && !one.devOptional ? [path] : []));
  const inside = new Set(production);
  for (const path of production) {
    if (!existsSync(join(ROOT, path))) continue; // for another machine
    mkdirSync(join(folder, dirname(path)), { recursive: true });
    const { status, stderr } = spawnSync('cp', ['-RLl', join(ROOT, path), join(folder, path)], { encoding: 'utf8' });
    if (status !== 0) throw new Error(stderr);
    // What lies within a package is taken by its own line of the lock file, or is for development.
    for (const nested of nestedIn(join(folder, path)))
      if (!inside.has(`${path}/node_modules/${nested}`)) rmSync(join(folder, path, 'node_modules', nested), { recursive: true });
  }
  return folder;
}

function nestedIn(folder: string): string[] {
  const within = join(folder, 'node_modules');
  if (!existsSync(within)) return [];
  return readdirSync(within).flatMap((name) =>
    name.startsWith('@') ? readdirSync(join(within, name)).map((one) => `${name}/${one}`) : name === '.bin' ? [] : [name],
  );
}
