/**
 * Two real hub processes on one database are upgraded to the next wire version one after the other while three clinics write, then the
 * clinics, then all of it is rolled back. The next version is this program with another range: what differs is what each side states.
 */
import { rm } from 'node:fs/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openHubDatabase } from '../../../server/hub/hub-database.ts';
import { openHub } from '../../../server/hub/hub-service.ts';
import { fromBase64, toBase64 } from '../../../shared/encoding/bytes.ts';
import { HUB_OPERATIONS } from '../../../shared/sync/operations.ts';
import type { SubmissionAnswer } from '../../../shared/sync/submission.ts';
import { WIRE_HEADER, WIRE_RANGE, type WireRange, writeWireRange } from '../../../shared/sync/wire-range.ts';
import { act, bytesFor, foundClinic, type TestClinic } from '../../support/ledger-builder.ts';
import { resultsOf, type SubmissionResult } from '../../support/submission-results.ts';
import { HubBench, Line } from '../hub-bench.ts';
import { type HubProcess, serveInProcess } from '../hub-process.ts';

const NEXT: WireRange = { oldest: WIRE_RANGE.oldest, newest: WIRE_RANGE.newest + 1 };
/** Where a step needs longer than this the machine has stopped, or the hub has. */
const PROGRESS_MS = 60_000;

let bench: HubBench;
let folders: string[];
let processes: HubProcess[];
let clinics: WritingClinic[];

/** A clinic that writes without a pause, to whichever hub process answers. */
class WritingClinic {
  readonly clinic: TestClinic;
  wire: WireRange = WIRE_RANGE;
  /** Receipts by block, base64. */
  readonly receipts = new Map<string, string>();
  readonly refusals: unknown[] = [];
  /** What hubs said that they speak. */
  readonly heard = new Set<string>();
  /** The longest that one block had to wait, milliseconds. */
  longest = 0;
  #lines: Line[];
  #isEnding = false;
  #running: Promise<void> | undefined;

  constructor(clinic: TestClinic, lines: Line[]) {
    this.clinic = clinic;
    this.#lines = lines;
  }

  begin(): void {
    this.#running = this.#write();
  }

  async end(): Promise<void> {
    this.#isEnding = true;
    await this.#running;
    for (const line of this.#lines) line.close();
  }

  async #write(): Promise<void> {
    for (let count = 1; !this.#isEnding; count++) {
      const block = toBase64(
        this.clinic.desk.write(act(this.clinic, 'access.sealed', { root: bytesFor(`root ${count}`), count })),
      );
      const began = performance.now();
      const { receipt, refusal } = await this.#submit(block);
      this.longest = Math.max(this.longest, performance.now() - began);
      if (refusal) this.refusals.push(refusal);
      if (receipt) this.receipts.set(block, receipt);
    }
  }

  async #submit(block: string): Promise<SubmissionResult> {
    const body = JSON.stringify({ query: HUB_OPERATIONS.Submit, variables: { blocks: [block] } });
    for (let at = 0; ; at++) {
      const line = this.#lines[at % this.#lines.length] as Line;
      // A process that is being upgraded does not answer, or refuses because it ends: the other one takes the same block.
      const answer = await line.http({ body, headers: { [WIRE_HEADER]: writeWireRange(this.wire) } }).catch(() => undefined);
      this.heard.add(String(answer?.headers[WIRE_HEADER] ?? 'nothing'));
      const submit = (answer?.body.data as { submit: SubmissionAnswer } | undefined | null)?.submit;
      const [result] = submit ? resultsOf(bench.region.id, [fromBase64(block)], submit) : [];
      if (result && !result.refusal?.retry) return result;
    }
  }
}

beforeEach(async () => {
  const [founder, ...others] = ['North', 'East', 'South'].map((name) => foundClinic(name)) as [TestClinic, ...TestClinic[]];
  bench = await HubBench.open({ founder, others });
  const devices: Array<{ clinic: TestClinic; privateKey: string; certificate: string }> = [];
  for (const clinic of [founder, ...others]) {
    const { key, cert } = (await bench.join(clinic)).agent.options as { key: string; cert: string };
    devices.push({ clinic, privateKey: key, certificate: cert });
  }
  await bench.hub.close();
  folders = [bench.folder, await bench.fellowFolder()];
  processes = await Promise.all(folders.map((folder) => serveInProcess(folder)));
  clinics = devices.map(
    ({ clinic, ...device }) =>
      new WritingClinic(
        clinic,
        processes.map(({ port }) => new Line(port, bench.authority, device)),
      ),
  );
});

afterEach(async () => {
  await Promise.all(processes.map((each) => each.end('SIGKILL')));
  await bench.close();
  await rm(folders[1] as string, { recursive: true, force: true });
});

/** Each clinic has had three more blocks accepted. */
async function progress(): Promise<void> {
  const before = clinics.map(({ receipts }) => receipts.size);
  await expect
    .poll(() => clinics.every(({ receipts }, at) => receipts.size >= (before[at] as number) + 3), { timeout: PROGRESS_MS })
    .toBe(true);
}

/** Ends one process in order, and starts one of another version in its place. */
async function replace(at: number, wire: WireRange | undefined): Promise<void> {
  const { port } = processes[at] as HubProcess;
  expect(await (processes[at] as HubProcess).end('SIGTERM')).toBe(0);
  await progress();
  processes[at] = await serveInProcess(folders[at] as string, port, wire);
  await progress();
}

test('an upgrade of hubs and clinics one by one, and a rollback, lose nothing and stop nobody', {
  timeout: 600_000,
}, async () => {
  for (const clinic of clinics) clinic.begin();
  await progress();
  for (const at of [0, 1]) await replace(at, NEXT);
  for (const clinic of clinics) {
    clinic.wire = NEXT;
    await progress();
  }
  for (const at of [0, 1]) await replace(at, undefined);
  for (const clinic of clinics) clinic.wire = WIRE_RANGE;
  await progress();
  for (const clinic of clinics) await clinic.end();

  for (const { refusals, heard } of clinics) {
    expect(refusals).toEqual([]);
    expect([...heard]).toEqual(expect.arrayContaining([writeWireRange(WIRE_RANGE), writeWireRange(NEXT)]));
  }
  const accepted = clinics.reduce((sum, { receipts }) => sum + receipts.size, 0);
  const [north] = clinics as [WritingClinic];
  const database = await openHubDatabase(bench.folder);
  try {
    const rows = await database.read.all<{ bytes: Buffer }>('SELECT bytes FROM block');
    const stored = new Set(rows.map(({ bytes }) => toBase64(bytes)));
    expect(clinics.flatMap(({ receipts }) => [...receipts.keys()]).filter((block) => !stored.has(block))).toEqual([]);
    expect(rows.length).toBe(accepted);
    expect(north.longest).toBeLessThan(PROGRESS_MS);

    // A later program has changed the tables: one of today refuses to start on them, and changes nothing.
    await database.write((transaction) =>
      transaction.run('INSERT INTO schema_migration (id, name, checksum, program) VALUES (?, ?, ?, ?)', [
        99_999,
        'later',
        '',
        '9.9.9',
      ]),
    );
    await (processes[1] as HubProcess).end('SIGTERM');
    await expect(openHub(folders[1] as string)).rejects.toMatchObject({
      code: 'storage.database-newer',
      details: { program: '9.9.9' },
    });
  } finally {
    await database.close();
  }
});
