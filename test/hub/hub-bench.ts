/** A hub on loopback with clinics at it: real TLS, a real database in a temporary folder, keys from labels. */
import { cp, mkdtemp, rename, rm } from 'node:fs/promises';
import { Agent, request as httpsRequest } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { initHub, inviteToHub } from '../../server/hub/commands/administration.ts';
import { databaseUrl } from '../../server/hub/hub-database.ts';
import { openHub, type RunningHub } from '../../server/hub/hub-service.ts';
import type { DocumentStore } from '../../server/hub/relay/document-store.ts';
import { fingerprintOfPem, makeRequest, newTlsKey, requestBytes } from '../../server/identity/certificates.ts';
import { randomBytes, type SigningKey, sha256, sign, verifySignature } from '../../server/vault/primitives.ts';
import { freePort } from '../../server/workstation/demo/free-port.ts';
import { fromHex, toBase64, toHex, utf8 } from '../../shared/encoding/bytes.ts';
import { type Checkpoint, openCheckpoint } from '../../shared/ledger/checkpoint.ts';
import { encodeGenesis, genesisMessage, openGenesis, type Region, sealGenesis } from '../../shared/ledger/founding.ts';
import { ENROLMENT_OPERATIONS, HUB_OPERATIONS, HUB_PATHS } from '../../shared/sync/operations.ts';
import type { SubmissionAnswer } from '../../shared/sync/submission.ts';
import { enrolmentProofMessage, readInvitation } from '../../shared/sync/wire.ts';
import { bytesFor, foundClinic, hash, MORNING, type TestClinic } from '../support/ledger-builder.ts';
import { newDatabase } from '../support/postgresql.ts';
import { resultsOf, type SubmissionResult } from '../support/submission-results.ts';

interface HttpAnswer {
  readonly status: number;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly body: {
    data?: Record<string, unknown> | null;
    errors?: Array<{ message: string; extensions: { code: string; retry: boolean } }>;
  };
}

interface HttpOptions {
  readonly path?: string;
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string | Buffer;
}

/** An answer that is no JSON. */
export class NoJson extends Error {
  readonly status: number;

  constructor(status: number) {
    super(`no JSON, status ${status}`);
    this.status = status;
  }
}

/** One TLS client: a device, a joiner without a certificate, or a stranger. */
export class Line {
  readonly agent: Agent;
  readonly port: number;

  constructor(port: number, authority: string, device?: { privateKey: string; certificate: string }) {
    this.port = port;
    this.agent = new Agent({
      keepAlive: true,
      maxSockets: 4,
      ca: authority,
      servername: 'localhost',
      ...(device && { key: device.privateKey, cert: device.certificate }),
    });
  }

  http({ path = HUB_PATHS.graphql, method = 'POST', headers = {}, body = '' }: HttpOptions): Promise<HttpAnswer> {
    return new Promise((resolve, reject) => {
      const request = httpsRequest(
        {
          agent: this.agent,
          host: '127.0.0.1',
          port: this.port,
          path,
          method,
          headers: { host: `localhost:${this.port}`, 'content-type': 'application/json', ...headers },
        },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('error', reject);
          response.on('end', () => {
            const { statusCode: status = 0, headers: said } = response;
            const text = Buffer.concat(chunks).toString('utf8');
            try {
              resolve({ status, headers: said, body: JSON.parse(text) });
            } catch {
              reject(new NoJson(status));
            }
          });
        },
      );
      request.on('error', reject);
      request.end(body);
    });
  }

  graphql(query: string, variables: object = {}, path: string = HUB_PATHS.graphql): Promise<HttpAnswer> {
    return this.http({ path, body: JSON.stringify({ query, variables }) });
  }

  /** The data of an operation. @throws an Error with the code of the first error. */
  async ask<T>(name: keyof typeof HUB_OPERATIONS, variables: object = {}): Promise<T> {
    return dataOf(await this.graphql(HUB_OPERATIONS[name], variables));
  }

  async enrolment<T>(name: keyof typeof ENROLMENT_OPERATIONS, variables: object = {}): Promise<T> {
    return dataOf(await this.graphql(ENROLMENT_OPERATIONS[name], variables, HUB_PATHS.enrolment));
  }

  close(): void {
    this.agent.destroy();
  }
}

/** The data of an answer. @throws an Error with the code of its first error. */
export function dataOf<T>({ body }: HttpAnswer): T {
  const [error] = body.errors ?? [];
  if (error) throw new Error(error.extensions.code);
  return body.data as T;
}

/** RSA keys take long to make, and who a device is stands beside its key: tests share one. */
let sharedTlsKey: Promise<string> | undefined;
export const testTlsKey = (): Promise<string> => {
  sharedTlsKey ??= newTlsKey();
  return sharedTlsKey;
};

/** In the project `postgresql` a new database for each hub; elsewhere a file in its folder. */
export async function databaseOfRun(): Promise<string | undefined> {
  const server = process.env.HUB_STORE === 'postgresql' ? process.env.TEST_POSTGRESQL : undefined;
  return server && newDatabase(server);
}

export async function temporaryFolder(name: string): Promise<string> {
  return mkdtemp(join(tmpdir(), `careledger-${name}-`));
}

export class HubBench {
  readonly folder: string;
  readonly founder: TestClinic;
  hub: RunningHub;
  port: number;
  authority = '';
  founderSecret: Uint8Array = new Uint8Array(16);
  hubKey: Uint8Array = new Uint8Array(32);
  #region: Region | undefined;
  readonly #lines: Line[] = [];
  readonly #clock: () => number;
  /** Where documents lie from the next start on; left out, in the database. */
  documents: DocumentStore | undefined;

  private constructor(folder: string, founder: TestClinic, hub: RunningHub, port: number, clock: () => number) {
    this.folder = folder;
    this.founder = founder;
    this.hub = hub;
    this.port = port;
    this.#clock = clock;
  }

  /** A hub whose region `founder` has founded, with `witnesses` (founders too) beside it. */
  static async open(
    options: {
      founder?: TestClinic;
      others?: readonly TestClinic[];
      clock?: () => number;
      database?: string | undefined;
      documents?: DocumentStore;
      releaseKey?: Uint8Array;
      /** What is done while the hub runs and serves no region yet. */
      beforeFounding?: (folder: string) => Promise<void>;
    } = {},
  ): Promise<HubBench> {
    const folder = await temporaryFolder('hub');
    const clock = options.clock ?? Date.now;
    const founder = options.founder ?? foundClinic('North');
    const { invitation } = await initHub(
      folder,
      'Region under test',
      'https://localhost:7443',
      options.database ?? (await databaseOfRun()),
    );
    const hub = await openHub(folder, { clock, documents: options.documents, releaseKey: options.releaseKey });
    const bench = new HubBench(folder, founder, hub, await hub.start(await freePort(), '127.0.0.1'), clock);
    bench.documents = options.documents;
    await options.beforeFounding?.(folder);
    await bench.#found(invitation, [founder, ...(options.others ?? [])]);
    return bench;
  }

  get region(): Region {
    return this.#region as Region;
  }

  async #found(invitation: string, founders: readonly TestClinic[]): Promise<void> {
    const { secret } = readInvitation(invitation);
    const first = new Line(this.port, '', undefined);
    first.agent.options.rejectUnauthorized = false;
    const { hub } = await first.enrolment<{ hub: { authority: string; hubKey: string } }>('Hub');
    first.close();
    this.authority = hub.authority;
    this.hubKey = fromHex(hub.hubKey);
    const genesis = encodeGenesis({
      name: 'Region under test',
      hubKey: this.hubKey,
      authority: fingerprintOfPem(hub.authority),
      witnesses: founders.map(({ chain, cosignKey }) => ({ chain, cosignKey: cosignKey.publicKey })),
      founders: founders.map(({ founding }) => founding.bytes),
      time: MORNING,
    });
    const bytes = sealGenesis(
      genesis,
      founders.map(({ clinicKey }) => sign(clinicKey, genesisMessage(genesis))),
    );
    this.#region = openGenesis(hash, verifySignature, bytes);
    const line = this.line();
    await line.enrolment('Found', { secret: toBase64(secret), genesis: toBase64(bytes) });
    this.founderSecret = secret;
  }

  /** A TLS client, closed with the bench. */
  line(device?: { privateKey: string; certificate: string }): Line {
    const line = new Line(this.port, this.authority, device);
    this.#lines.push(line);
    return line;
  }

  /** The same device's line to the hub after a restart. */
  again({ agent }: Line): Line {
    const { key, cert } = agent.options as { key: string; cert: string };
    return this.line({ privateKey: key, certificate: cert });
  }

  /** Enrols the first device of a clinic, by the founder's secret or a new invitation, and connects it. */
  async join(clinic: TestClinic): Promise<Line> {
    const secret = clinic === this.founder ? this.founderSecret : await this.invite();
    return this.enrol(clinic.desk.key, { secret, founding: clinic.founding.bytes });
  }

  async invite(expires = this.#clock() + 3_600_000): Promise<Uint8Array> {
    const { invitation } = await inviteToHub(this.folder, 'clinic', expires, 'not-said', this.#clock);
    return readInvitation(invitation).secret;
  }

  /** A certificate for a device key, and a line that shows it. */
  async enrol(key: SigningKey, with_: { secret: Uint8Array; founding?: Uint8Array; chain?: string }): Promise<Line> {
    const { privateKey, certificate } = await this.certify(key, with_);
    return this.line({ privateKey, certificate });
  }

  async certify(key: SigningKey, with_: { secret: Uint8Array; founding?: Uint8Array; chain?: string }) {
    const privateKey = await testTlsKey();
    const variables = enrolVariables(key, privateKey, with_);
    const { enroll } = await this.line().enrolment<{ enroll: { certificate: string; expires: number } }>('Enroll', variables);
    return { privateKey, ...enroll };
  }

  async checkpoint(line: Line): Promise<Checkpoint> {
    const { checkpoint } = await line.ask<{ checkpoint: string }>('Checkpoint');
    return openCheckpoint(hash, verifySignature, this.region.id, this.hubKey, checkpoint);
  }

  async submit(line: Line, ...blocks: Uint8Array[]): Promise<SubmissionResult[]> {
    const { submit } = await line.ask<{ submit: SubmissionAnswer }>('Submit', { blocks: blocks.map(toBase64) });
    return resultsOf(this.region.id, blocks, submit);
  }

  async restart(): Promise<void> {
    await this.hub.close();
    this.hub = await openHub(this.folder, { clock: this.#clock, documents: this.documents });
    this.port = await this.hub.start(await freePort(), '127.0.0.1');
  }

  /** Copies what the hub keeps, while it is closed; what this gives puts it back so, as an administrator with an older copy would. */
  async copyStore(): Promise<() => Promise<void>> {
    const url = await databaseUrl(this.folder);
    if (url) {
      const copy = await newDatabase(url, url);
      return async () => void (await newDatabase(copy, copy, url));
    }
    const file = join(this.folder, 'hub.db');
    const copy = join(this.folder, 'copy.db');
    await cp(file, copy);
    return () => rename(copy, file);
  }

  /** A folder for one more process of this hub on the same database, as its administrator makes it. */
  async fellowFolder(): Promise<string> {
    const folder = await temporaryFolder('hub-fellow');
    for (const file of ['FORMAT', 'hub-keys.json', 'database-url']) await cp(join(this.folder, file), join(folder, file));
    return folder;
  }

  async close(): Promise<void> {
    for (const line of this.#lines) line.close();
    await this.hub.close();
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** The variables of `Enroll`; `request` takes the place of an honest one for the TLS key. */
export function enrolVariables(
  key: SigningKey,
  privateKey: string,
  with_: { secret: Uint8Array; founding?: Uint8Array; chain?: string },
  request = makeRequest(privateKey, toHex(key.publicKey)),
) {
  const device = toHex(key.publicKey);
  const proof = toBase64(sign(key, enrolmentProofMessage(requestBytes(request))));
  return {
    secret: toBase64(with_.secret),
    request,
    device,
    proof,
    founding: with_.founding ? toBase64(with_.founding) : null,
    chain: with_.chain ?? null,
  };
}

/** A document with a wrap of the right length, its name, and its upload. */
export function sealedDocument(label: string, handle: Uint8Array, bytes = 512) {
  const sealed = Buffer.concat([utf8(label), randomBytes(bytes - utf8(label).length)]);
  const wrap = Buffer.concat([bytesFor(`${label} wrap`), bytesFor(`${label} wrap end`), new Uint8Array(1)]);
  const name = sha256(sealed);
  return { name, handle, upload: { handle: toHex(handle), sealed: toBase64(sealed), wrap: toBase64(wrap) } };
}
