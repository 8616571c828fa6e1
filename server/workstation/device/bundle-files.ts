/** Bundles as files: written into a folder of a person's choice, read from where they lie. */
import { join, resolve } from 'node:path';
import { Failure } from '../../../shared/outcome/failure.ts';
import { MAX_BUNDLE_BYTES } from '../../../shared/sync/bundle.ts';
import { writeFileDurably } from '../../storage/durable-file.ts';
import { readRegularFile } from '../../storage/regular-file.ts';
import type { WrittenBundle } from '../../sync/bundle.ts';
import type { ReadBundle } from './clinic-sync.ts';
import type { DeviceService } from './device-service.ts';

interface BundleFile extends Omit<WrittenBundle, 'bytes'> {
  /** Absolute. */
  readonly path: string;
  readonly bytes: number;
}

/**
 * @param after blocks that the other computer has already
 * @param recipient chain of the clinic that is to open it, hexadecimal; this one without it
 * @throws {Failure} `bundle.*`, `sync.no-region`, `bundle.folder` when it cannot be written there.
 */
export async function exportBundle(
  service: DeviceService,
  folder: string,
  after: number,
  recipient: string | undefined,
): Promise<BundleFile> {
  if (!Number.isSafeInteger(after) || after < 0)
    throw new Failure('bundle.after', 'Say as a whole number how many blocks the other computer has; 0 for none.');
  const { bytes, ...written } = await service.writeBundle(
    after,
    recipient === undefined ? undefined : Buffer.from(recipient, 'hex'),
  );
  const path = join(resolve(folder), `careledger-${written.from}-${written.size}.bundle`);
  await writeBundleFile(path, bytes);
  return { ...written, path, bytes: bytes.length };
}

/** @throws {Failure} `bundle.folder`. */
export async function writeBundleFile(path: string, bytes: Uint8Array): Promise<void> {
  try {
    await writeFileDurably(path, bytes);
  } catch (cause) {
    throw new Failure(
      'bundle.folder',
      `The bundle cannot be written to ${path}. Look whether the folder is there and has room.`,
      { details: { path }, cause },
    );
  }
}

/** @throws {Failure} `bundle.file` when it cannot be read; `bundle.*` by name what is wrong with it. */
export async function importBundle(service: DeviceService, path: string): Promise<ReadBundle> {
  return service.readBundle(await readBundleFile(resolve(path)));
}

async function readBundleFile(path: string): Promise<Buffer> {
  try {
    const bytes = await readRegularFile(path, 2 * MAX_BUNDLE_BYTES, { links: 'followed' });
    if (bytes.length > 2 * MAX_BUNDLE_BYTES) throw new Failure('bundle.altered', 'This file is too large for a bundle.');
    return bytes;
  } catch (cause) {
    if (cause instanceof Failure) throw cause;
    throw new Failure(
      'bundle.file',
      `The bundle ${path} cannot be read. Look whether the stick is in place and the file is there.`,
      { details: { path }, cause },
    );
  }
}
