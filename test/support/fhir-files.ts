/** FHIR files for import tests: folders on the real disk, from sample patients or from what a test writes. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type SampleResource, samplePatients } from '../../shared/patients/sample-patients.ts';

/** A folder that holds these files (text by relative path), gone after the test. */
export function folderOf(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'careledger-import-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

export const samples = (patients: number, seed = 7): SampleResource[] => [
  ...samplePatients({ seed, patients, encountersPerPatient: 3, referenceDate: '2026-01-05' }),
];

/** NDJSON as bulk exports write it: a file for each type. */
export function ndjsonByType(resources: readonly SampleResource[]): Record<string, string> {
  const files: Record<string, string> = {};
  for (const { resourceType, text } of resources) {
    const name = `${resourceType}.000.ndjson`;
    files[name] = `${files[name] ?? ''}${JSON.stringify(JSON.parse(text)) === text ? text : text.replaceAll('\n', ' ')}\n`;
  }
  return files;
}

export const patient = (id: string, fields: object = {}): string => {
  return JSON.stringify({
    resourceType: 'Patient',
    id,
    name: [{ family: 'Morgenstern', given: ['Lena'] }],
    birthDate: '1980-05-17',
    ...fields,
  });
};

/** A weight with the digits as given. */
export const weight = (id: string, subject: string, kilograms: string, date = '2026-01-04'): string => {
  const coding = '{"coding":[{"system":"http://loinc.org","code":"29463-7","display":"Body weight"}]}';
  const quantity = `{"value":${kilograms},"unit":"kg","system":"http://unitsofmeasure.org","code":"kg"}`;
  const category = '[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/observation-category","code":"vital-signs"}]}]';
  const named = id === '' ? '' : `"id":"${id}",`;
  return `{"resourceType":"Observation",${named}"status":"final","category":${category},"code":${coding},"subject":{"reference":"${subject}"},"effectiveDateTime":"${date}","valueQuantity":${quantity}}`;
};

export const bundle = (...entries: ReadonlyArray<{ readonly fullUrl?: string; readonly resource: string }>): string => {
  const written = entries.map(({ fullUrl, resource }) => `{${fullUrl ? `"fullUrl":"${fullUrl}",` : ''}"resource":${resource}}`);
  return `{"resourceType":"Bundle","type":"collection","entry":[${written.join(',')}]}`;
};
