import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { blocksNaming } from '../../server/access/admin-acts.store.ts';
import type { CommandIo } from '../../server/command-line/command-line.ts';
import { blocksOfDevice } from '../../server/ledger/blocks.store.ts';
import { verifySignature } from '../../server/vault/primitives.ts';
import { verify } from '../../server/workstation/commands/verify.ts';
import { type AccessReceipt, verifyAccessReceipt } from '../../shared/access/access-receipt.ts';
import { accessKey, accessRow, accessSealedBody } from '../../shared/access/access-rules.ts';
import { fromBase64, fromHex, toBase64, toHex } from '../../shared/encoding/bytes.ts';
import { decode } from '../../shared/encoding/codec.ts';
import { blockHash } from '../../shared/ledger/block.ts';
import { CompactRange, leafHash } from '../../shared/ledger/merkle.ts';
import type { Receipt } from '../../shared/ledger/receipt.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import {
  type AccessLine,
  accessEntry,
  decodeAccessLineHead,
  encodeAccessLine,
  openEntry,
} from '../../shared/sync/access-line.ts';
import { ClinicDesk } from '../support/clinic-desk.ts';
import { folderOf, patient } from '../support/fhir-files.ts';
import {
  act,
  bytesFor,
  checkpointOf,
  cosign,
  foundClinic,
  foundRegion,
  hash,
  MemoryLedger,
  type TestClinic,
} from '../support/ledger-builder.ts';

const OPEN = `mutation ($patient: ID!) { openChart(patient: $patient) { openedAt } }`;
const RECEIPT = `query ($patient: ID!) { accessReceipt(patient: $patient) { json lines waiting } }`;

/** A region of one clinic whose ledger holds just this anchor. */
function receiptOver(clinic: TestClinic, anchor: { root: Uint8Array; count: number }): Receipt {
  const north = foundRegion('north', [clinic]);
  const block = clinic.desk.write(act(clinic, 'access.sealed', anchor));
  const ledger = new MemoryLedger(north.region);
  ledger.append(block);
  const range = new CompactRange(hash);
  range.append(leafHash(hash, blockHash(hash, block)));
  const { note } = checkpointOf(north, ledger.head);
  return {
    careledger: 'receipt/1',
    genesis: toBase64(north.region.bytes),
    checkpoint: note + cosign(clinic, note),
    index: 0,
    proof: [],
    block: toBase64(block),
    event: 0,
  };
}

async function deskWithReceipts() {
  let anchor: Receipt | undefined;
  const desk = await ClinicDesk.open({ accessReceipt: async () => JSON.stringify(anchor ?? null) });
  const { request } = await desk.unlock();
  const { id } = await request.imports.startPaths([folderOf({ 'Patient.ndjson': `${patient('p1')}\n${patient('p2')}` })]);
  await request.imports.settled(id);
  const ids = (await request.patients.find('', 5, undefined)).patients.map(({ patient: each }) => each.id) as [string, string];
  const seal = async (): Promise<void> => {
    await request.access.sealAccessLog();
    const [stored] = await request.vault.gateway.state([accessKey(toHex(request.vault.device))]);
    anchor = receiptOver(desk.clinic, decode(accessRow, stored as Uint8Array));
  };
  return { desk, request, ids, seal };
}

const verdict = (value: unknown): string => {
  try {
    verifyAccessReceipt(hash, verifySignature, JSON.parse(JSON.stringify(value)));
    return 'holds';
  } catch (error) {
    if (error instanceof Failure) return error.code;
    throw error;
  }
};

test('a receipt shows each line of one patient to who has nothing else; altered, exchanged and left out lines show', async () => {
  const { desk, request, ids, seal } = await deskWithReceipts();
  const [one, other] = ids;
  for (const each of [one, other, one, other, one]) await desk.ask(OPEN, { patient: each });
  await expect(desk.ask(RECEIPT, { patient: one })).rejects.toMatchObject({ code: 'ledger.pending' });
  await seal();
  await desk.ask(OPEN, { patient: one });
  const { accessReceipt } = await desk.ask<{ accessReceipt: { json: string; lines: number; waiting: number } }>(RECEIPT, {
    patient: one,
  });
  expect(accessReceipt).toMatchObject({ lines: 3, waiting: 1 });
  const receipt = JSON.parse(accessReceipt.json) as AccessReceipt;
  const [log] = verifyAccessReceipt(hash, verifySignature, receipt).logs;
  expect(log).toMatchObject({ device: toHex(request.vault.device), count: 5, witnessed: true, missing: [] });
  expect(log?.lines.map(({ who, action, sequence, ofPatient }) => [who, action, sequence, ofPatient])).toEqual([
    ['Dr. Ada Frey', 'open', 1, 1],
    ['Dr. Ada Frey', 'open', 3, 2],
    ['Dr. Ada Frey', 'open', 5, 3],
  ]);
  // Nothing about the other patient is in it.
  expect(accessReceipt.json).not.toContain(other);

  // The command line reads it to a person, with nothing beside the file.
  const file = join(desk.folder, 'receipt.json');
  writeFileSync(file, accessReceipt.json);
  let told = '';
  const io = { out: (text: string) => (told += text), err: () => undefined } as unknown as CommandIo;
  await verify([file], io);
  expect(told).toMatch(/^This receipt holds: the access logs .* have 3 lines about patient/);
  expect(told).toContain('Dr. Ada Frey (clinician): open, TREAT');
  expect(told).toContain('5 lines counted');

  const [part] = receipt.logs as [AccessReceipt['logs'][number]];
  const [first, second, third] = part.lines as [
    (typeof part.lines)[number],
    (typeof part.lines)[number],
    (typeof part.lines)[number],
  ];
  const withLines = (...lines: typeof part.lines) => ({ ...receipt, logs: [{ ...part, lines }] });
  const line = decodeAccessLineHead(fromBase64(second.head));
  const said = (more: object) =>
    toBase64(openEntry(hash, { ...line, categories: [], salt: '00'.repeat(32), ...more } as AccessLine).head);
  expect(verdict(receipt)).toBe('holds');
  expect(verdict(withLines(first, { ...second, head: said({ who: 'Dr. Nobody' }) }, third))).toBe('access-receipt.altered');
  expect(verdict(withLines(first, { ...second, opening: first.opening }, third))).toBe('access-receipt.altered');
  expect(verdict(withLines(first, { ...second, seen: first.seen }, third))).toBe('access-receipt.altered');
  expect(verdict(withLines(first, { ...second, proof: third.proof }, third))).toBe('access-receipt.altered');
  expect(verdict(withLines({ ...first, head: said({ patient: other }) }))).toBe('access-receipt.foreign');
  expect(verdict({ ...receipt, patient: other })).toBe('access-receipt.foreign');
  expect(verdict({ ...receipt, more: 1 })).toBe('access-receipt.malformed');
  expect(verdict({ ...receipt, logs: [] })).toBe('access-receipt.malformed');
  const anotherAct = { ...part, anchor: receiptOver(foundClinic('elsewhere'), decode(accessSealedBody, new Uint8Array(40))) };
  expect(verdict({ ...receipt, logs: [anotherAct] })).toBe('access-receipt.foreign');
  // Left out in between: it holds, and says what it leaves out.
  expect(verifyAccessReceipt(hash, verifySignature, withLines(first, third)).logs[0]?.missing).toEqual([{ from: 2, to: 2 }]);
});

test('which parts of the records could be seen is told by no receipt, and nobody guesses it from one', async () => {
  const { desk, request, ids, seal } = await deskWithReceipts();
  await desk.ask(OPEN, { patient: ids[0] });
  await seal();
  const { accessReceipt } = await desk.ask<{ accessReceipt: { json: string } }>(RECEIPT, { patient: ids[0] });
  const [line] = await request.access.linesOf(ids[0]);
  expect(line?.categories.length).toBeGreaterThan(0);
  const [shown] = (JSON.parse(accessReceipt.json) as AccessReceipt).logs[0]!.lines;
  const bytes = Object.values(shown!)
    .flat()
    .map(fromBase64)
    .map((each) => Buffer.from(each).toString('latin1'))
    .join();
  for (const category of line!.categories) expect(bytes).not.toContain(category);
  // Whoever tries every set of categories has to know the salt, which the receipt does not show.
  expect(bytes).not.toContain(Buffer.from(line!.salt, 'hex').toString('latin1'));
  const guessed = { ...line!, salt: toHex(fromBase64(shown!.opening)) };
  expect(toBase64(openEntry(hash, guessed).seen)).not.toBe(shown!.seen);
  expect(accessEntry(hash, { ...line!, categories: [] })).not.toEqual(accessEntry(hash, line!));
});

test('a receipt of version 1, of lines of suite 1, is verified as before', () => {
  const clinic = foundClinic('before');
  const line: AccessLine = {
    suite: 1,
    chain: toHex(clinic.chain),
    device: clinic.desk.id,
    sequence: 1,
    patient: '0a'.repeat(16),
    ofPatient: 1,
    at: 1_767_600_000_000,
    staff: '0b'.repeat(32),
    who: 'Dr. Ada Frey',
    role: 'clinician',
    process: '',
    recipient: '',
    action: 'open',
    purpose: 'TREAT',
    categories: ['clinical'],
    detail: '',
    salt: '0c'.repeat(32),
  };
  const range = new CompactRange(hash);
  range.append(leafHash(hash, accessEntry(hash, line)));
  const anchor = receiptOver(clinic, { root: range.root(), count: 1 });
  const written = { salt: toBase64(fromHex(line.salt)), line: toBase64(encodeAccessLine(line)), proof: [] };
  const receipt = { careledger: 'access-receipt/1', patient: line.patient, logs: [{ anchor, lines: [written] }] };
  const [log] = verifyAccessReceipt(hash, verifySignature, receipt).logs;
  expect(log?.lines).toMatchObject([{ who: 'Dr. Ada Frey', categories: ['clinical'] }]);
  expect(verdict({ ...receipt, careledger: 'access-receipt/2' })).toBe('access-receipt.malformed');
  expect(verdict({ ...receipt, careledger: 'access-receipt/3' })).toBe('access-receipt.malformed');
});

test('the newest anchor of a device is found among the blocks of a replica', async () => {
  const { desk } = await deskWithReceipts();
  const { clinic } = desk;
  const sealed = [1, 2].map((count) => clinic.desk.write(act(clinic, 'access.sealed', { root: bytesFor('root'), count })));
  const other = clinic.desk.write(act(clinic, 'staff.revoked', { staff: bytesFor('staff') }, { signer: clinic.administrator }));
  const another = foundClinic('elsewhere');
  const theirs = another.desk.write(act(another, 'access.sealed', { root: bytesFor('root'), count: 9 }));
  for (const [position, block] of [...sealed, other, theirs].entries())
    await desk.database.writeOnce('INSERT INTO block (position, hash, bytes) VALUES (?, ?, ?)', [
      position,
      blockHash(hash, block) as Buffer,
      block as Buffer,
    ]);
  const found = async (device: Uint8Array, below: number) =>
    (await blocksOfDevice(desk.database.read, device, 'access.sealed', below, 5)).map(({ position }) => position);
  expect(await found(clinic.desk.key.publicKey, 4)).toEqual([1, 0]);
  expect(await found(clinic.desk.key.publicKey, 1)).toEqual([0]);
  expect(await found(another.desk.key.publicKey, 4)).toEqual([3]);
  expect((await blocksNaming(desk.database.read, clinic.chain, ['staff.revoked'], [])).map(({ position }) => position)).toEqual([
    2,
  ]);
  expect((await blocksNaming(desk.database.read, clinic.chain, [], ['access.sealed'])).map(({ position }) => position)).toEqual([
    0, 1, 3,
  ]);
});

test('of a log that was edited on the disk no receipt is made', async () => {
  const { desk, ids, seal } = await deskWithReceipts();
  for (const each of [ids[0], ids[1], ids[0]]) await desk.ask(OPEN, { patient: each });
  await seal();
  await desk.database.writeOnce(
    "DELETE FROM vault_row WHERE kind = 'access' AND key = (SELECT min(key) FROM vault_row WHERE kind = 'access')",
    [],
  );
  await expect(desk.ask(RECEIPT, { patient: ids[0] })).rejects.toMatchObject({ code: 'access.log-altered' });
});
