/** As much of Bicep as the template uses, read for tests: no compiler of it comes in an npm package. */
import { readFileSync } from 'node:fs';

const FOLDER = new URL('../../../infra/', import.meta.url);

export interface Template {
  file: string;
  text: string;
  params: { name: string; optional: boolean }[];
  outputs: string[];
  modules: { name: string; path: string; params: Record<string, string>; condition: string | null }[];
  roles: { role: string; id: string; scope: string; who: string }[];
}

export function readTemplate(file: string): Template {
  const text = readFileSync(new URL(file, FOLDER), 'utf8');
  return {
    file,
    text,
    params: [...text.matchAll(/^param (\w+) \w+( =)?/gm)].map(([, name = '', optional]) => ({ name, optional: optional !== undefined })),
    outputs: [...text.matchAll(/^output (\w+) /gm)].map(([, name = '']) => name),
    modules: [...text.matchAll(/^module (\w+) '([^']+)' = (?:if \((\w+)\) )?\{\n([\s\S]*?)^\}/gm)].map(([, name = '', path = '', condition, body = '']) => ({
      name,
      path,
      condition: condition ?? null,
      params: Object.fromEntries([...body.matchAll(/^ {4}(\w+): (.+)$/gm)].map(([, key, value]) => [key, value])),
    })),
    roles: [
      ...text.matchAll(
        /^\/\/ (.+)\nresource \w+ 'Microsoft\.Authorization\/roleAssignments@[\d-]+' = (?:if \(.+\) )?\{\n[\s\S]*?scope: (\w+)\n[\s\S]*?roleDefinitions', '([0-9a-f-]{36})'\)\n\s+principalId: (\w+)/gm,
      ),
    ].map(([, role = '', scope = '', id = '', who = '']) => ({ role, id, scope, who })),
  };
}

/** The settings of the bot, by name, as they stand in the template: a text of its own, or the parameter that gives it. */
export function settingsIn(app: Template): Record<string, { literal: string } | { expression: string }> {
  return Object.fromEntries(
    [...app.text.matchAll(/^ +\{ name: '(\w+)', value: (?:'([^']*)'|(.+?)) \}$/gm)].map(([, name, literal, expression]) => [
      name,
      literal === undefined ? { expression: expression as string } : { literal },
    ]),
  );
}

/** The settings that are secrets, each with the parameter out of which it is kept. */
export function secretsIn(app: Template): Record<string, string> {
  const kept = Object.fromEntries([...app.text.matchAll(/\{ name: '([a-z-]+)', value: (\w+) \}/g)].map(([, name = '', param = '']) => [name, param]));
  return Object.fromEntries([...app.text.matchAll(/\{ name: '(\w+)', secretRef: '([a-z-]+)' \}/g)].map(([, name = '', ref = '']) => [name, kept[ref] ?? '']));
}

/** What is opened and not closed, or closed and not opened; texts and comments are passed over. */
export function unbalanced(text: string): string {
  const bare = text
    .replace(/'''[\s\S]*?'''/g, '')
    .replace(/^\s*\/\/.*$/gm, '')
    .replace(/'(?:\\.|\$\{(?:[^{}']|'[^']*'|\{[^}]*\})*\}|[^'\\\n])*'/g, '');
  const open: string[] = [];
  for (const sign of bare.replace(/[^()[\]{}']/g, '')) {
    if (sign === "'") return `${open.join('')}'`;
    if ('([{'.includes(sign)) open.push(sign);
    else if (open.pop() !== { ')': '(', ']': '[', '}': '{' }[sign]) return `${open.join('')}${sign}`;
  }
  return open.join('');
}
