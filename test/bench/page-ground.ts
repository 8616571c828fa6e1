/**
 * What benches of the page stand on: the program as a clinic starts it, in Chromium, unlocked, with the largest chart (Synthea's ten
 * patients where the shared data is beside the project, else sample patients of our own) and a directory of as many people as asked for.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { buildProgram, isBuildStale } from '../../electron/launch/build-state.ts';
import { Patients } from '../../server/patients/patients.ts';
import { openDatabase } from '../../server/storage/database.ts';
import { writeAct } from '../../server/sync/own-acts/act.store.ts';
import { vaultContext } from '../../server/sync/vault-context/vault-context.ts';
import { KeyStore } from '../../server/vault/key-store.ts';
import { CLINIC_MIGRATIONS } from '../../server/workstation/folder/installation.ts';
import { fromHex } from '../../shared/encoding/bytes.ts';
import { patientSummary, searchTerms } from '../../shared/fhir/patient-summary.ts';
import { samplePatients } from '../../shared/patients/sample-patients.ts';
import { findChromium } from '../electron-host/find-chromium.ts';
import { ProgramProcess, runProgram } from '../support/program-process.ts';
import { hasSharedData, sharedPath } from '../support/shared-data.ts';
import { person } from './people.ts';

const PASSPHRASE = 'copper lantern drifting walrus';
const SAMPLES = { seed: 7, patients: 40, encountersPerPatient: 20, referenceDate: '2026-01-05' };
const PEOPLE_IN_COMMIT = 10_000;

export const PROJECT = resolve(import.meta.dirname, '../..');

interface Ground {
  readonly page: Page;
  /** Family name of the patient with the most encounters. */
  readonly name: string;
  /** What the largest chart is, for the run's notes. */
  readonly about: string;
  /** Paths of the page's files until its first screen, the locked door. */
  readonly door: readonly string[];
}

/** @param people in the directory beside those who have charts. Undefined where no Chromium is installed. */
export async function atDesk<Value>(
  people: number,
  note: (text: string) => void,
  work: (ground: Ground) => Promise<Value>,
): Promise<Value | undefined> {
  const executablePath = findChromium();
  if (!executablePath) {
    note('no Chromium is installed, so nothing is opened in a browser.');
    return undefined;
  }
  const fault = isBuildStale(PROJECT) ? buildProgram(PROJECT) : undefined;
  if (fault) throw new Error(fault);
  const own = mkdtempSync(join(tmpdir(), 'careledger-bench-page-'));
  let program: ProgramProcess | undefined;
  let browser: Browser | undefined;
  try {
    const source = hasSharedData ? sharedPath('fhir/synthea-10') : writeSamples(join(own, 'export'));
    const folder = join(own, 'clinic');
    await makeClinic(folder, join(own, 'passphrase'), source, people);
    const [started, { address, code }] = await ProgramProcess.start(['serve', '--data', folder, '--port', '0', '--json']);
    program = started;
    browser = await chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
    const page = await (await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'en-GB' })).newPage();
    page.setDefaultTimeout(120_000);
    await page.goto(address as string);
    await page.getByLabel('Code from the terminal').fill(code as string);
    await page.getByRole('button', { name: 'Continue', exact: true }).click();
    await page.locator('input[type=password]').waitFor();
    const door = await loadedFiles(page);
    await page.locator('input[type=password]').fill(PASSPHRASE);
    await page.getByRole('button', { name: 'Unlock', exact: true }).click();
    await page.getByRole('navigation', { name: 'Main navigation' }).waitFor();
    const { name, encounters } = largestChart(source);
    const about = `${hasSharedData ? 'synthea-10' : `${SAMPLES.patients} sample patients`}: a chart of ${encounters} encounters`;
    return await work({ page, name, about, door });
  } finally {
    await browser?.close();
    await program?.end();
    rmSync(own, { recursive: true, force: true });
  }
}

/** Paths of the program's files that the page has asked for since it began. */
export const loadedFiles = (page: Page): Promise<string[]> =>
  page.evaluate(() => [
    '/index.html',
    ...performance.getEntriesByType('resource').flatMap(({ name }) => {
      const { pathname } = new URL(name);
      return /\.(?:js|css|svg|woff2)$/.test(pathname) ? [pathname] : [];
    }),
  ]);

export const goTo = (page: Page, screen: string): Promise<void> =>
  page.getByRole('navigation', { name: 'Main navigation' }).getByRole('button', { name: screen, exact: true }).click();

async function makeClinic(folder: string, passphraseFile: string, source: string, people: number): Promise<void> {
  writeFileSync(passphraseFile, PASSPHRASE);
  const common = ['--data', folder, '--passphrase-file', passphraseFile, '--json'];
  const made = await runProgram(['init', ...common, '--clinic', 'Harbour Clinic', '--administrator', 'Ana Ferreira']);
  const imported = made.code === 0 ? await runProgram(['import', source, ...common]) : made;
  if (imported.code !== 0) throw new Error(imported.err);
  await fillDirectory(folder, fromHex((JSON.parse(made.out) as { chain: string }).chain), people);
}

/** Puts people into the directory as it keeps them, without an act for each: as a clinic is after its years. */
async function fillDirectory(folder: string, chain: Uint8Array, people: number): Promise<void> {
  const keys = await KeyStore.open(join(folder, 'keys.db'));
  const database = await openDatabase({ path: join(folder, 'clinic.db'), migrations: CLINIC_MIGRATIONS, mode: 'replica' });
  const [slot] = await keys.slots([]);
  const keyStore = await keys.unlock(slot?.staff ?? new Uint8Array(0), PASSPHRASE, []);
  const staff = { name: 'Ana Ferreira', role: 'administrator' } as const;
  // Nothing here asks the device service.
  const gateway = undefined as never;
  const context = await vaultContext({ keyStore, gateway, reader: database.read, chain, device: chain, staff });
  const patients = await Patients.open(context);
  for (let from = 0; from < people; from += PEOPLE_IN_COMMIT) {
    const rows = Array.from({ length: Math.min(PEOPLE_IN_COMMIT, people - from) }, (_, at) => {
      const resource = person(from + at);
      return patients.row(patients.begin(patientSummary(resource), searchTerms(resource)));
    });
    await database.write((transaction) =>
      writeAct(transaction, { blocks: [], pending: new Map(), places: new Map(), write: { rows } }),
    );
  }
  await patients.close();
  await database.close();
  await keys.close();
}

interface Named {
  readonly id: string;
  readonly name?: ReadonlyArray<{ readonly family?: string; readonly given?: readonly string[] }>;
}

/** The patient with the most encounters in a folder of NDJSON files. */
function largestChart(folder: string): { name: string; encounters: number } {
  const lines = <Row>(type: string): Row[] =>
    readFileSync(join(folder, `${type}.000.ndjson`), 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Row);
  const counts = new Map<string, number>();
  for (const { subject } of lines<{ subject: { reference: string } }>('Encounter'))
    counts.set(subject.reference, (counts.get(subject.reference) ?? 0) + 1);
  const [[reference, encounters] = ['', 0]] = [...counts].sort(([, a], [, b]) => b - a);
  const patient = lines<Named>('Patient').find(({ id }) => reference === `Patient/${id}`);
  return { name: patient?.name?.[0]?.family ?? '', encounters };
}

function writeSamples(folder: string): string {
  mkdirSync(folder);
  const files = new Map<string, string[]>();
  for (const { resourceType, text } of samplePatients(SAMPLES))
    files.set(resourceType, [...(files.get(resourceType) ?? []), JSON.stringify(JSON.parse(text))]);
  for (const [type, texts] of files) writeFileSync(join(folder, `${type}.000.ndjson`), `${texts.join('\n')}\n`);
  return folder;
}
