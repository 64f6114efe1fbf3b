/** A collector of OpenTelemetry: takes what comes as JSON over HTTP. */
import { createServer } from 'node:http';

export interface TakenSpan {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  kind: number;
  startTimeUnixNano: string;
  endTimeUnixNano: string;
  attributes: { key: string; value: { stringValue?: string; intValue?: string } }[];
  status: { code?: number };
}

export interface Collector {
  url: string;
  bodies: { path: string; text: string; headers: Record<string, unknown> }[];
  spans(): TakenSpan[];
  /** What it answers. */
  status: number;
  close(): Promise<void>;
}

export async function startCollector(): Promise<Collector> {
  const bodies: Collector['bodies'] = [];
  const server = createServer(async (request, response) => {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece as Buffer);
    bodies.push({ path: request.url ?? '', text: Buffer.concat(pieces).toString('utf8'), headers: request.headers });
    response.statusCode = collector.status;
    response.setHeader('Content-Type', 'application/json');
    response.end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const collector: Collector = {
    url: `http://127.0.0.1:${(server.address() as { port: number }).port}`,
    bodies,
    status: 200,
    spans: () =>
      bodies
        .filter(({ path }) => path === '/v1/traces')
        .flatMap(({ text }) => (JSON.parse(text) as { resourceSpans: { scopeSpans: { spans: TakenSpan[] }[] }[] }).resourceSpans)
        .flatMap((one) => one.scopeSpans.flatMap((scope) => scope.spans)),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  return collector;
}
