/** Who and what is around a kiosk: other organisations of its region, and the processes of those who are checked in. */
import { readFileSync } from 'node:fs';
import { until } from '../../server/workstation/demo/desk.ts';
import { descendants } from '../support/processes.ts';
import { type ClinicBench, type Desk, PASSPHRASE } from '../workstation/further-device-bench.ts';

/** Another organisation of the region, with one desk; gives its chain as well. */
export async function neighbour(
  bench: ClinicBench,
  name: string,
  kind: 'clinic' | 'research',
): Promise<{ other: Desk; chain: string }> {
  const other = await bench.machine(kind);
  const founded = { name, kind, administrator: 'Ben Ode', passphrase: PASSPHRASE } as const;
  await other.service.entrance.createClinic(founded);
  await other.service.entrance.joinRegion(await bench.inviteClinic());
  await until('the request arrives', async () => other.service.sync?.connection === 'ADMISSION_PENDING');
  const chain = Buffer.from(other.service.installation.founding?.chain ?? []).toString('hex');
  await bench.first.ask('mutation ($chain: ID!) { approveAdmission(chain: $chain) }', { chain });
  await until('it is in the region', async () => other.service.sync?.connection === 'UP_TO_DATE');
  return { other, chain };
}

/** Staff record that another clinic of the region may read this patient's name. */
export async function share(bench: ClinicBench, patient: string): Promise<void> {
  const { chain: recipient } = await neighbour(bench, 'Mountain Clinic', 'clinic');
  const choices = {
    categories: ['IDENTITY'],
    purpose: 'TREAT',
    starts: Date.now() - 1000,
    verification: 'in-person',
    language: 'en',
  };
  const input = { patient, recipient, ...choices };
  const { consentText } = await bench.first.ask<{ consentText: { hash: string } }>(
    'query ($input: ConsentInput!) { consentText(input: $input) { hash } }',
    { input },
  );
  await bench.first.ask(
    'mutation ($input: ConsentInput!, $textHash: String!, $passphrase: String!) { giveConsent(input: $input, textHash: $textHash, passphrase: $passphrase) { id } }',
    { input, textHash: consentText.hash, passphrase: PASSPHRASE },
  );
}

/** An organisation records that somebody who takes part in its offer has earned five euros, and was paid; gives the benefit's id. */
export async function reward(
  desk: Desk,
  offer: string,
  participant: string,
  words: { readonly earned: string; readonly paid: string },
): Promise<string> {
  const of = { offer, participant, passphrase: PASSPHRASE };
  const { said } = await desk.ask<{ said: Array<{ benefits: Array<{ id: string }> }> }>(
    'mutation ($offer: ID!, $participant: ID!, $words: String!, $passphrase: String!) { said: recordEarned(offer: $offer, participant: $participant, amount: 500, words: $words, passphrase: $passphrase) { benefits { id } } }',
    { ...of, words: words.earned },
  );
  const benefit = said[0]?.benefits[0]?.id as string;
  await desk.ask(
    'mutation ($offer: ID!, $participant: ID!, $benefit: ID!, $words: String!, $passphrase: String!) { said: recordPaid(offer: $offer, participant: $participant, benefit: $benefit, words: $words, passphrase: $passphrase) { benefits { id } } }',
    { ...of, benefit, words: words.paid },
  );
  return benefit;
}

/** Process ids of the sessions that this process has started. */
export const sessions = (): number[] =>
  descendants(process.pid).filter((pid) => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('session-process');
    } catch {
      return false;
    }
  });
