/**
 * Writes wire-1.json: one small region from its founding to a receipt, and one sealed document, byte by byte, from fixed
 * seeds. `node test/vectors/generate-wire-1.ts` writes the file; a test makes it anew and compares, so the format stays
 * frozen: a difference is a new wire version, never a new file.
 */
import { writeFileSync } from 'node:fs';
import { concat, equalBytes, toBase64, toHex, utf8 } from '../../shared/encoding/bytes.ts';
import { Writer } from '../../shared/encoding/codec.ts';
import { attestationMessage } from '../../shared/consent/consent-rules.ts';
import { startEpoch } from '../../shared/ledger/admission.ts';
import { blockHash, openBlock } from '../../shared/ledger/block.ts';
import { checkpointText, quorumOf } from '../../shared/ledger/checkpoint.ts';
import { STATE_INTERVAL } from '../../shared/ledger/state-interval.ts';
import { admissionMessage, deviceMessage } from '../../shared/ledger/enrolment-rules.ts';
import { commitmentOf, decodeEvent, eventMessage, type SignedEvent } from '../../shared/ledger/event.ts';
import { leafHash } from '../../shared/ledger/merkle.ts';
import type { Receipt } from '../../shared/ledger/receipt.ts';
import type { Judgement } from '../../shared/ledger/rules.ts';
import { signReceipt } from '../../shared/sync/submission.ts';
import { encodeAdmissionRequest, enrolmentProofMessage, writeInvitation } from '../../shared/sync/wire.ts';
import { documentAssociatedData, encodeEnvelope, encodeWrap, wrapAssociatedData } from '../../shared/vault/document.ts';
import { encodeMessage, messageInfo } from '../../shared/vault/message.ts';
import { hpkeSender } from '../../server/vault/hpke.ts';
import { aesGcmSeal, sealingKey, sha256, sign, type SigningKey } from '../../server/vault/primitives.ts';
import { path, treeHash } from '../ledger/reference-tree.ts';
import {
  act,
  admissionOf,
  agreementKeyFor,
  bytesFor,
  checkpointOf,
  cosign,
  everyRule,
  foundClinic,
  foundRegion,
  hash,
  MemoryLedger,
  MORNING,
  signingKeyFor,
  TestDevice,
} from '../support/ledger-builder.ts';
import { administered } from './administration-acts.ts';
import { accessLineVectors, complained } from './access-acts.ts';
import { amended } from './amendment-acts.ts';
import { anchored } from './anchor-acts.ts';
import { benefited } from './benefit-acts.ts';
import { carded } from './card-acts.ts';
import { cardLives } from './card-later-acts.ts';
import { covered } from './cover-acts.ts';
import { answering } from './facade-acts.ts';
import { set } from './setting-acts.ts';
import { evidenceVectors, restorationVector } from './evidence-vectors.ts';
import { brokenGlass } from './glass-acts.ts';
import { aged, guarded } from './guardian-acts.ts';
import { patientActs } from './patient-acts.ts';
import { patientGives } from './patient-gives.ts';
import { newAdministrator, newClinicKey, newHubKey, policyVectors, quorumScript } from './policy-acts.ts';

const NONE = new Uint8Array(0);
const DAY = 86_400_000;

const clinic = foundClinic('A');
const institute = foundClinic('B', 'research');
const nurse = signingKeyFor('A nurse');
const second = new TestDevice(clinic.chain, signingKeyFor('A second device'), bytesFor('A second epoch', 8));
const founded = foundRegion('vectors', [clinic]);
const { region, hubKey } = founded;

const handle = bytesFor('clinical handle', 16);
const researchHandle = bytesFor('research handle', 16);
const offer = bytesFor('offer', 16);
const grant = bytesFor('grant', 16);

/** Seeds (Ed25519, RFC 8032) and secrets (X25519) with their public keys. */
function keys() {
  const signing: [string, SigningKey][] = [
    ['A clinic', clinic.clinicKey],
    ['A cosign', clinic.cosignKey],
    ['A device', clinic.desk.key],
    ['A administrator', clinic.administrator],
    ['A nurse', nurse],
    ['A second device', second.key],
    ['B clinic', institute.clinicKey],
    ['B cosign', institute.cosignKey],
    ['B device', institute.desk.key],
    ['B administrator', institute.administrator],
    ['vectors hub', hubKey],
    ['B clinic 2', newClinicKey],
    ['B administrator 2', newAdministrator],
    ['vectors hub 2', newHubKey],
    ['witness.example/1 cosign', signingKeyFor('witness.example/1 cosign')],
  ];
  const agreement = ['A encryption', 'A device encryption', 'B encryption', 'B device encryption', 'A second device encryption', 'ephemeral', 'B encryption 2'];
  return {
    ed25519: signing.map(([name, { publicKey }]) => ({ name, seed: toHex(bytesFor(name)), publicKey: toHex(publicKey) })),
    x25519: agreement.map((name) => ({ name, secret: toHex(bytesFor(name)), publicKey: toHex(agreementKeyFor(name).publicKey) })),
  };
}

const put = (record: string, version: number, previous: Uint8Array, document: Uint8Array) => ({ record: bytesFor(record, 16), version, previous, document });

/** One document for the whole file: the note that the receipt is about. */
function sealedDocument() {
  const salt = bytesFor('salt');
  const recordId = bytesFor('note record', 16);
  const content = utf8('{"resourceType":"Observation","status":"final","valueQuantity":{"value":1.500}}');
  const place = { handle, recordId, version: 1 };
  const plaintext = encodeEnvelope({ salt, kind: 'fhir', recordId, version: 1, previous: NONE, author: clinic.administrator.publicKey, time: MORNING, meta: '{"category":"clinical"}', content });
  const [dataKey, nonce, compartmentKey, wrapNonce] = [bytesFor('data key'), bytesFor('nonce', 12), bytesFor('compartment key'), bytesFor('wrap nonce', 12)];
  const body = aesGcmSeal(sealingKey(dataKey), nonce, documentAssociatedData(place), plaintext);
  const sealed = concat(Uint8Array.of(1), nonce, body.ciphertext, body.tag);
  const name = sha256(sealed);
  const keyEpoch = 1;
  const associated = wrapAssociatedData(handle, keyEpoch, name);
  const inner = aesGcmSeal(sealingKey(compartmentKey), wrapNonce, associated, dataKey);
  const wrap = encodeWrap({ keyEpoch, nonce: wrapNonce, ciphertext: inner.ciphertext, tag: inner.tag });
  const commitment = commitmentOf(hash, salt, sha256(content));
  return { salt, recordId, content, plaintext, dataKey, compartmentKey, keyEpoch, sealed, name, wrap, commitment, associated, documentAssociated: documentAssociatedData(place) };
}
const document = sealedDocument();

/** Each block's writer with its events; every event type of rules version 1 is there, and one event of each verdict. */
function script(): [TestDevice, SignedEvent[]][] {
  const administrator = { signer: clinic.administrator };
  const device = { device: second.key.publicKey, encryptionKey: agreementKeyFor('A second device encryption').publicKey };
  const clinicSignature = sign(clinic.clinicKey, deviceMessage(clinic.chain, device));
  const consent = { grant, recipient: institute.chain, agreement: sha256(utf8('I agree.')) };
  const attestation = sign(clinic.clinicKey, attestationMessage(clinic.chain, researchHandle, consent));
  const terms = { title: 'Sleep and asthma', description: 'A study.', purposes: ['DUO:0000042'], categories: ['clinical'], criteria: 'asthma', reward: '', minimumGroup: 5 };
  const onResearch = { ...administrator, handle: researchHandle };
  const late = [bytesFor('weight of another desk')];
  const byInstitute = { signer: institute.administrator };
  return [
    [
      clinic.desk,
      [
        act(clinic, 'staff.enrolled', { staff: nurse.publicKey, role: 'nurse' }, administrator),
        act(clinic, 'device.enrolled', { ...device, kind: 'kiosk', clinicSignature }, administrator),
        act(clinic, 'record.put', put('weight', 1, NONE, bytesFor('weight 1')), { handle }),
        act(clinic, 'note.signed', put('note record', 1, NONE, document.name), { ...administrator, handle, commitment: document.commitment }),
      ],
    ],
    [clinic.desk, [act(clinic, 'chain.admitted', admissionOf(region, institute, [clinic]), administrator)]],
    [institute.desk, [act(institute, 'offer.published', { offer, ...terms, opens: MORNING, expires: MORNING + DAY }, byInstitute)]],
    [
      clinic.desk,
      [
        act(clinic, 'record.put', put('summary', 1, NONE, bytesFor('summary 1')), { handle: researchHandle, author: nurse.publicKey }),
        act(clinic, 'consent.granted', { ...consent, purpose: 'HRESCH', starts: MORNING, ends: 0, wrap: bytesFor('grant message'), attestation }, onResearch),
        act(clinic, 'participation.joined', { offer, grant }, onResearch),
        act(clinic, 'access.sealed', { root: bytesFor('access root'), count: 3 }),
      ],
    ],
    [
      second,
      [
        act(clinic, 'record.put', put('weight', 1, NONE, bytesFor('weight of another desk')), { handle, author: second.key.publicKey }),
        act(clinic, 'staff.revoked', { staff: clinic.administrator.publicKey }, { signer: nurse }),
      ],
    ],
    [
      clinic.desk,
      [
        act(clinic, 'participation.left', { offer }, onResearch),
        act(clinic, 'consent.withdrawn', { grant }, onResearch),
        act(clinic, 'staff.revoked', { staff: nurse.publicKey }, administrator),
        act(clinic, 'device.revoked', { device: second.key.publicKey }, administrator),
      ],
    ],
    [institute.desk, [act(institute, 'offer.withdrawn', { offer }, byInstitute)]],
    [
      clinic.desk,
      [
        act(clinic, 'record.merged', { ...put('weight', 2, bytesFor('weight 1'), bytesFor('weight merged')), settles: late, reopens: false }, { handle }),
        act(clinic, 'record.merged', { ...put('weight', 3, bytesFor('weight merged'), bytesFor('weight again')), settles: late, reopens: true }, { handle }),
      ],
    ],
    ...quorumScript(region, clinic, institute),
    [institute.desk, [act(institute, 'access.purged', { grant, count: 1 }, { handle: researchHandle })]],
    [
      clinic.desk,
      [
        act(clinic, 'compartment.erased', { ground: 'consent-withdrawn' }, onResearch),
        act(clinic, 'compartment.purged', { count: 1 }, { handle: researchHandle }),
        act(clinic, 'record.put', put('summary', 2, bytesFor('summary 1'), bytesFor('summary 2')), { handle: researchHandle }),
      ],
    ],
  ];
}

/** The clinic's desk from a copy of its data; written after `script`, the desk going on beside it until its clinic retires the copy. */
function* copied(): Generator<[TestDevice, SignedEvent[]]> {
  const line = (count: number) => act(clinic, 'access.sealed', { root: bytesFor(`access root ${count}`), count });
  const copy = new TestDevice(clinic.chain, clinic.desk.key, bytesFor('A copied epoch', 8));
  copy.position = startEpoch(copy.position.epoch, clinic.desk.position.previous);
  yield [copy, [line(4)]];
  yield [clinic.desk, [line(5)]];
  const { epoch, height, previous } = copy.position;
  const retired = { device: clinic.desk.key.publicKey, epoch, height: height - 1, head: previous };
  yield [clinic.desk, [act(clinic, 'epoch.retired', retired, { signer: clinic.administrator })]];
}

/** A block's outcome bytes as docs/protocol.md writes them, made here by hand. */
function outcomeBytes(judgements: readonly Judgement[]): Uint8Array {
  const out = new Writer();
  for (const { verdict, reason = '', effects = [] } of judgements) {
    out.uint(1, ['accepted', 'disputed', 'refused'].indexOf(verdict));
    out.uint(2, reason.length);
    out.raw(utf8(reason));
    out.uint(2, effects.length);
    for (const [key, value] of effects) {
      out.uint(2, key.length);
      out.raw(utf8(key));
      out.uint(1, value ? 1 : 0);
      out.uint(3, value?.length ?? 0);
      out.raw(value ?? NONE);
    }
  }
  return out.done();
}

/** u16 length of the key ‖ key ‖ value. */
const rowEntry = ([key, value]: readonly [string, Uint8Array]): Uint8Array => concat(Uint8Array.of(key.length >> 8, key.length & 255), utf8(key), value);
const sortedRows = (rows: ReadonlyMap<string, Uint8Array>): [string, Uint8Array][] => [...rows].sort(([a], [b]) => (a < b ? -1 : 1));

function history() {
  const request = encodeAdmissionRequest(admissionOf(region, institute, []));
  const ledger = new MemoryLedger(region);
  const genesisRows = sortedRows(ledger.rows).map(([key, value]) => ({ key, value: toHex(value) }));
  const start = ledger.head.effects;
  const names: Uint8Array[] = [];
  const sealedBlocks: Uint8Array[] = [];
  function* whole(): Generator<[TestDevice, SignedEvent[]]> {
    yield* script();
    yield* copied();
    yield* amended(clinic, institute, newAdministrator, handle);
    yield* carded(clinic, handle);
    yield* brokenGlass(clinic, handle, institute, newAdministrator);
    yield* complained(clinic);
    yield* patientActs(clinic, institute);
    yield* patientGives(clinic, institute, MORNING + DAY);
    yield* cardLives(clinic);
    yield* guarded(clinic);
    yield* benefited(clinic, institute, newAdministrator, MORNING + DAY);
    yield* aged(clinic);
    yield* administered(clinic, region.id, hubKey);
    yield* anchored(clinic);
    yield* covered(clinic);
    yield* answering(clinic);
    yield* set(clinic);
  }
  const blocks = Array.from(whole(), ([device, events]) => {
    const sealed = device.write(...events);
    const [judgements] = ledger.append(sealed) as [Judgement[]];
    const { block } = openBlock(sealed);
    const name = blockHash(hash, sealed);
    names.push(name);
    sealedBlocks.push(sealed);
    const outcome = outcomeBytes(judgements);
    return {
      chain: toHex(block.chain),
      device: toHex(block.device),
      epoch: toHex(block.epoch),
      height: block.height,
      previous: toHex(block.previous),
      events: events.map(({ event, signature }, at) => {
        const { type, body, author } = decodeEvent(event);
        const { verdict, reason, effects = [] } = judgements[at] as Judgement;
        return {
          type,
          body: toHex(body),
          author: toHex(author),
          event: toHex(event),
          message: toHex(eventMessage(block.chain, event)),
          signature: toHex(signature),
          verdict: reason ? `${verdict}: ${reason}` : verdict,
          effects: effects.map(([key, value]) => ({ key, value: value ? toHex(value) : null })),
        };
      }),
      sealed: toHex(sealed),
      hash: toHex(name),
      leaf: toHex(leafHash(hash, name)),
      outcome: toHex(outcome),
      outcomeDigest: toHex(sha256(outcome)),
      effects: toHex(ledger.head.effects),
      root: toHex(ledger.head.root),
    };
  });
  const stateRows = sortedRows(ledger.rows);
  const state = treeHash(stateRows.map(rowEntry));
  const note = checkpointOf(founded, ledger.head).note;
  const cosignature = cosign(clinic, note);
  const receipt: Receipt = {
    careledger: 'receipt/1',
    genesis: toBase64(region.bytes),
    checkpoint: note + cosignature,
    index: 0,
    proof: path(0, names).map(toBase64),
    block: toBase64(sealedBlocks[0] as Uint8Array),
    event: 3,
    opening: { salt: toBase64(document.salt), contentHash: toBase64(sha256(document.content)) },
  };
  const late = { size: STATE_INTERVAL + 1, root: bytesFor('a root'), effects: bytesFor('effects'), state: { size: STATE_INTERVAL, root: state } };
  return {
    admission: { request: toHex(request), message: toHex(admissionMessage({ region: region.id, head: new Uint8Array(32) }, institute.chain)) },
    effectsStart: toHex(start),
    genesisRows,
    blocks,
    state: { rows: stateRows.map(([key, value]) => ({ key, value: toHex(value) })), root: toHex(state) },
    checkpoint: { size: blocks.length, text: checkpointText(region.id, ledger.head), note, cosignature, cosignedAt: MORNING / 1000, withState: checkpointText(region.id, late) },
    receipt,
    submissionReceipt: submissionReceiptVector(sealedBlocks),
  };
}

/** For a submission of the first device's first three blocks: the receipt names the last of them, wherever others stand between. */
function submissionReceiptVector(sealedBlocks: readonly Uint8Array[]) {
  const opened = sealedBlocks.map((sealed, index) => ({ hash: blockHash(hash, sealed), block: openBlock(sealed).block, index }));
  const [first] = opened;
  const submission = opened.filter(({ block }) => first && equalBytes(block.device, first.block.device) && equalBytes(block.epoch, first.block.epoch)).slice(0, 3);
  const { hash: block, block: { device, epoch, height }, index } = submission.at(-1) as (typeof submission)[number];
  const bytes = signReceipt({ region: region.id, device, epoch, height, block, index, time: MORNING }, (message) => sign(hubKey, message));
  return { submission: submission.map((each) => toHex(each.hash)), device: toHex(device), epoch: toHex(epoch), height, block: toHex(block), index, time: MORNING, bytes: toHex(bytes) };
}

function vault() {
  const { salt, recordId, content, plaintext, dataKey, compartmentKey, keyEpoch, sealed, name, wrap, commitment, associated, documentAssociated } = document;
  const kind = 'test';
  const info = messageInfo(kind, clinic.chain, institute.chain);
  const recipientKey = agreementKeyFor('B encryption').publicKey;
  const { encapsulated, context } = hpkeSender({ recipient: recipientKey, info, sender: agreementKeyFor('A encryption') }, agreementKeyFor('ephemeral'));
  const ciphertext = context.seal(grant, utf8('for the institute alone'));
  return {
    ...accessLineVectors(clinic, institute, MORNING),
    document: {
      handle: toHex(handle),
      recordId: toHex(recordId),
      version: 1,
      envelope: { salt: toHex(salt), kind: 'fhir', author: toHex(clinic.administrator.publicKey), time: MORNING, meta: '{"category":"clinical"}', content: toHex(content) },
      plaintext: toHex(plaintext),
      dataKey: toHex(dataKey),
      associatedData: toHex(documentAssociated),
      sealed: toHex(sealed),
      name: toHex(name),
    },
    wrap: { compartmentKey: toHex(compartmentKey), keyEpoch, associatedData: toHex(associated), wrap: toHex(wrap) },
    commitment: { salt: toHex(salt), contentHash: toHex(sha256(content)), commitment: toHex(commitment) },
    message: {
      kind,
      sender: 'A encryption',
      recipient: 'B encryption',
      ephemeral: 'ephemeral',
      info: toHex(info),
      associatedData: toHex(grant),
      plaintext: toHex(utf8('for the institute alone')),
      bytes: toHex(encodeMessage({ suite: 1, kind, senderChain: clinic.chain, recipientChain: institute.chain, recipientKey, encapsulated, ciphertext })),
    },
  };
}

const invitation = {
  kind: 'clinic' as const,
  address: 'https://hub.example:8443',
  authority: bytesFor('vectors authority'),
  region: region.id,
  chain: new Uint8Array(32),
  secret: bytesFor('secret', 16),
  expires: MORNING + DAY,
};

/** Everything that wire-1.json holds. Bytes in hexadecimal, base64 only where the wire has base64. */
export function wireVectors() {
  return {
    about: 'Careledger wire version 1, see docs/protocol.md. Bytes are hexadecimal; times are milliseconds since 1970, cosignature times seconds.',
    keys: keys(),
    founding: { name: 'Clinic A', kind: 'clinic', time: MORNING, random: toHex(bytesFor('A random', 16)), bytes: toHex(clinic.founding.bytes), chain: clinic.id },
    secondFounding: { name: 'Clinic B', kind: 'research', bytes: toHex(institute.founding.bytes), chain: institute.id },
    genesis: { name: 'Region vectors', authority: toHex(bytesFor('vectors authority')), bytes: toHex(region.bytes), region: toHex(region.id) },
    quorums: Array.from({ length: 15 }, (_, at) => quorumOf(at + 1)),
    ...history(),
    invitation: { ...invitation, ...Object.fromEntries((['authority', 'region', 'chain', 'secret'] as const).map((name) => [name, toHex(invitation[name])])), text: writeInvitation(invitation) },
    enrolmentProof: { request: '3003020101', message: toHex(enrolmentProofMessage(Uint8Array.of(0x30, 3, 2, 1, 1))) },
    eventTypes: everyRule.types,
    policies: policyVectors(region, clinic, institute),
    ...vault(),
    evidence: evidenceVectors(founded, clinic),
    restoration: restorationVector(founded),
  };
}

if (import.meta.main) writeFileSync(new URL('wire-1.json', import.meta.url), `${JSON.stringify(wireVectors(), null, 1)}\n`);
