/**
 * Clinics, devices and a ledger in plain memory for tests. Keys are real and come from labels, so that each run makes the
 * same bytes; the ledger runs the rules of the program over a map, checks every signature, and keeps what it judged.
 */

import { careledgerRules } from '../../server/rules-registry.ts';
import {
  type AgreementKey,
  agreementKeyFromSecret,
  type SigningKey,
  sha256,
  sign,
  signingKeyFromSeed,
  verifySignature,
} from '../../server/vault/primitives.ts';
import { concat, equalBytes, toHex, utf8 } from '../../shared/encoding/bytes.ts';
import { encode, written } from '../../shared/encoding/codec.ts';
import { admitBlock, bodySignatures, type ChainPosition, ownSignatures, startEpoch } from '../../shared/ledger/admission.ts';
import { type Block, blockHash, blockMessage, encodeBlock, openBlock } from '../../shared/ledger/block.ts';
import { type Checkpoint, signCheckpoint, type TreeHead, witnessName } from '../../shared/ledger/checkpoint.ts';
import { admissionMessage, foundingRows } from '../../shared/ledger/enrolment-rules.ts';
import { encodeEvent, eventMessage, type SignedEvent } from '../../shared/ledger/event.ts';
import {
  encodeFounding,
  encodeGenesis,
  type Founding,
  genesisMessage,
  openFounding,
  openGenesis,
  type Region,
  sealGenesis,
} from '../../shared/ledger/founding.ts';
import { CompactRange, type Hash, leafHash } from '../../shared/ledger/merkle.ts';
import { cosignatureLine, cosignatureMessage, parseNote } from '../../shared/ledger/note.ts';
import {
  consentMessage,
  hubKeyMessage,
  type Policy,
  type PolicyAct,
  type PolicyWitness,
  policyMessage,
} from '../../shared/ledger/policy.ts';
import { REGION_KEY, regionRow } from '../../shared/ledger/rows.ts';
import {
  effectsNext,
  effectsStart,
  type Judgement,
  judgeBlock,
  openEvents,
  PageView,
  putRow,
  type Rules,
  writeOutcome,
} from '../../shared/ledger/rules.ts';
import { Failure } from '../../shared/outcome/failure.ts';

export const hash: Hash = (...parts) => sha256(concat(...parts));

/** Every rule of version 1. */
export const everyRule = careledgerRules().at(1);

/** 2026-01-05T08:00:00Z in milliseconds: when everything in tests happens. */
export const MORNING = Date.UTC(2026, 0, 5, 8);

/** 32 bytes (or the first `length` of them) that belong to a label. */
export const bytesFor = (label: string, length = 32): Uint8Array => sha256(utf8(`careledger test: ${label}`)).slice(0, length);
export const signingKeyFor = (label: string): SigningKey => signingKeyFromSeed(bytesFor(label));
export const agreementKeyFor = (label: string): AgreementKey => agreementKeyFromSecret(bytesFor(label));

export interface TestClinic {
  readonly label: string;
  readonly founding: Founding;
  readonly chain: Uint8Array;
  /** The chain id in hexadecimal. */
  readonly id: string;
  readonly clinicKey: SigningKey;
  readonly cosignKey: SigningKey;
  readonly administrator: SigningKey;
  readonly desk: TestDevice;
}

export function foundClinic(label: string, kind: 'clinic' | 'research' = 'clinic'): TestClinic {
  const clinicKey = signingKeyFor(`${label} clinic`);
  const cosignKey = signingKeyFor(`${label} cosign`);
  const administrator = signingKeyFor(`${label} administrator`);
  const deviceKey = signingKeyFor(`${label} device`);
  const bytes = encodeFounding(
    {
      kind,
      name: `Clinic ${label}`,
      clinicKey: clinicKey.publicKey,
      encryptionKey: agreementKeyFor(`${label} encryption`).publicKey,
      cosignKey: cosignKey.publicKey,
      deviceKey: deviceKey.publicKey,
      deviceEncryptionKey: agreementKeyFor(`${label} device encryption`).publicKey,
      administratorKey: administrator.publicKey,
      time: MORNING,
      random: bytesFor(`${label} random`, 16),
    },
    (message) => sign(clinicKey, message),
  );
  const founding = openFounding(hash, verifySignature, bytes);
  const desk = new TestDevice(founding.chain, deviceKey, bytesFor(`${label} epoch`, 8));
  return { label, founding, chain: founding.chain, id: toHex(founding.chain), clinicKey, cosignKey, administrator, desk };
}

/** A device that writes its chain: each block follows the one before. */
export class TestDevice {
  readonly chain: Uint8Array;
  readonly key: SigningKey;
  position: ChainPosition;

  constructor(chain: Uint8Array, key: SigningKey, epoch: Uint8Array) {
    this.chain = chain;
    this.key = key;
    this.position = startEpoch(epoch);
  }

  get id(): string {
    return toHex(this.key.publicKey);
  }

  /** The next block of the chain, sealed. */
  write(...events: SignedEvent[]): Uint8Array {
    const sealed = this.seal({ events });
    this.position = { ...this.position, height: this.position.height + 1, previous: blockHash(hash, sealed) };
    return sealed;
  }

  /** A block with other fields than the chain would give it; the chain stays where it is. */
  seal(fields: Partial<Block> & Pick<Block, 'events'>): Uint8Array {
    const content = encodeBlock({ chain: this.chain, device: this.key.publicKey, time: MORNING, ...this.position, ...fields });
    return concat(content, sign(this.key, blockMessage(content)));
  }
}

export interface ActOptions {
  /** 16 bytes. */
  readonly handle?: Uint8Array;
  /** Signs the act and is its author. */
  readonly signer?: SigningKey;
  /** The author of an act without a personal signature; without it, the clinic's desk. */
  readonly author?: Uint8Array;
  readonly time?: number;
  readonly commitment?: Uint8Array;
}

const NOTHING = new Uint8Array(0);

/** An event of `clinic`; `body` in the form of the type's codec. */
export function act(clinic: TestClinic, type: string, body: unknown, options: ActOptions = {}): SignedEvent {
  const event = encodeEvent({
    type,
    handle: options.handle ?? NOTHING,
    body: encode(everyRule.rule(type).body, body),
    author: options.signer?.publicKey ?? options.author ?? clinic.desk.key.publicKey,
    time: options.time ?? MORNING,
    commitment: options.commitment ?? NOTHING,
  });
  return { event, signature: options.signer ? sign(options.signer, eventMessage(clinic.chain, event)) : NOTHING };
}

export interface TestRegion {
  readonly region: Region;
  readonly hubKey: SigningKey;
}

/** A region whose founders are its witnesses. */
export function foundRegion(label: string, founders: readonly TestClinic[]): TestRegion {
  const hubKey = signingKeyFor(`${label} hub`);
  const genesis = encodeGenesis({
    name: `Region ${label}`,
    hubKey: hubKey.publicKey,
    authority: bytesFor(`${label} authority`),
    witnesses: founders.map(({ chain, cosignKey }) => ({ chain, cosignKey: cosignKey.publicKey })),
    founders: founders.map(({ founding }) => founding.bytes),
    time: MORNING,
  });
  const signatures = founders.map(({ clinicKey }) => sign(clinicKey, genesisMessage(genesis)));
  return { region: openGenesis(hash, verifySignature, sealGenesis(genesis, signatures)), hubKey };
}

/** The body of `chain.admitted` for `joiner`, approved by the clinics of `approving`. */
export function admissionOf(region: Region, joiner: TestClinic, approving: readonly TestClinic[]) {
  const { epoch, height, previous } = joiner.desk.position;
  const message = admissionMessage({ region: region.id, head: previous }, joiner.chain);
  return {
    region: region.id,
    founding: joiner.founding.bytes,
    epoch,
    height,
    head: previous,
    clinicSignature: sign(joiner.clinicKey, message),
    approvals: approving.map(({ chain, clinicKey }) => ({ chain, signature: sign(clinicKey, message) })),
  };
}

/** A clinic as a witness of a policy, with the cosigning key of its founding unless another is given. */
export const clinicWitness = ({ chain, cosignKey }: TestClinic, key = cosignKey): PolicyWitness => ({
  kind: 'clinic',
  chain,
  cosignKey: key.publicKey,
  name: '',
});

export const outsideWitness = (name: string): PolicyWitness => ({
  kind: 'outside',
  chain: new Uint8Array(32),
  cosignKey: signingKeyFor(`${name} cosign`).publicKey,
  name,
});

/** A clinic's consent to stand in a policy with the key that it has there. */
const consentOf = (region: Region, { chain, clinicKey }: TestClinic, cosignKey: Uint8Array) => ({
  chain,
  clinicKey: clinicKey.publicKey,
  signature: sign(clinicKey, consentMessage(region.id, chain, cosignKey)),
});

/** The body of an act of the quorum: `policy`, approved by `approving`; `joining` consent with the keys that it names for them. */
export function policyActOf(
  region: Region,
  policy: Policy,
  approving: readonly TestClinic[],
  { joining = [], hubKey }: { joining?: readonly TestClinic[]; hubKey?: SigningKey } = {},
): PolicyAct {
  const message = policyMessage(region.id, policy);
  const keyOf = (clinic: TestClinic) =>
    policy.witnesses.find(({ chain }) => equalBytes(chain, clinic.chain))?.cosignKey ?? clinic.cosignKey.publicKey;
  return {
    policy,
    hubProof: hubKey ? sign(hubKey, hubKeyMessage(region.id, hubKey.publicKey)) : NOTHING,
    consents: joining.map((clinic) => consentOf(region, clinic, keyOf(clinic))),
    approvals: approving.map(({ chain, clinicKey }) => ({ chain, signature: sign(clinicKey, message) })),
  };
}

/** The ledger of a region: admission, signatures, rules, tree and effects, over a map. */
export class MemoryLedger {
  readonly rows: Map<string, Uint8Array>;
  readonly #range = new CompactRange(hash);
  readonly #rules: Rules;
  #effects: Uint8Array;

  constructor(region: Region, rules = everyRule) {
    this.#rules = rules;
    this.rows = new Map([
      putRow(REGION_KEY, regionRow, { region: region.id, witnesses: region.genesis.witnesses }),
      ...region.founders.flatMap((founder) => [...foundingRows(founder)]),
    ]);
    this.#effects = effectsStart(hash, region.id);
  }

  get head(): TreeHead {
    return { size: this.#range.size, root: this.#range.root(), effects: this.#effects };
  }

  /** Takes in a page of sealed blocks, all or none, and gives the judgement of each event of each block. */
  append(...page: Uint8Array[]): Judgement[][] {
    const opened = page.map((sealed) => openEvents(this.#rules, openBlock(sealed), blockHash(hash, sealed)));
    const view = new PageView(new Map(opened.flatMap(({ reads }) => reads.map((key) => [key, this.rows.get(key)] as const))));
    const outcomes = opened.map((block) => {
      admitBlock(view, block);
      const claims = [...ownSignatures(block), ...bodySignatures(view, block)];
      const invalid = claims.filter((claim) => !verifySignature(claim.key, claim.message, claim.signature));
      if (invalid.length > 0) throw new Failure('test.signature-invalid', `${invalid.length} signatures of a block do not hold.`);
      return judgeBlock(view, block);
    });
    for (const [key, value] of view.changes) {
      if (value) this.rows.set(key, value);
      else this.rows.delete(key);
    }
    outcomes.forEach((judgements, at) => {
      const outcome = written((out) => writeOutcome(out, judgements));
      this.#effects = effectsNext(hash, this.#effects, outcome);
      this.#range.append(leafHash(hash, opened[at]?.hash as Uint8Array));
    });
    return outcomes.map((judgements) => [...judgements]);
  }

  /** Writes one event as a block of `device` and gives its verdict with its reason: `accepted`, `refused: period-empty`. */
  judge(device: TestDevice, event: SignedEvent): string {
    const judgement = this.append(device.write(event))[0]?.[0];
    return judgement?.reason ? `${judgement.verdict}: ${judgement.reason}` : `${judgement?.verdict}`;
  }
}

export function checkpointOf({ region, hubKey }: TestRegion, head: TreeHead): Checkpoint {
  return signCheckpoint(hash, region.id, head, hubKey.publicKey, (message) => sign(hubKey, message));
}

/** A clinic's cosignature line under a checkpoint; `time` in seconds. */
export function cosign(clinic: TestClinic, note: string, time = MORNING / 1000): string {
  const signature = sign(clinic.cosignKey, cosignatureMessage(time, parseNote(note).text));
  return cosignatureLine(hash, witnessName(clinic.chain), clinic.cosignKey.publicKey, time, signature);
}
