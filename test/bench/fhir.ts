/** The FHIR façade over real HTTP: reads a second by programs that ask at once, and a bulk export begun, made and fetched. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
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

export async function fhirFacade(note: (text: string) => void): Promise<Result[]> {
  const desk = new ClinicDesk({ label: 'fhir', staff: { name: 'Dr. Ada Frey', role: 'administrator' } });
  const { request } = await desk.unlock();
  const folder = mkdtempSync(join(tmpdir(), 'careledger-bench-'));
  const samples = [...samplePatients({ seed: 7, patients: PATIENTS, encountersPerPatient: 12, referenceDate: '2026-01-05' })];
  writeFileSync(join(folder, 'all.ndjson'), samples.map(({ text }) => JSON.stringify(JSON.parse(text))).join('\n'));
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
  const readers = await token('user/*.r');
  const exporter = await token('system/*.r');
  const observations = samples.filter(({ resourceType }) => resourceType === 'Observation');
  const paths = observations.map(({ text }) => `/Observation/${(JSON.parse(text) as { id: string }).id}`);

  const reading = async (): Promise<number> => {
    let next = 0;
    const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
    const begin = performance.now();
    const reader = async (): Promise<void> => {
      while (next < READS) {
        const text = await readText(agent, host.address + paths[(next++ * 7) % paths.length], readers);
        if (!text.startsWith('{"resourceType":"Observation"')) throw new Error(`a read was answered ${text}`);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, reader));
    agent.destroy();
    return READS / ((performance.now() - begin) / 1_000);
  };

  const exporting = async (): Promise<number> => {
    const begin = performance.now();
    const begun = await fetch(`${host.address}/$export`, { headers: { ...exporter, prefer: 'respond-async' } });
    const address = begun.headers.get('content-location') as string;
    let manifest = await fetch(address, { headers: exporter });
    for (; manifest.status === 202; manifest = await fetch(address, { headers: exporter })) await sleep(20);
    const { output } = (await manifest.json()) as { output: { url: string; count: number }[] };
    let resources = 0;
    for (const { url, count } of output) {
      const file = await fetch(url, { headers: exporter });
      for await (const _ of file.body as AsyncIterable<Uint8Array>);
      resources += count;
    }
    const rate = resources / ((performance.now() - begin) / 1_000);
    await fetch(address, { method: 'DELETE', headers: exporter });
    return rate;
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
  await host.close();
  await desk.remove();
  rmSync(folder, { recursive: true, force: true });
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
