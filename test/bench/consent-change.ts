/**
 * How long a consent that ended is still shown to other staff of the clinic: ended at one desk, or by the patient at the kiosk, until the
 * chart of another desk says so. With real processes. At a desk counted from when it is saved there, as before that a passphrase is
 * derived at length on purpose (a note says how long it takes with that); at the kiosk from the press of the button.
 */
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { until } from '../../server/workstation/demo/desk.ts';
import type { KioskService } from '../../server/workstation/kiosk/kiosk-service.ts';
import { toHex } from '../../shared/encoding/bytes.ts';
import { issueCard, letKioskIn } from '../kiosk/kiosk-at-a-desk.ts';
import { ClinicBench, type Desk, PASSPHRASE } from '../workstation/further-device-bench.ts';
import { median, quantile, type Result } from './contest.ts';

const ROUNDS = 5;
const LIMIT_MS = 1_000;
const PIN = '493827';

interface Clinic {
  readonly bench: ClinicBench;
  readonly second: Desk;
  readonly kiosk: KioskService;
  readonly patient: string;
  readonly recipient: string;
  /** Consents in force, one for each that will be ended. */
  readonly consents: string[];
}

export async function consentChange(note: (text: string) => void): Promise<Result[]> {
  const bench = await ClinicBench.open();
  let kiosk: KioskService | undefined;
  try {
    const neighbour = await bench.machine('neighbour');
    await neighbour.service.entrance.createClinic({
      name: 'Hill',
      kind: 'clinic',
      administrator: 'Noor Hadid',
      passphrase: PASSPHRASE,
    });
    await neighbour.service.entrance.joinRegion(await bench.inviteClinic());
    await until('the request arrives', async () => neighbour.service.sync?.connection === 'ADMISSION_PENDING');
    const recipient = toHex(neighbour.service.installation.founding?.chain ?? new Uint8Array());
    await bench.first.ask('mutation ($chain: ID!) { approveAdmission(chain: $chain) }', { chain: recipient });
    const patient = await bench.first.register('Quillfeather', 'Marisol');
    kiosk = await letKioskIn(bench, join(bench.folder, 'kiosk'));
    const second = await bench.desk('second', 'Bo Lindqvist');
    const card = await issueCard(bench.first, patient, PIN);
    await until('the second desk opens the chart', () => second.open(patient).catch(() => undefined));
    await until('card and papers arrive', async () => {
      await kiosk?.checkIn(card, PIN).catch(() => undefined);
      const papers = async () => (await kiosk?.execute({ query: '{ me { name } }' }))?.data?.me;
      return (await papers().catch(() => undefined)) != null;
    });
    const clinic: Clinic = { bench, second, kiosk, patient, recipient, consents: [] };
    for (let at = 0; at < 4 * ROUNDS; at++) clinic.consents.push(await grant(clinic));
    // A desk writes the patient's file anew within a minute or so.
    await until('desk and kiosk show them', () => isEverywhere(clinic), 240_000);
    const byHub = await sample(clinic, atTheDesk);
    const kioskByHub = await sample(clinic, atTheKiosk);
    await bench.first.service.administrator.serveClinic('127.0.0.1:0');
    const route = (of: { readonly clinicHost?: { readonly route?: { readonly connected: boolean } | undefined } | undefined }) =>
      of.clinicHost?.route?.connected === true;
    await until('both follow the clinic’s host', async () => route(second.service) && route(clinic.kiosk));
    await bench.stopHub();
    const byHost = await sample(clinic, atTheDesk);
    const kioskByHost = await sample(clinic, atTheKiosk);
    await bench.startHub();
    for (const [name, { pressed }] of Object.entries({ byHub, kioskByHub, byHost, kioskByHost }))
      note(`${name}: from the press on ${Math.round(median(pressed))} ms, slowest ${Math.round(quantile(pressed, 1))} ms`);
    return [
      resultOf('consent.change', byHub.saved),
      resultOf('consent.change-kiosk', kioskByHub.pressed),
      resultOf('consent.change-no-hub', byHost.saved),
      resultOf('consent.change-kiosk-no-hub', kioskByHost.pressed),
    ];
  } finally {
    await kiosk?.close();
    await bench.close();
  }
}

/** Milliseconds until it is shown: from when the button was pressed, and from when it was saved. */
interface Samples {
  readonly pressed: number[];
  readonly saved: number[];
}

/** The chart is open at the second desk, as on somebody's screen, which asks again when it is told of a change. */
async function sample(clinic: Clinic, end: (clinic: Clinic, consent: string) => Promise<unknown>): Promise<Samples> {
  const samples: Samples = { pressed: [], saved: [] };
  for (let round = 0; round < ROUNDS; round++) {
    const consent = clinic.consents.pop() as string;
    clinic.kiosk.touch();
    const pressed = performance.now();
    await end(clinic, consent);
    const saved = performance.now();
    while ((await stateOf(clinic, consent)) !== 'WITHDRAWN') await setTimeout(5);
    const shown = performance.now();
    samples.pressed.push(shown - pressed);
    samples.saved.push(shown - saved);
  }
  return samples;
}

const atTheDesk = ({ bench }: Clinic, id: string): Promise<unknown> =>
  bench.first.ask('mutation ($id: ID!, $passphrase: String!) { withdrawConsent(id: $id, passphrase: $passphrase) { state } }', {
    id,
    passphrase: PASSPHRASE,
  });

const atTheKiosk = ({ kiosk }: Clinic, id: string): Promise<unknown> =>
  kiosk.execute({ query: 'mutation ($id: ID!) { withdrawConsent(id: $id) { state } }', variables: { id } });

async function isEverywhere(clinic: Clinic): Promise<boolean> {
  clinic.kiosk.touch();
  const { data } = await clinic.kiosk.execute({ query: '{ consents { id } }' });
  const atTheKiosk = (data?.consents ?? []) as ReadonlyArray<{ id: string }>;
  if (!clinic.consents.every((id) => atTheKiosk.some((consent) => consent.id === id))) return false;
  return (await stateOf(clinic, clinic.consents.at(-1) as string)) === 'ACTIVE';
}

async function stateOf({ second, patient }: Clinic, id: string): Promise<string | undefined> {
  const { consents } = await second.ask<{ consents: Array<{ id: string; state: string }> }>(
    'query ($patient: ID!) { consents(patient: $patient) { id state } }',
    { patient },
  );
  return consents.find((consent) => consent.id === id)?.state;
}

async function grant({ bench, patient, recipient }: Clinic): Promise<string> {
  const choices = { categories: ['CLINICAL'], purpose: 'TREAT', verification: 'in-person', language: 'en' };
  const input = { patient, recipient, ...choices, starts: Date.now() - 1_000, ends: Date.now() + 86_400_000 };
  const { consentText } = await bench.first.ask<{ consentText: { hash: string } }>(
    'query ($input: ConsentInput!) { consentText(input: $input) { hash } }',
    { input },
  );
  const { giveConsent } = await bench.first.ask<{ giveConsent: { id: string } }>(
    'mutation ($input: ConsentInput!, $textHash: String!, $passphrase: String!) { giveConsent(input: $input, textHash: $textHash, passphrase: $passphrase) { id } }',
    { input, textHash: consentText.hash, passphrase: PASSPHRASE },
  );
  return giveConsent.id;
}

function resultOf(id: string, samples: readonly number[]): Result {
  const value = median(samples);
  return { id, value, unit: 'ms', limit: LIMIT_MS, ratio: value / LIMIT_MS, bar: { atMost: 1 }, against: `${LIMIT_MS} ms` };
}
