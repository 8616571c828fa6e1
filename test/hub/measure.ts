/**
 * Blocks a second that the hub accepts from 20 devices that send batches, and that it serves in pages, beside what one
 * thread of libsodium verifies: `node test/hub/measure.ts [blocks per device] [URL of an empty PostgreSQL database]`. The hub runs in a process of its own;
 * each block has one event with a personal signature, so it costs two verifications; a batch gets one receipt.
 */
import { rm } from 'node:fs/promises';
import { newAgreementKey, newSigningKey, randomBytes, sha256, sign, verifySignature } from '../../server/vault/primitives.ts';
import { toBase64, toHex } from '../../shared/encoding/bytes.ts';
import { deviceMessage } from '../../shared/ledger/enrolment-rules.ts';
import { HUB_OPERATIONS } from '../../shared/sync/operations.ts';
import type { SubmissionAnswer } from '../../shared/sync/submission.ts';
import { LIMITS } from '../../shared/sync/wire.ts';
import { act, bytesFor, signingKeyFor, TestDevice } from '../support/ledger-builder.ts';
import { growLedger } from './grow-ledger.ts';
import { HubBench, Line } from './hub-bench.ts';
import { type HubProcess, serveInProcess } from './hub-process.ts';

const DEVICES = 20;
const BATCH = 100;
const ROUNDS = 3;
/** Blocks of each device before those that count: a hub begins once and runs for months, and compiles its program meanwhile. */
const WARMING = 500;

interface HubFigures {
  /** Signatures a second that one thread verifies. */
  readonly verified: number;
  /** Blocks a second, verified, ordered and durable. */
  readonly accepted: number;
  /** The same of the first blocks after its start. */
  readonly atFirst: number;
  /** Microseconds of the hubs' processor for each of them, all threads; the clients' are not in it. */
  readonly processor: number;
  /** Blocks a second in pages of 2,000. */
  readonly served: number;
}

export interface HubSetting {
  /** URL of an empty PostgreSQL database; left out, a file. */
  readonly database?: string | undefined;
  /** How many processes share the devices. */
  readonly processes?: number;
  /** Blocks that the ledger has before, as if they had come. */
  readonly blocksBefore?: number;
}

export async function measureHub(
  blocksPerDevice: number,
  { database, processes = 1, blocksBefore = 0 }: HubSetting = {},
): Promise<HubFigures> {
  const bench = await HubBench.open({ database });
  try {
    const devices = await enrolDevices(bench);
    const bodies = devices.map(({ device }, at) => batchesOf(bench, device, at, WARMING + blocksPerDevice));
    await bench.hub.close();
    if (blocksBefore > 0) await growLedger(bench.folder, blocksBefore);
    const folders = [bench.folder];
    while (folders.length < processes) folders.push(await bench.fellowFolder());
    const hubs = await Promise.all(folders.map((folder) => serveInProcess(folder)));
    const lines = devices.map(({ certificate }, at) => {
      const { port } = hubs[at % hubs.length] as HubProcess;
      return new Line(port, bench.authority, certificate);
    });
    await Promise.all(lines.map((line) => line.ask('Checkpoint')));
    const verified = verifyRate();
    const used = (): number => hubs.reduce((sum, hub) => sum + hub.processor(), 0);
    const atFirst = await acceptRate(lines, bodies, 0, WARMING);
    const before = used();
    const accepted = await acceptRate(lines, bodies, WARMING, WARMING + blocksPerDevice);
    const processor = ((used() - before) * 1e6) / (blocksPerDevice * DEVICES);
    const served = blocksBefore > 0 ? 0 : await serveRate(lines[0] as Line, (WARMING + blocksPerDevice) * DEVICES);
    for (const line of lines) line.close();
    for (const hub of hubs) await hub.end('SIGTERM');
    for (const folder of folders.slice(1)) await rm(folder, { recursive: true, force: true });
    return { verified, accepted, atFirst, processor, served };
  } finally {
    await bench.close();
  }
}

/** The founder's desk and others of its clinic, twenty in all, each with a certificate. */
export async function enrolDevices(bench: HubBench) {
  const { founder } = bench;
  const secret = bench.founderSecret;
  const certificate = await bench.certify(founder.desk.key, { secret, founding: founder.founding.bytes });
  const first = bench.line(certificate);
  const devices = [{ device: founder.desk, certificate }];
  while (devices.length < DEVICES) {
    const device = new TestDevice(
      founder.chain,
      signingKeyFor(`device ${devices.length}`),
      bytesFor(`epoch ${devices.length}`, 8),
    );
    const keys = { device: device.key.publicKey, encryptionKey: newAgreementKey().publicKey };
    const clinicSignature = sign(founder.clinicKey, deviceMessage(founder.chain, keys));
    const enrolled = act(
      founder,
      'device.enrolled',
      { ...keys, kind: 'workstation', clinicSignature },
      { signer: founder.administrator },
    );
    await bench.submit(first, founder.desk.write(enrolled));
    const invitation = randomBytes(16);
    await first.ask('InviteDevice', { secretHash: toHex(sha256(invitation)), expires: Date.now() + 600_000 });
    devices.push({ device, certificate: await bench.certify(device.key, { secret: invitation, chain: founder.id }) });
  }
  return devices;
}

/** Request bodies, written beforehand so that what is measured is the hub. */
function batchesOf(bench: HubBench, device: TestDevice, number: number, blocks: number): string[] {
  const { founder } = bench;
  const terms = {
    title: 'Offer '.repeat(12),
    description: 'Terms '.repeat(20),
    purposes: ['DUO:0000042'],
    categories: [],
    criteria: '',
    reward: '',
  };
  const block = (at: number): string => {
    const offer = bytesFor(`offer ${number} ${at}`, 16);
    const body = { ...terms, offer, minimumGroup: 5, opens: 1, expires: 2 };
    return toBase64(device.write(act(founder, 'offer.published', body, { signer: founder.administrator })));
  };
  return Array.from({ length: blocks / BATCH }, (_, batch) => {
    const sealed = Array.from({ length: BATCH }, (_, at) => block(batch * BATCH + at));
    return JSON.stringify({ query: HUB_OPERATIONS.Submit, variables: { blocks: sealed } });
  });
}

function verifyRate(): number {
  const key = newSigningKey();
  const message = randomBytes(600);
  const signature = sign(key, message);
  const count = 10_000;
  const start = performance.now();
  for (let at = 0; at < count; at++) verifySignature(key.publicKey, message, signature);
  return count / ((performance.now() - start) / 1000);
}

/** Of the blocks `from` up to `to` of each device. */
async function acceptRate(lines: readonly Line[], bodies: readonly string[][], from: number, to: number): Promise<number> {
  const start = performance.now();
  const counts = await Promise.all(
    lines.map(async (line, at) => {
      let accepted = 0;
      for (const body of (bodies[at] as string[]).slice(from / BATCH, to / BATCH)) {
        const answer = await line.http({ body });
        const { submit } = answer.body.data as unknown as { submit: SubmissionAnswer };
        if (submit.receipts.length > 0) accepted += BATCH - submit.refusals.length;
      }
      return accepted;
    }),
  );
  return counts.reduce((sum, count) => sum + count, 0) / ((performance.now() - start) / 1000);
}

async function serveRate(line: Line, size: number): Promise<number> {
  const start = performance.now();
  let served = 0;
  for (let round = 0; round < ROUNDS; round++)
    for (let from = 0; from < size; from += LIMITS.blocksPerPage) {
      const { blocks } = await line.ask<{ blocks: { blocks: string[] } }>('Blocks', { from, limit: LIMITS.blocksPerPage });
      served += blocks.blocks.length;
    }
  return served / ((performance.now() - start) / 1000);
}

if (import.meta.main) {
  const figures = await measureHub(Number(process.argv[2] ?? 1000), { database: process.argv[3] });
  const { verified, accepted, atFirst, processor, served } = figures;
  const whole = (value: number): string => Math.round(value).toLocaleString('en');
  process.stdout.write(
    `verified ${whole(verified)}/s  accepted ${whole(accepted)}/s = ${(accepted / verified).toFixed(2)}  (at first ${whole(atFirst)}/s)  ${whole(processor)} µs of processor a block  served ${whole(served)}/s\n`,
  );
}
