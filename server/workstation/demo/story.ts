/** What the demo plays, step by step. A step ends with its proof: what was read back from another process or place. */

import { counted } from '../../../shared/outcome/counted.ts';
import { expectThat, settled, syncOf } from './checks.ts';
import { cutNetwork, findAndOpen, importRecords, receipt, signNote, verifyBoth } from './desk-acts.ts';
import type { DemoRegion } from './region.ts';
import { admit, offer, openShared, seeAccess, share, withdraw } from './sharing-acts.ts';

interface PlayedStep {
  readonly number: number;
  readonly title: string;
  readonly milliseconds: number;
  readonly proof: readonly string[];
}

/** Plays everything; `tell` hears of each step as it ends. Gives how many there were. */
export async function play(region: DemoRegion, input: string, tell: (step: PlayedStep) => void): Promise<number> {
  let number = 0;
  const step = async <T>(title: string, act: () => Promise<[result: T, ...proof: string[]]>): Promise<T> => {
    const started = performance.now();
    const [result, ...proof] = await act();
    number += 1;
    tell({ number, title, milliseconds: Math.round(performance.now() - started), proof });
    return result;
  };

  const founding = await step('A hub starts', async () => [
    await region.makeHub(),
    'its invitation names the hub key and authority by fingerprint',
  ]);
  const harbour = await step('Harbour Clinic starts alone', async () => {
    const desk = await region.openClinic('Harbour Clinic', 'Ana Ferreira', [input]);
    const state = await syncOf(desk);
    return [desk, `connection ${state.connection}: it works with no hub at all`];
  });

  await step('FHIR records are imported, sealed and signed', () => importRecords(harbour, input));
  await step('Harbour Clinic founds the region and uploads', async () => {
    await harbour.device('mutation Join($invitation: String!) { joinRegion(invitation: $invitation) { connection } }', {
      invitation: founding,
    });
    const state = await settled(harbour);
    return [
      undefined,
      `${counted(state.replicaSize, 'block')} in the ledger, each audited (${state.auditedSize}) and witnessed (${state.witnessedSize})`,
    ];
  });
  const mountain = await step('Mountain Clinic joins; the founder admits it', () => admit(region, harbour));
  const patient = await step('A patient is found while typing, and the chart opens', () => findAndOpen(harbour));
  await step('Mountain Clinic sees nothing yet', async () => {
    const { patients } = await mountain.ask<{ patients: { totalCount: number } }>('{ patients { totalCount } }');
    expectThat(patients.totalCount === 0, `${counted(patients.totalCount, 'patient')} at the other clinic`);
    return [undefined, 'it holds the whole ledger, and 0 patients'];
  });
  const consent = await step("The patient's consent is recorded and shared", () => share(harbour, mountain, patient));
  await step('Mountain Clinic opens exactly what was shared', () => openShared(mountain, patient));
  await step("Harbour Clinic sees Mountain Clinic's access", () => seeAccess(harbour, patient));
  const record = await step('A telemedicine note is signed', () => signNote(harbour, patient));
  await step('The network is cut; work goes on; it catches up', () => cutNetwork(region, harbour, patient));
  await step('A research offer is published, joined under consent, and left', () => offer(harbour, mountain, patient));
  await step('The consent is withdrawn: keys and records leave Mountain Clinic', () =>
    withdraw(harbour, mountain, patient, consent),
  );
  await step('A receipt of the note verifies with no hub and no database', () => receipt(region, harbour, patient, record));
  await step('Both replicas verify block by block, offline', () => verifyBoth(region, harbour, mountain));
  return number;
}
