/**
 * A hub that may lie: it speaks the hub's GraphQL over real HTTPS and takes in whatever blocks it is given, valid or not. What
 * it answers can be replaced by operation, to send what no honest hub would.
 */
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { makeAuthority, makeServerCertificate } from '../../server/identity/certificates.ts';
import { foldPage, genesisPage, openSealed, readsOf } from '../../server/ledger/fold.ts';
import { stateRootOf } from '../../server/ledger/state-rows.store.ts';
import type { HubTrust } from '../../server/sync/hub-client.ts';
import type { SigningKey } from '../../server/vault/primitives.ts';
import { toBase64 } from '../../shared/encoding/bytes.ts';
import type { TreeHead } from '../../shared/ledger/checkpoint.ts';
import { consistencyProof, leafHash, type NodeSource, nodeHash, rootAt } from '../../shared/ledger/merkle.ts';
import type { StoredAct } from '../../shared/ledger/policy-book.ts';
import type { Rules } from '../../shared/ledger/rules.ts';
import { STATE_INTERVAL } from '../../shared/ledger/state-interval.ts';
import { asFailure } from '../../shared/outcome/failure.ts';
import type { HUB_OPERATIONS } from '../../shared/sync/operations.ts';
import { checkpointOf, everyRule, hash, type TestRegion } from '../support/ledger-builder.ts';

type Operation = keyof typeof HUB_OPERATIONS;
interface Variables {
  readonly from: number;
  readonly limit: number;
  readonly size: number;
  readonly blocks: readonly string[];
}
type Answer = (variables: Variables) => unknown;

/** Authority and server certificate: RSA keys take long to make, and tests share them. */
let certificates: Promise<{ authority: string; server: { certificate: string; privateKey: string } }> | undefined;

async function makeCertificates() {
  const authority = await makeAuthority();
  return { authority: authority.certificate, server: await makeServerCertificate(authority, ['localhost']) };
}

export class ScriptedHub {
  readonly region: TestRegion;
  readonly blocks: Uint8Array[] = [];
  /** Replaces answers by operation. */
  readonly lies: Partial<Record<Operation, Answer>> = {};
  /** Operations in the order in which they were asked for. */
  readonly asked: Operation[] = [];
  readonly #server: Server;
  readonly #authority: string;
  readonly #leaves: Uint8Array[] = [];
  readonly #rows: Map<string, Uint8Array | undefined>;
  /** The rules that it orders by. */
  rules: Rules = everyRule;
  /** Acts that changed the region's policy. */
  readonly acts: StoredAct[] = [];
  /** Signs its checkpoints. */
  hubKey: SigningKey;
  #head;

  private constructor(region: TestRegion, server: Server, authority: string) {
    const genesis = genesisPage(hash, region.region);
    this.region = region;
    this.hubKey = region.hubKey;
    this.#server = server;
    this.#authority = authority;
    this.#rows = new Map(genesis.changes);
    this.#head = genesis.head;
    // No subscriptions here: whoever follows the head tries again later.
    server.on('upgrade', (_, socket) => socket.destroy());
    server.on('request', (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', async () => {
        const { operationName, variables } = JSON.parse(Buffer.concat(chunks).toString('utf8'));
        response.end(JSON.stringify(await this.#answer(operationName, variables).then((data) => ({ data }), refused)));
      });
    });
  }

  static async open(region: TestRegion): Promise<ScriptedHub> {
    certificates ??= makeCertificates();
    const { authority, server } = await certificates;
    const listening = createServer({ key: server.privateKey, cert: server.certificate, minVersion: 'TLSv1.3' });
    await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
    return new ScriptedHub(region, listening, authority);
  }

  get address(): string {
    return `https://localhost:${(this.#server.address() as AddressInfo).port}`;
  }

  get trust(): HubTrust {
    return { authority: this.#authority };
  }

  get head(): TreeHead {
    const { size, range, effects, state } = this.#head;
    return { size, root: range.root(), effects, state };
  }

  /** Roots of the complete subtrees, largest first. */
  get nodes(): Uint8Array[] {
    return [...this.#head.range.nodes];
  }

  /** All state rows in the order of their keys. */
  get state(): Array<{ key: string; value: Uint8Array }> {
    const keys = [...this.#rows.keys()].filter((key) => this.#rows.get(key)).sort();
    return keys.map((key) => ({ key, value: this.#rows.get(key) as Uint8Array }));
  }

  /** Puts blocks in order by the rules, and asks for no signature. */
  take(...blocks: Uint8Array[]): void {
    const opened = blocks.map((sealed) => ({ sealed, opened: openSealed(hash, this.rules, sealed) }));
    const loaded = new Map(readsOf(opened).map((key) => [key, this.#rows.get(key)]));
    const folded = foldPage(hash, this.#head, loaded, opened);
    for (const [key, value] of folded.changes) this.#rows.set(key, value);
    const { size } = folded.head;
    const state = size % STATE_INTERVAL === 0 ? { size, root: stateRootOf(hash, this.#rows) } : this.#head.state;
    this.#head = { ...folded.head, state };
    for (const block of folded.blocks) this.#leaves.push(leafHash(hash, block.hash));
    this.acts.push(...(folded.acts ?? []));
    this.blocks.push(...blocks);
  }

  /** A checkpoint of `head`, signed with the hub's own key. */
  note(head: TreeHead = this.head): string {
    return checkpointOf({ ...this.region, hubKey: this.hubKey }, head).note;
  }

  /** Sealed blocks of a page as an honest hub sends them. */
  page({ from, limit }: Variables): string[] {
    return this.blocks.slice(from, from + limit).map(toBase64);
  }

  async proof({ from, size }: Variables): Promise<string[]> {
    return (await consistencyProof(hash, from, size, this.#node)).map(toBase64);
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  readonly #node: NodeSource = async (level, place) => {
    if (level === 0) return this.#leaves[place] as Uint8Array;
    return nodeHash(hash, await this.#node(level - 1, 2 * place), await this.#node(level - 1, 2 * place + 1));
  };

  /** Root of the first `size` blocks. */
  rootAt(size: number): Promise<Uint8Array> {
    return rootAt(hash, size, this.#node);
  }

  async #answer(operation: Operation, variables: Variables): Promise<unknown> {
    this.asked.push(operation);
    const lie = this.lies[operation];
    if (lie) return lie(variables);
    if (operation === 'Checkpoint') return { checkpoint: this.note() };
    if (operation === 'Blocks') return { blocks: { blocks: this.page(variables) } };
    if (operation === 'Snapshot') return { snapshot: null };
    if (operation === 'ConsistencyProof') return { consistencyProof: await this.proof(variables) };
    if (operation === 'PolicyActs') return { policyActs: this.actsFrom(variables) };
    return null;
  }

  actsFrom({ from }: Pick<Variables, 'from'>) {
    return this.acts.filter(({ position }) => position >= from).map((act) => ({ ...act, body: toBase64(act.body) }));
  }
}

/** What a lie that throws a failure comes to on the wire. */
function refused(error: unknown): object {
  const { code, message } = asFailure(error);
  return { errors: [{ message, extensions: { code } }] };
}
