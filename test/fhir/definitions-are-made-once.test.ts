import { mkdtemp, readdir, rm, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { prepared } from '../../server/fhir/definitions.ts';
import { takeUpDefinitions } from '../../shared/fhir/definitions.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'careledger-definitions-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('what was kept is what was made, and half a file is made anew', { timeout: 60_000 }, async () => {
  const file = join(folder, 'kept', 'r4.bin');
  const made = await prepared(file);
  expect(await prepared(file)).toEqual(made);
  await truncate(file, 1_000_000);
  expect(await prepared(file)).toEqual(made);
  expect(await readdir(join(folder, 'kept'))).toEqual(['r4.bin']);
  const { resourceTypes, members } = takeUpDefinitions(await prepared(file));
  expect(resourceTypes.has('Patient') && !resourceTypes.has('DomainResource')).toBe(true);
  expect([...(members('http://hl7.org/fhir/ValueSet/administrative-gender|4.0.1') ?? [])]).toEqual(
    ['male', 'female', 'other', 'unknown'].map((code) => `http://hl7.org/fhir/administrative-gender|${code}`),
  );
  expect(members('http://hl7.org/fhir/ValueSet/mimetypes')).toBeUndefined();
});

test('a program folder that cannot be written to is no hindrance', { timeout: 60_000 }, async () => {
  const inTheWay = join(folder, 'kept', 'r4.bin', 'below-a-file.bin');
  expect((await prepared(inTheWay)).resourceTypes).toContain('Observation');
});
