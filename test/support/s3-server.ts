/**
 * An S3-compatible store of somebody else's making (s3rver, which checks signatures of version 4), and in front of it a line that can be
 * made to fail the ways a line and a store fail.
 */

import { readdir, rm } from 'node:fs/promises';
import { createServer, request, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { S3Place } from '../../server/hub/relay/document-store.ts';
import { temporaryFolder } from '../hub/hub-bench.ts';

/** What of the package is used; it brings no types. */
interface StoreServer {
  run(): Promise<AddressInfo>;
  close(): Promise<void>;
}
type StoreServerKind = new (options: object) => StoreServer;

export type Fault =
  | 'none'
  | 'away'
  /** Never answers. */
  | 'silent'
  /** Says how long the answer is and stops before. */
  | 'short'
  /** Says yes to everything, as a page of something else. */
  | 'garbage'
  /** Gives other bytes of the same length. */
  | 'altered'
  /** Sends elsewhere. */
  | 'redirect';

const BUCKET = 'careledger';
/** The only ones that it knows. */
const STORE_KEYS = { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' };

export class TestStore {
  fault: Fault = 'none';
  /** Requests that came, by method. */
  readonly asked: string[] = [];
  readonly place: S3Place;
  readonly #folder: string;
  readonly #store: StoreServer;
  readonly #line: Server;

  private constructor(folder: string, store: StoreServer, line: Server) {
    this.#folder = folder;
    this.#store = store;
    this.#line = line;
    const { port } = line.address() as AddressInfo;
    this.place = { address: `http://127.0.0.1:${port}/${BUCKET}/hub`, region: 'us-east-1', ...STORE_KEYS };
  }

  static async open(): Promise<TestStore> {
    const folder = await temporaryFolder('s3');
    const Kind = createRequire(import.meta.url)('@20minutes/s3rver') as StoreServerKind;
    const store = new Kind({
      address: '127.0.0.1',
      port: 0,
      silent: true,
      directory: folder,
      vhostBuckets: false,
      configureBuckets: [{ name: BUCKET }],
    });
    const { port } = await store.run();
    const line = createServer((asked, response) => opened.#answer(port, asked, response));
    await new Promise<void>((resolve) => line.listen(0, '127.0.0.1', resolve));
    const opened = new TestStore(folder, store, line);
    return opened;
  }

  /** The keys of all objects in the bucket. */
  async objects(): Promise<string[]> {
    const names = await readdir(join(this.#folder, BUCKET), { recursive: true }).catch(() => []);
    return names.filter((name) => name.endsWith('._S3rver_object')).map((name) => name.replace('._S3rver_object', ''));
  }

  async close(): Promise<void> {
    this.#line.closeAllConnections();
    await new Promise<void>((resolve) => this.#line.close(() => resolve()));
    await this.#store.close();
    await rm(this.#folder, { recursive: true, force: true });
  }

  #answer(port: number, ...[asked, response]: Parameters<NonNullable<Parameters<typeof createServer>[1]>>): void {
    this.asked.push(asked.method ?? '');
    if (this.fault === 'away') asked.socket.destroy();
    else if (this.fault === 'garbage')
      response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Sign in to the network</h1>');
    else if (this.fault === 'redirect') response.writeHead(307, { location: 'http://127.0.0.1:9/' }).end();
    else if (this.fault !== 'silent') this.#pass(port, asked, response);
  }

  #pass(port: number, ...[asked, response]: Parameters<NonNullable<Parameters<typeof createServer>[1]>>): void {
    const { method, url: path, headers } = asked;
    const passed = request({ host: '127.0.0.1', port, method, path, headers }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () => {
        const body = Buffer.concat(chunks);
        const isFaulty = method === 'GET' && answer.statusCode === 200;
        if (isFaulty && this.fault === 'altered') body.fill(0, 0, 8);
        response.writeHead(answer.statusCode ?? 500, answer.headers);
        if (isFaulty && this.fault === 'short') response.write(body.subarray(0, body.length / 2), () => asked.socket.destroy());
        else response.end(body);
      });
    });
    passed.on('error', () => asked.socket.destroy());
    asked.pipe(passed);
  }
}
