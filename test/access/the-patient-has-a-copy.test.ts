import { describe, expect, test } from 'vitest';
import { treeOver } from '../../server/access/make-receipt.ts';
import { sealPatientCopy } from '../../server/access/patient-copies.ts';
import type { PatientEntry } from '../../server/sync/vault-context/vault-context.ts';
import { hashParts } from '../../server/vault/hash-parts.ts';
import { sealingKey, sign } from '../../server/vault/primitives.ts';
import { openPatientCopy } from '../../server/workstation/kiosk/own-readings.ts';
import { accessKey, accessRow } from '../../shared/access/access-rules.ts';
import { type LogAnchor, ownLog, type PatientCopy, provenParts } from '../../shared/access/patient-copy.ts';
import { cardMessage } from '../../shared/care-card/card-rules.ts';
import { fromHex, toHex } from '../../shared/encoding/bytes.ts';
import { decode } from '../../shared/encoding/codec.ts';
import type { SignedEvent } from '../../shared/ledger/event.ts';
import { CompactRange, inclusionProof, leafHash, rootAt } from '../../shared/ledger/merkle.ts';
import { type AccessLine, accessEntry } from '../../shared/sync/access-line.ts';
import { ClinicDesk } from '../support/clinic-desk.ts';
import { folderOf, patient } from '../support/fhir-files.ts';
import { act, agreementKeyFor, bytesFor, signingKeyFor, type TestClinic } from '../support/ledger-builder.ts';

const DEVICE = 'dd'.repeat(32);
const PATIENT = '01'.repeat(16);
const BOX = bytesFor('box', 16);
const key = { epoch: 3, key: sealingKey(bytesFor('box key')) };

/** Every third line is about our patient. */
const log: AccessLine[] = Array.from({ length: 20 }, (_, at) => ({
  chain: 'aa'.repeat(32),
  device: DEVICE,
  sequence: at + 1,
  patient: at % 3 === 0 ? PATIENT : '02'.repeat(16),
  suite: 2,
  ofPatient: Math.floor(at / 3) + 1,
  at: at * 1000,
  staff: '11'.repeat(32),
  who: 'Dr. Ada Frey',
  role: 'clinician',
  process: '',
  recipient: '',
  action: 'open',
  purpose: 'TREAT',
  categories: [],
  detail: '',
  salt: toHex(bytesFor(`salt ${at}`)),
}));
const entries = log.map((line) => accessEntry(hashParts, line));

/** What a desk lays into the box when it has anchored `count` lines and had anchored `before`. */
async function copyOf(before: number, count: number): Promise<PatientCopy> {
  const range = new CompactRange(hashParts);
  for (const entry of entries.slice(0, before)) range.append(leafHash(hashParts, entry));
  const tree = treeOver(entries.slice(before, count), before, range.nodes);
  const lines = log.slice(before, count).filter(({ patient }) => patient === PATIENT);
  return {
    device: fromHex(DEVICE),
    count,
    root: await rootAt(hashParts, count, treeOver(entries.slice(0, count))),
    lines: await Promise.all(
      lines.map(async (line) => ({ line, proof: await inclusionProof(hashParts, line.sequence - 1, count, tree) })),
    ),
    told: [],
  };
}
/** The ledger counts what these copies say. */
const counted = (...anchors: LogAnchor[]) => new Map([[DEVICE, anchors]]);

describe('the patient’s own copy', () => {
  test('opens with the key of the box and with no other, in no other box', async () => {
    const copy = await copyOf(0, 7);
    const document = sealPatientCopy(copy, { handle: BOX, key }, 1);
    const keys = (handle: Uint8Array, epoch: number) => (epoch === 3 && toHex(handle) === toHex(BOX) ? key.key : undefined);
    expect(openPatientCopy(document, BOX, keys)).toEqual(copy);
    expect(openPatientCopy(document, BOX, () => sealingKey(bytesFor('another key')))).toBeUndefined();
    expect(openPatientCopy(document, bytesFor('another box', 16), () => key.key)).toBeUndefined();
  });

  test('is whole out of all copies, whatever was anchored between them', async () => {
    const copies = [await copyOf(0, 7), await copyOf(7, 8), await copyOf(8, 20)];
    const { lines, proved, logs } = ownLog(hashParts, [...copies, ...copies], counted(...copies));
    expect(lines.map(({ sequence }) => sequence)).toEqual([19, 16, 13, 10, 7, 4, 1]);
    expect(proved.size).toBe(7);
    const whole = { standing: 'anchored', lines: 7, anchored: 20, missing: [], altered: [], complete: true };
    expect(logs).toEqual([{ device: DEVICE, chain: 'aa'.repeat(32), ...whole }]);
  });

  test('a copy that is held back leaves a gap; a line that was altered, or an anchor that differs, shows', async () => {
    const [one, two, three] = [await copyOf(0, 7), await copyOf(7, 12), await copyOf(12, 20)];
    const logs = (copies: PatientCopy[], anchors: LogAnchor[]) => ownLog(hashParts, copies, counted(...anchors)).logs;
    expect(logs([one, three], [one, two, three])).toMatchObject([{ missing: [{ from: 4, to: 4 }], complete: false }]);
    expect(logs([one, two], [one, two, three])).toMatchObject([{ standing: 'behind', complete: true }]);
    expect(logs([one], [{ ...one, root: bytesFor('another root') }])).toMatchObject([{ standing: 'differs', complete: false }]);
    expect(logs([one, two], [one])).toMatchObject([{ standing: 'waiting', complete: true }]);
    const [first] = one.lines as [PatientCopy['lines'][number]];
    const forged = { ...first.line, who: 'Dr. Nobody' };
    const altered = { ...one, lines: [{ ...first, line: forged }, ...one.lines.slice(1)] };
    expect(logs([altered], [one])).toMatchObject([{ altered: [forged], missing: [], complete: false }]);
    expect(logs([{ ...one, device: bytesFor('another device') }], [one])).toMatchObject([{ complete: false }]);
  });

  test('an earlier copy is held against the ledger’s anchor of its time, and what is told fills no gap', async () => {
    const [one, two, three] = [await copyOf(0, 7), await copyOf(7, 12), await copyOf(12, 20)];
    const [gone] = two.lines as [PatientCopy['lines'][number]];
    // Made whole under a root of its own, which the ledger never counted.
    const own = { ...(one.lines[0] as { line: AccessLine }).line, who: 'Dr. Nobody' };
    const root = leafHash(hashParts, accessEntry(hashParts, own));
    const invented = { ...one, count: 1, root, lines: [{ line: own, proof: [] }] };
    const { proved, logs } = ownLog(hashParts, [invented, two, three], counted(one, two, three));
    expect(logs).toMatchObject([{ standing: 'differs', altered: [], complete: false }]);
    expect(proved.has(`${DEVICE}-1`)).toBe(false);
    const told = { ...three, told: [gone.line] };
    const after = ownLog(hashParts, [one, told], counted(one, two, three));
    expect(after.logs).toMatchObject([{ missing: [{ from: 4, to: 4 }], complete: false }]);
    expect(after.proved.has(`${DEVICE}-${gone.line.sequence}`)).toBe(false);
  });

  test('shows others each proved line once, and none that the ledger never counted', async () => {
    const [one, two, three] = [await copyOf(0, 7), await copyOf(7, 12), await copyOf(12, 20)];
    const [first, ...rest] = one.lines as [PatientCopy['lines'][number], ...PatientCopy['lines']];
    const altered = { ...one, lines: [{ ...first, line: { ...first.line, who: 'Dr. Nobody' } }, ...rest] };
    const parts = provenParts(hashParts, [altered, one, two, two, three], counted(one, two));
    expect(parts.map(({ root, lines }) => [toHex(root), lines.map(({ line }) => line.sequence)])).toEqual([
      [toHex(one.root), [4, 7]],
      [toHex(one.root), [1]],
      [toHex(two.root), [10]],
    ]);
  });
});

test('an anchoring lays the new lines into the box of the living card, the earlier ones with the first; the disk shows what is edited', async () => {
  const desk = await ClinicDesk.open();
  const { request } = await desk.unlock();
  const { vault, access } = request;
  const { id: job } = await request.imports.startPaths([folderOf({ 'Patient.ndjson': `${patient('p1')}\n${patient('p2')}` })]);
  await request.imports.settled(job);
  const [one, two] = (await request.patients.find('', 5, undefined)).patients.map((found) => found.patient) as [
    PatientEntry,
    PatientEntry,
  ];
  const open = async (...who: PatientEntry[]): Promise<void> => {
    for (const each of who) {
      await desk.ask('mutation ($patient: ID!) { openChart(patient: $patient) { openedAt } }', { patient: each.id });
    }
  };
  await open(one, two);
  await access.sealAccessLog();
  await open(two, one);
  await vault.keyStore.putKeys([{ kind: 'compartment', id: BOX, epoch: 3, value: bytesFor('box key') }]);
  await vault.gateway.commit({ events: cardOf(desk.clinic, fromHex(one.handles.identity as string)) });
  await access.sealAccessLog();
  await open(two, one, one);
  await access.sealAccessLog();

  const copies = async (): Promise<PatientCopy[]> => {
    const stored = await desk.database.read.all<{ sealed: Buffer; wrap: Buffer }>(
      'SELECT sealed, wrap FROM document WHERE handle = ?',
      [Buffer.from(BOX)],
    );
    return stored.flatMap((document) => openPatientCopy(document, BOX, () => key.key) ?? []);
  };
  const [stored] = await vault.gateway.state([accessKey(toHex(vault.device))]);
  const anchors = (await copies()).map(({ count, root }) => ({ count, root }));
  // The newest is what the ledger counts now.
  expect(decode(accessRow, stored as Uint8Array)).toEqual(anchors.at(-1));
  const whole = ownLog(hashParts, await copies(), new Map([[toHex(vault.device), anchors]]));
  expect((await copies()).map(({ lines }) => lines.length)).toEqual([2, 2]);
  expect(whole.lines.map(({ sequence, patient: whose }) => [sequence, whose === one.id])).toEqual([
    [7, true],
    [6, true],
    [4, true],
    [1, true],
  ]);
  expect(whole.logs).toMatchObject([{ standing: 'anchored', missing: [], complete: true }]);

  await desk.database.writeOnce(
    'DELETE FROM document WHERE name = (SELECT name FROM document WHERE handle = ? ORDER BY rowid LIMIT 1)',
    [Buffer.from(BOX)],
  );
  const [left] = ownLog(hashParts, await copies(), new Map([[toHex(vault.device), anchors]])).logs;
  expect(left).toMatchObject({ missing: [{ from: 1, to: 2 }], complete: false });
});

/** A box and a card for this patient, as a desk issues them. */
function cardOf(clinic: TestClinic, handle: Uint8Array): SignedEvent[] {
  const none = new Uint8Array(0);
  const own = signingKeyFor('patient');
  const terms = {
    card: signingKeyFor('card').publicKey,
    signingKey: own.publicKey,
    encryptionKey: agreementKeyFor('patient encryption').publicKey,
    box: BOX,
    boxEpoch: 3,
    boxKey: new Uint8Array(80),
    envelope: bytesFor('envelope'),
    replaces: none,
  };
  const message = cardMessage(clinic.chain, handle, terms);
  const body = { ...terms, cardProof: sign(signingKeyFor('card'), message), patientProof: sign(own, message) };
  const put = { record: bytesFor('box record', 16), version: 1, previous: none, document: bytesFor('box document') };
  return [
    act(clinic, 'record.put', put, { handle: BOX }),
    act(clinic, 'card.issued', body, { handle, signer: clinic.administrator }),
  ];
}
