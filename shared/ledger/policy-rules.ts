/** The quorum's acts: a new witness set, a new version of the rules, a new key of the hub. */
import { equalBytes, toHex } from '../encoding/bytes.ts';
import { Failure } from '../outcome/failure.ts';
import {
  consentMessage,
  hubKeyMessage,
  POLICY_KEY,
  POLICY_TYPES,
  type PolicyAct,
  type PolicyType,
  policyActBody,
  policyFault,
  policyMessage,
  policyOf,
  policyRow,
  witnessClinics,
} from './policy.ts';
import { chainRow, REGION_KEY, regionRow } from './rows.ts';
import { accepted, chainKey, type EventRule, putRow, readRow, refused, type SignatureClaim, type StateView } from './rules.ts';

export const policyRules: ReadonlyArray<EventRule<unknown>> = POLICY_TYPES.map(policyRule);

function policyRule(type: PolicyType): EventRule<unknown> {
  const rule: EventRule<PolicyAct> = {
    type,
    kind: 'right',
    body: policyActBody,
    personal: 'required',
    handle: 'none',
    reads: ({ body }) => [
      REGION_KEY,
      POLICY_KEY,
      ...[...witnessClinics(body.policy), ...body.consents, ...body.approvals].map(({ chain }) => chainKey(toHex(chain))),
    ],
    signatures: (view, { body }) => signaturesOf(view, body),
    judge: (view, { body }) => {
      const current = policyOf(view);
      if (!current) return refused('policy-outside-a-region');
      const fault = policyFault(current, type, body) ?? clinicFault(view, body);
      return fault ? refused(fault) : accepted(putRow(POLICY_KEY, policyRow, body.policy));
    },
  };
  return rule;
}

/** Each clinic of the new set is in the region, and consented with the key that it has there. */
function clinicFault(view: StateView, { policy, consents }: PolicyAct): string | undefined {
  if (witnessClinics(policy).some(({ chain }) => !view.get(chainKey(toHex(chain))))) return 'policy-witness-unknown';
  const foreign = consents.some(({ chain, clinicKey }) => {
    const row = readRow(view, chainKey(toHex(chain)), chainRow);
    return !row || !equalBytes(row.clinicKey, clinicKey);
  });
  return foreign ? 'policy-consent-foreign' : undefined;
}

/** An act that comes too late is refused whatever it carries: nothing of it is looked at. */
function signaturesOf(view: StateView, { policy, hubProof, consents, approvals }: PolicyAct): SignatureClaim[] {
  const region = readRow(view, REGION_KEY, regionRow)?.region;
  const current = policyOf(view);
  if (!region || !current || policy.sequence !== current.sequence + 1) return [];
  const message = policyMessage(region, policy);
  const claims: SignatureClaim[] = approvals.map(({ chain, signature }) => {
    const row = readRow(view, chainKey(toHex(chain)), chainRow);
    if (!row || !witnessClinics(current).some((witness) => equalBytes(witness.chain, chain)))
      throw new Failure('ledger.approval-foreign', 'A clinic that is no witness of the region approves a change of its policy.');
    return { key: row.clinicKey, message, signature };
  });
  for (const { chain, clinicKey, signature } of consents) {
    const cosignKey = witnessClinics(policy).find((witness) => equalBytes(witness.chain, chain))?.cosignKey;
    if (!cosignKey) throw new Failure('ledger.approval-foreign', 'A clinic consents to witness that the policy does not name.');
    claims.push({ key: clinicKey, message: consentMessage(region, chain, cosignKey), signature });
  }
  if (hubProof.length > 0)
    claims.push({ key: policy.hubKey, message: hubKeyMessage(region, policy.hubKey), signature: hubProof });
  return claims;
}
