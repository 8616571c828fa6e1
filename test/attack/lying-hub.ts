/** A hub that lies: real TLS, answers that a test makes up. What it is not told to lie about it answers from a true ledger. */

import { mkdtemp, rm } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { createServer, type Server, type ServerOptions } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type KeyAndCertificate, makeAuthority, makeServerCertificate } from '../../server/identity/certificates.ts';
import type { Database } from '../../server/storage/database.ts';
import type { ClinicLedger } from '../../server/sync/clinic-ledger.ts';
import { HubClient } from '../../server/sync/hub-client.ts';
import { Replica } from '../../server/sync/replica.ts';
import { verifySignature } from '../../server/vault/primitives.ts';
import { toBase64 } from '../../shared/encoding/bytes.ts';
import type { TreeHead } from '../../shared/ledger/checkpoint.ts';
import { openClinicLedger } from '../support/clinic-ledger.ts';
import {
  bytesFor,
  checkpointOf,
  everyRule,
  foundClinic,
  foundRegion,
  hash,
  MemoryLedger,
  MORNING,
  type TestClinic,
  type TestRegion,
} from '../support/ledger-builder.ts';

type Lie = (variables: Record<string, unknown>) => unknown;
/** Writes the answer itself. */
type RawLie = (response: ServerResponse) => void;

interface TlsKeys {
  readonly authority: KeyAndCertificate;
  readonly server: KeyAndCertificate;
}
interface Asked {
  readonly operationName: string;
  readonly variables: Record<string, unknown>;
}

let made: Promise<TlsKeys> | undefined;
const tlsKeys = (): Promise<TlsKeys> => {
  made ??= makeAuthority().then(async (authority) => ({ authority, server: await makeServerCertificate(authority, []) }));
  return made;
};

export class LyingHub {
  readonly north: TestClinic = foundClinic('North');
  readonly south: TestClinic = foundClinic('South');
  /** Whose replica it is. */
  readonly west: TestClinic = foundClinic('West');
  readonly region: TestRegion;
  /** Blocks as the hub sends them; the true ones until a test alters them. */
  blocks: Uint8Array[] = [];
  /** What the hub signs; undefined: the truth. */
  head: TreeHead | undefined;
  truth: MemoryLedger;
  readonly lies: Record<string, Lie> = {};
  raw: RawLie | undefined;
  readonly #server: Server;
  readonly #authority: string;

  private constructor({ authority, server }: TlsKeys, options: ServerOptions) {
    this.region = foundRegion('lies', [this.north, this.south, this.west]);
    this.truth = new MemoryLedger(this.region.region);
    this.#authority = authority.certificate;
    this.#server = createServer({ key: server.privateKey, cert: server.certificate, ...options }, (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        if (this.raw) return this.raw(response);
        const asked = JSON.parse(Buffer.concat(chunks).toString()) as Asked;
        response.setHeader('content-type', 'application/json');
        response.end(JSON.stringify({ data: this.#answer(asked.operationName, asked.variables) }));
      });
    });
  }

  static async open(options: ServerOptions = {}): Promise<LyingHub> {
    const hub = new LyingHub(await tlsKeys(), options);
    await new Promise<void>((done) => hub.#server.listen(0, '127.0.0.1', done));
    return hub;
  }

  /** True history: these blocks enter, and are sent. */
  write(...blocks: Uint8Array[]): void {
    this.truth.append(...blocks);
    this.blocks.push(...blocks);
  }

  get address(): string {
    return `https://localhost:${(this.#server.address() as AddressInfo).port}`;
  }

  client(authority = this.#authority, wholeMs?: number): HubClient {
    return new HubClient(this.address, { authority }, wholeMs);
  }

  note(head: TreeHead = this.head ?? this.truth.head): string {
    return checkpointOf(this.region, head).note;
  }

  #answer(operation: string, variables: Record<string, unknown>): unknown {
    const lie = this.lies[operation];
    if (lie) return lie(variables);
    if (operation === 'Checkpoint') return { checkpoint: this.note() };
    if (operation === 'Blocks') {
      const from = Number(variables.from);
      const blocks = this.blocks.slice(from, from + Number(variables.limit)).map(toBase64);
      return { blocks: { from, blocks, checkpoint: this.note() } };
    }
    return { consistencyProof: [], messages: [] };
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<void>((done) => this.#server.close(() => done()));
  }
}

/** A clinic's replica in a folder of its own. */
export class TrustingReplica {
  readonly folder: string;
  readonly database: Database;
  readonly ledger: ClinicLedger;
  readonly replica: Replica;

  private constructor(folder: string, database: Database, ledger: ClinicLedger, replica: Replica) {
    this.folder = folder;
    this.database = database;
    this.ledger = ledger;
    this.replica = replica;
  }

  static async open(hub: LyingHub, clinic = hub.west): Promise<TrustingReplica> {
    const folder = await mkdtemp(join(tmpdir(), 'careledger-replica-'));
    const { database, ledger } = await openClinicLedger({
      folder,
      clinic,
      epoch: () => bytesFor(`${clinic.label} epoch`, 8),
      clock: () => MORNING,
    });
    const { region } = hub.region;
    const replica = await Replica.open({ database, ledger, region, hash, verify: verifySignature, rules: everyRule });
    return new TrustingReplica(folder, database, ledger, replica);
  }

  /** What the replica holds after it was closed and opened again. */
  async stored(): Promise<number> {
    const row = await this.database.read.get<{ count: number }>('SELECT count(*) AS count FROM block');
    return row?.count ?? -1;
  }

  async close(): Promise<void> {
    await this.database.close();
    await rm(this.folder, { recursive: true, force: true });
  }
}
