/** Exports into a folder: whole, flat, decided, in the access log, and with a manifest that whoever has the folder can hold it against. */
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { sign, verifySignature } from '../../server/vault/primitives.ts';
import { verify } from '../../server/workstation/commands/verify.ts';
import { toBase64, toHex } from '../../shared/encoding/bytes.ts';
import { verifyManifest, writeManifest } from '../../shared/fhir-api/export-manifest.ts';
import { type Attachment, writeAttachment } from '../../shared/records/attachment.ts';
import { PASSPHRASE } from '../support/clinic-desk.ts';
import { patient, weight } from '../support/fhir-files.ts';
import { bytesFor, checkpointOf, cosign, foundClinic, foundRegion, hash, MemoryLedger } from '../support/ledger-builder.ts';
import { Facade } from './facade.ts';

const SCAN = Buffer.from('%PDF-1.7 the scan');
const EXPORT = `mutation ($folder: String!, $patient: ID, $passphrase: String!) {
  exportRecords(folder: $folder, patient: $patient, passphrase: $passphrase) { path files resources bytes missing } }`;

interface Written {
  readonly path: string;
  readonly files: number;
  readonly resources: number;
  readonly missing: readonly string[];
}

function place(): string {
  const folder = mkdtempSync(join(tmpdir(), 'careledger-export-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Two patients with a weight each, one with a scan; a practitioner who took one, and another. */
async function opened(): Promise<{ facade: Facade; ferreira: string }> {
  const facade = await Facade.open();
  const clinicKey = { kind: 'clinic-signing', id: new Uint8Array(0), epoch: 0, value: bytesFor('desk clinic') } as const;
  await facade.request.vault.keyStore.putKeys([clinicKey]);
  await facade.imports({
    'Patient.ndjson': [
      patient('p1', { name: [{ family: 'Ferreira' }] }),
      patient('p2', { name: [{ family: 'Moreau' }], birthDate: '1961-02-03' }),
    ].join('\n'),
    'Observation.ndjson': [
      weight('w1', 'Patient/p1', '80.100').replace(/^\{/, '{"performer":[{"reference":"Practitioner/dr1"}],'),
      weight('w2', 'Patient/p2', '70'),
    ].join('\n'),
    'Practitioner.ndjson': [
      '{"resourceType":"Practitioner","id":"dr1","name":[{"text":"Dr. Frey"}],"qualification":[{"code":{"text":"MD"},"issuer":{"reference":"Organization/o1"}}]}',
      '{"resourceType":"Practitioner","id":"dr2","name":[{"text":"Dr. Of Nobody Here"}]}',
    ].join('\n'),
    'Organization.ndjson': '{"resourceType":"Organization","id":"o1","name":"Board of Physicians"}',
  });
  const ferreira = await facade.patient('Ferreira');
  const { desk, request } = facade;
  await desk.ask('mutation ($patient: ID!) { openChart(patient: $patient) { openedAt } }', { patient: ferreira });
  const scan = {
    patient: ferreira,
    name: 'Scan ä/1.pdf'.replace('/', '-'),
    type: 'application/pdf',
    size: SCAN.length,
    modified: 7,
  };
  await request.attachments.begin(scan, 'Scan of the letter');
  await request.attachments.put(scan, 0, toBase64(SCAN));
  await request.attachments.finish(scan);
  return { facade, ferreira };
}

const written = async (facade: Facade, variables: Record<string, unknown>): Promise<Written> =>
  ((await facade.desk.ask(EXPORT, { passphrase: PASSPHRASE, ...variables })) as { exportRecords: Written }).exportRecords;

async function told(path: string): Promise<string> {
  let said = '';
  const out = (text: string): void => {
    said += text;
  };
  await verify([join(path, 'manifest.json')], { out, err: () => undefined });
  return said;
}

test('a clinic and one patient leave whole, the verifier says so, and each patient sees who took them', async () => {
  const { facade, ferreira } = await opened();
  const all = await written(facade, { folder: place() });
  expect(all).toMatchObject({ files: 6, resources: 8, missing: [] });
  expect(readdirSync(all.path).sort()).toEqual([
    'DocumentReference.ndjson',
    'Observation.ndjson',
    'Organization.ndjson',
    'Patient.ndjson',
    'Practitioner.ndjson',
    'files',
    'manifest.json',
  ]);
  expect(readFileSync(join(all.path, 'Observation.ndjson'), 'utf8')).toContain('"value":80.100');
  const [scan = ''] = readdirSync(join(all.path, 'files'));
  expect(scan).toMatch(/^[0-9a-f]{32}-Scan_-1\.pdf$/);
  expect(readFileSync(join(all.path, 'files', scan)).equals(SCAN)).toBe(true);
  expect(await told(all.path)).toContain(
    'Dr. Ada Frey (administrator) of "Clinic desk" exported the records of the clinic (HOPERAT)',
  );

  const one = await written(facade, { folder: place(), patient: ferreira });
  expect(readFileSync(join(one.path, 'Patient.ndjson'), 'utf8')).not.toContain('Moreau');
  // Who took the weight goes along, and who vouches for them; nobody else of the clinic does.
  expect(one).toMatchObject({ files: 6, resources: 5 });
  expect(readFileSync(join(one.path, 'Practitioner.ndjson'), 'utf8')).toMatch(/"dr1"(?!.*"dr2")/s);
  expect(readFileSync(join(one.path, 'Organization.ndjson'), 'utf8')).toContain('Board of Physicians');
  expect(await told(one.path)).toContain('exported the records of one patient (PATRQT)');
  const lines = await facade.request.access.linesOf(ferreira);
  expect(
    lines
      .filter(({ process }) => process === 'export')
      .map(({ purpose }) => purpose)
      .sort(),
  ).toEqual(['HOPERAT', 'PATRQT']);

  // Another desk of the world takes it in as it takes any FHIR.
  const elsewhere = await Facade.open({ label: 'elsewhere' });
  await elsewhere.imports({
    'Patient.ndjson': readFileSync(join(one.path, 'Patient.ndjson'), 'utf8'),
    'Observation.ndjson': readFileSync(join(one.path, 'Observation.ndjson'), 'utf8'),
  });
  expect((await elsewhere.ask('/Observation/w1', await elsewhere.token())).text).toContain('"value":80.100');
});

test('one patient leaves with what their records name beside charts, and with nobody else', async () => {
  const { facade, ferreira } = await opened();
  const lines = (...resources: object[]): string => resources.map((resource) => JSON.stringify(resource)).join('\n');
  const to = (reference: string): object => ({ reference });
  const [of, url] = ['Patient/p1', 'https://harbour.example/sleep'];
  const group = { resourceType: 'Group', type: 'person', actual: true };
  await facade.imports({
    'Questionnaire.ndjson': lines(
      { resourceType: 'Questionnaire', id: 'sleep', url, status: 'active' },
      { resourceType: 'Questionnaire', id: 'other', url: 'https://harbour.example/other', status: 'active' },
    ),
    'ResearchStudy.ndjson': lines({ resourceType: 'ResearchStudy', id: 'study', status: 'active', site: [to('Location/north')] }),
    'Location.ndjson': lines({ resourceType: 'Location', id: 'north', name: 'North wing' }),
    'Device.ndjson': lines({ resourceType: 'Device', id: 'scales', distinctIdentifier: 'S1' }),
    'Group.ndjson': lines(
      { ...group, id: 'alone', member: [{ entity: to(of) }] },
      { ...group, id: 'family', member: [{ entity: to(of) }, { entity: to('Patient/p2') }] },
      { ...group, id: 'numbers', member: [{ entity: { identifier: { value: 'MRN-2' } } }] },
    ),
    'QuestionnaireResponse.ndjson': lines({
      resourceType: 'QuestionnaireResponse',
      id: 'answers',
      status: 'completed',
      questionnaire: `${url}|2.1`,
      subject: to(of),
    }),
    'ResearchSubject.ndjson': lines({
      resourceType: 'ResearchSubject',
      id: 'subject',
      status: 'on-study',
      study: to('ResearchStudy/study'),
      individual: to(of),
    }),
    'Observation.ndjson': lines({
      resourceType: 'Observation',
      id: 'focused',
      status: 'final',
      code: { text: 'household' },
      subject: to(of),
      device: to('Device/scales'),
      focus: [to('Group/alone'), to('Group/family'), to('Group/numbers')],
    }),
  });
  const one = await written(facade, { folder: place(), patient: ferreira });
  const idsIn = (type: string): string[] =>
    readFileSync(join(one.path, `${type}.ndjson`), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as { id: string }).id);
  expect(['Questionnaire', 'ResearchStudy', 'Location', 'Device', 'Group'].map(idsIn)).toEqual([
    ['sleep'],
    ['study'],
    ['north'],
    ['scales'],
    ['alone'],
  ]);
  expect(idsIn('Patient')).toEqual(['p1']);
}, 120_000);

test('without the passphrase, the role or a place to write nothing leaves', async () => {
  const { facade, ferreira } = await opened();
  const folder = place();
  await expect(written(facade, { folder, passphrase: 'wrong' })).rejects.toMatchObject({ code: 'vault.passphrase-wrong' });
  await expect(written(facade, { folder: join(folder, 'nowhere') })).rejects.toMatchObject({ code: 'export.folder' });
  await expect(written(facade, { folder: 'relative' })).rejects.toMatchObject({ code: 'export.folder' });
  await facade.signIn({ name: 'Dr. Bo', role: 'clinician' });
  await expect(written(facade, { folder })).rejects.toMatchObject({ code: 'export.administrator' });
  expect(readdirSync(folder)).toEqual([]);
  expect((await written(facade, { folder, patient: ferreira })).resources).toBe(5);
  await facade.signIn({ name: 'Noa', role: 'reception' });
  await expect(written(facade, { folder, patient: ferreira })).rejects.toMatchObject({ code: 'access.not-allowed' });
  expect(readdirSync(folder)).toHaveLength(1);
});

test('an export says how far it has come, is cancelled, and leaves nothing behind', async () => {
  const { facade, ferreira } = await opened();
  const folder = place();
  const PROGRESS = '{ exportProgress { patients patientsOf resources resourcesOf bytes } }';
  expect(await facade.desk.ask(PROGRESS)).toEqual({ exportProgress: null });
  expect(await facade.desk.ask('mutation { cancelExport }')).toEqual({ cancelExport: false });
  // Each chart waits until it may be looked at.
  const { hooks } = facade.request.vault;
  const { reading } = hooks;
  const gate = Promise.withResolvers<void>();
  hooks.reading = (...asked) => gate.promise.then(() => reading(...asked));
  const writing = written(facade, { folder }).catch((error: unknown) => error);
  await expect
    .poll(async () => ((await facade.desk.ask(PROGRESS)) as { exportProgress: object | null }).exportProgress, {
      timeout: 30_000,
    })
    .toMatchObject({ patients: 0, patientsOf: 2, resourcesOf: 0 });
  await expect(written(facade, { folder, patient: ferreira })).rejects.toMatchObject({ code: 'export.busy' });
  expect(await facade.desk.ask('mutation { cancelExport }')).toEqual({ cancelExport: true });
  gate.resolve();
  expect(await writing).toMatchObject({ code: 'export.cancelled' });
  expect(readdirSync(folder)).toEqual([]);
  expect(await facade.desk.ask(PROGRESS)).toEqual({ exportProgress: null });
  expect((await written(facade, { folder })).resources).toBe(8);
});

test('a record that names a part of another patient’s file takes it neither out of the clinic nor onto the screen', async () => {
  const { facade } = await opened();
  const ferreira = await facade.patient('Ferreira');
  const moreau = await facade.patient('Moreau');
  const { desk, request } = facade;
  const scans = (await request.records.entries(request.patients.known(ferreira))).filter(
    ({ resourceType }) => resourceType === 'DocumentReference',
  );
  const file = await request.attachments.of(ferreira, scans[0]?.record ?? '');
  const resource = writeAttachment(file as Attachment, moreau, 'Taken', '2026-01-05T08:00:00Z');
  await desk.ask('mutation ($patient: ID!) { openChart(patient: $patient) { openedAt } }', { patient: moreau });
  const put = 'mutation ($patient: ID!, $inputs: [PutRecordInput!]!) { putRecords(patient: $patient, inputs: $inputs) { id } }';
  const inputs = [{ patient: moreau, resource: JSON.stringify(resource) }];
  const { putRecords } = (await desk.ask(put, { patient: moreau, inputs })) as { putRecords: { id: string }[] };
  const piece = 'query ($patient: ID!, $record: ID!) { attachmentPiece(patient: $patient, record: $record, index: 0) }';
  await expect(desk.ask(piece, { patient: moreau, record: putRecords[0]?.id })).rejects.toMatchObject({
    code: 'attachment.elsewhere',
  });
  const { path, missing } = await written(facade, { folder: place(), patient: moreau });
  expect(missing).toHaveLength(1);
  expect(readdirSync(path)).not.toContain(file?.name);
  expect(readdirSync(join(path, 'files'))).toEqual([]);
  expect(await told(path)).toContain('exported the records of one patient');
});

test('what was altered, cut, lost or laid beside it is named', async () => {
  const { facade, ferreira } = await opened();
  const { path } = await written(facade, { folder: place(), patient: ferreira });
  const file = join(path, 'Observation.ndjson');
  const before = readFileSync(file, 'utf8');
  const refusal = async (): Promise<string> =>
    (await told(path).catch((error: Error) => error.message)).split('\n')[1]?.trim() ?? '';
  writeFileSync(file, before.replace('80.100', '80.200'));
  expect(await refusal()).toBe('Observation.ndjson was altered');
  writeFileSync(file, before.slice(0, -1));
  expect(await refusal()).toBe(`Observation.ndjson has ${before.length - 1} bytes instead of ${before.length}`);
  rmSync(file);
  expect(await refusal()).toBe('Observation.ndjson is missing, or cannot be read');
  writeFileSync(file, before);
  appendFileSync(join(path, 'files', 'more.txt'), 'x');
  expect(await refusal()).toBe('files/more.txt was not exported');
});

describe('the manifest', () => {
  const north = foundClinic('north');
  const region = foundRegion('north', [north]);
  const { note } = checkpointOf(region, new MemoryLedger(region.region).head);
  const witnessed = note + cosign(north, note);
  let manifest: string;

  const statement = {
    clinic: 'Clinic north',
    chain: north.id,
    device: north.desk.id,
    region: toHex(region.region.id),
    position: 0,
    checkpoint: witnessed,
    of: 'clinic' as const,
    exportedBy: 'Ada',
    role: 'administrator',
    purpose: 'HOPERAT',
    exportedAt: '2026-01-05T08:00:00.000Z',
    files: [{ name: 'Patient.ndjson', type: 'application/fhir+ndjson', bytes: 3, sha256: 'ab'.repeat(32), resources: 1 }],
    missing: [],
  };
  const signed = (said: Partial<typeof statement>): string =>
    writeManifest(
      { ...statement, ...said },
      {
        founding: north.founding.bytes,
        clinicKey: north.clinicKey.publicKey,
        staff: north.administrator.publicKey,
        genesis: region.region.bytes,
        policies: [],
        signAsClinic: (message) => sign(north.clinicKey, message),
        signAsStaff: (message) => sign(north.administrator, message),
      },
    );
  const codeOf = (text: string): string => {
    try {
      verifyManifest(hash, verifySignature, text);
      return 'holds';
    } catch (error) {
      return (error as { code: string }).code;
    }
  };
  const changed = (change: (manifest: Record<string, string>) => void): string => {
    const value = JSON.parse(manifest) as Record<string, string>;
    change(value);
    return JSON.stringify(value);
  };

  beforeAll(() => {
    manifest = signed({});
  });

  test('says which clinic, by which key, and how far which ledger was, with its witnesses', () => {
    const { isFoundingKey, ledger } = verifyManifest(hash, verifySignature, manifest);
    expect(isFoundingKey).toBe(true);
    expect(ledger).toMatchObject({ witnessed: true, witnessesFound: 1, witnessesNeeded: 1 });
    expect(codeOf(signed({ region: '', position: 0, checkpoint: '' }))).toBe('holds');
  });

  test('nobody alters a word of it, signs it in another’s name, or names a place that its checkpoint does not', () => {
    const other = foundClinic('other');
    expect(
      codeOf(
        changed((value) => {
          value.statement = (value.statement as string).replace('"Ada"', '"Eve"');
        }),
      ),
    ).toBe('export.signature-invalid');
    expect(
      codeOf(
        changed((value) => {
          value.founding = toBase64(other.founding.bytes);
        }),
      ),
    ).toBe('export.signature-invalid');
    expect(
      codeOf(
        changed((value) => {
          value.clinicKey = toHex(other.clinicKey.publicKey);
        }),
      ),
    ).toBe('export.signature-invalid');
    expect(
      codeOf(
        changed((value) => {
          value.staffSignature = value.clinicSignature as string;
        }),
      ),
    ).toBe('export.signature-invalid');
    expect(
      codeOf(
        changed((value) => {
          delete value.genesis;
        }),
      ),
    ).not.toBe('holds');
    expect(codeOf(signed({ position: 7 }))).toBe('export.contradicts-ledger');
    expect(codeOf(signed({ checkpoint: note.replace(/^/, 'x') }))).not.toBe('holds');
    const climbing = [{ ...statement.files[0], name: '../../etc/passwd' }] as typeof statement.files;
    expect(codeOf(signed({ files: climbing }))).toBe('export.malformed');
    for (const broken of ['{}', '{"careledger":"export/1"}', manifest.slice(0, 200)])
      expect(codeOf(broken)).toBe('export.malformed');
  });
});
