/** A wire between the bots and their storage that can lose answers: the request arrives, the answer does not. */
import { connect, createServer, type Socket } from 'node:net';

export interface LossyWire {
  port: number;
  /** The answers to the next `times` requests whose first line matches are lost. */
  lose(line: RegExp, times: number): void;
  /** Of all answers, this share is lost. */
  share: number;
  lost: number;
  /** When requests with such a first line come from now on, milliseconds. */
  note(line: RegExp): readonly number[];
  close(): Promise<void>;
}

const REQUEST = /^[A-Z]+ \S+ HTTP/;

export async function lossyWire(target: number): Promise<LossyWire> {
  const rules: { line: RegExp; times: number }[] = [];
  const noted: { line: RegExp; atMs: number[] }[] = [];
  const sockets = new Set<Socket>();
  const wire: LossyWire = {
    port: 0,
    lost: 0,
    share: 0,
    lose: (line, times) => void rules.push({ line, times }),
    note(line) {
      const atMs: number[] = [];
      noted.push({ line, atMs });
      return atMs;
    },
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
  const server = createServer((near) => {
    const far = connect(target, '127.0.0.1');
    let losing = false;
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => {}).on('close', () => sockets.delete(socket));
    }
    near.on('data', (chunk: Buffer) => {
      const line = chunk.subarray(0, 400).toString('latin1').split('\r\n')[0] as string;
      for (const one of noted) if (one.line.test(line)) one.atMs.push(Date.now());
      const rule = rules.find((one) => one.times > 0 && one.line.test(line));
      if (rule) rule.times -= 1;
      if (rule || (wire.share > 0 && REQUEST.test(line) && Math.random() < wire.share)) losing = true;
      far.write(chunk);
    });
    far.on('data', (chunk) => {
      if (!losing) return void near.write(chunk);
      wire.lost += 1;
      near.destroy();
      far.destroy();
    });
    near.on('end', () => far.end()).on('close', () => far.destroy());
    far.on('end', () => near.end()).on('close', () => near.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  wire.port = (server.address() as { port: number }).port;
  return wire;
}
