/** Lines in the patients' access logs for what programs read: durable before an answer goes out, many calls in one commit. */

import { toHex } from '../../shared/encoding/bytes.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import {
  type AccessGate,
  CLINIC_DIRECTORY,
  type PatientEntry,
  type ProgramAccess,
  type VaultContext,
} from '../sync/vault-context/vault-context.ts';
import type { Token } from './tokens.ts';

/** Lines of one commit. */
const MOST_IN_COMMIT = 500;

/** What a program was shown, or wrote, of one patient. */
interface Shown {
  readonly patient: PatientEntry;
  readonly categories: Iterable<string>;
}

interface Waiting {
  readonly lines: readonly ProgramAccess[];
  resolve(): void;
  reject(error: unknown): void;
}

export class AccessLines {
  readonly #context: VaultContext;
  readonly #access: AccessGate;
  #waiting: Waiting[] = [];
  #busy = false;

  constructor(context: VaultContext, access: AccessGate) {
    this.#context = context;
    this.#access = access;
  }

  /**
   * Resolves once every line is durable. What belongs to the clinic's own directory leaves none: it is about no patient.
   * @param what what was asked, without any value: `search Observation`; over the network the line says from which address as well
   * @throws {Failure} `access.line-not-durable`: nothing may be answered.
   */
  async note(token: Token, action: string, what: string, shown: readonly Shown[]): Promise<void> {
    const detail = token.from === undefined ? what : `${what}, from ${token.from}`;
    const process = token.by === 'person' ? 'export' : `FHIR: ${token.name}`;
    const chain = toHex(this.#context.chain);
    const own: ProgramAccess[] = [];
    for (const { patient, categories: seen } of shown) {
      if (patient.id === CLINIC_DIRECTORY) continue;
      const categories = [...new Set(seen)];
      // The clinic that keeps the records hears of it in the same commit.
      if (patient.custodian !== chain) await this.#access.note(patient, action, token.purpose, { process, categories, detail });
      else own.push({ patient: patient.id, process, action, purpose: token.purpose, categories, detail });
    }
    if (own.length === 0) return;
    await new Promise<void>((resolve, reject) => {
      this.#waiting.push({ lines: own, resolve, reject });
      if (!this.#busy) void this.#writeAll();
    });
  }

  async #writeAll(): Promise<void> {
    this.#busy = true;
    while (this.#waiting.length > 0) {
      const group = this.#next();
      try {
        const lines = group.flatMap((each) => each.lines);
        await this.#access.noteAlong(lines, (along) => this.#context.gateway.commit(along));
        for (const { resolve } of group) resolve();
      } catch (cause) {
        for (const { reject } of group) reject(notDurable(cause));
      }
    }
    this.#busy = false;
  }

  #next(): Waiting[] {
    let lines = 0;
    const end = this.#waiting.findIndex((each) => {
      lines += each.lines.length;
      return lines > MOST_IN_COMMIT;
    });
    return this.#waiting.splice(0, end < 0 ? this.#waiting.length : Math.max(end, 1));
  }
}

const notDurable = (cause: unknown): Failure =>
  new Failure(
    'access.line-not-durable',
    'Nothing is answered, because the line that says who asked could not be saved. Look at the disk and try again.',
    { retry: true, cause },
  );
