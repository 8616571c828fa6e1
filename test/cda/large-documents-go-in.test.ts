/** Documents of other systems that are larger than a record holds: their file lies beside the record, byte for byte, and is known again. */
import { expect, test } from 'vitest';
import type { VaultRequest } from '../../server/graphql/domains.ts';
import { fromUtf8 } from '../../shared/encoding/bytes.ts';
import { readAttachment } from '../../shared/records/attachment.ts';
import { ClinicDesk } from '../support/clinic-desk.ts';
import { folderOf, patient } from '../support/fhir-files.ts';
import { NOTES, sampleCcd } from './sample-ccd.ts';

async function imported({ imports }: VaultRequest, files: Readonly<Record<string, string>>) {
  const { id } = await imports.startPaths([folderOf(files)]);
  return imports.settled(id);
}

/** The files that lie beside the DocumentReferences of the one patient, with what is left of their records. */
async function filesOf({ patients, records, attachments }: VaultRequest) {
  const [found] = (await patients.find('', 1, undefined)).patients;
  if (!found) return expect.unreachable();
  const entries = (await records.entries(found.patient)).filter(({ resourceType }) => resourceType === 'DocumentReference');
  const files = [];
  for (const entry of entries) {
    const [version] = await records.versions(found.patient, entry);
    const text = fromUtf8(version?.content ?? new Uint8Array(0));
    const attachment = readAttachment(JSON.parse(text));
    if (!attachment) continue;
    const pieces = [];
    for (const [at] of attachment.pieces.entries())
      pieces.push(await attachments.open(attachment, at, [{ patient: found.patient, categories: new Set([entry.category]) }]));
    files.push({ text, attachment, bytes: Buffer.concat(pieces) });
  }
  return files;
}

test('a clinical document of some megabytes goes in, its original whole beside it, and nothing twice', async () => {
  const { request } = await (await ClinicDesk.open()).unlock();
  const large = sampleCcd({ sections: [NOTES] }).replace('Dear', `Dear${' colleague'.repeat(90_000)}`);
  const job = await imported(request, { 'summary.xml': large });
  expect(job).toMatchObject({ state: 'DONE', refusedCount: 0, patients: 1 });
  const [file] = await filesOf(request);
  expect(file?.bytes.equals(Buffer.from(large))).toBe(true);
  expect(file?.attachment).toMatchObject({ name: 'Continuity of Care Document.xml', type: 'application/xml' });
  expect(file?.attachment.pieces).toHaveLength(2);
  expect(file?.text.length).toBeLessThan(5_000);
  expect(await imported(request, { 'again.xml': large })).toMatchObject({ accepted: 0, alreadyPresent: job.accepted });
}, 120_000);

test('so does FHIR with a large file inside; what else the resource says stays as it was written', async () => {
  const { request } = await (await ClinicDesk.open()).unlock();
  const scan = Buffer.alloc(5_000_000, 'scan');
  const reference = `{"resourceType":"DocumentReference","id":"d1","status":"current","subject":{"reference":"Patient/p1"},"extension":[{"url":"urn:x","valueDecimal":1.50}],"content":[{"attachment":{"contentType":"image/png; q=1","data":"${scan.toString('base64')}","title":"a/b","language":"en"}}]}`;
  expect(await imported(request, { 'a.ndjson': `${patient('p1')}\n${reference}` })).toMatchObject({
    accepted: 2,
    refusedCount: 0,
  });
  const [file] = await filesOf(request);
  expect(file?.bytes.equals(scan)).toBe(true);
  expect(file?.attachment).toMatchObject({ name: 'a b', type: 'image/png' });
  expect(file?.text).toContain('"valueDecimal":1.50');
  expect(JSON.parse(file?.text ?? '{}')).toMatchObject({ id: 'd1', content: [{ attachment: { language: 'en' } }] });
  // One whose words alone are too long is still refused by name.
  const words = reference.replace('"status"', `"description":"${'x'.repeat(800_000)}","status"`);
  expect(await imported(request, { 'b.ndjson': words })).toMatchObject({ accepted: 0, refusedCount: 1 });
}, 120_000);
