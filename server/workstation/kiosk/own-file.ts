/** The file that the clinic laid into a patient's box: the newest one that has arrived at this kiosk. */
import type { CardRow } from '../../../shared/care-card/card-rules.ts';
import { fromHex, fromUtf8, toHex } from '../../../shared/encoding/bytes.ts';
import { decode } from '../../../shared/encoding/codec.ts';
import { PATIENT_FILE_KIND, type PatientFile } from '../../../shared/kiosk/patient-file.ts';
import { Failure } from '../../../shared/outcome/failure.ts';
import { recordKey, recordRow } from '../../../shared/records/record-rules.ts';
import type { Envelope } from '../../../shared/vault/document.ts';
import type { ReadConnection } from '../../storage/database.ts';
import { documentsOf, readDocument } from '../../sync/clinic.store.ts';
import { listOverlaid } from '../../sync/own-acts/pending.ts';
import { type CompartmentKeys, openDocument, openWithDataKey, openWrap } from '../../vault/sealing.ts';

export interface OpenedFile {
  readonly file: PatientFile;
  /** When the clinic wrote it, milliseconds. */
  readonly time: number;
  /** Left out while the ledger names a later one that has not arrived here. */
  readonly isNewest?: true;
}

interface OwnFileParts {
  readonly row: CardRow;
  /** clinic.db, read only. */
  readonly reader: ReadConnection;
  /** Of the box, in each of its epochs. */
  keys(): Promise<CompartmentKeys>;
}

interface NamedRecord {
  readonly record: Uint8Array;
  readonly version: number;
  readonly document: Uint8Array;
}

export class OwnFile {
  readonly #parts: OwnFileParts;
  #shown: OpenedFile | undefined;

  constructor(parts: OwnFileParts) {
    this.#parts = parts;
  }

  /** @throws {Failure} `patient.no-file` before the clinic's first file has arrived here. */
  async read(): Promise<OpenedFile> {
    const { reader, row } = this.#parts;
    const keys = await this.#parts.keys();
    const here: OpenedFile[] = [];
    const onTheirWay: NamedRecord[] = [];
    for (const named of await this.#named()) {
      const stored = await readDocument(reader, named.document);
      const place = { handle: row.box, recordId: named.record, version: named.version };
      const envelope =
        stored && unless('vault.key-missing', () => openDocument({ ...place, sealed: stored.sealed, wrap: stored.wrap }, keys));
      if (!envelope) onTheirWay.push(named);
      else if (envelope.kind === PATIENT_FILE_KIND) here.push({ ...fileIn(envelope), isNewest: true });
    }
    const earlier = await this.#earlier(onTheirWay, keys);
    const newest = [...here, ...earlier].sort((one, other) => other.time - one.time)[0];
    if (newest) this.#shown = newest;
    if (this.#shown) return this.#shown;
    throw new Failure(
      'patient.no-file',
      'Your papers have not arrived at this kiosk yet. Try again in a few minutes, or ask at the desk.',
      { retry: true },
    );
  }

  /** The records of the box, as this kiosk knows the ledger, also by the clinic's host alone. */
  async #named(): Promise<NamedRecord[]> {
    const prefix = recordKey(toHex(this.#parts.row.box), '');
    const rows = await listOverlaid(this.#parts.reader, prefix);
    return rows.map(({ key, value }) => ({ record: fromHex(key.slice(prefix.length)), ...decode(recordRow, value) }));
  }

  /**
   * Of records whose newest version is on its way, what has come of the versions before it. A document does not say whose version it is:
   * the last that came is tried at each place before the newest, which is the right one after a try or two.
   */
  async #earlier(records: readonly NamedRecord[], keys: CompartmentKeys): Promise<OpenedFile[]> {
    const { reader, row } = this.#parts;
    const places = records.flatMap(({ record, version }) =>
      Array.from({ length: version - 1 }, (_, at) => ({ handle: row.box, recordId: record, version: version - 1 - at })),
    );
    if (places.length === 0) return [];
    // What was read before goes on being shown, and need not be looked for again.
    if (this.#shown) return [{ file: this.#shown.file, time: this.#shown.time }];
    for (const { name, sealed, wrap } of (await documentsOf(reader, row.box)).toReversed()) {
      const dataKey = unless('vault.key-missing', () => openWrap(wrap, row.box, name, keys));
      if (!dataKey) continue;
      for (const place of places) {
        const envelope = unless('vault.not-this-document', () => openWithDataKey({ ...place, sealed }, dataKey));
        if (envelope?.kind === PATIENT_FILE_KIND) return [fileIn(envelope)];
      }
    }
    return [];
  }
}

const fileIn = ({ content, time }: Envelope) => ({ file: JSON.parse(fromUtf8(content)) as PatientFile, time });

/** Undefined where it fails with this code. */
function unless<T>(code: 'vault.key-missing' | 'vault.not-this-document', open: () => T): T | undefined {
  try {
    return open();
  } catch (error) {
    if (error instanceof Failure && error.code === code) return undefined;
    throw error;
  }
}
