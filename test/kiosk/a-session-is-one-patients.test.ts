/** Two patients, one after the other, at a kiosk with real processes: each sees and signs their own, and nothing of the first is left for the second. */
import '../support/quick-passphrases.ts';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from '../../server/workstation/demo/desk.ts';
import type { KioskService } from '../../server/workstation/kiosk/kiosk-service.ts';
import { bytesOf, ClinicBench } from '../workstation/further-device-bench.ts';
import { sessions, share } from './around-a-kiosk.ts';
import { issueCard, letKioskIn, openKiosk } from './kiosk-at-a-desk.ts';
import { confirmsWhatStaffRecorded, givesAndEnds } from './session/own-consents.ts';
import { disagrees, holdsTheirLog, objects } from './session/own-log.ts';
import { takesPart } from './session/own-research.ts';
import type { SessionStage } from './session/session-stage.ts';

const PINS = { ada: '493827', bo: '918264' };
let bench: ClinicBench;
let folder: string;
let kiosk: KioskService;
let ada: string;
let bo: string;
let patients: string[];

async function ask<Data>(query: string, variables: Record<string, unknown> = {}): Promise<Data> {
  const { data, errors } = await kiosk.execute({ query, variables });
  if (errors?.[0]) throw Object.assign(new Error(errors[0].message), { code: errors[0].extensions?.code });
  return data as Data;
}

/** While a desk has written them anew, what was written may still be on its way to the kiosk: it says so, and asks to try again. */
const papersArrive = () =>
  until('the papers arrive', () =>
    ask<{ me: { name: string; clinic: string } }>('{ me { name clinic } }').catch((error: { code?: string }) => {
      if (error.code !== 'patient.no-file') throw error;
      return undefined;
    }),
  );

const again = async (): Promise<void> => {
  await kiosk.checkIn(ada, PINS.ada);
  await papersArrive();
};

const stage = (): SessionStage => ({ bench, patients, ask, again });

beforeAll(async () => {
  bench = await ClinicBench.open();
  patients = [await bench.first.register('Canarywood', 'Ada'), await bench.first.register('Sparrowhill', 'Bo')];
  for (const patient of patients) {
    await bench.first.open(patient);
    await bench.first.observe(patient, '37.50');
  }
  await share(bench, patients[0] as string);
  ada = await issueCard(bench.first, patients[0] as string, PINS.ada);
  bo = await issueCard(bench.first, patients[1] as string, PINS.bo);
  folder = join(bench.folder, 'kiosk');
  kiosk = await letKioskIn(bench, folder);
}, 180_000);
afterAll(async () => {
  await kiosk.close();
  await bench.close();
});

test('a wrong PIN opens nothing, says how many tries are left, and leaves no process', async () => {
  await expect(kiosk.checkIn(ada, '111223')).rejects.toMatchObject({
    code: 'card.pin-wrong',
    details: { left: expect.any(Number) },
  });
  expect((await kiosk.state()).state).toBe('READY');
  expect(sessions()).toEqual([]);
}, 60_000);

test('who checks in sees their own, and nobody else’s', async () => {
  await kiosk.checkIn(ada, PINS.ada);
  expect((await kiosk.state()).state).toBe('OPEN');
  expect(sessions()).toHaveLength(1);
  const { me } = await papersArrive();
  expect(me).toEqual({ name: expect.stringContaining('Canarywood'), clinic: 'Harbour Clinic' });
  const { readings } = await ask<{ readings: { total: number; readings: Array<{ who: string }> } }>(
    '{ readings { total readings { who } } }',
  );
  expect(readings.readings[0]).toEqual({ who: 'Ana Ferreira' });
  const { whoCouldOpen } = await ask<{ whoCouldOpen: Array<{ home: boolean; names: string[]; opens: object[] }> }>(
    '{ whoCouldOpen { home clinic names count opens { reason } } }',
  );
  expect(whoCouldOpen[0]).toMatchObject({ home: true, clinic: 'Harbour Clinic', names: ['Ana Ferreira'], count: 1 });
  expect(whoCouldOpen[0]?.opens).toContainEqual({ reason: 'custody' });
  const { papers } = await ask<{ papers: { export: string; internationalSummary: string } }>(
    '{ papers { export internationalSummary } }',
  );
  expect(papers.export).toContain('"value":37.50');
  expect(papers.export).not.toContain('Sparrowhill');
  expect(papers.internationalSummary).toContain('"value":37.50');
  expect(papers.internationalSummary).not.toContain('Sparrowhill');
}, 60_000);

test(
  'what staff recorded, they confirm with their own key, and the desk sees it',
  () => confirmsWhatStaffRecorded(stage()),
  60_000,
);

test(
  'a new consent they give by their own key: nobody reads by it before a desk has added the keys, and ending it is one step',
  () => givesAndEnds(stage()),
  120_000,
);

test(
  'the patient’s own copy of the log arrives, and what this kiosk replicated proves it',
  () => holdsTheirLog(stage()),
  120_000,
);

test(
  '“this was not right” goes to the privacy officer with the entry, and the answer stands at the next session',
  () => objects(stage()),
  120_000,
);

test('a research offer they join under a consent of their own, and leave, by their own key', () => takesPart(stage()), 180_000);

test(
  'their statement of disagreement stands at the record in the chart, and in what they take along',
  () => disagrees(stage()),
  120_000,
);

test('the next card ends it: another process, another person', async () => {
  const [before] = sessions();
  // While somebody is in, nobody's process starts ahead.
  await kiosk.prepare();
  expect(sessions()).toEqual([before]);
  await kiosk.checkIn(bo, PINS.bo);
  expect(sessions()).toHaveLength(1);
  expect(sessions()).not.toContain(before);
  const { me } = await papersArrive();
  expect(me.name).toContain('Sparrowhill');
  await kiosk.endSession();
  expect(sessions()).toEqual([]);
  expect(() => kiosk.execute({ query: '{ me { name } }' })).toThrow('Nobody is checked in');
}, 60_000);

test('nothing of either lies in the kiosk’s folder', async () => {
  const bytes = await bytesOf(folder);
  for (const word of ['Canarywood', 'Canaryvoucher', 'Canarycomplaint', 'Canarydissent', 'Sparrowhill', PINS.ada, PINS.bo])
    expect(bytes.includes(word), word).toBe(false);
});

test('a process that started ahead is the one of who comes; a session whose page is gone ends by itself', async () => {
  await kiosk.close();
  kiosk = await openKiosk(folder, { idle: { seconds: 0, grace: 0 }, pageIsGoneMs: 3_000 });
  await kiosk.prepare();
  const [ahead] = sessions();
  expect(kiosk.touch()).toBe(false);
  await kiosk.checkIn(ada, PINS.ada);
  expect(sessions()).toEqual([ahead]);
  await until('it ends', async () => (await kiosk.state()).state === 'READY', 40_000);
  expect(sessions()).toEqual([]);
}, 60_000);
