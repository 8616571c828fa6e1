/**
 * Which records are tasks: sealed rows that name patient and record, and when a task was ended. What it says stands in its record
 * alone. A task that was ended is looked at for some days more, so that one that another desk's version has open again is not lost.
 */
import { fromHex, toHex } from '../../shared/encoding/bytes.ts';
import { decode, encode, fixed, struct, u64 } from '../../shared/encoding/codec.ts';
import type { VaultRow } from '../sync/gateway.ts';
import type { VaultContext } from '../sync/vault-context/vault-context.ts';
import { everyRow, rowsOfKeys } from '../sync/vault-context/vault-rows.store.ts';

const KIND = 'task';
const rowCodec = struct({ patient: fixed(16), task: fixed(16), ended: u64 });

interface TaskRow {
  readonly patient: string;
  /** Record of the Task. */
  readonly task: string;
  /** Milliseconds since 1970; 0 while it is open. */
  readonly ended: number;
}

export class TaskRows {
  readonly #context: VaultContext;

  constructor(context: VaultContext) {
    this.#context = context;
  }

  row({ patient, task, ended }: TaskRow): VaultRow {
    const plaintext = encode(rowCodec, { patient: fromHex(patient), task: fromHex(task), ended });
    return this.#context.rows.sealExact(KIND, this.#key(task), this.#tag(patient), plaintext);
  }

  /** Those that are open, or were ended since then. */
  async since(time: number): Promise<TaskRow[]> {
    const found: TaskRow[] = [];
    for await (const page of everyRow(this.#context.reader, KIND))
      for (const row of page) {
        const opened = this.#opened(row);
        if (opened.ended === 0 || opened.ended >= time) found.push(opened);
      }
    return found;
  }

  async find(task: string): Promise<TaskRow | undefined> {
    const [row] = await rowsOfKeys(this.#context.reader, KIND, [this.#key(task)]);
    return row && this.#opened(row);
  }

  /** Rows that take away what is kept of a patient's tasks. */
  async removed(patient: string): Promise<VaultRow[]> {
    const rows: VaultRow[] = [];
    for await (const page of everyRow(this.#context.reader, KIND))
      for (const row of page)
        if (this.#opened(row).patient === patient)
          rows.push({ kind: KIND, key: row.key.slice(), tag: row.tag.slice(), sealed: null });
    return rows;
  }

  #opened(row: Omit<VaultRow, 'kind'>): TaskRow {
    const { patient, task, ended } = decode(rowCodec, this.#context.rows.openExact(KIND, row));
    return { patient: toHex(patient), task: toHex(task), ended };
  }

  #key(task: string): Uint8Array {
    return this.#context.rows.name(KIND, fromHex(task));
  }

  #tag(patient: string): Uint8Array {
    return this.#context.rows.name('tasks-of', fromHex(patient));
  }
}
