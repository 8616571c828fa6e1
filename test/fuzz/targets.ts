/** Every reader that bytes from outside reach, with valid inputs from the frozen vectors and the project's own samples. */
import { readFileSync } from 'node:fs';
import { loadChecker } from '../../server/fhir/definitions.ts';
import { makeAuthority, makeRequest, newTlsKey, signRequest } from '../../server/identity/certificates.ts';
import { signingKeyFromSeed } from '../../server/vault/primitives.ts';
import { makeRecoverySet, readShares } from '../../server/vault/recovery-shares.ts';
import { cardCodeGroups, cardQrText, readCardCode } from '../../shared/care-card/card-code.ts';
import { grantKeysMessage, grantMessage } from '../../shared/consent/grant-message.ts';
import { concat, fromBase64, fromHex, toBase64, utf8 } from '../../shared/encoding/bytes.ts';
import { type Codec, decode, encode } from '../../shared/encoding/codec.ts';
import { isResource } from '../../shared/fhir/fhir-resource.ts';
import { patientSummary } from '../../shared/fhir/patient-summary.ts';
import { referencesIn } from '../../shared/fhir/references.ts';
import { readStrictJsonBytes } from '../../shared/fhir/strict-json.ts';
import { summarize } from '../../shared/fhir/summary.ts';
import { blockCodec, openBlock } from '../../shared/ledger/block.ts';
import { claimedHead, openCheckpoint, witnessing } from '../../shared/ledger/checkpoint.ts';
import { decodeEvent } from '../../shared/ledger/event.ts';
import { openFounding, openGenesis } from '../../shared/ledger/founding.ts';
import { leafHash, verifyConsistency, verifyInclusion } from '../../shared/ledger/merkle.ts';
import { verifyReceipt } from '../../shared/ledger/receipt.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import { samplePatients } from '../../shared/patients/sample-patients.ts';
import { answerBody } from '../../shared/records/amendment-message.ts';
import { differenceOf } from '../../shared/records/difference.ts';
import { compareVersions, mergeVersions } from '../../shared/records/merge-versions.ts';
import { decodeContent, encodeContent, encodeHeader, openBundle, signBundle } from '../../shared/sync/bundle.ts';
import {
  decodeClinicUpdate,
  decodeDeviceWelcome,
  decodeFragment,
  encodeClinicUpdate,
  encodeDeviceWelcome,
  fragmentsOf,
} from '../../shared/sync/device-joining.ts';
import { makeEvidence, readEvidence, writeEvidence } from '../../shared/sync/evidence.ts';
import { openReceipt } from '../../shared/sync/submission.ts';
import { decodeAdmissionRequest, encodeAdmissionRequest, readInvitation } from '../../shared/sync/wire.ts';
import { decodeEnvelope, decodeWrap, encodeEnvelope, encodeWrap, splitSealed } from '../../shared/vault/document.ts';
import { encodeShare, openShare, type RecoveryShare } from '../../shared/vault/recovery-share.ts';
import { shareText, typedLines } from '../../shared/vault/share-text.ts';
import { bytesFor, everyRule, hash } from '../support/ledger-builder.ts';
import { domainTargets } from './domain-targets.ts';
import type { FuzzTarget } from './fuzz.ts';

const vectors = (name: string) => JSON.parse(readFileSync(new URL(`../vectors/${name}`, import.meta.url), 'utf8'));
const wire = vectors('wire-1.json');
const vault = vectors('vault-wire-1.json');
const region = fromHex(wire.genesis.region);
/** Signatures are taken for good: a forger has real keys of his own, and what matters lies behind them. */
const anySignature = (): boolean => true;
const hubKey = fromHex(wire.keys.ed25519.find(({ name }: { name: string }) => name === 'vectors hub').publicKey);

const lenient = new TextDecoder('utf-8');
const textOf = (input: Uint8Array): string => lenient.decode(input);

/** What is no JSON at all is refused before our readers see it. */
function jsonOf(input: Uint8Array): unknown {
  try {
    return JSON.parse(textOf(input));
  } catch {
    throw new Failure('test.no-json', 'This is no JSON.');
  }
}

const structure = <T>(name: string, codec: Codec<T>, valid: readonly Uint8Array[]): FuzzTarget => ({
  name,
  valid,
  read: (input) => encode(codec, decode(codec, input)),
});

interface VectorBlock {
  readonly sealed: string;
  readonly events: ReadonlyArray<{ readonly event: string; readonly signature: string }>;
}
const blocks = wire.blocks as VectorBlock[];
const base64Of = (at: number): string => toBase64(fromHex(blocks[at]?.sealed ?? ''));
const signatureLines = wire.checkpoint.note.split('\n\n')[1] as string;
const notes = [
  `${wire.checkpoint.note}${wire.checkpoint.cosignature}`,
  wire.checkpoint.note,
  `${wire.checkpoint.withState}\n${signatureLines}`,
].map((note: string) => utf8(note));

const ledger: readonly FuzzTarget[] = [
  {
    name: 'checkpoint',
    valid: notes,
    read(input) {
      const text = textOf(input);
      claimedHead(text);
      openCheckpoint(hash, anySignature, region, hubKey, text);
    },
  },
  {
    name: 'note',
    valid: notes,
    read(input) {
      const witnesses = [{ kind: 'clinic' as const, chain: fromHex(wire.founding.chain), cosignKey: hubKey, name: '' }];
      witnessing(hash, anySignature, textOf(input), witnesses);
    },
  },
  {
    name: 'block',
    valid: blocks.map(({ sealed }) => fromHex(sealed)),
    read(input) {
      const { block, signature } = openBlock(input);
      for (const { event, signature: personal } of block.events) everyRule.open(event, personal);
      return concat(encode(blockCodec, block), signature);
    },
  },
  {
    name: 'event',
    valid: blocks.flatMap(({ events }) => events.map(({ event }) => fromHex(event))),
    read(input) {
      const { type } = decodeEvent(input);
      const { typed, rule } = everyRule.open(input, new Uint8Array(64));
      if (typed.event.type !== type) throw new Error('two readers of one event');
      rule.reads(typed, { chain: wire.founding.chain, device: wire.founding.chain, time: 0 });
    },
  },
  {
    name: 'founding',
    valid: [wire.founding.bytes, wire.secondFounding.bytes].map(fromHex),
    read: (input) => void openFounding(hash, anySignature, input),
  },
  { name: 'genesis', valid: [fromHex(wire.genesis.bytes)], read: (input) => void openGenesis(hash, anySignature, input) },
  {
    name: 'receipt',
    valid: [utf8(JSON.stringify(wire.receipt))],
    read: (input) => void verifyReceipt(hash, anySignature, jsonOf(input)),
  },
  {
    name: 'proof',
    valid: [utf8(JSON.stringify({ index: 0, size: wire.checkpoint.size, nodes: wire.receipt.proof }))],
    read(input) {
      const { index, size, nodes } = (jsonOf(input) ?? {}) as { index: number; size: number; nodes: unknown };
      const texts = Array.isArray(nodes) ? nodes.map(String) : [];
      const proof = texts.map((node) => new Uint8Array(Buffer.from(node, 'base64')));
      const leaf = leafHash(hash, bytesFor('a block that is in no tree'));
      const holds =
        verifyInclusion(hash, { leaf, index, size, root: region, proof }) ||
        verifyConsistency(hash, { oldSize: index, newSize: size, oldRoot: leaf, newRoot: region, proof });
      if (holds) throw new Error('a proof of what is not so');
    },
  },
  {
    name: 'evidence',
    valid: [utf8(writeEvidence(makeEvidence('equivocation', { blocks: [base64Of(0), base64Of(1)] })))],
    read: (input) => void readEvidence(textOf(input)),
  },
];

const sync: readonly FuzzTarget[] = [
  { name: 'invitation', valid: [utf8(wire.invitation.text)], read: (input) => void readInvitation(textOf(input)) },
  {
    name: 'submission-receipt',
    valid: [fromHex(wire.submissionReceipt.bytes)],
    read: (input) => void openReceipt(anySignature, hubKey, input),
  },
  {
    name: 'admission-request',
    valid: [fromHex(wire.admission.request)],
    read: (input) => encodeAdmissionRequest(decodeAdmissionRequest(input)),
  },
  {
    name: 'clinic-update',
    valid: [
      encodeClinicUpdate({
        told: [hubKey],
        documents: [region],
        keys: [{ kind: 'compartment', id: bytesFor('handle', 16), epoch: 1, value: bytesFor('key') }],
        rows: [{ kind: 'entry', key: bytesFor('row', 16), tag: bytesFor('tag', 16), sealed: bytesFor('sealed') }],
      }),
    ],
    read: (input) => encodeClinicUpdate(decodeClinicUpdate(input)),
  },
  {
    name: 'device-welcome',
    valid: [
      encodeDeviceWelcome({
        founding: fromHex(wire.founding.bytes),
        set: bytesFor('set', 16),
        at: 0,
        last: true,
        update: encodeClinicUpdate({ told: [], documents: [], keys: [], rows: [] }),
      }),
    ],
    read: (input) => encodeDeviceWelcome(decodeDeviceWelcome(input)),
  },
  {
    name: 'fragment',
    valid: fragmentsOf(bytesFor('whole', 16), new Uint8Array(300)),
    read: (input) => void decodeFragment(input),
  },
];

const sealed: readonly FuzzTarget[] = [
  {
    name: 'envelope',
    valid: [
      encodeEnvelope({
        salt: bytesFor('salt'),
        kind: 'fhir',
        recordId: bytesFor('record', 16),
        version: 1,
        previous: new Uint8Array(0),
        author: hubKey,
        time: 1,
        meta: '{}',
        content: utf8('{"resourceType":"Basic"}'),
      }).slice(),
    ],
    read: (input) => encodeEnvelope(decodeEnvelope(input)).slice(),
  },
  { name: 'wrap', valid: [fromHex(vault.documents[0].wrap)], read: (input) => encodeWrap(decodeWrap(input)) },
  { name: 'sealed-document', valid: [fromHex(vault.documents[0].sealed)], read: (input) => void splitSealed(input) },
  structure('grant-message', grantMessage, [
    encode(grantMessage, {
      suite: 1,
      consent: bytesFor('consent', 16),
      grant: bytesFor('grant', 16),
      handle: bytesFor('handle', 16),
      category: 'clinical',
      patient: bytesFor('patient', 16),
      grantKey: bytesFor('grant key'),
      keys: [{ epoch: 1, nonce: bytesFor('nonce', 12), ciphertext: bytesFor('ciphertext'), tag: bytesFor('tag', 16) }],
      resource: utf8('{"resourceType":"Consent"}'),
    }),
  ]),
  structure('amendment-answer', answerBody, [encode(answerBody, { suite: 1, by: 'Dr. A', reason: 'why' })]),
  structure('grant-keys', grantKeysMessage, [
    encode(grantKeysMessage, { suite: 1, grant: bytesFor('grant', 16), handle: bytesFor('handle', 16), keys: [] }),
  ]),
];

/** A bundle with a block, a pending one and a document in it; its signature is taken for good. */
function bundles(): FuzzTarget[] {
  const header = encodeHeader({
    region,
    senderChain: bytesFor('chain'),
    senderDevice: bytesFor('device'),
    recipientChain: bytesFor('recipient'),
    time: 1,
    nonce: bytesFor('nonce', 12),
  });
  const [block] = blocks.map(({ sealed }) => fromHex(sealed)) as [Uint8Array];
  const document = { handle: bytesFor('handle', 16), sealed: bytesFor('sealed'), wrap: bytesFor('wrap') };
  const content = { checkpoint: wire.checkpoint.note, from: 0, blocks: [block], pending: [block], documents: [document] };
  const keys = [{ device: bytesFor('device'), message: bytesFor('message') }];
  const parts = { encodedHeader: header, keys, ciphertext: encodeContent(content), tag: bytesFor('tag', 16) };
  return [
    {
      name: 'bundle',
      valid: [signBundle(hash, parts, () => new Uint8Array(64))],
      read: (input) => void openBundle(hash, anySignature, input),
    },
    {
      name: 'bundle-content',
      valid: [encodeContent(content)],
      read: (input) => encodeContent(decodeContent(input)),
    },
  ];
}

/** What a scanner reads off paper, or a person types. */
async function papers(): Promise<FuzzTarget[]> {
  const key = signingKeyFromSeed(bytesFor('clinic key'));
  const chain = bytesFor('chain');
  const { shares } = await makeRecoverySet(['Ada', 'Bo', 'Cem'], 2, { chain, key, now: 1 });
  const clinic = { chain, keys: [key.publicKey] };
  const [first, second] = shares.map((share) => encodeShare(share)) as [Uint8Array, Uint8Array];
  const typed = shares[1] as RecoveryShare;
  return [
    {
      name: 'card-code',
      valid: [utf8(cardQrText(bytesFor('secret', 16))), utf8(cardCodeGroups(bytesFor('secret', 16)).join(' '))],
      read: (input) => void readCardCode(textOf(input)),
    },
    {
      name: 'recovery-sheets',
      valid: [
        utf8(`${shareText(first)} ${shareText(second)}`),
        utf8(`${shareText(first)} ${typedLines(hash, { ...typed, set: typed.statement.set }).join('\n')}`),
      ],
      read: (input) => void readShares(textOf(input).split(' '), clinic, undefined),
    },
    { name: 'recovery-share', valid: [first], read: (input) => encodeShare(openShare(hash, anySignature, input)) },
  ];
}

async function certificateRequest(): Promise<FuzzTarget> {
  const authority = await makeAuthority();
  const device = wire.blocks[0].device as string;
  return {
    name: 'certificate-request',
    valid: [utf8(makeRequest(await newTlsKey(), device))],
    read: (input) => void signRequest(authority, textOf(input), device),
  };
}

/** The same request with changes inside its DER, where the text around it holds. */
async function certificateDer(): Promise<FuzzTarget> {
  const { read, valid } = await certificateRequest();
  const body = textOf(valid[0] as Uint8Array).replaceAll(/-----[^-]+-----|\s/g, '');
  return {
    name: 'certificate-der',
    valid: [fromBase64(body)],
    read(input) {
      const der = Buffer.from(input).toString('base64');
      return read(utf8(`-----BEGIN CERTIFICATE REQUEST-----\n${der}\n-----END CERTIFICATE REQUEST-----\n`));
    },
  };
}

async function fhir(): Promise<FuzzTarget[]> {
  const check = await loadChecker();
  const samples = [...samplePatients({ seed: 11, patients: 3, encountersPerPatient: 2, referenceDate: '2026-01-05' })];
  const byType = new Map(samples.map(({ resourceType, text }) => [resourceType, utf8(text)]));
  const valid = [...byType.values()].filter((text) => text.length < 4_000);
  return [
    {
      name: 'fhir',
      valid,
      read(input) {
        const { value, text, exactNumbers } = readStrictJsonBytes(input);
        check(value, exactNumbers);
        if (!isResource(value)) return;
        summarize(value, text);
        referencesIn(value);
        if (value.resourceType === 'Patient') patientSummary(value);
      },
    },
    {
      name: 'merge',
      valid,
      read(input) {
        const { value, text } = readStrictJsonBytes(input);
        if (!isResource(value)) return;
        const other = textOf(valid[0] as Uint8Array);
        const elements = compareVersions(undefined, other, text).map(({ element }) => element);
        const merged = mergeVersions(other, text, new Set(elements));
        if (compareVersions(undefined, merged, text).length > 0) throw new Error('a merge that is not what was chosen');
        differenceOf(other, text);
      },
    },
  ];
}

/** Every target by name. The authority's key and HL7's definitions take a second or two. */
export async function fuzzTargets(): Promise<ReadonlyMap<string, FuzzTarget>> {
  const slow = await Promise.all([certificateRequest(), certificateDer()]);
  const all = [...ledger, ...sync, ...domainTargets, ...bundles(), ...sealed, ...(await papers()), ...slow, ...(await fhir())];
  return new Map(all.map((target) => [target.name, target]));
}
