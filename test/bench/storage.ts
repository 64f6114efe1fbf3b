/**
 * A table and a queue service that answer quickly however much they hold: just enough of Azure's protocols for the clients that the bot uses.
 * Rows that nobody has written may be made when they are read. `test/e2e/store.test.ts` holds it to what Azurite does.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/** A row's own properties, as the inside of a JSON object. */
interface Row {
  etag: string;
  text: string;
}

interface Partition {
  rows: Map<string, Row>;
  /** In order; null where it must be found anew. */
  keys: string[] | null;
}

/** Rows that nobody has written. */
export interface Made {
  /** Properties of the rows of one partition with `from` <= key < `to`, in order. */
  rows(table: string, partition: string, from: string, to: string): [key: string, properties: string][];
  /** The partitions that have some. */
  partitions(table: string): string[];
}

interface Message {
  id: string;
  /** As it stands in XML. */
  text: string;
  visibleAt: number;
  taken: number;
  receipt: string;
}

export interface Storage {
  connectionString: string;
  /** Writes a row before anybody asks. */
  put(table: string, partition: string, key: string, properties: string): void;
  /** Puts a message without anything that XML would escape into a queue. */
  send(queue: string, text: string, visibleAt: number): void;
  close(): Promise<void>;
}

const NOTHING: Made = { rows: () => [], partitions: () => [] };
const PAGE_MAX = 1_000;
const LAST = '\uffff';
/** Both services want one; neither looks at it. */
const KEY = Buffer.alloc(64, 1).toString('base64');

interface Answer {
  status: number;
  headers?: Record<string, string>;
  body?: string;
}

export async function startStorage(made: Made = NOTHING): Promise<Storage> {
  const tables = openTables(made);
  const queues = openQueues();
  const server = createServer((asked, answer) => {
    void bodyOf(asked).then((body) => {
      const { pathname, searchParams } = new URL(asked.url ?? '/', 'http://storage');
      const [, service, ...path] = pathname.split('/').map(decodeURIComponent);
      const about = { method: asked.method ?? '', path: path.join('/'), query: searchParams, headers: asked.headers, body };
      send(answer, service === 'queues' ? queues.answer(about) : tables.answer(about));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const at = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
  return {
    connectionString: `DefaultEndpointsProtocol=http;AccountName=made;AccountKey=${KEY};TableEndpoint=${at}/tables;QueueEndpoint=${at}/queues;`,
    put: tables.put,
    send: queues.send,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

async function bodyOf(asked: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of asked.setEncoding('utf8')) text += String(chunk);
  return text;
}

function send(response: ServerResponse, { status, headers = {}, body = '' }: Answer): void {
  const type = body.startsWith('<') ? 'application/xml' : 'application/json;odata=minimalmetadata';
  // restify has changed what writeHead returns, in the whole process.
  response.writeHead(status, { ...(body === '' ? {} : { 'content-type': type }), 'x-ms-version': '2026-06-06', ...headers });
  response.end(body);
}

interface Asked {
  method: string;
  /** Without the account. */
  path: string;
  query: URLSearchParams;
  headers: IncomingMessage['headers'];
  body: string;
}

// ---- Tables.

function openTables(made: Made) {
  const tables = new Map<string, { partitions: Map<string, Partition>; names: string[] | null }>();
  let etags = 0;
  const tableOf = (name: string) => held(tables, name, () => ({ partitions: new Map(), names: null }));
  const rowOf = (properties: string): Row => {
    const at = new Date().toISOString().replace(/Z$/, `${String(++etags % 10_000).padStart(4, '0')}Z`);
    return { etag: `W/"datetime'${encodeURIComponent(at)}'"`, text: `${properties},"Timestamp":"${at}"` };
  };
  const madeRow = (properties: string): Row => ({ etag: `W/"datetime'made'"`, text: `${properties},"Timestamp":"2026-01-01T00:00:00.0000000Z"` });

  /** What is to be changed: from now on it is kept. */
  function kept(table: string, name: string): Partition {
    return held(tableOf(table).partitions, name, () => {
      tableOf(table).names = null;
      return { rows: new Map(made.rows(table, name, '', LAST).map(([key, properties]) => [key, madeRow(properties)])), keys: null };
    });
  }
  function find(table: string, name: string, key: string): Row | undefined {
    return range(table, name, key, `${key}\0`)[0]?.[1];
  }
  function range(table: string, name: string, from: string, to: string): [string, Row][] {
    const partition = tables.get(table)?.partitions.get(name);
    if (!partition) return made.rows(table, name, from, to).map(([key, properties]) => [key, madeRow(properties)]);
    partition.keys ??= [...partition.rows.keys()].sort();
    const found: [string, Row][] = [];
    for (let n = firstAt(partition.keys, (key) => key >= from); n < partition.keys.length; n++) {
      const key = partition.keys[n] as string;
      if (key >= to || found.length > PAGE_MAX) break;
      found.push([key, partition.rows.get(key) as Row]);
    }
    return found;
  }
  function put(table: string, name: string, key: string, properties: string): Row {
    const partition = kept(table, name);
    const row = rowOf(properties);
    if (!partition.rows.has(key)) partition.keys = null;
    partition.rows.set(key, row);
    return row;
  }
  function namesOf(table: string): string[] {
    const of = tableOf(table);
    of.names ??= [...new Set([...of.partitions.keys(), ...made.partitions(table)])].sort();
    return of.names;
  }
  function query(table: string, asked: URLSearchParams): Answer {
    const filter = asked.get('$filter') ?? '';
    const word = (pattern: RegExp) => pattern.exec(filter)?.[1]?.replaceAll(`''`, `'`);
    const only = word(/PartitionKey eq '((?:[^']|'')*)'/);
    const [from, to] = [word(/RowKey ge '((?:[^']|'')*)'/) ?? '', word(/RowKey lt '((?:[^']|'')*)'/) ?? LAST];
    const top = Math.min(Number(asked.get('$top') ?? PAGE_MAX), PAGE_MAX);
    const [atName, atKey] = [plainOf(asked.get('NextPartitionKey')), plainOf(asked.get('NextRowKey'))];
    const names = only === undefined ? namesOf(table) : [only];
    const value: string[] = [];
    for (let n = firstAt(names, (name) => name >= atName); n < names.length; n++) {
      const name = names[n] as string;
      for (const [key, row] of range(table, name, name === atName && atKey > from ? atKey : from, to)) {
        if (value.length === top) return page(value, { 'x-ms-continuation-nextpartitionkey': codeOf(name), 'x-ms-continuation-nextrowkey': codeOf(key) });
        value.push(shown(name, key, row));
      }
    }
    return page(value);
  }

  /** One change, or why it cannot be: then nothing of its transaction is. */
  function refusal(table: string, { method, name, key, match }: Change): Answer | null {
    const row = find(table, name, key);
    if (method === 'POST') return row ? odataError(409, 'EntityAlreadyExists') : null;
    if (match === undefined) return null;
    if (!row) return odataError(404, 'ResourceNotFound');
    return match === '*' || match === row.etag ? null : odataError(412, 'UpdateConditionNotSatisfied');
  }
  function apply(table: string, { method, name, key, properties }: Change): Answer {
    if (method !== 'DELETE') return { status: 204, headers: { etag: put(table, name, key, properties).etag } };
    const partition = kept(table, name);
    partition.rows.delete(key);
    partition.keys = null;
    return { status: 204 };
  }
  function transact(body: string): Answer {
    const changes = [...body.matchAll(PART)].map(([, method = '', url = '', headers = '', entity = '']) => {
      const path = decodeURIComponent(new URL(url).pathname).replace(/^\/[^/]*\//, '');
      return { table: /^\w+/.exec(path)?.[0] ?? '', ...changeOf(method, path, /^If-Match: (.*)$/im.exec(headers)?.[1]?.trim(), entity.trim()) };
    });
    const faults = changes.map((change) => refusal(change.table, change));
    const at = faults.findIndex((one) => one !== null);
    const answers = at >= 0 ? [faults[at] as Answer] : changes.map((change) => apply(change.table, change));
    const parts = answers.map(
      ({ status, headers = {}, body: said = '' }) =>
        `--changesetresponse_x\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\nHTTP/1.1 ${status} X\r\n${at >= 0 ? `Content-ID: ${at + 1}\r\n` : ''}DataServiceVersion: 3.0;\r\n${headers.etag ? `ETag: ${headers.etag}\r\n` : ''}${said ? `Content-Type: application/json\r\n` : ''}\r\n${said}\r\n`,
    );
    return {
      status: 202,
      headers: { 'content-type': 'multipart/mixed; boundary=batchresponse_x' },
      body: `--batchresponse_x\r\nContent-Type: multipart/mixed; boundary=changesetresponse_x\r\n\r\n${parts.join('')}--changesetresponse_x--\r\n--batchresponse_x--\r\n`,
    };
  }

  function answer({ method, path, query: asked, headers, body }: Asked): Answer {
    if (path === '$batch') return transact(body);
    if (path === 'Tables') {
      const { TableName: name } = JSON.parse(body) as { TableName: string };
      if (tables.has(name)) return odataError(409, 'TableAlreadyExists');
      tableOf(name);
      return { status: 201, body: JSON.stringify({ TableName: name }) };
    }
    const table = /^\w+/.exec(path)?.[0] ?? '';
    if (path.endsWith('()')) return query(table, asked);
    const change = changeOf(method, path, headers['if-match'], body);
    if (method !== 'GET') return refusal(table, change) ?? apply(table, change);
    const row = find(table, change.name, change.key);
    return row ? { status: 200, headers: { etag: row.etag }, body: shown(change.name, change.key, row) } : odataError(404, 'ResourceNotFound');
  }
  return { answer, put: (...of: Parameters<typeof put>) => void put(...of) };
}

/** A request within a transaction: its headers, an empty line or two, and its body. */
const PART = /^(POST|PUT|DELETE) (\S+) HTTP\/1\.1\r\n((?:[\w-]+: .*\r\n)*)([\s\S]*?)(?=\r\n--changeset)/gm;

function shown(name: string, key: string, { etag, text }: Row): string {
  return `{"odata.etag":${JSON.stringify(etag)},"PartitionKey":${JSON.stringify(name)},"RowKey":${JSON.stringify(key)},${text}}`;
}

interface Change {
  method: string;
  name: string;
  key: string;
  match: string | undefined;
  properties: string;
}

function changeOf(method: string, path: string, match: string | undefined, entity: string): Change {
  const { PartitionKey, RowKey, ...own } = (entity ? JSON.parse(entity) : {}) as Record<string, unknown>;
  const [, name, key] = /\(PartitionKey='((?:[^']|'')*)',RowKey='((?:[^']|'')*)'\)$/.exec(path) ?? [];
  const plain = (text: string | undefined, otherwise: unknown) => text?.replaceAll(`''`, `'`) ?? String(otherwise);
  return { method, name: plain(name, PartitionKey), key: plain(key, RowKey), match, properties: JSON.stringify(own).slice(1, -1) };
}

function page(value: readonly string[], headers: Record<string, string> = {}): Answer {
  return { status: 200, headers, body: `{"odata.metadata":"http://127.0.0.1/$metadata#Tables/@Element","value":[${value.join(',')}]}` };
}

function odataError(status: number, code: string): Answer {
  return { status, headers: { 'x-ms-error-code': code }, body: JSON.stringify({ 'odata.error': { code, message: { lang: 'en-US', value: `0:${code}` } } }) };
}

function codeOf(text: string): string {
  return Buffer.from(text).toString('base64');
}
function plainOf(code: string | null): string {
  return Buffer.from(code ?? '', 'base64').toString();
}

/** What a map has under a key, made where there is none. */
function held<T>(all: Map<string, T>, key: string, make: () => T): T {
  const found = all.get(key) ?? make();
  all.set(key, found);
  return found;
}

/** The first place of which it is so, in a list in which it is so from there on. */
function firstAt<T>(list: readonly T[], isSo: (one: T) => boolean): number {
  let [from, to] = [0, list.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (isSo(list[middle] as T)) to = middle;
    else from = middle + 1;
  }
  return from;
}

// ---- Queues.

function openQueues() {
  /** Messages of each, those that show themselves sooner first. */
  const queues = new Map<string, Message[]>();
  let made = 0;
  const queueOf = (name: string) => held(queues, name, () => []);
  const insert = (queue: Message[], one: Message) =>
    void queue.splice(
      firstAt(queue, (other) => other.visibleAt > one.visibleAt),
      0,
      one,
    );
  const newReceipt = () => codeOf(`receipt ${++made}`);
  function send(queue: string, text: string, visibleAt: number): Message {
    const one = { id: `message-${++made}`, text, visibleAt, taken: 0, receipt: newReceipt() };
    insert(queueOf(queue), one);
    return one;
  }
  function take(queue: Message[], most: number, hiddenMs: number): Message[] {
    const found = queue.splice(
      0,
      Math.min(
        most,
        firstAt(queue, (one) => one.visibleAt > Date.now()),
      ),
    );
    for (const one of found) {
      Object.assign(one, { visibleAt: Date.now() + hiddenMs, taken: one.taken + 1, receipt: newReceipt() });
      insert(queue, one);
    }
    return found;
  }
  const date = (ms: number) => new Date(ms).toUTCString();
  const list = (messages: Message[], withText: boolean) =>
    `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><QueueMessagesList>${messages
      .map(
        (one) =>
          `<QueueMessage><MessageId>${one.id}</MessageId><InsertionTime>${date(Date.now())}</InsertionTime><ExpirationTime>Fri, 31 Dec 9999 23:59:59 GMT</ExpirationTime><PopReceipt>${one.receipt}</PopReceipt><TimeNextVisible>${date(one.visibleAt)}</TimeNextVisible>${withText ? `<DequeueCount>${one.taken}</DequeueCount><MessageText>${one.text}</MessageText>` : ''}</QueueMessage>`,
      )
      .join('')}</QueueMessagesList>`;

  function answer({ method, path, query, body }: Asked): Answer {
    const [name = '', , id] = path.split('/');
    const queue = queueOf(name);
    const text = /<MessageText>([\s\S]*)<\/MessageText>/.exec(body)?.[1] ?? '';
    const ms = Number(query.get('visibilitytimeout') ?? 0) * 1_000;
    if (!path.includes('/')) {
      if (method === 'PUT') return { status: 201 };
      return { status: 200, headers: { 'x-ms-approximate-messages-count': String(queue.length) } };
    }
    if (id === undefined) {
      if (method === 'POST') return { status: 201, body: list([send(name, text, Date.now() + ms)], false) };
      return { status: 200, body: list(take(queue, Number(query.get('numofmessages') ?? 1), ms), true) };
    }
    const at = queue.findIndex((one) => one.id === id);
    const [one] = at < 0 ? [] : [queue[at] as Message];
    if (!one) return xmlError(404, 'MessageNotFound');
    if (one.receipt !== query.get('popreceipt')) return xmlError(400, 'PopReceiptMismatch');
    queue.splice(at, 1);
    if (method === 'DELETE') return { status: 204 };
    Object.assign(one, { text, visibleAt: Date.now() + ms, receipt: newReceipt() });
    insert(queue, one);
    return { status: 204, headers: { 'x-ms-popreceipt': one.receipt, 'x-ms-time-next-visible': date(one.visibleAt) } };
  }
  return { answer, send: (...of: Parameters<typeof send>) => void send(...of) };
}

function xmlError(status: number, code: string): Answer {
  return { status, headers: { 'x-ms-error-code': code }, body: `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code></Error>` };
}
