/** Cosignatures of the witness clinics, kept by the size of the checkpoint that they are on. */
import { equalBytes, toHex } from '../../shared/encoding/bytes.ts';
import { witnessName } from '../../shared/ledger/checkpoint.ts';
import { cosignedAt, noteLine, parseNote } from '../../shared/ledger/note.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import type { Database } from '../storage/database.ts';
import { hashParts } from '../vault/hash-parts.ts';
import { verifySignature } from '../vault/primitives.ts';
import type { Caller, Callers } from './callers.ts';
import { readCosignatures, writeCosignature } from './hub.store.ts';

/** A cosigner needs some seconds; a checkpoint stays open to cosignatures while the ledger goes on. */
const RECENT_CHECKPOINTS = 2000;
const MAX_LINE_CHARACTERS = 400;

export class Cosignatures {
  readonly #database: Database;
  readonly #callers: Callers;
  /** Notes by size, with the lines received so far; the newest last. */
  readonly #recent = new Map<number, string>();

  constructor(database: Database, callers: Callers) {
    this.#database = database;
    this.#callers = callers;
  }

  /** Takes in a new checkpoint: the hub's note, and the lines on it from before a restart. */
  async remember(size: number, note: string): Promise<void> {
    this.follow(size, note);
    for (const { line } of await readCosignatures(this.#database.read, size))
      this.#recent.set(size, this.#recent.get(size) + line);
  }

  /** Takes in a checkpoint that was made just now. */
  follow(size: number, note: string): void {
    this.#recent.set(size, note);
    if (this.#recent.size <= RECENT_CHECKPOINTS) return;
    for (const [oldest] of this.#recent) {
      this.#recent.delete(oldest);
      return;
    }
  }

  /** The note of the checkpoint of `size`, if it is recent. */
  note(size: number): string | undefined {
    return this.#recent.get(size);
  }

  /**
   * Adds the line of the caller's clinic, a witness; durable before it is shown. Answers the note as it stands now.
   * @throws {Failure} `hub.checkpoint-past`, `hub.cosignature-invalid`.
   */
  async cosign(caller: Caller, size: number, line: string): Promise<string> {
    const witness = (await this.#callers.witnesses()).find(({ chain }) => toHex(chain) === caller.chain);
    const note = this.#recent.get(size);
    if (note === undefined)
      throw new Failure('hub.checkpoint-past', 'That checkpoint is not one to cosign any more. Take the newest.', {
        retry: true,
      });
    if (line.length > MAX_LINE_CHARACTERS || line.indexOf('\n') !== line.length - 1) throw INVALID;
    if (!witness || !holds(note, line, witness)) throw INVALID;
    await this.#database.write((transaction) => writeCosignature(transaction, size, witness.chain, line), { group: true });
    const now = this.#recent.get(size) ?? note;
    const name = witnessName(witness.chain);
    // The newest word of a witness takes the place of its last one: its time says that it still sees this ledger.
    const { text, signatures } = parseNote(now);
    const others = signatures.filter((each) => each.name !== name);
    const lines = others.map((each) => noteLine(each.name, each.keyId, each.signature));
    const signed = `${text}\n${lines.join('')}${line}`;
    this.#recent.set(size, signed);
    return signed;
  }
}

function holds(note: string, line: string, witness: { chain: Uint8Array; cosignKey: Uint8Array }): boolean {
  const { text } = parseNote(note);
  const alone = parseNote(`${text}\n${line}`);
  return (
    equalBytes(Buffer.from(alone.text), Buffer.from(text)) &&
    cosignedAt(hashParts, verifySignature, alone, witnessName(witness.chain), witness.cosignKey) !== undefined
  );
}

const INVALID = new Failure(
  'hub.cosignature-invalid',
  'This is not a valid cosignature line of the calling clinic on that checkpoint.',
);
