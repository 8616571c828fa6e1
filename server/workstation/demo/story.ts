/** What the demo plays, step by step. A step ends with its proof: what was read back from another process or place. */
import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Failure } from '../../../shared/outcome/failure.ts';
import { type Desk, runProgram, until } from './desk.ts';
import { type DemoRegion, PASSPHRASE } from './region.ts';

export interface PlayedStep {
  readonly number: number;
  readonly title: string;
  readonly milliseconds: number;
  readonly proof: readonly string[];
}

const SYNC =
  '{ syncState { connection pendingEvents pendingDocuments replicaSize hubSize auditedSize witnessedSize problem { code message } } }';
interface Sync {
  readonly connection: string;
  readonly pendingEvents: number;
  readonly pendingDocuments: number;
  readonly replicaSize: number;
  readonly hubSize: number;
  readonly auditedSize: number;
  readonly witnessedSize: number;
  readonly problem: { readonly code: string; readonly message: string } | null;
}

const syncOf = async (desk: Desk): Promise<Sync> => (await desk.device<{ syncState: Sync }>(SYNC)).syncState;

/** Waits until nothing of this desk waits and everything under the newest checkpoint is witnessed. */
async function settled(desk: Desk): Promise<Sync> {
  return until(
    'the desk is in step with its hub',
    async () => {
      const state = await syncOf(desk);
      if (state.connection === 'STOPPED')
        throw new Failure(state.problem?.code ?? 'sync.stopped', state.problem?.message ?? 'Syncing stopped.');
      const done =
        state.connection === 'UP_TO_DATE' &&
        state.pendingEvents + state.pendingDocuments === 0 &&
        state.replicaSize === state.hubSize;
      return done && state.witnessedSize === state.replicaSize ? state : undefined;
    },
    60_000,
  );
}

function expectThat(holds: boolean, otherwise: string): void {
  if (!holds) throw new Failure('demo.proof', `The demo expected something else: ${otherwise}.`);
}

/** The code with which a call is refused; '' when it is not. */
async function refusalOf(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => '',
    (error: unknown) => (error instanceof Failure ? error.code : 'unknown'),
  );
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
      `${state.replicaSize} blocks in the ledger, each audited (${state.auditedSize}) and witnessed (${state.witnessedSize})`,
    ];
  });
  const mountain = await step('Mountain Clinic joins; the founder admits it', () => admit(region, harbour));
  const patient = await step('A patient is found while typing, and the chart opens', () => findAndOpen(harbour));
  await step('Mountain Clinic sees nothing yet', async () => {
    const { patients } = await mountain.ask<{ patients: { totalCount: number } }>('{ patients { totalCount } }');
    expectThat(patients.totalCount === 0, `${patients.totalCount} patients at the other clinic`);
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

interface Report {
  readonly id: string;
  readonly state: string;
  readonly accepted: number;
  readonly alreadyPresent: number;
  readonly refusedCount: number;
  readonly patients: number;
  readonly problem: string | null;
}

async function importRecords(desk: Desk, input: string): Promise<[undefined, ...string[]]> {
  const started = performance.now();
  const fields = 'id state accepted alreadyPresent refusedCount patients problem';
  const { importPaths } = await desk.ask<{ importPaths: Report }>(
    `mutation Import($paths: [String!]!) { importPaths(paths: $paths) { ${fields} } }`,
    { paths: [input] },
  );
  const job = await until(
    'the import ends',
    async () => {
      const { importJob } = await desk.ask<{ importJob: Report }>(`query Job($id: ID!) { importJob(id: $id) { ${fields} } }`, {
        id: importPaths.id,
      });
      if (importJob.state === 'FAILED') throw new Failure('records.import-failed', importJob.problem ?? 'The import failed.');
      return importJob.state === 'DONE' ? importJob : undefined;
    },
    100_000,
  );
  const rate = Math.round((1000 * job.accepted) / (performance.now() - started));
  return [
    undefined,
    `${job.accepted} resources accepted of ${job.patients} patients, ${job.refusedCount} refused with their place and reason; ${rate} a second`,
  ];
}

async function admit(region: DemoRegion, harbour: Desk): Promise<[Desk, ...string[]]> {
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
  await harbour.ask('mutation Approve($chain: ID!) { approveAdmission(chain: $chain) }', { chain: request.chain });
  const state = await until('the clinic is admitted', async () => {
    const seen = await syncOf(mountain);
    return seen.connection === 'UP_TO_DATE' ? seen : undefined;
  });
  return [mountain, `${request.name}, key ${request.fingerprint.slice(0, 16)}…, holds ${state.replicaSize} blocks, all checked`];
}

interface FoundPatient {
  readonly id: string;
  readonly name: string;
}

async function findAndOpen(desk: Desk): Promise<[FoundPatient, ...string[]]> {
  const all = await desk.ask<{ patients: { totalCount: number; edges: Array<{ node: FoundPatient }> } }>(
    '{ patients(first: 1) { totalCount edges { node { id name } } } }',
  );
  const somebody = all.patients.edges[0]?.node;
  if (!somebody) throw new Failure('demo.proof', 'The input holds no patient.');
  const letters = somebody.name.slice(0, 4);
  const started = performance.now();
  const { patients } = await desk.ask<{ patients: { edges: Array<{ node: FoundPatient }> } }>(
    'query Find($search: String!) { patients(search: $search) { edges { node { id name } } } }',
    { search: letters },
  );
  const took = Math.round(performance.now() - started);
  expectThat(
    patients.edges.some(({ node }) => node.id === somebody.id),
    'search did not find the patient',
  );
  expectThat(
    (await refusalOf(
      desk.ask('query Chart($patient: ID!) { chart(patient: $patient) { openedAt } }', { patient: somebody.id }),
    )) !== '',
    'a chart that nobody opened could be read',
  );
  const opened = await desk.ask<{ openChart: { sections: Array<{ section: string; count: number }> } }>(
    'mutation Open($patient: ID!) { openChart(patient: $patient, purpose: TREAT) { sections { section count } } }',
    { patient: somebody.id },
  );
  const counts = opened.openChart.sections.map(({ section, count }) => `${count} ${section.toLowerCase()}`).join(', ');
  return [
    somebody,
    `${patients.edges.length} found among ${all.patients.totalCount} in ${took} ms; its access line was durable before the chart opened`,
    counts,
  ];
}

async function share(harbour: Desk, mountain: Desk, patient: FoundPatient): Promise<[string, ...string[]]> {
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
  const { grantConsent } = await harbour.ask<{ grantConsent: { id: string; state: string } }>(
    'mutation Grant($input: ConsentInput!, $textHash: String!, $passphrase: String!) { grantConsent(input: $input, textHash: $textHash, passphrase: $passphrase) { id state } }',
    { input, textHash: consentText.hash, passphrase: PASSPHRASE },
  );
  await settled(harbour);
  return [grantConsent.id, `signed by staff member and clinic over the text with hash ${consentText.hash.slice(0, 16)}…`];
}

async function openShared(mountain: Desk, patient: FoundPatient): Promise<[undefined, ...string[]]> {
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
  expectThat(medications === 0, `${medications} medications that were not shared`);
  const counts = chart.sections.filter(({ count }) => count > 0).map(({ section, count }) => `${count} ${section.toLowerCase()}`);
  return [undefined, `categories ${chart.categories.join(', ').toLowerCase()}: ${counts.join(', ')}; no medication`];
}

async function seeAccess(harbour: Desk, patient: FoundPatient): Promise<[undefined, ...string[]]> {
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

async function signNote(harbour: Desk, patient: FoundPatient): Promise<[string, ...string[]]> {
  const input = {
    patient: patient.id,
    participants: ['Ana Ferreira', patient.name],
    modality: 'VIDEO',
    place: 'Patient at home',
    consentToTreatment: true,
    assessment: 'Cough for three days, no fever, breathing well.',
    plan: 'Fluids and rest; call again if fever or breathlessness.',
    startedAt: new Date().toISOString(),
  };
  const wrong = await refusalOf(
    harbour.ask(
      'mutation Sign($input: TeleNoteInput!, $passphrase: String!) { signTeleNote(input: $input, passphrase: $passphrase) { id } }',
      { input, passphrase: 'not the passphrase' },
    ),
  );
  expectThat(wrong === 'vault.passphrase-wrong', `a wrong passphrase gave "${wrong}"`);
  const signed = await until('the delay after a wrong passphrase is over', async () => {
    const call = harbour.ask<{ signTeleNote: { id: string; signedBy: string } }>(
      'mutation Sign($input: TeleNoteInput!, $passphrase: String!) { signTeleNote(input: $input, passphrase: $passphrase) { id signedBy } }',
      { input, passphrase: PASSPHRASE },
    );
    return (await refusalOf(call)) === 'vault.unlock-delayed' ? undefined : (await call).signTeleNote;
  });
  return [signed.id, `by ${signed.signedBy}, with a personal key; a wrong passphrase was refused first`];
}

async function cutNetwork(region: DemoRegion, harbour: Desk, patient: FoundPatient): Promise<[undefined, ...string[]]> {
  await settled(harbour);
  await region.killHub();
  const resource = JSON.stringify({
    resourceType: 'Observation',
    id: `demo-${randomBytes(4).toString('hex')}`,
    status: 'final',
    code: { coding: [{ system: 'http://loinc.org', code: '8310-5', display: 'Body temperature' }] },
    subject: { reference: `Patient/${patient.id}` },
    effectiveDateTime: new Date().toISOString(),
  }).replace(/}$/, ',"valueQuantity":{"value":37.50,"unit":"Cel","system":"http://unitsofmeasure.org","code":"Cel"}}');
  const { putRecord } = await harbour.ask<{ putRecord: { id: string; value: string; progress: string } }>(
    'mutation Put($input: PutRecordInput!) { putRecord(input: $input) { id value progress } }',
    { input: { patient: patient.id, resource } },
  );
  expectThat(
    putRecord.progress === 'SAVED' && putRecord.value === '37.50',
    `progress ${putRecord.progress}, value ${putRecord.value}`,
  );
  await region.startHub();
  const progress = await until(
    'the observation is witnessed',
    async () => {
      const { record } = await harbour.ask<{ record: { item: { progress: string } } }>(
        'query Record($patient: ID!, $id: ID!) { record(patient: $patient, id: $id) { item { progress } } }',
        { patient: patient.id, id: putRecord.id },
      );
      return record.item.progress === 'WITNESSED' ? record.item.progress : undefined;
    },
    60_000,
  );
  return [undefined, `hub killed; 37.50 kept as typed, "saved here"; hub back: "${progress.toLowerCase()}"`];
}

async function offer(harbour: Desk, mountain: Desk, patient: FoundPatient): Promise<[undefined, ...string[]]> {
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
    'mutation Grant($input: ConsentInput!, $textHash: String!, $passphrase: String!) { grantConsent(input: $input, textHash: $textHash, passphrase: $passphrase) { id } }',
    { input, textHash: consentText.hash, passphrase: PASSPHRASE },
  );
  await settled(harbour);
}

async function withdraw(
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

async function receipt(
  region: DemoRegion,
  harbour: Desk,
  patient: FoundPatient,
  record: string,
): Promise<[undefined, ...string[]]> {
  const state = await settled(harbour);
  const made = await harbour.ask<{ receipt: { json: string } }>(
    'query Receipt($patient: ID!, $record: ID!) { receipt(patient: $patient, record: $record) { json } }',
    { patient: patient.id, record },
  );
  const file = join(region.folder, 'receipt.json');
  await writeFile(file, made.receipt.json);
  const { code, out, err } = await runProgram(['verify', file, '--json']);
  expectThat(code === 0, err.trim());
  const judged = JSON.parse(out) as { position: number; personallySigned: boolean; witnessed: boolean };
  expectThat(judged.personallySigned, 'the receipt shows no personal signature');
  const altered = join(region.folder, 'altered.json');
  await writeFile(
    altered,
    made.receipt.json.replace(
      /("index":\s*)(\d+)/,
      (_, before: string, index: string) => `${before}${Number(index) === 0 ? 1 : Number(index) - 1}`,
    ),
  );
  const refused = await runProgram(['verify', altered, '--json']);
  expectThat(refused.code === 1, 'an altered receipt was taken');
  return [
    undefined,
    `position ${judged.position} of ${state.replicaSize}, personally signed, ${judged.witnessed ? 'witnessed' : 'not witnessed'}; the same receipt altered is refused`,
  ];
}

async function verifyBoth(region: DemoRegion, harbour: Desk, mountain: Desk): Promise<[undefined, ...string[]]> {
  await region.close();
  const proof: string[] = [];
  for (const { folder } of [harbour, mountain]) {
    const { code, out, err } = await runProgram(['verify', '--data', folder, '--json']);
    expectThat(code === 0, err.trim());
    const report = JSON.parse(out) as { blocks: number; signatures: number; documents: number; stateRows: number };
    proof.push(
      `${report.blocks} blocks, ${report.signatures} signatures, ${report.stateRows} state rows, ${report.documents} sealed documents`,
    );
  }
  return [undefined, ...proof];
}
