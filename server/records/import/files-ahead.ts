/**
 * Files of charts that are sealed before their batch has the desk's turn: it takes minutes where they are large, and meanwhile everybody
 * else at the desk writes. What a batch then does not want of them goes again.
 */
import { fromHex } from '../../../shared/encoding/bytes.ts';
import type { VaultRow } from '../../sync/gateway.ts';
import type { PatientEntry } from '../../sync/vault-context/vault-context.ts';
import { demandCorrect } from '../writing/put-resource.ts';
import { attachmentIn, bringFile, type FileBeside } from './files-beside.ts';
import type { BatchToTake, ImportParts } from './import-batch.ts';
import { type Placed, Placing } from './import-placing.ts';

interface BroughtFile {
  /** Names of its pieces, held until a record names them. */
  readonly pieces: readonly Uint8Array[];
  /** Forgets that it was on its way. */
  readonly row: VaultRow;
}

interface FileToBring {
  readonly file: FileBeside;
  readonly owner: string;
  /** Of the compartment, hexadecimal. */
  readonly handle: string;
}

export class FilesAhead {
  readonly #parts: ImportParts;
  readonly #brought = new Map<string, BroughtFile>();

  constructor(parts: ImportParts) {
    this.#parts = parts;
  }

  /** Brings what a batch will want, for people who are known by now. @throws {Failure} as `bringFile`; what may not be corrected. */
  async bring(batch: BatchToTake): Promise<void> {
    const { context } = this.#parts;
    const isNamed = batch.items.some(
      (item) => item.kind === 'entry' && attachmentIn(item.resourceType, contentOf(batch, item)) !== undefined,
    );
    if (!isNamed) return;
    const placed = await context.inTurn(() => this.#placed(batch));
    const files = await batch.beside.of(placed, []);
    for (const [{ owner, category }, file] of files) {
      const handle = this.#parts.patients.get(owner)?.handles[category] ?? '';
      await context.keyStore.loadCompartmentKeys([fromHex(handle)]);
      const brought = await bringFile(context, owner, fromHex(handle), file, batch.onFile);
      this.#brought.set(nameOf({ file, owner, handle }), brought);
    }
  }

  /** A file that is here already, sealed for this compartment; a batch takes it once. */
  take(wanted: FileToBring): BroughtFile | undefined {
    const found = this.#brought.get(nameOf(wanted));
    this.#brought.delete(nameOf(wanted));
    return found;
  }

  /** Takes away what the batch did not want. */
  async drop(): Promise<void> {
    const left = [...this.#brought.values()];
    this.#brought.clear();
    if (left.length === 0) return;
    await this.#parts.context.gateway.commit({
      rows: left.map(({ row }) => row),
      dropDocuments: left.flatMap(({ pieces }) => pieces),
    });
  }

  /** Those with a file whose person is known by now, and whose compartments are there after it. */
  async #placed(batch: BatchToTake): Promise<Placed[]> {
    const { context, patients, records, charts } = this.#parts;
    const read = batch.items.flatMap((item) => (item.kind === 'entry' ? [item] : []));
    const placed: Placed[] = [];
    for await (const [, place] of new Placing(context, patients, records).places(read, batch.bytes, batch.last, batch.beside)) {
      if (typeof place === 'string' || !patients.get(place.owner)) continue;
      if (attachmentIn(place.item.resourceType, place.content)) placed.push(place);
    }
    const entryOf = ({ owner }: Placed): PatientEntry => patients.get(owner) as PatientEntry;
    await demandCorrect(
      charts,
      placed.map((each) => [entryOf(each), each.category]),
    );
    const wanted = Map.groupBy(placed, entryOf);
    const ready = await patients.withCompartments(
      new Map([...wanted].map(([entry, each]) => [entry, new Set(each.map(({ category }) => category))])),
    );
    const changed = [...ready.values()].filter((entry) => entry !== patients.get(entry.id));
    if (changed.length > 0) {
      await context.gateway.commit({ rows: changed.map((entry) => patients.row(entry)) });
      await patients.applied(changed);
    }
    return placed;
  }
}

const nameOf = ({ file, owner, handle }: FileToBring): string => `${owner} ${handle} ${file.attachment.id}`;

const contentOf = ({ bytes }: BatchToTake, { start, length }: { start: number; length: number }): Uint8Array =>
  bytes.subarray(start, start + length);
