import { beforeEach, expect, test } from 'vitest';
import { accessRow } from '../../shared/access/access-rules.ts';
import { decode } from '../../shared/encoding/codec.ts';
import { act, bytesFor, foundClinic, foundRegion, MemoryLedger, type TestClinic } from '../support/ledger-builder.ts';

let a: TestClinic;
let b: TestClinic;
let ledger: MemoryLedger;

beforeEach(() => {
  [a, b] = [foundClinic('A'), foundClinic('B')];
  ledger = new MemoryLedger(foundRegion('north', [a, b]).region);
});

const anchor = (clinic: TestClinic, count: number, root = bytesFor(`root ${count}`)): string =>
  ledger.judge(clinic.desk, act(clinic, 'access.sealed', { root, count }));
const anchored = () => decode(accessRow, ledger.rows.get(`access/${a.desk.id}`)!);

test('an access log that grows, or stands still, is anchored', () => {
  for (const count of [0, 3, 3, 10]) expect(anchor(a, count)).toBe('accepted');
  expect(anchored()).toEqual({ root: bytesFor('root 10'), count: 10 });
});

test('one that lost lines is disputed, and the anchor keeps showing it', () => {
  anchor(a, 10);
  expect(anchor(a, 9)).toBe('disputed: access-log-shrank');
  expect(anchored().count).toBe(10);
  expect(anchor(a, 11)).toBe('accepted');
});

test('one whose lines were exchanged for as many others is disputed', () => {
  anchor(a, 10);
  expect(anchor(a, 10, bytesFor('other lines'))).toBe('disputed: access-log-changed');
  expect(anchored().root).toEqual(bytesFor('root 10'));
});

test('each device counts its own lines', () => {
  anchor(a, 10);
  expect(anchor(b, 1)).toBe('accepted');
  expect(anchored().count).toBe(10);
});
