/** hypercore: an append-only log with a signed Merkle tree, replicated over a socket. */

import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Hypercore from 'hypercore';
import { playRole } from '../role.ts';
import { documentText } from './document.ts';

const folder = mkdtempSync(join(tmpdir(), 'careledger-bench-hypercore-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

interface Place {
  readonly port: number;
  readonly key: string;
}

playRole({
  async serve(documents: number): Promise<Place> {
    const core = new Hypercore(join(folder, 'source'));
    await core.ready();
    for (let at = 0; at < documents; at += 500)
      await core.append(Array.from({ length: Math.min(500, documents - at) }, (_, next) => Buffer.from(documentText(at + next))));
    const server = createServer((socket) => {
      const stream = core.replicate(false);
      socket.on('error', () => undefined);
      stream.on('error', () => undefined);
      socket.pipe(stream).pipe(socket);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    return { port: address.port, key: core.key.toString('hex') };
  },
  /** Seconds until all is on disk here. */
  async replicate({ documents, place }: { documents: number; place: Place }): Promise<number> {
    const core = new Hypercore(join(folder, 'replica'), Buffer.from(place.key, 'hex'));
    await core.ready();
    const begin = performance.now();
    const socket = connect(place.port, '127.0.0.1');
    const stream = core.replicate(true);
    stream.on('error', () => undefined);
    socket.pipe(stream).pipe(socket);
    await core.download({ start: 0, end: documents }).done();
    const seconds = (performance.now() - begin) / 1000;
    if (core.contiguousLength !== documents) throw new Error(`${core.contiguousLength} of ${documents} documents`);
    socket.destroy();
    await core.close();
    return seconds;
  },
});
