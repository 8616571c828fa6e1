/** The rules of visits: which step may follow where, what taking back means, what overlaps. Pure. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dayOf, instantLike, readVisit, writeAppointment } from '../../shared/visits/visit-resources.ts';
import {
  isClosed,
  isTreating,
  overlap,
  pathOf,
  STAGES,
  type Stage,
  stageAfter,
  stepsFrom,
  stepTo,
  VISIT_STEPS,
} from '../../shared/visits/visit-rules.ts';

const RUNS = { numRuns: 200 };
const anyStep = fc.constantFrom(...VISIT_STEPS);
const anyStage = fc.constantFrom(...STAGES);

describe('steps', () => {
  test('whatever people press, no stage is reached twice and a closed visit stays closed', () => {
    fc.assert(
      fc.property(fc.constantFrom<Stage>('BOOKED', 'ARRIVED'), fc.array(anyStep, { maxLength: 40 }), (begin, steps) => {
        const reached: Stage[] = [begin];
        for (const step of steps) {
          const now = reached.at(-1) as Stage;
          const next = stageAfter(now, step);
          expect(next !== undefined).toBe(stepsFrom(now, true).includes(step));
          if (isClosed(now)) expect(next).toBeUndefined();
          if (next) reached.push(next);
        }
        expect(new Set(reached).size).toBe(reached.length);
        expect(reached.slice(0, -1).some(isClosed)).toBe(false);
      }),
      RUNS,
    );
  });

  test('reception books, checks in and calls; who treats begins and ends', () => {
    expect(stepsFrom('BOOKED', false)).toEqual(['ARRIVE', 'CHECK_IN', 'MISS', 'CANCEL']);
    expect(stepsFrom('WAITING', false)).toEqual(['CALL', 'MISS', 'CANCEL']);
    expect(stepsFrom('WAITING', true)).toEqual(['CALL', 'START', 'MISS', 'CANCEL']);
    expect(stepsFrom('UNDER_WAY', false)).toEqual([]);
    for (const stage of STAGES) expect(stepsFrom(stage, false).some(isTreating)).toBe(false);
  });

  test('each stage is reached by one step, so that taking it back asks for the same right', () => {
    for (const step of VISIT_STEPS) {
      for (const stage of STAGES) {
        const next = stageAfter(stage, step);
        if (next) expect(stepTo(next)).toBe(step);
      }
    }
  });
});

test('taking steps back leads along the path that was gone, and to no other stage', () => {
  const act = fc.oneof(anyStep, fc.constant('BACK' as const));
  fc.assert(
    fc.property(fc.array(act, { maxLength: 40 }), (acts) => {
      const versions: Stage[] = ['BOOKED'];
      const expected: Stage[] = ['BOOKED'];
      for (const each of acts) {
        if (each === 'BACK') {
          const before = pathOf(versions, (stage) => stage).at(-2);
          if (!before) continue;
          versions.push(before);
          expected.pop();
        } else {
          const next = stageAfter(versions.at(-1) as Stage, each);
          if (!next) continue;
          versions.push(next);
          expected.push(next);
        }
        expect(pathOf(versions, (stage) => stage)).toEqual(expected);
      }
    }),
    RUNS,
  );
});

test('a version at the same stage (a correction) takes the place of the one before', () => {
  const versions = [
    { stage: 'BOOKED', text: 'a' },
    { stage: 'WAITING', text: 'b' },
    { stage: 'WAITING', text: 'c' },
  ] as const;
  expect(pathOf(versions, ({ stage }) => stage).map(({ text }) => text)).toEqual(['a', 'c']);
  fc.assert(
    fc.property(fc.array(anyStage), (stages) => new Set(pathOf(stages, (s) => s)).size === pathOf(stages, (s) => s).length),
  );
});

test('two visits overlap when a minute belongs to both, whichever is asked first', () => {
  const slot = fc.record({ start: fc.integer({ min: 0, max: 40 }), length: fc.integer({ min: 1, max: 20 }) });
  const minutes = ({ start, length }: { start: number; length: number }) => Array.from({ length }, (_, at) => start + at);
  fc.assert(
    fc.property(slot, slot, (one, other) => {
      const [a, b] = [one, other].map(({ start, length }) => ({ start, end: start + length }));
      const shared = minutes(one).some((minute) => minutes(other).includes(minute));
      expect(overlap(a!, b!)).toBe(shared);
      expect(overlap(b!, a!)).toBe(shared);
    }),
    RUNS,
  );
});

test('an instant keeps the offset of the desk, and its day is the one on the wall', () => {
  const offset = fc.constantFrom('Z', '+01:00', '-05:30', '+14:00');
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4e12 }), offset, (time, zone) => {
      const instant = instantLike(time, `2026-11-27T09:30:00${zone}`);
      expect(instant.endsWith(zone)).toBe(true);
      expect(Date.parse(instant)).toBe(Math.floor(time / 1000) * 1000);
    }),
    RUNS,
  );
  expect(dayOf(instantLike(Date.parse('2026-11-27T23:30:00Z'), '2026-01-01T00:00:00+01:00'))).toBe('2026-11-28');
});

test('what is planned is what is read', () => {
  const plan = fc.record({
    kind: fc.constantFrom('BOOKED' as const, 'TELE' as const, 'WALK_IN' as const),
    urgent: fc.boolean(),
    reason: fc.string({ maxLength: 20 }),
    clinician: fc.option(fc.constant({ id: 'ab', name: 'Dr. Frey' }), { nil: undefined }),
    start: fc.constant('2026-11-27T09:30:00+01:00'),
    minutes: fc.integer({ min: 5, max: 60 }),
  });
  fc.assert(
    fc.property(plan, (asked) => {
      const read = readVisit(writeAppointment('aa', 'bb', asked, '2026-11-27T09:12:00+01:00'), undefined);
      const { kind, urgent, reason, clinician, start } = asked;
      expect(read).toMatchObject({ kind, urgent, reason, start, room: '' });
      expect(read.clinician).toEqual(clinician);
      expect(read.stage).toBe(kind === 'WALK_IN' ? 'ARRIVED' : 'BOOKED');
      expect(read.arrivedAt).toBe(kind === 'WALK_IN' ? Date.parse('2026-11-27T09:12:00+01:00') : undefined);
    }),
    RUNS,
  );
});
