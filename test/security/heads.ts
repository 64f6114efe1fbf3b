/** What strangers write into a socket in place of a request: by hand, and by a seed. */
import { connect } from 'node:net';

/** What a stranger does with the line once he has written. */
export const ENDINGS = ['reset', 'end', 'hold', 'half'] as const;
export type Ending = (typeof ENDINGS)[number];

const HOSTS = [
  'bot.example:99999', '[', ']', '[::1', '[::1]:x', 'a b', '1.2.3.4.5', '1.2.3.4.', '256.256.256.256', '0x7f.1', 'bot:', 'bot:-1', ':80', ':', '::', '@', 'a@b', 'a:b@c', '/', '//', '\\', '?', '#',
  'bot/..', '%', '%00', '%zz', '%2f', 'a%20b', 'xn--', 'xn--a', 'xn--80ak6aa92e.', '\u00ff\u00fe', '<>', '"', "'", '`', '^', '|', '{}', 'a,b', 'a;b', '*', '.', '..', '...', '-', '_', '~', '999999999999', '1e9',
  'http://', 'http://bot', 'javascript:', 'a\tb', 'bot.example bot.example', `${'a'.repeat(300)}.example`, 'a'.repeat(5_000), '\u00a0', '\u00ad', 'ﬀ'.normalize('NFKD'), '[fe80::1%25lo]', '[::ffff:1.2.3.4]', '[::1]:99999', '0', '00000000000',
]; // biome-ignore format: a list to be read as one
const TARGETS = [
  'http://', 'http:', 'http:///', 'http://[', 'http://a b', 'http://bot:99999/', 'https://x/', '//', '///', '//[', '//a:99999/', '//x/healthz', '/\\', '\\', '*', '?', '#', '/?', '/#', '/%', '/%zz', '/%00', '/%c0%ae', '/healthz/%', '/healthz?%',
  '/healthz#x', '/healthz//', '/healthz/../readyz', '/..', '/../..', '/%2e%2e/', '/consent?ticket=%', '/consent?%zz=%', '/consent//', '/consent?ticket[]=1', '/consent/callback?state=%ff', '/api/messages?__proto__=1', '/constructor', '/__proto__',
  '/healthz;x', '/:id', '/*', `/${'a'.repeat(8_000)}`, `/${'%41'.repeat(2_000)}`, `/?${'a=b&'.repeat(2_000)}`, 'healthz', 'bot:80', 'bot', 'ftp://x', 'file:///etc/passwd', 'javascript:1', 'data:,', 'urn:x', 'a:b', '/\u00ff', '/\u00e9',
]; // biome-ignore format: as above
const METHODS = [
  '',
  'G',
  'get',
  'GETT',
  'CONNECT',
  'TRACE',
  'OPTIONS',
  'PRI',
  'PROPFIND',
  'M-SEARCH',
  'SOURCE',
  'PURGE',
  'QUERY',
  'PATCH',
  'DELETE',
  'HEAD',
  'LINK',
  'BIND',
];
const LINES = [
  'Content-Length: -1', 'Content-Length: 1e3', 'Content-Length: 5, 5', 'Content-Length: 99999999999999999999', 'Content-Length: 5\r\nContent-Length: 6', 'Content-Length: 5\r\nTransfer-Encoding: chunked', 'Transfer-Encoding: gzip', 'Transfer-Encoding: chunked, gzip',
  'Transfer-Encoding: \u000bchunked', 'Transfer-Encoding: chunked\r\nTransfer-Encoding: identity', 'Expect: 100-continue', 'Expect: 100-continue\r\nContent-Length: 50', 'Expect: tea', 'Upgrade: websocket\r\nConnection: Upgrade', 'Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA',
  'Upgrade: websocket\r\nConnection: Upgrade\r\nContent-Length: 50', 'Upgrade: websocket\r\nConnection: Upgrade\r\nTransfer-Encoding: chunked', 'Upgrade: \r\nConnection: Upgrade', 'Connection: Upgrade', 'Connection: close, keep-alive', 'Connection: Host', 'Trailer: Host', 'TE: trailers',
  ': x', 'NoColon', ' Folded: x', 'A: b\r\n c', 'A\u0000: b', 'A: \u0000', 'A: \u0001', 'A : b', 'Host: twice', '__proto__: x', 'constructor: x', 'toString: x', 'Accept: ', 'Accept: \u00ff/\u00ff', 'Accept: */*;q=x', 'Accept-Version: *', 'Accept-Version: ~x', 'X-Api-Version: 99',
  'Accept-Encoding: \u00ff', 'Cookie: successor-consent=', 'Cookie: %', 'X-Forwarded-For: [', 'X-Forwarded-For: ,,,,', 'X-Forwarded-For: 1.2.3.4:5', 'X-Forwarded-Proto: x', 'Authorization: Bearer ', 'Authorization: Bearer a.b.c', 'Authorization: Bearer e30.e30.e30', 'Date: x', 'If-Match: x', 'Range: bytes=9-1',
  'Content-Type: ', 'Content-Type: application/json; charset=x', 'MS-RequestId: \u00ff', 'X-Locale: \u00ff', 'Sec-WebSocket-Key: x\r\nUpgrade: websocket\r\nConnection: upgrade', `A: ${'b'.repeat(20_000)}`, Array.from({ length: 300 }, (_, n) => `H${n}: x`).join('\r\n'), 'Keep-Alive: timeout=-1', 'Proxy-Connection: x', 'Origin: null', 'Origin: [', 'Referer: \u00ff',
]; // biome-ignore format: as above
const RAW = [
  '', '\r\n', '\r\n\r\n', '\n\n', '\0', '\0'.repeat(100), 'GET', 'GET ', 'GET /', 'GET / HTTP/1.1', 'GET / HTTP/1.1\r\n', 'GET / HTTP/1.1\r\nHost', 'GET / HTTP/9.9\r\n\r\n', 'GET / HTTP/0.9\r\n\r\n', 'GET /\r\n\r\n', 'GET / HTTP/1.1\r\n\r\n', 'GET / HTTP/1.0\r\n\r\n', 'GET http:// HTTP/1.0\r\n\r\n',
  'HTTP/1.1 200 OK\r\n\r\n', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 'SSH-2.0-x\r\n', '{"a":1}', 'GET / HTTP/1.1\nHost: x\n\n', 'GET  /  HTTP/1.1\r\nHost: localhost\r\n\r\n', 'GET /\tHTTP/1.1\r\nHost: localhost\r\n\r\n',
]; // biome-ignore format: as above

/** Name and bytes of each malformed head: at least 200. A head with a body's length keeps the body to itself. */
export function malformedHeads(): { name: string; text: string }[] {
  const get = (host: string, target = '/healthz') => `GET ${target} HTTP/1.1\r\nHost: ${host}\r\n\r\n`;
  const post = (line: string) => `POST /api/messages HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n${line}\r\n\r\n`;
  return [
    ...HOSTS.map((host) => ({ name: `Host ${host}`, text: get(host) })),
    ...TARGETS.map((target) => ({ name: `target ${target}`, text: get('localhost', target) })),
    ...METHODS.map((method) => ({ name: `method ${method}`, text: `${method} /api/messages HTTP/1.1\r\nHost: localhost\r\n\r\n` })),
    ...LINES.flatMap((line) => [
      { name: `GET with ${line}`, text: `GET /healthz HTTP/1.1\r\nHost: localhost\r\n${line}\r\n\r\n` },
      { name: `POST with ${line}`, text: post(line) },
    ]),
    ...RAW.map((text) => ({ name: `raw ${JSON.stringify(text)}`, text })),
  ];
}

/** Good requests behind one another, with bad ones between, and answers that nobody reads. */
export function pipelines(): { name: string; text: string }[] {
  const good = 'GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n';
  const refused = 'POST /api/messages HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n123456789';
  const bad = 'GET /healthz HTTP/1.1\r\nHost: [\r\n\r\n';
  const upgrade = 'GET /healthz HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n';
  return [
    { name: 'a thousand good ones', text: good.repeat(1_000) },
    { name: 'a hundred refused ones', text: refused.repeat(100) },
    { name: 'good, bad, good', text: good + bad + good },
    { name: 'bad, bad, bad', text: bad.repeat(50) },
    { name: 'an upgrade, then bytes', text: upgrade + '\x81\x05hello'.repeat(100) },
    { name: 'an upgrade, then a request', text: upgrade + good },
    { name: 'a good one, then half', text: good + good.slice(0, 20) },
    {
      name: 'chunks that lie',
      text: 'POST /api/messages HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\nx',
    },
    {
      name: 'chunks with a long extension',
      text: `POST /api/messages HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n1;${'a'.repeat(30_000)}\r\nx\r\n0\r\n\r\n`,
    },
    { name: 'trailers', text: `POST /api/messages HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n${'A: b\r\n'.repeat(2_000)}\r\n` },
  ];
}

/** Numbers that follow from a seed alone. */
export function numbers(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** One fuzzed head: a malformed or good one with bytes changed, cut, doubled, or two of them crossed. */
export function fuzzedHead(seed: number): string {
  const next = numbers(seed * 2_654_435_761 + 1);
  const heads = malformedHeads();
  const one = () => (heads[next(heads.length)] as { text: string }).text;
  let text = one();
  for (let round = 0; round <= next(4); round++) {
    const at = next(text.length + 1);
    const kind = next(5);
    if (kind === 0) text = text.slice(0, at) + String.fromCharCode(next(256)) + text.slice(at + 1);
    else if (kind === 1) text = text.slice(0, at) + text.slice(at + next(20));
    else if (kind === 2) text = text.slice(0, at) + String.fromCharCode(next(256)).repeat(next(50)) + text.slice(at);
    else if (kind === 3) text = text.slice(0, at) + one().slice(next(60));
    else text += text.slice(at);
  }
  return text.slice(0, 60_000);
}

/** Writes `text` into a new socket and ends as told; resolves with the beginning of what came back. Never rejects. */
export function knockRaw(port: number, text: string, ending: Ending, holdMs = 30): Promise<string> {
  return new Promise((resolve) => {
    let answer = '';
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: ending === 'half' });
    const finish = () => {
      socket.destroy();
      resolve(answer);
    };
    const timer = setTimeout(finish, Math.max(2_000, holdMs));
    socket.on('error', () => {});
    socket.once('close', () => {
      clearTimeout(timer);
      resolve(answer);
    });
    socket.on('data', (chunk) => {
      if (answer.length < 1_000) answer += chunk.toString('latin1');
    });
    socket.once('connect', () => {
      socket.write(Buffer.from(text, 'latin1'), () => {
        if (ending === 'reset') setTimeout(() => socket.resetAndDestroy(), holdMs % 3);
        else if (ending === 'hold') setTimeout(finish, holdMs);
        else socket.end();
      });
    });
  });
}

/** Letter by letter, and gone before the end. */
export async function trickle(port: number, text: string, everyMs: number): Promise<void> {
  await new Promise<void>((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    let at = 0;
    const timer = setInterval(() => {
      if (at >= text.length) return void socket.resetAndDestroy();
      socket.write(text[at] as string);
      at += 1;
    }, everyMs);
    socket.on('error', () => {});
    socket.resume();
    socket.once('close', () => {
      clearInterval(timer);
      resolve();
    });
  });
}
