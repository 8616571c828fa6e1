/** Cosignatures of the witnesses, kept by the size of the checkpoint that they are on. */
import { equalBytes, toHex, utf8 } from '../../../shared/encoding/bytes.ts';
import { type Cosigner, cosignerName } from '../../../shared/ledger/checkpoint.ts';
import { cosignedAt, noteLine, parseNote } from '../../../shared/ledger/note.ts';
import { Failure } from '../../../shared/outcome/failure.ts';
import type { Database } from '../../storage/database.ts';
import { hashParts } from '../../vault/hash-parts.ts';
import { sha256, verifySignature } from '../../vault/primitives.ts';
import { tellCosigned } from '../fellows.ts';
import { readCosignatures, writeCosignature } from '../hub.store.ts';

/** A cosigner needs some seconds; a checkpoint stays open to cosignatures while the ledger goes on. */
const RECENT_CHECKPOINTS = 2000;
const MAX_LINE_CHARACTERS = 400;

export class Cosignatures {
  readonly #database: Database;
  readonly #witnessesAt: (size: number) => readonly Cosigner[];
  /** Notes by size, with the lines received so far; the newest last. */
  readonly #recent = new Map<number, string>();
  /** By the name of a witness, the newest checkpoint that it has cosigned. */
  readonly #newest = new Map<string, { readonly size: number; readonly note: string }>();

  /** @param witnessesAt the witness set in force for a checkpoint of that size */
  constructor(database: Database, witnessesAt: (size: number) => readonly Cosigner[]) {
    this.#database = database;
    this.#witnessesAt = witnessesAt;
  }

  /** Takes in a new checkpoint: the hub's note, and the lines on it from before a restart. */
  async remember(size: number, note: string): Promise<void> {
    this.follow(size, note);
    await this.refresh(size);
  }

  /** Takes in the lines that are stored for a recent checkpoint; gives its note as it stands now. */
  async refresh(size: number): Promise<string | undefined> {
    const lines = await readCosignatures(this.#database.read, size);
    const note = this.#recent.get(size);
    if (note === undefined) return undefined;
    // The hub's own line is the first; another process of it may have taken the others.
    const { text, signatures } = parseNote(note);
    const [own] = signatures.map((each) => noteLine(each.name, each.keyId, each.signature));
    const now = `${text}\n${own}${lines.map(({ line }) => line).join('')}`;
    this.#keep(size, now);
    return now;
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
   * For each witness of the set in force for a ledger of `size` blocks the newest note that it has cosigned, each note once, as far as this
   * process has seen. While a ledger goes on each of them signs another checkpoint, and the newest of all is always too new.
   */
  newest(size: number): string[] {
    const bySize = new Map<number, string>();
    for (const witness of this.#witnessesAt(size)) {
      const newest = this.#newest.get(cosignerName(witness));
      // Of two with the same checkpoint the later one has found more lines on it.
      if (newest && newest.note.length > (bySize.get(newest.size)?.length ?? 0)) bySize.set(newest.size, newest.note);
    }
    return [...bySize.values()];
  }

  /**
   * Adds the line of a clinic of the witness set; durable before it is shown. Answers the note as it stands now.
   * @throws {Failure} `hub.checkpoint-past`, `hub.cosignature-invalid`.
   */
  async cosign(chain: string, size: number, line: string): Promise<string> {
    return this.#add(size, line, ({ kind, chain: own }) => kind !== 'outside' && toHex(own) === chain);
  }

  /** The same for a witness from outside the region, which its line names. */
  async cosignOutside(size: number, line: string): Promise<string> {
    return this.#add(size, line, ({ kind, name }) => kind === 'outside' && line.startsWith(`— ${name} `));
  }

  async #add(size: number, line: string, isWhose: (witness: Cosigner) => boolean): Promise<string> {
    const note = this.#recent.get(size);
    if (note === undefined)
      throw new Failure('hub.checkpoint-past', 'That checkpoint is not one to cosign any more. Take the newest.', {
        retry: true,
      });
    if (line.length > MAX_LINE_CHARACTERS || line.indexOf('\n') !== line.length - 1) throw INVALID;
    const witness = this.#witnessesAt(size).find(isWhose);
    if (!witness || !holds(note, line, witness)) throw INVALID;
    const whose = witness.kind === 'outside' ? sha256(utf8(cosignerName(witness))) : witness.chain;
    await this.#database.write(
      async (transaction) => {
        await writeCosignature(transaction, size, whose, line);
        await tellCosigned(transaction, size);
      },
      { group: true },
    );
    const now = this.#recent.get(size) ?? note;
    const name = cosignerName(witness);
    // The newest word of a witness takes the place of its last one: its time says that it still sees this ledger.
    const { text, signatures } = parseNote(now);
    const others = signatures.filter((each) => each.name !== name);
    const lines = others.map((each) => noteLine(each.name, each.keyId, each.signature));
    const signed = `${text}\n${lines.join('')}${line}`;
    this.#keep(size, signed);
    return signed;
  }

  #keep(size: number, note: string): void {
    this.#recent.set(size, note);
    for (const { name } of parseNote(note).signatures)
      if (size >= (this.#newest.get(name)?.size ?? 0)) this.#newest.set(name, { size, note });
  }
}

function holds(note: string, line: string, witness: Cosigner): boolean {
  const { text } = parseNote(note);
  const alone = parseNote(`${text}\n${line}`);
  return (
    equalBytes(Buffer.from(alone.text), Buffer.from(text)) &&
    cosignedAt(hashParts, verifySignature, alone, cosignerName(witness), witness.cosignKey) !== undefined
  );
}

const INVALID = new Failure(
  'hub.cosignature-invalid',
  'This is not a valid cosignature line of this witness on that checkpoint.',
);
