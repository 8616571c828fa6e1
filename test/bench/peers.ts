/** Programs that people use in our place, when they are installed in `test/bench/peers`: the same number of documents of 600 bytes. */
import { existsSync } from 'node:fs';
import type { Contestant } from './contest.ts';
import { type Role, startRole } from './role.ts';

const PEERS = ['hypercore', 'pouchdb'];

export interface Peers {
  readonly contestants: Readonly<Record<string, Contestant>>;
  end(): Promise<void>;
}

/** Fills a store of each peer with `documents` and serves it; each contestant replicates it into an empty one. */
export async function startPeers(documents: number, note: (text: string) => void): Promise<Peers> {
  const servers: Role[] = [];
  const contestants: Record<string, Contestant> = {};
  for (const peer of PEERS) {
    if (!existsSync(new URL(`./peers/node_modules/${peer}`, import.meta.url))) {
      note(`${peer} is not installed, so it is not measured: run "npm install" in test/bench/peers.`);
      continue;
    }
    const server = startRole(`./peers/${peer}.ts`);
    servers.push(server);
    const place = await server.ask('serve', documents);
    contestants[peer] = async () => {
      const replica = startRole(`./peers/${peer}.ts`);
      try {
        return documents / (await replica.ask<number>('replicate', { documents, place }));
      } finally {
        await replica.end();
      }
    };
  }
  return { contestants, end: async () => void (await Promise.all(servers.map((server) => server.end()))) };
}
