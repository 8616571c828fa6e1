/**
 * Files that come from outside, on sticks, shares and in folders that others write to. A name there may stand for a pipe or a device, whose
 * opening or reading never ends and holds a thread of this process for as long, or for a link to a file of this computer.
 */
import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';

interface Opening {
  /** Whether a link is followed; one that a person named is. */
  readonly links: 'followed' | 'refused';
}

/** What lies there is no file. */
export class NoRegularFile extends Error {
  readonly code = 'ENOTFILE';

  constructor(path: string) {
    super(`${path} is a folder, a pipe, a device or a link`);
    this.name = 'NoRegularFile';
  }
}

/** Never waits for who is at the other end. @throws {NoRegularFile}; as `open`. */
export async function openRegularFile(path: string, { links }: Opening): Promise<FileHandle> {
  // Windows has neither flag, and no pipes or devices among the files of a folder.
  const { O_RDONLY, O_NONBLOCK = 0, O_NOFOLLOW = 0 } = constants;
  const file = await open(path, O_RDONLY | O_NONBLOCK | (links === 'refused' ? O_NOFOLLOW : 0)).catch((error: unknown) => {
    // What a socket and a link that is not followed are answered with.
    const { code = '' } = error as NodeJS.ErrnoException;
    throw code === 'ENXIO' || code === 'ELOOP' ? new NoRegularFile(path) : error;
  });
  try {
    if (!(await file.stat()).isFile()) throw new NoRegularFile(path);
    return file;
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** All of it. @param most bytes that are read; a longer one gives one more. @throws {NoRegularFile}; as `open` and `read`. */
export async function readRegularFile(path: string, most: number, opening: Opening): Promise<Buffer> {
  const file = await openRegularFile(path, opening);
  try {
    const { size } = await file.stat();
    const bytes = Buffer.alloc(Math.min(size, most) + 1);
    let length = 0;
    for (;;) {
      const { bytesRead } = await file.read(bytes, length, bytes.length - length);
      if (bytesRead === 0) return bytes.subarray(0, length);
      length += bytesRead;
    }
  } finally {
    await file.close();
  }
}
