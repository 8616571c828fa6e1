import { describe, expect, test } from 'vitest';
import { treeOver } from '../../server/access/make-receipt.ts';
import { openPatientCopy, sealPatientCopy } from '../../server/access/patient-copies.ts';
import { hashParts } from '../../server/vault/hash-parts.ts';
import { sealingKey } from '../../server/vault/primitives.ts';
import { ownLog, type PatientCopy } from '../../shared/access/patient-copy.ts';
import { fromHex, toHex } from '../../shared/encoding/bytes.ts';
import { CompactRange, inclusionProof, leafHash, rootAt } from '../../shared/ledger/merkle.ts';
import { type AccessLine, accessEntry } from '../../shared/sync/access-line.ts';
import { bytesFor } from '../support/ledger-builder.ts';

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
const anchors = (root: Uint8Array, count: number) => new Map([[DEVICE, { root, count }]]);
const code = (act: () => unknown): string => {
  try {
    act();
    return 'holds';
  } catch (error) {
    return (error as { code: string }).code;
  }
};

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
    const { lines, logs } = ownLog(hashParts, [...copies, ...copies], anchors(copies[2]?.root as Uint8Array, 20));
    expect(lines.map(({ sequence }) => sequence)).toEqual([19, 16, 13, 10, 7, 4, 1]);
    expect(logs).toEqual([{ device: DEVICE, chain: 'aa'.repeat(32), standing: 'anchored', missing: [], complete: true }]);
  });

  test('a copy that is held back leaves a gap; a line that was altered, or an anchor that differs, shows', async () => {
    const [one, two, three] = [await copyOf(0, 7), await copyOf(7, 12), await copyOf(12, 20)];
    expect(ownLog(hashParts, [one, three], anchors(three.root, 20)).logs).toMatchObject([
      { missing: [{ from: 4, to: 4 }], complete: false },
    ]);
    expect(ownLog(hashParts, [one, two], anchors(three.root, 20)).logs).toMatchObject([{ standing: 'behind', complete: true }]);
    expect(ownLog(hashParts, [one], anchors(bytesFor('another root'), 7)).logs).toMatchObject([
      { standing: 'differs', complete: false },
    ]);
    expect(ownLog(hashParts, [two], anchors(one.root, 7)).logs).toMatchObject([{ standing: 'waiting' }]);
    const [first] = one.lines as [PatientCopy['lines'][number]];
    const forged = { ...one, lines: [{ ...first, line: { ...first.line, who: 'Dr. Nobody' } }] };
    expect(code(() => ownLog(hashParts, [forged], anchors(one.root, 7)))).toBe('access.copy-altered');
    const anothers = { ...one, device: bytesFor('another device') };
    expect(code(() => ownLog(hashParts, [anothers], anchors(one.root, 7)))).toBe('access.copy-altered');
  });
});
