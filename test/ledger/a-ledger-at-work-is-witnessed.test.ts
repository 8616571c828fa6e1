import fc from 'fast-check';
import { expect, test } from 'vitest';
import { verifySignature as verify } from '../../server/vault/primitives.ts';
import { type Cosigner, quorumOf } from '../../shared/ledger/checkpoint.ts';
import { newestWitnessed, vouchingFor, type WitnessWord, wordsOn } from '../../shared/ledger/newest-witnessed.ts';
import {
  bytesFor,
  checkpointOf,
  clinicWitness,
  cosign,
  foundClinic,
  foundRegion,
  hash,
  signingKeyFor,
} from '../support/ledger-builder.ts';

const clinics = ['North', 'East', 'South', 'West', 'Middle', 'Coast', 'Hills'].map((name) => foundClinic(name));
const witnesses: readonly Cosigner[] = clinics.map((clinic) => clinicWitness(clinic));
const region = foundRegion('at work', clinics);
const checkpoint = (size: number) => checkpointOf(region, { size, root: bytesFor(`root ${size}`), effects: bytesFor('effects') });

test('as many blocks are witnessed as a quorum has signed or more, whichever checkpoints each witness has signed', () => {
  const words = fc.integer({ min: 1, max: witnesses.length }).chain((count) =>
    fc.record({
      count: fc.constant(count),
      signed: fc.array(fc.record({ by: fc.nat(count - 1), size: fc.integer({ min: 1, max: 50 }), time: fc.nat(1000) })),
    }),
  );
  fc.assert(
    fc.property(words, ({ count, signed }) => {
      const set = witnesses.slice(0, count);
      const said = signed.map(({ by, size, time }): WitnessWord => ({ ...nameOf(by), size, time }));
      const largest = set.map((_, at) => Math.max(0, ...signed.flatMap(({ by, size }) => (by === at ? [size] : []))));
      const expected = largest.toSorted((a, b) => b - a)[quorumOf(count) - 1] ?? 0;
      const found = newestWitnessed(said, () => set);
      expect(found?.size ?? 0).toBe(expected);
      if (!found) return;
      const times = vouchingFor(found.size, said, () => set).map(({ time }) => time);
      expect(
        times.filter((time) => time >= found.time).length,
        'a quorum has seen it at that time or later',
      ).toBeGreaterThanOrEqual(quorumOf(count));
    }),
  );
});

const nameOf = (at: number): Pick<WitnessWord, 'key' | 'who'> => ({
  who: clinics[at]?.id ?? '',
  key: Buffer.from((witnesses[at] as Cosigner).cosignKey).toString('hex'),
});

test('one signature on one checkpoint counts once, and one that does not hold not at all', () => {
  const [north, east] = clinics as [(typeof clinics)[0], (typeof clinics)[0]];
  const { note, size } = checkpoint(4);
  const signed = { note: note + cosign(north, note) + cosign({ ...east, cosignKey: north.cosignKey }, note), size };
  const words = wordsOn(hash, verify, [signed, signed], () => witnesses);
  expect(vouchingFor(size, words, () => witnesses)).toMatchObject([{ who: north.id }]);
});

test('a witness with a new key vouches with it for what came since, and with the old one for its own time only', () => {
  const [north, east] = clinics as [(typeof clinics)[0], (typeof clinics)[0]];
  const renewed = { ...north, cosignKey: signingKeyFor('another key of North') };
  const before = [clinicWitness(north), clinicWitness(east)];
  const since = [clinicWitness(renewed), clinicWitness(east)];
  const witnessesAt = (size: number) => (size < 10 ? before : since);
  const by = (clinic: typeof north, size: number) => {
    const { note } = checkpoint(size);
    return { note: note + cosign(clinic, note), size };
  };
  const found = (...signed: ReturnType<typeof by>[]) => newestWitnessed(wordsOn(hash, verify, signed, witnessesAt), witnessesAt);
  expect(found(by(renewed, 12), by(east, 11))).toMatchObject({ size: 11 });
  expect(found(by(north, 12), by(east, 11)), 'the old key is of no use behind its end').toBeUndefined();
  expect(found(by(north, 8), by(east, 11))).toMatchObject({ size: 8 });
  expect(found(by(renewed, 12), by(east, 8)), 'the new key was nobody’s at size 8').toBeUndefined();
});

test('a witness that was retired vouches for its own time, and its key, whoever has it by now, for nothing that came since nor by it for what came before', () => {
  const [north, east, south, west] = clinics as [
    (typeof clinics)[0],
    (typeof clinics)[0],
    (typeof clinics)[0],
    (typeof clinics)[0],
  ];
  const before = [north, east, south, west].map((clinic) => clinicWitness(clinic));
  const since = [north, east].map((clinic) => clinicWitness(clinic));
  const witnessesAt = (size: number) => (size < 10 ? before : since);
  const found = (...signed: readonly (readonly [typeof north, number])[]) => {
    const notes = signed.map(([clinic, size]) => ({ note: checkpoint(size).note + cosign(clinic, checkpoint(size).note), size }));
    return newestWitnessed(wordsOn(hash, verify, notes, witnessesAt), witnessesAt);
  };
  expect(found([south, 8], [west, 9], [north, 12])).toMatchObject({ size: 8 });
  expect(found([north, 12], [east, 11], [south, 12])).toMatchObject({ size: 11 });
  expect(found([north, 12], [south, 12], [west, 12])).toBeUndefined();
  expect(found([north, 8], [south, 12], [west, 12])).toBeUndefined();
});
