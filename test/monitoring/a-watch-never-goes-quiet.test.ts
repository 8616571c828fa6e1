/** The rules of a watch, as properties: stale data alerts nobody, silence shows, and an alert stands until somebody has seen it. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { reached, stepsOf, toldAt } from '../../shared/monitoring/ladder.ts';
import { checkedTerms } from '../../shared/monitoring/plan.ts';
import { type Reading, readingOf } from '../../shared/monitoring/reading.ts';
import { type Acknowledgement, dryRun, isFresh, type PlanVersion, sideOf, watchOf } from '../../shared/monitoring/watch.ts';

const MINUTE = 60_000;
const START = Date.UTC(2026, 10, 27, 8);
const RUNS = { numRuns: 150 };

const minutes = fc.integer({ min: -600, max: 3_000 });
const reading = fc
  .record({
    id: fc.integer({ min: 0, max: 12 }).map((id) => `r${id}`),
    received: minutes.map((each) => START + each * MINUTE),
    age: fc.option(fc.integer({ min: -20, max: 900 }), { nil: undefined }),
    value: fc.constantFrom('120', '181', '70', '<60', '>200', '>100', ''),
    corrected: fc.boolean(),
  })
  .map(({ age, ...rest }): Reading => ({ ...rest, measured: age === undefined ? undefined : rest.received - age * MINUTE }));
const readings = fc.uniqueArray(reading, { selector: ({ id }) => id, maxLength: 20 });
const version = fc.record({
  id: fc.integer({ min: 0, max: 9 }).map((id) => `p${id}`),
  from: fc.integer({ min: 0, max: 1_500 }).map((each) => START + each * MINUTE),
  active: fc.boolean(),
  low: fc.constantFrom('90', '65', undefined),
  high: fc.constantFrom('180', '140'),
  intervalMinutes: fc.constantFrom(15, 60, 240),
  escalateMinutes: fc.constantFrom(5, 30),
});
const plan = fc.uniqueArray(version, { selector: ({ from }) => from, minLength: 1, maxLength: 4 }).map((all) => {
  const versions = all.map((each, at) => ({ ...each, id: `p${at}` })).sort((one, other) => one.from - other.from);
  return versions.map((each, at): PlanVersion => (at === 0 ? { ...each, active: true } : each));
});
const seen = fc.array(
  fc.record({
    alert: fc.integer({ min: 0, max: 12 }).map((id) => `r${id}`),
    by: fc.constantFrom('Ada', 'Ben'),
    at: minutes.map((each) => START + each * MINUTE),
  }),
  { maxLength: 6 },
);
const now = fc.integer({ min: 0, max: 4_000 }).map((each) => START + each * MINUTE);
const inForceAt = (versions: readonly PlanVersion[], time: number) => versions.findLast(({ from }) => from <= time);

test('no alert comes from what was measured longer ago than the interval when it arrived, or before the plan', () => {
  fc.assert(
    fc.property(plan, readings, seen, now, (versions, all, acknowledged, at) => {
      for (const { reading: each } of watchOf(versions, all, acknowledged, at).alerts) {
        const version = inForceAt(versions, each.received) as PlanVersion;
        expect(version.active).toBe(true);
        expect(each.received - (each.measured ?? Number.NaN)).toBeLessThanOrEqual(version.intervalMinutes * MINUTE);
      }
    }),
    RUNS,
  );
});

test('every fresh reading outside alerts, whatever comes after it, until somebody has seen it', () => {
  fc.assert(
    fc.property(plan, readings, seen, now, (versions, all, acknowledged, at) => {
      const { alerts, state } = watchOf(versions, all, acknowledged, at);
      const outside = all.filter((each) => {
        const version = inForceAt(versions, each.received);
        return version?.active && isFresh(version, each) && ['LOW', 'HIGH'].includes(String(sideOf(version, each)));
      });
      expect(alerts.map((alert) => alert.reading.id).sort()).toEqual(outside.map(({ id }) => id).sort());
      const isOpen = outside.some(({ id }) => !acknowledged.some(({ alert }) => alert === id));
      expect(['ALERT', 'ESCALATED'].includes(state)).toBe(isOpen);
    }),
    RUNS,
  );
});

test('silence always ends in "not watching": it says watching only while a fresh reading is no older than the interval', () => {
  fc.assert(
    fc.property(plan, readings, now, (versions, all, at) => {
      const current = versions.at(-1) as PlanVersion;
      const { state, notWatchingSince } = watchOf(versions, all, [], at);
      const isFed = all.some((each) => {
        const since = at - each.received;
        return !each.corrected && isFresh(current, each) && since < current.intervalMinutes * MINUTE && since >= -5 * MINUTE;
      });
      if (state === 'WATCHING') expect(isFed).toBe(true);
      if (!isFed) expect(notWatchingSince !== undefined).toBe(current.active);
      const late = Math.max(at, current.from, ...all.map(({ received }) => received)) + 241 * MINUTE;
      if (current.active) expect(watchOf(versions, all, [], late).notWatchingSince).toBeLessThanOrEqual(late);
    }),
    RUNS,
  );
});

test('the order in which readings, versions and acknowledgements came to a desk makes no difference', () => {
  const shuffled = <Item>(items: readonly Item[]) => fc.shuffledSubarray([...items], { minLength: items.length });
  fc.assert(
    fc.property(
      fc
        .tuple(plan, readings, seen)
        .chain((all) => fc.tuple(fc.constant(all), shuffled(all[0]), shuffled(all[1]), shuffled(all[2]))),
      now,
      ([[versions, all, acknowledged], ...other], at) => {
        const twice = [...other[1], ...other[1]];
        expect(watchOf(other[0], twice, other[2], at)).toEqual(watchOf(versions, all, acknowledged, at));
      },
    ),
    RUNS,
  );
});

describe('an hour’s plan', () => {
  const terms = { low: '90', high: '180', intervalMinutes: 60, escalateMinutes: 30 };
  const one: PlanVersion = { ...terms, id: 'p', from: START, active: true };
  const came = (id: string, minute: number, value: string, age = 1): Reading => {
    const received = START + minute * MINUTE;
    return { id, received, measured: received - age * MINUTE, value, corrected: false };
  };
  const at = (minute: number, all: readonly Reading[], acknowledged: readonly Acknowledgement[] = []) =>
    watchOf([one], all, acknowledged, START + minute * MINUTE);

  test('goes from "not watching" over watching, alert and escalated back to watching, with who saw it', () => {
    expect(at(0, [])).toMatchObject({ state: 'NOT_WATCHING', notWatchingSince: START });
    const all = [came('a', 5, '120'), came('b', 40, '195')];
    expect(at(10, all.slice(0, 1))).toMatchObject({ state: 'WATCHING', notWatchingSince: undefined });
    expect(at(41, all)).toMatchObject({ state: 'ALERT', alerts: [{ side: 'HIGH', threshold: '180', escalated: false }] });
    expect(at(70, all).state).toBe('ESCALATED');
    const ada = { alert: 'b', by: 'Ada', at: START + 71 * MINUTE };
    expect(at(75, all, [ada])).toMatchObject({ state: 'WATCHING', alerts: [{ acknowledged: ada, escalated: false }] });
    expect(at(100, all, [ada])).toMatchObject({ state: 'NOT_WATCHING', notWatchingSince: START + 100 * MINUTE });
    expect(at(200, all)).toMatchObject({ state: 'ESCALATED', notWatchingSince: START + 100 * MINUTE });
  });

  test('of two who saw one alert apart from each other, the first stands there', () => {
    const all = [came('b', 40, '195')];
    const [ben, ada] = [
      { alert: 'b', by: 'Ben', at: START + 65 * MINUTE },
      { alert: 'b', by: 'Ada', at: START + 71 * MINUTE },
    ];
    for (const seen of [
      [ben, ada],
      [ada, ben],
    ])
      expect(at(75, all, seen).alerts).toMatchObject([{ acknowledged: ben }]);
  });

  test('a clock that was ahead once keeps no watch alive, and late readings are counted as such', () => {
    const ahead = came('a', 10_000, '120');
    expect(at(100, [ahead]).state).toBe('NOT_WATCHING');
    expect(at(100, [came('b', 90, '200', 61), came('c', 95, '')])).toMatchObject({
      state: 'NOT_WATCHING',
      passedOver: 2,
      alerts: [],
    });
  });

  test('shows on the past what it would have made', () => {
    const past = [came('a', 10, '120'), came('b', 50, '200'), came('c', 300, '200'), came('d', 310, '200', 500)];
    expect(dryRun(terms, past, START, START + 320 * MINUTE)).toEqual({ readings: 3, alerts: 2, gaps: 1 });
  });

  test.each([
    ['<60', 'LOW'],
    ['<95', undefined],
    ['>200', 'HIGH'],
    ['>=180', 'HIGH'],
    ['>170', undefined],
    ['90', 'INSIDE'],
    ['89.9', 'LOW'],
    ['1.85e2', 'HIGH'],
    ['', undefined],
    ['high', undefined],
  ])('a value of "%s" lies %s', (value, side) => {
    expect(sideOf(terms, { value } as Reading)).toBe(side);
  });
});

describe('a reading', () => {
  const place = { id: 'd', received: START, corrected: false };
  const UCUM = 'http://unitsofmeasure.org';
  const coded = (code: string) => ({ coding: [{ system: 'http://loinc.org', code }] });
  const pressure = (unit: string, more: object = {}) =>
    JSON.stringify({
      resourceType: 'Observation',
      status: 'final',
      code: coded('85354-9'),
      effectiveDateTime: '2026-11-27T08:00:00Z',
      component: [
        { code: coded('8462-4'), valueQuantity: { value: 80, system: UCUM, code: unit } },
        { code: coded('8480-6'), valueQuantity: { value: 123, system: UCUM, code: unit } },
      ],
      ...more,
    }).replace('123', '123.50');

  test('is a component’s digits as written, in the measurement’s own unit only', () => {
    expect(readingOf('SYSTOLIC_PRESSURE', pressure('mm[Hg]'), place)).toEqual({ ...place, value: '123.50', measured: START });
    expect(readingOf('SYSTOLIC_PRESSURE', pressure('kPa'), place)).toMatchObject({ value: '' });
    expect(readingOf('HEART_RATE', pressure('mm[Hg]'), place)).toBeUndefined();
    expect(readingOf('SYSTOLIC_PRESSURE', pressure('mm[Hg]', { status: 'entered-in-error' }), place)).toBeUndefined();
  });

  test('of a day without a time is as old as it can be, and of no day is of no time', () => {
    const day = readingOf('SYSTOLIC_PRESSURE', pressure('mm[Hg]', { effectiveDateTime: '2026-11-27' }), place);
    expect(day?.measured).toBe(Date.UTC(2026, 10, 26, 10));
    const month = readingOf('SYSTOLIC_PRESSURE', pressure('mm[Hg]', { effectiveDateTime: '2026-11' }), place);
    expect(month?.measured).toBe(Date.UTC(2026, 9, 31, 10));
    expect(readingOf('SYSTOLIC_PRESSURE', pressure('mm[Hg]', { effectiveDateTime: undefined }), place)?.measured).toBeUndefined();
  });
});

test.each([
  [{ low: undefined, high: undefined }],
  [{ low: '180' }],
  [{ high: 'NaN' }],
  [{ high: '1e9' }],
  [{ intervalMinutes: 1 }],
  [{ intervalMinutes: 60.5 }],
  [{ escalateMinutes: 0 }],
])('terms with %j are refused', (wrong) => {
  const terms = { low: '90', high: '180', intervalMinutes: 60, escalateMinutes: 30 };
  expect(checkedTerms(terms)).toEqual(terms);
  expect(() => checkedTerms({ ...terms, ...wrong })).toThrow(expect.objectContaining({ code: 'monitoring.terms' }));
});

describe('the ladder of an alert', () => {
  const person = (id: string) => ({ id, name: id });
  const ladder = [
    { afterMinutes: 10, tell: [person('nurse')] },
    { afterMinutes: 30, tell: [person('doctor')] },
    { afterMinutes: 60, tell: [person('chief')] },
  ];
  const terms = { low: '90', high: '180', intervalMinutes: 60, escalateMinutes: 10, ladder, repeatMinutes: 15 };

  test.each([
    [0, 0, 1, ['first']],
    [10, 1, 2, ['first', 'nurse']],
    [59, 2, 3, ['first', 'nurse', 'doctor']],
    [60, 3, 4, ['first', 'nurse', 'doctor', 'chief']],
    [90, 3, 6, ['first', 'nurse', 'doctor', 'chief']],
  ])('after %i minutes it has reached step %i and has been told %i times', (after, step, calls, told) => {
    expect(reached(terms, after)).toEqual({ step, calls });
    expect(toldAt(terms, [person('first')], step).map(({ id }) => id)).toEqual(told);
  });

  test('time only climbs it', () => {
    const moment = fc.integer({ min: 0, max: 3_000 });
    fc.assert(
      fc.property(
        moment,
        moment,
        fc.option(fc.integer({ min: 5, max: 240 }), { nil: undefined }),
        (one, other, repeatMinutes) => {
          const [sooner, later] = [Math.min(one, other), Math.max(one, other)].map((at) =>
            reached({ ...terms, repeatMinutes }, at),
          );
          expect(later?.calls).toBeGreaterThanOrEqual(sooner?.calls ?? 0);
          expect(later?.step).toBeLessThanOrEqual(stepsOf(terms).length);
        },
      ),
    );
  });

  test.each([
    [{ ladder: [...ladder, { afterMinutes: 60, tell: [] }] }],
    [{ ladder: ladder.slice(1) }],
    [{ ladder: Array.from({ length: 6 }, (_, at) => ({ afterMinutes: 10 + at, tell: [] })) }],
    [
      {
        ladder: [
          { afterMinutes: 10, tell: [] },
          { afterMinutes: 1_441, tell: [] },
        ],
      },
    ],
    [{ repeatMinutes: 4 }],
  ])('a ladder that does not rise or never ends is refused: %j', (over) => {
    expect(() => checkedTerms({ ...terms, ...over })).toThrow(expect.objectContaining({ code: 'monitoring.terms' }));
  });
});
