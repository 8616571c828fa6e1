/** What happens between the two clinics of the demo: admission, consent, access, offers, withdrawal. */

import { counted } from '../../../shared/outcome/counted.ts';
import { withFirstFactor } from './authenticator.ts';
import { expectThat, type FoundPatient, refusalOf, settled, syncOf } from './checks.ts';
import { type Desk, until } from './desk.ts';
import { type DemoRegion, PASSPHRASE } from './region.ts';

export async function admit(region: DemoRegion, harbour: Desk): Promise<[Desk, ...string[]]> {
  const mountain = await region.openClinic('Mountain Clinic', 'Bo Berg');
  await mountain.device('mutation Join($invitation: String!) { joinRegion(invitation: $invitation) { connection } }', {
    invitation: await region.invite(),
  });
  const request = await until('the request to join arrives', async () => {
    const { admissionRequests } = await harbour.device<{
      admissionRequests: Array<{ chain: string; name: string; fingerprint: string }>;
    }>('{ admissionRequests { chain name fingerprint } }');
    return admissionRequests[0];
  });
  const approve = 'mutation Approve($chain: ID!) { approveAdmission(chain: $chain) }';
  await withFirstFactor(harbour, PASSPHRASE, () => harbour.ask(approve, { chain: request.chain }));
  const state = await until('the clinic is admitted', async () => {
    const seen = await syncOf(mountain);
    return seen.connection === 'UP_TO_DATE' ? seen : undefined;
  });
  return [
    mountain,
    `${request.name}, key ${request.fingerprint.slice(0, 16)}…, holds ${counted(state.replicaSize, 'block')}, all checked`,
  ];
}

export async function share(harbour: Desk, mountain: Desk, patient: FoundPatient): Promise<[string, ...string[]]> {
  const { workstation } = await mountain.device<{ workstation: { clinic: { chain: string } } }>(
    '{ workstation { clinic { chain } } }',
  );
  const input = {
    patient: patient.id,
    recipient: workstation.clinic.chain,
    categories: ['IDENTITY', 'CLINICAL'],
    purpose: 'TREAT',
    starts: Date.now() - 1000,
    ends: Date.now() + 30 * 86_400_000,
    verification: 'in-person',
    language: 'en',
  };
  const { consentText } = await harbour.ask<{ consentText: { text: string; hash: string } }>(
    'query Text($input: ConsentInput!) { consentText(input: $input) { text hash } }',
    { input },
  );
  const { giveConsent } = await harbour.ask<{ giveConsent: { id: string; state: string } }>(
    'mutation Grant($input: ConsentInput!, $textHash: String!, $passphrase: String!) { giveConsent(input: $input, textHash: $textHash, passphrase: $passphrase) { id state } }',
    { input, textHash: consentText.hash, passphrase: PASSPHRASE },
  );
  await settled(harbour);
  return [giveConsent.id, `signed by staff member and clinic over the text with hash ${consentText.hash.slice(0, 16)}…`];
}

export async function openShared(mountain: Desk, patient: FoundPatient): Promise<[undefined, ...string[]]> {
  const shared = await until('the shared patient arrives', async () => {
    const { patients } = await mountain.ask<{ patients: { edges: Array<{ node: FoundPatient & { shared: boolean } }> } }>(
      '{ patients { edges { node { id name shared } } } }',
    );
    return patients.edges.find(({ node }) => node.name === patient.name && node.shared)?.node;
  });
  const chart = await until('the shared records arrive', async () => {
    const { openChart } = await mountain.ask<{
      openChart: { categories: string[]; sections: Array<{ section: string; count: number }> };
    }>(
      'mutation Open($patient: ID!) { openChart(patient: $patient, purpose: TREAT) { categories sections { section count } } }',
      { patient: shared.id },
    );
    return openChart.sections.some(({ section, count }) => section === 'ENCOUNTER' && count > 0) ? openChart : undefined;
  });
  const medications = chart.sections.find(({ section }) => section === 'MEDICATION')?.count ?? 0;
  expectThat(medications === 0, `${counted(medications, 'medication')} beyond what was shared`);
  const counts = chart.sections.filter(({ count }) => count > 0).map(({ section, count }) => `${count} ${section.toLowerCase()}`);
  return [undefined, `categories ${chart.categories.join(', ').toLowerCase()}: ${counts.join(', ')}; no medication`];
}

export async function seeAccess(harbour: Desk, patient: FoundPatient): Promise<[undefined, ...string[]]> {
  const line = await until('the access line of the other clinic arrives', async () => {
    const { accessLog } = await harbour.ask<{
      accessLog: { edges: Array<{ node: { who: string; clinic: string; own: boolean; purpose: string } }> };
    }>('query Log($patient: ID!) { accessLog(patient: $patient) { edges { node { who clinic own purpose } } } }', {
      patient: patient.id,
    });
    return accessLog.edges.find(({ node }) => !node.own)?.node;
  });
  return [undefined, `${line.who} of ${line.clinic}, for ${line.purpose}`];
}

export async function offer(harbour: Desk, mountain: Desk, patient: FoundPatient): Promise<[undefined, ...string[]]> {
  const day = 86_400_000;
  const input = {
    title: 'Blood pressure at home',
    description: 'How home measurement changes treatment.',
    purposes: ['DUO:0000042'],
    categories: ['RESEARCH'],
    criteria: 'Adults with hypertension',
    reward: '20 EUR voucher',
    minimumGroup: 10,
    opens: Date.now() - 1000,
    expires: Date.now() + 30 * day,
  };
  const { publishOffer } = await mountain.ask<{ publishOffer: { id: string } }>(
    'mutation Publish($input: OfferInput!, $passphrase: String!) { publishOffer(input: $input, passphrase: $passphrase) { id } }',
    { input, passphrase: PASSPHRASE },
  );
  await until('the offer reaches the other clinic', async () => {
    const { offers } = await harbour.ask<{ offers: Array<{ id: string }> }>('{ offers { id } }');
    return offers.some(({ id }) => id === publishOffer.id);
  });
  const join = (): Promise<unknown> =>
    harbour.ask(
      'mutation Join($patient: ID!, $offer: ID!, $passphrase: String!) { joinOffer(patient: $patient, offer: $offer, passphrase: $passphrase) { active } }',
      { patient: patient.id, offer: publishOffer.id, passphrase: PASSPHRASE },
    );
  const without = await refusalOf(join());
  expectThat(without !== '', 'joining without consent was not refused');
  await consentToResearch(harbour, mountain, patient);
  await join();
  const twice = await refusalOf(join());
  expectThat(twice !== '', 'joining twice was not refused');
  const { leaveOffer } = await harbour.ask<{ leaveOffer: { active: boolean } }>(
    'mutation Leave($patient: ID!, $offer: ID!, $passphrase: String!) { leaveOffer(patient: $patient, offer: $offer, passphrase: $passphrase) { active } }',
    { patient: patient.id, offer: publishOffer.id, passphrase: PASSPHRASE },
  );
  expectThat(!leaveOffer.active, 'the participation did not end');
  return [undefined, `without consent: ${without}; twice: ${twice}; left in one step`];
}

async function consentToResearch(harbour: Desk, mountain: Desk, patient: FoundPatient): Promise<void> {
  const { workstation } = await mountain.device<{ workstation: { clinic: { chain: string } } }>(
    '{ workstation { clinic { chain } } }',
  );
  const input = {
    patient: patient.id,
    recipient: workstation.clinic.chain,
    categories: ['RESEARCH'],
    purpose: 'HRESCH',
    starts: Date.now() - 1000,
    ends: Date.now() + 60 * 86_400_000,
    verification: 'in-person',
    language: 'en',
  };
  const { consentText } = await harbour.ask<{ consentText: { hash: string } }>(
    'query Text($input: ConsentInput!) { consentText(input: $input) { hash } }',
    { input },
  );
  await harbour.ask(
    'mutation Grant($input: ConsentInput!, $textHash: String!, $passphrase: String!) { giveConsent(input: $input, textHash: $textHash, passphrase: $passphrase) { id } }',
    { input, textHash: consentText.hash, passphrase: PASSPHRASE },
  );
  await settled(harbour);
}

export async function withdraw(
  harbour: Desk,
  mountain: Desk,
  patient: FoundPatient,
  consent: string,
): Promise<[undefined, ...string[]]> {
  await harbour.ask(
    'mutation Withdraw($id: ID!, $passphrase: String!) { withdrawConsent(id: $id, passphrase: $passphrase) { state } }',
    { id: consent, passphrase: PASSPHRASE },
  );
  await until('the shared chart is gone', async () => {
    const { patients } = await mountain.ask<{ patients: { edges: Array<{ node: FoundPatient & { shared: boolean } }> } }>(
      '{ patients { edges { node { id name } } } }',
    );
    const still = patients.edges.find(({ node }) => node.name === patient.name);
    if (!still) return true;
    return (
      (await refusalOf(
        mountain.ask('mutation Open($patient: ID!) { openChart(patient: $patient, purpose: TREAT) { openedAt } }', {
          patient: still.node.id,
        }),
      )) !== ''
    );
  });
  return [undefined, "the patient's records no longer open there: keys destroyed, documents erased"];
}
