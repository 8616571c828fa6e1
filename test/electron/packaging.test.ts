/** What `electron-builder.yml` promises of a package; read as text, a package itself needs Electron's binary. */
import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const settings = readFileSync('electron-builder.yml', 'utf8');

/** The indented `name: value` lines below a heading. */
function section(name: string): Record<string, string> {
  const body = new RegExp(`^${name}:\\n((?:  .*\\n)+)`, 'm').exec(settings)?.[1] ?? '';
  return Object.fromEntries([...body.matchAll(/^ {2}(\w+): (.+)$/gm)].map(([, key, value]) => [key, value]));
}

test('every fuse is set, and strictly', () => {
  expect(section('electronFuses')).toEqual({
    runAsNode: 'false',
    enableNodeOptionsEnvironmentVariable: 'false',
    enableNodeCliInspectArguments: 'false',
    onlyLoadAppFromAsar: 'true',
    enableEmbeddedAsarIntegrityValidation: 'true',
    enableCookieEncryption: 'true',
    grantFileProtocolExtraPrivileges: 'false',
    loadBrowserProcessSpecificV8Snapshot: 'false',
    resetAdHocDarwinSignature: 'true',
  });
  expect(settings).toMatch(/^asar: true$/m);
});

test('the schemas that the services read at their start are in the package', () => {
  expect(settings).toMatch(/^ {2}- shared\/\*\*\/\*\.graphql$/m);
  expect(settings).toMatch(/^ {2}- package\.json$/m);
});

test('packages are made for Linux, Windows and macOS, and install where people cannot write', () => {
  expect(section('linux').target).toBe('[AppImage, deb]');
  expect(section('win').target).toBe('nsis');
  expect(section('mac').target).toBe('dmg');
  expect(section('nsis').perMachine).toBe('true');
  expect(section('appImage').executableArgs).toBe('[--enable-sandbox]');
});

test('no script of the page asks for what only Node has', () => {
  const scripts = globSync('out/renderer/assets/*.js');
  expect(scripts.length).toBeGreaterThan(20);
  const asking = scripts.filter((path) => /\bBuffer\.(?:from|alloc\w*|concat|byteLength)\b/.test(readFileSync(path, 'utf8')));
  expect(asking).toEqual([]);
});
