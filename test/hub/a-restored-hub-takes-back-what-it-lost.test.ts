/** Threat L7: a real hub is backed up, goes on, is lost and restored; a desk with the real engine and folder meets it. */
import { existsSync } from 'node:fs';
import { cp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { hubActs } from '../../server/hub/commands/fleet-administration.ts';
import { hubCommand } from '../../server/hub/commands/hub-command.ts';
import { openHub } from '../../server/hub/hub-service.ts';
import { listState } from '../../server/ledger/state-rows.store.ts';
import type { SyncEngine } from '../../server/sync/engine.ts';
import { listEvidence } from '../../server/sync/evidence/evidence.store.ts';
import { HubClient } from '../../server/sync/hub-client.ts';
import { sign, verifySignature as verify } from '../../server/vault/primitives.ts';
import { VerifyPool } from '../../server/vault/verify-pool.ts';
import { fromBase64, fromHex, fromUtf8, toHex, utf8 } from '../../shared/encoding/bytes.ts';
import { decode } from '../../shared/encoding/codec.ts';
import { signedActCodec } from '../../shared/fleet/administration.ts';
import { witnessName } from '../../shared/ledger/checkpoint.ts';
import { cosignatureLine, cosignatureMessage, parseNote } from '../../shared/ledger/note.ts';
import { openRestoration } from '../../shared/sync/restoration.ts';
import { act, admissionOf, bytesFor, foundClinic, hash, signingKeyFor, type TestClinic } from '../support/ledger-builder.ts';
import { openEngine } from '../sync/desk-engine.ts';
import { type Place, TestDesk } from '../sync/test-desk.ts';
import { HubBench, type Line, sealedDocument, temporaryFolder } from './hub-bench.ts';

let north: TestClinic;
let bench: HubBench;
let desk: TestDesk;
let pool: VerifyPool;
let engine: SyncEngine;
let place: Place;
let backups: string;
let now: number;

beforeEach(async () => {
  now = Date.now();
  north = foundClinic('North');
  bench = await HubBench.open({ founder: north });
  const device = await bench.certify(north.desk.key, { secret: bench.founderSecret, founding: north.founding.bytes });
  place = { address: `https://localhost:${bench.port}`, trust: { authority: bench.authority, device } };
  desk = await TestDesk.open(north, bench.region);
  pool = new VerifyPool(1);
  backups = await temporaryFolder('hub-backups');
  engine = await openEngine(desk, { hub: place, pool, cosignEvery: 0, clock: () => now });
}, 60_000);
afterEach(async () => {
  await engine.stop();
  await pool.close();
  await desk.close();
  await bench.close();
  await rm(backups, { recursive: true, force: true });
});

const round = (): Promise<string> =>
  engine.once().then(
    () => 'synced',
    (error: { code?: string }) => error.code ?? String(error),
  );

const staffEvent = (label: string) =>
  act(north, 'staff.enrolled', { staff: bytesFor(label), role: 'nurse' }, { signer: north.administrator });
const enrolStaff = (...labels: string[]) => desk.ledger.commit({ events: labels.map(staffEvent) });
const staff = async (): Promise<string[]> => {
  const rows = await listState(desk.database.read, 'staff/');
  return rows.map(({ key }) => key).sort();
};

/** `careledger hub …` with its one JSON answer. */
async function hub(...args: string[]): Promise<{ code: number; answer: Record<string, unknown> }> {
  let out = '';
  const code = await hubCommand([...args, '--json'], { out: (text) => (out += text), err: () => undefined });
  return { code, answer: JSON.parse(out || '{}') };
}

/** A backup of the running hub; what it takes to restore it. */
async function backUp(): Promise<{ folder: string; code: string }> {
  const { code, answer } = await hub('backup', '--data', bench.folder, '--to', backups, '--show-code');
  expect(code).toBe(0);
  const file = join(backups, 'code.txt');
  await writeFile(file, `${answer.code}\n`);
  return { folder: answer.folder as string, code: file };
}

/** The machine is gone; a new folder comes from the backup, and the hub answers under its old address. */
async function loseAndRestore({ folder, code }: { folder: string; code: string }): Promise<void> {
  await bench.hub.close();
  await rm(bench.folder, { recursive: true, force: true });
  expect(await hub('restore', '--data', bench.folder, '--from', folder, '--code-file', code)).toMatchObject({ code: 0 });
  await serve();
}

async function serve(): Promise<void> {
  bench.hub = await openHub(bench.folder);
  await bench.hub.start(bench.port, '127.0.0.1');
}

const line = (): Line => bench.line(place.trust.device);
const statement = async () => {
  const client = new HubClient(place.address, place.trust);
  try {
    const { restoration } = await client.ask<{ restoration: string | null }>('Restoration');
    return restoration === null ? undefined : openRestoration(verify, bench.hubKey, fromBase64(restoration));
  } finally {
    client.close();
  }
};

test('nothing of a backup reads without its code, and a file of it that was altered is named', async () => {
  await enrolStaff('before');
  await round();
  const { folder, code } = await backUp();
  const [secret, ...others] = [north.chain, bench.region.id, fromHex(fromUtf8(await readFile(code)).replaceAll(/[-\n]/g, ''))];
  for (const file of await readdir(folder)) {
    const bytes = await readFile(join(folder, file));
    for (const each of [secret as Uint8Array, ...others, utf8('SQLite format 3')])
      expect(bytes.includes(Buffer.from(each))).toBe(false);
  }
  expect(await readdir(bench.folder)).not.toContain('hub-backup-work');
  const restore = async (...change: [name: string, bytes: (before: Buffer) => Uint8Array][]): Promise<unknown> => {
    const copy = join(backups, 'altered');
    await cp(folder, copy, { recursive: true });
    for (const [name, bytes] of change) await writeFile(join(copy, name), bytes(await readFile(join(copy, name))));
    const { answer } = await hub('restore', '--data', join(backups, 'nowhere'), '--from', copy, '--code-file', code);
    await rm(copy, { recursive: true });
    expect(existsSync(join(backups, 'nowhere'))).toBe(false);
    return (answer.error as { code: string; message: string }).message;
  };
  const flip = (before: Buffer): Uint8Array => before.fill((before[99] as number) ^ 1, 99, 100);
  expect(await restore(['hub-00000.sealed', flip])).toMatch(/hub-00000.sealed of this backup was altered/);
  expect(await restore(['keys.sealed', flip])).toMatch(/This backup does not open/);
  expect(
    await restore([
      'hub-backup.json',
      (before) => before.fill('7', before.indexOf('"made": ') + 8, before.indexOf('"made": ') + 9),
    ]),
  ).toMatch(/This backup does not open/);
  await writeFile(code, '0000-'.repeat(16).slice(0, -1));
  expect(await restore()).toMatch(/the code is another hub's/);
}, 60_000);

describe('a restored hub', () => {
  test('takes back the blocks that it lost, byte for byte: the same checkpoint, no fork, no alarm', async () => {
    await enrolStaff('before');
    expect(await round()).toBe('synced');
    const backup = await backUp();
    await enrolStaff('after 1');
    await enrolStaff('after 2');
    expect(await round()).toBe('synced');
    const signed = (await bench.checkpoint(line())).note.split('\n\n')[0];
    const everybody = await staff();

    await loseAndRestore(backup);
    expect(await statement()).toMatchObject({ phase: 'recovering', restored: 1, size: 1, known: 0 });
    expect(await round()).toBe('synced');

    expect((await bench.checkpoint(line())).note.split('\n\n')[0]).toBe(signed);
    expect(await statement()).toMatchObject({ phase: 'resumed', restored: 1, size: 3, known: 3 });
    expect(await staff()).toEqual(everybody);
    expect(engine.state).toMatchObject({ alarms: [], connection: 'UP_TO_DATE', replicaSize: 3 });
    await enrolStaff('later');
    expect(await round()).toBe('synced');
    expect(engine.state).toMatchObject({ replicaSize: 4, pendingEvents: 0, witnessedSize: 4 });
  }, 120_000);

  test('gets the documents of those blocks again, under numbers that nobody has seen yet', async () => {
    await enrolStaff('before');
    await round();
    const backup = await backUp();
    const handle = bytesFor('a compartment', 16);
    const { name, upload } = sealedDocument('a record', handle);
    const put = act(
      north,
      'record.put',
      { record: bytesFor('record', 16), version: 1, previous: new Uint8Array(0), document: name },
      { handle, signer: north.administrator },
    );
    const [sealed, wrap] = [upload.sealed, upload.wrap].map(fromBase64) as [Uint8Array, Uint8Array];
    await desk.ledger.commit({ events: [{ ...put, document: name }], documents: [{ name, handle, sealed, wrap }] });
    expect(await round()).toBe('synced');
    await loseAndRestore(backup);
    expect(await round()).toBe('synced');

    const { documents: page } = await line().ask<{ documents: { documents: Array<{ name: string; sequence: number }> } }>(
      'Documents',
      { handle: toHex(handle), after: 0, limit: 10 },
    );
    expect(page.documents.map((document) => document.name)).toEqual([toHex(name)]);
    expect(page.documents[0]?.sequence).toBeGreaterThan(2 ** 32);
    expect(engine.state).toMatchObject({ pendingDocuments: 0, pendingEvents: 0, alarms: [] });
  }, 120_000);

  test('takes back the acts that its backup lacked, as the ledger has them; invitations and what the ledger lacks are gone', async () => {
    const operator = signingKeyFor('hub administrator');
    const enrolled = act(
      north,
      'staff.enrolled',
      { staff: operator.publicKey, role: 'hub-administrator' },
      { signer: north.administrator },
    );
    await desk.ledger.commit({ events: [enrolled] });
    await round();
    expect(await hub('administrator', '--data', bench.folder, '--add', toHex(operator.publicKey))).toMatchObject({ code: 0 });
    const backup = await backUp();

    const toRing = (ring: string) => hub('update', 'clinic', '--data', bench.folder, '--clinic', north.id, '--ring', ring);
    expect((await toRing('1')).answer).toMatchObject({ sequence: 2, before: 3, ring: 1 });
    const invited = await hub('invite', '--data', bench.folder);
    expect(invited.code).toBe(0);
    // A hub administrator's desk brings to the ledger what was done so far.
    const { administratorActs } = await line().ask<{ administratorActs: string[] }>('AdministratorActs', { after: 0 });
    const acts = administratorActs.map((text) =>
      act(north, 'hub.acted', decode(signedActCodec, fromBase64(text)), { signer: operator }),
    );
    await desk.ledger.commit({ events: acts });
    expect(await round()).toBe('synced');
    expect((await toRing('2')).answer).toMatchObject({ sequence: 4, before: 1, ring: 2 });

    await loseAndRestore(backup);
    expect((await toRing('2')).code).toBe(1);
    expect(await round()).toBe('synced');
    expect(await hubActs(bench.folder, 0)).toMatchObject([
      { kind: 'administrator', subject: toHex(operator.publicKey), after: 1 },
      { kind: 'ring', subject: north.id, before: 0, after: 1 },
      { kind: 'invitation' },
      { sequence: 4, kind: 'restoration', after: 2 },
    ]);
    expect(await hub('verify', '--data', bench.folder)).toMatchObject({ code: 0, answer: { acts: 4 } });
    // Its secret may have been used meanwhile: it lets nobody in, and there is nothing to take back.
    const withdrawn = await hub('invite', '--data', bench.folder, '--withdraw', String(invited.answer.id));
    expect(withdrawn.code).toBe(1);
    expect((await toRing('2')).answer).toMatchObject({ sequence: 5, before: 1, ring: 2 });
  }, 120_000);

  test('orders nothing before a quorum has confirmed its head, and a block that nobody signed for does not come back', async () => {
    await enrolStaff('before');
    await round();
    const backup = await backUp();
    await enrolStaff('after');
    await round();
    const { note } = await bench.checkpoint(line());
    await loseAndRestore(backup);

    const foreign = north.desk.write(staffEvent('never'));
    const [refused] = await bench.submit(line(), foreign);
    expect(refused).toMatchObject({ receipt: null, refusal: { code: 'hub.recovering', retry: true } });
    const bring = (blocks: string[]) => line().ask('ReturnBlocks', { checkpoint: note, from: 1, blocks, proof: [] });
    await expect(bring([Buffer.from(foreign).toString('base64')])).rejects.toThrow('hub.tail-foreign');
    expect((await bench.checkpoint(line())).size).toBe(1);
    // An altered byte in what is brought back is noticed as well.
    const { note: own } = await bench.checkpoint(line());
    const altered = own.replace(/^— (.*) (.)/m, (_, name, first) => `— ${name} ${first === 'A' ? 'B' : 'A'}`);
    await expect(line().ask('ReturnBlocks', { checkpoint: altered, from: 1, blocks: [], proof: [] })).rejects.toThrow(
      /^ledger\./,
    );
    expect((await statement())?.phase).toBe('recovering');
  }, 120_000);

  test('waits for a second witness where one alone is no quorum', async () => {
    const south = foundClinic('South');
    const other = await HubBench.open({ founder: north, others: [south] });
    const [northLine, southLine] = [await other.join(north), await other.join(south)];
    try {
      await other.submit(northLine, north.desk.write(staffEvent('before')));
      await other.hub.close();
      expect((await hub('restore', '--data', other.folder)).answer).toEqual({ blocks: 1 });
      other.hub = await openHub(other.folder);
      await other.hub.start(other.port, '127.0.0.1');
      const next = north.desk.write(staffEvent('next'));
      const cosign = async (clinic: TestClinic, by: Line): Promise<string | undefined> => {
        const { note, size } = await other.checkpoint(by);
        const time = Math.floor(now / 1000);
        const signature = sign(clinic.cosignKey, cosignatureMessage(time, parseNote(note).text));
        const cosigned = cosignatureLine(hash, witnessName(clinic.chain), clinic.cosignKey.publicKey, time, signature);
        await by.ask('Cosign', { size, line: cosigned });
        const [result] = await other.submit(northLine, next);
        return result?.refusal?.code;
      };
      expect(await cosign(north, northLine)).toBe('hub.recovering');
      expect(await cosign(south, southLine)).toBeUndefined();
    } finally {
      await other.close();
    }
  }, 120_000);

  test('that was put back in silence finds out by its own signature, before it orders anything', async () => {
    await enrolStaff('before');
    await round();
    const backup = await backUp();
    await enrolStaff('after');
    await round();
    await loseAndRestore(backup);
    // As if nobody had said so.
    expect((await hub('restore', '--data', bench.folder, '--go-on')).code).toBe(0);
    expect((await statement())?.phase).toBe('resumed');
    expect(await round()).toBe('synced');
    expect(await statement()).toMatchObject({ phase: 'resumed', size: 2 });
    expect(engine.state.alarms).toEqual([]);
  }, 120_000);

  test('that went on without them is named as what it is, and an administrator who accepts it loses and doubles nothing', async () => {
    const south = foundClinic('South');
    const southLine = await bench.join(south);
    const admission = admissionOf(bench.region, south, [north]);
    await desk.ledger.commit({ events: [act(north, 'chain.admitted', admission, { signer: north.administrator })] });
    await round();
    const backup = await backUp();
    await enrolStaff('lost 1', 'lost 2');
    await enrolStaff('lost 3');
    await round();
    const everybody = await staff();
    await loseAndRestore(backup);
    expect((await hub('restore', '--data', bench.folder, '--go-on')).answer).toEqual({ blocks: 1 });
    const meanwhile = act(south, 'access.sealed', { root: bytesFor('root'), count: 1 });
    const [accepted] = await bench.submit(southLine, south.desk.write(meanwhile));
    expect(accepted?.refusal).toBeNull();

    expect(await round()).toBe('sync.hub-restored');
    const [row] = await listEvidence(desk.database.read);
    expect(row?.message).toMatch(/restored from a backup, and it has gone on without positions 1 to 2/);
    expect(await statement()).toMatchObject({ phase: 'resumed', size: 1, known: 3 });
    // A restart changes nothing: a person decides.
    await engine.stop();
    await desk.restart();
    engine = await openEngine(desk, { hub: place, pool, cosignEvery: 0, clock: () => now });
    expect(engine.state.connection).toBe('STOPPED');

    await engine.followRestored('administrator');
    const settled = () => engine.state.witnessedSize === 4 && engine.state.connection === 'UP_TO_DATE';
    await expect.poll(settled, { timeout: 60_000 }).toBe(true);
    expect(engine.state).toMatchObject({ alarms: [], pendingEvents: 0, replicaSize: 4, connection: 'UP_TO_DATE' });
    expect(await staff()).toEqual(everybody);
  }, 120_000);
});
