/** "Try with sample patients": a training clinic filled by the project's own generator, through the same import as any. */
import { setTimeout } from 'node:timers/promises';
import { localDay } from '../../../shared/encoding/wall-clock.ts';
import { Failure } from '../../../shared/outcome/failure.ts';
import { samplePatients } from '../../../shared/patients/sample-patients.ts';
import type { DeviceService } from '../device/device-service.ts';

const PATIENTS = 40;
const ENCOUNTERS = 12;
/** Lines of one import call: some 500 kB. */
const LINES = 400;

const IMPORT = `mutation ImportSample($job: ID, $firstLine: Int!, $text: String!, $last: Boolean!, $finish: Boolean!) {
  importText(job: $job, file: "sample-patients.ndjson", firstLine: $firstLine, text: $text, last: $last, finish: $finish) { id }
}`;

const STATE = 'query SampleState($id: ID!) { importJob(id: $id) { state problem { message } } }';
const LOOK_AGAIN_MS = 100;

/** Makes the clinic and imports the sample; all of it is durable and in the patient list when it resolves. */
export async function makeSampleClinic(service: DeviceService, passphrase: string): Promise<void> {
  await service.entrance.createClinic(
    { name: 'Sample Clinic (training)', kind: 'clinic', administrator: 'Sam Sample', passphrase },
    true,
  );
  const referenceDate = localDay(service.clock());
  const lines: string[] = [];
  for (const { text } of samplePatients({ seed: 1, patients: PATIENTS, encountersPerPatient: ENCOUNTERS, referenceDate }))
    lines.push(text);
  let job: string | null = null;
  for (let from = 0; from < lines.length; from += LINES) {
    const last = from + LINES >= lines.length;
    const text = `${lines.slice(from, from + LINES).join('\n')}\n`;
    const answer: { importText: { id: string } } = await asked(service, IMPORT, {
      job,
      firstLine: from + 1,
      text,
      last,
      finish: last,
    });
    job = answer.importText.id;
  }
  for (;;) {
    const { importJob } = await asked<{ importJob: { state: string; problem: { message: string } | null } }>(service, STATE, {
      id: job,
    });
    if (importJob.state === 'DONE') return;
    if (importJob.state === 'FAILED')
      throw new Failure('records.import-failed', importJob.problem?.message ?? 'The sample could not be imported.');
    await setTimeout(LOOK_AGAIN_MS);
  }
}

async function asked<Data>(service: DeviceService, query: string, variables: Record<string, unknown>): Promise<Data> {
  const { data, errors } = await service.execute({ query, variables });
  const error = errors?.[0];
  if (error) throw new Failure(String(error.extensions?.code ?? 'records.import'), error.message);
  return data as Data;
}
