/** PouchDB: documents with revisions, replicated over HTTP in the CouchDB protocol. */
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express from 'express';
import expressPouchDb from 'express-pouchdb';
import PouchDB from 'pouchdb';
import { playRole } from '../role.ts';
import { documentText } from './document.ts';

const folder = mkdtempSync(join(tmpdir(), 'careledger-bench-pouchdb-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

playRole({
  async serve(documents: number): Promise<number> {
    const Served = PouchDB.defaults({ prefix: `${folder}/` });
    const database = new Served('source');
    for (let at = 0; at < documents; at += 500) {
      const page = Array.from({ length: Math.min(500, documents - at) }, (_, next) => ({
        _id: String(at + next).padStart(8, '0'),
        body: documentText(at + next),
      }));
      await database.bulkDocs(page);
    }
    const program = express();
    const settings = { mode: 'minimumForPouchDB', configPath: join(folder, 'config.json'), logPath: join(folder, 'log.txt') };
    program.use('/', expressPouchDb(Served, settings));
    const server = program.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return server.address().port;
  },
  /** Seconds, with the larger batches that suit it. */
  async replicate({ documents, place }: { documents: number; place: number }): Promise<number> {
    const database = new PouchDB(join(folder, 'replica'));
    const begin = performance.now();
    await database.replicate.from(`http://127.0.0.1:${place}/source`, { batch_size: 1000, batches_limit: 10 });
    const seconds = (performance.now() - begin) / 1000;
    const { doc_count: count } = await database.info();
    if (count !== documents) throw new Error(`${count} of ${documents} documents`);
    await database.close();
    return seconds;
  },
});
