import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hubClockError } from '../../shared/fleet/hub-clock.ts';
import { type Around, compareVersions, NEEDS, type Need, needsOf, weightOf } from '../../shared/fleet/need.ts';
import {
  ALARMS,
  alarmKind,
  type DeviceReport,
  decodeReport,
  encodeReport,
  MAX_REPORT_BYTES,
  PROBLEMS,
  problemKind,
  programNumbers,
} from '../../shared/sync/device-report.ts';
import type { FleetDevice, FleetReport } from '../../shared/sync/fleet-answer.ts';

const NOW = Date.UTC(2026, 0, 5, 8);
const HOUR = 3_600_000;
const AROUND: Around = { size: 100, now: NOW, newest: '1.2.0', quarantined: false, rebaseline: 0 };

const device = (change: Partial<FleetDevice> = {}, report: Partial<FleetReport> = {}): FleetDevice => ({
  device: 'd',
  chain: 'c',
  kind: 'workstation',
  revoked: false,
  cut: false,
  copied: false,
  lastPosition: 99,
  lastTime: NOW,
  reportedAt: NOW - 10_000,
  report: {
    version: '1.2.0',
    clock: NOW - 10_000,
    size: 100,
    audited: 100,
    witnessed: 99,
    witnessedAt: NOW - 60_000,
    events: 0,
    documents: 0,
    epoch: '0011223344556677',
    height: 4,
    problem: 'none',
    alarms: [],
    rebaselined: 0,
    ...report,
  },
  ...change,
});

const MINUTE = 60_000;

describe('whose clock is wrong', () => {
  const cases: ReadonlyArray<readonly [string, readonly number[], number | undefined]> = [
    ['nobody was heard', [], undefined],
    ['one device alone may be wrong itself', [9 * MINUTE], undefined],
    ['one of many is wrong', [9 * MINUTE, 500, -200, 0], undefined],
    ['half of them are', [9 * MINUTE, 9 * MINUTE, 500, 0], undefined],
    ['most agree that the hub is behind', [9 * MINUTE, 8 * MINUTE, 500], -8 * MINUTE],
    ['most agree that the hub is ahead', [-9 * MINUTE, -8 * MINUTE, -8 * MINUTE, 500], 8 * MINUTE],
    ['they disagree on which way', [-9 * MINUTE, 9 * MINUTE], undefined],
  ];
  test.each(cases)('%s', (_, skews, error) => {
    expect(hubClockError(skews)).toBe(error);
  });

  test('fewer wrong devices than right ones never put it on the hub', () => {
    const near = fc.integer({ min: -MINUTE, max: MINUTE });
    const far = fc.integer({ min: 3 * MINUTE, max: 99 * MINUTE });
    fc.assert(
      fc.property(fc.array(near, { minLength: 1, maxLength: 20 }), fc.array(far, { maxLength: 20 }), (right, wrong) => {
        expect(hubClockError([...right, ...wrong.slice(0, right.length)])).toBeUndefined();
      }),
    );
  });
});

describe('who needs help comes first', () => {
  const cases: ReadonlyArray<readonly [string, FleetDevice, Partial<Around>, readonly Need[]]> = [
    ['nothing is wrong', device(), {}, []],
    ['a lie that was caught', device({}, { alarms: ['split-view'] }), {}, ['ALARM']],
    ['witnesses that are silent, which is no lie', device({}, { alarms: ['frozen'] }), {}, ['UNWITNESSED']],
    ['both', device({}, { alarms: ['frozen', 'rollback'] }), {}, ['ALARM', 'UNWITNESSED']],
    ['a copy', device({ copied: true }), {}, ['COPIED']],
    ['an hour of silence', device({ reportedAt: NOW - 2 * HOUR }, { clock: NOW - 2 * HOUR }), {}, ['SILENT_FOR_AN_HOUR']],
    ['a day of silence', device({ reportedAt: NOW - 25 * HOUR }, { clock: NOW - 25 * HOUR }), {}, ['SILENT_FOR_A_DAY']],
    ['a wrong clock, ahead or behind', device({}, { clock: NOW + HOUR }), {}, ['CLOCK']],
    ['an old proof while there is something to prove', device({}, { witnessedAt: NOW - 3 * HOUR }), {}, ['NO_PROOF']],
    ['far behind', device({}, { size: 10, witnessed: 10 }), { size: 5000 }, ['FAR_BEHIND']],
    ['something waits', device({}, { documents: 1 }), {}, ['WAITING']],
    ['an older version', device({}, { version: '1.1.9' }), {}, ['OLD_VERSION']],
    [
      'a quarantine is one need, not a problem beside it',
      device({}, { problem: 'quarantined' }),
      { quarantined: true },
      ['QUARANTINED'],
    ],
    ['an order that waits', device({}, { rebaselined: 3 }), { rebaseline: 4 }, ['ORDER_OPEN']],
    ['never heard', device({ report: null, reportedAt: null }), {}, ['NEVER_HEARD']],
    ['let go', device({ revoked: true, copied: true }, { alarms: ['frozen'] }), {}, []],
  ];
  test.each(cases)('%s', (_, one, around, needs) => {
    expect(needsOf(one, { ...AROUND, ...around })).toEqual(needs);
  });

  test('a lie that was caught outweighs every two small things', () => {
    expect(weightOf(['ALARM'])).toBeGreaterThan(weightOf(['CLOCK', 'NO_PROOF', 'PROBLEM']));
    expect(Object.values(NEEDS).every((weight) => weight > 0)).toBe(true);
  });

  test('a copied device is not buried when the witnesses sleep and every other device says so', () => {
    const everywhere = { witnessedAt: NOW - 3 * HOUR, alarms: ['frozen'] } as const;
    const copied = needsOf(device({ copied: true, report: null, reportedAt: null }), AROUND);
    expect(weightOf(copied)).toBeGreaterThan(weightOf(needsOf(device({}, everywhere), AROUND)));
  });

  test('versions compare as numbers', () => {
    expect(compareVersions('1.10.0', '1.9.9')).toBeGreaterThan(0);
    expect(compareVersions('1.2.3', '1.2.3')).toBe(0);
  });
});

describe('a report says numbers and codes, and nothing else', () => {
  const anyReport = fc.record({
    program: fc.record({ major: fc.nat(9999), minor: fc.nat(9999), patch: fc.nat(9999) }),
    clock: fc.nat(),
    size: fc.nat(),
    audited: fc.nat(),
    witnessed: fc.nat(),
    witnessedAt: fc.nat(),
    events: fc.nat(),
    documents: fc.nat(),
    epoch: fc.uint8Array({ minLength: 8, maxLength: 8 }),
    height: fc.nat(),
    problem: fc.constantFrom(...PROBLEMS),
    alarms: fc.array(fc.constantFrom(...ALARMS), { maxLength: 40 }),
    rebaselined: fc.nat(),
  }) satisfies fc.Arbitrary<DeviceReport>;

  test('it comes back as it was, within its size', () => {
    fc.assert(
      fc.property(anyReport, (report) => {
        const bytes = encodeReport(report);
        expect(bytes.length).toBeLessThanOrEqual(MAX_REPORT_BYTES);
        expect(decodeReport(bytes)).toEqual({ ...report, alarms: report.alarms.slice(0, 32) });
      }),
    );
  });

  test('whatever text a failure or a version carries, a code of the list comes out', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(PROBLEMS).toContain(problemKind(text));
        expect(ALARMS).toContain(alarmKind(text));
        expect(Object.values(programNumbers(text)).every((number) => Number.isInteger(number))).toBe(true);
      }),
    );
    expect(problemKind(undefined)).toBe('none');
    expect(problemKind('storage.disk-full')).toBe('disk');
    expect(problemKind('hub.store-away'), 'of the hub, not of this desk').toBe('hub-busy');
    expect(problemKind('relay.store-refused')).toBe('hub-busy');
    for (const code of ['hub.ledger-moved', 'hub.checkpoint-past', 'hub.keys-changing'])
      expect(problemKind(code), code).toBe('hub-busy');
    expect(problemKind('http.body-cut-short'), 'as a hub is killed').toBe('hub-unreachable');
    for (const code of ['sync.hub-recovering', 'hub.recovering']) expect(problemKind(code)).toBe('hub-recovering');
    expect(problemKind('sync.split-view')).toBe('caught');
    expect(problemKind('sync.Jane Doe')).toBe('other');
    expect(programNumbers('1.4.2-Jane')).toEqual({ major: 1, minor: 4, patch: 2 });
  });
});
