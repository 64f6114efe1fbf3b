/** What is said of a storage that cannot be used. */
import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openResources } from '../../../bot/resources.ts';
import { azuriteConnection } from '../../../services/store/azureTables.ts';
import { testConfig } from '../../support/world.ts';

describe('a storage that cannot be used', () => {
  it('and answers without a word is told by its status', async () => {
    const server = createServer((_, answer) => {
      answer.statusCode = 418;
      answer.end();
    }).listen(0, '127.0.0.1');
    await new Promise((listening) => server.once('listening', listening));
    const { port } = server.address() as AddressInfo;
    const config = await testConfig({ storage: azuriteConnection(port, port) });
    await assert.rejects(openResources(config, { info: () => {}, warn: () => {} }), { message: 'The storage cannot be used: 418' });
    server.closeAllConnections();
    server.close();
    rmSync(config.dataDir, { recursive: true, force: true });
  });
});
