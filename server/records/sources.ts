/**
 * Which record a name in FHIR leads to: `Observation/123`, `urn:uuid:…`, `Practitioner?identifier=system|value`. Sealed rows
 * whose keys are keyed hashes of the names: import asks them to know what it has had before, references to find their target.
 */
import { equalBytes, fromHex, toHex, utf8 } from '../../shared/encoding/bytes.ts';
import { type Decoded, decode, encode, fixed, flag, struct } from '../../shared/encoding/codec.ts';
import { parseReference } from '../../shared/fhir/references.ts';
import type { VaultRow } from '../sync/gateway.ts';
import { NO_TAG } from '../sync/vault-context/sealed-rows.ts';
import type { VaultContext } from '../sync/vault-context/vault-context.ts';
import { everyRow, rowsOfKeys } from '../sync/vault-context/vault-rows.store.ts';

const KIND = 'source';
/** An import asks for a name when it looks it up, when it writes it and for each reference to it. */
const KEYS_KEPT = 10_000;
const sourceCodec = struct({ record: fixed(16), patient: fixed(16), isPatient: flag, contentHash: fixed(32) });

export interface Source {
  /** Record and patient ids in hexadecimal; the patient is CLINIC_DIRECTORY for what belongs to nobody. */
  readonly record: string;
  readonly patient: string;
  /** Whether it is the Patient resource itself. */
  readonly isPatient: boolean;
  /** SHA-256 of the newest version's text. */
  readonly contentHash: Uint8Array;
}

/** A name of which only its sealed key is known. */
export interface NamedSource {
  readonly key: Uint8Array;
  readonly source: Source;
}

function plaintextOf({ record, patient, isPatient, contentHash }: Source): Uint8Array {
  return encode(sourceCodec, { record: fromHex(record), patient: fromHex(patient), isPatient, contentHash });
}

export class Sources {
  readonly #context: VaultContext;
  readonly #keys = new Map<string, Uint8Array>();

  constructor(context: VaultContext) {
    this.#context = context;
  }

  row(name: string, source: Source): VaultRow {
    return this.#context.rows.sealExact(KIND, this.#key(name), NO_TAG, plaintextOf(source));
  }

  /** What is known of these names; the others are left out. */
  async find(names: Iterable<string>): Promise<Map<string, Source>> {
    const asked = new Map<string, string>();
    const keys = [...new Set(names)].map((name) => {
      const key = this.#key(name);
      asked.set(toHex(key), name);
      return key;
    });
    const found = new Map<string, Source>();
    const rows = await rowsOfKeys(this.#context.reader, KIND, keys);
    for (const row of rows) {
      const { record, patient, isPatient, contentHash } = this.#opened(row);
      const name = asked.get(toHex(row.key)) as string;
      found.set(name, { record: toHex(record), patient: toHex(patient), isPatient, contentHash });
    }
    return found;
  }

  /** What these references lead to in this vault; those that lead nowhere are left out. */
  async targets(references: readonly string[]): Promise<Map<string, Source>> {
    const names = references.map((reference) => [reference, namesOf(reference)] as const);
    const found = await this.find(names.flatMap(([, each]) => each));
    return new Map(
      names.flatMap(([reference, each]) => {
        const source = each.map((name) => found.get(name)).find((known) => known !== undefined);
        return source ? [[reference, source] as const] : [];
      }),
    );
  }

  /** Rows that forget where imports found these records (hexadecimal) or, without records, everything of a patient. */
  async removed(patient: string, records?: ReadonlySet<string>): Promise<VaultRow[]> {
    const rows: VaultRow[] = [];
    for await (const page of everyRow(this.#context.reader, KIND)) {
      for (const row of page) {
        const { record, patient: whose } = this.#opened(row);
        if (toHex(whose) === patient && (!records || records.has(toHex(record))))
          rows.push({ kind: KIND, key: row.key.slice(), tag: NO_TAG, sealed: null });
      }
    }
    return rows;
  }

  /** Where imports found these records (hexadecimal): each name as a row to write anew, or to take away. Reads every name once. */
  async namesOfRecords(records: ReadonlySet<string>): Promise<Map<string, NamedSource[]>> {
    const found = new Map<string, NamedSource[]>();
    for await (const page of everyRow(this.#context.reader, KIND)) {
      for (const row of page) {
        const { record, patient, isPatient, contentHash } = this.#opened(row);
        const id = toHex(record);
        if (!records.has(id)) continue;
        const named = { key: row.key.slice(), source: { record: id, patient: toHex(patient), isPatient, contentHash } };
        found.set(id, [...(found.get(id) ?? []), named]);
      }
    }
    return found;
  }

  /** The row of a name that is known by its key; without a hash the name leads nowhere any more. */
  renamed({ key, source }: NamedSource, contentHash: Uint8Array | undefined): VaultRow {
    if (contentHash === undefined) return { kind: KIND, key, tag: NO_TAG, sealed: null };
    return this.#context.rows.sealExact(KIND, key, NO_TAG, plaintextOf({ ...source, contentHash }));
  }

  isOf(row: VaultRow, patients: ReadonlySet<string>): boolean {
    return row.kind === KIND && row.sealed !== null && patients.has(toHex(this.#opened(row).patient));
  }

  #opened(row: Omit<VaultRow, 'kind'>): Decoded<typeof sourceCodec> {
    return decode(sourceCodec, this.#context.rows.openExact(KIND, row));
  }

  /** Those of these references that lead to nothing in this vault that is `shown`, as written. */
  async missing(references: Iterable<string>, shown: (source: Source) => boolean = () => true): Promise<string[]> {
    const names = new Map<string, readonly string[]>();
    for (const reference of references) names.set(reference, namesOf(reference));
    const found = await this.find([...names.values()].flat());
    const leads = (name: string): boolean => {
      const source = found.get(name);
      return source !== undefined && shown(source);
    };
    return [...names].filter(([, each]) => each.length > 0 && !each.some(leads)).map(([reference]) => reference);
  }

  #key(name: string): Uint8Array {
    const known = this.#keys.get(name);
    if (known) return known;
    const key = this.#context.rows.name(KIND, utf8(name));
    if (this.#keys.size === KEYS_KEPT) this.#keys.clear();
    this.#keys.set(name, key);
    return key;
  }
}

/** The names under which the target of a reference may be known, best first; none where nothing is to be found. */
export function namesOf(reference: string): string[] {
  const { kind, type, id } = parseReference(reference);
  if (kind === 'relative') return [`${type}/${id}`];
  if (kind === 'uuid') return [reference];
  if (kind === 'absolute') return [reference, ...(type === undefined ? [] : [`${type}/${id}`])];
  if (kind !== 'conditional') return [];
  const identifier = /(?:^|&)identifier=([^&]*)/.exec(id ?? '')?.[1];
  return identifier === undefined ? [reference] : [identifierName(type ?? '', decoded(identifier))];
}

export const identifierName = (type: string, identifier: string): string => `${type}?identifier=${identifier}`;
export const idName = (type: string, id: string): string => `${type}/${id}`;
export const sameContent = (source: Source, contentHash: Uint8Array): boolean => equalBytes(source.contentHash, contentHash);

/** A query is percent-encoded, though many systems write it bare. */
function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
