/** The bot's own routes. */
import type { CloudAdapter, TurnContext } from 'botbuilder';
import restify from 'restify';
import type { SuccessorBot } from './teams.ts';

const BODY_MAX = 256 * 1024;

export interface Ready {
  storage: boolean;
  partnerCenter: boolean;
  lookedAt: string | null;
  /** Every customer was looked at once. */
  knowsAll: boolean;
}

export interface Listening {
  port: number;
  close(): Promise<void>;
}

/** Listens on 127.0.0.1. Throws when the port is taken. */
export async function listen(port: number, adapter: CloudAdapter, bot: SuccessorBot, ready: () => Promise<Ready>): Promise<Listening> {
  const server = restify.createServer({ name: 'successor', ignoreTrailingSlash: true });
  server.use(restify.plugins.bodyParser({ maxBodySize: BODY_MAX, mapParams: false }));
  server.post('/api/messages', async (request: restify.Request, response: restify.Response) => {
    // Only here restify's own types meet the adapter's.
    await adapter.process(request as never, response as never, (context: TurnContext) => bot.run(context));
  });
  server.get('/healthz', async (_request: restify.Request, response: restify.Response) => {
    response.send(200, { alive: true });
  });
  server.get('/readyz', async (_request: restify.Request, response: restify.Response) => {
    const state = await ready();
    response.send(state.storage ? 200 : 503, state);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    port: server.address().port,
    close: () =>
      new Promise((resolve) => {
        (server.server as { closeAllConnections?(): void }).closeAllConnections?.();
        server.close(() => resolve());
      }),
  };
}
