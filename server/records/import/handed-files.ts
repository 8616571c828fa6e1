/**
 * Files of charts that a page hands over beside the texts of an import. A page cannot be asked for them once their records are read, and
 * plain bytes never touch the disk: their pieces wait as sealed rows of this desk, and go away with the import.
 */
import { fromUtf8, utf8 } from '../../../shared/encoding/bytes.ts';
import { Failure } from '../../../shared/outcome/failure.ts';
import { ATTACHMENT_PIECE, checkedSize, pieceLength, piecesOf } from '../../../shared/records/attachment.ts';
import type { VaultRow } from '../../sync/gateway.ts';
import type { VaultContext } from '../../sync/vault-context/vault-context.ts';
import { everyRow, rowsOfKeys } from '../../sync/vault-context/vault-rows.store.ts';
import type { FileProgress } from './files-beside.ts';

/** Kinds of the vault's rows: which files wait, and their bytes; of this desk alone. */
const KIND = 'import-file';
const PIECE = 'import-file-piece';

interface HandedFile {
  /** In hexadecimal, of the import that it came with. */
  readonly arrival: string;
  /** Below the chosen folder, with `/`. */
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** How many of its pieces are here. */
  readonly pieces: number;
}

export class HandedFiles {
  /** Names what came together, in hexadecimal. */
  readonly arrival: string;
  readonly #context: VaultContext;
  readonly #files = new Map<string, HandedFile>();
  /** The file of which a piece came last. */
  coming: FileProgress | undefined;

  constructor(context: VaultContext, arrival: string) {
    this.#context = context;
    this.arrival = arrival;
  }

  /** Seals and keeps the next piece; durable when it resolves. One that is here already is passed over. @throws {Failure} `attachment.size`, `attachment.piece`; storage failures. */
  async put(path: string, size: number, index: number, content: Uint8Array): Promise<void> {
    checkedSize(size);
    const { rows, gateway } = this.#context;
    const file = this.#files.get(path) ?? { arrival: this.arrival, path, size, pieces: 0 };
    if (size === file.size && index < file.pieces) return;
    if (size !== file.size || index !== file.pieces || content.length !== pieceLength(size, index))
      throw new Failure('attachment.piece', 'This is not the piece that comes next. The file goes on by itself; try again.', {
        retry: true,
      });
    const next = { ...file, pieces: index + 1 };
    const key = pieceKey(this.#context, next, index);
    await gateway.commit({ rows: [fileRow(this.#context, next), rows.seal(PIECE, key, key, content)] });
    this.#files.set(path, next);
    this.coming = { file: path, bytes: Math.min(size, next.pieces * ATTACHMENT_PIECE), size };
  }

  /** Bytes of a file that is here whole. */
  sizeOf(path: string): number | undefined {
    const file = this.#files.get(path);
    return file && file.pieces === piecesOf(file.size) ? file.size : undefined;
  }

  /** Piece by piece. @throws {Failure} `attachment.piece-missing`; what does not open. */
  async *read(path: string): AsyncGenerator<Uint8Array> {
    const { reader, rows } = this.#context;
    const file = this.#files.get(path);
    for (let index = 0; file && index < file.pieces; index += 1) {
      const [row] = await rowsOfKeys(reader, PIECE, [pieceKey(this.#context, file, index)]);
      if (!row) throw new Failure('attachment.piece-missing', 'A part of this file is no longer here. Choose the folder again.');
      yield rows.open(PIECE, row);
    }
  }

  async drop(): Promise<void> {
    const files = [...this.#files.values()];
    this.#files.clear();
    await takeAway(this.#context, files);
  }
}

/** Takes away what imports have left that ended with their process. @param arrivals those that are under way */
export async function collectHandedFiles(context: VaultContext, arrivals: ReadonlySet<string>): Promise<void> {
  const left: HandedFile[] = [];
  for await (const page of everyRow(context.reader, KIND))
    for (const row of page) {
      const file = JSON.parse(fromUtf8(context.rows.open(KIND, row))) as HandedFile;
      if (!arrivals.has(file.arrival)) left.push(file);
    }
  await takeAway(context, left);
}

async function takeAway(context: VaultContext, files: readonly HandedFile[]): Promise<void> {
  for (const file of files) {
    const keys = Array.from({ length: file.pieces }, (_, index) => pieceKey(context, file, index));
    await context.gateway.commit({
      rows: [
        { ...fileRow(context, file), sealed: null },
        ...keys.map((key): VaultRow => ({ kind: PIECE, key, tag: key, sealed: null })),
      ],
    });
  }
}

function fileRow({ rows }: VaultContext, file: HandedFile): VaultRow {
  const key = rows.name(KIND, utf8(`${file.arrival}\n${file.path}`));
  return rows.seal(KIND, key, key, utf8(JSON.stringify(file)));
}

const pieceKey = ({ rows }: VaultContext, { arrival, path }: HandedFile, index: number): Uint8Array =>
  rows.name(PIECE, utf8(`${arrival}\n${path}\n${index}`));
