/** A kiosk that a desk has let in, and a card that the desk has issued: real processes, in folders of their own. */
import { noKeychain } from '../../server/identity/keychain.ts';
import { until } from '../../server/workstation/demo/desk.ts';
import { KioskService } from '../../server/workstation/kiosk/kiosk-service.ts';
import { builtSession } from '../support/built-processes.ts';
import { type ClinicBench, type Desk, PASSPHRASE } from '../workstation/further-device-bench.ts';

export const openKiosk = (
  folder: string,
  times: { idle?: { seconds: number; grace: number }; pageIsGoneMs?: number } = {},
): Promise<KioskService> => KioskService.open({ folder, keychain: noKeychain, startSession: builtSession(folder), ...times });

/** A new kiosk in this folder, ready for patients. */
export async function letKioskIn(bench: ClinicBench, folder: string): Promise<KioskService> {
  const kiosk = await openKiosk(folder);
  const { inviteDevice } = await bench.first.ask<{ inviteDevice: string }>('mutation { inviteDevice(kind: "kiosk") }');
  await kiosk.join(inviteDevice);
  const waiting = async () =>
    (await bench.first.ask<{ deviceRequests: Array<{ device: string }> }>('{ deviceRequests { device } }')).deviceRequests[0];
  const { device } = await until('the request arrives', waiting);
  await bench.first.ask('mutation ($device: ID!) { admitDevice(device: $device, role: "") }', { device });
  await until('it is let in', async () => (await kiosk.state()).state === 'READY');
  return kiosk;
}

/** The code of a new card, as it is printed. */
export async function issueCard(desk: Desk, patient: string, pin: string): Promise<string> {
  const { issueCareCard } = await desk.ask<{ issueCareCard: { groups: string[] } }>(
    'mutation ($patient: ID!, $pin: String!, $passphrase: String!) { issueCareCard(patient: $patient, pin: $pin, passphrase: $passphrase) { groups } }',
    { patient, pin, passphrase: PASSPHRASE },
  );
  return issueCareCard.groups.join('-');
}
