/** Papers of the region's ceremonies on their way between clinics, which the hub hands on: proposals and offers to witness. */
import { concat, utf8 } from '../encoding/bytes.ts';
import { type Decoded, decode, encode, fixed, struct } from '../encoding/codec.ts';
import type { Hash } from '../ledger/merkle.ts';
import { POLICY_TYPES, type PolicyAct, type PolicyType, policyActBody, policyRow } from '../ledger/policy.ts';
import { Failure } from '../outcome/failure.ts';

const witnessOffer = struct({ chain: fixed(32), cosignKey: fixed(32), clinicKey: fixed(32), signature: fixed(64) });
/** A clinic offers to witness with this cosigning key; the signature is the consent that a policy which names it carries. */
export type WitnessOffer = Decoded<typeof witnessOffer>;
export const encodeWitnessOffer = (offer: WitnessOffer): Uint8Array => encode(witnessOffer, offer);
export const decodeWitnessOffer = (bytes: Uint8Array): WitnessOffer => decode(witnessOffer, bytes);

/** A policy that waits for the approvals of the quorum, with those that it has. */
export interface PolicyProposal {
  readonly type: PolicyType;
  readonly act: PolicyAct;
}

/** @throws {Failure} `hub.policy-type`, `encoding.malformed`. */
export function openProposal(type: string, body: Uint8Array): PolicyProposal {
  const known = POLICY_TYPES.find((each) => each === type);
  if (!known) throw new Failure('hub.policy-type', 'This is no act on the policy of a region. Nothing was kept.');
  return { type: known, act: decode(policyActBody, body) };
}

/** One proposal is one type and one policy, whoever has approved it. */
export const proposalId = (hash: Hash, { type, act }: PolicyProposal): Uint8Array =>
  hash(concat(utf8(`${type}\n`), encode(policyRow, act.policy)));
