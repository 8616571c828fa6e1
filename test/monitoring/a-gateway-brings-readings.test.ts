/** Readings from the gateway's command to the alert at the desk: through a folder, with nobody's network; and what is refused, and why. */
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { OpenVault } from '../../server/graphql/domains.ts';
import { newSigningKey, type SigningKey, sign } from '../../server/vault/primitives.ts';
import { gateway } from '../../server/workstation/commands/gateway.ts';
import { toHex } from '../../shared/encoding/bytes.ts';
import { type ReadingBatch, writeBatch } from '../../shared/monitoring/reading-batch.ts';
import { readReadingLines } from '../../shared/monitoring/reading-lines.ts';
import { ClinicDesk } from '../support/clinic-desk.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const folder = mkdtempSync(join(tmpdir(), 'careledger-gateway-'));
const at = (name: string): string => join(folder, name);
let desk: ClinicDesk;
let vault: OpenVault;
let now = Date.now();
let patient: string;
let key: string;

async function run(...args: string[]): Promise<Record<string, unknown>> {
  let out = '';
  const io = {
    out: (text: string) => {
      out += text;
    },
    err: () => undefined,
  };
  await gateway([...args, '--data', at('gateway'), '--json'], io);
  return JSON.parse(out) as Record<string, unknown>;
}
const send = () => run('send', '--to', at('readings'), at('readings.ndjson'));
const line = (value: string, more: object = {}): string =>
  `${JSON.stringify({ patient: 'MRN-7', measurement: 'heart-rate', value, measured: new Date(now).toISOString(), ...more })}\n`;
const look = () => vault.request.readingFolder.look();
const watch = async () => {
  const { monitored } = await desk.ask<{ monitored: { state: string; alerts: { reading: { value: string } }[] }[] }>(
    '{ monitored { state alerts { reading { value } } } }',
  );
  return monitored;
};
const take = (file: string) => vault.request.gateways.take(file);
const signed = (by: SigningKey, more: Partial<ReadingBatch> = {}): string => {
  const readings = [{ patient: 'MRN-7', measurement: 'HEART_RATE', value: '80', measured: now }] as const;
  const batch = { clinic: vault.request.vault.chain, gateway: by.publicKey, sequence: 1, made: now, readings: [...readings] };
  return writeBatch({ ...batch, ...more }, (message) => sign(by, message));
};

beforeAll(async () => {
  desk = new ClinicDesk({ clock: () => now, staff: { role: 'administrator' } });
  vault = await desk.unlock();
  const REGISTER = 'mutation ($input: RegisterPatientInput!) { registerPatient(input: $input) { patient { id } } }';
  const input = { family: 'Okafor', given: ['Marisol'], identifierSystem: 'urn:oid:2.999.11.1', identifier: 'MRN-7' };
  patient = (await desk.ask<{ registerPatient: { patient: { id: string } } }>(REGISTER, { input })).registerPatient.patient.id;
  await desk.ask('mutation ($patient: ID!) { openChart(patient: $patient) { openedAt } }', { patient });
  const terms = { measurement: 'HEART_RATE', low: '50', high: '120', intervalMinutes: 60, escalateMinutes: 30, tell: [] };
  await desk.ask('mutation ($input: MonitoringInput!) { setMonitoring(input: $input) { id } }', { input: { patient, ...terms } });
});
afterAll(async () => {
  await desk.remove();
  rmSync(folder, { recursive: true, force: true });
});

test('a gateway is made, enrolled, and what it leaves in the folder alerts at the desk with no window open', async () => {
  ({ key } = (await run('init', '--clinic', toHex(vault.request.vault.chain))) as { key: string });
  await expect(run('init', '--clinic', toHex(vault.request.vault.chain))).rejects.toMatchObject({ code: 'gateway.exists' });
  const seed = JSON.parse(readFileSync(at('gateway/gateway.json'), 'utf8')) as { seed: string };
  expect(seed.seed).toHaveLength(64);
  await desk.ask('mutation ($key: String!) { enrolReadingGateway(name: "Ward 2", key: $key) { key } }', { key });

  writeFileSync(at('readings.ndjson'), `${line('72')}${line('131')}this is no reading\n`);
  expect(await send()).toMatchObject({ batches: 1, readings: 2, refused: [{ line: 3 }] });
  await desk.ask('mutation ($path: String) { setReadingFolder(path: $path) { path } }', { path: at('readings') });
  expect(await watch()).toMatchObject([{ state: 'ALERT', alerts: [{ reading: { value: '131' } }] }]);
  expect(await desk.ask('{ readingFolder { taken refused folderProblem { code } batchProblem { code } } }')).toEqual({
    readingFolder: { taken: 1, refused: 0, folderProblem: null, batchProblem: null },
  });
  const { accessLog } = await desk.ask<{ accessLog: { edges: { node: { process: string; detail: string } }[] } }>(
    'query ($patient: ID!) { accessLog(patient: $patient) { edges { node { process detail } } } }',
    { patient },
  );
  expect(accessLog.edges.map(({ node }) => node)).toContainEqual({ process: 'monitoring', detail: 'Ward 2' });
});

test('it goes on where it stopped: new lines alone, the half line later, and nothing twice after a crash', async () => {
  expect(await send()).toMatchObject({ batches: 0, readings: 0 });
  appendFileSync(at('readings.ndjson'), `${line('75')}{"patient":"MRN-7","measurement":"heart`);
  expect(await send()).toMatchObject({ readings: 1, refused: [] });
  appendFileSync(at('readings.ndjson'), `-rate","value":"76","measured":"${new Date(now).toISOString()}"}\n`);
  expect(await send()).toMatchObject({ readings: 1, refused: [] });
  await look();
  // As a crash leaves it: the batch lies in the folder, and the gateway does not know yet.
  const [newest] = readdirSync(at('readings/taken'))
    .filter((name) => name.endsWith('.json'))
    .sort()
    .reverse();
  const file = readFileSync(at(`readings/taken/${newest}`), 'utf8');
  const state = JSON.parse(readFileSync(at('gateway/gateway.json'), 'utf8')) as object;
  writeFileSync(at('gateway/gateway.json'), JSON.stringify({ ...state, pending: { name: newest, file } }));
  await send();
  await look();
  expect(readFileSync(at(`readings/taken/${newest}.txt`), 'utf8')).toContain('Taken in before');
  const SERIES = 'query ($patient: ID!) { chart(patient: $patient) { items(section: VITAL) { edges { node { value } } } } }';
  const { chart } = await desk.ask<{ chart: { items: { edges: { node: { value: string } }[] } } }>(SERIES, { patient });
  expect(chart.items.edges.map(({ node }) => node.value).sort()).toEqual(['131', '72', '75', '76']);
});

test('forged, of a stranger, for another clinic, too late, ahead and replayed are refused, each with its reason', async () => {
  const [ours, stranger] = [newSigningKey(), newSigningKey()];
  await desk.ask('mutation ($key: String!) { enrolReadingGateway(name: "Home", key: $key) { key } }', {
    key: toHex(ours.publicKey),
  });
  const refused = async (file: string, code: string) => expect(take(file)).rejects.toMatchObject({ code });
  await refused(signed(stranger), 'gateway.unknown');
  await refused(signed(stranger, { gateway: ours.publicKey }), 'gateway.forged');
  await refused(signed(ours, { clinic: new Uint8Array(32) }), 'gateway.other-clinic');
  await refused(signed(ours, { made: now - 8 * DAY }), 'gateway.late');
  await refused(signed(ours, { made: now + 10 * MINUTE }), 'gateway.ahead');
  await refused('{}', 'gateway.malformed');
  await refused(signed(ours).slice(0, 200), 'gateway.malformed');
  for (const wrong of [{ value: '80,"comparator":"<"' }, { value: "$'" }, { value: '' }, { measured: Number.MAX_SAFE_INTEGER }]) {
    const reading = { patient: 'MRN-8', measurement: 'HEART_RATE', value: '80', measured: now, ...wrong } as const;
    await refused(signed(ours, { readings: [reading] }), 'gateway.malformed');
  }
  expect(await take(signed(ours))).toMatchObject({ taken: 1, before: false, refused: [] });
  expect(await take(signed(ours))).toMatchObject({ taken: 1, before: true, refused: [] });
  await refused(signed(ours, { made: now + 1 }), 'gateway.replayed');
  const nobody = { patient: 'MRN-8', measurement: 'HEART_RATE', value: '80', measured: now } as const;
  expect(await take(signed(ours, { sequence: 2, readings: [nobody] }))).toMatchObject({
    taken: 0,
    before: false,
    refused: [{ reading: 1, why: 'Nobody here has the number MRN-8.' }],
  });
});

test('what waited is no alert of now; a gateway that was shut out brings nothing more, and the folder keeps what it left', async () => {
  now += 5 * 60 * MINUTE;
  appendFileSync(at('readings.ndjson'), line('190', { measured: new Date(now - 4 * 60 * MINUTE).toISOString() }));
  await send();
  await look();
  expect((await watch())[0]?.alerts).toHaveLength(1);
  await desk.ask('mutation ($key: ID!) { revokeReadingGateway(key: $key) { revokedAt } }', { key });
  appendFileSync(at('readings.ndjson'), line('191'));
  await send();
  await look();
  const [file] = readdirSync(at('readings/refused')).filter((name) => name.endsWith('.txt'));
  expect(readFileSync(at(`readings/refused/${file}`), 'utf8')).toContain('shut out');
  expect(await desk.ask('{ readingFolder { refused batchProblem { code message } } }')).toMatchObject({
    readingFolder: { refused: 1, batchProblem: { code: 'gateway.revoked', message: expect.stringContaining('shut out') } },
  });
});

test('whatever the lines are, each is a reading, nothing, or named', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.string(), fc.constant(line('80').trim()))), fc.nat(), (lines, first) => {
      const { readings, refused } = readReadingLines(lines, first);
      expect(readings.length + refused.length).toBeLessThanOrEqual(lines.length);
      for (const { line: number } of refused) expect(lines[number - first]?.trim()).not.toBe('');
    }),
  );
});
