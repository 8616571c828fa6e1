/**
 * A region's policy: who witnesses its checkpoints, with which key its hub signs, which rules judge its events. The genesis
 * sets the first; each later one is an act that the quorum of the one before has signed, whole and numbered.
 */
import { concat, equalBytes, toHex } from '../encoding/bytes.ts';
import { choice, type Decoded, encode, fixed, list, opaque, struct, text, u16, u64 } from '../encoding/codec.ts';
import { quorumOf } from './checkpoint.ts';
import { RULES_VERSION } from './event.ts';
import { MAX_WITNESSES } from './founding.ts';
import { REGION_KEY, regionRow } from './rows.ts';
import { readRow, type StateView } from './rules.ts';
import { TAG } from './tags.ts';

/**
 * A clinic recomputes root, effects and state; its chain is named and its name is empty. An outside witness follows the root
 * alone; its chain is zeros and its name is the one in its cosignature lines.
 */
const policyWitness = struct({
  kind: choice('clinic', 'outside'),
  chain: fixed(32),
  cosignKey: fixed(32),
  name: text(100),
});
export type PolicyWitness = Decoded<typeof policyWitness>;

/** `sequence` counts the acts that made it so; `hubKey` is empty as long as it is the genesis's. */
export const policyRow = struct({
  sequence: u64,
  rules: u16,
  hubKey: opaque(32),
  witnesses: list(policyWitness, MAX_WITNESSES),
});
export type Policy = Decoded<typeof policyRow>;

/** Key of the row with the policy as the newest act has made it; none while the genesis's holds. */
export const POLICY_KEY = 'policy';

const approval = struct({ chain: fixed(32), signature: fixed(64) });
/** A clinic's word that it witnesses with this cosigning key, and the clinic key that gave it. */
const consent = struct({ chain: fixed(32), clinicKey: fixed(32), signature: fixed(64) });

export const policyActBody = struct({
  policy: policyRow,
  hubProof: opaque(64),
  consents: list(consent, MAX_WITNESSES),
  approvals: list(approval, MAX_WITNESSES),
});
/** The whole new policy, with what stands for it: the new hub key's proof, new witnesses' consents, the quorum's approvals. */
export type PolicyAct = Decoded<typeof policyActBody>;

/** Each type changes its one part of the policy and no other. */
export const POLICY_TYPES = ['policy.changed', 'rules.activate', 'hub.rotated'] as const;
export type PolicyType = (typeof POLICY_TYPES)[number];

/** What a clinic of the current witness set signs with its clinic key to approve a policy. */
export const policyMessage = (region: Uint8Array, policy: Policy): Uint8Array =>
  concat(TAG.policy, region, encode(policyRow, policy));

/** What a clinic signs with its clinic key to stand as a witness with this cosigning key. */
export const consentMessage = (region: Uint8Array, chain: Uint8Array, cosignKey: Uint8Array): Uint8Array =>
  concat(TAG.witness, region, chain, cosignKey);

/** What the new hub key signs, to show that the hub holds it. */
export const hubKeyMessage = (region: Uint8Array, hubKey: Uint8Array): Uint8Array => concat(TAG.hubKey, region, hubKey);

/** The policy that a genesis's witnesses make. */
export const firstPolicy = (witnesses: ReadonlyArray<{ chain: Uint8Array; cosignKey: Uint8Array }>): Policy => ({
  sequence: 0,
  rules: RULES_VERSION,
  hubKey: new Uint8Array(0),
  witnesses: witnesses.map(({ chain, cosignKey }) => ({ kind: 'clinic', chain, cosignKey, name: '' })),
});

/** The policy in force over these rows; undefined outside a region. Rules that ask announce `REGION_KEY` and `POLICY_KEY`. */
export function policyOf(view: StateView): Policy | undefined {
  const changed = readRow(view, POLICY_KEY, policyRow);
  if (changed) return changed;
  const region = readRow(view, REGION_KEY, regionRow);
  return region && firstPolicy(region.witnesses);
}

/** The clinics of the witness set: they alone approve what changes the region. */
export const witnessClinics = (policy: Policy): PolicyWitness[] => policy.witnesses.filter(({ kind }) => kind === 'clinic');

/** How many clinics of the set must approve what changes the region. */
export const approvalsNeeded = (policy: Policy): number => quorumOf(witnessClinics(policy).length);

/** The clinics of the witness set among `chains`, each once. */
export function approvingClinics(policy: Policy, chains: readonly Uint8Array[]): PolicyWitness[] {
  return witnessClinics(policy).filter((witness) => chains.some((chain) => equalBytes(chain, witness.chain)));
}

/** An outside witness's name is printable ASCII without space and plus, and never looks like a name of the region's own. */
const OUTSIDE_NAME = /^(?!careledger\/)[!-*,-~]{1,100}$/;
const NO_CHAIN = new Uint8Array(32);

/**
 * Why an act may not follow the policy in force, as the reason of its refusal; undefined when it may. Signatures are not
 * looked at here, nor whether its clinics are in the region.
 */
export function policyFault(current: Policy, type: PolicyType, act: PolicyAct): string | undefined {
  const { policy } = act;
  if (policy.sequence !== current.sequence + 1) return 'policy-sequence-stale';
  return (
    changeFault(current, type, act) ??
    setFault(policy.witnesses) ??
    consentFault(current, act) ??
    (isApproved(current, act) ? undefined : 'policy-without-quorum')
  );
}

/** Whether the quorum of the current set approves. */
function isApproved(current: Policy, { approvals }: PolicyAct): boolean {
  const approving = approvingClinics(
    current,
    approvals.map(({ chain }) => chain),
  );
  return approving.length >= approvalsNeeded(current);
}

function changeFault(current: Policy, type: PolicyType, { policy, hubProof }: PolicyAct): string | undefined {
  const changed = {
    'policy.changed': !sameWitnesses(current, policy),
    'rules.activate': policy.rules !== current.rules,
    'hub.rotated': !equalBytes(policy.hubKey, current.hubKey),
  };
  if (POLICY_TYPES.some((each) => each !== type && changed[each])) return 'policy-mixes-changes';
  if (!changed[type]) return 'policy-unchanged';
  if (type === 'rules.activate' && policy.rules < current.rules) return 'rules-not-newer';
  const proofLength = type === 'hub.rotated' ? 64 : 0;
  return hubProof.length === proofLength && (type !== 'hub.rotated' || policy.hubKey.length === 32)
    ? undefined
    : 'policy-hub-key-malformed';
}

const sameWitnesses = (a: Policy, b: Policy): boolean =>
  equalBytes(encode(policyRow, { ...a, witnesses: a.witnesses }), encode(policyRow, { ...a, witnesses: b.witnesses }));

/** No key and no clinic stands for two witnesses, and at least one of them is a clinic: only so does a quorum count. */
function setFault(witnesses: readonly PolicyWitness[]): string | undefined {
  for (const { kind, chain, name } of witnesses) {
    const isRight = kind === 'clinic' ? name === '' : equalBytes(chain, NO_CHAIN) && OUTSIDE_NAME.test(name);
    if (!isRight) return 'policy-witness-malformed';
  }
  const ids = witnesses.map(({ kind, chain, name }) => (kind === 'clinic' ? toHex(chain) : name));
  const keys = witnesses.map(({ cosignKey }) => toHex(cosignKey));
  if (new Set(ids).size < ids.length || new Set(keys).size < keys.length) return 'policy-witness-twice';
  return witnesses.some(({ kind }) => kind === 'clinic') ? undefined : 'policy-without-clinics';
}

/** A clinic that comes in, or comes with another cosigning key, has consented to stand with it. */
function consentFault(current: Policy, { policy, consents }: PolicyAct): string | undefined {
  const missing = newClinics(current, policy).some(
    (witness) => !consents.some((given) => equalBytes(given.chain, witness.chain)),
  );
  return missing ? 'policy-witness-without-consent' : undefined;
}

/** Clinics of `policy` that `current` does not name with this key. */
export function newClinics(current: Policy, policy: Policy): PolicyWitness[] {
  return witnessClinics(policy).filter(
    (witness) =>
      !witnessClinics(current).some(
        (known) => equalBytes(known.chain, witness.chain) && equalBytes(known.cosignKey, witness.cosignKey),
      ),
  );
}
