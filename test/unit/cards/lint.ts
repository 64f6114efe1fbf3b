/** What a card may be (the rules of the house for cards); returns every breach as a sentence. */

const ELEMENTS = new Set([
  'AdaptiveCard',
  'TextBlock',
  'RichTextBlock',
  'TextRun',
  'FactSet',
  'Container',
  'ColumnSet',
  'Column',
  'Table',
  'TableRow',
  'TableCell',
  'Chart.HorizontalBar',
  'Input.Text',
  'Input.Number',
  'Input.ChoiceSet',
]);
const ACTIONS = new Set(['Action.Execute', 'Action.Submit', 'Action.OpenUrl', 'Action.ShowCard', 'Action.ToggleVisibility']);
const COLOURS = new Set(['Accent', 'Attention', 'Default']);
const CARD_MAX = 14_336; // characters of JSON: 28 KB as UTF-16
const MATTER_MAX = 12_288 / 2 + 4_096; // a ticket stays well below that: 12 KB of words and room for hostile ones
const TITLE_MAX = 24;
const MENU_TITLE_MAX = 32;

type Node = Record<string, unknown>;

export function lint(card: Node): string[] {
  const faults: string[] = [];
  const fault = (text: string) => void faults.push(text);
  const json = JSON.stringify(card);
  if (card.version !== '1.5') fault(`version ${String(card.version)}`);
  for (const name of ['speak', 'fallbackText', 'lang']) if (typeof card[name] !== 'string' || card[name] === '') fault(`no ${name}`);
  const list = json.includes('"firstRowAsHeaders":true');
  const { refresh, ...read } = card;
  if (json.length > CARD_MAX || (!list && JSON.stringify(read).length > MATTER_MAX)) fault(`${json.length} characters`);
  if (refresh) lintRefresh(refresh as Node, fault);
  if (/\$\{/.test(json)) fault('a template is left over');
  if (/\{\{/.test(json)) fault('a date function could run');
  if (/[\u200b-\u200f\u202a-\u202e\u2066\u2067]/.test(json)) fault('a hidden character');
  const nodes = walk(card);
  for (const { node, path } of nodes) lintNode(node, path, fault);
  const headings = nodes.filter(({ node }) => node.style === 'heading').length;
  if (headings !== 1) fault(`${headings} headings`);
  if (nodes.filter(({ node }) => node.style === 'emphasis').length > 1) fault('more than one box');
  if (nodes.filter(({ node }) => node.separator === true).length > 3) fault('too many rules');
  lintActions((card.actions ?? []) as Node[], fault);
  const ids = nodes.map(({ node }) => (typeof node.type === 'string' && node.type.startsWith('Input.') ? node.id : undefined)).filter(Boolean);
  if (new Set(ids).size !== ids.length) fault(`the same input twice: ${ids.join(', ')}`);
  return faults;
}

function lintNode(node: Node, path: string, fault: (text: string) => void): void {
  for (const [name, value] of Object.entries(node)) {
    if (value === null || value === '' || (Array.isArray(value) && value.length === 0)) fault(`${path}.${name} is empty`);
  }
  const { type } = node;
  if (typeof type !== 'string') return;
  if (!ELEMENTS.has(type) && !ACTIONS.has(type)) fault(`${path} is a ${type}`);
  if (type.startsWith('Chart.') && (node.fallback as Node | undefined)?.type !== 'Table') fault(`${path} has no table in its place`);
  if (type === 'TextBlock' && node.wrap !== true) fault(`${path} does not wrap`);
  if (node.color !== undefined && !COLOURS.has(String(node.color)) && !(type.startsWith('Chart.') && node.color === 'categoricalBlue'))
    fault(`${path} is ${String(node.color)}`);
  if (type === 'Container' && node.style !== undefined && node.style !== 'emphasis') fault(`${path} has style ${String(node.style)}`);
  if (type.startsWith('Input.') && (!node.label || !node.errorMessage)) fault(`${path} lacks a label or an error message`);
  if (node.style === 'destructive' || node.requires || node.targetWidth || node.isEnabled === false) fault(`${path} uses what must not be used`);
  if (type === 'TextBlock' && hasActiveMarkdown(String(node.text))) fault(`${path} holds a link or an image: ${String(node.text).slice(0, 60)}`);
}

/** Links of our own do not stand in cards; whatever looks like one came from outside. */
function hasActiveMarkdown(text: string): boolean {
  return /(^|[^\\])\]\(/.test(text) || /:\/\//.test(text) || /<[a-z/]/i.test(text) || /www\./i.test(text);
}

function lintActions(actions: Node[], fault: (text: string) => void): void {
  const visible = actions.filter((one) => one.mode !== 'secondary');
  if (visible.length > 2) fault(`${visible.length} visible buttons`);
  if (actions.length > 6) fault(`${actions.length} buttons`);
  if (visible.filter((one) => one.style === 'positive').length > 1) fault('two filled buttons');
  if (actions.filter((one) => one.type === 'Action.ShowCard').length > 1) fault('two forms');
  for (const one of actions) {
    if (one.type === 'Action.ShowCard' && one.mode === 'secondary') fault('a form in the "…"');
    if (String(one.title).length > (one.mode === 'secondary' ? MENU_TITLE_MAX : TITLE_MAX)) fault(`the title '${String(one.title)}' is too long`);
    if (one.type === 'Action.Execute') lintExecute(one, fault);
  }
}

function lintExecute(action: Node, fault: (text: string) => void): void {
  const data = action.data as Node;
  const fallback = action.fallback as Node | undefined;
  if (!/^[A-Za-z0-9_-]{22}$/.test(String(data.id))) fault(`'${String(action.title)}' carries no opaque handle`);
  if (fallback?.type !== 'Action.Submit' || (fallback.data as Node).verb !== action.verb) fault(`'${String(action.title)}' has no fallback`);
}

/** Who gets a view by themselves: some at most, each once, and by the base card's own handle. */
function lintRefresh({ action, userIds }: Node, fault: (text: string) => void): void {
  const { type, verb, data } = action as Node;
  if (type !== 'Action.Execute' || verb !== 'ticket.view') fault(`a refresh by ${String(type)} ${String(verb)}`);
  if (JSON.stringify(Object.keys(data as Node)) !== '["id"]' || !/^[A-Za-z0-9_-]{22}$/.test(String((data as Node).id)))
    fault('a refresh without an opaque handle');
  const ids = userIds as string[];
  if (ids.length === 0 || ids.length > 60 || new Set(ids).size !== ids.length) fault(`a view for ${ids.length} readers`);
}

function walk(value: unknown, path = 'card'): { node: Node; path: string }[] {
  if (Array.isArray(value)) return value.flatMap((one, index) => walk(one, `${path}[${index}]`));
  if (!value || typeof value !== 'object') return [];
  const node = value as Node;
  return [{ node, path }, ...Object.entries(node).flatMap(([name, inner]) => (name === 'fallback' || name === 'data' ? [] : walk(inner, `${path}.${name}`)))];
}
