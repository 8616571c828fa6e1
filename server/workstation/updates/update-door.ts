/**
 * Where Electron's updater, which cannot show a device's certificate, reads an update that this computer has fetched and checked: a port of
 * this computer alone, under a path that nobody can guess, for as long as it is being put in place.
 */
import { randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { FEEDS, feedText, type Release, type ReleaseFile } from '../../../shared/fleet/release.ts';
import { sendFile } from '../../hub/line/file-answer.ts';

/** What the shell needs. */
export interface UpdateFeed {
  /** `http://127.0.0.1:PORT/TOKEN` */
  readonly address: string;
  readonly version: string;
  /** It takes a newer version back. */
  readonly isOlder: boolean;
}

interface Ready {
  readonly path: string;
  readonly file: ReleaseFile;
  readonly release: Release;
  readonly isOlder: boolean;
}

export class UpdateDoor {
  #server: Server | undefined;

  /** One update at a time: one that was open closes. */
  async open({ path, file, release, isOlder }: Ready): Promise<UpdateFeed> {
    await this.close();
    const token = randomBytes(16).toString('hex');
    const feeds = Object.keys(FEEDS).filter((name) => FEEDS[name] === file.target);
    const server = createServer((request, response) => {
      const { port } = server.address() as AddressInfo;
      const [, given, ...rest] = (request.url ?? '').split('?')[0]?.split('/') ?? [];
      const asked = rest.join('/');
      const isOurs = request.method === 'GET' && request.headers.host === `127.0.0.1:${port}` && given === token;
      if (isOurs && feeds.includes(asked)) response.writeHead(200, { 'content-type': 'text/yaml' }).end(feedText(release, file));
      else if (isOurs && asked === `${release.version}/${file.name}`) void sendFile(request, response, path, file.bytes);
      else response.writeHead(404).end();
    });
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
    server.unref();
    this.#server = server;
    return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/${token}`, version: release.version, isOlder };
  }

  async close(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (!server) return;
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    server.closeAllConnections();
    await closed;
  }
}
