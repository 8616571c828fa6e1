/** Which gateways may bring readings, and what they have brought: sealed rows that each desk of the clinic has. */
import { fromHex, fromUtf8, toHex, utf8 } from '../../shared/encoding/bytes.ts';
import { encode, fixed, struct, u64 } from '../../shared/encoding/codec.ts';
import type { VaultRow } from '../sync/gateway.ts';
import type { VaultContext } from '../sync/vault-context/vault-context.ts';
import { everyRow, rowsOfKeys } from '../sync/vault-context/vault-rows.store.ts';

const GATEWAY = 'reading-gateway';
const BATCH = 'reading-batch';

export interface GatewayRow {
  /** Hexadecimal: the gateway's Ed25519 key. */
  readonly key: string;
  readonly name: string;
  readonly by: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly revokedAt: number | null;
  readonly revokedBy: string;
}

/** A batch that was taken in. */
export interface BatchRow {
  readonly gateway: string;
  readonly sequence: number;
  /** SHA-256 of the file, hexadecimal. */
  readonly hash: string;
  readonly takenAt: number;
  readonly taken: number;
  readonly refused: number;
}

const placeCodec = struct({ gateway: fixed(32), sequence: u64 });

export class GatewayRows {
  readonly #context: VaultContext;

  constructor(context: VaultContext) {
    this.#context = context;
  }

  gateway(row: GatewayRow): VaultRow {
    const { rows } = this.#context;
    const key = rows.name(GATEWAY, fromHex(row.key));
    return rows.seal(GATEWAY, key, key, utf8(JSON.stringify(row)));
  }

  batch(row: BatchRow): VaultRow {
    const { rows } = this.#context;
    const tag = rows.name(GATEWAY, fromHex(row.gateway));
    return rows.seal(BATCH, this.#place(row.gateway, row.sequence), tag, utf8(JSON.stringify(row)));
  }

  async gateways(): Promise<GatewayRow[]> {
    return this.#all<GatewayRow>(GATEWAY);
  }

  async batches(): Promise<BatchRow[]> {
    return this.#all<BatchRow>(BATCH);
  }

  async batchAt(gateway: string, sequence: number): Promise<BatchRow | undefined> {
    const { reader, rows } = this.#context;
    const [row] = await rowsOfKeys(reader, BATCH, [this.#place(gateway, sequence)]);
    return row && (JSON.parse(fromUtf8(rows.open(BATCH, row))) as BatchRow);
  }

  /** The record that a reading becomes, the same however often its batch comes. Hexadecimal. */
  record(gateway: string, sequence: number, index: number): string {
    const place = encode(placeCodec, { gateway: fromHex(gateway), sequence });
    return toHex(this.#context.rows.name('reading', Buffer.concat([place, Buffer.from([index])])));
  }

  #place(gateway: string, sequence: number): Uint8Array {
    return this.#context.rows.name(BATCH, encode(placeCodec, { gateway: fromHex(gateway), sequence }));
  }

  async #all<Row>(kind: string): Promise<Row[]> {
    const { reader, rows } = this.#context;
    const found: Row[] = [];
    for await (const page of everyRow(reader, kind))
      for (const row of page) found.push(JSON.parse(fromUtf8(rows.open(kind, row))) as Row);
    return found;
  }
}
