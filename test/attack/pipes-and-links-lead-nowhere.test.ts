/** Sticks, shares and folders of others hold pipes, devices and links where files are looked for: nobody waits at them or is led out. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findImportFiles, readImportFile } from '../../server/fhir/import-files.ts';
import { restoreHub } from '../../server/hub/backup/hub-backup.ts';
import { writeFileDurably } from '../../server/storage/durable-file.ts';
import { readPart } from '../../server/vault/sealed-files.ts';
import { readHeader } from '../../server/workstation/backup/backup-files.ts';
import { importBundle } from '../../server/workstation/device/bundle-files.ts';
import type { DeviceService } from '../../server/workstation/device/device-service.ts';

let folder: string;
const at = (name: string): string => join(folder, name);
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'careledger-pipes-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** What stands where a file is looked for. */
const OTHERS: ReadonlyArray<readonly [string, (path: string) => void]> = [
  ['a pipe', (path) => void execFileSync('mkfifo', [path])],
  ['a device without end', (path) => symlinkSync('/dev/zero', path)],
  [
    'a link to a pipe',
    (path) => {
      execFileSync('mkfifo', [`${path}.pipe`]);
      symlinkSync(`${path}.pipe`, path);
    },
  ],
  ['a folder', (path) => mkdirSync(path)],
];

describe.skipIf(process.platform === 'win32')('nobody waits', () => {
  test.each(OTHERS)('at %s where a bundle should be', async (_, put) => {
    put(at('x.bundle'));
    await expect(importBundle({} as DeviceService, at('x.bundle'))).rejects.toMatchObject({ code: 'bundle.file' });
  });

  test.each(OTHERS)('at %s where the parts of a backup should be', async (_, put) => {
    put(at('backup.json'));
    put(at('contents.sealed'));
    await expect(readHeader(folder)).rejects.toMatchObject({ code: 'backup.file-altered' });
    await expect(readPart(folder, 'contents.sealed')).rejects.toMatchObject({ code: 'backup.file-altered' });
    put(at('hub-backup.json'));
    await expect(restoreHub(folder, at('data'), '0'.repeat(64), 0)).rejects.toMatchObject({ code: 'backup.file-altered' });
  });

  test.each(OTHERS.slice(0, 3))('at %s among files to import', async (_, put) => {
    put(at('a.ndjson'));
    writeFileSync(at('b.ndjson'), '');
    const { files } = await findImportFiles([folder]);
    expect(files.map(({ file }) => file)).toEqual(['b.ndjson']);
    await expect(findImportFiles([at('a.ndjson')])).rejects.toMatchObject({ code: 'fhir.path-no-file' });
    // It was a file when it was found.
    const found = { absolutePath: at('a.ndjson'), file: 'a.ndjson', format: 'ndjson', size: 1 } as const;
    const items: unknown[] = [];
    for await (const item of readImportFile(found, { check: () => ({ errors: [], warnings: [] }) })) items.push(item);
    expect(items).toMatchObject([{ kind: 'refusal', code: 'fhir.file-unreadable' }]);
  });
});

describe.skipIf(process.platform === 'win32')('what is written where others write too', () => {
  test('goes through no link that lies under its unfinished name, and waits at no pipe', async () => {
    const unfinished = at(`.x.bundle.${process.pid}.tmp`);
    writeFileSync(at('own'), 'mine');
    symlinkSync(at('own'), unfinished);
    await writeFileDurably(at('x.bundle'), Buffer.from('first'));
    execFileSync('mkfifo', [unfinished]);
    await writeFileDurably(at('x.bundle'), Buffer.from('second'));
    expect([readFileSync(at('own'), 'utf8'), readFileSync(at('x.bundle'), 'utf8')]).toEqual(['mine', 'second']);
  });
});
