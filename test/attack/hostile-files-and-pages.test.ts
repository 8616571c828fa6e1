/** Threats S1 and X1: files that want to be more than records, and a page that must give them no way to. */
import { mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { contentSecurityPolicy } from '../../shared/pages/page-policy.ts';
import { ClinicDesk } from '../support/clinic-desk.ts';
import { folderOf, patient, weight } from '../support/fhir-files.ts';

const SCRIPT = '<script>alert(1)</script>';

const sources = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(?:tsx?|html)$/.test(name) && !name.startsWith('generated'))
    .map((name) => join(folder, name));

/** Opens one address of this computer: a port and a ticket go into it, nothing else. */
const OPENED = /window\.open\(`http:\/\/localhost:\$\{port\}\/#\$\{ticket\}`, /;

test('no source of the page turns text into markup, script or an address', () => {
  const files = sources(join(import.meta.dirname, '../../renderer'));
  expect(files.length).toBeGreaterThan(50);
  for (const path of files) {
    const text = readFileSync(path, 'utf8')
      .replaceAll(/\/\*[\s\S]*?\*\/|(?<!:)\/\/.*$/gm, '')
      .replace(OPENED, '');
    for (const sink of [
      /dangerouslySetInnerHTML/,
      /\.(?:inner|outer)HTML\s*=/,
      /insertAdjacentHTML|document\.write|createContextualFragment|srcdoc|srcDoc/,
      /\beval\(|new Function\(/,
      /javascript:/i,
      /\bwindow\.open\(|location\.(?:href|assign|replace)\b\s*[(=]/,
      /<(?:iframe|object|embed|base)[\s>]/,
    ])
      expect([path, sink.source, sink.test(text)]).toEqual([path, sink.source, false]);
  }
});

test('the page policy allows no script but its own, no style without its nonce, no frame, no form, no base', () => {
  const policy = contentSecurityPolicy('N');
  expect(policy).not.toMatch(/unsafe|\*|data:|https?:/);
  for (const part of [
    "default-src 'none'",
    "script-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
  ])
    expect(policy).toContain(part);
});

test('what wants to be script is refused or stays text; the rest of the file goes in', async () => {
  const desk = await ClinicDesk.open();
  const { request } = await desk.unlock();
  const told = (fields: object, id: string): string => patient(id, fields);
  const div = (inner: string): object => ({
    text: { status: 'generated', div: `<div xmlns="http://www.w3.org/1999/xhtml">${inner}</div>` },
  });
  const lines = [
    patient('good'),
    told({ name: [{ family: SCRIPT, given: ['\u202eevil'] }] }, 'script-name'),
    told({ name: [{ family: 'Nul\u0000Byte\u001b[31m' }] }, 'control'),
    told(div(SCRIPT), 'narrative-script'),
    told(div('<a href="javascript:alert(1)">x</a>'), 'narrative-link'),
    told(div('<img src="http://evil.example/x.png" onerror="alert(1)"/>'), 'narrative-image'),
    told({ photo: [{ contentType: 'image/png', url: 'file:///etc/passwd' }] }, 'photo'),
    '{"__proto__":{"resourceType":"Patient"},"resourceType":"Patient","id":"proto","constructor":{"x":1}}',
    `{"resourceType":"Patient","id":"deep","extension":${'[{"url":"u","extension":'.repeat(2_000)}[]${'}]'.repeat(2_000)}}`,
    `${'['.repeat(100_000)}${']'.repeat(100_000)}`,
    weight('w', 'Patient/good', '61.5'),
  ];
  const { id } = await request.imports.startPaths([folderOf({ 'hostile.ndjson': lines.join('\n') })]);
  await request.imports.settled(id);
  const job = await request.imports.get(id);
  expect(job.state).toBe('DONE');
  const refused = await request.imports.refused(id, 100);
  expect(refused.map(({ line }) => line)).toEqual(expect.arrayContaining([9, 10]));
  expect(refused.map(({ line }) => line)).not.toContain(1);
  expect(refused.map(({ line }) => line)).not.toContain(11);
  expect(JSON.stringify(refused)).not.toContain('<script>');
  expect(({} as { resourceType?: string }).resourceType).toBeUndefined();
  const found = (await request.patients.find('', 50, undefined)).patients.map(({ patient: each }) => each.summary.fullName);
  for (const name of found) expect(name).not.toMatch(/\p{Cc}/u);
}, 60_000);

test('a folder that contains itself, and links to elsewhere, end and lead nowhere', async () => {
  const desk = await ClinicDesk.open();
  const { request } = await desk.unlock();
  const outside = folderOf({ 'secret.ndjson': patient('secret') });
  const folder = folderOf({ 'in.ndjson': patient('inside', { name: [{ family: 'Inside' }] }) });
  symlinkSync(folder, join(folder, 'loop'));
  symlinkSync(join(outside, 'secret.ndjson'), join(folder, 'link.ndjson'));
  symlinkSync(outside, join(folder, 'beside'));
  let deep = folder;
  for (let at = 0; at < 40; at++) {
    deep = join(deep, 'd');
    mkdirSync(deep);
  }
  const { id } = await request.imports.startPaths([folder]);
  await request.imports.settled(id);
  expect(await request.imports.get(id)).toMatchObject({ state: 'DONE', accepted: 1 });
  expect((await request.patients.find('', 10, undefined)).patients).toHaveLength(1);
});
