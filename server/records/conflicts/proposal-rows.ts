/**
 * What another clinic proposed for a record of ours, what we proposed for one of theirs, and the answers: sealed rows, the same on
 * every desk of the clinic. They go when the records go that they are about.
 */
import { equalBytes, fromHex, fromUtf8, utf8 } from '../../../shared/encoding/bytes.ts';
import type { VaultRow } from '../../sync/gateway.ts';
import type { ChartEntry, CompartmentName, VaultContext } from '../../sync/vault-context/vault-context.ts';
import { type PackedVaultRow, rowsOfKeys, rowsOfTag } from '../../sync/vault-context/vault-rows.store.ts';
import { describe } from '../describe-content.ts';

const PROPOSAL = 'proposal';
const ANSWER = 'proposal-answer';
const KINDS: ReadonlySet<string> = new Set([PROPOSAL, ANSWER]);

/** Ids in hexadecimal; `document` is the SHA-256 of the message, by which the ledger names the proposal. */
export interface StoredProposal {
  readonly document: string;
  readonly patient: string;
  readonly record: string;
  readonly category: CompartmentName;
  readonly handle: string;
  /** Chain of the clinic that proposed it. */
  readonly clinic: string;
  /** As the proposed version would be numbered, after `previous`; a new record has none. */
  readonly version: number;
  readonly previous: string | undefined;
  readonly kind: string;
  readonly author: string;
  readonly authorName: string;
  readonly time: number;
  readonly reason: string | undefined;
  readonly content: string;
  /** Our own: whether the hub was told to destroy the message, once it had been decided. */
  readonly destroyed: boolean;
}

export interface StoredAnswer {
  /** The proposal. */
  readonly document: string;
  readonly category: CompartmentName;
  readonly by: string;
  readonly reason: string;
  readonly at: number;
  /** SHA-256 of the message that carried it, hexadecimal. */
  readonly message: string;
}

export class ProposalRows {
  readonly #context: VaultContext;

  constructor(context: VaultContext) {
    this.#context = context;
  }

  row(proposal: StoredProposal): VaultRow {
    return this.#sealed(PROPOSAL, proposal.patient, proposal);
  }

  answerRow(patient: string, answer: StoredAnswer): VaultRow {
    return this.#sealed(ANSWER, patient, answer);
  }

  /** Those of these proposals that are here, by document. */
  async find(documents: readonly string[]): Promise<Map<string, StoredProposal>> {
    const keys = documents.map((document) => this.#key(PROPOSAL, document));
    const rows = await rowsOfKeys(this.#context.reader, PROPOSAL, keys);
    const found = rows.map((row) => this.#opened<StoredProposal>(PROPOSAL, row));
    return new Map(found.map((proposal) => [proposal.document, proposal]));
  }

  /** Of a patient's records, the newest first. */
  async of(patient: string): Promise<StoredProposal[]> {
    const found = await this.#all<StoredProposal>(PROPOSAL, patient);
    return found.sort((one, other) => other.time - one.time);
  }

  /** By the document of the proposal. */
  async answers(patient: string): Promise<Map<string, StoredAnswer>> {
    return new Map((await this.#all<StoredAnswer>(ANSWER, patient)).map((answer) => [answer.document, answer]));
  }

  /** Rows that take away what is kept of a patient, or of these categories. */
  async removed(patient: string, categories: ReadonlySet<CompartmentName> | 'all'): Promise<VaultRow[]> {
    const rows: VaultRow[] = [];
    for (const kind of KINDS) {
      for (const row of await rowsOfTag(this.#context.reader, kind, this.#tag(patient))) {
        const { category } = this.#opened<{ category: CompartmentName }>(kind, row);
        if (categories === 'all' || categories.has(category))
          rows.push({ kind, key: row.key.slice(), tag: row.tag.slice(), sealed: null });
      }
    }
    return rows;
  }

  isOf({ kind, tag }: VaultRow, patients: ReadonlySet<string>): boolean {
    return KINDS.has(kind) && [...patients].some((patient) => equalBytes(this.#tag(patient), tag));
  }

  #sealed(kind: string, patient: string, value: { readonly document: string }): VaultRow {
    return this.#context.rows.seal(kind, this.#key(kind, value.document), this.#tag(patient), utf8(JSON.stringify(value)));
  }

  async #all<T>(kind: string, patient: string): Promise<T[]> {
    const rows = await rowsOfTag(this.#context.reader, kind, this.#tag(patient));
    return rows.map((row) => this.#opened<T>(kind, row));
  }

  #opened<T>(kind: string, row: PackedVaultRow): T {
    return JSON.parse(fromUtf8(this.#context.rows.open(kind, row))) as T;
  }

  #key(kind: string, document: string): Uint8Array {
    return this.#context.rows.name(kind, fromHex(document));
  }

  #tag(patient: string): Uint8Array {
    return this.#context.rows.name('proposals-of', fromHex(patient));
  }
}

/** A proposal as a list of the chart would show it. */
export function proposedEntry(proposal: StoredProposal): ChartEntry {
  const { record, category, document, version, author, authorName, time, kind, content } = proposal;
  return { ...describe(kind, utf8(content)), record, category, document, version, author, authorName, time, kind };
}
