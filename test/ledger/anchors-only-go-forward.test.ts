/** A region's checkpoint in its parent's ledger: what a parent can tell of it without the region's keys, and what it disputes. */
import { beforeEach, expect, test } from 'vitest';
import { toHex } from '../../shared/encoding/bytes.ts';
import { decode } from '../../shared/encoding/codec.ts';
import { anchorRow, REGION_ANCHORED } from '../../shared/ledger/anchor-rules.ts';
import { checkpointText } from '../../shared/ledger/checkpoint.ts';
import { act, bytesFor, foundClinic, foundRegion, MemoryLedger, type TestClinic } from '../support/ledger-builder.ts';

const region = bytesFor('the child region');
let a: TestClinic;
let b: TestClinic;
let ledger: MemoryLedger;

beforeEach(() => {
  [a, b] = [foundClinic('A'), foundClinic('B')];
  ledger = new MemoryLedger(foundRegion('parent', [a, b]).region);
});

const noteOf = (size: number, root = `root ${size}`, of = region): string =>
  `${checkpointText(of, { size, root: bytesFor(root), effects: bytesFor('effects') })}\n— careledger/nobody AAAAAAAA\n`;
const anchor = (checkpoint: string, by = a): string => ledger.judge(by.desk, act(by, REGION_ANCHORED, { region, checkpoint }));
const kept = (by: TestClinic) => decode(anchorRow, ledger.rows.get(`anchor/${by.id}/${toHex(region)}`)!);

test('a larger checkpoint goes on, the same one again is harmless', () => {
  expect([anchor(noteOf(5)), anchor(noteOf(5)), anchor(noteOf(9))]).toEqual(['accepted', 'accepted', 'accepted']);
  expect(kept(a)).toMatchObject({ size: 9, root: bytesFor('root 9') });
});

test('one that shrank, or says another root of the same size, is disputed, and the one before stays', () => {
  anchor(noteOf(5));
  expect(anchor(noteOf(4))).toBe('disputed: anchor-shrank');
  expect(anchor(noteOf(5, 'another root'))).toBe('disputed: anchor-changed');
  expect(kept(a)).toMatchObject({ size: 5, root: bytesFor('root 5') });
});

test('each clinic anchors for itself: what one has seen binds no other', () => {
  anchor(noteOf(5));
  expect(anchor(noteOf(3), b)).toBe('accepted');
});

test.each([
  ['of another region', noteOf(5, 'root', bytesFor('another region'))],
  ['that is no signed note', 'no note'],
  ['of a size that is no number', noteOf(5).replace('\n5\n', '\nfive\n')],
])('a checkpoint %s anchors nothing', (_, checkpoint) => {
  expect(anchor(checkpoint)).toBe('disputed: anchor-malformed');
});
