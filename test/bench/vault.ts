/** The unlocked vault: import, search as you type, and the largest chart. */

import { hasSharedData, sharedPath } from '../support/shared-data.ts';
import { type Claim, contest, quantile, type Result, resultOf } from './contest.ts';
import { startRole } from './role.ts';

const ROUNDS = 3;
const OPENINGS = 60;
const PATIENTS = 100_000;
const PEOPLE_TYPED = 40;
const ACCESS_LINES = 10_000;
const WANTED_RESOURCES = 3_000;

/** A figure that is held against a number of its own, not against the machine. */
const against = (claim: Omit<Claim, 'against'>, values: readonly number[], limit: number): Result =>
  resultOf(
    { ...claim, against: `${limit} ${claim.unit}` },
    values,
    values.map(() => limit),
  );

/** Resources a second of a real import: judged, sealed, signed, searchable; then the chart with 708 encounters. */
export async function importing(note: (text: string) => void): Promise<Result[]> {
  if (!hasSharedData) {
    note('the shared data is not beside the project, so nothing is imported and no large chart opened.');
    return [];
  }
  const vault = startRole('vault-role.ts');
  const openings: number[] = [];
  try {
    const { resources } = await contest(ROUNDS, {
      resources: async () => {
        const { seconds, accepted } = await vault.ask<{ seconds: number; accepted: number }>(
          'import',
          sharedPath('fhir/synthea-10'),
        );
        const { encounters, opened } = await vault.ask<{ encounters: number; opened: number[] }>('openLargestChart', OPENINGS);
        if (encounters !== 708) note(`the largest chart has ${encounters} encounters, not 708`);
        openings.push(quantile(opened, 0.95));
        await vault.ask('remove');
        return accepted / seconds;
      },
    });
    return [
      against({ id: 'import', unit: 'resources/s', bar: { atLeast: 1 } }, resources, WANTED_RESOURCES),
      against({ id: 'chart.open-p95', unit: 'ms', bar: { atMost: 1 } }, openings, 50),
    ];
  } finally {
    await vault.end();
  }
}

/** Search as you type among 100,000 patients, through GraphQL, and the time from locked to the first search. */
export async function searching(): Promise<Result[]> {
  const vault = startRole('vault-role.ts');
  try {
    const unlocked = await vault.ask<number>('fillDirectory', PATIENTS);
    await vault.ask('search', 5);
    const { slowest } = await contest(ROUNDS, {
      slowest: async () => quantile(await vault.ask<number[]>('search', PEOPLE_TYPED), 0.99),
    });
    await vault.ask('remove');
    return [
      against({ id: 'search.p99', unit: 'ms', bar: { atMost: 1 } }, slowest, 10),
      against({ id: 'search.unlock', unit: 's', bar: { atMost: 1 } }, [unlocked], 3),
    ];
  } finally {
    await vault.end();
  }
}

/** Filters over an access log of 10,000 lines in one chart, through GraphQL; and the first look, which reads and opens them all. */
export async function filteringAccess(): Promise<Result[]> {
  const vault = startRole('vault-role.ts');
  try {
    await vault.ask('fillAccessLog', ACCESS_LINES);
    const { first, filtered } = await vault.ask<{ first: number; filtered: number[] }>('filterAccessLog', OPENINGS);
    await vault.ask('remove');
    return [
      against({ id: 'access.filter', unit: 'ms', bar: { atMost: 1 } }, [quantile(filtered, 0.99)], 100),
      against({ id: 'access.first', unit: 'ms', bar: { atMost: 1 } }, [first], 1_000),
    ];
  } finally {
    await vault.end();
  }
}
