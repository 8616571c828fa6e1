/** Templates of progress notes that an administrator made for this clinic. Sealed rows, the same on each desk. */
import { fromUtf8, utf8 } from '../../shared/encoding/bytes.ts';
import { SOAP_PARTS, type SoapTexts } from '../../shared/fhir/soap-note.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import { NO_TAG } from '../sync/sealed-rows.ts';
import type { VaultContext } from '../sync/vault-context.ts';
import { everyRow } from '../sync/vault-rows.store.ts';

const KIND = 'note-template';
const LONGEST_NAME = 80;
const LONGEST_PART = 4_000;

export interface NoteTemplate extends SoapTexts {
  readonly name: string;
}

export class NoteTemplates {
  readonly #context: VaultContext;

  constructor(context: VaultContext) {
    this.#context = context;
  }

  /** By name. */
  async list(): Promise<NoteTemplate[]> {
    const found: NoteTemplate[] = [];
    for await (const page of everyRow(this.#context.reader, KIND))
      for (const row of page) found.push(JSON.parse(fromUtf8(this.#context.rows.open(KIND, row))) as NoteTemplate);
    return found.sort((one, other) => (one.name < other.name ? -1 : 1));
  }

  /** Durable when it resolves; takes the place of one of the same name. @throws {Failure} `records.template`. */
  async save(template: NoteTemplate): Promise<NoteTemplate[]> {
    const checked = checkedTemplate(template);
    const row = this.#context.rows.seal(KIND, this.#key(checked.name), NO_TAG, utf8(JSON.stringify(checked)));
    await this.#context.gateway.commit({ rows: [row] });
    this.#context.notify({ topics: ['note-templates'] });
    return this.list();
  }

  /** Notes that began with it stay as they are. */
  async remove(name: string): Promise<NoteTemplate[]> {
    await this.#context.gateway.commit({ rows: [{ kind: KIND, key: this.#key(name), tag: NO_TAG, sealed: null }] });
    this.#context.notify({ topics: ['note-templates'] });
    return this.list();
  }

  #key(name: string): Uint8Array {
    return this.#context.rows.name(KIND, utf8(name));
  }
}

function checkedTemplate({ name, ...parts }: NoteTemplate): NoteTemplate {
  const called = name.trim();
  const isWrong =
    called === '' ||
    called.length > LONGEST_NAME ||
    /\p{Cc}/u.test(called) ||
    SOAP_PARTS.every((part) => parts[part].trim() === '') ||
    SOAP_PARTS.some((part) => parts[part].length > LONGEST_PART || !parts[part].isWellFormed());
  if (isWrong)
    throw new Failure(
      'records.template',
      'A template has a short name on one line, and something under one of the four headings.',
    );
  const { subjective, objective, assessment, plan } = parts;
  return { name: called, subjective, objective, assessment, plan };
}
