/**
 * A hub that speaks the real protocol over mutual TLS and lies: it signs with the region's hub key, puts in order whatever it is
 * given, shows one history to one desk and another to the next, and acknowledges what it throws away.
 */
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { TLSSocket } from 'node:tls';
import {
  type KeyAndCertificate,
  makeAuthority,
  makeRequest,
  makeServerCertificate,
  newTlsKey,
  signRequest,
} from '../../server/identity/certificates.ts';
import { deviceOfCertificate } from '../../server/identity/peer-names.ts';
import { foldPage, genesisPage, openSealed, readsOf } from '../../server/ledger/fold.ts';
import { sign } from '../../server/vault/primitives.ts';
import { fromBase64, fromHex, toBase64, toHex } from '../../shared/encoding/bytes.ts';
import { blockHash, openBlock } from '../../shared/ledger/block.ts';
import type { TreeHead } from '../../shared/ledger/checkpoint.ts';
import {
  CompactRange,
  consistencyProof,
  inclusionProof,
  leafHash,
  type NodeSource,
  nodeHash,
} from '../../shared/ledger/merkle.ts';
import { signNewest } from '../../shared/sync/newest.ts';
import { HUB_OPERATIONS } from '../../shared/sync/operations.ts';
import { signReceipt } from '../../shared/sync/submission.ts';
import { checkpointOf, everyRule, hash, MORNING, type TestRegion } from '../support/ledger-builder.ts';

/** One history of the ledger. Nothing is checked: not a signature, and by `insist` not even a place. */
export class History {
  readonly region: TestRegion;
  readonly blocks: Uint8Array[] = [];
  readonly #leaves: Uint8Array[] = [];
  readonly #rows: Map<string, Uint8Array | undefined>;
  #head;

  constructor(region: TestRegion, blocks: readonly Uint8Array[] = []) {
    const genesis = genesisPage(hash, region.region);
    this.region = region;
    this.#rows = new Map(genesis.changes);
    this.#head = genesis.head;
    this.take(...blocks);
  }

  get head(): TreeHead {
    return { size: this.#head.size, root: this.#head.range.root(), effects: this.#head.effects };
  }

  take(...blocks: Uint8Array[]): this {
    for (const sealed of blocks) {
      const opened = { sealed, opened: openSealed(hash, everyRule, sealed) };
      const loaded = new Map(readsOf([opened]).map((key) => [key, this.#rows.get(key)]));
      const folded = foldPage(hash, this.#head, loaded, [opened]);
      for (const [key, value] of folded.changes) this.#rows.set(key, value);
      this.#head = folded.head;
      this.#add(sealed);
    }
    return this;
  }

  /** Puts a block next that no rules let in. */
  insist(...blocks: Uint8Array[]): this {
    for (const sealed of blocks) {
      const range = new CompactRange(hash, this.#head.range.size, this.#head.range.nodes);
      range.append(leafHash(hash, blockHash(hash, sealed)));
      this.#head = { ...this.#head, size: range.size, range };
      this.#add(sealed);
    }
    return this;
  }

  #add(sealed: Uint8Array): void {
    this.blocks.push(sealed);
    this.#leaves.push(leafHash(hash, blockHash(hash, sealed)));
  }

  readonly node: NodeSource = async (level, place) => {
    if (level === 0) return this.#leaves[place] as Uint8Array;
    return nodeHash(hash, await this.node(level - 1, 2 * place), await this.node(level - 1, 2 * place + 1));
  };
}

type Operation = keyof typeof HUB_OPERATIONS;
interface Variables {
  readonly from: number;
  readonly limit: number;
  readonly size: number;
  readonly index: number;
  readonly seen: string;
  readonly after: number;
  readonly blocks: readonly string[];
}

interface TlsKeys {
  readonly authority: KeyAndCertificate;
  readonly server: KeyAndCertificate;
  readonly device: string;
}
/** RSA keys take long to make, and tests share them. */
let made: Promise<TlsKeys> | undefined;
const tlsKeys = (): Promise<TlsKeys> => {
  made ??= (async () => {
    const authority = await makeAuthority();
    return { authority, server: await makeServerCertificate(authority, []), device: await newTlsKey() };
  })();
  return made;
};

export class MaliciousHub {
  /** What it shows. */
  history: History;
  /** What it signs as the newest checkpoint; without it, the truth about `history`. */
  head: TreeHead | undefined;
  /** Signature lines of witnesses under the newest checkpoint. */
  lines: readonly string[] = [];
  /** Replaces answers by operation; what throws is a refusal. */
  readonly lies: Partial<Record<Operation, (variables: Variables) => unknown>> = {};
  /** What it does with a submitted block: an honest hub puts it in order. */
  onSubmit: (block: Uint8Array) => void = (block) => this.history.take(block);
  /** Device of the caller and operation, as they came. */
  readonly asked: Array<{ device: string; operation: Operation }> = [];
  readonly #server: Server;
  readonly #keys: TlsKeys;

  private constructor(region: TestRegion, keys: TlsKeys) {
    this.history = new History(region);
    this.#keys = keys;
    const { server, authority } = keys;
    this.#server = createServer({
      key: server.privateKey,
      cert: server.certificate,
      ca: authority.certificate,
      minVersion: 'TLSv1.3',
      requestCert: true,
      rejectUnauthorized: true,
    });
    this.#server.on('upgrade', (_, socket) => socket.destroy());
    this.#server.on('request', (request, response) => {
      const device = deviceOfCertificate((request.socket as TLSSocket).getPeerCertificate());
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', async () => {
        const { operationName, query, variables } = JSON.parse(Buffer.concat(chunks).toString('utf8'));
        response.setHeader('content-type', 'application/json');
        try {
          if (!device || HUB_OPERATIONS[operationName as Operation] !== query)
            throw new Error('not an operation of wire version 1');
          this.asked.push({ device, operation: operationName });
          response.end(JSON.stringify({ data: await this.#answer(operationName, variables) }));
        } catch (error) {
          const extensions = { code: 'hub.argument', retry: false };
          response.end(JSON.stringify({ data: null, errors: [{ message: String(error), extensions }] }));
        }
      });
    });
  }

  static async open(region: TestRegion): Promise<MaliciousHub> {
    const hub = new MaliciousHub(region, await tlsKeys());
    await new Promise<void>((done) => hub.#server.listen(0, '127.0.0.1', done));
    return hub;
  }

  /** Where a device finds it, with a certificate of its own. */
  placeFor(device: Uint8Array) {
    const { authority, device: privateKey } = this.#keys;
    const id = toHex(device);
    const { certificate } = signRequest(authority, makeRequest(privateKey, id), id);
    return {
      address: `https://localhost:${(this.#server.address() as AddressInfo).port}`,
      trust: { authority: authority.certificate, device: { certificate, privateKey } },
    };
  }

  note(head: TreeHead = this.head ?? this.history.head): string {
    return checkpointOf(this.history.region, head).note + this.lines.join('');
  }

  receipt(sealed: Uint8Array, index: number): Uint8Array {
    const { region, hubKey } = this.history.region;
    const { device, epoch, height } = openBlock(sealed).block;
    const receipt = { region: region.id, device, epoch, height, block: blockHash(hash, sealed), index, time: MORNING };
    return signReceipt(receipt, (message) => sign(hubKey, message));
  }

  async #answer(operation: Operation, variables: Variables): Promise<unknown> {
    const lie = this.lies[operation];
    if (lie) return lie(variables);
    const { history } = this;
    const { region, hubKey } = history.region;
    const { size } = this.head ?? history.head;
    switch (operation) {
      case 'Checkpoint':
        return { checkpoint: this.note() };
      case 'Blocks':
        return { blocks: { blocks: history.blocks.slice(variables.from, variables.from + variables.limit).map(toBase64) } };
      case 'ConsistencyProof':
        return { consistencyProof: (await consistencyProof(hash, variables.from, variables.size, history.node)).map(toBase64) };
      case 'InclusionProof':
        return { inclusionProof: (await inclusionProof(hash, variables.index, variables.size, history.node)).map(toBase64) };
      case 'Newest': {
        const statement = { region: region.id, seen: fromHex(variables.seen), size, time: MORNING };
        return { newest: toBase64(signNewest(statement, (message) => sign(hubKey, message))) };
      }
      case 'Submit':
        return { submit: { receipts: variables.blocks.map((text) => this.#submit(fromBase64(text))).slice(-1), refusals: [] } };
      case 'Documents':
      case 'ClinicDocuments':
        return { documents: { documents: [], last: variables.after, more: false } };
      case 'Cosign':
        return { cosign: this.note() };
      default:
        return { messages: [], equivocations: [], admissionRequests: [] };
    }
  }

  #submit(block: Uint8Array): string {
    const index = this.history.blocks.length;
    this.onSubmit(block);
    return toBase64(this.receipt(block, index));
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<void>((done) => this.#server.close(() => done()));
  }
}
