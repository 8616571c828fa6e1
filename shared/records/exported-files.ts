/** What an export lays in its folder beside its records, for who writes one and for who takes one in. */
import type { Attachment } from './attachment.ts';

/** Where a manifest lies in the folder of its export. */
export const MANIFEST_FILE = 'manifest.json';
/** The folder of an export with the files of charts. */
export const EXPORTED_FILES = 'files';

export interface ExportedFile {
  /** Below the manifest's folder, with `/`. */
  readonly name: string;
  /** Media type. */
  readonly type: string;
  readonly bytes: number;
  /** Hexadecimal. */
  readonly sha256: string;
  /** Resources of a file of them; 0 for a file of a chart. */
  readonly resources: number;
}

/** Where an export lays a file of a chart, below its folder. */
export const exportedFile = ({ id, name }: Pick<Attachment, 'id' | 'name'>): string =>
  `${EXPORTED_FILES}/${id}-${name.replaceAll(/[^A-Za-z0-9._-]+/g, '_').slice(-80)}`;

/**
 * Whether a place is that of a chart's file in an export: then it holds no records to read, whatever its name ends in.
 * @param path with `/`, below the chosen folder
 * @param isThere whether the chosen folder has a file at a place
 */
export function isExportedFile(path: string, isThere: (path: string) => boolean): boolean {
  const [, above] = /^(.*\/|)files\/[0-9a-f]{32}-[^/]+$/.exec(path) ?? [];
  return above !== undefined && isThere(`${above}${MANIFEST_FILE}`);
}
