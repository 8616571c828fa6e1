/** What one clinic does in the demo: import, find, sign, work without a network, prove. */
import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { counted } from '../../../shared/outcome/counted.ts';
import { Failure } from '../../../shared/outcome/failure.ts';
import { expectThat, type FoundPatient, refusalOf, settled } from './checks.ts';
import { type Desk, runProgram, until } from './desk.ts';
import { type DemoRegion, PASSPHRASE } from './region.ts';

interface Report {
  readonly id: string;
  readonly state: string;
  readonly accepted: number;
  readonly alreadyPresent: number;
  readonly refusedCount: number;
  readonly patients: number;
  readonly problem: { readonly message: string } | null;
}

export async function importRecords(desk: Desk, input: string): Promise<[undefined, ...string[]]> {
  const started = performance.now();
  const fields = 'id state accepted alreadyPresent refusedCount patients problem { message }';
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
      if (importJob.state === 'FAILED')
        throw new Failure('records.import-failed', importJob.problem?.message ?? 'The import failed.');
      return importJob.state === 'DONE' ? importJob : undefined;
    },
    100_000,
  );
  const rate = Math.round((1000 * job.accepted) / (performance.now() - started));
  return [
    undefined,
    `${counted(job.accepted, 'resource')} accepted of ${counted(job.patients, 'patient')}, ${job.refusedCount} refused with their place and reason; ${rate} a second`,
  ];
}

export async function findAndOpen(desk: Desk): Promise<[FoundPatient, ...string[]]> {
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

export async function signNote(harbour: Desk, patient: FoundPatient): Promise<[string, ...string[]]> {
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

export async function cutNetwork(region: DemoRegion, harbour: Desk, patient: FoundPatient): Promise<[undefined, ...string[]]> {
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

export async function receipt(
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

export async function verifyBoth(region: DemoRegion, harbour: Desk, mountain: Desk): Promise<[undefined, ...string[]]> {
  await region.close();
  const proof: string[] = [];
  for (const { folder } of [harbour, mountain]) {
    const { code, out, err } = await runProgram(['verify', '--data', folder, '--json']);
    expectThat(code === 0, err.trim());
    const report = JSON.parse(out) as { blocks: number; signatures: number; documents: number; stateRows: number };
    proof.push(
      `${counted(report.blocks, 'block')}, ${counted(report.signatures, 'signature')}, ${counted(report.stateRows, 'state row')}, ${counted(report.documents, 'sealed document')}`,
    );
  }
  return [undefined, ...proof];
}
