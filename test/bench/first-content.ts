/**
 * The largest chart in a browser, through the program as a clinic starts it: from the click on a patient to the first content
 * painted. Synthea's ten patients where the shared data is beside the project, else sample patients of our own.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { buildProgram, isBuildStale } from '../../electron/launch/build-state.ts';
import { samplePatients } from '../../shared/patients/sample-patients.ts';
import { findChromium } from '../electron-host/find-chromium.ts';
import { startWorkstation } from '../screens/workstation-process.ts';
import { hasSharedData, sharedPath } from '../support/shared-data.ts';
import { median, quantile, type Result } from './contest.ts';

const OPENINGS = 20;
const LIMIT_MS = 300;
const PATIENTS = 40;
const PASSPHRASE = 'copper lantern drifting walrus';
/** An entry in a part of the chart's summary. */
const CONTENT = '[role="tabpanel"] section[aria-label] li';

export async function firstContent(note: (text: string) => void): Promise<Result[]> {
  const executablePath = findChromium();
  if (!executablePath) {
    note('no Chromium is installed, so no chart is opened in a browser.');
    return [];
  }
  const project = resolve(import.meta.dirname, '../..');
  const fault = isBuildStale(project) ? buildProgram(project) : undefined;
  if (fault) throw new Error(fault);
  const own = mkdtempSync(join(tmpdir(), 'careledger-bench-chart-'));
  const source = hasSharedData ? sharedPath('fhir/synthea-10') : writeSamples(join(own, 'export'));
  const program = await startWorkstation();
  let browser: Browser | undefined;
  try {
    browser = await chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
    const page = await (await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'en-GB' })).newPage();
    page.setDefaultTimeout(120_000);
    await page.goto(program.address);
    await begin(page, program.code);
    await importFrom(page, source);
    const { name, encounters } = largestChart(source);
    const taken: number[] = [];
    for (let time = 0; time < OPENINGS; time++) taken.push(await openChart(page, name));
    note(
      `${hasSharedData ? 'synthea-10' : `${PATIENTS} sample patients`}: a chart of ${encounters} encounters, ${OPENINGS} openings, p95 ${Math.round(quantile(taken, 0.95))} ms`,
    );
    const value = median(taken);
    const against = `${LIMIT_MS} ms`;
    return [
      { id: 'chart.first-content', value, unit: 'ms', limit: LIMIT_MS, ratio: value / LIMIT_MS, bar: { atMost: 1 }, against },
    ];
  } finally {
    await browser?.close();
    await program.close();
    rmSync(own, { recursive: true, force: true });
  }
}

async function begin(page: Page, code: string): Promise<void> {
  await page.getByLabel('Code from the terminal').fill(code);
  await page.getByRole('button', { name: 'Continue', exact: true }).click();
  await page.getByRole('button', { name: /Create a clinic/ }).click();
  await page.getByLabel('Name of the clinic').fill('Harbour Clinic');
  await page.getByLabel('Your name, as its first').fill('Ana Ferreira');
  await page.getByLabel(/^New passphrase( \*)?$/).fill(PASSPHRASE);
  await page.getByLabel('New passphrase again').fill(PASSPHRASE);
  await page.getByRole('button', { name: 'Create the clinic', exact: true }).click();
}

const goTo = (page: Page, screen: string): Promise<void> =>
  page.getByRole('navigation', { name: 'Main navigation' }).getByRole('button', { name: screen, exact: true }).click();

async function importFrom(page: Page, folder: string): Promise<void> {
  await goTo(page, 'Import');
  await page.locator('input[type=file][webkitdirectory]').setInputFiles(folder);
  await page.getByRole('status').getByText('Done', { exact: true }).waitFor();
}

/** Opens the chart of the patient of this name; gives milliseconds from the click until the content's frame was painted. */
async function openChart(page: Page, name: string): Promise<number> {
  await goTo(page, 'Patients');
  await page.getByLabel('Search patients').fill(name);
  const row = page.getByRole('table', { name: 'Patients' }).getByRole('row').filter({ hasText: name }).first();
  await row.waitFor();
  const painted = page.evaluate(
    (content) =>
      new Promise<number>((resolve) => {
        let clicked = 0;
        const look = (): void => {
          if (!document.querySelector(content)) requestAnimationFrame(look);
          // A task that a frame asks for runs once that frame was painted.
          else requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - clicked)));
        };
        const start = (event: Event): void => {
          clicked = event.timeStamp;
          look();
        };
        addEventListener('click', start, { capture: true, once: true });
      }),
    CONTENT,
  );
  await row.click();
  return painted;
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
  const resources = samplePatients({ seed: 7, patients: PATIENTS, encountersPerPatient: 20, referenceDate: '2026-01-05' });
  for (const { resourceType, text } of resources)
    files.set(resourceType, [...(files.get(resourceType) ?? []), JSON.stringify(JSON.parse(text))]);
  for (const [type, texts] of files) writeFileSync(join(folder, `${type}.000.ndjson`), `${texts.join('\n')}\n`);
  return folder;
}
