/** The FHIR façade over real HTTP: reads a second by programs that ask at once, and a bulk export begun, made and fetched. */
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { Agent, get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { startFhirHost } from '../../server/workstation/fhir-door/fhir-host.ts';
import { samplePatients } from '../../shared/patients/sample-patients.ts';
import { ClinicDesk, PASSPHRASE } from '../support/clinic-desk.ts';
import { median, type Result } from './contest.ts';

const PATIENTS = 120;
const READS = 1_500;
const AT_ONCE = 16;
const ROUNDS = 3;
/** What issue 5 asks for. */
const READS_A_SECOND = 500;
const RESOURCES_A_SECOND = 5_000;

/** A clinic of so many sample patients whose façade is open. */
async function openFacade(patients: number) {
  const desk = new ClinicDesk({ label: 'fhir', staff: { name: 'Dr. Ada Frey', role: 'administrator' } });
  const { request } = await desk.unlock();
  const folder = mkdtempSync(join(tmpdir(), 'careledger-bench-'));
  const file = join(folder, 'all.ndjson');
  const paths: string[] = [];
  let lines: string[] = [];
  for (const { text, resourceType } of samplePatients({
    seed: 7,
    patients,
    encountersPerPatient: 12,
    referenceDate: '2026-01-05',
  })) {
    lines.push(JSON.stringify(JSON.parse(text)));
    if (resourceType === 'Observation') paths.push(`/Observation/${(JSON.parse(text) as { id: string }).id}`);
    if (lines.length === 5_000) lines = append(file, lines);
  }
  append(file, lines);
  const { id } = await request.imports.startPaths([folder]);
  const { accepted } = await request.imports.settled(id);
  const host = await startFhirHost((asked) => request.fhirApi.answer(asked), 0);
  const token = async (scopes: string): Promise<Record<string, string>> => {
    const given = {
      name: 'Bench',
      scopes,
      purpose: 'TREAT',
      patient: undefined,
      days: 1,
      network: false,
      passphrase: PASSPHRASE,
    };
    return { authorization: `Bearer ${(await request.fhirApi.tokens.make(given)).secret}` };
  };
  const close = async (): Promise<void> => {
    await host.close();
    await desk.remove();
    rmSync(folder, { recursive: true, force: true });
  };
  return { accepted, address: host.address, paths, token, close };
}

function append(file: string, lines: readonly string[]): string[] {
  appendFileSync(file, lines.map((line) => `${line}\n`).join(''));
  return [];
}

/** Begins an export, waits for it and fetches every file; resolves to how many resources came. @param come told of each piece */
async function exportAll(address: string, exporter: Record<string, string>, come: () => void = () => undefined): Promise<number> {
  const begun = await fetch(`${address}/$export`, { headers: { ...exporter, prefer: 'respond-async' } });
  const job = begun.headers.get('content-location') as string;
  let manifest = await fetch(job, { headers: exporter });
  for (; manifest.status === 202; manifest = await fetch(job, { headers: exporter })) await sleep(20);
  const { output } = (await manifest.json()) as { output: { url: string; count: number }[] };
  let resources = 0;
  for (const { url, count } of output) {
    const file = await fetch(url, { headers: exporter });
    for await (const _ of file.body as AsyncIterable<Uint8Array>) come();
    resources += count;
  }
  await fetch(job, { method: 'DELETE', headers: exporter });
  return resources;
}

const PIECES_BETWEEN = 50;

/** What is no longer needed goes at once, so that what is left is what is held. */
function garbageCollector(): () => void {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
}

/** The most memory that this process, clinic and client, holds in the second half of a large export beside the first. */
export async function exportStaysFlat(note: (text: string) => void, patients = 1_300): Promise<Result[]> {
  const facade = await openFacade(patients);
  const exporter = await facade.token('system/*.r');
  await exportAll(facade.address, exporter);
  const collect = garbageCollector();
  const live = (): number => {
    collect();
    const { heapUsed, external } = process.memoryUsage();
    return heapUsed + external;
  };
  const before = live();
  const sizes: number[] = [];
  let peak = 0;
  let pieces = 0;
  const begin = performance.now();
  const resources = await exportAll(facade.address, exporter, () => {
    peak = Math.max(peak, process.memoryUsage().rss);
    if (pieces++ % PIECES_BETWEEN === 0) sizes.push(live());
  });
  const rate = resources / ((performance.now() - begin) / 1_000);
  await facade.close();
  const half = sizes.length >> 1;
  const [first, second] = [Math.max(...sizes.slice(0, half)), Math.max(...sizes.slice(half))];
  const mib = (bytes: number): number => Math.round(bytes / 2 ** 20);
  note(
    `${resources.toLocaleString('en-US')} resources, ${Math.round(rate).toLocaleString('en-US')} a second; ` +
      `${mib(before)} MiB held before, at most ${mib(first)} in the first half and ${mib(second)} in the second (${sizes.length} looks); ` +
      `the process at most ${mib(peak)} MiB, the import before it included`,
  );
  const limit = mib(first);
  const against = 'the most in the first half of the same export';
  return [{ id: 'fhir.memory', value: mib(second), unit: 'MiB', limit, ratio: second / first, bar: { atMost: 1.05 }, against }];
}

export async function fhirFacade(note: (text: string) => void): Promise<Result[]> {
  const { accepted, address, paths, token, close } = await openFacade(PATIENTS);
  const readers = await token('user/*.r');
  const exporter = await token('system/*.r');

  const reading = async (): Promise<number> => {
    let next = 0;
    const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
    const begin = performance.now();
    const reader = async (): Promise<void> => {
      while (next < READS) {
        const text = await readText(agent, address + paths[(next++ * 7) % paths.length], readers);
        if (!text.startsWith('{"resourceType":"Observation"')) throw new Error(`a read was answered ${text}`);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, reader));
    agent.destroy();
    return READS / ((performance.now() - begin) / 1_000);
  };

  const exporting = async (): Promise<number> => {
    const begin = performance.now();
    return (await exportAll(address, exporter)) / ((performance.now() - begin) / 1_000);
  };

  await reading();
  await exporting();
  const reads: number[] = [];
  const exports: number[] = [];
  const before = process.memoryUsage().rss;
  const cpu = process.cpuUsage();
  for (let round = 0; round < ROUNDS; round++) reads.push(await reading());
  const spent = process.cpuUsage(cpu);
  const again = process.cpuUsage();
  for (let round = 0; round < ROUNDS; round++) exports.push(await exporting());
  const spentExporting = process.cpuUsage(again);
  const seconds = ({ user, system }: NodeJS.CpuUsage): number => (user + system) / 1e6;
  note(
    `${accepted} resources; processor, client included: ${((seconds(spent) * 1e6) / (ROUNDS * READS)).toFixed(0)} µs a read, ` +
      `${((seconds(spentExporting) * 1e6) / (ROUNDS * accepted)).toFixed(0)} µs a resource exported; ` +
      `${Math.round((process.memoryUsage().rss - before) / 2 ** 20)} MiB more than before`,
  );
  await close();
  return [
    resultOf('fhir.reads', median(reads), 'reads/s', READS_A_SECOND),
    resultOf('fhir.export', median(exports), 'resources/s', RESOURCES_A_SECOND),
  ];
}

/** A lean client: `fetch` in the same process costs more than what is measured. */
const readText = (agent: Agent, address: string, headers: Record<string, string>): Promise<string> =>
  new Promise((resolve, reject) => {
    const asked = get(address, { agent, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (part: string) => {
        text += part;
      });
      response.on('end', () => resolve(text));
    });
    asked.on('error', reject);
  });

const resultOf = (id: string, value: number, unit: string, limit: number): Result => ({
  id,
  value,
  unit,
  limit,
  ratio: value / limit,
  bar: { atLeast: 1 },
  against: `${limit} a second, one process, access lines durable`,
});
