import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { idleExports } from './idle-exports.ts';
import { placeOf, refusals as refused } from './import-rules.ts';
import { folders, order, packages } from './layers.ts';
import { readSource } from './read-source.ts';

const refusals = (path: string, text: string): string[] => refused(path, readSource(path, text));
const imports = (path: string, specifier: string): string[] => refusals(path, `import { x } from '${specifier}';\nx();\n`);

describe('imports go only downward', () => {
  test.each([
    ['shared/records/records.ts', '../encoding/codec.ts'],
    ['shared/records/record-rules.ts', './records.ts'],
    ['shared/encoding/codec.ts', '../outcome/failure.ts'],
    ['shared/sync/page.ts', '../ledger/block.ts'],
    ['server/records/records.store.ts', '../storage/database.ts'],
    ['server/records/records.ts', '../../shared/records/record-rules.ts'],
    ['server/records/records.ts', '../consent/consent.ts'],
    ['server/records/records.resolvers.ts', '../graphql/generated/vault.ts'],
    ['server/graphql/schema.ts', '../records/records.ts'],
    ['server/workstation/careledger.ts', '../hub/hub.ts'],
    ['server/hub/hub.ts', '../rules-registry.ts'],
    ['server/rules-registry.ts', '../shared/consent/consent.ts'],
    ['renderer/staff/records/patient-chart.tsx', '../../parts/button.tsx'],
    ['renderer/staff/shell.tsx', './records/records.tsx'],
    ['renderer/start/main.tsx', '../staff/shell.tsx'],
    ['electron/main/main.ts', '../preload/preload.ts'],
    ['test/records/gate.test.ts', '../../server/records/records.store.ts'],
  ])('%s may import %s', (path, specifier) => {
    expect(imports(path, specifier)).toEqual([]);
  });

  test.each([
    ['shared/ledger/block.ts', '../records/records.ts', 'records stands above ledger'],
    ['shared/vault/seal.ts', '../ledger/event.ts', 'vault and ledger are strangers'],
    ['server/telemedicine/telemedicine.ts', '../marketplace/marketplace.ts', 'telemedicine and marketplace are strangers'],
    ['server/telemedicine/telemedicine.ts', '../../shared/marketplace/marketplace.ts', 'strangers'],
    ['server/records/records.resolvers.ts', '../graphql/schema.ts', 'graphql stands above records'],
    ['server/records/records.ts', '../rules-registry.ts', 'registry stands above records'],
    ['server/hub/hub.ts', '../workstation/device-service.ts', 'workstation stands above hub'],
    ['renderer/parts/button.tsx', '../staff/records/patient-chart.tsx', 'records stands above parts'],
    ['renderer/kiosk/kiosk.tsx', '../staff/shell.tsx', 'kiosk-screens and staff are strangers'],
  ])('%s may not import %s', (path, specifier, reason) => {
    expect(imports(path, specifier)).toEqual([expect.stringContaining(reason)]);
  });

  test('a type, a dynamic import and a re-export are imports as well', () => {
    for (const text of [
      "import type { R } from '../records/records.ts'; export const r = (x: R) => x;",
      "export const r = () => import('../records/records.ts');",
      "export { r } from '../records/records.ts';",
      "export type R = import('../records/records.ts').R;",
    ]) {
      expect(refusals('shared/ledger/block.ts', text)).toHaveLength(1);
    }
  });
});

describe('floors keep apart', () => {
  test.each([
    ['shared/ledger/block.ts', '../../server/storage/database.ts', 'shared/ may not import from server/'],
    ['renderer/start/main.tsx', '../../server/hub/hub.ts', 'renderer/ may not import from server/'],
    ['renderer/start/main.tsx', '../../electron/preload/preload.ts', 'renderer/ may not import from electron/'],
    ['electron/main/main.ts', '../../server/workstation/device/device-service.ts', 'electron/ may not import from server/'],
    ['server/hub/hub.ts', '../../test/support/builders.ts', 'server/ may not import from test/'],
    ['server/hub/hub.ts', '../../vitest.config.ts', 'server/ may not import from tools/'],
    ['shared/ledger/block.ts', 'node:crypto', 'without Node'],
    ['shared/ledger/block.ts', 'crypto', 'without Node'],
    ['shared/ledger/block.ts', '../../package.json', 'does not know the package'],
    ['renderer/parts/button.tsx', 'node:fs', 'without Node'],
  ])('%s may not import %s', (path, specifier, reason) => {
    expect(imports(path, specifier)).toEqual([expect.stringContaining(reason)]);
  });
});

describe('packages have their place', () => {
  test.each([
    ['server/storage/connection.ts', 'sqlite3'],
    ['renderer/parts/table.tsx', '@mantine/core'],
    ['renderer/start/link.ts', 'graphql-ws/client'],
    ['test/ledger/merkle.test.ts', 'fast-check'],
    ['test/storage/queue.test.ts', 'sqlite3'],
    ['vitest.config.ts', 'vitest/config'],
  ])('%s may use %s', (path, specifier) => {
    expect(imports(path, specifier)).toEqual([]);
  });

  test.each([
    ['server/records/records.store.ts', 'sqlite3', 'kept for server/storage'],
    ['shared/ledger/block.ts', 'react', 'kept for renderer'],
    ['server/hub/hub.ts', 'react', 'kept for renderer'],
    ['server/hub/hub.ts', 'electron', 'kept for electron'],
    ['shared/ledger/block.ts', 'fast-check', 'kept for tests'],
    ['server/hub/hub.ts', 'left-pad', 'left-pad is not in test/rules/layers.ts'],
    ['test/ledger/merkle.test.ts', 'left-pad', 'left-pad is not in test/rules/layers.ts'],
    ['server/hub/hub.ts', '@somebody/something/deep', '@somebody/something is not in'],
    ['server/hub/hub.ts', '/srv/absolute.ts', 'is not in test/rules/layers.ts'],
  ])('%s may not use %s', (path, specifier, reason) => {
    expect(imports(path, specifier)).toEqual([expect.stringContaining(reason)]);
  });

  test('every package that the project depends on and imports by name is in the table', () => {
    const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Record<string, Record<string, string>>;
    const commandsOnly = /^(@types\/|typescript$|node$|@biomejs\/|@graphql-codegen\/)/;
    const wanted = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies }).filter(
      (name) => !commandsOnly.test(name),
    );
    expect(wanted.filter((name) => !(name in packages))).toEqual([]);
  });
});

describe('what the tables do not know is refused', () => {
  test('a folder', () => {
    expect(refusals('shared/astrology/stars.ts', '')).toEqual([expect.stringContaining('is not in test/rules/layers.ts')]);
    expect(refusals('attic/box.ts', '')).toHaveLength(1);
    expect(refusals('shared/loose.ts', '')).toHaveLength(1);
    expect(refusals('server/astrology/stars.ts', '')).toHaveLength(1);
    expect(refusals('renderer/staff/astrology/stars.tsx', '')).toHaveLength(1);
    expect(imports('server/records/records.ts', '../astrology/stars.ts')).toHaveLength(1);
  });

  test('every folder in the table has a line in the order', () => {
    const known = order.flat();
    const named = Object.values(folders).flatMap((floor) => Object.values(floor));
    expect(named.filter((name) => !known.includes(name))).toEqual([]);
    expect(new Set(known).size).toBe(known.length);
  });

  test('the longest matching folder counts', () => {
    expect(placeOf('renderer/staff/records/deep/part.tsx')?.name).toBe('records');
    expect(placeOf('renderer/staff/shell.tsx')?.name).toBe('staff');
    expect(placeOf('server/graphql/generated/vault.ts')?.name).toBe('generated');
  });
});

test('an import that is computed at run time is refused outside of tests', () => {
  const text = 'export const load = (path: string) => import(path);';
  expect(refusals('server/hub/hub.ts', text)).toEqual([expect.stringContaining('cannot be checked')]);
  expect(refusals('test/support/host.ts', text)).toEqual([]);
});

describe('a domain is entered by its front door', () => {
  test('another domain and the programs import the file named after it', () => {
    expect(imports('server/records/records.ts', '../consent/decide.ts')).toEqual([
      expect.stringContaining('behind the front door of consent'),
    ]);
    expect(imports('server/graphql/schema.ts', '../records/records.resolvers.ts')).toHaveLength(1);
    expect(imports('server/graphql/schema.ts', '../records/records.ts')).toEqual([]);
  });

  test('its own files on every floor go in and out freely', () => {
    expect(imports('server/consent/consent.ts', '../../shared/consent/decide.ts')).toEqual([]);
    expect(imports('renderer/staff/consent/form.tsx', '../../../shared/consent/decide.ts')).toEqual([]);
  });

  test('the libraries below have no door', () => {
    expect(imports('server/records/records.ts', '../../shared/ledger/merkle.ts')).toEqual([]);
  });
});

describe('SQL stays with the stores', () => {
  const text = "export const q = 'DELETE FROM person WHERE id = ?';\n";
  test.each([['server/records/records.store.ts'], ['server/storage/migrations/0010-blocks.ts'], ['test/storage/old.test.ts']])(
    '%s may hold it',
    (path) => {
      expect(refusals(path, text)).toEqual([]);
    },
  );
  test.each([['server/records/records.ts'], ['server/workstation/careledger.ts'], ['renderer/start/main.tsx']])(
    '%s may not',
    (path) => {
      expect(refusals(path, text)).toEqual([`${path}:1 SQL belongs in the domain's .store.ts or in server/storage`]);
    },
  );
});

test('generated files are not judged', () => {
  expect(imports('server/graphql/generated/vault.ts', '../../workstation/context.ts')).toEqual([]);
});

describe('what is exported is taken by another file', () => {
  const idle = (files: Record<string, string>): string[] =>
    idleExports(new Map(Object.entries(files).map(([path, text]) => [path, readSource(path, text)])));
  const kept = 'export const a = 1;\nexport interface B {}\nexport function c() {}\n';

  test('a name that nobody takes is refused with its line', () => {
    const taker = "import { a, type B } from './kept.ts';\na satisfies B;\n";
    expect(idle({ 'shared/ledger/kept.ts': kept, 'shared/ledger/taker.ts': taker })).toEqual([
      expect.stringContaining('shared/ledger/kept.ts:3 no other file takes c'),
    ]);
  });

  test.each([
    ["import * as all from './kept.ts';"],
    ["const all = await import('./kept.ts');"],
    ["type All = typeof import('./kept.ts');"],
  ])('all names are in use by %s', (text) => {
    expect(idle({ 'shared/ledger/kept.ts': kept, 'shared/ledger/taker.ts': text })).toEqual([]);
  });

  test('a default export, for tools, and what generators write are let be', () => {
    expect(idle({ 'tool.config.ts': 'export default {};', 'server/graphql/generated/vault.ts': kept })).toEqual([]);
  });
});
