/** A pretend Microsoft Entra on this machine: groups as Graph tells them, and tokens as its login gives them. */
import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

export interface Entra {
  url: string;
  /** Object ids by group id. */
  groups: Map<string, Set<string>>;
  /** Groups that bear a name. */
  names: Map<string, string[]>;
  /** What it does instead of answering, while it is set. */
  graphFails: 'no' | 'status' | 'silence';
  loginFails: 'no' | 'status' | 'drop' | 'refused';
  /** Whether somebody let the app read price sheets, which is an audience of its own. */
  sheetsConsented: boolean;
  /** Refresh tokens that are good, oldest first, and how many were ever given. */
  live: string[];
  given: number;
  /** How many of the newest refresh tokens hold; Infinity as the real one, which forgets none. */
  holds: number;
  claims: Record<string, unknown>;
  /** Is told of each question after somebody's groups, before it is answered. */
  onAsked: (user: string) => void;
  asked: { path: string; form: URLSearchParams }[];
  close(): Promise<void>;
}

export async function startEntra(): Promise<Entra> {
  const server = createServer((request, response) => {
    void read(request).then((text) => {
      const url = new URL(request.url ?? '/', 'http://entra');
      response.setHeader('Content-Type', 'application/json');
      if (url.pathname.includes('/oauth2/')) return login(entra, url, new URLSearchParams(text), request, response);
      if (entra.graphFails === 'silence') return void request.socket.destroy();
      if (entra.graphFails === 'status') response.statusCode = 503;
      response.end(JSON.stringify(entra.graphFails === 'status' ? { error: { code: 'serviceUnavailable' } } : graph(entra, url, text)));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const entra: Entra = {
    url: `http://127.0.0.1:${(server.address() as { port: number }).port}`,
    groups: new Map(),
    names: new Map(),
    graphFails: 'no',
    loginFails: 'no',
    sheetsConsented: true,
    live: [],
    given: 0,
    holds: Number.POSITIVE_INFINITY,
    claims: { tid: 'partner-tenant', oid: 'service-account', amr: ['pwd', 'mfa'] },
    asked: [],
    onAsked: () => {},
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  return entra;
}

function graph(entra: Entra, url: URL, text: string): object {
  const user = /\/users\/([^/]+)\/checkMemberGroups$/.exec(decodeURIComponent(url.pathname))?.[1];
  if (user) entra.onAsked(user);
  if (user) return { value: (JSON.parse(text) as { groupIds: string[] }).groupIds.filter((id) => entra.groups.get(id)?.has(user)) };
  const group = /\/groups\/([^/]+)\/transitiveMembers/.exec(url.pathname)?.[1];
  if (group)
    return { value: [...(entra.groups.get(group) ?? [])].map((id) => ({ id, displayName: nameOf(id) })), '@odata.nextLink': 'https://evil.example/v1.0/next' };
  const name = /displayName eq '((?:[^']|'')*)'/.exec(url.searchParams.get('$filter') ?? '')?.[1]?.replaceAll("''", "'") ?? '';
  return { value: (entra.names.get(name) ?? []).map((id) => ({ id })) };
}

function nameOf(id: string): string {
  return id
    .split('-')
    .map((part) => part.slice(0, 1).toUpperCase() + part.slice(1))
    .join(' ');
}

function login(entra: Entra, url: URL, form: URLSearchParams, request: IncomingMessage, response: ServerResponse): unknown {
  entra.asked.push({ path: url.pathname, form });
  const refused = (code: string) => {
    response.statusCode = 400;
    response.end(
      JSON.stringify({
        error: code,
        error_description: `AADSTS70000: the secret ${form.get('client_secret')} or token ${form.get('refresh_token')} is wrong.`,
      }),
    );
  };
  if (entra.loginFails === 'status') {
    response.statusCode = 503;
    return void response.end('{}');
  }
  const grant = form.get('grant_type');
  if (entra.loginFails === 'refused') return refused('invalid_grant');
  if (grant === 'refresh_token' && !entra.live.includes(form.get('refresh_token') ?? '')) return refused('invalid_grant');
  const sheets = (form.get('scope') ?? '').includes('https://api.partner.microsoft.com/');
  if (sheets && !entra.sheetsConsented) return refused('invalid_grant');
  const body: Record<string, unknown> = {
    token_type: 'Bearer',
    expires_in: 3599,
    ext_expires_in: 3599,
    access_token: grant === 'client_credentials' ? 'sandbox-app-only' : sheets ? 'sandbox-price-sheets' : 'sandbox-app-and-user',
  };
  if (grant !== 'client_credentials') {
    const refresh = `refresh-${++entra.given}-${randomBytes(8).toString('hex')}`;
    entra.live = [...entra.live, refresh].slice(-Math.min(entra.holds, 100_000));
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const times = { iat: Math.floor(Date.now() / 1000), exp: Math.floor(Date.now() / 1000) + 3_600 };
    const idToken = `${part({ alg: 'none' })}.${part({ aud: 'client', iss: 'entra', sub: 's', ver: '2.0', ...times, ...entra.claims })}.x`;
    Object.assign(body, {
      refresh_token: refresh,
      scope: sheets ? 'https://api.partner.microsoft.com/user_impersonation' : 'https://api.partnercenter.microsoft.com/user_impersonation',
      id_token: idToken,
      client_info: part({ uid: 'u', utid: 't' }),
    });
  }
  // The token is given, and nobody hears of it.
  if (entra.loginFails === 'drop') return void request.socket.destroy();
  response.end(JSON.stringify(body));
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
