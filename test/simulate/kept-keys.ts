/**
 * In the place of a vault, the few lines that keep the keys of grants: they open messages whose grant the ledger has, and destroy what grants
 * no longer allow. Desks with the program's own vault are in `desks/`.
 */
import type { Database } from '../../server/storage/database.ts';
import { vaultRow, waitingMessages } from '../../server/sync/clinic.store.ts';
import type { LocalWrite, VaultRow } from '../../server/sync/gateway.ts';
import { listOverlaid, loadOverlaid } from '../../server/sync/own-acts/pending.ts';
import { followedHandles } from '../../server/sync/transfer.store.ts';
import { everyRow, type PackedVaultRow } from '../../server/sync/vault-context/vault-rows.store.ts';
import { type GrantRow, grantKey, grantRow } from '../../shared/consent/consent-rules.ts';
import { equalBytes, toHex } from '../../shared/encoding/bytes.ts';
import { decode } from '../../shared/encoding/codec.ts';
import { ERASED, erasedRow } from '../../shared/ledger/rows.ts';
import { purgedKey } from '../../shared/records/erasure-rules.ts';
import type { TestClinic } from '../support/ledger-builder.ts';
import { openGrantMessage } from './desk-acts.ts';
import type { DeviceProcess } from './simulated-device.ts';
import type { World } from './world.ts';

const HELD_KEY = 'held-key';

interface KeptKeysParts {
  readonly world: World;
  /** Of the desk. */
  readonly name: string;
  readonly clinic: TestClinic;
  /** Whether people erase in this world. */
  readonly erases: boolean;
  /** Tells the ledger that nothing of a compartment is here any more, unless something else is being saved. */
  sayPurged(running: DeviceProcess, handle: Uint8Array): Promise<void>;
}

export class KeptKeys {
  readonly #parts: KeptKeysParts;

  constructor(parts: KeptKeysParts) {
    this.#parts = parts;
  }

  /** Whether the key of a grant (hexadecimal) is here. */
  async holds({ database }: DeviceProcess, grant: string): Promise<boolean> {
    return (await vaultRow(database.read, HELD_KEY, Buffer.from(grant, 'hex'))) !== undefined;
  }

  /** Opens messages whose grant the ledger has, and destroys what grants no longer allow. */
  async tend(running: DeviceProcess): Promise<void> {
    const { database, ledger, engine } = running;
    const messages = await waitingMessages(database.read);
    for (const message of messages) {
      const opened = message.kind === 'grant' ? openGrantMessage(message.body) : undefined;
      const grant = opened && (await this.#grant(database, opened.grant));
      if (!opened || !grant || !equalBytes(opened.recipient, this.#parts.clinic.chain)) continue;
      if (!equalBytes(grant.wrap, message.id) || !equalBytes(grant.handle, opened.handle)) continue;
      const row: VaultRow = { kind: HELD_KEY, key: opened.grant, tag: opened.handle, sealed: opened.key };
      const ended = hasEnded(grant, engine.state.witnessedAt) || (await this.#erased(database)).has(toHex(opened.handle));
      const taken: LocalWrite = ended ? {} : { rows: [row], followHandles: [opened.handle] };
      await ledger.commit({ handledMessages: [message.sequence], ...taken });
      this.#parts.world.note(`${this.#parts.name} ${ended ? 'passes over' : 'holds'} ${toHex(opened.grant).slice(0, 8)}`);
      engine.wake();
    }
    await this.#purge(running);
    if (this.#parts.erases) await this.#sayPurged(running);
  }

  /** Erased compartments by hexadecimal handle, as this desk knows. */
  async #erased(database: Database): Promise<ReadonlyMap<string, Uint8Array>> {
    if (!this.#parts.erases) return new Map();
    return new Map((await listOverlaid(database.read, ERASED)).map(({ key, value }) => [key.slice(ERASED.length), value]));
  }

  /** Says of each compartment that its clinic erased, once, that nothing of it is here any more. */
  async #sayPurged(running: DeviceProcess): Promise<void> {
    const { database } = running;
    const device = toHex(this.#parts.clinic.desk.key.publicKey);
    for (const [handle, tombstone] of await this.#erased(database)) {
      const key = purgedKey(handle, device);
      const isOwn = toHex(decode(erasedRow, tombstone).custodian) === this.#parts.clinic.id;
      const isSaid = (await loadOverlaid(database.read, [key])).get(key) !== undefined;
      if (isOwn && !isSaid) await this.#parts.sayPurged(running, Buffer.from(handle, 'hex'));
    }
  }

  async #purge({ database, ledger, engine }: DeviceProcess): Promise<void> {
    const keys: PackedVaultRow[] = [];
    for await (const page of everyRow(database.read, HELD_KEY)) keys.push(...page);
    const held = await Promise.all(keys.map(async (row) => ({ ...row, grant: await this.#grant(database, row.key) })));
    const erased = await this.#erased(database);
    const isOver = ({ tag, grant }: { readonly tag: Uint8Array; readonly grant: GrantRow | undefined }): boolean =>
      !grant || hasEnded(grant, engine.state.witnessedAt) || erased.has(toHex(tag));
    const ended = held.filter(isOver);
    if (ended.length === 0) return;
    const staying = held.filter((each) => !ended.includes(each)).map(({ tag }) => toHex(tag));
    const followed = (await followedHandles(database.read)).map(({ handle }) => handle);
    await ledger.commit({
      rows: ended.map(({ key, tag }) => ({ kind: HELD_KEY, key, tag, sealed: null })),
      forgetHandles: followed.filter((handle) => !staying.includes(toHex(handle))),
    });
    this.#parts.world.note(`${this.#parts.name} purged ${ended.length} keys`);
  }

  async #grant(database: Database, grant: Uint8Array): Promise<GrantRow | undefined> {
    const key = grantKey(toHex(grant));
    const row = (await loadOverlaid(database.read, [key])).get(key);
    return row && decode(grantRow, row);
  }
}

/** What is destroyed is judged by witnessed time. */
function hasEnded(grant: GrantRow, witnessedAt: number | undefined): boolean {
  return grant.withdrawn || (grant.ends !== 0 && (witnessedAt ?? 0) >= grant.ends);
}
