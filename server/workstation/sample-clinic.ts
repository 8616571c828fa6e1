/** "Try with sample patients": a training clinic filled by the project's own generator, through the same import as any. */
import { Failure } from '../../shared/outcome/failure.ts';
import { samplePatients } from '../../shared/patients/sample-patients.ts';
import type { DeviceService } from './device-service.ts';

const PATIENTS = 40;
const ENCOUNTERS = 12;
/** Lines of one import call: some 500 kB. */
const LINES = 400;

const IMPORT = `mutation ImportSample($job: ID, $firstLine: Int!, $text: String!, $last: Boolean!, $finish: Boolean!) {
  importText(job: $job, file: "sample-patients.ndjson", firstLine: $firstLine, text: $text, last: $last, finish: $finish) { id state problem }
}`;

/** Makes the clinic and imports the sample; both are durable when it resolves. */
export async function makeSampleClinic(service: DeviceService, passphrase: string): Promise<void> {
  await service.createClinic({ name: 'Sample Clinic (training)', kind: 'clinic', administrator: 'Sam Sample', passphrase }, true);
  const referenceDate = new Date(service.clock()).toISOString().slice(0, 10);
  const lines: string[] = [];
  for (const { text } of samplePatients({ seed: 1, patients: PATIENTS, encountersPerPatient: ENCOUNTERS, referenceDate }))
    lines.push(text);
  let job: string | null = null;
  for (let from = 0; from < lines.length; from += LINES) {
    const last = from + LINES >= lines.length;
    const text = `${lines.slice(from, from + LINES).join('\n')}\n`;
    const answer = await service.execute({
      query: IMPORT,
      operationName: 'ImportSample',
      variables: { job, firstLine: from + 1, text, last, finish: last },
    });
    const error = answer.errors?.[0];
    if (error) throw new Failure(String(error.extensions?.code ?? 'records.import'), error.message);
    job = (answer.data as { importText: { id: string } }).importText.id;
  }
}
