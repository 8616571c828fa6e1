/**
 * Clinics of one region for tests (`bench-clinic.ts`). The hub is this file: it checks every signature, orders blocks, and hands documents
 * and messages to whom they are for. `sync` is one round of it.
 */
import { onTestFinished } from 'vitest';
import { foldPage, openSealed, readsOf } from '../../server/ledger/fold.ts';
import { readHead } from '../../server/ledger/ledger.store.ts';
import { loadState } from '../../server/ledger/state-rows.store.ts';
import { unsettledBlocks } from '../../server/sync/clinic-writes.store.ts';
import {
  addFetchedDocuments,
  addIncomingMessages,
  type FetchedMessage,
  followedHandles,
  markMessagesSent,
  markWithdrawalsTold,
  messagesToSend,
  withdrawalsToTell,
} from '../../server/sync/transfer.store.ts';
import { type SigningKey, sha256Hex } from '../../server/vault/primitives.ts';
import { grantHolds, grantRow } from '../../shared/consent/consent-rules.ts';
import { toHex, utf8 } from '../../shared/encoding/bytes.ts';
import { decode } from '../../shared/encoding/codec.ts';
import type { Role } from '../../shared/ledger/rows.ts';
import {
  bytesFor,
  everyRule,
  foundClinic,
  foundRegion,
  hash,
  MemoryLedger,
  MORNING,
  type TestClinic,
  type TestRegion,
} from '../support/ledger-builder.ts';
import { BenchClinic } from './bench-clinic.ts';

export class RegionBench {
  /** Milliseconds: everybody's clock and the newest witnessed time. */
  time = MORNING;
  /** Clinics whose desks are locked: what is sent to them lies there. */
  readonly closed = new Set<BenchClinic>();
  /** Whether the hub's pepper answers. */
  isHubHere = true;
  /** Whether the quorum cosigns what the hub takes. */
  isWitnessing = true;
  readonly region: TestRegion;
  readonly clinics: BenchClinic[] = [];
  readonly requests: Uint8Array[] = [];
  /** What the hub holds for clinics; tests may take, alter or repeat it. */
  readonly messages: Array<FetchedMessage & { to: string }> = [];
  /** What the hub keeps because of what a page changed. */
  onChanges: (changes: ReadonlyMap<string, Uint8Array | undefined>) => Promise<void> = async () => undefined;
  /** Signs the hub's word. */
  hubKey: SigningKey;
  readonly #memory: MemoryLedger;
  #sequence = 0;

  private constructor(founders: readonly TestClinic[]) {
    this.region = foundRegion('consent', founders);
    this.hubKey = this.region.hubKey;
    this.#memory = new MemoryLedger(this.region.region);
  }

  /** Labels of clinics; all of them found the region. */
  static async found<const L extends readonly string[]>(
    labels: L,
    role: Role = 'administrator',
  ): Promise<{ bench: RegionBench; clinics: BenchClinic[] }> {
    const founders = labels.map((label) => foundClinic(label));
    const bench = new RegionBench(founders);
    for (const clinic of founders) bench.clinics.push(await BenchClinic.open(bench, clinic, role));
    onTestFinished(async () => {
      for (const clinic of bench.clinics) await clinic.close();
    });
    return { bench, clinics: bench.clinics };
  }

  /** Everything that waits goes where it belongs, and every vault looks at it; twice, since opening a grant asks for documents. */
  async sync(): Promise<void> {
    for (let round = 0; round < 2; round++) {
      await this.carry();
      for (const { vault } of this.clinics.filter((clinic) => !this.closed.has(clinic))) {
        await vault.erasures.refresh();
        await vault.consents.refresh();
        await vault.conflicts.look();
        await vault.marketplace.benefits.look();
      }
    }
  }

  /** One round of the hub alone. */
  async carry(): Promise<void> {
    for (const clinic of this.clinics) await this.#takeBlocks(clinic);
    for (const clinic of this.clinics) await this.#takeMessages(clinic);
    for (const clinic of this.clinics) await this.#deliver(clinic);
  }

  async #takeBlocks(from: BenchClinic): Promise<void> {
    const blocks = await unsettledBlocks(from.database.read);
    if (blocks.length === 0) return;
    const sealed = blocks.map(({ bytes }) => new Uint8Array(bytes));
    this.#memory.append(...sealed);
    await this.#fold(sealed);
  }

  async #fold(blocks: readonly Uint8Array[]): Promise<void> {
    for (const [at, { database, ledger }] of this.clinics.entries()) {
      const opened = blocks.map((sealed) => ({ sealed, opened: openSealed(hash, everyRule, sealed) }));
      const head = await readHead(database.read, hash);
      if (!head) throw new Error('a clinic of the bench has no ledger');
      const page = foldPage(hash, head, await loadState(database.read, readsOf(opened)), opened);
      await ledger.apply(page, this.isWitnessing ? [['witnessed', utf8(`${page.head.size} ${this.time}`)]] : []);
      if (at === 0) await this.onChanges(page.changes);
    }
  }

  async #takeMessages({ database, clinic, ledger }: BenchClinic): Promise<void> {
    const waiting = await messagesToSend(database.read, 1000);
    for (const { id, recipientChain, kind, body } of waiting) {
      const message = { sequence: ++this.#sequence, id, kind, senderChain: clinic.chain, senderDevice: ledger.device, body };
      this.messages.push({ ...message, to: toHex(recipientChain) });
    }
    const withdrawn = await withdrawalsToTell(database.read);
    for (const id of withdrawn.map(toHex)) {
      const at = this.messages.findIndex(({ body }) => sha256Hex(body) === id);
      if (at >= 0) this.messages.splice(at, 1);
    }
    await database.write(async (transaction) => {
      await markMessagesSent(
        transaction,
        waiting.map(({ id }) => id),
      );
      await markWithdrawalsTold(transaction, withdrawn);
    });
  }

  async #deliver(to: BenchClinic): Promise<void> {
    const mine = this.messages.filter((message) => message.to === to.id);
    await to.database.write((transaction) => addIncomingMessages(transaction, mine));
    const grants = (await to.context.gateway.stateList('grant/')).map(({ value }) => decode(grantRow, value));
    for (const { handle } of await followedHandles(to.database.read)) {
      const holds = grants.some(
        (grant) => toHex(grant.handle) === toHex(handle) && toHex(grant.recipient) === to.id && grantHolds(grant, this.time),
      );
      if (!holds) continue;
      for (const { database } of this.clinics.filter((other) => other !== to)) {
        const documents = await database.read.all<{ name: Buffer; handle: Buffer; sealed: Buffer; wrap: Buffer }>(
          'SELECT name, handle, sealed, wrap FROM document WHERE handle = ? AND (block IS NOT NULL OR uploaded = 0)',
          [handle],
        );
        if (documents.length > 0)
          await to.database.write((transaction) => addFetchedDocuments(transaction, documents, handle, 1));
      }
    }
  }

  /** Puts a block into the ledger as another device of a clinic would. */
  async append(...blocks: readonly Uint8Array[]): Promise<void> {
    this.#memory.append(...blocks);
    await this.#fold(blocks);
  }

  /** Puts a message into a clinic's inbox as a lying hub or sender would. */
  async inject(to: BenchClinic, message: Omit<FetchedMessage, 'sequence' | 'id'>): Promise<number> {
    const sequence = ++this.#sequence;
    await to.database.write((transaction) =>
      addIncomingMessages(transaction, [{ ...message, sequence, id: bytesFor(`${sequence}`) }]),
    );
    return sequence;
  }
}
