/** The frames and commits of a SQLite write-ahead log: https://www.sqlite.org/fileformat2.html#walformat */
const HEADER = 32;
const FRAME_HEADER = 24;

interface LogCommit {
  /** Frames up to and including the one that commits. */
  readonly frames: number;
  /** Pages of the database after it. */
  readonly pages: number;
}

export interface WalFile {
  readonly pageSize: number;
  /** A frame's bytes, its header included. */
  readonly frameSize: number;
  /** Frames of the log's present round. */
  readonly frames: number;
  readonly commits: readonly LogCommit[];
}

export function readWal(bytes: Buffer): WalFile {
  const pageSize = bytes.readUInt32BE(8);
  const frameSize = FRAME_HEADER + pageSize;
  const salt = bytes.subarray(16, 24);
  const commits: LogCommit[] = [];
  let frames = 0;
  for (let at = HEADER; at + frameSize <= bytes.length; at += frameSize) {
    if (!bytes.subarray(at + 8, at + 16).equals(salt)) break;
    frames += 1;
    const pages = bytes.readUInt32BE(at + 4);
    if (pages > 0) commits.push({ frames, pages });
  }
  return { pageSize, frameSize, frames, commits };
}

/** How many of the log's first frames are whole when its first wrong byte is at `at`. */
export function wholeFrames({ frameSize, frames }: WalFile, at: number): number {
  return at < HEADER ? 0 : Math.min(frames, Math.floor((at - HEADER) / frameSize));
}

/** The database as a commit left it, page by page: what SQLite is compared with. */
export function databaseAt(
  database: Buffer,
  log: Buffer,
  { pageSize, frameSize }: WalFile,
  { frames, pages }: LogCommit,
): Buffer {
  const image = Buffer.alloc(pages * pageSize);
  database.copy(image, 0, 0, Math.min(database.length, image.length));
  for (let frame = 0; frame < frames; frame++) {
    const at = HEADER + frame * frameSize;
    const page = log.readUInt32BE(at);
    log.copy(image, (page - 1) * pageSize, at + FRAME_HEADER, at + frameSize);
  }
  return image;
}
