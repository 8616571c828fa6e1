/**
 * An act of this desk as one statement: its blocks, what they change while pending, documents and sealed rows go into the
 * view `act`, whose trigger puts them into their tables. A call costs as much as a sync here, and this makes it one of eight.
 */
import { toHex } from '../../../shared/encoding/bytes.ts';
import type { SqlValue } from '../../storage/connection.ts';
import type { Database, WriteTransaction } from '../../storage/database.ts';
import type { LocalWrite } from '../gateway.ts';

interface OwnBlock {
  readonly hash: Uint8Array;
  readonly epoch: Uint8Array;
  readonly height: number;
  readonly bytes: Uint8Array;
  /** JSON list: for each event why it is disputed, or ''. */
  readonly reasons: string;
}

/** Which block and event of it a document belongs to. */
interface DocumentPlace {
  readonly block: Uint8Array;
  readonly event: number;
}

export interface Act {
  readonly blocks: readonly OwnBlock[];
  /** State rows as they stand with these blocks pending; undefined removes. */
  readonly pending: ReadonlyMap<string, Uint8Array | undefined>;
  readonly write: Pick<LocalWrite, 'documents' | 'rows'>;
  /** By hexadecimal name of the document. */
  readonly places: ReadonlyMap<string, DocumentPlace>;
}

const INSERT = 'INSERT INTO act (bytes, blocks, pending, documents, vault_rows) VALUES (?, ?, ?, ?, ?)';

/** Durable when this resolves; of a failing act nothing stays. */
export const writeActOnce = (database: Database, act: Act): Promise<number> => database.writeOnce(INSERT, parametersOf(act));

/** The same as part of a transaction. */
export const writeAct = (transaction: WriteTransaction, act: Act): Promise<number> => transaction.run(INSERT, parametersOf(act));

function parametersOf({ blocks, pending, write, places }: Act): SqlValue[] {
  const parcel = new Parcel();
  const lists = [
    blocks.map(({ hash, epoch, height, bytes, reasons }) => [
      ...parcel.put(hash),
      ...parcel.put(epoch),
      height,
      ...parcel.put(bytes),
      reasons,
    ]),
    [...pending].map(([key, value]) => [key, ...parcel.put(value)]),
    (write.documents ?? []).map(({ name, handle, sealed, wrap }) => {
      const place = places.get(toHex(name));
      const parts = [name, handle, sealed, wrap, place?.block].flatMap((part) => parcel.put(part));
      return [...parts, place?.event ?? null];
    }),
    (write.rows ?? []).flatMap(({ kind, key, tag, sealed }) =>
      sealed ? [[kind, ...parcel.put(key), ...parcel.put(tag), ...parcel.put(sealed)]] : [],
    ),
  ];
  return [parcel.bytes, ...lists.map((list) => JSON.stringify(list))];
}

/** Many values in one BLOB, each named by its start, counted from 1, and its length, as `substr` takes them. */
class Parcel {
  readonly #parts: Uint8Array[] = [];
  #length = 0;

  put(bytes: Uint8Array | undefined): [start: number | null, length: number | null] {
    if (!bytes) return [null, null];
    const start = this.#length + 1;
    this.#parts.push(bytes);
    this.#length += bytes.length;
    return [start, bytes.length];
  }

  get bytes(): Buffer {
    return Buffer.concat(this.#parts, this.#length);
  }
}
