/**
 * A patient at a kiosk, with real processes: from card and PIN to the first screen's data, the key derivation included. The session's process
 * has started while they typed, as the page sees to. The card is issued at a desk; tries are counted by the clinic's host while the hub is away, then by the hub.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { until } from '../../server/workstation/demo/desk.ts';
import { issueCard, letKioskIn, openKiosk } from '../kiosk/kiosk-at-a-desk.ts';
import { descendants } from '../support/processes.ts';
import { ClinicBench } from '../workstation/further-device-bench.ts';
import { contest, median, quantile, type Result } from './contest.ts';

const ROUNDS = 5;
const LIMIT_MS = 2_000;
const TYPING_MS = 4_000;
const PIN = '493827';
/** What the kiosk's first screen asks for. */
const FIRST_SCREEN = '{ me { name birthDate clinic asOf } }';
/** Of /proc/…/stat: clock ticks a second. */
const TICKS = 100;

export async function checkingIn(note: (text: string) => void): Promise<Result[]> {
  const bench = await ClinicBench.open();
  const folder = join(bench.folder, 'kiosk');
  let kiosk = await letKioskIn(bench, folder);
  try {
    const patient = await bench.first.register('Quillfeather', 'Marisol');
    await bench.first.open(patient);
    for (let at = 0; at < 20; at++) await bench.first.observe(patient, `37.${at}`);
    await bench.first.service.administrator.serveClinic('127.0.0.1:0');
    const follows = () => until('the kiosk follows the clinic’s host', async () => kiosk.clinicHost?.route?.connected === true);
    await follows();
    const card = await issueCard(bench.first, patient, PIN);
    const firstScreen = async () => kiosk.execute({ query: FIRST_SCREEN });
    await until('card and papers arrive', async () => {
      await kiosk.checkIn(card, PIN).catch(() => undefined);
      const isShown = (await firstScreen().catch(() => undefined))?.data?.me !== undefined;
      await kiosk.endSession();
      return isShown;
    });
    const processor: number[] = [];
    const once = async (): Promise<number> => {
      // As the page does when it asks for the card; the fastest hands take as long to type a PIN.
      await kiosk.prepare();
      await setTimeout(TYPING_MS);
      const began = performance.now();
      await kiosk.checkIn(card, PIN);
      const { errors } = await firstScreen();
      const taken = performance.now() - began;
      if (errors?.[0]) throw new Error(errors[0].message);
      processor.push(sessionSeconds());
      await kiosk.endSession();
      return taken;
    };
    await bench.stopHub();
    const { clinic } = await contest(ROUNDS, { clinic: once });
    await bench.startHub();
    await bench.first.service.administrator.serveClinic(undefined);
    await kiosk.close();
    kiosk = await openKiosk(folder);
    await until('the kiosk hears the hub', async () => (await kiosk.state()).canCheckIn && !kiosk.clinicHost?.route?.connected);
    const { hub } = await contest(ROUNDS, { hub: once });
    note(
      `the session's process takes ${median(processor).toFixed(2)} s of processor until the first screen, of which its start, ahead, is some half`,
    );
    note(`slowest: ${Math.round(quantile(clinic, 1))} ms by the clinic's host, ${Math.round(quantile(hub, 1))} ms by the hub`);
    return [resultOf('kiosk.check-in', clinic), resultOf('kiosk.check-in-hub', hub)];
  } finally {
    await kiosk.close();
    await bench.close();
  }
}

function resultOf(id: string, samples: readonly number[]): Result {
  const value = median(samples);
  const bar = { atMost: 1 };
  return { id, value, unit: 'ms', limit: LIMIT_MS, ratio: value / LIMIT_MS, bar, against: `${LIMIT_MS} ms` };
}

/** Processor seconds of the patient's session, all threads; 0 where the system does not say. */
function sessionSeconds(): number {
  for (const pid of descendants(process.pid)) {
    try {
      if (!readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('session-process')) continue;
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
      return (Number(fields[11]) + Number(fields[12])) / TICKS;
    } catch {
      // It has ended meanwhile.
    }
  }
  return 0;
}
