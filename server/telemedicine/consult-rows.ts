/** Consults as this clinic keeps them: a row that says how each stands, and the case in pieces; sealed, the same on every desk. */
import { concat, fromHex, fromUtf8, toHex, utf8 } from '../../shared/encoding/bytes.ts';
import { type ConsultCase, PIECE_BYTES, readCase } from '../../shared/telemedicine/consult.ts';
import type { VaultRow } from '../sync/gateway.ts';
import type { VaultContext } from '../sync/vault-context/vault-context.ts';
import { rowsOfKeys, rowsOfTag } from '../sync/vault-context/vault-rows.store.ts';
import { sha256Hex } from '../vault/primitives.ts';

const CONSULT = 'consult';
const PIECE = 'consult-piece';

interface ConsultAnswer {
  readonly text: string;
  /** Staff id, hexadecimal, and name. */
  readonly author: string;
  readonly by: string;
  /** Milliseconds since 1970: when it was written here or came here. */
  readonly at: number;
  /** Hexadecimal. */
  readonly signature: string;
}

/** Ids in hexadecimal. */
export interface StoredConsult {
  readonly id: string;
  /** Of our own question; '' for one that came from elsewhere. */
  readonly patient: string;
  /** Chain of the other clinic. */
  readonly clinic: string;
  readonly hash: string;
  readonly author: string;
  readonly signature: string;
  readonly pieces: number;
  /** When it was asked or came here. */
  readonly at: number;
  readonly answer: ConsultAnswer | undefined;
  /** Record in the chart that the answer was filed as. */
  readonly filed: string | undefined;
}

export class ConsultRows {
  readonly #context: VaultContext;

  constructor(context: VaultContext) {
    this.#context = context;
  }

  row(consult: StoredConsult): VaultRow {
    return this.#seal(CONSULT, fromHex(consult.id), consult.patient, utf8(JSON.stringify(consult)));
  }

  /** The pieces of a whole case. */
  pieces(id: string, patient: string, whole: Uint8Array): VaultRow[] {
    return cut(whole).map((bytes, index) => this.piece(id, patient, index, bytes));
  }

  piece(id: string, patient: string, index: number, bytes: Uint8Array): VaultRow {
    return this.#seal(PIECE, pieceName(id, index), patient, bytes);
  }

  async find(id: string): Promise<StoredConsult | undefined> {
    const [row] = await rowsOfKeys(this.#context.reader, CONSULT, [this.#context.rows.name(CONSULT, fromHex(id))]);
    return row && this.#open(row);
  }

  /** Of a patient, or those that came from elsewhere (''), the newest first. */
  async of(patient: string): Promise<StoredConsult[]> {
    const rows = await rowsOfTag(this.#context.reader, CONSULT, this.#tag(patient));
    return rows.map((row) => this.#open(row)).sort((one, other) => other.at - one.at);
  }

  /** Undefined until every piece is here, or when together they are not what was signed. */
  async content({ id, pieces, hash }: StoredConsult): Promise<ConsultCase | undefined> {
    const { reader, rows } = this.#context;
    const names = Array.from({ length: pieces }, (_, index) => rows.name(PIECE, pieceName(id, index)));
    const found = new Map((await rowsOfKeys(reader, PIECE, names)).map((row) => [toHex(row.key), row]));
    const parts = names.flatMap((name) => {
      const row = found.get(toHex(name));
      return row ? [rows.open(PIECE, row)] : [];
    });
    if (parts.length < pieces) return undefined;
    const whole = concat(...parts);
    return sha256Hex(whole) === hash ? readCase(fromUtf8(whole)) : undefined;
  }

  /** Rows that take away what is kept of a patient's consults. */
  async removed(patient: string): Promise<VaultRow[]> {
    const kinds = [CONSULT, PIECE];
    const found = await Promise.all(kinds.map((kind) => rowsOfTag(this.#context.reader, kind, this.#tag(patient))));
    return found.flatMap((rows, at) =>
      rows.map(({ key, tag }) => ({ kind: kinds[at] as string, key: key.slice(), tag: tag.slice(), sealed: null })),
    );
  }

  #open(row: Parameters<VaultContext['rows']['open']>[1]): StoredConsult {
    return JSON.parse(fromUtf8(this.#context.rows.open(CONSULT, row))) as StoredConsult;
  }

  #seal(kind: string, name: Uint8Array, patient: string, content: Uint8Array): VaultRow {
    const { rows } = this.#context;
    return rows.seal(kind, rows.name(kind, name), this.#tag(patient), content);
  }

  #tag(patient: string): Uint8Array {
    return this.#context.rows.name('consults-of', utf8(patient));
  }
}

const pieceName = (id: string, index: number): Uint8Array => utf8(`${id} ${index}`);

/** At least one piece. */
export function cut(whole: Uint8Array): Uint8Array[] {
  const count = Math.max(1, Math.ceil(whole.length / PIECE_BYTES));
  return Array.from({ length: count }, (_, index) => whole.subarray(index * PIECE_BYTES, (index + 1) * PIECE_BYTES));
}
