/** What people of two clinics ask of their desks, one question or act each. */
import type { DeviceService } from '../../../server/workstation/device/device-service.ts';
import { ask, PASSPHRASE } from './desk.ts';

const DAY = 86_400_000;
export const REWARD = 2_000;

interface Consult {
  readonly id: string;
  readonly question: string;
  readonly complete: boolean;
  readonly filed: boolean;
  readonly answer: { readonly text: string } | null;
}
const CONSULT = '{ id question complete filed answer { text } }';

interface Participant {
  readonly id: string;
  readonly benefits: ReadonlyArray<{ readonly id: string; readonly earnedFor: string; readonly paidAt: number | null }>;
}
const PARTICIPANTS = '{ id benefits { id earnedFor paidAt } }';

export interface Policy {
  readonly sequence: number;
  readonly witnesses: ReadonlyArray<{ readonly id: string }>;
  readonly offers: ReadonlyArray<{ readonly chain: string }>;
  readonly proposals: ReadonlyArray<{ readonly id: string }>;
}

export const openChart = (desk: DeviceService, patient: string): Promise<unknown> =>
  ask(desk, 'mutation Open($patient: ID!) { openChart(patient: $patient) { openedAt } }', { patient });

export const received = async (desk: DeviceService): Promise<Consult[]> =>
  (await ask<{ consultsReceived: Consult[] }>(desk, `{ consultsReceived ${CONSULT} }`)).consultsReceived;

export async function consultsOf(desk: DeviceService, patient: string): Promise<Consult[]> {
  const { consultsOf: found } = await ask<{ consultsOf: Consult[] }>(
    desk,
    `query Consults($patient: ID!) { consultsOf(patient: $patient) ${CONSULT} }`,
    { patient },
  );
  return found;
}

export async function participants(desk: DeviceService, offer: string): Promise<Participant[]> {
  const { participants: found } = await ask<{ participants: Participant[] }>(
    desk,
    `query Participants($offer: ID!) { participants(offer: $offer) ${PARTICIPANTS} }`,
    { offer },
  );
  return found;
}

export async function policyOf(desk: DeviceService): Promise<Policy> {
  const { regionPolicy } = await ask<{ regionPolicy: Policy }>(
    desk,
    '{ regionPolicy { sequence witnesses { id } offers { chain } proposals { id } } }',
  );
  return regionPolicy;
}

export const propose = (desk: DeviceService, chains: readonly string[]): Promise<unknown> =>
  ask(desk, 'mutation Propose($witnesses: [WitnessInput!]!) { proposeWitnesses(witnesses: $witnesses) }', {
    witnesses: chains.map((chain) => ({ chain, name: '', cosignKey: '' })),
  });

export async function publish(desk: DeviceService, title: string): Promise<string> {
  const input = {
    title,
    description: '',
    purposes: ['DUO:0000042'],
    categories: ['CLINICAL'],
    criteria: '',
    reward: '20 euros',
    minimumGroup: 5,
    opens: Date.now() - 1000,
    expires: Date.now() + DAY,
    promised: { currency: 'EUR', amount: REWARD },
  };
  const { publishOffer } = await ask<{ publishOffer: { id: string } }>(
    desk,
    'mutation Publish($input: OfferInput!, $passphrase: String!) { publishOffer(input: $input, passphrase: $passphrase) { id } }',
    { input, passphrase: PASSPHRASE },
  );
  return publishOffer.id;
}

export const putResult = (desk: DeviceService, patient: string): Promise<unknown> =>
  ask(desk, 'mutation Put($input: PutRecordInput!) { putRecord(input: $input) { id } }', {
    input: {
      patient,
      resource: `{"resourceType":"Condition","subject":{"reference":"Patient/${patient}"},"code":{"text":"Asthma"}}`,
    },
  });

export async function shareForResearch(desk: DeviceService, patient: string, recipient: string): Promise<void> {
  const input = {
    patient,
    recipient,
    categories: ['CLINICAL'],
    purpose: 'HRESCH',
    starts: Date.now() - 1000,
    ends: Date.now() + DAY,
    verification: 'in-person',
    language: 'en',
  };
  const { consentText } = await ask<{ consentText: { hash: string } }>(
    desk,
    'query Text($input: ConsentInput!) { consentText(input: $input) { hash } }',
    { input },
  );
  await ask(
    desk,
    'mutation Grant($input: ConsentInput!, $textHash: String!, $passphrase: String!) { giveConsent(input: $input, textHash: $textHash, passphrase: $passphrase) { id } }',
    { input, textHash: consentText.hash, passphrase: PASSPHRASE },
  );
}
