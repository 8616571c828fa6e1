/**
 * Which records are the visits of a day: sealed rows that only name patient and record. What a visit says stands in its records
 * alone. Thousands of visits from an import have no such row, so a day opens with what was planned for it.
 */
import { fromHex, toHex, utf8 } from '../../shared/encoding/bytes.ts';
import { decode, encode, fixed, struct, text } from '../../shared/encoding/codec.ts';
import type { VaultRow } from '../sync/gateway.ts';
import type { VaultContext } from '../sync/vault-context/vault-context.ts';
import { everyRow, rowsOfKeys, rowsOfTag } from '../sync/vault-context/vault-rows.store.ts';

const KIND = 'visit';
const rowCodec = struct({ patient: fixed(16), appointment: fixed(16), day: text(10) });

interface VisitRow {
  readonly patient: string;
  /** Record of the Appointment; the visit's id. */
  readonly appointment: string;
  /** YYYY-MM-DD. */
  readonly day: string;
}

export class VisitRows {
  readonly #context: VaultContext;

  constructor(context: VaultContext) {
    this.#context = context;
  }

  row({ patient, appointment, day }: VisitRow): VaultRow {
    const plaintext = encode(rowCodec, { patient: fromHex(patient), appointment: fromHex(appointment), day });
    return this.#context.rows.sealExact(KIND, this.#key(appointment), this.#tag(day), plaintext);
  }

  /**
   * A further row of a visit that has moved to another day. The rows of its earlier days stay, so that it is found whichever version
   * of it counts in the end; on which of them it is, its record says.
   */
  movedRow({ patient, appointment, day }: VisitRow): VaultRow {
    const plaintext = encode(rowCodec, { patient: fromHex(patient), appointment: fromHex(appointment), day });
    const key = this.#context.rows.name(KIND, fromHex(appointment), utf8(day));
    return this.#context.rows.sealExact(KIND, key, this.#tag(day), plaintext);
  }

  /** Visits that are, or once were, on this day; each once. */
  async ofDay(day: string): Promise<VisitRow[]> {
    const rows = await rowsOfTag(this.#context.reader, KIND, this.#tag(day));
    return [...new Map(rows.map((row) => this.#opened(row)).map((row) => [row.appointment, row])).values()];
  }

  async find(appointment: string): Promise<VisitRow | undefined> {
    const [row] = await rowsOfKeys(this.#context.reader, KIND, [this.#key(appointment)]);
    return row && this.#opened(row);
  }

  /** Rows that take away what is kept of these patients' visits. */
  async removed(patient: string): Promise<VaultRow[]> {
    const rows: VaultRow[] = [];
    for await (const page of everyRow(this.#context.reader, KIND)) {
      for (const row of page) {
        if (this.#opened(row).patient === patient)
          rows.push({ kind: KIND, key: row.key.slice(), tag: row.tag.slice(), sealed: null });
      }
    }
    return rows;
  }

  /** The id of the encounter that a visit leads to: the same on every desk, so that two that call a patient at once write one record. */
  encounterOf(appointment: string): string {
    return toHex(this.#context.rows.name('encounter-of', fromHex(appointment)));
  }

  #opened(row: Omit<VaultRow, 'kind'>): VisitRow {
    const { patient, appointment, day } = decode(rowCodec, this.#context.rows.openExact(KIND, row));
    return { patient: toHex(patient), appointment: toHex(appointment), day };
  }

  #key(appointment: string): Uint8Array {
    return this.#context.rows.name(KIND, fromHex(appointment));
  }

  #tag(day: string): Uint8Array {
    return this.#context.rows.name('visits-of', utf8(day));
  }
}
