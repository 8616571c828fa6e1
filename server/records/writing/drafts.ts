/**
 * Unsaved work, kept sealed so that a crash loses no word. A draft belongs to who writes it, and is told to nobody else: those of
 * charts with the open chart, those of the desk's other forms to whoever began them.
 */
import { fromHex, fromUtf8, utf8 } from '../../../shared/encoding/bytes.ts';
import { Failure } from '../../../shared/outcome/failure.ts';
import type { VaultRow } from '../../sync/gateway.ts';
import type { VaultContext } from '../../sync/vault-context/vault-context.ts';
import { rowsOfTag } from '../../sync/vault-context/vault-rows.store.ts';

const KIND = 'draft';
/** What the tags of drafts are named after. */
const PLACES = { chart: 'drafts', form: 'form-drafts' } as const;
const LONGEST = 1024 * 1024;
const NOBODY = new Uint8Array(0);

interface Draft {
  readonly kind: string;
  readonly key: string;
  readonly content: string;
  readonly savedAt: number;
}

export class Drafts {
  readonly #context: VaultContext;
  readonly #place: keyof typeof PLACES;

  constructor(context: VaultContext, place: keyof typeof PLACES) {
    this.#context = context;
    this.#place = place;
  }

  /** @param patient '' for a form that is about none. Durable when it resolves. @throws {Failure} `records.draft-too-long`, `records.draft-place`. */
  async save(patient: string, kind: string, key: string, content: string): Promise<Draft> {
    if (content.length > LONGEST) throw new Failure('records.draft-too-long', 'This draft is too long to be kept. Shorten it.');
    const draft: Draft = { kind, key, content, savedAt: this.#context.clock() };
    const row = this.#context.rows.seal(KIND, this.#key(patient, kind, key), this.#tag(patient), utf8(JSON.stringify(draft)));
    await this.#context.gateway.commit({ rows: [row] });
    return draft;
  }

  async discard(patient: string, kind: string, key: string): Promise<void> {
    const row = { kind: KIND, key: this.#key(patient, kind, key), tag: this.#tag(patient), sealed: null };
    await this.#context.gateway.commit({ rows: [row] });
  }

  /** Drafts of who is signed in, the newest first. */
  async of(patient: string): Promise<Draft[]> {
    const rows = await rowsOfTag(this.#context.reader, KIND, this.#tag(patient));
    const drafts = rows.map((row) => JSON.parse(fromUtf8(this.#context.rows.open(KIND, row))) as Draft);
    return drafts.sort((one, other) => other.savedAt - one.savedAt);
  }

  /** Rows that remove what these people (staff ids) have under way about a patient on this desk, wherever they type it. */
  async removed(patient: string, staff: readonly Uint8Array[]): Promise<VaultRow[]> {
    const { rows, reader } = this.#context;
    const namesPatient = (content: Uint8Array): boolean => fromUtf8(content).includes(patient);
    const taken = async (tag: Uint8Array, counts: (content: Uint8Array) => boolean): Promise<VaultRow[]> => {
      const found = (await rowsOfTag(reader, KIND, tag)).filter((row) => counts(rows.open(KIND, row)));
      return found.map(({ key }) => ({ kind: KIND, key: key.slice(), tag, sealed: null }));
    };
    const found = staff.map(async (person) => [
      ...(await taken(rows.name(PLACES.chart, fromHex(patient), person), () => true)),
      ...(await taken(rows.name(PLACES.form, fromHex(patient), person), () => true)),
      ...(await taken(rows.name(PLACES.form, NOBODY, person), namesPatient)),
    ]);
    return (await Promise.all(found)).flat();
  }

  #key(patient: string, kind: string, key: string): Uint8Array {
    return this.#context.rows.name(KIND, this.#tag(patient), utf8(kind), utf8(key));
  }

  #tag(patient: string): Uint8Array {
    if (patient !== '' && !/^[0-9a-f]{32}$/.test(patient))
      throw new Failure('records.draft-place', 'A draft is about a patient of this clinic, or about none. Open the form again.');
    return this.#context.rows.name(PLACES[this.#place], fromHex(patient), this.#context.staff.id);
  }
}
