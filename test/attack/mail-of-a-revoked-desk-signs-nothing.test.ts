/**
 * Threats C2, C7: a desk that lied was shut out. Its mail came before, and none of its acts. What a desk that stays brings to the ledger of
 * it has nobody's word for it: no grant, no note that somebody signed; and what comes later counts for nothing.
 */
import { beforeEach, expect, test } from 'vitest';
import { consentDraft, consentPointer } from '../../server/consent/consent-records.ts';
import { heldGrants, keepGrants } from '../../server/consent/grant-keys.ts';
import { sealRecord } from '../../server/records/writing/seal-record.ts';
import { waitingMessages } from '../../server/sync/clinic.store.ts';
import { closeSenders } from '../../server/sync/clinic-mail/closed-senders.store.ts';
import { rememberMailDocuments } from '../../server/sync/clinic-mail/mail-documents.store.ts';
import { unsettledBlocks } from '../../server/sync/clinic-writes.store.ts';
import { personalAct } from '../../server/sync/vault-context/personal-act.ts';
import type { RecordDraft } from '../../server/sync/vault-context/vault-context.ts';
import { sign } from '../../server/vault/primitives.ts';
import { grantRow } from '../../shared/consent/consent-rules.ts';
import type { ConsentGrant, ConsentRecord } from '../../shared/consent/fhir-consent.ts';
import { fromHex, toHex, utf8 } from '../../shared/encoding/bytes.ts';
import { decode } from '../../shared/encoding/codec.ts';
import type { FhirResource } from '../../shared/fhir/fhir-resource.ts';
import { summarize } from '../../shared/fhir/summary.ts';
import { openBlock } from '../../shared/ledger/block.ts';
import { deviceEnrolledBody, deviceMessage, deviceRevokedBody } from '../../shared/ledger/enrolment-rules.ts';
import { decodeEvent } from '../../shared/ledger/event.ts';
import { CLINIC_UPDATE } from '../../shared/sync/device-joining.ts';
import type { BenchClinic } from '../consent/bench-clinic.ts';
import { RegionBench } from '../consent/region-bench.ts';
import { agreementKeyFor, bytesFor, signingKeyFor } from '../support/ledger-builder.ts';

let bench: RegionBench;
let a: BenchClinic;
let b: BenchClinic;
let patient: string;
let genuine: ConsentRecord;
const liar = { device: signingKeyFor('A liar').publicKey, encryptionKey: agreementKeyFor('A liar').publicKey };

beforeEach(async () => {
  const founded = await RegionBench.found(['A', 'B']);
  bench = founded.bench;
  [a, b] = founded.clinics as [BenchClinic, BenchClinic];
  patient = await a.register('Okonkwo');
  await a.write(patient, 'clinical', 'before');
  await a.share({ patient, recipient: b.id, categories: ['clinical'] });
  const clinicSignature = sign(a.clinic.clinicKey, deviceMessage(a.clinic.chain, liar));
  const enrolled = { ...liar, kind: 'workstation' as const, clinicSignature };
  await a.context.gateway.commit({
    events: [personalAct(a.context, { type: 'device.enrolled', codec: deviceEnrolledBody, body: enrolled })],
  });
  await bench.sync();
  genuine = (await a.vault.consents.list(patient))[0]!.record;
});

interface Mailed {
  readonly author?: Uint8Array;
  /** Whether the ledger took the record. */
  readonly isInLedger?: boolean;
}

/** What mail of the liar leaves on desk A: the sealed document and the chart's line of it. */
async function mail(draft: RecordDraft, { author = a.context.staff.id, isInLedger = false }: Mailed = {}): Promise<void> {
  const owner = a.vault.patients.known(patient);
  const writer = { ...a.context, staff: { ...a.context.staff, id: author } };
  const entries = await a.vault.records.entries(owner);
  const before = entries.find(({ record }) => record === draft.record);
  const lies = fromHex(owner.handles[before?.category ?? draft.category] ?? '');
  const { document, entry, event } = sealRecord(writer, lies, draft, before, bench.time);
  await a.database.write(async (transaction) => {
    const { name, handle, sealed, wrap } = document;
    await transaction.run('INSERT INTO document (name, handle, sealed, wrap, uploaded) VALUES (?, ?, ?, ?, 1)', [
      name,
      handle,
      sealed,
      wrap,
    ]);
    await rememberMailDocuments(transaction, { sender: liar.device, names: [name] });
  });
  await a.context.gateway.commit({
    events: isInLedger ? [event] : [],
    rows: [a.vault.records.charts.appended(patient, [entry])],
  });
  a.vault.records.forget(patient);
}

const note = (words: string): RecordDraft => {
  const resource = { resourceType: 'Observation', status: 'final', code: { text: words } } as FhirResource;
  const content = utf8(JSON.stringify(resource));
  return { patient, category: 'clinical', kind: 'signed-note', content, summary: summarize(resource), fhirId: '' };
};

/** The liar is revoked, all its mail is here; desk A brings what is missing. Gives what it wrote of it. */
async function shutOut() {
  await a.context.gateway.commit({
    events: [personalAct(a.context, { type: 'device.revoked', codec: deviceRevokedBody, body: { device: liar.device } })],
  });
  await bench.sync();
  await a.database.write((transaction) => closeSenders(transaction, [liar.device]));
  await a.vault.consents.refresh();
  const blocks = await unsettledBlocks(a.database.read);
  const events = blocks.flatMap(({ bytes }) => openBlock(new Uint8Array(bytes)).block.events);
  await bench.sync();
  return events.map(({ event, signature }) => {
    const { type, author } = decodeEvent(event);
    return { type, author: toHex(author), isSigned: signature.length > 0 };
  });
}

test('a note under the name of who is signed in is brought, and nobody has signed it', async () => {
  await mail(note('after'));
  expect(await shutOut()).toEqual([{ type: 'record.put', author: toHex(a.context.staff.id), isSigned: false }]);
  expect(await b.read(patient)).toEqual(['Test Okonkwo', 'after', 'before']);
});

test('nothing is written under the name of somebody who does not work here', async () => {
  await mail(note('after'), { author: b.context.staff.id });
  expect(await shutOut()).toEqual([{ type: 'record.put', author: toHex(a.context.staff.id), isSigned: false }]);
});

test('a consent that only its mail spoke of opens nothing to anybody and is shown as ended', async () => {
  const grant = toHex(bytesFor('a grant that nobody gave', 16));
  const grants = genuine.grants.map((each) => ({ ...each, grant: each.category === 'identity' ? grant : each.grant }));
  const id = toHex(bytesFor('a consent that nobody gave', 16));
  await mail(consentDraft({ ...genuine, id, grants: grants.filter((each) => each.grant === grant) }));
  const written = await shutOut();
  expect(written.map(({ type }) => type)).toEqual(['record.put', 'record.put']);
  expect(await a.context.gateway.state([`grant/${grant}`])).toEqual([undefined]);
  const states = (await a.vault.consents.list(patient)).map(({ record, state }) => [record.id, state]);
  expect(Object.fromEntries(states)).toEqual({ [id]: 'WITHDRAWN', [genuine.id]: 'ACTIVE' });
});

test('a consent whose record came and whose grants never will is not shown as one that holds, and is over when the desk is shut out', async () => {
  const [identity] = genuine.grants.filter(({ category }) => category === 'identity');
  const grant = toHex(bytesFor('a grant that waited there', 16));
  const id = toHex(bytesFor('a consent that waited there', 16));
  const held = (await heldGrants(a.context.keyStore, [identity!.grant])).get(identity!.grant)!;
  await keepGrants(a.context.keyStore, new Map([[grant, { ...held, consent: fromHex(id) }]]));
  const record = { ...genuine, id, grants: [{ ...identity!, grant }] };
  await a.context.gateway.commit({ rows: [consentPointer(a, record)] });
  await mail(consentDraft(record), { isInLedger: true });
  await bench.sync();
  const states = async () => (await a.vault.consents.list(patient)).map(({ record: of, state }) => [of.id, state]);
  expect(Object.fromEntries(await states())).toEqual({ [id]: 'NOT_IN_LEDGER', [genuine.id]: 'ACTIVE' });
  await expect(a.withdraw(id)).rejects.toMatchObject({ code: 'consent.not-in-ledger' });
  expect((await shutOut()).map(({ type }) => type)).toEqual(['record.put']);
  expect(Object.fromEntries(await states())).toEqual({ [id]: 'WITHDRAWN', [genuine.id]: 'ACTIVE' });
  expect((await heldGrants(a.context.keyStore, [grant])).size).toBe(0);
});

test('a consent that a patient took back there ends for who could read', async () => {
  const entry = (await a.vault.records.entries(a.vault.patients.known(patient))).find(({ fhirId }) => fhirId === genuine.id);
  await mail(consentDraft({ ...genuine, withdrawnAt: bench.time }, entry));
  await shutOut();
  const rows = await a.context.gateway.state(genuine.grants.map((each) => `grant/${each.grant}`));
  expect(rows.map((row) => row && decode(grantRow, row).withdrawn)).toEqual(genuine.grants.map(() => true));
  expect(b.vault.patients.get(patient)).toBeUndefined();
});

test('what makes no sense keeps nothing else from coming', async () => {
  const nonsense = { ...consentDraft(genuine), content: utf8('{"resourceType":"Consent"'), fhirId: 'nonsense' };
  await mail(nonsense);
  await mail(note('after'));
  // Keys of grants that the ledger lacks: one that is nothing, and one of this patient.
  const { keyStore } = a.context;
  const [{ grant }] = genuine.grants as [ConsentGrant];
  const held = (await heldGrants(keyStore, [grant])).get(grant)!;
  await keyStore.putKeys([{ kind: 'grant', id: bytesFor('nothing', 16), epoch: 0, value: bytesFor('nothing', 9) }]);
  await keepGrants(keyStore, new Map([[toHex(bytesFor('nobody’s', 16)), held]]));
  expect((await shutOut()).map(({ type }) => type)).toEqual(['record.put', 'record.put']);
  expect(await b.read(patient)).toContain('after');
  expect((await a.vault.consents.list(patient)).map(({ record }) => record.id)).toEqual([genuine.id]);
});

test('mail that comes when all of it was here counts for nothing', async () => {
  await shutOut();
  await bench.inject(a, { kind: CLINIC_UPDATE, senderChain: a.clinic.chain, senderDevice: liar.device, body: bytesFor('late') });
  expect(await waitingMessages(a.database.read)).toEqual([]);
});
