/** Two real processes on one database: what the one has answered the other knows, and one of them may die, hang or lose its turn at any moment. */
import { rm } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { databaseUrl } from '../../../server/hub/hub-database.ts';
import { newAgreementKey, randomBytes, sha256, sign, verifySignature } from '../../../server/vault/primitives.ts';
import { fromBase64, toBase64, toHex, utf8 } from '../../../shared/encoding/bytes.ts';
import { blockHash } from '../../../shared/ledger/block.ts';
import { witnessing } from '../../../shared/ledger/checkpoint.ts';
import { deviceMessage } from '../../../shared/ledger/enrolment-rules.ts';
import { openReceipt } from '../../../shared/sync/submission.ts';
import {
  act,
  bytesFor,
  cosign,
  foundClinic,
  hash,
  MemoryLedger,
  signingKeyFor,
  type TestClinic,
} from '../../support/ledger-builder.ts';
import { askOnce, newDatabase, PostgresqlServer } from '../../support/postgresql.ts';
import { subscribeToHead } from '../head-subscription.ts';
import { HubBench, Line } from '../hub-bench.ts';
import { type HubProcess, serveInProcess } from '../hub-process.ts';

type Device = { privateKey: string; certificate: string };

const CLINICS = ['North', 'East', 'South'];
/** A process that died in its turn holds the others up for no longer. */
const TAKEN_OVER_MS = 5_000;

let bench: HubBench;
let clinics: TestClinic[];
let devices: Device[];
let folders: string[];
let processes: HubProcess[];
let lines: Line[];
let counts: Map<TestClinic, number>;

/** A region and two processes, on a new database of the run's server or on the one at `database`. */
async function open(database?: string): Promise<void> {
  const [founder, ...others] = CLINICS.map((name) => foundClinic(name)) as [TestClinic, ...TestClinic[]];
  bench = await HubBench.open({ founder, others, database });
  clinics = [founder, ...others];
  devices = [];
  for (const clinic of clinics) {
    const { agent } = await bench.join(clinic);
    devices.push({ privateKey: agent.options.key as string, certificate: agent.options.cert as string });
  }
  await bench.hub.close();
  folders = [bench.folder, await bench.fellowFolder()];
  processes = await Promise.all(folders.map((folder) => serveInProcess(folder)));
  lines = [];
  counts = new Map();
}

afterEach(async () => {
  for (const line of lines) line.close();
  await Promise.all(processes.map((each) => each.end('SIGKILL')));
  await bench.close();
  await rm(folders[1] as string, { recursive: true, force: true });
});

function line(process: number, device = devices[0] as Device): Line {
  const made = new Line((processes[process] as HubProcess).port, bench.authority, device);
  lines.push(made);
  return made;
}

function anchor(clinic: TestClinic): Uint8Array {
  const count = (counts.get(clinic) ?? 0) + 1;
  counts.set(clinic, count);
  return clinic.desk.write(act(clinic, 'access.sealed', { root: bytesFor(`root ${count}`), count }));
}

test('what one has answered the other knows: blocks, cosignatures, mail, and who was revoked', async () => {
  await open();
  const [here, there] = [line(0), line(1)];
  const east = line(1, devices[1]);
  const { founder } = bench;
  const subscription = await subscribeToHead(
    { authority: bench.authority, port: (processes[1] as HubProcess).port },
    devices[0] as Device,
  );
  const first = await subscription.next();
  for (let round = 0; round < 8; round++) {
    const [submitter, reader] = round % 2 === 0 ? [here, there] : [there, here];
    const block = anchor(founder);
    const [result] = await bench.submit(submitter, block);
    expect(result?.refusal).toBeNull();
    expect((await bench.checkpoint(reader)).size).toBe(round + 1);
    // Sent again to the other one it gets the receipt that it had.
    expect(await bench.submit(reader, block)).toEqual([result]);
  }
  const next = await subscription.next();
  expect(next.checkpoint).not.toBe(first.checkpoint);
  const { note, size } = await bench.checkpoint(here);
  expect((await bench.checkpoint(there)).note).toBe(note);
  await here.ask('Cosign', { size, line: cosign(founder, note) });
  await east.ask('Cosign', { size, line: cosign(clinics[1] as TestClinic, note) });
  for (const each of [here, there])
    await expect
      .poll(
        async () =>
          witnessing(hash, verifySignature, (await bench.checkpoint(each)).note, bench.region.genesis.witnesses).by.length,
      )
      .toBe(2);
  await line(0, devices[1]).ask('SendMessages', {
    messages: [{ recipientChain: founder.id, recipientDevice: '', kind: 'hello', body: toBase64(utf8('hello')) }],
  });
  let heard = next;
  while (heard.messages === next.messages) heard = await subscription.next();
  await subscription.stop();

  const desk = signingKeyFor('a desk that is lost');
  const encryptionKey = newAgreementKey().publicKey;
  const clinicSignature = sign(founder.clinicKey, deviceMessage(founder.chain, { device: desk.publicKey, encryptionKey }));
  const enrolled = { device: desk.publicKey, encryptionKey, kind: 'workstation', clinicSignature };
  const byAdministrator = { signer: founder.administrator };
  await bench.submit(here, founder.desk.write(act(founder, 'device.enrolled', enrolled, byAdministrator)));
  const secret = randomBytes(16);
  await there.ask('InviteDevice', { secretHash: toHex(sha256(secret)), expires: Date.now() + 60_000 });
  bench.port = here.port;
  const device = await bench.certify(desk, { secret, chain: founder.id });
  const head = await subscribeToHead({ authority: bench.authority, port: there.port }, device);
  await head.next();
  await bench.submit(here, founder.desk.write(act(founder, 'device.revoked', { device: desk.publicKey }, byAdministrator)));
  // Its line to the other one ends.
  await head.closed;
  await expect(line(1, device).ask('Caller')).rejects.toThrow('hub.device-revoked');
});

/** Clinics that write and send all the time, to one process after the other, and look at what they are told. */
class Load {
  readonly receipts = new Map<string, Uint8Array>();
  /** Root by size, of every checkpoint that anybody was given. */
  readonly roots = new Map<number, string>();
  readonly faults: string[] = [];
  /** The longest that all of them waited for a receipt, and since when they do. */
  longest = 0;
  #since = performance.now();
  #stopped = false;
  readonly #running: Promise<void>;

  constructor() {
    this.#running = Promise.all(clinics.map((clinic, at) => this.#run(clinic, at))).then(() => undefined);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#running;
  }

  /** Ends when so many more have receipts. */
  async more(count: number): Promise<void> {
    const wanted = this.receipts.size + count;
    while (this.receipts.size < wanted) await setTimeout(5);
  }

  async #run(clinic: TestClinic, at: number): Promise<void> {
    const lines = processes.map((_, process) => line(process, devices[at]));
    let unsent: Uint8Array[] = [];
    let size = 0;
    for (let turn = at; !this.#stopped; turn++) {
      while (unsent.length < 8) unsent.push(anchor(clinic));
      const to = turn % lines.length;
      if ((lines[to] as Line).port !== (processes[to] as HubProcess).port) lines[to] = line(to, devices[at]);
      try {
        const results = await bench.submit(lines[to] as Line, ...unsent);
        const accepted = results.findIndex(({ receipt }) => receipt === null);
        const taken = accepted === -1 ? results.length : accepted;
        for (const { block, receipt } of results.slice(0, taken)) this.#acknowledged(block, receipt as string);
        const refusal = results[taken]?.refusal;
        if (refusal && !refusal.retry) this.faults.push(refusal.code);
        unsent = unsent.slice(taken);
        const checkpoint = await bench.checkpoint(lines[to] as Line);
        if (checkpoint.size < size) this.faults.push(`told of ${checkpoint.size} blocks after ${size}`);
        size = checkpoint.size;
        const root = toHex(checkpoint.root);
        if ((this.roots.get(size) ?? root) !== root) this.faults.push(`two ledgers of ${size} blocks`);
        this.roots.set(size, root);
      } catch (error) {
        // The process is gone, or its database is.
        const { message, code } = error as NodeJS.ErrnoException;
        if (code === undefined && message !== 'hub.store-away') this.faults.push(message);
        await setTimeout(5);
      }
    }
  }

  #acknowledged(block: string, receipt: string): void {
    const now = performance.now();
    if (!this.receipts.has(block)) {
      this.longest = Math.max(this.longest, now - this.#since);
      this.#since = now;
    }
    this.receipts.set(block, fromBase64(receipt));
  }

  /** Everything that was acknowledged is at its place in one ledger, of which every checkpoint was a beginning. */
  async check(at: number): Promise<void> {
    expect(this.faults).toEqual([]);
    const asked = line(at);
    const replica = new MemoryLedger(bench.region);
    const names: string[] = [];
    for (;;) {
      const { blocks: page } = await asked.ask<{ blocks: { blocks: string[] } }>('Blocks', { from: names.length, limit: 2000 });
      if (page.blocks.length === 0) break;
      for (const block of page.blocks.map(fromBase64)) {
        replica.append(block);
        names.push(toHex(blockHash(hash, block)));
        const root = this.roots.get(names.length);
        if (root) expect(root).toBe(toHex(replica.head.root));
      }
    }
    expect(new Set(names).size).toBe(names.length);
    const places = new Map(names.map((name, place) => [name, place]));
    for (const [block, receipt] of this.receipts) {
      const { index, block: last } = openReceipt(verifySignature, bench.hubKey, receipt);
      expect(names[index]).toBe(toHex(last));
      expect(places.get(block)).toBeLessThanOrEqual(index);
    }
    expect(Math.max(...this.roots.keys())).toBeLessThanOrEqual(names.length);
    const checkpoint = await bench.checkpoint(asked);
    expect(toHex(checkpoint.effects)).toBe(toHex(replica.head.effects));
  }
}

test('killed in the middle of submissions, one leaves nothing undone: the other goes on within seconds, and there is one ledger', async () => {
  await open();
  const load = new Load();
  await load.more(100);
  for (const dying of [0, 1]) {
    load.longest = 0;
    await (processes[dying] as HubProcess).end('SIGKILL');
    await load.more(100);
    expect(load.longest).toBeLessThan(TAKEN_OVER_MS);
    processes[dying] = await serveInProcess(folders[dying] as string);
    await load.more(100);
  }
  await load.stop();
  await load.check(0);
  await load.check(1);
});

test('one that loses its turn, its transaction or its line to the others without a warning forks nothing and loses nothing', async () => {
  await open();
  const url = (await databaseUrl(bench.folder)) as string;
  const load = new Load();
  await load.more(50);
  for (let round = 0; round < 12; round++) {
    // Every session of both processes, or those alone that hold a lock: whoever sequences goes on without knowing that it has no turn.
    const whom =
      round % 3 === 0 ? "application_name = 'careledger hub'" : "pid IN (SELECT pid FROM pg_locks WHERE locktype = 'advisory')";
    await askOnce(
      url,
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND ${whom}`,
    );
    await load.more(20);
  }
  await load.stop();
  await load.check(0);
  await load.check(1);
});

test('when the database server dies and comes back, both go on by themselves', async () => {
  const server = await PostgresqlServer.start();
  try {
    await open(await newDatabase(server.url('postgres')));
    const load = new Load();
    await load.more(50);
    await server.stop('SIGQUIT');
    await expect(line(0).ask('Checkpoint')).rejects.toThrow('hub.store-away');
    await server.resume();
    await load.more(100);
    await load.stop();
    await load.check(0);
    await load.check(1);
  } finally {
    await server.close();
  }
});
